"""Speed beside the peers: medians of alternating runs in processor time; writes results.md and results.svg.

``make bench``; the peers come from requirements.txt, what can't be had is named with its reason.
"""

from __future__ import annotations

import datetime
import gc
import importlib.metadata
import logging
import math
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
RUNS = int(os.environ.get("RUNS", "3"))
SHARED = os.environ.get("REPORTPARSE_SHARED")
Task = Callable[[], object]
Rows = list[tuple[str, str, float, int]]  # group, what, seconds, characters or bytes


def corpus(pattern: str, most: int) -> list[Path]:
    """Our fixtures, and some real documents where there are any."""
    own = sorted((ROOT / "fixtures").glob(pattern)) + sorted((ROOT / "fixtures" / "pdf").glob(pattern))
    own = [p for p in own if p.stem not in ("encrypted", "truncated", "shell-attachment", "scanned", "garbled", "mixed")]
    real = sorted(Path(SHARED, "corpus").glob(pattern)) if SHARED else []
    return own + real[:: max(1, len(real) // max(1, most))][:most]


def alternate(tasks: dict[str, Task]) -> dict[str, float]:
    """Median processor time of each task, run by turns after one warm-up."""
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(RUNS + 1):
        for name, task in tasks.items():
            gc.collect()
            began = time.process_time()
            task()
            if turn:
                spent[name].append(time.process_time() - began)
    return {name: statistics.median(times) for name, times in spent.items()}


def each(work: Callable[[object], object], given: Iterable[object]) -> Task:
    """The task of doing `work` on all that is given; what a peer can't read costs it nothing."""
    held = list(given)

    def task() -> None:
        for one in held:
            try:
                work(one)
            except Exception:  # noqa: S110  peers raise what they like
                pass

    return task


def offered(peers: dict[str, Callable[[], Callable[[object], object]]], skipped: list[str]) -> dict[str, Callable[[object], object]]:
    """The peers that can be loaded."""
    found = {}
    for name, load in peers.items():
        try:
            found[name] = load()
        except Exception as error:
            skipped.append(f"{name}: {type(error).__name__}: {str(error).splitlines()[0][:120] if str(error) else ''}")
    return found


def _jieba() -> Callable[[object], object]:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return lambda text: list(jieba.cut(text))


def _posseg() -> Callable[[object], object]:
    import jieba.posseg

    return lambda text: list(jieba.posseg.cut(text))


def _recognizers() -> Callable[[object], object]:
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    model = NumberWithUnitRecognizer(Culture.Chinese).get_dimension_model()
    return lambda text: [model.parse(line) for line in str(text).split("\n")[:40]]


_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:%|个百分点|[万亿]?(?:元|吨|人|亩|千瓦时|家|个|户))")


def texts(rows: Rows, skipped: list[str]) -> None:
    """Text to records."""
    from reportparse import parse_text, read

    held = {
        "reports of work (prose)": [read(p).text for p in corpus("*.txt", 3)],
        "communiqués (a figure every 17 characters)": [read(p).text for p in corpus("stat-*.html", 3)],
    }
    peers = offered({"jieba.cut": _jieba, "jieba.posseg": _posseg}, skipped)
    for title, given in held.items():
        tasks = {"reportparse": each(parse_text, given), "one regular expression": each(_FIGURE.findall, given)}
        tasks |= {name: each(work, given) for name, work in peers.items() if name != "jieba.posseg" or "prose" in title}
        rows += [(f"Text to records: {title}", n, s, sum(map(len, given))) for n, s in alternate(tasks).items()]
    few = [(ROOT / "fixtures" / "stat-jiujiang-2023.txt").read_text(encoding="utf-8")]
    slow = offered({"Recognizers-Text": _recognizers}, skipped)
    tasks = {"reportparse": each(parse_text, few), **{n: each(w, few) for n, w in slow.items()}}
    rows += [("Text to records: one fixture", n, s, sum(map(len, few))) for n, s in alternate(tasks).items()]


def pages(rows: Rows, skipped: list[str]) -> None:
    """HTML to records."""
    from bs4 import BeautifulSoup

    from reportparse import parse

    def trafilatura() -> Callable[[object], object]:
        import trafilatura as peer

        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
        return lambda data: peer.extract(data.decode("utf-8", "replace"))

    def readability() -> Callable[[object], object]:
        from readability import Document

        logging.getLogger("readability").setLevel(logging.CRITICAL)
        return lambda data: Document(data.decode("utf-8", "replace")).summary()

    given = [p.read_bytes() for p in corpus("*.html", 4)]
    peers = offered({"trafilatura (text only)": trafilatura, "readability (text only)": readability}, skipped)
    tasks = {"reportparse": each(parse, given), "BeautifulSoup (tree only)": each(lambda d: BeautifulSoup(d, "lxml").get_text(), given)}
    tasks |= {n: each(w, given) for n, w in peers.items()}
    rows += [("HTML to records", n, s, sum(map(len, given))) for n, s in alternate(tasks).items()]


def prints(rows: Rows, skipped: list[str]) -> None:
    """PDF to records, and tables."""
    import pdfplumber
    import pypdfium2

    from reportparse import parse

    def miner() -> Callable[[object], object]:
        from pdfminer.high_level import extract_text

        return lambda path: extract_text(str(path))

    def camelot() -> Callable[[object], object]:
        import camelot as peer

        return lambda path: peer.read_pdf(str(path), pages="all", suppress_stdout=True)

    def plumber(path: object, *, tables: bool) -> object:
        with pdfplumber.open(path) as pdf:
            return [page.extract_tables() if tables else page.extract_text() for page in pdf.pages]

    def pdfium(path: object) -> object:
        with pypdfium2.PdfDocument(path) as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    prose = [p for p in corpus("*.pdf", 0) if p.stem in ("one-column", "two-columns", "contents")]
    if SHARED:
        prose += [p for p in (Path(SHARED, "corpus", n) for n in ("bud-js-2022.pdf",)) if p.exists()]
    peers = offered({"pdfminer.six (text only)": miner}, skipped)
    tasks = {
        "reportparse": each(parse, prose), "pdfplumber (text only)": each(lambda p: plumber(p, tables=False), prose),
        "pypdfium2 (text only)": each(pdfium, prose), **{n: each(w, prose) for n, w in peers.items()},
    }  # fmt: skip
    rows += [("PDF to records", n, s, sum(p.stat().st_size for p in prose)) for n, s in alternate(tasks).items()]
    ruled = [p for p in corpus("*.pdf", 0) if "table" in p.stem or "header" in p.stem]
    tasks = {"reportparse": each(parse, ruled), "pdfplumber (tables only)": each(lambda p: plumber(p, tables=True), ruled)}
    tasks |= {n: each(w, ruled) for n, w in offered({"camelot (tables only)": camelot}, skipped).items()}
    rows += [("Tables of PDF", n, s, sum(p.stat().st_size for p in ruled)) for n, s in alternate(tasks).items()]


def growth() -> tuple[list[tuple[int, float]], float]:
    """Cost of 1, 2, 4 … 64 times a report, and the exponent of its growth."""
    from reportparse import parse_text

    text = (ROOT / "fixtures" / "stat-jiujiang-2023.txt").read_text(encoding="utf-8")
    points = []
    for times in (1, 2, 4, 8, 16, 32, 64):
        longer = text * times
        parse_text(longer)
        spent = []
        for _ in range(RUNS):
            began = time.process_time()
            parse_text(longer)
            spent.append(time.process_time() - began)
        points.append((times, min(spent)))
    far = [(math.log(n), math.log(s)) for n, s in points[2:]]
    mx, my = (statistics.mean(v) for v in zip(*far, strict=True))
    return points, sum((x - mx) * (y - my) for x, y in far) / sum((x - mx) ** 2 for x, _ in far)


def start() -> dict[str, float]:
    """Processor seconds of a command on a one-page report, and of a bare interpreter; medians of seven."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    page = str(ROOT / "fixtures" / "env-guizhou-2024.html")
    asked = {"bare interpreter": ["-c", "pass"], "reportparse extract": ["-m", "reportparse", "extract", page]}
    made: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(8):
        for name, arguments in asked.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if turn:
                made[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {name: statistics.median(times) for name, times in made.items()}


def peak() -> float:
    """Megabytes at most, of a process that reads every fixture."""
    code = (
        "import sys,resource,pathlib\nfrom reportparse import parse\n"
        "for p in sys.argv[1:]:\n parse(pathlib.Path(p))\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024)"
    )
    paths = [str(p) for pattern in ("*.txt", "*.html") for p in corpus(pattern, 0)]
    return float(subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, encoding="utf-8", check=True).stdout)  # noqa: S603


def told(rows: Rows, skipped: list[str]) -> str:
    """The table."""
    points, exponent = growth()
    started = start()
    names = ("reportparse", "jieba", "jionlp", "recognizers-text-suite", "trafilatura", "readability-lxml", "beautifulsoup4", "pdfplumber", "pypdfium2", "pdfminer.six", "camelot-py")
    versions = []
    for name in names:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    out = [
        "# Speed beside the peers", "",
        f"{datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors at the end. `make bench`: medians of {RUNS} runs by turns, processor time; "
        f"{'fixtures and real documents' if SHARED else 'fixtures only'}.", "", ", ".join(versions) + ".", "",
        "| | | seconds | per second | reportparse is faster by |", "|---|---|--:|--:|--:|",
    ]  # fmt: skip
    for group in dict.fromkeys(r[0] for r in rows):
        ours = next(s for g, n, s, _ in rows if g == group and n == "reportparse")
        out += [f"| {group} | {n} | {s:.3f} | {size / s:,.0f} | {s / ours:.2f} |" for g, n, s, size in rows if g == group]
    out += ["", "Per second: characters of text, bytes of files. Below 1 the peer is the faster one; most peers do a part of the work.", ""]
    out += [f"Cold start, seconds: {', '.join(f'{n} {s:.3f}' for n, s in started.items())}.", ""]
    out += [f"Peak memory on all text and HTML fixtures: {peak():.0f} MB.", ""]
    out += ["Cost against length (times a report: seconds): " + ", ".join(f"{n}: {s:.3f}" for n, s in points) + f"; exponent {exponent:.3f} from 4 times on.", ""]
    out += ["Not measured:", "", *(f"- {why}" for why in skipped), ""] if skipped else []
    return "\n".join(out)


def drawn(rows: Rows) -> str:
    """The picture: bars of time, reportparse as 1, on a logarithmic scale."""
    lines, y = [], 20
    for group in dict.fromkeys(r[0] for r in rows):
        lines.append(f'<text x="10" y="{y}" font-weight="bold">{group}</text>')
        ours = next(s for g, n, s, _ in rows if g == group and n == "reportparse")
        for g, name, seconds, _ in rows:
            if g != group:
                continue
            y += 20
            share = seconds / ours
            width = max(2.0, 60 * (math.log10(max(share, 0.01)) + 2))
            colour = "#1a6" if name == "reportparse" else "#99a"
            lines.append(f'<text x="230" y="{y}" text-anchor="end">{name}</text><rect x="240" y="{y - 11}" width="{width:.0f}" height="13" fill="{colour}"/>')
            lines.append(f'<text x="{250 + width:.0f}" y="{y}">{share:.2f}</text>')
        y += 34
    title = "Time, as a multiple of reportparse's (logarithmic)"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{y + 10}" font-family="sans-serif" font-size="12">'
        f"<title>{title}</title>{''.join(lines)}<text x=\"10\" y=\"{y}\">{title}</text></svg>\n"
    )


def main() -> None:
    """Measure all and write the results."""
    rows: Rows = []
    skipped: list[str] = []
    for part in (texts, pages, prints):
        print(part.__doc__, file=sys.stderr, flush=True)
        part(rows, skipped)
    (HERE / "results.md").write_text(told(rows, skipped), encoding="utf-8")
    (HERE / "results.svg").write_text(drawn(rows), encoding="utf-8")
    print((HERE / "results.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
