"""Rules that bind changes: a difference from a base."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reportparse import numerals, patterns
from reportparse.lexicon import table
from reportparse.model import Direction
from reportparse.records.drafts import Bound, Draft, State
from reportparse.records.filing import file_under, hold, long_span, name_text, period_here, status_of
from reportparse.records.naming import tidy
from reportparse.records.quantities import group, is_count, one, price_basis
from reportparse.records.scope import A_YEAR, YEARS, period_of
from reportparse.records.tokens import Token, cues, is_standard
from reportparse.rules import rule

Match = re.Match[str]

LESS_IS_BETTER = ("浓度", "综合指数", "污染指数", "空气质量指数", "水质指数", "能耗", "排放", "PM")


def direction_of(tokens: list[Token], indicator: str | None) -> Direction:
    """Which way the figure went, from the direction word nearest to it."""
    for token in reversed(tokens):
        if token.kind == "D":
            if token.text == "改善" and indicator and any(w in indicator for w in LESS_IS_BETTER):
                return "down"
            return "down" if token.word == "down" else "up"
        if token.kind == "Y":
            return "down" if token.word == "behind" else "up"
    for token in tokens:
        if token.kind == "H":
            return "down" if token.word == "speed_down" else "up"
    return "up"


def basis_of(state: State, tokens: list[Token]) -> str | None:
    """The base in time: 同比, 环比, 累计 or the period that stands after 比."""
    basis: str | None = None
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.kind == "T" and before is not None and before.kind == "b" and token.mention is not None:
            if token.text.startswith(("上月", "上季", "上期", "上半年")):
                return "period_on_period"
            if token.text.startswith(("年初", "同期")):
                return "year_on_year"
            said = period_of(token.mention, state.setting, state.years)
            if said and token.text.startswith(_THOSE_BEFORE) and (found := YEARS.fullmatch(said)):
                length = int(found[2]) - int(found[1]) + 1
                return f"{int(found[1]) - length}/{int(found[2]) - length}"
            if said is None and (number := _STRETCH.fullmatch(token.text)) and (many := numerals.parse(number[1])) and state.setting.year:
                last = state.setting.year - int(many)
                return f"{last - int(many) + 1}/{last}"  # 比上五年增长
            relative = token.mention.when is not None and token.mention.when.year is None  # 上年; a year by its number is the basis itself
            if said and relative and state.setting.year and said.startswith(str(state.setting.year - 1)):
                return "year_on_year"
            return said
        if token.kind == "B" and (basis is None or basis == "cumulative"):
            basis = token.word
    return basis or "year_on_year"


_THOSE_BEFORE = ("前", "上一个", "上个", "上一")
_STRETCH = patterns.compile(r"(?:前|上一个|上个|上)(\d+|[一二三四五六七八九十]+)年")
_RATES = frozenset({"增速", "增幅", "涨幅", "降幅", "增长率", "增长速度"})
_LEVEL_WORDS = "平均水平"


_SHARE = patterns.compile(r"(?<=..)(?:占[^,，]{2,}(?:比重|比例|份额|比)|占比)\Z")
_ANNUAL = frozenset({"年均", "年平均", "平均每年", "每年", "每年平均", "年递增", "平均每年递增", "逐年"})


def _span(state: State, period: str | None, pre: list[Token]) -> tuple[int, int] | None:
    """The years that a yearly rate or a bare change of a long review runs over."""
    found = YEARS.fullmatch(period or "")
    if found:
        return int(found[1]), int(found[2])
    if state.scope.base_year and state.setting.year and period and period[:4].isdigit() and int(period[:4]) > state.scope.base_year:
        return state.scope.base_year + 1, int(period[:4])
    return long_span(state)


def yardstick_of(token: Token | None) -> str | None:
    """The base of a distance, as it is filed: 全国 for 全国平均水平."""
    return token.text.removesuffix(_LEVEL_WORDS) if token else None


def spanned(state: State, period: str | None, pre: list[Token], around: list[Token], *, against: bool) -> tuple[str | None, str | None]:
    """(period, base year or None) of a change in a review of several years: a yearly rate is of them all, a bare one is from the year before."""
    span = _span(state, period, pre)
    if (years := _years_gone(pre)) and period and (span or len(period) == A_YEAR) and not any(t.text in _ANNUAL for t in around):
        last = span[1] if span else int(period)
        return str(last), str(last - years)  # 吞吐量5年增长1.6倍
    if any(t.text in _ANNUAL for t in around):
        review, aim = state.years.review, period if period and len(period) == A_YEAR else None
        if aim and review is not None and int(aim) > review + 1:
            return f"{review + 1}/{aim}", None  # 到1992年…,平均每年增长7.5%
        return (f"{span[0]}/{span[1]}" if span else period), None
    if span and not state.scope.base_year and state.scope.period == str(span[1]):
        return period, None  # 五年来…。2025年,…增长5%: of that year alone
    if span and not against and not any(t.kind in "Bb" for t in pre):
        return str(span[1]), str(span[0] - 1)
    return period, None


def _years_gone(pre: list[Token]) -> int | None:
    """So many years that a change took, said between the name and the verb."""
    for before, token in zip([None, *pre], pre, strict=False):
        mention = token.mention
        if token.kind != "T" or before is not None and before.kind == "b" or mention is None or mention.when is None:
            continue
        if mention.when.duration and mention.canonical_unit == "年":
            return int(mention.value) if mention.value is not None and mention.value == int(mention.value) else None
    return None


def assumed(state: State, basis_year: str | None, around: list[Token]) -> tuple[str, ...]:
    """The flag of a change in a review of several years for which no base was said: it is taken to be the year before them."""
    return ("assumed_basis",) if basis_year and not state.scope.base_year and not _years_gone(around) else ()


def changed(match: Match, state: State) -> Bound | None:
    """Bind a change, with or without its name, base and yardstick."""
    amount = one(state, match, "amount")
    if amount is None or amount.mention is None:
        return None
    pre, post = group(state, match, "pre"), group(state, match, "post")
    yard = one(state, match, "yard") if "yard" in match.re.groupindex else None
    middle = [*pre, *([yard] if yard else []), *group(state, match, "dir"), *post]
    name = one(state, match, "name")
    text = name_text(name)
    rate = text if text in _RATES else None
    filed = file_under(state, None if rate else text)
    counted = state.scope.counted
    if text is None and counted and state.scope.level_unit == "%" and amount.mention.canonical_unit == state.scope.thing_unit:
        filed = replace(filed, indicator=counted)  # 12个城市达标,占75%,比上年增加3个
    if text is None and amount.mention.unit in {"%", "倍"} and filed.indicator:
        filed = replace(filed, indicator=_SHARE.sub("", filed.indicator))  # 投资占…的3.9%,下降18.5%: the share moves in points
    if rate and filed.indicator and amount.mention.unit in table("differences")["units"] and not filed.indicator.endswith(rate):
        filed = replace(filed, indicator=filed.indicator + rate)
    of_rate = next((t.text for t in pre if t.kind == "H"), None) if yard else None
    if of_rate and filed.indicator and filed.named and not filed.indicator.endswith(of_rate):
        filed = replace(filed, indicator=filed.indicator + of_rate)
    times = [t for k, t in enumerate(pre) if not (k and pre[k - 1].kind == "b")]
    period, said = period_here(state, times)
    note = one(state, match, "note")
    kinds = match["pre"] + match["post"]
    indicator = filed.indicator
    if amount.mention.unit in {"位", "名"} and indicator and not indicator.endswith(("排名", "位次")):
        indicator += "排名"
    period, basis_year = spanned(state, period, pre, middle, against=bool(yard))
    words = "".join(t.text for t in middle) + (note.text if note else "")
    basis = None if yard else basis_year or basis_of(state, pre)
    draft = Draft(
        "change", amount, indicator, filed.subject, period,
        status_of(state, name.text if name else None, note.text if note else None, kinds=kinds, period=period),
        direction=direction_of(middle, filed.indicator), basis=basis,
        yardstick=yardstick_of(yard),
        price_basis=price_basis(words) or state.scope.price_basis, flags=(*filed.flags, *assumed(state, basis_year, pre)),
        tie="change_of" if not filed.named and state.scope.level else None, tied_to=state.scope.level,
    )
    scope = state.scope
    known = bool(filed.named or filed.indicator)
    return Bound((draft,), replace(
        hold(state, scope, filed, text) if known else scope,
        basis=basis or scope.basis,
        base_year=int(basis) if basis and len(basis) == A_YEAR and basis.isdigit() else scope.base_year,
        indicator=filed.indicator if known else scope.indicator,
        own_name=known or scope.own_name,
        pending=None if known else scope.pending,
        period=said if said and not scope.period and name is not None else scope.period,
    ))  # fmt: skip


@rule(r"(?P<name>N)?(?P<pre>(?:bT|[TBGPVFXZOEK])*)(?P<yard>Y)?(?P<dir>[DH]+[BVP]*D?)(?P<post>[VWEFGO]*)(?P<amount>A)(?P<note>O)?")
def rises_by(match: Match, state: State) -> Bound | None:
    """`同比提高2.8个百分点`, `居民消费价格涨幅3%左右`: a direction or a rate before the figure."""
    return None if _limits_count(match, state) else changed(match, state)


def _limits_count(match: Match, state: State) -> bool:
    """`促进经济增长的十项措施`: the verb of change says which things are counted."""
    amount, last = one(state, match, "amount"), group(state, match, "post")[-1:]
    after = state.tokens[match.end()] if match.end() < len(state.tokens) else None
    of = bool(last) and last[0].text == "的" and amount is not None and is_count(amount)
    return of and after is not None and after.kind == "N" and amount is not None and after.start == amount.end


@rule(r"(?P<name>N)?(?P<pre>bT)V?(?P<level>A)(?P<note>O)?,?(?P<dir>[DH]+)(?P<post>[V]*)(?P<amount>A)")
def from_level(match: Match, state: State) -> Bound | None:
    """`比上年执行数122241万元下降15.0%`: the base is a level of its own, of the time before."""
    level = one(state, match, "level")
    time = group(state, match, "pre")[-1]
    if level is None or level.mention is None or level.mention.unit == "%" or time.mention is None:
        return None
    bound = changed(match, state)
    if bound is None:
        return None
    (draft,) = bound.drafts
    then, when = period_of(time.mention, state.setting, state.years), time.mention.when
    if when is not None and when.offset == -1 and draft.period and len(draft.period) == A_YEAR:
        then = str(int(draft.period) - 1)  # 上年 of the year that the figure is about
    base = Draft("quantity", level, draft.indicator, draft.subject, then, "target" if "预算" in time.text else "actual")
    return Bound((base, draft), bound.scope)


@rule(r"(?P<name>N)?(?P<pre>[TBGPVFXZOEH]*)(?P<yard>Y)(?P<dir>)(?P<post>[V]*)(?P<amount>A)(?P<note>O)?")
def beyond_yardstick(match: Match, state: State) -> Bound | None:
    """`高于全国1.8个百分点`: a distance to a place or a target."""
    amount = one(state, match, "amount")
    yard = one(state, match, "yard")
    if amount is None or amount.mention is None or yard is None:
        return None
    if amount.mention.unit not in table("differences")["units"] and (yard.word == "against" or not is_standard(yard.text)):
        return None
    return changed(match, state)


@rule(r"(?P<name>N)?(?P<pre>(?:bT|[TBGPVFXZOE])*)(?P<yard>)(?P<dir>)(?P<post>B)(?P<amount>A)(?P<note>O)?")
def bare_base(match: Match, state: State) -> Bound | None:
    """`同比-3.2%`: a base and a signed figure, with no verb."""
    amount = one(state, match, "amount")
    if amount is None or amount.mention is None or amount.mention.value is None or amount.mention.value >= 0:
        return None
    return changed(match, state)


@rule(r"(?P<name>N)?(?P<rate>H?)(?P<yard>Y?)\((?P<theirs>A)\)(?P<amount>A)")
def beyond_bracketed(match: Match, state: State) -> Bound | None:
    """`增速高于全国(3.8%)33.3个百分点`: the yardstick's own rate stands in a bracket before the distance."""
    name, theirs, amount = one(state, match, "name"), one(state, match, "theirs"), one(state, match, "amount")
    if theirs is None or amount is None or theirs.mention is None or amount.mention is None or name is None:
        return None
    found = cues().yardstick.search(name.text)
    if amount.mention.unit not in table("differences")["units"] or not found or not found["compared"]:
        return None
    before = tidy(name.text[: found.start()])
    rate = before if before in _RATES else None
    filed = file_under(state, None if rate or not before else before)
    direction: Direction = "down" if found["compared"] in table("cues")["behind"] else "up"
    period, _ = period_here(state, [])
    whose = yardstick_of(Token("Y", found["base"], name.start, name.end))
    status = status_of(state, period=period)
    own = theirs.mention.unit in {"%", "‰"} and not (filed.indicator or "").endswith(("率", "比重", "占比", "比例"))
    drafts = (
        Draft(
            "change" if own else "quantity", theirs, filed.indicator, whose, period, status,
            direction="up", basis=state.scope.basis or "year_on_year" if own else None,
        ),
        Draft(
            "change", amount, filed.indicator, filed.subject, period, status, direction=direction, basis=None, yardstick=whose,
        ),
    )  # fmt: skip
    return Bound(drafts, replace(state.scope, indicator=filed.indicator, own_name=True, pending=None))


@rule(r"(?P<name>N)?(?P<pre>[TVEPH]*),?X(?P<t1>T?)(?P<d1>D)(?P<from>A),?N?(?P<turn>[VW]*)(?P<t2>T?)(?P<d2>D)(?P<to>A)")
def turned(match: Match, state: State) -> Bound | None:
    """`由前三季度下降0.8%转为增长0.5%`: two changes of the same thing, one after the other."""
    first, second = one(state, match, "from"), one(state, match, "to")
    if first is None or second is None or first.mention is None:
        return None
    filed = file_under(state, name_text(one(state, match, "name")))
    indicator = filed.indicator
    if not filed.named and indicator:
        indicator = _SHARE.sub("", indicator)
    then, said = period_here(state, group(state, match, "t1"))
    now, _ = period_here(state, [*group(state, match, "pre"), *group(state, match, "t2")])
    if said is None and state.setting.year:
        then = str(state.setting.year - 1)
    status = status_of(state, period=now)
    drafts = tuple(
        Draft(
            "change", token, indicator, filed.subject, period, status,
            direction=direction_of(group(state, match, which), indicator), basis="year_on_year",
        )
        for token, period, which in ((first, then, "d1"), (second, now, "d2"))
    )  # fmt: skip
    return Bound(drafts, replace(state.scope, indicator=indicator, own_name=True, pending=None))


RULES = [beyond_bracketed, turned, from_level, rises_by, beyond_yardstick, bare_base]
