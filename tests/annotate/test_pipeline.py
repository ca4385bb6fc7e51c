"""The table of stages as a whole: complete, pure, repeatable, and every offset inside the text."""

import pytest
from documents import FLOODS, document, found
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate import STAGES, WANTED, annotate, annotate_all, fingerprint, problems
from onrecord.annotate.pipeline import Stage, run_all
from onrecord.model import Annotations, Document

HARBOUR = "Harbour Union\n\n4 May 2024\n\nWe will not sign, Mira Kessan said."
PIECES = st.sampled_from(
    [
        "HARBOUR UNION\n", "Statement by the Harbour Union\n\n", "Orsk, 3 May 2024\n\n", "31 February 2024 ",
        "last week ",
        "The ferry must return to its crew before the lock is opened to all. ", "“We stay,” said Mara Oru. ",
        "(a) one;\n",
        "1. The lock opens.\n", "Signed:\n", "Mara Oru\n", "\r\n\r\n", "  ", "إن المجلس،\n", "٣ أيار/مايو ٢٠٢٤\n",
        "«", "”", "[",
        "Home | Contact\n", "To the people of Orsk:\n", "thirteen signatories ", "🕊", "\u202b", "1/1/1", "May ", "the ",
    ]
)  # fmt: skip


def test_the_table_runs_and_gives_all_that_annotations_hold() -> None:
    assert problems(STAGES, WANTED) == []
    assert set(WANTED) == set(Annotations.__struct_fields__)


def test_many_at_once_give_what_each_gives_alone_and_a_fault_in_one_stays_there() -> None:
    def fails(made: Document) -> str:
        if "Orsk" in made.text:
            raise ValueError("no such place")
        return made.text

    table = (
        Stage("first", 1, (), ("text",), fails),
        Stage("last", 1, ("text",), ("length",), lambda _, text: len(text)),
    )
    whole, broken, other = run_all(table, [document("Marn"), document("Orsk"), document("Keld is far")])
    assert isinstance(broken, ValueError)
    assert (whole["length"], other["length"]) == (4, 11)
    texts = [HARBOUR, "", "“We wait,” said Mira Kessan."]
    assert annotate_all([document(text) for text in texts]) == [annotate(document(text)) for text in texts]


def test_the_checker_names_what_is_missing() -> None:
    broken = (*STAGES[1:], Stage("again", 1, ("nothing",), ("title",), lambda document: None))
    assert problems(broken, ("verses",)) == [
        "stage 'sentences' needs 'paragraphs', which no earlier stage assigns",
        "stage 'languages' needs 'paragraphs', which no earlier stage assigns",
        "stage 'segments' needs 'paragraphs', which no earlier stage assigns",
        "stage 'again' needs 'nothing', which no earlier stage assigns",
        "stage 'again' assigns 'title', which 'title' assigned already",
        "no stage assigns 'verses'",
    ]


def test_the_fingerprint_is_stable_and_short() -> None:
    assert fingerprint() == fingerprint() and len(fingerprint()) == 16


@pytest.mark.parametrize("text", ["", " ", "\n", "\ufeff", "?", "12", "()[]", "A"])
def test_hardly_any_text_gives_hardly_anything(text: str) -> None:
    result = found(text)
    assert (result.statements, result.mentions, result.attributions) == ((), (), ())


@pytest.mark.parametrize("name", [name for name in FLOODS if name not in ("quotes", "one line", "signatures")])
def test_a_flood_ends(name: str) -> None:
    result = found(FLOODS[name])
    assert result.languages[-1].end == len(FLOODS[name])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_offset_lies_in_the_text_and_a_second_run_agrees(text: str) -> None:
    result = annotate(document(text))
    assert result == annotate(document(text))
    size = len(text)
    assert [it.start for it in result.languages] == [0, *(it.end for it in result.languages[:-1])]
    assert result.languages[-1].end == size
    for it in (*result.segments, *result.times, *result.mentions):
        assert 0 <= it.start < it.end <= size
    spans = [span for it in result.dates for span in it.spans]
    spans += [span for it in result.statements for party in it.parties for span in party.spans]
    spans += [span for notice in result.notices for span in notice.spans]
    assert all(0 <= start < end <= size for start, end in spans)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_segments_are_a_tree_of_ranges(text: str) -> None:
    segments = annotate(document(text)).segments
    by_id = {it.id: it for it in segments}
    assert len(by_id) == len(segments)
    last: dict[str | None, int] = {}
    for it in segments:
        assert it.start >= last.get(it.parent, 0)
        last[it.parent] = it.end
        if it.parent:
            parent = by_id[it.parent]
            assert parent.start <= it.start and it.end <= parent.end
