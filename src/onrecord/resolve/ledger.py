"""People's judgements replayed over fresh output.

Nothing here edits a judgement or a fact: `apply` makes a new record out of a record and the judgements that stand.
`wrong` takes a fact away, `replace` puts fields in the place of the fact's, `correct` and `unsure` leave it. Of several
judgements about one subject the latest counts, and those that contradict it are reported. One whose words are not
there any more is an orphan: reported, kept, applied to nothing. The outcome does not depend on the order given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from onrecord.commitments import LINKS, JudgedLink
from onrecord.errors import JudgementError
from onrecord.model import Judgement, Record, Subject, Verdict
from onrecord.resolve.anchors import KINDS, facts_at, locate, text_digest
from onrecord.resolve.lines import content_id, merged
from onrecord.text.spans import Span

_OF_ENTITIES = frozenset({"same", "different", "unsure"})
_OF_FACTS = frozenset({"correct", "wrong", "replace", "unsure"})
_OF_LINKS = frozenset({"correct", "wrong", "unsure"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_OFFSETS = frozenset({"start", "end", "spans", "source", "cue", "content", "parties", "addressees"})
"""Fields that hold offsets, which mean something in the text they were made on only."""


class Orphan(NamedTuple):
    """A standing judgement that could not be applied, and why, in words."""

    judgement: str
    reason: str


class Conflict(NamedTuple):
    """Standing judgements that contradict each other: the one that counts, and the others."""

    counts: str
    others: tuple[str, ...]


class Applied(NamedTuple):
    """What came of a replay. `applied`: ids of the judgements that count, also those that changed nothing."""

    record: Record
    applied: tuple[str, ...]
    orphans: tuple[Orphan, ...]
    conflicts: tuple[Conflict, ...]
    decided: dict[tuple[str, int], Judgement]
    """The judgement that counts for a fact of the record that came of it, by the fact's kind and index there."""


def judgement(
    subject: Subject, verdict: Verdict, by: str, at: str, value: Any = None, note: str | None = None
) -> Judgement:
    """A judgement whose id is a hash of its content. `at` is ISO 8601 UTC; `value` the fields that `replace` sets.

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


def apply(record: Record, judgements: Iterable[Judgement]) -> Applied:
    """`record` as the standing judgements about its facts make it; those about other documents are passed over."""
    chosen, conflicts = _latest(each for each in standing(judgements) if _concerns(record, each))
    digest = text_digest(record.text)
    removed: dict[str, set[int]] = {}
    changed: dict[str, dict[int, Any]] = {}
    applied, orphans = [], []
    about: dict[tuple[str, int], Judgement] = {}
    for each in chosen:
        try:
            kind, index = _target(record, each, digest)
            if each.verdict == "wrong":
                removed.setdefault(kind, set()).add(index)
            elif each.verdict == "replace":
                changed.setdefault(kind, {})[index] = _replaced(record, each, kind, index, digest)
            applied.append(each.id)
            about[kind, index] = each
        except JudgementError as reason:
            orphans.append(Orphan(each.id, str(reason)))
    decided = _moved(about, removed)
    return Applied(_rebuilt(record, removed, changed), tuple(applied), tuple(orphans), conflicts, decided)


def _moved(about: dict[tuple[str, int], Judgement], removed: dict[str, set[int]]) -> dict[tuple[str, int], Judgement]:
    """Judgements by where their facts are once those before them are taken away."""
    return {
        (kind, index - sum(gone < index for gone in removed.get(kind, ()))): each
        for (kind, index), each in about.items()
        if index not in removed.get(kind, ())
    }


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
        raise JudgementError(f"A fact cannot be judged {made.verdict!r}. Use correct, wrong, replace or unsure.")
    if made.subject.document is None or made.subject.evidence is None:
        raise JudgementError("A judgement of a fact names its document and its evidence.")
    if (made.verdict == "replace") != (made.value is not None):
        raise JudgementError("A replacement, and nothing else, has a value: the fields to put in place.")
    if made.value is not None:
        _check_fields(KINDS[kind], msgspec.json.decode(made.value))


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


def stands_at(record: Record, subject: Subject) -> int:
    """The index of the one fact of its kind that a subject is about. Raises JudgementError, which says why not."""
    made = Judgement(id="", subject=subject, verdict="unsure", by="", at="")
    return _target(record, made, text_digest(record.text))[1]


def _check_fields(fact: type[Any], value: Any) -> None:
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(fact)}
    if not isinstance(value, dict) or not value:
        raise JudgementError("A replacement's value is a JSON object with the fields to put in place.")
    for name, given in value.items():
        if name not in fields or name == "id":
            raise JudgementError(f"{fact.__name__} has no field {name!r} to replace. It has: {', '.join(fields)}.")
        try:
            msgspec.convert(given, fields[name])
        except msgspec.ValidationError as error:
            raise JudgementError(f"The value of {name!r} does not fit: {error}.") from error


def _concerns(record: Record, each: Judgement) -> bool:
    return each.subject.document == record.id and each.subject.kind.partition("/")[0] in KINDS


def _latest(judgements: Iterable[Judgement]) -> tuple[list[Judgement], tuple[Conflict, ...]]:
    """The latest judgement about each subject, and the contradictions; `judgements` come in order of time."""
    about: dict[Any, list[Judgement]] = {}
    for each in judgements:
        about.setdefault((each.subject.kind, each.subject.evidence, each.subject.text), []).append(each)
    conflicts = []
    for several in about.values():
        last = several[-1]
        others = tuple(each.id for each in several[:-1] if (each.verdict, _plain(each)) != (last.verdict, _plain(last)))
        if others:
            conflicts.append(Conflict(last.id, others))
    return [several[-1] for several in about.values()], tuple(conflicts)


def _plain(each: Judgement) -> bytes | None:
    return None if each.value is None else bytes(each.value)


def _target(record: Record, each: Judgement, digest: str) -> tuple[str, int]:
    """The kind and index of the one fact that a judgement is about; raises JudgementError where there is none."""
    wanted = each.subject.evidence
    place = None if wanted is None else locate(record.text, wanted, each.subject.text == digest)
    if place is None:
        raise JudgementError("The words it rests on do not stand in this text, or not in one place only.")
    found = facts_at(record, each.subject.kind, place)
    if len(found) != 1:
        raise JudgementError(
            "Nothing of this kind is found on these words any more."
            if not found
            else "Several facts stand on these words."
        )
    return each.subject.kind.partition("/")[0], found[0]


def _replaced(record: Record, each: Judgement, kind: str, index: int, digest: str) -> Any:
    value = msgspec.json.decode(each.value or b"{}")
    try:
        _check_fields(KINDS[kind], value)
        if each.subject.text != digest and _OFFSETS.intersection(value):
            raise JudgementError("Its offsets belong to an earlier text of this document.")
        fact = getattr(record, kind)[index]
        made = msgspec.convert({**msgspec.to_builtins(fact), **value}, KINDS[kind])
    except msgspec.ValidationError as error:
        raise JudgementError(f"What it puts in place does not fit: {error}.") from error
    if any(not 0 <= span.start <= span.end <= len(record.text) for span in _spans(msgspec.to_builtins(made))):
        raise JudgementError("What it puts in place points outside the text.")
    return made


def _spans(value: Any) -> list[Span]:
    """All ranges in a fact's plain form: `start` and `end`, and pairs under `spans`."""
    found: list[Span] = []
    if isinstance(value, dict):
        if isinstance(value.get("start"), int):
            found.append(Span(value["start"], value["end"]))
        for name, inner in value.items():
            if name == "spans":
                found += [Span(*pair) for pair in inner]
            elif isinstance(inner, dict | list | tuple):
                found += _spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            found += _spans(inner)
    return found


def _rebuilt(record: Record, removed: dict[str, set[int]], changed: dict[str, dict[int, Any]]) -> Record:
    gone: set[str] = set()
    parents = {each.id: each.parent for each in record.attributions}
    new: dict[str, Any] = {}
    for kind in removed.keys() | changed.keys():
        facts, out = getattr(record, kind), removed.get(kind, set())
        gone |= {facts[index].id for index in out if hasattr(facts[index], "id")}
        new[kind] = tuple(changed.get(kind, {}).get(i, fact) for i, fact in enumerate(facts) if i not in out)
    if not new:
        return record
    result = replace(record, **new)
    return _without_dangling(result, gone, parents) if gone else result


def _without_dangling(record: Record, gone: set[str], parents: dict[str, str | None]) -> Record:
    """What lay in a fact that was taken away lies in what that one lay in."""

    def kept(name: str | None) -> str | None:
        while name is not None and name in gone:
            name = parents.get(name)
        return name

    return replace(
        record,
        attributions=tuple(replace(each, parent=kept(each.parent)) for each in record.attributions),
        acts=tuple(
            replace(each, within=kept(each.within), parent=None if each.parent in gone else each.parent)
            for each in record.acts
        ),
        quantities=tuple(replace(each, within=kept(each.within)) for each in record.quantities),
        segments=tuple(replace(each, parent=None if each.parent in gone else each.parent) for each in record.segments),
        statements=tuple(
            replace(each, segment=None if each.segment in gone else each.segment) for each in record.statements
        ),
    )
