"""Run the command line as `python -m paraalign`."""

import sys

from paraalign.cli import main

if __name__ == "__main__":
    sys.exit(main())
