"""The expectation as it would have to be: written anew, for a person to review as a diff."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from reportparse.comparison import compare, expectation_row
from reportparse.comparison.expected import COMPARED, Expectation, FixtureError, load_expected
from reportparse.comparison.model import Comparison, Difference
from reportparse.model import AnyRecord, Report


def updated(path: str | Path, reports: Sequence[Report], *, complete: bool | None = None, tolerance: str | None = None) -> str:
    """The text of the expectation at `path` with what was extracted in place of what differs.

    Rows that hold stay as they are, with their wildcards; in the others only the fields that differ change; rows without a figure go; where
    the fixture is complete, new rows come. A path that is not there yet gives a complete fixture of all figures.

    Raises a `FixtureError` where the path is a store.
    """
    path = Path(path)
    form = path.suffix.lower()
    if path.is_dir() or form not in (".toml", ".csv", ".jsonl", ".json"):
        raise FixtureError(f"{path}: only TOML, CSV, JSONL and JSON can be written; a store is added to by `reportparse batch`")
    if form == ".json":
        return _json(reports)
    if path.exists():
        expectation = load_expected(path)
        rows = _renewed(expectation, reports, complete=complete, tolerance=tolerance)
    else:
        expectation = Expectation(rows=(), complete=True)
        rows = [
            {**({"report": report.title} if len(reports) > 1 else {}), **expectation_row(record)}
            for report in reports
            for record in report.records
        ]
    return {".toml": _toml, ".csv": _csv, ".jsonl": _jsonl}[form](rows, expectation)


def _json(reports: Sequence[Report]) -> str:
    encoded = msgspec.json.encode(reports[0] if len(reports) == 1 else list(reports))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def _renewed(expectation: Expectation, reports: Sequence[Report], *, complete: bool | None, tolerance: str | None) -> list[dict[str, Any]]:
    """The rows one by one, each against the reports; those of no row at the end."""
    numbered = Expectation(
        rows=tuple({**row, "rules": [f"row {at}"]} for at, row in enumerate(expectation.rows)),
        complete=expectation.complete,
        tolerance=expectation.tolerance,
    )
    found = compare(reports, numbered, complete=complete, tolerance=tolerance)
    told = {int(one.expected.rules[0].split()[1]): one for one in found.differences if one.expected and one.expected.rules}
    kept = [renewed for at, row in enumerate(expectation.rows) if (renewed := _row(row, told.get(at))) is not None]
    return kept + list(_new(found, reports))


def _row(row: dict[str, Any], one: Difference | None) -> dict[str, Any] | None:
    if one is None or one.outcome == "missing" or (one.outcome == "extra" and row.get("absent")):
        return None
    changed = {difference.field: difference.actual for difference in one.fields}
    return {name: changed.get(name, value) for name, value in row.items()}


def _new(found: Comparison, reports: Sequence[Report]) -> Iterator[dict[str, Any]]:
    records: dict[tuple[str | None, str], AnyRecord] = {
        (report.title, record.id): record for report in reports for record in report.records
    }
    for one in found.of("extra"):
        record = records.get((one.report, one.actual.id or "")) if one.actual else None
        if record is not None:
            yield {**({"report": one.report} if len(reports) > 1 else {}), **expectation_row(record)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | str | list) else str(value)


def _jsonl(rows: Sequence[dict[str, Any]], _: Expectation) -> str:
    return "".join(json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False) + "\n" for row in rows)


def _csv(rows: Sequence[dict[str, Any]], _: Expectation) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow(["null" if name in row and row[name] is None and name in COMPARED else row.get(name, "") for name in names])
    return held.getvalue()


def _toml(rows: Sequence[dict[str, Any]], expectation: Expectation) -> str:
    shared = {name for name in ("report", "sha256", "source") if rows and len({row.get(name) for row in rows}) == 1 and rows[0].get(name)}
    head = [f"{name} = {_toml_value(rows[0][name])}" for name in ("report", "sha256", "source") if name in shared]
    head += ["complete = true"] if expectation.complete else []
    head += [f"tolerance = {_toml_value(expectation.tolerance)}"] if expectation.tolerance else []
    parts = ["\n".join(head)] if head else []
    parts += [
        "\n".join(["[[record]]", *(f"{name} = {_toml_value(value)}" for name, value in row.items() if name not in shared)]) for row in rows
    ]
    return "\n\n".join(parts) + "\n"


def _toml_value(value: Any) -> str:
    value = _plain(value)
    if value is None:
        return '"null"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(_toml_value(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
