"""Each kind of fault, planted into the fixtures, is found, and nothing else; the fixtures themselves hold."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from reportparse import Report, parse, parse_text
from reportparse.audit import CODES, EXPLANATIONS, audit
from reportparse.audit.intervals import Interval, exactly, printed
from reportparse.cli import main

ENCODINGS = {"env-guizhou-2024.html": "gb18030", "fin-anshun-2023.txt": "gb18030"}
PAIRS = {
    "env": ("env-guizhou-2023.html", "env-guizhou-2024.html"),
    "stat": ("stat-jiujiang-2023.txt", "stat-jiujiang-2024.html"),
    "bud": ("bud-yueyang-2025.html",),
    "fin": ("fin-anshun-2023.txt",),
    "audit": ("audit-mianyang-2024.html",),
}
FAULTS = [
    # pair, file of the pair, what stands there, what is planted, and the codes of all that must be found
    ("env", 1, "比率为98.7%", "比率为98.1%", {"difference"}),
    ("env", 1, "同比提高0.8个百分点", "同比提高0.3个百分点", {"difference"}),
    ("env", 1, "微克/立方米，同比下降4.3%", "微克/立方米，同比下降9.3%", {"growth"}),
    ("env", 1, "连续六年", "连续九年", {"streak"}),
    ("env", 1, "上升1位", "上升3位", {"rank_move"}),
    ("env", 1, "列第8位", "列第188位", {"rank_range", "rank_move"}),
    ("env", 1, "森林覆盖率为63.0%", "森林覆盖率为163.0%", {"percentage_range"}),
    ("env", 1, "为年度任务的106.8%", "为年度任务的116.8%", {"completion"}),
    ("env", 0, "完成率94.1%", "完成率84.1%", {"completion"}),
    ("env", 0, "占97.6%", "占87.6%", {"share", "difference"}),
    ("env", 0, "断面122个", "断面112个", {"share"}),
    ("env", 0, "比率力争达到98%以上", "比率力争达到99%以上", set()),  # 优良天数比率 is not 环境空气质量优良天数比率
    ("env", 0, "其中工业排污口215个", "其中工业排污口2150个", {"part_exceeds"}),
    ("env", 0, "遵义市优良天数比率为98.9%", "遵义市优良天数比率为189.9%", {"percentage_range"}),
    ("stat", 0, "第二产业增加值1680.45亿元", "第二产业增加值1608.45亿元", {"parts", "share", "growth"}),
    ("stat", 0, "6.7∶45.0∶48.3", "6.7∶54.0∶48.3", {"parts", "share"}),
    ("stat", 0, "进口146.5亿元", "进口164.5亿元", {"parts", "growth"}),
    ("stat", 0, "城镇化率为64.21%", "城镇化率为46.21%", {"share", "difference"}),
    ("stat", 0, "缩小至2.18", "缩小至2.81", {"share", "difference"}),
    ("stat", 0, "比重为63.6%", "比重为36.6%", {"share"}),
    ("stat", 0, "乡村消费品零售额235.20亿元", "乡村消费品零售额253.20亿元", {"parts"}),
    ("stat", 0, "利润率为6.51%", "利润率为5.61%", {"share"}),
    ("stat", 1, "社会消费品零售总额1495.42亿元", "社会消费品零售总额1945.42亿元", {"growth"}),
    ("stat", 1, "城镇化率65.02%", "城镇化率62.05%", {"difference"}),
    ("stat", 1, "常住人口454.06万人", "常住人口445.06万人", {"difference"}),
    ("stat", 1, "粮食总产量159.7万吨", "粮食总产量195.7万吨", {"growth"}),
    ("stat", 1, "地区生产总值3929.94亿元", "地区生产总值3992.94亿元", {"parts", "growth", "share"}),
    ("stat", 1, "居民收入比为2.13", "居民收入比为3.12", {"share", "difference"}),
    ("stat", 1, "存贷比为93.8%", "存贷比为83.9%", {"share"}),
    ("stat", 1, "占比为64.0%", "占比为46.0%", {"share"}),
    ("stat", 1, "二、农业和工业<br/>", "二、农业和工业<br/>\n　　年末常住人口445.06万人。<br/>", {"stated_twice"}),
    ("stat", 1, "绿化覆盖率47.2%", "绿化覆盖率147.2%", {"percentage_range"}),
    ("stat", 1, "4.9%、46.8%和48.3%", "4.9%、64.8%和48.3%", {"parts"}),
    ("stat", 1, "自然增长率为-1.54‰", "自然增长率为-4.51‰", {"parts"}),
    ("stat", 1, "涨幅比上年回落0.1个百分点", "涨幅比上年回落1.0个百分点", {"difference"}),
    ("stat", 1, "分别占18.4%和16.9%", "分别占18.4%和19.6%", {"share"}),
    ("stat", 1, "贷款余额6681.54亿元", "贷款余额6861.54亿元", {"share"}),
    ("stat", 1, "货物进出口总额545.7亿元，增长6.5%", "货物进出口总额545.7亿元，增长9.5%", {"growth"}),
    ("fin", 0, "１１．４１亿元", "１４．１１亿元", {"parts"}),
    ("fin", 0, "9 8 . 7 亿元", "9 7 . 8 亿元", {"parts"}),
    ("fin", 0, "占支出的21.1%", "占支出的12.1%", {"share"}),
    ("fin", 0, "占65%", "占56%", {"share"}),
    ("audit", 0, "资产负债率62.3%", "资产负债率63.2%", {"share"}),
    ("audit", 0, "整改率96.4%", "整改率94.6%", {"completion"}),
    ("bud", 0, "收入总计<span lang=EN-US>1600000", "收入总计<span lang=EN-US>1610000", {"balance"}),
    ("bud", 0, "上级补助收入<span lang=EN-US>813400", "上级补助收入<span lang=EN-US>831400", {"parts"}),
    ("bud", 0, "专项债务<span lang=EN-US>660.5", "专项债务<span lang=EN-US>606.5", {"parts"}),
    ("bud", 0, "非税收入<span lang=EN-US>68.19", "非税收入<span lang=EN-US>86.19", {"parts"}),
    ("bud", 0, "当年结余<span lang=EN-US>12.5", "当年结余<span lang=EN-US>15.2", {"balance"}),
    ("bud", 0, "<span lang=EN-US>86.1%", "<span lang=EN-US>68.1%", {"share"}),
    ("bud", 0, "税收占比<span lang=EN-US>65.3%", "税收占比<span lang=EN-US>56.3%", {"share"}),
]


def read(fixtures: Path, names: tuple[str, ...], at: int = 0, old: str = "", new: str = "") -> list[Report]:
    """The reports, one of them with something planted."""
    reports = []
    for number, name in enumerate(names):
        encoding = ENCODINGS.get(name, "utf-8")
        text = (fixtures / name).read_bytes().decode(encoding)
        if old and number == at:
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        reports.append(parse(text.encode(encoding), name=name))
    return reports


def test_the_fixtures_hold(fixtures):
    paths = [*fixtures.glob("*.html"), *fixtures.glob("*.txt")]
    assert audit(parse(path) for path in sorted(paths)) == []


@pytest.mark.parametrize(("pair", "at", "old", "new", "codes"), FAULTS, ids=[f"{fault[0]}{fault[1]} {fault[2]}" for fault in FAULTS])
def test_a_planted_fault_is_found_and_no_other(fixtures, pair, at, old, new, codes):
    found = audit(read(fixtures, PAIRS[pair], at, old, new))
    assert {one.code for one in found} == codes, [str(one) for one in found]


EARLIER = (
    "岳阳市2025年政府工作报告\n2025年1月10日\n\n一、2024年工作回顾\n2024年，全市地区生产总值1000.0亿元，增长5.0%。一般公共预算收入100.0亿元。"
    "全市优质粮食产量52.0万吨。城市综合排名全省第9位。\n二、2025年工作安排\n2025年，全市森林覆盖率达到60%以上，城镇调查失业率控制在5.5%以内。\n"
)
LATER = (
    "岳阳市2026年政府工作报告\n2026年1月10日\n\n一、2025年工作回顾\n2025年，全市地区生产总值1060.0亿元，增长5.0%。一般公共预算收入106.0亿元，增长6.0%。"
    "优质粮食产量由2024年的52.0万吨增加到54.0万吨。森林覆盖率61.5%。城镇调查失业率5.2%。\n"
)


def told(earlier: str = EARLIER, later: str = LATER) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in audit([parse_text(earlier, name="a.txt"), parse_text(later, name="b.txt")])]


def test_nominal_levels_with_real_growth_are_no_error():
    assert told() == [("growth", "info")]  # 1000.0 × 1.05 is not 1060.0, but growth of the product is at constant prices
    assert audit([parse_text(EARLIER), parse_text(LATER)])[0].explanations[0] == "real_growth"


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        ("收入106.0亿元", "收入160.0亿元", ("growth", "warning")),
        ("由2024年的52.0万吨", "由2024年的25.0万吨", ("revised", "info")),
        ("森林覆盖率61.5%", "森林覆盖率51.5%", ("target_missed", "info")),
        ("失业率5.2%", "失业率6.2%", ("target_missed", "info")),
    ],
)
def test_a_fault_between_two_years(old, new, more):
    assert old in LATER
    assert set(told(later=LATER.replace(old, new))) == {("growth", "info"), more}


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("全年粮食产量100.0万吨，比上年增加5.0万吨，增长5.3%。", []),
        ("全年粮食产量100.0万吨，比上年增加5.0万吨，增长3.5%。", ["growth"]),
        ("全年粮食产量约100.0万吨，比上年增加5.0万吨，增长3.5%。", []),  # what is told roughly is held to nothing
        ("全年粮食产量100.00万吨，比上年增加5.00万吨，增长5.2%。", ["growth"]),  # cut off: worth knowing
        ("全年出生率为6.12‰，死亡率为7.35‰，自然增长率为-1.23‰。", []),
        ("全年货物进出口总额512.4亿元，其中，出口365.9亿元，进口146.4亿元。", []),  # within rounding
        ("全年货物进出口总额512.4亿元，其中，出口365.9亿元，进口146.2亿元。", ["parts"]),
        ("全市森林覆盖率达到102.5%。", ["percentage_range"]),
        ("高中阶段毛入学率达到102.5%。", []),
        ("优良天数比率在全国168个重点城市中列第180位。", ["rank_range"]),
        ("反馈的50项整改任务完成40项，完成率80.0%。", []),
        ("反馈的50项整改任务完成40项，完成率90.0%。", ["completion"]),
    ],
)
def test_a_sentence_against_itself(sentence, codes):
    report = parse_text(f"云溪市2025年统计公报\n\n一、综合\n2025年，全市平稳。{sentence}\n")
    assert [one.code for one in audit([report])] == codes


def test_rounding_never_raises_a_finding():
    """Levels, growth and shares made by rounding exact ones, to every number of places."""
    for seed in range(60):
        base, growth = Fraction(3_000_000 + 7_919 * seed, 1000), Fraction(seed * 37 % 200 - 80, 1000)
        level = base * (1 + growth)
        first, second = level * Fraction(seed % 7 + 1, 11), level * Fraction(10 - seed % 7, 11)
        places = seed % 3
        word = "增长" if growth >= 0 else "下降"
        text = (
            f"全年粮食产量{put(level, places)}万吨，{word}{put(abs(growth) * 100, 1)}%。货物进出口总额{put(level, places)}亿元，"
            f"其中，出口{put(first, places)}亿元，进口{put(second, places)}亿元。"
        )
        reports = [
            parse_text(f"云溪市2024年统计公报\n\n一、综合\n2024年，全市平稳。全年粮食产量{put(base, places)}万吨。\n"),
            parse_text(f"云溪市2025年统计公报\n\n一、综合\n2025年，全市平稳。{text}\n"),
        ]
        assert audit(reports) == [], text


def put(number: Fraction, places: int) -> str:
    scaled = round(number * 10**places)
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}d}" if places else str(scaled)


def test_a_finding_quotes_both_figures_with_their_places(fixtures):
    (one,) = audit(read(fixtures, PAIRS["env"], 1, "比率为98.7%", "比率为98.1%"))
    later, earlier = parse(fixtures / PAIRS["env"][1]), parse(fixtures / PAIRS["env"][0])
    assert [quote.text for quote in one.quotes] == ["98.1%", "0.3个百分点", "98.4%"]
    assert later.text[one.quotes[1].start : one.quotes[1].end] == "0.3个百分点"
    assert earlier.text[one.quotes[2].start : one.quotes[2].end] == "98.4%"
    assert one.arithmetic == "98.4 % + 0.3 个百分点 = [98.6, 98.8] %, printed 98.1 % = [98.05, 98.15] %"
    assert set(one.explanations) <= EXPLANATIONS.keys()
    assert one.code in CODES


def test_codes_and_explanations_are_in_the_manual():
    page = (Path(__file__).parent.parent / "docs" / "audit.md").read_text(encoding="utf-8")
    assert [name for name in (*CODES, *EXPLANATIONS) if f"`{name}`" not in page] == []


def test_an_interval_knows_what_was_printed():
    record = parse_text("2025年，全市粮食产量26.40万吨，下降三成，新增企业1200家、学校12所。").records
    assert printed(record[0]) == Interval(Fraction(263950), Fraction(264050))
    assert printed(record[1]) == Interval(Fraction(-35), Fraction(-25))
    assert printed(record[2]) == Interval(Fraction(2399, 2), Fraction(2401, 2))  # hundreds may be round
    assert printed(record[3]) == exactly(12)


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_the_command(fixtures, tmp_path, capsys, form):
    later = tmp_path / "b.html"
    text = (fixtures / PAIRS["env"][1]).read_bytes().decode("gb18030").replace("比率为98.7%", "比率为98.1%", 1)
    later.write_bytes(text.encode("gb18030"))
    files = [str(fixtures / PAIRS["env"][0]), str(later)]
    assert main(["audit", *files, "--format", form]) == 1
    told = capsys.readouterr().out
    assert "98.4 % + 0.3 个百分点" in told.replace("\\", "")
    assert main(["audit", *files, "--least", "error", "--format", form]) == 0
    assert main(["audit", str(tmp_path / "none.html")]) == 1
    assert main(["audit", *files, "--out", str(tmp_path / "audit.out"), "--format", form]) == 1
    assert (tmp_path / "audit.out").read_text(encoding="utf-8") == told


def test_a_store_is_audited_as_its_reports_are(fixtures, tmp_path):
    from reportparse import batch

    store = tmp_path / "s.duckdb"
    batch([fixtures / name for name in PAIRS["stat"]], store, workers=1)
    assert main(["audit", str(store)]) == 0
