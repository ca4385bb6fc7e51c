"""ODT: the words of `content.xml` in reading order, the page's header first and its footer last, and `meta.xml`."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from onrecord.errors import Unreadable
from onrecord.ingest import xmltext
from onrecord.ingest.limits import Limits
from onrecord.ingest.parts import Declared, Rendered
from onrecord.ingest.sheet import LINE, PARAGRAPH, Sheet, squeeze
from onrecord.ingest.xmltext import local
from onrecord.ingest.zips import check_package

REVISION = "1"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SKIP = {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "variable-decls",
         "user-field-decls",
         "table-of-content-source", "index-title-template", "ruby-text", "note-citation"}  # fmt: skip
_GROUPS = {"list", "table"}


def document(data: bytes, limits: Limits) -> Rendered:
    """An OpenDocument text; also one in a single XML file (`.fodt`)."""
    content, styles, meta = _roots(data, limits)
    sheet = Sheet(limits)
    sheet.lines(_page_lines(styles, "header"))
    body = next((node for node in content.iter() if local(node) == "body"), content)
    _write(sheet, body)
    sheet.lines(_page_lines(styles, "footer"))
    return sheet.rendered("onrecord-odt", REVISION, _declared(meta))


def _roots(data: bytes, limits: Limits) -> tuple[_Element, _Element | None, _Element | None]:
    if not data.startswith(b"PK"):
        root = xmltext.parse(data)
        return root, root, root
    check_package(data, limits)
    with xmltext.opened(data) as package:
        manifest = xmltext.member(package, "META-INF/manifest.xml", limits)
        if manifest is not None and any(local(node) == "encryption-data" for node in manifest.iter()):
            raise Unreadable(
                "encrypted", "It is locked with a password.", "Unlock it, save it without one and add it again."
            )
        content = xmltext.member(package, "content.xml", limits)
        if content is None:
            raise Unreadable("damaged", "It has no content.xml.", "Get it again from its source.")
        return content, xmltext.member(package, "styles.xml", limits), xmltext.member(package, "meta.xml", limits)


def _declared(meta: _Element | None) -> Declared:
    """Title and language; the file's own date is when it was written, not when it was published."""
    said = (
        {local(node): squeeze(node.text or "") for node in meta.iter() if local(node) in ("title", "language")}
        if meta is not None
        else {}
    )
    return Declared(title=said.get("title") or None, language=said.get("language") or None)


def _page_lines(styles: _Element | None, kind: str) -> Iterator[str]:
    seen = set()
    for node in styles.iter() if styles is not None else ():
        if local(node) in (kind, f"{kind}-first"):
            for line in (inline(p) for p in node.iter(f"{_TEXT}p", f"{_TEXT}h")):
                if line and line not in seen:
                    seen.add(line)
                    yield line


def _write(sheet: Sheet, body: _Element) -> None:
    """Paragraphs as they come; those of one list or table row closer together. A stack, not recursion."""
    waiting: list[tuple[_Element, bool]] = [(node, False) for node in reversed(body)]
    fresh = True
    while waiting:
        node, grouped = waiting.pop()
        name = local(node)
        if name in ("p", "h"):
            text = inline(node)
            sheet.add(text, LINE if grouped and not fresh else PARAGRAPH, heading=name == "h")
            fresh = fresh and not text
        elif name == "table-row":
            sheet.add(
                " | ".join(cell for cell in map(squeeze, map(inline, node)) if cell), PARAGRAPH if fresh else LINE
            )
            fresh = False
        elif name and name not in _SKIP:
            fresh = True if name in _GROUPS and not grouped else fresh
            waiting.extend((child, grouped or name in _GROUPS) for child in reversed(node))


def inline(element: _Element) -> str:
    """The words under an element; notes in brackets where they stand."""
    pieces: list[str] = []
    waiting: list[_Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        name = local(node)
        if name == "s":
            pieces.append(" " * min(100, int(node.get(f"{_TEXT}c") or 1)))
        pieces.append({"tab": "\t", "line-break": "\n"}.get(name, ""))
        if name in _SKIP:
            continue
        inner: list[_Element | str] = ["\n" if name in ("p", "h") and node is not element else "", _squeezed(node.text)]
        for child in node:
            inner.extend((child, _squeezed(child.tail)))
        waiting.extend(reversed([" [", *inner, "]"] if name == "note" else inner))
    return "".join(pieces).strip()


def _squeezed(text: str | None) -> str:
    """White space as OpenDocument counts it: runs are one space; more are written as elements."""
    if not text:
        return ""
    words = squeeze(text)
    return (" " if text[0].isspace() else "") + words + (" " if words and text[-1].isspace() else "")
