"""Tables → records, by phenomenon. A table is written as rows of cells between bars; ``<`` and ``^`` are merged cells."""

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportparse.document import Document, Line
from reportparse.model import Cell, Section
from reportparse.reading.grid import make_table
from reportparse.tabulation import tabulate


def records(*rows, caption=None, unit=None, year=2025, region="石桥市", pages=None, doubts=None):
    out, lines, text = [], [], ""
    for i, texts in enumerate(rows):
        row, start = [], len(text)
        for j, said in enumerate(texts.split("|")):
            if said == "<":
                row.append(row[-1])
            elif said == "^":
                row.append(out[i - 1][j])
            else:
                row.append(Cell(said, len(text), len(text) + len(said)))
                text += said + "\t"
        out.append(row)
        lines.append(Line(start=start, end=max(start, len(text) - 1), page=pages[i] if pages else None))
        text = text[:-1] + "\n"
    table = make_table(out, caption=caption, unit=unit, page=pages[0] if pages else None, start=0, end=len(text))
    document = Document(text=text, lines=tuple(lines), tables=(table,))
    section = Section(label="一、", number=1, level=1, title="综合", start=0, end=len(text))
    made = tabulate(document, [table], [section], SimpleNamespace(year=year, region=region), doubts)
    for record in made:
        assert text[record.start : record.end] == record.text
        assert record.section == ("一、综合",)
    return made


def figures(*rows, **about):
    """Each record as ``indicator value unit``, a change with its sign."""
    return [brief(r) for r in records(*rows, **about)]


def brief(record):
    if record.kind == "ranking":
        return f"{record.indicator} 第{record.rank}"
    sign = {"up": "+", "down": "-"}[record.direction] if record.kind == "change" else ""
    return f"{record.indicator} {sign}{record.value} {record.unit}".rstrip()


def one(*rows, **about):
    (record,) = records(*rows, **about)
    return record


BULLETIN = ("指标|绝对数（亿元）|比上年增长（%）",)


def test_level_and_change_of_one_row():
    level, change = records(*BULLETIN, "地区生产总值|512.3|5.1", caption="表1 2025年主要指标")
    assert (brief(level), brief(change)) == ("地区生产总值 512.3 亿元", "地区生产总值 +5.1 %")
    assert (level.period, level.status, level.canonical_value, level.canonical_unit) == ("2025", "actual", Decimal("51230000000.0"), "元")
    assert (change.direction, change.basis, change.related[0].type, change.related[0].id) == ("up", "year_on_year", "change_of", level.id)
    assert level.cell.row == ("地区生产总值",)
    assert change.cell.column == ("比上年增长",)


def test_sign_tells_the_direction_and_falls_count_the_other_way():
    assert figures("项目|金额|降幅（%）", "办公费|8|12.5", unit="万元") == ["办公费 8 万元", "办公费 -12.5 %"]
    assert figures("项目|增减额|增减%", "办公费|-3|－2.5", unit="万元") == ["办公费 -3 万元", "办公费 -2.5 %"]


@pytest.mark.parametrize("blank", ["", "-", "—", "--", "…", "/", "　", "不适用"])
def test_an_empty_cell_is_no_record(blank):
    assert figures("项目|2024年|2025年", f"罚没收入|{blank}|3", unit="万元") == ["罚没收入 3 万元"]


def test_zero_is_zero():
    assert figures("项目|金额", "预备费|0", unit="万元") == ["预备费 0 万元"]


def test_budget_columns_tell_year_status_and_ratio():
    rows = records(
        "项目|2024年决算数|2025年预算数|<|2025年执行数|<|<", "^|^|年初预算|调整预算|金额|占预算%|增长%",
        "一、税收收入|90|95|96|97|101.0|7.8", caption="表2 2025年全市一般公共预算收入执行情况表", unit="万元",
    )
    assert [(brief(r), r.period, r.status) for r in rows] == [
        ("税收收入 90 万元", "2024", "actual"), ("税收收入 95 万元", "2025", "target"), ("税收收入调整预算 96 万元", "2025", "target"),
        ("税收收入 97 万元", "2025", "actual"), ("税收收入完成预算比例 101.0 %", "2025", "actual"), ("税收收入 +7.8 %", "2025", "actual"),
    ]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("完成年初预算%", "罚没收入完成年初预算比例 3 %"), ("为上年决算数的%", "罚没收入为上年决算数比例 3 %"), ("占比", "罚没收入占比 3 %"),
        ("同比±%", "罚没收入 +3 %"), ("增幅", "罚没收入 +3 %"), ("比上年增减", "罚没收入 +3 万元"), ("增收额", "罚没收入 +3 万元"),
        ("金额(亿元)", "罚没收入 3 亿元"), ("占调整预算", "罚没收入完成调整预算比例 3 %"),
    ],
)
def test_what_a_column_says(column, said):
    assert figures(f"项目|{column}", "罚没收入|3", unit="万元") == [said]


def test_years_of_a_comparison():
    change = one("项目|2026年预算比2025年执行数增减", "罚没收入|-3", unit="万元")
    assert (change.period, change.basis, change.status, change.direction) == ("2026", "year_on_year", "target", "down")
    assert one("项目|比2020年增长%", "罚没收入|3").basis == "2020"
    assert records("项目|上年执行数", "罚没收入|3", caption="2026年收入预算表")[0].period == "2025"


def test_columns_of_months_and_of_years_told_by_words():
    rows = records("指标|2025年1-6月|前年|本年|环比增长%", "产量|3|4|5|6")
    assert [(brief(r), r.period) for r in rows] == [
        ("产量 3", "2025-01/2025-06"), ("产量 4", "2023"), ("产量 5", "2025"), ("产量 +6 %", "2025"),
    ]
    assert rows[-1].basis == "period_on_period"
    rows = records("指标|2025年3月末|比上月增长%|2024年一季度", "存款余额（亿元）|3|4|5")
    assert [(brief(r), r.period) for r in rows] == [
        ("存款余额 3 亿元", "2025-03-31"), ("存款余额 +4 %", "2025-03-31"), ("存款余额 5 亿元", "2024-01/2024-03"),
    ]
    assert rows[1].basis == "period_on_period"


def test_the_day_of_the_caption():
    assert one("指标|期末数", "存款余额|3", caption="2025年3月末存款余额表", unit="亿元").period == "2025-03-31"


def test_years_and_places_down_the_rows():
    rows = records("地区|年份|产值（亿元）", "东县|2024年|5", "东县|2025年|6", "西县|2024年|7")
    assert [(r.subject, r.period, brief(r)) for r in rows] == [
        ("东县", "2024", "产值 5 亿元"), ("东县", "2025", "产值 6 亿元"), ("西县", "2024", "产值 7 亿元"),
    ]


def test_prices():
    rows = records("指标|按可比价增长%|现价产值", "工业|5|30", unit="万元")
    assert [(brief(r), r.price_basis) for r in rows] == [("工业产值 +5 %", "constant"), ("工业产值 30 万元", "current")]
    assert one("指标|产值", "工业|30", caption="2025年工业产值（按不变价格）", unit="亿元").price_basis == "constant"


def test_a_rate_takes_no_unit_of_money():
    assert figures("指标|数值", "资产负债率|55", "总资产|300", unit="万元") == ["资产负债率 55 %", "总资产 300 万元"]
    assert figures("指标|数值", "资产负债率|55", "总资产|300") == ["资产负债率 55 %", "总资产 300"]


def test_a_rank_is_a_whole_number():
    assert figures("项目|排名|全省位次", "东县|0|1.5", "西县|第3名|2") == ["西县 第3", "西县 第2"]


def test_lines_over_the_header_that_name_no_column():
    assert figures("单位：万元||", "项目|金额|占比", "税收收入|9|3") == ["税收收入 9 万元", "税收收入占比 3 %"]
    assert figures("单位：万元|<|<", "项目|金额|占比", "税收收入|9|3", unit="万元") == ["税收收入 9 万元", "税收收入占比 3 %"]


def test_a_difference_has_the_unit_of_its_level():
    assert figures("指标|产值（亿元）|增减额", "工业|30|2") == ["工业产值 30 亿元", "工业产值 +2 亿元"]


def test_a_line_of_units_under_the_header():
    assert figures("项目|金额|面积", "^|单位：万元|单位：亩", "修路|3|5") == ["修路 3 万元", "修路面积 5 亩"]


def test_a_lone_unit_under_one_header():
    assert figures("项目|2024年|增长%", "|单位：万元|", "修路|3|5", unit="万元") == ["修路 3 万元", "修路 +5 %"]


def test_a_row_that_divides_others():
    rows = ("项目|金额", "一、支出|", "（一）修路|3", "按部门分|", "路政|2", "水务|1")
    assert figures(*rows, unit="万元") == ["修路支出 3 万元", "路政 2 万元", "水务 1 万元"]


def test_shares_that_grew_are_changes():
    assert figures("指标|占全省比重增长率|占比比上年提高", "人口|3|4") == ["人口占全省比重 +3 %", "人口占比 +4 %"]


def test_a_header_that_holds_the_row_is_the_name():
    assert figures("指标|产量|粮食产量|收入总额增长%", "粮食|5|6|7", unit="万吨") == ["粮食产量 5 万吨", "粮食产量 6 万吨", "粮食收入总额 +7 %"]


def test_halves_with_serial_numbers():
    rows = ("序号|项目|金额|序号|项目|金额", "1|修路|3|3|架桥|8", "2|挖渠|4|4|植树|9")
    assert figures(*rows, unit="万元") == ["修路 3 万元", "架桥 8 万元", "挖渠 4 万元", "植树 9 万元"]


def test_a_cell_merged_over_level_and_change_is_neither():
    assert figures("指标|产值|增长%", "工业|30|<", "农业|5|2", unit="亿元") == ["农业产值 5 亿元", "农业产值 +2 %"]


def test_parts_of_the_product_are_value_added():
    rows = ("指标|数值（亿元）", "地区生产总值|90", "其中：第一产业|9", "工业|40")
    assert figures(*rows) == ["地区生产总值 90 亿元", "第一产业增加值 9 亿元", "工业增加值 40 亿元"]


def test_what_stands_after_a_total_is_no_part_of_it():
    rows = ("项目|金额", "税收收入|30", "1.增值税|3", "2.契税|4", "合计|34", "其他|2")
    assert paths(*rows) == [("税收收入",), ("税收收入", "1.增值税"), ("税收收入", "2.契税"), ("合计",), ("其他",)]
    assert paths("项目|金额", "收入合计|30", "1.修路|3", "2.架桥|4", "三、挖渠|4") == [
        ("收入合计",), ("1.修路",), ("2.架桥",), ("三、挖渠",),
    ]


def test_the_general_budget_stands_before_totals_only():
    rows = records("项目|金额", "税收收入|9", "收入合计|9", caption="2025年一般公共预算收入表", unit="万元")
    assert [r.indicator for r in rows] == ["税收收入", "一般公共预算收入合计"]


def test_years_down_the_rows():
    rows = records("年份|粮食产量（万吨）|增长（%）", "2023年|5.1|1", "2024年|5.3|3.9", region="石桥县")
    assert [(brief(r), r.period) for r in rows] == [
        ("粮食产量 5.1 万吨", "2023"), ("粮食产量 +1 %", "2023"), ("粮食产量 5.3 万吨", "2024"), ("粮食产量 +3.9 %", "2024"),
    ]


def test_unit_column_and_unit_in_the_row():
    rows = ("产品名称|单位|产量|比上年增长%", "钢材|万吨|5.2|-1", "布|万米|3|2", "白酒（千升）||7|")
    assert figures(*rows) == ["钢材产量 5.2 万吨", "钢材产量 -1 %", "布产量 3 万米", "布产量 +2 %", "白酒产量 7 千升"]


def test_two_units_in_the_caption():
    rows = ("板块|2024年|<", "^|收入|占比", "港口|5.6|31.7")
    assert figures(*rows, unit="亿元、%") == ["港口收入 5.6 亿元", "港口收入占比 31.7 %"]


def test_places_are_subjects_and_ranks_are_rankings():
    rows = records("地区|GDP|<|一般公共预算收入|<", "^|金额（亿元）|全省排名|金额（亿元）|排名", "全市|900|-|80|-", "东县|120|2|9|3", region="石桥市")
    assert [(brief(r), r.subject) for r in rows] == [
        ("GDP 900 亿元", None), ("一般公共预算收入 80 亿元", None),
        ("GDP 120 亿元", "东县"), ("GDP 第2", "东县"), ("一般公共预算收入 9 亿元", "东县"), ("一般公共预算收入 第3", "东县"),
    ]
    assert rows[3].scope == "全省"


def test_a_header_in_the_shape_of_an_l():
    rows = ("县区||<|<|<", "^|工业产值（亿元）||利润（亿元）|", "^|^|比上年增长（%）|^|比上年增长（%）", "东县|3|2.1|1|-4")
    assert figures(*rows) == ["工业产值 3 亿元", "工业产值 +2.1 %", "利润 1 亿元", "利润 -4 %"]
    assert records(*rows)[1].cell.column == ("工业产值", "比上年增长")


def test_halves_side_by_side():
    table = ("收入|<|支出|<", "项目|预算数|项目|预算数", "一、税收收入|9|一、教育支出|4", "　　增值税|5|二、科技支出|")
    rows = records(*table, unit="万元", caption="2026年预算表")
    assert [(brief(r), r.cell.row) for r in rows] == [
        ("税收收入 9 万元", ("一、税收收入",)), ("教育支出 4 万元", ("一、教育支出",)), ("增值税 5 万元", ("一、税收收入", "增值税")),
    ]
    assert {r.status for r in rows} == {"target"}


def paths(*rows):
    return [r.cell.row for r in records(*rows, unit="万元")]


def test_numbering_nests_even_over_pages():
    found = records(
        "项目|金额", "总支出|90", "一、本级支出|50", "（一）教育|30", "人员支出|20", "（二）科技|20", "人员支出|5", "二、转移支付|40",
        unit="万元", caption="2025年一般公共预算支出决算表", pages=[1, 1, 1, 1, 1, 1, 2, 2],
    )
    assert [r.cell.row for r in found] == [
        ("总支出",), ("一、本级支出",), ("一、本级支出", "（一）教育".translate({0xFF08: "(", 0xFF09: ")"})),
        ("一、本级支出", "(一)教育", "人员支出"), ("一、本级支出", "(二)科技"), ("一、本级支出", "(二)科技", "人员支出"), ("二、转移支付",),
    ]
    assert [r.indicator for r in found][2:6] == ["教育支出", "教育支出人员支出", "科技支出", "科技支出人员支出"]
    assert [r.page for r in found][-3:] == [1, 2, 2]


def test_indent_nests():
    assert paths("项目|金额", "税收收入|9", "　增值税|5", "　　其中：改征部分|2", "　契税|4", "非税收入|3") == [
        ("税收收入",), ("税收收入", "增值税"), ("税收收入", "增值税", "改征部分"), ("税收收入", "契税"), ("非税收入",),
    ]


def test_part_rows_end_where_the_whole_is_used_up():
    assert paths("指标|数值", "人口|10", "其中：城镇|6", "乡村|4", "其中：男|5", "女|5", "户数|3") == [
        ("人口",), ("人口", "城镇"), ("人口", "乡村"), ("人口", "男"), ("人口", "女"), ("户数",),
    ]


def test_parts_take_over_the_measure_of_the_whole():
    assert figures("指标|单位|绝对数", "货物运输量|万吨|90", "其中：公路|万吨|60", "#水运|万吨|30") == [
        "货物运输量 90 万吨", "公路货物运输量 60 万吨", "水运货物运输量 30 万吨",
    ]
    assert figures("类别|涨跌幅度（%）", "居民消费价格|0.6", "其中：衣着|-1", caption="2025年居民消费价格比上年涨跌幅度") == [
        "居民消费价格 +0.6 %", "衣着居民消费价格 -1 %",
    ]


def test_the_caption_gives_the_measure():
    assert figures("行业|比上年增长（%）", "制造业|5", caption="2025年分行业固定资产投资增长速度") == ["制造业固定资产投资 +5 %"]


def test_totals_are_kept_and_marked_and_name_their_budget():
    rows = records("项目|金额", "土地出让收入|9", "收入合计|9", caption="2025年政府性基金预算收入表", unit="万元")
    assert [r.indicator for r in rows] == ["土地出让收入", "政府性基金预算收入合计"]
    assert "table_total" in rows[1].rules


def test_levels_of_government():
    rows = records("项目|预计数|<", "^|全市|市级", "土地出让收入|9|4", unit="万元")
    assert [r.subject for r in rows] == [None, "市级"]
    assert one("项目|金额", "土地出让收入|9", caption="2025年市本级收入表").subject == "市本级"


def test_serial_numbers_codes_and_remarks_are_no_figures():
    assert figures("序号|项目|金额|备注", "1|修路|3|2024年开工", "2|架桥|5|12公里", unit="万元") == ["修路 3 万元", "架桥 5 万元"]
    rows = records("科目编码|科目名称|预算数", "201|一般公共服务|9", "20101|人大事务|3", "2010101|行政运行|2", unit="万元")
    assert [r.cell.row for r in rows][-1] == ("一般公共服务", "人大事务", "行政运行")


def test_a_cell_merged_over_columns_is_one_figure():
    rows = records("项目|2023年|<|2024年|<", "^|收入|占比|收入|占比", "港口|5|60|6|70", "投资收益|2.5|<|2.6|<", unit="亿元、%")
    assert [(brief(r), r.cell.column) for r in rows[-2:]] == [("投资收益 2.5 亿元", ("2023年",)), ("投资收益 2.6 亿元", ("2024年",))]


def test_a_number_in_a_few_words():
    rows = records(
        "指标|单位|2025年完成|2026年目标",
        "地区生产总值|亿元|512.3|增长6%左右", "城镇新增就业|万人|1.2|1万人以上", "单位能耗|%|3|完成上级任务",
    )
    assert [brief(r) for r in rows] == [
        "地区生产总值 512.3 亿元", "地区生产总值 +6 %", "城镇新增就业 1.2 万人", "城镇新增就业 1 万人", "单位能耗 3 %",
    ]
    assert [(rows[1].bound, rows[1].status), (rows[3].bound, rows[3].period)] == [("approx", "target"), ("at_least", "2026")]


def test_a_table_without_headers_gives_a_warning_and_nothing_else():
    doubts = []
    assert records("12|13|14", "3|4|5", "6|7|8", "1|2|3", doubts=doubts) == []
    assert [d.code for d in doubts] == ["table_without_headers"]


def test_digits_run_together_are_no_figure():
    assert figures("项目|金额|比重%", "税收|1,234,5671,234|5", unit="万元") == ["税收比重 5 %"]


def test_same_header_twice_is_flagged():
    assert {r.flags for r in records("项目|2025年|2025年", "税收收入|3|4")} == {("repeated_header",)}


def test_sentence_is_the_row():
    assert records("项目|金额|备注", "税收收入|3|略")[0].sentence == "税收收入\t3\t略"


def test_footnote_marks_are_no_part_of_a_number():
    assert [(r.text, str(r.value)) for r in records("项目|金额|占比%", "养老保险基金收入|①3,261|4.7②")] == [("3,261", "3261"), ("4.7", "4.7")]


def test_a_year_at_the_head_of_a_label_is_its_period():
    rows = records("项目|执行数", "一、2024年末政府债务余额|9", "二、2025年政府债务还本额|1", caption="2025年债务情况表", unit="亿元")
    assert [(r.indicator, r.period) for r in rows] == [("政府债务余额", "2024-12-31"), ("政府债务还本额", "2025")]


def test_a_part_inherits_the_unit_of_its_whole():
    assert figures("指标|绝对量", "货运量（万吨）|9", "　铁路|4") == ["货运量 9 万吨", "铁路货运量 4 万吨"]


def test_attributes_are_no_labels():
    rows = records("公司名称|股东|总资产（亿元）|评级", "东港公司|市国资委|9|AA+", "西港公司|市国资委|5|AA", "南港公司|市国资委|3|AA")
    assert [(r.subject, r.indicator) for r in rows] == [("东港公司", "总资产"), ("西港公司", "总资产"), ("南港公司", "总资产")]


def test_the_same_label_under_several_rows_is_told_apart():
    names = figures("项目|金额", "一、教育支出|9", "本级支出|5", "二、科技支出|4", "本级支出|1", unit="万元")
    assert names == ["教育支出 9 万元", "教育支出本级支出 5 万元", "科技支出 4 万元", "科技支出本级支出 1 万元"]


PIECES = [
    "", "-", "项目", "2024年", "2025", "增长%", "(%)", "排名", "合计", "其中：", "一、", "（一）", "1.", "其中：一、", "12.5", "-3", "1,234", "①3",
    "第3名", "5%左右", "全市", "东县", "比上年", "为上年%", "占比", "（", "）", "单位：万元", "万元", "序号", "201", "　　税收", "按…分", "2024年末",
    "[1]", "\ud7ff", "𠀀", "“", "/", "上年=100",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.lists(st.sampled_from(PIECES), max_size=3).map("".join), min_size=1, max_size=5), max_size=7), st.text(max_size=12))
def test_never_raises_and_every_record_has_its_place(rows, caption):
    text, cells, lines = "", [], []
    for row in rows:
        start, made = len(text), []
        for said in row:
            made.append(Cell(said, len(text), len(text) + len(said)))
            text += said + "\t"
        cells.append(made)
        lines.append(Line(start=start, end=len(text) - 1))
        text = text[:-1] + "\n"
    table = make_table(cells, caption=caption, unit=caption, page=None, start=0, end=len(text))
    made = tabulate(Document(text=text, lines=tuple(lines), tables=(table,)), [table], [], SimpleNamespace(year=None, region=None))
    assert len({r.start for r in made}) == len(made)
    for record in made:
        assert text[record.start : record.end] == record.text != ""
        assert record.period is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}-\d\d)?", record.period)
