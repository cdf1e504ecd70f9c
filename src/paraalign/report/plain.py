"""Turn whatever a check shows as evidence into what any program reads."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

__all__ = ["DECIMALS", "plain", "shown"]

DECIMALS = 4


def plain(value: Any) -> Any:  # noqa: ANN401 - evidence and signatures hold anything
    """Return *value* with only what JSON knows in it.

    Mappings and sequences are rebuilt, sets sorted, numbers of other packages unpacked, floats
    rounded to four decimals; anything else is shown by its `str`.

    >>> from paraalign.model import Kind
    >>> plain({"gloss": ("un", 0.123456), "kind": Kind.ENTITY})
    {'gloss': ['un', 0.1235], 'kind': 'entity'}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, str | Enum):
        return str(value)
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:  # noqa: ANN401 - see plain
    if hasattr(value, "item"):
        value = value.item()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return round(value, DECIMALS) if abs(value) < float("inf") else str(value)
    return str(value)


def shown(value: Any) -> str:  # noqa: ANN401 - any plain value
    """Return a plain *value* in words that need no brackets.

    >>> shown({"values": [3, None], "unit": "day"})
    'values 3, —; unit day'
    """
    if isinstance(value, dict):
        return "; ".join(f"{key} {shown(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(shown(item) for item in value)
    return "—" if value in (None, "") else str(value)
