"""Facets and filters of what stands: parties under several names, acts, voices, how far people have looked."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from store_samples import digest_of, facts, file_of, reading

from onrecord.model import Act, Annotations, Attribution, Cue, Entity, Filters, Source, Span, document_id
from onrecord.store import Index, Laid, View, Writer

UNION, SHORT, GUARD = "e1", "e2", "e3"
NAMES = {UNION: "Marn Ferry Union", SHORT: "MFU", GUARD: "Hill Guard"}
PILE: dict[str, tuple[tuple[str, ...], tuple[Act, ...], float]] = {
    "both": ((UNION, SHORT), ("refuse", "promise"), 0.9),
    "long": ((UNION,), ("refuse",), 0.5),
    "short": ((SHORT, GUARD), (), 0.9),
    "guard": ((GUARD,), ("warn",), 0.9),
    "nobody": ((), (), 0.9),
}
"""Who speaks, what is done, and how sure the machine is of it."""
IDS = {name: document_id(digest_of(f"The ferry, told by {name}.".encode())) for name in PILE}


def found_in(name: str) -> Annotations:
    speakers, acts, confidence = PILE[name]
    one = facts("The ferry")
    [act] = one.acts
    return replace(
        one,
        mentions=(),
        dates=(replace(one.dates[0], value="2024-05" if "short" in name else "2024-06"),),
        entities=tuple(Entity(each, NAMES[each], "organization", (NAMES[each],)) for each in speakers),
        statements=(),
        acts=tuple(replace(act, act=each, by=None, confidence=confidence) for each in acts),
        attributions=tuple(
            Attribution("a1", "indirect", Source((), each), None, Cue((Span(0, 9),)), None, (), "made", 0.9)
            for each in speakers
        ),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("facets") / "a"
    with Writer(folder) as writer, View(folder) as view:
        for name in PILE:
            one = reading(f"The ferry, told by {name}.", f"{name}.txt")
            writer.add([one], [file_of(one)])
            writer.annotate([(IDS[name], found_in(name))], "stages 1")
        writer.lay([(IDS["guard"], Laid(found_in("guard"), ("j1",), 1))])
        numbers = {number: name for name, number in view.rows("SELECT id, number FROM entities")}
        with writer.naming() as tables:
            tables.group(numbers, {SHORT: UNION})
        Index(folder).update(view)
    return folder


def test_a_party_counts_once_a_document_whatever_it_is_called_there(folder: Path) -> None:
    with View(folder) as view:
        facets = Index(folder).search(view, "ferry").facets
    assert facets["speaker"] == facets["party"] == ((UNION, 3), (GUARD, 2))
    assert facets["act"] == (("refuse", 2), ("promise", 1), ("warn", 1))
    assert facets["voice"] == (("own", 5), ("reported", 4))
    assert facets["review"] == (("quiet", 3), ("decided", 1), ("doubtful", 1))


def test_months_by_party_are_of_all_its_names(folder: Path) -> None:
    with View(folder) as view:
        assert Index(folder).months(view, "ferry", by="speaker") == {
            UNION: (("2024-05", 1), ("2024-06", 2)),
            GUARD: (("2024-05", 1), ("2024-06", 1)),
        }


@pytest.mark.parametrize(("filters", "found"), [
    (Filters(parties=(SHORT,)), "both long short"),
    (Filters(speakers=(UNION,)), "both long short"),
    (Filters(acts=("refuse",)), "both long"),
    (Filters(acts=("promise", "warn")), "both guard"),
    (Filters(review=("doubtful",)), "long"),
    (Filters(review=("decided", "doubtful")), "guard long"),
    (Filters(review=("quiet",), acts=("refuse",)), "both"),
])  # fmt: skip
def test_filters(folder: Path, filters: Filters, found: str) -> None:
    names = {each: name for name, each in IDS.items()}
    with View(folder) as view:
        hits = Index(folder).search(view, "ferry", filters).hits
    assert sorted(names[hit.document] for hit in hits) == found.split()


@pytest.mark.parametrize(("laid", "review"), [
    (Laid(found_in("long"), ("j1",), 1, {("acts", 0): "right"}), "decided"),
    (Laid(found_in("long"), ("j1", "j2"), 2, {("acts", 0): "disputed"}), "decided doubtful"),
    (Laid(found_in("long"), ("j1",), 0), "doubtful"),  # an orphan decides nothing
])  # fmt: skip
def test_the_next_search_knows_what_was_decided(tmp_path: Path, laid: Laid, review: str) -> None:
    one = reading("The ferry, told by long.", "long.txt")
    with Writer(tmp_path / "a") as writer, View(tmp_path / "a") as view:
        writer.add([one], [file_of(one)])
        writer.annotate([(IDS["long"], found_in("long"))], "stages 1")
        index = Index(tmp_path / "a")
        index.update(view)
        writer.lay([(IDS["long"], laid)])
        index.catch_up(view)
        assert index.search(view, "ferry").facets["review"] == (("doubtful", 1),), "somebody writes: as it was"
    with View(tmp_path / "a") as view:
        index.catch_up(view)
        assert [value for value, _ in index.search(view, "ferry").facets["review"]] == review.split()


def test_without_an_index_none_is_made_by_a_search(tmp_path: Path) -> None:
    with Writer(tmp_path), View(tmp_path) as view:
        pass
    with View(tmp_path) as view:
        Index(tmp_path).catch_up(view)
    assert not (tmp_path / "index").exists()
