"""The long table in the names of SDMX: REF_AREA, TIME_PERIOD, INDICATOR, OBS_VALUE, UNIT_MEASURE, UNIT_MULT, OBS_STATUS.

OBS_VALUE is the printed number and UNIT_MULT the power of ten that belongs to it (亿元: CNY and 8), so nothing is
rounded. OBS_STATUS: A normal, P provisional, F a target, B the series breaks here, O expected and not stated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from reportparse.export.sheets import Cell, Column, Kind, Sheet, sheet
from reportparse.indicators.packs import words
from reportparse.panel import Gap, Panel, Source, Statement
from reportparse.units import canonical

_MONTHS = re.compile(r"(\d{4})-(\d\d)/\1-(\d\d)")
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_TRANSFORMED = {"year_on_year": "GY", "period_on_period": "G1", "cumulative": "GC"}


def time_period(period: str | None, year: int | None = None) -> str:
    """A period as SDMX writes it.

    >>> [time_period(p) for p in ("2023", "2023-06", "2025-01/2025-06", "2025-07/2025-09", "2025-01/2025-09", "2021/2025")]
    ['2023', '2023-06', '2025-S1', '2025-Q3', '2025-01-01/P9M', '2021-01-01/P5Y']
    """
    if year is not None:
        return str(year)
    said = period or ""
    if found := _MONTHS.fullmatch(said):
        first, last = int(found[2]), int(found[3])
        if last - first == 2 and first % 3 == 1:
            return f"{found[1]}-Q{last // 3}"
        if last - first == 5 and first % 6 == 1:
            return f"{found[1]}-S{last // 6}"
        return f"{found[1]}-{first:02}-01/P{last - first + 1}M"
    if found := _YEARS.fullmatch(said):
        return f"{found[1]}-01-01/P{int(found[2]) - int(found[1]) + 1}Y"
    return said


def frequency(time: str) -> str:
    """The code of FREQ for a TIME_PERIOD.

    >>> [frequency(t) for t in ("2023", "2023-06", "2025-S1", "2025-Q3", "2025-12-31", "2021-01-01/P5Y")]
    ['A', 'M', 'S', 'Q', 'D', '_O']
    """
    for pattern, code in ((r"\d{4}", "A"), (r"\d{4}-\d\d", "M"), (r"\d{4}-S\d", "S"), (r"\d{4}-Q\d", "Q"), (r"\d{4}-\d\d-\d\d", "D")):
        if re.fullmatch(pattern, time):
            return code
    return "_O"


def unit_measure(unit: str) -> tuple[str, int]:
    """Code and power of ten of a unit as written.

    >>> unit_measure("亿元"), unit_measure("万吨"), unit_measure("微克/立方米"), unit_measure("名")
    (('CNY', 8), ('T', 4), ('UG_M3', 0), ('名', 0))
    """
    times, name = canonical(unit)
    return words()["sdmx"].get(name, name), times.adjusted()


def sdmx(panel: Panel) -> Sheet:
    """The chosen statement of each cell, targets, and what was expected and is not stated, in SDMX names."""
    return sheet("sdmx", "SDMX", [(column, way) for column, way in _WAYS], _rows(panel))


def _rows(panel: Panel) -> Iterator[dict[str, Cell]]:
    for s in panel.statements:
        if s.choice == 1:
            yield _observation(s)
    for gap in panel.gaps:
        yield _missing(gap)


def _observation(s: Statement) -> dict[str, Cell]:
    code, power = unit_measure(s.unit)
    time = time_period(s.period, s.year)
    return {
        "FREQ": frequency(time), "REF_AREA": s.region_code or s.region, "INDICATOR": (s.indicator.id.upper() if s.indicator else s.words),
        "TIME_PERIOD": time, "OBS_VALUE": s.value, "UNIT_MEASURE": code, "UNIT_MULT": power,
        "OBS_STATUS": "F" if s.status == "target" else "P" if s.status == "preliminary" else "B" if s.breaks else "A",
        "TRANSFORMATION": "N" if s.measure == "level" else "RANK" if s.measure == "rank" else _TRANSFORMED.get(s.basis or "", s.basis or "GY"),
        "PRICES": {"constant": "Q", "current": "V"}.get(s.prices or "", "_Z"), "SUBJECT": s.subject or "_T",
        "BOUND": s.bound, "OBS_VALUE_MAX": s.value_max, "CONFLICT": s.conflict, "COUNTERPART": s.yardstick or "_Z",
        "TITLE": s.indicator.name_zh if s.indicator else s.words, "REF_AREA_NAME": s.region, **_told(s.source),
        "COMMENT_OBS": s.quote,
    }  # fmt: skip


def _missing(gap: Gap) -> dict[str, Cell]:
    from reportparse.panel.stating import whose

    name, code, _ = whose(None, gap.source.region, gap.source.year)
    unit, power = unit_measure(gap.indicator.unit)
    return {
        "FREQ": "A", "REF_AREA": code or name, "INDICATOR": gap.indicator.id.upper(), "TIME_PERIOD": str(gap.source.year), "OBS_VALUE": None,
        "UNIT_MEASURE": unit, "UNIT_MULT": power, "OBS_STATUS": "O", "TRANSFORMATION": "N", "PRICES": "_Z", "SUBJECT": "_T",
        "TITLE": gap.indicator.name_zh, "REF_AREA_NAME": name, **_told(gap.source), "COMMENT_OBS": f"not stated; expected by {gap.expected_by}",
    }  # fmt: skip


def _told(source: Source) -> dict[str, Cell]:
    return {"SOURCE": source.title, "SOURCE_URL": source.address or None, "SOURCE_DATE": source.published}


def _way(name: str) -> Callable[[Any], Cell]:
    return lambda row: row.get(name)


_KINDS: dict[str, Kind] = {"OBS_VALUE": "decimal", "OBS_VALUE_MAX": "decimal", "UNIT_MULT": "integer", "CONFLICT": "yes"}
_WAYS = [
    (Column(name, zh, en, _KINDS.get(name, "text")), _way(name))
    for name, zh, en in (
        ("FREQ", "频率", "frequency"), ("REF_AREA", "地区代码", "reference area (GB/T 2260)"), ("INDICATOR", "指标代码", "indicator"),
        ("TIME_PERIOD", "时期", "time period"), ("OBS_VALUE", "数值", "observed value"), ("UNIT_MEASURE", "计量单位", "unit of measure"),
        ("UNIT_MULT", "单位倍数", "unit multiplier (power of ten)"),
        ("OBS_STATUS", "状态", "status of the observation"),
        ("TRANSFORMATION", "变换", "N level, GY growth on a year, G1 on the period before, GC cumulative, RANK"),
        ("PRICES", "价格", "V current, Q constant"),
        ("SUBJECT", "主体", "subject; _T the region as a whole"), ("COUNTERPART", "对照", "yardstick"), ("BOUND", "界限", "bound"),
        ("OBS_VALUE_MAX", "数值上限", "upper end of a range"), ("CONFLICT", "矛盾", "statements conflict"),
        ("TITLE", "指标", "name of the indicator"),
        ("REF_AREA_NAME", "地区", "name of the area"), ("SOURCE", "报告", "report"), ("SOURCE_URL", "来源地址", "address"),
        ("SOURCE_DATE", "发布日期", "published"), ("COMMENT_OBS", "原句", "sentence"),
    )
]  # fmt: skip
__all__ = ["frequency", "sdmx", "time_period", "unit_measure"]
