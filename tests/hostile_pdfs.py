"""PDF that wants to harm: made here, never kept."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "fixtures"


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A file of these objects, numbered from 1."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for k, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (k, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, xref))


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(data), more, data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
LEAF = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SHOWN = b"BT /F 12 Tf 50 700 Td (Growth of 5.2% in 2024.) Tj ET"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
DEFLATED = b"/Filter/FlateDecode"


def page(content: bytes = SHOWN, more: bytes = b"", *others: bytes, leaf: bytes = LEAF, font: bytes = FONT, pages: bytes = PAGES) -> bytes:
    """A file of one page; objects from the sixth on are `others`."""
    return pdf(CATALOG, pages, leaf, stream(content, more), font, *others)


def leaves(count: int, content: bytes = SHOWN) -> bytes:
    """Pages that are all the same."""
    leaf = LEAF.replace(b"4 0 R", b"3 0 R").replace(b"5 0 R", b"4 0 R")
    kids = b" ".join(b"%d 0 R" % (5 + k) for k in range(count))
    return pdf(CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), stream(content), FONT, *[leaf] * count)


def ours(name: str) -> bytes:
    return (FIXTURES / "pdf" / name).read_bytes()


def laughs(depth: int, wide: int) -> bytes:
    """Forms that each draw the next many times."""
    forms = [
        stream(b"/X Do " * wide, FORM + b"/Resources<</XObject<</X %d 0 R>>>>" % (7 + k)) if k < depth - 1 else stream(SHOWN, FORM)
        for k in range(depth)
    ]
    return page(SHOWN + b" /X Do", b"", *forms)


def lzw(data: bytes) -> bytes:
    """Packed as LZWDecode unpacks; begun anew before the table is full."""
    new = {bytes([k]): k for k in range(256)}
    table, word, bits = dict(new), b"", [f"{256:09b}"]

    def put(code: int) -> None:
        bits.append(f"{code:0{min(12, (len(table) + 2).bit_length())}b}")

    for k in range(len(data)):
        longer = word + data[k : k + 1]
        if longer in table:
            word = longer
            continue
        put(table[word])
        table[longer] = len(table) + 2
        word = data[k : k + 1]
        if len(table) == 4_000:
            put(256)
            table = dict(new)
    put(table[word])
    table[b"the last"] = 0
    put(257)
    packed = "".join(bits)
    return bytes(int(packed[k : k + 8].ljust(8, "0"), 2) for k in range(0, len(packed), 8))


def runs(data: bytes) -> bytes:
    """Packed as RunLengthDecode unpacks: blanks in runs, the rest byte by byte."""
    out, at = bytearray(), 0
    while at < len(data):
        many = len(data[at : at + 128]) - len(data[at : at + 128].lstrip(b" "))
        out += bytes([257 - many, 32]) if many > 1 else bytes([0, data[at]])
        at += max(many, 1)
    return bytes(out) + b"\x80"


PACKED: dict[str, Callable[[bytes], tuple[bytes, bytes]]] = {
    "deflated": lambda d: (zlib.compress(d), b"/Filter/FlateDecode"),
    "short_name": lambda d: (zlib.compress(d), b"/Filter[/Fl]"),
    "hidden_name": lambda d: (zlib.compress(d), b"/Filter/Fl#61teDecode"),
    "elsewhere": lambda d: (zlib.compress(d), b"/Filter 6 0 R"),
    "twice": lambda d: (zlib.compress(zlib.compress(d)), b"/Filter[/FlateDecode/FlateDecode]"),
    "in_letters": lambda d: (base64.a85encode(zlib.compress(d)) + b"~>", b"/Filter[/ASCII85Decode/FlateDecode]"),
    "in_hex": lambda d: (zlib.compress(d).hex().encode() + b">", b"/Filter [ /ASCIIHexDecode /FlateDecode ]"),
    "lzw": lambda d: (lzw(d), b"/Filter/LZWDecode"),
    "lzw_deflated": lambda d: (zlib.compress(lzw(d)), b"/Filter[/FlateDecode/LZWDecode]"),
    "runs": lambda d: (runs(d), b"/Filter/RunLengthDecode"),
}
"""Bytes as the filters of PDF take them, and what the dictionary says."""


def locked(content: str) -> bytes:
    """A page that asks for no password but is enciphered."""
    from reportlab.lib import pdfencrypt
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    sheet = canvas.Canvas(out, encrypt=pdfencrypt.StandardEncryption("", ownerPassword="x", strength=128))
    sheet.drawString(50, 700, "Growth of 5.2% in 2024.")
    sheet._code.append(content)
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def _looped(data: bytes) -> bytes:
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % data.rindex(b"xref\n0"))


SMALL: dict[str, Callable[[], bytes]] = {
    "pdf_cycle": lambda: page(pages=b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>"),
    "pdf_length_cycle": lambda: pdf(CATALOG, PAGES, LEAF, b"<</Length 4 0 R>>\nstream\nx\nendstream", FONT),
    "pdf_contents_cycle": lambda: pdf(CATALOG, PAGES, LEAF, b"[4 0 R 4 0 R]", FONT),
    "pdf_form_cycle": lambda: page(SHOWN + b" /X Do", b"", stream(b"/X Do\n/X Do", FORM + b"/Resources<</XObject<</X 6 0 R>>>>")),
    "pdf_font_cycle": lambda: page(
        font=b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>"
    ),
    "pdf_xref_cycle": lambda: _looped(page()),
    "pdf_deep_tree": lambda: pdf(
        CATALOG, *[b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (3 + k, 1 + k) for k in range(3_000)], LEAF, stream(SHOWN), FONT
    ),
    "pdf_false_count": lambda: page(pages=PAGES.replace(b"Count 1", b"Count 2000000000")),
    "pdf_bomb": lambda: page(zlib.compress(b" " * 30_000_000), DEFLATED),
    "pdf_bomb_of_states": lambda: page(zlib.compress(b"q " * 8_000_000), DEFLATED),
    "pdf_bomb_of_forms": lambda: laughs(12, 8),
    "pdf_bomb_of_codes": lambda: pdf(
        CATALOG, PAGES, LEAF, stream(SHOWN),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[7 0 R]>>",
        stream(b"begincmap 1 beginbfrange " + b"<0000> <ffff> <0041>\n" * 2_000 + b"endbfrange"),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>",
    ),
    "pdf_bomb_enciphered": lambda: locked("q " * 8_000_000),
    "pdf_predictor": lambda: page(zlib.compress(SHOWN), DEFLATED + b"/DecodeParms<</Predictor 15/Columns 500000000/Colors 4>>"),
    "pdf_huge_picture": lambda: page(
        SHOWN + b" 600 0 0 800 0 0 cm /X Do", b"",
        stream(zlib.compress(b"\0" * 1_000_000),
               b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode"),
    ),
    "pdf_wrong_xref": lambda: ours("one-column.pdf").replace(b"startxref", b"startxref\n99999999 %"),
    "pdf_script": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", PAGES, LEAF, stream(SHOWN), FONT
    ),
    "pdf_attachment": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.txt)6 0 R]>>>>>>", PAGES, LEAF, stream(SHOWN), FONT,
        b"<</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>", stream(b"Hidden growth of 9.9% in 2024.", b"/Type/EmbeddedFile"),
    ),
    "pdf_zero_size": lambda: page(leaf=LEAF.replace(b"600 800", b"0 0")),
    "pdf_huge_page": lambda: page(leaf=LEAF.replace(b"600 800", b"9e9 9e9")),
    "pdf_encrypted": lambda: ours("encrypted.pdf"),
    "pdf_empty": lambda: b"%PDF-1.7\n",
}  # fmt: skip
BIG: dict[str, Callable[[], bytes]] = {
    "pdf_10000_pages": lambda: leaves(10_000),
    "pdf_100000_pages": lambda: page(pages=b"<</Type/Pages/Kids[%s]/Count 100000>>" % (b"3 0 R " * 100_000)),
    "pdf_contents_often": lambda: page(
        zlib.compress(SHOWN + b" " * 1_000_000), DEFLATED, leaf=LEAF.replace(b"4 0 R", b"[" + b"4 0 R " * 20_000 + b"]")
    ),
    "pdf_bomb_gb": lambda: page(zlib.compress(zlib.compress(b" " * 1_000_000_000, 9), 9), b"/Filter[/FlateDecode/FlateDecode]"),
    "pdf_bomb_below": lambda: page(zlib.compress(SHOWN + b" " * 250_000_000), DEFLATED),
}  # fmt: skip
