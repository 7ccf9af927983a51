"""A Stata file (version 118, UTF-8) with Chinese labels.

Stata has no decimals: numbers are doubles, exact to 15 digits; the column `text` keeps each figure as printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportparse.errors import MissingExtra
from reportparse.export.sheets import Cell, Column, Sheet

_LABEL = 80
_NAME = 32
_CATEGORIES = {"measure", "bound", "status", "verdict", "target_bound", "actual_bound", "matched", "kind", "direction", "rank_type"}
_RENAMED = {"end": "stop", "target_end": "target_stop", "actual_end": "actual_stop"}  # `end` is a word of Stata
_FIXED = 2045  # bytes of a plain text; longer ones are strL


def write(sheets: Sequence[Sheet], path: Path, kind: str) -> None:  # noqa: ARG001  the same for all formats
    """Write the first sheet."""
    try:
        import pandas as pd  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtra("frames", "a Stata file (.dta)") from error
    sheet = sheets[0]
    names = [_RENAMED.get(column.name, column.name)[:_NAME] for column in sheet.columns]
    columns: dict[str, Any] = {}
    long: list[str] = []
    for j, (name, column) in enumerate(zip(names, sheet.columns, strict=True)):
        cells = [_cell(row[j], column) for row in sheet.rows]
        if column.kind != "text":
            columns[name] = pd.Series(cells, dtype="float64")
        elif column.name in _CATEGORIES and any(cells):
            columns[name] = pd.Categorical([c or None for c in cells])
        else:
            columns[name] = pd.Series([c or "" for c in cells], dtype="object")
            if any(len(str(c or "").encode()) > _FIXED for c in cells):
                long.append(name)
    labels = {name: f"{column.zh} {column.en}"[:_LABEL] for name, column in zip(names, sheet.columns, strict=True)}
    frame = pd.DataFrame(columns)
    frame.to_stata(
        path, write_index=False, version=118, variable_labels=labels, convert_strl=long, data_label=f"reportparse {sheet.name}"
    )


def _cell(cell: Cell, column: Column) -> str | float | None:
    if cell is None:
        return None
    if column.kind == "text":
        return str(cell)
    return float(cell) if isinstance(cell, Decimal | int) else None
