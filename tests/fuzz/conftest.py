"""A real server with the packaged demo, for requests that nobody would make by hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import demo
from onrecord.archive import Archive

sys.path.append(str(Path(__file__).parent.parent / "web"))
import every_page
import web_pile as pile

ASKED_FOR = os.environ.get("ONRECORD_FUZZ") == "required"
collect_ignore_glob = [] if ASKED_FOR else ["test_*.py"]
"""They take minutes and schemathesis: `make test-fuzz`."""
if ASKED_FOR:
    import schemathesis


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("fuzz") / "demo.onrecord", create=True) as built:
        built.build([demo.files()], jobs=1)
        yield built


@pytest.fixture(scope="session")
def site(archive: Archive) -> Iterator[str]:
    with pile.served(archive) as address:
        yield address


@pytest.fixture(scope="session")
def interface(site: str) -> Any:
    """The API by its own description."""
    return schemathesis.openapi.from_url(f"{site}/api/v1/openapi.json")


@pytest.fixture(scope="session")
def pages(archive: Archive, site: str) -> Any:
    """The pages, described here so that the same fuzzer can ask for them."""
    found = schemathesis.openapi.from_dict(every_page.described(archive))
    found.config.update(base_url=site)
    return found
