from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.web import overview, periods
from onrecord.web.advice import OTHER, advice, table
from onrecord.workbench.overview import Overview, Spread, Waiting


def found(documents: int, **facets: tuple[tuple[str, int], ...]) -> Overview:
    return Overview(documents, (), dict(facets), {}, (), (), Waiting((), 0, 0))


def test_bars_are_searches_also_the_one_of_what_is_not_known() -> None:
    table = overview.bars("language", (("en", 6), ("ar", 2)), 10, {})
    assert [(bar.label, bar.count, bar.share, bar.address) for bar in table.bars] == [
        ("English", 6, 100.0, "/search?lang=en"),
        ("Arabic", 2, 33.3, "/search?lang=ar"),
        ("not known", 2, 33.3, "/search?without=language"),
    ]


def test_parties_are_named_and_one_document_may_count_for_several() -> None:
    table = overview.bars("party", (("e1", 6), ("e2", 6)), 8, {"e1": "Ferry Union"}, whole=False)
    assert [(bar.label, bar.address) for bar in table.bars] == [
        ("Ferry Union", "/search?party=e1"),
        ("e2", "/search?party=e2"),
    ]


def test_a_long_table_ends_with_what_is_left_out() -> None:
    table = overview.bars("publisher", tuple((f"P{n}", 1) for n in range(40)), 40, {})
    assert (len(table.bars), table.more) == (overview.MOST, 40 - overview.MOST)


def test_an_empty_archive_has_nothing_to_draw() -> None:
    assert overview.columns(found(0)) == []
    assert overview.bars("genre", (), 0, {}).bars == ()


def test_months_show_their_gaps() -> None:
    columns = overview.columns(found(3, month=(("2023-11", 2), ("2024-02", 1))))
    assert [(column.label, column.count) for column in columns] == [
        ("November 2023", 2), ("December 2023", 0), ("January 2024", 0), ("February 2024", 1),
    ]  # fmt: skip
    assert columns[0].address == "/search?since=2023-11&until=2023-11&sort=newest"


def test_a_long_time_is_drawn_by_years() -> None:
    columns = overview.columns(found(5, month=(("1998-01", 1), ("1998-07", 2), ("2003-05", 2), ("odd", 9))))
    assert [(column.label, column.count) for column in columns] == [
        ("1998", 3), ("1999", 0), ("2000", 0), ("2001", 0), ("2002", 0), ("2003", 2),
    ]  # fmt: skip


def test_one_odd_date_does_not_draw_a_thousand_years() -> None:
    assert len(periods.periods([("0019-05", 1), ("2023-01", 3)])) == periods.YEARS


def test_a_publisher_has_gaps_only_between_its_first_and_last() -> None:
    row = periods.periods([("2023-09", 1), ("2024-03", 1)])
    drawn = overview.publisher(Spread("River Post", 4, (("2023-10", 2), ("2024-01", 1))), row)
    assert drawn.heights == (None, 100.0, 0.0, 0.0, 50.0, None, None)
    assert (drawn.span, drawn.gaps, drawn.empty, drawn.all) == (
        "October 2023 – January 2024", ("November 2023 – December 2023",), 2, 4,
    )  # fmt: skip


def test_a_publisher_without_dates_has_no_row_in_time() -> None:
    drawn = overview.publisher(Spread("River Post", 4, ()), ["2024-01", "2024-02"])
    assert (drawn.heights, drawn.span, drawn.empty) == ((None, None), "not dated", 0)


def test_what_awaits_review_is_only_what_there_is() -> None:
    calm = found(3)
    assert overview.waiting(calm) == []
    busy = replace(calm, waiting=Waiting((("date", 4),), 2, 1))
    assert [(label, count) for label, count, _ in overview.waiting(busy)] == [
        ("in doubt: dates", 4), ("people do not agree", 2), ("decisions that do not count", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["damaged", "encrypted", "scanned", "unknown-format", "encoding-guessed", "too-large"])
def test_advice_is_given_by_code(code: str) -> None:
    assert advice(code) is table()[code] != OTHER


def test_an_unknown_code_has_the_words_of_its_notice() -> None:
    assert advice("never-seen") is OTHER
