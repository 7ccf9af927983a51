"""Numerals, Arabic, Chinese and mixed, and the exact decimals that they stand for.

`NUMERAL` is the pattern of one whole numeral in a folded text without blanks; `parse` reads what it matched.
"""

from __future__ import annotations

import re
from decimal import Decimal, Inexact, InvalidOperation, localcontext

from reportparse import patterns
from reportparse.lexicon import table

_WORDS = table("numerals")
_DIGIT = {sign: digit for digit, signs in _WORDS["digits"].items() for sign in signs}
_TIMES = {sign: int(times) for times, signs in _WORDS["multipliers"].items() for sign in signs}
_MYRIAD = 10_000
_PLACES = Decimal(1).scaleb(-12)
"""A fraction that does not end is given to twelve places."""

DIGITS = "".join(_DIGIT)
"""Chinese digits, zero included."""
ZEROS = "".join(s for s, d in _DIGIT.items() if d == "0")
ONES = "".join(s for s, d in _DIGIT.items() if d != "0")
TENS = "".join(s for s, t in _TIMES.items() if t < _MYRIAD)
MYRIADS = "".join(s for s, t in _TIMES.items() if t >= _MYRIAD and s != "兆")
NUMERAL_SIGNS = DIGITS + TENS + MYRIADS

# a multiplier, unless it is the head of a unit: 千克, 千瓦时, 兆瓦, 百帕 (一万二千米 keeps its 千)
_UNIT_AHEAD = "克瓦米卡伏赫帕焦乏"
MULTIPLIER = (
    f"(?:[{''.join(s for s in TENS + MYRIADS if s not in '千百')}]"
    f"|千(?:(?<=[{MYRIADS}{ZEROS}][{ONES}]千)|(?![{_UNIT_AHEAD}]|分[点點]))|百(?!帕|分[点點位])|兆(?![瓦赫帕焦伏比字]))"
)
CHINESE = f"(?:[{DIGITS}]|{MULTIPLIER})"
"""One sign of a Chinese numeral."""
ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})++(?!\d)|\d++)(?:\.\d++)?+"
"""Digits, with or without thousands signs and decimals."""
_POINT = f"(?:[点點][{DIGITS}]++{MULTIPLIER}*+)"
WHOLE = (
    # 25万6千, 1万600, 3千5百万; decimals take only multipliers: 1.76万
    rf"(?:\d++\.\d++{MULTIPLIER}*+"
    rf"|(?:\d{{1,3}}(?:[,，]\d{{3}})++(?!\d)(?:\.\d++)?+|\d++){MULTIPLIER}++"
    rf"(?:[{ZEROS}]?(?:\d{{1,4}}(?:,\d{{3}})?|[{ONES}]){MULTIPLIER}++)*+"
    rf"(?:[{ZEROS}]?(?:\d{{1,3}},\d{{3}}|\d{{2,4}}(?![\d.%年岁周])|[{ONES}](?![{DIGITS}])|\d(?=[元圆$]|$|[，。、；])))?"
    rf"|{ARABIC}"
    rf"|{CHINESE}++{_POINT}?+)"
)
"""A numeral without sign or fraction."""
NEGATIVE = r"(?:(?<![0-9A-Za-z%‰)）\]号条页年月日])-|(?<![税担肩抱自减胜欠])[负負])"
NUMERAL = f"(?:{NEGATIVE})?+{WHOLE}"

_TOKEN = patterns.compile(rf"(?P<arabic>\d[\d,，]*(?:\.\d+)?|\.\d+)|(?P<digits>[{DIGITS}]+)|(?P<times>[{''.join(_TIMES)}])")
_FRACTION = patterns.compile(r"(?:(?P<whole>.+)又)?(?P<below>.+?)分之(?P<above>.+)")


def parse(text: str) -> Decimal | None:
    """The value of a numeral, exact; None where `text` is none.

    >>> [str(parse(s)) for s in ("12,000.50", "一万二千", "3千5百万", "25万6千", "三点五亿", "两千四百五", "负4.2", "贰佰零伍")]
    ['12000.50', '12000', '35000000', '256000', '350000000', '2450', '-4.2', '205']
    >>> [str(parse(s)) for s in ("三分之一", "1/8", "百分之三十", "一又二分之一", "二〇二五", "廿七")]
    ['0.333333333333', '0.125', '0.3', '1.5', '2025', '27']
    >>> parse("成效"), parse("")
    (None, None)
    >>> parse("三百百"), parse("三十二百"), parse("一百十"), parse("三百万")
    (None, None, Decimal('110'), Decimal('3000000'))
    """
    text = text.strip()
    if text[:1] in ("-", "负", "負"):
        value = parse(text[1:])
        return None if value is None else -value
    if "分之" in text:
        return _fraction(text)
    if text.count("/") == 1:
        above, below = (parse(part) for part in text.split("/"))
        return ratio(above, below)
    head, point, tail = text.replace("點", "点").partition("点")
    return _decimal(head, tail) if point else _whole(text)


def ratio(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    """`above` divided by `below`: exact where the division ends, else to twelve places.

    >>> ratio(Decimal(1), Decimal(3)), ratio(Decimal(23), Decimal(1000))
    (Decimal('0.333333333333'), Decimal('0.023'))
    """
    if above is None or not below:
        return None
    with localcontext() as context:
        context.prec = 60
        context.clear_flags()
        quotient = above / below
        return plain(quotient.quantize(_PLACES) if context.flags[Inexact] else quotient)


def plain(value: Decimal) -> Decimal:
    """The same number without exponent and without zeros after its last decimal.

    >>> plain(Decimal("1.50E+3")), plain(Decimal("0.120"))
    (Decimal('1500'), Decimal('0.12'))
    """
    value = value.normalize()
    exponent = value.as_tuple().exponent
    return Decimal(f"{value:f}") if isinstance(exponent, int) and exponent > 0 else value  # quantize refuses beyond 28 digits


def _fraction(text: str) -> Decimal | None:
    match = _FRACTION.fullmatch(text)
    if not match:
        return None
    value = ratio(parse(match["above"]), parse(match["below"]))
    if value is None or not match["whole"]:
        return value
    whole = parse(match["whole"])
    return None if whole is None else whole + value


def _decimal(head: str, tail: str) -> Decimal | None:
    whole = _whole(head)
    cut = next((k for k, sign in enumerate(tail) if sign not in _DIGIT), len(tail))
    if whole is None or not cut:
        return None
    value = Decimal(f"{whole}." + "".join(_DIGIT[s] for s in tail[:cut]))
    for sign in tail[cut:]:
        if sign not in _TIMES:
            return None
        value = plain(value * _TIMES[sign])
    return value


def _whole(text: str) -> Decimal | None:
    if text.isascii():
        try:
            return Decimal(text.replace(",", ""))
        except InvalidOperation:
            return None
    tokens = list(_TOKEN.finditer(text))
    if sum(m.end() - m.start() for m in tokens) != len(text):
        return None
    if len(text) > 60:
        return None
    return _add_up(list(tokens))


def _add_up(tokens: list[re.Match[str]]) -> Decimal | None:
    total = Decimal(0)  # closed by 万, 亿, 兆
    section = Decimal(0)  # below the next 万
    digit: Decimal | None = None  # not yet multiplied
    last = 0  # the multiplier just before
    least = 0  # the least below the next 万 so far
    largest = 0
    zero = -1  # where a digit that may be a bare 零 ended: 2千零30万
    for token in tokens:
        kind, said = token.lastgroup, token[0]
        if kind != "times":
            if digit is not None and (digit or zero != token.start()):
                return None
            digit, zero = _read(said), token.end()
            if last >= 100 and token is tokens[-1] and len(said) == 1 and digit:
                digit *= last // 10
            last = 0
            continue
        times = _TIMES[said]
        if times < _MYRIAD:
            if least and times >= least:
                return None  # 三百百, 三十二百: no one counts so; 一百十 is said
            least = times
            section += (digit or Decimal(1)) * times
        else:
            section += digit or 0
            if not section and not total:
                section = Decimal(1)  # a bare 万
            if times >= largest:
                total, largest = (total + section) * times, times
            else:
                total = total + section * times if section else total * times  # 亿万
            section, least = Decimal(0), 0
        digit, last = None, times
    value = total + section + (digit or 0)
    return plain(value) if largest or section else value


def _read(said: str) -> Decimal:
    return Decimal("".join(_DIGIT.get(s, s) for s in said if s not in ",，"))
