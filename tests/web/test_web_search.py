"""The search as a person and as a program ask it: in context, over time, saved, by the API."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import web_pile as pile
from lxml import html

from onrecord.archive import Archive
from onrecord.web import saved_hits
from onrecord.web.api import cursor
from onrecord.workbench.concordance import Line, ordered


def tree(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def status(page: Any) -> str:
    return " ".join(page.xpath("//p[@role='status']")[0].text_content().split())


def test_a_search_that_may_miss_documents_says_so(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The ferry runs from Orsk.", "utf8")
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.add([tmp_path / "one.txt"])
        with pile.served(archive) as site, httpx.Client(base_url=site) as client:
            for view in ("documents", "kwic", "time"):
                page = tree(client.get("/search", params={"q": "ferry", "view": view}))
                assert "1 document came or changed since" in page.xpath("//p[@class='fault']")[0].text_content()
            assert client.get("/api/v1/search", params={"q": "ferry"}).json()["behind"] == 1
            archive.index()
            assert not tree(client.get("/search", params={"q": "ferry"})).xpath("//p[@class='fault']")
            assert client.get("/api/v1/search", params={"q": "ferry"}).json()["behind"] == 0


# -- in context ---


def test_each_line_leads_to_its_words(client: httpx.Client, archive: Archive) -> None:
    page = tree(client.get("/search", params={"q": "ferries", "view": "kwic"}))
    lines = page.xpath("//ol[@class='concordance']/li")
    assert lines
    for line in lines:
        _, _, document, span = line.xpath("./a/@href")[0].split("/")
        start, end = map(int, span.split("-"))
        assert archive.record(document).text[start:end] == line.xpath(".//b")[0].text_content()


def test_all_places_are_counted_where_all_were_looked_at(client: httpx.Client) -> None:
    page = tree(client.get("/search", params={"q": '"night ferries"', "view": "kwic"}))
    count = len(page.xpath("//ol[@class='concordance']/li"))
    assert status(page).startswith(f"{count} place")
    assert "place" not in status(tree(client.get("/search", params={"q": "quay", "view": "kwic"})))


def test_a_line_says_who_says_it(client: httpx.Client) -> None:
    page = tree(client.get("/search", params={"q": "ferries", "view": "kwic", "voice": "direct"}))
    said = {link.text_content() for link in page.xpath("//a[@class='says']")}
    assert said == {"said by Mara Lindqvist"}


@pytest.mark.parametrize("sort", ["before", "after"])
def test_lines_can_be_put_in_order_by_the_words_around(client: httpx.Client, sort: str) -> None:
    page = tree(client.get("/search", params={"q": "ferry", "view": "kwic", "sort": sort}))
    part = {"before": "span[@class='before']", "after": "span[@class='rest']"}[sort]
    words = [each.text_content().lower().split() for each in page.xpath(f"//a[@class='place']/{part}")]
    keys = [each[-1:] if sort == "before" else each[:2] for each in words]
    assert keys == sorted(keys) and len(words) == 50
    assert (
        len(page.xpath("//nav[@class='pager']")) == 0
        or "Page 1 of" in page.xpath("//nav[@class='pager']")[0].text_content()
    )


def test_order_is_of_words_not_of_signs() -> None:
    def line(before: str) -> Line:
        return Line(
            document="d", title="t", issued=None, publisher=None, language=None, genre=None, start=0, end=1, match="x",
            before=before, after="", address="/d/d/0-1", voice="own", speaker=None, speaker_name=None,
        )  # fmt: skip

    found = ordered([line("the Zoo: "), line("an (ape) "), line("Éclair — ")], "before")
    assert [one.before for one in found] == ["an (ape) ", "Éclair — ", "the Zoo: "]


def test_right_to_left_lines_run_so(client: httpx.Client) -> None:
    page = tree(client.get("/search", params={"lang": "ar", "view": "kwic", "q": "المعبر OR العبارات OR النهر OR في"}))
    places = page.xpath("//a[@class='place']")
    assert places and {place.get("dir") for place in places} == {"rtl"}


def test_without_words_there_is_no_context(client: httpx.Client) -> None:
    assert "There are no words" in tree(client.get("/search?view=kwic")).xpath("//div[@class='hits']")[0].text_content()


# -- over time ---


def test_each_number_over_time_finds_as_many_documents(client: httpx.Client) -> None:
    page = tree(client.get("/search", params={"q": "ferry", "view": "time", "by": "language"}))
    cells = page.xpath("//table[@class='data']//td/a")
    assert len(cells) > 5
    for cell in cells[:6]:
        assert status(tree(client.get(cell.get("href")))).split()[0] == cell.text_content()


def test_the_chart_has_a_table_and_can_be_saved(client: httpx.Client) -> None:
    page = tree(client.get("/search?q=ferry&view=time"))
    assert page.xpath("//figure//svg[@role='group']/title")[0].text == "Documents found by month"
    saved = client.get(page.xpath("//figure//a[@download]/@href")[0])
    assert saved.headers["content-type"] == "image/svg+xml" and saved.content.startswith(b"<?xml")
    assert client.get("/search.svg?q=nothinglikeit").status_code == 404


# -- saved ---


def test_found_places_are_rows(client: httpx.Client, archive: Archive) -> None:
    answer = client.get("/search.csv", params={"q": "ferries"})
    assert answer.headers["content-disposition"] == 'attachment; filename="found.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert list(rows[0]) == [column.name for column in saved_hits.COLUMNS]
    for row in rows:
        text = archive.record(row["document"]).text
        assert text[int(row["start"]) : int(row["end"])] == row["match"]
        assert row["address"] == f"/d/{row['document']}/{row['start']}-{row['end']}"
    assert json.loads(client.get("/search.json", params={"q": "ferries"}).content)[0]["match"] == rows[0]["match"]


def test_without_words_there_is_a_row_a_document(client: httpx.Client, archive: Archive) -> None:
    rows = client.get("/search.json").json()
    assert sorted(row["document"] for row in rows) == sorted(record.id for record in archive.records())
    assert {row["match"] for row in rows} == {None}


def test_parquet_holds_the_same_rows(client: httpx.Client) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    answer = client.get("/search.parquet", params={"q": "ferries"})
    table = parquet.read_table(io.BytesIO(answer.content))
    assert table["match"].to_pylist() == [row["match"] for row in client.get("/search.json?q=ferries").json()]


@pytest.mark.parametrize(
    ("path", "code"), [("/search.exe", 404), ("/search.csv?q=%22", 400), ("/search.json?page=x", 400)]
)
def test_what_cannot_be_saved(client: httpx.Client, path: str, code: int) -> None:
    assert client.get(path).status_code == code


# -- narrowed ---


def test_each_value_offered_finds_as_many_as_it_says(client: httpx.Client) -> None:
    page = tree(client.get("/search?q=ferry"))
    offered = page.xpath("//ul[@class='facet']/li[span[@class='count']]")
    assert len(offered) >= 3
    for choice in offered[:12]:
        count = choice.xpath("./span[@class='count']")[0].text_content()
        assert status(tree(client.get(choice.xpath("./a/@href")[0]))).split()[0] == count


def test_what_is_not_known_can_be_asked_for_and_taken_out(client: httpx.Client) -> None:
    page = tree(client.get("/search?without=date"))
    assert page.xpath("//ul[@class='chosen']//a/@href") == ["/search"]
    found = client.get("/api/v1/documents?without=date").json()["items"]
    assert found and {one["issued"] for one in found} == {None}


@pytest.mark.parametrize("view", ["documents", "kwic", "time"])
@pytest.mark.parametrize(
    "odd",
    [
        "page=500", "page=501", "page=-1", "&".join(f"lang=x{n}" for n in range(50)),
        "&".join(f"lang=x{n}" for n in range(51)), "party=%00", "speaker=" + "x" * 1000,
        "since=0001&until=9999", "since=-0044", "until=2024-02-31", "by=language",
        "sort=after", "q=%22a%20b%22%20OR%20(c", "without=date&without=party&without=genre", "publisher=%EF%BF%BF",
    ],
)  # fmt: skip
def test_nothing_odd_is_an_error_of_ours(client: httpx.Client, odd: str, view: str) -> None:
    assert client.get(f"/search?view={view}&{odd}").status_code in (200, 400, 404)
    assert client.get(f"/search.csv?view={view}&{odd}").status_code in (200, 400)


# -- the API ---


def gathered(client: httpx.Client, path: str, **asked: Any) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    items: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        answer = client.get(path, params=asked | ({"cursor": after} if after else {})).json()
        items += answer["items"]
        after = answer["next"]
    return items


@pytest.mark.parametrize("limit", [1, 7, 500])
def test_a_cursor_leads_through_everything_once(client: httpx.Client, archive: Archive, limit: int) -> None:
    ids = [item["document"] for item in gathered(client, "/api/v1/documents", limit=limit)]
    assert sorted(ids) == sorted(record.id for record in archive.records())


@pytest.mark.parametrize("limit", [1, 4, 500])
def test_places_come_in_slices_too(client: httpx.Client, limit: int) -> None:
    saved = client.get("/search.json", params={"q": "ferries OR water"}).json()
    places = gathered(client, "/api/v1/hits", q="ferries OR water", limit=limit)
    assert [one["address"] for one in places] == [row["address"] for row in saved]


@pytest.mark.parametrize("path", ["documents", "search", "hits"])
@pytest.mark.parametrize("number", [-1, 10**9, 10**18, 10**30])
def test_a_cursor_from_nowhere_leads_nowhere(client: httpx.Client, path: str, number: int) -> None:
    made = cursor((number, number) if path == "hits" else number)
    answer = client.get(f"/api/v1/{path}", params={"q": "ferry", "cursor": made})
    assert answer.status_code in (200, 400)
    assert number < 0 or answer.status_code == 400 or not answer.json()["items"]


def test_the_api_says_what_the_page_says(client: httpx.Client) -> None:
    answer = client.get("/api/v1/search?q=ferry&limit=3").json()
    assert status(tree(client.get("/search?q=ferry"))).startswith(f"{answer['total']} documents")
    assert len(answer["items"]) == 3 and dict(answer["facets"]["language"])["en"] > 3
    assert client.get("/api/v1/stats").json()["documents"] > 50


def test_a_record_can_be_had(client: httpx.Client, letter: str) -> None:
    assert client.get(f"/api/v1/documents/{letter}").json() == client.get(f"/d/{letter}.json").json()
    assert client.get("/api/v1/documents/nothing").json()["error"]["status"] == 404


@pytest.mark.parametrize(
    "path",
    [
        "search?sort=best",
        "hits?cursor=%00",
        "documents?limit=501",
        "search?q=%22",
        "documents?since=May",
        "hits?cursor=WzEsMiwzXQ",
    ],
)
def test_the_api_explains_what_it_cannot_do(client: httpx.Client, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 400 and answer.json()["error"]["advice"]


# -- kept ---


def token(client: httpx.Client, path: str = "/search?q=ferry") -> str:
    return str(tree(client.get(path)).xpath("//form[@class='keep']/input[@name='token']/@value")[0])


def send(client: httpx.Client, path: str, site: str, **fields: str) -> httpx.Response:
    return client.post(path, data=fields, headers={"origin": site})


def test_a_search_is_kept_under_a_name_opened_and_forgotten(client: httpx.Client, site: str, archive: Archive) -> None:
    said = {
        "token": token(client),
        "your-name": "Ada",
        "name": "Ferries \u202e<b>",
        "address": "/search?q=ferry&lang=en",
    }
    assert send(client, "/search/keep", site, **said).headers["location"] == "/search?q=ferry&lang=en"
    (kept,) = archive.searches()
    assert (kept.by, kept.address) == ("Ada", "/search?q=ferry&lang=en")
    for path in ("/", "/search"):
        page = tree(client.get(path))
        assert page.xpath("//ul[@class='kept']//a/@href") == ["/search?q=ferry&lang=en"]
        assert not page.xpath("//ul[@class='kept']//b")
    assert client.get("/api/v1/searches").json()["items"][0]["by"] == "Ada"
    said = {"token": token(client), "number": str(kept.number), "next": "/search?q=ferry"}
    assert send(client, "/search/forget", site, **said).headers["location"] == "/search?q=ferry"
    assert archive.searches() == []


@pytest.mark.parametrize(
    ("path", "fields", "code"),
    [
        ("/search/keep", {"name": "x", "address": "//elsewhere.example/"}, 400),
        ("/search/keep", {"name": " ", "address": "/search"}, 400),
        ("/search/keep", {"name": "x" * 201, "address": "/search"}, 400),
        ("/search/forget", {"number": "x"}, 400),
        ("/search/forget", {"number": "999999"}, 404),
        ("/search/forget", {}, 400),
    ],
)
def test_what_cannot_be_kept_or_forgotten(
    client: httpx.Client, site: str, path: str, fields: dict[str, str], code: int
) -> None:
    said = fields | {"token": token(client), "your-name": "Ada"}
    assert send(client, path, site, **said).status_code == code


def test_nothing_is_kept_without_the_token_or_from_elsewhere(client: httpx.Client, site: str, archive: Archive) -> None:
    said = {"your-name": "Ada", "name": "x", "address": "/search"}
    assert send(client, "/search/keep", site, **said).status_code == 403
    assert send(client, "/search/keep", "http://elsewhere.example", token=token(client), **said).status_code == 403
    assert archive.searches() == []


# -- what stands ---


@pytest.mark.parametrize("facet", ["party", "publisher", "language", "genre", "act", "review"])
def test_a_facet_says_how_many_there_are(client: httpx.Client, facet: str) -> None:
    groups = tree(client.get("/search")).xpath(f"//section[@aria-labelledby='f-{facet}']//li[span]")
    assert groups
    for choice in groups[:5]:
        found = status(tree(client.get(choice.xpath("./a/@href")[0]))).split()[0]
        assert found == choice.xpath("./span[@class='count']")[0].text_content()


def test_a_speaker_and_a_voice_can_be_chosen(client: httpx.Client) -> None:
    page = tree(client.get("/search?q=ferries"))
    for facet in ("speaker", "voice"):
        address = page.xpath(f"//section[@aria-labelledby='f-{facet}']//li/a/@href")[0]
        assert f"{facet}=" in address
        chosen = tree(client.get(address))
        assert chosen.xpath(f"//section[@aria-labelledby='f-{facet}']//a[@aria-current]")


@pytest.mark.parametrize(("odd", "word"), [("act=shout", "claim"), ("review=maybe", "doubtful"), ("voice=loud", "own")])
def test_values_that_cannot_be_are_explained(client: httpx.Client, odd: str, word: str) -> None:
    answer = client.get(f"/search?{odd}")
    assert answer.status_code == 400 and word in answer.text
