"""How answers of the network look: a table for people, JSON or CSV for machines; each says what was counted and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from onrecord.console import console, emit, emit_csv, escape, plural

if TYPE_CHECKING:
    from onrecord.export.tables import Row
    from onrecord.hypergraph import (
        Centrality,
        Communities,
        Counted,
        JointStatement,
        Measure,
        Network,
        Pair,
        Pairs,
        PartyCount,
        Rule,
        Windows,
    )

WIDE = 48
"""Code points of a name that a table shows."""
SHOWN = 3
"""Addresses below a line, members beside a community, pairs beside a window."""
LEFT_OUT = {
    "unnamed": "name nobody in these roles",
    "over_border": "left out: their date may lie in the period, or may not",
    "outside": "left out: outside the period",
    "undated": "left out: undated",
}
"""What was read and is not in the network, by the field of Counted."""


def pairs(network: Network, found: Pairs, *, limit: int, json: bool, csv: bool) -> None:
    """Pairs, heaviest first, each with the addresses of its statements."""
    if machine(network, found, "pairs", network, found, json=json, csv=csv):
        return
    table = columns("weight", "together", "first", "last", "without the other", right=2)
    names = found.names
    for pair in found.pairs[:limit]:
        apart = f"{pair.first_without:,} and {pair.second_without:,}"
        table.row(f"{short(names.get(pair.first, pair.first))} + {short(names.get(pair.second, pair.second))}")
        table.add(f"{pair.weight:.3f}", f"{pair.statements:,}", *dates(pair.extent.first, pair.extent.last), apart)
        table.below(pair.addresses)
    table.show(len(found.pairs), "pair", limit)
    rule_line(found.rule)
    if found.too_large:
        print(f"{plural(found.too_large, 'statement')} of too many parties to be broken into pairs.")
    counted_lines(network)


def parties(network: Network, found: Sequence[PartyCount], *, limit: int, json: bool, csv: bool) -> None:
    """Parties, those first who spoke most together."""
    if machine(network, found, "parties", replace(network, parties=tuple(found)), None, json=json, csv=csv):
        return
    table = columns("alone", "together", "others", "first", "last", "roles", right=3)
    for party in found[:limit]:
        roles = ", ".join(f"{role} {number:,}" for role, number in party.roles)
        table.row(short(party.name))
        table.add(f"{party.alone:,}", f"{party.together:,}", f"{party.others:,}",
                  *dates(party.extent.first, party.extent.last), roles)  # fmt: skip
        table.below(party.addresses)
    table.show(len(found), "party", limit)
    counted_lines(network)


def statements(network: Network, found: Sequence[JointStatement], *, limit: int, json: bool, csv: bool) -> None:
    """Joint statements by date, a line a member."""
    if machine(network, found, "statements", replace(network, statements=tuple(found)), None, json=json, csv=csv):
        return
    screen = console()
    for statement in found[:limit]:
        title = escape(short(statement.title or "untitled"))
        screen.print(f"{statement.issued or 'undated'}  [bold]{title}[/]  [dim]{statement.address}[/]")
        for member in statement.members:
            mark = " (signs for the issuer)" if member.hand else "" if member.entity else " (unresolved)"
            screen.print(f"    [dim]{member.role:>12}[/]  {escape(short(member.name))}{mark}")
    rest(len(found), "joint statement", limit)
    counted_lines(network)


def windows(network: Network, found: Windows, *, json: bool, csv: bool) -> None:
    """Windows in order, each with its heaviest pairs."""
    header = (
        "window", "date", "first_entity", "first_name", "second_entity", "second_name", "weight", "rule", "statements",
        "addresses",
    )  # fmt: skip
    if json or csv:
        answer(network, found, header, _window_rows(found), json=json)
        return
    screen = console()
    for window in found.windows:
        dated = "" if window.value == window.name else f" ({window.value})"
        counts = f"{plural(window.statements, 'joint statement')}, {plural(window.parties, 'party')}"
        pairs_of = plural(len(window.pairs), "pair")
        unsure = f", {window.qualified:,} of uncertain or approximate date" if window.qualified else ""
        screen.print(f"[bold]{escape(short(window.name))}[/]{dated}  {counts}, {pairs_of}{unsure}")
        for pair in window.pairs[:SHOWN]:
            screen.print(f"    {pair.weight:.3f}  {escape(both(pair, found.names))}")
        if window.addresses:
            screen.print(f"    [dim]{first_of(window.addresses)}[/]")
    every = plural(found.within + found.over_border + found.outside + found.undated, "joint statement")
    parts = f"{found.within:,} in a window, {found.over_border:,} over a border, {found.outside:,} outside"
    print(f"{every}: {parts}, {found.undated:,} undated.")
    rule_line(found.rule)
    counted_lines(network)


def _window_rows(found: Windows) -> Iterator[Row]:
    for window in found.windows:
        for pair in window.pairs:
            yield (
                window.name, window.value, pair.first, found.names.get(pair.first), pair.second,
                found.names.get(pair.second), pair.weight, found.rule.name, pair.statements, " ".join(pair.addresses),
            )  # fmt: skip


def centrality(network: Network, found: Centrality, *, limit: int, json: bool, csv: bool) -> None:
    """Parties by a measure."""
    header = ("entity", "name", "measure", "value", "rule")
    if json or csv:
        name, rule = found.measure.name, found.rule.name
        rows = ((each.entity, each.name, name, each.value, rule) for each in found.parties)
        answer(network, found, header, rows, json=json)
        return
    table = columns(found.measure.name, right=1)
    for each in found.parties[:limit]:
        table.row(short(each.name))
        table.add(f"{each.value:.4g}")
    table.show(len(found.parties), "party", limit)
    measure_line(found.measure)
    rule_line(found.rule)
    counted_lines(network)


def communities(network: Network, found: Communities, *, json: bool, csv: bool) -> None:
    """Communities, the largest first."""
    header = ("community", "entity", "name", "strength_within", "method", "rule")
    if json or csv:
        rows = (
            (each.number, party.entity, party.name, party.value, found.measure.name, found.rule.name)
            for each in found.communities
            for party in each.parties
        )
        answer(network, found, header, rows, json=json)
        return
    screen = console()
    for each in found.communities:
        screen.print(f"[bold]{each.number}[/]  {plural(len(each.parties), 'party')}")
        for party in each.parties:
            screen.print(f"    {party.value:8.3f}  {escape(short(party.name))}")
        screen.print(f"    [dim]{first_of(each.addresses)}[/]")
    print(f"Modularity {found.modularity:.3f}. The numbers are weights within the community.")
    measure_line(found.measure)
    rule_line(found.rule)
    counted_lines(network)


def machine(
    network: Network, found: Any, table: str, held: Network, pairs: Pairs | None, *, json: bool, csv: bool
) -> bool:
    """Print the answer for a machine, where it was asked for; CSV is the table of this name."""
    if not json and not csv:
        return False
    from onrecord.export.network_tables import TABLES

    chosen = TABLES[table]
    answer(network, found, chosen.header(), chosen.rows(held, pairs) if csv else (), json=json)  # type: ignore[arg-type]
    return True


def answer(network: Network, found: Any, header: Sequence[str], rows: Iterable[Row], *, json: bool) -> None:
    """JSON with what the network was made of, or CSV."""
    if json:
        made = {name: getattr(network, name) for name in ("roles", "hands", "period", "counted")}
        emit({"network": made, "found": found})
        return
    emit_csv(tuple(header), rows)


class Columns:
    """A table whose rows have a name before them and addresses below."""

    def __init__(self, names: Sequence[str], right: int) -> None:
        self._names, self._right = ("", *names), right
        self._rows: list[tuple[list[str], str]] = []

    def row(self, name: str) -> None:
        self._rows.append(([name], ""))

    def add(self, *values: str) -> None:
        self._rows[-1][0].extend(values)

    def below(self, addresses: Sequence[str]) -> None:
        self._rows[-1] = self._rows[-1][0], first_of(addresses)

    def show(self, total: int, one: str, limit: int) -> None:
        screen = console()
        lines = [list(self._names), *(cells for cells, _ in self._rows)] if self._rows else []
        widths = [max(len(line[at]) for line in lines) for at in range(len(self._names))] if lines else []
        for at, cells in enumerate(lines):
            shown = "  ".join(self._fit(place, cell, widths[place]) for place, cell in enumerate(cells)).rstrip()
            screen.print(f"[dim]{escape(shown)}[/]" if at == 0 else escape(shown))
            if at and (where := self._rows[at - 1][1]):
                screen.print(f"    [dim]{where}[/]")
        rest(total, one, limit)

    def _fit(self, place: int, cell: str, width: int) -> str:
        return cell.rjust(width) if 0 < place <= self._right else cell.ljust(width)


def columns(*names: str, right: int) -> Columns:
    """A table; the first `right` columns after the name are numbers."""
    return Columns(names, right)


def short(name: str) -> str:
    return name if len(name) <= WIDE else f"{name[: WIDE - 1]}…"


def both(pair: Pair, names: dict[str, str]) -> str:
    return f"{short(names.get(pair.first, pair.first))} + {short(names.get(pair.second, pair.second))}"


def dates(first: str | None, last: str | None) -> tuple[str, str]:
    return first or "undated", last or "undated"


def first_of(addresses: Sequence[str]) -> str:
    """The first addresses, and how many more there are."""
    more = len(addresses) - SHOWN
    return "  ".join(addresses[:SHOWN]) + (f"  and {more:,} more" if more > 0 else "")


def rest(total: int, one: str, limit: int) -> None:
    shown = f", {limit:,} of them shown (--limit, or --csv for all)" if total > limit else ""
    print(f"{plural(total, one)}{shown}.")


def rule_line(rule: Rule) -> None:
    print(
        f"Counted by the rule {rule.name}: each pair of a statement of n parties gets {rule.formula}; {rule.meaning}."
    )
    print(f"  {rule.origin}.")


def measure_line(measure: Measure) -> None:
    chosen = ", ".join(f"{name} {value}" for name, value in measure.parameters.items())
    print(f"{measure.name}: {measure.formula}; {measure.meaning}{f' ({chosen})' if chosen else ''}.")
    print(f"  {measure.origin}.")


def counted_lines(network: Network) -> None:
    """What the answer was counted from, and what it leaves out."""
    counted: Counted = network.counted
    period = f" in {network.period.value}" if network.period else ""
    print(
        f"{plural(counted.documents, 'document')} read{period}: {plural(counted.joint, 'joint statement')}, "
        f"{counted.alone:,} by one party alone; roles {', '.join(network.roles)}."
    )
    for name, words in LEFT_OUT.items():
        if number := getattr(counted, name):
            print(f"  {plural(number, 'statement')} {words}.")
    if counted.unresolved:
        print(f"  {plural(counted.unresolved, 'party')} of joint statements unresolved: in no pair.")
    if counted.hands:
        print(f"  {plural(counted.hands, 'person', 'persons')} signing for the body that issues: no party (--hands).")
