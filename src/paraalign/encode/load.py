"""Choose the encoder by its name: ours, none, or a model of the user's."""

from paraalign.encode.protocol import Encoder

__all__ = ["load_encoder"]


def load_encoder(name: str = "e5") -> Encoder | None:
    """Return the encoder *name*, or None for "none".

    "e5" is multilingual-e5-small in 8-bit integers; it loads in about a second, takes 300 MB and
    needs no network. "e5-fp32" is the same in 32-bit floats. Any other name is that of a model that
    `transformers` knows, or of the folder that holds one.

    Raises:
        OptionError: If there is no such model.
        MissingExtraError: If the model needs packages that are not installed.
        ParaalignError: If the weights are missing or damaged.

    >>> load_encoder("none") is None
    True
    """
    if name == "none":
        return None
    if name in ("e5", "e5-fp32"):
        from paraalign.encode.e5 import E5  # noqa: PLC0415 - loads only what is used

        return E5(is_exact=name == "e5-fp32")
    from paraalign.encode.hub import load_hub_encoder  # noqa: PLC0415 - likewise

    return load_hub_encoder(name)
