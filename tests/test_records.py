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


def test_a_record_tells_itself_in_a_line():
    level, change, rank = parse_text(TITLE + "全市进出口总额约586亿元，增长3.1%，居全省第3位。").records
    assert (str(level), str(change)) == ("进出口总额 2024: ≈586 亿元", "进出口总额 2024: +3.1 % [year_on_year]")
    assert repr(rank).startswith("<Ranking r")
    assert level.years == ("2024", "2024")
    (aim,) = parse_text(TITLE + "力争进出口总额增长5%—6%。").records
    assert str(aim) == "进出口总额 2024: +5—6 % [year_on_year] (target)"


SPEECH = """贵阳市政府工作报告
（2026年1月20日在贵阳市第十五届人民代表大会第六次会议上）
各位代表：
一、过去五年工作回顾
五年新增绿地120公顷，生产总值增长32%，年均增长6%。累计完成投资120亿元。
进口额、茶叶产量分别增长32%、20%。
五年改造公路120公里。
2025年，出口额3亿元。今年以来，进口额4亿元。
二、“十五五”时期目标任务
生产总值年均增长5%，森林覆盖率达到60%。
三、2026年工作安排
出口额增长6%，建成水厂3座。
"""


def test_headings_tell_the_time_and_whether_it_was_done():
    assert [(r.text, r.indicator, r.period, r.status) for r in parse_text(SPEECH).records] == [
        ("120公顷", "新增绿地", "2021/2025", "actual"), ("32%", "生产总值", "2025", "actual"), ("6%", "生产总值", "2021/2025", "actual"),
        ("120亿元", "累计完成投资", "2021/2025", "actual"), ("32%", "进口额", "2025", "actual"), ("20%", "茶叶产量", "2025", "actual"),
        ("120公里", "改造公路", "2021/2025", "actual"),
        ("3亿元", "出口额", "2025", "actual"), ("4亿元", "进口额", "2025", "actual"), ("5%", "生产总值", "2026/2030", "target"),
        ("60%", "森林覆盖率", "2026/2030", "target"), ("6%", "出口额", "2026", "target"), ("3座", "建成水厂", "2026", "target"),
    ]


def test_changes_of_a_long_review_are_from_the_year_before_it():
    changes = [r for r in parse_text(SPEECH).records if r.kind == "change" and r.status == "actual"]
    assert [(r.indicator, r.basis) for r in changes] == [
        ("生产总值", "2020"), ("生产总值", "year_on_year"), ("进口额", "2020"), ("茶叶产量", "2020"),
    ]
    assert [r.flags for r in changes] == [("assumed_basis", "mixed_periods"), ("several_years",), ("assumed_basis",), ("assumed_basis",)]


@pytest.mark.parametrize(
    ("sentence", "basis", "flags"),
    [
        ("刚刚过去的2025年，发展稳中有进。进口额增长4%。", "year_on_year", ()),
        ("还要指出的是，在刚刚过去的2025年，发展稳中有进。进口额增长4%。", "year_on_year", ()),
        ("进口额3年增长4%。", "2022", ()),
        ("服务不断优化，2022年以来新增的企业达到3万家。进口额增长4%。", "2020", ("assumed_basis",)),
    ],
)
def test_what_ends_a_long_review(sentence, basis, flags):
    review = SPEECH.replace("五年改造公路120公里。", sentence)
    (change,) = [r for r in parse_text(review).records if r.kind == "change" and r.value == 4]
    assert (change.basis, change.flags) == (basis, flags)


def test_a_change_is_tied_to_the_level_that_it_changed():
    level, own, other = parse_text(TITLE + "出口额3亿元，增长3.1%，进口额增长4.1%。").records
    assert [(one.type, one.id) for one in own.related] == [("change_of", level.id)]
    assert (level.related, other.related) == ((), ())


PLAN = """贵阳市2025年国民经济和社会发展计划
2025年1月1日
一、2025年主要目标
截至2024年10月，出口额3亿元。出口额2024年为2亿元。
"""


def test_what_a_plan_says_of_a_time_gone_by_is_achieved():
    assert [(r.text, r.period, r.status) for r in parse_text(PLAN).records] == [
        ("3亿元", "2024-10-31", "actual"), ("2亿元", "2024", "actual"),
    ]


BUDGETS = """贵阳市2024年预算执行情况的报告
一、一般公共预算
收入总计120亿元，支出90亿元。
二、政府性基金预算
收入总计12亿元，支出总计11亿元。收入3亿元，转移性收入2亿元，预算支出1亿元。
"""


def test_headings_tell_the_budget():
    assert [r.indicator for r in parse_text(BUDGETS).records] == [
        "一般公共预算收入总计", "一般公共预算支出", "政府性基金预算收入总计", "政府性基金预算支出总计", "政府性基金收入", "政府性基金转移性收入",
        "政府性基金预算支出",
    ]


@pytest.mark.parametrize(
    ("sentence", "flags"),
    [
        ("全市税收收入5%。", [("odd_unit",)]),
        ("全年新增贷款3200户。", [()]),
        ("实现利润总额3200户。", [("odd_unit",)]),
        ("常住人口32亿元，水域面积30家。", [("odd_unit",), ("odd_unit",)]),
        ("税收收入占比5%，人均水域面积30亩。", [(), ()]),
        ("利润总额五年增长3.2%。", [()]),
        ("利润总额多年增长3.2%。", [("odd_indicator",)]),
        ("水库蓄水量情况下增长3.2%，大型机组发电小时12万小时。", [("odd_indicator",), ()]),
        ("新增里程590公里，新增铁路里程30公里。", [("short_indicator",), ()]),
        ("改造老旧小区后惠及3.2万户家庭。", [("left_out", "counted_noun")]),
        ("投入衔接资金3.5亿元专项资金。", [("noun_after",)]),
        ("茶叶产值突破20亿元大关。", [()]),
        ("2024年末存款余额310亿元，2025年新增贷款35亿元。", [(), ("mixed_periods",)]),
        ("粮食产量由30万吨增加到32万吨。", [(), ()]),
        ("“十三五”时期，全市新建学校120所。", [("several_years",)]),
        ("“十五五”时期，全市新建学校120所。", [()]),
    ],
)
def test_signs_of_doubt_are_flagged(sentence, flags):
    assert [record.flags for record in parse_text(TITLE + sentence).records] == flags


def test_what_cannot_be_told_is_flagged():
    (record,) = parse_text("工作情况\n\n水厂3座。").records
    assert (record.period, record.flags) == (None, ("short_indicator", "unresolved_period"))
    name = "拟定的重点建设项目中由市级财政预算内资金全额安排的农村公路和水利设施建设项目完成投资"
    (record,) = parse_text(f"{TITLE}{name}3亿元。").records
    assert record.flags == ("long_indicator",)
    report = parse_text(TITLE + "完成三三制改革，新增水厂3座。")
    assert [one.text for one in report.unread] == ["三三"]


def test_a_years_account_before_its_end_is_a_plan():
    text = """关于贵阳市2024年预算执行情况和2025年预算草案的报告
2025年1月15日在贵阳市第十五届人民代表大会第四次会议上
一、基金收支
2024年市级基金收入完成5亿元。2025年市级基金收入安排6亿元。2025年1月已入库1亿元。
"""
    assert [(r.text, r.period, r.status) for r in parse_text(text).records] == [
        ("5亿元", "2024", "actual"), ("6亿元", "2025", "target"), ("1亿元", "2025-01", "actual"),
    ]


@pytest.mark.parametrize(
    ("sentences", "flagged"),
    [
        ("茶叶产量3万吨。茶叶产量5万吨。", True),
        ("茶叶产量突破3万吨、达5万吨。", False),
        ("茶叶产量3万吨。茶叶产量3.05万吨。", False),
        ("2023年茶叶产量3万吨。2024年茶叶产量5万吨。", False),
    ],
)
def test_figures_that_are_filed_alike_and_differ_are_flagged(sentences, flagged):
    records = parse_text(TITLE + sentences).records
    assert [("two_values" in r.flags) for r in records] == [flagged] * len(records)


def test_a_heading_of_the_whole_region_ends_the_level_before():
    text = """关于贵阳市2024年预算执行情况和2025年预算草案的报告
2024年市级一般公共预算收入完成5亿元。
一、2024年全市一般公共预算收入
契税完成3亿元。
二、2024年市级一般公共预算收入
契税完成2亿元。
市人代会批准的市级基金收入预算22.8亿元，实际完成14.2亿元。
"""
    assert [(r.text, r.subject) for r in parse_text(text).records] == [
        ("5亿元", "市级"), ("3亿元", None), ("2亿元", "市级"), ("22.8亿元", "市级"), ("14.2亿元", "市级"),
    ]
    assert [r.status for r in parse_text(text).records][-2:] == ["target", "actual"]
