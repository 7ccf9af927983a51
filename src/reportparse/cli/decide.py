"""``reportparse decide REPORT… --decisions FILE``: what was decided, applied to the reports as they are read now."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportparse.cli.review import read_decisions
from reportparse.cli.sources import Sources, reason
from reportparse.errors import ReportError, UnknownFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportparse.review.applying import Unplaced
    from reportparse.review.decisions import Decision
    from reportparse.review.opening import Opened

FORMATS = {
    "json": "the reports with their decisions applied",
    "fixture": "a row for each figure decided on",
    "gold": "windows and rows as in corpora/gold",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", metavar="REPORT", nargs="+", help="HTML, PDF or text, or JSON from extract; - reads standard input")
    parser.add_argument("--decisions", metavar="FILE", required=True, help="the decisions, from the page or from review --serve")
    parser.add_argument("--format", choices=FORMATS, default="json", help="; ".join(f"{name}: {what}" for name, what in FORMATS.items()))
    parser.add_argument("--out", metavar="FILE", help="write to this file (default: standard output)")
    parser.epilog = "Decisions that no longer stand are listed on stderr, and the exit status is 1."


def run(options: argparse.Namespace) -> int:
    """Apply the decisions and write the form that was asked for."""
    from reportparse.review.opening import open_reports

    try:
        decisions = read_decisions(Path(options.decisions), needed=True)
    except (ReportError, OSError) as error:
        print(f"reportparse: {options.decisions}: {reason(error)}", file=sys.stderr)
        return 1
    sources = Sources(options.files)
    opened = [one for _, several in sources.each(open_reports) for one in several]
    lost: list[tuple[Opened, Unplaced]] = []
    try:
        text = "\n".join(_lines(options.format, opened, decisions, lost))
    except ReportError as error:
        print(f"reportparse: {reason(error)}", file=sys.stderr)
        return 1
    if options.out is None:
        print(text)
    else:
        try:
            Path(options.out).write_text(text + "\n", encoding="utf-8", newline="")
        except OSError as error:
            print(f"reportparse: {options.out}: can't be written: {error.strerror or error}", file=sys.stderr)
            return 1
    for one, unplaced in lost:
        print(f"reportparse: {one.name or 'the report'}: no longer stands: {unplaced}", file=sys.stderr)
    return 1 if lost or not opened else sources.status


def _lines(form: str, opened: list[Opened], decisions: list[Decision], lost: list[tuple[Opened, Unplaced]]) -> Iterator[str]:
    from reportparse.review.applying import apply_decisions
    from reportparse.review.opening import share_out
    from reportparse.review.rows import fixture_rows

    shared = share_out([one.report for one in opened], decisions)
    for one, (placed, unplaced) in zip(opened, shared, strict=True):
        here = [*(one.decision for one in placed), *(one.decision for one in unplaced)]
        rows: list[dict[str, Any]] = []
        if form == "json":
            report, missed = apply_decisions(one.report, here)
            yield report.to_json()
        elif form == "fixture":
            rows, missed = fixture_rows(one.report, here)
        else:
            rows, missed = _gold(one, here)
        lost += [(one, unplaced) for unplaced in missed]
        for row in rows:
            yield json.dumps(row, ensure_ascii=False)


def _gold(one: Opened, decisions: list[Decision]) -> tuple[list[dict[str, Any]], list[Unplaced]]:
    from reportparse.gold import heading, plain_text
    from reportparse.review.rows import gold_rows

    if not isinstance(one.source, Path):
        raise UnknownFormat("gold has its places in the report's own file: name that, not what was extracted from it")
    report = one.report
    try:
        plain = plain_text(one.source)
    except UnicodeDecodeError:
        raise UnknownFormat(f"{one.name}: gold reads UTF-8 only; save a copy as UTF-8 and review that") from None
    rows, missed = gold_rows(report, plain, decisions)
    facts = {"title": report.title, "genre": report.genre, "region": report.region, "year": report.year, "origin": report.url}
    return [heading(one.source, **facts), *rows], missed
