"""Bytes to `Document`: what a file is, is told from its bytes, never from its name."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import msgspec

from reportparse import patterns
from reportparse.document import Document
from reportparse.errors import BrokenSource, EmptySource, SourceTooLarge, UnknownFormat

LIMIT = 256 * 1024 * 1024
"""Bytes above which a source is refused, unless the caller says otherwise."""
TEXT_LIMIT = 5_000_000
"""Characters above which a text is refused: many times the longest report, and what a minute's work can go through."""

_PACKED = {
    b"word/": "a Word document (.docx)",
    b"xl/": "an Excel workbook (.xlsx)",
    b"ppt/": "a PowerPoint file (.pptx)",
    b"OFD.xml": "an OFD document",
    b"mimetypeapplication/vnd.oasis": "an OpenDocument file",
}
_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or WPS file (.doc, .xls, .wps)", "open it and save it as PDF"),
    (b"{\\rtf", "an RTF file", "open it and save it as PDF or text"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)", "turn it into a PDF, which is read by OCR"),
    (b"\xff\xd8\xff", "an image (JPEG)", "turn it into a PDF, which is read by OCR"),
    (b"GIF8", "an image (GIF)", "turn it into a PDF, which is read by OCR"),
    (b"II*\0", "an image (TIFF)", "turn it into a PDF, which is read by OCR"),
    (b"MM\0*", "an image (TIFF)", "turn it into a PDF, which is read by OCR"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it and read the files in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and read the files in it"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and read the file in it"),
    (b"SQLite format 3\0", "a database", "export the report's text from it"),
    (b"\x7fELF", "a program", "give a report"),
    (b"MZ\x90\0", "a program", "give a report"),
)
_ARCHIVE = re.compile(rb"^(?:From|Subject|MIME-Version):[^\0]{0,3000}?^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_PAGE = patterns.compile(r"<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE)
_PIECE = patterns.compile(r"<(?:p|div|table|span|h[1-6]|br|meta|title|section|article|center|font|ul|ol)\b[^<>]{0,2000}/?>", re.IGNORECASE)


def read(source: str | Path | bytes, *, name: str | None = None, limit: int = LIMIT) -> Document:
    """Read a report from a path or from the bytes of a file.

    `name` is the file's name where bytes are given; `limit` is the largest size, in bytes, that is taken.

    Raises:
        FileNotFoundError: there is no such file.
        EmptySource, UnknownFormat, EncryptedSource, BrokenSource, SourceTooLarge: see `reportparse.errors`.

    """
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
    else:
        path = Path(source)
        data = _load(path, limit)
        name = name or path.name
    if len(data) > limit:
        raise _too_large(name, len(data), limit)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise EmptySource(f"{name or 'the source'} is empty; give a file with a report in it")
    document = _read_bytes(data, name)
    if len(document.text) > TEXT_LIMIT:
        raise SourceTooLarge(
            f"{name or 'the source'} holds {len(document.text):,} characters of text and the limit is {TEXT_LIMIT:,}; "
            "cut it into single reports"
        )
    return msgspec.structs.replace(document, name=name, sha256=hashlib.sha256(data).hexdigest())


def _load(path: Path, limit: int) -> bytes:
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise _missing(path) from None
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError):
            raise
        raise _missing(path) from None  # a name that no file can have: too long, or with a zero byte
    if path.is_dir():
        raise UnknownFormat(f"{path} is a folder; name the files in it")
    if size > limit:
        raise _too_large(path.name, size, limit)
    return path.read_bytes()


def _missing(path: Path) -> FileNotFoundError:
    shown = str(path).replace("\0", "?")
    shown = shown if len(shown) <= 120 else shown[:60] + "…"
    return FileNotFoundError(f"there is no file {shown}; check the name (a text itself goes to parse_text)")


def _too_large(name: str | None, size: int, limit: int) -> SourceTooLarge:
    return SourceTooLarge(
        f"{name or 'the source'} has {size:,} bytes and the limit is {limit:,}; cut it, or raise the limit"
    )


def _read_bytes(data: bytes, name: str | None) -> Document:
    if b"%PDF" in data[:1024] and not data.lstrip().startswith(b"<"):
        from reportparse.reading.pdf import read_pdf

        return read_pdf(data, name=name)
    _refuse(data, name)
    if _ARCHIVE.search(data, 0, 4096):
        data = _unfold(data, name)
    from reportparse.reading.encodings import decode

    found = decode(data)
    if is_page(found.text):
        from reportparse.reading.html import read_html

        return read_html(found.text, name=name, encoding=found.encoding, damaged=found.damaged)
    from reportparse.reading.text import read_decoded

    return read_decoded(found, name=name)


def _refuse(data: bytes, name: str | None) -> None:
    """Raise `UnknownFormat` for a known format that is not read here."""
    who = name or "the source"
    if data.startswith(b"PK\x03\x04"):
        head = data[:65536]
        kind = next((k for mark, k in _PACKED.items() if mark in head or mark in data[-65536:]), "a ZIP archive")
        todo = "unpack it and read the files in it" if "ZIP" in kind else "open it and save it as PDF"
        raise UnknownFormat(f"{who} is {kind}, which is not read; {todo}")
    for magic, kind, todo in _MAGIC:
        if data.startswith(magic):
            raise UnknownFormat(f"{who} is {kind}, which is not read; {todo}")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise UnknownFormat(f"{who} is an image (WebP), which is not read; turn it into a PDF, which is read by OCR")


def _unfold(data: bytes, name: str | None) -> bytes:
    """The page inside a web archive (.mht), which browsers and Word save as a mail."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(page, bytes):
                return page.decode(charset, errors="replace").encode() if charset in ("utf-16", "unicode") else page
    raise BrokenSource(f"{name or 'the source'} is a web archive without a page in it; save the page as HTML")


def is_page(text: str) -> bool:
    """Whether characters are a web page, or a piece of one.

    >>> is_page("<!DOCTYPE html><p>x"), is_page("<div>x</div><p>y</p>"), is_page("a<b，c>d 全年")
    (True, True, False)
    """
    if _PAGE.search(text, 0, 20_000):
        return True
    head = text[:20_000].lstrip("\ufeff \t\r\n\0")
    return head.startswith("<") and _PIECE.search(head) is not None
