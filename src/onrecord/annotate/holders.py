"""In whose words a place of the text stands: a statement's own, or those that an attribution gives.

A holder knows who "we" is there. The words of an attribution's content belong to its source; all others to the
statement around them, where it is of a kind that has a voice of its own. Headlines, letterheads, signatures and what an
editor adds belong to nobody's acts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from onrecord.annotate.clauses import Clause
from onrecord.annotate.ownvoice import OwnVoice
from onrecord.annotate.sources import Names, Tokens
from onrecord.model import Attribution, Entity, Genre, Segment, Statement
from onrecord.text.names import folded
from onrecord.text.spans import Cover

_SILENT = frozenset((
    "boilerplate", "letterhead", "headline", "byline", "dateline", "preface", "note", "insertion", "citation",
    "signature",
))  # fmt: skip


class Called(Struct, gc=False):
    """What who speaks is called."""

    entities: dict[str, str | None]
    """Folded name to entity."""
    words: dict[str, str | None]
    """Folded head of a name ("union" of "Union of Teachers") to entity; `None` where several have it."""
    known: frozenset[str | None]
    organs: tuple[str, ...]
    """Ends of the names of what is an organ of who speaks (" of harbour union")."""


class Holder(Struct, gc=False):
    """Whose words they are: `by` is the entity, where one alone speaks; `called` is read when it is first asked for."""

    id: str
    kind: Literal["own", "direct", "indirect"]
    genre: Genre | None
    by: str | None
    parties: Sequence[tuple[str | None, str]]
    """Who speaks: entities with their names as printed."""
    register: Register
    person: bool | None = None
    """Whether one person speaks; `None` where that is not known."""
    third: int = -9
    """The number of the clause that last spoke of the speaker by name or pronoun."""
    last: str | None = None
    """The entity it spoke of."""
    _called: Called | None = None

    @property
    def called(self) -> Called:
        if self._called is None:
            self._called = self.register.called(self.parties)
        return self._called

    def named(self, clause: Clause, tokens: Tokens, names: Names) -> tuple[bool, str | None]:
        """Whether a noun phrase names who speaks, and which entity it is."""
        span = clause.span(*tokens)
        called = self.called
        for mention in names.between(span.start, span.end):
            if mention.entity is not None:
                if self.has_organ(mention.entity):
                    return True, self.by
                if mention.entity in called.known:
                    return True, mention.entity
            if mention.type in ("person", "organization"):
                return False, None
        flat = folded(span.of(clause.text)).split()
        while flat and flat[0] in _ARTICLES:
            flat = flat[1:]
        said = " ".join(flat)
        if said in called.entities:
            return True, called.entities[said]
        if (
            flat
            and flat[-1] in called.words
            and (len(flat) == 1 or any(f" {said} " in f" {it} " for it in called.entities))
        ):
            return True, called.words[flat[-1]]
        return False, None

    def has_organ(self, entity: str) -> bool:
        """Whether an entity is called an organ of who speaks ("Executive Committee of the Harbour Union")."""
        ends = self.called.organs
        return bool(ends) and any(name.endswith(ends) for name in self.register.organ_names(entity))


_ARTICLES = frozenset(["the", "a", "this", "our", "le", "la", "les", "el", "los", "las", "l", "der", "die"])


class Register:
    """What the entities of a document are called, folded."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._names = {entity.id: entity.names for entity in entities}
        self.types = {entity.id: entity.type for entity in entities}

    def organ_names(self, entity: str) -> Iterator[str]:
        """The names by which an organization may show whose organ it is; none for other entities."""
        if self.types.get(entity) == "organization":
            for name in self._names[entity]:
                yield folded(name).replace(" the ", " ")

    def called(self, parties: Sequence[tuple[str | None, str]]) -> Called:
        """Everything that some parties are called."""
        entities: dict[str, str | None] = {}
        words: dict[str, str | None] = {}
        for entity, printed in parties:
            for name in (printed, *self._names.get(entity or "", ())):
                flat = folded(name)
                entities.setdefault(flat, entity)
                head = flat.partition(" of ")[0].partition(" for ")[0].rpartition(" ")[2]
                if len(head) > 2:
                    words[head] = entity if words.get(head, entity) == entity else None
        organs = tuple(f" of {flat}" for flat in entities if " " in flat)
        return Called(entities, words, frozenset(entities.values()), organs)


class Holders:
    """Answers whose words stand at a place."""

    def __init__(
        self,
        text: str,
        segments: Sequence[Segment],
        statements: Sequence[Statement],
        attributions: Sequence[Attribution],
        entities: Sequence[Entity],
    ) -> None:
        self._starts, self._inside = _flattened(attributions)
        self._own = OwnVoice(text, segments, statements, entities)
        self._register = Register(entities)
        last = max((it.start for it in segments if it.kind == "point"), default=-1)
        self._silent = Cover(
            (it.start, it.end)
            for it in segments
            if it.kind in _SILENT and (it.kind != "signature" or it.start > last)  # a preamble's short line is none
        )
        spans = [(it.start, it.end) for it in segments if it.kind in _SILENT] + [
            (it.start, it.end) for it in self._own.parts
        ]
        self.breaks = sorted({offset for span in spans for offset in span} | set(self._starts))
        """Offsets at which the holder may change."""
        self._held: dict[str, Holder] = {}
        self._between: dict[int, Holder | None] = {}
        """By the number of breaks before a place."""
        self._text = text

    def at(self, offset: int) -> Holder | None:
        """Whose words they are; `None` where they are a report's own, or nothing is done, as in a headline."""
        between = bisect_right(self.breaks, offset)
        if between not in self._between:
            self._between[between] = None if self._silent.over(offset) else self._found(offset)
        return self._between[between]

    def _found(self, offset: int) -> Holder | None:
        attribution = self._inside[bisect_right(self._starts, offset) - 1]
        if attribution is not None:
            return self._held.get(attribution.id) or self._attributed(attribution)
        around = self._own.around(offset)
        if around is None:
            return None
        held = self._held.get(around.id)
        if held is None:
            named = [(it.entity, it.name) for it in around.parties]
            held = self._held[around.id] = Holder(around.id, "own", around.genre, around.issuer, named, self._register)
        return held

    def _attributed(self, attribution: Attribution) -> Holder:
        source = attribution.source
        entity = source.entity if source is not None else None
        said = [span.of(self._text) for span in source.spans] if source is not None else []
        kind: Literal["direct", "indirect"] = "direct" if attribution.kind == "direct" else "indirect"
        named = [(entity, name) for name in said]
        named += [
            (it.entity, it.name)
            for it in attribution.voices
            if it.role in ("issuer", "speaker") and it.entity != entity
        ]
        held = self._held[attribution.id] = Holder(attribution.id, kind, None, entity, named, self._register)
        if entity in self._register.types:
            held.person = self._register.types[entity] == "person"
        return held


def _flattened(attributions: Sequence[Attribution]) -> tuple[list[int], list[Attribution | None]]:
    """The text in stretches, each with the innermost attribution whose content it is."""
    parts = sorted(
        ((span.start, -span.end, number) for number, it in enumerate(attributions) for span in it.content.spans)
    )
    starts: list[int] = [-1]
    inside: list[Attribution | None] = [None]
    open_: list[tuple[int, int]] = []
    for start, negative, number in parts:
        while open_ and open_[-1][0] <= start:
            _close(open_, starts, inside, attributions)
        open_.append((-negative, number))
        _mark(starts, inside, start, attributions[number])
    while open_:
        _close(open_, starts, inside, attributions)
    return starts, inside


def _close(
    open_: list[tuple[int, int]], starts: list[int], inside: list[Attribution | None], every: Sequence[Attribution]
) -> None:
    end, _ = open_.pop()
    while open_ and open_[-1][0] <= end:
        open_.pop()
    _mark(starts, inside, end, every[open_[-1][1]] if open_ else None)


def _mark(starts: list[int], inside: list[Attribution | None], at: int, what: Attribution | None) -> None:
    if starts[-1] == at:
        inside[-1] = what
    elif at > starts[-1]:
        starts.append(at)
        inside.append(what)
