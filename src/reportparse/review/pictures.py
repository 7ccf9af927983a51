"""The pages of a PDF as pictures, and where on them the figures stand."""

from __future__ import annotations

import base64
import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from reportparse.folding import fold
from reportparse.model import AnyRecord, Report

_WIDTH = 1100
"""Pixels across a page: print of nine points is still read with ease."""
_QUALITY = 45
_NEAR = 12
"""Signs before and after a figure that tell it from others like it."""

_FINE = 10_000
"""Steps across a page by which places on it are told."""

Box = tuple[float, float, float, float]


class Pictures(NamedTuple):
    """Pages by number, as data URLs, and of each record its page and boxes."""

    pages: dict[int, str]
    boxes: dict[str, list[Any]]


class _Print(NamedTuple):
    """The signs of a page, without blanks, folded, each with its number in the page."""

    signs: str
    numbers: list[int]


def is_pdf(source: Path | bytes) -> bool:
    """Whether a source has pages to show."""
    if isinstance(source, bytes):
        return b"%PDF" in source[:1024]
    with source.open("rb") as file:
        return b"%PDF" in file.read(1024)


def take_pictures(report: Report, source: Path | bytes) -> Pictures:
    """Render the pages that hold records and box each record's figure; a figure that isn't found keeps its page, without a box."""
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(source)
    try:
        return _take(report, pdf)
    finally:
        pdf.close()


def _take(report: Report, pdf: Any) -> Pictures:
    prints: dict[int, _Print] = {}
    found: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for record in report.records:
        if record.page is None or not 0 < record.page <= len(pdf):
            continue
        best: tuple[int, int, int, int] | None = None
        # a paragraph that goes on over the page is given as standing on its first
        for number in (record.page, record.page + 1):
            if number <= len(pdf):
                prints[number] = prints.get(number) or _read(pdf, number)
                place = _find(prints[number], record, report.text)
                if place and (best is None or place[0] > best[0]):
                    best = (place[0], number, *place[1:])
        found[best[1] if best else record.page].append((record.id, *(best[2:] if best else (0, 0))))
    boxes: dict[str, list[Any]] = {}
    for number, places in found.items():
        boxes.update({place[0]: [number, []] for place in places})
        boxes.update(_boxes(pdf, number, [p for p in places if p[2]], prints[number]))
    return Pictures({number: _picture(pdf, number) for number in sorted(found)}, boxes)


def _read(pdf: Any, number: int) -> _Print:
    import pypdfium2.raw as raw

    page = pdf[number - 1]
    text = page.get_textpage()
    signs, numbers = [], []
    for k in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, k)
        sign = chr(code) if 0 < code < 0x110000 else " "
        if not sign.isspace():
            signs.append(sign)
            numbers.append(k)
    text.close()
    page.close()
    return _Print(fold("".join(signs)), numbers)


def _squeezed(text: str) -> str:
    return fold("".join(text.split()))


def _find(page: _Print, record: AnyRecord, text: str) -> tuple[int, int, int] | None:
    """How well the surroundings agree, and the first and last sign of the figure; None where the page does not hold it."""
    figure = _squeezed(record.text)
    before = _squeezed(text[max(0, record.start - 2 * _NEAR) : record.start])[-_NEAR:]
    after = _squeezed(text[record.end : record.end + 2 * _NEAR])[:_NEAR]
    best: tuple[int, int, int] | None = None
    at = page.signs.find(figure) if figure else -1
    while at >= 0:
        end = at + len(figure)
        near = _agree(reversed(before), reversed(page.signs[max(0, at - _NEAR) : at])) + _agree(iter(after), iter(page.signs[end : end + _NEAR]))
        if best is None or near > best[0]:
            best = (near, at, end)
        at = page.signs.find(figure, at + 1)
    return best


def _agree(one: Iterator[str], other: Iterator[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _boxes(pdf: Any, number: int, places: list[tuple[str, int, int]], page: _Print) -> dict[str, list[Any]]:
    if not places:
        return {}
    leaf = pdf[number - 1]
    text = leaf.get_textpage()
    made = {}
    for name, start, end in places:
        signs = [text.get_charbox(k, loose=True) for k in page.numbers[start:end]]
        lines: list[Box] = []
        for sign in signs:
            lines = _joined(lines, sign, turned=_turned(signs))
        made[name] = [number, [_shares(leaf, line) for line in lines]]
    text.close()
    leaf.close()
    return made


def _shares(leaf: Any, box: Box) -> list[float]:
    """A box as shares of the page's width and height from its upper left corner, as the page is shown: cropped, and turned where it is."""
    import ctypes

    import pypdfium2.raw as raw

    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(leaf, 0, 0, _FINE, _FINE, 0, x, y, across, down)
        corners.append((across.value / _FINE, down.value / _FINE))
    (x0, y0), (x1, y1) = corners
    return [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)]


def _turned(signs: list[Box]) -> bool:
    """Whether the print runs up or down the page."""
    if len(signs) < 2:
        return False
    one, two = signs[:2]
    return abs(two[1] - one[1]) > abs(two[0] - one[0])


def _joined(lines: list[Box], sign: Box, *, turned: bool) -> list[Box]:
    """The boxes with one more sign: it widens the last one if it stands on the same line."""
    if lines:
        x0, y0, x1, y1 = lines[-1]
        low, high = (0, 2) if turned else (1, 3)  # the axis across the line
        common, size = min(lines[-1][high], sign[high]) - max(lines[-1][low], sign[low]), sign[high] - sign[low]
        if common > size / 2 and (turned or sign[0] >= x0):
            return [*lines[:-1], (min(x0, sign[0]), min(y0, sign[1]), max(x1, sign[2]), max(y1, sign[3]))]
    return [*lines, sign]


def _picture(pdf: Any, number: int) -> str:
    page = pdf[number - 1]
    image = page.render(scale=_WIDTH / page.get_width()).to_pil().convert("RGB")
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_QUALITY)
    page.close()
    return "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()
