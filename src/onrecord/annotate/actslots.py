"""The words that fill the roles of an act: to whom, about whom, what, by when, on what condition, how strongly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.annotate.actwords import ActWords
from onrecord.annotate.binding import condition, phrase_at
from onrecord.annotate.clauses import COMMA, Clause
from onrecord.annotate.performing import Doing
from onrecord.annotate.sources import Names, Tokens
from onrecord.model import Act, Slot, SlotRole, TimeExpression
from onrecord.text.spans import Span

_DIRECTED: frozenset[Act] = frozenset(("demand", "request", "urge", "invite", "offer", "warn", "promise"))
_ABOUT: frozenset[Act] = frozenset(("condemn", "praise", "support", "concern", "accuse", "refuse", "deny"))
PHRASE = 28
"""Tokens that a phrase for an addressee or target may have."""
BEFORE_TIME = 5
"""Tokens before a time within which the word stands that makes it a deadline."""


class Times:
    """The time expressions of a text by place."""

    def __init__(self, times: Sequence[TimeExpression]) -> None:
        self.times = times
        self.starts = [time.start for time in times]

    def between(self, start: int, end: int) -> Sequence[TimeExpression]:
        return self.times[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def slots(clause: Clause, words: ActWords, doing: Doing, names: Names, times: Times) -> tuple[Slot, ...]:
    """What fills the roles of an act, in the order of the text. Needs `doing.end`."""
    found: list[Slot] = []
    if doing.subject is not None:
        found.append(_slot(clause, "performer", doing.subject, names))
    content = _content(clause, words, doing)
    addressee, rest = _addressee(clause, words, doing, content, names)
    if addressee is not None:
        found.append(_slot(clause, "addressee", addressee, names))
    target = _target(clause, words, doing, content, names) if doing.act in _ABOUT else None
    if target is not None:
        found.append(_slot(clause, "target", target, names))
        rest = (target[1], content[1]) if content is not None else None
    if rest is not None and (trimmed := _trim(clause, words, rest)) is not None:
        found.append(Slot("content", (clause.span(*trimmed),)))
    held = condition(clause, words, doing.subject or doing.heard, doing.first)
    if held is not None and _governs(clause, doing, held):
        found.append(Slot("condition", (clause.span(*held),)))
    found += _deadlines(clause, words, doing, times)
    if doing.negated is not None:
        found.append(Slot("negation", (clause.span(*doing.negated),)))
    found += (Slot("intensity", (clause.span(*one),)) for one in _intensity(clause, words, doing))
    return tuple(sorted(found, key=lambda slot: slot.spans[0]))


def _slot(clause: Clause, role: SlotRole, tokens: Tokens, names: Names) -> Slot:
    span = clause.span(*tokens)
    named = [it for it in names.between(span.start, span.end) if it.type in ("person", "organization", "place")]
    return Slot(
        role, (span,), named[0].entity if len(named) == 1 or (named and _heads(clause, tokens, named[0])) else None
    )


def _heads(clause: Clause, tokens: Tokens, mention: object) -> bool:
    """A name that opens the phrase is whom it names: "the Hill Guard and its friends" is not."""
    return False


def _content(clause: Clause, words: ActWords, doing: Doing) -> Tokens | None:
    """Everything behind the cue that belongs to the act."""
    stop = doing.end
    if doing.conditional:
        held = condition(clause, words, doing.subject or doing.heard, doing.first)
        if held is not None and doing.stop < held[0] < stop:
            stop = held[0]
    return _trim(clause, words, (doing.stop, stop), keep=True)


def _trim(clause: Clause, words: ActWords, tokens: Tokens, keep: bool = False) -> Tokens | None:
    """Without marks, "that", "to" at its ends."""
    first, stop = tokens
    drop = words.sets["that"] | words.sets["to"] if not keep else frozenset[str]()
    while first < stop and ((clause.mark(first) and clause.quote[first] < 0) or clause.low[first] in drop):
        first += 1
    while stop > first and clause.mark(stop - 1) and clause.quote[stop - 1] < 0:
        stop -= 1
    while stop > first and clause.low[stop - 1] in words.sets["and"]:
        stop -= 1
        while stop > first and clause.mark(stop - 1):
            stop -= 1
    return (first, stop) if first < stop else None


# -- to whom -----------------------------------------------------------------------------------------------------------


def _addressee(
    clause: Clause, words: ActWords, doing: Doing, content: Tokens | None, names: Names
) -> tuple[Tokens | None, Tokens | None]:
    """To whom an act is said, and what is left of its content."""
    if doing.heard is not None:
        return doing.heard, content
    if content is None:
        return None, None
    if doing.act in ("condole", "offer") or doing.rule == "opener":
        return _to_whom(clause, words, content, names)
    if doing.act not in _DIRECTED or doing.rule in ("future", "consequence", "adjective"):
        return None, content
    if doing.rule == "imperative":
        return (_object(clause, words, content) if clause.low[doing.first] in words.sets["let"] else None), content
    return _asked(clause, words, doing, content, names)


def _asked(
    clause: Clause, words: ActWords, doing: Doing, content: Tokens, names: Names
) -> tuple[Tokens | None, Tokens | None]:
    """ "X to …", "that X …", "X for …", "of X that …"."""
    first, stop = content
    sets = words.sets
    if clause.low[first] in sets["that"]:
        phrase = _object(clause, words, (first + 1, stop), subject=True)
        acting = phrase is not None and phrase[1] < stop and clause.low[phrase[1]] not in sets["be"] | {"not"}
        return (phrase if acting and doing.act in ("demand", "request", "urge") else None), content
    if clause.low[first] in sets["to"] or clause.low[first] in ("for", "against", "on", "at"):
        return None, content
    if clause.low[first] == "of":
        first += 1
    phrase = _object(clause, words, (first, stop))
    if phrase is None or phrase[1] >= stop:
        named = phrase is not None and bool(names.between(clause.starts[phrase[0]], clause.ends[phrase[1] - 1]))
        return (phrase, None) if named and doing.act in ("request", "invite") else (None, content)
    ahead = clause.low[phrase[1]]
    if (
        ahead in sets["to"]
        or ahead in ("for", "not")
        or ahead in sets["that"]
        or (doing.act == "warn" and ahead == "against")
    ):
        return phrase, (phrase[1], stop)
    if ahead in COMMA and (sets["to"] & set(clause.low[phrase[1] : phrase[1] + 14])):
        return phrase, (phrase[1], stop)
    if clause.low[content[0]] == "of":
        return phrase, (phrase[1], stop)
    return None, content


def _object(clause: Clause, words: ActWords, tokens: Tokens, subject: bool = False) -> Tokens | None:
    """The noun phrase at the head of some tokens: up to "to" or "for" before a verb, "that", a stop."""
    first, stop = tokens
    at = first
    sets = words.sets
    limit = min(stop, first + PHRASE)
    while at < limit:
        low = clause.low[at]
        if at > first and (
            low in sets["to"] or low in sets["that"] or low == "for" or (low == "not" and at + 1 < stop)
        ):
            break
        if subject and at > first and _verbal(clause, words, at):
            break
        if clause.mark(at) and clause.quote[at] < 0:
            if low not in COMMA or not _goes_on(clause, at, limit):
                break
        at += 1
    while at > first and (clause.mark(at - 1) or clause.low[at - 1] in sets["adverbs"]):
        at -= 1
    return (first, at) if first < at else None


def _goes_on(clause: Clause, comma: int, limit: int) -> bool:
    """Whether a comma stands inside a list of those addressed ("growers, millers and boatmen to …")."""
    ahead = clause.low[comma + 1 : min(limit, comma + 8)]
    return "and" in ahead or "to" in ahead


def _verbal(clause: Clause, words: ActWords, at: int) -> bool:
    """A finite form or a subjunctive: where the subject of a that-clause ends."""
    low = clause.low[at]
    return (
        low in clause.words.finite
        or low in words.imperatives
        or low in words.sets["be"]
        or low in ("immediately", "cease", "remain", "hand", "make", "provide")
    )


def _to_whom(clause: Clause, words: ActWords, content: Tokens, names: Names) -> tuple[Tokens | None, Tokens | None]:
    """ "Our condolences to the families", "offers the union talks", "offer to both sides …"."""
    first, stop = content
    named = names.over(clause.starts[first + (clause.low[first] in clause.words.determiners and first + 1 < stop)])
    if named is not None and clause.low[first] not in words.sets["to"]:
        after = clause.at(named.end)
        if after < stop:
            return (first, after), (after, stop)
    for at in range(first, min(stop, first + 8)):
        if clause.low[at] in words.sets["to"] | {"with"} and at + 1 < stop:
            determined = clause.low[at + 1] in clause.words.determiners or clause.capital(at + 1)
            if determined or (clause.low[at + 1] in ("all", "those", "everyone", "every", "each")):
                phrase = _object(clause, words, (at + 1, stop))
                if phrase is not None:
                    return phrase, (phrase[1], stop)
    return None, content


# -- about whom --------------------------------------------------------------------------------------------------------


def _target(clause: Clause, words: ActWords, doing: Doing, content: Tokens | None, names: Names) -> Tokens | None:
    """The noun phrase that an act is about; none where a clause or an infinitive follows."""
    if content is None:
        return None
    first, stop = content
    sets = words.sets
    while first < stop and (clause.low[first] in _PREPOSITIONS or clause.low[first] in words.intensity):
        first += 1
    if (
        first >= stop
        or clause.low[first] in sets["that"]
        or clause.low[first] in sets["to"]
        or clause.low[first] in _WH
    ):
        return None
    if doing.rule in ("future", "must", "consequence"):
        return None
    at = first
    while at < stop and at < first + PHRASE:
        low = clause.low[at]
        if clause.mark(at) and clause.quote[at] < 0 and low not in ("(", ")"):
            break
        if at > first and (
            low in _ENDS_TARGET or low in sets["closes"] or phrase_at(clause, at, words.intensity_phrases)
        ):
            break
        at += 1
    return (first, at) if at > first else None


_PREPOSITIONS = frozenset({"at", "over", "about", "to", "by", "with", "for", "of", "against", "on"})
_ENDS_TARGET = frozenset({"for", "who", "which", "that", "and,", "because", "as", "while", "in the"})
_WH = frozenset({"whether", "how", "what", "why", "who"})


# -- when, if, how -----------------------------------------------------------------------------------------------------


def _governs(clause: Clause, doing: Doing, held: Tokens) -> bool:
    return doing.conditional


def _deadlines(clause: Clause, words: ActWords, doing: Doing, times: Times) -> Iterator[Slot]:
    """Time expressions behind "by", "before", "within", "until" in what an act is about."""
    if doing.act not in _DIRECTED and doing.act not in ("threaten", "decide"):
        return
    last = min(doing.end, len(clause))
    if doing.stop > last or not last:
        return
    for time in times.between(clause.starts[doing.lead], clause.ends[last - 1]):
        at = clause.at(time.start)
        for back in range(at - 1, max(doing.lead, at - BEFORE_TIME) - 1, -1):
            if clause.low[back] in words.sets["deadline_sure"]:
                start = clause.starts[back]
                if back > 1 and clause.low[back] == "than":
                    start = clause.starts[back - 2]
                yield Slot("deadline", (Span(start, time.end),), None, time.value)
                break
            if clause.mark(back):
                break
        else:
            if clause.words.tag == "en" and at < len(clause) and clause.low[at] in words.sets["deadline_sure"]:
                yield Slot("deadline", (Span(time.start, time.end),), None, time.value)


def _intensity(clause: Clause, words: ActWords, doing: Doing) -> Iterator[Tokens]:
    """Adverbs beside the cue, adjectives of a light verb's noun, phrases in its clause."""
    spans: list[Tokens] = []
    if doing.light is not None:
        for at in range(*doing.light):
            if clause.low[at] in words.adjectives:
                spans.append((at, at + 1))
    for at in range(max(0, doing.lead), min(len(clause), doing.stop + 2)):
        if doing.first - 4 <= at and clause.low[at] in words.intensity and not (spans and spans[-1][1] > at):
            spans.append((at, at + 1))
    for at in range(max(0, doing.first - 5), min(doing.end, len(clause))):
        stop = phrase_at(clause, at, words.intensity_phrases)
        if stop:
            spans = [span for span in spans if not at <= span[0] < stop]
            spans.append((at, stop))
    yield from sorted(set(spans))
