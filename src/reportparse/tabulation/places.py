"""Which labels of a table are places or levels of government."""

from __future__ import annotations

from functools import lru_cache

from reportparse import patterns
from reportparse.places import place_named
from reportparse.tabulation.wordlists import words

_PLACE = patterns.compile(
    r"[一-龥]{2,11}(?:自治县|自治州|自治旗|林区|新区|开发区|高新区|经开区|示范区|保税区|街道|镇|乡|[省市县区州盟旗])(?:\([^()]{1,8}\))?"
)
_LONGEST = 14
_NO_PLACE = patterns.compile(
    r"(?:城市|超市|上市|都市|股市|楼市|社区|园区|灾区|小区|地区|景区|库区|山区|牧区|辖区|各[省市县区]|城镇|乡镇|村镇|城乡|区县|市县|县区|市区|郊区|本级)$"
)


@lru_cache(maxsize=8192)
def is_place(label: str) -> bool:
    """Whether a label is a place by its look or by its name.

    >>> is_place("伊吾县"), is_place("广西"), is_place("盐城市"), is_place("城市"), is_place("制造业")
    (True, True, True, False, False)
    """
    if len(label) > _LONGEST:
        return False
    return place_named(label) is not None or (_PLACE.fullmatch(label) is not None and not _NO_PLACE.search(label))


@lru_cache(maxsize=4096)
def level_or_place(text: str) -> str | None:
    """The place or level of government that a header is, in its own words.

    >>> level_or_place("市本级"), level_or_place("济南市"), level_or_place("全市"), level_or_place("金额")
    ('市本级', '济南市', '全市', None)
    """
    lists = ("captions.levels", "captions.selves", "captions.own", "columns.governments")
    if any(text in words(name) for name in lists) or is_place(text):
        return text
    return None


def own(subject: str | None, region: str | None) -> bool:
    """Whether `subject` is the report's own region by whatever word it calls itself.

    >>> own("全市", "合肥市"), own("全省", "合肥市"), own("合肥", "合肥市"), own("全国", None)
    (True, False, True, False)
    """
    if subject is None:
        return True
    if subject in words("captions.own"):
        return True
    if subject in words("captions.selves"):
        if subject == "全国":
            return region in ("中国", "全国")
        kind = subject[-1]
        return not region or region.endswith(kind) or kind == "辖" or (kind == "区" and region.endswith("自治区"))
    return bool(region) and (subject == region or (len(subject) > 1 and str(region).startswith(subject)))
