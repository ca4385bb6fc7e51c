"""Bringing what is derived up to a few decisions, before a question is answered.

So a decision need not wait for index and words, and the next question knows of it all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from onrecord.errors import OnrecordError
from onrecord.store.lock import Lock
from onrecord.store.view import View

FEW = 64
"""Changed documents that a question takes in before it looks."""


class Stamped(Protocol):
    """Which state of which archive something was derived from."""

    @property
    def archive(self) -> str: ...
    @property
    def generation(self) -> int: ...


def catch_up(folder: Path, view: View, stamp: Stamped | None, update: Callable[[View], int]) -> None:
    """Take in what changed since, where something is there, that is little and nobody else is writing."""
    if (
        stamp is None
        or stamp.archive != view.archive
        or not 0 < view.count_changed(stamp.generation, FEW + 1) <= FEW
    ):  # fmt: skip
        return
    try:
        lock = Lock(folder, 0.0)
    except (OnrecordError, OSError):  # somebody writes, or this is no place to write: the answer is as it was
        return
    try:
        update(view)
    except (OnrecordError, OSError):
        return
    finally:
        lock.release()
