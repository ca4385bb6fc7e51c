"""Tables as JSON: one fact an object, its columns as keys; unknown is `null`.

As JSON Lines a fact is a line, its table under the key `table`, so that several tables go into one file; as JSON one
table is one array.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.export.tables import Row, Table
from onrecord.model import Record

_ENCODER = msgspec.json.Encoder()


def encode(tables: Sequence[Table], records: Iterable[Record]) -> Iterator[bytes]:
    """The lines of all facts, record by record and within a record table by table, in one pass over the records."""
    headers = [(table, ("table", *table.header())) for table in tables]
    for record in records:
        for table, header in headers:
            for row in table.rows([record]):
                yield _ENCODER.encode(dict(zip(header, (table.name, *row), strict=True))) + b"\n"


def array(table: Table, records: Iterable[Record]) -> Iterator[bytes]:
    """The table as pieces of one JSON array, a fact a line."""
    return rows_of(table.header(), table.rows(records))


def rows_of(header: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """Any header and rows as pieces of such an array."""
    before = b"[\n"
    for row in rows:
        yield before + _ENCODER.encode(dict(zip(header, row, strict=True)))
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"
