"""Uploaded files on their way into the archive: one job after another, each in a process of its own.

    queue = imports_of(archive)
    with queue.spool() as folder: …          # the files
        job = queue.submit(folder, …)        # the folder is now the job's
    queue.job(job.id)                        # how far it is

Jobs are known as long as the server runs; what they did is in the archive.
"""

from __future__ import annotations

import atexit
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from weakref import WeakKeyDictionary

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from onrecord.archive import Archive
from onrecord.importing import Done, Event, Failed, Order, Step
from onrecord.model import Given

SPOOL = "spool"
"""The folder inside the archive's in which uploads lie until they are taken in."""
KEPT = 50
"""Jobs that are remembered once they are done."""
MOST_WAITING = 20
STALE = 7 * 86_400
"""Seconds after which an upload that nobody took in is removed."""
LOST = Failed(
    "The process that read these files ended without a word: one of them may have crashed it, or memory was short. "
    "What was taken in before stays. Import them in smaller parts to find out which it is."
)
STOPPED = "{} stopped it. Files taken in until then stay; send the same files again to go on with the rest."
NOT_BEGUN = "{} stopped it before it began: nothing of it was taken in."
State = Literal["waiting", "running", "done", "failed"]


class Job(Struct, frozen=True, kw_only=True):
    """One import, as it is now."""

    id: str
    state: State
    files: tuple[tuple[str, int], ...]
    """Name and size in bytes of each."""
    by: str
    at: str
    """When it was sent: ISO 8601, UTC."""
    before: int = 0
    """Jobs in front of it that wait or run."""
    step: Step | None = None
    done: Done | None = None
    failed: Failed | None = None

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed")


class Imports:
    """The queue of one archive. Its methods may be called from any thread; a thread of its own does the work."""

    def __init__(self, folder: Path) -> None:
        self._archive = folder
        self._change = threading.Condition()
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[tuple[str, Order]] = deque()
        self._worker: threading.Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped: dict[str, str] = {}
        """Who stopped which of the jobs that are not over."""
        atexit.register(self.close)

    def job(self, name: str) -> Job | None:
        with self._change:
            line = [waiting for waiting, _ in self._waiting]
            found = self._jobs.get(name)
            return replace(found, before=line.index(name)) if found is not None and name in line else found

    def jobs(self) -> list[Job]:
        """All that are known, the latest first."""
        with self._change:
            return list(reversed(self._jobs.values()))

    @property
    def full(self) -> bool:
        """Whether so many wait that no more should be sent."""
        with self._change:
            return len(self._waiting) >= MOST_WAITING

    @contextmanager
    def spool(self) -> Iterator[Path]:
        """A folder for the files of one upload; it is removed unless a job took it. Raises OSError."""
        spool = self._archive / SPOOL
        spool.mkdir(exist_ok=True)
        for left in spool.iterdir():  # by a server that was killed
            if left.stat().st_mtime < time.time() - STALE:
                remove(left)
        folder = Path(tempfile.mkdtemp(dir=spool))
        try:
            yield folder
        finally:
            if not any(Path(order.folder) == folder for order in self._orders()):
                remove(folder)

    def submit(self, folder: Path, files: tuple[tuple[str, int], ...], given: Given, by: str) -> Job:
        """Have the files in `folder` taken in, once those before are."""
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        job = Job(id=secrets.token_urlsafe(9), state="waiting", files=files, by=by, at=at)
        with self._change:
            for old in [each.id for each in self._jobs.values() if each.over][: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[old]
            self._jobs[job.id] = job
            self._waiting.append((job.id, Order(str(self._archive.absolute()), str(folder), given)))
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, daemon=True, name="imports")
                self._worker.start()
            self._change.notify_all()
        return job

    def wait(self, name: str, seconds: float) -> Job | None:
        """The job once it is over, or as it is after so many seconds."""
        with self._change:
            self._change.wait_for(lambda: name not in self._jobs or self._jobs[name].over, seconds)
        return self.job(name)

    def stop(self, name: str, by: str) -> Job | None:
        """Have a job end, wherever it is; one that is over stays as it is."""
        with self._change:
            job = self._jobs.get(name)
            if job is not None and not job.over:
                self._stopped[name] = by
                if job.state == "running" and self._child is not None:
                    self._child.kill()
                elif job.state == "waiting":
                    order = next(order for waiting, order in self._waiting if waiting == name)
                    self._waiting.remove((name, order))
                    remove(Path(order.folder))
                    self._over(name, LOST, NOT_BEGUN)
        return self.job(name)

    def close(self) -> None:
        """Let go: what is being read is given up, what waits is removed."""
        with self._change:
            orders = self._orders()
            self._waiting.clear()
            child = self._child
        if child is not None:
            child.kill()
            child.wait()
        for order in orders:
            remove(Path(order.folder))

    # -- the thread --------------------------------------------------------------------------------------------------

    def _orders(self) -> list[Order]:
        """Of the jobs that wait, and of the one that runs: it stands in front until it is over."""
        return [order for _, order in list(self._waiting)]

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._waiting)
                name, order = self._waiting[0]
                self._jobs[name] = replace(self._jobs[name], state="running")
            try:
                end: Done | Failed = self._run(name, order)
            except OSError as error:
                end = Failed(f"No process could be started for it: {error}. Close other programs and import it again.")
            remove(Path(order.folder))
            with self._change:
                if self._waiting:
                    self._waiting.popleft()
                self._over(name, end)

    def _over(self, name: str, end: Done | Failed, stopped: str = STOPPED) -> None:
        """Note how a job ended, and what is said where somebody stopped it; the lock is held."""
        by = self._stopped.pop(name, None)
        if isinstance(end, Done):
            self._jobs[name] = replace(self._jobs[name], state="done", done=end)
        else:
            failed = Failed(stopped.format(by)) if by is not None else end
            self._jobs[name] = replace(self._jobs[name], state="failed", failed=failed)
        self._change.notify_all()

    def _run(self, name: str, order: Order) -> Done | Failed:
        """Have the process do it, and note what it says."""
        end: Done | Failed = LOST
        command = [sys.executable, "-m", "onrecord.importing"]
        pipe = subprocess.PIPE
        # In a session of its own: Ctrl-C is for the server, which then ends it.
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True) as child:
            with self._change:
                self._child = child
                if name in self._stopped:
                    child.kill()
            assert child.stdin is not None
            assert child.stdout is not None
            with suppress(BrokenPipeError):
                child.stdin.write(msgspec.json.encode(order) + b"\n")
                child.stdin.close()
            for line in child.stdout:
                event = event_from(line)
                if isinstance(event, Step):
                    with self._change:
                        self._jobs[name] = replace(self._jobs[name], step=event)
                elif event is not None:
                    end = event
        with self._change:
            self._child = None
        return end


_DECODER = msgspec.json.Decoder(Event)


def event_from(line: bytes) -> Event | None:
    """What a line of the process says; None where it is something that a library printed."""
    try:
        event: Event = _DECODER.decode(line)
    except msgspec.DecodeError:
        return None
    return event


def remove(folder: Path) -> None:
    """The folder of one upload, and the spool where nothing else is in it."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()


_QUEUES: WeakKeyDictionary[Archive, Imports] = WeakKeyDictionary()


def imports_of(archive: Archive) -> Imports:
    """The one queue of an archive."""
    if archive not in _QUEUES:
        _QUEUES[archive] = Imports(archive.folder)
    return _QUEUES[archive]
