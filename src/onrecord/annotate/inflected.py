"""Acts in languages whose verbs say by their form who speaks: "condenamos", "nous exigeons", "требуем", "نطالب"."""

from __future__ import annotations

from onrecord.annotate.clauses import Clause
from onrecord.annotate.performing import Doing, Scene


def performed(clause: Clause, scene: Scene) -> list[Doing]:
    """The acts of a clause, in order."""
    return []
