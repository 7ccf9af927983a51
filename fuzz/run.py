"""Fuzz with atheris: ``python -m fuzz.run TARGET MINUTES``; crashes are kept in build/fuzz/TARGET/crashes."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEEDS = {
    "text": ("fixtures/*.txt",),
    "html": ("fixtures/*.html",),
    "pdf": ("fixtures/pdf/*.pdf",),
    "words": ("src/reportparse/words/bounds.toml", "src/reportparse/words/prices.toml"),
    "decisions": ("fixtures/decisions.jsonl",),
    "fixtures": ("fixtures/expected/*", "fixtures/goldens/*"),
}
LONGEST = {"pdf": 40_000, "html": 8_000, "text": 6_000}


def seeds(name: str) -> list[bytes]:
    """Our own files, to begin from."""
    return [p.read_bytes() for pattern in SEEDS[name] for p in sorted(ROOT.glob(pattern)) if p.is_file()]


def main() -> None:
    """Run one target for some minutes."""
    import atheris

    name, minutes = sys.argv[1], float(sys.argv[2])
    with atheris.instrument_imports(include=["reportparse"]):
        import reportparse.comparison.expected
        import reportparse.pipeline
        import reportparse.reading.html
        import reportparse.reading.pdf
        import reportparse.review.applying  # noqa: F401
        from fuzz.targets import try_one
    folder = ROOT / "build" / "fuzz" / name
    corpus, crashes = folder / "corpus", folder / "crashes"
    for path in (corpus, crashes):
        path.mkdir(parents=True, exist_ok=True)
    for k, data in enumerate(seeds(name)):
        (corpus / f"seed{k}").write_bytes(data)
    atheris.Setup(
        [sys.argv[0], str(corpus), f"-max_total_time={int(minutes * 60)}", f"-max_len={LONGEST.get(name, 4000)}", "-timeout=30",
         "-rss_limit_mb=1500", f"-artifact_prefix={crashes}/", "-print_final_stats=1", "-verbosity=0"],
        lambda data: try_one(name, data),
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    main()
