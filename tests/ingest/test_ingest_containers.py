"""Containers: their members, what they are called, and what their digests are over."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from hashlib import sha256

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.ingest import Limits
from onrecord.model import Given, Reading

PAGE = b"<html lang=en><body><h1>Ferry</h1><p>We will not sign.</p></body></html>"


def texts(readings: list[Reading]) -> dict[str, str]:
    return {reading.capture.source: reading.document.text for reading in readings if reading.document}


def ids(readings: list[Reading]) -> set[str]:
    return {reading.document.id for reading in readings if reading.document}


def codes(readings: list[Reading]) -> list[str]:
    return [note.code for reading in readings for note in reading.notices]


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


MBOX = (
    b"From a@b Fri May  3 22:10:00 2024\nFrom: A <a@b.example>\nSubject: One\n\nHello\n>From now on\n\n"
    b"From a@b Fri May  3 22:11:00 2024\nFrom: B <b@b.example>\nSubject: Two\n\nBye\n\n"
)


def test_mbox(read):
    readings = read("a.mbox", MBOX)
    assert texts(readings) == {"a.mbox!/1": "Hello\nFrom now on\n", "a.mbox!/2": "Bye\n"}
    assert [reading.document.publisher for reading in readings] == ["A", "B"]


def test_a_message_has_the_same_id_in_a_mailbox_and_alone(read):
    alone = b"From: A <a@b.example>\nSubject: One\n\nHello\nFrom now on\n"
    assert ids(read("a.eml", alone)) < ids(read("a.mbox", MBOX))


def rss(*titles: str) -> bytes:
    items = "".join(
        f"<item><title>{t}</title><link>https://velna.example/{t}</link><guid>g-{t}</guid>"
        "<pubDate>Fri, 03 May 2024 23:30:00 -0500</pubDate>"
        f"<description>&lt;p&gt;The union &lt;b&gt;refuses&lt;/b&gt; {t}.&lt;/p&gt;</description></item>"
        for t in titles
    )
    head = "<?xml version='1.0'?><rss version='2.0'><channel><title>Velna Wire</title><language>en</language>"
    return f"{head}{items}</channel></rss>".encode()


def test_rss(read):
    [reading] = read("a.xml", rss("one"))
    found = reading.document
    assert found.text == "one\n\nThe union refuses one."
    assert (found.title, found.publisher, found.published, found.language) == ("one", "Velna Wire", "2024-05-03", "en")
    assert found.capture.url == "https://velna.example/one"


def test_atom(read):
    source = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>urn:1</id><title>Ferry</title>'
        '<published>2024-05-03T10:00:00Z</published><content type="text">We will not sign.</content></entry></feed>'
    )
    assert texts(read("a.atom", source.encode())) == {"a.atom!/urn:1": "Ferry\n\nWe will not sign."}


TELEGRAM = {
    "name": "Orsk Harbour", "type": "public_channel", "id": 5,
    "messages": [
        {"id": 1, "type": "service", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2024-05-03T10:00:00", "from": "Orsk Harbour",
         "text": ["We ", {"type": "bold", "text": "refuse"}, " 😀."]},
        {"id": 3, "type": "message", "date_unixtime": "1714730400", "from": "Orsk Harbour", "text": "Again."},
    ],
}  # fmt: skip


def test_telegram(read):
    readings = read("result.json", json.dumps(TELEGRAM).encode())
    assert texts(readings) == {"result.json!/2": "We refuse 😀.", "result.json!/3": "Again."}
    assert {(r.document.published, r.document.publisher) for r in readings} == {("2024-05-03", "Orsk Harbour")}


def test_telegram_account(read):
    readings = read("result.json", json.dumps({"about": "x", "chats": {"list": [TELEGRAM]}}).encode())
    assert list(texts(readings)) == ["result.json!/5/2", "result.json!/5/3"]


def test_json_lines(read):
    lines = b'\xef\xbb\xbf{"text": "one", "date": "2024-05", "lang": "en"}\n\n{"Body": "two", "url": "https://velna.example/2"}\r\nbroken\n'
    readings = read("a.jsonl", lines)
    assert texts(readings) == {"a.jsonl!/1": "one", "a.jsonl!/3": "two"}
    assert (readings[0].document.published, readings[0].document.language) == ("2024-05", "en")
    assert readings[1].capture.url == "https://velna.example/2"
    assert codes(readings) == ["damaged"]
    assert (
        readings[0].capture.digest
        == "sha256:" + sha256(b'{"text": "one", "date": "2024-05", "lang": "en"}').hexdigest()
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(read, delimiter):
    rows = f'title{delimiter}text{delimiter}date\nA{delimiter}"line one\nline two"{delimiter}2024-05-03\n'
    [reading] = read("a.csv", rows.encode())
    assert reading.document.text == "line one\nline two"
    assert (reading.document.title, reading.document.published) == ("A", "2024-05-03")


def test_csv_in_a_legacy_encoding(read):
    [reading] = read("a.csv", "text\nЗаявление Союза портовых рабочих\n".encode("cp1251"))
    assert reading.document.text == "Заявление Союза портовых рабочих"


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", b"name,age\nAna,3\n"), ("a.jsonl", b'{"name": "Ana"}\n'), ("a.json", b'[{"name": "Ana"}]')],
)
def test_a_table_without_texts_says_which_columns_it_has(read, name, data):
    [reading] = read(name, data)
    assert codes([reading]) == ["no-text-column"]
    assert "'name'" in reading.notices[0].message


GROWING = {
    "a.csv": (b"text\none\n", b"text\none\ntwo\n"),
    "a.jsonl": (b'{"text":"one"}\n', b'{"text":"one"}\n{"text":"two"}\n'),
    "a.mbox": (MBOX, MBOX + b"From c@d Fri May  3 22:12:00 2024\nFrom: C <c@d.example>\nSubject: Three\n\nMore\n"),
    "a.rss": (rss("one"), rss("two", "one")),
    "r.json": (
        json.dumps(TELEGRAM).encode(),
        json.dumps({**TELEGRAM, "messages": [*TELEGRAM["messages"], {"id": 9, "text": "New."}]}).encode(),
    ),
}


@pytest.mark.parametrize("name", GROWING)
def test_a_grown_file_brings_new_ids_for_what_is_new_only(read, name):
    before, after = (ids(read(name, data)) for data in GROWING[name])
    assert before < after
    assert len(after - before) == 1


def warc(*records: tuple[str, str, bytes], gzipped: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    for url, kind, body in records:
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        said = {"WARC-Date": "2023-01-02T03:04:05Z", "WARC-Block-Digest": "x", "WARC-Payload-Digest": "x"}
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), length=len(body), http_headers=headers, warc_headers_dict=said
        )
        writer.write_record(record)
    return out.getvalue()


RECORDS = (
    ("https://velna.example/p", "text/html", PAGE),
    ("https://velna.example/i.png", "image/png", b"\x89PNG\r\n\x1a\n"),
)


@pytest.mark.parametrize("gzipped", [True, False])
def test_warc(read, gzipped):
    readings = read("a.warc.gz", warc(*RECORDS, gzipped=gzipped))
    assert texts(readings) == {"a.warc.gz!/https://velna.example/p": "Ferry\n\nWe will not sign."}
    capture = readings[0].capture
    assert (capture.captured_at, capture.url) == ("2023-01-02T03:04:05Z", "https://velna.example/p")
    assert capture.digest == "sha256:" + sha256(PAGE).hexdigest()
    assert codes(readings) == ["skipped"]


def test_wacz(read):
    package = zipped({"datapackage.json": b"{}", "archive/data.warc.gz": warc(*RECORDS)})
    assert list(texts(read("a.wacz", package)).values()) == ["Ferry\n\nWe will not sign."]


def test_zip_of_everything(read):
    inner = zipped({"deep.txt": b"deep"})
    pile = zipped(
        {
            "b/page.html": PAGE,
            "a.txt": b"a",
            "m.mbox": MBOX,
            "in.zip": inner,
            ".hidden": b"x",
            "__MACOSX/a.txt": b"x",
            "p.png": b"\x89PNG\r\n\x1a\n",
        }
    )
    readings = read("pile.zip", pile, Given(publisher="Velna Wire"))
    names = ["a.txt", "b/page.html", "in.zip!/deep.txt", "m.mbox!/1", "m.mbox!/2"]
    assert list(texts(readings)) == [f"pile.zip!/{name}" for name in names]
    assert {r.capture.publisher for r in readings} == {"Velna Wire"}
    assert {r.capture.container for r in readings if r.document} == {"sha256:" + sha256(pile).hexdigest()}
    assert codes(readings) == ["skipped"]


def test_gzipped_page(read):
    [reading] = read("a.html.gz", gzip.compress(PAGE))
    assert reading.document.text == "Ferry\n\nWe will not sign."


def test_members_are_limited(read):
    readings = read("a.jsonl", b'{"text":"x"}\n' * 50, limits=Limits(members=10))
    assert codes(readings) == ["bomb"]
    assert len(texts(readings)) == 10


def test_containers_nest_only_so_deep(read):
    data = b"deep"
    for level in range(8):
        data = zipped({f"{level}.zip" if level else "a.txt": data})
    assert codes(read("a.zip", data)) == ["nested"]
