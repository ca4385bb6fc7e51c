"""The page of a statement and the API's answer are the same value; wrong addresses are told so."""

from __future__ import annotations

import httpx
import pytest

from onrecord.archive import Archive


@pytest.fixture(scope="module")
def first(archive: Archive, letter: str) -> str:
    return archive.record(letter).statements[0].id


def test_the_page_shows_parties_acts_and_their_words(client: httpx.Client, letter: str, first: str) -> None:
    page = client.get(f"/s/{letter}/{first}")
    assert page.status_code == 200
    told = client.get(f"/api/v1/statements/{letter}/{first}").json()
    for party in told["parties"]:
        assert party["name"] in page.text
        assert all(place["address"] in page.text for place in party["places"])
    for act in told["acts"]:
        assert act["place"]["address"] in page.text
    assert told["carriers"] == []


def test_a_document_lists_its_statements(client: httpx.Client, archive: Archive, letter: str, first: str) -> None:
    told = client.get(f"/api/v1/documents/{letter}/statements").json()
    assert told["total"] == len(archive.record(letter).statements)
    assert told["items"][0]["address"] == f"/s/{letter}/{first}"


@pytest.mark.parametrize("path", ["/s/nothing/st1", "/s/{letter}/nothing", "/api/v1/statements/{letter}/nothing"])
def test_what_is_not_there_is_told_so(client: httpx.Client, letter: str, path: str) -> None:
    assert client.get(path.format(letter=letter)).status_code == 404


def test_the_api_describes_its_answers(client: httpx.Client) -> None:
    said = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/statements/{document}/{statement}" in said["paths"]
    assert {"StatementHere", "Carrier"} <= said["components"]["schemas"].keys()
