"""PDF to `Document`: each page is taken apart once, then the pages are laid together."""

from __future__ import annotations

import hashlib
from typing import Any

from reportparse.document import Document
from reportparse.errors import BrokenSource, EmptySource, EncryptedSource
from reportparse.model import Warning
from reportparse.reading.pdf_captions import take_captions
from reportparse.reading.pdf_furniture import Frame, find_furniture, find_notes
from reportparse.reading.pdf_joins import join_tables
from reportparse.reading.pdf_lines import Row
from reportparse.reading.pdf_page import PageText
from reportparse.reading.pdf_paragraphs import Joiner, set_margins
from reportparse.reading.pdf_tables import lay_page
from reportparse.reading.pdf_write import Writer, blocks_of, write

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
    laid = _lay(frames)
    if not laid.text.strip():
        raise EmptySource("the PDF holds no text; if its pages are pictures, install 'reportparse[ocr]' and read it again")
    return Document(
        text=laid.text, lines=tuple(laid.lines), tables=tuple(laid.tables), name=name, sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf", warnings=(*warnings, *laid.warnings),
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
            frames.append(_frame(source, known))
        finally:
            source.close()
            page.close()
    return frames


def _frame(source: PageText, known: list[tuple[float, float]]) -> Frame:
    columns = lay_page(source.pieces(), source.drawings(), source.number)
    rows = [[item for item in column if isinstance(item, Row)] for column in columns]
    for column in rows:
        for row in column:
            row.finish(source.style, source.number)
    set_margins([column for column in rows if column], known)
    return Frame(source.number, source.size()[1], [item for column in columns for item in column])


def _lay(frames: list[Frame]) -> Writer:
    """The pages laid together."""
    drop = find_furniture(frames)
    items = [item for frame in frames for item in frame.items if id(item) not in drop]
    items = join_tables(take_captions(items))
    joiner = Joiner([item for item in items if isinstance(item, Row)])
    return write(blocks_of(items, joiner, find_notes(frames, joiner.size)), joiner)
