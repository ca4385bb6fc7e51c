"""Who may enter an archive from another machine: names with a role and the hash of a password.

They stand in a file of their own beside the archive, which only its owner may read. No export holds it, and a copy of
the archive for others should leave it out.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from onrecord.errors import ArchiveError, MetadataError, NotFound
from onrecord.store.lock import Lock

FILE = "people.json"
LOCK = "people.lock"
"""A lock of its own: somebody can be shut out while the archive is being written to."""
LONGEST = 100
"""Code points of a name."""
JOINERS = "\u200c\u200d"
"""Invisible, and part of how names are written in Persian and in Indic scripts."""
Role = Literal["reader", "editor"]


class Account(Struct, frozen=True):
    """`hash` is argon2id in its standard form, with its parameters and salt."""

    name: str
    role: Role
    hash: str


class Accounts(Struct, frozen=True):
    """The file."""

    people: tuple[Account, ...] = ()
    version: int = 1


def name_said(said: str) -> str:
    """A person's name as it is kept: composed (NFC), single spaces. Raises MetadataError for what is none."""
    name = " ".join(unicodedata.normalize("NFC", said).split())
    if not name or len(name) > LONGEST:
        raise MetadataError(f"A name has 1 to {LONGEST} characters; this one has {len(name)}.")
    if any(unicodedata.category(sign)[0] == "C" and sign not in JOINERS for sign in name):
        raise MetadataError("This name holds characters that cannot be seen. Type it again.")
    return name


def key(name: str) -> str:
    """By what two spellings are one person: `a.  reader` is `A. Reader`."""
    return " ".join(unicodedata.normalize("NFC", name.casefold()).split())


class People:
    """The people of the archive in `folder`; what another process changes is seen at once."""

    def __init__(self, folder: Path, wait: float = 10.0) -> None:
        self._folder = folder
        self._wait = wait
        self._read: tuple[tuple[int, ...], Mapping[str, Account]] | None = None

    def accounts(self) -> Mapping[str, Account]:
        """By the keys of their names, in the order in which they came. Raises ArchiveError for a damaged file."""
        try:
            found = (self._folder / FILE).stat()
        except FileNotFoundError:
            return {}
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        if self._read is None or self._read[0] != stamp:
            self._read = stamp, read(self._folder / FILE)
        return self._read[1]

    def add(self, name: str, role: Role, hashed: str) -> Account:
        """Let somebody in. Raises MetadataError where somebody has this name."""
        account = Account(name_said(name), role, hashed)
        with self._changing() as accounts:
            if key(account.name) in accounts:
                raise MetadataError(
                    f"{account.name} is there already. `onrecord people password` gives a new password; for another "
                    "role, remove the name and add it again."
                )
            accounts[key(account.name)] = account
        return account

    def remove(self, name: str) -> Account:
        """Shut somebody out, at once. What they decided stays in the ledger. Raises NotFound."""
        with self._changing() as accounts:
            return accounts.pop(known(accounts, name))

    def change(self, name: str, hashed: str) -> Account:
        """Give somebody a new password, which ends their sessions. Raises NotFound."""
        with self._changing() as accounts:
            at = known(accounts, name)
            accounts[at] = replace(accounts[at], hash=hashed)
            return accounts[at]

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        lock = Lock(self._folder, self._wait, LOCK)
        try:
            accounts = dict(self.accounts())
            yield accounts
            write(self._folder, Accounts(tuple(accounts.values())))
        finally:
            lock.release()


def known(accounts: Mapping[str, Account], name: str) -> str:
    """The key of somebody who is there; raises NotFound."""
    if key(name_said(name)) not in accounts:
        there = ", ".join(account.name for account in accounts.values()) or "nobody"
        raise NotFound(f"There is nobody called {name} here; there is {there}.")
    return key(name_said(name))


def read(path: Path) -> Mapping[str, Account]:
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Accounts)
    except msgspec.DecodeError as error:
        raise ArchiveError(
            f"{path} is damaged ({error}), so nobody can enter. Restore it from a copy, or remove it and add the "
            "people again."
        ) from error
    return {key(account.name): account for account in found.people}


def write(folder: Path, accounts: Accounts) -> None:
    """Put the file in place as a whole, or not at all; nobody else may ever read it."""
    new = folder / f"{FILE}.new"
    new.unlink(missing_ok=True)  # what a killed process left
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(accounts), indent=2) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / FILE)
