"""Saved pages. trafilatura judges which blocks of a page are its text; the words themselves are always the page's own.

1. The page is parsed once; its visible text becomes blocks (htmlblocks).
2. trafilatura reads the same tree. A block counts as kept where trafilatura's text holds its words.
3. Whatever stands between kept blocks and is no furniture is put back (lists, signatures, tables, headlines of a
   digest: what extractors lose). So are the headline above and the list or lines right below.
4. Where that still loses most of what is no furniture, the whole visible text is taken, with its furniture marked, and
   a Notice says so.
"""

from __future__ import annotations

import logging
import re
from html import unescape

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

from onrecord.ingest.encodings import decode
from onrecord.ingest.htmlblocks import Block, blocks
from onrecord.ingest.htmlmeta import declared
from onrecord.ingest.limits import Limits
from onrecord.ingest.parts import Declared, Rendered, notice
from onrecord.ingest.plain import encoding_notices
from onrecord.ingest.sheet import LINE, PARAGRAPH, Sheet, edition, squeeze, too_long
from onrecord.model import Notice, Span

_CHARSET = re.compile(
    rb"<(?:meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*|\?xml\b[^>]{0,100}?encoding\s*=\s*[\"'])([A-Za-z0-9_:.-]{2,40})",
    re.I,
)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTES = 2_000
_NODE = 9_000_000
"""libxml2 silently drops a stretch of text of ten million bytes; non-Latin letters take up to three."""
_BETWEEN = re.compile(r"[^<]{3000000,}")
_LONG_TAG = re.compile(r"<[^<>]{8000,}")
_DEAF = re.compile(r"<(script|style)\b", re.I)
_WORD = re.compile(r"\w+")
_FOLLOWS = 60
"""How many blocks below the last kept one may be put back."""
_ABOVE = 8
"""How many blocks above the first kept one may lie between it and its headline."""


def page(data: bytes, limits: Limits, charset: str | None = None) -> Rendered:
    """A page as text. `charset`: what its carrier (a web archive, a mail) says of its encoding."""
    decoded = decode(data, charset or _declared_charset(data))
    if len(decoded.text) > limits.html_chars:
        raise too_long(len(decoded.text), limits)
    notices = encoding_notices(decoded)
    if decoded.text.count("<") > limits.html_tags or _overladen(decoded.text):
        message = f"It has more than {limits.html_tags:,} tags or attributes, so only its plain text was taken."
        return _stripped(decoded.text, limits, (*notices, notice("html-tags", message)))
    tree = _tree(decoded.text)
    if tree is None:
        return _stripped(decoded.text, limits, notices)
    if _deeper(tree, limits.html_depth):
        message = f"Its tags are nested more than {limits.html_depth} deep, so only its plain text was taken."
        return _stripped(decoded.text, limits, (*notices, notice("html-depth", message)))
    return _read(tree, limits, notices)


def _overladen(text: str) -> bool:
    """Whether a tag has thousands of attributes, or a stretch of text is beyond libxml2."""
    if len(text) > _NODE // 3 and any(len(match[0].encode()) > _NODE for match in _BETWEEN.finditer(text)):
        return True
    return any(len(match[0].split(None, _ATTRIBUTES)) > _ATTRIBUTES for match in _LONG_TAG.finditer(text))


def _declared_charset(data: bytes) -> str | None:
    match = _CHARSET.search(data[:4096])
    return match[1].decode() if match else None


def _tree(text: str) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True)
    body = _XML_DECLARATION.sub("", text, count=1).replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(body, parser=parser)
    except etree.ParserError:
        return None
    return root if isinstance(root, HtmlElement) else None


def _deeper(tree: HtmlElement, limit: int) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def _stripped(text: str, limits: Limits, notices: tuple[Notice, ...]) -> Rendered:
    """Everything between tags, in one linear pass; scripts and styles left out."""
    sheet = Sheet(limits)
    bare = _TAG.sub("\n", _without_scripts(text))
    sheet.lines(line for line in map(squeeze, unescape(bare).split("\n")) if line)
    return sheet.rendered("onrecord-html", "1", Declared(), notices)


def _without_scripts(text: str) -> str:
    pieces, at = [], 0
    lower = text.lower() if len(text.lower()) == len(text) else text
    while match := _DEAF.search(text, at):
        pieces.append(text[at : match.start()])
        end = lower.find(f"</{match[1].lower()}", match.end())
        if end < 0:
            return "".join(pieces)
        at = end
    return "".join((*pieces, text[at:]))


def _read(tree: HtmlElement, limits: Limits, notices: tuple[Notice, ...]) -> Rendered:
    said = declared(tree)
    page_blocks = blocks(tree)
    judged = _judge(tree)
    if judged is not None and (chosen := _choose(page_blocks, judged)) is not None:
        return _sheet(chosen, limits, "trafilatura", edition("trafilatura", 1), said, notices)
    message = (
        "No body of text stands out from the page, so all its visible text was taken; "
        "what looks like navigation and forms is marked as such."
    )
    whole = (*notices, notice("html-whole", message)) if page_blocks else notices
    return _sheet(page_blocks, limits, "onrecord-html", "1", said, whole)


def _judge(tree: HtmlElement) -> str | None:
    """The text that trafilatura takes for the page's own, `None` where it finds none."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            tree, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError):
        return None
    if found is None or isinstance(found, dict):
        return None
    return found.text or None


def _shingles(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return list(zip(words, words[1:], words[2:], strict=False)) or [tuple(words)]


def _choose(page_blocks: list[Block], judged: str) -> list[Block] | None:
    """The blocks to take, `None` where trafilatura's choice loses too much."""
    known = set(_shingles(judged))
    lines = {tuple(_WORD.findall(line.lower())) for line in judged.split("\n")}
    kept = [not block.furniture and _held(block.text, known, lines) for block in page_blocks]
    if True not in kept:
        return None
    first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
    start, end = _head(page_blocks, first), _tail(page_blocks, last)
    chosen = [b for n, b in enumerate(page_blocks[start:end], start) if kept[n] or _content(b)]
    taken = sum(len(block.text) for block in chosen)
    content = sum(len(block.text) for block in page_blocks if _content(block))
    return chosen if 2 * taken >= content else None


def _held(text: str, known: set[tuple[str, ...]], lines: set[tuple[str, ...]]) -> bool:
    shingles = _shingles(text)
    if len(shingles) == 1 and len(shingles[0]) < 3:
        return shingles[0] in lines
    return sum(shingle in known for shingle in shingles) >= 0.6 * len(shingles)


def _content(block: Block) -> bool:
    """Whether a block reads as text rather than as a list of links."""
    return not block.furniture and (block.kind == "heading" or 2 * block.links < len(block.text))


def _head(page_blocks: list[Block], first: int) -> int:
    """Where to begin: at the nearest heading a little above the first kept block, and the letterhead above that."""
    start = first
    for at in range(first - 1, max(-1, first - 1 - _ABOVE), -1):
        if page_blocks[at].kind == "heading" and not page_blocks[at].furniture:
            start = at
            break
    for at in range(start - 1, max(-1, start - 1 - _ABOVE), -1):
        if not _content(page_blocks[at]):
            break
        start = at
    return start


def _tail(page_blocks: list[Block], last: int) -> int:
    """Where to end: after the lines that follow the last kept block up to furniture, links or a new heading."""
    for at in range(last + 1, min(len(page_blocks), last + 1 + _FOLLOWS)):
        if not _content(page_blocks[at]) or page_blocks[at].kind == "heading":
            return at
    return min(len(page_blocks), last + 1 + _FOLLOWS)


def _sheet(
    chosen: list[Block], limits: Limits, extractor: str, version: str, said: Declared, notices: tuple[Notice, ...]
) -> Rendered:
    sheet = Sheet(limits)
    previous: Block | None = None
    for block in chosen:
        close = block.close and previous is not None and previous.kind == block.kind
        sheet.add(
            block.text, LINE if close else PARAGRAPH, heading=block.kind == "heading", boilerplate=block.furniture
        )
        previous = block
    return sheet.rendered(extractor, version, said, notices)


def fragment(text: str, limits: Limits, *, whole_page: bool = False) -> Rendered:
    """HTML that is all text (a feed's entry, a book's chapter): nothing of it is left out.

    `whole_page`: it brings its own `html` and `body`.
    """
    source = text if whole_page else f"<html><body>{text}</body></html>"
    tree = _tree(source) if text.count("<") <= limits.html_tags else None
    if tree is None or _deeper(tree, limits.html_depth):
        return _stripped(text, limits, ())
    return _sheet(blocks(tree), limits, "onrecord-html", "1", Declared(), ())


def plain(text: str) -> str:
    """The words of a title that may hold tags and character references."""
    return squeeze(unescape(_TAG.sub("", text)))


def moved(span: Span, by: int) -> Span:
    """`span` in a text that had `by` code points put before it."""
    return Span(span.start + by, span.end + by)
