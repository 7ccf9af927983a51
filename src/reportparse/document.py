"""A source that has been read: one text that never changes again, and what the source knew of it."""

from __future__ import annotations

import msgspec

from reportparse.folding import fold
from reportparse.model import Table, Warning


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the text (one paragraph of a page), without its newline, and how the source set it."""

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    """x0, top, x1, bottom in PDF points from the page's upper left corner."""
    tag: str | None = None
    """The element that held it (`p`, `h2`, `td`, …), HTML only."""
    bold: bool = False
    centred: bool = False
    size: float | None = None
    """Size of the letters in points, where known."""
    font: str | None = None
    ocr: bool = False


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What every reader returns, whatever the format."""

    text: str
    lines: tuple[Line, ...]
    """They tile the text but for the newlines between them; the rows of a table are lines too."""
    tables: tuple[Table, ...] = ()
    meta: dict[str, str] = {}  # msgspec copies it
    """What a page says in its head, keys in lower case: `title`, `articletitle`, `pubdate`, `contentsource`, `url`, …"""
    title: str | None = None
    """The title as the page marks it in its body, where it stands outside `text`."""
    furniture: str = ""
    """Text near the body that may name source and date (`来源：… 发布时间：…`), kept out of `text`."""
    name: str | None = None
    """File name, where there is one."""
    sha256: str = ""
    media_type: str = "text/plain"
    encoding: str | None = None
    warnings: tuple[Warning, ...] = ()

    @property
    def shadow(self) -> str:
        """The text folded one character for one, for matching."""
        return fold(self.text)
