"""The way of a report: bytes → text → sections → sentences → mentions → records. Read this first.

source ─read→ Document ─find_headings→ Heading ─split→ Sentence ─find→ Mention ─bind→ Record
└─ Table ──────────────────────── tabulate ────────────────────────┘
"""

from __future__ import annotations

from pathlib import Path

from reportparse.clauses import Sentence, split
from reportparse.description import Description, describe
from reportparse.document import Document
from reportparse.mentions import find, unread
from reportparse.model import AnyRecord, Report, Unread, Warning
from reportparse.outline import find_headings, nest
from reportparse.reading import read
from reportparse.reading.text import read_string
from reportparse.records.agreeing import flag_two_values
from reportparse.records.binding import Binder
from reportparse.records.scope import Years
from reportparse.tabulation import tabulate

_ACCOUNTS = {"budget_report", "final_accounts", "audit_report"}


def parse(source: str | Path | bytes, *, name: str | None = None) -> Report:
    """Read a report from a path or from bytes and extract its figures.

    Raises a `reportparse.errors.ReadError` where the source can't be read, `FileNotFoundError` where there is none.
    """
    return parse_document(read(source, name=name))


def parse_text(text: str, *, name: str | None = None) -> Report:
    """Extract the figures of a report that is already text; offsets are into ``report.text``."""
    return parse_document(read_string(text, name=name))


def parse_document(document: Document) -> Report:
    """All stages after reading."""
    shadow = document.shadow
    about = describe(document, shadow)
    headings = find_headings(document, shadow)
    sections = nest(headings, len(document.text))
    binder = Binder(Years(about.year, _now(about)), about.region, accounts=about.genre in _ACCOUNTS, plans=about.genre == "budget_report")
    records: list[AnyRecord] = []
    missed: list[Unread] = []
    cuts: list[int] = []
    for sentence in split(document, shadow, headings):
        mentions = find(sentence.view.text)
        records += binder.records(sentence, mentions, document.text)
        if left := unread(sentence.view.text, mentions):
            missed += _unread(document, sentence, left)
        if sentence.cut:
            cuts.append(sentence.end)
    doubts: list[Warning] = []
    records += tabulate(document, document.tables, sections, about, doubts)
    records = flag_two_values(sorted(records, key=lambda r: (r.start, r.end)))
    return Report(
        title=about.title, genre=about.genre, issuer=about.issuer, region=about.region, year=about.year,
        speaker=about.speaker, occasion=about.occasion, delivered=about.delivered, published=about.published,
        source=about.source, sha256=document.sha256, url=about.url, text=document.text, sections=sections,
        tables=document.tables, records=tuple(records), unread=tuple(missed),
        warnings=(*_warnings(document, about), *_cuts(document, cuts), *doubts),
    )


def _now(about: Description) -> int | None:
    """The year that 今年 means: the one planned for, or the one the report was given in."""
    if about.plan_year:
        return about.plan_year
    said = about.delivered or about.published
    return int(said[:4]) if said else about.year


def _unread(document: Document, sentence: Sentence, left: list[tuple[int, int]]) -> list[Unread]:
    spans = [sentence.view.span(start, end) for start, end in left]
    return [Unread(document.text[a:b], a, b) for a, b in spans]


def _cuts(document: Document, cuts: list[int]) -> list[Warning]:
    """That text without a full stop was cut, and where first."""
    if not cuts:
        return []
    first = cuts[0]
    page = next((line.page for line in document.lines if line.start <= first <= line.end), None)
    return [
        Warning(
            code="sentence_cut", start=first, end=first, page=page,
            message=f"text without a full stop was too long for one sentence and cut in {len(cuts):,} place(s): "
            "a figure beside a cut may lack its indicator or time",
        )
    ]


def _warnings(document: Document, about: Description) -> tuple[Warning, ...]:
    return (*document.warnings, *about.warnings)
