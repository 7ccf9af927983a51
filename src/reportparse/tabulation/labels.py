"""Reads the labels of rows: name, number, mark, unit, indent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from reportparse import patterns
from reportparse.lexicon import alternatives
from reportparse.tabulation.wordlists import words
from reportparse.units import canonical, units

_STYLES = (
    patterns.compile(r"第[一二三四五六七八九十]{1,3}[部章节类][分]?[、:：]?"),
    patterns.compile(r"[一二三四五六七八九十]{1,3}[、.．:：]"),
    patterns.compile(r"\([一二三四五六七八九十]{1,3}\)[、.]?"),
    patterns.compile(r"\d{1,2}(?:\.\d{1,2})*(?:[、.．]|(?=[一-龥]))(?!\d)"),
    patterns.compile(r"\(\d{1,2}\)[、.]?|\d{1,2}\)"),
    patterns.compile(r"[①-⑳]"),
)
_AGES = patterns.compile(r"\d{1,2}(?:周?岁|[-—~–至])|\d{1,3}(?:年|月|个|家|万|亿|级|号|倍|天|日|强|吨|千|百|分|名|位|升|米|大|类|小)")
_UNIT = patterns.compile(r"\(([^()]{1,12})\)$")
_DATED = patterns.compile(r"((?:19|20)\d\d)年(?:度)?(末|底)?(?=[一-龥]{2})(?![至到])")
_CODE = patterns.compile(r"(\d{3,9})(?:[-—–_.、:：]|(?=[一-龥]))(?=[一-龥“(])(?!年|个|户|家|万|亿|工程|计划|行动|项)")
_NOTE = patterns.compile(r"(?:\[\d{1,2}\]|[①-⑳*＊])$")


class Said(NamedTuple):
    """What a label says of itself."""

    name: str
    """Without number, mark and unit."""
    label: str
    """Without mark and unit, with its number."""
    style: int | None
    """Kind of numbering, 0 outermost."""
    part: bool
    """其中："""
    total: bool
    divides: bool
    """Only divides the rows below: 按经济类型分."""
    unit: str | None
    year: int | None
    """A year that it begins with, which is then not part of its name."""
    as_of: bool
    """… and is meant at its end: 2024年末."""
    code: str
    """The account code that is printed before it: 2010505专项统计业务."""


@lru_cache(maxsize=16384)
def read_label(text: str) -> Said:
    """What a tidied label says.

    >>> s = read_label("其中:1.增值税(万元)"); s.name, s.label, s.part, s.style, s.unit
    ('增值税', '1.增值税', True, 3, '万元')
    >>> read_label("一般公共预算支出合计").total, read_label("16-59岁").name, read_label("(二)外交").label
    (True, '16-59岁', '(二)外交')
    """
    rest = text
    part = False
    if found := _mark().match(rest):
        part = found[1] not in words("signs")
        rest = rest[found.end() :].lstrip(":： ")
    unit = None
    if (found := _UNIT.search(rest)) and is_unit(found[1]):
        unit, rest = found[1], rest[: found.start()]
    rest = _NOTE.sub("", rest) or rest
    code = ""
    if coded := _CODE.match(rest):
        code = coded[1]
    style, name = None, rest[coded.end() :] if coded else rest
    for k, shape in enumerate(_STYLES):
        if not code and (number := shape.match(rest)) and number.end() < len(rest) and not _AGES.match(rest):
            style, name = k, rest[number.end() :]
            break
    if inner := _mark().match(name):
        part, name = part or inner[1] not in words("signs"), name[inner.end() :].lstrip(":： ")
    year, as_of = None, False
    if dated := _DATED.match(name):
        year, as_of, name = int(dated[1]), bool(dated[2]), name[dated.end() :]
    bare = name.rstrip(":：")
    divides = bare != "" and (name.endswith((":", "：")) or bare.startswith(tuple(words("divides"))))
    return Said(bare, rest.rstrip(":："), style, part, _is_total(bare), divides, unit, year, as_of, code)


@lru_cache(maxsize=1)
def _mark() -> re.Pattern[str]:
    return patterns.compile(f"({alternatives([w for w in words('parts') if len(w) > 1])}|[#＃*★]|[加减](?=[:：]))[:：、]?")


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Whether a text is a unit, alone or compound.

    >>> is_unit("万元/人"), is_unit("亿千瓦时"), is_unit("经开区")
    (True, True, False)
    """
    head = re.split(r"[/每、,，]", text)[0]
    return head in units() or canonical(head)[1] in units() or head.lstrip("千百十") in units() or text in ("X", "x", "倍", "%")


def _is_total(name: str) -> bool:
    """Whether a row sums up others.

    >>> _is_total("收入合计"), _is_total("总收入"), _is_total("总计"), _is_total("财政总收入")
    (True, True, True, False)
    """
    if name in words("totals"):
        return True
    return name.endswith(("合计", "总计", "小计", "共计"))


def indents(texts: Sequence[str]) -> list[float]:
    """How far each label is set in, in letters: ideographic blanks count one, others a half.

    >>> indents(["税收收入", "　　增值税", "  其他"])
    [0.0, 2.0, 1.0]
    """
    out = []
    for text in texts:
        width = 0.0
        for char in text:
            if char == "\u3000":
                width += 1
            elif char.isspace():
                width += 0.5
            else:
                break
        out.append(width)
    return out
