"""What a cue tells that its source did: "warned" is a warning, "declined to say" a refusal.

The act of a reporting verb stands in `verbs.toml`; what surrounds it may make another of it: the noun of "expressed
concern", the claim that is "rejected", a demand that is "insisted" on.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.annotate import actslots
from onrecord.annotate.actslots import ABOUT, Times
from onrecord.annotate.actwords import ActWords
from onrecord.annotate.clauses import Clause
from onrecord.annotate.grammar import Phrase, Verb
from onrecord.annotate.performing import Doing
from onrecord.annotate.sources import Names, Tokens
from onrecord.model import Act, Attribution, Modality, Slot, SpeechAct
from onrecord.text.spans import Span

HEARER = 9
"""Tokens behind a cue that may name who was told."""
COMMISSIVE: frozenset[Act] = frozenset(("promise", "threaten", "offer", "refuse"))
DIRECTIVE: frozenset[Act] = frozenset(("demand", "request", "urge", "invite"))


class _At(NamedTuple):
    """A cue in its clause: the tokens `[first, stop)`, and its reporting word at token `at`."""

    first: int
    stop: int
    at: int
    verb: Verb | None


def act(
    clause: Clause, attribution: Attribution, words: ActWords | None, names: Names, times: Times
) -> SpeechAct | None:
    """The act of an attribution's cue, which stands in this clause."""
    if attribution.cue is None:
        return None
    cue = Span(attribution.cue.spans[0].start, attribution.cue.spans[-1].end)
    place = _place(clause, cue)
    verb, source = place.verb, attribution.source
    first, stop = place.first, place.stop
    made = Doing(verb.act if verb is not None else "claim", first, stop, first, "cue", attribution.confidence)
    if words is None:
        slots = [Slot("content", attribution.content.spans)]
    else:
        made.act = _adapted(clause, words, attribution, place)
        made.negated = _negation(clause, words, place)
        slots = _slots(clause, attribution, words, names, times, made)
    entity = None
    start, end = min(attribution.content.spans[0].start, cue.start), max(attribution.content.spans[-1].end, cue.end)
    if source is not None:
        entity = source.entity
        for span in source.spans:
            slots.append(Slot("performer", (span,), entity))
            start, end = min(start, span.start), max(end, span.end)
    slots.sort(key=actslots.place)
    held = {slot.role: slot for slot in reversed(slots)}
    addressee, target, intensity = held.get("addressee"), held.get("target"), held.get("intensity")
    return SpeechAct(
        "",
        start,
        end,
        made.act,
        cue,
        attribution.id,
        entity,
        addressee.entity if addressee is not None else None,
        target.entity if target is not None else None,
        made.negated is not None or _nobody(clause, attribution, words),
        intensity=intensity.spans[0].of(clause.text) if intensity is not None else None,
        modality=_modality(clause, words, place),
        slots=tuple(slots),
        rule="cue",
        confidence=attribution.confidence,
    )


def _nobody(clause: Clause, attribution: Attribution, words: ActWords | None) -> bool:
    """ "Neither side has condemned it": who would have done it denies it."""
    if words is None or attribution.source is None or not attribution.source.spans:
        return False
    start = clause.at(attribution.source.spans[0].start)
    return start < len(clause.low) and clause.low[start] in words.sets["none"]


def _place(clause: Clause, cue: Span) -> _At:
    """Where a cue stands, with the last reporting word in it ("has repeatedly said", "declined to say")."""
    first, stop = clause.at(cue.start), min(clause.at(cue.end - 1) + 1, len(clause.low))
    words, place, found = clause.words, first, None
    for at in range(first, stop):
        low = clause.low[at]
        held: tuple[tuple[Phrase, Verb], ...] = words.verbs.get(low) or words.according.get(low) or ()
        if not held and low[:1] in (words.joined or "-"):
            held = words.verbs.get(low[1:]) or words.according.get(low[1:]) or ()
        for phrase, verb in held:
            if len(phrase) == 1 or set(phrase[1:]) <= set(clause.low[at + 1 : stop]):
                place, found = at, verb
                break
        else:
            if found is None and low in words.nouns:
                place, found = at, words.nouns[low]
    return _At(first, stop, place, found)


def _adapted(clause: Clause, words: ActWords, attribution: Attribution, place: _At) -> Act:
    """The act of a cue as what stands around its verb makes it."""
    lead, verb = clause.low[place.first : place.stop], place.verb
    if not words.sets["declining"].isdisjoint(lead) and (verb is None or verb.act != "refuse"):
        return "refuse"
    if verb is None:
        return "claim"
    if verb.lemma in words.light_verbs:
        return next((words.nouns[word] for word in _near(clause, attribution, place) if word in words.nouns), verb.act)
    if verb.act == "refuse" and not words.claimed.isdisjoint(_near(clause, attribution, place)[:9]):
        return "deny"
    if verb.lemma in words.infinitive and not words.sets["to"].isdisjoint(clause.low[place.stop : place.stop + 1]):
        return words.infinitive[verb.lemma]
    if verb.lemma in words.laying and not words.sets["laid"].isdisjoint(_told(clause, attribution)[:12]):
        return "demand"
    return verb.act


def _told(clause: Clause, attribution: Attribution) -> list[str]:
    """The words at the head of what is told."""
    begins = attribution.content.spans[0]
    return clause.text[begins.start : min(begins.end, begins.start + 200)].lower().split()


def _near(clause: Clause, attribution: Attribution, place: _At) -> list[str]:
    """The words right behind a cue, and those at the head of what it tells."""
    ahead = (*clause.low[place.stop : place.stop + 5], *_told(clause, attribution)[:6])
    return [word.strip(",.;:") for word in ahead]


def _negation(clause: Clause, words: ActWords, place: _At) -> Tokens | None:
    negations = words.sets["negations"]
    if negations.isdisjoint(clause.low[place.first : place.stop]):
        return None
    return next((n, n + 1) for n in range(place.first, place.stop) if clause.low[n] in negations)


def _modality(clause: Clause, words: ActWords | None, place: _At) -> Modality:
    """A cue in the past is told as past; one in the present is done as it is told."""
    verb = place.verb
    done = False
    if words is not None and place.at > place.first:
        lead, sets = clause.low[place.first : place.at], words.sets
        if any(not sets[name].isdisjoint(lead) for name in ("would", "will", "can")):
            return "hypothetical"
        if not sets["have"].isdisjoint(lead) or not sets["past_be"].isdisjoint(lead):
            return "reported"
        done = not sets["do"].isdisjoint(lead)
    if verb is None or verb.shape in ("phrase", "noun"):
        return "performed"
    if words is None or words.present is None:
        return "reported" if verb.shape in ("past", "passive") and not done else "performed"
    return "performed" if words.present.search(clause.low[place.at]) else "reported"


# -- its slots ---------------------------------------------------------------------------------------------------------


def _slots(
    clause: Clause, attribution: Attribution, words: ActWords, names: Names, times: Times, made: Doing
) -> list[Slot]:
    """What is told stands behind the cue and is read as any act's, or elsewhere and is the attribution's content."""
    first, last = attribution.content.spans[0], attribution.content.spans[-1]
    at, count = clause.at(first.start), len(clause.low)
    behind = made.stop <= at < count and last.end <= clause.end + 1 and clause.quote[at] < 0
    made.end = min(clause.at(last.end - 1) + 1, count) if behind and made.act != "claim" else made.stop
    if made.end > made.stop and made.act in _WITH_WHOM:
        found = actslots.slots(clause, words, made, names, times)
        if any(slot.role in _WHOM for slot in found):
            return found
    found = actslots.beside_cue(clause, words, made, names, times)
    found.append(Slot("content", attribution.content.spans))
    hearer = _hearer(clause, attribution, names, made, at if behind else count)
    if hearer is not None:
        found.append(_named(clause, hearer, names))
    return found


_WITH_WHOM = DIRECTIVE | ABOUT


def _named(clause: Clause, tokens: Tokens, names: Names) -> Slot:
    span = clause.span(*tokens)
    named = [it for it in names.between(span.start, span.end) if it.type in ("person", "organization")]
    return Slot("addressee", (span,), named[0].entity if len(named) == 1 else None)


_WHOM = frozenset(("addressee", "target"))


def _hearer(clause: Clause, attribution: Attribution, names: Names, made: Doing, limit: int) -> Tokens | None:
    """Who was told: the noun phrase between the cue and what it opens."""
    words, at = clause.words, made.stop
    source = attribution.source
    if at < len(clause) and clause.low[at] in words.to:
        at += 1
    end, stop = at, min(limit, len(clause.low), at + HEARER)
    while end < stop and clause.quote[end] < 0:
        word = clause.low[end]
        if word in words.that or word in words.to or word in words.wh or clause.mark(end):
            break
        if word in words.calendar or word in words.time_words or (word in words.prepositions and word not in words.of):
            break
        end += 1
    if end == at:
        return None
    span = clause.span(at, end)
    if source is not None and any(it.start < span.end and span.start < it.end for it in source.spans):
        return None
    first = clause.low[at]
    person = bool(names.between(span.start, span.end)) or first in words.determiners or first in words.objects
    return (at, end) if person or (first.endswith("s") and end - at < 3 and words.tag == "en") else None


def says_it_already(outer: SpeechAct, inner: SpeechAct) -> bool:
    """Whether a cue's act is the one that was found in its content: "vowed to stay", “We will pay,” they promised."""
    if outer.act == inner.act:
        return True
    if outer.act in COMMISSIVE and inner.act in COMMISSIVE:
        return True
    bids = outer.act in DIRECTIVE or outer.act == "deny"
    return bids and inner.act in DIRECTIVE | COMMISSIVE and inner.rule != "performative"
