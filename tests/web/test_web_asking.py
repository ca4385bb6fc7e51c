# ruff: noqa: E501 - sentences and cases stay in one piece
from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from onrecord.model import Filters
from onrecord.web.asking import FACETS, LINE_SORTS, SPLITS, Asked, Unclear, asked, narrowed

WORDS = st.text(st.characters(exclude_categories=["Cs", "C", "Z"]), min_size=1, max_size=12)
SOME = st.lists(WORDS, max_size=3, unique=True).map(tuple)
FILTERS = st.builds(
    Filters, languages=SOME, genres=SOME, publishers=SOME, parties=SOME,
    since=st.sampled_from([None, "2024", "2024-05", "2024-05-03?"]), until=st.sampled_from([None, "2025"]),
    speakers=SOME, voice=st.sampled_from([None, "direct", "reported", "own"]),
    without=st.sampled_from([(), ("date",), ("publisher", "language")]),
)  # fmt: skip
QUESTIONS = st.one_of(
    st.builds(Asked, WORDS, FILTERS, st.sampled_from(["rank", "newest"]), st.integers(1, 500)),
    st.builds(Asked, WORDS, FILTERS, st.sampled_from(list(LINE_SORTS)), st.integers(1, 500), st.just("kwic")),
    st.builds(Asked, WORDS, FILTERS, st.just("rank"), st.just(1), st.just("time"), st.sampled_from(list(SPLITS))),
)


def read(address: str) -> Asked:
    return asked(QueryParams(urlsplit(address).query))


@given(QUESTIONS)
def test_an_address_says_the_whole_search(question: Asked) -> None:
    assert read(question.address) == question


@given(QUESTIONS, st.sampled_from(FACETS), WORDS)
def test_choosing_a_value_twice_takes_it_out_again(question: Asked, facet: object, value: str) -> None:
    first = question.toggled(facet, value)
    again = first.toggled(facet, value)
    assert (value in first.chosen(facet)) != (value in question.chosen(facet))
    assert sorted(again.chosen(facet)) == sorted(question.chosen(facet))
    assert first.page == 1


def test_nothing_asked_is_the_plain_address() -> None:
    assert Asked().address == "/search"
    assert read("/search?q=&lang=&since=&page=") == Asked()


def test_a_bar_is_a_search() -> None:
    assert read(narrowed("publisher", "Río & Co")).filters == Filters(publishers=("Río & Co",))


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("page=0", "1, 2, 3"), ("page=-1", "1, 2, 3"), ("page=x", "1, 2, 3"), ("page=²", "1, 2, 3"), ("page=501", "narrow"),
        ("page=99999999999999999999", "narrow"), ("since=May", "2024-05"), ("until=2024-5-3", "2024-05"), ("sort=best", "newest"), ("voice=loud", "direct"), ("without=x", "publisher"), ("view=map", "kwic"), ("sort=before", "newest"), ("view=time&by=hour", "genre"),
        ("q=" + "x" * 1001, "Shorten"), ("lang=" + "x" * 1001, "fewer"), ("&".join(f"genre={n}" for n in range(51)), "fewer"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_explained(query: str, word: str) -> None:
    with pytest.raises(Unclear, match=word):
        asked(QueryParams(query))
