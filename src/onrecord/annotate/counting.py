"""What a language knows of counts, gathered once a process from `lexicon/*/quantities.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from onrecord.annotate import pieces as forms
from onrecord.annotate.grammar import Grammar, Phrase, grammar
from onrecord.annotate.pieces import Piece
from onrecord.lexicon import lexicon

Phrases = dict[str, tuple[tuple[Phrase, str], ...]]
"""The word that is looked up to the phrases that begin (or end) with it, the longest first, with what each means."""

_SETS = (
    "articles", "alone_scales", "vague", "never_alone", "zero", "lost", "one", "one_never_after", "shares_alone",
    "over_half", "share_articles", "share_before", "share_never_before", "about_articles", "after_one",
    "share_never_after",
)  # fmt: skip
_NOUN_SETS = (
    "of_share", "of_pronouns", "of_determiners", "one_word_of", "linking", "front", "units", "same", "not_nouns",
    "adjectives", "never", "times", "measured", "not_verbs",
    "modifiers",
)  # fmt: skip


_SIGNS = {">": (">",), ">=": (">=", "≥"), "<": ("<",), "<=": ("<=", "≤"), "~": ("~", "≈")}
"""Comparators that are signs, in any language."""
_UNMARKED = frozenset(("arabic", "genitive"))
"""Where no ending shows a noun: a comparator is none."""


class Counting(Struct, frozen=True, kw_only=True):
    """One language's words of counts, in lower case."""

    grammar: Grammar
    groups: frozenset[str]
    decimals: frozenset[str]
    loose: frozenset[str]
    """Signs that open decimals where other than three digits follow."""
    spaced: bool
    abbreviations: dict[str, float]
    tails: frozenset[str]
    pieces: dict[str, Piece]
    joins: dict[str, tuple[float, float]]
    continuing: frozenset[str]
    """Every word that may stand in a number behind its first."""
    bare_scales: bool
    units_first: bool
    vigesimal: bool
    halves: Phrases
    half_of: Phrases
    in_of: Phrases
    reversed: bool
    lots: dict[str, Piece]
    magnitudes: dict[str, float]
    abouts: dict[str, float]
    adverbs: dict[str, float]
    minus: frozenset[str]
    signed: frozenset[str]
    """What is measured below nought too."""
    references: frozenset[str]
    """Words that send the reader to a number: "(see 3)"."""
    people: frozenset[str]
    """Units that are people."""
    befalling: frozenset[str]
    """Words for what people alone do or suffer: "died", "were held"."""
    forceful: frozenset[str]
    """Words of which a count that is said and not asserted has one in its clause."""
    conditions: Phrases
    inverted: frozenset[str]
    """Words that make a condition where a sentence opens with them."""
    denying: frozenset[str]
    figure: Phrases
    """What is denied, by its last word: "the figure of"."""
    that: frozenset[str]
    false: Phrases
    """What is said behind a figure that denies it."""
    negations: frozenset[str]
    adverb_unit: str
    shares: dict[str, Piece]
    duals: dict[str, Piece]
    dual_nouns: dict[str, str]
    zero_each: Phrases
    """By their last word."""
    single: Phrases
    """By their last word."""
    one_never_before: Phrases
    one_partitive: bool
    percent: Phrases
    percent_name: str
    share_name: str
    before: Phrases
    """By their last word."""
    after: Phrases
    between: Phrases
    """By their last word."""
    and_: frozenset[str]
    from_: frozenset[str]
    to: frozenset[str]
    or_: frozenset[str]
    ranging: frozenset[str]
    """All words and signs that may stand between the ends of a range."""
    changing: frozenset[str]
    labels: frozenset[str]
    before_hour: frozenset[str]
    sums: frozenset[str]
    pointing: frozenset[str]
    group: Phrases
    """By their last word."""
    """Before them: "put the figure at nine"."""
    spatial: frozenset[str]
    number_of: Phrases
    """By their first word."""
    attributive: frozenset[str]
    """Before a number that only describes: "a three member panel"."""
    before_length: Phrases
    """By their last word."""
    after_length: Phrases
    after_any: Phrases
    order: str
    of: Phrases
    rates: Phrases
    singular: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    adjective_endings: tuple[str, ...]
    verb_endings: tuple[str, ...]
    article: str
    walls: frozenset[str]
    """Words that no noun phrase goes over."""
    opening: dict[str, str]
    """Words by which counts are found, to the readings that each may have (readings.py), in their order."""
    openers: frozenset[str]
    articles: frozenset[str]
    alone_scales: frozenset[str]
    vague: frozenset[str]
    never_alone: frozenset[str]
    zero: frozenset[str]
    lost: frozenset[str]
    one: frozenset[str]
    one_never_after: frozenset[str]
    shares_alone: frozenset[str]
    over_half: frozenset[str]
    share_articles: frozenset[str]
    share_before: frozenset[str]
    share_never_before: frozenset[str]
    share_never_after: frozenset[str]
    about_articles: frozenset[str]
    after_one: frozenset[str]
    of_share: frozenset[str]
    of_pronouns: frozenset[str]
    of_determiners: frozenset[str]
    one_word_of: frozenset[str]
    linking: frozenset[str]
    front: frozenset[str]
    units: frozenset[str]
    same: frozenset[str]
    not_nouns: frozenset[str]
    adjectives: frozenset[str]
    never: frozenset[str]
    times: frozenset[str]
    measured: frozenset[str]
    not_verbs: frozenset[str]
    modifiers: frozenset[str]


_PATHS: dict[str, tuple[str, str]] = {
    "percent": ("", ""), "after": ("", ""), "halves": ("", ""), "in_of": ("", ""), "one_never_before": ("", ""),
    "zero_each": ("", "last"), "single": ("", "last"),
    "between": ("range", "last"), "before_length": ("not", "last"), "group": ("not", "last"),
    "after_length": ("not", ""), "after_any": ("not", ""),
    "number_of": ("noun", ""), "of": ("noun", ""), "rates": ("noun", ""),
    "conditions": ("unasserted", ""), "false": ("unasserted", ""), "figure": ("unasserted", "last"),
}  # fmt: skip
"""Phrases to the part of the file where they are listed, and whether they are looked up by their last word."""
_LISTED = {
    "": _SETS,
    "noun": _NOUN_SETS,
    "not": ("pointing", "sums", "before_hour", "attributive", "references"),
    "range": ("from", "and", "to", "or", "changing"),
    "unasserted": ("inverted", "denying", "that", "negations"),
}
"""Single words, by the part of the file."""
_NAMED = {"shares_alone": "alone"}
"""Where the file says it otherwise."""
_RENAMED = {"and": "and_", "from": "from_", "or": "or_"}
_PLAIN = {
    "bare_scales": False, "units_first": False, "vigesimal": False, "reversed": False, "one_partitive": False,
    "spaced": False, "abbreviations": {}, "abouts": {}, "article": "", "percent_name": "", "share_name": "",
}  # fmt: skip
"""What is taken as it is written, and what it is where it is not."""


@cache
def counting(tag: str) -> Counting | None:
    """The words of counts of a language by its primary subtag; `None` where the lexicon has none."""
    words = lexicon(tag)["quantities"]
    known = grammar(tag)
    if not words or known is None:
        return None
    leads = ("", *words.get("proclitics", ()))
    sets, phrases = dict(_listed(words)), dict(_phrased(words, leads))
    sets["one"] = _led_forms(sets["one"], leads, words)
    pieces = dict(forms.pieces(words, leads))
    lots = _adding(words["lots"], leads, words)
    shares = _adding(forms.shares(words), leads, words)
    dual_nouns = dict(forms.duals(words))
    duals = _adding(dict.fromkeys(dual_nouns, 2.0), leads, words)
    opening = _opening(
        n=(*phrases["zero_each"], *sets["lost"]), s=(*phrases["single"], *sets["after_one"]),
        v=[word for word, piece in pieces.items() if piece.scale and sets["vague"]],
        l=lots, a=words.get("abouts", ()), h=phrases["half_of"], r=pieces, f=shares, t=words["times"], d=duals,
        o=sets["one"], p=pieces,
    )  # fmt: skip
    noun = words["noun"]
    alike: dict[str, Any] = {key: words.get(key, default) for key, default in _PLAIN.items()} | phrases | sets
    return Counting(
        grammar=known,
        groups=frozenset(words["groups"]) | {"\u00a0", "\u202f", "\u2009", "٬"},
        decimals=frozenset(words["decimals"]) | {"٫"},
        loose=frozenset(words.get("loose", ".")),
        tails=frozenset(words["tails"]),
        pieces=pieces,
        joins={word: (low, high) for word, (low, high) in words["joins"].items()},
        continuing=frozenset((*pieces, *words["joins"], *phrases["halves"])),
        lots=lots,
        magnitudes=dict(forms.magnitudes(words)),
        adverbs=words["times"],
        adverb_unit=words["times_unit"],
        minus=frozenset("-−").union(words.get("minus", ())),
        signed=frozenset(("°", "°c", "°f")).union(words.get("signed", ())),
        people=frozenset(words["people"]["units"]).union(lexicon(tag)["roles"].get("nouns", ())),
        befalling=frozenset(words["people"]["verbs"]),
        forceful=sets["denying"] | sets["inverted"] | _telling(phrases["conditions"]) | _telling(phrases["false"]),
        shares=shares,
        duals=duals,
        dual_nouns=dual_nouns,
        ranging=frozenset("-–—‑−") | sets["and_"] | sets["to"] | sets["or_"],
        labels=_led_forms(words["not"]["labels"], leads, words),
        spatial=frozenset(words["spatial"]),
        order=noun["order"],
        singular=noun["singular"],
        endings=tuple((old, new) for old, new in noun["endings"]),
        adjective_endings=tuple(noun.get("adjective_endings", ())),
        verb_endings=tuple(noun.get("verb_endings", ())),
        walls=_walls(known) | sets["never"] | _comparing(words, leads),
        opening=opening,
        openers=frozenset(opening),
        **alike,
    )


def _listed(words: dict[str, Any]) -> Iterator[tuple[str, frozenset[str]]]:
    for part, keys in _LISTED.items():
        held = words[part] if part else words
        for key in keys:
            yield _RENAMED.get(key, key), frozenset(held.get(_NAMED.get(key, key), ()))


def _phrased(words: dict[str, Any], leads: tuple[str, ...]) -> Iterator[tuple[str, Phrases]]:
    elides = words.get("elides", False)
    for key, (part, last) in _PATHS.items():
        held = words[part] if part else words
        yield key, _phrases(held.get(key, ()), bool(last), elides)
    before = _with_leads(words["before"], leads)
    for sign, signs in _SIGNS.items():
        before[sign] = [*before.get(sign, ()), *signs]
    yield "before", _phrases(before, True, elides)
    yield "half_of", _phrases(_with_leads(words.get("half_of", {}), leads), False, elides)


def _telling(phrases: Phrases) -> frozenset[str]:
    """The longest word of each phrase, the one least often met without it."""
    return frozenset(max(phrase, key=len) for held in phrases.values() for phrase, _ in held)


def _comparing(words: dict[str, Any], leads: tuple[str, ...]) -> frozenset[str]:
    """The first words of comparators, which no noun is where no ending shows a noun."""
    if words["noun"]["order"] not in _UNMARKED:
        return frozenset()
    return frozenset(phrase.split()[0] for listed in _with_leads(words["before"], leads).values() for phrase in listed)


def _adding(table: Mapping[str, float], leads: tuple[str, ...], words: dict[str, Any]) -> dict[str, Piece]:
    return {form: Piece(value, False, lead) for form, value, lead in forms.led(table, leads, words)}


def _led_forms(listed: Iterable[str], leads: tuple[str, ...], words: dict[str, Any]) -> frozenset[str]:
    return frozenset(form for form, _, _ in forms.led(dict.fromkeys(listed, 1.0), leads, words))


def _opening(**words: Iterable[str]) -> dict[str, str]:
    """Each word to the letters under which it is given, in their order."""
    found: dict[str, str] = {}
    for letter, listed in words.items():
        for word in dict.fromkeys(listed):
            found[word] = found.get(word, "") + letter
    return found


def _walls(known: Grammar) -> frozenset[str]:
    """What no noun phrase goes over: small words, verbs that are no nouns."""
    return (
        known.prepositions
        | known.finite
        | known.relative
        | known.subordinators
        | known.pronouns
        | known.coordinators
        | known.that
        | known.to
        | known.be
    )


def _phrases(table: Mapping[str, Iterable[str]] | Iterable[str], last: bool, elides: bool) -> Phrases:
    found: dict[str, list[tuple[Phrase, str]]] = {}
    named = table.items() if isinstance(table, Mapping) else (("", table),)
    for meaning, listed in named:
        for phrase in listed:
            for form in {phrase, phrase.replace("’", "'")}:
                cut = form.replace("’", "’ ").replace("'", "' ") if elides else form
                words = tuple(cut.split())
                found.setdefault(words[-1 if last else 0], []).append((words, meaning))
    return {word: tuple(sorted(held, key=lambda it: (-len(it[0]), it))) for word, held in found.items()}


def _with_leads(table: Mapping[str, Iterable[str]], leads: tuple[str, ...]) -> dict[str, list[str]]:
    return {meaning: [f"{lead}{phrase}" for phrase in listed for lead in leads] for meaning, listed in table.items()}
