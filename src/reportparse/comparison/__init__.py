"""Records against an expectation, and one run against another. docs/compare.md is its manual.

found = compare("report.html", "expected.toml")     # matched, wrong, missing, extra
assert_report("report.html", "expected.toml")       # the same as one line of a test
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from reportparse.comparison.aligning import align
from reportparse.comparison.expected import FIELDS, Expectation, FixtureError, load_expected, of_runs, opened, row_of
from reportparse.comparison.judging import checked_fields, differences
from reportparse.comparison.model import Comparison, Difference, FieldDifference, Row, Score, Side
from reportparse.model import AnyRecord, Report

__all__ = [
    "Comparison", "Difference", "Expectation", "FieldDifference", "FixtureError", "Score", "Side", "assert_report", "compare", "load_expected",
]  # fmt: skip

Given = Report | Iterable[Report] | str | Path
"""A report, several, or where they are: a report's file, JSON of a run, a store."""


def compare(extracted: Given, expected: Expectation | Given, *, complete: bool | None = None, tolerance: str | None = None) -> Comparison:
    """Set what was extracted against what is expected.

    `expected` is a fixture (a path to TOML, CSV or JSONL), or another run: reports, JSON of `reportparse extract`, a store. With `complete`
    a figure that no row expects is an extra one; another run and a fixture that says so are complete anyway. `tolerance` is for values:
    ``0.05``, or ``1%`` of what is expected.

    Raises a `FixtureError` where the fixture can't be used, a `reportparse.errors.ReadError` where a file can't be read.
    """
    reports = reports_of(extracted)
    wanted = expected if isinstance(expected, Expectation) else _expectation(expected)
    whole = wanted.complete if complete is None else complete
    slack = tolerance or wanted.tolerance
    shared, strangers = _shared_out(wanted.rows, reports)
    texts = {report.sha256: report.text for report in wanted.runs}
    found: list[Difference] = []
    for report, rows in zip(reports, shared, strict=True):
        same_text = not wanted.runs or texts.get(report.sha256) == report.text
        found += _compared(report, rows, slack, complete=whole, same_text=same_text, strict=bool(wanted.runs))
    found += [
        Difference(outcome="missing", report=row.get("report"), expected=_told(row), actual=None, checked=checked_fields(row))
        for row in strangers
        if not row.get("absent")
    ]
    return Comparison(differences=tuple(found), complete=whole, runs=bool(wanted.runs))


def assert_report(report: Given, expected: Expectation | Given, *, complete: bool | None = None, tolerance: str | None = None) -> None:
    """Assert that a report gives what is expected; the error lists what differs."""
    __tracebackhide__ = True
    from reportparse.comparison.writing import lines

    found = compare(report, expected, complete=complete, tolerance=tolerance)
    if not found.same:
        raise AssertionError("\n".join(lines(found, "text")))


def reports_of(given: Given) -> list[Report]:
    """The reports that are meant."""
    if isinstance(given, Report):
        return [given]
    if isinstance(given, str | Path):
        return opened(given)
    return list(given)


def _expectation(given: Given) -> Expectation:
    return load_expected(given) if isinstance(given, str | Path) else of_runs(reports_of(given))


def _shared_out(rows: Sequence[dict[str, Any]], reports: Sequence[Report]) -> tuple[list[list[dict[str, Any]]], list[dict[str, Any]]]:
    """Each report's rows, and those of no report: by hash, by title, by file name; without any of these they are the one report's."""
    shared: list[list[dict[str, Any]]] = [[] for _ in reports]
    strangers: list[dict[str, Any]] = []
    by_hash = {report.sha256: k for k, report in enumerate(reports)}
    by_title = {report.title: k for k, report in enumerate(reports) if report.title}
    single = len({(row.get("sha256"), row.get("report")) for row in rows}) == 1  # about one report: the one that is there
    for row in rows:
        at = by_hash.get(str(row.get("sha256")), by_title.get(str(row.get("report"))))
        if at is None and len(reports) == 1 and single:
            at = 0
        (strangers if at is None else shared[at]).append(row)
    return shared, strangers


def _compared(
    report: Report, rows: Sequence[dict[str, Any]], tolerance: str | None, *, complete: bool, same_text: bool, strict: bool
) -> list[Difference]:
    found = align(rows, report, same_text=same_text)
    out: list[tuple[int, Difference]] = []
    for at, row in enumerate(rows):
        record = report.records[found[at]] if at in found else None
        one = _judged(report, row, record, tolerance, strict=strict)
        if one is not None:
            out.append((record.start if record else int(row.get("start", 0)), one))
    if complete:
        taken = set(found.values())
        out += [(record.start, _extra(report, record)) for k, record in enumerate(report.records) if k not in taken]
    return [one for _, one in sorted(out, key=lambda item: item[0])]


def _judged(report: Report, row: Row, record: AnyRecord | None, tolerance: str | None, *, strict: bool) -> Difference | None:
    if row.get("absent"):
        return (
            _extra(report, record, row) if record else Difference(outcome="matched", report=report.title, expected=_told(row), actual=None)
        )
    checked = checked_fields(row)
    if record is None:
        return Difference(outcome="missing", report=report.title, expected=_told(row), actual=None, checked=checked)
    wrong = tuple(differences(row, record, tolerance, strict=strict))
    return Difference(
        outcome="wrong" if wrong else "matched",
        report=report.title,
        expected=_told(row),
        actual=_side(record),
        fields=wrong,
        checked=checked,
    )


def _extra(report: Report, record: AnyRecord, row: Row | None = None) -> Difference:
    return Difference(
        outcome="extra",
        report=report.title,
        expected=_told(row) if row else None,
        actual=_side(record),
        checked=("kind", *FIELDS[record.kind]),
    )


def _side(record: AnyRecord) -> Side:
    return Side(
        id=record.id, text=record.text, start=record.start, end=record.end, sentence=record.sentence, figure=str(record), rules=record.rules
    )


def _told(row: Row) -> Side:
    """The expected side: as much as the row says."""
    amount = " ".join(str(row[name]) for name in ("value", "unit", "rank") if row.get(name) not in (None, ""))
    about = " ".join(str(row[name]) for name in ("subject", "indicator", "period") if row.get(name))
    figure = ": ".join(part for part in (about, amount) if part) or None
    place = {name: int(row[name]) for name in ("start", "end") if name in row}
    text, sentence = (row.get(name) if isinstance(row.get(name), str) else None for name in ("text", "sentence"))
    return Side(
        id=row.get("id"), text=text, sentence=sentence or row.get("near"), figure=figure, rules=tuple(row.get("rules") or ()), **place
    )


def expectation_row(record: AnyRecord) -> dict[str, Any]:
    """A row that a person may keep of a record."""
    row = row_of(record)
    return {
        name: row[name]
        for name in ("kind", "text", *FIELDS[record.kind])
        if row[name] not in (None, "") and not name.startswith("canonical") and name != "section"
    }
