"""One real file a format, made by a real library, read the whole way."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from odf import dc, table, text
from odf.opendocument import OpenDocumentText
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from onrecord.ingest import media
from onrecord.model import document_id

FILES = Path(__file__).parent / "files"
SENTENCE = (
    "The harbour union of Orsk said that it would not sign the paper of the regional council, because the paper says "
    "nothing of the ferry over the Velna. "
)


def words_of(spans, body):
    return [span.of(body) for span in spans]


class TestPlainText:
    def test_is_unchanged(self, document):
        found = document("a.txt", b"Harbour Union\r\n\r\n  We will not sign.\t\r\n")
        assert found.text == "Harbour Union\r\n\r\n  We will not sign.\t\r\n"
        assert found.notices == ()
        assert found.id == document_id(found.capture.digest)

    @pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
    def test_a_mark_decides_and_is_dropped(self, document, codec):
        found = document("a.txt", "Déclaration\r\nبيان 😀".encode(codec))
        assert found.text == "Déclaration\r\nبيان 😀"
        assert found.notices == ()

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    def test_utf16_without_a_mark(self, document, codec):
        assert document("a.txt", "Harbour Union will not sign.".encode(codec)).text == "Harbour Union will not sign."

    def test_a_broken_byte_does_not_lose_the_rest(self, document):
        found = document("a.txt", "Déclaration commune des élus de la vallée".encode() + b"\xff")
        assert found.text == "Déclaration commune des élus de la vallée\ufffd"
        assert [note.code for note in found.notices] == ["encoding-damaged"]

    @pytest.mark.parametrize("head", ["From: Harbour Union\nDate: 3 May\nSubject: Ferry\n\nWe", '{"text": "We"}'])
    def test_a_text_that_looks_like_something_else_is_a_text(self, document, head):
        assert document("a.txt", head.encode()).text == head


class TestMarkdown:
    def test_text_unchanged_and_headings_found(self, document):
        source = "# The *Velna* ferry\r\n\r\ntext # not one\r\n\r\nSigned\r\n------\r\n\r\n```\r\n# code\r\n```\r\n"
        found = document("a.md", source.encode())
        assert found.text == source
        assert words_of(found.headings, found.text) == ["The *Velna* ferry", "Signed"]
        assert found.title == "The *Velna* ferry"


class TestPdf:
    def pdf(self, *paragraphs: str, title: str | None = None) -> bytes:
        out = io.BytesIO()
        style = getSampleStyleSheet()["BodyText"]
        SimpleDocTemplate(out, title=title).build([Paragraph(words, style) for words in paragraphs])
        return out.getvalue()

    def test_lines_become_paragraphs(self, document):
        found = document("a.pdf", self.pdf(SENTENCE * 4, SENTENCE * 2, "Harbour Union", title="Statement"))
        assert found.text.split("\n\n") == [(SENTENCE * 4).strip(), (SENTENCE * 2).strip(), "Harbour Union"]
        assert found.title == "Statement"

    def test_running_heads_and_page_numbers_are_furniture(self, document):
        out = io.BytesIO()
        page = canvas.Canvas(out)
        for number in range(1, 5):
            page.drawString(72, 800, "Annals of the Velna")
            page.drawString(72, 600, f"Words of chapter {'abcd'[number - 1]}")
            page.drawString(290, 30, f"Page {number} of 4")
            page.showPage()
        page.save()
        found = document("a.pdf", out.getvalue())
        furniture = " ".join(words_of(found.boilerplate, found.text))
        assert furniture.count("Annals") == 4
        assert "Page 3 of 4" in furniture
        assert "Words" not in furniture

    @pytest.mark.parametrize("name", ["arabic-chromium", "arabic-libreoffice", "arabic-libreoffice-odt"])
    def test_arabic(self, document, name):
        found = document("a.pdf", (FILES / f"{name}.pdf").read_bytes())
        flat = found.text.replace("\n", " ")
        assert "قالت رئيسة الاتحاد لينا فاروق: «لن نوقّع على الورقة (المادة 12) ما لم يُذكر المعبر»." in flat
        assert "وادي فيلنا Velna Council تسلّم الرسالة رقم 45/2024 يوم الأربعاء" in flat
        assert "الإضراب حتى 15% من الأجور." in flat
        assert "أورسك، 3 أيار/مايو 2024" in found.text.split("\n\n")

    @pytest.mark.parametrize("name", ["hebrew-chromium", "hebrew-libreoffice"])
    def test_hebrew(self, document, name):
        found = document("a.pdf", (FILES / f"{name}.pdf").read_bytes())
        assert 'יושבת ראש האיגוד, דנה לוי, אמרה: "לא נחתום על המסמך (סעיף 12) בלי המעבורת".' in found.text
        assert "מועצת Velna Council קיבלה את המכתב ב-3 במאי 2024." in found.text

    def picture_page(self, page: canvas.Canvas) -> None:
        from PIL import Image

        page.drawImage(ImageReader(Image.new("RGB", (80, 80), "grey")), 50, 50, 400, 600)
        page.showPage()

    def test_scanned(self, read):
        out = io.BytesIO()
        page = canvas.Canvas(out)
        self.picture_page(page)
        page.save()
        [reading] = read("a.pdf", out.getvalue())
        assert reading.document is None
        assert [note.code for note in reading.notices] == ["scanned"]
        assert "OCR" in reading.notices[0].message

    def test_a_scanned_page_among_others_is_noticed(self, document):
        out = io.BytesIO()
        page = canvas.Canvas(out)
        page.drawString(72, 600, "We will not sign.")
        page.showPage()
        self.picture_page(page)
        page.save()
        found = document("a.pdf", out.getvalue())
        assert [note.code for note in found.notices] == ["scanned-pages"]
        assert "read: 2." in found.notices[0].message

    def test_encrypted(self, read):
        from reportlab.lib.pdfencrypt import StandardEncryption

        out = io.BytesIO()
        page = canvas.Canvas(out, encrypt=StandardEncryption("secret"))
        page.drawString(72, 600, "We will not sign.")
        page.save()
        [reading] = read("a.pdf", out.getvalue())
        assert [note.code for note in reading.notices] == ["encrypted"]

    def test_thousands_of_pages(self, read):
        from onrecord.ingest import LIMITS, Limits

        out = io.BytesIO()
        style = getSampleStyleSheet()["BodyText"]
        flow = [part for number in range(300) for part in (Paragraph(f"Line {number}", style), PageBreak())]
        SimpleDocTemplate(out).build(flow)
        [reading] = read("a.pdf", out.getvalue(), limits=LIMITS)
        assert "Line 299" in reading.document.text
        [reading] = read("b.pdf", out.getvalue(), limits=Limits(pages=200))
        assert [note.code for note in reading.notices] == ["too-large"]


class TestDocx:
    def test_order_tables_lists_headers(self, document):
        letter = docx.Document()
        letter.core_properties.title = "Statement"
        letter.sections[0].header.paragraphs[0].text = "HARBOUR UNION OF ORSK"
        letter.sections[0].footer.paragraphs[0].text = "Quay 4, Orsk"
        letter.add_heading("On the ferry", 1)
        letter.add_paragraph("We will not sign.")
        letter.add_paragraph("The ferry stays", style="List Number")
        letter.add_paragraph("The wages rise", style="List Number")
        grid = letter.add_table(2, 2)
        for cell, words in zip(grid._cells, ("Name", "Body", "Ana Tor", "Harbour Union"), strict=True):
            cell.text = words
        letter.add_paragraph("After the table")
        out = io.BytesIO()
        letter.save(out)
        found = document("a.docx", out.getvalue())
        assert found.text == (
            "HARBOUR UNION OF ORSK\n\nOn the ferry\n\nWe will not sign.\n\n1. The ferry stays\n2. The wages rise\n\n"
            "Name | Body\nAna Tor | Harbour Union\n\nAfter the table\n\nQuay 4, Orsk"
        )
        assert found.title == "Statement"
        assert words_of(found.headings, found.text) == ["On the ferry"]
        assert found.published is None


class TestOdt:
    def test_paragraphs_lists_tables(self, document):
        odt = OpenDocumentText()
        odt.text.addElement(text.H(outlinelevel=1, text="Déclaration"))
        paragraph = text.P(text="Nous ne signerons ")
        paragraph.addElement(text.Span(text="pas"))
        paragraph.addElement(text.LineBreak())
        paragraph.addText("Orsk")
        odt.text.addElement(paragraph)
        grid = table.Table()
        row = table.TableRow()
        for words in ("Ana Tor", "Union"):
            cell = table.TableCell()
            cell.addElement(text.P(text=words))
            row.addElement(cell)
        grid.addElement(row)
        odt.text.addElement(grid)
        odt.meta.addElement(dc.Title(text="Le bac"))
        odt.meta.addElement(dc.Language(text="fr"))
        out = io.BytesIO()
        odt.save(out)
        found = document("a.odt", out.getvalue())
        assert found.text == "Déclaration\n\nNous ne signerons pas\nOrsk\n\nAna Tor | Union"
        assert (found.title, found.language) == ("Le bac", "fr")
        assert words_of(found.headings, found.text) == ["Déclaration"]


def test_rtf(document):
    found = document(
        "a.rtf",
        rb"{\rtf1\ansi\ansicpg1251{\info{\title Ferry}}{\fonttbl{\f0\fcharset204 Arial;}}\f0 "
        rb"\'c7\'e0\'ff\'e2\'eb\'e5\'ed\'e8\'e5\par \u1087?\u1088?\u1080?\par}",
    )
    assert found.text == "Заявление\nпри"
    assert found.title == "Ferry"


def epub(chapter: str = "<p>We will not sign.</p>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", media.EPUB)
        book.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="o/c.opf"/></rootfiles></container>'
        )
        book.writestr(
            "o/c.opf",
            '<package xmlns:dc="d"><metadata><dc:title>Annals</dc:title><dc:language>en</dc:language>'
            "<dc:date>2020</dc:date></metadata><manifest>"
            '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="b"/><itemref idref="a"/></spine></package>',
        )
        book.writestr("o/a.xhtml", f"<html><head><title>t</title></head><body><h1>Two</h1>{chapter}</body></html>")
        book.writestr("o/b.xhtml", "<html><body><h1>One</h1><p>First.</p></body></html>")
    return out.getvalue()


def test_epub(document):
    found = document("a.epub", epub())
    assert found.text == "One\n\nFirst.\n\nTwo\n\nWe will not sign."
    assert words_of(found.headings, found.text) == ["One", "Two"]
    assert (found.title, found.published, found.language) == ("Annals", "2020", "en")


def mail(**parts: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Harbour Union <press@union.example>"
    message["Date"] = "Fri, 3 May 2024 22:10:00 +0300"
    message["Subject"] = "Déclaration"
    message.set_content(parts.get("plain", "We will not sign.\n"))
    return message


class TestMail:
    def test_headers_and_text(self, document):
        found = document("a.eml", mail().as_bytes())
        assert found.text == "We will not sign.\n"
        assert (found.title, found.published, found.publisher) == ("Déclaration", "2024-05-03", "Harbour Union")

    def test_html_only(self, document):
        message = mail()
        message.set_content(f"<html><body><h1>Ferry</h1><p>{SENTENCE}</p></body></html>", subtype="html")
        found = document("a.eml", message.as_bytes())
        assert found.text == f"Ferry\n\n{SENTENCE.strip()}"

    def test_attachments_are_members(self, read):
        message = mail()
        message.add_alternative("<p>We will not sign.</p>", subtype="html")
        message.add_attachment(b"annex", maintype="text", subtype="plain", filename="annex.txt")
        message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png")
        forwarded = mail(plain="Forwarded words.\n")
        message.add_attachment(forwarded)
        readings = read("a.eml", message.as_bytes())
        texts = {reading.capture.source: reading.document.text for reading in readings if reading.document}
        assert texts["a.eml"] == "We will not sign.\n"
        assert texts["a.eml!/annex.txt"] == "annex"
        assert "Forwarded words.\n" in texts.values()
        assert all(r.capture.container == readings[0].capture.digest for r in readings[1:] if "!/" in r.capture.source)

    def test_saved_page_in_mail_form(self, document):
        source = (
            b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://velna.example/1\r\nSubject: Ferry\r\n"
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
            b"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body><h1>Ferry</h1>"
            b"<p>We will not sign.</p></body></html>\r\n--b--\r\n"
        )
        assert document("a.mhtml", source).text == "Ferry\n\nWe will not sign."
