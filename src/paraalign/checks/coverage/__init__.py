"""Omissions, additions and mistranslations: what the links between words leave over.

From the bottom up: `features` sees each word, `trees` and `plain` weigh what is seen, `words` says
how likely each is to be marked; `gaps` and `phrases` make phrases of them over a whole `text`,
`confidence` and `severity` judge those, `moved` tells what merely stands elsewhere, and `findings`
reports, in the `quotes` of both sides.
"""

from paraalign.checks.coverage.findings import CHECKS

__all__ = ["CHECKS"]
