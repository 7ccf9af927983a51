"""A report as the page wants it: one JSON object, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from reportparse.model import AnyRecord, Report, Section, Table
from reportparse.review.applying import Placed, Unplaced
from reportparse.review.decisions import identity

Finding = Mapping[str, Any]
"""What an audit found: `records` (their ids), `severity`, `message`, and as it likes `quotes` and `explanations`."""


class Sheet(NamedTuple):
    """A report and what is shown with it."""

    report: Report
    name: str | None = None
    """The file that it came from."""
    findings: Sequence[Finding] = ()
    placed: Sequence[Placed] = ()
    unplaced: Sequence[Unplaced] = ()
    boxes: Mapping[str, Sequence[Any]] = {}
    """Of a record's id: its page and the boxes around it, as shares of the page's width and height."""


_LEFT_OUT = ("text", "sentence", "section")
_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def embed(value: Any) -> str:
    r"""JSON that can stand in a script element: whatever it holds, no markup begins or ends in it.

    >>> embed({"title": "</script><b>"})
    '{"title":"\\u003c/script\\u003e\\u003cb\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_SAFE).encode("utf-8", "replace").decode()


def sheet_data(sheet: Sheet) -> dict[str, Any]:
    """One report; fields that are null or empty are left out, text that stands in the report is given by its place."""
    report = sheet.report
    paths: dict[tuple[str, ...], int] = {}
    return {
        **{key: getattr(report, key) for key in ("title", "genre", "issuer", "region", "year", "published", "source", "url", "text")},
        "sha256": identity(report),
        "name": sheet.name,
        "sections": list(_sections(report.sections)),
        "tables": [_table(table) for table in report.tables],
        "records": [_record(record, report.text, paths) for record in report.records],
        "paths": [list(path) for path in paths],
        "unread": [[one.start, one.end] for one in report.unread],
        "warnings": msgspec.to_builtins(report.warnings),
        "findings": [_finding(finding) for finding in sheet.findings],
        "decisions": [
            {"id": record.id, **msgspec.to_builtins(decision), "start": record.start, "end": record.end}
            | {"id": record.id, "sha256": identity(report)}
            for decision, record in sheet.placed
            if record is not None
        ],
        "unplaced": [{"quote": d.quote, "id": d.id, "verdict": d.verdict, "why": why, "when": d.when} for d, why in sheet.unplaced],
        "boxes": sheet.boxes,
    }


def _sections(sections: Iterable[Section]) -> Iterable[list[Any]]:
    for top in sections:
        for section in top.walk():
            yield [section.label, section.title, section.level, section.start, section.end]


def _table(table: Table) -> dict[str, Any]:
    return {
        "start": table.start, "end": table.end, "headRows": table.header_rows, "headColumns": table.header_columns,
        "rows": [[[cell.start, cell.end] for cell in row] for row in table.rows],
    }  # fmt: skip


def _record(record: AnyRecord, text: str, paths: dict[tuple[str, ...], int]) -> dict[str, Any]:
    fields = {key: value for key, value in msgspec.to_builtins(record).items() if key not in _LEFT_OUT and value not in (None, [], ())}
    fields["path"] = paths.setdefault(record.section, len(paths))
    at = text.rfind(record.sentence, max(0, record.start - len(record.sentence)), record.end + len(record.sentence))
    return {**fields, "sentence": [at, at + len(record.sentence)] if at >= 0 else record.sentence}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "records": [str(name) for name in finding.get("records", ())], "severity": str(finding.get("severity", "warning")),
        "message": str(finding.get("message", "")), "quotes": [_quote(quote) for quote in finding.get("quotes", ())],
        "explanations": [str(one) for one in finding.get("explanations", ())],
    }  # fmt: skip


def _quote(quote: Any) -> str:
    return str(quote.get("text", "")) if isinstance(quote, Mapping) else str(quote)
