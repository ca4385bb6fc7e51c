"""Vega's SVG made ours: only what is known passes, colours become classes of the style sheet, links are our own.

Nothing of what Vega writes is trusted: each element and attribute is on a list, or it goes. Marks carry a key and no
words; what they say and where they lead is put in here, from the rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from lxml import etree
from markupsafe import Markup
from msgspec import Struct

from onrecord.web.charts.shapes import INKS
from onrecord.web.glyphs import plain

SPACE = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(["svg", "g", "path", "rect", "line", "text", "tspan", "circle"])
NUMBERS = frozenset(
    [
        "d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "rx", "ry", "r", "cx", "cy", "transform", "viewBox",
        "dx", "dy", "stroke-width", "stroke-dasharray", "opacity", "fill-opacity", "stroke-opacity", "font-size",
        "font-weight", "font-style", "text-anchor", "stroke-linecap", "stroke-miterlimit",
    ]
)  # fmt: skip
"""Attributes that hold numbers or a word: nothing that loads, runs or styles."""
VALUE = regex.compile(r"(?!.*url)[\w\s.,()+-]*", flags=regex.ASCII | regex.IGNORECASE)
UNFIT = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
FINE = regex.compile(r"(\.\d\d)\d+")
"""Finer than a hundredth of a pixel nobody sees."""
KEY = regex.compile(r"row(\d{1,6})", flags=regex.ASCII)
RIGHT_TO_LEFT = regex.compile(r"[^\p{L}]*[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
LIGHT = {
    "ink": "#23201b", "quiet": "#655e52", "line": "#e0dacd", "paper": "#ffffff", "bar": "#67918f", "c1": "#1c5a63",
    "c2": "#9a5b13", "c3": "#5f4b8b", "c4": "#4d6b1f", "c5": "#8c3b52", "c6": "#655e52",
}  # fmt: skip
"""The style sheet's colours in its light scheme, for a file of its own."""
SILENT = {"opacity": "1", "stroke-miterlimit": "10", "transform": "translate(0,0)", "font-weight": "normal"}
"""What is so anyway."""
PAINTS = {"fill": "fill", "stroke": "line"}
TURNED = {"start": "end", "end": "start"}


class Sign(Struct, frozen=True):
    """What a mark says when it is pointed at, and where it leads."""

    label: str
    address: str | None


def key(number: int) -> str:
    """The key of a row, by which its mark is known in the drawing."""
    return f"row{number}"


def inline(drawn: str, title: str, description: str, signs: Sequence[Sign]) -> Markup:
    """The drawing for a page: coloured by classes (`fill-ink`, `line-c1`), in the page's letters, its marks links."""
    root = cleaned(drawn, title, description, signs, links=True)
    root.set("class", "drawn")
    # What can be followed cannot be part of a picture, for those who hear the page.
    root.set("role", "group" if any(sign.address for sign in signs) else "img")
    for element in root.iter():
        coloured_by_class(element)
    return Markup(etree.tostring(root, encoding="unicode"))  # made of nothing but what is on the lists


def file(drawn: str, title: str, description: str, signs: Sequence[Sign]) -> bytes:
    """The drawing as a file of its own, in the colours of the light scheme."""
    root = cleaned(drawn, title, description, signs, links=False)
    root.set("font-family", "system-ui, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif")
    root.insert(2, etree.Element(named("rect"), width="100%", height="100%", fill=LIGHT["paper"]))
    for element in root.iter():
        for name in ("fill", "stroke"):
            if ink := INKS.get(element.get(name, "")):
                element.set(name, LIGHT[ink])
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def cleaned(drawn: str, title: str, description: str, signs: Sequence[Sign], *, links: bool) -> etree._Element:
    """The drawing with only what is on the lists, its marks with what they say and, with `links`, where they lead."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.Element(named("svg"), nsmap={None: SPACE}, direction="ltr")
    for tag, words in (("title", title), ("desc", description)):
        etree.SubElement(root, named(tag)).text = fit(words)
    source = etree.fromstring(drawn.encode(), parser)
    root.attrib.update(known(source))
    for child in source:
        take(child, root, signs, links)
    return root


def take(element: etree._Element, into: etree._Element, signs: Sequence[Sign], links: bool) -> None:
    """Take over an element with all below it; one that says nothing of its own makes way for what is in it."""
    tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if tag not in ELEMENTS or element.get("display") == "none" or "ground" in element.get("class", ""):
        return
    facts, target = known(element), into
    if tag != "g" or facts:
        target = etree.SubElement(pointed(element, into, signs, links), named(tag), facts)
        target.text = element.text
    if tag == "text":
        turn(target)
    for child in element:
        take(child, target, signs, links)
    if tag == "g" and target is not into and not len(target):
        into.remove(target)


def known(element: etree._Element) -> dict[str, str]:
    """The attributes that are on the list, where they say anything."""
    kept = {name: value for name, value in element.attrib.items() if name in NUMBERS and VALUE.fullmatch(value)}
    kept |= {name: element.get(name) for name in ("fill", "stroke") if element.get(name) in {*INKS, "none"}}
    return {name: FINE.sub(r"\1", value) for name, value in kept.items() if SILENT.get(name) != value}


def pointed(element: etree._Element, into: etree._Element, signs: Sequence[Sign], links: bool) -> etree._Element:
    """Where a mark goes: into a link where its row has an address of ours, else into a group that says what it is."""
    sign = sign_of(element, signs)
    if sign is None or not (sign.label or sign.address):
        return into
    # The table beside the chart has the same links: one need not step through each mark.
    followed = links and ours(sign.address)
    facts = {"href": sign.address, "tabindex": "-1"} if followed else {}
    holder = etree.SubElement(into, named("a" if followed else "g"), facts)
    etree.SubElement(holder, named("title")).text = fit(sign.label)
    return holder


def sign_of(element: etree._Element, signs: Sequence[Sign]) -> Sign | None:
    match = KEY.fullmatch(element.get("aria-label", ""))
    return signs[int(match[1])] if match and int(match[1]) < len(signs) else None


def ours(address: str | None) -> bool:
    return bool(address and address.startswith("/") and not address.startswith(("//", "/\\")))


def turn(text: etree._Element) -> None:
    """Words that begin from the right are set from the right, and stay where they were put."""
    if RIGHT_TO_LEFT.match(text.text or ""):
        text.set("direction", "rtl")
        text.set("text-anchor", TURNED.get(text.get("text-anchor", "start"), "middle"))


def coloured_by_class(element: etree._Element) -> None:
    """A class of the style sheet in the place of each colour."""
    classes = [f"{kind}-{INKS[value]}" for name, kind in PAINTS.items() if (value := element.get(name)) in INKS]
    if classes:
        element.set("class", " ".join(classes))
        for name in PAINTS:
            if element.get(name) in INKS:
                del element.attrib[name]


def fit(words: str) -> str:
    """Words as XML can hold them, with nothing unseen."""
    return UNFIT.sub("\ufffd", plain(words))


def named(tag: str) -> str:
    return f"{{{SPACE}}}{tag}"
