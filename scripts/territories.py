"""Write the names of territories in French, Vietnamese and English, from Unicode CLDR by Babel.

pip install babel
python scripts/territories.py > src/paraalign/checks/data/territories.tsv
"""

import sys

from babel import Locale

LANGS = ("fr", "vi", "en")


def main() -> None:
    """Write one territory a line: its code, then its names."""
    names = {lang: Locale(lang).territories for lang in LANGS}
    sys.stdout.write("\t".join(("code", *LANGS)) + "\n")
    for code in sorted(names["fr"]):
        row = [str(names[lang].get(code, "")) for lang in LANGS]
        if all(row):
            sys.stdout.write("\t".join((code, *row)) + "\n")


if __name__ == "__main__":
    main()
