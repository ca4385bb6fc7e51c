from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_records import NAMES, record, statement

from onrecord.analyse.network import RULES, JointStatement, Member, Pair, RuleName, joint_statements, pairs
from onrecord.model import Entity, Mention, Party, Span, Statement

THREE = record(
    "d1", statements=(statement("st1", [("issuer", "e2"), ("signatory", "e1"), ("signatory", "e3")], "2024-05-03"),)
)
TWO = record("d2", statements=(statement("st1", [("signatory", "e1"), ("signatory", "e2"), ("witness", "e4")]),))
ALONE = record("d3", statements=(statement("st1", [("issuer", "e1"), ("signatory", "e1"), ("participant", "e2")]),))
UNKNOWN = record("d4", statements=(statement("st1", [("issuer", "e1"), ("issuer", None)]),))
ALL = [THREE, TWO, ALONE, UNKNOWN]


def test_the_joint_statement_keeps_its_parties_roles_and_evidence() -> None:
    first, second, third = joint_statements(iter(ALL))
    assert (first.document, first.statement, first.issued) == ("d1", "st1", "2024-05-03")
    assert first.members[0] == Member("e2", "River Council", "issuer", (Span(0, 1),))
    assert first.entities() == ("e1", "e2", "e3")
    assert second.entities() == ("e1", "e2")
    assert (third.document, third.entities()) == ("d4", ("e1",))


def test_which_roles_count_is_a_choice() -> None:
    (found,) = joint_statements([ALONE], ("issuer", "participant"))
    assert found.entities() == ("e1", "e2")


@pytest.mark.parametrize(
    ("rule", "weights"),
    [
        ("pair", {("e1", "e2"): 2.0, ("e1", "e3"): 1.0, ("e2", "e3"): 1.0}),
        ("1/(n-1)", {("e1", "e2"): 1.5, ("e1", "e3"): 0.5, ("e2", "e3"): 0.5}),
        ("hyperedge", {("e1", "e2"): 4 / 3, ("e1", "e3"): 1 / 3, ("e2", "e3"): 1 / 3}),
    ],
)
def test_pairs_by_rule(rule: RuleName, weights: dict[tuple[str, str], float]) -> None:
    found = pairs(joint_statements(ALL), rule)
    assert {(pair.first, pair.second): pair.weight for pair in found.pairs} == pytest.approx(weights)
    assert [pair.statements for pair in found.pairs] == [2, 1, 1]
    assert (found.rule, found.statements, found.unresolved) == (RULES[rule], 2, 1)


def test_the_result_says_its_rule_when_written() -> None:
    written = msgspec.json.decode(msgspec.json.encode(pairs(joint_statements(ALL), "1/(n-1)")))
    assert written["rule"]["formula"] == "1/(n-1)"
    assert "Newman" in written["rule"]["origin"]


@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=2), max_size=5))
def test_totals_are_as_the_rules_say(groups: list[set[str]]) -> None:
    made = [
        JointStatement(f"d{at}", "st1", None, tuple(Member(one, one, "signatory", ()) for one in sorted(group)))
        for at, group in enumerate(groups)
    ]
    totals = {name: sum(pair.weight for pair in pairs(made, name).pairs) for name in RULES}
    sizes = [len(group) for group in groups]
    assert totals["hyperedge"] == pytest.approx(len(groups))
    assert totals["pair"] == sum(n * (n - 1) / 2 for n in sizes)
    assert totals["1/(n-1)"] == pytest.approx(sum(sizes) / 2)


def test_no_statement_no_pairs() -> None:
    assert pairs([], "pair").pairs == ()
    assert Pair("a", "b", 1.0, 1) not in pairs(joint_statements([ALONE]), "pair").pairs


def test_who_signs_on_the_line_of_a_party_is_its_hand() -> None:
    text = "Harbour Union\nRiver Council\n\nFor the meeting: Anna Brandt, chair, Harbour Union\nOmar Lind, farmer"
    spans = {name: Span(text.index(name), text.index(name) + len(name)) for name in ("Anna Brandt", "Omar Lind")}
    last = text.rindex("Harbour Union")
    people = {"p1": "Anna Brandt", "p2": "Omar Lind"}
    made = record(
        "d1",
        text,
        entities=(
            *(Entity(key, NAMES[key], "organization", (NAMES[key],)) for key in ("e1", "e2")),
            *(Entity(key, name, "person", (name,)) for key, name in people.items()),
        ),
        mentions=(
            Mention("m1", 0, 13, "organization", "e1"),
            Mention("m2", 14, 27, "organization", "e2"),
            Mention("m3", last, last + 13, "organization", "e1"),
        ),
        statements=(
            Statement("st1", None, "statement", None, (
                Party("signatory", "e1", "Harbour Union", (Span(0, 13),)),
                Party("signatory", "e2", "River Council", (Span(14, 27),)),
                *(Party("signatory", key, name, (spans[name],)) for key, name in people.items()),
            )),
        ),
    )  # fmt: skip
    [found] = joint_statements([made])
    assert [member.name for member in found.members if member.hand] == ["Anna Brandt"]
    assert found.entities() == ("e1", "e2", "p2")
    [every] = joint_statements([made], hands=True)
    assert every.entities() == ("e1", "e2", "p1", "p2")
