import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_records import AT, record
from msgspec.structs import replace

from onrecord.errors import JudgementError
from onrecord.model import Judgement, Record, Subject, Verdict
from onrecord.resolve import apply, judgement, standing, subject, withdrawal

FIRST, SECOND, THIRD = "Kessan says the river is high today.", "Orlan says the boats are late.", "Dorr says no."
TEXTS = [FIRST, SECOND, THIRD, "Kessan says the river is low.", "Salem says the boats are late."]


def judged(
    made: Record, number: int, verdict: Verdict, value: Any = None, at: str = AT, kind: str = "attributions"
) -> Judgement:
    about = subject(made, kind, getattr(made, kind)[number])
    assert about is not None
    return judgement(about, verdict, "reader", at, value)


def contents(made: Record) -> list[str]:
    return [a.content.spans[0].of(made.text) for a in made.attributions]


def test_wrong_takes_the_fact_away() -> None:
    made = record(FIRST, SECOND)
    done = apply(made, [judged(made, 0, "wrong")])
    assert contents(done.record) == [SECOND]
    assert len(done.applied) == 1 and done.orphans == () and done.conflicts == ()


def test_replace_puts_fields_in_place() -> None:
    made = record(FIRST, SECOND)
    done = apply(made, [judged(made, 1, "replace", {"kind": "indirect", "rule": "by hand"})])
    assert done.record.attributions[1] == replace(made.attributions[1], kind="indirect", rule="by hand")
    assert done.record.attributions[0] == made.attributions[0]


@pytest.mark.parametrize("verdict", ["correct", "unsure"])
def test_correct_and_unsure_leave_the_fact(verdict: Verdict) -> None:
    made = record(FIRST)
    done = apply(made, [judged(made, 0, verdict)])
    assert done.record == made and len(done.applied) == 1


def test_the_latest_counts_and_the_contradiction_is_reported() -> None:
    made = record(FIRST)
    early, late = judged(made, 0, "wrong"), judged(made, 0, "correct", at="2024-06-01T00:00:00Z")
    for given_order in itertools.permutations([early, late]):
        done = apply(made, given_order)
        assert done.record == made and done.applied == (late.id,)
        assert [(c.counts, c.others) for c in done.conflicts] == [(late.id, (early.id,))]


def test_in_a_new_text_only_the_same_words_in_their_place_are_found() -> None:
    made = record(FIRST, SECOND, THIRD)
    moved = record("Salem speaks first.", FIRST, SECOND, THIRD)
    wrong = judged(made, 1, "wrong")
    assert contents(apply(moved, [wrong]).record) == ["Salem speaks first.", FIRST, THIRD]


@pytest.mark.parametrize(
    "sentences",
    [
        (FIRST, "Salem says the boats are late.", THIRD),
        (FIRST, SECOND, THIRD, FIRST, SECOND, THIRD),
        ("Another text.",),
        (SECOND,),
    ],
    ids=["look-alike", "twice", "gone", "without what stood around it"],
)
def test_otherwise_it_is_an_orphan(sentences: tuple[str, ...]) -> None:
    made, other = record(FIRST, SECOND, THIRD), record(*sentences)
    done = apply(other, [judged(made, 1, "wrong")])
    assert done.record == other and done.applied == ()
    assert len(done.orphans) == 1 and done.orphans[0].reason


def test_offsets_of_an_earlier_text_are_not_carried_over() -> None:
    made, moved = record(FIRST, SECOND, THIRD), record("Salem.", FIRST, SECOND, THIRD)
    spans = judged(made, 1, "replace", {"content": {"spans": [[0, 5]]}})
    assert apply(made, [spans]).applied == (spans.id,)
    assert [o.judgement for o in apply(moved, [spans]).orphans] == [spans.id]


def test_what_points_outside_the_text_is_not_applied() -> None:
    made = record(FIRST)
    beyond = judged(made, 0, "replace", {"start": 0, "end": 9999}, kind="mentions")
    assert apply(made, [beyond]).record == made


def test_what_lay_in_a_fact_taken_away_lies_in_what_that_lay_in() -> None:
    made = record(FIRST, SECOND, THIRD)
    a, b, c = made.attributions
    nested = replace(made, attributions=(a, replace(b, parent="a1"), replace(c, parent="a2")))
    done = apply(nested, [judged(nested, 1, "wrong")])
    assert [(x.id, x.parent) for x in done.record.attributions] == [("a1", None), ("a3", "a1")]


def test_two_facts_on_the_same_words_are_told_apart() -> None:
    made = record(FIRST)
    both = replace(made, dates=(made.dates[0], replace(made.dates[0], role="published")))
    done = apply(both, [judged(both, 1, "wrong", kind="dates")])
    assert [date.role for date in done.record.dates] == ["issued"]


def test_a_fact_that_rests_on_no_words_has_no_subject() -> None:
    made = record(FIRST)
    assert subject(made, "dates", replace(made.dates[0], spans=())) is None


@pytest.mark.parametrize(
    ("kind", "verdict", "value"),
    [
        ("attributions", "same", None),
        ("attributions", "replace", None),
        ("attributions", "wrong", {"kind": "direct"}),
        ("attributions", "replace", {"colour": "red"}),
        ("attributions", "replace", {"kind": "sung"}),
        ("attributions", "replace", {"id": "a9"}),
        ("attributions", "replace", [1]),
        ("colours", "wrong", None),
    ],
)
def test_what_cannot_be_said(kind: str, verdict: Verdict, value: Any) -> None:
    about = subject(record(FIRST), "attributions", record(FIRST).attributions[0])
    assert about is not None
    with pytest.raises(JudgementError):
        judgement(replace(about, kind=kind), verdict, "reader", AT, value)


@pytest.mark.parametrize("about", [Subject("attributions"), Subject("entities", entities=("e1",))])
def test_a_judgement_names_its_subject(about: Subject) -> None:
    with pytest.raises(JudgementError):
        judgement(about, "unsure", "reader", AT)


def test_the_id_is_the_contents_hash() -> None:
    made = record(FIRST)
    one, again, other = judged(made, 0, "wrong"), judged(made, 0, "wrong"), judged(made, 0, "correct")
    assert one.id == again.id != other.id
    assert withdrawal(one, "2024-07-01").id == one.id
    assert withdrawal(withdrawal(one, "2024-07-01"), "2025-01-01").withdrawn == "2024-07-01"


VERDICTS = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["wrong", "correct", "unsure", "replace"]),
    st.sampled_from(["2024-01-01", "2024-02-01", "2024-03-01"]),
    st.booleans(),
)


def ledger(made: Record, drawn: list[tuple[int, Any, str, bool]]) -> list[Judgement]:
    made_of = [
        judged(
            made, number % len(made.attributions), verdict, {"rule": "by hand"} if verdict == "replace" else None, at
        )
        for number, verdict, at, _ in drawn
    ]
    return [withdrawal(j, "2024-09-01") if gone else j for j, (*_, gone) in zip(made_of, drawn, strict=True)]


@given(st.lists(VERDICTS, max_size=8), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6), st.randoms())
def test_none_is_lost_none_is_misapplied_in_any_order(drawn: Any, sentences: list[str], random: Any) -> None:
    """Each judgement counts, is outvoted, or is a visible orphan; what it is not about stays as it is."""
    made, other = record(FIRST, SECOND, THIRD), record(*sentences)
    judgements = ledger(made, drawn)
    done = apply(other, judgements)
    random.shuffle(judgements)
    assert apply(other, judgements) == done

    stands = {j.id: j for j in standing(judgements)}
    outvoted = {j.id for j in stands.values()} - set(done.applied) - {o.judgement for o in done.orphans}
    for each in outvoted:
        later = [
            j for j in stands.values() if j.subject == stands[each].subject and (j.at, j.id) > (stands[each].at, each)
        ]
        assert later
    judged_words = {stands[j].subject.evidence.exact for j in done.applied if stands[j].subject.evidence}  # type: ignore[union-attr]
    for attribution in other.attributions:
        if attribution.content.spans[0].of(other.text) not in judged_words:
            assert attribution in done.record.attributions


@given(st.lists(VERDICTS, max_size=6))
def test_withdrawing_restores_what_was_before(drawn: Any) -> None:
    made = record(FIRST, SECOND, THIRD)
    before = ledger(made, drawn)
    further = judged(made, 0, "wrong", at="2025-01-01")
    assert apply(made, [*before, withdrawal(further, "2025-02-01")]) == apply(made, before)
    assert apply(made, [withdrawal(j, "2025-02-01") for j in before]).record == made
