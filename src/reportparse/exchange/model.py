"""What goes between formats: a text, and spans of it that hold a record each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from reportparse.errors import ReportError
from reportparse.model import AnyRecord, Report

KINDS = ("quantity", "change", "ranking")
"""The labels of spans: the kinds of records."""
ABOUT = ("title", "genre", "issuer", "region", "year", "delivered", "published", "url", "sha256")
"""What of the report itself goes along."""
_PLACED = ("kind", "text", "start", "end")


class ExchangeError(ReportError, ValueError):
    """A file of annotations can't be used; the message says where and why."""


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the text with a label; offsets are code points, end exclusive."""

    id: str
    label: str
    start: int
    end: int
    fields: dict[str, Any] = {}
    """The record's other fields, as in its JSON; empty for a span that an annotator added."""


class Annotated(msgspec.Struct, frozen=True, kw_only=True):
    """A text and its spans."""

    text: str
    spans: tuple[Span, ...]
    about: dict[str, Any] = {}
    """Title, genre, region, year, sha256, … of the report."""

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return self.text[span.start : span.end]

    @property
    def name(self) -> str:
        """Something to call it by: its title, else its hash."""
        return str(self.about.get("title") or self.about.get("sha256") or "report")


def annotated(report: Report) -> Annotated:
    """A report's text with its records as spans.

    >>> from reportparse import parse_text
    >>> found = annotated(parse_text("2023年，全市粮食总产量158.4万吨。"))
    >>> [(span.label, found.quote(span)) for span in found.spans]
    [('quantity', '158.4万吨')]
    """
    about = {name: getattr(report, name) for name in ABOUT if getattr(report, name) not in (None, "")}
    return Annotated(text=report.text, spans=tuple(_span(record) for record in report.records), about=about)


def _span(record: AnyRecord) -> Span:
    fields = msgspec.json.decode(msgspec.json.encode(record))  # lists, not tuples: as any format gives them back
    return Span(
        id=record.id, label=record.kind, start=record.start, end=record.end,
        fields={name: value for name, value in fields.items() if name not in (*_PLACED, "id")},
    )  # fmt: skip


def records(found: Annotated) -> tuple[AnyRecord, ...]:
    """The records that the spans hold, exactly as they went out; a span that an annotator added holds none."""
    made = []
    for span in found.spans:
        if span.fields:
            placed = {"kind": span.label, "id": span.id, "text": found.quote(span), "start": span.start, "end": span.end}
            try:
                made.append(msgspec.convert(span.fields | placed, type=AnyRecord, strict=True))
            except msgspec.ValidationError as error:
                raise ExchangeError(f"{span.id} at {span.start}: {error}; a {span.label} has other fields") from error
    return tuple(made)


def checked(spans: Iterable[Span], text: str, where: str) -> tuple[Span, ...]:
    """The spans in reading order, each with a place in the text; raises an `ExchangeError` where one has none."""
    found = sorted(spans, key=lambda span: (span.start, span.end))
    for span in found:
        if not 0 <= span.start < span.end <= len(text):
            raise ExchangeError(f"{where}: {span.id} stands at {span.start}–{span.end}, the text has {len(text)} characters")
    return tuple(found)
