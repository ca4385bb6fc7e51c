"""One writer at a time: a lock on a file, which the operating system lets go of when its holder dies.

The file's content (who holds it, since when) is only for the message; the lock is the kernel's.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from onrecord.errors import ArchiveBusy

PAUSE = 0.05
"""Seconds between two tries."""


class Holder(Struct, frozen=True):
    """Who writes: process, machine, and since when (ISO 8601, UTC)."""

    pid: int
    host: str
    since: str


if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 30  # a locked byte cannot be read by others, so it is not one of the content's

    def seize(fd: int) -> bool:
        os.lseek(fd, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def seize(fd: int) -> bool:
        """Take the lock if nobody has it."""
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class Lock:
    """Held from construction to `release`. Waits up to `wait` seconds, then raises ArchiveBusy."""

    def __init__(self, folder: Path, wait: float, name: str = "lock") -> None:
        self._path = folder / name
        self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        try:
            self._take(folder, wait)
        except BaseException:
            os.close(self._fd)
            raise

    def _take(self, folder: Path, wait: float) -> None:
        deadline = time.monotonic() + wait
        while not seize(self._fd):
            if time.monotonic() >= deadline:
                raise ArchiveBusy(f"{folder} is being written to{self._by()}. Wait until it is done, or use --wait.")
            time.sleep(PAUSE)
        holder = Holder(os.getpid(), socket.gethostname(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.ftruncate(self._fd, 0)
        os.write(self._fd, msgspec.json.encode(holder))

    def _by(self) -> str:
        try:
            holder = msgspec.json.decode(self._path.read_bytes(), type=Holder)
        except (OSError, msgspec.DecodeError):  # just taken, its content not written yet
            return " by another process"
        return f" by process {holder.pid} on {holder.host} since {holder.since}"

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would let two hold two locks."""
        os.close(self._fd)
