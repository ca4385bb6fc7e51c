from __future__ import annotations

from datetime import date

from small_records import day, issued, published, quotation, record, statement

from onrecord.analyse.timeline import Timeline, timeline
from onrecord.model import Segment, Span

#        0         1         2         3
TEXT = "3 May 2024. On 14 June we meet. “By July”, it said."
LETTER = record(
    "d1",
    TEXT,
    dates=(issued("2024-05-03", (Span(0, 10),)), published("2024-05")),
    statements=(statement("st1", [("issuer", "e1"), ("signatory", "e2")], "2024-05-03"),),
    times=(day(15, 22, "2024-06-14"), day(36, 40, "2024-07"), day(0, 3, None)),
    attributions=(quotation("a1", "e3", Span(33, 40)),),
)


def moments(found: Timeline) -> dict[str, list[tuple[str, str, str | None]]]:
    return {lane.entity: [(one.kind, one.value, one.within) for one in lane.moments] for lane in found.lanes}


def test_each_party_has_its_lane() -> None:
    own = [("published", "2024-05", "st1"), ("issued", "2024-05-03", "st1"), ("event", "2024-06-14", "st1")]
    found = timeline(iter([LETTER]))
    assert moments(found) == {"e1": own, "e2": own, "e3": [("event", "2024-07", "a1")]}
    assert [lane.name for lane in found.lanes] == ["Harbour Union", "River Council", "Pilots’ Guild"]


def test_a_month_stays_a_month_and_its_words_are_kept() -> None:
    (lane,) = timeline([LETTER], frozenset(["e3"])).lanes
    (moment,) = lane.moments
    assert (moment.low, moment.high) == (date(2024, 7, 1), date(2024, 7, 31))
    assert [TEXT[start:end] for start, end in moment.spans] == ["July"]


def test_dates_without_a_value_are_counted() -> None:
    assert timeline([LETTER]).unplaced == 2
    assert timeline([LETTER], frozenset(["e1"])).unplaced == 1


def test_the_innermost_words_decide_whose_date_it_is() -> None:
    text = "x" * 100
    found = timeline(
        [
            record(
                "d1",
                text,
                segments=(Segment("g1", "item", 0, 50), Segment("g2", "item", 50, 100)),
                statements=(
                    statement("st1", [("issuer", "e1")], segment="g1"),
                    statement("st2", [("issuer", "e2")], segment="g2"),
                ),
                attributions=(
                    quotation("a1", "e3", Span(55, 90)),
                    quotation("a2", "e4", Span(60, 70), Span(80, 85)),
                    quotation("a3", None, Span(92, 99)),
                ),
                times=tuple(
                    day(start, start + 2, value)
                    for start, value in [
                        (5, "2024-01"),
                        (51, "2024-02"),
                        (56, "2024-03"),
                        (81, "2024-04"),
                        (72, "2024-05"),
                        (95, "2024-06"),
                    ]
                ),
            )
        ]
    )
    assert {lane.entity: [one.value for one in lane.moments] for lane in found.lanes} == {
        "e1": ["2024-01"],
        "e2": ["2024-02"],
        "e3": ["2024-03", "2024-05"],
        "e4": ["2024-04"],
    }


def test_no_records_no_lanes() -> None:
    assert timeline([]) == Timeline((), 0)
