"""The places that stretches cover, against asking each of them."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.spans import Cover

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda it: (it[0], it[0] + it[1])), max_size=8)


@given(SPANS, st.integers(-2, 42))
def test_a_cover_says_what_each_stretch_would(spans: list[tuple[int, int]], at: int) -> None:
    assert Cover(spans).over(at) == any(start <= at < end for start, end in spans)
