"""A real Chromium, driven by Playwright, on the pages of a real archive.

Without them the tests are skipped; with ONRECORD_BROWSER=required (as `make test-browser` sets it) that is an error.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.archive import Archive

sys.path.append(str(Path(__file__).parent.parent / "web"))
import web_pile as pile

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def missing() -> str | None:
    """What is not installed here, in words."""
    if not shutil.which("chromium"):
        return "Debian's chromium is not installed: make test-browser"
    try:
        import playwright.sync_api  # noqa: F401 - only whether it is there
    except ImportError:
        return "playwright is not installed: make test-browser"
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    reason = missing()
    if reason and os.environ.get("ONRECORD_BROWSER") == "required":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def archive(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with pile.build(tmp_path_factory.mktemp("browser")) as built:
        yield built


@pytest.fixture(scope="session")
def site(archive: Archive) -> Iterator[str]:
    with pile.served(archive) as address:
        yield address


def own_status(message: Any, page: Any) -> bool:
    """Whether Chromium only says that the page itself came as an error: that is what was asked for."""
    return message.text.startswith("Failed to load resource") and message.location["url"] == page.url


class Watch:
    """What went wrong on a page while it was looked at."""

    def __init__(self, page: Any, site: str) -> None:
        self.found: list[str] = []
        page.on(
            "console",
            lambda message: None if own_status(message, page) else self.found.append(f"console: {message.text}"),
        )
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.found.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: None if request.url.startswith(site) else self.found.append(request.url))


@pytest.fixture
def opened(browser: Any, site: str) -> Iterator[Callable[..., Any]]:
    """`opened(path, **context)`: a page of the site in a fresh window; anything odd on it fails the test."""
    contexts: list[Any] = []
    watches: list[Watch] = []

    def look(path: str, *, width: int = 1280, **settings: Any) -> Any:
        context = browser.new_context(base_url=site, viewport={"width": width, "height": 800}, **settings)
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page, site))
        page.goto(path)
        return page

    yield look
    for context in contexts:
        context.close()
    assert [found for watch in watches for found in watch.found] == []
