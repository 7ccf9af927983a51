"""Write corpora/lists/{statistics,budget,work}.toml from a manifest of documents; environment.toml is kept by hand.

Run: python tools/make_lists.py MANIFEST.jsonl

A manifest tells of each document, one JSON object a line: `file` (it lies beside the manifest), `title`, `genre` in
Chinese, `region`, `year`, `source`. Those whose `source` ends with "original ADDRESS" are listed. Only facts are
taken over. The sha256 is told where the address names a PDF and the document is one: then the file there is the
file at that address. A page is made anew for each visitor, so its bytes tell nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reportparse.description.genres import genre_of
from reportparse.sources import check_list

TARGET = Path(__file__).parent.parent / "corpora" / "lists"
PUBLISHERS = tomllib.loads((Path(__file__).parent / "publishers.toml").read_text(encoding="utf-8"))
LISTS = {
    "统计公报": ("statistics", "statistical_bulletin"),
    "经济运行": ("statistics", "other"),
    "决算": ("budget", "final_accounts"),
    "预算": ("budget", "budget_report"),
    "财政": ("budget", "other"),
    "政府工作报告": ("work", "work_report"),
}
"""By a word of the manifest's genre: the list, and the genre where the title does not tell it."""
HEADS = {
    "statistics": "统计公报: statistical bulletins, and what is told of a year's economy.",
    "budget": "预算执行情况、财政决算: budget reports and final accounts.",
    "work": "政府工作报告: work reports of the national and the provincial governments.",
}
HEAD = """\
# Made by tools/make_lists.py; the form stands in docs/fetch.md.
# The addresses were good when the documents were collected.
"""
ORIGINAL = re.compile(r"\boriginal (https?://\S+)")
REPORT = re.compile(r"公报|报告|草案|说明|决算|情况")


def main(manifest: Path, target: Path = TARGET) -> None:
    """Write the lists, and check them."""
    lists: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in manifest.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = ORIGINAL.search(row["source"])
        place = next((place for word, place in LISTS.items() if word in row["genre"]), None)
        if found and place:
            lists[place[0]].append(entry(row, found[1], place[1], manifest.parent))
    for name, entries in sorted(lists.items()):
        path = target / f"{name}.toml"
        path.write_text(f"# {HEADS[name]}\n{HEAD}" + "".join(map(written, entries)), encoding="utf-8")
        print(f"{path}: {len(entries)} reports", *check_list(path), sep="\n  ")


def entry(row: dict[str, Any], url: str, genre: str, folder: Path) -> dict[str, Any]:
    """The facts of one document."""
    told = genre_of(row["title"])
    facts = {
        "name": Path(row["file"]).stem,
        "publisher": PUBLISHERS.get(urlsplit(url).netloc),
        "region": row["region"],
        "title": title(row["title"]),
        "genre": genre if told == "other" else told,
        "year": row["year"],
        "url": url,
        "sha256": None,
    }
    if row["file"].endswith(".pdf") and url.lower().endswith(".pdf"):
        facts["sha256"] = hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest()
    return {name: fact for name, fact in facts.items() if fact is not None}


def title(told: str) -> str:
    """A title without the names of the site that a page's title holds."""
    plain = re.sub(r"<br>|[\u200b\ufeff]|^最新！|^\([^)]*省\)|\(页面题名.*$|《|》|——.*$", "", told)
    pieces = [piece.strip() for piece in re.split(r"--+|-(?!\d)|_", plain)]
    return next((piece for piece in pieces if REPORT.search(piece)), pieces[0])


def written(facts: dict[str, Any]) -> str:
    """One [[report]]; JSON's strings are TOML's."""
    return "\n[[report]]\n" + "".join(f"{name} = {json.dumps(fact, ensure_ascii=False)}\n" for name, fact in facts.items())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
