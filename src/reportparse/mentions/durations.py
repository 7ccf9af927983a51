"""Durations: which numbers of years, months and days are amounts, and which only frame time."""

from __future__ import annotations

from reportparse.lexicon import table
from reportparse.mentions.bounds import before
from reportparse.mentions.model import When

_WORDS = table("times")
_SPAN = tuple(_WORDS["before"]["span"])
_TO_COME = tuple(_WORDS["before"]["to_come"])
_AHEAD = tuple(_WORDS["before"]["ahead"])
_MEASURED = tuple(_WORDS["before"]["measured"])
_REACHED = tuple(_WORDS["before"]["reached"])
_FROM = tuple(_WORDS["before"]["from"])
_MOVED = tuple(_WORDS["after"]["moved"])
_STREAK = tuple(_WORDS["before"]["streak"])
_FRAMES = tuple(_WORDS["after"]["frames"])
_SPANS = tuple(_WORDS["after"]["spans"])
_REACH = 6
LONG = frozenset(("年", "个月", "月", "周", "季度", "年度"))
"""Durations that frame time unless something measures them; the shorter ones are amounts unless something frames them."""
_STREAK_UNITS = frozenset(("年", "个月", "月", "季度", "年度", "周", "天", "日"))
_BREAKS = frozenset("，。；、：！？,;:()（）“”\n")


def classify(view: str, start: int, end: int, unit: str) -> tuple[str, When | None]:
    """What the duration at `start:end` is: `amount`, `streak_years` or `duration`, the last with its time.

    >>> [classify(s, s.index(d), s.index(d) + len(d), u)[0] for s, d, u in (
    ...     ("仅用90天建成", "90天", "天"), ("三年任务两年完成", "三年", "年"), ("连续四年排名第1", "四年", "年"),
    ...     ("产量创近10年新高", "10年", "年"), ("优良天数321天", "321天", "天"), ("8小时平均浓度", "8小时", "小时"),
    ...     ("办理时限压缩至3日内", "3日", "日"), ("受教育年限从9.5年提高到10年", "9.5年", "年"))]
    ['amount', 'duration', 'streak_years', 'duration', 'amount', 'duration', 'amount', 'amount']
    """
    head = view[max(0, start - _REACH) : start]
    framed = view.startswith(_FRAMES, end)
    if unit in _STREAK_UNITS and head.endswith(_STREAK):
        return "streak_years", None
    if head.endswith(_REACHED) or head.endswith(_FROM) and view.startswith(_MOVED, end):
        return "amount", None
    if head.endswith(_SPAN) and not head.endswith(("提前", "接近", "临近", "将近")):
        years = unit == "年"
        return "duration", When(span_years=1) if years else When(duration=True)
    if unit == "年" and head.endswith(_TO_COME):
        return "duration", When(span_years=-1)
    opens = start == 0 or view[start - 1] in _BREAKS
    if unit == "年" and (framed and view.startswith(("来", "以来"), end) or opens and view.startswith(_SPANS, end)):
        return "duration", When(span_years=1)
    if framed or head.endswith(_AHEAD) or _alone(view, start, end):
        return "duration", When(duration=True)
    full = before(view, start)[1]
    measured = view[max(0, full - _REACH) : full].endswith(_MEASURED) or head.endswith(_MEASURED)
    if unit in LONG and not measured:
        return "duration", When(duration=True)
    return "amount", None


def _alone(view: str, start: int, end: int) -> bool:
    """The duration is the whole text: said of nothing, it is only a time."""
    return start == 0 and end >= len(view)
