"""Files in, an evidence-linked record out: the way a person goes, with real files and a real archive."""

from __future__ import annotations

import json
import multiprocessing
import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as gives
from hypothesis import strategies as st

from onrecord import Archive, Given, NotAnArchive, NotFound
from onrecord.errors import ArchiveBusy
from onrecord.export import encode

STATEMENT = """MARN FERRY UNION

Press office
Marn, 3 May 2024

Statement on the winter timetable

“We will not sign the paper,” said Anna Brandt, chair of the Marn Ferry Union. The Keld Water Committee
told us on Wednesday that the lower dam is safe.

Signed:
Marn Ferry Union
Keld Water Committee
"""


def pile(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def settled(folder: Path) -> None:
    """Makes files look as old as files are: one that was just written is looked at twice, to be sure."""
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    pile(tmp_path / "in", {"statement.txt": STATEMENT, "deep/other.md": "# Notice\n\nThe harbour is closed.\n"})
    settled(tmp_path / "in")
    opened = Archive.open(tmp_path / "a.onrecord", create=True)
    opened.build([tmp_path / "in"])
    return opened


def test_a_folder_becomes_records_with_evidence(archive: Archive) -> None:
    records = {record.capture.source: record for record in archive.records()}
    assert sorted(records) == ["deep/other.md", "statement.txt"]
    record = records["statement.txt"]
    assert record.text == STATEMENT
    [quotation] = [found for found in record.attributions if found.kind == "direct"]
    assert [span.of(record.text) for span in quotation.content.spans] == ["We will not sign the paper,"]
    assert quotation.source is not None
    assert "Anna Brandt" in " ".join(span.of(record.text) for span in quotation.source.spans)
    assert any(date.role == "issued" and date.value == "2024-05-03" for date in record.dates)


def test_a_repeated_build_does_nothing(archive: Archive, tmp_path: Path) -> None:
    before = [encode(record) for record in archive.records()]
    report = archive.build([tmp_path / "in"])
    assert (report.added.unchanged, report.added.new, report.annotated, report.indexed) == (2, 0, 0, 0)
    assert [encode(record) for record in archive.records()] == before


def test_only_what_changed_is_done_again(archive: Archive, tmp_path: Path) -> None:
    pile(tmp_path / "in", {"deep/other.md": "# Notice\n\nThe harbour is open.\n"})
    report = archive.build([tmp_path / "in"])
    assert (report.added.unchanged, report.added.new, report.annotated) == (1, 1, 1)
    assert archive.search("closed").total == 0, "the earlier version is superseded"
    assert archive.search("open").total == 1
    assert len(list(archive.records())) == 2


def test_the_earlier_version_can_still_be_read(archive: Archive, tmp_path: Path) -> None:
    [old] = [record.id for record in archive.records() if "closed" in record.text]
    pile(tmp_path / "in", {"deep/other.md": "# Notice\n\nThe harbour is open.\n"})
    archive.build([tmp_path / "in"])
    assert "closed" in archive.record(old).text


def test_files_of_the_same_name_in_two_folders_do_not_take_each_other_s_place(tmp_path: Path) -> None:
    one = pile(tmp_path / "one", {"letter.txt": "The ferry sails at noon."})
    two = pile(tmp_path / "two", {"letter.txt": "The bridge is shut at night."})
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([one])
        archive.build([two])
        assert archive.search("ferry").total == 1
        assert archive.search("bridge").total == 1


def test_metadata_given_later_counts(archive: Archive, tmp_path: Path) -> None:
    archive.build([tmp_path / "in"], given=Given(publisher="River Post"))
    assert {record.capture.publisher for record in archive.records()} == {"River Post"}


def test_a_side_car_outweighs_the_option(tmp_path: Path) -> None:
    folder = pile(tmp_path / "in", {"a.txt": "One.", "b.txt": "Two.", "b.txt.meta.toml": 'publisher = "Keld Gazette"'})
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([folder], given=Given(publisher="River Post"))
        assert {r.capture.source: r.capture.publisher for r in archive.records()} == {
            "a.txt": "River Post",
            "b.txt": "Keld Gazette",
        }


def test_what_cannot_be_read_is_kept_and_told(tmp_path: Path) -> None:
    folder = pile(tmp_path / "in", {"good.txt": "A word."})
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        report = archive.build([folder])
        assert (report.added.new, report.added.failed) == (1, 1)
        [(source, notice)] = report.added.notices
        assert source == "broken.pdf"
        assert notice.code == "damaged"
        imports = archive.imports(10)
        assert imports.failed_total == 1
        assert archive.original(imports.failed[0].original or "").read_bytes() == b"%PDF-1.7\nnothing more"


def test_opening_what_is_not_there_teaches(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive, match="onrecord build"):
        Archive.open(tmp_path / "none")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("x")
    with pytest.raises(NotAnArchive, match="not empty"):
        Archive.open(tmp_path / "letters", create=True)


def test_ids_can_be_cut_short(archive: Archive) -> None:
    record = next(archive.records())
    assert archive.find(record.id[:8]) == record.id
    with pytest.raises(NotFound, match="no id begins so"):
        archive.find("zzz")


def test_annotating_again_mends_tables_that_differ_from_the_facts(archive: Archive, tmp_path: Path) -> None:
    before = [encode(record) for record in archive.records()]
    with closing(sqlite3.connect(tmp_path / "a.onrecord" / "onrecord.sqlite")) as other:
        other.execute("UPDATE mentions SET times = 7")
        other.commit()
    assert {problem.code for problem in archive.verify()} == {"view-differs"}
    assert archive.annotate().documents == 0
    assert archive.annotate(again=True).documents == 2
    archive.index()
    assert list(archive.verify()) == []
    assert [encode(record) for record in archive.records()] == before


def test_two_writers_take_turns(archive: Archive, tmp_path: Path) -> None:
    folder = pile(tmp_path / "more", {f"{n}.txt": f"Paper {n}." for n in range(200)})
    threads = [threading.Thread(target=build_here, args=(tmp_path / "a.onrecord", folder)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert archive.search("paper").total >= 200
    assert list(archive.verify()) == []


def build_here(archive: Path, folder: Path) -> None:
    with Archive.open(archive, wait=60) as opened:
        opened.build([folder], jobs=1)


def test_a_busy_archive_says_so(archive: Archive, tmp_path: Path) -> None:
    ready, done = multiprocessing.Event(), multiprocessing.Event()
    holder = multiprocessing.Process(target=hold, args=(tmp_path / "a.onrecord", ready, done))
    holder.start()
    try:
        assert ready.wait(30)
        with Archive.open(tmp_path / "a.onrecord", wait=0) as other, pytest.raises(ArchiveBusy, match=str(holder.pid)):
            other.build([tmp_path / "in"])
    finally:
        done.set()
        holder.join()


def hold(folder: Path, ready: object, done: object) -> None:
    from onrecord.store import Writer

    with Writer(folder):
        ready.set()  # type: ignore[attr-defined]
        done.wait(60)  # type: ignore[attr-defined]


def test_the_search_index_is_made_again_when_it_is_gone(archive: Archive, tmp_path: Path) -> None:
    import shutil

    archive.close()
    shutil.rmtree(tmp_path / "a.onrecord" / "index")
    with Archive.open(tmp_path / "a.onrecord") as again:
        lacking = again.search("harbour")
        assert (lacking.total, lacking.behind) == (0, 2)
        assert "2 came or changed since" in lacking._repr_html_()
        assert again.index() == 2
        assert (again.search("harbour").total, again.search("harbour").behind) == (1, 0)


def test_a_notebook_shows_an_archive_and_results_with_names_escaped(tmp_path: Path) -> None:
    folder = pile(tmp_path / "in", {"a.txt": "<script>alert(1)</script>\n\nThe ferry & the bridge."})
    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        archive.build([folder])
        for page in (archive._repr_html_(), archive.search("ferry")._repr_html_()):
            assert "<script" not in page
            assert "<table" in page


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=300)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@gives(texts=st.lists(WORDS, min_size=1, max_size=6))
def test_any_texts_give_evidence_that_is_the_text(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """text[span] is the evidence; what is read is what was written; building twice adds nothing; ids are of bytes."""
    place = tmp_path_factory.mktemp("any")
    folder = pile(place / "in", {f"{number}.txt": text for number, text in enumerate(texts)})
    with Archive.open(place / "a.onrecord", create=True) as archive, Archive.open(place / "b", create=True) as other:
        archive.build([folder])
        once = [encode(record) for record in archive.records()]
        assert list(archive.verify()) == []
        archive.build([folder], recheck=True)
        other.build([folder])
        assert [encode(record) for record in archive.records()] == once
        assert [json.loads(encode(r))["id"] for r in other.records()] == [json.loads(line)["id"] for line in once]
        for line in once:
            record = json.loads(line)
            for span in spans_in(record):
                assert 0 <= span[0] <= span[1] <= len(record["text"])


def spans_in(value: object) -> list[list[int]]:
    """Every [start, end] anywhere in a record."""
    if isinstance(value, dict):
        own = [[value["start"], value["end"]]] if {"start", "end"} <= value.keys() else []
        return own + [span for inner in value.values() for span in spans_in(inner)]
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(number, int) for number in value):
            return [value]
        return [span for inner in value for span in spans_in(inner)]
    return []
