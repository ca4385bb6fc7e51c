"""The findings that want a look, in the order in which they are asked about, a few at a time.

First those about which people disagree, then those that somebody was not sure of, then those of which the machine was
least sure. Each part of that order is a stretch of an index. A narrow question starts from its documents, a wide one
from the order: which of the two costs less is told by how many documents there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from heapq import merge
from typing import Any, Literal, NamedTuple, get_args

from msgspec import Struct

from onrecord.store.view import View, marks

DoubtKind = Literal["speaker", "content", "date", "act"]
STATES = ("disputed", "unsure", None)
"""The states that are asked about, those that come first first."""
FEW = 2000
"""Documents up to which a question starts from them."""
MOST = 9_999
"""Questions that are counted; of more it is said that they are more."""


class Doubt(Struct, frozen=True):
    """A finding of the machine's that wants a look; offsets are code points. `state` is `None` while it is open."""

    kind: DoubtKind
    document: str
    start: int
    end: int
    position: int
    """Among the machine's facts of its kind."""
    confidence: float
    state: str | None


class LikelyPair(Struct, frozen=True):
    """Two names that may be one party; `score` from 0 to 1, `reason` in words."""

    one: str
    other: str
    score: float
    reason: str


class Within(Struct, frozen=True):
    """What the questions are narrowed to; entities of one party are alternatives."""

    kind: DoubtKind | None = None
    document: str | None = None
    entities: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None

    @property
    def narrow(self) -> bool:
        return any((self.document, self.entities, self.publisher, self.language))

    def of(self, kind: DoubtKind | None) -> Within:
        """The same of one kind, or of all."""
        return Within(kind, self.document, self.entities, self.publisher, self.language)


NOTHING = Within()
Key = tuple[int, float, int, str, int]
"""Where a question stands in the order: state, confidence, document, kind, position."""
_BESIDES = "d.state = 'current'"
_DOUBT = 'q.kind, d.id, q.start, q."end", q.position, q.confidence, q.state, q.document'


def next_doubts(view: View, within: Within, after: Key | None, limit: int) -> list[tuple[Key, Doubt]]:
    """The questions after one, or the first."""
    return _walk(view, within, after, limit, forward=True)


def doubts_before(view: View, within: Within, before: Key, limit: int) -> list[tuple[Key, Doubt]]:
    """The questions before one, the nearest first."""
    return _walk(view, within, before, limit, forward=False)


def _walk(view: View, within: Within, near: Key | None, limit: int, forward: bool) -> list[tuple[Key, Doubt]]:
    plan = _plan(view, within)
    found: list[tuple[Key, Doubt]] = []
    for at in range(len(STATES)) if forward else range(len(STATES) - 1, -1, -1):
        if near is None or (at >= near[0] if forward else at <= near[0]):
            rest = near if near is not None and at == near[0] else None
            found += _stretch(view, plan, at, rest, limit - len(found), forward)
        if len(found) == limit:
            break
    return found


def _stretch(view: View, plan: _Plan, at: int, near: Key | None, limit: int, forward: bool) -> list[tuple[Key, Doubt]]:
    """Questions of one state, from one on or from the end."""
    said = "IS NULL" if STATES[at] is None else f"= '{STATES[at]}'"
    state = f"{plan.off}q.state {said}"
    parts, values = [*plan.conditions, state], list(plan.values)
    if near is not None:
        parts.append(f"(q.confidence, q.document, q.kind, q.position) {'>' if forward else '<'} (?, ?, ?, ?)")
        values += near[1:]
    way = "" if forward else " DESC"
    order = ", ".join(f"q.{name}{way}" for name in ("confidence", "document", "kind", "position"))
    rows = view.rows(
        f"SELECT {_DOUBT} FROM {_JOINED} WHERE {' AND '.join(parts)} ORDER BY {order} LIMIT ?", (*values, limit)
    )
    return [((at, row[5], row[7], row[0], row[4]), Doubt(*row[:7])) for row in rows]


def place_of(view: View, document: str, kind: str, start: int, end: int) -> tuple[Key, Doubt] | None:
    """A question by its words, with where it stands in the order; what was decided stands where it was open."""
    rows = view.rows(
        f"SELECT {_DOUBT} FROM documents d CROSS JOIN doubts q ON q.document = d.number"
        ' WHERE d.id = ? AND q.kind = ? AND q.start = ? AND q."end" = ? LIMIT 1',
        (document, kind, start, end),
    )
    for row in rows:
        state = STATES.index(row[6]) if row[6] in STATES else len(STATES) - 1
        return (state, row[5], row[7], row[0], row[4]), Doubt(*row[:7])
    return None


def count_doubts(view: View, within: Within) -> dict[str, int | None]:
    """How many questions of each kind want an answer; MOST + 1 stands for all that are more. `None` where that is not
    told: of many documents each would have to be looked at."""
    return {kind: _count(view, within.of(kind)) for kind in get_args(DoubtKind)}


def _count(view: View, within: Within) -> int | None:
    plan = _plan(view, within)
    if within.narrow and not plan.off:
        return None
    tables, parts = (_JOINED, plan.conditions) if within.narrow else ("doubts q", ["q.kind = ?"])
    states = ["q.state IS NULL", *(f"q.state = '{state}'" for state in STATES if state)]
    asked = f"({' OR '.join(plan.off + state for state in states)})"
    query = f"SELECT 1 FROM {tables} WHERE {' AND '.join([*parts, asked])} LIMIT {MOST + 1}"
    return int(view.rows(f"SELECT count(*) FROM ({query})", plan.values)[0][0])


class _Plan(NamedTuple):
    """What a question is narrowed by. `off` keeps SQLite from an index that would cost more."""

    conditions: list[str]
    values: list[Any]
    off: str = ""
    """Empty where it is the order that is followed, not the documents."""


_JOINED = "doubts q CROSS JOIN documents d ON d.number = q.document"


def _plan(view: View, within: Within) -> _Plan:
    kind: list[Any] = [within.kind] if within.kind else []
    chosen = _documents(view, within)
    if chosen is None:
        return _Plan([*(["q.kind = ?"] if kind else []), _BESIDES], kind)
    query, values = chosen
    if within.document is None and _many(view, query, values):
        return _along(view, within, kind)
    numbers = [str(row[0]) for row in view.rows(query, tuple(values))]
    return _Plan([*(["+q.kind = ?"] if kind else []), f"q.document IN ({', '.join(numbers)})", _BESIDES], kind, "+")


def _many(view: View, query: str, values: Sequence[Any]) -> bool:
    return len(view.rows(f"{query} LIMIT {FEW + 1}", tuple(values))) > FEW


def _along(view: View, within: Within, kind: Sequence[Any]) -> _Plan:
    """From the order, looking at the document of each."""
    parts, values = [*(["q.kind = ?"] if kind else []), _BESIDES], list(kind)
    for column, wanted in (("publisher", within.publisher), ("language", within.language)):
        if wanted is not None:
            parts.append(f"+d.{column} = ?")
            values.append(wanted)
    if within.entities:
        numbers = [str(row[0]) for row in view.among("SELECT number FROM entities WHERE id IN (%s)", within.entities)]
        named = f"m.entity IN ({', '.join(numbers)})"
        parts.append(f"EXISTS (SELECT 1 FROM mentions m WHERE m.document = q.document AND {named})")
    return _Plan(parts, values)


def _documents(view: View, within: Within) -> tuple[str, list[Any]] | None:
    """The query of the numbers of the documents that a question is narrowed to."""
    parts, values = [], []
    for column, wanted in (("id", within.document), ("publisher", within.publisher), ("language", within.language)):
        if wanted is not None:
            parts.append(f"SELECT number FROM documents WHERE {column} = ?")
            values.append(wanted)
    if within.entities:
        parts.append(
            "SELECT m.document AS number FROM entities e CROSS JOIN mentions m ON m.entity = e.number"
            f" WHERE e.id IN ({marks(within.entities)})"
        )
        values += within.entities
    return (" INTERSECT ".join(parts), values) if parts else None


# -- pairs of names ----------------------------------------------------------------------------------------------------

_PAIRS = (
    "SELECT a.id, b.id, l.score, l.reason FROM {table} l"
    " CROSS JOIN entities a ON a.number = l.one CROSS JOIN entities b ON b.number = l.other"
    " WHERE coalesce(a.party, a.number) <> coalesce(b.party, b.number) ORDER BY l.score DESC, l.one, l.other"
)
_OF_ONE = (
    "SELECT a.id, b.id, l.score, l.reason FROM {table} l"
    " CROSS JOIN entities a ON a.number = l.one CROSS JOIN entities b ON b.number = l.other"
    " WHERE (l.one = ?1 OR l.other = ?1) AND coalesce(a.party, a.number) <> coalesce(b.party, b.number)"
)
_TABLES = ("links", "near")


def likely_pairs(
    view: View, judged: Collection[tuple[str, str]], entities: Sequence[str] = (), limit: int = 50
) -> list[LikelyPair]:
    """Names that may be one party, are not held to be one, and of which nobody has said so or otherwise; the likeliest
    first: those with evidence that joined nothing (two go by one short form), then those that come near."""
    found = []
    for pair in _of_some(view, entities) if entities else _of_all(view):
        if (min(pair.one, pair.other), max(pair.one, pair.other)) not in judged:
            found.append(pair)
            if len(found) == limit:
                break
    return found


def _of_all(view: View) -> Iterator[LikelyPair]:
    streams = [view.stream(_PAIRS.format(table=table)) for table in _TABLES]
    return (LikelyPair(*row) for row in merge(*streams, key=lambda row: -row[2]))


def _of_some(view: View, entities: Sequence[str]) -> list[LikelyPair]:
    numbers = [row[0] for row in view.among("SELECT number FROM entities WHERE id IN (%s)", entities)]
    rows = {row for number in numbers for table in _TABLES for row in view.rows(_OF_ONE.format(table=table), (number,))}
    return sorted((LikelyPair(*row) for row in rows), key=lambda pair: (-pair.score, pair.one, pair.other))


def likely_pair(view: View, one: str, other: str) -> LikelyPair | None:
    """The evidence that two names are one party, whatever was decided of them."""
    query = (
        "SELECT a.id, b.id, l.score, l.reason FROM entities a CROSS JOIN entities b"
        " CROSS JOIN {table} l ON l.one = a.number AND l.other = b.number WHERE a.id = ? AND b.id = ?"
    )
    for table in _TABLES:
        for pair in ((one, other), (other, one)):
            if rows := view.rows(query.format(table=table), pair):
                return LikelyPair(*rows[0])
    return None


def documents_of(view: View, entity: str) -> int:
    """How many documents, of any version, name an entity."""
    query = "SELECT count(*) FROM mentions WHERE entity = (SELECT number FROM entities WHERE id = ?)"
    return int(view.rows(query, (entity,))[0][0])


def mentioning_entity(view: View, entity: str, limit: int) -> list[str]:
    """The ids of some current documents that name an entity by a name."""
    query = (
        "SELECT d.id FROM entities e CROSS JOIN mentions m ON m.entity = e.number"
        " CROSS JOIN documents d ON d.number = m.document WHERE e.id = ? AND m.times > 0 AND d.state = 'current'"
        " ORDER BY m.document LIMIT ?"
    )
    return [row[0] for row in view.rows(query, (entity, limit))]
