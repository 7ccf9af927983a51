"""Dates as they are stated: 2026年1月27日, 二〇二六年一月二十七日, 2026-01-27 10:30."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportparse import patterns

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "O": "0", "o": "0"}
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零Oo0一二三四五六七八九\d]{3})"
_SMALL = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_CLOCK = r"(?:[T, ]{0,3}(?P<hour>[01]?\d|2[0-3])[::时](?P<minute>[0-5]\d)分?(?:[::](?P<second>[0-5]\d))?)?"
_DATE = patterns.compile(
    rf"(?<!\d)(?P<year>{_YEAR})(?:年(?P<month>{_SMALL})月(?:(?P<day>{_SMALL})日)?|"
    rf"(?P<mark>[-/.])(?P<month2>\d{{1,2}})(?P=mark)(?P<day2>\d{{1,2}})(?!\d{{3}}))(?:\(?[星周][期]?[一二三四五六日]\)?)?{_CLOCK}"
)


class Stamp(NamedTuple):
    """A stated date and where it stands."""

    start: int
    end: int
    iso: str
    """2026-01-27, with T10:30 where a time of day is stated; 2026-01 where no day is."""

    @property
    def day(self) -> str | None:
        """The date without the time of day, None where no day is stated."""
        return self.iso[:10] if len(self.iso) >= 10 else None


def dates(view: str, start: int = 0, end: int | None = None) -> list[Stamp]:
    """The dates stated in a folded string; a bare year is none.

    >>> [s.iso for s in dates("(二〇二六年一月二十七日) 发布时间:2024-04-02 16:13")]
    ['2026-01-27', '2024-04-02T16:13']
    >>> dates("2024年全年")
    []
    """
    stamps = (_stamp(match) for match in _DATE.finditer(view, start, len(view) if end is None else end))
    return [stamp for stamp in stamps if stamp]


def _stamp(match: re.Match[str]) -> Stamp | None:
    year = int("".join(_DIGITS.get(c, c) for c in match["year"]))
    month, day = _small(match["month"] or match["month2"]), _small(match["day"] or match["day2"])
    if not (1900 <= year <= 2100 and month and 1 <= month <= 12 and (day is None or 1 <= day <= 31)):
        return None
    iso = f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    if day and match["hour"]:
        iso += f"T{int(match['hour']):02}:{match['minute']}" + (f":{match['second']}" if match["second"] else "")
    return Stamp(match.start(), match.end(), iso)


def _small(digits: str | None) -> int | None:
    if not digits:
        return None
    if digits.isdigit():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    one = int(_DIGITS[ones]) if ones else 0
    return one if not ten else 10 * (int(_DIGITS[tens]) if tens else 1) + one
