"""Names what a figure measures: its row, its column, the whole it is a part of, and the caption, as one noun phrase."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportparse import patterns
from reportparse.tabulation.captions import Caption, is_measure
from reportparse.tabulation.model import Block, Label
from reportparse.tabulation.wordlists import mapping, pattern, words

_BRACKET = patterns.compile(r"\([^()]*\)$")
_SHORT = 4


class Named(NamedTuple):
    """A row's name for a column, and the measure that its parts take over."""

    name: str
    measure: str
    label: str = ""
    """The row's own label."""


def level_name(label: Label, above: Named | None, noun: str, caption: Caption, block: Block, *, repeated: bool) -> Named:
    """What a level of that row measures; `above` is what the row that it is a part of measures, `noun` the column's own measure.

    `repeated` says that the same label stands under several rows.
    """
    name = label.name
    topic = block.topic if is_measure(block.topic) else ""
    if block.subjects or block.times:
        whole = noun or caption.measure or topic or caption.core or block.topic
        return Named(whole, whole)
    if label.total and name in words("totals"):
        whole = noun or caption.measure or topic or caption.core or caption.budget or block.topic
        return Named(whole if whole.endswith(name) else whole + name, whole)
    whole = above.measure if above else ""
    if noun:
        return Named(join(name, noun, whole, caption.measure), name if noun in name else noun)
    if is_measure(name) or label.total:
        return Named(_apart(name, above, label, caption, repeated), name)
    measure = _measure_above(whole, caption, topic)
    if not measure:
        return Named(_apart(name, above, label, caption, repeated), "")
    return Named(name if measure in name else name + measure, measure)


def _apart(name: str, above: Named | None, label: Label, caption: Caption, repeated: bool) -> str:
    """The name, behind that of the row above it where it stands under several, or with its budget."""
    if repeated and above is not None:
        return above.name if above.label == name else core(above.name) + name
    return with_budget(name, label, caption)


def join(name: str, noun: str, above: str = "", measure: str = "") -> str:
    """Row and column as one phrase.

    >>> join("粮食", "产量"), join("发电量", "产量"), join("本年收入", "失业保险基金"), join("研究生", "招生数")
    ('粮食产量', '发电量', '失业保险基金本年收入', '研究生招生数')
    >>> join("食品烟酒", "指数", above="居民消费价格指数"), join("公路", "总量", above="货物运输量")
    ('食品烟酒居民消费价格指数', '公路总量')
    """
    if noun in name or (is_measure(name) and len(noun) <= _SHORT and name[-1:] == noun[-1:]):
        return name
    if name in noun:
        return noun
    if noun in words("columns.indices") and not is_measure(name):
        whole = next((w for w in (_BRACKET.sub("", core(above)), measure) if w.endswith(noun)), "")
        return name + (whole or noun)
    if is_measure(name) and not is_measure(noun):
        return noun + name
    return name + noun


def share_name(level: str, noun: str) -> str:
    """The name of a share of that level.

    >>> share_name("一般公共预算收入", "完成预算比例"), share_name("城镇人口", "比重")
    ('一般公共预算收入完成预算比例', '城镇人口比重')
    """
    return level if level.endswith(noun) else level + noun


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """A whole's name without the words that say it is the whole: what its parts are called by.

    >>> core("各项存款余额"), core("全市常住人口"), core("总投资")
    ('存款余额', '常住人口', '投资')
    """
    short = pattern("rows.wholes", "^(?:{})").sub("", re.sub(r"(?:合计|总计|小计|共计)$", "", name))
    return short if len(short) > 1 else name


def with_budget(name: str, label: Label, caption: Caption) -> str:
    """An item that stands in several budgets, with the budget's name before it; the general public one only with totals."""
    budget = caption.budget
    if budget is None or not pattern("captions.shared").search(name) or budget.removesuffix("预算") in name:
        return name
    if budget.startswith("一般公共") and not (label.total or re.search("合计|总计|总收入|总支出", name)):
        return name
    return budget + name


def _measure_above(whole: str, caption: Caption, topic: str) -> str:
    """The measure that a row without one takes from the whole it is a part of, else from the caption or the half's head."""
    for name in (_BRACKET.sub("", whole), caption.measure, topic):
        if not name or not is_measure(name):
            continue
        if name in mapping("rows.part_measure"):
            return mapping("rows.part_measure")[name]
        if found := re.search(r"(?:预算|决算|级|性|财政|公共|下级)(收入|支出)$", name):
            return found[1]
        return core(name)
    return ""
