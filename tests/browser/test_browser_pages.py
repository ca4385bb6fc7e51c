"""The pages as a person sees them: in both schemes and directions, wide and narrow, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import web_pile as pile
import web_samples as samples
from browser_waiting import expect

from onrecord.archive import Archive
from onrecord.web.paragraphs import paragraphs

Opened = Callable[..., Any]
PLACES = {
    "start": "/", "search": "/search?q=ferry", "none": "/search?q=nothinglikeit", "all": "/search?sort=newest",
    "english": "crossing.txt", "arabic": "معبر.txt", "hostile": pile.HOSTILE_NAME, "long": "long.txt",
    "page": "page.html",
}  # fmt: skip


def place(archive: Archive, name: str) -> str:
    known = PLACES[name]
    return known if known.startswith("/") else f"/d/{pile.named(archive, known)}"


def in_view(page: Any, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    return bool(box and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PLACES)
def test_pages_are_quiet_and_fit(opened: Opened, archive: Archive, name: str, width: int, scheme: str) -> None:
    page = opened(place(archive, name), width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == {
            "light": "rgb(251, 250, 246)",
            "dark": "rgb(23, 24, 26)",
        }[scheme]
    )


@pytest.mark.parametrize("name", ["english", "arabic", "hostile", "page", "long"])
def test_the_browser_holds_every_paragraph_exactly(opened: Opened, archive: Archive, name: str) -> None:
    page = opened(place(archive, name))
    text = archive.record(pile.named(archive, PLACES[name])).text
    held = page.eval_on_selector_all(".row > p", "all => all.map(one => one.textContent)")
    assert held == [text[part.start : part.end] for part in paragraphs(text)]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_permanent_address_scrolls_to_its_words(opened: Opened, archive: Archive, javascript: bool) -> None:
    start = pile.LONG.index("lock 100")
    page = opened(f"{place(archive, 'long')}/{start}-{start + 8}", java_script_enabled=javascript)
    assert page.url.endswith(f"?at={start}-{start + 8}#at")
    assert "".join(page.locator("mark").all_text_contents()) == "lock 100"
    assert in_view(page, "mark")


def test_a_paragraph_has_an_address(opened: Opened, archive: Archive) -> None:
    page = opened(f"{place(archive, 'long')}#p90")
    assert in_view(page, "#p90")
    page.locator("#p91 .no").click()
    expect(page).to_have_url(re.compile("#p91$"))


def test_everything_can_be_read_without_javascript(opened: Opened) -> None:
    page = opened("/", java_script_enabled=False)
    page.get_by_label("Search the archive").fill('"night ferries"')
    page.get_by_role("button", name="Search").click()
    page.locator(".kwic a").first.click()
    expect(page.locator("mark")).to_have_text(["night ferries"])
    page.get_by_role("link", name="onrecord").click()
    page.locator("table.bars a").first.click()
    expect(page.locator("[role=status]")).to_have_text(re.compile(r"\w"))


def test_layers_are_switched_without_javascript(opened: Opened, archive: Archive) -> None:
    page = opened(place(archive, "english"), java_script_enabled=False)
    quotation = page.locator(".row .q").first
    assert quotation.text_content().startswith("We ")
    before = quotation.evaluate("one => getComputedStyle(one).backgroundColor")
    page.get_by_label("Own words").uncheck()
    assert before != quotation.evaluate("one => getComputedStyle(one).backgroundColor") == "rgba(0, 0, 0, 0)"


def test_layers_stay_as_they_were_chosen(opened: Opened, archive: Archive) -> None:
    page = opened(place(archive, "english"))
    page.get_by_label("Parts").uncheck()
    page.goto(place(archive, "arabic"))
    assert not page.get_by_label("Parts").is_checked()
    assert page.get_by_label("Acts").is_checked()


def test_right_to_left_turns_the_whole_page_round(opened: Opened, archive: Archive) -> None:
    for name, sign in (("english", 1), ("arabic", -1)):
        page = opened(place(archive, name))
        number, words, panel = (page.locator(part).first.bounding_box() for part in (".no", ".row > p", ".panel"))
        assert sign * (words["x"] - number["x"]) > 0
        assert sign * (panel["x"] - words["x"]) > 0
        note = page.locator(".note").first.bounding_box()
        assert sign * (note["x"] - words["x"]) > 0


def test_nothing_in_a_document_runs(opened: Opened, archive: Archive) -> None:
    for name in ("hostile", "page"):
        page = opened(place(archive, name))
        page.wait_for_timeout(200)
        assert page.title() != "run"


LETTERS = """part => {
  const walker = document.createTreeWalker(document.querySelector(".row > p"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node; (node = walker.nextNode());) {
    const at = node.data.indexOf(part);
    if (at < 0) continue;
    return [...part].map((_, index) => {
      range.setStart(node, at + index);
      range.setEnd(node, at + index + 1);
      return range.getBoundingClientRect().x;
    });
  }
}"""


def test_an_override_turns_nothing_round_and_is_kept_in_a_copy(opened: Opened, archive: Archive) -> None:
    page = opened(place(archive, "hostile"))
    at = page.evaluate(LETTERS, "gnp.exe")
    assert at == sorted(at)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.row > p'))")
    assert page.evaluate("getSelection().toString()") == pile.HOSTILE.split("\n")[0]


SELECT = """([from, to]) => {
  const holder = [...document.querySelectorAll(".row > p")].find(one => one.textContent.includes(from));
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node; (node = walker.nextNode());) {
    if (node.data.includes(from)) range.setStart(node, node.data.indexOf(from));
    if (node.data.includes(to)) range.setEnd(node, node.data.indexOf(to) + to.length);
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def test_selected_words_offer_their_address_in_code_points(opened: Opened, archive: Archive) -> None:
    page = opened(place(archive, "hostile"))
    page.evaluate(SELECT, ["and a tab", "in it"])
    page.locator(".offer").get_by_text("Address").click()
    start = pile.HOSTILE.index("and a tab")
    expect(page).to_have_url(re.compile(rf"\?at={start}-"))
    expect(page.locator("mark").first).to_have_text(re.compile("^and a tab"))


def test_the_keyboard_is_enough(opened: Opened, archive: Archive) -> None:
    page = opened(place(archive, "english"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert in_view(page, ".skip:focus")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.n") == "1"
    page.keyboard.press("/")
    page.keyboard.type("ferry j")
    assert page.locator("#q").input_value() == "ferry j"


def test_in_print_there_is_the_text_and_no_interface(opened: Opened, archive: Archive) -> None:
    page = opened(place(archive, "english"), color_scheme="dark")
    page.emulate_media(media="print")
    assert not page.locator(".find").is_visible() and not page.locator(".layers").is_visible()
    assert page.locator(".row > p").first.is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert samples.ENGLISH.splitlines()[0] in page.locator(".row > p").first.text_content()
