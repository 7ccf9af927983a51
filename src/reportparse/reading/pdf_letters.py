"""The characters of a page as pdfminer decodes them: codes, widths and places, no shapes. Import it only when a page needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import atan2, pi
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, mult_matrix

from reportparse.reading.pdf_drawings import Turn
from reportparse.reading.pdf_page import Letter, font_name

_UNKNOWN = "\ufffd"
_Box = tuple[float, float, float, float]


def letters_of(page: Any, manager: Any, turn: Turn) -> list[Letter]:
    """The characters of a pdfminer page, those in its forms too, in the order of the file."""
    device = _Device(manager, _Sheet(page, turn))
    PDFPageInterpreter(manager, device).process_page(page)
    return device.letters


class _Sheet:
    """The way from pdfminer's places, which count from the corner of the turned sheet, to those of the page as it is read."""

    def __init__(self, page: Any, turn: Turn) -> None:
        left, low, right, high = page.mediabox
        self.turned = page.rotate % 360 // 90
        self._turn = turn
        self._back: Callable[[float, float], tuple[float, float]] = (
            lambda x, y: (x + left, y + low),
            lambda x, y: (right - y, x + low),
            lambda x, y: (right - x, high - y),
            lambda x, y: (y + left, high - x),
        )[self.turned]

    def box(self, points: list[tuple[float, float]]) -> _Box:
        """x0, top, x1, bottom of what holds these points."""
        back = [self._back(x, y) for x, y in points]
        xs, ys = [x for x, _ in back], [y for _, y in back]
        return self._turn.box(min(xs), min(ys), max(xs), max(ys))


class _Device(PDFTextDevice):
    """Collects characters. Unlike pdfminer's own it spaces single blanks in Chinese fonts, and after a string's last letter."""

    def __init__(self, manager: Any, sheet: _Sheet) -> None:
        super().__init__(manager)
        self.letters: list[Letter] = []
        self._sheet = sheet
        self._outer: list[Any] = []

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:  # noqa: ARG002  what pdfminer calls it with
        """A form begins, with a matrix of its own."""
        self._outer.append(self.ctm)

    def end_figure(self, name: str) -> None:  # noqa: ARG002
        """A form ends; what follows stands as before it."""
        self.set_ctm(self._outer.pop())

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:  # noqa: ARG002
        """One string of the page, with the shifts between its letters."""
        font, size = textstate.font, textstate.fontsize
        matrix = mult_matrix(textstate.matrix, self.ctm or MATRIX_IDENTITY)
        wide = textstate.scaling * 0.01
        along = 1.0 if font.is_vertical() else wide
        blank = next(iter(font.decode(b" ")), None)  # none where a code has two bytes
        name = font.fontname
        name = font_name(name if isinstance(name, bytes) else str(name).encode())
        at = list(textstate.linematrix)
        axis = int(font.is_vertical())
        for part in seq:
            if isinstance(part, (int, float)):
                at[axis] -= part * 0.001 * size * along
                continue
            for code in font.decode(part) if isinstance(part, bytes) else ():
                step = font.char_width(code) * size * along
                self._put(font, code, mult_matrix((1, 0, 0, 1, *at), matrix), step, size, textstate.rise, name)
                at[axis] += step + textstate.charspace * along + (textstate.wordspace * along if code == blank else 0.0)
        textstate.linematrix = tuple(at)

    def _put(self, font: Any, code: int, matrix: Any, step: float, size: float, rise: float, name: str) -> None:
        try:
            text = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            text = _UNKNOWN
        if font.is_vertical():
            x0, y0, x1, y1 = -size / 2, min(step, 0.0), size / 2, max(step, 0.0)
        else:
            low = font.get_descent() * size + rise
            x0, y0, x1, y1 = 0.0, low, step, low + size
        box = self._sheet.box([apply_matrix_pt(matrix, (x, y)) for x in (x0, x1) for y in (y0, y1)])
        base = self._sheet.box([apply_matrix_pt(matrix, (0.0, rise))])[1]
        angle = atan2(matrix[1], matrix[0]) + self._sheet.turned * pi / 2
        self.letters += _parted(text, box, base, name, angle)


def _parted(text: str, box: _Box, base: float, font: str, angle: float) -> Iterator[Letter]:
    """A sign that stands for several letters (`ﬁ`) as these."""
    x0, top, x1, bottom = box
    step = (x1 - x0) / max(len(text), 1)
    for k, char in enumerate(text):
        yield Letter(char, x0 + k * step, top, x0 + (k + 1) * step, bottom, base, font, angle)
