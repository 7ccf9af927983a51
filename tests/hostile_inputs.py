"""Files that want to harm: made here, never kept. Run as a script: parse one within a limit of memory, say what came."""

# ruff: noqa: PLW0108  each input is made only when it is asked for

from __future__ import annotations

import resource
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "fixtures"
GIGABYTE = 1 << 30


def _page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>某市报告</title>{head}</head><body>{body}</body></html>".encode()


def _pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for k, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (k, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, xref))


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), more, data)


_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_LEAF = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_SHOWN = b"BT /F 12 Tf 50 700 Td (Growth of 5.2% in 2024.) Tj ET"


def _leaves(count: int) -> bytes:
    leaf = _LEAF.replace(b"4 0 R", b"3 0 R").replace(b"5 0 R", b"4 0 R")
    kids = b" ".join(b"%d 0 R" % (5 + k) for k in range(count))
    return _pdf(_CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), _stream(_SHOWN), _FONT, *[leaf] * count)


def _ours(name: str) -> bytes:
    return (FIXTURES / "pdf" / name).read_bytes()


SENTENCE = "全年粮食产量303.2万吨，比上年增长2.1%，"
SMALL: dict[str, Callable[[], bytes]] = {
    "digits": lambda: ("产量" + "1" * 20_000 + "吨。").encode(),
    "commas": lambda: ("增长" + "，" * 10_000 + "5%。" + "1," * 10_000).encode(),
    "brackets": lambda: ("（" * 5_000 + "增长5%" + "）" * 5_000).encode(),
    "ones": lambda: ("一" * 20_000).encode(),
    "no_stop": lambda: (SENTENCE * 2_000).encode(),
    "tens_and_hundreds": lambda: ("百分之一千零十万" * 2_000).encode(),
    "quotes": lambda: ("“十四五" * 4_000).encode(),
    "ranges": lambda: ("1-" * 10_000 + "2至" * 5_000).encode(),
    "blanks": lambda: (" 1 . 2　" * 5_000).encode(),
    "headings": lambda: "".join(f"{'一二三四五六七八九十'[k % 10]}、综合\n" for k in range(3_000)).encode(),
    "dashes": lambda: ("——" * 5_000 + "\n" + "比上年" * 5_000).encode(),
    "nested_tags": lambda: _page("<div>" * 5_000 + "全年增长5%。"),
    "nested_tables": lambda: _page("<table><tr><td>" * 300 + "增长5%。"),
    "null_bytes": lambda: _page("全年\0增长\0" + "5\0%。" * 500),
    "surrogates": lambda: _page("全年增长5%。") + b"\xed\xa0\x80\xed\xb0\x80" + "&#xD800;&#55296;&#x110000;增长6%。".encode(),
    "entities": lambda: b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(10)) + b"]><html><body>&k; 5%</body></html>",
    "colspan": lambda: _page("<table><tr><td colspan=100000 rowspan=100000>指标</td><td>值</td></tr><tr><td>产量</td><td>5</td></tr></table>"),
    "scripts": lambda: _page("<script>全年增长5%。</script><p onclick=alert(1)>全年增长6%。</p>"),
    "bidi": lambda: "全年增长\u202e%5.2\u202c，粮食产量\u2066303.2\u2069万吨。".encode(),
    "look_alikes": lambda: "全年增长٥٫٢%，产量𝟓.𝟐万吨，⑤②%，５．２％，۵۲吨。".encode(),
    "half_encoded": lambda: "全年粮食产量303.2万吨。".encode("gb18030") * 50 + "比上年增长2.1%。".encode() * 50,
    "wrong_bom": lambda: b"\xff\xfe" + ("全年增长5%。" * 50).encode(),
    "pdf_cycle": lambda: _pdf(_CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>", _LEAF, _stream(_SHOWN), _FONT),
    "pdf_length_cycle": lambda: _pdf(_CATALOG, _PAGES, _LEAF, b"<</Length 4 0 R>>\nstream\nx\nendstream", _FONT),
    "pdf_bomb": lambda: _pdf(_CATALOG, _PAGES, _LEAF, _stream(zlib.compress(b" " * 30_000_000), b"/Filter/FlateDecode"), _FONT),
    "pdf_wrong_xref": lambda: _ours("one-column.pdf").replace(b"startxref", b"startxref\n99999999 %"),
    "pdf_script": lambda: _pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", _PAGES, _LEAF, _stream(_SHOWN), _FONT
    ),
    "pdf_zero_size": lambda: _pdf(_CATALOG, _PAGES, _LEAF.replace(b"600 800", b"0 0"), _stream(_SHOWN), _FONT),
    "pdf_huge_page": lambda: _pdf(_CATALOG, _PAGES, _LEAF.replace(b"600 800", b"9e9 9e9"), _stream(_SHOWN), _FONT),
    "pdf_encrypted": lambda: _ours("encrypted.pdf"),
    "pdf_empty": lambda: b"%PDF-1.7\n",
}  # fmt: skip
BIG: dict[str, Callable[[], bytes]] = {
    "digits_mb": lambda: b"1" * 1_000_000,
    "ones_million": lambda: ("一" * 1_000_000).encode(),
    "no_stop_mb": lambda: (SENTENCE * 40_000)[:1_000_000].encode(),
    "commas_mb": lambda: ("1," * 500_000).encode(),
    "brackets_mb": lambda: ("（" * 500_000 + "）" * 500_000).encode(),
    "html_50mb": lambda: _page("<p>全年粮食产量303.2万吨。</p>" * 1_200_000)[: 50 << 20],
    "tags_100000": lambda: _page("<div>" * 100_000 + "全年增长5%。"),
    "cells_million": lambda: _page("<table>" + ("<tr>" + "<td>1" * 100) * 10_000 + "</table>"),
    "pdf_10000_pages": lambda: _leaves(10_000),
    "pdf_bomb_gb": lambda: _pdf(
        _CATALOG, _PAGES, _LEAF,
        _stream(zlib.compress(zlib.compress(b" " * 1_000_000_000, 9), 9), b"/Filter[/FlateDecode/FlateDecode]"), _FONT,
    ),
    **{f"pdf_cut_{k}": lambda k=k: _ours("merged-headers.pdf")[: k << 10] for k in range(1, 64, 3)},  # type: ignore[misc]
}  # fmt: skip


def main() -> None:
    """Parse the input that is named and print what came of it, its seconds and its megabytes."""
    data = {**SMALL, **BIG}[sys.argv[1]]()
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE + len(data), GIGABYTE + len(data)))
    from reportparse import parse
    from reportparse.errors import ReportError

    began = time.perf_counter()
    try:
        told = f"{len(parse(data, name=sys.argv[1]).records)} records"
    except ReportError as error:
        told = f"{type(error).__name__}: {error}"
    except MemoryError:
        told = "MemoryError"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - began:.2f} s\t{peak:.0f} MB\t{told}")


if __name__ == "__main__":
    main()
