"""The visible text of a page as blocks in reading order, each with what its markup says of it.

A block is what a reader sees as one paragraph, heading, list item or table row. `furniture` marks what stands around
the text: navigation, forms, footers, side columns, sharing and cookie boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from lxml import etree
from lxml.html import HtmlElement
from msgspec import Struct

from onrecord.ingest.sheet import squeeze

Kind = Literal["text", "heading", "item", "row"]

UNSEEN = {"script", "style", "template", "head", "noscript", "svg", "iframe", "object", "canvas", "select", "datalist",
          "audio", "video", "map", "math", "textarea", "applet", "embed", "frameset"}  # fmt: skip
BLOCKS = {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
          "div",          "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
          "h4", "h5", "h6", "header",
          "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
          "td", "tfoot", "th", "thead", "tr", "ul", "hgroup", "search", "button"}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
FURNITURE_TAGS = {"nav", "aside", "button", "search", "dialog"}
FURNITURE_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "menu",
    "menubar",
    "dialog",
    "toolbar",
}
OUTSIDE = {"header", "footer"}
"""Furniture of the page, but part of the text inside an article."""
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|cookies?|consent|gdpr|newsletter|subscribe|signup|sign-up|"
    r"sidebar|social|share|sharing|share-buttons|related|comments?|site-?footer|page-?footer|skip-?link|pagination|pager|popup|"
    r"modal|toolbar|login|searchform|search-form|tagcloud|site-?header|masthead|topbar|screen-reader-text|sr-only)(?:$|[\s_-])",
    re.I,
)
_INNER = {"table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "form"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NUMBERED = re.compile(r"\W?\w{1,4}[.)]")
_BREAKS = re.compile(r"[ \t]*\n[ \t]*")


class Block(Struct):
    """`links`: code points of it that are link text. `close`: it continues the list or table of the block before."""

    text: str
    kind: Kind
    furniture: bool
    links: int
    close: bool = False


class _Walk:
    """One pass over the tree; a buffer collects the inline text up to the next block border."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.buffer: list[str] = []
        self.links = 0
        self.blocks: list[Block] = []
        self.counts: dict[HtmlElement, int] = {}

    def flush(self, kind: Kind, furniture: bool, close: bool, lead: str) -> bool:
        """End the block; True where there was one."""
        if not self.buffer:
            return False
        raw = "".join(self.buffer)
        links, self.links = self.links, 0
        self.buffer.clear()
        text = _BREAKS.sub("\n", raw).strip("\n") if "\n" in raw else raw.strip(" ")
        if not text.strip():
            return False
        self.blocks.append(Block(lead + text, kind, furniture, links, close))
        return True

    def say(self, text: str | None, pre: bool, in_link: bool) -> None:
        if not text:
            return
        words = text.replace("\r\n", "\n") if pre else _inline(text, self.buffer)
        if words:
            self.buffer.append(words)
            if in_link:
                self.links += len(words.strip())


def _inline(text: str, buffer: list[str]) -> str:
    """Inline text with its white space squeezed; a space at its border stays where a word came before."""
    words = squeeze(text)
    if not words:
        return " " if buffer and not buffer[-1].endswith((" ", "\n")) else ""
    head = (
        " " if not text[0].isalnum() and text[:1].isspace() and buffer and not buffer[-1].endswith((" ", "\n")) else ""
    )
    tail = " " if text[-1:].isspace() else ""
    return head + words + tail


class _State(Struct):
    """What an element hands down to what is inside it."""

    kind: Kind = "text"
    furniture: bool = False
    article: bool = False
    pre: bool = False
    link: bool = False


def blocks(root: HtmlElement) -> list[Block]:
    """The blocks of a page. Recursion is bounded by the depth that the parser lets through."""
    body = root.find(".//body")
    top = body if body is not None else root
    walk = _Walk(sum(len(t) for t in top.itertext()))
    _enter(walk, top, _State())
    walk.flush("text", False, False, "")
    return walk.blocks


def _enter(walk: _Walk, element: HtmlElement, outer: _State) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in UNSEEN:
        return
    if tag == "br":
        walk.buffer.append("\n")
        return
    state = _inside(walk, element, tag, outer)
    if tag not in BLOCKS:
        _children(walk, element, state)
        return
    walk.flush(outer.kind, outer.furniture, False, "")
    if tag == "tr" and (row := _row(element)):
        walk.blocks.append(Block(row, "row", state.furniture, _link_length(element), element.getprevious() is not None))
        return
    before = len(walk.blocks)
    _children(walk, element, state)
    walk.flush(state.kind, state.furniture, False, "")
    if tag == "li" and len(walk.blocks) > before:
        _mark_item(walk, walk.blocks[before], element)


def _children(walk: _Walk, element: HtmlElement, state: _State) -> None:
    walk.say(element.text, state.pre, state.link)
    for child in element:
        _enter(walk, child, state)
        walk.say(child.tail, state.pre, state.link)


def _inside(walk: _Walk, element: HtmlElement, tag: str, outer: _State) -> _State:
    if not element.attrib and tag not in BLOCKS and tag != "a":
        return outer
    kind: Kind = outer.kind
    if tag in HEADINGS:
        kind = "heading"
    elif tag == "li":
        kind = "item"
    article = outer.article or tag in ("article", "main")
    furniture = outer.furniture or _is_furniture(walk, element, tag, article)
    return _State(kind, furniture, article, outer.pre or tag == "pre", outer.link or tag == "a")


def _is_furniture(walk: _Walk, element: HtmlElement, tag: str, article: bool) -> bool:
    get = element.get
    named = tag in FURNITURE_TAGS or (get("role") or "").lower() in FURNITURE_ROLES or (tag in OUTSIDE and not article)
    if not named and element.attrib and tag in BLOCKS and tag not in ("body", "html", "article", "main"):
        names = f"{get('class') or ''} {get('id') or ''}"
        named = (names != " " and _FURNITURE_NAME.search(names) is not None) or _unseen(element)
    if not named and tag == "form":
        named = True
    return named and not _holds_most(walk, element)


def _unseen(element: HtmlElement) -> bool:
    style = element.get("style")
    return "hidden" in element.attrib or element.get("aria-hidden") == "true" or bool(style and _HIDDEN.search(style))


def _holds_most(walk: _Walk, element: HtmlElement) -> bool:
    """True where a box that is called furniture holds the page: a form around everything, say."""
    length = 0
    for text in element.itertext():
        length += len(text)
        if 2 * length > walk.total:
            return True
    return element.find(".//h1") is not None and element.tag in OUTSIDE


def _mark_item(walk: _Walk, block: Block, element: HtmlElement) -> None:
    """The first block of a list item: its number, which the page shows, and whether it follows another item."""
    parent = element.getparent()
    if parent is None:
        return
    block.close = parent in walk.counts
    block.kind = "item" if block.kind == "text" else block.kind
    number = walk.counts[parent] = _number(element, parent, walk.counts.get(parent))
    if parent.tag == "ol" and not _NUMBERED.match(block.text):
        block.text = f"{number}. {block.text}"


def _number(element: HtmlElement, parent: HtmlElement, before: int | None) -> int:
    """The number that the page shows: its own, the one after the last, or where the list starts."""
    for value in (element.get("value"), parent.get("start") if before is None else None):
        if value and len(value) < 9 and value.isascii() and value.isdecimal():
            return int(value)
    return 1 if before is None else before + 1


def _row(element: HtmlElement) -> str | None:
    """A table row as one line, its cells parted by ` | `; `None` where its cells hold whole blocks (a layout table)."""
    if next(element.iter(*_INNER), None) is not None:
        return None
    cells = [squeeze("".join(_seen_text(cell))) for cell in element if cell.tag in ("td", "th")]
    if sum(1 for _ in element.iter("p", "div", "br")) > 2 * len(cells) and len(cells) < 3:
        return None
    return " | ".join(cell for cell in cells if cell) or None


def _seen_text(cell: HtmlElement) -> Iterator[str]:
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        seen = isinstance(element.tag, str) and element.tag not in UNSEEN
        if event == "start" and seen:
            yield " " if element.tag in BLOCKS or element.tag == "br" else ""
            yield element.text or ""
        elif event == "end" and element is not cell:
            yield element.tail or ""


def _link_length(element: HtmlElement) -> int:
    return sum(len(squeeze("".join(link.itertext()))) for link in element.iter("a"))
