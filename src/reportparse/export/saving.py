"""Sheets into a file: which kind, its ending says. A file appears whole or not at all."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from importlib import import_module
from pathlib import Path

from reportparse.export.as_csv import harmless
from reportparse.export.sheets import Cell, Sheet

ENDINGS = {
    ".csv": ("saving", False),
    ".xlsx": ("xlsx", True),
    ".parquet": ("duck", False),
    ".duckdb": ("duck", True),
    ".dta": ("stata", False),
}
"""Each ending, the module that writes it, and whether it holds several sheets."""


def save(sheets: Sequence[Sheet], path: str | Path) -> Path:
    """Write the sheets (the first alone where the format holds one) to `path`.

    Raises a `ValueError` where the ending is none of `ENDINGS`, a `MissingExtra` where a package is not installed.
    """
    target = Path(path)
    kind = ending(target)
    module, several = ENDINGS[kind]
    write = import_module(f"reportparse.export.{module}").write
    with whole(target) as beside:
        write(sheets if several else sheets[:1], beside, kind)
    return target


def ending(path: Path) -> str:
    """The path's ending; `ValueError` where it says no known format."""
    kind = path.suffix.lower()
    if kind not in ENDINGS:
        raise ValueError(f"{path}: the ending should be one of {', '.join(ENDINGS)}")
    return kind


def several(path: str | Path) -> bool:
    """Whether a file of this ending holds several sheets."""
    return ENDINGS[ending(Path(path))][1]


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A path beside `target`, whose file takes its name when it is finished."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
        beside = Path(folder) / target.name
        yield beside
        os.replace(beside, target)  # noqa: PTH105  over a file that is there


def write(sheets: Sequence[Sheet], path: Path, kind: str) -> None:  # noqa: ARG001  the same for all formats
    """CSV: UTF-8 with a byte order mark, decimals in all their digits, no cell that would run as a formula."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("\ufeff")
        rows = csv.writer(out)
        for sheet in sheets:
            rows.writerow([column.name for column in sheet.columns])
            rows.writerows([harmless(text(cell)) for cell in row] for row in sheet.rows)


def text(cell: Cell) -> str:
    """A cell in CSV.

    >>> [text(c) for c in (None, True, Decimal("1E+2"), 3, "x")]
    ['', '1', '100', '3', 'x']
    """
    match cell:
        case None:
            return ""
        case bool():
            return str(int(cell))
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)
