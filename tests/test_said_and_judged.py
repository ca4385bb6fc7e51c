"""A search by speaker and voice sees what people corrected, on a real archive with the real stages."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import Archive
from onrecord.errors import MetadataError
from onrecord.model import Attribution, Filters, Subject

LETTERS = {
    "one.txt": "Marn, 3 May 2024\n\n“We will not sign the paper,” said Anna Brandt. The market was shut that day.\n",
    "two.txt": "Marn, 4 May 2024\n\n“The paper is a trap,” said Tomas Okell. The quay stayed empty.\n",
}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "in").mkdir()
    for name, text in LETTERS.items():
        (tmp_path / "in" / name).write_text(text, "utf8")
    archive = Archive.open(tmp_path / "a.onrecord", create=True)
    archive.build([tmp_path / "in"])
    return archive


def found(archive: Archive, query: str, *speakers: str, voice: str | None = None) -> list[str]:
    hits = archive.search(query, archive.filters(speakers=speakers, voice=voice)).hits
    return sorted(archive.document(hit.document).capture.source for hit in hits)


def quoted(archive: Archive, source: str) -> tuple[Subject, Attribution]:
    record = next(record for record in archive.records() if record.capture.source == source)
    fact = next(each for each in record.attributions if each.kind == "direct")
    return archive.subject_of(record, "attributions", fact), fact


def test_what_was_judged_wrong_is_not_found_and_comes_back(archive: Archive) -> None:
    assert found(archive, "paper", "Anna Brandt", voice="direct") == ["one.txt"]
    judgement = archive.judge(quoted(archive, "one.txt")[0], "wrong", by="A. Reader")
    assert found(archive, "paper", "Anna Brandt") == []
    assert found(archive, "paper", voice="direct") == ["two.txt"]
    assert found(archive, "paper", voice="own") == ["one.txt"]
    archive.withdraw(judgement.id, by="A. Reader")
    assert found(archive, "paper", "Anna Brandt", voice="direct") == ["one.txt"]


def test_a_replaced_kind_counts(archive: Archive) -> None:
    archive.judge(quoted(archive, "one.txt")[0], "replace", by="A. Reader", value={"kind": "indirect"})
    assert found(archive, "paper", voice="reported") == ["one.txt"]
    assert found(archive, "paper", voice="direct") == ["two.txt"]


def test_a_replaced_speaker_counts(archive: Archive) -> None:
    subject, fact = quoted(archive, "one.txt")
    other = quoted(archive, "two.txt")[1].source
    assert fact.source and other and other.entity
    source = {"spans": fact.source.spans, "entity": other.entity}
    archive.judge(subject, "replace", by="A. Reader", value={"source": source})
    assert found(archive, "paper", other.entity) == ["one.txt", "two.txt"]
    assert found(archive, "paper", "Anna Brandt") == []


def test_two_names_of_one_person_are_one_speaker(archive: Archive) -> None:
    ids = [fact.source.entity for name in LETTERS if (fact := quoted(archive, name)[1]).source]
    archive.judge(Subject("entities", entities=tuple(each for each in ids if each)), "same", by="A. Reader")
    assert found(archive, "paper", "Anna Brandt") == found(archive, "paper", "tomas okell") == ["one.txt", "two.txt"]


def test_a_later_build_keeps_the_judgement_in_force(archive: Archive, tmp_path: Path) -> None:
    archive.judge(quoted(archive, "one.txt")[0], "wrong", by="A. Reader")
    archive.build([tmp_path / "in"], recheck=True)
    assert found(archive, "paper", voice="direct") == ["two.txt"]


def test_what_is_no_voice_is_told(archive: Archive) -> None:
    with pytest.raises(MetadataError, match="Take one of: direct, reported, own"):
        archive.filters(voice="loud")
    assert archive.search("paper", Filters(voice="direct")).total == 2
