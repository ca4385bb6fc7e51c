"""Files for other programs over a real server: references, annotations, tables; and pages while a file is written."""

from __future__ import annotations

import csv
import io
import json

import httpx
import pytest
from lxml import html as parsed_html

from onrecord.archive import Archive
from onrecord.export import TABLES, cite
from onrecord.web.pages.exports import gathered


@pytest.mark.parametrize("form", cite.FORMS)
@pytest.mark.parametrize("at", [None, "0-12"])
def test_a_reference_in_every_form(client: httpx.Client, letter: str, form: str, at: str | None) -> None:
    answer = client.get(f"/d/{letter}/cite.{form}", params={"at": at} if at else {})
    assert answer.status_code == 200 and answer.headers["content-type"] == cite.FORMS[form][1]
    assert f"/d/{letter}/{at}" if at else f"/d/{letter}" in answer.text
    name = f"{letter}-{at}.{form}" if at else f"{letter}.{form}"
    assert answer.headers["content-disposition"].endswith(f'; filename="{name}"')
    assert answer.headers["content-disposition"].startswith("inline" if form == "txt" else "attachment")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/d/{}/cite.bib", 404),
        ("/d/{}/cite.ris?at=nothing", 400),
        ("/d/{}/cite.ris?at=5-999999", 404),
        ("/d/nobody/cite.ris", 404),
        ("/d/nobody/annotations.jsonld", 404),
        ("/d/..%2f/cite.ris", 404),
        ("/export/nothing.csv", 404),
        ("/export/acts.xlsx", 404),
        ("/export/acts", 404),
        ("/export/..%2F..%2Fonrecord.sqlite", 404),
        ("/api/v1/documents/{}/cite?at=x", 400),
        ("/api/v1/documents/nobody/cite", 404),
    ],
)
def test_wrong_addresses_get_kind_pages(client: httpx.Client, letter: str, address: str, status: int) -> None:
    assert client.get(address.format(letter)).status_code == status


def test_the_hostile_document_breaks_out_of_no_form(client: httpx.Client, hostile: str) -> None:
    ris = client.get(f"/d/{hostile}/cite.ris").content.decode()
    assert all(line[2:6] == "  - " for line in ris.split("\r\n")[:-1])
    assert "javascript:" not in ris and "\u202e" not in ris
    (item,) = client.get(f"/d/{hostile}/cite.csl.json").json()
    assert "URL" not in item


def test_annotations_point_into_the_text_that_is_served(client: httpx.Client, letter: str) -> None:
    whole = client.get(f"/d/{letter}/annotations.jsonld").json()
    text = client.get(f"/d/{letter}.txt").text
    assert whole["total"] > 5
    for item in whole["first"]["items"]:
        for target in item["target"] if isinstance(item["target"], list) else []:
            assert target["source"] == f"/d/{letter}.txt"
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]


def test_the_api_gives_the_same(client: httpx.Client, letter: str) -> None:
    said = client.get(f"/api/v1/documents/{letter}/cite", params={"at": "0-12"}).json()
    assert said["address"] == f"/d/{letter}/0-12"
    assert said["ris"] == client.get(f"/d/{letter}/cite.ris?at=0-12").content.decode()
    whole = client.get(f"/api/v1/documents/{letter}/annotations")
    assert whole.content == client.get(f"/d/{letter}/annotations.jsonld").content


def test_every_link_of_the_page_is_a_file(client: httpx.Client, archive: Archive) -> None:
    page = parsed_html.document_fromstring(client.get("/export").text)
    links = [str(link) for link in page.xpath("//a[@download]/@href")]
    assert len(links) == 4 + 3 * len(TABLES)
    documents = dict(archive.stats().totals)["document"]
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert answer.headers["content-disposition"] == f'attachment; filename="{link.split("/")[-1]}"'
        assert client.head(link).content == b""
    rows = list(csv.DictReader(io.StringIO(client.get("/export/documents.csv").content.decode(), newline="")))
    assert len(rows) == documents == len(client.get("/export/documents.json").json())
    assert len(client.get("/export/record.jsonl").text.splitlines()) == documents
    assert client.get("/export/documents.parquet").content[:4] == b"PAR1"
    assert len(json.loads(client.get("/export/annotations.jsonld").text)["@graph"]) == documents + 1


def test_no_cell_is_a_formula(client: httpx.Client) -> None:
    for row in csv.reader(io.StringIO(client.get("/export/documents.csv").content.decode(), newline="")):
        assert not any(cell[:1] in tuple("=+-@\t\r") and cell for cell in row)


def test_pages_go_on_while_a_file_is_sent(client: httpx.Client, site: str, letter: str) -> None:
    with client.stream("GET", "/export/record.jsonl") as answer:
        pieces = answer.iter_bytes(1000)
        assert next(pieces)
        with httpx.Client(base_url=site) as other:
            assert other.get(f"/d/{letter}").status_code == 200
        assert sum(map(len, pieces)) > 1000


def test_pieces_are_gathered_and_none_is_lost() -> None:
    pieces = [bytes([number]) * number for number in range(1, 40)]
    made = list(gathered(iter(pieces), 100))
    assert b"".join(made) == b"".join(pieces)
    assert all(len(piece) >= 100 for piece in made[:-1])
    assert list(gathered(iter([]))) == []
