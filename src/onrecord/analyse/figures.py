"""Counts as rows of a table: what is counted, how many, who asserts it, when, and how it reached us.

To assert a count is to claim it, so a count is read as a claim: its date, those who make it, the voices between and
who speaks for whom are found as those of any act (`analyse.acts`, `analyse.telling`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.analyse.acts import Question, reading_order, rows, why_not
from onrecord.analyse.telling import tellings
from onrecord.commitments import ActDone
from onrecord.figures import Asserted, Asserter, Figure, FiguresCounted, asserters
from onrecord.lexicon import abbreviations
from onrecord.model import Act, Quantity, Record, SpeechAct
from onrecord.text.folding import tokens
from onrecord.text.spans import Span
from onrecord.text.tokens import sentences

ASSERTING: Act = "claim"
"""The act that a count is read as."""
WIDE = 400
"""Code points before and behind a count in which the words of its sentence are looked for."""
BORROWED = "unit of the count before"
"""In the rule of a count whose unit does not stand with it."""
LEFT_OUT: dict[Asserted, str] = {"party": "unnamed", "document": "told"}
"""Where a party was asked for, why counts of nobody known are left out: a field of FiguresCounted."""


class Asserting(NamedTuple):
    """A count with the claim that it is read as, whose words are the count and its sentence; with who asserts it."""

    claim: ActDone
    quantity: Quantity
    words: str
    sentence: str
    asserter: Asserter


def asserting(record: Record) -> Callable[[int, Quantity], Asserting]:
    """What reads a count of a record, by its number there."""
    row, told, asserter = rows(record), tellings(record), asserters(record)

    def read(number: int, count: Quantity) -> Asserting:
        who = asserter(count)
        by = who.by[0] if len(who.by) == 1 else None
        place = Span(count.start, count.end)
        act = SpeechAct(f"q{number}", *place, ASSERTING, place, count.within, by)
        words, sentence = place.of(record.text), around(record.text, place).of(record.text)
        claim = replace(told(act, row(act)), words=f"{words} {sentence}", content=count.of)
        return Asserting(claim, count, words, sentence, who)

    return read


def around(text: str, place: Span) -> Span:
    """The sentence that holds a place, or what of it stands within WIDE code points, cut between words."""
    low, high = max(0, place.start - WIDE), min(len(text), place.end + WIDE)
    window = text[low:high]
    found = [Span(low + start, low + end) for start, end in sentences(window, abbreviations())]
    start = next((it.start for it in reversed(found) if it.start <= place.start), place.start)
    end = next((it.end for it in found if it.end >= place.end), place.end)
    if start == low > 0 and not text[low - 1].isspace():
        start = next((at for at in range(low, place.start) if text[at - 1].isspace()), place.start)
    if end == high < len(text) and not text[high].isspace():
        end = next((at for at in range(high, place.end, -1) if text[at].isspace()), place.end)
    return Span(start, end)


def of_unit(counts: Collection[Quantity], text: str, asked: str | None) -> Iterator[tuple[int, Quantity]]:
    """The counts of one text in what was asked for, by number: its folded words are the unit's, or those that end the
    printed count ("dockers"); then other counts with that unit are meant too. `None`: all."""
    wanted = tokens(asked or "")
    units = {tuple(wanted)}
    for each in counts:
        if wanted and each.unit and BORROWED not in each.rule and _ends_in(text[each.start : each.end], wanted):
            units.add(tuple(tokens(each.unit)))
    for number, each in enumerate(counts, 1):
        if asked is None or (each.unit is not None and tuple(tokens(each.unit)) in units):
            yield number, each


def _ends_in(words: str, wanted: list[str]) -> bool:
    return tokens(words)[-len(wanted) :] == wanted


class FigureTable:
    """Takes records one by one and keeps their counts that were asked for; counts what it leaves out, and why."""

    def __init__(self, question: Question, unit: str | None) -> None:
        self._question, self._unit = question, unit
        self._left = Counter[str]()
        self.held: dict[str, Asserting] = {}
        """By the key of the claim."""

    def add(self, record: Record) -> None:
        read = asserting(record)
        for number, count in of_unit(record.quantities, record.text, self._unit):
            one = read(number, count)
            why = why_not(self._question, one.claim)
            if why is None:
                self.held[one.claim.key] = one
            else:
                self._left[LEFT_OUT.get(one.asserter.asserted, "unasserted") if why == "unnamed" else why] += 1

    def claims(self) -> list[ActDone]:
        return [one.claim for one in self.held.values()]

    def counted(self, documents: int, figures: Collection[Figure]) -> FiguresCounted:
        """What was read, where these are shown of what was kept."""
        counts = {name: self._left[name] for name in FiguresCounted.__struct_fields__}
        counts["undated"] += sum(it.date is None for it in figures)
        counts["published"] = sum(it.dated == "published" for it in figures)
        shown, reprinted = len(figures), len(self.held) - len(figures)
        return FiguresCounted(**{**counts, "documents": documents, "shown": shown, "reprinted": reprinted})


def figures(held: FigureTable, claims: Iterable[ActDone]) -> tuple[Figure, ...]:
    """The claims as figures, by unit, then by date; those without a unit last."""
    every = sorted(claims, key=lambda it: (_unit_order(held.held[it.key].quantity.unit), reading_order(it)))
    return tuple(_figure(held.held[claim.key], claim) for claim in every)


def _unit_order(unit: str | None) -> tuple[bool, list[str]]:
    return (unit is None, tokens(unit or ""))


def _figure(one: Asserting, claim: ActDone) -> Figure:
    """`claim` has the names that its parties have in the archive, and the addresses of its reprints."""
    count = one.quantity
    return Figure(
        document=claim.document,
        value=count.value,
        upper=count.upper,
        comparator=count.comparator,
        unit=count.unit,
        of=count.of,
        words=one.words,
        sentence=one.sentence,
        asserted=one.asserter.asserted,
        by=claim.by,
        name=claim.name if claim.by else one.asserter.name,
        spokesperson=claim.spokesperson,
        reached=claim.reached,
        through=claim.through,
        date=claim.date,
        dated=claim.dated,
        retold=claim.retold,
        start=count.start,
        address=claim.address,
        title=claim.title,
        rule=count.rule,
        also=claim.also,
    )
