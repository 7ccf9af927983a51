"""A table to read: coloured and cut to the width of a terminal, plain and whole anywhere else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TextIO

from reportparse.export import Extracted
from reportparse.export.columns import align, cut, plain, width
from reportparse.model import AnyRecord, Report

_HEAD = ("id", "indicator", "subject", "period", "figure", "status", "flags")
_COLOURS = {"quantity": 36, "change": 32, "ranking": 35, "head": 1, "section": 33, "doubt": 31}
_LEAST = 12  # columns that an indicator keeps, however narrow the terminal

Paint = Callable[[str, str], str]


def write(extracted: Iterable[Extracted], out: TextIO, single: bool) -> None:
    """Write each report as it comes: what it says of itself, its records by section, what is in doubt."""
    terminal = out.isatty()
    columns = shutil.get_terminal_size().columns if terminal else None
    paint = _colour if terminal and not os.environ.get("NO_COLOR") else _bare
    for number, (source, report) in enumerate(extracted):
        if number:
            out.write("\n")
        if not single:
            out.write(f"{source}\n")
        out.writelines(f"{line}\n" for line in lines(report, paint, columns))


def _bare(text: str, _: str) -> str:
    return text


def _colour(text: str, role: str) -> str:
    return f"\x1b[{_COLOURS[role]}m{text}\x1b[0m"


def lines(report: Report, paint: Paint = _bare, columns: int | None = None) -> Iterator[str]:
    """The report as lines; where the rows are wider than `columns`, their indicators are cut."""
    yield paint(plain(str(report)), "head")
    if report.records:
        yield ""
        yield from _table(report, paint, columns)
    if report.unread:
        yield ""
        yield paint("unread: " + ", ".join(plain(_around(report, one.start, one.end)) for one in report.unread), "doubt")
    for warning in report.warnings:
        yield paint(f"warning ({warning.code}): {plain(warning.message)}", "doubt")


def _table(report: Report, paint: Paint, columns: int | None) -> Iterator[str]:
    rows = [_HEAD, *(_cells(record) for record in report.records)]
    wide = max(map(width, align(rows)))
    if columns and wide > columns:
        room = max(_LEAST, max(width(row[1]) for row in rows) - (wide - columns))
        rows = [(row[0], cut(row[1], room), *row[2:]) for row in rows]
    aligned = align(rows)
    yield paint(next(aligned), "head")
    for section, records in groupby(report.records, key=lambda record: record.section):
        yield paint(plain(" › ".join(section)) or "—", "section")
        for record in records:
            yield paint(next(aligned), record.kind)


def _cells(record: AnyRecord) -> tuple[str, ...]:
    status = "" if record.status == "actual" else record.status
    values = (record.id, record.indicator, record.subject, record.period, record.figure, status, " ".join(record.flags))
    return tuple(plain(value or "") for value in values)


def _around(report: Report, start: int, end: int) -> str:
    return f"…{report.text[max(0, start - 6) : start]}[{report.text[start:end]}]{report.text[end : end + 6]}…"
