"""Units: their canonical spelling, exact conversion, and the table that holds them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from reportparse.lexicon import table
from reportparse.mentions import find
from reportparse.numerals import parse
from reportparse.units import MULTIPLIERS, canonical, convert, dimension, match, units

CANONICAL = {
    "元": "元, 圆, 元整, 人民币", "千米": "千米, 公里, km, KM", "平方米": "平方米, ㎡, 平米, m²", "微克/立方米": "微克/立方米, μg/m³, 微克每立方米",
    "%": "%, ﹪", "百分点": "百分点, 个百分点, 個百分點", "千克": "千克, 公斤, kg", "平方千米": "平方公里, km², km2", "毫克/升": "毫克/升, mg/L",
    "标箱": "标箱, TEU, 标准箱", "摄氏度": "℃, 摄氏度", "千瓦时": "千瓦时, 度, kWh", "户": "户, 戶",
}


@pytest.mark.parametrize(("name", "spelling"), [(n, s) for n, all_of in CANONICAL.items() for s in all_of.split(", ")])
def test_one_spelling_for_each_unit(name: str, spelling: str) -> None:
    assert canonical(spelling) == (1, name)


@pytest.mark.parametrize(("unit", "times", "name"), [
    ("亿元", 10**8, "元"), ("万吨/日", 10**4, "吨/日"), ("万亿元", 10**12, "元"), ("百万吨", 10**6, "吨"), ("亿千瓦时", 10**8, "千瓦时"),
    ("万千瓦", 10**4, "千瓦"), ("万", 10**4, ""), ("", 1, ""), ("千瓦", 1, "千瓦"), ("兆瓦", 1, "兆瓦"), ("亭", 1, "亭"),
])  # fmt: skip
def test_multipliers_move_into_the_value(unit: str, times: int, name: str) -> None:
    assert canonical(unit) == (times, name)


def test_multipliers_are_numerals_too() -> None:
    assert {word: parse("一" + word) for word in MULTIPLIERS} == MULTIPLIERS


@pytest.mark.parametrize(("value", "unit", "to", "expected"), [
    ("3", "亩", "平方米", "2000"), ("1", "公顷", "亩", "15"), ("1", "平方公里", "公顷", "100"), ("2", "斤", "公斤", "1"),
    ("1", "万吨", "亿斤", "0.2"), ("36", "公里/小时", "米/秒", "10"), ("1", "万元", "亿元", "0.0001"),
    ("1", "亩", "公顷", "0.066666666667"), ("5", "%", "%", "5"), ("1.5", "兆瓦时", "千瓦时", "1500"),
])  # fmt: skip
def test_conversion_is_exact(value: str, unit: str, to: str, expected: str) -> None:
    assert convert(Decimal(value), unit, to) == Decimal(expected)


@pytest.mark.parametrize(("unit", "to"), [("元", "美元"), ("%", "个百分点"), ("吨", "米"), ("个", "家"), ("吨/日", "吨"), ("亭", "座")])
def test_what_measures_something_else_is_refused(unit: str, to: str) -> None:
    with pytest.raises(ValueError, match=unit):
        convert(Decimal(1), unit, to)


def test_no_word_stands_twice() -> None:
    words = table("units")
    spelled: list[str] = list(words["measure"]["words"]) + list(words["measure"]["nouns"])
    for name, members in words.items():
        if name not in ("measure", "followed", "joining", "signs"):
            for unit, entry in members.items():
                spelled += [unit, *entry.get("also", ())]
    assert [w for w, n in Counter(spelled).items() if n > 1] == []


@pytest.mark.parametrize("name", ["numerals", "bounds", "times", "ranks", "labels"])
def test_no_word_stands_twice_in_its_list(name: str) -> None:
    def lists(node: object, path: str) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                lists(value, f"{path}.{key}")
        elif isinstance(node, list):
            assert [w for w, n in Counter(node).items() if n > 1] == [], path

    lists(dict(table(name)), name)


def test_every_unit_has_a_dimension() -> None:
    assert [u for u in units() if dimension(u) is None] == []


def test_every_unit_is_found_after_a_number() -> None:
    """But for classes (5.5级)."""
    lost = [u for u in units() if not (m := find(f"共5.5{u}，")) or m[0].value is None or m[0].end != 4 + len(u)]
    assert set(lost) <= {"级地震", "E级"}, lost


def test_signs_that_begin_another_word_end_no_unit() -> None:
    for unit, signs in table("units")["followed"].items():
        assert unit in units(), unit
        for sign in signs:
            assert match(unit + sign, 0) != 1, unit + sign
