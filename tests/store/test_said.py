"""Searching what someone said: the words found must stand where the filter wants them, not only in the document."""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace
from store_samples import digest_of, file_of, reading, without_step_six

from onrecord import Archive
from onrecord.errors import ArchiveError, MetadataError, QueryError
from onrecord.model import (
    Annotations,
    Attribution,
    AttributionKind,
    Cue,
    Entity,
    Filters,
    Hit,
    Language,
    Source,
    Span,
    Spoken,
    Voice,
    document_id,
    entity_id,
)
from onrecord.store import Index, Laid, View, Writer, database, verify
from onrecord.store.contexts import WINDOW
from onrecord.store.originals import Originals
from onrecord.store.said import VOICES

ANNA = entity_id("person", "anna brandt")
GUARD = entity_id("organization", "hill guard")
NAMES = {ANNA: ("Anna Brandt", "person"), GUARD: ("Hill Guard", "organization")}

PILE = {
    "nested": "Anna Brandt told the Post that the Hill Guard had promised: “The ferry will run.” The quay is shut.",
    "split": "“The ferry,” Anna Brandt said, “will sink.” The quay stayed open.",
    "reported": "A senior official said the ferry would be sold. Ferry talks go on.",
    "own": "The ferry runs again from the quay.",
    "ruled": "“The ferry and the dam hold,” said Anna Brandt. The market burnt.",
}


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(word), text.index(word) + len(word)) for word in words)


def said(
    text: str, name: str, kind: AttributionKind, speaker: str | None, content: tuple[str, ...],
    source: str, parent: str | None = None,
) -> Attribution:  # fmt: skip
    voice = Voice("speaker", NAMES[speaker][0] if speaker else source, speaker)
    outer = (Voice("speaker", "Anna Brandt", ANNA),) if parent else ()
    return Attribution(
        name, kind, Source(spans(text, source), speaker), None, Cue(spans(text, *content)), parent,
        (Voice("publisher", "River Post"), *outer, voice), "made", 0.9,
    )  # fmt: skip


def found_in(name: str) -> tuple[Attribution, ...]:
    text = PILE[name]
    match name:
        case "nested":
            outer = "the Hill Guard had promised: “The ferry will run.”"
            return (
                said(text, "a1", "indirect", ANNA, (outer,), "Anna Brandt"),
                said(text, "a2", "direct", GUARD, ("The ferry will run.",), "the Hill Guard", "a1"),
            )
        case "split":
            return (said(text, "a1", "direct", ANNA, ("The ferry,", "will sink."), "Anna Brandt"),)
        case "reported":
            return (said(text, "a1", "mixed", None, ("the ferry would be sold",), "A senior official"),)
        case "ruled":
            return (said(text, "a1", "direct", ANNA, ("The ferry and the dam hold,",), "Anna Brandt"),)
    return ()


def facts(name: str) -> Annotations:
    attributions = found_in(name)
    ids = {each.source.entity for each in attributions if each.source and each.source.entity}
    entities = tuple(Entity(one, *NAMES[one], (NAMES[one][0],)) for one in sorted(ids))  # type: ignore[arg-type]
    return Annotations(
        languages=(Language("en", 0, len(PILE[name])),), entities=entities, attributions=attributions, genre="report"
    )


IDS = {document_id(digest_of(text.encode())): name for name, text in PILE.items()}


def fill(folder: Path) -> None:
    with Writer(folder) as writer:
        for name, text in PILE.items():
            one = reading(text, f"{name}.txt", publisher="River Post")
            Originals(folder).put(text.encode())
            writer.add([one], [file_of(one)])
            writer.annotate([(document_id(one.capture.digest), facts(name))], "stages 1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("said") / "a"
    fill(folder)
    with View(folder) as view:
        Index(folder).update(view)
    return folder


@pytest.fixture
def view(folder: Path) -> Iterator[View]:
    with View(folder) as view:
        yield view


def names(hits: tuple[Hit, ...]) -> list[str]:
    return sorted(IDS[hit.document] for hit in hits)


@pytest.mark.parametrize(("query", "voice", "speakers", "found"), [
    ("ferry", "direct", (), "nested ruled split"),
    ("ferry", "reported", (), "nested reported"),
    ("ferry", "own", (), "own reported"),
    ("quay", "direct", (), ""),
    ("quay", "own", (), "nested own split"),
    ("ferry", None, ("Anna Brandt",), "nested ruled split"),
    ("ferry", None, ("ANNA  BRANDT",), "nested ruled split"),
    ("ferry", None, (ANNA,), "nested ruled split"),
    ("ferry", "direct", (ANNA,), "ruled split"),  # in "nested" she only reports what the Guard says
    ("ferry", "direct", ("Hill Guard",), "nested"),
    ("ferry", "reported", ("Hill Guard",), ""),
    ("ferry", None, ("Hill Guard", "Anna Brandt"), "nested ruled split"),
    ("ferry", None, ("a senior official",), "reported"),
    ("ferry", None, ("River Post",), ""),  # who published it does not say it
    ("ferry", None, ("Nobody",), ""),
    ("ferry", None, ("",), ""),
    ("ferry", None, ("", "Hill Guard"), "nested"),
    ("fer*", None, ("Anna Brandt",), "nested ruled split"),
    ("fer*", None, ("a " * 600 + "name",), ""),
    ('"ferry will"', "direct", (), "nested"),
    ('"the ferry will sink"', "direct", (), ""),
    ("ferry sink", "direct", (), "split"),
    ("ferry -market", "direct", (), "nested split"),
    ("ferry -dam", "direct", (), "nested split"),
    ("sink OR dam", "direct", (), "ruled split"),
    ("fer*", "reported", (), "nested reported"),
    ("", "direct", (), "nested ruled split"),
    ("", "reported", ("Anna Brandt",), "nested"),
])  # fmt: skip
def test_words_are_found_where_they_are_said(
    view: View, folder: Path, query: str, voice: Spoken | None, speakers: tuple[str, ...], found: str
) -> None:
    results = Index(folder).search(view, query, Filters(voice=voice, speakers=speakers))
    assert names(results.hits) == found.split()
    assert results.total == len(found.split())
    assert sum(count for _, count in results.facets["publisher"]) == results.total


@pytest.mark.parametrize(
    ("query", "voice", "found"),
    [
        ('"ferry will"', "direct", {"nested"}),  # in `split` the words stand in two quotations beside each other
        ('"sink the quay"', "own", set()),
        ("quay NOT sink", "own", {"nested", "own"}),
    ],
)
def test_a_voice_alone_is_a_matter_of_the_index(
    view: View, folder: Path, query: str, voice: Spoken, found: set[str]
) -> None:
    hits = Index(folder).search(view, query, Filters(voice=voice)).hits
    assert {IDS[hit.document] for hit in hits} == found


def test_lines_show_only_words_that_are_said_so(view: View, folder: Path) -> None:
    def lines(query: str, filters: Filters) -> dict[str, list[str]]:
        hits = Index(folder).search(view, query, filters).hits
        return {IDS[hit.document]: [PILE[IDS[hit.document]][c.start - 4 : c.end] for c in hit.contexts] for hit in hits}

    assert lines("ferry", Filters(voice="own")) == {"own": ["The ferry"], "reported": ["ld. Ferry"]}
    everything = Index(folder).search(view, "", Filters(voice="direct", speakers=(ANNA,))).hits
    shown = {IDS[hit.document]: [context.match for context in hit.contexts] for hit in everything}
    assert shown == {"split": ["The ferry,", "will sink."], "ruled": ["The ferry and the dam hold,"]}


def test_pages_and_counts_are_of_the_documents_that_fit(view: View, folder: Path) -> None:
    index, filters = Index(folder), Filters(voice="direct")
    pages = [index.search(view, "ferry", filters, limit=1, offset=at) for at in range(4)]
    assert [page.total for page in pages] == [3] * 4
    assert names(tuple(hit for page in pages for hit in page.hits)) == ["nested", "ruled", "split"]


WORDS = ("ferry", "quay", "dam", "وزارة", "والجسر")
SPEAKERS = (ANNA, GUARD, None)


def at_random(pick: random.Random) -> tuple[str, tuple[Attribution, ...]]:
    """A text of words that each occur several times, and who says what of it, beside one another."""
    words = pick.choices(WORDS, k=14)
    text = f"{pick.random()} {' '.join(words)} Anna Brandt Hill Guard A man."
    starts = [text.index(" ") + 1 + sum(len(word) + 1 for word in words[:at]) for at in range(len(words) + 1)]
    cuts = sorted(pick.sample(range(15), 2 * pick.randrange(4)))
    found = []
    for number, (first, last) in enumerate(zip(cuts[::2], cuts[1::2], strict=True)):
        speaker = pick.choice(SPEAKERS)
        name = NAMES[speaker][0] if speaker else "A man"
        made = said(text, f"a{number}", pick.choice(get_args(AttributionKind)), speaker, (), name)
        found.append(replace(made, content=Cue((Span(starts[first], starts[last] - 1),))))
    return text, tuple(found)


def says(text: str, attributions: tuple[Attribution, ...], phrase: str, voice: Spoken | None, who: str | None) -> bool:
    """Whether the phrase stands there: read off the text, a sign at a time."""
    if voice == "own":
        inside = {at for each in attributions for span in each.content.spans for at in range(*span)}
        held = "".join("|" if at in inside else sign for at, sign in enumerate(text)).split("|")
    else:
        fitting = [each for each in attributions if voice in (None, VOICES[each.kind])]
        wanted = [each for each in fitting if who is None or who in (each.voices[-1].name, each.voices[-1].entity)]
        held = [span.of(text) for each in wanted for span in each.content.spans]
    return any(re.search(rf"(?<!\w)و?{phrase}(?!\w)", part) for part in held)


def test_the_index_finds_what_reading_finds(tmp_path: Path) -> None:
    pick, folder = random.Random(7), tmp_path / "a"
    texts = [at_random(pick) for _ in range(60)]
    with Writer(folder) as writer:
        for number, (text, attributions) in enumerate(texts):
            one = reading(text, f"{number}.txt")
            writer.add([one], [file_of(one)])
            entities = tuple(Entity(one, *NAMES[one], (NAMES[one][0],)) for one in NAMES)  # type: ignore[arg-type]
            facts = Annotations(entities=entities, attributions=attributions)
            writer.annotate([(document_id(one.capture.digest), facts)], "stages 1")
    asked = 0
    with View(folder) as view:
        Index(folder).update(view)
        for phrase in (*WORDS, "ferry quay", "dam dam", "وزارة والجسر"):
            for voice in ("direct", "reported", "own", None):
                for who in (None, "Anna Brandt", GUARD, "A man"):
                    if (voice is None and who is None) or (voice == "own" and who is not None):
                        continue
                    filters = Filters(voice=voice, speakers=(who,) if who else ())  # type: ignore[arg-type]
                    hits = Index(folder).search(view, f'"{phrase}"', filters, limit=100).hits
                    expected = {
                        document_id(digest_of(text.encode()))
                        for text, attributions in texts
                        if says(text, attributions, phrase, voice, who)  # type: ignore[arg-type]
                    }
                    assert {hit.document for hit in hits} == expected, (phrase, voice, who)
                    asked += bool(expected)
    assert asked > 40


def test_a_name_may_be_long(tmp_path: Path) -> None:
    """It stands before each word that it says, and a beginning of a word is looked for as a pattern."""
    name = "会" * 300
    text = f"“The ferry sails,” said {name}."
    one, made = reading(text), said(text, "a1", "direct", None, ("The ferry sails,",), name)
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([one], [file_of(one)])
        writer.annotate([(document_id(one.capture.digest), Annotations(attributions=(made,)))], "stages 1")
        Index(tmp_path / "a").update(view)
        assert Index(tmp_path / "a").search(view, "fer*", Filters(speakers=(name,))).total == 1


def test_too_many_beginnings_by_too_many_speakers_are_told(
    view: View, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.store.searching.BEGINNINGS", 3)
    asked = Filters(speakers=("Anna Brandt", "Hill Guard"))  # she in both voices
    with pytest.raises(QueryError, match="too many speakers"):
        Index(folder).search(view, "fer* OR qua*", asked)
    assert Index(folder).search(view, "fer*", asked).total == 3
    assert Index(folder).search(view, "fer* OR qua*", Filters(voice="direct")).total == 3


def test_the_own_voice_has_no_speaker(view: View, folder: Path) -> None:
    with pytest.raises(MetadataError, match="own voice is no speaker's"):
        Index(folder).search(view, "ferry", Filters(voice="own", speakers=("Anna Brandt",)))


def test_what_is_laid_over_counts(tmp_path: Path) -> None:
    folder, ids = tmp_path / "a", {name: each for each, name in IDS.items()}
    fill(folder)
    added = (said(PILE["own"], "a1", "direct", ANNA, ("The ferry runs",), "quay"),)
    with Writer(folder) as writer, View(folder) as view:
        index = Index(folder)
        index.update(view)
        assert names(index.search(view, "runs", Filters(voice="direct")).hits) == []
        writer.lay([(ids["own"], Laid(replace(facts("own"), attributions=added), ("j1",), 1))])
        index.update(view)
        assert names(index.search(view, "runs", Filters(voice="direct")).hits) == ["own"]
        writer.lay([(ids["own"], Laid(facts("own")))])
        index.update(view)
        assert names(index.search(view, "runs", Filters(voice="direct")).hits) == []


def test_words_far_down_a_long_text_are_found(tmp_path: Path) -> None:
    text = "The ferry. " + "x " * WINDOW + "“The ferry sails,” she said."
    one = reading(text)
    quoted = Attribution("a1", "direct", None, None, Cue(spans(text, "The ferry sails,")), None, (), "made", 1.0)
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([one], [file_of(one)])
        writer.annotate([(document_id(one.capture.digest), Annotations(attributions=(quoted,)))], "stages 1")
        index = Index(tmp_path / "a")
        index.update(view)
        [hit] = index.search(view, "ferry", Filters(voice="direct")).hits
        assert [context.start for context in hit.contexts] == [text.rindex("ferry")]


def test_an_archive_of_the_first_edition_is_brought_up_to_date(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its attributions get their speakers and spans from the facts, its index is made again, and all agrees."""
    old = tmp_path / "a"
    fill(old)
    connection = sqlite3.connect(old / "onrecord.sqlite", isolation_level=None)
    without_step_six(connection)
    for trigger in ("party_new", "party_gone"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for table in ("searches", "laid", "doubts", "acts", "statements"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP INDEX judgements_by_kind")
    for column in ("dates.confidence", "dates.start", 'dates."end"', "attributions.confidence"):
        connection.execute("ALTER TABLE {} DROP COLUMN {}".format(*column.split(".")))
    for table in ("links", "blocks", "registry", "unresolved", "spellings"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP INDEX entities_by_party")
    connection.execute("ALTER TABLE entities DROP COLUMN party")
    connection.execute("ALTER TABLE attributions DROP COLUMN name")
    connection.execute("ALTER TABLE attributions DROP COLUMN spans")
    connection.execute("DELETE FROM migrations WHERE number > 1")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(ArchiveError, match="onrecord index"):
        Archive.open(old)
    Archive.open(old, update=True).close()
    rows = "SELECT * FROM attributions ORDER BY document, position"
    with View(old) as view, View(folder) as new:
        assert view.rows(rows) == new.rows(rows)
        spelled = "SELECT * FROM spellings ORDER BY entity, name"
        assert view.rows(spelled) == new.rows(spelled)
        Index(old).update(view)
        assert names(Index(old).search(view, "ferry", Filters(voice="direct")).hits) == ["nested", "ruled", "split"]
        assert list(verify(view, Originals(old), Index(old))) == []
    assert database.latest() >= 4
