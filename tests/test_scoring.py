"""Our own scorer: places are found again, each field is judged, floors hold and only rise."""

from __future__ import annotations

import json

import pytest

from reportparse import gold, parse_text
from reportparse.cli import main
from reportparse.scoring import FIELDS, floors, raised, score, score_rows, together

TEXT = "一、综合\n2025年，全市地区生产总值1200.5亿元，比上年增长5.2%。年末共有学校12所。\n二、其他\n全市森林覆盖率62.8%，居全省第3位。\n"


def row(mention: str, kind: str = "quantity", **fields: object) -> gold.Row:
    start = TEXT.index(mention)
    made = {"kind": kind, "start": start, "end": start + len(mention), "subject": None, "period": "2025", "status": "actual"}
    return made | ({"bound": "exact"} if kind != "ranking" else {}) | fields


ROWS = [
    {"kind": "window", "start": 5, "end": len(TEXT) - 1},
    row("1200.5亿元", indicator=["地区生产总值", "生产总值"], value="1200.5", unit="亿元"),
    row("5.2%", "change", indicator="地区生产总值", value="5.2", unit="%", direction="up", basis="year_on_year"),
    row("12所", indicator="学校", value="12", unit="所", period=["2025-12-31", "2025"], optional=True),
    row("62.8%", indicator="森林覆盖率", value="62.8", unit="%"),
    row("第3位", "ranking", indicator="森林覆盖率", rank=3, rank_type="exact", scope=["全省", "省"], scope_size=None, streak=None),
]


@pytest.fixture
def folder(tmp_path):
    source = tmp_path / "r.txt"
    source.write_text(TEXT, encoding="utf-8", newline="\n")
    about = {"title": "样例", "genre": "other", "region": "岳阳市", "year": 2025, "origin": "none"}
    gold.save(tmp_path / "r.gold.jsonl", gold.heading(source, **about), ROWS)
    return tmp_path


def test_what_is_right_is_counted(folder):
    one = score(folder / "r.gold.jsonl", folder)
    assert (one.expected, one.found, one.hit) == (4, 4, 4)
    assert one.figures["F1"] == 1.0
    assert one.figures["amount"] == one.figures["rank"] == one.figures["kind"] == 1.0


def test_another_reading_of_the_blanks_is_no_matter():
    report = parse_text(TEXT.replace("，", "，\n　　"))
    assert score_rows("r", ROWS, TEXT, report, "岳阳市").hit >= 3


def test_each_field_is_judged():
    wrong = [ROWS[0], {**ROWS[1], "value": "1200.6", "indicator": ["粮食产量"], "period": "2020", "status": "target", "subject": "永州市"}]
    one = score_rows("r", wrong, TEXT, parse_text(TEXT), "岳阳市")
    assert {name for name in FIELDS if name in one.figures and one.figures[name] == 0} == {
        "amount", "status", "period", "subject", "indicator", "indicator_exact",
    }  # fmt: skip
    assert one.full == 0
    assert (one.expected, one.hit, one.found) == (1, 1, 5)


def test_several_are_added_up(folder):
    one = score(folder / "r.gold.jsonl", folder)
    both = together([one, one])
    assert (both.expected, both.hit) == (2 * one.expected, 2 * one.hit)
    assert both.figures == one.figures


def test_the_command_holds_floors_and_raises_them(folder, capsys):
    path = folder / "floors.toml"
    path.write_text("[first]\nF1 = 0.1\n\n[score]\nF1 = 0.5\namount = 1.1\n", encoding="utf-8")
    command = ["score", str(folder), "--sources", str(folder), "--floors", str(path)]
    assert main(command) == 1
    assert "amount 1.0000 is below its floor 1.1" in capsys.readouterr().err
    main([*command, "--raise"])
    assert floors(path) == {"F1": 1.0, "amount": 1.1}
    assert "[first]\nF1 = 0.1\n" in path.read_text(encoding="utf-8")
    capsys.readouterr()
    main([*command, "--format", "json"])
    assert json.loads(capsys.readouterr().out)["all"]["F1"] == 1.0


def test_no_floor_is_ever_lowered():
    assert raised("[score]\nF1 = 0.9\n", {"F1": 0.2}) == "[score]\nF1 = 0.9\n"


def test_a_report_that_is_missing_or_another_edition_is_said(folder, capsys, monkeypatch):
    monkeypatch.delenv("REPORTPARSE_SHARED", raising=False)
    assert main(["score", str(folder)]) == 2
    assert "--sources" in capsys.readouterr().err
    (folder / "r.txt").write_text(TEXT + "更正\n", encoding="utf-8")
    assert main(["score", str(folder), "--sources", str(folder)]) == 2
    assert "another text" in capsys.readouterr().err
    assert main(["score", str(folder), "--sources", str(folder / "none")]) == 2
    assert "is not in" in capsys.readouterr().err
