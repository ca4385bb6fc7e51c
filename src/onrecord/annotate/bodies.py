"""Names that a run of capitalised words does not hold whole, because words in lower case belong to them.

A people's name or a state's abbreviation makes a name of a body with the noun behind it ("Orskan security forces", "UK
government"), what one leads is called after it ("the Orskan-led coalition"), and some known names have a small word
inside ("Bosnia and Herzegovina"). Where the adjective of a people has no capital, `uncapitalised` finds the body
("armée danoise", "датская армия").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from onrecord.annotate.runs import in_small_letters
from onrecord.annotate.vocabulary import Vocabulary, is_acronym, vocabulary
from onrecord.lexicon import lexicon
from onrecord.model import EntityType

_LONE = re.compile("[\ud800-\udfff]")
_LED = ("-led", "‑led")
_NEXT = re.compile(r" ([^\W\d_]+)")


class Whole(NamedTuple):
    """Start and end in the text, and the type."""

    start: int
    end: int
    kind: EntityType


def whole(text: str, start: int, end: int, words: Vocabulary) -> Whole | None:
    """The name of which the run `text[start:end]` is the first part; `None` where the run is all there is."""
    first = first_part(text[start:end], words.tag)
    if first is None:
        return None
    pattern = words.led if text.endswith(_LED, start, end) else words.bodies
    match = pattern.match(text, end) if pattern else None
    return Whole(start + first, match.end(), "organization") if match else None


@lru_cache(maxsize=1 << 14)
def first_part(run: str, tag: str) -> int | None:
    """Where the peoples' names begin that end a run, so that it is the first part of a body's name.

    `None` for nearly every run, so that a caller can ask this first.
    """
    words = vocabulary(tag)
    if words is None:
        return None
    last = run.rpartition(" ")[2]
    return _people(run, words) if last in words.peoples or last.endswith(_LED) else None


def known_whole(text: str, start: int, end: int, words: Vocabulary) -> Iterator[Whole]:
    """Known names in `text[start:end]` that no run of capitalised words holds whole, in order.

    "Bosnia and Herzegovina", "Côte d’Ivoire", "Iran (Islamic Republic of)"; not where a longer name goes on behind.
    """
    table = _known_whole(words.tag)
    if table is None:
        return
    automaton, names = table
    for number, at, to in matches(automaton, text[start:end]):
        at, to = at + start, to + start
        if (at and (text[at - 1].isalnum() or text[at - 1] in "-‐‑")) or text[to : to + 1].isalnum():
            continue
        following = _NEXT.match(text, to)
        if following is None or (following[1] not in words.heads and following[1] not in words.inner):
            yield Whole(at, to, words.known[names[number]])


@cache
def _known_whole(tag: str) -> tuple[AhoCorasick, tuple[str, ...]] | None:
    words = vocabulary(tag)
    if words is None or not words.long:
        return None
    names = words.long
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA), names


def _people(run: str, words: Vocabulary) -> int:
    """Where the peoples' names begin that end the run: "Sunni Arab" in "Then Sunni Arab"."""
    at = run.rfind(" ") + 1
    while at:
        before = run.rfind(" ", 0, at - 1) + 1
        if run[before : at - 1] not in words.demonyms:
            break
        at = before
    return at


def further_fields(text: str, end: int, words: Vocabulary) -> int | None:
    """Where the further fields end that follow the first one at `end` ("of Trade, Industry and Energy"), if any do."""
    match = words.fields.match(text, end) if text.startswith(words.field_openers, end) else None
    return match.end() if match and _is_field(match["last"], words) and not _names_one(match["more"], words) else None


def _is_field(last: str, words: Vocabulary) -> bool:
    """What may be the last of several fields in a name: neither a body, nor a place, nor a person."""
    last = in_small_letters(last, words.tag) if last.isupper() else last
    parts = [part for part in last.split() if part[0].isupper()]
    known = last in words.known or is_acronym(last) or words.heads.intersection(parts)
    return not known and (len(parts) < 2 or bool(words.inner.intersection(parts)))


def _names_one(fields: str, words: Vocabulary) -> bool:
    """One of the fields between is a body or a place."""
    each = [field.strip() for field in fields.split(",") if field.strip()]
    return any(field in words.known or words.heads.intersection(field.split()) for field in each)


def uncapitalised(text: str, start: int, end: int, tag: str) -> Iterator[tuple[int, int]]:
    """Start and end of each body in `text[start:end]` that a noun and the adjective of a people name.

    Which of the two stands first depends on the language; one automaton finds that, since it is tried everywhere.
    """
    table = _small(tag)
    if table is None:
        return
    first, second = table
    for _, at, to in matches(first, text[start:end]):
        at, to = at + start, to + start
        if at and text[at - 1].isalnum():
            continue
        if match := second.match(text, to, end):
            yield at, match.end()


def matches(automaton: AhoCorasick, text: str) -> list[tuple[int, int, int]]:
    """Which of its words, start and end of each match; a lone surrogate, which no automaton reads, matches nothing."""
    try:
        return automaton.find_matches_as_indexes(text)
    except UnicodeEncodeError:
        return automaton.find_matches_as_indexes(_LONE.sub("\ufffd", text))


@cache
def _small(tag: str) -> tuple[AhoCorasick, re.Pattern[str]] | None:
    """An automaton for what stands first and a pattern for the rest; `None` for a language that has no such names."""
    lists = lexicon(tag)["organizations"]
    if "people_behind" not in lists:
        return None
    nouns, stems, endings = lists["people_bodies"], lists["people_stems"], rf"(?:{_any(lists['people_endings'])})?"
    if lists["people_behind"]:
        return _automaton(nouns), re.compile(rf" (?:{_any(stems)}){endings}\b")
    return _automaton(stems), re.compile(rf"{endings} (?:{_any(nouns)})\b")


def _automaton(words: Iterable[str]) -> AhoCorasick:
    """Of the words, also as they open a sentence."""
    forms = [form for word in words for form in (word, word[0].upper() + word[1:])]
    return AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
