"""Speech acts from the tables: a party's own over time, and what others say to it or of it.

A party's act is one that it does itself, that a statement of its own does, or that one does who makes a statement on
its behalf (`onrecord.makers`); one that is only thought of is nobody's. Its days are those of its statement, else of
its document's issue, else publication. The words are those of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from msgspec import Struct

from onrecord import store
from onrecord.commitments import COMMITMENTS, GROUPS
from onrecord.errors import MetadataError
from onrecord.model import Act, AttributionKind, Modality
from onrecord.store.tallies import CURRENT
from onrecord.store.view import marks
from onrecord.text.address import address
from onrecord.workbench.bins import Bin, bins, span
from onrecord.workbench.who import Called, Period, Who, among, called

PAGE = 20
"""Acts in a list."""
LONGEST = 600
"""Code points of an act's words that a list shows."""
DRAWN: tuple[Act, ...] = ("promise", "demand", "threaten", "refuse")
"""The acts of which a party's page has a picture over time."""
KNOWN: dict[str, tuple[Act, ...]] = {"all": get_args(Act), **GROUPS, **{act: (act,) for act in get_args(Act)}}
"""What can be asked for: an act, a class of acts, all."""


class Done(Struct, frozen=True, kw_only=True):
    """An act with its words, who does it, and whom it is said to and about."""

    document: str
    id: str
    act: Act
    date: str | None
    """EDTF, of the document's issue."""
    by: tuple[Called, ...]
    """Empty where it is not known who."""
    addressee: Called | None
    target: Called | None
    words: str
    """The first LONGEST code points of them."""
    cut: bool
    """Whether there are more."""
    start: int
    end: int
    address: str
    title: str | None
    publisher: str | None
    language: str | None
    modality: Modality
    negated: bool
    conditional: bool
    within: AttributionKind | None
    """The kind of the attribution that it stands in; `None`: in the document's own voice."""


class Series(Struct, frozen=True):
    """One kind of act over time: `total` in all, of which those in `bins` lie in one month each."""

    act: Act
    total: int
    bins: tuple[Bin, ...]


class Over(Struct, frozen=True):
    """A party's acts: how many of each kind, and those that are drawn over time, all on one scale of time."""

    kinds: tuple[tuple[Act, int], ...]
    series: tuple[Series, ...]
    unplaced: int
    """Of the acts that are drawn over time those without a date that lies in one month."""


class Listing(Struct, frozen=True):
    """Acts of a kind, the latest first; the undated last. `total` in all."""

    acts: tuple[Done, ...]
    total: int


class Told(Struct, frozen=True):
    """What others say to or of a party: how many acts of each kind, and the latest of those asked for."""

    kinds: tuple[tuple[Act, int], ...]
    listing: Listing


def kinds(asked: Sequence[str]) -> tuple[Act, ...]:
    """The acts that these words mean; the commitments where there are none. Raises MetadataError."""
    for name in asked:
        if name not in KNOWN:
            raise MetadataError(f"There is no act {name[:60]!r}. Take one of: {', '.join(KNOWN)}.")
    return tuple(dict.fromkeys(act for name in asked for act in KNOWN[name])) or COMMITMENTS


# -- a party's own -----------------------------------------------------------------------------------------------------


def over(view: store.View, party: Who) -> Over:
    """How often a party did what, and its promises, demands, threats and refusals over time."""
    counts: dict[Act, int] = {}
    months: dict[Act, dict[str, int]] = {act: {} for act in DRAWN}
    query = (
        "SELECT act, CASE WHEN substr(low, 1, 7) = substr(high, 1, 7) THEN substr(low, 1, 7) END AS month, count(*)"
        f" FROM ({_own(party)}) GROUP BY act, month"
    )
    for act, month, number in view.rows(query, party.numbers):
        counts[act] = counts.get(act, 0) + number
        if month is not None and act in months:
            months[act][month] = number
    reach = span(*months.values())
    return Over(
        tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        tuple(Series(act, counts.get(act, 0), bins(months[act], reach)) for act in DRAWN),
        sum(counts.get(act, 0) - sum(months[act].values()) for act in DRAWN),
    )


def done(
    view: store.View, party: Who, wanted: Sequence[Act], period: Period, limit: int = PAGE, skip: int = 0
) -> Listing:
    """A party's acts of these kinds that surely lie in a period."""
    days, values = _days(period)
    table = f"SELECT document, position, low FROM ({_own(party)}) WHERE act {among(wanted)}{days}"
    return _listing(view, table, (*party.numbers, *wanted, *values), limit, skip)


def _own(party: Who) -> str:
    """A party's acts; one that two of its entities do is one act."""
    once = "DISTINCT " if len(party.numbers) > 1 else ""
    return (
        f"SELECT {once}document, position, act, low, high FROM doers WHERE entity {among(party.numbers)} AND {CURRENT}"
    )


# -- what others say ---------------------------------------------------------------------------------------------------


def told(view: store.View, party: Who, wanted: Sequence[Act], period: Period, limit: int = PAGE, skip: int = 0) -> Told:
    """What others say to or of a party: acts addressed to it, or about it, that are not its own."""
    days, values = _days(period)
    table, asked = _others(party), (*party.numbers,) * 3
    counts = view.rows(f"SELECT act, count(*) FROM ({table}) GROUP BY act ORDER BY 2 DESC, 1", asked)
    chosen = f"SELECT document, position, low FROM ({table}) WHERE act {among(wanted)}{days}"
    return Told(tuple(counts), _listing(view, chosen, (*asked, *wanted, *values), limit, skip))


def _others(party: Who) -> str:
    own = among(party.numbers)
    rows = "SELECT document, position, act, low, high FROM acts WHERE {} AND modality <> 'hypothetical' AND {}"
    every = " UNION ".join(rows.format(f"{column} {own}", CURRENT) for column in ("target", "addressee"))
    return (
        f"SELECT * FROM ({every}) a WHERE NOT EXISTS (SELECT 1 FROM doers d WHERE d.document = a.document"
        f" AND d.position = a.position AND d.entity {own})"
    )


# -- rows ------------------------------------------------------------------------------------------------------------


def _days(period: Period) -> tuple[str, list[str]]:
    return (" AND low >= ? AND high <= ?", [period.low, period.high]) if period.bounded else ("", [])


def _listing(view: store.View, table: str, values: Sequence[object], limit: int, skip: int) -> Listing:
    [[total]] = view.rows(f"SELECT count(*) FROM ({table})", values)
    order = "ORDER BY low IS NULL, low DESC, document DESC, position LIMIT ? OFFSET ?"
    rows = view.rows(f"{table} {order}", (*values, limit, skip))
    return Listing(read(view, [(row[0], row[1]) for row in rows]), total)


_WORDS = (
    'SELECT a.document, a.position, d.id, a.id, a.act, d.issued, a.addressee, a.target, a.start, a."end",'
    f' substr(x.text, a.start + 1, min(a."end" - a.start, {LONGEST})), d.title, d.publisher, d.language, a.modality,'
    " a.negated, a.conditional,"
    " (SELECT t.kind FROM attributions t WHERE t.document = a.document AND t.start <= a.start"
    ' AND t."end" >= a."end" ORDER BY t.start DESC LIMIT 1)'
    " FROM acts a CROSS JOIN documents d ON d.number = a.document CROSS JOIN texts x ON x.document = a.document"
    " WHERE a.document = ? AND a.position = ?"
)


def read(view: store.View, keys: Sequence[tuple[int, int]]) -> tuple[Done, ...]:
    """The acts at these places (number of the document, position in it), in this order."""
    rows = [row for key in keys for row in view.rows(_WORDS, key)]
    doing: dict[Sequence[Any], list[int]] = {}
    doers = f"SELECT document, position, entity FROM doers WHERE document IN ({marks(keys)})"
    for document, position, entity in view.rows(doers, [key[0] for key in keys]):
        doing.setdefault((document, position), []).append(entity)
    every = [number for key in keys for number in doing.get(key, ())]
    names = called(view, [*every, *(number for row in rows for number in row[6:8] if number is not None)])
    return tuple(_done(row, [names[each] for each in doing.get(row[:2], ()) if each in names], names) for row in rows)


def _done(row: Sequence[Any], by: Sequence[Called], names: dict[int, Called]) -> Done:
    (
        _, _, document, name, act, date, addressee, target, start, end, words, title, publisher, language, modality,
        negated, conditional, within,
    ) = row  # fmt: skip
    return Done(
        document=document, id=name, act=act, date=date, by=tuple({each.id: each for each in by}.values()),
        addressee=names.get(addressee), target=names.get(target), words=words, cut=end - start > len(words),
        start=start, end=end, address=address(document, start, end), title=title, publisher=publisher,
        language=language, modality=modality, negated=bool(negated), conditional=bool(conditional), within=within,
    )  # fmt: skip
