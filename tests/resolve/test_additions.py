"""What a person adds is laid over every text that has its words, once, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_records import AT, record
from msgspec.structs import replace

from onrecord.errors import JudgementError
from onrecord.model import Cue, DateFact, Judgement, Record, Source, SpeechAct, Statement, Verdict
from onrecord.resolve import addition, apply, extended, judgement, subject, withdrawal
from onrecord.text.spans import Span

FIRST, SECOND, THIRD = "Kessan says the river is high today.", "Orlan says the boats are late.", "Dorr says no."
LATER = "2024-06-01T00:00:00Z"
ORLAN = {"id": "e2", "name": "Orlan", "type": "person", "names": ["Orlan"]}


def place(made: Record, words: str) -> Span:
    start = made.text.index(words)
    return Span(start, start + len(words))


def put(made: Record, kind: str, words: str, value: dict[str, Any], at: str = AT, by: str = "reader") -> Judgement:
    return judgement(addition(made, kind, place(made, words), value), "add", by, at, value)


def said(made: Record, words: str = "the boats are late", at: str = AT, by: str = "reader") -> Judgement:
    source = {"spans": [list(place(made, "Orlan"))], "entity": "e2"}
    return put(made, "attributions", words, {"kind": "indirect", "source": source, "entities": [ORLAN]}, at, by)


def judged(made: Record, added: Judgement, verdict: Verdict, value: Any = None, at: str = LATER) -> Judgement:
    """What another person says of what was added."""
    whole = extended(made, [added])
    kind = added.subject.kind.partition("/")[0]
    facts = getattr(whole, kind)
    about = subject(whole, kind, next(fact for fact in facts if fact not in getattr(made, kind)))
    assert about is not None
    return judgement(about, verdict, "another", at, value)


def test_an_added_attribution_stands_among_the_others() -> None:
    made = record(FIRST, SECOND, THIRD)
    done = apply(made, [said(made)])
    added = next(each for each in done.record.attributions if each.rule == "person")
    assert added.content.spans[0].of(made.text) == "the boats are late"
    assert (added.parent, added.confidence, added.kind) == ("a2", 1.0, "indirect")
    assert [(voice.role, voice.name, voice.entity) for voice in added.voices] == [("speaker", "Orlan", "e2")]
    assert [each.id for each in done.record.attributions] == ["a1", "a2", added.id, "a3"]
    assert "e2" in {entity.id for entity in done.record.entities}


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [
        ("mentions", "boats", {"type": "work", "entity": None}),
        ("dates", "today", {"role": "held", "value": "2024-05-03"}),
        ("times", "today", {"type": "date", "value": "2024-05-03"}),
        ("acts", "Dorr says no.", {"act": "refuse", "cue": [72, 76], "by": "e1", "negated": True}),
        ("quantities", "boats", {"value": 3}),
    ],
)
def test_each_kind_is_added_on_its_words(kind: str, words: str, value: dict[str, Any]) -> None:
    made = record(FIRST, SECOND, THIRD)
    done = apply(made, [put(made, kind, words, value)])
    [fact] = [each for each in getattr(done.record, kind) if each not in getattr(made, kind)]
    assert subject(done.record, kind, fact).evidence.exact == words  # type: ignore[union-attr]
    assert getattr(fact, "rule", "person") in ("person", "")
    assert getattr(fact, "within", None) in (None, "a2", "a3")
    whole = replace(done.record, **{kind: getattr(made, kind)})
    assert whole == made, "nothing else is changed"


def test_it_goes_with_its_words_and_their_context() -> None:
    made, moved = record(FIRST, SECOND, THIRD), record("Salem speaks first.", FIRST, SECOND, THIRD)
    done = apply(moved, [said(made)])
    added = next(each for each in done.record.attributions if each.rule == "person")
    assert added.source is not None and added.source.spans[0].of(moved.text) == "Orlan"
    assert added.content.spans[0].of(moved.text) == "the boats are late"


@pytest.mark.parametrize("sentences", [("Another text.",), (FIRST, SECOND, SECOND), (FIRST, "Orlan says more.")])
def test_without_its_words_it_is_an_orphan(sentences: tuple[str, ...]) -> None:
    made, other = record(FIRST, SECOND, THIRD), record(*sentences)
    done = apply(other, [said(made)])
    assert done.record == other and len(done.orphans) == 1


def test_what_the_machine_finds_later_is_not_doubled_and_the_person_s_fields_hold() -> None:
    made = record(FIRST, SECOND, THIRD)
    added = said(made)
    found = replace(
        made.attributions[1], id="a9", kind="direct", content=Cue((place(made, "the boats are late"),)), rule="new rule"
    )
    wiser = replace(made, attributions=(*made.attributions, found))
    done = apply(wiser, [added])
    assert len(done.record.attributions) == 4 and done.applied == (added.id,)
    [mine] = [each for each in done.record.attributions if each.id == "a9"]
    assert (mine.kind, mine.rule) == ("indirect", "person")
    assert mine.source is not None and mine.source.entity == "e2"


def test_another_may_judge_it_and_the_latest_counts() -> None:
    made = record(FIRST, SECOND, THIRD)
    added = said(made)
    wrong = judged(made, added, "wrong")
    done = apply(made, [added, wrong])
    assert done.record.attributions == made.attributions
    assert done.applied == (wrong.id,) and [each.others for each in done.conflicts] == [(added.id,)]
    assert apply(made, [added, judged(made, added, "correct")]).conflicts == ()
    again = said(made, at="2024-07-01T00:00:00Z")
    assert len(apply(made, [added, wrong, again]).record.attributions) == 4


def test_withdrawing_it_restores_what_was_and_leaves_what_was_said_of_it_an_orphan() -> None:
    made = record(FIRST, SECOND, THIRD)
    added = said(made)
    right = judged(made, added, "correct")
    done = apply(made, [withdrawal(added, LATER), right])
    assert done.record == made
    assert [orphan.judgement for orphan in done.orphans] == [right.id]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("statements", {"genre": "report"}),
        ("attributions", {}),
        ("attributions", {"kind": "sung"}),
        ("attributions", {"kind": "direct", "voices": []}),
        ("attributions", {"kind": "direct", "content": {"spans": [[0, 3]]}}),
        ("dates", {"role": "held"}),
        ("mentions", {"type": "person", "id": "m9"}),
        ("mentions", {"type": "person", "entities": [{"id": "e9"}]}),
        ("acts", {"act": "promise", "start": 0, "end": 4}),
    ],
)
def test_what_cannot_be_added(kind: str, value: dict[str, Any]) -> None:
    made = record(FIRST, SECOND, THIRD)
    with pytest.raises(JudgementError):
        put(made, kind, "the boats are late", value)


def test_what_is_done_in_an_added_quotation_is_its_speaker_s() -> None:
    made = record(FIRST, SECOND, THIRD)
    at = place(made, "boats are late")
    act = SpeechAct("s1", *at, act="claim", cue=at, within=None, by="e1")
    done = apply(replace(made, attributions=(), acts=(act,)), [said(made)])
    [added] = done.record.attributions
    assert (done.record.acts[0].within, done.record.acts[0].by) == (added.id, "e2")


# -- what follows from a correction ------------------------------------------------------------------------------------


def test_a_corrected_speaker_speaks_in_the_voices_and_does_the_acts() -> None:
    made = record(FIRST, SECOND, THIRD)
    voiced = apply(replace(made, attributions=()), [said(made, "boats")]).record.attributions[0]
    outer = replace(made.attributions[1], voices=voiced.voices, source=voiced.source)
    inner = replace(voiced, id="a9", parent="a2", voices=(*outer.voices, *outer.voices))
    act = SpeechAct("s1", 40, 45, act="claim", cue=Span(40, 45), within="a2", by="e2")
    before = replace(made, attributions=(made.attributions[0], outer, inner), acts=(act,))
    about = subject(before, "attributions", outer)
    assert about is not None
    fixed = judgement(about, "replace", "reader", AT, {"source": {"spans": [], "entity": "e1"}})
    _, now, within = apply(before, [fixed]).record.attributions
    assert [voice.entity for voice in now.voices] == ["e1"]
    assert [voice.entity for voice in within.voices] == ["e1", "e2"]
    assert apply(before, [fixed]).record.acts[0].by == "e1"


def test_a_corrected_day_of_issue_is_its_statements_day() -> None:
    made = record(FIRST)
    before = replace(made, statements=(Statement("t1", None, "statement", "2024-05-03", ()),))
    about = subject(before, "dates", before.dates[0])
    assert about is not None
    fixed = judgement(about, "replace", "reader", AT, {"value": "2024-05-04"})
    assert apply(before, [fixed]).record.statements[0].issued == "2024-05-04"
    wrong = judgement(about, "wrong", "reader", AT)
    assert apply(before, [wrong]).record.statements[0].issued is None


def test_an_act_in_a_quotation_judged_wrong_is_nobody_s() -> None:
    made = record(FIRST)
    before = replace(made, acts=(SpeechAct("s1", 0, 5, act="claim", cue=Span(0, 5), within="a1", by="e1"),))
    about = subject(before, "attributions", before.attributions[0])
    assert about is not None
    [act] = apply(before, [judgement(about, "wrong", "reader", AT)]).record.acts
    assert (act.within, act.by) == (None, None)


# -- invariants --------------------------------------------------------------------------------------------------------

WORDS = ["the river is high", "the boats are late", "says no", "Orlan"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(WORDS),
        st.sampled_from(["add", "wrong", "correct", "replace"]),
        st.sampled_from(["2024-01-01", "2024-02-01", "2024-03-01"]),
        st.booleans(),
    ),
    max_size=7,
)
TEXTS = [FIRST, SECOND, THIRD, "Kessan says the river is low.", "Salem says the boats are late."]


def ledger(made: Record, drawn: list[tuple[str, Any, str, bool]]) -> list[Judgement]:
    every = []
    for words, verdict, at, gone in drawn:
        added = put(made, "attributions", words, {"kind": "indirect"}, at)
        value = {"kind": "mixed"} if verdict == "replace" else None
        each = added if verdict == "add" else judged(made, added, verdict, value, at)
        every.append(withdrawal(each, "2024-09-01") if gone else each)
    return every


@given(STEPS, st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6), st.randoms())
def test_none_is_lost_doubled_or_put_on_other_words_in_any_order(drawn: Any, sentences: list[str], random: Any) -> None:
    made, other = record(FIRST, SECOND, THIRD), record(*sentences)
    judgements = ledger(made, drawn)
    done = apply(other, judgements)
    random.shuffle(judgements)
    assert apply(other, judgements) == done
    places = [each.content.spans for each in done.record.attributions]
    assert len(places) == len(set(places)), "nothing is doubled"
    standing = {each.id: each for each in judgements if not each.withdrawn}
    assert set(done.applied) | {o.judgement for o in done.orphans} <= standing.keys()
    allowed = {each.subject.evidence.exact for each in standing.values() if each.subject.evidence}
    for each in done.record.attributions:
        if each not in other.attributions:
            assert " ".join(span.of(other.text) for span in each.content.spans) in allowed


@given(STEPS)
def test_withdrawing_all_restores_the_machine_s(drawn: Any) -> None:
    made = record(FIRST, SECOND, THIRD)
    assert apply(made, [withdrawal(each, "2025-01-01") for each in ledger(made, drawn)]).record == made


def test_a_date_that_a_person_added_is_the_document_s_day() -> None:
    made = record(FIRST)
    done = apply(made, [put(made, "dates", "today", {"role": "issued", "value": "2024-05-09"})])
    assert done.record.dates[0] == DateFact("issued", "2024-05-09", (place(made, "today"),), "person", 1.0)


def test_an_empty_source_is_nobody() -> None:
    made = record(FIRST)
    done = apply(made, [put(made, "attributions", "the river", {"kind": "direct", "source": None})])
    [added] = [each for each in done.record.attributions if each.rule == "person"]
    assert added.source is None and added.voices == made.attributions[0].voices
    assert Source(()) == Source((), None)
