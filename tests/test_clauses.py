"""Splitting lines into sentences."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("tag", ["tr", "toc", "caption"])
def test_rows_and_contents_hold_no_sentences(tag: str) -> None:
    assert sentences("产值增长。", tag=tag) == []
