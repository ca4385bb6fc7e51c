"""Whom a directive is laid upon, and to whom condolences go, in inflected languages."""

from __future__ import annotations

from onrecord.annotate.clauses import COMMA, STRONG, Clause
from onrecord.annotate.conjugation import Conjugation, plain
from onrecord.annotate.performing import Doing
from onrecord.annotate.sources import Tokens
from onrecord.annotate.standing import ASKING, tied

PHRASE = 28
"""Tokens that the phrase for who is asked may have."""


def heard(clause: Clause, table: Conjugation, made: Doing) -> Tokens | None:
    """Whom a directive is laid upon: what stands behind its verb up to the infinitive or clause of what is asked."""
    if made.act == "condole":
        return _consoled(clause, table, made)
    if made.act not in ASKING | {"offer"} or made.rule in ("must", "imperative", "opener", "adjective"):
        return None
    sets, first = table.sets, made.stop
    while first < len(clause) and clause.low[first] in sets["adverbs"] and clause.low[first] not in sets["asked_by"]:
        first += 1
    preposed = first < len(clause) and clause.low[first] in sets["asked_by"]
    if (table.hearer_preposed or made.act == "offer") and not preposed:
        return None
    bare = not preposed or clause.low[first] in sets["asks"]
    first += preposed
    if table.verb_first and first < len(clause) and clause.low[first][0] == "ب":
        return None
    for at in range(first, min(len(clause), first + PHRASE)):
        word = clause.low[at]
        if clause.quote[at] >= 0 or word in STRONG or (clause.mark(at) and word not in COMMA):
            noun = table.verb_first and preposed and at > first + 1  # "نطلب من الأهالي الانتظار"
            return (first, first + 1) if noun else None
        if at > first and (_asks(clause, table, at) or (preposed and object_begins(clause, sets["adverbs"], at))):
            return _trimmed(clause, sets["adverbs"], first, at)
        if at > first and _further(clause, table, at):
            return None
        if at == first and (word in sets["that"] or (bare and table.infinitive and table.infinitive.search(word))):
            return None
    return None


def object_begins(clause: Clause, adverbs: frozenset[str], at: int) -> bool:
    """ "Nous exigeons du ministère la réouverture": a determiner that no preposition leads."""
    words = clause.words
    before = clause.low[at - 1]
    led = before in words.links or before in words.prepositions or before in words.determiners or before in COMMA
    led = led or before in adverbs  # "a todas las partes"
    return bool(words.of) and clause.low[at] in words.determiners and clause.low[at] not in words.links and not led


def _further(clause: Clause, table: Conjugation, at: int) -> bool:
    """Whether "and" or a comma leads on to another verb there."""
    word = plain(clause.low[at])
    if word[:1] and word[:1] in table.joined and word[1:] in table.verbs:
        return True
    return word in table.verbs and tied(clause, table, at)


def _trimmed(clause: Clause, adverbs: frozenset[str], first: int, stop: int) -> Tokens | None:
    while stop > first and (clause.mark(stop - 1) or clause.low[stop - 1] in adverbs):
        stop -= 1
    return (first, stop) if stop > first else None


def _consoled(clause: Clause, table: Conjugation, made: Doing) -> Tokens | None:
    """To whom condolences go: what stands behind "à", up to a stop or a dependent clause."""
    first, count = made.stop, len(clause)
    preposed = first < count and clause.low[first] in table.sets["asked_by"]
    if not preposed:
        cased = not table.sets["asks"] and made.light is not None  # Russian: a dative
        if not cased and plain(clause.low[first - 1]) not in table.sets["consoles"]:
            return None
    first += preposed
    stop = first
    while stop < min(len(clause), first + PHRASE) and not clause.mark(stop) and clause.quote[stop] < 0:
        if clause.low[stop] in table.sets["closes"] | table.sets["breaks"]:
            break
        stop += 1
    return (first, stop) if stop > first else None


def _asks(clause: Clause, table: Conjugation, at: int) -> bool:
    """Whether what is asked begins at a token: "de"/"à"/"a" and an infinitive, "que", "чтобы", "أن", "ب" on a noun."""
    word = clause.low[at]
    if word in table.sets["that"]:
        return True
    if table.verb_first:
        return word in table.sets["asks"] or (word[0] == "ب" and len(word) > 3 and word not in table.sets["never_asks"])
    if table.infinitive is None:
        return False
    if not table.sets["asks"]:
        return len(word) > 4 and table.infinitive.search(word) is not None
    if word not in table.sets["asks"]:
        return False
    ahead = [it for it in clause.low[at + 1 : at + 4] if it not in table.sets["clitics"] and it not in ("pas", "plus")]
    return bool(ahead) and len(ahead[0]) > 2 and table.infinitive.search(ahead[0]) is not None
