"""The demo corpus' truth is consistent, and every word it names is in what is read from the files."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import get_args

import jsonschema
import pytest

from onrecord import Archive, demo, model
from onrecord.export import encode
from onrecord.text.dates import PartialDate

ROOT = Path(__file__).parent.parent.parent

TRUTHS = list(demo.truth())
IDS = [true["file"] for true in TRUTHS]
each = pytest.mark.parametrize("true", TRUTHS, ids=IDS)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[str, model.Record]:
    with Archive.open(tmp_path_factory.mktemp("demo") / "demo.onrecord", create=True) as archive:
        report = archive.build([demo.files()])
        assert report.added.failed == 0, report.added.notices
        return {record.capture.source: record for record in archive.records()}


def test_there_is_enough_of_every_kind() -> None:
    assert len(TRUTHS) >= 60
    assert {Path(name).suffix for name in IDS} == {".txt", ".html", ".pdf", ".docx", ".eml"}
    assert {part["tag"] for true in TRUTHS for part in true["languages"]} >= {"en", "ar", "fr", "es"}
    assert {true["genre"] for true in TRUTHS} == set(get_args(model.Genre))
    years = {date["value"][:4] for true in TRUTHS for date in true["dates"] if date["role"] == "issued"}
    assert years == {"2023", "2024"}


def test_each_document_has_its_own_file() -> None:
    there = {path.relative_to(demo.files()).as_posix() for path in demo.files().rglob("*") if path.is_file()}
    beside = {name for name in there if name.endswith(".meta.toml") or name == "manifest.csv"}
    assert sorted(IDS) == sorted(there - beside)
    assert Counter(IDS).most_common(1)[0][1] == 1


@each
def test_every_word_of_the_truth_is_in_the_rendition(true: demo.Truth, records: dict[str, model.Record]) -> None:
    record = records[true["file"]]
    carried = demo.resolve(true, record.text)
    assert len(carried["attributions"]) == len(true["attributions"])
    for before, after in zip(true["attributions"], carried["attributions"], strict=True):
        assert words(true["text"], before["content"]) == words(record.text, after["content"])


@each
def test_what_the_truth_refers_to_is_there(true: demo.Truth) -> None:
    entities = {entity["id"] for entity in true["entities"]}
    holders = {one["id"] for one in (*true["attributions"], *true["statements"])}
    assert {mention["entity"] for mention in true["mentions"]} == entities
    assert {act["in"] for act in true["acts"]} <= holders
    assert {a["parent"] for a in true["attributions"]} - {None} <= holders
    for act in true["acts"]:
        assert act["start"] <= act["cue"][0] < act["cue"][1] <= act["end"]
        assert act["act"] in get_args(model.Act)


@each
def test_a_nested_attribution_lies_in_its_parent(true: demo.Truth) -> None:
    contents = {a["id"]: a["content"] for a in true["attributions"]}
    for attribution in true["attributions"]:
        if attribution["parent"]:
            outer = contents[attribution["parent"]]
            start = attribution["content"][0][0]
            assert any(s <= start < e for s, e in outer), attribution


@each
def test_dates_are_dates_of_the_two_years(true: demo.Truth) -> None:
    for date in (date for date in true["dates"] if date["role"] != "effective"):
        low = PartialDate.parse(date["value"]).low
        assert low is not None
        assert low.year in (2023, 2024)


@each
def test_no_stage_fails_on_it(true: demo.Truth, records: dict[str, model.Record]) -> None:
    assert not [notice for notice in records[true["file"]].notices if notice.code == "fault"]


def words(text: str, spans: list[list[int]]) -> list[str]:
    return ["".join(sign for sign in text[s:e] if sign.isalnum()) for s, e in spans]


def test_every_record_is_of_the_published_schema(records: dict[str, model.Record]) -> None:
    schema = json.loads((ROOT / "docs/reference/record.schema.json").read_text("utf8"))
    validator = jsonschema.Draft202012Validator(schema)
    for record in records.values():
        assert not list(validator.iter_errors(json.loads(encode(record)))), record.capture.source


def test_no_two_of_the_corpus_are_taken_for_one(records: dict[str, model.Record]) -> None:
    """Look-alikes are planted: brigades and a force of one name, fronts with and without their General Command, …"""
    meant: dict[str, set[str]] = {}
    for true in TRUTHS:
        record = records[true["file"]]
        said = {(each.start, each.end): each.entity for each in record.mentions if not each.nominal}
        for mention in demo.resolve(true, record.text)["mentions"]:
            if entity := said.get((mention["start"], mention["end"])):
                meant.setdefault(entity, set()).add(mention["entity"])
    assert len(meant) > 100
    assert {entity: sorted(several) for entity, several in meant.items() if len(several) > 1} == {}


@each
def test_every_cue_is_the_verb_of_an_act(true: demo.Truth) -> None:
    for attribution in true["attributions"]:
        verbs = [act["cue"] for act in true["acts"] if act["in"] == attribution["id"]]
        assert not attribution["cue"] or meet(attribution["cue"], verbs)


@each
def test_slots_of_acts_are_words_of_the_text(true: demo.Truth) -> None:
    text = " ".join(true["text"].split()).casefold()
    for act in true["acts"]:
        assert act["modality"] in get_args(model.Modality)
        assert act["conditional"] == bool(act["condition"])
        for role in ("addressee", "target", "deadline", "condition", "intensity"):
            assert all(part.casefold() in text for part in (act[role] or "").split(" … ")), (role, act[role])


@each
def test_a_quantity_is_counted_by_the_attribution_it_stands_in(true: demo.Truth) -> None:
    contents = {a["id"]: a["content"] for a in true["attributions"]}
    statements = {one["id"] for one in true["statements"]}
    for counted in true["quantities"]:
        inside = {name for name, spans in contents.items() if any(s <= counted["start"] < e for s, e in spans)}
        assert counted["in"] in inside if inside else counted["in"] is None or counted["in"] in statements


def meet(one: list[list[int]], other: list[list[int]]) -> bool:
    return any(s < end and start < e for s, e in one for start, end in other)
