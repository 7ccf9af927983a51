"""Tables without rules: rows of a label and figures that stand in columns."""

from __future__ import annotations

from collections.abc import Sequence

from reportparse.reading.pdf_figures import is_figure
from reportparse.reading.pdf_furniture import is_contents_entry
from reportparse.reading.pdf_lines import Row, join_pieces
from reportparse.reading.pdf_page import Piece
from reportparse.reading.pdf_rules import RuleBox, is_prose, is_spread

_FEWEST = 3
"""Rows with a label and figures that a table must have."""


def aligned_boxes(rows: Sequence[Row]) -> list[RuleBox]:
    """Where aligned rows make a table, from above."""
    if sum(is_spread(row) for row in rows) < _FEWEST:
        return []
    kinds = [_kind(row) for row in rows]
    out = []
    k = 0
    while k < len(rows):
        if kinds[k] != "figures":
            k += 1
            continue
        start = end = k
        while end + 1 < len(rows) and _is_next(rows[end], rows[end + 1], kinds[end + 1]):
            end += 1
        while end > start and kinds[end] != "figures":
            end -= 1
        body = [row for row, kind in zip(rows[start : end + 1], kinds[start : end + 1], strict=True) if kind == "figures"]
        if len(body) >= _FEWEST and _stand_in_columns(body):
            while start and kinds[start - 1] == "header" and rows[start].base - rows[start - 1].base < 2.6 * rows[start].em:
                start -= 1
            out.append(_box(rows[start : end + 1]))
        k = end + 1
    return out


def _runs(row: Row) -> list[list[Piece]]:
    """The pieces of a row, parted at wide gaps."""
    out = [[row.pieces[0]]]
    for piece in row.pieces[1:]:
        if piece.x0 - max(p.x1 for p in out[-1]) > 1.1 * max(piece.em, out[-1][-1].em):
            out.append([piece])
        else:
            out[-1].append(piece)
    return out


def _kind(row: Row) -> str:
    """`figures`: a label, then figures. `header`: words with gaps. `label`: a short text. Else `prose`."""
    runs = [join_pieces(run) for run in _runs(row)]
    figures = sum(is_figure(text) for text in runs[1:])
    if len(runs) > 1 and figures and 2 * figures >= len(runs) - 1 and not is_figure(runs[0]) and not is_contents_entry(" ".join(runs)):
        return "figures" if any(any(map(str.isdigit, text)) for text in runs[1:]) else "label"
    if is_spread(row) and all(len(text) < 16 for text in runs):
        return "header"
    return "prose" if is_prose(row) or join_pieces(row.pieces).endswith(("。", "；", "：")) else "label"


def _is_next(row: Row, following: Row, kind: str) -> bool:
    near = following.base - row.base < 2.6 * max(row.em, following.em)
    return near and kind != "prose" and 0.8 < following.em / row.em < 1.25


def _stand_in_columns(rows: Sequence[Row]) -> bool:
    """Whether most figures end, or have their middle, beneath one another."""
    figures = [run for row in rows for run in _runs(row)[1:] if is_figure(join_pieces(run))]
    ends = [run[-1].x1 for run in figures]
    middles = [(run[0].x0 + run[-1].x1) / 2 for run in figures]
    em = rows[0].em
    best = max(_aligned(ends, em), _aligned(middles, em))
    return best >= 0.85 * len(figures)


def _aligned(places: Sequence[float], em: float) -> int:
    """How many places have at least two others beside them."""
    return sum(sum(abs(a - b) < 0.6 * em for b in places) >= _FEWEST for a in places)


def _box(rows: Sequence[Row]) -> RuleBox:
    x0, x1 = min(r.x0 for r in rows) - 2, max(r.x1 for r in rows) + 2
    return RuleBox(x0, rows[0].top - 1, x1, rows[-1].bottom + 1, [], [], [], [])
