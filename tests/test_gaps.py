"""What the word tables do not cover is listed, most frequent first."""

from reportparse import parse_text
from reportparse.cli import main
from reportparse.gaps import find_gaps


def test_gaps_are_listed_by_kind_and_number():
    report = parse_text("贵阳市2024年工作总结\n\n全市收入12亿元。共推广打捆机30架套、播种机50架套。结余1.2亿元。")
    gaps = find_gaps([report])
    assert all(gap.times >= 1 and gap.text in gap.example.replace(" ", "") or gap.kind == "indicator" for gap in gaps)
    assert [gap.kind for gap in gaps] == sorted((gap.kind for gap in gaps), key=["unread", "unit", "indicator"].index)


def test_command_prints_tab_separated_lines(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("贵阳市2024年工作总结\n\n全市收入12亿元，收入13亿元。", encoding="utf-8")
    assert main(["gaps", str(path), "--least", "1"]) == 0
    assert all(line.count("\t") == 3 for line in capsys.readouterr().out.splitlines())
    assert main(["gaps", str(tmp_path / "none.txt")]) == 1
