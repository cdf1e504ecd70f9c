"""Choose the encoder by its name: ours, none, or a model of the user's."""

from functools import lru_cache

from paraalign.encode.protocol import Encoder

__all__ = ["load_encoder"]

_OURS = ("e5", "e5-fp32")


def load_encoder(name: str = "e5", *, cached: bool = False) -> Encoder | None:
    """Return the encoder *name*, or None for "none".

    "e5" is multilingual-e5-small in 8-bit integers; it loads in about a second, takes 300 MB and
    needs no network. "e5-fp32" is the same in 32-bit floats. Any other name is that of a model that
    `transformers` knows, or of the folder that holds one. The one of ours that was loaded last
    stays loaded. Where *cached*, vectors are kept from one run to the next (see `CachedEncoder`).

    Raises:
        OptionError: If there is no such model.
        MissingExtraError: If the model needs packages that are not installed.
        ParaalignError: If the weights are missing or damaged.

    >>> load_encoder("none") is None
    True
    """
    if name == "none":
        return None
    encoder = _ours(name) if name in _OURS else _hub(name)
    if not cached:
        return encoder
    from paraalign.encode.cache import CachedEncoder  # noqa: PLC0415 - loads only what is used

    return CachedEncoder(encoder)


@lru_cache(maxsize=1)
def _ours(name: str) -> Encoder:
    from paraalign.encode.e5 import E5  # noqa: PLC0415 - likewise

    return E5(is_exact=name == "e5-fp32")


def _hub(name: str) -> Encoder:
    from paraalign.encode.hub import load_hub_encoder  # noqa: PLC0415 - likewise

    return load_hub_encoder(name)
