"""Choose the encoder by its name."""

from paraalign.encode.protocol import Encoder
from paraalign.errors import OptionError

__all__ = ["load_encoder"]


def load_encoder(name: str = "e5") -> Encoder | None:
    """Return the encoder *name*: "e5", "none" (for which None) or a model for `transformers`.

    Takes about a second and 150 MB for "e5", and needs no network.

    Raises:
        OptionError: If there is no such model.
        MissingExtraError: If the model needs packages that are not installed.
        ParaalignError: If the weights are missing or damaged.

    >>> load_encoder("none") is None
    True
    """
    if name == "none":
        return None
    if name == "e5":
        from paraalign.encode.e5 import E5  # noqa: PLC0415 - only when it is needed

        return E5()
    message = f"encoder {name!r} is not known; expected 'e5' or 'none'"
    raise OptionError(message)
