from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Judgement, Link, Subject, Verdict
from onrecord.resolve import Groups, grouped, judgement, withdrawal


def said(verdict: Verdict, *entities: str, at: str = "2024-01-01") -> Judgement:
    return judgement(Subject("entities", entities=entities), verdict, "reader", at)


def grouped_by(judgements: list[Judgement]) -> Groups:
    return grouped((), judgements)


@pytest.mark.parametrize(
    ("judgements", "groups", "conflicts"),
    [
        ([], {}, 0),
        ([said("same", "b", "a")], {"a": "a", "b": "a"}, 0),
        ([said("same", "b", "c"), said("same", "a", "b")], {"a": "a", "b": "a", "c": "a"}, 0),
        ([said("same", "a", "b", "c")], {"a": "a", "b": "a", "c": "a"}, 0),
        ([said("unsure", "a", "b"), said("different", "c", "d")], {}, 0),
        ([said("same", "a", "b"), said("different", "a", "b", at="2024-02-01")], {}, 1),
        ([said("different", "a", "b"), said("same", "a", "b", at="2024-02-01")], {"a": "a", "b": "a"}, 1),
        (
            [said("same", "a", "b"), said("same", "b", "c", at="2024-02-01"), said("different", "a", "c")],
            {"a": "a", "b": "a"},
            1,
        ),
        ([withdrawal(said("same", "a", "b"), "2024-02-01")], {}, 0),
    ],
)
def test_groups(judgements: list[Judgement], groups: dict[str, str], conflicts: int) -> None:
    found = grouped_by(judgements)
    assert found.entities == groups
    assert len(found.conflicts) == conflicts


IDS = st.sampled_from("abcdef")
SAID = st.builds(
    said,
    st.sampled_from(["same", "different", "unsure"]),
    IDS,
    st.sampled_from("uvwxyz"),
    at=st.sampled_from(["2024-01-01", "2024-02-01"]),
)
PAIRS = st.lists(st.one_of(SAID, st.builds(said, st.just("same"), IDS, st.sampled_from("ghijkl"))), max_size=12)


@given(PAIRS, st.randoms())
def test_any_order_gives_the_same_groups_and_never_joins_what_is_different(judgements: Any, random: Any) -> None:
    found = grouped_by(judgements)
    random.shuffle(judgements)
    assert grouped_by(judgements) == found
    latest: dict[tuple[str, ...], Judgement] = {}
    for each in sorted(judgements, key=lambda j: (j.at, j.id)):
        latest[each.subject.entities] = each
    for pair, each in latest.items():
        joined = found.entities.get(pair[0], pair[0]) == found.entities.get(pair[1], pair[1])
        if each.verdict == "different":
            assert not joined
        elif each.verdict == "same" and not joined:
            assert any(each.id in conflict.others for conflict in found.conflicts)
    assert all(found.entities[group] == group for group in found.entities.values())


def by_name(one: str, other: str, score: float = 0.95) -> Link:
    return Link(one, other, "name", score, "made")


def by_registry(one: str, other: str) -> Link:
    return Link(one, other, "registry", 1.0, "made")


def short(one: str, other: str) -> Link:
    return Link(one, other, "short form", 0.9, "made")


@pytest.mark.parametrize(
    ("links", "judgements", "registered", "groups"),
    [
        ([by_name("a", "b"), by_name("b", "c")], [], "", {"abc"}),
        ([by_name("a", "b")], [said("different", "a", "b")], "", set()),
        ([by_name("a", "b"), by_name("b", "c", 0.99)], [said("different", "a", "c")], "", {"bc"}),
        ([by_registry("a", "R"), by_registry("b", "R")], [], "R", {"abR"}),
        ([by_registry("a", "R"), by_registry("a", "S"), by_registry("b", "R")], [], "RS", {"bR"}),
        ([by_name("a", "b"), by_registry("a", "R"), by_registry("b", "S")], [], "RS", {"aR", "bS"}),
        ([by_name("R", "S")], [], "RS", set()),
        ([by_name("R", "S")], [said("same", "R", "S")], "RS", {"RS"}),
        ([by_registry("a", "R")], [said("different", "R", "a")], "R", set()),
        ([short("s", "a")], [], "", {"as"}),
        ([short("s", "a"), short("s", "b")], [], "", set()),
        ([short("s", "a"), short("s", "b"), by_name("a", "b")], [], "", {"abs"}),
        ([short("s", "a"), short("s", "b")], [said("same", "s", "a")], "", {"as"}),
    ],
)
def test_evidence_makes_groups(
    links: list[Link], judgements: list[Judgement], registered: str, groups: set[str]
) -> None:
    assert sets(grouped(links, judgements, set(registered))) == {frozenset(group) for group in groups}


def sets(found: Groups) -> set[frozenset[str]]:
    by_party: dict[str, set[str]] = {}
    for entity, party in found.entities.items():
        by_party.setdefault(party, set()).add(entity)
    return {frozenset(group) for group in by_party.values()}


def test_the_registry_s_entry_stands_for_its_group() -> None:
    assert grouped([by_registry("a", "z")], (), {"z"}).entities == {"a": "z", "z": "z"}


LINKS = st.builds(
    Link,
    IDS,
    st.sampled_from("ghijRS"),
    st.sampled_from(["name", "registry", "short form"]),
    st.sampled_from([0.9, 0.95, 1.0]),
    st.just("made"),
)


@given(st.lists(LINKS, max_size=14), PAIRS, st.randoms())
def test_any_order_of_evidence_gives_the_same_groups(links: Any, judgements: Any, random: Any) -> None:
    found = grouped(links, judgements, {"R", "S"})
    random.shuffle(links)
    random.shuffle(judgements)
    assert grouped(links, judgements, {"R", "S"}) == found
    judged = {pair for each in judgements if each.verdict == "same" for pair in [frozenset(each.subject.entities)]}
    if not any({"R", "S"} & pair for pair in judged):
        assert not any({"R", "S"} <= group for group in sets(found)), "no machine joins two entries"
    assert len(found.refused) <= len(links)
