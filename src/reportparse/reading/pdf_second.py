"""The second engine: pdfminer, by way of pdfplumber, for pages whose text pdfium garbles."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from reportparse.reading.pdf_page import BLANK, Piece


class SecondEngine:
    """Opens the file when first asked for a page."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None
        self._failed = False

    def pieces(self, number: int) -> list[Piece]:
        """The pieces of page `number`, from 1; none where this engine fails as well."""
        if self._failed:
            return []
        try:
            if self._pdf is None:
                import pdfplumber

                logging.getLogger("pdfminer").setLevel(logging.ERROR)
                self._pdf = pdfplumber.open(io.BytesIO(self._data))
            page = self._pdf.pages[number - 1]
            try:
                return pieces_of(page.chars)
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


def pieces_of(chars: Iterable[dict[str, Any]]) -> list[Piece]:
    """Characters as pdfplumber gives them, as pieces.

    >>> two = [dict(text=t, x0=x, x1=x + 10, top=0, bottom=10) for t, x in (("年", 0), ("末", 10))]
    >>> pieces_of(two)
    [<'年末' 0–20 on 9>]
    """
    out: list[Piece] = []
    letters: list[str] = []
    edges: list[float] = []
    low = end = em = 0.0

    def close() -> None:
        piece = Piece("".join(letters), [*edges, end], low, len(out), em)
        out.append(Piece(piece.text, piece.edges, low - 0.14 * piece.em, piece.first, piece.em))

    for char in chars:
        text = char["text"]
        if not text or text in BLANK:
            continue
        x0, x1, bottom = float(char["x0"]), float(char["x1"]), float(char["bottom"])
        high = max(bottom - float(char["top"]), 1.0)
        text = "\ufffd" if text.startswith("(cid:") else text[0]
        if letters and abs(bottom - low) < 0.05 * high and -0.3 * high < x0 - end < 0.35 * high:
            if text == letters[-1] and x0 - edges[-1] < 0.25 * (x1 - x0):
                continue
        elif letters:
            close()
            letters, edges, em = [], [], 0.0
        letters.append(text)
        edges.append(x0)
        low, end = bottom, x1
        em = em or (x1 - x0 if text >= "\u2e80" else 0.0)
    if letters:
        close()
    return out
