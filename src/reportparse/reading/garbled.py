"""Whether the text layer of a page says what the page shows, or is the wreck of a broken font map."""

from __future__ import annotations

import unicodedata
from functools import cache

from reportparse.lexicon import table

_FEWEST = 30
"""Fewer letters than this tell nothing."""


@cache
def _usual() -> tuple[frozenset[str], frozenset[str]]:
    words = table("pdf")
    return frozenset(words["usual_characters"]), frozenset(words["usual_pairs"])


def is_garbled(text: str) -> bool:
    """Whether too much of `text` is impossible, or Chinese that nobody writes.

    >>> is_garbled("全年粮食总产量303.2万吨，比上年增长0.3%，其中夏粮增长0.2%，秋粮增长0.4%。")
    False
    >>> is_garbled("È«ÄêÁ¸Ê³×Ü²úÁ¿303.2Íò¶Ö£¬±ÈÉÏÄêÔö³¤0.3%¡£")
    True
    >>> is_garbled("瞬蘸鬱癟鰻瑟蘿顱彎竊讒鑲魘黴齏鑿爨籲灪麤驫鱻龘靐齉爩灩饢戇鸞豔鬮")
    True
    """
    letters = [c for c in text if not c.isspace()]
    if len(letters) < _FEWEST:
        return bool(letters) and sum(map(_is_impossible, letters)) > 0.5 * len(letters)
    if sum(map(_is_impossible, letters)) > 0.06 * len(letters):
        return True
    if sum("\u00a1" <= c <= "\u024f" and c not in "·×°±²³µ" for c in letters) > 0.2 * len(letters):
        return True  # the bytes of GBK taken for western letters
    chinese = [c for c in letters if "\u3400" <= c <= "\u9fff" or c >= "\U00020000"]
    if len(chinese) < _FEWEST:
        return False
    characters, pairs = _usual()
    common = sum(c in characters for c in chinese) / len(chinese)
    if common > 0.3:  # noqa: PLR2004  running text has 0.5 and more
        return False
    paired = sum(a + b in pairs for a, b in zip(chinese, chinese[1:], strict=False)) / len(chinese)
    return common < 0.12 or paired < 0.01 and common < 0.2  # noqa: PLR2004


def _is_impossible(char: str) -> bool:
    """No character of a text: unassigned, private, a replacement or a control."""
    return char == "\ufffd" or unicodedata.category(char) in {"Cn", "Co", "Cc", "Cs"}
