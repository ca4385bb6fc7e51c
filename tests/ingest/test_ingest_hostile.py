"""Hostile and broken files: each ends in a text or in a clear Notice, and never in an exception."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen import canvas

from onrecord.ingest import LIMITS, Item, Limits, Offer, media, render, unpack
from onrecord.model import Capture, Reading

SMALL = Limits(ratio_floor=100_000, member_bytes=1_000_000, part_bytes=300_000)
ENTITIES = (
    '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def codes(readings: list[Reading]) -> list[str]:
    return [note.code for reading in readings for note in reading.notices]


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def a_docx() -> bytes:
    out = io.BytesIO()
    letter = docx.Document()
    letter.add_paragraph("We will not sign.")
    letter.save(out)
    return out.getvalue()


def a_pdf() -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.drawString(72, 600, "We will not sign.")
    page.save()
    return out.getvalue()


def repacked(data: bytes, part: str, content: bytes) -> bytes:
    """A package with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return zipped({name: package.read(name) for name in package.namelist()} | {part: content})


BOMB = zipped({"zeros.txt": bytes(3_000_000)})


def test_zip_bomb(read):
    assert codes(read("a.zip", BOMB, limits=SMALL)) == ["bomb"]


def test_nested_zip_bomb(read):
    readings = read("a.zip", zipped({f"{n}.zip": BOMB for n in range(20)}), limits=SMALL)
    assert set(codes(readings)) == {"bomb"}


def test_many_small_members_make_a_bomb(read):
    data = zipped({f"{n}.txt": bytes(60_000) for n in range(40)})
    assert "bomb" in codes(read("a.zip", data, limits=SMALL))


def test_lying_headers(read):
    """The directory says 10 bytes; the stream goes on."""
    lie = BOMB.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 10))
    readings = read("a.zip", lie, limits=SMALL)
    assert codes(readings) == ["damaged"]


def test_gzip_bomb(read):
    import gzip

    assert codes(read("a.txt.gz", gzip.compress(bytes(3_000_000)), limits=SMALL)) == ["bomb"]


def test_traversal_names_stay_labels(read, tmp_path):
    readings = read(
        "a.zip", zipped({"../../evil.txt": b"evil", "/etc/evil.txt": b"evil too", "c:\\x\\e.txt": b"three"})
    )
    sources = [reading.capture.source for reading in readings]
    assert not any(".." in source for source in sources)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.zip"]


@pytest.mark.parametrize(
    "tag", ["<div>", "<b>", "<a>x", "<p>", "<ul><li>", "<table><tr><td>", "<font><i>", "<", "<a ", "<!--", "<script>"]
)
def test_a_million_open_tags(read, tag):
    [reading] = read("a.html", b"<html><body>" + tag.encode() * (1_000_000 // tag.count("<")) + b"the last words")
    assert reading.document or reading.notices
    if reading.document:
        assert "html-tags" in [note.code for note in reading.document.notices]


@pytest.mark.parametrize("depth", [240, 300, 5000])
def test_deep_pages_lose_no_words(document, depth):
    source = f"<html><body>{'<div>' * depth}We will not sign.{'</div>' * depth}<p>Harbour Union</p></body></html>"
    found = document("a.html", source.encode())
    assert "We will not sign." in found.text
    assert "Harbour Union" in found.text


def test_a_tag_with_very_many_attributes(document):
    source = "<html><body><p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">We will not sign.</p>"
    assert document("a.html", source.encode()).text == "We will not sign."


def test_a_stretch_of_text_beyond_libxml2_is_not_lost(document):
    source = "<html><body><p>" + "word " * 2_100_000 + "</p><p>end</p></body></html>"
    assert document("a.html", source.encode()).text.endswith("end")


BOMBS = {
    "a.docx": repacked(a_docx(), "word/document.xml", f"<?xml version='1.0'?>{ENTITIES}<d>&c;</d>".encode()),
    "a.odt": zipped({"mimetype": media.ODT.encode(), "content.xml": f"{ENTITIES}<d>&c;</d>".encode()}),
    "a.epub": zipped(
        {"META-INF/container.xml": f'{ENTITIES}<c><rootfile full-path="&c;"/></c>'.encode()}
    ),
    "a.rss": f"<?xml version='1.0'?>{ENTITIES}<rss><channel><item><title>&c;</title></item></channel></rss>".encode(),
    "a.fodt": f"<?xml version='1.0'?>{ENTITIES}<document><body>&c;</body></document>".encode(),
    "a.xml": f"<?xml version='1.0'?>{ENTITIES}<x>&c;</x>".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_xml_entities(read, name):
    readings = read(name, BOMBS[name])
    assert "aaaaaaaaaa" not in "".join(reading.document.text for reading in readings if reading.document)
    assert set(codes(readings)) <= {"bomb", "damaged", "empty"}
    assert codes(readings)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
def test_a_package_with_a_huge_part(read, name):
    parts = {"a.docx": "word/document.xml", "a.odt": "content.xml", "a.epub": "META-INF/container.xml"}
    data = zipped({parts[name]: b"<x>" + b" " * 3_000_000 + b"</x>"})
    assert codes(read(name, data, limits=SMALL)) == ["bomb"]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html", "a.mbox"])
def test_one_enormous_line(read, name):
    heads = {"a.jsonl": b'{"text":"', "a.csv": b"text\n", "a.mbox": b"From a\n", "a.html": b"<html><body>"}
    data = heads.get(name, b"") + b"word " * 60_000
    readings = read(name, data, limits=Limits(file_bytes=200_000, member_bytes=100_000, text_chars=100_000))
    assert set(codes(readings)) <= {"too-large", "too-long", "damaged"}
    assert codes(readings)
    assert not any(reading.document for reading in readings)


WHOLE = {"a.pdf": a_pdf, "a.docx": a_docx, "a.zip": lambda: zipped({"a.txt": os.urandom(5000)})}


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_truncated(read, name, share):
    data = WHOLE[name]()
    readings = read(name, data[: int(share * len(data))])
    assert readings
    assert all(reading.document or reading.notices for reading in readings)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.txt", a_pdf),
        ("a.html", a_docx),
        ("a.doc", a_docx),
        ("noextension", a_pdf),
        ("a.pdf", lambda: b"We will not sign.\n"),
    ],
)
def test_wrong_extension(document, name, make):
    assert document(name, make()).text.strip() == "We will not sign."


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n \t", "empty"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "no-text"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "unknown-format"),
        ("a.bin", bytes(range(256)) * 20, "unknown-format"),
        ("a.rar", b"Rar!\x1a\x07\x00", "unknown-format"),
        ("a.json", b'{"a": ', "damaged"),
        ("a.html", b"<html><body></body></html>", "empty"),
    ],
)
def test_what_cannot_be_read_says_why(read, name, data, code):
    [reading] = read(name, data)
    assert reading.document is None
    assert codes([reading]) == [code]
    assert len(reading.notices[0].message) > 15


def test_a_file_that_vanishes(tmp_path: Path):
    gone = tmp_path / "gone.txt"
    offer = Offer(gone, "gone.txt")
    [item] = unpack(offer, gone, "0" * 64, 3, "2026-01-02T03:04:05Z")
    assert codes([render(item)]) == ["vanished"]
    gone.write_text("abc")
    [item] = unpack(offer, gone, "0" * 64, 3, "2026-01-02T03:04:05Z")
    gone.unlink()
    assert codes([render(item)]) == ["vanished"]


KINDS = ["text/plain", media.HTML, media.PDF, media.DOCX, media.ODT, media.RTF, media.EPUB, media.MAIL, media.ROW,
         media.POST,         media.ENTRY, media.XML, media.MHTML, media.MARKDOWN]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(KINDS), st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_render_never_raises_and_spans_fit(kind, data):
    capture = Capture(
        digest="sha256:" + "0" * 64, size=len(data), media_type=kind, source="x", captured_at="2026-01-02T03:04:05Z"
    )
    reading = render(Item(capture=capture, data=data))
    assert (reading.document is None) == bool(reading.notices)
    if reading.document:
        text = reading.document.text
        text.encode()
        for span in (*reading.document.headings, *reading.document.boilerplate):
            assert 0 <= span.start < span.end <= len(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_utf8_text_is_itself(text):
    data = text.encode()
    capture = Capture(
        digest="sha256:" + "0" * 64,
        size=len(data),
        media_type="text/plain",
        source="x",
        captured_at="2026-01-02T03:04:05Z",
    )
    reading = render(Item(capture=capture, data=data), LIMITS)
    if reading.document and "\x00" not in text and "\x1b" not in text:
        assert reading.document.text == text.removeprefix("\ufeff")
