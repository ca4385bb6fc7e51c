"""The query tables say what stands: whatever is decided, taken back or read again, on a real archive."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord import Archive
from onrecord.model import Judgement, Subject

LETTER = """Marn Ferry Union

Marn, 3 May 2024

“We will not sign the paper,” said Anna Brandt. The river was high and the market was shut that day.

Tomas Okell said that the quay would stay empty until the evening. He warned the Dam Council against a strike.

We condemn the closing of the lower lock and demand that the Dam Council open it.

Signed: Marn Ferry Union, Quay Guild
"""
TABLES = ("dates", "parties", "mentions", "attributions", "statements", "acts", "notices", "doubts")


def build(place: Path, text: str = LETTER) -> Archive:
    (place / "in").mkdir(exist_ok=True, parents=True)
    (place / "in" / "letter.txt").write_text(text, "utf8")
    archive = Archive.open(place / "a.onrecord", create=True)
    archive.build([place / "in"])
    return archive


def tables(archive: Archive, *, whole: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables hold of current documents, entities by their ids; with `whole` every table but what counts
    changes and what people decided."""
    connection = sqlite3.connect(archive.folder / "onrecord.sqlite")
    if whole:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names}
        for name in ("meta", "judgements", "withdrawals"):
            del found[name]
        found["documents"] = [row[:-1] for row in found["documents"]]
    else:
        ids = dict(connection.execute("SELECT number, id FROM documents WHERE state = 'current'"))
        entities = dict(connection.execute("SELECT number, id FROM entities"))
        found = {}
        for table in TABLES:
            rows = connection.execute(f"SELECT * FROM {table}")
            columns = [column[0] for column in rows.description]
            found[table] = sorted(
                (
                    tuple(
                        ids[value] if name == "document"
                        else entities[value] if name in ("entity", "speaker", "by", "addressee", "target") and value
                        else value
                        for name, value in zip(columns, row, strict=True)
                    )
                    for row in rows
                    if row[columns.index("document")] in ids
                ),
                key=repr,
            )  # fmt: skip
        listed = (
            "SELECT id, title, language, genre, issued, issued_low, issued_high FROM documents WHERE state = 'current'"
        )
        found["documents"] = connection.execute(listed).fetchall()
        found["dates"] = [row for row in found["dates"] if "captured" not in row]  # as the clock stood
        found["counts"] = connection.execute("SELECT * FROM counts").fetchall()
    connection.close()
    return found


FACTS = ("attributions", "acts", "dates", "statements", "mentions")


REPLACED: dict[str, dict[str, Any]] = {
    "attributions": {"kind": "mixed"},
    "acts": {"act": "warn", "by": None},
    "dates": {"value": "2023-01"},
    "statements": {"genre": "report"},
    "mentions": {"entity": None},
}


def judge(archive: Archive, kind: str, at: int, verdict: str, by: str) -> Judgement | None:
    """Judge the fact of a kind at a position, where it can be judged so."""
    record = next(archive.records())
    facts = getattr(record, kind)
    if not facts:
        return None
    fact = facts[at % len(facts)]
    value = REPLACED[kind] if verdict == "replace" else None
    try:
        return archive.judge(archive.subject_of(record, kind, fact), verdict, by=by, value=value)  # type: ignore[arg-type]
    except Exception as error:
        assert type(error).__name__ == "JudgementError", error
        return None


def written(archive: Archive) -> bytes:
    stream = io.BytesIO()
    archive.write_ledger(stream)
    return stream.getvalue()


VERDICTS = ["correct", "wrong", "replace", "unsure"]
DECISION = st.tuples(
    st.just("judge"), st.sampled_from(FACTS), st.integers(0, 9), st.sampled_from(VERDICTS),
    st.sampled_from(["A. Reader", "B. Clerk"]),
)  # fmt: skip
STEP = st.one_of(DECISION, DECISION, st.sampled_from([("withdraw",), ("again",), ("new version",), ("old version",)]))
SLOW = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def replay(place: Path, steps: list[tuple[Any, ...]]) -> tuple[Archive, str]:
    """An archive after these steps, and the text that its file has now."""
    archive, made, text = build(place), [], LETTER
    for step in steps:
        if step[0] == "judge":
            made.append(judge(archive, *step[1:]))
        elif step[0] == "withdraw" and made and (last := made.pop()):
            archive.withdraw(last.id, by="A. Reader")
        elif step[0] == "again":
            archive.annotate(again=True)
        elif step[0].endswith("version"):
            text = LETTER if step[0] == "old version" else "Corrected.\n\n" + LETTER
            archive = build(place, text)
    return archive, text


@SLOW
@given(steps=st.lists(STEP, max_size=7))
def test_an_archive_built_anew_with_the_ledger_holds_the_same(
    steps: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("steps")
    archive, _ = replay(place, steps)
    now = tables(archive)
    assert not [problem for problem in archive.verify() if not problem.code.startswith(("index", "words"))]
    archive.annotate(again=True)
    assert tables(archive) == now
    ledger = place / "ledger.jsonl"
    ledger.write_bytes(written(archive))
    again = Archive.open(place / "b.onrecord", create=True)
    again.read_ledger([ledger])
    again.build([place / "in"])
    if not any(step[0].endswith("version") for step in steps):
        assert tables(again) == now


@SLOW
@example(
    decisions=[("judge", "dates", 0, "wrong", "A. Reader"), ("judge", "statements", 0, "wrong", "A. Reader")], before=[]
)
@given(decisions=st.lists(DECISION, min_size=1, max_size=4), before=st.lists(DECISION, max_size=2))
def test_taking_back_restores_every_table(
    decisions: list[tuple[Any, ...]], before: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    archive, _ = replay(tmp_path_factory.mktemp("back"), before)
    held = tables(archive, whole=True)
    made = [judge(archive, *each[1:]) for each in decisions]
    for each in reversed(made):
        if each is not None:
            archive.withdraw(each.id, by="A. Reader")
    assert tables(archive, whole=True) == held


def test_what_is_decided_stands_in_the_tables_at_once(tmp_path: Path) -> None:
    archive = build(tmp_path)
    acts = tables(archive)["acts"]
    assert acts
    judge(archive, "acts", 0, "wrong", "A. Reader")
    assert len(tables(archive)["acts"]) == len(acts) - 1
    record = next(archive.records())
    assert [act.id for act in record.acts] == [row[2] for row in sorted(tables(archive)["acts"])]


def test_people_who_disagree_leave_a_doubt_in_dispute(tmp_path: Path) -> None:
    archive = build(tmp_path)
    [(kind, _, at, *_), *_] = [row for row in tables(archive)["doubts"] if row[0] != "act"]
    fact = {"speaker": "attributions", "content": "attributions", "date": "dates"}[kind]
    subject = archive.subject_of(next(archive.records()), fact, getattr(next(archive.records()), fact)[at])

    def state() -> str | None:
        return next(row[-1] for row in tables(archive)["doubts"] if row[0] == kind and row[2] == at)

    assert state() is None
    archive.judge(subject, "correct", by="A. Reader")
    assert state() == "right"
    archive.judge(subject, "unsure", by="A. Reader")
    assert state() == "unsure", "who says otherwise than before has changed their mind"
    other = archive.judge(subject, "wrong", by="B. Clerk")
    assert state() == "disputed"
    archive.withdraw(other.id, by="B. Clerk")
    assert state() == "unsure"


def test_a_ledger_that_is_read_stands_in_the_tables(tmp_path: Path) -> None:
    archive, other = build(tmp_path / "one"), build(tmp_path / "two")
    judge(archive, "attributions", 0, "wrong", "A. Reader")
    (tmp_path / "ledger.jsonl").write_bytes(written(archive))
    assert tables(other) != tables(archive)
    other.read_ledger([tmp_path / "ledger.jsonl"])
    assert tables(other) == tables(archive)


def test_entities_that_are_judged_one_leave_the_rows_as_they_are(tmp_path: Path) -> None:
    archive = build(tmp_path)
    before = tables(archive)
    ids = sorted(entity.id for entity in next(archive.records()).entities)[:2]
    archive.judge(Subject("entities", entities=(ids[0], ids[1])), "same", by="A. Reader")
    assert tables(archive) == before
