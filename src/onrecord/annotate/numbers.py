"""Numbers that count, in figures (digits.py) and in words ("two hundred and twelve", "dix-sept").

`reworded` puts the figures into a copy of the clause, each a token of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from onrecord.annotate.clauses import Clause
from onrecord.annotate.counting import Counting, Phrases
from onrecord.annotate.digits import Figure, read
from onrecord.annotate.pieces import Piece

_SHORTEST_STOPPED = 5
"""Letters of a word with a stop that is surely no abbreviation."""
_LONGEST_PHRASE = 24
"""Tokens of one number in words."""


class Words(Struct, gc=False):
    """The tokens of a clause with its figures whole; the four lists run in step."""

    text: str
    starts: list[int]
    ends: list[int]
    low: list[str]
    opaque: list[int]
    """Numbers of quotations, -1 for words."""
    figures: dict[int, Figure]
    """Of tokens that are figures."""

    def follows(self, at: int, phrases: Phrases) -> tuple[int, str] | None:
        """The token behind the phrase that begins at one, and what it means."""
        if 0 <= at < len(self.low):
            for phrase, meaning in phrases.get(self.low[at], ()):
                if len(phrase) == 1 or tuple(self.low[at : at + len(phrase)]) == phrase:
                    return at + len(phrase), meaning
        return None

    def precedes(self, at: int, phrases: Phrases) -> tuple[int, str] | None:
        """The first token of the phrase that ends right before one, and what it means."""
        if at > 0:
            for phrase, meaning in phrases.get(self.low[at - 1], ()):
                first = at - len(phrase)
                if first >= 0 and (len(phrase) == 1 or tuple(self.low[first:at]) == phrase):
                    return first, meaning
        return None

    def __len__(self) -> int:
        return len(self.low)

    def word(self, at: int) -> str:
        """In lower case; empty outside the clause."""
        return self.low[at] if 0 <= at < len(self.low) else ""


class Number(NamedTuple):
    """A number from token `first` up to `stop`; `start` is where it begins in the text, behind a small word."""

    first: int
    stop: int
    start: int
    value: float | None
    rule: str
    scale: float = 1
    """The last word that multiplied all of it: of "2 or 3 million"."""


def reworded(clause: Clause, places: Sequence[tuple[int, int]], table: Counting) -> Words:
    """The clause's words, with those of `places` that lie in it and are numbers as tokens of their own."""
    words = Words(clause.text, clause.starts, clause.ends, clause.low, clause.quote, {})
    found = list(read(clause.text, places, table)) if places else []
    if not found:
        return _stops_parted(words, table)
    starts: list[int] = []
    ends: list[int] = []
    low: list[str] = []
    opaque: list[int] = []
    done = 0
    for first, stop, held in _within(clause, found):
        starts += clause.starts[done:first]
        ends += clause.ends[done:first]
        low += clause.low[done:first]
        opaque += clause.quote[done:first]
        begun = {figure.start: figure for figure in held}
        edges = {min(clause.starts[first], held[0].lead), max(clause.ends[stop - 1], held[-1].tail)}
        edges.update(edge for figure in held for edge in figure[:4])
        for start, end in pairwise(sorted(edges)):
            for begin, close in _unspaced(clause.text, start, end):
                if begin in begun:
                    words.figures[len(low)] = begun[begin]
                starts.append(begin)
                ends.append(close)
                low.append(clause.text[begin:close].lower())
                opaque.append(-1)
        done = stop
    starts += clause.starts[done:]
    ends += clause.ends[done:]
    low += clause.low[done:]
    opaque += clause.quote[done:]
    return _stops_parted(Words(clause.text, starts, ends, low, opaque, words.figures), table)


def _stops_parted(words: Words, table: Counting) -> Words:
    """With the full stop of a word that is no abbreviation as a token of its own: "5 hours. and"."""
    places = [at for at, word in enumerate(words.low) if word[-1] == "." and _ends_a_sentence(word, table)]
    if not places:
        return words
    starts, ends, low, opaque = list(words.starts), list(words.ends), list(words.low), list(words.opaque)
    for at in reversed(places):
        stop = ends[at] - 1
        starts.insert(at + 1, stop)
        ends[at : at + 1] = (stop, stop + 1)
        low[at : at + 1] = (low[at][:-1], ".")
        opaque.insert(at + 1, -1)
    moved = {at + bisect_left(places, at): figure for at, figure in words.figures.items()}
    return Words(words.text, starts, ends, low, opaque, moved)


def _ends_a_sentence(word: str, table: Counting) -> bool:
    if len(word) < _SHORTEST_STOPPED or "." in word[:-1] or not word[:-1].isalpha():
        return False
    return not (word in table.units or word in table.labels or word in table.pieces or word in table.before)


def _within(clause: Clause, found: Sequence[Figure]) -> Iterator[tuple[int, int, list[Figure]]]:
    """The tokens `[first, stop)` in which figures stand, with those figures: "$5-10" is one token and holds two."""
    done = 0
    held: list[Figure] = []
    begin = 0
    for figure in found:
        first, stop = bisect_right(clause.ends, figure.lead, begin), bisect_left(clause.starts, figure.tail, begin)
        if first >= stop or any(number >= 0 for number in clause.quote[first:stop]):
            continue
        if held and first < done:
            held.append(figure)
            done = max(done, stop)
            continue
        if held:
            yield begin, done, held
        begin, done, held = first, stop, [figure]
    if held:
        yield begin, done, held


def _unspaced(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between two edges, without the space around it."""
    if text[start].isspace() or text[end - 1].isspace():
        piece = text[start:end]
        start, end = end - len(piece.lstrip()), start + len(piece.rstrip())
    if start < end:
        yield start, end


def number(words: Words, at: int, table: Counting) -> Number | None:
    """The number that begins at a token, in figures or words."""
    figure = words.figures.get(at)
    if figure is not None:
        return _scaled(words, at, figure, table)
    piece = table.pieces.get(words.low[at])
    if piece is None:
        return None
    if not piece.scale and words.word(at + 1) not in table.continuing:
        return Number(at, at + 1, words.starts[at] + len(piece.lead), piece.value, "words")
    first = at
    if piece.scale and not table.bare_scales and words.low[at] not in table.alone_scales:
        if words.word(at - 1) not in table.articles:
            return None
        first = at - 1
    growing = _Growing(table)
    stop = at
    while stop < len(words) and stop - at < _LONGEST_PHRASE:
        step = growing.take(words, stop)
        if not step:
            break
        stop += step
    start = words.starts[first] + (len(piece.lead) if first == at else 0)
    return Number(first, stop, start, growing.value, "words", growing.scale) if stop > at else None


def _scaled(words: Words, at: int, figure: Figure, table: Counting) -> Number:
    """Figures with the words behind them that multiply: "1.5 million"."""
    value, stop = figure.value, at + 1
    first = at - 1 if figure.lead < figure.start else at
    whole = 1.0
    if figure.tail > figure.end and _abbreviates(words.word(stop), first < at, table):
        stop += 1
    scale = table.pieces.get(words.word(stop))
    while scale is not None and scale.scale and not scale.lead and stop - at < 4:
        value = round(value * scale.value, 3) if value is not None else None
        whole *= scale.value
        stop += 1
        scale = table.pieces.get(words.word(stop))
    return Number(first, stop, words.starts[first], value, "figures", whole)


def _abbreviates(word: str, money: bool, table: Counting) -> bool:
    """Whether what is written onto a figure multiplies it: "10k"; "5m" is five metres but of money."""
    return word in table.abbreviations and (money or word not in table.tails)


class _Growing:
    """A number as its words come: what is done, the part that grows, and how small the next word must be."""

    def __init__(self, table: Counting) -> None:
        self.table = table
        self.total = self.part = 0.0
        self.room = self.top = float("inf")
        self.last = 0.0
        self.begun = False

    @property
    def value(self) -> float:
        return self.total + self.part

    @property
    def scale(self) -> float:
        return self.top if self.total and not self.part and self.top < float("inf") else 1.0

    def take(self, words: Words, at: int) -> int:
        """How many tokens belong to it here; 0 where it ends."""
        word = words.low[at]
        piece = self.table.pieces.get(word)
        if piece is not None:
            return int(self._add(piece))
        if not self.begun:
            return 0
        half = words.follows(at, self.table.halves)
        if half is not None and self.room == 1:
            self.part += 0.5
            self.room = 0
            return half[0] - at
        bounds = self.table.joins.get(word)
        after = self.table.pieces.get(words.word(at + 1))
        if bounds and bounds[0] <= self.room <= bounds[1] and after is not None and not after.scale:
            return 2 if self._add(after) else 0
        return 0

    def _add(self, piece: Piece) -> bool:
        fits = self._multiply(piece.value) if piece.scale and not self._led_on(piece) else self._join(piece)
        self.begun = self.begun or fits
        return fits

    def _led_on(self, piece: Piece) -> bool:
        return self.begun and bool(piece.lead)

    def _multiply(self, scale: float) -> bool:
        if scale < 1000:
            if self.part >= 100 or (self.part == 0 and self.begun and self.room < 1000):
                return False
            self.part = max(self.part, 1.0) * scale
            self.room = 100.0 if scale == 100 else 0.0
            return True
        if scale < self.top:
            self.total += max(self.part, 1.0) * scale
        elif self.total and scale > self.top:
            self.total = (self.total + self.part) * scale
        else:
            return False
        self.part, self.room, self.top = 0.0, scale, scale
        return True

    def _join(self, piece: Piece) -> bool:
        value, units_first = piece.value, self.table.units_first
        if self.begun and units_first and self.room == 1 and self.last < 10 and value % 10 == 0 and value < 100:
            if (value > 10) != (piece.lead == "و"):
                return False
        elif value >= self.room or (self.begun and units_first and piece.lead != "و"):
            return False
        self.part += value
        self.room, self.last = self._room(value), value
        return True

    def _room(self, value: float) -> float:
        if value < 20 or value % 10:
            return 1
        if value < 100:
            return 20 if self.table.vigesimal and value in (60, 80) else 10
        return 100 if value < 1000 else 1000
