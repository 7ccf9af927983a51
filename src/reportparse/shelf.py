"""The reports that an assistant asks: files read into memory, or a store that is asked in SQL.

Three questions, each answered with quotes and places: which indicators are there, what is observed of one, what does the report say there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from reportparse.errors import ReportError
from reportparse.indicators import load
from reportparse.indicators.naming import plain
from reportparse.model import AnyRecord, Report

Row = dict[str, Any]

MOST = 200
"""Of one answer; more is asked for with `after`."""
_SPELLINGS = 20
_AROUND = 120
_REPORT = ("title", "genre", "issuer", "region", "year", "published", "url")


class NotOnShelf(ReportError, LookupError):  # noqa: N818  reads as what it says
    """There is no such report or record; the message says how to find one."""


class Shelf:
    """What both kinds have in common: the questions."""

    def reports(self) -> list[Row]:
        """Each report: key, title, genre, issuer, region, year, published, url, file, number of figures."""
        raise NotImplementedError

    def names(self, region: str | None, year: int | None) -> Iterator[tuple[str, str, int]]:
        """Each spelling of an indicator with a canonical unit, and how many figures have both."""
        raise NotImplementedError

    def count(self, words: Collection[str], **given: Any) -> int:
        """How many records have one of `words` for indicator and fit what is given."""
        raise NotImplementedError

    def rows(self, words: Collection[str], *, limit: int, after: int = 0, **given: Any) -> list[Row]:
        """These records with their report, by period, report and place; `limit` of them, without the first `after`."""
        raise NotImplementedError

    def examples(self, words: Collection[str], **given: Any) -> dict[str, Row]:
        """The first of these records for each indicator."""
        raise NotImplementedError

    def report(self, key: str) -> Report:
        """A report by its key."""
        raise NotImplementedError

    def find_indicators(self, query: str = "", *, region: str | None = None, year: int | None = None, limit: int = 30) -> Row:
        """Indicators whose name holds `query` (or that go by it), the most stated first, each with an example in its place."""
        counted: dict[str, tuple[int, set[str]]] = {}
        for name, unit, count in self.names(region, year):
            if _goes_by(name, query):
                many, units = counted.get(name, (0, set()))
                counted[name] = many + count, units | ({unit} if unit else set())
        ranked = sorted(counted.items(), key=lambda item: (-item[1][0], len(item[0]), item[0]))
        found = []
        shown = ranked[: _within(limit)]
        examples = self.examples([name for name, _ in shown], region=region, year=year)
        for name, (many, units) in shown:
            known = [{"id": one.id, "name_en": one.name_en, "unit": one.unit} for one in load().named(name)]
            example = self.observation(examples[name])
            found.append({"indicator": name, "figures": many, "units": sorted(units), "known_as": known, "example": example})
        return {"query": query, "found": len(ranked), "indicators": found}

    def get_observations(
        self, indicator: str, *, region: str | None = None, year: int | None = None, kind: str | None = None,
        status: str | None = None, subject: str | None = None, limit: int = 50, after: int = 0,
    ) -> Row:  # fmt: skip
        """What is stated of an indicator: value, period, status, whose, each with quote and place, oldest period first."""
        words = {name for name, _, _ in self.names(region, None) if _goes_by(name, indicator)}
        exact = {name for name in words if _same(name, indicator)}
        taken = sorted(exact or words)
        given = {"region": region, "year": year, "kind": kind, "status": status, "subject": subject}
        rows = self.rows(taken, limit=_within(limit), after=max(0, after), **given)
        return {
            "indicator": indicator,
            "spelled": taken[:_SPELLINGS],
            "also": sorted(words - exact)[:_SPELLINGS] if exact else [],
            "found": self.count(taken, **given),
            "from": max(0, after),
            "observations": [self.observation(row) for row in rows],
        }

    def show_evidence(self, report: str, record: str) -> Row:
        """A record in its place: the words before and after it, sentence, headings, table cell, page, rules and flags."""
        whole = self.report(report)
        found = next((one for one in whole.records if one.id == record), None)
        if found is None:
            raise NotOnShelf(f"report {report} has no record {record}; get_observations names them")
        text, fields = whole.text, _fields(found)
        row = {"report": report, "about": _about(whole), "record": fields}
        return self.observation(row) | {
            "before": text[max(0, found.start - _AROUND) : found.start],
            "after": text[found.end : found.end + _AROUND],
            "sha256": whole.sha256,
            "rules": fields["rules"],
            "related": [self._tied(whole, tie.type, tie.id) for tie in found.related],
            "warnings": [{"code": one.code, "message": one.message} for one in whole.warnings],
        }

    def observation(self, row: Row) -> Row:
        """One figure as an assistant gets it."""
        record, about = row["record"], row["about"]
        kept = (*_SAID, *_FIGURE[record["kind"]], "flags")
        place = {"report": row["report"], **about, "start": record["start"], "end": record["end"], "page": record["page"]}
        place |= {"section": list(record["section"]), "cell": record["cell"]}
        words = {"record": record["id"], "quote": record["text"], "sentence": record["sentence"]}
        return words | {name: record[name] for name in kept} | {"place": place}

    def _tied(self, whole: Report, tie: str, name: str) -> Row:
        other = next((one for one in whole.records if one.id == name), None)
        start = None if other is None else other.start
        return {"type": tie, "record": name, "quote": other.text if other else None, "says": str(other) if other else None, "start": start}


_SAID = ("kind", "indicator", "subject", "period", "status", "price_basis")
_AMOUNT = ("value", "value_max", "unit", "canonical_value", "canonical_unit", "bound")
_FIGURE = {
    "quantity": _AMOUNT,
    "change": (*_AMOUNT, "direction", "basis", "yardstick"),
    "ranking": ("rank", "rank_type", "scope", "scope_size", "streak"),
}


class ReportShelf(Shelf):
    """Reports in memory, named by the first twelve digits of their hash."""

    def __init__(self, reports: Sequence[tuple[str, Report]]) -> None:
        self._reports = {(one.sha256 or name)[:12]: (name, one) for name, one in reports}

    def reports(self) -> list[Row]:
        """Each report."""
        return [{"report": key} | _about(one) | {"file": name, "figures": len(one.records)} for key, (name, one) in self._reports.items()]

    def names(self, region: str | None, year: int | None) -> Iterator[tuple[str, str, int]]:
        """Spellings and units, counted."""
        counted: dict[tuple[str, str], int] = {}
        for row in self._rows:
            if row["record"]["indicator"] and _fits(row, {"region": region, "year": year}):
                key = row["record"]["indicator"], row["record"].get("canonical_unit", "")
                counted[key] = counted.get(key, 0) + 1
        return ((name, unit, count) for (name, unit), count in counted.items())

    def count(self, words: Collection[str], **given: Any) -> int:
        """Records by indicator, counted."""
        return len(self._chosen(words, given))

    def rows(self, words: Collection[str], *, limit: int, after: int = 0, **given: Any) -> list[Row]:
        """Records by indicator."""
        return self._chosen(words, given)[after : after + limit]

    def examples(self, words: Collection[str], **given: Any) -> dict[str, Row]:
        """The first of each indicator."""
        return {row["record"]["indicator"]: row for row in reversed(self._chosen(words, given))}

    def _chosen(self, words: Collection[str], given: Row) -> list[Row]:
        wanted = set(words)
        found = [row for row in self._rows if row["record"]["indicator"] in wanted and _fits(row, given)]
        return sorted(found, key=lambda row: (row["record"]["period"] or "", row["report"], row["record"]["start"]))

    def report(self, key: str) -> Report:
        """A report by its key or hash."""
        if key[:12] not in self._reports:
            raise NotOnShelf(f"there is no report {key}; list_reports names them")
        return self._reports[key[:12]][1]

    @cached_property
    def _rows(self) -> list[Row]:
        return [
            {"report": key, "about": about, "record": _fields(record)}
            for key, (_, one) in self._reports.items()
            for about in [_about(one)]
            for record in one.records
        ]


class StoreShelf(Shelf):
    """The current editions of a store; each question opens it anew, so that a batch may go on."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def reports(self) -> list[Row]:
        """Each report."""
        columns = ", ".join(("report", *_REPORT, "path AS file", "figures"))
        return self._ask(f"SELECT {columns} FROM current_reports ORDER BY region, year, title, report")  # noqa: S608  names of ours

    def names(self, region: str | None, year: int | None) -> Iterator[tuple[str, str, int]]:
        """Spellings and units, counted."""
        where, values = _where(region=region, year=year)
        sql = f"SELECT indicator, coalesce(canonical_unit, '') AS unit, count(*) AS n FROM current_records WHERE indicator IS NOT NULL{where} GROUP BY ALL"  # noqa: S608, E501
        return ((row["indicator"], row["unit"], row["n"]) for row in self._ask(sql, values))

    def count(self, words: Collection[str], **given: Any) -> int:
        """Records by indicator, counted."""
        where, values = _where(**given)
        (row,) = self._ask(f"SELECT count(*) AS n FROM current_records WHERE {_NAMED}{where}", [list(words), *values])  # noqa: S608
        return int(row["n"])

    def rows(self, words: Collection[str], *, limit: int, after: int = 0, **given: Any) -> list[Row]:
        """Records by indicator."""
        return self._records(words, given, f"ORDER BY {_ORDER} LIMIT {int(limit)} OFFSET {int(after)}")

    def examples(self, words: Collection[str], **given: Any) -> dict[str, Row]:
        """The first of each indicator."""
        first = self._records(words, given, f"QUALIFY row_number() OVER (PARTITION BY indicator ORDER BY {_ORDER}) = 1")
        return {row["record"]["indicator"]: row for row in first}

    def _records(self, words: Collection[str], given: Row, rest: str) -> list[Row]:
        where, values = _where(**given)
        sql = f"SELECT * FROM current_records WHERE {_NAMED}{where} {rest}"  # noqa: S608  words and values are parameters
        found = []
        for row in self._ask(sql, [list(words), *values]):
            decimals = {name: row[f"{name}_text"] for name in ("value", "value_max", "canonical_value", "canonical_value_max")}
            found.append({"report": row["report"], "about": {name: row.get(name) for name in _REPORT}, "record": row | decimals})
        return found

    def report(self, key: str) -> Report:
        """A report by its key or hash, whole."""
        from reportparse.store import open_store

        with open_store(self._path) as store:
            return store.report(key)

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        from reportparse.store import open_store

        with open_store(self._path) as store:
            columns, rows = store.query(sql, values)
            return [dict(zip(columns, row, strict=True)) for row in rows]


def open_shelf(paths: Sequence[str | Path]) -> Shelf:
    """The shelf of one store, or of the reports in files; a folder is a store."""
    from reportparse.review.opening import is_store, open_reports

    files = [Path(path) for path in paths]
    if len(files) == 1 and is_store(files[0]):
        return StoreShelf(files[0])
    return ReportShelf([(one.name or "report", one.report) for path in files for one in open_reports(path, path.name)])


_NAMED = "indicator IN (SELECT unnest(?::VARCHAR[]))"
_ORDER = "coalesce(period, ''), report, start"


def _where(**given: Any) -> tuple[str, list[Any]]:
    """SQL and its values for what `_fits` says."""
    said = {name: value for name, value in given.items() if value is not None}
    tests = {
        "region": "contains(coalesce(region, ''), ?)",
        "year": "left(period, 4) = ? AND left(split_part(period, '/', -1), 4) = left(period, 4)",
        "kind": "kind = ?",
        "status": "status = ?",
        "subject": "contains(coalesce(subject, ''), ?)",
    }
    return "".join(f" AND {tests[name]}" for name in said), [str(value) for value in said.values()]


def _fits(row: Row, given: Row) -> bool:
    record, about = row["record"], row["about"]
    period = record["period"] or ""
    first, last = period[:4], (period.rpartition("/")[2])[:4]
    tests: dict[str, Callable[[Any], bool]] = {
        "region": lambda value: value in (about["region"] or ""),
        "year": lambda value: first == last == str(value),
        "kind": lambda value: record["kind"] == value,
        "status": lambda value: record["status"] == value,
        "subject": lambda value: value in (record["subject"] or ""),
    }
    return all(value is None or tests[name](value) for name, value in given.items())


def _goes_by(name: str, query: str) -> bool:
    """Whether an indicator's words hold the query, or are another name of it (GDP, 地区生产总值)."""
    return plain(query) in plain(name) or _same(name, query)


def _same(name: str, query: str) -> bool:
    if plain(name) == plain(query):
        return True
    registry = load()
    asked = {one.id for one in registry.named(query)} | ({query} if query in registry else set())
    return any(one.id in asked for one in registry.named(name))


def _about(report: Report) -> Row:
    return {name: getattr(report, name) for name in _REPORT}


def _fields(record: AnyRecord) -> Row:
    fields: Row = msgspec.json.decode(msgspec.json.encode(record))
    return fields


def _within(limit: int) -> int:
    return max(1, min(limit, MOST))
