"""Places of rank: 第5名, 前十, 榜首, 倒数第三, 由369位升至235位."""

from __future__ import annotations

import re
from typing import Any

from reportparse import patterns
from reportparse.lexicon import alternatives, table
from reportparse.mentions.drafts import Draft, label
from reportparse.numerals import CHINESE, DIGITS, TENS, parse
from reportparse.rules import rule

_WORDS = table("ranks")
_NUMBER = rf"(?:\d{{1,6}}|{CHINESE}++)"
_CUE = patterns.compile(
    rf"(?:{alternatives([*_WORDS['verbs'], *_WORDS['fields']])})"
    r"(?:了|全部|[^，。；、：！？,;:“”()（）]{0,9})$"
)
_ENDS = patterns.compile(r"$|[，。；、：！？,;:”’\")）\]}]|(?:的(?!是|一|要)|和|与|及|以来|并|且|[—~-]|至|到|水平|成绩|佳绩|位置)")
_MOVES = tuple(_WORDS["moves"])
_VERBS = tuple(v for v in _WORDS["verbs"] if v.endswith(("至", "到", "居", "列", "名", "次", "排")))
_NOT_RANK = tuple(_WORDS["not_rank"])
_WINDOW = 16


def place(start: int, end: int, rank: int, **fields: Any) -> Draft:
    """A mention of a rank."""
    return Draft("rank", start, end, {"rank": rank, **fields})


def _int(said: str) -> int | None:
    value = parse(said)
    return None if value is None or value != value.to_integral_value() else int(value)


def cued(view: str, start: int) -> bool:
    """A word of rank stands before `start` in the same clause."""
    return _CUE.search(view, max(0, start - _WINDOW), start) is not None


@rule(rf"(?P<last>(?:列|居|位)?(?:倒数|末))第?(?P<number>{_NUMBER})[名位]?|末位(?!淘汰|表决)|垫底")
def from_the_end(match: re.Match[str], _: None) -> Draft | None:
    """Counted from the end.

    >>> from reportparse.mentions import find
    >>> [(m.text, m.rank, m.rank_type) for m in find("排名全省倒数第3")]
    [('倒数第3', 3, 'bottom')]
    """
    rank = _int(match["number"]) if match["number"] else 1
    return None if rank is None else place(match.start(), match.end(), rank, rank_type="bottom")


@rule(rf"第(?P<number>{_NUMBER})(?P<noun>[名位])(?![单录额牌义誉])")
def ordinal_place(match: re.Match[str], _: None) -> Draft | None:
    """第5名, 第16位.

    >>> from reportparse.mentions import mark
    >>> mark("位列全国168个重点城市第16名、省会城市第6名")
    '位列全国[168个]重点城市[第16名]、省会城市[第6名]'
    """
    rank = _int(match["number"])
    if match.string[max(0, match.start() - 3) : match.start()].endswith(_NOT_RANK):
        return label(match.start(), match.end(), rule="set_first")
    return None if rank is None else place(match.start(), match.end(), rank)


@rule(rf"第(?P<number>{_NUMBER})(?=(?:{_ENDS.pattern}))")
def ordinal_alone(match: re.Match[str], _: None) -> Draft | None:
    """第五 after a word of rank and before a stop.

    >>> from reportparse.mentions import mark
    >>> mark("增速排全国第五，柳州连续六年保持第一，第一，要坚持")
    '增速排全国[第五]，柳州连续[六年]保持[第一]，第一，要坚持'
    """
    rank = _int(match["number"])
    view, start = match.string, match.start()
    if rank is None or not cued(view, start):
        return None
    return place(start, match.end(), rank)


@rule(rf"双第(?P<number>{_NUMBER})")
def double_first(match: re.Match[str], _: None) -> Draft | None:
    """“双第一” is one ranking.

    >>> from reportparse.mentions import find
    >>> [(m.text, m.rank) for m in find("排名全国“双第一”")]
    [('双第一', 1)]
    """
    rank = _int(match["number"])
    return None if rank is None else place(match.start(), match.end(), rank)


@rule(rf"(?:(?<=全国)|(?<=世界)|(?<=全球)|(?<=我国)|(?<=中国)|(?<=全省)|(?<=全区)|(?<=亚洲)|(?<=国内)|(?<=西部)|(?<=中部)|(?<=全市))第(?P<number>{_NUMBER})大")
def nth_largest(match: re.Match[str], _: None) -> Draft | None:
    """全国第三大.

    >>> from reportparse.mentions import mark
    >>> mark("成为全国第三大港口")
    '成为全国[第三大]港口'
    """
    rank = _int(match["number"])
    return None if rank is None else place(match.start(), match.end(), rank)


@rule(rf"前(?P<number>{_NUMBER})(?P<noun>[名位强])?(?P<next>.?)")
def top(match: re.Match[str], _: None) -> Draft | None:
    """前10, 前三名.

    >>> from reportparse.mentions import find, mark
    >>> mark("产量稳居全国前10，进入前三甲，位居前三名"), find("居全国前十。")[0].rank_type
    ('产量稳居全国[前10]，进入[前三甲]，位居[前三名]', 'top')
    """
    view, start, end = match.string, match.start(), match.end("number")
    rank = _int(match["number"])
    if rank is None or view[start - 1 : start] in ("目", "以", "之", "提", "当", "年", "月", "日", "空", "此", "生", "从", "事", "会"):
        return None
    if match["noun"] and match["noun"] in "名位":
        return place(start, match.end("noun"), rank, rank_type="top")
    if view.startswith("强", end):
        return place(start, end + 1, rank, rank_type="top") if cued(view, start) else label(start, end + 1)
    if view.startswith("甲", end):
        return place(start, end + 1, rank, rank_type="top")
    if _ENDS.match(view, end) and cued(view, start):
        return place(start, end, rank, rank_type="top")
    return None


@rule(rf"后(?P<number>{_NUMBER})[名位]")
def bottom(match: re.Match[str], _: None) -> Draft | None:
    """后三位.

    >>> from reportparse.mentions import find
    >>> [(m.text, m.rank, m.rank_type) for m in find("排名后三位的县")]
    [('后三位', 3, 'bottom')]
    """
    rank = _int(match["number"])
    return None if rank is None else place(match.start(), match.end(), rank, rank_type="bottom")


@rule(rf"(?P<number>\d{{1,4}}|[{DIGITS}{TENS}]{{1,5}})位")
def place_moved(match: re.Match[str], _: None) -> Draft | None:
    """由369位升至235位: a bare number of places is a rank where something rises or falls to it or from it.

    >>> from reportparse.mentions import mark, find
    >>> [m.rank for m in find("排名由369位升至235位")], find("上升2位")[0].kind
    ([369, 235], 'amount')
    """
    view, start = match.string, match.start()
    head = view[max(0, start - 5) : start]
    rank = _int(match["number"])
    if rank is None:
        return None
    moved = head.endswith(("由", "从", "由第", "从第")) and view.startswith(_MOVES, match.end())
    if moved or head.endswith(_VERBS):
        return place(start, match.end(), rank)
    return None


@rule(rf"(?:{alternatives(_WORDS['first'])})(?!度|城市)")
def first_place(match: re.Match[str], _: None) -> Draft:
    """首位, 榜首; 摆在首位 is none.

    >>> from reportparse.mentions import find
    >>> [(m.kind, m.rank) for m in find("居全国首位，摆在首位")]
    [('rank', 1), ('label', None)]
    """
    view, start = match.string, match.start()
    if view[max(0, start - 3) : start].endswith(_NOT_RANK):
        return label(start, match.end(), rule="set_first")
    return place(start, match.end(), 1)


@rule(rf"(?:{'|'.join(f'(?<={re.escape(w)})' for w in _WORDS['bare_first'])})首(?=$|[，。；、,;)）])")
def first_alone(match: re.Match[str], _: None) -> Draft:
    """居首.

    >>> from reportparse.mentions import mark
    >>> mark("总量居全国首，增速居首。")
    '总量居全国[首]，增速居[首]。'
    """
    return place(match.start(), match.end(), 1)
