"""What a search found, to be saved: a row a place, with the words around it and its permanent address.

A search without words has a row a document, one shown over time a row a period with the documents that it counts. The
rows are streamed, a few hundred documents at a time, up to MOST documents: the page says so beside the link, since a
file of rows has no place for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from typing import NamedTuple

from fastapi.exceptions import HTTPException
from msgspec import structs
from starlette.responses import Response, StreamingResponse

from onrecord.archive import Archive
from onrecord.export import csv, jsonl, parquet
from onrecord.export.tables import Cell, Column
from onrecord.text.address import address
from onrecord.web import overtime
from onrecord.web.asking import SORTS, Asked
from onrecord.web.saving import attached
from onrecord.workbench.concordance import Line

MOST = 10_000
"""Documents."""
STEP = 250
"""Documents looked through at once."""
EACH = 200
"""Places of one document."""
COLUMNS = (
    Column("document", "the document's id"),
    Column("title", "its title"),
    Column("issued", "date of issue, EDTF"),
    Column("publisher", "who published it"),
    Column("language", "the language of most of its text"),
    Column("genre", "what kind of document it is"),
    Column("voice", "whose words these are: somebody's own (direct), told by another (reported), the document's (own)"),
    Column("speaker", "id of the party that says it"),
    Column("speaker_name", "its name"),
    Column("before", "what stands before the words found"),
    Column("match", "the words found"),
    Column("after", "what stands after them"),
    Column("start", "where the words found begin: code points of the document's text"),
    Column("end", "where they end"),
    Column("address", "permanent address of the words found, or of the document"),
)
OVER_TIME = (
    Column("period", "a month or year, EDTF"),
    Column("by", "what the documents are told apart by; empty where by nothing"),
    Column("value", "its value; of a party its id"),
    Column("documents", "how many of the documents found have it and were issued in the period"),
    Column("address", "the search that finds them"),
)
NUMBERS = ("start", "end", "documents")
Row = tuple[Cell, ...]
Columns = tuple[Column, ...]


class Form(NamedTuple):
    """A form in which rows are saved: its name on the page, its media type, and rows to pieces of a file."""

    label: str
    media: str
    written: Callable[[Columns, Iterator[Row]], Iterator[bytes]]


def as_csv(columns: Columns, rows: Iterator[Row]) -> Iterator[bytes]:
    return csv.rows_of(tuple(column.name for column in columns), rows, bom=True)


def as_json(columns: Columns, rows: Iterator[Row]) -> Iterator[bytes]:
    return jsonl.rows_of(tuple(column.name for column in columns), rows)


def as_parquet(columns: Columns, rows: Iterator[Row]) -> Iterator[bytes]:
    kinds = [parquet.WHOLE if column.name in NUMBERS else parquet.TEXT for column in columns]
    return parquet.rows_of(columns, kinds, rows)


FORMS = {
    "csv": Form("CSV", "text/csv; charset=utf-8", as_csv),
    "json": Form("JSON", "application/json", as_json),
    "parquet": Form("Parquet", "application/vnd.apache.parquet", as_parquet),
}


@cache
def forms() -> dict[str, str]:
    """The forms to be had here, by name: Parquet needs its extra."""
    return {name: form.label for name, form in FORMS.items() if name != "parquet" or find_spec("pyarrow")}


def answer(archive: Archive, asked: Asked, form: str) -> Response:
    """What was found as a file. 404 for a form that is not to be had. Raises as Archive.search, before it begins."""
    if form not in forms():
        raise HTTPException(404)
    columns, found = (
        (OVER_TIME, over_time(archive, asked)) if asked.view == "time" else (COLUMNS, places(archive, asked))
    )
    return StreamingResponse(
        FORMS[form].written(columns, found), media_type=FORMS[form].media, headers=attached(f"found.{form}")
    )


def over_time(archive: Archive, asked: Asked) -> Iterator[Row]:
    """A row a period and value, in the order of the values."""
    time = overtime.drawn(archive, asked)
    cells = ((series, *cell) for series in time.series for cell in zip(time.periods, series.counts, strict=True))
    return ((period, asked.by, series.value, count, place) for series, (period, _), (count, place) in cells)


def places(archive: Archive, asked: Asked) -> Iterator[Row]:
    """As `rows`, but says at once what cannot be asked."""
    found = archive.search(asked.query, asked.filters, limit=1, facets=False)
    return rows(archive, asked) if found.total else iter(())


def rows(archive: Archive, asked: Asked) -> Iterator[Row]:
    """A row a place, in the order of the documents."""
    sort = asked.sort if asked.sort in SORTS else "rank"
    words = bool(asked.query) or asked.filters.voiced
    for offset in range(0, MOST, STEP):
        hits = archive.search(
            asked.query, asked.filters, sort=sort, limit=STEP, offset=offset, lines=EACH if words else 0, facets=False
        ).hits
        found: dict[str, list[Line]] = {}
        for line in archive.workbench.lines(hits):
            found.setdefault(line.document, []).append(line)
        for hit in hits:
            about: Row = (hit.document, hit.title, hit.issued, hit.publisher, hit.language, hit.genre)
            nowhere: Row = (*about, None, None, None, None, None, None, None, None, address(hit.document))
            yield from (row(line) for line in found.get(hit.document, ())) if hit.document in found else [nowhere]
        if len(hits) < STEP:
            return


def row(line: Line) -> Row:
    known = structs.asdict(line)
    return tuple(known[column.name] for column in COLUMNS)
