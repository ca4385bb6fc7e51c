"""Which later act is what to an earlier one: each relation where it holds, and where it must not be proposed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quay import COUNCIL, GUARD, MINISTRY, UNION, Letter, Said, counted, denied, letter, record, said

from onrecord import analyse
from onrecord.acting import reader_of
from onrecord.analyse.act_links import rules
from onrecord.commitments import ActLink


def proposed(*letters: Letter, but: Sequence[tuple[str, str]] = ()) -> list[ActLink]:
    """The links between the acts of letters, which are called d1, d2, … in the order given."""
    ready = []
    for at, one in enumerate(letters, 1):
        made = record(f"d{at}", one)
        reader = reader_of(made)
        fit = [(act, reader.row(act), known) for act in made.acts if (known := reader.stance(act))]
        fit = [each for each in fit if analyse.comparable(each[1])]
        ready += [found for act, row, known in fit if (found := analyse.candidate(row, reader.gist(act), known))]
    return list(analyse.linked(ready, but))


def two(earlier: Said, later: Said) -> list[ActLink]:
    """The links of two letters of one party, the second a month after the first."""
    return proposed(letter(UNION, "2023-09-04", earlier), letter(UNION, "2023-10-04", later))


OPEN = said("We will open the north gate.", "promise", "will open", content="the north gate")
OPEN_MAY = said(
    "We will open the north gate by 1 May.", "promise", "will open", content="the north gate",
    deadline="by 1 May=2024-05-01",
)  # fmt: skip
OPEN_JUNE = said(
    "We will open the north gate by 1 June.", "promise", "will open", content="the north gate",
    deadline="by 1 June=2024-06-01",
)  # fmt: skip
OPEN_IF = said(
    "We will open the north gate if the toll falls.", "promise", "will open", content="the north gate",
    condition="if the toll falls",
)  # fmt: skip
SHUT = denied("We will not open the north gate.", "refuse", "will not open", content="the north gate")
SHUT_UNTIL = Said(
    "We will not open the north gate until the toll falls.", "refuse", "will not open",
    {"content": "the north gate", "condition": "until the toll falls"}, negated=True,
)  # fmt: skip
UNLOAD = denied("We will not unload a single ship.", "refuse", "will not unload", content="a single ship")
UNLOADING = said("We refuse to go on unloading the ships.", "refuse", "refuse", content="unloading the ships")
TEN = counted("We will lend ten boats.", "promise", "will lend", ("ten boats", 10), content="ten boats")
SIX = counted("We will lend six boats.", "promise", "will lend", ("six boats", 6), content="six boats")
DEMAND = said("We demand the lists of the crews.", "demand", "demand", content="the lists of the crews")
ASK = said("We ask for the lists of the crews.", "request", "ask", content="the lists of the crews")
CALL = said("We call for the lists of the crews.", "urge", "call for", content="the lists of the crews")
SUGGEST = said("We suggest the lists of the crews.", "invite", "suggest", content="the lists of the crews")
NO_DEMAND = denied("We do not demand the lists of the crews.", "demand", "do not demand", content="lists of the crews")
NEVER_REFUSED = denied(
    "We have never refused to open the north gate.", "refuse", "have never refused", content="open the north gate"
)
NOT_TO_OPEN = denied(
    "We undertake not to open the north gate.", "promise", "undertake", content="open the north gate", negation="not"
)
WITHDRAWN = said("We withdraw our demand for the lists of the crews.", "announce", "withdraw",
                 content="our demand for the lists of the crews")  # fmt: skip
DROPPED = said("We have decided to drop all our demands for the lists of the crews.", "decide", "have decided",
               content="drop all our demands for the lists of the crews")  # fmt: skip
ANNOUNCED = said("We announce our demand for the lists of the crews.", "announce", "announce",
                 content="our demand for the lists of the crews")  # fmt: skip
OTHER_DEMAND = said("We withdraw our demand for a rest day.", "announce", "withdraw",
                    content="our demand for a rest day")  # fmt: skip
TAKEN_BACK = said("We withdraw our promise to open the north gate.", "announce", "withdraw",
                  content="our promise to open the north gate")  # fmt: skip
WARN = said("We warn of a closed lock.", "warn", "warn", content="a closed lock")
THREAT = said("We will see to a closed lock.", "threaten", "will see", content="a closed lock")
NO_THREAT = denied("There shall be no closed lock.", "promise", "shall be no", content="closed lock")
OFFER_LOCK = said("We offer talks on the closed lock.", "offer", "offer", content="talks on the closed lock")
DENY = said("We deny the shots at the dam.", "deny", "deny", target="the shots at the dam")
ADMIT = said("We admit the shots at the dam.", "admit", "admit", target="the shots at the dam")
OTHER = said("We will pay the weavers.", "promise", "will pay", content="the weavers")
CONDEMN = said("We condemn the shots at the dam.", "condemn", "condemn", target="the shots at the dam")


@pytest.mark.parametrize(
    ("earlier", "later", "relation"),
    [
        (OPEN, OPEN, "repeats"),
        (UNLOAD, UNLOADING, "repeats"),
        (ASK, CALL, "repeats"),
        (DENY, DENY, "repeats"),
        (OPEN_MAY, OPEN_JUNE, "softens"),
        (OPEN, OPEN_IF, "softens"),
        (OPEN_MAY, OPEN, "softens"),
        (TEN, SIX, "softens"),
        (DEMAND, ASK, "softens"),
        (DEMAND, SUGGEST, "softens"),
        (CALL, SUGGEST, "softens"),
        (THREAT, OFFER_LOCK, "softens"),
        (SHUT, OPEN_IF, "softens"),
        (OPEN, SHUT_UNTIL, "softens"),
        (OPEN_JUNE, OPEN_MAY, "hardens"),
        (OPEN_IF, OPEN, "hardens"),
        (OPEN, OPEN_MAY, "hardens"),
        (SIX, TEN, "hardens"),
        (ASK, DEMAND, "hardens"),
        (SUGGEST, CALL, "hardens"),
        (WARN, THREAT, "hardens"),
        (OPEN, SHUT, "withdraws"),
        (SHUT, OPEN, "withdraws"),
        (DEMAND, WITHDRAWN, "withdraws"),
        (DEMAND, DROPPED, "withdraws"),
        (OPEN, TAKEN_BACK, "withdraws"),
        (OPEN, NOT_TO_OPEN, "withdraws"),
        (THREAT, NO_THREAT, "withdraws"),
        (DENY, ADMIT, "withdraws"),
    ],
)
def test_what_a_later_act_of_a_party_is_to_its_earlier_one(earlier: Said, later: Said, relation: str) -> None:
    [link] = two(earlier, later)
    assert (link.relation, link.earlier.key, link.later.key) == (relation, "d1/s1", "d2/s1")
    assert 0 < link.score.value <= 1 and link.score.reason.startswith("the same party; ")
    assert (link.earlier.words, link.later.words) == (earlier.words, later.words)
    assert link.later.address.startswith("/d/d2/")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (OPEN, OTHER),
        (DEMAND, OPEN),
        (DENY, CONDEMN),
        (OPEN_IF, SHUT_UNTIL),
        (ASK, DENY),
        (UNLOAD, SHUT),
        (CONDEMN, CONDEMN),
        (DEMAND, NO_DEMAND),
        (SHUT, NEVER_REFUSED),
        (NEVER_REFUSED, OPEN),
        (DEMAND, ANNOUNCED),
        (DEMAND, OTHER_DEMAND),
        (ASK, WITHDRAWN),
    ],
    ids=["other matter", "not comparable", "no pair", "two conditions", "unlike", "other refusal", "no ledger",
         "denied verb", "denied refusal", "denied refusal before", "announced", "other demand", "other act"],
)  # fmt: skip
def test_what_is_no_link(earlier: Said, later: Said) -> None:
    assert two(earlier, later) == []


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        (OPEN_MAY, OPEN_JUNE, "the deadline is later (2024-05-01 before, 2024-06-01 now)"),
        (OPEN, OPEN_IF, "a condition is new"),
        (TEN, SIX, "the number is smaller (10 before, 6 now)"),
        (DEMAND, ASK, "what was demanded is now asked for"),
        (OPEN, SHUT, "what was to be done is now said not to be"),
        (OPEN, OPEN, "content words alike (gate, north, open)"),
    ],
)
def test_each_link_says_why(earlier: Said, later: Said, words: str) -> None:
    [link] = two(earlier, later)
    assert words in link.score.reason


def test_what_changed_both_ways_is_a_repetition_that_says_so() -> None:
    both = said(
        "We will open the north gate by 1 May if the toll falls.", "promise", "will open", content="the north gate",
        deadline="by 1 May=2024-05-01", condition="if the toll falls",
    )  # fmt: skip
    [link] = two(OPEN_JUNE, both)
    assert link.relation == "repeats"
    assert "a condition is new" in link.score.reason and "the deadline is nearer" in link.score.reason


TO_MINISTRY = said(
    "We demand of the Ministry of Ferries the lists of the crews.", "demand", "demand",
    addressee=MINISTRY, content="the lists of the crews",
)  # fmt: skip
GIVE = said("We will print the lists of the crews.", "promise", "will print", content="the lists of the crews")
NEVER = denied(
    "We will not print the lists of the crews.", "refuse", "will not print", content="the lists of the crews"
)
CHARGE = said(
    "We accuse the Hill Guard of the shots at the dam.", "accuse", "accuse", target=GUARD,
    content="the shots at the dam",
)  # fmt: skip
NOT_US = said(
    "To the Basin Council we deny the shots at the dam.", "deny", "deny", target="the shots at the dam",
    addressee=COUNCIL,
)  # fmt: skip


@pytest.mark.parametrize(
    ("asker", "asked", "answerer", "answer"),
    [
        (UNION, TO_MINISTRY, MINISTRY, GIVE),
        (UNION, TO_MINISTRY, MINISTRY, NEVER),
        (COUNCIL, CHARGE, GUARD, DENY),
        (COUNCIL, CHARGE, GUARD, NOT_US),
    ],
)
def test_another_party_answers(asker: str, asked: Said, answerer: str, answer: Said) -> None:
    [link] = proposed(letter(asker, "2023-09-04", asked), letter(answerer, "2023-09-06", answer))
    assert link.relation == "answers"
    assert link.score.reason.startswith("different parties; ")


@pytest.mark.parametrize(
    ("asker", "asked", "answerer", "answer", "day"),
    [
        (UNION, TO_MINISTRY, GUARD, GIVE, "2023-09-06"),
        (UNION, TO_MINISTRY, MINISTRY, OTHER, "2023-09-06"),
        (UNION, TO_MINISTRY, MINISTRY, GIVE, "2023-09-04"),
        (UNION, TO_MINISTRY, MINISTRY, GIVE, "2023-09-02"),
        (UNION, TO_MINISTRY, MINISTRY, GIVE, "2023-09"),
        (UNION, TO_MINISTRY, MINISTRY, GIVE, None),
        (UNION, TO_MINISTRY, MINISTRY, ADMIT, "2023-09-06"),
    ],
    ids=["not asked", "other matter", "same day", "before", "perhaps before", "undated", "no answer"],
)
def test_what_is_no_answer(asker: str, asked: Said, answerer: str, answer: Said, day: str | None) -> None:
    assert proposed(letter(asker, "2023-09-04", asked), letter(answerer, day, answer)) == []


def test_the_nearest_earlier_act_is_linked_and_each_only_once() -> None:
    days = ["2023-09-04", "2023-10-04", "2023-11-04"]
    links = proposed(*(letter(UNION, day, OPEN) for day in days))
    assert [(link.later.key, link.earlier.key) for link in links] == [("d2/s1", "d1/s1"), ("d3/s1", "d2/s1")]
    assert [link.earlier.key for link in proposed(*(letter(UNION, day, OPEN) for day in reversed(days)))] == [
        "d3/s1",
        "d2/s1",
    ], "by their dates, whatever order they come in"


def test_a_pair_that_is_ruled_out_is_passed_over() -> None:
    letters = [letter(UNION, day, OPEN) for day in ("2023-09-04", "2023-10-04", "2023-11-04")]
    links = proposed(*letters, but=[("d3/s1", "d2/s1")])
    assert [(link.later.key, link.earlier.key) for link in links] == [("d2/s1", "d1/s1"), ("d3/s1", "d1/s1")]


def test_only_an_answer_is_linked_within_a_document_and_only_behind_what_it_answers() -> None:
    asks = Said(**{**fields(TO_MINISTRY), "by": UNION, "words": f"{UNION}: {TO_MINISTRY.words}"})
    replies = Said(**{**fields(GIVE), "by": MINISTRY, "words": f"{MINISTRY}: {GIVE.words}"})
    [link] = proposed(letter((), "2023-09-06", asks, replies))
    assert link.relation == "answers" and "one text" in link.score.reason
    assert link.score.features["one_text"] == 1.0
    assert proposed(letter((), "2023-09-06", replies, asks)) == []
    assert proposed(letter(UNION, "2023-09-06", OPEN, SHUT)) == []


def test_the_same_act_told_again_counts_less_and_says_so() -> None:
    told = Said(**{**fields(OPEN), "by": UNION, "words": f"{UNION}: {OPEN.words}"})
    [own] = two(OPEN, OPEN)
    [link] = proposed(letter(UNION, "2023-09-04", OPEN), letter((), "2023-09-05", told))
    assert link.relation == "repeats" and "once more" in link.score.reason
    assert link.score.value < own.score.value
    [reprint] = proposed(letter(UNION, "2023-09-04", OPEN), letter(UNION, "2023-09-05", OPEN))
    assert reprint.score.value < own.score.value and "printed again" in reprint.score.reason


def test_that_both_acts_name_their_party_is_no_likeness() -> None:
    names = [
        said(f"{UNION} denies the losses.", "deny", "denies", content=f"{UNION} denies the losses"),
        said(f"{UNION} denies any talks.", "deny", "denies", content=f"{UNION} denies any talks"),
    ]
    assert two(*names) == []
    charge = said(f"The {GUARD} shut the lock.", "accuse", "shut", content=f"The {GUARD} shut the lock", target=GUARD)
    answer = said(f"The {GUARD} denies any talks.", "deny", "denies", content=f"The {GUARD} denies any talks")
    assert proposed(letter(COUNCIL, "2023-09-04", charge), letter(GUARD, "2023-09-06", answer)) == []


def test_a_joint_statement_goes_on_with_what_one_of_its_parties_said() -> None:
    [link] = proposed(letter(UNION, "2023-09-04", OPEN), letter((MINISTRY, UNION), "2023-10-04", SHUT))
    assert (link.relation, len(link.later.by)) == ("withdraws", 2)


def fields(one: Said) -> dict[str, object]:
    return {name: getattr(one, name) for name in Said.__struct_fields__}


def test_the_table_is_sound() -> None:
    from typing import get_args

    from onrecord.model import Act

    table = rules()
    assert {stance.rstrip("~").removeprefix("-") for stance in table.stances} <= set(get_args(Act))
    assert all(
        relation in ("same", "softens", "hardens", "withdraws") and why for relation, why in table.course.values()
    )
    opposite = {"softens": "hardens", "hardens": "softens"}
    scale = ["demand", "request", "urge", "invite"]
    for one in scale:
        for other in scale:
            relation = table.course[one, other][0]
            assert table.course[other, one][0] == opposite.get(relation, relation)


SAID = st.sampled_from([OPEN, OPEN_MAY, OPEN_IF, SHUT, SHUT_UNTIL, TEN, SIX, DEMAND, ASK, NO_DEMAND, TO_MINISTRY, GIVE])
LETTERS = st.builds(
    letter, st.sampled_from([UNION, MINISTRY, (UNION, MINISTRY)]),
    st.sampled_from([None, "2023", "2023-09", "2023-09-04", "2023-09-05?", "2023-10-01/2023-10-07", "soon"]),
    SAID, SAID,
)  # fmt: skip


@given(st.lists(LETTERS, max_size=8))
def test_links_go_back_in_time_and_never_twice_whatever_is_said(letters: list[Letter]) -> None:
    links = proposed(*letters)
    pairs = [(link.later.key, link.earlier.key) for link in links]
    assert len(set(pairs)) == len(pairs)
    for link in links:
        assert 0 < link.score.value <= 1 and link.score.reason
        assert (link.relation == "answers") != bool({*link.later.by} & {*link.earlier.by})
        if link.later.document == link.earlier.document:
            assert link.relation == "answers"
        else:
            assert (link.earlier.date or "") < (link.later.date or "")
    assert proposed(*letters) == links
