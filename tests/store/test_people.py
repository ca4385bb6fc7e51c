"""The file of those who may enter: whole, private, one spelling a person; and how the command line keeps it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.archive import Archive
from onrecord.errors import ArchiveError, MetadataError, NotFound
from onrecord.store import People, name_said
from onrecord.store.passwords import fits, hashed

PASSWORD = "three lamps by the sluice"


def test_who_is_added_is_there_for_every_process_and_for_nobody_else(tmp_path: Path) -> None:
    mine, others = People(tmp_path), People(tmp_path)
    assert others.accounts() == {}
    mine.add("Anna Brandt", "editor", "one")
    mine.add("Omar Dahan", "reader", "two")
    assert [(each.name, each.role) for each in others.accounts().values()] == [
        ("Anna Brandt", "editor"),
        ("Omar Dahan", "reader"),
    ]
    assert stat.S_IMODE((tmp_path / "people.json").stat().st_mode) == 0o600
    others.change("anna brandt", "three")
    assert mine.accounts()["anna brandt"].hash == "three"
    assert others.remove("  ANNA  BRANDT ").name == "Anna Brandt"
    assert list(mine.accounts()) == ["omar dahan"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.json", "people.lock"]


def test_one_name_is_one_person(tmp_path: Path) -> None:
    people = People(tmp_path)
    people.add("Zoë Brandt", "editor", "one")
    with pytest.raises(MetadataError, match="is there already"):
        people.add("ZOE\u0308  brandt", "reader", "two")
    for change in (people.remove, lambda name: people.change(name, "x")):
        with pytest.raises(NotFound, match="there is Zoë Brandt"):
            change("Nobody")


@pytest.mark.parametrize(
    "said", ["", " \t", "x" * 101, "Anna\u202eBrandt", "Anna\x00", "\u2066Anna\u2069", "Anna\ud800"]
)
def test_what_is_no_name(said: str) -> None:
    with pytest.raises(MetadataError):
        name_said(said)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (" Anna \n Brandt ", "Anna Brandt"),
        ("Zoe\u0308", "Zoë"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("x" * 100, "x" * 100),
    ],
)
def test_how_a_name_is_kept(said: str, name: str) -> None:
    assert name_said(said) == name


def test_people_added_at_once_are_all_there(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda at: People(tmp_path).add(f"Name {at}", "reader", "kept"), range(16)))
    assert len(People(tmp_path).accounts()) == 16


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"people": [{"name": "x"}]}', b'{"people": [{"name": "x", "role": "owner", "hash": "y"}]}', b"\xff"],
)
def test_a_damaged_file_is_an_error_and_not_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "people.json").write_bytes(content)
    with pytest.raises(ArchiveError, match="damaged"):
        People(tmp_path).accounts()
    with pytest.raises(ArchiveError, match="damaged"):
        People(tmp_path).add("Anna Brandt", "editor", "kept")
    assert (tmp_path / "people.json").read_bytes() == content


def test_a_password_is_kept_as_argon2id_and_known_again() -> None:
    kept = hashed("Zoe\u0308 and three lamps")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$") and "lamps" not in kept
    assert fits(kept, "Zoë and three lamps") and not fits(kept, "zoë and three lamps")
    assert not fits("no hash", PASSWORD) and not fits(kept, "") and not fits(kept, "\ud800")


@pytest.mark.parametrize("password", ["", "eleven char", "ü" * 11, "x" * 1001])
def test_too_short_or_too_long(password: str) -> None:
    with pytest.raises(MetadataError):
        hashed(password)


# The command line


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people") / "river.onrecord"
    Archive.open(folder, create=True).close()
    return folder


def run(*arguments: str | Path, given: str | None = None, code: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "onrecord.cli", *map(str, arguments)]
    done = subprocess.run(
        command,
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        text=True,
        encoding="utf8",
        check=False,
    )
    assert done.returncode == code, done.stderr + done.stdout
    return done


def test_people_on_the_command_line(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD + "\n", "utf8")
    assert "Nobody may enter" in run("people", "list", archive).stdout
    assert (
        "may enter as editor"
        in run(
            "people", "add", archive, "Anna", "Brandt", "--role", "editor", "--password-file", tmp_path / "password"
        ).stdout
    )
    assert (
        "may enter as reader"
        in run("people", "add", archive, "Omar Dahan", "--password-file", "-", given=PASSWORD).stdout
    )
    assert json.loads(run("people", "list", archive, "--json").stdout) == [
        {"name": "Anna Brandt", "role": "editor"},
        {"name": "Omar Dahan", "role": "reader"},
    ]
    run("people", "password", archive, "Omar Dahan", "--password-file", "-", given="another one of them\n")
    assert fits(People(archive).accounts()["omar dahan"].hash, "another one of them")
    run("people", "remove", archive, "omar dahan")
    assert run("people", "list", archive).stdout == "editor  Anna Brandt\n"
    for form in ("record", "jsonl"):
        said = run("export", archive, "--format", form).stdout
        assert "argon2" not in said and "Anna Brandt" not in said


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("short\n", "takes 12 or more"),
        ("two lines of it\nand another\n", "one line"),
        ("", "one line"),
        (None, "--password-file"),
    ],
)
def test_passwords_that_are_none(archive: Path, given: str | None, says: str) -> None:
    more = [] if given is None else ["--password-file", "-"]
    assert says in run("people", "add", archive, "Somebody", *more, given=given, code=4).stderr
    assert "somebody" not in People(archive).accounts()


def test_a_password_that_is_typed_is_typed_twice_and_never_shown(archive: Path) -> None:
    pty = pytest.importorskip("pty")
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-m", "onrecord.cli", "people", "add", os.fspath(archive), "Typed Name"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as asking:
        shown = b""
        for prompt in (b"Password: ", b"Once more: "):
            while not shown.endswith(prompt):
                shown += os.read(terminal, 1024)
            os.write(terminal, PASSWORD.encode() + b"\n")
        while b"may enter" not in shown:
            shown += os.read(terminal, 1024)
    os.close(terminal)
    os.close(theirs)
    assert asking.returncode == 0 and PASSWORD.encode() not in shown
    assert fits(People(archive).accounts()["typed name"].hash, PASSWORD)
