"""Short word lists that checks go by, from a data file that anyone can extend.

>>> "của" in word_list("open", "vi")
True
>>> word_list("open", "xx")
frozenset()
"""

import json
from functools import lru_cache
from importlib.resources import files

__all__ = ["word_list"]


@lru_cache
def word_list(name: str, lang: str) -> frozenset[str]:
    """Return the words of the list *name* in *lang*, in lower case; none where there is no list."""
    return frozenset(_lists().get(name, {}).get(lang, "").split())


@lru_cache
def _lists() -> dict[str, dict[str, str]]:
    path = files("paraalign.checks") / "data" / "wordlists.json"
    lists: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return lists
