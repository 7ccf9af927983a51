"""How a web page sets its letters: what of its styles tells headings, hidden parts and indents."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportparse import patterns


class Style(NamedTuple):
    """How letters are set at a place of the page."""

    centred: bool = False
    size: float | None = None
    """In points."""
    font: str | None = None
    hidden: bool = False
    bold: bool = False
    block: bool = False
    """Whether the element itself is set as a block, whatever its name."""
    indent: float = 0.0
    """First line's indent, in letters' widths."""


_CSS = patterns.compile(
    r"(?:^|[;\s\"'])(?P<name>display|visibility|text-align|text-indent|padding-left|margin-left|font-size|font-family|font-weight|font)"
    r"\s*:\s*(?P<value>[^;]{1,200})"
)
_LENGTH = patterns.compile(r"(-?[\d.]{1,8})\s*(pt|px|em|cm|mm|ch)")
_POINTS = {"pt": 1.0, "px": 0.75, "cm": 28.35, "mm": 2.835, "em": 12.0, "ch": 6.0}
_LETTER = 12.0  # points; what a letter is wide where the page does not say


@lru_cache(maxsize=4096)
def styled(style: Style, css: str) -> Style:
    """`style` with what a style attribute changes.

    >>> styled(Style(), "TEXT-ALIGN: center; font-size:22.0pt; font-family:黑体, SimHei")[:3]
    (True, 22.0, '黑体')
    """
    for found in _CSS.finditer(css[:2000].lower()):
        name, value = found["name"], found["value"].strip()
        if name == "display":
            style = style._replace(block=value.startswith("block"), hidden=style.hidden or value.startswith("none"))
        elif name == "visibility":
            style = style._replace(hidden=style.hidden or value.startswith("hidden"))
        elif name == "text-align":
            style = style._replace(centred=value.startswith("center"))
        elif name == "font-weight":
            style = style._replace(bold=value.startswith(("bold", "6", "7", "8", "9")))
        elif name == "font-family":
            style = style._replace(font=value.split(",")[0].strip(" '\"&;")[:40] or style.font)
        else:
            style = _measured(style, name, value)
    return style


def _measured(style: Style, name: str, value: str) -> Style:
    found = _LENGTH.search(value)
    if not found:
        return style
    try:
        points = float(found[1]) * _POINTS[found[2]]
    except ValueError:
        return style
    if name.startswith("font"):
        return style._replace(size=round(points, 2)) if 1 < points < 200 else style
    letters = float(found[1]) if found[2] == "em" else points / (style.size or _LETTER)
    return style._replace(indent=style.indent + min(max(letters, 0.0), 8.0))
