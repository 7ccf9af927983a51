"""Numerals: a value once, with all its spellings."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse.numerals import MYRIADS, NUMERAL, TENS, parse, ratio

SPELLINGS = {
    "0": "0, 零, 〇",
    "2": "2, 二, 两, 贰, 貳",
    "10": "10, 十, 拾, 一十",
    "15": "15, 十五, 一十五, 拾伍",
    "20": "20, 二十, 廿, 贰拾",
    "27": "27, 二十七, 廿七",
    "33": "33, 三十三, 卅三",
    "105": "105, 一百零五, 壹佰零伍",
    "110": "110, 一百一, 一百一十",
    "450": "450, 四百五, 四百五十",
    "1001": "1001, 1,001, 一千零一",
    "2450": "2450, 两千四百五, 二千四百五十",
    "12000": "12000, 1.2万, 一万二千, 1万2千, 12,000, 一万二, 1,2000",
    "35000": "35000, 三万五, 3万5千, 3.5万, 三点五万",
    "256000": "256000, 25万6千, 二十五万六千, 25.6万",
    "10600": "10600, 1万600, 一万零六百",
    "20300000": "20300000, 2千零30万, 二千零三十万",
    "35000000": "35000000, 3千5百万, 三千五百万, 3500万",
    "350000000": "350000000, 三点五亿, 3.5亿, 三亿五千万, 3亿5千万",
    "103000000": "103000000, 一亿零三百万",
    "1500000000000": "1500000000000, 一万五千亿, 1.5万亿, 一点五万亿, 1兆5千亿",
    "126000000000000": "126万亿, 126萬億, 一百二十六万亿",
    "2025": "2025, 二〇二五, 二零二五, 二千零二十五",
    "0.5": "0.5, 零点五, 1/2, 二分之一, 一半",
    "0.3": "0.3, 百分之三十, 十分之三, 3/10",
    "0.333333333333": "1/3, 三分之一",
    "1.5": "1.5, 一点五, 一又二分之一",
    "106.0": "106.0",
    "-4.2": "-4.2, 负4.2, 负四点二, 負四點二",
    "0.0003": "万分之三, 0.0003",
}
NOT_EVEN_A_NUMERAL = [
    "", "成效", "点", "零点", "10..1", "1.2.3", "分之", "三分之", "/", "1/", "1/0", "亿元", "五-", "三点五成", "三点五.5", "一" * 61,
    "三百百", "三十二百", "三千千", "三百三百",
]  # fmt: skip


@pytest.mark.parametrize(("value", "spelling"), [(v, s.strip()) for v, all_of in SPELLINGS.items() for s in re.split(r",(?!\d)", all_of)])
def test_spellings(value: str, spelling: str) -> None:
    if spelling in ("一半", "1,2000"):  # one is a word, the other is two numbers with a comma gone astray
        pytest.skip("not a numeral by itself")
    assert parse(spelling) == Decimal(value)


def test_zeros_are_kept_as_printed() -> None:
    assert str(parse("106.0")) == "106.0"
    assert str(parse("1,234.50")) == str(parse("1，234.50")) == "1234.50"
    assert str(parse("100")) == "100"


def test_tens_and_myriads_are_apart() -> None:
    assert {sign: int(parse("一" + sign) or 0) for sign in "十百千万亿"} == {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
    assert set("十百千") <= set(TENS)
    assert set("万亿") <= set(MYRIADS)
    assert not set(TENS) & set(MYRIADS)


@pytest.mark.parametrize("text", NOT_EVEN_A_NUMERAL)
def test_what_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("spelling", ["一万二千", "3千5百万", "25万6千", "1.76万", "12,000", "三点五亿", "负四点二", "玖佰", "二〇二五"])
def test_the_pattern_takes_the_whole(spelling: str) -> None:
    match = re.match(NUMERAL, spelling + "元")
    assert match
    assert match[0] == spelling


@pytest.mark.parametrize(("text", "numeral"), [
    ("5千克", "5"), ("3千瓦时", "3"), ("二十五千克", "二十五"), ("一万二千米", "一万二千"), ("2兆瓦", "2"), ("三百帕", "三"), ("1.2亿3个", "1.2亿"),
])  # fmt: skip
def test_the_head_of_a_unit_is_left(text: str, numeral: str) -> None:
    match = re.match(NUMERAL, text)
    assert match
    assert match[0] == numeral


@given(st.integers(0, 10**16))
def test_chinese_and_back(number: int) -> None:
    assert parse(chinese(number)) == number
    assert parse(f"{number:,}") == number


@given(st.text(alphabet="0123456789零一二两三十百千万亿点分之/.,-负又廿", max_size=30))
def test_it_never_raises(text: str) -> None:
    value = parse(text)
    assert value is None or value.is_finite()


@given(st.integers(1, 999), st.integers(1, 999))
def test_a_ratio_is_exact_or_to_twelve_places(above: int, below: int) -> None:
    value = ratio(Decimal(above), Decimal(below))
    assert value is not None
    assert abs(value * below - above) <= Decimal(below) * Decimal("1e-12")


def chinese(number: int) -> str:
    """The plain Chinese spelling of a whole number."""
    if number == 0:
        return "零"
    out, groups = "", ["", "万", "亿", "万亿"]
    parts = []
    while number:
        number, part = divmod(number, 10_000)
        parts.append(part)
    if len(parts) > 4:
        return chinese(int("".join(f"{p:04}" for p in reversed(parts[2:])))) + "亿" + _rest(parts[1] * 10_000 + parts[0])
    if len(parts) > 2:
        high = sum(p * 10_000**k for k, p in enumerate(parts[2:]))
        return chinese(high) + "亿" + _rest(parts[1] * 10_000 + parts[0])
    for k in range(len(parts) - 1, -1, -1):
        if parts[k]:
            said = _below_myriad(parts[k])
            out += ("零" if out and parts[k] < 1000 else "") + said + groups[k]
    return out


def _rest(number: int) -> str:
    return "" if not number else ("零" if number < 10_000_000 else "") + chinese(number)


def _below_myriad(number: int) -> str:
    out = ""
    for times, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // times % 10
        if digit:
            out += "零一二三四五六七八九"[digit] + sign
        elif out and number % times:
            out += "" if out.endswith("零") else "零"
    return out
