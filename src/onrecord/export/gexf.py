"""The network as GEXF 1.3 (gexf.net), Gephi's own format, with time: nodes and edges have the days they may mean.

A date is an interval of days (`start`, `end`, both inclusive); an edge of several times has a spell for each. What has
no date has no time, which Gephi takes for "always": filter on the field `dated` to see it or to leave it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.export.graph import Edge, Field, Graph, Node, Spell, Value, cells
from onrecord.export.xmlpieces import Pieces, document, element, flushed

NAMESPACE = "http://gexf.net/1.3"
TYPES = {"string": "string", "integer": "integer", "double": "double", "boolean": "boolean"}
"""GEXF's names of the types of fields."""
DATED = Field("dated", "boolean", "whether it bears a date")


def encode(graph: Graph) -> Iterator[bytes]:
    """The graph as pieces of a UTF-8 file."""
    pieces = Pieces()
    nodes, edges = (*graph.node_fields, DATED), (*graph.edge_fields, DATED)
    with document(pieces) as xml, xml.element("gexf", nsmap={None: NAMESPACE}, version="1.3"):
        flushed(xml, _meta(graph))
        attributes = {"defaultedgetype": "undirected", "mode": "dynamic", "timeformat": "date"}
        with xml.element("graph", attributes):
            for scope, fields in (("node", nodes), ("edge", edges)):
                flushed(xml, _attributes(scope, fields))
            with xml.element("nodes"):
                for node in graph.nodes:
                    flushed(xml, _node(node, nodes))
                    yield from pieces.taken()
            with xml.element("edges"):
                for edge in graph.edges:
                    flushed(xml, _edge(edge, edges))
                    yield from pieces.taken()
    yield from pieces.taken(0)


def _meta(graph: Graph) -> Any:
    said = "\n".join(f"{name}: {words}" for name, words in graph.facts)
    return element("meta", element("creator", text="onrecord"), element("description", text=said))


def _attributes(scope: str, fields: Sequence[Field]) -> Any:
    declared = [element("attribute", id=field.name, title=field.name, type=TYPES[field.type]) for field in fields]
    return element("attributes", *declared, class_=scope)


def _node(node: Node, fields: Sequence[Field]) -> Any:
    inside = _inside(node.spells, fields, node.values)
    return element("node", *inside, id=node.id, label=node.label, **_lifetime(node.spells))


def _edge(edge: Edge, fields: Sequence[Field]) -> Any:
    return element(
        "edge",
        *_inside(edge.spells, fields, edge.values),
        id=edge.id,
        source=edge.source,
        target=edge.target,
        weight=repr(edge.weight),
        kind=edge.kind,
        **_lifetime(edge.spells),
    )


def _inside(spells: Sequence[Spell], fields: Sequence[Field], values: Sequence[Value]) -> Iterator[Any]:
    known = cells(fields, (*values, bool(spells)))
    yield element("attvalues", *(element("attvalue", for_=field.name, value=words) for field, words in known))
    if len(spells) > 1:
        yield element("spells", *(element("spell", start=start, end=end) for start, end in spells))


def _lifetime(spells: Sequence[Spell]) -> dict[str, str | None]:
    """One stretch of time stands in the element itself."""
    return {"start": spells[0][0], "end": spells[0][1]} if len(spells) == 1 else {}
