"""Finding, by phenomenon: sentences with marks in them, and what holds for any text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportparse.folding import fold, squeeze
from reportparse.lexicon import table
from reportparse.mentions import Mention, find, find_mentions, mark, unread
from reportparse.mentions.model import When

FOLDER = Path(__file__).parent / "sentences"


def sentences(name: str) -> list[object]:
    """The sentences of a file, each named by its phenomenon."""
    found, phenomenon = [], ""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            phenomenon = line[3:]
        elif line and not line.startswith("#"):
            marked, _, expected = line.partition(" => ")
            found.append(pytest.param(marked, expected, id=f"{phenomenon}: {marked[:16]}"))
    return found


def plain(marked: str) -> str:
    return re.sub(r"[\[\]]", "", marked)


def marked_with(text: str, kinds: tuple[str, ...]) -> str:
    out, at = [], 0
    for m in find_mentions(text):
        if m.kind in kinds:
            out += [text[at : m.start], "[", m.text, "]"]
            at = m.end
    return "".join([*out, text[at:]])


def said(m: Mention) -> str:
    value = str(m.value) if m.value_max is None else f"{m.value}..{m.value_max}"
    return " ".join([value, m.unit or "-"] + ([] if m.bound == "exact" else [m.bound]))


@pytest.mark.parametrize(("marked", "expected"), sentences("amounts"))
def test_amounts(marked: str, expected: str) -> None:
    marked = re.sub(r"\[(超|近|约)", r"\1[", marked)
    text = plain(marked)
    found = [m for m in find_mentions(text) if m.kind in ("amount", "rank")]
    assert marked_with(text, ("amount", "rank")) == marked
    if expected:
        assert " | ".join(map(said, found)) == expected


@pytest.mark.parametrize(("marked", "expected"), sentences("ranks"))
def test_ranks(marked: str, expected: str) -> None:
    text = plain(marked)
    found = [m for m in find_mentions(text) if m.kind == "rank"]
    assert marked_with(text, ("rank",)) == marked
    types = [f"{m.rank}" if m.rank_type == "exact" else f"{m.rank} {m.rank_type}" for m in found]
    assert " | ".join(types) == expected


@pytest.mark.parametrize(("marked", "expected"), sentences("times"))
def test_times(marked: str, expected: str) -> None:
    text = plain(marked)
    found = [m for m in find_mentions(text) if m.kind == "time"]
    assert marked_with(text, ("time",)) == marked
    assert " | ".join(str(m.when and m.when.resolve(2025)) for m in found) == expected


@pytest.mark.parametrize(("marked", "_"), sentences("labels"))
def test_labels(marked: str, _: str) -> None:
    text = plain(marked)
    view = squeeze(fold(text)).text
    found = find(view)
    assert not [m for m in found if m.kind in ("amount", "rank")]
    assert unread(view, found) == []
    names = [m.text for m in found if m.kind == "label"]
    assert [n for n in re.findall(r"\[([^\]]+)\]", fold(marked)) if not any(n in name for name in names)] == []


def test_there_are_sentences_enough() -> None:
    assert sum(len(sentences(name)) for name in ("amounts", "ranks", "times", "labels")) >= 200


@pytest.mark.parametrize("text", ["", " ", "\n", "第", "前", "-", "百分之", "1/0", "十分之", "一" * 50, "〇", "￥", "“", "“一", "[", "年", "半"])
def test_a_lonely_sign_is_no_trouble(text: str) -> None:
    find_mentions(text)


ROWS = [*"1一十万,.第前“([-%年月日AⅠ个号多约超至—、:点分之", "1,", "1.", "一、", "十万", "1—", "1:", "第一", "百分之"]


@pytest.mark.parametrize("sign", ROWS)
def test_a_long_row_of_one_sign_is_read_in_time(sign: str) -> None:
    find(sign * 20_000)


SIGNS = st.sampled_from([
    *"0123456789.,-—~%、，。；：:()（）“”[]第前后首位名年月日季度底末初个百分点之万亿千十一二三两几数多余约超近以上下至到从比",
    *"增长元吨人家/AＡ１％  \n", "个百分点", "2023年", "亿元", "连续", "以上",
])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(SIGNS, max_size=40).map("".join) | st.text(max_size=40))
def test_mentions_stand_in_the_text_in_order(text: str) -> None:
    at = 0
    for m in find_mentions(text):
        assert at <= m.start < m.end <= len(text)
        assert text[m.start : m.end] == m.text
        assert m.full_start <= m.start
        assert m.end <= m.full_end <= len(text)
        assert (m.value is not None and m.canonical_value is not None) or m.kind != "amount"
        assert m.value is None or m.value.is_finite()
        assert m.value_max is None or (m.value is not None and m.value < m.value_max)
        assert (m.rank is not None) or m.kind != "rank"
        assert (m.when is not None) == (m.kind == "time")
        if m.when:
            m.when.resolve(2025)
        at = m.end


def test_marks_serve_to_look() -> None:
    assert mark("增长5%，排名第3，2024年") == "增长[5%]，排名[第3]，2024年"


def test_unread_numerals_are_told() -> None:
    view = "增长5%，另有三十六计"
    assert unread(view, []) == [(2, 3), (7, 10)]


def reached(word: str, kinds: tuple[str, ...]) -> bool:
    """The word is found, or held by something found, in the middle of a sentence or alone in its clause."""
    for before, after in (("推进", "工作"), ("，", "，"), ("推进", "，")):
        text = before + word + after
        for m in find(text):
            if m.kind in kinds and m.start <= len(before) and m.end >= len(before) + len(word):
                return True
    return False


def test_every_idiom_is_reached() -> None:
    lost = [w for w in table("labels")["idioms"]["words"] if not reached(w, ("label", "time"))]
    assert lost == []


def test_every_word_for_a_time_is_reached() -> None:
    words = table("times")
    named = [*words["years"], *words["edges"], *words["months"], *words["now"]["words"], *words["same"]["words"], *words["other"]["words"]]
    assert [w for w in named if not reached(w, ("time",))] == []
    assert [w for w in words["carried"]["words"] if not reached(w, ("label",))] == []
    assert [p for p in words["plans"] if not reached(f"“{p}”", ("time",))] == []


def test_every_word_for_a_rank_is_reached() -> None:
    words = table("ranks")
    assert [w for w in words["first"] if not reached(w, ("rank",))] == []
    assert [v for v in words["verbs"] if not [m for m in find(f"产量{v}第五，") if m.kind == "rank"]] == []
    assert [f for f in words["fields"] if not [m for m in find(f"产量{f}第五，") if m.kind == "rank"]] == []


def test_every_word_for_a_bound_is_reached() -> None:
    words = table("bounds")
    for kind, spelled in words["before"].items():
        if kind != "weak":
            for word in spelled:
                bounds = {m.bound for text in (f"产量{word}5吨。", f"产量{word}百亿元。") for m in find(fold(text)) if m.kind == "amount"}
                assert kind in bounds, word
    for kind, spelled in words["after"].items():
        for word in spelled:
            assert kind in {m.bound for m in find(f"产量5吨{word}，") if m.kind == "amount"}, word


def test_every_class_is_reached() -> None:
    words = table("labels")["classes"]
    lost = [w for w in words["words"] if not any(reached(f"{digit}{w}", ("label",)) for digit in "三四五六七八九")]
    assert lost == []
    assert [w for w in words["arabic"] if not reached(f"3{w}", ("label",))] == []
    assert [w for w in table("labels")["ordinals"]["words"] if not reached(f"第三{w}", ("label", "rank"))] == []


@pytest.mark.parametrize(("when", "year", "period"), [
    (When(span_years=5), None, None), (When(span_years=1), 2025, "2025"),
    (When(span_years=-1), 2025, "2025"), (When(span_years=-3), 2025, "2025/2027"),
    (When(plan=14, since=True), 2024, "2021/2024"), (When(plan=15, since=True), 2024, None), (When(plan=14, since=True), None, None),
    (When(year=2020, since=True), 2024, "2020/2024"), (When(year=2024, since=True), 2024, "2024"), (When(offset=-1), None, None),
    (When(year=2023, month=1, month_end=12), None, "2023"), (When(year=2024, month=2, as_of=True), None, "2024-02-29"),
    (When(year=2023, until=When(offset=0)), None, "2023"), (When(year=2023, month=4, month_end=4), None, "2023-04"),
])  # fmt: skip
def test_when_it_was(when: When, year: int | None, period: str | None) -> None:
    assert when.resolve(year) == period
