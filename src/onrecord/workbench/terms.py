"""How often words and phrases are used: per 10,000 words, over time and by party, with the documents that use them.

A term is what the search understands by it, so that a count and a search agree: folded, an Arabic or Hebrew word also
with a particle written on to it. What counts as a party's words is said in `RULE`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord import store
from onrecord.analyse.terms import per
from onrecord.errors import NotFound, QueryError
from onrecord.model import Filters
from onrecord.store.pile import Pile
from onrecord.store.query import Leaf, leaf, scan
from onrecord.store.searching import limit
from onrecord.store.speech import Flags, Ints, Ranges
from onrecord.text.folding import mend_hebrew

EVERYTHING = Filters()
MOST = 6
"""Terms in one question."""
OFFERED = 60
"""Parties, publishers and languages that are offered to choose from."""
PARTIES = 8
"""Parties that are shown where none is asked for."""
LONG = {"month": 24, "quarter": 96}
"""Months up to which a time is shown by month, and by quarter; a longer one by year."""
VAGUE = 0.2
"""Share of dated documents that may lie in no one period before a longer one is taken."""
RULE = (
    "A party’s words are the words of statements that it issues, signs, sponsors or takes part in, without what others "
    "are said to say there, without head and signatures, and without what an editor added; and, anywhere, the words it "
    "is quoted with. What it is only reported to say is in another’s words and is not counted."
)
TOKENS = "Of text without spaces (Chinese, Japanese, Thai …) every two neighbouring signs count as a word."

Answer = TypeVar("Answer")
Every = Literal["month", "quarter", "year"]
LENGTHS: dict[Every, int] = {"month": 1, "quarter": 3, "year": 12}


class Count(Struct, frozen=True):
    """How often a term is used in some text. `per_10000` is None where there is no word at all."""

    occurrences: int
    words: int
    per_10000: float | None
    documents: int
    of_documents: int


class Term(Struct, frozen=True):
    """A term as it was asked for; `query` finds it."""

    term: str
    query: str


class Period(Struct, frozen=True):
    """A month, quarter or year with a count a term; `since` and `until` (EDTF) narrow a search to it."""

    period: str
    since: str
    until: str
    counts: tuple[Count, ...]


class PartyUse(Struct, frozen=True):
    """A count a term in a party's own words, altogether and by period."""

    party: str
    name: str
    counts: tuple[Count, ...]
    periods: tuple[Period, ...]


class Usage(Struct, frozen=True):
    """The use of terms. `undated` counts documents whose day of issue is not known well enough to be in one period."""

    terms: tuple[Term, ...]
    counts: tuple[Count, ...]
    every: Every
    periods: tuple[Period, ...]
    undated: tuple[Count, ...]
    parties: tuple[PartyUse, ...]
    rule: str
    current: bool
    """Whether the words are those of the archive as it stands; `onrecord index` brings them up to it."""


class Asked(NamedTuple):
    """A term: what it says, and what the pile looks for."""

    term: Term
    leaf: Leaf


def asked(said: str) -> list[Asked]:
    """The terms of a question: words, "phrases", begin*. Raises QueryError."""
    found: list[Asked] = []
    for token in scan(mend_hebrew(said)):
        if token.kind not in ("word", "phrase") or token.title:
            raise QueryError('Terms are words, "phrases in quotation marks" and beginnings of words (negotiat*).')
        stem = token.text.rstrip("*") if token.kind == "word" else token.text
        made = leaf(stem, prefix=stem != token.text, title=False)
        if made is not None:
            shown = f'"{token.text.strip()}"' if token.kind == "phrase" else token.text
            found.append(Asked(Term(shown, shown), made))
    found = list({each.leaf: each for each in found}.values())
    if len(found) > MOST:
        raise QueryError(f"These are {len(found)} terms; up to {MOST} can be looked at together.")
    return found


def ready(view: store.View, words: store.Words) -> Pile:
    """The words, once `onrecord index` has made them, with a few decisions since. Raises NotFound."""
    words.catch_up(view)
    pile = words.pile()
    if pile is None:
        raise NotFound("The words of this archive have not been counted yet. `onrecord index` does it.")
    return pile


def current(view: store.View, pile: Pile) -> bool:
    """Whether the words are those of the documents as they stand."""
    return not view.count_changed(pile.generation, 1)


def remembered(pile: Pile, question: Hashable, answer: Callable[[], Answer]) -> Answer:
    """What `answer()` says, asked once a generation."""
    return pile.answers.answer(pile.generation, question, answer)


def usage(
    view: store.View,
    words: store.Words,
    said: str,
    filters: Filters = EVERYTHING,
    parties: tuple[str, ...] = (),
    every: Every | None = None,
) -> Usage:
    """How the terms in `said` are used in the documents that `filters` leave, and by these parties, or those with most
    words there. Raises QueryError, MetadataError, NotFound."""
    terms, pile = asked(said), ready(view, words)
    groups = members(view, parties) if parties else None
    question = ("usage", said, filters, parties, every, view.generation)
    return remembered(pile, question, lambda: _usage(view, pile, terms, filters, groups, every))


def _usage(
    view: store.View,
    pile: Pile,
    terms: Sequence[Asked],
    filters: Filters,
    groups: dict[str, list[int]] | None,
    every: Every | None,
) -> Usage:
    chosen = narrowed(pile, filters)
    if groups is None:
        question = ("foremost", filters, view.generation)
        groups = remembered(pile, question, lambda: foremost(view, pile, chosen, PARTIES))
    places = pile.find([pile.numbers(each.leaf) for each in terms]) if terms else []
    lengths = [len(each.leaf.terms) for each in terms]
    calendar = Calendar(pile, chosen, every)

    def counted(ranges: Ranges) -> list[Uses]:
        words = by_document(pile, ranges, ranges.ends - ranges.starts)
        inside = (ranges.within(at, length) for at, length in zip(places, lengths, strict=True))
        return [Uses(by_document(pile, ranges, times), words) for times in inside]

    whole = counted(pile.whole(chosen))
    names = {party: each.name for party, each in store.parties(view, list(groups)).items()}
    by_party = {party: counted(own_words(pile, numbers).among(chosen)) for party, numbers in groups.items()}
    return Usage(
        terms=tuple(each.term for each in terms),
        counts=tuple(each.total() for each in whole),
        every=calendar.every,
        periods=calendar.periods(whole),
        undated=tuple(each.total(calendar.ordinals < 0) for each in whole),
        parties=tuple(
            PartyUse(party, names.get(party, party), tuple(each.total() for each in uses), calendar.periods(uses))
            for party, uses in by_party.items()
        ),
        rule=RULE,
        current=current(view, pile),
    )


class Uses(NamedTuple):
    """Occurrences of a term and words looked at, by document."""

    occurrences: Ints
    words: Ints

    def total(self, among: Flags | slice = slice(None)) -> Count:
        times, words = self.occurrences[among], self.words[among]
        return count(int(times.sum()), int(words.sum()), int((times > 0).sum()), int((words > 0).sum()))

    def by(self, ordinals: Ints, many: int) -> list[Count]:
        """By group; documents of group -1 are in none."""
        inside = ordinals >= 0
        of = ordinals[inside]
        columns = (
            np.bincount(of, column[inside], minlength=many).astype(int).tolist()
            for column in (self.occurrences, self.words, self.occurrences > 0, self.words > 0)
        )
        return [count(*row) for row in zip(*columns, strict=True)]


def count(occurrences: int, words: int, documents: int, of_documents: int) -> Count:
    rate = per(occurrences, words) if words else None
    return Count(occurrences, words, rate, documents, of_documents)


def own_words(pile: Pile, numbers: Sequence[int]) -> Ranges:
    """The words of a party, in all documents."""
    every = np.ones(len(pile.documents), np.bool_)
    return remembered(pile, ("own words", tuple(numbers)), lambda: pile.speech.of(numbers, every))


def by_document(pile: Pile, ranges: Ranges, numbers: Ints) -> Ints:
    """Sums of what is said of each stretch."""
    return np.bincount(ranges.documents, numbers, minlength=len(pile.documents)).astype(np.int64)


# -- which documents ---------------------------------------------------------------------------------------------------


def narrowed(pile: Pile, filters: Filters) -> Flags:
    """Which documents the filters leave, as in a search. Raises MetadataError."""
    rows = pile.documents
    chosen = np.ones(len(rows), np.bool_)
    if filters.languages:
        chosen &= np.isin(rows["language"], languages(pile, filters.languages))
    for column, values in (("genre", filters.genres), ("publisher", filters.publishers)):
        if values:
            chosen &= np.isin(rows[column], pile.named(values))
    if filters.since is not None:
        chosen &= (rows["high"] > 0) & (rows["high"] >= limit("since", filters.since)[0])
    if filters.until is not None:
        chosen &= (rows["low"] > 0) & (rows["low"] <= limit("until", filters.until)[1])
    return chosen


def languages(pile: Pile, tags: Collection[str]) -> list[int]:
    """The numbers of languages: `en` is en-GB too."""
    starts = tuple(f"{tag}-" for tag in tags)
    return [number for number, name in pile.names().items() if name in tags or name.startswith(starts)]


class Calendar:
    """The periods that documents lie in, as far as their day of issue is known."""

    def __init__(self, pile: Pile, chosen: Flags, every: Every | None) -> None:
        low, high = (months(pile.documents[column]) for column in ("low", "high"))
        dated = chosen & (low >= 0)
        self.every: Every = every or fitting(low[dated], high[dated])
        length = LENGTHS[self.every]
        inside = dated & (low // length == high // length)
        self._starts, ordinals = np.unique(low[inside] // length * length, return_inverse=True)
        self.ordinals = np.full(len(low), -1)
        self.ordinals[inside] = ordinals

    def periods(self, uses: Sequence[Uses]) -> tuple[Period, ...]:
        """Those in which there are documents, in order."""
        columns = [each.by(self.ordinals, len(self._starts)) for each in uses]
        return tuple(
            Period(*self._named(start), counts)
            for start, counts in zip(self._starts.tolist(), zip(*columns, strict=True), strict=bool(columns))
            if counts[0].of_documents
        )

    def _named(self, start: int) -> tuple[str, str, str]:
        """What a period is called, and its first and last month as EDTF."""
        year, month = divmod(start, 12)
        if self.every == "year":
            return f"{year:04}", f"{year:04}", f"{year:04}"
        first, last = f"{year:04}-{month + 1:02}", f"{year:04}-{month + LENGTHS[self.every]:02}"
        return (first if self.every == "month" else f"{year:04}-Q{month // 3 + 1}"), first, last


def months(days: Ints) -> Ints:
    """Months since the year 0 of days written as 20240503; -1 for a day that is not known."""
    found = days.astype(np.int64)
    return np.where(found > 0, found // 10_000 * 12 + found // 100 % 100 - 1, -1)


def fitting(low: NDArray[Any], high: NDArray[Any]) -> Every:
    """The period that shows the time between these months, in which most documents lie."""
    span = int(high.max() - low.min()) + 1 if len(low) else 0
    for every, most in LONG.items():
        length = LENGTHS[every]  # type: ignore[index]
        if span <= most and (low // length != high // length).mean() <= VAGUE if len(low) else True:
            return every  # type: ignore[return-value]
    return "year"


# -- which parties -----------------------------------------------------------------------------------------------------


def members(view: store.View, ids: Sequence[str]) -> dict[str, list[int]]:
    """The numbers of all entities that each of these parties is, by the id asked for. Raises NotFound."""
    groups = store.members(view, ids)
    heads = store.stands_for(view, ids)
    if missing := [name for name in ids if heads.get(name, name) not in groups]:
        raise NotFound(f"No party {missing[0]!r} is in this archive.")
    every = [member for group in groups.values() for member in group]
    numbers = dict(view.among("SELECT id, number FROM entities WHERE id IN (%s)", every))
    return {head: [numbers[member] for member in groups[head]] for head in dict.fromkeys(heads.get(n, n) for n in ids)}


def foremost(view: store.View, pile: Pile, chosen: Flags, most: int) -> dict[str, list[int]]:
    """The parties with the most words of their own in the chosen documents."""
    totals = pile.speech.totals(chosen)
    for number, head in store.merged(view).items():
        if number < len(totals):
            totals = np.append(totals, np.zeros(max(0, head + 1 - len(totals)), np.int64))
            totals[head] += totals[number]
            totals[number] = 0
    ranked = [number for number in np.argsort(-totals, kind="stable")[:most].tolist() if totals[number]]
    ids = dict(view.among("SELECT number, id FROM entities WHERE number IN (%s)", ranked))
    return members(view, [ids[number] for number in ranked if number in ids])


# -- what can be asked for ---------------------------------------------------------------------------------------------


class Offer(Struct, frozen=True):
    """What a question may name, the most words or documents first: parties as id and name, publishers, languages."""

    parties: tuple[tuple[str, str], ...]
    publishers: tuple[str, ...]
    languages: tuple[str, ...]


def offer(view: store.View, words: store.Words) -> Offer:
    """What there is to ask about. Raises NotFound."""
    pile = ready(view, words)

    def look() -> Offer:
        every = np.ones(len(pile.documents), np.bool_)
        ids = list(foremost(view, pile, every, OFFERED))
        known = store.parties(view, ids)
        publishers, languages = (ranked(pile, column) for column in ("publisher", "language"))
        return Offer(tuple((name, known[name].name) for name in ids if name in known), publishers, languages)

    return remembered(pile, ("offer", view.generation), look)


def ranked(pile: Pile, column: str) -> tuple[str, ...]:
    """The values of a column, those of most documents first."""
    names = pile.names()
    numbers, times = np.unique(pile.documents[column], return_counts=True)
    order = numbers[np.argsort(-times, kind="stable")].tolist()
    return tuple(names[number] for number in order if number in names)[:OFFERED]
