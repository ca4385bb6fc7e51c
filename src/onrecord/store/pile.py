"""Counting in the running words: where terms stand, whose words are whose, how often each occurs.

The words stay on the disk, mapped into memory; what a question reads of them is let go of after it.
"""

from __future__ import annotations

import mmap
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from onrecord.store.kept import Kept
from onrecord.store.query import Leaf
from onrecord.store.reading import Reader
from onrecord.store.speech import Flags, Ints, Ranges, Speech, among, spread
from onrecord.store.wordfiles import ARRAYS, TOTAL, VOCABULARY, Placed, Stamp, connected, mapped

BLOCK = 1 << 18
"""Words looked at together: what fits into a processor's cache."""
PORTION = 1 << 19
"""Words counted together."""
SPREAD = 1 << 13
"""Places looked at together, each of which may lie on a page of its own: 32 MB."""
FEW = 4
"""Numbers of one word that are compared one by one; more are looked up in a table."""


ANSWERS = 64
"""Answers kept for as long as nothing changes."""
TALLIES = 8
"""Counts of all words, of some megabytes each, that are kept."""


class Tally(NamedTuple):
    """Of each word how often it stands in some text, and in how many documents; of word 0, of any."""

    counts: Ints
    documents: Ints

    def less(self, other: Tally) -> Tally:
        return Tally(self.counts - other.counts, self.documents - other.documents)

    def plus(self, other: Tally) -> Tally:
        return Tally(self.counts + other.counts, self.documents + other.documents)


def standing(rows: Ints) -> Ints:
    """Of all versions of documents the last ones, in the order of the stream."""
    _, last = np.unique(rows["number"][::-1], return_index=True)
    live = rows[::-1][last]
    live = live[live["current"] > 0]
    # Of two that begin at one place the first has no words: what stands there is the last one's.
    return np.asarray(live[np.lexsort((live["words"], live["start"]))])


class Places(NamedTuple):
    """Where each word stands in the first `words` words of the stream."""

    words: int
    begins: Ints
    """Of each number, and of the one behind the last, where its places begin."""
    places: Ints
    memory: mmap.mmap | None

    @classmethod
    def of(cls, folder: Path, placed: Placed | None) -> Places:
        """Raises OSError, ValueError."""
        if placed is None:
            return cls(0, np.zeros(1, np.int64), np.zeros(0, np.uint32), None)
        memory, whole = mapped(folder / placed.file, np.dtype("<u4"), placed.length)
        head = 2 * (placed.vocabulary + 1)
        return cls(placed.words, whole[:head].view("<u8").astype(np.int64), whole[head:], memory)

    def of_term(self, words: Sequence[Ints], anchor: int) -> Ints:
        """Where a term begins there (the numbers that each of its words may have), looked for from one of its words."""
        found = self.of_word(words[anchor]) - anchor
        for at, numbers in enumerate(words):
            if at != anchor:
                found = found[among(found, self.of_word(numbers) - at)]
        return found

    def of_word(self, numbers: Ints) -> Ints:
        """Where any of these numbers stands, in order."""
        known = numbers[numbers < len(self.begins) - 1].astype(np.int64)
        first, last = self.begins[known], self.begins[known + 1]
        if len(known) == 1:
            return self.places[first[0] : last[0]].astype(np.int64)
        found = [self.places[start:end] for start, end in zip(first.tolist(), last.tolist(), strict=True)]
        return np.sort(np.concatenate([self.places[:0], *found])).astype(np.int64)


class Pile:
    """The running words of one generation. Raises OSError, ValueError, sqlite3.Error where they cannot be read."""

    def __init__(self, folder: Path, stamp: Stamp) -> None:
        self.generation = stamp.generation
        maps = {name: mapped(folder / name, dtype, stamp.lengths[name]) for name, dtype in ARRAYS.items()}
        self._memories = [memory for memory, _ in maps.values() if memory is not None]
        self.stream = maps["stream"][1]
        self._stamp, self._rows = stamp, maps["documents"][1]
        self.documents = standing(self._rows)
        self._files = maps["runs"][1], maps["owners"][1]
        kept = stamp.totals
        self._kept = mapped(folder / kept.file, TOTAL, kept.length)[1] if kept else np.zeros(0, TOTAL)
        self._placed = Places.of(folder, stamp.placed)
        self._memories += [self._placed.memory] if self._placed.memory else []
        self._db = Reader(connected(folder / VOCABULARY), folder)
        self._db.rows("PRAGMA query_only = ON")
        [(self.vocabulary,)] = self._db.rows("SELECT coalesce(max(number), 0) + 1 FROM words")
        self.begins = self.documents["start"].astype(np.int64)
        self.ends = self.begins + self.documents["words"]
        if len(self.ends) and self.ends[-1] > len(self.stream):
            raise ValueError("A document ends behind the stream.")
        self._classes: Ints | None = None
        self._speech: Speech | None = None
        self.answers, self.tallies = Kept(ANSWERS), Kept(TALLIES)
        """What was counted, by question; it goes with the generation."""

    def close(self) -> None:
        """Let go of the vocabulary; the arrays go with the last who looks at them."""
        self._db.close()

    def rest(self) -> None:
        """Give back the memory that reading took."""
        if hasattr(mmap, "MADV_DONTNEED"):
            for memory in self._memories:
                with suppress(OSError, ValueError):
                    memory.madvise(mmap.MADV_DONTNEED)

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
        """Without those that came since: the vocabulary is read as it is now."""
        return np.array([row[0] for row in self._db.rows(query, values) if row[0] < self.vocabulary], np.uint32)

    def spellings(self, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
        """Of these numbers the folded word, and how most texts spell it."""
        query = "SELECT word, iif(spelled > 0, spelling, word) FROM words WHERE number = ?"
        rows = ((number, self._db.row(query, (int(number),))) for number in numbers)
        return {number: row for number, row in rows if row}

    def classes(self) -> Ints:
        """Of each number the one that stands for it when words are compared: with a particle written on to it, or
        without, a word is one, as it is to the search. Worked out once."""
        if self._classes is None:
            table = np.arange(self.vocabulary, dtype=np.uint32)
            query = (
                "SELECT w.number, b.number FROM words w CROSS JOIN words b ON b.word = w.bare AND b.bare = ''"
                " WHERE w.bare <> '' AND w.number < ? AND b.number < ?"
            )
            pairs = np.array(self._db.rows(query, [self.vocabulary] * 2), np.int64).reshape(-1, 2)
            table[pairs[:, 0]] = pairs[:, 1]
            self._classes = table
        return self._classes

    def figures(self) -> Ints:
        """The numbers of what is made of digits alone."""
        rows = self._db.rows("SELECT number, word FROM words WHERE word >= '0' AND word < ':'")
        return np.array([number for number, word in rows if word.isdecimal()], np.uint32)

    def named(self, values: Collection[str]) -> Ints:
        """The numbers of publishers, languages, genres; unknown ones have none."""
        rows = (self._db.rows("SELECT number FROM names WHERE value = ?", (value,)) for value in values)
        return np.array([row[0] for found in rows for row in found], np.uint32)

    def names(self) -> dict[int, str]:
        """All publishers, languages and genres by number."""
        return dict(self._db.rows("SELECT number, value FROM names"))

    # -- where they stand ----------------------------------------------------------------------------------------------

    def find(self, terms: Sequence[Sequence[Ints]]) -> list[Ints]:
        """Of each term (the numbers that each of its words may have) the places in the stream: also such as
        reach over the end of a document, or stand in one that is gone. `within` tells which count."""
        anchors = [rarest(words) for words in terms]
        looked = [self._test(words[at]) for words, at in zip(terms, anchors, strict=True)]
        found: list[list[Ints]] = [[np.zeros(0, np.int64)] for _ in terms]
        for start in range(self._placed.words, len(self.stream), BLOCK):
            block = self.stream[start : start + BLOCK]
            for places, test in zip(found, looked, strict=True):
                places.append(np.flatnonzero(test(block)) + start)
        result = [
            np.append(self._placed.of_term(words, at), self._beside(np.concatenate(places) - at, words, at))
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
        tests = [(at, self._test(numbers)) for at, numbers in enumerate(words) if at != anchor]
        if not tests:
            return places
        found = [places[:0]]
        for start in range(0, len(places), SPREAD):
            some = places[start : start + SPREAD]
            for at, test in tests:
                some = some[test(self.stream[some + at])]
            found.append(some)
            self.rest()
        return np.concatenate(found)

    def whole(self, chosen: Flags) -> Ranges:
        """All words of the chosen documents; no stretch is empty."""
        return whole(self.documents, chosen)

    @property
    def speech(self) -> Speech:
        """Whose words stand where; worked out once."""
        if self._speech is None:
            self._speech = Speech(self.documents, *self._files)
        return self._speech

    # -- how often -----------------------------------------------------------------------------------------------------

    def tally(self, ranges: Ranges) -> Tally:
        """How often each word stands in the stretches, by the number that stands for it, and in how many documents."""
        total = Tally(*np.zeros((2, self.vocabulary), np.int64))
        for part in portions(ranges):
            words, of = self._words_of(part)
            total.counts[:] += np.bincount(words, minlength=self.vocabulary)
            total.documents[:] += self._held(distinct(words, of, self.vocabulary))
        total.counts[0] = ranges.words
        return total

    def shared(self, one: Ranges, other: Ranges) -> Ints:
        """In how many documents each word stands both in the ones and in the other stretches."""
        inside = np.zeros((2, len(self.documents)), np.bool_)
        inside[0, one.documents] = inside[1, other.documents] = True
        one, other = one.among(inside[1]), other.among(inside[0])
        total = np.zeros(self.vocabulary, np.int64)
        for part in portions(one):
            ends = part.documents[0], part.documents[-1] + 1
            some = slice(*np.searchsorted(other.documents, ends))
            beside = Ranges(*(column[some] for column in other))
            keys, others = (distinct(*self._words_of(each), self.vocabulary) for each in (part, beside))
            total += self._held(np.intersect1d(keys, others, assume_unique=True))
        return total

    def _held(self, keys: Ints) -> Ints:
        """How many documents hold each word, from `distinct`; of word 0, how many any."""
        vocabulary = keys.dtype.type(self.vocabulary)
        total = np.bincount(keys % vocabulary, minlength=self.vocabulary)
        of = keys // vocabulary
        total[0] = np.count_nonzero(of[1:] != of[:-1]) + bool(len(of))
        return total

    def _words_of(self, ranges: Ranges) -> tuple[Ints, Ints]:
        """The words of some stretches, by the numbers that stand for them, and of each the ordinal of its document
        among those of the stretches."""
        lengths = ranges.ends - ranges.starts
        if np.array_equal(ranges.starts[1:], ranges.ends[:-1]):
            words = self.stream[ranges.starts[0] : ranges.ends[-1]]
        else:
            words = self.stream[spread(ranges.starts, lengths)[0]]
        numbers = self.classes().take(words, mode="clip")
        self.rest()
        new = np.append(False, ranges.documents[1:] != ranges.documents[:-1])
        return numbers, np.repeat(np.cumsum(new, dtype=np.uint32), lengths)

    def totals(self, languages: Collection[int] | None, merged: Mapping[int, int]) -> tuple[Tally, Tally]:
        """All words of the documents in these languages (None: of all documents), and what anybody says there, as
        `Speech.of_anybody`: kept with the files, but for the documents that changed since; where other entities are
        one now, counted."""
        every, said = (Tally(*np.zeros((2, self.vocabulary), np.int64)) for _ in range(2))
        kept = self._stamp.totals
        if kept is None or kept.merged != merging(merged):
            parts = [(1, self.totalled(self.documents, merged, self.speech))]
        else:
            old, new = (standing(self._changed(kept.rows, upto)) for upto in (kept.rows, None))
            parts = [(1, self._kept), (-1, self.totalled(old, merged)), (1, self.totalled(new, merged))]
        for sign, rows in parts:
            if languages is not None:
                rows = rows[np.isin(rows["language"], list(languages))]
            for tally, names in ((every, ("words", "documents")), (said, ("said", "saying"))):
                for column, name in zip(tally, names, strict=True):
                    column += sign * np.bincount(rows["word"], rows[name], self.vocabulary).astype(np.int64)
        return every, said

    def _changed(self, since: int, upto: int | None) -> Ints:
        """The rows, among the first ones, of documents of which there are rows after `since`."""
        changed = np.unique(self._rows["number"][since:])
        rows = self._rows[:upto]
        return rows[np.isin(rows["number"], changed)] if len(changed) else rows[:0]

    def totalled(self, rows: Ints, merged: Mapping[int, int], speech: Speech | None = None) -> Ints:
        """The totals of some documents."""
        speech = speech or Speech(rows, *self._files)
        anybody = speech.of_anybody(np.ones(len(rows), np.bool_), merged)
        found = [np.zeros(0, TOTAL)]
        for language in np.unique(rows["language"]):
            chosen = rows["language"] == language
            every, said = self.tally(whole(rows, chosen)), self.tally(anybody.among(chosen))
            words = np.flatnonzero(every.counts)
            column = np.zeros(len(words), TOTAL)
            column["language"], column["word"] = language, words
            column["words"], column["documents"] = every.counts[words], every.documents[words]
            column["said"], column["saying"] = said.counts[words], said.documents[words]
            found.append(column)
        return np.concatenate(found)

    def pairs(self, ranges: Ranges) -> tuple[Ints, Ints, Ints]:
        """Words that stand side by side within a stretch: each pair (the first number in the upper half), in order, how
        often it occurs, and in how many documents."""
        found = [self._pairs(part) for part in portions(ranges)]
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
        self.rest()
        same = stretch[1:] == stretch[:-1]
        return (words[:-1] << np.uint64(32) | words[1:])[same], ranges.documents[stretch[:-1][same]]


def rarest(words: Sequence[Ints]) -> int:
    """Which word of a phrase to look for first: frequent words came early, and have low numbers."""
    return min(range(len(words)), key=lambda at: (len(words[at]), -int(words[at].min(initial=0xFFFFFFFF))))


def portions(ranges: Ranges) -> Iterator[Ranges]:
    """Stretches in parts of some hundred thousand words; those of a document stay together."""
    sums = np.cumsum(ranges.ends - ranges.starts)
    ends = np.append(np.flatnonzero(ranges.documents[1:] != ranges.documents[:-1]) + 1, len(sums))[: len(sums)]
    first = 0
    while first < len(sums):
        before = int(sums[first - 1]) if first else 0
        full = np.searchsorted(sums, before + PORTION)
        last = int(ends.take(np.searchsorted(ends, full, "right"), mode="clip"))
        yield Ranges(*(column[first:last] for column in ranges))
        first = last


def distinct(words: Ints, documents: Ints, vocabulary: int) -> Ints:
    """The words of each document, each once, in order, as document * vocabulary + word. Sorting numbers of half the
    size takes half the time."""
    small = (int(documents[-1]) + 1) * vocabulary < 1 << 32
    kind = np.uint32 if small else np.uint64
    keys = np.sort(documents * kind(vocabulary) + words)
    return np.asarray(keys[np.append(True, keys[1:] != keys[:-1])])


def whole(rows: Ints, chosen: Flags) -> Ranges:
    """All words of the chosen documents among these; no stretch is empty."""
    of = np.flatnonzero(chosen & (rows["words"] > 0))
    begins = rows["start"][of].astype(np.int64)
    return Ranges(begins, begins + rows["words"][of], of)


def merging(merged: Mapping[int, int]) -> int:
    """A check of which entities are one with another."""
    return crc32(np.array(sorted(merged.items()), np.int64).tobytes())
