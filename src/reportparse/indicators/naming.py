"""Names as they are compared: folded, without blanks, quotes and 的, and freed of the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from reportparse.folding import fold
from reportparse.indicators.packs import words
from reportparse.lexicon import alternatives

_DROPPED = str.maketrans(dict.fromkeys(" “”\"‘’'《》「」的") | {"～": "-", "~": "-", "—": "-", "至": "-", "₂": "2", "₃": "3"})
_BRACKETS = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """The name as it is compared.

    >>> plain("税收收入占 一般公共预算收入的比重"), plain("参加“三保”"), plain("Ⅰ～Ⅲ类水质（国控）")
    ('税收收入占一般公共预算收入比重', '参加三保', 'Ⅰ-Ⅲ类水质(国控)')
    """
    return fold(name).translate(_DROPPED).upper()


@cache
def _around() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = words()["around"]
    before, after, rank = (alternatives(plain(w) for w in table[key]) for key in ("before", "after", "rank"))
    return re.compile(f"(?:{before})"), re.compile(f"(?:{after})\\Z"), re.compile(f"(?:{rank})\\Z")


def trimmed(name: str, region: str | None = None, *, rank: bool = False) -> Iterator[str]:
    """Shorter forms of a plain name, the longest first: without the region, the words around, a bracket.

    >>> list(trimmed("全市年末常住人口总数"))
    ['年末常住人口总数', '常住人口总数', '常住人口']
    >>> list(trimmed("固定资产投资(不含农户)")), list(trimmed("桂林市GDP排名", "桂林市", rank=True))
    (['固定资产投资'], ['GDP排名', 'GDP'])
    """
    before, after, placing = _around()
    if region:
        for own in (plain(region), plain(region)[:-1]):
            if len(own) > 1 and name.startswith(own) and len(name) > len(own):
                name = name[len(own) :]
                yield name
                break
    if rank and (found := placing.search(name)) and found.start():
        name = name[: found.start()]
        yield name
    for _ in range(4):
        if not (head := before.match(name)) or head.end() == len(name):
            break
        name = name[head.end() :]
        yield name
    if (bare := _BRACKETS.sub("", name)) != name and bare:
        name = bare
        yield name
    for _ in range(2):
        if not (tail := after.search(name)) or not tail.start():
            break
        name = name[: tail.start()]
        yield name
