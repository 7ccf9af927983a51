"""Writes the records of a table, once its headers have been read."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from reportparse import patterns
from reportparse.cells import number
from reportparse.document import Document, Line
from reportparse.model import (
    AnyRecord,
    CellPlace,
    Change,
    Direction,
    Quantity,
    Ranking,
    Relation,
    RelationType,
    Section,
    Status,
    Table,
)
from reportparse.numerals import plain
from reportparse.tabulation.captions import Caption
from reportparse.tabulation.heads import read_head
from reportparse.tabulation.labels import Said, indents, read_label
from reportparse.tabulation.layout import Grid, split_units
from reportparse.tabulation.model import Block, Column, Head, Label
from reportparse.tabulation.naming import Named, level_name, share_name
from reportparse.tabulation.nesting import Nesting
from reportparse.tabulation.places import level_or_place, own
from reportparse.tabulation.printed import Printed, read_cell
from reportparse.tabulation.wordlists import words
from reportparse.units import canonical

_LETTER = {"level": "q", "share": "q", "change": "c", "rank": "r"}
_TIES: dict[str, RelationType] = {"change": "change_of", "share": "share_of", "rank": "rank_of"}
_RUN_TOGETHER = patterns.compile(r"[一二三四五六七八九十]、.{0,40}[一二三四五六七八九十]、.{0,40}[一二三四五六七八九十]、")
_ENDS_RATE = patterns.compile(r"(?:率|比重|占比|比例)$")


_RULES = {
    (kind, total, part): (f"table_{kind}", *(("table_total",) if total else ()), *(("table_part",) if part else ()))
    for kind in _LETTER for total in (False, True) for part in (False, True)
}
_FLAGS: dict[tuple[bool, bool], tuple[str, ...]] = {  # flags of a cell: read by OCR, in a column whose header another has too
    (False, False): (), (True, False): ("ocr",), (False, True): ("repeated_header",), (True, True): ("ocr", "repeated_header"),
}


class Row:
    """A row of a block: its label and what it gives to the names of its figures."""

    __slots__ = ("label", "names", "number", "repeated", "unit")

    def __init__(self, number: int, label: Label, unit: str | None) -> None:
        self.number = number
        self.label = label
        self.unit = unit
        self.names: dict[str, Named] = {}
        self.repeated = False


class Spot(NamedTuple):
    """A figure where its row and its column cross."""

    row: Row
    above: Row | None
    column: Column
    head: Head
    """The column's head, or what the columns share that the cell is merged over."""
    base: Column | None
    block: Block
    printed: Printed


class Writer:
    """Makes the records of one table."""

    def __init__(
        self, document: Document, starts: Sequence[int], number: int, table: Table, caption: Caption, sections: Sequence[Section],
        year: int | None, region: str | None,
    ) -> None:
        self._document = document
        self._number = number
        self._table = table
        self._caption = caption
        self._year = caption.year or year
        self._report_year = year
        self._region = region
        self._section = _headings(sections, table.start)
        self._units = split_units(table.unit)
        self._starts = starts
        self._seen: set[tuple[int, int]] = set()

    def records(self, grid: Grid, block: Block) -> list[AnyRecord]:
        """The records of one half of the table."""
        if not block.columns:
            return []
        rows = self._rows(grid, block)
        many = Counter(row.label.name for row in rows if row.label.parent is not None)
        by_number = {row.number: row for row in rows}
        columns = {column.place: column for column in block.columns}
        text = self._document.text
        out: list[AnyRecord] = []
        for row in rows:
            cells, words_, numbers = grid.rows[row.number], grid.words[row.number], grid.numbers[row.number]
            above = by_number.get(row.label.parent) if row.label.parent is not None else None
            row.repeated = many[row.label.name] > 1
            if row.unit is None and above is not None and not self._units and block.unit is None:
                row.unit = above.unit
            ids: dict[int, str] = {}
            for column in block.columns:
                j = column.place
                if not words_[j] or (printed := read_cell(text, cells[j], numbers[j], words_[j])) is None:
                    continue
                if (cells[j].start, cells[j].end) in self._seen:
                    continue
                self._seen.add((cells[j].start, cells[j].end))
                head = _merged_head(column, [c for c in block.columns if c.place > j and cells[c.place] == cells[j]])
                if head is None:
                    continue
                base = columns.get(column.base) if column.base is not None else None
                record = self._record(Spot(row, above, column, head, base, block, printed), ids)
                if record is not None:
                    out.append(record)
        return out

    def _rows(self, grid: Grid, block: Block) -> list[Row]:
        """The rows that have a label, each with the rows that it is a part of."""
        main = block.main
        body = range(grid.deep, len(grid.rows))
        if main is None:
            blank = Label((), False, False, None, None, "", None, False)
            return [Row(i, blank, None) for i in body]
        depths = indents([grid.rows[i][main].text for i in body])
        saids = [read_label(self._label(grid, block, i, main)) for i in body]
        shown = {d for d, said in zip(depths, saids, strict=True) if said.name and not said.total and said.style is None and not said.part}
        nesting = Nesting(len(shown) > 1)
        rows: list[Row] = []
        for i, depth, said in zip(body, depths, saids, strict=True):
            if not said.name or number(said.name) is not None or _RUN_TOGETHER.search(said.name):
                continue
            rows.append(self._row(grid, block, i, said, depth, nesting))
        return rows

    @staticmethod
    def _label(grid: Grid, block: Block, i: int, main: int) -> str:
        """A row's own label; where its bracket opens in the column to the left, with what stands there."""
        text = grid.words[i][main]
        left = grid.words[i][block.outer[-1]] if block.outer else ""
        return left + text if left.count("(") > left.count(")") else text

    def _row(self, grid: Grid, block: Block, i: int, said: Said, depth: float, nesting: Nesting) -> Row:
        unit = grid.words[i][block.unit] if block.unit is not None else ""
        unit = unit or said.unit or ""
        level = next((c.place for c in block.columns if c.head.kind == "level"), None)
        printed = grid.numbers[i][level] if level is not None else None
        empty = all(grid.numbers[i][c.place] is None for c in block.columns)
        code = said.code or "".join(grid.words[i][j] for j in block.serials)
        label = nesting.add(
            i, said, depth, value=printed.value if printed else None, unit=unit or None,
            code=code if code.isdigit() and len(code) > 2 else "", empty=empty,
        )
        before = tuple(dict.fromkeys(t for j in block.outer if (t := grid.words[i][j]) and not label.path[-1].startswith(t)))
        return Row(i, label._replace(path=before + label.path) if before else label, unit or None)

    def _record(self, spot: Spot, ids: dict[int, str]) -> AnyRecord | None:
        head, printed, row = spot.head, spot.printed, spot.row
        kind = "rank" if printed.rank else "change" if printed.direction and head.kind == "level" else head.kind
        period, year = self._period(spot)
        indicator = self._indicator(spot)
        ident = f"{_LETTER[kind]}{printed.start}"
        ids[spot.column.place] = ident
        tied = ids.get(spot.column.base) if spot.column.base is not None else None
        line = self._line(printed.start)
        common: dict[str, Any] = {
            "id": ident, "text": self._document.text[printed.start : printed.end], "start": printed.start, "end": printed.end,
            "indicator": indicator or None, "subject": self._subject(spot), "period": period,
            "status": self._status(head, spot.base, year), "price_basis": _prices(head.path, self._table.caption),
            "section": self._section,
            "sentence": self._document.text[line.start : line.end] if line else self._document.text[printed.start : printed.end],
            "page": line.page if line and line.page is not None else self._table.page,
            "cell": CellPlace(table=self._number, caption=self._table.caption, row=row.label.path, column=head.path),
            "related": (Relation(type=_TIES[kind], id=tied),) if tied and kind in _TIES else (),
            "rules": _RULES[kind, row.label.total, row.label.part],
            "flags": _FLAGS[bool(line and line.ocr), spot.column.repeated],
        }
        if kind == "rank":
            return _ranking(common, printed, head)
        unit = self._unit(spot, indicator)
        times, name = _canonical(unit)
        value, most = (abs(printed.value), printed.value_max and abs(printed.value_max)) if kind == "change" else (printed.value, printed.value_max)
        amount: dict[str, Any] = {
            "value": value, "value_max": most, "unit": unit, "canonical_value": plain(value * times) if times != 1 else value,
            "canonical_value_max": plain(most * times) if most is not None else None, "canonical_unit": name, "bound": printed.bound,
        }
        if kind != "change":
            return Quantity(**common, **amount)
        return Change(**common, **amount, direction=_direction(printed, head), basis=_basis(head, year), yardstick=None)

    def _line(self, at: int) -> Line | None:
        return self._document.lines[max(0, bisect_right(self._starts, at) - 1)] if self._starts else None

    def _indicator(self, spot: Spot) -> str:
        head, base, row = spot.head, spot.base, spot.row
        noun = head.noun if head.kind != "share" and head.noun else base.head.noun if base else ""
        name = row.names.get(noun)
        if name is None:
            above = spot.above
            whole = (above.names.get(noun) or Named(above.label.name, above.label.name, above.label.name)) if above else None
            name = level_name(row.label, whole, noun, self._caption, spot.block, repeated=row.repeated)
            name = row.names[noun] = name._replace(label=row.label.name)
        return share_name(name.name, head.noun) if head.kind == "share" else name.name + head.budget

    def _period(self, spot: Spot) -> tuple[str | None, int | None]:
        """ISO period and its year: the row's where rows are periods, the column's, its level's, the caption's, the report's."""
        head, under = spot.head, spot.base.head if spot.base else None
        year = _year(head, self._year)
        source = head
        if year is None and under is not None:
            year, source = _year(under, self._year), under
        label = spot.row.label
        if label.year is not None and (year is None or source is under):
            year, source = label.year, head
        if spot.block.times and (found := re.match(r"((?:19|20)\d\d)", spot.row.label.name)):
            year = int(found[1])
        if year is None:
            year = self._default_year(head, under)
        if year is None:
            return None, None
        captioned = year == self._caption.year
        by_caption = self._caption.as_of and captioned and label.year is None
        as_of = head.as_of or (under is not None and under.as_of) or (label.as_of and year == label.year) or by_caption
        if source.months:
            first, last = source.months
            if as_of and first == last:
                return month_end(year, last), year
            return (f"{year}-{first:02}" if first == last else f"{year}-{first:02}/{year}-{last:02}"), year
        if as_of and self._caption.month and captioned and not (head.year or head.offset):
            return month_end(year, self._caption.month), year
        return (f"{year}-12-31" if as_of else str(year)), year

    def _default_year(self, head: Head, under: Head | None) -> int | None:
        """The caption's year: the later of two for what is planned."""
        status = head.status or (under.status if under else None)
        if status == "target" and self._caption.last_year:
            return self._caption.last_year
        return self._year

    def _status(self, head: Head, base: Column | None, year: int | None) -> Status:
        told = head.status or (base.head.status if base else None)
        if told is None:
            told = self._caption.status
            if told is None or (self._caption.year and year and year < self._caption.year):
                told = "target" if year and self._report_year and year > self._report_year else "actual"
        return told

    def _subject(self, spot: Spot) -> str | None:
        """The row's place or company, the column's place or level, the caption's level; None for the report's own region."""
        block, label = spot.block, spot.row.label
        outer = label.path[0] if len(label.path) > 1 else ""
        if block.subjects and block.times and outer:
            subject: str | None = outer
        elif block.subjects and not block.times and label.path and not label.total:
            subject = label.name
        else:
            subject = spot.head.subject or level_or_place(outer) or self._caption.subject
        return None if own(subject, self._region) else subject

    def _unit(self, spot: Spot, indicator: str) -> str:
        """The unit said nearest to the figure: in its cell, its column, its row, the caption."""
        head, row, base = spot.head, spot.row, spot.base
        if spot.printed.unit:
            return spot.printed.unit
        if head.unit is not None:
            return head.unit
        if head.rate:
            return "%"
        if row.unit:
            return row.unit
        if base is not None and base.head.unit:
            return base.head.unit
        rate = _is_rate(indicator, row.label.name)
        for unit in (*spot.block.units, *self._units):
            if (unit in ("%", "‰")) == rate:
                return unit
        return "%" if rate else ""


def _ranking(common: dict[str, Any], printed: Printed, head: Head) -> Ranking | None:
    if printed.value != int(printed.value) or printed.value < 1:
        return None
    return Ranking(**common, rank=int(printed.value), rank_type=printed.rank or "exact", scope=head.scope, scope_size=None, streak=None)


def _direction(printed: Printed, head: Head) -> Direction:
    """Up or down: by the cell's own word, by the sign, the other way round in a column of falls."""
    negative = printed.value < 0
    if printed.direction:
        return "down" if negative != (printed.direction == "down") else "up"
    return "down" if negative != head.falls and printed.value != 0 else "up"


@lru_cache(maxsize=8192)
def _is_rate(indicator: str, name: str) -> bool:
    """Whether a name is a percentage's: 资产负债率, 比重; not 周转率."""
    for text in (indicator, name):
        if _ENDS_RATE.search(text):
            return not any(text.endswith(w) for w in words("not_percent"))
    return False


@lru_cache(maxsize=512)
def _canonical(unit: str) -> tuple[Decimal, str]:
    return canonical(unit)


@lru_cache(maxsize=1024)
def _prices(path: tuple[str, ...], caption: str | None) -> Any:
    text = "/".join(path) + (caption or "")
    if re.search(r"不变价|可比价|可比口径|同口径", text):
        return "constant"
    return "current" if re.search(r"现价|当年价|名义", text) else None


def _year(head: Head, year: int | None) -> int | None:
    if head.year is not None:
        return head.year
    return year + head.offset if head.offset is not None and year is not None else None


def _basis(head: Head, year: int | None) -> str | None:
    against = head.against
    if against and against.isdigit() and year is not None and int(against) in (year, year - 1):
        return "year_on_year"
    return against


def _merged_head(column: Column, others: Sequence[Column]) -> Head | None:
    """The column's head; for a cell merged over more columns what they share, None where they share nothing."""
    if not others:
        return column.head
    path = column.head.path
    for other in others:
        k = 0
        while k < min(len(path), len(other.head.path)) and path[k] == other.head.path[k]:
            k += 1
        path = path[:k]
    return read_head(path)._replace(unit=column.head.unit) if path else None


def month_end(year: int, month: int) -> str:
    """The last day of a month.

    >>> month_end(2024, 2), month_end(2025, 3)
    ('2024-02-29', '2025-03-31')
    """
    return f"{year}-{month:02}-{monthrange(year, month)[1]}"


def _headings(sections: Sequence[Section], at: int) -> tuple[str, ...]:
    """The headings that `at` stands under, outermost first."""
    path: list[str] = []
    level: Sequence[Section] = sections
    while True:
        inner = next((s for s in level if s.start <= at < s.end), None)
        if inner is None:
            return tuple(path)
        if inner.label or inner.title:
            path.append(inner.label + inner.title)
        level = inner.children
