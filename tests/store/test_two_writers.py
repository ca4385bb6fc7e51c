"""Two real processes and one archive; a full disk; a process killed at random moments."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import file_of, filled, reading

from onrecord.errors import ArchiveBusy, ArchiveFull
from onrecord.store import Index, Originals, View, Writer, verify

HERE = Path(__file__).parent
HOLD = """
import sys
from pathlib import Path
from onrecord.store import Writer
with Writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
BUILD = """
import sys
from pathlib import Path
from store_samples import facts, file_of, reading
from onrecord.model import document_id
from onrecord.store import Index, Originals, View, Writer
folder, first = Path(sys.argv[1]), int(sys.argv[2])
with Writer(folder, wait=20) as writer, View(folder) as view:
    index = Index(folder)
    for number in range(first, first + 4000, 4):
        texts = [f"Letter {n} from Orsk. " * 20 for n in range(number, number + 4)]
        readings = [reading(text, f"{number + at}.txt") for at, text in enumerate(texts)]
        originals = Originals(folder)
        for text in texts:
            originals.put(text.encode())
        writer.add(readings, [file_of(one) for one in readings])
        print("added", number, flush=True)
        pairs = [(document_id(one.capture.digest), facts(text)) for one, text in zip(readings, texts)]
        writer.annotate(pairs, "stages 1")
        print("annotated", number, flush=True)
        if number % 80 == 0:
            index.update(view)
"""
FILL = """
import resource, sys
from pathlib import Path
from store_samples import file_of, reading
from onrecord.errors import ArchiveFull
from onrecord.store import Originals, Writer
folder = Path(sys.argv[1])
if sys.argv[2] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
number = 0
with Writer(folder) as writer:
    originals = Originals(folder)
    try:
        while True:
            text = f"Letter {number}. " * 800
            one = reading(text, f"{number}.txt")
            originals.put(text.encode())
            writer.add([one], [file_of(one)])
            number += 1
    except ArchiveFull as error:
        print(number, error)
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=HERE, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=60)
    assert err == ""
    return out


def test_a_second_writer_is_told_who_writes_and_waits_if_asked(tmp_path: Path) -> None:
    holder = start(HOLD, tmp_path / "a")
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(ArchiveBusy, match=f"by process {holder.pid} on .* since 20"):
        Writer(tmp_path / "a")
    with View(tmp_path / "a") as view:  # reading goes on
        assert view.statistics().documents == 0
    waiting = start(HOLD.replace("sys.argv[1])", "sys.argv[1]), wait=30"), tmp_path / "a")
    time.sleep(0.3)
    assert waiting.poll() is None
    finish(holder)
    assert finish(waiting) == "held\n"


def test_the_lock_of_a_killed_writer_is_free(tmp_path: Path) -> None:
    holder = start(HOLD, tmp_path / "a")
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.kill()
    holder.communicate()
    Writer(tmp_path / "a").close()


def test_two_processes_that_build_into_one_archive_both_get_there(tmp_path: Path) -> None:
    short = BUILD.replace("4000", "40")
    both = [start(short, tmp_path / "a", first) for first in (0, 20)]
    for process in both:
        finish(process)
    with View(tmp_path / "a") as view:
        index = Index(tmp_path / "a")
        index.update(view)
        assert view.statistics("stages 1").documents == 60
        assert list(verify(view, Originals(tmp_path / "a"), index)) == []


def test_killed_at_twenty_random_moments_loses_nothing_that_was_reported(tmp_path: Path) -> None:
    pick, folder, reported, first = random.Random(5), tmp_path / "a", set[str](), 0
    for _ in range(20):
        process = start(BUILD, folder, first)
        assert process.stdout is not None
        begun = process.stdout.readline() if pick.random() < 0.8 else ""  # now and then while it opens the archive
        time.sleep(pick.random() * 0.4)
        process.send_signal(signal.SIGKILL)
        out = begun + process.communicate()[0]
        reported |= set(out.splitlines()[: out.count("\n")])
        first = max([first, *(int(line.split()[1]) for line in reported)])
        check_against(folder, reported)
    assert len(reported) > 100
    with Writer(folder), View(folder) as view:
        index = Index(folder)
        index.update(view)
        problems = [problem.code for problem in verify(view, Originals(folder), index)]
    assert set(problems) <= {"original-unknown"}


def check_against(folder: Path, reported: set[str]) -> None:
    """Every reported batch is wholly there, and the file is sound."""
    if not (folder / "onrecord.sqlite").exists():
        assert reported == set()
        return
    connection = sqlite3.connect(folder / "onrecord.sqlite")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    if "captures" not in tables:
        assert reported == set()
        return
    rows = connection.execute(
        "SELECT c.source, a.document FROM captures c LEFT JOIN annotations a ON a.document = c.document"
    ).fetchall()
    connection.close()
    there = {("added", source) for source, _ in rows} | {("annotated", source) for source, facts in rows if facts}
    for line in reported:
        what, number = line.split()
        assert {(what, f"{int(number) + at}.txt") for at in range(4)} <= there


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB, where this process may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("this process may not mount a disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def check_full(out: str, folder: Path) -> None:
    """The error names the folder; what was reported is there, what was not is not, and work can go on."""
    number, message = out.split(" ", 1)
    assert message.startswith(f"No room is left on the disk of {folder}")
    with View(folder) as view:
        assert view.statistics().documents == int(number) > 5
        assert [p.code for p in verify(view, Originals(folder), Index(folder)) if p.code != "index-missing"] in (
            [],
            ["original-unknown"],
        )


def test_a_full_disk_ends_in_a_clear_message_with_nothing_half_written(small_disk: Path) -> None:
    check_full(finish(start(FILL, small_disk / "a", "disk")), small_disk / "a")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no limit on file sizes here")
def test_a_file_at_its_largest_ends_in_the_same_message(tmp_path: Path) -> None:
    check_full(finish(start(FILL, tmp_path / "a", "limit")), tmp_path / "a")
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        before = view.statistics().documents
        writer.add([reading("One more.", "more.txt")], [file_of(reading("One more.", "more.txt"))])
        assert view.statistics().documents == before + 1


def test_an_index_on_a_full_disk_says_so(small_disk: Path) -> None:
    folder = small_disk / "a"
    filled(folder, [f"Letter {number} from Orsk about the ferry." for number in range(20)])
    (small_disk / "ballast").write_bytes(b"")
    with pytest.raises(OSError, match="No space"), (small_disk / "ballast").open("wb", buffering=0) as ballast:
        while True:
            ballast.write(b"x" * 4096)
    with View(folder) as view:
        before = list(view.annotated())
        with pytest.raises(ArchiveFull):
            Index(folder).update(view)
        assert list(view.annotated()) == before
        (small_disk / "ballast").unlink()
        index = Index(folder)
        index.update(view)
        assert index.search(view, "ferry").total == 20


def test_a_snapshot_sees_one_moment_while_another_writes(tmp_path: Path) -> None:
    filled(tmp_path / "a", ["One letter."])
    with View(tmp_path / "a") as view, view.snapshot():
        assert view.statistics().documents == 1
        filled(tmp_path / "a", ["One letter.", "Two letters."])
        assert view.statistics().documents == 1
        assert len(list(view.documents())) == 1
    with View(tmp_path / "a") as view:
        assert view.statistics().documents == 2
