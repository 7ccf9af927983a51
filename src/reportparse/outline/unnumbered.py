"""Headings without a number: short lines that the page sets apart, or that stand alone between paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from reportparse.document import Document, Line
from reportparse.lexicon import table
from reportparse.outline.numbering import Candidate

LONGEST = 30
"""No heading without a number is longer, in characters."""
_PROSE = 28
"""A line at least so long, or one that ends with a full stop, is a paragraph."""
_SENTENCE = 15
"""A line with a full stop and so long is no part of the title block."""
_ROWS = ("tr", "td", "th", "toc")

_SHAPE = re.compile(r"[^。！？：；，、,;:|<>=…—\d(][^。！？：；;:|<>=…]*(?<![，、,(“.])")
_FIGURE = re.compile(r"\d(?:\.\d+)?(?:%|亿|万|个|元|吨|人|家|倍)|\d{4}-\d|\d{1,2}:\d\d|\d月\d")
_ENDED = "。！？：；”）)!?;:"


def unnumbered(document: Document, shadow: str, prose: list[Line], numbered: dict[int, Candidate]) -> Iterator[Candidate]:
    """Every line of `prose` that may be a heading without a number.

    `numbered` holds the numbered candidates that open lines, by the line's start; the lines that are no prose are neighbours only.

    The style of a candidate is how its line is set; a style that is neither set apart nor seen twice makes no heading.
    """
    lines = [line for line in document.lines if shadow[line.start:line.end].strip()]
    body = _body_font(lines)
    first = _first_paragraph(shadow, lines, numbered)
    allowed = {line.start for line in prose}
    found: list[Candidate] = []
    for k in range(1, len(lines) - 1):
        line = lines[k]
        if k <= first or line.end - line.start > LONGEST + 10 or line.start in numbered or line.start not in allowed:
            continue
        words = shadow[line.start:line.end].strip(" *#")
        if not _shaped(words):
            continue
        style = _setting(line, body)
        if _between(shadow, lines, k, numbered, bool(style)):
            start = shadow.index(words, line.start, line.end)
            found.append(Candidate(style or "短", None, line.start, start, start, start + len(words), True, True))
    seen = Counter(c.style for c in found)
    yield from (c for c in found if c.style.startswith("h") or seen[c.style] > 1)


def _shaped(words: str) -> bool:
    """Whether a line reads like a heading: a few words, no sentence, no figures, no address to the audience.

    >>> [_shaped(s) for s in ("城市环境空气", "全年降水量812毫米。", "来源：统计局", "各位代表")]
    [True, False, False, False]
    """
    return (
        2 <= len(words.replace(" ", "")) <= LONGEST
        and _SHAPE.fullmatch(words) is not None
        and not _FIGURE.search(words)
        and not _never().match(words)
    )


@cache
def _never() -> re.Pattern[str]:
    words = table("headings")["lines"]["never"]
    return re.compile("|".join(" *".join(map(re.escape, word)) for word in words))


def _setting(line: Line, body: tuple[str | None, float | None]) -> str:
    """How a line is set apart from the body: its element, bold or centred, a font or size of its own; empty if it is not."""
    if line.tag and re.fullmatch(r"h[1-6]", line.tag):
        return line.tag
    font, size = body
    own_font = line.font if line.font and font and line.font != font else ""
    own_size = f"{line.size:.0f}" if line.size and size and line.size > size * 1.05 else ""
    parts = ("粗" * line.bold, "中" * line.centred, own_font, own_size)
    return " ".join(p for p in parts if p)


def _body_font(lines: list[Line]) -> tuple[str | None, float | None]:
    """Font and size of most of the letters."""
    fonts: Counter[str] = Counter()
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.font:
            fonts[line.font] += line.end - line.start
        if line.size:
            sizes[line.size] += line.end - line.start
    return (fonts.most_common(1)[0][0] if fonts else None), (sizes.most_common(1)[0][0] if sizes else None)


def _first_paragraph(shadow: str, lines: list[Line], numbered: dict[int, Candidate]) -> int:
    """The place of the first paragraph or numbered heading: what stands before it is the title block."""
    for k, line in enumerate(lines):
        if line.start in numbered or (line.end - line.start >= _SENTENCE and "。" in shadow[line.start:line.end]):
            return k
    return len(lines)


def _between(shadow: str, lines: list[Line], k: int, numbered: dict[int, Candidate], marked: bool) -> bool:
    """Whether a line stands between the end of a paragraph and the beginning of one, or of a count."""
    before, after = lines[k - 1], lines[k + 1]
    if after.tag in _ROWS:
        return False
    ended = shadow[before.start:before.end].rstrip()[-1] in _ENDED or before.tag in _ROWS or before.start in numbered
    if not ended and not marked:
        return False
    if after.start in numbered:
        return numbered[after.start].number == 1
    return after.end - after.start >= _PROSE or (marked and shadow[after.start:after.end].rstrip().endswith("。"))
