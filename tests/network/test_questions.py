"""Who signed with whom, first and last, how often, alone or together, in which period."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import msgspec
import pytest
import velna
from hypothesis import given
from hypothesis import strategies as st

from onrecord import analyse
from onrecord.errors import MetadataError, NotFound
from onrecord.hypergraph import Extent
from onrecord.model import Entity, Record
from onrecord.networks import Together, together


def asked(records: Iterable[Record] | None = None, **options: object) -> Together:
    held = {each.id: each for each in (velna.records() if records is None else records)}
    return together(lambda ids: [held[name] for name in ids or held], lambda ids: {}, **options)  # type: ignore[arg-type]


def test_the_hyperedge_has_its_parties_roles_words_and_address() -> None:
    first, *_ = asked().network.statements
    assert (first.key, first.issued, first.address) == ("d1/st1", "2023-05-03", "/d/d1/0-42")
    assert [(member.entity, member.role, member.words) for member in first.members] == [
        ("e1", "signatory", "Harbour Union"),
        ("e2", "signatory", "River Council"),
        ("e3", "signatory", "Pilots’ Guild"),
    ]
    [text] = [record.text for record in velna.records() if record.id == "d1"]
    assert all(member.spans[0].of(text) == member.words for member in first.members)


def test_pairs_say_how_often_when_and_how_often_without_the_other() -> None:
    found = asked().pairs("pair", "Harbour Union", "river council")
    [pair] = found.pairs
    assert (pair.weight, pair.statements, pair.first_without, pair.second_without) == (4.0, 4, 2, 2)
    assert pair.extent == Extent("2023-05-03", "2024-09-09", 1)
    assert pair.keys == ("d1/st1", "d2/st1", "d8/st1", "d4/st1"), "by date, the undated last"
    assert pair.addresses[0] == "/d/d1/0-42"
    assert found.names == {"e1": "Harbour Union", "e2": "River Council"}


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        ({}, ["d1/st1", "d2/st1", "d2/st2", "d3/st1", "d8/st1", "d4/st1"]),
        ({"since": "2024"}, ["d2/st1", "d2/st2", "d3/st1", "d8/st1"]),
        ({"until": "2024-05-31"}, ["d1/st1", "d2/st1", "d2/st2"]),
        ({"since": "2024-02-05", "until": "2024-02-28"}, ["d2/st2"]),
        ({"roles": ["participant"]}, ["d7/st1"]),
        ({"roles": ["issuer"]}, ["d8/st1"]),
        ({"hands": True}, ["d1/st1", "d2/st1", "d2/st2", "d5/st1", "d3/st1", "d8/st1", "d4/st1"]),
    ],
)
def test_which_statements_are_joint(options: dict[str, object], keys: list[str]) -> None:
    assert [each.key for each in asked(**options).network.statements] == keys


def test_what_is_left_out_is_counted() -> None:
    counted = asked(since="2024-02-05", until="2024-05-31").network.counted
    assert (counted.joint, counted.alone, counted.unnamed) == (1, 2, 0)
    assert (counted.over_border, counted.outside, counted.undated) == (3, 3, 1)
    whole = asked().network.counted
    assert (whole.documents, whole.joint, whole.alone, whole.unnamed) == (8, 6, 2, 2)
    assert (whole.unresolved, whole.hands) == (1, 2)


def test_parties_alone_and_together() -> None:
    union, council, *_, mill, norland = asked().parties()
    assert (union.name, union.alone, union.together, union.others) == ("Harbour Union", 1, 5, 4)
    assert union.roles == (("issuer", 3), ("signatory", 3))
    assert union.extent == Extent("2023-05-03", "2024-09-09", 1)
    assert len(union.addresses) == union.statements == 6
    assert (council.name, council.alone, council.together) == ("River Council", 1, 5)
    assert {mill.entity, norland.entity} == {"e4", "e6"}
    assert asked().parties("PILOTS GUILD")[0].entity == "e3"


def test_a_person_who_signs_for_a_body_is_its_hand() -> None:
    joint = {each.key: each for each in asked().network.statements}
    assert joint["d8/st1"].entities() == ("e1", "e2")
    assert [member.hand for member in joint["d8/st1"].members] == [False, False, True]
    assert "e5" in {pair.second for pair in asked(hands=True).pairs("pair").pairs}


def test_persons_who_sign_for_themselves_are_parties() -> None:
    people = velna.record("d9", (None, velna.signed(("e5", "Anna Brandt"), velna.UNION)))
    assert asked([people]).network.statements[0].entities() == ("e1", "e5")


@pytest.mark.parametrize("name", ["Nobody", "", "x" * 10_000, "\u202eunion\x00", "\udc80", "[bold]"])
def test_a_name_that_is_nobody_s_is_told(name: str) -> None:
    with pytest.raises(NotFound, match="No party of a statement is called") as told:
        asked().pairs(party=name)
    assert len(str(told.value)) < 1_000


def test_a_name_that_is_part_of_one_is_offered() -> None:
    with pytest.raises(NotFound, match="Harbour Union"):
        asked().pairs(party="harbour")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: asked(roles=["friend"]), "There is no role 'friend'"),
        (lambda: asked(since="yesterday"), "'since': 'yesterday' is not a date in EDTF"),
        (lambda: asked(since="2024", until="2023"), "ends .* before it begins"),
        (lambda: asked().pairs("half"), "There is no rule 'half'. Take one of: hyperedge, pair, "),
        (lambda: asked().centrality("fame"), "There is no measure 'fame'"),
        (lambda: asked().communities("guess"), "There is no method 'guess'"),
    ],
)
def test_what_there_is_not_is_told(call: object, said: str) -> None:
    with pytest.raises(MetadataError, match=said):
        call()  # type: ignore[operator]


def test_a_statement_of_too_many_is_not_broken_into_pairs() -> None:
    statements = asked().network.statements
    found = analyse.pairs(statements, "pair", largest=3)
    assert found.too_large == 1
    assert "d4/st1" not in {key for pair in found.pairs for key in pair.keys}


def test_a_statement_of_very_many_costs_no_square() -> None:
    called = [f"e{at}" for at in range(20_000)]
    entities = {name: Entity(name, name.upper(), "organization", (name,)) for name in called}
    crowd = velna.record("d1", ("2024", velna.signed(*((name, name) for name in called))), entities=entities)
    network = asked([crowd])
    assert (network.network.counted.joint, len(network.parties())) == (1, 20_000)
    found = network.pairs()
    assert (found.too_large, found.pairs) == (1, ())


GROUPS = st.lists(st.sets(st.sampled_from([f"e{at}" for at in range(1, 7)]), min_size=1), max_size=7)
DAYS = st.sampled_from(
    [None, "2023", "2023-05", "2023-05-03", "2023-12-30/2024-01-02", "2024~", "2024-01-01?", "../2023"]
)


def archive(groups: Sequence[set[str]], days: Sequence[str | None]) -> list[Record]:
    return [
        velna.record(f"d{at:02}", (day, velna.signed(*((each, velna.ENTITIES[each].name) for each in sorted(group)))))
        for at, (group, day) in enumerate(zip(groups, days, strict=False))
    ]


@given(GROUPS, st.lists(DAYS, min_size=7, max_size=7), st.randoms())
def test_the_order_of_the_records_does_not_matter(
    groups: list[set[str]], days: list[str | None], chance: random.Random
) -> None:
    made = archive(groups, days)
    mixed = made.copy()
    chance.shuffle(mixed)
    one, other = asked(made), asked(mixed)
    assert one.network == other.network
    for rule in analyse.RULES:
        assert one.pairs(rule) == other.pairs(rule)
        assert one.communities(rule=rule) == other.communities(rule=rule)
    for measure in analyse.MEASURES:
        assert one.centrality(measure) == other.centrality(measure)


@given(GROUPS, st.lists(DAYS, min_size=7, max_size=7))
def test_weights_add_up_as_the_rules_say(groups: list[set[str]], days: list[str | None]) -> None:
    network = asked(archive(groups, days))
    sizes = [len(group) for group in groups if len(group) > 1]
    totals = {rule: sum(pair.weight for pair in network.pairs(rule).pairs) for rule in analyse.RULES}
    assert totals["hyperedge"] == pytest.approx(len(sizes))
    assert totals["pair"] == sum(n * (n - 1) / 2 for n in sizes)
    assert totals["1/(n-1)"] == pytest.approx(sum(sizes) / 2)
    strengths = {each.entity: each.value for each in network.centrality("strength", "1/(n-1)").parties}
    together_in = {party.entity: party.together for party in network.parties() if party.together}
    assert strengths == pytest.approx(together_in), "by 1/(n-1) the strength is the number of joint statements"


@given(GROUPS, st.lists(DAYS, min_size=7, max_size=7))
def test_pairs_of_one_are_those_of_all(groups: list[set[str]], days: list[str | None]) -> None:
    network = asked(archive(groups, days))
    every = network.pairs("pair").pairs
    for party in network.parties():
        mine = network.pairs("pair", party.entity).pairs
        assert mine == tuple(pair for pair in every if party.entity in (pair.first, pair.second))
        assert party.others == len(mine)
        for pair in mine:
            without = pair.first_without if party.entity == pair.first else pair.second_without
            assert pair.statements + without == party.statements


def test_communities_and_centrality_say_how_they_were_found() -> None:
    halves = [{"e1", "e2", "e3"}, {"e4", "e5", "e6"}, {"e1", "e2"}, {"e5", "e6"}, {"e3", "e4"}]
    network = asked(archive(halves, [None] * 5))
    for method in analyse.METHODS:
        found = network.communities(method, "pair")
        assert [sorted(p.entity for p in each.parties) for each in found.communities] == [
            ["e1", "e2", "e3"],
            ["e4", "e5", "e6"],
        ]
        assert found.rule.name == "pair" and found.modularity > 0.3
        assert found.communities[0].addresses == ("/d/d00/0-42", "/d/d02/0-28")
    assert network.communities().measure.parameters["seed"] == 0
    between = network.centrality("betweenness", "pair")
    assert {each.entity for each in between.parties[:2]} == {"e3", "e4"}
    assert between.parties[0].value == pytest.approx(0.6)
    sampled = analyse.centrality(network.network.statements, "betweenness", "pair", exact=4)
    assert sampled.measure.parameters == {"pivots": 4, "seed": 0, "normalized": True}
    assert msgspec.json.decode(msgspec.json.encode(between))["rule"]["formula"] == "1"


def test_nothing_gives_nothing() -> None:
    network = asked([])
    assert network.pairs().pairs == network.parties() == network.statements() == network.windows().windows == ()
    assert network.centrality("betweenness").parties == network.communities().communities == ()
