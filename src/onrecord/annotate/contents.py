"""What a cue reports: the quotation beside it, the clause that it opens, or the clause that it closes or interrupts.

Each way is a rule with a name; the first that fits is taken. The words that a cue reports end with their sentence, at a
semicolon that begins something else, or where the sentence goes on from its first speaker ("…, and urged …").
"""

from __future__ import annotations

from msgspec import Struct

from onrecord.annotate.clauses import CLOSING, COMMA, DASH, ENDS, OPENING, STRONG, Clause
from onrecord.annotate.quotes import Quote
from onrecord.annotate.saying import CueAt
from onrecord.annotate.sources import Names
from onrecord.model import AttributionKind
from onrecord.text.spans import Span

GAP = 14
"""Tokens between a cue and the words it opens ("told reporters in Orsk on Monday that …")."""
TITLE = 6
"""Words that a title in quotation marks may have."""
MOST_MARKS = 2
_CLOSING_MARKS = " '’”\"»›\xa0"
_NAMED = frozenset({"object", "as", "obj-to", "of", "for", "about", "on"})
_SPOKEN = frozenset({"that", "quote"})


class Content(Struct, gc=False):
    """What is reported. `quotes`: the quotations that are all of it; `open`: it goes on behind the clause's colon."""

    spans: list[Span]
    kind: AttributionKind
    rule: str
    confidence: float
    quotes: list[int]
    open: bool = False


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
    if cue.passive:
        return reader.passive()
    if cue.verb.shape == "noun":
        return reader.noun()
    return reader.quoted_before() or reader.opened() or reader.as_said() or reader.closed() or reader.named()


class _Reader:
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
        self.limit = self._limit(self.behind)

    # -- bounds --------------------------------------------------------------------------------------------------------

    def _limit(self, first: int) -> int:
        """The token behind the last one that the cue may report."""
        end = self._before_next_cue(first, self.count)
        depth = 0
        opener = self.low[first] if first < self.count else ""
        for at in range(first, end):
            low = self.low[at]
            if low in OPENING:
                depth += 1
            elif low in CLOSING:
                if not depth:
                    end = at
                    break
                depth -= 1
            elif (low in STRONG and not self._goes_on(at + 1, opener)) or (
                low in COMMA and not depth and (self._is_subordinate() or self._ends_here(at, end))
            ):
                end = at
                break
        self.bound = end
        return self._trimmed(first, end)

    def _ends_here(self, comma: int, end: int) -> bool:
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
        if following in words.pronouns and following not in words.determiners:
            return False
        stop = next((i for i in range(at + 1, min(end, at + 8)) if self.low[i] in words.finite), None)
        return stop is not None and not any(self.clause.mark(i) for i in range(at + 1, stop))

    def _is_subordinate(self) -> bool:
        """ "When she said that it rained, …": the clause of the cue ends with the comma."""
        at = self.cue.lead - 1
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
        if at <= first:
            return None
        low = self.low[at]
        if low in COMMA:
            if self.low[at - 1] in self.words.coordinators and other.verb.shape == "phrase":
                at -= 1
            participle = other.verb.shape == "ing" and not other.own
            inside = other.verb.shape == "phrase" and other.tail + 1 < self.count and self._set_off(other.tail)
            return at if participle or (other.verb.shape == "phrase" and not inside) else None
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

    def _left(self) -> int:
        """Where the words before cue and source begin: behind the last semicolon, or a cue that opened them."""
        first = next((at + 1 for at in range(self.cue.lead - 1, -1, -1) if self.low[at] in STRONG), 0)
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

    # -- quotations ----------------------------------------------------------------------------------------------------

    def quoted_before(self) -> Content | None:
        """“…,” she said; “…,” said the minister; and what the same sentence goes on to quote."""
        cue, clause = self.cue, self.clause
        if not cue.own and cue.source is None and not self.words.drops_subject:
            return None
        if _SPOKEN.isdisjoint(self.frames) or (cue.verb.shape == "ing" and not cue.inverted):
            return None
        at = cue.lead - 1
        while at >= 0 and cue.lead - at <= MOST_MARKS + 1 and clause.quote[at] < 0 and self._parts(at):
            at -= 1
        if at < 0 or clause.quote[at] < 0:
            return None
        announces = (self.low[-1] == ":" or self._announces()) and not any(
            number >= 0 for number in clause.quote[cue.stop :]
        )
        if announces or (cue.stop < self.count and self.low[cue.stop] in self.words.that and self._is_that(cue.stop)):
            return None
        quote = self.quotes[clause.quote[at]]
        if not self._is_over(quote, at):
            return None
        if at + 1 < cue.lead and self.low[cue.lead - 1] in self.words.joiners:
            return None
        first = self._left()
        if self._is_title(first, at):
            return None
        opening = self._opening(first, at)
        confidence = 0.95 if quote.closed else 0.5
        if opening is not None:
            return self._made(opening, at + 1, "clause-cue", 0.8)
        used = [clause.quote[at]]
        more = self._continued()
        if more is not None:
            used.append(more)
        spans = [span for number in used for span in self.quotes[number].spans]
        return Content(spans, "direct", "quotation-cue", confidence, used)

    def _parts(self, at: int) -> bool:
        return self.low[at] in COMMA or self.low[at] in DASH or self.low[at] in ENDS

    def _is_over(self, quote: Quote, at: int) -> bool:
        """What is quoted ends as a sentence or with a comma, inside the marks or behind them."""
        last = quote.spans[-1]
        inner = self.clause.text[max(last.start, last.end - 8) : last.end].rstrip(_CLOSING_MARKS)[-1:] or "."
        follows = self.low[at + 1] if at + 1 < self.count else ""
        marked = follows in COMMA or follows in DASH
        if inner == "." and self.words.tag == "en" and not marked:
            return not self.clause.capital(self.cue.lead) or self.cue.inverted
        return inner in "!?…,،—–-." or marked or self.words.tag != "en"

    def _is_title(self, first: int, at: int) -> bool:
        """A few words quoted inside an adverbial before speaker and cue: "On “Morning in Marn,” she said …"."""
        quote = self.quotes[self.clause.quote[at]]
        short = self.clause.text.count(" ", quote.start, quote.end) < TITLE
        return first < at and short and self.low[first] in self.words.prepositions

    def _opening(self, first: int, at: int) -> int | None:
        """Where the clause begins whose end is quoted ("The plan is “a disaster,” she said"); `None`: all is quoted."""
        words = [i for i in range(first, at) if not self.clause.mark(i)]
        if not words or self.clause.text[self.quotes[self.clause.quote[at]].spans[0].start].isupper():
            return None
        if self.clause.quote[at - 1] < 0 and (self.low[at - 1] in COMMA or self.low[at - 1] == ":"):
            return None
        return words[0]

    def _continued(self) -> int | None:
        """The quotation that goes on right behind the cue: “…,” she said, “…”."""
        at = self.behind if self.cue.inverted else self.cue.stop
        for ahead in range(at, min(self.count, at + GAP)):
            if self.clause.quote[ahead] >= 0:
                before = self.low[ahead - 1]
                joined = before in self.words.coordinators and self.low[ahead - 2] in COMMA
                marked = ahead == at or before in COMMA or before in ".:—–" or joined
                return self.clause.quote[ahead] if marked else None
            if self.low[ahead] in STRONG:
                return None
        return None

    # -- the clause that a cue opens -----------------------------------------------------------------------------------

    def opened(self) -> Content | None:
        """ "said that …", "vowed to …", "asked whether …", "said: …", "said “…”", with what may stand between."""
        first = self.behind
        at = first
        spoken = not _SPOKEN.isdisjoint(self.frames)
        while at < min(self.bound, first + GAP):
            low = self.low[at]
            if self.clause.quote[at] >= 0:
                return self._quoted(at) if spoken else None
            if low in self.words.that and self._is_that(at):
                return self.clause_from(at, "that-clause", 0.75) if "that" in self.frames else None
            if low in self.words.to and at == first and self._is_infinitive(at):
                return self.clause_from(at, "infinitive", 0.75) if "to" in self.frames else None
            bare = not self.words.to or self.words.tag != "en"
            if bare and at == first and "to" in self.frames and low.endswith(self.words.infinitive_endings or ("\0",)):
                return self.clause_from(at, "infinitive", 0.75)
            if low in self.words.wh and at == first and spoken and self.limit > at + 1:
                return self.clause_from(at, "question-clause", 0.7)
            if low == ":":
                return self._after_colon(at + 1) if spoken else None
            if low in STRONG or low in ENDS or not self._may_pass(first, at):
                break
            at += 1
        if self._announces():
            return self._after_colon(self.count)
        return self._bare(first)

    def _announces(self) -> bool:
        """ "Made the following statement": what was said stands below, whatever mark ends the sentence."""
        return self.cue.span.of(self.clause.text).endswith(self.words.following)

    def _may_pass(self, first: int, at: int) -> bool:
        """Whether a hearer or an adverbial may stand here between the cue and what it opens."""
        low = self.low[first]
        words = self.words
        if self.cue.verb.lemma in words.hearing or "obj-to" in self.frames:
            return at - first < 12 and not (at > first and self.low[at] in words.finite)
        timed = low in words.time_openers and low not in words.determiners
        if low in words.calendar or low in words.prepositions or timed or low in COMMA or self._is_time(first):
            return not (self.low[at] in words.finite and at > first)
        return low.endswith(words.adverb_endings or ("\0",)) or low in words.pronouns

    def _is_that(self, at: int) -> bool:
        """A conjunction, not "that day" or the end of the sentence."""
        if at + 1 >= self.count:
            return False
        following = self.low[at + 1]
        if self.words.tag == "en" and self.low[at - 1] in self.words.prepositions:
            return False
        if self.words.tag == "en" and (at + 2 >= self.count or self.clause.mark(at + 2)) and self.low[at + 1].isalpha():
            return self.clause.quote[at + 1] >= 0
        return not (self.clause.mark(at + 1) and following not in COMMA and self.clause.quote[at + 1] < 0)

    def _is_infinitive(self, at: int) -> bool:
        """ "to" before a verb, not before a hearer."""
        if at + 1 >= self.count or (self.clause.mark(at + 1) and self.clause.quote[at + 1] < 0):
            return False
        following = self.low[at + 1]
        words = self.words
        if self.clause.quote[at + 1] >= 0:
            return self.clause.text[self.quotes[self.clause.quote[at + 1]].spans[0].start].islower()
        if words.tag == "en":
            nominal = (
                following in words.prepositions
                or following in words.determiners
                or following in words.pronouns
                or following[0].isdigit()
            )
            return not nominal and not self.clause.capital(at + 1) and self.clause.quote[at + 1] < 0
        return following.endswith(words.infinitive_endings)

    def _quoted(self, at: int) -> Content | None:
        """The quotation behind the cue, alone or as the beginning of a reported clause."""
        quote = self.quotes[self.clause.quote[at]]
        before = self.low[at - 1]
        initial = self.clause.text[quote.spans[0].start]
        whole = before == ":" or before in COMMA or initial.isupper() or not initial.isalpha()
        ends = at + 1 >= self.limit
        adjacent = at == self.behind or before in COMMA or before == ":"
        if not adjacent:
            return self._bare(self.behind)
        coordinated = at == self.behind and at + 2 < self.count and self.low[at + 1] in self.words.coordinators
        if whole or ends or coordinated:
            if self.cue.source is None and not self.words.drops_subject and not self.words.verb_first:
                return None
            rule = "cue-colon-quotation" if before == ":" else "cue-quotation"
            used = [self.clause.quote[at]]
            while at + 1 < self.count and self.clause.quote[at + 1] >= 0:
                at += 1
                used.append(self.clause.quote[at])
            spans = [span for number in used for span in self.quotes[number].spans]
            return Content(spans, "direct", rule, 0.9 if quote.closed else 0.5, used)
        return self._made(self.behind, self.limit, "bare-clause", 0.7)

    def _after_colon(self, first: int) -> Content | None:
        if first >= self.count:
            return Content([], "direct", "cue-colon", 0.6, [], open=True)
        if self.clause.quote[first] >= 0:
            return self._quoted(first)
        return self._made(first, max(self.limit, first), "colon-clause", 0.65)

    def _bare(self, first: int) -> Content | None:
        """A clause without "that": "said the plan had failed"."""
        words = self.words
        if first >= self.limit or self.cue.verb.lemma not in words.bare:
            return None
        while first < self.limit and self._is_time(first):
            first += 1
        if first >= self.limit:
            return None
        if self.cue.verb.lemma in words.hearing:
            first = self._past_hearer(first)
        if first >= self.limit or self.low[first] in words.prepositions or self.clause.mark(first):
            return None
        if self.low[first] in words.nothing:
            return None
        if not self._is_clause(first, self.limit):
            return None
        return self._made(first, self.limit, "bare-clause", 0.75)

    def _is_time(self, at: int) -> bool:
        """A word of a time, or one before it ("last week", "Friday morning")."""
        words = self.words
        low = self.low[at]
        if low in words.calendar or low in words.time_words:
            return True
        if low not in words.time_openers or at + 1 >= self.limit:
            return False
        return self.low[at + 1] in words.time_words or self.low[at + 1] in words.calendar

    def _past_hearer(self, first: int) -> int:
        """Behind whom something is told: a pronoun, a name, or a noun phrase."""
        words = self.words
        if self.low[first] in words.pronouns or self.low[first] in words.objects:
            return first + 1
        name = self.names.over(self.clause.starts[first])
        if name is not None:
            return self.clause.at(name.end - 1) + 1
        at = first + 1
        while at < min(self.limit, first + 6):
            low = self.low[at]
            if low in words.determiners or low in words.pronouns or self.names.over(self.clause.starts[at]):
                break
            at += 1
        return at

    def _is_clause(self, first: int, stop: int) -> bool:
        """Whether there is a finite verb, or at least a pronoun that calls for one."""
        words = self.words
        if self.low[first] in words.pronouns and self.low[first] not in words.determiners:
            return stop - first > 1
        if (
            stop - first > 3
            and self.cue.verb.lemma in words.hedges | words.saying
            and "to" not in self.low[first - 2 : first]
        ):
            return True
        for at in range(first, stop):
            low = self.low[at]
            if self.clause.quote[at] >= 0:
                return True
            if at == first:
                continue
            if low in words.subordinators and low not in words.that:
                break
            if low in words.finite or (low in words.pronouns and low not in words.determiners):
                return True
            if low.endswith(("ed", "n’t", "n't")):
                return True
            if any(verb.shape in ("s", "past") for _, verb in words.verbs.get(low, ())):
                return True
        singular = next((at for at in range(first, stop - 1) if self.low[at + 1].endswith("s")), None)
        return singular is not None and self._may_speak_of(first, singular + 1)

    def _may_speak_of(self, first: int, verb: int) -> bool:
        """ "the council meets": a determined or named singular before a word in -s."""
        head = self.low[verb - 1]
        named = self.names.over(self.clause.starts[verb - 1]) is not None
        return named or (not head.endswith("s") and self.low[first] in self.words.determiners and verb - first == 2)

    def clause_from(self, first: int, rule: str, confidence: float) -> Content | None:
        self.limit = self._limit(first)
        return self._made(first, self.limit, rule, confidence)

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
        for at in range(first + 1, stop):
            if not self._verbal(at) or self._verbal(at - 1):
                continue
            if seen and self.low[at - 1] not in self.words.joiners | self.words.that | self.words.relative:
                return at
            seen += 1
        return stop

    def _verbal(self, at: int) -> bool:
        return self.low[at] in self.words.finite or self.low[at].endswith("ed")

    # -- the clause that a cue closes or interrupts --------------------------------------------------------------------

    def closed(self) -> Content | None:
        """ "The plan has failed, she said", "The plan, she said, has failed"."""
        cue, clause = self.cue, self.clause
        if not cue.own or _SPOKEN.isdisjoint(self.frames) or not self._set_off(cue.lead - 1):
            return None
        first, stop = self._left(), cue.lead - 1
        while (
            first < stop and (clause.mark(first) or self.low[first] in self.words.joiners) and clause.quote[first] < 0
        ):
            first += 1
        if stop <= first:
            return None
        behind = max(cue.tail, cue.stop)
        clausal = any(self._finite(at) for at in range(first, stop))
        if behind >= self.count or (self._is_stop(behind) and not self._set_off(behind)):
            return self._made(first, stop, "clause-cue", 0.75) if clausal or stop - first > 3 else None
        if self._set_off(behind):
            limit = self._limit(behind + 1)
            if limit > behind + 1 and not self._is_participle(behind + 1):
                if clausal and self._finite_from(behind + 1, limit) and self.low[behind + 1] in self.words.joiners:
                    return self._made(first, stop, "clause-cue", 0.7)
                spans = [clause.span(first, self._trimmed(first, stop)), clause.span(behind + 1, limit)]
                kind = self._kind(first, limit)
                if clause.level is not None and self.low[behind] in DASH and self.words.tag != "en":
                    kind = "direct"  # «Мы ждали, — сказал он, — и никто не пришёл»
                    return Content(spans, kind, "interrupted-quotation", 0.85, [])
                return self._content(spans, first, limit, "interrupted-clause", 0.75, kind)
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
        if at < 0 or low[at] not in self.words.as_ or not cue.own or _SPOKEN.isdisjoint(self.frames):
            return None
        behind = max(cue.tail, cue.stop)
        if self._set_off(behind) and behind + 1 < self.count:
            limit = self._limit(behind + 1)
            if low[behind + 1] in self.words.that or at == 0 or (at == 1 and self.clause.mark(0)):
                return self._made(behind + 1, limit, "as-clause", 0.7)
        first = self._left()
        stop = self._trimmed(first, at)
        if stop > first and (behind >= self.count or self.clause.mark(behind)):
            return self._made(first, stop, "as-clause", 0.7)
        return None

    def _kind(self, first: int, stop: int) -> AttributionKind:
        return "mixed" if any(n >= 0 for n in self.clause.quote[first:stop]) else "indirect"

    def _set_off(self, at: int) -> bool:
        return 0 <= at < self.count and (self.low[at] in COMMA or self.low[at] in DASH)

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

    # -- what a cue names ----------------------------------------------------------------------------------------------

    def named(self) -> Content | None:
        """ "condemned the attack", "urged both sides to meet", "accused him of lying", "spoke of ten dead"."""
        first = self.behind
        words = self.words
        while first < self.limit and (self.low[first] in words.calendar or self.low[first] in words.time_words):
            first += 1
        counted = self._counted(first)
        if counted is not None:
            return counted
        if first >= self.limit or _NAMED.isdisjoint(self.frames):
            return None
        low = self.low[first]
        if self.clause.mark(first) and self.clause.quote[first] < 0:
            return None
        prepositional = any(
            frame in self.frames and low in opening
            for frame, opening in (("of", words.of), ("for", words.for_), ("on", words.on), ("about", words.about))
        )
        if prepositional:
            return self._made(first, self.limit, "preposition", 0.6)
        plain = {"object", "as", "obj-to"} & self.frames
        if not plain or low in words.prepositions or low in words.finite or low in words.subordinators:
            return None
        if self.cue.source is None or (self.cue.verb.shape == "base" and self.cue.first == self.cue.stop - 1):
            return None
        if self.cue.verb.lemma in words.hearing and (words.to | words.for_ | words.about).isdisjoint(
            self.low[first + 1 : self.limit]
        ):
            return None
        if self.clause.quote[first] >= 0 and self.limit == first + 1 and "object" not in plain:
            return None
        if self.cue.lead > 0 and self.low[self.cue.lead - 1] in self.words.wh:
            return None
        if self.limit == first + 1 and (low in words.objects or low in words.pronouns):
            return None
        if low in words.nobody:
            return None
        return self._made(first, self._object_end(first), "object", 0.5)

    def _object_end(self, first: int) -> int:
        """An object ends where "and" goes on behind a comma."""
        for at in range(first + 1, self.limit - 1):
            if self.low[at] in COMMA and self.low[at + 1] in self.words.coordinators:
                return at
        return self.limit

    def _counted(self, first: int) -> Content | None:
        """ "put the figure at nine", "counted 40 boats": figures are reported where one is named."""
        if first >= self.limit or self.cue.source is None or "figure" not in self.frames:
            return None
        for at in range(first, self.limit):
            if self.low[at] in COMMA:
                return None
            if self.low[at][0].isdigit() or self.low[at] in self.words.numbers or self.clause.quote[at] >= 0:
                end = next((i for i in range(at, self.limit) if self.low[i] in COMMA), self.limit)
                return self._made(first, end, "figure", 0.6)
        return None

    # -- phrases and passives ------------------------------------------------------------------------------------------

    def according(self) -> Content | None:
        """ "According to X, …", "…, according to X"."""
        cue, clause = self.cue, self.clause
        first = self._left()
        stop = cue.first
        while first < stop and clause.mark(first) and clause.quote[first] < 0:
            first += 1
        behind = cue.tail
        inside = self._set_off(behind) and self._set_off(cue.first - 1) and stop > first
        if inside and self.low[first] not in self.words.prepositions and not self._finite_from(first, stop):
            limit = self._limit(behind + 1)
            if limit > behind + 1:
                spans = [clause.span(first, self._trimmed(first, stop)), clause.span(behind + 1, limit)]
                return self._content(spans, first, limit, "according-to", 0.75, self._kind(first, limit))
        if stop - first > 1 and self._finite_from(first, stop):
            return self._made(first, stop, "according-to", 0.75)
        behind = cue.tail
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
        if cue.verb.shape == "noun":
            return self.noun()
        if cue.inverted:
            if cue.subject is None:
                return None
            pieces = [cue.subject, (cue.stop, cue.agent), (cue.tail, self._limit(cue.tail))]
            held = [(first, stop) for first, stop in pieces if self._trimmed(first, stop) > first]
            first, stop = held[0][0], held[-1][1]
            return self._content(
                [self.clause.span(*each) for each in held], first, stop, "passive", 0.6, self._kind(first, stop)
            )
        first = cue.stop
        late = next((at for at in range(first, min(first + 8, self.count)) if self.low[at] in words.that), None)
        impersonal = cue.subject is None or self.low[cue.subject[0]] in words.neuter
        told = cue.verb.lemma in words.hearing
        if late is not None and "that" in self.frames and (impersonal or told) and not self.clause.mark(late - 1):
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
