"""The second engine: pdfminer, by way of pdfplumber, for pages that PDFium can't read rightly.

Those are pages whose text it garbles, and pages whose font is neither in the file nor on this machine: without shapes
PDFium takes characters for repetitions of others and leaves them out. pdfminer needs no shapes, only codes and widths.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from reportparse.reading.pdf_drawings import Turn
from reportparse.reading.pdf_page import BLANK, Letter, Piece, Style, without_slanted


class SecondEngine:
    """Opens the file when first asked for a page."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None
        self._failed = False

    def pieces(self, number: int, turn: Turn) -> tuple[list[Piece], Callable[[Piece], Style]]:
        """The pieces of page `number`, from 1, and how they are set; none where this engine fails as well."""
        letters = self._letters(number, turn)
        pieces = without_slanted(pieces_of(letters), lambda k: letters[k].angle, turn)
        return pieces, lambda piece: _style(letters, piece)

    def _letters(self, number: int, turn: Turn) -> list[Letter]:
        if self._failed:
            return []
        try:
            from reportparse.reading.pdf_letters import letters_of

            if self._pdf is None:
                import pdfplumber

                logging.getLogger("pdfminer").setLevel(logging.ERROR)
                self._pdf = pdfplumber.open(io.BytesIO(self._data))
            page = self._pdf.pages[number - 1]
            try:
                return letters_of(page.page_obj, self._pdf.rsrcmgr, turn)
            finally:
                page.close()
        except Exception:
            self._failed = self._pdf is None
            return []

    def close(self) -> None:
        """Give the memory back."""
        if self._pdf is not None:
            with suppress(Exception):  # pdfplumber asks for all pages once more, broken ones too
                self._pdf.close()


def _style(letters: Sequence[Letter], piece: Piece) -> Style:
    name = letters[piece.first].font
    return Style(name or None, "bold" in name.lower())


def pieces_of(chars: Iterable[Letter]) -> list[Piece]:
    """Characters as pieces; a piece's `first` is the number of its first character.

    >>> pieces_of([Letter("年", 0, 0, 10, 10, 9), Letter("末", 10, 0, 20, 10, 9)])
    [<'年末' 0–20 on 9>]
    >>> [p.text for p in pieces_of([Letter("5", 0, 0, 5, 10, 9), Letter(" ", 5, 0, 7, 10, 9), Letter("6", 7, 0, 12, 10, 9)])]
    ['5 6']
    """
    out: list[Piece] = []
    letters: list[str] = []
    edges: list[float] = []
    base = end = em = last_x0 = 0.0
    first, blank = 0, False

    def close() -> None:
        out.append(Piece("".join(letters), [*edges, end], base, first, em))

    for k, (text, x0, top, x1, bottom, low, _, _) in enumerate(chars):
        if not text or text in BLANK:
            blank = True
            continue
        high = max(bottom - top, 1.0)
        if letters and abs(low - base) < 0.04 * high and -0.3 * high < x0 - end < 0.35 * high:
            if text == letters[-1] and x0 - last_x0 < 0.25 * (x1 - x0):
                continue  # fake bold: the same letter printed twice
            if blank and x0 > end + 0.12 * high and text < "\u2e80" and letters[-1] < "\u2e80":
                letters.append(" ")
                edges.append(end)
        else:
            if letters:
                close()
            letters, edges, em, base, first = [], [], 0.0, low, k
        letters.append(text)
        edges.append(x0)
        last_x0, end, blank = x0, x1, False
        em = em or (x1 - x0 if text >= "\u2460" else 0.0)
    if letters:
        close()
    return out
