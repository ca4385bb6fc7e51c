"""Logging in, choosing a name and sending forms as a real browser does it: what it sends along decides who may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import web_pile as pile
from browser_waiting import expect
from fastapi import Request
from starlette.responses import PlainTextResponse, Response

from onrecord.archive import Archive
from onrecord.store.passwords import hashed
from onrecord.web import Place
from onrecord.web.access import editor
from onrecord.web.drawing import html
from onrecord.web.pages import Pages

PASSWORD = "three lamps by the sluice"
SCHEMES = ("light", "dark")
LOGIN = re.compile(r"/login(\?|$)")


def deciding() -> Pages:
    """A page that has a name asked for, and says who decided what."""
    pages = Pages()

    @pages.page("/ask")
    async def ask(request: Request) -> Response:
        return html(
            request, "name.html", action="/decide", kept=(("note", "two\r\nlines"),), why="", field="x", waits=True
        )

    @pages.action("/decide")
    async def decide(request: Request) -> Response:
        form = await request.form()
        return PlainTextResponse(f"{editor(request).name} says {form['note']!r}")

    return pages


@pytest.fixture(scope="session")
def beyond(archive: Archive) -> Iterator[str]:
    """Where others need a password."""
    archive.people.add("Anna Brandt", "editor", hashed(PASSWORD))
    with pile.served(archive, Place(names=("127.0.0.1",))) as address:
        yield address


@pytest.fixture(scope="session")
def here(archive: Archive) -> Iterator[str]:
    with pile.served(archive, more=deciding()) as address:
        yield address


@pytest.fixture
def window(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """An empty window; parametrised with what it is to be like."""
    context = browser.new_context(**getattr(request, "param", {}))
    yield context.new_page()
    context.close()


def log_in(page: Any) -> None:
    page.get_by_label("Name").fill("Anna Brandt")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize("window", [{"java_script_enabled": True}, {"java_script_enabled": False}], indirect=True)
def test_logging_in_and_out(window: Any, beyond: str) -> None:
    window.goto(f"{beyond}/search?q=ferry")
    expect(window).to_have_url(LOGIN)
    log_in(window)
    expect(window).to_have_url(f"{beyond}/search?q=ferry")
    expect(window.locator(".visitor")).to_contain_text("Anna Brandt")
    window.get_by_role("button", name="Log out").click()
    expect(window).to_have_url(LOGIN)
    window.go_back()
    expect(window, "nothing of it is kept for the next person at this computer").to_have_url(LOGIN)


def test_a_wrong_password_is_told_beside_the_form(window: Any, beyond: str) -> None:
    window.goto(beyond)
    window.get_by_label("Name").fill("Anna Brandt")
    window.get_by_label("Password").fill("not the password")
    window.get_by_role("button", name="Log in").click()
    expect(window.get_by_role("alert")).to_contain_text("do not belong together")
    expect(window.get_by_label("Name")).to_have_value("Anna Brandt")
    expect(window.get_by_label("Password")).to_have_value("")


def test_a_link_from_another_site_finds_the_session(window: Any, beyond: str) -> None:
    """Browsers hold a strict cookie back there; the page asks once more by itself."""
    window.goto(beyond)
    log_in(window)
    expect(window.locator(".visitor")).to_contain_text("Anna Brandt")
    window.route(
        "http://elsewhere.example/**",
        lambda route: route.fulfill(
            body=f'<a href="{beyond}/search?q=ferry&lang=en">there</a>', content_type="text/html"
        ),
    )
    window.goto("http://elsewhere.example/")
    window.get_by_text("there").click()
    expect(window.locator(".visitor")).to_contain_text("Anna Brandt")
    expect(window).to_have_url(f"{beyond}/search?q=ferry&lang=en")


def test_a_form_of_another_site_is_refused(window: Any, here: str) -> None:
    window.goto(here)
    form = f'<form action="{here}/decide" method="post"><input name="note" value="x"><button>Send</button></form>'
    window.route("http://elsewhere.example/**", lambda route: route.fulfill(body=form, content_type="text/html"))
    window.goto("http://elsewhere.example/")
    window.get_by_text("Send").click()
    expect(window.locator("h1")).to_contain_text("Another site asked for this page")


def test_whoever_decides_without_a_name_says_it_once_and_goes_on(window: Any, here: str) -> None:
    window.goto(f"{here}/ask")
    window.get_by_label("Your name").fill("not the field of a name")
    window.get_by_role("button", name="Decide as this").click()
    expect(window).to_have_url(f"{here}/decide")
    expect(window.locator("h1")).to_have_text("Who decides?")
    window.get_by_label("Your name").fill("أمل الكاتب")
    window.get_by_role("button", name="Decide as this").click()
    expect(window.locator("body")).to_have_text(r"أمل الكاتب says 'two\r\nlines'")
    window.goto(here)
    expect(window.locator(".visitor")).to_have_text("أمل الكاتب")


@pytest.mark.parametrize(
    "window",
    [
        {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
        for scheme in SCHEMES
        for width in (1280, 360)
    ],
    indirect=True,
)
@pytest.mark.parametrize("path", ["/login", "/login?next=/nope", "/ask", "/name", "/nope"])
def test_axe_finds_nothing_and_nothing_sticks_out(window: Any, beyond: str, here: str, path: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    window.goto((beyond if path.startswith("/login") else here) + path)
    found = Axe().run(window).response["violations"]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"]][:3]) for each in found] == []
    assert window.evaluate("document.documentElement.scrollWidth") <= window.viewport_size["width"]
