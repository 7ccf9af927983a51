"""What `bench.py` measures: groups of files, and for each the peers that read them.

What a peer imports is imported when it is loaded, so that one that can't be had costs its own row only.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
SHARED = os.environ.get("REPORTPARSE_SHARED")
Work = Callable[[Any], object]


class Peer(NamedTuple):
    """Who reads, and how it is brought to read."""

    name: str
    load: Callable[[], Work]
    most: int | None = None
    """Characters that a slow one is given of each text; its time is scaled to all of them."""


class Group(NamedTuple):
    """Files, and who reads them; the first is reportparse."""

    title: str
    given: list[Any]
    peers: list[Peer]

    def size(self) -> int:
        """Characters of text, bytes of files."""
        return sum(one.stat().st_size if isinstance(one, Path) else len(one) for one in self.given)


def groups() -> list[Group]:
    """All that is measured."""
    return [*_texts(), _pages(), *_prints()]


def corpus(pattern: str, most: int) -> list[Path]:
    """Our fixtures, and some real documents where there are any."""
    own = sorted((ROOT / "fixtures").glob(pattern)) + sorted((ROOT / "fixtures" / "pdf").glob(pattern))
    own = [p for p in own if p.stem not in ("encrypted", "truncated", "shell-attachment", "scanned", "garbled", "mixed")]
    real = sorted(Path(SHARED, "corpus").glob(pattern)) if SHARED else []
    return own + real[:: max(1, len(real) // max(1, most))][:most]


def _texts() -> list[Group]:
    from reportparse import read

    ours = Peer("reportparse", _ours_text)
    peers = [
        ours,
        Peer("one regular expression", lambda: _FIGURE.findall),
        Peer("jieba.cut", _jieba),
        Peer("jieba.posseg", _posseg, 2_000),
        Peer("Recognizers-Text", _recognizers, 2_000),
        Peer("JioNLP (money and times only)", _jionlp),
    ]
    old = "gwr-cn-1954"  # in traditional characters, on which jieba.posseg takes a hundred times as long
    prose = [p for p in corpus("*.txt", 3) if p.stem != old]
    kinds = {
        "reports of work (prose)": prose,
        "communiqués (a figure every 17 characters)": corpus("stat-*.html", 3),
        "a report of 1954, in traditional characters": [p for p in corpus("*.txt", 3) if p.stem == old],
    }
    return [Group(f"Text to records: {kind}", [read(p).text for p in paths], peers) for kind, paths in kinds.items() if paths]


def _pages() -> Group:
    peers = [
        Peer("reportparse", _ours),
        Peer("BeautifulSoup (tree and its text only)", _soup),
        Peer("trafilatura (text only)", _trafilatura),
        Peer("readability (main part of the page only)", _readability),
    ]
    return Group("HTML to records", [p.read_bytes() for p in corpus("*.html", 4)], peers)


def _prints() -> list[Group]:
    prose = [p for p in corpus("*.pdf", 0) if p.stem in ("one-column", "two-columns", "contents")]
    mixed = [p for p in corpus("*.pdf", 0) if p.stem in ("one-column", "joined-table")]
    if SHARED:
        prose += [p for n in ("bud-beijing-2025", "bud-jincheng-2025", "stat-jingzhou-2025") if (p := Path(SHARED, "corpus", f"{n}.pdf")).exists()]
        mixed = [p for p in (Path(SHARED, "corpus", "bud-js-2022.pdf"),) if p.exists()] or mixed
    ruled = [p for p in corpus("*.pdf", 0) if "table" in p.stem or "header" in p.stem]
    readers = [
        Peer("reportparse", _ours),
        Peer("pdfplumber (text only)", lambda: _plumber(lambda page: page.extract_text())),
        Peer("pypdfium2 (text only)", _pdfium),
        Peer("pdfminer.six (text only)", _miner),
    ]
    return [
        Group("PDF to records: files without tables", prose, readers),
        Group("PDF to records: a budget, half of it tables", mixed, readers),
        Group("Tables of PDF", ruled, [
            Peer("reportparse", _ours),
            Peer("pdfplumber (tables only)", lambda: _plumber(lambda page: page.extract_tables())),
            Peer("camelot (tables only)", _camelot),
        ]),
    ]  # fmt: skip


_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:%|个百分点|[万亿]?(?:元|吨|人|亩|千瓦时|家|个|户))")


def _ours_text() -> Work:
    from reportparse import parse_text

    return parse_text


def _ours() -> Work:
    from reportparse import parse

    return parse


def _jieba() -> Work:
    import jieba

    jieba.initialize()
    return lambda text: list(jieba.cut(text))


def _posseg() -> Work:
    import jieba.posseg

    return lambda text: list(jieba.posseg.cut(text))


def _recognizers() -> Work:
    """Numbers, percentages, ordinals, currency, dimensions and times, line by line, which suits it better than the whole."""
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    numbers, units, times = (kind(Culture.Chinese) for kind in (NumberRecognizer, NumberWithUnitRecognizer, DateTimeRecognizer))
    models = [
        numbers.get_number_model(), numbers.get_percentage_model(), numbers.get_ordinal_model(),
        units.get_currency_model(), units.get_dimension_model(), times.get_datetime_model(),
    ]  # fmt: skip
    return lambda text: [model.parse(line) for line in text.split("\n") for model in models]


def _jionlp() -> Work:
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp

    return lambda text: (jionlp.ner.extract_money(text), jionlp.ner.extract_time(text))


def _soup() -> Work:
    from bs4 import BeautifulSoup

    return lambda data: BeautifulSoup(data, "lxml").get_text()


def _trafilatura() -> Work:
    import trafilatura

    return lambda data: trafilatura.extract(data.decode("utf-8", "replace"))


def _readability() -> Work:
    from readability import Document

    return lambda data: Document(data.decode("utf-8", "replace")).summary()


def _plumber(of: Callable[[Any], object]) -> Work:
    import pdfplumber

    def work(path: Path) -> object:
        with pdfplumber.open(path) as pdf:
            return [of(page) for page in pdf.pages]

    return work


def _pdfium() -> Work:
    import pypdfium2

    def work(path: Path) -> object:
        with pypdfium2.PdfDocument(path) as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]

    return work


def _miner() -> Work:
    from pdfminer.high_level import extract_text

    return lambda path: extract_text(str(path))


def _camelot() -> Work:
    import camelot

    return lambda path: camelot.read_pdf(str(path), pages="all", suppress_stdout=True)
