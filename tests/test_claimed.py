"""The sample of numerals claimed as times and labels: well-formed, judged to the last row, and right often enough."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpora" / "claimed" / "sample.tsv"
COLUMNS = ["file", "sha256", "start", "end", "text", "kind", "rule", "right", "note"]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as lines:
        read = csv.DictReader(lines, delimiter="\t")
        assert read.fieldnames == COLUMNS
        return list(read)


def test_each_row_is_whole(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert re.fullmatch(r"[0-9a-f]{12}", row["sha256"])
        assert int(row["end"]) - int(row["start"]) == len(row["text"]) > 0
        assert row["rule"]
        assert row["right"] in ("yes", "no")
        assert row["note"] or row["right"] == "yes", "a wrong one says why"
    assert len({(row["file"], row["start"]) for row in rows}) == len(rows)


def test_half_are_times_and_half_labels(rows: list[dict[str, str]]) -> None:
    kinds = [row["kind"] for row in rows]
    assert (kinds.count("time"), kinds.count("label"), len(kinds)) == (100, 100, 200)


def test_ninety_seven_in_a_hundred_are_claimed_rightly(rows: list[dict[str, str]]) -> None:
    assert sum(row["right"] == "yes" for row in rows) >= 0.97 * len(rows)
