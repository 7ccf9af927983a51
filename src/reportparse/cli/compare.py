"""``reportparse compare EXTRACTED EXPECTED``: what differs, and how much."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reportparse.cli.sources import reason
from reportparse.errors import ReportError

if TYPE_CHECKING:
    from reportparse.model import Report

_FORMATS = ("text", "md", "json", "junit")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("extracted", metavar="EXTRACTED", help="a report (HTML, PDF, text), JSON from extract, or a store")
    parser.add_argument("expected", metavar="EXPECTED", help="a fixture (TOML, CSV, JSONL), or another run: a report, JSON, a store")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="text (default), md, json, junit")
    parser.add_argument("--out", metavar="FILE", help="write to this file (default: standard output)")
    parser.add_argument("--complete", action="store_true", help="figures that the fixture does not name count as extra")
    parser.add_argument("--tolerance", metavar="T", help="how far a value may be off: 0.05, or 1%% of what is expected")
    parser.add_argument("--all", action="store_true", dest="every", help="list what is matched, too")
    parser.add_argument(
        "--update", metavar="FILE", nargs="?", const="", help="write the new expectation, over EXPECTED or to FILE, for review"
    )
    parser.epilog = (
        "A fixture is partial: only the fields that it gives are checked; * stands for anything. Of two runs (the older one is EXPECTED) it tells "
        "what was added, lost and changed, and which rules differ. Exit status 1 where anything differs. docs/compare.md is the manual."
    )


def run(options: argparse.Namespace) -> int:
    """Compare and print."""
    from reportparse.comparison import compare, load_expected, reports_of
    from reportparse.comparison.writing import lines

    complete = True if options.complete else None
    at = options.extracted
    try:
        reports = reports_of(options.extracted)
        at = options.expected
        if options.update is not None:
            return _update(options, reports, complete)
        found = compare(reports, load_expected(options.expected), complete=complete, tolerance=options.tolerance)
    except (ReportError, OSError, UnicodeDecodeError) as error:
        print(f"reportparse: {at}: {reason(error)}", file=sys.stderr)
        return 2
    colour = options.out is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    text = "\n".join(lines(found, options.format, colour=colour, every=options.every)) + "\n"
    if options.out is None:
        sys.stdout.write(text)
    else:
        Path(options.out).write_text(text, encoding="utf-8")
    return 0 if found.same else 1


def _update(options: argparse.Namespace, reports: list[Report], complete: bool | None) -> int:
    from reportparse.comparison.updating import updated

    path = Path(options.expected)
    target = Path(options.update) if options.update else path
    text = updated(path, reports, complete=complete, tolerance=options.tolerance)
    target.write_text(text, encoding="utf-8")
    print(f"{target}: written; look at what has changed before you keep it")
    return 0
