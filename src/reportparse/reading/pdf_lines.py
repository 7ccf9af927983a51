"""From pieces to rows: which stand on one line, in which column, and how their text joins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import attrgetter
from statistics import median

from reportparse import patterns
from reportparse.reading.pdf_page import Piece, Style

_EXPONENTS = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_POWER_BEFORE = patterns.compile(r"(?:[mM]|(?<![\d.])10)$")
"""What takes an exponent: metres and their parts, and ten."""
_MARK = patterns.compile(r"[(（]?(\d{1,3}(?:[,，、-]\d{1,3}){0,3})[)）]?")
"""The mark of a footnote, which must not stand as digits behind a figure."""


_base, _left = attrgetter("base"), attrgetter("x0")


def _weight(piece: Piece) -> int:
    """Chinese letters tell the size of a row, the longest run first."""
    return len(piece.text) + 99 * (piece.text[0] >= "\u2e80" or piece.text[-1] >= "\u2e80")


class Row:
    """One printed line, or its part inside one column."""

    __slots__ = ("base", "bottom", "column", "em", "left", "ocr", "page", "pieces", "right", "style", "text", "top", "x0", "x1")

    def __init__(self, pieces: list[Piece], base: float) -> None:
        self.pieces = pieces
        self.base = base
        self.x0 = pieces[0].x0
        self.x1 = max([p.x1 for p in pieces])
        self.top = min([p.top for p in pieces])
        self.bottom = max([p.bottom for p in pieces])
        self.em = max(pieces, key=_weight).em
        self.text = ""
        self.style = Style(None, False)
        self.left = self.x0
        """Left margin of the column that it stands in."""
        self.right = self.x1
        self.column = 0
        self.page = 0
        self.ocr = False

    def finish(self, style: Callable[[Piece], Style], page: int) -> Row:
        """Fill in text and style, and let go of the pieces."""
        self.page = page
        self.style = style(next((p for p in self.pieces if p.text[0] >= "\u2e80"), self.pieces[0]))
        self.text = join_pieces(self.pieces)
        self.pieces = []
        return self

    def __repr__(self) -> str:
        return f"<{self.text!r} p{self.page} {self.x0:.0f}–{self.x1:.0f} at {self.top:.0f}>"


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces on one baseline are a row, and what is raised a little above it; rows from above, pieces from left."""
    out: list[list[Piece]] = []
    heads: list[Piece] = []
    for piece in sorted(pieces, key=_base):
        best, share = -1, 0.55
        top, bottom, em = piece.top, piece.bottom, piece.em
        for k in range(len(out) - 1, max(len(out) - 4, -1), -1):
            head = heads[k]
            common = min(bottom, head.bottom) - max(top, head.top)
            less = min(em, head.em)
            if common > share * less:
                best, share = k, common / less
        if best < 0:
            out.append([piece])
            heads.append(piece)
            continue
        out[best].append(piece)
        if piece.em > 1.1 * heads[best].em:
            heads[best] = piece
    order = sorted(range(len(out)), key=lambda k: heads[k].base)
    rows: list[Row] = []
    last: Piece | None = None
    for k in order:
        head = heads[k]
        if last is not None and _is_one_row(last, head, rows[-1].pieces, out[k]):
            last = max(last, head, key=lambda p: p.em)
            rows[-1] = Row(sorted(rows[-1].pieces + out[k], key=_left), last.base)
            continue
        last = head
        rows.append(Row(sorted(out[k], key=_left), head.base))
    return rows


def _is_one_row(a: Piece, b: Piece, above: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """Whether a row of raised marks belongs to the row beneath it: they overlap in height and not in breadth."""
    common = min(a.bottom, b.bottom) - max(a.top, b.top)
    if common < 0.5 * min(a.em, b.em) or len(above) + len(below) > 60:
        return False
    return not any(p.x0 < q.x1 - 0.3 * q.em and q.x0 < p.x1 - 0.3 * p.em for p in above for q in below)


def join_pieces(pieces: Sequence[Piece]) -> str:
    """The text of pieces that stand in one row, from left to right.

    A typesetter's gap between Chinese characters or beside a number is no blank; one between Latin words is,
    and so is a wide gap between two names.
    """
    kept = _without_doubles(pieces)
    words: list[str] = []
    gaps: list[float] = []
    end = 0.0
    size = max((p.em for p in kept), default=0.0)
    mark = ""
    for k, piece in enumerate(kept):
        text = piece.text
        if piece.em < 0.8 * size and _is_raised(piece, kept) and (k or len(kept) > 1 and _MARK.fullmatch(text.strip())):
            mark += text
            end = max(end, piece.x1)
            continue
        if mark:
            if words:
                words[-1] += _raised_text(words[-1], mark)
            else:
                words.append(_raised_text("", mark))
            mark = ""
        gap = (piece.x0 - end) / piece.em if k else 0.0
        if k and (gap < 0.35 or _is_close(words[-1], text, gap)):
            words[-1] += (" " if gap > 0.15 and _are_latin(words[-1], text) else "") + text
        else:
            words.append(text)
            if k:
                gaps.append(gap)
        end = max(end, piece.x1)
    if mark:
        words[-1] += _raised_text(words[-1], mark)
    return _RADICAL.sub(_plain_radical, _spaced(words, gaps))


def _without_doubles(pieces: Sequence[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        if any(o.text == piece.text and _is_same_place(o, piece) for o in out[-3:]):
            continue  # fake bold: the same run printed twice
        out.append(piece)
    return out


def _is_same_place(a: Piece, b: Piece) -> bool:
    """Printed over each other; a long run may stand off by more than a short one."""
    off = abs(a.x0 - b.x0)
    return abs(a.base - b.base) < 2 and (off < 0.35 * a.em or (len(a.text) > 3 and off < 0.3 * (a.x1 - a.x0)))


def _is_raised(piece: Piece, row: Sequence[Piece]) -> bool:
    base = max(row, key=lambda p: p.em)
    return piece.base < base.base - 0.15 * base.em


def _raised_text(before: str, text: str) -> str:
    """A raised number: an exponent after metres or ten, else a footnote's mark.

    >>> _raised_text("1.2万m", "3"), _raised_text("×10", "-3"), _raised_text("3062.6", "1"), _raised_text("总值", "[2]")
    ('³', '⁻³', '[1]', '[2]')
    >>> _raised_text("3062.6", "(1)"), _raised_text("3062.6", "2)"), _raised_text("3062.6", "1,2"), _raised_text("增长10", "1")
    ('[1]', '[2]', '[1,2]', '[1]')
    """
    digits = text.strip()
    if re.fullmatch(r"[-−]?\d{1,3}", digits) and digits != "1" and _POWER_BEFORE.search(before):
        return digits.translate(_EXPONENTS)
    mark = _MARK.fullmatch(digits)
    return f"[{mark[1]}]" if mark else text


def _are_latin(before: str, after: str) -> bool:
    a, b = before[-1:], after[:1]
    return a < "\u2e80" and b < "\u2e80" and a.isalnum() and b.isalnum() and not (a.isdigit() and not b.isdigit())


def _is_close(before: str, after: str, gap: float) -> bool:
    """Less than a letter's width: what justified lines have between any two letters."""
    return gap < 0.9 and not _are_latin(before, after)


def _spaced(words: list[str], gaps: list[float]) -> str:
    if not gaps:
        return words[0] if words else ""
    usual = median(gaps) if len(gaps) > 3 else 0.0
    out = [words[0]]
    for gap, before, after in zip(gaps, words, words[1:], strict=False):
        apart = _are_latin(before, after) or (
            gap >= max(0.9, 1.5 * usual) and len(before) > 1 and len(after) > 1 and before[-1] not in "、）).．：:"
        )
        out.append(" " + after if apart else after)
    return "".join(out)


_RADICAL = patterns.compile("[\u2f00-\u2fd5]")


def _plain_radical(match: re.Match[str]) -> str:
    """A radical's own code in place of the character, as some fonts give it: ⼀ is 一."""
    from unicodedata import normalize

    return normalize("NFKC", match[0])
