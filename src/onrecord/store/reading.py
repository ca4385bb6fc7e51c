"""A connection to SQLite that can be let go of while another thread reads with it.

Python's sqlite3 frees the statements of a connection that is closed, also one that another thread is stepping through:
the process dies. Here whoever closes interrupts what runs and waits until it has ended.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from onrecord.errors import ArchiveClosed

BATCH = 256
"""Rows fetched in one go while streaming."""
PATIENCE = 0.01
"""Seconds until what runs is interrupted again: a statement may have begun since."""


def closed(folder: Path) -> ArchiveClosed:
    """The error of who reads on."""
    return ArchiveClosed(f"{folder} was closed while it was read. Open it again: nothing of it is lost.")


class Reader:
    """A connection to the archive in `folder`, for any number of threads. All raise ArchiveClosed once it is closed,
    and sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self.folder = folder
        self._connection = connection
        self._busy = threading.Lock()
        self._ending = False

    @property
    def in_transaction(self) -> bool:
        with self._taken() as connection:
            return connection.in_transaction

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of one query."""
        with self._taken() as connection:
            return connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of one query."""
        with self._taken() as connection:
            found: tuple[Any, ...] | None = connection.execute(sql, values).fetchone()
            return found

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of one query as they are read."""
        with self._taken() as connection:
            cursor = connection.execute(sql, values)
            rows = cursor.fetchmany(BATCH)
        while rows:
            yield from rows
            with self._taken():
                rows = cursor.fetchmany(BATCH)

    def close(self) -> None:
        """Let go of the file, once nothing reads any more."""
        self._ending = True
        while not self._busy.acquire(timeout=PATIENCE):
            self._connection.interrupt()
        try:
            self._connection.close()
        finally:
            self._busy.release()

    def __del__(self) -> None:
        """With the thread whose it was."""
        self._connection.close()

    @contextmanager
    def _taken(self) -> Iterator[sqlite3.Connection]:
        with self._busy:
            if self._ending:
                raise closed(self.folder)
            try:
                yield self._connection
            except sqlite3.OperationalError as error:
                if self._ending:
                    raise closed(self.folder) from error
                raise
