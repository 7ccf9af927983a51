"""``reportparse audit REPORT… | STORE``: where what reports say does not hold."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from reportparse.audit.writing import FORMATS
from reportparse.cli.sources import Sources

_GRAVE = ("error", "warning", "info")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "files", metavar="REPORT", nargs="+", help="HTML, PDF or text, JSON from extract, or a store; - reads standard input"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="text (default), md, json")
    parser.add_argument("--out", metavar="FILE", help="write to this file (default: standard output)")
    parser.add_argument("--least", choices=_GRAVE, default="info", help="leave out what is less grave: error, warning, info (default: all)")
    parser.epilog = (
        "Reports of one region are checked against each other, too: give last year's beside this year's. Rounding is no finding; "
        "docs/audit.md names the codes. Exit status 1 where there is an error or a warning."
    )


def run(options: argparse.Namespace) -> int:
    """Audit the reports together and print what does not hold."""
    from reportparse.audit import audit
    from reportparse.audit.writing import lines
    from reportparse.review.opening import open_reports

    sources = Sources(options.files)
    reports = [one.report for _, several in sources.each(open_reports) for one in several]
    if not reports:
        return sources.status or 1
    told = _GRAVE[: _GRAVE.index(options.least) + 1]
    found = [one for one in audit(reports) if one.severity in told]
    colour = options.out is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    text = "\n".join(lines(found, options.format, colour=colour)) + "\n"
    if options.out is None:
        sys.stdout.write(text)
    else:
        try:
            Path(options.out).write_text(text, encoding="utf-8")
        except OSError as error:
            print(f"reportparse: {options.out}: can't be written: {error.strerror or error}", file=sys.stderr)
            return 1
    return 1 if sources.status or any(one.severity != "info" for one in found) else 0
