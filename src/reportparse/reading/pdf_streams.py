"""What the streams of a PDF hold, looked at before PDFium is given the file: it ends the process where it finds no memory."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Iterator
from itertools import chain

from reportparse.errors import SourceTooLarge

ONE = 256 << 20
"""Bytes that one stream may unfold to: a page in colour at 600 dots to the inch takes less."""
ALL = 4 << 30
"""Bytes that all streams together may unfold to: some ten seconds."""
ANEW = "if it is a report, print it to a new PDF and read that"
_DRAWN = 1 << 20
"""Bytes of text above which a stream may draw more than there is room for; what a page of a report draws takes less."""
_FORMS = 200
"""Times that a page of a report draws pictures and forms, at most."""
CODES = 20_000_000
"""Codes of characters that the fonts of a file may tell the meaning of: what the second engine goes through in some twenty seconds."""

_STREAM = re.compile(rb"stream(?<!endstream)[^\r\n]{0,100}+(?:\r\n?|\n)")
_FILTER = re.compile(rb"/Filter\s*+(\[[^\]]*+\]|/[^\s/<>\[\]()]++)")
_DO = re.compile(rb"\sDo\b")
_SPANS = re.compile(rb"begin(?:bf|cid)range(.*?)(?:end|\Z)", re.DOTALL)
_SPAN = re.compile(rb"<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,8})>\s*(?:<[^>]{0,200}>|\[|\d+)")
_SAME = re.compile(rb"\[\s*(\d+ \d+) R\s+(?:\1 R\s+){50}")
_NUMBER = re.compile(rb"(\d+ \d+) $")
_PIECE = 1 << 16
_CHUNK = 1 << 20
_Pieces = Iterator[bytes]


def is_suspect(data: bytes) -> bool:
    """Whether reading the pages of a PDF may take more than there is room for; few reports look like that.

    That is: drawings of megabytes, forms that draw more than one thing, one stream named over and over.

    Raises:
        SourceTooLarge: a stream is a bomb.

    """
    suspect = False
    repeated, streams = set(_SAME.findall(data)), set()
    codes = total = end = 0
    for found in _STREAM.finditer(data):
        start = found.end()
        if end < start:
            end = data.find(b"endstream", start) % (len(data) + 1)
        object_ = data.rfind(b"obj", max(0, start - 2000), start)
        head = data[max(object_, start - 2000, 0) : start]
        streams.update(_NUMBER.findall(data[max(object_ - 30, 0) : max(object_, 0)]))
        size = forms = 0
        for chunk in _unfolded(data, start, end, head):
            size += len(chunk)
            if size > ONE:
                raise SourceTooLarge(f"the PDF holds a stream that unfolds to more than {ONE >> 20} MB; {ANEW}")
            if total + size > ALL:
                raise SourceTooLarge(f"what the PDF holds unfolds to more than {ALL >> 30} GB; cut it into parts")
            codes += _codes(chunk) if b"range" in chunk else 0
            if codes > CODES:
                raise SourceTooLarge(f"the fonts of the PDF tell of more than {CODES:,} characters; {ANEW}")
            if b"/ObjStm" in head:
                repeated.update(_SAME.findall(chunk))
            elif not suspect:
                forms += len(_DO.findall(chunk)) if b"Do" in chunk else 0
                suspect = size > _DRAWN and chunk.isascii() or forms > (1 if b"/Form" in head else _FORMS)
        total += size
    return suspect or not repeated.isdisjoint(streams)


def _codes(chunk: bytes) -> int:
    """How many characters the spans of a font's table hold.

    >>> _codes(b"2 beginbfrange <0000> <00ff> <4e00> <0100> <01ff> [<4e00>] endbfrange")
    512
    """
    spans = (span for part in _SPANS.findall(chunk) for span in _SPAN.findall(part))
    return sum(max(0, int(last, 16) - int(first, 16) + 1) for first, last in spans)


def _unfolded(data: bytes, start: int, end: int, head: bytes) -> _Pieces:
    """What the stream from `start` on unfolds to; a deflated one ends itself, wherever ``endstream`` stands."""
    pieces = _cut(data, start, len(data) if _is_deflated(data[start : start + 2]) else end)
    for name in _filters(head):
        if name not in _DECODERS:
            return pieces  # a picture's own
        pieces = _DECODERS[name](pieces)
    return pieces


def _filters(head: bytes) -> list[str]:
    r"""The filters that the dictionary of a stream names; where it names none, deflating is looked for.

    >>> _filters(b"obj <</Filter [/ASCII85Decode /Fl]>>"), _filters(b"obj <</Filter /Fl#61teDecode>>"), len(_filters(b"<</Filter 7 0 R>>"))
    (['ASCII85Decode', 'Fl'], ['FlateDecode'], 3)
    """
    found = _FILTER.search(head)
    if not found:
        return ["Fl"] * 3
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), found[1])
    return [name.decode("latin-1") for name in re.findall(rb"/([^\s/\]]+)", plain)]


def _cut(data: bytes, start: int, end: int) -> _Pieces:
    for k in range(start, end, _PIECE):
        yield data[k : min(k + _PIECE, end)]


def _is_deflated(head: bytes) -> bool:
    return len(head) > 1 and head[0] & 15 == 8 and (head[0] << 8 | head[1]) % 31 == 0


def _inflated(pieces: _Pieces) -> _Pieces:
    """Deflated bytes inflated; others as they are."""
    first = next(pieces, b"")
    if not _is_deflated(first):
        yield first
        yield from pieces
        return
    unfolding = zlib.decompressobj()
    for piece in chain([first], pieces):
        rest = piece
        while rest and not unfolding.eof:
            try:
                out = unfolding.decompress(rest, _CHUNK)
            except zlib.error:
                return
            rest = unfolding.unconsumed_tail
            if out:
                yield out
        if unfolding.eof:
            return


def _runs(pieces: _Pieces) -> _Pieces:
    """Run lengths: n up to 127 goes before n + 1 bytes, another n before one that stands 257 - n times.

    >>> b"".join(_runs(iter([bytes([1, 97, 98, 254, 99, 128, 0])])))
    b'abccc'
    """
    data, at, out = b"".join(pieces), 0, bytearray()
    while at < len(data) and data[at] != 128:
        n = data[at]
        out += data[at + 1 : at + 2 + n] if n < 128 else data[at + 1 : at + 2] * (257 - n)
        at += n + 2 if n < 128 else 2
        if len(out) > _CHUNK:
            yield bytes(out)
            out.clear()
    yield bytes(out)


def _lzw(pieces: _Pieces) -> _Pieces:
    """Lempel, Ziv and Welch as PDF has it: codes of 9 to 12 bits, 256 begins anew, 257 ends.

    >>> b"".join(_lzw(iter([bytes.fromhex("800B6050220C0C8501")])))
    b'-----A---B'
    """
    table: list[bytes] = []
    out = bytearray()
    last, held, bits, wide = b"", 0, 0, 9
    for byte in chain.from_iterable(pieces):
        held, bits = held << 8 | byte, bits + 8
        if bits < wide:
            continue
        bits -= wide
        code, held = held >> bits, held & (1 << bits) - 1
        if code == 257:
            break
        if code == 256:
            table, last, wide = [], b"", 9
            continue
        word = bytes([code]) if code < 256 else table[code - 258] if code - 258 < len(table) else last + last[:1]
        if last and len(table) < 4096 - 258:
            table.append(last + word[:1])
        out += word
        last = word
        wide = min(12, (len(table) + 259).bit_length())
        if len(out) > _CHUNK:
            yield bytes(out)
            out.clear()
    yield bytes(out)


def _eighty_five(pieces: _Pieces) -> _Pieces:
    text = b"".join(pieces).partition(b"~")[0]
    with_all = re.sub(rb"[^!-uz]", b"", text)
    try:
        yield base64.a85decode(with_all)
    except ValueError:
        yield b""


def _hex(pieces: _Pieces) -> _Pieces:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", b"".join(pieces).partition(b">")[0])
    yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


_DECODERS: dict[str, Callable[[_Pieces], _Pieces]] = {
    "FlateDecode": _inflated, "Fl": _inflated, "LZWDecode": _lzw, "LZW": _lzw, "RunLengthDecode": _runs, "RL": _runs,
    "ASCII85Decode": _eighty_five, "A85": _eighty_five, "ASCIIHexDecode": _hex, "AHx": _hex,
}  # fmt: skip
