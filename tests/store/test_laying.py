"""The query tables: what they hold of the facts, and of facts with judgements laid over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from store_samples import everything, facts, file_of, filled, reading, without_step_six

from onrecord.model import (
    Annotations,
    Attribution,
    Cue,
    DateFact,
    Party,
    Source,
    Span,
    SpeechAct,
    Statement,
    document_id,
    entity_id,
)
from onrecord.store import Laid, View, Writer, create
from onrecord.store.facts import doubt_rows, owners

TEXT = "Orsk Council will not sign."
UNION = entity_id("organization", "ferry union")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    filled(tmp_path / "a", [TEXT, "The ferry runs."])
    return tmp_path / "a"


@pytest.fixture
def view(folder: Path) -> Iterator[View]:
    with View(folder) as view:
        yield view


def judged(**changes: Any) -> Laid:
    return Laid(replace(facts(TEXT), **changes), ("j1",), 1, {("acts", 0): "right", ("attributions", 0): "wrong"})


def content(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All tables but what counts changes."""
    found = everything(folder)
    del found["meta"]
    found["documents"] = [row[:-1] for row in found["documents"]]
    return found


def name_of(view: View) -> str:
    return str(view.rows("SELECT id FROM documents WHERE number = 1")[0][0])


def test_the_rows_of_a_document_say_what_its_facts_say(view: View) -> None:
    end = len(TEXT)
    [act] = view.rows("SELECT * FROM acts WHERE document = 1")
    [(council,)] = view.rows("SELECT number FROM entities")
    assert act == (1, 0, "s1", "refuse", None, "performed", 0, 0, council, None, None, 0, end, "2024-05-01",
                   "2024-05-31", 0.6)  # fmt: skip
    [statement] = view.rows("SELECT * FROM statements WHERE document = 1")
    assert statement == (1, 0, "st1", "statement", "2024-05", "2024-05-01", "2024-05-31", 1)
    doubts = view.rows("SELECT * FROM doubts WHERE document = 1")
    assert doubts == [("act", 1, 0, 0, end, 0.6, None), ("speaker", 1, 0, 0, end, 0.7, None)]


def party(role: str, name: str, entity: str | None = None) -> Party:
    return Party(role, entity, name, ())  # type: ignore[arg-type]


@pytest.mark.parametrize(("parties", "own"), [
    ((), 0),
    ((party("issuer", "The Union", UNION), party("signatory", "Union", UNION)), 1),
    ((party("signatory", "A. Reader"), party("signatory", "A.  READER"), party("sponsor", "B. Clerk")), 2),
    ((party("issuer", "The Union", UNION), party("witness", "B. Clerk")), 1),
])  # fmt: skip
def test_a_statement_counts_whom_it_is_of(parties: tuple[Party, ...], own: int) -> None:
    assert owners(Statement("st1", None, "statement", None, parties)) == own


def said(rule: str, confidence: float, *source: Span, at: tuple[Span, ...] = (Span(4, 9),)) -> Annotations:
    words = Source(source, UNION)
    return Annotations(attributions=(Attribution("a1", "direct", words, None, Cue(at), None, (), rule, confidence),))


def act(rule: str, confidence: float) -> Annotations:
    return Annotations(acts=(SpeechAct("s1", 2, 8, "warn", Span(2, 4), "a1", None, rule=rule, confidence=confidence),))


@pytest.mark.parametrize(("found", "kinds"), [
    (said("clause-cue", 0.7, Span(0, 3)), ["content"]),
    (said("clause-cue; pronoun: nearest before", 0.56, Span(0, 3)), ["speaker"]),
    (said("clause-cue", 0.7), ["speaker"]),
    (said("clause-cue", 0.8, Span(0, 3)), []),
    (said("clause-cue", 0.7, Span(0, 3), at=()), []),
    (act("consequence", 0.5), ["act"]),
    (act("cue", 0.5), []),  # as sure as the attribution that it is told in
    (Annotations(dates=(DateFact("issued", "2024", (Span(0, 4),), "headline-date", 0.7),)), ["date"]),
    (Annotations(dates=(DateFact("issued", "2024", (), "metadata", 0.5),)), []),  # rests on no words
])  # fmt: skip
def test_what_the_machine_is_not_sure_of_is_in_doubt(found: Annotations, kinds: list[str]) -> None:
    assert [row[0] for row in doubt_rows(1, found)] == kinds


def test_what_is_laid_over_stands_until_the_machine_s_own_is_laid_over_again(folder: Path, view: View) -> None:
    before, generation, name = content(folder), view.generation, name_of(view)
    with Writer(folder) as writer:
        assert writer.lay([(name, judged(acts=(), dates=(), genre="report"))]) == 1
        assert view.listed([name])[name].genre == "report"
        assert dict(view.statistics().facets["genre"]) == {"report": 1, "statement": 1}
        assert view.rows("SELECT count(*) FROM acts WHERE document = 1") == [(0,)]
        assert view.rows("SELECT kind, state FROM doubts WHERE document = 1") == [
            ("act", "right"),
            ("speaker", "wrong"),
        ]
        assert list(view.changed_since(generation)) == [1]
        assert view.annotations(name) == facts(TEXT), "what the machine found stays"
        writer.lay([(name, Laid(facts(TEXT)))])
    assert content(folder) == before


def test_annotating_anew_forgets_what_was_laid_over(folder: Path, view: View) -> None:
    name = name_of(view)
    with Writer(folder) as writer:
        writer.lay([(name, judged(attributions=()))])
        writer.annotate([(name, facts(TEXT))], "stages 1")
        assert view.rows("SELECT count(*) FROM laid") == [(1,)], "the same facts once more change nothing"
        writer.annotate([(name, facts(TEXT))], "stages 2")
    assert view.rows("SELECT count(*) FROM laid") == [(0,)]
    assert view.rows("SELECT count(*) FROM attributions WHERE document = 1") == [(1,)]


def test_nothing_is_laid_over_what_is_not_annotated_or_not_there(folder: Path) -> None:
    one = reading("Only just come in.", "letters/new.txt")
    with Writer(folder) as writer:
        writer.add([one], [file_of(one)])
        before = everything(folder)
        assert writer.lay([(document_id(one.capture.digest), judged()), ("d0", judged())]) == 0
    assert everything(folder) == before


def test_an_archive_of_the_third_edition_gets_the_same_rows_from_its_facts(folder: Path, tmp_path: Path) -> None:
    before = everything(folder)
    connection = sqlite3.connect(folder / "onrecord.sqlite", isolation_level=None)
    without_step_six(connection)
    for table in ("searches", "laid", "doubts", "acts", "statements"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP INDEX judgements_by_kind")
    for table, column in (
        ("dates", "confidence"),
        ("dates", "start"),
        ("dates", '"end"'),
        ("attributions", "confidence"),
    ):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.execute("DELETE FROM migrations WHERE number > 3")
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    create(folder)
    assert everything(folder) == before
