"""The text layer of one page of a PDF, taken out of pypdfium2: pieces of text with their places.

Places are in points from the upper left corner of the page, turned so that most of its text stands upright.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterable
from math import atan2, pi
from typing import Any, NamedTuple

from reportparse import patterns
from reportparse.reading.pdf_drawings import Drawings, Turn, drawings_of

BLANK = frozenset(" \t\r\n\f\v\x00\x02\xa0\u2002\u2003\u2009\u202f\u3000\u200b\ufeff\u00ad")
_RIGHT = pi / 2
_FLAT = 0.02
"""Height in points that PDFium gives to a character without a shape: it would be 0, and is 0.01 lest the box be empty."""
_LONE = patterns.compile("[\ud800-\udfff]")  # halves of a character: no text of ours holds any


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


class Letter(NamedTuple):
    """A character where it stands on the page as it is read."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    font: str = ""
    angle: float = 0.0


def _em(text: str, edges: list[float]) -> float:
    """The size of figures and letters: twice their mean width.

    >>> _em("12.5", [0, 5, 10, 12, 17])
    10.0
    """
    wide = [b - a for a, b, char in zip(edges, edges[1:], text, strict=False) if char.isalnum()]
    return max(2 * sum(wide) / len(wide) if wide else (edges[-1] - edges[0]) / len(text), 1.0)


class Style(NamedTuple):
    """How a piece is set."""

    font: str | None
    bold: bool


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
        return _LONE.sub("\ufffd", "".join(chr(read(self.layer.raw, k) or 0) for k in range(self.count)))

    def _upright(self) -> Turn:
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
        return Turn(quarters, *box)

    @property
    def turn(self) -> Turn:
        """How the page is set upright."""
        return self._turn

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
        return without_slanted(out, self._angle, turn)

    def is_shapeless(self, pieces: Iterable[Piece]) -> bool:
        """Whether Chinese characters are drawn by a font that is neither in the file nor on this machine.

        They have their width, but no height. One letter is asked for each piece: a page has few pieces and many letters.
        """
        get, layer = self._raw.FPDFText_GetCharBox, self.layer.raw
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        for piece in pieces:
            at = next((k for k, char in enumerate(piece.text) if "\u4e00" <= char <= "\u9fff"), None)
            if at is None or self.text[piece.first + at : piece.first + at + 1] != piece.text[at]:
                continue  # blanks within the piece: its letters are not counted through
            if not get(layer, piece.first + at, left, right, bottom, top):
                continue
            wide, high = right.value - left.value, top.value - bottom.value
            if min(wide, high) < _FLAT < max(wide, high):
                return True
        return False

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

    def style(self, piece: Piece) -> Style:
        """Font and weight of a piece's first letter."""
        raw = self._raw
        buffer = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        got = raw.FPDFText_GetFontInfo(self.layer.raw, piece.first, buffer, 128, ctypes.byref(flags))
        if not got:
            return Style(None, False)
        name = font_name(buffer.value)
        heavy = raw.FPDFText_GetFontWeight(self.layer.raw, piece.first) >= 600
        return Style(name or None, heavy or bool(flags.value & 1 << 18) or "bold" in name.lower())

    def drawings(self) -> Drawings:
        """The rules and coloured fields of the page, and how much of it pictures cover."""
        return drawings_of(self.page, self._turn)


def without_slanted(pieces: list[Piece], angle: Callable[[int], float], turn: Turn) -> list[Piece]:
    """Leave out watermarks, set aslant, and page numbers, set across the text of a turned page."""
    straight = turn.quarters * _RIGHT
    out: list[Piece] = []
    across: list[Piece] = []
    for piece in pieces:
        lean = (angle(piece.first) - straight) % (2 * _RIGHT) if len(piece.text) == 1 else 0.0
        if 0.1 < lean < 3.04:
            if abs(lean - _RIGHT) < 0.1:
                across.append(piece)
        else:
            out.append(piece)
    if all(p.text in "-—–0123456789" for p in across):
        return out
    return out + across


def font_name(name: bytes) -> str:
    """The name of a font without the tag of its subset.

    >>> font_name(b"WIZZPW+KaiTi_GB2312"), font_name("黑体".encode("gbk"))
    ('KaiTi_GB2312', '黑体')
    """
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError:
        text = name.decode("gbk", "replace")
    return text[7:] if text[6:7] == "+" else text
