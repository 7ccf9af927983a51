"""A table to read: coloured and fitted in a terminal, plain and aligned anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from reportparse.export import Extracted
from reportparse.export.columns import align, plain
from reportparse.model import AnyRecord, Report

_HEAD = ("id", "indicator", "subject", "period", "figure", "status", "flags")
_STYLES = {"quantity": "cyan", "change": "green", "ranking": "magenta"}


def write(extracted: Iterable[Extracted], out: TextIO, single: bool) -> None:
    """Write each report as it comes: what it says of itself, its records by section, what is in doubt."""
    for number, (source, report) in enumerate(extracted):
        if number:
            out.write("\n")
        if not single:
            out.write(f"{source}\n")
        if out.isatty():
            _draw(report, out)
        else:
            out.writelines(f"{line}\n" for line in lines(report))


def lines(report: Report) -> Iterator[str]:
    """The report as plain lines."""
    yield plain(str(report))
    rows = [_HEAD, *(_cells(record) for record in report.records)]
    aligned = align(rows)
    yield ""
    yield next(aligned)
    for section, records in groupby(report.records, key=lambda record: record.section):
        yield plain(" › ".join(section)) or "—"
        for _ in records:
            yield next(aligned)
    yield from _doubts(report)


def _cells(record: AnyRecord) -> tuple[str, ...]:
    return tuple(
        plain(cell or "")
        for cell in (
            record.id,
            record.indicator,
            record.subject,
            record.period,
            record.figure,
            "" if record.status == "actual" else record.status,
            " ".join(record.flags),
        )
    )


def _doubts(report: Report) -> Iterator[str]:
    if report.unread:
        yield ""
        yield "unread: " + ", ".join(plain(_around(report, one.start, one.end)) for one in report.unread)
    for warning in report.warnings:
        yield f"warning ({warning.code}): {plain(warning.message)}"


def _around(report: Report, start: int, end: int) -> str:
    return f"…{report.text[max(0, start - 6) : start]}[{report.text[start:end]}]{report.text[end : end + 6]}…"


def _draw(report: Report, out: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out, highlight=False)
    console.print(Text(plain(str(report)), style="bold"))
    table = Table(box=None, header_style="bold", padding=(0, 1))
    for name in _HEAD:
        table.add_column(name, overflow="fold", no_wrap=name == "id")
    for section, records in groupby(report.records, key=lambda record: record.section):
        table.add_row(Text("§", style="yellow"), Text(plain(" › ".join(section)) or "—", style="yellow"))
        for record in records:
            cells = [Text(cell) for cell in _cells(record)]
            cells[_HEAD.index("figure")].stylize(_STYLES[record.kind])
            cells[_HEAD.index("flags")].stylize("red")
            table.add_row(*cells)
    console.print(table)
    for line in _doubts(report):
        console.print(Text(line, style="red" if line.startswith("unread") else "yellow"))
