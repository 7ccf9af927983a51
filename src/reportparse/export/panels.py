"""A panel as sheets: long, wide, targets, gaps, indicators, and the long one in SDMX names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from reportparse.export.sheets import Cell, Column, Sheet, sheet
from reportparse.indicators import Indicator, load
from reportparse.panel import Gap, Panel, Statement, Target

Way = tuple[Column, Callable[[Any], Cell]]


def address(s: Statement) -> str | None:
    """Where the sentence can be read: the page's URL with a text fragment, a PDF's page, a file."""
    base = s.source.address
    if not base:
        return None
    if not base.startswith(("http://", "https://")):
        base = Path(base).absolute().as_uri()
    if s.page:
        return f"{base}#page={s.page}"
    words = s.quote.strip().split("\t")[0][:24]
    return f"{base}#:~:text={quote(words)}" if base.startswith("http") and words else base


_REPORT: list[Way] = [
    (Column("report", "报告", "report", width=36), lambda r: r.title),
    (Column("genre", "报告类型", "genre"), lambda r: r.genre),
    (Column("report_year", "报告年份", "year of the report", "integer", 9), lambda r: r.year),
    (Column("published", "发布日期", "published"), lambda r: r.published),
    (Column("address", "来源地址", "address", width=30), lambda r: r.address or None),
    (Column("sha256", "来源哈希", "sha256 of the source"), lambda r: r.key),
]


def _of(ways: Iterable[tuple[Column, Callable[[Any], Cell]]], inner: Callable[[Any], Any], before: str = "", zh: str = "") -> list[Way]:
    def reach(way: Callable[[Any], Cell]) -> Callable[[Any], Cell]:
        return lambda thing: None if (held := inner(thing)) is None else way(held)

    return [(c._replace(name=before + c.name, zh=zh + c.zh), reach(way)) for c, way in ways]


_CELL: list[Way] = [
    (Column("region", "地区", "region", width=14), lambda s: s.region),
    (Column("region_code", "地区代码", "code of the region (GB/T 2260)", width=9), lambda s: s.region_code or None),
    (Column("year", "年份", "year", "integer", 7), lambda s: s.year),
    (Column("period", "时期", "period (ISO 8601)"), lambda s: s.period),
    (Column("pack", "指标包", "pack"), lambda s: s.indicator.pack if s.indicator else None),
    (Column("indicator", "指标代码", "indicator", width=18), lambda s: s.indicator.id if s.indicator else None),
    (Column("name_zh", "指标", "indicator's Chinese name", width=26), lambda s: s.indicator.name_zh if s.indicator else s.words),
    (Column("name_en", "指标英文名", "indicator's English name", width=26), lambda s: s.indicator.name_en if s.indicator else None),
    (Column("subject", "主体", "subject"), lambda s: s.subject),
    (Column("measure", "度量", "level, change or rank", width=8), lambda s: s.measure),
    (Column("basis", "对比基期", "base of the change; field of the rank"), lambda s: s.basis),
    (Column("yardstick", "对照", "yardstick"), lambda s: s.yardstick),
]
_FIGURE: list[Way] = [
    (Column("value", "数值", "value", "decimal"), lambda s: s.value),
    (Column("value_max", "数值上限", "upper end of a range", "decimal", 9), lambda s: s.value_max),
    (Column("unit", "单位", "unit", width=10), lambda s: s.unit),
    (Column("bound", "界限", "bound", width=9), lambda s: s.bound),
    (Column("status", "状态", "actual, preliminary or target", width=11), lambda s: s.status),
    (Column("text", "原文数字", "figure as printed"), lambda s: s.text),
]
_MARKS: list[Way] = [
    (Column("prices", "价格口径", "price basis", width=9), lambda s: s.prices),
    (Column("choice", "取舍次序", "place in the order of choice", "integer", 8), lambda s: s.choice),
    (Column("statements", "陈述数", "statements of the cell", "integer", 7), lambda s: s.statements),
    (Column("conflict", "矛盾", "statements that can't all be right", "yes", 6), lambda s: s.conflict),
    (Column("plausible", "合理", "within the plausible range", "yes", 6), lambda s: s.plausible),
    (Column("standard", "标准", "standard followed"), lambda s: s.standard or None),
    (Column("series_break", "口径变动", "series breaks before this year", "yes", 8), lambda s: s.breaks),
    (Column("words", "原文指标", "indicator in the report's words", width=26), lambda s: s.words),
    (Column("matched", "匹配方式", "how it was matched", width=9), lambda s: s.how or None),
    (Column("matched_by", "匹配依据", "what it was matched by", width=18), lambda s: s.by or None),
]
_PLACE: list[Way] = [
    (Column("quote", "原句", "sentence", width=60), lambda s: s.quote),
    (Column("record", "记录", "record", width=9), lambda s: s.id),
    (Column("start", "起", "start in the text", "integer", 8), lambda s: s.start),
    (Column("end", "止", "end in the text", "integer", 8), lambda s: s.end),
    (Column("page", "页", "page", "integer", 6), lambda s: s.page),
    (Column("flags", "存疑", "flags"), lambda s: ", ".join(s.flags) or None),
]


def long(panel: Panel) -> Sheet:
    """A statement a row, all that there are: chosen ones have `choice` 1."""
    ways = [*_CELL, *_FIGURE, *_MARKS, *_of(_REPORT, lambda s: s.source), *_PLACE]
    told = panel.statements
    return sheet("long", "长表", ways, told, linked="quote", link=lambda i: address(told[i]))


def targets(panel: Panel) -> Sheet:
    """A target a row, beside what was achieved."""
    found = panel.targets

    def target(t: Target) -> Statement:
        return t.target

    def actual(t: Target) -> Statement | None:
        return t.actual

    short = [way for way in _FIGURE if way[0].name != "status"]
    source = _of([way for way in _REPORT if way[0].name in ("report", "address")], lambda s: s.source)
    place = [way for way in _PLACE if way[0].name in ("quote", "record", "start", "end", "page")]
    ways = [
        *_of(_CELL, target), *_of(short, target, "target_", "目标"), *_of(short, actual, "actual_", "实际"),
        (Column("verdict", "是否达到", "reached or not"), lambda t: t.verdict),
        (Column("difference", "差距", "actual less target", "decimal"), lambda t: t.difference),
        *_of([*source, *place], target, "target_", "目标"), *_of([*source, *place], actual, "actual_", "实际"),
    ]  # fmt: skip
    return sheet("targets", "目标对照", ways, found, linked="target_quote", link=lambda i: address(found[i].target))


def gaps(panel: Panel) -> Sheet:
    """A row for each expected indicator that a report does not state."""

    def last(g: Gap) -> Statement | None:
        return g.before

    ways: list[Way] = [
        (Column("region", "地区", "region", width=14), lambda g: g.source.region),
        (Column("year", "年份", "year", "integer", 7), lambda g: g.source.year),
        *_of(_ENTRY[:4], lambda g: g.indicator),
        (Column("stated", "是否陈述", "not stated in this report", width=10), lambda _: "not_stated"),
        (Column("expected_by", "为何应有", "why it is expected", width=26), lambda g: g.expected_by),
        *_of([way for way in _FIGURE if way[0].name in ("value", "unit")], last, "last_", "上年"),
        (Column("elsewhere", "见于他处", "report that states it", width=30), lambda g: g.elsewhere.source.title if g.elsewhere else None),
        *_of(_REPORT, lambda g: g.source),
    ]
    return sheet("gaps", "应有未有", ways, panel.gaps)


_ENTRY: list[Way] = [
    (Column("pack", "指标包", "pack"), lambda i: i.pack),
    (Column("indicator", "指标代码", "indicator", width=18), lambda i: i.id),
    (Column("name_zh", "指标", "Chinese name", width=30), lambda i: i.name_zh),
    (Column("name_en", "指标英文名", "English name", width=40), lambda i: i.name_en),
    (Column("unit", "单位", "unit"), lambda i: i.unit),
    (Column("dimension", "量纲", "dimension"), lambda i: i.dimension),
    (Column("prices", "价格口径", "price basis"), lambda i: i.prices or None),
    (Column("better", "向好方向", "which way is better"), lambda i: i.better or None),
    (Column("min", "合理下限", "plausible from", "decimal"), lambda i: i.min),
    (Column("max", "合理上限", "plausible to", "decimal"), lambda i: i.max),
    (Column("standards", "标准与口径变动", "standards, each with its first year", width=40), lambda i: _standards(i) or None),
    (Column("source", "定义来源", "source", width=40), lambda i: i.source),
]


def _standards(entry: Indicator) -> str:
    return "; ".join(f"{s.id} ({s.first})" for s in entry.standards)


def indicators(entries: Iterable[Indicator]) -> Sheet:
    """An indicator a row."""
    return sheet("indicators", "指标", _ENTRY, entries)


def wide(panel: Panel) -> Sheet:
    """A row for each region and year, a column for each indicator: its level, its change on the year before, its rank.

    Years between a region's first and last report that hold nothing stay as empty rows. Cells of subjects that are no
    region, of parts of years, and in other units than the indicator's are in the long sheet only.
    """
    held: dict[tuple[str, str, int], dict[str, Statement]] = {}
    columns: dict[str, Column] = {}
    owners: dict[str, str] = {}
    for s in panel.cells():
        column = _wide_column(s)
        if column is None or s.year is None or s.region is None:
            continue
        columns.setdefault(column.name, column)
        owners[column.name] = s.name
        held.setdefault((s.region_code, s.region, s.year), {}).setdefault(column.name, s)
    keys = sorted({*held, *_years(panel, held)})
    found = [held.get(key, {}) for key in keys]
    place = {entry.id: k for k, entry in enumerate(load())}
    names = sorted(columns, key=lambda name: (place.get(owners[name], len(place)), owners[name], len(name)))
    head = (
        Column("region", "地区", "region", width=14), Column("region_code", "地区代码", "code of the region (GB/T 2260)", width=9),
        Column("year", "年份", "year", "integer", 7),
    )  # fmt: skip
    tail = (
        Column("conflicts", "矛盾", "cells whose statements conflict", width=20),
        Column("series_breaks", "口径变动", "cells before which the series breaks", width=20),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            region, code or None, year, *(cells[n].value if n in cells else None for n in names),
            " ".join(n for n in names if n in cells and cells[n].conflict) or None,
            " ".join(n for n in names if n in cells and cells[n].breaks) or None,
        )
        for (code, region, year), cells in zip(keys, found, strict=True)
    ]  # fmt: skip

    def mark(row: int, column: int) -> str | None:
        if not 3 <= column < 3 + len(names):
            return None
        s = found[row].get(names[column - 3])
        return _note(s) if s else None

    return Sheet("wide", "宽表", (*head, *(columns[name] for name in names), *tail), rows, mark=mark)


def _wide_column(s: Statement) -> Column | None:
    entry = s.indicator
    if entry is None or s.subject or s.yardstick:
        return None
    if s.measure == "level" and s.unit == entry.unit:
        return Column(entry.id, f"{entry.name_zh}({s.unit})" if s.unit else entry.name_zh, entry.name_en, "decimal", 14)
    if s.measure == "change" and s.unit in ("%", "百分点") and s.basis in (None, "year_on_year") and s.prices != "current":
        suffix, zh = ("_yoy", "增长(%)") if s.unit == "%" else ("_pp", "提高(百分点)")
        return Column(entry.id + suffix, entry.name_zh + zh, f"{entry.name_en}, change on the year before ({s.unit})", "decimal", 14)
    if s.measure == "rank":
        return Column(f"{entry.id}_rank", f"{entry.name_zh}位次", f"{entry.name_en}, rank", "decimal", 10)
    return None


def _years(panel: Panel, held: Iterable[tuple[str, str, int]]) -> Iterable[tuple[str, str, int]]:
    names = {region: code for code, region, _ in held}
    spans: dict[str, list[int]] = {}
    for s in panel.statements:
        if s.region in names and s.source.region == s.region and s.source.year:
            spans.setdefault(s.region, []).append(s.source.year)
    return [(names[region], region, year) for region, years in spans.items() for year in range(min(years), max(years) + 1)]


def _note(s: Statement) -> str:
    lines = [s.quote[:300], f"—— {s.source.title or s.source.address}" + (f", p. {s.page}" if s.page else "") + f" [{s.start}:{s.end}]"]
    lines += [f"bound: {s.bound}"] if s.bound != "exact" else []
    lines += [f"status: {s.status}"] if s.status != "actual" else []
    lines += [f"conflict: {s.statements} statements, see the long sheet"] if s.conflict else []
    lines += [f"series break: {s.standard}"] if s.breaks else []
    lines += ["outside the plausible range"] if not s.plausible else []
    return "\n".join(lines)
