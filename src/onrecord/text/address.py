"""Permanent addresses: where a document, or some words of it, can be found again for as long as the archive stands.

    /d/ID               the document
    /d/ID/START-END     the code points [START, END) of its text

They hold no host and no port: the same address fits a page, a table's cell and a citation.
"""

from __future__ import annotations

import re

from msgspec import Struct

from onrecord.text.spans import Span

# No offset has more than ten digits: a text that long would not fit into memory, and int() stays cheap on any input.
_ADDRESS = re.compile(r"/d/(?P<id>[A-Za-z0-9._-]{1,200})(?:/(?P<start>[0-9]{1,10})-(?P<end>[0-9]{1,10}))?")


class Address(Struct, frozen=True):
    """A document, and the words meant; `span` is `None` where the whole document is."""

    document: str
    span: Span | None = None

    def __str__(self) -> str:
        return f"/d/{self.document}" if self.span is None else f"/d/{self.document}/{self.span.start}-{self.span.end}"


def address(document_id: str, start: int | None = None, end: int | None = None) -> str:
    """The permanent address of a document, or of `[start, end)` of its text where both are given."""
    return str(Address(document_id, None if start is None or end is None else Span(start, end)))


def parse(text: str) -> Address:
    """The place that an address names. ValueError where `text` is no address, or its words end before they begin."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no address. Write /d/ID for a document, /d/ID/START-END for words of it.")
    if match["start"] is None:
        return Address(match["id"])
    span = Span(int(match["start"]), int(match["end"]))
    if span.start > span.end:
        raise ValueError(f"{text!r} ends before it begins. Write the smaller offset first.")
    return Address(match["id"], span)
