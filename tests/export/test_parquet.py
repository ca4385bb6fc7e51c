"""Parquet: what the tables hold, with types, and with the days that a date may mean."""

from __future__ import annotations

import builtins
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from made_records import annotations, documents

from onrecord.errors import ExtraMissing, MetadataError
from onrecord.export import TABLES, parquet, record, write
from onrecord.model import Annotations, DateFact, Document, Record, Span

arrow = pytest.importorskip("pyarrow")
reader = pytest.importorskip("pyarrow.parquet")


def read(name: str, records: list[Record]) -> Any:
    return reader.read_table(io.BytesIO(b"".join(write(records, "parquet", table=name))))


@settings(max_examples=25)
@given(documents, annotations)
def test_every_table_comes_back_as_it_is(document: Document, facts: Annotations) -> None:
    one = record(document, facts)
    for name, table in TABLES.items():
        found = read(name, [one]).to_pylist()
        expected = [dict(zip(table.header(), row, strict=True)) for row in table.rows([one])]
        spans = {column.name for column in table.declared() if parquet.kind(table, column) == parquet.SPANS}
        for row, want in zip(found, expected, strict=True):
            for key, value in want.items():
                if key in spans:
                    value = [{"start": start, "end": end} for start, end in value]
                assert row[key] == (list(value) if isinstance(value, tuple) else value), (name, key)


def test_every_type_is_of_a_column_that_there_is() -> None:
    for name, kinds in parquet.TYPES.items():
        assert set(kinds) <= set(TABLES[name].header())


def test_a_date_brings_the_days_that_it_may_mean(dated: Record) -> None:
    table = read("dates", [dated])
    assert table.schema.field("value_low").type == arrow.date32()
    assert [(row["value"], row["value_low"], row["value_high"]) for row in table.to_pylist()] == [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023/..", date(2023, 1, 1), None),
        ("P3D", None, None),
    ]


@pytest.fixture
def dated() -> Record:
    from test_record import notice

    dates = [DateFact("held", each, (Span(0, 1),), "r", 1.0) for each in ("2024-02", "2023/..", "P3D")]
    return record(notice(), Annotations(dates=tuple(dates)))


def test_row_groups_are_written_as_they_fill(monkeypatch: pytest.MonkeyPatch, dated: Record) -> None:
    monkeypatch.setattr(parquet, "ROWS", 4)
    asked: list[int] = []

    def records() -> Iterator[Record]:
        for number in range(4):
            asked.append(number)
            yield dated

    pieces = write(records(), "parquet", table="dates")
    first = next(pieces)
    assert first and asked == [0, 1]
    whole = reader.ParquetFile(io.BytesIO(first + b"".join(pieces)))
    assert (whole.num_row_groups, whole.metadata.num_rows) == (3, 12)


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return known(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExtraMissing, match=r"pip install 'onrecord\[parquet\]'"):
        write([], "parquet")


@pytest.mark.parametrize("form", ["parquet", "json", "csv", "jsonl"])
def test_a_table_that_there_is_not(form: str) -> None:
    with pytest.raises(MetadataError, match="no table 'nothing'"):
        write([], form, table="nothing")


def test_json_is_one_array(dated: Record) -> None:
    rows = json.loads(b"".join(write([dated, dated], "json", table="dates")))
    assert [row["value"] for row in rows] == ["2024-02", "2023/..", "P3D"] * 2
    assert json.loads(b"".join(write([], "json"))) == []
