"""Rules that bind no figure: times, leads, cues and punctuation move the scope; and its life over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from reportparse import patterns
from reportparse.clauses import Sentence
from reportparse.lexicon import alternatives, table
from reportparse.mentions.model import Mention
from reportparse.records.drafts import Bound, State
from reportparse.records.naming import is_level, measure_of, phrases, read_name, tidy
from reportparse.records.quantities import one, price_basis
from reportparse.records.scope import A_YEAR, YEARS, Scope, Setting, Years, period_of, section_cues
from reportparse.rules import rule

Match = re.Match[str]


@cache
def _preliminary() -> re.Pattern[str]:
    return patterns.compile(alternatives(table("cues")["preliminary"]))


@cache
def _goal() -> re.Pattern[str]:
    return patterns.compile(alternatives(table("sections")["goal_clauses"]))


def _of_a_record(view: str, at: int) -> bool:
    """Whether the years before are those of a record: 创近10年新高."""
    return view.startswith(tuple(table("cues")["since_then_most"]), at)


@rule(r"b?T")
def time_frames(match: Match, state: State) -> Bound | None:
    """`2025年，全市…`: a time holds for the figures after it, up to the full stop."""
    token = state.tokens[match.end() - 1]
    if token.mention is None:
        return Bound((), state.scope)
    period = period_of(token.mention, state.setting, state.years)
    if match[0] == "bT":
        compared = token.text.endswith(tuple(table("cues")["compared"]))
        if period is None or len(period) != A_YEAR or int(period) >= (state.years.review or 0) - 1 or not compared:
            return Bound((), state.scope)
        return Bound((), replace(state.scope, basis=period, base_year=int(period)))
    if state.accounts and token.text == "年初":
        return Bound((), state.scope)  # 年初…支出70.8亿元: as the budget of the year began
    if period is None or not _opens_clause(state, match.start()) or _of_a_record(state.view, token.end):
        return Bound((), state.scope)
    month = token.mention.when.month if token.mention.when is not None else None
    if state.setting.status == "target" and state.view.endswith(("截至", "截止", "截止到"), 0, token.start) and month not in {None, _LAST}:
        return Bound((), replace(state.scope, period=period, status="actual"))  # how far a plan's year has got
    span = _span_after(state.scope, period, token.mention, state.years.review, state.view)
    when = token.mention.when
    scope = replace(state.scope, period=period, span=span, ranged=when is not None and when.year_end is not None)
    year = state.years.review
    if when is not None and (when.span_years or 0) < 0:
        return Bound((), replace(scope, status="target", span=None))
    aims = when is not None and when.plan or state.view[max(0, token.start - 1):token.start] == "到"
    return Bound((), replace(scope, status="target") if aims and year is not None and int(period[:4]) > year else scope)


_LONG, _LAST = 3, 12
_SINCE = 2  # 自2013年以来


def _span_opened(period: str, mention: Mention, review: int | None) -> tuple[int, int] | None:
    """`五年来`, `“十四五”时期`: the years up to the one under review."""
    found = YEARS.fullmatch(period)
    when = mention.when
    if not found or when is None or review is None or not (when.span_years or when.plan or when.since):
        return None
    first, last = int(found[1]), min(int(found[2]), review)
    return (first, last) if last - first + 1 >= _LONG else None


def _span_after(scope: Scope, period: str | None, mention: Mention, review: int | None, view: str) -> tuple[int, int] | None:
    """The review that a time opens; `过去一年` and `刚刚过去的2017年` end one of several years."""
    if period and period == str(review) and view.endswith("过去的", 0, mention.start):
        return (int(period), int(period))
    aside = mention.when is not None and mention.when.since and mention.start > _SINCE  # 2013年以来新增的…: of this clause
    opened = _span_opened(period, mention, review) if period and not aside else None
    if opened is None and mention.when is not None and mention.when.span_years == 1 and review is not None:
        return (review, review)
    return opened or scope.span


_BEFORE_TIME = frozenset((*table("times")["before"]["to_come"], *table("times")["before"]["leads"]))


def _opens_clause(state: State, k: int) -> bool:
    """A time frames what follows where it opens a clause; elsewhere it is part of what is said (主要是上年一次性收入…)."""
    if k == 0 or state.tokens[k - 1].kind in ",;:.(ZVPXW":
        return True
    before = state.tokens[k - 1]
    if before.text in _BEFORE_TIME:
        return True
    return before.kind == "N" and (k == 1 or state.tokens[k - 2].kind in ",;:.(Z") and not read_name(before.text, state.region).indicator


@rule(r"Z[:,]?")
def parts_follow(match: Match, state: State) -> Bound | None:
    """`其中：`: what follows are parts of the last level."""
    scope = state.scope
    whole, unit = (scope.whole, scope.whole_unit) if scope.in_parts else (scope.sum or scope.level, scope.sum_unit or scope.level_unit)
    of_count = scope.counted_by if scope.indicator == scope.counted else None  # 23个行业增加值增长。其中,…
    lead = scope.lead if scope.in_parts and scope.lead else of_count or scope.indicator
    return Bound((), replace(scope,
        in_parts=True, whole=whole, lead=lead, names=(), whole_unit=unit,
    ))


@rule(r"(?P<name>N)(?P<pre>[V]*):")
def lead_follows(match: Match, state: State) -> Bound | None:
    """`主要产品产量：`: a measure that the items after it lean on."""
    name = one(state, match, "name")
    text = tidy(name.text) if name else ""
    scope = state.scope
    if measure_of(text):
        return Bound((), replace(scope, lead=read_name(text, state.region).indicator, lead_said=True, in_parts=True, whole=None))
    return _waits(state, text)


@rule(r"N(?=[,;.:(]|$|T|O|S[,;.])")
def name_waits(match: Match, state: State) -> Bound | None:
    """A name with no figure beside it: a place or level holds, a breakdown leans on what was measured, else it may wait."""
    return _waits(state, state.tokens[match.start()].text)


_OUGHT = patterns.compile(r"(?:我们|今后|还|也|就|一定)?(?:要|必须|应当|应该|力求)(?=[\u4e00-\u9fff]{2})(?!求|素|闻|件|领|点|道|塞|不是|么)")
_IN_TURN = patterns.compile(r"(?:的)?(?:依次|分别)(?:是|为)")
_ACHIEVED = patterns.compile(r"(?<=..)(?:再|屡)?创(?:下|出|造)?(?:历史|同期|历年)*(?:最好|最高)?(?:新高|水平|佳绩)\Z")
_CIRCUMSTANCE = patterns.compile(r"(?:后|时|情况下|基础上|以来|期间|同时|的是|方面|过程中|持平|不变|一致)\Z")
_GIVEN = patterns.compile(r"(?:若|如)?(?:不)?(?:剔除|扣除|考虑|执行中|按照|根据|受.{2,}影响|由于|因|相应|据|下一步|同时|其余|在此基础)")
_BREAKDOWN = patterns.compile(r"(?:分|按|从).{1,12}(?:看|分|划分)\Z|中\Z|方面\Z")


def _waits(state: State, text: str) -> Bound:
    scope = state.scope
    if _preliminary().search(text):
        return Bound((), replace(scope, status=scope.status or "preliminary"))
    if text.startswith("确保") and scope.own_name:
        return Bound((), scope)  # 支出24亿元,确保养老金按时发放: what it was for
    if _goal().search(text) or _OUGHT.match(text):
        return Bound((), replace(scope, status="target"))
    if price_basis(text) and len(text) < 16:
        return Bound((), replace(scope, price_basis=price_basis(text)))
    if _BREAKDOWN.search(text):
        inner = text.removesuffix("中")
        if (whose := read_name(inner.removeprefix("从"), state.region).subject) and is_level(whose):
            scope = replace(scope, subject=whose, subject_in=state.section)  # 从省本级收入具体情况看
        measured = read_name(tidy(inner.removeprefix("在")), state.region).indicator if measure_of(inner) else None
        waiting = scope.pending if measured or not inner.endswith(("排名", "排行", "考核", "评价")) else tidy(inner.removeprefix("在"))
        return Bound((), replace(scope,
            lead=measured or scope.lead or scope.indicator, lead_said=bool(measured) or scope.lead_said, pending=waiting,
        ))
    known = phrases()
    if _IN_TURN.match(text) or text.strip("的") in table("phrases")["no_names"]:
        return Bound((), scope)  # 前三位依次是甲、乙和丙: those are who stands there
    bare = tidy(_ACHIEVED.sub("", text))
    if is_level(bare):
        return Bound((), replace(scope, subject=bare, subject_in=state.section, pending=None))
    if known.own.fullmatch(bare):
        return Bound((), replace(scope, subject=None, pending=None))
    if _CIRCUMSTANCE.search(text) or _GIVEN.match(text):
        return Bound((), scope)
    return Bound((), replace(scope, pending=bare or scope.pending))


@rule(r"P")
def provisional(match: Match, state: State) -> Bound | None:
    """`初步统计，`: up to the next semicolon or full stop."""
    return Bound((), replace(state.scope, status=state.scope.status or "preliminary"))


@rule(r"G")
def aimed_at(match: Match, state: State) -> Bound | None:
    """`力争`: the figures after it are aims."""
    return Bound((), replace(state.scope, status="target"))


@rule(r"\(")
def bracket_opens(match: Match, state: State) -> Bound | None:
    """A bracket with figures: what it measures is an aside."""
    scope = state.scope
    if scope.in_parts or not scope.own_name:
        return Bound((), replace(scope, aside=scope))
    return Bound((), replace(scope, aside=scope, in_parts=True, whole=scope.level, whole_unit=scope.level_unit, lead=scope.indicator))


@rule(r"\)")
def bracket_closes(match: Match, state: State) -> Bound | None:
    """After the aside the name before it holds again."""
    scope = state.scope
    if scope.aside is None:
        return Bound((), replace(scope, pending=None))
    return Bound((), replace(scope.aside, pending=None, here=scope.here))


@rule(r";")
def clause_ends(match: Match, state: State) -> Bound | None:
    """A semicolon: a provisional word ends there, but for a sentence that opens with 其中."""
    scope = state.scope
    goes_on = state.tokens[0].kind == "Z" or scope.status != "preliminary"
    return Bound((), replace(scope, status=scope.status if goes_on else None, pending=None, thing=None))


RULES = [lead_follows, name_waits, time_frames, parts_follow, provisional, aimed_at, bracket_opens, bracket_closes, clause_ends]


def at_sentence(scope: Scope, view: str, ahead: str | None = None) -> Scope:
    """The scope as a sentence opens: 其中 goes on with the breakdown and the provisional word, others start anew; a plan named holds."""
    goes_on = view.startswith(tuple(table("cues")["of_which"]))
    return replace(scope,
        period=scope.period if goes_on else None,
        status=scope.status if goes_on else None,
        in_parts=scope.in_parts if goes_on else False,
        own_name=False, pending=None, aside=None, names=scope.names, field=None, price_basis=None, here=(), account=None, base_year=None, basis=None,
        ahead=ahead or scope.ahead, whose_place=goes_on and scope.whose_place,
        counted=scope.counted if goes_on else None, counted_by=scope.counted_by if goes_on else None,
        thing=scope.thing if goes_on else None, thing_unit=scope.thing_unit if goes_on else None,
    )


def after_sentence(scope: Scope) -> Scope:
    """The scope as a sentence ends."""
    return scope if scope.pending is None else replace(scope, pending=None)


def at_paragraph(scope: Scope, setting: Setting) -> Scope:
    """The scope as a paragraph opens: its lists and leads are gone, a subject that a heading named stays."""
    return replace(scope,
        subject=scope.subject or setting.subject, titled=scope.titled, lead=None, lead_said=False, names=(), in_parts=False,
        level=None, sum=None, sum_unit=None, whole=None, status=None, period=None, ahead=None,
    )


def without_figures(scope: Scope, sentence: Sentence, mentions: Sequence[Mention], setting: Setting, years: Years, region: str | None) -> Scope:
    """What a sentence without figures leaves: a lead such as `主要工业产品产量有升有降。`."""
    view = sentence.view.text
    for mention in mentions:
        if mention.kind == "time" and mention.when is not None and _frames_what_follows(mention, view):
            if _of_a_record(view, mention.end):
                continue
            period = period_of(mention, setting, years)
            scope = replace(scope, span=_span_after(scope, period, mention, years.review, view))
            break
    title = _title(view) if sentence.opens_line or sentence.is_heading else None
    if title:
        name = read_name(title, region)
        topic = section_cues().topic.search(title)
        if topic:
            scope = replace(scope, topic=topic[0], main=None, indicator=None, titled=False)
        elif not measure_of(name.indicator):
            scope = replace(scope, topic=None)
        if measure_of(name.indicator) or name.indicator.endswith(_INSURANCE):
            whose = name.subject or scope.subject
            return replace(scope, indicator=name.indicator, main=name.indicator, titled=True, pending=None, subject=whose)
    if len(view) <= 40 and not sentence.is_heading and any(word in view for word in _lead_words()):
        found = _lead_inside().match(view)
        if found:
            lead = read_name(found["name"], region).indicator
            return replace(scope, lead=lead, lead_said=True, indicator=lead, pending=None)
    return replace(scope, pending=None)


_NEAR_START = 12


def _frames_what_follows(mention: Mention, view: str) -> bool:
    """A time near the start of a sentence, or the year that has just passed, wherever it is said."""
    near = mention.start < _NEAR_START or view.endswith("过去的", 0, mention.start)
    return near and mention.when is not None and not mention.when.duration


_INSURANCE = ("保险", "基金", "保障", "债券")
_TITLE = patterns.compile(r"[—\-·●◆*\s]*(?P<name>[^,，。；;：:！？\d]{2,24})[。:：]?\Z")


def _title(view: str) -> str | None:
    """A title that stands for itself: `——一般公共服务支出。`."""
    found = _TITLE.match(view)
    return found["name"] if found else None


@cache
def _lead_words() -> tuple[str, ...]:
    """What a lead ends with: without any of these there is none."""
    return (":", "：", *table("phrases")["lead_verbs"])


@cache
def _lead_inside() -> re.Pattern[str]:
    measures = alternatives(table("phrases")["measures"])
    moved = alternatives(table("phrases")["lead_verbs"])
    return patterns.compile(f"(?P<name>[^,，。:：;；]{{2,24}}?(?:{measures}))(?:{moved}|[:：])")
