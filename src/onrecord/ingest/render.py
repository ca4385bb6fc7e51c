"""One item to what was read from it: a Document, or the Notices that say why there is none."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from onrecord.errors import Unreadable
from onrecord.ingest import media, plain
from onrecord.ingest.encodings import whole
from onrecord.ingest.limits import LIMITS, Limits, too_large
from onrecord.ingest.parts import Declared, Item, Rendered, notice
from onrecord.ingest.unpack import VANISHED, broken
from onrecord.model import Capture, Document, Reading, Rendition, document_id

Renderer = Callable[[bytes, Limits], Rendered]


def _late(module: str, function: str) -> Renderer:
    """A renderer whose module, and with it its libraries, is imported when the first such file comes."""

    def render_format(data: bytes, limits: Limits) -> Rendered:
        found: Renderer = getattr(import_module(f"onrecord.ingest.{module}"), function)
        return found(data, limits)

    return render_format


RENDERERS: dict[str, Renderer] = {
    media.TEXT: plain.text,
    media.MARKDOWN: plain.markdown,
    media.HTML: _late("webpage", "page"),
    media.SVG: _late("xmltext", "loose"),
    media.XML: _late("xmltext", "loose"),
    media.MHTML: _late("mail", "saved_page"),
    media.PDF: _late("pdf", "document"),
    media.DOCX: _late("word", "document"),
    media.ODT: _late("opendocument", "document"),
    media.RTF: _late("rtf", "document"),
    media.EPUB: _late("epub", "book"),
    media.MAIL: _late("mail", "message"),
    media.ROW: _late("rows", "row"),
    media.POST: _late("telegram", "post"),
    media.ENTRY: _late("feeds", "entry"),
}

NOT_UNICODE = "It holds halves of signs (lone surrogates), shown as �. The original has them as they were."
_ADVICE = {
    "image/": ("picture", "It is a picture: its words cannot be read. Run it through OCR and add the result."),
    "audio/": ("sound", "It is a sound recording. Add a transcript instead."),
    "video/": ("film", "It is a film. Add a transcript instead."),
    "application/x-ole-storage": ("old-office", "It is in an old Office format. Open it and save it as DOCX or PDF."),
    "application/vnd.openxmlformats": (
        "office",
        "It is a spreadsheet or a set of slides. Save its text as CSV, DOCX or PDF.",
    ),
    "application/x-7z": ("archive", "It is a 7-Zip archive. Unpack it and add the folder."),
    "application/vnd.rar": ("archive", "It is a RAR archive. Unpack it and add the folder."),
    "application/x-": (
        "archive",
        "It is a compressed file of a kind that is not opened. Unpack it and add the folder.",
    ),
}


def render(item: Item, limits: Limits = LIMITS) -> Reading:
    """The text of one item as a Document, or the Notices that say why there is none. Never raises for bad input."""
    capture = item.capture
    if item.data is None and item.path is None:
        return Reading(capture=capture, notices=item.notices)
    try:
        return Reading(capture=capture, document=_document(item, limits), notices=item.notices)
    except Unreadable as error:
        said = notice(error.code, str(error))
    except FileNotFoundError:
        said = notice("vanished", VANISHED)
    except MemoryError:
        raise
    except Exception as error:
        said = notice("damaged", broken(error))
    return Reading(capture=capture, notices=(*item.notices, said))


def _document(item: Item, limits: Limits) -> Document:
    capture = item.capture
    if capture.media_type == media.EMPTY:
        raise Unreadable("empty", "It is empty (0 bytes).", "Check that it was saved whole.")
    renderer = RENDERERS.get(capture.media_type)
    if renderer is None:
        raise _unknown(capture)
    rendered = renderer(_bytes(item, limits), limits)
    if not rendered.text or rendered.text.isspace():
        raise Unreadable("empty", "There are no words in it.", "Check that it was saved whole.")
    return _assembled(capture, item.declared, rendered)


def _bytes(item: Item, limits: Limits) -> bytes:
    if item.data is not None:
        return item.data
    if item.capture.size > limits.file_bytes:
        raise too_large("file", item.capture.size, limits.file_bytes)
    return Path(item.path or "").read_bytes()


def _assembled(capture: Capture, outer: Declared, rendered: Rendered) -> Document:
    """The Document; what the text says of itself outweighs what its container says of it."""
    own = rendered.declared
    text = whole(rendered.text)  # sign for sign, so offsets stay
    mended = () if text == rendered.text else (notice("not-unicode", NOT_UNICODE),)
    return Document(
        id=document_id(capture.digest),
        capture=capture,
        text=text,
        rendition=Rendition(rendered.extractor, rendered.version),
        title=_clean(own.title or outer.title),
        published=own.published or outer.published,
        publisher=_clean(own.publisher or outer.publisher),
        language=_clean(own.language or outer.language),
        headings=rendered.headings,
        boilerplate=rendered.boilerplate,
        notices=(*rendered.notices, *mended),
    )


def _clean(value: str | None) -> str | None:
    return whole(" ".join(value.split())) or None if value else None


def _unknown(capture: Capture) -> Unreadable:
    for beginning, (code, advice) in _ADVICE.items():
        if capture.media_type.startswith(beginning):
            return Unreadable("no-text" if code in ("picture", "sound", "film") else "unknown-format", advice, "")
    return Unreadable(
        "unknown-format",
        f"Its format ({capture.media_type}) is not one that is read.",
        "Save it as PDF, DOCX, HTML or plain text and add that.",
    )
