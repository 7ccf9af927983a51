"""The store: what goes in comes out, nothing is doubled, editions and parsers are kept apart, and asking changes nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

import reportparse
from reportparse import StoreError, open_store
from reportparse.batching.version import parser_version
from reportparse.cli import main
from reportparse.model import Cell, Quantity, Report, Section, Table
from reportparse.store.rows import available, lines, report_key, wide, work
from reportparse.store.schema import FORMAT, MACROS, TABLES, VIEWS
from reportparse.store.spool import pack

ROOT = Path(__file__).parent.parent
KINDS = ["file.duckdb", "folder/"]


def made(**about) -> Report:
    given = dict.fromkeys(("title", "issuer", "region", "year", "speaker", "occasion", "delivered", "published", "source", "url"))
    given |= {"genre": "other", "sha256": "0" * 64, "text": "", "sections": (), "tables": (), "records": (), "unread": (), "warnings": ()}
    return Report(**given | about)


def figure(value: str, text: str = "5亿元") -> Quantity:
    return Quantity(
        id="r1", text=text, start=0, end=len(text), indicator="地区生产总值", subject=None, period="2023", status="actual",
        price_basis=None, section=("一、综合",), sentence=text, page=None, cell=None, related=(), rules=("amount",), flags=(),
        value=Decimal(value), value_max=None, unit="亿元", canonical_value=Decimal(value) * 10**8, canonical_value_max=None,
        canonical_unit="元", bound="exact",
    )  # fmt: skip


def add(store, report: Report, *, parser: str = "0.1.0+aaaaaaaaaaaa", seen: str = "2026-01-01 00:00:00") -> str:
    stamp = {"parser": parser, "run": "run", "seen": seen, "path": "/reports/r.txt", "seconds": 0.1, "url": None}
    with store.spool() as spool:
        for table, found in lines(report, stamp).items():
            spool.add(table, pack(found))
        store.commit(spool)
    return report_key(report.sha256, parser)


def ask(store, sql: str) -> list[tuple]:
    return list(store.query(sql).rows)


@pytest.fixture(params=KINDS)
def place(request, tmp_path) -> str:
    return f"{tmp_path}/{request.param}"


@pytest.mark.parametrize("name", ["stat-jiujiang-2024.html", "bud-yueyang-2025.html", "work-wuhu-2025.html", "env-guizhou-2023.html"])
def test_a_report_comes_back_as_it_went_in(name, place, fixtures):
    report = reportparse.parse(fixtures / name)
    with open_store(place, write=True) as store:
        key = add(store, report)
        assert store.report(key) == report
        assert store.report(report.sha256) == report


def test_odd_texts_come_back_as_they_went_in(place):
    odd = "零\0字符 \u2028 'quotes' \"double\" \\ 𠮷 \ufeff {\"a\":1}"
    table = Table(
        caption=odd, unit=None, page=None, start=0, end=1, rows=((Cell(odd, 0, 1), Cell("", 1, 1)), ()), header_rows=1, header_columns=0
    )
    inner = Section(label="(一)", number=10**15, level=2, title=odd, start=1, end=2)
    outer = Section(label="一、", number=1, level=1, title=odd, start=0, end=2, children=(inner, inner))
    report = made(title=odd, text=odd * 1000, tables=(table,), sections=(outer, inner), records=(figure("5", odd),))
    with open_store(place, write=True) as store:
        assert store.report(add(store, report)) == report


def test_a_long_text_is_one_row(place):
    report = made(text="统计公报。" * 2_000_000)
    with open_store(place, write=True) as store:
        add(store, report)
        assert ask(store, "SELECT length(text) FROM reports") == [(10_000_000,)]


@pytest.mark.parametrize(
    ("value", "fits"),
    [("3735.680", True), ("0.000000000001", True), ("0.0000000000001", False), ("99999999999999999", True), ("1" * 19, False)],
)
def test_decimals_are_exact_in_their_column_or_only_in_the_text(value, fits, place):
    record = figure(value)
    assert wide(record) is not fits
    with open_store(place, write=True) as store:
        add(store, made(records=(record,)))
        [row] = ask(store, "SELECT value, value_text, canonical_value FROM records")
    assert row[1] == str(Decimal(value))
    assert row[0] == (Decimal(value) if fits else None)
    assert row[2] == (Decimal(value) * 10**8 if fits else None)


def test_sums_over_decimals_are_exact(place):
    with open_store(place, write=True) as store:
        add(store, made(records=tuple(figure("0.1") for _ in range(10))))
        assert ask(store, "SELECT sum(value) FROM records") == [(Decimal(1),)]


def edition(number: int, **about) -> Report:
    given = {"region": "九江市", "year": 2023, "genre": "statistical_bulletin", "title": "九江市2023年统计公报"}
    return made(**given | {"sha256": f"{number:016x}" * 4, "records": (figure(str(number)),)} | about)


def test_editions_are_kept_and_the_last_known_is_current(place):
    with open_store(place, write=True) as store:
        add(store, edition(2, title="九江市2023年统计公报（修订）", published="2024-09-01"))
        add(store, edition(1, published="2024-03-01"))
        add(store, edition(3, published="2024-12-01", records=()))
        assert ask(store, "SELECT edition, editions, figures, known::VARCHAR FROM editions ORDER BY edition") == [
            (1, 3, 0, "2024-12-01"), (2, 3, 1, "2024-03-01"), (3, 3, 1, "2024-09-01"),
        ]  # fmt: skip
        assert ask(store, "SELECT value, region, edition FROM current_records") == [(Decimal(2), "九江市", 3)]
        assert ask(store, "SELECT value FROM records_as_of(DATE '2024-08-31')") == [(Decimal(1),)]
        assert ask(store, "SELECT value FROM records_as_of(DATE '2024-09-01')") == [(Decimal(2),)]
        assert ask(store, "SELECT value FROM records_as_of(DATE '2024-02-28')") == []
        assert len(ask(store, "FROM records")) == 2


def test_the_last_parser_is_current_and_the_former_is_kept(place):
    with open_store(place, write=True) as store:
        add(store, edition(1), parser="0.1.0+bbbbbbbbbbbb", seen="2026-01-01 00:00:00")
        add(store, edition(1, records=(figure("7"),)), parser="0.2.0+aaaaaaaaaaaa", seen="2026-02-01 00:00:00")
        assert ask(store, "SELECT value, parser FROM current_records") == [(Decimal(7), "0.2.0+aaaaaaaaaaaa")]
        assert ask(store, "SELECT count(*) FROM reports") == [(2,)]
        assert store.report(f"{1:016x}" * 4).records[0].value == 7


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {"title": "九江市 2023 年统计公报（修订）"}, True),
        ({"title": "普查公报（第一号）"}, {"title": "普查公报（第二号）"}, False),
        ({}, {"year": 2024}, False),
        ({}, {"region": "赣州市"}, False),
        ({}, {"genre": "other"}, False),
        ({"region": None}, {"region": None}, False),
        ({"year": None}, {"year": None}, False),
    ],
)
def test_what_makes_two_sources_editions_of_one_work(one, other, same):
    assert (work(edition(1, **one)) == work(edition(2, **other))) is same


def test_known_is_a_day_that_there_is():
    assert available(made(published="2024-03-01 10:22", delivered="2024-01-10")) == "2024-03-01"
    assert available(made(published="2024-02-30", delivered="2024-01-10")) == "2024-01-10"
    assert available(made(published="2024")) is None


def test_the_documented_schema_is_the_store_s(place):
    page = (ROOT / "docs/store.md").read_text(encoding="utf-8")
    told = {}
    for part in re.split(r"^### ", page.partition("## Tables")[2].partition("## Views")[0], flags=re.MULTILINE)[1:]:
        name = re.match(r"`(\w+)`", part)[1]
        told[name] = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", part, re.MULTILINE))
    assert told == TABLES
    with open_store(place, write=True) as store:
        for table, columns in TABLES.items():
            there = {name: kind for name, kind, *_ in ask(store, f"DESCRIBE SELECT * FROM {table}")}
            assert {n: k.replace('"', "") for n, k in there.items()} == {n: k.replace('"', "") for n, k in columns.items()}
    views = page.partition("## Views")[2]
    for name in [*VIEWS, *(f"{macro}(day)" for macro in MACROS)]:
        assert f"`{name}`" in views


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM reports", "COPY reports TO '/tmp/x.csv'", "DROP VIEW current_reports", "SELECT 1; SELECT 2", "SELEC 1", "",
        "ATTACH '/tmp/x.duckdb'", "SET threads=1", "SELECT * FROM read_text('/etc/hostname')", "SELECT 1/(SELECT max(nothing))",
        "EXPLAIN ANALYZE COPY reports TO '/tmp/x.csv'", "INSTALL httpfs",
    ],
)  # fmt: skip
def test_a_question_can_neither_change_the_store_nor_read_other_files(sql, place):
    open_store(place, write=True).close()
    with open_store(place) as store, pytest.raises(StoreError):
        ask(store, sql)
    assert not Path("/tmp/x.csv").exists()


def test_there_is_no_store_where_there_is_none(tmp_path):
    with pytest.raises(StoreError, match="there is no store"):
        open_store(tmp_path / "none.duckdb")
    (tmp_path / "note.duckdb").write_text("a note\n" * 100)
    with pytest.raises(StoreError, match="is no store"):
        open_store(tmp_path / "note.duckdb", write=True)
    with pytest.raises(StoreError, match="a folder but no store"):
        open_store(tmp_path, write=True)


def test_another_database_is_left_alone(tmp_path):
    import duckdb

    path = tmp_path / "other.duckdb"
    with duckdb.connect(path) as other:
        other.execute("CREATE TABLE mine (x INTEGER)")
    for write in (True, False):
        with pytest.raises(StoreError, match="something else"):
            open_store(path, write=write)


def test_a_store_of_a_later_format_is_refused(tmp_path):
    import duckdb

    path = tmp_path / "later.duckdb"
    open_store(path, write=True).close()
    with duckdb.connect(path) as later:
        later.execute(f"INSERT INTO runs (run, format) VALUES ('x', {FORMAT + 1})")
    with pytest.raises(StoreError, match="upgrade"):
        open_store(path)
    folder = tmp_path / "later"
    open_store(f"{folder}/", write=True).close()
    (folder / "store.json").write_text(f'{{"reportparse store": {FORMAT + 1}}}')
    with pytest.raises(StoreError, match="upgrade"):
        open_store(folder)


def test_a_column_that_an_older_store_lacks_is_added(tmp_path):
    import duckdb

    path = tmp_path / "older.duckdb"
    open_store(path, write=True).close()
    with duckdb.connect(path) as older:
        for view in VIEWS:
            older.execute(f"DROP VIEW IF EXISTS {view}")
        older.execute("ALTER TABLE reports DROP COLUMN occasion")
    with open_store(path, write=True) as store:
        add(store, edition(1, occasion="人代会"))
        assert ask(store, "SELECT occasion FROM current_reports") == [("人代会",)]


def test_one_process_writes_at_a_time(place):
    import subprocess
    import sys

    with open_store(place, write=True):
        code = f"from reportparse import open_store; open_store({place!r}, write=True)"
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "StoreError" in other.stderr
    assert "in use by" in other.stderr


def test_what_a_killed_run_left_half_written_is_not_seen(tmp_path):
    folder = tmp_path / "store"
    with open_store(f"{folder}/", write=True) as store:
        add(store, edition(1))
    half = folder / ".part-00000002"
    half.mkdir()
    (half / "reports.parquet").write_bytes(b"PAR1 half")
    with open_store(folder) as store:
        assert ask(store, "SELECT count(*) FROM reports") == [(1,)]
    with open_store(folder, write=True) as store:
        add(store, edition(2))
        assert ask(store, "SELECT count(*) FROM reports") == [(2,)]
    assert not half.exists()


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_answers_are_printed(form, place, capsys):
    with open_store(place, write=True) as store:
        add(store, edition(1, title="=九江市"))
    sql = "SELECT title, value, known, section, NULL AS nothing FROM current_records"
    assert main(["query", place, sql, "--format", form]) == 0
    assert capsys.readouterr().out.splitlines() == {
        "table": ["title    value  known       section       nothing", "=九江市  1      2026-01-01  [\"一、综合\"]"],
        "csv": ["\ufefftitle,value,known,section,nothing", "'=九江市,1,2026-01-01,\"[\"\"一、综合\"\"]\","],
        "json": ["[", '{"title": "=九江市", "value": "1", "known": "2026-01-01", "section": ["一、综合"], "nothing": null}', "]"],
    }[form]  # fmt: skip


def test_a_question_that_is_wrong_says_why(place, capsys):
    open_store(place, write=True).close()
    assert main(["query", place, "SELECT nothing FROM reports"]) == 1
    assert 'Referenced column "nothing" not found' in capsys.readouterr().err


def test_the_parser_s_version_covers_all_that_parses():
    """Every module that the pipeline loads is in the print, so that no change goes unseen."""
    import subprocess
    import sys

    from reportparse.batching.version import APART

    code = "import sys, reportparse.pipeline; print(*{m.split('.')[1] for m in sys.modules if m.startswith('reportparse.')})"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert loaded & APART <= {"errors"}
    assert re.fullmatch(re.escape(reportparse.__version__) + r"\+[0-9a-f]{12}", parser_version())
