"""Names of files: told by the address or the list, harmless on every system, never outside the folder."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from email.message import Message
from urllib.parse import unquote, urlsplit

_UNSAFE = re.compile(r"[^\w.\-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 120  # bytes of UTF-8; file systems take 255, and endings are added
_PAGE = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body)\b", re.IGNORECASE)
_ENDING = re.compile(r"\.[a-z]{2,5}$")

PAGES = frozenset((".html", ".htm", ".shtml", ".shtm", ".xhtml", ".asp", ".aspx", ".jsp", ".jhtml", ".php", ".do"))
OFFICE = frozenset((".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".ppt", ".pptx", ".ofd"))
ATTACHED = OFFICE | {".pdf", ".zip", ".rar", ".csv", ".rtf"}
"""Endings of what a page attaches."""
_OLD = frozenset((".doc", ".xls", ".wps", ".et", ".ppt"))
_PACKED = {b"word/": ".docx", b"xl/": ".xlsx", b"ppt/": ".pptx", b"OFD.xml": ".ofd"}


def stem_of(url: str) -> str:
    """A file name without its ending, made from an address; two addresses never give the same.

    >>> stem_of("https://www.a.gov.cn/info/4632/1.htm")
    'www.a.gov.cn-info-4632-1-82109d2f'
    >>> stem_of("http://a.cn/%2e%2e/%2Fetc/passwd?x=../..")
    'a.cn-etc-passwd-x-f53aebad'
    """
    parts = urlsplit(url)
    path = _without_ending(unquote(parts.path))
    return f"{_safe(f'{parts.hostname}-{path}-{unquote(parts.query)}')}-{digest(url)}"


def stem_of_name(name: str) -> str:
    """A file name made from a name that a list tells.

    >>> stem_of_name("../甲市 2025"), stem_of_name("CON"), stem_of_name("...")
    ('甲市-2025', '_CON', '_')
    """
    return _safe(name)


def digest(url: str) -> str:
    """Eight letters that stand for an address."""
    return hashlib.sha256(url.encode()).hexdigest()[:8]


def _safe(name: str) -> str:
    plain = _UNSAFE.sub("-", unicodedata.normalize("NFC", name))
    plain = re.sub(r"-[-.]+", "-", re.sub(r"\.{2,}", "-", plain)).strip("-._ ")
    plain = plain.encode()[:_LONGEST].decode(errors="ignore").rstrip("-._ ") or "_"
    return f"_{plain}" if _RESERVED.match(plain) else plain


def _without_ending(path: str) -> str:
    ending = _ending(path)
    return path.removesuffix(path[-len(ending) :]) if ending in PAGES | ATTACHED | {".txt"} else path


def _ending(name: str) -> str:
    found = _ENDING.search(name.lower())
    return found[0] if found else ""


def kind_of(body: bytes, url: str, headers: Mapping[str, str]) -> str:
    """The ending that the bytes deserve; name and headers decide only where the bytes leave it open.

    >>> kind_of(b"%PDF-1.7", "http://a.cn/x.html", {"content-type": "text/html"}), kind_of(b"<html>", "http://a.cn/x.pdf", {})
    ('.pdf', '.html')
    """
    told = [_ending(name) for name in (_disposition(headers), urlsplit(url).path, unquote(urlsplit(url).query))]
    if b"%PDF-" in body[:1024]:
        return ".pdf"
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        return next((t for t in told if t in _OLD), ".doc")
    if body.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _PACKED.items() if mark in body[:200_000] or mark in body[-200_000:]), ".zip")
    if body.startswith(b"Rar!"):
        return ".rar"
    content = headers.get("content-type", "").partition(";")[0].strip().lower()
    if _PAGE.search(body[:4096]) or (content in ("text/html", "application/xhtml+xml") and b"<" in body):
        return ".html"
    if content.startswith("text/"):
        return ".csv" if content == "text/csv" else ".txt"
    return next((".html" if t in PAGES else t for t in told if t in PAGES | ATTACHED | {".txt"}), ".bin")


def _disposition(headers: Mapping[str, str]) -> str:
    """The file name that the server tells; only its ending is used."""
    message = Message()
    message["content-disposition"] = headers.get("content-disposition", "").replace("\n", " ").replace("\r", " ")
    return message.get_filename() or ""
