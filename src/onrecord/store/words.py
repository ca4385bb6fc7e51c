"""The running words of all current documents, derived from the store and made again at will, like the search index.

Words are folded as the search folds them, with the same bare forms beside them, so that what is counted here is what a
search finds. An update takes in the documents whose generation is later than the stamp's; a text that is as it was is
not read into the stream again. Where more is dead than alive, all is written anew.
"""

from __future__ import annotations

import sqlite3
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import regex
from msgspec.structs import replace

from onrecord.model import Problem
from onrecord.store.catching import FEW, catch_up
from onrecord.store.database import clear_errors
from onrecord.store.days import number as day_number
from onrecord.store.parties import merged
from onrecord.store.pile import Pile, merging, standing
from onrecord.store.view import View
from onrecord.store.voices import OWNERS, contents, layers, parts, voiced
from onrecord.store.wordfiles import (
    ARRAYS,
    DOCUMENT,
    FORMAT,
    NUMBER,
    STAMP,
    Appending,
    Placed,
    Stamp,
    Totals,
    Vocabulary,
    damaged,
    fresh_folder,
    read_stamp,
    sweep,
    write_places,
    write_stamp,
    write_totals,
)
from onrecord.text.folding import TABLE, alternatives, mend_hebrew, parted

PAGE = 500
SPARE = 10_000
"""Rows, and a hundred times as many words, that may be dead before all is written anew."""
SCANNED = 1 << 20
"""Words of the stream that may be looked through for each question: some milliseconds."""
TRIES = 2
"""The files of a stamp may go, for those of the next, before they are opened."""
STATEMENTS = 65_535
"""The highest ordinal of a statement that a run can name."""

DOCUMENTS = (
    "SELECT d.number, d.state, d.text_digest, x.text, a.facts, d.issued_low, d.issued_high, d.publisher, d.language,"
    " d.genre FROM documents d CROSS JOIN texts x ON x.document = d.number"
    " LEFT JOIN annotations a ON a.document = d.number WHERE d.number IN (%s)"
)
SAID = "SELECT document, kind, speaker, spans FROM attributions WHERE document IN (%s)"
OWNED = (
    "SELECT DISTINCT document, statement, entity FROM parties WHERE document IN (%s) AND entity IS NOT NULL"
    f" AND role IN ({', '.join(map(repr, OWNERS))})"
)

LETTERS = regex.compile(r"[^\x00-\xbf\u2000-\u206f]")
"""Signs with which a text says more than its folding: not the quotation marks and dashes of an English one."""

REBUILD = "`onrecord index` makes them again."

Progress = Callable[[int, int], None]
Row = tuple[Any, ...]


class Words:
    """The words of the archive in `folder`. Updating them is for the writer only; counting is for any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "words"
        self._archive = folder
        self._guard = threading.Lock()
        self._opened: tuple[Stamp, Pile] | None = None

    def close(self) -> None:
        """Let go of the files."""
        with self._guard:
            if self._opened:
                self._opened[1].close()
            self._opened = None

    @property
    def stamp(self) -> Stamp | None:
        """What the files say of themselves; None where they are missing, damaged or of another format."""
        return read_stamp(self.folder)

    def current(self, view: View) -> bool:
        """Whether they hold just what the store holds."""
        stamp = self.stamp
        return stamp is not None and (stamp.archive, stamp.generation) == (view.archive, view.generation)

    def damaged(self) -> list[str]:
        """The names of files that are not as they were written; `stamp.json` where nothing can be said of the rest."""
        stamp = self.stamp
        return damaged(self.folder, stamp) if stamp else [STAMP]

    def problems(self, view: View) -> Iterator[Problem]:
        """What is wrong: `words-stale`, missing or behind the store; `words-damaged`, a file is missing or changed."""
        stamp = self.stamp
        if (
            stamp is None
            or stamp.archive != view.archive
            or stamp.generation > view.generation
            or view.changed_since(stamp.generation)
        ):
            yield Problem("words-stale", "words", f"The words that are counted are behind the store. {REBUILD}")
            return
        for name in damaged(self.folder, stamp):
            yield Problem("words-damaged", f"words/{name}", f"The file is missing or has changed. {REBUILD}")

    def pile(self) -> Pile | None:
        """The words as they are stamped; None where there are none that can be read."""
        with self._guard:
            for _ in range(TRIES):
                stamp = self.stamp
                if stamp is None:
                    return None
                if self._opened is None or self._opened[0] != stamp:
                    try:
                        self._opened = (stamp, Pile(self.folder / stamp.folder, stamp))
                    except (OSError, ValueError, sqlite3.Error):
                        self._opened = None
                        continue
                return self._opened[1]
            return None

    def catch_up(self, view: View) -> None:
        """Take in what people decided since, as `catching` says."""
        catch_up(self._archive, view, self.stamp, partial(self.update, checked=False))

    # -- making them ---------------------------------------------------------------------------------------------------

    def update(self, view: View, progress: Progress = lambda done, total: None, *, checked: bool = True) -> int:
        """Bring the words to the state of the store; returns how many documents were looked at.

        What is missing or of another archive or format is made anew. Where `checked`, so is what is damaged or mostly
        dead, and the totals that more than a few documents, or other parties, make out of date. Raises ArchiveFull.
        """
        with clear_errors(self._archive), view.snapshot():
            stamp = self.stamp
            if stamp is not None and not self._sound(stamp, view, checked):
                stamp = None
            if stamp is not None and stamp.generation == view.generation:
                return 0
            self.folder.mkdir(exist_ok=True)
            try:
                done, new, wasteful = self._write(view, stamp, progress, checked=checked)
            except (sqlite3.DatabaseError, ValueError, IndexError):
                if stamp is None:
                    raise
                done, new, wasteful = self._write(view, None, progress)
            if wasteful:
                done, new, _ = self._write(view, None, progress)
            sweep(self.folder, new)
            return done

    def _totals(self, view: View, stamp: Stamp) -> Totals | None:
        """The totals: those that are there, while few documents changed since and no other entities are one."""
        heads, kept = merged(view), stamp.totals
        rows = stamp.lengths["documents"] // DOCUMENT.itemsize
        if kept and rows - kept.rows <= FEW and kept.merged == merging(heads):
            return kept
        folder = self.folder / stamp.folder
        pile = Pile(folder, stamp)
        try:
            counted = pile.totalled(pile.documents, heads)
        finally:
            pile.close()
        return write_totals(folder, counted, stamp.generation, rows, merging(heads))

    def _placed(self, stamp: Stamp) -> Placed | None:
        """Where each word stands: what is there, while most of the stream is in it; nothing of a stream that is looked
        through as quickly."""
        words = stamp.lengths["stream"] // NUMBER.itemsize
        if stamp.placed and words - stamp.placed.words <= max(SCANNED, stamp.placed.words // 4):
            return stamp.placed
        if not SCANNED < words < 1 << 32:
            return None
        pile = Pile(self.folder / stamp.folder, stamp)
        try:
            return write_places(self.folder / stamp.folder, pile.stream, pile.vocabulary, stamp.generation)
        finally:
            pile.close()

    def _sound(self, stamp: Stamp, view: View, checked: bool) -> bool:
        """Whether these are words of this archive that can be gone on with."""
        return stamp.archive == view.archive and self.pile() is not None and not (checked and self.damaged())

    def _write(
        self, view: View, old: Stamp | None, progress: Progress, *, checked: bool = True
    ) -> tuple[int, Stamp, bool]:
        """One update from a stamp, or of everything: documents looked at, the new stamp, whether it is half dead."""
        name = old.folder if old else fresh_folder(self.folder)
        start = old or Stamp(FORMAT, view.archive, 0, name, dict.fromkeys(ARRAYS, 0), dict.fromkeys(ARRAYS, 0))
        making = Making(self.folder / name, start)
        try:
            numbers = view.changed_since(start.generation)
            for at in range(0, len(numbers), PAGE):
                making.take_in(view, numbers[at : at + PAGE])
                progress(min(at + PAGE, len(numbers)), len(numbers))
            making.settle()
            stamp = Stamp(FORMAT, view.archive, view.generation, name, *making.measure(), start.totals, start.placed)
        finally:
            making.close()
        if checked or not stamp.totals:
            stamp = replace(stamp, totals=self._totals(view, stamp), placed=self._placed(stamp))
        write_stamp(self.folder, stamp)
        return len(numbers), stamp, bool(old) and checked and making.wasteful()


class Making:
    """The files of one folder while documents are taken in."""

    def __init__(self, folder: Path, stamp: Stamp) -> None:
        self._folder = folder
        self._words = Vocabulary(folder)
        self._files = {
            name: Appending(folder / name, dtype, stamp.lengths[name], stamp.checks[name])
            for name, dtype in ARRAYS.items()
        }
        self._rows = np.fromfile(folder / "documents", DOCUMENT)
        self._order = np.argsort(self._rows["number"], kind="stable")

    def take_in(self, view: View, numbers: Sequence[int]) -> None:
        """Documents that changed: the words of those that are current, and that the others are gone."""
        said: dict[int, list[Row]] = {}
        owned: dict[int, list[Row]] = {}
        for table, query in ((said, SAID), (owned, OWNED)):
            for document, *row in view.among(query, numbers):
                table.setdefault(document, []).append(tuple(row))
        rows = [
            self._document(row, said.get(row[0], []), owned.get(row[0], []))
            for row in view.among(DOCUMENTS, numbers)
        ]  # fmt: skip
        self._files["documents"].add(rows)
        for file in self._files.values():
            file.write()
        self._words.flush()

    def _document(self, row: Row, said: list[Row], owned: list[Row]) -> Row:
        """The row of one document, its words, runs and owners written."""
        number, state, digest, text, facts, low, high, *names = row
        if state != "current":
            return (number, *[0] * (len(DOCUMENT.names or ()) - 1))
        found = parts(facts)
        ordinals = {act.id: min(at, STATEMENTS) for at, act in enumerate(found.statements, 1)}
        words, runs = voiced(text, layers(found, len(text)), contents(said))
        mark = int(digest[:16], 16)
        start = self._known(number, mark)
        if start is None:
            start = self._files["stream"].add(self._numbers(text, words))
        owners = [(entity, ordinals[statement]) for statement, entity in owned if statement in ordinals]
        return (
            number, 1, start, len(words), len(runs), self._files["runs"].add(runs), self._files["owners"].add(owners),
            len(owners), day_number(low) if low else 0, day_number(high) if high else 0,
            *map(self._words.name, names), min(len(found.statements), STATEMENTS), mark,
        )  # fmt: skip

    def _known(self, number: int, mark: int) -> int | None:
        """Where the words of this very text stand already."""
        at = int(np.searchsorted(self._rows["number"], number, "right", sorter=self._order))
        if not at:
            return None
        row = self._rows[self._order[at - 1]]
        return int(row["start"]) if row["number"] == number and row["current"] and row["digest"] == mark else None

    def _numbers(self, text: str, words: list[str]) -> list[int]:
        """The words as numbers; a word with something written on to it is another than the bare one."""
        if not LETTERS.search(text):
            return list(map(self._words.__getitem__, words))
        keys = list(words)
        for at, bare in alternatives(text, words):
            keys[at] = f"{words[at]} {bare}"
        numbers = list(map(self._words.__getitem__, keys))
        spellings = spelled(text)
        if len(spellings) == len(words):
            self._words.spell(numbers, spellings, words)
        return numbers

    def settle(self) -> None:
        """Once it returns, a power cut loses nothing."""
        self._words.settle()
        for file in self._files.values():
            file.settle()

    def measure(self) -> tuple[dict[str, int], dict[str, int]]:
        """The files' lengths and checks."""
        return {name: file.length for name, file in self._files.items()}, {
            name: file.check for name, file in self._files.items()
        }

    def wasteful(self) -> bool:
        """Whether more is dead than alive."""
        rows = np.fromfile(self._folder / "documents", DOCUMENT)
        live = standing(rows)
        dead_rows = len(rows) - len(live) > 3 * len(live) + SPARE
        words = self._files["stream"].length // NUMBER.itemsize
        return dead_rows or bool(words > 2 * int(live["words"].sum()) + 100 * SPARE)

    def close(self) -> None:
        self._words.close()
        for file in self._files.values():
            file.close()


class Spelled(dict[int, str]):
    """For `str.translate`: small letters as they are printed, and a space for what is no part of a word."""

    def __missing__(self, code: int) -> str:
        folded = TABLE[code]
        self[code] = printed = chr(code).lower() if folded.strip() else folded
        return printed


SPELLED = Spelled()


def spelled(text: str) -> list[str]:
    """The words of a text in small letters as they are printed; marks that tell no words apart are let go."""
    return parted(unicodedata.normalize("NFC", mend_hebrew(text)).translate(SPELLED))
