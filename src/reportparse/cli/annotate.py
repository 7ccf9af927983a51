"""``reportparse annotate REPORT… --to FORMAT``: reports into annotation tools, and with ``--from`` back again."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportparse.cli.sources import Sources, reason
from reportparse.errors import ReportError

if TYPE_CHECKING:
    from reportparse.exchange import Annotated

TO = {
    "label-studio": "JSON of tasks with predictions",
    "w3c": "Web Annotation pages",
    "brat": "NAME.txt and NAME.ann",
    "spacy": "a .spacy file of Docs",
    "decisions": "what was accepted and rejected (with --from)",
    "spans": "a span a line, as JSON",
}
FROM = ("label-studio", "w3c", "brat")
_BACK = "decisions"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="reports (HTML, PDF, text, JSON, a store); with --from, what the tool exported")
    parser.add_argument("--to", choices=TO, help="; ".join(f"{name}: {what}" for name, what in TO.items()))
    parser.add_argument("--from", dest="origin", choices=FROM, help="the files are annotations of this tool (brat: NAME.ann beside NAME.txt)")
    parser.add_argument("--report", metavar="REPORT", help="with --from w3c or brat: the report that was annotated")
    parser.add_argument("--out", metavar="PATH", help="write to this file (brat: into this folder)")
    parser.add_argument("--offsets", choices=("code-points", "utf-16"), default="code-points", help="label-studio: utf-16 for versions of 2021")
    parser.add_argument("--config", action="store_true", help="print the labels' configuration for --to label-studio or brat, and nothing else")
    parser.epilog = "What annotators added or moved is listed on stderr: a decision can only be about a record. docs/exchange.md tells the rest."


def run(options: argparse.Namespace) -> int:
    """Convert all files and write them out together."""
    options.to = options.to or (_BACK if options.origin else None)
    if options.config:
        return _config(options.to)
    if not options.files or options.to is None or (options.to == _BACK and not options.origin):
        print("reportparse: annotate: name reports and --to FORMAT, or annotations and --from FORMAT", file=sys.stderr)
        return 2
    try:
        status, made = _gather(options)
        if made:
            _write(options, made)
    except (ReportError, OSError) as error:
        print(f"reportparse: annotate: {reason(error)}", file=sys.stderr)
        return 1
    return status or (0 if made else 1)


def _config(to: str | None) -> int:
    from reportparse.exchange import brat, label_studio

    if to not in ("label-studio", "brat"):
        print("reportparse: annotate: --config is for --to label-studio and --to brat", file=sys.stderr)
        return 2
    print(label_studio.config() if to == "label-studio" else brat.config(), end="")
    return 0


def _gather(options: argparse.Namespace) -> tuple[int, list[Any]]:
    """What is to be written: `Annotated`s, or decisions."""
    sources = Sources(options.files)
    if options.origin is None:
        return (sources.status, made) if (made := [one for _, many in sources.each(_reports) for one in many]) else (1, [])
    offered = _offered(options.report)
    pairs = [pair for _, many in sources.each(lambda source, name: list(_read(options.origin, source, name, offered))) for pair in many]
    if options.to != _BACK:
        return sources.status, [back for _, back, _ in pairs]
    return sources.status, [decision for before, back, by in pairs for decision in _decide(before, back, *by)]


def _reports(source: Path | bytes, name: str | None) -> list[Annotated]:
    from reportparse.exchange import annotated
    from reportparse.review.opening import open_reports

    return [annotated(one.report) for one in open_reports(source, name)]


def _offered(report: str | None) -> Annotated | None:
    if report is None:
        return None
    return _reports(Path(report), Path(report).name)[0]


def _read(
    origin: str, source: Path | bytes, name: str | None, offered: Annotated | None
) -> Iterator[tuple[Annotated | None, Annotated, tuple[str, str]]]:
    """What was sent out, what came back, from whom and when."""
    from reportparse.exchange import ExchangeError, brat, label_studio, web_annotation

    if origin == "brat":
        if not isinstance(source, Path):
            raise ExchangeError("a brat file is read beside its text: name the .ann file")
        text, ann = (_text(source.with_suffix(suffix)) for suffix in (".txt", ".ann"))
        yield offered, brat.read(text, ann), ("", "")
        return
    data = _json(source)
    for one in data if isinstance(data, list) else [data]:
        if origin == "w3c":
            if offered is None:
                raise ExchangeError("a Web Annotation page holds no text: add --report REPORT")
            yield offered, web_annotation.read(one, offered.text), ("", "")
        elif not isinstance(one, dict):
            raise ExchangeError("this is no export of Label Studio: export the project as JSON")
        elif (back := label_studio.returned(one)) is not None:
            yield label_studio.offered(one), back, (label_studio.annotator(one), label_studio.annotated_at(one))
        else:
            print(f"reportparse: {name or 'standard input'}: a task without annotations is passed over", file=sys.stderr)


def _decide(before: Annotated | None, back: Annotated, who: str, when: str) -> Iterator[Any]:
    from reportparse.exchange import ExchangeError, decided

    if before is None:
        raise ExchangeError("which records were sent out is not in these files: add --report REPORT")
    if before.text != back.text:
        raise ExchangeError(f"{before.name} has another text than what was annotated")
    returned = decided(before, back, who=who, when=when)
    for span in returned.added:
        print(f"reportparse: {before.name}: added: {span.label} {back.quote(span)!r} at {span.start}", file=sys.stderr)
    for was, now in returned.moved:
        told = f"{was.label} {before.quote(was)!r} at {was.start} is now {now.label} {back.quote(now)!r} at {now.start}"
        print(f"reportparse: {before.name}: changed, counts as rejected: {told}", file=sys.stderr)
    yield from returned.decisions


def _write(options: argparse.Namespace, made: list[Any]) -> None:
    if options.to == "brat":
        _write_brat(made, options.out)
        return
    data = _spacy_bytes(made) if options.to == "spacy" else "".join(_lines(options, made)).encode("utf-8")
    if options.out is not None:
        target = Path(options.out)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    elif options.to == "spacy":
        raise ReportError("a .spacy file is no text: name it with --out FILE.spacy")
    else:
        sys.stdout.write(data.decode("utf-8"))


def _spacy_bytes(made: list[Annotated]) -> bytes:
    from reportparse.exchange import spacy_doc

    return spacy_doc.packed(spacy_doc.doc(found) for found in made)


def _lines(options: argparse.Namespace, made: list[Any]) -> Iterable[str]:
    from reportparse.exchange import label_studio, web_annotation

    if options.to == "decisions":
        import msgspec

        return (msgspec.json.encode(decision).decode() + "\n" for decision in made)
    if options.to == "spans":
        return (json.dumps(row, ensure_ascii=False) + "\n" for found in made for row in _rows(found))
    if options.to == "label-studio":
        return [json.dumps([label_studio.task(found, unit=options.offsets) for found in made], ensure_ascii=False, indent=1) + "\n"]
    pages = [web_annotation.page(found) for found in made]
    return [json.dumps(pages[0] if len(pages) == 1 else pages, ensure_ascii=False, indent=1) + "\n"]


def _rows(found: Annotated) -> Iterator[dict[str, Any]]:
    for span in found.spans:
        head = {"report": found.name, "id": span.id, "label": span.label, "start": span.start, "end": span.end}
        yield head | {"text": found.quote(span), "fields": span.fields}


def _write_brat(made: list[Annotated], out: str | None) -> None:
    from reportparse.exchange import brat

    if out is None:
        raise ReportError("brat has two files a report: name a folder with --out FOLDER")
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for number, found in enumerate(made, 1):
        text, ann = brat.write(found)
        name = f"{number:03}-{str(found.about.get('sha256') or 'report')[:12]}"
        _save(folder / f"{name}.txt", text)
        _save(folder / f"{name}.ann", ann)
        print(f"{folder / name}.ann: {found.name}, {len(found.spans)} spans")
    _save(folder / "annotation.conf", brat.config())


def _save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")  # newlines as they are


def _json(source: Path | bytes) -> Any:
    from reportparse.exchange import ExchangeError

    data = source if isinstance(source, bytes) else source.read_bytes()
    try:
        return json.loads(data)
    except ValueError as error:
        raise ExchangeError(f"this is no JSON: {error}") from error
