"""The record and other forms for the outside, a file a form.

`write(records, form)` gives the bytes of a file in one of FORMS, piece by piece, in one pass over the records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from onrecord.errors import MetadataError
from onrecord.export import csv, jsonl, network, parquet, webannotation
from onrecord.export.cite import Cited, cited
from onrecord.export.record import decode, encode, record
from onrecord.export.schema import schema
from onrecord.export.tables import TABLES, Column, Table
from onrecord.export.webannotation import NOBODY, Decided
from onrecord.model import Record

__all__ = [
    "FORMS", "TABLES", "Cited", "Column", "Decided", "Table", "cited", "decode", "encode", "network", "record",
    "schema", "write",
]  # fmt: skip


class Wanted(Struct, frozen=True):
    """What is to be written, but for the records."""

    table: str | None
    bom: bool
    decided: Callable[[str], Decided]


def _record(records: Iterable[Record], wanted: Wanted) -> Iterator[bytes]:
    _no_table(wanted, "The record is no table")
    return (encode(one) + b"\n" for one in records)


def _webannotation(records: Iterable[Record], wanted: Wanted) -> Iterator[bytes]:
    _no_table(wanted, "Annotations are no table")
    return webannotation.encode(records, wanted.decided)


def _jsonl(records: Iterable[Record], wanted: Wanted) -> Iterator[bytes]:
    return jsonl.encode([_named(wanted.table)] if wanted.table else list(TABLES.values()), records)


FORMS: dict[str, Callable[[Iterable[Record], Wanted], Iterator[bytes]]] = {
    "record": _record,
    "csv": lambda records, wanted: csv.encode(_named(wanted.table), records, bom=wanted.bom),
    "json": lambda records, wanted: jsonl.array(_named(wanted.table), records),
    "jsonl": _jsonl,
    "parquet": lambda records, wanted: parquet.encode(_named(wanted.table), records),
    "webannotation": _webannotation,
}


def write(
    records: Iterable[Record],
    form: str,
    *,
    table: str | None = None,
    bom: bool = False,
    decided: Callable[[str], Decided] = lambda name: NOBODY,
) -> Iterator[bytes]:
    """Records as pieces of a file.

    `record` is a line a record; `csv`, `json` and `parquet` are one table ("documents" where none is named), CSV with a
    byte order mark if `bom`; `jsonl` is one table, or all; `webannotation` is a page of annotations a record, for which
    `decided` tells who decided which fact of a document. Raises MetadataError for a form or table that there is not,
    ExtraMissing for a form whose library is not installed, before anything is read.
    """
    if form not in FORMS:
        raise MetadataError(f"There is no form {form!r}. Forms: {', '.join(FORMS)}.")
    return FORMS[form](records, Wanted(table, bom, decided))


def _named(name: str | None) -> Table:
    if name is not None and name not in TABLES:
        raise MetadataError(f"There is no table {name!r}. Tables: {', '.join(TABLES)}.")
    return TABLES[name or "documents"]


def _no_table(wanted: Wanted, said: str) -> None:
    if wanted.table is not None:
        raise MetadataError(f"{said}: leave --table out, or take --format csv, json, jsonl or parquet.")
