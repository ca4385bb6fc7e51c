"""PDF."""

from __future__ import annotations

import pypdfium2 as pdfium

from onrecord.errors import Unreadable
from onrecord.ingest.limits import Limits
from onrecord.ingest.parts import Declared, Rendered
from onrecord.ingest.sheet import Sheet, edition


def document(data: bytes, limits: Limits) -> Rendered:
    """A PDF as text."""
    pdf = pdfium.PdfDocument(data)
    sheet = Sheet(limits)
    for page in pdf:
        sheet.add(page.get_textpage().get_text_range().replace("\r\n", "\n").strip())
    if not sheet.text:
        raise Unreadable("scanned", "Its pages are pictures of text.", "Run it through OCR and add the result.")
    return sheet.rendered("pypdfium2", edition("pypdfium2", 1), Declared())
