"""Reading: lists, streams, statistics, and a folder that cannot be written to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from store_samples import facts, filled

from onrecord.errors import ArchiveClosed, NotFound
from onrecord.model import entity_id
from onrecord.store import Spelling, View, Writer, parties, view

TEXTS = [f"Letter {number} from Orsk." for number in range(23)]
ORSK = entity_id("organization", "orsk council")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(view, "PAGE", 5)
    filled(tmp_path / "a", TEXTS, publisher="River Post")
    return tmp_path / "a"


def test_documents_stream_in_the_order_of_ids_and_pages_join(folder: Path) -> None:
    with View(folder) as opened:
        ids = [document.id for document in opened.documents()]
        assert ids == sorted(ids)
        assert len(ids) == len(TEXTS)
        backwards = ids[::-1]
        assert [document.id for document in opened.documents(backwards)] == backwards
        assert [found for _, found in opened.annotated(ids)] == [facts(d.text) for d in opened.documents()]
        assert opened.texts(ids) == {document.id: document.text for document in opened.documents()}
        assert set(opened.listed([*ids, "d0"])) == set(ids)
        assert len(list(opened.known_files())) == len(TEXTS)
        assert opened.names(ids[3][:8]) == [ids[3]]


def test_pending_gives_each_once_while_it_is_being_annotated(folder: Path) -> None:
    with Writer(folder) as writer, View(folder) as opened:
        assert len(list(opened.pending_ids("stages 2", limit=7))) == 7
        seen = []
        for document in opened.pending("stages 2"):
            seen.append(document.id)
            writer.annotate([(document.id, facts(document.text))], "stages 2")
        assert sorted(seen) == [document.id for document in opened.documents()]
        assert list(opened.pending("stages 2")) == []


def test_statistics_and_entities(folder: Path) -> None:
    with View(folder) as opened:
        found = opened.statistics("stages 1")
        assert (found.documents, found.captures, found.failed, found.pending, found.entities) == (23, 23, 0, 0, 1)
        assert opened.statistics("stages 2").pending == 23
        assert found.facets["month"] == (("2024-05", 23),)
        assert parties(opened, [ORSK])[ORSK].spellings == (Spelling("Orsk Council", 23),)
        assert list(parties(opened, [ORSK, "e0"])) == [ORSK]


@pytest.mark.parametrize("ask", ["document", "annotations", "captures_of", "judgement"])
def test_what_is_not_there_is_not_found(folder: Path, ask: str) -> None:
    with View(folder) as opened, pytest.raises(NotFound, match="d0"):
        getattr(opened, ask)("d0")


def test_a_missing_id_among_others_is_not_found(folder: Path) -> None:
    with View(folder) as opened, pytest.raises(NotFound, match="d0"):
        list(opened.documents([*[document.id for document in opened.documents()], "d0"]))


def test_many_threads_read_at_once(folder: Path) -> None:
    found: list[int] = []
    with View(folder) as opened:
        readers = [threading.Thread(target=lambda: found.append(sum(1 for _ in opened.annotated()))) for _ in range(6)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    assert found == [23] * 6


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system does not list the files that are open")
def test_a_thread_that_ends_takes_its_connection_along(folder: Path) -> None:
    def files() -> int:
        return sum(os.path.realpath(each).endswith("onrecord.sqlite") for each in Path("/proc/self/fd").iterdir())

    with View(folder) as opened:
        before = files()
        for _ in range(5):
            reader = threading.Thread(target=lambda: opened.generation)
            reader.start()
            reader.join()
        assert 0 < before <= files() <= before + 1  # SQLite keeps one by, to open it again


def test_it_can_be_closed_under_threads_that_read(folder: Path) -> None:
    """In a process of its own: what this is about ends one without a word."""
    command = [sys.executable, "-c", CLOSED_UNDER_READERS, folder]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["ArchiveClosed"] * 3, "")


CLOSED_UNDER_READERS = """
import sys, threading
from pathlib import Path
from onrecord.errors import ArchiveClosed
from onrecord.store import View

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "

def read(view, begun, asked):
    try:
        with view.snapshot():
            view.rows("SELECT 1")
            begun.wait()
            asked()
    except ArchiveClosed:
        said.append("ArchiveClosed")

def streamed():
    for _ in opened.stream(ENDLESS + "i FROM n"):
        pass

def short():
    while True:
        opened.rows("SELECT count(*) FROM documents")

for _ in range(20):
    said, opened = [], View(Path(sys.argv[1]))
    begun = threading.Barrier(4)
    asked = [lambda: opened.rows(ENDLESS + "count(*) FROM n"), streamed, short]
    threads = [threading.Thread(target=read, args=(opened, begun, each)) for each in asked]
    for thread in threads:
        thread.start()
    begun.wait()
    opened.close()
    for thread in threads:
        thread.join()
print(*said)
"""


def test_what_is_read_after_the_end_says_so(folder: Path) -> None:
    with View(folder) as opened:
        letters = opened.documents()
        next(letters)
    for read in (lambda: list(letters), lambda: opened.generation, lambda: list(opened.stream("SELECT 1"))):
        with pytest.raises(ArchiveClosed, match="was closed"):
            read()


def test_a_copy_of_the_file_alone_is_the_whole_archive(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    shutil.copy(folder / "onrecord.sqlite", tmp_path / "copy")
    with View(tmp_path / "copy") as copy, View(folder) as opened:
        assert list(copy.annotated()) == list(opened.annotated())
