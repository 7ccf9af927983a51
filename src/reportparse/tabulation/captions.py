"""Reads a table's caption: what it measures, of when, of whom, and how settled."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportparse import patterns
from reportparse.cells import tidy
from reportparse.model import Status
from reportparse.tabulation.wordlists import pattern, words

_NUMBER = patterns.compile(
    r"^(?:附?表|附件|附|续表|图|专栏)(?:[一二三四五六七八九十]{1,3}|\d{0,3}?(?=\D|$|(?:19|20)\d\d))(?:[-—–.]\d{1,2}(?=\D|$|(?:19|20)\d\d))*[:：、.]?|^§\d{1,3}"
)
_NUMBER_BEHIND = patterns.compile(r"(?<=.)(?:附?表|附件)\d{1,3}(?:[-—–.]\d{1,2})*$")
_YEARS = patterns.compile(r"((?:19|20)\d\d)年?(?:[-—~–至到]((?:19|20)\d\d)年?)?")
_TIME = patterns.compile(
    r"(?:截至|截止)?(?:19|20)\d\d年?(?:[-—~–至到](?:19|20)\d\d年?)?(?:年?末|年?底|度|上半年|\d{1,2}月(?:末|底|份|\d{1,2}日)?|[-—~–至]\d{1,2}月|1-\d{1,2}月|前三季度|一季度)*(?:年|度)?"
)
_TWICE = patterns.compile(r"^(.{6,}?)\1$")
_BRACKET = patterns.compile(r"\([^()]*\)$")
_BY = patterns.compile(r"(?:分[^分]{1,5})+$")
_AS_OF = patterns.compile(r"[年月]末|年底|余额|12月31日")
_PLACE = patterns.compile(r"^(?:[一-龥]{2,8}?(?:自治区|自治州|自治县|[省市县区州盟旗]))(?=.)")


class Caption(NamedTuple):
    """What a caption says."""

    measure: str
    """What the table measures; empty where the caption names no single measure."""
    core: str
    """What is left of it without number, time, place and furniture, measure or not."""
    budget: str | None
    """The budget whose items the rows are."""
    year: int | None
    last_year: int | None
    """A second year that it names (`2025年执行情况和2026年预算`)."""
    as_of: bool
    month: int | None
    """The month at whose end it stands (`2025年3月末`)."""
    subject: str | None
    status: Status | None
    change: bool
    """It names changes: 增长速度, 涨跌幅度."""


@lru_cache(maxsize=512)
def read_caption(caption: str | None) -> Caption:
    """What `caption` says.

    >>> c = read_caption("表5 2025年分行业固定资产投资（不含农户）增长速度")
    >>> c.measure, c.year, c.change
    ('固定资产投资', 2025, True)
    >>> c = read_caption("2025年市级政府性基金预算收支总表"); c.measure, c.budget, c.subject
    ('', '政府性基金预算', '市级')
    >>> read_caption("2026年全市一般公共预算收入预算（草案）").status, read_caption("2025年全市生产总值").measure
    ('target', '生产总值')
    """
    text = _TWICE.sub(r"\1", _NUMBER_BEHIND.sub("", _NUMBER.sub("", tidy(caption or ""), count=1)))
    found = _YEARS.search(text)
    spans = bool(found and found[2])
    years = [int(y) for pair in _YEARS.findall(text) for y in pair if y]
    rest = _TIME.sub("", text)
    subject, rest = _subject(rest)
    budget = next((b for b in sorted(words("captions.budgets"), key=len, reverse=True) if b in rest), None)
    core = _core(rest)
    return Caption(
        measure=core if _is_single(core) else "", core=core, budget=_full(budget), year=years[0] if years and not spans else None,
        last_year=years[-1] if years and not spans else None, as_of=bool(_AS_OF.search(text)), month=_month(text), subject=subject,
        status=_status(text), change=bool(re.search(r"涨跌|(?:增长|增减)(?:速度|情况|幅度|率)?(?:表)?$|增速(?:表)?$|增幅", rest)),
    )


def _month(text: str) -> int | None:
    found = re.search(r"(\d{1,2})月(?:末|底|\d{1,2}日)", text)
    return int(found[1]) if found and 1 <= int(found[1]) < 12 else None


def _full(budget: str | None) -> str | None:
    return None if budget is None else budget if budget.endswith("预算") else budget + "预算"


def _subject(text: str) -> tuple[str | None, str]:
    """The level of government that the caption is about, and what is left."""
    subject = None
    for name in ("captions.levels", "captions.selves"):
        if found := pattern(name).search(text):
            subject = found[0]
            text = text[: found.start()] + text[found.end() :]
            break
    return subject, _PLACE.sub("", text)


def _core(rest: str) -> str:
    """What is left of a caption when its furniture is taken off both ends."""
    text = re.split(r"以上年为|上年=", rest)[0]
    for _ in range(6):
        shorter = _BY.sub("", pattern("captions.ends", "(?:{})$").sub("", _BRACKET.sub("", text)))
        shorter = pattern("captions.starts", "^(?:{})").sub("", shorter).strip("的、，及和《》")
        if shorter == text:
            break
        text = shorter
    return text


def _is_single(core: str) -> bool:
    return is_measure(core) and not re.search("[和与、]", core)


@lru_cache(maxsize=16384)
def is_measure(name: str) -> bool:
    """Whether a name says by itself what is measured.

    >>> is_measure("税收收入"), is_measure("食品烟酒"), is_measure("粮食产量")
    (True, False, True)
    """
    return len(name) > 1 and pattern("rows.measures", "(?:{})(?:\\([^()]*\\))?$").search(name) is not None


def _status(text: str) -> Status | None:
    if re.search(r"执行|决算|完成|预计", text):
        return None if re.search(r"草案|和\d{4}年|建议", text) else "actual"
    return "target" if re.search(r"草案|预算表|预算安排|计划表|目标|预算(?:收入|支出)表", text) else None
