"""Splitting lines into sentences."""

from __future__ import annotations

import re

import pytest

from reportparse import parse_text
from reportparse.clauses import split
from reportparse.document import Document, Line
from reportparse.folding import fold


def sentences(text: str, **line: object) -> list[str]:
    document = Document(text=text, lines=(Line(start=0, end=len(text), **line),))
    return [text[one.start : one.end] for one in split(document, fold(text), [])]


@pytest.mark.parametrize(("text", "wanted"), [
    ("产值增长。 税收下降。", ["产值增长。", "税收下降。"]),
    ("　产值增长！税收下降？　", ["产值增长！", "税收下降？"]),
    ("产值增长。   ", ["产值增长。"]),
    ("公园（含广场。共五座）开放。路灯亮了   ", ["公园（含广场。共五座）开放。", "路灯亮了"]),
    ("公园（含广场。路灯亮了。", ["公园（含广场。", "路灯亮了。"]),
    ("提出“再上一层楼。”路灯亮了", ["提出“再上一层楼。”", "路灯亮了"]),
    ("   ", []),
])  # fmt: skip
def test_where_sentences_end(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


def test_an_aside_that_runs_too_long_is_a_slip() -> None:
    assert sentences(f"公园（{'花' * 300}。开放）。路灯亮了。") == [f"公园（{'花' * 300}。", "开放）。", "路灯亮了。"]


def test_what_has_no_stop_is_read_in_stretches() -> None:
    made = sentences("产值增长，" * 2000)
    assert "".join(made) == "产值增长，" * 2000
    assert max(map(len, made)) <= 4000
    assert all(one.endswith("，") for one in made)
    assert [len(one) for one in sentences("长" * 9000)] == [4000, 4000, 1000]


def test_a_stretch_ends_inside_no_figure() -> None:
    text = "收入1,200万元 支出 2 0 2 4 年 " * 700
    made = sentences(text)
    assert len(made) > 2
    for one in made:
        assert re.match(r"收入|支出", one)
        assert re.search(r"万元 ?$|年 ?$", one)


def test_a_cut_is_told() -> None:
    long = parse_text("临江市2025年统计公报\n" + "，".join(["全年粮食产量12.5万吨比上年增长3.1%"] * 400))
    (warning,) = (w for w in long.warnings if w.code == "sentence_cut")
    assert long.text[warning.start - 1] == "，"
    assert {(r.indicator, str(r.value)) for r in long.records if r.kind == "quantity"} == {("粮食产量", "12.5")}
    assert not parse_text("全年粮食产量12.5万吨。").warnings


@pytest.mark.parametrize("tag", ["tr", "toc", "caption"])
def test_rows_and_contents_hold_no_sentences(tag: str) -> None:
    assert sentences("产值增长。", tag=tag) == []
