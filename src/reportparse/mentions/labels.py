"""Labels: names, classes, documents, footnotes: what holds a numeral and is no figure."""

from __future__ import annotations

import re

from reportparse.lexicon import alternatives, table
from reportparse.mentions.drafts import Draft, label
from reportparse.numerals import ARABIC, CHINESE, DIGITS, MULTIPLIER, MYRIADS, NUMERAL_SIGNS, ONES, TENS, parse
from reportparse.rules import rule
from reportparse.units import match as unit_end

_WORDS = table("labels")
_IDIOMS = frozenset(_WORDS["idioms"]["words"])
_SIGNS = frozenset(NUMERAL_SIGNS + "双半几数")
_NUMBER = rf"(?:\d++(?:\.\d++)?|{CHINESE}++)"
_CN = f"[{ONES}{TENS}百]"


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
_CASE = re.compile(r"[^，。；、]{0,12}?(?:案|事故|事件|灾害|疫情)")
_AFTER_IDIOM = {"点": DIGITS, "分": "之", "元": "/", "公": "里裏斤顷尺升吨"}
"""一点五 and 十分之一 are no idioms."""


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
    if match[0][0] != "《" and (_plain_figure(said) or _KEPT.search(said)):
        return None
    return label(*match.span())


_NUMERIC = frozenset(NUMERAL_SIGNS.replace("陆", "").replace("伍", "") + "0123456789")
_FIGURE = re.compile(rf"(?:超|超过|突破|近|约|达到)?(?:{ARABIC}{MULTIPLIER}*+|{CHINESE}{{2,}}+)(?=.)")


def _plain_figure(said: str) -> bool:
    """A numeral with its unit and no more."""
    found = _FIGURE.match(said)
    return found is not None and unit_end(said, found.end()) == len(said)


_KEPT = re.compile(rf"双第|连[增涨降跌优A]|^[{ONES}十]五$|^十[{ONES}]五$|第[{ONES}十]+[名位]?$|分之")


@rule(rf"[\d{NUMERAL_SIGNS}.,，、:：—~\-兆几数]{{200,}}+")
def endless_row(match: re.Match[str], _: None) -> Draft:
    """A row of numeral signs that no one writes; taken whole, so that it costs no more than its length.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.rule) for m in find("一" * 1000)]
    [('label', 'endless_row')]
    """
    return label(*match.span())


@rule(r"[-—]\d{1,4}[-—](?=\Z|\n)")
def page_number(match: re.Match[str], _: None) -> Draft:
    """A page's number between strokes.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("-12-")]
    [('label', '-12-')]
    """
    return label(*match.span())


@rule(r"\[[注]?\d{1,3}\]|[①-⑳㈠-㈩❶-❿]|\(注\d{1,2}\)|【\d{1,3}】")
def footnote(match: re.Match[str], _: None) -> Draft:
    """Footnote marks.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("生产总值[2]14210亿元")]
    [('label', '[2]'), ('amount', '14210亿元')]
    """
    return label(*match.span())


@rule(r"\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)")
def enumerator(match: re.Match[str], _: None) -> Draft:
    """Numbers in brackets that count headings and items.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("(一)工业。(2)农业")]
    [('label', '(一)'), ('label', '(2)')]
    """
    return label(*match.span())


@rule(r"(?:(?:\A|(?<=[。；;:：\n]))\d{1,2}(?:[.、．](?!\d)|(?<=\d)\.(?=\d{4}年))|(?:\A|(?<=[。；;\n]))\d{1,2}(?:\.\d{1,2}){1,3}(?=[^\d.%‰万亿]))(?!号)")
def heading_number(match: re.Match[str], _: None) -> Draft | None:
    """1. and 1、 at the head of a paragraph or a sentence.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("1.教育支出600万元")]
    [('label', '1.'), ('amount', '600万元')]
    """
    view, end = match.string, match.end()
    if view[end - 1] not in ".、．" and (unit_end(view, end, strict=True) > end or match[0].count(".") < 2):
        return None
    if view[end - 1] == "、" and re.match(r"\d", view[end : end + 1]):
        return None
    return label(*match.span())


@rule(r"(?:\A|(?<=[。；;:：，,\n”）)]))(?:[一二三四五六七八九]?十?[一二三四五六七八九十](?:、(?![一二三四五六七八九十两]+[、，产季类级])|是(?!否)|要(?!素|点|求))|其[一二三四五六七八九])")
def spoken_enumerator(match: re.Match[str], _: None) -> Draft:
    """一、, 一是, 二要 at the head of a clause.

    >>> from reportparse.mentions import find
    >>> [m.text for m in find("一是加大投入；二是强化监管")]
    ['一是', '二是']
    """
    return label(*match.span())


@rule(r"(?:(?:86)?1[3-9]\d{9}|0\d{2,3}[-—]\d{5,8}(?:-\d+)?|\(0\d{2,3}\)\d{7,8}|400[-—]?\d{3,4}[-—]?\d{3,4}|\d{3,4}-\d{7,8})(?!\d)|\d{1,3}(?:\.\d{1,3}){3}(?!\d)|\d++(?:\.\d++){2,}+(?![%万亿])")
def phone_or_address(match: re.Match[str], _: None) -> Draft:
    """Telephone numbers, addresses in networks, versions.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("电话0771-1234567，版本3.0.1")]
    [('label', '0771-1234567'), ('label', '3.0.1')]
    """
    return label(*match.span())


@rule(rf"(?P<number>{alternatives(_WORDS['phones']['words'] + _WORDS['schools']['words'])})(?!\d)")
def known_number(match: re.Match[str], _: None) -> Draft | None:
    """Hotlines and other numbers that are names.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("12345热线受理110件")]
    [('label', '12345'), ('amount', '110件')]
    """
    view, start, end = match.string, match.start(), match.end()
    if match[0] in _WORDS["schools"]["words"]:
        return label(start, end) if view.startswith(("工程", "高校", "大学", "、", "”"), end) or end - start == len(view) else None
    named = view.startswith(tuple(_WORDS["phones"]["after"]), end)
    if len(match[0]) == 5 and match[0] != "10000" and unit_end(view, end) == end and view[end : end + 1] not in "万亿多余.%":  # noqa: PLR2004
        return label(start, end)
    if named or view[max(0, start - 3) : start].endswith(tuple(_WORDS["phones"]["before"])):
        return label(start, end)
    return None


@rule(r"(?P<parts>(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?)(?![\d:.%])|(?P<hour>(?:[01]?\d|2[0-4])[时時](?:(?:[0-5]?\d)分?|[许整起止前后至到]|(?=$|[，。；、—~-])))|(?:[01]?\d|2[0-4])点(?:[0-5]?\d分|半|整|钟)|(?:(?<=[上下]午)|(?<=凌晨)|(?<=晚上)|(?<=晚)|(?<=早上)|(?<=中午))(?:[01]?\d|2[0-4]|[一二两三四五六七八九十]{1,3})[时点](?:(?:[0-5]?\d|[一二三四五十]{1,3})分|半|整)?")
def clock(match: re.Match[str], _: None) -> Draft | None:
    """Times of day; a ratio is none.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("上午9:30开会，比例为10:31")]
    [('label', '9:30'), ('amount', '10'), ('amount', '31')]
    """
    if match["parts"]:
        head = match.string[max(0, match.start() - 6) : match.start()]
        if "比" in head or head.endswith(("为", "约", "是")) or "构" in head:
            return None
        hours, minutes, *rest = match["parts"].split(":")
        if len(minutes) < 2 or (rest and 98 <= int(hours) + int(minutes) + int(rest[0]) <= 102):  # noqa: PLR2004
            return None
    return label(*match.span())


_FIGURE_AFTER = ("%", "‰", "万", "亿", "元")
"""GDP5.2% is no code."""


@rule(r"[A-Za-z0-9_.]{1,64}+@[A-Za-z0-9.\-]++|(?:https?:|www\.)[!-~]++|(?=[A-Za-zΑ-Ωα-ω\-—._]{1,24}\d)[A-Za-zΑ-Ωα-ω]++(?:[-—._]?[A-Za-z0-9]++)*+\+?")
def code(match: re.Match[str], _: None) -> Draft | None:
    """Letters with digits: models, substances, groups of states.

    >>> from reportparse.mentions import find
    >>> [m.text for m in find("PM2.5和PM10，G20，CO2，A1")]
    ['PM2.5', 'PM10', 'G20', 'CO2', 'A1']
    """
    if not any(sign.isdigit() for sign in match[0]) or match.string[match.end() : match.end() + 1] in _FIGURE_AFTER:
        return None
    return label(*match.span())


@rule(r"\d{1,4}+(?:\.\d)?[A-Z](?:级|(?=$|[+＋、，。；”\u4e00-\u9fff]))")
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


@rule(rf"(?P<list>\d+(?:[、和及至—~\-]\d+)*)(?P<hao>[号號])(?![召角称])|(?P<cn>[{ONES}{TENS}]+(?:[、和至][{ONES}{TENS}]+)*)号(?![召角称])")
def numbered(match: re.Match[str], _: None) -> Draft | None:
    """168号文, 5、6号机组; a bare 30号 is a day.

    >>> from reportparse.mentions import find
    >>> [m.text for m in find("5、6号机组按168号文建设")]
    ['5、6号', '168号']
    """
    if match.start() == 0 and match.end() == len(match.string):
        return None
    return label(*match.span())


@rule(rf"(?P<number>\d+(?:[—~\-至、和]\d+)?)(?:{alternatives(_WORDS['classes']['arabic'])})(?![\d])")
def digits_class(match: re.Match[str], _: None) -> Draft | None:
    """500强, 3级, 14届.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("世界500强企业，2级响应，3.5级")]
    [('label', '500强'), ('label', '2级'), ('label', '3.5级')]
    """
    view, end = match.string, match.end()
    if match[0].endswith("大") and view.startswith(("于", "幅", "约", "量", "部"), end):
        return None
    if match[0].endswith("类") and not re.match(r"[地区药车人城水土]", view[end : end + 1]):
        return None
    return label(*match.span())


@rule(rf"(?P<number>{_NUMBER}{MULTIPLIER}*+)[多余]?(?=[^，。；、\d]{{1,4}}(?:级|产业))")
def size_class(match: re.Match[str], _: None) -> Draft | None:
    """A size that names a class: 30万吨级航道, 三千亿元产业.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("30万吨级航道")]
    [('label', '30万吨级')]
    """
    view = match.string
    end = unit_end(view, match.end())
    if end == match.end():
        return None
    if view.startswith("级", end):
        return label(match.start(), end + 1)
    return label(match.start(), end) if view.startswith("产业", end) and view[end + 2 : end + 3] not in ("增", "值", "投") else None


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
    """
    value = parse(match["number"])
    rank = int(value) if value is not None and value == value.to_integral_value() else None
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


@rule(r"\d+(?:\+(?:\d+|[A-Za-zＮ]+))+|[A-Z]\+\d+|\d{1,2}·\d{1,2}(?![\d%‰万亿]|个百分)|\d[>＞]\d|\d税\d(?:费|附加)|\d+[*×]\d+")
def formula(match: re.Match[str], _: None) -> Draft | None:
    """1+10+N, 4·25.

    >>> from reportparse.mentions import find
    >>> [m.text for m in find("构建1+10+N基金")]
    ['1+10+N']
    """
    if "·" in match[0] and unit_end(match.string, match.end(), strict=True) > match.end():
        return None
    return label(*match.span())


@rule(rf"(?:{'|'.join(f'(?<={re.escape(w)})' for w in _WORDS['references']['words'])})(?:\d{{1,3}}+(?:[—~\-、]\d{{1,3}}+)*+|[{ONES}十]{{1,2}})(?!\d|[.,]\d|[年月日个家项万亿%‰元])")
def reference(match: re.Match[str], _: None) -> Draft | None:
    """附件1, 表2.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("详见附件1。")]
    [('label', '1')]
    """
    if unit_end(match.string, match.end(), strict=True) > match.end():
        return None
    return label(*match.span())


@rule(r"(?:[国省市区县]?[\u4e00-\u9fff]{1,4})?[(\[](?:19|20)\d\d[)\]](?:第)?\d+号?")
def document_number(match: re.Match[str], _: None) -> Draft:
    """国发〔2023〕5号.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("按(2023)5号执行")]
    [('label', '(2023)5号')]
    """
    return label(*match.span())


_VERSIONED = tuple(_WORDS["references"]["versioned"])


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


@rule(r"\d{1,64}+@[A-Za-z0-9.]++|(?:(?<=[码号])|(?<=[码号][：:]))\d{6,}+(?![.,\d])|\d{15,}+[\dXx]*|\d{6,}(?=号)|0\d{5,}+(?![.\d%])")
def long_code(match: re.Match[str], _: None) -> Draft:
    """Codes of many digits.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("代码914501003456789012")]
    [('label', '914501003456789012')]
    """
    return label(*match.span())


@rule(rf"\d+[—~\-至]\d+(?:周岁|岁)|(?P<number>\d+|{CHINESE}++)(?:周岁|岁)(?=以上|以下|及以上|及以下|以内|的?(?:人口|老人|老年|儿童|青年|学生|群众|妇女|居民|女性|少年|婴幼儿|至|—|~|-|退休|高龄|适龄|常住))")
def age_class(match: re.Match[str], _: None) -> Draft | None:
    """60岁及以上人口: an age that names a group.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("60岁及以上人口100万人")]
    [('label', '60岁'), ('amount', '100万人')]
    """
    if match.string[max(0, match.start() - 3) : match.start()].endswith(("到", "达", "为", "寿命", "龄", "至", "高", "加", "升", "长", "延", "多", "少", "是")):
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
