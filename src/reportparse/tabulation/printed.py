"""What a cell prints: a plain number, or a number in a few words (`增长6%左右`, `第3名`)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reportparse import patterns
from reportparse.cells import MARKS, Number, is_measured
from reportparse.folding import fold, squeeze
from reportparse.lexicon import alternatives, table
from reportparse.mentions import find
from reportparse.model import Bound, Cell, Direction, RankType

_FRONT = patterns.compile(rf"^(?:\s|{MARKS})+")
_BACK = patterns.compile(rf"(?:\s|{MARKS})+$")
_LONGEST = 24
"""A cell of more letters is a remark."""


class Printed(NamedTuple):
    """A cell's figure and its place in the text."""

    start: int
    end: int
    value: Decimal
    """With its sign."""
    unit: str
    """Where the cell itself prints it, else empty."""
    value_max: Decimal | None = None
    bound: Bound = "exact"
    direction: Direction | None = None
    """Where the cell itself says that it rose or fell."""
    rank: RankType | None = None
    """Where the cell itself is a place: 第3名."""


def read_cell(text: str, cell: Cell, plain: Number | None, tidied: str) -> Printed | None:
    """The figure of `cell` in the report's `text`, or None.

    >>> read_cell("增长6%左右", Cell("增长6%左右", 0, 6), None, "增长6%左右")
    Printed(start=2, end=4, value=Decimal('6'), unit='%', value_max=None, bound='approx', direction='up', rank=None)
    >>> read_cell("详见附件2", Cell("详见附件2", 0, 5), None, "详见附件2") is None
    True
    """
    if plain is not None:
        raw = text[cell.start : cell.end]
        start = cell.start + len(raw) - len(_FRONT.sub("", raw))
        end = cell.start + len(_BACK.sub("", raw))
        return Printed(start, end, plain.value, plain.unit) if end > start else None
    if len(tidied) > _LONGEST or not is_measured(tidied):
        return None
    view = squeeze(fold(text[cell.start : cell.end]))
    shift = cell.start
    found = [m for m in find(view.text) if m.kind in ("amount", "rank")]
    if len(found) != 1:
        return None
    mention = found[0]
    before, after = view.text[: mention.start], view.text[mention.end :]
    if not (_before().fullmatch(before) and _after().fullmatch(after)):
        return None
    start, end = view.span(mention.start, mention.end)
    if mention.kind == "rank" and mention.rank is not None:
        return Printed(start + shift, end + shift, Decimal(mention.rank), "", rank=mention.rank_type)
    if mention.value is None:
        return None
    return Printed(start + shift, end + shift, mention.value, mention.unit, mention.value_max, mention.bound, _direction(before))


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return patterns.compile(f"(?:{alternatives(table('tables')['before_numbers'])}){{0,3}}")


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return patterns.compile(f"(?:{alternatives(table('tables')['after_numbers'])}){{0,2}}")


def _direction(before: str) -> Direction | None:
    if re.search("增长|提高|增加|上涨|涨幅", before):
        return "up"
    return "down" if re.search("下降|降低|减少", before) else None
