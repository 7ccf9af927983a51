"""``reportparse panel STORE|REPORT… --out panel.xlsx``: records of many reports as one table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportparse.errors import ReportError

if TYPE_CHECKING:
    from reportparse.export.sheets import Sheet
    from reportparse.model import Report
    from reportparse.panel import Panel

_TABLES = ("long", "wide", "targets", "gaps", "sdmx", "indicators")
_SHOWN = 40  # rows that are printed without --out
_WIDTH = 120  # of a line of the wide table


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("sources", metavar="STORE|REPORT", nargs="+", help="what `reportparse batch` made, or reports, or folders of them")
    parser.add_argument(
        "--pack", metavar="PACK", action="append", default=[],
        help="only these indicators: environment, macro, finance, living (default: all); may stand several times",
    )
    parser.add_argument("--packs", metavar="DIR", help="a folder with packs of your own (NAME.toml), beside the library's")
    parser.add_argument("--out", metavar="PATH", help="write it: .xlsx and .duckdb hold all tables, .csv, .parquet and .dta one")
    parser.add_argument("--table", choices=_TABLES, default="long", help="which one: %(choices)s (default: long)")
    parser.add_argument("--wide", action="store_const", dest="table", const="wide", help="the same as --table wide")
    parser.add_argument(
        "--expected", metavar="LIST", action="append", default=[],
        help="a row for each indicator that a report does not state: a pack, a file of ids, last-year",
    )  # fmt: skip
    parser.add_argument(
        "--vintage", choices=("latest", "first"), default="latest", help="which report is believed on one figure (default: latest)"
    )
    parser.add_argument("--as-of", metavar="DAY", help="of a store: what could be known on that day (YYYY-MM-DD)")
    parser.add_argument("--unmatched", action="store_true", help="keep figures of no known indicator too, in the report's words")
    parser.add_argument("--plot", metavar="PATH", help="draw it: .html (one page that works offline), .svg, .png")
    parser.epilog = "docs/panel.md tells the order of choice between several statements, and what the columns mean."


def run(options: argparse.Namespace) -> int:
    """Make the panel, write or print it, draw it."""
    from reportparse.export.saving import ending
    from reportparse.indicators import load
    from reportparse.panel import panel

    files = _Files(options.sources, options.as_of)
    try:
        if options.out:
            ending(Path(options.out))
        registry = load(options.packs)
        made = panel(
            files.reports(), packs=options.pack, registry=registry, expect=options.expected, vintage=options.vintage,
            unmatched=options.unmatched,
        )  # fmt: skip
        if not made.sources:
            print("reportparse: panel: no report could be read", file=sys.stderr)
            return 1
        _write(made, options)
        if options.plot:
            from reportparse.export.plot import draw

            draw(made, options.plot)
    except (ReportError, ValueError) as error:
        print(f"reportparse: panel: {error}", file=sys.stderr)
        return 2 if isinstance(error, ValueError) and not isinstance(error, ReportError) else 1
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"reportparse: panel: {error.filename or options.out}: {error.strerror or error}", file=sys.stderr)
        return 1
    print(_summary(made), file=sys.stderr)
    return files.status


class _Files:
    """The reports of stores, files and folders, one at a time."""

    def __init__(self, names: list[str], day: str | None) -> None:
        self.names = names
        self.day = day
        self.status = 0

    def reports(self) -> Iterator[tuple[str, Report]]:
        """Each report with its address."""
        from reportparse.cli.sources import Sources
        from reportparse.pipeline import parse

        plain: list[str] = []
        for name in self.names:
            if _is_store(Path(name)):
                yield from _stored(name, self.day)
            elif Path(name).is_dir():
                plain += sorted(str(p) for p in Path(name).rglob("*") if p.is_file() and not p.name.startswith("."))
            else:
                plain.append(name)
        sources = Sources(plain)
        yield from sources.each(lambda source, name: parse(source, name=name))
        self.status = sources.status


def _is_store(path: Path) -> bool:
    if path.is_dir():
        return any(path.glob("part-*")) or any(path.glob("*/records.parquet"))
    if path.suffix.lower() == ".duckdb":
        return True
    try:
        with path.open("rb") as file:
            return file.read(12)[8:] == b"DUCK"
    except OSError:
        return False


def _stored(name: str, day: str | None) -> Iterator[tuple[str, Report]]:
    from reportparse.store import open_store

    chosen = "SELECT report, coalesce(url, path) FROM current_reports ORDER BY region, year, report"
    dated = "SELECT report, coalesce(url, path) FROM reports_as_of(CAST($1 AS DATE)) ORDER BY region, year, report"
    with open_store(name) as store:
        for key, address in list(store.query(dated, (day,)).rows if day else store.query(chosen).rows):
            yield address, store.report(key)


def _sheets(made: Panel, first: str) -> list[Sheet]:
    from reportparse.export import panels
    from reportparse.export.sdmx import sdmx

    entries = dict.fromkeys(s.indicator for s in made.statements if s.indicator)
    makers: dict[str, Callable[[Panel], Sheet]] = {
        "wide": panels.wide, "long": panels.long, "targets": panels.targets, "gaps": panels.gaps, "sdmx": sdmx,
        "indicators": lambda _: panels.indicators(entries),
    }  # fmt: skip
    return [makers[first](made)] if first else [make(made) for make in makers.values()]


def _write(made: Panel, options: argparse.Namespace) -> None:
    from reportparse.export.saving import save, several

    if options.out:
        save(_sheets(made, "" if several(options.out) else options.table), options.out)
    elif not options.plot:
        _print(_sheets(made, options.table)[0])


def _print(sheet: Sheet) -> None:
    from reportparse.export.columns import align, plain
    from reportparse.export.saving import text

    shown = _fullest(sheet) if sheet.name == "wide" else [j for j, c in enumerate(sheet.columns) if c.name in _BRIEF or sheet.name == "indicators"]
    rows = [tuple(plain(text(row[j]))[:40] for j in shown) for row in sheet.rows[:_SHOWN]]
    for line in align([tuple(sheet.columns[j].name for j in shown), *rows]):
        print(line)
    if len(sheet.rows) > _SHOWN:
        print(f"… {_SHOWN} of {len(sheet.rows)} rows; --out writes all")
    elif len(shown) < len(sheet.columns) and sheet.name == "wide":
        print(f"… {len(shown)} of {len(sheet.columns)} columns; --out writes all")


def _fullest(sheet: Sheet) -> list[int]:
    """Region, year and the columns with most figures, as many as a line holds."""
    filled = {j: sum(row[j] is not None for row in sheet.rows) for j in range(3, max(len(sheet.columns) - 2, 3))}
    chosen = [0, 2]
    room = _WIDTH
    for j in sorted(filled, key=lambda j: -filled[j]):
        room -= max(len(sheet.columns[j].name), 8) + 2
        if room < 0:
            break
        chosen.append(j)
    return sorted(chosen)


_BRIEF = {
    "region", "year", "period", "name_zh", "measure", "basis", "yardstick", "value", "unit", "bound", "status", "conflict",
    "target_value", "target_unit", "target_bound", "actual_value", "verdict", "expected_by", "stated",
    "REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS",
}  # fmt: skip


def _summary(made: Panel) -> str:
    cells = made.cells()
    regions = {s.region for s in cells}
    parts = [_count(len(made.sources), "report"), _count(len(regions), "region")]
    parts += [f"{_count(len(cells), 'cell')} of {_count(len({s.name for s in cells}), 'indicator')}"]
    parts += [f"{sum(s.conflict for s in cells)} with conflicting statements", _count(len(made.targets), "target")]
    parts += [f"{len(made.gaps)} expected and not stated"] if made.gaps else []
    return "panel: " + ", ".join(parts)


def _count(number: int, of: str) -> str:
    return f"{number} {of}" if number == 1 else f"{number} {of}s"
