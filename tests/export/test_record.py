"""The record: what is written validates, comes back equal, and has the form that it promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from made_records import annotations, documents

from onrecord.export import decode, encode, record, schema
from onrecord.model import (
    Annotations,
    Attribution,
    Capture,
    Cue,
    DateFact,
    Document,
    Entity,
    Notice,
    Record,
    Rendition,
    Source,
    Span,
    SpeechAct,
    TimeExpression,
    Title,
    Voice,
)
from onrecord.text.dates import PartialDate

REFERENCE = Path(__file__).parents[2] / "docs/reference"
PUBLISHED = json.loads((REFERENCE / "record.schema.json").read_text("utf8"))
VALIDATOR = Draft202012Validator(PUBLISHED)
TEXT = "Harbour Union\n\nWe will not sign, the union said on 3 May 2024."


def notice(**more: Any) -> Document:
    return Document(
        id="d1f2",
        capture=Capture(
            digest="sha256:" + "0" * 64,
            size=63,
            media_type="text/plain",
            source="notice.txt",
            captured_at="2026-11-21T04:00:00Z",
        ),
        text=TEXT,
        rendition=Rendition("plain", "1"),
        **more,
    )


def where(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


UNION, SAID, CONTENT, DAY = map(where, ("the union", "said", "We will not sign", "3 May 2024"))
FACTS = Annotations(
    title=Title("Harbour Union", (Span(0, 13),)),
    entities=(Entity("e1", "Harbour Union", "organization", ("Harbour Union",)),),
    times=(TimeExpression(*DAY, "date", "2024-05-03", None, "day-month-year"),),
    attributions=(
        Attribution(
            "a1",
            "indirect",
            Source((UNION,), "e1"),
            Cue((SAID,)),
            Cue((CONTENT,)),
            None,
            (Voice("speaker", "Harbour Union", "e1"),),
            "said-after",
            0.9,
        ),
    ),
    acts=(
        SpeechAct(
            id="s1",
            start=15,
            end=31,
            act="refuse",
            cue=where("sign"),
            within="a1",
            by="e1",
            negated=True,
            plover="REJECT",
        ),
    ),
)
EXAMPLE = {
    "text": TEXT,
    "attributions": [
        {
            "id": "a1",
            "kind": "indirect",
            "source": {"spans": [[33, 42]], "entity": "e1"},
            "cue": {"spans": [[43, 47]]},
            "content": {"spans": [[15, 31]]},
            "parent": None,
            "voices": [{"role": "speaker", "name": "Harbour Union", "entity": "e1"}],
        }
    ],
    "acts": [
        {
            "id": "s1",
            "start": 15,
            "end": 31,
            "act": "refuse",
            "in": "a1",
            "by": "e1",
            "negated": True,
            "plover": "REJECT",
        }
    ],
    "times": [{"start": 51, "end": 61, "type": "date", "value": "2024-05-03", "rule": "day-month-year"}],
}


def within(part: Any, whole: Any) -> bool:
    """Whether everything in `part` stands in `whole`, which may hold further keys."""
    if isinstance(part, dict):
        return all(key in whole and within(value, whole[key]) for key, value in part.items())
    if isinstance(part, list):
        return len(part) == len(whole) and all(map(within, part, whole))
    return bool(part == whole)


def test_the_example_of_the_reference_has_this_form() -> None:
    written = json.loads(encode(record(notice(), FACTS)))
    assert within(EXAMPLE, written)
    assert not within({"acts": []}, written)


@given(documents, annotations)
def test_every_record_validates_and_comes_back_equal(document: Document, facts: Annotations) -> None:
    made = record(document, facts)
    line = encode(made)
    assert b"\n" not in line
    VALIDATOR.validate(json.loads(line))
    assert decode(line) == made


def test_the_published_schema_is_the_one_of_the_types() -> None:
    assert schema() == PUBLISHED, "the types have changed: write the text of export.schema.page() to the file again"
    Draft202012Validator.check_schema(PUBLISHED)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({"languages": [{"tag": "en", "start": -1, "end": 4}]}, "minimum"),
        ({"title": {"text": "x", "spans": [[1, 2, 3]]}}, "maxItems"),
        ({"title": {"text": "x", "spans": [[-1, 2]]}}, "minimum"),
        ({"genre": "rumour"}, "enum"),
        ({"dates": [{"role": "issued", "value": "3 May", "spans": [], "rule": "r", "confidence": 0.5}]}, "pattern"),
        ({"dates": [{"role": "issued", "value": "2024", "spans": [], "rule": "r", "confidence": 1.5}]}, "maximum"),
        ({"id": "a/b"}, "pattern"),
    ],
)
def test_what_cannot_be_does_not_validate(broken: dict[str, Any], says: str) -> None:
    written = json.loads(encode(record(notice(), FACTS))) | broken
    errors = [inner for error in VALIDATOR.iter_errors(written) for inner in (error, *error.context)]
    assert says in {error.validator for error in errors}


@pytest.mark.parametrize("key", list(Record.__struct_fields__))
def test_each_key_must_be_there(key: str) -> None:
    written = json.loads(encode(record(notice(), FACTS)))
    del written[key]
    assert not VALIDATOR.is_valid(written)


@pytest.mark.parametrize(
    "text", ["2024-10-07T14:30Z", "19XX", "2024-XX", "2024-10-XX", "/2024", "../2024-10~", "2024-Q3%"]
)
def test_the_date_pattern_allows_what_can_be_read(text: str) -> None:
    value = PartialDate.parse(text).text
    facts = Annotations(dates=(DateFact("issued", value, (), "given", 1.0),))
    assert VALIDATOR.is_valid(json.loads(encode(record(notice(), facts))))


def test_what_a_capture_does_not_know_is_left_out() -> None:
    assert json.loads(encode(record(notice(), FACTS)))["capture"].keys() == {
        "digest",
        "size",
        "media_type",
        "source",
        "captured_at",
    }


def test_what_a_person_said_stands_before_what_the_format_says() -> None:
    document = notice(publisher="Quay Herald", published="2024-05")
    assert record(document, FACTS).capture.publisher == "Quay Herald"
    said = msgspec.structs.replace(document.capture, publisher="River Post")
    capture = record(msgspec.structs.replace(document, capture=said), FACTS).capture
    assert (capture.publisher, capture.published) == ("River Post", "2024-05")


def test_notices_of_the_extraction_come_first() -> None:
    first, second = Notice("render", "cut", "cut"), Notice("quotes", "unclosed", "unclosed")
    made = record(notice(notices=(first,)), Annotations(notices=(second,)))
    assert made.notices == (first, second)
