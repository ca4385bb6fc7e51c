"""Whether a form of a verb performs where it stands, in languages whose verbs say by their form who speaks.

Each form has a rule: the first person beside "we" or in no dependent clause, the third beside who speaks, a gerund at
the head or tied to another act, what is told as done, a passive that asks, an adjective of attitude.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from onrecord.annotate import sources
from onrecord.annotate.clauses import COMMA, STRONG, Clause
from onrecord.annotate.conditions import enumerator, opens
from onrecord.annotate.conjugation import Conjugation, plain
from onrecord.annotate.performing import Doing, Scene
from onrecord.annotate.sources import Tokens
from onrecord.model import Act, Genre

ENUMERATOR = 24
"""Code points before a sentence in which its number may stand, where a full stop parts them ("Primero. Condena …")."""
DEEP = 40
"""Tokens back that a dependent clause may have begun."""
ASKING: frozenset[Act] = frozenset(("demand", "request", "urge", "invite"))
FORMAL: frozenset[Genre] = frozenset(("resolution", "agreement"))


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
    hearer: Tokens | None = None
    """A pronoun of those spoken to ("nous vous demandons")."""


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


def tied(clause: Clause, table: Conjugation, lead: int) -> bool:
    """Whether "and", a comma or a semicolon stands before a token."""
    return lead > 0 and (clause.low[lead - 1] in COMMA | STRONG or clause.low[lead - 1] in table.sets["and"])


def dependent(clause: Clause, table: Conjugation, at: int, more: frozenset[str] = frozenset()) -> bool:
    """Whether a relative or other dependent clause is open at a token: no comma or colon closed it."""
    closes = table.sets["closes"] | more
    for back in range(at - 1, max(-1, at - DEEP), -1):
        word = plain(clause.low[back])
        if word in COMMA or word in STRONG or word == ":":
            return False
        if word in closes or (word[:1] in table.joined and word[1:] in closes):
            return True
    return False


def speaks(clause: Clause, scene: Scene, table: Conjugation, subject: Tokens, at: int) -> bool:
    """Whether a phrase names who speaks; where there is no article, one word for a body does ("Союз решил")."""
    if scene.is_self(subject, at):
        return True
    alone = subject[1] - subject[0] == 1 and clause.low[subject[0]] in table.sets["bodies"]
    named = scene.names.over(clause.starts[subject[0]])
    return alone and named is None and scene.kind == "own" and not table.sets["articles"] & clause.words.determiners


def heads(clause: Clause, at: int) -> bool:
    """Whether a main clause begins at a token, be it behind a number and a hyphen ("1 - يطلب")."""
    while at > 0 and clause.low[at - 1] == "-":
        at -= 1
    return opens(clause, at)


def begins(clause: Clause, table: Conjugation, lead: int) -> bool:
    """Whether nothing but "that" stands before a token."""
    return lead < 3 and all(low in table.sets["that"] for low in clause.low[:lead])


def unnamed(clause: Clause, scene: Scene, table: Conjugation, lead: int) -> bool:
    """In reported words: who is said to say them, where nobody else is named ("dijo que no pagaría", "إنه لن يدفع")."""
    if lead and clause.low[lead - 1] in table.sets["third"] and table.verb_first:
        return scene.is_self((lead - 1, lead), lead)
    return scene.kind == "indirect" and table.drops_subject and not table.verb_first and begins(clause, table, lead)


def _first_person(place: Place) -> bool:
    """Beside "we", or without it where the language needs none, in no dependent clause."""
    clause, table, made, lead = place.clause, place.table, place.made, place.group.lead
    made.shape = "ours"
    beside = lead > 0 and clause.low[lead - 1] in table.sets["ours"]
    goes_on = place.follows() and place.tied and place.last is not None and place.last.shape == "ours"
    if beside:
        made.subject, made.lead = (lead - 1, lead), lead - 1
    elif (not table.drops_subject and not goes_on) or (
        lead > 0 and clause.low[lead - 1] in clause.words.determiners | clause.words.of
    ):
        return False
    if goes_on or place.tied or (beside and tied(clause, table, lead - 1)) or begins(clause, table, made.lead):
        return True
    return not dependent(clause, table, made.lead, table.sets["closes_present"])


def _third_person(place: Place) -> bool:
    """Behind who speaks, before them in Arabic, tied to such an act, or headless in a list or resolution."""
    clause, scene, made, lead = place.clause, place.scene, place.made, place.group.lead
    made.shape = "third"
    if _goes_on(place, ("third", "part", "other")) or unnamed(clause, scene, place.table, lead):
        return True
    if heads(clause, lead):
        if place.table.verb_first and _behind(place):
            return True
        return _headless(place)
    formal = scene.genre in FORMAL and scene.kind == "own"
    if formal and place.last is None and clause.low[lead - 1] in COMMA:
        return True
    return _beside(place) or (place.table.verb_first and not place.tied and _behind(place))


def _goes_on(place: Place, shapes: tuple[str, ...]) -> bool:
    """Whether it goes on with the subject of the act before it."""
    last = place.last
    if last is None or not place.follows() or not place.tied or last.shape not in shapes:
        return False
    comma = any(word in COMMA | STRONG for word in place.clause.low[max(0, place.group.lead - 2) : place.group.lead])
    open_ = any(place.clause.low[n] in place.table.sets["closes"] for n in range(last.stop, place.group.lead))
    if (open_ and not comma and not place.table.verb_first) or not _agrees(place, last):
        return False
    place.made.subject = last.subject
    return True


def _agrees(place: Place, last: Doing) -> bool:
    """Whether a verb and one of the words of the cue before it may have one subject: number, in Arabic gender too."""
    clause, table = place.clause, place.table
    if last.shape != "third" or place.made.modality == "hypothetical":
        if place.scene.genre == "resolution" and person(table, clause.low[place.at])[1]:
            return False  # a council is one: "demanding that the parties …, and refrain"
        led = {person(table, clause.low[n])[0] for n in range(last.first, last.stop)} & set("يت")
        mine = person(table, clause.low[place.at])[0]
        return place.made.modality == "performed" and (not led or mine in led)
    mine_too = person(table, clause.low[place.at])
    return any(person(table, clause.low[n]) == mine_too for n in range(last.first, last.stop))


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
    if scene.genre in FORMAL or scene.listed is not None:
        return True
    if any(enumerator(clause, n) and not clause.mark(n) for n in range(min(place.group.lead, 3))):
        return True
    before = clause.text[max(0, clause.start - ENUMERATOR) : clause.start].split()
    return bool(before) and before[-1].rstrip(".:)").lower() in place.table.sets["ordinals"]


def _beside(place: Place) -> bool:
    """Whether the phrase before the verb names who speaks."""
    lead = place.group.lead
    if not lead or place.clause.quote[lead - 1] >= 0:
        return False
    floor = place.last.stop if place.last is not None and place.follows() else 0
    subject = sources.before(place.clause, lead, place.scene.names, min(floor, lead - 1))
    if subject is None or place.clause.low[subject[0]] in place.table.sets["closes"]:
        return False
    if place.scene.genre == "resolution" and place.clause.low[subject[1] - 1] in place.table.sets["others"]:
        return False
    if dependent(place.clause, place.table, subject[0]) and not begins(place.clause, place.table, subject[0]):
        return False
    if not speaks(place.clause, place.scene, place.table, subject, place.group.first):
        return False
    place.made.subject, place.made.lead = subject, subject[0]
    return True


def _behind(place: Place) -> bool:
    """Whether the phrase behind an Arabic verb names who speaks."""
    stop = place.made.stop
    if stop >= len(place.clause) or place.clause.quote[stop] >= 0:
        return False
    subject = sources.after(place.clause, stop, place.scene.names, apposition=False, subject_only=True)
    if subject is None or not speaks(place.clause, place.scene, place.table, subject, place.group.first):
        return False
    place.made.subject = subject
    return True


def _gerund(place: Place) -> bool:
    """ "Rappelant …" at the head, or tied to another of its kind."""
    made, scene, last = place.made, place.scene, place.last
    made.rule, made.shape = "participle", "part"
    if heads(place.clause, place.group.lead) or place.group.circumstance:
        return True
    bare = place.table.verb_first and place.clause.low[place.made.first].endswith(("ا", "اً", "ًا", "ين"))
    if last is None or not place.follows() or not (place.tied or bare):
        return False
    if scene.genre in FORMAL and last.shape == "third":
        return False  # "requests X, taking into account Y": in what manner, no act of its own
    made.subject = last.subject
    return last.shape in ("part", "other") or (last.shape == "ours" and scene.genre not in FORMAL)


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
    lead = place.group.lead
    if lead and place.clause.low[lead - 1] in place.table.sets["closes"]:
        return False  # "كما طالبنا": as we demanded
    place.made.modality = "past" if place.made.modality == "performed" else place.made.modality
    return _first_person(place)


def _passive(place: Place) -> bool:
    """ "Les riverains sont priés de …": whom the sentence is about is asked."""
    made, scene, clause = place.made, place.scene, place.clause
    ahead = clause.low[made.stop] if made.stop < len(clause) else ""
    if made.act not in ASKING or scene.kind == "indirect" or ahead not in place.table.sets["to"]:
        return False
    lead = place.group.lead
    subject = sources.before(clause, lead, scene.names) if lead else None
    if (
        subject is None
        or speaks(clause, scene, place.table, subject, place.group.first)
        or dependent(clause, place.table, lead)
    ):
        return False
    made.heard, made.lead, made.rule, made.shape = subject, subject[0], "passive", "third"
    return True


def _attitude(place: Place) -> bool:
    """ "Profondément préoccupée par …", "nous sommes prêts à …"."""
    made, group, clause = place.made, place.group, place.clause
    made.rule, made.shape = "adjective", "other"
    if made.negated is not None and made.act in ("promise", "offer"):
        made.act = "refuse"
    lead = group.lead
    if group.passive:
        return _beside(place)
    beside = lead > 0 and clause.low[lead - 1] in place.table.sets["ours"]
    if group.be_ours or (beside and clause.low[lead - 1] in place.table.sets["be_ours"]):
        if beside:
            made.subject, made.lead = (lead - 1, lead), lead - 1
        return not dependent(clause, place.table, made.lead, place.table.sets["closes_present"])
    if place.scene.genre not in FORMAL or place.scene.kind != "own":
        return False
    after_part = place.follows() and place.last is not None and place.last.shape in ("part", "other")
    return heads(clause, lead) or (after_part and place.tied)


def _impersonal(place: Place) -> bool:
    """ "Se ruega a los vecinos que …": nobody is named who asks."""
    made = place.made
    if made.act not in ASKING or place.scene.kind != "own" or not heads(place.clause, place.group.lead):
        return _third_person(place) if place.scene.genre in FORMAL else False
    made.rule, made.shape = "passive", "other"
    return True


def _nothing(place: Place) -> bool:
    return False


RULES: dict[str, Callable[[Place], bool]] = {
    "ours": _first_person, "third": _third_person, "part": _gerund, "past": _told, "past_ours": _told_ours,
    "passive": _passive, "impersonal": _impersonal, "adjective": _attitude,
    "nothing": _nothing, "infinitive": _nothing, "participle": _nothing,
}  # fmt: skip
