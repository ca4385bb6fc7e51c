"""PartialDate: EDTF in, the interval of days it may mean, the same text out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.dates import PartialDate

MEANINGS = [
    ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2024-10-07", date(2024, 10, 7), date(2024, 10, 7)),
    ("2024-10-07T14:30", date(2024, 10, 7), date(2024, 10, 7)),
    ("2024-10-07T14:30:05+02:00", date(2024, 10, 7), date(2024, 10, 7)),
    ("2024-10?", date(2024, 10, 1), date(2024, 10, 31)),
    ("2024~", date(2024, 1, 1), date(2024, 12, 31)),
    ("2024-10-07%", date(2024, 10, 7), date(2024, 10, 7)),
    ("199X", date(1990, 1, 1), date(1999, 12, 31)),
    ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
    ("2024-XX", date(2024, 1, 1), date(2024, 12, 31)),
    ("2024-10-XX", date(2024, 10, 1), date(2024, 10, 31)),
    ("2024-XX-XX", date(2024, 1, 1), date(2024, 12, 31)),
    ("2024-21", date(2024, 3, 1), date(2024, 6, 21)),
    ("2024-24", date(2024, 1, 1), date(2025, 3, 21)),
    ("2024-34", date(2024, 4, 1), date(2024, 6, 30)),
    ("2024-Q2", date(2024, 4, 1), date(2024, 6, 30)),
    ("2024-W01", date(2024, 1, 1), date(2024, 1, 7)),
    ("2023-10-01/2023-10-07", date(2023, 10, 1), date(2023, 10, 7)),
    ("2023/2024-02", date(2023, 1, 1), date(2024, 2, 29)),
    ("2023/..", date(2023, 1, 1), date.max),
    ("../2023", date.min, date(2023, 12, 31)),
    ("2023-05/", date(2023, 5, 1), date.max),
    ("2023~/2024?", date(2023, 1, 1), date(2024, 12, 31)),
]

IMPOSSIBLE = [
    ("2024-02-30", "no date"),
    ("2024-02-31", "no date"),
    ("2023-02-29", "no date"),
    ("2024-13", "months run from 01"),
    ("2024-21-03", "no days"),
    ("2024-XX-05", "needs its month"),
    ("199X-05", "whole year"),
    ("0000", "0001 to 9999"),
    ("7 October 2024", "year first"),
    ("2024-1-1", "year first"),
    ("", "year first"),
    ("/", "bounds nothing"),
    ("../..", "bounds nothing"),
    ("2024/2023", "ends before it begins"),
    ("2023/2024/2025", "more than two ends"),
    ("٢٠٢٤", "year first"),
]


@pytest.mark.parametrize(("edtf", "low", "high"), MEANINGS)
def test_means_these_days(edtf: str, low: date, high: date) -> None:
    found = PartialDate.parse(edtf)
    assert (found.low, found.high, str(found)) == (low, high, edtf)


@pytest.mark.parametrize(("edtf", "words"), IMPOSSIBLE)
def test_an_impossible_date_teaches(edtf: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        PartialDate.parse(edtf)


def test_comparison_knows_yes_no_and_maybe() -> None:
    year, may, june = map(PartialDate.parse, ("2024", "2024-05", "2024-06-03"))
    assert may.precedes(june) and not june.may_precede(may)
    assert year.may_precede(may) and may.may_precede(year) and not year.precedes(may)
    assert year.contains(june) and not june.contains(year) and not may.overlaps(june)
    assert june.is_day and not may.is_day


def test_qualifiers_are_told_apart() -> None:
    flags = {
        edtf: (PartialDate.parse(edtf).uncertain, PartialDate.parse(edtf).approximate)
        for edtf in ("2024?", "2024~", "2024%", "2024")
    }
    assert flags == {"2024?": (True, False), "2024~": (False, True), "2024%": (True, True), "2024": (False, False)}


singles = st.one_of(
    st.dates().map(date.isoformat),
    st.dates().map(lambda d: d.isoformat()[:7]),
    st.dates().map(lambda d: d.isoformat()[:4]),
    st.integers(100, 999).map(lambda n: f"{n}X"),
    st.tuples(st.integers(1, 9998), st.integers(21, 24)).map(lambda p: f"{p[0]:04}-{p[1]}"),
)
dates = st.builds(lambda text, mark: text + mark, singles, st.sampled_from(["", "?", "~", "%"]))


@given(dates)
def test_text_survives_and_the_interval_is_in_order(edtf: str) -> None:
    found = PartialDate.parse(edtf)
    assert str(found) == edtf
    assert found.low <= found.high
    assert PartialDate.parse(str(found)) == found


@given(dates, dates)
def test_relations_agree_with_each_other(one: str, other: str) -> None:
    a, b = PartialDate.parse(one), PartialDate.parse(other)
    assert a.precedes(b) + b.precedes(a) + a.overlaps(b) == 1
    assert a.overlaps(b) == b.overlaps(a)
    assert not a.precedes(b) or a.may_precede(b)
    assert not a.contains(b) or a.overlaps(b)


@given(st.text())
def test_any_other_text_is_a_value_error_and_nothing_else(text: str) -> None:
    try:
        found = PartialDate.parse(text)
    except ValueError:
        return
    assert found.low <= found.high
