"""Killed at any moment, nothing that was reported as done is lost, and the next run goes on from there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord import Archive

KILLS = 20
BUILD = """
import sys
from onrecord import Archive
def tell(stage, done, total):
    print(stage, done, flush=True)
with Archive.open(sys.argv[2], create=True) as archive:
    archive.build([sys.argv[1]], jobs=1, progress=tell)
print("whole", 0, flush=True)
"""


def pile(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        head = f"Marn Ferry Union\n\nMarn, {number % 28 + 1} May 2024\n\n"
        text = (head + f"We will not sign paper {number}, said Anna Brandt.\n") * 3
        (folder / f"{number:04}.txt").write_text(text, "utf8")
    return folder


def build_and_kill(folder: Path, archive: Path, after: float) -> dict[str, int]:
    """Starts a build, kills it after so many seconds; what it had reported by then, by stage."""
    run = subprocess.Popen([sys.executable, "-c", BUILD, str(folder), str(archive)], stdout=subprocess.PIPE, text=True)
    time.sleep(after)
    os.kill(run.pid, signal.SIGKILL)
    reported = {}
    for line in run.communicate()[0].splitlines():
        stage, _, done = line.partition(" ")
        if done.isdigit():
            reported[stage] = int(done)
    return reported


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_build_loses_nothing_it_reported(tmp_path: Path) -> None:
    folder, archive = pile(tmp_path / "pile", 1500), tmp_path / "a.onrecord"
    chance = random.Random(20)
    added = annotated = kills = 0
    while kills < KILLS:
        reported = build_and_kill(folder, archive, chance.uniform(0.15, 1.2))
        kills += 1
        if not (archive / "onrecord.sqlite").exists():
            continue
        with Archive.open(archive) as opened:
            totals = dict(opened.stats().totals)
            assert totals["document"] >= max(added, reported.get("add", 0))
            # What an earlier, killed run annotated is not counted again by the next.
            assert totals["annotated document"] >= annotated + reported.get("annotate", 0)
            added, annotated = totals["document"], totals["annotated document"]
            assert [p for p in opened.verify() if p.code not in STALE] == []
    with Archive.open(archive, create=True) as opened, Archive.open(tmp_path / "b.onrecord", create=True) as other:
        opened.build([folder])
        other.build([folder])
        assert list(opened.verify()) == []
        assert [facts(r) for r in opened.records()] == [facts(r) for r in other.records()]
        assert opened.search("paper").total == 1500


STALE = {"index-stale", "index-missing", "words-stale", "original-unknown"}
"""What a build that was cut off may leave: index and words behind, an original that no row names yet."""


def facts(record: object) -> dict[str, object]:
    import msgspec

    made = msgspec.to_builtins(record)
    made["capture"].pop("captured_at")
    made["dates"] = [date for date in made["dates"] if date["role"] != "captured"]
    return made
