"""Write src/reportparse/words/verbs.txt: the verbs of jieba's dictionary (MIT), so that no dictionary is loaded at run time.

Run: python tools/make_verbs.py
"""

from pathlib import Path

import jieba

LEAST_SEEN = 20
TARGET = Path(__file__).parent.parent / "src" / "reportparse" / "words" / "verbs.txt"


def main() -> None:
    """Keep words of two or three characters that jieba tags as plain verbs and has seen often enough."""
    rows = (line.split() for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines())
    verbs = sorted(w for w, seen, tag in rows if tag == "v" and len(w) in (2, 3) and int(seen) >= LEAST_SEEN)
    TARGET.write_text("\n".join(verbs) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
