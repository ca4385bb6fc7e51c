"""One archive and one real server for all the tests of the pages."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
import web_pile as pile

from onrecord.archive import Archive


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with pile.build(tmp_path_factory.mktemp("web")) as built:
        yield built


@pytest.fixture(scope="session")
def site(archive: Archive) -> Iterator[str]:
    with pile.served(archive) as address:
        yield address


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site) as opened:
        yield opened


@pytest.fixture(scope="session")
def letter(archive: Archive) -> str:
    """The id of a letter in English."""
    return pile.named(archive, "crossing.txt")


@pytest.fixture(scope="session")
def hostile(archive: Archive) -> str:
    """The id of a document that is made to harm."""
    return pile.named(archive, pile.HOSTILE_NAME)
