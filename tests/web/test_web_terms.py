"""`/terms` and its API: what is asked is in the address, each number opens what it counts, nothing gives a 500."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest
import web_pile as pile

from onrecord.archive import Archive

WORD = '/terms?q=river+"the+water"'
SIDES = "/terms?view=keyness&one=River+Labour+Party"


@pytest.fixture(scope="module")
def archive(demo_archive: Archive) -> Archive:
    return demo_archive


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[httpx.Client]:
    with pile.served(archive) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def test_each_number_opens_the_documents_it_counts(site: httpx.Client) -> None:
    page = site.get("/terms?q=river&lang=en").text
    links = re.findall(r'<a class="both" href="(/search[^"]+)">.*?in ([\d,]+) documents?</span></a>', page)
    assert len(links) > 10
    for address, documents in links[:12]:
        found = site.get(unescape(address)).text
        assert f'role="status">{documents} document' in found, address


def test_what_is_asked_stands_in_the_form_and_in_the_files(site: httpx.Client) -> None:
    page = site.get(WORD + "&since=2024-01&every=quarter&party=Hill+Guard").text
    assert 'value="river &#34;the water&#34;"' in page and 'value="2024-01"' in page and "Hill Guard" in page
    assert "January – March 2024" in page
    rows = list(csv.DictReader(io.StringIO(site.get(WORD + "&since=2024-01&every=quarter&form=csv").text)))
    assert {row["scope"] for row in rows} == {"all", "period", "party", "undated"}
    assert {row["term"] for row in rows} == {"river", '"the water"'}
    whole = next(row for row in rows if row["scope"] == "all")
    parts = [row for row in rows if row["term"] == "river" and row["scope"] in ("period", "undated")]
    assert int(whole["words"]) == sum(int(row["words"]) for row in parts if not row["name"])


def test_two_sides_as_page_and_files(site: httpx.Client) -> None:
    page = site.get(SIDES).text
    assert "More with <bdi>River Labour Party" in page and "equations 16, 20 and 22" in page
    found = site.get(SIDES + "&form=json").json()
    for term in found["first"]:
        assert f">{term['term']}<" in page
    rows = list(csv.DictReader(io.StringIO(site.get(SIDES + "&form=csv").text)))
    assert len(rows) == len(found["first"]) + len(found["second"])
    assert [float(row["z"]) for row in rows] == sorted((float(row["z"]) for row in rows), reverse=True)


def test_a_word_opens_in_the_documents_of_its_side(site: httpx.Client) -> None:
    page = site.get(SIDES).text
    address, word = re.findall(r'<th scope="row"><a href="(/search[^"]+)"><bdi[^>]*>([^<]+)<', page)[0]
    assert "party=" in address and "lang=en" in address and word in address
    assert 'class="entry"' in site.get(unescape(address)).text


@pytest.mark.parametrize("address", [
    "/terms", "/terms?view=keyness", "/terms?view=keyness&by=publisher", "/terms?view=keyness&by=period",
    "/terms?view=keyness&by=period&one=2024", "/terms?view=keyness&by=publisher&one=nobody", "/terms?q=nothinglikeit",
    "/terms?view=keyness&one=River+Labour+Party&phrases=1", "/terms?q=river&until=1950", "/terms?q=river&form=what",
])  # fmt: skip
def test_pages_that_say_little_are_pages(site: httpx.Client, address: str) -> None:
    assert site.get(address).status_code == 200


@pytest.mark.parametrize("address", [
    "/terms?q=(a)", "/terms?q=s*", "/terms?q=a+b+c+d+e+f+g", "/terms?q=river&party=nobody", "/terms?q=river&since=soon",
    "/terms?q=river&every=week", "/terms?view=keyness&one=nobody", "/terms?view=keyness&one=Hill+Guard&least=0",
    "/terms?view=keyness&one=Hill+Guard&other=Hill+Guard", "/terms?view=keyness&by=period&one=soon", "/terms?view=x",
    "/terms?q=" + "x" * 3000, "/terms?q=river&lang=" + "x" * 3000,
])  # fmt: skip
def test_what_cannot_be_answered_says_why(site: httpx.Client, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 400 and 'role="alert"' in answer.text


def test_words_of_the_address_are_no_markup(site: httpx.Client) -> None:
    for address in ("/terms?q=<b>x</b>", "/terms?view=keyness&one=<img+src=x>", "/terms?q=river&party=<i>"):
        page = site.get(address).text
        assert "<b>x" not in page and "<img" not in page and "<i>" not in page


def test_the_api_answers_with_the_same(site: httpx.Client, archive: Archive) -> None:
    use = site.get("/api/v1/terms/usage", params={"q": "river", "party": "Hill Guard", "lang": "en"}).json()
    assert [party["name"] for party in use["parties"]] == ["Hill Guard"]
    assert use["counts"][0]["documents"] == archive.search("river", archive.filters(languages=["en"])).total
    key = site.get("/api/v1/terms/keyness", params={"one": "River Labour Party", "most": 3}).json()
    assert len(key["first"]) == 3 and key["origin"].startswith("Monroe")
    described = site.get("/api/v1/openapi.json").json()
    assert {"/api/v1/terms/usage", "/api/v1/terms/keyness"} <= described["paths"].keys()
    for parameters in ({"q": "(a)"}, {"q": "river", "party": "nobody"}, {}, {"q": "river", "every": "week"}):
        answer = site.get("/api/v1/terms/usage", params=parameters)
        assert 400 <= answer.status_code < 500 and answer.json()["error"]["advice"]


def test_an_archive_whose_words_were_never_counted_says_so(tmp_path: Path) -> None:
    with (
        Archive.open(tmp_path / "a.onrecord", create=True) as archive,
        pile.served(archive) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        assert "onrecord index" in client.get("/terms").text
        assert client.get("/terms?q=river").status_code in (400, 404)
        assert client.get("/api/v1/terms/usage?q=river").json()["error"]["advice"]
