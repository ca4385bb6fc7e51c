"""Review as a person does it: by keys, by mouse, without JavaScript; what is decided shows at once and stays."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import web_pile as pile
from browser_waiting import expect

from onrecord import demo
from onrecord.archive import Archive
from onrecord.model import Attribution
from onrecord.workbench.review import Kind, Queue

Opened = Callable[..., Any]
FILES = (
    "reports/sada-accord.txt", "statements/hill-guard-order.txt", "statements/dockers-2023-09-04.txt",
    "news/bna-2024-09-18-flood.txt", "news/radio-hest-2023-11-17.txt",
)  # fmt: skip
NEAR = {
    "one.txt": "Marn, 3 May 2024\n\n“We will not sign the paper,” said Tomas Okell. The market was shut that day.\n",
    "two.txt": "Marn, 4 May 2024\n\n“The quay is shut,” said Thomas Okel. The boats stayed where they were.\n",
}
"""Two names that may be one."""


@pytest.fixture(scope="module")
def built(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that has a question of every kind, one of them in a text from right to left."""
    folder = tmp_path_factory.mktemp("review")
    for name in FILES:
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(demo.files() / name, folder / "in" / name)
    for name, text in NEAR.items():
        (folder / "in" / name).write_text(text, "utf8")
    with Archive.open(folder / "a.onrecord", create=True) as archive:
        archive.build([folder / "in"], jobs=1)
    return folder / "a.onrecord"


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Iterator[Archive]:
    """A copy of it for each test: all of them decide something."""
    shutil.copytree(built, tmp_path / "a.onrecord")
    with Archive.open(tmp_path / "a.onrecord") as opened:
        yield opened


@pytest.fixture
def site(archive: Archive) -> Iterator[str]:
    with pile.served(archive) as address:
        yield address


@pytest.fixture
def reviewing(opened: Opened) -> Opened:
    """`reviewing(path, name=…)`: a page on which somebody may decide who has said their name."""

    def look(path: str, name: str = "Ana Tor", **settings: Any) -> Any:
        page = opened("/name", **settings)
        page.get_by_label("Your name").fill(name)
        with page.expect_navigation():
            page.get_by_role("button", name="Keep this name").click()
        page.goto(path)
        return page

    return look


def first(archive: Archive, kind: Kind, lang: str | None = None) -> str:
    return archive.workbench.questions(Queue(kind=kind, lang=lang), None, 1)[0].key


def verdicts(archive: Archive) -> list[tuple[str, str, bool]]:
    """Of each decision who made it, what it says, and whether it stands."""
    return [(each.by, each.verdict, each.withdrawn is None) for each in archive.judgements()]


def asked(page: Any) -> str:
    return str(page.locator(".question").get_attribute("data-question"))


def press(page: Any, key: str) -> None:
    """Press a key, and wait for the next card."""
    before = page.locator("#asked").element_handle()
    page.keyboard.press(key)
    page.wait_for_function("before => !before.isConnected", arg=before)


def spoken(archive: Archive, question: str) -> Attribution:
    """The attribution of a question about a speaker, as it stands."""
    _, document, place = question.split(".")
    start, end = (int(each) for each in place.split("-"))
    found = archive.record(document).attributions
    return next(each for each in found if (each.content.spans[0].start, each.content.spans[-1].end) == (start, end))


@pytest.mark.parametrize(
    ("key", "verdict"), [("a", "correct"), ("x", "replace"), (" ", "unsure")], ids=["right", "wrong", "not sure"]
)
def test_a_key_decides_and_the_next_question_comes(reviewing: Opened, archive: Archive, key: str, verdict: str) -> None:
    page = reviewing("/review?kind=speaker")
    question = asked(page)
    press(page, key)
    assert verdicts(archive) == [("Ana Tor", verdict, True)]
    assert asked(page) != question
    expect(page.locator(".progress")).to_contain_text("1 decision of yours today")
    assert "done=" not in page.url and "at=" in page.url
    expect(page.locator(".said")).to_contain_text("Entered")
    assert page.evaluate("document.activeElement.id") == "asked"


def test_who_says_it_is_not_known_shows_at_once_in_the_reader(reviewing: Opened, archive: Archive) -> None:
    page = reviewing("/review?kind=speaker")
    question = asked(page)
    press(page, "x")
    assert spoken(archive, question).source is None


def test_undo_takes_the_last_decision_of_this_person_back(reviewing: Opened, archive: Archive) -> None:
    page = reviewing("/review?kind=speaker")
    question = asked(page)
    press(page, "a")
    archive.answer(question, said("wrong"), by="Somebody else")
    press(page, "u")
    assert verdicts(archive) == [("Ana Tor", "correct", False), ("Somebody else", "replace", True)]
    assert asked(page) == question


def said(word: str) -> Any:
    from onrecord.workbench.review_answer import Answer

    return Answer(word)  # type: ignore[arg-type]


def test_j_and_k_move_and_decide_nothing(reviewing: Opened, archive: Archive) -> None:
    page = reviewing("/review")
    way = [asked(page)]
    for _ in range(3):
        press(page, "j")
        way.append(asked(page))
    assert len(set(way)) == 4
    for question in reversed(way[:-1]):
        press(page, "k")
        assert asked(page) == question
    page.go_back()
    page.wait_for_function("question => document.querySelector('.question').dataset.question == question", arg=way[1])
    assert verdicts(archive) == []


def test_the_address_of_a_question_stays(reviewing: Opened, archive: Archive) -> None:
    question = first(archive, "act")
    archive.answer(question, said("right"), by="Somebody else")
    page = reviewing(f"/review?at={question}")
    assert asked(page) == question
    assert "Somebody else right" in page.locator(".before").inner_text()


def test_e_corrects_the_speaker_by_a_number(reviewing: Opened, archive: Archive) -> None:
    page = reviewing("/review?kind=speaker")
    question = asked(page)
    page.keyboard.press("e")
    name = page.locator(".pick").nth(1).inner_text().split("\n")[-1].strip("2 \u2068\u2069")
    press(page, "2")
    assert name.endswith(spoken(archive, question).voices[-1].name)


def test_a_correction_shows_in_the_reader_and_survives_every_rebuild(reviewing: Opened, archive: Archive) -> None:
    page = reviewing("/review?kind=speaker")
    question = asked(page)
    page.keyboard.press("e")
    page.get_by_label("Or type a name").fill("Mira Solen")
    page.keyboard.press("Enter")
    page.wait_for_function("question => document.querySelector('.question').dataset.question != question", arg=question)

    def told() -> str:
        _, document, place = question.split(".")
        page.goto(f"/d/{document}/{place}")
        return str(page.locator("main").inner_text())

    assert "Mira Solen" in told()
    assert spoken(archive, question).voices[-1].name == "Mira Solen"
    archive.annotate(again=True)
    archive.index()
    assert spoken(archive, question).voices[-1].name == "Mira Solen"
    assert "Mira Solen" in told()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_end_of_a_quotation_is_moved_by_arrows(reviewing: Opened, archive: Archive, lang: str) -> None:
    question = first(archive, "content", lang)
    end = int(question.rsplit("-", 1)[1])
    page = reviewing(f"/review?at={question}", color_scheme="dark")
    page.keyboard.press("e")
    press(page, "ArrowLeft" if lang == "ar" else "ArrowRight")
    assert int(page.url.rsplit("end=", 1)[1]) > end
    page.evaluate("document.getElementById('asked').focus()")
    press(page, "Enter")
    [judgement] = archive.judgements()
    _, document, place = question.split(".")
    moved = [
        each.content.spans[-1].end
        for each in archive.record(document).attributions
        if each.content.spans[0].start == int(place.split("-")[0]) and each.rule == "person"
    ]
    assert judgement.verdict == "replace" and moved and moved[0] > end


def test_the_date_and_the_act_are_corrected(reviewing: Opened, archive: Archive) -> None:
    question = first(archive, "date")
    page = reviewing(f"/review?at={question}")
    page.keyboard.press("e")
    page.locator("#value").fill("2024-05")
    page.locator("#value").press("Enter")
    page.wait_for_function("question => document.querySelector('.question').dataset.question != question", arg=question)
    assert "2024-05" in {date.value for date in archive.record(question.split(".")[1]).dates}
    question = first(archive, "act")
    page.goto(f"/review?at={question}")
    page.locator("details.correct summary").click()
    page.locator("#act").select_option("threaten")
    page.get_by_role("button", name="Put this in place").click()
    page.wait_for_function("question => document.querySelector('.question').dataset.question != question", arg=question)
    assert any(act.act == "threaten" and act.rule == "person" for act in archive.record(question.split(".")[1]).acts)


def test_what_is_no_date_is_told_and_nothing_is_entered(reviewing: Opened, archive: Archive) -> None:
    page = reviewing(f"/review?at={first(archive, 'date')}", java_script_enabled=False)
    page.locator("details.correct summary").click()
    page.locator("#value").fill("the other day")
    page.get_by_role("button", name="Put this date in place").click()
    expect(page.locator("main")).to_contain_text("2024-05-03")
    assert verdicts(archive) == []


def test_two_names_are_one_party_until_it_is_undone(reviewing: Opened, archive: Archive) -> None:
    page = reviewing("/review?kind=party")
    assert "Tomas Okell" in page.locator("#asked").inner_text()
    press(page, "a")
    assert len(archive.names.party("Tomas Okell").members) == 2
    press(page, "u")
    assert len(archive.names.party("Tomas Okell").members) == 1


def test_all_of_it_works_without_javascript(reviewing: Opened, archive: Archive) -> None:
    page = reviewing("/review?kind=speaker", java_script_enabled=False)
    question = asked(page)
    page.get_by_label("Note").fill("As the paper says itself.")
    with page.expect_navigation():
        page.get_by_role("button", name="Not sure").click()
    [judgement] = archive.judgements()
    assert (judgement.verdict, judgement.note) == ("unsure", "As the paper says itself.")
    expect(page.locator(".news")).to_contain_text("Entered")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".question")).to_have_attribute("data-question", question)
    assert verdicts(archive) == [("Ana Tor", "unsure", False)]
    page.get_by_role("link", name="Next").click()
    page.locator("details.correct summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Not known").click()
    assert verdicts(archive)[-1] == ("Ana Tor", "replace", True)


def test_whoever_has_not_said_their_name_is_asked_and_goes_on(opened: Opened, archive: Archive) -> None:
    for script in (True, False):
        page = opened("/review?kind=speaker", java_script_enabled=script)
        page.get_by_role("button", name="Right").click()
        page.get_by_label("Your name").fill(f"New {script}")
        page.get_by_role("button", name="Decide as this").click()
        page.locator(".question").wait_for()
    assert [each.by for each in archive.judgements()] == ["New True", "New False"]


def test_keys_are_listed_and_can_be_turned_off(reviewing: Opened, archive: Archive) -> None:
    page = reviewing("/review")
    page.keyboard.press("?")
    dialog = page.locator("dialog.keys")
    assert "Undo my last decision" in dialog.inner_text()
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert verdicts(archive) == []


def test_what_was_missed_is_added_on_words(reviewing: Opened, archive: Archive) -> None:
    record = next(each for each in archive.records() if each.capture.source.endswith("one.txt"))
    start = record.text.index("The market was shut")
    for script in (True, False):
        page = reviewing(f"/d/{record.id}/{start}-{start + 19}/add", java_script_enabled=script)
        page.get_by_text("Somebody says this").click()
        page.get_by_label("Who says it").select_option("Tomas Okell")
        page.locator("details[open]").get_by_role("button", name="Add it").click()
        expect(page).to_have_url(re.compile(rf"\?at={start}-{start + 19}#at$"))
        [added] = [each for each in archive.record(record.id).attributions if each.rule == "person"]
        assert added.voices[-1].name == "Tomas Okell"
        archive.undo(by="Ana Tor")


def test_the_ledger_lists_withdraws_and_takes_in(reviewing: Opened, archive: Archive, tmp_path: Path) -> None:
    question = first(archive, "speaker")
    archive.answer(question, said("right"), by="Ana Tor")
    archive.answer(question, said("wrong"), by="Bo Lind")
    page = reviewing("/ledger")
    assert page.locator("tbody .state").first.inner_text().startswith("stands")
    assert "a later one counts" in page.locator("tbody .state").nth(1).inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="All decisions, JSON Lines").click()
    download.value.save_as(tmp_path / "ledger.jsonl")
    page.get_by_role("button", name="Withdraw this decision of Bo Lind").click()
    expect(page.locator(".news")).to_contain_text("Withdrawn")
    assert verdicts(archive)[1] == ("Bo Lind", "replace", False)
    page.locator("#file").set_input_files(tmp_path / "ledger.jsonl")
    page.get_by_role("button", name="Read it in").click()
    expect(page.locator(".news")).to_contain_text("0 new decisions, 0 withdrawn, 2 known already")
    page.goto("/review/agreement")
    assert "Who says what" in page.locator("main").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["speaker", "content", "date", "act", "party", "arabic", "ledger", "agreement", "add"])
def test_axe_finds_nothing_and_nothing_sticks_out(reviewing: Opened, archive: Archive, name: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    question = first(archive, "speaker")
    archive.answer(question, said("right"), by="Ana Tor")
    archive.answer(question, said("wrong"), by="Bo Lind")
    _, document, place = question.split(".")
    places = {
        "ledger": "/ledger", "agreement": "/review/agreement", "add": f"/d/{document}/{place}/add?kind=attributions",
        "arabic": "/review?lang=ar",
    }  # fmt: skip
    page = reviewing(places.get(name, f"/review?kind={name}"), color_scheme=scheme, width=360)
    if page.locator("details.correct").count():
        page.keyboard.press("e")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]][:3]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
