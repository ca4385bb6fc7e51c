"""Names in Arabic, which has no capitals: organisations by their heads, persons by their titles, places by the CLDR.

A head is followed by its idafa: the next word, and then words while they carry the article ("وزارة الخارجية",
"اتحاد عمال الميناء"). One-letter words written onto the next (و، ب، ل، ف، ك) stay outside the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from onrecord.annotate.vocabulary import Vocabulary, vocabulary
from onrecord.lexicon import lexicon
from onrecord.model import EntityType

Name = tuple[int, int, str, EntityType, str | None]

_WORD = regex.compile(r"[\p{Arabic}\p{M}ـ]+")
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_JOINED = "وفبلك"
MAX_WORDS = 5


@cache
def _places() -> tuple[AhoCorasick, tuple[str, ...], dict[str, EntityType]]:
    words = vocabulary("ar")
    known: dict[str, EntityType] = dict(words.known) if words else {}
    names = tuple(sorted(name for name in known if len(name) > 2))
    return (
        AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA),
        names,
        known,
    )


def names(text: str, start: int, end: int) -> Iterator[Name]:
    """Names in `text[start:end]`, in order and without overlap: start, end, surface, type, role."""
    words = vocabulary("ar")
    if words is None:
        return
    covered = start
    for name in sorted([*_known(text, start, end), *_headed(text, start, end, words)], key=lambda n: (n[0], -n[1])):
        if name[0] >= covered:
            covered = name[1]
            yield name


def _known(text: str, start: int, end: int) -> Iterator[Name]:
    automaton, listed, known = _places()
    for which, at, to in automaton.find_matches_as_indexes(text[start:end]):
        at, to = at + start, to + start
        before = at - 1
        if before >= 0 and text[before] in _JOINED:
            before -= 1
        if (before >= 0 and _LETTER.match(text, before)) or (to < len(text) and _LETTER.match(text, to)):
            continue
        yield at, to, listed[which], known[listed[which]], None


def _headed(text: str, start: int, end: int, words: Vocabulary) -> Iterator[Name]:
    tokens = [match.span() for match in _WORD.finditer(text, start, end)]
    titles = words.roles | words.honorifics
    for at, (first, to) in enumerate(tokens):
        word, offset = _without_joined(text[first:to], words, titles)
        if word in words.heads:
            last = _idafa(text, tokens, at, words)
            if last > at:
                yield first + offset, tokens[last][1], text[first + offset : tokens[last][1]], "organization", None
        elif word in titles:
            yield from _titled(text, tokens, at, offset, words, titles)


def _without_joined(word: str, words: Vocabulary, titles: frozenset[str]) -> tuple[str, int]:
    if word[:1] in _JOINED and word not in words.heads and (word[1:] in words.heads or word[1:] in titles):
        return word[1:], 1
    return word, 0


def _idafa(text: str, tokens: list[tuple[int, int]], at: int, words: Vocabulary) -> int:
    """The last word of the name that the head at `at` opens."""
    last = at
    definite = text[tokens[at][0] : tokens[at][1]].lstrip(_JOINED).startswith("ال")
    while last + 1 < len(tokens) and last - at < MAX_WORDS:
        start, end = tokens[last + 1]
        word = text[start:end]
        if text[tokens[last][1] : start] not in (" ", "\u00a0", "\n") or word in words.openers:
            break
        if not word.startswith(("ال", "لل")) and (definite or last > at + 1):
            break
        definite = definite or word.startswith("ال")
        last += 1
    return last


def _titled(
    text: str, tokens: list[tuple[int, int]], at: int, offset: int, words: Vocabulary, titles: frozenset[str]
) -> Iterator[Name]:
    """A person behind a title: up to two words, more where a particle joins them."""
    first = at + 1
    while (
        first < len(tokens)
        and first - at < 4
        and (word := text[slice(*tokens[first])])
        and (word in words.modifiers or word in titles)
    ):
        first += 1
    last, counted = first - 1, 0
    for token in tokens[first : first + 4]:
        word = text[slice(*token)]
        near = text[tokens[last][1] : token[0]] == " "
        if not near or counted == 2 or word in words.openers or word in words.heads or word.startswith(("و", "ب", "ل")):
            break
        counted += word not in words.particles
        last += 1
    if counted == 2 or (counted == 1 and last > first):
        start, end = tokens[first][0], tokens[last][1]
        role = text[tokens[at][0] + offset : tokens[first - 1][1]]
        yield start, end, text[start:end], "person", role if role not in lexicon("ar")["names"]["honorifics"] else None
