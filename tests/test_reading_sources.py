"""Sources of every kind become documents, or say why not."""

import pytest

from reportparse.errors import EmptySource, SourceTooLarge, UnknownFormat
from reportparse.reading import read

SENTENCE = "全市生产总值达到1.2万亿元，增长5.2%。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_in_any_encoding(encoding):
    text = f"一、综合\r\n{SENTENCE}\r\n"
    document = read(text.encode(encoding))
    assert document.text == text.replace("\r\n", "\n")
    assert [document.text[line.start : line.end] for line in document.lines] == ["一、综合", SENTENCE]


def test_declared_gb2312_is_read_as_gb18030():
    page = f'<html><head><meta charset="gb2312"></head><body><p>朱镕基同志说，{SENTENCE}</p></body></html>'
    assert "朱镕基" in read(page.encode("gb18030")).text


def test_a_wrong_declaration_is_overruled_by_valid_utf8():
    page = f'<html><head><meta charset="gb2312"></head><body><p>{SENTENCE}</p></body></html>'
    assert read(page.encode()).text == SENTENCE


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"PK\x03\x04aaaaword/document.xml", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "image"),
        (bytes(range(256)) * 20, "UTF-8"),
        (bytes(range(9)) * 200, "not text"),
    ],
)
def test_what_is_no_report_says_what_to_do(data, hint):
    with pytest.raises(UnknownFormat, match=hint):
        read(data)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", "　　\n".encode()])
def test_empty(data):
    with pytest.raises(EmptySource):
        read(data)


def test_missing_and_folders(tmp_path):
    with pytest.raises(FileNotFoundError, match="no file"):
        read(tmp_path / "none.txt")
    with pytest.raises(FileNotFoundError, match="parse_text"):
        read(SENTENCE * 300)
    with pytest.raises(UnknownFormat, match="folder"):
        read(tmp_path)


def test_too_large(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    with pytest.raises(SourceTooLarge, match="limit"):
        read(path, limit=10)
    assert read(path).name == "a.txt"
    assert len(read(path).sha256) == 64


def test_a_web_archive_is_read_as_its_page():
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"] = "page"
    mail.set_content(f"<html><body><p>{SENTENCE}</p></body></html>", subtype="html", charset="utf-8", cte="quoted-printable")
    mail.make_related()
    assert read(bytes(mail)).text == SENTENCE
