"""The nouns that leave the library: a `Report`, its sections, tables and records.

Names and meanings are those of the records contract (docs/records.md). Everything is frozen; decimals are
exact and are strings in JSON; places are half-open spans of code points into ``report.text``.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

import msgspec

SCHEMA = "1.0"
"""Version of the records contract that this library writes."""

Status = Literal["actual", "preliminary", "target"]
Bound = Literal["exact", "approx", "at_least", "more_than", "at_most", "less_than"]
Direction = Literal["up", "down"]
RankType = Literal["exact", "top", "bottom"]
PriceBasis = Literal["constant", "current"]
RelationType = Literal["change_of", "rank_of", "target_of", "part_of", "share_of"]
Genre = Literal[
    "environment_report", "statistical_bulletin", "budget_report", "final_accounts",
    "work_report", "plan_report", "audit_report", "other",
]


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """A tie from one record to another of the same report."""

    type: RelationType
    id: str


class CellPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where in a table a figure stands: the table's number from 0, and its header paths, outermost first."""

    table: int
    caption: str | None
    row: tuple[str, ...]
    column: tuple[str, ...]


class Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What all three kinds of records hold."""

    id: str
    text: str
    start: int
    end: int
    indicator: str | None
    subject: str | None
    period: str | None
    status: Status
    price_basis: PriceBasis | None
    section: tuple[str, ...]
    sentence: str
    page: int | None
    cell: CellPlace | None
    related: tuple[Relation, ...]
    rules: tuple[str, ...]
    flags: tuple[str, ...]

    @property
    def kind(self) -> str:
        """``quantity``, ``change`` or ``ranking``."""
        return str(self.__struct_config__.tag)

    @property
    def figure(self) -> str:
        """The figure as a reader notes it down: ``≥95 %``, ``-9.1 %``, ``第16名``."""
        return self.text

    @property
    def years(self) -> tuple[str, str] | None:
        """First and last year of the period, None where there is none."""
        if self.period is None:
            return None
        first, _, last = self.period.partition("/")
        return first[:4], (last or first)[:4]

    def __str__(self) -> str:
        """One line: whose, what, when and how much."""
        about = " ".join(word for word in (self.subject, self.indicator, self.period) if word)
        notes = "" if self.status == "actual" else f" ({self.status})"
        return f"{about or '?'}: {self.figure}{notes}"

    def __repr__(self) -> str:
        """Kind, id and the line of `str`."""
        return f"<{type(self).__name__} {self.id} {self}>"


class Amount(Record, frozen=True, kw_only=True):
    """A record with a value and a unit: a quantity or a change."""

    value: Decimal
    value_max: Decimal | None
    unit: str
    canonical_value: Decimal
    canonical_value_max: Decimal | None
    canonical_unit: str
    bound: Bound

    @property
    def figure(self) -> str:
        """Bound, value or range, and unit."""
        return self._signed("")

    def _signed(self, sign: str) -> str:
        ends = f"{self.value}" if self.value_max is None else f"{self.value}—{self.value_max}"
        return f"{_BOUND_SIGNS[self.bound]}{sign}{ends} {self.unit}".rstrip()


class Quantity(Amount, frozen=True, kw_only=True, tag="quantity"):
    """A level: how much, how many, what share."""


class Change(Amount, frozen=True, kw_only=True, tag="change"):
    """A difference from a base; `value` is never negative."""

    direction: Direction
    basis: str | None
    yardstick: str | None

    @property
    def figure(self) -> str:
        """Sign, amount, and what it is a change from."""
        base = self.yardstick or self.basis
        return self._signed("+" if self.direction == "up" else "-") + (f" [{base}]" if base else "")


class Ranking(Record, frozen=True, kw_only=True, tag="ranking"):
    """A place in an ordered field."""

    rank: int
    rank_type: RankType
    scope: str | None
    scope_size: int | None
    streak: int | None

    @property
    def figure(self) -> str:
        """The place and its field."""
        place = {"exact": f"第{self.rank}名", "top": f"前{self.rank}名", "bottom": f"倒数第{self.rank}名"}[self.rank_type]
        return place + (f" [{self.scope}]" if self.scope else "")


_BOUND_SIGNS = {"exact": "", "approx": "≈", "at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}

AnyRecord = Quantity | Change | Ranking


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A numbered (or marked) part of the report, and the parts inside it."""

    label: str
    number: int | None
    level: int
    title: str
    start: int
    end: int
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Cell(msgspec.Struct, frozen=True):
    """One cell of a table; merged cells share their span."""

    text: str
    start: int
    end: int


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the report, merged cells filled in."""

    caption: str | None
    unit: str | None
    page: int | None
    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int
    header_columns: int

    def to_rows(self) -> list[list[str]]:
        """The texts of the cells, row by row."""
        return [[cell.text for cell in row] for row in self.rows]


class Unread(msgspec.Struct, frozen=True):
    """A numeral that no rule claimed."""

    text: str
    start: int
    end: int


class Warning(msgspec.Struct, frozen=True, kw_only=True):  # noqa: A001  the contract's name
    """Something about the report that a reader should know."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None
    page: int | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report that has been read: what it says of itself, its text, its parts and its figures."""

    schema: str = SCHEMA
    title: str | None
    genre: Genre
    issuer: str | None
    region: str | None
    year: int | None
    speaker: str | None
    occasion: str | None
    delivered: str | None
    published: str | None
    source: str | None
    sha256: str
    url: str | None
    text: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    records: tuple[AnyRecord, ...]
    unread: tuple[Unread, ...]
    warnings: tuple[Warning, ...]

    def find(
        self,
        indicator: str | None = None,
        *,
        year: int | None = None,
        kind: Literal["quantity", "change", "ranking"] | None = None,
        subject: str | None = None,
        status: Status | None = None,
    ) -> tuple[AnyRecord, ...]:
        """The records that fit everything given, in reading order.

        `indicator` and `subject` fit where the record's own words hold them (``地区生产总值`` finds ``人均地区生产总值`` too);
        `year` fits a period that lies within that year.
        """
        return tuple(
            record
            for record in self.records
            if (indicator is None or indicator in (record.indicator or ""))
            and (subject is None or subject in (record.subject or ""))
            and (year is None or record.years == (str(year), str(year)))
            and kind in (None, record.kind)
            and status in (None, record.status)
        )

    def to_json(self, *, indent: int | None = None) -> str:
        """The report as one JSON object: decimals are strings, what is unknown is null, nothing is left out."""
        encoded = msgspec.json.encode(self)
        return (encoded if indent is None else msgspec.json.format(encoded, indent=indent)).decode()

    @classmethod
    def from_json(cls, data: str | bytes) -> Report:
        """The report that `to_json` wrote; raises ``msgspec.ValidationError`` where it breaks the contract."""
        return msgspec.json.decode(data, type=cls)

    def to_frame(self, engine: Literal["pandas", "polars"] = "pandas") -> Any:
        """The records as a frame, decimals exact; raises a `MissingExtra` where the extra `frames` is not installed."""
        from importlib import import_module

        return import_module("reportparse.export.frames").frame(self, engine)  # the ground does not know the exports

    def __str__(self) -> str:
        """One line: title, genre, year and what was found."""
        about = " · ".join(str(word) for word in (self.genre, self.region, self.year) if word)
        return f"{self.title or 'untitled'} ({about}): {len(self.records)} records, {len(self.unread)} unread"

    def __repr__(self) -> str:
        """The line of `str` in angle brackets."""
        return f"<Report {self}>"

    def _repr_html_(self) -> str:
        """A table of the records, for notebooks."""
        from html import escape

        head = ("kind", "subject", "indicator", "period", "figure", "status", "flags")
        rows = [(r.kind, r.subject, r.indicator, r.period, r.figure, r.status, ", ".join(r.flags)) for r in self.records]
        body = "".join("<tr>" + "".join(f"<td>{escape(cell or '')}</td>" for cell in row) + "</tr>" for row in rows)
        names = "".join(f"<th>{name}</th>" for name in head)
        caption = f"<caption>{escape(str(self))}</caption>"
        return f"<table>{caption}<thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"
