"""The reference of the record says something of every field, and shows an example that is true."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from onrecord.export import schema
from onrecord.export.tables import TABLES

PAGE = (Path(__file__).parents[2] / "docs/reference/record.md").read_text("utf8")
SCHEMA = schema()
TYPES = {"Record": SCHEMA} | {name: part for name, part in SCHEMA["$defs"].items() if "properties" in part}


def section(heading: str) -> str:
    """The part of the page below a heading of the second or third level, up to the next."""
    found = re.search(rf"^##+ {re.escape(heading)}\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found, f"no heading {heading!r}"
    return found[1]


def enumerations(part: Any) -> set[str]:
    if isinstance(part, dict):
        return set(part.get("enum", ())).union(*map(enumerations, part.values()))
    return set().union(*map(enumerations, part)) if isinstance(part, list) else set()


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_field_is_documented(name: str) -> None:
    table = re.search(r"^\| key \| value \|\n\| --- \| --- \|\n((?:\|.*\n)+)", section(name), re.MULTILINE)
    assert table
    rows = re.findall(r"^\| `(\w+)` \| (\S.*) \|$", table[1], re.MULTILINE)
    assert [key for key, _ in rows] == list(TYPES[name]["properties"])


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_value_of_a_closed_list_is_documented(name: str) -> None:
    own = enumerations(TYPES[name]["properties"])
    assert {value for value in own if f"`{value}`" not in section(name)} == set()


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_type_says_what_it_is(name: str) -> None:
    assert TYPES[name]["description"]


def test_the_example_is_one_record_in_part() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    value = json.loads(example)
    (said,), (day,) = value["attributions"], value["times"]
    words = [value["text"][slice(*said[part]["spans"][0])] for part in ("source", "cue", "content")]
    assert words == ["the guild", "said", "Leave the ferries running"]
    assert value["text"][day["start"] : day["end"]] == "14 June 2024"
    assert set(value) <= set(SCHEMA["properties"])
    for name in ("attributions", "times", "entities"):
        known = SCHEMA["$defs"][SCHEMA["properties"][name]["items"]["$ref"].rsplit("/", 1)[1]]["properties"]
        assert all(set(fact) <= set(known) for fact in value[name])


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_table_is_named(table: Any) -> None:
    assert f"| `{table.name}` |" in section("Tables")
