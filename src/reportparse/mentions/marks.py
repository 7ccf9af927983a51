"""Marks: numbers of pages, headings, documents, telephones and hours: what is numbered and no figure."""

from __future__ import annotations

import re

from reportparse.lexicon import alternatives, table
from reportparse.mentions.drafts import Draft, label
from reportparse.numerals import NUMERAL_SIGNS, ONES, TENS
from reportparse.rules import rule
from reportparse.units import match as unit_end

_WORDS = table("labels")
_REFERENCES = "|".join(f"(?<={re.escape(word)})" for word in _WORDS["references"]["words"])
_ALONE = frozenset(_WORDS["references"]["at_start"])
_BEFORE_ALONE = frozenset(_WORDS["references"]["before_at_start"])
_AT_START = "|".join(f"(?<={word})" for word in sorted(_ALONE))
_PHONES = _WORDS["phones"]
_FIGURE_AFTER = tuple(_WORDS["references"]["figure_after"])
"""GDP5.2% is no code."""
_HOTLINE = 5
"""Signs of a hotline's number."""


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
    named = view.startswith(tuple(_PHONES["after"]), end)
    if len(match[0]) == _HOTLINE and match[0] != "10000" and unit_end(view, end) == end and view[end : end + 1] not in "万亿多余.%":
        return label(start, end)
    if named or view[max(0, start - 3) : start].endswith(tuple(_PHONES["before"])):
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
        if len(minutes) < 2 or (rest and 98 <= int(hours) + int(minutes) + int(rest[0]) <= 102):
            return None
    return label(*match.span())


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


@rule(rf"(?:{_REFERENCES}|{_AT_START})(?:\d{{1,3}}+(?:[—~\-、]\d{{1,3}}+)*+|[{ONES}十]{{1,2}})(?!\d|[.,]\d|[年月日个家项万亿%‰元])")
def reference(match: re.Match[str], _: None) -> Draft | None:
    """附件1, 表2.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("详见附件1。")]
    [('label', '1')]
    """
    view, start = match.string, match.start()
    if unit_end(view, match.end(), strict=True) > match.end():
        return None
    if view[start - 1] in _ALONE and start > 1 and "\u4e00" <= view[start - 2] <= "\u9fff" and view[start - 2] not in _BEFORE_ALONE:
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


@rule(r"\d{1,64}+@[A-Za-z0-9.]++|(?:(?<=[码号])|(?<=[码号][：:]))\d{6,}+(?![.,\d])|\d{15,}+[\dXx]*|\d{6,}(?=号)|0\d{5,}+(?![.\d%])")
def long_code(match: re.Match[str], _: None) -> Draft:
    """Codes of many digits.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.text) for m in find("代码914501003456789012")]
    [('label', '914501003456789012')]
    """
    return label(*match.span())
