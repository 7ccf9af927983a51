"""Describing: title blocks of many makes, page heads, dates, and what must stay unsaid."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from reportparse.description import Description, describe
from reportparse.document import Document, Line


def document(text: str, *, title: str | None = None, furniture: str = "", **meta: str) -> Document:
    lines, at = [], 0
    for piece in text.split("\n"):
        lines.append(Line(start=at, end=at + len(piece)))
        at += len(piece) + 1
    return Document(text=text, lines=tuple(lines), title=title, furniture=furniture, meta=meta)


def told(text: str, **page: str) -> Description:
    return describe(document(text, **page))


BODY = "\n一、2025年工作回顾\n2025年,全市上下一心,地区生产总值增长5.1%,城乡面貌继续改善,群众生活水平稳步提高,各项事业取得新的进步,开局良好。\n"

BLOCKS = {
    "a speech before a congress, the title broken over two lines": (
        "关于横州市2025年预算执行情况\n和2026年预算草案的报告\n——2026年1月15日在横州市第二届人民代表大会\n"
        "第六次会议上\n横州市财政局局长　王　小　明\n各位代表：\n"
        "受市人民政府委托,现将预算执行情况提请审议。" + BODY,
        {
            "title": "关于横州市2025年预算执行情况和2026年预算草案的报告",
            "genre": "budget_report",
            "region": "横州市",
            "region_level": "county",
            "year": 2025,
            "plan_year": 2026,
            "speaker": "王小明",
            "occasion": "横州市第二届人民代表大会第六次会议",
            "delivered": "2026-01-15",
            "issuer": "市人民政府",
            "published": None,
        },
    ),
    "a work report that says only what it is": (
        "政府工作报告\n（二〇二六年一月二十七日在贵州省第十四届人民代表大会第四次会议上）\n省长 赵文清\n各位代表：\n"
        "现在，我代表省人民政府向大会报告工作。" + BODY,
        {
            "title": "政府工作报告",
            "genre": "work_report",
            "region": "贵州省",
            "region_level": "province",
            "year": 2025,
            "plan_year": 2026,
            "speaker": "赵文清",
            "delivered": "2026-01-27",
            "issuer": "省人民政府",
        },
    ),
    "a work report, meeting, date and speaker on lines of their own": (
        "2026年阳朔县政府工作报告\n——在阳朔县第十七届人民代表大会第六次会议上\n（2026年1月13日）\n"
        "阳朔县人民政府代县长 欧阳明\n各位代表：\n我代表县人民政府作报告。" + BODY,
        {
            "title": "2026年阳朔县政府工作报告",
            "region": "阳朔县",
            "region_level": "county",
            "year": 2025,
            "plan_year": 2026,
            "speaker": "欧阳明",
            "occasion": "阳朔县第十七届人民代表大会第六次会议",
            "delivered": "2026-01-13",
            "published": None,
        },
    ),
    "a speaker with a dot in the name": (
        "政府工作报告\n——2026年1月20日在和田地区第三届人民代表大会第二次会议上\n地区行政公署专员 买买提·艾力\n各位代表：\n我代表行政公署报告工作。"
        + BODY,
        {"region": "和田地区", "speaker": "买买提·艾力", "delivered": "2026-01-20"},
    ),
    "a speaker's bare name under the meeting": (
        "2026年湖南省政府工作报告\n——2026年2月3日在湖南省第十四届人民代表大会第四次会议上\n来源：某某日报\n"
        "时间：2026-02-24\n周志远\n各位代表：\n报告工作。" + BODY,
        {"speaker": "周志远", "source": "某某日报", "published": "2026-02-24", "delivered": "2026-02-03"},
    ),
    "an environment report that calls its region only 自治区": (
        "首页> 专项报告 >文章页\n自治区人民政府关于2024年度环境状况和环境保护目标完成情况的报告\n"
        "http://www.example.gov.cn    2025年04月01日 09:05      来源:某某人大网\n"
        "——2025年3月25日在宁夏回族自治区第十三届人民代表大会常务委员会第十六次会议上\n自治区生态环境厅厅长 马 青\n"
        "自治区人大常委会：\n受自治区人民政府委托，报告环境状况。" + BODY,
        {
            "title": "自治区人民政府关于2024年度环境状况和环境保护目标完成情况的报告",
            "genre": "environment_report",
            "issuer": "自治区人民政府",
            "region": "宁夏回族自治区",
            "year": 2024,
            "plan_year": None,
            "speaker": "马青",
            "occasion": "宁夏回族自治区第十三届人民代表大会常务委员会第十六次会议",
            "delivered": "2025-03-25",
            "published": "2025-04-01T09:05",
            "source": "某某人大网",
            "url": "http://www.example.gov.cn",
        },
    ),
    "a bulletin with two offices and a date": (
        "合浦县 2025 年国民经济和社会发展统计公报[1]\n合浦县统计局 国家统计局合浦调查队\n2026 年 4 月 8 日\n一、综合\n"
        "初步核算，全县生产总值增长5%。\n注：[1]本公报数据均为初步统计数。",
        {
            "title": "合浦县2025年国民经济和社会发展统计公报",
            "genre": "statistical_bulletin",
            "issuer": "合浦县统计局、国家统计局合浦调查队",
            "region": "合浦县",
            "region_level": "county",
            "year": 2025,
            "published": "2026-04-08",
            "delivered": None,
            "speaker": None,
            "occasion": None,
        },
    ),
    "a bulletin with letter-spaced offices": (
        "恩施州2025年国民经济和社会发展\n统计公报\n恩 施 州 统 计 局\n一、综合\n全年全州生产总值增长5%。",
        {"title": "恩施州2025年国民经济和社会发展统计公报", "issuer": "恩施州统计局", "region": "恩施土家族苗族自治州"},
    ),
    "the national bulletin": (
        "中华人民共和国2025年国民经济和社会发展统计公报\n国家统计局\n2026年2月28日\n2025年，各地区各部门扎实工作。",
        {"region": "中国", "region_level": "country", "issuer": "国家统计局", "published": "2026-02-28", "year": 2025},
    ),
    "the nation's environment report": (
        "国务院关于2024年度环境状况和环境保护目标完成情况的报告\n"
        "——2025年4月25日在第十四届全国人民代表大会常务委员会第十五次会议上\n生态环境部部长 高原\n"
        "全国人民代表大会常务委员会：\n受国务院委托，报告环境状况。",
        {"region": "中国", "issuer": "国务院", "speaker": "高原", "delivered": "2025-04-25", "year": 2024},
    ),
    "a plan report": (
        "关于吉林市2025年国民经济和社会发展计划执行情况\n与2026年国民经济和社会发展计划草案的报告\n吉林市发展和改革委员会\n各位代表：\n请予审议。",
        {
            "genre": "plan_report",
            "region": "吉林市",
            "region_level": "prefecture",
            "year": 2025,
            "plan_year": 2026,
            "issuer": "吉林市发展和改革委员会",
            "speaker": None,
        },
    ),
    "an audit report": (
        "关于甘肃省2024年度省级预算执行和其他财政收支的审计工作报告\n"
        "——2025年7月29日在甘肃省第十四届人民代表大会常务委员会第十七次会议上\n甘肃省审计厅厅长 石坚\n"
        "主任、各位副主任、秘书长、各位委员：\n报告如下。",
        {"genre": "audit_report", "region": "甘肃省", "year": 2024, "plan_year": None, "speaker": "石坚"},
    ),
    "final accounts beside the half-year": (
        "关于大理州2024年州级财政决算(草案)和2025年上半年预算执行情况的报告\n大理白族自治州财政局\n主任、各位副主任、各位委员：\n报告如下。",
        {
            "genre": "final_accounts",
            "region": "大理白族自治州",
            "year": 2024,
            "plan_year": None,
            "issuer": "大理白族自治州财政局",
        },
    ),
    "a cover with the paper's number, the title over three lines": (
        "梧州市十五届人大\n六次会议文件（14）\n关于梧州市2025年全市和市本级预算\n执行情况与2026年全市和市本级\n"
        "预算草案的报告（书面）\n梧州市财政局 2026年1月\n目 录\n一、预算执行表………3",
        {
            "title": "关于梧州市2025年全市和市本级预算执行情况与2026年全市和市本级预算草案的报告（书面）",
            "occasion": "梧州市十五届人大六次会议",
            "delivered": None,
            "published": None,
            "issuer": "梧州市财政局",
            "year": 2025,
            "plan_year": 2026,
        },
    ),
    "a budget whose title holds only the year planned for": (
        "崇左市2026年政府预算草案\n崇左市财政局\n一、收入\n收入预计增长3%。",
        {"genre": "budget_report", "year": 2025, "plan_year": 2026, "region": "崇左市"},
    ),
    "a place under its former name": (
        "莱芜市2016年国民经济和社会发展统计公报\n莱芜市统计局\n一、综合\n生产总值增长7%。",
        {"region": "莱芜市", "region_level": "prefecture", "year": 2016},
    ),
    "a title that names no place": (
        "关于2025年全市和市本级预算执行情况与2026年全市和市本级预算草案的报告\n"
        "——2026年1月23日在贺州市第五届人民代表大会第七次会议上\n市财政局局长 罗平\n各位代表：\n"
        "受市人民政府委托，报告如下。",
        {"region": "贺州市", "speaker": "罗平", "issuer": "市人民政府"},
    ),
}


@pytest.mark.parametrize("make", BLOCKS)
def test_title_blocks(make: str) -> None:
    text, wanted = BLOCKS[make]
    description = told(text)
    assert {field: getattr(description, field) for field in wanted} == wanted


@pytest.mark.parametrize("make", BLOCKS)
def test_evidence_points_at_what_was_read(make: str) -> None:
    text, _ = BLOCKS[make]
    description = told(text)
    for field in ("speaker", "occasion", "title"):
        value = getattr(description, field)
        if value is not None:
            start, end = description.evidence[field]
            assert value in "".join(text[start:end].split())
    assert all(0 <= a < b <= len(text) for a, b in description.evidence.values())


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        ("关于保亭县2025年预算执行情况的报告-保亭县人民政府门户网站", "关于保亭县2025年预算执行情况的报告"),
        ("2025年乐业县政府工作报告_工作报告_乐业县人民政府", "2025年乐业县政府工作报告"),
        ("某省统计局 -\n    东兴市2025年国民经济和社会发展统计公报", "东兴市2025年国民经济和社会发展统计公报"),
        ("政府工作报告_中国政府网", "政府工作报告"),
        ("(广西)2025年贵港市国民经济和社会发展统计公报-公报库", "2025年贵港市国民经济和社会发展统计公报"),
        (
            "某某日报--《关于玉林市2025年预算执行情况<br>和2026年预算草案的报告》（摘要）-",
            "《关于玉林市2025年预算执行情况和2026年预算草案的报告》（摘要）",
        ),
        (
            "关于普宁市2025年预算执行情况的报告——2026年2月10日在普宁市第八届人民代表大会第六次会议上-某网",
            "关于普宁市2025年预算执行情况的报告",
        ),
    ],
)
def test_site_names_are_cut_off(marked: str, title: str) -> None:
    assert told("各位代表：\n报告工作。", title=marked).title == title


def test_a_page_titled_by_its_site_takes_the_title_of_its_block() -> None:
    description = told("关于黄石市2025年财政决算的报告\n黄石市财政局\n各位委员：\n报告如下。", title="黄石市财政局")
    assert description.title == "关于黄石市2025年财政决算的报告"


def test_the_occasion_may_stand_in_the_pages_title() -> None:
    description = told(
        "全市收入增长3%。",
        title="关于普宁市2025年预算执行情况的报告——2026年2月10日在普宁市第八届人民代表大会第六次会议上-某网",
    )
    assert description.occasion == "普宁市第八届人民代表大会第六次会议"
    assert description.delivered == "2026-02-10"
    assert "occasion" not in description.evidence


def test_a_list_of_attachments_has_the_title_of_the_report_attached() -> None:
    page = document("", attachments="附件1：关于防城港市2025年预算执行情况和2026年预算草案的报告.pdf files/1.pdf")
    assert describe(page).title == "关于防城港市2025年预算执行情况和2026年预算草案的报告"


@pytest.mark.parametrize(
    ("furniture", "published", "source"),
    [
        ("来源：横州市财政局　　时间：2026-01-27 21:27", "2026-01-27T21:27", "横州市财政局"),
        ("发布时间：2026年3月2日 信息来源：市统计局 浏览量：315", "2026-03-02", "市统计局"),
        ("文章来源：某某新闻网浏览量：发表时间：2026-01-28 10:15 责任编辑：中心", "2026-01-28T10:15", "某某新闻网"),
        ("2026-05-22 19:37:19 来源：", "2026-05-22T19:37:19", None),
        ("来源：阅读量：【字号：大中小】", None, None),
        ("发布时间：2026-08-19\n发布时间：2026-08-18\n日期： 2026-07-15 来源：市财政局", "2026-07-15", "市财政局"),
        ("成文日期：2026年02月11日", "2026-02-11", None),
    ],
)
def test_the_line_under_a_pages_title(furniture: str, published: str | None, source: str | None) -> None:
    description = told("一、综合\n增长5%。", furniture=furniture)
    assert (description.published, description.source) == (published, source)


def test_the_moment_of_the_pages_making_is_no_date_of_publication() -> None:
    made = {"pubdate": "2026-04-15 14:58:41", "others": "页面生成时间 2026-04-15 14:58:41"}
    assert told("一、综合\n增长5%。", **made).published is None
    assert told("一、综合\n增长5%。", furniture="2026-02-13 10:17", **made).published == "2026-02-13T10:17"
    assert told("一、综合\n增长5%。", pubdate="2026-02-13").published == "2026-02-13"


@pytest.mark.parametrize(
    "line",
    [
        "市长热线电话",
        "目录",
        "前言",
        "财政局",
        "主任会议",
        "综合",
        "局长办公会议",
        "书记信箱",
        "单位：万元",
        "市长王小明出席会议",
    ],
)
def test_no_speaker(line: str) -> None:
    assert told(f"关于横州市2025年财政决算的报告\n{line}\n各位委员：\n报告如下。").speaker is None


@pytest.mark.parametrize(
    ("note", "warned"),
    [
        ("注：1.本公报数据均为初步统计数，部分数据因四舍五入有误差。", True),
        ("说明：本公报2025年数据为初步统计结果。", True),
        ("需要说明的是，上述预算执行情况均为预计数。", True),
        ("注：本公报部分数据为初步统计数。", False),
        ("注：本公报中财政数据为快报数。", False),
        ("初步核算，全年生产总值增长5%。", False),
    ],
)
def test_a_note_that_all_data_are_preliminary(note: str, warned: bool) -> None:
    description = told(f"横州市2025年国民经济和社会发展统计公报\n一、综合\n增长5%。\n{note}")
    assert [warning.code for warning in description.warnings] == ["preliminary_note"] * warned


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "。",
        "2025年",
        "各位代表：",
        "——",
        "[1]",
        "关于",
        "目录\n目录",
        "\u3000\u200b\n" * 9,
        "在上" * 3000,
        "年" * 9000,
    ],
)
def test_nothing_raises(text: str) -> None:
    description = told(text)
    assert description.region is None
    assert description.speaker is None


def test_no_title_is_none_and_the_genre_other() -> None:
    description = told("今年收成很好，大家都很高兴。")
    assert (description.title, description.genre, description.year) == (None, "other", None)


def test_a_speech_without_a_title_says_its_matter() -> None:
    description = told(
        "南宁市财政局\n各位代表：\n受市人民政府委托，现将南宁市2025年预算执行情况和2026年预算草案提请大会审议。"
    )
    assert description.title is None
    assert (description.genre, description.region) == ("budget_report", "南宁市")
    assert (description.year, description.plan_year) == (2025, 2026)


def test_a_place_named_in_passing_is_not_the_reports_own() -> None:
    text = "2025年，全市上下深入贯彻在河南省考察时的重要讲话精神，全市生产总值增长5%。\n其中，孟州市增长6%。"
    assert told(text).region is None
    assert told(text).year == 2025


def test_a_report_brought_in_full_below_a_news_text() -> None:
    text = (
        "本报讯 昨日，统计部门发布了最新公报，全市常住人口继续增加，城镇化率进一步提高，经济运行总体平稳，各项事业取得新进展。\n全文如下\n↓\n"
        "百色市2025年国民经济\n和社会发展统计公报[1]\n一、综合\n全市生产总值增长5%。"
    )
    description = told(text, title="去年百色常住人口增加")
    assert (description.title, description.genre) == ("百色市2025年国民经济和社会发展统计公报", "statistical_bulletin")


SHARED = os.environ.get("REPORTPARSE_SHARED")


@pytest.mark.skipif(not SHARED, reason="REPORTPARSE_SHARED is unset: no real documents here")
def test_the_annotated_report() -> None:
    from reportparse.reading import read

    gold = Path(SHARED or "") / "gold"
    wanted = json.loads((gold / "gx-env-2023.outline.json").read_text(encoding="utf-8"))
    description = describe(read(gold / "gx-env-2023.txt"))
    fields = ("title", "issuer", "region", "year", "speaker", "occasion", "delivered", "published", "source", "url")
    assert {f: getattr(description, f) for f in fields} == {f: wanted[f] for f in fields}


@pytest.mark.parametrize(
    ("text", "page", "region"),
    [
        ("生态环境状况公报\n2024年，环境质量稳定。", {"sitename": "贵阳市生态环境局"}, "贵阳市"),
        ("今年以来，全市生产总值增长5%，全市财政收入增长3%。", {"furniture": "首页 遵义市人民政府"}, "遵义市"),
        ("收成不错，安顺市财政收入增长3%，全市投资增长2%，全市出口增长4%。安顺市各县更好。", {}, "安顺市"),
        ("全市工作开局良好，全市投资增长2%，各县有快有慢，其中两县下降，其余持平，" * 8 + "安顺市出口增长。安顺市投资增长。", {}, "安顺市"),
        ("贵阳市与遵义市2024年协作情况报告\n", {}, "贵阳市"),
        ("花溪区和贵阳市2024年协作情况报告\n", {}, "花溪区"),
    ],
    ids=["the site", "the page's head", "most named", "most named, late", "two beside each other", "the small one first"],
)
def test_where_a_region_is_told(text: str, page: dict[str, str], region: str) -> None:
    assert told(text, **page).region == region


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("各位代表：\n现在报告2023年主要工作和成效并请大家提出意见一共有三个方面的内容和建议，请审议。", 2023),
        ("工作情况\n（2024年3月5日在贵阳市第十届人民代表大会第三次会议上）\n全市稳定。", 2023),
        ("工作情况\n（2024年9月5日在贵阳市第十届人民代表大会常务委员会第三次会议上）\n全市稳定。", 2024),
        ("全市稳定。与2022年相比，粮食增产。与2022年相比，蔬菜增产。", 2022),
    ],
    ids=["a heading of review", "a speech in spring", "a speech in autumn", "most named"],
)
def test_the_year_of_a_report_whose_title_names_none(text: str, year: int) -> None:
    assert told(text).year == year


@pytest.mark.parametrize(
    ("text", "page", "wanted"),
    [
        ("一、综合\n全市稳定。\n贵阳市统计局\n2024年3月8日", {}, {"issuer": "贵阳市统计局"}),
        ("一、综合", {"furniture": "发布时间：暂无 发布日期：2024-03-02 来源：本站"}, {"published": "2024-03-02", "source": None}),
        ("发布 2024年3月8日 星期五 点击\n来源：\n贵阳日报\n一、综合\n全市稳定。", {}, {"published": None, "source": "贵阳日报"}),
        ("来源：\n贵阳日报\n2024年3月8日\n一、综合\n全市稳定。", {}, {"published": "2024-03-08"}),
        ("2024年13月8日\n一、综合\n全市稳定。", {}, {"published": None}),
        ("一、综合", {"contentsource": "贵阳市统计局", "url": "www.example.cn/a.html"}, {"source": "贵阳市统计局", "url": "http://www.example.cn/a.html"}),
        (
            "（2024年1月20日贵阳市第十届人民代表大会第三次会议通过）\n一、综合\n全市稳定。",
            {},
            {"occasion": "贵阳市第十届人民代表大会第三次会议", "delivered": None},
        ),
        ("贵阳市统计局局长 王小明\n一、综合\n全市稳定。", {}, {"speaker": "王小明", "delivered": None}),
    ],
    ids=["signed", "a label without a date", "a weekday", "a date alone", "no such month", "the page", "adopted", "a speaker and no day"],
)
def test_where_a_bulletin_comes_from(text: str, page: dict[str, str], wanted: dict[str, str | None]) -> None:
    description = told(f"贵阳市2023年统计公报\n{text}", **page)
    assert {field: getattr(description, field) for field in wanted} == wanted


def test_a_bulletin_without_a_title_names_itself() -> None:
    assert told("本公报数据为初步数。全市经济稳定。").genre == "statistical_bulletin"


def test_a_page_that_is_no_column_lends_its_title() -> None:
    assert told("全市稳定。", title="怎么看今年的账本").title == "怎么看今年的账本"
