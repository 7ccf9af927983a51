"""The review page in real headless Chromium: opened, filtered, read both ways, decided on, saved; and nothing of a report runs."""

from __future__ import annotations

import importlib.util
import json
import shutil
import threading
import time
from pathlib import Path

import msgspec
import pytest

from reportparse import Unread, parse, parse_text
from reportparse.cli import main
from reportparse.review import apply_decisions, decide, load_decisions, place_decisions, review_page
from reportparse.review.data import Sheet
from reportparse.review.decisions import identity
from reportparse.review.serving import ReviewServer

pytest.importorskip("selenium", reason="selenium is not installed: pip install 'reportparse[dev]'")
if not (shutil.which("chromium") and shutil.which("chromedriver")):
    pytest.skip("no Chromium here: apt-get install chromium chromium-driver", allow_module_level=True)

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ROOT = Path(__file__).parent.parent
LAPTOP, PHONE = (1366, 768), (390, 844)


def benchmark():
    """The benchmark's long report and its way to start the browser."""
    spec = importlib.util.spec_from_file_location("review_page_benchmark", ROOT / "benchmarks/review_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Page:
    """One browser, and what a reader does with it."""

    def __init__(self, driver, downloads):
        self.driver = driver
        self.downloads = downloads
        driver.set_script_timeout(20)
        driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})

    def open(self, url, size=LAPTOP, *, fresh=True):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE}
        )
        self.driver.get_log("browser")
        self.driver.get(url)
        if fresh:
            self.js("localStorage.clear()")
            self.driver.get("about:blank")
            self.driver.get(url)
        self.wait("document.documentElement.dataset.ready")

    def js(self, script, *given):
        return self.driver.execute_script(script if "return" in script else f"return {script}", *given)

    def wait(self, script, *given):
        """Until a script says something true; what it says."""
        for _ in range(200):
            if said := self.js(script, *given):
                return said
            time.sleep(0.03)
        raise AssertionError(f"never true: {script}")

    def keys(self, *keys):
        for key in keys:
            ActionChains(self.driver, duration=0).send_keys(key).perform()

    def click(self, selector):
        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def text(self, selector):
        return self.js("document.querySelector(arguments[0]).textContent", selector)

    def found(self):
        """How many records are shown, of how many."""
        shown, _, of = self.text("#found").partition(" of ")
        return int(shown.replace(",", "")), int(of.replace(",", ""))

    def filter(self, selector, value):
        self.js(
            "const box = document.querySelector(arguments[0]); box.value = arguments[1]; box.dispatchEvent(new Event('change')); return 1",
            selector, value,
        )

    def search(self, words):
        self.js("const box = document.getElementById('search'); box.value = arguments[0]; box.dispatchEvent(new Event('input')); return 1", words)
        self.js("1")
        self.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")

    def in_sight(self, selector):
        """Whether an element is where a reader sees it."""
        return self.js(
            "const box = document.querySelector(arguments[0])?.getBoundingClientRect(); if (!box) return false;"
            "const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);"
            "return !!top && top.closest(arguments[0]) !== null",
            selector,
        )

    def downloaded(self, name):
        path = self.downloads / name
        for _ in range(200):
            if path.exists() and not list(self.downloads.glob("*.crdownload")):
                return path
            time.sleep(0.03)
        raise AssertionError(f"{name} was not downloaded")

    def complaints(self):
        return [line["message"] for line in self.driver.get_log("browser")]


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    try:
        made = benchmark().browser(str(tmp_path_factory.mktemp("profile")))
    except WebDriverException as error:
        pytest.skip(f"Chromium does not start here: {error.msg}")
    yield made
    made.quit()


@pytest.fixture
def page(driver, tmp_path):
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    made = Page(driver, downloads)
    yield made
    driver.get("about:blank")


@pytest.fixture(scope="module")
def report(fixtures):
    return parse(fixtures / "env-guizhou-2023.html")


@pytest.fixture
def url(report, tmp_path):
    return written(tmp_path, review_page([report]))


def written(folder, html):
    path = folder / "review.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


def row_of(words):
    return f"[...document.querySelectorAll('#rows .row')].find(r => r.querySelector('.figure').textContent === {words!r})"


def test_the_page_opens_offline_and_without_complaint(page, url, report):
    page.open(url)
    assert page.found() == (len(report.records), len(report.records))
    assert page.text("#title") == report.title
    assert [e.text for e in page.driver.find_elements(By.CSS_SELECTOR, ".entry.level1 .name i")] == [s.label for s in report.sections]
    assert page.js("performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length") == 0
    assert page.complaints() == []


def test_every_record_and_every_unread_numeral_is_marked(page, tmp_path):
    report = parse_text("一、综合\n2023年，粮食产量158.4万吨，增长0.9%，居全省第3位。力争2024年达到160万吨。\n二、其他\n编号7788甲。\n")
    gap = report.text.index("7788")
    report = msgspec.structs.replace(report, unread=(Unread("7788", gap, gap + 4),))
    page.open(written(tmp_path, review_page([report])))
    shown = page.js("[...document.querySelectorAll('.piece mark')].map(m => [m.textContent, m.className])")
    assert [text for text, _ in shown] == [r.text for r in report.records] + ["7788"]
    for (_, names), record in zip(shown, report.records, strict=False):
        assert {record.kind, record.status} <= set(names.split())
        assert ("flag" in names.split()) == bool(record.flags)
    assert shown[-1][1] == "unread"
    page.click(".piece mark.unread")
    assert page.text("#card h3") == "Unread numeral"


def test_filters_narrow_the_table_and_dim_the_text(page, url, report):
    page.open(url)
    changes = sum(r.kind == "change" for r in report.records)
    page.click(".chip.change")
    assert page.found() == (changes, len(report.records))
    assert page.js("[...document.querySelectorAll('#rows .row')].every(r => r.classList.contains('change'))")
    assert page.js("[...document.querySelectorAll('.piece mark.quantity')].every(m => m.classList.contains('off'))")
    page.click("#clear")
    targets = sum(r.status == "target" for r in report.records)
    page.filter("#by-status", "target")
    assert page.found()[0] == targets > 0
    page.click("#clear")
    page.filter("#by-flag", "+")
    assert page.found()[0] == sum(bool(r.flags) for r in report.records) > 0
    page.click("#clear")
    page.search("优良天数 %")
    assert page.found()[0] == sum("优良天数" in (r.indicator or "") + (r.subject or "") and "%" in r.text for r in report.records) > 0
    page.search("没有这样的指标")
    assert page.found()[0] == 0
    assert page.in_sight("#none")
    page.click("#clear")
    second = report.sections[1]
    page.js("document.querySelectorAll('.entry.level1 .only')[1].click()")
    assert page.found()[0] == sum(second.start <= r.start < second.end for r in report.records)
    assert page.complaints() == []


def test_columns_sort_both_ways(page, url, report):
    page.open(url)
    page.click(".chip.ranking")
    page.click(".column.figure")
    ranks = sorted(r.rank for r in report.records if r.kind == "ranking")
    figures = "[...document.querySelectorAll('#rows .row .figure')].map(e => Number(e.textContent.match(/\\d+/)[0]))"
    assert page.js(figures) == ranks
    page.click(".column.figure")
    assert page.js(figures) == ranks[::-1]


def test_a_record_leads_to_its_place_and_a_figure_to_its_card(page, url, report):
    page.open(url)
    last = report.records[-1]
    page.keys("k")
    page.wait("document.querySelector('mark.on')")
    page.wait("document.querySelectorAll('mark.on').length === 1 && scrollY === 0")
    for _ in range(50):
        if page.in_sight("mark.on"):
            break
        time.sleep(0.03)
    assert page.in_sight("mark.on")
    assert page.text("mark.on") == last.text
    assert page.text("#card h3") == (last.indicator or "—")
    assert last.id in page.text("#card dl")
    page.js("document.querySelector('.text').scrollTop = 0")
    page.wait("document.querySelector('.piece mark.ranking')")
    page.js("document.querySelector('.piece mark.ranking').click()")
    first = next(r for r in report.records if r.kind == "ranking")
    assert page.text("#card h3") == first.indicator
    assert page.in_sight("#rows .row.on")
    assert first.text in page.text("#card blockquote em")
    assert all(rule in page.text("#card dl") for rule in first.rules)


def test_accept_reject_correct_undo_and_save(page, url, report):
    page.open(url)
    first, second, third, fourth = report.records[:4]
    page.keys("j", "a")
    page.keys("r")
    page.keys("e")
    page.wait("document.activeElement.name === 'indicator'")
    page.keys("优良天数比例")  # over what is there, which is chosen
    page.js("document.querySelector('#card [name=value]').value = '0,4'")
    page.keys(Keys.ENTER)
    assert page.js("!!document.querySelector('#card form')"), "a value that is none is not saved"
    page.js("document.querySelector('#card [name=value]').value = '0.4'")
    page.keys(Keys.ENTER)
    page.wait("!document.querySelector('#card form')")
    page.keys("j", "a", "u")
    assert page.text("#progress-text") == f"3 of {len(report.records)} decided"
    assert page.js("[...document.querySelectorAll('#rows .row .verdict')].slice(0, 4).map(e => e.textContent)") == ["✓", "✕", "✎", ""]
    page.click("#save-open")
    page.driver.find_element(By.ID, "who").send_keys("李")
    page.click("#save-decisions")
    lines = load_decisions(page.downloaded("decisions.jsonl"))
    assert [(d.id, d.verdict) for d in lines] == [
        (first.id, "accept"), (second.id, "reject"), (third.id, "correct"), (fourth.id, "accept"), (fourth.id, "withdraw"),
    ]  # fmt: skip
    assert lines[2].fields == {"indicator": "优良天数比例", "value": "0.4"}
    for line, record in zip(lines, report.records[:4], strict=False):
        assert msgspec.structs.replace(line, when="", who="") == decide(report, record, line.verdict, when="", **line.fields)
    made, unplaced = apply_decisions(report, lines)
    assert not unplaced
    assert len(made.records) == len(report.records) - 1
    page.click("#save-fixture")
    rows = [json.loads(line) for line in page.downloaded("fixture.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["start"], row.get("absent", False)) for row in rows] == [(first.start, False), (second.start, True), (third.start, False)]
    assert rows[2]["indicator"] == "优良天数比例"
    assert page.complaints() == []


def test_what_was_decided_is_kept_until_it_is_downloaded(page, url):
    page.open(url)
    page.keys("j", "a")
    page.open(url, fresh=False)
    assert page.text("#progress-text").startswith("1 of")
    assert page.text("#unsaved") == "1"


def test_the_next_run_shows_what_was_decided_and_what_no_longer_stands(page, report, tmp_path):
    lines = [decide(report, report.records[0], "accept"), decide(report, report.records[1], "reject")]
    gone = msgspec.structs.replace(decide(report, report.records[2], "accept"), quote="不在文中", before="", after="")
    placed, unplaced = place_decisions(report, [*lines, gone])
    page.open(written(tmp_path, review_page([Sheet(report, placed=placed, unplaced=unplaced)])))
    assert page.text("#progress-text").startswith("2 of")
    page.filter("#by-verdict", "reject")
    assert page.found()[0] == 1
    page.click("#notice")
    assert "不在文中" in page.text("#notice-list")


def test_findings_and_related_records_are_on_the_card(page, report, tmp_path):
    tied = next(r for r in report.records if r.related)
    finding = {"records": [tied.id], "severity": "error", "message": "98.4 − 0.3 ≠ 98.0", "quotes": [tied.text], "explanations": ["rounding"]}
    page.open(written(tmp_path, review_page([Sheet(report, findings=[finding])])))
    page.filter("#by-flag", "!")
    assert page.found()[0] == 1
    page.keys("j")
    assert "98.4 − 0.3 ≠ 98.0" in page.text("#card .finding")
    page.click("#card button.link")
    other = next(r for r in report.records if r.id == tied.related[0].id)
    assert other.id in page.text("#card dl")


def test_keys_languages_and_themes(page, url):
    page.open(url)
    page.keys("?")
    assert page.js("document.getElementById('help').open")
    page.keys(Keys.ESCAPE)
    page.keys("l")
    assert page.text("#save-open span") == "保存"
    assert page.js("document.documentElement.lang") == "zh-CN"
    page.keys("l", "/")
    assert page.js("document.activeElement.id") == "search"
    page.keys("j")
    assert page.js("document.getElementById('search').value") == "j"
    page.keys(Keys.ESCAPE)
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.js(ground)
    page.click("#theme")
    assert page.js(ground) != before


def test_several_reports_stand_in_one_page(page, fixtures, tmp_path):
    reports = [parse(fixtures / name) for name in ("env-guizhou-2023.html", "env-guizhou-2024.html")]
    page.open(written(tmp_path, review_page(reports)))
    assert page.found()[1] == sum(len(r.records) for r in reports)
    page.filter("#by-report", "1")
    assert page.found()[0] == len(reports[1].records)
    page.keys("k")
    for _ in range(50):
        if page.in_sight("mark.on"):
            break
        time.sleep(0.03)
    assert page.text("mark.on") == reports[1].records[-1].text
    page.wait("document.querySelector('.outline .report.open')?.textContent === arguments[0]", reports[1].title)


def test_places_hold_where_characters_take_two_units(page, tmp_path):
    report = parse_text("𠮷林𡈽地改革。2023年，𠀋县粮食产量158.4万吨，增长0.9%。\n𪚥乡公路12公里。\n")
    page.open(written(tmp_path, review_page([report])))
    assert page.js("[...document.querySelectorAll('.piece mark')].map(m => m.textContent)") == [r.text for r in report.records]
    page.keys("k", "a")
    page.click("#save-open")
    page.click("#save-decisions")
    (line,) = load_decisions(page.downloaded("decisions.jsonl"))
    assert msgspec.structs.replace(line, when="") == decide(report, report.records[-1], "accept", when="")


HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=\"window.hacked=2\"><svg onload=window.hacked=3>'\"`${window.hacked=4}<!--"


def hostile(report):
    """A report whose every word is an attack."""
    records = tuple(
        msgspec.structs.replace(
            record, indicator=HOSTILE, subject=HOSTILE, section=(HOSTILE,), flags=(HOSTILE, "__proto__"), rules=(HOSTILE,), sentence=HOSTILE,
        )
        for record in report.records
    )  # fmt: skip
    sections = tuple(msgspec.structs.replace(s, label=HOSTILE, title=HOSTILE, children=()) for s in report.sections)
    return msgspec.structs.replace(
        report, title=HOSTILE, issuer=HOSTILE, region=HOSTILE, published=HOSTILE, url="javascript:window.hacked=5",
        records=records, sections=sections,
    )  # fmt: skip


def test_nothing_of_a_hostile_report_runs(page, tmp_path):
    rows = "".join(f"{HOSTILE.replace(chr(10), '')}产量{k}万吨，增长{k}%。\n" for k in range(1, 9))
    report = hostile(parse_text("一、综合\n" + rows))
    finding = {"records": [report.records[0].id], "severity": HOSTILE, "message": HOSTILE, "quotes": [HOSTILE]}
    lost = msgspec.structs.replace(decide(report, report.records[1], "accept", who=HOSTILE), quote=HOSTILE * 2, before="", after="")
    kept = decide(report, report.records[0], "correct", who=HOSTILE, indicator=HOSTILE, unit=HOSTILE)
    placed, unplaced = place_decisions(report, [kept, lost])
    sheet = Sheet(report, HOSTILE, findings=[finding], placed=placed, unplaced=unplaced)
    page.open(written(tmp_path, review_page([sheet, sheet], who=HOSTILE)))
    for key in ("j", "e", Keys.ESCAPE, "j", "a", "l", "k"):
        page.keys(key)
    page.click("#notice")
    page.keys(Keys.ESCAPE)
    page.click(".outline .report")
    assert page.js("typeof window.hacked") == "undefined"
    foreign = "img, svg[onload], iframe, object, main a, main script, body > script:not([id])"
    assert page.js("document.querySelectorAll(arguments[0]).length", foreign) == 1, "only the page's own script"
    assert page.js("[...document.querySelectorAll('*')].every(e => [...e.attributes].every(a => !a.name.startsWith('on')))")
    assert HOSTILE in page.text("#outline")
    assert page.complaints() == []


def test_a_hostile_web_page_is_only_text_in_the_review_page(page, tmp_path):
    source = tmp_path / "bad.html"
    source.write_text(
        "<html><head><title>&lt;/title&gt;&lt;script&gt;window.hacked=1&lt;/script&gt;</title></head><body onload='window.hacked=2'>"
        "<h1>&lt;img src=x onerror=window.hacked=3&gt;公报</h1><p>一、&lt;/script&gt;&lt;script&gt;window.hacked=4&lt;/script&gt;综合</p>"
        "<p>2023年，&lt;b onclick=window.hacked=5&gt;粮食产量&lt;/b&gt;158.4万吨，增长0.9%。</p>"
        "<table><tr><td>指标&lt;script&gt;window.hacked=6&lt;/script&gt;</td><td>2023年（万吨）</td></tr>"
        "<tr><td>&lt;img src=x onerror=window.hacked=7&gt;</td><td>12.5</td></tr></table>"
        "<script>window.hacked=8</script></body></html>",
        encoding="utf-8",
    )
    out = tmp_path / "p.html"
    assert main(["review", str(source), "--out", str(out)]) == 0
    page.open(out.as_uri())
    page.keys("j", "j")
    assert page.js("typeof window.hacked") == "undefined"
    assert page.js("document.querySelectorAll('main img, main script, main b[onclick]').length") == 0
    assert page.complaints() == []


def test_even_markup_that_got_in_would_not_run(page, url):
    """The policy holds apart from our care: neither handlers nor scripts nor addresses work in the page."""
    page.open(url)
    page.driver.execute_script(
        "const box = document.createElement('div');"
        "box.innerHTML = '<img src=\"https://example.invalid/x.png\" onerror=\"window.hacked=1\">"
        "<a href=\"javascript:window.hacked=2\" id=bad>x</a>';"
        "const script = document.createElement('script'); script.textContent = 'window.hacked=3'; document.body.append(box, script);"
        "document.getElementById('bad').click();"
    )
    time.sleep(0.3)
    assert page.js("typeof window.hacked") == "undefined"
    refused = page.driver.execute_async_script("fetch('https://example.invalid/').then(() => arguments[0](0), () => arguments[0](1))")
    assert refused == 1
    assert any("Content Security Policy" in line for line in page.complaints())


def test_the_served_page_writes_as_one_decides(page, report, tmp_path):
    path = tmp_path / "d.jsonl"

    def made():
        placed, unplaced = place_decisions(report, load_decisions(path) if path.exists() else [])
        return review_page([Sheet(report, placed=placed, unplaced=unplaced)], served=True, who="李")

    server = ReviewServer(made, path, {identity(report)})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        page.open(server.url)
        page.keys("j", "a", "r", "u")
        for _ in range(100):
            if path.exists() and len(path.read_bytes().splitlines()) == 3:
                break
            time.sleep(0.03)
        lines = load_decisions(path)
        assert [(d.id, d.verdict, d.who) for d in lines] == [
            (report.records[0].id, "accept", "李"), (report.records[1].id, "reject", "李"), (report.records[1].id, "withdraw", "李"),
        ]  # fmt: skip
        page.open(server.url, fresh=False)
        assert page.text("#progress-text").startswith("1 of")
        assert page.complaints() == []
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_of_twenty_thousand_records_only_what_is_in_sight_is_drawn(page, tmp_path):
    report = benchmark().synthetic(20_000)
    page.open(written(tmp_path, review_page([report])))
    assert page.found() == (20_000, 20_000)
    assert page.js("document.querySelectorAll('#rows .row').length") < 60
    assert page.js("document.querySelectorAll('.piece mark').length") < 600
    page.keys("k")
    for _ in range(100):
        if page.in_sight("mark.on"):
            break
        time.sleep(0.03)
    assert page.text("mark.on") == report.records[-1].text
    assert page.in_sight("#rows .row.on")
    page.search(f"{report.records[-1].id}")
    assert page.found()[0] == 1
    assert page.js("document.querySelectorAll('.piece mark').length") < 1200


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_nothing_runs_over_the_edge_of_the_screen(page, url, size):
    page.open(url, size)
    assert page.js("document.documentElement.scrollWidth <= innerWidth && document.body.scrollHeight <= innerHeight")
    assert page.js("[...document.querySelectorAll('.bar *, .tabs *')].every(e => e.getBoundingClientRect().right <= innerWidth + 1)")


def test_on_a_phone_one_thing_is_shown_at_a_time(page, url, report):
    page.open(url, PHONE)
    page.wait("document.querySelectorAll('.piece mark').length > 12")
    page.js("document.querySelectorAll('.piece mark')[12].click()")
    page.wait("getComputedStyle(document.getElementById('card')).visibility === 'visible'")
    assert page.text("mark.on") == report.records[12].text
    for _ in range(50):
        if page.in_sight("mark.on"):
            break
        time.sleep(0.03)
    assert page.in_sight("mark.on"), "the card does not cover what it is about"
    page.click("#card .do.accept")
    assert page.text("#card h3") == (report.records[13].indicator or "—")
    page.click("#tabs [data-tab=side]")
    assert page.in_sight("#search")
    page.click("#tabs [data-tab=outline]")
    page.js("document.querySelectorAll('.entry .name')[4].click()")
    assert page.in_sight("#text")


def pdf(lines):
    """A page of our own with a font that the reader must bring, as `lines` of text."""
    shown = b" T* ".join(b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj" for line in lines)
    stream = b"BT /F1 14 Tf 30 TL 72 700 Td " + shown + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)


def test_of_a_pdf_the_page_is_shown_with_a_box_around_the_figure(page, tmp_path):
    source, out = tmp_path / "r.pdf", tmp_path / "p.html"
    source.write_bytes(pdf(["一、综合", "二〇二三年全市粮食产量158.4万吨，增长0.9%。", "二、交通", "全市新建公路120公里，完成投资45.6亿元。"]))
    assert main(["review", str(source), "--out", str(out), "--pages"]) == 0
    assert main(["review", str(source), "--out", str(tmp_path / "bare.html")]) == 0
    assert "data:image/webp" not in (tmp_path / "bare.html").read_text(encoding="utf-8")
    page.open(out.as_uri())
    page.search("158.4")
    page.keys("j")
    page.wait("document.querySelector('#card .frame img')?.naturalWidth > 500")
    share = page.js(
        "const box = document.querySelector('#card .box').getBoundingClientRect();"
        "const leaf = document.querySelector('#card .leaf').getBoundingClientRect();"
        "return [(box.left - leaf.left) / leaf.width, (box.top - leaf.top) / leaf.height, box.width / leaf.width, box.height / leaf.height]"
    )
    left, top, width, height = share
    assert 72 / 595 < left < 0.9
    assert (842 - 700) / 842 - 0.01 < top + height / 2 < (842 - 660) / 842
    assert 0.05 < width < 0.35
    page.click("#card .frame")
    assert page.js("document.getElementById('leaf').open")
    assert page.complaints() == []


@pytest.mark.parametrize("text", ["", "没有数字的一段话。", "一、只有标题\n"], ids=repr)
def test_a_report_without_records_opens_too(page, tmp_path, text):
    page.open(written(tmp_path, review_page([parse_text(text)] if text else [])))
    page.keys("j", "k", "n", "a", "r", "e", "u")
    assert page.found() == (0, 0)
    assert page.complaints() == []


def test_unread_numerals_are_listed_and_lead_to_their_place(page, tmp_path):
    lines = "".join(f"全市第{k}号文件印发，各单位遵照执行，工作稳步推进，没有例外情形。\n" for k in "甲乙丙丁戊己庚辛" * 20)
    text = f"{lines}编号7788甲。\n"
    gap = text.index("7788")
    report = msgspec.structs.replace(parse_text(text), unread=(Unread("7788", gap, gap + 4),))
    page.open(written(tmp_path, review_page([report])))
    page.click("#notice")
    page.click("#notice-list button.link")
    for _ in range(50):
        if page.in_sight(".piece mark.unread.on"):
            break
        time.sleep(0.03)
    assert page.in_sight(".piece mark.unread.on")
    assert page.text("#card h3") == "Unread numeral"
