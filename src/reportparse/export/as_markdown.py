"""Markdown: the report's headings, each with a table of the figures below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from reportparse import patterns
from reportparse.export import Extracted
from reportparse.export.columns import plain
from reportparse.model import AnyRecord, Report

_ABOUT = ("genre", "issuer", "region", "year", "speaker", "occasion", "delivered", "published", "source", "url")
_SPECIAL = patterns.compile(r"([\\`*_{}\[\]<>#|~])")
_HEAD = ("indicator", "subject", "period", "figure", "status", "flags")


def write(extracted: Iterable[Extracted], out: TextIO, single: bool) -> None:  # noqa: ARG001  the same for all formats
    """Write each report as it comes."""
    for number, (_, report) in enumerate(extracted):
        out.writelines(f"{line}\n" for line in ([""] if number else []))
        out.writelines(f"{line}\n" for line in lines(report))


def lines(report: Report) -> Iterator[str]:
    """The report as lines of Markdown."""
    yield f"# {_safe(report.title or 'untitled')}"
    yield ""
    for name in _ABOUT:
        if (value := getattr(report, name)) is not None:
            yield f"- {name}: {_safe(str(value))}"
    yield f"- figures: {len(report.records)}, unread: {len(report.unread)}"
    above: tuple[str, ...] = ()
    for section, records in groupby(report.records, key=lambda record: record.section):
        yield from _headings(above, section)
        above = section
        yield ""
        yield f"| {' | '.join(_HEAD)} |"
        yield "|" + " --- |" * len(_HEAD)
        for record in records:
            yield f"| {' | '.join(_cells(record))} |"
    if report.warnings:
        yield ""
        yield from (f"- warning ({warning.code}): {_safe(warning.message)}" for warning in report.warnings)


def _headings(above: tuple[str, ...], section: tuple[str, ...]) -> Iterator[str]:
    same = 0
    while same < min(len(above), len(section)) and above[same] == section[same]:
        same += 1
    for level in range(min(same, max(len(section) - 1, 0)), len(section)):
        yield ""
        yield f"{'#' * min(level + 2, 6)} {_safe(section[level])}"


def _cells(record: AnyRecord) -> Iterator[str]:
    values = (record.indicator, record.subject, record.period, record.figure, record.status, ", ".join(record.flags))
    return (_safe(value or "") for value in values)


def _safe(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", plain(text))
