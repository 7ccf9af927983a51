"""Dividing a report by its headings."""

import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse.document import Document, Line
from reportparse.model import Section, Table
from reportparse.outline import divide, find_headings, headings_at

SHARED = os.environ.get("REPORTPARSE_SHARED")


def document(text: str, **marks: dict[int, dict[str, object]]) -> Document:
    """A document of plain lines; `lines` marks some of them by their number."""
    lines, at = [], 0
    for k, line in enumerate(text.split("\n")):
        lines.append(Line(start=at, end=at + len(line), **marks.get("lines", {}).get(k, {})))
        at += len(line) + 1
    return Document(text=text, lines=tuple(lines))


def squash(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def rows(
    sections: tuple[Section, ...], parent: int | None = None, out: list[dict[str, object]] | None = None
) -> list[dict[str, object]]:
    out = [] if out is None else out
    for s in sections:
        out.append(
            {"label": squash(s.label), "number": s.number, "level": s.level, "title": squash(s.title), "parent": parent}
        )
        rows(s.children, len(out) - 1, out)
    return out


def outline(text: str, **marks: dict[int, dict[str, object]]) -> list[str]:
    """The outline of a text, one heading a line, two blanks a level: `一、|综合`."""
    return [f"{'  ' * (s.level - 1)}{s.label}|{s.title}" for top in divide(document(text, **marks)) for s in top.walk()]


BODY = "全年各项工作有序推进，主要指标好于预期。"

HEADINGS = {
    # every style, standing alone
    "numerals with a comma": (f"一、综合\n{BODY}\n二、农业\n{BODY}", ["一、|综合", "二、|农业"]),
    "numerals with a point": (f"一.综合\n{BODY}\n二．农业\n{BODY}", ["一.|综合", "二．|农业"]),
    "brackets of full width": (f"（一）水环境\n{BODY}\n（二）声环境\n{BODY}", ["（一）|水环境", "（二）|声环境"]),
    "brackets of half width": (f"(一)水环境\n{BODY}\n(二)声环境\n{BODY}", ["(一)|水环境", "(二)|声环境"]),
    "brackets that differ": (f"（一)水环境\n{BODY}\n(二）声环境\n{BODY}", ["（一)|水环境", "(二）|声环境"]),
    "bracket and comma": (f"（一）、水环境\n{BODY}\n（二）、声环境\n{BODY}", ["（一）、|水环境", "（二）、|声环境"]),
    "a lost opening bracket": (f"一）水环境\n{BODY}\n二）声环境\n{BODY}", ["一）|水环境", "二）|声环境"]),
    "digits with a point": (f"1.收入\n{BODY}\n2.支出\n{BODY}", ["1.|收入", "2.|支出"]),
    "digits with a full-width point": (f"1．收入\n{BODY}\n2．支出\n{BODY}", ["1．|收入", "2．|支出"]),
    "full-width digits": (f"１．收入\n{BODY}\n２．支出\n{BODY}", ["１．|收入", "２．|支出"]),
    "digits with a comma": (f"1、收入\n{BODY}\n2、支出\n{BODY}", ["1、|收入", "2、|支出"]),
    "digits in brackets": (f"（1）全市\n{BODY}\n（2）市级\n{BODY}", ["（1）|全市", "（2）|市级"]),
    "digits with a closing bracket": (f"1）全市\n{BODY}\n2）市级\n{BODY}", ["1）|全市", "2）|市级"]),
    "circled digits": (f"①全市\n{BODY}\n②市级\n{BODY}", ["①|全市", "②|市级"]),
    "enclosed signs": (
        f"㈠水环境\n{BODY}\n㈡声环境\n{BODY}\n⒈断面\n{BODY}\n⒉湖库\n{BODY}",
        ["㈠|水环境", "㈡|声环境", "  ⒈|断面", "  ⒉|湖库"],
    ),
    "financial numerals": (f"壹、概况\n{BODY}\n贰、措施\n{BODY}", ["壹、|概况", "贰、|措施"]),
    "chapters and sections": (
        f"第一章 总则\n第一节 范围\n{BODY}\n第二节 依据\n{BODY}\n第二章　目标\n{BODY}",
        ["第一章|总则", "  第一节|范围", "  第二节|依据", "第二章|目标"],
    ),
    "parts": (
        f"第一部分 执行情况\n一、收入\n{BODY}\n二、支出\n{BODY}\n第二部分 草案\n一、收入\n{BODY}\n二、支出\n{BODY}",
        ["第一部分|执行情况", "  一、|收入", "  二、|支出", "第二部分|草案", "  一、|收入", "  二、|支出"],
    ),
    "articles": (f"第一条 目的。{BODY}\n第二条 范围。{BODY}", ["第一条|目的", "第二条|范围"]),
    "ordinals": (f"第一，扩大内需。{BODY}\n第二，稳住外贸。{BODY}", ["第一，|扩大内需", "第二，|稳住外贸"]),
    "decimal numbers": (
        f"1.空气\n1.1 优良天数\n{BODY}\n1.2 主要污染物\n{BODY}\n2.水\n2.1 河流\n{BODY}\n2.2 湖库\n{BODY}",
        ["1.|空气", "  1.1|优良天数", "  1.2|主要污染物", "2.|水", "  2.1|河流", "  2.2|湖库"],
    ),
    "numbers on lines of their own": (f"01\n综合\n{BODY}\n02\n农业\n{BODY}", ["01|综合", "02|农业"]),
    "above ten": (
        "\n".join(f"{n}、第{n}件事\n{BODY}" for n in ("九", "十", "十一", "十二")),
        ["九、|第九件事", "十、|第十件事", "十一、|第十一件事", "十二、|第十二件事"],
    ),
    # run into the paragraph, and other shapes of titles
    "a title that ends at the full stop": (
        f"（一）水质总体良好。{BODY}\n（二）空气持续改善。{BODY}",
        ["（一）|水质总体良好", "（二）|空气持续改善"],
    ),
    "a title that ends at a colon": (
        f"（一）总体要求：{BODY}\n（二）主要原则：{BODY}",
        ["（一）|总体要求", "（二）|主要原则"],
    ),
    "a colon that ends the line": (
        f"一、主要目标：\n{BODY}\n二、重点任务：\n{BODY}",
        ["一、|主要目标", "二、|重点任务"],
    ),
    "a colon inside the first sentence": (
        "1.税收收入80亿元，其中：增值税30亿元。同口径增长。\n2.非税收入20亿元，其中：专项收入5亿元。略有下降。",
        ["1.|税收收入80亿元，其中：增值税30亿元", "2.|非税收入20亿元，其中：专项收入5亿元"],
    ),
    "a title in two halves": (
        f"一、稳字当头，稳中求进\n{BODY}\n二、守住底线\n{BODY}",
        ["一、|稳字当头，稳中求进", "二、|守住底线"],
    ),
    "a title apart by a blank": (
        "一、综合 根据初步核算结果，全年地区生产总值达到312.5亿元，比上年增长5.1%。\n二、农业　2023年粮食播种面积41万亩，增长0.3%。",
        ["一、|综合", "二、|农业"],
    ),
    "a blank inside a title": (
        f"1.坚持零基预算 打破固化格局。{BODY}\n2.过紧日子 压一般支出\n{BODY}",
        ["1.|坚持零基预算打破固化格局", "2.|过紧日子压一般支出"],
    ),
    "blanks between letters": (
        f"一 、 总 体 要 求\n{BODY}\n（ 一 ） 主 要 目 标\n{BODY}\n二 、 保 障\n{BODY}",
        ["一、|总体要求", "  （一）|主要目标", "二、|保障"],
    ),
    "a label alone on its line": (f"一、\n综合\n{BODY}\n二、\n农业\n{BODY}", ["一、|综合", "二、|农业"]),
    "a label broken in the middle": (
        f"一、一\n{BODY}\n" + "\n".join(f"{n}、{n}\n{BODY}" for n in "二三四五六七八九十") + f"十\n一、卫生\n{BODY}",
        [*(f"{n}、|{n}" for n in "一二三四五六七八九十"), "十一、|卫生"],
    ),
    "marks of footnotes": (
        f"一、综合[1]\n{BODY}\n二、固定资产投资［12］和房地产①\n{BODY}",
        ["一、|综合", "二、|固定资产投资和房地产"],
    ),
    "a title that begins with a year": (
        f"一、2023年工作回顾\n{BODY}\n1.2024年预算\n{BODY}\n2.2025年设想\n{BODY}",
        ["一、|2023年工作回顾", "  1.|2024年预算", "  2.|2025年设想"],
    ),
    "a title that begins with a numeral": (
        f"一、一般公共预算\n{BODY}\n二、三年行动\n{BODY}",
        ["一、|一般公共预算", "二、|三年行动"],
    ),
    "a title with quotes": (
        f"（一）兜牢“三保”底线。{BODY}\n（二）“两重”加力。{BODY}",
        ["（一）|兜牢“三保”底线", "（二）|“两重”加力"],
    ),
    "marks of Markdown": (f"## 一、综合\n{BODY}\n**二、农业**\n{BODY}", ["一、|综合", "二、|农业"]),
    "a first sentence without an end": (
        "（一）" + "推进协同治理，" * 20 + f"取得实效。{BODY}\n（二）守住底线。{BODY}",
        ["（一）|" + "推进协同治理，" * 10 + "推进协同治理", "（二）|守住底线"],
    ),
    "a stop lost at the end": (
        f"（一）扩大有效投资\n（二）促进消费\n{BODY}",
        ["（一）|扩大有效投资", "（二）|促进消费"],
    ),
    # glued
    "glued to the sentence before": (
        f"（一）大气环境。{BODY}（二）水环境。{BODY}\n（三）声环境。{BODY}",
        ["（一）|大气环境", "（二）|水环境", "（三）|声环境"],
    ),
    "digits glued": (f"1.一般公共预算。{BODY}2.政府性基金预算。{BODY}", ["1.|一般公共预算", "2.|政府性基金预算"]),
    "glued behind a percent sign and a blank": (
        "一、综合 初步核算，地区生产总值88亿元，增长 5.1% 二、农业 粮食产量稳定在9万吨以上，比上年增长 1.2%。",
        ["一、|综合", "二、|农业"],
    ),
    # 一是, 首先 where they open paragraphs
    "一是 at openings": (
        f"五、问题\n一是结构偏重。{BODY}\n二是基础不牢。{BODY}",
        ["五、|问题", "  一是|结构偏重", "  二是|基础不牢"],
    ),
    "一要 at openings": (
        f"一、任务\n一要抓项目。{BODY}\n二要抓招商。{BODY}\n二、保障\n{BODY}",
        ["一、|任务", "  一要|抓项目", "  二要|抓招商", "二、|保障"],
    ),
    "一是 behind a sentence, the rest at openings": (
        f"一、财政\n实施积极政策。一是扩大支出。{BODY}\n二是减轻税负。{BODY}\n二、货币\n{BODY}",
        ["一、|财政", "  一是|扩大支出", "  二是|减轻税负", "二、|货币"],
    ),
    "首先 and 最后": (
        f"首先，稳就业。{BODY}\n其次，稳物价。{BODY}\n最后，稳预期。{BODY}",
        ["首先，|稳就业", "其次，|稳物价", "最后，|稳预期"],
    ),
    # nesting
    "four styles": (
        f"一、执行\n（一）收支\n1.一般预算\n（1）全市。{BODY}\n（2）市级。{BODY}\n2.基金预算\n{BODY}\n（二）债务\n{BODY}\n二、草案\n{BODY}",
        [
            "一、|执行",
            "  （一）|收支",
            "    1.|一般预算",
            "      （1）|全市",
            "      （2）|市级",
            "    2.|基金预算",
            "  （二）|债务",
            "二、|草案",
        ],
    ),
    "a level left out": (
        f"一、概况\n1.空气\n{BODY}\n2.水\n{BODY}\n二、措施\n（一）治气\n{BODY}\n（二）治水\n{BODY}",
        ["一、|概况", "  1.|空气", "  2.|水", "二、|措施", "  （一）|治气", "  （二）|治水"],
    ),
    "styles the other way round": (
        f"（一）东片\n一、甲县\n{BODY}\n二、乙县\n{BODY}\n（二）西片\n一、丙县\n{BODY}\n二、丁县\n{BODY}",
        ["（一）|东片", "  一、|甲县", "  二、|乙县", "（二）|西片", "  一、|丙县", "  二、|丁县"],
    ),
    "a count that goes on behind a new parent": (
        f"一、上半年\n（一）收入。{BODY}\n（二）支出。{BODY}\n二、下半年\n（三）债务。{BODY}\n（四）结余。{BODY}",
        ["一、|上半年", "  （一）|收入", "  （二）|支出", "二、|下半年", "  （三）|债务", "  （四）|结余"],
    ),
    "mixed points in one count": (
        f"1.收入\n{BODY}\n2、支出\n{BODY}\n3．结余\n{BODY}",
        ["1.|收入", "2、|支出", "3．|结余"],
    ),
    "a heading that the source lost": (
        f"一、综合\n{BODY}\n三、工业\n{BODY}\n四、投资\n{BODY}",
        ["一、|综合", "三、|工业", "四、|投资"],
    ),
    "a count that begins late": (f"二、农业\n{BODY}\n三、工业\n{BODY}", ["二、|农业", "三、|工业"]),
    # behind the report
    "notes as a part": (
        f"一、综合\n{BODY}\n注释：\n1.本报告数据为初步数。\n2.分项合计因四舍五入可能不等。",
        ["一、|综合", "|注释"],
    ),
    "explained terms": (
        f"一、综合\n{BODY}\n报告中有关名词解释\n1.零基预算：从零编起。\n2.三保：三项保障。",
        ["一、|综合", "|报告中有关名词解释"],
    ),
    "an attachment with a title": (
        f"一、综合\n{BODY}\n附件1\n收支总表\n附件2：\n债务情况说明\n一、限额\n{BODY}\n二、余额\n{BODY}",
        ["一、|综合", "附件1|收支总表", "附件2|债务情况说明", "  一、|限额", "  二、|余额"],
    ),
    "the report as an attachment": (
        f"现将报告印发。\n附件\n某市工作报告\n一、回顾\n{BODY}\n二、展望\n{BODY}",
        ["一、|回顾", "二、|展望"],
    ),
    "an attachment without a title": (f"一、综合\n{BODY}\n附件1\n以下各表的数据以决算为准。\n{BODY}", ["一、|综合", "附件1|"]),
    "an attachment at the end": (f"一、综合\n{BODY}\n附件1", ["一、|综合", "附件1|"]),
    "attachments that are listed": (f"一、综合\n{BODY}\n附件\n一、收支表\n二、债务表", ["一、|综合", "一、|收支表", "二、|债务表"]),
    "a report that goes on behind its notes": (
        f"一、综合\n{BODY}\n注释\n1.甲项说明。\n2.乙项说明。\n二、展望\n{BODY}\n三、结语\n{BODY}",
        ["一、|综合", "  |注释", "二、|展望", "三、|结语"],
    ),
    "a decimal heading that is a paragraph": (f"1.1 概况\n{BODY}\n1.2{BODY * 4}\n1.2 成效\n{BODY}", ["1.1|概况", "1.2|成效"]),
    "a count far ahead": (f"一、综合\n{BODY}\n九、结语\n{BODY}\n十、附言\n{BODY}", ["一、|综合", "九、|结语", "十、|附言"]),
    # without numbers
    "a post and a name over a heading": (
        f"某市公报\n市长 王某\n城市空气\n{BODY * 4}\n水环境\n{BODY * 4}\n声环境\n{BODY * 4}",
        ["|城市空气", "|水环境", "|声环境"],
    ),
    "short lines between paragraphs": (
        "某市环境公报\n2023年，全市环境质量稳中向好，各项目标如期完成。\n城市环境空气\n"
        + BODY * 2
        + "\n地表水环境\n"
        + BODY * 2,
        ["|城市环境空气", "|地表水环境"],
    ),
    "short lines over a count": (
        f"今年，全市工作总体平稳、进展顺利。\n过去五年的总结\n{BODY * 2}\n一、工业\n{BODY}\n二、农业\n{BODY}\n"
        f"今后五年的任务\n{BODY * 2}\n一、改革\n{BODY}\n二、开放\n{BODY}",
        ["|过去五年的总结", "  一、|工业", "  二、|农业", "|今后五年的任务", "  一、|改革", "  二、|开放"],
    ),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings(name: str) -> None:
    text, expected = HEADINGS[name]
    assert outline(text) == expected


NONE = {
    "a decimal number": "全市投入资金\n1.2亿元用于治理。\n2.3亿元用于修复。",
    "years": f"2023年，全市平稳运行。\n2024年，继续推进。{BODY}",
    "units of a plant": "完成\n5、6号机组改造，3、4号机组停运。",
    "a list inside a sentence": "今年要做好三件事：一要稳增长；二要调结构；三要惠民生。",
    "一是 inside a paragraph": f"{BODY}一是扩大内需。二是稳住外贸。三是改善民生。",
    "一是 that opens a paragraph with all its list": "一是扩大内需。二是稳住外贸。三是改善民生。",
    "brackets inside a sentence": "主要有：（一）扩大内需；（二）稳住外贸；（三）改善民生。",
    "digits inside a sentence": "包括：(1)污水处理；(2)垃圾处理；(3)管网改造。",
    "a sentence over several lines": "主要做法有：\n（1）清淤疏浚；\n（2）截污纳管；\n（3）生态补水。",
    "industries": f"第一、二、三产业协调发展。\n二、三产业占比提高。\n{BODY}",
    "a lone digit": "本次检查发现问题若干。\n3.其余问题限期整改到位，并按月报送进展情况，直至全部完成销号。",
    "dashes": f"——经济稳中有进。{BODY}\n——民生持续改善。{BODY}",
    "a note": f"{BODY}\n注：1.本表数据为初步数。\n2.增速按可比口径计算。",
    "rows of a table in plain text": "项目 预算数 执行数\n一、税收收入 3200 3350\n二、非税收入 800 790\n三、转移收入 120 130\n四、债务收入 60 60",
    "rows without figures": "一、税收收入 3200 3350\n增值税 900 950\n二、非税收入\n罚没收入 80 90\n其他收入 20 20\n合计 4000 4140",
    "rows with many lines between them": "税收收入 3200 3350\n" + "项目说明\n" * 20 + "非税收入 800 790\n转移收入 120 130\n债务收入 60 60",
    "digits of a plan": f"01 概况\n{BODY}\n02 全市2023年增长5%。\n03 成效\n{BODY}",
    "a sum on a line": f"{BODY}\n合计\n100\n万元",
    "the title block": f"某市工作报告\n市长 王某\n各位代表：\n{BODY * 2}",
    "address and signature": f"{BODY * 2}\n各位代表\n{BODY * 2}\n某市财政局\n二〇二四年一月",
    "nothing": "",
    "blanks": " \n　\n",
}


@pytest.mark.parametrize("name", NONE)
def test_no_heading(name: str) -> None:
    assert outline(NONE[name]) == []


def test_contents_are_no_headings() -> None:
    contents = "目　录\n一、综合……1\n二、农业……3\n三、工业……5\n"
    assert outline(f"{contents}一、综合\n{BODY}\n二、农业\n{BODY}\n三、工业\n{BODY}") == [
        "一、|综合",
        "二、|农业",
        "三、|工业",
    ]


def test_contents_without_pages_or_labels_below() -> None:
    text = f"目录\n一、编报说明\n二、收入说明\n（一）全市收入\n（二）市级收入\n编报说明\n{BODY}\n收入说明\n{BODY}"
    assert not any("一、" in row for row in outline(text))


def test_a_list_that_never_comes_again_is_no_list_of_contents() -> None:
    entries = "目录\n一、收入说明\n二、支出说明\n"
    for after in (f"{BODY}\n{BODY}\n甲、总述\n{BODY}", "正文从略"):
        assert outline(entries + after) == ["一、|收入说明", "二、|支出说明"]
    assert outline(f"{entries}{BODY}\n{BODY}\n一、收入说明\n{BODY}\n二、支出说明\n{BODY}") == ["一、|收入说明", "二、|支出说明"]
    assert outline(f"目录\n一、综\n二、农业\n{BODY}") == ["一、|综", "二、|农业"]


def test_contents_run_into_one_line() -> None:
    text = f"目录\n第一部分 收入{'§1 收入决算表' * 12}\n第二部分 支出§1 支出决算表\n第一部分 收入\n{BODY}\n第二部分 支出\n{BODY}"
    assert outline(text) == ["第一部分|收入", "第二部分|支出"]


def test_lines_marked_as_contents_or_rows() -> None:
    text = f"一、综合\n二、农业\n一、综合\n{BODY}\n三、税收\n二、农业\n{BODY}"
    marks = {0: {"tag": "toc"}, 1: {"tag": "toc"}, 4: {"tag": "tr"}}
    assert outline(text, lines=marks) == ["一、|综合", "二、|农业"]


def test_lines_inside_tables() -> None:
    text = f"一、综合\n{BODY}\n二、税收\n三、非税\n二、农业\n{BODY}"
    start, end = text.index("二、税收"), text.index("三、非税") + 4
    table = Table(caption=None, unit=None, page=None, start=start, end=end, rows=(), header_rows=0, header_columns=0)
    plain = document(text)
    marked = Document(text=text, lines=plain.lines, tables=(table,))
    assert [s.label + s.title for s in divide(marked)] == ["一、综合", "二、农业"]


def test_marked_lines_are_headings() -> None:
    text = f"2023年，全市平稳运行，成效明显。\n工业\n{BODY}\n城乡建设\n{BODY}"
    assert outline(text, lines={1: {"tag": "h3"}, 3: {"tag": "h3"}}) == ["|工业", "|城乡建设"]
    assert outline(text, lines={1: {"bold": True}, 3: {"bold": True}}) == ["|工业", "|城乡建设"]
    assert outline(text, lines={k: {"font": "SimHei" if k in (1, 3) else "FangSong"} for k in range(5)}) == [
        "|工业",
        "|城乡建设",
    ]


def test_bold_lines_hold_unmarked_ones() -> None:
    text = f"2023年，全市平稳运行，成效明显。\n第一产业情况\n{BODY * 2}\n粮食\n{BODY * 2}\n畜牧\n{BODY * 2}\n"
    text += f"第二产业情况\n{BODY * 2}\n建筑\n{BODY * 2}"
    assert outline(text, lines={1: {"bold": True}, 7: {"bold": True}}) == [
        "|第一产业情况",
        "  |粮食",
        "  |畜牧",
        "|第二产业情况",
        "  |建筑",
    ]


def test_soft_line_breaks_inside_a_line() -> None:
    text = "一、综合\n全年投入\n1.2亿元，增长5%。\n二、农业\n全年平稳，粮食产量\n再创新高。"
    a, b = text.index("二、"), text.index("全年平稳")
    spans = [(0, 4), (5, a - 1), (a, b - 1), (b, len(text))]
    found = divide(Document(text=text, lines=tuple(Line(start=a, end=b) for a, b in spans)))
    assert [s.label + s.title for s in found] == ["一、综合", "二、农业"]


def test_headings_know_their_words() -> None:
    text = f"一、总 体 情 况\n（一）水质良好。{BODY}\n（二）空气清新。{BODY}"
    first, second, _ = find_headings(document(text))
    assert (text[first.start : first.title_start], text[first.title_start : first.title_end], first.title) == (
        "一、",
        "总 体 情 况",
        "总体情况",
    )
    assert text[second.title_start : second.title_end] == "水质良好"
    assert text[second.title_end : second.end] == "。"
    assert (second.level, second.number) == (2, 1)


def test_headings_at_a_place() -> None:
    text = f"序言。\n一、综合\n{BODY}\n（一）收入\n{BODY}\n（二）支出\n甲。\n二、农业\n乙。"
    sections = divide(document(text))
    assert headings_at(sections, 0) == ()
    assert headings_at(sections, text.index("甲")) == ("一、综合", "（二）支出")
    assert headings_at(sections, len(text) - 1) == ("二、农业",)


def check_tiling(sections: tuple[Section, ...], start: int, end: int, level: int) -> None:
    at = start
    for k, section in enumerate(sections):
        assert section.level == level
        assert section.start == at or k == 0
        assert start <= section.start <= section.end <= end
        at = section.end
        check_tiling(section.children, section.start, section.end, level + 1)
    assert not sections or at == end


PIECES = st.sampled_from(
    [
        "一、",
        "二、",
        "三、",
        "十",
        "（一）",
        "(二)",
        "1.",
        "2、",
        "3．",
        "（1）",
        "2）",
        "①",
        "第一章 ",
        "第二部分",
        "第一，",
        "一是",
        "二是",
        "首先，",
        "其次，",
        "附件1",
        "注释",
        "目录",
        "注：",
        "01",
        "§1 ",
        "1.1 ",
        "综合",
        "全年增长5.2%",
        "3200 3350",
        "。",
        "；",
        "：",
        "\n",
        "\n\n",
        " ",
        "　",
        "……3",
        "水环境",
        BODY,
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_sections_tile_any_text(text: str) -> None:
    sections = divide(document(text))
    check_tiling(sections, sections[0].start if sections else 0, len(text), 1)
    for heading in find_headings(document(text)):
        assert 0 <= heading.start <= heading.title_start <= heading.title_end <= heading.end <= len(text)
    places = [h.start for h in find_headings(document(text))]
    assert places == sorted(places)


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    divide(document(text))


@pytest.mark.skipif(not SHARED, reason="REPORTPARSE_SHARED names no folder of real documents")
def test_every_heading_of_the_environment_report() -> None:
    gold = Path(str(SHARED)) / "gold"
    expected = json.loads((gold / "gx-env-2023.outline.json").read_text(encoding="utf-8"))["sections"]
    text = (gold / "gx-env-2023.txt").read_text(encoding="utf-8").replace("\r\n", "\n")
    assert rows(divide(document(text))) == [
        {**row, "label": squash(row["label"]), "title": squash(row["title"])} for row in expected
    ]
