"""A record as a `Statement`: its indicator, its region, its year, its value in the panel's unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from functools import lru_cache
from hashlib import sha256

from msgspec.structs import replace

from reportparse.indicators import Indicator, Match, Registry
from reportparse.indicators.registry import measures
from reportparse.model import Amount, AnyRecord, Bound, Change, Ranking, Report
from reportparse.panel.model import Measure, Source, Statement
from reportparse.places import CHINA, Place, place_named, places_named
from reportparse.units import canonical, convert

_ONE = Decimal(1)
_PRECISION = 200  # digits, so that nothing is rounded


def source(report: Report, address: str | None = None) -> Source:
    """What a panel keeps of a report; `address` is where it was read from, for want of a URL."""
    said = report.published or report.delivered
    return Source(
        key=report.sha256 or sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=report.title, genre=report.genre, region=report.region, year=report.year,
        published=said[:10] if said else None, address=report.url or address or "",
    )  # fmt: skip


def statements(report: Report, about: Source, registry: Registry, *, unmatched: bool) -> Iterator[Statement]:
    """The records that are about an indicator of the registry; with `unmatched` the others too, in their own words."""
    for record in report.records:
        match, owner = _match(record, report.region, registry)
        if match is None and not (unmatched and record.indicator):
            continue
        entry = match.indicator if match else None
        region, code, subject = whose(owner, report.region, report.year)
        measure, basis, yardstick = _measure(record)
        value, value_max, unit, step = _value(record, entry)
        yield Statement(
            region=region, region_code=code, year=year(record.period), period=record.period, indicator=entry,
            words=record.indicator or "", how=match.how if match else "", by=match.by if match else "", subject=subject,
            measure=measure, basis=basis, yardstick=yardstick, prices=_prices(record, entry), status=record.status,
            bound=_bound(record), value=value, value_max=value_max, unit=unit, step=step, text=record.text,
            plausible=_plausible(measure, value, unit, entry), source=about, id=record.id, start=record.start,
            end=record.end, page=record.page, quote=record.sentence, flags=record.flags,
        )  # fmt: skip


def _match(record: AnyRecord, region: str | None, registry: Registry) -> tuple[Match | None, str | None]:
    """The match and the subject that is left: 全国 and 重点文物保护单位 are one name."""
    if record.subject and record.indicator:
        joined = registry.match(replace(record, indicator=record.subject + record.indicator))
        if joined and joined.how in ("name", "alias"):
            return joined, None
    return registry.match(record, region), record.subject


_WHOLE = re.compile(r"(\d{4})(?:-12-31|-01/\1-12)?")


def year(period: str | None) -> int | None:
    """The year of a figure of a whole year, or of its last day.

    >>> year("2023"), year("2023-12-31"), year("2023-01/2023-12"), year("2023-01/2023-09"), year("2021/2025")
    (2023, 2023, 2023, None, None)
    """
    found = _WHOLE.fullmatch(period or "")
    return int(found[1]) if found else None


@lru_cache(maxsize=4096)
def whose(subject: str | None, region: str | None, at: int | None) -> tuple[str | None, str, str | None]:
    """The region that a figure is about, its code, and the subject where that is no place.

    >>> whose("南宁市", "广西壮族自治区", 2023), whose("全国", "广西壮族自治区", 2023)
    (('南宁市', '450100', None), ('中国', '000000', None))
    >>> whose("全省", "岳阳市", 2023), whose("国有控股企业", "岳阳市", 2023)
    (('湖南省', '430000', None), ('岳阳市', '430600', '国有控股企业'))
    """
    own = _place(region, at, None)
    if subject is None:
        return own.name if own else region, own.code if own else "", None
    if subject in ("全国", "我国", "国家"):
        return CHINA.name, CHINA.code, None
    if subject in ("全省", "全区", "全自治区") and own and own.level != "province":
        province = next((p for p in places_named(own.name) if p.level == "province"), None) or _province(own)
        if province:
            return province.name, province.code, None
    if place := _place(subject, at, own):
        return place.name, place.code, None
    return own.name if own else region, own.code if own else "", subject


def _place(name: str | None, at: int | None, within: Place | None) -> Place | None:
    if not name:
        return None
    return (place_named(name, year=at, within=within) if within else None) or place_named(name, year=at)


def _province(place: Place) -> Place | None:
    above = place
    while above.level not in ("province", "country") and above.parent:
        found = place_named(above.parent)
        if found is None:
            return None
        above = found
    return above if above.level == "province" else None


def _measure(record: AnyRecord) -> tuple[Measure, str | None, str | None]:
    match record:
        case Ranking():
            return "rank", record.scope, record.rank_type if record.rank_type == "bottom" else None
        case Change():
            return "change", record.basis, record.yardstick
        case _:
            return "level", None, None


def _prices(record: AnyRecord, entry: Indicator | None) -> str | None:
    if record.price_basis or record.kind != "quantity":
        return record.price_basis
    return entry.prices or None if entry else None


def _bound(record: AnyRecord) -> Bound:
    if isinstance(record, Ranking):
        return "at_most" if record.rank_type == "top" else "exact"
    return record.bound


def _value(record: AnyRecord, entry: Indicator | None) -> tuple[Decimal, Decimal | None, str, Decimal]:
    """Value, upper end, unit, and one unit of the last digit."""
    if isinstance(record, Ranking):
        return Decimal(record.rank), None, "名", _ONE
    unit, times = _unit(record, entry)
    with localcontext(prec=_PRECISION):
        return _scaled(record, unit, times)


def _scaled(record: Amount, unit: str, times: Decimal | None) -> tuple[Decimal, Decimal | None, str, Decimal]:
    sign = -1 if isinstance(record, Change) and record.direction == "down" else 1
    digits = min(int(v.as_tuple().exponent) for v in (record.value, record.value_max or record.value))
    step = _ONE.scaleb(digits) * canonical(record.unit)[0]

    def scale(value: Decimal) -> Decimal:
        return convert(value, record.canonical_unit, unit) if times is None else value / times

    upper = record.canonical_value_max
    return scale(record.canonical_value) * sign, None if upper is None else scale(upper) * sign, unit, scale(step)


def _unit(record: Amount, entry: Indicator | None) -> tuple[str, Decimal | None]:
    """The unit of the panel, and what the canonical value is divided by; None where it must be converted."""
    own = record.canonical_unit
    if entry is None or (isinstance(record, Change) and own in ("%", "‰", "百分点", "千分点", "倍")):
        return own, _ONE
    times, name = canonical(entry.unit)
    if name == own:
        return entry.unit, times
    if not own and entry.bare:
        return entry.unit, _ONE
    try:
        convert(_ONE, own, entry.unit)
    except ValueError:
        counted = measures(entry.dimension, own) and measures(entry.dimension, name) and entry.dimension in _COUNTED
        return (entry.unit, times) if counted else (own, _ONE)
    return entry.unit, None


_COUNTED = frozenset(
    {"persons", "institutions", "schools", "animals", "vehicles", "pieces", "things", "beds", "subscribers", "households", "days", "age"}
)


def _plausible(measure: str, value: Decimal, unit: str, entry: Indicator | None) -> bool:
    if entry is None or measure != "level" or unit != entry.unit:
        return True
    return (entry.min is None or entry.min <= value) and (entry.max is None or value <= entry.max)
