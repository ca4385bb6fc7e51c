"""What a language knows of reported speech, gathered once a process from `lexicon/*/verbs.toml` and `quotes.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from onrecord.annotate.vocabulary import calendar_words
from onrecord.lexicon import lexicon
from onrecord.model import Act

_SETS = (
    "pronouns", "personal", "plural", "relative", "determiners", "links", "stops", "auxiliaries", "that", "to", "as",
    "bare", "hearing", "noun_makers", "first_person", "time_words", "time_openers", "joiners", "never_nouns", "be",
    "by", "wh", "prepositions", "of", "for", "on", "about", "subordinators", "finite", "documents", "impersonal",
    "catenatives", "not_after", "hedges", "possessives", "selves", "coordinators", "objects", "numbers",
    "hearer_pronouns", "feminine", "masculine", "she", "he", "neuter", "nobody", "nothing", "ours", "saying",
    "reflexive", "self", "naming", "measures", "views", "within", "who", "whence", "rumours", "several",
    "indefinite", "question_particles",
)  # fmt: skip
Phrase = tuple[str, ...]


class Verb(Struct, frozen=True):
    """One form of a reporting word.

    `shape`: `base`, `s`, `past`, `ing`, `passive` of a verb, `noun`, or `phrase` for "according to".
    """

    lemma: str
    shape: str
    frames: frozenset[str]
    act: Act


class Grammar(Struct, frozen=True):
    """One language's words around a cue, in lower case."""

    tag: str
    verbs: dict[str, tuple[tuple[Phrase, Verb], ...]]
    """First word of a cue to the cues that begin with it, the longest first."""
    nouns: dict[str, Verb]
    according: dict[str, tuple[tuple[Phrase, Verb], ...]]
    opening: dict[str, frozenset[str] | None]
    """Words with which a cue begins, to the words of which one must follow; `None` where any may."""
    pronouns: frozenset[str]
    personal: frozenset[str]
    plural: frozenset[str]
    relative: frozenset[str]
    determiners: frozenset[str]
    links: frozenset[str]
    stops: frozenset[str]
    auxiliaries: frozenset[str]
    that: frozenset[str]
    to: frozenset[str]
    as_: frozenset[str]
    bare: frozenset[str]
    hearing: frozenset[str]
    noun_makers: frozenset[str]
    first_person: frozenset[str]
    time_words: frozenset[str]
    time_openers: frozenset[str]
    joiners: frozenset[str]
    never_nouns: frozenset[str]
    be: frozenset[str]
    by: frozenset[str]
    wh: frozenset[str]
    prepositions: frozenset[str]
    of: frozenset[str]
    for_: frozenset[str]
    on: frozenset[str]
    about: frozenset[str]
    subordinators: frozenset[str]
    finite: frozenset[str]
    documents: frozenset[str]
    impersonal: frozenset[str]
    catenatives: frozenset[str]
    not_after: frozenset[str]
    hedges: frozenset[str]
    possessives: frozenset[str]
    selves: frozenset[str]
    coordinators: frozenset[str]
    objects: frozenset[str]
    numbers: frozenset[str]
    hearer_pronouns: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    she: frozenset[str]
    he: frozenset[str]
    neuter: frozenset[str]
    saying: frozenset[str]
    nobody: frozenset[str]
    nothing: frozenset[str]
    ours: frozenset[str]
    reflexive: frozenset[str]
    self: frozenset[str]
    naming: frozenset[str]
    measures: frozenset[str]
    views: frozenset[str]
    within: frozenset[str]
    who: frozenset[str]
    whence: frozenset[str]
    rumours: frozenset[str]
    several: frozenset[str]
    indefinite: frozenset[str]
    question_particles: frozenset[str]
    adverb_endings: tuple[str, ...]
    infinitive_endings: tuple[str, ...]
    calendar: frozenset[str]
    roles: frozenset[str]
    between: frozenset[str]
    """What may part an auxiliary and its participle."""
    bounding: frozenset[str]
    """Where the words that a cue reports may end."""
    behalf_opening: frozenset[str]
    behalf: tuple[Phrase, ...]
    """ "On behalf of", in its words."""
    following: tuple[str, ...]
    """Ends a cue behind which everything is what was said: "made the following statement"."""
    joined: str
    parts: re.Pattern[str] | None
    """Takes a contracted word apart ("qu’il", "insiste-t-il", "he’s")."""
    ours_by_form: str
    """The letter by which a verb says "we" where it begins with it; empty where none does."""
    ours_endings: tuple[str, ...]
    """... and the endings."""
    verb_first: bool
    drops_subject: bool


@cache
def grammar(tag: str) -> Grammar | None:
    """The grammar of reported speech of a language by its primary subtag; `None` where the lexicon has none."""
    lists = lexicon(tag)
    words = lists["quotes"]
    if not words:
        return None
    participles = re.compile(words["participles"]) if "participles" in words else None
    behalf = tuple(tuple(phrase.split()) for phrase in words.get("behalf", ()))
    sets = {_field(key): frozenset(words.get(key, ())) for key in _SETS}
    verbs = _by_first_word(_with_figures(lists.tag, _forms(lists.tag)).items(), participles)
    nouns = dict(_nouns(lists.tag))
    according = _by_first_word((cue, Verb(cue, "phrase", _SPOKEN, "claim")) for cue in words.get("according", ()))
    return Grammar(
        tag=lists.tag,
        verbs=verbs,
        nouns=nouns,
        according=according,
        opening=_opening(verbs, nouns, according, sets["auxiliaries"]),
        adverb_endings=tuple(words.get("adverb_endings", ())),
        infinitive_endings=tuple(words.get("infinitive_endings", ())),
        calendar=frozenset(word.lower() for word in calendar_words(lists.tag)),
        roles=frozenset(lists["roles"].get("nouns", ())),
        between=(sets["auxiliaries"] - sets["be"]) | sets["pronouns"],
        bounding=frozenset("()[]{};؛,،") | sets["coordinators"],
        behalf_opening=frozenset(phrase[0] for phrase in behalf),
        behalf=behalf,
        following=tuple(words.get("following", ())),
        joined="".join(words.get("joined", ())),
        parts=re.compile(words["parts"]) if "parts" in words else None,
        ours_by_form=words.get("ours_by_form", ""),
        ours_endings=tuple(words.get("ours_endings", ())),
        verb_first=words.get("verb_first", False),
        drops_subject=words.get("drops_subject", False),
        **sets,
    )


_SPOKEN = frozenset({"that", "quote"})


def _field(key: str) -> str:
    return f"{key}_" if key in ("as", "for") else key


def _by_first_word(
    forms: Iterable[tuple[str, Verb]], participles: re.Pattern[str] | None = None
) -> dict[str, tuple[tuple[Phrase, Verb], ...]]:
    found: dict[str, list[tuple[Phrase, Verb]]] = {}
    for form, verb in forms:
        phrase = tuple(form.lower().split())
        if participles is not None and participles.search(phrase[0]):
            verb = Verb(verb.lemma, "ing", verb.frames, verb.act)
        elif participles is not None and form == verb.lemma and _may_be_infinitive(verb):
            verb = Verb(verb.lemma, "base", verb.frames, verb.act)
        found.setdefault(phrase[0], []).append((phrase, verb))
    return {word: tuple(sorted(cues, key=lambda cue: -len(cue[0]))) for word, cues in found.items()}


def _with_figures(tag: str, forms: dict[str, Verb]) -> dict[str, Verb]:
    """With the forms that report without saying who ("сообщается"), and those that do where they name a figure."""
    for form in lexicon(tag)["quotes"].get("said", ()):
        forms[form] = Verb(form, "passive", frozenset({"that"}), "claim")
    for form in lexicon(tag)["quotes"].get("figures", ()):
        known = forms.get(form, Verb(form, "past", frozenset(), "claim"))
        forms[form] = Verb(known.lemma, known.shape, known.frames | {"figure"}, known.act)
    return forms


def _opening(
    verbs: dict[str, tuple[tuple[Phrase, Verb], ...]],
    nouns: dict[str, Verb],
    according: dict[str, tuple[tuple[Phrase, Verb], ...]],
    auxiliaries: frozenset[str],
) -> dict[str, frozenset[str] | None]:
    """What begins a cue. Behind an auxiliary its participle may stand further on, so any word may follow."""
    found: dict[str, frozenset[str] | None] = {}
    for word in (*verbs, *according):
        cues = (*verbs.get(word, ()), *according.get(word, ()))
        alone = word in auxiliaries or any(len(phrase) == 1 for phrase, _ in cues)
        found[word] = None if alone else frozenset(phrase[1] for phrase, _ in cues)
    return found | dict.fromkeys(nouns)


def _may_be_infinitive(verb: Verb) -> bool:
    """A lemma is the infinitive, but in Arabic, and in phrases that have none."""
    return verb.shape == "past" and "figure" not in verb.frames and verb.lemma[0] < "\u0600"


def _nouns(tag: str) -> Iterator[tuple[str, Verb]]:
    """Every form of every noun that reports ("claim", "claims")."""
    for lemma, noun in lexicon(tag)["nouns"].items():
        for form in (lemma, *noun["forms"]):
            yield form, Verb(lemma, "noun", frozenset(noun["frames"]), noun["act"])


def _forms(tag: str) -> dict[str, Verb]:
    """Every form of every cue; the earlier lemma keeps a form that two share."""
    forms: dict[str, Verb] = {}
    for lemma, verb in lexicon(tag)["verbs"].items():
        frames = frozenset(verb["frames"])
        for form, shape in _shapes(tag, lemma):
            forms.setdefault(form, Verb(lemma, shape, frames, verb["act"]))
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
