"""Sheets: columns with Chinese and English titles and typed rows, which every format of a table is written from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Kind = Literal["text", "integer", "decimal", "yes"]
Cell = str | int | Decimal | bool | None


class Column(NamedTuple):
    """A column: its name in files, its titles, what its cells are."""

    name: str
    zh: str
    en: str
    kind: Kind = "text"
    width: int = 12


class Sheet(NamedTuple):
    """A table to be written; `link` gives the address that a row's cell in the column `linked` leads to."""

    name: str
    zh: str
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]]
    linked: str | None = None
    link: Callable[[int], str | None] | None = None
    mark: Callable[[int, int], str | None] | None = None
    """A note for the cell of a row and a column, where there is something to say of it."""


def sheet(name: str, zh: str, columns: Sequence[tuple[Column, Callable[[Any], Cell]]], things: Iterable[Any], **more: Any) -> Sheet:
    """The sheet whose rows are `things`, each column with the way to its cell."""
    ways = [way for _, way in columns]
    return Sheet(name, zh, tuple(column for column, _ in columns), [tuple(way(thing) for way in ways) for thing in things], **more)


def scale(sheet: Sheet, column: int) -> tuple[int, int] | None:
    """Digits and decimal places that hold every cell of a decimal column exactly; None where 38 digits don't.

    >>> scale(Sheet("x", "", (Column("v", "", "", "decimal"),), [(Decimal("1.50"),), (Decimal("123"),), (None,)]), 0)
    (5, 2)
    """
    whole = places = 0
    for row in sheet.rows:
        value = row[column]
        if isinstance(value, Decimal):
            exponent = int(value.as_tuple().exponent)
            places = max(places, -exponent)
            whole = max(whole, value.adjusted() + 1, 1)
    digits = max(whole + places, 1)
    return (digits, places) if digits <= _DIGITS else None


_DIGITS = 38
