"""Tables out of the library: CSV, XLSX, Parquet, DuckDB, Stata, SDMX names, frames, pictures."""

from __future__ import annotations

import builtins
import csv
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from reportparse.cli import main
from reportparse.errors import MissingExtra
from reportparse.export import panels
from reportparse.export.frames import arrow, frame
from reportparse.export.plot import draw
from reportparse.export.recordsheet import records
from reportparse.export.saving import save
from reportparse.export.sdmx import sdmx
from reportparse.export.sheets import Column, Sheet
from reportparse.panel import panel
from reportparse.pipeline import parse, parse_text

ROOT = Path(__file__).parent.parent
FIXTURES = [ROOT / "fixtures" / name for name in ("env-guizhou-2023.html", "env-guizhou-2024.html", "stat-jiujiang-2024.html")]
EVIL = ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", "＝1+1", "=HYPERLINK(\"http://x\",\"y\")", "</script><script>alert(1)</script>", "a\x00b\x07"]


@pytest.fixture(scope="module")
def made():
    return panel([(str(path), parse(path)) for path in FIXTURES], expect=["last-year"])


def evil() -> Sheet:
    columns = (Column("words", "词", "words"), Column("value", "数值", "value", "decimal"), Column("good", "好", "good", "yes"))
    return Sheet("evil", "坏", columns, [(word, Decimal("1.50"), True) for word in EVIL] + [(None, None, None)])


def exact(digits: str) -> Sheet:
    return Sheet("exact", "准", (Column("value", "数值", "value", "decimal"),), [(Decimal(digits),), (Decimal("0.10"),), (None,)])


def strings(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as book:
        return re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())


def test_csv_has_a_mark_and_all_digits(made, tmp_path):
    path = save([panels.long(made)], tmp_path / "p.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(made.statements)
    assert {row["value"] for row in rows} == {f"{s.value:f}" for s in made.statements}
    assert all(row["quote"] for row in rows)


def test_no_cell_of_csv_runs(tmp_path):
    path = save([evil()], tmp_path / "p.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)]
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@＝]", cell)]


def test_no_cell_of_a_workbook_runs(tmp_path):
    path = save([evil()], tmp_path / "p.xlsx")
    with zipfile.ZipFile(path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert not [cell for cell in strings(path) if re.match(r"\s*[=+\-@＝]", cell)]


def test_a_workbook_has_titles_frozen_heads_filters_and_links(made, tmp_path):
    path = save([panels.wide(made), panels.long(made), panels.targets(made), panels.gaps(made)], tmp_path / "p.xlsx")
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        wide, long = (book.read(f"xl/worksheets/sheet{k}.xml").decode() for k in (1, 2))
        targets = book.read("xl/worksheets/_rels/sheet2.xml.rels").decode()
    assert names == ["宽表", "长表", "目标对照", "应有未有"]
    assert all('state="frozen"' in sheet and "<autoFilter" in sheet for sheet in (wide, long))
    assert len(re.findall("<hyperlink ", long)) == len(made.statements)
    assert 'Target="FILE:///' in targets
    assert any(title.startswith("地区\nregion") for title in strings(path))
    assert "<legacyDrawing" in wide, "cells of the wide sheet tell their sentence in a note"


def test_a_workbook_keeps_what_its_numbers_can_not(tmp_path):
    path = save([exact("12345678901234567.89")], tmp_path / "p.xlsx")
    assert "12345678901234567.89" in strings(path)


def test_links_lead_to_the_sentence():
    cell = panel([("/tmp/a b.pdf", parse_text("全年地区生产总值2735.6亿元。"))]).statements
    assert panels.address(cell[0]) == "file:///tmp/a%20b.pdf"
    web = panel([("https://example.org/a.html", parse_text("全年地区生产总值2735.6亿元。"))]).statements
    assert panels.address(web[0]).startswith("https://example.org/a.html#:~:text=%E5%85%A8")


def test_parquet_and_duckdb_are_exact(made, tmp_path):
    import duckdb

    parquet = save([panels.long(made)], tmp_path / "p.parquet")
    base = save([panels.long(made), panels.wide(made), sdmx(made)], tmp_path / "p.duckdb")
    values = [s.value for s in made.statements]
    with duckdb.connect(str(base), read_only=True) as connection:
        read = connection.execute(f"SELECT value FROM '{parquet}'").fetchall()
        assert [value for (value,) in read] == values
        assert {type(value) for (value,) in read} == {Decimal}
        assert connection.execute("SELECT count(*) FROM long").fetchone() == (len(values),)
        assert {name for (name,) in connection.execute("SHOW TABLES").fetchall()} == {"long", "wide", "sdmx"}


def test_words_of_any_kind_survive_the_database(tmp_path):
    import duckdb

    path = save([evil()], tmp_path / "p.parquet")
    with duckdb.connect() as connection:
        words = [word for (word,) in connection.execute(f"SELECT words FROM '{path}'").fetchall()]
    assert words == [word.replace("\x00", " ") for word in EVIL] + [None]


def test_more_digits_than_a_decimal_holds_stay_as_text(tmp_path):
    import duckdb

    path = save([exact("1" * 30 + "." + "1" * 20)], tmp_path / "p.parquet")
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT value FROM '{path}'").fetchall()[0] == ("1" * 30 + "." + "1" * 20,)


def test_stata_has_labels(made, tmp_path):
    pd = pytest.importorskip("pandas")
    path = save([panels.long(made)], tmp_path / "p.dta")
    with pd.read_stata(path, iterator=True) as reader:
        labels = reader.variable_labels()
        read = reader.read()
        values = reader.value_labels()
    assert labels["name_zh"] == "指标 indicator's Chinese name"
    assert {"level", "change"} <= set(next(v for v in values.values() if "level" in v.values()).values())
    assert list(read["value"]) == [float(s.value) for s in made.statements]
    assert list(read["quote"]) == [s.quote for s in made.statements]
    assert list(read["stop"]) == [s.end for s in made.statements]


def test_stata_wide_names_are_the_ids(made, tmp_path):
    pd = pytest.importorskip("pandas")
    read = pd.read_stata(save([panels.wide(made)], tmp_path / "w.dta"))
    assert {"region", "year", "pm25", "pm25_yoy"} <= set(read.columns)


def test_sdmx_names_and_codes(made):
    sheet = sdmx(made)
    names = [column.name for column in sheet.columns]
    assert {"FREQ", "REF_AREA", "TIME_PERIOD", "INDICATOR", "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS"} <= set(names)
    rows = [dict(zip(names, row, strict=True)) for row in sheet.rows]
    pm25 = next(row for row in rows if row["INDICATOR"] == "PM25" and row["TRANSFORMATION"] == "N" and row["OBS_STATUS"] == "A")
    assert (pm25["FREQ"], pm25["REF_AREA"], pm25["UNIT_MEASURE"], pm25["UNIT_MULT"]) == ("A", "520000", "UG_M3", 0)
    assert {row["OBS_STATUS"] for row in rows} >= {"A", "F", "O"}
    assert all(row["OBS_VALUE"] is None for row in rows if row["OBS_STATUS"] == "O"), "a missing figure is never a zero"
    money = next(row for row in rows if row["UNIT_MEASURE"] == "CNY" and row["TRANSFORMATION"] == "N")
    assert money["UNIT_MULT"] in (4, 8)


def test_wide_shows_gaps_as_gaps():
    told = ((2021, "2100.1"), (2023, "2600.1"))
    reports = [parse_text(f"桂林市{year}年国民经济和社会发展统计公报\n\n全年地区生产总值{value}亿元。\n") for year, value in told]
    sheet = panels.wide(panel(reports))
    column = [c.name for c in sheet.columns].index("gdp")
    assert [(row[2], row[column]) for row in sheet.rows] == [(2021, Decimal("2100.1")), (2022, None), (2023, Decimal("2600.1"))]


def test_frames_of_a_report_are_exact():
    report = parse(FIXTURES[0])
    pytest.importorskip("pyarrow")
    pandas, polars = report.to_frame(), frame(report, "polars")
    values = [getattr(r, "value", None) for r in report.records]
    assert list(pandas["value"].dropna()) == [v for v in values if v is not None]
    assert polars["value"].to_list() == values
    assert polars.columns == list(pandas.columns)
    assert polars["id"].to_list() == [r.id for r in report.records]


def test_frames_of_a_panel(made):
    pytest.importorskip("pyarrow")
    assert len(frame(made)) == len(made.statements)
    assert frame(made, "polars", table="gaps").height == len(made.gaps)
    assert str(arrow(panels.long(made)).schema.field("value").type).startswith("decimal128")


def test_records_as_a_sheet():
    report = parse(FIXTURES[2])
    sheet = records([("x.html", report)])
    assert len(sheet.rows) == len(report.records)
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)


@pytest.mark.parametrize(("missing", "extra"), [("xlsxwriter", "frames"), ("pandas", "frames"), ("altair", "plot")])
def test_a_missing_extra_is_named(made, tmp_path, monkeypatch, missing, extra):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.partition(".")[0] == missing:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    write = {
        "xlsxwriter": lambda: save([panels.long(made)], tmp_path / "p.xlsx"),
        "pandas": lambda: save([panels.long(made)], tmp_path / "p.dta"),
        "altair": lambda: draw(made, tmp_path / "p.html"),
    }[missing]
    with pytest.raises(MissingExtra, match=rf"pip install 'reportparse\[{extra}\]'"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_a_picture_works_offline(made, tmp_path):
    pytest.importorskip("altair")
    page = draw(made, tmp_path / "p.html").read_text(encoding="utf-8")
    assert not re.search(r"""<(?:script|link|img)[^>]*(?:src|href)=["']?(?:https?:)?//""", page)
    spec = json.loads(re.search(r'<script type="application/json" id="spec">(.*?)</script>', page, re.DOTALL)[1])
    points = [row for row in spec["datasets"].values() for row in row] if "datasets" in spec else spec["data"]["values"]
    assert any(point.get("kind") == "target" for point in points)
    assert draw(made, tmp_path / "p.svg").read_text(encoding="utf-8").startswith("<svg")


def test_words_of_a_report_can_not_leave_their_place_in_the_page(tmp_path):
    pytest.importorskip("altair")
    report = parse_text("桂林市2024年国民经济和社会发展统计公报\n\n</script><script>alert(1)</script>全年地区生产总值2735.6亿元。\n")
    page = draw(panel([report]), tmp_path / "p.html").read_text(encoding="utf-8")
    assert page.count("<script") == 2
    assert "<script>alert" not in page


def test_a_wrong_ending_is_told(made, tmp_path, capsys):
    with pytest.raises(ValueError, match=r"\.xlsx"):
        save([panels.long(made)], tmp_path / "p.ods")
    assert main(["panel", str(FIXTURES[0]), "--out", str(tmp_path / "p.ods")]) == 2
    assert ".parquet" in capsys.readouterr().err


def test_the_command_prints_writes_and_says_what_it_did(tmp_path, capsys):
    given = [str(path) for path in FIXTURES]
    assert main(["panel", *given, "--pack", "environment"]) == 0
    told = capsys.readouterr()
    assert "空气质量优良天数比例" in told.out
    assert "3 reports" in told.err
    for table in ("long", "wide", "targets", "gaps", "sdmx", "indicators"):
        out = tmp_path / f"{table}.csv"
        assert main(["panel", *given, "--expected", "last-year", "--table", table, "--out", str(out)]) == 0
        assert out.read_text(encoding="utf-8-sig").count("\n") > 1


@pytest.mark.parametrize("ending", [".xlsx", ".parquet", ".duckdb", ".dta"])
def test_extract_writes_tables_by_their_ending(tmp_path, ending):
    out = tmp_path / f"figures{ending}"
    assert main(["extract", *(str(path) for path in FIXTURES), "--out", str(out)]) == 0
    assert out.stat().st_size > 5000
    assert not out.read_bytes().startswith(b"2023")


def test_the_command_reads_a_store_and_a_folder(tmp_path, capsys):
    folder = tmp_path / "reports"
    folder.mkdir()
    for path in FIXTURES:
        (folder / path.name).write_bytes(path.read_bytes())
    assert main(["batch", str(folder), "--out", str(tmp_path / "s.duckdb"), "--workers", "1"]) == 0
    outs = [tmp_path / f"{k}.csv" for k in range(2)]
    assert main(["panel", str(tmp_path / "s.duckdb"), "--out", str(outs[0])]) == 0
    assert main(["panel", str(folder), "--out", str(outs[1])]) == 0
    tables = [list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())) for out in outs]
    rows = [sorted(tuple(v for k, v in row.items() if k != "address") for row in table) for table in tables]
    assert rows[0] == rows[1]
    capsys.readouterr()
    assert main(["panel", str(tmp_path / "s.duckdb"), "--as-of", "2024-06-30"]) == 0
    assert capsys.readouterr().err.startswith("panel: 1 report,")


def test_the_command_tells_what_is_wrong(tmp_path, capsys):
    assert main(["panel", str(tmp_path / "none.html")]) == 1
    assert main(["panel", str(FIXTURES[0]), "--pack", "nature"]) == 1
    assert "environment" in capsys.readouterr().err
