"""Write word lists from jieba's dictionary (MIT), so that no dictionary is loaded at run time: words/verbs.txt and words/openings.txt.

Run: python tools/make_verbs.py
"""

import tomllib
from pathlib import Path

import jieba

LEAST_SEEN = 20
WORDS = Path(__file__).parent.parent / "src" / "reportparse" / "words"
_NOMINAL = ("n", "vn", "a", "b", "j", "l", "s", "m")  # jieba's tags of what a name may begin with


def main() -> None:
    """Keep plain verbs of two or three characters, and the words of two or three whose first character may also open a name (的, 中, 有)."""
    rows = [line.split() for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()]
    verbs = sorted(w for w, seen, tag in rows if tag == "v" and len(w) in (2, 3) and int(seen) >= LEAST_SEEN)
    openers = tomllib.loads((WORDS / "phrases.toml").read_text(encoding="utf-8"))["openers"]
    single = {w for w in openers if len(w) == 1} - {"底"}  # 2025年底|线网: what is left of a time opens no word
    openings = sorted(
        w for w, seen, tag in rows
        if tag.startswith(_NOMINAL) and len(w) in (2, 3) and int(seen) >= LEAST_SEEN and w[0] in single and w not in openers
    )  # fmt: skip
    for name, words in (("verbs", verbs), ("openings", openings)):
        (WORDS / f"{name}.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
