"""Answers to judgements: what "right", "wrong" and a correction mean for each kind of question.

    kind      right      wrong                                      corrected
    speaker   correct    replace: nobody known says it              replace: who says it
    content   correct    wrong: nobody's words                      replace: where it ends
    date      correct    wrong                                      replace: the date
    act       correct    wrong                                      replace: which act, by whom
    party     same       different                                  (nothing)

Whoever finds right what another put in place says the same as that one: the ledger then holds two voices for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct

from onrecord import resolve, store
from onrecord.annotate.plover import classify
from onrecord.asked import one_of
from onrecord.errors import JudgementError
from onrecord.model import Act, Attribution, Entity, EntityType, Record, SpeechAct, Subject, Verdict
from onrecord.text.dates import PartialDate
from onrecord.text.spans import Span
from onrecord.workbench.review import PARTY, Key, key_from
from onrecord.workbench.review_card import Fact, fact

Said = Literal["right", "wrong", "unsure", "corrected"]
NOBODY = "nobody"
"""In the place of a speaker: it is not known who says it."""


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person says to a question. Beside `corrected` stand the fields of its kind.

    `speaker` is the id of an entity of the archive or `nobody`; else `name` and `type` are of one whom nothing names so
    far. `value` is EDTF; `end` code points.
    """

    said: Said
    speaker: str | None = None
    name: str | None = None
    type: EntityType = "person"
    value: str | None = None
    act: str | None = None
    end: int | None = None


class Decision(Struct, frozen=True):
    """What goes into the ledger."""

    subject: Subject
    verdict: Verdict
    value: Any = None


def decision(view: store.View, key: str, answer: Answer) -> Decision:
    """The judgement that an answer is. Raises NotFound, JudgementError."""
    asked = key_from(key)
    if asked.kind == PARTY:
        return _of_pair(view, asked, answer)
    found = fact(view, asked)
    if answer.said == "corrected":
        return Decision(found.subject, "replace", CORRECTIONS[asked.kind](view, found, answer))
    if answer.said == "wrong" and asked.kind == "speaker":
        return Decision(found.subject, "replace", {"source": None})
    if answer.said == "right" and (last := found.standing) and last.verdict == "replace" and last.value is not None:
        return Decision(found.subject, "replace", msgspec.json.decode(last.value))
    return Decision(found.subject, _PLAIN[answer.said])


_PLAIN: dict[str, Verdict] = {"right": "correct", "wrong": "wrong", "unsure": "unsure"}
_OF_PAIRS: dict[str, Verdict] = {"right": "same", "wrong": "different", "unsure": "unsure"}


def _of_pair(view: store.View, key: Key, answer: Answer) -> Decision:
    if answer.said not in _OF_PAIRS:
        raise JudgementError(
            "Two names are one party, or two, or nobody is sure: there is nothing else to put in place."
        )
    names = store.labels(view, key.pair)
    subject = Subject("entities", entities=key.pair, names=tuple(names.get(name, "") for name in key.pair))
    return Decision(subject, _OF_PAIRS[answer.said])


# -- corrections -------------------------------------------------------------------------------------------------------


def _speaker(view: store.View, asked: Fact, answer: Answer) -> dict[str, Any]:
    if answer.speaker == NOBODY:
        return {"source": None}
    entity = who(view, asked.record, answer)
    return {"source": {"spans": _kept_words(asked, entity.id), "entity": entity.id}} | naming(asked.record, entity)


def _kept_words(asked: Fact, entity: str) -> list[list[int]]:
    """The words of the source, where they can stand for this entity: its own name, or no name ("he")."""
    fact: Attribution = asked.value
    spans = fact.source.spans if fact.source else ()
    names = [it for it in asked.record.mentions if any(_meet(Span(it.start, it.end), span) for span in spans)]
    fits = all(it.nominal or it.entity == entity for it in names)
    return [list(span) for span in spans] if fits else []


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _end(view: store.View, asked: Fact, answer: Answer) -> dict[str, Any]:
    fact: Attribution = asked.value
    start = fact.content.spans[0].start
    if answer.end is None or not start < answer.end <= len(asked.record.text):
        raise JudgementError("Say where it ends: a place behind its beginning, in code points.")
    kept = [span for span in fact.content.spans if span.start < answer.end]
    spans = [*map(list, kept[:-1]), [kept[-1].start, answer.end]]
    return {"content": {"spans": spans}}


def _date(view: store.View, asked: Fact, answer: Answer) -> dict[str, Any]:
    return {"value": checked_day(answer.value)}


def checked_day(value: str | None) -> str:
    """Raises JudgementError for what is no EDTF date."""
    try:
        return str(PartialDate.parse((value or "").strip()))
    except ValueError as error:
        raise JudgementError(
            f"{error} Write it as 2024-05-03, 2024-05 or 2024; ? behind it says that it is uncertain."
        ) from error


def _time(view: store.View, asked: Fact, answer: Answer) -> dict[str, Any]:
    return {"value": (answer.value or "").strip() or None}


def _act(view: store.View, asked: Fact, answer: Answer) -> dict[str, Any]:
    fact: SpeechAct = asked.value
    words = " ".join(asked.record.text[span.start : span.end] for slot in fact.slots for span in slot.spans)
    plover, mode = classify(act_called(answer.act or ""), words, negated=fact.negated, language=_language(asked))
    value: dict[str, Any] = {"act": answer.act, "plover": plover, "mode": mode}
    if answer.speaker == NOBODY:
        return value | {"by": None}
    if answer.speaker or (answer.name or "").strip():
        entity = who(view, asked.record, answer)
        return value | {"by": entity.id} | naming(asked.record, entity)
    return value


def act_called(said: str) -> Act:
    """Raises JudgementError where a word is no act."""
    return one_of("act", said, get_args(Act), JudgementError)


def _language(asked: Fact) -> str:
    """The language of the words."""
    return next((it.tag for it in asked.record.languages if it.start <= asked.key.start < it.end), "en")


def _name(view: store.View, asked: Fact, answer: Answer) -> dict[str, Any]:
    if answer.speaker == NOBODY:
        return {"entity": None}
    entity = who(view, asked.record, answer)
    return {"entity": entity.id, "type": entity.type} | naming(asked.record, entity)


def _figure(view: store.View, asked: Fact, answer: Answer) -> dict[str, Any]:
    try:
        return {"value": float((answer.value or "").replace(",", ""))}
    except ValueError as error:
        raise JudgementError("A figure is a number, such as 1,200 or 3.5.") from error


def _part(view: store.View, asked: Fact, answer: Answer) -> dict[str, Any]:
    return {"kind": (answer.value or "").strip()}


CORRECTIONS: dict[str, Callable[[store.View, Fact, Answer], dict[str, Any]]] = {
    "speaker": _speaker, "content": _end, "date": _date, "act": _act, "name": _name, "time": _time,
    "figure": _figure, "part": _part,
}  # fmt: skip


def who(view: store.View, record: Record, answer: Answer) -> Entity:
    """The entity that an answer means: one by its id; one of the document by its name; else a new one."""
    if answer.speaker:
        own = [entity for entity in record.entities if entity.id == answer.speaker]
        found = own or store.named(view, [answer.speaker])
        if not found:
            raise JudgementError("Nobody in this archive has that id. Choose one who is named here, or type a name.")
        return found[0]
    name = " ".join((answer.name or "").split())
    if not name:
        raise JudgementError("Choose who it is, or type a name.")
    known = [
        entity
        for entity in record.entities
        if name.casefold() in {it.casefold() for it in (entity.name, *entity.names)}
    ]
    known.sort(key=lambda entity: entity.type != answer.type)
    return known[0] if known else resolve.entity_called(name, answer.type, record.id)


def naming(record: Record, entity: Entity) -> dict[str, Any]:
    """What a value says of somebody whom the document does not name."""
    known = {each.id for each in record.entities}
    return {} if entity.id in known else {resolve.ENTITIES: [msgspec.to_builtins(entity)]}
