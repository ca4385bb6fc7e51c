"""People's judgements: how one is made and checked, which of them stand. `laying` puts them over a record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from onrecord.commitments import LINKS, JudgedLink
from onrecord.errors import JudgementError
from onrecord.model import Judgement, Subject, Verdict
from onrecord.resolve.additions import check_addition, check_fields
from onrecord.resolve.anchors import KINDS
from onrecord.resolve.lines import content_id, merged

_OF_ENTITIES = frozenset({"same", "different", "unsure"})
_OF_FACTS = frozenset({"correct", "wrong", "replace", "unsure", "add"})
_OF_LINKS = frozenset({"correct", "wrong", "unsure"})
_SURROGATE = re.compile("[\ud800-\udfff]")


def judgement(
    subject: Subject, verdict: Verdict, by: str, at: str, value: Any = None, note: str | None = None
) -> Judgement:
    """A judgement whose id is a hash of its content. `at` is ISO 8601 UTC; `value` the fields that `replace` sets
    and of which `add` makes a fact.

    Raises JudgementError where it says what cannot be said: a verdict that does not fit its subject, fields that the
    fact does not have or of the wrong type.
    """
    raw = None if value is None else msgspec.Raw(msgspec.json.encode(value, order="sorted"))
    made = Judgement(id="", subject=_ordered(subject), verdict=verdict, by=by, at=at, value=raw, note=note)
    _check(made)
    return replace(made, id=content_id(made))


def withdrawal(of: Judgement, at: str, by: str | None = None) -> Judgement:
    """The judgement, withdrawn at `at`; one already withdrawn keeps its time."""
    return of if of.withdrawn else replace(of, withdrawn=at, withdrawn_by=by)


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those not withdrawn, each once, the earliest first."""
    return tuple(each for each in merged(judgements) if each.withdrawn is None)


def _ordered(subject: Subject) -> Subject:
    if not subject.entities:
        return subject
    called = dict(zip(subject.entities, subject.names, strict=False))
    entities = tuple(sorted(set(subject.entities)))
    names = tuple(called.get(entity, "") for entity in entities) if called else ()
    return replace(subject, entities=entities, names=names)


MOST_ENTITIES = 50
"""Of one judgement: each pair of them is judged."""


def _check(made: Judgement) -> None:
    if not made.by.strip():
        raise JudgementError("Nobody is named who decides. Say who it is: a decision without a name cannot be weighed.")
    if any(_SURROGATE.search(text) for text in (made.by, made.note or "", *made.subject.entities)):
        raise JudgementError("A name or note holds half a character. Type it again, in UTF-8.")
    if len(made.subject.entities) > MOST_ENTITIES:
        raise JudgementError(f"One judgement is about {MOST_ENTITIES} entities at most. Make several of it.")
    if made.subject.kind == "entities":
        if made.verdict not in _OF_ENTITIES or len(made.subject.entities) < 2:
            raise JudgementError(
                "Of entities it can be said that two are the same, different, or unsure. Name two of them."
            )
        return
    kind = made.subject.kind.partition("/")[0]
    if kind == LINKS:
        _check_link(made)
        return
    if kind not in KINDS:
        raise JudgementError(f"There is no kind of fact called {kind!r}. Use one of: {', '.join(KINDS)}, entities.")
    if made.verdict not in _OF_FACTS:
        raise JudgementError(f"A fact cannot be judged {made.verdict!r}. Use correct, wrong, replace, unsure or add.")
    if made.subject.document is None or made.subject.evidence is None:
        raise JudgementError("A judgement of a fact names its document and its evidence.")
    if made.verdict == "add":
        check_addition(made)
        return
    if (made.verdict == "replace") != (made.value is not None):
        raise JudgementError("A replacement, and nothing else, has a value: the fields to put in place.")
    if made.value is not None:
        check_fields(KINDS[kind], msgspec.json.decode(made.value))


def _check_link(made: Judgement) -> None:
    if made.verdict not in _OF_LINKS:
        raise JudgementError("Of a link between two acts it can be said that it is correct, wrong or unsure.")
    if made.subject.document is None or made.subject.evidence is None:
        raise JudgementError("A judgement of a link names the document and the evidence of its later act.")
    joined(made)


def joined(made: Judgement) -> JudgedLink:
    """What a judgement of a link says: the relation and the earlier act. Raises JudgementError."""
    try:
        return msgspec.json.decode(made.value or b"", type=JudgedLink)
    except msgspec.DecodeError as error:
        raise JudgementError(f"The value of a link names its relation and the earlier act: {error}.") from error
