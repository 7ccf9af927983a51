"""A picture of a panel: indicators over years and regions, with targets and changes; one page that works offline.

With Altair: the page holds its scripts (HTML), or the chart is drawn at once (SVG, PNG).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reportparse.errors import MissingExtra
from reportparse.export.saving import whole
from reportparse.indicators import Indicator
from reportparse.panel import Panel, Statement

ENDINGS = (".html", ".svg", ".png")
_CHOICES = 60  # indicators that the page lets choose
_SHOWN = 12  # indicators of a drawn picture
_FONT = "Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, SimHei, sans-serif"


def draw(panel: Panel, path: str | Path) -> Path:
    """Draw the panel into a file: ``.html`` lets the reader choose the indicator, ``.svg`` and ``.png`` show the fullest.

    Raises a `ValueError` for another ending or a panel without cells, a `MissingExtra` where Altair is not installed.
    """
    target = Path(path)
    kind = target.suffix.lower()
    if kind not in ENDINGS:
        raise ValueError(f"{path}: the ending should be one of {', '.join(ENDINGS)}")
    try:
        import altair as alt
        import vl_convert
    except ImportError as error:
        raise MissingExtra("plot", "a picture") from error
    entries = _fullest(panel, _CHOICES if kind == ".html" else _SHOWN)
    if not entries:
        raise ValueError("there is nothing to draw: no figure of a whole year matches an indicator")
    points = list(_points(panel, entries))
    alt.data_transformers.disable_max_rows()
    spec = (_chosen if kind == ".html" else _small)(alt, points, entries)
    with whole(target) as beside:
        if kind == ".html":
            beside.write_text(_page(vl_convert, spec), encoding="utf-8")
        elif kind == ".svg":
            beside.write_text(vl_convert.vegalite_to_svg(spec), encoding="utf-8")
        else:
            beside.write_bytes(vl_convert.vegalite_to_png(spec, scale=2))
    return target


def _fullest(panel: Panel, most: int) -> list[Indicator]:
    counted: Counter[str] = Counter()
    known: dict[str, Indicator] = {}
    for s in panel.cells():
        if s.indicator and s.year is not None and not s.subject and _series(s):
            known[s.indicator.id] = s.indicator
            counted[s.indicator.id] += 1
    return [known[name] for name, _ in counted.most_common(most)]


def _series(s: Statement) -> str | None:
    """Which chart a figure belongs to."""
    if s.indicator is None:
        return None
    if s.measure == "level" and s.unit == s.indicator.unit:
        return "level"
    if s.measure == "change" and s.unit in ("%", "百分点") and s.basis in (None, "year_on_year") and not s.yardstick:
        return "change"
    return None


def _points(panel: Panel, entries: Iterable[Indicator]) -> Iterator[dict[str, Any]]:
    titles = {entry.id: _title(entry) for entry in entries}
    years: dict[tuple[str, str, str], set[int]] = {}
    for s in panel.statements:
        series = _series(s)
        if s.choice != 1 or series is None or s.indicator is None or s.indicator.id not in titles or s.year is None or s.subject:
            continue
        if s.status != "target":
            years.setdefault((titles[s.indicator.id], series, s.region or "?"), set()).add(s.year)
        yield {
            "indicator": titles[s.indicator.id], "series": series, "region": s.region or "?", "year": s.year, "value": float(s.value),
            "figure": f"{s.text}" + ("" if s.bound == "exact" else f" ({s.bound})"), "kind": "target" if s.status == "target" else "actual",
            "report": s.source.title or s.source.address, "quote": s.quote[:80],
            "note": ", ".join(n for n, yes in (("conflict", s.conflict), ("series break", s.breaks), ("implausible", not s.plausible)) if yes),
        }  # fmt: skip
    for (title, series, region), held in years.items():  # a year without a figure breaks the line
        for year in sorted(set(range(min(held), max(held))) - held):
            yield {"indicator": title, "series": series, "region": region, "year": year, "value": None, "kind": "actual"}


def _title(entry: Indicator) -> str:
    return f"{entry.name_zh} {entry.name_en}" + (f" ({entry.unit})" if entry.unit else "")


def _chart(alt: Any, data: Any, series: str, title: str) -> Any:
    base = alt.Chart(data).transform_filter(alt.datum.series == series)
    x = alt.X("year:O", title="年份 year", axis=alt.Axis(labelAngle=0))
    y = alt.Y("value:Q", title=title, scale=alt.Scale(zero=series == "change"))
    color = alt.Color("region:N", title="地区 region")
    tips = [alt.Tooltip(f"{name}:N") for name in ("region", "year", "figure", "kind", "note", "report", "quote")]
    actual = base.transform_filter(alt.datum.kind == "actual")
    line = actual.mark_line().encode(x=x, y=y, color=color)
    points = actual.mark_circle(size=70).encode(x=x, y=y, color=color, tooltip=tips)
    goals = base.transform_filter(alt.datum.kind == "target").mark_point(shape="diamond", size=110, strokeWidth=2)
    return line + points + goals.encode(x=x, y=y, color=color, tooltip=tips)


def _chosen(alt: Any, points: list[dict[str, Any]], entries: list[Indicator]) -> str:
    """The page's chart: a list to choose the indicator from, its level above, its change below."""
    names = [_title(entry) for entry in entries]
    choice = alt.param(name="choice", value=names[0], bind=alt.binding_select(options=names, name="指标 indicator  "))
    data = alt.Data(values=points)
    chosen = [
        _chart(alt, data, series, title).transform_filter("datum.indicator == choice").properties(width=760, height=height, title=head)
        for series, title, head, height in (
            ("level", "水平 level", "水平 level   (◆ 目标 target)", 300),
            ("change", "比上年 change on the year before", "比上年变动 change on the year before (%, 百分点)", 200),
        )
    ]
    chart = alt.vconcat(*chosen).add_params(choice).resolve_scale(color="shared").configure(font=_FONT)
    return json.dumps(chart.to_dict(), ensure_ascii=False)


def _small(alt: Any, points: list[dict[str, Any]], entries: list[Indicator]) -> str:
    """The drawn picture: a small chart for each of the fullest indicators, its level or else its change."""
    small = []
    for entry in entries:
        own = [p for p in points if p["indicator"] == _title(entry)]
        series = "level" if any(p["series"] == "level" for p in own) else "change"
        title = entry.unit if series == "level" else "%"
        small.append(_chart(alt, alt.Data(values=own), series, title).properties(width=260, height=150, title=entry.name_zh))
    chart = alt.concat(*small, columns=3).resolve_scale(color="shared").configure(font=_FONT)
    return json.dumps(chart.to_dict(), ensure_ascii=False)


_PAGE = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<title>reportparse panel</title>
<style>
body {{ font-family: {font}; margin: 2em; }}
#panel {{ display: flex; flex-direction: column-reverse; }}
select {{ font-size: 1em; max-width: 40em; }}
</style>
</head>
<body>
<div id="panel"></div>
<script type="application/json" id="spec">{spec}</script>
<script>{script}</script>
</body>
</html>
"""
_DRAW = ';vegaEmbed("#panel", JSON.parse(document.getElementById("spec").textContent), {actions: false});'


def _page(vl_convert: Any, spec: str) -> str:
    """The page, with all scripts in it; a report's words can't end the element that they stand in."""
    return _PAGE.format(font=_FONT, spec=spec.replace("<", "\\u003c"), script=_script(vl_convert))


def _script(vl_convert: Any) -> str:
    made: str = vl_convert.javascript_bundle()
    return made.replace("</script", "<\\/script") + _DRAW
