"""Whether the text layer of a page says what the page shows, or is the wreck of a broken font map."""

from __future__ import annotations

import itertools
import re
from functools import cache

from reportparse import patterns
from reportparse.lexicon import table

_FEWEST = 30
"""Fewer letters than this tell nothing."""
_IMPOSSIBLE = patterns.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufff0-\uffff\U000e0000-\U0010ffff]")
"""Controls, halves of pairs, private and unassigned characters, the replacement character."""
_WESTERN = patterns.compile("[\u00a1-\u00af\u00b4-\u00b6\u00b8-\u00d6\u00d8-\u024f]")
_CHINESE = patterns.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_BLANK = patterns.compile(r"\s+")


@cache
def _usual() -> tuple[re.Pattern[str], frozenset[str]]:
    words = table("pdf")
    return patterns.compile(f"[{words['usual_characters']}]"), frozenset(words["usual_pairs"])


def is_garbled(text: str) -> bool:
    """Whether too much of `text` is impossible, or Chinese that nobody writes.

    >>> is_garbled("全年粮食总产量303.2万吨，比上年增长0.3%，其中夏粮增长0.2%，秋粮增长0.4%。")
    False
    >>> is_garbled("È«ÄêÁ¸Ê³×Ü²úÁ¿303.2Íò¶Ö£¬±ÈÉÏÄêÔö³¤0.3%¡£")
    True
    >>> is_garbled("瞬蘸鬱癟鰻瑟蘿顱彎竊讒鑲魘黴齏鑿爨籲灪麤驫鱻龘靐齉爩灩饢戇鸞豔鬮")
    True
    """
    letters = _BLANK.sub("", text)
    impossible = len(_IMPOSSIBLE.findall(letters))
    if len(letters) < _FEWEST:
        return impossible > 0.5 * len(letters) > 0
    if impossible > 0.06 * len(letters):
        return True
    if len(_WESTERN.findall(letters)) > 0.2 * len(letters):
        return True  # the bytes of GBK taken for western letters
    chinese = "".join(_CHINESE.findall(letters))
    if len(chinese) < _FEWEST:
        return False
    characters, pairs = _usual()
    common = len(characters.findall(chinese)) / len(chinese)
    if common > 0.3:
        return False
    paired = sum(a + b in pairs for a, b in itertools.pairwise(chinese)) / len(chinese)
    return common < 0.12 or paired < 0.01 and common < 0.2
