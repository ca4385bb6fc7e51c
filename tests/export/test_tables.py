"""Tables: their cells are what the record says, their words are the text's, and CSV does no harm."""

from __future__ import annotations

import csv as reader
import io
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_records import annotations, documents
from test_record import FACTS, TEXT, notice, where

from onrecord.errors import MetadataError
from onrecord.export import TABLES, csv, record, write
from onrecord.export.tables import GAP, Table, place, words
from onrecord.model import (
    Annotations,
    Attribution,
    Cue,
    DateFact,
    Document,
    Entity,
    Mention,
    Party,
    Record,
    Segment,
    Source,
    Span,
    Statement,
    Title,
    Voice,
)

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
                "title": "Harbour Union",
                "chain": "Harbour Union",
                "voices": ("speaker: Harbour Union",),
                "start": 15,
                "end": 31,
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


LETTER = """The ferry

“=Wait,” Anna Brandt told the Post, “the Hill Guard said: ‘We stay,
all night.’” It was late."""


def of_letter(*words: str) -> tuple[Span, ...]:
    return tuple(Span(LETTER.index(each), LETTER.index(each) + len(each)) for each in words)


def test_attributions_are_a_sheet_of_who_said_what() -> None:
    """Three levels, a split quotation, words over two lines, one that begins like a formula, a source not known."""
    post, anna, guard = Voice("publisher", "River Post"), Voice("speaker", "Anna Brandt", "e1"), "the Hill Guard"
    within = of_letter("the Hill Guard said: ‘We stay,\nall night.’")
    made = msgspec.structs.replace(
        record(notice(), Annotations()),
        text=LETTER,
        capture=msgspec.structs.replace(notice().capture, published="2024-05-04"),
        title=Title("The ferry", (Span(0, 9),)),
        dates=(DateFact("issued", "2024-05-03", (), "metadata", 0.5),),
        entities=(Entity("e1", "Anna Brandt", "person", ("Anna Brandt",)),),
        attributions=(
            Attribution(
                "a1", "direct", Source(of_letter("Anna Brandt"), "e1"), Cue(of_letter("told")),
                Cue((*of_letter("=Wait,"), *within)), None, (post, anna), "quotation-cue", 0.95,
            ),
            Attribution(
                "a2", "direct", Source(of_letter("the Hill Guard"), None), Cue(of_letter("said")),
                Cue(of_letter("We stay,\nall night.")), "a1", (post, anna, Voice("speaker", guard)),
                "cue-quotation", 0.9,
            ),
            Attribution("a3", "indirect", None, None, Cue(of_letter("It was late.")), None, (post,), "passive", 0.5),
        ),
    )  # fmt: skip
    sheet = b"".join(write([made], "csv", table="attributions")).decode("utf8")
    assert sheet == "".join(line + "\r\n" for line in (
        "document,file,title,issued,published,attribution,kind,speaker,entity,source_words,source_spans,cue_words,"
        "cue_spans,chain,voices,parent,rule,confidence,start,end,words,spans,address",
        "d1f2,notice.txt,The ferry,2024-05-03,2024-05-04,a1,direct,Anna Brandt,e1,Anna Brandt,20-31,told,32-36,"
        "River Post > Anna Brandt,publisher: River Post; speaker: Anna Brandt,,quotation-cue,0.95,12,90,"
        "\"'=Wait, … the Hill Guard said: ‘We stay,\nall night.’\",12-18 48-90,/d/d1f2/12-90",
        "d1f2,notice.txt,The ferry,2024-05-03,2024-05-04,a2,direct,the Hill Guard,,the Hill Guard,48-62,said,63-67,"
        "River Post > Anna Brandt > the Hill Guard,"
        "publisher: River Post; speaker: Anna Brandt; speaker: the Hill Guard,a1,cue-quotation,0.9,70,89,"
        '"We stay,\nall night.",70-89,/d/d1f2/70-89',
        "d1f2,notice.txt,The ferry,2024-05-03,2024-05-04,a3,indirect,,,,,,,River Post,publisher: River Post,,passive,"
        "0.5,92,104,It was late.,92-104,/d/d1f2/92-104",
    ))  # fmt: skip


@given(documents, annotations)
def test_words_of_an_attribution_are_slices_of_the_text(document: Document, facts: Annotations) -> None:
    made = record(document, facts)
    header, *found = parsed(b"".join(csv.encode(TABLES["attributions"], [made])))
    assert len(found) == len(made.attributions)
    for attribution, row in zip(made.attributions, found, strict=True):
        cells, spans = dict(zip(header, row, strict=True)), attribution.content.spans
        assert csv.rearmed(cells["words"]) == GAP.join(made.text[start:end] for start, end in spans)
        if spans:
            assert cells["address"] == f"/d/{made.id}/{cells['start']}-{cells['end']}"
            assert (int(cells["start"]), int(cells["end"])) == (min(s.start for s in spans), max(s.end for s in spans))
        assert csv.rearmed(cells["chain"]) == " > ".join(voice.name for voice in attribution.voices)
