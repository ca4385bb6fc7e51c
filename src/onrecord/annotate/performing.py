"""Acts that a clause performs: "We condemn …", "Calls upon …", "Deeply concerned at …", "The ministry is asked to …".

A cue performs where it heads its clause: a verb in the present beside who speaks, or without a subject where a list or
a resolution gives it, a participle that opens a paragraph, an adjective of attitude. What stands in a relative clause
or behind another's name is told, not done. Light verbs take their act from their noun ("expresses its deep concern").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from onrecord.annotate import sources
from onrecord.annotate.actwords import ActWords, Cue, Phrase
from onrecord.annotate.clauses import COMMA, STRONG, Clause
from onrecord.annotate.conditions import inside, opens
from onrecord.annotate.sources import Names, Tokens
from onrecord.model import Act, Genre, Modality

NEAR = 6
"""Tokens behind a verb within which the words stand that it needs, and its noun."""
GAP = 7
"""Tokens between the parts of a verb that an aside parts ("calls, in this context, upon")."""
BACK = 14
"""Tokens back that an aside between subject and verb may go on."""

Is = Callable[[Tokens | None, int], bool]
"""Whether the words of a subject name who speaks; `None` where there are none. The second is where the cue stands."""


class Doing(Struct, gc=False):
    """An act in the making: its cue is the tokens `[first, stop)`, its clause begins at token `lead`."""

    act: Act
    first: int
    stop: int
    lead: int
    rule: str
    confidence: float
    subject: Tokens | None = None
    """Who does it, as printed."""
    heard: Tokens | None = None
    """Of a passive: to whom it is said."""
    modality: Modality = "performed"
    negated: Tokens | None = None
    undone: bool = False
    """Its own verb is denied, so that it is not done: "we do not promise"."""
    condition: Tokens | None = None
    """What it hangs on."""
    verb: int = -1
    """Of a future: the token of its main verb."""
    light: Tokens | None = None
    """Of a light verb: what stands between it and the end of its noun."""
    shape: str = ""
    end: int = 0
    """The token behind the last of its clause."""


class Scene(Struct, gc=False):
    """What is known around a clause: who speaks is answered by `is_self`."""

    words: ActWords
    names: Names
    is_self: Is
    genre: Genre | None
    kind: Literal["own", "direct", "indirect"]
    warned: bool = False
    """Whether the words are what somebody warns of."""
    listed: Doing | None = None
    """The act whose list this clause is an item of ("We demand: (a) …", "The parties (a) request …")."""


def places(clause: Clause, words: ActWords) -> list[int]:
    """The tokens at which a cue, a mood or a modal may begin: one of several words has its last close behind."""
    low, active = clause.low, words.active
    return [
        at
        for at, word in enumerate(low)
        if word in active and ((lasts := active[word]) is None or not lasts.isdisjoint(low[at + 1 : at + 1 + GAP]))
    ]


def performed(clause: Clause, scene: Scene, places: Sequence[int]) -> list[Doing]:
    """The acts that the cues of a clause perform, in order; they begin at some of `places`."""
    words, found = scene.words, list[Doing]()
    floor = 0
    for at in places:
        held = words.cues.get(clause.low[at])
        if held is None or at < floor or clause.quote[at] >= 0:
            continue
        hit = _match(clause, words, at, held, len(clause.low))
        made = _stands(clause, scene, at, *hit, found[-1] if found else scene.listed) if hit is not None else None
        if made is not None and not inside(clause, words, made.first):
            found.append(made)
            floor = made.stop
    return found


def _match(
    clause: Clause, words: ActWords, at: int, held: tuple[tuple[Phrase, Cue], ...], stop: int
) -> tuple[int, Cue] | None:
    """The longest of the cues that stands at a token: the token behind it, and what it is."""
    for phrase, cue in held:
        end = at + len(phrase)
        if end > stop:
            continue
        if len(phrase) > 1 and tuple(clause.low[at + 1 : end]) != phrase[1:]:
            end = _parted(clause, words, at, phrase, stop)
            if not end:
                continue
        if not cue.needs or not cue.needs.isdisjoint(clause.low[end : end + (NEAR if len(cue.needs) < 3 else 2)]):
            return end, cue
    return None


def _parted(clause: Clause, words: ActWords, at: int, phrase: Phrase, stop: int) -> int:
    """ "calls, in this context, upon": the particle of a verb behind an aside or "once again"; else 0."""
    if len(phrase) != 2:
        return 0
    after = clause.low[at + 1 : min(stop, at + 1 + GAP)]
    if phrase[1] not in after:
        return 0
    size = after.index(phrase[1])
    aside = size > 1 and after[0] in COMMA and after[size - 1] in COMMA
    between = 0 < size < 4 and all(adverb(clause, words, n) for n in range(at + 1, at + 1 + size))
    return at + 2 + size if aside or between else 0


# -- whether a cue performs --------------------------------------------------------------------------------------------


def _stands(clause: Clause, scene: Scene, at: int, stop: int, cue: Cue, last: Doing | None) -> Doing | None:
    words = scene.words
    act, light, stop = _act_of(clause, scene, stop, cue)
    if not act:
        return None
    group = _Group(clause, words, at)
    made = Doing(act, group.first, stop, group.first, cue.kind, 0.9, light=light, shape=cue.shape)
    made.negated = group.negated or _denied(clause, words, at, stop, made)
    if cue.kind == "adjective":
        return _attitude(clause, scene, made, at, group, last)
    if cue.kind == "phrase":
        return _with_subject(clause, scene, made, group, last)
    if group.passive and cue.shape == "past":
        return _asked(clause, scene, made, group)
    if group.future or group.infinitive:
        return _wished(clause, scene, made, group) if group.infinitive else None
    if cue.shape == "past" or group.perfect or group.past_do:
        made.modality = "past"
    if group.negated is not None:
        _deny(made)
    if group.would:
        if scene.kind == "indirect":
            return None  # a future told as past: `binding` reads it
        made.modality = "hypothetical"
    before = clause.low[group.lead - 1] if group.lead else ""
    if cue.shape in ("ours", "third") and (before in words.sets["before_noun"] or before.endswith(sources.OWNED)):
        return None
    if cue.shape == "part":
        return _participle(clause, scene, made, group, last)
    return _with_subject(clause, scene, made, group, last)


_NOT_DONE: frozenset[Act] = frozenset((
    "promise", "offer", "threaten", "refuse", "demand", "request", "urge", "invite", "decide", "announce",
))  # fmt: skip
"""Acts that are not done at all where their own verb is denied: "we do not promise"."""


def _deny(made: Doing) -> None:
    """What was not done before is denied now ("we never refused"); what is not done now stays apart by a flag."""
    if made.modality == "past":
        made.act = "deny"
    made.undone = made.act in _NOT_DONE


def complement(clause: Clause, words: ActWords, first: int, last: Doing | None) -> bool:
    """Whether a subject opens what somebody thinks or denies, so that nothing is done: "they fear that we will …"."""
    if first < 2 or clause.low[first - 1] not in words.sets["that"]:
        return False
    opened = last is not None and last.stop == first - 1 and last.act in _OPENS and last.negated is None
    return not opened and not (first > 1 and clause.low[first - 2] in words.sets["and"])


_OPENS: frozenset[Act] = frozenset(("claim", "announce", "affirm", "note", "recall", "warn", "promise"))
"""Acts whose that-clause may do something too: "we declare that we will …"."""


def _denied(clause: Clause, words: ActWords, at: int, stop: int, made: Doing) -> Tokens | None:
    """ "accuse neither", "do not recognise", "undertake not to", "promise that no …": denied in or behind its words."""
    for n in range(at, stop):
        if clause.low[n] in words.sets["negations"]:
            return n, n + 1
    ahead = stop + (stop < len(clause) and made.act in _COMMISSIVE and clause.low[stop] in words.sets["that"])
    low = clause.low[ahead] if ahead < len(clause) else ""
    if low in words.sets["none"] and (made.act in _COMMISSIVE or low in words.sets["pronouns"]):
        return ahead, ahead + 1
    return None


_COMMISSIVE = frozenset({"promise", "offer", "threaten"})


def _act_of(clause: Clause, scene: Scene, stop: int, cue: Cue) -> tuple[Act | Literal[""], Tokens | None, int]:
    """The act of a cue: that of its noun for a light verb ("expresses its deep concern", "notes with regret")."""
    words = scene.words
    act = words.resolution.get(cue.lemma, cue.act) if scene.genre == "resolution" else cue.act
    ahead = clause.low[stop : stop + NEAR]
    if ahead and ahead[0] in words.sets["to"]:
        act = words.infinitive.get(cue.lemma, act)
    elif cue.lemma in words.claims and not words.claimed.isdisjoint(ahead[:4]):
        act = words.claims[cue.lemma]
    if cue.kind != "light":
        return act, None, stop
    with_noun = cue.lemma in words.with_noun
    if with_noun and (stop >= len(clause) or clause.low[stop] not in words.sets["with"]):
        return act, None, stop
    for at in range(stop, min(len(clause), stop + NEAR)):
        low = clause.low[at]
        if low in words.nouns and not (with_noun and at == stop):
            if act and not with_noun and (words.nouns[low] not in _ASKED or _of_another(clause, words, at)):
                break
            return words.nouns[low], (stop, at + 1), at + 1
        if clause.mark(at) and low not in COMMA:
            break
        if low in words.sets["no_noun"] or (low in words.cues and low not in words.adjectives):
            break
    return act, None, stop


_ASKED = frozenset({"request", "demand", "urge", "concern", "condemn", "condole"})
"""What is done again where it is repeated ("reiterates its demand"); of other nouns ("its support") it is affirmed."""


def _of_another(clause: Clause, words: ActWords, at: int) -> bool:
    """ "reaffirms the commitment of all states": whose it is follows."""
    return (
        at + 1 < len(clause)
        and clause.low[at + 1] in clause.words.of | clause.words.by
        and clause.low[at - 1] in words.sets["articles"]
    )


class _Group:
    """The verb group that ends at a token: its auxiliaries, negation and adverbs, read leftwards."""

    __slots__ = (
        "first", "future", "infinitive", "lead", "negated", "passive", "past_be", "past_do", "perfect", "would",
    )  # fmt: skip

    def __init__(self, clause: Clause, words: ActWords, at: int) -> None:
        self.negated: Tokens | None = None
        self.future = self.would = self.perfect = self.passive = self.infinitive = False
        self.past_be = self.past_do = False
        self.first = self.lead = at
        """`first` is that of its own words, `lead` lies past the adverbs in front of it."""
        if at > 0 and (clause.low[at - 1] in words.beside_verb or clause.low[at - 1].endswith("ly")):
            self._read(clause, words)

    def _read(self, clause: Clause, words: ActWords) -> None:
        sets, first, cue_first = words.sets, self.first, self.first
        while first > 0:
            word = clause.low[first - 1]
            if clause.quote[first - 1] >= 0:
                break
            if word in sets["negations"]:
                if first < len(clause) and clause.low[first] in sets["only"]:
                    first -= 1
                    continue
                self.negated = (first - 1, first)
                self._auxiliary(sets, word)
            elif word in sets["to"] and not self.infinitive and first == cue_first:
                self.infinitive = True
            elif self._auxiliary(sets, word) or word in sets["obliged"]:
                pass
            elif not adverb(clause, words, first - 1):
                break
            else:
                first -= 1
                continue
            first -= 1
            cue_first = first
        self.first, self.lead = cue_first, first

    def _auxiliary(self, sets: dict[str, frozenset[str]], word: str) -> bool:
        if word in sets["will"]:
            self.future = True
        elif word in sets["would"]:
            self.would = True
        elif word in sets["have"]:
            self.perfect = True
        elif word in sets["be"]:
            self.passive = not self.perfect or self.passive
            self.past_be = self.past_be or word in sets["past_be"]
        elif word in sets["do"]:
            self.past_do = self.past_do or word in sets["past_do"]
        else:
            return False
        return True


def adverb(clause: Clause, words: ActWords, at: int) -> bool:
    low = clause.low[at]
    if low in words.sets["adverbs"] or low in words.intensity:
        return low not in words.sets["and"] or low in words.intensity
    both = words.sets["in_turn"]
    if low in both:
        return not both.isdisjoint(clause.low[max(0, at - 1) : at] + clause.low[at + 1 : at + 2])
    return words.tag == "en" and low.endswith("ly") and len(low) > 4


def _before(clause: Clause, lead: int) -> int:
    """The token before a verb group, past what commas set off there (", in this regard,"); -1 at the beginning."""
    at = lead - 1
    if at > 0 and clause.low[at] in COMMA:
        for back in range(at - 1, max(0, at - BACK) - 1, -1):
            if clause.low[back] in COMMA and at - back > 1:
                inside = clause.low[back + 1 : at]
                if inside[0] in clause.words.prepositions:
                    return back - 1
                break
            if clause.mark(back) or clause.quote[back] >= 0:
                break
    return at


def _joined(clause: Clause, lead: int, words: ActWords) -> bool:
    """Whether "and", a comma or a semicolon ties a verb to what stands before."""
    if lead < 1:
        return False
    low = clause.low[lead - 1]
    return low in COMMA or low in STRONG or low in words.sets["and"]


def _open_between(clause: Clause, words: ActWords, start: int, stop: int) -> bool:
    """Whether a relative or other dependent clause is open between two tokens (no comma closed it)."""
    for at in range(stop - 1, start - 1, -1):
        if clause.low[at] in COMMA or clause.low[at] in STRONG:
            return False
        if clause.low[at] in words.sets["closes"]:
            return True
    return False


def _participle(clause: Clause, scene: Scene, made: Doing, group: _Group, last: Doing | None) -> Doing | None:
    """ "Recalling …", ", and calling upon …": in front of its clause, or tied to another act."""
    if group.perfect and clause.low[made.stop - 1].endswith("ing"):
        return None
    made.rule = "participle"
    made.modality = "performed"
    formal = scene.genre in ("resolution", "agreement")
    if opens(clause, group.lead):
        made.lead = group.lead
        return made if formal or not COMMA.isdisjoint(clause.low[made.stop :]) else None
    before = _before(clause, group.lead)
    if before < 0:
        made.lead = group.lead
        return made
    low = clause.low[before]
    if low in COMMA or low in STRONG or low in scene.words.sets["and"]:
        if formal and last is not None and last.shape == "third":
            return None  # "requests X, taking into account Y": in what manner, no act of its own
        if last is not None and last is not scene.listed and (formal or last.shape != "past"):
            if low in scene.words.sets["and"] and last.shape not in ("part", "other"):
                return None
            made.lead, made.subject = group.lead, last.subject
            return made
        subject = sources.before(clause, before, scene.names) if low in COMMA else None
        if subject is not None and scene.is_self(subject, group.first):
            made.lead, made.subject = subject[0], subject
            return made
    if low in clause.words.of and clause.low[before - 1] in scene.words.sets["of_wishing"]:
        made.lead = group.lead
        return made
    return None


def _with_subject(clause: Clause, scene: Scene, made: Doing, group: _Group, last: Doing | None) -> Doing | None:
    """A finite verb: beside who speaks, tied to an act before it, or at the head of a point."""
    words = scene.words
    lead = group.lead
    before = _before(clause, lead)
    made.lead = lead
    if before < 0 or (opens(clause, lead) and before == lead - 1):
        return _headless(clause, scene, made, group)
    low = clause.low[before]
    tied = low in COMMA or low in STRONG or low in words.sets["and"] or clause.low[lead] in words.sets["nor"]
    if last is not None and tied and _continues(clause, scene, made, last, lead):
        made.subject = last.subject
        return made
    if low in words.sets["us"] and before and clause.low[before - 1] in words.sets["let"] | clause.words.of:
        made.subject = before - 1, before + 1  # "let us recall", "all of us welcome"
        return made
    subject = sources.before(clause, before + 1, scene.names, 0 if last is None or last is scene.listed else last.stop)
    if subject is None or clause.low[subject[0]] in words.sets["closes"]:
        return None
    if subject[0] and clause.low[subject[0] - 1] in words.sets["closes"]:
        return None
    if complement(clause, words, subject[0], last):
        return None
    if not scene.is_self(subject, group.first) or not _agrees(clause, scene, made, subject):
        return None
    if subject[1] - subject[0] == 1 and clause.low[subject[0]] in words.sets["our"]:
        return None
    made.subject, made.lead = subject, subject[0]
    return made


def _agrees(clause: Clause, scene: Scene, made: Doing, subject: Tokens) -> bool:
    """Verb and subject agree as far as their form shows it (English)."""
    if scene.words.tag != "en" or made.rule != "performative" or made.modality != "performed":
        return True
    low = clause.low[subject[0]]
    if made.shape == "third":
        return low not in scene.words.sets["ours"]
    if made.shape == "ours":
        return low not in scene.words.sets["singular"]
    return True


def _continues(clause: Clause, scene: Scene, made: Doing, last: Doing, lead: int) -> bool:
    """ "We condemn …, call on …": a verb of the same form goes on with the act before it."""
    if last.shape == "past" and made.shape == "ours":
        return False
    same = made.shape == last.shape or {made.shape, last.shape} == {"third", "part"} or last.rule == "passive"
    if last.rule in ("adjective", "phrase", "future", "opener"):
        same = made.shape in ("ours", "third", "other") and made.modality != "past"
    if made.shape == "past" and last.shape == "past":
        same = made.modality == last.modality
    if not same:
        return False
    comma = clause.low[lead - 1] in COMMA or clause.low[lead - 1] in STRONG
    if made.shape == "part" and not comma:
        return last.shape == "part"
    return comma or not _open_between(clause, scene.words, last.stop, lead - 1) or last.lead >= lead


def _headless(clause: Clause, scene: Scene, made: Doing, group: _Group) -> Doing | None:
    """ "Demands that …" at the head of a point or paragraph."""
    if made.modality != "performed" or (scene.kind != "own" and not clause.capital(group.lead)):
        return None
    if made.stop < len(clause) and clause.low[made.stop] in clause.words.finite:
        return None  # "promises must be kept": a noun
    if made.shape == "third" or (made.rule == "phrase" and scene.genre == "resolution"):
        return made
    if made.shape == "ours":
        if scene.words.tag != "en":
            return made
        listed = scene.listed
        if listed is not None and (listed.shape == "ours" or listed.rule == "list"):
            made.subject = None
            return made
    return None


def _wished(clause: Clause, scene: Scene, made: Doing, group: _Group) -> Doing | None:
    """ "We wish to thank …", "the council would like to stress …": said with regard, and done all the same."""
    sets = scene.words.sets
    at = group.first - 1
    opening = group.first
    while at >= 0 and (
        clause.low[at] in sets["wishing"]
        or clause.low[at] in sets["would"]
        or clause.low[at] in sets["be"]
        or clause.low[at] in sets["articles"]
        or adverb(clause, scene.words, at)
    ):
        opening = at
        at -= 1
    if opening == group.first or clause.low[group.first - 1] not in sets["wishing"]:
        return None
    subject = sources.before(clause, opening, scene.names)
    if subject is None or not scene.is_self(subject, group.first):
        return None
    made.first = group.first + 1 if clause.low[group.first] in sets["to"] else group.first
    made.subject, made.lead, made.rule, made.shape = subject, subject[0], "wished", "other"
    return made


def _asked(clause: Clause, scene: Scene, made: Doing, group: _Group) -> Doing | None:
    """ "The ministry is requested to …": whom the sentence is about is asked."""
    if made.act not in ("request", "urge", "demand", "invite") or group.future or group.would or group.past_be:
        return None
    if group.perfect or scene.kind == "indirect":
        return None
    subject = sources.before(clause, group.lead, scene.names)
    if subject is None or scene.is_self(subject, group.first):
        return None
    ahead = clause.low[made.stop] if made.stop < len(clause) else ""
    if ahead not in scene.words.sets["to"] and ahead not in scene.words.sets["asked_on"]:
        return None
    made.heard, made.lead, made.rule = subject, subject[0], "passive"
    return made


def _attitude(clause: Clause, scene: Scene, made: Doing, at: int, group: _Group, last: Doing | None) -> Doing | None:
    """ "Deeply concerned at …", "we are grateful to …"."""
    words = scene.words
    made.rule, made.shape = "adjective", "other"
    if group.would:
        made.modality = "hypothetical"
    if group.passive:
        subject = sources.before(clause, group.lead, scene.names)
        made.first = at if made.negated is None else made.negated[0]
        if subject is None:
            tied = last is not None and last is not scene.listed and _joined(clause, group.lead, words)
            if not tied and not (scene.genre == "resolution" and opens(clause, group.lead)):
                return None
            made.lead, made.subject = group.lead, last.subject if last is not None else None
            return made
        if not scene.is_self(subject, group.first) or group.future:
            return None
        made.subject, made.lead = subject, subject[0]
        made.modality = "past" if group.past_be or group.perfect else made.modality
        return made
    if made.negated is not None or group.perfect or group.future:
        return None
    formal = scene.genre in ("resolution", "agreement")
    tied = (
        last is not None
        and last is not scene.listed
        and last.shape in ("part", "other")
        and _joined(clause, group.lead, words)
    )
    if (opens(clause, group.lead) and (formal or made.act in ("concern", "praise"))) or (tied and formal):
        made.lead = group.lead
        return made
    return None
