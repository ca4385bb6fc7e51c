"""Whether a text carries a statement, quotes it, reports or translates it: what the words of both show, and where.

    common = runs(read(statement), read(text))
    share(common, read(statement))      # 0.94: nearly all its words stand there, in order

Words are folded, so spelling, case and marks do not matter; a run is at least four words that follow one another in
both (winnowing without the sampling: Schleimer, Wilkerson and Aiken 2003, Winnowing: local algorithms for document
fingerprinting, SIGMOD). Runs out of order are no copy: of the runs the longest chain in the order of both counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, overload

import regex

from onrecord.analyse.gists import stem
from onrecord.text.folding import UNSPACED, Folded
from onrecord.text.spans import Span

SHORTEST = 4
"""Words of a run."""
CARRIED = 0.6
"""Share of a statement's words that stand in a text that carries it."""
QUOTED = 8
"""Words in a row that a quotation has at least."""
GAP = 6
"""Words between two runs that are still one passage."""
MOST_WORDS = 20_000
"""Of a text that are compared."""
SHARED = 3
"""Distinctive words that a report shares with what it may report."""
NUMBER = regex.compile(r"\d+")
_SPACED = re.compile(r"\S+")
_WORD = regex.compile(rf"{UNSPACED.pattern.removesuffix('+')}|[^\s]+?(?={UNSPACED.pattern}|\s|$)")


class Words(NamedTuple):
    """The folded words of a text with where each stands in it (code points, from `start` of the whole on)."""

    words: tuple[str, ...]
    places: Sequence[Span]


class Run(NamedTuple):
    """`length` words that follow one another in both, from word `one` of the statement and `other` of the text on."""

    one: int
    other: int
    length: int


class Passage(NamedTuple):
    """The same words on both sides."""

    one: Span
    other: Span
    words: int


def read(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words of `text[start:end]`."""
    folded = Folded(text[start:end])
    # Without spaces, each sign is a word.
    unspaced = bool(UNSPACED.search(folded.folded))
    words = _WORD.findall(folded.folded) if unspaced else folded.folded.split()
    return Words(tuple(words[:MOST_WORDS]), _Places(folded, len(words[:MOST_WORDS]), start, unspaced))


class _Places(Sequence[Span]):
    """Where words stand, found only for those that are asked for: the way back from folding costs most."""

    def __init__(self, folded: Folded, length: int, start: int, unspaced: bool) -> None:
        self._folded, self._length, self._start = folded, length, start
        self._pattern = _WORD if unspaced else _SPACED
        self._found: list[tuple[int, int]] = []
        self._known: dict[int, Span] = {}

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Span: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Span]: ...

    def __getitem__(self, at: int | slice) -> Span | Sequence[Span]:
        if isinstance(at, slice):
            return [self[each] for each in range(len(self))[at]]
        at = range(self._length)[at]
        if not self._found:
            self._found = [match.span() for match in self._pattern.finditer(self._folded.folded)]
        if at not in self._known:
            first, last = self._folded.span(*self._found[at])
            self._known[at] = Span(first + self._start, last + self._start)
        return self._known[at]


Begins = Mapping[tuple[str, ...], Sequence[int]]
"""Where every few words of a text that may begin a run stand in it, by number."""


def begins(words: Words) -> Begins:
    """What `runs` looks a text up in: made once for a statement that many texts are compared with."""
    found: dict[tuple[str, ...], list[int]] = {}
    for at, first in enumerate(_few(words.words)):
        found.setdefault(first, []).append(at)
    return found


def _few(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(SHORTEST)), strict=False)


def runs(one: Words, other: Words, begun: Begins | None = None) -> list[Run]:
    """What both have in common, in the order of both: the chain of runs with the most words."""
    return _chain(list(_alike(one.words, other.words, begins(one) if begun is None else begun)))


def _alike(one: Sequence[str], other: Sequence[str], begun: Begins) -> Iterator[Run]:
    """Runs in the order of the second text, each as long as it goes; a repeated run is taken where it goes on best."""
    at, after = 0, 0
    few = list(_few(other))
    while at < len(few):
        places = begun.get(few[at])
        if not places:
            at += 1
            continue
        # The next place in the statement, else its first: of a formula that comes again the one that goes on.
        first = next((place for place in places[:_LOOKED] if place >= after), places[0])
        length = SHORTEST
        while first + length < len(one) and at + length < len(other) and one[first + length] == other[at + length]:
            length += 1
        yield Run(first, at, length)
        at += length
        after = first + length


_LOOKED = 50
"""Places of one run of words that are looked at."""


def _chain(found: Sequence[Run]) -> list[Run]:
    """The runs, in the order of the second text, that are in the order of the first too and have the most words."""
    if not found:
        return []
    best: list[tuple[int, int]] = []  # words of the best chain that ends with a run, and the run before
    tails: list[tuple[int, int, int]] = []  # where it ends in the first text, words, index: both rise
    for index, run in enumerate(found):
        at = bisect_right(tails, (run.one, len(found) * MOST_WORDS, 0)) - 1
        words, before = (tails[at][1], tails[at][2]) if at >= 0 else (0, -1)
        best.append((words + run.length, before))
        _place(tails, (run.one + run.length, words + run.length, index))
    at = max(range(len(best)), key=lambda each: best[each][0])
    chain = []
    while at >= 0:
        chain.append(found[at])
        at = best[at][1]
    return chain[::-1]


def _place(tails: list[tuple[int, int, int]], new: tuple[int, int, int]) -> None:
    """Keep the ends of chains of which none is later and shorter than another."""
    at = bisect_left(tails, (new[0], new[1], 0))
    if at > 0 and tails[at - 1][1] >= new[1]:
        return
    end = at
    while end < len(tails) and tails[end][1] <= new[1]:
        end += 1
    tails[at:end] = [new]


def share(common: Sequence[Run], of: Words) -> float:
    """How much of the words stands in the runs, from 0 to 1."""
    return sum(run.length for run in common) / len(of.words) if of.words else 0.0


def renumbered(common: Sequence[Run], one: Words, other: Words) -> bool:
    """Whether between two runs a number stands in the place of another: "Order 14", "Order 15"."""
    for run, after in pairwise(common):
        here = one.words[run.one + run.length : after.one]
        there = other.words[run.other + run.length : after.other]
        if max(len(here), len(there)) <= GAP and _digits(here) and _digits(there) and _digits(here) != _digits(there):
            return True
    return False


def _digits(words: Sequence[str]) -> list[str]:
    return [word for word in words if word.isdecimal()]


def passages(common: Sequence[Run], one: Words, other: Words) -> list[Passage]:
    """The runs as passages of both texts; those that only a few changed words part are one."""
    groups: list[list[Run]] = []
    for run in common:
        last = groups[-1][-1] if groups else None
        near = last is not None and max(run.one - last.one, run.other - last.other) - last.length <= GAP
        groups[-1:] = [*groups[-1:], [run]] if not near else [[*groups[-1], run]]
    return [_passage(group, one, other) for group in groups]


def _passage(group: Sequence[Run], one: Words, other: Words) -> Passage:
    first, last = group[0], group[-1]
    return Passage(
        Span(one.places[first.one].start, one.places[last.one + last.length - 1].end),
        Span(other.places[first.other].start, other.places[last.other + last.length - 1].end),
        sum(run.length for run in group),
    )


def quoted(common: Sequence[Run], one: Words, other: Words, said: Sequence[Span]) -> list[Passage]:
    """The runs of at least QUOTED words that stand in what `said` (in order) gives as somebody's words."""
    found = []
    for run in common:
        if run.length >= QUOTED and said:
            start, end = other.places[run.other].start, other.places[run.other + run.length - 1].end
            parts = (_inside(run, other, span) for span in said if start < span.end and span.start < end)
            found += [_passage([part], one, other) for part in parts if part.length >= QUOTED][:1]
    return found


def _inside(run: Run, other: Words, span: Span) -> Run:
    """The part of a run whose words stand in the span."""
    every = range(run.other, run.other + run.length)
    first = bisect_left(every, span.start, key=lambda at: other.places[at].start)
    end = bisect_right(every, span.end, key=lambda at: other.places[at].end)
    return Run(run.one + first, run.other + first, max(0, end - first))


# -- reports and translations ------------------------------------------------------------------------------------------


def distinctive(words: Sequence[str], rare: Collection[str]) -> dict[str, str]:
    """What tells these words from others: stems of those that few documents have, each with a word for it."""
    return {stem(word): word for word in words if word in rare and not word.isdecimal()}


def nearest(one: Words, about: Collection[str], sentences: Sequence[Span]) -> Span | None:
    """The sentence with the most of these stems."""
    best, most = None, 0
    starts = [span.start for span in sentences]
    held: dict[int, set[str]] = {}
    for at, word in enumerate(one.words):
        if stem(word) in about:
            index = bisect_right(starts, one.places[at].start) - 1
            held.setdefault(index, set()).add(stem(word))
    for index, stems in held.items():
        if index >= 0 and len(stems) > most:
            best, most = sentences[index], len(stems)
    return best


def numbers(text: str, start: int = 0, end: int | None = None) -> Mapping[str, Span]:
    """The numbers in figures of `text[start:end]`, in any script's digits, each where it stands first; those of one
    digit tell nothing."""
    found: dict[str, Span] = {}
    for match in NUMBER.finditer(text, start, len(text) if end is None else end):
        value = str(int(match[0])) if len(match[0]) < 30 else ""
        if len(value) > 1:
            found.setdefault(value, Span(*match.span()))
    return found
