"""ZIP and gzip: members one at a time, measured as they expand, never written to disk."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from onrecord.errors import Unreadable
from onrecord.ingest.find import JUNK, printable
from onrecord.ingest.limits import Limits, bomb, too_large
from onrecord.ingest.parts import Member, notice

ENCRYPTED = 0x1
_CHUNK = 1 << 20


def members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """The files of a ZIP, sorted by name. Names are only ever labels: nothing is written under them."""
    with zipfile.ZipFile(stream) as archive:
        infos = archive.infolist()
        if len(infos) > limits.members:
            raise bomb(f"It holds {len(infos):,} members.")
        for info in sorted(infos, key=lambda info: info.filename):
            if not info.is_dir() and not _is_junk(info.filename):
                yield _member(archive, info, limits)


def _is_junk(name: str) -> bool:
    return any(
        (part.startswith(".") and part not in (".", "..")) or part.lower() in JUNK for part in PurePosixPath(name).parts
    )


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> Member:
    name = "/".join(
        printable(part) for part in PurePosixPath(info.filename.replace("\\", "/")).parts if part not in ("..", "/")
    )
    try:
        return Member(name=name, data=read_member(archive, info, limits))
    except Unreadable as error:
        if error.code == "bomb":
            raise
        return Member(name=name, data=None, notices=(notice(error.code, str(error)),))


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The bytes of one member, read in pieces so that no header is believed about the size.

    Raises Unreadable: `encrypted`, `bomb`, `too-large`, `damaged`, `unknown-format`.
    """
    if info.flag_bits & ENCRYPTED:
        raise Unreadable("encrypted", "It is locked with a password.", "Unpack it by hand and add what is in it.")
    pieces, size = [], 0
    try:
        with archive.open(info) as source:
            while piece := source.read(_CHUNK):
                size += len(piece)
                if size > limits.ratio_floor and size > limits.ratio * max(1, info.compress_size):
                    raise bomb(
                        f"Its member {printable(info.filename)[:80]!r} expands to over {limits.ratio} times its size."
                    )
                if size > limits.member_bytes:
                    raise too_large("member", max(size, info.file_size), limits.member_bytes)
                pieces.append(piece)
    except NotImplementedError as error:
        raise Unreadable(
            "unknown-format", f"It is compressed in a way that is not read ({error}).", "Unpack it by hand."
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise Unreadable(
            "damaged", f"It is damaged in its ZIP ({error}).", "Get the ZIP again from its source."
        ) from error
    return b"".join(pieces)


def check_package(data: bytes, limits: Limits) -> None:
    """Make sure that a DOCX, ODT or EPUB is whole and expands to no more than a document can.

    Raises Unreadable: `bomb`, `damaged`, `encrypted`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise Unreadable("damaged", f"It is cut off or damaged ({error}).", "Get it again from its source.") from error
    if len(infos) > limits.parts:
        raise bomb(f"It holds {len(infos):,} parts.")
    total = sum(
        info.file_size for info in infos if info.filename.lower().endswith((".xml", ".rels", ".xhtml", ".html", ".htm"))
    )
    everything = sum(info.file_size for info in infos)
    if total > limits.part_bytes or everything > max(limits.ratio_floor, limits.ratio * len(data)):
        raise bomb(f"It expands to {everything:,} bytes.")


def gzip_member(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """What a gzip file holds, under the name without `.gz`."""
    pieces, size = [], 0
    stored = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    with gzip.GzipFile(fileobj=stream) as source:
        while piece := source.read(_CHUNK):
            size += len(piece)
            if size > limits.ratio_floor and size > limits.ratio * max(1, stored):
                raise bomb(f"It expands to more than {limits.ratio} times its size.")
            if size > limits.file_bytes:
                raise too_large("content", size, limits.file_bytes)
            pieces.append(piece)
    yield Member(name=name.removesuffix(".gz") if name.endswith(".gz") else name, data=b"".join(pieces))
