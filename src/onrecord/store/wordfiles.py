"""The files of the running words: arrays that only grow, a vocabulary, and a stamp that says how much of each counts.

    words/stamp.json          which state of which archive, in which folder, how long each file is
    words/1/stream            the number of every running word, one document after the other
    words/1/documents         a row a version of a document: where its words stand; the last one counts
    words/1/runs, owners      whose words stand where (store/voices.py), and whose each statement is
    words/1/vocabulary.sqlite what the numbers mean
    words/1/totals.7          how often each word stands in all texts of a language, and is said there by anybody, when
                              the stamp's `totals` were taken: the documents that changed since are counted on top
    words/1/places.7          where each word stands in the stream as it was when the stamp's `placed` was written:
                              behind that it is looked for word by word

Nothing that a stamp counts is ever written over, so readers need no lock, and what a killed writer left behind the
stamped end is cut off by the next. A stamp is written last.
"""

from __future__ import annotations

import mmap
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

FORMAT = 3
"""Raised when what stands in the files changes: older ones are made again."""
STAMP = "stamp.json"
VOCABULARY = "vocabulary.sqlite"
TOTALS = "totals"
PLACES = "places"
BLOCK = 1 << 22
"""Bytes read at once to check a file."""
PICKED = 1 << 21
"""Words looked through at once, and places sorted at once, to say where each word stands."""
FLUSH = 5_000
"""New words that are written together."""

NUMBER = np.dtype("<u4")
RUN = np.dtype([("first", "<u4"), ("speaker", "<u4"), ("statement", "<u2"), ("voice", "<u2")])
OWNER = np.dtype([("entity", "<u4"), ("statement", "<u4")])
DOCUMENT = np.dtype([
    ("number", "<u4"), ("current", "<u4"), ("start", "<u8"), ("words", "<u4"), ("runs", "<u4"), ("run", "<u8"),
    ("owner", "<u8"), ("owners", "<u4"), ("low", "<u4"), ("high", "<u4"), ("publisher", "<u4"), ("language", "<u4"),
    ("genre", "<u4"), ("statements", "<u4"), ("digest", "<u8"),
])  # fmt: skip
"""`start`, `run`, `owner`: where its words, runs and owners begin; `statements`: how many it has; days as 20240503,
0: not known; names by number; `digest`: the first 8 bytes of the text's."""
ARRAYS: dict[str, np.dtype[Any]] = {"stream": NUMBER, "runs": RUN, "owners": OWNER, "documents": DOCUMENT}

TOTAL = np.dtype([
    ("language", "<u4"), ("word", "<u4"), ("words", "<u8"), ("said", "<u8"), ("documents", "<u4"), ("saying", "<u4"),
])  # fmt: skip
"""Of a word in a language: how often it stands in texts, how often it is somebody's own there, and in how many
documents each. Word 0 stands for any."""

TABLES = """
CREATE TABLE IF NOT EXISTS words (
  number   INTEGER PRIMARY KEY,
  word     TEXT NOT NULL,           -- folded
  bare     TEXT NOT NULL,           -- without what is written on to it; empty where there is nothing
  spelling TEXT,                    -- the first one that says more than the folding
  spelled  INTEGER NOT NULL,        -- how much more often it is spelled so than otherwise
  UNIQUE (word, bare)
);
CREATE INDEX IF NOT EXISTS words_by_bare ON words (bare) WHERE bare <> '';
CREATE TABLE IF NOT EXISTS names (
  number INTEGER PRIMARY KEY,
  value  TEXT NOT NULL UNIQUE
);
"""


class Totals(Struct, frozen=True):
    """A file of totals, and what was counted in it."""

    file: str
    length: int
    check: int
    """Bytes, and their CRC-32."""
    rows: int
    """The rows of `documents` that are in it."""
    merged: int
    """CRC-32 of which entities are one with another: it decides what is said in somebody's own statement."""


class Placed(Struct, frozen=True):
    """A file of places: where those of each word begin (8 bytes each, one more than there are words), then the places
    in order, word by word (4 bytes each)."""

    file: str
    length: int
    check: int
    """Bytes, and their CRC-32."""
    words: int
    """Words of the stream that are in it."""
    vocabulary: int
    """Words that it tells apart: numbers below this."""


class Stamp(Struct, frozen=True):
    """What counts of the files, and which state of which archive they hold."""

    format: int
    archive: str
    generation: int
    folder: str
    lengths: dict[str, int] = {}
    """Bytes of each array."""
    checks: dict[str, int] = {}
    """CRC-32 of each array."""
    totals: Totals | None = None
    placed: Placed | None = None

    @property
    def derived(self) -> dict[str, tuple[int, int]]:
        """The files that are worked out of the arrays, by name: bytes and CRC-32."""
        return {each.file: (each.length, each.check) for each in (self.totals, self.placed) if each}


def read_stamp(folder: Path) -> Stamp | None:
    """None where it is missing, damaged or of another format."""
    try:
        stamp = msgspec.json.decode((folder / STAMP).read_bytes(), type=Stamp)
    except (OSError, msgspec.DecodeError):
        return None
    whole = stamp.format == FORMAT and stamp.lengths.keys() == ARRAYS.keys() and stamp.folder.isdecimal()
    return stamp if whole else None


def write_stamp(folder: Path, stamp: Stamp) -> None:
    """The last step: until it is taken, nothing that was written counts."""
    temporary = folder / (STAMP + ".new")
    with temporary.open("wb") as file:
        file.write(msgspec.json.encode(stamp))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / STAMP)


def damaged(folder: Path, stamp: Stamp) -> list[str]:
    """The files that are not as they were written, by name."""
    place = folder / stamp.folder
    found = [name for name in ARRAYS if check(place / name, stamp.lengths[name]) != stamp.checks[name]]
    found += [name for name, (length, said) in stamp.derived.items() if check(place / name, length) != said]
    return found if Vocabulary.sound(place / VOCABULARY) else [*found, VOCABULARY]


def check(path: Path, length: int) -> int | None:
    """CRC-32 of a file's first bytes; None where there are not as many."""
    value = 0
    try:
        with path.open("rb") as file:
            while length > 0 and (block := file.read(min(BLOCK, length))):
                value = crc32(block, value)
                length -= len(block)
    except OSError:
        return None
    return value if length == 0 else None


class Appending:
    """One array, being written. What stands behind the stamped end is cut off first."""

    def __init__(self, path: Path, dtype: np.dtype[Any], length: int, check: int) -> None:
        self.length, self.check = length, check
        self._dtype = dtype
        self._rows: list[Any] = []
        self._file = path.open("ab")
        self._file.truncate(length)

    def add(self, rows: Sequence[Any]) -> int:
        """Take in rows; returns the place of the first."""
        place = self.length // self._dtype.itemsize + len(self._rows)
        self._rows += rows
        return place

    def write(self) -> None:
        """Write what was taken in."""
        data = np.array(self._rows, self._dtype).tobytes()
        self._rows.clear()
        self._file.write(data)
        self.length += len(data)
        self.check = crc32(data, self.check)

    def settle(self) -> None:
        """Once it returns, a power cut loses nothing that was written."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


def write_totals(folder: Path, rows: NDArray[Any], generation: int, counted: int, merged: int) -> Totals:
    """A file of totals of its own name. Once this returns, a power cut loses nothing."""
    name = f"{TOTALS}.{generation}"
    return Totals(name, *written(folder / name, [rows]), counted, merged)


def write_places(folder: Path, stream: NDArray[Any], vocabulary: int, generation: int) -> Placed:
    """A file of places of its own name. Once this returns, a power cut loses nothing."""
    name = f"{PLACES}.{generation}"
    return Placed(name, *written(folder / name, placed(stream, vocabulary)), len(stream), vocabulary)


def placed(stream: NDArray[Any], vocabulary: int) -> Iterator[NDArray[Any]]:
    """What a file of places holds, a portion at a time: of as many words as have so many places the places are picked
    out of the stream and sorted. So it takes little memory, and the stream is gone through 65 times at most."""
    portion = max(PICKED, len(stream) // 64)
    counts = np.zeros(vocabulary, np.int64)
    for start in range(0, len(stream), PICKED):
        counts += np.bincount(stream[start : start + PICKED], minlength=vocabulary)
    ends = np.cumsum(counts)
    yield np.append(0, ends).astype("<u8")
    first = 0
    while first < vocabulary:
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + portion, "right")))
        if last == first + 1:  # no sorting: a frequent word may have more places than are to be held at once
            yield from (at.astype(NUMBER) for at in picked(stream, first, last))
        else:
            keys = [
                stream[at].astype(np.uint64) << np.uint64(32) | at.astype(np.uint64)
                for at in picked(stream, first, last)
            ]
            yield np.sort(np.concatenate(keys)).astype(NUMBER)
        first = last


def picked(stream: NDArray[Any], first: int, last: int) -> Iterator[NDArray[Any]]:
    """The places of words from one number to another."""
    for start in range(0, len(stream), PICKED):
        block = stream[start : start + PICKED]
        yield np.flatnonzero(block - NUMBER.type(first) < last - first) + start


def written(path: Path, parts: Iterable[NDArray[Any]]) -> tuple[int, int]:
    """Write arrays one behind the other; returns how many bytes, and their CRC-32."""
    length = value = 0
    with path.open("wb") as file:
        for part in parts:
            data = part.tobytes()
            file.write(data)
            length, value = length + len(data), crc32(data, value)
        file.flush()
        os.fsync(file.fileno())
    return length, value


def mapped(path: Path, dtype: np.dtype[Any], length: int) -> tuple[mmap.mmap | None, NDArray[Any]]:
    """The first bytes of a file as an array that stays on the disk. Raises OSError, ValueError where it is shorter."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size < length:
            raise ValueError(f"{path} is shorter than it was.")
        if length == 0:
            return None, np.zeros(0, dtype)
        memory = mmap.mmap(file.fileno(), length, access=mmap.ACCESS_READ)
    return memory, np.frombuffer(memory, dtype)


class Vocabulary(dict[str, int]):
    """Words by number, while writing: what is asked for is there, or gets the next number.

    A key is the folded word, or, with a blank between them, that and the word without what is written on to it.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._db = connected(folder / VOCABULARY)
        self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + TABLES)
        [(last,)] = self._db.execute("SELECT coalesce(max(number), 0) FROM words")
        self._old, self._last, self._new = last > 0, int(last), list[tuple[int, str, str]]()
        self._names: dict[str | None, int] = {None: 0, "": 0}
        self._spelled: dict[int, str] = {}
        self._times, self._so = Counter[int](), Counter[int]()

    def __missing__(self, key: str) -> int:
        word, _, bare = key.partition(" ")
        known = self._old and self._db.execute("SELECT number FROM words WHERE word = ? AND bare = ?", (word, bare))
        row = known.fetchone() if known else None
        if row is None:
            self._last += 1
            self._new.append((self._last, word, bare))
        self[key] = number = row[0] if row else self._last
        if bare:
            self[bare]  # it stands for all that it is written with, also where no text has it alone
        return number

    def name(self, value: str | None) -> int:
        """The number of a publisher, language or genre; 0 for none."""
        if value not in self._names:
            self._db.execute("INSERT OR IGNORE INTO names (value) VALUES (?)", (value,))
            row = self._db.execute("SELECT number FROM names WHERE value = ?", (value,)).fetchone()
            self._names[value] = row[0]
        return self._names[value]

    def spell(self, numbers: Sequence[int], spellings: Sequence[str], words: Sequence[str]) -> None:
        """Note how a text spells its words."""
        self._times.update(numbers)
        for number, spelling, word in zip(numbers, spellings, words, strict=True):
            if spelling != word and self._spelled.setdefault(number, spelling) == spelling:
                self._so[number] += 1

    def flush(self, *, all_of_it: bool = False) -> None:
        """Write what is new, where that is much."""
        if all_of_it or len(self._new) >= FLUSH:
            self._db.executemany("INSERT INTO words VALUES (?, ?, ?, NULL, 0)", self._new)
            self._new.clear()

    def settle(self) -> None:
        """Once it returns, a power cut loses nothing."""
        self.flush(all_of_it=True)
        self._db.executemany(
            "UPDATE words SET spelled = spelled + (spelling IS NULL OR spelling = ?1) * ?2,"
            " spelling = coalesce(spelling, ?1) WHERE number = ?3",
            [(self._spelled[number], 2 * so - self._times[number], number) for number, so in self._so.items()],
        )
        self._db.commit()
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._db.close()

    @staticmethod
    def sound(path: Path) -> bool:
        """Whether SQLite finds nothing wrong with it."""
        if not path.is_file():
            return False
        db = connected(path)
        try:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
        except sqlite3.DatabaseError:
            return False
        finally:
            db.close()


def connected(path: Path) -> sqlite3.Connection:
    """Whoever shares it between threads sees to it that one at a time has it."""
    return sqlite3.connect(path, timeout=10, check_same_thread=False)


def fresh_folder(folder: Path) -> str:
    """The name of a new, empty folder beside the ones that are there."""
    taken = [int(path.name) for path in folder.iterdir() if path.name.isdecimal()]
    name = str(max(taken, default=0) + 1)
    (folder / name).mkdir()
    return name


def sweep(folder: Path, stamp: Stamp) -> None:
    """Remove what the stamp does not name; another system may hold on to files that are read, then the next does."""
    for path in folder.iterdir():
        if path.name.isdecimal() and path.name != stamp.folder:
            with suppress(OSError):
                shutil.rmtree(path)
    for path in (folder / stamp.folder).glob("*.*[0-9]"):
        if path.name not in stamp.derived:
            with suppress(OSError):
                path.unlink()
