"""From a grid of cells to a `Table`: which rows and columns are headers, what the caption line says.

Callers fill merged cells in themselves: every place that a merged cell covers holds the same `Cell`.
The text of a cell keeps the indent of its label as leading ideographic spaces (U+3000, one for each letter's
width that it stands to the right of the column's other labels; 　　税收收入): it tells which row a row belongs
to. `Cell.start` and `Cell.end` are then those of the text with its indent. Lines broken inside a cell are
joined without a blank. A row of a table that goes on over a page keeps its own line, so that its page is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reportparse import patterns
from reportparse.cells import is_index, is_measured, is_nothing, is_year, number, tidy
from reportparse.folding import fold
from reportparse.lexicon import table
from reportparse.model import Cell, Table

Row = tuple[Cell, ...]
Words = tuple[str, ...]

_MEASURE = (
    r"[十百千万亿]{0,2}(?:元|美元|吨|人|户|个|家|件|%|‰|亩|公顷|公里|千米|头|只|台|辆|米|升|千瓦时?|平方米|立方米|平方公里|人次|标准煤|天|倍|X|次)"
)
_UNIT = patterns.compile(
    r"(?<![制报责任编填])(?<!制表)[(\[]?(?:金额|计量|货币|数量)?单位(?:[:：]|为|(?=[十百千万亿]{0,2}[元吨人%‰]))"
    r"([^()\[\]]{1,24}(?:\([^()]{1,9}\))?[^()\[\],，。;；表]{0,9})[)\]]?"
)
_END_UNIT = patterns.compile(rf"\(({_MEASURE}(?:/[^()、,，/]{{1,4}})?(?:[、,，/]{_MEASURE}){{0,3}})\)$")
_NUMBERED = patterns.compile(
    r"((?:附?表|附件|附|续表))\s?([一二三四五六七八九十]{1,3}|\d{1,2}?(?=\D|$|(?:19|20)\s?\d\d))(\s?[-—–.]\s?\d{1,2}(?=\D|$|(?:19|20)\d\d))?"
    r"\s?[:：•·、.]?\s?(?=(\S)?)"
)

_NUMBER_ONLY = patterns.compile(r"(?:附?表|附件|附|续表)[\d一二三四五六七八九十]{0,3}(?:[-—–.]\d{1,2})*|[一-龥]{1,4}\d{1,3}表")
_ASIDE = patterns.compile(r"[(]?(?:续表?|接上页|\d{4}年\d{1,2}月\d{1,2}日)[)]?|[-—]?\d{1,3}[-—]?")
_SENTENCE = patterns.compile(r"[。；;]|[，,：:]$")
_TITLED = patterns.compile(
    r"表(?:[(（][^()（）]{1,8}[)）])?$"
    r"|(?:情况|增速|增长速度|构成|指标|产量|草案|概况|幅度|比重|决算|预算)(?:[(（][^()（）]{1,8}[)）])?$"
)
_NO_TITLE = patterns.compile(r"图\s?[\d一二三四五六七八九十]|[一二三四五六七八九十]{1,3}、(?!.{0,40}表$)|注[:：]|资料来源|数据来源")
_TITLE_LENGTH = 60
_HEAD_LENGTH = 10


def make_table(
    rows: Sequence[Sequence[Cell]], *, caption: str | None, unit: str | None, page: int | None, start: int, end: int
) -> Table:
    """The table of `rows`, with its header rows and columns found; nothing is dropped.

    A title in the table's own first rows goes before the caption given; a unit line there serves where no unit is given.

    >>> texts = [["项目", "2024年", "2025年"], ["税收收入", "12.5", "13"], ["非税收入", "-", "3"]]
    >>> t = make_table([[Cell(s, 0, 0) for s in row] for row in texts], caption=None, unit=None, page=None, start=0, end=0)
    >>> t.header_rows, t.header_columns
    (1, 1)
    """
    width = max((len(row) for row in rows), default=0)
    gap = Cell("", end, end)
    filled = tuple(tuple(row) + (gap,) * (width - len(row)) for row in rows)
    words = [tuple(tidy(cell.text) for cell in row) for row in filled]
    deep = _header_rows(filled, words)
    for row, said in zip(filled[:deep], words[:deep], strict=True):
        if not is_title(row, said):
            continue
        title, own_unit = split_caption(next(c.text for c, s in zip(row, said, strict=True) if s))
        unit = unit or own_unit
        caption = title or caption
    return Table(
        caption=caption, unit=unit, page=page, start=start, end=end,
        rows=filled, header_rows=deep, header_columns=_header_columns(words, deep),
    )


def is_single(row: Row, said: Words) -> bool:
    """Whether one cell over all columns, or one among blanks, is all the row has: a title, a unit line, a divider.

    >>> is_single((Cell("单位：万元", 0, 5), Cell("", 5, 5)), ("单位：万元", ""))
    True
    """
    said_once = {(cell.start, text) for cell, text in zip(row, said, strict=True) if text}
    return len(said_once) == 1 and (len(row) > 1)


def is_title(row: Row, said: Words) -> bool:
    """Whether a row is a title or a unit line: a single cell that spreads over the table, tells the unit, or is long.

    >>> is_title((Cell("区县", 0, 2), Cell("", 2, 2), Cell("", 2, 2)), ("区县", "", ""))
    False
    """
    if not is_single(row, said):
        return False
    text = next(s for s in said if s)
    return sum(1 for s in said if s) > 1 or _tells_unit(text) or len(text) > _HEAD_LENGTH


def _tells_unit(text: str) -> bool:
    return text.lstrip("(").startswith(("单位", "金额单位", "计量单位"))


def _header_rows(rows: Sequence[Row], words: Sequence[Words]) -> int:
    """How many rows at the top are headers: those before the first with figures, less the body's own first labels."""
    first = next((i for i in range(len(rows)) if _has_figures(rows, words, i)), None)
    if first is None:
        return min(1, max(0, len(rows) - 1))
    figures = [j for j in range(1, len(words[first])) if any(number(row[j]) for row in words[first : first + 30])]
    while first > 1 and not any(words[first - 1][j] and not is_nothing(words[first - 1][j]) for j in figures):
        above = range(first - 1)
        if not any(words[i][j] and not is_single(rows[i], words[i]) for i in above for j in figures):
            break
        if words[first - 1][0] and any(rows[first - 1][0] == rows[i][0] for i in above):
            break
        first -= 1
    while first > 1 and is_single(rows[first - 1], words[first - 1]) and _names(rows, words, first - 1, figures):
        if any(map(_tells_unit, words[first - 1])) and not words[first - 1][0]:
            break  # the unit of a column, beneath its header
        first -= 1  # a divider merged over all columns stands below the header, not in it
    return first


def _names(rows: Sequence[Row], words: Sequence[Words], i: int, figures: Sequence[int]) -> bool:
    """Whether the rows above row `i` already name the columns."""
    return any(words[k][j] and not is_single(rows[k], words[k]) for k in range(i) for j in figures)


def _has_figures(rows: Sequence[Row], words: Sequence[Words], i: int) -> bool:
    said = words[i]
    numbers = [text for text in said[1:] if number(text)]
    if not numbers:
        return i > 0 and any(is_measured(text) for text in said[1:])
    if len(said) > 1 and (not said[0] or _label_goes_on(rows, words, i)):
        if all(is_year(text) for text in numbers):
            return False
        if all(is_index(text) for text in said[1:] if text) and _counts_up(numbers):
            return False
    return True


def _label_goes_on(rows: Sequence[Row], words: Sequence[Words], i: int) -> bool:
    """Whether the first cell is the header's: the first row's, merged with the one above, the head of a label column."""
    head = words[i][0]
    if i == 0 or head in _heads() or is_index(head):
        return True
    return any(rows[i][0] == rows[k][0] for k in range(i))


def _heads() -> frozenset[str]:
    words = table("tables")
    return frozenset(words["labels"]) | frozenset(words["serial"]) | frozenset(words["subjects"])


def _counts_up(numbers: Sequence[str]) -> bool:
    """Whether they number columns: 1, 2, 3."""
    plain = [int(text) for text in numbers if text.isdigit()]
    return bool(plain) and plain[0] <= 2 and all(b > a for a, b in pairwise(plain))


def _header_columns(words: Sequence[Words], deep: int) -> int:
    """How many columns at the left hold labels, units and numbers of rows."""
    if not words or len(words[0]) < 2:
        return 0
    heads = table("tables")
    serial, units = set(heads["serial"]), set(heads["units"])
    body = words[deep:]
    for j in range(len(words[0])):
        named = {row[j] for row in words[:deep]}
        texts = [row[j] for row in body if not is_nothing(row[j])]
        if named & serial or named & units:
            continue
        figures = sum(1 for text in texts if number(text))
        if figures * 2 > len(texts) and not (j == 0 and all(is_year(t) or is_index(t) for t in texts)):
            return j
    return 1


def split_caption(line: str) -> tuple[str | None, str | None]:
    """Caption and unit of a line above a table, either None where the line does not give it.

    >>> split_caption("表1　2025年收入完成情况　　单位：万元")
    ('表1 2025年收入完成情况', '万元')
    >>> split_caption("（金额单位：亿元、%）"), split_caption("附表3：")
    ((None, '亿元、%'), ('附表3', None))
    >>> split_caption("表 4：2024年收入构成情况（亿元、%）")
    ('表4 2024年收入构成情况', '亿元、%')
    """
    pressed = "".join(fold(line).split())
    rest = line
    unit: str | None = None
    if found := _UNIT.search(pressed):
        unit = found[1].rstrip(",，;；、:：") or None
        rest = _without(line, found.start(), len(pressed) - found.end())
    elif found := _END_UNIT.search(pressed):
        unit = found[1].rstrip(",，、")
        rest = _without(line, found.start(), 0)
    rest = re.sub(r"\s+", " ", rest).strip(" :：•·")
    if numbered := _NUMBERED.match(rest):
        label = re.sub(r"\s", "", numbered[1] + numbered[2] + (numbered[3] or ""))
        rest = f"{label} {rest[numbered.end() :]}" if numbered[4] else label
    return rest or None, unit


def title_of(above: Sequence[tuple[str, bool]]) -> tuple[str | None, str | None]:
    """Caption and unit of a table from the lines above it, the nearest last, each with whether it is set off (bold, centred).

    The number of a table and its title may stand in lines of their own.

    >>> title_of([("全年收入增长5%。", False), ("附件1", False), ("2025年收支总表", True), ("单位：亿元", False)])
    ('附件1 2025年收支总表', '亿元')
    >>> title_of([("三、财政", True), ("表2 收入情况（亿元）", False)]), title_of([("收入增长5%。", False)])
    (('表2 收入情况', '亿元'), (None, None))
    """
    title: str | None = None
    unit: str | None = None
    for text, set_off in reversed(above):
        if not text.strip() or _ASIDE.fullmatch("".join(fold(text).split())):
            continue
        rest, own = split_caption(text)
        if len(text) > _TITLE_LENGTH or _SENTENCE.search(text) or (rest and _NO_TITLE.match(rest)):
            break
        alone = rest is not None and _NUMBER_ONLY.fullmatch(rest)
        if title is not None and rest is not None:
            return _joined(rest, title), unit or own
        if rest is not None and not (alone or set_off or _NUMBERED.match(rest) or _TITLED.search(rest)):
            break
        unit = unit or own
        if alone and unit is None:
            return rest, None
        title = rest
    return title, unit


def _joined(above: str, below: str) -> str:
    """Title and number of a table on lines of their own, the number first; a title that goes on; else only what is below."""
    if _NUMBER_ONLY.fullmatch(below) and not _NUMBER_ONLY.fullmatch(above):
        return f"{below} {above}" if _NUMBERED.match(above) or _TITLED.search(above) else below
    if _NUMBER_ONLY.fullmatch(above):
        return f"{above} {below}"
    return f"{above}{below}" if below[0] in "及和与" else below


def _without(line: str, before: int, after: int) -> str:
    """`line` less what stands between its first `before` and its last `after` characters, blanks not counted."""
    left, right = 0, len(line)
    while before > 0:
        before -= not line[left].isspace()
        left += 1
    while after > 0:
        right -= 1
        after -= not line[right].isspace()
    return f"{line[:left]} {line[right:]}"
