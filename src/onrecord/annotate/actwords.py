"""What a language knows of speech acts, gathered once a process from `lexicon/*/acts.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Literal, TypeVar, cast

from msgspec import Struct

from onrecord.lexicon import lexicon
from onrecord.model import Act

Phrase = tuple[str, ...]
T = TypeVar("T")
Kind = Literal["performative", "light", "adjective", "phrase"]
Shape = Literal["ours", "third", "part", "past", "other"]
"""Of a verb: said by the speaker ("condemn", "condenamos"), of a third ("condemns"), a participle or gerund, past."""

_SETS = (
    "ours", "our", "third", "adverbs", "will", "would", "have", "be", "present_be", "past_be", "do", "negations",
    "none", "wishing", "of_wishing", "to", "that", "and", "closes", "any", "who", "let", "please", "deadline_sure",
    "question", "wishes", "adverse", "shall", "one_future", "passive_future", "impersonal", "about",
)  # fmt: skip
_PHRASES = ("must", "is_to", "strict_if", "no_place", "deadline")
"""Lists whose members may be of several words."""


class Cue(Struct, frozen=True):
    """Words that may do something: their act, the lemma, and what they are."""

    act: Act | Literal[""]
    lemma: str
    kind: Kind
    shape: Shape = "other"
    needs: frozenset[str] = frozenset()
    """Words of which one must follow closely; empty where none need."""


class ActWords(Struct, frozen=True):
    """One language's words of speech acts, in lower case."""

    tag: str
    inflected: bool
    """Whether a verb's form says who speaks ("condenamos", "ندين"): `inflected` reads it, else `performing`."""
    cues: dict[str, tuple[tuple[Phrase, Cue], ...]]
    """First word to the cues that begin with it, the longest first."""
    resolution: dict[str, Act]
    """Lemmas that are another act in a resolution."""
    nouns: dict[str, Act]
    openers: dict[str, tuple[tuple[Phrase, Act], ...]]
    with_noun: frozenset[str]
    """Lemmas whose noun stands behind "with" ("notes with concern")."""
    sets: dict[str, frozenset[str]]
    phrases: dict[str, dict[str, tuple[Phrase, ...]]]
    """By list: first word to the phrases that begin with it, the longest first."""
    intensity: frozenset[str]
    intensity_phrases: dict[str, tuple[Phrase, ...]]
    adjectives: frozenset[str]
    imperatives: frozenset[str]
    mere: frozenset[str]
    mere_passive: frozenset[str]
    harmful: frozenset[str]
    hostile: frozenset[str]
    benign: frozenset[str]
    future_ours: re.Pattern[str] | None
    """A word that is a verb in the first person and the future, where a language has such ("paierons")."""
    future_third: re.Pattern[str] | None
    present: re.Pattern[str] | None
    """A form of a reporting verb that stands in the present, where the form shows it."""


@cache
def act_words(tag: str) -> ActWords | None:
    """The words of a language by its primary subtag; `None` where the lexicon has none."""
    lists = lexicon(tag)["acts"]
    if not lists:
        return None
    words, future = lists["words"], lists.get("future", {})
    return ActWords(
        tag=lexicon(tag).tag,
        inflected=lists.get("inflected", False),
        cues=_by_first(_cues(tag, lists)),
        resolution=dict(_by_word(lists.get("resolution", {}))),
        nouns=dict(_by_word(lists.get("nouns", {}))),
        openers=_by_first((tuple(word.split()), act) for word, act in _by_word(lists.get("openers", {}))),
        with_noun=frozenset(lists.get("light_with", {}).get("verbs", ())),
        sets={name: frozenset(words.get(name, ())) for name in _SETS},
        phrases={name: _phrases(words.get(name, ())) for name in _PHRASES},
        intensity=frozenset(lists["intensity"]["words"]),
        intensity_phrases=_phrases(lists["intensity"].get("phrases", ())),
        adjectives=frozenset(lists["intensity"].get("adjectives", ())),
        imperatives=frozenset(lists.get("imperatives", {}).get("verbs", ())),
        mere=frozenset(future.get("mere", ())),
        mere_passive=frozenset(future.get("mere_passive", ())),
        harmful=frozenset(future.get("harmful", ())),
        hostile=frozenset(future.get("hostile", ())),
        benign=frozenset(future.get("benign", ())),
        future_ours=_pattern(future.get("ours")),
        future_third=_pattern(future.get("third")),
        present=_pattern(lists.get("future", {}).get("present")),
    )


def _pattern(written: str | None) -> re.Pattern[str] | None:
    return re.compile(written) if written else None


def _by_word(lists: dict[str, list[str]]) -> Iterator[tuple[str, Act]]:
    for act, words in lists.items():
        for word in words:
            yield word, cast(Act, act)


def _phrases(words: Iterable[str]) -> dict[str, tuple[Phrase, ...]]:
    return {first: tuple(phrase for phrase, _ in found) for first, found in _by_first(
        (tuple(word.split()), None) for word in words
    ).items()}  # fmt: skip


def _by_first(entries: Iterable[tuple[Phrase, T]]) -> dict[str, tuple[tuple[Phrase, T], ...]]:
    found: dict[str, dict[Phrase, T]] = {}
    for phrase, entry in entries:
        found.setdefault(phrase[0], {}).setdefault(phrase, entry)
    return {word: tuple(sorted(held.items(), key=lambda one: -len(one[0]))) for word, held in found.items()}


def _cues(tag: str, lists: dict[str, Any]) -> Iterator[tuple[Phrase, Cue]]:
    needs = {lemma: frozenset(words) for lemma, words in lists.get("needs", {}).items()}
    for phrase, act in _by_word(lists.get("phrases", {})):
        yield tuple(phrase.split()), Cue(act, phrase, "phrase")
    for word, act in _by_word(lists.get("adjectives", {})):
        yield tuple(word.split()), Cue(act, word, "adjective")
    light = lists.get("light", {})
    for lemma, act in _by_word(lists["performatives"]):
        if lemma not in light:
            for form, shape in forms(tag, lemma):
                yield tuple(form.split()), Cue(act, lemma, "performative", shape, needs.get(lemma, frozenset()))
    performs = dict(_by_word(lists["performatives"]))
    for lemma, said in light.items():
        for form, shape in forms(tag, lemma):
            act = performs.get(lemma, said)
            yield tuple(form.split()), Cue(act, lemma, "light", shape, needs.get(lemma, frozenset()))


def forms(tag: str, lemma: str) -> Iterator[tuple[str, Shape]]:
    """The written forms of a lemma in lower case, each with its shape."""
    lists = lexicon(tag)
    held = lists["forms"].get("forms", {}).get(lemma, ())
    more = lists["acts"].get("forms", {}).get(lemma, ())
    shapes = _shapes(tag)
    for form in dict.fromkeys((lemma, *held, *more)):
        yield form.lower(), _shape(form.lower(), lemma, shapes)


@cache
def _shapes(tag: str) -> tuple[tuple[Shape, re.Pattern[str]], ...]:
    written = lexicon(tag)["acts"].get("shapes", {})
    return tuple((cast(Shape, shape), re.compile(pattern)) for shape, pattern in written.items())


def _shape(form: str, lemma: str, shapes: tuple[tuple[Shape, re.Pattern[str]], ...]) -> Shape:
    """By the ending of the first word; of the lemma itself `ours`, where no pattern says otherwise."""
    head = form.split()[0]
    for shape, pattern in shapes:
        if pattern.search(head):
            return shape
    return "ours" if form == lemma else "past"
