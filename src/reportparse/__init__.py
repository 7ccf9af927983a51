"""Typed figures from Chinese official reports.

    parse(source)        a report: its text, outline, tables and records
    parse_text(text)     the same for a string
    read(source)         only the text, as a `Document`
    fetch(urls, into)    reports from the net into a folder
    batch(paths, store)  many reports into a store; open_store(store) asks it
    review_page(reports) a page to look and decide; apply_decisions(report, …) what was decided
    compare(a, b)        what differs from an expectation or another run; assert_report(a, b) in tests
    find_mentions(text)  amounts, ranks and times of any string

Names are loaded when first used, so that ``import reportparse`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportparse.batching import batch
    from reportparse.comparison import assert_report, compare
    from reportparse.document import Document, Line
    from reportparse.errors import (
        BatchError,
        BrokenSource,
        EmptySource,
        EncryptedSource,
        FetchError,
        ListError,
        MissingExtra,
        ReadError,
        ReportError,
        SourceTooLarge,
        StoreError,
        UnknownFormat,
        WordsError,
    )
    from reportparse.fetching import Fetched, fetch
    from reportparse.mentions import find_mentions
    from reportparse.mentions.model import Mention
    from reportparse.model import (
        SCHEMA,
        Cell,
        CellPlace,
        Change,
        Quantity,
        Ranking,
        Record,
        Relation,
        Report,
        Section,
        Table,
        Unread,
        Warning,
    )
    from reportparse.pipeline import parse, parse_text
    from reportparse.reading import read
    from reportparse.review import apply_decisions, load_decisions, review_page
    from reportparse.store import Store, open_store

__version__ = "0.1.0"

__all__ = [
    "SCHEMA",
    "BatchError",
    "BrokenSource",
    "Cell",
    "CellPlace",
    "Change",
    "Document",
    "EmptySource",
    "EncryptedSource",
    "FetchError",
    "Fetched",
    "Line",
    "ListError",
    "Mention",
    "MissingExtra",
    "Quantity",
    "Ranking",
    "ReadError",
    "Record",
    "Relation",
    "Report",
    "ReportError",
    "Section",
    "SourceTooLarge",
    "Store",
    "StoreError",
    "Table",
    "UnknownFormat",
    "Unread",
    "Warning",
    "WordsError",
    "__version__",
    "apply_decisions",
    "assert_report",
    "batch",
    "compare",
    "fetch",
    "find_mentions",
    "load_decisions",
    "open_store",
    "parse",
    "parse_text",
    "read",
    "review_page",
]

_HOMES = {
    "batching": ("batch",),
    "comparison": ("assert_report", "compare"),
    "document": ("Document", "Line"),
    "errors": (
        "BatchError", "BrokenSource", "EmptySource", "EncryptedSource", "FetchError", "ListError", "MissingExtra", "ReadError",
        "ReportError", "SourceTooLarge", "StoreError", "UnknownFormat", "WordsError",
    ),
    "fetching": ("Fetched", "fetch"),
    "mentions": ("find_mentions",),
    "mentions.model": ("Mention",),
    "model": (
        "SCHEMA", "Cell", "CellPlace", "Change", "Quantity", "Ranking", "Record", "Relation", "Report", "Section",
        "Table", "Unread", "Warning",
    ),
    "pipeline": ("parse", "parse_text"),
    "reading": ("read",),
    "review": ("apply_decisions", "load_decisions", "review_page"),
    "store": ("Store", "open_store"),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a public name from its home when it is first asked for."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'reportparse' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"reportparse.{home}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
