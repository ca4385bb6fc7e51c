"""The SQLite file: made, brought up to date, and refused where it is not ours."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from store_samples import everything, filled

from onrecord.errors import ArchiveError, ArchiveTooNew, NotAnArchive
from onrecord.store import View, Writer, create, database
from onrecord.store.database import (
    APPLICATION,
    FILE,
    Migration,
    apply,
    connect,
    latest,
    migrations,
    statements,
    version,
)


def test_an_archive_is_made_with_today_s_schema(tmp_path: Path) -> None:
    create(tmp_path / "a.onrecord")
    connection = connect(tmp_path / "a.onrecord")
    assert version(connection) == latest()
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert connection.execute("SELECT number, name FROM migrations").fetchall() == [
        (each.number, each.name) for each in migrations()
    ]
    connection.close()


def test_making_it_again_changes_nothing(tmp_path: Path) -> None:
    create(tmp_path / "a")
    before = everything(tmp_path / "a")
    create(tmp_path / "a")
    assert everything(tmp_path / "a") == before


def test_migrations_are_numbered_without_gaps() -> None:
    assert [migration.number for migration in migrations()] == list(range(1, latest() + 1))


def test_a_migration_that_fails_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    filled(tmp_path / "a", ["The ferry runs again."])
    before = everything(tmp_path / "a")
    connection = connect(tmp_path / "a")
    broken = Migration(latest() + 1, "broken", "CREATE TABLE more (x);\nINSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(sqlite3.OperationalError):
        apply(connection, broken)
    assert version(connection) == latest()
    connection.close()
    assert everything(tmp_path / "a") == before


def test_the_next_migration_is_applied_with_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "a", ["The ferry runs again."])
    known = [(each.number, each.name) for each in migrations()]
    more = (*migrations(), Migration(latest() + 1, "more", "CREATE TABLE more (x); -- a remark\n"))
    monkeypatch.setattr(database, "migrations", lambda: more)
    with pytest.raises(ArchiveError, match="earlier onrecord"):
        View(tmp_path / "a")
    Writer(tmp_path / "a").close()
    assert sorted(everything(tmp_path / "a")["migrations"]) == [*known, (len(known) + 1, "more")]
    assert "more" in everything(tmp_path / "a")


def test_statements_keep_triggers_whole() -> None:
    script = "CREATE TRIGGER t BEFORE UPDATE ON x\nBEGIN SELECT 1;\nSELECT 2; END;\nSELECT 3;\n"
    assert [statement.strip()[:8] for statement in statements(script)] == ["CREATE T", "SELECT 3"]


def test_an_archive_of_a_later_version_is_refused(tmp_path: Path) -> None:
    create(tmp_path / "a")
    connection = connect(tmp_path / "a")
    connection.execute(f"PRAGMA user_version = {latest() + 1}")
    connection.close()
    for opening in (View, Writer, create):
        with pytest.raises(ArchiveTooNew, match="later onrecord"):
            opening(tmp_path / "a")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "diary.txt").write_text("mine")
    with pytest.raises(NotAnArchive, match=r"diary\.txt"):
        Writer(tmp_path / "notes")
    assert sorted(path.name for path in (tmp_path / "notes").iterdir()) == ["diary.txt"]
    with pytest.raises(NotAnArchive, match="holds no"):
        View(tmp_path / "notes")
    with pytest.raises(NotAnArchive):
        View(tmp_path / "nowhere")


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    with pytest.raises(NotAnArchive, match="another program"):
        View(tmp_path)
    (tmp_path / FILE).write_bytes(b"no database at all" * 500)
    with pytest.raises(NotAnArchive, match="no SQLite file"):
        View(tmp_path)


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    filled(tmp_path / "a", [f"Letter {number} of the Velna ferry." * 50 for number in range(50)])
    file = tmp_path / "a" / FILE
    data = bytearray(file.read_bytes())
    data[8192:] = b"\x55" * (len(data) - 8192)
    file.write_bytes(data)
    with pytest.raises(ArchiveError, match="damaged"), View(tmp_path / "a") as view:
        list(view.annotated())
