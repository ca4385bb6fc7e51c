"""The figures of speech acts and quantities in `quality.py`: what is found, then what is right about what is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from math import isclose
from typing import Any

import regex
from tally import Pair, Tally, Who, overlap, trimmed

from onrecord.text.names import folded

Fact = dict[str, Any]
Both = tuple[Fact, Fact]
"""A fact of the truth and the record's that matches it."""

WORD = regex.compile(r"[\w\p{M}]+")
ARTICLES = frozenset(["the", "a", "an", "le", "la", "les", "l", "un", "une", "des", "el", "los", "las"])
PHRASES = ("addressee", "target", "deadline", "condition", "intensity")
FLAGS = ("negated", "conditional")
ENOUGH = 0.5
"""Share of the longer phrase's words that two phrases have in common to be one."""


def paired(wanted: list[Fact], found: list[Fact], same: Callable[[Fact, Fact], bool]) -> Iterator[Both]:
    """Each of the truth's facts with the first that is the same, none of them twice."""
    left = list(found)
    for one in wanted:
        near = next((other for other in left if same(one, other)), None)
        if near:
            left.remove(near)
            yield one, near


# -- acts --------------------------------------------------------------------------------------------------------------


def same_act(one: Fact, other: Fact) -> bool:
    """Of one kind, and their verbs overlap."""
    return one["act"] == other["act"] and overlap((tuple(one["cue"]),), (tuple(other["cue"]),)) > 0


def acts(pairs: list[Pair]) -> Tally:
    """Speech acts of one kind whose verbs overlap."""
    tally = Tally()
    for true, record in pairs:
        tally.gold += len(true["acts"])
        tally.said += len(record["acts"])
        tally.right += sum(1 for _ in paired(true["acts"], record["acts"], same_act))
    return tally


def slots(pairs: list[Pair], who: Who) -> Tally:
    """What fills the roles of the acts that were found: who, the words of each role, the flags, the modality."""
    tally = Tally()
    for true, record in pairs:
        for one, near in paired(true["acts"], record["acts"], same_act):
            performer(tally, who, one, near)
            for role in PHRASES:
                count(tally, said_in_truth(one, role), said_in_record(record["text"], near, role), alike)
            for flag in FLAGS:
                count(tally, one[flag], near[flag], bool.__eq__)
            count(tally, told(one), told(near), str.__eq__)
    return tally


def count(tally: Tally, gold: Any, said: Any, same: Callable[[Any, Any], bool]) -> None:
    """One role of one act: there, found, right."""
    tally.gold += bool(gold)
    tally.said += bool(said)
    tally.right += bool(gold and said and same(gold, said))


def performer(tally: Tally, who: Who, one: Fact, near: Fact) -> None:
    """Who does it. Left out where the truth's entity was never found, and where words are nobody's by name."""
    if who.knows(one["by"]) or (one["by"] is None and one["in"].startswith("st")):
        count(tally, one["by"], near["by"], who.is_one)


def told(act: Fact) -> str:
    return "" if act["modality"] == "performed" else str(act["modality"])


def said_in_truth(act: Fact, role: str) -> list[str]:
    return words(act[role] or "")


def said_in_record(text: str, act: Fact, role: str) -> list[str]:
    """The role's words, wherever they stand."""
    filling = (text[start:end] for slot in act["slots"] if slot["role"] == role for start, end in slot["spans"])
    return words(" ".join(filling) or (act["intensity"] or "" if role == "intensity" else ""))


def words(phrase: str) -> list[str]:
    """Folded, without an article in front."""
    found = [folded(word) for word in WORD.findall(phrase)]
    return found[1:] if len(found) > 1 and found[0] in ARTICLES else found


def alike(one: list[str], other: list[str]) -> bool:
    shared = Counter(one) & Counter(other)
    return shared.total() >= ENOUGH * max(len(one), len(other))


def plover(pairs: list[Pair]) -> Tally:
    """The PLOVER class of the acts that were found, where truth or record has one."""
    tally = Tally()
    for true, record in pairs:
        for one, near in paired(true["acts"], record["acts"], same_act):
            count(tally, one["plover"], near["plover"], str.__eq__)
    return tally


# -- quantities --------------------------------------------------------------------------------------------------------


def same_quantity(one: Fact, other: Fact) -> bool:
    """They overlap, with one value and one comparator."""
    there = one["start"] < other["end"] and other["start"] < one["end"]
    return there and one["comparator"] == other["comparator"] and same_value(one["value"], other["value"])


def same_value(one: float | None, other: float | None) -> bool:
    """Shares are written with three digits in the truth."""
    return one == other if one is None or other is None else isclose(one, other, rel_tol=0.01)


def quantities(pairs: list[Pair]) -> Tally:
    """Counts that overlap, with their value and comparator."""
    tally = Tally()
    for true, record in pairs:
        tally.gold += len(true["quantities"])
        tally.said += len(record["quantities"])
        tally.right += sum(1 for _ in paired(true["quantities"], record["quantities"], same_quantity))
    return tally


def units(pairs: list[Pair]) -> Tally:
    """What is counted, of the quantities that were found, where the text gives it."""
    tally = Tally()
    for true, record in pairs:
        for one, near in paired(true["quantities"], record["quantities"], same_quantity):
            if one["unit"]:
                count(tally, one["unit"], near["unit"], lambda gold, said: words(gold) == words(said))
    return tally


def sources(pairs: list[Pair]) -> Tally:
    """Whose count it is, of the quantities that were found: the same attribution, or none."""
    tally = Tally()
    for true, record in pairs:
        text = record["text"]
        gold = {a["id"]: trimmed(text, a["content"]) for a in true["attributions"]}
        said = {a["id"]: trimmed(text, a["content"]["spans"]) for a in record["attributions"]}
        for one, near in paired(true["quantities"], record["quantities"], same_quantity):
            inside, found = gold.get(one["in"]), said.get(near["in"])
            tally.gold += 1
            tally.said += 1
            tally.right += overlap(inside, found) >= ENOUGH if inside and found else not inside and not found
    return tally
