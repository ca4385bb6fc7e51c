"""DOCX through python-docx: paragraphs, lists and tables in reading order, headers first, notes and footers last.

Deleted text of tracked changes is left out, inserted text is in. The number of an automatically numbered paragraph,
which a reader sees and the file does not hold as text, is counted and put before it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx as docx_library
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree
from lxml.etree import _Element

from onrecord.ingest.limits import Limits
from onrecord.ingest.parts import Declared, Rendered
from onrecord.ingest.sheet import LINE, PARAGRAPH, Sheet, edition, squeeze
from onrecord.ingest.wordlists import Numbering
from onrecord.ingest.zips import check_package

_HEADING_STYLES = ("heading", "title", "subtitle")
_SKIP = {qn(name) for name in ("w:del", "w:moveFrom", "w:instrText", "w:rPr", "w:pPr", "w:delText")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "\u2011", qn("w:p"): "\n"}
_NOTES = ("footnotes", "endnotes")


def document(data: bytes, limits: Limits) -> Rendered:
    """A Word document as text."""
    check_package(data, limits)
    docx = docx_library.Document(io.BytesIO(data))
    sheet = Sheet(limits)
    numbering = Numbering(docx)
    _furniture(sheet, docx, "header")
    for block in docx.iter_inner_content():
        if isinstance(block, Table):
            sheet.lines(_rows(block))
        else:
            _paragraph(sheet, block, numbering)
    sheet.lines(_notes(docx))
    _furniture(sheet, docx, "footer")
    return sheet.rendered("python-docx", edition("python-docx", 1), _declared(docx))


def _declared(docx: Docx) -> Declared:
    """The creation date is no date of publication (it is often the template's) and is not taken."""
    properties = docx.core_properties
    return Declared(title=properties.title or None, language=properties.language or None)


def _paragraph(sheet: Sheet, paragraph: Paragraph, numbering: Numbering) -> None:
    text = inline(paragraph._p)
    number = numbering.of(paragraph) if text else None
    style = _style(paragraph)
    gap = LINE if number is not None and numbering.follows else PARAGRAPH
    sheet.add(f"{number} {text}" if number else text, gap, heading=style.startswith(_HEADING_STYLES))


def _style(paragraph: Paragraph) -> str:
    name = paragraph.style.name if paragraph.style is not None else None
    return (name or "").lower()


def inline(element: _Element) -> str:
    """The text under an element, line breaks and tabs kept, deleted words left out."""
    pieces: list[str] = []
    waiting = list(reversed(element))
    while waiting:
        node = waiting.pop()
        if node.tag in _SKIP:
            continue
        if node.tag == qn("w:t"):
            pieces.append(node.text or "")
        else:
            pieces.append(_BREAKS.get(node.tag, ""))
            waiting.extend(reversed(node))
    return "".join(pieces).strip()


def _rows(table: Table) -> Iterator[str]:
    """A line a row; cells that are merged across come once."""
    for row in table._tbl.tr_lst:
        cells = [squeeze(inline(cell)) for cell in row.tc_lst]
        yield " | ".join(cell for cell in cells if cell)


def _furniture(sheet: Sheet, docx: Docx, kind: str) -> None:
    """Headers or footers, each wording once: a letterhead often stands nowhere else."""
    seen = set()
    for section in docx.sections:
        for name in (f"first_page_{kind}", kind, f"even_page_{kind}"):
            part = getattr(section, name)
            if part.is_linked_to_previous:
                continue
            lines = [line for paragraph in part._element.iter(qn("w:p")) if (line := inline(paragraph))]
            if lines and tuple(lines) not in seen:
                seen.add(tuple(lines))
                sheet.lines(lines)


def _notes(docx: Docx) -> Iterator[str]:
    """Footnotes and endnotes, a line each, with the number that their separator lines do not have."""
    for relation in docx.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] in _NOTES and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            root = etree.fromstring(relation.target_part.blob, parser)
            for note in root:
                text = squeeze(inline(note))
                if text and note.get(qn("w:type")) is None:
                    yield f"[{note.get(qn('w:id'))}] {text}"
