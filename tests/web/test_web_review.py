"""Review and the ledger over the wire: the API, what a form and JSON may say, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import web_pile as pile
from lxml import html as parsed_html

from onrecord.archive import Archive

ONE = "Marn, 3 May 2024\n\n“We will not sign the paper,” said Tomas Okell. The market was shut. “Not now,” he added.\n"
TWO = "Marn, 4 May 2024\n\n“The quay is shut,” said Thomas Okel. The boats stayed where they were.\n"
SAID = "We will not sign the paper"


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("review")
    for name, text in (("one.txt", ONE), ("two.txt", TWO)):
        (folder / name).write_text(text, "utf8")
    with Archive.open(folder / "own.onrecord", create=True) as archive:
        archive.build([folder / "one.txt", folder / "two.txt"])
        yield archive


@pytest.fixture
def door(own: Archive) -> Iterator[httpx.Client]:
    """A browser in which Ana Tor decides."""
    with pile.served(own) as address, httpx.Client(base_url=address, headers={"origin": address}) as client:
        page = parsed_html.document_fromstring(client.get("/name").text)
        token = str(page.xpath("//input[@name='token']/@value")[0])
        client.post("/name", data={"token": token, "your-name": "Ana Tor", "next": "/"})
        client.headers["x-csrf-token"] = token
        yield client


def letter(archive: Archive) -> str:
    return next(record.id for record in archive.records() if record.capture.source.endswith("one.txt"))


def fact(archive: Archive, **more: Any) -> dict[str, Any]:
    """The first quotation, as a decision names it."""
    [found] = [
        each for each in archive.record(letter(archive)).attributions if each.content.spans[0].of(ONE)[:2] == "We"
    ]
    span = found.content.spans[0]
    return {"kind": "attributions", "document": letter(archive), "start": span.start, "end": span.end, **more}


def test_questions_come_in_slices_and_each_has_its_card(door: httpx.Client) -> None:
    every, cursor = [], None
    while True:
        found = door.get(
            "/api/v1/review/questions", params={"limit": 1} | ({"cursor": cursor} if cursor else {})
        ).json()
        every += found["items"]
        cursor = found["next"]
        if cursor is None:
            break
    assert len({each["key"] for each in every}) == len(every) > 1
    assert {each["kind"] for each in every} >= {"party"}
    for each in every:
        card = door.get(f"/api/v1/review/questions/{each['key']}").json()
        assert card["key"] == each["key"]
        for passage in card["passages"]:
            assert all(passage["start"] <= mark["start"] < mark["end"] <= passage["end"] for mark in passage["marks"])


def test_all_facts_of_a_document_are_gone_through_in_the_order_of_the_text(door: httpx.Client, own: Archive) -> None:
    asked = {"document": letter(own), "every": "true"}
    found = door.get("/api/v1/review/questions", params=asked).json()["items"]
    assert [each["start"] for each in found] == sorted(each["start"] for each in found)
    assert sum(each["kind"] == "speaker" for each in found) == len(own.record(letter(own)).attributions)


def test_a_decision_is_entered_listed_and_taken_back(door: httpx.Client, own: Archive) -> None:
    entered = door.post("/api/v1/judgements", json=fact(own, verdict="wrong", note="A misprint")).json()
    assert (entered["by"], entered["verdict"], entered["note"]) == ("Ana Tor", "wrong", "A misprint")
    assert SAID not in {each.content.spans[0].of(ONE) for each in own.record(letter(own)).attributions}
    [listed] = door.get("/api/v1/judgements").json()["items"]
    assert (listed["id"], listed["state"], listed["words"]) == (entered["id"], "stands", SAID + ",")
    taken = door.post(f"/api/v1/judgements/{entered['id']}/withdraw").json()
    assert taken["withdrawn_by"] == "Ana Tor"
    assert door.get("/api/v1/judgements?state=standing").json()["items"] == []


def test_an_answer_is_a_judgement(door: httpx.Client, own: Archive) -> None:
    key = door.get("/api/v1/review/questions?kind=party").json()["items"][0]["key"]
    said = door.post(f"/api/v1/review/questions/{key}", json={"said": "wrong"}).json()
    assert (said["verdict"], said["subject"]["kind"]) == ("different", "entities")
    assert door.get("/api/v1/review/questions?kind=party").json()["items"] == []
    again = door.post(f"/api/v1/review/questions/{key}", json={"said": "corrected"})
    assert again.status_code == 400 and "advice" in again.json()["error"]


def test_two_who_disagree_come_first_and_have_an_agreement(door: httpx.Client, own: Archive) -> None:
    doubted = door.get("/api/v1/review/questions").json()["items"]
    facts = [each for each in doubted if each["kind"] != "party"]
    last = facts[-1]["key"]
    from onrecord.workbench.review_answer import Answer

    own.answer(last, Answer("right"), by="Ana Tor")
    own.answer(last, Answer("wrong"), by="Bo Lind")
    first = door.get("/api/v1/review/questions").json()["items"][0]
    assert (first["key"], first["state"]) == (last, "disputed")
    [found] = door.get("/api/v1/agreement").json()["kinds"]
    assert (found["units"], found["people"]) == (1, 2) and found["alpha"] == 0.0


def test_what_was_missed_is_added_as_json(door: httpx.Client, own: Archive) -> None:
    start = ONE.index("The market was shut")
    missed = {"kind": "attributions", "start": start, "end": start + 19, "value": {"kind": "indirect", "source": None}}
    made = door.post(f"/d/{letter(own)}/add", json=missed)
    assert made.status_code == 201 and made.json()["verdict"] == "add"
    assert "The market was shut" in {each.content.spans[0].of(ONE) for each in own.record(letter(own)).attributions}
    judged = door.get(f"/d/{letter(own)}/{start}-{start + 19}/judge?kind=attributions")
    assert judged.status_code == 302 and "speaker." in judged.headers["location"]
    assert door.get(judged.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/judgements", {"kind": "attributions", "verdict": "wrong"}),
        ("/api/v1/judgements", {"kind": "entities", "verdict": "same", "entities": ["nobody", "nothing"]}),
        ("/api/v1/judgements", {"kind": "colours", "verdict": "wrong", "document": "d", "start": 0, "end": 1}),
        ("/api/v1/judgements", {"verdict": "sung"}),
        ("/api/v1/judgements", []),
        ("/api/v1/review/questions/speaker.d1.0-4", {"said": "right"}),
        ("/api/v1/review/questions/nothing", {"said": "right"}),
        ("/api/v1/judgements/j0/withdraw", {}),
        ("/d/d1/add", {"kind": "dates", "start": 0, "end": 3, "value": {}}),
    ],
)
def test_what_cannot_be_said_is_told(door: httpx.Client, own: Archive, path: str, body: Any) -> None:
    answer = door.post(path, json=body)
    assert 400 <= answer.status_code < 500
    assert own.judgements() == []


@pytest.mark.parametrize(
    "path",
    [
        "/review?at=nothing", "/review?kind=colours", "/review?at=speaker.d1.0-4", "/review?at=party.e1.e2",
        "/d/d1/0-4/add", "/ledger/j0/withdraw",
    ],
)  # fmt: skip
def test_a_wrong_address_is_told(door: httpx.Client, path: str) -> None:
    assert door.get(path).status_code in (400, 404, 405)


def test_nothing_is_written_without_the_token(door: httpx.Client, own: Archive) -> None:
    del door.headers["x-csrf-token"]
    assert door.post("/api/v1/judgements", json=fact(own, verdict="wrong")).status_code == 403
    assert door.post("/review", data={"key": "x", "said": "right"}).status_code == 403
    assert own.judgements() == []


def test_words_of_documents_are_no_markup(door: httpx.Client, own: Archive) -> None:
    own.judge(own.subject_at(**place(own)), "correct", by="<b>Bo</b>", note="<script>1</script>")
    for path in (
        "/ledger",
        "/review?at=speaker." + ".".join(map(str, place(own).values())).replace("attributions.", ""),
    ):
        text = door.get(path).text
        assert "<b>Bo</b>" not in text and "<script>1" not in text


def place(archive: Archive) -> dict[str, str]:
    found = fact(archive)
    return {"document": found["document"], "kind": found["kind"], "place": f"{found['start']}-{found['end']}"}


def test_the_description_says_what_may_be_sent(door: httpx.Client) -> None:
    paths = door.get("/api/v1/openapi.json").json()["paths"]
    assert "requestBody" in paths["/api/v1/judgements"]["post"]
    assert "requestBody" in paths["/api/v1/review/questions/{key}"]["post"]
