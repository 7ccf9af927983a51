"""Figures among the lines of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reportparse.folding import fold
from reportparse.reading.pdf_lines import Row, join_pieces, rows_of
from reportparse.reading.pdf_page import Piece

_NUMBER = re.compile(r"[-+−－(（]?(?:\d[\d,，. ]*|\.\d+)[)）]?[%％‰]?|[-—–－─…/*]{1,3}")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")


@lru_cache(4096)
def is_figure(text: str) -> bool:
    """A number (no year) or a sign that stands for none.

    >>> [is_figure(t) for t in ("-3.7％", "1,234", "—", "2025", "2025年", "合计", "")]
    [True, True, True, False, False, False, False]
    """
    flat = fold(text).strip()
    return bool(_NUMBER.fullmatch(flat)) and not _YEAR.fullmatch(flat)


def lines_of(pieces: Sequence[Piece]) -> list[Row]:
    """The rows of pieces, with their texts."""
    rows = rows_of(pieces)
    for row in rows:
        row.text = join_pieces(row.pieces)
    return rows


def figures_in(rows: Sequence[Row]) -> list[Row]:
    """The lines of a cell that are figures; a year counts as one among other figures."""
    sure = [r for r in rows if is_figure(r.text)]
    return [r for r in rows if is_figure(r.text) or _YEAR.fullmatch(r.text)] if sure else []
