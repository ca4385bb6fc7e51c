"""EPUB with zipfile and lxml: the chapters of the spine in order, each read as a page that is all text."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml.etree import _Element

from onrecord.errors import Unreadable
from onrecord.ingest import webpage, xmltext
from onrecord.ingest.dates import from_iso
from onrecord.ingest.encodings import decode
from onrecord.ingest.limits import Limits
from onrecord.ingest.parts import Declared, Rendered, notice
from onrecord.ingest.sheet import PARAGRAPH, Sheet, squeeze
from onrecord.ingest.xmltext import local
from onrecord.ingest.zips import check_package, read_member
from onrecord.model import Notice, Span

REVISION = "1"


def book(data: bytes, limits: Limits) -> Rendered:
    """A book as one text."""
    check_package(data, limits)
    with xmltext.opened(data) as package:
        folder, opf = _package(package, limits)
        sheet = Sheet(limits)
        notices: list[Notice] = []
        for path in _spine(opf, folder):
            _chapter(sheet, package, path, limits, notices)
    return sheet.rendered("onrecord-epub", REVISION, _declared(opf), tuple(notices))


def _package(package: zipfile.ZipFile, limits: Limits) -> tuple[str, _Element]:
    container = xmltext.member(package, "META-INF/container.xml", limits)
    roots = (
        (node.get("full-path") for node in container.iter() if local(node) == "rootfile")
        if container is not None
        else ()
    )
    path = next((root for root in roots if root), None)
    opf = xmltext.member(package, path, limits) if path else None
    if path is None or opf is None:
        raise Unreadable("damaged", "It does not say where its chapters are.", "Get it again from its source.")
    if "META-INF/encryption.xml" in package.namelist() and "META-INF/rights.xml" in package.namelist():
        raise Unreadable("encrypted", "It is locked (DRM).", "Add a copy that is not locked.")
    return posixpath.dirname(path), opf


def _spine(opf: _Element, folder: str) -> Iterator[str]:
    files = {node.get("id"): node for node in opf.iter() if local(node) == "item"}
    for reference in opf.iter():
        node = files.get(reference.get("idref")) if local(reference) == "itemref" else None
        if (
            node is not None
            and "html" in (node.get("media-type") or "html")
            and "nav" not in (node.get("properties") or "")
        ):
            yield posixpath.normpath(posixpath.join(folder, unquote(node.get("href") or "").split("#")[0]))


def _chapter(sheet: Sheet, package: zipfile.ZipFile, path: str, limits: Limits, notices: list[Notice]) -> None:
    try:
        data = read_member(package, package.getinfo(path), limits)
    except KeyError:
        notices.append(
            notice("missing-part", f"Its chapter {path!r} is not in the file. Get the book again from its source.")
        )
        return
    chapter = webpage.fragment(decode(data).text, limits, whole_page=True)
    start = sheet.length + (len(PARAGRAPH) if sheet.length else 0)
    sheet.add(chapter.text)
    sheet.headings.extend(Span(span.start + start, span.end + start) for span in chapter.headings)


def _declared(opf: _Element) -> Declared:
    """Title, publisher and language; the date only where it is not that of the file's last change."""
    said: dict[str, str] = {}
    for node in opf.iter():
        text = squeeze(node.text or "") if local(node) in ("title", "publisher", "language", "date") else ""
        if text and "modification" not in "".join(node.attrib.values()):
            said.setdefault(local(node), text)
    return Declared(
        title=said.get("title"),
        publisher=said.get("publisher"),
        language=said.get("language"),
        published=from_iso(said.get("date")),
    )
