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
from pathlib import Path
from typing import Literal

from msgspec import Struct

from onrecord.analyse.days import read
from onrecord.analyse.gists import Gist, weight
from onrecord.commitments import ActDone, ActLink, Relation
from onrecord.model import Score
from onrecord.text.dates import PartialDate

LIKE = 0.5
"""Likeness from which two contents are taken for one matter."""
LONE = 0.75
"""What is left of a likeness that rests on one word."""
TOLD = 0.85
"""What is left of a score where one of the acts is told by another; where the later may be the earlier told again …"""
AGAIN = 0.7
"""… this. And where both stand in one text, whose order need not be that of time:"""
ONE_TEXT = 0.8
TELLING = 7
"""Days within which a report may tell of an act that is known from elsewhere."""
RARE = 6
"""Content words of an act that others are looked for by: its rarest."""
LATEST = 40
"""Acts, the latest first, that are looked at for each of them."""
MOST_PARTIES = 50
"""Parties of an act beyond which it is not compared."""

Stance = str
"""An act as the table names it: a refusal is one either way, any other act whose verb is denied has `~` behind it."""
Course = Literal["same", "softens", "hardens", "withdraws"]


class Rules(Struct, frozen=True):
    """The table: by the stances of the earlier and the later act, what the later may be to it, and why in words."""

    course: dict[tuple[Stance, Stance], tuple[Course, str]]
    answer: dict[tuple[Stance, Stance], str]

    def stances(self) -> frozenset[Stance]:
        """All that stand in it."""
        return frozenset(stance for pair in (*self.course, *self.answer) for stance in pair)


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
    return Rules(course, answer)


def stance(row: ActDone) -> Stance:
    """How the table names an act."""
    return f"{row.act}~" if row.negated and row.act != "refuse" else row.act


class Candidate(Struct, frozen=True, gc=False):
    """An act ready to be compared."""

    row: ActDone
    gist: Gist
    day: PartialDate
    place: int
    """Where it begins in its document."""

    def speaks_to(self) -> frozenset[str]:
        """The entities that it is said to or about, or names in its content."""
        named = {key[1:] for key in self.gist.words if key[0] == "@"}
        own = {self.row.addressee_entity, self.row.target_entity}
        return frozenset(entity for entity in named | own if entity is not None) - {*self.row.by}


def candidate(row: ActDone, gist: Gist) -> Candidate | None:
    """The act, where it can be compared: who does it and when is known, it says something, and the table names it."""
    day = read(row.date)
    fit = day is not None and 0 < len(row.by) <= MOST_PARTIES and gist.words and row.modality != "hypothetical"
    if not fit or day is None or stance(row) not in rules().stances():
        return None
    return Candidate(row, gist, day, int(row.address.rpartition("/")[2].partition("-")[0]))


def linked(candidates: Iterable[Candidate], but: Collection[tuple[str, str]] = ()) -> Iterator[ActLink]:
    """The links proposed between acts, by the later one; `but` are pairs (later, earlier, as keys) never proposed."""
    ordered = sorted(candidates, key=lambda it: (it.day.low, it.day.high, it.row.document, it.place))
    found = _Seen(Counter(key for each in ordered for key in each.gist.words))
    ruled_out = frozenset(but)
    for later in ordered:
        yield from _of(later, found, ruled_out)
        found.add(later)


class _Seen:
    """The acts before one, by who does them and whom they speak to, and by their rarest words."""

    def __init__(self, frequency: Counter[str]) -> None:
        self._frequency = frequency
        self._by: dict[tuple[str, str], list[Candidate]] = {}
        self._to: dict[tuple[str, str], list[Candidate]] = {}

    def add(self, act: Candidate) -> None:
        for held, entities in ((self._by, act.row.by), (self._to, act.speaks_to())):
            for entity in entities:
                for key in act.gist.words:
                    acts = held.setdefault((entity, key), [])
                    acts.append(act)
                    if len(acts) == 2 * LATEST:
                        del acts[:LATEST]

    def _rarest(self, act: Candidate) -> list[str]:
        return sorted(act.gist.words, key=lambda key: (self._frequency[key], key))[:RARE]

    def same(self, act: Candidate) -> list[Candidate]:
        """Earlier acts of the same party, the nearest first."""
        return _nearest(self._by.get((entity, key), [])[-LATEST:] for entity in act.row.by for key in self._rarest(act))

    def others(self, act: Candidate) -> list[Candidate]:
        """Earlier acts of others said to or about this one's party, or of those whom it speaks to."""
        keys = self._rarest(act)
        to = (self._to.get((entity, key), [])[-LATEST:] for entity in act.row.by for key in keys)
        by = (self._by.get((entity, key), [])[-LATEST:] for entity in sorted(act.speaks_to()) for key in keys)
        every = _nearest([*to, *by])
        return [each for each in every if not {*each.row.by} & {*act.row.by}]


def _nearest(held: Iterable[Iterable[Candidate]]) -> list[Candidate]:
    once = {each.row.key: each for some in held for each in some}
    return sorted(once.values(), key=lambda it: (it.day.high, it.day.low, it.row.document, it.place), reverse=True)


def _of(later: Candidate, seen: _Seen, ruled_out: frozenset[tuple[str, str]]) -> Iterator[ActLink]:
    """At most one link into a party's own past, and one to what each other party said."""
    own = (_course(later, each) for each in seen.same(later) if (later.row.key, each.row.key) not in ruled_out)
    if link := next((link for link in own if link), None):
        yield link
    answered: set[tuple[str, ...]] = set()
    for each in seen.others(later):
        if each.row.by in answered or (later.row.key, each.row.key) in ruled_out:
            continue
        if link := _answer(later, each):
            answered.add(each.row.by)
            yield link


def _course(later: Candidate, earlier: Candidate) -> ActLink | None:
    rule = rules().course.get((stance(earlier.row), stance(later.row)))
    if rule is None or earlier.row.document == later.row.document or not earlier.day.precedes(later.day):
        return None
    alike = likeness(later.gist, earlier.gist)
    if alike.value < LIKE:
        return None
    softer, harder = changes(later, earlier)
    relation = _relation(rule[0], later.row, earlier.row, softer, harder)
    if relation is None:
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
    why = rules().answer.get((stance(earlier.row), stance(later.row)))
    one_text = earlier.row.document == later.row.document
    after = earlier.place < later.place if one_text else earlier.day.precedes(later.day)
    if why is None or not after:
        return None
    alike = likeness(later.gist, earlier.gist)
    if alike.value < LIKE:
        return None
    said = [why, *(["both stand in one text, whose order need not be that of time"] if one_text else [])]
    return _link("answers", later, earlier, alike, said)


def _link(relation: Relation, later: Candidate, earlier: Candidate, alike: Score, why: Sequence[str]) -> ActLink:
    told = (later.row.reached == "reported") + (earlier.row.reached == "reported")
    again = relation == "repeats" and told == 1 and (later.day.low - earlier.day.high).days <= TELLING
    one_text = earlier.row.document == later.row.document
    factor = AGAIN if again else TOLD if told else 1.0
    factor *= ONE_TEXT if one_text else 1.0
    reasons = ["different parties" if relation == "answers" else "the same party", alike.reason, *why]
    reasons += ["it may be the same act, told again"] if again else []
    reasons += ["not both are the party's own words"] if told and not again else []
    features = {**alike.features, "told": float(told), "one_text": float(one_text)}
    days = (later.day.low - earlier.day.high).days
    features["days"] = float(max(days, 0))
    score = Score(round(alike.value * factor, 3), "; ".join(reasons), features)
    return ActLink(relation=relation, later=later.row, earlier=earlier.row, score=score)


def likeness(one: Gist, other: Gist) -> Score:
    """How far two contents are one: the mean of how much of both is shared (Dice) and how much of the shorter."""
    shared = one.words.keys() & other.words.keys()
    parts = weight(shared), weight(one.words), weight(other.words)
    if not shared:
        return Score(0.0, "no content word is shared", {"content": 0.0, "names": 0.0, "words": 0.0})
    value = (2 * parts[0] / (parts[1] + parts[2]) + parts[0] / min(parts[1:])) / 2
    value *= LONE if len(shared) == 1 else 1.0
    names = sum(key[0] == "@" for key in shared)
    named = ", ".join(sorted({one.words[key] for key in shared}))[:SHOWN]
    reason = f"{len(shared)} of {min(len(one.words), len(other.words))} content words alike ({named})"
    return Score(value, reason, {"content": round(value, 3), "names": float(names), "words": float(len(shared))})


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
