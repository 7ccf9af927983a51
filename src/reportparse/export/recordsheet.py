"""The records of reports as a sheet: the columns of CSV, typed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from reportparse.export.as_csv import COLUMNS, row
from reportparse.export.sheets import Cell, Column, Kind, Sheet
from reportparse.model import Report

_ZH = {
    "source": "来源", "report": "报告", "region": "地区", "year": "年份", "kind": "类型", "id": "编号", "text": "原文数字", "start": "起",
    "end": "止", "indicator": "指标", "subject": "主体", "period": "时期", "status": "状态", "price_basis": "价格口径", "value": "数值",
    "value_max": "数值上限", "unit": "单位", "canonical_value": "规范数值", "canonical_value_max": "规范数值上限",
    "canonical_unit": "规范单位", "bound": "界限", "direction": "方向", "basis": "对比基期", "yardstick": "对照", "rank": "位次",
    "rank_type": "位次类型", "scope": "范围", "scope_size": "范围大小", "streak": "连续年数", "section": "章节", "page": "页",
    "table": "表号", "caption": "表题", "row": "行", "column": "列", "sentence": "原句", "related": "关联", "rules": "规则",
    "flags": "存疑",
}  # fmt: skip
_DECIMALS = {"value", "value_max", "canonical_value", "canonical_value_max"}
_INTEGERS = {"year", "start", "end", "rank", "scope_size", "streak", "page", "table"}


def _kind(name: str) -> Kind:
    return "decimal" if name in _DECIMALS else "integer" if name in _INTEGERS else "text"


def records(reports: Iterable[tuple[str, Report]]) -> Sheet:
    """A record a row; each report comes with its address."""
    columns = tuple(Column(name, _ZH[name], name.replace("_", " "), _kind(name), 40 if name == "sentence" else 12) for name in COLUMNS)
    rows: list[tuple[Cell, ...]] = []
    for source, report in reports:
        first = {"source": report.url or source or None, "report": report.title, "region": report.region, "year": report.year}
        rows += (tuple(_cell(cells.get(name)) for name in COLUMNS) for cells in (first | row(r) for r in report.records))
    return Sheet("records", "记录", columns, rows)


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple | list):
        return " / ".join(value) or None
    return value if isinstance(value, bool | int | Decimal) or value is None else str(value)
