"""A workbook: titles in Chinese and English, frozen heads, filters, links to the sentence, and no formulas.

A spreadsheet keeps 15 digits: a decimal with more is written as text, with all its digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportparse.errors import MissingExtra
from reportparse.export.as_csv import harmless
from reportparse.export.sheets import Cell, Sheet

_DIGITS = 15
_LONGEST = 32767  # characters of a cell
_ROWS = 1048576
_LINKS = 60000  # of a sheet; Excel holds 65530
_URL = 2000


def write(sheets: Sequence[Sheet], path: Path, kind: str) -> None:  # noqa: ARG001  the same for all formats
    """Write each sheet as one of the workbook's."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtra("frames", "a spreadsheet (.xlsx)") from error
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        formats = _Formats(book)
        for sheet in sheets:
            _write(sheet, book.add_worksheet(sheet.zh[:31]), formats)


class _Formats:
    """The workbook's formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6F0", "bottom": 1})
        self.link = book.add_format({"font_color": "#0563C1"})
        self._known: dict[tuple[int, bool], Any] = {}

    def number(self, places: int, noted: bool) -> Any:
        """A format with so many decimal places; cells with a note are coloured."""
        if (places, noted) not in self._known:
            look = {"num_format": "0." + "0" * places if places else "0"} | ({"bg_color": "#FFE699"} if noted else {})
            self._known[places, noted] = self._book.add_format(look)
        return self._known[places, noted]


def _write(sheet: Sheet, out: Any, formats: _Formats) -> None:
    for j, column in enumerate(sheet.columns):
        out.write_string(0, j, f"{column.zh}\n{column.en}", formats.head)
        out.set_column(j, j, column.width)
    out.set_row(0, 48)
    out.freeze_panes(1, 3 if len(sheet.columns) > 3 else 0)
    rows = sheet.rows[: _ROWS - 1]
    if sheet.columns:
        out.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
    linked = next((j for j, column in enumerate(sheet.columns) if column.name == sheet.linked), None)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            note = sheet.mark(i, j) if sheet.mark and cell is not None else None
            if j == linked and sheet.link and i < _LINKS and (url := sheet.link(i)) and len(url) <= _URL:
                # in capitals, since xlsxwriter turns file:// into a path of Windows
                out.write_url(i + 1, j, url.replace("file://", "FILE://", 1), formats.link, string=safe(str(cell or url)))
            else:
                _cell(out, i + 1, j, cell, formats, note)
            if note:
                out.write_comment(i + 1, j, note[:_LONGEST], {"x_scale": 3, "y_scale": 2})


def _cell(out: Any, i: int, j: int, cell: Cell, formats: _Formats, note: str | None) -> None:
    match cell:
        case None:
            return
        case bool():
            out.write_boolean(i, j, cell)
        case int():
            out.write_number(i, j, cell)
        case Decimal():
            places = max(0, -int(cell.as_tuple().exponent))
            if len(cell.as_tuple().digits) > _DIGITS or places > _DIGITS or cell.adjusted() >= _DIGITS:
                out.write_string(i, j, f"{cell:f}")
            else:
                out.write_number(i, j, float(cell), formats.number(places, "conflict" in (note or "")))
        case _:
            out.write_string(i, j, safe(cell))


def safe(text: str) -> str:
    """A text as a cell may hold it: a string cell never runs, and it stays so when it is copied or saved as CSV.

    >>> safe("=1+1"), safe("增长")
    ("'=1+1", '增长')
    """
    return harmless(text)[:_LONGEST]
