"""What differs is found and told; what is not asked for does not matter; fixtures are written as a person would."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from reportparse import Report, __version__, assert_report, compare, open_store, parse, parse_text
from reportparse.cli import main
from reportparse.comparison import FixtureError, load_expected
from reportparse.comparison.updating import updated
from reportparse.comparison.writing import FORMATS, lines

TEXT = (
    "云溪市2025年统计公报\n\n一、综合\n2025年，全市地区生产总值1200.5亿元，比上年增长5.2%。年末常住人口310.4万人，城镇化率61.35%。\n"
    "二、环境\n全市森林覆盖率62.8%，提高0.3个百分点；森林覆盖率居全省第3位。全市完成造林12.6万亩，增长5.2%。\n"
)


@pytest.fixture
def report() -> Report:
    return parse_text(TEXT, name="yunxi.txt")


def toml(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "expected.toml"
    path.write_text(text, encoding="utf-8")
    return path


def rows(tmp_path: Path, *given: dict[str, object]) -> Path:
    path = tmp_path / "expected.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given), encoding="utf-8")
    return path


def changed(report: Report, at: str, **fields: object) -> Report:
    records = tuple(msgspec.structs.replace(r, **fields) if r.text == at else r for r in report.records)
    return msgspec.structs.replace(report, records=records)


def test_a_fixture_that_holds_is_matched_and_says_nothing_of_the_rest(report, tmp_path):
    found = compare(report, rows(tmp_path, {"indicator": "地区生产总值", "value": "1200.5"}, {"text": "62.8%"}))
    assert found.same
    assert found.counts == {"matched": 2, "wrong": 0, "missing": 0, "extra": 0}
    assert (found.score.precision, found.score.recall, found.score.f1) == (1.0, 1.0, 1.0)


def test_a_wrong_field_is_told_with_both_values_and_both_quotes(report, tmp_path):
    start = TEXT.index("1200.5亿元")
    found = compare(
        report, rows(tmp_path, {"start": start, "end": start + 8, "text": "1200.5亿元", "period": "2024", "indicator": "地区生产总值"})
    )
    (one,) = found.of("wrong")
    assert [(d.field, d.expected, d.actual) for d in one.fields] == [("period", "2024", "2025")]
    assert one.actual.start == start
    assert "1200.5亿元" in one.actual.sentence
    assert one.expected.text == "1200.5亿元"
    told = "\n".join(lines(found, "text"))
    assert "period: 2024 expected, 2025 found" in told
    assert "[1200.5亿元]" in told


def test_missing_and_extra(report, tmp_path):
    given = {"indicator": "粮食产量", "value": "3", "unit": "万吨"}
    assert compare(report, rows(tmp_path, given)).counts == {"matched": 0, "wrong": 0, "missing": 1, "extra": 0}
    found = compare(report, rows(tmp_path, given), complete=True)
    assert found.counts["extra"] == len(report.records)
    assert found.score.f1 == 0


def test_a_row_may_say_that_there_is_no_figure(report, tmp_path):
    assert compare(report, rows(tmp_path, {"text": "2025年", "absent": True})).same
    found = compare(report, rows(tmp_path, {"text": "62.8%", "absent": True}))
    assert found.counts["extra"] == 1


@pytest.mark.parametrize(
    ("row", "same"),
    [
        ({"indicator": "*生产总值", "value": "1200.5"}, True),
        ({"indicator": "地区生产总值", "value": "*"}, True),
        ({"indicator": "地区生产总值", "subject": None}, True),
        ({"indicator": "地区生产总值", "subject": "*"}, False),
        ({"indicator": ["生产总值", "地区生产总值"], "kind": "quantity"}, True),
        ({"indicator": "地区生产总值", "value": "1200.50"}, True),
        ({"indicator": "地区生产总值", "value": "1,200.5", "unit": "亿元"}, True),
        ({"indicator": "地区生产总值", "value": "120050000000", "unit": "元"}, True),
        ({"indicator": "地区生产总值", "value": "1200.6", "unit": "亿元"}, False),
        ({"indicator": "地区生产总值", "value": "1200", "tolerance": "0.5"}, True),
        ({"indicator": "地区生产总值", "value": "1190", "unit": "亿元", "tolerance": "1%"}, True),
        ({"indicator": "地区生产总值", "value": "1000", "unit": "亿元", "tolerance": "1%"}, False),
        ({"indicator": "城镇化率", "value": "61.35", "unit": "％"}, True),
        ({"kind": "ranking", "indicator": "森林覆盖率", "rank": 3}, True),
        ({"kind": "ranking", "indicator": "森林覆盖率", "rank": 4}, False),
        ({"text": "5.2%", "near": "造林", "indicator": "*造林"}, True),
        ({"text": "5.2%", "near": "生产总值", "indicator": "*造林"}, False),
        ({"indicator": "地区生产总值", "section": ["一、综合"]}, True),
    ],
)
def test_wildcards_readings_tolerances_and_spellings(report, tmp_path, row, same):
    assert compare(report, rows(tmp_path, row)).same is same


def test_two_figures_written_alike_are_told_apart_by_the_other_fields(report, tmp_path):
    found = compare(report, rows(tmp_path, {"text": "5.2%", "indicator": "*造林"}, {"text": "5.2%", "indicator": "地区生产总值"}))
    assert found.same


def test_the_same_fixture_in_three_forms(report, tmp_path):
    forms = {
        "toml": 'tolerance = "0.1"\n[[record]]\nindicator = "森林覆盖率"\nkind = "quantity"\nvalue = 62.7\nsubject = "null"\n',
        "csv": "indicator,kind,value,subject,tolerance,unit\n森林覆盖率,quantity,62.7,null,0.1,\n",
        "jsonl": '{"indicator": "森林覆盖率", "kind": "quantity", "value": "62.7", "subject": null, "tolerance": "0.1"}\n',
    }
    for form, text in forms.items():
        path = tmp_path / f"expected.{form}"
        path.write_text(text, encoding="utf-8")
        found = compare(report, path)
        assert found.same, form
        assert set(found.fields) == {"indicator", "kind", "value", "subject"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("x.toml", "[[record]\n", "not TOML"),
        ("x.toml", '[[record]]\nindikator = "a"\n', "indikator"),
        ("x.toml", "[[records]]\nvalue = 1\n", "records"),
        ("x.jsonl", "{\n", "line 1: not JSON"),
        ("x.jsonl", "[1]\n", "not an object"),
        ("x.jsonl", '{"note": "nothing"}\n', "says nothing"),
        ("x.jsonl", '{"start": "here"}\n', "no place"),
        ("x.csv", "indicator\na,b\n", "more cells"),
    ],
)
def test_a_fixture_with_a_fault_says_where(tmp_path, name, text, said):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FixtureError, match=said):
        load_expected(path)


def test_a_run_is_like_itself_and_drift_names_what_changed(report):
    assert compare(report, report).same
    records = changed(report, "62.8%", indicator="林覆盖率", rules=("another",)).records[1:]
    drifted = msgspec.structs.replace(report, records=records)
    found = compare(drifted, report)
    assert found.runs
    assert found.counts == {"matched": len(report.records) - 2, "wrong": 1, "missing": 1, "extra": 0}
    assert found.rules["another"] == (0, 1)
    assert [d.field for d in found.of("wrong")[0].fields] == ["indicator"]
    told = "\n".join(lines(found, "text"))
    assert "1 changed, 1 lost, 0 added" in told
    assert "rules that differ" in told


def test_runs_on_another_reading_of_the_text_are_aligned_by_quotes(report):
    later = parse_text("刊头\n" + TEXT, name="yunxi.txt")
    found = compare(later, msgspec.structs.replace(report, sha256="0" * 64))
    assert found.counts["matched"] == len(report.records)


def test_a_store_is_as_good_as_a_run(tmp_path):
    from reportparse import batch

    path = tmp_path / "yunxi.txt"
    path.write_text(TEXT, encoding="utf-8")
    store = tmp_path / "s.duckdb"
    batch([path], store, workers=1)
    with open_store(store):
        pass
    assert compare(path, store).same
    assert compare(store, path).same
    assert compare(f"{store}@{__version__}", store).same
    with pytest.raises(FixtureError, match="its parsers are"):
        compare(f"{store}@9.9", store)


def test_every_form_holds_the_difference(report, tmp_path):
    found = compare(report, rows(tmp_path, {"indicator": "地区生产总值", "value": "1200.6"}, {"indicator": "<b>|无</b>"}))
    told = {form: "\n".join(lines(found, form)) for form in FORMATS}
    assert json.loads(told["json"])["counts"] == {"matched": 0, "wrong": 1, "missing": 1, "extra": 0}
    suite = ElementTree.fromstring(told["junit"])[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "2")
    assert "\\<b\\>\\|无" in told["md"]
    assert "value: 1200.6 expected, 1200.5 found" in told["text"]


@pytest.mark.parametrize("form", ["toml", "csv", "jsonl", "json"])
def test_a_new_expectation_holds_what_was_found(report, tmp_path, form):
    path = tmp_path / f"new.{form}"
    path.write_text(updated(path, [report]), encoding="utf-8")
    found = compare(report, path, complete=True)
    assert found.same
    assert found.counts["matched"] == len(report.records)


def test_an_updated_expectation_keeps_what_holds(report, tmp_path):
    path = toml(
        tmp_path,
        '[[record]]\nindicator = "*生产总值"\nkind = "quantity"\nvalue = "1100"\nnote = "mind"\n\n[[record]]\nindicator = "无此指标"\n\n'
        '[[record]]\ntext = "2025年"\nabsent = true\n',
    )
    text = updated(path, [report])
    assert 'indicator = "*生产总值"' in text
    assert 'value = "1200.5"' in text
    assert 'note = "mind"' in text
    assert "无此指标" not in text
    assert "absent = true" in text
    assert compare(report, toml(tmp_path, text)).same


def test_the_one_line_for_tests(report, tmp_path):
    assert_report(report, rows(tmp_path, {"text": "62.8%", "value": "62.8"}))
    with pytest.raises(AssertionError, match=r"value: 62\.9 expected, 62\.8 found"):
        assert_report(report, rows(tmp_path, {"text": "62.8%", "value": "62.9"}))


def test_the_plugin_takes_paths_from_the_folder_of_the_test(pytester_folder):
    run, folder = pytester_folder
    (folder / "r.txt").write_text(TEXT, encoding="utf-8")
    (folder / "r.toml").write_text('[[record]]\ntext = "62.8%"\nvalue = "62.9"\n', encoding="utf-8")
    (folder / "test_r.py").write_text("def test_r(assert_report):\n    assert_report('r.txt', 'r.toml')\n", encoding="utf-8")
    assert run() == 1
    assert run("--update-reports") == 0
    assert run() == 0
    assert 'value = "62.8"' in (folder / "r.toml").read_text(encoding="utf-8")


@pytest.fixture
def pytester_folder(tmp_path):
    import subprocess
    import sys

    def run(*more: str) -> int:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), *more, str(tmp_path)]
        if not _installed():
            command[3:3] = ["-p", "reportparse.pytest_plugin"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode

    return run, tmp_path


def _installed() -> bool:
    from importlib.metadata import entry_points

    return any(point.name == "reportparse" for point in entry_points(group="pytest11"))


def test_the_command(tmp_path, capsys):
    path = tmp_path / "yunxi.txt"
    path.write_text(TEXT, encoding="utf-8")
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text('{"text": "62.8%"}\n', encoding="utf-8")
    bad.write_text('{"text": "62.8%", "unit": "‰"}\n', encoding="utf-8")
    assert main(["compare", str(path), str(good)]) == 0
    assert main(["compare", str(path), str(bad)]) == 1
    assert "unit: ‰ expected, % found" in capsys.readouterr().out
    assert main(["compare", str(path), str(bad), "--update", str(tmp_path / "mended.jsonl")]) == 0
    assert main(["compare", str(path), str(tmp_path / "mended.jsonl")]) == 0
    assert main(["compare", str(path), str(tmp_path / "none.toml")]) == 2
    assert main(["compare", str(path), str(path), "--format", "junit", "--out", str(tmp_path / "junit.xml")]) == 0
    assert ElementTree.parse(tmp_path / "junit.xml").getroot().tag == "testsuites"


def test_our_own_fixture_holds(fixtures):
    assert_report(fixtures / "stat-jiujiang-2023.txt", fixtures / "expected" / "stat-jiujiang-2023.toml")


def test_two_runs_over_a_report_of_many_figures_take_no_square_time():
    """Every figure written alike: the pairs that are tried stay few."""
    text = "".join(f"{k}、甲{k}事\n全市甲{k}产量5万吨，增长5%。\n" for k in range(1, 400))
    report = parse_text(text)
    assert compare(report, report).same


def test_a_table_full_of_noughts_that_was_read_otherwise_is_aligned():
    """Hundreds of figures written alike, at other places than before."""
    text = "".join(f"全市甲{k % 50}产量0万吨。\n" for k in range(400))
    old, new = parse_text(text), parse_text("刊头\n" + text)
    assert compare(new, old).counts["matched"] == len(old.records)


def test_parse_and_compare_of_every_fixture_with_itself(fixtures):
    for path in sorted(fixtures.glob("*.html"))[:3]:
        assert compare(parse(path), path).same
