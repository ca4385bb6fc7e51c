"""Krippendorff's alpha, checked against the worked examples of his paper of 2011, and on judgements."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analyse.agreement import ALIKE, ALONE, agreements, alpha
from onrecord.model import Evidence, Subject, Verdict
from onrecord.resolve import judgement, withdrawal

# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011: a row an observer, a sign a unit, "." no value.
PUBLISHED = [
    (("0100000010", "1110010000"), 0.095),
    (("aabbdcccedda", "babbbccceddd"), 0.692),
    (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
]


def units(rows: tuple[str, ...]) -> list[list[str]]:
    return [[value for value in column if value != "."] for column in zip(*rows, strict=True)]


@pytest.mark.parametrize(("rows", "published"), PUBLISHED, ids=["binary", "nominal", "four observers, missing values"])
def test_the_published_examples(rows: tuple[str, ...], published: float) -> None:
    found = alpha(units(rows))
    assert found is not None and math.isclose(found, published, abs_tol=0.0005)


@pytest.mark.parametrize("rows", [[], [["a"]], [["a", "a"], ["a", "a"]], [["a"], ["b"]]])
def test_it_is_not_defined_where_nothing_varies_or_nothing_is_shared(rows: list[list[str]]) -> None:
    assert alpha(rows) is None


ROWS = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), max_size=8)


@given(ROWS, st.randoms())
def test_order_and_names_of_values_do_not_matter(rows: list[list[str]], random: Any) -> None:
    before = alpha(rows)
    for row in rows:
        random.shuffle(row)
    random.shuffle(rows)
    after = alpha([[value.upper() for value in row] for row in rows])
    assert (before is None) == (after is None)
    assert before is None or after is None or math.isclose(before, after)
    assert before is None or before <= 1


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(2, 4)), min_size=2, max_size=6))
def test_whoever_agrees_in_all_has_one(drawn: list[tuple[str, int]]) -> None:
    found = alpha([[value] * times for value, times in drawn])
    assert found == (1.0 if len({value for value, _ in drawn}) > 1 else None)


# -- judgements --------------------------------------------------------------------------------------------------------


def said(number: int, verdict: Verdict, by: str, value: Any = None, at: str = "2024-01-01") -> Any:
    about = Subject("mentions", "d1", Evidence(number, number + 1, "x"), (), "t")
    return judgement(about, verdict, by, at, value)


def test_the_latest_of_each_person_counts_and_the_withdrawn_do_not() -> None:
    every = [
        said(1, "wrong", "A"),
        said(1, "correct", "A", at="2024-02-01"),
        said(1, "correct", "B"),
        withdrawal(said(2, "wrong", "A"), "2024-03-01"),
        said(2, "wrong", "B"),
        said(3, "unsure", "A"),
        said(3, "wrong", "B"),
    ]
    [found] = agreements(every).kinds
    assert (found.kind, found.units, found.people, found.values) == ("mentions", 2, 2, 4)
    assert found.alpha == alpha([["correct", "correct"], ["unsure", "wrong"]])
    [pair] = agreements(every).pairs
    assert (pair.one, pair.other, pair.units, pair.alike) == ("A", "B", 2, 1)


def test_what_is_put_in_place_is_the_value() -> None:
    one, other = {"entity": "e1", "entities": []}, {"entity": "e2"}
    every = [said(1, "replace", "A", one), said(1, "replace", "B", {"entity": "e1"}), said(2, "replace", "A", one)]
    every.append(said(2, "replace", "B", other))
    [pair] = agreements(every).pairs
    assert (pair.units, pair.alike) == (2, 1)


def test_of_three_names_each_two_are_a_unit() -> None:
    three = judgement(Subject("entities", entities=("e1", "e2", "e3")), "same", "A", "2024-01-01")
    two = judgement(Subject("entities", entities=("e3", "e1")), "different", "B", "2024-01-01")
    [found] = agreements([three, two]).kinds
    assert (found.units, found.values) == (1, 2)


def test_where_there_is_no_alpha_it_says_why() -> None:
    assert [each.reason for each in agreements([said(1, "wrong", "A")]).kinds] == [ALONE]
    assert [each.reason for each in agreements([said(1, "wrong", "A"), said(1, "wrong", "B")]).kinds] == [ALIKE]
    assert agreements([]).kinds == ()
