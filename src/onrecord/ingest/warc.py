"""Web archives: the responses in a WARC that hold words, and the WARCs inside a WACZ.

The record's own date becomes `captured_at`, its address `url`. Requests, metadata, revisits, pictures, scripts, and
answers other than 200 are passed over, and counted.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.errors import Unreadable
from onrecord.ingest import media
from onrecord.ingest.dates import from_iso
from onrecord.ingest.find import printable
from onrecord.ingest.limits import Limits, bomb, too_large
from onrecord.ingest.parts import Member, notice
from onrecord.ingest.zips import ENCRYPTED

_TYPES = ("response", "resource")
_PASSED = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/javascript",
           "application/x-javascript", "application/font", "application/vnd.ms-fontobject")  # fmt: skip
_CHUNK = 1 << 20


def members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """The pages and files that were fetched, each under its address."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    passed: Counter[str] = Counter()
    count = 0
    try:
        for record in ArchiveIterator(stream, arc2warc=True):
            count += 1
            if member := _record(record, count, passed, limits):
                yield member
    except ArchiveLoadFailed as error:
        raise Unreadable(
            "damaged", f"The web archive breaks off after {count} records ({error}).", "Get it again."
        ) from error
    if passed:
        kinds = ", ".join(f"{number} {kind}" for kind, number in passed.most_common(8))
        yield Member(
            name="", data=None, notices=(notice("skipped", f"Records without words were passed over: {kinds}."),)
        )


def _record(record: Any, number: int, passed: Counter[str], limits: Limits) -> Member | None:
    kind = record.rec_type
    if kind not in _TYPES:
        if kind == "revisit":
            passed["revisit"] += 1
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    headers = record.http_headers
    status = headers.get_statuscode() if headers else "200"
    content_type = ((headers or record.rec_headers).get_header("Content-Type") or "").lower()
    if status != "200" or content_type.startswith(_PASSED):
        passed[f"status {status}" if status != "200" else content_type.split(";")[0]] += 1
        return None
    return _read(record, number, url, content_type, limits)


def _read(record: Any, number: int, url: str, content_type: str, limits: Limits) -> Member | None:
    name = printable(url) or str(number)
    date = record.rec_headers.get_header("WARC-Date")
    when = f"{date[:19]}Z" if date and from_iso(date) and len(date) >= 19 else None
    try:
        data = _content(record.content_stream(), limits)
    except Unreadable as error:
        return Member(
            name=name, data=None, url=url or None, captured_at=when, notices=(notice(error.code, str(error)),)
        )
    if not data:
        return None
    found = media.media_type(io.BytesIO(data), url.split("?")[0])
    if found in (media.TEXT, media.XML, media.UNKNOWN) and content_type.startswith(("text/html", "application/xhtml")):
        found = media.HTML
    return Member(name=name, data=data, media_type=found, url=url or None, captured_at=when)


def _content(source: Any, limits: Limits) -> bytes:
    pieces, size = [], 0
    while piece := source.read(_CHUNK):
        size += len(piece)
        if size > limits.member_bytes:
            raise too_large("record", size, limits.member_bytes)
        pieces.append(piece)
    return b"".join(pieces)


def wacz_members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """The records of every WARC in a WACZ, read as they expand."""
    with zipfile.ZipFile(stream) as package:
        inner = [info for info in package.infolist() if info.filename.startswith("archive/") and not info.is_dir()]
        for info in sorted(inner, key=lambda info: info.filename):
            if info.flag_bits & ENCRYPTED:
                raise Unreadable("encrypted", "It is locked with a password.", "Unlock it and add it again.")
            if info.file_size > limits.ratio_floor and info.file_size > limits.ratio * max(1, info.compress_size):
                raise bomb(f"Its part {printable(info.filename)!r} expands to more than {limits.ratio} times its size.")
            with package.open(info) as warc:
                yield from members(warc, info.filename, limits)  # type: ignore[arg-type]
