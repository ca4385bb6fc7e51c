"""Whose words stand where in the stream: of a party, of anybody, of nobody that is known.

A party's words are, in statements that it makes its own, all that is not said to be somebody else's; elsewhere, what it
is quoted with. What it is only reported to say is in another's words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.store.voices import Spoken

SOME = 4_096
"""Documents looked at together: all at once would hold what is worked out of them in memory."""
Ints = NDArray[Any]
Flags = NDArray[np.bool_]


class Ranges(NamedTuple):
    """Stretches of the stream in its order, each within one document: from `starts` to `ends`, in words."""

    starts: Ints
    ends: Ints
    documents: Ints
    """Of each stretch the ordinal of its document."""

    @property
    def words(self) -> int:
        return int((self.ends - self.starts).sum())

    @property
    def held(self) -> int:
        """How many documents they stand in."""
        return int(np.count_nonzero(self.documents[1:] != self.documents[:-1])) + bool(len(self.documents))

    def among(self, chosen: Flags) -> Ranges:
        """Those that stand in the chosen documents."""
        kept = chosen[self.documents]
        return self if kept.all() else Ranges(*(column[kept] for column in self))

    def within(self, places: Ints, length: int) -> Ints:
        """How many places of a term of `length` words (in order) stand within each stretch: the fewer are looked for
        among the more."""
        if len(places) < len(self.starts):
            at = np.searchsorted(self.starts, places, "right") - 1
            inside = (at >= 0) & (places + length <= self.ends[at])
            return np.bincount(at[inside], minlength=len(self.starts))
        first = np.searchsorted(places, self.starts)
        return np.asarray(np.maximum(np.searchsorted(places, self.ends - length, "right") - first, 0))

    def less(self, part: Ranges) -> Ranges:
        """What is left of these stretches without others that lie within them."""
        starts = np.sort(np.concatenate([self.starts, part.ends]))
        ends = np.sort(np.concatenate([self.ends, part.starts]))
        kept = starts < ends
        starts, ends = starts[kept], ends[kept]
        return Ranges(starts, ends, self.documents[np.searchsorted(self.starts, starts, "right") - 1])


class Runs(NamedTuple):
    """Stretches of one voice each, of some documents, a column a fact."""

    documents: Ints
    starts: Ints
    ends: Ints
    speakers: Ints
    statements: Ints
    """Ordinals in the archive; the first of each document is no statement."""
    voices: Ints


class Speech:
    """The runs and owners of the documents that stand, with the ways from a party to its words."""

    def __init__(self, documents: Ints, runs: Ints, owners: Ints) -> None:
        self._rows = runs
        self._begins = documents["start"].astype(np.int64)
        self._ends = self._begins + documents["words"]
        self._first, self._many = documents["run"].astype(np.int64), documents["runs"].astype(np.int64)
        owned_at, owned_of = spread(documents["owner"], documents["owners"])
        self._bases = np.append(0, np.cumsum(documents["statements"].astype(np.int64) + 1))
        by_owner = np.argsort(owners[owned_at]["entity"], kind="stable")
        self._owners = owners[owned_at]["entity"][by_owner]
        self._owned = (self._bases[owned_of] + owners[owned_at]["statement"])[by_owner]
        self._holders = owned_of[by_owner]
        self._is_owned = np.zeros(int(self._bases[-1]), np.bool_)
        self._is_owned[self._owned] = True
        self._work_out()

    def _work_out(self) -> None:
        """How many words each statement has of its own, and where who is quoted."""
        lengths, quoted = [np.zeros(0, np.int64)], [NO_RUNS]
        for first, runs in self._all(np.arange(len(self._begins))):
            base, end = self._bases[first], self._bases[min(first + SOME, len(self._bases) - 1)]
            own = np.where(runs.voices == Spoken.OWN, runs.ends - runs.starts, 0)
            lengths.append(np.bincount(runs.statements - base, own, minlength=end - base).astype(np.int64))
            said = (runs.voices == Spoken.DIRECT) & (runs.speakers > 0)
            quoted.append(Runs(*(column[said] for column in runs)))
        self._lengths = np.concatenate(lengths)
        found = Runs(*(np.concatenate(columns) for columns in zip(*quoted, strict=True)))
        order = np.argsort(found.speakers, kind="stable")
        self._quoted = Runs(*(column[order] for column in found))

    def _of(self, documents: Ints) -> Runs:
        """The runs of some documents, by their ordinals in order."""
        first, many = self._first[documents], self._many[documents]
        of = np.repeat(documents, many)
        if len(first) and np.array_equal(first[1:], first[:-1] + many[:-1]):
            rows = self._rows[first[0] : first[-1] + many[-1]]
        else:
            rows = self._rows[spread(first, many)[0]]
        starts = self._begins[of] + rows["first"]
        ends = np.append(starts[1:], 0)[: len(starts)]
        last = np.append(of[1:] != of[:-1], True)[: len(of)]
        ends[last] = self._ends[of[last]]
        return Runs(of, starts, ends, rows["speaker"], self._bases[of] + rows["statement"], rows["voice"])

    def _all(self, documents: Ints) -> Iterator[tuple[int, Runs]]:
        """The runs of these documents, some at a time, each time with the place of the first."""
        return ((at, self._of(documents[at : at + SOME])) for at in range(0, len(documents), SOME))

    # -- of a party ----------------------------------------------------------------------------------------------------

    def of(self, entities: Collection[int], chosen: Flags) -> Ranges:
        """The words of a party (the numbers of all entities that it is) in the chosen documents."""
        members = np.unique(np.array(list(entities), np.int64))
        owned = concatenated(self._owners, members)
        documents = np.unique(self._holders[owned])
        runs = self._of(documents[chosen[documents]])
        mine = np.zeros(len(self._is_owned), np.bool_)
        mine[self._owned[owned]] = True
        own = mine[runs.statements] & ((runs.voices == Spoken.OWN) | np.isin(runs.speakers, members))
        quoted = concatenated(self._quoted.speakers, members)
        quoted = quoted[chosen[self._quoted.documents[quoted]]]
        return united(
            np.concatenate([runs.starts[own], self._quoted.starts[quoted]]),
            np.concatenate([runs.ends[own], self._quoted.ends[quoted]]),
            np.concatenate([runs.documents[own], self._quoted.documents[quoted]]),
        )

    def of_anybody(self, chosen: Flags, merged: Mapping[int, int]) -> Ranges:
        """The words that are any party's own, or that anybody known is quoted with, in the chosen documents.

        `merged` gives of entities that are one with another the one that stands for them.
        """
        heads = np.arange(
            1 + max(int(self._owners.max(initial=0)), int(self._quoted.speakers.max(initial=0)), *merged, 0)
        )
        heads[list(merged)] = list(merged.values())
        owners = np.sort(self._owned << 32 | heads[self._owners])
        found = []
        for _, runs in self._all(np.flatnonzero(chosen)):
            speakers = np.where(runs.speakers < len(heads), heads.take(runs.speakers, mode="clip"), runs.speakers)
            own = self._is_owned[runs.statements] & (runs.voices == Spoken.OWN)
            own |= among(runs.statements << 32 | speakers, owners)
            own |= (runs.voices == Spoken.DIRECT) & (runs.speakers > 0)
            found.append(united(runs.starts[own], runs.ends[own], runs.documents[own]))
        return Ranges(*(np.concatenate(columns) for columns in zip(*found, strict=True))) if found else NOTHING

    def totals(self, chosen: Flags) -> Ints:
        """Of each entity, by its number, how many words are its own in the chosen documents."""
        most = max(int(self._owners.max(initial=0)), int(self._quoted.speakers.max(initial=0))) + 1
        own = np.bincount(self._owners, self._lengths[self._owned] * chosen[self._holders], minlength=most)
        lengths = self._quoted.ends - self._quoted.starts
        quoted = np.bincount(self._quoted.speakers, lengths * chosen[self._quoted.documents], minlength=most)
        return (own + quoted).astype(np.int64)


NO_RUNS = Runs(*[np.zeros(0, np.int64)] * len(Runs._fields))
NOTHING = Ranges(*[np.zeros(0, np.int64)] * len(Ranges._fields))


def spread(starts: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """All places of stretches in a row, and of each the ordinal of its stretch."""
    lengths = lengths.astype(np.int64)
    before = np.cumsum(lengths) - lengths
    of = np.repeat(np.arange(len(lengths)), lengths)
    return np.arange(len(of)) + np.repeat(starts.astype(np.int64) - before, lengths), of


def among(values: Ints, column: Ints) -> Flags:
    """Which values stand in a sorted column."""
    if not len(column):
        return np.zeros(len(values), np.bool_)
    return np.asarray(column.take(np.searchsorted(column, values), mode="clip") == values)


def concatenated(column: Ints, values: Ints) -> Ints:
    """The places of these values in a sorted column."""
    first, last = np.searchsorted(column, values), np.searchsorted(column, values, "right")
    return spread(first, last - first)[0]


def united(starts: Ints, ends: Ints, documents: Ints) -> Ranges:
    """Stretches in order, each once, those of a document that follow on one another as one."""
    _, order = np.unique(starts, return_index=True)
    starts, ends, documents = starts[order], ends[order], documents[order]
    if not len(starts):
        return NOTHING
    first = np.flatnonzero(np.append(True, (starts[1:] != ends[:-1]) | (documents[1:] != documents[:-1])))
    return Ranges(starts[first], ends[np.append(first[1:], len(ends)) - 1], documents[first])
