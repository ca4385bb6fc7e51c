"""The PLOVER class and mode of a speech act, and of a deed, by the rules of `lexicon/mul/plover.toml`.

PLOVER (openeventdata/PLOVER, manual of 4 February 2024) sorts what political actors do to each other into sixteen
classes, several with modes. docs/explanation/plover.md tells what maps to what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from onrecord.annotate.deeds import Deed, deeds, words_of
from onrecord.lexicon import lexicon
from onrecord.model import Act, Plover

Coded = tuple[Plover | None, str | None]
"""Class and mode; neither where the act is none of PLOVER's."""
NONE: Coded = (None, None)

TELLING = frozenset({"claim", "note", "recall", "affirm", "warn", "announce", "decide", "concern", "condole"})
"""Acts behind whose verb the deed is looked for: "said that it had released …"."""
_DECLARED = frozenset({"announce", "decide"})
_OWN = _DECLARED | {"claim"}
"""Acts that have the class of the deed that they tell of, where a party does them."""
WANTED = frozenset({"yield", "ceasefire", "assist", "meet", "support", "change"})
"""What is refused when it is not to be done; of anything else it is promised that it will not be."""


class Rule(Struct, frozen=True):
    """One line of the table, of those that a pair of `negated` and `party` leaves."""

    about: frozenset[str] | None
    """Topics of which its words must be one; `None`: whatever they are about."""
    plover: Plover | None
    mode: str | None
    declared: bool
    """The class is the deed's own."""

    @property
    def reads(self) -> bool:
        """Whether the words decide anything."""
        return self.about is not None or self.declared or (self.mode is None and self.plover in plover_rules().modes)


class Rules(Struct, frozen=True):
    """The table as the code runs it."""

    of: dict[tuple[str, bool, bool], tuple[Rule, ...]]
    """By act, whether it is negated, whether a party does it; up to the first line that always fits."""
    topics: dict[str, str]
    modes: dict[str, dict[str, str]]


def classify(act: Act, about: str, *, negated: bool = False, by_party: bool = False, language: str) -> Coded:
    """The class and mode of an act by the words that it is about (its content or target).

    `negated`: the act is denied in words. `by_party`: who does it is party to what it speaks of: a side of the conflict
    whose end it calls for, the owner of the fault that it admits, the doer of what it announces, warns of, denies or
    claims. `about` begins with the verb where the cue holds it: "unload the ships" of "will not unload the ships".
    A condition changes no class: a promise of harm is a threat with one or without. Words beyond a first stretch are
    not looked at.
    """
    rules = plover_rules().of.get((act, negated, by_party))
    if not rules:
        return NONE
    found = _first(words_of(about), language) if about and rules[0].reads else None
    if by_party and not negated and act in _OWN:
        return NONE if found is None or (act == "claim" and found.future) else _told(found, act)
    return _coded((act, negated, by_party), found)


def deed(words: str, language: str) -> Coded | None:
    """The class and mode of what a clause tells that its subject does or says; `None` where it tells of nothing known.

    `words` is the predicate, from behind the subject. What is to be is promised or refused, what must be is asked for,
    what was not done, or might be, is nothing.
    """
    told = words_of(words)
    said: Act = "claim"
    for found in deeds(told, language):
        act = found.entry.act
        if act is None:
            coded = _told(found, said)
        elif act in TELLING:
            said = act if act in _DECLARED or said not in _DECLARED else said
            coded = NONE
            if act == "affirm":
                coded = _coded((act, found.negation, True), _first(told, language, found.at + 1))
        else:
            coded = _spoken(found, act, told, language)
        if coded[0] is not None:
            return coded
    return None


def _spoken(found: Deed, act: Act, told: Sequence[str], language: str) -> Coded:
    """A verb that does something in speech, with what stands behind it."""
    behind = _first(told, language, found.at + len(found.entry.words))
    return _coded((act, found.negation, act in ("admit", "deny")), behind)


def _told(found: Deed, said: Act) -> Coded:
    """A deed as it is told: to be done, not to be done, in doubt, declared, or done."""
    if found.entry.plover is None and not found.future and said not in _DECLARED:
        return NONE
    if found.future:
        kind = topic(found)
        refused = found.negation and kind in WANTED
        return _coded(("refuse" if refused else "promise", found.negation and not refused, True), found)
    if found.negation or found.doubt:
        return NONE
    return _coded((said if said in _DECLARED else "claim", False, True), found)


def topic(found: Deed | None) -> str | None:
    """What words are about, by their deed: `yield`, `meet`, `harm`, …"""
    if found is None:
        return None
    entry = found.entry
    if entry.plover is None:
        return entry.topic
    topics = plover_rules().topics
    return topics.get(f"{entry.plover}/{entry.mode}") or topics.get(entry.plover)


def _first(words: Sequence[str], language: str, start: int = 0) -> Deed | None:
    """The first deed or topic of the words; verbs of speech are passed over."""
    return next((found for found in deeds(words, language, start) if found.entry.act is None), None)


def _coded(done: tuple[str, bool, bool], found: Deed | None) -> Coded:
    """By the first rule that fits what is done (act, negated, by a party) and what it is about."""
    table = plover_rules()
    kind = topic(found)
    for rule in table.of.get(done, ()):
        if rule.about is None or kind in rule.about:
            if rule.declared:
                return (found.entry.plover, found.entry.mode) if found is not None else NONE
            if rule.plover is None:
                return NONE
            return rule.plover, rule.mode or table.modes.get(rule.plover, {}).get(kind or "")
    return NONE


@cache
def plover_rules() -> Rules:
    """The table, gathered once a process."""
    data: dict[str, Any] = lexicon("mul")["plover"]
    acts = {act for line in data["rules"] for act in line["acts"]}
    return Rules(
        {
            (act, negated, party): tuple(_left(data["rules"], act, negated, party))
            for act in acts
            for negated in (False, True)
            for party in (False, True)
        },
        data["topics"],
        data["modes"],
    )


def _left(lines: Sequence[dict[str, Any]], act: str, negated: bool, party: bool) -> Iterator[Rule]:
    """The lines for an act that are left where it is negated, or a party does it, or not."""
    for line in lines:
        if act not in line["acts"] or line.get("negated", negated) != negated or line.get("party", party) != party:
            continue
        about = frozenset(line["about"]) if "about" in line else None
        yield Rule(about, line.get("class"), line.get("mode"), line.get("declared", False))
        if about is None:
            return
