"""What an act is about, for comparing it with others: its content without when it is to be and whom it is said to, and
which act it takes back in words ("we withdraw our demand for the lists").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.analyse.gists import READ, stem
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


class Matters:
    """What tells of any act of a record what it is about."""

    def __init__(self, record: Record) -> None:
        self._text = record.text
        # A duration stays: "a truce of 60 days" is promised.
        self._times = sorted(Span(each.start, each.end) for each in record.times if each.type != "duration")
        self._starts = [each.start for each in self._times]
        self._tags = sorted((each.start, each.tag) for each in record.languages)

    def taken(self, act: SpeechAct) -> Act | None:
        """The act that it takes back by its name."""
        return self._taken(act)[0]

    def bare(self, act: SpeechAct) -> SpeechAct:
        """The act with only those words in its slots that say what it is about."""
        said = [span for slot in act.slots if slot.role in SAYING for span in slot.spans]
        # As far as words are read for a gist, so that many acts in one long sentence cost no more than their number.
        read = ((it.start, min(it.end, it.start + READ)) for it in said or [Span(act.start, act.end)])
        cut = [time for start, end in read for time in self._between(start, end)]
        _, stop = self._taken(act)
        if stop:
            cut.append(Span(act.start, stop))
        if not said:
            # Whoever reads the whole clause passes over such slots.
            return replace(act, slots=(*act.slots, Slot("deadline", tuple(cut)))) if cut else act
        cut += [span for slot in act.slots if slot.role in APART for span in slot.spans]
        if any(one.start < other.end and other.start < one.end for one in cut for other in said):
            return _without(act, sorted(cut))
        return act

    def _between(self, start: int, end: int) -> list[Span]:
        return self._times[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _taken(self, act: SpeechAct) -> tuple[Act | None, int]:
        """With where its name ends."""
        if act.act not in TAKING_BACK or act.negated:
            return None, 0
        at = bisect_right(self._tags, act.start, key=lambda pair: pair[0]) - 1
        return _taken(self._text, act, self._tags[at][1] if at >= 0 else "")


def _without(act: SpeechAct, cut: Sequence[Span]) -> SpeechAct:
    """The act with none of these stretches, which are in order, in what it says."""
    left = tuple(
        replace(slot, spans=spans)
        for slot in act.slots
        if slot.role in SAYING and (spans := tuple(part for span in slot.spans for part in _left(span, cut)))
    )
    # Where nothing is left the act is about its verb alone: no other words of the clause may stand in.
    return replace(act, slots=left or (Slot("content", (Span(act.cue.start, act.cue.start),)),))


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
