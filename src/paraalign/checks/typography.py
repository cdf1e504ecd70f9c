"""Compare texts with their typography set aside, as machine translation has long done.

Whether a quote opens with « or “, an apostrophe is straight or curly, a dash long or short, changes
nothing in what is said. The rules are those of the Moses toolkit, as `sacremoses` has them.

>>> comparable("« Eau » – 12 %", "fr") == comparable('" Eau " - 12 %', "fr")
True
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sacremoses import MosesPunctNormalizer

__all__ = ["comparable"]


@lru_cache(maxsize=4096)
def comparable(text: str, lang: str) -> str:
    """Return *text* with the punctuation of the language *lang* made plain, blanks folded.

    >>> comparable("hợp  tác…", "vi")
    'hợp tác...'
    """
    return " ".join(_normalizer(lang).normalize(text).split())


@lru_cache(maxsize=8)
def _normalizer(lang: str) -> "MosesPunctNormalizer":
    from sacremoses import MosesPunctNormalizer  # noqa: PLC0415 - heavy

    return MosesPunctNormalizer(lang=lang)
