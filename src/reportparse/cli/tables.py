"""``reportparse tables FILE``: the tables of a report, as they stand in it."""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from reportparse.cli.sources import Sources, file_arguments
from reportparse.document import Document
from reportparse.export import tables as export
from reportparse.model import Table


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    file_arguments(parser, several=False)
    parser.add_argument("-f", "--format", choices=export.FORMATS, default="md", help="how to write them (md: Markdown)")
    parser.add_argument("--page", type=int, metavar="N", help="only the tables on this page of a PDF, counted from 1")


def run(options: argparse.Namespace) -> int:
    """Print the tables, each with its number in the report."""
    from reportparse.reading import read

    def make(source: Path | bytes, name: str | None) -> Document:
        return read(source, name=name)

    sources = Sources(options.files)
    for name, document in sources.each(make):
        chosen = list(_chosen(document, options.page))
        if not chosen:
            where = f" on page {options.page}" if options.page is not None else ""
            print(f"reportparse: {name}: no tables{where}", file=sys.stderr)
        export.write(chosen, sys.stdout, options.format)
    return sources.status


def _chosen(document: Document, page: int | None) -> Iterator[tuple[int, Table]]:
    starts = [line.start for line in document.lines]
    for number, table in enumerate(document.tables):
        first, last = bisect_right(starts, table.start) - 1, bisect_right(starts, max(table.start, table.end - 1)) - 1
        pages = {line.page for line in document.lines[max(0, first) : last + 1]} | {table.page}
        if page is None or page in pages:
            yield number, table
