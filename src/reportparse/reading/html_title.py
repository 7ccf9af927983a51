"""The title of a page's report: the lines above the body that say what the page's head says."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from reportparse.folding import fold
from reportparse.lexicon import alternatives, table
from reportparse.reading.html_blocks import Block

_NEAR = 60  # blocks above the body that are looked at
_MOST = 2000
_SHORTEST = 8  # letters; what is shorter is the name of a site or a menu's entry
_HEADS = ("h1", "h2", "h3")


class Title(NamedTuple):
    """A title, and the blocks that it runs over, the last one included."""

    text: str
    first: int
    last: int


def find_title(blocks: list[Block], titles: list[str], stop: int | None) -> Title | None:
    """The title above block `stop`.

    Without `stop` the page has no body, and the title may be anywhere.
    """
    start = 0 if stop is None else max(0, stop - _NEAR)
    stop = min(len(blocks), _MOST) if stop is None else stop
    bare = [_bare(block.text) if len(block.text) < 300 else "" for block in blocks[start:stop]]
    wanted = [w for w in map(_bare, titles) if len(w) >= _SHORTEST]
    for choose in (_same, _split, _part):
        for title in wanted:
            found = choose(bare, title, blocks[start:stop])
            if found is not None:
                first, last = found
                whole = _written(blocks[start + first : start + last + 1], title)
                return Title(whole, start + first, start + last)
    heads = [i for i in range(start, stop) if blocks[i].tag in _HEADS[:2] and len(bare[i - start]) >= _SHORTEST and not blocks[i].linked]
    return Title(_written([blocks[heads[-1]]]), heads[-1], heads[-1]) if heads else None


def _bare(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", fold(re.sub(r"<[^<>]{0,50}>", "", text)))


def _written(blocks: list[Block], title: str = "") -> str:
    """The title without what some pages print around it: a label, a word more than the head says, the occasion.

    >>> from reportparse.reading.html_style import Style
    >>> _written([Block("标题：某市统计公报", 0, "p", Style())])
    '某市统计公报'
    """
    labels = alternatives(table("pages")["title_labels"])
    text = re.sub(rf"^\s*(?:{labels})\s*[:：]\s*", "", "".join(block.text for block in blocks))
    text = re.split(r"(?<=.{8})\s*[—-]{1,2}\s*(?=[\d〇一二]{4}年.{1,60}(?:会议|大会))", text, maxsplit=1)[0]
    short = text.rpartition(" ")[0]
    return short if _bare(text) not in title and len(short) >= _SHORTEST and _bare(short) in title else text


def _same(bare: list[str], title: str, blocks: list[Block]) -> tuple[int, int] | None:
    """A line that is the title, the last one that is no link."""
    same = [i for i, text in enumerate(bare) if text == title]
    same.sort(key=lambda i: (blocks[i].linked == 0 or blocks[i].tag in _HEADS, i))
    return (same[-1], same[-1]) if same else None


def _split(bare: list[str], title: str, blocks: list[Block]) -> tuple[int, int] | None:
    """Two to four lines that make up the title, or most of what the head calls it."""
    for i in range(len(bare)):
        whole = bare[i]
        for j in range(i + 1, min(i + 4, len(bare))):
            if not bare[j] or not bare[j - 1] or blocks[j].linked:
                break
            whole += bare[j]
            if len(whole) >= 12 and len(bare[i]) >= 4 and (whole == title or (whole in title and len(whole) * 10 >= len(title) * 6)):
                return i, j
    return None


def _part(bare: list[str], title: str, blocks: list[Block]) -> tuple[int, int] | None:
    """A line that holds what the head says, or most of which the head says; headings first."""
    near = [i for i, text in enumerate(bare) if _alike(text, title) and (not blocks[i].linked or blocks[i].tag in _HEADS)]
    best = max(near, key=lambda i: (blocks[i].tag in _HEADS, i), default=None)
    return None if best is None else (best, best)


def _alike(text: str, title: str) -> bool:
    """Whether a line and a head's title say the same, but for the name of the site or a word more.

    >>> _alike("某市2025年统计公报", "某省某市2025年统计公报某网"), _alike("统计公报", "某市2025年统计公报")
    (True, False)
    """
    if len(text) < _SHORTEST or not len(title) < 2 * len(text) < 6 * len(title):
        return False
    if text in title or title in text:
        return True
    return SequenceMatcher(None, text, title, autojunk=False).find_longest_match().size * 10 >= len(text) * 8
