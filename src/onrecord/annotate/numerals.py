"""Numbers of a text as tokens of time: figures ("15", "1,200", "2.5", "3rd", "1990s") and words put together.

"one hundred and ten" is 110, "twenty-first" the 21st, "two thousand and twenty-four" and "nineteen ninety-six" are
years. Sums of money, percentages and decimals that no unit of time follows are none of a date's numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

Value = int | str

SUFFIXED = {"s": "s", "م": "y", "г": "y", "ه": "i", "هـ": "i", "ah": "i", "ش": "j"}
"""What a number with a suffix is, where not an ordinal: a decade, a year of our era or of a Hijri one."""
_SUFFIX = re.compile(r"(st|nd|rd|th|s|er|º|ª|م|г|هـ|ه|ah|ش)(?![^\W\d])")
_MONEY = "$€£¥#"
_LONGEST = 4
"""Figures in a row; more of them are no day, year or count of units."""
_GAP = 5
"""Code points between two words of one number, as in "hundred and ten"."""


class Token(NamedTuple):
    """A word of time: its class, its value, and where it stands in the text."""

    kind: str
    value: Value
    start: int
    end: int


def figures(text: str, flat: str, leads: frozenset[str], percent: frozenset[str]) -> Iterator[Token]:
    """All numbers in figures that may count days, years or units; `flat` is the folded text.

    `leads` are words that a lost space may have glued to a number ("on30 July"), `percent` those after a number that
    make it none of time.
    """
    points = np.frombuffer(f" {flat} ".encode("latin-1", "replace"), dtype=np.uint8)
    digits = (points >= 48) & (points <= 57)
    edges = np.flatnonzero(digits[1:] != digits[:-1]).tolist()
    runs = len(edges) // 2
    at = 0
    while at < runs:
        start, end = edges[2 * at], edges[2 * at + 1]
        at += 1
        if start and flat[start - 1] != " " and not _glued(flat, start, leads):
            continue
        fraction = False
        while at < runs and edges[2 * at] == end + 1 and text[end] in ",." and not fraction:
            size = edges[2 * at + 1] - edges[2 * at]
            fraction = text[end] == "."
            if (fraction and _chained(text, start, edges[2 * at + 1])) or (
                not fraction and (size != 3 or end - start > 3)
            ):
                fraction = False
                break
            end = edges[2 * at + 1]
            at += 1
        token = _figure(text, flat, start, end, fraction)
        if (
            token
            and not (start and flat[start - 1] != " " and not _glued(flat, start, leads))
            and not _measure(text, flat, start, token.end, percent)
        ):
            yield token


def _chained(text: str, start: int, end: int) -> bool:
    """Whether a number with a point in it is a date or an hour: "3.5.2024", "10.30"."""
    after = text[end : end + 2]
    dotted = len(after) == 2 and after[0] in ".:/-" and after[1].isdecimal()
    return dotted or text[start - 1 : start] in (".", "/", ":")


def _measure(text: str, flat: str, start: int, end: int, percent: frozenset[str]) -> bool:
    """Whether a number is money or a percentage."""
    if (start and text[start - 1] in _MONEY) or text[end : end + 1] == "%":
        return True
    word = flat[end : end + 12].split(" ", 2)
    return len(word) > 1 and not word[0] and word[1] in percent


def _glued(flat: str, start: int, leads: frozenset[str]) -> bool:
    """Whether only a lost space parts a number from the word before it: "on30 July"."""
    return flat[max(0, start - 8) : start].rpartition(" ")[2] in leads


def _figure(text: str, flat: str, start: int, end: int, fraction: bool) -> Token | None:
    if fraction:
        return Token("f", flat[start:end].replace(" ", "."), start, end) if end - start < 9 else None
    value = flat[start:end].replace(" ", "")
    if (len(value) > _LONGEST and len(value) == end - start) or len(value) > 7:
        return None
    number = int(value)
    if end == len(flat) or flat[end] == " ":
        size = end - start
        return Token("d" if size < 3 else "y" if size == 4 and 1000 <= number < 2200 else "n", number, start, end)
    suffix = _SUFFIX.match(flat, end)
    if suffix is None:
        return None
    kind = SUFFIXED.get(suffix[1], "o")
    if kind == "o" or end - start == 4 or (kind == "s" and end - start == 2 and number % 10 == 0):
        return Token(kind, number, start, suffix.end())
    return None


def joined(tokens: list[Token], flat: str, conjunctions: dict[str, str]) -> Iterator[Token]:
    """The tokens, with the words of one number made one token: `n`, `o`, or `y` where it can be a year."""
    held: list[Token] = []
    for token in tokens:
        if token.kind in "no" and isinstance(token.value, int):
            if held and _belongs(held, token, flat, conjunctions):
                held.append(token)
                continue
            if held:
                yield from _whole(held)
            held = [token] if token.kind == "n" else []
            if token.kind == "o":
                yield token
        else:
            if held:
                yield from _whole(held)
                held = []
            yield token
    yield from _whole(held)


def _belongs(held: list[Token], token: Token, flat: str, conjunctions: dict[str, str]) -> bool:
    """Whether a word goes on with the number before it."""
    last = held[-1]
    if last.kind == "o" or token.start - last.end > _GAP or len(held) > 5:
        return False
    gap = flat[last.end : token.start].strip()
    if gap and (conjunctions.get(gap) != "&" or int(last.value) < 20):
        return False
    before, number = int(last.value), int(token.value)
    if number in (100, 1000):
        return before < number or (before, number) == (1000, 100)
    tens = 20 <= before <= 90 and before % 10 == 0 and number < 10
    below = before in (100, 1000) and number < before
    century = not gap and token.kind == "n" and len(held) == 1 and 11 <= before <= 20 and 10 <= number <= 90
    return tens or below or century


def _whole(held: list[Token]) -> Iterator[Token]:
    if len(held) < 2:
        yield from held
        return
    number = _sum([int(token.value) for token in held])
    kind = held[-1].kind
    if kind == "n" and 1000 < number < 2200 and number % 100:
        kind = "y"
    yield Token(kind, number, held[0].start, held[-1].end)


def _sum(values: list[int]) -> int:
    """The number that words in a row are: 2, 1000, 20, 4 is 2024; 19, 90, 6 is 1996."""
    total = part = 0
    for n, value in enumerate(values):
        if value == 1000:
            total, part = total + max(part, 1) * 1000, 0
        elif value == 100:
            part = max(part, 1) * 100
        elif n == 1 and 11 <= values[0] <= 20 and value >= 10:
            part = part * 100 + value
        else:
            part += value
    return total + part
