"""Centrality and communities of the graph of pairs, by networkx, which is imported only when they are asked for.

The graph is the projection by a named rule: parties are its nodes, the rule's weights its edges. Nodes are numbers in
the order of their ids and random choices have a fixed seed, so a result is the same on every machine and in every run.
A number says where a party stands in what was collected, not how much it matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum
from typing import TYPE_CHECKING, Literal

from onrecord.analyse.network import NAMELESS, pairs
from onrecord.hypergraph import (
    Central,
    Centrality,
    Communities,
    Community,
    JointStatement,
    Measure,
    Pair,
    Pairs,
    RuleName,
)

if TYPE_CHECKING:
    from networkx import Graph

MeasureName = Literal["strength", "degree", "betweenness"]
MethodName = Literal["louvain", "greedy"]

SEED = 0
EXACT = 500
"""Parties up to which betweenness is counted from every one of them; above, from that many pivots chosen by the seed
(Brandes and Pich 2007): every pivot costs a walk over all pairs."""
RESOLUTION = 1.0
"""1 is the modularity of Newman and Girvan; above it communities are smaller, below it larger."""

MEASURES: dict[MeasureName, Measure] = {
    "strength": Measure(
        "strength",
        "s(i) = sum over j of w(i,j)",
        "the weights of all pairs of a party; by 1/(n-1) this is the number of its joint statements",
        "Barrat et al. 2004, PNAS 101(11), 3747-3752",
    ),
    "degree": Measure(
        "degree",
        "k(i) = number of j with w(i,j) > 0",
        "with how many others a party spoke, however often",
        "Freeman 1978, Social Networks 1(3), 215-239 (not divided by n-1)",
    ),
    "betweenness": Measure(
        "betweenness",
        "b(i) = 2/((n-1)(n-2)) * sum over s<t of g(s,t,i)/g(s,t)",
        "share of the shortest ways between two others that lead through a party; a step counts 1, whatever its weight",
        "Freeman 1977, Sociometry 40(1), 35-41; algorithm of Brandes 2001",
    ),
}
METHODS: dict[MethodName, Measure] = {
    "louvain": Measure(
        "louvain",
        "Q = sum over communities c of (W(c)/W - r (S(c)/2W)^2)",
        "parties grouped so that weights within a group are more than chance would give",
        "Blondel et al. 2008, J. Stat. Mech. P10008",
        {"seed": SEED, "resolution": RESOLUTION, "threshold": 1e-7},
    ),
    "greedy": Measure(
        "greedy",
        "Q = sum over communities c of (W(c)/W - r (S(c)/2W)^2)",
        "parties grouped by always joining the two groups that raise Q the most",
        "Clauset, Newman and Moore 2004, Physical Review E 70, 066111",
        {"resolution": RESOLUTION},
    ),
}


def centrality(
    statements: Iterable[JointStatement],
    measure: MeasureName,
    rule: RuleName,
    *,
    names: Mapping[str, str] = NAMELESS,
    exact: int = EXACT,
) -> Centrality:
    """The parties of joint statements by a measure of the graph of their pairs, highest first."""
    projected = pairs(statements, rule)
    parties, graph = _graph(projected)
    values = _VALUES[measure](graph, exact)
    found = [Central(entity, names.get(entity, entity), values[at]) for at, entity in enumerate(parties)]
    found.sort(key=lambda each: (-each.value, each.name, each.entity))
    return Centrality(_with_parameters(measure, len(parties), exact), projected.rule, tuple(found))


def _with_parameters(measure: MeasureName, parties: int, exact: int) -> Measure:
    known = MEASURES[measure]
    if measure != "betweenness":
        return known
    sampled: dict[str, str | int | float | bool | None] = (
        {"pivots": exact, "seed": SEED} if parties > exact else {"pivots": "all"}
    )
    return Measure(known.name, known.formula, known.meaning, known.origin, sampled | {"normalized": True})


def _graph(projected: Pairs) -> tuple[list[str], Graph[int]]:
    """The entities in order of their ids, and the graph whose nodes are their places in that order."""
    import networkx

    parties = sorted({entity for pair in projected.pairs for entity in (pair.first, pair.second)})
    places = {entity: at for at, entity in enumerate(parties)}
    graph: Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(len(parties)))
    for pair in sorted(projected.pairs, key=lambda pair: (pair.first, pair.second)):
        graph.add_edge(places[pair.first], places[pair.second], weight=pair.weight)
    return parties, graph


def _strength(graph: Graph[int], exact: int) -> dict[int, float]:
    return {node: fsum(edge["weight"] for edge in graph[node].values()) for node in graph}


def _degree(graph: Graph[int], exact: int) -> dict[int, float]:
    return {node: float(len(graph[node])) for node in graph}


def _betweenness(graph: Graph[int], exact: int) -> dict[int, float]:
    import networkx

    pivots = exact if len(graph) > exact else None
    found: dict[int, float] = networkx.betweenness_centrality(graph, k=pivots, normalized=True, seed=SEED)
    return found


_VALUES: dict[MeasureName, Callable[[Graph[int], int], dict[int, float]]] = {
    "strength": _strength,
    "degree": _degree,
    "betweenness": _betweenness,
}


def communities(
    statements: Iterable[JointStatement], method: MethodName, rule: RuleName, *, names: Mapping[str, str] = NAMELESS
) -> Communities:
    """A partition of the parties that stand in a pair, by weights of a named rule; largest community first."""
    projected = pairs(statements, rule)
    parties, graph = _graph(projected)
    groups = sorted((sorted(group) for group in _groups(graph, method)), key=lambda group: (-len(group), group[0]))
    home = {parties[at]: number for number, group in enumerate(groups) for at in group}
    inside: list[list[Pair]] = [[] for _ in groups]
    for pair in projected.pairs:
        if home[pair.first] == home[pair.second]:
            inside[home[pair.first]].append(pair)
    found = tuple(
        _community(number, [parties[at] for at in group], inside[number], names) for number, group in enumerate(groups)
    )
    return Communities(METHODS[method], projected.rule, _modularity(graph, groups), found)


def _groups(graph: Graph[int], method: MethodName) -> list[set[int]]:
    from networkx.algorithms import community

    if not graph.size():
        return []
    if method == "greedy":
        return [set(group) for group in community.greedy_modularity_communities(graph, "weight", RESOLUTION)]
    return [set(group) for group in community.louvain_communities(graph, "weight", RESOLUTION, seed=SEED)]


def _modularity(graph: Graph[int], groups: Sequence[Sequence[int]]) -> float:
    from networkx.algorithms import community

    return float(community.modularity(graph, [set(group) for group in groups], "weight", RESOLUTION)) if groups else 0.0


def _community(number: int, parties: Sequence[str], inside: Sequence[Pair], names: Mapping[str, str]) -> Community:
    shares: dict[str, list[float]] = {entity: [] for entity in parties}
    for pair in inside:
        shares[pair.first].append(pair.weight)
        shares[pair.second].append(pair.weight)
    members = [Central(entity, names.get(entity, entity), fsum(shares[entity])) for entity in parties]
    members.sort(key=lambda each: (-each.value, each.name, each.entity))
    addresses = dict.fromkeys(where for pair in inside for where in pair.addresses)
    return Community(number + 1, tuple(members), tuple(sorted(addresses)))
