"""Amounts in words: 百分之三十, 两三个, 十几万, 千亿元, 三成, 一半."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec.structs import replace

from reportparse import patterns, units
from reportparse.lexicon import table
from reportparse.mentions.amounts import MORE, TIMES, TO, amount, divide, fields, simple
from reportparse.mentions.bounds import choose
from reportparse.mentions.drafts import Draft, label
from reportparse.mentions.model import When
from reportparse.numerals import CHINESE, DIGITS, MYRIADS, NUMERAL, NUMERAL_SIGNS, ONES, TENS, parse, plain, ratio
from reportparse.rules import rule

_VAGUE = frozenset(table("bounds")["vague"]["some"])
_SOME = f"[{''.join(table('bounds')['vague']['some'])}]"
_PAIR = "(?:一、?[二两]|[二两]、?三|三、?[四五]|四、?五|五、?六|六、?七|七、?八|八、?九)"
_TENTHS = "成(?![功立果为员交本熟都绩效品套长人年片型就份因分千群不])"
_NUMERAL = patterns.compile(NUMERAL)
_MULTIPLIED = patterns.compile(rf"[{TENS}{MYRIADS}\d点點负負]")
_OVER = patterns.compile(r"(?:超过|超)[^，。；、\d]{0,6}$")


_FRACTION_SIGNS = rf"[\d,.{NUMERAL_SIGNS}点點又负負\-]"


@rule(
    rf"(?P<head>{_FRACTION_SIGNS}{{1,24}}?)分之(?P<above>{NUMERAL})"
    rf"(?:{TO}(?:{_FRACTION_SIGNS}{{1,8}}分之)?(?P<high>{NUMERAL}))?+"
)
def spoken_fraction(match: re.Match[str], _: None) -> Draft | None:
    """百分之三十, 千分之五, 十分之一.

    >>> from reportparse.mentions import mark
    >>> mark("增长百分之三十，约占十分之一")
    '增长[百分之三十]，约占[十分之一]'
    """
    view, end = match.string, match.end()
    above, high = parse(match["above"]), parse(match["high"]) if match["high"] else None
    if len(match["above"]) > 1 and not _MULTIPLIED.search(match["above"]):  # 十分之一二手房: a sign too many
        above, high = parse(match["above"][0]), None
        end = match.start("above") + 1
    if above is None:
        return None
    whole, _and, below = match["head"].rpartition("又")
    negative = match["head"][0] in "-负負"
    if negative:
        above = -above
        whole, below = (whole[1:], below) if whole else ("", below[1:])
    share = {"百": "%", "千": "‰", "100": "%"}.get(below)
    if share and not whole:
        if view[end : end + 1] in _VAGUE and view[end - 1] in TENS:  # 百分之三十几
            made = fields(above, share, bound="more_than", flags=("vague_number",))
            return amount(view, match.start(), end + 1, made)
        return amount(view, match.start(), end, fields(above, share, high))
    value = ratio(above, parse(below))
    if value is None:
        return None
    if whole:
        value += parse(whole) or 0
    stop = units.match(view, end, strict=True)
    return amount(view, match.start(), stop, fields(value, view[end:stop], ratio(high, parse(below)) if high else None))


@rule(rf"(?:{CHINESE})++[点點][{DIGITS}]++{TIMES}*+")
def chinese_decimal(match: re.Match[str], _: None) -> Draft | None:
    """三点五亿.

    >>> from reportparse.mentions import find
    >>> [(m.text, str(m.value), m.unit) for m in find("投资三点五亿元")]
    [('三点五亿元', '3.5', '亿元')]
    """
    return simple(match.string, match.start(), match.end(), need_unit=False)


@rule(rf"(?P<head>(?:[{ONES}]?[{TENS}{MYRIADS}]零?)*+)(?P<pair>{_PAIR})(?P<times>{TIMES}*+)(?P<more>{MORE})?(?![{DIGITS}])")
def neighbours(match: re.Match[str], _: None) -> Draft | None:
    """Two neighbouring digits said for a range.

    >>> from reportparse.mentions import mark, find
    >>> mark("两三个村，八九亿元，二三十人"), find("八九亿元")[0].value_max
    ('[两三个]村，[八九亿元]，[二三十人]', Decimal('9'))
    """
    view, start, end = match.string, match.start(), match.end()
    head, times = match["head"], match["times"]
    stop = units.match(view, end, strict=True)
    tenths = patterns.compile(_TENTHS).match(view, end)
    whole = start == 0 and stop == len(view)
    if (stop == end and not tenths and not times and not head) or (stop == end and not times and not whole and not tenths):
        return None
    if start and view[start - 1] in DIGITS + "第":
        return None
    kept, multiplier = times, ""
    while kept and kept[-1] in MYRIADS:
        multiplier, kept = kept[-1] + multiplier, kept[:-1]
    if head and any(s in head for s in MYRIADS):
        kept, multiplier = times, ""
    low, high = (parse(head + digit + kept) for digit in match["pair"].replace("、", ""))
    if low is None or high is None or high <= low:
        return None
    if tenths and not multiplier:
        return amount(view, start, tenths.end(), fields(low * 10, "%", high * 10))
    return amount(view, start, stop, fields(low, multiplier + view[end:stop], high))


@rule(rf"(?P<head>(?:{CHINESE}|\d)*?)零?{_SOME}(?P<times>{TIMES}*+)(?P<more>{MORE})?(?P<high>{TIMES}*+)")
def digit_unsaid(match: re.Match[str], _: None) -> Draft | None:
    """十几万人, 数十亿元: the least that it can be, more than that, and flagged.

    >>> from reportparse.mentions import find
    >>> [(m.text, str(m.value), m.unit, m.bound, m.flags) for m in find("十几万人，数十亿元")]
    [('十几万人', '10', '万人', 'more_than', ('vague_number',)), ('数十亿元', '10', '亿元', 'more_than', ('vague_number',))]
    """
    view, start, end = match.string, match.start(), match.end()
    head, times = match["head"], match["times"] + (match["high"] or "")
    if start and view[start - 1] in "指系函参因代总多少无人次户度":
        return None
    stop = units.match(view, end, strict=True)
    if not head and not times:  # 几个, 数项: no number at all
        return label(start, stop, rule="indefinite_few") if stop > end and match[0] in ("几", "幾") else None
    if stop == end and not times:
        return None
    value, multiplier = divide(head + times)
    if value is None:
        return None
    made = fields(value, multiplier + view[end:stop], flags=("vague_number",), bound="more_than")
    return amount(view, start, stop, made)


@rule(rf"(?P<number>(?=[百千万亿萬億佰仟]){TIMES}++)(?P<more>{MORE})?(?P<times>[万亿萬億]*)")
def bare_multiplier(match: re.Match[str], _: None) -> Draft | None:
    """千亿元, 百条 after 突破, 上千万: a multiplier with no digit before it.

    >>> from reportparse.mentions import mark
    >>> mark("总量突破千亿元，航线突破百条，惠及上千万家庭，百姓满意，培育百亿龙头")
    '总量突破[千亿元]，航线突破[百条]，惠及[上千万]家庭，百姓满意，培育百亿龙头'
    """
    view, start, end = match.string, match.start(), match.end()
    number, times = match["number"], match["times"]
    value, multiplier = divide(number)
    if value is None:
        return None
    stop = units.match(view, end, strict=True)
    if times:
        value, multiplier = plain(value * units.canonical(multiplier)[0]), times
    unit = multiplier + view[end:stop]
    made = amount(view, start, stop, fields(value, unit))
    if view.startswith(("台阶", "大关"), stop) and view[start - 1 : start] in ("个", "個"):
        return label(start, stop, rule="milestone")
    if match["more"]:
        if not times and stop == end:
            return None
        made.fields["bound"] = "more_than"
        return made
    if made.fields["full_start"] < start and (unit or len(number) > 1 or view[start - 1] == "上"):
        return replace(made, start=start - 1) if view[start - 1] == "上" else made
    known = stop > end and units.dimension(unit) in ("money", "mass", "area", "energy", "volume")
    if len(number) == 1:
        return None
    return made if known and number[-1] in MYRIADS else label(start, end, rule="size_word")


@rule(r"半(?P<tenths>成)(?![本品])|半(?P<unit>[个個](?!月|小时|钟头|世纪|多)|公升|升|斤|公斤|吨|公里|亩|里|米)|一半|半数(?=以上|的)")
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
    if made.fields["bound"] == "exact" and (found := _OVER.search(window)):
        made.fields.update(bound="more_than", full_start=start - len(window) + found.start())
    return made


@rule(r"半(?P<unit>年|个?月|个多月|天|日(?=[游内])|个?小时|个?钟头|个世纪)(?:以?[内来前后间]|之[后前])?")
def half_duration(match: re.Match[str], _: None) -> Draft:
    """Half a year, half a month.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("半年内完成")]
    [('time', '半年内')]
    """
    made = fields(Decimal("0.5"), match["unit"])
    return Draft("time", match.start(), match.end(), made | {"when": When(duration=True)})


@rule(rf"(?P<number>{NUMERAL})[个個]半(?P<unit>月|小时|钟头|小時)")
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


@rule(rf"{CHINESE}{{2,}}+(?![{DIGITS}])|[十廿卅](?={MORE})")
def chinese_number(match: re.Match[str], _: None) -> Draft | None:
    """A Chinese numeral of several signs with or without a unit.

    >>> from reportparse.mentions import mark
    >>> mark("亩产一千二百斤，共二十三，十多个")
    '亩产[一千二百斤]，共[二十三]，[十多个]'
    """
    view, start = match.string, match.start()
    number = _NUMERAL.match(view, start)
    if number is None:
        return None
    said = number[0]
    if len(said) == 1:
        return simple(view, start, number.end(), need_unit=True, strict=True)
    if not any(s in TENS + MYRIADS for s in said):
        return _digit_by_digit(view, start, number.end())
    if (said[0] in MYRIADS or said[0] in "百千佰仟") and (said[0] != "百" or not any(s in ONES for s in said)):
        return None  # 百, 万: bare_multiplier has its say
    return simple(view, start, number.end(), need_unit=False, strict=True)


def _digit_by_digit(view: str, start: int, end: int) -> Draft | None:
    """一二三 is a number only where it is the whole text."""
    value = parse(view[start:end])
    return amount(view, start, end, fields(value, "")) if value is not None and start == 0 and end == len(view) else None


_COUNTED = tuple(table("bounds")["counted"]["words"])
_EVENTS = frozenset(table("bounds")["counted"]["events"])


@rule(rf"[{ONES}十零]")
def chinese_digit(match: re.Match[str], _: None) -> Draft | None:
    """One Chinese digit with a measure word; 一 only with what is measured or with a bound.

    >>> from reportparse.mentions import mark
    >>> mark("两次降低，三项改革，增长一倍，一项工作，仅一家")
    '[两次]降低，[三项]改革，增长[一倍]，一项工作，仅[一家]'
    """
    view, start, end = match.string, match.start(), match.end()
    stop = units.match(view, end, strict=match[0] not in "两兩")
    if stop == end:
        return None
    value = parse(match[0])
    counts = units.dimension(view[end:stop]) == "count"
    alone = start == 0 and stop == len(view)
    if value is None or (value == 0 and not alone and view[end:stop] not in ("元", "%")):
        return None
    indefinite = value == 1 and not alone and (counts or view[end:stop] == "天") and view[end:stop] not in _EVENTS
    if indefinite and not view[max(0, start - 2) : start].endswith(_COUNTED) and choose(view, start, stop)[0] == "exact":
        return label(start, stop, rule="indefinite_one")
    return simple(view, start, end, need_unit=True, strict=match[0] not in "两兩")


@rule(rf"(?P<number>[{ONES}十]){_TENTHS}")
def tenths(match: re.Match[str], _: None) -> Draft | None:
    """三成 is 30 %.

    >>> from reportparse.mentions import find
    >>> [(m.text, str(m.value), m.unit) for m in find("超过三成")]
    [('三成', '30', '%')]
    """
    value = parse(match["number"])
    return None if value is None else amount(match.string, match.start(), match.end(), fields(value * 10, "%"))


@rule(rf"(?<=[是为])[{ONES}](?=$|[，。；、不而])|\A[{DIGITS}十]\Z")
def lone_digit(match: re.Match[str], _: None) -> Draft | None:
    """One Chinese digit that a verb sets equal, or that is the whole text.

    >>> from reportparse.mentions import mark
    >>> mark("结果为五。")
    '结果为[五]。'
    """
    value = parse(match[0])
    return None if value is None else amount(match.string, match.start(), match.end(), fields(value, ""))


@rule(rf"(?P<number>[{ONES}]?十?[{ONES}]|十|\d{{1,2}})连(?P<of>[增涨降跌优胜A丰冠霸])")
def streak_name(match: re.Match[str], _: None) -> Draft | None:
    """六连增, 九连A: so many years in a row.

    >>> from reportparse.mentions import find
    >>> [(m.text, str(m.value), m.unit) for m in find("实现“六连增”")]
    [('六连增', '6', '年')]
    """
    value = parse(match["number"])
    if value is None:
        return None
    if match["of"] in "丰冠霸":  # names by now
        return label(match.start(), match.end())
    return Draft("amount", match.start(), match.end(), fields(value, "年"))
