"""The look that finds where a clause may do something passes over no word of the lexicon that does."""

from __future__ import annotations

import pytest

from onrecord.annotate.actwords import ActWords, act_words
from onrecord.annotate.binding import FRONT, moved
from onrecord.annotate.clauses import Clause
from onrecord.annotate.grammar import grammar
from onrecord.annotate.performing import places
from onrecord.lexicon import languages

TAGS = [tag for tag in languages() if act_words(tag) is not None and grammar(tag) is not None]


def clause(tag: str, low: list[str]) -> Clause:
    words = grammar(tag)
    assert words is not None
    text = " ".join(low)
    ends = [len(" ".join(low[: at + 1])) for at in range(len(low))]
    starts = [end - len(word) for end, word in zip(ends, low, strict=True)]
    return Clause(text, words, None, 0, len(text), starts, ends, low, [-1] * len(low))


def known(tag: str) -> ActWords:
    words = act_words(tag)
    assert words is not None
    return words


@pytest.mark.parametrize("tag", TAGS)
def test_every_cue_and_modal_is_a_place(tag: str) -> None:
    words = known(tag)
    phrases = {phrase for held in words.cues.values() for phrase, _ in held}
    phrases |= {phrase for held in words.demands.values() for phrase, _ in held}
    assert [phrase for phrase in phrases if 2 not in places(clause(tag, ["x", "x", *phrase, "x"]), words)] == []


def test_a_particle_behind_an_aside_is_seen() -> None:
    low = ["it", "calls", ",", "in", "this", "context", ",", "upon", "all", "."]
    assert 1 in places(clause("en", low), known("en"))


def test_the_first_word_of_a_phrase_alone_is_no_place() -> None:
    assert places(clause("en", ["boats", "lay", "at", "the", "gate", "."]), known("en")) == []


@pytest.mark.parametrize("tag", TAGS)
def test_every_order_and_opener_may_open_a_clause(tag: str) -> None:
    words = known(tag)
    missed = [word for word in words.fronts if 0 not in moved(clause(tag, [word, "x", "x"]), words, [], False)]
    assert missed == []


def test_a_noun_behind_our_and_adjectives_may_open_a_clause() -> None:
    words = known("en")
    low = ["our", "deep", "sincere", "thanks", "to", "the", "crew", "."]
    assert 0 in moved(clause("en", low), words, [], False)
    assert all(at < FRONT for at in moved(clause("en", low), words, [], False))
