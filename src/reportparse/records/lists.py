"""Rules that bind several figures to several names: 分别, from–to pairs, structures."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reportparse import patterns
from reportparse.lexicon import table
from reportparse.model import Status
from reportparse.records.changes import assumed, basis_of, direction_of, spanned, yardstick_of
from reportparse.records.drafts import Bound, Draft, State
from reportparse.records.filing import file_under, name_text, period_before, period_here, share_named, status_of
from reportparse.records.naming import measure_of, phrases, read_name, split_list, tidy
from reportparse.records.quantities import as_turned, group, in_all_of, one, price_basis
from reportparse.records.scope import A_YEAR, years_named
from reportparse.records.tokens import Token
from reportparse.rules import rule

Match = re.Match[str]


def _figures(state: State, match: Match) -> list[Token]:
    return [t for t in group(state, match, "amounts") if t.kind == "A"]


@rule(r"(?P<name>N)?(?P<pre>(?:bT|[TVEGPBZDHOb])*)F(?P<act>N)?(?P<post>(?:bT|[VEGPBDHWYTb])*)(?P<amounts>A(?:JA|,A(?!N)|JDA)+)")
def respectively(match: Match, state: State) -> Bound | None:
    """`一、二、三产业增加值分别增长4.2%、5%、5.4%`: names and figures in step."""
    figures = _figures(state, match)
    if "D" in match["amounts"] and "D" not in match["pre"] + match["post"]:
        return None
    names = _names(state, match, len(figures))
    if names is None:
        return None
    if names == list(_INDUSTRIES) and figures[-1].mention is not None and figures[-1].mention.unit in table("differences")["units"]:
        names = [n + _OF_ALL for n in names]  # 三次产业结构为…,分别提高…
    return _in_step(match, state, figures, names)


def _names(state: State, match: Match, count: int) -> list[str] | None:
    name, act = one(state, match, "name"), one(state, match, "act")
    text = name_text(name) or _IDLE.sub("", state.scope.pending or "") or None
    tail = tidy(act.text) if act else ""
    if text:
        parts = split_list(read_name(text, state.region).indicator, count)
        if not parts and name is not None and (row := _over_commas(state, match, count)):
            parts = split_list(row, count)
        if parts:
            return [p + tail for p in parts]
        waiting = split_list((state.scope.pending or "").split("等")[0], count) if name is not None and state.scope.pending else None
        if waiting:
            head = read_name(text, state.region).indicator
            return [w + head + tail for w in waiting]
        if len(state.scope.names) == count:
            head = read_name(text, state.region).indicator
            if head.startswith(_PULLING):
                return [_pulled(n, head + tail) for n in state.scope.names]
            return [_swap_head(n, head) + tail for n in state.scope.names]
        head = read_name(text, state.region).indicator
        ready = len(state.scope.here) >= count and state.scope.own_name
        if ready and (head.startswith("占") or head in phrases().bare or head.endswith(("总数", "比例", "总量"))):
            if head.startswith("占"):
                return [n + head + tail for n in state.scope.here[-count:]]  # 占规模以上工业比重分别为11.5%和10.8%
            return [_swap_head(n, head) + tail for n in state.scope.here[-count:]]
        filed = file_under(state, text)
        return [(filed.indicator or "") + tail] * count
    if len(state.scope.names) == count:
        in_all = any(t.word == "cumulative" for t in group(state, match, "pre"))
        return [_pulled(in_all_of(n) if in_all else n, tail) for n in state.scope.names]
    if state.scope.own_name and len(state.scope.here) >= count:
        return [n + tail for n in state.scope.here[-count:]]
    return None


def _over_commas(state: State, match: Match, count: int) -> str | None:
    """`金属制品业,专用设备制造业,电力供应业增加值分别增长…`: as many names of one kind as figures, parted by commas."""
    k, parts = match.start(), [state.tokens[match.start()].text]
    while k >= _PAIR and len(parts) < count and [t.kind for t in state.tokens[k - 2:k]] == ["N", ","]:
        k -= 2
        parts.insert(0, tidy(state.tokens[k].text).replace("、", "和"))
    last = parts[-1].removesuffix(measure_of(parts[-1]) or "")
    if len(parts) < count or not last or any(part[-1:] != last[-1] for part in parts[:-1]):
        return None
    return "、".join([*parts[:-1], tidy(parts[-1]).replace("、", "和")])


_PAIR = 2
_PULLING = ("拉动", "带动", "贡献")


def _pulled(name: str, tail: str) -> str:
    """`…对经济增长的贡献率分别为…,分别拉动GDP增长…`: it is the industry that pulls, and not its share."""
    return (name.partition("对")[0] if tail.startswith(_PULLING) and "对" in name else name) + tail


_IDLE = patterns.compile(r"(?:稳步|持续|不断|明显|进一步|大幅|均|都|继续|有所)*(?:提升|提高|增长|上升|下降|扩大|改善|增加)\Z")


def _swap_head(before: str, head: str) -> str:
    """The same thing, measured otherwise: 设区市黑臭水体完成整治 + 消除比例."""
    for act in ("完成整治", "完成", "新增", "达到"):
        if before.endswith(act):
            return before.removesuffix(act) + head
        if before.startswith(act):
            return before.removeprefix(act) + head
    measure = measure_of(before)
    return (before[: -len(measure)] if measure and len(before) > len(measure) + 1 else before) + head


def _in_step(match: Match, state: State, figures: list[Token], names: list[str]) -> Bound:
    around = [*group(state, match, "pre"), *group(state, match, "post")]
    kinds = "".join(t.kind for t in around)
    differences = table("differences")["units"]
    apart = "Y" in kinds and all(t.mention is not None and t.mention.unit in differences for t in figures)
    change = "D" in kinds or "H" in kinds or apart
    name = one(state, match, "name")
    subject = read_name(name.text, state.region) if name else None
    whose = (subject.subject if subject else None) or (None if subject and subject.own else state.scope.subject)
    times = [t for k, t in enumerate(around) if not (k and around[k - 1].kind == "b")]
    period, said = period_here(state, times)
    yard = next((t for t in around if t.kind == "Y"), None)
    base_year = None
    if change:
        period, base_year = spanned(state, period, around, around, against=yard is not None)
    status = status_of(state, name.text if name else None, kinds=kinds, period=period)
    words = "".join(t.text for t in around)
    drafts = []
    periods = _listed_times(state, match, len(figures)) if len(set(names)) == 1 else None
    turns = [t for t in group(state, match, "amounts") if t.kind == "D"]
    for k, (token, indicator) in enumerate(zip(figures, names, strict=True)):
        period = periods[k] if periods else period
        if change:
            ways = [*around, *(t for t in turns if t.end <= token.start)]  # 分别下降1.2%、增长3.2%
            drafts.append(Draft(
                "change", token, indicator, whose, period, status, direction=direction_of(ways, indicator),
                basis=None if yard else base_year or basis_of(state, around), yardstick=yardstick_of(yard), price_basis=price_basis(words),
                flags=assumed(state, base_year, around),
            ))  # fmt: skip
        else:
            drafts.append(Draft("quantity", token, share_named(indicator, token), whose, period, status))
    scope = replace(state.scope, indicator=names[-1], own_name=True, names=tuple(names), pending=None, verb=None)
    if said and not scope.period:
        scope = replace(scope, period=said)
    return Bound(tuple(drafts), scope)


def _listed_times(state: State, match: Match, count: int) -> list[str | None] | None:
    """`2023年、2024年出口额分别为…`: as many times before the name as there are figures."""
    k, times = match.start(), list[Token]()
    while k and state.tokens[k - 1].kind == "T":
        times.insert(0, state.tokens[k - 1])
        k -= 2 if k > 1 and state.tokens[k - 2].kind == "J" else 1
    return [period_here(state, [t])[0] for t in times] if len(times) == count else None


@rule(r"(?P<name>N)?(?P<pre>[TVEGPBFZ,]*)(?P<who>(?:N?T)?)(?P<budget>U)(?P<amounts>A(?:[J,]A)+)")
def shares_in_step(match: Match, state: State) -> Bound | None:
    """`分别完成年计划的118%、103%`: how much of their aims the things of the list before have reached."""
    figures = _figures(state, match)
    budget = one(state, match, "budget")
    text = name_text(one(state, match, "name"))
    if budget is None or any(t.mention is None or t.mention.unit != "%" for t in figures):
        return None
    whole = re.sub(r"(?:分别|均|各)?(?:完成)?(?:国家|省|市|上级)?(?:下达|确定)?\Z", "", text or "")
    names = split_list(read_name(whole, state.region).indicator, len(figures)) if whole else None
    if names is None and len(state.scope.names) == len(figures):
        names = list(state.scope.names)
    if names is None and len(state.scope.here) >= len(figures):
        names = list(state.scope.here[-len(figures):])
    if names is None:
        return None
    said = budget.text.strip("的").removeprefix("分别")
    aim = next((w for w in ("调整预算", "变动预算", "年初预算", "预算", "计划", "任务", "目标") if w in said), said)
    period, _ = period_here(state, [] if match["who"] else group(state, match, "pre"))
    status = status_of(state, kinds=match["pre"].replace("G", ""), period=period)
    whose = state.scope.whose if state.scope.own_name else state.scope.subject
    drafts = tuple(
        Draft("quantity", t, f"{n}完成{aim}比例", whose, period, status, tie="share_of", tied_to=state.scope.level)
        for t, n in zip(figures, names, strict=True)
    )
    return Bound(drafts, replace(state.scope, indicator=names[-1], own_name=True, names=tuple(names), pending=None))


@rule(r"(?P<name>N)?(?P<pre>(?:bT|[TVEGPBZOb])*)(?P<post>[DH][VB]*)(?P<amounts>A(?:JA)+)")
def changes_in_step(match: Match, state: State) -> Bound | None:
    """`同比增长5.2%、11.3%和24%`: as many changes as the last list had names."""
    figures = _figures(state, match)
    text = name_text(one(state, match, "name"))
    parts = split_list(read_name(text, state.region).indicator, len(figures)) if text else None
    if parts is None and text is None and len(state.scope.names) == len(figures):
        parts = list(state.scope.names)
    if parts is None and text in {None, "实际", "名义"} and _alike(here := state.scope.here, len(figures)):
        parts = list(here[-len(figures):])  # 城镇居民收入…,农村居民收入…,分别实际增长9.8%和8.5%
    if parts is None:
        return None
    return _in_step(match, state, figures, parts)


def _alike(here: tuple[str, ...], count: int) -> bool:
    """Are there just so many names in the sentence, or are the last so many of one measure?"""
    return len(here) == count or len(here) > count and len({name[-2:] for name in here[-count:]}) == 1


@rule(r"(?P<name>N)(?P<pre>[TVEGPBZ]*)(?P<post>)(?P<amounts>A(?:JA)+)(?![NA])")
def levels_in_step(match: Match, state: State) -> Bound | None:
    """`收入、支出为12亿元、13亿元`: a list of names, as many levels."""
    figures = _figures(state, match)
    text = name_text(one(state, match, "name"))
    parts = split_list(read_name(text, state.region).indicator, len(figures)) if text else None
    return _in_step(match, state, figures, parts) if parts else None


@rule(r"(?P<name>N)?(?P<pre>[TVEGPBZO]*),?(?P<x>X)(?P<whose>N)?(?P<t1>[TV]*)(?P<from>A)(?P<n1>N)?,?(?P<turn>[DHVBGPEFK]*)(?P<w>W)(?P<t2>[TV]*)(?P<to>A)")
def from_to(match: Match, state: State) -> Bound | None:
    """`从2022年的17.1%提高至26.9%`: two levels, each with its own time."""
    first, second = one(state, match, "from"), one(state, match, "to")
    if first is None or second is None:
        return None
    filed = file_under(state, name_text(one(state, match, "name")))
    now, _ = period_here(state, [*group(state, match, "pre"), *group(state, match, "t2")])
    then = period_before(state, group(state, match, "t1"))
    if (named := years_named(state.scope, now)) and not group(state, match, "t1"):
        then, now = (str(year) for year in named)  # 2020年到2025年,…从17.9%提升到35.5%
    base_year = int(then) if then and len(then) == A_YEAR else state.scope.base_year
    status = status_of(state, kinds=match["pre"] + match["turn"], period=now)
    past: Status = "actual"
    turn, source = one(state, match, "w"), one(state, match, "x")
    became = filed.indicator
    if source and "预算" in source.text:  # 由年初预算134亿元调整为135亿元: a plan of the same year, and what it became
        then, past = now, "target"
        became = as_turned(filed, [turn] if turn else []).indicator
    if first.mention is not None and first.mention.unit in {"位", "名"} and not (turn and _MORE.search(turn.text)):
        drafts = tuple(
            Draft("ranking", t, filed.indicator, filed.subject, p, s) for t, p, s in ((first, then, past), (second, now, status))
        )
    else:
        drafts = (
            Draft("quantity", first, filed.indicator, filed.subject, then, past),
            Draft("quantity", second, became, filed.subject, now, status),
        )
    return Bound(drafts, replace(state.scope, indicator=filed.indicator, own_name=True, pending=None, base_year=base_year, verb=None))


_MORE = patterns.compile(r"[增减扩]")
_INDUSTRIES, _OF_ALL = ("第一产业", "第二产业", "第三产业"), "增加值占地区生产总值比重"


@rule(r"(?P<name>N)?(?P<pre>[TVEGPBDX]*)(?P<amounts>A:A(?::A)?)(?!:)(?:[V]*W(?P<t2>[TV]*)(?P<later>A:A(?::A)?)(?!:))?")
def structure(match: Match, state: State) -> Bound | None:
    """`三次产业结构为9.9:40.1:50.0`, `由8.7:41.2:50.1调整为7.4:39.6:53`: parts of a whole, indicators by position."""
    figures = _figures(state, match)
    later = [t for t in group(state, match, "later") if t.kind == "A"]
    if later and len(later) != len(figures):
        return None
    filed = file_under(state, name_text(one(state, match, "name")))
    indicator = filed.indicator or ""
    shared: tuple[str, ...] = ()
    if len(figures) == len(_INDUSTRIES) and ("产业" in indicator or state.scope.names == _INDUSTRIES):
        names = [n + _OF_ALL for n in _INDUSTRIES]
        shared = _INDUSTRIES
    else:
        parts = split_list(indicator.removesuffix("之比").removesuffix("比例"), len(figures))
        names = parts or [f"{indicator}（{k}）" for k in range(1, len(figures) + 1)]
    period, _ = period_here(state, group(state, match, "t2") if later else group(state, match, "pre"))
    status = status_of(state, kinds=match["pre"], period=period)
    then = period_before(state, group(state, match, "pre")) if later else period
    past: Status = "actual" if later else status
    drafts = tuple(
        Draft("quantity", t, n, filed.subject, when, so)
        for row, when, so in ((figures, then, past), (later, period, status))
        for t, n in zip(row, names if row else (), strict=True)
    )
    return Bound(drafts, replace(state.scope, indicator=indicator, own_name=True, names=tuple(shared or names), pending=None))


RULES = [structure, shares_in_step, respectively, from_to, changes_in_step, levels_in_step]
