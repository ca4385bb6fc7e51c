"""The overview and the search as a person uses them, on the packaged demo: lines that stand in a column, facets that
fold, charts that follow the scheme, the keyboard, and no script needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import web_pile as pile
from browser_waiting import expect

from onrecord.archive import Archive

Opened = Callable[..., Any]
KWIC = "/search?q=harbour&view=kwic"
KWIC_ARABIC = "/search?q=في&view=kwic&lang=ar"
PAGES = (
    "/",
    "/search",
    KWIC,
    KWIC_ARABIC,
    "/search?q=water&view=time&by=publisher",
    "/search?q=water&lang=en&without=party",
)


@pytest.fixture(scope="module")
def archive(browser: Any, demo_archive: Archive) -> Archive:
    """The demo in the place of the small pile."""
    return demo_archive


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[str]:
    with pile.served(archive) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(opened: Opened, address: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(address, width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]][:3]) for each in found] == []


def edges(page: Any, side: str) -> set[int]:
    return set(
        page.eval_on_selector_all(
            ".concordance b", f"all => all.map(one => Math.round(one.getBoundingClientRect().{side}))"
        )
    )


def test_the_words_found_begin_in_one_column(opened: Opened) -> None:
    assert len(edges(opened(KWIC), "left")) == 1


def test_from_right_to_left_the_column_is_mirrored(opened: Opened) -> None:
    page = opened(KWIC_ARABIC)
    assert len(edges(page, "right")) == 1
    places = page.eval_on_selector_all(
        ".concordance .place",
        """all => all.map(one =>
            ["before", "rest"].map(name => one.querySelector("." + name).getBoundingClientRect().left))""",
    )
    assert all(before > rest for before, rest in places)


def test_a_line_leads_to_its_words(opened: Opened) -> None:
    page = opened(KWIC)
    words = page.locator(".concordance b").first.inner_text()
    page.locator(".concordance .place").first.click()
    expect(page.locator(".at").first).to_have_text(words)


@pytest.mark.parametrize("javascript", [True, False])
def test_facets_stand_beside_on_a_wide_screen_and_fold_on_a_narrow_one(opened: Opened, javascript: bool) -> None:
    facet = "#f-publisher + .facet a"
    assert opened("/search?q=water", java_script_enabled=javascript).locator(facet).first.is_visible()
    page = opened("/search?q=water", width=360, java_script_enabled=javascript)
    expect(page.locator(facet).first).not_to_be_visible()
    page.locator(".narrow > summary").click()
    expect(page.locator(facet).first).to_be_visible()


def test_without_a_script_a_search_can_be_asked_narrowed_and_shown_otherwise(opened: Opened) -> None:
    page = opened("/", java_script_enabled=False)
    page.fill("#q", "water")
    page.keyboard.press("Enter")
    page.locator("#f-publisher + .facet a").first.click()
    page.get_by_role("link", name="In context").click()
    page.get_by_role("link", name="By the words after").click()
    expect(page.locator(".concordance li").nth(3)).to_be_visible()
    expect(page.locator(".chosen a")).to_have_count(1)


def test_a_slash_goes_to_the_search(opened: Opened) -> None:
    for address in ("/", KWIC):
        page = opened(address)
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"


def test_a_column_of_the_chart_opens_its_documents(opened: Opened) -> None:
    page = opened("/")
    mark = page.locator("figure.chart a").nth(5)
    said = mark.locator("title").text_content()
    mark.click()
    number = said.split(": ")[1].split()[0]
    expect(page.locator("[role=status]")).to_have_text(re.compile(rf"^\s*{number}\s"))


def test_charts_follow_the_scheme_and_print(opened: Opened) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = opened("/", color_scheme=scheme)
        colours.append(page.eval_on_selector("figure.chart .fill-bar", "one => getComputedStyle(one).fill"))
    assert colours == ["rgb(103, 145, 143)", "rgb(77, 124, 128)"]
    page.emulate_media(media="print")
    assert page.locator("figure.chart svg").first.is_visible()


def test_what_was_found_can_be_saved(opened: Opened) -> None:
    page = opened(KWIC)
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").click()
    assert saved.value.suggested_filename == "found.csv"
