"""A web page as a flow of paragraphs and tables, with the boxes that they stand in.

The page is parsed as events, never as a tree, so that neither a hundred thousand nested tags nor a
million cells cost more than their own length. Nothing is judged here but what is a table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from reportparse import patterns
from reportparse.errors import SourceTooLarge
from reportparse.reading.html_blocks import Attachment, Block, Box, clean, indent, superior
from reportparse.reading.html_style import Style, styled
from reportparse.reading.html_tables import OpenTable

MAX_BLOCKS = 500_000
_MAX_PIECES = 1_000_000  # of one line
_MAX_FILES = 1000
_MAX_TITLE = 2000
_CHUNK = 1 << 16

# elements that hold no text of the page
_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "textarea", "select", "button", "svg", "math", "object", "applet",
    "audio", "video", "canvas", "iframe", "noframes", "xml", "datalist", "map",
})  # fmt: skip
# elements that hold paragraphs
_BOXES = frozenset({
    "body", "div", "section", "article", "main", "aside", "header", "footer", "nav", "table", "td", "th", "ul", "ol",
    "dl", "form", "fieldset", "center", "blockquote", "figure", "details",
})  # fmt: skip
# other elements that end a line
_PARAGRAPHS = frozenset({
    "html", "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "address", "caption", "figcaption",
    "legend", "summary", "hr", "tbody", "thead", "tfoot", "tr",
})  # fmt: skip
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
_NOTED = frozenset({"meta", "link", "base", "embed", "frame"})
_FILE = patterns.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|7z|csv|pptx?|ceb)(?:$|[?#&])", re.IGNORECASE)


class _State(NamedTuple):
    """What holds inside an element, and ends with it."""

    tag: str
    box: int = 0
    style: Style = Style()
    bold: bool = False
    linked: bool = False
    raised: bool = False


class Flow:
    """What a page holds, in its own order; also the target that lxml feeds."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.boxes: list[Box] = [Box(-1, 0)]
        self.meta: dict[str, str] = {}
        self.attachments: list[Attachment] = []
        self.frames: list[str] = []
        """Addresses of the documents that the page shows in frames."""
        self.page_title = ""
        self._stack: list[_State] = []
        self._now = _State("body")
        self._tables: list[OpenTable] = []
        self._skip = self._titles = self._pres = 0
        self._href = ""
        self._label: list[str] = []
        self._new_line()

    def _new_line(self) -> None:
        self._pieces: list[str] = []
        self._letters = self._bold = self._linked = 0
        self._ends_linked = False
        self._first: _State | None = None  # where the line's first letter stands

    # the events

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        """An element opens."""
        if self._skip:
            self._skip += 1
        elif tag in _SKIPPED:
            self._skip = 1
            if tag in ("iframe", "object"):
                self._note_frame(attrs.get("src") or attrs.get("data"))
        elif tag == "br":
            self.flush(soft=True)
        else:
            self._open(tag, attrs)

    def end(self, tag: str) -> None:
        """An element closes."""
        if self._skip:
            self._skip -= 1
        elif tag != "br" and self._stack:
            self._close(tag)

    def data(self, text: str) -> None:
        """Characters."""
        if self._skip:
            return
        if self._titles:
            if len(self.page_title) < _MAX_TITLE:
                self.page_title += text[:_MAX_TITLE]
        elif self._pres and "\n" in text:
            *lines, last = text.split("\n")
            for line in lines:
                self._take(line)
                self.flush(soft=True)
            self._take(last)
        else:
            self._take(text)

    def close(self) -> Flow:
        """The page ends."""
        self.flush()
        while self._tables:
            self._close_table()
        for box in self.boxes:
            box.last = box.last if box.closed else len(self.blocks)
        return self

    def check(self) -> None:
        """Raise `SourceTooLarge` where the page holds more than can be kept in memory."""
        if len(self.blocks) > MAX_BLOCKS or len(self.boxes) > MAX_BLOCKS or len(self._pieces) > _MAX_PIECES:
            raise SourceTooLarge(f"the page has more than {MAX_BLOCKS:,} paragraphs, cells or tags; cut it into parts")

    # elements

    def _open(self, tag: str, attrs: Mapping[str, str]) -> None:
        self._stack.append(self._now)
        boxed = tag in _BOXES
        ends = boxed or tag in _PARAGRAPHS
        if ends:
            self.flush()
        now = self._now
        style = now.style._replace(block=False, indent=0.0 if ends else now.style.indent) if _shaped(now.style) else now.style
        if attrs or tag == "center":
            style = _style(style, tag, attrs)
            if style.block and not ends:
                self.flush()
        box = self._open_box(tag, attrs) if boxed else now.box
        linked = now.linked or (tag == "a" and self._open_link(attrs))
        self._now = _State(
            tag if ends else now.tag, box, style, now.bold or tag in _BOLD, linked, now.raised or tag == "sup"
        )
        if tag in _NOTED:
            self._note(tag, attrs)
        elif tag == "tr" and self._tables:
            self._tables[-1].open_row()
        self._titles += tag == "title"
        self._pres += tag == "pre"

    def _close(self, tag: str) -> None:
        if tag in _BOXES or tag in _PARAGRAPHS or self._now.style.block:
            self.flush()
        if tag in _BOXES:
            self._close_box(tag)
        elif tag == "a":
            self._close_link()
        self._titles -= tag == "title"
        self._pres -= tag == "pre"
        self._now = self._stack.pop()

    def _open_box(self, tag: str, attrs: Mapping[str, str]) -> int:
        self.boxes.append(Box(self._now.box, len(self.blocks)))
        box = len(self.boxes) - 1
        if tag == "table":
            self._tables.append(OpenTable(len(self.blocks), box))
        elif self._tables and tag in ("td", "th"):
            self._tables[-1].open_cell(len(self.blocks), attrs, tag)
        return box

    def _close_box(self, tag: str) -> None:
        box = self.boxes[self._now.box]
        if tag == "table" and self._tables:
            self._close_table()
        elif tag in ("td", "th") and self._tables and self._tables[-1].in_cell:
            self._tables[-1].close_cell(len(self.blocks))
            self._drop_small(box)
        box.last = len(self.blocks)
        box.closed = True

    def _drop_small(self, box: Box) -> None:
        """Forget the box of a cell with one line or none: it could be no body, and tables have many."""
        if self.boxes[-1] is box and len(self.blocks) - box.first <= 1:
            self.boxes.pop()
            if len(self.blocks) > box.first:
                self.blocks[-1].box = box.parent

    def _close_table(self) -> None:
        table = self._tables.pop()
        grid = table.grid(self.blocks)
        if self._tables:
            self._tables[-1].within += len(self.blocks) - table.first
            self._tables[-1].nested |= grid is not None or table.nested
        if grid is None:
            return
        inside = self.blocks[table.first :]
        block = Block("", table.box, "table", Style(hidden=self._now.style.hidden))
        block.linked = sum(b.linked for b in inside)
        block.grid = grid
        outside = [b for b in inside if b.tag == "caption"]
        for caption in outside:
            caption.box = table.box
        self.blocks[table.first :] = [*outside, block]
        del self.boxes[table.box + 1 :]  # no block stands in them any more

    def _open_link(self, attrs: Mapping[str, str]) -> bool:
        self._href = (attrs.get("href") or "").strip()
        self._label = []
        return bool(self._href) and not (self._href.startswith("#") and len(self._href) > 1)

    def _close_link(self) -> None:
        if self._href and _FILE.search(self._href) and len(self.attachments) < _MAX_FILES:
            self.attachments.append(Attachment(clean("".join(self._label))[:200], self._href[:500]))
        self._href = ""

    def _note(self, tag: str, attrs: Mapping[str, str]) -> None:
        if tag == "meta":
            key = (attrs.get("name") or attrs.get("property") or attrs.get("itemprop") or "").strip().lower()
            value = clean(attrs.get("content") or "")
        elif tag in ("embed", "frame"):
            return self._note_frame(attrs.get("src"))
        else:
            key = "base" if tag == "base" else "canonical" if (attrs.get("rel") or "").lower() == "canonical" else ""
            value = attrs.get("href") or ""
        if key and value and not self.meta.get(key):
            self.meta[key] = value
        return None

    def _note_frame(self, address: str | None) -> None:
        if address and len(self.frames) < _MAX_FILES:
            self.frames.append(address[:500])

    # lines

    def _take(self, text: str) -> None:
        """Add characters to the line."""
        letters = len("".join(text.split()))
        if not letters:
            self._pieces.append(text)  # a blank between words, or before the first
            return
        now = self._now
        if now.raised:
            text = superior(text)
        if self._first is None:
            self._first = now
        self._pieces.append(text)
        self._letters += letters
        if now.bold or now.style.bold:
            self._bold += letters
        self._ends_linked = now.linked
        if now.linked:
            self._linked += letters
            if len(self._label) < 50:
                self._label.append(text)

    def flush(self, *, soft: bool = False) -> None:
        """End the line, if there is one; `soft` where a mere line break ends it."""
        if not self._pieces:
            return
        if self._letters:
            raw = "".join(self._pieces)
            text = clean(raw)
            if text:
                self._add(text, raw, soft)
        self._new_line()

    def _add(self, text: str, raw: str, soft: bool) -> None:
        first = self._first or self._now
        block = Block(text, self._now.box, first.tag, first.style)
        block.bold = self._bold * 10 >= self._letters * 9
        block.linked = self._linked
        block.indent = round(indent(raw) + first.style.indent)
        block.soft = soft
        if self._ends_linked:
            block.tail = clean("".join(self._label))
        self.blocks.append(block)


def _shaped(style: Style) -> bool:
    return style.block or style.indent > 0


def _style(style: Style, tag: str, attrs: Mapping[str, str]) -> Style:
    """The style inside an element."""
    css = attrs.get("style")
    if css:
        style = styled(style, css)
    align = "center" if tag == "center" else attrs.get("align")
    if align:
        style = style._replace(centred=align.lower() == "center")
    if "hidden" in attrs:
        style = style._replace(hidden=True)
    return style


def read_flow(markup: str) -> Flow:
    """The flow of a page.

    Raises:
        SourceTooLarge: it has more paragraphs than can be held.

    """
    from lxml import etree

    flow = Flow()
    target: Any = flow  # the stubs know only targets that read comments too
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, recover=True)
    for at in range(0, max(len(markup), 1), _CHUNK):
        piece = markup[at : at + _CHUNK].replace("\0", "")
        parser.feed(piece.encode("utf-8", errors="replace"))
        flow.check()
    parser.close()
    return flow
