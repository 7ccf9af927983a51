"""Amounts: numerals with their units, ranges, fractions, shares, and what is left vague."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from reportparse import units
from reportparse.lexicon import alternatives, table
from reportparse.mentions.bounds import choose
from reportparse.mentions.drafts import Draft, label
from reportparse.mentions.durations import classify
from reportparse.mentions.model import When
from reportparse.numerals import (
    CHINESE,
    DIGITS,
    MULTIPLIER,
    MYRIADS,
    NEGATIVE,
    NUMERAL,
    ONES,
    TENS,
    WHOLE,
    parse,
    plain,
    ratio,
)
from reportparse.rules import rule

_VAGUE = table("bounds")["vague"]
_SOME = f"[{''.join(_VAGUE['some'])}]"
_MORE = f"[{''.join(_VAGUE['more'])}来]"
UNIT = units.pattern()
_STRICT = units.pattern(strict=True)
_TIMES = f"(?:{MULTIPLIER})"
_INCLUSIVE = r"(?:\(含(?:本数)?\))?"
_TO = r"(?:—{1,2}|--?|~|至|到)"
_PAIR = f"(?:一[二两]|[二两]三|三[四五]|四五|五六|六七|七八|八九)"

_AFTER_NUMERAL = re.compile(rf"(?P<more>{_MORE}(?![源自]))?(?P<times>(?(more){_TIMES}*+))(?P<unit>{UNIT})?+")
_STRICT_UNIT = re.compile(_STRICT)
_HIGH = re.compile(rf"{_INCLUSIVE}{_TO}(?P<high>{NUMERAL})(?P<unit>{UNIT})?+")
_LAST_TIMES = re.compile(rf"(.*?)({alternatives(units.MULTIPLIERS)})$", re.DOTALL)
_MYRIAD_TAIL = re.compile(rf"(.+?)([万萬]?[亿億]|[万萬]|兆)$")
_MONEY_TAIL = re.compile(rf"(?:(?P<jiao>[{ONES}\d])[角毛])?(?:零?(?P<fen>[{ONES}\d])分(?![别布之钟]))?")
_TENTHS = re.compile(r"成(?![功立果为员交本熟都绩效品套长人年片型就份因分千群])")
_TIME_UNITS = frozenset(
    name for name, unit in units.units().items() if unit.dimension == "time" and unit.name not in ("岁", "周岁")
) - {"s", "h"}
_ALSO = frozenset("，。；、：！？,;:)）(（”“\n和与及至到—~")


def divide(numeral: str) -> tuple[Decimal | None, str]:
    """The value of a numeral and the last multiplier that goes to its unit.

    >>> [(str(v), m) for v, m in map(divide, ("9381.4亿", "三千亿", "25万6千", "一万二千", "126万亿", "三点五亿", "5千"))]
    [('9381.4', '亿'), ('3000', '亿'), ('256000', ''), ('12000', ''), ('126', '万亿'), ('3.5', '亿'), ('5000', '')]
    """
    if numeral.isascii():
        return parse(numeral), ""
    tail = _LAST_TIMES.fullmatch(numeral)
    if tail and tail[1].lstrip("-").replace(",", "").replace(".", "", 1).isdigit() and tail[1].isascii():
        return parse(tail[1]), tail[2]
    tail = _MYRIAD_TAIL.fullmatch(numeral)
    if tail and (len(tail[1]) > 1 or tail[1] not in "负-"):
        kept = tail[1]
        if not any(s in kept for s in MYRIADS) or (tail[2] in ("亿", "億") and not any(s in kept for s in "亿億")):
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
            made["when"] = When(span_years=int(made["value"])) if span else When(duration=True)
            made["rule"] = "duration"
            return Draft("time", start, end, made)
    return Draft("amount", start, end, made)


def _unit_after(view: str, at: int) -> tuple[str, str, int]:
    """Vague sign, unit with multiplier, and where they end."""
    found = _AFTER_NUMERAL.match(view, at)
    if not found:
        return "", "", at
    if found["more"] and not found["unit"] and not found["times"] and found["more"] == "来":
        return "", "", at
    return found["more"] or "", (found["times"] or "") + (found["unit"] or ""), found.end()


def _simple(view: str, start: int, end: int, *, need_unit: bool) -> Draft | None:
    """The amount whose numeral is `view[start:end]`, its unit looked for behind it."""
    value, times = divide(view[start:end])
    if value is None:
        return None
    if tenths := _TENTHS.match(view, end):
        return amount(view, start, tenths.end(), fields(value * 10, "%"))
    more, unit, stop = _unit_after(view, end)
    if need_unit and not unit and not times:
        return None
    if times and unit[:1] in MYRIADS and unit and more:  # 三十万多亿
        value, times = plain(value * units.canonical(times)[0]), ""
    unit = times + unit
    made = fields(value, unit)
    if more:
        made["bound"] = "more_than"
        if not unit:
            stop = end + 1 if view[end : end + 1] not in _ALSO else end
    if unit[-1:] in ("元", "圆", "圓", "块") and (tail := _MONEY_TAIL.match(view, stop)) and tail.end() > stop:
        small = Decimal(0)
        if tail["jiao"]:
            small += (parse(tail["jiao"]) or 0) / Decimal(10)
        if tail["fen"]:
            small += (parse(tail["fen"]) or 0) / Decimal(100)
        made, stop = fields(plain(made["canonical_value"] + small), units.canonical(unit)[1]), tail.end()
    elif unit and not more and view.startswith("半", stop) and not view.startswith(("半年", "半个", "半数", "半导", "半成"), stop):
        made, stop = fields(plain(value + Decimal("0.5")), unit), stop + 1
    return amount(view, start, stop, made)


@rule(rf"(?P<low>{NUMERAL})(?P<unit>{UNIT})?+{_INCLUSIVE}{_TO}(?P<high>{NUMERAL})")
def number_range(match: re.Match[str], _: None) -> Draft | None:
    """Two ends of one range.

    >>> from reportparse.mentions import mark
    >>> mark("增长30—40%，投资1万至5万元，种植2—5万亩")
    '增长[30—40%]，投资[1万至5万元]，种植[2—5万亩]'
    """
    view, start = match.string, match.start()
    head = view[start - 1 : start]
    low, low_times = divide(match["low"])
    high, high_times = divide(match["high"])
    if low is None or high is None or (head in ("从", "由", "自") and view[match.start("high") - 1] in "至到"):
        return None
    end = match.end()
    _, unit, stop = _unit_after(view, end)
    if _TENTHS.match(view, end):
        low, high, unit, stop = low * 10, high * 10, "%", end + 1
    unit_low = match["unit"] or ""
    if unit_low and (not unit or units.canonical(unit_low)[1] != units.canonical(unit)[1]):
        return None
    made = _ends(low, low_times, high, high_times, unit, said=bool(unit_low))
    return made and amount(view, start, stop, made)


def _ends(low: Decimal, low_times: str, high: Decimal, high_times: str, unit: str, *, said: bool) -> dict[str, Any] | None:
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
    if high <= low:
        return None
    return fields(low, written, high, **flags)


@rule(rf"(?P<whole>(?:{WHOLE})又)?(?P<sign>{NEGATIVE})?(?P<below>{WHOLE})分之(?P<above>{NUMERAL})(?:{_TO}(?:(?:{WHOLE})分之)?(?P<high>{NUMERAL}))?+")
def spoken_fraction(match: re.Match[str], _: None) -> Draft | None:
    """百分之三十, 千分之五, 十分之一.

    >>> from reportparse.mentions import mark
    >>> mark("增长百分之三十，约占十分之一")
    '增长[百分之三十]，约占[十分之一]'
    """
    view, end = match.string, match.end()
    above, high = parse(match["above"]), parse(match["high"]) if match["high"] else None
    if above is None:
        return None
    if match["sign"]:
        above = -above
    share = {"百": "%", "千": "‰", "100": "%"}.get(match["below"])
    if share and not match["whole"]:
        if view.startswith(("几", "多"), end):
            end += 1
        return amount(view, match.start(), end, fields(above, share, high))
    value = ratio(above, parse(match["below"]))
    if value is None:
        return None
    if match["whole"]:
        value += parse(match["whole"][:-1]) or 0
    unit = _STRICT_UNIT.match(view, end)
    below = parse(match["below"])
    return amount(view, match.start(), unit.end() if unit else end, fields(value, unit[0] if unit else "", ratio(high, below) if high else None))


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
    unit = _STRICT_UNIT.match(match.string, match.end())
    value = -value if match["sign"] else value
    return amount(match.string, match.start(), unit.end() if unit else match.end(), fields(value, unit[0] if unit else ""))


@rule(r"\d++(?:\.\d++)?(?=:\d++(?:\.\d++)?)|(?<=[\d]:)\d++(?:\.\d++)?")
def ratio_part(match: re.Match[str], _: None) -> Draft:
    """The parts of a ratio, one by one.

    >>> from reportparse.mentions import mark
    >>> mark("三次产业结构为9.9:40.1:50.0")
    '三次产业结构为[9.9]:[40.1]:[50.0]'
    """
    value = parse(match[0])
    assert value is not None  # noqa: S101  digits always parse
    more, unit, end = _unit_after(match.string, match.end())
    return amount(match.string, match.start(), end if unit else match.end(), fields(value, unit))


_STOP = r"(?=[，。、；：,;()（）”]|$|以上|左右|增长|下降|和|比|同比|的|其中)"
_PLAIN = alternatives(table("units")["measure"]["plain"])


@rule(rf"(?:\d++(?:,\d{{3}})*+(?:\.\d++)?)(?:万亿|[万亿])?(?:{_PLAIN}){_STOP}")
def plainly_measured(match: re.Match[str], _: None) -> Draft | None:
    """The commonest of all: digits and a unit that is nothing else, before a stop. Here to save time.

    >>> from reportparse.mentions import mark
    >>> mark("完成213.5亿元，增长12.3%。")
    '完成[213.5亿元]，增长[12.3%]。'
    """
    view, start = match.string, match.start()
    found = _PLAIN_PARTS.match(view, start)
    assert found  # noqa: S101  the same pattern
    return amount(view, start, found.end(), fields(Decimal(found[1].replace(",", "")), found[2]))


_PLAIN_PARTS = re.compile(rf"([\d,.]++)((?:万亿|[万亿])?(?:{_PLAIN}))")


@rule(rf"(?P<number>{NEGATIVE}?(?:{WHOLE}))(?=[^\d])")
def measured(match: re.Match[str], _: None) -> Draft | None:
    """A numeral with its unit.

    >>> from reportparse.mentions import mark
    >>> mark("处理能力3.53万吨/日，6600多万纳税人，一万二千公里")
    '处理能力[3.53万吨/日]，[6600多万]纳税人，[一万二千公里]'
    """
    return _simple(match.string, match.start(), match.end(), need_unit=True)


@rule(NUMERAL)
def bare_number(match: re.Match[str], _: None) -> Draft | None:
    """A number without a unit; a sign that stands before a stop may be a measure word we don't know.

    >>> from reportparse.mentions import mark
    >>> mark("综合指数为3.414，比例为0")
    '综合指数为[3.414]，比例为[0]'
    """
    view, end = match.string, match.end()
    made = _simple(view, match.start(), end, need_unit=False)
    if made is None or made.kind != "amount" or made.fields["unit"] or made.end != end or view[end - 1] not in "0123456789":
        return made
    if _unknown_measure(view, end):
        made.fields.update(fields(made.fields["value"], view[end]), rule="unknown_measure")
        bound, full_start, full_end = choose(view, made.start, end + 1)
        made.fields.update(bound=bound, full_start=full_start, full_end=full_end)
        return made._replace(end=end + 1)
    return made


_NO_MEASURE = frozenset("的是在和与及或为等中内外上下后前起止时间以左右之多余来至到比较增减升降占个被对将已均由从自向且而则但就也又再还第约近超各其并按用得有不无")


def _unknown_measure(view: str, end: int) -> bool:
    """One Chinese sign between the number and a stop."""
    sign = view[end : end + 1]
    return (
        "\u4e00" <= sign <= "\u9fff"
        and sign not in _NO_MEASURE
        and view[end + 1 : end + 2] in ("", "，", "。", "；", "、", ",", ";", ")")
    )


@rule(rf"(?P<head>(?:[{DIGITS}]*[{TENS}{MYRIADS}]零?)*)(?P<pair>{_PAIR})(?P<times>{_TIMES}*+)(?P<more>{_MORE})?(?P<unit>{_STRICT})?+")
def neighbours(match: re.Match[str], _: None) -> Draft | None:
    """Two neighbouring digits said for a range.

    >>> from reportparse.mentions import mark, find
    >>> mark("两三个月，八九亿元，二三十人"), find("八九亿元")[0].value_max
    ('[两三个月]，[八九亿元]，[二三十人]', Decimal('9'))
    """
    view = match.string
    unit = match["unit"] or ""
    if not (match["times"] or unit) and not match["head"]:
        return None
    if match.start() and view[match.start() - 1] in DIGITS + "第":
        return None
    head, times = match["head"], match["times"]
    kept = times
    multiplier = ""
    while kept and kept[-1] in MYRIADS:
        multiplier, kept = kept[-1] + multiplier, kept[:-1]
    if head and any(s in head for s in MYRIADS):
        kept, multiplier = times, ""
    low, high = (parse(head + digit + kept) for digit in match["pair"])
    if low is None or high is None or high <= low:
        return None
    tenths = _TENTHS.match(view, match.end()) if not unit else None
    if tenths and not multiplier:
        return amount(view, match.start(), tenths.end(), fields(low * 10, "%", high * 10))
    return amount(view, match.start(), match.end(), fields(low, multiplier + unit, high))


@rule(rf"(?P<head>(?:{CHINESE}|\d)*?)零?{_SOME}(?P<times>{_TIMES}+)(?P<more>{_MORE})?(?P<high>{_TIMES}*)(?P<unit>{_STRICT})?+|(?P<tens>(?:{CHINESE})*[十百千]){_SOME}(?P<times2>)(?P<unit2>{_STRICT})")
def digit_unsaid(match: re.Match[str], _: None) -> Draft | None:
    """十几万人, 数十亿元: the least that it can be, more than that, and flagged.

    >>> from reportparse.mentions import find
    >>> [(m.text, str(m.value), m.unit, m.bound, m.flags) for m in find("十几万人，数十亿元")]
    [('十几万人', '10', '万人', 'more_than', ('vague_number',)), ('数十亿元', '10', '亿元', 'more_than', ('vague_number',))]
    """
    head = match["tens"] or match["head"] or ""
    times = (match["times"] or "") + (match["high"] or "")
    unit = match["unit"] or match["unit2"] or ""
    numeral = head + times
    if not numeral or (match.start() and match.string[match.start() - 1] in "指系函参因代总多少无人次户度"):
        return None
    value, multiplier = divide(numeral)
    if value is None:
        return None
    made = fields(value, multiplier + unit, flags=("vague_number",), bound="more_than")
    return amount(match.string, match.start(), match.end(), made)


@rule(rf"(?P<number>[百千万亿萬億佰仟]++)(?P<more>{_MORE})?(?P<times>[万亿萬億]*)(?P<unit>{_STRICT})?+")
def bare_multiplier(match: re.Match[str], _: None) -> Draft | None:
    """千亿元, 百条 after 突破, 上千万: a multiplier with no digit before it.

    >>> from reportparse.mentions import mark
    >>> mark("总量突破千亿元，航线突破百条，惠及上千万家庭，百姓满意")
    '总量突破[千亿元]，航线突破[百条]，惠及[上千万]家庭，百姓满意'
    """
    view, start, end = match.string, match.start(), match.end()
    value, times = divide(match["number"])
    unit = (match["times"] or "") + (match["unit"] or "")
    if value is None:
        return None
    if match["times"]:
        value, times = plain(value * units.canonical(times)[0]), ""
    made = amount(view, start, end, fields(value, times + unit))
    said = made.fields["full_start"] < start
    if match["more"]:
        if not unit:
            return None
        made.fields["bound"] = "more_than"
        return made
    known = units.dimension(unit) in ("money", "mass", "area", "energy", "volume") if unit else False
    if said and (unit or times or len(match["number"]) > 1 or view[start - 1] == "上"):
        return made._replace(start=start - 1) if view[start - 1] == "上" else made
    if len(match["number"]) > 1 and known and match["number"][-1] in MYRIADS:
        return made
    return None


@rule(r"半(?P<tenths>成)(?![本品])|半(?P<unit>个(?!月|小时|钟头|世纪|多)|公升|升|斤|公斤|吨|公里|亩|里|米)|一半|半数(?=以上|的)")
def half(match: re.Match[str], _: None) -> Draft:
    """A half.

    >>> from reportparse.mentions import mark
    >>> mark("新增装机超过全球一半")
    '新增装机超过全球[一半]'
    """
    view, start = match.string, match.start()
    if match["tenths"]:
        return amount(view, start, match.end(), fields(Decimal(5), "%"))
    made = amount(view, start, match.end(), fields(Decimal("0.5"), match["unit"] or ""))
    window = view[max(0, start - 8) : start]
    if made.fields["bound"] == "exact" and (found := re.search(r"(?:超过|超)[^，。；、\d]{0,6}$", window)):
        made.fields.update(bound="more_than", full_start=start - len(window) + found.start())
    return made


@rule(rf"(?P<half>半)(?P<unit>年|个?月|个多月|天|日(?=[游内])|个?小时|个?钟头|个世纪)(?:以?[内来前后间]|之[后前])?")
def half_duration(match: re.Match[str], _: None) -> Draft:
    """Half a year, half a month.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("半年内完成")]
    [('time', '半年内')]
    """
    unit = match["unit"]
    made = fields(Decimal("0.5"), unit)
    return Draft("time", match.start(), match.end(), made | {"when": When(duration=True)})


@rule(rf"(?P<number>{NUMERAL})个半(?P<unit>月|小时|钟头|小時)")
def and_a_half(match: re.Match[str], _: None) -> Draft | None:
    """一个半月.

    >>> from reportparse.mentions import find
    >>> [(m.text, str(m.value), m.unit) for m in find("一个半月")]
    [('一个半月', '1.5', '个月')]
    """
    value = parse(match["number"])
    if value is None:
        return None
    return amount(match.string, match.start(), match.end(), fields(value + Decimal("0.5"), "个" + match["unit"]))


@rule(rf"(?P<number>{CHINESE}{{2,}})(?![{DIGITS}])")
def chinese_number(match: re.Match[str], _: None) -> Draft | None:
    """A Chinese numeral of several signs with or without a unit.

    >>> from reportparse.mentions import mark
    >>> mark("亩产一千二百斤，共二十三")
    '亩产[一千二百斤]，共[二十三]'
    """
    view, start = match.string, match.start()
    number = re.compile(NUMERAL).match(view, start)
    if number is None or number.end() - start < 2:  # noqa: PLR2004
        return None
    if not any(s in TENS + MYRIADS or s == "点" for s in number[0]) and number[0][0] not in "〇零":
        return None
    if number[0][0] in MYRIADS + TENS.replace("十", "").replace("廿", "").replace("拾", ""):
        return None  # 百, 万: bare_multiplier had its say
    return _simple(view, start, number.end(), need_unit=False)


@rule(rf"(?P<number>[{ONES}十零])(?P<more>多)?(?P<unit>{_STRICT})")
def chinese_digit(match: re.Match[str], _: None) -> Draft | None:
    """One Chinese digit with a measure word; 一 only with what is measured or with a bound.

    >>> from reportparse.mentions import mark
    >>> mark("两次降低，三项改革，增长一倍，一项工作，仅一家")
    '[两次]降低，[三项]改革，增长[一倍]，一项工作，仅[一家]'
    """
    view, start, end = match.string, match.start(), match.end()
    value = parse(match["number"])
    if value is None or (match["more"] and match["number"] != "十"):
        return None
    unit = match["unit"]
    if value <= 1 and units.dimension(unit) in ("count", None):
        alone = start == 0 and end == len(view)
        counted = view[max(0, start - 2) : start].endswith(("仅", "只", "唯", "共", "仅有", "只有", "新增", "减少", "增加"))
        if not alone and not counted and match["number"] != "零":
            return label(start, end, rule="indefinite_one")
    if match["number"] == "零" and unit not in ("%", "个"):
        return None
    made = fields(value, unit)
    if match["more"]:
        made["bound"] = "more_than"
    if unit[-1] in "元圆圓块" and (tail := _MONEY_TAIL.match(view, end)) and tail.end() > end:
        return _simple(view, start, start + 1, need_unit=True)
    if view.startswith("半", end) and not view.startswith(("半年", "半个"), end) and unit != "个":
        return _simple(view, start, start + 1, need_unit=True)
    return amount(view, start, end, made)


@rule(rf"(?P<number>[{ONES}十])成(?![功立果为员交本熟都绩效品套长人年片型就份因分千群不])")
def tenths(match: re.Match[str], _: None) -> Draft | None:
    """三成 is 30 %.

    >>> from reportparse.mentions import find
    >>> [(m.text, str(m.value), m.unit) for m in find("超过三成")]
    [('三成', '30', '%')]
    """
    value = parse(match["number"])
    return value and amount(match.string, match.start(), match.end(), fields(value * 10, "%"))


@rule(rf"(?<=[是为])(?P<number>[{ONES}])(?=$|[，。；、不而])|(?P<whole>\A[{DIGITS}十]\Z)")
def lone_digit(match: re.Match[str], _: None) -> Draft | None:
    """One Chinese digit that a verb sets equal, or that is the whole text.

    >>> from reportparse.mentions import mark
    >>> mark("结果为五。")
    '结果为[五]。'
    """
    value = parse(match[0])
    return None if value is None else amount(match.string, match.start(), match.end(), fields(value, ""))


@rule(rf"(?P<number>[{ONES}十]|\d{{1,2}})连(?P<of>[增涨降跌优胜A])")
def streak_name(match: re.Match[str], _: None) -> Draft | None:
    """六连增, 九连A: so many years in a row.

    >>> from reportparse.mentions import find
    >>> [(m.text, str(m.value), m.unit) for m in find("实现“六连增”")]
    [('六连增', '6', '年')]
    """
    value = parse(match["number"])
    return value and Draft("amount", match.start(), match.end(), fields(value, "年"))


@rule(rf"(?P<sign>(?:[A-Z]{{1,2}})?[$￥¥€£₩])(?P<number>\d[\d,]*+(?:\.\d++)?)(?P<times>[万亿]*)")
def currency_sign(match: re.Match[str], _: None) -> Draft | None:
    """A sign of money before its number.

    >>> from reportparse.mentions import mark
    >>> mark("价格是￥300")
    '价格是[￥300]'
    """
    value = parse(match["number"].rstrip(","))
    if value is None:
        return None
    unit = {"$": "美元", "￥": "元", "¥": "元", "€": "欧元", "£": "英镑", "₩": "韩元"}.get(match["sign"], match["sign"])
    return amount(match.string, match.start(), match.end(), fields(value, match["times"] + unit))
