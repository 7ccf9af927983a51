"""Where a numbered heading may begin: every style of numbering that official documents use.

A candidate is a label in a place where a heading can stand: at the opening of a line, or glued to the
sentence before it. Whether it is a heading is not decided here but from its neighbours (`sequence`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from reportparse import patterns
from reportparse.document import Line
from reportparse.lexicon import alternatives, table

_COUNT = "一二三四五六七八九十"
_CN = "[一二三四五六七八九十] ?[一二三四五六七八九十]?(?: ?[一二三四五六七八九])?"
_PAIR = f"(?:{'|'.join(map('、'.join, pairwise(_COUNT)))})(?:产业|线|类|级|季度|孩|期|环|等|号)"
"""`二、三产业`: no label but two things at once."""
_YEAR = r"(?:19|20)\d ?\d *年"

STYLES: dict[str, str] = {
    "编": rf"第 ?(?:{_CN}|\d{{1,2}}) ?[编篇](?![的是为中])",
    "部分": rf"第 ?(?:{_CN}|\d{{1,2}}) ?(?:大?部分|单元|板块)(?![的是为中,，])",
    "章": rf"第 ?(?:{_CN}|\d{{1,2}}) ?章(?![的是为中])",
    "节": rf"第 ?(?:{_CN}|\d{{1,2}}) ?节(?![的是为中课])",
    "条": rf"第 ?(?:{_CN}|\d{{1,2}}) ?条(?![的是为中第款])",
    "壹、": r"[壹贰叁肆伍陆柒捌玖拾]{1,3} ?[、.]",
    "一、": rf"(?!{_PAIR}){_CN} ?(?:、(?! ?{_CN} ?[、和及与])|[.](?!\d))",
    "(一)": rf"[(【] ?{_CN} ?[)】] ?[、.]?|{_CN} ?\)[、.]?|[㈠-㈩][、.]?",
    "1.1": r"\d{1,2}[.]\d{1,2}(?:[.]\d{1,2}){0,2}(?:[、.]| +|(?=[㐀-鿿“《]))(?![\d.亿万千百元个吨人家公平年月日倍亩度户米])",
    "§": r"§ ?\d{1,2}[.、]?",
    "01": r"\d{1,2}(?= *\Z)",
    "1.": rf"\d{{1,2}} ?(?:[.](?! *\d)|[.](?= *{_YEAR})|[.](?= *\d+[+]\d)|、(?! ?\d)|、(?= ?{_YEAR}))|[⒈-⒛]",
    "(1)": r"[(【] ?\d{1,2} ?[)】] ?[、.]?|[⑴-⒇][、.]?",
    "1)": r"\d{1,2} ?\)[、.]?",
    "①": r"[①-⑳][、.]?",
    "第一，": rf"第 ?{_CN} ?[，、,：]",
    "一是": rf"{_CN}是(?!否)",
    "一要": rf"{_CN}要(?!素|点|害|件|求)",
    "首先": "{ordinals}[，、,：]?",
}
"""Style and pattern over the folded shadow, in the order in which documents commonly nest them; earlier wins."""

GLUED = ("一、", "(一)", "1.", "(1)", "一是", "一要")
"""Styles whose headings may follow the full stop of the sentence before."""

NOTED = ("1.1", "01", "1.", "(1)", "1)", "①", "第一，", "一是", "一要", "首先")
"""Styles that also number notes and lists of attachments."""

BACK = "附"
"""The style of parts behind the report: attachments, notes."""

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九十")} | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖拾")}
_NUMERAL = patterns.compile(r"[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾 ]+|[\d. ]+|[㈠-㈩⒈-⒛⑴-⒇①-⑳]")
_ENCLOSED = ((0x3220, 0x3229), (0x2488, 0x249B), (0x2474, 0x2487), (0x2460, 0x2473))


class Candidate(NamedTuple):
    """A place where a heading may begin."""

    style: str
    number: int | None
    line_start: int
    start: int
    """Of the label."""
    title_start: int
    line_end: int
    """Of the line, or of the next one where the label stands alone on its line."""
    opens: bool
    """At the opening of its line; else glued to the sentence before."""
    alone: bool
    """It has the line for itself and is short: no sentence runs on behind it."""
    leads: bool = True
    """A sentence or a lesser count follows at once, in its line or the next."""
    listed: bool = False
    """Its line ends with a semicolon and holds no full stop: an item of a sentence that goes on."""


def numeral(label: str) -> int | None:
    """The number that a label states.

    >>> [numeral(s) for s in ("一、", "（二十一）"[1:], "第十章", "12.", "1.3.2", "⑶", "叁、")]
    [1, 21, 10, 12, 2, 3, 3]
    """
    found = _NUMERAL.search(label)
    if found is None:
        return None
    word = found[0].replace(" ", "")
    if len(word) == 1 and (point := ord(word)) > 0x2400 and word not in _DIGITS:
        return next((point - a + 1 for a, b in _ENCLOSED if a <= point <= b), None)
    if word[:1].isdecimal():
        return int(word.rstrip(".").rpartition(".")[2])
    tens, ten, ones = word.replace("拾", "十").rpartition("十")
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 * bool(ten) + _DIGITS.get(ones, 0)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = f"(?:{alternatives(table('headings')['ordinals'])})"
    styles = {f"s{k}": p.replace("{ordinals}", words) for k, p in enumerate(STYLES.values())}
    opening = "|".join(f"(?P<{k}>{p})" for k, p in styles.items())
    names = list(STYLES)
    glued = "|".join(f"(?P<s{names.index(g)}>{styles[f's{names.index(g)}']})" for g in GLUED)
    return patterns.compile(f"[ #*]*(?:{opening})"), patterns.compile(f"(?:[。！？!?][”’」』)]? *|[%)] +)(?:{glued})")


@cache
def _marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = table("headings")["lines"]
    part, terms, attached, note = (_spaced(words[name]) for name in ("back_matter", "terms", "attachments", "notes"))
    count = rf"(?: *(?:\d{{1,2}}|{_CN})(?:[-—]\d{{1,2}})?)?"
    about = rf"(?![(\d{_COUNT}]+[)、.])[^。：；，]{{0,16}}?(?:{terms})[^。：；，]{{0,8}}"
    return (
        patterns.compile(rf"[ #*【\[]*(?:(?P<part>{part}){count}|(?P<terms>{about})|(?P<attached>(?:{attached}){count}))[】\]]? *[：:]?[ *]*\Z"),
        patterns.compile(rf"[ (【\[]*(?:{note}){count}[)】\]]? *[：:]"),
    )


def _spaced(words: list[str]) -> str:
    """A pattern for any of `words`, the longest first, with blanks between their letters or none."""
    return "|".join(" *".join(word) for word in sorted(words, key=len, reverse=True))


_NAMES = tuple(STYLES)


def _style(match: re.Match[str]) -> str:
    return _NAMES[int((match.lastgroup or "s0")[1:])]


SHORT = 45
"""No heading that stands alone is longer, in characters."""


def candidates(shadow: str, lines: list[Line]) -> Iterator[Candidate]:
    """Every place in `lines` where a numbered heading, or a part behind the report, may begin, in order."""
    opening, glued = _patterns()
    part, note = _marks()
    noted = False
    titled = 0
    for k, line in enumerate(lines):
        at, end = line.start, line.end
        if at < titled:
            continue  # it is the title of the label above it
        made = None
        if found := part.match(shadow, at, end):
            made = _behind(shadow, lines, k, found)
            noted = True
        elif note.match(shadow, at, end):
            noted = True
        elif (found := opening.match(shadow, at, end)) and not (noted and _style(found) in NOTED):
            made = _opening(shadow, lines, k, found)
            noted = noted and made is None
            at = found.end()
        if made is not None:
            titled = made.line_end if made.line_end > end else titled
            yield made
        if not noted:
            yield from _glued(shadow, line, glued.finditer(shadow, at, end))


def _glued(shadow: str, line: Line, found: Iterable[re.Match[str]]) -> Iterator[Candidate]:
    """The candidates inside a line, behind its first."""
    for match in found:
        label = match.start(match.lastgroup or 0)
        title = _past_blanks(shadow, match.end(), line.end)
        yield Candidate(_style(match), numeral(shadow[label:match.end()]), line.start, label, title, line.end, False, False)


def _behind(shadow: str, lines: list[Line], k: int, found: re.Match[str]) -> Candidate | None:
    """A part behind the report: `注释` is its title, `附件2` a label whose title is the next line; None for a mere list."""
    line = lines[k]
    start, stop = found.span(found.lastgroup or 0)
    if not found["attached"]:
        return Candidate(BACK, None, line.start, start, start, stop, True, True)
    number = numeral(shadow[start + 1:stop])
    title, end = stop, stop
    if _adjoins(shadow, lines, k):
        after = lines[k + 1]
        words = shadow[after.start:after.end].strip()
        if _patterns()[0].match(words) and not number:
            return None
        if 2 <= len(words) <= SHORT and not words.endswith(("。", "：", ":")):
            title, end = _past_blanks(shadow, after.start, after.end), after.end
    return Candidate(BACK, number, line.start, start, title, end, True, True)


def _leads(shadow: str, lines: list[Line], k: int) -> bool:
    """Whether a paragraph or the first of a count follows the `k`-th line."""
    if not _adjoins(shadow, lines, k):
        return False
    start, end = lines[k + 1].start, lines[k + 1].end
    found = _patterns()[0].match(shadow, start, end)
    return "。" in shadow[start:end] or bool(found and numeral(found[0].lstrip(" #*")) == 1)


def _adjoins(shadow: str, lines: list[Line], k: int) -> bool:
    """Whether the line after the `k`-th is the next of the text, no row of a table between them."""
    return k + 1 < len(lines) and not shadow[lines[k].end:lines[k + 1].start].strip()


def _split_ten(shadow: str, lines: list[Line], k: int) -> tuple[int, int] | None:
    """The `十` at the end of the line before (`…。十` / `一、文化`), and what it counts."""
    if not k or not _adjoins(shadow, lines, k - 1):
        return None
    before = lines[k - 1]
    found = _TEN.search(shadow, max(before.start, before.end - 8), before.end)
    return (found.start(1), 10 * _DIGITS.get(found[1][:-1].strip(), 1)) if found else None


_TEN = patterns.compile(r"[。！？;；] *([二三]? ?十) *\Z")


def _opening(shadow: str, lines: list[Line], k: int, found: re.Match[str]) -> Candidate | None:
    """The candidate that opens the `k`-th line."""
    line, style = lines[k], _style(found)
    label = found.start(found.lastgroup or 0)
    end = line.end
    title = _past_blanks(shadow, found.end(), end)
    if title == end:  # the label alone: its title is the next line
        if not _adjoins(shadow, lines, k) or not 1 < lines[k + 1].end - lines[k + 1].start <= SHORT:
            return None
        k += 1
        title, end = _past_blanks(shadow, lines[k].start, lines[k].end), lines[k].end
    last = shadow[title:end].rstrip()
    stop = last.find("。")
    words = shadow[label:found.end()]
    number = numeral(words)
    if style == "一、" and number and number < 10 and line is lines[k] and (ten := _split_ten(shadow, lines, k)):
        label, number = ten[0], ten[1] + number
    if style == "首先":
        number = table("headings")["ordinals"][words.strip("，、,：")] or None
    alone = len(last) <= SHORT and (stop < 0 or stop == len(last) - 1)
    if (style == "1.1" and not alone) or (style == "01" and not _PLAIN.fullmatch(last)):
        return None
    leads = stop >= 0 or _leads(shadow, lines, k)
    return Candidate(style, number, line.start, label, title, end, True, alone, leads, stop < 0 and last.endswith(("；", ";")))


_PLAIN = patterns.compile(r"[^\d。！？：；，,;:|]{2,25}")


def _past_blanks(shadow: str, at: int, end: int) -> int:
    while at < end and shadow[at] in " *":
        at += 1
    return at
