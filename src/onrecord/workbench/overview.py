"""What is in an archive: the first page. Every number is that of a search, so that it can be opened."""

from __future__ import annotations

from typing import get_args

from msgspec import Struct

from onrecord import store
from onrecord.model import Lacking
from onrecord.store.doubts import Within, count_doubts

TROUBLES = 3
"""Imports of one kind that are named."""
PUBLISHERS = 12
"""Publishers whose months are counted."""
COUNTED = ("party", "act", "review")
"""What the index counts beside what the store does."""
Counted = tuple[tuple[str, int], ...]


class Spread(Struct, frozen=True):
    """Documents with one value of a facet, and how they lie in time: months (2024-05) in order, those with none left
    out. `months` counts fewer than `documents` where a date is not known to the month."""

    value: str
    documents: int
    months: Counted

    @property
    def gaps(self) -> tuple[str, ...]:
        """The months between the first and the last in which there is nothing."""
        held = dict(self.months)
        return tuple(month for month in between(self.months) if month not in held)


class Example(Struct, frozen=True):
    """One import. `document` is what was read all the same."""

    source: str
    original: str
    document: str | None
    message: str


class Trouble(Struct, frozen=True):
    """Imports with the same notice. `lost`: nothing was read from them; else what was read has this doubt."""

    code: str
    lost: bool
    imports: int
    examples: tuple[Example, ...]
    """The latest first."""


class Waiting(Struct, frozen=True):
    """What awaits a person: `doubts`, facts of which the machine is not sure and nobody has said, by kind; `disputed`,
    facts about which people do not agree; `idle`, decisions that do not count: their words are gone from a new version,
    or another one stands in their place."""

    doubts: Counted
    disputed: int
    idle: int


class Overview(Struct, frozen=True):
    """`facets` count documents by value, the most frequent first (`month` in the order of time); `unknown` counts those
    of which something is not known."""

    documents: int
    totals: Counted
    facets: dict[str, Counted]
    unknown: dict[Lacking, int]
    publishers: tuple[Spread, ...]
    troubles: tuple[Trouble, ...]
    waiting: Waiting


def overview(view: store.View, index: store.Index) -> Overview:
    """All of it at one moment."""
    with view.snapshot():
        known = view.statistics()
        found = index.search(view, "", limit=1)
        facets = {**known.facets, **{name: found.facets.get(name, ()) for name in COUNTED}}
        return Overview(
            documents=known.documents,
            totals=totals(known),
            facets=facets,
            unknown=unknown(view, index),
            publishers=spreads(view, index, "publisher", facets["publisher"], PUBLISHERS),
            troubles=troubles(view),
            waiting=waiting(view),
        )


def totals(known: store.Statistics) -> Counted:
    return (
        ("document", known.documents), ("superseded document", known.superseded), ("capture", known.captures),
        ("failed import", known.failed), ("entity", known.entities), ("judgement", known.judgements),
    )  # fmt: skip


def between(months: Counted) -> tuple[str, ...]:
    """All months from the first to the last of these."""
    if not months:
        return ()
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (months[0][0], months[-1][0]))
    return tuple(f"{at // 12:04}-{at % 12 + 1:02}" for at in range(first, last + 1))


def spreads(view: store.View, index: store.Index, facet: str, counted: Counted, most: int) -> tuple[Spread, ...]:
    """The most frequent values of a facet, each with its months."""
    months = index.months(view, "", by=facet, most=most)
    return tuple(Spread(value, documents, months.get(value, ())) for value, documents in counted[:most] if value)


def unknown(view: store.View, index: store.Index) -> dict[Lacking, int]:
    """How many documents have no date, no language …; what is known of all is left out."""
    names: tuple[Lacking, ...] = get_args(Lacking)
    counts = index.count(view, "", groups=[(store.LACKING[name], ()) for name in names])
    return {name: number for name, number in zip(names, counts, strict=True) if number}


DISPUTED = "SELECT count(*) FROM doubts WHERE state = 'disputed'"
IDLE = "SELECT coalesce(sum(max(0, json_array_length(judgements) - decided)), 0) FROM laid"
"""The first by the index of states; there are as few rows of `laid` as judged documents."""


def waiting(view: store.View) -> Waiting:
    (disputed,), (idle,) = view.rows(DISPUTED)[0], view.rows(IDLE)[0]
    doubts = {kind: number for kind, number in count_doubts(view, Within()).items() if number}
    return Waiting(tuple(sorted(doubts.items(), key=lambda each: -each[1])), disputed, idle)


LOST = (
    "SELECT coalesce(json_extract(notices, '$[0].code'), ''), count(*) FROM captures WHERE state = 'failed' GROUP BY 1"
)
DOUBTED = (
    "SELECT n.code, count(*) FROM notices n CROSS JOIN documents d ON d.number = n.document"
    " WHERE n.stage = 'ingest' AND d.state = 'current' GROUP BY n.code"
)
"""Both by an index: of failed captures, of notices by their code."""
LATEST_LOST = (
    "SELECT source, coalesce(container, digest), NULL, coalesce(json_extract(notices, '$[0].message'), '')"
    " FROM captures WHERE state = 'failed' AND coalesce(json_extract(notices, '$[0].code'), '') = ?"
    " ORDER BY number DESC LIMIT ?"
)
LATEST_DOUBTED = (
    "SELECT c.source, coalesce(c.container, c.digest), d.id, n.message FROM notices n"
    " CROSS JOIN documents d ON d.number = n.document CROSS JOIN captures c ON c.number = d.capture"
    " WHERE n.stage = 'ingest' AND n.code = ? AND d.state = 'current' ORDER BY n.document DESC LIMIT ?"
)


def troubles(view: store.View) -> tuple[Trouble, ...]:
    """What could not be read, then what was read with doubts; of each the most frequent first."""
    found = []
    for lost, counts, latest in ((True, LOST, LATEST_LOST), (False, DOUBTED, LATEST_DOUBTED)):
        for code, imports in sorted(view.rows(counts), key=lambda row: (-row[1], row[0])):
            examples = tuple(Example(*row) for row in view.rows(latest, (code, TROUBLES)))
            found.append(Trouble(code, lost, imports, examples))
    return tuple(found)
