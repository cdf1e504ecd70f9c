"""Letters without their marks: what Hanoï and Hà Nội have in common.

Names travel between languages with or without their marks, capitals lose theirs in print, and
slips of the pen drop them. Whatever compares words across such differences compares these keys.

>>> unmarked("Đà Nẵng"), name_key("Hà Nội") == name_key("Hanoï")
('da nang', True)
"""

import unicodedata
from functools import lru_cache

__all__ = ["name_key", "unmarked"]


@lru_cache(maxsize=1 << 16)
def unmarked(text: str) -> str:
    """Return *text* in lower case without any mark; đ becomes d, ß ss.

    >>> unmarked("Égalité"), unmarked("Việt")
    ('egalite', 'viet')
    """
    parts = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(char for char in parts if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 16)
def name_key(text: str) -> str:
    """Return *text* as names compare: in lower case without marks, blanks, hyphens and signs.

    >>> name_key("Thua Thien-Hue") == name_key("Thừa Thiên – Huế")
    True
    """
    return "".join(char for char in unmarked(text) if char.isalnum())
