"""Odd and hostile files end in a record or a clear Notice, never stop the run; the good file beside them is read."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import Archive

GOOD = "Marn Ferry Union\n\nMarn, 3 May 2024\n\n“We will not sign,” said Anna Brandt.\n"
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def odd_files() -> dict[str, bytes]:
    xml = f'<?xml version="1.0"?>{ENTITIES}'
    return {
        "a-line.txt": b"a b " * 3_000_000,
        "divs.html": b"<html><body>" + b"<div>" * 1_000_000 + b"hello words here",
        "surrogate.jsonl": json.dumps({"text": "a lone \ud800 half"}).encode() + b"\n",
        "nul.txt": b"hello\x00world\x01\x02 words",
        "brackets.txt": b"(" * 300_000,
        "marks.txt": "“ \" ‘ ' « ".encode() * 30_000,
        "signed.txt": ("Joint statement\n\nSigned:\n" + "\n".join(f"Union of Quay {n}" for n in range(3000))).encode(),
        "capitals.txt": b"THE COUNCIL OF THE RIVER DECIDES THAT ALL BOATS MUST LEAVE. " * 400,
        "marks-only.txt": "\u0301\u0302\u0651".encode() * 50,
        "white.txt": b" \n\t " * 100,
        "bomb.zip": zipped({"a.txt": b"0" * 300_000_000}),
        "entities.docx": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": f"{xml}<w>&d;</w>".encode()}),
        "entities.rss": f'{xml}<rss version="2.0"><channel><item><title>&d;</title></item></channel></rss>'.encode(),
        "cut.pdf": b"%PDF-1.7\n1 0 obj\n<<",
        "empty.txt": b"",
    }


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("odd")
    (place / "in").mkdir()
    for name, data in {**odd_files(), "good.txt": GOOD.encode()}.items():
        (place / "in" / name).write_bytes(data)
    Path(os.fsdecode(os.fsencode(place / "in") + b"/na\nme\xff.txt")).write_text("a file of a strange name")
    run = [sys.executable, "-m", "onrecord.cli", "build", str(place / "in"), "-o", str(place / "a.onrecord")]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return place / "a.onrecord"


def test_the_good_file_is_read(archive: Path) -> None:
    with Archive.open(archive) as opened:
        assert [hit.title for hit in opened.search('"will not sign"').hits] != []


@pytest.mark.parametrize("name", sorted(odd_files()))
def test_each_ends_in_a_record_or_a_notice(archive: Path, name: str) -> None:
    with Archive.open(archive) as opened:
        read = {record.capture.source.split("!/")[0]: record for record in opened.records()}
        told = {found.source.split("!/")[0]: found.notices for found in opened.imports(100).failed}
        assert name in read or told[name]
        if name in read:
            assert not [notice for notice in read[name].notices if notice.code == "fault"]
        else:
            assert all(len(notice.message) > 20 for notice in told[name]), "a notice says what to do"


def test_a_half_of_a_sign_is_shown_as_such(archive: Path) -> None:
    with Archive.open(archive) as opened:
        [record] = [record for record in opened.records() if "lone" in record.text]
        assert record.text == "a lone \ufffd half"
        assert [notice.code for notice in record.notices if notice.stage == "ingest"] == ["not-unicode"]


def test_everything_is_as_it_was_recorded(archive: Path) -> None:
    with Archive.open(archive) as opened:
        assert list(opened.verify()) == []


def test_a_file_that_vanishes_during_the_run_is_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(200):
        (tmp_path / "in" / f"{number:03}.txt").write_text(f"Paper {number}.")

    def remove_the_last(stage: str, done: int, total: int | None) -> None:
        (tmp_path / "in" / "199.txt").unlink(missing_ok=True)

    with Archive.open(tmp_path / "a.onrecord", create=True) as archive:
        report = archive.build([tmp_path / "in"], progress=remove_the_last).added
        assert (report.new, report.failed) == (199, 1)
        [(source, notice)] = report.notices
        assert (source, notice.code) == ("199.txt", "vanished")
        assert list(archive.verify()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes, which only root can make."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_ends_the_run_with_advice_and_the_next_goes_on(tmp_path: Path, small_disk: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(400):
        (tmp_path / "in" / f"{number:03}.txt").write_text(f"Paper {number}. " * 1500)
    run = [sys.executable, "-m", "onrecord.cli", "build", str(tmp_path / "in"), "-o", str(small_disk / "a.onrecord")]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert "make room" in done.stderr
    assert "Traceback" not in done.stderr
    shutil.copytree(small_disk / "a.onrecord", tmp_path / "b.onrecord")
    with Archive.open(tmp_path / "b.onrecord", create=True) as archive:
        archive.build([tmp_path / "in"])
        assert archive.search("paper").total == 400
        assert {problem.code for problem in archive.verify()} <= {"original-unknown"}
