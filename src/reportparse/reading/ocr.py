"""Pages without a readable text layer, by OCR (the extra `ocr`: RapidOCR with onnxruntime, models in the wheel)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from reportparse.reading.pdf_drawings import Rule
from reportparse.reading.pdf_page import Piece

_LONG = 1900
"""Pixels of the longer side of a page as it is given to OCR."""
_DARK = 150
"""Shades of grey below this are ink."""
_THICK = 9
"""Pixels that a rule may be thick."""
_RUN = 60
"""Pixels in a row that make a rule: more than a letter has."""
_SURE = 0.5
"""Lines that OCR itself trusts less than this are left out."""


def is_installed() -> bool:
    """Whether the extra is there."""
    from importlib.util import find_spec

    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


class Ocr:
    """The OCR engine, loaded when first asked."""

    def __init__(self) -> None:
        self._engine: Any = None

    def read(self, page: Any) -> tuple[list[Piece], list[Rule]]:
        """The pieces that OCR reads on an open pypdfium2 page, and the rules in its picture."""
        if self._engine is None:
            from rapidocr import RapidOCR  # type: ignore[import-not-found,unused-ignore]

            logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
            self._engine = RapidOCR(params={"Global.log_level": "critical"})
        wide, high = page.get_size()
        scale = _LONG / max(wide, high, 1.0)
        picture = page.render(scale=scale).to_pil().convert("RGB")
        read = self._engine(picture, use_cls=False)  # pages stand upright
        if read is None or read.boxes is None:
            return [], []
        out: list[Piece] = []
        for box, text, score in zip(read.boxes, read.txts, read.scores, strict=True):
            if text.strip() and score >= _SURE:
                xs, ys = [float(p[0]) / scale for p in box], [float(p[1]) / scale for p in box]
                out.append(piece_of(text.strip(), min(xs), min(ys), max(xs), max(ys), len(out)))
        return out, rules_in(picture, scale)


def rules_in(picture: Any, scale: float) -> list[Rule]:
    """The straight rules in a picture, `scale` pixels to the point."""
    import numpy as np

    dark = np.asarray(picture.convert("L")) < _DARK
    return [
        Rule(vertical, at / scale, low / scale, high / scale)
        for vertical, pixels in ((False, dark), (True, dark.T))
        for at, low, high in _runs(pixels)
    ]


def _runs(dark: Any) -> Iterator[tuple[int, int, int]]:
    """Row, start and end of each thin run of dark pixels that is longer than letters are."""
    import numpy as np

    thin = dark.copy()
    thin[_THICK:-_THICK] &= ~(dark[: -2 * _THICK] & dark[2 * _THICK :])  # not the inside of a dark field
    sums = np.cumsum(thin, axis=1, dtype=np.int32)
    full = sums[:, _RUN:] - sums[:, :-_RUN] >= 0.97 * _RUN
    for row in np.flatnonzero(full.any(axis=1)):
        steps = np.diff(np.concatenate(([0], full[row].view(np.int8), [0])))
        for start, end in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True):
            yield int(row), int(start), int(end) + _RUN


def piece_of(text: str, x0: float, top: float, x1: float, bottom: float, number: int) -> Piece:
    """A line read by OCR as a piece; its letters are spread over it, Chinese ones twice as wide as others.

    >>> piece_of("年1", 0, 0, 30, 20, 0).edges
    [0.0, 20.0, 30.0]
    """
    text = "".join(c for c in text if c not in " \u3000") if any(c >= "\u2e80" for c in text) else text
    weights = [2 if c >= "\u2e80" else 1 for c in text]
    unit = (x1 - x0) / sum(weights)
    edges, at = [float(x0)], float(x0)
    for weight in weights:
        at += weight * unit
        edges.append(at)
    em = min(2 * unit, 0.95 * (bottom - top)) if len(text) > 2 else 0.85 * (bottom - top)
    return Piece(text, edges, (top + bottom) / 2 + 0.36 * em, number, em)
