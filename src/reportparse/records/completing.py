"""Completing: a name that leans on what was measured before → the name a reader files it under.

Each rule sees one way in which reports leave words out; the first that answers wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import msgspec

from reportparse import patterns
from reportparse.lexicon import Endings, alternatives, table
from reportparse.records.naming import is_member, measure_of, phrases, thing_of
from reportparse.records.scope import Scope, section_cues

_SHORT_RATE, _SHORT_SHARE, _LEAST_STEM = 5, 6, 2
_LONGEST_LIMIT = 12


class Short(msgspec.Struct, frozen=True, gc=False):
    """A name as it stands, and what it may lean on."""

    name: str
    base: str | None
    """What was measured last."""
    scope: Scope
    topic: str | None
    """The account that the headings name."""
    unit: str | None
    """Canonical unit of its figure, None for a change."""


def budget_item(short: Short) -> str | None:
    """An item that stands in several budgets names its budget: 支出总计 → 一般公共预算支出总计."""
    if short.topic is None:
        return None
    totals, items = _several_budgets(short.topic.startswith(("社会保险", "社保")))
    account = short.topic.removesuffix("预算")
    if short.name.startswith("预算") and len(short.name) > len("预算") and short.name not in table("sections")["funds_of_all"]:
        return account + short.name
    if short.name in totals:
        return short.topic + short.name
    if short.topic != "一般公共预算" and (short.name in items or _passed_on().fullmatch(short.name)):
        return account + short.name
    return short.topic + short.name if short.name in {"收入", "支出"} else None


@cache
def _passed_on() -> re.Pattern[str]:
    """Items by which budgets pass money on: 债务转贷收入, 上解上级支出, 再融资债券还本支出."""
    words = table("sections")
    named, passing = alternatives(words["accounts_named"]), alternatives(words["passing"])
    return patterns.compile(f"(?!.*(?:{named}))[^,，]{{0,16}}(?:{passing})[^,，]{{0,6}}(?:收入|支出|资金)?")


def side_of_fund(short: Short) -> str | None:
    """`城乡居民基本养老保险基金收入7.8亿元、支出5.3亿元`: the other side of the fund that was just named, whatever the account."""
    if short.name not in _SIDES or not short.base or not short.scope.own_name or section_cues().topic.match(short.base):
        return None
    found = _FUND.fullmatch(short.base)
    return found[1] + short.name if found else None


_SIDES = frozenset({"收入", "支出", "结余"})
_FUND = patterns.compile(r"(.{2,}(?:基金|保险))(?:收入|支出|结余)")


def share_of_it(short: Short) -> str | None:
    """`占全市工业的比重`: a share of what was named before."""
    if not short.name.startswith("占") or not short.base:
        return None
    at = short.base.find("占")
    return (short.base if at < _LEAST_STEM else short.base[:at]) + short.name


def part_of_trade(short: Short) -> str | None:
    """`货物进出口总额…其中出口`: the part in the words of the whole."""
    whole = short.scope.indicator if short.scope.in_parts or short.scope.own_name else None
    if whole is None or short.name not in {"进口", "出口", "进口额", "出口额"}:
        return None
    way = short.name[:2]
    named = next((word for word in ("进出口", "进口" if way == "出口" else "出口") if word in whole), None)
    return whole.replace(named, way, 1) if named else None


def bare_verb(short: Short) -> str | None:
    """`高新技术企业210家,净增15家`, `受理信访件80件,办结75件`: a verb of counting leans on the thing."""
    name, scope = short.name, short.scope
    if name in table("phrases")["verbs_of_policies"]:
        return short.base.removesuffix(name) + name if short.base else None
    if phrases().count_verb.fullmatch(name):
        return name + (scope.thing or short.base) if short.base else None
    counted = scope.thing_unit == short.unit and phrases().acts.of(name) == name
    return name + scope.thing if counted and scope.thing else None


def limit_of_thing(short: Short) -> str | None:
    """`自然保护区166个,其中国家级21个`: a limit on the thing counted before, in place of the limit it had."""
    scope = short.scope
    if scope.thing is None or short.unit is None or scope.thing_unit not in {None, short.unit} or len(short.name) > _LONGEST_LIMIT:
        return None
    if scope.thing_unit is not None and not short.name.endswith(tuple(table("phrases")["member_limits"])):
        return None
    rest = _own_limit().sub("", scope.thing)
    return short.name + rest if rest and not short.name.endswith(rest) else None


@cache
def _own_limit() -> re.Pattern[str]:
    limits = (w for w in table("phrases")["member_limits"] if len(w) > 1)
    return patterns.compile(f"^(?:{alternatives(limits)}|各级|各类|各级各类|全国)+(?:以上|及以上)?(?=..)")


def part_of_thing(short: Short) -> str | None:
    """`专任教师23万人,其中高等学校6.8万人`, `新登记经营主体…,其中企业…`: who of those counted, or which of what was new."""
    scope = short.scope
    if scope.thing is None or not scope.in_parts or short.unit is None or scope.thing_unit != short.unit:
        return None
    places = tuple(table("phrases")["institutions"])
    verb = phrases().count_verb.match(scope.counted or "")
    if verb and not phrases().count_verb.match(short.name) and scope.counted != scope.thing:
        return verb[0] + short.name
    held = short.name.endswith(places) and not scope.thing.endswith(places) and not short.name.endswith(scope.thing)
    return short.name + _WHERE.sub("", scope.thing) if held else None


_WHERE = patterns.compile(r"^.{0,10}?(?:机构|学校|单位)(?=..)")


def part_of_income(short: Short) -> str | None:
    """`城镇居民人均可支配收入…,其中工资性收入`: the parts of a mean per head are means too."""
    whole = short.scope.lead if short.scope.in_parts else None
    at = whole.find("人均") if whole else -1
    if whole is None or at < 0 or "人均" in short.name or "居民" in short.name or not short.name.endswith(("收入", "支出")):
        return None
    return whole[: at + 2] + short.name


def head_of_thing(short: Short) -> str | None:
    """`自然保护区166个,总面积…`: a head that says nothing without what was counted."""
    words, scope = table("phrases"), short.scope
    if short.name not in words["heads_of_things"] or scope.thing is None or scope.thing in words["counted_places"]:
        return None
    return _onto(scope.thing, short.name) if short.name[:2] not in scope.thing[:-2] else None


def of_topic(short: Short) -> str | None:
    """`服务业支撑作用明显,增加值突破3万亿元`: a bare measure of what the clause before speaks of."""
    words, pending = table("phrases"), short.scope.pending
    if pending is None or not (short.name in words["leaning_heads"] or short.name in words["bare_heads"] or short.name in words["topic_measures"]):
        return None
    said = _spoken_of().match(pending)
    return said["topic"] + short.name if said else None


@cache
def _spoken_of() -> re.Pattern[str]:
    words = table("phrases")
    own = alternatives(words["own_region"])
    ends, tails = alternatives([*words["member_ends"], *words["topic_ends"]]), alternatives(words["topic_tails"])
    return patterns.compile(f"(?:{own})?(?P<topic>[^,，。；;、的]{{0,14}}?(?:{ends}))(?:{tails})?(?:{alternatives(words['topic_verbs'])})")


def other_side(short: Short) -> str | None:
    """`基金收入…,支出…`: the other side of the same account."""
    if short.base and short.name in _SIDES and measure_of(short.base) in _SIDES:
        return stem(short.base, short.name) + short.name
    return None


def bare_head(short: Short) -> str | None:
    """`总额`, `增速`: a head that says nothing by itself."""
    leans = short.name in phrases().bare or (
        (short.scope.own_name or short.scope.titled) and short.name in phrases().leaning
    )
    words = table("phrases")
    if short.base and short.name in words["people_of_places"] and short.scope.own_name:
        place = stem(short.base, short.name).removesuffix("诊疗")
        return place + short.name if _LAST_BRACKET.sub("", place).endswith(tuple(words["institutions"])) else None
    if short.base and short.name in words["carried"] and short.scope.own_name:
        way = stem(short.base, short.name).removesuffix("完成")
        return way + short.name if way.endswith(tuple(words["ways"])) else None
    if short.base and short.name in _SHARES and short.base.endswith(_SHARES):
        return short.base  # 占比12.1%,比重提高0.3个百分点
    return stem(short.base, short.name) + short.name if short.base and leans else None


_MONEY = ("额", "值", "收入", "支出", "投资", "利润")
_LAST_BRACKET = patterns.compile(r"\([^()]*\)\Z")
_SHARES = ("比重", "占比", "比例", "份额")


def enterprises(short: Short) -> str | None:
    """`企业利润总额` after 规模以上工业企业营业收入: of the enterprises that were named."""
    if not short.name.startswith("企业") or not short.base or not short.scope.own_name or not measure_of(short.name):
        return None
    found = _FIRMS_OF_A_KIND.match(short.base)
    return found[1] + short.name if found else None


_FIRMS_OF_A_KIND = patterns.compile(r"(.*(?:规模以上|规上|限额以上|限上|资质等级以上|规模)[^企]{0,8})企业")


def tail_of_longer(short: Short) -> str | None:
    """`治理率` after `农村生活污水治理率`: the short form of a rate that was named in full."""
    if len(short.name) > _SHORT_RATE or not short.name.endswith(("率", "比例")):
        return None
    return next((said for said in short.scope.recent if said != short.name and said.endswith(short.name)), None)


def share_in_it(short: Short) -> str | None:
    """`制造业占比` after a total: the share of that total."""
    if not short.base or not short.scope.own_name or short.scope.level_unit == "%" or len(short.name) > _SHORT_SHARE:
        return None
    if not short.name.endswith(("占比", "比重")) or "占" in short.name[:-2] or short.base.endswith(_SHARES) or short.name[:2] in short.base:
        return None
    return stem(short.base, "占比") + short.name


def member(short: Short) -> str | None:
    """`制造业增长11.5%` after 采矿业增加值: a member of a breakdown takes its measure."""
    measure = shared_measure(short.scope)
    if measure is None or short.name.endswith("预算") or short.name.startswith(measure) or short.name.rstrip(")）").endswith(measure):
        return None
    if measure_of(short.name) is not None or phrases().count_verb.match(short.name) or short.name.endswith("费") and measure.endswith("费"):
        return None
    scope, unit = short.scope, short.unit
    if unit in table("counted")["units"] and measure.endswith(_MONEY):
        return None  # 创建文明城市8个: no part of what is in money
    if unit == "%" and measure in table("phrases")["amounts_only"]:
        unit = None  # a percentage of an amount is its rise
    part = unit is not None and scope.in_parts and unit == scope.whole_unit
    beside = is_member(short.name) and unit in (None, scope.level_unit)
    produced = measure in _words("produced") and unit not in _words("never_produced")
    in_money = unit == "元" and measure.endswith(_MONEY)
    listed = scope.lead_said and (unit is None or unit == scope.level_unit or produced or in_money)
    if measure in _TOTALS and (whole := _whole_of(short, measure)):
        measure = whole  # 旅客运输总量…,其中铁路4431万人
    return _onto(short.name, measure) if part or beside or listed else None


_TOTALS = frozenset({"总量", "总额"})


def _whole_of(short: Short, total: str) -> str | None:
    """What the total is of, where the name says nothing of it."""
    whole = short.scope.lead if measure_of(short.scope.lead) == total else short.scope.indicator
    if whole is None or len(whole) > _LONGEST_LIMIT:
        return None
    return None if any(short.name[k : k + 2] in whole for k in range(len(short.name) - 1)) else whole


def _onto(name: str, measure: str) -> str:
    """The name with its measure, which may open as the name ends: 农业用水 + 用水量."""
    return name + next((measure[k:] for k in range(len(measure) - 1, 1, -1) if name.endswith(measure[:k])), measure)


RULES: list[Callable[[Short], str | None]] = [
    side_of_fund, budget_item, share_of_it, part_of_trade, bare_verb, head_of_thing, limit_of_thing, part_of_thing, part_of_income, of_topic,
    other_side, bare_head, enterprises, tail_of_longer, share_in_it, member,
]  # fmt: skip


def complete(short: Short) -> str:
    """The name in full: the first rule that answers, else the name itself."""
    for rule in RULES:
        if (said := rule(short)) is not None:
            return said
    return short.name


def shared_measure(scope: Scope) -> str | None:
    """What the members of a breakdown leave out."""
    own = table("phrases")["own_measures"]
    for name in (scope.lead, scope.indicator):
        measure = measure_of(name)
        if name is None or measure is None:
            continue
        if name.endswith(_PRICES):
            return next(price for price in _PRICES if name.endswith(price))
        if measure not in own:
            return measure
    return None


_PRICES = ("价格指数",)


_BALANCE = patterns.compile(r"(?<=..)(?:预算)?(?:当年|本年)?(?:收入|支出|收支)*(?:总计|合计|总量)?(?:完成[^,，]{0,8}比例)?(?:收支)?(?:结余)?\Z")


def stem(base: str, head: str) -> str:
    """What of the last indicator a bare head leans on: 地区生产总值 for 增速, 社会保险基金 for 支出 after 社会保险基金收入."""
    base = thing_of(base)
    if head.endswith("结余"):
        return _BALANCE.sub("", base)
    measure = measure_of(base)
    words = table("phrases")
    if measure is None and (other := _leaning_ends().of(base)) and len(base) - len(other) >= _LEAST_STEM:
        return base[: -len(other)]  # 普通高中招生…,在校生…: neither is part of the other
    if measure is None or head in words["heads_of_all"] or base == measure or measure in words["kept_measures"]:
        return base
    return base[: -len(measure)] if len(base) - len(measure) >= _LEAST_STEM else base


@cache
def _leaning_ends() -> Endings:
    words = table("phrases")
    return Endings(w for w in (*words["leaning_heads"], *words["people_of_places"]) if len(w) > 1)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("counted")[name])


@cache
def _several_budgets(insurance: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The totals and the items that stand in several budgets; with `insurance`, in those of social insurance."""
    words = table("sections")
    return frozenset(words["totals"]), frozenset([*words["shared_items"], *(() if insurance else words["functions"])])
