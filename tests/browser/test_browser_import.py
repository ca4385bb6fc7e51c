"""Files dropped into the page, or chosen without JavaScript, until the document can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import web_pile as pile
from browser_waiting import expect

from onrecord.archive import Archive
from onrecord.web import sending, uploads

Opened = Callable[..., Any]
LETTER = "Harbour Union\n\nOrsk, 3 May 2024\n\n“The quay stays closed,” said Anna Brandt."
DROP = """async ([files, selector]) => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) transfer.items.add(new File([text], name, { type: "text/plain" }));
  const target = document.querySelector(selector);
  for (const kind of ["dragenter", "dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
}"""


@pytest.fixture(scope="module")
def archive(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive that may be added to."""
    folder = tmp_path_factory.mktemp("importing")
    (folder / "first.txt").write_text("The first letter of the lock keepers.", "utf8")
    with Archive.open(folder / "own.onrecord", create=True) as built:
        built.build([folder / "first.txt"])
        yield built


@pytest.fixture(scope="module")
def site(archive: Archive) -> Iterator[str]:
    with pile.served(archive) as address:
        yield address


def entered(page: Any) -> None:
    """Where a name is asked first, it is said."""
    choose = page.get_by_role("link", name="Choose your name")
    if choose.count():
        choose.click()
        page.get_by_label("Your name").fill("Ana Tor")
        page.get_by_role("main").get_by_role("button").last.click()
        page.wait_for_url("**/import")


def test_files_are_dropped_in_and_can_be_read(opened: Opened) -> None:
    page = opened("/import")
    entered(page)
    page.evaluate(
        DROP, [[["dropped.txt", LETTER], ["بيان.txt", "بيان صيادي الميناء."], ["bad.pdf", "%PDF-1.7 no"]], "main"]
    )
    expect(page.locator(".chosen-files")).to_have_text(re.compile("^3 files"))
    page.evaluate(DROP, [[["more.txt", "One more letter, of the weavers."]], ".drop"])
    expect(page.locator(".chosen-files p")).to_have_text(re.compile("^4 files"))
    assert page.evaluate("document.activeElement.textContent") == "Import"
    page.get_by_label("Publisher").fill("Harbour Bulletin")
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/import/*")
    page.locator("#job:not([data-running])").wait_for()
    expect(page.locator("#job")).to_have_text("3 new documents, 1 not readable.")
    expect(page.locator("li", has_text="bad.pdf").locator("p").nth(1)).to_be_attached()
    page.locator(".arrivals li", has_text="dropped.txt").get_by_role("link").click()
    expect(page.locator(".text")).to_contain_text("The quay stays closed")
    expect(page.locator(".panel").get_by_text("Harbour Bulletin").first).to_be_attached()


def test_without_javascript_a_form_does_it(opened: Opened, tmp_path: Path) -> None:
    chosen = tmp_path / "chosen.txt"
    chosen.write_text("Velna, 4 May 2024\n\nThe chosen letter of the ferrymen.", "utf8")
    page = opened("/import", java_script_enabled=False)
    entered(page)
    assert not page.get_by_text("drop them anywhere").is_visible()
    page.get_by_label("Choose files").set_input_files(chosen)
    page.get_by_role("button", name="Import").click()
    page.get_by_text("1 new document.").wait_for()  # the page asks for itself again until it is there
    page.locator(".arrivals a").click()
    expect(page.locator(".text")).to_contain_text("The chosen letter of the ferrymen")


def test_what_is_too_large_is_said_before_it_is_sent(opened: Opened) -> None:
    page = opened("/import")
    entered(page)
    page.evaluate("document.querySelector('.drop').dataset.fileLimit = 10")
    page.evaluate(DROP, [[["large.txt", LETTER]], "main"])
    page.get_by_role("button", name="Import").click()
    assert page.evaluate("document.querySelector('#files').validationMessage") == "large.txt is too large."
    assert page.url.endswith("/import")


def test_what_is_too_large_all_the_same_is_refused_on_a_page(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def received(request: Any, folder: Path) -> uploads.Upload:
        return await uploads.received(request, folder, uploads.Limits(file=1000))

    monkeypatch.setattr(sending, "received", received)
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * 20_000_000)
    page = opened("/import", java_script_enabled=False)
    entered(page)
    page.get_by_label("Choose files").set_input_files(large)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading")).to_have_text("This is too much at once")
    expect(page.locator("main")).to_contain_text("large.txt")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_fit_and_axe_finds_nothing(opened: Opened, width: int, scheme: str) -> None:
    page = opened("/import", width=width, color_scheme=scheme)
    entered(page)
    places = ["/import", "/export", *page.eval_on_selector_all(".jobs a", "all => all.map(one => one.pathname)")[:2]]
    for place in places:
        page.goto(place)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_a_table_is_saved_under_its_name(opened: Opened) -> None:
    page = opened("/export")
    with page.expect_download() as begun:
        page.get_by_role("link", name="documents as csv").click()
    assert begun.value.suggested_filename == "documents.csv"
    assert Path(begun.value.path()).read_bytes().startswith(b"document,file,")
