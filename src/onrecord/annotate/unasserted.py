"""Counts that are said and not asserted: in a question, under a condition, denied ("the figure of 12 is a lie").

A count in a question is none, but one that it takes for granted ("what did the two sides sign?"); the others are kept
without anyone who asserts them, and their rule says why.
"""

from __future__ import annotations

from typing import Literal

from onrecord.annotate.counting import Counting
from onrecord.annotate.numbers import Words

Mood = Literal["", "asked", "under a condition", "denied"]

_AHEAD = 14
"""Tokens before a count among which the word stands that takes its force."""
_CLOSING = 3
"""Tokens at the end of a sentence among which its mark stands."""
_BREAKS = frozenset(",،;؛:—–―")
_STRONG = frozenset(";؛:—–―")
_ASKING = frozenset("?؟")


class Moods:
    """Asked for the counts of one clause."""

    def __init__(self, words: Words, table: Counting) -> None:
        self._words, self._table = words, table
        self._asked = _asked_from(words)
        self._plain = table.forceful.isdisjoint(words.low)

    def of(self, first: int, stop: int) -> Mood:
        """How the count of the tokens `[first, stop)` is said."""
        words, table = self._words, self._table
        if first >= self._asked and words.word(first - 1) not in table.of_determiners - table.that:
            return "asked"
        return "" if self._plain else _hedged(words, first, stop, table)


def _asked_from(words: Words) -> int:
    """The first token of the question that a clause ends with; behind its end where it ends with none."""
    size = len(words)
    if _ASKING.isdisjoint(words.low[max(0, size - _CLOSING) :]):
        return size
    return next((at + 1 for at in range(size - 1, -1, -1) if words.low[at] in _STRONG), 0)


def _hedged(words: Words, first: int, stop: int, table: Counting) -> Mood:
    figure = words.precedes(first, table.figure)
    if figure is not None and words.follows(stop, table.false):
        return "denied"
    edge = figure[0] if figure is not None else first
    near = True
    for at in range(first - 1, max(-1, first - _AHEAD), -1):
        word = words.low[at]
        if word in _STRONG or words.opaque[at] >= 0:
            break
        near = near and word not in _BREAKS
        if near and (words.follows(at, table.conditions) or (at == 0 and word in table.inverted)):
            return "under a condition"
        if word in table.denying and at < edge and _denies(words, at, figure is not None and near, first, table):
            return "denied"
    return ""


def _denies(words: Words, at: int, figure: bool, first: int, table: Counting) -> bool:
    """Whether a verb denies a count behind it: a figure of it, or that it is so; and is not denied itself."""
    if not table.negations.isdisjoint(words.low[max(0, at - 2) : at]):
        return False
    behind = words.low[at + 1 : first]
    return figure or not (table.that.isdisjoint(behind) or not _BREAKS.isdisjoint(behind))
