"""Places: names, years, and what is no place."""

from __future__ import annotations

import pytest

from reportparse.places import CHINA, Place, countries, find_places, place_named, places_named


def named(view: str, within: str | None = None) -> list[str]:
    region = place_named(within) if within else None
    return [place.name for _, _, place in find_places(view, within=region)]


@pytest.mark.parametrize(
    ("used", "official", "level"),
    [
        ("广西", "广西壮族自治区", "province"),
        ("内蒙古", "内蒙古自治区", "province"),
        ("重庆市", "重庆市", "province"),
        ("湘西州", "湘西土家族苗族自治州", "prefecture"),
        ("湘西自治州", "湘西土家族苗族自治州", "prefecture"),
        ("克州", "克孜勒苏柯尔克孜自治州", "prefecture"),
        ("和田地区", "和田地区", "prefecture"),
        ("锡盟", "锡林郭勒盟", "prefecture"),
        ("吉林", "吉林省", "province"),
        ("吉林市", "吉林市", "prefecture"),
        ("融水县", "融水苗族自治县", "county"),
        ("楚雄市", "楚雄市", "county"),
        ("神农架林区", "神农架林区", "county"),
        ("台湾", "台湾省", "province"),
    ],
)
def test_names_in_use(used: str, official: str, level: str) -> None:
    place = place_named(used)
    assert place
    assert (place.name, place.level) == (official, level)


@pytest.mark.parametrize(
    ("gone", "until", "successor", "since"),
    [
        ("襄樊市", 2010, "襄阳市", 2010),
        ("思茅市", 2007, "普洱市", 2007),
        ("莱芜市", 2019, "莱芜区", 2019),
        ("普兰店市", 2015, "普兰店区", 2015),
        ("横县", 2021, "横州市", 2021),
        ("宣武区", 2010, None, None),
    ],
)
def test_names_change(gone: str, until: int, successor: str | None, since: int | None) -> None:
    old = places_named(gone)[0]
    assert old.valid_to == until
    assert old.holds(until)
    assert not old.holds(until + 1)
    assert not old.holds(None)
    if successor:
        new = next(place for place in places_named(successor) if place.valid_from == since)
        assert new.holds(None)


def test_a_name_shared_by_several_is_none_unless_the_region_decides() -> None:
    assert place_named("鼓楼区") is None
    inside = place_named("鼓楼区", within=place_named("福州市"))
    assert inside is not None
    assert inside.parent == "福州市"


def test_provinces_are_thirty_four_and_prefectures_more_than_330() -> None:
    today = {place for name in _all_names() for place in places_named(name) if place.holds(None)}
    assert sum(place.level == "province" for place in today) == 34
    assert 330 <= sum(place.level == "prefecture" for place in today) <= 336
    assert 2800 <= sum(place.level == "county" for place in today) <= 2900
    assert all(place.parent for place in today if place.code and place != CHINA)


def _all_names() -> list[str]:
    from reportparse import places

    return [place.name for place in places._rows()]


@pytest.mark.parametrize(
    ("view", "found"),
    [
        ("南宁市、桂林市空气质量较好", ["南宁市", "桂林市"]),
        ("柳州、北海、来宾、崇左4市", ["柳州市", "北海市", "来宾市", "崇左市"]),
        ("接待来宾3000人次", []),
        ("壮大朝阳产业", []),
        ("广西南宁市", ["广西壮族自治区", "南宁市"]),
        ("建成县城污水处理厂5座", []),
        ("城市和县城", []),
        ("新增城市绿地", []),
        ("黄河南岸造林", []),
        ("沿海地区", []),
        ("延边朝鲜族自治州", ["延边朝鲜族自治州"]),
        ("对美国、越南出口", ["美国", "越南"]),
        ("和县、含山县", ["和县", "含山县"]),
        ("城区道路", []),
        ("其中横州市增长3%", ["横州市"]),
    ],
)
def test_places_in_a_phrase(view: str, found: list[str]) -> None:
    assert named(view) == found


def test_bare_counties_count_inside_their_own_region() -> None:
    assert named("忻城、象州新增2家") == []
    assert named("忻城、象州新增2家", "来宾市") == ["忻城县", "象州县"]
    assert named("来宾新增2家", "来宾市") == ["来宾市"]


def test_spans_are_those_of_the_view() -> None:
    view = "对越南出口增长,广西壮族自治区、云南省居前"
    assert [view[a:b] for a, b, _ in find_places(view)] == ["越南", "广西壮族自治区", "云南省"]


def test_containment() -> None:
    province, city, county = (place_named(n) for n in ("广西", "南宁市", "横州市"))
    assert province
    assert city
    assert county
    assert CHINA.contains(province)
    assert province.contains(city)
    assert province.contains(county)
    assert city.contains(county)
    assert not county.contains(city)
    assert not city.contains(city)


def test_countries_are_places_without_a_code() -> None:
    assert "美国" in countries()
    assert place_named("美国") == Place("美国", "美国", "country", "", None, None)
