"""Writing: each thing once, in one transaction, and nothing lost when it comes again."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest
from store_samples import digest_of, everything, facts, failure, file_of, filled, reading

from onrecord.errors import JudgementError, NotFound
from onrecord.model import Annotations, Evidence, Given, Judgement, Reading, Subject, document_id
from onrecord.store import Added, View, Writer
from onrecord.store.writer import REVERSE

TEXT = "Orsk Council will not sign."


def id_of(one: Reading) -> str:
    return document_id(one.capture.digest)


def judgement(name: str, document: str | None = None, **fields: Any) -> Judgement:
    subject = Subject("attributions", document, Evidence(0, 4, "Orsk"))
    values: dict[str, Any] = {
        "subject": subject,
        "verdict": "wrong",
        "by": "Ilse",
        "at": "2024-06-01T08:00:00Z",
        **fields,
    }
    return Judgement(id=name, **values)


def test_building_twice_adds_nothing(tmp_path: Path) -> None:
    texts = [TEXT, "The ferry runs.", "Прозвучало заявление."]
    ids = filled(tmp_path / "a", texts)
    with Writer(tmp_path / "a") as writer:
        writer.judge(judgement("j1", ids[0]))
        writer.withdraw("j1", "2024-06-02T08:00:00Z", "Ilse")
        writer.add([failure(b"locked", "x.pdf")], [file_of(failure(b"locked", "x.pdf"))])
    before = everything(tmp_path / "a")
    filled(tmp_path / "a", texts)
    with Writer(tmp_path / "a") as writer:
        writer.judge(judgement("j1", ids[0]))
        writer.withdraw("j1", "2025-01-01T00:00:00Z", "Omar")
        assert writer.add([failure(b"locked", "x.pdf")], [file_of(failure(b"locked", "x.pdf"))]) == Added(0, 0, 1)
    assert everything(tmp_path / "a") == before


def test_what_is_added_is_counted(tmp_path: Path) -> None:
    with Writer(tmp_path / "a") as writer:
        assert writer.add([reading(TEXT), reading("Other.", "b.txt"), failure(b"x", "c.pdf")]) == Added(2, 0, 1)
        assert writer.add([reading(TEXT), reading("New.", "d.txt")]) == Added(1, 1, 0)


def test_the_same_bytes_from_two_places_are_one_document(tmp_path: Path) -> None:
    first, second = reading(TEXT, "a.txt", publisher="River Post"), reading(TEXT, "b.txt", publisher="Orsk Herald")
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([first, second])
        assert view.document(id_of(first)) == first.document
        assert [one.capture for one in view.captures_of(id_of(first))] == [first.capture, second.capture]
        assert view.statistics().documents == 1


def test_when_the_first_place_changes_the_other_lends_its_metadata(tmp_path: Path) -> None:
    first, second = reading(TEXT, "a.txt", publisher="River Post"), reading(TEXT, "b.txt", publisher="Orsk Herald")
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([first, second])
        writer.annotate([(id_of(first), facts(TEXT))], "stages 1")
        writer.add([reading("Changed.", "a.txt", publisher="River Post")])
        assert view.document(id_of(first)).capture == second.capture
        assert view.count_pending("stages 1") == 2
        assert dict(view.statistics().facets["publisher"]) == {"Orsk Herald": 1, "River Post": 1}


def test_changed_bytes_leave_the_old_capture_and_supersede_its_document(tmp_path: Path) -> None:
    old, new = reading(TEXT), reading("Orsk Council will sign.")
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([old], [file_of(old)])
        writer.add([new], [file_of(new)])
        (gone,) = view.captures_of(id_of(old))
        assert (gone.state, gone.replaced_by) == ("replaced", new.capture.digest)
        assert view.document(id_of(old)).text == TEXT
        assert [one.id for one in view.documents()] == [id_of(new)]
        assert view.listed([id_of(old)])[id_of(old)].state == "superseded"
        assert (view.statistics().documents, view.statistics().superseded) == (1, 1)
        writer.add([old], [file_of(old)])  # and back again
        assert [one.id for one in view.documents()] == [id_of(old)]
        assert [one.state for one in view.captures_at("letters/a.txt")] == ["read", "replaced"]


def test_a_container_that_lost_a_member_lets_it_go(tmp_path: Path) -> None:
    def member(text: str, number: int, container: bytes) -> Reading:
        return reading(text, f"pile.zip!/{number}.txt", container=digest_of(container))

    def pile(container: bytes) -> object:
        return file_of(reading("x", "pile.zip"), digest=digest_of(container))

    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([member("one", 1, b"A"), member("two", 2, b"A")], [pile(b"A")])
        writer.add([member("two", 2, b"B"), member("three", 3, b"B")], [pile(b"B")])
        assert sorted(one.text for one in view.documents()) == ["three", "two"]
        assert view.document(document_id(digest_of(b"two"))).capture.container == digest_of(b"B")
        assert [one.state for one in view.captures_at("pile.zip!/1.txt")] == ["replaced"]


def test_new_metadata_makes_a_document_pending_and_keeps_its_id(tmp_path: Path) -> None:
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([reading(TEXT)])
        writer.annotate([(id_of(reading(TEXT)), facts(TEXT))], "stages 1")
        assert view.count_pending("stages 1") == 0
        told = reading(TEXT, publisher="River Post", captured_at="2025-01-01T00:00:00Z")
        writer.add([told])
        (pending,) = view.pending("stages 1")
        assert pending.capture == msgspec.structs.replace(told.capture, captured_at=reading(TEXT).capture.captured_at)
        assert dict(view.statistics().facets["publisher"]) == {"River Post": 1}


def test_a_new_text_takes_the_old_findings_with_it(tmp_path: Path) -> None:
    one = reading(TEXT)
    assert one.document is not None
    better = msgspec.structs.replace(one, document=msgspec.structs.replace(one.document, text="Orsk."))
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([one])
        writer.annotate([(id_of(one), facts(TEXT))], "stages 1")
        writer.add([better])
        assert view.document(id_of(one)).text == "Orsk."
        assert view.annotations(id_of(one)) == Annotations()
        assert view.statistics("stages 1").pending == 1
        assert view.statistics().facets["genre"] == ()
    assert everything(tmp_path / "a")["mentions"] == []


def test_a_later_failure_does_not_lose_what_was_read(tmp_path: Path) -> None:
    one = reading(TEXT)
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([one])
        failed = Reading(capture=one.capture, notices=failure(b"", "x").notices)
        writer.add([failed])
        assert view.document(id_of(one)).text == TEXT
        assert view.failures() == []


def test_a_failed_capture_that_can_be_read_now_is_read(tmp_path: Path) -> None:
    one = reading(TEXT)
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([Reading(capture=one.capture, notices=failure(b"", "x").notices)])
        assert [failed.notices[0].code for failed in view.failures()] == ["encrypted"]
        writer.add([one])
        assert view.failures() == []
        assert view.document(id_of(one)) == one.document


def test_facts_take_the_place_of_earlier_ones(tmp_path: Path) -> None:
    (name,) = filled(tmp_path / "a", [TEXT])
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        generation = view.generation
        assert writer.annotate([(name, facts(TEXT, issuer="Ferry Union", issued="2023"))], "stages 2") == 1
        assert view.generation == generation + 1
        assert view.annotations(name) == facts(TEXT, issuer="Ferry Union", issued="2023")
        assert (view.count_pending("stages 1"), view.count_pending("stages 2")) == (1, 0)
        assert view.statistics().facets["month"] == ()
    assert [row[-1] for row in everything(tmp_path / "a")["parties"]] == ["Ferry Union"]


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    (name,) = filled(tmp_path / "a", [TEXT])
    before = everything(tmp_path / "a")
    with Writer(tmp_path / "a") as writer:
        with pytest.raises(NotFound):
            writer.annotate([(name, facts(TEXT, issuer="Ferry Union")), ("d0", facts(TEXT))], "stages 2")
        assert everything(tmp_path / "a") == before
        writer.annotate([(name, facts(TEXT, issuer="Ferry Union"))], "stages 2")
    assert everything(tmp_path / "a")["entities"][-1][3] in ("Ferry Union", "Orsk Council")


def test_files_are_known_by_place_size_time_and_metadata(tmp_path: Path) -> None:
    given = Given(publisher="River Post")
    file = file_of(reading(TEXT), mtime_ns=7, given=given)
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([reading(TEXT)], [file])
        assert view.known(file.source) == file
        assert list(view.known_files()) == [file]
        assert view.known("elsewhere") is None
        assert view.unchanged(file.source, file.size, 7, given)
        for other in [(file.size + 1, 7, given), (file.size, 8, given), (file.size, 7, Given())]:
            assert not view.unchanged(file.source, *other)


def test_judgements_stay(tmp_path: Path) -> None:
    (name,) = filled(tmp_path / "a", [TEXT])
    value = msgspec.Raw(b'{"name": "Orsk"}')
    one = judgement("j1", name, verdict="replace", value=value, note="see the letterhead")
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.judge(one)
        assert view.judgement("j1") == one
        assert view.judgements(name) == view.judgements() == [one]
        with pytest.raises(JudgementError, match="another id"):
            writer.judge(judgement("j1", name))
        for about in (judgement("j2", "d0"), judgement("j3", subject=Subject("entities", entities=("e0", "e1")))):
            with pytest.raises(JudgementError, match="not in"):
                writer.judge(about)
        writer.withdraw("j1", "2024-07-01T00:00:00Z", "Omar")
        assert view.judgement("j1").withdrawn == "2024-07-01T00:00:00Z"
        assert view.statistics().judgements == 0
        with pytest.raises(NotFound):
            writer.withdraw("j9", "2024-07-01T00:00:00Z", "Omar")


@pytest.mark.parametrize("sql", [
    "UPDATE judgements SET verdict = 'correct'", "DELETE FROM judgements",
    "INSERT OR REPLACE INTO judgements SELECT * FROM judgements",
    "INSERT OR REPLACE INTO withdrawals SELECT * FROM withdrawals",
    "UPDATE withdrawals SET by = 'x'", "DELETE FROM withdrawals",
])  # fmt: skip
def test_the_ledger_cannot_be_edited_even_by_sql(tmp_path: Path, sql: str) -> None:
    (name,) = filled(tmp_path / "a", [TEXT])
    with Writer(tmp_path / "a") as writer:
        writer.judge(judgement("j1", name))
        writer.withdraw("j1", "2024-07-01T00:00:00Z", "Omar")
    connection = sqlite3.connect(tmp_path / "a" / "onrecord.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(sql)
    connection.close()


def indexes(folder: Path) -> dict[str, str]:
    connection = sqlite3.connect(folder / "onrecord.sqlite")
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    connection.close()
    return dict(rows)


def test_a_long_run_does_without_some_indexes_and_they_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (name,) = filled(tmp_path / "a", [TEXT])
    before = indexes(tmp_path / "a")
    assert {index: before[index].replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS") for index in REVERSE} == REVERSE
    monkeypatch.setattr("onrecord.store.writer.MANY", 1)
    killed = Writer(tmp_path / "a")
    killed.annotate([(name, facts(TEXT))], "stages 2")
    assert indexes(tmp_path / "a").keys() == before.keys() - REVERSE.keys()
    killed._db.close()  # as a killed process leaves it
    killed._lock.release()
    Writer(tmp_path / "a").close()
    assert indexes(tmp_path / "a").keys() == before.keys()
