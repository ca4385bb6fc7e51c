"""Document to Annotations: an ordered table of pure stages.

`annotate` runs the table for one document; `fingerprint` changes whenever the same document may give another result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

from msgspec import structs

from onrecord import lexicon
from onrecord.annotate import (
    acts,
    anchors,
    clauses,
    cues,
    dates,
    extractors,
    folding,
    genre,
    language,
    names,
    nominals,
    quantities,
    quotations,
    segments,
    sentences,
    statements,
    times,
    title,
    voices,
)
from onrecord.annotate.pipeline import Stage, problems, run, run_all
from onrecord.model import Annotations, Document

__all__ = ["STAGES", "WANTED", "annotate", "annotate_all", "extractors", "fingerprint", "problems", "stages"]

STAGES: tuple[Stage, ...] = (
    Stage("paragraphs", 1, (), ("paragraphs",), sentences.paragraphs),
    Stage("sentences", 1, ("paragraphs",), ("sentences",), sentences.find),
    Stage("languages", 1, ("paragraphs",), ("languages",), language.find),
    Stage("folded", 1, (), ("folded",), folding.find),
    Stage("expressions", 2, ("folded", "languages"), ("expressions", "notices"), times.read),
    Stage("cues", 2, ("folded", "languages"), ("cues",), cues.find),
    Stage("segments", 5, ("paragraphs", "cues", "expressions"), ("segments",), segments.find),
    Stage("title", 1, ("segments",), ("title",), title.find),
    Stage("genre", 3, ("cues", "segments"), ("genre", "judged"), genre.find),
    Stage("dates", 3, ("cues", "segments", "expressions"), ("dates", "notices"), dates.find),
    Stage("times", 2, ("expressions", "dates"), ("times",), anchors.resolve),
    Stage("names", 4, ("languages", "sentences"), ("named", "entities"), names.find),
    Stage(
        "statements",
        5,
        ("cues", "segments", "dates", "judged", "named", "entities"),
        ("statements", "notices"),
        statements.find,
    ),
    Stage("clauses", 1, ("languages", "sentences"), ("marked", "clauses"), clauses.find),
    Stage(
        "quotations",
        3,
        ("languages", "segments", "marked", "clauses", "named", "entities", "statements"),
        ("quoted", "notices"),
        quotations.find,
    ),
    Stage("voices", 2, ("segments", "entities", "statements", "quoted", "named"), ("attributions",), voices.find),
    Stage("mentions", 1, ("named", "entities", "attributions"), ("mentions",), nominals.find),
    Stage(
        "acts",
        2,
        ("clauses", "segments", "statements", "attributions", "times", "mentions", "entities"),
        ("acts",),
        acts.find,
    ),
    Stage(
        "quantities",
        1,
        ("clauses", "times", "segments", "statements", "attributions"),
        ("quantities",),
        quantities.find,
    ),
)
"""What is done with a document, in this order. Names without a field in Annotations pass between stages only."""

WANTED: tuple[str, ...] = Annotations.__struct_fields__
"""What the table must assign."""


@cache
def stages(extractor: str | None = None) -> tuple[Stage, ...]:
    """The table; with the name of an extractor, that plug-in stands in the place of the rules for quotations."""
    if extractor is None:
        return STAGES
    asked = extractors.stage(extractor)
    return tuple(structs.replace(stage, run=asked) if stage.name == "quotations" else stage for stage in STAGES)


def annotate(document: Document, extractor: str | None = None) -> Annotations:
    """All that the stages find in a document; ids are local to it (`e1`, `m1`, `g1`, `st1`, `a1`)."""
    return _made(run(stages(extractor), document))


def annotate_all(documents: Sequence[Document], extractor: str | None = None) -> list[Annotations | Exception]:
    """As `annotate`, for many at once, which is faster; the exception where a stage fails on one of them."""
    every = run_all(stages(extractor), documents)
    return [found if isinstance(found, Exception) else _made(found) for found in every]


def _made(found: Mapping[str, Any]) -> Annotations:
    return Annotations(**{name: found[name] for name in WANTED})


def fingerprint(extractor: str | None = None) -> str:
    """A digest of stages, word lists and the libraries that decide: what was derived under another one is stale.

    An extractor counts with its package and version. Raises ExtraMissing where it is not installed.
    """
    if extractor is None:
        return _fingerprint()
    return hashlib.sha256(f"{_fingerprint()} {extractors.version_of(extractor)}".encode()).hexdigest()[:16]


@cache
def _fingerprint() -> str:
    seen = hashlib.sha256(lexicon.digest().encode())
    for library in ("onrecord", "Babel", "hijridate", "persiantools", "py3langid"):
        seen.update(f"{library} {version(library)}\n".encode())
    for stage in STAGES:
        seen.update(f"{stage.name} {stage.version}\n".encode())
    return seen.hexdigest()[:16]
