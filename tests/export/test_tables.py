"""Tables: their cells are what the record says, their words are the text's, and CSV does no harm."""

from __future__ import annotations

import csv as reader
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_records import annotations, documents
from test_record import FACTS, TEXT, notice, where

from onrecord.errors import MetadataError
from onrecord.export import TABLES, csv, record, write
from onrecord.export.tables import GAP, Table, place, words
from onrecord.model import Annotations, Document, Mention, Party, Record, Segment, Span, Statement

PARTS = Statement(
    "st1",
    "g1",
    "statement",
    "2024-05-03",
    (
        Party("issuer", "e1", "Harbour Union", (Span(0, 13),)),
        Party("witness", None, "the union", (where("the union"),)),
    ),
)
WHOLE = record(
    notice(),
    Annotations(
        **{name: getattr(FACTS, name) for name in ("title", "entities", "times", "attributions", "acts")},
        segments=(Segment("g1", "body", 15, len(TEXT)),),
        mentions=(
            Mention("m1", 0, 13, "organization", "e1"),
            Mention("m2", *where("the union"), "organization", "e1", None, True),
        ),
        statements=(PARTS,),
        genre="statement",
    ),
)


def rows(name: str, one: Record = WHOLE) -> list[dict[str, object]]:
    table = TABLES[name]
    return [dict(zip(table.header(), row, strict=True)) for row in table.rows([one])]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "documents",
            {"document": "d1f2", "file": "notice.txt", "title": "Harbour Union", "issued": None, "characters": 62},
        ),
        (
            "statements",
            {"parties": ("Harbour Union", "the union"), "held": (Span(15, 62),), "words": "Harbour Union … the union"},
        ),
        ("parties", {"statement": "st1", "role": "issuer", "party": "Harbour Union", "address": "/d/d1f2/0-13"}),
        (
            "attributions",
            {
                "speaker": "Harbour Union",
                "entity": "e1",
                "source_words": "the union",
                "cue_words": "said",
                "words": "We will not sign",
                "voices": ("speaker: Harbour Union",),
                "address": "/d/d1f2/15-31",
            },
        ),
        ("times", {"value": "2024-05-03", "words": "3 May 2024", "spans": (Span(51, 61),)}),
        ("mentions", {"name": "Harbour Union", "words": "Harbour Union", "nominal": False}),
        ("entities", {"entity": "e1", "mentions": 2, "words": "Harbour Union"}),
        ("segments", {"kind": "body", "words": TEXT[15:]}),
        ("acts", {"act": "refuse", "in": "a1", "name": "Harbour Union", "cue_words": "sign"}),
    ],
)
def test_first_row(name: str, expected: dict[str, object]) -> None:
    assert expected.items() <= rows(name)[0].items()


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_columns_are_named_once_and_explained(table: Table) -> None:
    assert len(set(table.header())) == len(table.header())
    assert all(column.about for column in table.declared())
    assert table.header()[:2] == ("document", "file")
    assert table.header()[-3:] == ("words", "spans", "address")


@given(documents, annotations)
def test_every_row_has_its_header_and_its_evidence(document: Document, facts: Annotations) -> None:
    made = record(document, facts)
    for table in TABLES.values():
        for row in table.rows([made]):
            cells = dict(zip(table.header(), row, strict=True))
            spans = cells["spans"]
            assert cells["words"] == (GAP.join(made.text[a:b] for a, b in spans) if spans else None)
            assert str(cells["address"]).startswith(f"/d/{document.id}")


def test_a_split_quotation_is_one_row() -> None:
    assert words(TEXT, (Span(15, 17), Span(27, 31))) == "We … sign"
    assert place("d1", (Span(27, 31), Span(15, 17))) == "/d/d1/15-31"
    assert (words(TEXT, ()), place("d1", ())) == (None, "/d/d1")


def parsed(data: bytes) -> list[list[str]]:
    return list(reader.reader(io.StringIO(data.decode("utf8"), newline=""), strict=True))


def test_csv_is_rfc_4180() -> None:
    data = b"".join(csv.encode(TABLES["segments"], [WHOLE]))
    assert data.count(b"\r\n") == 2
    header, row = parsed(data)
    assert tuple(header) == TABLES["segments"].header()
    assert row == ["d1f2", "notice.txt", "g1", "body", "", "", TEXT[15:], "15-62", "/d/d1f2/15-62"]


def test_csv_writes_truth_lists_and_spans_as_words() -> None:
    cells = dict(zip(*parsed(b"".join(csv.encode(TABLES["statements"], [WHOLE]))), strict=True))
    assert (cells["parties"], cells["spans"]) == ("Harbour Union; the union", "0-13 33-42")
    assert [row[7] for row in parsed(b"".join(csv.encode(TABLES["mentions"], [WHOLE])))] == ["nominal", "false", "true"]


def test_a_byte_order_mark_is_a_choice() -> None:
    plain, marked = (b"".join(csv.encode(TABLES["dates"], [WHOLE], bom=bom)) for bom in (False, True))
    assert marked == b"\xef\xbb\xbf" + plain
    assert plain.startswith(b"document,file,")


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\nx", "'\nx"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("'tis", "''tis"),
        ("We = you", "We = you"),
        ("", ""),
    ],
)
def test_formulas_are_disarmed(words: str, cell: str) -> None:
    assert csv.disarmed(words) == cell
    assert csv.rearmed(cell) == words


@given(st.text())
def test_disarming_is_reversible_and_leaves_no_formula(words: str) -> None:
    cell = csv.disarmed(words)
    assert csv.rearmed(cell) == words
    assert not cell.lstrip().startswith(("=", "+", "-", "@")) and not cell.startswith(("\t", "\r"))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=3))
def test_names_with_anything_in_them_stay_whole(names: list[str]) -> None:
    parties = tuple(Party("issuer", None, name, ()) for name in names)
    made = record(notice(), Annotations(statements=(Statement("st1", None, "statement", None, parties),)))
    _, *found = parsed(b"".join(csv.encode(TABLES["parties"], [made])))
    assert [csv.rearmed(row[6]) for row in found] == names


def test_json_lines_hold_one_fact_each() -> None:
    lines = [json.loads(line) for line in b"".join(write([WHOLE, WHOLE], "jsonl")).splitlines()]
    kinds = [line["table"] for line in lines]
    assert kinds[: len(kinds) // 2] == kinds[len(kinds) // 2 :]
    assert kinds.count("parties") == 4
    (said,) = [json.loads(line) for line in write([WHOLE], "jsonl", table="attributions")]
    assert (said["table"], said["spans"], said["voices"]) == ("attributions", [[15, 31]], ["speaker: Harbour Union"])


def test_the_record_is_a_line_each() -> None:
    lines = b"".join(write([WHOLE, WHOLE], "record")).splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["d1f2", "d1f2"]


def test_csv_without_a_table_is_the_documents() -> None:
    assert b"".join(write([WHOLE], "csv")) == b"".join(write([WHOLE], "csv", table="documents"))


@pytest.mark.parametrize(
    ("form", "table"), [("xml", None), ("csv", "rumours"), ("jsonl", "rumours"), ("record", "dates")]
)
def test_what_there_is_not_is_said_at_once(form: str, table: str | None) -> None:
    with pytest.raises(MetadataError, match=r"no form|no table"):
        write([], form, table=table)
