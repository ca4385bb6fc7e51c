"""Work in batches over any `concurrent.futures` executor, results in the order of the input.

The same pure function runs in this process, in a process pool or on a cluster; only the executor differs, so the result
is the same, bit for bit. At most a few batches a worker are in flight, so memory does not grow with the input.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from onrecord.errors import ExtraMissing, WorkerLost

In = TypeVar("In")
Out = TypeVar("Out")


SMALL = 64
"""Runs up to this many items stay in this process: starting a pool costs more than it saves."""


def processes(jobs: int, items: int) -> int:
    """How many processes a run of so many items is worth: `jobs`, or for 0 one a core where the run is not small."""
    return jobs or (1 if items <= SMALL else os.cpu_count() or 1)


class Here(Executor):
    """Runs each call at once, in this process: no start-up cost, for small runs and for debugging."""

    def submit(self, fn: Callable[..., Out], /, *args: Any, **kwargs: Any) -> Future[Out]:
        future: Future[Out] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


@contextmanager
def open_executor(jobs: int, cluster: str | None = None) -> Iterator[tuple[Executor, int]]:
    """An executor and how many calls it runs at once.

    `jobs` processes on this machine (1: this process), or the workers behind the scheduler at `cluster`
    (`tcp://host:port`; raises ExtraMissing without the extra `[cluster]`).
    """
    if cluster:
        try:
            from distributed import Client
        except ImportError as error:
            raise ExtraMissing(
                "--cluster needs dask.distributed, which is not installed. Install: pip install 'onrecord[cluster]'"
            ) from error
        with Client(cluster, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            width = max(1, sum(client.nthreads().values()))
            yield client.get_executor(pure=False, retries=3), width
    elif jobs <= 1:
        yield Here(), 1
    else:
        # Spawned, not forked: the writer's process holds threads (tantivy) that a fork would copy half-way.
        try:
            with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
                yield pool, jobs
        except BrokenExecutor as error:
            raise WorkerLost(
                "A worker process died: killed, short of memory, or started from a script without the line "
                '`if __name__ == "__main__":`. What was reported as done is kept. Run it again, with jobs=1 if need be.'
            ) from error


def batched(items: Iterable[In], size: int) -> Iterator[list[In]]:
    """Lists of `size` items, the last one shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def ordered_map(executor: Executor, width: int, work: Callable[[In], Out], items: Iterable[In]) -> Iterator[Out]:
    """`work` over `items`, results in order, at most `2 * width + 1` of them in flight."""
    waiting: deque[Future[Out]] = deque()
    for item in items:
        waiting.append(executor.submit(work, item))
        if len(waiting) > 2 * width:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
