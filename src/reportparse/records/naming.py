"""Names: the text before or after a figure → an indicator as a reader would file it, and whose it is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from reportparse import patterns
from reportparse.lexicon import Endings, alternatives, listed, table
from reportparse.places import Place, find_places, opens_with_place, place_named


class Name(NamedTuple):
    """An indicator phrase and the subject that opened it."""

    indicator: str
    subject: str | None
    own: bool
    """The phrase names the report's own region (全市): a held subject ends."""


class Phrases(NamedTuple):
    """The phrase tables, compiled."""

    openers: re.Pattern[str]
    own: re.Pattern[str]
    levels: re.Pattern[str]
    measure: Endings
    member: Endings
    bare: frozenset[str]
    leaning: frozenset[str]
    predicate: re.Pattern[str]
    giver: Endings
    count_verb: re.Pattern[str]
    acts: Endings
    causative: re.Pattern[str]
    whole: re.Pattern[str]


@cache
def phrases() -> Phrases:
    """The phrase tables, compiled once."""
    words = table("phrases")
    return Phrases(
        patterns.compile(f"(?:{alternatives(words['openers'])})"),
        patterns.compile(f"(?:{alternatives(words['own_region'])})(?!级|(?<=全国)(?:{alternatives(words['own_unless'])}))"),
        patterns.compile(
            f"(?:{alternatives(words['levels'])})|(?:{alternatives(words['entities'])})(?![制治法债型章])|"
            f"[\u4e00-\u9fff]{{1,12}}?(?:{alternatives(words['zones'])})(?=(?:{alternatives(words['budget_heads'])}))|"
            f"(?:{alternatives(words['levels_in_budgets'])})(?=(?:\\([^()]*\\))?(?:共计?|累计|当年|相应|拟|预计|实现|完成)*(?:{alternatives(words['budget_words'])}|安排|投入|发行|留用|统筹|拨付|收回))"
        ),
        Endings(words["measures"]),
        Endings(words["member_ends"]),
        frozenset(words["bare_heads"]),
        frozenset(words["leaning_heads"]),
        patterns.compile(alternatives(words["predicates"])),
        Endings(words["givers"]),
        patterns.compile(alternatives(words["count_verbs"])),
        Endings(words["acts"]),
        patterns.compile(f"(?:{alternatives(words['causatives'])})(?!作用|力|资金|基金)"),
        patterns.compile(alternatives(words["whole"])),
    )


_PARTICLES = "的了等、,，之和及与●◆■★※#＃·•▲△○◎※*"
_TAIL_PARTICLES = "的了等、,，"


_FOOTNOTE = patterns.compile(  # it opens with one sign: so it is searched for faster
    r"[\[①-⑳(（](?:(?<=\[)\d{1,3}\]|(?<=[①-⑳])|"
    r"(?<=[(（])(?:(?:以下|下同|简称|详见|见表|见附|附件|下称)[^()（）]*|(?:包括|含|其中|由|不含|不包括|即|指|主要)[^()（）]{10,})[)）])"
)


_NUMBERING = patterns.compile(r"^\d{1,2}[.、](?!\d)|^[(（]\d{1,2}[)）]|^[一二三四五六七八九十]+是|^(?:[一二两三四五六七八九十]|\d{1,2})年[内间]")


def trim(text: str) -> str:
    """Strip footnote marks and loose particles; a noun after its count opens with no cue.

    >>> trim("的中试平台[3]"), tidy("的中试平台[3]")
    ('中试平台', '中试平台')
    """
    return _FOOTNOTE.sub("", text).lstrip(_PARTICLES).rstrip(_TAIL_PARTICLES)


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """Strip openers, footnote marks and loose particles.

    >>> tidy("并累计建成高标准农田[2]的")
    '累计建成高标准农田'
    """
    text = _NUMBERING.sub("", _FOOTNOTE.sub("", text)).lstrip(_PARTICLES).rstrip(_TAIL_PARTICLES)
    while (end := _opened(text)):
        text = text[end:].lstrip(_PARTICLES)
    if text[:1] in ")）" or text.count("(") < text.count(")"):
        text = text.lstrip(")）") if text[:1] in ")）" else text
    return text.lstrip(_PARTICLES).rstrip(_TAIL_PARTICLES)


def _opened(text: str) -> int:
    """Where the longest opener ends that cuts no word in two; 0 for none."""
    found = phrases().openers.match(text)
    while found:
        if found.end() < len(text) and not _breaks_word(text, found.end()) and not (found.end() == 1 and _opens_word(text)):
            return found.end()
        found = phrases().openers.fullmatch(text, 0, found.end() - 1) or phrases().openers.match(text[: found.end() - 1])
    return 0


def without_own_region(text: str) -> str:
    """Drop what the report calls its own region from the front of a name: 全省中心城市 → 中心城市."""
    found = phrases().own.match(text)
    return tidy(text[found.end():]) if found and found.end() < len(text) - 1 else text


@cache
def holds_everywhere(level: str) -> bool:
    """Does the level hold for what follows in any report? 市级 does so only where accounts are given: 市级体育赛事 is a name."""
    return level not in table("phrases")["levels_in_budgets"]


@cache
def is_level(subject: str) -> bool:
    """Is it a level of government (市本级, 市级)?"""
    words = table("phrases")
    return subject in words["levels"] or subject in words["entities"] or subject in words["levels_in_budgets"]


@cache
def is_zone(subject: str) -> bool:
    """Is it a zone that may have a budget of its own (城乡一体化示范区)?"""
    return subject.endswith(tuple(table("phrases")["zones"]))


def _breaks_word(text: str, at: int, least: int = 1) -> bool:
    """Does cutting at `at` cut a word in two? With `least` 0, does a whole word open there?"""
    whole = phrases().whole
    return any((found := whole.match(text, at - k)) and found.end() > at for k in range(least, 3) if at >= k)


@cache
def bare_levels() -> frozenset[str]:
    """Levels that are subjects where they stand alone before a figure: 其中:县区16.6亿元."""
    words = table("phrases")
    return frozenset((*words["levels_in_budgets"], *words["levels_alone"]))


_BRACKET_FIRST = patterns.compile(r"^[(（][^()（）]*[)）]")
_DONE_BY = patterns.compile(r"(?<=企业|单位|行业|园区)(?:累计)?(?:实现|完成)(?=[\u4e00-\u9fff]{2})")
_ADDED = patterns.compile(r"(?<=.)(?:加上(?!级|划|解)|加(?=上级|上年|地方|中央|省))(?=.{2})(?!.*加上(?!级|划|解))")
_SET_ABOUT = patterns.compile(r"^(?:用|通过|拟|逐步|计划|力争)[^,，将把]{0,8}[将把](?=[^,，]{3})")
_BASIN = patterns.compile(r"[\u4e00-\u9fff]{1,3}(?:江|河|湖|海)?流域(?![、和与及])")
_SHORTEST_NAME, _LEAST_CAUSE, _TWO, _THREE = 4, 2, 2, 3
_ADMINISTRATIVE = "省市区县州盟旗"
_NO_SUBJECT_BEFORE = "、和及与至到—港站湾河江湖山岛路线"


@cache
def _home(region: str | None) -> Place | None:
    return place_named(region) if region else None


def _opening_place(text: str, region: str | None) -> tuple[str, bool] | None:
    """The place that a name opens with, and whether it is the report's own region."""
    if len(text) < 2 or not opens_with_place(text):
        return None
    home = _home(region)
    found = find_places(text[:16], within=home)
    if not found or found[0][0] != 0:
        return None
    word, place = text[: found[0][1]], found[0][2]
    if len(text) > len(word) and text[len(word)] in _NO_SUBJECT_BEFORE:
        return None
    return word, home is not None and place.code == home.code


_SEAT = patterns.compile(r"(?:省会|首府|州府|市府|县城|行署|盟府)(?:所在地|城市)?")


@lru_cache(maxsize=4096)
def read_name(text: str, region: str | None) -> Name:
    """Split a phrase into indicator and leading subject.

    >>> read_name("全市规模以上工业增加值", "南宁市")
    Name(indicator='规模以上工业增加值', subject=None, own=True)
    >>> read_name("市本级税收收入", "南宁市").subject
    '市本级'
    """
    known = phrases()
    text = tidy(text)
    if (seat := _SEAT.match(text)) and _opening_place(text[seat.end():], region):
        text = text[seat.end():]  # 州府所在地|吉首市
    subject: str | None = None
    own = False
    level = known.levels.match(text)
    found = None if level and level.end() < len(text) else known.own.match(text)
    if found and found.end() == len(text):
        return Name("", None if region in (None, "中国") or text != "全国" else text, own=True)
    if found:
        own = True
        if found[0] == "全国" and region not in (None, "中国") or found[0] == "全省" and region and not region.endswith("省"):
            subject = found[0]
            own = False
        text = tidy(text[found.end():])
    elif place := _opening_place(text, region):
        word, is_own = place
        rest = tidy(text[len(word):])
        if is_own:
            own, text = True, rest
        elif not rest:
            return Name("", word, own=False)
        elif word[-1] in _ADMINISTRATIVE or word == "中国":
            subject, text = word, rest
    basin = _BASIN.match(text)
    if basin and subject is None and len(text) > basin.end():
        subject, text = basin[0], tidy(text[basin.end():])
    text = _without_doing(text)
    level = known.levels.match(text)
    if level and level.end() == len(text):
        return Name("", level[0], own=False)
    if level:
        subject = level[0]
        own = False
        text = tidy(_BRACKET_FIRST.sub("", text[level.end():]))
    return Name(text, subject, own)


def _without_doing(text: str) -> str:
    """The measure that the words of doing before it (完成, 批准的) lead to."""
    if "加" in text and (added := _ADDED.search(text)):
        text = tidy(text[added.end():])  # 当年收入加上|上级补助收入
    if measure_of(text) or text.endswith("标准"):
        if "将" in text or "把" in text:
            text = _SET_ABOUT.sub("", text)
        if "完成" in text or "实现" in text:
            text = _DONE_BY.sub("", text)
    if text.startswith(("完成", "提出")) and measure_of(text[2:]) and len(text) >= _SHORTEST_NAME:
        text = text[2:]
    caused = phrases().causative.search(text, _LEAST_CAUSE)
    approved = caused is not None and "批准" in caused[0] and text.endswith(("收入", "支出"))
    if caused and (measure_of(text) or text.endswith("预算")) and len(text) - caused.end() >= _SHORTEST_NAME:
        text = tidy(text[caused.end():]) + ("预算" if approved else "")
    return text


def _opens_word(text: str) -> bool:
    """Does a word of the dictionary open the text, so that its first character is no opener: 中西药品, 有效期内?"""
    words = listed("openings")
    return text[:2] in words or text[:3] in words or (text[0] == "上" and text[:2] in listed("verbs"))


def ends_in_verb(text: str) -> bool:
    """Does the text end with a verb, so that what follows is its object? The verbs are those of jieba's dictionary.

    >>> ends_in_verb("妥善处置"), ends_in_verb("推动高质量发展")
    (True, False)
    """
    text = text.rstrip("了着过")
    verbs = listed("verbs")
    return text[-2:] in verbs or text[-3:] in verbs or hands_over(text) or bool(phrases().acts.of(text))


def hands_over(text: str) -> bool:
    """Does the text end with a verb of giving or getting (给予, 争取到了)?"""
    return bool(phrases().giver.of(text.removesuffix("了")))


def measure_of(indicator: str | None) -> str | None:
    """The head that says what is measured, the longest one known.

    >>> measure_of("规模以上工业增加值"), measure_of("批发业")
    ('增加值', None)
    """
    if not indicator:
        return None
    return phrases().measure.of(indicator) or None


def is_member(name: str) -> bool:
    """Is `name` a member of a breakdown that leaves its measure out?"""
    return measure_of(name) is None and bool(phrases().member.of(name))


def before_predicate(text: str) -> str:
    """The counted noun up to the verb that says what it did.

    >>> before_predicate("设区市完成声环境功能区划分")
    '设区市'
    """
    for found in phrases().predicate.finditer(text):
        if found.start() >= 1 and text[found.start() - 1] not in "、“(（和与的" and not _breaks_word(text, found.start(), 0):
            return text[: found.start()].lstrip(_PARTICLES).rstrip(_TAIL_PARTICLES)
    return text.lstrip(_PARTICLES).rstrip(_TAIL_PARTICLES)


JOINERS = patterns.compile(
    r"、|以及|(?<!共)和(?![谐平睦])|(?<![参给赋])与(?!会)|(?<![惠普涉顾波触旁企])及(?![格时])"
)
"""What joins the names of a list; the same signs inside 惠及, 共和, 参与 join nothing."""
_JOINED_ON = patterns.compile(f"(?:{JOINERS.pattern})\\Z")


def without_joiner(text: str) -> str:
    """The text without the joiner that it ends with."""
    return _JOINED_ON.sub("", text)


def goes_on(text: str) -> bool:
    """Does the text end with a joiner, so that what follows is another item?

    >>> goes_on("行动方案和"), goes_on("惠及")
    (True, False)
    """
    return bool(_JOINED_ON.search(text))


def split_list(text: str, count: int) -> list[str] | None:
    """The `count` names that share `text`, each with the head or tail they share; None where it does not come out even.

    >>> split_list("第一、二、三产业增加值", 3)
    ['第一产业增加值', '第二产业增加值', '第三产业增加值']
    >>> split_list("进口、出口总额", 2)
    ['进口总额', '出口总额']
    """
    if count == _THREE and text.startswith("三次产业") and not JOINERS.search(text):
        return [f"第{one}产业" + text.removeprefix("三次产业") for one in "一二三"]
    if (measure := measure_of(text)) and text[: -len(measure)].endswith("等"):
        text = text[: -len(measure)].removesuffix("等") + measure  # 粮食、油料等产量
    if count == _TWO and (both := text.find("城乡")) >= 0 and not JOINERS.search(text):
        return [text[:both] + one + text[both + 2:] for one in ("城镇", "农村")]
    cuts = list(JOINERS.finditer(text))
    commas = [m for m in cuts if m[0] == "、"]
    words = [m for m in cuts if m[0] != "、"]
    after = [m for m in words if not commas or m.start() > commas[-1].start()]
    for chosen in (cuts, commas, commas + after[:1], commas + words[-1:]):
        parts = _cut(text, chosen) if len(chosen) == count - 1 else []
        if parts and all(parts):
            return _share(parts)
    return None


def _cut(text: str, cuts: list[re.Match[str]]) -> list[str]:
    """The pieces of `text` between the cuts."""
    in_order = sorted(cuts, key=lambda m: m.start())
    begins = [0, *(m.end() for m in in_order)]
    ends = [*(m.start() for m in in_order), len(text)]
    return [text[a:b] for a, b in zip(begins, ends, strict=True)]


_CN = patterns.compile(r"第?[一二三四五六七八九十]\Z")


def _share(parts: list[str]) -> list[str]:
    """Give each part what the last (a tail) or the first (a head) holds for all."""
    last = parts[-1]
    if all(_CN.match(p) for p in parts[:-1]) and (found := re.match(r"第?[一二三四五六七八九十]", last)):
        tail = last[found.end():]
        tail = tail.removeprefix("次") if tail.startswith("次产业") else tail  # 第一、二、三次产业
        head = "第" if parts[0].startswith("第") or tail.startswith("产") else ""
        last = last[: found.end()] + tail
        return [head + p.removeprefix("第") + tail for p in parts[:-1]] + [head + last.removeprefix("第")]
    if contrasted := _contrasted(parts):
        return contrasted
    if last[-1] in _WHOLE_ENDS and all(p[-1] == last[-1] and len(p) >= _SHORTEST_WHOLE for p in parts[:-1]):
        return parts
    measure = measure_of(last)
    if measure and len(measure) < len(last):
        tail = _tail(last, measure, parts[0])
        return [p if measure_of(p) and tail not in phrases().bare else p + tail for p in parts[:-1]] + [last]
    end = parts[0][-1]
    place = last.find(end)
    if 0 < place < len(last) - _SHORTEST_TAIL and all(p[-1] == end for p in parts[:-1]):
        return [p + last[place + 1:] for p in parts[:-1]] + [last]
    return parts


_SHORTEST_TAIL = 2
_WHOLE_ENDS, _SHORTEST_WHOLE = "数率额值费", 3  # 立案数、事故数: each is whole


@cache
def _contrasts() -> tuple[frozenset[str], ...]:
    """Groups of words that set the items of a list apart: 昼间 and 夜间."""
    return tuple(frozenset(group.split()) for group in table("phrases")["contrasts"])


def _contrasted(parts: list[str]) -> list[str] | None:
    """Items told apart by one word of a group, with what stands before the first and after the last: 功能区昼间、夜间达标率."""
    first, last = parts[0], parts[-1]
    for group in _contrasts():
        one = max((w for w in group if first.endswith(w)), key=len, default=None)
        other = max((w for w in group if last.startswith(w)), key=len, default=None)
        if one and other and one != other and all(p in group for p in parts[1:-1]):
            head, tail = first[: -len(one)], last[len(other):]
            return [head + p + tail for p in (one, *parts[1:-1], other)]
    return None


@cache
def _qualified() -> re.Pattern[str]:
    """The words before a measure that belong to it, in a list too: 年均|浓度, 重点工程|减排量."""
    return patterns.compile(f"(?:{alternatives(table('phrases')['tail_qualifiers'])})+\\Z")


def _tail(last: str, measure: str, first: str) -> str:
    """What of the last name the others share: from where it stops looking like them."""
    end = first[-1]
    place = last.find(end)
    if 0 <= place < len(last) - len(measure) and len(first) > 1:
        return last[place + 1:]
    before = last[: -len(measure)]
    found = _qualified().search(before)
    return last[found.start():] if found and found.start() else measure


@cache
def doing() -> re.Pattern[str]:
    """Verbs by which things that are counted come about, before the thing."""
    words = table("phrases")
    verbs = alternatives(w for w in (*words["count_verbs"], *words["acts"]) if len(w) > 1 and w not in words["verbs_in_names"])
    return patterns.compile(f"(?:(?:累计|共|已|全年|又|再)*(?:{verbs})了?(?:各类|各级)?)+(?=[\u4e00-\u9fff“]{{2}})")


def thing_of(indicator: str) -> str:
    """What was counted, without the verb that counted it.

    >>> thing_of("累计净增经营主体"), thing_of("建立自然保护区"), thing_of("反馈的整改任务")
    ('经营主体', '自然保护区', '反馈的整改任务')
    """
    found = doing().match(indicator)
    return indicator[found.end():] if found and "的" not in indicator else indicator
