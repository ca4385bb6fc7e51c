"""What the margin says of a record's attributions, acts and figures: each with the words it rests on and who decided.

A note has a mark that stands in the text too: numbers for what is said (1, 2), letters for what is done in saying it
(a, b); a figure is its own mark. What the verb of saying itself does ("warned", "called on") is told with what is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from onrecord.export import Decided as Decisions
from onrecord.figures import asserters, written
from onrecord.makers import TOGETHER
from onrecord.model import Attribution, Judgement, Quantity, Record, Span, SpeechAct, Voice
from onrecord.resolve.anchors import anchor
from onrecord.web import rules, words
from onrecord.web.facts import Passage, judging, passage, passages

OF_CUE = "cue"
"""The rule of acts that a verb of saying does."""
PUBLISHED = "said by whoever added the file, or by the file itself"
UNSAID = "no words of the text say it"
MARKS = "abcdefghijklmnopqrstuvwxyz"


class Step(Struct, frozen=True):
    """One voice of a chain, from outside in, with what it rests on: words of the text, or what `ground` says."""

    role: str
    label: str
    name: str
    entity: str | None
    ground: str
    passages: tuple[Passage, ...] = ()


class Decided(Struct, frozen=True):
    """Who decided: the rules, the first the one that found it; and the person, where one judged it."""

    rules: tuple[rules.Rule, ...]
    sure: str
    confidence: str = ""
    person: Judgement | None = None


class Said(Struct, frozen=True):
    """A role of an act with the words that fill it."""

    label: str
    name: str | None
    entity: str | None
    passages: tuple[Passage, ...]


class Note(Struct, frozen=True):
    """`key` names it on the page (`q3`, `a2`, `f1`), `mark` is what the reader sees of that."""

    key: str
    mark: str
    layer: str
    kind: str
    """What is said of it in a word or two: own words, demands, 15 boats."""
    speaker: str | None
    entity: str | None
    at: int
    """Where its mark stands: the margin has it beside that."""
    passage: Passage
    decided: Decided
    judge: str
    """Where it is judged."""
    chain: tuple[str, ...] = ()
    """Of an attribution: through whose pens it came, but for those who are so for the whole document."""
    steps: tuple[Step, ...] = ()
    said: tuple[Said, ...] = ()
    tags: tuple[str, ...] = ()
    """What else is to be known at a glance: conditional, denied, its PLOVER class."""
    towards: tuple[tuple[str, str, str | None], ...] = ()
    """Of an act: to and about whom, each with the name and the entity."""
    does: str = ""
    """What is done in saying it: demands, warns."""
    judge_act: str = ""
    """Where that is judged, if it is told with what is said."""

    @property
    def number(self) -> int:
        return int(self.key[1:])

    @property
    def sure(self) -> str:
        return self.decided.sure


def notes(record: Record, decisions: Decisions) -> Iterator[Note]:
    """All notes; those of one place stand together once they are sorted by it."""
    written_by = _Margin(record, decisions)
    for number, attribution in enumerate(record.attributions, 1):
        if attribution.content.spans:
            yield written_by.attribution(number, attribution)
    letter = 0
    for number, act in enumerate(record.acts, 1):
        if act.id not in written_by.told:
            letter += 1
            yield written_by.act(number, letters(letter), act)
    for number, quantity in enumerate(record.quantities, 1):
        yield written_by.quantity(number, quantity)


def told_with(record: Record) -> dict[str, int]:
    """The acts that the verb of an attribution does, by id, each with the attribution's number."""
    cues: dict[tuple[int, int], int] = {}
    for number, attribution in enumerate(record.attributions, 1):
        for span in attribution.cue.spans if attribution.cue and attribution.content.spans else ():
            cues.setdefault((span.start, span.end), number)
    found = {act.id: cues.get((act.cue.start, act.cue.end)) for act in record.acts if act.rule == OF_CUE}
    return {name: number for name, number in found.items() if number}


def letters(number: int) -> str:
    """1 is a, 26 z, 27 aa."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = MARKS[rest] + found
    return found


class _Margin:
    """What notes of one record need to know of it."""

    def __init__(self, record: Record, decisions: Decisions) -> None:
        self._record = record
        self._decisions = decisions
        self._names = {entity.id: entity.name for entity in record.entities}
        self._attributions = {each.id: each for each in record.attributions}
        self._common = everyone(record)
        self.told = told_with(record)
        self._doing = {self.told[act.id]: act for act in reversed(record.acts) if act.id in self.told}
        self._asserter = asserters(record)
        self._issuers = {
            (party.name, party.entity): party.spans
            for statement in record.statements
            for party in statement.parties
            if party.role == "issuer"
        }
        self._mentions: dict[str, list[tuple[int, int]]] = {}
        for mention in record.mentions:
            if mention.entity:
                self._mentions.setdefault(mention.entity, []).append((mention.start, mention.end))

    def attribution(self, number: int, fact: Attribution) -> Note:
        inmost = next((voice for voice in reversed(fact.voices) if voice.role == "speaker"), None)
        entity = (fact.source.entity if fact.source else None) or (inmost.entity if inmost else None)
        outer = (voice.name for voice in fact.voices if voice is not inmost and voice.name not in self._common)
        start, end = fact.content.spans[0].start, fact.content.spans[-1].end
        return Note(
            key=f"q{number}",
            mark=str(number),
            layer="reported" if fact.kind == "indirect" else "quotations",
            kind=words.SPEECH[fact.kind],
            speaker=inmost.name if inmost else self._names.get(entity or ""),
            entity=entity,
            at=start,
            passage=passage(self._record, start, end),
            decided=self._decided("attributions", number, fact, fact.confidence),
            judge=self._judge("attributions", fact),
            chain=tuple(dict.fromkeys(outer)),
            steps=tuple(self._steps(fact)),
            **(self._done(act) if (act := self._doing.get(number)) else {}),
        )

    def _done(self, act: SpeechAct) -> dict[str, Any]:
        """What is told of an act, by itself or with what is said."""
        names = self._names
        plover = ", ".join(filter(None, [act.plover, act.mode])) if act.plover else ""
        tags = [
            "negated" if act.negated else "",
            "conditional" if act.conditional else "",
            f"PLOVER {plover}" if plover else "",
        ]
        towards = [("to", act.addressee), ("about", act.target)]
        return {
            "does": words.ACTS[act.act],
            "judge_act": self._judge("acts", act),
            "tags": tuple(filter(None, tags)),
            "towards": tuple((label, names[entity], entity) for label, entity in towards if entity in names),
            "said": tuple(
                Said(
                    words.SLOTS[slot.role],
                    names.get(slot.entity or ""),
                    slot.entity,
                    passages(self._record, slot.spans),
                )
                for slot in act.slots
                if slot.role != "performer"
            ),
        }

    def _steps(self, fact: Attribution) -> Iterator[Step]:
        """The chain of voices; a publisher stands in no words of the text, and what gives nobody's name says so."""
        # The chain of attributions around ends with this one: counted from the inmost, each has its speaker.
        inner = sum(voice.role == "speaker" for voice in fact.voices)
        around = self._around(fact)
        for voice in fact.voices:
            holder = around[-inner] if inner <= len(around) else fact
            inner -= voice.role == "speaker"
            found = passages(self._record, self._rests_on(voice, fact, holder)[:3])
            ground = PUBLISHED if voice.role == "publisher" else "" if found else UNSAID
            yield Step(voice.role, words.VOICES[voice.role], voice.name, voice.entity, ground, found)

    def _rests_on(self, voice: Voice, fact: Attribution, holder: Attribution) -> Sequence[Span]:
        if voice.role == "publisher":
            return ()
        if voice.role == "issuer":
            return self._issuers.get((voice.name, voice.entity), ())
        if voice.role == "speaker":
            return [span for part in (holder.source, holder.cue) if part for span in part.spans]
        return self._near(voice, fact)

    def _around(self, fact: Attribution) -> list[Attribution]:
        """The attributions around it and itself, the outermost first."""
        found, seen = [fact], {fact.id}
        while (parent := self._attributions.get(found[-1].parent or "")) and parent.id not in seen:
            found.append(parent)
            seen.add(parent.id)
        return found[::-1]

    def _near(self, voice: Voice, fact: Attribution) -> tuple[Span, ...]:
        """Where a voice is named: an outlet nearest to the verb of saying, a translator at the beginning."""
        places = [Span(*place) for place in self._mentions.get(voice.entity or "", ())]
        if not places:
            return ()
        at = fact.cue.spans[-1].end if fact.cue and voice.role == "outlet" else 0
        return (min(places, key=lambda place: abs(place.start - at)),)

    def act(self, number: int, mark: str, fact: SpeechAct) -> Note:
        done = self._done(fact)
        modality = words.MODALITIES.get(fact.modality)
        done["tags"] += (modality,) if modality else ()
        return Note(
            key=f"a{number}",
            mark=mark,
            layer="acts",
            kind="",
            speaker=self._names.get(fact.by or "") or self._makers(fact),
            entity=fact.by,
            at=fact.cue.start,
            passage=passage(self._record, fact.start, fact.end),
            decided=self._decided("acts", number, fact, fact.confidence),
            judge=done.pop("judge_act"),
            **done,
        )

    def _makers(self, fact: SpeechAct) -> str | None:
        """Who makes the statement that an act without a doer of its own stands in."""
        made = next((each for each in self._record.statements if each.id == fact.within), None)
        named = dict.fromkeys(party.name for party in made.parties if party.role in TOGETHER) if made else {}
        return ", ".join([*list(named)[:3], *(["and others"] if len(named) > 3 else [])]) or None

    def quantity(self, number: int, fact: Quantity) -> Note:
        who = self._asserter(fact)
        nobody = {"party": who.name, "document": "the document itself"}.get(who.asserted)
        return Note(
            key=f"f{number}",
            mark="",
            layer="figures",
            kind=counted(fact),
            speaker=nobody,
            entity=who.by[0] if len(who.by) == 1 else None,
            at=fact.start,
            passage=passage(self._record, fact.start, fact.end),
            decided=self._decided("quantities", number, fact, None),
            judge=self._judge("quantities", fact),
            tags=(f"nobody asserts it: {who.asserted}",) if nobody is None and who.asserted != "party" else (),
        )

    def _decided(self, kind: str, number: int, fact: Any, confidence: float | None) -> Decided:
        sure, figure = ("", "") if confidence is None else (words.sure(confidence), f"{confidence:.2f}")
        return Decided(rules.behind(kind, fact.rule), sure, figure, self._decisions.get((kind, number - 1)))

    def _judge(self, kind: str, fact: Any) -> str:
        place = anchor(kind, fact)
        return judging(self._record.id, kind, place.start, place.end) if place else ""


def counted(fact: Quantity) -> str:
    """A figure as a margin writes it: `at least 12 · boat`, with its unit in the singular, as the record has it."""
    ends = [written(each) for each in (fact.value, fact.upper) if each is not None]
    number = words.COMPARED[fact.comparator] + ("–".join(ends) or "a number not to be told")
    return " · ".join(filter(None, [number, fact.unit, f"of {fact.of}" if fact.of else ""]))


def everyone(record: Record) -> set[str | None]:
    """Through whose pens all of the document came: the panel names them once."""
    issuers = {party.name for statement in record.statements for party in statement.parties if party.role == "issuer"}
    return issuers | {record.capture.publisher}
