"""One page of a PDF, taken out of pypdfium2: pieces of text with their places, and the rules drawn on it.

Places are in points from the upper left corner of the page, turned so that most of its text stands upright.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from math import atan2, pi
from typing import Any, NamedTuple

BLANK = frozenset(" \t\r\n\f\v\x00\x02\xa0\u2002\u2003\u2009\u202f\u3000\u200b\ufeff\u00ad")
_RIGHT = pi / 2
_THIN = 3.0
"""A path no thicker than this (points) is a rule."""
_SHORTEST = 5.0
"""Rules shorter than this are dots and dashes of something else."""
_MOST_PATHS = 20_000
"""Drawings beyond this many paths are maps or charts, not tables."""


class Piece:
    """A run of characters of one font set close together on one baseline."""

    __slots__ = ("base", "bottom", "edges", "em", "first", "text", "top", "x0", "x1")

    def __init__(self, text: str, edges: list[float], base: float, first: int, em: float = 0.0) -> None:
        self.text = text
        self.edges = edges
        """Left edge of each character, and the right edge of the last."""
        self.x0 = edges[0]
        self.x1 = edges[-1]
        self.em = em or _em(text, edges)
        """Size of the letters."""
        self.base = base
        self.top = base - 0.86 * self.em
        self.bottom = base + 0.14 * self.em
        self.first = first
        """Number of its first character on the page, for questions about its font."""

    def cut(self, k: int) -> tuple[Piece, Piece]:
        """The piece before character `k`, and the piece from it on."""
        return (
            Piece(self.text[:k], self.edges[: k + 1], self.base, self.first, self.em),
            Piece(self.text[k:], self.edges[k:], self.base, self.first + k, self.em),
        )

    def __repr__(self) -> str:
        return f"<{self.text!r} {self.x0:.0f}–{self.x1:.0f} on {self.base:.0f}>"


def _em(text: str, edges: list[float]) -> float:
    """The size of figures and letters: twice their mean width.

    >>> _em("12.5", [0, 5, 10, 12, 17])
    10.0
    """
    wide = [b - a for a, b, char in zip(edges, edges[1:], text, strict=False) if char.isalnum()]
    return max(2 * sum(wide) / len(wide) if wide else (edges[-1] - edges[0]) / len(text), 1.0)


class Rule(NamedTuple):
    """A straight rule; `vertical` ones run from `low` to `high` downwards at `at`, others from left to right."""

    vertical: bool
    at: float
    low: float
    high: float


class Style(NamedTuple):
    """How a piece is set."""

    font: str | None
    bold: bool


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


class _Turn(NamedTuple):
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
        if self.quarters == 2:  # noqa: PLR2004
            return self.x1 - right, bottom - self.y0, self.x1 - left, top - self.y0
        return self.y1 - top, self.x1 - right, self.y1 - bottom, self.x1 - left

    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        wide, high = self.x1 - self.x0, self.y1 - self.y0
        return (high, wide) if self.quarters % 2 else (wide, high)


class PageText:
    """The text layer of an open page; close it when done."""

    def __init__(self, page: Any, number: int) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self.page = page
        self.number = number
        self.layer = page.get_textpage()
        self.count = max(self.layer.count_chars(), 0)
        self.text = self._text()
        self._matrix = raw.FS_MATRIX()
        self._turn = self._upright()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def close(self) -> None:
        """Give the memory back."""
        self.layer.close()

    def _text(self) -> str:
        if not self.count:
            return ""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        got = self._raw.FPDFText_GetText(self.layer.raw, 0, self.count, buffer)
        text = bytes(buffer)[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace")
        if len(text) == self.count:
            return text
        read = self._raw.FPDFText_GetUnicode  # characters beyond U+FFFF: ask one by one
        return "".join(chr(read(self.layer.raw, k) or 0) for k in range(self.count))

    def _upright(self) -> _Turn:
        box = self.page.get_bbox() if hasattr(self.page, "get_bbox") else self.page.get_cropbox()
        step = max(1, self.count // 15)
        votes: Counter[int] = Counter()
        for k in range(0, self.count, step):
            at = k
            while at < self.count and self.text[at] in BLANK:
                at += 1
            if at < self.count:
                votes[round(self._angle(at) / _RIGHT) % 4] += 1
        quarters = votes.most_common(1)[0][0] if votes else self.page.get_rotation() // 90
        return _Turn(quarters, *box)

    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        return self._turn.size()

    def pieces(self) -> list[Piece]:
        """All pieces, in the order of the file."""
        raw, layer, text, turn = self._raw, self.layer.raw, self.text, self._turn
        get = raw.FPDFText_GetLooseCharBox
        rect = raw.FS_RECTF()
        ref = ctypes.byref(rect)
        plain, ox, oy = turn.quarters == 0, turn.x0, turn.y1
        out: list[Piece] = []
        letters: list[str] = []
        edges: list[float] = []
        top = bottom = end = last_x0 = 0.0
        first, em = -1, 0.0
        for k, char in enumerate(text):
            if char in BLANK:
                continue
            get(layer, k, ref)
            if plain:
                x0, y0, x1, y1 = rect.left - ox, oy - rect.top, rect.right - ox, oy - rect.bottom
            else:
                x0, y0, x1, y1 = turn.box(rect.left, rect.bottom, rect.right, rect.top)
            high = y1 - y0
            if letters:
                slack = 0.04 * high
                if -0.3 * high < x0 - end < 0.35 * high and abs(y1 - bottom) < slack and abs(y0 - top) < slack:
                    if x0 - last_x0 < 0.25 * (x1 - x0) and char == letters[-1]:
                        continue  # fake bold: the same letter printed twice
                    if x0 > end + 0.12 * high and char < "\u2e80" and letters[-1] < "\u2e80" and text[k - 1] in BLANK:
                        letters.append(" ")
                        edges.append(end)
                    letters.append(char)
                    edges.append(x0)
                    last_x0, end = x0, x1
                    if not em and char >= "\u2460":
                        em = x1 - x0
                    continue
                edges.append(end)
                out.append(Piece("".join(letters), edges, self._base(first), first, em))
            letters, edges, first = [char], [x0], k
            top, bottom, end, last_x0 = y0, y1, x1, x0
            em = x1 - x0 if char >= "\u2460" else 0.0
        if letters:
            edges.append(end)
            out.append(Piece("".join(letters), edges, self._base(first), first, em))
        return self._without_slanted(out)

    def _base(self, k: int) -> float:
        """How far below the upper edge character `k` stands."""
        x, y = self._x, self._y
        self._raw.FPDFText_GetCharOrigin(self.layer.raw, k, x, y)
        return self._turn.box(x.value, y.value, x.value, y.value)[1]

    def _angle(self, k: int) -> float:
        """How far character `k` is turned to the left, in radians; italics are not turned."""
        matrix = self._matrix
        self._raw.FPDFText_GetMatrix(self.layer.raw, k, matrix)
        return atan2(matrix.b, matrix.a)

    def _without_slanted(self, pieces: list[Piece]) -> list[Piece]:
        """Leave out watermarks, set aslant, and page numbers, set across the text of a turned page."""
        straight = self._turn.quarters * _RIGHT
        out: list[Piece] = []
        across: list[Piece] = []
        for piece in pieces:
            lean = (self._angle(piece.first) - straight) % (2 * _RIGHT) if len(piece.text) == 1 else 0.0
            if 0.1 < lean < 3.04:  # noqa: PLR2004  radians: between 6 and 174 degrees
                if abs(lean - _RIGHT) < 0.1:  # noqa: PLR2004
                    across.append(piece)
            else:
                out.append(piece)
        if all(p.text in "-—–0123456789" for p in across):
            return out
        return out + across

    def style(self, piece: Piece) -> Style:
        """Font and weight of a piece's first letter."""
        raw = self._raw
        buffer = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        got = raw.FPDFText_GetFontInfo(self.layer.raw, piece.first, buffer, 128, ctypes.byref(flags))
        if not got:
            return Style(None, False)
        name = _font_name(buffer.value)
        heavy = raw.FPDFText_GetFontWeight(self.layer.raw, piece.first) >= 600  # noqa: PLR2004  semibold
        return Style(name or None, heavy or bool(flags.value & 1 << 18) or "bold" in name.lower())

    def drawings(self) -> Drawings:
        """The rules and coloured fields of the page, and how much of it pictures cover."""
        walk = _Walk(self._raw, self._turn)
        walk.page(self.page.raw)
        wide, high = self.size()
        area = max(wide * high, 1.0)
        fields = [f for f in walk.fields if (f.x1 - f.x0) * (f.bottom - f.top) < 0.5 * area]
        return Drawings(walk.rules, fields, min(sum(walk.areas) / area, 1.0), _MOST_PATHS - walk.left)


def _font_name(name: bytes) -> str:
    """The name of a font without the tag of its subset.

    >>> _font_name(b"WIZZPW+KaiTi_GB2312"), _font_name("黑体".encode("gbk"))
    ('KaiTi_GB2312', '黑体')
    """
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError:
        text = name.decode("gbk", "replace")
    return text[7:] if text[6:7] == "+" else text


class _Walk:
    """Walks the objects of a page, and of the forms in it."""

    def __init__(self, raw: Any, turn: _Turn) -> None:
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
        elif what == raw.FPDF_PAGEOBJ_FORM and depth < 5:  # noqa: PLR2004  forms may hold themselves
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
        if stroke.value and 2 <= count <= 400:  # noqa: PLR2004  grids drawn as one path
            self._segments(item, matrix, count)
        elif fill.value and 4 <= count <= 5 and 8 <= high <= 120 and wide >= 12:  # noqa: PLR2004  the ground of a cell
            self.fields.append(Field(x0, top, x1, bottom))
        elif fill.value and 8 <= count <= 400:  # noqa: PLR2004  several thin rectangles in one path
            self._rectangles(item, matrix, count)

    def _is_white(self, item: Any, stroked: bool) -> bool:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        ask = self.raw.FPDFPageObj_GetStrokeColor if stroked else self.raw.FPDFPageObj_GetFillColor
        if not ask(item, red, green, blue, alpha):
            return False
        return not alpha.value or min(red.value, green.value, blue.value) > 250  # noqa: PLR2004

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
