"""The network as GraphML (graphml.graphdrawing.org, 1.0), which networkx, igraph, Gephi, yEd and Cytoscape read.

GraphML knows no time: `start` and `end` are data like others (the first and last day that a date may mean), and an edge
of several times has its whole span there. How the network was made is data of the graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.export.graph import Field, Graph, Spell, Value, cells
from onrecord.export.xmlpieces import Pieces, document, element, flushed

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
TYPES = {"string": "string", "integer": "int", "double": "double", "boolean": "boolean"}
"""GraphML's names of the types of fields."""
TIMES = (Field("start", "string", "first day"), Field("end", "string", "last day"))
LABEL = (Field("label", "string", "name"), *TIMES)
WEIGHT = (Field("weight", "double", "weight"), *TIMES)


def encode(graph: Graph) -> Iterator[bytes]:
    """The graph as pieces of a UTF-8 file."""
    pieces = Pieces()
    nodes, edges = LABEL + graph.node_fields, WEIGHT + graph.edge_fields
    with document(pieces) as xml, xml.element("graphml", nsmap={None: NAMESPACE}):
        for scope, fields in (("node", nodes), ("edge", edges)):
            for field in fields:
                flushed(xml, _key(scope, field.name, field.type))
        for name, _ in graph.facts:
            flushed(xml, _key("graph", name, "string"))
        with xml.element("graph", id="network", edgedefault="undirected"):
            for name, words in graph.facts:
                flushed(xml, element("data", text=words, key=f"graph-{name}"))
            for node in graph.nodes:
                values = (node.label, *_times(node.spells), *node.values)
                flushed(xml, element("node", *_data("node", nodes, values), id=node.id))
                yield from pieces.taken()
            for edge in graph.edges:
                values = (edge.weight, *_times(edge.spells), *edge.values)
                data = _data("edge", edges, values)
                flushed(xml, element("edge", *data, id=edge.id, source=edge.source, target=edge.target))
                yield from pieces.taken()
    yield from pieces.taken(0)


def _key(scope: str, name: str, kind: str) -> Any:
    return element("key", id=f"{scope}-{name}", for_=scope, attr__name=name, attr__type=TYPES[kind])


def _data(scope: str, fields: Sequence[Field], values: Sequence[Value]) -> Iterator[Any]:
    return (element("data", text=words, key=f"{scope}-{field.name}") for field, words in cells(fields, values))


def _times(spells: Sequence[Spell]) -> Spell:
    """The first and the last day of all; `None` where one is open, or there are none."""
    if not spells:
        return None, None
    starts, ends = [start for start, _ in spells if start], [end for _, end in spells if end]
    return (
        min(starts) if len(starts) == len(spells) else None,
        max(ends) if len(ends) == len(spells) else None,
    )
