"""How far people who judged the same agree: Krippendorff's alpha for nominal values, by kind of what was judged.

    alpha = 1 - D_o / D_e
    D_o = 1/n · Σ_u (m_u² - Σ_c n_uc²) / (m_u - 1)      observed disagreement
    D_e = (n² - Σ_c n_c²) / (n · (n - 1))               that to be expected if the values fell on the units by chance

m_u values stand on unit u, n_uc of them are c; n_c and n are their sums over all units with two values or more, the
pairable ones. After K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections C and D, in the form
that counts within units. 1 is agreement in all, 0 what chance would give, below 0 worse.

A unit is one subject: a fact by its words, two entities, two acts. A person's value is their latest standing judgement
of it; who said only "unsure" said something, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import msgspec
from msgspec import Struct

from onrecord.commitments import LINKS
from onrecord.model import Judgement

Unit = tuple[Hashable, ...]
Values = Mapping[Unit, Mapping[str, str]]
"""Of each unit, what each person said."""
UNITS = {
    "entities": "two names that may be one party",
    LINKS: "two acts, of which one may bear on the other",
}
FACT = "one finding, by the words that it stands on"
ALONE = "Nobody has judged what another judged, so there is nothing to compare."
ALIKE = "All said the same of all: where no other value occurs, chance would agree as well, and alpha is not defined."


class Agreement(Struct, frozen=True):
    """How far people agree. `units` are those that two people or more judged, `values` what they said of them."""

    kind: str
    unit: str
    """What one unit is, in words."""
    units: int
    people: int
    values: int
    alpha: float | None
    reason: str | None = None
    """Why there is no alpha."""


class Between(Struct, frozen=True):
    """Two people: the units that both judged, and of how many they said the same."""

    one: str
    other: str
    units: int
    alike: int
    alpha: float | None


class Agreements(Struct, frozen=True):
    kinds: tuple[Agreement, ...]
    pairs: tuple[Between, ...]


def agreements(judgements: Iterable[Judgement]) -> Agreements:
    """How far those agree whose judgements stand: by kind, and each with each, those with most in common first."""
    said = by_kind(judgements)
    every = {unit: values for units in said.values() for unit, values in units.items()}
    pairs = sorted(between(every), key=lambda pair: (-pair.units, pair.one, pair.other))
    return Agreements(tuple(agreement(kind, said[kind]) for kind in sorted(said)), tuple(pairs))


def agreement(kind: str, units: Values) -> Agreement:
    """How far people agree on one kind."""
    shared = {unit: values for unit, values in units.items() if len(values) > 1}
    rows = [list(values.values()) for values in shared.values()]
    found = alpha(rows)
    people = {person for values in shared.values() for person in values}
    reason = None if found is not None else ALIKE if rows else ALONE
    told = UNITS.get(kind, FACT)
    return Agreement(kind, told, len(rows), len(people), sum(map(len, rows)), found, reason)


def between(units: Values) -> Iterator[Between]:
    """Each two people who judged the same."""
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for values in units.values():
        for one, other in combinations(sorted(values), 2):
            rows.setdefault((one, other), []).append((values[one], values[other]))
    for (one, other), both in rows.items():
        yield Between(one, other, len(both), sum(a == b for a, b in both), alpha(both))


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha (nominal) of the values on each unit; `None` where it is not defined."""
    rows = [Counter(values) for values in units if len(values) > 1]
    totals = sum(rows, Counter())
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    if not expected:
        return None
    observed = sum((m * m - sum(c * c for c in row.values())) / (m - 1) for row in rows if (m := row.total()))
    return 1 - (n - 1) * observed / expected


# -- what people said of what ------------------------------------------------------------------------------------------


def by_kind(judgements: Iterable[Judgement]) -> dict[str, dict[Unit, dict[str, str]]]:
    """By kind and unit, what each person says now."""
    found: dict[str, dict[Unit, dict[str, str]]] = {}
    for each in sorted(judgements, key=lambda each: (each.at, each.id)):
        if each.withdrawn is None:
            kind = each.subject.kind.partition("/")[0]
            for unit in _units(each):
                of = found.setdefault(kind, {}).setdefault(unit, {})
                of[each.by] = _said(each, of)
    return found


def _units(each: Judgement) -> Iterator[Unit]:
    """What a judgement is about; of three entities, each two of them."""
    subject = each.subject
    if subject.kind == "entities":
        yield from ((subject.kind, *pair) for pair in combinations(sorted(subject.entities), 2))
    elif subject.evidence is not None:
        words = (subject.kind, subject.document, subject.text, subject.evidence.start, subject.evidence.end)
        yield (*words, _earlier(each)) if subject.kind.partition("/")[0] == LINKS else words


def _earlier(each: Judgement) -> str:
    """The act that the judged one may bear on."""
    earlier = _value(each).get("earlier") or {}
    words = earlier.get("evidence") or {}
    return f"{earlier.get('document')} {earlier.get('kind')} {words.get('start')}-{words.get('end')}"


def _said(each: Judgement, others: Mapping[str, str]) -> str:
    """The verdict; with what is put in place, or the relation of two acts, as far as it matters.

    Whoever first added a fact says that it is right.
    """
    value = {name: told for name, told in _value(each).items() if name not in ("entities", "earlier")}
    if each.verdict == "wrong" or not value or (each.verdict == "add" and set(others) <= {each.by}):
        return "correct" if each.verdict == "add" else each.verdict
    return f"{each.verdict} {msgspec.json.encode(value, order='sorted').decode()}"


def _value(each: Judgement) -> dict[str, Any]:
    value = msgspec.json.decode(each.value) if each.value else None
    return value if isinstance(value, dict) else {}
