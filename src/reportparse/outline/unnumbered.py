"""Headings without a number: short lines that the page sets apart, or that stand alone between paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from reportparse import patterns
from reportparse.document import Document, Line
from reportparse.lexicon import table
from reportparse.outline.numbering import Candidate
from reportparse.outline.prose import ROWS, row

LONGEST = 30
"""No heading without a number is longer, in characters."""
_PROSE = 28
"""A line so long, with the signs of a sentence, is a paragraph; below a line that is set apart, any line with a full stop."""
_RUNNING = patterns.compile("[。，；：]")
_FEW = 2
_SENTENCE = 15
"""A line with a full stop and so long is no part of the title block."""

_SHAPE = patterns.compile(r"(?:20\d\d|[^。！？：；，、,;:|<>=…—\d(])[^。！？：；;:|<>=…]*(?<![，、,(“.])")
_FIGURE = patterns.compile(r"(?<![\d.])(?!(?:19|20)\d\d(?:[年—至“”]|(?!\d|[-.:]\d)))\d")
_YEAR = patterns.compile(r"(?:19|20)\d\d")
_DECORATION = " *#◆●■★▲◎○※◇□☆►▶"
_ENDED = "。！？：；”）)!?;:"


def unnumbered(document: Document, shadow: str, prose: list[Line], counted: list[Candidate]) -> Iterator[Candidate]:
    """Every line of `prose` that may be a heading without a number.

    `counted` holds the numbered candidates; the lines that are no prose are neighbours only.

    The style of a candidate is how its line is set; a style that is neither set apart nor seen twice makes no heading.
    """
    lines = [line for line in document.lines if shadow[line.start:line.end].strip()]
    numbered = {c.line_start: c for c in counted if c.opens}
    titles = {c.title_start for c in counted}
    body = _body_font(lines)
    first = _first_paragraph(shadow, lines, numbered)
    allowed = {line.start for line in prose}
    found: list[Candidate] = []
    above: set[int] = set()
    for k in range(len(lines) - 2, 0, -1):
        line = lines[k]
        if k < first - 1 or line.end - line.start > LONGEST + 10 or line.start not in allowed or line.start in numbered:
            continue
        words = shadow[line.start:line.end].strip(_DECORATION)
        if not _shaped(words):
            continue
        style = _setting(line, body)
        followed = _between(shadow, lines, k, numbered, bool(style))
        if k == first - 1 and (_blank_inside(words) or words.endswith(tuple(table("headings")["lines"]["title_ends"]))):
            continue
        start = shadow.index(words, line.start, line.end)
        if start in titles:
            continue
        if followed or (k + 1 in above and _ended(shadow, lines[k - 1], numbered)):
            if followed:
                above.add(k)
            found.append(Candidate(style or "短", None, line.start, start, start, start + len(words), True, True))
    found.reverse()
    seen = Counter(c.style for c in found)
    if found and first and found[0].line_start == lines[first - 1].start and seen[found[0].style] <= _FEW:
        del found[0]  # more likely a line of the title block
    yield from (c for c in found if c.style.startswith("h") or seen[c.style] > 1)


def _blank_inside(words: str) -> bool:
    """Whether a line falls into pieces, as office and name do (`市长 某某`)."""
    return " " in words and not words.isascii()


def _shaped(words: str) -> bool:
    """Whether a line reads like a heading: a few words, no sentence, no figures, no address to the audience.

    >>> [_shaped(s) for s in ("城市环境空气", "全年降水量812毫米。", "来源：统计局", "各位代表")]
    [True, False, False, False]
    """
    return (
        2 <= len(words.replace(" ", "")) <= LONGEST
        and _SHAPE.fullmatch(words) is not None
        and not _FIGURE.search(words)
        and len(_YEAR.findall(words)) < 2
        and not _never().match(words)
    )


@cache
def _never() -> re.Pattern[str]:
    words = table("headings")["lines"]["never"]
    return patterns.compile("|".join(" *".join(map(re.escape, word)) for word in words))


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
    after = lines[k + 1]
    if after.tag in ROWS or not (marked or _ended(shadow, lines[k - 1], numbered)):
        return False
    if after.start in numbered:
        return numbered[after.start].number == 1
    words = shadow[after.start:after.end].rstrip()
    return "。" in words if marked else len(words) >= _PROSE and _RUNNING.search(words) is not None and not row(words)


def _ended(shadow: str, before: Line, numbered: dict[int, Candidate]) -> bool:
    """Whether what stands before a line is at an end: a paragraph, a table, a numbered heading, another short line."""
    words = shadow[before.start:before.end].rstrip()
    return words[-1] in _ENDED or before.tag in ROWS or before.start in numbered or _shaped(words.strip(_DECORATION))
