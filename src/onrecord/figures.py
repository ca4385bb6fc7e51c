"""Types of figures side by side: counts with who asserts each, when, and through whom it reached us.

They stand below `analyse`, which makes them, and `export`, which lists them. Dates are EDTF; addresses are permanent
ones (`text.address`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, get_args

from msgspec import Struct

from onrecord.commitments import DatedBy
from onrecord.hypergraph import Window
from onrecord.makers import TOGETHER
from onrecord.model import Attribution, Comparator, Quantity, Record, Spoken, Statement, html_table, own_speaker

Nobody = Literal["under a condition", "denied"]
"""Why nobody asserts a count that stands in the text; the same words stand in its rule. (In a question is none.)"""
Asserted = Literal["party", "document", Nobody]
"""Who asserts a count: a `party` (those of a statement, the source of an attribution, known or not), the `document`
itself (a report's own telling, an editor's note), or nobody."""
NOBODY: tuple[Nobody, ...] = get_args(Nobody)
NOTEBOOK = 100
"""Figures that a notebook shows."""
HUGE = 1e15
"""From here a number is written with its power of ten."""


class Asserter(NamedTuple):
    """Who asserts a count. `by` are entities; `name` what they are called, else the source as printed."""

    asserted: Asserted
    by: tuple[str, ...]
    name: str | None


class Figure(Struct, frozen=True, kw_only=True, gc=False):
    """A count with who asserts it and when. Words are as printed; `None` where there are none."""

    document: str
    value: float | None
    """The number, or the start of a range; `None`: not to be told."""
    upper: float | None
    """The end of a range."""
    comparator: Comparator
    unit: str | None
    of: str | None
    """What it is a part or an attribute of."""
    words: str
    """The count."""
    sentence: str
    """The sentence that it stands in; of a long one what is near."""
    asserted: Asserted
    by: tuple[str, ...]
    """The entities that assert it; empty: it is not known who, or no party does."""
    name: str | None
    """What they are called, not those who only speak for them; where none of them is known, the source as printed."""
    spokesperson: str | None
    """Who speaks for those who assert it, by name."""
    reached: Spoken
    """How it reached us: in the statement's (or document's) `own` words, in `direct` speech, or `reported`."""
    through: tuple[str, ...]
    """By whom, from outside in: publisher, translator, outlet."""
    date: str | None
    dated: DatedBy | None
    """Which date it is; that of the saying, not of what is counted."""
    retold: bool
    """Whether another tells of the saying, and its date is only that of the telling."""
    start: int
    """Where the count begins, in code points."""
    address: str
    """Of the count."""
    title: str | None
    """The document's."""
    rule: str
    """How the number was read."""
    also: tuple[str, ...] = ()
    """Addresses of the same count in the same words, of the same party and date, in other documents."""

    @property
    def number(self) -> str:
        """The count as a line shows it: `>= 12`, `5–10`."""
        ends = [written(each) for each in (self.value, self.upper) if each is not None]
        return f"{'' if self.comparator == '=' else f'{self.comparator} '}{'–'.join(ends) or '?'}"

    @property
    def who(self) -> str:
        """Who asserts it, in words."""
        if self.asserted == "party":
            name = self.name or "unknown"
            return f"{self.spokesperson} for {name}" if self.spokesperson else name
        return "the document itself" if self.asserted == "document" else f"nobody: {self.asserted}"


class FiguresCounted(Struct, frozen=True, kw_only=True):
    """What was read, and what of it is not shown. Counts of other units, parties or words were not asked for."""

    documents: int
    """Those read: they hold a count, and name the party where one is asked for."""
    shown: int
    undated: int
    """Without a date that can be read: last of their unit, or left out where a period was asked for."""
    published: int
    """Shown with the day of publication: the text bears no other date."""
    over_border: int
    """Left out: their date may lie within the period, or may not."""
    outside: int
    """Left out: dated outside the period."""
    unnamed: int
    """Left out where a party was asked for: it is not known who asserts them."""
    told: int
    """Left out where a party was asked for: the document itself tells them."""
    unasserted: int
    """Left out where a party was asked for: nobody asserts them."""
    reprinted: int
    """Not shown by themselves: the same words of the same date in another document, named beside the first."""


class Figures(Struct, frozen=True, kw_only=True):
    """The counts that were asked for, by unit, then by date, the undated and those without a unit last."""

    unit: str | None
    about: str | None
    party: tuple[str, ...]
    """The entities that were asked for; empty: all."""
    period: Window | None
    counted: FiguresCounted
    figures: tuple[Figure, ...]

    def _repr_html_(self) -> str:
        first = self.figures[:NOTEBOOK]
        rows = [(it.unit or "", it.number, it.who, it.date or "", it.sentence, it.address) for it in first]
        more = f", the first {NOTEBOOK}" if len(self.figures) > NOTEBOOK else ""
        return html_table(f"{len(self.figures):,} figures{more}", rows)


def written(number: float) -> str:
    """A number as people write it: `1,200`, `0.333`."""
    return f"{number:,.0f}" if number.is_integer() and abs(number) < HUGE else f"{number:.6g}"


def asserters(record: Record) -> Callable[[Quantity], Asserter]:
    """What tells who asserts a count of a record, by what it lies in (`Quantity.within`) and how it was read."""
    names = {entity.id: entity.name for entity in record.entities}
    known = {each.id: _source(record, each, names) for each in record.attributions}
    known |= {each.id: _parties(each, names) for each in record.statements}
    itself = Asserter("document", (), None)

    def asserter(count: Quantity) -> Asserter:
        if count.within is not None:
            return known.get(count.within, Asserter("party", (), None))
        parts = count.rule.split("; ")
        return next((Asserter(mood, (), None) for mood in NOBODY if mood in parts), itself)

    return asserter


def _source(record: Record, found: Attribution, names: dict[str, str]) -> Asserter:
    entity = found.source.entity if found.source else None
    if entity is not None:
        return Asserter("party", (entity,), names.get(entity, entity))
    printed = " … ".join(span.of(record.text) for span in found.source.spans) if found.source else ""
    speaker = own_speaker(found)
    return Asserter("party", (), printed or (speaker.name if speaker else None))


def _parties(found: Statement, names: dict[str, str]) -> Asserter:
    """Its one issuer, for whom others only sign; else all who make it together."""
    issuers = [it for it in found.parties if it.role == "issuer"]
    every = [it for it in found.parties if it.role in TOGETHER]
    makers = {it.entity or it.name: it for it in (issuers if len(issuers) == 1 else every)}
    called = "; ".join(names.get(key, it.name) for key, it in makers.items())
    return Asserter("party", tuple(key for key, it in makers.items() if it.entity), called or None)
