"""On a cluster the result is that of the pool, bit for bit, also when a worker is killed half-way."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onrecord import Archive
from onrecord.annotating import annotate_batch
from onrecord.export import encode

pytest.importorskip("distributed", reason="the extra [cluster] is not installed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def dask(*arguments: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as sink:
        process = subprocess.Popen([sys.executable, "-m", "dask", *arguments], stdout=sink, stderr=sink)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def pile(folder: Path) -> Path:
    folder.mkdir()
    for number in range(640):
        lines = [f"Marn Ferry Union\n\nMarn, {number % 28 + 1} May 2024\n"]
        lines += [
            f"“We will not sign paper {number}.{line},” said Anna Brandt of the Keld Water Committee."
            for line in range(40)
        ]
        (folder / f"{number:04}.txt").write_text("\n\n".join(lines), "utf8")
    return folder


def records(archive: Archive) -> list[bytes]:
    return [encode(record) for record in archive.records()]


def test_two_workers_one_of_them_killed_give_what_the_pool_gives(tmp_path: Path) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    with Archive.open(tmp_path / "pool.onrecord", create=True) as archive:
        archive.add([pile(tmp_path / "pile")])
    shutil.copytree(tmp_path / "pool.onrecord", tmp_path / "cluster.onrecord")
    killed = []
    worker = ("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
    with (
        dask(
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            address.rpartition(":")[2],
            "--no-dashboard",
            log=tmp_path / "s.log",
        ),
        dask(*worker, log=tmp_path / "1.log") as first,
        dask(*worker, log=tmp_path / "2.log"),
        Archive.open(tmp_path / "cluster.onrecord") as on_cluster,
    ):
        wait_for_workers(address, 2)

        def kill_one(stage: str, done: int, total: int | None) -> None:
            if stage == "annotate" and not killed:
                os.kill(first.pid, signal.SIGKILL)
                killed.append(done)

        assert on_cluster.annotate(cluster=address, progress=kill_one)[:2] == (640, 0)
        assert killed and killed[0] < 640
        first.wait(10)
        with Archive.open(tmp_path / "pool.onrecord") as on_pool:
            assert on_pool.annotate(jobs=2)[:2] == (640, 0)
            assert records(on_pool) == records(on_cluster)


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    for attempt in range(60):
        try:
            with Client(address, timeout=2, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=60)
                return
        except OSError:
            if attempt == 59:
                raise
            time.sleep(0.5)


def test_the_work_of_a_worker_is_a_function_of_the_module() -> None:
    """What travels to a cluster is named, not pickled by value: both sides must run the same version."""
    assert annotate_batch.__module__ == "onrecord.annotating"
