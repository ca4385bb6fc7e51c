"""One question with what is needed to answer it: the words and what stands around, what was found, by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

import msgspec
import regex
from msgspec import Struct

from onrecord import export, resolve, store
from onrecord.errors import NotFound
from onrecord.judging import judged_here
from onrecord.lexicon import abbreviations
from onrecord.model import Attribution, Entity, Judgement, Mention, Record, Source, Subject
from onrecord.store import doubts
from onrecord.text import tokens
from onrecord.text.layout import paragraphs
from onrecord.text.spans import Span
from onrecord.workbench.review import FACTS, PARTY, Key, judgeable, key_from, key_of

NEAR = 260
"""Code points shown on either side of the words; up to the border of a word."""
WHOLE = 1400
"""Code points up to which words are shown without a gap."""
HEAD = 420
"""Code points shown of the beginning, and of the end, of longer words."""
FARTHEST = 2400
"""Code points behind the beginning of a quotation, or its found end, within which another end is offered."""
SPEAKERS = 9
"""Those whom the document names that are offered with a key."""
DAYS = 6
"""Dates of the document that are offered."""
SEEN = 2
"""Documents that show how a name is used."""
_DAY = regex.compile(r"\d{4}(-\d\d){0,2}[?~%]?")
_BORDER = regex.compile(r"[,;:—–،؛]+[\"'”’»)\]›」』]*(?=\s)|[\"”»›」』]+[.,;:!?]*(?=\s|$)")


class Mark(Struct, frozen=True):
    """Words of the passage that play a part: `words`, `source`, `cue`."""

    start: int
    end: int
    part: str


class Passage(Struct, frozen=True):
    """A stretch of the text; offsets are code points of the document's text, the marks' too."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...] = ()


class Somebody(Struct, frozen=True):
    """One who may be meant."""

    id: str
    name: str
    type: str
    mentions: int = 0


class Decided(Struct, frozen=True):
    """What a person said of it; `value` is what they put in place."""

    id: str
    by: str
    at: str
    verdict: str
    value: Any = None
    note: str | None = None


class Named(Struct, frozen=True):
    """One of two names that may be one party, with words in which it is used."""

    id: str
    name: str
    type: str | None
    documents: int
    uses: tuple[Use, ...]


class Use(Struct, frozen=True):
    document: str
    title: str
    passage: Passage


class Card(Struct, frozen=True, kw_only=True):
    """A question, ready to be answered. `found` is what the machine found, `stands` what holds now."""

    key: str
    kind: str
    confidence: float | None
    rule: str
    found: dict[str, Any]
    decided: tuple[Decided, ...] = ()
    document: str | None = None
    title: str | None = None
    publisher: str | None = None
    issued: str | None = None
    language: str | None = None
    """Of the words."""
    start: int | None = None
    end: int | None = None
    passages: tuple[Passage, ...] = ()
    voices: tuple[str, ...] = ()
    speakers: tuple[Somebody, ...] = ()
    days: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    """Borders of sentences and clauses where a quotation may end."""
    names: tuple[Named, ...] = ()
    reason: str | None = None


class There(Struct, frozen=True):
    """A finding on certain words: its question, and what it says in a word or two."""

    key: str
    kind: str
    told: str


class Marking(Struct, frozen=True):
    """Words on which something may be added. `there`: what is found on exactly these words."""

    document: str
    title: str
    language: str | None
    start: int
    end: int
    passages: tuple[Passage, ...]
    speakers: tuple[Somebody, ...]
    there: tuple[There, ...]


class Fact(Struct, frozen=True):
    """A fact that is asked about, in its record."""

    key: Key
    record: Record
    subject: Subject
    value: Any
    decided: tuple[Judgement, ...]

    @property
    def standing(self) -> Judgement | None:
        """The judgement of it that counts."""
        return self.decided[-1] if self.decided else None


def card(view: store.View, said: str, end: int | None = None) -> Card:
    """The card of a question; `end` is another end of a quotation, to be looked at. Raises NotFound."""
    key = key_from(said)
    if key.kind == PARTY:
        return _of_pair(view, key)
    return _of_fact(view, fact(view, key), end)


def fact(view: store.View, key: Key) -> Fact:
    """The fact that a question is about: as the machine found it, or as a person added it. Raises NotFound."""
    found = export.record(view.document(key.document), view.annotations(key.document))
    judgements = judged_here(view, key.document)
    record = resolve.extended(found, judgements)
    here = [
        getattr(record, FACTS[key.kind])[at] for at in resolve.facts_at(record, key.address, Span(key.start, key.end))
    ]
    if not here:
        raise NotFound("Nothing of this kind is found on these words any more. Begin at /review.")
    every = []
    for each in here:
        subject = resolve.subject(record, FACTS[key.kind], each)
        if subject is not None:
            every.append(Fact(key, record, subject, each, resolve.about(found, judgements, subject)))
    return min(every, key=lambda each: (bool(each.decided), getattr(each.value, "confidence", 1.0)))


def marking(view: store.View, document: str, start: int, end: int) -> Marking:
    """Words of a document, to add something on them. Raises NotFound."""
    record, words = judgeable(view, document), Span(start, end)
    listed = view.listed([document])[document]
    return Marking(
        document,
        listed.title or listed.source,
        _language(record, start),
        start,
        end,
        passages(record.text, words, (Mark(start, end, "words"),)),
        tuple(_speakers(record)),
        tuple(_there(record, words)),
    )


def _there(record: Record, words: Span) -> Iterator[There]:
    for kind in ("speaker", "date", "act", "name", "time", "figure", "part"):
        for at in resolve.facts_at(record, FACTS[kind], words):
            value = getattr(record, FACTS[kind])[at]
            key = key_of(record, kind, value)
            found = told(record, kind, value)
            said = next((found[name] for name in _TELLING if found.get(name) is not None), "not known")
            if key is not None:
                yield There(str(key), kind, str(said))


_TELLING = ("speaker", "act", "entity_name", "value", "kind", "type")


def _language(record: Record, at: int) -> str | None:
    """The language of the words at a place."""
    return next((it.tag for it in record.languages if it.start <= at < it.end), None)


def _of_fact(view: store.View, asked: Fact, end: int | None) -> Card:
    record, value, key = asked.record, asked.value, asked.key
    listed = view.listed([record.id])[record.id]
    words = Span(key.start, key.end if end is None else end)
    speaks = key.kind in ("speaker", "content", "name", "act")
    return Card(
        key=str(key),
        kind=key.kind,
        confidence=getattr(value, "confidence", None),
        rule=getattr(value, "rule", ""),
        found=told(record, key.kind, value),
        decided=tuple(map(decided, asked.decided)),
        document=record.id,
        title=listed.title or listed.source,
        publisher=listed.publisher,
        issued=listed.issued,
        language=_language(record, key.start),
        start=words.start,
        end=words.end,
        passages=passages(record.text, words, _marks(value, words)),
        voices=_voices(record, value),
        speakers=tuple(_speakers(record)) if speaks else (),
        days=_days(record) if key.kind in ("date", "time") else (),
        ends=tuple(ends(record.text, key.start, key.end)) if key.kind == "content" else (),
    )  # fmt: skip


def decided(each: Judgement) -> Decided:
    value = None if each.value is None else msgspec.json.decode(each.value)
    return Decided(each.id, each.by, each.at, each.verdict, value, each.note)


def told(record: Record, kind: str, value: Any) -> dict[str, Any]:
    """What was found, as its question tells it."""
    names = {entity.id: entity.name for entity in record.entities}
    if isinstance(value, Attribution):
        entity = value.source.entity if value.source else None
        speaker = names.get(entity or "") or next((it.name for it in value.voices[-1:] if it.role == "speaker"), None)
        return {"speaker": speaker, "entity": entity, "printed": _printed(record, value.source), "kind": value.kind}
    plain = msgspec.to_builtins(value)
    kept = ("role", "value", "act", "type", "kind", "unit", "comparator", "negated", "entity", "by")
    found = {name: plain[name] for name in kept if name in plain}
    return found | {f"{name}_name": names.get(plain.get(name) or "") for name in ("entity", "by") if name in plain}


def _printed(record: Record, source: Source | None) -> str | None:
    return " ".join(record.text[span.start : span.end] for span in source.spans) or None if source else None


def _voices(record: Record, value: Any) -> tuple[str, ...]:
    """Through whom the words come, from outside in; who is publisher and outlet at once is told once."""
    within = getattr(value, "within", None)
    found = (
        value if isinstance(value, Attribution) else next((it for it in record.attributions if it.id == within), None)
    )
    names = [voice.name for voice in found.voices] if found else []
    return tuple(name for name, after in zip_longest(names, names[1:]) if name != after)


def _speakers(record: Record) -> Iterable[Somebody]:
    """Persons and bodies of the document, the most mentioned first."""
    times = Counter(mention.entity for mention in record.mentions)
    spoken = Counter(each.source.entity for each in record.attributions if each.source)
    able = [entity for entity in record.entities if entity.type in ("person", "organization")]
    able.sort(key=lambda entity: (-(times[entity.id] + 3 * spoken[entity.id]), entity.name))
    return (Somebody(entity.id, entity.name, entity.type, times[entity.id]) for entity in able)


def _days(record: Record) -> tuple[str, ...]:
    """The dates that the document speaks of, in the order of the text."""
    values = (time.value for time in record.times if time.type == "date")
    return tuple(dict.fromkeys(value for value in values if value and _DAY.fullmatch(value)))[:DAYS]


# -- the words ---------------------------------------------------------------------------------------------------------


def _marks(value: Any, words: Span) -> tuple[Mark, ...]:
    found = [Mark(*words, "words")]
    if isinstance(value, Attribution):
        found = [Mark(span.start, min(span.end, words.end), "words") for span in value.content.spans]
        found[-1] = Mark(found[-1].start, words.end, "words")
        found += [Mark(*span, "source") for span in (value.source.spans if value.source else ())]
        found += [Mark(*span, "cue") for span in (value.cue.spans if value.cue else ())]
    elif isinstance(getattr(value, "cue", None), Span):
        found.append(Mark(value.cue.start, value.cue.end, "cue"))
    return tuple(mark for mark in found if mark.start < mark.end)


def passages(text: str, words: Span, marks: Sequence[Mark]) -> tuple[Passage, ...]:
    """The words with what stands around them; of very long words the beginning and the end."""
    low = min((mark.start for mark in marks), default=words.start)
    high = max((mark.end for mark in marks), default=words.end)
    if high - low <= WHOLE:
        return (_passage(text, low - NEAR, high + NEAR, marks),)
    return (
        _passage(text, low - NEAR, low + HEAD, marks),
        _passage(text, high - HEAD, high + NEAR, marks),
    )


def _passage(text: str, start: int, end: int, marks: Sequence[Mark]) -> Passage:
    start, end = max(0, start), min(len(text), end)
    while 0 < start < end and not text[start - 1].isspace():
        start += 1
    while start < end < len(text) and not text[end].isspace():
        end -= 1
    here = [Mark(max(mark.start, start), min(mark.end, end), mark.part) for mark in marks]
    return Passage(start, end, text[start:end], tuple(mark for mark in here if mark.start < mark.end))


def ends(text: str, start: int, end: int) -> list[int]:
    """Where a quotation that begins at `start` may end: borders of clauses and sentences, the found end among them."""
    last = min(len(text), max(start, end) + FARTHEST)
    blocks = [block for block in paragraphs(text) if block.end > start and block.start < last]
    found = {end}
    for block in blocks:
        # Only what is looked at is cut into sentences.
        inner = Span(max(block.start, start), min(block.end, last))
        found |= {sentence.end for sentence in tokens.sentences(text, abbreviations(), [inner])}
        found |= {match.end() for match in _BORDER.finditer(text, inner.start, inner.end)}
    return sorted(at for at in found if start < at <= last)


# -- two names ---------------------------------------------------------------------------------------------------------


def _of_pair(view: store.View, key: Key) -> Card:
    one, other = key.pair
    evidence = doubts.likely_pair(view, one, other)
    known = {entity.id: entity for entity in store.named(view, [one, other])}
    if len(known) != 2:
        raise NotFound("No document names one of these any more. Begin at /review.")
    said = [
        each
        for each in view.judgements_of("entities")
        if each.withdrawn is None and {one, other} <= set(each.subject.entities)
    ]
    return Card(
        key=str(key),
        kind=PARTY,
        confidence=evidence.score if evidence else None,
        rule="names compared",
        reason=evidence.reason if evidence else None,
        found={"one": known[one].name, "other": known[other].name},
        decided=tuple(map(decided, said)),
        names=tuple(_named(view, known[name]) for name in (one, other)),
    )


def _named(view: store.View, entity: Entity) -> Named:
    uses = []
    for name in doubts.mentioning_entity(view, entity.id, SEEN):
        mention = next(
            (it for it in view.annotations(name).mentions if it.entity == entity.id and not it.nominal), None
        )
        if mention is not None:
            uses.append(_use(view, name, mention))
    documents = doubts.documents_of(view, entity.id)
    return Named(entity.id, entity.name, entity.type, documents, tuple(uses))


def _use(view: store.View, document: str, mention: Mention) -> Use:
    words = Span(mention.start, mention.end)
    mark = Mark(*words, "words")
    text, listed = view.document(document).text, view.listed([document])[document]
    passage = _passage(text, words.start - NEAR // 2, words.end + NEAR // 2, (mark,))
    return Use(document, listed.title or listed.source, passage)
