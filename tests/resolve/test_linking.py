"""Evidence that two entities are one, pair by pair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import EntityType, Link, Named, entity_id
from onrecord.resolve import Settings, blocks_of, candidate, linked
from onrecord.text.names import folded

SETTINGS = Settings()


def named(kind: EntityType, *names: str, registered: bool = False) -> Named:
    """An entity whose own name is the first."""
    return Named(entity_id(kind, folded(names[0])), kind, names, registered)


def of_one_document(kind: EntityType, *names: str) -> Named:
    return Named(entity_id(kind, f"{folded(names[0])} in d1"), kind, names)


def entry(kind: EntityType, *names: str) -> Named:
    return Named("entry", kind, names, registered=True)


def link(one: Named, other: Named, settings: Settings = SETTINGS) -> Link | None:
    return linked(candidate(one, settings), candidate(other, settings), settings)


UNION = named("organization", "Harbour Union of Velna", "Harbour Union", "HUV", "Union")
CASES: dict[str, tuple[Named, Named, str | None]] = {
    "an acronym that a document gives": (UNION, named("organization", "HUV"), "short form"),
    "a short form that a document gives": (UNION, named("organization", "Harbour Union"), "short form"),
    "a kind alone": (UNION, of_one_document("organization", "Union"), None),
    "an organ that many have": (
        named("organization", "Executive Committee of the Harbour Union", "Executive Committee"),
        named("organization", "Executive Committee"),
        None,
    ),
    "a part that nobody calls it by": (UNION, named("organization", "Union of Velna"), None),
    "another type": (UNION, named("place", "HUV"), None),
    "two that are called by one short form": (UNION, named("organization", "Hill Union of Vars", "HUV"), None),
    "a surname alone": (named("person", "Anna Brandt", "Brandt"), of_one_document("person", "Brandt"), None),
    "a surname that the registry knows": (
        entry("person", "Anna Brandt", "Brandt"), of_one_document("person", "Brandt"), "registry",
    ),
    "a kind alone that the registry knows": (
        entry("organization", "Ministry of Water", "the Ministry"), of_one_document("organization", "Ministry"),
        "registry",
    ),
    "an alias in the registry": (
        entry("organization", "Harbour Union", "Union du port"), named("organization", "Union du port"), "registry",
    ),
    "an alias of another type": (entry("place", "Velna"), named("organization", "Velna"), None),
    "a translation word by word": (
        named("organization", "Harbour Workers' Union of Velna"),
        named("organization", "Syndicat des travailleurs du port de Velna"),
        "translation",
    ),
    "a translation with another head": (
        named("organization", "Harbour Workers' Council of Velna"),
        named("organization", "Syndicat des travailleurs du port de Velna"),
        None,
    ),
    "a person is not translated": (named("person", "Anna Rivers"), named("person", "Anna Fleuves"), None),
    "a name that documents print beside its own, in another language": (
        named("organization", "Committee of the Hills", "Lajnat al-Tilal"),
        named("organization", "Lajnat al Tilal"),
        "name",
    ),
}  # fmt: skip


def meet(one: Named, other: Named) -> bool:
    """Whether they are looked at together: in one block, or one asks what the other answers."""
    first, second = (blocks_of(candidate(each, SETTINGS), SETTINGS) for each in (one, other))
    asked = {block.replace("?", "!", 1) for block in first | second if block[0] == "?"}
    return bool({block for block in first & second if block[0] not in "?!"} or asked & (first | second))


@pytest.mark.parametrize(("one", "other", "rule"), CASES.values(), ids=CASES)
def test_evidence(one: Named, other: Named, rule: str | None) -> None:
    for found in (link(one, other), link(other, one)):
        assert (found.rule if found else None) == rule
        if found:
            assert found.reason
            assert meet(one, other)


def test_a_link_points_from_the_short_form_and_from_the_registry_s_name() -> None:
    short = named("organization", "HUV")
    found = link(short, UNION)
    assert found == link(UNION, short)
    assert found is not None and (found.one, found.other) == (short.id, UNION.id)
    known = entry("person", "Anna Brandt")
    assert [(each.one, each.other) for each in [link(known, named("person", "Anna Brandt"))] if each] == [
        (entity_id("person", "anna brandt"), "entry")
    ]


def test_two_entries_are_compared_like_any_two() -> None:
    one, other = Named("one", "person", ("Anna Brandt",), True), Named("two", "person", ("Anna Brandt",), True)
    found = link(one, other)
    assert found is not None and found.rule == "name", "groups keep entries apart, whatever the evidence"


PIECES = ["Harbour", "Union", "Velna", "al-Marn", "Brigades", "كتائب", "النهر"]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)
NAMES = st.lists(WORDS.map(" ".join), min_size=1, max_size=3, unique=True)


@given(NAMES, NAMES, st.booleans())
def test_what_is_linked_shares_a_block_and_both_ways_are_one(
    one: list[str], other: list[str], registered: bool
) -> None:
    first = entry("organization", *one) if registered else named("organization", *one)
    second = named("organization", *other)
    found = link(first, second)
    assert found == link(second, first)
    if found:
        assert meet(first, second)
