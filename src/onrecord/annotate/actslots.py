"""The words that fill the roles of an act: to whom, about whom, what, by when, on what condition, how strongly.

A phrase begins right behind the cue and goes on to what the genre's grammar puts behind it: "X *to* do", "X *for* Y",
"*that* X do", a stop. Words that do so are data (`[slots]` of `acts.toml`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.annotate.actwords import ActWords
from onrecord.annotate.clauses import COMMA, MARKS, Clause
from onrecord.annotate.conditions import phrase_at
from onrecord.annotate.conjugation import infinitive
from onrecord.annotate.hearers import object_begins
from onrecord.annotate.performing import Doing
from onrecord.annotate.sources import Names, Tokens, in_name
from onrecord.model import Act, Slot, SlotRole, TimeExpression
from onrecord.text.spans import Span

_DIRECTED: frozenset[Act] = frozenset(("demand", "request", "urge", "invite", "warn", "promise", "claim", "recall"))
_TIMED: frozenset[Act] = frozenset((
    "demand", "request", "urge", "invite", "offer", "warn", "promise", "threaten", "decide", "refuse", "announce",
))  # fmt: skip
ABOUT: frozenset[Act] = frozenset(("condemn", "praise", "support", "concern", "accuse", "refuse", "deny"))
PHRASE = 28
"""Tokens that a phrase for an addressee or target may have."""
BEFORE_CUE = 5
"""Tokens before a cue among which a phrase stands that strengthens it."""
BEFORE_TIME = 4
"""Tokens before a time within which the word stands that makes it a deadline."""


_NAMED = frozenset(("person", "organization", "place"))


class Times:
    """The time expressions of a text by place."""

    def __init__(self, times: Sequence[TimeExpression]) -> None:
        self.times = times
        self.starts = [time.start for time in times]

    def between(self, start: int, end: int) -> Sequence[TimeExpression]:
        return self.times[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def slots(clause: Clause, words: ActWords, doing: Doing, names: Names, times: Times) -> list[Slot]:
    """What fills the roles of an act, in the order of the text. Needs `doing.end`."""
    return sorted(_Filling(clause, words, doing, names, times).slots(), key=place)


def beside_cue(clause: Clause, words: ActWords, doing: Doing, names: Names, times: Times) -> list[Slot]:
    """Of them, what tells when, not, and how."""
    if doing.negated is None and doing.act not in _TIMED and _is_plain(clause, words, doing):
        return []
    return sorted(_Filling(clause, words, doing, names, times).around(), key=place)


def _is_plain(clause: Clause, words: ActWords, doing: Doing) -> bool:
    """Whether no word in an act's clause may strengthen or soften it."""
    first = max(0, min(doing.lead, doing.first) - BEFORE_CUE)
    return words.strength.isdisjoint(clause.low[first : max(doing.end, doing.stop + 2)])


def place(slot: Slot) -> tuple[Span, str]:
    return slot.spans[0], slot.role


class _Filling:
    __slots__ = ("clause", "doing", "low", "names", "sets", "times", "words")

    def __init__(self, clause: Clause, words: ActWords, doing: Doing, names: Names, times: Times) -> None:
        self.clause, self.words, self.doing, self.names, self.times = clause, words, doing, names, times
        self.low = clause.low
        self.sets = words.sets

    def slots(self) -> Iterator[Slot]:
        """All of them."""
        doing = self.doing
        if doing.subject is not None:
            yield self._slot("performer", doing.subject)
        rest = self._content()
        addressee, rest = self._addressee(rest)
        if addressee is not None:
            yield self._slot("addressee", addressee)
        if doing.act in ABOUT and rest is not None and (target := self._target(rest)) is not None:
            yield self._slot("target", target)
            rest = self._behind(target[1], rest[1])
        if rest is not None and (rest := self._trimmed(*rest)) is not None:
            yield Slot("content", (self.clause.span(*rest),))
        if doing.condition is not None:
            yield Slot("condition", (self.clause.span(*doing.condition),))
        yield from self.around()

    def around(self) -> Iterator[Slot]:
        """Those of when, not, and how."""
        if self.doing.act in _TIMED:
            yield from self._deadlines()
        if self.doing.negated is not None:
            yield Slot("negation", (self.clause.span(*self.doing.negated),))
        for one in self._intensity():
            yield Slot("intensity", (self.clause.span(*one),))

    def _slot(self, role: SlotRole, tokens: Tokens) -> Slot:
        span = self.clause.span(*tokens)
        named = [it for it in self.names.between(span.start, span.end) if it.type in _NAMED]
        if not named or (len(named) > 1 and named[1].type != "place"):
            return Slot(role, (span,))
        before = self.low[tokens[0] : self.clause.at(named[0].start)]
        heads = self.clause.words.prepositions.isdisjoint(before) and self.clause.words.of.isdisjoint(before)
        return Slot(role, (span,), named[0].entity if heads else None)

    # -- what ----------------------------------------------------------------------------------------------------------

    def _content(self) -> Tokens | None:
        """Everything behind the cue that belongs to the act, up to a condition there."""
        stop, held = self.doing.end, self.doing.condition
        if held is not None and self.doing.stop <= held[0] < stop:
            stop = held[0]
        subject = self.doing.subject
        behind = subject is not None and subject[0] == self.doing.stop  # Arabic: the verb comes first
        return self._between(subject[1] if subject is not None and behind else self.doing.stop, stop)

    def _between(self, first: int, stop: int) -> Tokens | None:
        """Without marks and "and" at the ends."""
        low, quote, ties = self.low, self.clause.quote, self.sets["and"]
        while first < stop and low[first] in MARKS and quote[first] < 0:
            first += 1
        while stop > first and (low[stop - 1] in ties or (low[stop - 1] in MARKS and quote[stop - 1] < 0)):
            stop -= 1
        return (first, stop) if first < stop else None

    def _trimmed(self, first: int, stop: int) -> Tokens | None:
        """... nor "that", "to", "not to" or a form of "be" in front."""
        low, sets = self.low, self.sets
        be = sets["be"] if self.doing.rule == "opener" else ()
        while first < stop and (
            low[first] in sets["that"]
            or low[first] in sets["to"]
            or low[first] in be
            or (low[first] in MARKS and self.clause.quote[first] < 0)
        ):
            first += 1
        return self._between(first, stop)

    def _behind(self, first: int, stop: int) -> Tokens | None:
        """What is left behind a target, past the word that ties it to that."""
        if first < stop and self.low[first] in self.sets["ends_target"] and self.low[first] not in self.sets["closes"]:
            first += 1
        return self._between(first, stop)

    # -- to whom -------------------------------------------------------------------------------------------------------

    def _addressee(self, content: Tokens | None) -> tuple[Tokens | None, Tokens | None]:
        """To whom an act is said, and what is left of its content."""
        doing = self.doing
        if doing.heard is not None and content is not None and content[0] <= doing.heard[0] < content[1]:
            return doing.heard, self._between(doing.heard[1], content[1])
        if doing.heard is not None or content is None or self.words.inflected:
            return doing.heard, content  # of inflected languages `hearers` has found them
        if doing.act in ("condole", "offer") or (doing.rule == "opener" and doing.act not in ABOUT):
            return self._to_whom(*content)
        if doing.act not in _DIRECTED or doing.rule in ("future", "consequence", "adjective"):
            return None, content
        if doing.rule == "imperative":
            lets = self.low[doing.first] in self.sets["let"]
            phrase = self._phrase(*content, subject=True) if lets else None
            return phrase, content if phrase is None else self._between(phrase[1], content[1])
        return self._asked(*content)

    def _asked(self, first: int, stop: int) -> tuple[Tokens | None, Tokens | None]:
        """ "X to …", "that X …", "X for …", "of X that …", "an answer from X"."""
        low, sets, content = self.low, self.sets, (first, stop)
        if low[first] in sets["hearers"] and first + 1 < stop and not self._more(first + 1):
            return (first, first + 1), self._between(first + 1, stop)
        if low[first] in sets["that"]:
            phrase = self._phrase(first + 1, stop, subject=True)
            acts = phrase is not None and phrase[1] < stop and low[phrase[1]] not in sets["be"] | sets["negations"]
            return (phrase if acts and self.doing.act in ("demand", "request", "urge") else None), content
        if low[first] in sets["to"]:
            if first + 1 >= stop or not self._noun(first + 1):
                return None, content
            first += 1
        elif low[first] in sets["from_whom"]:
            if self.doing.act not in ("demand", "request", "urge"):
                return None, content
            first += 1
        elif low[first] in sets["no_addressee"]:
            return self._from_whom(first, stop), content
        phrase = self._phrase(first, stop)
        if phrase is None:
            return None, content
        if phrase[1] >= stop:
            alone = (
                self.doing.act in ("invite", "claim", "warn", "recall")
                or first > content[0]
                or low[first] in sets["hearers"]
            )
            named = self._one(phrase) or self.doing.act == "claim"
            return (phrase, None) if alone and named else (self._from_whom(first, stop), content)
        if first == content[0] and self._is_thing(phrase):
            return self._from_whom(first, stop), content
        if (
            first > content[0]
            or low[phrase[1]] in sets["ties"]
            or low[phrase[1]] in sets["that"]
            or low[phrase[1]] in sets["to"]
            or low[phrase[1]] in sets["negations"]
        ):
            return phrase, (phrase[1] + (low[phrase[1]] in sets["ties"]), stop)
        if low[phrase[1]] in COMMA and not sets["to"].isdisjoint(low[phrase[1] : phrase[1] + 14]):
            return phrase, (phrase[1], stop)
        if self.doing.act == "claim":
            return phrase, self._between(phrase[1], stop)
        return self._from_whom(first, stop), content

    def _is_thing(self, phrase: Tokens) -> bool:
        """ "Demand bread for all", "call for help for the families": what is asked, and for whom, not who is asked."""
        if self.doing.act not in ("demand", "request", "urge") or self.low[phrase[1]] not in self.sets["ties"]:
            return False
        bare = not self._noun(phrase[0]) and not self.low[phrase[1] - 1].endswith("s") and not self._one(phrase)
        return bare or self.doing.act == "demand" or self.low[self.doing.stop - 1] == self.low[phrase[1]]

    def _more(self, at: int) -> bool:
        """ "Everyone with a cart", "those who stayed": more of the phrase follows."""
        low = self.low[at]
        return low in self.clause.words.of or low in self.sets["closes"] or low in self.sets["beside"]

    def _one(self, phrase: Tokens) -> bool:
        """Whether a phrase names somebody."""
        span = self.clause.span(*phrase)
        return bool(self.names.between(span.start, span.end)) or self.low[phrase[0]] in self.sets["hearers"]

    def _noun(self, at: int) -> bool:
        """Whether a noun phrase begins at a token, so that "to" before it opens no infinitive."""
        low = self.low[at]
        return low in self.clause.words.determiners or low in self.sets["hearers"] or self.clause.capital(at)

    def _from_whom(self, first: int, stop: int) -> Tokens | None:
        """ "An answer from the ministry": where somebody is named behind "from" or "of"."""
        if self.doing.act not in ("demand", "request"):
            return None
        for at in range(first, min(stop - 1, first + PHRASE)):
            if self.low[at] in self.sets["whence"]:
                phrase = self._phrase(at + 1, stop, until=self.sets["deadline_sure"])
                return phrase if phrase is not None and self._one(phrase) else None
        return None

    def _phrase(
        self, first: int, stop: int, subject: bool = False, until: frozenset[str] = frozenset()
    ) -> Tokens | None:
        """The noun phrase at the head of some tokens: up to "to" before a verb, "for", "that", a stop."""
        low, sets, quote = self.low, self.sets, self.clause.quote
        at = first
        limit = min(stop, first + PHRASE)
        if first < stop and low[first] in sets["negations"]:
            return None
        while at < limit:
            if at > first and (low[at] in until or self._ends_phrase(at, limit) or (subject and self._verbal(at))):
                break
            if low[at] in MARKS and quote[at] < 0 and (low[at] not in COMMA or not self._listed(at, limit)):
                break
            at += 1
        while at > first and (
            low[at - 1] in MARKS or low[at - 1] in sets["adverbs"] or low[at - 1] in self.words.intensity
        ):
            at -= 1
        return (first, at) if first < at else None

    def _ends_phrase(self, at: int, limit: int) -> bool:
        low, sets = self.low[at], self.sets
        if low in sets["to"]:
            return self.doing.act == "invite" or at + 1 >= limit or not self._noun(at + 1)
        return low in sets["that"] or low in sets["ties"] or low in sets["negations"]

    def _listed(self, comma: int, limit: int) -> bool:
        """Whether a comma stands inside a list of those addressed ("growers, millers and boatmen to …")."""
        ahead = self.low[comma + 1 : min(limit, comma + 8)]
        return not (self.sets["and"] | self.sets["to"]).isdisjoint(ahead)

    def _verbal(self, at: int) -> bool:
        """A finite form, an infinitive or a subjunctive: where the subject of a clause ends."""
        low = self.low[at]
        return (
            low in self.clause.words.finite
            or low in self.words.imperatives
            or low in self.sets["be"]
            or low in self.sets["subjunctives"]
        )

    def _to_whom(self, first: int, stop: int) -> tuple[Tokens | None, Tokens | None]:
        """ "Our condolences to the families", "offers the union talks", "offer to both sides …"."""
        low, sets = self.low, self.sets
        whole = first, stop
        if low[first] not in sets["to"] and self.doing.act in ("offer", "promise"):
            named = self.names.over(
                self.clause.starts[first + (low[first] in self.clause.words.determiners and first + 1 < stop)]
            )
            second = next((n for n in range(first + 1, min(stop, first + 8)) if low[n] in sets["articles"]), stop)
            if named is not None and (after := self.clause.at(named.end)) < stop and low[after] not in sets["to"]:
                return (first, after), (after, stop)
            if second < stop and low[first] in sets["articles"] | sets["hearers"] and not self._tied(first, second):
                return (first, second), (second, stop)
        for at in range(first, min(stop - 1, first + 8)):
            if low[at] in sets["to"] | sets["beside"] and self._noun(at + 1):
                phrase = self._phrase(at + 1, stop, subject=True)
                return phrase, None if phrase is None else (phrase[1], stop)
        return None, whole

    def _tied(self, first: int, stop: int) -> bool:
        """Whether a preposition ties the second noun to the first ("the use of its house")."""
        return any(self.low[n] in self.clause.words.prepositions for n in range(first, stop))

    # -- about whom ----------------------------------------------------------------------------------------------------

    def _target(self, content: Tokens) -> Tokens | None:
        """The noun phrase that an act is about; none where a clause or an infinitive follows."""
        first, stop = content
        low, sets, phrases = self.low, self.sets, self.words.intensity_phrases
        if self.doing.rule in ("future", "must", "consequence") or low[first] in sets["closes"]:
            return None
        if low[first] in sets["that"] or low[first] in sets["wh"]:
            return None
        if low[first] in sets["to"] and not (first + 1 < stop and self._noun(first + 1)):
            return None
        while first < stop and (skip := phrase_at(self.clause, first, phrases) or self._led_in(first)):
            first = max(skip, first + 1)
        if first >= stop or low[first] in sets["that"] or low[first] in sets["wh"]:
            return None
        if self.words.inflected and infinitive(self.words.tag, low[first]):
            return None
        at, limit = first, min(stop, first + PHRASE)
        dated = self._dated(first, stop)
        while at < limit and not (low[at] in MARKS and self._parts(at)):
            if at > first and (
                at == dated
                or self._ends_target(first, at)
                or (low[at] in phrases and phrase_at(self.clause, at, phrases))
            ):
                break
            at += 1
        return (first, at) if at > first else None

    def _parts(self, at: int) -> bool:
        """Whether a mark ends a phrase: one that is no part of a name ("Ministry of Water, Roads and Ferries")."""
        clause = self.clause
        return clause.mark(at) and clause.quote[at] < 0 and not in_name(clause, at, self.names)

    def _ends_target(self, first: int, at: int) -> bool:
        low, sets = self.low[at], self.sets
        if low in sets["ends_target"]:
            return True
        if self.words.inflected and self.doing.act == "praise":
            return low in sets["thanked_on"] or object_begins(self.clause, sets["adverbs"], at)
        accused = (
            sets["accused_of"]
            if self.doing.act == "accuse"
            else sets["thanked_on"]
            if self.doing.act == "praise"
            else ()
        )
        if low not in accused or self.names.over(self.clause.starts[at]) is not None:
            return False
        return self.doing.act == "accuse" or self._one((first, at))

    def _led_in(self, at: int) -> int:
        """Past a preposition or an adverb in front of a target."""
        return at + 1 if self.low[at] in self.sets["leads_target"] or self.low[at] in self.words.intensity else 0

    def _dated(self, first: int, stop: int) -> int:
        """The token, a preposition, before the last time expression among some tokens; -1 where there is none."""
        clause = self.clause
        for time in self.times.between(clause.starts[first], clause.ends[stop - 1]):
            at = clause.at(time.start)
            if (
                at > first + 1
                and time.end >= clause.ends[stop - 1]
                and self.low[at - 1] in clause.words.prepositions - clause.words.of
            ):
                return at - 1
        return -1

    # -- when, how -----------------------------------------------------------------------------------------------------

    def _deadlines(self) -> Iterator[Slot]:
        """Time expressions behind "by", "before", "within", "until" in what an act is about."""
        doing, clause = self.doing, self.clause
        last = min(doing.end, len(clause))
        if doing.lead >= last:
            return
        times = self.times.between(clause.starts[doing.lead], clause.ends[last - 1])
        if not times:
            return
        held = clause.span(*doing.condition) if doing.condition is not None else Span(-1, -1)
        for time in times:
            if held.start <= time.start < held.end:
                continue
            at = clause.at(time.start)
            for back in range(min(at, last - 1), max(doing.lead, at - BEFORE_TIME) - 1, -1):
                if self.low[back] in self.sets["deadline_sure"]:
                    first = back - 2 if self.low[back] in self.sets["than"] and back > 1 else self._led(back)
                    yield Slot("deadline", (Span(min(clause.starts[first], time.start), time.end),), None, time.value)
                    break
                if clause.mark(back):
                    break

    def _led(self, back: int) -> int:
        """Where a deadline of several words begins ("au plus tard", "в течение", "في غضون")."""
        phrases = self.words.phrases["deadline"]
        first = max(self.doing.lead, back - 3)
        return next((n for n in range(first, back) if phrase_at(self.clause, n, phrases) > back), back)

    def _intensity(self) -> list[Tokens]:
        """Adverbs beside the cue, adjectives of its noun, phrases in its clause."""
        doing, low, words = self.doing, self.low, self.words
        if _is_plain(self.clause, words, doing):
            return []
        spans: set[Tokens] = set()
        first, stop = max(0, doing.lead, doing.first - 4), min(len(low), doing.stop + 2)
        noun = doing.light or ((first, stop) if doing.rule == "opener" else (0, 0))
        if not words.adjectives.isdisjoint(low[noun[0] : noun[1]]):
            spans.update((at, at + 1) for at in range(*noun) if low[at] in words.adjectives)
        if not words.intensity.isdisjoint(low[first:stop]):
            spans.update((at, at + 1) for at in range(first, stop) if low[at] in words.intensity)
        phrases = words.intensity_phrases
        first, stop = max(0, doing.first - BEFORE_CUE), min(doing.end, len(low))
        if not phrases.keys().isdisjoint(low[first:stop]):
            for at in range(first, stop):
                if low[at] in phrases and (end := phrase_at(self.clause, at, phrases)):
                    spans = {span for span in spans if not at <= span[0] < end}
                    spans.add((at, end))
        return sorted(spans)
