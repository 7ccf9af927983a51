"""Finding: one walk over a text, from numeral to numeral, with the rules in their order of precedence."""

from __future__ import annotations

import re

from reportparse import patterns
from reportparse.lexicon import alternatives, table
from reportparse.mentions import amounts, labels, marks, ranks, spoken, times
from reportparse.mentions.drafts import Draft
from reportparse.mentions.model import Mention
from reportparse.mentions.sharing import share, share_forward
from reportparse.numerals import DIGITS, MYRIADS, TENS
from reportparse.rules import Rule, RuleSet

IN_DIGITS: list[Rule[None, Draft]] = [
    marks.endless_row, amounts.plainly_measured, marks.heading_number, times.numeric_date, marks.phone_or_address, times.years, times.decade,
    times.calendar_time, marks.clock, marks.formula, marks.known_number, marks.long_code, labels.version,
    marks.reference, labels.age_class, labels.size_class, labels.size_of_money, marks.numbered, labels.digits_class,
    labels.digits_and_letter, ranks.place_moved, times.day_alone, spoken.streak_name, amounts.stroke_fraction,
    spoken.spoken_fraction, amounts.number_range, amounts.ratio_part, spoken.and_a_half, amounts.measured,
    spoken.digit_unsaid, times.bare_year, amounts.bare_number,
]  # fmt: skip
IN_CHINESE: list[Rule[None, Draft]] = [
    marks.endless_row, marks.spoken_enumerator, times.five_year_plan, times.decade, times.chinese_calendar_time, labels.doubling,
    spoken.spoken_fraction, spoken.chinese_decimal, spoken.half, spoken.half_duration, spoken.and_a_half,
    labels.idiom, labels.congress, ranks.double_first, marks.numbered, labels.age_class, labels.size_class, labels.size_of_money,
    ranks.place_moved, spoken.streak_name, labels.chinese_class, labels.listed_class, spoken.tenths,
    spoken.neighbours, spoken.digit_unsaid, amounts.number_range, times.day_alone, spoken.chinese_number,
    spoken.bare_multiplier, spoken.chinese_digit, spoken.lone_digit,
]  # fmt: skip
AFTER_SIGNS: list[Rule[None, Draft]] = [
    times.five_year_plan, labels.quoted_name, marks.footnote, marks.document_number, marks.enumerator, labels.roman, amounts.currency_sign,
    times.part_of_year, marks.code,
]  # fmt: skip
IN_WORDS: list[Rule[None, Draft]] = [
    ranks.ordinal_place, times.part_of_year, ranks.nth_largest, ranks.ordinal_alone, labels.ordinal_name, ranks.from_the_end,
    ranks.top, ranks.bottom, ranks.first_place, ranks.first_alone, times.carried_over, times.relative_year,
    times.named_time, times.year_edge, labels.doubling, labels.idiom,
]  # fmt: skip

NEGATIVE: list[Rule[None, Draft]] = [
    marks.endless_row, marks.page_number, amounts.stroke_fraction, spoken.spoken_fraction, amounts.number_range,
    amounts.measured, amounts.bare_number, spoken.chinese_number,
]  # fmt: skip

_CHINESE_SIGNS = DIGITS + TENS + MYRIADS + "几幾数數半双兆"
_MINUS = "负負"
_OTHER_SIGNS = "“‘《[(【①-⑳㈠-㈩❶-❿Ⅰ-ⅿA-Za-zΑ-Ωα-ω$￥¥€£₩-"
_T = table("times")
_WORDS = [
    *_T["years"], *_T["edges"], *_T["now"]["words"], *_T["same"]["words"], *_T["other"]["words"], *_T["months"],
    *table("ranks")["first"], *table("ranks")["last"], *_T["halves"]["words"], *_T["carried"]["words"],
]  # fmt: skip


def _anchor() -> re.Pattern[str]:
    """Where a mention may begin. It opens with one sign, so that `re` finds the places where to look at all at the speed of C."""
    signs = rf"翻0-9{_CHINESE_SIGNS}第{_OTHER_SIGNS}"
    after: dict[str, list[str]] = {}
    for word in _WORDS:
        after.setdefault(word[0], []).append(word[1:])
    words = "|".join(f"(?<={sign})(?:{alternatives(rest)})" for sign, rest in after.items())
    second = "".join(sorted({rest[0] for more in after.values() for rest in more}))
    places = [
        rf"(?<=[{signs}])", rf"(?=[{second}])(?:{words})",
        rf"(?<=[{_MINUS}])(?<![{table('numerals')['no_minus_after']}].)", rf"(?<=[前后])(?=[0-9{DIGITS}{TENS}半])", r"(?<=首)(?=$|[，。；、,;)）])",
    ]  # fmt: skip
    return patterns.compile(f"[{_MINUS}前后首{''.join(after)}{signs}](?:{'|'.join(places)})")


_ANCHOR = _anchor()


def _sets() -> dict[str, RuleSet[None, Draft]]:
    digits = RuleSet(IN_DIGITS, common=IN_DIGITS.index(amounts.plainly_measured) + 1)
    chinese, signs, words, negative = (RuleSet(r) for r in (IN_CHINESE, AFTER_SIGNS, IN_WORDS, NEGATIVE))
    by_sign = dict.fromkeys("0123456789", digits) | dict.fromkeys(_CHINESE_SIGNS + _MINUS, chinese) | dict.fromkeys("-负負", negative)
    by_sign |= {chr(c): signs for c in [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0x391, 0x3CA), *range(0x2160, 0x2180)]}
    by_sign |= {chr(c): signs for c in [*range(0x2460, 0x2474), *range(0x3220, 0x322A), *range(0x2776, 0x2780)]}
    by_sign |= dict.fromkeys("“‘《[(【$￥¥€£₩", signs)
    by_sign[""] = words
    return by_sign


_SETS = _sets()
_WORD_RULES = _SETS[""]


def find(view: str) -> list[Mention]:
    """The mentions of a folded and squeezed text, in order, none over another.

    >>> [(m.kind, m.text) for m in find("2023年优良天数比率为97.9%,全国第5名")]
    [('time', '2023年'), ('amount', '97.9%'), ('rank', '第5名')]
    """
    drafts: list[Draft] = []
    names: list[str] = []
    at = floor = 0
    while anchor := _ANCHOR.search(view, at):
        start = anchor.start()
        rules = _SETS.get(view[start], _WORD_RULES)
        hit = rules.at(view, start, None)
        if hit is None or hit[1].end <= start or hit[1].start < floor:
            at = start + 1
            continue
        rule, made = hit
        made.fields.setdefault("full_start", made.start)
        made.fields.setdefault("full_end", made.end)
        drafts.append(made)
        names.append(made.fields.pop("rule", rule.name))
        at = floor = made.end
    share(view, drafts)
    share_forward(view, drafts)
    return [_mention(view, draft, name) for draft, name in zip(drafts, names, strict=True)]


def _mention(view: str, draft: Draft, name: str) -> Mention:
    return Mention(kind=draft.kind, start=draft.start, end=draft.end, text=view[draft.start : draft.end], rule=name, **draft.fields)
