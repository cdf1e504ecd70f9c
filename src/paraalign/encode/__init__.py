"""Turn words into vectors whose likeness is likeness of meaning, in any language."""

from paraalign.encode.load import load_encoder
from paraalign.encode.protocol import Encoder, TokenVectors

__all__ = ["Encoder", "TokenVectors", "load_encoder"]
