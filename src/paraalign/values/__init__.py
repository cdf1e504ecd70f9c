"""Read numbers, dates, times and codes by what they count, in French, Vietnamese and English."""

from paraalign.values.conversion import is_converted
from paraalign.values.find import find_values
from paraalign.values.value import Reading, Unit, Value, same_value

__all__ = ["Reading", "Unit", "Value", "find_values", "is_converted", "same_value"]
