"""Searching, with the real index: what is found, counted and shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import digest_of, facts, file_of, filled, reading

from onrecord.errors import MetadataError, QueryError
from onrecord.model import Filters, Lacking, document_id, entity_id
from onrecord.store import Index, View, Writer
from onrecord.store.contexts import WINDOW, contexts
from onrecord.store.entries import ENTRY, VALUES
from onrecord.store.index import FORMAT
from onrecord.store.query import leaves, parse

PILE = {
    "ferry": "Orsk Council. The Velna ferry will not run on Sunday.\n\nFERRY crews agreed.",
    "dam": "Ferry Union. We will sign the agreement on the upper dam; cease-fire talks go on.",
    "accord": "Conseil d'Orsk. L’accord de cessez-le-feu a été signé à la ﬁn de l'été. Straße.",
    "arabic": "وقال مجلس أورسك إن الاتفاق سيُوقَّع غداً. وللاتفاق ملحق.",
    "hebrew": 'הממשלה הודיעה כי הדו"ח יפורסם.',
    "chinese": "各方同意停火协议并开始谈判。",
    "russian": "Совет Орска сообщил, что всё ещё ведёт переговоры.",
}
TOLD = {
    "ferry": ("River Post", "en", "2024-05-03", "Orsk Council"),
    "dam": ("River Post", "en-GB", "2024-06", "Ferry Union"),
    "accord": ("Orsk Herald", "fr", "2023", "Orsk Council"),
    "arabic": ("Orsk Herald", "ar", "2024-05-01/2024-07-31", "Orsk Council"),
    "hebrew": (None, "he", "2022-01-01", "Ferry Union"),
    "chinese": (None, "zh", "unknown", "Ferry Union"),
    "russian": (None, "ru", "2024-12-31", "Ferry Union"),
}
IDS = {document_id(digest_of(text.encode())): name for name, text in PILE.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search") / "a"
    with Writer(folder) as writer, View(folder) as view:
        for name, text in PILE.items():
            publisher, language, issued, issuer = TOLD[name]
            one = reading(text, f"{name}.txt", publisher=publisher)
            writer.add([one], [file_of(one)])
            found = facts(text, issuer=issuer, issued=issued, language=language)
            writer.annotate([(document_id(one.capture.digest), found)], "stages 1")
        Index(folder).update(view)
    return folder


@pytest.fixture
def view(folder: Path) -> Iterator[View]:
    with View(folder) as view:
        yield view


@pytest.mark.parametrize(("query", "found"), [
    ("ferry", "ferry dam"),
    ("FERRY velna", "ferry"),
    ('"will not"', "ferry"),
    ('"not will"', ""),
    ("will -not", "dam"),
    ("-will -will", "accord arabic hebrew chinese russian"),
    ("sunday OR dam", "ferry dam"),
    ("(sunday OR dam) council", "ferry"),
    ("agre*", "ferry dam"),
    ("agree", ""),
    ("cease-fire", "dam"),
    ('"cease fire"', "dam"),
    ("cease-fi*", "dam"),
    ("accord", "accord"),
    ("ete signe", "accord"),
    ("fin", "accord"),
    ("STRASSE", "accord"),
    ("title:ferry", "dam"),
    ("title:velna", ""),
    ("اتفاق", "arabic"),
    ("الاتفاق", "arabic"),
    ("قال", ""),  # three letters are too few to cut a conjunction off
    ("ملحق", "arabic"),
    ('"مجلس اورسك"', "arabic"),
    ("توقع", ""),
    ("سيوقع", "arabic"),
    ("ממשלה", "hebrew"),
    ("דו״ח", ""),
    ("הדוח", "hebrew"),
    ("停火", "chinese"),
    ("停火协议", "chinese"),
    ("停协", ""),
    ("判", "chinese"),
    ("еще ведет", "russian"),
    ("", "ferry dam accord arabic hebrew chinese russian"),
])  # fmt: skip
def test_what_a_query_finds(view: View, folder: Path, query: str, found: str) -> None:
    results = Index(folder).search(view, query)
    assert sorted(IDS[hit.document] for hit in results.hits) == sorted(found.split())
    assert results.total == len(found.split())


@pytest.mark.parametrize(("filters", "found"), [
    (Filters(publishers=("River Post",)), "ferry dam"),
    (Filters(publishers=("River Post", "Orsk Herald")), "ferry dam accord arabic"),
    (Filters(languages=("en",)), "ferry dam"),
    (Filters(languages=("en-GB", "fr")), "dam accord"),
    (Filters(genres=("resolution",)), ""),
    (Filters(genres=("statement",), languages=("ru",)), "russian"),
    (Filters(parties=(entity_id("organization", "orsk council"),)), "ferry accord arabic"),
    (Filters(since="2024-06"), "dam arabic russian"),
    (Filters(until="2024-05-01"), "accord arabic hebrew"),
    (Filters(since="2024-05-03", until="2024-05-03"), "ferry arabic"),
    (Filters(since="2023-03", until="2023-03"), "accord"),
])  # fmt: skip
def test_filters(view: View, folder: Path, filters: Filters, found: str) -> None:
    hits = Index(folder).search(view, "", filters).hits
    assert sorted(IDS[hit.document] for hit in hits) == sorted(found.split())


def test_a_filter_that_is_no_date_is_explained(view: View, folder: Path) -> None:
    with pytest.raises(MetadataError, match="since is 'yesterday'"):
        Index(folder).search(view, "", Filters(since="yesterday"))


def test_facets_count_all_that_is_found(view: View, folder: Path) -> None:
    facets = Index(folder).search(view, "", limit=1).facets
    assert facets == {
        "language": tuple((tag, 1) for tag in ("ar", "en", "en-GB", "fr", "he", "ru", "zh")),
        "genre": (("statement", 7),),
        "publisher": (("Orsk Herald", 2), ("River Post", 2)),
        "year": (("2024", 4), ("2022", 1), ("2023", 1)),
        "month": tuple((month, 1) for month in ("2022-01", "2024-05", "2024-06", "2024-12")),
        "party": tuple(
            (entity_id("organization", name), many) for name, many in (("ferry union", 4), ("orsk council", 3))
        ),
        "speaker": tuple(
            (entity_id("organization", name), many) for name, many in (("ferry union", 4), ("orsk council", 3))
        ),
        "act": (("refuse", 7),),
        "voice": (("direct", 7),),
        "review": (("doubtful", 7),),
    }


@pytest.mark.parametrize("offset", [7, 10**9, 10**30])
def test_beyond_the_last_there_is_nothing(view: View, folder: Path, offset: int) -> None:
    found = Index(folder).search(view, "", offset=offset)
    assert (found.total, found.hits) == (7, ())


@pytest.mark.parametrize(
    ("lacking", "found"),
    [
        (("date",), "chinese"),
        (("publisher",), "hebrew chinese russian"),
        (("party",), ""),
        (("date", "publisher"), "chinese"),
    ],
)
def test_what_is_not_known_can_be_asked_for(view: View, folder: Path, lacking: tuple[Lacking, ...], found: str) -> None:
    hits = Index(folder).search(view, "", Filters(without=lacking)).hits
    assert sorted(IDS[hit.document] for hit in hits) == sorted(found.split())


def test_a_month_counts_only_what_lies_within_it(view: View, folder: Path) -> None:
    index = Index(folder)
    assert index.months(view, "") == {"": (("2022-01", 1), ("2024-05", 1), ("2024-06", 1), ("2024-12", 1))}
    assert index.months(view, "ferry", by="publisher") == {"River Post": (("2024-05", 1), ("2024-06", 1))}
    assert index.months(view, "ferry", by="publisher", most=1, filters=Filters(languages=("fr",))) == {}


def test_as_many_places_are_shown_as_are_asked_for(view: View, folder: Path) -> None:
    counted = [len(Index(folder).search(view, "velna ferry", lines=most).hits[0].contexts) for most in (1, 2, 50)]
    assert counted == [1, 2, 3]


def test_newest_first_and_page_by_page(view: View, folder: Path) -> None:
    index = Index(folder)
    pages = [index.search(view, "", sort="newest", limit=3, offset=offset).hits for offset in (0, 3, 6, 9)]
    names = [IDS[hit.document] for page in pages for hit in page]
    assert names == ["russian", "arabic", "dam", "ferry", "accord", "hebrew", "chinese"]


def test_a_hit_says_where_it_is_from(view: View, folder: Path) -> None:
    (hit,) = Index(folder).search(view, "velna").hits
    assert (hit.title, hit.publisher, hit.language, hit.genre, hit.issued) == (
        "Orsk ", "River Post", "en", "statement", "2024-05-03",
    )  # fmt: skip
    assert hit.score > 0


@pytest.mark.parametrize(("query", "marked"), [
    ("ferry", ["ferry", "FERRY"]),
    ("ferry sunday velna agreed", ["Velna", "ferry", "Sunday"]),
    ('"will not run"', ["will not run"]),
    ("ete", ["été", "été"]),
    ("fin", ["ﬁn"]),
    ("strasse", ["Straße"]),
    ("اتفاق", ["الاتفاق", "وللاتفاق"]),
    ("سيوقع", ["سيُوقَّع"]),
    ("ממשלה", ["הממשלה"]),
    ("הדוח", ['הדו"ח']),
    ("停火协议", ["停火协议"]),
    ("判", ["判"]),
    ("agre*", ["agreed"]),
    ("переговоры", ["переговоры"]),
])  # fmt: skip
def test_words_are_shown_where_they_stand(view: View, folder: Path, query: str, marked: list[str]) -> None:
    hit = next(hit for hit in Index(folder).search(view, query).hits if IDS[hit.document] != "dam")
    text = PILE[IDS[hit.document]]
    assert [found.match for found in hit.contexts] == marked
    for found in hit.contexts:
        assert text[found.start : found.end] == found.match
        assert text[: found.start].endswith(found.before)
        assert text[found.end :].startswith(found.after)


def test_a_phrase_over_the_end_of_a_window_is_found_once() -> None:
    text = "x" * (WINDOW - 10) + " the upper dam of Orsk " + "y " * WINDOW + "upper dam"
    found = contexts(text, list(leaves(parse('"upper dam"'))))
    assert [context.start for context in found] == [WINDOW - 5, len(text) - 9]


def test_changes_come_in_and_go_out(tmp_path: Path) -> None:
    filled(tmp_path / "a", ["The ferry runs.", "The dam holds."])
    index = Index(tmp_path / "a")
    with View(tmp_path / "a") as view:
        assert index.update(view) == 2
        assert index.update(view) == 0
        with Writer(tmp_path / "a") as writer:
            one = reading("The market opens.", "letters/000.txt")
            writer.add([one], [file_of(one)])
        assert not index.current(view)
        assert index.update(view) == 2  # one out, one in
        assert [index.search(view, word).total for word in ("ferry", "market", "dam")] == [0, 1, 1]
        assert index.current(view)


@pytest.mark.parametrize("harm", ["missing", "no stamp", "old format", "other archive", "cut short", "empty meta"])
def test_an_index_that_cannot_be_used_is_made_again(tmp_path: Path, harm: str) -> None:
    filled(tmp_path / "a", ["The ferry runs.", "The dam holds."])
    folder = tmp_path / "a" / "index"
    with View(tmp_path / "a") as view:
        Index(tmp_path / "a").update(view)
        stamp = folder / "stamp.json"
        match harm:
            case "missing":
                shutil.rmtree(folder)
            case "no stamp":
                stamp.unlink()
            case "old format":
                stamp.write_text(stamp.read_text().replace(f'"format":{FORMAT}', '"format":0'))
            case "other archive":
                stamp.write_text(stamp.read_text().replace(view.archive, "0" * 16))
            case "cut short":
                next(folder.glob("*.term")).write_bytes(b"")
            case "empty meta":
                (folder / "meta.json").write_text("")
        index = Index(tmp_path / "a")
        index.update(view)
        assert index.search(view, "ferry").total == 1
        assert index.current(view)


def test_a_crash_before_the_stamp_does_no_harm(tmp_path: Path) -> None:
    filled(tmp_path / "a", ["The ferry runs."])
    with View(tmp_path / "a") as view:
        index = Index(tmp_path / "a")
        index.update(view)
        before = (index.folder / "stamp.json").read_bytes()
        filled(tmp_path / "a", ["The ferry runs.", "The dam holds."])
        index.update(view)
        (index.folder / "stamp.json").write_bytes(before)  # as if it had been killed before the stamp
        again = Index(tmp_path / "a")
        again.update(view)
        assert again.search(view, "").total == 2


def test_an_answer_says_how_many_documents_the_index_lacks(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    filled(folder, ["The ferry runs.", "The ferry waits."])
    with View(folder) as view:
        index = Index(folder)
        assert (index.search(view, "ferry").total, index.search(view, "ferry").behind) == (0, 2)
        index.update(view)
        assert (index.search(view, "ferry").total, index.search(view, "ferry").behind) == (2, 0)
        filled(folder, ["The ferry runs.", "The ferry waits.", "Another ferry."])
        assert (index.search(view, "ferry").total, index.search(view, "ferry").behind) == (2, 1)


def test_searching_without_an_index_finds_nothing_but_still_checks_the_query(tmp_path: Path) -> None:
    filled(tmp_path / "a", ["The ferry runs."])
    with View(tmp_path / "a") as view:
        assert Index(tmp_path / "a").search(view, "ferry").total == 0
        with pytest.raises(QueryError):
            Index(tmp_path / "a").search(view, "*")


@pytest.mark.parametrize("query", [ENTRY, *VALUES.values()])
def test_what_the_index_takes_in_is_looked_up_by_document(tmp_path: Path, query: str) -> None:
    """Never by a state or kind that half of an archive has: SQLite's planner took the doubts of all documents once."""
    filled(tmp_path / "a", ["A letter."])
    with View(tmp_path / "a") as view:
        plan = view.rows("EXPLAIN QUERY PLAN " + query.replace("{marks}", "?, ?"), (1, 2) * query.count("{marks}"))
    steps = [detail for *_, detail in plan if detail.startswith(("SEARCH", "SCAN", "MULTI-INDEX"))]
    assert steps and all("(document=?" in step or "(rowid=?" in step or step == "SCAN f" for step in steps)
