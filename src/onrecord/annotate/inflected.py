"""Acts in languages whose verbs say by their form who speaks: "condenamos", "nous exigeons", "требуем", "نطالب".

A form of the first person performs wherever no dependent clause holds it; one of the third only where its subject is
who speaks, or where a list or a resolution leaves the subject out ("Exige …", "يدين …"). In Arabic the subject may
stand behind. What binds without naming it (futures, "must", imperatives) is found by `futures`.
"""

from __future__ import annotations

from typing import Literal

from onrecord.annotate import futures
from onrecord.annotate.actwords import Phrase
from onrecord.annotate.clauses import Clause
from onrecord.annotate.conjugation import Conjugation, Verb, Word, conjugation, plain, reading
from onrecord.annotate.hearers import heard
from onrecord.annotate.performing import Doing, Scene
from onrecord.annotate.sources import Tokens
from onrecord.annotate.standing import ASKING, RULES, Group, Place, tied
from onrecord.model import Act

NEAR = 6
"""Tokens behind a verb within which the words stand that it needs, and its noun."""
GAP = 3
"""Adverbs that may part the words of a cue ("prend également note")."""
BACK = 7
"""Tokens before a verb that may belong to its group."""
_AGAIN: frozenset[Act] = frozenset(("request", "demand", "urge", "concern", "condemn", "condole"))
"""What is done again where it is repeated ("reiterates its demand"); of other nouns ("its support") it is affirmed."""


def performed(clause: Clause, scene: Scene) -> list[Doing]:
    """The acts of a clause, in order."""
    table = conjugation(scene.words.tag)
    if not table.sets["question"].isdisjoint(clause.low[-2:]):
        return []
    found: list[Doing] = []
    floor = 0
    for at, low in enumerate(clause.low):
        read = reading(table.tag, low)
        if read is None or at < floor or clause.quote[at] >= 0:
            continue
        made = _act(clause, scene, table, at, read, found)
        if made is not None:
            made.heard = made.heard or heard(clause, table, made)
            found.append(made)
            floor = made.stop
    return found


def _act(clause: Clause, scene: Scene, table: Conjugation, at: int, read: Word, found: list[Doing]) -> Doing | None:
    """The act whose verb stands at a token."""
    last = found[-1] if found else scene.listed
    for phrase, verb in read.verbs:
        stop = _matched(clause, table, at, phrase)
        if stop and (not verb.needs or _needed(clause, table, verb, stop)):
            made = _verb(clause, scene, table, at, stop, verb, last, read.joined)
            if made is not None:
                return made
    if read.mood:
        return futures.future(clause, scene, table, at, read.mood, found)
    return futures.bound(clause, scene, table, at, found) if read.binds else None


def _matched(clause: Clause, table: Conjugation, at: int, phrase: Phrase) -> int:
    """The token behind a cue of these words, adverbs between the first and the second left out; 0 where it differs."""
    n = at + 1
    for number, word in enumerate(phrase[1:], 1):
        reach = n + (GAP if number == 1 else 0)
        while n < reach and n < len(clause) and plain(clause.low[n]) != word and clause.low[n] in table.sets["between"]:
            n += 1
        if n >= len(clause) or plain(clause.low[n]) != word:
            return 0
        n += 1
    return n


def _needed(clause: Clause, table: Conjugation, verb: Verb, stop: int) -> bool:
    """Whether a word that the verb needs stands behind it; a single letter is written onto one."""
    ahead = clause.low[stop : stop + NEAR]
    if not verb.needs.isdisjoint(ahead):
        return True
    letters = tuple(word for word in verb.needs if len(word) == 1)
    return table.verb_first and bool(letters) and any(word.startswith(letters) for word in ahead[:3])


# -- the group of a verb -----------------------------------------------------------------------------------------------


def _group(clause: Clause, scene: Scene, table: Conjugation, at: int, form: str) -> Group:
    """Reads leftwards over clitics, negations, auxiliaries, adverbs, and a wish before an infinitive."""
    sets, low = table.sets, clause.low
    group = Group(at, at)
    n = at
    while n > max(0, at - BACK) and clause.quote[n - 1] < 0:
        word = plain(low[n - 1])
        if word in sets["negations"]:
            group.negated, group.first = (n - 1, n), n - 1
        elif word in sets["ours"] and (group.wished or not _clitic_too(clause, table, n - 1, form)):
            group.be_ours = group.be_ours or word in sets["be_ours"]
            break
        elif word in sets["clitics"]:
            if word in sets["hearers"]:
                group.hearer = (n - 1, n)
            if word in sets["reflexive"]:
                group.reflexive = True
                group.first = n - 1
        elif form in ("participle", "adjective") and _auxiliary(group, sets, word, form):
            group.first = n - 1 if form == "participle" else group.first
        elif (form == "infinitive" or _subjunctive(clause, table, n)) and (
            word in sets["wishing"] or word in sets["wishing_links"]
        ):
            if word in sets["wishing"]:
                group.wished = "third" if word in sets["wishing_third"] else "ours"
        elif word in sets["would"]:
            group.would = True
        elif word in ("إذ", "وإذ"):
            group.circumstance = True
        elif word == "en" and form == "part":
            group.gerund = True
        elif not _adverb(scene, table, word):
            break
        n -= 1
    group.lead = n
    return group


def _subjunctive(clause: Clause, table: Conjugation, n: int) -> bool:
    """ "نود أن نشكر": in Arabic what is wished for is a verb behind "أن"."""
    wishing = table.sets["wishing"]
    return table.verb_first and (clause.low[n - 1] in wishing or (n > 1 and clause.low[n - 2] in wishing))


def _clitic_too(clause: Clause, table: Conjugation, at: int, form: str) -> bool:
    """ "Nous nous engageons": the second is the object; so is "nous" before a verb of the third person."""
    low = clause.low
    if low[at] not in table.sets["clitics"]:
        return False
    return form in ("third", "part", "infinitive") or (at > 0 and low[at - 1] == low[at])


def _auxiliary(group: Group, sets: dict[str, frozenset[str]], word: str, form: str) -> bool:
    """Takes note of "have" and "be"; French "est" is either, as what stands before it tells."""
    if form == "participle" and word in sets["perfect_ours"]:
        group.perfect = "ours"
    elif form == "participle" and word in sets["perfect_third"]:
        group.perfect = "third"
        group.passive = word in sets["be_third"]
    elif word in sets["be_ours"]:
        group.be_ours = True
    elif word in sets["be_third"]:
        group.passive = True
    else:
        return False
    return True


def _adverb(scene: Scene, table: Conjugation, word: str) -> bool:
    return word in table.sets["adverbs"] or word in scene.words.intensity


# -- whether it performs -----------------------------------------------------------------------------------------------


def _verb(
    clause: Clause, scene: Scene, table: Conjugation, at: int, stop: int, verb: Verb, last: Doing | None, joined: bool
) -> Doing | None:
    """What a form of a verb does where it stands; `None` where it does nothing."""
    group = _group(clause, scene, table, at, verb.form)
    group.reflexive = group.reflexive or (verb.form == "part" and clause.low[at].endswith("dose"))
    act, light, stop = _done(clause, scene, table, verb, group, stop)
    if not act or group.gerund:
        return None
    if group.negated and stop < len(clause) and clause.low[stop] in table.sets["negations_behind"]:
        stop += 1
    made = Doing(act, group.first, stop, group.lead, "performative", 0.85, light=light, negated=group.negated)
    behind = not table.sets["would"].isdisjoint(clause.low[stop : stop + 1])
    if group.would or behind or verb.form == "hypothetical":
        made.modality = "hypothetical"
    elif group.negated is not None and clause.low[group.negated[0]] in table.sets["negations_past"]:
        made.modality = "past"
    if group.hearer is not None and act in ASKING:
        made.heard = group.hearer
    place = Place(clause, scene, table, at, made, group, last, joined or tied(clause, table, group.lead))
    return made if RULES[_stance(table, verb, group, clause.low[at])](place) else None


def _stance(table: Conjugation, verb: Verb, group: Group, word: str) -> str:
    """By which rule a form is judged."""
    if verb.form == "participle":
        if group.passive and not group.reflexive:
            return "passive" if not group.perfect or group.perfect == "third" else "past"
        return {"ours": "past_ours", "third": "past"}.get(group.perfect, "nothing")
    if (
        verb.form == "third"
        and group.reflexive
        and "se" in table.sets["reflexive"]
        and verb.lemma not in table.reflexive
    ):
        return "impersonal"
    if verb.form == "infinitive":
        return group.wished or "nothing"
    if verb.form == "hypothetical":
        return "ours" if word.endswith(("mos", "ions")) else "third"
    return "part" if group.circumstance and verb.form == "third" else verb.form


def _done(
    clause: Clause, scene: Scene, table: Conjugation, verb: Verb, group: Group, stop: int
) -> tuple[Act | Literal[""], Tokens | None, int]:
    """The act of a verb with what it has about it: "se", a negation, its noun."""
    reflexive, denied = group.reflexive, group.negated is not None
    act: Act | Literal[""] = verb.act
    if reflexive and verb.lemma in table.reflexive:
        act = table.reflexive[verb.lemma]
    elif _only_otherwise(table, verb):
        return "", None, stop
    elif denied and verb.lemma in table.negated:
        act = table.negated[verb.lemma]
    elif verb.lemma in table.only.get("negated", ()):
        return "", None, stop
    elif scene.genre == "resolution":
        act = scene.words.resolution.get(verb.lemma, act)
    return _with_noun(clause, scene, table, verb, reflexive, act, stop) if verb.light else (act, None, stop)


def _only_otherwise(table: Conjugation, verb: Verb) -> bool:
    """Whether a verb acts only of oneself, or only in the first person ("la guerre menace" threatens nobody)."""
    if verb.lemma in table.only.get("reflexive", ()):
        return True
    return verb.form != "ours" and verb.lemma in table.only.get("ours", ())


def _with_noun(
    clause: Clause, scene: Scene, table: Conjugation, verb: Verb, reflexive: bool, act: Act | Literal[""], stop: int
) -> tuple[Act | Literal[""], Tokens | None, int]:
    """The act of a light verb's noun, or of the adjective that it takes of itself ("se déclare préoccupé")."""
    sets = table.sets
    with_noun = verb.lemma in scene.words.with_noun
    linked = not with_noun or table.verb_first
    for ahead in range(stop, min(len(clause), stop + NEAR)):
        word = plain(clause.low[ahead])
        linked = linked or word in sets["with"]
        noun = table.nouns.get(word) if linked else None
        if noun is not None:
            if act and act != "announce" and not with_noun and noun not in _AGAIN:
                break
            end = ahead + 1
            if table.verb_first and end < len(clause) and clause.low[end] in scene.words.adjectives:
                end += 1  # Arabic adjectives stand behind their noun
            return noun, (stop, end), end
        if reflexive and word in table.feelings:
            return table.feelings[word], (stop, ahead + 1), ahead + 1
        if clause.mark(ahead) or clause.quote[ahead] >= 0 or word in sets["breaks"]:
            break
    return act, None, stop
