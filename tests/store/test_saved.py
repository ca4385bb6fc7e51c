"""Searches that people keep."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import everything, filled

from onrecord import Archive
from onrecord.errors import MetadataError, NotFound


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    filled(tmp_path / "a", ["Orsk Council will not sign."])
    with Archive.open(tmp_path / "a") as archive:
        yield archive


def test_a_search_is_kept_until_it_is_forgotten(archive: Archive) -> None:
    first = archive.save_search("  Ferry  refusals ", "/search?q=ferry&act=refuse", by="A. Reader")
    second = archive.save_search("Ferry refusals", "/search?q=ferry", by="B. Clerk")
    assert [each.name for each in archive.searches()] == ["Ferry refusals"] * 2
    assert archive.searches() == [second, first]
    archive.forget_search(first.number)
    assert archive.searches() == [second]
    with pytest.raises(NotFound, match="No search"):
        archive.forget_search(first.number)


def test_the_same_name_again_takes_the_place_of_one_s_own(archive: Archive) -> None:
    archive.save_search("Ferry", "/search?q=ferry", by="A. Reader")
    later = archive.save_search("Ferry", "/search?q=ferry&sort=newest", by="A. Reader")
    assert archive.searches() == [later]
    assert len(everything(archive.folder)["searches"]) == 2, "put away, not lost"


def test_keeping_one_changes_nothing_else(archive: Archive) -> None:
    before = everything(archive.folder)
    archive.save_search("Ferry", "/search?q=ferry", by="A. Reader")
    assert {**everything(archive.folder), "searches": []} == before
    archive.annotate(again=True)
    assert [each.name for each in archive.searches()] == ["Ferry"]


@pytest.mark.parametrize(("name", "address", "by"), [
    ("", "/search", "A. Reader"),
    ("Ferry", "/search", "  "),
    ("Ferry", "", "A. Reader"),
    ("Ferry", "search?q=ferry", "A. Reader"),
    ("Ferry", "https://elsewhere.example/", "A. Reader"),
    ("Ferry", "//elsewhere.example/", "A. Reader"),
    ("Ferry", "/\\elsewhere.example/", "A. Reader"),
    ("Ferry", "/search?q=\nSet-Cookie: a", "A. Reader"),
    ("Ferry", "javascript:alert(1)", "A. Reader"),
    ("F" * 201, "/search", "A. Reader"),
    ("Ferry", "/search?q=" + "f" * 4000, "A. Reader"),
])  # fmt: skip
def test_what_is_no_search_here_is_refused(archive: Archive, name: str, address: str, by: str) -> None:
    with pytest.raises(MetadataError, match="search to keep"):
        archive.save_search(name, address, by=by)
    assert archive.searches() == []
