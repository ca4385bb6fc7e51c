"""The words of XML, safely: no entities, no network, bounded depth; for the formats that are XML inside a ZIP."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from onrecord.errors import Unreadable
from onrecord.ingest.encodings import decode
from onrecord.ingest.limits import Limits, bomb
from onrecord.ingest.parts import Declared, Rendered
from onrecord.ingest.sheet import Sheet, squeeze
from onrecord.ingest.zips import read_member

_ENTITY = re.compile(rb"<!ENTITY\s", re.I)
_DECLARED = re.compile(r"\s*<\?xml[^>]{0,200}\?>")


def parse(data: bytes) -> _Element:
    """The root of an XML document.

    Raises Unreadable: `bomb` where entities are defined (no format here needs them), `damaged` where it is not XML.
    """
    if _ENTITY.search(data) or _ENTITY.search(data[:200_000].replace(b"\x00", b"")):
        raise bomb("It defines XML entities, which no such document needs and which can expand without end.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("damaged", f"Its XML is broken or nested without end ({error}).", "Save it again.") from error
    if root is None:
        raise Unreadable("damaged", "Its XML is empty.", "Save it again from its source.")
    return root


def member(package: zipfile.ZipFile, name: str, limits: Limits) -> _Element | None:
    """The root of one XML file in a package, `None` where it is not there."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    return parse(read_member(package, info, limits))


def local(element: _Element) -> str:
    """An element's name without its namespace; `""` for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def loose(data: bytes, limits: Limits) -> Rendered:
    """XML of no format that is known: the words between its tags, a line an element that holds words itself."""
    try:
        root = parse(data)
    except Unreadable as error:
        if error.code == "bomb":
            raise
        root = parse(_DECLARED.sub("", decode(data).text, count=1).encode())
    sheet = Sheet(limits)
    sheet.lines(_lines(root))
    return sheet.rendered("onrecord-xml", "1", Declared())


def _lines(root: _Element) -> Iterator[str]:
    for text in root.itertext():
        if line := squeeze(text):
            yield line
