"""Each kind of fault, planted into the fixtures, is found, and nothing else; the fixtures themselves hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportparse import Report, parse
from reportparse.audit import audit

ENCODINGS = {"env-guizhou-2024.html": "gb18030", "fin-anshun-2023.txt": "gb18030"}
PAIRS = {
    "env": ("env-guizhou-2023.html", "env-guizhou-2024.html"),
    "stat": ("stat-jiujiang-2023.txt", "stat-jiujiang-2024.html"),
    "bud": ("bud-yueyang-2025.html",),
    "fin": ("fin-anshun-2023.txt",),
    "audit": ("audit-mianyang-2024.html",),
}
FAULTS = [
    # pair, file of the pair, what stands there, what is planted, and the codes of all that must be found
    ("env", 1, "比率为98.7%", "比率为98.1%", {"difference"}),
    ("env", 1, "同比提高0.8个百分点", "同比提高0.3个百分点", {"difference"}),
    ("env", 1, "微克/立方米，同比下降4.3%", "微克/立方米，同比下降9.3%", {"growth"}),
    ("env", 1, "连续六年", "连续九年", {"streak"}),
    ("env", 1, "上升1位", "上升3位", {"rank_move"}),
    ("env", 1, "列第8位", "列第188位", {"rank_range", "rank_move"}),
    ("env", 1, "森林覆盖率为63.0%", "森林覆盖率为163.0%", {"percentage_range"}),
    ("env", 1, "为年度任务的106.8%", "为年度任务的116.8%", {"completion"}),
    ("env", 0, "完成率94.1%", "完成率84.1%", {"completion"}),
    ("env", 0, "占97.6%", "占87.6%", {"share", "difference"}),
    ("env", 0, "断面122个", "断面112个", {"share"}),
    ("env", 0, "比率力争达到98%以上", "比率力争达到99%以上", set()),  # 优良天数比率 is not 环境空气质量优良天数比率
    ("env", 0, "其中工业排污口215个", "其中工业排污口2150个", {"part_exceeds"}),
    ("env", 0, "遵义市优良天数比率为98.9%", "遵义市优良天数比率为189.9%", {"percentage_range"}),
    ("stat", 0, "第二产业增加值1680.45亿元", "第二产业增加值1608.45亿元", {"parts", "share", "growth"}),
    ("stat", 0, "6.7∶45.0∶48.3", "6.7∶54.0∶48.3", {"parts", "share"}),
    ("stat", 0, "进口146.5亿元", "进口164.5亿元", {"parts", "growth"}),
    ("stat", 0, "城镇化率为64.21%", "城镇化率为46.21%", {"share", "difference"}),
    ("stat", 0, "缩小至2.18", "缩小至2.81", {"share", "difference"}),
    ("stat", 0, "比重为63.6%", "比重为36.6%", {"share"}),
    ("stat", 0, "乡村消费品零售额235.20亿元", "乡村消费品零售额253.20亿元", {"parts"}),
    ("stat", 0, "利润率为6.51%", "利润率为5.61%", {"share"}),
    ("stat", 1, "社会消费品零售总额1495.42亿元", "社会消费品零售总额1945.42亿元", {"growth"}),
    ("stat", 1, "城镇化率65.02%", "城镇化率62.05%", {"difference"}),
    ("stat", 1, "常住人口454.06万人", "常住人口445.06万人", {"difference"}),
    ("stat", 1, "粮食总产量159.7万吨", "粮食总产量195.7万吨", {"growth"}),
    ("stat", 1, "地区生产总值3929.94亿元", "地区生产总值3992.94亿元", {"parts", "growth", "share"}),
    ("stat", 1, "居民收入比为2.13", "居民收入比为3.12", {"share", "difference"}),
    ("stat", 1, "存贷比为93.8%", "存贷比为83.9%", {"share"}),
    ("stat", 1, "占比为64.0%", "占比为46.0%", {"share"}),
    ("stat", 1, "二、农业和工业<br/>", "二、农业和工业<br/>\n　　年末常住人口445.06万人。<br/>", {"stated_twice"}),
    ("stat", 1, "绿化覆盖率47.2%", "绿化覆盖率147.2%", {"percentage_range"}),
    ("stat", 1, "4.9%、46.8%和48.3%", "4.9%、64.8%和48.3%", {"parts"}),
    ("stat", 1, "自然增长率为-1.54‰", "自然增长率为-4.51‰", {"parts"}),
    ("stat", 1, "涨幅比上年回落0.1个百分点", "涨幅比上年回落1.0个百分点", {"difference"}),
    ("stat", 1, "分别占18.4%和16.9%", "分别占18.4%和19.6%", {"share"}),
    ("stat", 1, "贷款余额6681.54亿元", "贷款余额6861.54亿元", {"share"}),
    ("stat", 1, "货物进出口总额545.7亿元，增长6.5%", "货物进出口总额545.7亿元，增长9.5%", {"growth"}),
    ("fin", 0, "１１．４１亿元", "１４．１１亿元", {"parts"}),
    ("fin", 0, "9 8 . 7 亿元", "9 7 . 8 亿元", {"parts"}),
    ("fin", 0, "占支出的21.1%", "占支出的12.1%", {"share"}),
    ("fin", 0, "占65%", "占56%", {"share"}),
    ("audit", 0, "资产负债率62.3%", "资产负债率63.2%", {"share"}),
    ("audit", 0, "整改率96.4%", "整改率94.6%", {"completion"}),
    ("bud", 0, "收入总计<span lang=EN-US>1600000", "收入总计<span lang=EN-US>1610000", {"balance"}),
    ("bud", 0, "上级补助收入<span lang=EN-US>813400", "上级补助收入<span lang=EN-US>831400", {"parts"}),
    ("bud", 0, "专项债务<span lang=EN-US>660.5", "专项债务<span lang=EN-US>606.5", {"parts"}),
    ("bud", 0, "非税收入<span lang=EN-US>68.19", "非税收入<span lang=EN-US>86.19", {"parts"}),
    ("bud", 0, "当年结余<span lang=EN-US>12.5", "当年结余<span lang=EN-US>15.2", {"balance"}),
    ("bud", 0, "<span lang=EN-US>86.1%", "<span lang=EN-US>68.1%", {"share"}),
    ("bud", 0, "税收占比<span lang=EN-US>65.3%", "税收占比<span lang=EN-US>56.3%", {"share"}),
]


def read(fixtures: Path, names: tuple[str, ...], at: int = 0, old: str = "", new: str = "") -> list[Report]:
    """The reports, one of them with something planted."""
    reports = []
    for number, name in enumerate(names):
        encoding = ENCODINGS.get(name, "utf-8")
        text = (fixtures / name).read_bytes().decode(encoding)
        if old and number == at:
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        reports.append(parse(text.encode(encoding), name=name))
    return reports


def test_the_fixtures_hold(fixtures):
    paths = [*fixtures.glob("*.html"), *fixtures.glob("*.txt")]
    assert audit(parse(path) for path in sorted(paths)) == []


@pytest.mark.parametrize(("pair", "at", "old", "new", "codes"), FAULTS, ids=[f"{fault[0]}{fault[1]} {fault[2]}" for fault in FAULTS])
def test_a_planted_fault_is_found_and_no_other(fixtures, pair, at, old, new, codes):
    found = audit(read(fixtures, PAIRS[pair], at, old, new))
    assert {one.code for one in found} == codes, [str(one) for one in found]
