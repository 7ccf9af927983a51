"""``reportparse extract FILE…``: reports in, figures out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reportparse.cli.sources import Sources, file_arguments
from reportparse.errors import MissingExtra
from reportparse.export import FORMATS, Extracted, save, write

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLES = (".xlsx", ".parquet", ".duckdb", ".dta")  # endings that say the format by themselves


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    file_arguments(parser, several=True)
    parser.add_argument("--format", choices=FORMATS, default="table", help="table (default), %(choices)s")
    parser.add_argument("--out", metavar="PATH", help="write to this file; to a folder (PATH/), one file a report")
    parser.epilog = (
        "json prints one object, the report, or for several files a list of them; jsonl a record a line; "
        "csv opens in a spreadsheet. A PATH that ends with .xlsx, .parquet, .duckdb or .dta is written as such. "
        "Doubts and unread numerals are part of the report: see its warnings and unread."
    )


def run(options: argparse.Namespace) -> int:
    """Extract each file and write it out."""
    sources = Sources(options.files)
    if options.out is None:
        write(_reports(sources), sys.stdout, options.format, single=len(sources.files) == 1)
    else:
        try:
            if Path(options.out).suffix.lower() in _TABLES:
                _save_table(_reports(sources), options.out)
            else:
                save(_reports(sources), options.out, options.format, single=len(sources.files) == 1)
        except MissingExtra as error:
            print(f"reportparse: {error}", file=sys.stderr)
            return 1
        except OSError as error:
            print(f"reportparse: {options.out}: can't be written: {error.strerror or error}", file=sys.stderr)
            return 1
    return sources.status


def _save_table(extracted: Iterator[Extracted], path: str) -> None:
    from reportparse.export import saving
    from reportparse.export.recordsheet import records

    sheet = records(extracted)
    if sheet.rows:
        saving.save([sheet], path)


def _reports(sources: Sources) -> Iterator[Extracted]:
    from reportparse.pipeline import parse

    for name, report in sources.each(lambda source, name: parse(source, name=name)):
        yield Extracted(name, report)
