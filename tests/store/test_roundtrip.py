"""Write, then read: an equal value, whatever the stages may find."""

from __future__ import annotations

import string
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import AT, digest_of, file_of

from onrecord import model
from onrecord.model import (
    Annotations,
    Capture,
    Document,
    Given,
    Notice,
    Reading,
    Rendition,
    document_id,
)
from onrecord.store import Index, Originals, View, Writer, verify
from onrecord.text.spans import Span

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
IDS = st.text(string.ascii_lowercase, min_size=1, max_size=3)
SHORT = settings(max_examples=60, deadline=None)


@st.composite
def some(draw: st.DrawFn, length: int) -> Annotations:
    """Annotations of a text of `length` code points, each fact with spans inside it."""
    ends = st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted)
    span = ends.map(lambda pair: Span(*pair))
    spans = st.lists(span, max_size=3).map(tuple)
    entity = st.none() | IDS
    few = {"max_size": 3}

    def many(values: st.SearchStrategy[object]) -> object:
        return draw(st.lists(values, **few).map(tuple))

    def of(kind: str) -> st.SearchStrategy[str]:
        return st.sampled_from(get_args(getattr(model, kind)))

    def placed(kind: type, *before: st.SearchStrategy[object], after: tuple[Any, ...] = ()) -> object:
        """Facts with a start and an end of their own."""
        return many(span.flatmap(lambda s: st.builds(kind, *before, st.just(s.start), st.just(s.end), *after)))

    confidence = st.floats(0, 1)
    days = st.sampled_from(["2024", "2024-05", "2024-05-03?", "2023-10-01/2023-11", "1999-12-31", "no date"])
    names = draw(st.lists(IDS, unique=True, **few))
    cue = st.builds(model.Cue, spans)
    source = st.none() | st.builds(model.Source, spans, entity)
    parties = st.lists(st.builds(model.Party, of("PartyRole"), entity, WORDS, spans), **few).map(tuple)
    entities = [st.builds(model.Entity, st.just(name), WORDS, of("EntityType"), st.tuples(WORDS)) for name in names]
    built = {
        "title": draw(st.none() | st.builds(model.Title, WORDS, spans)),
        "languages": placed(model.Language, IDS),
        "segments": placed(model.Segment, IDS, of("SegmentKind")),
        "dates": many(st.builds(model.DateFact, of("DateRole"), days, spans, WORDS, confidence)),
        "times": placed(model.TimeExpression, after=(of("TimeType"), st.none() | days, st.none(), WORDS)),
        "mentions": placed(model.Mention, IDS, after=(of("EntityType"), entity)),
        "entities": tuple(draw(one) for one in entities),
        "statements": many(
            st.builds(model.Statement, IDS, st.none() | IDS, of("Genre"), st.none() | days, parties)
        ),
        "genre": draw(st.none() | of("Genre")),
        "attributions": many(
            st.builds(
                model.Attribution, IDS, of("AttributionKind"), source, st.none() | cue, cue, st.none(), st.just(()),
                WORDS, confidence,
            )
        ),
        "notices": many(st.builds(Notice, WORDS, WORDS, WORDS, spans)),
    }  # fmt: skip
    return Annotations(**built)


@st.composite
def annotated(draw: st.DrawFn) -> tuple[Document, Annotations, Annotations]:
    text = draw(TEXTS)
    data = text.encode()
    told = st.none() | WORDS
    capture = Capture(
        digest=digest_of(data), size=len(data), media_type="text/plain", source=draw(IDS), captured_at=AT,
        publisher=draw(told), url=draw(told), note=draw(told), language=draw(told),
    )  # fmt: skip
    spans = st.tuples(st.builds(Span, st.just(0), st.integers(0, len(text))))
    document = Document(
        id=document_id(capture.digest), capture=capture, text=text, rendition=Rendition(draw(WORDS), draw(WORDS)),
        title=draw(told), published=draw(told), publisher=draw(told), language=draw(told), headings=draw(spans),
        boilerplate=draw(spans), notices=draw(st.just(()) | st.tuples(st.builds(Notice, WORDS, WORDS, WORDS))),
    )  # fmt: skip
    return document, draw(some(len(text))), draw(some(len(text)))


@given(annotated(), st.builds(Given, publisher=st.none() | WORDS, note=st.none() | WORDS))
@SHORT
def test_what_is_written_is_read_and_nothing_is_wrong_with_it(
    case: tuple[Document, Annotations, Annotations], told: Given
) -> None:
    document, first, second = case
    one = Reading(capture=document.capture, document=document)
    with TemporaryDirectory() as name, Writer(Path(name) / "a") as writer, View(Path(name) / "a") as view:
        folder, index = Path(name) / "a", Index(Path(name) / "a")
        Originals(folder).put(document.text.encode())
        writer.add([one], [file_of(one, given=told)])
        for found in (first, second, second):
            writer.annotate([(document.id, found)], "stages 1")
            assert list(view.annotated()) == [(document, found)]
        index.update(view)
        assert [known.given for known in view.known_files()] == [told]
        assert list(verify(view, Originals(folder), index)) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["one", "two", "three"])), max_size=12))
@SHORT
def test_whatever_comes_and_goes_the_store_agrees_with_itself(steps: list[tuple[str, str]]) -> None:
    """Files that change back and forth between a few contents, added one by one."""
    with TemporaryDirectory() as name, Writer(Path(name) / "a") as writer, View(Path(name) / "a") as view:
        index, originals = Index(Path(name) / "a"), Originals(Path(name) / "a")
        for source, text in steps:
            data = text.encode()
            capture = Capture(
                digest=digest_of(data), size=len(data), media_type="text/plain", source=source, captured_at=AT,
                publisher=source,
            )  # fmt: skip
            document = Document(
                id=document_id(capture.digest), capture=capture, text=text, rendition=Rendition("plain", "1")
            )
            originals.put(data)
            one = Reading(capture=capture, document=document)
            writer.add([one], [file_of(one)])
            index.update(view)
        index.update(view)
        holding = dict(steps)
        assert sorted(one.text for one in view.documents()) == sorted(set(holding.values()))
        assert sorted(hit.document for hit in index.search(view, "").hits) == [one.id for one in view.documents()]
        for document in view.documents():
            assert holding[document.capture.source] == document.text
        assert list(verify(view, originals, index)) == []
