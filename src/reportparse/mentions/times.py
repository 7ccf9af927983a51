"""Times: years, months, days, quarters, plans, and words for them."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from reportparse import patterns
from reportparse.lexicon import alternatives, table
from reportparse.mentions.drafts import Draft, label
from reportparse.mentions.model import When
from reportparse.numerals import DIGITS, parse
from reportparse.rules import rule

_WORDS = table("times")
_YEARS: dict[str, int] = dict(_WORDS["years"])
_PLANS: dict[str, int] = dict(_WORDS["plans"])
_ABBREVIATED_CENTURY = 50
_ROC = 1911
"""The year before the first of the Republic of China."""

YEAR = r"(?:1[5-9]|20|21)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
_DAY = r"(?:[12]\d|3[01]|0?[1-9]|(?:[一二三]?十|廿)[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r"(?:—{1,2}|-{1,2}|~|至|到)"
_D = f"[{DIGITS}]"
_HEAD = (
    rf"(?:(?:公元)?(?P<year>{YEAR})年(?:度(?!假))?"
    rf"|(?P<chinese>[一二][〇零一七八九]{_D}{{2}}|[二两]千零{_D}|[二两]千(?=年[一二三四五六七八九十]{{1,2}}月))年(?:度(?!假))?"
    rf"|(?:中华)?民[国國](?P<roc>\d{{1,3}})年(?:度(?!假))?|(?P<rocs>1[01]\d)年度(?!假)"
    rf"|(?P<short>0\d|[1-9]\d)年(?=\d{{1,2}}月|[一二三四五六七八九十]{{1,2}}月|第?[一二三四首1-4]季|[上下]半年)"
    rf"|(?P<short2>0\d|9[0-9])年(?![代级均])"
    rf"|(?P<shortc>[零〇]{_D}|[五六七八九一二]{_D}(?=年(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月))年"
    rf"|(?P<word>(?:{alternatives(_YEARS)})))"
)
_EDGE = r"年?(?:(?P<end>末(?![端位])|底(?![线部层数])|终)|(?P<first>初(?![步中级次始衷])))"
_QUARTER = r"(?:第?(?P<quarter>[一二三四1-4首]|(?<=Q)[1-4])个?季(?:度|(?=[，。、末初]|$))|前(?P<quarters>[二两三23])个?季度)(?:[末初])?"
_INSIDE = (
    rf"(?:{_EDGE}"
    rf"|(?P<from>{_MONTH})月?(?:份)?{_TO}(?P<to>{_MONTH})月(?:份)?(?P<toend>[末底])?"
    rf"|(?P<month>{_MONTH})月(?:份)?(?:(?P<day>{_DAY})(?:{_TO}(?P<lastday>{_DAY}))?(?:[日号號]|(?=[至到，。]|$))|月?(?P<mend>[末底])|[初中]|[上中下]旬)?"
    rf"|{_QUARTER}"
    rf"|(?P<half>[上下前后])半年"
    rf"|前(?P<months>十[一]?|\d{{1,2}}|[一二两三四五六七八九])个?月"
    rf"|第(?P<nth>十[一]?|\d{{1,2}}|[一二三四五六七八九])个月|首(?P<jan>月)"
    r"|最[后後]\d个月|的?前\d{1,2}天)"
)
_HEAD_PATTERN = patterns.compile(_HEAD)
_INSIDE_PATTERN = patterns.compile(_INSIDE)
_SEP = patterns.compile(_TO)
_SINCE = patterns.compile(r"(?:以来|以來|至今|起(?!草|步|点|来|诉|到|降|重|的|义)|(?<=[月年])来(?=[，,]))")
_AS_OF = ("截至", "截止", "截止到", "截至到", "截止至")


def _number(said: str) -> int:
    value = {"首": 1, "元": 1, "正": 1}.get(said)
    return value or int(parse(said) or 0)


def _year(found: re.Match[str]) -> dict[str, Any]:
    """The year that a time opens with, absolute or relative."""
    if said := found["year"]:
        return {"year": int(said)}
    if said := found["chinese"]:
        return {"year": int(parse(said) or 0)}
    if said := found["roc"] or found["rocs"]:
        return {"year": int(said) + _ROC}
    if said := found["short"] or found["short2"] or found["shortc"]:
        value = int(parse(said) or 0)
        return {"year": value + (1900 if value > _ABBREVIATED_CENTURY else 2000)}
    return {"offset": _YEARS[said]} if (said := found["word"]) else {}


def _inside(found: re.Match[str]) -> dict[str, Any]:
    """The months and days inside the year."""
    if found["end"]:
        return {"as_of": True}
    if found["first"] or found["jan"]:
        return {"month": 1}
    if said := found["from"]:
        return {"month": _number(said), "month_end": _number(found["to"]), "as_of": False}
    if said := found["month"]:
        day = found["lastday"] or found["day"]
        return {"month": _number(said), "day": _number(day) if day else None, "as_of": bool(found["mend"])}
    if said := found["quarter"]:
        last = 3 * _number(said)
        return {"month": last - 2, "month_end": last}
    if said := found["quarters"] or found["months"]:
        return {"month": 1, "month_end": _number(said) * (3 if found["quarters"] else 1)}
    if said := found["half"]:
        return {"month": 1, "month_end": 6} if said in "上前" else {"month": 7, "month_end": 12}
    return {"month": _number(found["nth"])} if found["nth"] else {}


def _read(view: str, start: int) -> tuple[int, dict[str, Any]] | None:
    head = _HEAD_PATTERN.match(view, start)
    at = head.end() if head else start
    inside = _INSIDE_PATTERN.match(view, at)
    if not head and not inside:
        return None
    return inside.end() if inside else at, (_year(head) if head else {}) | (_inside(inside) if inside else {})


def calendar(view: str, start: int) -> Draft | None:
    """The whole time that begins at `start`: a point or a stretch, with 以来 and 截至."""
    read = _read(view, start)
    if read is None:
        return None
    end, fields = read
    sep = _SEP.match(view, end)
    if sep and (more := _read(view, sep.end())):
        stretch = _join(fields, more[1])
        if stretch is not None:
            end, fields = more[0], stretch
    before = view[max(0, start - 3) : start]
    full_start = start
    for word in _AS_OF:
        if before.endswith(word):
            fields["as_of"] = True
            full_start = start - len(word)
    if since := _SINCE.match(view, end):
        fields["since"] = True
        end = since.end()
    return Draft("time", start, end, {"when": When(**fields), "full_start": full_start})


def _join(first: dict[str, Any], last: dict[str, Any]) -> dict[str, Any] | None:
    """One stretch from `first` to `last`; None where `last` can't end it."""
    if "year" not in last and "offset" not in last:
        if last.get("month") is None and not last.get("as_of"):
            return None
        last = ({k: first[k] for k in ("year", "offset") if k in first} or {"offset": 0}) | last
        if first.get("day") is None and last.get("day") is None and last.get("month_end") is None and not last.get("as_of"):
            return first | {"month_end": last["month"]}
        return first | {"until": When(**last)}
    if "month" not in first and "month" not in last and "year" in first and "year" in last and not last.get("as_of"):
        return {"year": first["year"], "year_end": last["year"]}
    return first | {"until": When(**last)}


@rule(rf"(?:公元)?{YEAR}年|\d{{2}}年(?:度|\d|[一二三四五六七八九十]{{1,2}}月|第?[一二三四首1-4]季|[上下]半年)|[09]\d年|1[01]\d年度|{_MONTH}月|[1-4]季度|{_MONTH}{_TO}{_MONTH}月")
def calendar_time(match: re.Match[str], _: None) -> Draft | None:
    """Years, quarters, months and days in Arabic digits.

    >>> from reportparse.mentions import times
    >>> times("截至2023年底，2021年1—11月、3月26日、2017年8月至2018年3月和2024年以来")
    ['2023年底=2023-12-31', '2021年1—11月=2021-01/2021-11', '3月26日=2025-03-26', '2017年8月至2018年3月=2017-08/2018-03', '2024年以来=2024/2025']
    """
    return calendar(match.string, match.start())


@rule(rf"[一二][〇零一七八九]{_D}{{2}}年|[二两]千(?:零{_D})?年|[零〇五六七八九一二]{_D}年|(?:十[一二]?|[一二三四五六七八九])(?:月|{_TO}(?:十[一二]?|[一二三四五六七八九])月)|[一二三四]个?季度?")
def chinese_calendar_time(match: re.Match[str], _: None) -> Draft | None:
    """The same in Chinese numerals.

    >>> from reportparse.mentions import times
    >>> times("二〇二六年一月二十七日，一九五三年，一季度，十一月")
    ['二〇二六年一月二十七日=2026-01-27', '一九五三年=1953', '一季度=2025-01/2025-03', '十一月=2025-11']
    """
    return calendar(match.string, match.start())


@rule(r"第[一二三四1-4]个?季度|前[二两三23]个?季度|(?<![提目以之此])前(?:十[一]?|\d{1,2}|[一二两三四五六七八九])个?月|[上下]半年|首季|Q[1-4]季?度?")
def part_of_year(match: re.Match[str], _: None) -> Draft | None:
    """Quarters and halves.

    >>> from reportparse.mentions import times
    >>> times("前三季度增长，上半年下降，第四季度持平")
    ['前三季度=2025-01/2025-09', '上半年=2025-01/2025-06', '第四季度=2025-10/2025-12']
    """
    start = match.start()
    made = calendar(match.string, start + 1 if match[0][0] == "Q" else start)
    return made and replace(made, start=start)


@rule(rf"(?<!以)(?<!此)(?<!之)(?<!今)(?<!不)(?:{alternatives(_YEARS)})")
def relative_year(match: re.Match[str], _: None) -> Draft | None:
    """Years told from the report's own.

    >>> from reportparse.mentions import times
    >>> times("比上年增长，去年年底，今年以来，明年，上年同期")
    ['上年=2024', '去年年底=2024-12-31', '今年以来=2025', '明年=2026', '上年同期=2024']
    """
    view, start = match.string, match.start()
    if match[0] == "前年" and view[max(0, start - 1) : start] in ("年", "目", "当", "月", "度"):
        return None
    made = calendar(view, start)
    if made and view.startswith("同期", made.end):
        return replace(made, end=made.end + 2)
    return made


@rule(f"(?:{alternatives(_WORDS['carried']['words'])})")
def carried_over(match: re.Match[str], _: None) -> Draft:
    """The carry-overs of budgets and the budget of the year's beginning, which are items and no times.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("上年结转收入")]
    [('label', '上年结转')]
    """
    return label(*match.span())


@rule(rf"(?<![半])(?:{alternatives(_WORDS['edges'])})")
def year_edge(match: re.Match[str], _: None) -> Draft:
    """The beginning, middle or end of the year that is spoken of.

    >>> from reportparse.mentions import times
    >>> times("年末常住人口，比年初增加")
    ['年末=2025-12-31', '年初=2025-01']
    """
    edge = _WORDS["edges"][match[0]]
    since = _SINCE.match(match.string, match.end())
    fields: dict[str, Any] = {"offset": 0}
    fields |= {"as_of": True} if edge == "end" else {"month": 1} if edge == "start" else {}
    return Draft("time", match.start(), since.end() if since else match.end(), {"when": When(**fields)})


@rule(rf"(?:{alternatives([*_WORDS['now']['words'], *_WORDS['same']['words'], *_WORDS['other']['words'], *_WORDS['months']])})")
def named_time(match: re.Match[str], _: None) -> Draft | None:
    """Words that name a time: now, then, in recent years.

    >>> from reportparse.mentions import times
    >>> times("截至目前，同期，近年来")
    ['截至目前=2025', '同期=None', '近年来=None']
    """
    said = match[0]
    if match.start() and match.string[match.start() - 1] in _WORDS["unless"].get(said, ""):
        return None
    when = When(offset=0) if said in _WORDS["now"]["words"] else When(same=said in _WORDS["same"]["words"] or said in _WORDS["months"])
    return Draft("time", match.start(), match.end(), {"when": when})


@rule(r"[“\"'‘](?P<plan>十[一二三四五六]五|[一二三四五六七八九十]五)[”\"'’](?:规划|计划)?(?:期间|时期)?|(?P<bare>十[一二三四五六]五|[一二三四五六七八九]五(?=规划|计划|期间|时期|以来|末))(?:规划|计划)?(?:期间|时期)?")
def five_year_plan(match: re.Match[str], _: None) -> Draft:
    """The years of a five-year plan.

    >>> from reportparse.mentions import times
    >>> times("“十四五”期间，“十三五”以来，“九五”计划")
    ['“十四五”期间=2021/2025', '“十三五”以来=2016/2025', '“九五”计划=1996/2000']
    """
    view, end = match.string, match.end()
    number = _PLANS[match["plan"] or match["bare"]]
    since = _SINCE.match(view, end)
    if since:
        return Draft("time", match.start(), since.end(), {"when": When(plan=number, since=True)})
    edge = patterns.compile(r"(?:期)?(末|初)").match(view, end)
    if edge:
        year = 1951 + 5 * number + (4 if edge[1] == "末" else 0)
        return Draft("time", match.start(), edge.end(), {"when": When(year=year, as_of=edge[1] == "末")})
    return Draft("time", match.start(), end, {"when": When(plan=number)})


_MONTHS = patterns.compile(rf"{YEAR}\.\d{{1,2}}{_TO}(?:{YEAR}\.)?\d{{1,2}}")


def _months(parts: list[int]) -> When | None:
    """From a month to another, of the same year where none is said; None where they are no months or run backwards."""
    year, month, *rest = parts
    last = rest if len(rest) == 2 else [year, *rest]
    if not (1 <= month <= 12 and 1 <= last[1] <= 12 and [year, month] < last):
        return None
    if last[0] == year:
        return When(year=year, month=month, month_end=last[1])
    return When(year=year, month=month, until=When(year=last[0], month=last[1]))


@rule(rf"{YEAR}[-/.·](?:1[0-2]|0?[1-9])[-/.·](?:[12]\d|3[01]|0?[1-9])(?!\d)|{YEAR}-\d\d-\d\d(?=\d\d:\d\d)|(?<![\d.])0[1-9]-(?:0[1-9]|[12]\d|3[01])(?![\d.%‰万亿元])|{YEAR}-(?:0[1-9]|1[0-2])(?![\d年])|{YEAR}\.\d{{1,2}}{_TO}{YEAR}\.\d{{1,2}}(?![\d.])|{YEAR}\.\d\d-\d\d(?!\d)|(?:[12]\d|3[01]|0?[1-9])\.(?:1[0-2]|0?[1-9])\.{YEAR}(?!\d)|\d{{1,2}}[-/]\d{{1,2}}[-/](?:{YEAR}|\d\d)(?!\d)")
def numeric_date(match: re.Match[str], _: None) -> Draft:
    """Dates in digits and strokes.

    >>> from reportparse.mentions import times
    >>> times("2024-03-26，2015.5.13，2024/3/1")
    ['2024-03-26=2024-03-26', '2015.5.13=2015-05-13', '2024/3/1=2024-03-01']
    >>> times("2024.03-2024.11，2023.12—2024.3，2024.03-11")
    ['2024.03-2024.11=2024-03/2024-11', '2023.12—2024.3=2023-12/2024-03', '2024.03-11=2024-03/2024-11']
    """
    parts = [int(p) for p in re.findall(r"\d+", match[0])]
    if _MONTHS.fullmatch(match[0]) and (when := _months(parts)):
        return Draft("time", match.start(), match.end(), {"when": when})
    if len(parts[:3]) == 3 and re.match(YEAR + r"[^.]|\d{4}\.\d+\.", match[0]):
        when = When(year=parts[0], month=parts[1], day=parts[2])
    elif re.match(YEAR, match[0]):
        when = When(year=parts[0], month=parts[1]) if 1 <= parts[1] <= 12 else When(year=parts[0])
    elif len(parts) == 2 and match[0][0] == "0":
        when = When(month=parts[0], day=parts[1])
    else:
        when = When(same=True)
    return Draft("time", match.start(), match.end(), {"when": when})


@rule(rf"(?P<first>{YEAR})年?{_TO}(?P<last>{YEAR}|\d\d)(?:年度?|(?!\d))|(?P<list>{YEAR})(?=(?:[、和与及,]{YEAR}){{1,8}}年)")
def years(match: re.Match[str], _: None) -> Draft | None:
    """A range of years, or years that share their 年.

    >>> from reportparse.mentions import times
    >>> times("2021—2025年，2022、2023年")
    ['2021—2025年=2021/2025', '2022=2022', '2023年=2023']
    """
    if said := match["list"]:
        return Draft("time", match.start(), match.start("list") + len(said), {"when": When(year=int(said))})
    first, last = int(match["first"]), int(match["last"])
    if len(match["last"]) == 2:
        last += first // 100 * 100
        if not match[0].endswith(("年", "度")):
            return None
    if last <= first:
        return None
    return Draft("time", match.start(), match.end(), {"when": When(year=first, year_end=last)})


@rule(r"(?P<century>\d\d|[十二]?十[一九]?|上|本)世纪(?:(?P<ten>\d0|[二三四五六七八九]十)年代)?(?:末|初(?![步中级次始衷])|[前中后]期)?|(?P<tens>\d0|[二三四五六七八九]十)年代(?:末|初(?![步中级次始衷])|[前中后]期)?")
def decade(match: re.Match[str], _: None) -> Draft:
    """Centuries and decades.

    >>> from reportparse.mentions import times
    >>> times("20世纪80年代，九十年代初")
    ['20世纪80年代=1980/1989', '九十年代初=1990/1999']
    """
    said = match["century"]
    century = 19 if said is None else {"上": 20, "本": 21}.get(said) or int(parse(said) or 0)
    ten = match["ten"] or match["tens"]
    first = (century if said is None else century - 1) * 100 + (int(parse(ten) or 0) if ten else 0)
    return Draft("time", match.start(), match.end(), {"when": When(year=first, year_end=first + (9 if ten else 99))})


@rule(rf"(?P<day>{_DAY})(?:{_TO}{_DAY})?(?:日(?![均常元益前])|[号號](?=$|[，,、]\d+[号號]))")
def day_alone(match: re.Match[str], _: None) -> Draft | None:
    """A day whose month was said before.

    >>> from reportparse.mentions import find
    >>> [m.text for m in find("3月26日、28日") if m.kind == "time"]
    ['3月26日', '28日']
    """
    view, start, end = match.string, match.start(), match.end()
    if match[0][-1] in "号號" and start and view[start - 1] not in "，,、月":
        return None
    if end < len(view) and view.startswith(("内", "内", "期", "游"), end):
        return None
    return Draft("time", start, end, {"when": When(same=True)})


@rule(r"(?P<year>19\d\d|20\d\d|2100)(?![\d.,%年:/]|[，,]\d{3}\D|[、和与及]\d+(?:\.\d+)?[^年\d.])")
def bare_year(match: re.Match[str], _: None) -> Draft | None:
    """A year without its 年, where no measure follows.

    >>> from reportparse.mentions import times
    >>> times("2025合肥论坛")
    ['2025=2025']
    """
    return Draft("time", match.start(), match.end("year"), {"when": When(year=int(match["year"]))})
