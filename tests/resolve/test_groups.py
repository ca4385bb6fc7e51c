from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Judgement, Subject, Verdict
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
