"""Branches alone: coverage.py's own percentage counts statements with them, which is kinder.

``python tools/branches.py coverage.json 95`` fails below 95 % of all branches in the file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(path: str, least: str) -> int:
    """Print the share of branches taken; 1 where it is too low."""
    totals = json.loads(Path(path).read_text(encoding="utf-8"))["totals"]
    taken, of = totals["covered_branches"], totals["num_branches"]
    share = 100 * taken / of
    print(f"Branches of the core: {taken} of {of} taken, {share:.2f} %; at least {least} % asked for.")
    return int(share < float(least))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
