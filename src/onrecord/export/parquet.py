"""Tables as Parquet, a row group at a time, with their types: numbers are numbers, truth is truth, lists are lists.

A date is a string in EDTF, as everywhere; beside it stand the first and the last day that it may mean (`issued_low`,
`issued_high`), as dates, empty where an interval is open or the string is no date (a duration). What each column holds
is in its metadata, under `about`. Needs pyarrow: the extra `parquet`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from onrecord.errors import ExtraMissing
from onrecord.export.tables import Cell, Column, Row, Table
from onrecord.model import Record
from onrecord.text.dates import PartialDate

if TYPE_CHECKING:
    import pyarrow

ROWS = 20_000
"""Rows of one row group: what is in memory at once."""
TEXT, WORDS, SPANS, WHOLE, NUMBER, FLAG, DATE = "text", "words", "spans", "whole", "number", "flag", "date"
EVERYWHERE = {"issued": DATE, "published": DATE, "spans": SPANS, "confidence": NUMBER}
"""Columns that are the same in every table."""
TYPES: dict[str, dict[str, str]] = {
    "documents": {
        "languages": WORDS, "size": WHOLE, "characters": WHOLE, "statements": WHOLE, "attributions": WHOLE,
        "notices": WHOLE,
    },
    "statements": {"parties": WORDS, "addressees": WORDS, "held": SPANS},
    "attributions": {"source_spans": SPANS, "cue_spans": SPANS, "voices": WORDS, "start": WHOLE, "end": WHOLE},
    "dates": {"value": DATE},
    "times": {"value": DATE, "anchor": DATE},
    "mentions": {"nominal": FLAG},
    "entities": {"names": WORDS, "mentions": WHOLE},
    "acts": {"negated": FLAG, "conditional": FLAG},
    "quantities": {"value": NUMBER, "upper": NUMBER, "by": WORDS},
}  # fmt: skip
"""The types of columns that hold other than text, by table."""


def encode(table: Table, records: Iterable[Record]) -> Iterator[bytes]:
    """The table as pieces of a file. Raises ExtraMissing without pyarrow, before anything is read."""
    arrow = library()
    columns = table.declared()
    return _pieces(arrow, columns, [kind(table, column) for column in columns], table.rows(records))


def rows_of(columns: Sequence[Column], kinds: Sequence[str], rows: Iterator[Row]) -> Iterator[bytes]:
    """Any rows as pieces of a file; `kinds` says what each column holds. Raises ExtraMissing."""
    return _pieces(library(), columns, kinds, rows)


def kind(table: Table, column: Column) -> str:
    """What a column of a table holds: one of the names of types above."""
    return TYPES.get(table.name, {}).get(column.name) or EVERYWHERE.get(column.name, TEXT)


def library() -> Any:
    """pyarrow with its part for Parquet. Raises ExtraMissing."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ExtraMissing(
            "Parquet needs pyarrow, which is not installed. Install: pip install 'onrecord[parquet]'"
        ) from error
    return pyarrow


class Sink:
    """A file in memory from which what was written is taken, so that it never holds more than a row group."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._at = 0

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        self._at += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        """There is nothing below it."""

    def close(self) -> None:
        """What was written stays to be taken."""

    def taken(self) -> bytes:
        whole = b"".join(self._pieces)
        self._pieces.clear()
        return whole


def _pieces(arrow: Any, columns: Sequence[Column], kinds: Sequence[str], rows: Iterator[Row]) -> Iterator[bytes]:
    schema = arrow.schema([each for pair in zip(columns, kinds, strict=True) for each in _fields(arrow, *pair)])
    sink = Sink()
    with arrow.parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(rows, ROWS)):
            arrays = [
                arrow.array(values, field.type) for field, values in zip(schema, _values(kinds, group), strict=True)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            yield sink.taken()
    yield sink.taken()


def _fields(arrow: Any, column: Column, kind: str) -> list[pyarrow.Field]:
    types = {
        TEXT: arrow.string, WORDS: lambda: arrow.list_(arrow.string()), WHOLE: arrow.int64, NUMBER: arrow.float64,
        FLAG: arrow.bool_, DATE: arrow.string,
        SPANS: lambda: arrow.list_(arrow.struct([("start", arrow.int64()), ("end", arrow.int64())])),
    }  # fmt: skip
    own = [arrow.field(column.name, types[kind](), metadata={"about": column.about})]
    days = (("low", "the first day that it may mean"), ("high", "the last day that it may mean"))
    more = [arrow.field(f"{column.name}_{end}", arrow.date32(), metadata={"about": about}) for end, about in days]
    return own + (more if kind == DATE else [])


def _values(kinds: Sequence[str], rows: Sequence[Row]) -> Iterator[list[Any]]:
    """The values column by column; a date gives three columns."""
    for at, kind in enumerate(kinds):
        cells = [row[at] for row in rows]
        yield [AS[kind](cell) if kind in AS and cell is not None else cell for cell in cells]
        if kind == DATE:
            bounds = [days(cell) for cell in cells]
            yield [low for low, _ in bounds]
            yield [high for _, high in bounds]


def days(edtf: Cell) -> tuple[date | None, date | None]:
    """The first and last day that a date may mean; `None` where it has none."""
    try:
        found = PartialDate.parse(str(edtf)) if edtf else None
    except ValueError:
        return None, None
    if found is None:
        return None, None
    return None if found.low == date.min else found.low, None if found.high == date.max else found.high


AS: dict[str, Callable[[Any], Any]] = {
    SPANS: lambda spans: [{"start": start, "end": end} for start, end in spans],
    WORDS: list,
    NUMBER: float,
}
"""How a cell is given to pyarrow, where not as it is."""
