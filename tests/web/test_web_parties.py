"""The pages of parties, of what they do together and when: addresses, files, the same as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import httpx
import pytest
import web_pile as pile
from lxml import etree

from onrecord.archive import Archive


@pytest.fixture(scope="module")
def archive(demo_archive: Archive) -> Archive:
    return demo_archive


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[str]:
    with pile.served(archive) as address:
        yield address


@pytest.fixture(scope="module")
def committee(archive: Archive) -> str:
    return archive.names.party("Committee of the Olive Valley").id


PAGES = [
    "/parties", "/parties?q=%D9%84%D8%AC%D9%86%D8%A9", "/parties?kind=person&sort=documents&page=2", "/p/{party}",
    "/p/{party}?act=promise&since=2023-11&until=2023-11", "/p/{party}?act=commissive", "/together",
    "/together?view=matrix", "/together?view=pairs&rule=pair", "/together?view=list&party={party}",
    "/together?order=closeness&since=2024", "/together?since=1900&until=1901", "/timeline", "/timeline?view=list",
    "/timeline?party={party}&since=2023-11&until=2023-11", "/timeline?since=1900&until=1901",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_there_and_holds_no_style(client: httpx.Client, committee: str, address: str) -> None:
    answer = client.get(address.format(party=committee))
    assert answer.status_code == 200
    page = etree.HTML(answer.text)
    assert len(page.findall(".//h1")) == 1
    assert page.xpath("//*[@style or @onclick or @onload]|//style|//script[not(@src)]") == []
    assert all(href.startswith(("/", "#")) for href in page.xpath("//main//a/@href"))


@pytest.mark.parametrize(
    ("address", "status"),
    [("/p/e0", 404), ("/p/%00", 404), ("/parties?kind=ship", 400), ("/parties?page=x", 400), ("/parties?page=0", 400),
     ("/parties?sort=size", 400), ("/together?view=cloud", 400), ("/together?party=e0", 404),
     ("/together?since=soon", 400), ("/together?since=2024&until=2023", 400), ("/together?form=exe", 400),
     ("/together?rule=9", 400), ("/timeline?view=x", 400), ("/timeline?party=e0", 404), ("/timeline?form=exe", 400),
     ("/parties?q=" + "x" * 300, 400), ("/timeline?" + "party=e0&" * 40, 400), ("/p/{party}?act=sing", 400),
     ("/p/{party}?since=x", 400)],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_kindly(client: httpx.Client, committee: str, address: str, status: int) -> None:
    answer = client.get(address.format(party=committee))
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_the_id_of_a_merged_name_leads_to_its_party(client: httpx.Client, archive: Archive, committee: str) -> None:
    other = next(each for each in archive.names.party(committee).members if each != committee)
    answer = client.get(f"/p/{other}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/p/{committee}")


def test_each_column_leads_to_its_statement_and_each_row_to_its_party(client: httpx.Client) -> None:
    page = etree.HTML(client.get("/together").text)
    columns = page.xpath("//a[contains(@class, 'column') and starts-with(@href, '/s/')]/@href")
    rows = page.xpath("//a[@class='row-name']/@href")
    assert len(columns) == 12
    for address in {*columns, *rows}:
        assert client.get(address).status_code == 200


def test_each_mark_of_the_timeline_leads_somewhere(client: httpx.Client) -> None:
    page = etree.HTML(client.get("/timeline").text)
    marks = page.xpath("//a[starts-with(@class, 'date ')]/@href")
    assert len(marks) > 30
    for address in sorted(set(marks))[:25]:
        assert client.get(address).status_code in (200, 302)


def test_the_columns_of_an_act_open_its_words(client: httpx.Client, committee: str) -> None:
    page = etree.HTML(client.get(f"/p/{committee}").text)
    column = page.xpath("//section[@aria-labelledby='of-promise']//li/a")[-1]
    opened = etree.HTML(client.get(column.get("href").split("#")[0]).text)
    said = column.xpath("string(span[@class='unseen'])")
    deeds = opened.xpath("//section[@aria-labelledby='acts']//li[@class='deed']")
    assert said.endswith(f"{len(deeds)} act" + ("s" if len(deeds) != 1 else ""))


def test_what_others_say_is_apart(client: httpx.Client, archive: Archive) -> None:
    ministry = archive.names.party("Ministry of Water, Roads and Ferries").id
    page = etree.HTML(client.get(f"/p/{ministry}").text)
    [apart] = page.xpath("//section[@aria-labelledby='others']")
    for deed in apart.xpath(".//li[@class='deed']"):
        assert deed.xpath("p[@class='told']/a[@class='party'][1]/@href") != [f"/p/{ministry}"]
        assert deed.xpath("blockquote/a/@href")[0].startswith("/d/")


def test_right_to_left_names_are_set_so(client: httpx.Client) -> None:
    page = etree.HTML(client.get("/together").text)
    turned = page.xpath("//a[@class='row-name']//text[@direction='rtl']")
    assert turned
    assert all(one.get("lang") == "ar" and one.get("text-anchor") == "start" for one in turned)


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/together?form=svg", "image/svg+xml"), ("/timeline?form=svg", "image/svg+xml"),
     ("/together?form=gexf", "application/gexf+xml"), ("/together?view=pairs&form=gexf", "application/gexf+xml")],
)  # fmt: skip
def test_a_picture_is_a_file_of_its_own(client: httpx.Client, address: str, kind: str) -> None:
    answer = client.get(address)
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["content-disposition"].startswith("attachment")
    etree.fromstring(answer.content)


def test_tables_are_files(client: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/together?form=csv").text)))
    assert {row["role"] for row in rows} >= {"signatory", "issuer", "sponsor"}
    assert all(row["words"] for row in rows)
    dates = list(csv.DictReader(io.StringIO(client.get("/timeline?form=csv").text)))
    assert {row["kind"] for row in dates} >= {"issued", "published"}
    pairs = list(csv.DictReader(io.StringIO(client.get("/together?view=pairs&form=csv").text)))
    assert {"weight", "rule", "formula"} <= pairs[0].keys()


# -- the same as JSON --------------------------------------------------------------------------------------------------


def every(client: httpx.Client, path: str, **query: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    cursor: str | None = None
    while True:
        said = {**query, "limit": "9"} | ({"cursor": cursor} if cursor else {})
        answer = client.get(f"/api/v1{path}", params=said)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        cursor = answer.json()["next"]
        if cursor is None:
            return found


def test_lists_go_on_by_their_cursor(client: httpx.Client, archive: Archive, committee: str) -> None:
    parties = every(client, "/parties")
    assert [each["id"] for each in parties] == [each.id for each in archive.workbench.parties(limit=500).parties]
    statements = every(client, "/statements")
    assert len({(each["document"], each["statement"]) for each in statements}) == len(statements)
    own = every(client, f"/parties/{committee}/statements")
    assert own == [each for each in statements if committee in [one["entity"] for one in each["makers"]]]  # type: ignore[attr-defined]
    promises = every(client, f"/parties/{committee}/acts", act="promise")
    assert {each["act"] for each in promises} == {"promise"}
    assert promises == every(client, "/acts", party=committee, act="promise")


@pytest.mark.parametrize(
    "path",
    ["/parties/{party}", "/network/pairs?rule=hyperedge", "/network/statements?party={party}", "/timeline",
     "/timeline?party={party}", "/figures?party={party}"],
)  # fmt: skip
def test_what_a_page_shows_is_there_as_json(client: httpx.Client, committee: str, path: str) -> None:
    answer = client.get("/api/v1" + path.format(party=committee))
    assert answer.status_code == 200
    assert isinstance(json.loads(answer.content), dict)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/parties/e0", 404), ("/parties?limit=0", 400), ("/parties?cursor=LTE", 400), ("/acts?act=sing", 400),
     ("/acts?cursor=WzksOTk5OTk5OTk5OTk5OTk5OTk5OTk5OV0", 400), ("/statements?genre=song", 400), ("/figures", 400),
     ("/figures?document=d0", 404), ("/network/pairs?rule=9", 400), ("/network/statements?since=x", 400),
     ("/timeline?party=e0", 404)],
)  # fmt: skip
def test_what_cannot_be_asked_is_a_problem(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["advice"]


def test_a_file_of_pairs_is_of_the_statements_that_the_page_counts(
    client: httpx.Client, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.pages.together.COLUMNS", 3)
    monkeypatch.setattr("onrecord.web.pages.together.COUNTED", 6)
    asked = archive.workbench.together_question()
    counted = archive.workbench.pairs(asked, archive.workbench.together(asked, 6))
    rows = client.get("/together", params={"view": "pairs", "form": "csv"}).text.splitlines()[1:]
    assert len(rows) == len(counted.pairs.pairs)
    fewer = archive.workbench.pairs(asked, archive.workbench.together(asked, 3))
    assert len(fewer.pairs.pairs) < len(counted.pairs.pairs)
