"""Checking an archive against itself: nothing is trusted that can be worked out again.

Streams; nothing is changed. Each problem has one of these codes:

| code | what is wrong |
| --- | --- |
| `database-damaged` | SQLite's own check of the file finds fault |
| `original-missing` | a capture names bytes that are not in `originals/` |
| `original-changed` | a file in `originals/` no longer has the digest that is its name |
| `original-unknown` | a file in `originals/` that no capture names; no harm is done (a killed run leaves some) |
| `text-changed` | a document's text is not the one that was read |
| `span-outside` | a fact points outside its text |
| `facts-damaged` | the stored facts cannot be read |
| `view-differs` | a query table does not say what the facts say |
| `counts-differ` | the kept counts, of documents or of names, are not those of the documents |
| `index-missing` | there is no index, or it cannot be opened |
| `index-stale` | the index is behind the store |
| `index-damaged` | a file of the index is missing or has changed, or it holds other documents than the store |
| `words-stale` | the words that are counted are missing, or behind the store |
| `words-damaged` | a file of them is missing or has changed |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import tantivy

from onrecord.model import Annotations, Problem
from onrecord.store import making
from onrecord.store.facts import Laid, doubt_rows, said_of, shown, view_rows
from onrecord.store.index import Index, file_digest
from onrecord.store.naming import spelled
from onrecord.store.originals import PREFIX, Originals
from onrecord.store.rows import Row, annotations_from, json, notices_from, text_digest
from onrecord.store.transaction import contribution
from onrecord.store.view import View
from onrecord.store.words import Words
from onrecord.text.spans import Span

PAGE = 200
VIEWS = {
    "dates": "SELECT * FROM dates WHERE document = ? ORDER BY position",
    "parties": "SELECT * FROM parties WHERE document = ? ORDER BY position",
    "mentions": "SELECT * FROM mentions WHERE document = ? ORDER BY entity",
    "attributions": "SELECT * FROM attributions WHERE document = ? ORDER BY position",
    "statements": "SELECT * FROM statements WHERE document = ? ORDER BY position",
    "acts": "SELECT * FROM acts WHERE document = ? ORDER BY position",
    "notices": "SELECT * FROM notices WHERE document = ? ORDER BY position",
    "pens": "SELECT * FROM pens WHERE document = ? ORDER BY statement, position, entity",
    "doers": "SELECT * FROM doers WHERE document = ? ORDER BY position, entity",
}
"""The query tables, and a document's rows in the order of their keys."""
DOUBTS = "SELECT * FROM doubts WHERE document = ? ORDER BY document, kind, position"
CHECKED = (
    "SELECT d.number, d.id, d.text_digest, d.characters, x.text, a.facts, d.notices, d.format_title,"
    " d.title, d.language, d.genre, d.issued, d.issued_low, d.issued_high"
    " FROM documents d LEFT JOIN texts x ON x.document = d.number LEFT JOIN annotations a ON a.document = d.number"
    " WHERE d.number > ? ORDER BY d.number LIMIT ?"
)
AGAIN = "`onrecord annotate --again` writes it anew."
REBUILD = "`onrecord index` makes it again."

Progress = Callable[[str, int], None]
Standing = Callable[[str], Laid | None]
"""What stands of a document, by its id; `None` where nobody judged anything of it."""


def unjudged(name: str) -> None:
    """Of an archive in which nothing was judged."""


def verify(
    view: View,
    originals: Originals,
    index: Index,
    progress: Progress = lambda part, done: None,
    standing: Standing = unjudged,
    words: Words | None = None,
) -> Iterator[Problem]:
    """All that is wrong, as it is found; `progress(part, done)` after each original and page of documents."""
    with view.snapshot():
        yield from check_database(view)
        yield from check_originals(view, originals, progress)
        yield from check_documents(view, progress, standing)
        yield from check_counts(view)
        yield from check_index(view, index)
        yield from words.problems(view) if words else ()


def check_database(view: View) -> Iterator[Problem]:
    """SQLite's own check of pages and indexes, and of references between rows."""
    for (message,) in view.rows("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield Problem("database-damaged", "onrecord.sqlite", f"SQLite finds: {message}. Restore it from a copy.")
    for table, row, parent, _ in view.rows("PRAGMA foreign_key_check"):
        yield Problem(
            "database-damaged", "onrecord.sqlite", f"Row {row} of {table} names a row of {parent} that is gone."
        )


# -- originals ---------------------------------------------------------------------------------------------------------


def check_originals(view: View, originals: Originals, progress: Progress) -> Iterator[Problem]:
    """A merge of the digests that the store names with the files that are there, both in order."""
    files = originals.digests()
    there = next(files, None)
    for done, digest in enumerate(named_digests(view), 1):
        while there is not None and there < digest:
            yield unknown(there)
            there = next(files, None)
        if there != digest:
            yield Problem(
                "original-missing",
                digest,
                "The original is gone. Restore the file from a copy, or add its source again.",
            )
        else:
            yield from check_original(originals, digest)
            there = next(files, None)
        progress("originals", done)
    while there is not None:
        yield unknown(there)
        there = next(files, None)


def named_digests(view: View) -> Iterator[str]:
    """The digests of the stored originals that captures and files name, in order, each once."""
    query = (
        "SELECT container FROM captures WHERE container IS NOT NULL UNION"
        " SELECT digest FROM captures WHERE container IS NULL UNION SELECT digest FROM source_files ORDER BY 1"
    )
    return (row[0] for row in view.stream(query))


def check_original(originals: Originals, digest: str) -> Iterator[Problem]:
    try:
        found = PREFIX + file_digest(originals.path(digest))
    except OSError as error:
        yield Problem(
            "original-changed", digest, f"The original cannot be read: {error}. Restore the file from a copy."
        )
        return
    if found != digest:
        yield Problem(
            "original-changed",
            digest,
            f"The original's bytes have changed (now {found}). Restore the file from a copy.",
        )


def unknown(digest: str) -> Problem:
    return Problem(
        "original-unknown", digest, "No capture names this file. It does no harm; a killed run leaves such files."
    )


# -- documents ---------------------------------------------------------------------------------------------------------


def check_documents(view: View, progress: Progress, standing: Standing) -> Iterator[Problem]:
    """Texts against their digests, facts against their texts, query tables against the facts."""
    last = done = names = damaged = 0
    while page := view.rows(CHECKED, (last, PAGE)):
        for row in page:
            yield from check_document(view, row, standing)
            found = names_in(row[5])
            names += len(found or ())
            damaged += found is None
            yield from check_spellings(view, row[1], found or set())
        last = page[-1][0]
        done += len(page)
        progress("documents", done)
    [(kept,)] = view.rows("SELECT coalesce(sum(documents), 0) FROM spellings")
    if kept > names and not damaged:  # facts that cannot be read may hold the others
        yield Problem("counts-differ", "names", f"The count says {kept}, the facts hold {names}. {AGAIN}")


def names_in(facts: str | None) -> set[tuple[str, str]] | None:
    """The names in stored facts; `None` where they cannot be read, which is told elsewhere."""
    try:
        return set(spelled(facts or "{}"))
    except msgspec.MsgspecError:
        return None


def check_spellings(view: View, name: str, wanted: set[tuple[str, str]]) -> Iterator[Problem]:
    """Each name that a document gives an entity is counted."""
    ids = sorted({entity for entity, _ in wanted})
    query = "SELECT e.id, s.name FROM entities e CROSS JOIN spellings s ON s.entity = e.number WHERE e.id IN (%s)"
    if wanted - set(view.among(query, ids)):
        yield differs(name, "spellings")


def check_document(view: View, row: Row, standing: Standing) -> Iterator[Problem]:
    number, name, digest, characters, text, facts_json, notices, format_title, *shown_now = row
    if text is None or len(text) != characters or text_digest(text) != digest:
        yield Problem("text-changed", name, "The text is not the one that was read. Restore the archive from a copy.")
        return
    if facts_json is None:
        return
    try:
        facts = annotations_from(facts_json)
    except msgspec.MsgspecError as error:
        yield Problem(
            "facts-damaged", name, f"The facts cannot be read: {error}. `onrecord annotate` finds them again."
        )
        return
    yield from check_spans(name, text, facts)
    laid = standing(name) or Laid(facts)
    yield from check_views(view, number, name, laid.facts, text, notices_from(notices))
    yield from check_laid(view, number, name, facts, laid)
    if tuple(shown_now) != shown(laid.facts, format_title):
        yield differs(name, "documents")


def check_spans(name: str, text: str, facts: Annotations) -> Iterator[Problem]:
    """Every span of every fact lies inside the text and is not turned round."""
    for path, start, end in spans(facts, ""):
        if not 0 <= start <= end <= len(text):
            yield Problem(
                "span-outside", name, f"{path} points to [{start}, {end}) of a text of {len(text)} code points."
            )


def spans(value: Any, path: str) -> Iterator[tuple[str, int, int]]:
    """Every span in a value of the model, with the way to it."""
    if isinstance(value, Span):
        yield path, value.start, value.end
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            if not isinstance(part, str):
                yield from spans(part, f"{path}[{at}]")
    elif isinstance(value, msgspec.Struct):
        fields = value.__struct_fields__
        if "start" in fields:
            yield path, value.start, value.end  # type: ignore[attr-defined]  # it has both or neither
        for field in fields:
            yield from spans(getattr(value, field), f"{path}.{field}" if path else field)


def check_views(
    view: View, number: int, name: str, facts: Annotations, text: str, extraction: Sequence[Any]
) -> Iterator[Problem]:
    """The query tables hold just the rows that the facts give."""
    ids = view.rows(
        "SELECT id, number FROM entities WHERE number IN (SELECT entity FROM mentions WHERE document = ?1"
        " UNION SELECT entity FROM parties WHERE document = ?1"
        " UNION SELECT speaker FROM attributions WHERE document = ?1"
        ' UNION SELECT "by" FROM acts WHERE document = ?1 UNION SELECT addressee FROM acts WHERE document = ?1'
        " UNION SELECT target FROM acts WHERE document = ?1)",
        (number,),
    )
    try:
        expected = view_rows(number, facts, dict(ids), extraction) | making.rows(number, facts, text, dict(ids))
    except KeyError as error:
        yield differs(name, f"entities (no {error.args[0]})")
        return
    expected["mentions"].sort(key=lambda row: row[1])
    for table in making.TABLES:
        expected[table].sort()
    for table, query in VIEWS.items():
        if view.rows(query, (number,)) != expected[table]:
            yield differs(name, table)


def check_laid(view: View, number: int, name: str, facts: Annotations, laid: Laid) -> Iterator[Problem]:
    """The machine's doubts are there with what people said of them, and the judgements that were laid over."""
    doubts = sorted((*row[:-1], said_of(row, laid)) for row in doubt_rows(number, facts))
    if view.rows(DOUBTS, (number,)) != doubts:
        yield differs(name, "doubts")
    kept = [(json(laid.judgements), laid.decided)] if laid.judgements else []
    if view.rows("SELECT judgements, decided FROM laid WHERE document = ?", (number,)) != kept:
        yield differs(name, "laid")


def differs(name: str, table: str) -> Problem:
    return Problem(
        "view-differs",
        name,
        f"The table {table} does not say what stands of the facts. {AGAIN}",
    )


def check_counts(view: View) -> Iterator[Problem]:
    """The kept counts are those of the documents."""
    expected: Counter[tuple[str, str]] = Counter()
    query = "SELECT publisher, language, genre, issued_low, issued_high FROM documents WHERE state = 'current'"
    for row in view.stream(query):
        expected.update(contribution(*row))
    kept = {(facet, value): number for facet, value, number in view.rows("SELECT facet, value, documents FROM counts")}
    for facet, value in sorted({*expected, *kept}):
        have, is_right = kept.get((facet, value), 0), expected[facet, value]
        if have != is_right:
            yield Problem("counts-differ", f"{facet} {value}".strip(), f"The count says {have}, there are {is_right}.")


# -- the index ---------------------------------------------------------------------------------------------------------


def check_index(view: View, index: Index) -> Iterator[Problem]:
    """The index is of this archive and generation, its files are whole, and it holds just the current documents."""
    stamp, searcher = index.stamp, index.searcher()
    if stamp is None or searcher is None or stamp.archive != view.archive:
        yield Problem("index-missing", "index", f"There is no index of this archive that can be opened. {REBUILD}")
        return
    if stamp.generation > view.generation or view.changed_since(stamp.generation):
        message = f"The index holds generation {stamp.generation}, the store is at {view.generation}. {REBUILD}"
        yield Problem("index-stale", "index", message)
        return
    yield from check_files(index, stamp.files)
    yield from check_entries(view, searcher)


def check_files(index: Index, files: dict[str, str]) -> Iterator[Problem]:
    for name, digest in files.items():
        path = index.folder / name
        if not path.is_file() or file_digest(path) != digest:
            yield Problem("index-damaged", f"index/{name}", f"The file is missing or has changed. {REBUILD}")


def check_entries(view: View, searcher: tantivy.Searcher) -> Iterator[Problem]:
    """Documents of store and index by number."""
    try:
        found = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs))
        addresses = [address for _, address in found.hits]
        held = Counter(int(value or 0) for value in searcher.fast_field_values("number", addresses))
    except ValueError as error:
        yield Problem("index-damaged", "index", f"The index cannot be read: {error}. {REBUILD}")
        return
    for number, name in view.stream("SELECT number, id FROM documents WHERE state = 'current' ORDER BY number"):
        times = held.pop(number, 0)
        if times != 1:
            yield Problem("index-damaged", name, f"The index holds this document {times} times. {REBUILD}")
    for number in sorted(held):
        yield Problem(
            "index-damaged", "index", f"The index holds a document (number {number}) that is not current. {REBUILD}"
        )
