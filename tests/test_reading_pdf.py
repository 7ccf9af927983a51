"""PDF to `Document`: what printed reports do to their text and tables, each with a fixture of our own (fixtures/make_pdfs.py)."""

from __future__ import annotations

import random
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from reportparse import parse
from reportparse.document import Document
from reportparse.errors import BrokenSource, EmptySource, EncryptedSource, MissingExtra, ReportError
from reportparse.model import Table
from reportparse.reading import ocr, read
from reportparse.reading.pdf import read_pdf
from reportparse.reading.pdf_drawings import Turn
from reportparse.reading.pdf_lines import join_pieces
from reportparse.reading.pdf_page import PageText, Piece
from reportparse.reading.pdf_second import SecondEngine


@pytest.fixture
def pdf(fixtures: Path):
    def load(name: str) -> Document:
        return read_pdf((fixtures / "pdf" / f"{name}.pdf").read_bytes(), name=f"{name}.pdf")

    return load


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


def lines(document: Document, tag: str | None = None) -> list[str]:
    return [document.text[line.start : line.end] for line in document.lines if line.tag == tag]


def texts(table: Table) -> list[list[str]]:
    return table.to_rows()


class TestText:
    def test_one_column_is_read_as_its_reader_reads_it(self, pdf) -> None:
        document = pdf("one-column")
        prose = lines(document)
        assert prose[:4] == ["2025年临江市国民经济和社会发展统计公报", "临江市统计局", "2026年3月18日", "一、综合"]
        assert prose[4].startswith("初步核算，全年临江市地区生产总值[1]3077.4亿元，按不变价格计算，比上年增长5.6%。其中，第一产业增加值212.8亿元")
        assert prose[-1] == "本文及其数字均为编造，仅供测试。"

    def test_heads_and_page_numbers_are_left_out(self, pdf) -> None:
        text = pdf("one-column").text
        assert "汇编" not in text
        assert "— 1 —" not in text
        assert "—1—" not in text

    def test_a_paragraph_goes_on_over_the_page_and_the_footnote(self, pdf) -> None:
        document = pdf("one-column")
        assert any(
            s.startswith("全年社会消费品零售总额1208.3亿元，比上年增长6.2%。按经营地分，城镇零售额1011.7亿元") and s.endswith("增长7.3%。")
            for s in lines(document)
        )
        assert lines(document, "footnote") == ["[1]地区生产总值绝对数按现价计算，增长速度按不变价格计算。"]

    def test_lines_tile_the_text_and_know_their_page(self, pdf) -> None:
        document = pdf("one-column")
        assert "\n".join(document.text[x.start : x.end] for x in document.lines) == document.text
        assert {line.page for line in document.lines} == {1, 2}
        heading = next(x for x in document.lines if document.text[x.start : x.end] == "一、综合")
        assert heading.centred
        assert heading.size == pytest.approx(16, abs=0.5)

    def test_columns_are_read_one_after_the_other(self, pdf) -> None:
        prose = lines(pdf("two-columns"))
        assert prose[0] == "关于临江市2025年预算执行情况的报告"
        assert prose[1] == "——2026年1月15日在临江市人民代表大会会议上"
        assert prose[2].startswith("初步核算")
        assert [s[:8] for s in prose[3:6]] == ["全年粮食种植面积", "全年规模以上工业", "全年固定资产投资"]
        assert all(s.endswith("。") for s in prose[2:])

    def test_contents_are_left_out_and_turned_pages_are_read(self, pdf) -> None:
        document = pdf("contents")
        prose = lines(document)
        assert prose[::2] == ["一、综合", "二、农业", "三、工业", "四、投资"]
        assert "目录" not in document.text
        assert prose[-1].startswith("全年固定资产投资比上年增长4.8%。其中，工业投资增长11.2%")
        assert document.lines[0].page == 3  # after the contents and an empty page

    def test_an_embedded_font_reads_as_one_that_is_not(self, pdf) -> None:
        plain, embedded = pdf("one-column"), pdf("embedded-font")
        assert lines(embedded) == lines(plain)
        assert embedded.lines[0].font
        assert "Noto" in embedded.lines[0].font


    def test_raised_marks_are_no_digits_of_a_figure(self, pdf) -> None:
        prose = pdf("raised-marks").text
        assert "收入3062.63[1]亿元，下降4.1%[2]，其中税收收入2018.4亿元，增长10[1]%。" in prose
        assert "用地1204.6[3]万亩，浓度22.4微克/m³，降低3.2[1,2]%。" in prose
        assert "[1]报告中的数据按四舍五入作了处理。" in prose

    def test_a_mark_between_figure_and_unit_parts_them_not(self, fixtures: Path) -> None:
        report = parse(fixtures / "pdf" / "raised-marks.pdf")
        assert [(r.indicator, str(r.value), r.unit) for r in report.records] == [
            ("一般公共预算收入", "3062.63", "亿元"), ("一般公共预算收入", "4.1", "%"), ("税收收入", "2018.4", "亿元"), ("税收收入", "10", "%"),
            ("用地", "1204.6", "万亩"), ("浓度", "22.4", "微克/m³"), ("浓度", "3.2", "%"),
            ("粮食产量", "152.6", "万吨"), ("蔬菜产量", "88.4", "万吨"),
        ]  # fmt: skip
        assert all(report.text[r.start : r.end] == r.text for r in report.records)


class TestTables:
    def test_a_table_over_two_pages_is_one(self, pdf) -> None:
        document = pdf("cross-page-table")
        (table,) = document.tables
        assert (table.caption, table.unit, table.page) == ("附表1 临江市2025年一般公共预算收入执行情况表", "万元", 1)
        assert texts(table)[0] == ["项目", "2025年预算数", "2025年执行数", "完成预算%"]
        assert len(table.rows) == 12
        assert texts(table)[7] == ["二、非税收入", "585,700", "640,890", "109.4"]
        assert texts(table)[2][0] == "　　增值税"
        pages = [line.page for line in document.lines if line.tag == "tr"]
        assert pages == [1] * 7 + [2] * 5
        assert document.text.count("完成预算%") == 1

    def test_cells_stand_in_the_text(self, pdf) -> None:
        for name in ("cross-page-table", "three-line-table", "merged-headers", "side-by-side", "unruled-table"):
            document = pdf(name)
            for table in document.tables:
                for cell in (cell for row in table.rows for cell in row):
                    assert document.text[cell.start : cell.end] == cell.text
                assert table.start <= min(c.start for row in table.rows for c in row)

    def test_three_rules_a_column_of_units_and_a_label_of_two_lines(self, pdf) -> None:
        document = pdf("three-line-table")
        (table,) = document.tables
        assert table.caption == "2025年临江市主要工业产品产量"
        assert texts(table) == [
            ["产品名称", "单位", "产量", "比上年增长%"],
            ["水泥", "万吨", "316.2", "-4.1"],
            ["化学纤维", "万吨", "28.4", "12.6"],
            ["汽车", "万辆", "17.9", "8.8"],
            ["　其中：新能源汽车", "万辆", "9.6", "41.0"],
            ["集成电路", "亿块", "3.5", "—"],
            ["城市污水处理厂再生水利用量", "万立方米", "1204.0", "6.5"],
        ]

    def test_prose_never_runs_through_a_table(self, pdf) -> None:
        prose = lines(pdf("three-line-table"))
        assert [s[:8] for s in prose] == ["全年规模以上工业", "全年固定资产投资", "本文及其数字均为"]

    def test_merged_cells_share_text_and_place(self, pdf) -> None:
        (table,) = pdf("merged-headers").tables
        assert table.caption is not None
        assert table.caption.startswith("表2 2024—2025年临江市各区主要指标")
        assert texts(table)[:3] == [
            ["片区", "区", "2024年", "2024年", "2025年", "2025年"],
            ["片区", "区", "生产总值", "增速", "生产总值", "增速"],
            ["东片", "东湖区", "812.6", "5.1", "858.4", "5.6"],
        ]
        assert table.rows[0][2] == table.rows[0][3]
        assert table.rows[2][0] == table.rows[3][0]
        assert texts(table)[5] == ["西片", "高桥区", "758.3", "7.2", "806.3", "6.3"]

    def test_two_tables_beneath_one_title(self, pdf) -> None:
        left, right = pdf("side-by-side").tables
        assert [t.caption for t in (left, right)] == ["临江市2025年收支简表"] * 2
        assert [t.unit for t in (left, right)] == ["亿元"] * 2
        assert texts(left)[1] == ["税收收入", "121.6"]
        assert texts(right)[2] == ["卫生健康支出", "41.7"]

    def test_a_table_without_rules(self, pdf) -> None:
        (table,) = pdf("unruled-table").tables
        assert (table.caption, table.unit) == ("表3 2025年临江市各县常住人口", "万人")
        assert texts(table) == [
            ["县（市）", "年末人口", "城镇人口", "出生人口"],
            ["安平县", "61.2", "33.8", "0.41"],
            ["怀远市", "102.7", "66.0", "0.66"],
            ["清溪县", "48.5", "22.1", "0.35"],
            ["合计", "212.4", "121.9", "1.42"],
        ]


class TestTrouble:
    def test_a_password_is_asked_for(self, pdf) -> None:
        with pytest.raises(EncryptedSource, match="password"):
            pdf("encrypted")

    def test_a_truncated_file(self, pdf) -> None:
        with pytest.raises(BrokenSource, match="fetch it again"):
            pdf("truncated")

    def test_a_lost_end_is_a_warning(self, fixtures: Path) -> None:
        data = (fixtures / "pdf" / "one-column.pdf").read_bytes()
        cut = data[: data.rindex(b"startxref")]
        assert "source_truncated" in {w.code for w in read_pdf(cut).warnings}

    @pytest.mark.usefixtures("no_ocr")
    def test_damage_anywhere_ends_in_an_error_of_ours_or_in_text(self, fixtures: Path) -> None:
        chance = random.Random(7)
        for name in ("one-column", "cross-page-table", "garbled", "scanned"):
            whole = (fixtures / "pdf" / f"{name}.pdf").read_bytes()
            for _ in range(12):
                data = bytearray(whole)
                for _ in range(chance.choice((3, 40, 400))):
                    data[chance.randrange(len(data))] = chance.randrange(256)
                with suppress(ReportError):
                    read_pdf(bytes(data[: chance.randrange(len(data) // 2, len(data))] if chance.random() < 0.3 else data))

    def test_no_bytes_and_no_pdf(self) -> None:
        with pytest.raises(EmptySource):
            read_pdf(b"")
        with pytest.raises(BrokenSource):
            read_pdf(b"%PDF-1.7 and nothing more")

    @pytest.mark.usefixtures("no_ocr")
    def test_a_scan_names_the_extra(self, pdf) -> None:
        with pytest.raises(MissingExtra, match=r"pages 1-2.*reportparse\[ocr\]"):
            pdf("scanned")

    @pytest.mark.usefixtures("no_ocr")
    def test_a_mixed_file_says_which_pages_were_not_read(self, pdf) -> None:
        document = pdf("mixed")
        (warning,) = (w for w in document.warnings if w.code != "second_engine")  # that one where no font has the letters
        assert (warning.code, warning.page) == ("page_not_read", 2)
        assert "page 2" in warning.message
        assert "reportparse[ocr]" in warning.message
        assert lines(document)[0].startswith("初步核算")

    @pytest.mark.usefixtures("no_ocr")
    def test_a_broken_map_of_characters_is_never_text(self, pdf) -> None:
        with pytest.raises(MissingExtra, match="pages 1-2"):
            pdf("garbled")

    def test_the_second_engine_reads_what_the_first_garbles(self, pdf, monkeypatch: pytest.MonkeyPatch) -> None:
        from reportparse.reading import pdf as module

        seen: list[str] = []

        def garbled_at_first(text: str) -> bool:
            seen.append(text)
            return len(seen) % 2 == 1  # each page: the first engine's text, then the second's

        monkeypatch.setattr(module, "is_garbled", garbled_at_first)
        document = pdf("embedded-font")
        assert [w.code for w in document.warnings] == ["second_engine"]
        assert "pages 1-2" in document.warnings[0].message
        assert "地区生产总值[1]3077.4亿元" in document.text

    def test_letters_without_shapes_are_read_by_their_codes(self, pdf) -> None:
        document = pdf("shapeless")  # an embedded font that draws nothing: on every machine what an absent font is
        (warning,) = document.warnings
        assert (warning.code, warning.page) == ("second_engine", 1)
        assert "without shapes on page 1" in warning.message
        assert texts(document.tables[0]) == texts(pdf("merged-headers").tables[0])
        assert texts(document.tables[0])[1][:3] == ["片区", "区", "生产总值"]  # PDFium drops this 区, as a repetition

    def test_both_engines_read_alike(self, pdf, monkeypatch: pytest.MonkeyPatch) -> None:
        usual = pdf("embedded-font")
        monkeypatch.setattr(PageText, "is_shapeless", lambda *_: True)
        by_codes = pdf("embedded-font")
        assert by_codes.text == usual.text
        assert [(x.page, x.tag, x.font, x.size) for x in by_codes.lines] == [(x.page, x.tag, x.font, x.size) for x in usual.lines]

    def test_what_the_second_engine_reads_worse_is_said(self, pdf, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(SecondEngine, "_letters", lambda *_: [])
        document = pdf("shapeless")
        assert [w.code for w in document.warnings] == ["font_missing"]
        assert "install a Chinese font" in document.warnings[0].message
        assert "812.6" in document.text

    def test_a_blank_in_a_chinese_font_is_as_wide_as_the_file_says(self) -> None:
        """Word spacing counts for a blank of one byte, which pdfminer forgets: labels lost their indent."""
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import CIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(CIDFont("STSong-Light", "GBK-EUC-H"))
        data = BytesIO()
        canvas = Canvas(data, pagesize=(300, 200), invariant=1)
        text = canvas.beginText(20, 100)
        text.setFont("STSong-Light-GBK-EUC-H", 10)
        text.setWordSpace(6)
        text._code.append(f"<{'    契税'.encode('gbk').hex()}> Tj")
        canvas.drawText(text)
        canvas.save()
        (found,), _ = SecondEngine(data.getvalue()).pieces(1, Turn(0, 0, 0, 300, 200))
        assert (found.text, found.base) == ("契税", 100)
        assert found.x0 - 20 > 4 * 6

    @pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed")
    def test_ocr_reads_a_scan(self, pdf) -> None:
        document = pdf("mixed")
        assert [w.code for w in document.warnings] == ["ocr"]
        assert any(line.ocr and line.page == 2 for line in document.lines)
        assert not document.lines[0].ocr
        assert "城镇零售额1011.7亿元" in document.text

    def test_heavy_packages_are_loaded_only_when_needed(self) -> None:
        import subprocess

        code = "import sys, reportparse.reading.pdf; print(sorted({'pypdfium2', 'pdfplumber', 'rapidocr', 'numpy'} & set(sys.modules)))"
        out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        assert out.strip() == "[]"

    def test_the_same_door_reads_pdf(self, fixtures: Path) -> None:
        document = read(fixtures / "pdf" / "one-column.pdf")
        assert (document.media_type, document.name) == ("application/pdf", "one-column.pdf")
        assert len(document.sha256) == 64


def piece(text: str, x0: float, em: float = 10.0, base: float = 100.0) -> Piece:
    edges = [x0]
    for char in text:
        edges.append(edges[-1] + (em if char >= "\u2460" else em / 2))
    return Piece(text, edges, base, 0, em)


class TestRows:
    """How the pieces of one printed line join."""

    def test_typesetters_gaps_are_no_blanks(self) -> None:
        assert join_pieces([piece("综", 0), piece("合", 20)]) == "综合"
        assert join_pieces([piece("385.55", 0), piece("万亩", 34)]) == "385.55万亩"

    def test_two_names_keep_their_gap(self) -> None:
        assert join_pieces([piece("市统计局", 0), piece("调查队", 52)]) == "市统计局 调查队"

    def test_latin_words_keep_theirs(self) -> None:
        assert join_pieces([piece("Green", 0), piece("Bond", 29)]) == "Green Bond"

    def test_raised_numbers(self) -> None:
        assert join_pieces([piece("浓度22.4微克/m", 0), piece("3", 75, 5, 96)]) == "浓度22.4微克/m³"
        assert join_pieces([piece("生产总值", 0), piece("2", 40, 5, 96), piece("3077亿元", 44)]) == "生产总值[2]3077亿元"

    def test_fake_bold_is_printed_twice_and_read_once(self) -> None:
        assert join_pieces([piece("合计", 0), piece("合计", 0.4), piece("数", 20)]) == "合计数"


class TestRealDocuments:
    def test_a_font_that_is_nowhere_costs_no_letter(self, shared: Path) -> None:
        document = read(shared / "corpus" / "bud-taian-2025.pdf")  # PDFium alone loses 契税, 表 of titles, 亿元 of units
        assert "　　契税\t116010" in document.text
        assert [t.unit for t in document.tables if t.page in {82, 83, 84}] == ["亿元"] * 3

    def test_nothing_of_the_prose_is_lost(self, shared: Path) -> None:
        import pypdfium2

        for name in ("stat-hefei-2025", "bud-xuancheng-2025", "bud-hohhot-2025-newspaper", "stat-xiangtan-2025"):
            path = shared / "corpus" / f"{name}.pdf"
            pdf = pypdfium2.PdfDocument(path)
            raw = sum(sum(c >= "\u2e80" for c in page.get_textpage().get_text_range()) for page in pdf)
            pdf.close()
            ours = sum(c >= "\u2e80" for c in read(path).text)
            assert raw * 0.995 <= ours + 10, name
