from __future__ import annotations

import pytest
from small_records import issued, languages, published, record

from onrecord.analyse.overview import Count, overview
from onrecord.model import Notice, Record

RECORDS = [
    record(
        "d1", publisher="River Post", genre="report", dates=(issued("2023-11-04"),), languages=languages(("en", 50))
    ),
    record(
        "d2",
        publisher="River Post",
        genre="statement",
        dates=(issued("2024-02"),),
        languages=languages(("en", 4), ("ar", 9)),
    ),
    record("d3", publisher="Quay Herald", genre="statement", dates=(issued("2024-02-10/2024-02-12"),)),
    record("d4", genre="statement", dates=(issued("2024"),), notices=(Notice("quotes", "unclosed", "…"),) * 2),
    record("d5", dates=(published("2024-03-01"),)),
    record("d6", dates=(issued("unreadable"),)),
]


def test_documents_by_what_they_are() -> None:
    found = overview(iter(RECORDS))
    assert found.documents == 6
    assert found.publishers == (Count(None, 3), Count("River Post", 2), Count("Quay Herald", 1))
    assert found.languages == (Count(None, 4), Count("ar", 1), Count("en", 1))
    assert found.genres == (Count("statement", 3), Count(None, 2), Count("report", 1))
    assert found.notices == (Count("quotes/unclosed", 2),)


def test_months_show_their_gaps_and_keep_vague_dates_apart() -> None:
    found = overview(RECORDS)
    assert found.months == (Count("2023-11", 1), Count("2023-12", 0), Count("2024-01", 0), Count("2024-02", 2))
    assert found.gaps == ("2023-12", "2024-01")
    assert (found.imprecise, found.undated) == (1, 2)
    assert found.imprecise + found.undated + sum(month.number for month in found.months) == found.documents


def test_a_publication_date_stands_in_only_where_asked() -> None:
    found = overview(RECORDS, date_roles=("issued", "published"))
    assert found.date_roles == ("issued", "published")
    assert (found.months[-1], found.undated) == (Count("2024-03", 1), 1)


def test_failed_imports_by_code() -> None:
    failed = [Notice("read", code, "…") for code in ("scanned", "damaged", "scanned")]
    assert overview([], failed).failed == (Count("scanned", 2), Count("damaged", 1))


@pytest.mark.parametrize("records", [[], RECORDS[4:5]])
def test_nothing_dated_is_no_month(records: list[Record]) -> None:
    assert (overview(records).months, overview(records).gaps) == ((), ())
