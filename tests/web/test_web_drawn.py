"""The pictures of our own: nothing is lost, nothing lies outside, nothing in a name is markup, whatever is drawn."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from onrecord.hypergraph import JointStatement, Member
from onrecord.makers import TOGETHER
from onrecord.web import lanes, paohvis, svg
from onrecord.workbench.bins import MOST, STEPS, bins
from onrecord.workbench.timeline import KINDS, Lane, Lanes, Mark
from onrecord.workbench.together import ORDERS, Row, Shown, chained, ordered
from onrecord.workbench.who import Called

NAMES = st.text(max_size=40).map(lambda name: name or "N")
ENTITIES = [f"e{number}" for number in range(12)]
SCRIPTS = st.sampled_from([None, "Latn", "Arab", "Hebr", "Cyrl", "Hani"])
MEMBERS = st.builds(
    Member,
    st.sampled_from([*ENTITIES, None]),
    NAMES,
    st.sampled_from(TOGETHER),
    st.just(()),
    st.just(""),
    st.booleans(),
)
DATES = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat), st.just("2024-05"))
STATEMENTS = st.lists(
    st.builds(
        JointStatement, st.integers(0, 99).map(lambda n: f"d{n}"), st.just("s1"), DATES,
        st.lists(MEMBERS, max_size=14).map(tuple), st.none(), st.just(""), st.one_of(st.none(), NAMES),
    ),
    max_size=30,
)  # fmt: skip


@st.composite
def shown(draw: st.DrawFn) -> Shown:
    statements = draw(STATEMENTS)
    entities = sorted({entity for each in statements for entity in each.entities()})
    kept = draw(st.lists(st.sampled_from(entities), unique=True)) if entities else []
    rows = tuple(Row(Called(each, draw(NAMES), "organization", draw(SCRIPTS)), 1) for each in kept)
    return Shown(
        statements=tuple(statements), total=len(statements), rows=rows, parties=len(entities), unresolved=0, bins=(),
        spanning=0,
    )  # fmt: skip


@given(shown())
def test_every_party_of_every_statement_has_a_mark_or_is_counted(picture: Shown) -> None:
    made = paohvis.layout(picture)
    assert [column.statement for column in made.columns] == list(picture.statements)
    for column in made.columns:
        own = {member.entity or f"={member.name}" for member in column.statement.parties()}
        assert len(column.marks) + column.others == len(own)
        assert {made.rows[mark.row].party.id for mark in column.marks} <= own
        assert [mark.row for mark in column.marks] == sorted({mark.row for mark in column.marks})


@given(shown())
def test_nothing_lies_outside_the_picture_or_on_another(picture: Shown) -> None:
    made = paohvis.layout(picture)
    places = [column.x for column in made.columns]
    assert all(made.step / 2 <= x <= made.width - made.step / 2 for x in places)
    assert all(after - before >= made.step - 0.01 for before, after in pairwise(places))
    for mark in (mark for column in made.columns for mark in column.marks):
        middle = paohvis.middle(mark.row)
        assert paohvis.HEAD < middle < made.height - paohvis.FOOT
    for slot in made.slots:
        assert 0 <= slot.x <= slot.x + slot.width <= made.width


@settings(max_examples=40)
@given(shown())
def test_whatever_the_names_the_pictures_are_sound(picture: Shown) -> None:
    made = paohvis.layout(picture)
    for drawn in (paohvis.names(made), paohvis.columns(made), paohvis.whole(made, "Joint statements")):
        root = etree.fromstring(str(drawn))
        kinds = {element.tag.split("}")[-1] for element in root.iter() if isinstance(element.tag, str)}
        assert kinds <= {"svg", "g", "a", "rect", "line", "circle", "path", "text", "title"}
        assert all(attribute not in ("style", "onclick") for element in root.iter() for attribute in element.attrib)
    columns = etree.fromstring(str(paohvis.columns(made)))
    assert len(columns.findall(".//a[@class='column']")) == len(picture.statements)


@pytest.mark.parametrize(
    ("script", "end", "anchor"),
    [("Arab", True, "start"), ("Hebr", True, "start"), ("Latn", True, "end"), ("Arab", False, "end"),
     (None, False, "start")],
)  # fmt: skip
def test_a_name_stands_on_its_side_in_its_own_direction(script: str | None, end: bool, anchor: str) -> None:
    drawn = svg.name("x", 10, 10, script=script, lang=None, end=end, room=100)
    assert f'text-anchor="{anchor}"' in drawn
    assert ('direction="rtl"' in drawn) == (script in ("Arab", "Hebr"))


def test_markup_in_a_name_is_words() -> None:
    drawn = svg.name('<script>"&\u202e', 0, 0, script=None, lang='"><script>', end=False, room=900)
    assert "<script" not in drawn
    assert "[RLO]" in drawn
    assert etree.fromstring(str(drawn)).text == '<script>"&[RLO]'


# -- lanes -------------------------------------------------------------------------------------------------------------

DAY = st.dates(date(1, 1, 2), date(9999, 12, 30))


@st.composite
def some_lanes(draw: st.DrawFn) -> Lanes:
    low = draw(st.dates(date(1, 1, 2), date(9990, 1, 1)))
    high = low + timedelta(days=draw(st.integers(1, 2500)))

    def mark() -> Mark:
        first, last = sorted((draw(DAY), draw(DAY)))
        kind = draw(st.sampled_from(KINDS))
        return Mark(
            kind=kind, low=first.isoformat(), high=last.isoformat(), count=draw(st.integers(1, 400)), value="2024"
        )

    def lane(number: int) -> Lane:
        one = Called(f"e{number}", draw(NAMES), None, draw(SCRIPTS))
        return Lane(one, tuple(mark() for _ in range(draw(st.integers(0, 6)))), 0)

    found = tuple(lane(number) for number in range(draw(st.integers(0, 4))))
    return Lanes(found, low.isoformat(), high.isoformat(), True, False, ("", ""))


@settings(max_examples=60)
@given(some_lanes())
def test_every_mark_is_in_its_lane_and_in_the_picture(found: Lanes) -> None:
    made = lanes.layout(found)
    bottoms = [*(strip.y for strip in made.strips), made.height][1:]
    for lane, strip, bottom in zip(found.lanes, made.strips, bottoms, strict=True):
        assert sorted(map(repr, lane.marks)) == sorted(repr(placed.mark) for placed in strip.marks)
        for placed in strip.marks:
            assert 0 <= placed.x <= placed.x2 <= lanes.WIDTH
            assert strip.y + lanes.NAME <= placed.y <= bottom
    etree.fromstring(str(lanes.drawn(made, lambda mark: mark.address, "Dates")))


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_the_scale_has_few_ticks_within_it(one: date, other: date) -> None:
    low, high = sorted((one, other))
    found = lanes.ticks(low, high)
    assert len(found) <= 1.5 * lanes.TICKS + 2
    assert all(low <= each <= high for each, _ in found)


# -- bins and orders ---------------------------------------------------------------------------------------------------

MONTHS = st.tuples(st.integers(1, 9999), st.integers(1, 12)).map(lambda pair: f"{pair[0]:04}-{pair[1]:02}")


@given(st.dictionaries(MONTHS, st.integers(1, 50), max_size=30))
def test_bins_hold_every_month_once(counts: dict[str, int]) -> None:
    made = bins(counts)
    if len(made) < MOST:
        assert sum(each.count for each in made) == sum(counts.values())
    for before, after in pairwise(made):
        assert before.until < after.since
    for each in made:
        held = [number for month, number in counts.items() if each.since <= month[: len(each.since)] <= each.until]
        assert each.count == sum(held)
    assert len(made) <= 10 * MOST
    assert STEPS[0] == 1


@given(STATEMENTS, st.sampled_from(ORDERS))
def test_an_order_keeps_every_row(statements: list[JointStatement], order: str) -> None:
    entities = sorted({entity for each in statements for entity in each.entities()})
    assert sorted(ordered(statements, entities, order)) == entities  # type: ignore[arg-type]


def test_those_who_stand_together_are_near_one_another() -> None:
    pairs = {frozenset(pair): 1.0 for pair in (("a", "c"), ("c", "e"), ("b", "d"))}
    chain = chained(["a", "b", "c", "d", "e"], lambda one, two: pairs.get(frozenset((one, two)), 0.0))
    assert abs(chain.index("a") - chain.index("c")) == abs(chain.index("b") - chain.index("d")) == 1


def test_every_role_and_kind_has_a_form_of_its_own() -> None:
    assert len({str(paohvis.shape(role, 0, 0)) for role in TOGETHER}) == len(TOGETHER)
    assert len({str(lanes.form(kind, 0, 0)) for kind in KINDS}) == len(KINDS)
    assert {*get_args(paohvis.PartyRole)} >= {*paohvis.ROLES} == {*TOGETHER}
