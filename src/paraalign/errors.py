"""What can go wrong, as a small tree of exceptions.

Every error that a caller can cause is a `ParaalignError`; each child is also the builtin that a
caller who does not know us would expect. Messages are one line, lower case: what was found, then
what is allowed.

>>> issubclass(InputError, ValueError)
True
"""

__all__ = ["InputError", "MissingExtraError", "OptionError", "ParaalignError"]


class ParaalignError(Exception):
    """The root: catch it to catch everything that paraalign raises on purpose."""


class InputError(ParaalignError, ValueError):
    """A text or a file can't be read, or is not what the call needs."""


class OptionError(ParaalignError, ValueError):
    """An option has a value that is not allowed."""


class MissingExtraError(ParaalignError, ImportError):
    """A feature needs an optional package that is not installed."""
