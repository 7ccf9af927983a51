"""The panel: cells, the order of choice, conflicts, targets beside actuals, gaps."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reportparse.errors import WordsError
from reportparse.model import Report
from reportparse.panel import Panel, panel
from reportparse.panel.intervals import allowed
from reportparse.panel.stating import whose, year
from reportparse.pipeline import parse, parse_text

ROOT = Path(__file__).parent.parent


def bulletin(year: int, body: str, region: str = "桂林市", kind: str = "年国民经济和社会发展统计公报") -> Report:
    return parse_text(f"{region}{year}{kind}\n\n一、综合\n{body}\n")


def one(made: Panel, name: str, measure: str = "level", at: int | None = None):
    found = [s for s in made.cells() if s.name == name and s.measure == measure and at in (None, s.year)]
    assert len(found) == 1, found
    return found[0]


def test_a_cell_keeps_its_sentence_and_its_place():
    report = bulletin(2024, "全年地区生产总值2735.6亿元，比上年增长5.3%。")
    cell = one(panel([report]), "gdp")
    assert (cell.region, cell.region_code, cell.year, cell.value, cell.unit) == ("桂林市", "450300", 2024, Decimal("2735.6"), "亿元")
    assert report.text[cell.start : cell.end] == cell.text == "2735.6亿元"
    assert cell.quote.startswith("全年地区生产总值")
    assert cell.source.title == report.title
    assert (cell.how, cell.by) == ("name", "地区生产总值")
    assert one(panel([report]), "gdp", "change").value == Decimal("5.3")


def test_values_come_in_the_unit_of_the_indicator_exactly():
    made = panel([bulletin(2024, "全年地区生产总值1.02万亿元。年末常住人口4956300人。粮食播种面积2750平方公里。")])
    assert one(made, "gdp").value == 10200
    assert one(made, "population").value == Decimal("495.63")
    assert (one(made, "area_grain").value, one(made, "area_grain").unit) == (Decimal("412.5"), "万亩")


def test_no_digit_is_lost():
    made = panel([bulletin(2024, "全年地区生产总值1234567890123456789012.345678亿元。")])
    assert one(made, "gdp").value == Decimal("1234567890123456789012.345678")


def test_another_currency_stays_beside_its_own():
    made = panel([bulletin(2024, "全年货物出口额312亿元。货物出口额43亿美元。")])
    assert {s.unit for s in made.cells() if s.name == "exports"} == {"亿元", "美元"}


def test_a_fall_is_negative():
    assert one(panel([bulletin(2024, "全年房地产开发投资下降12.5%。")]), "invest_real_estate", "change").value == Decimal("-12.5")


def test_figures_of_other_places_go_to_their_own_rows():
    made = panel([bulletin(2024, "全年地区生产总值2735.6亿元。阳朔县地区生产总值152.3亿元。")])
    assert {(s.region, s.value) for s in made.cells()} == {("桂林市", Decimal("2735.6")), ("阳朔县", Decimal("152.3"))}


def test_a_subject_that_belongs_to_the_name_is_none():
    report = bulletin(2024, "全国重点文物保护单位21处，省级文物保护单位72处。")
    assert {(s.region, s.name, s.subject) for s in panel([report]).cells()} == {
        ("桂林市", "culture_relics_state", None),
        ("桂林市", "culture_relics_province", None),
    }


def test_two_statements_that_agree_are_one_cell_without_conflict():
    made = panel([bulletin(2024, "全年地区生产总值超2700亿元。全年地区生产总值达到2735.6亿元。")])
    cell = one(made, "gdp")
    assert (cell.value, cell.statements, cell.conflict, cell.bound) == (Decimal("2735.6"), 2, False, "exact")
    assert [s.choice for s in made.statements] == [1, 2]


def test_statements_that_contradict_each_other_are_marked_and_kept():
    made = panel([bulletin(2024, "全年地区生产总值2735.6亿元。"), bulletin(2024, "2024年地区生产总值2801.2亿元。", kind="年政府工作报告")])
    cell = one(made, "gdp")
    assert (cell.value, cell.conflict, cell.statements) == (Decimal("2735.6"), True, 2), "the bulletin speaks with more authority"


def test_the_newer_report_is_believed_unless_the_first_is_asked_for():
    first = bulletin(2023, "全年地区生产总值2600.1亿元。")
    later = bulletin(2024, "全年地区生产总值2735.6亿元。2023年地区生产总值为2588.4亿元。")
    assert one(panel([first, later]), "gdp", at=2023).value == Decimal("2588.4")
    assert one(panel([first, later], vintage="first"), "gdp", at=2023).value == Decimal("2600.1")


def test_the_order_of_the_reports_does_not_matter():
    reports = [parse(path) for path in sorted((ROOT / "fixtures").glob("*-202?.*")) if path.suffix in (".html", ".txt")]
    assert panel(reports) == Panel(
        sources=tuple(panel(reports).sources), statements=panel(reports[::-1]).statements, targets=panel(reports[::-1]).targets, gaps=()
    )


def test_the_same_report_twice_counts_once():
    report = bulletin(2024, "全年地区生产总值2735.6亿元。")
    assert len(panel([report, report]).statements) == 1


def test_a_pack_holds_its_own_indicators_only():
    report = bulletin(2024, "全年地区生产总值2735.6亿元。细颗粒物（PM2.5）平均浓度28微克/立方米。")
    assert {s.name for s in panel([report], packs=["environment"]).cells()} == {"pm25"}
    with pytest.raises(WordsError, match="no pack 'nature'"):
        panel([report], packs=["nature"])


def test_what_matches_nothing_keeps_its_own_words():
    report = bulletin(2024, "全市新建口袋公园36个。")
    assert panel([report]).statements == ()
    kept = panel([report], unmatched=True).statements
    assert [(s.indicator, s.words) for s in kept] == [(None, report.records[0].indicator)]


def test_an_implausible_level_is_marked():
    assert not one(panel([bulletin(2024, "年末森林覆盖率为623%。")]), "forest_cover").plausible


def test_a_series_breaks_where_its_standard_begins():
    reports = [bulletin(y, f"{y}年，细颗粒物（PM2.5）平均浓度为{v}微克/立方米。") for y, v in ((2018, 35), (2019, 33), (2020, 31))]
    cells = sorted(panel(reports).cells(), key=lambda s: s.year)
    assert [(s.year, s.breaks) for s in cells] == [(2018, False), (2019, True), (2020, False)]
    assert cells[0].standard == "GB 3095-2012"


@pytest.mark.parametrize(
    ("target", "actual", "verdict"),
    [
        ("地区生产总值增长5.5%左右", "地区生产总值增长5.3%", "missed"),
        ("地区生产总值增长5%左右", "地区生产总值增长4.8%", "reached"),
        ("地区生产总值增长5%左右", "地区生产总值增长6.1%", "reached"),
        ("地区生产总值增长6%以上", "地区生产总值增长6.0%", "reached"),
        ("地区生产总值增长6%以上", "地区生产总值增长5.9%", "missed"),
        ("城镇调查失业率控制在5.5%以内", "城镇调查失业率为5.2%", "reached"),
        ("城镇调查失业率控制在5.5%以内", "城镇调查失业率为5.6%", "missed"),
        ("城镇新增就业5万人以上", "城镇新增就业超6万人", "reached"),
        ("城镇新增就业5万人以上", "城镇新增就业5.32万人", "reached"),
        ("城镇新增就业7万人以上", "城镇新增就业超6万人", "unclear"),
        ("地区生产总值增长6%—6.5%", "地区生产总值增长6.2%", "reached"),
        ("地区生产总值增长6%—6.5%", "地区生产总值增长5.7%", "missed"),
        ("居民消费价格涨幅3%左右", "居民消费价格上涨0.2%", "below"),
    ],
)
def test_targets_beside_actuals(target: str, actual: str, verdict: str):
    plan = bulletin(2024, f"2024年发展主要预期目标是：{target}。", kind="年政府工作报告")
    told = bulletin(2024, f"2024年，{actual}。")
    found = [t for t in panel([plan, told]).targets if t.actual]
    assert [t.verdict for t in found] == [verdict], (panel([plan, told]).targets, plan.records)
    assert found[0].target.source != found[0].actual.source
    assert found[0].difference == found[0].actual.value - found[0].target.value


def test_a_target_without_an_actual_is_told():
    plan = bulletin(2024, "2024年发展主要预期目标是：地区生产总值增长5.5%左右。", kind="年政府工作报告")
    assert [(t.verdict, t.actual, t.target.bound) for t in panel([plan]).targets] == [("no_actual", None, "approx")]


def test_expected_by_last_years_report():
    reports = [
        bulletin(2023, "全年地区生产总值2600.1亿元。粮食产量163.2万吨。"),
        bulletin(2024, "全年地区生产总值2735.6亿元。"),
    ]
    gaps = panel(reports, expect=["last-year"]).gaps
    assert [(g.indicator.id, g.source.year, g.before.value) for g in gaps] == [("output_grain", 2024, Decimal("163.2"))]
    assert "2023" in gaps[0].expected_by


def test_expected_by_a_pack_and_by_a_list(tmp_path):
    report = bulletin(2024, "细颗粒物（PM2.5）平均浓度28微克/立方米。")
    gaps = panel([report], expect=["environment"]).gaps
    assert {"pm10", "good_air_days"} <= {g.indicator.id for g in gaps}
    assert "pm25" not in {g.indicator.id for g in gaps}
    listed = tmp_path / "mine.txt"
    listed.write_text("gdp # of the year\npm25\n", encoding="utf-8")
    assert [g.indicator.id for g in panel([report], expect=[str(listed)]).gaps] == ["gdp"]
    listed.write_text("gdpp\n", encoding="utf-8")
    with pytest.raises(WordsError, match="gdpp"):
        panel([report], expect=[str(listed)])
    with pytest.raises(WordsError, match="last-year"):
        panel([report], expect=["nothing"])


def test_a_gap_says_where_else_the_figure_stands():
    reports = [
        bulletin(2024, "全年地区生产总值2735.6亿元。"),
        bulletin(2024, "细颗粒物（PM2.5）平均浓度28微克/立方米。", kind="年生态环境状况公报"),
    ]
    gaps = {(g.source.genre, g.indicator.id): g for g in panel(reports, expect=["environment"]).gaps}
    assert gaps["statistical_bulletin", "pm25"].elsewhere.value == 28
    assert gaps["statistical_bulletin", "pm10"].elsewhere is None


def test_what_digits_leave_open():
    made = panel([bulletin(2024, "全年地区生产总值约2700亿元。粮食产量163.2万吨。全社会用电量超120亿千瓦时。房地产开发投资下降12%以上。")])
    assert allowed(one(made, "gdp")) == (2565, 2835)
    assert allowed(one(made, "output_grain")) == (Decimal("163.15"), Decimal("163.25"))
    assert allowed(one(made, "power_use_total")).high == Decimal("Infinity")
    assert allowed(one(made, "invest_real_estate", "change")).high == Decimal("-11.5"), "下降12%以上 is -12 or less"


def test_times_and_places():
    assert [year(p) for p in (None, "2023", "2023-06", "2023-12-31")] == [None, 2023, None, 2023]
    assert whose("市本级", "桂林市", 2024) == ("桂林市", "450300", "市本级")
    assert whose(None, None, None) == (None, "", None)
    assert whose(None, "幸福里", 2024) == ("幸福里", "", None)


def test_nothing_gives_nothing():
    assert panel([]) == Panel(sources=(), statements=(), targets=(), gaps=())
    assert panel([parse_text("无数字。")]).statements == ()
