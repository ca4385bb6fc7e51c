"""The record's JSON Schema (2020-12), generated from the types of `model` and what their docstrings say.

Types, keys and enumerations come from msgspec; LIMITS adds what a type cannot say. Every key is required, as every key
is written, but for a capture's, which are left out where they are not known. Keys may be added, so more are allowed.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from onrecord import model

SCHEMA_ID = "urn:onrecord:record:1"
"""A name, not a place: nothing is fetched from it."""

_DAY = r"(T[0-9:.]+(Z|[+-][0-9:]+)?)?"
_ONE = rf"([0-9]{{4}}|[0-9]{{3}}X|[0-9]{{2}}XX)(-W[0-9]{{2}}|-Q[1-4]|-([0-9]{{2}}|XX)(-([0-9]{{2}}|XX){_DAY})?)?[?~%]?"
EDTF = rf"^({_ONE}(/({_ONE}|\.\.)?)?|(\.\.)?/{_ONE})$"
"""What every date that `text.dates.PartialDate` reads looks like; whether it is in the calendar, no pattern tells."""
EDTF_PART = {"title": "Edtf", "description": "A date in EDTF (ISO 8601-2).", "type": "string", "pattern": EDTF}

OFFSET = {"minimum": 0}
LIMITS: dict[tuple[str, str], dict[str, Any]] = {
    ("Record", "id"): {"pattern": "^[A-Za-z0-9._-]+$"},
    ("Capture", "digest"): {"pattern": "^sha256:[0-9a-f]{64}$"},
    ("Capture", "container"): {"pattern": "^sha256:[0-9a-f]{64}$"},
    ("Capture", "size"): {"minimum": 0},
    ("Capture", "captured_at"): {"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},
    ("Capture", "published"): {"$ref": "#/$defs/Edtf"},
    ("DateFact", "value"): {"$ref": "#/$defs/Edtf"},
    ("DateFact", "confidence"): {"minimum": 0, "maximum": 1},
    ("Attribution", "confidence"): {"minimum": 0, "maximum": 1},
    ("Statement", "issued"): {"$ref": "#/$defs/Edtf"},
}
"""Further keywords of one key's schema, by type and key; where the value may be `null`, they bind what is not."""
OFFSETS = frozenset(["start", "end"])
"""Keys that are offsets in whatever type they stand."""
OPTIONAL = frozenset(["Capture"])
"""Types whose unknown keys are left out."""


def schema() -> dict[str, Any]:
    """The JSON Schema of one record, as plain dicts and lists."""
    _, parts = msgspec.json.schema_components([model.Record], ref_template="#/$defs/{name}")
    whole = {name: _finished(name, part) for name, part in parts.items()} | {"Edtf": EDTF_PART}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **whole.pop("Record"),
        "$defs": dict(sorted(whole.items())),
    }


def page() -> str:
    """The schema as it is published: docs/reference/record.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _finished(name: str, part: dict[str, Any]) -> dict[str, Any]:
    """One type's schema with descriptions and limits."""
    part["description"] = inspect.cleandoc(part["description"])
    if name == "Span":
        return part | {"prefixItems": [item | OFFSET for item in part["prefixItems"]], "items": False}
    notes = descriptions().get(name, {})
    for key, value in part["properties"].items():
        limits = OFFSET if key in OFFSETS else LIMITS.get((name, key), {})
        part["properties"][key] = _described(_limited(value, limits), notes.get(key))
    return part if name in OPTIONAL else _required(part)


def _required(part: dict[str, Any]) -> dict[str, Any]:
    """Every key must be there, so none has a value to fall back to."""
    keys = {
        key: {word: said for word, said in value.items() if word != "default"}
        for key, value in part["properties"].items()
    }
    return part | {"properties": keys, "required": list(keys)}


def _limited(value: dict[str, Any], limits: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" not in value:
        return value | limits
    return value | {"anyOf": [one if one == {"type": "null"} else one | limits for one in value["anyOf"]]}


def _described(value: dict[str, Any], text: str | None) -> dict[str, Any]:
    return value if text is None else value | {"description": text}


@cache
def descriptions() -> dict[str, dict[str, str]]:
    """The string below a field in the source of `model`, by type and by the key that is written."""
    return {
        node.name: dict(_fields(node, getattr(model, node.name)))
        for node in ast.parse(inspect.getsource(model)).body
        if isinstance(node, ast.ClassDef)
    }


def _fields(node: ast.ClassDef, kind: type[msgspec.Struct]) -> Iterator[tuple[str, str]]:
    keys = {field.name: field.encode_name for field in msgspec.structs.fields(kind)}
    for field, note in pairwise(node.body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(note, ast.Expr):
            yield keys[field.target.id], " ".join(str(ast.literal_eval(note.value)).split())
