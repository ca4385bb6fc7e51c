"""Numbers that count, in figures ("1,200", "1.5", "١٢٠٠") and in words ("two hundred and twelve", "dix-sept").

Figures are read from the text, because a clause's words part them where it suits words ("12th", "5%", "1 200");
`reworded` puts them back into a copy of the clause, each a token of its own. What looks like a number and counts
nothing is none: dates and hours in figures, versions, symbols of documents, "12th", "15-member", points of a list.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from onrecord.annotate.clauses import Clause
from onrecord.annotate.counting import Counting, Phrases, Piece

_D = "0-9٠-٩۰-۹"
_FIGURE = re.compile(rf"[{_D}][{_D}]*(?:[.,'’٫٬،\u00a0\u202f\u2009][{_D}]+)*")
_SIGN = re.compile(r"[.,'’٫٬،\u00a0\u202f\u2009]")
_THOUSANDS = re.compile(rf"[{_D}]{{3}}(?![{_D}])")
_TAIL = re.compile(r"[^\W\d_]+|[%٪‰]|°[CF]?")
_CURRENCY = "$€£¥₽₪₴₺₹₩"
_COUNTRY = re.compile(r"(?<![^\W\d_])[A-Z]{1,3}\Z")
DASHES = frozenset("-–—‑−")
_NEVER_BEFORE = frozenset("/:.#№§_@\\+*=^~'’&")
_LONGEST = 15
"""Digits that a value can hold exactly; a longer number has none."""
_LONGEST_LEAD = 6
"""Letters that may be written onto a figure: "وبالـ"."""
_LONGEST_PHRASE = 24
"""Tokens of one number in words."""


class Figure(NamedTuple):
    """A number in figures: `lead` is where its currency begins, `tail` where a sign or unit written onto it ends."""

    lead: int
    start: int
    end: int
    tail: int
    value: float | None


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


def figures(text: str) -> list[tuple[int, int]]:
    """Everywhere that digits stand, with the signs between them."""
    return [match.span() for match in _FIGURE.finditer(text)]


def reworded(clause: Clause, places: Sequence[tuple[int, int]], table: Counting) -> Words:
    """The clause's words, with those of `places` that lie in it and are numbers as tokens of their own."""
    found = list(_read(clause.text, places, table)) if places else []
    whole = _whole_tokens(clause, found)
    if whole is not None:
        return Words(clause.text, clause.starts, clause.ends, clause.low, clause.quote, whole)
    figures: dict[int, Figure] = {}
    starts: list[int] = []
    ends: list[int] = []
    low: list[str] = []
    opaque: list[int] = []
    done = 0
    for figure in found:
        first, stop = bisect_right(clause.ends, figure.lead, done), bisect_left(clause.starts, figure.tail, done)
        if first >= stop or first < done or any(number >= 0 for number in clause.quote[first:stop]):
            continue
        starts += clause.starts[done:first]
        ends += clause.ends[done:first]
        low += clause.low[done:first]
        opaque += clause.quote[done:first]
        first_edge, last_edge = min(clause.starts[first], figure.lead), max(clause.ends[stop - 1], figure.tail)
        edges = (first_edge, figure.lead, figure.start, figure.end, figure.tail, last_edge)
        for start, end in pairwise(edges):
            if start < end:
                if start == figure.start:
                    figures[len(low)] = figure
                starts.append(start)
                ends.append(end)
                low.append(clause.text[start:end].lower())
                opaque.append(-1)
        done = stop
    starts += clause.starts[done:]
    ends += clause.ends[done:]
    low += clause.low[done:]
    opaque += clause.quote[done:]
    return Words(clause.text, starts, ends, low, opaque, figures)


def _whole_tokens(clause: Clause, found: Sequence[Figure]) -> dict[int, Figure] | None:
    """The figures by their tokens, where each is one that a clause has already; else `None`."""
    whole: dict[int, Figure] = {}
    for figure in found:
        at = bisect_right(clause.ends, figure.lead)
        if at >= len(clause.low) or clause.starts[at] != figure.lead or clause.ends[at] != figure.tail:
            return None
        if figure.lead != figure.start or figure.end != figure.tail or clause.quote[at] >= 0:
            return None
        whole[at] = figure
    return whole


def _read(text: str, places: Sequence[tuple[int, int]], table: Counting) -> Iterator[Figure]:
    """The numbers among them; where the language parts thousands by a space, such groups are one."""
    at = 0
    while at < len(places):
        start, end = places[at]
        at += 1
        if table.spaced and end - start <= 3:
            while (
                at < len(places) and places[at][0] == end + 1 and text[end] == " " and _THOUSANDS.match(text, end + 1)
            ):
                end = places[at][1]
                at += 1
        turned = table.reversed and end - start == 3 and at < len(places) and _turned(text, end, places[at])
        if turned:
            end = places[at][1]
            at += 1
        figure = _figure(text, start, end, table)
        if figure is not None:
            yield figure


def _goes_on(text: str, end: int) -> bool:
    """Whether a space and just three digits stand behind a group of digits."""
    return text[end] == " " and _THOUSANDS.match(text, end + 1) is not None


def _turned(text: str, end: int, place: tuple[int, int]) -> bool:
    """Whether the greater part of a number stands behind the three digits that end it: "040 1"."""
    return place[0] == end + 1 and text[end] in " \u00a0" and place[1] - place[0] <= 3


def _figure(text: str, start: int, end: int, table: Counting) -> Figure | None:
    sign = text[start - 1] if start else " "
    if sign in _NEVER_BEFORE or (sign.isalpha() and not _led(text, start, table)) or _enumerates(text, start, end):
        return None
    lead = start
    if sign in _CURRENCY:
        country = _COUNTRY.search(text, max(0, start - 5), start - 1)
        lead = country.start() if country else start - 1
    elif sign in DASHES and start > 1 and not _ranged(text[start - 2]):
        return None
    tail = _tail(text, end, table, lead < start or text[start - 1 : start] in _CURRENCY)
    if tail is None:
        return None
    digits = text[start:end]
    if table.reversed and " " in digits:
        digits = "".join(reversed(digits.split()))
    value = value_of(digits, table)
    if value != value:  # not a number
        return None
    if value is not None and tail > end:
        value = round(value * table.abbreviations.get(text[end:tail].lower(), 1), 3) if lead < start else value
    return Figure(lead, start, end, tail, value)


def _ranged(sign: str) -> bool:
    """What may stand before the dash of "10–15": a figure, or a space where the dash is one of the sentence."""
    return sign.isdecimal() or sign.isspace() or sign in "%٪"


def _led(text: str, start: int, table: Counting) -> bool:
    """Whether only a small word is written onto the figure: "و30"."""
    if not table.article:
        return False
    first = start
    while first and start - first < _LONGEST_LEAD and text[first - 1].isalpha():
        first -= 1
    return text[first:start].rstrip("ـ") in ("و", "ف", "ب", "ل", "ك", "وب", "ول", "ال", "وال", "بال", "لل")


def _enumerates(text: str, start: int, end: int) -> bool:
    """Whether a figure numbers a point: "1." and "(2)" where a line begins."""
    if text[end : end + 1] not in (".", ")", "]", "-") or text[end + 1 : end + 2].isdecimal():
        return False
    first = start
    while first and start - first < 8 and text[first - 1] in " \t([#*":
        first -= 1
    return not first or text[first - 1] in "\r\n\u2028\u2029" or text[start - 1] == "("


def _tail(text: str, end: int, table: Counting, money: bool) -> int | None:
    """Where what is written onto a figure ends; `None` where it makes the figure none that counts."""
    after = text[end : end + 2]
    if not after or after[0].isspace():
        return end
    if after[0] in "/:+" and after[1:].isdecimal():
        return None
    if after[0] in "-‑" and not after[1:].isdecimal():
        return None
    tail = _TAIL.match(text, end, end + 12)
    if tail is None:
        return end if after[0] not in "_/\\@" else None
    if tail[0].isalpha():
        known = tail[0].lower()
        return tail.end() if known in table.tails or (money and known in table.abbreviations) else None
    return tail.end()


def value_of(digits: str, table: Counting) -> float | None:
    """What figures say; `None` where they are too many to be held, not-a-number where they are no number.

    A sign before exactly three digits parts thousands where the language does so, else it opens the decimals.
    """
    if len(digits) <= _LONGEST and digits.isdecimal() and int(digits[0]):
        return float(int(digits))
    if len(digits) > _LONGEST * 2:
        return None if digits.isdecimal() else float("nan")
    parts = _SIGN.split(digits.replace(" ", "\u00a0"))
    signs = [sign for sign in digits if not sign.isdecimal()]
    if len(parts[0]) > 1 and int(parts[0][0]) == 0:
        return float("nan")
    fraction = _fraction(parts, signs, table)
    whole = parts if fraction is None else parts[:-1]
    if len(whole) > 1 and (
        any(len(part) != 3 for part in whole[1:]) or len(whole[0]) > 3 or len(set(signs[: len(whole) - 1])) > 1
    ):
        return float("nan")
    if any(sign != " " and sign not in table.groups and sign not in ".," for sign in signs[: len(whole) - 1]):
        return float("nan")
    number = "".join(whole)
    if len(number) > _LONGEST:
        return None
    return float(f"{number}.{fraction}") if fraction is not None else float(int(number))


def _fraction(parts: list[str], signs: list[str], table: Counting) -> str | None:
    """The decimals, where the last sign opens them."""
    if not signs:
        return None
    last, size = signs[-1], len(parts[-1])
    if signs.count(last) > 1:
        return None
    if last in table.decimals:
        return parts[-1]
    if last in table.loose and size != 3:
        return parts[-1]
    return None


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
    if figure.tail > figure.end and words.word(stop) in table.abbreviations and first < at:
        stop += 1
    scale = table.pieces.get(words.word(stop))
    while scale is not None and scale.scale and not scale.lead and stop - at < 4:
        value = round(value * scale.value, 3) if value is not None else None
        whole *= scale.value
        stop += 1
        scale = table.pieces.get(words.word(stop))
    return Number(first, stop, words.starts[first], value, "figures", whole)


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
