"""Counting in the running words: where terms stand, whose words are whose, how often each occurs.

The words stay on the disk, mapped into memory; what a question reads of them is let go of after it.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.store.query import Leaf
from onrecord.store.speech import Flags, Ints, Ranges, Speech, spread
from onrecord.store.wordfiles import ARRAYS, VOCABULARY, Stamp, connected, mapped

BLOCK = 1 << 18
"""Words looked at together: what fits into a processor's cache."""
LONG = 1_024
"""Words of a stretch from which on it is read by itself."""
DENSE = 8
"""Stretches that are so great a part of the stream are found by reading all of it."""
FEW = 4
"""Numbers of one word that are compared one by one; more are looked up in a table."""


Piece = tuple[Ints, Callable[[Ints], Ints]]
"""Words, 0 where none is, and the way from their places in the piece to those in the stream."""


def standing(rows: Ints) -> Ints:
    """Of all versions of documents the last ones, in the order of the stream."""
    _, last = np.unique(rows["number"][::-1], return_index=True)
    live = rows[::-1][last]
    live = live[live["current"] > 0]
    # Of two that begin at one place the first has no words: what stands there is the last one's.
    return np.asarray(live[np.lexsort((live["words"], live["start"]))])


class Pile:
    """The running words of one generation. Raises OSError, ValueError, sqlite3.Error where they cannot be read."""

    def __init__(self, folder: Path, stamp: Stamp) -> None:
        self.generation = stamp.generation
        maps = {name: mapped(folder / name, dtype, stamp.lengths[name]) for name, dtype in ARRAYS.items()}
        self._memory, self.stream = maps["stream"]
        self.documents = standing(maps["documents"][1])
        self._files = maps["runs"][1], maps["owners"][1]
        self._db = connected(folder / VOCABULARY)
        self._db.execute("PRAGMA query_only = ON")
        [(self.vocabulary,)] = self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM words")
        self.begins = self.documents["start"].astype(np.int64)
        self.ends = self.begins + self.documents["words"]
        if len(self.ends) and self.ends[-1] > len(self.stream):
            raise ValueError("A document ends behind the stream.")
        self._classes: Ints | None = None
        self._heads: dict[int, str] = {}
        self._speech: Speech | None = None
        self.cache: dict[Any, Any] = {}
        """What was counted, by question; it goes with the generation."""

    def close(self) -> None:
        """Let go of the vocabulary; the arrays go with the last who looks at them."""
        self._db.close()

    def rest(self) -> None:
        """Give back the memory that reading took."""
        if self._memory is not None and hasattr(mmap, "MADV_DONTNEED"):
            with suppress(OSError, ValueError):
                self._memory.madvise(mmap.MADV_DONTNEED)

    # -- which words ---------------------------------------------------------------------------------------------------

    def numbers(self, leaf: Leaf) -> list[Ints]:
        """The numbers that each word of a term may have, as the search understands it."""
        terms = leaf.terms
        found = [self._exactly(term) for term in terms[:-1]]
        found.append(self._beginning(terms[-1]) if leaf.starts else self._exactly(terms[-1]))
        if leaf.stem:
            found[0] = np.union1d(found[0], self._exactly(leaf.stem))
        return found

    def _exactly(self, word: str) -> Ints:
        query = "SELECT number FROM words WHERE word = ?1 UNION SELECT number FROM words WHERE bare = ?1 AND bare <> ''"
        return self._fetched(query, word)

    def _beginning(self, word: str) -> Ints:
        query = (
            "SELECT number FROM words WHERE word >= ?1 AND word < ?2"
            " UNION SELECT number FROM words WHERE bare >= ?1 AND bare < ?2 AND bare <> ''"
        )
        return self._fetched(query, word, word + "\U0010ffff")

    def _fetched(self, query: str, *values: str) -> Ints:
        return np.array([row[0] for row in self._db.execute(query, values)], np.uint32)

    def spellings(self, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
        """Of these numbers the folded word, and how most texts spell it."""
        query = "SELECT word, iif(spelled > 0, spelling, word) FROM words WHERE number = ?"
        rows = ((number, self._db.execute(query, (int(number),)).fetchone()) for number in numbers)
        return {number: row for number, row in rows if row}

    def classes(self) -> Ints:
        """Of each number the one that stands for it when words are compared: with a particle written on to it, or
        without, a word is one, as it is to the search. Worked out once."""
        if self._classes is None:
            table = np.arange(self.vocabulary, dtype=np.uint32)
            heads: dict[str, int] = {}
            query = (
                "SELECT w.number, w.bare, b.number FROM words w LEFT JOIN words b ON b.word = w.bare AND b.bare = ''"
                " WHERE w.bare <> ''"
            )
            for number, bare, head in self._db.execute(query):
                table[number] = heads.setdefault(bare, head or number)
            self._classes, self._heads = table, {number: bare for bare, number in heads.items()}
        return self._classes

    def bare(self, number: int) -> str | None:
        """The folded word that a number stands for where texts have it only with something written on to it."""
        self.classes()
        return self._heads.get(number)

    def figures(self) -> Ints:
        """The numbers of what is made of digits alone."""
        rows = self._db.execute("SELECT number, word FROM words WHERE word >= '0' AND word < ':'")
        return np.array([number for number, word in rows if word.isdecimal()], np.uint32)

    def named(self, values: Collection[str]) -> Ints:
        """The numbers of publishers, languages, genres; unknown ones have none."""
        rows = (self._db.execute("SELECT number FROM names WHERE value = ?", (value,)) for value in values)
        return np.array([row[0] for found in rows for row in found], np.uint32)

    def names(self) -> dict[int, str]:
        """All publishers, languages and genres by number."""
        return dict(self._db.execute("SELECT number, value FROM names"))

    # -- where they stand ----------------------------------------------------------------------------------------------

    def find(self, terms: Sequence[Sequence[Ints]]) -> list[Ints]:
        """Of each term (the numbers that each of its words may have) the places in the stream: also such as
        reach over the end of a document, or stand in one that is gone. `within` tells which count."""
        anchors = [rarest(words) for words in terms]
        looked = [self._test(words[at]) for words, at in zip(terms, anchors, strict=True)]
        found: list[list[Ints]] = [[] for _ in terms]
        for start in range(0, len(self.stream), BLOCK):
            block = self.stream[start : start + BLOCK]
            for places, test in zip(found, looked, strict=True):
                places.append(np.flatnonzero(test(block)) + start)
        result = [
            self._beside(np.concatenate(places) - at if places else np.zeros(0, np.int64), words, at)
            for places, words, at in zip(found, terms, anchors, strict=True)
        ]
        self.rest()
        return result

    def _test(self, numbers: Ints) -> Any:
        """A function that says which words of a block are among these."""
        if len(numbers) > FEW:
            table = np.zeros(self.vocabulary, np.bool_)
            table[numbers] = True
            return lambda block: table.take(block, mode="clip")
        if len(numbers) == 1:
            return lambda block: block == numbers[0]
        return lambda block: np.logical_or.reduce([block == number for number in numbers] or [np.zeros(0, np.bool_)])

    def _beside(self, places: Ints, words: Sequence[Ints], anchor: int) -> Ints:
        """Those places at which the other words of a phrase stand too."""
        places = places[(places >= 0) & (places + len(words) <= len(self.stream))]
        for at, numbers in enumerate(words):
            if at != anchor:
                places = places[self._test(numbers)(self.stream[places + at])]
        return places

    def whole(self, chosen: Flags) -> Ranges:
        """All words of the chosen documents; no stretch is empty."""
        of = np.flatnonzero(chosen & (self.documents["words"] > 0))
        return Ranges(self.begins[of], self.ends[of], of)

    @property
    def speech(self) -> Speech:
        """Whose words stand where; worked out once."""
        if self._speech is None:
            self._speech = Speech(self.documents, *self._files)
        return self._speech

    # -- how often -----------------------------------------------------------------------------------------------------

    def counts(self, ranges: Ranges) -> Ints:
        """How often each word stands in the stretches, by the number that stands for it."""
        total = np.zeros(self.vocabulary, np.int64)
        for words, _ in self._pieces(ranges):
            total += np.bincount(words, minlength=self.vocabulary)[: self.vocabulary]
        total[0] = 0  # no word
        self.rest()
        return np.bincount(self.classes(), total, minlength=self.vocabulary).astype(np.int64)

    def documents_with(self, ranges: Ranges, numbers: Ints) -> Ints:
        """In how many documents each of these words stands within the stretches."""
        ordinal = np.zeros(self.vocabulary, np.uint16)
        ordinal[numbers] = np.arange(1, len(numbers) + 1)
        ordinal = ordinal[self.classes()]
        seen = np.zeros((len(self.documents), len(numbers) + 1), np.bool_)
        for words, places in self._pieces(ranges):
            which = ordinal.take(words, mode="clip")
            at = np.flatnonzero(which)
            of = np.searchsorted(self.begins, places(at), "right") - 1
            seen[of, which[at]] = True
        self.rest()
        return np.asarray(seen.sum(axis=0)[1:])

    def pairs(self, ranges: Ranges) -> tuple[Ints, Ints, Ints]:
        """Words that stand side by side within a stretch: each pair (the first number in the upper half), in order, how
        often it occurs, and in how many documents."""
        found = [self._pairs(part) for part in portions(ranges)]
        self.rest()
        keys = np.concatenate([np.zeros(0, np.uint64), *(key for key, _ in found)])
        holders = np.concatenate([np.zeros(0, np.int64), *(of for _, of in found)])
        if not len(keys):
            return keys, holders, holders
        order = np.lexsort((holders, keys))
        keys, holders = keys[order], holders[order]
        new = np.append(True, keys[1:] != keys[:-1])
        fresh = new | np.append(True, holders[1:] != holders[:-1])
        first = np.flatnonzero(new)
        return keys[first], np.diff(np.append(first, len(keys))), np.add.reduceat(fresh.astype(np.int64), first)

    def _pairs(self, ranges: Ranges) -> tuple[Ints, Ints]:
        """The pairs of some stretches, each with its document."""
        places, stretch = spread(ranges.starts, ranges.ends - ranges.starts)
        words = self.classes().take(self.stream[places], mode="clip").astype(np.uint64)
        same = stretch[1:] == stretch[:-1]
        return (words[:-1] << np.uint64(32) | words[1:])[same], ranges.documents[stretch[:-1][same]]

    def _pieces(self, ranges: Ranges) -> Iterator[Piece]:
        """The words of the stretches, piece by piece, by the way that is quickest."""
        words = ranges.words
        if words >= LONG * len(ranges.starts):
            return self._sliced(joined(ranges))
        return self._swept(ranges) if DENSE * words > len(self.stream) else self._gathered(ranges)

    def _sliced(self, ranges: Ranges) -> Iterator[Piece]:
        """A few long stretches."""
        for start, end in zip(ranges.starts.tolist(), ranges.ends.tolist(), strict=True):
            for at in range(start, end, 4 * BLOCK):
                yield self.stream[at : min(at + 4 * BLOCK, end)], partial(np.add, at)

    def _gathered(self, ranges: Ranges) -> Iterator[Piece]:
        """Many short stretches, far apart."""
        for part in portions(ranges):
            places, _ = spread(part.starts, part.ends - part.starts)
            yield self.stream[places], places.__getitem__

    def _swept(self, ranges: Ranges) -> Iterator[Piece]:
        """Many short stretches, together a good part of the stream: all of it is read; what is between is no word."""
        for start in range(0, len(self.stream), BLOCK):
            block = self.stream[start : start + BLOCK]
            first, last = np.searchsorted(ranges.ends, start, "right"), np.searchsorted(ranges.starts, start + BLOCK)
            change = np.zeros(len(block) + 1, np.int8)
            change[np.maximum(ranges.starts[first:last] - start, 0)] += 1
            np.subtract.at(change, np.minimum(ranges.ends[first:last] - start, len(block)), 1)
            yield block * np.cumsum(change[:-1], dtype=np.int8).view(np.uint8), partial(np.add, start)


def rarest(words: Sequence[Ints]) -> int:
    """Which word of a phrase to look for first: frequent words came early, and have low numbers."""
    return min(range(len(words)), key=lambda at: (len(words[at]), -int(words[at].min(initial=0xFFFFFFFF))))


def portions(ranges: Ranges) -> Iterator[Ranges]:
    """Stretches in parts of some hundred thousand words, a longer stretch by itself."""
    sums = np.cumsum(ranges.ends - ranges.starts)
    first = 0
    while first < len(sums):
        before = int(sums[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(sums, before + BLOCK, "right")))
        yield Ranges(*(column[first:last] for column in ranges))
        first = last


def joined(ranges: Ranges) -> Ranges:
    """Stretches that follow on one another as one, across documents: for counting alone."""
    if not len(ranges.starts):
        return ranges
    first = np.flatnonzero(np.append(True, ranges.starts[1:] != ranges.ends[:-1]))
    return Ranges(
        ranges.starts[first], ranges.ends[np.append(first[1:], len(ranges.ends)) - 1], ranges.documents[first]
    )
