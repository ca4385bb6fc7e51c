"""The record and other forms for the outside, a file a form.

`write(records, form)` gives the bytes of a file in one of FORMS, piece by piece, in one pass over the records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from onrecord.errors import MetadataError
from onrecord.export import csv, jsonl, network
from onrecord.export.record import decode, encode, record
from onrecord.export.schema import schema
from onrecord.export.tables import TABLES, Column, Table
from onrecord.model import Record

__all__ = ["FORMS", "TABLES", "Column", "Table", "decode", "encode", "network", "record", "schema", "write"]


def _record(records: Iterable[Record], table: str | None, bom: bool) -> Iterator[bytes]:
    if table is not None:
        raise MetadataError("The record is no table: leave --table out, or take --format csv or jsonl.")
    return (encode(one) + b"\n" for one in records)


def _csv(records: Iterable[Record], table: str | None, bom: bool) -> Iterator[bytes]:
    return csv.encode(_named(table or "documents"), records, bom=bom)


def _jsonl(records: Iterable[Record], table: str | None, bom: bool) -> Iterator[bytes]:
    return jsonl.encode([_named(table)] if table else list(TABLES.values()), records)


FORMS: dict[str, Callable[[Iterable[Record], str | None, bool], Iterator[bytes]]] = {
    "record": _record,
    "csv": _csv,
    "jsonl": _jsonl,
}


def write(records: Iterable[Record], form: str, *, table: str | None = None, bom: bool = False) -> Iterator[bytes]:
    """Records as pieces of a file.

    `record` is a line a record; `csv` is one table ("documents" where none is named), with a byte order mark if `bom`;
    `jsonl` is one table, or all. Raises MetadataError for a form or table that there is not, before anything is read.
    """
    if form not in FORMS:
        raise MetadataError(f"There is no form {form!r}. Forms: {', '.join(FORMS)}.")
    return FORMS[form](records, table, bom)


def _named(name: str) -> Table:
    if name not in TABLES:
        raise MetadataError(f"There is no table {name!r}. Tables: {', '.join(TABLES)}.")
    return TABLES[name]
