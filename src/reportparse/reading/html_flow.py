"""A web page as a flow of paragraphs and tables, with the boxes that they stand in.

The page is parsed as events, never as a tree, so that neither a hundred thousand nested tags nor a
million cells cost more than their own length. Nothing is judged here but what is a table.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportparse.errors import SourceTooLarge
from reportparse.reading.html_tables import Grid, RawCell, is_grid

MAX_BLOCKS = 3_000_000
_CHUNK = 1 << 16

_SKIPPED = frozenset(
    ["script", "style", "noscript", "template", "textarea", "select", "button", "svg", "math", "object", "applet", "audio", "video", "canvas", "iframe", "noframes", "xml", "datalist", "map"]
)
_BOXES = frozenset(
    ["body", "div", "section", "article", "main", "aside", "header", "footer", "nav", "table", "td", "th", "ul", "ol", "dl", "form", "fieldset", "center", "blockquote", "figure", "details", "ucapcontent"]
)
_PARAGRAPHS = frozenset(
    ["html", "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "address", "caption", "figcaption", "legend", "summary", "hr", "tbody", "thead", "tfoot", "tr"]
)
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|7z|csv|pptx?|ceb)(?:$|[?#&])", re.IGNORECASE)
_SUPERIORS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_EDGES = " \t\r\n\f\v\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\u00ad"
_ODD = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")


class Box:
    """An element that holds paragraphs."""

    __slots__ = ("first", "hint", "last", "parent", "prose", "tag")

    def __init__(self, parent: int, tag: str, hint: str, first: int) -> None:
        self.parent = parent
        self.tag = tag
        self.hint = hint
        """Its class and id, in lower case."""
        self.first = first
        self.last = first
        """Its blocks are ``[first, last)``."""
        self.prose = 0


class Block:
    """A paragraph, or a whole table."""

    __slots__ = ("bold", "box", "centred", "font", "grid", "hidden", "linked", "size", "tag", "tail", "text")

    def __init__(self, text: str, box: int, tag: str, linked: int, style: Style, bold: bool, hidden: bool) -> None:
        self.text = text
        self.box = box
        self.tag = tag
        self.linked = linked
        """How many of its characters stand in links."""
        self.bold = bold
        self.centred = style.centred
        self.size = style.size
        self.font = style.font
        self.hidden = hidden
        self.tail = ""
        """The link that it ends with."""
        self.grid: Grid | None = None


class Attachment(NamedTuple):
    """A link to a file, as the page writes it, and the block at which it stands."""

    label: str
    href: str
    block: int


class Style(NamedTuple):
    """How letters are set here."""

    centred: bool = False
    size: float | None = None
    font: str | None = None
    hidden: bool = False
    bold: bool = False
    block: bool = False


class Flow:
    """What a page holds, in its own order; also the target that lxml feeds."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Box] = [Box(-1, "page", "", 0)]
        self.meta: dict[str, str] = {}
        self.attachments: list[Attachment] = []
        self.frames: list[str] = []
        """Addresses of the documents that the page shows in frames."""
        self.page_title = ""
        self._stack: list[tuple[str, int, Style, bool, bool, bool]] = []
        self._tables: list[_OpenTable] = []
        self._skip = 0
        self._box = 0
        self._style = Style()
        self._tag = "body"
        self._bold = self._link = self._superior = False
        self._in_title = 0
        self._in_pre = 0
        self._href = ""
        self._label: list[str] = []
        self._pieces: list[str] = []
        self._bold_letters = 0
        self._letters = 0
        self._linked = 0
        self._last_linked = False
        self._line_style: Style | None = None
        self._line_tag = "body"

    # the events

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """An element opens."""
        if self._skip:
            self._skip += 1
            return
        if tag in _SKIPPED:
            self._skip = 1
            self._note_frame(tag, attrs)
            return
        if tag == "br":
            self.flush()
            return
        self._stack.append((tag, self._box, self._style, self._bold, self._link, self._superior))
        boxed = tag in _BOXES
        if boxed or tag in _PARAGRAPHS:
            self.flush()
            self._tag = tag
            if tag == "tr" and self._tables:
                self._tables[-1].open_row()
        if attrs or tag == "center":
            self._set_style(tag, attrs, boxed)
        if boxed:
            self._open_box(tag, attrs)
        elif tag in _BOLD:
            self._bold = True
        elif tag == "a":
            self._open_link(attrs)
        elif tag == "sup":
            self._superior = True
        elif tag == "title":
            self._in_title += 1
        elif tag == "pre":
            self._in_pre += 1
        elif tag in ("meta", "link", "embed", "base"):
            self._note(tag, attrs)

    def end(self, tag: str) -> None:
        """An element closes."""
        if self._skip:
            self._skip -= 1
            return
        if tag == "br" or not self._stack:
            return
        if tag in _BOXES or tag in _PARAGRAPHS or self._style.block:
            self.flush()
        if tag in _BOXES:
            self._close_box(tag)
        elif tag == "a":
            self._close_link()
        elif tag == "title":
            self._in_title -= 1
        elif tag == "pre":
            self._in_pre -= 1
        _, self._box, self._style, self._bold, self._link, self._superior = self._stack.pop()
        self._tag = self._stack[-1][0] if self._stack else "body"

    def data(self, text: str) -> None:
        """Characters."""
        if self._skip:
            return
        if self._in_title:
            self.page_title += text
            return
        if self._in_pre and "\n" in text:
            for line in text.split("\n"):
                self._take(line)
                self.flush()
            return
        self._take(text)

    def close(self) -> Flow:
        """The page ends."""
        self.flush()
        while self._tables:
            self._close_table()
        total = len(self.blocks)
        for box in reversed(self.boxes):
            box.last = box.last if box.last >= box.first and box.last <= total else total
        return self

    # what they do

    def _take(self, text: str) -> None:
        letters = len("".join(text.split()))
        if not letters:
            if self._pieces or self._tables:
                self._pieces.append(text)  # a blank between words, or the indent of a cell
            return
        if self._superior:
            text = _superior(text)
        if self._line_style is None:
            self._line_style = self._style
            self._line_tag = self._tag
        self._pieces.append(text)
        self._letters += letters
        if self._bold or self._style.bold:
            self._bold_letters += letters
        self._last_linked = self._link
        if self._link:
            self._linked += letters
            if len(self._label) < 50:
                self._label.append(text)

    def flush(self) -> None:
        """End the line, if there is one."""
        if not self._pieces:
            return
        text = self._line()
        if text:
            if len(self.blocks) >= MAX_BLOCKS:
                raise SourceTooLarge(f"the page has more than {MAX_BLOCKS:,} paragraphs; cut it into parts")
            style = self._line_style or self._style
            bold = self._bold_letters * 10 >= self._letters * 9
            block = Block(text, self._box, self._line_tag, self._linked, style, bold, self._style.hidden)
            if self._linked and self._last_linked:
                block.tail = _clean("".join(self._label))
            self.blocks.append(block)
        self._pieces = []
        self._letters = self._bold_letters = self._linked = 0
        self._line_style = None

    def _line(self) -> str:
        text = self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)
        if not self._letters:
            return ""
        if self._tables and self._tables[-1].in_cell:
            return _indented(text)
        return _clean(text)

    def _set_style(self, tag: str, attrs: dict[str, str], boxed: bool) -> None:
        style = self._style
        css = attrs.get("style")
        if css:
            style = _styled(style, css)
            if style.block and not boxed:
                self.flush()
        align = "center" if tag == "center" else attrs.get("align")
        if align:
            style = style._replace(centred=align.lower() == "center")
        if "hidden" in attrs:
            style = style._replace(hidden=True)
        self._style = style

    def _open_box(self, tag: str, attrs: dict[str, str]) -> None:
        hint = f"{attrs.get('class') or ''} {attrs.get('id') or ''}".lower()[:200] if attrs else ""
        self.boxes.append(Box(self._box, tag, hint, len(self.blocks)))
        self._box = len(self.boxes) - 1
        if tag == "table":
            self._tables.append(_OpenTable(len(self.blocks), self._box))
        elif self._tables:
            if tag in ("td", "th"):
                self._tables[-1].open_cell(len(self.blocks), attrs, tag)
        if tag == "th":
            self._bold = True

    def _close_box(self, tag: str) -> None:
        box = self.boxes[self._box]
        if tag in ("td", "th") and self._tables and self._tables[-1].in_cell:
            self._tables[-1].close_cell(len(self.blocks))
        elif tag == "table" and self._tables:
            self._close_table()
        box.last = len(self.blocks)

    def _close_table(self) -> None:
        table = self._tables.pop()
        if self._tables:
            self._tables[-1].nested = True
        grid = table.grid(self.blocks)
        if grid is None:
            return
        first = table.first
        inside = self.blocks[first:]
        block = Block("", table.box, "table", sum(b.linked for b in inside), Style(), False, self._style.hidden)
        block.grid = grid
        del self.blocks[first:]
        outside = [b for b in inside if b.tag == "caption"]
        self.blocks.extend(outside)
        self.blocks.append(block)
        for caption in outside:
            caption.box = table.box
        del self.boxes[table.box + 1 :]  # no block stands in them any more

    def _open_link(self, attrs: dict[str, str]) -> None:
        href = (attrs.get("href") or "").strip()
        self._link = bool(href) and not (href.startswith("#") and len(href) > 1)
        self._href = href
        self._label = []

    def _close_link(self) -> None:
        if self._href and _FILE.search(self._href):
            label = _clean("".join(self._label))[:200]
            self.attachments.append(Attachment(label, self._href, len(self.blocks)))
        self._href = ""

    def _note_frame(self, tag: str, attrs: dict[str, str]) -> None:
        if tag in ("iframe", "object"):
            address = attrs.get("src") or attrs.get("data") or ""
            if address:
                self.frames.append(address)

    def _note(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "meta":
            key = (attrs.get("name") or attrs.get("property") or attrs.get("itemprop") or "").strip().lower()
            value = _clean(attrs.get("content") or "")
        elif tag == "link":
            key = "canonical" if (attrs.get("rel") or "").lower() == "canonical" else ""
            value = attrs.get("href") or ""
        elif tag == "embed":
            if attrs.get("src"):
                self.frames.append(attrs["src"])
            return
        else:
            key, value = "base", attrs.get("href") or ""
        if key and value and not self.meta.get(key):
            self.meta[key] = value


class _OpenTable:
    """A table that is being read."""

    __slots__ = ("box", "cell", "first", "in_cell", "nested", "rows")

    def __init__(self, first: int, box: int) -> None:
        self.first = first
        self.box = box
        self.rows: list[list[RawCell]] = []
        self.nested = False
        self.in_cell = False
        self.cell: tuple[int, int, int, bool] = (0, 1, 1, False)

    def open_row(self) -> None:
        self.rows.append([])
        self.in_cell = False

    def open_cell(self, block: int, attrs: dict[str, str], tag: str) -> None:
        if not self.rows:
            self.rows.append([])
        self.in_cell = True
        self.cell = (block, _span(attrs.get("colspan")), _span(attrs.get("rowspan")), tag == "th")

    def close_cell(self, block: int) -> None:
        first, across, down, head = self.cell
        self.rows[-1].append(RawCell(first, block, across, down, head))
        self.in_cell = False

    def grid(self, blocks: list[Block]) -> Grid | None:
        """The grid that the table is, or None where it only lays out the page."""
        if self.nested or not is_grid(self.rows, blocks):
            return None
        return Grid(self.rows, blocks)


def _span(value: str | None) -> int:
    """A `colspan` or `rowspan`; 0 stands for all that follow.

    >>> _span(None), _span("3"), _span("x"), _span("-2"), _span("0")
    (1, 3, 1, 1, 0)
    """
    digits = (value or "").strip()
    return int(digits[:6]) if digits.isdecimal() and digits.isascii() else 1


def _clean(text: str) -> str:
    """A line without the blanks that only lay out its source.

    >>> _clean(" 全年\\n  生产总值\\n5 %　")
    '全年生产总值 5 %'
    """
    text = _ODD.sub("", text)
    if " " in text or "\n" in text or "\t" in text or "\r" in text:
        text = _BLANKS.sub(_blank, text)
    return text.strip(_EDGES)


def _blank(match: re.Match[str]) -> str:
    if "\n" not in match[0]:
        return " "
    text, (a, b) = match.string, match.span()
    return "" if a and b < len(text) and text[a - 1] > "\u2e7f" and text[b] > "\u2e7f" else " "


def _indented(text: str) -> str:
    """A line of a cell: the blanks of its indent stay, as ideographic spaces.

    >>> _indented("\\u00a0\\u00a0\\u00a0\\u00a0税收 ")
    '　　税收'
    """
    text = text.lstrip(" \t\r\n\f\v")
    clean = _clean(text)
    lead = text[: len(text) - len(text.lstrip(_EDGES))]
    width = 2 * (lead.count("\u3000") + lead.count("\u2003")) + lead.count("\u00a0") + lead.count("\u2002")
    return "\u3000" * (width // 2) + clean if clean else ""


def _superior(text: str) -> str:
    """Raised digits as raised characters, so that 10³ does not turn into 103.

    >>> _superior("2"), _superior("[2]"), _superior("注")
    ('²', '[2]', '注')
    """
    bare = text.strip()
    return bare.translate(_SUPERIORS) if re.fullmatch(r"[-+−]?\d{1,3}", bare) and bare.isascii() else text


_CSS = re.compile(
    r"(?:^|[;\s\"'])(?P<name>display|visibility|text-align|font-size|font-family|font-weight|font)\s*:\s*(?P<value>[^;]{1,200})"
)
_LENGTH = re.compile(r"([\d.]{1,8})\s*(pt|px)")


@lru_cache(maxsize=4096)
def _styled(style: Style, css: str) -> Style:
    """`style` with what a style attribute changes."""
    block = False
    for found in _CSS.finditer(css[:2000].lower()):
        name, value = found["name"], found["value"].strip()
        if name == "display":
            block = value.startswith("block")
            if value.startswith("none"):
                style = style._replace(hidden=True)
        elif name == "visibility":
            style = style._replace(hidden=style.hidden or value.startswith("hidden"))
        elif name == "text-align":
            style = style._replace(centred=value.startswith("center"))
        elif name == "font-weight":
            style = style._replace(bold=value.startswith(("bold", "6", "7", "8", "9")))
        elif name == "font-family":
            style = style._replace(font=value.split(",")[0].strip(" '\"&;")[:40] or style.font)
        else:
            style = _sized(style, value)
    return style._replace(block=block)


def _sized(style: Style, value: str) -> Style:
    found = _LENGTH.search(value)
    if not found:
        return style
    try:
        points = float(found[1]) * (0.75 if found[2] == "px" else 1)
    except ValueError:
        return style
    return style._replace(size=round(points, 2)) if 1 < points < 200 else style


def read_flow(markup: str) -> Flow:
    """The flow of a page.

    Raises:
        SourceTooLarge: it has more paragraphs than can be held.

    """
    from lxml import etree

    flow = Flow()
    parser = etree.HTMLParser(target=flow, encoding="utf-8", huge_tree=True, recover=True)
    for at in range(0, max(len(markup), 1), _CHUNK):
        piece = markup[at : at + _CHUNK].replace("\0", "")
        parser.feed(piece.encode("utf-8", errors="replace"))
    parser.close()
    return flow
