"""What a person marks that the machine missed: the fact that the value of an `add` makes.

The judgement holds the words that the fact is addressed by and, in its value, the fact's other fields. The context of
its evidence reaches as far as the fact's own offsets do, so that in another text, where words and context are found
again, each offset goes with them. Whatever the machine numbers anew in every run (ids, what lies in what, the chain of
voices) is no part of the value: it is worked out from the record at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from onrecord.errors import JudgementError
from onrecord.model import CONTEXT, Attribution, Entity, Evidence, Judgement, Record, Subject, Voice
from onrecord.model import evidence as evidence_of
from onrecord.resolve.anchors import KINDS, QUALIFIERS, anchor, text_digest
from onrecord.text.spans import Span

PERSON = "person"
"""The rule of what a person put in place."""
ENTITIES = "entities"
"""In the value of a judgement: those whom it names, as a record lists them, where the machine did not find them."""
DERIVED = frozenset({"id", "parent", "in", "voices", "rule", "confidence"})
"""Fields that are worked out, not said."""
_POINTERS = frozenset({"entity", "by", "addressee", "target"})


def _on(words: Span) -> dict[str, Any]:
    return {"start": words.start, "end": words.end}


def _spanning(words: Span) -> dict[str, Any]:
    return {"spans": [list(words)], "rule": PERSON, "confidence": 1.0}


BLANK: dict[str, Callable[[Span], dict[str, Any]]] = {
    "attributions": lambda words: {
        "source": None, "cue": None, "content": {"spans": [list(words)]}, "parent": None, "voices": [],
        "rule": PERSON, "confidence": 1.0,
    },
    "mentions": lambda words: _on(words) | {"entity": None},
    "dates": _spanning,
    "times": lambda words: _on(words) | {"anchor": None, "rule": PERSON},
    "acts": lambda words: _on(words) | {
        "cue": list(words), "in": None, "by": None, "rule": PERSON, "confidence": 1.0,
    },
    "quantities": lambda words: _on(words) | {
        "comparator": "=", "unit": None, "of": None, "in": None, "rule": PERSON,
    },
}  # fmt: skip
"""The kinds of fact that can be added, each with what it is where nothing else is said."""


class Addition(NamedTuple):
    """An added fact on a text, and the entities that its judgement names."""

    kind: str
    place: Span
    fact: Any
    entities: tuple[Entity, ...]


def addition(record: Record, kind: str, place: Span, value: Any) -> Subject:
    """What the judgement that adds this fact of `kind` on the words at `place` is about.

    Raises JudgementError for a kind or value that cannot be added.
    """
    if not 0 <= place.start < place.end <= len(record.text):
        raise JudgementError(f"There are no words at {place.start}-{place.end} of {record.id}.")
    fact = _made(kind, place, value)
    reach = [place, *spans_in(msgspec.to_builtins(fact))]
    before = max(CONTEXT, place.start - min(span.start for span in reach))
    after = max(CONTEXT, max(span.end for span in reach) - place.end)
    words = replace(
        evidence_of(record.text, *place),
        prefix=record.text[max(0, place.start - before) : place.start],
        suffix=record.text[place.end : place.end + after],
    )
    return Subject(_address(kind, fact), record.id, words, (), text_digest(record.text))


def _address(kind: str, fact: Any) -> str:
    """Two acts may be done in the same words; two attributions of the same words are one."""
    return kind if kind == "attributions" else f"{kind}/{getattr(fact, QUALIFIERS[kind])}"


def check_addition(made: Judgement) -> None:
    """Raises JudgementError where an `add` says what cannot be said."""
    words = made.subject.evidence
    if words is None or made.value is None:
        raise JudgementError("What is added names its words, and in its value the fields of the fact.")
    added(made, Span(words.start, words.end))


def added(made: Judgement, place: Span) -> Addition:
    """The fact that a judgement adds, its words standing at `place`. Raises JudgementError."""
    words = made.subject.evidence
    kind = made.subject.kind.partition("/")[0]
    value = msgspec.json.decode(made.value or b"{}")
    if words is None or not isinstance(value, dict):
        raise JudgementError("What is added names its words, and in its value the fields of the fact.")
    fact = _made(kind, place, carried(value, words, place))
    if anchor(kind, fact) != place or _address(kind, fact).partition("/")[0] != kind:
        raise JudgementError("What is added does not stand on the words that it is addressed by.")
    named = replace(fact, id=f"p{made.id[1:13]}") if hasattr(fact, "id") else fact
    return Addition(kind, place, named, entities_of(value))


def _made(kind: str, place: Span, value: Any) -> Any:
    if kind not in BLANK:
        raise JudgementError(f"A fact of {kind} cannot be added. Add one of: {', '.join(BLANK)}.")
    check_fields(KINDS[kind], value, DERIVED)
    whole = {"id": ""} | BLANK[kind](place) | fields_of(value)
    try:
        return msgspec.convert(whole, KINDS[kind])
    except msgspec.ValidationError as error:
        raise JudgementError(f"What is added does not fit: {error}.") from error


def check_fields(fact: type[Any], value: Any, barred: Iterable[str] = ("id",)) -> None:
    """Raises JudgementError where a value does not hold fields of this kind of fact, each of its type."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(fact)}
    if not isinstance(value, dict) or not value:
        raise JudgementError("The value is a JSON object with the fields to put in place.")
    for name, given in value.items():
        if name != ENTITIES and (name not in fields or name in barred):
            allowed = ", ".join(field for field in fields if field not in barred)
            raise JudgementError(f"{fact.__name__} has no field {name!r} to put in place. It has: {allowed}.")
        try:
            msgspec.convert(given, tuple[Entity, ...] if name == ENTITIES else fields[name])
        except msgspec.ValidationError as error:
            raise JudgementError(f"The value of {name!r} does not fit: {error}.") from error


def fields_of(value: dict[str, Any]) -> dict[str, Any]:
    """The fields of a fact that a value holds."""
    return {name: given for name, given in value.items() if name != ENTITIES}


def entities_of(value: Any) -> tuple[Entity, ...]:
    """Those whom a judgement's value names."""
    return msgspec.convert(value.get(ENTITIES, ()), tuple[Entity, ...])


def entity_ids(value: Any) -> set[str]:
    """The entities that a value's fields point to."""
    if isinstance(value, dict):
        inner = (entity_ids(each) for name, each in value.items() if name != ENTITIES)
        own = {value[name] for name in _POINTERS & value.keys() if isinstance(value[name], str)}
        return own.union(*inner)
    return set().union(*map(entity_ids, value)) if isinstance(value, list | tuple) else set()


# -- offsets in a value ------------------------------------------------------------------------------------------------


def carried(value: Any, words: Evidence, place: Span) -> Any:
    """A value whose words now stand at `place`, each offset gone with them.

    Raises JudgementError where one lies beyond the context of the evidence, so that nothing says where it is now.
    """
    by = place.start - words.start
    if by == 0 and place.end == words.end:
        return value
    low, high = words.start - len(words.prefix), words.end + len(words.suffix)
    if any(not low <= span.start <= span.end <= high for span in spans_in(value)) or {"start", "end"} & value.keys():
        raise JudgementError("Its offsets belong to an earlier text of this document.")
    return _moved(value, by)


def _moved(value: Any, by: int) -> Any:
    if isinstance(value, dict):
        return {name: _moved_spans(name, inner, by) for name, inner in value.items()}
    return [_moved(inner, by) for inner in value] if isinstance(value, list | tuple) else value


def _moved_spans(name: str, inner: Any, by: int) -> Any:
    if name == "spans":
        return [[start + by, end + by] for start, end in inner]
    if name == "cue" and _is_span(inner):
        return [each + by for each in inner]
    return _moved(inner, by)


def _is_span(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(each, int) for each in value)


def spans_in(value: Any) -> list[Span]:
    """All ranges in a fact's plain form: `start` and `end`, pairs under `spans`, the verb of an act under `cue`."""
    found: list[Span] = []
    if isinstance(value, dict):
        if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            found.append(Span(value["start"], value["end"]))
        for name, inner in value.items():
            if name == "spans":
                found += [Span(*pair) for pair in inner]
            elif name == "cue" and _is_span(inner):
                found.append(Span(*inner))
            elif isinstance(inner, dict | list | tuple):
                found += spans_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            found += spans_in(inner)
    return found


# -- an added attribution among the others -----------------------------------------------------------------------------


def among(record: Record, fact: Attribution) -> Attribution:
    """An added attribution with what it lies in, and the voices through which it comes."""
    place = anchor("attributions", fact)
    around = [
        each
        for each in record.attributions
        if place is not None and any(s.start <= place.start and place.end <= s.end for s in each.content.spans)
        if anchor("attributions", each) != place
    ]
    parent = min(around, key=lambda each: sum(span.end - span.start for span in each.content.spans), default=None)
    outer = parent.voices if parent else _outer(record)
    return replace(fact, parent=parent.id if parent else None, voices=(*outer, *speaking(record, fact)))


def _outer(record: Record) -> tuple[Voice, ...]:
    """Those through whom all of a document comes."""
    for each in record.attributions:
        if each.parent is None:
            return tuple(voice for voice in each.voices if voice.role != "speaker")
    return (Voice("publisher", record.capture.publisher),) if record.capture.publisher else ()


def speaking(record: Record, fact: Attribution) -> tuple[Voice, ...]:
    """Who speaks, as the last of the voices; empty where nobody is known to."""
    source = fact.source
    if source is None or not (source.entity or source.spans):
        return ()
    names = {entity.id: entity.name for entity in record.entities}
    printed = " ".join(record.text[span.start : span.end] for span in source.spans)
    name = names.get(source.entity) if source.entity else printed
    return (Voice("speaker", name, source.entity),) if name else ()
