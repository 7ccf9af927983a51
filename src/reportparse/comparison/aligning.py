"""Which record each expected row is about: by place, else by quote, else by indicator and value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from reportparse.comparison.judging import differences, pattern, readings
from reportparse.comparison.model import Row
from reportparse.folding import fold
from reportparse.model import AnyRecord, Report

_TRIED = 60
"""Records that are tried for a row at most."""
_ALIKE = 0.4
"""How alike two indicators must be where only the amount is the same."""


class _Pair(NamedTuple):
    """A row and a record that may belong together; the smallest are taken first."""

    step: int
    wrong: int
    apart: int
    row: int
    record: int


def align(rows: Sequence[Row], report: Report, *, same_text: bool) -> dict[int, int]:
    """Number of the record for each row that has one. Places count where `same_text`: the rows were made on this very text."""
    index = _Index(report)
    pairs = sorted(pair for at, row in enumerate(rows) for pair in _pairs(at, row, report.records, index, same_text, len(rows)))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for pair in pairs:
        if pair.row not in found and pair.record not in taken:
            found[pair.row] = pair.record
            taken.add(pair.record)
    return found


class _Index:
    """Records by where they start, by what they are written as, by amount and by name."""

    def __init__(self, report: Report) -> None:
        self.starts: dict[int, list[int]] = defaultdict(list)
        self.texts: dict[str, list[int]] = defaultdict(list)
        self.quotes: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.sentences: list[str] = []
        self.amounts: dict[str, list[int]] = defaultdict(list)
        self.names: dict[str, list[int]] = defaultdict(list)
        for at, record in enumerate(report.records):
            for place in range(record.start, min(record.end, record.start + 40)):
                self.starts[place].append(at)
            text, sentence = squeezed(record.text), squeezed(record.sentence)
            self.texts[text].append(at)
            self.quotes[text, sentence].append(at)
            self.sentences.append(sentence)
            self.amounts[_amount(getattr(record, "value", getattr(record, "rank", None)))].append(at)
            self.names[squeezed(record.indicator or "")].append(at)


def squeezed(text: str) -> str:
    """Folded, without blanks."""
    return "".join(fold(text).split())


def _amount(value: Any) -> str:
    text = str(value).replace(",", "")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _pairs(at: int, row: Row, records: Sequence[AnyRecord], index: _Index, same_text: bool, count: int) -> Iterator[_Pair]:
    for step, several in enumerate(_candidates(row, records, index, same_text)):
        found = False
        for number in _nearest(several, at * len(records) // max(1, count)):
            found = True
            wrong = sum(1 for _ in differences(row, records[number]))
            apart = abs(number * count - at * len(records)) // max(1, count)
            yield _Pair(step, wrong, apart, at, number)
        if found and step < 2:  # a place or a quote is enough
            return


def _nearest(several: Iterable[int], place: int) -> list[int]:
    """Those that stand nearest to where the row would, where there are many."""
    several = list(several)
    return several if len(several) <= _TRIED else sorted(several, key=lambda one: abs(one - place))[:_TRIED]


def _candidates(row: Row, records: Sequence[AnyRecord], index: _Index, same_text: bool) -> Iterator[Iterable[int]]:
    if same_text and "start" in row:
        start, end = int(row["start"]), int(row.get("end", int(row["start"]) + 1))
        yield sorted({one for place in range(start, min(end, start + 40)) for one in index.starts.get(place, ())})
    else:
        yield ()
    yield _quoted(row, records, index)
    yield _told_alike(row, records, index)


def _quoted(row: Row, records: Sequence[AnyRecord], index: _Index) -> Sequence[int]:
    sentence = squeezed(str(row.get("sentence") or ""))
    if isinstance(row.get("text"), str) and "*" not in row["text"]:
        text = squeezed(row["text"])
        several: Sequence[int] = index.quotes.get((text, sentence), ()) if sentence else index.texts.get(text, ())
    elif sentence:
        several = [one for one in range(len(records)) if sentence == index.sentences[one]]
    elif "near" in row:
        several = range(len(records))
    else:
        return []
    near = squeezed(str(row.get("near") or ""))
    return [one for one in several if near in index.sentences[one]] if near else several


def _told_alike(row: Row, records: Sequence[AnyRecord], index: _Index) -> Iterator[int]:
    """Same name and kind, or same amount under a name that is like it. A row with a quote must find it."""
    if row.get("text") is not None and "indicator" not in row:
        return
    told: set[int] = set()
    for name in readings(row.get("indicator", "*")):
        if isinstance(name, str) and "*" in name and name != "*":
            told.update(one for one, record in enumerate(records) if pattern(name).fullmatch(fold(record.indicator or "")))
        elif isinstance(name, str) and name != "*":
            told.update(index.names.get(squeezed(name), ()))
    for one in told:
        if row.get("kind") in (None, "*", records[one].kind) or isinstance(row.get("kind"), list):
            yield one
    wanted = row.get("value", row.get("rank"))
    if wanted is None or isinstance(wanted, list):
        return
    names = [str(name) for name in readings(row.get("indicator", "*")) if name]
    for one in index.amounts.get(_amount(wanted), ()):
        if one not in told and any(name == "*" or like(name, records[one].indicator or "") >= _ALIKE for name in names):
            yield one


def like(one: str, other: str) -> float:
    """How much of their pairs of signs two names share, 0 to 1.

    >>> like("优良天数比率", "优良天数比例") > 0.7, like("森林覆盖率", "粮食产量")
    (True, 0.0)
    """
    a, b = ({name[k : k + 2] for k in range(len(name) - 1)} for name in (squeezed(one), squeezed(other)))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(one == other)
