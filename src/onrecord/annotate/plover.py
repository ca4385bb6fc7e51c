"""The PLOVER class and mode of a speech act, and of a deed, by the rules of `lexicon/mul/plover.toml`.

PLOVER (openeventdata/PLOVER, manual of 4 February 2024) sorts what political actors do to each other into sixteen
classes, several with modes. docs/explanation/plover.md tells what maps to what.
"""

from __future__ import annotations

from collections.abc import Sequence
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


class Rule(Struct, frozen=True):
    """One line of the table; a feature that is `None` is not asked for."""

    about: frozenset[str] | None
    negated: bool | None
    party: bool | None
    plover: Plover | None
    mode: str | None
    declared: bool

    def fits(self, topic: str | None, negated: bool, party: bool) -> bool:
        return (
            (self.about is None or topic in self.about)
            and (self.negated is None or self.negated == negated)
            and (self.party is None or self.party == party)
        )


class Rules(Struct, frozen=True):
    """The table as the code runs it."""

    of: dict[str, tuple[Rule, ...]]
    topics: dict[str, str]
    modes: dict[str, dict[str, str]]


def classify(act: Act, about: str, *, negated: bool = False, by_party: bool = False, language: str) -> Coded:
    """The class and mode of an act by the words that it is about (its content or target).

    `negated`: the act is denied in words. `by_party`: who does it is party to what it speaks of: a side of the conflict
    whose end it calls for, the owner of the fault that it admits, the doer of what it announces, warns of or claims.
    A condition changes no class: a promise of harm is a threat with one or without. Words beyond a first stretch are
    not looked at.
    """
    rules = plover_rules().of.get(act)
    if not rules:
        return NONE
    return _coded(rules, _first(words_of(about), language) if about else None, negated, by_party)


def deed(words: str, language: str) -> Coded | None:
    """The class and mode of what a clause tells that its subject does or says; `None` where it tells of nothing known.

    `words` is the predicate, from behind the subject. What is to be is promised or refused, what must be is asked for,
    what was not done is nothing.
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
                coded = _coded(plover_rules().of[act], _first(told, language, found.at + 1), found.negation, True)
        else:
            coded = _spoken(found, act, told, language)
        if coded[0] is not None:
            return coded
    return None


def _spoken(found: Deed, act: Act, told: Sequence[str], language: str) -> Coded:
    """A verb that does something in speech, with what stands behind it."""
    behind = _first(told, language, found.at + len(found.entry.words))
    if found.duty:
        act = "demand"
    return _coded(plover_rules().of.get(act, ()), behind, found.negation, True if act == "admit" else False)


def _told(found: Deed, said: Act) -> Coded:
    """A deed as it is told: to be done, not to be done, to be done by others, declared, or done."""
    rules = plover_rules().of
    if found.entry.plover is None and not (found.future or found.duty):
        return NONE
    if found.duty:
        return _coded(rules["demand"], found, False, False)
    if found.future:
        kind = topic(found)
        refused = found.negation and kind in ("yield", "ceasefire", "assist", "meet", "support", "change")
        return _coded(rules["refuse" if refused else "promise"], found, found.negation and not refused, True)
    if found.negation:
        return NONE
    return _coded(rules[said if said in _DECLARED else "claim"], found, False, True)


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


def _coded(rules: Sequence[Rule], found: Deed | None, negated: bool, party: bool) -> Coded:
    kind = topic(found)
    for rule in rules:
        if rule.fits(kind, negated, party):
            if rule.declared:
                return (found.entry.plover, found.entry.mode) if found is not None else NONE
            if rule.plover is None:
                return NONE
            return rule.plover, rule.mode or plover_rules().modes.get(rule.plover, {}).get(kind or "")
    return NONE


@cache
def plover_rules() -> Rules:
    """The table, gathered once a process."""
    data: dict[str, Any] = lexicon("mul")["plover"]
    of: dict[str, list[Rule]] = {}
    for line in data["rules"]:
        about = frozenset(line["about"]) if "about" in line else None
        rule = Rule(
            about, line.get("negated"), line.get("party"), line.get("class"), line.get("mode"), line.get("declared", False)
        )
        for act in line["acts"]:
            of.setdefault(act, []).append(rule)
    return Rules({act: tuple(rules) for act, rules in of.items()}, data["topics"], data["modes"])
