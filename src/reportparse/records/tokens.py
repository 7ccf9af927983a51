"""A sentence as a row of tokens, one letter each, so that a sentence pattern reads like the phrase.

    A amount        R place of rank   T time            S years in a row (连续四年)
    N name: any text, with its labels, its 、 and its brackets
    D direction     H rate of change (增速 涨幅)         B basis of time (同比)
    Y yardstick: a base that is a place or a target (高于全国, 比全省平均)
    V link (为 达到)  E link that may be an act (完成)     W reach (提高到)   X from (由)
    F respectively (分别)   K rank verb (位居)   U share of a budget (为预算的)   G goal   P preliminary
    Z 其中   J 、 or 和 between figures   O a note in brackets
    ,  ;  :  (  )   punctuation that stands for itself

Cues are peeled off the end of the text before a figure: `产值比上年增长` is a name, a basis and a direction, while the
same words inside a name stay part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from reportparse import patterns
from reportparse.lexicon import Endings, alternatives, table
from reportparse.mentions.model import Mention

_LISTS = {
    "opaque": "-", "link": "V", "acts": "E", "goal": "G", "preliminary": "P", "up": "D", "down": "D",
    "speed_up": "H", "speed_down": "H", "year_on_year": "B", "period_on_period": "B", "cumulative": "B",
    "respectively": "F", "of_which": "Z", "from": "X", "reach": "W", "rank": "K",
}


class Token(msgspec.Struct, frozen=True, gc=False):
    """One letter of the sentence."""

    kind: str
    text: str
    start: int
    end: int
    mention: Mention | None = None
    word: str = ""
    """Which list of cues the word stands in: `up`, `year_on_year`, …"""


class Cues(NamedTuple):
    """The word tables, compiled."""

    letter: dict[str, str]
    list_of: dict[str, str]
    suffix: Endings
    budget: re.Pattern[str]
    yardstick: re.Pattern[str]
    rank_tail: re.Pattern[str]
    lead: re.Pattern[str]
    base_tail: re.Pattern[str]
    time_in_name: re.Pattern[str]
    beyond_at_end: re.Pattern[str]


@cache
def cues() -> Cues:
    """The cue tables, compiled once."""
    words = table("cues")
    list_of: dict[str, str] = {}
    for name in _LISTS:
        for word in words[name]:
            list_of.setdefault(word, name)
    letter = {word: _LISTS[name] for word, name in list_of.items()}
    compared = alternatives([*words["beyond"], *words["behind"]])
    against = alternatives(words["against"])
    budget = table("budget")
    fields = alternatives(words["fields"])
    ranked = alternatives(words["rank"])
    return Cues(
        letter, list_of,
        Endings(letter),
        patterns.compile(
            f"(?P<verb>{alternatives(budget['verbs'])})?(?:{alternatives(budget['qualifiers'])})*"
            f"(?:{alternatives(budget['nouns'])})(?:{alternatives(budget['endings'])})?的?\\Z"
        ),
        patterns.compile(f"(?P<compared>{compared})(?P<base>[^比较高低,，]{{1,24}})\\Z|(?<![占环同可对相])(?P<against>{against})(?![重例率值])(?P<other>[^比较,，]{{1,24}})\\Z"),
        patterns.compile(f"(?:(?P<verb>{ranked})(?P<scope>[^排列居名位]{{0,30}}?)(?:{ranked})?|(?P<bare>(?:{fields})(?:[^,，、]{{0,8}}(?:城市|省份|地区|省区|市州|区县|县区|县|市|行业|园区|产区|机场|港口|国家|省会|高校))?)(?:{ranked})?)\\Z"),
        patterns.compile(f"(?:{alternatives(words['of_which'])})"),
        patterns.compile(f"(?:{alternatives(words['base_tails'])})*"),
        patterns.compile(f"(?:{alternatives(words['time_in_names'])})"),
        patterns.compile(f"(?:{compared})\\Z"),
    )


_PUNCT = patterns.compile(r"[,，;；:：、()（）。！？!?…~—](?:(?<=—)—)?")  # it opens with one sign: so it is searched for faster
_LETTER = {
    "，": ",", ",": ",", "…": ",", "——": ",", "；": ";", ";": ";", "：": ":", ":": ":", "、": "J",
    "(": "(", ")": ")", "（": "(", "）": ")", "。": ".", "！": ".", "？": ".", "!": ".", "?": ".", "~": "N", "—": "N",
}  # fmt: skip
_JOINED = patterns.compile(r"(?:和|与|及|以及|或|并)\Z")
_FIGURES = frozenset("AR")
_FOOTNOTE = patterns.compile(r"(?:\[\d{1,3}\]|[①-⑳])\Z")
_COMPARE_AT_END = patterns.compile(r"(?:比较|比較|[比较較与與同])前?\Z")
_BASED_AT_END = patterns.compile(r"(?:比较|比較|[比较較与與同按])前?\Z")  # 按上年执行数增长2%


def tokenise(view: str, mentions: Sequence[Mention]) -> list[Token]:
    """The tokens of one sentence, in order."""
    out: list[Token] = []
    at = 0
    for mention in mentions:
        if mention.kind == "label":
            continue  # labels are parts of names
        if mention.kind == "time" and cues().time_in_name.match(view, mention.start):
            continue  # 上年结转 is a name
        start, end = max(at, mention.full_start if mention.full_start >= 0 else mention.start), max(mention.end, mention.full_end)
        _gap(out, view, at, start, before=mention)
        kind = _mention_letter(mention, view)
        if kind == "T":
            at = _time(out, view, start, mention)
            continue
        out.append(Token(kind, view[mention.start:mention.end], mention.start, mention.end, mention))
        at = max(end, start)
    _gap(out, view, at, len(view), before=None)
    return _merge(out, view)


def _mention_letter(mention: Mention, view: str) -> str:
    if mention.kind == "time":
        framed = mention.when is not None and mention.when.duration and not mention.text.endswith(("间", "来", "内"))
        framed = framed and not view.startswith(("累计", "共", "合计", "年均", "新增"), mention.end)
        if framed and mention.text.endswith("年") and _MOVES_ON.match(view, mention.end) and view[mention.start - 1 : mention.start] not in _PAUSES:
            return "T"  # 吞吐量5年增长1.6倍
        framed = framed and not _THOSE_AT_END.search(view, max(0, mention.start - _NEAR), mention.start)
        return "N" if framed else "T"
    if mention.kind == "rank":
        return "R"
    return "S" if mention.rule == "streak_years" else "A"


def _time(out: list[Token], view: str, start: int, mention: Mention) -> int:
    """A time; after 比 it is a base, with the words that go with it (比上年决算数, 与上年同期相比)."""
    at = mention.end
    last = out[-1] if out and out[-1].kind in "NJ" and out[-1].end == start else None
    tail = cues().base_tail.match(view, mention.end)
    based = _COMPARE_AT_END if not (tail and tail[0]) else _BASED_AT_END
    begins = start
    lasts = mention.when is not None and (mention.when.span_years or mention.when.duration)
    if last is not None and lasts and (those := _THOSE_AT_END.search(last.text)):
        begins = last.start + those.start(1)  # 比|前五年
        last = out[-1] = replace(last, text=last.text[: those.start(1)], end=begins)
    if last is not None and (found := based.search(last.text)):
        out.pop()
        _before_base(out, view, last.start, last.start + found.start())
        out.append(Token("b", view[begins - 1:begins], begins - 1, begins))
        at = tail.end() if tail else at
    elif last is not None and (beyond := cues().beyond_at_end.search(last.text)):
        return _time_beyond(out, view, start, mention, beyond)
    if mention.when is not None and mention.when.span_years and _COME.match(view, at):
        at += 1  # 五年来投资增长…
    begins = begins if begins < start else mention.start
    out.append(Token("T", view[begins:at], begins, at, mention))
    return at


def _before_base(out: list[Token], view: str, start: int, stop: int) -> None:
    """What stands before 比上年: a name without the words at its end that are no part of it (预计, 仍然, 都)."""
    known, tail = cues(), list[Token]()
    while stop > start and (word := known.suffix.of(view, start, stop)) and known.letter[word] in "PVF":
        stop -= len(word)
        tail.append(Token(known.letter[word], word, stop, stop + len(word), word=known.list_of[word]))
    if start < stop:
        out.append(Token("N", view[start:stop], start, stop))
    out.extend(reversed(tail))


_PAUSES = frozenset(" ,，;；:：。、(（") | {""}
_MOVES_ON = patterns.compile(r"(?:分别|累计)?(?:增长|增加|提高|提升|上升|下降|减少|降低|扩大|缩小)")
_THOSE_AT_END = patterns.compile(r"[比较較与同](前|上一个|上个|上)\Z")
_NEAR = 5
_COME = patterns.compile(r"来(?![自到访源临往电信料])")


def _time_beyond(out: list[Token], view: str, start: int, mention: Mention, beyond: re.Match[str]) -> int:
    """`高于“十三五”时期1.2个百分点`: the time is a base, and the word before it says which way."""
    last = out.pop()
    if beyond.start():
        out.append(replace(last, text=last.text[: beyond.start()], end=last.start + beyond.start()))
    found = cues().base_tail.match(view, mention.end)
    at = found.end() if found else mention.end
    word = "down" if beyond[0] in table("cues")["behind"] else "up"
    out.append(Token("b", view[start - 1:start], start - 1, start))
    out.append(Token("T", view[mention.start:at], mention.start, at, mention))
    out.append(Token("D", beyond[0], at, at, word=word))
    return at


def _gap(out: list[Token], view: str, start: int, end: int, before: Mention | None) -> None:
    """Append what stands between two mentions."""
    if start >= end:
        return
    for sign in _PUNCT.finditer(view, start, end):
        a, b = sign.span()
        if a > start:
            _plain(out, view, start, a)
        out.append(Token(_LETTER[sign[0]], sign[0], a, b))
        start = b
    if start < end and before is not None:
        _peeled(out, view, start, end, before)
    elif start < end:
        _plain(out, view, start, end)


def _plain(out: list[Token], view: str, start: int, end: int) -> None:
    """A piece of text with no figure right after it: a name, maybe opened by 其中."""
    found = cues().lead.match(view, start, end)
    if found and (not out or out[-1].kind in ",;:.(J"):
        out.append(Token("Z", found[0], start, found.end()))
        start = found.end()
    if start < end:
        text = view[start:end]
        apart = text.find("分别")
        if apart >= 0 and len(text) > apart + 2:
            if apart:
                out.append(Token("N", text[:apart], start, start + apart))
            out.append(Token("F", "分别", start + apart, start + apart + 2))
            out.append(Token("N", text[apart + 2:], start + apart + 2, end))
        elif _JOINED.fullmatch(text):
            out.append(Token("J", text, start, end))
        else:
            out.append(Token("N", text, start, end))


def _peeled(out: list[Token], view: str, start: int, end: int, before: Mention) -> None:
    """A piece of text right before a mention: its cues come off the end."""
    known = cues()
    tail: list[Token] = []
    stop = end
    if view[end - 1] in "]①②③④⑤⑥⑦⑧⑨" and (mark := _FOOTNOTE.search(view, start, end)):
        stop = mark.start()
    each = _EACH.search(view, start, stop) if before.kind == "amount" and view.find("每", start, stop) >= 0 else None
    if each and known.suffix.of(view, start, each.start()):
        stop = each.start()  # 提高到每人每月850元: a part of the unit, not of the name
    beyond = known.yardstick.search(view, max(start, stop - 32), stop) if before.kind == "amount" and before.unit not in {"%", ""} else None
    if beyond and beyond["compared"] and len(beyond["base"]) > 1 and _is_distance(beyond["base"], before):
        tail.append(_yardstick(beyond, stop))
        stop = beyond.start()
    if before.kind == "amount" and ("由" in view[start:stop] or "从" in view[start:stop]) and (since := _FROM_BEFORE.search(view, start, stop)):
        tail.append(Token("X", since[0], since.start(), stop, word="from"))
        stop = since.start()
    budget = known.budget.search(view, max(start, stop - 20), stop) if before.kind == "amount" and before.unit in {"%", ""} else None
    if budget and (budget["verb"] or budget.start() == start):
        tail.append(Token("U", budget[0], budget.start(), stop))
        stop = budget.start()
    if before.kind == "rank":
        stop = _peel_rank(tail, view, start, stop)
    while stop > start:
        word = known.suffix.of(view, start, stop)
        letter = known.letter.get(word, "-")
        if letter == "-" or (letter == "K" and before.kind != "rank"):
            break
        if before.kind == "time" and (letter not in "XFGPKWV" or word == "按"):
            break  # 按上年执行数增长2%: a base
        a = stop - len(word)
        if letter == "G" and a > start and view[a - 1] in "比较":
            break  # 比预算数 is a base, no aim
        tail.append(Token(letter, word, a, stop, word=known.list_of[word]))
        stop = a
    compared = known.yardstick.search(view, max(start, stop - 32), stop) if before.kind == "amount" else None
    moved = any(t.kind in "DH" for t in tail)
    if compared and (moved or (compared["compared"] and _is_distance(compared["base"], before))) and not _JOINED.fullmatch(view[start:stop]):
        tail.append(_yardstick(compared, stop))
        stop = compared.start()
    if stop > start and (joined := _JOINED.search(view, start, stop)) and joined.start() == start and out and out[-1].kind in _FIGURES:
        tail.append(Token("J", joined[0], start, stop))
        stop = start
    if start < stop:
        _plain(out, view, start, stop)
    out.extend(reversed(tail))


_FROM_BEFORE = patterns.compile(r"[由从][^,，。由从对]{1,8}(?:前|初期|之初)的?\Z")  # 由整治前的5.3%下降至…
_EACH = patterns.compile(r"(?:每(?:人|户|亩|吨|件|生|名|位|床|个|平方米|千瓦时|公里|年|月|天|日|学年|学期|次|人次))+\Z")


def _is_distance(base: str, amount: Mention) -> bool:
    """Is the amount after 高于… a distance to that base, and not a size of its own: 优于Ⅲ类的断面245个, 落后的产能20万吨?"""
    if amount.unit in table("differences")["units"] or is_standard(base):
        return not base.startswith("的")
    return "的" not in base


def is_standard(base: str) -> bool:
    """A base that is a figure itself, so that what follows is the distance to it: 限额, 标准, 全国平均."""
    return any(word in base for word in table("differences")["standards"])


def _yardstick(found: re.Match[str], stop: int) -> Token:
    word = "against" if not found["compared"] else "behind" if found["compared"] in table("cues")["behind"] else "beyond"
    return Token("Y", found["base"] or found["other"], found.start(), stop, word=word)


def _peel_rank(tail: list[Token], view: str, start: int, stop: int) -> int:
    found = cues().rank_tail.search(view, max(start, stop - 40), stop)
    if not found:
        return stop
    scope = found["scope"] or found["bare"] or ""
    if scope in table("cues")["from"]:  # 排名由第12位提升到第8位
        tail += [Token("X", scope, found.end() - len(scope), stop), Token("K", "", found.start(), stop - len(scope), word="rank")]
        return found.start()
    tail.append(Token("K", _IN_FIELD.sub(r"\1", scope), found.start(), stop, word="rank"))
    return found.start()


_IN_FIELD = patterns.compile(r"^在(.{2,})中$")


def _merge(tokens: Iterable[Token], view: str) -> list[Token]:
    """Join names over 、 and over brackets that hold no figure; make notes of brackets after figures."""
    out: list[Token] = []
    row = list(tokens)
    k = 0
    while k < len(row):
        token = row[k]
        if token.kind == "N" and not token.text.strip():  # a blank is no name; between two figures it parts a list
            k += 1
            if out and out[-1].kind == "A" and k < len(row) and row[k].kind == "A":
                out.append(Token("J", token.text, token.start, token.end))
            continue
        if token.kind == "(":
            close = next((j for j in range(k + 1, min(k + 24, len(row))) if row[j].kind == ")"), None)
            if close is not None and not any(t.kind in _FIGURES for t in row[k + 1:close]):
                inside = view[token.end:row[close].start]
                if out and out[-1].kind == "N":
                    _extend(out, view, row[close].end)
                else:
                    out.append(Token("O", inside, token.start, row[close].end))
                k = close + 1
                continue
        if token.kind == "N" and out and (out[-1].kind == "N" and out[-1].end == token.start):
            _extend(out, view, token.end)
        elif token.kind == "N" and len(out) > 1 and out[-1].kind == "J" and out[-2].kind == "N" and not _moved().of(out[-2].text):
            out.pop()
            _extend(out, view, token.end)
        else:
            out.append(token)
        k += 1
    return _budgets_in_brackets(out)


@cache
def _moved() -> Endings:
    """How a clause ends that says how a thing fares: what 、 joins to it is another thing (规模大幅增加、项目减少三分之二)."""
    words = table("cues")
    moves = [word for word in (*words["up"], *words["down"]) if len(word) > 1]
    return Endings(much + move for much in words["much"] for move in moves)


_LAST_BRACKET = patterns.compile(r"\([^()]*\)\Z")


def _budgets_in_brackets(row: list[Token]) -> list[Token]:
    """`为调整预算(以下简称“预算”)的98.6%`: the bracket hid that this is a share of a budget."""
    for k in range(len(row) - 2):
        name, of, amount = row[k:k + 3]
        if name.kind != "N" or of.text != "的" or amount.kind != "A" or amount.mention is None or amount.mention.unit != "%":
            continue
        bare = _LAST_BRACKET.sub("", name.text)
        found = cues().budget.search(bare) if bare != name.text else None
        if found:
            share = Token("U", found[0], name.start + found.start(), of.end)
            head = [replace(name, text=bare[: found.start()], end=share.start)] if found.start() else []
            return _budgets_in_brackets([*row[:k], *head, share, *row[k + 2:]])
    return row


def _extend(out: list[Token], view: str, end: int) -> None:
    last = out[-1]
    out[-1] = replace(last, text=view[last.start:end], end=end)
