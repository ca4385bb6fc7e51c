"""Which format some bytes are in: by their content first, then by their name.

Text that merely looks like another format stays text when its name says so: a `.txt` that opens with mail headers is a
text. A signature that no text opens with by chance (`%PDF-`, `PK`, `{\\rtf`, `<!doctype html`) outweighs any name.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MHTML = "multipart/related"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
EPUB = "application/epub+zip"
MAIL = "message/rfc822"
MBOX = "application/mbox"
FEED = "application/atom+xml"
RSS = "application/rss+xml"
JSON = "application/json"
TELEGRAM = "application/vnd.telegram.export+json"
JSONL = "application/jsonl"
CSV = "text/csv"
TSV = "text/tab-separated-values"
WARC = "application/warc"
WACZ = "application/wacz"
ZIP = "application/zip"
GZIP = "application/gzip"
XML = "application/xml"
SVG = "image/svg+xml"
EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"

ROW = "application/vnd.onrecord.row+json"
ENTRY = "application/vnd.onrecord.feed-entry+json"
POST = "application/vnd.telegram.message+json"

HEAD = 64 * 1024
"""How many bytes at the start decide."""

SUFFIXES = {
    "txt": TEXT, "text": TEXT, "asc": TEXT, "log": TEXT, "md": MARKDOWN, "markdown": MARKDOWN, "mkd": MARKDOWN,
    "html": HTML, "htm": HTML, "xhtml": HTML, "xht": HTML, "shtml": HTML, "mht": MHTML, "mhtml": MHTML,
    "pdf": PDF, "docx": DOCX, "docm": DOCX, "odt": ODT, "fodt": ODT, "rtf": RTF, "epub": EPUB,
    "eml": MAIL, "mbox": MBOX, "mbx": MBOX, "rss": RSS, "atom": FEED,
    "json": JSON, "jsonl": JSONL, "ndjson": JSONL, "jsonlines": JSONL, "csv": CSV, "tsv": TSV, "tab": TSV,
    "warc": WARC, "wacz": WACZ, "zip": ZIP, "gz": GZIP, "xml": XML,
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "svg": SVG, "ico": "image/vnd.microsoft.icon", "tif": "image/tiff", "tiff": "image/tiff",
    "bmp": "image/bmp", "heic": "image/heic", "avif": "image/avif",
    "mp3": "audio/mpeg", "ogg": "audio/ogg", "oga": "audio/ogg", "m4a": "audio/mp4", "wav": "audio/wav",
    "opus": "audio/opus",
    "mp4": "video/mp4", "webm": "video/webm", "mov": "video/quicktime", "avi": "video/x-msvideo",
    "mkv": "video/x-matroska",
    "css": "text/css", "js": "text/javascript", "mjs": "text/javascript", "map": "application/json+map",
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
}  # fmt: skip

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"WARC/", WARC),
    (b"\x1f\x8b", GZIP),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"%!PS", "application/postscript"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
)

NO_TEXT = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/json+map",
           "application/vnd.ms-fontobject")  # fmt: skip
"""Media types, or their beginnings, of things that hold no words: page furniture inside containers."""

_HTML_START = re.compile(rb"\s*(?:<!--[^>]{0,400}-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I)
_XML_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s>/]")
_ROOTS = {b"rss": RSS, b"RDF": RSS, b"feed": FEED, b"html": HTML, b"document": ODT, b"svg": SVG}
_MBOX_START = re.compile(rb"From [^\r\n]{1,300}\d{4}[^\r\n]{0,40}\r?\n[!-9;-~]{1,80}:")
_HEADER = re.compile(rb"([!-9;-~]{1,80}):[ \t]?[^\r\n]{0,2000}(?:\r?\n[ \t][^\r\n]{0,2000})*\r?\n")
_MAIL_HEADERS = {b"from", b"to", b"date", b"subject", b"received", b"message-id", b"mime-version", b"return-path",
                 b"delivered-to", b"content-type", b"x-mailer", b"reply-to"}  # fmt: skip
_TEXTUAL = {TEXT, MARKDOWN, CSV, TSV, JSONL}
"""Formats that only a name can tell from plain text, and that a name therefore decides."""
_XML_NAMES = {XML, RSS, FEED, ODT}
_OPENINGS = {MAIL: _HEADER, MHTML: _HEADER, JSON: re.compile(rb"[\[{]"), MBOX: re.compile(rb"From ")}
"""How text in a format must open for its name to be believed."""
_SIGNED = {PDF, DOCX, EPUB, ZIP, WACZ, WARC, GZIP, RTF} | {
    media
    for media in SUFFIXES.values()
    if media.startswith(("image/", "audio/", "video/", "font/", "application/vnd.ms", "application/msword"))
}
"""Formats that begin with a signature: without it, a name that claims one of them is wrong."""
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def suffix(name: str) -> str:
    """The extension in lower case, without its dot."""
    return PurePosixPath(name).suffix[1:].lower()


def media_type(stream: BinaryIO, name: str) -> str:
    """The media type of what `stream` holds from its start; leaves the stream at its start."""
    head = stream.read(HEAD)
    found = of_bytes(head, name)
    if found == ZIP:
        found = _zip_type(stream, head)
    elif found == GZIP and _gunzipped(head).startswith(b"WARC/"):
        found = WARC  # its reader goes through the gzip members one by one
    stream.seek(0)
    return found


def _gunzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, 64)
    except zlib.error:
        return b""


def of_bytes(head: bytes, name: str) -> str:
    """The media type by the first bytes and the name; any ZIP-based format is `application/zip` here."""
    if not head:
        return EMPTY
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return ZIP
    for magic, media in MAGIC:
        if head.startswith(magic):
            return media
    by_name = SUFFIXES.get(suffix(name))
    if head[4:12] in (b"ftypisom", b"ftypmp42", b"ftypM4A ", b"ftypqt  ", b"ftypheic", b"ftypavif"):
        return by_name or "video/mp4"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if b"%PDF-" in head[:1024] and b"\x00" not in head[: head.index(b"%PDF-")]:
        return PDF
    return _text_type(head, by_name)


def _text_type(head: bytes, by_name: str | None) -> str:
    start = head.removeprefix(_BOMS[0]).lstrip()
    if wide := _wide(head):
        start = head.decode(wide, "replace").lstrip("\ufeff").lstrip().encode("utf-8", "replace")
    elif head.count(0) > (len(head) // 1000 if by_name in _TEXTUAL else 0):
        return UNKNOWN
    if _HTML_START.match(start[:2000]):
        return HTML
    if start.startswith(b"<?xml") or by_name in _XML_NAMES:
        return _xml_type(start, by_name)
    if by_name in _OPENINGS and not _OPENINGS[by_name].match(start):
        return _by_look(start)
    return _by_look(start) if by_name is None or by_name in _SIGNED else by_name


def _wide(head: bytes) -> str | None:
    return "utf-16" if head.startswith(_BOMS[1:]) else looks_utf16(head)


def _xml_type(start: bytes, by_name: str | None) -> str:
    root = next((m[1] for m in _XML_ROOT.finditer(start[:8192])), b"")
    return _ROOTS.get(root) or (by_name if by_name in (HTML, MARKDOWN, TEXT) else None) or XML


def _by_look(start: bytes) -> str:
    """The format of text whose name says nothing."""
    if _MBOX_START.match(start):
        return MBOX
    names = _header_names(start)
    if len(names & _MAIL_HEADERS) >= 3 and names & {b"from", b"received", b"return-path"}:
        return MAIL
    if start.startswith(b"{"):
        return JSONL if re.match(rb"\{[^\n]*\}\s*\n\s*\{", start) else JSON
    return JSON if re.match(rb"\[\s*\{", start) else TEXT


def _header_names(start: bytes) -> set[bytes]:
    names: set[bytes] = set()
    at = 0
    while len(names) < 40 and (match := _HEADER.match(start, at)):
        names.add(match[1].lower())
        at = match.end()
    return names


def looks_utf16(head: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` where every other byte of most of the text is zero, without a mark saying so."""
    sample = head[: len(head[:4096]) // 2 * 2]
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _zip_type(stream: BinaryIO, head: bytes) -> str:
    """Which of the ZIP-based formats: by the `mimetype` entry that stands first, else by the names inside."""
    if head[30:38] == b"mimetype":
        for media in (ODT, EPUB):
            if head[38:].startswith(media.encode()):
                return media
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist()[:100_000])
    except Exception:  # a broken directory: the reader of ZIP files says what is wrong with it
        return _zip_by_head(head)
    return _zip_by_names(names)


_PARTS = (("word/document.xml", DOCX), ("META-INF/container.xml", EPUB), ("datapackage.json", WACZ),
          ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
          ("ppt/presentation.xml",
           "application/vnd.openxmlformats-officedocument.presentationml.presentation"))  # fmt: skip


def _zip_by_names(names: set[str]) -> str:
    media = next((media for part, media in _PARTS if part in names), ZIP)
    if media == WACZ and not any(name.startswith("archive/") for name in names):
        return ZIP
    return media


def _zip_by_head(head: bytes) -> str:
    return next(
        (media for part, media in _PARTS if part.encode() in head), DOCX if b"[Content_Types].xml" in head else ZIP
    )
