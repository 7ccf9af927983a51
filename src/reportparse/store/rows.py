"""A `Report` as lines of JSON, one list of lines a table; and back from what the tables hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from reportparse import patterns
from reportparse.folding import fold
from reportparse.model import AnyRecord, Change, Quantity, Ranking, Report, Section

Lines = dict[str, Iterable[bytes]]
"""Of each table the rows, as JSON without newlines; records are many, and each holds its sentence: they come one by one."""

_NOTE = patterns.compile(r"[(（〔\[【][^()（）〔〕\[\]【】]{0,40}[)）〕\]】]")
_NUMERAL = patterns.compile(r"[0-9０-９〇零一二三四五六七八九十]")
_REST = patterns.compile(r"[\W_]+")
_DAY = patterns.compile(r"\d{4}-\d\d-\d\d")
_ABOUT = ("schema", "title", "genre", "issuer", "region", "year", "speaker", "occasion", "delivered", "published", "source", "url")
_PLACES, _DIGITS = 12, 26  # behind and before the point of DECIMAL(38,12)


def report_key(sha256: str, parser: str) -> str:
    """A report's key in the store: the source's hash and the parser that read it, shortened."""
    return f"{sha256[:16]}.{parser.rpartition('+')[2]}"


def lines(report: Report, stamp: Mapping[str, Any]) -> Lines:
    """The rows of a report; `stamp` holds parser, run, seen, path, seconds and, where known, url."""
    encode = msgspec.json.Encoder().encode
    key = report_key(report.sha256, stamp["parser"])
    head = encode({"report": key})[:-1]
    about = {name: getattr(report, name) for name in _ABOUT}
    about |= {"report": key, "sha256": report.sha256, "work": work(report), "available": available(report)}
    about |= {name: value for name, value in stamp.items() if name != "url" or value}
    about |= {"figures": len(report.records), "text": report.text, "unread": report.unread, "warnings": report.warnings}
    return {
        "reports": [encode(about)],
        "sections": [encode({"report": key} | section) for section in _sections(report.sections)],
        "tables": [
            head + encode({"table": number})[:-1].replace(b"{", b",", 1) + b"," + encode(table)[1:]
            for number, table in enumerate(report.tables)
        ],
        "records": ((head + b',"wide":true,' if wide(r) else head + b",") + encode(r)[1:] for r in report.records),
    }


def _sections(sections: tuple[Section, ...]) -> Iterator[dict[str, Any]]:
    number = 0
    ahead: list[tuple[Section, int | None]] = [(section, None) for section in reversed(sections)]
    while ahead:
        section, parent = ahead.pop()
        row = {name: getattr(section, name) for name in section.__struct_fields__ if name != "children"}
        yield row | {"section": number, "parent": parent}
        ahead += [(child, number) for child in reversed(section.children)]
        number += 1


def wide(record: AnyRecord) -> bool:
    """Whether a value has more digits than a DECIMAL(38,12) keeps exactly."""
    if isinstance(record, Ranking):
        return False
    values = (record.value, record.value_max, record.canonical_value, record.canonical_value_max)
    return any(
        value is not None and (value.adjusted() >= _DIGITS or int(value.as_tuple().exponent) < -_PLACES) for value in values
    )


def work(report: Report) -> str:
    """What all editions of a report share: its region, genre, year and title; its hash where one of them is unknown.

    A note in brackets belongs to the edition (修订), one with a numeral to the title (第一号).
    """
    if not (report.region and report.year and report.title):
        return report.sha256
    title = _NOTE.sub(lambda note: note[0] if _NUMERAL.search(note[0]) else "", report.title)
    return "|".join((report.region, report.genre, str(report.year), _REST.sub("", fold(title)).lower()))


def available(report: Report) -> str | None:
    """The day since when the report can be known: published, or else delivered.

    Only a day that there is: anything else stays in its own column.
    """
    for said in (report.published, report.delivered):
        day = _DAY.match(said or "")
        if day:
            try:
                return date.fromisoformat(day[0]).isoformat()
            except ValueError:
                continue
    return None


def rebuilt(
    about: Mapping[str, Any], sections: list[dict[str, Any]], tables: list[dict[str, Any]], records: list[dict[str, Any]]
) -> Report:
    """The `Report` that `lines` took apart, exactly."""
    for record in records:
        for name in [name for name in record if name.endswith("_text")]:
            record[name[:-5]] = record.pop(name)
    return msgspec.convert(
        {**about, "sections": _tree(sections), "tables": tables, "records": [_own(record) for record in records]}, Report
    )


def _own(record: dict[str, Any]) -> dict[str, Any]:
    kinds: dict[str, type[msgspec.Struct]] = {"quantity": Quantity, "change": Change, "ranking": Ranking}
    return {name: record[name] for name in ("kind", *kinds[record["kind"]].__struct_fields__)}


def _tree(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = [{**section, "children": []} for section in sections]
    for node in nodes:
        if node["parent"] is not None:
            nodes[node["parent"]]["children"].append(node)
    return [node for node in nodes if node["parent"] is None]
