"""Work grows in line with length: counted in steps of the interpreter, so that no clock decides."""

from __future__ import annotations

import sys

import pytest

from reportparse import parse_text

UNITS = {
    "sentences": "全年粮食产量303.2万吨，比上年增长2.1%，居全国第3位。\n",
    "no_stop": "全年粮食产量303.2万吨，比上年增长2.1%，",
    "commas": "，1,",
    "digits": "1234567890",
    "ones": "一",
    "brackets": "（增长5%",
    "closed": "增长（5%）",
    "ranges": "1-2至3—",
    "quotes": "“十四五",
    "lines": "粮食产量\n303.2\n",
    "headings": "一、综合\n全年增长5%。\n（一）农业\n",
}


def steps(text: str) -> int:
    """Calls of functions, ours and the interpreter's, that reading `text` takes."""
    count = 0

    def seen(*_):
        nonlocal count
        count += 1

    sys.setprofile(seen)
    try:
        parse_text(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", UNITS)
def test_steps_grow_with_length(name):
    unit = UNITS[name]
    parse_text(unit * 100)
    short, long = steps("某市报告\n" + unit * (8_000 // len(unit))), steps("某市报告\n" + unit * (32_000 // len(unit)))
    assert long < 4 * short * 1.15 + 2_000
