"""Bytes to characters: which encoding a file is in, told from all of its bytes."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import cache
from typing import NamedTuple

from reportparse import patterns
from reportparse.errors import UnknownFormat


class Decoded(NamedTuple):
    """The characters of a file, and how they were told."""

    text: str
    encoding: str
    damaged: int = 0
    """How many places could not be read and now hold U+FFFD."""


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""", re.IGNORECASE)
_THREE_BYTES = patterns.compile("[\u0800-\U0010ffff]")
_HEAD = 100_000  # a declaration stands in the head; pages with long styles put it far down
_PLAUSIBLE = 0.9  # of a Chinese text's characters, well over this share is in the first level of GB 2312


def decode(data: bytes) -> Decoded:
    """Decode a whole file; byte order marks are dropped, nothing else is.

    The order is: byte order mark, unless it is a false one; zero bytes as in UTF-16; valid UTF-8; what the page
    declares; GB 18030 where it gives common characters; UTF-8 or GB 18030 with a little damage; a guess by
    charset-normalizer.

    Raises:
        UnknownFormat: no encoding gives text.

    >>> decode("增长5％".encode("gb2312")).encoding
    'gb18030'
    >>> decode("增长5％".encode("utf-16")).text
    '增长5％'

    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _with_marks(data[len(mark) :], name)
    found = _unmarked(data)
    if found is None:
        raise UnknownFormat("the bytes are text in no encoding that is known here; save the file as UTF-8 and read it again")
    return found


def _unmarked(data: bytes) -> Decoded | None:
    wide = _unmarked_utf16(data)
    if wide is not None:
        return wide
    for attempt in (_utf8, _declared, _gb18030, _damaged, _guessed):
        found = attempt(data)
        if found is not None:
            return found
    return None


def _with_marks(data: bytes, name: str) -> Decoded:
    """As the mark says, unless that gives no Chinese text and some other encoding does."""
    text = data.decode(name, errors="replace")
    marked = Decoded(text, name, text.count("\ufffd"))
    if not plausible(text):
        other = _unmarked(data)
        if other is not None and "\0" not in other.text and plausible(other.text):
            return other
    return marked


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: newlines, digits and Latin letters have a zero for one of their two bytes."""
    if b"\0" not in data:
        return None
    order = ["utf-16-le", "utf-16-be"]
    if data[0::2].count(0) > data[1::2].count(0):
        order.reverse()
    for name in order:
        text = data.decode(name, errors="replace")
        damaged = text.count("\ufffd")
        if damaged * 100 <= len(text) and "\0" not in text and plausible(text):
            return Decoded(text, name, damaged)
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not data.isascii() and not _THREE_BYTES.search(text):
        # two-byte sequences alone: short GBK text can look so
        other = _strict(data, "gb18030")
        if other is not None and plausible(other.text):
            return other
    return Decoded(text, "utf-8")


def declared(data: bytes) -> str | None:
    """The encoding that a page's own meta tag or XML declaration names, in lower case."""
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii").lower() if found else None


def _declared(data: bytes) -> Decoded | None:
    name = declared(data)
    if name is None or name in ("utf-8", "utf8", "unicode"):
        return None
    if name.startswith("gb") or name in ("x-gbk", "cp936", "euc-cn", "hz-gb-2312"):
        name = "gb18030"
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(codec, "_is_text_encoding", True) or name.startswith(("utf-16", "utf-32", "utf16", "utf32", "utf-7")):
        return None  # the declaration itself could be read as ASCII, so it is wrong
    found = _strict(data, codec.name)
    return found if found and (codec.name in ("gb18030", "big5", "big5hkscs") or plausible(found.text)) else None


def _strict(data: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(data.decode(name), name)
    except (UnicodeDecodeError, ValueError):
        return None


def _gb18030(data: bytes) -> Decoded | None:
    found = _strict(data, "gb18030")
    return found if found and plausible(found.text) else None


def _damaged(data: bytes) -> Decoded | None:
    """UTF-8 or GB 18030 with a few broken bytes (a file cut inside a character, a stray byte)."""
    tries = []
    for name in ("utf-8", "gb18030"):
        text = data.decode(name, errors="replace")
        damaged = text.count("\ufffd")
        if damaged * 20 <= len(text) and plausible(text):
            tries.append(Decoded(text, name, damaged))
    return min(tries, key=lambda d: d.damaged) if tries else None


def _guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:2_000_000], cp_exclusion=["utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_7"]).best()
    if best is None:
        return None
    text = data.decode(best.encoding, errors="replace")
    return Decoded(text, best.encoding, text.count("\ufffd")) if plausible(text) else None


def plausible(text: str) -> bool:
    """Whether the characters beyond Latin are mostly common Chinese ones, simplified or traditional.

    >>> plausible("全市生产总值"), plausible("全國工業和農業的總值"), plausible("锟斤拷烫烫屯屯")
    (True, True, False)
    """
    sample = text if len(text) <= 200_000 else text[:100_000] + text[-100_000:]
    letters = Counter(c for c in sample if c > "\u00ff" and c != "\ufffd")
    if not letters:
        return text.isascii() or "\ufffd" not in text
    return sum(n for c, n in letters.items() if _common(c)) >= _PLAUSIBLE * letters.total()


@cache
def _common(char: str) -> bool:
    """In the first level of GB 2312 (or its signs), or in that of Big5."""
    simplified = char.encode("gb2312", errors="ignore")
    traditional = char.encode("big5", errors="ignore")
    return bool(simplified and simplified[0] < 0xD8) or bool(traditional and traditional[0] < 0xC7)
