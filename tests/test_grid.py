"""Header rows and columns of grids; captions and units of the lines above them."""

import pytest

from reportparse.model import Cell
from reportparse.reading.grid import make_table, split_caption, title_of


def grid(*rows):
    """A table from texts; ``<`` is the cell to the left, ``^`` the one above."""
    out, at = [], 0
    for i, texts in enumerate(rows):
        row = []
        for j, text in enumerate(texts.split("|")):
            if text == "<":
                row.append(row[-1])
            elif text == "^":
                row.append(out[i - 1][j])
            else:
                row.append(Cell(text, at, at + len(text)))
                at += len(text) + 1
        out.append(row)
    return make_table(out, caption=None, unit=None, page=None, start=0, end=at)


@pytest.mark.parametrize(
    ("rows", "headers"),
    [
        (("项目|2024年|2025年", "税收收入|12|13"), (1, 1)),
        (("项目|2023|2024|2025", "税收收入|12|13|14"), (1, 1)),  # bare years are headers
        (("项目|预计数|<", "^|全县|县级", "税收收入|3|1"), (2, 1)),
        (("项目|预算数|执行数|比例", "^|1|2|3=2/1*100", "税收收入|3,000|2,940|98"), (2, 1)),  # numbers of columns
        (("项目|金额|增长%", "一、教育支出||", "二、科技支出|3|2.5"), (1, 1)),  # the first row of the body is empty
        (("项目|金额", "一、收入|<", "税收|3"), (1, 1)),  # a divider below the header
        (("项目|2024年", "|单位：万元", "税收|3"), (2, 1)),  # a unit beneath its header is no divider
        (("指标|单位|产量", "钢材|万吨|5.2"), (1, 2)),
        (("序号|乡镇|产值", "1|柳溪镇|5.2", "2|石桥乡|3.1"), (1, 2)),
        (("年份|产量", "2023|5", "2024|6"), (1, 1)),
        (("项目|内容", "性质|公开"), (1, 1)),
        (("县区||<|<", "^|产值|^|^", "^|^|增长（%）|位次", "东县|3|2.1|1"), (3, 1)),
    ],
)
def test_header_rows_and_columns(rows, headers):
    table = grid(*rows)
    assert (table.header_rows, table.header_columns) == headers


def test_title_and_unit_in_the_first_rows():
    table = grid("2025年收支情况表|<|<", "||单位：万元", "项目|预算数|执行数", "税收|3|4")
    assert (table.caption, table.unit, table.header_rows) == ("2025年收支情况表", "万元", 3)


def test_short_rows_are_filled():
    assert [len(row) for row in grid("项目|金额|备注", "税收|3").rows] == [3, 3]


@pytest.mark.parametrize(
    ("line", "caption", "unit"),
    [
        ("表1　2025年收入完成情况　　单位：万元", "表1 2025年收入完成情况", "万元"),
        ("附件3：", "附件3", None),
        ("表12025年产量", "表1 2025年产量", None),
        ("表 1-2  支出表", "表1-2 支出表", None),
        ("（计量单位：万元、%）", None, "万元、%"),
        ("单位 亿元", None, "亿元"),
        ("主要指标（亿元、%）", "主要指标", "亿元、%"),
        ("投资（不含农户）", "投资（不含农户）", None),
        ("单位面积产量", "单位面积产量", None),
        ("编制单位：某县财政局", "编制单位：某县财政局", None),
    ],
)
def test_caption_lines(line, caption, unit):
    assert split_caption(line) == (caption, unit)


def test_number_title_and_unit_on_lines_of_their_own():
    above = [("全县收入增长5%。", False), ("附表2", False), ("2025年全县收入表", False), ("单位：万元", False)]
    assert title_of(above) == ("附表2 2025年全县收入表", "万元")


@pytest.mark.parametrize("line", ["图2 2021—2025年城镇化率（%）", "全年实现收入3亿元，增长5%。", "三、财政"])
def test_what_is_no_caption(line):
    assert title_of([(line, True)]) == (None, None)


def test_empty_grids_do_no_harm():
    for rows in ([], [[]], [[Cell("", 0, 0)]]):
        table = make_table(rows, caption=None, unit=None, page=None, start=0, end=0)
        assert table.header_rows <= len(table.rows)
