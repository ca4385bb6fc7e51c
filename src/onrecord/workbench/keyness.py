"""Which words one side uses that another does not: log-odds with an informative Dirichlet prior.

The formula is in `analyse.terms`. Compared are the words of two parties, publishers or times, or of one and all others,
in one language. A word counts only where enough documents of its side use it, so that no single text decides.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from msgspec import Struct

from onrecord import store
from onrecord.analyse.terms import FORMULA, ORIGIN, PRIOR, log_odds, per
from onrecord.errors import QueryError
from onrecord.model import Filters
from onrecord.store.pile import Pile
from onrecord.store.searching import limit
from onrecord.store.speech import Flags, Ints, Ranges
from onrecord.workbench.terms import EVERYTHING, languages, members, merged, narrowed, ready, remembered

SURE = 1.96
"""The z-score beyond which a difference would come about by chance once in twenty words."""
LEAST = 2
"""Documents of its own side that a word must stand in, where nothing else is asked."""
MOST = 50
"""Words shown of each side, where nothing else is asked."""
LARGEST = 6_000_000
"""Words of a side up to which pairs of words are compared."""
OTHERS = "all others"

By = Literal["party", "publisher", "period"]


class Side(Struct, frozen=True):
    """One of the two: `asked` as in the question, empty for all others."""

    asked: str
    name: str
    words: int
    documents: int


class KeyTerm(Struct, frozen=True):
    """A word or pair of words and how it tells the sides apart; `query` finds it."""

    term: str
    query: str
    z: float
    log_odds: float
    first: int
    second: int
    first_per_10000: float
    second_per_10000: float
    first_documents: int
    second_documents: int


class Keyness(Struct, frozen=True):
    """What marks the first side and what marks the second, the clearest first, and how that was counted."""

    by: By
    sides: tuple[Side, Side]
    language: str | None
    """The one that is compared; None where no language is known."""
    first: tuple[KeyTerm, ...]
    second: tuple[KeyTerm, ...]
    phrases: bool
    """Whether pairs of words are compared, not single ones."""
    least: int
    formula: str
    origin: str
    prior: float
    """The weight of the prior in words: 1,000, or as many as the smaller side has."""
    background: str
    current: bool


Holding = Callable[[Ints], tuple[Ints, Ints]]
"""In how many documents of each side the words of these rows stand."""


class Table(NamedTuple):
    """Words, or pairs of words, with their counts on both sides and in the background."""

    keys: Ints
    first: Ints
    second: Ints
    usual: Ints
    totals: tuple[int, int]
    """All words, or pairs, of the sides: also figures, which are not compared."""
    all_usual: int


class Scored(NamedTuple):
    """One side's marks: where in the table, and the documents on both sides."""

    rows: Ints
    documents: tuple[Ints, Ints]

    def with_more(self, rows: Ints, documents: tuple[Ints, Ints], side: int, least: int, most: int) -> Scored:
        """With those of these rows that enough documents of the side hold, as long as there are not too many."""
        kept = documents[side] >= least
        one, two = (np.append(old, new[kept])[:most] for old, new in zip(self.documents, documents, strict=True))
        return Scored(np.append(self.rows, rows[kept])[:most], (one, two))


def keyness(
    view: store.View,
    words: store.Words,
    by: By,
    one: str,
    other: str = "",
    filters: Filters = EVERYTHING,
    *,
    phrases: bool = False,
    least: int = LEAST,
    most: int = MOST,
) -> Keyness:
    """What marks `one` against `other` (or, where that is empty, against all others) in the documents that `filters`
    leave: parties by id, publishers by name, periods as EDTF. Raises QueryError, MetadataError, NotFound."""
    if not one:
        raise QueryError("Say whose words are to be compared.")
    if by == "party" and other:
        heads = store.stands_for(view, [one, other])
        one, other = heads.get(one, one), heads.get(other, other)
    if one == other:
        raise QueryError("Both sides are the same. Choose another one to compare with, or all others.")
    pile = ready(words)
    question = ("keyness", by, one, other, filters, phrases, least, most, view.generation)

    def compare() -> Keyness:
        return Comparison(view, pile, by, one, other, filters).answer(phrases, least, most)

    return remembered(pile, question, compare)


class Comparison:
    """Two sides, and the documents that they are looked for in."""

    def __init__(self, view: store.View, pile: Pile, by: By, one: str, other: str, filters: Filters) -> None:
        self._pile = pile
        self._by: By = by
        self._current = pile.generation == view.generation
        chosen = narrowed(pile, filters)
        self.language = filters.languages[0] if filters.languages else self._language(self._side(view, one, chosen))
        if self.language is not None:
            chosen = chosen & np.isin(pile.documents["language"], languages(pile, [self.language]))
        self._chosen = chosen
        self._key = (filters, self.language, view.generation)
        self._merged = merged(view) if by == "party" else {}
        self._first = self._side(view, one, chosen)
        self._second = self._side(view, other, chosen) if other else self._others(one)
        self._against_all = by == "party" and not other
        names = self._names(view, [one, other])
        self.sides = (
            Side(one, names[0], self._first.words, self._first.held),
            Side(other, names[1], self._second.words, self._second.held),
        )

    def _language(self, side: Ranges) -> str | None:
        """The language of most of its documents: words of two languages would tell the languages apart."""
        documents = self._pile.documents["language"][np.unique(side.documents)]
        found = np.bincount(documents[documents > 0])
        return self._pile.names().get(int(found.argmax())) if len(found) else None

    def _side(self, view: store.View, asked: str, chosen: Flags) -> Ranges:
        """The words of one side."""
        if self._by == "party":
            [numbers] = members(view, [asked]).values()
            return self._pile.speech.of(numbers, chosen)
        of = self._published if self._by == "publisher" else self._dated
        return self._pile.whole(chosen & of(asked)[0])

    @cached_property
    def _anybody(self) -> Ranges:
        return self._pile.speech.of_anybody(self._chosen, self._merged)

    def _others(self, one: str) -> Ranges:
        if self._by == "party":
            return self._anybody.less(self._first)
        of = self._published if self._by == "publisher" else self._dated
        return self._pile.whole(self._chosen & of(one)[1])

    def _published(self, name: str) -> tuple[Flags, Flags]:
        """Documents of a publisher, and of others."""
        publisher = self._pile.documents["publisher"]
        its_own = np.isin(publisher, self._pile.named([name]))
        return its_own, (publisher > 0) & ~its_own

    def _dated(self, period: str) -> tuple[Flags, Flags]:
        """Documents that surely lie in a period, and that surely do not."""
        since, until = limit("period", period)
        low, high = self._pile.documents["low"], self._pile.documents["high"]
        return (low >= since) & (high <= until) & (low > 0), ((high < since) & (high > 0)) | (low > until)

    def _names(self, view: store.View, asked: list[str]) -> list[str]:
        if self._by != "party":
            return [name or OTHERS for name in asked]
        found = store.parties(view, [name for name in asked if name])
        return [found[name].name if name else OTHERS for name in asked]

    # -- comparing -----------------------------------------------------------------------------------------------------

    def answer(self, phrases: bool, least: int, most: int) -> Keyness:
        table, holding = self._pairs() if phrases else self._words()
        totals = table.totals
        prior = float(max(1, min(PRIOR, *totals)))  # where little is said, the prior must not outweigh it
        shares = table.usual * (prior / max(1, table.all_usual))
        odds, z = log_odds((table.first, totals[0]), (table.second, totals[1]), shares, prior)
        scores = (z, odds)
        marks = self._marks(z, holding, least, most)
        return Keyness(
            by=self._by,
            sides=self.sides,
            language=self.language,
            first=self._terms(table, marks[0], scores, totals, phrases),
            second=self._terms(table, marks[1], scores, totals, phrases),
            phrases=phrases,
            least=least,
            formula=FORMULA,
            origin=ORIGIN,
            prior=prior,
            background="both sides" if phrases else "all words of the documents that are compared",
            current=self._current,
        )

    def _words(self) -> tuple[Table, Holding]:
        pile = self._pile
        one = pile.counts(self._first)
        usual = remembered(pile, ("all words", *self._key), lambda: pile.counts(pile.whole(self._chosen)))
        if self._against_all:  # counting what anybody says takes longest, and is the same for every party
            said = remembered(pile, ("said", *self._key), lambda: pile.counts(self._anybody))
            two = said - one
        else:
            two = pile.counts(self._second)
        usual = np.maximum(usual, one + two)
        wanted = (one + two > 0) & (usual < usual.sum())
        wanted[pile.figures()] = False
        keys = np.flatnonzero(wanted)

        def holding(rows: Ints) -> tuple[Ints, Ints]:
            numbers = keys[rows]
            return (
                pile.documents_with(self._first, numbers),
                pile.documents_with(self._second, numbers),
            )

        totals = (int(one.sum()), int(two.sum()))
        return Table(keys, one[keys], two[keys], usual[keys].astype(float), totals, int(usual.sum())), holding

    def _pairs(self) -> tuple[Table, Holding]:
        if max(self._first.words, self._second.words) > LARGEST:
            raise QueryError(
                f"A side has more than {LARGEST:,} words: too many for pairs of words. Narrow it by dates, or take "
                "single words."
            )
        (keys_1, counts_1, held_1), (keys_2, counts_2, held_2) = map(self._pile.pairs, (self._first, self._second))
        keys = np.union1d(keys_1, keys_2)
        columns = np.zeros((4, len(keys)), np.int64)
        columns[0][np.searchsorted(keys, keys_1)], columns[2][np.searchsorted(keys, keys_1)] = counts_1, held_1
        columns[1][np.searchsorted(keys, keys_2)], columns[3][np.searchsorted(keys, keys_2)] = counts_2, held_2
        one, two, with_1, with_2 = columns
        totals = (int(one.sum()), int(two.sum()))
        table = Table(keys, one, two, (one + two).astype(float), totals, sum(totals))
        return table, lambda rows: (with_1[rows], with_2[rows])

    def _marks(self, z: Ints, holding: Holding, least: int, most: int) -> tuple[Scored, Scored]:
        """The words of each side that are sure, in enough documents of it, the clearest first."""
        sides = [np.flatnonzero(sign * z >= SURE) for sign in (1, -1)]
        ranked = [side[np.argsort(-abs(z[side]), kind="stable")] for side in sides]
        found = [Scored(side[:0], (side[:0], side[:0])) for side in ranked]
        for at in range(0, max(map(len, ranked)), most):
            parts = [
                side[at : at + most] if len(scored.rows) < most else side[:0]
                for side, scored in zip(ranked, found, strict=True)
            ]
            if not sum(map(len, parts)):
                break
            one, two = holding(np.concatenate(parts))
            ends = (slice(len(parts[0])), slice(len(parts[0]), None))
            for which, (part, end) in enumerate(zip(parts, ends, strict=True)):
                found[which] = found[which].with_more(part, (one[end], two[end]), which, least, most)
        return found[0], found[1]

    def _terms(
        self, table: Table, marks: Scored, scores: tuple[Ints, Ints], totals: tuple[int, int], phrases: bool
    ) -> tuple[KeyTerm, ...]:
        keys = table.keys[marks.rows].tolist()
        numbers = [(key >> 32, key & 0xFFFFFFFF) for key in keys] if phrases else [(key,) for key in keys]
        spelled = self._spelled({number for pair in numbers for number in pair})
        found = []
        for at, pair, with_1, with_2 in zip(marks.rows.tolist(), numbers, *marks.documents, strict=True):
            term = " ".join(spelled[number] for number in pair)
            one, two = int(table.first[at]), int(table.second[at])
            found.append(
                KeyTerm(
                    term, f'"{term}"' if phrases else term, float(scores[0][at]), float(scores[1][at]), one, two,
                    per(one, totals[0]), per(two, totals[1]), int(with_1), int(with_2),
                )
            )  # fmt: skip
        return tuple(found)

    def _spelled(self, numbers: set[int]) -> dict[int, str]:
        """Words as most texts print them, in small letters."""
        found = {}
        for number, (word, spelling) in self._pile.spellings(numbers).items():
            bare = self._pile.bare(number)
            found[number] = bare if bare not in (None, word) else spelling
        return found
