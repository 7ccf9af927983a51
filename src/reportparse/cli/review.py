"""``reportparse review REPORT…``: every record in its place in the text, to be looked at and decided on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reportparse.cli.sources import Sources, reason
from reportparse.errors import ReportError

if TYPE_CHECKING:
    from reportparse.review.data import Sheet
    from reportparse.review.decisions import Decision
    from reportparse.review.opening import Opened
    from reportparse.review.pictures import Pictures


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", metavar="REPORT", nargs="+", help="HTML, PDF or text, or JSON from extract; - reads standard input")
    parser.add_argument("--out", metavar="FILE", default="review.html", help="the page to write (default: %(default)s)")
    parser.add_argument("--pages", action="store_true", help="put in the pages of PDFs as pictures (some 100 KB a page)")
    parser.add_argument("--decisions", metavar="FILE", help="decisions made earlier; with --serve, new ones are added to it")
    parser.add_argument("--no-audit", action="store_true", help="leave out what the audit finds")
    parser.add_argument("--serve", action="store_true", help="serve the page on this machine only, and write decisions as they are made")
    parser.add_argument("--port", type=int, default=0, help="with --serve: the port (default: a free one)")
    parser.add_argument("--who", default="", metavar="NAME", help="your name, kept in each decision")
    parser.epilog = "Decisions that no longer stand are listed on stderr and in the page. `reportparse decide` writes out what was decided."


def run(options: argparse.Namespace) -> int:
    """Write the page, or serve it."""
    from reportparse.review.opening import open_reports

    path = Path(options.decisions or "decisions.jsonl") if options.decisions or options.serve else None
    try:
        decisions = read_decisions(path, needed=not options.serve)
    except (ReportError, OSError) as error:
        print(f"reportparse: {path}: {reason(error)}", file=sys.stderr)
        return 1
    sources = Sources(options.files)
    opened = [one for _, several in sources.each(open_reports) for one in several]
    if not opened:
        return sources.status or 1
    pictures = _pictures(opened) if options.pages else {}
    shown = Shown(opened, pictures, [[] for _ in opened] if options.no_audit else _findings(opened))
    if options.serve:
        return _serve(options, shown, path or Path("decisions.jsonl"))
    return _write(options, shown, decisions) or sources.status


class Shown(NamedTuple):
    """What the page is made of, but for the decisions."""

    opened: list[Opened]
    pictures: dict[int, Pictures]
    findings: list[list[dict[str, Any]]]


def read_decisions(path: Path | None, *, needed: bool) -> list[Decision]:
    """The decisions in a file; none without a file, or where it is not `needed` and not there yet."""
    from reportparse.review.decisions import load_decisions

    if path is None or (not needed and not path.exists()):
        return []
    return load_decisions(path)


def _sheets(shown: Shown, decisions: list[Decision]) -> list[Sheet]:
    from reportparse.review.data import Sheet
    from reportparse.review.opening import share_out

    shared = share_out([one.report for one in shown.opened], decisions)
    return [
        Sheet(
            one.report, one.name, findings=shown.findings[k], placed=placed, unplaced=unplaced,
            boxes=shown.pictures[k].boxes if k in shown.pictures else {},
        )
        for k, (one, (placed, unplaced)) in enumerate(zip(shown.opened, shared, strict=True))
    ]  # fmt: skip


def _findings(opened: list[Opened]) -> list[list[dict[str, Any]]]:
    from reportparse.review.findings import findings_of

    return findings_of([one.report for one in opened])


def _pictures(opened: list[Opened]) -> dict[int, Pictures]:
    from reportparse.review.pictures import is_pdf, take_pictures

    return {k: take_pictures(one.report, one.source) for k, one in enumerate(opened) if one.source is not None and is_pdf(one.source)}


def _write(options: argparse.Namespace, shown: Shown, decisions: list[Decision]) -> int:
    from reportparse.review.page import review_page

    sheets = _sheets(shown, decisions)
    page = review_page(sheets, pages={k: made.pages for k, made in shown.pictures.items()}, who=options.who)
    target = Path(options.out)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8", newline="")
    except OSError as error:
        print(f"reportparse: {target}: can't be written: {error.strerror or error}", file=sys.stderr)
        return 1
    records = sum(len(sheet.report.records) for sheet in sheets)
    print(f"{target}: {len(sheets)} report{'s' * (len(sheets) != 1)}, {records} records; open it in a browser")
    for sheet in sheets:
        for lost in sheet.unplaced:
            print(f"reportparse: {sheet.name or 'the report'}: no longer stands: {lost}", file=sys.stderr)
    return 0


def _serve(options: argparse.Namespace, shown: Shown, path: Path) -> int:
    from reportparse.review.decisions import identity
    from reportparse.review.page import review_page
    from reportparse.review.serving import ReviewServer

    def page() -> str:
        sheets = _sheets(shown, read_decisions(path, needed=False))
        return review_page(sheets, pages={k: made.pages for k, made in shown.pictures.items()}, served=True, who=options.who)

    try:
        server = ReviewServer(page, path, {identity(one.report) for one in shown.opened}, port=options.port)
    except (OSError, OverflowError) as error:
        print(f"reportparse: port {options.port}: {error}; leave --port out for a free one", file=sys.stderr)
        return 1
    print(f"{server.url}\nDecisions go to {path}. Stop with Ctrl+C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    finally:
        server.server_close()
    return 0
