"""Tables as JSON Lines: one fact a line, its table under the key `table`, its columns as keys; unknown is `null`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from onrecord.export.tables import Table
from onrecord.model import Record

_ENCODER = msgspec.json.Encoder()


def encode(tables: Sequence[Table], records: Iterable[Record]) -> Iterator[bytes]:
    """The lines of all facts, record by record and within a record table by table, in one pass over the records."""
    headers = [(table, ("table", *table.header())) for table in tables]
    for record in records:
        for table, header in headers:
            for row in table.rows([record]):
                yield _ENCODER.encode(dict(zip(header, (table.name, *row), strict=True))) + b"\n"
