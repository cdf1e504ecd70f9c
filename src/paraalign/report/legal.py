r"""Text that may stand in HTML and XML: what they can't hold becomes the replacement character.

XML 1.0 has no way to write most control characters or half a surrogate pair, not even as a
reference. One stray form feed must not cost the whole file.

>>> legal("a\x0cb\ufffe c")
'a\ufffdb\ufffd c'
"""

import re

__all__ = ["legal"]

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Return *text* with every character that XML 1.0 forbids replaced by U+FFFD."""
    return ILLEGAL.sub("\ufffd", text)
