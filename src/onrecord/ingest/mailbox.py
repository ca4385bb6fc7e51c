"""mbox: messages one after another, told apart by their `From ` lines, read line by line.

A message's bytes are those before the mailbox took it in: the quoting of body lines (`>From `) is undone and the blank
line that the mailbox put after it is dropped, so the same mail as an `.eml` file has the same digest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.ingest import media
from onrecord.ingest.limits import Limits, too_large
from onrecord.ingest.parts import Member, notice

_QUOTED = re.compile(rb"^>(>*From )", re.M)
_LINE = 1 << 20


def members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """The messages, numbered from 1 in the order of the file."""
    for number, (lines, size) in enumerate(_messages(stream, limits.member_bytes), 1):
        if size > limits.member_bytes:
            error = too_large("message", size, limits.member_bytes)
            yield Member(name=str(number), data=None, notices=(notice(error.code, str(error)),))
            continue
        data = _QUOTED.sub(rb"\1", _without_separator(b"".join(lines)))
        yield Member(name=str(number), data=data, media_type=media.MAIL)


def _messages(stream: BinaryIO, limit: int) -> Iterator[tuple[list[bytes], int]]:
    """The lines of each message and their length; lines beyond `limit` are counted, not kept."""
    lines: list[bytes] | None = None
    size, blank = 0, True
    while line := stream.readline(_LINE):
        if blank and line.startswith(b"From "):
            if lines is not None:
                yield lines, size
            lines, size = [], 0
        elif lines is not None:
            size += len(line)
            if size <= limit:
                lines.append(line)
        blank = line in (b"\n", b"\r\n")
    if lines is not None:
        yield lines, size


def _without_separator(data: bytes) -> bytes:
    for end in (b"\r\n\r\n", b"\n\n"):
        if data.endswith(end):
            return data[: -len(end) // 2]
    return data
