"""The verbs of `onrecord network`: one function a question, no logic. What it answers is in `networks`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_options import ArchivePath, Json, open_archive, option

if TYPE_CHECKING:
    from onrecord.networks import Together

app = typer.Typer(
    help="Say who speaks together with whom, when, how often.\n\nA joint statement is one thing with all its parties "
    "(a hyperedge); pairs are a view of it, counted by a rule that is named. Every line leads to its statements.\n\n"
    'Example: onrecord network pairs river.onrecord --party "Harbour Union" --since 2023 --until 2024 --rule pair',
    no_args_is_help=True,
    rich_markup_mode=None,
)


class RuleOption(StrEnum):
    newman = "1/(n-1)"
    pair = "pair"
    hyperedge = "hyperedge"


class MeasureOption(StrEnum):
    strength = "strength"
    degree = "degree"
    betweenness = "betweenness"


class MethodOption(StrEnum):
    louvain = "louvain"
    greedy = "greedy"


class NetworkForm(StrEnum):
    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"
    ftm = "ftm"


class ViewOption(StrEnum):
    bipartite = "bipartite"
    pairs = "pairs"


class RoleOption(StrEnum):
    issuer = "issuer"
    behalf = "on-behalf-of"
    signatory = "signatory"
    sponsor = "sponsor"
    participant = "participant"
    witness = "witness"


Party = Annotated[str | None, option(help="Only of this party (a name of it, or its id).")]
With = Annotated[str | None, option("--with", help="Only together with this other party.")]
Since = Annotated[str | None, option(metavar="DATE", help="Statements that surely lie on or after it (EDTF).")]
Until = Annotated[str | None, option(metavar="DATE", help="Statements that surely lie on or before it (EDTF).")]
RuleChoice = Annotated[
    RuleOption,
    typer.Option(
        "--rule",
        help="What a statement of n parties adds to each of its pairs: 1/(n-1), 1 (pair), or 2/(n(n-1)) (hyperedge).",
    ),
]
Roles = Annotated[
    list[RoleOption] | None,
    option("--role", help="Roles that count (may be repeated; default: issuer, on-behalf-of, signatory, sponsor)."),
]
Hands = Annotated[
    bool, typer.Option("--hands", help="Count persons who sign for the body that issues as parties of their own.")
]
Limit = Annotated[int, typer.Option(min=1, help="Lines to show (--json and --csv give all).")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]


@contextmanager
def network_of(
    archive: Path | None, since: str | None, until: str | None, roles: list[RoleOption] | None, hands: bool
) -> Iterator[Together]:
    """The network of the archive that is meant, while it is open."""
    chosen = {"roles": [role.value for role in roles]} if roles else {}
    with open_archive(archive) as opened:
        yield opened.network(since=since, until=until, hands=hands, **chosen)  # type: ignore[arg-type]


@app.command()
def pairs(
    archive: ArchivePath = None,
    party: Party = None,
    other: With = None,
    since: Since = None,
    until: Until = None,
    rule: RuleChoice = RuleOption.newman,
    role: Roles = None,
    hands: Hands = False,
    limit: Limit = 20,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Say who signed with whom: how often, first and last, and how often without the other.

    Example: onrecord network pairs river.onrecord --party "Harbour Union" --since 2023 --until 2024 --rule pair
    """
    from onrecord import console_network

    with network_of(archive, since, until, role, hands) as asked:
        found = asked.pairs(rule.value, party, other)
        console_network.pairs(asked.network, found, limit=limit, json=json, csv=csv)


@app.command()
def parties(
    archive: ArchivePath = None,
    party: Party = None,
    since: Since = None,
    until: Until = None,
    role: Roles = None,
    hands: Hands = False,
    limit: Limit = 20,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Say who made statements: alone or together, with how many others, first and last.

    Example: onrecord network parties river.onrecord --since 2024
    """
    from onrecord import console_network

    with network_of(archive, since, until, role, hands) as asked:
        console_network.parties(asked.network, asked.parties(party), limit=limit, json=json, csv=csv)


@app.command()
def statements(
    archive: ArchivePath = None,
    party: Party = None,
    other: With = None,
    since: Since = None,
    until: Until = None,
    role: Roles = None,
    hands: Hands = False,
    limit: Limit = 20,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """List the joint statements by date, each with its parties, their roles and the words that say so.

    Example: onrecord network statements river.onrecord --party "Harbour Union" --with "River Council"
    """
    from onrecord import console_network

    with network_of(archive, since, until, role, hands) as asked:
        found = asked.statements(party, other)
        console_network.statements(asked.network, found, limit=limit, json=json, csv=csv)


@app.command()
def windows(
    archive: ArchivePath = None,
    by: Annotated[
        str, typer.Option(help='month, year, or a file of events: TOML (name = "EDTF") or CSV (name,date).')
    ] = "month",
    event: Annotated[
        list[str] | None,
        option(metavar="NAME=DATE", help="In place of --by: an event and its EDTF (may be repeated)."),
    ] = None,
    party: Party = None,
    other: With = None,
    since: Since = None,
    until: Until = None,
    rule: RuleChoice = RuleOption.newman,
    role: Roles = None,
    hands: Hands = False,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Count joint statements and their pairs by month, by year or by events of your own.

    A statement counts in a window where its whole date lies within; what spans a border is told apart.

    Example: onrecord network windows river.onrecord --event "Talks at Marn=2024-05-01/2024-05-14"
    """
    from onrecord import analyse, console_network

    events = [analyse.said(words) for words in event or ()]
    with network_of(archive, since, until, role, hands) as asked:
        found = asked.windows(events or by, rule.value, party, other)
        console_network.windows(asked.network, found, json=json, csv=csv)


@app.command()
def centrality(
    archive: ArchivePath = None,
    measure: Annotated[
        MeasureOption, typer.Option(help="strength (weights), degree (others), betweenness (shortest ways).")
    ] = MeasureOption.strength,
    since: Since = None,
    until: Until = None,
    rule: RuleChoice = RuleOption.newman,
    role: Roles = None,
    hands: Hands = False,
    limit: Limit = 20,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Rank the parties by a named measure of the graph of pairs.

    It says where a party stands in what was collected, not how much it matters.

    Example: onrecord network centrality river.onrecord --measure betweenness
    """
    from onrecord import console_network

    with network_of(archive, since, until, role, hands) as asked:
        found = asked.centrality(measure.value, rule.value)
        console_network.centrality(asked.network, found, limit=limit, json=json, csv=csv)


@app.command()
def communities(
    archive: ArchivePath = None,
    method: Annotated[
        MethodOption, typer.Option(help="louvain (seeded), or greedy modularity.")
    ] = MethodOption.louvain,
    since: Since = None,
    until: Until = None,
    rule: RuleChoice = RuleOption.newman,
    role: Roles = None,
    hands: Hands = False,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Group the parties that speak together more than with others.

    Example: onrecord network communities river.onrecord --since 2023 --until 2023
    """
    from onrecord import console_network

    with network_of(archive, since, until, role, hands) as asked:
        found = asked.communities(method.value, rule.value)
        console_network.communities(asked.network, found, json=json, csv=csv)


@app.command()
def export(
    archive: ArchivePath = None,
    form: Annotated[
        NetworkForm, typer.Option("--format", "-f", help="graphml, gexf (1.3, with dates), csv, ftm (FollowTheMoney).")
    ] = NetworkForm.graphml,
    view: Annotated[
        ViewOption | None,
        option(help="graphml and gexf: parties and statements (bipartite, the default), or pairs."),
    ] = None,
    table: Annotated[
        str | None,
        option("--table", "-t", help="csv: parties, statements, memberships (the default) or pairs."),
    ] = None,
    output: Annotated[Path | None, option("--output", "-o", help="A file (default: standard output).")] = None,
    since: Since = None,
    until: Until = None,
    rule: RuleChoice = RuleOption.newman,
    role: Roles = None,
    hands: Hands = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="csv: begin with a byte order mark, as some spreadsheets want.")
    ] = False,
) -> None:
    """Write the network for other programs; every edge carries the addresses of its statements.

    Example: onrecord network export river.onrecord --format gexf -o river.gexf
    """
    from onrecord import console

    with network_of(archive, since, until, role, hands) as asked, console.output(output) as stream:
        shown = None if view is None else view.value
        asked.export(stream, form.value, view=shown, table=table, rule=rule.value, bom=bom)
