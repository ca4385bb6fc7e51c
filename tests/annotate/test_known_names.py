"""The registry's names in a text: they count, with the type that the registry gives, but not inside a longer name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.annotate import annotate
from onrecord.annotate.candidates import Candidate
from onrecord.annotate.known import taken_in
from onrecord.model import EntityType, KnownName


def named(text: str, *known: tuple[str, EntityType]) -> list[tuple[str, str, str | None]]:
    """Words, type and role of each name, where these are known."""
    spans = sorted((text.index(name), text.index(name) + len(name), kind) for name, kind in known)
    found = annotate(replace(document(text), known=tuple(KnownName(*span) for span in spans)))
    return [(text[it.start : it.end], it.type, it.role) for it in found.mentions if not it.nominal]


CASES: dict[str, tuple[str, list[tuple[str, EntityType]], list[tuple[str, str, str | None]]]] = {
    "a name that no rule would find": (
        "Yesterday the people of Sharq met in a barn.", [("Sharq", "organization")],
        [("Sharq", "organization", None)],
    ),
    "another type than the rules gave": (
        "A letter from Velna was read in Orsk.", [("Velna", "organization"), ("Orsk", "place")],
        [("Velna", "organization", None), ("Orsk", "place", None)],
    ),
    "not inside a longer name": (
        "The Harbour Union Youth League met the Harbour Union today.", [("Harbour Union", "organization")],
        [("Harbour Union Youth League", "organization", None), ("Harbour Union", "organization", None)],
    ),
    "the role beside it stays": (
        "The mayor Anna Brandt spoke.", [("Anna Brandt", "person")], [("Anna Brandt", "person", "mayor")],
    ),
    "in place of a part": (
        "They met Brandt of Keld in June.", [("Brandt of Keld", "person")], [("Brandt of Keld", "person", None)],
    ),
    "in a language that is not read": (
        "Вчора Рада порту оголосила страйк у місті.", [("Рада порту", "organization")],
        [("Рада порту", "organization", None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "known", "wanted"), CASES.values(), ids=CASES)
def test_known_names(text: str, known: list[tuple[str, EntityType]], wanted: list[tuple[str, str, str | None]]) -> None:
    found = named(text, *known)
    assert [name for name in found if name in wanted] == wanted
    words = [name for name, _, _ in found]
    assert len(words) == len(set(words)), "no name stands twice"


def test_a_known_name_speaks() -> None:
    text = "“We will not sign,” said Sharq on 3 May 2024."
    at = text.index("Sharq")
    found = annotate(replace(document(text), known=(KnownName(at, at + 5, "organization"),)))
    [said] = found.attributions
    [entity] = [each for each in found.entities if each.name == "Sharq"]
    assert said.source is not None and said.source.entity == entity.id


def spans(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that follow one another, from lengths of gaps and names."""
    at, made = 0, []
    for gap, length in pairs:
        made.append((at + gap, at + gap + length))
        at += gap + length
    return made


SPANS = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 6)), max_size=8).map(spans)


@given(SPANS, SPANS)
def test_nothing_overlaps_and_only_longer_names_keep_a_known_one_out(
    found: list[tuple[int, int]], known: list[tuple[int, int]]
) -> None:
    text = "x" * 100
    names = [Candidate(*span, text[slice(*span)], "place", None, True, False, False) for span in found]
    made = taken_in(text, names, [KnownName(*span, "person") for span in known])
    places = [(name.start, name.end) for name in made]
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    for start, end in known:
        holds = any(s <= start and end <= e and (s, e) != (start, end) for s, e in found)
        assert holds or (start, end) in places
