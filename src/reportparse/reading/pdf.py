"""PDF to `Document`: each page is taken apart once, then the pages are laid together."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

from reportparse.document import Document
from reportparse.errors import BrokenSource, EmptySource, EncryptedSource, MissingExtra, SourceTooLarge
from reportparse.model import Warning
from reportparse.reading import TEXT_LIMIT, ocr
from reportparse.reading.garbled import is_garbled
from reportparse.reading.pdf_captions import take_captions
from reportparse.reading.pdf_drawings import Drawings
from reportparse.reading.pdf_furniture import Frame, find_furniture, find_notes, find_page_numbers
from reportparse.reading.pdf_grid import Grid
from reportparse.reading.pdf_joins import join_tables
from reportparse.reading.pdf_lines import Row
from reportparse.reading.pdf_page import PageText, Piece, Style
from reportparse.reading.pdf_paragraphs import Joiner, set_margins
from reportparse.reading.pdf_second import SecondEngine
from reportparse.reading.pdf_streams import ANEW, is_suspect
from reportparse.reading.pdf_tables import lay_page
from reportparse.reading.pdf_trial import survives
from reportparse.reading.pdf_write import Writer, blocks_of, write

PAGES = 20_000
"""Pages above which a PDF is refused."""
_PASSWORD = 4
"""PDFium's error code for a file that asks for a password."""
_SCAN = 0.3
"""Pictures that cover more than this share of a page without text are a scan."""
_OUTLINES = 60
"""Drawn paths beyond this number, on a page without text, may be its letters."""


def read_pdf(data: bytes, *, name: str | None = None) -> Document:
    """Read the PDF in `data`; `name` is its file name, for the `Document` only.

    Raises EncryptedSource, BrokenSource or EmptySource; what can't be read of a readable file becomes a warning.
    """
    pdf = _open(data)
    pages = _Pages(data, pdf)
    try:
        frames = pages.frames()
    finally:
        pages.close()
        pdf.close()
    laid = _lay(frames, find_furniture(frames))
    if not laid.text.strip():
        unread = pages.unread or ([] if pages.ocr else pages.pictured)
        if unread:
            raise MissingExtra("ocr", f"reading this PDF, a scan (no readable text on {_named(unread)}),")
        laid = _lay(frames, find_page_numbers(frames))  # what stands on every page is all that there is
    if not laid.text.strip():
        if pages.broken:
            raise BrokenSource(f"{_named(pages.broken)} of the PDF could not be opened, and there is no text on others; fetch it again")
        raise EmptySource("the PDF holds no text; if it should, fetch it again")
    return Document(
        text=laid.text, lines=tuple(laid.lines), tables=tuple(laid.tables), name=name, sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf", warnings=(*pages.warnings(), *laid.warnings),
    )


def _open(data: bytes) -> Any:
    import pypdfium2 as pdfium

    if not data:
        raise EmptySource("the file is empty")
    if is_suspect(data):
        _try(data)
    try:
        pdf = pdfium.PdfDocument(data)
        if not len(pdf):
            raise BrokenSource("the PDF has no pages; it may be truncated, fetch it again")
        if len(pdf) > PAGES:
            raise SourceTooLarge(f"the PDF has {len(pdf):,} pages and the limit is {PAGES:,}; cut it into single reports")
        if b"/Encrypt" in data and is_suspect(plain := _deciphered(pdf)):
            _try(plain)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise EncryptedSource("the PDF asks for a password; save an open copy and read that") from error
        raise BrokenSource(f"the PDF is damaged or truncated ({error}); fetch it again") from error
    return pdf


def _try(data: bytes) -> None:
    if not survives(data):
        raise SourceTooLarge(f"the PDF is made so that reading it takes more memory or time than any report; {ANEW}")


def _deciphered(pdf: Any) -> bytes:
    """The file as it is when its encryption, which asks for no password, is taken off; no stream is unfolded for it."""
    import pypdfium2.raw as raw

    out = io.BytesIO()
    pdf.save(out, flags=raw.FPDF_REMOVE_SECURITY)
    return out.getvalue()


_Set = Callable[[Piece], Style]
_Look = tuple[list[Piece], Drawings, bool, _Set]
"""The pieces of a page, what is drawn on it, whether OCR read it, and how the pieces are set."""


class _Pages:
    """Reads the pages one after the other, each by the first means that can read it."""

    def __init__(self, data: bytes, pdf: Any) -> None:
        self.data = data
        self.pdf = pdf
        self.second = SecondEngine(data)
        self.ocr = ocr.Ocr() if ocr.is_installed() else None
        self.known: list[tuple[float, float]] = []
        self.broken: list[int] = []
        self.unread: list[int] = []
        self.pictured: list[int] = []
        self.by_second: list[int] = []
        self.by_ocr: list[int] = []
        self.unshaped: list[int] = []
        self.shapeless: list[int] = []

    def close(self) -> None:
        self.second.close()

    def frames(self) -> list[Frame]:
        """All pages that could be read."""
        import pypdfium2 as pdfium

        frames = []
        letters = 0
        for k in range(len(self.pdf)):
            try:
                page = self.pdf[k]
            except pdfium.PdfiumError:
                self.broken.append(k + 1)
                continue
            try:
                source = PageText(page, k + 1)
                letters += source.count
                if letters > TEXT_LIMIT:
                    source.close()
                    raise SourceTooLarge(
                        f"the PDF holds more than {TEXT_LIMIT:,} characters of text on its first {k + 1:,} pages; cut it into single reports"
                    )
                try:
                    frames.append(self._frame(source))
                finally:
                    source.close()
            except pdfium.PdfiumError:
                self.broken.append(k + 1)
            finally:
                page.close()
        return frames

    def _frame(self, source: PageText) -> Frame:
        pieces, drawn = source.pieces(), source.drawings()
        style: _Set = source.style
        read = False
        if is_garbled(source.text):
            pieces, drawn, read, style = self._again(source, drawn)
        elif source.is_shapeless(pieces):
            pieces, style = self._without_font(source, pieces)
        elif _is_scan(pieces, drawn) and (seen := self._seen(source, drawn))[0]:
            pieces, drawn, read, style = seen
        if not read and drawn.image_share > 2 * _SCAN:
            self.pictured.append(source.number)
        columns = lay_page(pieces, drawn, source.number)
        rows = [[item for item in column if isinstance(item, Row)] for column in columns]
        for row in (row for column in rows for row in column):
            row.finish(style, source.number)
            row.ocr = read
        for grid in (item for column in columns for item in column if isinstance(item, Grid)):
            grid.ocr = read
        set_margins([column for column in rows if column], self.known)
        return Frame(source.number, source.size()[1], [item for column in columns for item in column])

    def _again(self, source: PageText, drawn: Drawings) -> _Look:
        """A garbled page by the second engine, else by OCR."""
        pieces, style = self.second.pieces(source.number, source.turn)
        if pieces and not is_garbled("".join(p.text for p in pieces)):
            self.by_second.append(source.number)
            return pieces, drawn, False, style
        return self._seen(source, drawn)

    def _without_font(self, source: PageText, pieces: list[Piece]) -> tuple[list[Piece], _Set]:
        """A page whose letters have no shape by the second engine; by the first where that one reads less or is lost."""
        again, style = self.second.pieces(source.number, source.turn)
        text = "".join(p.text for p in again)
        if _letters(again) < _letters(pieces) or is_garbled(text) or "\ufffd" in text:
            self.shapeless.append(source.number)
            return pieces, source.style
        self.unshaped.append(source.number)
        return again, style

    def _seen(self, source: PageText, drawn: Drawings) -> _Look:
        """A page by OCR; rules in its picture come to those that are drawn."""
        if self.ocr is None:
            self.unread.append(source.number)
            return [], drawn, False, _no_style
        self.by_ocr.append(source.number)
        pieces, rules = self.ocr.read(source.page)
        return pieces, drawn._replace(rules=drawn.rules or rules), True, _no_style

    def warnings(self) -> list[Warning]:
        """What a reader should know of how the pages were read."""
        said = (
            ("page_not_read", self.broken, "{} could not be opened: the file is damaged there"),
            ("page_not_read", self.unread, "no readable text on {}: pip install 'reportparse[ocr]' and read the file again"),
            ("second_engine", self.by_second, "garbled text layer on {}: read by the second engine, pdfminer"),
            ("second_engine", self.unshaped, "letters without shapes on {}, as of a font that is nowhere: read by the second engine, pdfminer"),
            ("font_missing", self.shapeless, "letters without shapes on {}: some may be missing; install a Chinese font and read the file again"),
            ("ocr", self.by_ocr, "no readable text on {}: read by OCR"),
        )
        out = [Warning(code=code, message=text.format(_named(pages)), page=pages[0]) for code, pages, text in said if pages]
        if b"%%EOF" not in self.data[-2048:]:
            out.append(Warning(code="source_truncated", message="the file has no end mark: it may be truncated, and pages may be missing"))
        return out


def _no_style(_piece: Piece) -> Style:
    return Style(None, False)


def _letters(pieces: list[Piece]) -> int:
    return sum(len(p.text) for p in pieces)


def _is_scan(pieces: list[Piece], drawn: Drawings) -> bool:
    """Hardly any text, but pictures or drawn letters."""
    letters = _letters(pieces)
    return letters < 30 and drawn.image_share > 2 * _SCAN or letters < 5 and (drawn.image_share > _SCAN or drawn.paths > _OUTLINES)


def _named(pages: list[int]) -> str:
    """Page numbers in words.

    >>> _named([1, 2, 3, 7]), _named([4])
    ('pages 1-3, 7', 'page 4')
    """
    spans: list[list[int]] = []
    for page in pages:
        if spans and page == spans[-1][-1] + 1:
            spans[-1].append(page)
        else:
            spans.append([page])
    return ("page " if len(pages) == 1 else "pages ") + ", ".join(str(s[0]) if len(s) == 1 else f"{s[0]}-{s[-1]}" for s in spans)


def _lay(frames: list[Frame], drop: set[int]) -> Writer:
    """The pages laid together, without what is to be dropped."""
    items = [item for frame in frames for item in frame.items if id(item) not in drop]
    items = join_tables(take_captions(items))
    joiner = Joiner([item for item in items if isinstance(item, Row)])
    return write(blocks_of(items, joiner, find_notes(frames, joiner.size, drop)), joiner)
