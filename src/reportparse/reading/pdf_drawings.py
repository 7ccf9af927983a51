"""What is drawn on a page of a PDF: rules, coloured fields, pictures."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

_THIN = 3.0
"""A path no thicker than this (points) is a rule."""
_SHORTEST = 5.0
"""Rules shorter than this are dots and dashes of something else."""
_MOST_PATHS = 20_000
"""Drawings beyond this many paths are maps or charts, not tables."""


class Rule(NamedTuple):
    """A straight rule; `vertical` ones run from `low` to `high` downwards at `at`, others from left to right."""

    vertical: bool
    at: float
    low: float
    high: float


class Field(NamedTuple):
    """A coloured rectangle: the ground of a cell, a row or a header."""

    x0: float
    top: float
    x1: float
    bottom: float


class Drawings(NamedTuple):
    """What is drawn on a page."""

    rules: list[Rule]
    fields: list[Field]
    image_share: float
    """Share of the page that pictures cover, at most 1."""
    paths: int
    """How many paths are drawn."""


class Turn(NamedTuple):
    """Quarter turns that set the page upright, and the box of the page."""

    quarters: int
    x0: float
    y0: float
    x1: float
    y1: float

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom seen from the upper left corner."""
        if self.quarters == 0:
            return left - self.x0, self.y1 - top, right - self.x0, self.y1 - bottom
        if self.quarters == 1:
            return bottom - self.y0, left - self.x0, top - self.y0, right - self.x0
        if self.quarters == 2:
            return self.x1 - right, bottom - self.y0, self.x1 - left, top - self.y0
        return self.y1 - top, self.x1 - right, self.y1 - bottom, self.x1 - left

    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        wide, high = self.x1 - self.x0, self.y1 - self.y0
        return (high, wide) if self.quarters % 2 else (wide, high)


def drawings_of(page: Any, turn: Turn) -> Drawings:
    """The rules and coloured fields of an open page, and how much of it pictures cover."""
    import pypdfium2.raw as raw

    walk = _Walk(raw, turn)
    walk.page(page.raw)
    wide, high = turn.size()
    area = max(wide * high, 1.0)
    fields = [f for f in walk.fields if (f.x1 - f.x0) * (f.bottom - f.top) < 0.5 * area]
    return Drawings(walk.rules, fields, min(sum(walk.areas) / area, 1.0), _MOST_PATHS - walk.left)


class _Walk:
    """Walks the objects of a page, and of the forms in it."""

    def __init__(self, raw: Any, turn: Turn) -> None:
        self.raw = raw
        self.turn = turn
        self.rules: list[Rule] = []
        self.fields: list[Field] = []
        self.areas: list[float] = []
        self.left = _MOST_PATHS

    def page(self, page: Any) -> None:
        raw = self.raw
        get, kind = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType
        for k in range(raw.FPDFPage_CountObjects(page)):
            item = get(page, k)
            what = kind(item)
            if what != raw.FPDF_PAGEOBJ_TEXT:
                self._object(item, what, None, 0)

    def _object(self, item: Any, what: int, matrix: Any, depth: int) -> None:
        raw = self.raw
        if what == raw.FPDF_PAGEOBJ_PATH and self.left > 0:
            self.left -= 1
            self._path(item, matrix)
        elif what == raw.FPDF_PAGEOBJ_IMAGE:
            box = self._bounds(item, matrix)
            self.areas.append((box[2] - box[0]) * (box[3] - box[1]))
        elif what == raw.FPDF_PAGEOBJ_FORM and depth < 5:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(item, own)
            inner = _times(own, matrix)
            for k in range(max(raw.FPDFFormObj_CountObjects(item), 0)):
                child = raw.FPDFFormObj_GetObject(item, k)
                kind = raw.FPDFPageObj_GetType(child)
                if kind != raw.FPDF_PAGEOBJ_TEXT:
                    self._object(child, kind, inner, depth + 1)

    def _bounds(self, item: Any, matrix: Any) -> tuple[float, float, float, float]:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        self.raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        box = (left.value, bottom.value, right.value, top.value)
        if matrix is not None:
            box = _moved(box, matrix)
        return self.turn.box(*box)

    def _path(self, item: Any, matrix: Any) -> None:
        raw = self.raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not (fill.value or stroke.value) or self._is_white(item, bool(stroke.value)):
            return
        x0, top, x1, bottom = self._bounds(item, matrix)
        wide, high = x1 - x0, bottom - top
        if high <= _THIN or wide <= _THIN:
            if max(wide, high) >= _SHORTEST:
                self._add(x0, top, x1, bottom)
            return
        count = raw.FPDFPath_CountSegments(item)
        if stroke.value and 2 <= count <= 400:
            self._segments(item, matrix, count)
        elif fill.value and 4 <= count <= 5 and 8 <= high <= 120 and wide >= 12:
            self.fields.append(Field(x0, top, x1, bottom))
        elif fill.value and 8 <= count <= 400:
            self._rectangles(item, matrix, count)

    def _is_white(self, item: Any, stroked: bool) -> bool:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        ask = self.raw.FPDFPageObj_GetStrokeColor if stroked else self.raw.FPDFPageObj_GetFillColor
        if not ask(item, red, green, blue, alpha):
            return False
        return not alpha.value or min(red.value, green.value, blue.value) > 250

    def _add(self, x0: float, top: float, x1: float, bottom: float) -> None:
        if x1 - x0 >= bottom - top:
            self.rules.append(Rule(False, (top + bottom) / 2, x0, x1))
        else:
            self.rules.append(Rule(True, (x0 + x1) / 2, top, bottom))

    def _points(self, item: Any, matrix: Any, count: int) -> list[tuple[int, bool, float, float]]:
        raw = self.raw
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, own)
        whole = _times(own, matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        out = []
        for k in range(count):
            segment = raw.FPDFPath_GetPathSegment(item, k)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            px = whole[0] * x.value + whole[2] * y.value + whole[4]
            py = whole[1] * x.value + whole[3] * y.value + whole[5]
            box = self.turn.box(px, py, px, py)
            out.append((raw.FPDFPathSegment_GetType(segment), bool(raw.FPDFPathSegment_GetClose(segment)), box[0], box[1]))
        return out

    def _segments(self, item: Any, matrix: Any, count: int) -> None:
        start = last = (0.0, 0.0)
        for kind, closes, x, y in self._points(item, matrix, count):
            if kind == self.raw.FPDF_SEGMENT_MOVETO:
                start = last = (x, y)
                continue
            if kind == self.raw.FPDF_SEGMENT_LINETO:
                self._line(last, (x, y))
            last = (x, y)
            if closes:
                self._line(last, start)

    def _line(self, a: tuple[float, float], b: tuple[float, float]) -> None:
        wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
        if min(wide, high) <= 1.0 and max(wide, high) >= _SHORTEST:
            self._add(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))

    def _rectangles(self, item: Any, matrix: Any, count: int) -> None:
        part: list[tuple[float, float]] = []
        parts = [part]
        for kind, _, x, y in self._points(item, matrix, count):
            if kind == self.raw.FPDF_SEGMENT_MOVETO:
                part = []
                parts.append(part)
            part.append((x, y))
        for corners in parts:
            if corners:
                xs, ys = [c[0] for c in corners], [c[1] for c in corners]
                wide, high = max(xs) - min(xs), max(ys) - min(ys)
                if min(wide, high) <= _THIN and max(wide, high) >= _SHORTEST:
                    self._add(min(xs), min(ys), max(xs), max(ys))


def _times(own: Any, outer: tuple[float, ...] | None) -> tuple[float, ...]:
    """The matrix that does `own` first and then `outer`."""
    a, b, c, d, e, f = own.a, own.b, own.c, own.d, own.e, own.f
    if outer is None:
        return (a, b, c, d, e, f)
    o = outer
    return (
        a * o[0] + b * o[2], a * o[1] + b * o[3],
        c * o[0] + d * o[2], c * o[1] + d * o[3],
        e * o[0] + f * o[2] + o[4], e * o[1] + f * o[3] + o[5],
    )


def _moved(box: tuple[float, float, float, float], m: tuple[float, ...]) -> tuple[float, float, float, float]:
    left, bottom, right, top = box
    xs = [m[0] * x + m[2] * y + m[4] for x in (left, right) for y in (bottom, top)]
    ys = [m[1] * x + m[3] * y + m[5] for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)
