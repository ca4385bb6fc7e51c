"""Phrases for a speaker, found from the cue beside which they stand, without a parser.

Leftwards, a phrase goes on until a determiner opens it, or a comma or a word that no phrase holds ends it; rightwards,
until a comma, a stop or such a word. An apposition between commas belongs to it ("Mira Kessan, the union's deputy
secretary, said").
"""

from __future__ import annotations

import re

from onrecord.annotate.grammar import Grammar
from onrecord.text.spans import Span

REACH = 180
"""Code points that a phrase with its apposition may be long."""
SHORT_REACH = 100
"""... and one without."""
WORDS = 24

_TOKEN = re.compile(r"[^\s,،;:()\[\]—–“”\"«»„…!?]+|[,،;:()\[\]—–“”\"«»„…!?]")
_SEPARATORS = frozenset(',;:()[]—–“”"«»„…!?')
_FIRST_LINKS = frozenset({"of", "for", "and", "&", "de", "du", "des", "del", "d’", "باسم"})

Tokens = list[tuple[int, int, str]]


def tokens(text: str, start: int, end: int) -> Tokens:
    return [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text, start, end)]


def before(text: str, start: int, end: int, grammar: Grammar) -> Span | None:
    """The phrase for a speaker that ends at `end` and lies in `[start, end)`."""
    at = end - 1
    while at >= start and text[at] == " ":
        at -= 1
    space = max(text.rfind(" ", start, at + 1), text.rfind("\n", start, at + 1))
    if text[max(start, space + 1) : at + 1].lower() in grammar.pronouns:
        return Span(max(start, space + 1), at + 1)
    reach = REACH if text[at] == "," else SHORT_REACH
    words = tokens(text, max(start, end - reach), end)
    if end - reach > start:
        words = words[1:]
    words = _without_time(words, grammar)
    if not words:
        return None
    last = len(words) - 1
    to = words[last][1]
    if words[last][2] == ")":
        opened = next((i for i in range(last - 1, max(-1, last - 8), -1) if words[i][2] == "("), 0)
        last = opened - 1 if opened else last
    if words[last][2] == ",":
        comma = next((i for i in range(last - 1, -1, -1) if words[i][2] == ","), None)
        if comma is None or comma == 0 or last - comma > WORDS:
            return None
        included = _is_apposition(words[comma + 1 : last], grammar)
        to = words[last - 1][1] if included else words[comma - 1][1]
        last = comma - 1
    first = _first(words, last, grammar)
    return None if first is None else Span(words[first][0], to)


def _without_time(words: Tokens, grammar: Grammar) -> Tokens:
    """Without a time at the end ("the council this month", "Kessan on Monday")."""
    last = len(words)
    while last > 1 and (
        words[last - 1][2].lower() in grammar.time_words or words[last - 1][2].lower() in grammar.calendar
    ):
        last -= 1
    if last == len(words):
        return words
    while last > 1 and words[last - 1][2].lower() in grammar.time_openers:
        last -= 1
    return words[:last]


def _is_apposition(words: Tokens, grammar: Grammar) -> bool:
    if not words:
        return False
    word = words[0][2]
    return (
        word in grammar.determiners
        or word.lower() in grammar.roles
        or (word[0].isupper() and word.lower() not in grammar.calendar)
    )


def _first(words: Tokens, last: int, grammar: Grammar) -> int | None:
    """Where the phrase that ends with word `last` begins."""
    first: int | None = None
    named = False
    for at in range(last, max(-1, last - WORDS), -1):
        word = words[at][2]
        low = word.lower()
        if low in grammar.pronouns and at == last:
            return at
        if word in _SEPARATORS or low in grammar.stops or low in grammar.calendar:
            break
        if low in grammar.determiners:
            first = at
            if at and words[at - 1][2].lower() in grammar.links and at > 1:
                continue
            break
        if low in grammar.links:
            if first is None or (at == 0 or words[at - 1][2] in _SEPARATORS) or (word[0].isupper() and at == 0):
                break
            continue
        if low in grammar.pronouns and not word[0].isupper():
            break
        if (
            named
            and word[0].islower()
            and low not in grammar.roles
            and not word.endswith(("’s", "'s"))
            and "-" not in word
        ):
            follows = words[at + 1][2].lower() if at < last else ""
            opened = any(words[i][2].lower() in grammar.determiners for i in range(max(0, at - 2), at))
            if follows not in grammar.links and not opened and not _is_role_chain(words, at, grammar):
                break
        named = word[0].isupper()
        first = at
    if first is not None and first < last and words[first][2].lower().endswith(grammar.adverb_endings or ("\0",)):
        first += 1
    if first is not None and first == last and not _speaks(words[first][2], grammar):
        return None
    return first


def _is_role_chain(words: Tokens, at: int, grammar: Grammar) -> bool:
    """A lower-case word that a role follows ("government spokesman Karl Orlan")."""
    return any(words[i][2].lower() in grammar.roles for i in range(at + 1, min(at + 3, len(words))))


def _speaks(word: str, grammar: Grammar) -> bool:
    """A word alone that may be a speaker: a name, or a bare plural."""
    return (
        grammar.tag != "en"
        or word[0].isupper()
        or (word.endswith("s") and len(word) > 3)
        or word in ("police", "people")
    )


def after(text: str, start: int, end: int, grammar: Grammar, apposition: bool = True) -> Span | None:
    """The phrase for a speaker that begins at `start` (white space aside) and lies in `[start, end)`.

    Without `apposition` a comma ends it ("According to the minister, the plan …").
    """
    words = tokens(text, start, min(end, start + REACH))
    last: int | None = None
    for at, (_, _, word) in enumerate(words[:WORDS]):
        low = word.lower()
        if at == 0 and low in grammar.pronouns and low not in grammar.determiners:
            return Span(words[0][0], words[0][1])
        if word in _SEPARATORS or (low in grammar.stops and not (word[0].isupper() and at)) or low in grammar.calendar:
            break
        if low in grammar.links and (low not in _FIRST_LINKS or last is None):
            break
        if low not in grammar.links and low not in grammar.determiners:
            last = at
        if word.endswith(".") and word[0].islower():
            break
    if last is None:
        return None
    last = _with_brackets(words, last)
    if apposition:
        last = _with_apposition(words, last, grammar)
    stop = words[last][1]
    if text[stop - 1] == "." and (stop >= end or words[last][2][0].islower() or len(words[last][2]) > 4):
        stop -= 1
    return Span(words[0][0], stop)


def _with_brackets(words: Tokens, last: int) -> int:
    """The last word of the brackets behind word `last` ("Mira Kessan (Orsk)"), or `last`."""
    if last + 1 < len(words) and words[last + 1][2] == "(":
        return next((i for i in range(last + 2, min(last + 8, len(words))) if words[i][2] == ")"), last)
    return last


def _with_apposition(words: Tokens, last: int, grammar: Grammar) -> int:
    """The last word of the apposition that a comma opens behind word `last`, or `last`."""
    rest = words[last + 1 :]
    if not rest or rest[0][2] != "," or not _is_apposition(rest[1:2], grammar):
        return last
    stop = next((i for i, (_, _, word) in enumerate(rest) if i and word in _SEPARATORS), len(rest))
    inside = rest[1:stop]
    if any(word.lower() in grammar.stops and word not in grammar.determiners for _, _, word in inside[:4]):
        return last
    return last + stop
