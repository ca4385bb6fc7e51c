"""The SQLite file: opening it, bringing it to today's schema, and what its errors mean.

The schema lives in `migrations/NNNN_*.sql`. Each is applied together with its record (`PRAGMA user_version`, which is
part of the transaction, and a row of `migrations`), so a crash in between leaves the archive as it was.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from msgspec import Struct

from onrecord.errors import ArchiveError, ArchiveFull, ArchiveTooNew, NotAnArchive
from onrecord.store import making, tallies
from onrecord.store.days import bounds
from onrecord.store.lock import Lock
from onrecord.text.names import folded

FILE = "onrecord.sqlite"
APPLICATION = 0x4F6E5265
"""`PRAGMA application_id`, "OnRe": how `file` and we tell an archive from any other SQLite file."""
OURS = frozenset([FILE, FILE + "-wal", FILE + "-shm", FILE + "-journal", "lock", "originals", "index", "words"])
"""What a folder may hold and still be an archive that was about to be made."""
FULL = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
"""No room, over quota, over the largest file allowed: to the person all the same."""
UNWRITABLE = frozenset([sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR])
"""What SQLite says where it cannot put its shared memory beside the file: no right to, or no room."""
CACHE = 16_000
"""KiB of pages that a connection keeps: with SQLite's 2 MB a party named in 30,000 documents takes a fifth longer."""
PAGE = 4096
"""Bytes a page: each id lands on a page of its own, and a commit writes whole pages."""


class Migration(Struct, frozen=True):
    number: int
    name: str
    script: str


@cache
def migrations() -> tuple[Migration, ...]:
    """The steps from an empty file to today's schema, in order."""
    files = sorted((Path(__file__).parent / "migrations").glob("[0-9]*.sql"))
    return tuple(Migration(int(file.stem[:4]), file.stem, file.read_text("utf8")) for file in files)


def latest() -> int:
    """The schema's version that this onrecord writes."""
    return migrations()[-1].number


@contextmanager
def clear_errors(folder: Path) -> Iterator[None]:
    """Turns a full disk and a damaged or foreign file into errors that say what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise full(folder) from error
        raise
    except sqlite3.DatabaseError as error:
        raise meaning(folder, error) from error


def full(folder: Path) -> ArchiveFull:
    """The error of a disk without room."""
    return ArchiveFull(
        f"No room is left on the disk of {folder}. What was reported as done is kept and nothing is half-written; "
        "make room and run the same command again."
    )


def meaning(folder: Path, error: sqlite3.DatabaseError) -> Exception:
    """What an error of SQLite says to the person."""
    code = getattr(error, "sqlite_errorcode", 0)
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_WRITE:
        return full(folder)
    if primary == sqlite3.SQLITE_NOTADB:
        return NotAnArchive(f"{folder / FILE} is not an archive: it is no SQLite file, or its first bytes are damaged.")
    if primary == sqlite3.SQLITE_CORRUPT:
        return ArchiveError(
            f"{folder / FILE} is damaged ({error}). Restore it from a copy; the originals are beside it."
        )
    return error


def there(folder: Path) -> bool:
    """Whether the folder holds an archive, of whatever edition."""
    return (folder / FILE).is_file()


def create(folder: Path, wait: float = 10.0) -> None:
    """Make an empty archive in `folder`, or bring the one that is there to today's schema.

    Raises NotAnArchive where the folder holds other things, ArchiveTooNew where a later onrecord wrote the archive,
    ArchiveBusy where that is to be done and another process writes for longer than `wait` seconds.
    """
    with clear_errors(folder):
        if not (folder / FILE).exists() and folder.exists():
            strangers = sorted(path.name for path in folder.iterdir() if path.name not in OURS)
            if strangers:
                raise NotAnArchive(
                    f"{folder} is no archive and is not empty (it holds {strangers[0]}). Name a new or an empty folder."
                )
        (folder / "originals").mkdir(parents=True, exist_ok=True)
        if (folder / FILE).exists() and up_to_date(folder):
            return
        lock = Lock(folder, wait)
        try:
            with closing(connect(folder)) as connection:
                migrate(connection, folder)
        finally:
            lock.release()


def up_to_date(folder: Path) -> bool:
    """Whether the file has today's schema. Raises NotAnArchive, ArchiveTooNew."""
    try:
        with closing(open_reading(folder)) as connection:
            check_version(connection, folder)
            return version(connection) == latest()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:  # another process is just making it
            return False
        raise


def connect(folder: Path) -> sqlite3.Connection:
    """A connection that writes: WAL, and every commit on the disk before it returns."""
    connection = sqlite3.connect(
        folder / FILE, isolation_level=None, timeout=60, cached_statements=256, check_same_thread=False
    )
    connection.execute(f"PRAGMA page_size = {PAGE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    # Fewer, larger check-points: each copies the changed pages back and waits for the disk.
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    return connection


def connect_reading(folder: Path) -> sqlite3.Connection:
    """A connection that only reads. Raises NotAnArchive, ArchiveTooNew, ArchiveError."""
    if not (folder / FILE).is_file():
        raise NotAnArchive(f"{folder} is no archive: it holds no {FILE}. `onrecord build PATH… -o {folder}` makes one.")
    with clear_errors(folder):
        connection = open_reading(folder)
        check_version(connection, folder)
        if version(connection) < latest():
            connection.close()
            raise ArchiveError(
                f"{folder} was written by an earlier onrecord. `onrecord index {folder}` brings it up to date."
            )
    return connection


def open_reading(folder: Path) -> sqlite3.Connection:
    """Read-only; where nothing can be put into the folder (a CD, a full disk) as a file that never changes."""
    uri = (folder / FILE).absolute().as_uri()
    for mode in ("mode=ro", "immutable=1"):
        connection = sqlite3.connect(
            f"{uri}?{mode}", uri=True, isolation_level=None, timeout=60, cached_statements=256, check_same_thread=False
        )
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorcode & 0xFF not in UNWRITABLE or unfinished(folder):
                raise
        else:
            connection.execute("PRAGMA query_only = ON")
            connection.execute(f"PRAGMA cache_size = -{CACHE}")
            return connection
    raise ArchiveError(f"{folder / FILE} cannot be opened. Do you have the right to read it and its folder?")


def unfinished(folder: Path) -> bool:
    """Whether the newest transactions are still apart from the file, so that it must not be read alone."""
    wal = folder / (FILE + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def version(connection: sqlite3.Connection) -> int:
    """The schema's version that the file has; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_version(connection: sqlite3.Connection, folder: Path) -> None:
    """Raises NotAnArchive for a file of another program, ArchiveTooNew for one of a later onrecord."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if application != APPLICATION and not empty:
        raise NotAnArchive(f"{folder / FILE} is a SQLite file of another program.")
    if version(connection) > latest():
        raise ArchiveTooNew(
            f"{folder} was written by a later onrecord (its format is {version(connection)}, this one knows "
            f"{latest()}). Update onrecord: pip install --upgrade onrecord"
        )


def migrate(connection: sqlite3.Connection, folder: Path) -> None:
    """Apply what is missing, each step in a transaction of its own together with its record.

    A step's SQL may call `folded`, the key of a name, `first_day` and `last_day`, those of an EDTF value,
    `signed_in` and `done_in`, who makes the statements and does the acts of facts (store/making.py).
    """
    check_version(connection, folder)
    connection.create_function("folded", 1, lambda name: None if name is None else folded(name), deterministic=True)
    for at, name in enumerate(("first_day", "last_day")):
        connection.create_function(name, 1, lambda value, at=at: bounds(value)[at], deterministic=True)
    connection.create_function("signed_in", 2, making.signed_json, deterministic=True)
    connection.create_function("done_in", 1, making.doers_json, deterministic=True)
    for migration in migrations():
        if migration.number > version(connection):
            apply(connection, migration)
    tallies.settle(connection)


def apply(connection: sqlite3.Connection, migration: Migration) -> None:
    """One step, wholly or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version(connection) < migration.number:  # another process may have been quicker
            for statement in statements(migration.script):
                connection.execute(statement)
            record(connection, migration)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def record(connection: sqlite3.Connection, migration: Migration) -> None:
    """Note that the step was taken, inside its transaction."""
    connection.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    connection.execute("INSERT INTO migrations VALUES (?, ?)", (migration.number, migration.name))
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('format', ?)", (str(migration.number),))
    connection.execute("INSERT OR IGNORE INTO meta VALUES ('archive', lower(hex(randomblob(8))))")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {migration.number}")


def statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit the transaction we are in."""
    lines: list[str] = []
    for line in script.splitlines(keepends=True):
        lines.append(line)
        if line.rstrip().endswith(";") and sqlite3.complete_statement("".join(lines)):
            yield "".join(lines)
            lines.clear()
    if "".join(lines).strip():
        yield "".join(lines)
