"""Tables as CSV (RFC 4180) that a spreadsheet opens without harm.

A comma between cells, CR LF after rows, a header, quotes where a cell needs them; line breaks inside a cell stay as
they are. Unknown is an empty cell. Lists of words are joined by `; `, spans are written `15-31 40-52`, truth is `true`
or `false`.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, and the words here are strangers' words.
So words that begin so (or with their full-width forms, a tab, a line break, or any of these after white space) get an
apostrophe in front (`text.spreadsheet.disarmed`). Numbers are left alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from onrecord.export.tables import Cell, Row, Table
from onrecord.model import Record
from onrecord.text.spreadsheet import disarmed, rearmed

__all__ = ["BOM", "disarmed", "encode", "rearmed"]

BOM = b"\xef\xbb\xbf"


def _written(value: Cell) -> str:
    """A cell's text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return disarmed("; ".join(value)) if value and isinstance(value[0], str) else _spans(value)
    return disarmed(value) if isinstance(value, str) else "" if value is None else str(value)


def _spans(spans: Iterable[object]) -> str:
    return " ".join(f"{span[0]}-{span[1]}" for span in spans if isinstance(span, tuple))


def encode(table: Table, records: Iterable[Record], *, bom: bool = False) -> Iterator[bytes]:
    """The table as pieces of a UTF-8 file: the header, then each row; with a byte order mark in front if asked."""
    return rows_of(table.header(), table.rows(records), bom=bom)


def rows_of(header: Row, rows: Iterable[Row], *, bom: bool = False) -> Iterator[bytes]:
    """Any header and rows as pieces of such a file."""
    yield (BOM if bom else b"") + _line(header)
    for row in rows:
        yield _line(row)


def _line(row: Row) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow([_written(value) for value in row])
    return line.getvalue().encode("utf8")
