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
from onrecord.annotate.conditions import condition, enumerator
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
        self.items: _Items | None = None
        """The items that are what the last act is about: "We call on the ministry to:"."""

    def read(self) -> tuple[SpeechAct, ...]:
        """All acts in the order of the text."""
        starts = self.cue_starts
        for number, clause in enumerate(self.clauses):
            words = act_words(clause.words.tag)
            if words is not None and _asks(clause, words):
                continue
            low = bisect_left(starts, clause.start)
            while low < len(starts) and starts[low] < clause.end:
                self._tell(clause, self.cued[low], words)
                low += 1
            if words is None or not clause.low:
                continue
            places = performing.places(clause, words)
            if self.items or (places and clause.low[places[0]] in words.starting) or _may_do(clause, words):
                self._own(number, clause, words, places)
            elif clause.level is None:
                self.listed = None
        self._close()
        return self._numbered()

    def _close(self) -> None:
        """What a list held is what the act above it is about."""
        if self.items is not None and self.items.spans:
            self.done[self.items.act] = _with_items(self.done[self.items.act], tuple(self.items.spans))
        self.items = None

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

    def _own(self, number: int, clause: Clause, words: ActWords, places: list[int]) -> None:
        """What is done in the words of the clause, stretch by stretch of those who say them."""
        breaks = self.holders.breaks
        low = bisect_right(breaks, clause.start)
        if low == len(breaks) or breaks[low] >= clause.ends[-1]:
            holder = self._holder(clause, 0)
            if holder is not None:
                self._said(number, clause, words, holder, places)
            return
        inside = breaks[low : bisect_left(breaks, clause.ends[-1], low)]
        stretches = list(self._stretches(clause, inside))
        for n, (first, stop, holder) in enumerate(stretches):
            part = clause if stop - first == len(clause.low) else _part(clause, first, stop)
            following = stretches[n + 1] if n + 1 < len(stretches) and stretches[n + 1][2].kind != "own" else None
            tail = clause.span(*following[:2]) if following else None
            self._said(number, part, words, holder, [at - first for at in places if first <= at < stop], tail)

    def _said(
        self, number: int, part: Clause, words: ActWords, holder: Holder, places: list[int], tail: Span | None = None
    ) -> None:
        """What one holder does in some words, and whether a list goes on with it.

        `tail` is what another is told to say right behind ("we note that the ministry promised *to pay*").
        """
        if holder.kind == "own" and self.items is not None:
            if self.items.take(part):
                return
            self._close()
        done = self._done(number, part, words, holder, places)
        if done:
            self._finish(part, words, holder, done, number)
            if tail is not None and done[-1].end == len(part):
                self.done[-1] = _with_tail(self.done[-1], tail)
        if holder.kind == "own":
            self.listed = _lead(part, words, done, self.listed)
            if done and part.low[-1] == ":" and done[-1].end >= len(part.low) - 1:
                self.items = _Items(len(self.done) - 1)

    def _done(self, number: int, part: Clause, words: ActWords, holder: Holder, places: list[int]) -> list[Doing]:
        """What one holder does in some words, in order."""
        if words.inflected:
            return self._kept(part, inflected.performed(part, self._scene(number, part, words, holder)))
        moved = binding.moved(part, words, places, holder.kind == "indirect")
        if not places and not moved:
            return []
        scene = self._scene(number, part, words, holder)
        done = performing.performed(part, scene, places)
        if moved:
            done += binding.bound(part, scene, moved, done)
        return self._kept(part, done) if done else done

    def _scene(self, number: int, part: Clause, words: ActWords, holder: Holder) -> Scene:
        is_self = _Self(self, number, part, holder, words)
        listed = self.listed if holder.kind == "own" else None
        outer = self.told.get(holder.id)
        warned = outer is not None and outer.act == "warn"
        return Scene(words, self.names, is_self, holder.genre, holder.kind, warned, listed)

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
        return any(map(self.cues.over, clause.starts[doing.first : doing.stop]))

    def _finish(self, clause: Clause, words: ActWords, holder: Holder, done: list[Doing], number: int) -> None:
        for n, doing in enumerate(done, 1):
            later = (it.lead for it in done[n:] if it.lead >= doing.stop)
            doing.end = following = next(later, len(clause.low)) if n < len(done) else len(clause.low)
            if doing.condition is not None and doing.condition[1] > following:
                doing.condition = None  # that of a later act
            if doing.condition is None and doing.act in _MAY_HANG and doing.modality == "performed":
                doing.condition = condition(clause, words, doing.lead, doing.first, doing.end)
            slots = actslots.slots(clause, words, doing, self.names, self.times)
            made = _made(clause, doing, holder, self._performer(clause, holder, doing), slots)
            self.done.append(made if doing.undone else classified(clause, words, made, doing.verb))
            if doing.shape == "third" and holder.kind == "own":
                holder.third = number

    def _performer(self, clause: Clause, holder: Holder, doing: Doing) -> str | None:
        if doing.subject is None:
            return holder.by
        span = clause.span(*doing.subject)
        several = [it for it in self.names.between(span.start, span.end) if it.type in ("person", "organization")]
        if len({it.entity for it in several}) > 1 and not clause.words.coordinators.isdisjoint(
            clause.low[doing.subject[0] : doing.subject[1]]
        ):
            return None  # done by several
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
_MAY_HANG: frozenset[Act] = frozenset((
    "promise", "offer", "threaten", "refuse", "warn", "demand", "request", "urge", "invite", "decide",
))  # fmt: skip


def classified(clause: Clause, words: ActWords | None, act: SpeechAct, verb: int = -1) -> SpeechAct:
    """The act with its PLOVER class and mode, by what it is about: its content from the verb on, or its target."""
    if act.act == "claim" or (words is not None and _takes_back(clause, act, words)):
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


def _takes_back(clause: Clause, act: SpeechAct, words: ActWords) -> bool:
    """ "We withdraw our threat" is none."""
    return act.act == "announce" and not words.sets["retracting"].isdisjoint(act.cue.of(clause.text).lower().split())


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


def _with_tail(act: SpeechAct, tail: Span) -> SpeechAct:
    """An act whose content goes on with words that another is told to say."""
    held = next((slot for slot in act.slots if slot.role == "content"), None)
    if held is None or held.spans[-1].end > tail.start:
        return act
    whole = Slot("content", (*held.spans[:-1], Span(held.spans[-1].start, tail.end)))
    slots = tuple(whole if slot is held else slot for slot in act.slots)
    return structs.replace(act, end=max(act.end, tail.end), slots=slots)


class _Items:
    """The items of a list that one act is about, as they come."""

    def __init__(self, act: int) -> None:
        self.act = act
        self.spans: list[Span] = []
        self.counted: dict[bool, int] = {}
        """The last number in each form, "(1)" and "1."."""

    def take(self, clause: Clause) -> bool:
        """Keep a clause, if it is an item: lettered, marked, the next number, or without a capital.

        The next number, as points go on behind a list: "3. Decides …: (a) …; (b) …" and then "4. Requests …".
        """
        first = next((n for n, low in enumerate(clause.low) if low[0].isalpha() and not enumerator(clause, n)), None)
        if first == 0 and clause.capital(0):
            return False
        bracketed = clause.low[0] == "("
        number = "".join(clause.low[bracketed : bracketed + 1]).rstrip(".")
        if number.isdecimal():
            if int(number[:9]) != self.counted.get(bracketed, 0) + 1:
                return False
            self.counted[bracketed] = int(number[:9])
        stop = len(clause.low)
        while stop > (first or 0) + 1 and clause.mark(stop - 1):
            stop -= 1
        self.spans.append(clause.span(first or 0, stop))
        return True


def _with_items(act: SpeechAct, items: tuple[Span, ...]) -> SpeechAct:
    """An act with the items of a list as what it is about."""
    held = next((slot for slot in act.slots if slot.role == "content"), None)
    whole = Slot("content", (*(held.spans if held is not None else ()), *items))
    slots = (*(slot for slot in act.slots if slot is not held), whole)
    return structs.replace(act, end=max(act.end, items[-1].end), slots=slots)


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

    __slots__ = ("clause", "holder", "number", "reader", "selves", "selves_of", "sets")

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
        holder = self.holder
        if low[first] in self.sets["ours"]:
            return holder.kind != "indirect"
        if low[first] in self.sets["our"]:
            return holder.kind != "indirect" and self._ours(subject)
        if stop - first == 1 and low[first] in self.sets["third"]:
            if holder.kind == "indirect":
                return holder.person is None or (low[first] not in self.sets["things" if holder.person else "persons"])
            return self.reader.spoke_of(self.number, holder)
        if stop - first < 5 and holder.kind == "own" and self._together(low[stop - 1]):
            holder.third, holder.last = self.number, None
            return True
        if low[stop - 1] in self.sets["us"] and not self.clause.words.of.isdisjoint(low[first:stop]):
            return low[first] not in self.clause.words.indefinite
        named, entity = holder.named(self.clause, subject, self.reader.names)
        if not named and holder.kind == "own" and stop - first == 2 and low[first] in self.selves_of:
            known = self.reader.names.between(self.clause.starts[first], self.clause.ends[stop - 1])
            named = not known and low[stop - 1] in self.sets["bodies"]
        if named:
            holder.third, holder.last = self.number, entity
        return named

    def _ours(self, subject: Tokens) -> bool:
        """ "Our members", "our posts", not "our neighbours"; in an apposition the name counts."""
        span = self.clause.span(*subject)
        if any(it.type in ("person", "organization") for it in self.reader.names.between(span.start, span.end)):
            return self.holder.named(self.clause, subject, self.reader.names)[0]
        return not self.sets["own"] or not self.sets["own"].isdisjoint(self.clause.low[subject[0] + 1 : subject[1]])

    def _together(self, noun: str) -> bool:
        """ "The meeting"; of several also "both sides", "each party"."""
        if noun in self.sets["together"]:
            return self.holder.by is None or self.holder.genre == "agreement"
        return noun in self.selves


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


def _made(clause: Clause, doing: Doing, holder: Holder, by: str | None, slots: list[Slot]) -> SpeechAct:
    stop = doing.end
    while stop > doing.stop and (
        (clause.mark(stop - 1) and clause.quote[stop - 1] < 0) or clause.low[stop - 1] in clause.words.coordinators
    ):
        stop -= 1
    start, end = clause.span(min(doing.lead, doing.first), stop)
    filled: dict[str, Slot] = {}
    for slot in slots:
        filled[slot.role] = slot
        if slot.role != "performer":  # it may stand with an act before
            start, end = min(start, slot.spans[0].start), max(end, slot.spans[-1].end)
    addressee, target, intensity = filled.get("addressee"), filled.get("target"), filled.get("intensity")
    return SpeechAct(
        "",
        start,
        end,
        doing.act,
        clause.span(doing.first, doing.stop),
        holder.id,
        by,
        addressee.entity if addressee is not None else None,
        target.entity if target is not None else None,
        doing.negated is not None,
        doing.condition is not None,
        intensity.spans[0].of(clause.text) if intensity is not None else None,
        modality=doing.modality,
        slots=tuple(slots),
        rule=doing.rule,
        confidence=doing.confidence,
    )
