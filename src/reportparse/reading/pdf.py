"""PDF to `Document`: each page is taken apart once, then the pages are laid together."""

from __future__ import annotations

import hashlib
from typing import Any

from reportparse.document import Document, Line
from reportparse.errors import BrokenSource, EmptySource, EncryptedSource
from reportparse.model import Warning
from reportparse.reading.pdf_columns import columns_of
from reportparse.reading.pdf_furniture import Frame, find_furniture
from reportparse.reading.pdf_page import PageText
from reportparse.reading.pdf_paragraphs import Joiner, Paragraph, set_margins

_PASSWORD = 4
"""PDFium's error code for a file that asks for a password."""


def read_pdf(data: bytes, *, name: str | None = None) -> Document:
    """Read the PDF in `data`; `name` is its file name, for the `Document` only.

    Raises EncryptedSource, BrokenSource or EmptySource; what can't be read of a readable file becomes a warning.
    """
    pdf = _open(data)
    warnings: list[Warning] = []
    try:
        frames = _frames(pdf, warnings)
    finally:
        pdf.close()
    text, lines = _lay(frames)
    if not text.strip():
        raise EmptySource("the PDF holds no text; if its pages are pictures, install 'reportparse[ocr]' and read it again")
    return Document(
        text=text, lines=tuple(lines), name=name, sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf", warnings=tuple(warnings),
    )


def _open(data: bytes) -> Any:
    import pypdfium2 as pdfium

    if not data:
        raise EmptySource("the file is empty")
    try:
        pdf = pdfium.PdfDocument(data)
        if not len(pdf):
            raise BrokenSource("the PDF has no pages; it may be truncated, fetch it again")
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise EncryptedSource("the PDF asks for a password; save an open copy and read that") from error
        raise BrokenSource(f"the PDF is damaged or truncated ({error}); fetch it again") from error
    return pdf


def _frames(pdf: Any, warnings: list[Warning]) -> list[Frame]:
    import pypdfium2 as pdfium

    frames = []
    known: list[tuple[float, float]] = []
    for k in range(len(pdf)):
        try:
            page = pdf[k]
            source = PageText(page, k + 1)
        except pdfium.PdfiumError as error:
            warnings.append(Warning(code="page_not_read", message=f"page {k + 1} is damaged: {error}", page=k + 1))
            continue
        try:
            columns = [c for c in columns_of(source.pieces()) if c]
            for column in columns:
                for row in column:
                    row.finish(source.style, k + 1)
            set_margins(columns, known)
            frames.append(Frame(k + 1, source.size()[1], [row for column in columns for row in column], []))
        finally:
            source.close()
            page.close()
    return frames


def _lay(frames: list[Frame]) -> tuple[str, list[Line]]:
    """The text and its lines, one a paragraph."""
    drop = find_furniture(frames)
    rows = [row for frame in frames for row in frame.rows if id(row) not in drop]
    joiner = Joiner(rows)
    paragraphs: list[Paragraph] = []
    for row in rows:
        if paragraphs and joiner.goes_on(paragraphs[-1], row):
            paragraphs[-1].add(row)
        else:
            paragraphs.append(Paragraph(row))
    parts: list[str] = []
    lines: list[Line] = []
    at = 0
    for paragraph in paragraphs:
        text = paragraph.text
        parts.append(text)
        lines.append(_line(paragraph, at, joiner))
        at += len(text) + 1
    return "\n".join(parts), lines


def _line(paragraph: Paragraph, at: int, joiner: Joiner) -> Line:
    first = paragraph.rows[0]
    near = [r for r in paragraph.rows if r.page == first.page and r.column == first.column]
    box = (min(r.x0 for r in near), first.top, max(r.x1 for r in near), near[-1].bottom)
    return Line(
        start=at, end=at + len(paragraph.text), page=first.page, box=_rounded(box), tag=paragraph.tag, bold=first.style.bold,
        centred=all(joiner.is_centred(r) for r in paragraph.rows), size=round(first.em, 1), font=first.style.font,
    )


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (round(v, 1) for v in box)
    return x0, top, x1, bottom


