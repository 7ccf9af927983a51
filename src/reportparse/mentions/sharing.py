"""Sharing: a unit or a bound that stands once, at the end, and serves all numbers of a list."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from reportparse import units
from reportparse.mentions.amounts import fields
from reportparse.mentions.drafts import Draft

_JOINERS = frozenset(("、", "和", "与", "及", "以及", "，", "或", "/", "至", "到", ","))
_AFTER = ("approx", "at_least", "at_most")


def share(view: str, drafts: list[Draft]) -> None:
    """Give the numbers of a list the unit and the bound that stand after its last.

    >>> from reportparse.mentions import find
    >>> [(m.text, m.unit) for m in find("分别减排1860、72和630吨，提高0.6个和1.2个百分点")]
    [('1860', '吨'), ('72', '吨'), ('630吨', '吨'), ('0.6个', '个百分点'), ('1.2个百分点', '个百分点')]
    >>> [(m.text, m.unit) for m in find("1409万、1305万人次")]
    [('1409万', '万人次'), ('1305万人次', '万人次')]
    """
    served: set[int] = set()
    for k in range(len(drafts) - 2, -1, -1):
        left, right = drafts[k], drafts[k + 1]
        if left.kind != "amount" or right.kind != "amount" or right.start - left.fields["full_end"] > 2:
            continue
        if view[left.fields["full_end"] : right.start] not in _JOINERS and view[left.end : right.start] not in _JOINERS:
            continue
        left.fields.update(_shared(left.fields, right.fields))
        said = right.fields["full_end"] > right.end or k + 1 in served
        same = left.fields["canonical_unit"] == right.fields["canonical_unit"]
        if said and same and left.fields["bound"] == "exact" and right.fields["bound"] in _AFTER:
            left.fields["bound"] = right.fields["bound"]
            served.add(k)


def share_forward(view: str, drafts: list[Draft]) -> None:
    """Give the numbers of a list the bound that stands before its first.

    >>> from reportparse.mentions import find
    >>> [(m.text, m.bound) for m in find("低保标准不低于274元、166元")]
    [('274元', 'at_least'), ('166元', 'at_least')]
    """
    said = None  # the bound that the list opened with
    for left, right in pairwise(drafts):
        if left.kind != "amount" or right.kind != "amount" or view[left.fields["full_end"] : right.fields["full_start"]] not in _LISTED:
            said = None
            continue
        if view[left.fields["full_start"] : left.start] in _FOR_ALL:
            said = left.fields["bound"]
        if said and right.fields["bound"] == "exact" and left.fields["canonical_unit"] == right.fields["canonical_unit"]:
            right.fields["bound"] = said


_LISTED = frozenset(("、", "和", "及", "与"))
_FOR_ALL = frozenset(("不低于", "不少于", "不高于", "不超过", "至少", "最多", "不得低于", "不得超过"))


def _shared(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    lacks = left["unit"] == "" or (left["unit"] == "个" and right["unit"] == "个百分点")
    if lacks and right["unit"] and left.get("rule") is None:
        return fields(left["value"], right["unit"], left["value_max"])
    if left["unit"] != right["unit"] and left["unit"] and left["canonical_unit"] == "" and right["canonical_unit"]:
        unit = left["unit"] + right["unit"].removeprefix(_multiplier(right["unit"]))
        return fields(left["value"], unit, left["value_max"])
    return {}


def _multiplier(unit: str) -> str:
    times, _name = units.canonical(unit)
    if times == 1:
        return ""
    return next((m for m in sorted(units.MULTIPLIERS, key=len, reverse=True) if unit.startswith(m)), "")
