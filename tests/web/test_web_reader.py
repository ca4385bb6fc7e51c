# ruff: noqa: E501 - sentences and cases stay in one piece
"""The reader's page as a value: exact words, the right layers on them, and each fact with its address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import web_samples as samples
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parsed_html
from markupsafe import Markup
from starlette.requests import Request

from onrecord import model
from onrecord.model import Record, Span
from onrecord.web import reader
from onrecord.web.pages.document import document_page
from onrecord.web.paragraphs import paragraphs

REQUEST = Request({"type": "http", "method": "GET", "path": "/d/x", "headers": [], "query_string": b""})

RECORDS = {"english": samples.english(), "arabic": samples.arabic()}
TEXTS = st.lists(
    st.sampled_from(["word", " ", "\n", "\n\n", "\r\n", "نهر", "«", "<b>&", "\u202e", "🚢", "long " * 40, "\t"]),
    max_size=30,
).map("".join)


def words_of(markup: Markup) -> str:
    return parsed_html.fragment_fromstring(f"<p>{markup}</p>").text_content()


def covered(record: Record, layer: str) -> str:
    """The words under a layer, stretches parted by `|`."""
    found: list[str] = []
    for block in reader.page(record).blocks:
        last = ""
        for element in parsed_html.fragment_fromstring(f"<p>{block.html}</p>"):
            inside = layer in (element.get("class") or "").split()
            adjacent = (
                inside and last == "inside" and not (element.getprevious() is not None and element.getprevious().tail)
            )
            found[-1:] = (
                [found[-1] + element.text_content()]
                if adjacent
                else [*found[-1:], *([element.text_content()] if inside else [])]
            )
            last = "inside" if inside else ""
    return "|".join(found)


@pytest.mark.parametrize("name", RECORDS)
def test_every_paragraph_holds_its_words_exactly(name: str) -> None:
    record = RECORDS[name]
    blocks = reader.page(record).blocks
    assert [words_of(block.html) for block in blocks] == [
        record.text[b.paragraph.start : b.paragraph.end] for b in blocks
    ]
    outside = record.text
    for block in reversed(blocks):
        outside = outside[: block.paragraph.start] + outside[block.paragraph.end :]
    assert not outside.strip()


@st.composite
def annotated(draw: st.DrawFn) -> Record:
    text = draw(TEXTS)
    offsets = st.integers(0, len(text))
    spans = st.lists(st.tuples(offsets, offsets).map(lambda pair: Span(*sorted(pair))), min_size=1, max_size=3).map(
        tuple
    )
    kinds = st.sampled_from(["direct", "indirect", "mixed"])
    said = st.builds(
        model.Attribution, st.just("a"), kinds, st.none() | st.builds(model.Source, spans), st.none() | st.builds(model.Cue, spans),
        st.builds(model.Cue, spans), st.none(), st.just(()), st.just("rule"), st.floats(0, 1),
    )  # fmt: skip
    times = st.builds(
        model.TimeExpression, offsets, offsets, st.just("date"), st.none() | st.just('"2024"'), st.none(), st.just("r")
    )
    parts = st.builds(model.Segment, st.just("g"), st.sampled_from(["insertion", "headline", "body"]), offsets, offsets)
    lists = {"attributions": said, "times": times, "segments": parts}
    return samples.record(text, **{key: tuple(draw(st.lists(kind, max_size=4))) for key, kind in lists.items()})


@given(annotated())
def test_whatever_is_drawn_over_it_the_text_stays_exact(record: Record) -> None:
    for block in reader.page(record, (0, len(record.text)) if record.text else None).blocks:
        part = record.text[block.paragraph.start : block.paragraph.end]
        assert words_of(block.html) == part


@given(TEXTS)
def test_paragraphs_follow_one_another_and_leave_out_only_white_space(text: str) -> None:
    at = 0
    for number, part in enumerate(paragraphs(text), 1):
        assert part.number == number
        assert not text[at : part.start].strip()
        assert text[part.start : part.end].strip()
        at = part.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        ("q", "“We will not sign a text that leaves out the night ferries,”|“The people who work the river [dockers and pilots – ed.] were not asked.”|“The union told us, ‘come back with numbers’, and we shall,”"),
        ("q2", "‘come back with numbers’"),
        ("r", "the ferries would be dealt with in a second round|they would meet every week"),
        ("c", "said|replied|told|wrote"),
        ("n", "HARBOUR UNION OF ORSK|Harbour Union|River Council|Mara Lindqvist|Tomas Ibel"),
        ("t", "3 May 2024|last week|Wednesday|14 June 2024|every week"),
        ("g", "[dockers and pilots – ed.]"),
    ],
)  # fmt: skip
def test_each_layer_lies_on_its_words(layer: str, words: str) -> None:
    assert covered(RECORDS["english"], layer) == words


def notes(record: Record) -> Iterator[tuple[int, int, str | None, str, str]]:
    for block in reader.page(record).blocks:
        for note in block.notes:
            yield block.paragraph.number, note.number, note.speaker, note.kind, note.sure


def test_the_margin_names_each_speaker_beside_the_paragraph() -> None:
    assert list(notes(RECORDS["english"])) == [
        (6, 1, "Mara Lindqvist", "own words", ""),
        (7, 2, "River Council", "reported", ""),
        (7, 3, "Tomas Ibel", "own words", ""),
        (7, 4, None, "own words", "unsure"),
        (8, 5, "Both sides", "reported", ""),
    ]


def test_the_pens_it_came_through_are_named_but_for_the_publisher_of_all() -> None:
    assert {note.chain for block in reader.page(RECORDS["english"]).blocks for note in block.notes} == {()}
    assert {note.chain for block in reader.page(RECORDS["arabic"]).blocks for note in block.notes} == {("River Post",)}


def test_numbers_stand_where_the_quotations_begin() -> None:
    numbered = [
        (element.get("data-n"), element.text_content()[:12])
        for block in reader.page(RECORDS["english"]).blocks
        for element in parsed_html.fragment_fromstring(f"<p>{block.html}</p>").xpath("//*[@data-n]")
    ]
    assert numbered == [
        ("1", "“We will not"),
        ("2", "the ferries "),
        ("3", "“The union "),
        ("4", "‘come back w"),
        ("5", "they would m"),
    ]


def test_paragraphs_have_the_language_and_direction_that_they_stand_in() -> None:
    page = reader.page(RECORDS["arabic"])
    assert (page.lang, page.dir) == ("ar", "rtl")
    assert [(block.lang, block.dir) for block in page.blocks] == [("ar", "rtl")] * 4 + [("en", "ltr"), ("ar", "rtl")]


def test_without_a_known_language_each_paragraph_finds_its_own_direction() -> None:
    page = reader.page(samples.record("نهر\n\nriver"))
    assert [(block.lang, block.dir) for block in page.blocks] == [("", "auto"), ("", "auto")]


def test_facts_carry_the_words_that_they_rest_on() -> None:
    record = RECORDS["english"]
    page = reader.page(record)
    told = [
        (fact.label, fact.value, [passage.exact for passage in fact.passages], fact.rule)
        for fact in (*page.parties, *page.dates)
    ]
    assert told == [
        ("Issued by", "Harbour Union", ["HARBOUR UNION OF ORSK"], ""),
        ("Signed by", "Mara Lindqvist", ["Mara Lindqvist"], ""),
        ("Signed by", "Jonas Perel", ["Jonas Perel"], ""),
        ("Addressed to", "the delegates of the Velna conference", ["the delegates of the Velna conference"], ""),
        ("Issued", "3 May 2024", ["3 May 2024"], "the dateline"),
        ("Captured", "1 June 2024", [], "capture time"),
    ]
    for fact in (*page.parties, *page.dates):
        for passage in fact.passages:
            assert passage.address == f"/d/{record.id}/{passage.start}-{passage.end}"
            assert record.text[passage.start : passage.end] == passage.exact


def test_a_document_without_title_is_called_by_its_file() -> None:
    assert reader.page(samples.record("x", "a/b/note.txt")).title == "note.txt"


def test_segments_are_named_where_they_begin() -> None:
    named = [(block.paragraph.number, block.named) for block in reader.page(RECORDS["english"]).blocks if block.named]
    assert named == [
        (1, ("letterhead",)), (3, ("headline",)), (4, ("dateline",)), (5, ("address",)), (6, ("insertion",)), (9, ("closing",)), (11, ("signature",)),
    ]  # fmt: skip


def test_a_long_document_full_of_findings_stays_a_page_of_moderate_size() -> None:
    text = "\n\n".join(
        "The council of the river said that the crossing stays open through the night. " * 6 for _ in range(220)
    )
    starts = range(0, 100_000, 50)
    people = tuple(model.Mention(f"m{at}", at, at + 20, "person", "e1") for at in starts[:800])
    days = tuple(
        model.TimeExpression(at + 9, at + 30, "date", "2024-05-03", None, "day-month-year") for at in starts[:800]
    )
    spoken = tuple(
        model.Attribution(
            f"a{at}",
            "direct",
            None,
            None,
            model.Cue((Span(at, at + 240),)),
            None,
            (model.Voice("speaker", "Mara", "e1"),),
            "rule",
            0.9,
        )
        for at in starts[:400]
    )
    record = samples.record(text[:100_000], mentions=people, times=days, attributions=spoken)
    answer = document_page(REQUEST, record)
    assert len(record.text) == 100_000
    assert len(answer.body) < 1_000_000
    assert answer.body.count(b"data-n=") == 400
