"""Parties, together and the timeline as a person uses them: pointing, dragging, keys, narrow, dark, printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import web_pile as pile
from browser_waiting import expect

from onrecord.archive import Archive

Opened = Callable[..., Any]


@pytest.fixture(scope="session")
def archive(browser: Any, demo_archive: Archive) -> Archive:
    return demo_archive


@pytest.fixture(scope="session")
def site(archive: Archive) -> Iterator[str]:
    with pile.served(archive) as address:
        yield address


@pytest.fixture(scope="session")
def committee(archive: Archive) -> str:
    return archive.names.party("Committee of the Olive Valley").id


def bins(page: Any) -> Any:
    return page.locator(".brush li")


def drag(page: Any, first: int, last: int) -> None:
    boxes = [bins(page).nth(at).bounding_box() for at in (first, last)]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    page.mouse.move(*middles[0])
    page.mouse.down()
    page.mouse.move(*middles[1], steps=4)
    with page.expect_navigation():
        page.mouse.up()


@pytest.mark.parametrize("ends", [(7, 12), (12, 7)])
def test_dragging_over_the_columns_chooses_their_days(opened: Opened, ends: tuple[int, int]) -> None:
    page = opened("/together")
    since, until = (bins(page).nth(at).get_attribute("data-since") for at in sorted(ends))
    drag(page, *ends)
    assert page.get_by_label("From").input_value() == since
    assert page.get_by_label("To", exact=True).input_value() == until
    assert page.locator(".column").count() < 12
    assert "in" in bins(page).nth(9).get_attribute("class").split()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_form_and_a_column_choose_days_too(opened: Opened, javascript: bool) -> None:
    page = opened("/together", java_script_enabled=javascript)
    page.get_by_label("From").fill("2024-05")
    page.get_by_label("To", exact=True).fill("2024-06")
    page.get_by_role("button", name="Show").first.click()
    expect(page.locator(".column")).to_have_count(3)
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.locator(".column")).to_have_count(12)
    page.locator(".brush a").first.click()
    expect(page.locator(".column")).to_have_count(1)


def test_a_column_opens_its_statement_by_the_keyboard(opened: Opened) -> None:
    page = opened("/together")
    page.locator(".row-name").last.focus()
    page.keyboard.press("Tab")  # the region that scrolls
    page.keyboard.press("Tab")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "parties:" in label
    page.keyboard.press("Enter")
    page.wait_for_url("**/s/**")


def test_the_picture_can_be_passed_by(opened: Opened) -> None:
    page = opened("/together")
    page.get_by_role("link", name="Past the picture").click()
    expect(page).to_have_url(re.compile("#after$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "SVG"


def test_pointing_at_a_name_shows_its_columns(opened: Opened) -> None:
    page = opened("/together")
    page.locator(".row-name").first.hover()
    first = page.locator(".row-name").first.locator(".number").text_content()
    expect(page.locator(".column:not(.faint)")).to_have_count(int(first))
    page.locator("h1").hover()
    expect(page.locator(".column.faint")).to_have_count(0)


def test_names_and_columns_stand_side_by_side(opened: Opened) -> None:
    page = opened("/together")
    names, columns = (page.locator(f".paohvis {part} svg").bounding_box() for part in (".of-names", ".of-columns"))
    assert names["y"] == columns["y"]
    assert names["height"] == columns["height"]
    assert names["x"] + names["width"] <= columns["x"] + 1.5


def test_right_to_left_names_end_where_the_others_end(opened: Opened) -> None:
    page = opened("/together")
    ends = page.eval_on_selector_all(
        ".row-name text.ink",
        "all => all.map(one => [one.getAttribute('direction'), Math.round(one.getBoundingClientRect().right)])",
    )
    assert {direction for direction, _ in ends} == {"rtl", None}
    places = [end for _, end in ends]
    assert max(places) - min(places) <= 3
    sticking = page.eval_on_selector_all(
        ".row-name text.ink", "all => all.filter(one => one.getBBox().x < 0).map(one => one.textContent)"
    )
    assert sticking == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_have_the_colours_of_the_scheme(opened: Opened, scheme: str) -> None:
    page = opened("/together", color_scheme=scheme)
    ink = page.locator(".row-name text.ink").first.evaluate("one => getComputedStyle(one).fill")
    mark = page.locator(".column .mark").first.evaluate("one => getComputedStyle(one).fill")
    assert (ink, mark) == {
        "light": ("rgb(35, 32, 27)", "rgb(28, 90, 99)"), "dark": ("rgb(228, 223, 213)", "rgb(133, 197, 201)"),
    }[scheme]  # fmt: skip


@pytest.mark.parametrize("address", ["/together", "/together?view=matrix", "/timeline", "/p/{party}", "/parties"])
def test_a_narrow_window_scrolls_the_picture_and_not_the_page(opened: Opened, committee: str, address: str) -> None:
    page = opened(address.format(party=committee), width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_matrix_opens_the_statements_of_two(opened: Opened) -> None:
    page = opened("/together?view=matrix")
    cell = page.locator(".matrix td a").first
    number = int(cell.text_content())
    cell.click()
    expect(page.locator("tbody tr")).to_have_count(number)
    expect(page.locator(".chosen li")).to_have_count(2)


def test_the_counting_rule_is_said_and_can_be_chosen(opened: Opened) -> None:
    page = opened("/together?view=pairs", java_script_enabled=False)
    page.get_by_label("What a statement of n parties adds").select_option("pair")
    page.get_by_role("button", name="Count").click()
    expect(page.locator("main")).to_contain_text("every pair counts 1")
    page.wait_for_load_state()
    weights = page.locator("tbody tr td.number:nth-of-type(2)").all_text_contents()
    assert weights and all(weight.endswith(".00") for weight in weights)


def test_a_number_on_the_timeline_is_a_closer_look(opened: Opened) -> None:
    page = opened("/timeline")
    before = page.locator(".date").count()
    several = page.locator(".date:has(.number-on)").first
    assert before
    several.click()
    expect(page).to_have_url(re.compile("since="))
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.locator(".date")).to_have_count(before)


def test_a_mark_opens_the_words_of_its_date(opened: Opened) -> None:
    page = opened("/timeline", java_script_enabled=False)
    page.locator(".date.issued:not(:has(text))").first.click()
    expect(page.locator("mark").first).to_be_attached()


def test_lanes_are_added_and_removed(opened: Opened, committee: str) -> None:
    page = opened(f"/timeline?party={committee}")
    page.get_by_label("Add a lane").select_option(index=1)
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".chosen li")).to_have_count(2)
    page.locator(".chosen a").first.click()
    expect(page.locator(".chosen li")).to_have_count(1)


def test_a_party_is_found_and_its_words_are_read(opened: Opened) -> None:
    page = opened("/parties", java_script_enabled=False)
    page.get_by_label("A name, or part of one, in any script").fill("لجنة وادي الزيتون")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Committee of the Olive Valley").click()
    page.locator("section[aria-labelledby=of-demand] li a").first.click()
    expect(page.locator("#words")).to_have_text(re.compile("^Demands"))
    page.locator(".deed blockquote a").first.click()
    expect(page.locator("mark").first).to_be_attached()


def test_printed_a_party_is_its_words(opened: Opened, committee: str) -> None:
    page = opened(f"/p/{committee}")
    page.emulate_media(media="print")
    assert not page.locator(".toc").is_visible()
    assert page.locator(".deed").first.is_visible()
    assert page.locator("#others").is_visible()
