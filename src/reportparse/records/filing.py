"""Filing: a name in its clause and the scope before it → indicator, subject, period, status of a figure."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from reportparse.lexicon import alternatives, table
from reportparse.model import Status
from reportparse.records.drafts import State
from reportparse.records.naming import is_level, is_member, measure_of, phrases, read_name, tidy
from reportparse.records.scope import Scope, period_of
from reportparse.records.tokens import Token


class Filed(NamedTuple):
    """Where a figure is to be filed."""

    indicator: str | None
    subject: str | None
    named: bool
    """The name stood right here."""
    flags: tuple[str, ...] = ()


def file_under(state: State, text: str | None, unit: str | None = None) -> Filed:
    """The indicator and subject for a figure whose name is `text`, or that has none of its own."""
    scope = state.scope
    if text is None:
        return _carried(state, scope.whose if scope.own_name and not scope.pending else scope.subject)
    name = read_name(text, state.region)
    subject = name.subject or (None if name.own else scope.subject)
    if not name.indicator or name.indicator in _SUMS:
        return _carried(state, subject)
    indicator = name.indicator
    base = (scope.indicator if scope.own_name else scope.main or scope.indicator) or scope.lead
    budgeted = _with_budget(state, indicator)
    if budgeted != indicator:
        return Filed(budgeted, subject, True)
    if indicator.startswith("占") and base:
        return Filed(_stem_for_share(base) + indicator, subject, True)
    trade = _trade(indicator, scope.indicator if scope.in_parts or scope.own_name else None)
    if trade:
        return Filed(trade, subject, True)
    if base and indicator in _ACCOUNTS and measure_of(base) in _ACCOUNTS:
        return Filed(_stem(base, indicator) + indicator, subject, True)
    if base and (indicator in phrases().bare or (scope.own_name or scope.titled) and indicator in phrases().leaning):
        return Filed(_stem(base, indicator) + indicator, subject, True)
    longer = next((r for r in scope.recent if r != indicator and r.endswith(indicator)), None) if len(indicator) <= 5 and indicator.endswith(("率", "比例")) else None  # noqa: PLR2004
    if longer:
        return Filed(longer, subject, True)
    same_unit = unit is not None and scope.in_parts and unit == scope.whole_unit and measure_of(indicator) is None
    if base and scope.own_name and scope.level_unit != "%" and len(indicator) <= _SHORT_SHARE and indicator.endswith(("占比", "比重")) and "占" not in indicator[:-2]:
        return Filed(_stem(base, "占比") + indicator, subject, True)
    measure = _shared_measure(scope)
    if measure and measure_of(indicator) is None and not _act(indicator) and (
        same_unit
        or is_member(indicator) and unit in (None, scope.level_unit)
        or scope.lead_said and (unit is None or unit == scope.level_unit or measure in _PRODUCED and unit not in _things())
    ):
        return Filed(indicator + measure, subject, True)
    return Filed(indicator, subject, True)


_ACCOUNTS = frozenset({"收入", "支出", "结余"})


def _trade(indicator: str, base: str | None) -> str | None:
    """`进出口总额…其中出口`: the part in the words of the whole."""
    if base is None or indicator not in {"进口", "出口", "进口额", "出口额"}:
        return None
    way = indicator[:2]
    for word in ("进出口", "进口" if way == "出口" else "出口"):
        if word in base:
            return base.replace(word, way, 1)
    return None


_SHORT_SHARE = 6
_PRODUCED = {"产量", "总产量", "主要产品产量"}


@cache
def _things() -> frozenset[str]:
    return frozenset(table("counted")["never_produced"])


def _act(indicator: str) -> bool:
    return bool(phrases().count_verb.match(indicator))


def hold(state: State, scope: Scope, filed: Filed, text: str | None) -> Scope:
    """The scope after a figure filed under `text`: a level of government named there holds, 全市 ends it."""
    if text is None:
        return scope
    name = read_name(text, state.region)
    if name.subject and is_level(name.subject):
        return scope.but(subject=name.subject, subject_in=state.section)
    if name.own and scope.subject:
        return scope.but(subject=None)
    return scope


_SUMS = frozenset({"预算数", "决算数", "执行数", "预计执行数", "完成数", "预计完成数", "总计", "合计", "累计", "总共", "两项合计", "三项合计", "共计"})


def _carried(state: State, subject: str | None) -> Filed:
    scope = state.scope
    if scope.pending:
        name = read_name(scope.pending, state.region)
        return Filed(name.indicator or scope.indicator, name.subject or subject, True)
    flags = () if scope.own_name or scope.titled else ("carried_indicator",)
    return Filed(scope.indicator or scope.lead, subject, False, flags)


def _shared_measure(scope: Scope) -> str | None:
    """What the members of a breakdown leave out."""
    for parent in (scope.lead, scope.indicator):
        measure = measure_of(parent)
        if measure:
            return None if measure in table("phrases")["own_measures"] else measure
    return None


def _stem(base: str, head: str) -> str:
    """What of the last indicator a bare head leans on: 外贸进出口 + 总额."""
    measure = measure_of(base)
    if head in {"增速", "增幅", "占比", "比重", "排名", "位次", "综合排名"} or measure is None:
        return base
    if base == measure or measure in {"进出口", "出口", "进口", "税收", "贷款", "存款"}:
        return base
    return base[: -len(measure)] if len(base) - len(measure) >= 2 else base  # noqa: PLR2004


def _stem_for_share(base: str) -> str:
    at = base.find("占")
    return base if at < 2 else base[:at]  # noqa: PLR2004


def _with_budget(state: State, indicator: str) -> str:
    """An item that stands in several budgets names its budget."""
    topic = state.scope.topic or state.setting.topic
    if topic is None:
        return indicator
    totals, items = _several_budgets()
    if indicator.startswith("预算") and len(indicator) > len("预算"):
        return topic.removesuffix("预算") + indicator
    if totals.fullmatch(indicator):
        return topic + indicator
    if topic != "一般公共预算" and items.fullmatch(indicator):
        return topic.removesuffix("预算") + indicator
    if topic == "一般公共预算" and indicator in {"收入", "支出"}:
        return topic + indicator
    return indicator


@cache
def _several_budgets() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = table("sections")
    return re.compile(f"(?:{alternatives(words['totals'])})"), re.compile(f"(?:{alternatives(words['shared_items'])})")


@cache
def _status_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = table("cues")
    return re.compile(alternatives(words["preliminary"])), re.compile(alternatives(table("sections")["goal_names"]))


def preliminary_name(text: str) -> bool:
    """Does a name say that its figure is provisional (初步核算全市…)?"""
    return bool(_status_words()[0].search(text))


def status_of(state: State, *texts: str | None, kinds: str = "", period: str | None = None) -> Status:
    """Achieved, provisional or planned, from the cue letters around a figure, its name and the scope.

    What is expected of a year that had not ended when the report was given is a target, whatever the verb.
    """
    preliminary, goal = _status_words()
    if "G" in kinds or any(t and goal.search(t) for t in texts):
        return "target"
    default = state.scope.status or state.setting.status
    if "P" in kinds or any(t and preliminary.search(t) for t in texts):
        default = default if default == "target" else "preliminary"
    if default == "preliminary" and period and state.years.review and len(period) == _A_YEAR and int(period) > state.years.review:
        return "target"
    return default


_A_YEAR = 4


def long_span(state: State) -> tuple[int, int] | None:
    """The years of the review that the sentence stands in, where it is of more than one."""
    span = state.scope.span if state.scope.span is not None else state.setting.span
    return span if span and span[1] > span[0] else None


def period_here(state: State, tokens: list[Token], name: Token | None = None) -> tuple[str | None, str | None]:
    """(period, the period said right here or None), from the time tokens beside the figure or the scope."""
    span = long_span(state)
    if name is not None and span and name.text.startswith(("五年", "5年")):
        return f"{span[0]}/{span[1]}", None
    said = None
    for token in tokens:
        if token.kind == "T" and token.mention is not None:
            said = period_of(token.mention, state.setting, state.years) or said
    if said:
        return said, said
    if state.scope.period:
        return state.scope.period, None
    return (str(state.setting.year) if state.setting.year else None), None


def name_text(token: Token | None) -> str | None:
    """The text of a name token, without the blanks and signs around it."""
    return tidy(token.text) or None if token else None
