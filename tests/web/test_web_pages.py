# ruff: noqa: E501 - cases stay in one piece
"""The pages over a real server: what they hold, where their links lead, and what wrong addresses get."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import quote

import httpx
import msgspec
import pytest
import web_pile as pile
import web_samples as samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as parsed_html

from onrecord.archive import Archive
from onrecord.model import Record
from onrecord.web.paragraphs import paragraphs


def tree(answer: httpx.Response) -> parsed_html.HtmlElement:
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return parsed_html.document_fromstring(answer.text)


def links(page: parsed_html.HtmlElement) -> set[str]:
    return {str(link) for link in page.xpath("//a/@href")}


def test_every_link_of_every_kind_of_page_leads_somewhere(client: httpx.Client, letter: str) -> None:
    seen: set[str] = set()
    for start in ("/", "/search?q=ferry", f"/d/{letter}"):
        for link in sorted(links(tree(client.get(start)))):
            address = link.split("#")[0]
            if address.startswith("/") and address not in seen:
                seen.add(address)
                assert client.get(address, follow_redirects=True).status_code == 200, link
    assert len(seen) > 20


def test_each_bar_finds_as_many_documents_as_it_says(client: httpx.Client) -> None:
    rows = tree(client.get("/")).xpath("//table//tr[starts-with(th/a/@href, '/search')]")
    assert rows
    for row in rows:
        found = tree(client.get(row.xpath("./th/a/@href")[0])).xpath("//p[@role='status']")[0].text_content()
        assert found.split()[0] == row.xpath("./td[contains(@class, 'number')]")[0].text_content(), found


def test_the_start_page_names_what_could_not_be_read_and_offers_the_original(client: httpx.Client) -> None:
    (trouble,) = tree(client.get("/")).xpath("//article[@class='trouble'][contains(., 'broken.pdf')]")
    assert "not read" in trouble.xpath("./h3")[0].text_content()
    assert "Get it again" in trouble.xpath("./p")[0].text_content()
    (failed,) = trouble.xpath(".//li")
    original = client.get(failed.xpath(".//a[@download]/@href")[0])
    assert original.content.startswith(b"%PDF-1.7\nnothing")


def test_a_hit_leads_to_its_words(client: httpx.Client, letter: str) -> None:
    page = tree(client.get("/search", params={"q": '"night ferries"'}))
    address = page.xpath("//ul[@class='kwic']//a/@href")[0]
    assert page.xpath("//ul[@class='kwic']//b")[0].text_content().lower() == "night ferries"
    answer = client.get(address)
    start, end = address.rsplit("/", 1)[1].split("-")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/d/{letter}?at={start}-{end}#at"
    shown = tree(client.get(answer.headers["location"]))
    assert "".join(mark.text_content() for mark in shown.xpath("//mark")) == "night ferries"
    assert len(shown.xpath("//*[@id='at']")) == 1


def test_results_come_in_pages(client: httpx.Client) -> None:
    seen: list[str] = []
    address = "/search?q=quay&sort=newest"
    while address:
        page = tree(client.get(address))
        seen += page.xpath("//h3/a/@href")
        following = page.xpath("//a[@rel='next']/@href")
        address = following[0] if following else ""
    assert len(seen) == len(set(seen)) == pile.NOTES + 1
    assert client.get("/search?q=quay&page=4").status_code == 404


def test_filters_narrow_and_can_be_taken_out(client: httpx.Client) -> None:
    page = tree(client.get("/search?lang=ar"))
    assert page.xpath("//p[@role='status']")[0].text_content().startswith("1 document")
    removing = page.xpath("//ul[@class='chosen']//a/@href")
    assert removing == ["/search"]
    assert page.xpath("//input[@type='hidden'][@name='lang']/@value")


def test_a_search_can_ask_who_says_the_words(client: httpx.Client) -> None:
    def status(**said: str) -> str:
        return " ".join(tree(client.get("/search", params=said)).xpath("//p[@role='status']")[0].text_content().split())

    assert status(q='"night ferries"', voice="direct", speaker="mara lindqvist", lang="en") == (
        "1 document with this in direct speech by mara lindqvist, narrowed to what is chosen."
    )
    assert status(q='"night ferries"', voice="own", lang="en").startswith("0 documents with this in the document’s own")
    page = tree(client.get("/search", params={"q": "ferries", "voice": "direct", "speaker": "Mara Lindqvist"}))
    assert page.xpath("//section[@aria-labelledby='f-voice']//a[@aria-current]/bdi/text()") == ["quoted words"]
    assert page.xpath("//input[@name='speaker'][@type='text' or not(@type)]/@value") == ["Mara Lindqvist"]
    assert page.xpath("//ul[@class='chosen']//a/@href") == ["/search?q=ferries"]
    refused = client.get("/search", params={"voice": "own", "speaker": "Mara Lindqvist"})
    assert refused.status_code == 400 and "own voice" in refused.text


@pytest.mark.parametrize("query", ['"', "(", "AND", "a AND", "*", "a OR", '"" ""', "NOT", ")" * 300, "😀", "\x00"])
def test_odd_queries_are_answered_or_explained(client: httpx.Client, query: str) -> None:
    answer = client.get("/search", params={"q": query})
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert "How to ask" in answer.text
        assert tree(answer).xpath("//p[contains(@class, 'help')]")[0].text_content().strip()


def test_the_reader_holds_every_paragraph_exactly(client: httpx.Client, archive: Archive) -> None:
    for record in list(archive.records())[:12]:
        page = tree(client.get(f"/d/{record.id}"))
        for number, part in enumerate(paragraphs(record.text), 1):
            row = page.get_element_by_id(f"p{number}")
            # lxml reads control characters as nothing; the browser's own reading is compared in tests/browser.
            words = "".join(row.xpath("./p")[0].itertext()).replace("\x07", "")
            assert words == record.text[part.start : part.end].replace("\x07", "")


def test_right_to_left_is_laid_out_so(client: httpx.Client, archive: Archive) -> None:
    page = tree(client.get(f"/d/{pile.named(archive, 'معبر.txt')}"))
    article = page.xpath("//article")[0]
    assert (article.get("dir"), article.xpath("./header/@lang")) == ("rtl", ["ar"])
    assert set(page.xpath("//div[@class='text']/div/p/@dir")) >= {"rtl"}


def test_the_record_and_the_text_can_be_had(client: httpx.Client, archive: Archive, letter: str) -> None:
    answer = client.get(f"/d/{letter}.json")
    assert answer.headers["content-type"] == "application/json"
    assert msgspec.json.decode(answer.content, type=Record) == archive.record(letter)
    text = client.get(f"/d/{letter}.txt")
    assert (text.headers["content-type"], text.text) == ("text/plain; charset=utf-8", samples.ENGLISH)


def test_originals_are_handed_out_to_be_saved_never_shown(client: httpx.Client, archive: Archive) -> None:
    record = archive.record(pile.named(archive, "page.html"))
    digest = record.capture.digest.removeprefix("sha256:")
    answer = client.get(f"/o/{digest}?d={record.id}")
    assert sha256(answer.content).hexdigest() == digest
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="page.html"'
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_member_leads_to_its_container(client: httpx.Client, archive: Archive) -> None:
    inner = pile.named(archive, "minutes.txt")
    address = next(link for link in links(tree(client.get(f"/d/{inner}"))) if link.startswith("/o/"))
    answer = client.get(address)
    assert answer.headers["content-disposition"] == 'attachment; filename="box.zip"'
    assert answer.content.startswith(b"PK")


def test_a_file_name_cannot_break_out_of_its_header(client: httpx.Client, archive: Archive, hostile: str) -> None:
    digest = archive.record(hostile).capture.digest.removeprefix("sha256:")
    header = client.get(f"/o/{digest}?d={hostile}").headers["content-disposition"]
    assert header.startswith("attachment; filename*=utf-8''x%20_b%20onclick")


def test_nothing_in_a_document_becomes_markup(client: httpx.Client, hostile: str, archive: Archive) -> None:
    odd = (hostile, pile.named(archive, "page.html"))
    for address in ("/", "/search?q=members", f"/search?q={quote(pile.HOSTILE_NAME)}", *(f"/d/{name}" for name in odd)):
        page = tree(client.get(address))
        assert page.xpath("//script/@src") and not page.xpath(
            "//script[not(@src)] | //style | //img | //b[@onclick] | //svg//script"
        )
        assert not page.xpath("//@*[starts-with(name(), 'on')] | //@style")
        assert not [link for link in links(page) if not link.startswith(("/", "#"))]


def test_only_addresses_of_the_web_become_links(client: httpx.Client, hostile: str) -> None:
    page = tree(client.get(f"/d/{hostile}"))
    assert page.xpath("//dd[contains(., 'javascript:alert(1)')]")
    assert not page.xpath("//a[contains(@href, 'javascript')]")


def test_directions_that_mislead_are_labelled(client: httpx.Client, hostile: str) -> None:
    labels = tree(client.get(f"/d/{hostile}")).xpath("//div[@class='text']//bdi[@class='u']/@data-u")
    assert labels == ["RLO", "PDF", "RLI", "PDI", "07"]


KINDS = [
    "/",
    "/search?q=ferry",
    "/search",
    '/search?q="',
    "/search?q=nothinglikeit",
    "/nope",
    "/d/LETTER",
    "/d/HOSTILE",
]


@pytest.mark.parametrize("path", KINDS)
def test_pages_have_the_bones_that_a_screen_reader_needs(
    client: httpx.Client, letter: str, hostile: str, path: str
) -> None:
    page = tree(client.get(path.replace("LETTER", letter).replace("HOSTILE", hostile)))
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), levels
    assert page.xpath("//html/@lang") == ["en"] and page.xpath("//title")[0].text_content().endswith("onrecord")
    assert len(page.xpath("//main")) == len(page.xpath("//header[@class='top']")) == len(page.xpath("//footer")) == 1
    for field in page.xpath("//input[not(@type='hidden')] | //select"):
        assert page.xpath(f"//label[@for='{field.get('id')}']") or field.xpath("ancestor::label"), field.get("id")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for link in page.xpath("//a"):
        assert link.text_content().strip() or link.get("aria-label"), link.get("href")
    assert {page.xpath(f"boolean(//*[@id='{target[1:]}'])") for target in links(page) if target.startswith("#")} == {
        True
    }


GONE = "0" * 64


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nope", 404), ("/d/", 404), ("/d/d0000", 404), ("/d/..%2f..%2fetc%2fpasswd", 404), ("/d/%00", 404), ("/d/a%20b", 404),
        ("/d/" + "d" * 400, 404), ("/d/d0000.json", 404), ("/d/d0000.txt", 404), ("/d/d0000/1-2", 404), ("/d/é", 404),
        ("/o/" + GONE, 404), ("/o/sha256:" + GONE, 404), ("/o/..%2f..%2fonrecord.sqlite", 404), ("/o/ab", 404), ("/o/" + "A" * 64, 404),
        ("/static/../app.py", 404), ("/static/%2e%2e%2fapp.py", 404), ("/static/nope.css", 404), ("/docs", 404), ("/openapi.json", 404), ("/redoc", 404),
        ("/search?page=0", 400), ("/search?page=10000000000000000000000", 400), ("/search?page=501", 400), ("/search?page=500", 404),
        ("/search?page=x", 400), ("/search?sort=x", 400), ("/search?since=yesterday", 400), ("/search?until=2024-99-99", 400), ("/search?since=2024-02-31", 400),
        ("/search?lang=%ff%fe", 200), ("/search?party=nobody", 200), ("/search?q=%ff", 400), ("/search/", 404),
    ],
)  # fmt: skip
def test_wrong_addresses_get_a_page_in_kind_words(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert tree(answer).xpath("//h1")[0].text_content().strip()
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("span", "status"),
    [
        ("0-1", 302), ("5-5", 404), ("9-3", 404), ("0-99999999", 404), ("x", 400), ("1-", 400), ("-1-2", 400), ("1-2-3", 400), ("²-³", 400),
        ("1" * 40 + "-2", 400),
    ],
)  # fmt: skip
def test_passages_that_cannot_be(client: httpx.Client, letter: str, span: str, status: int) -> None:
    assert client.get(f"/d/{letter}/{span}").status_code == status
    assert client.get(f"/d/{letter}", params={"at": span}).status_code == (200 if status == 302 else status)


PATHS = st.sampled_from(
    ["/", "/search", "/d/LETTER", "/d/LETTER.json", "/d/LETTER/1-2", "/o/" + GONE, "/static/onrecord.css", "/d/x"]
)
NAMES = st.sampled_from(
    ["q", "speaker", "voice", "lang", "genre", "publisher", "party", "since", "until", "sort", "page", "at", "d", "v"]
)
VALUES = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.sampled_from(["1-2", "2024", "newest", "direct", "own", "3", "-1", "e1", '"']))  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=PATHS, said=st.lists(st.tuples(NAMES, VALUES), max_size=4))
def test_no_parameters_break_a_page(client: httpx.Client, letter: str, path: str, said: list[tuple[str, str]]) -> None:
    answer = client.get(path.replace("LETTER", letter), params=said)
    assert answer.status_code in (200, 302, 400, 404)
