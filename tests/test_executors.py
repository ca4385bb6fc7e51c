"""The same work, whoever does it: in order, bounded, and with the same result."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import WorkerLost
from onrecord.executors import Here, batched, open_executor, ordered_map


def square(number: int) -> int:
    return number * number


@given(st.lists(st.integers()), st.integers(1, 9))
def test_batches_hold_everything_once_in_order(items: list[int], size: int) -> None:
    batches = list(batched(items, size))
    assert [item for batch in batches for item in batch] == items
    assert all(len(batch) == size for batch in batches[:-1])


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_input(jobs: int) -> None:
    with open_executor(jobs) as (executor, width):
        assert list(ordered_map(executor, width, square, range(100))) == [n * n for n in range(100)]


def test_no_more_than_a_few_batches_are_in_flight() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        while taken < 1000:
            taken += 1
            yield taken

    with ThreadPoolExecutor(2) as executor:
        results = ordered_map(executor, 2, square, items())
        for done, _ in enumerate(results, 1):
            assert taken - done <= 5
    assert taken == 1000


def test_an_error_in_the_work_reaches_the_caller() -> None:
    def fail(number: int) -> int:
        raise ValueError(f"cannot do {number}")

    with pytest.raises(ValueError, match="cannot do 7"):
        list(ordered_map(Here(), 1, fail, [7]))


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_worker_that_dies_is_told_with_advice() -> None:
    with pytest.raises(WorkerLost, match="Run it again"), open_executor(2) as (executor, width):
        list(ordered_map(executor, width, die, range(4)))
