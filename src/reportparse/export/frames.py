"""Reports, panels and sheets as frames of pandas or polars. Decimals stay exact: they are Arrow decimals.

frame(report)                     the records of a report, a pandas frame
frame(panel, "polars")            the long table of a panel
frame(panel, table="wide")        one of `TABLES`
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from reportparse.errors import MissingExtra
from reportparse.export.panels import gaps, long, targets, wide
from reportparse.export.recordsheet import records
from reportparse.export.sdmx import sdmx
from reportparse.export.sheets import Sheet, scale
from reportparse.model import Report
from reportparse.panel import Panel

if TYPE_CHECKING:
    import pyarrow as pa

Engine = Literal["pandas", "polars"]
TABLES: dict[str, Callable[[Panel], Sheet]] = {"long": long, "wide": wide, "targets": targets, "gaps": gaps, "sdmx": sdmx}
"""The tables of a panel."""


def frame(what: Report | Panel | Sheet, engine: Engine = "pandas", *, table: str = "long") -> Any:
    """A frame of the records of a report, of a table of a panel, or of a sheet.

    Raises a `MissingExtra` where pandas, polars or pyarrow is not installed.
    """
    if isinstance(what, Panel):
        what = TABLES[table](what)
    sheet = records([("", what)]) if isinstance(what, Report) else what
    return _pandas(arrow(sheet)) if engine == "pandas" else _polars(arrow(sheet))


def arrow(sheet: Sheet) -> pa.Table:
    """The sheet as a table of Arrow; a decimal column that 38 digits don't hold is text."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtra("frames", "a frame") from error
    types = {"text": pa.string(), "integer": pa.int64(), "yes": pa.bool_()}
    arrays = []
    for j, column in enumerate(sheet.columns):
        cells: list[Any] = [row[j] for row in sheet.rows]
        if column.kind == "decimal":
            held = scale(sheet, j)
            kind = pa.string() if held is None else pa.decimal128(38, held[1])
            cells = [f"{c:f}" if held is None and isinstance(c, Decimal) else c for c in cells]
        else:
            kind = types[column.kind]
        arrays.append(pa.array(cells, kind))
    return pa.table(arrays, names=[column.name for column in sheet.columns])


def _pandas(table: pa.Table) -> Any:
    try:
        import pandas as pd  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtra("frames", "a pandas frame") from error
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _polars(table: pa.Table) -> Any:
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtra("frames", "a polars frame") from error
    return pl.from_arrow(table)
