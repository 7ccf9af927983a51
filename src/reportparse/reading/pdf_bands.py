"""The borders between columns that no rule marks, and the printed rows between two rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from reportparse.reading.pdf_figures import figures_in, is_figure
from reportparse.reading.pdf_lines import Row
from reportparse.reading.pdf_page import Piece


def places(values: Sequence[float], near: float) -> list[float]:
    """One place for values that stand near one another, in their order.

    >>> places([10, 0.5, 0, 11], 2)
    [0.25, 10.5]
    """
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= near:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(v) / len(v) for v in out]


def gutters(rows: Sequence[Row], left: float, right: float) -> list[float]:
    """Borders of columns between two rules, where the text leaves stripes that no rule marks."""
    inside = [[p for p in row.pieces if left - 1 <= (p.x0 + p.x1) / 2 <= right + 1] for row in rows]
    inside = [row for row in inside if row]
    spread = [row for row in inside if any(b.x0 - a.x1 > 0.7 * a.em for a, b in pairwise(row))]
    if len(spread) < 2 or len(spread) < 0.4 * len(inside):
        return []
    stripes: list[tuple[float, float]] = []
    for row in spread:
        for a, b in pairwise(row):
            if b.x0 - a.x1 > 0.7 * a.em:
                stripes.append((a.x1, b.x0))
    out: list[float] = []
    at = left
    for x in sorted({round(s[1] - 0.5, 1) for s in stripes}):
        if x <= at + 4:
            continue
        hits = [s for s in stripes if s[0] - 0.5 <= x <= s[1]]
        crossed = sum(any(p.x0 < x - 1 and p.x1 > x + 1 for p in row) for row in inside)
        start = max((s[0] for s in hits), default=x)
        sides = sum(any(p.x1 <= x + 1 for p in row if p.x0 > at - 1) and any(p.x0 >= x - 1 for p in row) for row in inside)
        if sides >= 0.5 * len(inside) and crossed <= 0.1 * len(inside) and start < x and _is_real(inside, at, x):
            out.append((start + x) / 2)
            at = x
    return out


def _is_real(rows: Sequence[Sequence[Piece]], at: float, x: float) -> bool:
    """Not a gap between the letters of a spaced label (合　计): one side holds figures, or several letters on both."""
    good = bad = 0
    for row in rows:
        before = [p for p in row if p.x1 <= x + 1 and p.x0 > at - 1]
        after = [p for p in row if p.x0 >= x - 1]
        if before and after:
            a, b = _run(before[::-1]), _run(after)
            if is_figure(b) or is_figure(a) or len(a) > 1 and len(b) > 1:
                good += 1
            else:
                bad += 1
    return good > 2 * bad


def _run(pieces: Sequence[Piece]) -> str:
    """The text of the pieces up to the first gap, counted from the first piece to either side."""
    run = [pieces[0]]
    for piece in pieces[1:]:
        if max(piece.x0 - run[-1].x1, run[-1].x0 - piece.x1) > 0.7 * piece.em:
            break
        run.append(piece)
    return "".join(p.text for p in sorted(run, key=lambda p: p.x0))


Part = tuple[dict[int, list[Row]], float, float]


def parts_of(lines: dict[int, list[Row]], top: float, bottom: float) -> list[Part]:
    """A band cut into printed rows: at the figures, where a cell of it holds several."""
    most = max((len(figures_in(rows)) for rows in lines.values()), default=0)
    if most < 2:
        return [(lines, top, bottom)]
    bases = sorted(r.base for rows in lines.values() for r in figures_in(rows))
    em = median(r.em for rows in lines.values() for r in rows)
    anchors = _one_each(places(bases, 0.4 * em), lines)
    marks: list[float] = list(anchors)
    placed: dict[int, list[tuple[float, Row]]] = {}
    for cell, rows in lines.items():
        placed[cell] = _placed(rows, anchors, em)
    own = places([at for rows_ in placed.values() for at, _ in rows_ if at not in anchors], 0.4 * em)
    for cell, rows_ in placed.items():
        placed[cell] = [(at if at in anchors else min(own, key=lambda a, b=at: abs(a - b)), row) for at, row in rows_]  # type: ignore[misc]
        marks += [at for at, _ in placed[cell]]
    order = sorted(set(marks))
    cuts = [top, *((a + b) / 2 for a, b in pairwise(order)), bottom]
    return [
        ({cell: [row for where, row in rows if where == at] for cell, rows in placed.items()}, cuts[k], cuts[k + 1])
        for k, at in enumerate(order)
    ]


def _one_each(anchors: list[float], lines: dict[int, list[Row]]) -> list[float]:
    """Put together two anchors that stand closer than rows do, where no column has a figure at both."""
    if len(anchors) < 3:
        return anchors
    pitch = median(b - a for a, b in pairwise(anchors))
    out = [anchors[0]]
    for at in anchors[1:]:
        clash = any(
            any(abs(r.base - out[-1]) < 0.25 * pitch for r in rows) and any(abs(r.base - at) < 0.25 * pitch for r in rows)
            for rows in map(figures_in, lines.values())
        )
        if at - out[-1] < 0.7 * pitch and not clash:
            out[-1] = at if sum(abs(r.base - at) < 1 for rows in lines.values() for r in rows) > 1 else out[-1]
        else:
            out.append(at)
    return out


def _placed(rows: Sequence[Row], anchors: Sequence[float], em: float) -> list[tuple[float, Row]]:
    """Each line of a cell with the printed row that it belongs to."""
    pitch = min((b - a for a, b in pairwise(anchors)), default=2 * em)
    at: list[float | None] = []
    for row in rows:
        near = min(anchors, key=lambda a, r=row: abs(a - r.base))  # type: ignore[misc]
        reach = 0.8 if is_figure(row.text) else 0.4
        at.append(near if abs(near - row.base) < reach * em else None)
    free = [a for a in anchors if a not in at]
    for k, row in enumerate(rows):
        if at[k] is not None:
            continue
        near_free = [a for a in free if abs(a - row.base) < 1.2 * em]
        before = row.base - rows[k - 1].base if k else 1e9
        after = rows[k + 1].base - row.base if k + 1 < len(rows) else 1e9
        if near_free:
            at[k] = min(near_free, key=lambda a, r=row: abs(a - r.base))  # type: ignore[misc]
        elif before < 0.85 * pitch and before <= after:
            at[k] = at[k - 1]
        elif after < 0.85 * pitch and at[k + 1] is not None:
            at[k] = at[k + 1]
        else:
            at[k] = row.base
    return [(where if where is not None else row.base, row) for where, row in zip(at, rows, strict=True)]
