"""Plain text: the file's own characters, cut into lines, of which one is one paragraph.

A `Line` may run over several lines of the file: where a file was wrapped at a fixed width, or a sentence
is broken off in its middle, the newline stays in the text (which is verbatim) but ends no `Line`.
"""

from __future__ import annotations

from reportparse import patterns
from reportparse.document import Document, Line
from reportparse.errors import EmptySource, UnknownFormat
from reportparse.model import Warning
from reportparse.reading.encodings import Decoded
from reportparse.reading.wrapping import goes_on, splits_figure, wrapping

_CONTROL = patterns.compile("[\x00-\x08\x0e-\x1f\x7f]")
_NOTHING = "\ufeff\u200b\x00 \t\r\n\x0b\x0c\u3000\xa0"


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
    if not text.strip(_NOTHING):
        raise EmptySource(f"{name or 'the source'} holds no text; give a file with the report's text in it")
    head = text[:100_000]
    if len(_CONTROL.findall(head)) * 10 > len(head):
        raise UnknownFormat(
            f"{name or 'the source'} is not text, HTML or PDF; convert it to one of these and read it again"
        )
    return Document(text=text, lines=tuple(_lines(text)), name=name, encoding=encoding, warnings=warnings)


def _lines(text: str) -> list[Line]:
    """The paragraphs of a text; lines of the file that are blank are lines too."""
    rows = text.split("\n")
    if not rows[-1]:
        rows.pop()  # nothing stands after the last newline
    wrap = wrapping(rows)
    lines: list[Line] = []
    at = 0
    for i, row in enumerate(rows):
        end = at + len(row)
        soft = i > 0 and goes_on(rows[i - 1], row, wrap)
        if not soft and i > 1 and not rows[i - 1].strip() and splits_figure(rows[i - 2], row):
            lines.pop()  # the blank line inside a figure
            soft = True
        start = lines.pop().start if soft else at
        lines.append(Line(start=start, end=end))
        at = end + 1
    return lines
