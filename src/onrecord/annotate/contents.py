"""What a cue reports, by the first rule that fits; each has a name.

`openings` has those for what stands beside or behind a cue; here are the clause that a cue closes or interrupts,
phrases like "according to", nouns and passives.
"""

from __future__ import annotations

from onrecord.annotate.bounds import Content
from onrecord.annotate.clauses import COMMA, DASH, Clause
from onrecord.annotate.openings import SPOKEN, Openings
from onrecord.annotate.quotes import Quote
from onrecord.annotate.saying import CueAt
from onrecord.annotate.sources import Names


def contents(clause: Clause, cues: list[CueAt], quotes: list[Quote], names: Names) -> list[tuple[CueAt, Content]]:
    """The cues of a clause that report something, in order. A cue that reports nothing ends no other's content."""
    found: list[tuple[CueAt, Content]] = []
    for number in range(len(cues) - 1, -1, -1):
        cue = cues[number]
        reported = content(clause, cue, [*cues[:number], cue, *(it for it, _ in reversed(found))], quotes, names)
        if reported is not None:
            found.append((cue, reported))
    return found[::-1]


def content(clause: Clause, cue: CueAt, cues: list[CueAt], quotes: list[Quote], names: Names) -> Content | None:
    """What `cue`, one of the `cues` of `clause`, reports; `None` where it reports nothing."""
    reader = _Reader(clause, cue, cues, quotes, names)
    if cue.verb.shape == "phrase":
        return reader.according()
    if cue.verb.shape == "noun":
        return reader.noun()
    if cue.passive:
        return reader.passive()
    quoted = reader.quoted_before()
    if quoted is not None:
        return quoted
    reader.bind()
    return reader.opened() or reader.as_said() or reader.closed() or reader.named()


class _Reader(Openings):
    def noun(self) -> Content | None:
        """ "Kessan’s claim that …": up to the next comma, for what follows is said of the claim."""
        first = self.cue.tail
        limit = self._limit(first)
        stop = next((at for at in range(first, limit) if self.low[at] in COMMA), limit)
        if self.cue.lead < 3:
            stop = self._main_verb(first, stop)
        return self._made(first, stop, "noun-clause", 0.6)

    def _main_verb(self, first: int, stop: int) -> int:
        """Of what a subject’s noun reports, the end: where the verb of the sentence stands, its second finite one."""
        seen = 0
        that = self.low[first] in self.words.that
        joining = self.words.joiners | self.words.that | self.words.relative
        for at in range(first + 1, stop):
            if not self._verbal(at) or self._verbal(at - 1):
                continue
            if (seen or not that) and self.low[at - 1] not in joining:
                return at
            seen += 1
        return stop

    def _verbal(self, at: int) -> bool:
        low = self.low[at]
        past = any(verb.shape == "past" for _, verb in self.words.verbs.get(low, ()))
        return low in self.words.finite or low in self.words.be or past or low.endswith("ed")

    def closed(self) -> Content | None:
        """ "The plan has failed, she said", "The plan, she said, has failed"."""
        cue, clause = self.cue, self.clause
        if not cue.own or SPOKEN.isdisjoint(self.frames) or not self._set_off(cue.lead - 1):
            return None
        behind = max(cue.tail, cue.stop)
        first, stop = self._left(closes=not self._set_off(behind)), cue.lead - 1
        while first < stop and clause.mark(first) and clause.quote[first] < 0:
            first += 1
        if stop <= first:
            return None
        clausal = any(self._finite(at) for at in range(first, stop))
        if behind >= self.count or (self._is_stop(behind) and not self._set_off(behind)):
            return self._made(first, stop, "clause-cue", 0.75) if clausal or stop - first > 3 else None
        if self._set_off(behind):
            if behind + 1 < self.count and self.low[behind + 1] in DASH:
                behind += 1
            limit = self._limit(behind + 1)
            if limit > behind + 1 and not self._is_participle(behind + 1):
                inside = clause.level is not None and cue.inverted and self.words.tag != "en"
                if (
                    not inside
                    and clausal
                    and self._finite_from(behind + 1, limit)
                    and self.low[behind + 1] in self.words.joiners
                ):
                    return self._made(first, stop, "clause-cue", 0.7)
                found = self._in_pieces([(first, stop), (behind + 1, limit)], "interrupted-clause", 0.75)
                if inside:  # «Мы ждали, — сказал он, — и никто не пришёл»
                    return Content(found.spans, "direct", "interrupted-quotation", 0.85, [])
                return found
            return self._made(first, stop, "clause-cue", 0.75)
        adverbial = self.low[behind] in self.words.prepositions or self.low[behind] in self.words.calendar
        timed = self.low[behind] in self.words.time_words or self.low[behind] in self.words.time_openers
        if clausal and (adverbial or timed or self.low[behind] in self.words.subordinators):
            return self._made(first, stop, "clause-cue", 0.7)
        return None

    def as_said(self) -> Content | None:
        """ "The plan, as the union has said, will fail": what stands around it, or the clause with "that" behind."""
        cue, low = self.cue, self.low
        at = cue.lead - 1
        if at < 0 or low[at] not in self.words.as_ or not cue.own or SPOKEN.isdisjoint(self.frames):
            return None
        behind = max(cue.tail, cue.stop)
        if self._set_off(behind) and behind + 1 < self.count:
            limit = self._limit(behind + 1)
            if low[behind + 1] in self.words.that or at == 0 or (at == 1 and self.clause.mark(0)):
                return self._made(behind + 1, limit, "as-clause", 0.7)
        first = self._left()
        stop = self._trimmed(first, at)
        if stop > first and self._set_off(behind) and not self._finite_from(first, stop):
            limit = self._limit(behind + 1)
            if limit > behind + 1:
                return self._in_pieces([(first, stop), (behind + 1, limit)], "as-clause", 0.7)
        if stop > first and (behind >= self.count or self.clause.mark(behind)):
            return self._made(first, stop, "as-clause", 0.7)
        return None

    def according(self) -> Content | None:
        """ "According to X, …", "…, according to X"."""
        cue, clause = self.cue, self.clause
        first = self._left()
        stop = cue.first
        while first < stop and (clause.mark(first) or self.low[first] in self.words.that) and clause.quote[first] < 0:
            first += 1
        behind = cue.tail
        relative = self.words.relative | self.words.that | self.words.wh | self.words.joiners
        if stop - first > 1 and self._set_off(cue.first - 1) and self.low[cue.first - 2] in relative:
            stop = first  # "a night in which, according to one side, …"
        inside = self._set_off(behind) and self._set_off(cue.first - 1) and stop > first
        if inside and self.low[first] not in self.words.prepositions and not self._finite_from(first, stop):
            limit = self._limit(behind + 1)
            if limit > behind + 1:
                return self._in_pieces([(first, stop), (behind + 1, limit)], "according-to", 0.75)
        if stop - first > 1 and self._finite_from(first, stop):
            return self._made(first, stop, "according-to", 0.75)
        while behind < self.count and clause.mark(behind) and clause.quote[behind] < 0:
            behind += 1
        self.limit = self._limit(behind)
        found = self._made(behind, self.limit, "according-to", 0.75)
        if found is None and stop > first:
            return self._made(first, stop, "according-to", 0.6)
        return found

    def passive(self) -> Content | None:
        """ "It was reported that …", "X is said to …", "X was condemned by Y"."""
        cue, words = self.cue, self.words
        if cue.inverted:
            if cue.subject is None:
                return None
            pieces = [cue.subject, (cue.stop, cue.agent), (cue.tail, self._limit(cue.tail))]
            held = [(first, stop) for first, stop in pieces if self._trimmed(first, stop) > first]
            return self._in_pieces(held, "passive", 0.6)
        first = cue.stop
        late = next((at for at in range(first, min(first + 8, self.count)) if self.low[at] in words.that), None)
        impersonal = cue.subject is None or self.low[cue.subject[0]] in words.neuter
        told = cue.verb.lemma in words.hearing
        if late is not None and "that" in self.frames and (impersonal or told):
            if self.clause.mark(late - 1) and words.tag == "en":
                return None
            return self.clause_from(late, "passive-that", 0.6)
        if cue.subject is None or first >= self.count or self.low[first] not in words.to:
            return None
        if not self._is_infinitive(first) or cue.verb.lemma not in words.impersonal:
            return None
        limit = self._limit(first)
        if limit <= first + 1:
            return None
        spans = [self.clause.span(*cue.subject), self.clause.span(first, limit)]
        return self._content(spans, cue.subject[0], limit, "passive-infinitive", 0.6, "indirect")
