"""Acts without a verb of their own: promises and refusals by the future, threats by consequence, demands by "must".

"We will stay" binds who says it; "the sun will rise" binds nobody, so the subject must be who speaks, what is theirs
("our posts will stay"), or, in a passive, whatever they may do it to ("no boat will be damaged"). A future under a
condition that lays something at another's door is a threat where it harms.
"""

from __future__ import annotations

from onrecord.annotate import sources
from onrecord.annotate.actwords import ActWords, Phrase
from onrecord.annotate.clauses import COMMA, STRONG, Clause
from onrecord.annotate.performing import Doing, Scene, _adverb, _opens
from onrecord.annotate.sources import Tokens
from onrecord.model import Act

AHEAD = 14
"""Tokens behind a verb that are read for what it does."""


def bound(clause: Clause, scene: Scene, done: list[Doing]) -> list[Doing]:
    """Acts by mood and modal in the parts of a clause that no act of `done` fills."""
    words = scene.words
    if not _may_bind(clause, words) or question(clause, words):
        return []
    found: list[Doing] = []
    at = 0
    while at < len(clause):
        made = _at(clause, scene, at, found, done)
        if made is not None:
            found.append(made)
            at = made.stop
        else:
            at += 1
    return found


def _may_bind(clause: Clause, words: ActWords) -> bool:
    return True


def question(clause: Clause, words: ActWords) -> bool:
    """Whether a clause asks: it ends in a question mark."""
    marks = words.sets["question"]
    return any(low in marks for low in clause.low[-2:])


def _at(clause: Clause, scene: Scene, at: int, found: list[Doing], done: list[Doing]) -> Doing | None:
    words = scene.words
    low = clause.low[at]
    if clause.quote[at] >= 0:
        return None
    if at == 0 or _opens(clause, at):
        made = _imperative(clause, scene, at) or _opener(clause, scene, at)
        if made is not None:
            return made
    if low in words.sets["will"] or (scene.kind == "indirect" and low == "would"):
        return _future(clause, scene, at, found, done)
    if low in words.phrases["must"] and (stop := phrase_at(clause, at, words.phrases["must"])):
        return _must(clause, scene, at, stop, done)
    if low in words.phrases["is_to"] and (stop := phrase_at(clause, at, words.phrases["is_to"])):
        nobody = at > 0 and clause.low[at - 1] in words.sets["none"]
        return _must(clause, scene, at, stop, done) if nobody else None
    if low in words.phrases["no_place"] and (stop := phrase_at(clause, at, words.phrases["no_place"])):
        return Doing("demand", at, stop, 0, "no-place", 0.7) if not _told(clause, done, at) else None
    return _inflected(clause, scene, at, found, done)


def phrase_at(clause: Clause, at: int, phrases: dict[str, tuple[Phrase, ...]]) -> int:
    """The token behind the longest of the phrases that stands at a token; 0 where none does."""
    for phrase in phrases.get(clause.low[at], ()):
        if tuple(clause.low[at : at + len(phrase)]) == phrase:
            return at + len(phrase)
    return 0


def _told(clause: Clause, done: list[Doing], at: int) -> bool:
    """Whether a place lies in what another act of the clause is about."""
    return any(act.stop <= at for act in done)


# -- the future --------------------------------------------------------------------------------------------------------


def _future(clause: Clause, scene: Scene, at: int, found: list[Doing], done: list[Doing]) -> Doing | None:
    """ "We will (not) …", "our posts will stay", "any attack will be met with …"."""
    words, sets = scene.words, scene.words.sets
    stop, negated = at + 1, (at, at + 1) if clause.low[at] in sets["negations"] else None
    while stop < len(clause) and (clause.low[stop] in sets["negations"] or _adverb(clause, words, stop)):
        if clause.low[stop] in sets["negations"]:
            negated = (stop, stop + 1)
        stop += 1
    if stop >= len(clause) or clause.mark(stop):
        return None
    subject = _subject(clause, scene, at)
    if subject is None or _dependent(clause, words, subject, at):
        return None
    mine = scene.is_self(subject, at) or clause.low[subject[0]] in sets["our"]
    if _told(clause, done, at) and not (mine and _after_coordinator(clause, words, subject[0])):
        return None
    passive = clause.low[stop] == "be" and stop + 1 < len(clause)
    end = min(stop + 1 + passive, len(clause))
    made = Doing("promise", at, end, subject[0], "future", 0.8, subject, negated=negated, shape="ours")
    made.conditional = condition(clause, words, subject, at) is not None
    if mine:
        return _own_future(clause, scene, made)
    if scene.kind == "indirect":
        return None
    return _others_future(clause, scene, made, passive)


def _subject(clause: Clause, scene: Scene, at: int) -> Tokens | None:
    """The phrase before a modal; from "any", "no", "whoever" on, where one of those opens the clause."""
    sets = scene.words.sets
    for first in range(at):
        if (first == 0 or clause.mark(first - 1)) and clause.low[first] in sets["none"] | sets["any"]:
            if not any(clause.mark(n) for n in range(first, at)):
                return first, at
    return sources.before(clause, at, scene.names)


def _dependent(clause: Clause, words: ActWords, subject: Tokens, at: int) -> bool:
    """Whether the future stands in a relative clause: "the men who will come"."""
    first = subject[0]
    if clause.low[first] in words.sets["any"] | words.sets["none"]:
        return False
    return any(clause.low[n] in words.sets["closes"] for n in range(max(0, first - 1), at))


def _after_coordinator(clause: Clause, words: ActWords, first: int) -> bool:
    return first > 0 and (clause.low[first - 1] in words.sets["and"] or clause.low[first - 1] in STRONG | COMMA)


def _own_future(clause: Clause, scene: Scene, made: Doing) -> Doing | None:
    """What one's own future does: promise, refuse, threaten; `None` where it only foretells."""
    words = scene.words
    verb = clause.low[made.stop - 1]
    if verb in words.mere or (scene.kind == "indirect" and clause.low[made.first + 1 : made.stop] == ["be", verb]):
        return None
    if made.negated:
        close = clause.low[made.stop - 1 : made.stop + 2]
        made.act = "refuse" if words.harmful.isdisjoint(close) else "promise"
    elif verb in words.refusing:
        made.act = "refuse"
    elif _threatens(clause, words, made, verb):
        made.act, made.rule = "threaten", "consequence"
    return made


def _others_future(clause: Clause, scene: Scene, made: Doing, passive: bool) -> Doing | None:
    """ "No boat will be damaged", "whoever blocks the lock will be fined", "posts shall withdraw"."""
    words, sets = scene.words, scene.words.sets
    verb = clause.low[made.stop - 1]
    if clause.low[made.lead] in sets["none"]:
        close = clause.low[made.stop - 1 : made.stop + 2]
        kept = not (words.harmful | words.burdens).isdisjoint(close)
        made.act, made.negated = "promise" if kept else "refuse", (made.lead, made.lead + 1)
        made.confidence = 0.6
        return made if passive or kept else None
    if not made.negated and _threatens(clause, words, made, verb):
        made.act, made.rule = "threaten", "consequence"
        return made
    if clause.low[made.first] in sets["shall"] and not passive and scene.genre == "statement":
        made.act, made.rule, made.heard, made.subject = "demand", "shall", made.subject, None
        return made
    if not passive or verb in words.mere_passive or not verb.endswith(("ed", "n", "t", "d")) or made.subject is None:
        return None
    made.confidence = 0.5
    return made


def _threatens(clause: Clause, words: ActWords, made: Doing, verb: str) -> bool:
    """Whether what a future does, under its condition, harms whom the condition is about."""
    kind = _adverse(clause, words, made)
    if kind is None:
        return False
    ahead = {verb, *clause.low[made.stop : made.stop + AHEAD]}
    hostile = verb in words.hostile or (not words.hostile.isdisjoint(ahead) and verb not in words.benign)
    return hostile or (kind == "adverse" and verb in words.weak)


def _adverse(clause: Clause, words: ActWords, made: Doing) -> str | None:
    """Whether the condition is one of another's doing amiss: "any attack", "if the posts are not withdrawn"."""
    span = condition(clause, words, made.subject, made.first)
    if span is None:
        return None
    inside = clause.low[span[0] : span[1]]
    return "adverse" if not words.sets["adverse"].isdisjoint(inside) else "condition"


def condition(clause: Clause, words: ActWords, subject: Tokens | None, at: int) -> Tokens | None:
    """The tokens of what an act hangs on: "if …", "unless …", "should he …", "any attack", "failing a reply"."""
    phrases = words.phrases["strict_if"]
    last = len(clause)
    for n in range(last):
        low = clause.low[n]
        if clause.quote[n] >= 0:
            continue
        if low in phrases and (stop := phrase_at(clause, n, phrases)):
            if low in words.sets["any"] and not (subject is not None and subject[0] <= n < subject[1]):
                if not (low in ("whoever", "whosoever") or _opens(clause, n)):
                    continue
            return n, _condition_end(clause, n, stop, at, subject)
        if low == "should" and n + 1 < last and (n == 0 or clause.mark(n - 1)) and not clause.mark(n + 1):
            return n, _condition_end(clause, n, n + 1, at, subject)
        if (
            low in words.sets["closes"]
            and low == "where"
            and (n == 0 or clause.mark(n - 1) or clause.low[n - 1] == "and")
        ):
            return n, _condition_end(clause, n, n + 1, at, subject)
    return None


def _condition_end(clause: Clause, first: int, stop: int, at: int, subject: Tokens | None) -> int:
    """Up to the subject of what follows, or the next comma."""
    if subject is not None and subject[0] <= first < subject[1]:
        return subject[1]
    if first < at:
        limit = subject[0] if subject is not None and subject[0] > first else at
        while limit > first + 1 and clause.mark(limit - 1):
            limit -= 1
        return limit
    while stop < len(clause) and not (clause.mark(stop) and clause.low[stop] not in COMMA):
        stop += 1
    return stop


def _inflected(clause: Clause, scene: Scene, at: int, found: list[Doing], done: list[Doing]) -> Doing | None:
    """A verb whose form says "we will" ("paierons", "pagaremos")."""
    words = scene.words
    if words.future_ours is None or not words.future_ours.search(clause.low[at]) or _told(clause, done, at):
        return None
    negated = next(((n, n + 1) for n in range(max(0, at - 3), at) if clause.low[n] in words.sets["negations"]), None)
    first = negated[0] if negated else at
    lead = first - 1 if first and clause.low[first - 1] in words.sets["ours"] else first
    subject = (lead, first) if lead < first else None
    made = Doing("promise", first, at + 1, lead, "future", 0.7, subject, negated=negated, shape="ours")
    made.conditional = condition(clause, words, subject, at) is not None
    return _own_future(clause, scene, made)


# -- what others must --------------------------------------------------------------------------------------------------


def _must(clause: Clause, scene: Scene, at: int, stop: int, done: list[Doing]) -> Doing | None:
    """ "Both sides must leave", "owners have to show their papers": laid upon another."""
    words = scene.words
    if scene.genre == "resolution" or _told(clause, done, at):
        return None
    negated = None
    while stop < len(clause) and (clause.low[stop] in words.sets["negations"] or _adverb(clause, words, stop)):
        negated = (stop, stop + 1) if clause.low[stop] in words.sets["negations"] else negated
        stop += 1
    if stop >= len(clause) or clause.mark(stop) or clause.low[stop] in words.sets["have"]:
        return None
    subject = _subject(clause, scene, at)
    if subject is None or scene.is_self(subject, at) or clause.low[subject[0]] in words.sets["ours"] | _EMPTY:
        return None
    if _dependent(clause, words, subject, at) or condition_holds(clause, words, at):
        return None
    return Doing(
        "demand", at, stop, subject[0], "must", 0.8, subject=None, heard=subject, negated=negated, shape="ours"
    )


_EMPTY = frozenset({"a", "an", "it", "one", "there", "what", "which", "that", "this", "you’d"})


def condition_holds(clause: Clause, words: ActWords, at: int) -> bool:
    """Whether a place lies inside a condition: "if they must leave"."""
    for n in range(at - 1, max(-1, at - AHEAD), -1):
        if clause.low[n] in COMMA:
            return False
        if clause.low[n] in words.phrases["strict_if"] and clause.low[n] not in words.sets["any"]:
            return True
    return False


# -- mood --------------------------------------------------------------------------------------------------------------


def _imperative(clause: Clause, scene: Scene, at: int) -> Doing | None:
    """ "Stop the shelling.", "Let the ministry open its books.", "Please keep away."."""
    words, sets = scene.words, scene.words.sets
    if scene.kind == "indirect" or scene.genre in ("resolution", "agreement") or len(clause) - at < 2:
        return None
    asked = clause.low[at] in sets["please"]
    verb = at + asked
    if verb >= len(clause) - 1 or clause.low[verb] not in words.imperatives or clause.mark(verb + 1):
        return None
    act: Act = "request" if asked or clause.low[-2] in sets["please"] else "demand"
    negated = None
    stop = verb + 1
    if clause.low[verb] in sets["do"] | {"never"} or clause.low[stop] in sets["negations"]:
        if clause.low[verb] == "do" and clause.low[stop] not in sets["negations"]:
            return None
        negated = (stop, stop + 1) if clause.low[stop] in sets["negations"] else (verb, verb + 1)
        stop = max(stop, negated[1]) + 1
    if clause.low[verb] in sets["let"] and clause.low[stop] in ("us", "me", "them", "there"):
        return None
    if words.tag == "en" and clause.low[stop] in (
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "of",
        "and",
    ):
        return None
    return Doing(act, verb, min(stop, len(clause)), at, "imperative", 0.6, negated=negated, shape="ours")


def _opener(clause: Clause, scene: Scene, at: int) -> Doing | None:
    """ "Our thanks to …", "Our message to the world is …", "Shame on …"."""
    words, sets = scene.words, scene.words.sets
    if scene.kind == "indirect":
        return None
    n = at
    ours = clause.low[n] in sets["our"]
    n += ours
    while n < len(clause) and n < at + 4 and (clause.low[n] in words.adjectives or clause.low[n] in words.intensity):
        n += 1
    if n >= len(clause):
        return None
    for phrase, act in words.openers.get(clause.low[n], ()):
        stop = n + len(phrase)
        if tuple(clause.low[n:stop]) != phrase or stop >= len(clause):
            continue
        follows = clause.low[stop]
        if len(phrase) > 1 and phrase[0] in ("thank", "this", "that", "heart", "hearts", "thoughts"):
            return Doing(act, n, stop, at, "opener", 0.7, shape="other")
        goes_on = follows in _TO or (ours and _says(clause, words, stop))
        if (len(phrase) > 1 and phrase[-1] in _TO | {"on", "upon", "with", "live", "more"}) or (
            goes_on and (ours or act in ("praise", "condole"))
        ):
            return Doing(act, n, stop, at, "opener", 0.7, shape="other")
    return None


_TO = frozenset({"to", "à", "aux", "a", "إلى", "go", "goes", "for"})


def _says(clause: Clause, words: ActWords, at: int) -> bool:
    """ "Our demand is that …": a form of "be" stands close behind."""
    return not words.sets["be"].isdisjoint(clause.low[at : at + 6])
