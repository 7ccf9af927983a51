"""Hand-made annotations, kept apart from the reports that they are about.

A gold file `NAME.gold.jsonl` holds offsets and facts, no sentence of the report. Its first row describes the document; the others are
windows (the stretches that are annotated), records and names that are no figure. Offsets are code points into a *plain text* of the
source file, made by a fixed procedure (`plain_text`) that does not use the library's own readers, so that what is right does not
move when a reader changes. `corpora/gold/README.md` says how to annotate.

    python -m reportparse.gold check GOLD... --sources DIR     what is wrong with the rows
    python -m reportparse.gold build GOLD... --sources DIR --into DIR
                                                              texts, sources and rows side by side, for a scorer
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from reportparse.errors import ReportError

Row = dict[str, Any]

KINDS = ("quantity", "change", "ranking", "skip", "window", "document")
BOUNDS = frozenset({"exact", "approx", "at_least", "more_than", "at_most", "less_than"})
STATUSES = frozenset({"actual", "preliminary", "target"})
NEEDED = {
    "quantity": ("indicator", "subject", "period", "status", "value", "unit", "bound"),
    "change": ("indicator", "subject", "period", "status", "value", "unit", "bound", "direction", "basis"),
    "ranking": ("indicator", "subject", "period", "status", "rank", "rank_type", "scope", "scope_size", "streak"),
    "skip": (),
    "window": (),
    "document": ("file", "sha256", "procedure", "text_sha256", "title", "genre", "region", "year", "origin"),
}
# Numerals that an annotator must have looked at. Times are left out: they become periods, not rows.
NUMERAL = re.compile(
    r"\d++(?:[.,]\d++)*+%?|[一二三四五六七八九十百千两]++(?=[个家项起条座处份人名件段次亩年月成倍万亿百千级类批轮届大位省市区县])|[百千十万]分之"
)
TIME = re.compile(
    r"(?:19|20)\s?\d\s?\d\s*(?:[-—~至到]\s*(?:(?:19|20)?\d\d)?\s*)?年(?:度|底|末|初|以来)?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?"
    r"|\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*日(?!均)|\d{1,2}:\d\d|(?:19|20)\d\d(?=[-—](?:19|20)?\d\d)"
)
PERIOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")
DECIMAL = re.compile(r"\d++(?:\.\d++)?")
# What each reading of a field must be; a fault names the field and what stands there.
RECORD: dict[str, Callable[[Any], object]] = {
    "indicator": lambda phrase: isinstance(phrase, str) and phrase,
    "subject": lambda name: name is None or (isinstance(name, str) and name),
    "period": lambda period: period is None or PERIOD.fullmatch(str(period)),
    "status": STATUSES.__contains__,
}
AMOUNT = RECORD | {
    "value": lambda value: DECIMAL.fullmatch(str(value)),
    "value_max": lambda value: value is None or DECIMAL.fullmatch(str(value)),
    "unit": lambda unit: isinstance(unit, str),
    "bound": BOUNDS.__contains__,
}
CHECKS: dict[str, dict[str, Callable[[Any], object]]] = {
    "quantity": AMOUNT | {"value": lambda value: DECIMAL.fullmatch(str(value).removeprefix("-"))},
    "change": AMOUNT
    | {
        "direction": ("up", "down").__contains__,
        "basis": lambda basis: (
            basis in (None, "year_on_year", "period_on_period", "cumulative") or PERIOD.fullmatch(str(basis))
        ),
    },
    "ranking": RECORD
    | {
        "rank": lambda rank: isinstance(rank, int) and rank > 0,
        "rank_type": ("exact", "top", "bottom").__contains__,
        "scope": lambda scope: scope is None or isinstance(scope, str),
    },
    "skip": {},
    "window": {},
}


class GoldError(ReportError):
    """A gold file that cannot be used; the message says which row and why."""


def plain_text(path: Path) -> str:
    r"""The text that a gold file's offsets refer to, by the source's suffix.

    `.txt`: decoded as UTF-8. `.html`: decoded as UTF-8, parsed by BeautifulSoup with lxml, script and style removed, `get_text("\n")`.
    `.pdf`: the pages' texts from pypdfium2, one after the other. In all of them newlines are made `\n`; in HTML and PDF each line is
    stripped and empty lines are dropped.
    """
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    text = _html_text(path) if path.suffix == ".html" else _pdf_text(path)
    lines = (line.strip() for line in re.split(r"\r\n|\r|\n", text))
    return "\n".join(line for line in lines if line) + "\n"


def _html_text(path: Path) -> str:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(path.read_bytes().decode("utf-8"), "lxml")
    for tag in soup(["script", "style"]):
        tag.decompose()
    return soup.get_text("\n")


def _pdf_text(path: Path) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def procedure(path: Path) -> str:
    """Name of the procedure by which `plain_text` reads this file, with the version of what it stands on."""
    from importlib.metadata import version

    if path.suffix == ".html":
        return f"html-lines (beautifulsoup4 {version('beautifulsoup4')}, lxml {version('lxml')})"
    if path.suffix == ".pdf":
        return f"pdf-lines (pypdfium2 {version('pypdfium2')})"
    return "text"


def digest(data: bytes | str) -> str:
    """SHA-256 in hexadecimal; a string counts as its UTF-8 bytes."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


def heading(source: Path, **facts: object) -> Row:
    """The first row of a gold file for `source`."""
    row = {
        "kind": "document",
        "file": source.name,
        "sha256": digest(source.read_bytes()),
        "procedure": procedure(source),
    }
    return row | {"text_sha256": digest(plain_text(source))} | facts


def save(path: Path, document: Row, rows: Iterable[Row]) -> None:
    """Write a gold file: the document's row, then the others in the order given."""
    lines = [json.dumps(row, ensure_ascii=False) for row in (document, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def load(path: Path) -> tuple[Row, list[Row]]:
    """The document's row and the other rows of a gold file. Raises GoldError where a line is no JSON object or the first no document."""
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise GoldError(f"{path.name}, line {number}: not JSON ({error}); each line is one row") from error
        if not isinstance(row, dict):
            raise GoldError(f"{path.name}, line {number}: not an object; each line is one row")
        rows.append(row)
    if not rows or rows[0].get("kind") != "document":
        raise GoldError(f'{path.name}: the first row must have "kind": "document"')
    return rows[0], rows[1:]


def readings(value: object) -> list[Any]:
    """The acceptable readings of a field, best first: a list as it is, anything else alone."""
    return value if isinstance(value, list) else [value]


def faults(document: Row, rows: Sequence[Row], text: str | None = None) -> Iterator[str]:
    """What is wrong with a gold file, one message a fault; with the text, also what the rows say against it."""
    yield from (f"document: no {field}" for field in NEEDED["document"] if field not in document)
    for number, row in enumerate(rows, 2):
        yield from (f"line {number}: {fault}" for fault in _row_faults(row))
    placed = [row for row in rows if _placed(row)]
    yield from _place_faults(placed)
    if text is not None:
        if digest(text) != document.get("text_sha256"):
            yield f"the text is not the one that was annotated: made by {document.get('procedure')}, sha256 {document.get('text_sha256')}"
            return
        for row in placed:
            yield from (f"{row['start']}-{row['end']}: {fault}" for fault in _text_faults(row, text))
        yield from (f"{start}: numeral {numeral} has no row" for start, numeral in uncovered(rows, text))


def _placed(row: Row) -> bool:
    start, end = row.get("start"), row.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end


def _row_faults(row: Row) -> Iterator[str]:
    kind = row.get("kind")
    if kind not in KINDS or kind == "document":
        yield f"kind {kind!r}; it is one of {', '.join(KINDS[:-1])}"
        return
    if not _placed(row):
        yield f"start {row.get('start')!r}, end {row.get('end')!r} are no place"
    yield from (f"no {field}" for field in NEEDED[kind] if field not in row)
    for field, right in CHECKS[kind].items():
        if field in row and (row[field] == [] or not all(right(value) for value in readings(row[field]))):
            yield f"{field} {row[field]!r}"


def _place_faults(rows: Sequence[Row]) -> Iterator[str]:
    windows = [row for row in rows if row["kind"] == "window"]
    others = sorted((row for row in rows if row["kind"] != "window"), key=lambda row: int(row["start"]))
    for row in others:
        if windows and not any(window["start"] <= row["start"] and row["end"] <= window["end"] for window in windows):
            yield f"{row['start']}-{row['end']}: outside the windows"
    for one, two in pairwise(others):
        if two["start"] < one["end"]:
            yield f"{two['start']}-{two['end']}: overlaps {one['start']}-{one['end']}"


def _text_faults(row: Row, text: str) -> Iterator[str]:
    if row["end"] > len(text):
        yield f"beyond the text's end, {len(text)}"
        return
    mention = text[row["start"] : row["end"]]
    if mention != mention.strip():
        yield "the span begins or ends with a space"
    if row["kind"] not in ("quantity", "change"):
        return
    folded = re.sub(r"[\s,余多几]", "", unicodedata.normalize("NFKC", mention))
    printed = re.findall(r"\d+(?:\.\d+)?", folded)
    stated = [str(row[field]).lstrip("-") for field in ("value", "value_max") if row.get(field)]
    if printed and not set(stated) & set(printed):
        yield f"value {row['value']} is not what is printed there"
    unit = str(row["unit"])
    if unit and printed and unit not in folded and unit.replace("个", "") not in folded and not row.get("unit_shared"):
        yield f'unit {unit} is not what is printed there; a unit that stands elsewhere needs "unit_shared": true'


def uncovered(rows: Sequence[Row], text: str) -> Iterator[tuple[int, str]]:
    """Numerals inside the windows that no row covers and that are no time: where, and which."""
    held = _held(rows)
    folded = "".join(map(_fold, text))
    for start, end in _windows(rows, text):
        timed = {at for match in TIME.finditer(folded, start, end) for at in range(*match.span())}
        for match in NUMERAL.finditer(folded, start, end):
            if not (held | timed) & set(range(*match.span())):
                yield match.start(), match.group()


def _held(rows: Sequence[Row]) -> set[int]:
    return {
        at for row in rows if row.get("kind") != "window" and _placed(row) for at in range(row["start"], row["end"])
    }


def _windows(rows: Sequence[Row], text: str) -> list[tuple[int, int]]:
    return [(row["start"], row["end"]) for row in rows if row.get("kind") == "window"] or [(0, len(text))]


def _fold(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def build(path: Path, sources: Path, into: Path) -> str:
    """Put source, plain text and rows of one gold file side by side in a folder; windows get verbatim, unique ends. Gives its name."""
    document, rows = load(path)
    name = path.name.removesuffix(".gold.jsonl")
    source = sources / str(document["file"])
    text = plain_text(source)
    wrong = next(faults(document, rows, text), None)
    if wrong:
        raise GoldError(f"{path.name}: {wrong}; run `python -m reportparse.gold check` for the whole list")
    lines = [json.dumps(_scorer_row(row, text), ensure_ascii=False) for row in (*rows, *_times(rows, text))]
    into.mkdir(parents=True, exist_ok=True)
    (into / f"{name}.gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (into / f"{name}.txt").write_text(text, encoding="utf-8")
    if source.suffix != ".txt":
        shutil.copyfile(source, into / f"{name}{source.suffix}")
    return name


def _times(rows: Sequence[Row], text: str) -> Iterator[Row]:
    """A skip row for each time inside the windows that no row covers, for scorers with a narrower notion of a time."""
    held = _held(rows)
    folded = "".join(map(_fold, text))
    for window in _windows(rows, text):
        for match in TIME.finditer(folded, *window):
            if not held & set(range(*match.span())):
                yield {"kind": "skip", "start": match.start(), "end": match.end()}


def _scorer_row(row: Row, text: str) -> Row:
    if row["kind"] != "window":
        return row
    stretch = text[row["start"] : row["end"]]
    head = next(stretch[:size] for size in range(1, len(stretch) + 1) if text.count(stretch[:size]) == 1)
    tail = next(stretch[-size:] for size in range(1, len(stretch) + 1) if text.count(stretch[-size:]) == 1)
    return {"kind": "window", "from": head, "to": tail}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line of this module; gives the exit code: 0, or 1 where rows are wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m reportparse.gold", description="Check hand-made gold, or build a folder for a scorer."
    )
    parser.add_argument("verb", choices=("check", "build"))
    parser.add_argument("gold", type=Path, nargs="+", help="NAME.gold.jsonl")
    parser.add_argument(
        "--sources", type=Path, help="folder of the reports themselves (check: without it only the rows are checked)"
    )
    parser.add_argument("--into", type=Path, help="folder to build in")
    options = parser.parse_args(arguments)
    try:
        return _build_all(options, parser) if options.verb == "build" else _check_all(options)
    except (ReportError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _build_all(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if not (options.sources and options.into):
        parser.error("build needs --sources and --into")
    regions = {build(path, options.sources, options.into): load(path)[0]["region"] for path in options.gold}
    (options.into / "regions.json").write_text(json.dumps(regions, ensure_ascii=False), encoding="utf-8")
    return 0


def _check_all(options: argparse.Namespace) -> int:
    wrong = 0
    for path in options.gold:
        document, rows = load(path)
        text = plain_text(options.sources / str(document["file"])) if options.sources else None
        messages = list(faults(document, rows, text))
        wrong += len(messages)
        for message in messages:
            print(f"{path.name}: {message}")
        counts = ", ".join(f"{sum(row.get('kind') == kind for row in rows)} {kind}" for kind in KINDS[:-1])
        print(f"{path.name}: {counts}; {'in order' if not messages else f'{len(messages)} faults'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
