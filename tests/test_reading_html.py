"""Pages of every make give the report and nothing else."""

import re

import pytest

from reportparse.errors import SourceTooLarge
from reportparse.reading import read

TITLE = "云山市2024年国民经济和社会发展统计公报"
BODY = [
    "一、综合",
    "初步核算，全年地区生产总值1256.8亿元，比上年增长5.3%。其中，第一产业增加值98.4亿元，增长3.1%。",
    "年末常住人口312.5万人，其中城镇常住人口201.3万人，常住人口城镇化率为64.4%。",
    "二、农业",
    "全年粮食播种面积268.4千公顷，比上年增加1.6千公顷；粮食总产量165.2万吨，增产1.2%。",
]
HEAD = f'<head><title>{TITLE}_云山市统计局</title><meta name="ArticleTitle" content="{TITLE}"></head>'
MENU = "".join(f'<li><a href="/{i}.html">{word}</a></li>' for i, word in enumerate(["首页", "机构职能", "统计数据", "政务公开", "互动交流"] * 4))
TRAIL = '<div>您的位置：<a href="/">首页</a> &gt; <a href="/tj">统计公报</a></div>'
INFO = "<div>发布时间：2025-03-28　来源：云山市统计局　浏览次数：<span>12</span></div>"
FOOT = '<div><p>主办单位：云山市统计局　云ICP备10000001号</p><p>本网站最佳浏览效果为1024*768分辨率，请使用新版浏览器。</p></div>'
SHARE = '<div>分享到：<a href="#">微信</a><a href="#">微博</a></div><div>上一篇：<a href="/a">云山市2023年统计公报</a></div>'


def page(body, title=f"<h1>{TITLE}</h1>"):
    return f"<html>{HEAD}<body><ul>{MENU}</ul>{TRAIL}{title}{INFO}{body}{SHARE}{FOOT}</body></html>".encode()


def lines(document):
    return [document.text[line.start : line.end] for line in document.lines]


def p(tag, parts=BODY):
    return "".join(f"<{tag}>　　{part}</{tag}>\n" for part in parts)


MAKES = {
    "paragraphs": f"<div class=a>{p('p')}</div>",
    "divs": f"<div>{p('div')}</div>",
    "divs that are never closed": "<div>" + "<div>".join(BODY) + "</div>",
    "line breaks": "<div>" + "<br/>\n　　".join(BODY) + "</div>",
    "double line breaks": "<td>" + "<br><br>".join(BODY) + "</td>",
    "a layout table": f"<table><tr><td><ul>{MENU}</ul></td><td><table><tr><td>{p('p')}</td></tr></table></td></tr></table>",
    "preformatted": "<pre>" + "\n".join(BODY) + "</pre>",
    "a Word export": "<div class=WordSection1>"
    + "".join(
        f"<p class=MsoNormal style='text-indent:24.0pt;line-height:150%'><b><span style='font-size:12.0pt;font-family:仿宋'>"
        f"{part[:2]}</span></b><span lang=EN-US>{part[2:4]}</span><span>{part[4:]}<o:p></o:p></span></p>\n"
        for part in BODY
    )
    + "</div>",
    "source wrapped inside paragraphs": "<div>" + "".join(f"<p>{part[:4]}\n      {part[4:]}</p>" for part in BODY) + "</div>",
    "a section a box": "".join(f"<section><div>{p('p', part)}</div></section>" for part in (BODY[:3], BODY[3:])),
    "a body that a script unveils": f'<div id="js_content" style="visibility: hidden;">{p("p")}</div>',
    "comments and scripts inside": f"<div>{p('p', BODY[:2])}<!-- 广告 <p>旧文，1</p> --><script>var a='<p>脚本，2</p>'</script>"
    f"<style>p{{}}</style><noscript>请启用脚本，谢谢。</noscript>{p('p', BODY[2:])}</div>",
    "paragraphs in spans": "<div>" + "".join(f'<span style="display:block">{part}</span>' for part in BODY) + "</div>",
    "font tags": "<font size=3>" + "".join(f"<p><font color=black>{part}</font></p>" for part in BODY) + "</font>",
}


@pytest.mark.parametrize("make", MAKES)
def test_pages_of_every_make(make):
    document = read(page(MAKES[make]))
    assert lines(document) == BODY
    assert document.title == TITLE
    assert "2025-03-28" in document.furniture
    assert not document.warnings


def test_a_bare_page_without_any_frame():
    assert lines(read("".join(f"<p>{part}</p>" for part in BODY).encode())) == BODY


def test_an_opening_paragraph_apart_from_the_rest():
    rest = "".join(f"<p>{part}</p>" for part in BODY * 8)
    document = read(page(f"<div><div><p>2024年，全市上下团结一心，经济运行稳中有进。</p></div><div>{rest}</div></div>"))
    assert lines(document)[0] == "2024年，全市上下团结一心，经济运行稳中有进。"
    assert len(document.lines) == 1 + 8 * len(BODY)


def test_speaker_lines_below_the_title_stay():
    under = "<div>——2025年1月12日在云山市第九届人民代表大会第四次会议上</div><div>云山市财政局局长　李明</div>"
    assert lines(read(page(under + MAKES["paragraphs"])))[:2] == [
        "——2025年1月12日在云山市第九届人民代表大会第四次会议上", "云山市财政局局长　李明",
    ]


def test_a_link_to_a_file_inside_the_body_is_left_out():
    body = p("p") + '<p><a href="a.pdf">附件：附表.pdf</a></p><p>名词解释</p>' + p("p", [
        f"{i}.三公经费：指因公出国、公务用车、公务接待的经费，含{i}项。" for i in range(1, 9)])
    document = read(page(f"<div>{body}</div>"))
    assert "附件" not in document.text
    assert "名词解释" in document.text
    assert document.text.endswith("含8项。")
    assert document.meta["attachments"] == "附件：附表.pdf a.pdf"


def test_lines_know_how_the_page_set_them():
    body = '<p align=center><strong>一、综合</strong></p><p style="font-size:16px;font-family:楷体">' + BODY[1] + "</p>" + p("p", BODY[2:])
    document = read(page(f"<div>{body}</div>"))
    first, second = document.lines[:2]
    assert (first.bold, first.centred, first.tag) == (True, True, "p")
    assert (second.bold, second.centred, second.size, second.font) == (False, False, 12.0, "楷体")


def test_raised_digits_stay_raised():
    assert read("<p>森林面积10<sup>3</sup>公顷，绿地5km<sup>2</sup>，PM<sub>2.5</sub>下降<sup>[1]</sup>。</p>".encode()).text == (
        "森林面积10³公顷，绿地5km²，PM2.5下降[1]。"
    )


def test_soft_line_breaks():
    page_text = "全市新登记企业3.1万户，个体工商户6.4万户，<br>分别增长4.5%和6.1%。<br>　　年末企业总数达到<br>21.5万户，增长7%。"
    assert lines(read(f"<div>{page_text}</div>".encode())) == [
        "全市新登记企业3.1万户，个体工商户6.4万户，分别增长4.5%和6.1%。", "年末企业总数达到21.5万户，增长7%。",
    ]


# tables

TABLE = """<p align=center>表1　2024年主要农产品产量</p><p>单位：万吨</p>
<table border=1><tr><td rowspan=2>产品</td><td colspan=2>产量</td></tr><tr><td>2024年</td><td>2023年</td></tr>
<tr><td>粮食</td><td>165.2</td><td>163.2</td></tr><tr><td>&nbsp;&nbsp;&nbsp;&nbsp;稻谷</td><td>98.1</td><td>97.5</td></tr></table>"""


def test_a_table_is_kept_with_its_merged_cells():
    document = read(page(f"<div>{p('p', BODY[:3])}{TABLE}{p('p', BODY[3:])}</div>"))
    (table,) = document.tables
    assert table.to_rows() == [
        ["产品", "产量", "产量"], ["产品", "2024年", "2023年"], ["粮食", "165.2", "163.2"], ["　　稻谷", "98.1", "97.5"],
    ]
    assert (table.caption.replace("　", " "), table.unit) == ("表1 2024年主要农产品产量", "万吨")
    assert all(document.text[c.start : c.end] == c.text for row in table.rows for c in row)
    rows = [document.text[line.start : line.end] for line in document.lines if line.tag == "tr"]
    assert rows[:3] == ["产品\t产量", "2024年\t2023年", "粮食\t165.2\t163.2"]
    assert table.rows[0][1] is table.rows[0][2]
    assert document.text[table.start : table.end].startswith("产品\t产量")


def test_a_cell_that_holds_a_table_of_one_cell():
    markup = "<table><tr><td>类别</td><td>涨幅</td></tr><tr><td>食品</td><td><table><tr><td>1.2</td></tr></table></td></tr></table>"
    (table,) = read((p("p") + markup).encode()).tables
    assert table.to_rows() == [["类别", "涨幅"], ["食品", "1.2"]]


def test_an_index_card_is_no_part_of_the_body():
    card = "<table><tr><td>索引号：</td><td>000014349/2025-00012</td></tr><tr><td>发布机构：</td><td>云山市统计局</td></tr></table>"
    document = read(page(card + MAKES["paragraphs"]))
    assert lines(document) == BODY
    assert "云山市统计局" in document.furniture
    assert not document.tables


# pages without a report


@pytest.mark.parametrize(
    "body",
    [
        '<div><a href="files/公报.pdf">云山市2024年国民经济和社会发展统计公报.pdf</a></div>',
        '<div><p>现将《云山市2024年国民经济和社会发展统计公报》予以公布，请点击附件查阅。</p><p><a href="files/公报.pdf">附件</a></p></div>',
        '<div><iframe src="files/公报.pdf"></iframe></div>',
        '<div id="app"></div><script>var page = {"body": "<p>全年增长5%。</p>"}</script>',
    ],
)
def test_a_shell_is_told_and_gives_no_text(body):
    document = read(page(body))
    (warning,) = document.warnings
    assert warning.code == "no_report"
    assert ("公报.pdf" in warning.message) == ("公报.pdf" in body)
    assert document.text == ""
    assert document.lines == ()


def test_a_next_page_is_told():
    body = f'<div>{p("p")}</div><div><a href="2.html">下一页</a></div>'
    assert [w.code for w in read(page(body)).warnings] == ["more_pages"]


# hostile pages

SENTENCE = "全市生产总值达到1.2万亿元，增长5.2%。"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20000 + SENTENCE + "</div>" * 20000,
        "<b><i>" * 20000 + SENTENCE,
        "<table><tr><td>" * 5000 + SENTENCE,
        f"<p>\0{SENTENCE[:5]}\0{SENTENCE[5:]}</p>",
        f"<p>{SENTENCE}&#xD800;&#x110000;&#0;</p>",
        f"<p>{SENTENCE}" + "<" * 50_000,
        f"<!-- {'-' * 50_000} --><p>{SENTENCE}</p>",
        f"<p class='{'x' * 200_000}' style='{'font-size:' * 20_000}'>{SENTENCE}</p>",
        f"</div></p></td></table><p>{SENTENCE}</div></p>",
        f"<p>{SENTENCE}<p><![CDATA[ x ]]><?php echo 1 ?>",
        f"<html><head><title>未闭合<body><p>{SENTENCE}</p></html>",
    ],
)
def test_broken_markup_never_raises(markup):
    document = read(markup.encode())
    assert SENTENCE in document.text or document.warnings or "未闭合" in markup


@pytest.mark.parametrize("span", ["100000", "0", "-1", "٣", "9" * 5000, "1e9"])
def test_spans_without_measure(span):
    row = f"<tr><td colspan={span}>项目</td><td rowspan={span}>数量</td></tr>"
    (table,) = read(f"<table>{row * 300}</table><p>{SENTENCE}</p>".encode()).tables
    assert len(table.rows) == 300
    assert sum(len(row) for row in table.rows) < 100_000


def test_rows_that_all_reach_down_stay_within_bounds():
    markup = "<table>" + "".join(f"<tr><td rowspan=9999>{i}</td><td>x</td></tr>" for i in range(800)) + f"</table><p>{SENTENCE}</p>"
    (table,) = read(markup.encode()).tables
    assert sum(len(row) for row in table.rows) < 300_000


def test_too_many_cells(monkeypatch):
    monkeypatch.setattr("reportparse.reading.html_flow.MAX_BLOCKS", 1000)
    with pytest.raises(SourceTooLarge, match="cut it"):
        read(("<table><tr>" + "<td>1</td>" * 20_000 + "</tr></table>").encode())


def test_lines_tile_every_text():
    for make in MAKES.values():
        document = read(page(make + TABLE))
        assert "\n".join(lines(document)) == document.text
        assert not re.search(r"\n\n|^\n", document.text)
