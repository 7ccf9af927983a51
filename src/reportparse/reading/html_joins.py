"""Paragraphs that a page has broken into lines, put together again."""

from __future__ import annotations

from collections.abc import Sequence

from reportparse.reading.html_blocks import Block, together
from reportparse.reading.wrapping import goes_on, splits_figure, wrapping


def join_lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with soft line breaks taken out.

    A `<br>` is soft where the sentence goes on after it; the end of a `<p>` only where the whole page is
    wrapped at one width (a PDF or a mail turned into a page).
    """
    wrap = wrapping([_row(block) for block in blocks if block.grid is None])
    wrapped = wrap is not None and sum("。" in block.text for block in blocks) * 5 >= len(blocks)
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is None or last.grid is not None or block.grid is not None or last.box != block.box:
            joined.append(block)
        elif not block.bold and (
            (last.soft or wrapped) and goes_on(_last_row(last), _row(block), wrap if wrapped else None) or splits_figure(last.text, block.text)
        ):
            _append(last, block)
        else:
            joined.append(block)
    return joined


def _row(block: Block) -> str:
    return "\u3000" + block.text if block.indent > 0 else block.text


def _last_row(block: Block) -> str:
    return block.row or _row(block)


def _append(block: Block, more: Block) -> None:
    block.text = together(block.text, more.text)
    block.row = _row(more)
    block.linked += more.linked
    block.soft = more.soft
    block.tail = more.tail
