"""Which of the rules drawn on a page make up a table together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reportparse import patterns
from reportparse.reading.pdf_drawings import Drawings, Field, Rule
from reportparse.reading.pdf_lines import Row, rows_of
from reportparse.reading.pdf_page import Piece

_NEAR = 4.0
"""Rules closer than this (points) touch."""
_SAME = 2.5
"""Rules closer than this stand on one line."""
_CAPTION = patterns.compile(r"^(?:表|图|附表|续表)\s?[\d一二三四五六七八九十]|单位[:：]")
_PROSE = 22
"""Chinese characters in one unbroken row that make it prose."""


class RuleBox(NamedTuple):
    """A table's place, and its rules: `across` from above, `down` from left."""

    x0: float
    top: float
    x1: float
    bottom: float
    across: list[Rule]
    down: list[Rule]
    fields: list[Field]
    lines: list[Rule]
    """Those of `down` that are drawn as lines and are no edge of a field."""


def boxes_of(drawn: Drawings, pieces: Sequence[Piece]) -> list[RuleBox]:
    """The tables that the rules and coloured fields of a page draw, from above."""
    fields = _whole(drawn.fields)
    rules = drawn.rules + _edges(fields)
    across = _joined(r for r in rules if not r.vertical)
    down = _joined(r for r in rules if r.vertical)
    lines = [r for r in drawn.rules if r.vertical]
    if len(across) < 2 and len(down) < 2 or not pieces:
        return []
    groups = _Groups(len(across) + len(down))
    for i, a in enumerate(across):
        for j, b in enumerate(down):
            if a.low - _NEAR <= b.at <= a.high + _NEAR and b.low - _NEAR <= a.at <= b.high + _NEAR:
                groups.tie(i, len(across) + j)
    rows = rows_of(pieces)
    for i, a in enumerate(across):
        for j in range(i + 1, len(across)):
            b = across[j]
            if groups.find(i) != groups.find(j) and _alike(a, b):
                if _is_tabular(a, b, rows):
                    groups.tie(i, j)
                break
    out = []
    for members in groups.sets():
        wide = [across[k] for k in members if k < len(across)]
        high = [down[k - len(across)] for k in members if k >= len(across)]
        if len(wide) + len(high) < 2 or not wide and len(high) < 3:
            continue
        box = RuleBox(
            min([r.low for r in wide] + [r.at for r in high]), min([r.at for r in wide] + [r.low for r in high]),
            max([r.high for r in wide] + [r.at for r in high]), max([r.at for r in wide] + [r.high for r in high]),
            wide, high, [], [],
        )
        box.lines.extend(r for r in lines if box.x0 - 3 <= r.at <= box.x1 + 3 and r.low < box.bottom and r.high > box.top)
        box.fields.extend(f for f in fields if _is_inside(f, box))
        box = _lengthened(box, rows)
        if box.bottom - box.top > 8 and box.x1 - box.x0 > 40:
            out.append(box)
    return _outermost(out)


def _whole(fields: Sequence[Field]) -> list[Field]:
    """The fields that stand in no other: a cell's ground, not that of the paragraph in it."""
    out: list[Field] = []
    for field in sorted(fields, key=lambda f: -(f.x1 - f.x0) * (f.bottom - f.top)):
        if len(out) > 1500:
            return []
        if not any(_is_inside(field, other) for other in out):
            out.append(field)
    return out


def _is_inside(inner: Field, outer: Field | RuleBox) -> bool:
    return outer.x0 - 1 <= inner.x0 and inner.x1 <= outer.x1 + 1 and outer.top - 1 <= inner.top and inner.bottom <= outer.bottom + 1


def _edges(fields: Sequence[Field]) -> list[Rule]:
    out = []
    for f in fields:
        out += [Rule(False, f.top, f.x0, f.x1), Rule(False, f.bottom, f.x0, f.x1)]
        out += [Rule(True, f.x0, f.top, f.bottom), Rule(True, f.x1, f.top, f.bottom)]
    return out


def _lengthened(box: RuleBox, rows: Sequence[Row]) -> RuleBox:
    """A box whose last rule is the one under its header, made to reach down over the rows that follow."""
    if box.down and not box.fields:
        return box
    inner = [r for r in rows if box.top < r.base - 0.3 * r.em < box.bottom and r.x1 > box.x0 and r.x0 < box.x1]
    if len(inner) > 3 and not box.fields:
        return box
    top, bottom = box.top, box.bottom
    for row in rows:
        if row.base - 0.3 * row.em > bottom and row.x1 >= box.x0 and row.x0 <= box.x1:
            if row.top - bottom > 1.6 * row.em or not _is_row_of(box, row):
                break
            bottom = row.bottom + 1
    for row in reversed(rows) if box.fields else ():
        if row.base - 0.3 * row.em < top and row.x1 >= box.x0 and row.x0 <= box.x1:
            if top - row.bottom > 0.9 * row.em or not _is_row_of(box, row) or not any(p.text[-1].isdigit() for p in row.pieces):
                break
            top = row.top - 1
    return box._replace(top=top, bottom=bottom)


def _is_row_of(box: RuleBox, row: Row) -> bool:
    """A row with gaps that stands within the breadth of the box, and names no other table."""
    text = "".join(p.text for p in row.pieces)
    return box.x0 - 6 <= row.x0 and row.x1 <= box.x1 + 6 and is_spread(row) and not _CAPTION.search(text)


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules drawn in pieces, put together; from above (or left)."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if lines and rule.at - lines[-1][0].at <= _SAME:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    out = []
    for line in lines:
        line.sort(key=lambda r: r.low)
        at = sorted(r.at for r in line)[len(line) // 2]
        low, high = line[0].low, line[0].high
        for rule in line[1:]:
            if rule.low <= high + _NEAR:
                high = max(high, rule.high)
            else:
                out.append(Rule(rule.vertical, at, low, high))
                low, high = rule.low, rule.high
        out.append(Rule(line[0].vertical, at, low, high))
    return [r for r in out if r.high - r.low > 6]


def _alike(a: Rule, b: Rule) -> bool:
    """Two rules across that reach from the same place to the same place."""
    common = min(a.high, b.high) - max(a.low, b.low)
    return common > 0.9 * max(a.high - a.low, b.high - b.low)


def _is_tabular(a: Rule, b: Rule, rows: Sequence[Row]) -> bool:
    """Whether what stands between two rules looks like rows of a table, not like prose."""
    inner = [r for r in rows if a.at - 1 < r.base - 0.3 * r.em < b.at + 1 and r.x1 > a.low and r.x0 < a.high]
    if not inner:
        return b.at - a.at < 40
    wide = 0.6 * (b.high - b.low)
    return (
        any(is_spread(row) for row in inner)
        and not any(is_prose(row) and row.x1 - row.x0 > wide for row in inner)
        and not any(_CAPTION.search("".join(p.text for p in row.pieces)) for row in inner[1:])
    )


def is_spread(row: Row) -> bool:
    """Whether wide gaps cut the row."""
    return any(b.x0 - a.x1 > 1.1 * max(a.em, b.em) for a, b in zip(row.pieces, row.pieces[1:], strict=False))


def is_prose(row: Row) -> bool:
    """Whether the row reads on without a gap for more than a label's length."""
    return not is_spread(row) and sum(len(p.text) for p in row.pieces) > _PROSE


def _outermost(boxes: list[RuleBox]) -> list[RuleBox]:
    """Leave out what stands inside another box; from above."""
    out: list[RuleBox] = []
    for box in sorted(boxes, key=lambda b: -(b.x1 - b.x0) * (b.bottom - b.top)):
        if not any(o.x0 - 2 <= box.x0 and box.x1 <= o.x1 + 2 and o.top - 2 <= box.top and box.bottom <= o.bottom + 2 for o in out):
            out.append(box)
    return sorted(out, key=lambda b: (b.top, b.x0))


class _Groups:
    """Which things are tied together (union and find)."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def find(self, k: int) -> int:
        while self._above[k] != k:
            self._above[k] = self._above[self._above[k]]
            k = self._above[k]
        return k

    def tie(self, a: int, b: int) -> None:
        self._above[self.find(a)] = self.find(b)

    def sets(self) -> list[list[int]]:
        out: dict[int, list[int]] = {}
        for k in range(len(self._above)):
            out.setdefault(self.find(k), []).append(k)
        return list(out.values())
