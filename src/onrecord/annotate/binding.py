"""Acts without a verb of their own: promises and refusals by the future, threats by consequence, demands by "must".

"We will stay" binds who says it; "the sun will rise" binds nobody, so the subject must be who speaks, what is theirs
("our posts will stay"), or, in a passive, whatever they may do it to ("no boat will be damaged"). A future under a
condition that lays something at another's door is a threat where it harms.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate import sources
from onrecord.annotate.actwords import ActWords, Phrase
from onrecord.annotate.clauses import COMMA, SEPARATING, STRONG, Clause
from onrecord.annotate.conditions import condition, inside, opens, phrase_at
from onrecord.annotate.performing import Doing, Scene, adverb, complement
from onrecord.annotate.sources import Tokens
from onrecord.model import Act

FRONT = 4
"""Tokens at the front of a clause that may open it, behind an enumerator."""
OPENER = 4
"""Tokens behind that in which an order or a noun that is an act stands ("our most heartfelt thanks")."""
ASIDE = 10
"""Tokens of an aside behind a modal."""
AHEAD = 14
"""Tokens behind a verb that are read for what it does."""
_PARTICIPLES = ("ed", "n", "t", "d")
"""Endings of English participles."""


def bound(clause: Clause, scene: Scene, places: Sequence[int], done: list[Doing]) -> list[Doing]:
    """Acts by mood and modal in the parts of a clause that no act of `done` fills; `places` are those of `moved`."""
    found: list[Doing] = []
    floor = 0
    for at in places:
        if at < floor or clause.quote[at] >= 0:
            continue
        made = _at(clause, scene, at, clause.low[at], done)
        if made is not None:
            found.append(made)
            floor = made.stop
    return found


def moved(clause: Clause, words: ActWords, places: Sequence[int], indirect: bool) -> list[int]:
    """Where a mood or a modal may bind: at those of some tokens, and in words said direct where a clause may open."""
    low, triggers = clause.low, words.triggers
    binding = [at for at in places if low[at] in triggers]
    if indirect:
        return binding
    if binding:
        binding = [at for at in binding if low[at] not in words.sets["would"]]
    if words.fronts.isdisjoint(low[: FRONT + OPENER]):
        return binding
    opening = words.opening
    front = [at for at, word in enumerate(low[:FRONT]) if word in opening and _may_open(low, words, at)]
    return sorted({*front, *binding}) if front else binding


def _may_open(low: Sequence[str], words: ActWords, at: int) -> bool:
    """Whether an order or a noun that is an act may begin at a token."""
    return low[at] in words.fronts or (
        low[at] in words.before_noun and not words.fronts.isdisjoint(low[at + 1 : at + 1 + OPENER])
    )


def _at(clause: Clause, scene: Scene, at: int, low: str, done: list[Doing]) -> Doing | None:
    words = scene.words
    if scene.kind != "indirect" and _may_open(clause.low, words, at) and _begins(clause, words, at):
        made = _imperative(clause, scene, at) or _opener(clause, scene, at) or _wish(clause, scene, at)
        if made is not None:
            return made
    if low in words.sets["will"] or (scene.kind == "indirect" and low in words.sets["would"]):
        return _future(clause, scene, at, done)
    for phrase, name in words.demands.get(low, ()):
        stop = at + len(phrase)
        if len(phrase) > 1 and tuple(clause.low[at:stop]) != phrase:
            continue
        if _told(done, at):
            return None
        if name == "no_place":
            return Doing("demand", at, stop, 0, "no-place", 0.7)
        return _must(clause, scene, at, stop, name)
    return None


def _begins(clause: Clause, words: ActWords, at: int) -> bool:
    """Whether a clause begins at a token that may be an order or an act without a verb."""
    if at == 0 or (at < FRONT and opens(clause, at)):
        return True
    low = clause.low[at]
    if not words.sets["alone"].isdisjoint(clause.low[at + 1 : at + 2]):
        return False
    return (low in words.sets["our"] or low in words.sets["let"]) and _goes_on(clause, words, at)


def _told(done: list[Doing], at: int) -> bool:
    """Whether a place lies in what another act of the clause is about."""
    return any(act.stop <= at for act in done)


def _filled(clause: Clause, words: ActWords, done: list[Doing], at: int, first: int) -> bool:
    """Whether a future is what another act is about; "we declare that we will …" does both."""
    before = [act for act in done if act.stop <= at]
    if first and clause.low[first - 1] in words.sets["that"]:
        return complement(clause, words, first, before[-1] if before else None)
    return bool(before) and not _goes_on(clause, words, first)


# -- the future --------------------------------------------------------------------------------------------------------


def _future(clause: Clause, scene: Scene, at: int, done: list[Doing]) -> Doing | None:
    """ "We will (not) …", "our posts will stay", "any attack will be met with …"."""
    words, sets = scene.words, scene.words.sets
    stop, negated = _past_adverbs(clause, words, at + 1)
    leads = clause.low[stop : stop + 1] == [":"]
    if stop >= len(clause) or (clause.mark(stop) and not leads) or clause.low[stop] in sets["and"]:
        return None
    subject = _subject(clause, scene, _modal(clause, words, at))
    if subject is None or _dependent(clause, words, subject, at) or inside(clause, words, subject[0]):
        return None
    if clause.low[at] in sets["negations"]:
        negated = at, at + 1
    elif clause.low[subject[0]] in sets["none"]:
        negated = negated or _none(clause, words, subject[0])
    mine = scene.is_self(subject, at) or _theirs(clause, scene, subject)
    if _filled(clause, words, done, at, subject[0]):
        return None
    if leads:  # "We will not:", above a list
        act: Act = "refuse" if negated else "promise"
        return Doing(act, at, stop, subject[0], "future", 0.7, subject, negated=negated, shape="ours") if mine else None
    passive = clause.low[stop] in sets["bare_be"] and stop + 1 < len(clause)
    end = _with_particle(clause, words, stop + 1 + passive) if passive else min(stop + 1, len(clause))
    made = Doing(
        "promise", at, end, subject[0], "future", 0.8, subject, negated=negated, shape="ours", verb=stop + passive
    )
    made.condition = condition(clause, words, subject[0], at, len(clause), subject)
    return _own_future(clause, scene, made, passive) if mine else _others_future(clause, scene, made, passive)


def _modal(clause: Clause, words: ActWords, at: int) -> int:
    """ "Can and will", "cannot and will not": where the first of two modals stands."""
    paired = at > 1 and clause.low[at - 1] in words.sets["and"] and clause.low[at - 2] in words.sets["can"]
    return at - 2 if paired else at


def _past_adverbs(clause: Clause, words: ActWords, at: int) -> tuple[int, Tokens | None]:
    """The token behind adverbs, negations and an aside ("will, if need be, strike"), and the negation."""
    negated = None
    if at < len(clause) and clause.low[at] in SEPARATING:
        close = next(
            (n for n in range(at + 2, min(len(clause), at + ASIDE)) if clause.low[n] == clause.low[at]), at - 1
        )
        at = close + 1
    while at < len(clause) and (clause.low[at] in words.sets["negations"] or adverb(clause, words, at)):
        if clause.low[at] in words.sets["negations"]:
            negated = at, at + 1
        at += 1
    return at, negated


def _with_particle(clause: Clause, words: ActWords, at: int) -> int:
    """ "will be let through": the particle belongs to the verb."""
    return min(at + (at < len(clause) and clause.low[at] in words.sets["particles"]), len(clause))


def _subject(clause: Clause, scene: Scene, at: int) -> Tokens | None:
    """The phrase before a modal; from "any", "no", "whoever" on, where one of those opens the clause."""
    low, sets, any_ = clause.low, scene.words.sets, scene.words.phrases["any"]
    before = low[max(0, at - AHEAD + 1) : at]
    if sets["none"].isdisjoint(before) and any_.keys().isdisjoint(before):
        return sources.before(clause, at, scene.names)
    for first in range(at - 1, max(-1, at - AHEAD), -1):
        if clause.mark(first):
            break
        if (low[first] in sets["none"] or phrase_at(clause, first, any_)) and (
            clause.mark(first - 1) or low[first - 1] in sets["that"] or low[first - 1] in sets["and"]
        ):
            return first, at
    return sources.before(clause, at, scene.names)


def _dependent(clause: Clause, words: ActWords, subject: Tokens, at: int) -> bool:
    """Whether a modal stands in a relative clause: "the men who will come"."""
    first = subject[0]
    if clause.low[first] in words.sets["none"] or phrase_at(clause, first, words.phrases["any"]):
        return False
    return not words.sets["closes"].isdisjoint(clause.low[max(0, first - 1) : at])


def _none(clause: Clause, words: ActWords, at: int) -> Tokens:
    """ "No", "no one"."""
    return at, at + 1 + (not words.sets["one"].isdisjoint(clause.low[at + 1 : at + 2]))


def _theirs(clause: Clause, scene: Scene, subject: Tokens) -> bool:
    """ "She said her group will not vote": what is the speaker's, in reported words."""
    return (
        scene.kind == "indirect" and clause.low[subject[0]] in clause.words.possessives and subject[1] - subject[0] < 4
    )


def _goes_on(clause: Clause, words: ActWords, first: int) -> bool:
    low = clause.low[first - 1] if first else ""
    return low in words.sets["and"] or low in STRONG or low in COMMA or low == ":"


def _own_future(clause: Clause, scene: Scene, made: Doing, passive: bool) -> Doing | None:
    """What one's own future does: promise, refuse, threaten; `None` where it only foretells."""
    words = scene.words
    verb = clause.low[made.verb]
    near = clause.low[made.verb : made.verb + 3]
    if scene.kind == "indirect" and made.negated is None and bases(verb).isdisjoint(words.binding):
        return None
    if verb in words.mere or " ".join(near[:2]) in words.mere or (passive and not _is_kept(clause, scene, made)):
        return None
    before = clause.low[made.lead - 1] if made.lead else ""
    if verb in words.sets["hesitating"]:
        made.verb = min(made.verb + 2, len(clause) - 1)
        if _hostile(clause, words, made.verb):
            made.act, made.rule = "threaten", "consequence"
    elif made.negated:
        made.act = "promise" if _has(clause, made.verb, NEAR, words.harmful) or verb in words.refusing else "refuse"
    elif verb in words.refusing:
        made.act = "refuse"
    elif _threatens(clause, words, made, verb) or _bodes(clause, scene, made.verb):
        made.act, made.rule = "threaten", "consequence"
    elif before in words.sets["or"]:
        if not _hostile(clause, words, made.verb):
            return None  # "pay, or we will …": what else would be, and no promise
        made.act, made.rule = "threaten", "consequence"
    return made


def _bodes(clause: Clause, scene: Scene, verb: int) -> bool:
    """Whether a verb threatens without a condition: "we will burn it", "she warned that they will close it"."""
    return _has(clause, verb, 1, scene.words.violent) or (scene.warned and _hostile(clause, scene.words, verb))


def _is_kept(clause: Clause, scene: Scene, made: Doing) -> bool:
    """Whether "will be …" binds: "our door will be open", not "we will be killed", "we will be at the quay"."""
    sets = scene.words.sets
    if scene.kind == "indirect":
        return False
    if clause.low[made.verb] in sets["standing_open"]:
        return True
    mine = made.subject is not None and clause.low[made.subject[0]] in sets["ours"]
    return _participle(clause, made.verb) and (not mine or made.negated is not None)


def _participle(clause: Clause, at: int) -> bool:
    low = clause.low[at]
    return low.endswith(_PARTICIPLES) and low not in clause.words.prepositions | clause.words.determiners


WISHED = 8
"""Tokens of a wish up to its verb."""
NEAR = 3
"""Tokens from a verb on in which the words stand that make it harm ("bring charges")."""


def _has(clause: Clause, at: int, size: int, phrases: dict[str, tuple[Phrase, ...]]) -> bool:
    """Whether one of the phrases begins at a verb or close behind it, whatever form of its first word."""
    for n in range(at, min(at + size, len(clause))):
        for base in bases(clause.low[n]):
            for phrase in phrases.get(base, ()):
                if len(phrase) == 1 or tuple(clause.low[n + 1 : n + len(phrase)]) == phrase[1:]:
                    return True
    return False


def _hostile(clause: Clause, words: ActWords, verb: int) -> bool:
    """Whether a verb harms by itself, or does where somebody is to blame."""
    return any(_has(clause, verb, 1, table) for table in (words.violent, words.hostile, words.weak))


def _others_future(clause: Clause, scene: Scene, made: Doing, passive: bool) -> Doing | None:
    """ "No boat will be damaged", "whoever blocks the lock will be fined", "posts shall withdraw"."""
    words, sets = scene.words, scene.words.sets
    verb = clause.low[made.verb]
    if clause.low[made.lead] in sets["none"]:
        kept = _has(clause, made.verb, NEAR, words.harmful) or _has(clause, made.verb, NEAR, words.burdens)
        if not passive and not kept and clause.low[made.first] in sets["shall"] and scene.genre == "statement":
            made.act, made.rule, made.heard, made.subject = "demand", "shall", made.subject, None
            return made
        made.act = "promise" if kept else "refuse"
        made.confidence = 0.6
        return made if (passive or kept) and verb not in words.mere_passive else None
    if scene.kind == "indirect" or (made.lead and clause.low[made.lead - 1] in sets["that"]):
        return None
    if not made.negated and _threatens(clause, words, made, verb):
        made.act, made.rule = "threaten", "consequence"
        return made
    if clause.low[made.first] in sets["shall"] and not passive and scene.genre == "statement":
        made.act, made.rule, made.heard, made.subject = "demand", "shall", made.subject, None
        return made
    if not passive or verb in words.mere_passive or not _participle(clause, made.verb):
        return None
    if clause.low[made.first] in sets["shall"] and scene.genre == "statement":
        return None  # an order, of which nobody is told
    made.confidence = 0.5
    return made


def _threatens(clause: Clause, words: ActWords, made: Doing, verb: str) -> bool:
    """Whether what a future does, under its condition, harms whom the condition is about."""
    if made.condition is None:
        return False
    adverse = not words.sets["adverse"].isdisjoint(clause.low[made.condition[0] : made.condition[1]])
    mild = not bases(verb).isdisjoint(words.benign)
    if not words.sets["relief"].isdisjoint(clause.low[made.verb + 1 : made.verb + AHEAD]):
        return False  # "we will suspend the strike"
    if _has(clause, made.verb, 1 if mild else AHEAD, words.hostile):
        return True
    return adverse and _has(clause, made.verb, 1, words.weak)


def bases(word: str) -> frozenset[str]:
    """A verb's form with what its base may be ("damaged": "damage"), for look-ups in lists of bases."""
    if not word.endswith("ed") or len(word) < 5:
        return frozenset((word,))
    stem = word[:-2]
    return frozenset((word, word[:-1], stem, stem[:-1] if stem[-1] == stem[-2] else stem))


# -- what others must --------------------------------------------------------------------------------------------------


def _must(clause: Clause, scene: Scene, at: int, stop: int, name: str) -> Doing | None:
    """ "Both sides must leave", "owners have to show their papers", "nobody is to answer": laid upon another."""
    words, sets = scene.words, scene.words.sets
    verb, negated = _past_adverbs(clause, words, stop)
    if at and not (sets["do"] | sets["negations"]).isdisjoint(clause.low[max(0, at - 2) : at]):
        return None  # "you don't have to"
    if scene.genre == "resolution" or verb >= len(clause) or clause.mark(verb) or clause.low[verb] in sets["have"]:
        return None
    subject = _subject(clause, scene, at)
    if subject is None or scene.is_self(subject, at) or clause.low[subject[0]] in sets["ours"] | sets["nobody"]:
        return None
    if _dependent(clause, words, subject, at) or inside(clause, words, at):
        return None
    if (subject[0] and clause.low[subject[0] - 1] in sets["that"]) or _inferred(clause, words, verb):
        return None
    if name == "is_to":
        general = phrase_at(clause, subject[0], words.phrases["any"]) or clause.low[verb] in sets["not_bidden"]
        if clause.low[subject[0]] not in sets["none"] and (general or not opens(clause, subject[0])):
            return None
    if clause.low[subject[0]] in sets["none"]:
        negated = negated or _none(clause, words, subject[0])
    end = verb if negated and negated[0] >= at else stop
    heard = None if clause.low[verb] in sets["be"] else subject
    return Doing("demand", at, end, subject[0], "must", 0.8, heard=heard, negated=negated, shape="ours")


def _inferred(clause: Clause, words: ActWords, verb: int) -> bool:
    """ "You must be joking", "you must know", "has to come from somewhere": no demand."""
    pair = " ".join(clause.low[verb : verb + 2])
    joking = clause.low[verb] in words.sets["be"] and clause.low[min(verb + 1, len(clause) - 1)].endswith("ing")
    return joking or clause.low[verb] in words.sets["inferred"] or pair in words.sets["inferred"]


# -- mood --------------------------------------------------------------------------------------------------------------


def _imperative(clause: Clause, scene: Scene, at: int) -> Doing | None:
    """ "Stop the shelling.", "Let the ministry open its books.", "Please keep away."."""
    words, sets = scene.words, scene.words.sets
    if scene.genre in ("resolution", "agreement") or len(clause) - at < 2:
        return None
    asked = clause.low[at] in sets["please"]
    verb = at + asked
    if verb >= len(clause) - 1 or clause.low[verb] not in words.imperatives or clause.mark(verb + 1):
        return None
    act: Act = "request" if asked or clause.low[-2] in sets["please"] else "demand"
    stop, negated = _past_adverbs(clause, words, verb + 1)
    if clause.low[verb] in sets["do"] or clause.low[verb] in sets["negations"]:
        negated = negated or ((verb, verb + 1) if clause.low[verb] in sets["negations"] else None)
        if negated is None:
            return None
        stop += 1
    else:
        stop = verb + 1
    if clause.low[verb] in sets["let"] and clause.low[stop] in sets["let_us"]:
        return None
    if stop >= len(clause) or clause.low[stop] in sets["after_noun"] or _told_of(clause, verb + 1, words):
        return None
    return Doing(act, verb, stop, at, "imperative", 0.6, negated=negated, shape="ours")


def _told_of(clause: Clause, at: int, words: ActWords) -> bool:
    """ "Open meetings are held weekly": a finite verb behind what looks like an order and its object."""
    for n in range(at, min(len(clause), at + NEAR)):
        if clause.mark(n) or clause.low[n] in words.sets["closes"] | words.sets["that"] | words.sets["and"]:
            return False
        if clause.low[n] in words.sets["after_noun"] and clause.low[n] not in clause.words.of:
            return True
    return False


def _opener(clause: Clause, scene: Scene, at: int) -> Doing | None:
    """ "Our thanks to …", "Our message to the world is …", "Shame on …", "May they rest in peace"."""
    words, sets = scene.words, scene.words.sets
    noun = at + (clause.low[at] in sets["our"] or clause.low[at] in sets["articles"])
    while noun < min(len(clause), at + OPENER) and (
        clause.low[noun] in words.adjectives or clause.low[noun] in words.intensity
    ):
        noun += 1
    if noun >= len(clause):
        return None
    for phrase, act in words.standing.get(clause.low[noun], ()):
        if tuple(clause.low[noun : noun + len(phrase)]) == phrase:
            return Doing(act, noun, noun + len(phrase), at, "opener", 0.7, shape="other")
    for phrase, act in words.openers.get(clause.low[noun], ()):
        stop = noun + len(phrase)
        if tuple(clause.low[noun:stop]) != phrase or stop >= len(clause):
            continue
        to = clause.low[stop] in sets["goes_to"]
        ours = clause.low[at] in sets["our"]
        if (to and (ours or act in ("praise", "condole"))) or (ours and _says(clause, words, stop)):
            return Doing(act, noun, stop, at, "opener", 0.7, shape="other")
    return None


def _wish(clause: Clause, scene: Scene, at: int) -> Doing | None:
    """ "May peace return to the valley.", "May our pilots come home": good that is wished.

    The month stands there too ("May talks return to …"): the verb is bare, so behind a bare noun a plural is none.
    """
    sets = scene.words.sets
    if clause.low[at] not in sets["may"] or at + 2 >= len(clause):
        return None
    noun = clause.low[at + 1]
    known = clause.words.determiners | clause.words.pronouns | sets["our"] | sets["articles"]
    ruled = noun in known or scene.names.over(clause.starts[at + 1]) is not None
    if noun in sets["ours"]:
        return None  # "May we come in"
    for verb in range(at + 2, min(len(clause), at + WISHED)):
        if clause.mark(verb) or (clause.low[verb] in sets["after_noun"] and clause.low[verb] not in clause.words.of):
            return None
        if clause.low[verb] in sets["wished"]:
            wished = ruled or (verb == at + 2 and noun.isalpha() and not noun.endswith("s"))
            return Doing("support", at, at + 1, at, "wish", 0.5, shape="other") if wished else None
    return None


def _says(clause: Clause, words: ActWords, at: int) -> bool:
    """ "Our demand is that …", "our demands: …": "be" or a colon close behind, and something after it."""
    if clause.low[at] == ":":
        return at + 1 < len(clause)
    said = next((n for n in range(at, min(len(clause), at + 6)) if clause.low[n] in words.sets["be"]), None)
    return said is not None and (not clause.mark(said + 1) or clause.low[said + 1 : said + 2] == [":"])
