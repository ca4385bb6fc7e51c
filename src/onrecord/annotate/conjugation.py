"""Verbs of acts by their forms: which act a form may do, and who its ending says does it.

Made once a process from `lexicon/*/acts.toml` and `forms.toml`. In Arabic forms are made here from stems; elsewhere
patterns read them (`[shapes]`). A form that says nothing of who speaks, or that wishes, has no entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Literal, cast

from msgspec import Struct

from onrecord.annotate.actwords import Phrase, act_words
from onrecord.annotate.actwords import forms as written
from onrecord.lexicon import lexicon
from onrecord.model import Act

Form = Literal["ours", "third", "part", "infinitive", "participle", "past", "past_ours", "hypothetical", "adjective"]
"""Said by the speaker, of a third, gerund, infinitive, participle of a perfect or passive, told as done, wished for."""
Mood = Literal["ours", "third", "be", "auxiliary", "never", "would", ""]
"""What a word says of what will be: "we will", "they will"; "будем", "سوف", "لن", which a verb must follow; "would"."""

_KEPT = frozenset(("ours", "third", "part", "infinitive", "past", "hypothetical"))
_ONWARD = ("dr", "ller", "tter")
"""In the stems of futures that are not the infinitive ("soutiendrons", "appellerons")."""
_ARABIC_MARKS = dict.fromkeys([*range(0x64B, 0x653), 0x640, 0x670])
_BEFORE = ("", "ال", "ب", "بال", "ل", "لل", "و", "وال")
_BEHIND = ("ه", "ها", "هم", "نا", "ي", "هما", "ا", "اً")


class Verb(Struct, frozen=True):
    """What one form may do."""

    act: Act | Literal[""]
    lemma: str
    form: Form
    light: bool = False
    needs: frozenset[str] = frozenset()


class Conjugation(Struct, frozen=True):
    """One inflected language's verbs of acts, and the words of `acts.toml` that only such a language has."""

    tag: str
    verbs: dict[str, tuple[tuple[Phrase, Verb], ...]]
    """First word to the forms that begin with it, the longest first."""
    nouns: dict[str, Act]
    """Nouns of light verbs; in Arabic with what is written onto them."""
    feelings: dict[str, Act]
    """Adjectives of one word."""
    reflexive: dict[str, Act]
    negated: dict[str, Act]
    only: dict[str, frozenset[str]]
    sets: dict[str, frozenset[str]]
    must_that: tuple[Phrase, ...]
    plural: re.Pattern[str]
    """A third person that are several."""
    stems: dict[str, tuple[str, ...]]
    """Beginnings of verbs by what they do: `mere`, `harmful`, `borne`, `hostile`, `benign`."""
    verb_first: bool
    drops_subject: bool
    hearer_preposed: bool
    """Whether a preposition must stand before who is asked ("pedimos a …")."""
    joined: str
    objects: tuple[str, ...]
    """Pronouns written onto an Arabic verb ("ندعوكم")."""
    infinitive: re.Pattern[str] | None


@cache
def conjugation(tag: str) -> Conjugation:
    """The table of a language by its primary subtag; it must have an `acts.toml`."""
    lists = lexicon(tag)["acts"]
    words, future = lists["words"], lists.get("future", {})
    nouns = {noun: cast(Act, act) for act, held in lists.get("nouns", {}).items() for noun in held}
    if lists.get("verb_first"):
        nouns = {f"{a}{form}": act for noun, act in nouns.items() for a in _BEFORE for form in _possessed(noun)}
    quotes = lexicon(tag)["quotes"]
    endings = quotes.get("infinitive_endings", ())
    infinitive = future.get("infinitive") or (
        f"(?:{'|'.join(it for it in endings if len(it) > 1)})$" if endings else None
    )
    return Conjugation(
        tag=lexicon(tag).tag,
        verbs=_table(tag, lists),
        nouns=nouns,
        feelings={it: cast(Act, act) for act, held in lists.get("adjectives", {}).items() for it in held},
        reflexive=_by_lemma(lists.get("reflexive", {})),
        negated=_by_lemma(lists.get("negated", {})),
        only={name: frozenset(held) for name, held in lists.get("only", {}).items()},
        sets={name: frozenset(held) for name, held in words.items()},
        must_that=tuple(sorted((tuple(it.split()) for it in words.get("must_that", ())), key=len, reverse=True)),
        plural=re.compile(lists["number"]["plural"]),
        stems={name: tuple(future.get(name, ())) for name in ("mere", "harmful", "borne", "hostile", "benign")},
        verb_first=lists.get("verb_first", False),
        drops_subject=lists.get("drops_subject", False),
        hearer_preposed=lists.get("hearer_preposed", False),
        objects=tuple(words.get("objects", ())),
        joined="".join(quotes.get("joined", ())),
        infinitive=re.compile(infinitive) if infinitive else None,
    )


def infinitive(tag: str, low: str) -> bool:
    """Whether a word is an infinitive by its ending, in a language that has such."""
    pattern = conjugation(tag).infinitive
    return pattern is not None and len(low) > 3 and pattern.search(low) is not None


def plain(word: str) -> str:
    """A word without what Arabic may leave out, and with one kind of apostrophe."""
    if word.isalpha() and "ـ" not in word:
        return word
    return word.translate(_ARABIC_MARKS).replace("'", "’")


class Word(Struct, frozen=True):
    """What one written word may begin."""

    verbs: tuple[tuple[Phrase, Verb], ...]
    joined: bool
    """Whether "and" is written onto it (Arabic)."""
    mood: Mood
    binds: bool
    """Whether a modal, an imperative or a noun that opens a clause begins with it."""


@lru_cache(1 << 15)
def reading(tag: str, low: str) -> Word | None:
    """What a word in lower case may begin; `None` for most."""
    table, words = conjugation(tag), act_words(tag)
    if words is None:
        return None
    bare = low if low in table.verbs else plain(low)
    joined = bare not in table.verbs and bare[:1] != "" and bare[:1] in table.joined
    bare = bare[1:] if joined else bare
    if table.verb_first and bare not in table.verbs and bare[:1] in ("ن", "أ"):
        bare = next((bare.removesuffix(it) for it in table.objects if bare.endswith(it)), bare)
    verbs, says = table.verbs.get(bare, ()), mood(tag, low)
    opens = low in words.imperatives or low in words.openers or any(low == it[0] for it in table.must_that)
    binds = opens or low in words.phrases["must"]
    return Word(verbs, joined, says, binds) if verbs or says or binds else None


@lru_cache(1 << 14)
def mood(tag: str, low: str) -> Mood:
    """What a word in lower case says of what will be, by its form alone."""
    future = lexicon(tag)["acts"].get("future", {})
    words = act_words(tag)
    word = plain(low)
    for name in ("auxiliary", "never", "be"):
        if word in future.get(name, ()):
            return name
    if words is None or word in future.get("nouns", ()):
        return ""
    if word in future.get("third_perfective", ()):
        return "third"
    if words.future_ours is not None and words.future_ours.search(word):
        return "ours"
    if words.future_third is not None and not future.get("third_perfective") and words.future_third.search(word):
        return "third"
    would = future.get("would")
    return "would" if would and re.search(would, word) else ""


def _by_lemma(lists: dict[str, list[str]]) -> dict[str, Act]:
    return {lemma: cast(Act, act) for act, lemmas in lists.items() for lemma in lemmas}


def _possessed(noun: str) -> Iterator[str]:
    """An Arabic noun and whose it is ("قلقه", "دعوته")."""
    stem = f"{noun[:-1]}ت" if noun.endswith("ة") else noun
    yield noun
    yield from (stem + ending for ending in _BEHIND)


def _table(tag: str, lists: dict[str, Any]) -> dict[str, tuple[tuple[Phrase, Verb], ...]]:
    found: dict[str, dict[tuple[Phrase, str], Verb]] = {}
    for phrase, verb in _entries(tag, lists):
        found.setdefault(phrase[0], {}).setdefault((phrase, verb.form), verb)
    return {
        word: tuple((phrase, verb) for (phrase, _), verb in sorted(held.items(), key=lambda it: -len(it[0][0])))
        for word, held in found.items()
    }


def _entries(tag: str, lists: dict[str, Any]) -> Iterator[tuple[Phrase, Verb]]:
    needs = {lemma: frozenset(words) for lemma, words in lists.get("needs", {}).items()}
    never = frozenset(lists.get("never", {}).get("forms", ()))
    light: dict[str, str] = lists.get("light", {}) | lists.get("declaring", {})
    performs = _by_lemma(lists["performatives"])
    for lemma in dict.fromkeys((*performs, *light)):
        act = performs.get(lemma, light.get(lemma, ""))
        for form, shape in _forms(tag, lists, lemma):
            if form not in never:
                phrase = tuple(plain(form).split())
                yield phrase, Verb(cast(Act, act), lemma, shape, lemma in light, needs.get(lemma, frozenset()))
    for feeling, act in _by_lemma(lists.get("adjectives", {})).items():
        yield tuple(plain(feeling).split()), Verb(act, feeling, "adjective")


def _forms(tag: str, lists: dict[str, Any], lemma: str) -> Iterator[tuple[str, Form]]:
    if lists.get("verb_first"):
        yield from _arabic(tag, lists, lemma)
        return
    yield from _participles(tag, lists, lemma)
    head, *rest = lemma.split(" ")
    exact = lists.get("exact", {}).get(head)
    if exact is not None:
        tail = "".join(f" {word}" for word in rest)
        yield from ((form + tail, cast(Form, shape)) for shape, held in exact.items() for form in held)
        return
    perfective = lemma in lists.get("perfective", {}).get("verbs", ())
    patterns = [(shape, re.compile(pattern)) for shape, pattern in lists["shapes"].items()]
    wished = lists.get("moods", {}).get(head[-2:])
    participle = _participle(tag, lists, lemma)
    for form in dict.fromkeys((*_regular(lists, head, rest), *(form for form, _ in written(tag, lemma)))):
        first = form.split()[0]
        shape = _shape(first, lemma, patterns, perfective)
        if first == participle and not first.endswith(("it", "int")):
            continue
        if shape in ("ours", "third") and wished is not None and re.search(wished, first):
            continue
        if shape in _KEPT:
            yield form, cast(Form, shape)
            if shape == "past" and first.endswith("é"):
                yield form, "past_ours"


def _regular(lists: dict[str, Any], head: str, rest: list[str]) -> Iterator[str]:
    """The present and gerund of a verb that is regular as far as its lemma tells ("engageant", "dénonçons")."""
    held: dict[str, list[str]] = lists.get("endings", {})
    last = max((it for it in held if head.endswith(it)), key=len, default="")
    stem = head.removesuffix(last)
    for ending in held.get(last, ()):
        soft = {"g": "ge", "c": "ç"}.get(stem[-1]) if last == "er" and ending[0] in "ao" else None
        yield " ".join((f"{stem[:-1] + soft if soft else stem}{ending}", *rest))


def _shape(form: str, lemma: str, patterns: list[tuple[str, re.Pattern[str]]], perfective: bool) -> str:
    """By the ending; of the future and the conditional only what goes on from the infinitive or a stem of `_ONWARD`."""
    head = lemma.split()[0]
    if form.endswith("ся") and not head.endswith("ся"):
        return "other"
    onward = (form.startswith(head[:-1] if head.endswith("e") else head) and form != head) or any(
        stem in form[-7:] for stem in _ONWARD
    )
    for shape, pattern in patterns:
        if shape == "infinitive" and form not in (head, f"{head}se"):
            continue
        if pattern.search(form) and (onward or shape not in ("future", "hypothetical")):
            return "future" if perfective and shape in ("ours", "third") else shape
    return "future" if perfective else "third"


def _participles(tag: str, lists: dict[str, Any], lemma: str) -> Iterator[tuple[str, Form]]:
    """The participle of the perfect in its genders and numbers ("décidé", "décidée")."""
    first, rest = _participle(tag, lists, lemma), lemma.split(" ")[1:]
    for ending in ("", "e", "s", "es") if tag == "fr" else ("",):
        if first:
            yield " ".join((first + ending, *rest)), "participle"


def _participle(tag: str, lists: dict[str, Any], lemma: str) -> str:
    held = lists.get("participles", {}).get(lemma.split(" ")[0])
    return cast(str, held or lexicon(tag)["forms"].get("participles", {}).get(lemma, "")).split(" ")[0]


# -- Arabic ------------------------------------------------------------------------------------------------------------


def _arabic(tag: str, lists: dict[str, Any], lemma: str) -> Iterator[tuple[str, Form]]:
    """Present and past of we, I and a third, by the stems; what a weak verb lists is read by its first letter."""
    known = lexicon(tag)["verbs"].get(lemma, {})
    stems = lists.get("stems", {}).get(lemma) or known.get("stems")
    tail = "".join(f" {word}" for word in lemma.split(" ")[1:])
    if stems:
        past, present = plain(stems[0]), plain(stems[1])
        yield f"ن{present}{tail}", "ours"
        yield from ((f"{person}{present}{tail}", "third") for person in "يت")
        yield f"ي{present}ون{tail}", "third"
        yield f"{past}نا{tail}", "past_ours"
        yield from ((f"{past}{ending}{tail}", "past") for ending in ("", "ت", "وا"))
        if f"أ{present}" != past:
            yield f"أ{present}{tail}", "ours"
        if len(stems) > 2:
            yield from ((f"{plain(stems[2])}{ending}{tail}", "part") for ending in ("ا", "ة", "ين"))
    listed = [*lists.get("forms", {}).get(lemma, ()), *(() if stems else known.get("also", ()))]
    for form in listed:
        bare = plain(form)
        yield bare, _arabic_shape(bare, lemma)


def _arabic_shape(form: str, lemma: str) -> Form:
    head = lemma[0]
    if form[0] in "يت" and head != form[0]:
        return "third"
    if (form[0] == "ن" and (head != "ن" or form[:2] == "نن")) or (form[0] == "أ" and head != "أ"):
        return "ours"
    if (
        form[0] in "مدحراآثنسشقو"
        and form.endswith(("ا", "ة", "ين"))
        and len(form) > 3
        and not form.endswith(("وا", "نا"))
    ):
        return "part"
    return "past_ours" if form.endswith("نا") else "past"
