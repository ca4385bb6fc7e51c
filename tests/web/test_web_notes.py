# ruff: noqa: E501 - cases stay in one piece
"""The margin: each note with the words it rests on, who decided it, and a rule that is told of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import web_samples as samples
from msgspec.structs import replace

from onrecord import model
from onrecord.archive import Archive
from onrecord.model import Span
from onrecord.web import notes, reader, rules

ENGLISH = samples.english()
DOCS = Path(__file__).parents[2] / "docs" / "explanation"


def noted(record: model.Record, **facts: object) -> dict[str, notes.Note]:
    return {note.key: note for note in notes.notes(replace(record, **facts), {})}


def spans(words: str) -> tuple[Span, ...]:
    return samples.spans(ENGLISH.text, words)


def act(words: str, cue: str, rule: str = "performative", **facts: object) -> model.SpeechAct:
    span, (verb, *_) = spans(words)[0], spans(cue)
    return model.SpeechAct("s1", span.start, span.end, "refuse", verb, "a1", "e1", rule=rule, **facts)


def test_the_chain_of_voices_rests_on_words_or_says_on_what() -> None:
    told = noted(ENGLISH)["q1"]
    assert [(step.label, step.name) for step in told.steps] == [
        ("published by", "River Post"),
        ("said by", "Mara Lindqvist"),
    ]
    assert [[found.exact for found in step.passages] for step in told.steps] == [[], ["Mara Lindqvist", "said"]]
    assert told.steps[0].ground


def test_an_act_says_what_is_done_to_whom_and_about_what() -> None:
    done = act(
        "We will not sign a text", "will not sign", negated=True, conditional=True, addressee="e2", plover="REJECT", mode="meet",
        slots=(model.Slot("content", spans("a text that leaves out the night ferries")),),
    )  # fmt: skip
    told = noted(ENGLISH, acts=(done,))["a1"]
    assert (told.mark, told.speaker, told.does) == ("a", "Harbour Union", "refuses")
    assert told.towards == (("to", "River Council", "e2"),)
    assert told.tags == ("negated", "conditional", "PLOVER REJECT, meet")
    assert [(slot.label, slot.passages[0].exact) for slot in told.said] == [
        ("what", "a text that leaves out the night ferries")
    ]
    assert told.judge == f"/d/{ENGLISH.id}/{done.start}-{done.end}/judge?kind=acts"


def test_what_a_verb_of_saying_does_is_told_with_what_is_said() -> None:
    told = noted(ENGLISH, acts=(act("We will not sign a text", "said", rule="cue"),))
    assert "a1" not in told
    assert told["q1"].does == "refuses"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"value": 12.0, "comparator": ">=", "unit": "boat"}, "at least 12 · boat"),
        ({"value": 5.0, "upper": 10.0, "comparator": "=", "unit": "boat"}, "5–10 · boat"),
        ({"value": None, "comparator": "=", "unit": None}, "a number not to be told"),
    ],
)
def test_a_figure_says_its_value_and_unit_and_who_asserts_it(facts: dict[str, object], said: str) -> None:
    place = spans("second")[0]
    count = model.Quantity(*place, of=None, within="a2", rule="words", **facts)
    told = noted(ENGLISH, quantities=(count,))["f1"]
    assert (told.kind, told.speaker) == (said, "River Council")


def test_a_figure_that_nobody_asserts_says_so() -> None:
    count = model.Quantity(*spans("second")[0], 2.0, "=", None, None, None, rule="words; denied")
    told = noted(ENGLISH, quantities=(count,))["f1"]
    assert (told.speaker, told.tags) == (None, ("nobody asserts it: denied",))


@pytest.mark.parametrize(("number", "mark"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (703, "aaa")])
def test_acts_are_lettered(number: int, mark: str) -> None:
    assert notes.letters(number) == mark


def test_a_margin_that_is_too_long_is_folded_but_for_figures() -> None:
    told = list(noted(ENGLISH).values())
    figure = replace(told[0], layer="figures", key="f1")
    shown, folded = reader.beside_it([*told, figure], 200)
    assert [note.key for note in shown] == ["q1", "q2", "f1"]
    assert [note.key for note in folded] == ["q3", "q4", "q5"]


def test_a_person_who_judged_is_named_with_the_time(tmp_path: Path) -> None:
    letter = tmp_path / "crossing.txt"
    letter.write_text(samples.ENGLISH, "utf8")
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([letter], jobs=1)
        (record,) = archive.records()
        fact = next(each for each in record.attributions if each.source)
        archive.judge(archive.subject_of(record, "attributions", fact), "correct", by="Vera")
        told = list(notes.notes(archive.record(record.id), archive.judged(record.id)[1]))
        persons = [note.decided.person for note in told if note.decided.person]
        assert [(each.by, each.verdict) for each in persons] == [("Vera", "correct")]
        assert persons[0].at


# -- the rules ---------------------------------------------------------------------------------------------------------


def test_every_rule_that_the_demo_uses_is_told_of(demo_archive: Archive) -> None:
    records = list(demo_archive.records())
    used = {
        (kind, rule.name)
        for record in records
        for kind in ("attributions", "acts", "dates", "quantities")
        for fact in getattr(record, kind)
        for rule in rules.behind(kind, fact.rule)
    }
    used |= {
        ("parties", party.rule)
        for record in records
        for statement in record.statements
        for party in statement.parties
        if party.rule
    }
    assert used - rules.known().keys() == set()


@pytest.mark.parametrize(
    ("page", "kind"), [("attributions.md", "attributions"), ("acts.md", "acts"), ("frames.md", "parties")]
)
def test_every_rule_of_the_documentation_is_told_of(page: str, kind: str) -> None:
    lines = [line for line in (DOCS / page).read_text("utf8").splitlines() if line.startswith("|") and "`" in line]
    column = 3 if kind == "acts" else 1
    named = {name for line in lines for name in re.findall(r"`([a-z][a-z-]*)`", line.split("|")[column])}
    assert named - {rule.name for group in rules.groups() if group.kind == kind for rule in group.rules} == set()


def test_each_rule_has_a_place_of_its_own() -> None:
    every = [rule.address for group in rules.groups() for rule in group.rules]
    assert len(every) == len(set(every))
