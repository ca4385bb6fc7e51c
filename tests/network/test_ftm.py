"""FollowTheMoney files, validated by the library itself where it is installed (`make test-ftm`; required in CI)."""

from __future__ import annotations

import importlib.util
import json
import os
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_network_exports import HOSTILE, hostile, written
from test_questions import asked

from onrecord.export.ftm import NAME, identifier, lifetime, plain

INSTALLED = importlib.util.find_spec("followthemoney") is not None
REQUIRED = os.environ.get("ONRECORD_FTM") == "required"
library = pytest.mark.skipif(not INSTALLED and not REQUIRED, reason="followthemoney is not installed: make test-ftm")


def entities(held: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in held.splitlines()]


def check(found: list[dict[str, Any]]) -> None:
    """Every schema, property, value and reference is one that the library takes as it stands."""
    from followthemoney import model  # type: ignore[import-not-found,unused-ignore]

    schemata = {each["id"]: model.get(each["schema"]) for each in found}
    assert len(schemata) == len(found), "an id is used twice"
    for each in found:
        schema = schemata[each["id"]]
        schema.validate(each)
        assert set(schema.required) <= set(each["properties"])
        for name, values in each["properties"].items():
            prop = schema.get(name)
            assert prop is not None, f"{schema.name} has no {name}"
            for value in values:
                assert len(value) <= prop.max_length
                assert prop.type.clean(value) == value, f"{schema.name}.{name} would be changed: {value!r}"
                assert prop.range is None or schemata[value].is_a(prop.range)


@library
def test_the_library_takes_the_network() -> None:
    found = entities(written(asked(), form="ftm"))
    check(found)
    assert {each["schema"] for each in found} == {
        "Document", "Documentation", "LegalEntity", "Mention", "Organization", "Person", "UnknownLink",
    }  # fmt: skip


@library
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_the_library_takes_hostile_names(name: str) -> None:
    check(entities(written(asked(hostile(name)), form="ftm")))


@library
@example("\ufa15")
@given(st.text(max_size=40))
def test_the_library_takes_any_name(name: str) -> None:
    check(entities(written(asked(hostile(name or "x")), form="ftm")))


def test_every_link_is_proven_by_documents() -> None:
    found = entities(written(asked(), form="ftm"))
    documents = {each["id"] for each in found if each["schema"] == "Document"}
    links = [each["properties"] for each in found if each["schema"] == "UnknownLink"]
    assert len(links) == len(asked().pairs().pairs)
    for link in links:
        assert set(link["proof"]) <= documents
        assert link["recordId"] and all(key.partition("/")[0] in link["proof"] for key in link["recordId"])
        assert len(link["description"]) == len(link["recordId"])
    [union_and_council] = [link for link in links if link["subject"] + link["object"] == ["e1", "e2"]]
    assert (union_and_council["startDate"], union_and_council["endDate"]) == (["2023-05-03"], ["2024-09-09"])
    assert union_and_council["date"] == ["2023-05-03", "2024-02", "2024-09-09"]


@pytest.mark.parametrize(
    ("issued", "start", "end"),
    [
        (None, [], []),
        ("2024", ["2024"], ["2024"]),
        ("2024-05", ["2024-05"], ["2024-05"]),
        ("2024-05-03?", ["2024-05-03"], ["2024-05-03"]),
        ("2024-05/2024-06", ["2024-05-01"], ["2024-06-30"]),
        ("2024-05-03/..", ["2024-05-03"], []),
        ("no date", [], []),
    ],
)
def test_a_date_is_a_prefix_or_two_ends(issued: str | None, start: list[str], end: list[str]) -> None:
    assert lifetime(issued) == (start, end)


def test_ids_and_names_keep_to_the_limits() -> None:
    assert identifier("e12ab") == "e12ab"
    assert identifier("a/b") != identifier("a_b")
    assert len(identifier("\udc80" * 10_000)) == 41
    assert plain("a\u202e b\x00\n c", NAME) == ["a b c"]
    assert plain("\u200b", NAME) == plain("...", NAME) == plain(None, NAME) == []
    [cut] = plain("x" * 10_000, NAME)
    assert len(cut) == NAME and cut.endswith("…")
