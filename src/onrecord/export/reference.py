"""What a reference says of one document, or of a passage of it: each part as printed, `None` where it is not known.

The author is who issues the statement, by the name as printed and never turned round (`Brandt, Anna`): which part of a
name comes first is not ours to say. Where nobody issues it, those who make it together are its authors; a report that
names nobody has none, for its publisher is not its author. A document that carries several statements has no author of
its own; a passage of it has that of the statement that holds it, and stands *in* the document.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex
from msgspec import Struct

from onrecord.model import Genre, Record, Segment, Span, Statement
from onrecord.text.address import address

AUTHORS = (("issuer",), ("on-behalf-of",), ("signatory", "sponsor", "participant"))
"""Roles that make an author, those of the first row that anybody holds."""
BEGINNING = 60
"""Code points of the words by which a document without a title is called."""
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+")


class Reference(Struct, frozen=True, kw_only=True):
    """All that a form of citation needs. Dates are EDTF."""

    id: str
    """The document's id; of a passage, with where it stands."""
    address: str
    """The permanent address: `/d/ID` or `/d/ID/START-END`."""
    digest: str
    """Of the original bytes: they are the same in every archive."""
    genre: Genre | None
    title: str | None
    beginning: str
    """The first words, by which a document without a title is called."""
    container: str | None
    """The title of the document that holds the statement, where it holds several."""
    authors: tuple[str, ...]
    translators: tuple[str, ...]
    publisher: str | None
    issued: str | None
    published: str | None
    accessed: str
    url: str | None
    """Where it was found; only an address of the web."""
    language: str | None
    words: str | None
    """The words of the passage, verbatim."""


def reference(record: Record, passage: Span | None = None) -> Reference:
    """The reference of a record, or of `passage`, a range of its text."""
    statement = _statement(record, passage)
    whole = statement is None or statement.segment is None or len(record.statements) == 1
    segment = None if whole or statement is None else _segment(record, statement.segment)
    title = _clean(record.title.text) if record.title else None
    within = Span(segment.start, segment.end) if segment else Span(0, len(record.text))
    place = address(record.id, *(passage or (None, None)))
    return Reference(
        id=place.removeprefix("/d/").replace("/", "-"),
        address=place,
        digest=record.capture.digest,
        genre=statement.genre if statement else record.genre,
        title=_clean(segment.title) if segment else title,
        beginning=_beginning(record.text[within.start : within.end]),
        container=title if segment else None,
        authors=_authors(statement) if statement else (),
        translators=tuple(dict.fromkeys(_translators(record, within))),
        publisher=_clean(record.capture.publisher),
        issued=(statement.issued if statement else None) or _date(record, "issued"),
        published=record.capture.published or _date(record, "published"),
        accessed=record.capture.captured_at.partition("T")[0],
        url=_weblink(record.capture.url),
        language=_language(record, within),
        words=None if passage is None else record.text[slice(*passage)],
    )


def _statement(record: Record, passage: Span | None) -> Statement | None:
    """The one statement of the document, or the narrowest of several that holds the passage."""
    if len(record.statements) == 1:
        return record.statements[0]
    held = []
    for each in record.statements if passage else ():
        segment = _segment(record, each.segment)
        if segment and passage and segment.start <= passage.start and passage.end <= segment.end:
            held.append((segment.end - segment.start, each))
    return min(held, key=lambda pair: pair[0])[1] if held else None


def _segment(record: Record, name: str | None) -> Segment | None:
    return next((each for each in record.segments if each.id == name), None)


def _authors(statement: Statement) -> tuple[str, ...]:
    for roles in AUTHORS:
        names = [_clean(party.name) for party in statement.parties if party.role in roles]
        if found := tuple(dict.fromkeys(name for name in names if name)):
            return found
    return ()


def _translators(record: Record, within: Span) -> Iterator[str]:
    for each in record.attributions:
        if all(within.start <= span.start and span.end <= within.end for span in each.content.spans):
            for voice in each.voices:
                if voice.role == "translator" and (name := _clean(voice.name)):
                    yield name


def _date(record: Record, role: str) -> str | None:
    return next((date.value for date in record.dates if date.role == role), None)


def _language(record: Record, within: Span) -> str | None:
    """The language that most of it is in."""
    weights: dict[str, int] = {}
    for each in record.languages:
        shared = min(each.end, within.end) - max(each.start, within.start)
        if shared > 0 and each.tag != "und":
            weights[each.tag] = weights.get(each.tag, 0) + shared
    return max(weights, key=lambda tag: weights[tag]) if weights else None


def _weblink(url: str | None) -> str | None:
    return url if url and regex.fullmatch(r"https?://[^\s/]\S*", url, flags=regex.IGNORECASE) else None


def _beginning(text: str) -> str:
    first = _clean(text[: BEGINNING * 4]) or ""
    return first if len(first) <= BEGINNING else first[:BEGINNING].rsplit(" ", 1)[0] + " …"


def _clean(value: str | None) -> str | None:
    """On one line, and without characters that are not words: a line break in a name would begin a field of its own,
    and a direction override would turn round what follows."""
    return " ".join(_UNSEEN.sub(" ", value).split()) or None if value else None
