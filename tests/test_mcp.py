"""The interface for assistants: the shelf's answers, and the real client over standard input and output."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from reportparse import batch, parse
from reportparse.errors import MissingExtra, ReportError
from reportparse.shelf import ReportShelf, Shelf, open_shelf

FILES = ("stat-jiujiang-2023.txt", "stat-jiujiang-2024.html", "env-guizhou-2023.html")


@pytest.fixture(scope="module", params=["files", "store"])
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = Path(__file__).parent.parent / "fixtures"
    paths = [folder / name for name in FILES]
    if request.param == "files":
        return open_shelf(paths)
    store = tmp_path_factory.mktemp("shelf") / "reports.duckdb"
    batch(paths, store, workers=1)
    return open_shelf([store])


def placed(shelf: Shelf, observation: dict) -> bool:
    """The quote stands in the report at the place that is told."""
    place = observation["place"]
    text = shelf.report(place["report"]).text
    return text[place["start"] : place["end"]] == observation["quote"] and observation["quote"] in text


def test_reports_are_listed(shelf):
    listed = shelf.reports()
    assert {row["region"] for row in listed} == {"九江市", "贵州省"}
    assert all(row["figures"] > 10 and row["title"] and row["report"] for row in listed)


def test_indicators_are_found_by_part_of_their_name_and_by_other_names(shelf):
    by_part = shelf.find_indicators("生产总值")["indicators"]
    by_name = shelf.find_indicators("GDP")["indicators"]
    assert "地区生产总值" in {one["indicator"] for one in by_part} & {one["indicator"] for one in by_name}
    assert all(placed(shelf, one["example"]) for one in by_part + by_name)
    gdp = next(one for one in by_name if one["indicator"] == "地区生产总值")
    assert "元" in gdp["units"]
    assert gdp["known_as"][0]["id"] == "gdp"


def test_observations_carry_quote_and_place(shelf):
    answer = shelf.get_observations("地区生产总值", region="九江", kind="quantity")
    assert answer["found"] >= 2
    assert all(placed(shelf, one) and one["sentence"] and one["place"]["title"] for one in answer["observations"])
    first = next(one for one in answer["observations"] if one["period"] == "2023")
    assert (first["value"], first["unit"], first["status"]) == ("3735.68", "亿元", "preliminary")
    assert first["place"]["section"] == ["一、综合"]


def test_observations_of_a_year_a_status_a_page_of_them(shelf):
    all_of_2023 = shelf.get_observations("", year=2023)
    assert all(one["period"][:4] == "2023" for one in all_of_2023["observations"])
    assert shelf.get_observations("", year=2023, limit=5, after=5)["observations"] == all_of_2023["observations"][5:10]
    assert shelf.get_observations("", status="target", year=1900)["found"] == 0


def test_evidence_shows_the_words_around(shelf):
    one = shelf.get_observations("地区生产总值", region="九江", kind="quantity")["observations"][0]
    evidence = shelf.show_evidence(one["place"]["report"], one["record"])
    text = shelf.report(one["place"]["report"]).text
    assert evidence["before"] + evidence["quote"] + evidence["after"] in text
    assert evidence["rules"]
    assert evidence["sha256"]


def test_what_is_not_there_is_told(shelf):
    with pytest.raises(ReportError):
        shelf.show_evidence("nosuchreport", "q1")
    key = shelf.reports()[0]["report"]
    with pytest.raises(ReportError, match="get_observations"):
        shelf.show_evidence(key, "q999999")


def test_store_and_files_answer_alike(tmp_path, fixtures):
    paths = [fixtures / FILES[0]]
    batch(paths, tmp_path / "s.duckdb", workers=1)

    def answers(shelf: Shelf) -> str:
        found = [shelf.get_observations("", limit=200), shelf.find_indicators("人口")]
        return json.dumps(found, ensure_ascii=False, sort_keys=True).replace(shelf.reports()[0]["report"], "KEY")

    assert answers(open_shelf([tmp_path / "s.duckdb"])) == answers(open_shelf(paths))


def test_without_the_package_the_extra_is_named(monkeypatch, fixtures):
    from reportparse.mcp_server import make_server

    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(MissingExtra, match=r"reportparse\[mcp\]"):
        make_server(ReportShelf([("a", parse(fixtures / FILES[0]))]))


def test_the_real_client_asks_over_standard_input(fixtures):
    pytest.importorskip("mcp", reason="the package mcp is not installed: the real client is not tried")
    import anyio
    from mcp import ClientSession, StdioServerParameters, stdio_client

    async def talk() -> tuple[list[str], dict, dict, bool]:
        command = StdioServerParameters(command=sys.executable, args=["-m", "reportparse", "mcp", str(fixtures / FILES[0])])
        async with stdio_client(command) as (reading, writing), ClientSession(reading, writing) as session:
            await session.initialize()
            tools = [tool.name for tool in (await session.list_tools()).tools]
            found = (await session.call_tool("get_observations", {"indicator": "GDP", "kind": "quantity"})).structured_content
            first = found["observations"][0]
            asked = {"report": first["place"]["report"], "record": first["record"]}
            evidence = (await session.call_tool("show_evidence", asked)).structured_content
            wrong = await session.call_tool("show_evidence", {"report": "none", "record": "q1"})
            return tools, first, evidence, wrong.is_error

    tools, first, evidence, refused = anyio.run(talk)
    assert tools == ["list_reports", "find_indicators", "get_observations", "show_evidence"]
    assert first["quote"] == "3735.68亿元"
    assert first["place"]["title"]
    assert evidence["before"].endswith("地区生产总值") or evidence["sentence"]
    assert refused


def test_a_file_that_is_missing_is_told_on_one_line(capsys):
    from reportparse.cli import main

    assert main(["mcp", "no-such-file.html"]) == 1
    assert "no such file" in capsys.readouterr().err
