"""Tells which rows of a table are parts of which: by code, 其中, numbering, indent or a divider above them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportparse.tabulation.captions import is_measure
from reportparse.tabulation.labels import Said
from reportparse.tabulation.model import Label

_LONG = 15
"""A label of so many letters may have lost its indent to the width of its column."""
_MARK_WIDTH = 3
"""Letters that 其中： takes: its siblings below begin so much further to the right."""
_ARABIC = 3
"""The outermost style of numbering in Arabic digits: it may divide a row that has no number."""
_ROUNDING = Decimal("0.002")


class _Row:
    """A row that has been placed, and the one it is a part of."""

    __slots__ = ("divides", "indent", "left", "number", "parent", "part", "path", "said", "unit", "value")

    def __init__(self, number: int, said: Said, indent: float, parent: _Row | None, part: bool) -> None:
        self.number = number
        self.said = said
        self.indent = indent
        self.parent = parent
        self.part = part
        self.path: tuple[str, ...] = (*parent.path, said.label) if parent else (said.label,)
        self.divides = False
        self.value: Decimal | None = None
        self.unit: str | None = None
        self.left: Decimal | None = None
        """What the parts under 其中 have not used up yet."""

    def chain(self) -> Iterator[_Row]:
        """This row and those it is a part of, inmost first."""
        row: _Row | None = self
        while row is not None:
            yield row
            row = row.parent


class Nesting:
    """Places the rows of a block one after another; `indented` says that the labels show by indent what they are part of."""

    def __init__(self, indented: bool) -> None:
        self._indented = indented
        self._last: _Row | None = None
        self._codes: dict[str, _Row] = {}

    def add(self, number: int, said: Said, indent: float, *, value: Decimal | None, unit: str | None, code: str, empty: bool) -> Label:
        """The label of the next row; `value` and `unit` are those of its first figure, `empty` says that it has none."""
        shown = self._shown(said, indent)
        divides = said.divides and empty
        parent = self._parent(said, shown, value, unit, code, divides)
        member = said.part or (parent is not None and self._last is not None and self._last.part and self._last.parent is parent)
        row = _Row(number, said, 0.0 if said.total else shown, parent, member)
        row.value, row.unit, row.divides = value, unit, divides
        if member and parent is not None:
            self._use_up(parent, said, value)
        if code:
            self._codes[code] = row
        self._last = row
        return Label(row.path, said.total, member, parent.number if parent else None, said.unit, said.name, said.year, said.as_of)

    def _shown(self, said: Said, indent: float) -> float:
        if said.part:
            return indent + _MARK_WIDTH
        last = self._last
        lost = self._indented and not indent and len(said.name) >= _LONG and said.style is None and not said.total
        return last.indent if lost and last and last.said.style is None else indent

    def _parent(self, said: Said, indent: float, value: Decimal | None, unit: str | None, code: str, divides: bool) -> _Row | None:
        last = self._last
        if code and (above := self._by_code(code)):
            return above
        if last is None or (said.total and not said.part):
            return None
        if said.part:
            return self._whole(last, indent)
        if said.style is not None:
            return self._over_numbered(last, said.style, indent)
        if divides:
            return next((r for r in last.chain() if r.said.style is not None), None)
        if last.part and last.parent and not self._indented and self._fits(last, said, value, unit):
            return last.parent
        return next((r for r in last.chain() if self._over_plain(r, indent)), None)

    def _by_code(self, code: str) -> _Row | None:
        return next((above for n in range(len(code) - 1, 0, -1) if (above := self._codes.get(code[:n]))), None)

    def _whole(self, last: _Row, indent: float) -> _Row | None:
        """What a row marked 其中 is a part of: the row above it, or the one whose parts the rows above it are."""
        if self._indented and (above := next((r for r in last.chain() if r.indent < indent and not r.divides), None)):
            return above
        return last.parent if last.part and last.parent else last

    def _over_numbered(self, last: _Row, style: int, indent: float) -> _Row | None:
        """The row over a numbered one: over its last sibling, else the nearest of an outer numbering, a divider, one further left."""
        for row in last.chain():
            if row.said.style == style:
                return row.parent
        for row in last.chain():
            if row.said.style is not None:
                if row.said.style < style:
                    return row
            elif row.divides or (self._is_plain(row) and (row.indent < indent if self._indented else style >= _ARABIC)):
                return row
        return None

    def _over_plain(self, row: _Row, indent: float) -> bool:
        """Whether `row` stands over a row without number or mark: by indent, else if it is numbered and no part of such a row."""
        if row.divides:
            return True
        if row.said.total:
            return False
        if self._indented:
            return row.indent < indent
        return row.said.style is not None and not (row.parent is not None and self._is_plain(row.parent))

    @staticmethod
    def _is_plain(row: _Row) -> bool:
        return row.said.style is None and not (row.said.total or row.part or row.divides)

    def _fits(self, last: _Row, said: Said, value: Decimal | None, unit: str | None) -> bool:
        """Whether one more row can be a part beside `last`: named alike, same unit, and not more than is left."""
        whole = last.parent
        if whole is None or unit != whole.unit or is_measure(said.name) != is_measure(last.said.name):
            return False
        return whole.left is None or value is None or value <= whole.left

    def _use_up(self, whole: _Row, said: Said, value: Decimal | None) -> None:
        if said.part:
            whole.left = whole.value  # each 其中 divides the whole anew
        if whole.left is not None and value is not None:
            whole.left -= value
            if whole.left <= abs(whole.value or Decimal(0)) * _ROUNDING:
                whole.left = Decimal(-1)
