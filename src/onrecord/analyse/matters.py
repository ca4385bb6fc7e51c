"""What an act is about, for comparing it with others: its content without when it is to be and whom it is said to, and
which act it takes back in words ("we withdraw our demand for the lists").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.analyse.gists import stem
from onrecord.lexicon import lexicon
from onrecord.model import Act, Record, Slot, SlotRole, SpeechAct
from onrecord.text.folding import tokens
from onrecord.text.spans import Span
from onrecord.text.tokens import words

TAKING_BACK: frozenset[Act] = frozenset(["announce", "decide"])
"""Acts that may take another back by its name."""
HEAD = 5
"""Words of a content among which the name of an act stands that is taken back: "to withdraw our earlier demand"."""
HEAD_READ = 120
"""Code points that are read for them."""
SAYING: tuple[SlotRole, ...] = ("content", "target")
APART: tuple[SlotRole, ...] = ("deadline", "addressee")
"""Slots whose words say nothing of what an act is about, though they may stand within it."""


class Matter(NamedTuple):
    """What is left to compare, and which act is taken back, if any."""

    act: SpeechAct
    taken: Act | None


def matters(record: Record) -> Callable[[SpeechAct], Matter]:
    """What tells of any act of a record what it is about. A duration stays: "a truce of 60 days" is promised."""
    times = sorted(Span(each.start, each.end) for each in record.times if each.type != "duration")
    starts = [each.start for each in times]
    tags = sorted((each.start, each.tag) for each in record.languages)

    def matter(act: SpeechAct) -> Matter:
        taken, stop = None, 0
        if act.act in TAKING_BACK and not act.negated:
            at = bisect_right(tags, act.start, key=lambda pair: pair[0]) - 1
            taken, stop = _taken(record.text, act, tags[at][1] if at >= 0 else "")
        first, last = bisect_left(starts, act.start), bisect_left(starts, act.end)
        cut = [*times[first:last], *(span for slot in act.slots if slot.role in APART for span in slot.spans)]
        cut += [Span(act.start, stop)] if stop else []
        return Matter(_without(act, cut) if cut else act, taken)

    return matter


def _without(act: SpeechAct, cut: Iterable[Span]) -> SpeechAct:
    """The act with these words in none of what it says; what says nothing by a slot has them in one that is passed
    over."""
    ordered = sorted(cut)
    slots = tuple(
        replace(slot, spans=tuple(left for span in slot.spans for left in _left(span, ordered)))
        if slot.role in SAYING
        else slot
        for slot in act.slots
    )
    if any(slot.role in SAYING and slot.spans for slot in act.slots):
        said = [slot for slot in slots if slot.role not in SAYING or slot.spans]
        empty = not any(slot.role in SAYING for slot in said)
        # Nothing is left: the act is about its verb alone, so no other words of the clause may stand in.
        return replace(act, slots=(Slot("content", (Span(act.cue.start, act.cue.start),)),) if empty else tuple(said))
    return replace(act, slots=(*slots, Slot("deadline", tuple(ordered))))


def _left(span: Span, cut: Iterable[Span]) -> Iterator[Span]:
    """What is left of a stretch without others, which are in order."""
    at = span.start
    for other in cut:
        if other.end <= at or other.start >= span.end:
            continue
        if other.start > at:
            yield Span(at, other.start)
        at = max(at, other.end)
    if at < span.end:
        yield Span(at, span.end)


class _Names(NamedTuple):
    """How a language takes acts back: stems of verbs, and of nouns the acts that they name."""

    verbs: frozenset[str]
    nouns: dict[str, Act]


@cache
def _names(tag: str) -> _Names:
    lists = lexicon(tag)["ledger"].get("taken_back", {})
    nouns: dict[Act, list[str]] = lists.get("nouns", {})
    return _Names(
        frozenset(stem(token) for verb in lists.get("verbs", ()) for token in tokens(verb)),
        {stem(token): act for act, named in nouns.items() for noun in named for token in tokens(noun)},
    )


def _taken(text: str, act: SpeechAct, tag: str) -> tuple[Act | None, int]:
    """The act that is taken back by its name, and where that name ends: a verb of taking back stands in the cue or at
    the head of the content, the name behind it."""
    names = _names(tag)
    content = next((slot.spans[0] for slot in act.slots if slot.role in SAYING and slot.spans), None)
    if content is None or not names.nouns:
        return None, 0
    taking = any(stem(token) in names.verbs for token in tokens(act.cue.of(text)[:HEAD_READ]))
    read = words(text, content.start, min(content.end, content.start + HEAD_READ))
    for _, word in zip(range(HEAD), read, strict=False):
        for token in tokens(word.of(text)):
            if taking and stem(token) in names.nouns:
                return names.nouns[stem(token)], word.end
            taking = taking or stem(token) in names.verbs
    return None, 0
