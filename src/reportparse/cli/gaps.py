"""`reportparse gaps`: what the word tables do not cover, to add words by."""

from __future__ import annotations

import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="reports: HTML, PDF or text")
    parser.add_argument("--least", type=int, default=2, metavar="N", help="leave out what stands fewer times (default 2)")


def run(options: argparse.Namespace) -> int:
    """Print a line a gap: kind, times, the words, where."""
    from reportparse.errors import ReportError
    from reportparse.gaps import find_gaps
    from reportparse.pipeline import parse

    reports, failed = [], 0
    for path in options.files:
        try:
            reports.append(parse(path))
        except (ReportError, OSError) as error:
            sys.stderr.write(f"reportparse: {path}: {error}\n")
            failed = 1
    for gap in find_gaps(reports):
        if gap.times >= options.least:
            sys.stdout.write(f"{gap.kind}\t{gap.times}\t{gap.text}\t{gap.example}\n")
    return failed
