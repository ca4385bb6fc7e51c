"""Links between acts over time, proposed by rule: a later act repeats, softens, hardens, withdraws or answers another.

Same party, comparable acts (`act_links.toml`), similar content; an answer is another party's, where one of the two acts
is said to or about the other. Each act is linked with the nearest earlier one that fits, and only one that is surely
earlier; within a document only an answer that stands behind what it answers. Acts meet by their rarest content words,
and of each word only the latest acts are looked at, so the cost goes with the number of acts.

A score is the likeness of the two contents, from 0 to 1, less where either is not the party's own words. It says how
well the words fit together, not how surely the one was meant of the other: that is for a person to judge.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct

from onrecord.analyse.days import read
from onrecord.analyse.gists import Gist, weight
from onrecord.analyse.matters import TAKING_BACK
from onrecord.commitments import GROUPS, ActDone, ActLink, Relation
from onrecord.model import Act, Score, SpeechAct
from onrecord.text.dates import PartialDate

LIKE = 0.5
"""Likeness from which two contents are taken for one matter."""
LONE = 0.7
"""What is left of a likeness that rests on one word or name."""
TOLD = 0.85
"""What is left of a score where one of the acts is told by another; where the later may be the earlier once more …"""
AGAIN = 0.7
"""… this. And where both stand in one text, whose order need not be that of time:"""
ONE_TEXT = 0.8
TELLING = 7
"""Days within which a report may tell of an act that is known from elsewhere, or a text be printed again."""
RARE = 6
"""Content words of an act that others are looked for by: its rarest."""
LATEST = 40
"""Acts, the latest first, that are looked at for each of them."""
MOST_PARTIES = 50
"""Parties of an act beyond which it is not compared."""

Stance = str
"""An act as the table names it: a refusal is one either way, any other act whose verb is denied has `~` behind it, and
one that takes an act back in words ("we withdraw our demand") is that act with `-` before it."""
UNLIKE: frozenset[Relation] = frozenset(["softens", "hardens", "withdraws"])
"""What an act that is only told of cannot be to one of a date before the telling: it may be the older one."""
DENIABLE = frozenset(["future", "consequence"])
"""Rules of acts that bind when they are denied: "no family will pay"."""
BINDING: frozenset[Act] = frozenset(GROUPS["commissive"])
"""Acts that bind to leave a thing undone where the negation stands behind the verb: "we undertake not to"."""
Course = Literal["same", "softens", "hardens", "withdraws"]


class Rules(Struct, frozen=True):
    """The table: by the stances of the earlier and the later act, what the later may be to it, and why in words."""

    course: dict[tuple[Stance, Stance], tuple[Course, str]]
    answer: dict[tuple[Stance, Stance], str]
    stances: frozenset[Stance]
    """All that stand in it."""


@cache
def rules() -> Rules:
    """The table, read once a process."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf8"))
    course: dict[tuple[Stance, Stance], tuple[Course, str]] = {}
    for row in table["course"]:
        for earlier in row["earlier"]:
            same = {"=": [earlier], "~": [f"{earlier}~"]}.get(row["later"] if isinstance(row["later"], str) else "")
            for later in same or row["later"]:
                course.setdefault((earlier, later), (row["relation"], row["why"]))
    answer = {(one, other): row["why"] for row in table["answer"] for one in row["earlier"] for other in row["later"]}
    return Rules(course, answer, frozenset(stance for pair in (*course, *answer) for stance in pair))


@cache
def compared() -> frozenset[Act]:
    """The acts that may take part in links."""
    named = {each.rstrip("~") for each in rules().stances}
    return frozenset(act for act in get_args(Act) if act in named) | TAKING_BACK


def stance(act: SpeechAct, taken: Act | None = None) -> Stance | None:
    """How the table names an act, which takes back `taken`; `None` where it takes no part in links: it is not in the
    table, only thought of, or denied in a way that binds to nothing ("we did not demand")."""
    if act.modality == "hypothetical" or not _binds(act):
        return None
    found = f"-{taken}" if taken else f"{act.act}~" if act.negated and act.act != "refuse" else act.act
    return found if found in rules().stances else None


def _binds(act: SpeechAct) -> bool:
    if not act.negated or act.rule in DENIABLE:
        return True
    behind = (span.start >= act.cue.end for slot in act.slots if slot.role == "negation" for span in slot.spans)
    return act.act in BINDING and any(behind)


class Candidate(Struct, frozen=True, gc=False):
    """An act ready to be compared."""

    row: ActDone
    gist: Gist
    day: PartialDate
    stance: Stance
    speaks_to: tuple[str, ...]
    """The entities that it is said to or about, or names in its content."""


def comparable(row: ActDone) -> bool:
    """Whether it is known who does an act, and they are not a crowd."""
    return 0 < len(row.by) <= MOST_PARTIES


def candidate(row: ActDone, gist: Gist, known: Stance) -> Candidate | None:
    """A comparable act, where it says something and its date is known."""
    day = read(row.date)
    if day is None or not gist.words:
        return None
    return Candidate(row, gist, day, known, _spoken_to(row, gist))


def _spoken_to(row: ActDone, gist: Gist) -> tuple[str, ...]:
    named = {key[1:] for key in gist.words if key[0] == "@"}
    own = {each for each in (row.addressee_entity, row.target_entity) if each is not None}
    return tuple(sorted((named | own).difference(row.by)))


def linked(
    candidates: Iterable[Candidate], but: Collection[tuple[str, str]] = (), party: frozenset[str] | None = None
) -> Iterator[ActLink]:
    """The links proposed between acts, by the later one; with a party, those in which it stands.

    `but` are pairs (later, earlier, as keys) that are never proposed.
    """
    ordered = sorted(candidates, key=lambda it: (it.day.low, it.day.high, it.row.document, it.row.start))
    found = _Seen(Counter(key for each in ordered for key in each.gist.words))
    ruled_out = frozenset(but)
    for later in ordered:
        yield from _of(later, found, ruled_out, party)
        found.add(later)


Held = dict[str, dict[str, list[Candidate]]]
"""Acts by entity and key, in the order of time."""


class _Seen:
    """The acts before one, by who does them and whom they speak to, and by their rarest words."""

    def __init__(self, frequency: Counter[str]) -> None:
        self._frequency = frequency
        self._by: Held = {}
        self._to: Held = {}

    def add(self, act: Candidate) -> None:
        for held, entities in ((self._by, act.row.by), (self._to, act.speaks_to)):
            for entity in entities:
                of_entity = held.setdefault(entity, {})
                for key in act.gist.words:
                    acts = of_entity.setdefault(key, [])
                    acts.append(act)
                    if len(acts) == 2 * LATEST:
                        del acts[:LATEST]

    def _rarest(self, act: Candidate) -> list[str]:
        return sorted(act.gist.words, key=lambda key: (self._frequency[key], key))[:RARE]

    def same(self, act: Candidate) -> list[Candidate]:
        """Earlier acts of the same party that the table sets beside this one, the nearest first."""
        table = rules().course
        held = _held(self._by, act.row.by, self._rarest(act))
        return _nearest(each for each in held if (each.stance, act.stance) in table)

    def others(self, act: Candidate) -> list[Candidate]:
        """Earlier acts of others, said to or about this one's party or by those whom it speaks to, that it may answer;
        the nearest first."""
        keys, table = self._rarest(act), rules().answer
        held = chain(_held(self._to, act.row.by, keys), _held(self._by, act.speaks_to, keys))
        every = (each for each in held if (each.stance, act.stance) in table)
        return _nearest(each for each in every if not set(act.row.by).intersection(each.row.by))


def _held(held: Held, entities: Sequence[str], keys: Sequence[str]) -> Iterator[Candidate]:
    """The latest acts of these entities that say one of these keys."""
    for entity in entities:
        of_entity = held.get(entity, {})
        for key in keys:
            yield from of_entity.get(key, [])[-LATEST:]


def _nearest(acts: Iterable[Candidate]) -> list[Candidate]:
    once = {id(each): each for each in acts}
    return sorted(once.values(), key=lambda it: (it.day.high, it.day.low, it.row.document, it.row.start), reverse=True)


def _of(
    later: Candidate, seen: _Seen, ruled_out: frozenset[tuple[str, str]], party: frozenset[str] | None
) -> Iterator[ActLink]:
    """At most one link into a party's own past, and one to what each other party said."""
    own = party is None or not party.isdisjoint(later.row.by)
    if own:
        before = (_course(later, each) for each in seen.same(later) if (later.row.key, each.row.key) not in ruled_out)
        yield from islice((link for link in before if link), 1)
    answered: set[tuple[str, ...]] = set()
    for each in seen.others(later):
        if not own and party is not None and party.isdisjoint(each.row.by):
            continue
        if each.row.by in answered or (later.row.key, each.row.key) in ruled_out:
            continue
        if link := _answer(later, each):
            answered.add(each.row.by)
            yield link


def _course(later: Candidate, earlier: Candidate) -> ActLink | None:
    if earlier.row.document == later.row.document or not earlier.day.precedes(later.day):
        return None
    alike = likeness(later.gist, earlier.gist, common(later, earlier), own_names(later, earlier))
    if alike < LIKE:
        return None
    rule = rules().course[earlier.stance, later.stance]
    softer, harder = changes(later, earlier)
    relation = _relation(rule[0], later.row, earlier.row, softer, harder)
    if relation is None or (later.row.retold and relation in UNLIKE):
        return None
    return _link(relation, later, earlier, alike, [rule[1], *softer, *harder])


def _relation(
    course: Course, later: ActDone, earlier: ActDone, softer: Sequence[str], harder: Sequence[str]
) -> Relation | None:
    """What the table says; of the same act again, what changed says it. Two conditions are not weighed up."""
    if course == "withdraws" and later.conditional:
        return None if earlier.conditional else "softens"
    if course != "same":
        return course
    if softer and not harder:
        return "softens"
    return "hardens" if harder and not softer else "repeats"


def _answer(later: Candidate, earlier: Candidate) -> ActLink | None:
    one_text = earlier.row.document == later.row.document
    after = earlier.row.start < later.row.start if one_text else earlier.day.precedes(later.day)
    if not after:
        return None
    alike = likeness(later.gist, earlier.gist, common(later, earlier), own_names(later, earlier))
    if alike < LIKE:
        return None
    said = [
        rules().answer[earlier.stance, later.stance],
        *(["both stand in one text, whose order need not be that of time"] if one_text else []),
    ]
    return _link("answers", later, earlier, alike, said)


def _link(relation: Relation, later: Candidate, earlier: Candidate, alike: float, why: Sequence[str]) -> ActLink:
    told = (later.row.reached == "reported") + (earlier.row.reached == "reported")
    days = max((later.day.low - earlier.day.high).days, 0)
    reprinted = later.row.words.casefold() == earlier.row.words.casefold()
    again = relation == "repeats" and days <= TELLING and (told > 0 or reprinted)
    one_text = earlier.row.document == later.row.document
    factor = (AGAIN if again else TOLD if told else 1.0) * (ONE_TEXT if one_text else 1.0)
    keys = common(later, earlier)
    reasons = [parties(relation, later.row, earlier.row), shared(later, earlier, keys), *why]
    reasons += ["it may be the same act once more, told or printed again"] if again else []
    reasons += ["not both are the party's own words"] if told and not again else []
    features = {
        "content": round(alike, 3), "words": float(len(keys)), "names": float(sum(key[0] == "@" for key in keys)),
        "told": float(told), "one_text": float(one_text), "days": float(days),
    }  # fmt: skip
    score = Score(round(alike * factor, 3), "; ".join(reasons), features)
    return ActLink(relation=relation, later=later.row, earlier=earlier.row, score=score)


def parties(relation: Relation, later: ActDone, earlier: ActDone) -> str:
    """Whether those who do two acts are the same, in words."""
    if relation == "answers":
        return "different parties"
    if {*later.principals} == {*earlier.principals}:
        return "the same party" if len(later.principals) == 1 else "the same parties"
    return "one of the same parties"


def own_names(later: Candidate, earlier: Candidate) -> set[str]:
    """The keys of those who do the acts: that an act names them says nothing of what it is about."""
    return {f"@{entity}" for row in (later.row, earlier.row) for entity in row.by}


def common(later: Candidate, earlier: Candidate) -> set[str]:
    """The keys that two acts share."""
    return (later.gist.words.keys() & earlier.gist.words.keys()) - own_names(later, earlier)


def likeness(one: Gist, other: Gist, keys: Collection[str], but: Collection[str]) -> float:
    """How far two contents are one that share these keys, `but` not being counted: the mean of how much of both is
    shared (Dice) and how much of the shorter. One word that is shared says nothing of the shorter."""
    if not keys:
        return 0.0
    part = weight(keys)
    sizes = [gist.weight - weight(key for key in but if key in gist.words) for gist in (one, other)]
    dice = 2 * part / sum(sizes)
    return dice * LONE if len(keys) == 1 else (dice + part / min(sizes)) / 2


def shared(later: Candidate, earlier: Candidate, keys: Collection[str]) -> str:
    """What two contents share, in words."""
    named = ", ".join(sorted({later.gist.words[key] for key in keys}))[:SHOWN]
    but = own_names(later, earlier)
    size = min(len(each.gist.words.keys() - but) for each in (later, earlier))
    return f"{len(keys)} of {size} content words alike ({named})"


SHOWN = 80
"""Code points of the shared words that a reason repeats."""


def changes(later: Candidate, earlier: Candidate) -> tuple[list[str], list[str]]:
    """In what the later of two like acts asks or binds less than the earlier, and in what more, in words."""
    softer, harder = [], []
    for less, more in (_condition(later.row, earlier.row), _deadline(later.row, earlier.row), _number(later, earlier)):
        softer += [less] if less else []
        harder += [more] if more else []
    return softer, harder


Change = tuple[str | None, str | None]
UNCHANGED: Change = (None, None)


def _condition(later: ActDone, earlier: ActDone) -> Change:
    if later.conditional == earlier.conditional:
        return UNCHANGED
    return ("a condition is new", None) if later.conditional else (None, "the condition is gone")


def _deadline(later: ActDone, earlier: ActDone) -> Change:
    """A deadline that cannot be read, or a time from now on, is compared with none."""
    if (later.deadline is None) != (earlier.deadline is None):
        return ("the deadline is gone", None) if later.deadline is None else (None, "a deadline is new")
    now, before = read(later.deadline_value), read(earlier.deadline_value)
    if now is None or before is None:
        return UNCHANGED
    if before.precedes(now):
        return f"the deadline is later ({before} before, {now} now)", None
    return (None, f"the deadline is nearer ({before} before, {now} now)") if now.precedes(before) else UNCHANGED


COUNTED = frozenset(["promise", "offer", "threaten"])
"""Acts in which more of a thing is more: of what is demanded or refused, a smaller number may be either."""


def _number(later: Candidate, earlier: Candidate) -> Change:
    if later.row.act not in COUNTED or earlier.row.act not in COUNTED:
        return UNCHANGED
    before = dict(earlier.gist.counts)
    pairs = [(before[unit], number) for unit, number in later.gist.counts if unit in before]
    changed = [pair for pair in pairs if pair[0] != pair[1]]
    if len(changed) != 1:
        return UNCHANGED
    [(old, new)] = changed
    said = f"({old:g} before, {new:g} now)"
    return (f"the number is smaller {said}", None) if new < old else (None, f"the number is larger {said}")
