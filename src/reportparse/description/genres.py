"""What kind of report a title announces."""

from __future__ import annotations

from typing import cast

from reportparse.folding import fold
from reportparse.lexicon import table
from reportparse.model import Genre


def genre_of(title: str) -> Genre:
    """The genre that a title's words tell; the order of ``[[genre]]`` in words/description.toml is the precedence.

    >>> genre_of("关于甲市2025年财政决算的报告"), genre_of("甲市2025年国民经济和社会发展统计公报")
    ('final_accounts', 'statistical_bulletin')
    >>> genre_of("关于甲省2024年预算执行和其他财政收支的审计工作报告"), genre_of("甲公司2025年度报告")
    ('audit_report', 'other')
    """
    view = "".join(fold(title).split())
    for entry in table("description")["genre"]:
        if any(word in view for word in entry["words"]):
            return cast("Genre", entry["name"])
    return "other"
