"""How far the words reach that a cue may report, and what kind of content they make.

They end with their sentence, at a semicolon that begins something else, at the end of a subordinate clause, or where
the sentence goes on from its first speaker ("…, and urged …").
"""

from __future__ import annotations

from msgspec import Struct

from onrecord.annotate.clauses import CLOSING, COMMA, OPENING, SEPARATING, STRONG, Clause
from onrecord.annotate.quotes import Quote
from onrecord.annotate.saying import CueAt
from onrecord.annotate.sources import Names
from onrecord.model import AttributionKind
from onrecord.text.spans import Span

TITLE = 6
"""Words that a title in quotation marks may have."""


class Content(Struct, gc=False):
    """What is reported. `quotes`: the quotations that are all of it; `open`: it goes on behind the clause's colon."""

    spans: list[Span]
    kind: AttributionKind
    rule: str
    confidence: float
    quotes: list[int]
    open: bool = False


class Bounds:
    """One cue in its clause, among the cues of that clause that report something."""

    def __init__(self, clause: Clause, cue: CueAt, cues: list[CueAt], quotes: list[Quote], names: Names) -> None:
        self.clause = clause
        self.low = clause.low
        self.cue = cue
        self.cues = cues
        self.quotes = quotes
        self.names = names
        self.words = clause.words
        self.frames = cue.verb.frames
        self.count = len(clause.low)
        self.behind = cue.tail if cue.inverted else cue.stop
        self.bound = self.count
        """As `limit`, with the marks at its end."""
        self.limit = self.count
        """Behind the last token that may be reported, once `bind` has looked."""

    def bind(self) -> None:
        """Look where the words behind the cue end that it may report."""
        self.limit = self._limit(self.behind)

    def _limit(self, first: int) -> int:
        """The token behind the last one that the cue may report."""
        end = self._before_next_cue(first, self.count)
        depth = 0
        opener = self.low[first] if first < self.count else ""
        bounding = self.words.bounding
        for at in range(first, end):
            low = self.low[at]
            if low not in bounding:
                continue
            if low in OPENING:
                depth += 1
            elif low in CLOSING:
                if not depth:
                    end = at
                    break
                depth -= 1
            elif not depth and self._ends_at_mark(at, end, opener):
                end = at
                break
        self.bound = end
        return self._trimmed(first, end)

    def _ends_at_mark(self, at: int, end: int, opener: str) -> bool:
        low = self.low[at]
        if low in STRONG:
            return not self._goes_on(at + 1, opener)
        if low in COMMA:
            return self._is_subordinate() or self._ends_here(at, end, opener)
        return low in self.words.coordinators and opener not in self.words.that and self._that_follows(at)

    def _that_follows(self, at: int) -> bool:
        """ "… and that …" goes on from an outer cue, where this one was not opened by "that"."""
        return at + 1 < self.count and self.low[at + 1] in self.words.that and self.words.tag == "en"

    def _ends_here(self, comma: int, end: int, opener: str) -> bool:
        """Behind a comma, "but", "and" or "while" with a subject of their own say something else."""
        words = self.words
        at = comma + 1
        if at + 2 >= end:
            return False
        low = self.low[at]
        if low not in words.joiners:
            return False
        following = self.low[at + 1]
        if following in words.that or following in words.to or following in words.prepositions:
            return False
        pronoun = following in words.pronouns and following not in words.determiners
        if pronoun and opener not in words.to:
            return False
        stop = next((i for i in range(at + 1, min(end, at + 8)) if self.low[i] in words.finite), None)
        return stop is not None and not any(self.clause.mark(i) for i in range(at + 1, stop))

    def _is_subordinate(self) -> bool:
        """ "When she said that it rained, …": the clause of the cue ends with the comma."""
        at = self.cue.lead - 1
        if self.cue.verb.shape == "ing" and self.cue.first == 0:
            return True
        if self.low[self.cue.lead] in self.words.relative and at >= 0 and self.low[at] in COMMA:
            return True
        return at >= 0 and self.low[at] in self.words.subordinators and (at < 2 or self.clause.mark(at - 1))

    def _goes_on(self, at: int, opener: str) -> bool:
        """Behind a semicolon: the same opening again ("that …; that …; and that …")."""
        if at < self.count and self.low[at] in self.words.joiners:
            at += 1
        return at < self.count and self.low[at] == opener and opener in self.words.that | self.words.to

    def _before_next_cue(self, first: int, end: int) -> int:
        """Where a further cue of the clause goes on from the speaker and not from within what is reported."""
        for other in self.cues:
            if other.lead <= self.cue.first or other.first < first or other.lead >= end:
                continue
            cut = self._cut(first, other)
            if cut is not None:
                return min(end, cut)
        return end

    def _cut(self, first: int, other: CueAt) -> int | None:
        lead = other.lead if other.own else other.first
        at = lead - 1
        joined = self.words.joined
        if joined and self.low[other.first][0] in joined and self.clause.starts[other.first] < other.start:
            return at if self.low[at] in COMMA else lead
        if at <= first:
            return None
        low = self.low[at]
        if low in COMMA:
            if self.low[at - 1] in self.words.coordinators and other.verb.shape == "phrase":
                at -= 1
            participle = other.verb.shape == "ing" and not other.own
            inside = (
                other.verb.shape == "phrase" != self.cue.verb.shape
                and other.tail + 1 < self.count
                and self._set_off(other.tail)
            )
            return at if participle or other.series or (other.verb.shape == "phrase" and not inside) else None
        if low in self.words.joiners:
            comma = self.low[at - 1] in COMMA
            alike = other.verb.shape == self.cue.verb.shape and not other.own and low in self.words.coordinators
            if comma or alike:
                return at - 1 if comma else at
        return None

    def _trimmed(self, first: int, end: int) -> int:
        while end > first and self.clause.quote[end - 1] < 0 and self._is_stop(end - 1):
            end -= 1
        return end

    def _is_stop(self, at: int) -> bool:
        return self.clause.mark(at) and self.low[at] not in CLOSING

    def _left(self, closes: bool = False) -> int:
        """Where the words before cue and source begin: behind the last semicolon, or a cue that opened them.

        Where the cue `closes` the sentence, all of it is reported, what others say in it as well.
        """
        first = next((at + 1 for at in range(self.cue.lead - 1, -1, -1) if self.low[at] in STRONG), 0)
        if closes:
            return first
        for other in self.cues:
            opens = other.own and not other.inverted and not self.clause.mark(other.stop)
            if opens and first <= other.lead and other.stop < self.cue.lead:
                first = other.stop
        return first

    def _made(
        self, first: int, stop: int, rule: str, confidence: float, kind: AttributionKind | None = None
    ) -> Content | None:
        stop = self._trimmed(first, stop)
        if stop <= first or (stop == first + 1 and self.clause.ends[first] - self.clause.starts[first] < 2):
            return None
        return self._content([self.clause.span(first, stop)], first, stop, rule, confidence, kind)

    def _content(
        self,
        spans: list[Span],
        first: int,
        stop: int,
        rule: str,
        confidence: float,
        kind: AttributionKind | None = None,
    ) -> Content:
        held = [n for n in self.clause.quote[first:stop] if n >= 0]
        if len(held) == 1 and stop - first > 2 and self._is_work(self.quotes[held[0]]):
            held = []
        if kind is None:
            plain = [at for at in range(first, stop) if self.clause.quote[at] < 0 and not self.clause.mark(at)]
            words = [at for at in plain if at > first + 1 or self.low[at] not in self.words.that]
            kind = "mixed" if held and words else "direct" if held else "indirect"
        if kind == "direct":
            return Content(
                [span for n in held for span in self.quotes[n].spans], kind, rule, max(confidence, 0.8), held
            )
        return Content(spans, kind, rule, confidence, [])

    def _is_work(self, quote: Quote) -> bool:
        """A title: its words have capitals, and no stop ends it."""
        words = quote.spans[0].of(self.clause.text).split()
        capitals = all(word[0].isupper() or len(word) < 4 for word in words)
        return capitals and 1 < len(words) <= TITLE and words[-1][-1] not in ".,!?…"

    def _in_pieces(self, pieces: list[tuple[int, int]], rule: str, confidence: float) -> Content:
        """Words that cue and source interrupt: the token ranges `pieces`, without the marks at their ends."""
        spans = [self.clause.span(first, self._trimmed(first, stop)) for first, stop in pieces]
        marked = any(n >= 0 for n in self.clause.quote[pieces[0][0] : pieces[-1][1]])
        return Content(spans, "mixed" if marked else "indirect", rule, confidence, [])

    def _set_off(self, at: int) -> bool:
        return 0 <= at < self.count and self.low[at] in SEPARATING

    def _finite(self, at: int) -> bool:
        low = self.low[at]
        return (
            self.clause.quote[at] >= 0
            or low in self.words.finite
            or low.endswith(("ed", "n’t", "n't"))
            or (low in self.words.pronouns and low not in self.words.determiners)
            or low in self.words.verbs
        )

    def _finite_from(self, first: int, stop: int) -> bool:
        return any(self._finite(at) for at in range(first, stop))

    def _is_participle(self, at: int) -> bool:
        return any(cue.first == at and cue.verb.shape == "ing" for cue in self.cues)
