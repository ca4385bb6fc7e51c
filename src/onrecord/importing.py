"""Takes a folder of uploaded files into an archive, in a process of its own: `python -m onrecord.importing`.

A file that makes a library crash, hang or eat memory ends this process and no page. An Order comes in as one line of
JSON; an Event a line goes out: Steps while it works, then Done or Failed. Files whose bytes the archive has are not
added again: what was said of them there stays, and an upload of the same file takes nothing from it. The folder is
removed in the end; what the archive keeps of it, it keeps as it keeps everything.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from onrecord import ingest
from onrecord.archive import Archive
from onrecord.errors import OnrecordError
from onrecord.model import Given, Notice
from onrecord.store import Arrival, Arrivals

PATIENCE = 3600.0
"""Seconds to wait for another process that writes to the archive."""
PAUSE = 0.2
"""Seconds between two Steps of one stage."""
BLOCK = 1 << 20


class Order(Struct, frozen=True):
    """What is to be done: take the files of `folder` into `archive`, and `given` is what is said of them."""

    archive: str
    folder: str
    given: Given = Given()


class Step(Struct, frozen=True, tag="step"):
    """How far a stage is; `total` is None while it is not known."""

    stage: str
    done: int
    total: int | None


class Done(Struct, frozen=True, tag="done"):
    """What came of it: counts of documents, and the files one by one, those that failed in front."""

    arrivals: Arrivals
    faults: int
    """Documents in which a stage failed, by a fault of onrecord."""
    told: tuple[tuple[str, Notice], ...]
    """What is to be said of files that left nothing in the archive."""


class Failed(Struct, frozen=True, tag="failed"):
    """Why it could not be done, and what to do. What was done before stays."""

    message: str


Event = Step | Done | Failed


def taken_in(order: Order, tell: Callable[[Step], None]) -> Done:
    """Do it. Raises OnrecordError, OSError."""
    folder = Path(order.folder)
    with Archive.open(order.archive, wait=PATIENCE) as archive:
        known = list(set_aside(archive, folder))
        report = archive.build([folder], given=order.given, jobs=1, progress=rarely(tell))
        found = archive.arrivals(folder)
    failed = sum(each.outcome == "failed" for each in known)
    items = sorted((*found.items, *known), key=lambda each: each.outcome != "failed")
    kept = {each.source for each in items}
    told = [pair for pair in report.added.notices if pair[0] not in kept]
    if len(found.items) == found.new + found.known + found.failed:
        told += passed_over(folder, kept | {source for source, _ in told})
    counts = (found.new, found.known + len(known) - failed, found.failed + failed)
    return Done(Arrivals(*counts, tuple(items)), report.faults, tuple(told))


def passed_over(folder: Path, seen: set[str]) -> Iterator[tuple[str, Notice]]:
    """The files of which nothing is told otherwise: furniture of an operating system, empty containers."""
    outer = {source.partition("!/")[0] for source in seen}
    for path in sorted(folder.iterdir()):
        if ingest.printable(path.name) not in outer and not ingest.is_metadata(path.name):
            yield path.name, Notice("ingest", "passed-over", "Nothing with words was found in it, so nothing was kept.")


def set_aside(archive: Archive, folder: Path) -> Iterator[Arrival]:
    """Take the files out of the folder that the archive has, and say what they gave when they came."""
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            before = archive.already(f"sha256:{digest(stream)}")
        if before:
            path.unlink()
        yield from before


def digest(stream: BinaryIO) -> str:
    seen = hashlib.sha256()
    while block := stream.read(BLOCK):
        seen.update(block)
    return seen.hexdigest()


def rarely(tell: Callable[[Step], None]) -> Callable[[str, int, int | None], None]:
    """Progress that is told at most every PAUSE seconds, but for the first and last of a stage."""
    last: tuple[str, float] = ("", 0.0)

    def progress(stage: str, done: int, total: int | None) -> None:
        nonlocal last
        now = time.monotonic()
        if stage != last[0] or done == total or now - last[1] >= PAUSE:
            last = (stage, now)
            tell(Step(stage, done, total))

    return progress


def outcome(order: Order, tell: Callable[[Step], None]) -> Done | Failed:
    """What came of an order, whatever it was."""
    try:
        return taken_in(order, tell)
    except OnrecordError as error:
        return Failed(str(error))
    except OSError as error:
        where = error.filename or order.archive
        return Failed(f"{where}: {error.strerror or error}. Check the disk, and the right to write there.")


def main() -> None:
    with suppress(AttributeError, OSError):
        os.nice(10)  # pages come first
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
    out = sys.stdout.buffer

    def tell(event: Event) -> None:
        out.write(msgspec.json.encode(event) + b"\n")
        out.flush()

    try:
        tell(outcome(order, tell))
    finally:
        shutil.rmtree(order.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
