"""Ways to narrow a search: what found documents are counted by, each value with the address that adds or removes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from onrecord.model import Results
from onrecord.web import periods, words
from onrecord.web.asking import FACETS, LACKING, NARROWING, REVIEWS, SPEAKER, UNKNOWN, VOICE, VOICED, Asked, Facet

SHOWN = 8
"""Values of a facet that are offered at once; chosen ones always are, the others behind a fold."""
MOST = 60
"""Values behind the fold."""


ORDER = ("speaker", "party", "publisher", "language", "genre", "voice", "act", "review")
"""In which facets stand below one another."""


class Choice(Struct, frozen=True):
    """One value of a facet: `count` documents of those found have it; its address adds it or takes it out."""

    label: str
    count: int | None
    chosen: bool
    address: str


class Choices(Struct, frozen=True):
    """Those shown at once, those behind a fold, and how many are not offered at all."""

    facet: Facet
    choices: tuple[Choice, ...]
    folded: tuple[Choice, ...]
    more: int


class Column(Struct, frozen=True):
    """Documents found of one year or month; `height` is per cent of the highest."""

    label: str
    count: int
    height: float
    chosen: bool
    address: str


def choices(facet: Facet, asked: Asked, found: Results, labels: Mapping[str, str]) -> Choices:
    """The values to narrow by: those chosen first, then the most frequent."""
    counts = {value: count for value, count in found.facets.get(facet.name, ()) if value}
    picked = asked.chosen(facet)
    offered = [value for value in counts if value not in picked]
    made = [
        Choice(named(facet, value, labels), counts.get(value), value in picked, asked.toggled(facet, value).address)
        for value in (*picked, *offered[:MOST])
    ]
    at = len(picked) + (SHOWN if len(offered) > SHOWN + 1 else len(offered))
    return Choices(facet, tuple(made[:at]), tuple(made[at:]), max(0, len(offered) - MOST))


WORDS: dict[str, Mapping[str, str]] = {"without": LACKING, "review": REVIEWS, "voice": VOICED}
"""Values in words, by facet, where they are few."""


def named(facet: Facet, value: str, labels: Mapping[str, str]) -> str:
    known = WORDS.get(facet.name, labels)
    return known.get(value) or words.value_label(facet.name, value)


def every(asked: Asked, found: Results, labels: Mapping[str, str]) -> list[Choices]:
    """All facets that have something to choose."""
    made = {facet.name: choices(facet, asked, found, labels) for facet in FACETS} | {"voice": voices(asked, found)}
    return [made[name] for name in ORDER if made[name].choices]


def voices(asked: Asked, found: Results) -> Choices:
    """The voices that the words found may stand in; without words, that the documents found hold."""
    counts = dict(found.facets.get(VOICE.name, ()))
    made = (
        Choice(label, counts.get(voice, 0), asked.filters.voice == voice, asked.in_voice(voice).address)
        for voice, label in VOICED.items()
        if counts.get(voice) or asked.filters.voice == voice
    )
    return Choices(VOICE, tuple(made), (), 0)


def unknown(asked: Asked) -> list[Choice]:
    """What can be asked not to be known: not counted, since few ask."""
    picked = asked.chosen(UNKNOWN)
    return [
        Choice(label, None, value in picked, asked.toggled(UNKNOWN, value).address) for value, label in LACKING.items()
    ]


def chosen(asked: Asked, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """All that the search is narrowed to, each with the address that takes it out."""
    facets = [
        (named(facet, value, labels), asked.toggled(facet, value).address)
        for facet in NARROWING
        if facet is not SPEAKER
        for value in asked.chosen(facet)
    ]
    voiced = [(asked.voiced(labels), asked.unvoiced().address)] if asked.filters.voiced else []
    return facets + voiced + dated(asked)


def dated(asked: Asked) -> list[tuple[str, str]]:
    since, until = asked.filters.since, asked.filters.until
    if not since and not until:
        return []
    said = words.date(since) if since == until and since else f"{reach(since)} – {reach(until)}"
    return [(said, asked.undated().address)]


def reach(day: str | None) -> str:
    return words.date(day) if day else "…"


def histogram(asked: Asked, found: Results) -> list[Column]:
    """The documents found by year; by month where they lie within three years."""
    months = found.facets.get("month", ())
    row = periods.periods(months, most=36)
    counts = periods.within(row, months)
    highest = max(counts.values(), default=0) or 1
    dates = (asked.filters.since, asked.filters.until)
    return [
        Column(
            label=periods.label(period, count),
            count=count,
            height=round(100 * count / highest, 1),
            chosen=dates == (period, period),
            address=asked.of(period).address,
        )
        for period, count in counts.items()
    ]


def names(asked: Asked, found: Results) -> Sequence[str]:
    """Ids of the parties that the page speaks of."""
    counted = [value for facet in ("party", "speaker") for value, _ in found.facets.get(facet, ())]
    return [*asked.filters.parties, *asked.filters.speakers, *counted]
