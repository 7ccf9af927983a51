"""Pages without a readable text layer, by OCR (the extra `ocr`: RapidOCR with onnxruntime, models in the wheel)."""

from __future__ import annotations

import logging
from typing import Any

from reportparse.reading.pdf_page import Piece

_LONG = 1900
"""Pixels of the longer side of a page as it is given to OCR."""
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

    def pieces(self, page: Any) -> list[Piece]:
        """The pieces that OCR reads on an open pypdfium2 page."""
        if self._engine is None:
            from rapidocr import RapidOCR  # type: ignore[import-not-found,unused-ignore]

            logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
            self._engine = RapidOCR(params={"Global.log_level": "critical"})
        wide, high = page.get_size()
        scale = _LONG / max(wide, high, 1.0)
        picture = page.render(scale=scale).to_pil().convert("RGB")
        read = self._engine(picture, use_cls=False)  # pages stand upright
        if read is None or read.boxes is None:
            return []
        out: list[Piece] = []
        for box, text, score in zip(read.boxes, read.txts, read.scores, strict=True):
            if text.strip() and score >= _SURE:
                xs, ys = [float(p[0]) / scale for p in box], [float(p[1]) / scale for p in box]
                out.append(piece_of(text.strip(), min(xs), min(ys), max(xs), max(ys), len(out)))
        return out


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
