"""Documents and passages by what an address says of them."""

from __future__ import annotations

import regex

from onrecord.archive import Archive
from onrecord.errors import NotFound
from onrecord.export import Decided
from onrecord.model import Record
from onrecord.web.asking import Unclear

DOCUMENT = regex.compile(r"[A-Za-z0-9_-]{1,64}")
RANGE = regex.compile(r"(\d{1,9})-(\d{1,9})", flags=regex.ASCII)


def found(archive: Archive, name: str) -> Record:
    """The record with this id; raises NotFound for what is no id, too."""
    return archive.record(checked(name))


def judged(archive: Archive, name: str) -> tuple[Record, Decided]:
    """The record, and which of its facts a person decided. Raises NotFound as `found`."""
    return archive.judged(checked(name))


def checked(name: str) -> str:
    if not DOCUMENT.fullmatch(name):
        raise NotFound("An address like this leads to no document.")
    return name


def within(record: Record, span: str) -> tuple[int, int]:
    """`START-END` as a range in the text; raises Unclear or NotFound."""
    match = RANGE.fullmatch(span)
    if not match:
        raise Unclear("A passage is two numbers, where it starts and where it ends: /d/ID/120-180.")
    start, end = int(match[1]), int(match[2])
    if not start < end <= len(record.text):
        length = f"the text of this document has {len(record.text):,} characters"
        raise NotFound(f"There is no passage from {start} to {end}: {length}.")
    return start, end
