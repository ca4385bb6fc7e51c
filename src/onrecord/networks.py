"""The network of one archive, ready to be asked: who signed with whom, when, how often, alone or together.

    network = archive.network(since="2023", until="2024")
    network.pairs(rule="pair", party="Harbour Union").pairs
    network.windows("month").windows
    network.export(stream, "gexf")

The statements are read once, when the network is made; each question is counted from the joint ones it keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, get_args

from msgspec.structs import replace

from onrecord import analyse, export
from onrecord.analyse import TOGETHER as TOGETHER
from onrecord.asked import one_of
from onrecord.errors import MetadataError
from onrecord.hypergraph import (
    Centrality,
    Communities,
    JointStatement,
    Network,
    Pairs,
    PartyCount,
    RuleName,
    Windows,
)
from onrecord.model import PartyRole, Record

DEFAULT_RULE: RuleName = "1/(n-1)"
"""What counts where no rule is named: a party's weights then add up to the number of its joint statements."""
SHOWN = 200
"""Code points of a file's name that an error repeats."""
LARGEST_FILE = 1_000_000
"""Bytes of a file of events."""


def together(
    records: Callable[[Iterable[str] | None], Iterable[Record]],
    called: Callable[[Collection[str]], Mapping[str, str]],
    *,
    roles: Sequence[PartyRole] = TOGETHER,
    hands: bool = False,
    since: str | None = None,
    until: str | None = None,
) -> Together:
    """The network of all `records(None)`; `records(ids)` gives those with these ids. Raises MetadataError.

    `called(ids)` gives the names to show for parties; one that it does not know has the name that its statements print.
    """
    for role in roles:
        one_of("role", role, get_args(PartyRole))
    period = analyse.period(since, until)
    found = analyse.network(records(None), tuple(roles), hands=hands, period=period)
    names = called([party.entity for party in found.parties])
    parties = tuple(replace(party, name=names.get(party.entity, party.name)) for party in found.parties)
    return Together(replace(found, parties=parties), records)


class Together:
    """Questions to a network. Parties are named by id or by a name of theirs; NotFound where nobody is called so."""

    def __init__(self, network: Network, records: Callable[[Iterable[str] | None], Iterable[Record]]) -> None:
        self.network = network
        self._records = records
        self._names = network.names()

    def parties(self, party: str | None = None) -> tuple[PartyCount, ...]:
        """Who made statements: how many alone, how many together, from when to when. All, or those of one name."""
        wanted = self._called(party)
        return tuple(each for each in self.network.parties if party is None or each.entity in wanted)

    def statements(self, party: str | None = None, other: str | None = None) -> tuple[JointStatement, ...]:
        """The joint statements by date: all, those of a party, or those that a party made with another."""
        wanted = [meant for meant in (self._called(party), self._called(other)) if meant]
        return tuple(each for each in self.network.statements if all(meant & {*each.entities()} for meant in wanted))

    def pairs(self, rule: str = DEFAULT_RULE, party: str | None = None, other: str | None = None) -> Pairs:
        """Who stands together with whom, by a named rule: all, those of a party, or a party with another."""
        one, two = self._ordered(party, other)
        alone = analyse.alone(self.network)
        return analyse.pairs(self.network.statements, rule_name(rule), one, two, alone=alone, names=self._names)

    def windows(
        self,
        by: str | Sequence[tuple[str, str]] = "month",
        rule: str = DEFAULT_RULE,
        party: str | None = None,
        other: str | None = None,
    ) -> Windows:
        """Joint statements and their pairs by `month`, by `year`, by a file of events, or by events (name, EDTF)."""
        one, two = self._ordered(party, other)
        calendar = next((each for each in analyse.CALENDAR if each == by), None)
        events = () if calendar else analyse.named(events_in(Path(by)) if isinstance(by, str) else by)
        statements = self.statements(party, other)
        return analyse.windows(statements, calendar or events, rule_name(rule), one, two, names=self._names)

    def centrality(self, measure: str = "strength", rule: str = DEFAULT_RULE) -> Centrality:
        """The parties by `strength`, `degree` or `betweenness` of the graph of pairs."""
        name = one_of("measure", measure, analyse.MEASURES)
        return analyse.centrality(self.network.statements, name, rule_name(rule), names=self._names)

    def communities(self, method: str = "louvain", rule: str = DEFAULT_RULE) -> Communities:
        """The parties in groups that speak together more than with others, by `louvain` or `greedy` modularity."""
        name = one_of("method", method, analyse.METHODS)
        return analyse.communities(self.network.statements, name, rule_name(rule), names=self._names)

    def export(
        self,
        stream: IO[bytes],
        form: str,
        *,
        view: str | None = None,
        table: str | None = None,
        rule: str = DEFAULT_RULE,
        bom: bool = False,
    ) -> None:
        """Write `graphml` or `gexf` (with a `view`), `csv` (with a `table`) or `ftm`. Raises MetadataError."""
        export.network.checked(form, view, table)
        pairs = self.pairs(rule)
        pieces = export.network.write(form, self.network, pairs, self._documents, view=view, table=table, bom=bom)
        for piece in pieces:
            stream.write(piece)

    def _documents(self) -> Iterable[Record]:
        return self._records(sorted({statement.document for statement in self.network.statements}))

    def _called(self, name: str | None) -> frozenset[str]:
        return frozenset() if name is None else analyse.called(self.network, name)

    def _ordered(self, party: str | None, other: str | None) -> tuple[frozenset[str], frozenset[str]]:
        """Both as ids; who alone is named stands first."""
        return (self._called(party), self._called(other)) if party is not None else (self._called(other), frozenset())


def rule_name(name: str) -> RuleName:
    """The rule of this name. Raises MetadataError, which lists those there are."""
    return one_of("rule", name, analyse.RULES)


def events_in(path: Path) -> list[tuple[str, str]]:
    """The events of a file (TOML or CSV) as name and EDTF. Raises MetadataError, with the file's name."""
    named = repr(str(path)[:SHOWN])
    read = analyse.READERS.get(path.suffix.lower())
    if read is None:
        raise MetadataError(f"{named} is neither month nor year, nor a file of events (.toml, .csv).")
    try:
        with path.open("rb") as stream:
            held = stream.read(LARGEST_FILE + 1)
        if len(held) > LARGEST_FILE:
            raise MetadataError(f"It has more than {LARGEST_FILE:,} bytes. Keep the events you ask for.")
        return read(held.decode("utf8"))
    except UnicodeDecodeError as error:
        raise MetadataError(f"{named} is not UTF-8. Save it as UTF-8.") from error
    except (OSError, ValueError) as error:  # a ValueError: the name holds a NUL
        why = getattr(error, "strerror", None) or error
        raise MetadataError(f"{named} cannot be read ({why}). Check the name.") from error
    except MetadataError as error:
        raise MetadataError(f"{named}: {error}") from error
