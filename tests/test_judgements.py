"""A correction is for ever: it survives every rebuild, can be taken back, and never moves to other words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import Archive, JudgementError
from onrecord.export import encode
from onrecord.model import Attribution, Judgement, Record, Subject

LETTER = """Marn Ferry Union

Marn, 3 May 2024

“We will not sign the paper,” said Anna Brandt. The river was high and the market was shut that day.

“We will not sign the paper,” said Tomas Okell. The quay stayed empty until the evening, and so did the market hall.
"""
"""Two speakers who say the same: a correction of one must never become one of the other."""


def build(place: Path, text: str = LETTER) -> Archive:
    (place / "in").mkdir(exist_ok=True)
    (place / "in" / "letter.txt").write_text(text, "utf8")
    archive = Archive.open(place / "a.onrecord", create=True)
    archive.build([place / "in"])
    return archive


def current(archive: Archive) -> Record:
    [record] = archive.records()
    return record


def quotations(record: Record) -> list[Attribution]:
    return [found for found in record.attributions if found.kind == "direct"]


def judge(archive: Archive, verdict: str = "wrong", number: int = 0, value: object = None) -> Judgement:
    record = current(archive)
    subject = archive.subject_of(record, "attributions", quotations(record)[number])
    return archive.judge(subject, verdict, by="A. Reader", value=value)  # type: ignore[arg-type]


def speakers(record: Record) -> list[str]:
    return [" ".join(span.of(record.text) for span in q.source.spans) for q in quotations(record) if q.source]


def test_a_wrong_fact_goes_and_comes_back_when_the_judgement_is_withdrawn(tmp_path: Path) -> None:
    archive = build(tmp_path)
    before = encode(current(archive))
    judged = judge(archive)
    assert speakers(current(archive)) == ["Tomas Okell"]
    archive.withdraw(judged.id, by="A. Reader")
    assert encode(current(archive)) == before
    assert [each.withdrawn is None for each in archive.judgements()] == [False], "withdrawn, not forgotten"


def test_a_replacement_takes_the_fact_s_place(tmp_path: Path) -> None:
    archive = build(tmp_path)
    judge(archive, "replace", value={"kind": "indirect", "confidence": 1.0})
    [left] = quotations(current(archive))
    assert [left.content.spans[0].of(LETTER)] == ["We will not sign the paper,"]
    assert len(current(archive).attributions) == 2


def test_it_survives_every_rebuild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = build(tmp_path)
    judge(archive)
    archive.build([tmp_path / "in"], recheck=True)
    assert speakers(current(archive)) == ["Tomas Okell"]
    archive.close()
    shutil.rmtree(tmp_path / "a.onrecord" / "index")
    monkeypatch.setattr("onrecord.annotate.fingerprint", lambda: "another version")
    with Archive.open(tmp_path / "a.onrecord") as again:
        assert again.annotate().documents == 1
        again.index()
        assert speakers(current(again)) == ["Tomas Okell"]


def test_it_goes_with_its_words_to_a_new_version(tmp_path: Path) -> None:
    archive = build(tmp_path)
    judge(archive)
    build(tmp_path, "Corrected.\n\n" + LETTER).close()
    assert speakers(current(archive)) == ["Tomas Okell"]
    assert archive.orphans() == []


def test_it_never_moves_to_a_look_alike(tmp_path: Path) -> None:
    archive = build(tmp_path)
    judged = judge(archive)
    one = LETTER.index("“We")
    build(tmp_path, LETTER[:one] + LETTER[LETTER.index("“We", one + 1) :]).close()
    assert speakers(current(archive)) == ["Tomas Okell"], "the same words by another are left alone"
    [orphan] = archive.orphans()
    assert (orphan.judgement, orphan.document) == (judged.id, current(archive).id)


def test_entities_judged_the_same_are_one_until_it_is_withdrawn(tmp_path: Path) -> None:
    archive = build(tmp_path)
    ids = {entity.name: entity.id for entity in current(archive).entities}
    pair = (ids["Anna Brandt"], ids["Tomas Okell"])
    judged = archive.judge(Subject("entities", entities=pair), "same", by="A. Reader")
    named = {entity.name for entity in current(archive).entities}
    assert len(named & {"Anna Brandt", "Tomas Okell"}) == 1
    assert {q.source.entity for q in quotations(current(archive)) if q.source} == {min(pair)}
    archive.withdraw(judged.id, by="A. Reader")
    assert {entity.name: entity.id for entity in current(archive).entities} == ids


def test_contradictions_are_told_and_the_latest_counts(tmp_path: Path) -> None:
    archive = build(tmp_path)
    first = judge(archive)
    archive.withdraw(first.id, by="A. Reader")
    judge(archive, "correct")
    with pytest.raises(JudgementError, match="unsure"):
        archive.judge(Subject("entities", entities=("e1", "e2")), "wrong", by="A. Reader")
    assert archive.conflicts() == []


def marked(archive: Archive, words: str = "The river was high") -> Judgement:
    start = current(archive).text.index(words)
    value = {"kind": "indirect", "source": {"spans": [], "entity": quotations(current(archive))[0].source.entity}}  # type: ignore[union-attr]
    place = f"{start}-{start + len(words)}"
    return archive.mark(current(archive).id, "attributions", place, value, by="A. Reader")


def added(archive: Archive) -> list[str]:
    record = current(archive)
    return [each.content.spans[0].of(record.text) for each in record.attributions if each.rule == "person"]


def test_what_the_machine_missed_is_added_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = build(tmp_path)
    judgement = marked(archive)
    assert added(archive) == ["The river was high"]
    monkeypatch.setattr("onrecord.annotate.fingerprint", lambda: "another version")
    archive.annotate(again=True)
    archive.index()
    assert added(archive) == ["The river was high"]
    assert archive.search("river", archive.filters(speakers=["Anna Brandt"])).total == 1
    build(tmp_path, "Corrected.\n\n" + LETTER).close()
    assert added(archive) == ["The river was high"] and archive.orphans() == []
    build(tmp_path, LETTER.replace("The river", "The lake")).close()
    assert added(archive) == [] and [each.judgement for each in archive.orphans()] == [judgement.id]


def test_what_was_added_can_be_judged_by_another_and_taken_back(tmp_path: Path) -> None:
    archive = build(tmp_path)
    first = marked(archive)
    start = LETTER.index("The river was high")
    subject = archive.subject_at(current(archive).id, "attributions", f"{start}-{start + 18}")
    second = archive.judge(subject, "wrong", by="B. Reader")
    assert added(archive) == [] and [each.others for each in archive.conflicts()] == [(first.id,)]
    archive.withdraw(second.id, by="B. Reader")
    assert added(archive) == ["The river was high"]
    archive.withdraw(first.id, by="A. Reader")
    assert added(archive) == []


def test_it_goes_to_another_archive_by_a_ledger_file(tmp_path: Path) -> None:
    archive = build(tmp_path)
    marked(archive)
    with (tmp_path / "ledger.jsonl").open("wb") as stream:
        archive.write_ledger(stream)
    (tmp_path / "other").mkdir()
    other = build(tmp_path / "other")
    assert other.read_ledger([tmp_path / "ledger.jsonl"]).new == 1
    assert encode(current(other)) == encode(current(archive))


STEPS = ["judge 0", "judge 1", "withdraw", "rebuild", "new version", "old version"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), max_size=8))
def test_whatever_happens_no_judgement_is_lost_or_laid_on_other_words(
    steps: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("steps")
    archive = build(place)
    made: list[str] = []
    for step in steps:
        record = current(archive)
        if step.startswith("judge") and (number := int(step[-1])) < len(quotations(record)):
            subject = archive.subject_of(record, "attributions", quotations(record)[number])
            judgement = archive.judge(subject, "wrong", by="A. Reader", note=f"{len(made)}")
            made.append(judgement.id)
        elif step == "withdraw" and made:
            archive.withdraw(made[-1], by="A. Reader")
        elif step == "rebuild":
            archive.build([place / "in"], recheck=True)
        elif step.endswith("version"):
            build(place, LETTER if step == "old version" else "Corrected.\n\n" + LETTER).close()
    assert [each.id for each in archive.judgements()] == made
    standing = [each for each in archive.judgements() if each.withdrawn is None]
    gone = {words_of(each) for each in standing}
    assert set(speakers(current(archive))) == {"Anna Brandt", "Tomas Okell"} - gone


def words_of(judgement: Judgement) -> str:
    """The speaker whose words a judgement of these tests is about, by what stands behind them."""
    assert judgement.subject.evidence is not None
    return "Anna Brandt" if "Anna" in judgement.subject.evidence.suffix else "Tomas Okell"
