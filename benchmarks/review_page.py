"""How quick the review page is with 20,000 records, in real Chromium: `python benchmarks/review_page.py [RECORDS]`.

Opening is timed from the browser's start of the navigation to the first frame after the page's script has run, and set against an empty page
opened the same way; a filter is timed from the key to the frame after it. Medians of several runs.
"""

from __future__ import annotations

import hashlib
import statistics
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportparse.model import Change, Quantity, Report, Section
from reportparse.review import review_page

RUNS = 5
_INDICATORS = (
    "粮食产量", "公路货运量", "公共图书馆藏书", "造林面积", "城镇新增就业人数", "进出口总额", "发电量", "旅客周转量", "专利授权量", "工业增加值",
)  # fmt: skip
_PLACES = ("东风县", "河西区", "青山县", "平湖市", "安宁区", "长岭县", "金沙市", "龙泉县")


def synthetic(records: int) -> Report:
    """A report of our own with so many records, half of them levels and half changes, under a heading for every two hundred."""
    parts: list[str] = []
    made: list[Quantity | Change] = []
    sections: list[Section] = []
    at = 0
    title = ""
    for k in range(records // 2):
        if k % 100 == 0:
            title = f"第{k // 100 + 1}部分"
            parts.append(f"{title}\n")
            sections.append(Section(label="", number=None, level=1, title=title, start=at, end=at + len(title) + 1))
            at += len(title) + 1
        indicator, place = _INDICATORS[k % 10], _PLACES[k % 8]
        value, rise = f"{1000 + k * 7 % 9000}.{k % 10}", f"{k % 20}.{k % 7}"
        head = f"全年{place}{indicator}"
        sentence = f"{head}{value}万吨，比上年增长{rise}%，其中主要品种保持稳定，各项工作有序推进。\n"
        common: dict[str, Any] = {
            "indicator": indicator, "subject": place, "period": "2024", "status": ("actual", "actual", "preliminary", "target")[k % 4],
            "price_basis": None, "section": (title,), "sentence": sentence[:-1], "page": None, "cell": None,
            "rules": ("number_with_unit", "plainly_measured"), "flags": ("carried_indicator",) if k % 9 == 0 else (), "value_max": None,
            "canonical_value_max": None, "bound": "exact",
        }  # fmt: skip
        start = at + len(head)
        end = start + len(value) + 2
        made.append(
            Quantity(
                id=f"q{start}", text=f"{value}万吨", start=start, end=end, related=(), value=Decimal(value), unit="万吨",
                canonical_value=Decimal(value) * 10000, canonical_unit="吨", **common,
            )
        )
        low = end + len("，比上年增长")
        made.append(
            Change(
                id=f"c{low}", text=f"{rise}%", start=low, end=low + len(rise) + 1, related=(), value=Decimal(rise), unit="%",
                canonical_value=Decimal(rise), canonical_unit="%", direction="up", basis="year_on_year", yardstick=None, **common,
            )
        )
        parts.append(sentence)
        at += len(sentence)
        last = sections[-1]
        sections[-1] = Section(label="", number=None, level=1, title=last.title, start=last.start, end=at)
    text = "".join(parts)
    return Report(
        title="一份很长的报告", genre="other", issuer=None, region="平湖市", year=2024, speaker=None, occasion=None, delivered=None, published=None,
        source=None, sha256=hashlib.sha256(text.encode()).hexdigest(), url=None, text=text, sections=tuple(sections), tables=(),
        records=tuple(made), unread=(), warnings=(),
    )


def browser(profile: str, *, width: int = 1366, height: int = 768) -> Any:
    """Headless Chromium with nothing of its own going on; raises ImportError or a WebDriverException where there is none."""
    from shutil import which

    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = which("chromium") or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=en-US", f"--user-data-dir={profile}",
        f"--window-size={width},{height}",
    ):  # fmt: skip
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(which("chromedriver") or ""))


_FRAME = "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => setTimeout(() => done(performance.now())));"
_FILTER = """
const done = arguments[1], box = document.getElementById("search"), begin = performance.now();
box.value = arguments[0];
box.dispatchEvent(new Event("input"));
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin))));
"""
_CLICK = """
const done = arguments[1], begin = performance.now();
document.querySelector(arguments[0]).click();
requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
"""


def opened(driver: Any, path: Path) -> float:
    """Milliseconds until a page has shown itself."""
    times = []
    for _ in range(RUNS):
        driver.get("about:blank")
        driver.get(path.as_uri())
        times.append(float(driver.execute_async_script(_FRAME)))
    return statistics.median(times)


def answered(driver: Any, script: str, *given: str) -> float:
    """Milliseconds until the frame that shows the answer, the slowest of what is asked."""
    return max(statistics.median(float(driver.execute_async_script(script, one)) for _ in range(RUNS)) for one in given)


def main() -> int:
    """Measure and print; exit status 1 where a bound is broken."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    report = synthetic(records)
    begin = time.perf_counter()
    html = review_page([report])
    built = time.perf_counter() - begin
    with tempfile.TemporaryDirectory() as folder:
        page, empty = Path(folder, "review.html"), Path(folder, "empty.html")
        page.write_text(html, encoding="utf-8")
        empty.write_text("<!doctype html><title>empty</title><p>nothing", encoding="utf-8")
        driver = browser(str(Path(folder, "profile")))
        try:
            bare, full = opened(driver, empty), opened(driver, page)
            words = answered(driver, _FILTER, "公路", "青山县 产量", "9", "")
            chips = answered(driver, _CLICK, ".chip.change", ".chip.change", ".column.indicator", ".column.figure")
            jump = answered(driver, _CLICK, "#rows .row:last-child")
        finally:
            driver.quit()
    limit = 5 * bare + 1000
    print(f"records                {len(report.records):>8,}")
    print(f"page                   {len(html.encode()) / 1e6:>8.1f} MB, built in {built:.2f} s")
    print(f"empty page opens in    {bare:>8.0f} ms")
    print(f"review page opens in   {full:>8.0f} ms   (at most {limit:.0f})")
    print(f"a search answers in    {words:>8.0f} ms   (about 100)")
    print(f"a filter, a sort in    {chips:>8.0f} ms   (about 100)")
    print(f"a jump to a record in  {jump:>8.0f} ms")
    return int(full > limit or max(words, chips) > 200)


if __name__ == "__main__":
    raise SystemExit(main())
