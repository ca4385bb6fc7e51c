"""Who decided a fact: nobody (then its rule did), or a person whose judgement of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from onrecord import export, resolve, store
from onrecord.errors import JudgementError
from onrecord.judging import Ledger
from onrecord.model import Judgement, Record, Verdict
from onrecord.resolve.anchors import anchor, text_digest


class Decision(Struct, frozen=True):
    """A person's standing judgement of a fact; of several about one fact the one that counts."""

    by: str
    at: str
    """ISO 8601, UTC."""
    verdict: Verdict
    judgement: str
    """Its id."""
    note: str | None = None


Decisions = Mapping[tuple[str, str], Decision]
"""By the fact's kind (the record's key) and its name there."""


def fact_name(kind: str, fact: Any) -> str:
    """What names a fact among those of its kind: its id, else the place of its words."""
    found = getattr(fact, "id", None)
    if found is None:
        place = anchor(kind, fact)
        found = f"{place.start}-{place.end}" if place else ""
    return str(found)


def decisions(view: store.View, document: str) -> Decisions:
    """Of all facts of a document that people judged. Raises NotFound."""
    judged = Ledger(view).about.get(document)
    if not judged:
        return {}
    record = export.record(*next(view.annotated([document])))
    found = {}
    for each in resolve.standing(judged):
        if key := _judged(record, each):
            found[key] = Decision(each.by, each.at, each.verdict, each.id, each.note)
    return found


def _judged(record: Record, each: Judgement) -> tuple[str, str] | None:
    """The name of the fact that a judgement is about, as the judgement leaves it; `None` where it finds none."""
    kind = each.subject.kind.partition("/")[0]
    try:
        fact = getattr(record, kind)[resolve.stands_at(record, each.subject)]
    except (JudgementError, AttributeError):
        return None
    if each.verdict == "replace" and each.value is not None and each.subject.text == text_digest(record.text):
        fact = msgspec.convert({**msgspec.to_builtins(fact), **msgspec.json.decode(each.value)}, type(fact))
    return kind, fact_name(kind, fact)
