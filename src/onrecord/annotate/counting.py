"""What a language knows of counts, gathered once a process from `lexicon/*/quantities.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from onrecord.annotate.grammar import Grammar, Phrase, grammar
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


class Piece(Struct, frozen=True):
    """A word of a number: `scale` multiplies what stands before it, others add to it."""

    value: float
    scale: bool = False
    lead: str = ""
    """A small word written onto it."""


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


@cache
def counting(tag: str) -> Counting | None:
    """The words of counts of a language by its primary subtag; `None` where the lexicon has none."""
    words = lexicon(tag)["quantities"]
    known = grammar(tag)
    if not words or known is None:
        return None
    noun, left_out, ranges, unasserted = words["noun"], words["not"], words["range"], words["unasserted"]
    leads = ("", *words.get("proclitics", ()))
    elides = words.get("elides", False)

    def phrases(table: Mapping[str, Iterable[str]] | Iterable[str], last: bool = False) -> Phrases:
        return _phrases(table, last, elides)

    pieces = dict(_pieces(words, leads))
    lots = {form: Piece(value, False, lead) for form, value, lead in _led(words["lots"], leads, words)}
    shares = {form: Piece(value, False, lead) for form, value, lead in _led(_shares(words), leads, words)}
    dual_nouns = dict(_duals(words))
    duals = {form: Piece(2, False, lead) for form, _, lead in _led(dict.fromkeys(dual_nouns, 2.0), leads, words)}
    sets: dict[str, frozenset[str]] = {key: frozenset(words.get(key, ())) for key in _SETS}
    sets["shares_alone"] = frozenset(words.get("alone", ()))
    sets["zero"] = frozenset(words.get("zero", ()))
    sets["one"] = frozenset(form for form, _, _ in _led(dict.fromkeys(sets["one"], 1.0), leads, words))
    sets |= {key: frozenset(noun.get(key, ())) for key in _NOUN_SETS}
    zero_each, single = phrases(words["zero_each"], last=True), phrases(words["single"], last=True)
    half_of = phrases(_with_leads(words.get("half_of", {}), leads))
    times = words["times"]
    scales = [word for word, piece in pieces.items() if piece.scale] if sets["vague"] else []
    before = _with_leads(words["before"], leads)
    before = {sign: [*before.get(sign, ()), *signs] for sign, signs in (before.fromkeys(before, ()) | _SIGNS).items()}
    openings = frozenset(phrase.split()[0] for listed in before.values() for phrase in listed)
    openings = openings if noun["order"] in _UNMARKED else frozenset()
    opening = _opening(
        n=(*zero_each, *sets["lost"]), s=(*single, *sets["after_one"]), v=scales, l=lots, a=words.get("abouts", ()),
        h=half_of, r=pieces, f=shares, t=times, d=duals, o=sets["one"], p=pieces,
    )  # fmt: skip
    return Counting(
        grammar=known,
        groups=frozenset(words["groups"]) | {"\u00a0", "\u202f", "\u2009", "٬"},
        decimals=frozenset(words["decimals"]) | {"٫"},
        loose=frozenset(words.get("loose", ".")),
        spaced=words["spaced"],
        abbreviations=words["abbreviations"],
        tails=frozenset(words["tails"]),
        pieces=pieces,
        joins={word: (low, high) for word, (low, high) in words["joins"].items()},
        continuing=frozenset((*pieces, *words["joins"], *phrases(words["halves"]))),
        bare_scales=words["bare_scales"],
        units_first=words.get("units_first", False),
        vigesimal=words.get("vigesimal", False),
        in_of=phrases(words.get("in_of", ())),
        reversed=words.get("reversed", False),
        halves=phrases(words["halves"]),
        half_of=half_of,
        lots=lots,
        magnitudes=dict(_magnitudes(words)),
        abouts=words.get("abouts", {}),
        adverbs=times,
        adverb_unit=words["times_unit"],
        minus=frozenset("-−").union(words.get("minus", ())),
        signed=frozenset(("°", "°c", "°f")).union(words.get("signed", ())),
        references=frozenset(left_out.get("references", ())),
        people=frozenset(words["people"]["units"]).union(lexicon(tag)["roles"].get("nouns", ())),
        befalling=frozenset(words["people"]["verbs"]),
        conditions=phrases(unasserted["conditions"]),
        inverted=frozenset(unasserted["inverted"]),
        denying=frozenset(unasserted["denying"]),
        figure=phrases(unasserted["figure"], last=True),
        that=frozenset(unasserted["that"]),
        false=phrases(unasserted["false"]),
        negations=frozenset(unasserted["negations"]),
        shares=shares,
        duals=duals,
        dual_nouns=dual_nouns,
        zero_each=zero_each,
        single=single,
        one_never_before=phrases(words.get("one_never_before", ())),
        one_partitive=words.get("one_partitive", False),
        percent=phrases(words["percent"]),
        percent_name=words["percent_name"],
        share_name=words["share_name"],
        before=phrases(before, last=True),
        after=phrases(words["after"]),
        between=phrases(ranges["between"], last=True),
        and_=frozenset(ranges["and"]),
        from_=frozenset(ranges["from"]),
        to=frozenset(ranges["to"]),
        or_=frozenset(ranges["or"]),
        ranging=frozenset("-–—‑−").union(ranges["and"], ranges["to"], ranges["or"]),
        changing=frozenset(ranges["changing"]),
        labels=frozenset(form for form, _, _ in _led(dict.fromkeys(left_out["labels"], 1.0), leads, words)),
        pointing=frozenset(left_out.get("pointing", ())),
        group=phrases(left_out.get("group", ()), last=True),
        sums=frozenset(left_out.get("sums", ())),
        before_hour=frozenset(left_out.get("before_hour", ())),
        spatial=frozenset(words["spatial"]),
        number_of=phrases(noun["number_of"]),
        attributive=frozenset(left_out.get("attributive", ())),
        before_length=phrases(left_out["before_length"], last=True),
        after_length=phrases(left_out["after_length"]),
        after_any=phrases(left_out["after_any"]),
        order=noun["order"],
        of=phrases(noun["of"]),
        rates=phrases(noun["rates"]),
        singular=noun["singular"],
        endings=tuple((old, new) for old, new in noun["endings"]),
        adjective_endings=tuple(noun.get("adjective_endings", ())),
        verb_endings=tuple(noun.get("verb_endings", ())),
        article=words.get("article", ""),
        walls=_walls(known) | sets["never"] | openings,
        opening=opening,
        openers=frozenset(opening),
        **sets,
    )


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


def _pieces(words: dict[str, Any], leads: tuple[str, ...]) -> Iterator[tuple[str, Piece]]:
    """Every word of a number in every form that it may have; a form that two share is the one given first."""
    adding: dict[str, float] = {}
    for table in ("units", "teens", "tens", "hundreds", "double_scales"):
        adding |= words.get(table, {})
    adding |= _compounds(words)
    for form, value, lead in _led(words["scales"], leads, words):
        yield form, Piece(value, True, lead)
    for form, value, lead in _led(adding, leads, words):
        yield form, Piece(value, False, lead)


def _compounds(words: dict[str, Any]) -> dict[str, float]:
    """ "twenty-one", "quatre-vingt-dix-sept"."""
    found: dict[str, float] = {}
    for ten, tens in words["tens"].items():
        small = dict(words["units"])
        if words.get("vigesimal") and tens in (60, 80):
            small |= words["teens"]
        for unit, value in small.items():
            found |= {f"{ten}{joint}{unit}": tens + value for joint in words["joints"]}
    return found


def _shares(words: dict[str, Any]) -> dict[str, float]:
    """ "third", and "two-thirds"."""
    single: dict[str, float] = words["shares"]
    joined = {
        f"{word}-{share}": round(value * count, 3)
        for word, count in words["units"].items()
        for share, value in single.items()
        if words["joints"] and count * value < 1
    }
    return single | joined


def _magnitudes(words: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """What "tens of" multiplies: "thousands", and its kind."""
    for form, value, _ in _led(words["scales"], ("",), words):
        if value >= 1000:
            yield form, value
    for form, value, _ in _led(words["lots"], ("",), words):
        if value >= 2000:
            yield form, value / 2


def _duals(words: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The dual of a counted noun, to the noun."""
    for listed, endings in (("duals", ("ان", "ين")), ("men", ("ان",))):
        for noun in words.get(listed, ()):
            stem = f"{noun[:-1]}ت" if noun.endswith("ة") else noun
            for ending in endings:
                yield f"{stem}{ending}", noun


def _led(table: Mapping[str, float], leads: tuple[str, ...], words: dict[str, Any]) -> Iterator[tuple[str, float, str]]:
    """Each word with every small word and the article that may be written onto it, and without hamza."""
    article = words.get("article", "")
    for word, value in table.items():
        if not article:
            yield word, value, ""
            continue
        for form in {word, word.replace("أ", "ا").replace("إ", "ا")}:
            for lead in leads:
                yield f"{lead}{form}", value, lead
                yield f"{lead}{_fused(lead, article)}{form}", value, lead


def _fused(lead: str, article: str) -> str:
    """The article behind a small word: "ل" takes its first letter."""
    return article[1:] if lead.endswith("ل") else article
