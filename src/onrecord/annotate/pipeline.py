"""The machinery of annotation: a table of pure stages, a checker, and one loop.

A stage is a function from a Document and the values it `needs` to the values it `assigns`, in that order (a tuple where
it assigns more than one). It reads nothing else and writes nothing. `notices` may be assigned by every stage; those are
gathered. The checker says what is missing before anything runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from onrecord.model import Document, Notice

Run = Callable[..., Any]


class Stage(Struct, frozen=True):
    """One step: `run(document, *needs) -> assigns`. Raise `version` when its output changes for the same input."""

    name: str
    version: int
    needs: tuple[str, ...]
    assigns: tuple[str, ...]
    run: Run


def problems(stages: Sequence[Stage], wanted: Iterable[str]) -> list[str]:
    """What keeps this table from running and from giving all of `wanted`; empty where nothing does."""
    assigned: dict[str, str] = {}
    found = []
    for stage in stages:
        for need in stage.needs:
            if need not in assigned:
                found.append(f"stage {stage.name!r} needs {need!r}, which no earlier stage assigns")
        for value in stage.assigns:
            if value != "notices" and value in assigned:
                found.append(f"stage {stage.name!r} assigns {value!r}, which {assigned[value]!r} assigned already")
            assigned[value] = stage.name
    found += [f"no stage assigns {value!r}" for value in wanted if value not in assigned]
    return found


def run(stages: Sequence[Stage], document: Document) -> Mapping[str, Any]:
    """Everything that the stages assign for one document, by name; `notices` in the order of the stages."""
    (found,) = run_all(stages, [document])
    if isinstance(found, Exception):
        raise found
    return found


def run_all(stages: Sequence[Stage], documents: Sequence[Document]) -> list[Mapping[str, Any] | Exception]:
    """As `run`, for each document; where a stage fails on one, its exception stands in the place of its values.

    Stage by stage over all of them, because a stage's tables and code then stay in the processor's cache: a fifth of
    the time (docs/quality.md).
    """
    every: list[dict[str, Any] | Exception] = [{"notices": ()} for _ in documents]
    noticed: list[list[Notice]] = [[] for _ in documents]
    for stage in stages:
        for number, (document, found) in enumerate(zip(documents, every, strict=True)):
            if isinstance(found, Exception):
                continue
            try:
                _step(stage, document, found, noticed[number])
            except Exception as error:  # a fault of ours in one text is no reason to lose the others
                every[number] = error
    for found, notices in zip(every, noticed, strict=True):
        if not isinstance(found, Exception):
            found["notices"] = tuple(notices)
    return [*every]


def _step(stage: Stage, document: Document, found: dict[str, Any], notices: list[Notice]) -> None:
    values = stage.run(document, *[found[need] for need in stage.needs])
    for name, value in zip(stage.assigns, values if len(stage.assigns) > 1 else (values,), strict=True):
        if name == "notices":
            notices += value
        else:
            found[name] = value
