"""What a header says, once it has been read."""

from __future__ import annotations

from typing import Literal, NamedTuple

from reportparse.model import Status

Role = Literal["label", "unit", "serial", "figure", "remark", "empty"]
Kind = Literal["level", "share", "change", "rank"]


class Head(NamedTuple):
    """A column's headers, or those of a row of periods, read once for all its cells."""

    path: tuple[str, ...]
    """Header texts, outermost first, without unit brackets."""
    kind: Kind
    noun: str
    """What the column measures, empty where it leaves that to its rows or the caption."""
    unit: str | None
    status: Status | None
    year: int | None
    """Year it names."""
    offset: int | None
    """Or years from the table's own year: -1 for 上年."""
    months: tuple[int, int] | None
    """First and last month, where it names a part of the year."""
    as_of: bool
    """A stock at the end of the period."""
    against: str | None
    """Basis of a change as far as the header says it."""
    falls: bool
    """A positive figure counts a fall."""
    subject: str | None
    scope: str | None
    """Field of a ranking."""
    budget: str
    """调整预算 where the figure is of the adjusted budget, else empty."""
    rate: bool
    """The figure is a percentage, where no unit is said."""


class Column(NamedTuple):
    """A column of figures with its headers and the column of levels that it belongs to."""

    place: int
    """Which column of the table, from 0."""
    head: Head
    base: int | None
    """Place of the level column that a change, share or rank is about."""
    repeated: bool
    """Another column of the half has the same headers."""


class Block(NamedTuple):
    """One of the halves of a table: label columns and the figure columns to their right."""

    main: int | None
    """The column of the rows' own names."""
    outer: tuple[int, ...]
    """Columns of names to the left that hold several rows together."""
    unit: int | None
    serials: tuple[int, ...]
    columns: tuple[Column, ...]
    topic: str
    """What the label column's own header says over it: 收入, 支出; or its head: 地区."""
    subjects: bool
    """Rows are places, companies or bodies."""
    times: bool
    """Rows are periods."""
    units: tuple[str, ...]
    """Units that the head of the label column gives: 财务数据（单位：亿元）."""


class Label(NamedTuple):
    """A row's place among the rows of its block."""

    path: tuple[str, ...]
    """Its own label last, above it those it is a part of."""
    total: bool
    part: bool
    """It stands under 其中."""
    parent: int | None
    """Row that it is a part of."""
    unit: str | None
    name: str
    """Its own label without number, mark, unit and year."""
    year: int | None
    as_of: bool
    """Year that the label begins with, and whether it is meant at its end."""
