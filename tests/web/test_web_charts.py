"""Charts: what is drawn, and that nothing but a drawing comes out."""

from __future__ import annotations

import json
import re
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from lxml import etree

from onrecord.web import charts
from onrecord.web.charts import Chart, Mark, Stay, engine, svg

S = "{http://www.w3.org/2000/svg}"
HOSTILE = "\u202e<script>alert(1)</script>\" onload='x' ]]> & \x07"
MONTHS = [f"2024-{month:02}" for month in range(1, 13)]


def marks(name: str = "", address: str | None = None) -> list[Mark]:
    return [Mark(month, at % 5, name, f"{month}: {at % 5} of {name}", address) for at, month in enumerate(MONTHS)]


KINDS = {
    "lines": charts.lines([*marks("one", "/search?q=a&b=c"), *marks("لجنة السلام")], "Lines", "Two of them"),
    "columns": charts.columns(marks(), "Columns"),
    "strips": charts.columns([*marks("one"), *marks(HOSTILE)], "Strips"),
    "bars": charts.bars([Mark("one", 3), Mark(HOSTILE, 2, "", HOSTILE, "//elsewhere.example/")], "Bars"),
    "lanes": charts.lanes(
        [Stay("one", "2024-01-02", "2024-01-02", "issued"), Stay("لجنة", "2024-02-01", "2024-02-29", "issued")], "Lanes"
    ),
}
ALLOWED = {"svg", "title", "desc", "g", "path", "rect", "line", "text", "tspan", "circle", "a"}


def root(chart: Chart) -> etree._Element:
    drawn = chart.inline()
    assert drawn is not None
    return etree.fromstring(drawn)


def harmless(tree: etree._Element) -> None:
    for element in tree.iter():
        assert etree.QName(element).localname in ALLOWED
        for name, value in element.attrib.items():
            assert name != "style" and not name.startswith("on") and "url(" not in value
            assert name != "href" or (value.startswith("/") and not value.startswith("//"))


@pytest.mark.parametrize("name", KINDS)
def test_a_chart_is_only_a_drawing(name: str) -> None:
    tree = root(KINDS[name])
    harmless(tree)
    assert tree.findtext(f"{S}title") == KINDS[name].title
    assert {"fill", "stroke"}.isdisjoint({n for e in tree.iter() for n, v in e.attrib.items() if v != "none"})
    assert len(tree.findall(f".//{S}path")) + len(tree.findall(f".//{S}rect")) >= 2


@pytest.mark.parametrize("name", KINDS)
def test_as_a_file_it_has_its_colours_and_no_links(name: str) -> None:
    file = KINDS[name].file()
    assert file is not None
    tree = etree.fromstring(file)
    harmless(tree)
    assert not list(tree.iter(f"{S}a"))
    assert not {v for e in tree.iter() if (v := e.get("fill", "")).startswith("#0000")}


def test_each_mark_says_what_it_is_and_leads_where_it_should() -> None:
    links = list(root(KINDS["lines"]).iter(f"{S}a"))
    assert [link.get("href") for link in links] == ["/search?q=a&b=c"] * 12
    assert {link.findtext(f"{S}title") for link in links} == {mark.label for mark in marks("one")}
    titles = [title.text for title in root(KINDS["lines"]).iter(f"{S}title")]
    assert "2024-05: 4 of لجنة السلام" in titles


@pytest.mark.parametrize("ends", [(5, 5), (0, 0), (9, 9, 9), (5, 5.1, 9), (0, 4, 8), (9, 8.9, 8.8, 0, 0.1, 0.2)])
def test_names_of_lines_that_end_together_stand_apart(ends: tuple[float, ...]) -> None:
    drawn = [Mark(period, y, f"line {at}") for at, end in enumerate(ends) for period, y in (("2024", 9), ("2025", end))]
    tree = root(charts.lines(drawn, "Lines"))
    found = [text for text in tree.iter(f"{S}text") if (text.text or "").startswith("line")]
    heights = [float(re.findall(r"[-.\d]+", text.get("transform"))[1]) for text in found]
    assert len(heights) == len(ends)
    assert min(low - high for high, low in pairwise(sorted(heights))) >= 12
    assert min(heights) > -1 and max(heights) < 181
    highest = sorted(range(len(ends)), key=lambda at: (-ends[at], -at))
    assert [found[at].text for at in sorted(range(len(ends)), key=heights.__getitem__)] == [
        f"line {at}" for at in highest
    ]


def test_words_from_the_right_are_set_from_the_right() -> None:
    (name,) = [text for text in root(KINDS["lines"]).iter(f"{S}text") if text.text == "لجنة السلام"]
    assert (name.get("direction"), name.get("text-anchor")) == ("rtl", "end")


def test_an_address_elsewhere_is_no_link() -> None:
    assert not list(root(KINDS["bars"]).iter(f"{S}a"))


def test_what_could_mislead_is_told_in_words() -> None:
    assert "\u202e" not in "".join(text.text or "" for text in root(KINDS["strips"]).iter(f"{S}text"))


@pytest.mark.parametrize(
    "inside",
    [
        '<script>alert(1)</script>',
        '<style>*{}</style>', '<image href="http://x/"/>', '<foreignObject><p/></foreignObject>',
        '<use href="#a"/>', '<a href="javascript:alert(1)"><path d="M0,0"/></a>',
        '<path d="M0,0" style="x" onclick="y"/>',
        '<path d="M0,0" fill="url(#a)"/>', '<path d="M0,0" transform="url(x)"/>',
        '<!-- c --><?pi x?>', '<g clip-path="url(#c)"/>',
    ],
)  # fmt: skip
def test_nothing_of_the_engine_is_trusted(inside: str) -> None:
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="x">{inside}</svg>'
    harmless(etree.fromstring(svg.inline(drawn, "T", "D", ())))


@settings(max_examples=25, deadline=None)
@example([("0" * 28 + "\N{TETRAGRAM FOR CENTRE}", "")])
@example([("\N{CUNEIFORM SIGN A}" * 60, "\N{CUNEIFORM SIGN A}" * 60)])
@given(some.lists(some.tuples(some.text(max_size=60), some.text(max_size=60)), min_size=1, max_size=4))
def test_any_names_can_be_drawn(names: list[tuple[str, str]]) -> None:
    drawn = charts.bars([Mark(name, 1, "", label, "/search") for name, label in names], names[0][1]).inline()
    assert drawn is not None
    harmless(etree.fromstring(drawn))


def test_nothing_is_fetched() -> None:
    fetching = {**KINDS["columns"].specification, "data": {"url": "http://127.0.0.1:9/rows.json"}}
    assert engine.drawn(fetching) is None


def test_a_specification_is_plain_vega_lite() -> None:
    altair = pytest.importorskip("altair")
    assert altair.Chart.from_dict(json.loads(json.dumps(KINDS["columns"].specification)))


def test_without_the_extra_there_is_no_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    engine.installed.cache_clear()
    try:
        assert charts.columns(marks(), "Columns").inline() is None
        assert charts.warm() is None
    finally:
        monkeypatch.undo()
        engine.installed.cache_clear()
