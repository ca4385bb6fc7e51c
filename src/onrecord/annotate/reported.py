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
    source = attribution.source
    entity = source.entity if source is not None else None
    made = Doing(
        place.verb.act if place.verb is not None else "claim",
        place.first,
        place.stop,
        place.first,
        "cue",
        attribution.confidence,
    )
    slots: tuple[Slot, ...] = (Slot("content", attribution.content.spans),)
    if words is not None:
        made.act = _adapted(clause, words, attribution, place)
        made.negated = _negation(clause, words, place)
        slots = _slots(clause, attribution, words, names, times, made)
    slots += tuple(Slot("performer", (span,), entity) for span in (source.spans if source is not None else ()))
    spans = [*attribution.content.spans, cue, *(source.spans if source is not None else ())]
    held = {slot.role: slot for slot in reversed(slots)}
    return SpeechAct(
        id="",
        start=min(span.start for span in spans),
        end=max(span.end for span in spans),
        act=made.act,
        cue=cue,
        within=attribution.id,
        by=entity,
        addressee=held["addressee"].entity if "addressee" in held else None,
        target=held["target"].entity if "target" in held else None,
        negated=made.negated is not None,
        intensity=held["intensity"].spans[0].of(clause.text) if "intensity" in held else None,
        modality=_modality(clause, words, place),
        slots=tuple(sorted(slots, key=lambda slot: (slot.spans[0], slot.role))),
        rule="cue",
        confidence=attribution.confidence,
    )


def _place(clause: Clause, cue: Span) -> _At:
    """Where a cue stands, with the last reporting word in it ("has repeatedly said", "declined to say")."""
    first, stop = clause.at(cue.start), min(clause.at(cue.end - 1) + 1, len(clause))
    words = clause.words
    found = _At(first, stop, first, None)
    for at in range(first, stop):
        low = clause.low[at]
        held: tuple[tuple[Phrase, Verb], ...] = words.verbs.get(low) or words.according.get(low) or ()
        if not held and low[:1] in (words.joined or "-"):
            held = words.verbs.get(low[1:]) or words.according.get(low[1:]) or ()
        for phrase, verb in held:
            if set(phrase[1:]) <= set(clause.low[at + 1 : stop]):
                found = _At(first, stop, at, verb)
                break
        else:
            if low in words.nouns and found.verb is None:
                found = _At(first, stop, at, words.nouns[low])
    return found


def _adapted(clause: Clause, words: ActWords, attribution: Attribution, place: _At) -> Act:
    """The act of a cue as what stands around its verb makes it."""
    lead, verb = clause.low[place.first : place.stop], place.verb
    if not words.sets["declining"].isdisjoint(lead) and (verb is None or verb.act != "refuse"):
        return "refuse"
    if verb is None:
        return "claim"
    begins = attribution.content.spans[0]
    content = clause.text[begins.start : min(begins.end, begins.start + 200)].lower().split()
    near = [word.strip(",.;:") for word in (*clause.low[place.stop : place.stop + 5], *content[:6])]
    if verb.lemma in words.light_verbs:
        return next((words.nouns[word] for word in near if word in words.nouns), verb.act)
    if verb.act == "refuse" and not words.claimed.isdisjoint(near[:9]):
        return "deny"
    if verb.lemma in words.infinitive and not words.sets["to"].isdisjoint(clause.low[place.stop : place.stop + 1]):
        return words.infinitive[verb.lemma]
    if verb.lemma in words.laying and not words.sets["laid"].isdisjoint(content[:12]):
        return "demand"
    return verb.act


def _negation(clause: Clause, words: ActWords, place: _At) -> Tokens | None:
    return next(((n, n + 1) for n in range(place.first, place.stop) if clause.low[n] in words.sets["negations"]), None)


def _modality(clause: Clause, words: ActWords | None, place: _At) -> Modality:
    """A cue in the past is told as past; one in the present is done as it is told."""
    verb = place.verb
    sets = words.sets if words is not None else {}
    lead = clause.low[place.first : place.at]
    if any(word in sets.get("would", ()) for word in lead):
        return "hypothetical"
    if any(word in sets.get("have", ()) or word in sets.get("past_be", ()) for word in lead):
        return "reported"
    if verb is None or verb.shape in ("phrase", "noun"):
        return "performed"
    if words is None or words.present is None:
        done = any(word in sets.get("do", ()) for word in lead)
        return "reported" if verb.shape in ("past", "passive") and not done else "performed"
    return "performed" if words.present.search(clause.low[place.at]) else "reported"


# -- its slots ---------------------------------------------------------------------------------------------------------


def _slots(
    clause: Clause, attribution: Attribution, words: ActWords, names: Names, times: Times, made: Doing
) -> tuple[Slot, ...]:
    """What is told stands behind the cue and is read as any act's, or elsewhere and is the attribution's content."""
    first, last = attribution.content.spans[0], attribution.content.spans[-1]
    at = clause.at(first.start)
    behind = made.stop <= at < len(clause) and last.end <= clause.end + 1 and clause.quote[at] < 0
    made.end = min(clause.at(last.end - 1) + 1, len(clause)) if behind and made.act != "claim" else made.stop
    found = actslots.slots(clause, words, made, names, times)
    if behind and made.act in DIRECTIVE | ABOUT and any(slot.role in _WHOM for slot in found):
        return found
    whole = (*(slot for slot in found if slot.role not in _REPLACED), Slot("content", attribution.content.spans))
    hearer = _hearer(clause, attribution, names, made, at if behind else len(clause))
    return whole if hearer is None else (*whole, _named(clause, hearer, names))


def _named(clause: Clause, tokens: Tokens, names: Names) -> Slot:
    span = clause.span(*tokens)
    named = [it for it in names.between(span.start, span.end) if it.type in ("person", "organization")]
    return Slot("addressee", (span,), named[0].entity if len(named) == 1 else None)


_WHOM = frozenset(("addressee", "target"))
_REPLACED = frozenset(("content", "target", "addressee"))


def _hearer(clause: Clause, attribution: Attribution, names: Names, made: Doing, limit: int) -> Tokens | None:
    """Who was told: the noun phrase between the cue and what it opens."""
    words, at = clause.words, made.stop
    source = attribution.source
    if at < len(clause) and clause.low[at] in words.to:
        at += 1
    end = at
    while end < min(limit, len(clause), at + HEARER):
        word = clause.low[end]
        if clause.mark(end) or clause.quote[end] >= 0 or word in words.that | words.wh | words.calendar:
            break
        if word in words.to or (word in words.prepositions and word not in words.of) or word in words.time_words:
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
