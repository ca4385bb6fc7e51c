"""Web annotations: each selector leads to its words, each id stays, each fact has its maker."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from made_records import annotations, documents

from onrecord.archive import Archive
from onrecord.export import record, webannotation, write
from onrecord.model import Annotations, Document, Record, Span

LETTER = "Harbour Union\n\n🚢 We will not sign, said Anna Brandt on 3 May 2024. Brandt and 40 dockers demand the quay."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("annotations")
    (folder / "letter.txt").write_text(LETTER, "utf8")
    (folder / "other.txt").write_text("Orsk, 2 May 2024\n\n“We will stay,” the Harbour Union said.", "utf8")
    with Archive.open(folder / "a.onrecord", create=True) as built:
        built.build([folder / "letter.txt", folder / "other.txt"])
        yield built


def letter(archive: Archive) -> Record:
    return next(one for one in archive.records() if one.text == LETTER)


def selectors(items: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for item in items:
        for target in item["target"] if isinstance(item["target"], list) else []:
            yield target["selector"]


def check(one: Record, items: list[dict[str, Any]]) -> None:
    """What the model demands of every annotation, and that every selector resolves."""
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert item["type"] == "Annotation" and item["body"] and item["target"]
        assert item["id"].startswith(f"/d/{one.id}") and "#" in item["id"]
    for position, quote in selectors(items):
        start, end = position["start"], position["end"]
        assert one.text[start:end] == quote["exact"] != ""
        assert one.text[max(0, start - 32) : start] == quote["prefix"] and one.text[end : end + 32] == quote["suffix"]


def test_every_selector_resolves_to_its_words(archive: Archive) -> None:
    one = letter(archive)
    items = list(webannotation.annotated(one))
    check(one, items)
    kinds = {item["id"].split("#")[1].split("-")[0] for item in items}
    assert {"segment", "date", "attribution", "act", "mention", "time", "quantity", "party"} & kinds >= {
        "date", "attribution", "mention", "time", "quantity",
    }  # fmt: skip
    (said,) = [item for item in items if item["id"].endswith("#attribution")]
    words = "We will not sign"
    start = LETTER.index(words)
    assert said["target"][0]["selector"][0] == {
        "type": "TextPositionSelector", "start": start, "end": start + len(words),
    }  # fmt: skip
    assert webannotation.said("identifying", "Anna Brandt") in said["body"]
    assert said["creator"]["type"] == "Software"


@settings(max_examples=60)
@given(documents, annotations)
def test_any_record_gives_annotations_that_resolve(document: Document, facts: Annotations) -> None:
    one = record(document, facts)
    inside = all(
        0 <= span.start <= span.end <= len(one.text)
        for _, findings in webannotation.KINDS.values()
        for finding in findings(one)
        for span in finding.spans
    )
    items = list(webannotation.annotated(one))
    if inside:
        check(one, items)
    assert len({item["id"] for item in items}) == len(items)


def test_what_a_person_decided_is_theirs(archive: Archive) -> None:
    one = letter(archive)
    (fact,) = one.attributions
    judgement = archive.judge(archive.subject_of(one, "attributions", fact), "correct", by="Ana Tor")
    lost = archive.judge(archive.subject_of(one, "times", one.times[0]), "wrong", by="Ana Tor")
    decided = archive.judged(one.id)[1]
    items = list(webannotation.annotated(archive.record(one.id), decided))
    people = [item for item in items if item["creator"]["type"] == "Person"]
    assert [(item["id"].split("#")[1], item["creator"]["name"], item["created"]) for item in people] == [
        ("attribution", "Ana Tor", judgement.at)
    ]
    assert people[0]["generator"]["type"] == "Software"
    for each in (judgement, lost):
        archive.withdraw(each.id, by="Ana Tor")
    assert archive.judged(one.id)[1] == {}


def test_a_judgement_keeps_to_its_fact_where_one_before_it_is_taken_away(archive: Archive) -> None:
    one = letter(archive)
    first, *_, last = one.mentions
    made = [
        archive.judge(archive.subject_of(one, "mentions", first), "wrong", by="Ana Tor"),
        archive.judge(archive.subject_of(one, "mentions", last), "correct", by="Bo Lind"),
    ]
    found = archive.judged(one.id)[1]
    after = archive.record(one.id).mentions
    assert [(after[index].start, each.by) for (_, index), each in found.items()] == [(last.start, "Bo Lind")]
    for each in made:
        archive.withdraw(each.id, by="Ana Tor")


def test_one_document_is_a_collection_of_one_page(archive: Archive) -> None:
    one = letter(archive)
    whole = json.loads(webannotation.collection(one))
    assert whole["type"] == "AnnotationCollection" and whole["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert whole["id"] == f"/d/{one.id}/annotations.jsonld" == whole["first"]["partOf"]
    assert whole["total"] == len(whole["first"]["items"]) > 5


def test_an_archive_is_one_graph_of_pages_a_line_a_page(archive: Archive, tmp_path: Path) -> None:
    lines = b"".join(archive.exported("webannotation")).splitlines()
    *pages, whole = json.loads(b"\n".join(lines))["@graph"]
    assert [page["type"] for page in pages] == ["AnnotationPage"] * 2
    assert whole["total"] == sum(len(page["items"]) for page in pages)
    assert pages[1]["startIndex"] == len(pages[0]["items"])
    assert (whole["first"], pages[0]["next"], whole["last"]) == (pages[0]["id"], pages[1]["id"], pages[1]["id"])
    assert json.loads(lines[2].rstrip(b","))["id"] == pages[0]["id"]


def test_an_empty_archive_is_an_empty_collection() -> None:
    (whole,) = json.loads(b"".join(write([], "webannotation")))["@graph"]
    assert whole["total"] == 0 and "first" not in whole


def test_words_in_parts_are_several_targets(archive: Archive) -> None:
    one = letter(archive)
    target = webannotation._targets(one, (Span(0, 7), Span(8, 13)))
    assert [each["selector"][1]["exact"] for each in target] == ["Harbour", "Union"]
