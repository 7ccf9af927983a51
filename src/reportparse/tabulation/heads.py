"""Reads the headers of a column: what it measures, in which unit, of when, how settled, and whether it is a change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reportparse import patterns
from reportparse.model import Status
from reportparse.tabulation.model import Head, Kind
from reportparse.tabulation.places import level_or_place
from reportparse.tabulation.wordlists import pattern, words

_UNIT = patterns.compile(r"\((?:单位[:：])?([^()]{1,16}(?:\([^()]{1,6}\))?)\)")
_UNITLIKE = patterns.compile(
    r"[十百千万亿]{0,2}(?:[%‰元吨人户个家件亩头只台辆米升天倍次套瓦克条座所项张部片枚颗块株羽床岁秒年月]"
    r"|美元|公顷|公里|千米|千瓦|平方|立方|标准|人次|TEU|标箱|千伏|毫|微克|克/|百分点|个百分点|kW|km|GW|X|元/|年|‱|℃|吉焦|焦|箱|班|处|起|份|名|宗|册|标)"
    r"[^年月末]{0,9}"
)
_BASE_100 = patterns.compile(r"(?:以)?(上年|上月|同期|\d{4}年?)(?:同期|同月)?(?:为|=)100%?")
_YEAR = patterns.compile(r"((?:19|20)\d\d)(?:年度?|(?=$|\D))")
_YEARS = patterns.compile(r"(?:19|20)\d\d年?[-—~–至到](?:(?:19|20)\d\d)年?")
_MONTHS = patterns.compile(r"(\d{1,2})(?:月)?[-—~–至](\d{1,2})月|(\d{1,2})月份?(?!\d)|(上半年)|(前三季度)|(一季度)")
_AGAINST = patterns.compile(r"(?<![占])(?:比|较|与)(?=上|去|年初|前|\d|同期|预算|决算|执行|基期|年度|调整|本年|当年|期初|计划)")
_PART = patterns.compile(
    r"(占|为|完成|达|相当于|是)(.{0,18}?)(?:的)?(?:%|\(%\)|比例|比重|百分比|率|进度|百分率)|(?:^|数)(占|为|完成)((?:全年|年初|调整后?|变动|汇总|年度)?(?:预算|计划|任务)数?)$"
)
_BUDGET = patterns.compile(r"(?:完成|占|为|达|是)(?:了)?(?:全年|年度|本年)?(年初|调整后|调整|变动|汇总|代编|汇编)?(?:的)?预算")
_MARK = patterns.compile(r"^[①-⑳](?=[一-龥])|(?:\[\d{1,2}\]|[①-⑳*])$")
_DOTTED = patterns.compile(r"((?:19|20)\d\d)\.(1[0-2]|0?[1-9])$")
_PARTS = patterns.compile(r"^其中(?:[:：]|$)")
_ADJUSTED = patterns.compile(r"(?:调整|变动)后?(?:的)?(?:收入|支出)?预算|预算(?:调整|变动)")
_AS_OF = patterns.compile(r"[年月季期]末|年底|余额|存量|[12]\d月31日|时点")
_WHEN_WORDS = patterns.compile(
    r"(?:19|20)\d\d\.\d{1,2}|(?:19|20)\d\d(?:年度?)?(?:末|底)?|(?:上|去|本|今|当|前)年度?(?:同期)?(?:末|底|初)?|上期|本期|同期|年末|年底|期末|期初|年初"
    r"|\d{1,2}(?:月)?[-—~–至]\d{1,2}月(?:份)?|\d{1,2}月(?:份|末|底)?|上半年|下半年|前三季度|[一二三四]季度|全年"
)
_LEFT = patterns.compile(r"^[的数为及其、,，:：/\-—+()（）%]+|[的为及其、,，:：/\-—+(]+$")
_PRICES = patterns.compile(
    r"\((?:按)?(?:不变价|可比价|可比口径|现价|当年价|同口径|自然口径)[^()]*\)"
    r"|(?:按)?(?:不变价格?|可比价格?|可比口径|现价|当年价格?|同口径)(?:计算)?"
)


@lru_cache(maxsize=4096)
def read_head(path: tuple[str, ...]) -> Head:
    """What the header texts `path` (tidied, outermost first) say.

    >>> h = read_head(("2025年执行数", "占预算%"))
    >>> h.kind, h.noun, h.unit, h.year, h.status
    ('share', '完成预算比例', '%', 2025, 'actual')
    >>> h = read_head(("2026年预算", "比2025年执行数增减", "金额"))
    >>> h.kind, h.year, h.against, h.status
    ('change', 2026, '2025', 'target')
    >>> h = read_head(("利润总额(亿元)",)); h.noun, h.unit, h.kind
    ('利润总额', '亿元', 'level')
    """
    clean, unit = _without_units(path)
    joined = _BASE_100.sub("", "/".join(clean)).replace("()", "")
    kind = _kind(joined, clean)
    before, after = _compared(joined) if kind == "change" else (joined, "")
    if kind == "share" and (part := _PART.search(clean[-1])):
        before = joined[: len(joined) - len(clean[-1]) + part.start()]
    told = before if _YEAR.search(before) or kind != "change" else re.sub(_YEAR, "", before)
    status = _status(before)
    year, offset, months = _when(told)
    subject, rest = _subject(clean)
    noun = _noun(rest, kind)
    if kind == "share" and not noun:
        noun = _share_noun(joined)
    rate = kind == "share" or (kind == "change" and _counts_percent(clean))
    if unit is None and ((clean and clean[-1].endswith(("%", "‰"))) or _ends_rate(clean)):
        unit = "‰" if clean[-1].endswith("‰") else "%"
    if kind == "level" and _BASE_100.search("/".join(path)):
        unit = unit or ""
    return Head(
        path=tuple(clean), kind=kind, noun=noun, unit=unit, status=status, year=year, offset=offset, months=months,
        as_of=bool(_AS_OF.search(before)), against=_basis(joined, after) if kind == "change" else None,
        falls=kind == "change" and _falls(joined), subject=subject, scope=_scope(joined) if kind == "rank" else None, rate=rate,
        budget="调整预算" if kind == "level" and status == "target" and _ADJUSTED.search(before) else "",
    )


def _without_units(path: Sequence[str]) -> tuple[list[str], str | None]:
    """The texts less their unit brackets, and the innermost unit."""
    clean: list[str] = []
    unit = None
    for text in path:
        if text.startswith(("单位:", "单位：")):
            unit = text[3:]
            continue
        kept = _PARTS.sub("", _MARK.sub("", text))
        for found in _UNIT.finditer(text):
            if _UNITLIKE.fullmatch(found[1]) and not _BASE_100.search(found[1]):
                unit = found[1]
                kept = kept.replace(found[0], "", 1)
        if kept:
            clean.append(kept)
    return clean, unit


def _kind(joined: str, clean: Sequence[str]) -> Kind:
    if pattern("columns.ranks").search(clean[-1] if clean else ""):
        return "rank"
    plain = pattern("columns.levels").sub("", _BASE_100.sub("", joined))
    if clean and _PART.search(clean[-1]) and not _AGAINST.search(clean[-1]):
        tail = _PART.search(clean[-1])
        if tail and not pattern("columns.changes").search(clean[-1][tail.end() :]) and not re.search("增长率|增幅|增速", clean[-1]):
            return "share"
    if pattern("columns.changes").search(plain) or _AGAINST.search(plain):
        return "change"
    last = clean[-1] if clean else ""
    if last in words("columns.shares") or _share_word(last):
        return "share"
    return "level"


def _share_word(last: str) -> bool:
    """Whether a header that is only a ratio's word stands last: 占比, 2024年比重.

    >>> _share_word("2024年占比"), _share_word("资产负债率")
    (True, False)
    """
    rest = _WHEN_WORDS.sub("", last).rstrip("%")
    return rest in words("columns.shares")


def _compared(joined: str) -> tuple[str, str]:
    """What stands before and after 比 of a comparison."""
    found = _AGAINST.search(joined)
    return (joined[: found.start()], joined[found.start() :]) if found else (joined, "")


def _status(text: str) -> Status | None:
    """The status that the last of a header's words gives: 2025年预算 → target.

    >>> _status("2025年预计执行数"), _status("2025年调整预算数"), _status("金额"), _status("占预算%")
    ('preliminary', 'target', None, None)
    """
    plain = _BUDGET.sub("", re.sub(r"一般公共预算|政府性基金预算|国有资本经营预算|社会保险基金预算|部门预算", "", text))
    found: Status | None = None
    for level in plain.split("/"):
        if pattern("columns.preliminary").search(level):
            found = "preliminary"
        elif pattern("columns.actual").search(level):
            found = "actual"
        elif pattern("columns.target").search(level):
            found = "target"
    return found


def _when(text: str) -> tuple[int | None, int | None, tuple[int, int] | None]:
    """Year, or offset from the table's year, and months.

    >>> _when("2024年决算数"), _when("上年同期数"), _when("2025年1-9月"), _when("2025.3")
    ((2024, None, None), (None, -1, None), (2025, None, (1, 9)), (2025, None, (3, 3)))
    """
    if _YEARS.search(text):
        return None, None, None
    years = _YEAR.findall(text)
    months = None
    if found := _MONTHS.search(_YEAR.sub("", text)):
        first, last, one, half, three, quarter = found.groups()
        pair = (1, 6) if half else (1, 9) if three else (1, 3) if quarter else (int(one),) * 2 if one else (int(first), int(last))
        months = pair if 1 <= pair[0] <= pair[1] <= 12 and pair != (1, 12) else None
    if years:
        if months is None and (dotted := _DOTTED.search(text)):
            months = (int(dotted[2]), int(dotted[2]))
        return int(years[-1]), None, months
    if re.search(r"上年|去年|上期", text):
        return None, -1, months
    if re.search(r"前年", text):
        return None, -2, months
    if re.search(r"本年|今年|当年|本期", text):
        return None, 0, months
    return None, None, months


def _basis(joined: str, after: str) -> str:
    """`year_on_year`, `period_on_period`, or the year that is named."""
    if "环比" in joined or re.search(r"上月|上季", after):
        return "period_on_period"
    if found := _YEAR.search(after):
        return found[1]
    return "year_on_year"


def _falls(joined: str) -> bool:
    """Whether the header counts what fell: 降幅; 增减, 升降 do not."""
    return bool(pattern("columns.falls").search(joined)) and not re.search(r"增|升|涨|提高|±|\+", joined)


def _counts_percent(clean: Sequence[str]) -> bool:
    """Whether a change is in % where no unit is said: 增长, 增幅; not 增减额, 增收."""
    text = "/".join(clean)
    if re.search(r"额|金额|数量|绝对|增收|增支|减收|减支|百分点", clean[-1] if clean else ""):
        return False
    return bool(pattern("columns.rates").search(text))


def _ends_rate(clean: Sequence[str]) -> bool:
    return bool(clean) and _UNIT.sub("", clean[-1]).endswith(("(%)",))


def _scope(joined: str) -> str | None:
    found = re.search(r"(?:在)?(全[国省市区县州球]|[一-龥]{2,8}?[省市区州])(?:内)?(?=排名|位次|名次|排位|第)", joined)
    return found[1] if found else None


def _subject(clean: Sequence[str]) -> tuple[str | None, list[str]]:
    """The place or level of government that one of the texts is, and the other texts."""
    rest = list(clean)
    for k in range(len(rest) - 1, -1, -1):
        if (name := level_or_place(rest[k])) is not None:
            return name, rest[:k] + rest[k + 1 :]
    return None, rest


def _share_noun(joined: str) -> str:
    """The name of a share: 完成预算比例; others as printed.

    >>> _share_noun("2025年执行数/占调整预算%"), _share_noun("决算数为上年决算数的%"), _share_noun("所占比重%")
    ('完成调整预算比例', '为上年决算数比例', '比重')
    """
    last = joined.split("/")[-1]
    if (found := _BUDGET.search(last)) or (found := re.search(r"(?:完成|占|为)(年初|调整|变动)?预算", last)):
        return f"完成{(found[1] or '').removesuffix('后')}预算比例"
    if found := _PART.search(last):
        verb, whole = found[1] or found[3], (found[2] or found[4] or "").rstrip("的")
        if whole and whole not in ("所", "全部"):
            return f"{verb}{whole}{'比重' if verb == '占' else '比例'}" if len(whole) > 1 else f"{verb}{whole}比"
    bare = _WHEN_WORDS.sub("", last).rstrip("%").removeprefix("所占")
    return bare if bare and bare != "%" else "比重"


def _noun(levels: Sequence[str], kind: Kind) -> str:
    """What is left of the headers when time, status, change and unit are taken out.

    >>> _noun(["地区生产总值", "比上年增长"], "change"), _noun(["2025年决算数"], "level"), _noun(["产量"], "level")
    ('地区生产总值', '', '产量')
    """
    parts: list[str] = []
    for level in levels:
        if kind == "share" and level is levels[-1] and (_PART.search(level) or _share_word(level) or level in words("columns.shares")):
            continue
        rest = _noun_of(level, kind)
        if rest and rest not in parts:
            parts.append(rest)
    return "".join(parts)


@lru_cache(maxsize=4096)
def _noun_of(level: str, kind: Kind) -> str:
    text = _PRICES.sub("", _BASE_100.sub("", level))
    kept = ""
    if kind == "change":
        head = _AGAINST.split(text, maxsplit=1)[0]
        if pattern("columns.levels").search(head):
            kept = head
        cut = pattern("columns.changes").search(head) if not kept else None
        text = kept or (head[: cut.start()] if cut else head)
    if kind == "rank":
        text = pattern("columns.ranks").sub("", re.sub(r"全[国省市区县州]", "", text))
    text = _BUDGET.sub("", text) if kind == "share" else text
    text = _WHEN_WORDS.sub("", _YEARS.sub("", text))
    text = pattern("columns.actual", "(?:{})$").sub("", text)
    text = pattern("columns.preliminary", "(?:{})$").sub("", text)
    if not re.search(r"(?:公共|基金|经营|部门)预算$", text):
        text = pattern("columns.target", "(?:{})$").sub("", text)
    text = _LEFT.sub("", _UNIT.sub("", text.replace("()", "")).replace("其中:", "").replace("其中", ""))
    text = pattern("columns.before", "^(?:{})(?=.)").sub("", text)
    return "" if text in words("columns.generic") else text
