"""Expectations: files that a person writes (TOML, CSV, JSONL), other runs, stores."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from reportparse.comparison.model import Row
from reportparse.errors import ReportError
from reportparse.model import AnyRecord, Change, Quantity, Ranking, Report
from reportparse.review.opening import open_reports

_NOT_COMPARED = frozenset({"id", "related", "rules", "flags", "sentence", "text", "start", "end", "cell", "page"})
FIELDS: dict[str, tuple[str, ...]] = {
    str(kind.__struct_config__.tag): tuple(name for name in kind.__struct_fields__ if name not in _NOT_COMPARED)
    for kind in (Quantity, Change, Ranking)
}
"""Fields that two runs are compared in, by kind."""
COMPARED = frozenset({"kind", "text", "page", *(name for names in FIELDS.values() for name in names)})
"""Fields that a row may expect something of."""
PLACING = frozenset({"start", "end", "text", "sentence", "near", "id"})
"""Fields by which the figure is found."""
SELECTING = frozenset({"sha256", "report", "source"})
"""Fields that say which report a row is about."""
RULING = frozenset({"tolerance", "absent", "note"})
_DERIVED = frozenset(
    {"id", "rules", "flags", "related", "cell", "sentence", "figure", "table", "caption", "row", "column", "url", "year", "region", "genre"}
)


class FixtureError(ReportError, ValueError):
    """An expectation that can't be used; the message says which row and why."""


class Expectation(msgspec.Struct, frozen=True, kw_only=True):
    """What is expected."""

    rows: tuple[dict[str, Any], ...]
    complete: bool = False
    """Whether a figure that no row expects is an extra one."""
    tolerance: str | None = None
    runs: tuple[Report, ...] = ()
    """The reports, where it is another run."""


def load_expected(path: str | Path) -> Expectation:
    """The expectation in a file or a store; raises a `FixtureError` or a `reportparse.errors.ReadError` that says what is wrong."""
    path = Path(path)
    form = path.suffix.lower()
    if path.is_file() and form in (".toml", ".csv", ".jsonl"):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise FixtureError(f"{path.name} is not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
        found = {".toml": _toml, ".csv": _csv, ".jsonl": _jsonl}[form](text, path.name)
        for number, row in enumerate(found.rows, 1):
            _check(row, f"{path.name}, row {number}")
        return found
    return of_runs(opened(path))


def opened(given: str | Path) -> list[Report]:
    """The reports of a file or a store; ``STORE@VERSION`` gives a store's reports as a parser whose name begins so has read them."""
    path = Path(given)
    store, at, version = str(given).rpartition("@")
    if at and version and not path.exists() and Path(store).exists():
        from reportparse.store import open_store

        with open_store(store) as held:
            keys = [
                key
                for key, parser in held.query("SELECT report, parser FROM reports ORDER BY region, year, title, report").rows
                if _reads(parser, version)
            ]
            if not keys:
                told = ", ".join(sorted({str(parser) for (parser,) in held.query("SELECT DISTINCT parser FROM reports").rows}))
                raise FixtureError(f"{store} holds nothing read by {version}; its parsers are {told}")
            return [held.report(key) for key in keys]
    return [one.report for one in open_reports(path, path.name)]


def _reads(parser: str, version: str) -> bool:
    return parser.startswith(version) or parser.rpartition("+")[2].startswith(version)


def of_runs(reports: Iterable[Report]) -> Expectation:
    """Another run as an expectation: everything that it found, and nothing else."""
    reports = tuple(reports)
    return Expectation(rows=tuple(row for report in reports for row in run_rows(report)), complete=True, runs=reports)


def run_rows(report: Report) -> Iterator[dict[str, Any]]:
    """A row for each record of a run."""
    for record in report.records:
        yield {"sha256": report.sha256, "report": report.title, **row_of(record)}


def row_of(record: AnyRecord) -> dict[str, Any]:
    """All that two runs are compared in, and what finds the figure again."""
    fields = {name: getattr(record, name) for name in FIELDS[record.kind]}
    return {
        "kind": record.kind, "id": record.id, "text": record.text, "start": record.start, "end": record.end, "sentence": record.sentence,
        "rules": record.rules, **fields,
    }  # fmt: skip


def _toml(text: str, name: str) -> Expectation:
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FixtureError(f"{name}: not TOML: {error}") from error
    unknown = held.keys() - {"record", "report", "sha256", "source", "complete", "tolerance"}
    if unknown or not isinstance(held.get("record", []), list):
        raise FixtureError(
            f"{name}: {', '.join(sorted(unknown)) or 'record'}: not known; rows are [[record]], "
            "beside them report, sha256, source, complete, tolerance"
        )
    about = {key: held[key] for key in SELECTING if key in held}
    rows = tuple({**about, **_readable(row)} for row in held.get("record", []))
    return Expectation(rows=rows, complete=bool(held.get("complete")), tolerance=_text_or_none(held.get("tolerance")))


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """A row of TOML: numbers are as good as strings, `null` says nothing is there."""
    return {key: None if value == "null" else value for key, value in row.items()}


def _csv(text: str, name: str) -> Expectation:
    rows: list[dict[str, Any]] = []
    for row in csv.DictReader(io.StringIO(text)):
        if None in row:
            raise FixtureError(f"{name}, row {len(rows) + 1}: more cells than the first line has names")
        rows.append(_readable({key: value for key, value in row.items() if value not in ("", None) and key not in _DERIVED - PLACING}))
    return Expectation(rows=tuple(rows))


def _jsonl(text: str, name: str) -> Expectation:
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise FixtureError(f"{name}, line {number}: not JSON: {error}") from error
        if not isinstance(row, dict):
            raise FixtureError(f"{name}, line {number}: not an object; each line is one row")
        rows.append({key: value for key, value in row.items() if key not in _DERIVED - PLACING})
    return Expectation(rows=tuple(rows))


def _text_or_none(value: Any) -> str | None:
    return None if value is None else str(value)


def _check(row: Row, where: str) -> None:
    unknown = row.keys() - COMPARED - PLACING - SELECTING - RULING - {"rules", "section"}
    if unknown:
        raise FixtureError(f"{where}: {', '.join(sorted(unknown))}: no field of a record; docs/compare.md lists them")
    if not row.keys() & (COMPARED | PLACING):
        raise FixtureError(f"{where}: says nothing of a figure")
    for name in ("start", "end"):
        if name in row and not str(row[name]).isdigit():
            raise FixtureError(f"{where}: {name} {row[name]!r} is no place in the text")
