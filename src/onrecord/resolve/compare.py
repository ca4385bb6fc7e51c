"""Stub until the comparison lands."""

from __future__ import annotations

from msgspec import Struct

from onrecord.model import EntityType, Score
from onrecord.text.names import folded

MERGE = 0.9


class Prepared(Struct, frozen=True):
    name: str
    kind: EntityType | None
    key: str


def prepared(name: str, kind: EntityType | None = None, *, transliterate: bool = True) -> Prepared:
    return Prepared(name, kind, " ".join(sorted(folded(name).replace("-", " ").split())))


def compare(one: Prepared, other: Prepared) -> Score:
    return Score(1.0 if one.key == other.key else 0.0, "same words", {})


def blocks(name: Prepared) -> frozenset[str]:
    return frozenset([name.key])
