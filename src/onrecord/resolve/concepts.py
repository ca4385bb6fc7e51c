"""What the words of a name mean: the glossary of `lexicon/concepts.toml`, and names read by it.

A name is folded as the keys of names are (`text.names.folded`, then `text.folding`), the glossary likewise. Its words
are looked up the longest form first, so that "human rights" is one idea and not two; an Arabic word is tried as it
stands, then without what is written on to it ("وللمياه": و, ل, ال). Function words are passed over. What the glossary
does not hold stays as a word without a meaning: a proper name, most often.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

import regex
from msgspec import Struct

from onrecord.lexicon import concepts
from onrecord.text.folding import fold
from onrecord.text.names import folded

LANGUAGES = ("ar", "en", "es", "fr", "ru")
"""The languages of the glossary."""

LONGEST_NAME = 400
"""Code points; what is longer is a paragraph, and no name is read in it."""

LONGEST_FORM = 8
"""Words of the longest form that is looked for."""

KIND_ROLES = frozenset(["head", "quality"])
"""What words that name a kind do; a field, a people or a place tells one of that kind from another."""

ADJECTIVE = "_adjective"
"""How the names of such tables of the glossary end."""

WORDS_TABLE = "words"
"""The one table of the glossary that is no concept: function words, breaks, endings of ordinals."""

_CONJUNCTIONS = ("و", "ف")
_PREFIXES = ("ال", "بال", "كال", "لل", "ل", "ب", "ك")
_SHORTEST_STEM = 2
_ARABIC = regex.compile(r"\p{Arabic}")


class Concept(Struct, frozen=True):
    """An idea that names express, by a plain English word."""

    name: str
    role: str
    """What it does in a name: `head`, `place`, `field`, `people`, `quality` or `number`."""
    also: tuple[str, ...] = ()
    """Further roles: a `place` may `head` a name of its own."""


class Word(Struct, frozen=True):
    """A content word of a name, or several that are one idea."""

    surface: str
    """Folded; without what is written on to an Arabic word, where the rest is in the glossary."""
    meanings: dict[str, frozenset[str]]
    """Language to the names of the concepts it may stand for there; empty for a word the glossary lacks."""
    led_by: tuple[str, ...] = ()
    """The function words ahead of it, folded."""


class Glossary(Struct, frozen=True):
    """The glossary as it is looked up: everything folded."""

    concepts: dict[str, Concept]
    forms: dict[str, dict[str, frozenset[str]]]
    """Form to language to concepts."""
    first_words: dict[str, int]
    """First word of a form to the number of words of the longest form that begins with it."""
    skipped: frozenset[str]
    breaks: dict[str, frozenset[str]]
    """Languages in which the head stands last, to the words ahead of which it stands."""
    ordinals: frozenset[str]


@cache
def glossary() -> Glossary:
    """The glossary, read once a process."""
    tables = dict(concepts())
    words = tables.pop(WORDS_TABLE)
    forms: dict[str, dict[str, frozenset[str]]] = {}
    first_words: dict[str, int] = {}
    for name, table in tables.items():
        for language in LANGUAGES:
            for form in table.get(language, ()):
                parts = tokens(form)
                meanings = forms.setdefault(" ".join(parts), {})
                meanings[language] = meanings.get(language, frozenset()) | {name}
                first_words[parts[0]] = max(first_words.get(parts[0], 0), len(parts))
    return Glossary(
        {name: Concept(name, table["role"], tuple(table.get("also", ()))) for name, table in tables.items()},
        forms,
        first_words,
        _folded_words(words["skipped"]),
        {language: frozenset(listed) for language, listed in words["breaks"].items()},
        _folded_words(words["ordinals"]),
    )


def _folded_words(lists: Mapping[str, list[str]]) -> frozenset[str]:
    return frozenset(fold(word).strip() for listed in lists.values() for word in listed)


def tokens(name: str) -> list[str]:
    """The words of `name`, folded; none for a name that is too long."""
    return fold(folded(name)).split() if len(name) <= LONGEST_NAME else []


@lru_cache(maxsize=1 << 15)
def read_as(name: str, tag: str | None = None) -> tuple[Word, ...]:
    """The content words of a name in its order, with what they may mean.

    `tag`: the language (BCP 47, its primary subtag counts) to read the name in; without one a word has its meanings in
    all languages of the glossary. A name of more than `LONGEST_NAME` code points has no words.
    """
    languages = LANGUAGES if tag is None else (tag.split("-")[0].lower(),)
    return tuple(_words(tokens(name), languages))


@lru_cache(maxsize=1 << 15)
def names_a_kind(name: str) -> bool:
    """Whether a name says no more than what kind of body or event it is ("Executive Committee", "General Command"):
    many bear it. Every word is a head or a quality in one of the languages."""
    read = (read_as(name, language) for language in LANGUAGES)
    return any(
        words and all(any(map(_of_a_kind, word.meanings.get(tag, ()))) for word in words)
        for tag, words in zip(LANGUAGES, read, strict=True)
    )


def _of_a_kind(concept: str) -> bool:
    """ "Fluvial", "municipal" are a river's and a town's: adjectives of heads tell one of a kind from another."""
    return glossary().concepts[concept].role in KIND_ROLES and not concept.endswith(ADJECTIVE)


@lru_cache(maxsize=1 << 15)
def read_apart(name: str, tag: str) -> tuple[Word, ...]:
    """As `read_as`, but every word by itself: "port workers" are dockers, and they are workers of a port."""
    return tuple(_words(tokens(name), (tag,), most=1))


def _words(parts: list[str], languages: tuple[str, ...], most: int = LONGEST_FORM) -> Iterator[Word]:
    known = glossary()
    led_by: list[str] = []
    at = 0
    after_number = False
    while at < len(parts):
        surface, meanings, length = _longest(parts[at : at + most], languages)
        number = None if meanings else _number(parts[at])
        if number is not None:
            surface, meanings = number, _number_meanings(number, languages)
        if not meanings and (surface in known.skipped or (after_number and surface in known.ordinals)):
            led_by.append(surface)
        else:
            yield Word(surface, meanings, tuple(led_by))
            led_by.clear()
        after_number = surface.isdecimal()
        at += length


def _longest(parts: list[str], languages: tuple[str, ...]) -> tuple[str, dict[str, frozenset[str]], int]:
    """The longest form that `parts` begin with: its surface, its meanings, its words (the first word where none is)."""
    known = glossary()
    for stem in _stems(parts[0]):
        for length in range(min(known.first_words.get(stem, 0), len(parts)), 0, -1):
            form = " ".join((stem, *parts[1:length]))
            found = known.forms.get(form, {})
            if meanings := {language: found[language] for language in languages if language in found}:
                return form, meanings, length
    return parts[0], {}, 1


def _stems(word: str) -> Iterator[str]:
    """The word as it stands, then without what Arabic writes on to its front, the least cut first."""
    yield word
    if not _ARABIC.match(word):
        return
    whole = [word, *(word[1:] for first in _CONJUNCTIONS if word.startswith(first))]
    for start in whole:
        for prefix in ("", *_PREFIXES):
            rest = start.removeprefix(prefix)
            if rest != word and start.startswith(prefix) and len(rest) >= _SHORTEST_STEM:
                yield rest


@cache
def _figures() -> regex.Pattern[str]:
    endings = "|".join(sorted(map(regex.escape, glossary().ordinals), key=len, reverse=True))
    return regex.compile(rf"0*([0-9]+)(?:{endings})?")


def _number(word: str) -> str | None:
    """The figures of "5", "05" or "5th"; `None` for a word that is no number."""
    found = _figures().fullmatch(word)
    return found[1] if found else None


def _number_meanings(figures: str, languages: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """A figure means itself in every language, or the number word that the glossary has for it."""
    known = glossary().forms.get(figures, {})
    return {language: known.get(language, frozenset([figures])) for language in languages}
