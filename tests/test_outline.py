"""Dividing a report by its headings."""

import json
import os
import unicodedata
from pathlib import Path

import pytest

from reportparse.document import Document, Line
from reportparse.model import Section
from reportparse.outline import divide

SHARED = os.environ.get("REPORTPARSE_SHARED")


def document(text: str, **marks: dict[int, dict[str, object]]) -> Document:
    """A document of plain lines; `lines` marks some of them by their number."""
    lines, at = [], 0
    for k, line in enumerate(text.split("\n")):
        lines.append(Line(start=at, end=at + len(line), **marks.get("lines", {}).get(k, {})))
        at += len(line) + 1
    return Document(text=text, lines=tuple(lines))


def squash(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def rows(sections: tuple[Section, ...], parent: int | None = None, out: list[dict[str, object]] | None = None) -> list[dict[str, object]]:
    out = [] if out is None else out
    for s in sections:
        out.append({"label": squash(s.label), "number": s.number, "level": s.level, "title": squash(s.title), "parent": parent})
        rows(s.children, len(out) - 1, out)
    return out


@pytest.mark.skipif(not SHARED, reason="REPORTPARSE_SHARED names no folder of real documents")
def test_every_heading_of_the_environment_report() -> None:
    gold = Path(str(SHARED)) / "gold"
    expected = json.loads((gold / "gx-env-2023.outline.json").read_text(encoding="utf-8"))["sections"]
    text = (gold / "gx-env-2023.txt").read_text(encoding="utf-8").replace("\r\n", "\n")
    assert rows(divide(document(text))) == [{**row, "label": squash(row["label"]), "title": squash(row["title"])} for row in expected]
