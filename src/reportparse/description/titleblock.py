"""The head of a report: its title, however it is broken over lines, who gave it, where and when.

A head is what stands before the salutation (各位代表：) or the first paragraph. Its lines are matched in the
folded and squeezed form, so `自治区主席 韦　韬` reads 自治区主席韦韬; what is returned is verbatim, without the blanks.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from reportparse import patterns
from reportparse.description.datestamps import dates
from reportparse.description.genres import genre_of
from reportparse.folding import Squeezed, fold, squeeze
from reportparse.lexicon import alternatives, table

Span = tuple[int, int]
NOWHERE: Span = (-1, -1)
"""The span of what was read outside the text: in the page's head, or beside the body."""

_REACH, _MOST_LINES, _PARAGRAPH, _SENTENCE, _INNER = 8000, 60, 60, 25, 4000
_NUMBERED = patterns.compile(r"\s*[（(第]?[一二三四五六七八九十\d]{1,3}[、.)）．章部]")
_YEAR = patterns.compile(r"[12]\d{3}年?|[一二][〇零]..年")
_HAN = patterns.compile(r"[一-鿿]")
_DASH_LINE = patterns.compile(r"(?<=[^—\s])\s*(?=—{2,4}\s?(?:19|20|二)\S{2,3}\s?年)")
_NOTE_MARKS = patterns.compile(r"(?:\[\d{1,2}\]|[①-⑳*※]|【\d{1,2}】)+$")
_LAST_BRACKET = patterns.compile(r"\((?!草案\)$)[^()]{1,12}\)$")
_SESSION = patterns.compile(r"届人大|届人民代表|次会议|会议文件|会议?材料|大会文件|^会议文")
_STOPPED = patterns.compile(r"[。;；>]|,.*,|，.*，|[:：].*[:：]|…{2}|\.{4}|[:：]$|^\d{1,3}$|星期")
_MEETING = r"(?:[会會][议議]|大[会會]|全会|代表会)"
_AT_MEETING = patterns.compile(rf"^.{{4,120}}?{_MEETING}上\)?")
_OCCASION = patterns.compile(
    rf"(?:(?<!关)于|在)(?P<name>[^。；;，,:：()《》“”—年]{{4,70}}?{_MEETING})上|"
    rf"日(?P<adopted>[^。；;，,:：()《》“”—年在]{{4,70}}?{_MEETING})(?:审议)?(?:通过|批准)"
)
_NAME = r"(?:[一-鿿]{2,4}|[一-鿿]{1,9}(?:[·.][一-鿿]{1,9}){1,3})"


class HeadLine(NamedTuple):
    """A line of the head: folded and squeezed, and the way back."""

    view: str
    squeezed: Squeezed
    start: int
    end: int

    def verbatim(self, text: str) -> str:
        """The line as it stands, without its blanks."""
        return "".join(c for c in text[self.start : self.end] if not fold(c).isspace())


class Found(NamedTuple):
    """Something read from the head, and where."""

    text: str
    span: Span


class Byline(NamedTuple):
    """Who gave a report: 自治区生态环境厅 · 厅长 · 陈亮."""

    organ: str
    post: str
    name: str
    span: Span


class Occasion(NamedTuple):
    """The meeting at which a report was given or adopted, and the day where it was given then."""

    name: str
    day: str | None
    span: Span
    day_span: Span | None
    spoken: bool = False
    """Whether the line says that it was given there (在…会议上), not that it was a paper of the meeting."""


def head_lines(text: str) -> list[HeadLine]:
    """The lines before the salutation or the first paragraph, empty ones and page numbers left out."""
    lines: list[HeadLine] = []
    at = 0
    for raw in text[:_REACH].split("\n"):
        folded = fold(raw)
        cuts = [0, *(m.start() for m in _DASH_LINE.finditer(folded)), len(raw)]
        for a, b in pairwise(cuts):
            squeezed = squeeze(folded, a, b)
            view = squeezed.text
            if opens_speech(view) or _is_paragraph(view) or len(lines) == _MOST_LINES:
                return lines
            if view in ("目录", "目次") and lines:
                return lines
            if _HAN.search(view) or "http" in view or dates(view):
                lines.append(
                    HeadLine(
                        view,
                        squeeze(folded, a, b)._replace(origins=tuple(at + o for o in squeezed.origins)),
                        at + a,
                        at + b,
                    )
                )
        at += len(raw) + 1
    return lines


def _is_paragraph(view: str) -> bool:
    """Whether a line is running text, not a caption (…摄) between title and salutation."""
    return "。" in view and (len(view) >= _PARAGRAPH or (len(view) >= _SENTENCE and view.endswith("。")))


def inner_lines(text: str) -> list[HeadLine]:
    """The short unnumbered lines behind the head, where a page that brings a report in full sets its title."""
    lines: list[HeadLine] = []
    at = 0
    for raw in text[:_INNER].split("\n"):
        if len(raw) < _PARAGRAPH and not _NUMBERED.match(raw):
            squeezed = squeeze(fold(raw))
            if _HAN.search(squeezed.text):
                moved = squeezed._replace(origins=tuple(at + o for o in squeezed.origins))
                lines.append(HeadLine(squeezed.text, moved, at, at + len(raw)))
        at += len(raw) + 1
    return lines


def opens_speech(view: str) -> bool:
    """Whether a line is the salutation.

    >>> opens_speech("各位代表:"), opens_speech("主任、各位副主任、秘书长,各位委员:"), opens_speech("主任科员张三")
    (True, True, False)
    """
    return bool(_salutation().match(view))


@cache
def _salutation() -> re.Pattern[str]:
    starts = alternatives(table("description")["salutation"]["starts"])
    return patterns.compile(rf"(?:{starts})[^。]{{0,60}}$|(?:{starts})[^。]{{0,20}}[:：!！]")


def find_title(lines: list[HeadLine], text: str) -> Found | None:
    """The title in the head, its lines joined: the first that tells kind and year, else kind, else ends as titles do."""
    first: Found | None = None
    kind: Found | None = None
    for i, line in enumerate(lines):
        if not _may_be_title(line.view):
            continue
        j = _last_line(lines, i)
        view = "".join(each.view for each in lines[i : j + 1])
        if not is_complete(view):
            continue
        found = Found("".join(each.verbatim(text) for each in lines[i : j + 1]), (lines[i].start, lines[j].end))
        found = found._replace(text=without_marks(found.text))
        if genre_of(view) != "other":
            if _YEAR.search(view):
                return found
            kind = kind or found
        first = first or found
    return kind or first


def _last_line(lines: list[HeadLine], i: int) -> int:
    """The index of the line with which the title that opens on line `i` ends."""
    view, j = lines[i].view, i
    while j + 1 < len(lines) and j - i < 6 and len(view) < 120:
        following = lines[j + 1].view
        if not _may_be_title(following):
            break
        whole = is_complete(view)
        if whole and not _goes_on(view, following):
            break
        view, j = view + following, j + 1
    return j


def _goes_on(view: str, following: str) -> bool:
    """Whether a title that could be whole goes on all the same."""
    words = table("description")["title"]
    bare = _LAST_BRACKET.sub("", view)
    weak = "关于" in view and bare.endswith(tuple(words["weak_ends"])) and is_complete(following)
    return weak or (following.startswith(tuple(words["continues"])) and is_complete(following))


def _may_be_title(view: str) -> bool:
    """Whether a line could be (part of) a title.

    >>> [_may_be_title(v) for v in ("关于甲市2025年预算执行情况", "来源:甲市日报", "甲市财政局", "市长张三", "2026年1月5日")]
    [True, False, False, False, False]
    """
    words = table("description")["title"]
    if not 2 <= len(view) <= 70 or not _HAN.search(view) or view.startswith(("—", *words["not_title"])):
        return False
    if _STOPPED.search(view) or _SESSION.search(view) or not _without_dates(view):
        return False
    if "关于" not in view and view.removesuffix("编制").endswith(tuple(table("description")["organs"]["ends"])):
        return False
    return parse_byline(view, (0, 0)) is None


def _without_dates(view: str) -> str:
    for stamp in reversed(dates(view)):
        view = view[: stamp.start] + view[stamp.end :]
    return view.strip("()（）,，—")


def is_complete(view: str) -> bool:
    """Whether a title ends here, as titles do.

    >>> is_complete("关于甲市2025年预算执行情况和"), is_complete("甲市2025年统计公报[1]"), is_complete("甲市预算(草案)(书面)")
    (False, True, True)
    """
    bare = _LAST_BRACKET.sub("", _NOTE_MARKS.sub("", fold(view))).rstrip('》”"')
    return bare.endswith(tuple(table("description")["title"]["ends"]))


def without_marks(title: str) -> str:
    """A title without the footnote mark on its end.

    >>> without_marks("甲市2025年国民经济和社会发展统计公报[1]")
    '甲市2025年国民经济和社会发展统计公报'
    """
    return title[: len(_NOTE_MARKS.sub("", fold(title)))].strip()


def find_byline(lines: list[HeadLine], text: str) -> Byline | None:
    """The speaker: the first line with a post and a name, or a bare name below the title or the occasion."""
    for line in lines:
        if found := parse_byline(line.view, (line.start, line.end), apart=_has_gap(line, text)):
            return found._replace(name=_as_written(found.name, line, text))
    for before, line in pairwise(lines):
        if (is_complete(before.view) or _AT_MEETING.fullmatch(before.view) or dates(before.view)) and is_name(
            line.view
        ):
            return Byline("", "", line.verbatim(text), (line.start, line.end))
    return None


def _as_written(name: str, line: HeadLine, text: str) -> str:
    written = line.verbatim(text)
    at = fold(written).rfind(name)
    return written[at : at + len(name)] if at >= 0 else name


def _has_gap(line: HeadLine, text: str) -> bool:
    """Whether a blank parts the words of a line, as one does between post and name."""
    return any(c.isspace() for c in fold(text[line.start : line.end]).strip())


def parse_byline(view: str, span: Span, *, apart: bool = False) -> Byline | None:
    """Read `自治区生态环境厅厅长陈亮`; `apart` says that a blank stood somewhere between the words.

    >>> parse_byline("甲省财政厅厅长王小明", (0, 10))[:3]
    ('甲省财政厅', '厅长', '王小明')
    >>> parse_byline("——市长热线", (0, 6)) is None
    True
    """
    match = _byline().fullmatch(_AT_MEETING.sub("", view).strip("—-()（） "))
    if not match:
        return None
    name = match["name"]
    if not (is_name(name) or (apart and len(name) <= 4 and "·" in name)):
        return None
    return Byline(match["organ"], match["rank"] + match["post"], name, span)


@cache
def _byline() -> re.Pattern[str]:
    words = table("description")["people"]
    ranks, posts = alternatives(words["ranks"]), alternatives(words["posts"])
    labels = alternatives(words["labels"])
    return patterns.compile(
        rf"(?:(?:{labels})[:：])?(?P<organ>[^。，,:：;；]{{0,40}}?)(?:党组书记、|党委书记、|党组副书记、)?"
        rf"(?P<rank>(?:{ranks})?)(?P<post>{posts})(?:\(代\))?[:：]?(?P<name>{_NAME})"
    )


def is_name(view: str) -> bool:
    """Whether a short line or word is a person's name.

    >>> is_name("韦韬"), is_name("艾尔肯·吐尼亚孜"), is_name("目录"), is_name("甲市财政局")
    (True, True, False, False)
    """
    words = table("description")["people"]
    if "·" in view:
        return re.fullmatch(_NAME, view) is not None
    if not re.fullmatch(r"[一-鿿]{2,4}", view) or view in words["not_names"]:
        return False
    if len(view) == 4 and view[:2] not in words["surnames"]:
        return False
    return view[0] in words["surnames"] or view[:2] in words["surnames"]


_MEETING_FILE = patterns.compile(
    r"(?:^|[^一-鿿])(?P<name>[一-鿿]{0,14}第?[一二三四五六七八九十]{1,3}届(?:人大|人民代表大会)(?:常委会|常务委员会)?第?[一二三四五六七八九十]{1,4}次会议?)(?:大会)?(?:会议)?(?:文件|材料)"
)


def find_occasion(lines: list[HeadLine], text: str) -> Occasion | None:
    """The meeting: `——2024年3月26日在…会议上`, however the line is broken; else the cover's `…会议文件(14)`."""
    view, places = _joined(lines)
    if match := _OCCASION.search(view):
        if match["adopted"]:
            span = _span(places, *match.span("adopted"))
            return Occasion(_cut(text, span), None, span, None)
        span = _span(places, *match.span("name"))
        before = [s for s in dates(view, max(0, match.start() - 16), match.start()) if match.start() - s.end <= 2]
        stamp = before[-1] if before else None
        return Occasion(
            _cut(text, span),
            stamp.day if stamp else None,
            span,
            _span(places, stamp.start, stamp.end) if stamp else None,
            spoken=True,
        )
    if match := _MEETING_FILE.search(view):
        span = _span(places, *match.span("name"))
        return Occasion(_cut(text, span), None, span, None)
    return None


def _joined(lines: list[HeadLine]) -> tuple[str, list[int]]:
    """The head as one string, and the place in the text of each of its characters."""
    places: list[int] = []
    for line in lines:
        places += [line.squeezed.at(k) for k in range(len(line.view))]
    return "".join(line.view for line in lines), places


def _span(places: list[int], start: int, end: int) -> Span:
    return places[start], places[end - 1] + 1


def _cut(text: str, span: Span) -> str:
    return "".join(c for c in text[span[0] : span[1]] if not fold(c).isspace())
