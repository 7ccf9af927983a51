"""``reportparse outline FILE``: the headings, as they nest."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportparse.cli.sources import Sources, file_arguments
from reportparse.export.columns import plain
from reportparse.model import Report


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    file_arguments(parser, several=False)


def run(options: argparse.Namespace) -> int:
    """Print a heading a line, with the number of figures below it."""
    from reportparse.pipeline import parse

    def read(source: Path | bytes, name: str | None) -> Report:
        return parse(source, name=name)

    sources = Sources(options.files)
    for _, report in sources.each(read):
        _print(report)
    return sources.status


def _print(report: Report) -> None:
    print(plain(str(report)))
    starts = [record.start for record in report.records]
    for top in report.sections:
        for section in top.walk():
            figures = sum(section.start <= start < section.end for start in starts)
            indent = "  " * section.level
            print(f"{indent}{plain(section.label + section.title) or '—'}" + (f"  ({figures})" if figures else ""))
    if not report.sections:
        print("  no headings found")
