"""The library against gold: what is found, field by field, and whether a floor was lost.

Gold's places are in a plain text that the library's readers don't make (`reportparse.gold`), so each record is found
again there by the words around it. `reportparse score` prints the figures; floors stand in corpora/floors.toml and only rise.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from reportparse.comparison.aligning import like, squeezed
from reportparse.comparison.judging import number, readings
from reportparse.errors import ReportError
from reportparse.gold import Row, digest, load, plain_text
from reportparse.model import AnyRecord, Ranking, Report
from reportparse.pipeline import parse
from reportparse.units import canonical

_ALIKE = 0.7
"""How alike an indicator must be to a reading of gold to name the same thing."""
_WIDTHS = (24, 14, 8, 4, 1)
"""Signs on either side by which a record is found again, the most telling first."""
_DRIFT = 400
"""How far from where it should be a record may stand that few signs have found."""
_OWN = re.compile(r"(?:全|我|本)(?:国|省|市|区|县|州|旗|盟|自治区|地区)")
_YEAR = re.compile(r"(\d{4})(?:-12(?:-31)?|-01/\1-12|-01-01/\1-12-31)?")
FIELDS = (
    "kind",
    "amount",
    "bound",
    "direction",
    "basis",
    "rank",
    "scope",
    "scope_size",
    "streak",
    "status",
    "period",
    "subject",
    "indicator",
    "indicator_exact",
)
"""What is judged of a record, beside whether it is found."""
_FULL = frozenset(FIELDS) - {"indicator_exact"}


class GoldScore(msgspec.Struct, frozen=True, kw_only=True):
    """Scores on one gold file, or on several together."""

    name: str
    expected: int
    found: int
    """Records of the windows."""
    hit: int
    """Records that stand where gold has a row."""
    full: int
    """Hits that are right in every field."""
    fields: dict[str, tuple[int, int]]
    """Of each field, how many are right, and of how many."""

    @property
    def figures(self) -> dict[str, float]:
        """Every figure by its name, as in the floors: F1, full_F1, and the share that is right of each field."""
        both = self.expected + self.found
        made = {"F1": 2 * self.hit / both if both else 1.0, "full_F1": 2 * self.full / both if both else 1.0}
        return made | {name: right / of for name in FIELDS if (of := self.fields.get(name, (0, 0))[1]) for right in (self.fields[name][0],)}


class _Placed(NamedTuple):
    """A record and its place among the signs of gold's text."""

    record: AnyRecord
    start: int
    end: int


def score(gold: Path, sources: Path) -> GoldScore:
    """The score on one gold file; `sources` is the folder that holds its report.

    Raises a `ReportError` where the report is missing or is another edition than the one annotated.
    """
    document, rows = load(gold)
    source = sources / str(document["file"])
    if not source.is_file():
        raise ReportError(f"{gold.name}: its report {document['file']} is not in {sources}; see `origin` in its first row")
    text = plain_text(source)
    if digest(text) != document.get("text_sha256"):
        raise ReportError(
            f"{gold.name}: {document['file']} gives another text than the one annotated; `python -m reportparse.gold check` says more"
        )
    return score_rows(gold.name.removesuffix(".gold.jsonl"), rows, text, parse(source), str(document.get("region") or ""))


def score_rows(name: str, rows: Sequence[Row], text: str, report: Report, region: str) -> GoldScore:
    """The score of a report on rows whose places are in `text`."""
    signs, numbers = _squeezed(text)
    places = [(row, _count(numbers, row["start"]), _count(numbers, row["end"])) for row in rows]
    windows = [(start, end) for row, start, end in places if row["kind"] == "window"] or [(0, len(signs))]
    inside = [one for one in _place(report, signs) if any(low <= one.start < high for low, high in windows)]
    free: set[int] = set()
    hits: list[tuple[Row, AnyRecord]] = []
    wanted = [place for place in places if place[0]["kind"] not in ("window", "skip")]
    taken: set[int] = set()
    for row, start, end in wanted:
        best = max(((min(end, one.end) - max(start, one.start), k) for k, one in enumerate(inside) if k not in taken), default=(0, 0))
        if best[0] <= 0:
            continue
        taken.add(best[1])
        if row.get("optional"):
            free.add(best[1])
        else:
            hits.append((row, inside[best[1]].record))
    judged = [_judge(row, record, region) for row, record in hits]
    return GoldScore(
        name=name,
        expected=sum(not row.get("optional") for row, _, _ in wanted),
        found=len(inside) - len(free),
        hit=len(hits),
        full=sum(all(right for field, right in one.items() if field in _FULL) for one in judged),
        fields={field: (sum(one[field] for one in judged if field in one), sum(field in one for one in judged)) for field in FIELDS},
    )


def together(scores: Iterable[GoldScore], name: str = "all") -> GoldScore:
    """Several scores as one."""
    scores = list(scores)
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for one in scores:
        for field, (some, every) in one.fields.items():
            right[field] += some
            of[field] += every
    return GoldScore(
        name=name, expected=sum(one.expected for one in scores), found=sum(one.found for one in scores), hit=sum(one.hit for one in scores),
        full=sum(one.full for one in scores), fields={field: (right[field], of[field]) for field in FIELDS},
    )  # fmt: skip


def floors(path: Path) -> dict[str, float]:
    """The floors of `reportparse score`: the table ``[score]`` of a TOML file; none where there is no such table."""
    return {name: float(floor) for name, floor in tomllib.loads(path.read_text(encoding="utf-8")).get("score", {}).items()}


def raised(text: str, figures: dict[str, float]) -> str:
    r"""The floors' file with every floor of ``[score]`` that the figures have passed raised to them (rounded down); none is lowered.

    >>> raised("[first]\nF1 = 0.5\n[score]\nF1 = 0.5 # mind\nstatus = 0.9\n", {"F1": 0.98765, "status": 0.8})
    '[first]\nF1 = 0.5\n[score]\nF1 = 0.987 # mind\nstatus = 0.9\n'
    """
    lines: list[str] = []
    here = False
    for line in text.splitlines(keepends=True):
        if line.startswith("["):
            here = line.strip() == "[score]"
        found = re.match(r"(\w+)(\s*=\s*)([\d.]+)", line) if here else None
        if found is None or found[1] not in figures:
            lines.append(line)
            continue
        floor = max(Decimal(found[3]), Decimal(int(figures[found[1]] * 1000)) / 1000)
        lines.append(f"{found[1]}{found[2]}{floor}{line[found.end() :]}")
    return "".join(lines)


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The signs of a text that are no blanks, and of each place how many stand before it."""
    numbers, count = [], 0
    for sign in text:
        numbers.append(count)
        count += not sign.isspace()
    return squeezed(text), [*numbers, count]


def _count(numbers: Sequence[int], place: int) -> int:
    return numbers[min(place, len(numbers) - 1)]


def _place(report: Report, signs: str) -> Iterator[_Placed]:
    """Each record's place in gold's text; those that can't be found are left out."""
    own, numbers = _squeezed(report.text)
    here = there = 0
    for record in report.records:
        start, end = _count(numbers, record.start), _count(numbers, record.end)
        at = _found(own, start, end, signs, there + start - here)
        if at is not None:
            here, there = start, at
            yield _Placed(record, at, at + end - start)


def _found(own: str, start: int, end: int, signs: str, near: int) -> int | None:
    for width in _WIDTHS:
        lead = min(width, start)
        wanted = own[start - lead : end + width]
        hits: list[int] = []
        at = signs.find(wanted)
        while at >= 0 and len(hits) < 200:
            hits.append(at + lead)
            at = signs.find(wanted, at + 1)
        best = min(hits, key=lambda place: abs(place - near), default=None)
        if best is not None and ((len(hits) == 1 and width > 8) or abs(best - near) <= _DRIFT):
            return best
    return None


def _judge(row: Row, record: AnyRecord, region: str) -> dict[str, bool]:
    """Of each field that the row settles, whether the record has it right."""
    made = {
        "kind": record.kind == row["kind"],
        "status": record.status in readings(row["status"]) or bool(row.get("status_soft") and record.status == "actual"),
        "period": any(_same_period(wanted, record.period) for wanted in readings(row["period"])),
        "subject": _same_subject(row, record, region),
    }
    names = [squeezed(name).replace("的", "") for name in readings(row["indicator"]) if name]
    own = squeezed(record.indicator or "").replace("的", "")
    made["indicator_exact"] = not names or own in names
    made["indicator"] = made["indicator_exact"] or any(like(name, own) >= _ALIKE for name in names)
    if row["kind"] == "ranking":
        own_rank, own_type, scope = (getattr(record, name, None) for name in ("rank", "rank_type", "scope"))
        made["rank"] = (str(own_rank), own_type) == (str(row["rank"]), row["rank_type"])
        made["scope"] = any(_alike(wanted, scope) for wanted in readings(row["scope"]))
        for name in ("scope_size", "streak"):
            made[name] = getattr(record, name, None) in readings(row[name])
        return made
    made["amount"] = not isinstance(record, Ranking) and _same_amount(row, record)
    made["bound"] = getattr(record, "bound", None) in readings(row["bound"])
    if row["kind"] == "change":
        made["direction"] = getattr(record, "direction", None) in readings(row["direction"])
        made["basis"] = getattr(record, "basis", None) in readings(row["basis"])
    return made


def _alike(wanted: Any, actual: str | None) -> bool:
    if wanted is None or actual is None:
        return wanted is actual
    return like(wanted, actual) >= _ALIKE


def _same_amount(row: Row, record: Any) -> bool:
    by, unit = canonical(squeezed(str(row["unit"])))
    top = row.get("value_max")
    ends = (number(row["value"]) * by, None if top is None else number(top) * by)
    return unit == record.canonical_unit and ends == (record.canonical_value, record.canonical_value_max)


def _same_period(wanted: str | None, actual: str | None) -> bool:
    """A year is as good as its last day or its twelve months; where gold leaves it open any will do."""
    if wanted is None:
        return True
    years = [_YEAR.fullmatch(str(period)) for period in (wanted, actual)]
    return wanted == actual or (None not in years and years[0][1] == years[1][1])  # type: ignore[index]


def _same_subject(row: Row, record: AnyRecord, region: str) -> bool:
    wanted = [squeezed(name) if name else None for name in readings(row["subject"])]
    own = squeezed(record.subject) if record.subject else None
    if own in wanted or (own is None and any(name and name in squeezed(record.indicator or "") for name in wanted)):
        return True
    return None in wanted and own is not None and bool(_OWN.fullmatch(own) or region.startswith(own) or own.startswith(region or "\0"))
