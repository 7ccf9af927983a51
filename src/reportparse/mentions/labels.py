"""Labels: names and classes that hold numerals and are no figures."""

from __future__ import annotations

import re

from reportparse import patterns
from reportparse.lexicon import alternatives, listed, table
from reportparse.mentions.drafts import Draft, label
from reportparse.numerals import ARABIC, CHINESE, DIGITS, MULTIPLIER, MYRIADS, NUMERAL_SIGNS, ONES, TENS, parse
from reportparse.rules import rule
from reportparse.units import match as unit_end

_WORDS = table("labels")
_IDIOMS = frozenset(_WORDS["idioms"]["words"]) | listed("idioms")
_SIGNS = frozenset(NUMERAL_SIGNS + "双半几数")
_NUMBER = rf"(?:\d++(?:\.\d++)?|{CHINESE}++)"


def _around_first_numeral() -> str:
    """The idioms, each anchored at its first numeral sign."""
    heads: dict[str, list[str]] = {}
    for word in _IDIOMS:
        at = next((k for k, sign in enumerate(word) if sign in _SIGNS), None)
        if at is not None:
            heads.setdefault(word[:at], []).append(word[at:])
    ordered = sorted(heads.items(), key=lambda item: -len(item[0]))
    return "|".join(f"(?<={head})(?:{alternatives(tails)})" if head else f"(?:{alternatives(tails)})" for head, tails in ordered)


_LONGEST = max(map(len, _IDIOMS))
_CASE = patterns.compile(rf"[^，。；、]{{0,12}}?(?:{alternatives(_WORDS['idioms']['cases'])})")
_AFTER_IDIOM = {"点": DIGITS, **_WORDS["idioms"]["unless"]}
"""一点五 and 十分之一 are no idioms."""
_VERSIONED = tuple(_WORDS["references"]["versioned"])
_GIVEN = tuple(_WORDS["classes"]["not_industry"])
_AGES = tuple(_WORDS["classes"]["not_age"])


@rule(rf"(?:{_around_first_numeral()})")
def idiom(match: re.Match[str], _: None) -> Draft | None:
    """Words and place names that merely hold a numeral.

    >>> from reportparse.mentions import find
    >>> [m.text for m in find("进一步建设统一大市场，三亚、九江和千家万户")]
    ['进一步', '统一', '三亚', '九江', '千家万户']
    """
    view, end = match.string, match.end()
    if end < len(view) and view[end] in _AFTER_IDIOM.get(view[end - 1], ""):
        return None
    if match[0] == "一起" and _CASE.match(view, end):
        return None
    for length in range(min(_LONGEST, end), 0, -1):
        if end - length <= match.start() and view[end - length : end] in _IDIOMS:
            return label(end - length, end)
    return None


@rule(r"“[^“”，。；]{0,24}”|‘[^‘’，。；]{0,16}’|《[^《》]{0,60}》")
def quoted_name(match: re.Match[str], _: None) -> Draft | None:
    """A quoted name with a numeral; a quoted figure is left to the rules of figures.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("坚持“三水”统筹，“5%”的目标")]
    [('label', '“三水”'), ('amount', '5%')]
    """
    said = match[0][1:-1]
    if not any(sign in _NUMERIC for sign in said):
        return None
    if match[0][0] != "《" and (_plain_figure(said) or _KEPT.search(said)) and not _names_circle(match, said):
        return None
    return label(*match.span())


_NUMERIC = frozenset(NUMERAL_SIGNS.replace("陆", "").replace("伍", "") + "0123456789")
_FIGURE = patterns.compile(rf"(?:超|超过|突破|近|约|达到)?(?:{ARABIC}{MULTIPLIER}*+|{CHINESE}{{2,}}+)(?=.)")


def _names_circle(match: re.Match[str], said: str) -> bool:
    """“15分钟”就业服务圈, “1小时”通勤圈: a time by which a thing is named; “33条”: a policy by the number of its articles."""
    return said.endswith("条") or said.endswith(("分钟", "小时", "刻钟")) and _CIRCLE.match(match.string, match.end()) is not None


_CIRCLE = patterns.compile(r"[\u4e00-\u9fff]{0,8}?圈")


def _plain_figure(said: str) -> bool:
    """A numeral with its unit and no more."""
    found = _FIGURE.match(said)
    return found is not None and unit_end(said, found.end()) == len(said)


_KEPT = patterns.compile(rf"双第|连[增涨降跌优A]|^[{ONES}十]五$|^十[{ONES}]五$|第[{ONES}十]+[名位]?$|分之")


@rule(r"\d{1,4}+(?:\.\d)?[A-Z](?:级|-A|(?=$|[+＋、，。；”\u4e00-\u9fff]))")
def digits_and_letter(match: re.Match[str], _: None) -> Draft | None:
    """5G, 4A级, 3D.

    >>> from reportparse.mentions import find
    >>> [m.text for m in find("5G用户，4A级景区，3D打印")]
    ['5G', '4A级', '3D']
    """
    if match[0][-1] in "LWTPMVE":  # litres, watts and the rest
        return None
    return label(match.start(), match.end())


@rule(r"[劣]?[Ⅰ-Ⅿⅰ-ⅿ]+(?:[—~\-至到、和][劣]?[Ⅰ-Ⅿⅰ-ⅿ]+)*(?:类|级|型|期|区)?")
def roman(match: re.Match[str], _: None) -> Draft:
    """Classes in Roman numerals.

    >>> from reportparse.mentions import find
    >>> [m.text for m in find("Ⅰ—Ⅲ类断面")]
    ['Ⅰ—Ⅲ类']
    """
    return label(*match.span())


@rule(rf"(?P<number>\d+(?:[—~\-至、和]\d+)?)(?:{alternatives(_WORDS['classes']['arabic'])})(?![\d])|\d{{1,2}}[—~\-至、和]\d{{1,2}}类")
def digits_class(match: re.Match[str], _: None) -> Draft | None:
    """500强, 3级, 14届.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("世界500强企业，2级响应，3.5级")]
    [('label', '500强'), ('label', '2级'), ('label', '3.5级')]
    """
    view, end = match.string, match.end()
    if match[0].endswith("大") and view.startswith(("于", "幅", "约", "量", "部"), end):
        return None
    return label(*match.span())


@rule(rf"(?P<number>{_NUMBER}{MULTIPLIER}*+)[多余]?(?=[^，。；、\d]{{1,4}}(?:级|产业))")
def size_class(match: re.Match[str], _: None) -> Draft | None:
    """A size that names a class: 30万吨级航道, 三千亿元产业. Things counted (30个产业园) and money given to an industry are none.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("30万吨级航道，三千亿元产业，30个产业园，3亿元产业基金")]
    [('label', '30万吨级'), ('label', '三千亿元'), ('amount', '30个'), ('amount', '3亿元')]
    """
    view = match.string
    end = unit_end(view, match.end())
    if end == match.end():
        return None
    if view.startswith("级", end):
        return label(match.start(), end + 1)
    if view[end - 1] != "元" or not view.startswith("产业", end) or view.startswith(_GIVEN, end + 2):
        return None
    return label(match.start(), end)


@rule(rf"(?P<number>[{ONES}十]?[百千万亿]+|{_NUMBER})(?:级(?!别以)|(?=(?:企业|产业集群|集群|园区|俱乐部|产业|大省|镇|村)))(?<![\d十百](?=企|园|镇|村))")
def size_of_money(match: re.Match[str], _: None) -> Draft | None:
    """百亿级, 千亿产业.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("百亿级项目，千亿产业")]
    [('label', '百亿级'), ('label', '千亿')]
    """
    if match[0].endswith("级") or match["number"][-1] in MYRIADS and not re.search(r"\d$", match["number"]):
        return label(*match.span())
    return None


@rule(rf"第(?P<number>\d{{1,12}}{MULTIPLIER}*+|{CHINESE}++)(?:[、—~至和]第?(?:\d{{1,4}}|{CHINESE}++))*(?P<noun>{alternatives(_WORDS['ordinals']['words'])})?")
def ordinal_name(match: re.Match[str], _: None) -> Draft | None:
    """第十四届, 第二批, 第一、二、三产业.

    >>> from reportparse.mentions import find
    >>> [(m.text, m.rank) for m in find("第十四届，第二批，第三产业")]
    [('第十四届', 14), ('第二批', 2), ('第三产业', 3)]
    >>> [(m.rule, m.text) for m in find("连续第三年获评")]
    [('streak_years', '三年')]
    """
    value = parse(match["number"])
    rank = int(value) if value is not None and value == value.to_integral_value() else None
    if match["noun"] == "年" and rank and match.string[max(0, match.start() - 2) : match.start()] == "连续":
        made = {"value": value, "canonical_value": value, "unit": "年", "canonical_unit": "年", "rule": "streak_years"}
        return Draft("amount", match.start("number"), match.end(), made)
    return label(match.start(), match.end(), rank=rank)


@rule(rf"(?P<number>[{ONES}{TENS}]++)(?:届(?:[{ONES}十]+(?:中|次)?(?:全会)?)?|大(?!于|约|幅|量|多|力|学|型|部|棚|中小|家|规|概|桥|街|会|众|专|批)|中全会|[次]全会|经普|人普|军(?=长征|团|战)|师(?![生资范傅]))")
def congress(match: re.Match[str], _: None) -> Draft:
    """二十大, 二十届四中, 十二届三次全会, 六大行业.

    >>> from reportparse.mentions import find
    >>> [m.text for m in find("二十大和二十届四中全会，十二届三次全会，六大行业")]
    ['二十大', '二十届四中全会', '十二届三次全会', '六大']
    """
    return label(*match.span())


@rule(rf"(?P<number>(?:[{ONES}]{{1,3}}|十[{ONES}]?)(?:[、至—~和](?:[{ONES}]|十[{ONES}]?))*)(?:{alternatives(_WORDS['classes']['words'])})")
def chinese_class(match: re.Match[str], _: None) -> Draft | None:
    """三级公路, 一、二类水质, 十佳.

    >>> from reportparse.mentions import find
    >>> [m.text for m in find("三级公路，一、二类水质，一、二、三产业")]
    ['三级', '一、二类', '一、二、三产业']
    """
    return label(*match.span())


@rule(r"[1-9]\.0(?=版|时代|[\u4e00-\u9fff、，。”])(?:版|时代)?|\d(?:\.\d)?版")
def version(match: re.Match[str], _: None) -> Draft | None:
    """自贸区3.0版.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("工业4.0时代，增长5.0个百分点")]
    [('label', '4.0时代'), ('amount', '5.0个百分点')]
    """
    view, start = match.string, match.start()
    if unit_end(view, match.end()) > match.end() or view[match.end() : match.end() + 1] in MYRIADS:
        return None
    if not match[0].endswith(("版", "时代")) and not view[max(0, start - 4) : start].endswith(_VERSIONED):
        return None
    return label(*match.span())


@rule(rf"\d+[—~\-至]\d+(?:周岁|岁)|(?P<number>\d+|{CHINESE}++)(?:周岁|岁)(?=以上|以下|及以上|及以下|以内|的?(?:人口|老人|老年|儿童|青年|学生|群众|妇女|居民|女性|少年|婴幼儿|至|—|~|-|退休|高龄|适龄|常住))")
def age_class(match: re.Match[str], _: None) -> Draft | None:
    """60岁及以上人口: an age that names a group.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("60岁及以上人口100万人")]
    [('label', '60岁'), ('amount', '100万人')]
    """
    if match.string[max(0, match.start() - 3) : match.start()].endswith(_AGES):
        return None
    return label(*match.span())


@rule(rf"翻[了{DIGITS}]{{0,2}}番")
def doubling(match: re.Match[str], _: None) -> Draft:
    """翻一番, 翻两番.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("收入翻了一番")]
    [('label', '翻了一番')]
    """
    return label(*match.span())


@rule(rf"[{ONES}十](?=[、和与及][{ONES}十](?:[、和与及][{ONES}十])*(?:类|级|期|产业|季度|线|等|档|师|号))")
def listed_class(match: re.Match[str], _: None) -> Draft:
    """The first of classes that share their noun.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("一、二季度")]
    [('label', '一'), ('time', '二季度')]
    """
    return label(*match.span())
