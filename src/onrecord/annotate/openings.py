"""What a cue opens: the quotation beside it, the clause, question or infinitive behind it, the thing that it names."""

from __future__ import annotations

from onrecord.annotate.bounds import TITLE, Bounds, Content
from onrecord.annotate.clauses import COMMA, ENDS, SEPARATING, STRONG
from onrecord.annotate.quotes import Quote
from onrecord.annotate.sources import in_name
from onrecord.model import Act

GAP = 14
"""Tokens between a cue and the words it opens ("told reporters in Orsk on Monday that …")."""
MOST_MARKS = 2
"""Marks that may part a quotation from its cue."""
_CLOSING_MARKS = " '’”\"»›\xa0"
_NAMED = frozenset({"object", "as", "obj-to", "to", "of", "for", "about", "on"})
_NOMINAL = frozenset({"object", "as", "obj-to", "to"})
"""Frames in which a noun may stand behind the verb; who vows to do something may vow it."""
_COMMITTED: frozenset[Act] = frozenset(("promise", "threaten", "refuse", "offer", "demand"))
SPOKEN = frozenset({"that", "quote"})


class Openings(Bounds):
    """The rules for what stands beside a cue or behind it, each `None` where it does not fit."""

    def quoted_before(self) -> Content | None:
        """“…,” she said; “…,” said the minister; and what the same sentence goes on to quote."""
        cue, clause = self.cue, self.clause
        if not cue.own and cue.source is None and not self.words.drops_subject:
            return None
        if SPOKEN.isdisjoint(self.frames) or (cue.verb.shape == "ing" and not cue.inverted):
            return None
        at = cue.lead - 1
        while at >= 0 and cue.lead - at <= MOST_MARKS + 1 and clause.quote[at] < 0 and self._parts(at):
            at -= 1
        if at < 0 or clause.quote[at] < 0:
            return None
        announces = (self.low[-1] == ":" or self._announces()) and not any(
            number >= 0 for number in clause.quote[cue.stop :]
        )
        if self.behind < self.count and self.low[self.behind] == ":":
            return None
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
        return self.low[at] in SEPARATING or self.low[at] in ENDS

    def _is_over(self, quote: Quote, at: int) -> bool:
        """What is quoted ends as a sentence or with a comma, inside the marks or behind them."""
        last = quote.spans[-1]
        inner = self.clause.text[max(last.start, last.end - 8) : last.end].rstrip(_CLOSING_MARKS)[-1:] or "."
        follows = self.low[at + 1] if at + 1 < self.count else ""
        marked = follows in SEPARATING
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

    def opened(self) -> Content | None:
        """ "said that …", "vowed to …", "asked whether …", "said: …", "said “…”", with what may stand between."""
        first = self.behind
        at = first
        spoken = not SPOKEN.isdisjoint(self.frames)
        particles = self.words.question_particles
        while at < min(self.bound, first + GAP):
            low = self.low[at]
            if self.clause.quote[at] >= 0:
                return self._quoted(at) if spoken else None
            if low in self.words.that and self._is_that(at):
                return self.clause_from(at, "that-clause", 0.75) if "that" in self.frames else None
            if low in self.words.to and at == first and self._is_infinitive(at):
                return self.clause_from(at, "infinitive", 0.75) if "to" in self.frames else None
            bare = not self.words.to or self.words.tag != "en"
            if bare and at == first and "to" in self.frames and low.endswith(self.words.infinitive_endings):
                return self.clause_from(at, "infinitive", 0.75)
            if low in COMMA and at == first and spoken and not particles.isdisjoint(self.low[at + 1 : at + 4]):
                return self.clause_from(at + 1, "question-clause", 0.7)
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
        return low.endswith(words.adverb_endings) or low in words.objects

    def _is_that(self, at: int) -> bool:
        """A conjunction, not "that day" or the end of the sentence."""
        if at + 1 >= self.count:
            return False
        following = self.low[at + 1]
        if self.words.tag == "en" and self.low[at - 1] in self.words.prepositions:
            return False
        if self.words.tag == "en" and self._ends_at(at + 2) and self.low[at + 1].isalpha():
            return self.clause.quote[at + 1] >= 0
        return not (self.clause.mark(at + 1) and following not in COMMA and self.clause.quote[at + 1] < 0)

    def _ends_at(self, at: int) -> bool:
        return at >= self.count or (self.clause.mark(at) and self.clause.quote[at] < 0)

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
                following in words.prepositions | words.determiners
                or following in words.pronouns | words.objects
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
        if low not in words.time_openers or at + 1 >= self.limit or self.names.over(self.clause.starts[at + 1]):
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
        pronoun = self.low[first] in words.pronouns and self.low[first] not in words.determiners
        if pronoun or self.low[first] in words.nobody:
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
            if (low in words.subordinators and low not in words.that) or low in words.relative:
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

    def named(self) -> Content | None:
        """ "condemned the attack", "urged both sides to meet", "accused him of lying", "spoke of ten dead"."""
        first = self.behind
        words = self.words
        while first < self.limit and self._is_time(first):
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
        blamed = words.tag != "en" and low in words.about and not {"of", "to", "obj-to"}.isdisjoint(self.frames)
        if prepositional or blamed:  # "reproche au ministère d’avoir …"
            return self._made(first, self.limit, "preposition", 0.6)
        plain = _NOMINAL & self.frames
        if self.cue.verb.act not in _COMMITTED:
            plain -= {"to"}
        asked = words.to | words.for_
        if plain == {"obj-to"} and asked.isdisjoint(self.low[first:]) and words.tag == "en":
            return None
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
        if self.cue.verb.lemma in words.naming and not self._names_something(first):
            return None
        single = words.to.isdisjoint(self.low[self.cue.first : self.cue.stop])
        if low == "not" or (single and self.limit == first + 1 and (low in words.objects or low in words.pronouns)):
            return None
        if low in words.nobody:
            return None
        return self._made(first, self._object_end(first), "object", 0.5)

    def _names_something(self, first: int) -> bool:
        """ "Called it a trap", "called the plan “a trap”", not "called her brother at noon"."""
        if any(number >= 0 for number in self.clause.quote[first : self.limit]):
            return True
        rest = self.low[first + 1 : self.limit]
        if self.low[first] in self.words.objects and self.low[first] not in self.words.possessives:
            return bool(rest) and rest[0] not in self.words.prepositions | self.words.time_words
        return any(low in self.words.determiners for low in rest)

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
            if self.low[at] in COMMA and not in_name(self.clause, at, self.names):
                return None
            if self.low[at][0].isdigit() or self.low[at] in self.words.numbers or self.clause.quote[at] >= 0:
                ends = (i for i in range(at, self.limit) if self._ends_figure(i))
                end = next(ends, self.limit)
                return self._made(first, end, "figure", 0.6)
        return None

    def _ends_figure(self, at: int) -> bool:
        """A comma, or "and" with a further subject: "12 dead, and the ministry five"."""
        low = self.low[at]
        if low in COMMA:
            return True
        further = at + 1 < self.limit and self.low[at + 1] in self.words.determiners
        return low in self.words.coordinators and further
