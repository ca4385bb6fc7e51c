"""What is done in saying it: the speech acts of a document (docs/explanation/acts.md).

Three readers find them. Cues of attributions tell the act that their source did (`reported`); cues in someone's own
words do what they name (`performing`); moods and modals bind without naming it (`binding`). `holders` says whose words
stand where, so "we" is whoever speaks there; `actslots` finds to whom, about whom, by when and on what condition.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from onrecord.annotate import actslots, binding, inflected, performing, plover, reported
from onrecord.annotate.actslots import Times
from onrecord.annotate.actwords import ActWords, act_words
from onrecord.annotate.clauses import COMMA, ENDS, STRONG, Clause
from onrecord.annotate.conditions import condition
from onrecord.annotate.holders import Holder, Holders
from onrecord.annotate.performing import Doing, Scene
from onrecord.annotate.sources import Names, Tokens
from onrecord.model import (
    Act,
    Attribution,
    Document,
    Entity,
    Mention,
    Segment,
    Slot,
    SpeechAct,
    Statement,
    TimeExpression,
)
from onrecord.text.spans import Cover, Span

FORGETS = 3
"""Clauses after which "it" is no longer taken for who spoke last."""


def find(
    document: Document,
    clauses: Sequence[Clause],
    segments: Sequence[Segment],
    statements: Sequence[Statement],
    attributions: Sequence[Attribution],
    times: Sequence[TimeExpression],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
) -> tuple[SpeechAct, ...]:
    """The speech acts of a document, ids `s1`… in the order of the text."""
    names = Names([it for it in mentions if not it.nominal and it.type != "work"])
    holders = Holders(document.text, segments, statements, attributions, entities)
    return _Reader(clauses, names, holders, Times(times), attributions).read()


class _Reader:
    """Gathers the acts of one document, clause by clause."""

    def __init__(
        self,
        clauses: Sequence[Clause],
        names: Names,
        holders: Holders,
        times: Times,
        attributions: Sequence[Attribution],
    ) -> None:
        self.clauses = clauses
        self.names = names
        self.holders = holders
        self.times = times
        self.cued = sorted((it for it in attributions if it.cue), key=_cue_start)
        self.cue_starts = [_cue_start(it) for it in self.cued]
        self.cues = Cover((span.start, span.end) for it in self.cued if it.cue for span in it.cue.spans)
        self.parents = {it.id: it.parent for it in attributions}
        self.told: dict[str, SpeechAct] = {}
        """The acts of cues by their attribution."""
        self.done: list[SpeechAct] = []
        self.listed: Doing | None = None
        """The act or lead whose list is being read."""

    def read(self) -> tuple[SpeechAct, ...]:
        """All acts in the order of the text."""
        for number, clause in enumerate(self.clauses):
            words = act_words(clause.words.tag)
            low, high = bisect_left(self.cue_starts, clause.start), bisect_left(self.cue_starts, clause.end)
            for attribution in self.cued[low:high]:
                self._tell(clause, attribution, words)
            if words is None or not clause.low or _asks(clause, words):
                continue
            if _may_do(clause, words):
                self._own(number, clause, words)
            elif clause.level is None:
                self.listed = None
        return self._numbered()

    def _tell(self, clause: Clause, attribution: Attribution, words: ActWords | None) -> None:
        """The act of an attribution's cue, where it is this clause that holds it."""
        at = clause.at(_cue_start(attribution))
        if at < len(clause) and clause.quote[at] < 0 and attribution.id not in self.told:
            act = reported.act(clause, attribution, words, self.names, self.times)
            if act is not None:
                self.told[attribution.id] = classified(clause, words, act)

    def spoke_of(self, number: int, holder: Holder) -> bool:
        """Whether one of the clauses before was about who speaks, so that "it" goes on with them."""
        if number - holder.third <= FORGETS:
            return True
        for before in range(number - 1, max(-1, number - 1 - FORGETS), -1):
            if self._speaks_of_self(self.clauses[before], holder):
                holder.third = before
                return True
        return False

    def _own(self, number: int, clause: Clause, words: ActWords) -> None:
        """What is done in the words of the clause, stretch by stretch of those who say them."""
        breaks = self.holders.breaks
        low = bisect_right(breaks, clause.start)
        if low == len(breaks) or breaks[low] >= clause.ends[-1]:
            holder = self._holder(clause, 0)
            if holder is not None:
                self._said(number, clause, words, holder)
            return
        inside = breaks[low : bisect_left(breaks, clause.ends[-1], low)]
        for first, stop, holder in self._stretches(clause, inside):
            part = clause if stop - first == len(clause.low) else _part(clause, first, stop)
            self._said(number, part, words, holder)

    def _said(self, number: int, part: Clause, words: ActWords, holder: Holder) -> None:
        """What one holder does in some words, and whether a list goes on with it."""
        done = self._done(number, part, words, holder)
        if done:
            self._finish(part, words, holder, done, number)
        if holder.kind == "own":
            self.listed = _lead(part, words, done, self.listed)

    def _done(self, number: int, part: Clause, words: ActWords, holder: Holder) -> list[Doing]:
        """What one holder does in some words, in order."""
        if words.inflected:
            return self._kept(part, inflected.performed(part, self._scene(number, part, words, holder)))
        active = words.active
        places = [at for at, word in enumerate(part.low) if word in active]
        cued = performing.cued(part, words, places) if places else []
        moved = binding.moved(part, words, places, holder.kind == "indirect")
        if not cued and not moved:
            return []
        scene = self._scene(number, part, words, holder)
        done = performing.performed(part, scene, cued)
        done += binding.bound(part, scene, moved, done)
        return self._kept(part, done) if done else done

    def _scene(self, number: int, part: Clause, words: ActWords, holder: Holder) -> Scene:
        is_self = _Self(self, number, part, holder, words)
        listed = self.listed if holder.kind == "own" else None
        return Scene(words, self.names, is_self, holder.genre, holder.kind, listed)

    def _kept(self, part: Clause, done: list[Doing]) -> list[Doing]:
        """In order, without what a cue of an attribution tells."""
        return sorted([it for it in done if not self._taken(part, it)], key=_first)

    def _speaks_of_self(self, clause: Clause, holder: Holder) -> bool:
        """Whether a sentence begins with who speaks, so that "it" goes on with them."""
        for at in range(min(3, len(clause))):
            name = self.names.over(clause.starts[at])
            if name is not None:
                return name.entity is not None and (name.entity in holder.called.known or holder.has_organ(name.entity))
            if at and clause.low[at] in holder.called.words:
                return clause.low[at - 1] in clause.words.determiners
        return False

    def _stretches(self, clause: Clause, breaks: Sequence[int]) -> Iterator[tuple[int, int, Holder]]:
        """Runs of tokens that one holder says; tokens of quotations go with the words around."""
        begun, current = 0, self._holder(clause, 0)
        for at in dict.fromkeys(map(clause.at, breaks)):
            if not 0 < at < len(clause):
                continue
            holder = self._holder(clause, at)
            if holder is not current and not (clause.mark(at) and clause.quote[at] < 0):
                if current is not None:
                    yield begun, at, current
                begun, current = at, holder
        if current is not None:
            yield begun, len(clause), current

    def _holder(self, clause: Clause, at: int) -> Holder | None:
        holder = self.holders.at(clause.starts[at])
        if clause.level is not None and holder is not None and holder.kind == "own":
            return None  # quoted, and nobody is said to say it
        return holder

    def _taken(self, clause: Clause, doing: Doing) -> bool:
        return any(self.cues.over(clause.starts[at]) for at in range(doing.first, min(doing.stop, len(clause))))

    def _finish(self, clause: Clause, words: ActWords, holder: Holder, done: list[Doing], number: int) -> None:
        for n, doing in enumerate(done):
            following = next((it.lead for it in done[n + 1 :] if it.lead >= doing.stop), len(clause))
            doing.end = following
            by = self._performer(clause, holder, doing)
            if doing.condition is not None and doing.condition[1] > following:
                doing.condition = None  # that of a later act
            if doing.condition is None and doing.act in _MAY_HANG:
                doing.condition = condition(clause, words, doing.lead, doing.first, doing.end)
            slots = actslots.slots(clause, words, doing, self.names, self.times)
            made = _made(clause, doing, holder, by, slots)
            self.done.append(classified(clause, words, made, doing.verb))
        if holder.kind == "own" and any(it.shape == "third" for it in done):
            holder.third = number

    def _performer(self, clause: Clause, holder: Holder, doing: Doing) -> str | None:
        if doing.subject is None:
            return holder.by
        named, entity = holder.named(clause, doing.subject, self.names)
        return entity if named and entity is not None else holder.by

    def _numbered(self) -> tuple[SpeechAct, ...]:
        """All acts in the order of the text, with their ids and what they lie in."""
        kept = [
            act
            for act in self.done
            if not (outer := self.told.get(act.within or "")) or not reported.says_it_already(outer, act)
        ]
        every = sorted([*self.told.values(), *kept], key=lambda act: (act.start, -act.end, act.cue))
        ids = {id(act): f"s{number}" for number, act in enumerate(every, 1)}
        return tuple(structs.replace(act, id=ids[id(act)], parent=self._parent(act, ids)) for act in every)

    def _parent(self, act: SpeechAct, ids: dict[int, str]) -> str | None:
        """The act of the cue in whose content an act lies."""
        within = act.within
        if act.rule == "cue":
            within = self.parents.get(within or "")
        while within is not None:
            outer = self.told.get(within)
            if outer is not None:
                return ids[id(outer)]
            within = self.parents.get(within)
        return None


_STOPS = ENDS | STRONG
"""Marks behind which no list goes on."""
_MAY_HANG: frozenset[Act] = frozenset(("promise", "offer", "threaten", "refuse", "warn"))


def classified(clause: Clause, words: ActWords | None, act: SpeechAct, verb: int = -1) -> SpeechAct:
    """The act with its PLOVER class and mode, by what it is about: its content from the verb on, or its target."""
    if act.act == "claim":
        return act
    spans = {slot.role: slot.spans[0] for slot in reversed(act.slots)}
    about = spans.get("content") or spans.get("target")
    if verb >= 0:
        start = clause.starts[verb]
        about = Span(start, max(start, about.end if about is not None else clause.ends[verb]))
    said = about.of(clause.text) if about is not None else ""
    if act.act == "affirm":
        said = " ".join(said.split()[:SAID])  # "its strong support for", and not whatever it is affirmed of
    own = words is not None and _is_its_own(act, said, words)
    found = plover.classify(act.act, said, negated=act.negated, by_party=own, language=clause.words.tag)
    return structs.replace(act, plover=found[0], mode=found[1])


_OF_ITS_OWN: frozenset[Act] = frozenset(("admit", "deny"))
"""Acts that are about the speaker's own doing where it stands in the third person."""
_DECLARES: frozenset[Act] = frozenset(("announce", "decide"))


def _is_its_own(act: SpeechAct, said: str, words: ActWords) -> bool:
    """Whether what an act is about is the speaker's own doing, as far as words show it ("we", "our", "its")."""
    if act.act in _DECLARES:
        return True
    every = said.lower().split()
    head, sets = every[:OWN], words.sets
    mine = not words.mine.isdisjoint(head)
    if act.act == "warn":
        return mine or (act.conditional and not sets["will"].isdisjoint(every))
    if mine or act.act not in _OF_ITS_OWN:
        return mine
    return not sets["third"].isdisjoint(head) or not sets["its"].isdisjoint(head)


SAID = 5
"""Words at the head of what is affirmed that say what it is."""
OWN = 8
"""Words at the head of what an act is about that show whose doing it is."""


def _first(doing: Doing) -> int:
    return doing.first


def _cue_start(attribution: Attribution) -> int:
    return attribution.cue.spans[0].start if attribution.cue is not None else -1


def _part(clause: Clause, first: int, stop: int) -> Clause:
    """Some of a clause's tokens as a clause."""
    return Clause(
        clause.text, clause.words, clause.level, clause.starts[first], clause.ends[stop - 1],
        clause.starts[first:stop], clause.ends[first:stop], clause.low[first:stop], clause.quote[first:stop],
    )  # fmt: skip


class _Self:
    """Answers whether the subject of a verb is who speaks."""

    def __init__(self, reader: _Reader, number: int, clause: Clause, holder: Holder, words: ActWords) -> None:
        self.reader, self.number, self.clause, self.holder = reader, number, clause, holder
        self.sets = words.sets
        self.selves = clause.words.selves
        self.selves_of = words.sets["articles"]

    def __call__(self, subject: Tokens | None, at: int) -> bool:
        if subject is None:
            return False
        low = self.clause.low
        first, stop = subject
        if low[first] in self.sets["ours"] or low[first] in self.sets["our"]:
            return self.holder.kind != "indirect"
        holder = self.holder
        if stop - first == 1 and low[first] in self.sets["third"]:
            if holder.kind == "indirect":
                return holder.person is None or (low[first] not in self.sets["things" if holder.person else "persons"])
            return self.reader.spoke_of(self.number, holder)
        if stop - first < 5 and low[stop - 1] in self.selves and holder.kind == "own":
            holder.third, holder.last = self.number, None
            return True
        if low[stop - 1] in self.sets["us"] and not self.clause.words.of.isdisjoint(low[first:stop]):
            return True
        named, entity = holder.named(self.clause, subject, self.reader.names)
        if not named and holder.kind == "own" and stop - first == 2 and low[first] in self.selves_of:
            known = self.reader.names.between(self.clause.starts[first], self.clause.ends[stop - 1])
            named = not known and low[stop - 1] in self.sets["bodies"]
        if named:
            holder.third, holder.last = self.number, entity
        return named


def _may_do(clause: Clause, words: ActWords) -> bool:
    """Whether any word of a clause may do something; a look that spares most clauses the reading."""
    low = clause.low
    if words.inflected or not words.starting.isdisjoint(low) or not words.fronts.isdisjoint(low[: binding.FRONT]):
        return True
    if low[-1] not in _STOPS:
        return True  # it may lead a list in
    return not words.pairs.isdisjoint(low) and any(pair in words.modals for pair in pairwise(low))


def _asks(clause: Clause, words: ActWords) -> bool:
    """Whether a clause ends in a question mark: it does nothing, but asks."""
    return not words.sets["question"].isdisjoint(clause.low[-2:])


def _lead(clause: Clause, words: ActWords, done: list[Doing], before: Doing | None) -> Doing | None:
    """What the items of a list go on with, if this clause ends in a colon; an item keeps the list open."""
    last = clause.low[-1]
    if last != ":" and (done or last in _STOPS):
        return before if done else None
    ours = not words.sets["ours"].isdisjoint(clause.low)
    if last == ":" or ours or last in COMMA:
        return Doing("claim", 0, 0, 0, "list", 0.5, shape="ours" if ours or done else "third")
    return None


_SHARED = frozenset(("performer",))
"""Roles whose words may stand with an act before."""


def _made(clause: Clause, doing: Doing, holder: Holder, by: str | None, slots: list[Slot]) -> SpeechAct:
    stop = doing.end
    while stop > doing.stop and (
        (clause.mark(stop - 1) and clause.quote[stop - 1] < 0) or clause.low[stop - 1] in clause.words.coordinators
    ):
        stop -= 1
    span = clause.span(min(doing.lead, doing.first), stop)
    filled = {slot.role: slot for slot in slots}
    addressee, target, intensity = (filled.get(role) for role in ("addressee", "target", "intensity"))
    return SpeechAct(
        "",
        min([span.start, *(one.start for slot in slots for one in slot.spans if slot.role not in _SHARED)]),
        max([span.end, *(one.end for slot in slots for one in slot.spans if slot.role not in _SHARED)]),
        doing.act,
        clause.span(doing.first, doing.stop),
        holder.id,
        by,
        addressee.entity if addressee is not None else None,
        target.entity if target is not None else None,
        negated=doing.negated is not None,
        conditional=doing.condition is not None,
        intensity=intensity.spans[0].of(clause.text) if intensity is not None else None,
        modality=doing.modality,
        slots=tuple(slots),
        rule=doing.rule,
        confidence=doing.confidence,
    )
