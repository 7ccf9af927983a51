"""Fetching from a server that misbehaves in all the ways that servers do; no test waits for a clock."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import socket
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("httpx")
pytest.importorskip("protego")
pytest.importorskip("tenacity")

from reportparse import read
from reportparse.cli import main
from reportparse.errors import FetchError, ListError
from reportparse.fetching import Fetched, Settings, addresses, fetch, naming, paging
from reportparse.fetching.unpacking import Unpacker
from reportparse.sources import Source

PAGE = "<html><head><title>甲市2024年统计公报</title></head><body><div class='nav'>首页</div><div id='text'>{}</div><p>主办：甲市</p></body></html>"
TEXT = "<p>一、综合</p><p>2024年，全市地区生产总值1234.5亿元，比上年增长5.6%。其中第一产业增加值100.1亿元，下降0.3%，占全市的比重为8.1%。</p>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Clock:
    """Time that passes only by sleeping, and at once."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []
        self.lock = threading.Lock()

    def now(self) -> float:
        return self.passed

    def time(self) -> float:
        return 1_700_000_000 + self.passed

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.slept.append(seconds)
            self.passed += seconds


class Site:
    """A server on this machine; `site["/a"] = function of the handler`, or bytes."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[BaseHTTPRequestHandler], None] | bytes | str] = {}
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked[self.path] += 1
                site.headers.append({name.lower(): value for name, value in self.headers.items()})
                page = site.pages.get(self.path)
                try:
                    if page is None:
                        answer(self, b"none", status=404)
                    elif callable(page):
                        page(self)
                    else:
                        answer(self, page.encode() if isinstance(page, str) else page, kind="text/html" if isinstance(page, str) else "")
                except (BrokenPipeError, ConnectionResetError):
                    pass
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def __setitem__(self, path: str, page: Callable[[BaseHTTPRequestHandler], None] | bytes | str) -> None:
        self.pages[path] = page

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server.server_port}{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def answer(handler: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, kind: str = "", length: int | None = None, **headers: str) -> None:
    handler.send_response(status)
    if kind:
        handler.send_header("Content-Type", kind)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def then(*pages: Callable[[BaseHTTPRequestHandler], None]) -> Callable[[BaseHTTPRequestHandler], None]:
    """One page after the other, the last for good."""
    left = list(pages)

    def page(handler: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return page


def says(body: bytes, **how: object) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: answer(handler, body, **how)


def reset(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def get(site: Site, path: str, into: Path, clock: Clock, **settings: object) -> Fetched:
    how = Settings(**{"allow_private": True, "timeout": 5.0, **settings})
    [result] = fetch([site.url(path)], into, settings=how, clock=clock)
    return result


def side(path: Path) -> dict:
    return json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))


def files(into: Path) -> list[str]:
    return sorted(path.name for path in into.iterdir())


# What comes well


def test_bytes_as_they_came_and_a_side_file(site, tmp_path, clock):
    body = PAGE.format(TEXT).encode("gb18030")
    site["/a/t1.html"] = says(body, kind="text/html", ETag='"1"')
    result = get(site, "/a/t1.html", tmp_path, clock)
    assert (result.outcome, result.path.read_bytes(), result.failed) == ("new", body, False)
    told = side(result.path)
    assert told["url"] == site.url("/a/t1.html")
    assert told["status"] == 200
    assert told["headers"]["etag"] == '"1"'
    assert told["sha256"] == result.sha256 == hashlib.sha256(body).hexdigest()
    assert told["fetched"] == "2023-11-14T22:13:21Z"
    assert told["encoding"] == "gb18030"
    assert files(tmp_path) == [result.path.name, f"{result.path.name}.json"]


def test_the_side_file_is_what_a_batch_reads(site, tmp_path, clock):
    from reportparse.batching.finding import examine

    site["/t1.html"] = PAGE.format(TEXT)
    result = get(site, "/t1.html", tmp_path, clock)
    found = examine(result.path)
    assert (found.url, found.fetched) == (site.url("/t1.html"), "2023-11-14T22:13:21Z")


def test_a_wrong_charset_harms_nothing(site, tmp_path, clock):
    body = PAGE.format(TEXT).encode("gbk")
    site["/t"] = says(body, kind="text/html; charset=utf-8")
    result = get(site, "/t", tmp_path, clock)
    assert result.path.read_bytes() == body
    assert side(result.path)["encoding"] == "gb18030"
    assert "1234.5亿元" in read(result.path).text


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("gzip", lambda b: gzip.compress(b[:9]) + gzip.compress(b[9:])),
        ("deflate", zlib.compress),
        ("deflate", lambda b: zlib.compress(b)[2:-4]),
    ],
)
def test_packed_answers_are_unpacked(site, tmp_path, clock, name, pack):
    body = PAGE.format(TEXT).encode()
    site["/t"] = says(pack(body), kind="text/html", Content_Encoding=name)
    assert get(site, "/t", tmp_path, clock).path.read_bytes() == body


@pytest.mark.parametrize(
    ("body", "kind", "ending"),
    [
        (PDF, "text/html", ".pdf"), (b"\xd0\xcf\x11\xe0rest", "", ".doc"), (b"PK\x03\x04..word/document.xml", "", ".docx"),
        (b"PK\x03\x04..xl/workbook.xml", "", ".xlsx"), (b"<html>x", "application/pdf", ".html"), ("增长".encode(), "text/plain", ".txt"),
        (b"\1\2\3", "", ".bin"),
    ],
)  # fmt: skip
def test_the_bytes_tell_the_ending(site, tmp_path, clock, body, kind, ending):
    site["/download.jsp"] = says(body, kind=kind)
    path = get(site, "/download.jsp", tmp_path, clock).path
    assert path.suffix == (".html" if ending == ".bin" else ending)  # .jsp is a page where nothing says otherwise


# What does not


def test_what_passes_is_tried_again_each_time_later(site, tmp_path, clock):
    site["/robots.txt"] = b""
    site["/t"] = then(says(b"", status=500), reset, says(b"", status=502), says(PAGE.format(TEXT).encode(), kind="text/html"))
    assert get(site, "/t", tmp_path, clock, delay=0).outcome == "new"
    assert site.asked["/t"] == 4
    waits = [slept for slept in clock.slept if slept]
    assert len(waits) == 3
    assert all(1 <= wait <= 2 ** (n + 2) for n, wait in enumerate(waits))


def test_what_does_not_pass_fails_after_the_last_try(site, tmp_path, clock):
    site["/robots.txt"] = b""
    site["/t"] = reset
    result = get(site, "/t", tmp_path, clock, attempts=3)
    assert (result.outcome, result.path, site.asked["/t"]) == ("failed", None, 3)
    assert "tried 3 times" in str(result.error)
    assert files(tmp_path) == []


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_kept_to(site, tmp_path, clock, status):
    site["/t"] = then(says(b"", status=status, Retry_After="17"), says(PAGE.format(TEXT).encode(), kind="text/html"))
    assert get(site, "/t", tmp_path, clock).outcome == "new"
    assert 17 in clock.slept


def test_retry_after_may_be_a_date(site, tmp_path, clock):
    when = formatdate(clock.time() + 41, usegmt=True)
    site["/t"] = then(says(b"", status=503, Retry_After=when), says(PAGE.format(TEXT).encode(), kind="text/html"))
    assert get(site, "/t", tmp_path, clock, delay=0).outcome == "new"
    assert any(40 <= slept <= 41 for slept in clock.slept)


def test_nobody_waits_for_an_hour(site, tmp_path, clock):
    site["/t"] = says(b"", status=429, Retry_After="3600")
    result = get(site, "/t", tmp_path, clock)
    assert "come again in 3600 s" in str(result.error)
    assert site.asked["/t"] == 1
    assert result.error.status == 429


def test_a_missing_page_is_asked_for_once(site, tmp_path, clock):
    result = get(site, "/gone", tmp_path, clock)
    assert "answers 404" in str(result.error)
    assert site.asked["/gone"] == 1


def test_a_slow_server_is_left(site, tmp_path, clock):
    stop = threading.Event()
    site["/robots.txt"] = b""
    site["/t"] = lambda _: stop.wait(5)
    result = get(site, "/t", tmp_path, clock, timeout=0.1, attempts=2)
    stop.set()
    assert "does not answer in time" in str(result.error)


def test_a_server_that_drips_is_left(site, tmp_path):
    class Hasty(Clock):
        def now(self) -> float:
            self.passed += 40
            return self.passed

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(500):
            handler.wfile.write(b".")
            handler.wfile.flush()
            time.sleep(0.002)

    site["/robots.txt"] = b""
    site["/t"] = drip
    assert "takes longer than 100 s" in str(get(site, "/t", tmp_path, Hasty(), deadline=100).error)


def test_a_length_that_is_too_long_is_a_broken_answer(site, tmp_path, clock):
    site["/t"] = then(says(b"<html>ha", length=500), says(PAGE.format(TEXT).encode(), kind="text/html"))
    result = get(site, "/t", tmp_path, clock)
    assert (result.outcome, result.path.read_bytes()) == ("new", PAGE.format(TEXT).encode())
    site["/u"] = says(b"<html>ha", length=500)
    result = get(site, "/u", tmp_path, clock)
    assert "breaks off" in str(result.error)
    assert result.path is None


def test_half_a_gzip_is_a_broken_answer(site, tmp_path, clock):
    packed = gzip.compress(PAGE.format(TEXT).encode())
    site["/t"] = says(packed[:-20], kind="text/html", Content_Encoding="gzip")
    assert "breaks off in the middle" in str(get(site, "/t", tmp_path, clock).error)
    site["/u"] = says(packed[:10] + b"\xff" * 40, kind="text/html", Content_Encoding="gzip")
    assert "damaged" in str(get(site, "/u", tmp_path, clock).error)


def test_half_a_pdf_is_fetched_again(site, tmp_path, clock):
    site["/t.pdf"] = then(says(PDF[:40]), says(PDF))
    result = get(site, "/t.pdf", tmp_path, clock)
    assert (result.path.read_bytes(), result.doubts) == (PDF, ())


def test_half_a_pdf_that_comes_twice_is_kept_and_doubted(site, tmp_path, clock):
    site["/t.pdf"] = says(PDF[:40])
    result = get(site, "/t.pdf", tmp_path, clock)
    assert (result.path.read_bytes(), result.doubts) == (PDF[:40], ("cut",))
    assert side(result.path)["doubts"] == ["cut"]


@pytest.mark.parametrize("cut", [30, 200])
def test_a_length_that_is_too_short_gives_half_a_page(site, tmp_path, clock, cut):
    """The connection ends well, so only the page itself tells."""
    whole = PAGE.format(TEXT).encode()
    site["/t"] = then(says(whole, kind="text/html", length=cut), says(whole, kind="text/html"))
    assert get(site, "/t", tmp_path, clock).path.read_bytes() == whole
    site["/u"] = says(whole, kind="text/html", length=cut)
    assert "cut" in get(site, "/u", tmp_path, clock).doubts
    site["/v"] = then(*(says(whole, kind="text/html", length=cut + n) for n in range(9)))
    assert "each time elsewhere" in str(get(site, "/v", tmp_path, clock).error)


def test_a_gzip_bomb_does_not_go_off(site, tmp_path, clock):
    bomb = gzip.compress(bytes(50_000_000))
    site["/t"] = says(bomb, Content_Encoding="gzip")
    result = get(site, "/t", tmp_path, clock, limit=1_000_000)
    assert "more than 1,000,000 bytes" in str(result.error)
    assert site.asked["/t"] == 1


def test_unpacking_gives_small_pieces():
    unpack = Unpacker("gzip")
    assert max(len(piece) for piece in unpack.feed(gzip.compress(bytes(10_000_000)))) <= 1 << 16
    with pytest.raises(FetchError, match="not asked for"):
        Unpacker("br")
    assert list(Unpacker("utf-8").feed(b"as it is")) == [b"as it is"]


def test_the_size_limit_holds_with_and_without_a_length(site, tmp_path, clock):
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(bytes(10_000))

    site["/told"] = says(bytes(2000))
    site["/untold"] = endless
    assert "has 2,000 bytes" in str(get(site, "/told", tmp_path, clock, limit=1000).error)
    assert "more than 1,000 bytes" in str(get(site, "/untold", tmp_path, clock, limit=1000).error)


def test_an_empty_answer_is_no_report(site, tmp_path, clock):
    site["/t"] = b""
    assert "with nothing" in str(get(site, "/t", tmp_path, clock).error)


def test_a_page_without_text_is_doubted(site, tmp_path, clock):
    site["/t"] = "<html><head><script>draw('everything that stands here is written by a script, long as it is')</script></head><body></body></html>"
    assert get(site, "/t", tmp_path, clock).doubts == ("no_text",)


# Redirects


def test_redirects_are_followed_and_told(site, tmp_path, clock):
    site["/a"] = says(b"", status=301, Location="/b")
    site["/b"] = says(b"", status=302, Location=site.url("/c"))
    site["/c"] = PAGE.format(TEXT)
    result = get(site, "/a", tmp_path, clock)
    assert result.url == site.url("/c")
    assert side(result.path)["asked"] == site.url("/a")


def test_a_circle_ends(site, tmp_path, clock):
    site["/a"] = says(b"", status=302, Location="/b")
    site["/b"] = says(b"", status=302, Location="/a")
    result = get(site, "/a", tmp_path, clock, redirects=6)
    assert "in a circle" in str(result.error)
    assert site.asked["/a"] + site.asked["/b"] == 7


def test_a_site_may_set_a_cookie_and_send_back(site, tmp_path, clock):
    def page(handler: BaseHTTPRequestHandler) -> None:
        if "seen=1" in handler.headers.get("Cookie", ""):
            answer(handler, PAGE.format(TEXT).encode(), kind="text/html")
        else:
            answer(handler, b"", status=302, Location="/a", Set_Cookie="seen=1")

    site["/a"] = page
    assert get(site, "/a", tmp_path, clock).outcome == "new"


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://a.cn/x", "gopher://127.0.0.1/", "http://user:secret@a.cn/"])
def test_redirects_lead_to_the_web_only(site, tmp_path, clock, to):
    site["/a"] = says(b"", status=302, Location=to)
    assert "is redirected to" in str(get(site, "/a", tmp_path, clock).error)


# Addresses


def test_private_addresses_are_refused(site, tmp_path, clock):
    site["/t"] = PAGE.format(TEXT)
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"):
        result = get(site, "/t", tmp_path, clock, allow_private=False, robots=False)
        [result] = fetch([site.url("/t", host)], tmp_path, settings=Settings(robots=False), clock=clock)
        assert "no public address" in str(result.error), host
    assert not site.asked


def test_a_redirect_to_a_private_address_is_refused(site, tmp_path, clock, monkeypatch):
    """The first host counts as public; what it redirects to does not."""
    site["/a"] = says(b"", status=302, Location=site.url("/b", "localhost"))
    site["/b"] = PAGE.format(TEXT)
    real = addresses.resolved
    monkeypatch.setattr(
        "reportparse.fetching.getting.resolved",
        lambda host, port, **_: real(host, port, allow_private=host == "127.0.0.1"),
    )
    [result] = fetch([site.url("/a")], tmp_path, settings=Settings(robots=False), clock=clock)
    assert "no public address" in str(result.error)
    assert not site.asked["/b"]


def test_a_name_is_looked_up_once_and_the_connection_goes_there(site, tmp_path, clock, monkeypatch):
    """A name that says another number the second time (DNS rebinding) gains nothing."""
    site["/t"] = PAGE.format(TEXT)
    asked: list[str] = []
    real = socket.getaddrinfo

    def lookup(host: str, *more: object, **also: object) -> list:
        asked.append(str(host))
        return real("127.0.0.1" if host == "report.example" else host, *more, **also)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    [result] = fetch([site.url("/t", "report.example")], tmp_path, settings=Settings(allow_private=True, robots=False), clock=clock)
    assert result.outcome == "new"
    assert asked.count("report.example") == 1
    assert site.headers[-1]["host"].startswith("report.example:")


def test_one_private_number_among_several_is_enough(monkeypatch):
    entries = [(socket.AF_INET, 1, 6, "", (number, 80)) for number in ("8.8.8.8", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    with pytest.raises(FetchError, match=r"192\.168\.0\.1"):
        addresses.resolved("a.cn", 80, allow_private=False)


@pytest.mark.parametrize("url", ["ftp://a.cn/x", "file:///etc/passwd", "javascript:alert(1)", "a.cn/x", "http:///x", "http://[::1/", "http://u:p@a.cn/"])
def test_other_schemes_and_no_addresses_are_refused(tmp_path, clock, url):
    [result] = fetch([url], tmp_path, clock=clock)
    assert result.failed
    assert files(tmp_path) == []


# robots.txt and pauses


def test_robots_txt_is_read_once_and_kept_to(site, tmp_path, clock):
    site["/robots.txt"] = b"User-agent: *\nDisallow: /closed/\nCrawl-delay: 7\n"
    site["/closed/t"] = PAGE.format(TEXT)
    for n in range(3):
        site[f"/open/{n}"] = PAGE.format(TEXT)
    urls = [site.url(path) for path in ("/open/0", "/closed/t", "/open/1", "/open/2")]
    results = fetch(urls, tmp_path, settings=Settings(allow_private=True), clock=clock)
    assert [result.failed for result in results] == [False, True, False, False]
    assert "closed to programs" in str(results[1].error)
    assert (site.asked["/robots.txt"], site.asked["/closed/t"]) == (1, 0)
    assert [slept for slept in clock.slept if slept == 7] == [7, 7]
    assert get(site, "/closed/t", tmp_path, clock, robots=False).outcome == "new"


def test_a_robots_txt_that_breaks_closes_the_host(site, tmp_path, clock):
    site["/robots.txt"] = says(b"", status=500)
    site["/t"] = PAGE.format(TEXT)
    assert "robots.txt can't be had" in str(get(site, "/t", tmp_path, clock).error)
    assert not site.asked["/t"]


def test_a_redirect_to_a_closed_page_is_not_followed(site, tmp_path, clock):
    site["/robots.txt"] = b"User-agent: reportparse\nDisallow: /closed\n"
    site["/t"] = says(b"", status=302, Location="/closed")
    site["/closed"] = PAGE.format(TEXT)
    assert "closed to programs" in str(get(site, "/t", tmp_path, clock).error)
    assert not site.asked["/closed"]


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(site, tmp_path, clock):
    at_once = Counter()

    def page(handler: BaseHTTPRequestHandler) -> None:
        at_once["now"] += 1
        at_once["most"] = max(at_once["most"], at_once["now"])
        time.sleep(0.01)
        at_once["now"] -= 1
        answer(handler, PAGE.format(TEXT).encode(), kind="text/html")

    for n in range(5):
        site[f"/{n}"] = page
    fetch([site.url(f"/{n}") for n in range(5)], tmp_path, settings=Settings(allow_private=True, delay=3), clock=clock)
    assert at_once["most"] == 1
    assert clock.slept == [3] * 5  # robots.txt is asked for, too


# Again


def test_what_is_fresh_is_not_asked_for(site, tmp_path, clock):
    site["/t"] = PAGE.format(TEXT)
    get(site, "/t", tmp_path, clock)
    assert get(site, "/t", tmp_path, clock).outcome == "skipped"
    assert site.asked["/t"] == 1


def test_only_changes_are_asked_for(site, tmp_path, clock):
    def page(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == '"v1"' and handler.headers.get("If-Modified-Since"):
            answer(handler, b"", status=304)
        else:
            answer(handler, PAGE.format(TEXT).encode(), kind="text/html", ETag='"v1"', Last_Modified="Tue, 14 Nov 2023 10:00:00 GMT")

    site["/t"] = page
    first = get(site, "/t", tmp_path, clock)
    told = side(first.path)
    clock.passed += 100_000
    again = get(site, "/t", tmp_path, clock)
    assert (again.outcome, again.path, again.sha256) == ("unchanged", first.path, first.sha256)
    assert side(first.path)["fetched"] == told["fetched"]
    assert side(first.path)["checked"] > told["checked"]
    assert get(site, "/t", tmp_path, clock).outcome == "skipped"


def test_the_same_bytes_without_a_mark_are_unchanged_and_others_changed(site, tmp_path, clock):
    site["/t"] = PAGE.format(TEXT)
    first = get(site, "/t", tmp_path, clock)
    assert get(site, "/t", tmp_path, clock, max_age=0).outcome == "unchanged"
    site["/t"] = PDF
    again = get(site, "/t", tmp_path, clock, max_age=0)
    assert (again.outcome, again.path.suffix) == ("changed", ".pdf")
    assert not first.path.exists()
    assert len(files(tmp_path)) == 2


@pytest.mark.parametrize(
    "harm",
    [lambda path: path.write_bytes(b"half"), lambda path: path.unlink(), lambda path: path.with_name(f"{path.name}.json").write_text("{")],
)
def test_what_was_broken_off_is_fetched_anew(site, tmp_path, clock, harm):
    site["/t"] = says(PAGE.format(TEXT).encode(), kind="text/html", ETag='"1"')
    first = get(site, "/t", tmp_path, clock)
    harm(first.path)
    (tmp_path / ".x.half").write_bytes(b"left over")
    os.utime(tmp_path / ".x.half", (0, 0))
    (tmp_path / ".y.half").write_bytes(b"another's")
    again = get(site, "/t", tmp_path, clock)
    assert again.path.read_bytes() == PAGE.format(TEXT).encode()
    assert "if-none-match" not in site.headers[-1]
    assert not (tmp_path / ".x.half").exists()
    assert (tmp_path / ".y.half").exists()


def test_a_failure_leaves_what_was_there(site, tmp_path, clock):
    site["/t"] = PAGE.format(TEXT)
    first = get(site, "/t", tmp_path, clock)
    site["/t"] = says(b"", status=404)
    again = get(site, "/t", tmp_path, clock, max_age=0)
    assert (again.outcome, again.path) == ("failed", first.path)
    assert first.path.read_bytes() == PAGE.format(TEXT).encode()


def test_one_that_fails_costs_the_others_nothing(site, tmp_path, clock):
    site["/t"] = PAGE.format(TEXT)
    urls = [site.url("/gone"), "ftp://a.cn/", site.url("/t"), site.url("/t"), "http://no-such-host.invalid/"]
    seen: list[tuple[int, int]] = []
    results = fetch(
        urls, tmp_path, settings=Settings(allow_private=True, attempts=1), clock=clock, progress=lambda _, done, total: seen.append((done, total))
    )
    assert [result.outcome for result in results] == ["failed", "failed", "new", "failed"]  # an address given twice is one
    assert seen == [(n, 4) for n in range(1, 5)]


def test_a_fault_of_ours_costs_that_address_only(site, tmp_path, clock, monkeypatch):
    def fault(*_: object) -> bool:
        raise RuntimeError("oh")

    monkeypatch.setattr("reportparse.fetching.running.is_empty", fault)
    site["/t"], site["/p"] = PAGE.format(TEXT), PDF
    results = fetch([site.url("/t"), site.url("/p")], tmp_path, settings=Settings(allow_private=True), clock=clock)
    assert [result.outcome for result in results] == ["failed", "new"]
    assert "a fault of reportparse" in str(results[0].error)


def test_an_interrupted_fetch_stops_and_goes_on(site, tmp_path, clock):
    def stop(_: Fetched, done: int, __: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    for n in range(9):
        site[f"/{n}"] = PAGE.format(f"{TEXT}{n}")
    urls, how = [site.url(f"/{n}") for n in range(9)], Settings(allow_private=True)
    with pytest.raises(KeyboardInterrupt):
        fetch(urls, tmp_path, settings=how, clock=clock, progress=stop)
    assert len(files(tmp_path)) == 6
    assert Counter(result.outcome for result in fetch(urls, tmp_path, settings=how, clock=clock)) == {"skipped": 3, "new": 6}


# Names


HOSTILE = [
    "/..%2f..%2fetc%2fpasswd", "/%00", "/CON", "/a%5c..%5cb", "/" + "x" * 3000, "/" + "%E6%8A%A5" * 300, "/.hidden", "/a?b=../../c",
    "/a:b*c?d|e", "/~%0a",
]  # fmt: skip


def test_names_stay_in_the_folder_and_differ(site, tmp_path, clock):
    into = tmp_path / "in"
    for path in HOSTILE:
        site[path] = PAGE.format(TEXT)
    results = fetch([site.url(path) for path in HOSTILE], into, settings=Settings(allow_private=True), clock=clock)
    paths = [result.path for result in results]
    assert all(path.parent == into and len(path.name.encode()) < 160 and not path.name.startswith(".") for path in paths)
    assert len({path.name.casefold() for path in paths}) == len(HOSTILE)
    assert files(tmp_path) == ["in"]


def test_names_of_a_list_do_not_collide_nor_take_what_is_another_s(site, tmp_path, clock):
    site["/1"], site["/2"], site["/3"] = (PAGE.format(TEXT + n) for n in "123")
    (tmp_path / "mine.html").write_text("a file of the user")
    named = [Source(url=site.url("/1"), name="A"), Source(url=site.url("/2"), name="a"), Source(url=site.url("/3"), name="mine")]
    how = Settings(allow_private=True)
    results = fetch(named, tmp_path, settings=how, clock=clock)
    assert [result.outcome for result in results] == ["new"] * 3
    assert len({result.path.name.casefold() for result in results}) == 3
    assert (tmp_path / "mine.html").read_text() == "a file of the user"
    assert [one.outcome for one in fetch(named, tmp_path, settings=how, clock=clock)] == ["skipped"] * 3


def test_a_link_in_the_folder_is_not_followed(site, tmp_path, clock):
    site["/1"] = PAGE.format(TEXT)
    outside = tmp_path / "outside"
    outside.write_text("mine")
    into = tmp_path / "in"
    first = get(site, "/1", into, clock)
    first.path.unlink()
    first.path.symlink_to(outside)
    again = get(site, "/1", into, clock)
    assert outside.read_text() == "mine"
    assert not again.path.is_symlink()


@pytest.mark.parametrize("name", ["..", "/etc/passwd", "a/../../b", "nul.txt", "", " ", "\u202e", "x" * 500, "a\nb"])
def test_no_name_is_harmful(name):
    safe = naming.stem_of_name(name)
    assert safe
    assert "/" not in safe
    assert not safe.startswith((".", "nul"))
    assert len(safe.encode()) <= 121
    assert safe.isprintable()


# Pages in parts, and what they attach


def part(number: int, pager: str) -> str:
    text = f"<h1>甲市2024年统计公报</h1><p>第{number}段，全市粮食总产量{number}58.4万吨，比上年增长{number}.9%，占全省的{number}.1%。</p>" * 1
    more = f"<p>其中夏粮{number}1.2万吨，增长{number}.3%；秋粮{number}7.2万吨，下降{number}.8%，这一段是第{number}部分的第二段。</p>"
    return PAGE.format(f"{text}{more}<p>责任编辑：某某</p><div class='pager'>{pager}</div>")


def test_parts_are_followed_and_joined(site, tmp_path, clock):
    pager = "<a href='t20250101_77.html'>1</a> <a href='t20250101_77_1.html'>2</a> <a href='t20250101_77_1.html'>下一页</a>"
    site["/t20250101_77.html"] = part(1, pager)
    site["/t20250101_77_1.html"] = part(2, "<a href='t20250101_77.html'>上一页</a> <a href='t20250101_77_2.html'>下一页</a>")
    site["/t20250101_77_2.html"] = part(3, "<a href='t20250101_77_1.html'>上一页</a> <a href='#'>下一页</a>")
    result = get(site, "/t20250101_77.html", tmp_path, clock)
    assert result.parts == 3
    text = read(result.path).text
    places = [text.index(f"{n}58.4万吨") for n in (1, 2, 3)] + [text.index("37.2万吨")]
    assert places == sorted(places)
    assert text.count("甲市2024年统计公报") <= 1
    assert "责任编辑" not in text[: text.index("358.4万吨")]
    assert not [warning for warning in read(result.path).warnings if warning.code == "more_pages"]
    told = side(result.path)
    assert [one["url"] for one in told["parts"]] == [site.url(f"/t20250101_77{tail}.html") for tail in ("", "_1", "_2")]
    for one in told["parts"]:
        body = (tmp_path / one["file"]).read_bytes()
        assert hashlib.sha256(body).hexdigest() == one["sha256"]
        assert body == site.pages[one["url"].removeprefix(site.url(""))].encode()
    assert get(site, "/t20250101_77.html", tmp_path, clock, max_age=0).outcome == "unchanged"


def test_a_pager_drawn_by_a_script_is_read(site, tmp_path, clock):
    for number, name in enumerate(("index", "index_1", "index_2"), 1):
        site[f"/gb/{name}.html"] = part(number, f'<script>createPageHTML(3, {number - 1}, "index", "html");</script>')
    site["/gb/"] = site.pages["/gb/index.html"]
    result = get(site, "/gb/", tmp_path, clock)
    assert result.parts == 3
    assert [n for n in "123" if f"{n}58.4万吨" in read(result.path).text] == ["1", "2", "3"]


def test_parts_in_another_encoding_are_joined(site, tmp_path, clock):
    first = part(1, "<a href='a_2.html'>[下一页]</a>").replace("<head>", "<head><meta charset='gb2312'>")
    site["/a.html"] = says(first.encode("gbk"), kind="text/html")
    site["/a_2.html"] = says(part(2, "").encode("gbk"), kind="text/html")
    result = get(site, "/a.html", tmp_path, clock)
    text = read(result.path).text
    assert "158.4万吨" in text
    assert "258.4万吨" in text
    assert b'charset="utf-8"' in result.path.read_bytes()


def test_the_next_article_is_no_part(site, tmp_path, clock):
    site["/a/1234.html"] = part(1, "<a href='1235.html'>下一页</a><a href='http://b.cn/1234_2.html'>下一页</a><a href='javascript:go()'>下一页</a>")
    assert get(site, "/a/1234.html", tmp_path, clock).parts == 1


def test_a_part_that_is_missing_fails_the_page(site, tmp_path, clock):
    site["/a.html"] = part(1, "<a href='a_2.html'>下一页</a>")
    result = get(site, "/a.html", tmp_path, clock)
    assert "its part" in str(result.error)
    assert files(tmp_path) == []


def test_parts_without_end_are_left_and_doubted(site, tmp_path, clock):
    for n in range(30):
        site[f"/a_{n}.html"] = part(n, f"<a href='a_{n + 1}.html'>下一页</a>")
    result = get(site, "/a_0.html", tmp_path, clock, parts=4)
    assert (result.parts, result.doubts) == (4, ("more_parts",))


def test_attachments_are_listed_and_fetched_where_asked(site, tmp_path, clock):
    links = (
        "<p>附件：<a href='f/b1.pdf'>附件1：收支表</a> <a href='/down.jsp?file=x.xls'>附件2</a> <a href='/get?id=7'>说明.docx</a></p>"
        "<p><a href='gone.doc'>附件3</a></p>"
        "<iframe src='f/b1.pdf'></iframe><a href='other.html'>其他</a>"
    )
    site["/a/t.html"] = PAGE.format(TEXT + links)
    site["/a/f/b1.pdf"] = PDF
    site["/down.jsp?file=x.xls"] = b"\xd0\xcf\x11\xe0sheet"
    site["/get?id=7"] = b"PK\x03\x04 word/document.xml"
    result = get(site, "/a/t.html", tmp_path, clock)
    assert [(one.label, one.url.rpartition("/")[2]) for one in result.listed] == [
        ("附件1：收支表", "b1.pdf"), ("附件2", "down.jsp?file=x.xls"), ("说明.docx", "get?id=7"), ("附件3", "gone.doc"),
    ]  # fmt: skip
    assert result.attachments == ()
    result = get(site, "/a/t.html", tmp_path, clock, attachments=True)
    assert result.outcome == "skipped"
    assert [one.path.suffix if one.path else None for one in result.attachments] == [".pdf", ".xls", ".docx", None]
    assert result.failed
    assert side(result.attachments[0].path)["page"] == site.url("/a/t.html")
    assert all(one.path.stem.startswith(result.path.stem) for one in result.attachments if one.path)


def test_other_pages_are_no_parts():
    assert paging.is_part("http://a.cn/gb/", "http://a.cn/gb/index_1.html")
    assert paging.is_part("http://a.cn/c/12_2.htm", "http://a.cn/c/12_3.htm")
    assert not paging.is_part("http://a.cn/c/12.htm", "http://a.cn/c/13.htm")
    assert not paging.is_part("http://a.cn/c/1.htm", "http://b.cn/c/1_2.htm")


# Lists and the command


def test_a_list_is_fetched_under_its_names_and_compared(site, tmp_path, clock):
    site["/1"], site["/2"] = PDF, PDF
    right = hashlib.sha256(PDF).hexdigest()
    row = '[[report]]\nname = "bud-{}"\nregion = "甲市"\nyear = 2024\nurl = "{}"\nsha256 = "{}"\n'
    rows = [row.format(1, site.url("/1"), right), row.format(2, site.url("/2"), "0" * 64)]
    (tmp_path / "l.toml").write_text("".join(rows), encoding="utf-8")
    results = fetch(tmp_path / "l.toml", tmp_path / "in", settings=Settings(allow_private=True), clock=clock)
    assert [result.path.name for result in results] == ["bud-1.pdf", "bud-2.pdf"]
    assert [result.doubts for result in results] == [(), ("not_as_listed",)]
    assert side(results[0].path)["source"]["region"] == "甲市"


def test_a_wrong_list_fetches_nothing(tmp_path, clock):
    (tmp_path / "l.toml").write_text('[[report]]\nurl = "ftp://a.cn"\n', encoding="utf-8")
    with pytest.raises(ListError, match="no http or https address"):
        fetch([str(tmp_path / "l.toml")], tmp_path / "in", clock=clock)
    assert not (tmp_path / "in").exists()


def test_the_command_tells_each_and_fails_where_one_fails(site, tmp_path, capsys):
    site["/t"] = PAGE.format(TEXT)
    how = ["--into", str(tmp_path), "--allow-private", "--delay", "0", "--attempts", "1"]
    assert main(["fetch", site.url("/t"), *how]) == 0
    out = capsys.readouterr()
    assert out.out.startswith("new\t")
    assert out.out.endswith(f"{tmp_path}: 1 new\n")
    assert out.err == ""
    assert main(["fetch", site.url("/t"), site.url("/gone"), *how]) == 1
    out = capsys.readouterr()
    assert out.out.startswith("skipped\t")
    assert out.err.startswith(f"reportparse: {site.url('/gone')}: answers 404")
    assert out.err.count("\n") == 1


def test_wrong_uses_are_told(tmp_path, capsys):
    assert main(["fetch", "http://a.cn/"]) == 2
    assert main(["fetch", str(tmp_path / "no.toml"), "--into", str(tmp_path)]) == 1
    assert "no such file" in capsys.readouterr().err
    (tmp_path / "file").write_text("x")
    assert main(["fetch", "http://a.cn/", "--into", str(tmp_path / "file")]) == 1
    assert "can't be made a folder" in capsys.readouterr().err


def test_a_missing_extra_is_named(tmp_path, monkeypatch):
    import sys

    from reportparse.errors import MissingExtra

    monkeypatch.delitem(sys.modules, "reportparse.fetching.getting", raising=False)
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingExtra, match=r"reportparse\[fetch\]"):
        fetch(["http://a.cn/"], tmp_path)
