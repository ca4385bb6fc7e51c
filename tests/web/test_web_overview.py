from __future__ import annotations

from onrecord.model import Stats
from onrecord.web import overview


def stats(total: int, **counts: tuple[tuple[str, int], ...]) -> Stats:
    return Stats(totals=(("document", total),), counts=tuple(counts.items()))


def test_bars_are_searches_and_what_has_no_value_is_said_and_is_none() -> None:
    chart = overview.chart(stats(10, language=(("en", 6), ("ar", 2))), "language")
    assert [(bar.label, bar.count, bar.share, bar.address) for bar in chart.bars] == [
        ("English", 6, 100.0, "/search?lang=en"),
        ("Arabic", 2, 33.3, "/search?lang=ar"),
        ("not known", 2, 33.3, None),
    ]


def test_a_long_table_ends_with_what_is_left_out() -> None:
    chart = overview.chart(stats(40, publisher=tuple((f"P{n}", 1) for n in range(40))), "publisher")
    assert (len(chart.bars), chart.more) == (overview.MOST, 40 - overview.MOST)


def test_an_empty_archive_has_nothing_to_draw() -> None:
    assert overview.columns(stats(0)) == []
    assert overview.chart(stats(0), "genre").bars == ()


def test_months_show_their_gaps() -> None:
    columns = overview.columns(stats(3, month=(("2023-11", 2), ("2024-02", 1))))
    assert [(column.label, column.year, column.count) for column in columns] == [
        ("November 2023", "2023", 2), ("December 2023", "", 0), ("January 2024", "2024", 0), ("February 2024", "", 1),
    ]  # fmt: skip
    assert columns[0].address == "/search?since=2023-11&until=2023-11&sort=newest"


def test_a_long_time_is_drawn_by_years() -> None:
    columns = overview.columns(stats(5, month=(("1998-01", 1), ("1998-07", 2), ("2003-05", 2), ("odd", 9))))
    assert [(column.label, column.count) for column in columns] == [
        ("1998", 3), ("1999", 0), ("2000", 0), ("2001", 0), ("2002", 0), ("2003", 2),
    ]  # fmt: skip
