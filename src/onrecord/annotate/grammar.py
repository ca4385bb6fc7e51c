"""What a language knows of reported speech, gathered once a process from `lexicon/*/verbs.toml` and `quotes.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from msgspec import Struct

from onrecord.annotate.vocabulary import calendar_words
from onrecord.lexicon import lexicon
from onrecord.model import Act

_SETS = (
    "pronouns", "personal", "plural", "relative", "determiners", "links", "stops", "auxiliaries", "contractions",
    "that", "to", "as", "bare", "hearers", "noun_makers", "first_person", "time_words", "time_openers", "joiners",
    "never_nouns",
)  # fmt: skip


class Verb(Struct, frozen=True):
    """One form of a reporting verb. `shape`: `base`, `s`, `past`, `ing`, or `phrase` for "according to"."""

    lemma: str
    shape: str
    frames: frozenset[str]
    act: Act


class Grammar(Struct, frozen=True):
    """One language's words around a cue, in lower case."""

    tag: str
    verbs: tuple[Verb, ...]
    forms: AhoCorasick
    pronouns: frozenset[str]
    personal: frozenset[str]
    plural: frozenset[str]
    relative: frozenset[str]
    determiners: frozenset[str]
    links: frozenset[str]
    stops: frozenset[str]
    auxiliaries: frozenset[str]
    contractions: frozenset[str]
    that: frozenset[str]
    to: frozenset[str]
    as_: frozenset[str]
    bare: frozenset[str]
    hearers: frozenset[str]
    noun_makers: frozenset[str]
    first_person: frozenset[str]
    time_words: frozenset[str]
    time_openers: frozenset[str]
    joiners: frozenset[str]
    never_nouns: frozenset[str]
    adverb_endings: tuple[str, ...]
    calendar: frozenset[str]
    roles: frozenset[str]
    joined: str
    verb_first: bool


@cache
def grammar(tag: str) -> Grammar | None:
    """The grammar of reported speech of a language by its primary subtag; `None` where the lexicon has none."""
    lists = lexicon(tag)
    words = lists["quotes"]
    if not words:
        return None
    forms = _forms(lists.tag)
    sets = {key if key != "as" else "as_": frozenset(words.get(key, ())) for key in _SETS}
    names = tuple(forms)
    return Grammar(
        tag=lists.tag,
        verbs=tuple(forms.values()),
        forms=AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA),
        adverb_endings=tuple(words.get("adverb_endings", ())),
        calendar=frozenset(word.lower() for word in calendar_words(lists.tag)),
        roles=frozenset(lists["roles"].get("nouns", ())),
        joined="".join(words.get("joined", ())),
        verb_first=words.get("verb_first", False),
        **sets,
    )


def _forms(tag: str) -> dict[str, Verb]:
    """Every form of every cue; the earlier lemma keeps a form that two share."""
    forms: dict[str, Verb] = {}
    for lemma, verb in lexicon(tag)["verbs"].items():
        frames = frozenset(verb["frames"])
        for form, shape in _shapes(tag, lemma):
            forms.setdefault(form, Verb(lemma, shape, frames, verb["act"]))
    for cue in lexicon(tag)["quotes"].get("according", ()):
        for printed in (cue, cue[:1].upper() + cue[1:]):
            forms[printed] = Verb(cue, "phrase", frozenset({"that", "quote"}), "claim")
    return forms


def _shapes(tag: str, lemma: str) -> Iterator[tuple[str, str]]:
    """The forms of a lemma; where a language has a perfect of two words, its participle with each auxiliary too."""
    made = lexicon(tag)["forms"]
    forms = made["forms"][lemma]
    if tag != "en":
        yield from ((form, "past") for form in forms)
        if participle := made.get("participles", {}).get(lemma):
            yield from ((f"{have} {participle}", "past") for have in made["perfect"])
        return
    yield lemma, "base"
    for form in forms:
        head = form.split()[0]
        yield form, "ing" if head.endswith("ing") else "s" if head.endswith("s") else "past"
