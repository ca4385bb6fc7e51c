"""What a language knows of speech acts, gathered once a process from `lexicon/*/acts.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
    "none", "wishing", "of_wishing", "to", "that", "and", "closes", "let", "please", "deadline_sure",
    "question", "adverse", "shall", "bodies",
    "inverted", "particles", "nobody", "let_us", "may", "wished", "in_turn", "after_noun", "goes_to",
    "declining", "laid",
    "ends_target", "accused_of", "thanked_on", "leads_target", "ties", "from_whom", "no_addressee", "hearers",
    "subjunctives", "articles", "beside", "wh", "us", "its", "with", "no_noun", "only", "obliged", "nor", "singular",
    "asked_on", "pronouns", "whence", "than", "alone", "one", "ordinals", "things", "persons", "not_bidden",
    "before_noun",
    "own", "together", "past_do", "can", "or", "hesitating", "standing_open", "relief", "inferred",
    "as_needed", "bare_be", "retracting",
)  # fmt: skip
_BESIDE_VERB = ("negations", "to", "will", "would", "have", "be", "do", "obliged", "adverbs")
_PHRASES = ("any", "must", "is_to", "strict_if", "no_place", "deadline")
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
    active: dict[str, frozenset[str] | None]
    """Words at which a cue, a mood or a modal may begin; `None`, or the last words of those that begin with it, where
    all are of several."""
    beside_verb: frozenset[str]
    """Words that may stand in a verb group before its verb."""
    resolution: dict[str, Act]
    """Lemmas that are another act in a resolution."""
    infinitive: dict[str, Act]
    """Lemmas that are another act where an infinitive follows."""
    light_verbs: frozenset[str]
    """Lemmas that take their act from their noun, as cues too ("expressed concern")."""
    laying: frozenset[str]
    """Lemmas that demand where what they report is to be done ("insisted that it be opened")."""
    claims: dict[str, Act]
    """Lemmas that are another act where a claim is their object; the nouns of claims are `claimed`."""
    claimed: frozenset[str]
    nouns: dict[str, Act]
    openers: dict[str, tuple[tuple[Phrase, Act], ...]]
    standing: dict[str, tuple[tuple[Phrase, Act], ...]]
    """Words that open a clause and are an act as they stand ("Shame on …")."""
    with_noun: frozenset[str]
    """Lemmas whose noun stands behind "with" ("notes with concern")."""
    starting: frozenset[str]
    """Words of which a clause that does something holds one, unless one of `modals` or of `fronts`."""
    fronts: frozenset[str]
    """Words at the front of a clause that may do something there alone."""
    before_noun: frozenset[str]
    """Words that may stand before a noun that is an act ("our heartfelt thanks")."""
    opening: frozenset[str]
    """Both of these."""
    mine: frozenset[str]
    """First persons and their possessives."""
    pairs: frozenset[str]
    modals: frozenset[Phrase]
    """Modals of two words, and the first words of these ("have to")."""
    triggers: frozenset[str]
    """Words at which a mood or modal may bind."""
    demands: dict[str, tuple[tuple[Phrase, str], ...]]
    """First word to the modals that lay something upon another, each with its list."""
    sets: dict[str, frozenset[str]]
    phrases: dict[str, dict[str, tuple[Phrase, ...]]]
    """By list: first word to the phrases that begin with it, the longest first."""
    intensity: frozenset[str]
    intensity_phrases: dict[str, tuple[Phrase, ...]]
    adjectives: frozenset[str]
    strength: frozenset[str]
    """All of these, and the first words of those of several."""
    imperatives: frozenset[str]
    mere: frozenset[str]
    mere_passive: frozenset[str]
    violent: dict[str, tuple[Phrase, ...]]
    """Threats with or without a condition ("we will burn the mill")."""
    harmful: dict[str, tuple[Phrase, ...]]
    hostile: dict[str, tuple[Phrase, ...]]
    weak: dict[str, tuple[Phrase, ...]]
    """Hostile only where the condition is another's doing amiss."""
    binding: frozenset[str]
    """Verbs that bind who is told to have said "would"."""
    refusing: frozenset[str]
    burdens: dict[str, tuple[Phrase, ...]]
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
    words, future, intensity = lists["words"], lists.get("future", {}), lists["intensity"]
    modal = [phrase.split() for name in ("must", "is_to", "no_place") for phrase in words.get(name, ())]
    cues = _by_first(_cues(tag, lists))
    moods = frozenset[str]().union(*(words.get(name, ()) for name in ("will", "would", "our", "let")))
    singly = moods | {phrase[0] for phrase in modal if len(phrase) != 2}
    demands = _by_list(words, "must", "is_to", "no_place")
    triggers = moods | frozenset(demands)
    sets = {name: frozenset(words.get(name, lists.get("slots", {}).get(name, ()))) for name in _SETS}
    openers = _by_first((tuple(word.split()), act) for word, act in _by_word(lists.get("openers", {})))
    standing = _by_first((tuple(word.split()), act) for word, act in _by_word(lists.get("standing", {})))
    imperatives = frozenset(lists.get("imperatives", {}).get("verbs", ()))
    fronts = imperatives.union(openers, standing, words.get("please", ()))
    before_noun = frozenset(intensity["words"]).union(intensity.get("adjectives", ()), sets["our"], sets["articles"])
    return ActWords(
        tag=lexicon(tag).tag,
        inflected=lists.get("inflected", False),
        cues=cues,
        active=_active([*cues.items(), *demands.items(), *((word, (((word,), None),)) for word in moods)]),
        beside_verb=frozenset(intensity["words"]).union(*(sets[name] for name in _BESIDE_VERB)),
        starting=singly | frozenset(cues),
        fronts=fronts,
        before_noun=before_noun,
        opening=fronts | before_noun,
        mine=sets["ours"] | sets["our"] | sets["us"],
        pairs=frozenset(phrase[0] for phrase in modal if len(phrase) == 2),
        modals=frozenset(tuple(phrase) for phrase in modal if len(phrase) == 2),
        resolution=dict(_by_word(lists.get("resolution", {}))),
        infinitive=dict(_by_word(lists.get("infinitive", {}))),
        light_verbs=frozenset(lists.get("light", {})) | frozenset(lists.get("light_cues", {}).get("verbs", ())),
        laying=frozenset(lists.get("laying", {}).get("verbs", ())),
        claims=dict(_by_word({act: words for act, words in lists.get("claims", {}).items() if act != "nouns"})),
        claimed=frozenset(lists.get("claims", {}).get("nouns", ())),
        nouns=dict(_by_word(lists.get("nouns", {}))),
        openers=openers,
        standing=standing,
        with_noun=frozenset(lists.get("light_with", {}).get("verbs", ())),
        demands=demands,
        triggers=triggers,
        sets=sets,
        phrases={name: _phrases(words.get(name, ())) for name in _PHRASES},
        intensity=frozenset(intensity["words"]),
        intensity_phrases=_phrases(intensity.get("phrases", ())),
        adjectives=frozenset(intensity.get("adjectives", ())),
        strength=frozenset(intensity["words"]).union(
            intensity.get("adjectives", ()), (phrase.split()[0] for phrase in intensity.get("phrases", ()))
        ),
        imperatives=imperatives,
        mere=frozenset(future.get("mere", ())),
        mere_passive=frozenset(future.get("mere_passive", ())),
        violent=_phrases(future.get("violent", ())),
        harmful=_phrases(future.get("harmful", ())),
        hostile=_phrases(future.get("hostile", ())),
        weak=_phrases(future.get("weak", ())),
        binding=frozenset(lists.get("imperatives", {}).get("verbs", ())).union(
            *(future.get(name, ()) for name in ("benign", "hostile", "weak", "harmful", "refusing"))
        ),
        refusing=frozenset(future.get("refusing", ())),
        burdens=_phrases(future.get("burdens", ())),
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


def _active(begun: Iterable[tuple[str, Sequence[tuple[Phrase, object]]]]) -> dict[str, frozenset[str] | None]:
    """First words to the last words of the phrases that begin with them; `None` for those that are one alone."""
    found: dict[str, frozenset[str] | None] = {}
    for word, held in begun:
        lasts = found.get(word, frozenset())
        alone = lasts is None or any(len(phrase) == 1 for phrase, _ in held)
        found[word] = None if alone else (lasts or frozenset()).union(phrase[-1] for phrase, _ in held)
    return found


def _by_list(words: dict[str, list[str]], *names: str) -> dict[str, tuple[tuple[Phrase, str], ...]]:
    """First word to the phrases of some lists, list by list, in each the longest first."""
    found: dict[str, tuple[tuple[Phrase, str], ...]] = {}
    for name in names:
        for word, held in _by_first((tuple(phrase.split()), name) for phrase in words.get(name, ())).items():
            found[word] = found.get(word, ()) + held
    return found


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
