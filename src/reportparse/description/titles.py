"""The title of a report, out of what the page says and what the title block says."""

from __future__ import annotations

import re

from reportparse import patterns
from reportparse.description.genres import genre_of
from reportparse.description.regions import region_in
from reportparse.description.titleblock import NOWHERE, Found, find_title, inner_lines, is_complete, without_marks
from reportparse.document import Document
from reportparse.folding import Squeezed, fold
from reportparse.lexicon import table
from reportparse.places import places_named

_TITLE_KEYS = ("articletitle", "pagetitle", "og:title", "dc.title", "title")
_PARTS = patterns.compile(r"\s*[_|｜]+\s*|\s+-+\s*|\s*-+\s+|--+|(?<=[^\d\s])-(?=[^\d\s])|-$")
_LABEL = patterns.compile(r"^\s*(?:标\s*题|题\s*名|名\s*称)\s*[:：]\s*")
_ATTACHED = patterns.compile(r"^\s*(?:附件)?\s*\d{0,2}\s*[:：.、]?\s*")
_EXTENSION = patterns.compile(r"\.(?:pdf|docx?|wps|xlsx?|ofd|zip|rar)$", re.IGNORECASE)
_TAGS = patterns.compile(r"<[^<>]{0,20}>")
_BLANKS = patterns.compile(r"\s+")
_LOOSE = patterns.compile(r"(?<=[^A-Za-z]) (?=[\d(])|(?<=[\d)]) (?=[^A-Za-z\d])")
_OPENING_PLACE = patterns.compile(r"^[(（\[]([一-鿿]{2,12})[)）\]](?=.{6})")
_DATED_TAIL = patterns.compile(r"\s*[—-]{1,4}\s*(?=(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日).*$")


def choose_title(document: Document, block: Found | None) -> Found | None:
    """The title that the page marks, if it reads like a report's; else that of the title block; else what there is."""
    marked = [document.title or "", *(document.meta.get(key, "") for key in _TITLE_KEYS)]
    candidates = [title for title in (clean_title(text) for text in marked) if title and not _is_tail(title)]
    for fits in (lambda t: genre_of(t) != "other", is_complete):
        for title in candidates:
            if fits(title) and not is_column(title):
                return _placed(_fullest(title, candidates), document, block)
        if block and fits(block.text):
            return block
        if attached := next((name for name in _attachments(document) if fits(name)), None):
            return Found(attached, NOWHERE)
    bare = [title for title in candidates if not is_site(title) and not is_column(title)]
    if bare:
        return _placed(bare[0], document, block)
    return block


_MOTION = patterns.compile(
    r"(?:现?将|现就|报告|提出|提交|汇报)(?P<what>[^。;；]{0,60}?(?:19|20)\d\d年[^。;；]{4,90}?)"
    r"(?:提请|报告如下|汇报如下|[,，](?:现?提?请|请予|并请)|$|。)"
)


def matter_of(opening: Squeezed) -> Found | None:
    """What a speech says it is about, where no title stands: 现将甲市2025年预算执行情况和2026年预算草案提请审议.

    >>> from reportparse.folding import squeeze
    >>> matter_of(squeeze("受市人民政府委托,现将甲市2025年财政决算情况报告如下,请予审议。")).text
    '甲市2025年财政决算情况'
    """
    match = _MOTION.search(opening.text, 0, 300)
    return Found(match["what"], opening.span(*match.span("what"))) if match else None


def title_inside(text: str) -> Found | None:
    """The title of a report that a page brings in full below words of its own (全文如下)."""
    found = find_title(inner_lines(text), text)
    fits = found and genre_of(found.text) != "other" and found.text.endswith(("报告", "公报")) and region_in(found.text)
    return found if fits else None


def _is_tail(title: str) -> bool:
    """Whether a title is the second line of a broken one: 和2026年预算草案的报告."""
    return title.startswith(("》", "、", *table("description")["title"]["continues"][:5]))


def _fullest(title: str, candidates: list[str]) -> str:
    """The candidate that goes on where this one stops, if there is one."""
    return next((c for c in candidates if len(c) > len(title) and c.startswith(title) and is_complete(c)), title)


def _attachments(document: Document) -> list[str]:
    """The titles of attached reports, for a page that is no more than a list of them."""
    names = [line.rsplit(" ", 1)[0].strip() for line in document.meta.get("attachments", "").split("\n")]
    return [_EXTENSION.sub("", clean_title(_ATTACHED.sub("", name))) for name in names if len(name) > 10]


def _placed(title: str, document: Document, block: Found | None) -> Found:
    if block and _squash(block.text) == _squash(title):
        return block
    at = document.text[:2000].find(title)
    return Found(title, (at, at + len(title)) if at >= 0 else NOWHERE)


def _squash(text: str) -> str:
    return "".join(fold(text).split())


def clean_title(text: str) -> str:
    r"""A page's title without the site's name, the column's, the date of the speech and loose blanks.

    >>> clean_title("关于甲市2025年预算执行情况的报告_财政报告_甲市人民政府门户网站")
    '关于甲市2025年预算执行情况的报告'
    >>> clean_title("甲省统计局 -\n   乙市2025年国民经济和社会发展统计公报")
    '乙市2025年国民经济和社会发展统计公报'
    >>> clean_title("(河南省)2025年洛阳市国民经济和社会发展统计公报-统计公报库")
    '2025年洛阳市国民经济和社会发展统计公报'
    """
    text = _BLANKS.sub(" ", _TAGS.sub("", text).replace("\u200b", "").replace("\ufeff", "")).strip()
    text = _LABEL.sub("", _DATED_TAIL.sub("", text))
    parts = [part.strip() for part in _PARTS.split(text) if part and part.strip()]
    if not parts:
        return ""
    kinds = [part for part in parts if genre_of(part) != "other" and not is_column(part)]
    whole = [part for part in parts if is_complete(part) and not is_site(part)]
    best = (kinds or whole or [part for part in parts if not is_site(part)] or parts)[0]
    opening = _OPENING_PLACE.match(best)
    if opening and places_named(opening[1]):
        best = best[opening.end() :]
    return without_marks(_LOOSE.sub("", best))


def is_site(text: str) -> bool:
    """Whether a part of a page's title names the site: 甲市人民政府门户网站."""
    return text.endswith(tuple(table("description")["title"]["site_ends"]))


def is_column(text: str) -> bool:
    """Whether a title names a column of the site, not a report: 统计公报, 政府预决算."""
    return len(text) < 8 and "政府工作报告" not in text
