"""Plain text: the file's own characters, cut into lines, of which one is one paragraph.

A `Line` may run over several lines of the file: where a file was wrapped at a fixed width, or a sentence
is broken off in its middle, the newline stays in the text (which is verbatim) but ends no `Line`.
"""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import east_asian_width

from reportparse.document import Document, Line
from reportparse.errors import EmptySource, UnknownFormat
from reportparse.folding import fold
from reportparse.model import Warning
from reportparse.reading.encodings import Decoded

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_ENDS = "。！？!?；;：:…」』）)】》>”\""
_HEADING = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节编部篇条]|[（(【\[]|[一二三四五六七八九十]{1,3}[、.．，]|"
    r"\d{1,3}(?:[、．]|\.(?!\d))|[①-⑳●•■◆★※—-])"
)
_SALUTATION = re.compile(r"[^，。]{1,12}[：:]\s*")
_CONTINUES = re.compile(r"[，。、；）)%的了]|\d[\d.,]*(?![\d\s、.．:：/年月日-])[^\n]*[，。；]")
_MIN_WRAP, _MAX_WRAP = 20, 200  # columns; a Chinese character takes two


def read_decoded(found: Decoded, *, name: str | None = None) -> Document:
    """Read the decoded characters of a text file.

    Raises:
        UnknownFormat: the characters are no text.
        EmptySource: there is nothing but blanks.

    """
    warnings = (damage(found.damaged, found.encoding),) if found.damaged else ()
    return read_string(found.text, name=name, encoding=found.encoding, warnings=warnings)


def damage(places: int, encoding: str) -> Warning:
    """The warning for bytes that could not be decoded."""
    return Warning(
        code="undecodable_bytes",
        message=f"{places} places of the file are no valid {encoding} and stand as U+FFFD in the text",
    )


def read_string(
    text: str, *, name: str | None = None, encoding: str | None = None, warnings: tuple[Warning, ...] = ()
) -> Document:
    r"""Read characters that are there already; newlines become ``\n``, a byte order mark is dropped.

    >>> [line.end for line in read_string("一、综合\r\n全年增长5%。").lines]
    [4, 12]
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff\u200b\x00 \t\n\u3000\xa0"):
        raise EmptySource("the source holds no text; give a file with the report's text in it")
    head = text[:100_000]
    if len(_CONTROL.findall(head)) * 10 > len(head):
        raise UnknownFormat("the bytes are not text, HTML or PDF; convert the file to one of these and read it again")
    spans = []
    at = 0
    for row in text.split("\n"):
        spans.append((at, at + len(row)))
        at += len(row) + 1
    if spans[-1][0] == spans[-1][1]:
        spans.pop()  # nothing stands after the last newline
    lines = tuple(Line(start=a, end=b) for a, b in join_wrapped(text, spans))
    return Document(text=text, lines=lines, name=name, encoding=encoding, warnings=warnings)


def join_wrapped(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    r"""Spans of paragraphs, from spans of lines: soft line breaks are no ends.

    >>> t = "全年生产总值达到\n1.2万亿元，增长5%。\n二、农业"
    >>> [t[a:b] for a, b in join_wrapped(t, [(0, 8), (9, 21), (22, 26)])]
    ['全年生产总值达到\n1.2万亿元，增长5%。', '二、农业']
    """
    rows = [text[a:b] for a, b in spans]
    width = wrap_width(rows)
    joined: list[tuple[int, int]] = []
    for i, span in enumerate(spans):
        if joined and rows[i].strip() and rows[i - 1].strip() and _goes_on(rows[i - 1], rows[i], width):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def columns(row: str) -> int:
    """Width of a line in columns: two for a wide character, one for a narrow one."""
    row = row.rstrip()
    return len(row) if row.isascii() else sum(2 if east_asian_width(c) in "WFA" else 1 for c in row)


def wrap_width(rows: list[str]) -> int | None:
    """The width at which a file was wrapped, or None where it was not.

    A wrapped file has many lines of nearly one width, and hardly any beyond it.
    """
    widths = Counter(w for row in rows if (w := columns(row)))
    total = widths.total()
    if total < 6:
        return None
    width = max(w for w, n in widths.items() if n * 50 >= total or w == max(widths))
    full = sum(n for w, n in widths.items() if width - 3 <= w <= width)
    if not _MIN_WRAP <= width <= _MAX_WRAP or full * 10 < total * 3 or full < 4:
        return None
    return width


def _goes_on(row: str, after: str, width: int | None) -> bool:
    """Whether `after` goes on with the sentence or the paragraph of `row`."""
    if after[0] in " \u3000\t\xa0":
        return False
    full = width is not None and columns(row) >= width - 3
    if full and row[0] in " \u3000\t\xa0":
        return True  # paragraphs are indented here, and the next line is not
    if _HEADING.match(after) or _SALUTATION.fullmatch(after):
        return False
    if full:
        return True
    row = row.strip()
    if row[-1] in _ENDS:
        return False
    if row[-1] in "，、,":
        return len(row) > 12
    if re.search("[。；]", row):
        return True  # its last sentence has no end
    if _HEADING.match(row) and "，" not in row:
        return False
    return len(row) >= 6 and _CONTINUES.match(fold(after)) is not None
