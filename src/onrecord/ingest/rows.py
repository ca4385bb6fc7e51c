"""JSON Lines, lists in JSON, and CSV: a row a text, its other columns what is known of it.

The bytes of a JSON Lines row are its line; those of a CSV row its cells as canonical JSON (keys sorted, UTF-8), so that
a table that has grown brings new documents for its new rows only.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import BinaryIO

import msgspec

from onrecord.errors import Unreadable
from onrecord.ingest import media
from onrecord.ingest.dates import loose
from onrecord.ingest.encodings import BOMS, decode
from onrecord.ingest.limits import Limits, too_large
from onrecord.ingest.parts import Declared, Member, Rendered, notice
from onrecord.ingest.sheet import too_long

TEXT_COLUMNS = (
    "text", "body", "content", "full_text", "fulltext", "full text", "article_text", "article", "statement",
    "transcript",    "message", "body_text", "texto", "texte", "html", "body_html", "content_html",
    "content_text", "description",
    "tweet",
)  # fmt: skip
"""Columns that hold the text, the first that has words wins; compared without regard to case."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "subject", "titre", "título"),
    "published": (
        "published",
        "date",
        "published_at",
        "publication_date",
        "date_published",
        "created_at",
        "datetime",
        "timestamp",
    ),
    "publisher": ("publisher", "outlet", "site_name", "organisation", "organization", "source", "channel", "author"),
    "language": ("language", "lang", "locale"),
    "url": ("url", "link", "permalink", "source_url", "href"),
}
_READS = {"published": loose}
_PEEK = 25
"""Rows that are looked at before a table is said to have no text column."""
REVISION = "1"


def canonical(value: object) -> bytes:
    """The one JSON form of a value: keys sorted, no white space, UTF-8."""
    return msgspec.json.encode(value, order="sorted")


def _folded(row: Mapping[str, object]) -> dict[str, object]:
    return {str(key).strip().lower(): value for key, value in row.items()}


def _text_of(row: Mapping[str, object]) -> tuple[str, str] | None:
    """Name and content of the column that holds the text."""
    for name in TEXT_COLUMNS:
        value = row.get(name)
        if isinstance(value, str) and value.strip():
            return name, value
    return None


def _known(row: Mapping[str, object], field: str) -> str | None:
    for name in COLUMNS[field]:
        value = row.get(name)
        if isinstance(value, str | int | float) and str(value).strip():
            text = _READS[field](value) if field in _READS else str(value).strip()
            if text:
                return text
    return None


def row(data: bytes, limits: Limits) -> Rendered:
    """One row as text: its text column, unchanged (read as a page where the column says that it holds HTML)."""
    table = _folded(_parsed(data))
    found = _text_of(table)
    if found is None:
        raise Unreadable("no-text", "This row has no text.", f"Its text must be in a column such as {_some_columns()}.")
    name, text = found
    said = Declared(**{field: _known(table, field) for field in ("title", "published", "publisher", "language")})
    if "html" in name:
        from onrecord.ingest import webpage

        page = webpage.page(f"<html><body>{text}</body></html>".encode("utf-8", "replace"), limits)
        notices = tuple(note for note in page.notices if note.code != "html-whole")
        return msgspec.structs.replace(page, declared=said, notices=notices)
    if len(text) > limits.text_chars:
        raise too_long(len(text), limits)
    return Rendered(text=text, extractor="onrecord-row", version=REVISION, declared=said)


def _some_columns() -> str:
    return ", ".join(repr(name) for name in TEXT_COLUMNS[:4])


def _parsed(data: bytes) -> dict[str, object]:
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = _leniently(data)
    if not isinstance(value, dict):
        raise Unreadable("no-text", "This row is no JSON object.", 'Each row must be like {"text": "…", "date": "…"}.')
    return value


def _leniently(data: bytes) -> object:
    """JSON as others write it: not in UTF-8, or with NaN."""
    import json

    try:
        return json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            "damaged", f"This row is not JSON ({error}).", "Mend the row and add the file again."
        ) from error


def _row_member(name: str, data: bytes, parsed: Mapping[str, object]) -> Member:
    return Member(name=name, data=data, media_type=media.ROW, url=_known(_folded(parsed), "url"))


def jsonl_members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """The rows, by the number of their line."""
    members = _jsonl(stream, limits)
    peeked = list(islice(members, _PEEK))
    rows = [member.data for member in peeked if member.data is not None]
    if rows and all(map(_lacks_text, rows)):
        raise _no_column(_keys(peeked))
    yield from chain(peeked, members)


def _lacks_text(data: bytes) -> bool:
    try:
        return _text_of(_folded(_parsed(data))) is None
    except Unreadable:
        return True


def _keys(peeked: Iterable[Member]) -> list[str]:
    for member in peeked:
        if member.data is not None:
            try:
                return list(_parsed(member.data))
            except Unreadable:
                continue
    return []


def _no_column(names: Iterable[object]) -> Unreadable:
    listed = ", ".join(repr(name) for name in islice(names, 12)) or "none"
    return Unreadable(
        "no-text-column", f"No column holds a text; the columns are {listed}.",
        f"Name the column with the texts {_some_columns()}, and add the file again.",
    )  # fmt: skip


def _jsonl(stream: BinaryIO, limits: Limits) -> Iterator[Member]:
    head = stream.read(4)
    stream.seek(0)
    if head.startswith((BOMS[1][0], BOMS[3][0], BOMS[4][0])):
        stream = io.BytesIO(decode(stream.read(limits.file_bytes)).text.encode())
    for number, (line, size) in enumerate(_lines(stream, limits.member_bytes), 1):
        if size > limits.member_bytes:
            error = too_large("line", size, limits.member_bytes)
            yield Member(name=str(number), data=None, notices=(notice(error.code, str(error)),))
            continue
        data = line.removeprefix(BOMS[0][0]).strip()
        if data:
            yield _json_row(str(number), data)


def _json_row(name: str, data: bytes) -> Member:
    try:
        return _row_member(name, data, _parsed(data))
    except Unreadable:  # render says what is wrong with it
        return Member(name=name, data=data, media_type=media.ROW)


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[bytes, int]]:
    """Lines and their lengths; of a line longer than `limit` only the length is kept."""
    while line := stream.readline(limit + 1):
        size = len(line)
        if size > limit and not line.endswith(b"\n"):
            line = b""
            while piece := stream.readline(1 << 20):
                size += len(piece)
                if piece.endswith(b"\n"):
                    break
        yield line, size


def json_rows(values: list[object]) -> Iterator[Member]:
    """A JSON list of objects, numbered from 1."""
    objects = [value for value in values if isinstance(value, dict)]
    if not any(_text_of(_folded(value)) for value in objects[:_PEEK]):
        raise _no_column(objects[0] if objects else ())
    for number, value in enumerate(values, 1):
        if isinstance(value, dict):
            yield _row_member(str(number), canonical(value), value)


def csv_members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """The rows below the header, numbered from 1."""
    lines = _csv_lines(stream, limits)
    first = next(lines, "")
    table = csv.reader(chain([first], lines), delimiter=max(",;\t|", key=first.count))
    previous = csv.field_size_limit(limits.member_bytes)
    try:
        header = [cell.strip() for cell in next(table, [])]
        if not set(map(str.lower, header)) & set(TEXT_COLUMNS):
            raise _no_column(header)
        for number, cells in enumerate(_nonblank(table), 1):
            csv.field_size_limit(limits.member_bytes)
            value = dict(zip(header, cells, strict=False))
            yield _row_member(str(number), canonical(value), value)
    except csv.Error as error:
        raise Unreadable(
            "damaged", f"Line {table.line_num} is not CSV ({error}).", "Mend it and add the file again."
        ) from error
    finally:
        csv.field_size_limit(previous)


def _nonblank(table: Iterable[list[str]]) -> Iterator[list[str]]:
    return (cells for cells in table if any(cell.strip() for cell in cells))


def _csv_lines(stream: BinaryIO, limits: Limits) -> Iterator[str]:
    """The file as text, line by line: UTF-8 as it comes; anything else is decoded as a whole."""
    if _is_utf8(stream, limits.member_bytes):
        wrapped = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            while line := wrapped.readline(limits.member_bytes):
                if len(line) >= limits.member_bytes:
                    raise too_large("line", len(line), limits.member_bytes)
                yield line.replace("\x00", "")
        finally:
            wrapped.detach()
        return
    data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise too_large("table", len(data), limits.file_bytes)
    yield from decode(data).text.replace("\x00", "").splitlines(keepends=True)


def _is_utf8(stream: BinaryIO, limit: int) -> bool:
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(1 << 20):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        stream.seek(0)
    return True
