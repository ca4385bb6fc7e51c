"""The network for other programs: golden files, read again by networkx, hostile names in every field.

`python tests/network/test_network_exports.py` writes the golden files anew; look at the
difference before you commit it.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest
import velna
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from test_questions import asked

from onrecord.errors import MetadataError
from onrecord.export.network import FORMS, GRAPHS
from onrecord.export.network_tables import TABLES
from onrecord.export.xmltext import legal
from onrecord.model import Entity, Record
from onrecord.networks import Together
from onrecord.text.address import parse

GOLD = Path(__file__).parent / "gold"
FILES = {
    **{f"{view}.{form}": {"form": form, "view": view} for form in GRAPHS for view in ("bipartite", "pairs")},
    **{f"{table}.csv": {"form": "csv", "table": table} for table in TABLES},
    "network.ftm.jsonl": {"form": "ftm"},
}
HOSTILE = [
    "<b>&amp;\"'</b>", "]]><!--", "null \x00 bell \x07 escape \x1b", "\u202eright to left\u2066", "\ufffe\uffff",
    "x" * 10_000, "line\nbreak\ttab", "=1+1", "\u200b", '""',
]  # fmt: skip


def written(network: Together, **options: str) -> bytes:
    stream = io.BytesIO()
    network.export(stream, options.pop("form"), **options)  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_files_are_as_they_were(name: str) -> None:
    assert written(asked(), **FILES[name]).decode() == (GOLD / name).read_bytes().decode()


def read_graph(form: str, held: bytes) -> networkx.Graph[str]:
    if form == "graphml":
        graph: networkx.Graph[str] = networkx.read_graphml(io.BytesIO(held))
        return graph
    found: networkx.Graph[str] = networkx.read_gexf(io.BytesIO(held), version="1.3")
    return found


@pytest.mark.parametrize("form", GRAPHS)
def test_networkx_reads_parties_and_statements(form: str) -> None:
    graph = read_graph(form, written(asked(), form=form, view="bipartite"))
    kinds = {name: data["kind"] for name, data in graph.nodes(data=True)}
    assert sum(kind == "statement" for kind in kinds.values()) == 6
    for one, other, data in graph.edges(data=True):
        assert {kinds[one], kinds[other]} == {"party", "statement"}
        assert data["statements"] in (one, other)
        assert parse(data["addresses"])
    assert len(graph["d4/st1"]) == 4, "nothing of the hyperedge is lost"
    unresolved = [name for name, data in graph.nodes(data=True) if data.get("resolved") is False]
    assert unresolved == ["d3/st1/1"] and len(graph["d3/st1/1"]) == 1
    assert graph.edges["e5", "d8/st1"]["hand"] is True


@pytest.mark.parametrize("form", GRAPHS)
def test_networkx_reads_pairs(form: str) -> None:
    network = asked()
    graph = read_graph(form, written(network, form=form, view="pairs", rule="pair"))
    pairs = {(pair.first, pair.second): pair for pair in network.pairs("pair").pairs}
    assert {tuple(sorted(edge)) for edge in graph.edges} == set(pairs)
    for one, other, data in graph.edges(data=True):
        pair = pairs[min(one, other), max(one, other)]
        assert (data["weight"], data["times"], data["rule"]) == (pair.weight, pair.statements, "pair")
        assert tuple(data["addresses"].split()) == pair.addresses
    assert not [name for name, data in graph.nodes(data=True) if data["resolved"] is not True]


def test_gexf_has_the_days_that_a_date_may_mean() -> None:
    tree = etree.fromstring(written(asked(), form="gexf", view="pairs"))
    spaces = {"g": "http://gexf.net/1.3"}
    [edge] = tree.xpath("//g:edge[@id='e1--e2']", namespaces=spaces)
    spells = [(spell.get("start"), spell.get("end")) for spell in edge.iterfind("g:spells/g:spell", spaces)]
    assert spells == [("2023-05-03", "2023-05-03"), ("2024-02-01", "2024-02-29"), ("2024-09-09", "2024-09-09")]
    [undated] = tree.xpath("//g:edge[@id='e1--e4']", namespaces=spaces)
    assert undated.get("start") is None and undated.xpath("g:attvalues/g:attvalue[@for='dated'][@value='false']",
                                                          namespaces=spaces)  # fmt: skip
    days = tree.xpath("//@start | //@end")
    assert days and all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)


def test_the_tables_fit_one_another() -> None:
    tables = {
        name: list(csv.DictReader(io.StringIO(written(asked(), form="csv", table=name).decode(), newline="")))
        for name in TABLES
    }
    statements = {row["statement"] for row in tables["statements"]}
    parties = {row["entity"] for row in tables["parties"]}
    assert {row["statement"] for row in tables["memberships"]} == statements
    known = [row for row in tables["memberships"] if row["entity"] and row["hand"] == "false"]
    assert {row["entity"] for row in known} <= parties
    for row in tables["pairs"]:
        assert {row["first_entity"], row["second_entity"]} <= parties
        assert len(row["keys"].split()) == len(row["addresses"].split()) == int(row["statements"])
        assert set(row["keys"].split()) <= statements
    for table in tables.values():
        for row in table:
            assert all(parse(each) for each in (row.get("address") or row["addresses"]).split())


def hostile(name: str) -> Iterator[Record]:
    """Two entities and an unknown party, all called so."""
    entities = {key: Entity(key, name, "organization", (name,)) for key in ("e1", "e2")}
    parties = [("signatory", "e1", name), ("signatory", "e2", name), ("signatory", None, name)]
    yield velna.record("d1", ("2024", parties), entities=entities)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_do_no_harm(form: str, name: str) -> None:
    held = written(asked(hostile(name)), form=form)
    if form in GRAPHS:
        etree.fromstring(held)
        graph = read_graph(form, held)
        assert " ".join(graph.nodes["e1"]["label"].split()) == " ".join(legal(name).split())
        assert len(graph.edges) == 3


@given(st.text(max_size=30))
def test_any_name_gives_well_formed_files(name: str) -> None:
    for form in GRAPHS:
        etree.fromstring(written(asked(hostile(name or "x")), form=form))


@given(st.text(st.characters(), max_size=30))
def test_legal_words_are_those_that_xml_takes(words: str) -> None:
    element = etree.Element("a")
    element.text = legal(words)
    assert len(legal(words)) == len(words)
    again = etree.fromstring(etree.tostring(element)).text or ""
    assert again == legal(words).replace("\r\n", "\n") or "\r" in words


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"form": "dot"}, "There is no form 'dot' of the network. Take one of: graphml, gexf, csv, ftm"),
        ({"form": "csv", "table": "edges"}, "There is no table 'edges'"),
        ({"form": "gexf", "view": "star"}, "There is no view 'star'"),
        ({"form": "csv", "view": "pairs"}, "csv has no views"),
        ({"form": "ftm", "table": "pairs"}, "ftm has no tables"),
    ],
)
def test_what_there_is_not_is_told(options: dict[str, str], said: str) -> None:
    with pytest.raises(MetadataError, match=said):
        written(asked(), **options)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    for name, options in FILES.items():
        (GOLD / name).write_bytes(written(asked(), **options))
