"""What wants a look, one question at a time, and in which order.

A question has a key that stays: what is asked, the document and the words (`speaker.d3f2a9….40-52`), or the two names
(`party.e1….e2…`). So its address stays, too, whatever is decided and however often the archive is made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Literal, NamedTuple

import regex
from msgspec import Struct

from onrecord import export, resolve, store
from onrecord.errors import NotFound
from onrecord.judging import judged_here
from onrecord.model import Judgement, Record
from onrecord.store import doubts
from onrecord.store.doubts import Doubt, Within
from onrecord.text.spans import Span

Kind = Literal["speaker", "content", "date", "act", "party", "name", "time", "figure", "part"]
FACTS: dict[str, str] = {
    "speaker": "attributions",
    "content": "attributions",
    "date": "dates",
    "act": "acts",
    "name": "mentions",
    "time": "times",
    "figure": "quantities",
    "part": "segments",
}
"""What is asked about which of the record's facts."""
ASKED: tuple[Kind, ...] = ("speaker", "content", "date", "act", "party")
"""What the queue asks by itself; the other questions are come to from the reader."""
PARTY = "party"
_KEY = regex.compile(
    r"(?P<kind>speaker|content|date|act|name|time|figure|part)\.(?P<document>[A-Za-z0-9_-]{1,64})"
    r"\.(?P<start>\d{1,9})-(?P<end>\d{1,9})(?:\.(?P<twin>[\w -]{1,60}))?"
    r"|party\.(?P<one>[A-Za-z0-9_-]{1,64})\.(?P<other>[A-Za-z0-9_-]{1,64})"
)


class Key(NamedTuple):
    """A key, read. Of a pair of names `document` is empty and `twin` holds both; else `twin` tells apart two facts on
    the same words."""

    kind: str
    document: str
    start: int
    end: int
    twin: str = ""

    def __str__(self) -> str:
        if self.kind == PARTY:
            return f"{self.kind}.{self.twin}"
        return f"{self.kind}.{self.document}.{self.start}-{self.end}" + (f".{self.twin}" if self.twin else "")

    @property
    def pair(self) -> tuple[str, str]:
        one, _, other = self.twin.partition(".")
        return one, other

    @property
    def address(self) -> str:
        """The kind of fact, as a judgement addresses it."""
        return FACTS[self.kind] + (f"/{self.twin}" if self.twin else "")


class Queue(Struct, frozen=True):
    """What the questions are narrowed to. `every`: all facts of the document, not the doubtful ones alone."""

    kind: Kind | None = None
    document: str | None = None
    party: str | None = None
    publisher: str | None = None
    lang: str | None = None
    every: bool = False


ALL = Queue()


class Open(Struct, frozen=True):
    """A question that waits; offsets are code points of the document's text."""

    key: str
    kind: Kind
    confidence: float
    state: str | None = None
    """`disputed` or `unsure`; `None`: nobody has answered."""
    document: str | None = None
    start: int | None = None
    end: int | None = None
    entities: tuple[str, ...] = ()
    reason: str | None = None


class Around(Struct, frozen=True):
    """The questions before and after one; `None` at the ends."""

    before: str | None
    after: str | None


class Waiting(Struct, frozen=True):
    """How many questions of each kind wait; `None` where that is not told. `more`: kinds of which it is one fewer and
    more."""

    counts: tuple[tuple[str, int | None], ...]
    more: tuple[str, ...]
    decided: int
    """Decided today by the person who asks."""


def key_from(said: str) -> Key:
    """Raises NotFound for what is no key."""
    match = _KEY.fullmatch(said)
    if match is None:
        raise NotFound("This is no question of review. Begin at /review.")
    if match["one"]:
        return Key(PARTY, "", 0, 0, f"{match['one']}.{match['other']}")
    return Key(match["kind"], match["document"], int(match["start"]), int(match["end"]), match["twin"] or "")


def questions(view: store.View, queue: Queue, after: str | None, limit: int) -> list[Open]:
    """The questions after one, or the first."""
    if queue.every and queue.document:
        return _after(_every(view, queue), after, limit)
    found: list[Open] = []
    key = key_from(after) if after else None
    if queue.kind != PARTY and (key is None or key.kind != PARTY):
        # Two facts on the same words have one key: their card asks about the one that nobody has judged.
        found = [each for _, doubt in _doubts(view, queue, key, limit + 1) if (each := _open(doubt)).key != after]
        found = found[:limit]
    if len(found) < limit and queue.kind in (None, PARTY) and not (queue.document or queue.publisher or queue.lang):
        pairs = _pairs(view, queue)
        begun = after if key and key.kind == PARTY else None
        found += _after(pairs, begun, limit - len(found))
    return found


def around(view: store.View, queue: Queue, key: str) -> Around:
    """What comes before and after a question in its queue."""
    following = questions(view, queue, key, 1)
    return Around(_before(view, queue, key), following[0].key if following else None)


def _before(view: store.View, queue: Queue, said: str) -> str | None:
    key = key_from(said)
    if queue.every and queue.document:
        return _preceding(_every(view, queue), said)
    if key.kind == PARTY:
        before = _preceding(_pairs(view, queue), said)
        if before or queue.kind == PARTY:
            return before
        last = doubts.doubts_before(view, _within(view, queue), (len(doubts.STATES), 0.0, 0, "", 0), 1)
        return _open(last[0][1]).key if last else None
    there = doubts.place_of(view, key.document, key.kind, key.start, key.end)
    if there is None or queue.kind == PARTY:
        return None
    found = doubts.doubts_before(view, _within(view, queue), there[0], 1)
    return _open(found[0][1]).key if found else None


def _doubts(
    view: store.View, queue: Queue, key: Key | None, limit: int
) -> list[tuple[tuple[int, float, int, str, int], Doubt]]:
    there = doubts.place_of(view, key.document, key.kind, key.start, key.end) if key else None
    return doubts.next_doubts(view, _within(view, queue), there[0] if there else None, limit)


def _within(view: store.View, queue: Queue) -> Within:
    kind = queue.kind if queue.kind in ("speaker", "content", "date", "act") else None
    return Within(kind, queue.document, _members(view, queue.party), queue.publisher, queue.lang)


def _members(view: store.View, party: str | None) -> tuple[str, ...]:
    if not party:
        return ()
    return tuple(name for group in store.members(view, [party]).values() for name in group) or (party,)


def _open(doubt: Doubt) -> Open:
    key = Key(doubt.kind, doubt.document, doubt.start, doubt.end)
    return Open(str(key), doubt.kind, doubt.confidence, doubt.state, doubt.document, doubt.start, doubt.end)


def _after(every: Sequence[Open], said: str | None, limit: int) -> list[Open]:
    """Those behind one; all where it is not among them."""
    at = next((index + 1 for index, each in enumerate(every) if each.key == said), 0)
    return list(every[at : at + limit])


def _preceding(every: Sequence[Open], said: str) -> str | None:
    at = next((index for index, each in enumerate(every) if each.key == said), 0)
    return every[at - 1].key if at else None


# -- pairs of names ----------------------------------------------------------------------------------------------------

PAIRS = 200
"""Pairs that the queue holds at a time."""


def _pairs(view: store.View, queue: Queue) -> list[Open]:
    """Pairs on which people disagree, then those of which somebody was not sure, then those that nobody judged."""
    said: dict[tuple[str, str], dict[str, str]] = {}
    for each in view.judgements_of("entities"):
        if each.withdrawn is None:
            for pair in combinations(sorted(each.subject.entities), 2):
                said.setdefault(pair, {})[each.by] = each.verdict
    wanted = set(_members(view, queue.party))
    states = [(pair, _state(set(verdicts.values()))) for pair, verdicts in said.items()]
    again = [
        _pair(view, pair, state)
        for wished in ("disputed", "unsure")
        for pair, state in states
        if state == wished and (not wanted or wanted.intersection(pair))
    ]
    likely = doubts.likely_pairs(view, said.keys(), tuple(wanted), PAIRS)
    return [
        *again,
        *(Open(_pair_key(each.one, each.other), "party", each.score, None, entities=(each.one, each.other),
               reason=each.reason) for each in likely),
    ]  # fmt: skip


def _state(verdicts: set[str]) -> str | None:
    return "disputed" if {"same", "different"} <= verdicts else "unsure" if "unsure" in verdicts else None


def _pair(view: store.View, pair: tuple[str, str], state: str | None) -> Open:
    found = doubts.likely_pair(view, *pair)
    score, reason = (found.score, found.reason) if found else (0.0, None)
    return Open(_pair_key(*pair), "party", score, state, entities=pair, reason=reason)


def _pair_key(one: str, other: str) -> str:
    return str(Key(PARTY, "", 0, 0, ".".join(sorted((one, other)))))


# -- all facts of a document -------------------------------------------------------------------------------------------

_EVERY: tuple[Kind, ...] = ("speaker", "date", "act")


def _every(view: store.View, queue: Queue) -> list[Open]:
    """All facts of one document, in the order of the text: those of a kind, or quotations, dates and acts."""
    document = queue.document or ""
    record = judgeable(view, document)
    kinds = (queue.kind,) if queue.kind in FACTS else _EVERY
    found = [
        each for kind in kinds if kind for fact in getattr(record, FACTS[kind]) if (each := _asked(record, kind, fact))
    ]
    return sorted(found, key=lambda each: (each.start or 0, each.end or 0, each.kind))


def _asked(record: Record, kind: Kind, fact: object) -> Open | None:
    key = key_of(record, kind, fact)
    if key is None:
        return None
    confidence = getattr(fact, "confidence", 1.0)
    return Open(str(key), kind, confidence, None, record.id, key.start, key.end)


def key_of(record: Record, kind: str, fact: object) -> Key | None:
    """The key of a question about a fact of a record; `None` where it rests on no words."""
    subject = resolve.subject(record, FACTS[kind], fact)
    if subject is None or subject.evidence is None:
        return None
    twin = subject.kind.partition("/")[2]
    return Key(kind, record.id, subject.evidence.start, subject.evidence.end, twin)


def judgeable(view: store.View, document: str) -> Record:
    """A document as the machine found it, with what people added. Raises NotFound."""
    found = export.record(view.document(document), view.annotations(document))
    return resolve.extended(found, judged_here(view, document))


def question_at(view: store.View, document: str, kind: str, start: int, end: int) -> str | None:
    """The question about what was found on these words; `None` where nothing of this kind was."""
    record = judgeable(view, document)
    found = [getattr(record, FACTS[kind])[at] for at in resolve.facts_at(record, FACTS[kind], Span(start, end))]
    keys = [str(key) for fact in found if (key := key_of(record, kind, fact)) is not None]
    return keys[0] if keys else None


def question_of(view: store.View, judgement: Judgement) -> str | None:
    """The question that a judgement answers; `None` where it answers none."""
    subject, words = judgement.subject, judgement.subject.evidence
    if subject.kind == "entities":
        return _pair_key(*subject.entities[:2])
    fact, _, twin = subject.kind.partition("/")
    kinds = [kind for kind, of in FACTS.items() if of == fact]
    if not kinds or subject.document is None or words is None:
        return None
    asked = [kind for kind in kinds if doubts.place_of(view, subject.document, kind, words.start, words.end)]
    return str(Key((asked or kinds)[0], subject.document, words.start, words.end, twin))


# -- how much there is -------------------------------------------------------------------------------------------------


def waiting(view: store.View, queue: Queue, by: str | None, since: str) -> Waiting:
    """How many questions wait; `since` is the moment from which `by` has decided something today."""
    counts = doubts.count_doubts(view, _within(view, queue))
    if not (queue.document or queue.publisher or queue.lang):
        counts = {**counts, PARTY: len(_pairs(view, queue))}
    more = [kind for kind, number in counts.items() if (number or 0) > (PAIRS - 1 if kind == PARTY else doubts.MOST)]
    decided = view.decided(by, since) if by else 0
    return Waiting(tuple(counts.items()), tuple(more), decided)
