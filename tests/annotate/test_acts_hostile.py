"""Texts that would trip a reader of speech acts: endless sentences, floods of verbs, contradictions, stray characters.

What is asked of each is what is asked of any text: no exception, every span inside the text, ids that exist. Sizes are
such that a stage which reads every verb against every other would not come back.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from documents import document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import lexicon
from onrecord.annotate import annotate
from onrecord.model import Annotations, Span, SpeechAct

LETTERHEAD = "Harbour Union\n\nMarn, 3 May 2024\n\nStatement by the Harbour Union\n\n"


def check(text: str, found: Annotations) -> None:
    """What must hold of the acts of any text."""
    ids = [act.id for act in found.acts]
    assert len(set(ids)) == len(ids)
    within = {it.id for it in found.statements} | {it.id for it in found.attributions}
    entities = {it.id for it in found.entities}
    for act in found.acts:
        assert inside(text, (Span(act.start, act.end), act.cue, *(span for slot in act.slots for span in slot.spans)))
        assert act.start <= act.cue.start
        assert act.cue.end <= act.end
        assert act.within in within
        assert {act.by, act.addressee, act.target, *(slot.entity for slot in act.slots)} - {None} <= entities
        assert all(slot.spans for slot in act.slots)
        assert 0 <= act.confidence <= 1
        assert act.rule
    assert parents_end(found.acts)


def inside(text: str, spans: tuple[Span, ...]) -> bool:
    """Whether every span holds words of the text."""
    return all(0 <= s.start < s.end <= len(text) and text[s.start : s.end].strip() for s in spans)


def parents_end(acts: tuple[SpeechAct, ...]) -> bool:
    """Whether every parent is an act of the document and the way up from each act ends."""
    parent = {act.id: act.parent for act in acts}
    above: set[str | None] = {None}
    for one in parent:
        way: dict[str, None] = {}
        at: str | None = one
        while at not in above:
            if at in way or at not in parent:
                return False
            way[at] = None
            at = parent[at]
        above.update(way)
    return True


def act(name: str, parent: str | None) -> SpeechAct:
    return SpeechAct(id=name, start=0, end=1, act="claim", cue=Span(0, 1), within="st1", by=None, parent=parent)


def test_the_check_of_parents_tells_trees_from_rings() -> None:
    assert parents_end((act("s1", None), act("s2", "s1"), act("s3", "s2")))
    assert not parents_end((act("s1", "s9"),))
    assert not parents_end((act("s1", "s1"),))
    assert not parents_end((act("s1", "s2"), act("s2", "s1")))


def acts(text: str) -> tuple[SpeechAct, ...]:
    found = annotate(document(text))
    check(text, found)
    return found.acts


SIZE = 250_000
"""Code points of a flood."""
FLOODS = {
    "performatives": "We condemn it. ",
    "performatives without stops": "we condemn and urge and promise ",
    "subjects": "we ",
    "verbs": "condemn ",
    "modals": "will must shall ",
    "negations": "not never no neither nor ",
    "conditions": "if unless until should whoever ",
    "conditions in commas": "if we, unless you, until they, ",
    "addressees": "we call on the council and ",
    "targets": "we thank the crews of the boats of ",
    "heads": "Demands;\n\n",
    "participles": "Recalling, Noting, ",
    "clauses": "1. Demands that;\n",
    "light verbs": "we express our deep deep ",
    "intensity": "strongly deeply in the strongest terms ",
    "deadlines": "we demand by 15 June 2024 within 48 hours ",
    "imperatives": "Open! ",
    "wishes": "May they rest ",
    "cues": "she said that we will ",
    "quotations": "“We will not go,” she said. ",
    "open quotations": "“We will ",
    "brackets": "(we will [we must ",
    "questions": "Will we promise? ",
    "ar": "ندين ونطالب ولن نقبل ",
    "fr": "nous condamnons et ne signerons pas ",
    "es": "condenamos y no firmaremos ",
    "ru": "мы осуждаем и не подпишем ",
}


@pytest.mark.parametrize("unit", FLOODS.values(), ids=FLOODS)
def test_a_flood_of_it_is_read(unit: str) -> None:
    acts(LETTERHEAD + unit * (SIZE // len(unit)))


def test_ten_thousand_performatives_are_ten_thousand_acts() -> None:
    text = LETTERHEAD + "We condemn the raid on the ferry and we urge the council to meet on the quay. " * 5_000
    found = acts(text)
    assert len(found) == 10_000
    assert [it.act for it in found] == ["condemn", "urge"] * 5_000


def test_a_sentence_of_a_hundred_thousand_words_is_read() -> None:
    text = LETTERHEAD + "We condemn the raid " + "and the boats on the quay of the town " * 11_111 + "."
    found = acts(text)
    assert [(it.act, it.cue) for it in found] == [("condemn", Span(len(LETTERHEAD) + 3, len(LETTERHEAD) + 10))]


def test_an_act_behind_an_endless_sentence_is_found() -> None:
    text = LETTERHEAD + "We saw the boats " + "and the ropes " * 30_000 + "on the quay. We condemn the raid."
    assert [it.act for it in acts(text)] == ["condemn"]


CONTRADICTIONS = [
    "we will will not must shall never promise to refuse not to",
    "We will not not not sign, unless if until we must never not refuse.",
    "We demand that we demand that we demand that nobody demand.",
    "We must not must not must not must.",
    "If if if, we we we will will will.",
    "We neither condemn nor nor nor.",
    "Whoever whoever whoever will be will be.",
    "We call on on on to to to.",
    "We thank thank. We thank. Thank.",
    "Demands, condemns, decides, urges; and; that; to.",
    "express our. send our. take of. pay.",
    "By by by within before until 15 June 2024.",
    "We demand 9" + "9" * 400 + " boats within 9" + "9" * 400 + " days.",
    "not",
    "We",
    "will",
    "“",
    "1.",
    "Let.",
    "May.",
    "If",
    "We will…",
    "Must!",
    "we're won't shan’t 'll ’d n't",
]
STRAY = [
    "",
    " ",
    "\n\n\n",
    "\ufeff",
    "\ud800We condemn\udfff the \udc00raid.",
    "\u202eWe condemn\u202c the raid\u2066, we urge\u2069 the council.",
    "We cond\u00ademn the raid; we ur\u200bge; we w\u2060ill not sign.",
    "W\u0435 c\u043endemn the raid.",
    "Мы condemn الهجوم et nous осуждаем el ataque, ندين the raid.",
    "We\x00condemn\x07the\x1braid.",
    "WE CONDEMN THE RAID!!! ＷＥ ＣＯＮＤＥＭＮ ＩＴ",
    "We 🚢 condemn 🚢 the 🚢 raid.",
    "W̶e̶ ̶c̶o̶n̶d̶e̶m̶n̶ the raid.",
    "İstanbul’da ıssız: WE İNVITE the ﬁshers.",
]


@pytest.mark.parametrize("text", CONTRADICTIONS + STRAY, ids=ascii)
@pytest.mark.parametrize("before", ["", LETTERHEAD], ids=["bare", "in a statement"])
def test_contradictions_and_stray_characters_raise_nothing(before: str, text: str) -> None:
    acts(before + text)


@pytest.mark.parametrize("opening,closing", [("“", "”"), ("‘", "’"), ("«", "»"), ('"', '"'), ("(", ")"), ("[", "]")])
def test_deep_nesting_is_read(opening: str, closing: str) -> None:
    deep = 2_000
    acts(LETTERHEAD + f"She said: {opening}We will " * deep + "wait." + closing * deep)


def test_deep_subordination_is_read() -> None:
    acts(LETTERHEAD + "We warn that she said that he promised that " * 5_000 + "it rains.")


def test_a_missing_slot_is_not_invented() -> None:
    """Verbs without anything around them have no words to fill a slot with."""
    found = acts(
        LETTERHEAD
        + "The ferry has crossed the river between the two banks since 1962.\n\nWe condemn. We urge. We promise."
    )
    assert [it.act for it in found] == ["condemn", "urge", "promise"]
    assert [slot.role for it in found for slot in it.slots if slot.role != "performer"] == []
    assert not any(it.negated or it.conditional or it.intensity for it in found)


def strings(value: Any) -> list[str]:
    """Every string in a table of the lexicon, keys too."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for key, part in value.items() for word in (str(key), *strings(part))]
    return [word for part in value for word in strings(part)] if isinstance(value, list) else []


TABLES = ("verbs", "acts", "quotes", "nouns", "forms", "quantities")
"""Tables of the lexicon, as far as a language has them."""
GLUE = [
    "we", "We", "I", "the union", "Harbour Union", "it", "who", "you", "to", "that", "will", "shall", "must", "may",
    "would", "not", "no", "never", "nor", "if", "unless", "until", "by 15 June 2024", "within 48 hours", "and", "or",
    "but", ",", ".", ";", ":", "?", "!", "“", "”", "(", ")", "—", "\n", "\n\n", "1.", "(a)", "nous", "ne", "pas",
    "que", "мы", "не", "لن", "إن",
]  # fmt: skip


@cache
def vocabulary(language: str) -> list[str]:
    """Words of the lexicon's tables of a language, as far as they are plain words."""
    places = (Path(lexicon.__path__[0]) / language / f"{name}.toml" for name in TABLES)
    tables = (tomllib.loads(place.read_text("utf8")) for place in places if place.exists())
    return sorted({word for table in tables for word in strings(table) if word.strip() and len(word) < 40})


def soups() -> st.SearchStrategy[str]:
    def soup(language: str) -> st.SearchStrategy[str]:
        word = st.one_of(st.sampled_from(GLUE), st.sampled_from(vocabulary(language)))
        return st.lists(word, max_size=60).map(" ".join)

    return st.sampled_from(["en", "en", "ar", "fr", "es", "ru"]).flatmap(soup)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(soups(), st.sampled_from(["", LETTERHEAD]))
def test_soup_of_the_lexicon_is_read(soup: str, before: str) -> None:
    acts(before + soup)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    acts(LETTERHEAD + text)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(["We condemn the raid.", "We will not sign.", "“We must wait,” she said.", "Nothing moved."]),
        max_size=6,
    )
)
def test_twice_read_is_read_alike(sentences: list[str]) -> None:
    text = LETTERHEAD + "\n\n".join(sentences)
    assert annotate(document(text)).acts == annotate(document(text)).acts
