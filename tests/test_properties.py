"""What holds for any text: nothing raised, places right, the same again, JSON without loss."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from reportparse import Report, find_mentions, parse, parse_text
from reportparse.errors import ReadError

PIECES = [
    "2023年", "上年", "“十四五”期间", "截至2023年底", "全市", "南宁市", "地区生产总值", "粮食产量",
    "优良天数比率", "其中", "分别", "达到", "增长", "下降", "同比", "提高", "由", "至", "，", "。", "；", "、",
    "：", "（", "）", "《", "》", "“", "\n", "\r\n", " ", "\u3000", "\t", "\u4e00\u3001\u7efc\u5408\n",
    "（一）", "1.", "第一章", "①", "3.5", "１２", "9 8 . 7", "1,234.5", "一百二十", "三成", "十分之一",
    "百分之五", "两三", "30—40", "6%—7%", "-1.23", "0", "几十", "万", "亿元", "%", "‰", "个百分点",
    "微克/立方米", "人次", "家", "倍", "名", "左右", "以上", "超过", "近", "余", "全国168个重点城市", "第5名",
    "前十", "首位", "连续三年", "PM2.5", "Ⅲ类", "PM", "😀", "\u200b", "\ufeff", "\u0000", "\u202e", "é", "ㄅ",
    "𠀀",
]  # fmt: skip
in_the_manner = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
anything = st.text(max_size=200) | in_the_manner


def read(text: str) -> Report | None:
    """The report, or None for what may be refused: blanks, or a text that is one part in ten control characters."""
    try:
        return parse_text(text)
    except ReadError:
        controls = sum(c < " " or c == "\x7f" for c in text if not c.isspace() or c > "\r")
        assert controls * 10 > len(text.removeprefix("\ufeff")) or not any(c.isprintable() and c != " " for c in text)
        return None


@given(anything)
@example("1" * 5000)
@example("一" * 5000)
@example("（" * 3000)
@example("1.2亿元，" * 500)
def test_any_text_gives_a_report_with_right_places(text):
    report = read(text)
    if report is None:
        return
    for one in (*report.records, *report.unread):
        assert report.text[one.start : one.end] == one.text
        assert one.text
    for table in report.tables:
        for row in table.rows:
            for cell in row:
                assert report.text[cell.start : cell.end] == cell.text
    assert len({record.id for record in report.records}) == len(report.records)


@given(anything)
def test_sections_lie_within_their_parents_and_in_order(text):
    report = read(text)
    if report is None:
        return

    def check(sections, start, end):
        for section in sections:
            assert start <= section.start < section.end <= end
            check(section.children, section.start, section.end)
            start = section.end

    check(report.sections, 0, len(report.text))


@given(in_the_manner)
def test_json_and_back_loses_nothing(text):
    report = read(text)
    if report is not None:
        assert Report.from_json(report.to_json()) == report
        assert Report.from_json(report.to_json(indent=2)) == report


@given(in_the_manner)
def test_the_same_text_gives_the_same_records(text):
    assert read(text) == read(text)


@given(st.binary(max_size=300) | anything.map(str.encode))
def test_any_bytes_give_a_report_or_one_of_our_errors(data):
    try:
        report = parse(data)
    except ReadError:
        return
    assert all(report.text[r.start : r.end] == r.text for r in report.records)


@given(anything)
def test_mentions_stand_in_their_order_and_do_not_overlap(text):
    mentions = find_mentions(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
