"""The original bytes, unaltered, in files named by their SHA-256: `originals/ab/abcdef…`, read-only.

A file comes to be under a temporary name and is renamed when whole, so a killed run leaves no half of one under a
digest's name. It is not flushed file by file (that would cost 0.15 ms each, 15 s for 100,000); `settle` flushes all
that a transaction names before it commits, so no committed row names bytes that a power cut can take away.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from onrecord.errors import NotFound
from onrecord.store.database import clear_errors

BLOCK = 1 << 20
"""Bytes read at once; a file up to this size is read once, a larger one is hashed first and copied only when new."""
INCOMING = ".incoming"
PREFIX = "sha256:"


class Originals:
    """The originals of the archive in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "originals"
        self._archive = folder
        self._made: set[Path] = set()

    def path(self, digest: str) -> Path:
        """Where the bytes with this digest are or would be. Raises NotFound for what is no digest."""
        hexadecimal = digest.removeprefix(PREFIX)
        if len(hexadecimal) != 64 or not set(hexadecimal) <= set("0123456789abcdef"):
            raise NotFound(f"{digest!r} is no digest: it would be sha256: and 64 hexadecimal digits.")
        return self.folder / hexadecimal[:2] / hexadecimal

    def get(self, digest: str) -> Path:
        """The file that holds these bytes. Raises NotFound."""
        path = self.path(digest)
        if not path.is_file():
            raise NotFound(f"The original {digest} is not in {self._archive}.")
        return path

    def put_file(self, path: Path) -> tuple[str, int]:
        """Keep the bytes of a file; returns their digest and size. Raises OSError (it cannot be read), ArchiveFull."""
        with clear_errors(self._archive), path.open("rb") as source:
            first = source.read(BLOCK)
            if len(first) < BLOCK:
                return self.put(first)
            digest, size = hash_of(source, first)
            if self.path(digest).exists():
                return digest, size
            source.seek(0)
            return self._copy(source)

    def put(self, data: bytes) -> tuple[str, int]:
        """Keep these bytes; returns their digest and size."""
        digest = PREFIX + hashlib.sha256(data).hexdigest()
        if not self.path(digest).exists():
            with clear_errors(self._archive):
                temporary = self._temporary()
                with os.fdopen(temporary[0], "wb", buffering=0) as target, removed_on_error(temporary[1]):
                    write_all(target, data)
                self._keep(temporary[1], digest)
        return digest, len(data)

    def _copy(self, source: BinaryIO) -> tuple[str, int]:
        # Hashed again while copying: the file may have changed since it was hashed, and the name must fit the copy.
        fd, temporary = self._temporary()
        seen, size = hashlib.sha256(), 0
        with os.fdopen(fd, "wb", buffering=0) as target, removed_on_error(temporary):
            while block := source.read(BLOCK):
                seen.update(block)
                size += len(block)
                write_all(target, block)
        digest = PREFIX + seen.hexdigest()
        self._keep(temporary, digest)
        return digest, size

    def _temporary(self) -> tuple[int, Path]:
        folder = self.folder / INCOMING
        if folder not in self._made:
            folder.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        fd, name = tempfile.mkstemp(dir=folder)
        return fd, Path(name)

    def _keep(self, temporary: Path, digest: str) -> None:
        target = self.path(digest)
        if target.parent not in self._made:
            target.parent.mkdir(exist_ok=True)
            self._made.add(target.parent)
        temporary.chmod(0o444)
        temporary.replace(target)

    def settle(self, digests: Iterable[str]) -> None:
        """Have these on the disk for certain: they survive a power cut once this returns."""
        existing = [path for path in map(self.path, digests) if path.exists()]
        if existing:
            with clear_errors(self._archive):
                flush(self.folder, existing)

    def clean(self) -> None:
        """Remove what a killed run left half-written. Only the writer, who holds the lock, may."""
        for path in (self.folder / INCOMING).glob("*"):
            path.unlink(missing_ok=True)

    def digests(self) -> Iterator[str]:
        """The digests of all files that are here, in order."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for name in sorted(entry.name for entry in os.scandir(folder)):
                yield PREFIX + name


def hash_of(source: BinaryIO, first: bytes = b"") -> tuple[str, int]:
    """Digest and size of `first` and all that follows."""
    seen, size = hashlib.sha256(first), len(first)
    while block := source.read(BLOCK):
        seen.update(block)
        size += len(block)
    return PREFIX + seen.hexdigest(), size


def write_all(target: Any, data: bytes) -> None:
    """All of the bytes: an unbuffered write may take only some when the disk is about full."""
    view = memoryview(data)
    while view:
        view = view[target.write(view) :]


@contextmanager
def removed_on_error(path: Path) -> Iterator[None]:
    """Leaves nothing half-written when the block fails."""
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@cache
def syncfs() -> Any:
    """The system call that flushes one file system, or None where there is none."""
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None


def flush(folder: Path, files: Iterable[Path]) -> None:
    """Bytes and names of the files onto the disk: in one call where the system has one, else file by file."""
    call = syncfs()
    if call is not None:
        flush_all(folder, call)
        return
    for path in files:
        flush_one(path)
    for parent in {path.parent for path in files}:
        flush_one(parent)


def flush_all(folder: Path, call: Any) -> None:
    """Flush the file system that holds the folder."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        if call(fd) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
    finally:
        os.close(fd)


def flush_one(path: Path) -> None:
    """Flush a file or a folder; folders cannot be on Windows, whose file system keeps names itself."""
    if path.is_dir() and sys.platform == "win32":
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
