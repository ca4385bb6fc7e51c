"""One party: its names, who speaks for it, what it signed and with whom, what it did, what others say: apart."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from onrecord import resolve, store
from onrecord.hypergraph import JointStatement
from onrecord.model import Act, Link
from onrecord.naming import about
from onrecord.store.rows import STANDING, judgement_from
from onrecord.store.tallies import CURRENT
from onrecord.text.writing import script
from onrecord.workbench.acts import KNOWN, Listing, Over, Told, done, over, told
from onrecord.workbench.speaking import Speakers, speakers
from onrecord.workbench.together import joint
from onrecord.workbench.who import ALWAYS, Called, Period, Who, among, called, who

FEW = 120
"""Documents in which every spelling is looked for; of a party that more name, the first that each gives counts."""
LATEST = 8
"""Joint statements that are shown."""
PARTNERS = 15
WITH = 500
"""Joint statements, the latest, in which partners are counted."""
OTHERS = 8
"""Acts of others that are shown."""


class Spelled(Struct, frozen=True):
    """A name as the sources print it. `first` and `last` are days (ISO 8601) of issue."""

    name: str
    script: str | None
    lang: str | None
    """The language of most of the documents whose first name for it this is."""
    documents: int
    first: str | None
    last: str | None


class Naming(Struct, frozen=True):
    """The documents that name a party, by what it does in them."""

    documents: int
    makes: int
    """In which it makes a statement."""
    quoted: int
    """In which words are attributed to it."""
    others: int
    """In which it does neither: others speak."""


class Partner(Struct, frozen=True):
    """A party that stands with another in `statements` joint ones."""

    party: Called
    statements: int


class Signed(Struct, frozen=True):
    """What a party signed: all its statements, the joint ones, the latest of these, and with whom."""

    statements: int
    together: int
    latest: tuple[JointStatement, ...]
    called: dict[str, Called]
    partners: tuple[Partner, ...]
    more: int
    """Partners that are not shown."""
    read: int
    """Joint statements in which partners were counted: the latest."""


class MergedEntity(Struct, frozen=True):
    """One of the entities that a party is, with what links it to the others."""

    id: str
    name: str
    links: tuple[Link, ...]


class NamesDecision(Struct, frozen=True):
    """What a person decided of a party's entities."""

    id: str
    verdict: str
    by: str
    at: str
    names: tuple[str, ...]
    note: str | None
    withdrawn: str | None


class Registered(Struct, frozen=True):
    """What the registry says of a party."""

    ids: tuple[tuple[str, str], ...]
    since: str | None
    until: str | None
    note: str | None


class WholeParty(Struct, frozen=True, kw_only=True):
    """All that a party's page shows."""

    party: Called
    first: str | None
    """The days between which its statements lie."""
    last: str | None
    standing: Naming
    names: tuple[Spelled, ...]
    dated_by_all: bool
    """Whether the dates of a name are of all documents that print it, or of those in which it is the first name."""
    speakers: Speakers
    signed: Signed
    acts: Over
    listing: Listing | None
    """The acts asked for."""
    told: Told
    entities: tuple[MergedEntity, ...]
    decisions: tuple[NamesDecision, ...]
    registered: Registered | None


def party(
    view: store.View, name: str, wanted: Sequence[Act] = (), period: Period = ALWAYS, skip: int = 0
) -> WholeParty:
    """The party with this id (or of which it is a part). `wanted` acts of it are listed. Raises NotFound."""
    with view.snapshot():
        one = who(view, name)
        shown = next(iter(called(view, one.numbers).values()))
        days = view.rows(f"SELECT min(low), max(high) FROM tallies WHERE entity {among(one.numbers)}", one.numbers)
        standing = documents(view, one)
        names, every = spellings(view, one, standing.documents)
        return WholeParty(
            party=shown,
            first=days[0][0],
            last=days[0][1],
            standing=standing,
            names=names,
            dated_by_all=every,
            speakers=speakers(view, one),
            signed=signed(view, one),
            acts=over(view, one),
            listing=done(view, one, wanted, period, skip=skip) if wanted else None,
            told=told(view, one, wanted or KNOWN["all"], period, OTHERS),
            entities=entities(view, one),
            decisions=decisions(view, one),
            registered=registered(one),
        )


def documents(view: store.View, one: Who) -> Naming:
    """The current documents that name a party, by what it does in them."""
    own = among(one.numbers)
    makes = f"SELECT DISTINCT document FROM makers WHERE entity {own} AND {CURRENT}"
    quoted = f"SELECT DISTINCT document FROM attributions WHERE speaker {own} AND {CURRENT}"
    found = view.rows(f"SELECT documents FROM tallies WHERE entity {own}", one.numbers)
    named = found[0][0] if found else 0
    [[made]] = view.rows(f"SELECT count(*) FROM ({makes})", one.numbers)
    [[said]] = view.rows(f"SELECT count(*) FROM ({quoted})", one.numbers)
    [[either]] = view.rows(f"SELECT count(*) FROM ({makes} UNION {quoted})", one.numbers * 2)
    return Naming(named, made, said, max(0, named - either))


# -- names -------------------------------------------------------------------------------------------------------------

_PRINTED = (
    "SELECT d.language, d.issued_low, d.issued_high, a.facts FROM mentions m CROSS JOIN documents d"
    " ON d.number = m.document CROSS JOIN annotations a ON a.document = m.document WHERE m.entity {} AND m." + CURRENT
)
_KEPT = (
    "SELECT n.name, n.low, n.high, (SELECT d.language FROM mentions m CROSS JOIN documents d ON d.number = m.document"
    " WHERE m.entity = n.entity AND m.name = n.name LIMIT 1) FROM name_days n WHERE n.entity {}"
)


def spellings(view: store.View, one: Who, documents: int) -> tuple[tuple[Spelled, ...], bool]:
    """A party's names, those that most documents print first; whether their days are of all these documents."""
    every, own = documents <= FEW, among(one.numbers)
    langs: dict[str, list[str]] = {}
    days: dict[str, list[str]] = {}
    if every:
        for lang, low, high, facts in view.rows(_PRINTED.format(own), one.numbers):
            for name in {each for entity, each in store.spelled(facts) if entity in one.names.members}:
                langs.setdefault(name, []).append(lang or "")
                days.setdefault(name, []).extend((low, high) if low else ())
    else:
        for name, low, high, lang in view.rows(_KEPT.format(own), one.numbers):
            langs.setdefault(name, []).append(lang or "")
            days.setdefault(name, []).extend((low, high))
    return tuple(
        Spelled(
            each.name, script(each.name), _most(langs.get(each.name, ())), each.documents,
            min(days.get(each.name, ()), default=None), max(days.get(each.name, ()), default=None),
        )
        for each in one.names.spellings
    ), every  # fmt: skip


def _most(tags: Sequence[str]) -> str | None:
    known = [tag for tag in tags if tag]
    return max(sorted(set(known)), key=known.count) if known else None


# -- together ----------------------------------------------------------------------------------------------------------


def signed(view: store.View, one: Who) -> Signed:
    """What a party signed, and with whom in the latest of it."""
    own = among(one.numbers)
    found = view.rows(f"SELECT statements FROM tallies WHERE entity {own}", one.numbers)
    once = "DISTINCT " if len(one.numbers) > 1 else ""
    mine = (
        f"SELECT {once}t.document, t.statement, t.low FROM makers m CROSS JOIN together t ON t.document = m.document"
        f" AND t.statement = m.statement WHERE m.entity {own} AND m.hand = 0"
    )
    together = view.rows(f"SELECT count(*) FROM ({mine})", one.numbers)[0][0]
    newest = f"{mine} ORDER BY m.low DESC, t.document DESC LIMIT"
    latest = joint(view, [row[:2] for row in view.rows(f"{newest} {LATEST}", one.numbers)])[::-1]
    partners = beside(view, one, f"{newest} {WITH}")
    names = called(view, [number for number, _ in partners[:PARTNERS]])
    ids = {entity for statement in latest for entity in statement.entities()}
    known = dict(view.among("SELECT number, id FROM entities WHERE id IN (%s)", sorted(ids)))
    return Signed(
        found[0][0] if found else 0,
        together,
        latest,
        {known[number]: each for number, each in called(view, known).items()},
        tuple(Partner(names[number], count) for number, count in partners[:PARTNERS] if number in names),
        max(0, len(partners) - PARTNERS),
        min(together, WITH),
    )


def beside(view: store.View, one: Who, statements: str) -> list[tuple[int, int]]:
    """The numbers of the parties that make these statements with it, and how many; the most first. `statements` is a
    query of them with the numbers of its entities."""
    made = (
        "SELECT DISTINCT k.document, k.statement, coalesce(e.party, e.number) AS head FROM ({}) k CROSS JOIN makers h"
        " ON h.document = k.document AND h.statement = k.statement AND h.hand = 0 CROSS JOIN entities e"
        " ON e.number = h.entity"
    )
    counts = view.rows(f"SELECT head, count(*) FROM ({made.format(statements)}) GROUP BY head", one.numbers)
    return sorted((row for row in counts if row[0] not in one.numbers), key=lambda row: (-row[1], row[0]))


# -- who it is ---------------------------------------------------------------------------------------------------------


def entities(view: store.View, one: Who) -> tuple[MergedEntity, ...]:
    """The entities that were taken for one, each with the evidence that links it to others of them."""
    labels = store.labels(view, one.names.members)
    return tuple(
        MergedEntity(
            each, labels.get(each, each), tuple(link for link in one.names.links if each in (link.one, link.other))
        )
        for each in one.names.members
    )


def decisions(view: store.View, one: Who) -> tuple[NamesDecision, ...]:
    """What people decided of its entities, the latest first."""
    says = " OR ".join("instr(j.subject, ?)" for _ in one.names.members)
    rows = view.rows(f"{STANDING} WHERE j.kind = 'entities' AND ({says}) ORDER BY j.number", one.names.members)
    found = about(one.names, [judgement_from(row) for row in rows])
    return tuple(
        NamesDecision(
            each.id, each.verdict, each.by, each.at, each.subject.names or each.subject.entities, each.note,
            each.withdrawn,
        )
        for each in reversed(found)
    )  # fmt: skip


def registered(one: Who) -> Registered | None:
    """What the registry says of it."""
    if one.names.entry is None:
        return None
    entry = resolve.entry_from(one.names.entry)
    return Registered(entry.ids, entry.since, entry.until, entry.note)
