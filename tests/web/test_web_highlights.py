from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.highlights import Mark, Run, flatten

TEXTS = st.text(max_size=60)
OFFSETS = st.integers(-5, 70)
MARKS = st.lists(st.builds(Mark, OFFSETS, OFFSETS, st.sampled_from("qrnt"), st.integers(0, 9)), max_size=12)
CUTS = st.lists(OFFSETS, max_size=5)


@given(TEXTS, MARKS, CUTS)
def test_runs_are_the_text_and_carry_just_the_layers_that_cover_them(
    text: str, marks: list[Mark], cuts: list[int]
) -> None:
    runs = list(flatten(len(text), marks, cuts))
    assert "".join(text[run.start : run.end] for run in runs) == text
    for run in runs:
        assert run.start < run.end
        for at in (run.start, run.end - 1):
            covering = Counter(mark.layer for mark in marks if mark.start <= at < mark.end)
            assert dict(run.layers) == dict(covering)


@given(TEXTS, MARKS, CUTS)
def test_each_mark_that_has_words_opens_once_where_it_begins(text: str, marks: list[Mark], cuts: list[int]) -> None:
    opened = [(run.start, mark) for run in flatten(len(text), marks, cuts) for mark in run.opens]
    kept = [mark._replace(start=max(0, mark.start), end=min(len(text), mark.end)) for mark in marks]
    assert Counter(mark for _, mark in opened) == Counter(mark for mark in kept if mark.start < mark.end)
    assert all(start == mark.start for start, mark in opened)


@given(TEXTS.filter(bool), CUTS)
def test_no_run_crosses_a_cut(text: str, cuts: list[int]) -> None:
    borders = {run.start for run in flatten(len(text), [], cuts)}
    assert {cut for cut in cuts if 0 < cut < len(text)} <= borders


@pytest.mark.parametrize(
    ("marks", "runs"),
    [
        ([], [(0, 9, "")]),
        ([Mark(2, 4, "n")], [(0, 2, ""), (2, 4, "n"), (4, 9, "")]),
        ([Mark(0, 6, "q"), Mark(3, 9, "r")], [(0, 3, "q"), (3, 6, "qr"), (6, 9, "r")]),
        ([Mark(0, 3, "n"), Mark(3, 6, "n")], [(0, 3, "n"), (3, 6, "n"), (6, 9, "")]),
    ],
)
def test_borders(marks: list[Mark], runs: list[tuple[int, int, str]]) -> None:
    assert [(run.start, run.end, "".join(layer for layer, _ in run.layers)) for run in flatten(9, marks)] == runs


def test_the_longest_mark_opens_first() -> None:
    inner, outer = Mark(0, 2, "n"), Mark(0, 5, "q", 1)
    assert next(flatten(5, [inner, outer])) == Run(0, 2, (("n", 1), ("q", 1)), (outer, inner))
