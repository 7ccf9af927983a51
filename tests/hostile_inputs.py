"""Files that want to harm: made here, never kept. Run as a script: parse one within a limit of memory, say what came."""

# ruff: noqa: PLW0108  each input is made only when it is asked for

from __future__ import annotations

import os
import re
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import hostile_pdfs

GIGABYTE = 1 << 30


def _page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>某市报告</title>{head}</head><body>{body}</body></html>".encode()


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
    "spans": lambda: _page("<table>" + ("<tr>" + "<td colspan=1000 rowspan=1000>1" * 20) * 100 + "</table>"),
    "attributes": lambda: _page("<p " + " ".join(f"a{k}=1" for k in range(50_000)) + " style='" + "x:y;" * 100_000 + "'>全年增长5%。"),
    "other_files": lambda: b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>&x;"
    + "全年增长5%。".encode() + b"</p></body></html>",
    "entity_often": lambda: b"<!DOCTYPE html [<!ENTITY a '" + b"a" * 50_000 + b"'>]><html><body>" + b"&a;" * 50_000 + b"5%</body></html>",
    "scripts": lambda: _page("<script>全年增长5%。</script><p onclick=alert(1)>全年增长6%。</p>"),
    "bidi": lambda: "全年增长\u202e%5.2\u202c，粮食产量\u2066303.2\u2069万吨。".encode(),
    "look_alikes": lambda: "全年增长٥٫٢%，产量𝟓.𝟐万吨，⑤②%，５．２％，۵۲吨。".encode(),
    "half_encoded": lambda: "全年粮食产量303.2万吨。".encode("gb18030") * 50 + "比上年增长2.1%。".encode() * 50,
    "wrong_bom": lambda: b"\xff\xfe" + ("全年增长5%。" * 50).encode(),
    **hostile_pdfs.SMALL,
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
    **hostile_pdfs.BIG,
    **{f"pdf_cut_{k}": lambda k=k: hostile_pdfs.ours("scanned.pdf")[: k << 10] for k in range(1, 88, 8)},  # type: ignore[misc]
}  # fmt: skip


_OWN = Path("/proc/self")


def _forget_peak() -> None:
    """Count from here on, not what making the input took."""
    if _OWN.exists():
        (_OWN / "clear_refs").write_text("5")


def _peak() -> float:
    """Megabytes at most; elsewhere than on Linux with what the parent of this process held when it started it."""
    if _OWN.exists():
        return int(re.findall(r"VmHWM:\s*(\d+)", (_OWN / "status").read_text())[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    """Parse the input that is named and print what came of it, its seconds and its megabytes."""
    data = {**SMALL, **BIG}[sys.argv[1]]()
    _forget_peak()
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE + len(data), GIGABYTE + len(data)))
    from reportparse import parse
    from reportparse.errors import ReportError

    began = sum(os.times()[:4])  # of processors, ours and those of a trial: the machine may be busy with other things
    try:
        told = f"{len(parse(data, name=sys.argv[1]).records)} records"
    except ReportError as error:
        told = f"{type(error).__name__}: {error}"
    except MemoryError:
        told = "MemoryError"
    print(f"{sum(os.times()[:4]) - began:.2f} s\t{_peak():.0f} MB\t{told}")


if __name__ == "__main__":
    main()
