"""Keyword in context: where the words of a query stand in a text, with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.model import Context
from onrecord.store.query import Leaf
from onrecord.text.folding import SEMITIC, UNSPACED, Folded, bare
from onrecord.text.spans import Span

MOST = 3
"""Contexts a hit."""
AROUND = 70
"""Code points on either side."""
WINDOW = 32_768
"""Code points folded at once: a long text is only read until enough is found."""
OVERLAP = 1024
"""So far may a phrase reach over the end of a window."""


def contexts(text: str, leaves: Sequence[Leaf], most: int = MOST) -> tuple[Context, ...]:
    """At most `most` places, in the order of the text: the first of each leaf, then the next ones of any."""
    wanted = [leaf for leaf in leaves if not leaf.title]
    found: dict[tuple[int, int], None] = {}
    missing = list(wanted)
    for start in range(0, len(text), WINDOW):
        window = Folded(text[start : start + WINDOW + OVERLAP])
        missing = first_of_each(window, start, missing, found, most)
        if len(found) < most:
            fill(window, start, wanted, found, most)
        if len(found) >= most and not missing:
            break
    return tuple(context(text, *place) for place in sorted(list(found)[:most]))


def first_of_each(
    window: Folded, start: int, leaves: list[Leaf], found: dict[tuple[int, int], None], most: int
) -> list[Leaf]:
    """Adds the first place of each leaf; returns the leaves that are not in this window."""
    missing = []
    for leaf in leaves:
        place = next(places(window, leaf), None)
        if place is None:
            missing.append(leaf)
        elif len(found) < most:
            found[place[0] + start, place[1] + start] = None
    return missing


def fill(window: Folded, start: int, leaves: Sequence[Leaf], found: dict[tuple[int, int], None], most: int) -> None:
    for leaf in leaves:
        for first, last in places(window, leaf):
            if len(found) >= most:
                return
            found[first + start, last + start] = None


def context(text: str, start: int, end: int) -> Context:
    return Context(start, end, text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND])


class Windows:
    """A text folded piece by piece, each piece once and only when it is looked at."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded: dict[int, Folded] = {}

    def spots(self, leaf: Leaf) -> Iterator[Span]:
        """Where a leaf stands, each place once; the forms of a word one after the other."""
        for start in range(0, len(self.text), WINDOW):
            for first, last in places(self._window(start), leaf):
                if first < WINDOW:  # later ones stand in the next piece too
                    yield Span(first + start, last + start)

    def _window(self, start: int) -> Folded:
        if start not in self._folded:
            self._folded[start] = Folded(self.text[start : start + WINDOW + OVERLAP])
        return self._folded[start]


def places(window: Folded, leaf: Leaf) -> Iterator[tuple[int, int]]:
    """Where a leaf stands, as spans of the window's text in its order."""
    for words in [leaf.words, *([(leaf.stem,)] if leaf.stem else [])]:
        for start, end in stretches(window.folded, words, leaf.prefix):
            yield window.span(start, end)


def stretches(folded: str, words: Sequence[str], prefix: bool) -> Iterator[tuple[int, int]]:
    """Where the words stand beside each other in folded text, as whole words (the last may go on: `prefix`)."""
    pattern = re.compile(" +".join(map(re.escape, words)))
    first = words[0]
    at = folded.find(first)
    while at >= 0:
        match = pattern.match(folded, at)
        start = word_start(folded, at, first) if match else -1
        if match and start >= 0 and (end := word_end(folded, match.end(), prefix)) >= 0:
            yield start, end
            at = folded.find(first, end)
        else:
            at = folded.find(first, at + 1)


def word_start(folded: str, at: int, word: str) -> int:
    """Where the word begins that `word` at `at` is all of, less a particle written on to it; -1 if it is not."""
    if at == 0 or folded[at - 1].isspace() or UNSPACED.match(word) or UNSPACED.match(folded[at - 1]):
        return at
    if not SEMITIC.match(word):
        return -1
    start = folded.rfind(" ", max(0, at - 8), at) + 1
    if start == 0 and at > 8:
        return -1
    whole = folded[start : at + len(word)]
    return start if bare(whole, whole) == word else -1


def word_end(folded: str, at: int, prefix: bool) -> int:
    """Where a word ends whose known part ends at `at`; -1 if it goes on and must not."""
    if at >= len(folded) or folded[at].isspace() or UNSPACED.match(folded[at]) or UNSPACED.match(folded[at - 1]):
        return at
    if not prefix:
        return -1
    while at < len(folded) and not folded[at].isspace():
        at += 1
    return at
