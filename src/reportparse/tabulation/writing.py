"""Writes the records of a table, once its headers have been read."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from reportparse.cells import Number, number
from reportparse.document import Document
from reportparse.model import (
    AnyRecord,
    CellPlace,
    Change,
    Quantity,
    Ranking,
    Relation,
    RelationType,
    Section,
    Status,
    Table,
)
from reportparse.tabulation.captions import Caption
from reportparse.tabulation.heads import read_head
from reportparse.tabulation.labels import Said, indents, read_label
from reportparse.tabulation.layout import Grid
from reportparse.tabulation.model import Block, Column, Head, Label
from reportparse.tabulation.naming import Named, level_name, share_name
from reportparse.tabulation.nesting import Nesting
from reportparse.tabulation.places import level_or_place, own
from reportparse.tabulation.wordlists import words
from reportparse.units import canonical

_LETTER = {"level": "q", "share": "q", "change": "c", "rank": "r"}
_TIES: dict[str, RelationType] = {"change": "change_of", "share": "share_of", "rank": "rank_of"}
_ENDS_RATE = re.compile(r"(?:率|比重|占比|比例)$")


class Row:
    """A row of a block: its label and what it gives to the names of its figures."""

    __slots__ = ("label", "line", "names", "number", "unit")

    def __init__(self, number: int, label: Label, unit: str | None) -> None:
        self.number = number
        self.label = label
        self.unit = unit
        self.names: dict[str, Named] = {}


class Writer:
    """Makes the records of one table."""

    def __init__(
        self, document: Document, number: int, table: Table, caption: Caption, sections: Sequence[Section],
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
        self._units = tuple(u for u in re.split(r"[、,，;；/](?![人亩日年月])|和", table.unit or "") if u)
        self._starts = [line.start for line in document.lines]
        self._seen: set[tuple[int, int]] = set()

    def records(self, grid: Grid, block: Block) -> list[AnyRecord]:
        """The records of one half of the table."""
        if not block.columns:
            return []
        rows = self._rows(grid, block)
        many = Counter(row.label.name for row in rows if row.label.parent is not None)
        by_number = {row.number: row for row in rows}
        columns = {column.place: column for column in block.columns}
        out: list[AnyRecord] = []
        for row in rows:
            above = by_number.get(row.label.parent) if row.label.parent is not None else None
            ids: dict[int, str] = {}
            for column in block.columns:
                printed = grid.numbers[row.number][column.place]
                if printed is None:
                    continue
                cell = grid.rows[row.number][column.place]
                spot = (cell.start, cell.end)
                if spot in self._seen:
                    continue
                self._seen.add(spot)
                covered = [c for c in block.columns if c.place > column.place and grid.rows[row.number][c.place] is cell]
                head = _shared(column.head, covered) if covered else column.head
                if head is None:
                    continue
                base = columns.get(column.base) if column.base is not None else None
                indicator = self._indicator(row, above, column, base, block, many[row.label.name] > 1)
                record = self._record(row, column, head, base, block, printed, cell.start, cell.end, indicator, ids)
                if record is not None:
                    out.append(record)
        return out

    def _rows(self, grid: Grid, block: Block) -> list[Row]:
        """The rows that have a label, each with the rows that it is a part of."""
        main = block.main
        body = range(grid.deep, len(grid.rows))
        if main is None:
            blank = Label((), False, False, None, None, "")
            return [Row(i, blank, None) for i in body]
        depths = indents([grid.rows[i][main].text for i in body])
        saids = [read_label(grid.words[i][main]) for i in body]
        shown = {d for d, said in zip(depths, saids, strict=True) if said.name and not said.total and said.style is None and not said.part}
        nesting = Nesting(len(shown) > 1)
        rows: list[Row] = []
        for i, depth, said in zip(body, depths, saids, strict=True):
            if not said.name or number(said.name) is not None:
                continue
            rows.append(self._row(grid, block, i, said, depth, nesting))
        return rows

    def _row(self, grid: Grid, block: Block, i: int, said: Said, depth: float, nesting: Nesting) -> Row:
        unit = grid.words[i][block.unit] if block.unit is not None else ""
        unit = unit or said.unit or ""
        level = next((c.place for c in block.columns if c.head.kind == "level"), None)
        printed = grid.numbers[i][level] if level is not None else None
        empty = all(grid.numbers[i][c.place] is None for c in block.columns)
        code = "".join(grid.words[i][j] for j in block.serials)
        label = nesting.add(
            i, said, depth, value=printed.value if printed else None, unit=unit or None,
            code=code if code.isdigit() and len(code) > 2 else "", empty=empty,
        )
        before = tuple(dict.fromkeys(t for j in block.outer if (t := grid.words[i][j]) and t != label.path[-1]))
        return Row(i, label._replace(path=before + label.path) if before else label, unit or None)

    def _indicator(self, row: Row, above: Row | None, column: Column, base: Column | None, block: Block, repeated: bool) -> str:
        head = column.head
        noun = head.noun if head.kind in ("level", "change", "rank") and head.noun else base.head.noun if base else ""
        name = row.names.get(noun)
        if name is None:
            whole = (above.names.get(noun) or Named(above.label.name, above.label.name)) if above else None
            name = row.names[noun] = level_name(row.label, whole, noun, self._caption, block, repeated=repeated)
        return share_name(name.name, head.noun) if head.kind == "share" else name.name + head.budget

    def _record(
        self, row: Row, column: Column, head: Head, base: Column | None, block: Block, printed: Number,
        start: int, end: int, indicator: str, ids: dict[int, str],
    ) -> AnyRecord | None:
        text, start, end = self._mention(start, end)
        if not text:
            return None
        line = self._document.lines[max(0, bisect_right(self._starts, start) - 1)] if self._starts else None
        ident = f"{_LETTER[head.kind]}{start}"
        ids[column.place] = ident
        tie = _TIES.get(head.kind)
        tied = ids.get(column.base) if column.base is not None and tie else None
        period, year = self._period(head, base, row, block)
        common: dict[str, Any] = {
            "id": ident, "text": text, "start": start, "end": end,
            "indicator": indicator or None, "subject": self._subject(row, head, block), "period": period,
            "status": self._status(head, base, year), "price_basis": _prices(head.path, self._table.caption),
            "section": self._section,
            "sentence": self._document.text[line.start : line.end] if line else text,
            "page": line.page if line and line.page is not None else self._table.page,
            "cell": CellPlace(table=self._number, caption=self._table.caption, row=row.label.path, column=head.path),
            "related": (Relation(type=tie, id=tied),) if tie and tied else (),
            "rules": (f"table_{head.kind}", *(("table_total",) if row.label.total else ()), *(("table_part",) if row.label.part else ())),
            "flags": (*(("ocr",) if line and line.ocr else ()), *(("repeated_header",) if column.repeated else ())),
        }
        value = printed.value
        if head.kind == "rank":
            if value != int(value) or value < 1:
                return None
            return Ranking(**common, rank=int(value), rank_type="exact", scope=head.scope, scope_size=None, streak=None)
        unit = self._unit(row, head, base, printed, indicator)
        change = head.kind == "change"
        times, name = _canonical(unit)
        size = abs(value) if change else value
        amount: dict[str, Any] = {
            "value": size, "value_max": None, "unit": unit, "canonical_value": size * times if times != 1 else size,
            "canonical_value_max": None, "canonical_unit": name, "bound": "exact",
        }
        if not change:
            return Quantity(**common, **amount)
        falls = (value < 0) != head.falls and value != 0
        return Change(**common, **amount, direction="down" if falls else "up", basis=_basis(head, year), yardstick=None)

    def _mention(self, start: int, end: int) -> tuple[str, int, int]:
        raw = self._document.text[start:end]
        text = raw.strip()
        at = start + len(raw) - len(raw.lstrip())
        return text, at, at + len(text)

    def _period(self, head: Head, base: Column | None, row: Row, block: Block) -> tuple[str | None, int | None]:
        """ISO period and its year: the row's where rows are periods, the column's, its level's, the caption's, the report's."""
        under = base.head if base else None
        year = _year(head, self._year)
        source = head
        if year is None and under is not None:
            year, source = _year(under, self._year), under
        if block.times and (found := re.match(r"((?:19|20)\d\d)", row.label.name)):
            year = int(found[1])
        if year is None:
            year = self._default_year(head, under)
        if year is None:
            return None, None
        as_of = head.as_of or (under is not None and under.as_of) or (self._caption.as_of and year == self._caption.year)
        if source.months:
            first, last = source.months
            if as_of and first == last:
                return month_end(year, last), year
            return (f"{year}-{first:02}" if first == last else f"{year}-{first:02}/{year}-{last:02}"), year
        if as_of and self._caption.month and year == self._caption.year and not (head.year or head.offset):
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

    def _subject(self, row: Row, head: Head, block: Block) -> str | None:
        """The row's place or company, the column's place or level, the caption's level; None for the report's own region."""
        if block.times and len(row.label.path) > 1 and block.subjects:
            subject: str | None = row.label.path[0]
        elif block.subjects and not block.times and row.label.path and not row.label.total:
            subject = row.label.name
        else:
            subject = head.subject or level_or_place(row.label.path[0] if len(row.label.path) > 1 else "") or self._caption.subject
        return None if own(subject, self._region) else subject

    def _unit(self, row: Row, head: Head, base: Column | None, printed: Number, indicator: str) -> str:
        """The unit said nearest to the figure: in its cell, its column, its row, the caption."""
        if printed.unit:
            return printed.unit
        if head.unit is not None:
            return head.unit
        if head.rate:
            return "%"
        if row.unit:
            return row.unit
        if base is not None and base.head.unit:
            return base.head.unit
        if len(self._units) == 1 and not _is_rate(indicator, row.label.name):
            return self._units[0]
        rates = [u for u in self._units if u in ("%", "‰")]
        others = [u for u in self._units if u not in ("%", "‰")]
        if _is_rate(indicator, row.label.name):
            return rates[0] if rates else "%"
        return others[0] if others else rates[0] if rates else ""


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


def _shared(head: Head, others: Sequence[Column]) -> Head | None:
    """The head of a cell merged over several columns: what they share."""
    path = head.path
    for other in others:
        k = 0
        while k < min(len(path), len(other.head.path)) and path[k] == other.head.path[k]:
            k += 1
        path = path[:k]
    if not path:
        return None
    return read_head(path)._replace(unit=head.unit)


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
