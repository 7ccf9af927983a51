"""Amounts in digits: numerals with their units, ranges, strokes, ratios; and what all amounts share."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from reportparse import patterns, units
from reportparse.lexicon import alternatives, table
from reportparse.mentions.bounds import choose
from reportparse.mentions.drafts import Draft
from reportparse.mentions.durations import classify
from reportparse.mentions.model import When
from reportparse.numerals import MULTIPLIER, MYRIADS, NEGATIVE, NUMERAL, ONES, TENS, WHOLE, parse, plain, ratio
from reportparse.rules import rule

_VAGUE = table("bounds")["vague"]
MORE = f"[{''.join(_VAGUE['more'])}来]"
TIMES = f"(?:{MULTIPLIER})"
TO = r"(?:—{1,2}|--?|~|至|到)"
_INCLUSIVE = r"(?:\(含(?:本数)?\))?"

_MORE_AFTER = patterns.compile(rf"(?P<more>{MORE}(?![源自]))(?P<times>{TIMES}*+)")
_HIGH = patterns.compile(rf"{_INCLUSIVE}{TO}(?P<high>{NUMERAL})")
_LAST_TIMES = patterns.compile(rf"(-?\d[\d,，]*+(?:\.\d++)?)({alternatives(units.MULTIPLIERS)})$")
_MYRIAD_TAIL = patterns.compile(r"(.+?)([万萬]?[亿億]|[万萬]|兆)$")
_MONEY_TAIL = patterns.compile(rf"(?:(?P<jiao>[{ONES}\d])[角毛])?(?:零?(?P<fen>[{ONES}\d])分(?![别布之钟]))?")
_TENTHS = patterns.compile(r"成(?![功立果为员交本熟都绩效品套长人年片型就份因分千群不])")
_TIME_UNITS = frozenset(w for w, u in units.units().items() if u.dimension == "time" and u.name not in ("岁", "周岁")) - {"s", "h"}
_MONEY_SIGNS = frozenset("元圆圓块")
_HALF_IS_NEXT = ("半年", "半个", "半数", "半导", "半成", "半岛")
_HUNDRED_MILLION = patterns.compile(r"(?P<high>.+[亿億])零?(?P<low>[^万萬亿億]+)\Z")
_SMALL = {"十": 10, "百": 100, "千": 1000}


def divide(numeral: str) -> tuple[Decimal | None, str]:
    """The value of a numeral and the last multiplier that goes to its unit.

    >>> [(str(v), m) for v, m in map(divide, ("9381.4亿", "三千亿", "25万6千", "一万二千", "126万亿", "三点五亿", "5千"))]
    [('9381.4', '亿'), ('3000', '亿'), ('256000', ''), ('12000', ''), ('126', '万亿'), ('3.5', '亿'), ('5000', '')]
    >>> divide("2兆7,257億")
    (Decimal('2725700000000'), '')
    """
    if numeral.isascii():
        return parse(numeral), ""
    tail = _LAST_TIMES.fullmatch(numeral)
    if tail:
        return parse(tail[1]), tail[2]
    tail = _MYRIAD_TAIL.fullmatch(numeral)
    if tail and tail[1] not in ("负", "負", "-"):
        kept = tail[1]
        if not any(s in kept for s in MYRIADS + "兆") or (tail[2] in ("亿", "億") and not any(s in kept for s in "亿億兆")):
            return parse(kept), tail[2]
    if numeral in ("万", "亿", "萬", "億", "万亿"):
        return Decimal(1), numeral
    return parse(numeral), ""


def fields(value: Decimal, unit: str, high: Decimal | None = None, **more: Any) -> dict[str, Any]:
    """The fields of an amount, canonical ones among them."""
    times, name = units.canonical(unit)
    return {
        "value": value, "value_max": high, "unit": unit,
        "canonical_value": value if times == 1 else plain(value * times),
        "canonical_value_max": high if high is None or times == 1 else plain(high * times),
        "canonical_unit": name, **more,
    }  # fmt: skip


def amount(view: str, start: int, end: int, made: dict[str, Any]) -> Draft:
    """The amount with its bound; a duration that only frames time becomes a time."""
    bound, full_start, full_end = choose(view, start, end)
    if made.get("bound") is None or bound != "exact":
        made["bound"] = bound
    made["full_start"], made["full_end"] = full_start, full_end
    if made["unit"] in _TIME_UNITS:
        kind, when = classify(view, start, end, made["canonical_unit"])
        if kind == "streak_years":
            made["rule"] = "streak_years"
        elif when is not None:
            span = when.span_years is not None and made["value"] == made["value"].to_integral_value()
            made["when"] = When(span_years=int(made["value"]) * (when.span_years or 1)) if span else When(duration=True)
            made["rule"] = "duration"
            return Draft("time", start, end, made)
    return Draft("amount", start, end, made)


def simple(view: str, start: int, end: int, *, need_unit: bool, strict: bool = False) -> Draft | None:
    """The amount whose numeral is `view[start:end]`, its unit looked for behind it."""
    value, times = divide(view[start:end])
    if value is None:
        return None
    if tenths := _TENTHS.match(view, end):
        return amount(view, start, tenths.end(), fields(value * 10, "%"))
    more = _MORE_AFTER.match(view, end)
    at = more.end() if more else end
    stop = units.match(view, at, strict=strict)
    if more and stop == at and (more[1] == "来" or at == end + 1 and not times and len(more[0]) == 1 and need_unit):
        more, at, stop = None, end, end
    if need_unit and stop == end and not times:
        return None
    if more and more["times"] and (big := _HUNDRED_MILLION.match(view[start:end])):
        high, low = parse(big["high"]), parse(big["low"])
        if high is not None and low is not None:  # 二十五亿七千|多万元: what stands after 亿 is in 万 too
            return amount(view, start, stop, fields(plain(high + low * 10_000), view[at:stop], bound="more_than"))
    if more and more["times"]:
        if times:  # 三十万多亿
            value = plain(value * units.canonical(times)[0])
        times = more["times"]
    unit = times + view[at:stop]
    made = fields(value, unit)
    if more:
        made["bound"] = "more_than"
    elif unit:
        made, stop = _and_small(view, stop, made)
    return amount(view, start, stop, made)


def _and_small(view: str, at: int, made: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """五元三毛, 两米半: what is said after the unit."""
    unit = made["unit"]
    if unit[-1] in _MONEY_SIGNS and (tail := _MONEY_TAIL.match(view, at)) and tail.end() > at:
        small = (parse(tail["jiao"] or "0") or 0) / Decimal(10) + (parse(tail["fen"] or "0") or 0) / Decimal(100)
        return fields(plain(made["canonical_value"] + small), made["canonical_unit"]), tail.end()
    if view.startswith("半", at) and unit[-1] != "个" and not view.startswith(_HALF_IS_NEXT, at):
        return fields(plain(made["value"] + Decimal("0.5")), unit), at + 1
    return made, at


@rule(rf"(?P<low>{NUMERAL})(?=[^，。；、]{{0,9}}?(?:[—~\-]|至|到)[\-\d{ONES}{TENS}负])")
def number_range(match: re.Match[str], _: None) -> Draft | None:
    """Two ends of one range.

    >>> from reportparse.mentions import mark
    >>> mark("增长30—40%，投资1万至5万元，种植2—5万亩")
    '增长[30—40%]，投资[1万至5万元]，种植[2—5万亩]'
    """
    view, start = match.string, match.start()
    at = units.match(view, match.end("low"))
    unit_low = view[match.end("low") : at]
    found = _HIGH.match(view, at)
    if not found or (view[start - 1 : start] in ("从", "由", "自") and view[found.start("high") - 1] in "至到"):
        return None
    low, low_times = divide(match["low"])
    high, high_times = divide(found["high"])
    if low is None or high is None:
        return None
    end = found.end()
    if tenths := _TENTHS.match(view, end):
        made = _ends(low * 10, "", high * 10, "", "%", said=True)
        return None if made is None else amount(view, start, tenths.end(), made)
    stop = units.match(view, end)
    unit = view[end:stop]
    if unit_low and (not unit or units.canonical(unit_low)[1] != units.canonical(unit)[1]):
        return None
    if not unit_low and not low_times and not high_times and found["high"][-1] in _SMALL and match["low"][-1] not in TENS:
        shared = low * _SMALL[found["high"][-1]]
        if low < high / _SMALL[found["high"][-1]] and shared < high:  # 两~3百
            return amount(view, start, stop, fields(shared, unit, high, flags=("ambiguous_range",)))
    made = _ends(low, low_times, high, high_times, unit, said=bool(unit_low))
    return None if made is None else amount(view, start, stop, made)


def _ends(
    low: Decimal, low_times: str, high: Decimal, high_times: str, unit: str, *, said: bool
) -> dict[str, Any] | None:
    """Both ends in one unit; where only the last has a multiplier it is taken to serve both, and flagged."""
    flags: dict[str, Any] = {}
    if low_times == high_times:
        written = high_times + unit
    elif high_times and not low_times and not said and low < high:
        written = high_times + unit
        flags = {"flags": ("ambiguous_range",)}
    else:
        low, high = (plain(v * units.canonical(t)[0]) for v, t in ((low, low_times), (high, high_times)))
        written = unit
    return fields(low, written, high, **flags) if low < high else None


@rule(rf"(?P<sign>{NEGATIVE})?(?P<above>\d{{1,4}})/(?P<below>\d{{1,4}})(?![\d/.])")
def stroke_fraction(match: re.Match[str], _: None) -> Draft | None:
    """1/3.

    >>> from reportparse.mentions import mark
    >>> mark("其中1/3为青年")
    '其中[1/3]为青年'
    """
    value = ratio(parse(match["above"]), parse(match["below"]))
    if value is None:
        return None
    view, end = match.string, match.end()
    stop = units.match(view, end, strict=True)
    return amount(view, match.start(), stop, fields(-value if match["sign"] else value, view[end:stop]))


@rule(r"\d++(?:\.\d++)?(?=[:：]\d)|(?<=\d[:：])\d++(?:\.\d++)?")
def ratio_part(match: re.Match[str], _: None) -> Draft | None:
    """The parts of a ratio, one by one.

    >>> from reportparse.mentions import mark
    >>> mark("三次产业结构为9.9:40.1:50.0")
    '三次产业结构为[9.9]:[40.1]:[50.0]'
    """
    return simple(match.string, match.start(), match.end(), need_unit=False)


_STOP = r"(?=[，。、；：,;)（）”]|\((?![只套次件个处人户家、匹]{1,3}\))|$|以上|左右|增长|下降|和|比|同比|的|其中)"
_PLAIN = alternatives(table("units")["measure"]["plain"])


@rule(rf"(?P<number>\d++(?:,\d{{3}})*+(?:\.\d++)?)(?P<unit>(?:万亿|[万亿])?(?:{_PLAIN})){_STOP}")
def plainly_measured(match: re.Match[str], _: None) -> Draft | None:
    """The commonest of all: digits and a unit that is nothing else, before a stop. Here to save time.

    >>> from reportparse.mentions import mark
    >>> mark("完成213.5亿元，增长12.3%。")
    '完成[213.5亿元]，增长[12.3%]。'
    """
    return amount(match.string, match.start(), match.end(), fields(Decimal(match["number"].replace(",", "")), match["unit"]))


@rule(rf"(?P<number>{NEGATIVE}?(?:{WHOLE}))(?=[^\d])")
def measured(match: re.Match[str], _: None) -> Draft | None:
    """A numeral with its unit.

    >>> from reportparse.mentions import mark
    >>> mark("处理能力3.53万吨/日，6600多万纳税人，一万二千公里")
    '处理能力[3.53万吨/日]，[6600多万]纳税人，[一万二千公里]'
    """
    return simple(match.string, match.start(), match.end(), need_unit=True)


@rule(NUMERAL)
def bare_number(match: re.Match[str], _: None) -> Draft | None:
    """A number without a unit; a sign that stands before a stop may be a measure word we don't know.

    >>> from reportparse.mentions import mark
    >>> mark("综合指数为3.414，比例为0，新建驿亭12亭。")
    '综合指数为[3.414]，比例为[0]，新建驿亭[12亭]。'
    """
    view, start, end = match.string, match.start(), match.end()
    made = simple(view, start, end, need_unit=False)
    if made is None or made.end != end or not view[end - 1].isascii() or not _unknown_measure(view, end):
        return made
    return amount(view, start, end + 1, fields(made.fields["value"], view[end], rule="unknown_measure"))


_NO_MEASURE = frozenset(table("units")["measure"]["never"])
_STOPS = ("", "，", "。", "；", "、", ",", ";", ")")


def _unknown_measure(view: str, end: int) -> bool:
    """One Chinese sign between the number and a stop."""
    sign = view[end : end + 1]
    return "\u4e00" <= sign <= "\u9fff" and sign not in _NO_MEASURE and view[end + 1 : end + 2] in _STOPS


@rule(r"(?P<sign>(?:[A-Z]{1,2})?[$￥¥€£₩])(?P<number>\d++(?:,\d{3})*+(?:\.\d++)?)(?P<times>[万亿]*)")
def currency_sign(match: re.Match[str], _: None) -> Draft | None:
    """A sign of money before its number.

    >>> from reportparse.mentions import mark
    >>> mark("价格是￥300")
    '价格是[￥300]'
    """
    value = parse(match["number"])
    if value is None:
        return None
    sign = match["sign"]
    unit = table("units")["signs"].get(sign, sign)
    return amount(match.string, match.start(), match.end(), fields(value, match["times"] + unit))
