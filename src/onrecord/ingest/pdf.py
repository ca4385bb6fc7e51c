"""PDF: pdfium's lines for left-to-right pages, pdfminer's characters put in order for right-to-left ones.

The lines of a page become paragraphs by the room between them; a line that fills its column runs on into the next.
Lines that come again at the head or foot of most pages, and page numbers, are marked as boilerplate.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from onrecord.errors import Unreadable
from onrecord.ingest.encodings import whole
from onrecord.ingest.limits import Limits
from onrecord.ingest.parts import Declared, Rendered, notice
from onrecord.ingest.pdflines import Line, paragraphs
from onrecord.ingest.sheet import PARAGRAPH, Sheet, edition, squeeze
from onrecord.model import Notice

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "pypdfium2", "pdfminer.six"
"""What reads a document of each direction."""
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
_RTL_SHARE = 0.2
"""Share of right-to-left letters from which a document is read the other way."""
_SAMPLED = 12
"""Pages looked at to decide the direction."""
_PAGE_NUMBER = re.compile(r"\W*(?:\w{1,8}\W+)?\d{1,4}(?:\s*(?:/|of|de|sur|из|من)\s*\d{1,4})?\W*")
_DIGITS = re.compile(r"\d+")

_PASSWORD = "It is locked with a password."
_SCAN_ADVICE = "Run it through OCR (ocrmypdf, for one) and add the result."


def document(data: bytes, limits: Limits) -> Rendered:
    """A PDF as text.

    Raises Unreadable: `encrypted`, `scanned` (pages with pictures and no text), `damaged`, `too-large`.
    """
    pdf = _open(data)
    try:
        said = _declared(pdf)
        pages, extractor = _read(pdf, data, limits)
        notices = () if extractor == RIGHT_TO_LEFT else _scan_notices(pdf, pages)
        return _assembled(pages, limits)[0].rendered(extractor, edition(extractor, 1), said, notices)
    finally:
        pdf.close()


def borders(data: bytes, limits: Limits) -> tuple[str, tuple[int, ...]]:
    """The text that `document` reads, and where in it each page begins, in code points; a page without words begins
    where the next one does. Raises Unreadable."""
    pdf = _open(data)
    try:
        sheet, starts = _assembled(_read(pdf, data, limits)[0], limits)
        return sheet.text, starts
    finally:
        pdf.close()


def _read(pdf: pdfium.PdfDocument, data: bytes, limits: Limits) -> tuple[list[list[Line]], str]:
    """The lines of each page, and the name of what read them."""
    if len(pdf) > limits.pages:
        raise Unreadable(
            "too-large",
            f"It has {len(pdf):,} pages; the limit is {limits.pages:,}.",
            "Split it, and add the parts.",
        )
    if _is_rtl(pdf):
        from onrecord.ingest import pdfrtl

        return list(pdfrtl.pages(data)), RIGHT_TO_LEFT
    return [_lines(page) for page in _pages(pdf)], LEFT_TO_RIGHT


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("encrypted", _PASSWORD, "Unlock it, save it without one and add it again.") from error
        raise Unreadable("damaged", f"It is cut off or damaged ({error}).", "Get it again from its source.") from error


def _pages(pdf: pdfium.PdfDocument) -> Iterator[pdfium.PdfPage]:
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except pdfium.PdfiumError:
            continue
        yield page
        page.close()


def _declared(pdf: pdfium.PdfDocument) -> Declared:
    """The title; the dates in a PDF are those of the file's making, not of publication."""
    title = squeeze(pdf.get_metadata_value("Title"))
    return Declared(title=whole(title) if title and not _is_file_name(title) else None)


def _is_file_name(title: str) -> bool:
    """Whether a title is only what a program put there: `Microsoft Word - draft3.doc`, `untitled`."""
    return (
        re.search(
            r"(?i)^microsoft word|\.(?:docx?|odt|rtf|pdf|indd|html?)$|^\(?(?:untitled|anonymous|unspecified)\)?$", title
        )
        is not None
    )


def _is_rtl(pdf: pdfium.PdfDocument) -> bool:
    step = max(1, len(pdf) // _SAMPLED)
    letters = rtl = 0
    for number in range(0, len(pdf), step):
        try:
            text = pdf[number].get_textpage().get_text_range()
        except pdfium.PdfiumError:
            continue
        letters += len(_LETTER.findall(text))
        rtl += len(_RTL.findall(text))
    return letters > 0 and rtl >= _RTL_SHARE * letters


def _lines(page: pdfium.PdfPage) -> list[Line]:
    """The lines of a page with the boxes of their first and last characters."""
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    lines, at = [], 0
    for raw in text.split("\r\n"):
        words = raw.strip()
        if words:
            start = at + _units(raw[: len(raw) - len(raw.lstrip())])
            lines.append(_line(textpage, whole(words), start, at + _units(raw.rstrip()) - 1))
        at += _units(raw) + 2
    textpage.close()
    return lines


def _units(text: str) -> int:
    """How many characters pdfium counts: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _line(textpage: pdfium.PdfTextPage, words: str, first: int, last: int) -> Line:
    left, bottom, _, top = _box(textpage, first)
    _, end_bottom, right, end_top = _box(textpage, last)
    return Line(words, left, min(bottom, end_bottom), right, max(top, end_top))


def _box(textpage: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    try:
        left, bottom, right, top = textpage.get_charbox(index, loose=True)
    except (pdfium.PdfiumError, IndexError):
        return (0.0, 0.0, 0.0, 0.0)
    return (left, bottom, right, top)


def _assembled(pages: Sequence[list[Line]], limits: Limits) -> tuple[Sheet, tuple[int, ...]]:
    """The pages one below another, and where each begins."""
    repeated = _repeated(pages)
    sheet = Sheet(limits)
    starts = []
    for lines in pages:
        starts.append(sheet.length + len(PARAGRAPH) if sheet.length else 0)
        head, body, foot = _parted(lines, repeated)
        for line in head:
            sheet.add(line.text, PARAGRAPH, boilerplate=True)
        for paragraph in paragraphs(body):
            sheet.add(paragraph, PARAGRAPH)
        for line in foot:
            sheet.add(line.text, PARAGRAPH, boilerplate=True)
    return sheet, tuple(starts)


def _parted(lines: list[Line], repeated: set[str]) -> tuple[list[Line], list[Line], list[Line]]:
    """The page's running head, its body, and its running foot."""
    start, end = 0, len(lines)
    while start < min(2, end) and _key(lines[start]) in repeated:
        start += 1
    while end > max(start, len(lines) - 2) and _key(lines[end - 1]) in repeated:
        end -= 1
    return lines[:start], lines[start:end], lines[end:]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


def _repeated(pages: Sequence[list[Line]]) -> set[str]:
    """Lines, their digits aside, at the head or foot of at least half of the pages, and page numbers."""
    filled = [lines for lines in pages if lines]
    counts = Counter(key for lines in filled for key in {_key(line) for line in (*lines[:2], *lines[-2:])})
    keys = {key for key, count in counts.items() if count >= max(3, len(filled) / 2)}
    return keys | {key for key, count in counts.items() if count >= 2 and _PAGE_NUMBER.fullmatch(key.replace("#", "1"))}


def _scan_notices(pdf: pdfium.PdfDocument, pages: Sequence[list[Line]]) -> tuple[Notice, ...]:
    """Pages without text that hold pictures. Raises Unreadable(`scanned`) where the whole document is so."""
    blank = [number for number, lines in enumerate(pages) if not lines]
    scanned = [number + 1 for number in blank[:500] if _has_picture(pdf, number)]
    if len(blank) == len(pages):
        if scanned:
            raise Unreadable("scanned", f"Its {len(pages)} pages are pictures of text.", _SCAN_ADVICE)
        raise Unreadable("empty", f"There are no words on its {len(pages)} pages.", "Check that it was saved whole.")
    if not scanned:
        return ()
    listed = ", ".join(map(str, scanned[:20])) + (" …" if len(scanned) > 20 else "")
    return (notice("scanned-pages", f"Pages that are pictures and were not read: {listed}. {_SCAN_ADVICE}"),)


def _has_picture(pdf: pdfium.PdfDocument, number: int) -> bool:
    try:
        page = pdf[number]
        return (
            next(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=4), None)
            is not None
        )
    except pdfium.PdfiumError:
        return False
