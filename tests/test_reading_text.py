"""Lines of text files: one paragraph a line, whatever the file's own line breaks are."""

import textwrap

import pytest

from reportparse.reading.text import read_string

PARAGRAPHS = [
    "云山市2024年国民经济和社会发展统计公报",
    "一、综合",
    "初步核算，全年地区生产总值1256.8亿元，按不变价格计算，比上年增长5.3%。其中，第一产业增加值98.4亿元，增长3.1%；"
    "第二产业增加值512.6亿元，增长6.2%；第三产业增加值645.8亿元，增长5.0%。三次产业结构为7.8∶40.8∶51.4。",
    "年末常住人口312.5万人，其中城镇常住人口201.3万人，常住人口城镇化率为64.4%，比上年末提高0.9个百分点。全年城镇新增就业"
    "4.2万人，失业人员再就业1.1万人。",
    "二、农业",
    "全年粮食播种面积268.4千公顷，比上年增加1.6千公顷；粮食总产量165.2万吨，增产1.2%。全年猪牛羊禽肉产量28.7万吨，增长2.4%。",
]


def paragraphs(text):
    document = read_string(text)
    return [document.text[line.start : line.end].replace("\n", "").strip("　 ") for line in document.lines]


@pytest.mark.parametrize("indent", ["", "　　"])
@pytest.mark.parametrize("width", [20, 31, 38])
def test_hard_wrapped_files(width, indent):
    rows = []
    for paragraph in PARAGRAPHS:
        rows += textwrap.wrap(indent + paragraph, width, drop_whitespace=False)
    if not indent:  # a paragraph that ends with a full line can't be told without indents
        assert paragraphs("\n".join(rows))[2].startswith("初步核算，全年地区生产总值1256.8亿元")
    else:
        assert paragraphs("\n".join(rows)) == PARAGRAPHS


def test_a_file_with_one_paragraph_a_line_stays_so():
    assert paragraphs("\n".join(PARAGRAPHS)) == PARAGRAPHS


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全年地区生产总值达到", "1.2万亿元，增长5.2%。"),
        ("全市新登记企业3.1万户，个体工商户6.4万户，", "分别增长4.5%和6.1%。"),
        ("全市空气质量优良天数比率为96.2%。PM2.5平均", "浓度为26微克/立方米。"),
    ],
)
def test_a_sentence_broken_over_two_lines_is_one_line(first, second):
    document = read_string(f"{first}\n{second}\n")
    assert document.text == f"{first}\n{second}\n"
    assert len(document.lines) == 1


@pytest.mark.parametrize(
    "text",
    [
        "一、综合\n全年地区生产总值1256.8亿元，增长5.3%。",
        "云山市人民政府工作报告\n市长 李明\n各位代表：",
        "全年增长5.3%。\n二、农业和农村\n（一）粮食",
        "（三）坚持以新促质，培育产业集群\n加快建设产业园区，新开工项目32个。",
        "新增就业4.2万人。\n\n全年增长5.3%。",
    ],
)
def test_lines_that_stay_apart(text):
    assert len(read_string(text).lines) == text.count("\n") + 1


def test_lines_tile_the_text():
    text = "一、综合\n\n  全年增长\n\n5%。\n"
    document = read_string(text)
    rest = text
    for line in document.lines:
        rest = rest.replace(text[line.start : line.end], "", 1)
    assert not rest.strip("\n")
