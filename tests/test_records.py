"""Whole sentences by phenomenon: what must come of each, as written in tests/records/*.txt."""

from pathlib import Path

import pytest

from reportparse import parse_text

FOLDER = Path(__file__).parent / "records"
TITLE = "贵阳市2024年国民经济和社会发展统计公报\n\n"


def cases():
    for path in sorted(FOLDER.glob("*.txt")):
        sentence, rows = None, []
        for line in [*path.read_text(encoding="utf-8").splitlines(), "end"]:
            if line.startswith("#"):
                continue
            if line.startswith("  "):
                rows.append([part.strip() for part in line.split("|")])
                continue
            if sentence:
                yield pytest.param(sentence, rows, id=f"{path.stem}: {sentence[:18]}")
            sentence, rows = line, []


@pytest.mark.parametrize(("sentence", "rows"), list(cases()))
def test_sentence(sentence, rows):
    report = parse_text(TITLE + sentence)
    assert [r.text for r in report.records] == [row[0] for row in rows]
    for record, (_, indicator, *rest) in zip(report.records, rows, strict=True):
        if indicator != "-":
            assert record.indicator == indicator
        for pair in rest[0].split() if rest else ():
            field, _, value = pair.partition("=")
            assert str(getattr(record, field)) == value, field
