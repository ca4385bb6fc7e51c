"""Whether two names are word-by-word translations of one: "Conseil national de l'eau", "National Water Council".

Each name is read in the languages that know most of its words; the two must be read in different ones. The words that
say what kind of body, event or place is named, the heads, must be one concept, and every other word must have its
counterpart: by a concept, or by sound where one of the two is no word of its language (a proper name: Velna, or
"Nahr", the Arabic for river in Latin letters). One word over on either side, or another number, and they are two names.

What a name means is not enough to say so of two names in one language: there a council and a board may be two bodies.
Nor is it where the words are the same in another order ("Union Front", "Front Union"): that is for `compare` to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product
from math import prod
from operator import eq

import regex
from msgspec import Struct

from onrecord.model import Score
from onrecord.resolve.concepts import LANGUAGES, Concept, Word, glossary, read_apart, read_as, tokens

__all__ = ["Concept", "Word", "read_as", "translation", "translation_blocks"]

CERTAINTY = 0.9
"""Of a full translation: two bodies of two countries may still bear one name."""

MOST_WORDS = 24
"""Content words; a longer name is a sentence, and pairing its words says nothing."""

MOST_KEYS = 64
"""Keys of one reading of a name."""

_PRINTED = regex.compile(r"[\w\p{M}]+")

SameSound = Callable[[str, str], bool]


class _View(Struct, frozen=True):
    """A name as it is read in one language."""

    language: str
    words: tuple[str, ...]
    concepts: tuple[frozenset[str], ...]
    numbers: tuple[bool, ...]
    head: int
    heads: frozenset[str]
    """The concepts of the head word that can head a name."""


class _Pairing(Struct, frozen=True):
    """Which word of the one view answers which of the other."""

    one: _View
    other: _View
    partners: tuple[int, ...]


def translation(one: str, other: str, *, same_sound: SameSound = eq) -> Score | None:
    """A score of .9 where the two names are word-by-word translations of each other; `None` otherwise.

    `same_sound`: whether two folded words, of one script or two, are one proper name. Features: `words` (pairs of
    content words), `by concept` and `by sound` (how many of each). The reason names every pair.
    """
    for first, second in product(_views(one), _views(other)):
        if first.language == second.language or sorted(first.words) == sorted(second.words):
            continue
        if len(first.words) == len(second.words) and first.heads & second.heads:
            partners = _partners(first, second, same_sound)
            if partners is not None:
                return _score(_Pairing(first, second, partners), _as_printed(one), _as_printed(other))
    return None


def may_be_read_alike(one: str, other: str) -> bool:
    """Whether there is a language in which both names can be read."""
    return not {view.language for view in _views(one)}.isdisjoint(view.language for view in _views(other))


def itself(word: str) -> tuple[str, ...]:
    return (word,)


def translation_blocks(name: str, *, skeletons: Callable[[str], Iterable[str]] = itself) -> frozenset[str]:
    """Keys of a name: two names that `translation` takes for one share one of them.

    A key is the concept of the head, and of every other word, in any order, a concept or a sound. Where words have very
    many meanings, the first ones are taken: two names that share none of these are not compared.
    `skeletons`: keys of a folded word, of which two words share one wherever `same_sound` holds of them.
    """
    found: set[str] = set()
    for view in _views(name):
        signs = [_signs(view, at, skeletons) for at in range(len(view.words)) if at != view.head]
        while prod(map(len, signs)) > MOST_KEYS:
            longest = max(range(len(signs)), key=lambda at: len(signs[at]))
            signs[longest] = signs[longest][:-1]
        for chosen in product(*signs):
            found.update(f"{head} {' '.join(sorted(chosen))}" for head in view.heads)
    return frozenset(found)


def _signs(view: _View, at: int, skeletons: Callable[[str], Iterable[str]]) -> list[str]:
    """What one word is known by: its concepts, then its sounds."""
    concepts = [f"={concept}" for concept in sorted(view.concepts[at])]
    return concepts if view.numbers[at] else [*concepts, *(f"~{sound}" for sound in skeletons(view.words[at]))]


@lru_cache(maxsize=1 << 15)
def _views(name: str) -> tuple[_View, ...]:
    """The name in the languages that know most of it, as far as its head is known there."""
    read = {language: read_as(name, language) for language in LANGUAGES}
    known = {language: _known(words) for language, words in read.items()}
    most = max(known.values())
    best = [language for language in LANGUAGES if most and known[language] == most]
    return tuple(
        view
        for language in best
        for words in (read[language], _apart(name, language, read[language]))
        if (view := _view(language, words))
    )


def _apart(name: str, language: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The name word by word, where some of its words were read as one and each is known by itself; else nothing."""
    if not any(" " in word.surface for word in words):
        return ()
    apart = read_apart(name, language)
    return apart if _unknown(apart) == _unknown(words) else ()


def _unknown(words: tuple[Word, ...]) -> int:
    return sum(not word.meanings for word in words)


def _known(words: tuple[Word, ...]) -> int:
    """How many words as printed the glossary accounts for; figures belong to no language."""
    return sum(word.surface.count(" ") + 1 for word in words if word.meanings and not word.surface.isdecimal())


def _view(language: str, words: tuple[Word, ...]) -> _View | None:
    concepts = tuple(word.meanings.get(language, frozenset()) for word in words)
    head = _head(language, words, concepts)
    if head is None or not 1 < len(words) <= MOST_WORDS:
        return None
    heads = _of_role(concepts[head], "head") or _also_heads(concepts[head])
    numbers = tuple(
        word.surface.isdecimal() or bool(_of_role(each, "number")) for word, each in zip(words, concepts, strict=True)
    )
    return _View(language, tuple(word.surface for word in words), concepts, numbers, head, heads)


def _head(language: str, words: tuple[Word, ...], concepts: tuple[frozenset[str], ...]) -> int | None:
    """Which word says what is named: a body or an event rather than a place, by the language's order of words."""
    breaks = glossary().breaks.get(language)
    for stretch in _stretches(words, breaks):
        for able in (_is_head, _also_heads):
            found = [at for at in stretch if able(concepts[at])]
            if found:
                return found[0] if breaks is None else found[-1]
    return None


def _stretches(words: tuple[Word, ...], breaks: frozenset[str] | None) -> Iterator[range]:
    """Where to look for the head: in a language that puts it last, first ahead of the first preposition."""
    if breaks is not None:
        cut = next((at for at, word in enumerate(words) if at and not breaks.isdisjoint(word.led_by)), len(words))
        yield range(cut)
    yield range(len(words))


def _of_role(names: frozenset[str], role: str) -> frozenset[str]:
    known = glossary().concepts
    return frozenset(name for name in names if name in known and known[name].role == role)


def _is_head(names: frozenset[str]) -> frozenset[str]:
    return _of_role(names, "head")


def _also_heads(names: frozenset[str]) -> frozenset[str]:
    known = glossary().concepts
    return frozenset(name for name in names if name in known and "head" in known[name].also)


def _partners(one: _View, other: _View, same_sound: SameSound) -> tuple[int, ...] | None:
    """For each word of the one its counterpart in the other, heads together; `None` where a word finds none."""
    taken = {other.head: one.head}
    answers = {
        at: [to for to in range(len(other.words)) if to != other.head and _answers(one, at, other, to, same_sound)]
        for at in range(len(one.words))
        if at != one.head
    }
    for at in answers:
        if not _place(at, answers, taken, set()):
            return None
    partners = {at: to for to, at in taken.items()}
    return tuple(partners[at] for at in range(len(one.words)))


def _place(at: int, answers: dict[int, list[int]], taken: dict[int, int], seen: set[int]) -> bool:
    """Finds `at` a counterpart, moving others aside where they have another (Kuhn's augmenting path)."""
    for to in answers[at]:
        if to not in seen:
            seen.add(to)
            if to not in taken or _place(taken[to], answers, taken, seen):
                taken[to] = at
                return True
    return False


def _answers(one: _View, at: int, other: _View, to: int, same_sound: SameSound) -> bool:
    mine, its = one.concepts[at], other.concepts[to]
    if mine and its:
        return not mine.isdisjoint(its)
    return not (one.numbers[at] or other.numbers[to]) and same_sound(one.words[at], other.words[to])


def _score(found: _Pairing, printed: dict[str, str], other_printed: dict[str, str]) -> Score:
    said, by_concept = [], 0
    for at, to in enumerate(found.partners):
        one, other = _shown(found.one.words[at], printed), _shown(found.other.words[to], other_printed)
        by_meaning = bool(found.one.concepts[at] and found.other.concepts[to])
        by_concept += by_meaning
        said.append(f"“{one}” {'is' if by_meaning else 'sounds like'} “{other}”")
    words = len(found.partners)
    features = {"words": float(words), "by concept": float(by_concept), "by sound": float(words - by_concept)}
    return Score(CERTAINTY, ", ".join(said), features)


def _as_printed(name: str) -> dict[str, str]:
    """Folded words to the words of the name, for the reason."""
    return {token: word for word in _PRINTED.findall(name) for token in tokens(word)}


def _shown(surface: str, printed: dict[str, str]) -> str:
    return " ".join(printed.get(word, word) for word in surface.split())
