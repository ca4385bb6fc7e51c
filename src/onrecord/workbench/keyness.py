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
from onrecord.store.pile import Pile, Tally
from onrecord.store.searching import limit
from onrecord.store.speech import Flags, Ints, Ranges
from onrecord.workbench.terms import EVERYTHING, current, languages, members, narrowed, own_words, ready, remembered

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
    pile = ready(view, words)
    question = ("keyness", by, one, other, filters, phrases, least, most, view.generation)

    def compare() -> Keyness:
        return Comparison(view, pile, by, one, other, filters).answer(phrases, least, most)

    return remembered(pile, question, compare)


class Comparison:
    """Two sides, and the documents that they are looked for in."""

    def __init__(self, view: store.View, pile: Pile, by: By, one: str, other: str, filters: Filters) -> None:
        self._pile = pile
        self._by: By = by
        self._current = current(view, pile)
        chosen = narrowed(pile, filters)
        self.language = filters.languages[0] if filters.languages else self._language(self._side(view, one, chosen))
        if self.language is not None:
            chosen = chosen & np.isin(pile.documents["language"], languages(pile, [self.language]))
        self._chosen, self._narrowed = chosen, filters != Filters(languages=filters.languages)
        self._key = (filters, self.language, view.generation)
        self._merged = store.merged(view)
        self._asked = (one, other)
        self._first = self._side(view, one, chosen)
        self._other = self._side(view, other, chosen) if other else None
        self._names = self._called(view, [one, other])

    def _language(self, side: Ranges) -> str | None:
        """The language of most of its documents: words of two languages would tell the languages apart."""
        documents = self._pile.documents["language"][np.unique(side.documents)]
        found = np.bincount(documents[documents > 0])
        return self._pile.names().get(int(found.argmax())) if len(found) else None

    def _side(self, view: store.View, asked: str, chosen: Flags) -> Ranges:
        """The words of one side."""
        if self._by == "party":
            [numbers] = members(view, [asked]).values()
            return own_words(self._pile, numbers).among(chosen)
        of = self._published if self._by == "publisher" else self._dated
        return self._pile.whole(chosen & of(asked)[0])

    @cached_property
    def _second(self) -> Ranges:
        """The words of the other side, or of all others."""
        if self._other is not None:
            return self._other
        if self._by == "party":
            return self._pile.speech.of_anybody(self._chosen, self._merged).less(self._first)
        return self._pile.whole(self._chosen & self._elsewhere)

    @property
    def _elsewhere(self) -> Flags:
        """The documents of all other publishers or times."""
        of = self._published if self._by == "publisher" else self._dated
        return of(self._asked[0])[1]

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

    def _called(self, view: store.View, asked: list[str]) -> list[str]:
        if self._by != "party":
            return [name or OTHERS for name in asked]
        found = store.parties(view, [name for name in asked if name])
        return [found[name].name if name else OTHERS for name in asked]

    # -- comparing -----------------------------------------------------------------------------------------------------

    def answer(self, phrases: bool, least: int, most: int) -> Keyness:
        table, holding, sides = self._pairs() if phrases else self._words()
        totals = table.totals
        prior = float(max(1, min(PRIOR, *totals)))  # where little is said, the prior must not outweigh it
        shares = table.usual * (prior / max(1, table.all_usual))
        odds, z = log_odds((table.first, totals[0]), (table.second, totals[1]), shares, prior)
        scores = (z, odds)
        marks = self._marks(z, holding, least, most)
        return Keyness(
            by=self._by,
            sides=sides,
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

    def _words(self) -> tuple[Table, Holding, tuple[Side, Side]]:
        pile = self._pile
        usual, _ = self._all()
        first = self._tallied(self._asked[0], self._first)
        second = self._rest(first) if self._other is None else self._tallied(self._asked[1], self._other)
        one, two, all_of_them = (each.counts.copy() for each in (first, second, usual))
        one[0] = two[0] = all_of_them[0] = 0  # of any word
        all_of_them = np.maximum(all_of_them, one + two)
        wanted = (one + two > 0) & (all_of_them < all_of_them.sum())
        wanted[remembered(pile, "figures", pile.figures)] = False
        keys = np.flatnonzero(wanted)
        table = Table(
            keys, one[keys], two[keys], all_of_them[keys].astype(float), (int(one.sum()), int(two.sum())),
            int(all_of_them.sum()),
        )  # fmt: skip
        held = first.documents[keys], second.documents[keys]
        sides = [(int(each.counts[0]), int(each.documents[0])) for each in (first, second)]
        return table, lambda rows: (held[0][rows], held[1][rows]), self._sides(*sides)

    def _sides(self, first: tuple[int, int], second: tuple[int, int]) -> tuple[Side, Side]:
        """Both sides, by their words and documents."""
        one, two = (
            Side(asked, name, *sums)
            for asked, name, sums in zip(self._asked, self._names, (first, second), strict=True)
        )  # fmt: skip
        return one, two

    def _tallied(self, asked: str, ranges: Ranges) -> Tally:
        """The words of a side that is named, kept for the next comparison with it."""
        question = ("tally", self._by, asked, *self._key)
        return self._pile.tallies.answer(self._pile.generation, question, lambda: self._pile.tally(ranges))

    def _all(self) -> tuple[Tally, Tally]:
        """All words of the documents that are compared, and what anybody says there: as it was counted when the words
        were indexed, where nothing but the language narrows them."""
        pile = self._pile
        if self._narrowed:
            every = pile.tallies.answer(
                pile.generation, ("all words", *self._key), lambda: pile.tally(pile.whole(self._chosen))
            )
            return every, every
        of = None if self.language is None else languages(pile, [self.language])
        return pile.tallies.answer(pile.generation, ("totals", *self._key), lambda: pile.totals(of, self._merged))

    def _rest(self, first: Tally) -> Tally:
        """The words of all others: all without those of the first side, where they are counted already."""
        every, said = self._all()
        if self._by == "party":
            if self._narrowed:
                return self._pile.tally(self._second)
            return said.less(first).plus(self._shared())
        left = self._chosen & ~self._elsewhere
        if 2 * np.count_nonzero(left) > np.count_nonzero(self._chosen):
            return self._pile.tally(self._second)
        return every.less(self._pile.tally(self._pile.whole(left)))

    def _shared(self) -> Tally:
        """No words, but the documents that count for both sides: in which a word is the party's and somebody else's."""
        pile = self._pile
        inside = np.zeros(len(pile.documents), np.bool_)
        inside[self._first.documents] = True
        others = pile.speech.of_anybody(inside, self._merged).less(self._first)
        return Tally(np.zeros(pile.vocabulary, np.int64), pile.shared(self._first, others))

    def _pairs(self) -> tuple[Table, Holding, tuple[Side, Side]]:
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
        sides = ((side.words, side.held) for side in (self._first, self._second))
        return table, lambda rows: (with_1[rows], with_2[rows]), self._sides(*sides)

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
        return {number: spelling for number, (_, spelling) in self._pile.spellings(numbers).items()}
