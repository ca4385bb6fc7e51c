"""Which reader opens which container: a reader gets a stream at its start, a name and limits, and yields Members."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import BinaryIO

from onrecord.ingest import media
from onrecord.ingest.limits import Limits
from onrecord.ingest.parts import Member

Reader = Callable[[BinaryIO, str, Limits], Iterator[Member]]


def _late(module: str, function: str) -> Reader:
    """A reader whose module, and with it its libraries, is imported when the first such file comes."""

    def read(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
        found: Reader = getattr(import_module(f"onrecord.ingest.{module}"), function)
        return found(stream, name, limits)

    return read


READERS: dict[str, Reader] = {
    media.ZIP: _late("zips", "members"),
    media.WACZ: _late("warc", "wacz_members"),
    media.WARC: _late("warc", "members"),
    media.GZIP: _late("zips", "gzip_member"),
    media.MBOX: _late("mailbox", "members"),
    media.FEED: _late("feeds", "members"),
    media.RSS: _late("feeds", "members"),
    media.JSON: _late("telegram", "json_members"),
    media.JSONL: _late("rows", "jsonl_members"),
    media.CSV: _late("rows", "csv_members"),
    media.TSV: _late("rows", "csv_members"),
}
"""Containers: only their members are texts."""

CARRIERS: dict[str, Reader] = {
    media.MAIL: _late("mail", "attachments"),
}
"""Texts that also carry members."""
