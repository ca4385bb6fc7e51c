"""What holds of every page: both schemes, both directions, wide and narrow, print, axe, nothing from elsewhere.

The pages are those of the packaged demo, which has documents in Arabic; `opened` fails a test whose page asks for
anything of another machine, or says anything on the console.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import every_page
import pytest
import web_pile as pile

from onrecord.archive import Archive

Opened = Callable[..., Any]
SCHEMES = ("light", "dark")
WIDTHS = (1280, 360)


@pytest.fixture(scope="session")
def archive(browser: Any, demo_archive: Archive) -> Archive:
    """The demo in the place of the small pile: `site` and `opened` are those of conftest.py."""
    return demo_archive


@pytest.fixture(scope="session")
def site(archive: Archive) -> Iterator[str]:
    with pile.served(archive) as address:
        yield address


@pytest.fixture(scope="session")
def addresses(archive: Archive) -> dict[str, str]:
    return every_page.addresses(archive)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", every_page.NAMES)
def test_a_page_holds(opened: Opened, addresses: dict[str, str], name: str, scheme: str) -> None:
    """axe finds nothing, nothing sticks out, the keyboard reaches the content, paper has no interface: all on one
    page that is opened once, for opening is what takes the time."""
    page = opened(addresses[name], color_scheme=scheme)
    assert violations(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.emulate_media(media="print")
    for part in (".top", ".places", ".foot", "button:visible"):
        assert not page.locator(part).first.is_visible(), part
    assert page.locator("main").inner_text().strip()


def violations(page: Any) -> list[tuple[str, list[str]]]:
    """What axe finds wrong, with the first places of each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("name", every_page.NAMES)
def test_it_says_the_same_without_javascript(opened: Opened, addresses: dict[str, str], name: str) -> None:
    said = [opened(addresses[name], java_script_enabled=on).locator("h1").first.inner_text() for on in (True, False)]
    assert said[0] == said[1] != ""


@pytest.mark.parametrize("name", every_page.RIGHT_TO_LEFT)
def test_words_from_right_to_left_are_set_so(opened: Opened, addresses: dict[str, str], name: str) -> None:
    page = opened(addresses[name])
    directions = page.eval_on_selector_all(
        "main :is([lang=ar], [dir=rtl], bdi)",
        """all => all.filter(one => /[\\u0600-\\u06ff]/.test(one.textContent) && one.checkVisibility())
                     .map(one => getComputedStyle(one).direction)""",
    )
    assert "rtl" in directions
