"""Filing: a name in its clause and the scope before it → indicator, subject, period, status of a figure."""

from __future__ import annotations

import re
from functools import cache

import msgspec
from msgspec.structs import replace

from reportparse import patterns
from reportparse.lexicon import alternatives, table
from reportparse.model import Status
from reportparse.records.completing import Short, complete
from reportparse.records.drafts import State
from reportparse.records.naming import bare_levels, holds_everywhere, is_level, is_zone, read_name, tidy
from reportparse.records.scope import A_YEAR, Scope, period_of
from reportparse.records.tokens import Token


class Filed(msgspec.Struct, frozen=True, gc=False):
    """Where a figure is to be filed."""

    indicator: str | None
    subject: str | None
    named: bool
    """The name stood right here."""
    flags: tuple[str, ...] = ()


_DURATION = patterns.compile(r"(?:\d+|[一二三四五六七八九十]+)年(?:来|间|内)?")


def file_under(state: State, text: str | None, unit: str | None = None) -> Filed:
    """The indicator and subject for a figure whose name is `text`, or that has none of its own."""
    scope = state.scope
    if text is None:
        return _carried(state, scope.whose if scope.own_name and not scope.pending else scope.subject)
    if _DURATION.fullmatch(text):
        return _carried(state, scope.whose if scope.own_name else scope.subject)  # 55.7%、5年提升10.6个百分点
    if state.accounts and text in bare_levels():
        return _carried(state, text)
    name = read_name(text, state.region)
    held = scope.whose if scope.own_name and (scope.in_parts or (scope.whose_place and not state.accounts)) else scope.subject
    subject = name.subject or (None if name.own else held)
    if not name.indicator or name.indicator in table("phrases")["sums"]:
        return _carried(state, subject)
    indicator = name.indicator
    if unit == "%":
        indicator = _in_full(indicator)
    base = (scope.indicator if scope.own_name else scope.main or scope.indicator) or scope.lead
    topic, account = scope.topic or state.setting.topic, scope.account if scope.own_name else None
    short = Short(indicator, base, scope, topic if account is None or topic and topic.startswith(account) else account, unit)
    return Filed(complete(short), subject, True)


def _in_full(indicator: str) -> str:
    """`占全国` in per cent is `占全国比重`."""
    if "占" not in indicator or indicator.endswith(tuple(table("phrases")["share_ends"])):
        return indicator
    return indicator + ("比" if indicator.endswith("占") else "比重")


def share_named(indicator: str, token: Token) -> str:
    """The indicator of a share, which says that it is one."""
    return _in_full(indicator) if token.mention is not None and token.mention.unit == "%" else indicator


def hold(state: State, scope: Scope, filed: Filed, text: str | None) -> Scope:
    """The scope after a figure filed under `text`: a level of government named there holds, 全市 ends it."""
    if text is None or scope.in_parts or scope.aside is not None:
        return scope  # of a breakdown or a bracket: it holds for itself
    name = read_name(text, state.region)
    if name.subject and (
        is_level(name.subject) and (state.accounts or holds_everywhere(name.subject)) or state.accounts and is_zone(name.subject)
    ):
        return replace(scope, subject=name.subject, subject_in=state.section)
    if name.own and scope.subject:
        return replace(scope, subject=None)
    return scope


def _carried(state: State, subject: str | None) -> Filed:
    scope = state.scope
    if scope.pending:
        name = read_name(scope.pending, state.region)
        return Filed(name.indicator or scope.indicator, name.subject or subject, True)
    flags = () if scope.own_name or scope.titled else ("carried_indicator",)
    return Filed(scope.indicator or scope.lead, subject, False, flags)


@cache
def _status_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = table("cues")
    return patterns.compile(alternatives(words["preliminary"])), patterns.compile(alternatives(table("sections")["goal_names"]))


def preliminary_name(text: str) -> bool:
    """Does a name say that its figure is provisional (初步核算全市…)?"""
    return bool(_status_words()[0].search(text))


def status_of(state: State, *texts: str | None, kinds: str = "", period: str | None = None) -> Status:
    """Achieved, provisional or planned, from the cue letters around a figure, its name and the scope.

    What is expected of a year that had not ended when the report was given is a target, whatever the verb; what a plan
    says of a time that it names and that was over stays achieved.
    """
    preliminary, goal = _status_words()
    if "G" in kinds or any(t and goal.search(t) for t in texts):
        return "target"
    if state.accounts and "E" not in kinds and any(t and _APPROVED.search(t) for t in texts):
        return "target"  # 人代会批准的收入预算22.8亿元,实际完成…
    default = state.scope.status or state.setting.status
    last = int(period[-10:].rpartition("/")[2][:4]) if period else None
    if default == "target" and state.scope.status is None and last and state.years.review and last <= state.years.review:
        default = "actual"
    if "P" in kinds or any(t and preliminary.search(t) for t in texts):
        default = default if default == "target" else "preliminary"
    ahead = period is not None and state.years.review is not None and int(period[:A_YEAR]) > state.years.review
    if ahead and (default == "preliminary" or default == "actual" and state.plans and period is not None and len(period) == A_YEAR):
        return "target"  # 2026年…预算收入安排6115万元: a year's account before its end is a plan
    return default


_APPROVED = patterns.compile(r"批准的.*预算")


def long_span(state: State) -> tuple[int, int] | None:
    """The years of the review that the sentence stands in, where it is of more than one."""
    span = None if state.scope.ahead else state.scope.span if state.scope.span is not None else state.setting.span
    return span if span and span[1] > span[0] else None


def period_here(state: State, tokens: list[Token], name: Token | None = None, *, of_times: bool = False) -> tuple[str | None, str | None]:
    """(period, the period said right here or None), from the time tokens beside the figure or the scope."""
    span = long_span(state)
    if name is not None and span and name.text.startswith(("五年", "5年")):
        return f"{span[0]}/{span[1]}", None
    said = None
    for k, token in enumerate(tokens):
        if token.kind != "T" or token.mention is None or of_times and k + 1 < len(tokens) and tokens[k + 1].text == "的":
            continue  # 是2020年的3倍: a base
        said = period_of(token.mention, state.setting, state.years) or said
    if said:
        return said, said
    if state.scope.period:
        return state.scope.period, None
    if state.scope.ahead or state.setting.ahead:
        return state.scope.ahead or state.setting.ahead, None
    return (str(state.setting.year) if state.setting.year else None), None


def period_before(state: State, tokens: list[Token]) -> str | None:
    """The time that a change set out from: said beside it, or the year before those spoken of."""
    said = period_here(state, tokens)[1]
    if said is not None:
        return said
    span, year = long_span(state), state.setting.year
    base = state.scope.base_year or (span[0] - 1 if span else year - 1 if year else None)
    return str(base) if base else None


def name_text(token: Token | None) -> str | None:
    """The text of a name token, without the blanks and signs around it."""
    return tidy(token.text) or None if token else None
