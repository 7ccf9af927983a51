"""``reportparse extract FILE…``: reports in, figures out."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from reportparse.cli.sources import Sources, file_arguments
from reportparse.export import FORMATS, Extracted, save, write

if TYPE_CHECKING:
    from collections.abc import Iterator


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    file_arguments(parser, several=True)
    parser.add_argument("--format", choices=FORMATS, default="table", help="table (default), %(choices)s")
    parser.add_argument("--out", metavar="PATH", help="write to this file; to a folder (PATH/), one file a report")
    parser.epilog = (
        "json prints one object, the report, or for several files a list of them; jsonl a record a line; "
        "csv opens in a spreadsheet. Doubts and unread numerals are part of the report: see its warnings and unread."
    )


def run(options: argparse.Namespace) -> int:
    """Extract each file and write it out."""
    sources = Sources(options.files)
    if options.out is None:
        write(_reports(sources), sys.stdout, options.format, single=len(sources.files) == 1)
    else:
        try:
            save(_reports(sources), options.out, options.format, single=len(sources.files) == 1)
        except OSError as error:
            print(f"reportparse: {options.out}: can't be written: {error.strerror or error}", file=sys.stderr)
            return 1
    return sources.status


def _reports(sources: Sources) -> Iterator[Extracted]:
    from reportparse.pipeline import parse

    for name, report in sources.each(lambda source, name: parse(source, name=name)):
        yield Extracted(name, report)
