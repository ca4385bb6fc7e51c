"""The reader in a browser: layers, keys, the margin, quoting with reference, the page's picture, print."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import web_pile as pile
import web_samples as samples
from browser_waiting import expect

from onrecord.archive import Archive

Opened = Callable[..., Any]
CLIPBOARD = ["clipboard-read", "clipboard-write"]
LAYERS = {
    "Own words": ("q", "background-color", "rgba(0, 0, 0, 0)"),
    "Reported": ("r", "background-image", "none"),
    "Speakers": ("s", "box-shadow", "none"),
    "Acts": ("a", "border-block-start-color", "rgba(0, 0, 0, 0)"),
    "Names": ("n:not(.t)", "text-decoration-line", "none"),
    "Times": ("t:not(.n)", "text-decoration-line", "none"),
    "Figures": ("f", "border-inline-start-width", "0px"),
}
"""The channel that each layer is drawn in, and what that is while the layer is off."""


def letter(archive: Archive, name: str = "crossing.txt") -> str:
    return f"/d/{pile.named(archive, name)}"


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.textContent")


@pytest.mark.parametrize("label", LAYERS)
@pytest.mark.parametrize("javascript", [True, False])
def test_each_layer_is_switched_in_a_channel_of_its_own(
    opened: Opened, archive: Archive, label: str, javascript: bool
) -> None:
    page = opened(letter(archive, "long.txt" if label == "Figures" else "crossing.txt"), java_script_enabled=javascript)
    sign, channel, off = LAYERS[label]
    some = page.locator(f".row .{sign}").first
    box = page.locator(".layers").get_by_label(label, exact=True)
    read = f"one => getComputedStyle(one).getPropertyValue('{channel}')"
    box.uncheck()
    assert some.evaluate(read) == off
    box.check()
    assert some.evaluate(read) != off


def test_the_key_explains_every_layer(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive))
    page.get_by_text("What the marks mean").click()
    assert page.locator(".key dt").count() == page.locator(".layers input").count() == 8
    assert all(words.strip() for words in page.locator(".key dd").all_text_contents())


def test_keys_move_through_the_highlights_that_are_shown(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive))
    page.get_by_label("Acts", exact=True).uncheck()
    page.get_by_label("Speakers", exact=True).uncheck()
    seen = []
    for _ in range(3):
        page.keyboard.press("j")
        seen.append(page.evaluate("document.activeElement.dataset.n"))
    assert seen == ["1", "2", "3"]
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.dataset.n") == "2"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.n") == "3"
    page.get_by_label("Times", exact=True).check()
    page.locator("#content").focus()
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.dataset.n") != "3"


def test_in_arabic_the_arrow_goes_the_way_of_the_text(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive, "معبر.txt"))
    page.keyboard.press("ArrowLeft")
    first = focused(page)
    page.keyboard.press("ArrowLeft")
    assert focused(page) != first
    page.keyboard.press("ArrowRight")
    assert focused(page) == first


def test_a_move_is_told_to_who_cannot_see_it(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive))
    for label in ("Acts", "Speakers"):
        page.get_by_label(label, exact=True).uncheck()
    page.keyboard.press("j")
    expect(page.locator("[role=status]")).to_have_text(re.compile("^Own words: Mara Lindqvist.*We will not sign", re.S))


def test_enter_goes_to_the_note_and_back(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive))
    for label in ("Acts", "Speakers"):
        page.get_by_label(label, exact=True).uncheck()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "q1"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.n") == "1"


def test_the_margin_opens_the_chain_of_voices_and_who_decided(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive), java_script_enabled=False)
    note = page.locator("#q1")
    note.locator("summary").click()
    assert note.locator(".chain .role").first.text_content() == "published by"
    assert "Mara Lindqvist" in note.locator(".chain").text_content()
    rule = note.locator(".by a").first
    assert rule.get_attribute("href").startswith("/rules#attributions-")
    rule.click()
    expect(page.locator("tr:target code")).to_have_text("quotation-cue")


def test_letters_open_layers_citation_and_the_list_of_keys(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive))
    page.keyboard.press("l")
    assert not page.locator(".layers fieldset").is_visible()
    page.keyboard.press("c")
    assert page.get_by_text("Chicago, note").is_visible()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys on this page")
    assert dialog.is_visible()
    assert {"J →", "K ←", "L", "C", "?", "/"} <= set(dialog.locator("th").all_text_contents())
    dialog.get_by_label("Single keys do something").uncheck()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    before = page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.outerHTML") == before


SELECT = """([from, to]) => {
  const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node; (node = walker.nextNode());) {
    if (!node.parentElement.closest(".row > p")) continue;
    if (node.data.includes(from)) range.setStart(node, node.data.indexOf(from));
    if (node.data.includes(to)) range.setEnd(node, node.data.indexOf(to) + to.length);
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.mark.parametrize("by_key", [True, False])
def test_selected_words_are_copied_with_their_reference(opened: Opened, archive: Archive, by_key: bool) -> None:
    page = opened(letter(archive, pile.HOSTILE_NAME), permissions=CLIPBOARD)
    page.evaluate(SELECT, ["tab", "in it"])
    if by_key:
        page.keyboard.press("r")
    else:
        page.get_by_role("button", name="Copy with reference").click()
    expect(page.locator("[role=status]")).to_contain_text("Copied")
    text = archive.record(pile.named(archive, pile.HOSTILE_NAME)).text
    start = text.index("tab\tin it")  # behind an emoji, which is two units of a browser's text and one code point
    copied = page.evaluate("navigator.clipboard.readText()")
    words, _, note = copied.partition("\n\n")
    assert words == "tab\tin it"
    assert f"{letter(archive, pile.HOSTILE_NAME)}/{start}-{start + 9}" in note


def test_words_across_paragraphs_are_copied_exactly(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive), permissions=CLIPBOARD)
    page.evaluate(SELECT, ["every week", "Jonas Perel"])
    page.keyboard.press("r")
    expect(page.locator("[role=status]")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("every week.\n\nFor the executive,\n\nMara Lindqvist\n\nJonas Perel\n\n")


def test_what_is_missing_can_be_added_from_a_selection(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive))
    page.evaluate(SELECT, ["Talks go", "until"])
    start = samples.ENGLISH.index("Talks go")
    address = f"{letter(archive)}/{start}-{start + len('Talks go on until')}"
    expect(page.get_by_role("link", name="Add what is missing")).to_have_attribute(
        "href", re.compile(f"{address}/add$")
    )
    expect(page.get_by_role("link", name="Address")).to_have_attribute("href", re.compile(f"{address}$"))


def test_the_citation_is_copied(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive), permissions=CLIPBOARD)
    page.get_by_text("Cite", exact=True).click()
    page.get_by_role("button", name="Copy Permanent link").click()
    expect(page.locator("[role=status]")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith(letter(archive))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["crossing.txt", "معبر.txt", "long.txt"])
def test_axe_finds_nothing_with_everything_opened(opened: Opened, archive: Archive, name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(letter(archive, name), color_scheme=scheme, bypass_csp=True)
    for box in page.locator(".layers input").all():
        box.check()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]][:3]) for each in found] == []


def test_a_statement_is_shown_with_its_words(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive))
    page.get_by_role("link", name="The statement and who carries it").click()
    expect(page.get_by_role("heading", name="Who carries it")).to_be_visible()
    page.locator("a.evidence").first.click()
    expect(page.locator("mark").first).to_be_attached()


def test_on_paper_every_note_and_the_reference_stand(opened: Opened, archive: Archive) -> None:
    page = opened(letter(archive), color_scheme="dark")
    page.emulate_media(media="print")
    for hidden in (".layers", ".near", ".n-o + .nothing", ".do", "button.copy", ".skip"):
        assert all(not each.is_visible() for each in page.locator(hidden).all())
    assert all(each.is_visible() for each in page.locator(".note.quotations, .note.reported, .note.acts").all())
    assert page.get_by_text("Chicago, note").is_visible()
    assert page.locator(".digest").is_visible()
    tint = page.locator(".row .q").first.evaluate("one => getComputedStyle(one).backgroundColor")
    assert tint == "rgb(233, 233, 233)"
