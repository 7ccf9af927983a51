"""What travels from clause to clause, and what a section says of the figures under it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import msgspec

from reportparse import patterns
from reportparse.lexicon import alternatives, table
from reportparse.mentions.model import Mention, When
from reportparse.model import Status


class Years(NamedTuple):
    """The years that a report's words for time lean on."""

    review: int | None
    """The year that the report is about."""
    now: int | None
    """The year it was given in: what 今年 means."""


class Setting(NamedTuple):
    """What the headings above a sentence say: whose figures, of which year, achieved or planned."""

    year: int | None
    status: Status
    subject: str | None
    topic: str | None
    """The account that the innermost heading names."""
    span: tuple[int, int] | None = None
    """The years of a review of several."""
    ahead: str | None = None
    """The years of the five-year plan whose aims these are."""
    own: bool = False
    """The innermost heading that says whose they are names the report's own region (全市): what held before ends."""


class Scope(msgspec.Struct, frozen=True):
    """What a clause takes from the ones before it. It ends with its section."""

    subject: str | None = None
    period: str | None = None
    ranged: bool = False
    """The period was said as a range of years (2020年到2025年)."""
    status: Status | None = None
    indicator: str | None = None
    """What the last figure measured."""
    main: str | None = None
    """The last indicator that was no part of another."""
    aside: Scope | None = None
    """The scope before a bracket with figures opened: it comes back when the bracket closes."""
    own_name: bool = False
    """Its name stood in this sentence."""
    lead: str | None = None
    """The measure that a breakdown leans on (其中, 分行业看, 主要产品产量：)."""
    lead_said: bool = False
    """The lead was stated for its own sake: every item under it that has no measure takes it."""
    subject_in: tuple[str, ...] = ()
    """The section in which `subject` was named: it holds there and below."""
    pending: str | None = None
    """A name that has had no figure yet."""
    names: tuple[str, ...] = ()
    """The indicators of the last list, one a figure."""
    level: str | None = None
    """Id of the last level, for what is said about it."""
    whole: str | None = None
    """Id of the level that 其中 breaks down."""
    whole_unit: str | None = None
    """Canonical unit of that level: parts in it that lack a measure take the whole's."""
    level_unit: str | None = None
    sum: str | None = None
    """Id of the last level that is no ratio: 其中 after 收入47亿元,占比50% breaks down the money."""
    sum_unit: str | None = None
    recent: tuple[str, ...] = ()
    """The last indicators of the section: a later short name may be the tail of one."""
    span: tuple[int, int] | None = None
    """The years that 五年来 or “十四五”时期 opened, until another time is named or the section ends."""
    titled: bool = False
    """A title of its own (——教育支出。) names what the figures after it measure."""
    topic: str | None = None
    """The account that such a title names."""
    basis: str | None = None
    """The base of the last change in the sentence."""
    base_year: int | None = None
    """The year that the last change of the sentence was measured from."""
    whose: str | None = None
    """The subject of the last figure: what is said of the same thing keeps it."""
    whose_place: bool = False
    """That subject is a place that the sentence named: it holds up to the full stop, or until another is named."""
    verb: str | None = None
    """The verb of the last count (新增): the items joined to it by 、 share it."""
    account: str | None = None
    """The account that the last figure of the sentence to name one was of: 社会保险基金收入…,支出…."""
    here: tuple[str, ...] = ()
    """The indicators of this sentence, each once, in order."""
    counted: str | None = None
    """The indicator of the sentence's last count, and of what `thing` it was, without its verb."""
    counted_by: str | None = None
    """What was measured of the things counted, so that it decided which they were (23个行业增加值增长)."""
    thing: str | None = None
    thing_unit: str | None = None
    """Canonical measure word of that count; None where the thing was named and not counted (九大湖泊中)."""
    ahead: str | None = None
    """The years of a plan to come that the paragraph speaks of (《纲要》, “十五五”规划)."""
    field: str | None = None
    """The field of the last ranking in the sentence."""
    in_parts: bool = False
    """After 其中: what follows is part of `whole`."""
    price_basis: str | None = None


class SectionCues(NamedTuple):
    """Patterns of headings."""

    plan: re.Pattern[str]
    plan_part: re.Pattern[str]
    span: re.Pattern[str]
    review: re.Pattern[str]
    topic: re.Pattern[str]
    own: re.Pattern[str]
    subject: re.Pattern[str]


_YEAR = patterns.compile(r"(?<!\d)((?:19|20)\d\d)年(?!.{0,30}报告)")


@cache
def section_cues() -> SectionCues:
    """The heading tables, compiled once."""
    words = table("sections")
    return SectionCues(
        patterns.compile(alternatives(words["plan"])),
        patterns.compile(alternatives([*words["plan"], *words["plan_part"]])),
        patterns.compile(alternatives(words["spans"])),
        patterns.compile(alternatives(words["review"])),
        patterns.compile(alternatives(words["budgets"])),
        patterns.compile(alternatives(table("phrases")["own_region"])),
        patterns.compile(
            rf"{alternatives(table('phrases')['levels'])}|"
            rf"(?:{alternatives(table('phrases')['levels_of_headings'])})(?=[^和与及、]{{0,4}}(?:{alternatives(table('sections')['accounts_of_headings'])}))|"
            rf"(?:(?<=[、)）.．\d年\s])|^)(?![年和及与各])[\u4e00-\u9fff]{{2,14}}?(?:{alternatives(table('phrases')['zones'])})(?=\Z|20\d\d年|{alternatives(table('phrases')['budget_heads'])}|预算|收支|财政)"
        ),
    )


def setting_of(headings: tuple[str, ...], years: Years) -> Setting:
    """Read the headings, outermost first; an inner one overrules an outer.

    >>> setting_of(("一、2025年工作回顾", "(一)工业"), Years(2025, 2026))[:2]
    (2025, 'actual')
    >>> setting_of(("三、下一步工作安排",), Years(2023, 2024))[:2]
    (2024, 'target')
    """
    known = section_cues()
    year, status, subject, topic, span, ahead, own = years.review, "actual", None, None, None, None, False
    for depth, heading in enumerate(headings):
        said = _YEAR.search(heading)
        told = int(said[1]) if said else None
        planned = _last((known.plan if depth else known.plan_part), heading)
        if told is not None and years.review is not None and told > years.review and not known.review.search(heading, said.end() if said else 0):
            planned = len(heading)
        looked_back = _last(known.review, heading)
        if looked_back > planned:
            status, year, ahead = "actual", told if told is not None else year, None
            if told is None and known.span.search(heading) and years.review is not None:
                span = (years.review - 4, years.review)
        elif planned >= 0 and (told is None or years.review is None or told > years.review or status == "target"):
            status = "target"
            year = told if told is not None else _next(years)
            ahead = None if told is not None else _plan_named(heading, years) or ahead
        elif told is not None:
            year = told
        if found := known.topic.search(heading):
            topic = found[0]
        whole = known.own.search(heading) is not None
        if found := known.subject.search(heading):
            subject, own = (subject, own) if whole else (found[0], False)  # 全市和市本级预算: neither alone
        elif whole and known.topic.search(heading):
            subject, own = None, True
    return Setting(year, status, subject, topic, span, ahead, own)  # type: ignore[arg-type]


@cache
def _plans() -> re.Pattern[str]:
    return patterns.compile(rf"[“\"「](?P<plan>{alternatives(table('times')['plans'])})[”\"」](?:时期|期间|规划)?")


def _plan_named(heading: str, years: Years) -> str | None:
    """The years of the five-year plan that a heading of aims names, if they are still to come: “十五五”时期 in 2026."""
    found = _plans().search(heading)
    return _still_to_come(table("times")["plans"][found["plan"]], years) if found else None


def _still_to_come(plan: int, years: Years) -> str | None:
    period, now = When(plan=plan).resolve(None), years.now or years.review
    return period if period and now and int(period[:4]) >= now else None


_OUTLINE = patterns.compile(r"《[^》]{0,30}纲要[^》]{0,8}》|规划纲要")


def plan_spoken_of(view: str, years: Years) -> str | None:
    """The years of the plan that a sentence on its outline speaks of: the one that begins with or after the year it is given in.

    >>> plan_spoken_of("《纲要(草案)》提出了主要指标", Years(2025, 2026)), plan_spoken_of("全市经济平稳运行", Years(2025, 2026))
    ('2026/2030', None)
    """
    now = years.now or years.review
    if now is None or not _OUTLINE.search(view):
        return None
    return _plan_named(view, years) or _still_to_come(-((1951 - now) // _PLAN_LENGTH), years)


A_YEAR = 4
"""Length of a period that is a year."""
YEARS = patterns.compile(r"((?:19|20)\d\d)/((?:19|20)\d\d)")
"""A period of several years."""


def years_named(scope: Scope, period: str | None) -> tuple[int, int] | None:
    """The first and the last year of a range said as such (2020年到2025年): the first is what the last is set against."""
    found = YEARS.fullmatch(period) if period else None
    return (int(found[1]), int(found[2])) if found and scope.ranged and scope.period == period else None


_PLAN_LENGTH = 5  # years; the first began in 1953 and the second's count makes plan N begin in 1951 + 5N


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends, -1 for none."""
    return max((m.end() for m in pattern.finditer(text)), default=-1)


def _next(years: Years) -> int | None:
    """The year that a plan without a year is for."""
    if years.now and (years.review is None or years.now > years.review):
        return years.now
    return years.review + 1 if years.review else None


_NOW = patterns.compile(r"今年|本年|今|明年|去年|前年|来年")


def period_of(mention: Mention, setting: Setting, years: Years) -> str | None:
    """ISO period of a time mention: 今年 leans on the year the report was given in, 上年 and 年末 on the year under review."""
    when = mention.when
    if when is None:
        return None
    anchor = setting.year
    if when.offset is not None and when.year is None and _NOW.match(mention.text) and years.now is not None:
        anchor = years.now
        if mention.text.startswith(("今年", "本年")) and setting.status == "actual" and setting.year == years.review:
            anchor = years.review if years.review is not None else years.now
    if when.span_years is not None and when.span_years < 0:
        anchor = _next(years)
    return when.resolve(anchor)
