"""Turn words into vectors whose likeness is likeness of meaning, in any language."""

from paraalign.encode.cross import CrossEncoder, load_cross_encoder
from paraalign.encode.load import load_encoder
from paraalign.encode.means import LanguageMean, language_mean
from paraalign.encode.protocol import Encoder, TokenVectors
from paraalign.encode.tokens import Tokens, encode_document

__all__ = [
    "CrossEncoder",
    "Encoder",
    "LanguageMean",
    "TokenVectors",
    "Tokens",
    "encode_document",
    "language_mean",
    "load_cross_encoder",
    "load_encoder",
]
