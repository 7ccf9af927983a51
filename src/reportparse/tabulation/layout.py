"""Finds in a table the columns of labels, units and figures, and the halves that stand side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from reportparse import patterns
from reportparse.cells import Number, is_index, is_measured, is_nothing, is_year, number, tidy
from reportparse.model import Cell, Table
from reportparse.tabulation.heads import read_head
from reportparse.tabulation.labels import is_unit, read_label
from reportparse.tabulation.model import Block, Column, Head, Role
from reportparse.tabulation.places import is_place
from reportparse.tabulation.wordlists import words

_FEW = 2
_HEADS = ("项目", "科目", "指标", "名称")
_DIGITS = patterns.compile(r"[\d,.]{9,}")
_WORD = patterns.compile(r"[一-龥A-Za-z]")
_YEAR = patterns.compile(r"(?:19|20)\d\d")
_COMPARED = patterns.compile(r"[比较为占/—\-~至]")


class Grid(NamedTuple):
    """A table with its cells read."""

    rows: tuple[tuple[Cell, ...], ...]
    words: tuple[tuple[str, ...], ...]
    numbers: tuple[tuple[Number | None, ...], ...]
    deep: int
    """Header rows."""
    wide: int


def read_grid(table: Table) -> Grid:
    """The cells of `table`, tidied, with the numbers among them."""
    said = tuple(tuple([tidy(cell.text) for cell in row]) for row in table.rows)
    deep = table.header_rows
    none: tuple[None, ...] = (None,) * (len(said[0]) if said else 0)
    numbers = tuple(none if i < deep else tuple([number(text) for text in row]) for i, row in enumerate(said))
    return Grid(table.rows, said, numbers, deep, len(none))


def header_paths(grid: Grid) -> list[tuple[str, ...]]:
    """The header texts over each column, outermost first; titles, unit lines and numbers of columns left out."""
    kept = [r for r in range(grid.deep) if not _furniture(grid, r)]
    paths: list[tuple[str, ...]] = []
    for j in range(grid.wide):
        path: list[str] = []
        for r in kept:
            text = grid.words[r][j]
            if text and not (path and (path[-1] == text or _same(grid, r, j, path))):
                path.append(text)
        paths.append(tuple(path))
    return [_lent(grid, kept, j, paths) for j in range(grid.wide)]


def _same(grid: Grid, r: int, j: int, path: Sequence[str]) -> bool:
    return any(grid.rows[r][j] == grid.rows[k][j] for k in range(r)) and grid.words[r][j] in path


def _furniture(grid: Grid, r: int) -> bool:
    """Whether a header row names no column: a title over all, a unit line, the numbers of the columns."""
    row, said = grid.rows[r], grid.words[r]
    places = {(c.start, s) for c, s in zip(row, said, strict=True) if s}
    if not places or (len(places) == 1 and (grid.deep > 1 or len(row) > 1) and all(s for s in said)):
        return True
    if len(places) == 1 and next(iter(places))[1].lstrip("(").startswith(("单位", "金额单位", "计量单位")):
        return True
    rest = [s for s in said[1:] if s]
    return bool(rest) and r > 0 and all(is_index(s) for s in rest)


def _lent(grid: Grid, kept: Sequence[int], j: int, paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The path of a column whose upper header cells are blank, with what the cell to their left says over it.

    So reads a header in the shape of an L, 比上年增长 in the lower right part of the level it belongs to, and one
    whose merged cell was not filled in.
    """
    path = paths[j]
    if not path or j == 0:
        return path
    top = next((r for r in kept if grid.words[r][j]), None)
    blank = [r for r in kept if top is not None and r < top]
    for r in blank:
        left = next((k for k in range(j - 1, 0, -1) if grid.words[r][k]), None)
        if left is None or any(grid.words[x][left] for x in kept if x < r and not grid.words[x][j] and grid.words[x][left] != grid.words[r][left]):
            continue
        reaches_down = grid.words[kept[-1]][left] in ("", grid.words[r][left])
        if reaches_down and read_head(path).noun:
            continue
        lent = grid.words[r][left]
        return (lent, *path) if path[0] != lent else path
    return path


def roles(grid: Grid, paths: Sequence[tuple[str, ...]]) -> list[Role]:
    """What each column is for."""
    return [_role(grid, j, paths[j]) for j in range(grid.wide)]


def _role(grid: Grid, j: int, path: tuple[str, ...]) -> Role:
    head = path[-1] if path else ""
    texts = [row[j] for row in grid.words[grid.deep :] if not is_nothing(row[j])]
    if not texts:
        return "empty"
    figures = sum(1 for row in grid.numbers[grid.deep :] if row[j] is not None)
    if head in words("serial") and (figures * 2 >= len(texts) or len(max(texts, key=len)) <= _FEW * 2):
        return "serial"
    if head in words("remarks"):
        return "remark"
    if head in words("units") and not figures:
        return "unit" if sum(1 for t in texts if is_unit(t)) * 2 > len(texts) else "label"
    if figures * 2 >= len(texts):
        if j == 0 and all(is_year(t) for t in texts):
            return "label"
        if j == 0 and all(t.isdigit() for t in texts) and _counts(texts) and not head:
            return "serial"
        return "figure"
    measured = sum(1 for t in texts if number(t) or is_measured(t))
    if j > 0 and measured * 2 > len(texts):
        return "figure"
    return "label" if any(_WORD.search(t) and not is_index(t) for t in texts) else "remark"


def _counts(texts: Sequence[str]) -> bool:
    plain = [int(t) for t in texts]
    return len(plain) > _FEW and plain == list(range(plain[0], plain[0] + len(plain)))


def blocks(grid: Grid, year: int | None) -> list[Block]:
    """The halves of the table, each with its label columns and its figure columns; none where no label column is found."""
    paths = header_paths(grid)
    found: list[Block] = []
    labels: list[int] = []
    serials: list[int] = []
    unit: int | None = None
    figures: list[int] = []

    def close() -> None:
        if figures and (labels or len(grid.rows) - grid.deep <= _FEW):
            found.append(_block(grid, paths, labels, serials, unit, figures, year))

    for j, role in enumerate(roles(grid, paths)):
        if role == "label" and figures:
            if not _opens(grid, paths, j, labels):
                continue
            close()
            labels, serials, unit, figures = [j], [], None, []
        elif role == "label":
            labels.append(j)
        elif role == "serial" and figures and _opens_serial(paths, j, serials):
            close()
            labels, serials, unit, figures = [], [j], None, []
        elif role == "serial":
            serials.append(j)
        elif role == "unit":
            unit = j
        elif role == "figure":
            figures.append(j)
    close()
    return found


def _opens(grid: Grid, paths: Sequence[tuple[str, ...]], j: int, labels: Sequence[int]) -> bool:
    """Whether a column of words to the right of figures opens a second half, and is no remark."""
    head = paths[j][-1] if paths[j] else ""
    first = paths[labels[-1]][-1] if labels and paths[labels[-1]] else ""
    if head and (head == first or head in words("labels") or head.endswith(_HEADS)):
        return any(any(row[k] is not None for row in grid.numbers[grid.deep :]) for k in range(j + 1, grid.wide))
    texts = [row[j] for row in grid.words[grid.deep :] if row[j]]
    return not head and sum(1 for t in texts if read_label(t).style is not None or read_label(t).total) * 2 > len(texts)


def _opens_serial(paths: Sequence[tuple[str, ...]], j: int, serials: Sequence[int]) -> bool:
    return bool(serials) and paths[j] == paths[serials[0]]


def _block(
    grid: Grid, paths: Sequence[tuple[str, ...]], labels: Sequence[int], serials: Sequence[int], unit: int | None,
    figures: Sequence[int], year: int | None,
) -> Block:
    main, outer = _names(grid, labels)
    own = paths[main] if main is not None else ()
    heads = {j: read_head(_inner(paths[j], own)) for j in figures if paths[j] and not _garbled(paths[j])}
    columns = tuple(
        Column(j, head._replace(path=_full_path(paths[j], head)), _base(j, heads, paths, year), _repeated(grid, paths, j, heads))
        for j, head in heads.items()
    )
    over = [text for text in own if text not in words("labels") and text not in words("subjects") and not text.endswith(_HEADS)]
    head = own[-1] if own else ""
    names = [read_label(row[main]).name for row in grid.words[grid.deep :] if row[main]] if main is not None else []
    firsts = [row[outer[0]] for row in grid.words[grid.deep :] if row[outer[0]]] if outer else []
    outer_head = paths[outer[0]][-1] if outer and paths[outer[0]] else ""
    times = head in words("times") or (bool(names) and all(is_year(n.rstrip("年末度底")) for n in names))
    subjects = _are_subjects(head, names) or (times and bool(outer) and _are_subjects(outer_head, firsts))
    units = split_units(next((u for text in reversed(own) if (u := read_head((text,)).unit)), None))
    return Block(main, outer, unit, tuple(serials), columns, over[0] if over else "", subjects, times, units)


def _repeated(grid: Grid, paths: Sequence[tuple[str, ...]], j: int, heads: dict[int, Head]) -> bool:
    """Whether another column has the same headers, and both have a figure of their own in some row."""
    same = [k for k in heads if k != j and paths[k] == paths[j]]
    return any(
        numbers[j] is not None and numbers[k] is not None and row[j] != row[k]
        for k in same for row, numbers in zip(grid.rows[grid.deep :], grid.numbers[grid.deep :], strict=True)
    )


def split_units(said: str | None) -> tuple[str, ...]:
    """The units that a caption or header names.

    >>> split_units("万元、%"), split_units("元/人"), split_units(None)
    (('万元', '%'), ('元/人',), ())
    """
    return tuple(u for u in re.split(r"[、,，;；]|/(?=[%‰])|和", said or "") if u)


def _are_subjects(head: str, names: Sequence[str]) -> bool:
    """Whether names are those of places, companies or bodies: by the head over them, or because most are places."""
    if not names:
        return False
    bodies = tuple(words("rows.bodies"))
    return head in words("subjects") or sum(1 for name in names if is_place(name) or name.endswith(bodies)) * 2 > len(names)


def _names(grid: Grid, labels: Sequence[int]) -> tuple[int | None, tuple[int, ...]]:
    """The column of the rows' own names, and those to its left that hold several rows together.

    Where the first of several columns of words has another name in every row, it is the rows' own, and what stands
    to its right says more about it (公司, 股东).
    """
    if not labels:
        return None, ()
    body = grid.words[grid.deep :]
    while len(labels) > 1 and _says_little([row[labels[-1]] for row in body]):
        labels = labels[:-1]
    if len(labels) > 1:
        first = [row[labels[0]] for row in body if row[labels[0]]]
        if len(first) * 5 >= len(body) * 4 and len(set(first)) == len(first):
            return labels[0], ()
    return labels[-1], tuple(labels[:-1])


def _says_little(texts: Sequence[str]) -> bool:
    """Whether words tell the rows not apart (是, 否, 良), and are no years."""
    told = set(texts) - {""}
    return len(texts) > _FEW + 1 and len(told) <= _FEW and not all(is_year(t.rstrip("年末度底")) for t in told)


def _garbled(path: Sequence[str]) -> bool:
    """Whether header texts can't be one column's: figures among them, or several years that are not compared."""
    text = "/".join(path)
    if _DIGITS.search(text):
        return True
    return len(set(_YEAR.findall(path[-1]))) > 1 and not _COMPARED.search(path[-1])


def _inner(path: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """The header texts of a column less those that stand over its label column too."""
    k = 0
    while k < len(path) - 1 and k < len(own) and path[k] == own[k]:
        k += 1
    return path[k:]


def _full_path(outer: tuple[str, ...], head: Head) -> tuple[str, ...]:
    return (*outer[: len(outer) - len(head.path)], *head.path) if len(outer) > len(head.path) else head.path


def _base(j: int, heads: dict[int, Head], paths: Sequence[tuple[str, ...]], year: int | None) -> int | None:
    """The level column that a change, share or rank belongs to.

    It shares the upper headers, is of the same year and status where these are told, is done rather than planned for
    a share of a budget, stands to the left, is the latest, is the nearest.
    """
    mine = heads[j]
    if mine.kind == "level":
        return None
    levels = [k for k, head in heads.items() if head.kind == "level"]

    def nearness(k: int) -> tuple[int, ...]:
        head = heads[k]
        shared = 0
        for a, b in zip(paths[j][:-1], paths[k], strict=False):
            if a != b:
                break
            shared += 1
        when = _year_of(head, year)
        return (
            shared, mine.year is not None and _year_of(mine, year) == when, mine.status is not None and mine.status == head.status,
            not (mine.kind == "share" and head.status == "target"), k < j, when or 0, -abs(k - j),
        )

    return max(levels, key=nearness, default=None)


def _year_of(head: Head, year: int | None) -> int | None:
    if head.year is not None:
        return head.year
    return None if year is None else year + (head.offset or 0)
