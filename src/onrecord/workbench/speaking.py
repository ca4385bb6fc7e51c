"""Who speaks for a party: persons who sign for it, speak on its behalf, or hold an office that a text says is its.

How often somebody signed or spoke is counted in all documents; offices are read in the latest documents of the party,
where the words of an office name it ("chair of the River Labour Party") or stand by a name that signs for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from onrecord import store
from onrecord.makers import TOGETHER, hands
from onrecord.model import Mention, Record
from onrecord.store.tallies import CURRENT
from onrecord.text.address import address
from onrecord.text.spans import Span
from onrecord.workbench.records import records
from onrecord.workbench.who import Called, Who, among, called

READ = 8
"""Documents in which offices are looked for."""
PERSONS = 12
"""Persons that are shown."""
NEAR = 60
"""Code points between a name and its office."""


class Office(Struct, frozen=True):
    """An office as printed, and the address of the words."""

    words: str
    address: str


class Speaker(Struct, frozen=True):
    """Somebody who speaks for a party."""

    person: Called
    offices: tuple[Office, ...]
    signed: int
    """Statements of the party alone that it signs as its hand."""
    behalf: int
    """Statements that it makes on the party's behalf."""


class Speakers(Struct, frozen=True):
    """Who speaks for a party, and in how many of its documents offices were looked for."""

    speakers: tuple[Speaker, ...]
    read: int


class Held(NamedTuple):
    person: str
    office: Office


def speakers(view: store.View, party: Who) -> Speakers:
    """Who speaks for a party."""
    signed, behalf = dict(view.rows(*_signing(party))), dict(view.rows(*_on_behalf(party)))
    read = latest(view, party)
    offices: dict[str, dict[str, Office]] = {}
    for record in records(view, read):
        for person, office in held(record, party.id):
            offices.setdefault(person, {}).setdefault(office.words.casefold(), office)
    persons = dict(view.among("SELECT id, number FROM entities WHERE id IN (%s)", list(offices)))
    names = called(view, {*signed, *behalf, *persons.values()})
    found: dict[str, Speaker] = {}
    for number, one in names.items():
        before = found.get(one.id) or Speaker(one, (), 0, 0)
        found[one.id] = Speaker(
            one,
            before.offices or tuple(offices.get(one.id, {}).values()),
            before.signed + signed.get(number, 0),
            before.behalf + behalf.get(number, 0),
        )
    order = sorted(found.values(), key=lambda it: (-(it.signed + it.behalf), -len(it.offices), it.person.name))
    return Speakers(tuple(order[:PERSONS]), len(read))


def _signing(party: Who) -> tuple[str, tuple[int, ...]]:
    """Who signs, how often, the statements that a party makes alone."""
    return (
        "SELECT h.entity, count(*) FROM makers m CROSS JOIN makers h ON h.document = m.document"
        " AND h.statement = m.statement AND h.hand = 1"
        f" WHERE m.entity {among(party.numbers)} AND m.hand = 0 AND m.{CURRENT} AND NOT EXISTS"
        " (SELECT 1 FROM together t WHERE t.document = m.document AND t.statement = m.statement)"
        f" GROUP BY h.entity ORDER BY 2 DESC LIMIT {PERSONS}"
    ), party.numbers


def _on_behalf(party: Who) -> tuple[str, tuple[int, ...]]:
    return (
        "SELECT o.entity, count(*) FROM makers m CROSS JOIN makers o ON o.document = m.document"
        " AND o.statement = m.statement AND o.role IN ('issuer', 'signatory') AND o.entity IS NOT NULL"
        f" WHERE m.entity {among(party.numbers)} AND m.role = 'on-behalf-of' AND m.{CURRENT}"
        f" AND o.entity NOT {among(party.numbers)} GROUP BY o.entity ORDER BY 2 DESC LIMIT {PERSONS}"
    ), (*party.numbers, *party.numbers)


def latest(view: store.View, party: Who) -> list[str]:
    """Documents that the party makes a statement in, the latest of them, and others that name it."""
    made = (
        f"SELECT document FROM makers WHERE entity = ? AND hand = 0 AND {CURRENT} ORDER BY low DESC LIMIT {READ // 2}"
    )
    naming = f"SELECT document FROM mentions WHERE entity = ? AND {CURRENT} ORDER BY document DESC LIMIT {READ}"
    numbers = [row[0] for query in (made, naming) for number in party.numbers for row in view.rows(query, (number,))]
    chosen = list(dict.fromkeys(numbers))[:READ]
    ids = dict(view.among("SELECT number, id FROM documents WHERE number IN (%s)", chosen))
    return [ids[number] for number in chosen]


def held(record: Record, party: str) -> Iterator[Held]:
    """The offices of a party that a record's text gives to persons."""
    named = [mention for mention in record.mentions if mention.entity == party]
    signing = signers(record, party)
    for mention in record.mentions:
        if mention.entity is None or mention.entity == party or not mention.role or mention.type != "person":
            continue
        office = where(record.text, mention)
        if office is None:
            continue
        if mention.entity in signing or any(one.start < office.end and office.start < one.end for one in named):
            first, last = min(office.start, mention.start), max(office.end, mention.end)
            yield Held(mention.entity, Office(office.of(record.text), address(record.id, first, last)))


def signers(record: Record, party: str) -> set[str]:
    """Who signs for a party the statements that it makes alone."""
    types = {entity.id: entity.type for entity in record.entities}
    found: set[str] = set()
    for statement in record.statements:
        made = [each for each in statement.parties if each.role in TOGETHER]
        pens = hands(record.text, made, record.mentions, types)
        bodies = {each.entity for each, pen in zip(made, pens, strict=True) if not pen}
        if bodies == {party}:
            found.update(each.entity for each, pen in zip(made, pens, strict=True) if pen and each.entity)
    return found


def where(text: str, mention: Mention) -> Span | None:
    """Where the words of an office stand that is nearest to a name; `None` where they are not near it."""
    role = mention.role or ""
    low = max(0, mention.start - len(role) - NEAR)
    found, at = [], text.find(role, low, mention.end + len(role) + NEAR)
    while at >= 0:
        found.append(Span(at, at + len(role)))
        at = text.find(role, at + 1, mention.end + len(role) + NEAR)
    return min(found, key=lambda span: max(mention.start - span.end, span.start - mention.end), default=None)
