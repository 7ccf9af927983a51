"""The registry of indicators: packs whole and without clashes, matches with their evidence, packs of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportparse.errors import WordsError
from reportparse.indicators import PACKS, Registry, load
from reportparse.indicators.naming import plain
from reportparse.indicators.packs import words
from reportparse.indicators.registry import measures
from reportparse.pipeline import parse, parse_text
from reportparse.units import canonical, dimension, units

REGISTRY = load()


def matched(sentence: str) -> list[tuple[str | None, str]]:
    report = parse_text(f"桂林市2024年国民经济和社会发展统计公报\n\n{sentence}")
    return [(m.indicator.id if (m := REGISTRY.match(r, "桂林市")) else None, r.kind) for r in report.records]


def test_the_packs_hold_what_they_promise() -> None:
    assert REGISTRY.packs == PACKS
    assert len(REGISTRY) >= 150
    assert all(len(REGISTRY.only(pack)) >= 50 for pack in PACKS)


def test_no_spelling_leads_to_two_indicators_of_one_dimension() -> None:
    assert REGISTRY.clashes() == []


@pytest.mark.parametrize("entry", list(REGISTRY), ids=lambda entry: entry.id)
def test_each_indicator_is_whole(entry) -> None:
    assert entry.name_zh
    assert entry.name_en.isascii()
    assert entry.source
    assert entry.genres
    assert len(entry.id) <= 27, "with _rank Stata allows 32"
    assert entry.dimension in words()["classes"] or any(u.dimension == entry.dimension for u in units().values()) or "/" in entry.dimension
    unit = canonical(entry.unit)[1]
    assert measures(entry.dimension, unit) or (entry.bare and not entry.unit), (entry.unit, dimension(unit))
    assert entry.min is None or entry.max is None or entry.min < entry.max


def test_each_indicator_is_found_by_its_own_name() -> None:
    lost = [entry.id for entry in REGISTRY if entry not in REGISTRY.named(entry.name_zh)]
    assert lost == []


def test_words_around_the_name_have_no_effect_on_each_other() -> None:
    assert all(plain(word) for key in ("before", "after", "rank") for word in words()["around"][key])


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("全年地区生产总值2735.6亿元，比上年增长5.3%。", ["gdp", "gdp"]),
        ("全市年末常住人口总数495.6万人。", ["population"]),
        ("细颗粒物（PM2.5）平均浓度为28微克/立方米，同比下降3.4%。", ["pm25", "pm25"]),
        ("城市空气质量优良天数比例为95.1%，位列全区第5名。", ["good_air_days", "good_air_days"]),
        ("幼儿园812所，幼儿园在园幼儿15.2万人。", ["schools_kindergartens", "pupils_kindergartens"]),
        ("粮食产量163.2万吨，粮食播种面积412.5万亩。", ["output_grain", "area_grain"]),
    ],
)
def test_sentences_of_reports(sentence: str, ids: list[str]) -> None:
    assert [name for name, _ in matched(sentence)] == ids


def test_a_unit_that_measures_something_else_is_no_match() -> None:
    assert matched("地区生产总值为35个。")[0][0] is None
    assert matched("全市新开工绿色书屋35座。")[0][0] is None


def test_a_match_keeps_its_evidence() -> None:
    report = parse_text("2024年，全市GDP达到912.4亿元。")
    match = REGISTRY.match(report.records[0])
    assert match is not None
    assert (match.indicator.id, match.how in ("alias", "trimmed"), match.by) == ("gdp", True, "GDP")
    assert match.words == report.records[0].indicator


def test_standards_break_a_series() -> None:
    pm25 = REGISTRY["pm25"]
    assert [year for year in range(2010, 2028) if pm25.breaks(year)] == [2016, 2019, 2026]
    assert pm25.standard(2015) == ""
    assert pm25.standard(2020) == "GB 3095-2012; GB 3095-2012 修改单"


def test_a_pack_of_ones_own(tmp_path) -> None:
    (tmp_path / "tourism.toml").write_text(
        'source = "ours"\n[[indicator]]\nid = "homestays"\nname_zh = "民宿"\nname_en = "Homestays"\n'
        'aliases = ["{乡村,}民宿{客栈,}"]\nunit = "家"\ndimension = "institutions"\n',
        encoding="utf-8",
    )
    mine: Registry = load(tmp_path)
    assert mine.packs == (*PACKS, "tourism")
    assert [i.id for i in mine.named("乡村民宿")] == ["homestays"]
    assert len(mine.only("tourism")) == 1


def test_a_pack_entry_takes_the_place_of_ours(tmp_path) -> None:
    (tmp_path / "macro.toml").write_text(
        '[[indicator]]\nid = "gdp"\nname_zh = "GDP总盘子"\nname_en = "GDP"\nunit = "亿元"\ndimension = "money"\n', encoding="utf-8"
    )
    assert load(tmp_path)["gdp"].name_zh == "GDP总盘子"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[indicator]\n", "not TOML"),
        ('[[indicator]]\nid = "a"\nname_zh = "甲"\nname_en = "A"\n', "lacks dimension"),
        ('[[indicator]]\nid = "a"\nname_zh = "甲"\nname_en = "A"\ndimension = "money"\ncolour = "red"\n', "colour"),
        ('[[indicator]]\nid = "A 1"\nname_zh = "甲"\nname_en = "A"\ndimension = "money"\n', "small letters"),
        ('[[indicator]]\nid = "a"\nname_zh = "甲"\nname_en = "A"\ndimension = "money"\nstandards = ["none"]\n', "standard"),
        ('[[indicator]]\nid = "a"\nname_zh = "甲"\nname_en = "A"\ndimension = "money"\npatterns = ["("]\n', "pattern"),
        ('[[indicator]]\nid = "a"\nname_zh = "甲"\nname_en = "A"\ndimension = "money"\nbetter = "nice"\n', "wrong"),
        ('[[standard]]\nid = "s"\n', "standard needs"),
    ],
)
def test_a_wrong_pack_says_what_is_wrong(tmp_path, text: str, message: str) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WordsError, match=message):
        load(tmp_path)


def test_a_folder_without_packs_is_told(tmp_path) -> None:
    with pytest.raises(WordsError, match="no packs"):
        load(tmp_path / "none")


def test_an_unknown_pack_names_those_that_are() -> None:
    with pytest.raises(WordsError, match="environment"):
        REGISTRY.only("weather")


def test_half_of_what_bulletins_state_is_known(shared: Path) -> None:
    reports = [parse(path) for path in sorted((shared / "corpus").glob("stat-*.html"))]
    records = [(record, report.region) for report in reports for record in report.records]
    assert sum(REGISTRY.match(record, region) is not None for record, region in records) >= len(records) / 2
