"""``python -m reportparse``."""

import sys

from reportparse.cli import main

if __name__ == "__main__":
    sys.exit(main())
