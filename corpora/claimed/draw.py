"""Draw 200 of the numerals that the library claims as times and as labels, to be judged by hand; see README.md beside it.

Run: python corpora/claimed/draw.py > contexts.txt   REPORTPARSE_SHARED names the folder that holds `corpus/`.

The text and HTML reports are read as `reportparse.parse` reads them: sentence for sentence, tables apart. Of all mentions of a kind that
hold an Arabic or Chinese numeral, each has the same chance: 100 times and 100 labels. The seed is fixed, so the same code over the same
reports draws the same rows. What is drawn goes to `sample.tsv`, with `right` empty; a file that has been judged is not overwritten
without `--again`. The context of each row goes to the standard output alone: no sentence of a report is kept.
"""

import argparse
import csv
import hashlib
import os
import random
import re
import sys
from pathlib import Path
from typing import NamedTuple

from reportparse.clauses import split
from reportparse.folding import fold
from reportparse.mentions import find
from reportparse.numerals import DIGITS, MYRIADS, TENS
from reportparse.outline import find_headings
from reportparse.reading import read

SEED = 20261123
EACH = 100
KINDS = ("time", "label")
COLUMNS = ("file", "sha256", "start", "end", "text", "kind", "rule", "right", "note")
SAMPLE = Path(__file__).with_name("sample.tsv")
_NUMERAL = re.compile(rf"[0-9{DIGITS}{TENS}{MYRIADS}]")
_CONTEXT = 40


class Claimed(NamedTuple):
    """A numeral that was claimed and is no figure; `start` and `end` are code points into the text that was read."""

    file: str
    sha256: str
    start: int
    end: int
    text: str
    kind: str
    rule: str
    context: str


def claimed_in(path: Path) -> list[Claimed]:
    """The times and labels with a numeral in the report at `path`, in order."""
    document = read(path)
    text, shadow = document.text, fold(document.text)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    out = []
    for sentence in split(document, shadow, find_headings(document, shadow)):
        for mention in find(sentence.view.text):
            if mention.kind in KINDS and _NUMERAL.search(mention.text):
                start, end = sentence.view.span(mention.start, mention.end)
                around = f"{text[max(0, start - _CONTEXT) : start]}【{text[start:end]}】{text[end : end + _CONTEXT]}"
                out.append(Claimed(path.name, sha256, start, end, text[start:end], mention.kind, mention.rule, around))
    return out


def draw(population: list[Claimed]) -> list[Claimed]:
    """`EACH` of each kind, without replacement, sorted by place."""
    chance = random.Random(SEED)  # noqa: S311 — a draw, no secret
    drawn = []
    for kind in KINDS:
        drawn += sorted(chance.sample([c for c in population if c.kind == kind], EACH))
    return drawn


def main() -> None:
    """Draw, keep the rows and print their contexts."""
    options = argparse.ArgumentParser(description="Draw the sample of claimed numerals.")
    options.add_argument("--again", action="store_true", help="overwrite a sample that has been judged")
    options.add_argument(
        "--into", type=Path, default=SAMPLE, help="the file to write, sample.tsv beside this program by default"
    )
    chosen = options.parse_args()
    if chosen.into.exists() and not chosen.again:
        sys.exit(f"{chosen.into} is there already: its verdicts would be lost. Say --again, or --into another file.")
    corpus = Path(os.environ["REPORTPARSE_SHARED"]) / "corpus"
    files = sorted(path for path in corpus.iterdir() if path.suffix in (".html", ".txt"))
    population = [claimed for path in files for claimed in claimed_in(path)]
    for kind in KINDS:
        print(f"{kind}: {sum(c.kind == kind for c in population)} claimed in {len(files)} reports", file=sys.stderr)
    drawn = draw(population)
    with chosen.into.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, delimiter="\t", lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows([*claimed[:7], "", ""] for claimed in drawn)
    for number, claimed in enumerate(drawn, 1):
        print(number, claimed.kind, claimed.rule, claimed.context.replace("\n", "⏎"), claimed.file, sep="\t")


if __name__ == "__main__":
    main()
