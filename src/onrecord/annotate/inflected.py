"""Acts in languages whose verbs say by their form who speaks: "condenamos", "nous exigeons", "требуем", "نطالب".

A form of the first person performs wherever no dependent clause holds it; one of the third only where its subject is
who speaks, or where a list or a resolution leaves the subject out ("Exige …", "يدين …"). In Arabic the subject may stand
behind. What binds without naming it (futures, "must", imperatives) is found by `futures`.
"""

from __future__ import annotations

from msgspec import Struct

from onrecord.annotate import futures, sources
from onrecord.annotate.actwords import Phrase
from onrecord.annotate.clauses import COMMA, STRONG, Clause
from onrecord.annotate.conjugation import Conjugation, Verb, conjugation, mood, plain
from onrecord.annotate.performing import Doing, Scene, _enumerator, _opens
from onrecord.annotate.sources import Tokens
from onrecord.model import Act

NEAR = 6
"""Tokens behind a verb within which the words stand that it needs, and its noun."""
GAP = 3
"""Adverbs that may part the words of a cue ("prend également note")."""
BACK = 7
"""Tokens before a verb that may belong to its group."""
ENUMERATOR = 24
"""Code points before a sentence in which its number may stand, where a full stop parts them ("Primero. Condena …")."""
DEEP = 40
"""Tokens back that a dependent clause may have begun."""
PHRASE = 28
"""Tokens that the phrase for who is asked may have."""
_ASKING: frozenset[Act] = frozenset(("demand", "request", "urge", "invite"))
_AGAIN: frozenset[Act] = frozenset(("request", "demand", "urge", "concern", "condemn", "condole"))
"""What is done again where it is repeated ("reiterates its demand"); of other nouns ("its support") it is affirmed."""
_FORMAL = ("resolution", "agreement")


class Group(Struct, gc=False):
    """What stands left of a verb and belongs to it."""

    first: int
    """Its first token that the cue holds: an auxiliary, a negation, "se"."""
    lead: int
    negated: Tokens | None = None
    perfect: str = ""
    """Whose auxiliary of the perfect it has: `ours`, `third`."""
    passive: bool = False
    be_ours: bool = False
    reflexive: bool = False
    wished: str = ""
    """Who wishes to ("nous tenons à remercier"): `ours`, `third`."""
    circumstance: bool = False
    """Behind "إذ": the paragraph of a preamble."""
    gerund: bool = False
    """Behind "en": in what manner, no act."""
    would: bool = False


def performed(clause: Clause, scene: Scene) -> list[Doing]:
    """The acts of a clause, in order."""
    table = conjugation(scene.words.tag)
    if not table.sets["question"].isdisjoint(clause.low[-2:]):
        return []
    found: list[Doing] = []
    floor = 0
    for at, low in enumerate(clause.low):
        if at < floor or clause.quote[at] >= 0:
            continue
        made = _act(clause, scene, table, at, low, found)
        if made is not None:
            made.heard = made.heard or _heard(clause, table, made)
            found.append(made)
            floor = made.stop
    return found


def _act(clause: Clause, scene: Scene, table: Conjugation, at: int, low: str, found: list[Doing]) -> Doing | None:
    """The act whose verb stands at a token."""
    word = low if low in table.verbs else plain(low)
    joined = False
    if word not in table.verbs and word[:1] and word[:1] in table.joined:
        word, joined = word[1:], True
    last = found[-1] if found else scene.listed
    for phrase, verb in table.verbs.get(word, ()):
        stop = _matched(clause, table, at, phrase)
        if stop and (not verb.needs or _needed(clause, table, verb, stop)):
            made = _verb(clause, scene, table, at, stop, verb, last, joined)
            if made is not None:
                return made
    says = mood(table.tag, low)
    if says:
        return futures.future(clause, scene, table, at, says, found)
    return futures.bound(clause, scene, table, at, found)


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
        elif word in sets["ours"] and not _clitic_too(clause, table, n - 1, form):
            group.be_ours = group.be_ours or word in sets["be_ours"]
            break
        elif word in sets["clitics"]:
            if word in sets["reflexive"]:
                group.reflexive = True
                group.first = n - 1
        elif form in ("participle", "adjective") and _auxiliary(group, sets, word, form):
            group.first = n - 1 if form == "participle" else group.first
        elif form == "infinitive" and (word in sets["wishing"] or word in sets["wishing_links"]):
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
    made.modality = "hypothetical" if group.would or verb.form == "hypothetical" else "performed"
    place = Place(clause, scene, table, at, made, group, last, joined or tied(clause, table, group.lead))
    return made if _STANDS[_stance(verb, group, clause.low[at])](place) else None


class Place(Struct, gc=False):
    """Where a verb stands, for the question whether it performs there."""

    clause: Clause
    scene: Scene
    table: Conjugation
    at: int
    """The verb."""
    made: Doing
    group: Group
    last: Doing | None
    """The act before it; at the head of a clause the list that it is an item of."""
    tied: bool
    """Whether "and" or a comma ties it to what stands before."""

    def follows(self) -> bool:
        """Whether the act before it stands in the same clause."""
        return self.last is not None and self.last is not self.scene.listed


def _stance(verb: Verb, group: Group, word: str) -> str:
    """By which rule a form is judged."""
    if verb.form == "participle":
        if group.passive and not group.reflexive:
            return "passive" if not group.perfect or group.perfect == "third" else "past"
        return {"ours": "past_ours", "third": "past"}.get(group.perfect, "nothing")
    if verb.form == "infinitive":
        return group.wished or "nothing"
    if verb.form == "hypothetical":
        return "ours" if word.endswith(("mos", "ions")) else "third"
    return "part" if group.circumstance and verb.form == "third" else verb.form


def _done(
    clause: Clause, scene: Scene, table: Conjugation, verb: Verb, group: Group, stop: int
) -> tuple[Act | str, Tokens | None, int]:
    """The act of a verb with what it has about it: "se", a negation, its noun."""
    reflexive, denied = group.reflexive, group.negated is not None
    act: Act | str = verb.act
    if reflexive and verb.lemma in table.reflexive:
        act = table.reflexive[verb.lemma]
    elif verb.lemma in table.only.get("reflexive", ()):
        return "", None, stop
    elif denied and verb.lemma in table.negated:
        act = table.negated[verb.lemma]
    elif verb.lemma in table.only.get("negated", ()):
        return "", None, stop
    elif scene.genre == "resolution":
        act = scene.words.resolution.get(verb.lemma, act)
    return _with_noun(clause, scene, table, verb, reflexive, act, stop) if verb.light else (act, None, stop)


def _with_noun(
    clause: Clause, scene: Scene, table: Conjugation, verb: Verb, reflexive: bool, act: Act | str, stop: int
) -> tuple[Act | str, Tokens | None, int]:
    """The act of a light verb's noun, or of the adjective that it takes of itself ("se déclare préoccupé")."""
    sets = table.sets
    with_noun = verb.lemma in scene.words.with_noun
    linked = not with_noun or table.verb_first
    for ahead in range(stop, min(len(clause), stop + NEAR)):
        word = plain(clause.low[ahead])
        linked = linked or word in sets["with"]
        noun = table.nouns.get(word) if linked else None
        if noun is not None:
            if act and not with_noun and noun not in _AGAIN:
                break
            return noun, (stop, ahead + 1), ahead + 1
        if reflexive and word in table.feelings:
            return table.feelings[word], (stop, ahead + 1), ahead + 1
        if clause.mark(ahead) or clause.quote[ahead] >= 0 or word in sets["breaks"]:
            break
    return act, None, stop


def tied(clause: Clause, table: Conjugation, lead: int) -> bool:
    """Whether "and", a comma or a semicolon stands before a token."""
    return lead > 0 and (clause.low[lead - 1] in COMMA | STRONG or clause.low[lead - 1] in table.sets["and"])


def dependent(clause: Clause, table: Conjugation, at: int, more: frozenset[str] = frozenset()) -> bool:
    """Whether a relative or other dependent clause is open at a token: no comma or colon closed it."""
    closes = table.sets["closes"] | more
    for back in range(at - 1, max(-1, at - DEEP), -1):
        word = clause.low[back]
        if word in COMMA or word in STRONG or word == ":":
            return False
        if word in closes or (word[:1] in table.joined and word[1:] in closes):
            return True
    return False


def _first_person(place: Place) -> bool:
    """Beside "we", or without it where the language needs none, in no dependent clause."""
    clause, table, made, lead = place.clause, place.table, place.made, place.group.lead
    made.shape = "ours"
    beside = lead > 0 and clause.low[lead - 1] in table.sets["ours"]
    goes_on = place.follows() and place.tied and place.last is not None and place.last.shape == "ours"
    if beside:
        made.subject, made.lead = (lead - 1, lead), lead - 1
    elif (not table.drops_subject and not goes_on) or (lead > 0 and clause.low[lead - 1] in clause.words.determiners | clause.words.of):
        return False
    if goes_on or place.tied or (beside and tied(clause, table, lead - 1)):
        return True
    return not dependent(clause, table, made.lead, table.sets["closes_present"])


def _third_person(place: Place) -> bool:
    """Behind who speaks, before them in Arabic, tied to such an act, or headless in a list or resolution."""
    clause, scene, made, lead = place.clause, place.scene, place.made, place.group.lead
    made.shape = "third"
    if _goes_on(place, ("third", "part", "other")):
        return True
    if _opens(clause, lead):
        if place.table.verb_first and _behind(place):
            return True
        return _headless(place)
    formal = scene.genre in _FORMAL and scene.kind == "own"
    if formal and place.last is None and clause.low[lead - 1] in COMMA:
        return True
    return _beside(place) or (place.table.verb_first and not place.tied and _behind(place))


def _goes_on(place: Place, shapes: tuple[str, ...]) -> bool:
    """Whether it goes on with the subject of the act before it."""
    last = place.last
    if last is None or not place.follows() or not place.tied or last.shape not in shapes:
        return False
    comma = place.clause.low[place.group.lead - 1] in COMMA | STRONG
    open_ = any(place.clause.low[n] in place.table.sets["closes"] for n in range(last.stop, place.group.lead))
    if (open_ and not comma and not place.table.verb_first) or not _agrees(place, last):
        return False
    place.made.subject = last.subject
    return True


def _agrees(place: Place, last: Doing) -> bool:
    """Whether a verb and one of the words of the cue before it may have one subject: number, in Arabic gender too."""
    clause, table = place.clause, place.table
    if last.shape != "third" or place.made.modality == "hypothetical":
        return place.made.modality == "performed"
    mine = person(table, clause.low[place.at])
    return any(person(table, clause.low[n]) == mine for n in range(last.first, last.stop))


def person(table: Conjugation, word: str) -> tuple[str, bool]:
    """The letter by which an Arabic verb says its gender, and whether a verb says that they are several."""
    word = plain(word)
    if not table.verb_first:
        return "", table.plural.search(word) is not None
    return (word[1:] if word[:1] in table.joined else word)[:1], table.plural.search(word) is not None


def _headless(place: Place) -> bool:
    """ "Exige …", "Prie …" at the head of a point or paragraph."""
    scene, clause = place.scene, place.clause
    if scene.kind != "own" or place.made.modality != "performed":
        return False
    if scene.genre in _FORMAL or scene.listed is not None:
        return True
    if any(_enumerator(clause, n) and not clause.mark(n) for n in range(min(place.group.lead, 3))):
        return True
    before = clause.text[max(0, clause.start - ENUMERATOR) : clause.start].split()
    return bool(before) and before[-1].rstrip(".:)").lower() in place.table.sets["enumerators"]


def _beside(place: Place) -> bool:
    """Whether the phrase before the verb names who speaks."""
    lead = place.group.lead
    if not lead or place.clause.quote[lead - 1] >= 0:
        return False
    floor = place.last.stop if place.last is not None and place.follows() else 0
    subject = sources.before(place.clause, lead, place.scene.names, min(floor, lead - 1))
    if subject is None or place.clause.low[subject[0]] in place.table.sets["closes"]:
        return False
    if not place.scene.is_self(subject, place.group.first):
        return False
    place.made.subject, place.made.lead = subject, subject[0]
    return True


def _behind(place: Place) -> bool:
    """Whether the phrase behind an Arabic verb names who speaks."""
    stop = place.made.stop
    if stop >= len(place.clause) or place.clause.quote[stop] >= 0:
        return False
    subject = sources.after(place.clause, stop, place.scene.names, apposition=False, subject_only=True)
    if subject is None or not place.scene.is_self(subject, place.group.first):
        return False
    place.made.subject = subject
    return True


def _gerund(place: Place) -> bool:
    """ "Rappelant …" at the head, or tied to another of its kind."""
    made, scene, last = place.made, place.scene, place.last
    made.rule, made.shape = "participle", "part"
    if _opens(place.clause, place.group.lead) or place.group.circumstance:
        return True
    bare = place.table.verb_first and place.clause.low[place.made.first].endswith(("ا", "اً", "ًا", "ين"))
    if last is None or not place.follows() or not (place.tied or bare):
        return False
    if scene.genre in _FORMAL and last.shape == "third":
        return False  # "requests X, taking into account Y": in what manner, no act of its own
    made.subject = last.subject
    return last.shape in ("part", "other") or (last.shape == "ours" and scene.genre not in _FORMAL)


def _told(place: Place) -> bool:
    """ "La asamblea ha acordado …", "قررت اللجنة": done before it is told."""
    made = place.made
    if place.group.lead and place.clause.low[place.group.lead - 1] in place.table.sets["ours"]:
        return _told_ours(place)  # Russian: the past has no person
    made.modality = "past" if made.modality == "performed" else made.modality
    if _goes_on(place, ("past",)) or _beside(place) or (place.table.verb_first and _behind(place)):
        made.shape = "past"
        return True
    return False


def _told_ours(place: Place) -> bool:
    """ "Nous avons décidé", "قررنا"."""
    place.made.modality = "past" if place.made.modality == "performed" else place.made.modality
    return _first_person(place)


def _passive(place: Place) -> bool:
    """ "Les riverains sont priés de …": whom the sentence is about is asked."""
    made, scene, clause = place.made, place.scene, place.clause
    ahead = clause.low[made.stop] if made.stop < len(clause) else ""
    if made.act not in _ASKING or scene.kind == "indirect" or ahead not in place.table.sets["to"]:
        return False
    lead = place.group.lead
    subject = sources.before(clause, lead, scene.names) if lead else None
    if subject is None or scene.is_self(subject, place.group.first) or dependent(clause, place.table, lead):
        return False
    made.heard, made.lead, made.rule, made.shape = subject, subject[0], "passive", "third"
    return True


def _attitude(place: Place) -> bool:
    """ "Profondément préoccupée par …", "nous sommes prêts à …"."""
    made, group, clause = place.made, place.group, place.clause
    made.rule, made.shape = "adjective", "other"
    lead = group.lead
    if group.passive:
        return _beside(place)
    beside = lead > 0 and clause.low[lead - 1] in place.table.sets["ours"]
    if group.be_ours or (beside and clause.low[lead - 1] in place.table.sets["be_ours"]):
        if beside:
            made.subject, made.lead = (lead - 1, lead), lead - 1
        return not dependent(clause, place.table, made.lead, place.table.sets["closes_present"])
    if place.scene.genre not in _FORMAL or place.scene.kind != "own":
        return False
    after_part = place.follows() and place.last is not None and place.last.shape in ("part", "other")
    return _opens(clause, lead) or (after_part and place.tied)


def _nothing(place: Place) -> bool:
    return False


_STANDS = {
    "ours": _first_person, "third": _third_person, "part": _gerund, "past": _told, "past_ours": _told_ours,
    "passive": _passive, "adjective": _attitude, "nothing": _nothing, "infinitive": _nothing, "participle": _nothing,
}  # fmt: skip


# -- who is asked ------------------------------------------------------------------------------------------------------


def _heard(clause: Clause, table: Conjugation, made: Doing) -> Tokens | None:
    """Whom a directive is laid upon: what stands behind its verb up to the infinitive or clause of what is asked."""
    if made.act not in _ASKING or made.rule in ("must", "imperative"):
        return None
    sets = table.sets
    first = made.stop
    while first < len(clause) and clause.low[first] in sets["adverbs"] and clause.low[first] not in sets["asked_by"]:
        first += 1
    preposed = first < len(clause) and clause.low[first] in sets["asked_by"]
    bare = not preposed or clause.low[first] in sets["asks"]
    first += preposed
    for at in range(first, min(len(clause), first + PHRASE)):
        word = clause.low[at]
        if clause.quote[at] >= 0 or word in STRONG or (clause.mark(at) and word not in COMMA):
            return None
        if at > first and _asks(clause, table, at):
            stop = at
            while stop > first and (clause.mark(stop - 1) or clause.low[stop - 1] in sets["adverbs"]):
                stop -= 1
            return (first, stop) if stop > first else None
        if at == first and (word in sets["that"] or (bare and table.infinitive and table.infinitive.search(word))):
            return None
    return None
    return None


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
