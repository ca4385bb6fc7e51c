"""The network as files: GraphML and GEXF (either view), CSV (a table), FollowTheMoney (JSON lines)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from onrecord.errors import MetadataError
from onrecord.export import ftm, gexf, graph, graphml
from onrecord.export.csv import rows_of
from onrecord.export.graph import Graph
from onrecord.export.network_tables import TABLES
from onrecord.hypergraph import Network, Pairs
from onrecord.model import Record

GRAPHS: dict[str, Callable[[Graph], Iterator[bytes]]] = {"graphml": graphml.encode, "gexf": gexf.encode}
FORMS = (*GRAPHS, "csv", "ftm")
"""The forms by name."""


def write(
    form: str,
    network: Network,
    pairs: Pairs,
    records: Callable[[], Iterable[Record]],
    *,
    view: str | None = None,
    table: str | None = None,
    bom: bool = False,
) -> Iterator[bytes]:
    """The network as pieces of a file.

    `graphml` and `gexf` take a `view` (`bipartite` where none is named, or `pairs`), `csv` a `table` (`memberships`
    where none is named). `records` gives those of the network's documents, read for `ftm` alone. Raises MetadataError
    for what there is not, or what does not go together, before anything is written.
    """
    checked(form, view, table)
    if form == "csv":
        chosen = TABLES[table or "memberships"]
        return rows_of(chosen.header(), chosen.rows(network, pairs), bom=bom)
    if form == "ftm":
        return ftm.encode(network, pairs, records())
    return GRAPHS[form](graph.of(view or "bipartite", network, pairs))


def checked(form: str, view: str | None, table: str | None) -> None:
    """Raises MetadataError for a form, view or table that there is not, or that do not go together."""
    for what, value, known in (("form", form, FORMS), ("view", view, graph.VIEWS), ("table", table, TABLES)):
        if value is not None and value not in known:
            raise MetadataError(f"There is no {what} {value!r} of the network. Take one of: {', '.join(known)}.")
    if view is not None and form not in GRAPHS:
        raise MetadataError(f"{form} has no views: leave --view out, or take --format {' or '.join(GRAPHS)}.")
    if table is not None and form != "csv":
        raise MetadataError(f"{form} has no tables: leave --table out, or take --format csv.")
