"""On what an act hangs: "if …", "unless …", "should he …", "whoever …", "any attack", "failing a reply"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.annotate.actwords import ActWords, Phrase
from onrecord.annotate.clauses import COMMA, STRONG, Clause
from onrecord.annotate.sources import Tokens
from onrecord.lexicon import languages, lexicon

AHEAD = 14
"""Tokens back that the word is sought which makes a condition of what holds a place."""


def phrase_at(clause: Clause, at: int, phrases: dict[str, tuple[Phrase, ...]]) -> int:
    """The token behind the longest of the phrases that stands at a token; 0 where none does."""
    for phrase in phrases.get(clause.low[at], ()):
        if len(phrase) == 1 or tuple(clause.low[at : at + len(phrase)]) == phrase:
            return at + len(phrase)
    return 0


def opens(clause: Clause, at: int) -> bool:
    """Whether a token is where a main clause begins: the first, or behind an enumerator, a dash, a colon."""
    while at > 0 and (clause.mark(at - 1) or enumerator(clause, at - 1)):
        if clause.low[at - 1] in COMMA or clause.low[at - 1] in STRONG or clause.quote[at - 1] >= 0:
            return False
        at -= 1
    return at == 0


def enumerator(clause: Clause, at: int) -> bool:
    """ "1", "2.", "a", "iv", "First." in front of a point."""
    low = clause.low[at].rstrip(".")
    if at > 2 or not low or (low == "i" and not clause.mark(at + 1)):
        return False
    return low.isdigit() or (len(low) == 1 and low.isalpha()) or set(low) <= _ROMAN or low in _ordinals()


_ROMAN = frozenset("ivx")


@cache
def _ordinals() -> frozenset[str]:
    """The words that count points ("First.", "Deuxièmement"), in every language."""
    return frozenset(word for tag in languages() for word in lexicon(tag)["acts"].get("words", {}).get("ordinals", ()))


def condition(
    clause: Clause, words: ActWords, lead: int, first: int, end: int, subject: Tokens | None = None
) -> Tokens | None:
    """The tokens of what an act hangs on whose cue is token `first` and whose clause is the tokens `[lead, end)`.

    What stands behind the cue counts before what opens the sentence; the subject may be one itself ("any attack").
    """
    if subject is not None and _general(clause, words, subject[0]):
        return subject
    before: Tokens | None = None
    for at, stop in _openings(clause, words):
        if at >= end:
            break
        if at > first:
            return at, _tail(clause, words, stop, end)
        before = at, _head(clause, words, stop, lead if lead > at else first)
    return before


def _general(clause: Clause, words: ActWords, at: int) -> bool:
    return phrase_at(clause, at, words.phrases["any"]) > 0


def _openings(clause: Clause, words: ActWords) -> Iterator[Tokens]:
    """Where conditions begin: the word, and the token behind it."""
    phrases, inverted = words.phrases["strict_if"], words.sets["inverted"]
    if inverted.isdisjoint(clause.low) and phrases.keys().isdisjoint(clause.low):
        return
    for at, low in enumerate(clause.low):
        if clause.quote[at] >= 0:
            continue
        stop = phrase_at(clause, at, phrases) if low in phrases else 0
        if stop and not _dated(clause, words, at, stop) and not _as_needed(clause, words, stop):
            yield at, stop
        elif low in inverted and _heads(clause, words, at):
            yield at, at + 1


def _heads(clause: Clause, words: ActWords, at: int) -> bool:
    """Whether a word opens a clause of at least two more: "Should he refuse"."""
    opening = at == 0 or clause.mark(at - 1) or clause.low[at - 1] in words.sets["and"]
    return opening and at + 2 < len(clause) and not clause.mark(at + 1)


def _as_needed(clause: Clause, words: ActWords, stop: int) -> bool:
    """ "When appropriate", "if necessary": hangs on nothing that is named."""
    return not words.sets["as_needed"].isdisjoint(clause.low[stop : stop + 1])


def _dated(clause: Clause, words: ActWords, at: int, stop: int) -> bool:
    """ "until 30 June" is a time."""
    if clause.low[at] not in words.sets["deadline_sure"] or stop >= len(clause):
        return False
    after = clause.low[stop : stop + 3]
    if after[0] in clause.words.time_openers:
        return len(after) > 1 and after[1] in clause.words.time_words and after[0] not in clause.words.determiners
    return after[0].isdigit() or any(low in clause.words.calendar for low in after)


def _head(clause: Clause, words: ActWords, stop: int, limit: int) -> int:
    """The end of a condition in front of what hangs on it."""
    end = limit
    while end > stop and (clause.mark(end - 1) or clause.low[end - 1] in words.sets["and"]):
        end -= 1
    return end


def _tail(clause: Clause, words: ActWords, stop: int, end: int) -> int:
    """The end of a condition behind what hangs on it."""
    end = min(end, len(clause))
    while end > stop and (clause.mark(end - 1) or clause.low[end - 1] in words.sets["and"]):
        end -= 1
    return end


def inside(clause: Clause, words: ActWords, at: int) -> bool:
    """Whether a place lies inside a condition: "if we condemn", "should the council refuse"."""
    phrases, inverted = words.phrases["strict_if"], words.sets["inverted"]
    before = clause.low[max(0, at - AHEAD + 1) : at]
    if inverted.isdisjoint(before) and phrases.keys().isdisjoint(before):
        return False
    for n in range(at - 1, max(-1, at - AHEAD), -1):
        low = clause.low[n]
        if low in COMMA or low in STRONG or clause.quote[n] >= 0:
            return False
        if low in inverted and (n == 0 or clause.mark(n - 1)):
            return True
        if low in phrases and not _general(clause, words, n) and phrase_at(clause, n, phrases):
            return True
    return False
