from __future__ import annotations

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.analyse.terms import Term, frequencies, keyness

FIRST = frequencies(["The river rises. The river falls.", "River talks"])
SECOND = frequencies(["The harbour talks, the harbour waits"])


def test_frequencies_by_hand() -> None:
    assert (FIRST.words, FIRST.documents) == (8, 2)
    assert FIRST.terms == (
        Term("river", 3, 3750.0, 2),
        Term("the", 2, 2500.0, 1),
        Term("falls", 1, 1250.0, 1),
        Term("rises", 1, 1250.0, 1),
        Term("talks", 1, 1250.0, 1),
    )


def test_words_are_counted_folded() -> None:
    assert frequencies(["Élan ELAN élan"]).counts() == {"elan": 3}


def test_keyness_by_hand() -> None:
    # "river": 3 of 8 against 0 of 6; in both together 3 of 14, so a prior of 14 words gives it 3.
    found = keyness(FIRST, SECOND, prior=14, at_least=1)
    river = next(key for key in found.terms if key.term == "river")
    odds = log(6 / (8 + 14 - 6)) - log(3 / (6 + 14 - 3))
    assert river.log_odds == pytest.approx(odds)
    assert river.z == pytest.approx(odds / sqrt(1 / 6 + 1 / 3))
    assert (river.first, river.second, river.first_per_10000, river.second_per_10000) == (3, 0, 3750.0, 0.0)
    assert [found.terms[0].term, found.terms[-1].term] == ["river", "harbour"]


def test_the_background_tells_a_common_word_from_a_telling_one() -> None:
    one, two = frequencies(["the river " * 8 + "talks"]), frequencies(["the river " * 2 + "talks"])
    usual = frequencies(["the talks a crossing"] * 500)
    alike, apart = (
        {key.term: key.z for key in keyness(one, two, background, at_least=1).terms} for background in (None, usual)
    )
    assert alike["the"] == alike["river"]
    assert 0 < apart["the"] < apart["river"]
    assert keyness(one, two, usual).background.startswith("the given background")


def test_the_result_says_how_it_was_counted() -> None:
    found = keyness(FIRST, SECOND, at_least=2)
    assert "Monroe" in found.origin and "z =" in found.formula and found.prior == 1000
    assert {key.term for key in found.terms} == {"river", "the", "harbour", "talks"}


@pytest.mark.parametrize("prior", [0, -1, float("nan")])
def test_a_prior_must_weigh_something(prior: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        keyness(FIRST, SECOND, prior=prior)


TEXTS = st.lists(st.sampled_from(["river", "harbour", "talks", "the"]), max_size=20).map(" ".join)


@given(TEXTS, TEXTS)
def test_keyness_turns_about_with_its_sides(one: str, two: str) -> None:
    first, second = frequencies([one]), frequencies([two])
    there = {key.term: key.z for key in keyness(first, second, at_least=1).terms}
    back = {key.term: -key.z for key in keyness(second, first, at_least=1).terms}
    assert there == pytest.approx(back)


def test_nothing_said_has_no_words() -> None:
    empty = frequencies([])
    assert (empty.words, empty.terms, keyness(empty, empty).terms) == (0, (), ())
