"""What a page leads to: its other parts, and what it attaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from reportparse.fetching.addresses import joined
from reportparse.fetching.model import Listed
from reportparse.fetching.naming import ATTACHED
from reportparse.lexicon import table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(r"^\s{0,99}<\?xml[^>]{0,200}\?>")
_SCRIPTED = re.compile(
    r"""createPage\w{0,20}\(\s*(?:["'][\w-]{0,40}["']\s*,\s*)?(\d{1,3})\s*,\s*\d{1,3}\s*,\s*["']([\w.-]{1,90})["']\s*,\s*["'](\w{1,6})["']"""
)
_NUMBER = re.compile(r"(?<=.)[_-]\d{1,3}$")
_FOLDED = re.compile(r"(?<=.)[_/-]\d{1,3}$")
_ENDING = re.compile(r"\.\w{1,6}$")
_FRAMED = {"a": "href", "iframe": "src", "embed": "src", "object": "data"}
_AROUND = "[]【】<>《》›»→"
_LONGEST = 200  # characters of a label
_LEAST = 50  # characters of text below which a page holds none


def opened(text: str) -> HtmlElement | None:
    """The tree of a page; None where it has none."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(_DECLARED.sub("", text).replace("\0", ""), parser=HTMLParser(huge_tree=True))
    except (etree.ParserError, ValueError):
        return None


def base_of(page: HtmlElement, url: str) -> str:
    """What the page's links are to be read against."""
    for base in page.iter("base"):
        told = joined(url, base.get("href") or "")
        if told:
            return told
    return url


def parts_of(page: HtmlElement, url: str) -> Iterator[str]:
    """Yield the addresses of the parts that a page names: by its next-page link, or in the script that draws its pager."""
    base = base_of(page, url)
    for script in page.iter("script"):
        for number, stem, ending in _SCRIPTED.findall(script.text or ""):
            for part in range(1, int(number)):
                told = joined(urljoin(base, "."), f"{stem}_{part}.{ending}")
                if told:
                    yield told
    words = table("pages")["next_pages"]
    for link in page.iter("a"):
        label = "".join(link.text_content().split()).strip(_AROUND)
        if label in words or (link.get("rel") or "").lower() == "next":
            told = joined(base, link.get("href") or "")
            if told and is_part(url, told):
                yield told


def is_part(first: str, other: str) -> bool:
    """Whether an address looks like another part of the same page, and not like the next article.

    >>> is_part("http://a.cn/t1_5226142.html", "http://a.cn/t1_5226142_2.html"), is_part("http://a.cn/1.html", "http://a.cn/2.html")
    (True, False)
    >>> is_part("http://a.cn/x.jsp?id=7", "http://a.cn/x.jsp?id=7&page=2"), is_part("http://a.cn/x.jsp?id=7", "http://a.cn/x.jsp?id=8")
    (True, False)
    """
    one, two = urlsplit(first), urlsplit(other)
    if one.netloc.lower() != two.netloc.lower():
        return False
    if _fixed(one.query) != _fixed(two.query):
        return False
    if one.path == two.path:
        return one.query != two.query
    whole, other = _plain(one.path), _plain(two.path)
    return _FOLDED.sub("", other) == whole or _NUMBER.sub("", other) == _NUMBER.sub("", whole)


def _plain(path: str) -> str:
    """A path without its ending; `/` is `/index`."""
    return _ENDING.sub("", f"{path}index" if path.endswith("/") or not path else path)


def _fixed(query: str) -> list[tuple[str, str]]:
    """A query without what numbers the page."""
    return sorted((name, value) for name, value in parse_qsl(query) if not ("page" in name.lower() or name.lower() in ("p", "pn")))


def attached_to(page: HtmlElement, url: str) -> list[Listed]:
    """The files that a page links to or shows in a frame, each once, in its order."""
    base = base_of(page, url)
    found: dict[str, str] = {}
    for one in page.iter(*_FRAMED):
        told = _shown(joined(base, one.get(_FRAMED[str(one.tag)]) or ""))
        label = " ".join(one.text_content().split()) or (one.get("title") or "").strip()
        if told and told not in found and _is_file(told, label):
            found[told] = label[:_LONGEST]
    return [Listed(told, label) for told, label in found.items()]


def _shown(url: str | None) -> str | None:
    """The file itself where an address is that of a viewer on the page, and the address else.

    >>> _shown("http://a.cn/js/viewer.html?file=/up/b.pdf&zoom=auto"), _shown("http://a.cn/down.jsp?file=b.pdf")
    ('http://a.cn/up/b.pdf', 'http://a.cn/down.jsp?file=b.pdf')
    """
    parts = urlsplit(url or "")
    if "viewer" in parts.path.lower():
        for _, value in parse_qsl(parts.query):
            if value.lower().endswith(".pdf"):
                return joined(url or "", value)
    return url


def _is_file(url: str, label: str) -> bool:
    """By the ending of the path, of a value in the query, or of the label (download.jsp?id=7)."""
    parts = urlsplit(url)
    names = [unquote(parts.path), *(value for _, value in parse_qsl(parts.query)), label]
    return any(name.lower().rstrip("》】)） ").endswith(tuple(ATTACHED)) for name in names)


def is_empty(page: HtmlElement) -> bool:
    """Whether a page holds next to no text."""
    from lxml import etree

    letters = 0
    for one in page.iter(etree.Element):
        if one.tag not in ("script", "style", "title", "noscript"):
            letters += len("".join((one.text or "").split()))
        letters += len("".join((one.tail or "").split()))
        if letters > _LEAST:
            return False
    return True
