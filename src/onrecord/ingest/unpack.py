"""One original to the items in it: itself, or, for a container, its members, lazily and as deep as the limits allow."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from onrecord.errors import Unreadable
from onrecord.ingest import media
from onrecord.ingest.containers import CARRIERS, READERS
from onrecord.ingest.limits import LIMITS, Budget, Limits
from onrecord.ingest.parts import Item, Member, Offer, notice
from onrecord.model import Capture, Given, Notice

VANISHED = "It was gone before it could be read. Add it again when it is back."


class _Run(Struct, frozen=True):
    """What all items out of one original share."""

    given: Given
    digest: str
    captured_at: str
    budget: Budget
    limits: Limits


def unpack(
    offer: Offer, original: Path, digest: str, size: int, captured_at: str, limits: Limits = LIMITS
) -> Iterator[Item]:
    """The items in the stored file `original`: one for a plain file; for a container one a member, as they are read.

    `digest` (with or without `sha256:`) and `size` are the original's. Bad input gives an Item with a notice; only an
    error of the machine itself (memory, an interrupt) gets out.
    """
    digest = "sha256:" + digest.removeprefix("sha256:")
    run = _Run(offer.given, digest, captured_at, Budget(limits, size), limits)
    top = _capture(run, offer.source, media.UNKNOWN, digest, size)
    try:
        with original.open("rb") as stream:
            kind = media.media_type(stream, offer.source)
            top = _capture(run, offer.source, kind, digest, size)
            if kind in READERS:
                yield from _open(run, top, stream, 1)
            else:
                yield Item(capture=top, given=offer.given, path=str(original))
            if kind in CARRIERS and size <= limits.file_bytes:
                yield from _open(run, top, stream, 1)
    except FileNotFoundError:
        yield Item(capture=top, given=offer.given, notices=(notice("vanished", VANISHED),))
    except OSError as error:
        message = f"It cannot be read ({error.strerror or error}). Check the disk and its rights, and add it again."
        yield Item(capture=top, given=offer.given, notices=(notice("denied", message),))


def _capture(run: _Run, source: str, kind: str, digest: str, size: int, member: Member | None = None) -> Capture:
    given = run.given
    return Capture(
        digest=digest,
        size=size,
        media_type=kind,
        source=source,
        captured_at=(member.captured_at if member else None) or run.captured_at,
        publisher=given.publisher,
        url=given.url or (member.url if member else None),
        published=given.published,
        collector=given.collector,
        note=given.note,
        language=given.language,
        container=run.digest if member else None,
    )


def _open(run: _Run, container: Capture, stream: BinaryIO, depth: int) -> Iterator[Item]:
    """The members of `container`; what goes wrong or is left out is told by one more Item, for the container itself."""
    skipped: Counter[str] = Counter()
    kind = container.media_type
    read = READERS.get(kind) or CARRIERS[kind]
    notices: list[Notice] = []
    count = 0
    try:
        if depth > run.limits.depth:
            raise Unreadable("nested", f"It lies {depth} containers deep.", "Unpack it by hand and add what is in it.")
        stream.seek(0)
        for member in read(stream, container.source.rsplit("/", 1)[-1], run.limits):
            count += 1
            if not member.name:
                notices.extend(member.notices)
                continue
            yield from _member(run, container, member, depth, skipped)
    except Unreadable as error:
        notices.append(notice(error.code, str(error)))
    except (MemoryError, GeneratorExit):
        raise
    except FileNotFoundError:
        raise
    except Exception as error:
        notices.append(notice("damaged", broken(error)))
    if skipped:
        notices.append(_skipped(skipped))
    if not count and not notices and kind in READERS:
        notices.append(notice("empty", "There is nothing in it. Check that it was saved whole."))
    if notices:
        yield Item(capture=container, given=run.given, notices=tuple(notices))


def broken(error: Exception) -> str:
    """The message of the Notice `damaged`: the library's own words, and what to do."""
    words = " ".join(str(error).split())[:300] or type(error).__name__
    return f"It is damaged, or not what its name says ({type(error).__name__}: {words}). Get it again from its source."


def _skipped(skipped: Counter[str]) -> Notice:
    kinds = ", ".join(f"{count} {kind}" for kind, count in skipped.most_common(8))
    return notice("skipped", f"Members that hold no words were passed over: {kinds}.")


def _member(run: _Run, container: Capture, member: Member, depth: int, skipped: Counter[str]) -> Iterator[Item]:
    source = f"{container.source}!/{member.name}"
    data = member.data
    if data is None:
        digest = "sha256:" + hashlib.sha256(source.encode("utf-8", "backslashreplace")).hexdigest()
        capture = _capture(run, source, member.media_type or media.UNKNOWN, digest, 0, member)
        yield Item(capture=capture, given=run.given, notices=member.notices)
        return
    kind = member.media_type or media.media_type(io.BytesIO(data), member.name)
    if kind.startswith(media.NO_TEXT) and kind != media.SVG:
        skipped[kind] += 1
        return
    run.budget.spend(len(data))
    capture = _capture(run, source, kind, "sha256:" + hashlib.sha256(data).hexdigest(), len(data), member)
    if kind not in READERS:
        yield Item(capture=capture, given=run.given, data=data, notices=member.notices, declared=member.declared)
    if kind in READERS or kind in CARRIERS:
        yield from _open(run, capture, io.BytesIO(data), depth + 1)
