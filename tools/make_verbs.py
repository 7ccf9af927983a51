"""Write words/verbs.txt, openings.txt and idioms.txt from jieba's dictionary (MIT), so that no dictionary is loaded at run time.

Run: python tools/make_verbs.py
"""

import tomllib
from pathlib import Path

import jieba

LEAST_SEEN = 20
WORDS = Path(__file__).parent.parent / "src" / "reportparse" / "words"
_SAYINGS, LEAST_SAYING = ("i", "l"), 4
_STATING = ("增", "跃居", "并列", "数以", "月入", "杀人", "约", "之一", "两次", "不止", "成千", "成百", "今明", "十成", "半数", "任何")
_STATED = ("倍", "几", "以上", "中", "小", "万计", "榜首", "魁首")
"""A saying that begins or ends so may state a figure after all."""
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
    (WORDS / "idioms.txt").write_text("", encoding="utf-8")
    from reportparse.mentions import (
        find,  # with no idioms of the dictionary: those are wanted in which it sees a figure
    )

    sayings = [w for w, _, tag in rows if tag in _SAYINGS and len(w) >= LEAST_SAYING and not w.startswith(_STATING) and not w.endswith(_STATED)]
    idioms = sorted(w for w in sayings if any(m.kind in ("amount", "rank") for m in find(f"要坚持{w}，")))
    for name, words in (("verbs", verbs), ("openings", openings), ("idioms", idioms)):
        (WORDS / f"{name}.txt").write_text("\n".join(words) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
