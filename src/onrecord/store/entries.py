"""What the search index takes in of a document: of its text the tokens, of its facts what stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import tantivy
from msgspec import Struct

from onrecord.store.days import number as day_number
from onrecord.store.said import VOICES, Said, between, joined, keys
from onrecord.store.view import View, marks
from onrecord.text.folding import alternatives, tokens
from onrecord.text.spans import Span


class Entry(Struct, frozen=True):
    """What the index takes in of one document."""

    number: int
    state: str
    text: str
    title: str | None
    publisher: str | None
    language: str | None
    genre: str | None
    low: str | None
    high: str | None


ENTRY = (
    "SELECT d.number, d.state, x.text, d.title, d.publisher, d.language, d.genre, d.issued_low, d.issued_high"
    " FROM documents d CROSS JOIN texts x ON x.document = d.number WHERE d.number IN ({marks})"
)
VALUES = {
    "party": (
        "SELECT DISTINCT f.document, e.id FROM (SELECT document, entity FROM parties WHERE document IN ({marks})"
        " UNION SELECT document, speaker FROM attributions WHERE document IN ({marks})) f"
        " CROSS JOIN entities e ON e.number = f.entity"
    ),
    "act": "SELECT DISTINCT document, act FROM acts WHERE document IN ({marks})",
    "review": (
        "SELECT document, 'decided' FROM laid WHERE decided > 0 AND document IN ({marks})"
        " UNION SELECT document, 'doubtful' FROM doubts"
        " WHERE document IN ({marks}) AND (+state IS NULL OR +state = 'disputed')"
    ),
}
"""What the index takes in of documents that one may have several of, by its field. `+` keeps SQLite from looking for
the state first: most doubts of an archive have the one that is asked for."""
QUIET = "quiet"
"""A document of which nobody decided anything, and of which nothing is in doubt."""


def entries(view: View, numbers: Sequence[int]) -> Iterator[tuple[int, tantivy.Document | None]]:
    """What to take in for these documents; None for one that only goes out."""
    values = values_of(view, numbers)
    said = view.said(numbers)
    for row in view.rows(ENTRY.replace("{marks}", marks(numbers)), numbers):
        entry = Entry(*row)
        yield (
            entry.number,
            indexed(entry, values.get(entry.number, {}), said.get(entry.number, ()))
            if entry.state == "current"
            else None,
        )


def values_of(view: View, numbers: Sequence[int]) -> dict[int, dict[str, list[str]]]:
    """The values of VALUES by document."""
    found: dict[int, dict[str, list[str]]] = {}
    for field, query in VALUES.items():
        asked = query.replace("{marks}", marks(numbers))
        for document, value in view.rows(asked, [*numbers] * query.count("{marks}")):
            found.setdefault(document, {}).setdefault(field, []).append(value)
    return found


def indexed(entry: Entry, values: Mapping[str, Collection[str]], said: Sequence[Said]) -> tantivy.Document:
    """One document as tantivy takes it."""
    document = tantivy.Document()
    document.add_integer("number", entry.number)
    add_words(document, "text", entry.text)
    add_words(document, "title", entry.title or "")
    for name, value in (("publisher", entry.publisher), ("language", entry.language), ("genre", entry.genre)):
        if value:
            document.add_text(name, value)
    every: dict[str, Collection[str]] = {"review": [QUIET], **values, **who_says(said, len(entry.text))}
    for name, found in every.items():
        for value in found:
            document.add_text(name, value)
    for span, before in stretches(said, len(entry.text)):  # one by one, so that no phrase is found across two
        add_words(document, "said" if before else "own", span.of(entry.text), before or [""])
    add_days(document, entry)
    return document


def stretches(said: Sequence[Said], length: int) -> Iterator[tuple[Span, list[str]]]:
    """The stretches of a text of this length that are in one voice or of one speaker, with the keys that say so; those
    in the document's own voice have none."""
    by_key: dict[str, list[Span]] = {}
    for one in said:
        for key in keys_of(one):
            by_key.setdefault(key, []).extend(one.spans)
    found: dict[Span, list[str]] = {}
    for key, spans in by_key.items():
        for span in joined(spans):
            found.setdefault(span, []).append(key)
    yield from found.items()
    for span in between(joined(span for one in said for span in one.spans), length):
        yield span, []


def keys_of(said: Said) -> tuple[str, ...]:
    return keys(VOICES[said.kind], said.speaker, said.name)


def who_says(said: Sequence[Said], length: int) -> dict[str, Collection[str]]:
    """What is said in a text of this length: by whom, and in which voices."""
    spoken = [one for one in said if any(span.end > span.start for span in one.spans)]
    voices: set[str] = {VOICES[one.kind] for one in spoken}
    if between(joined(span for one in spoken for span in one.spans), length):
        voices.add("own")
    return {
        "said": {key for one in spoken for key in keys_of(one)},
        "speaker": {one.speaker for one in said if one.speaker},
        "voice": voices,
    }


def add_days(document: tantivy.Document, entry: Entry) -> None:
    """When it was issued, as far as that is known."""
    document.add_integer("newest", day_number(entry.high) if entry.high else 0)
    if entry.low and entry.high:
        document.add_integer("low", day_number(entry.low))
        document.add_integer("high", day_number(entry.high))
        if entry.low[:4] == entry.high[:4]:
            document.add_integer("year", int(entry.low[:4]))
        if entry.low[:7] == entry.high[:7]:
            document.add_integer("month", day_number(entry.low[:7]))


def add_words(document: tantivy.Document, field: str, text: str, before: Sequence[str] = ("",)) -> None:
    """A text's tokens, and in the same places the bare forms of words with something written on to them; once for each
    of what is to stand `before` every word."""
    found = tokens(text)
    extra = list(alternatives(text, found))
    for key in before:
        if not extra:
            document.add_text(field, " ".join([key + token for token in found]))
            continue
        marked = [tantivy.Token(key + token, at, 0, 0) for at, token in enumerate(found)]
        marked += [tantivy.Token(key + form, at, 0, 0) for at, form in extra]
        marked.sort(key=lambda token: token.position)
        document.add_pre_tokenized_text(field, tantivy.PreTokenizedString("", marked))
