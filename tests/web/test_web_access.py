# ruff: noqa: E501 - cases stay in one piece
"""Who may enter and who may write: over a real server, with real passwords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from typing import Any

import httpx
import pytest
import web_pile as pile
from fastapi import Request
from starlette.responses import JSONResponse, Response

from onrecord import web
from onrecord.archive import Archive
from onrecord.store.passwords import hashed
from onrecord.web import Place, Site
from onrecord.web.access import editor, person
from onrecord.web.pages import Pages

PASSWORD = "three lamps by the sluice"
EDITOR, READER = "Anna Brandt", "Omar Dahan"
BEYOND = Place(names=("127.0.0.1",))
"""A server that others could reach, as far as the guard knows."""
TLS = Place(names=("river.example",), https=True)


def writing() -> Pages:
    """Two addresses that are written to, as those of the workbench are."""
    pages = Pages()

    @pages.action("/decide")
    async def decide(request: Request) -> Response:
        by, form = editor(request).name, await request.form()
        return JSONResponse({"by": by, "form": {name: value for name, value in form.multi_items() if name != "token"}})

    @pages.action("/import/files")
    async def take(request: Request) -> Response:
        async with request.form() as form:
            sizes = [len(await value.read()) for value in form.values() if not isinstance(value, str)]
        return JSONResponse({"by": editor(request).name, "sizes": sizes})

    @pages.action("/api/v1/decide")
    async def said(request: Request) -> Response:
        return JSONResponse({"by": editor(request).name, "sent": await request.json()})

    @pages.page("/whoami")
    async def who(request: Request) -> Response:
        asked = person(request)
        return JSONResponse(None if asked is None else {"name": asked.name, "role": asked.role})

    return pages


@pytest.fixture(scope="module")
def peopled(archive: Archive) -> Iterator[Archive]:
    """The archive, with two who may enter."""
    kept = hashed(PASSWORD)
    archive.people.add(EDITOR, "editor", kept)
    archive.people.add(READER, "reader", kept)
    yield archive
    for name in (EDITOR, READER):
        archive.people.remove(name)


@pytest.fixture
def beyond(peopled: Archive) -> Iterator[str]:
    """A server of its own for each test: tries at the door are counted."""
    with pile.served(peopled, BEYOND, writing()) as address:
        yield address


@pytest.fixture(scope="module")
def here(archive: Archive) -> Iterator[str]:
    with pile.served(archive, more=writing()) as address:
        yield address


def browser(site: str, **headers: str) -> httpx.Client:
    """What a browser sends along with its forms."""
    return httpx.Client(base_url=site, headers={"origin": site} | headers, timeout=60)


def token(page: httpx.Response) -> str:
    found = re.search(r'name="token" value="([\w-]+)"', page.text) or re.search(
        r'name="csrf-token" content="([\w-]+)"', page.text
    )
    assert found, page.text
    return found[1]


def log_in(client: httpx.Client, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    sent = {"name": name, "password": password, "token": token(client.get("/login"))} | more
    return client.post("/login", data=sent)


@contextmanager
def entered(site: str, name: str) -> Iterator[httpx.Client]:
    with browser(site) as client:
        assert log_in(client, name).status_code == 303
        yield client


def name_of(client: httpx.Client) -> str | None:
    """Who the server takes this for."""
    answer = client.get("/whoami")
    return answer.json()["name"] if answer.status_code == 200 and answer.json() else None


# Without a session


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=ferry",
        "/d/LETTER",
        "/d/LETTER.json",
        "/d/LETTER.txt",
        "/o/x",
        "/nope",
        "/whoami",
        "/login/",
        "/loginx",
        "/static",
        "/%2e%2e/d/LETTER",
    ],
)
def test_nothing_is_to_be_had_without_logging_in(beyond: str, letter: str, path: str) -> None:
    answer = httpx.get(beyond + path.replace("LETTER", letter))
    assert answer.status_code == 303 and answer.headers["location"].startswith("/login") and answer.text == ""


@pytest.mark.parametrize(
    "path",
    [
        "/static/../d/LETTER",
        "/static/%2e%2e/d/LETTER",
        "/static/..%2fd%2fLETTER",
        "/static/..%2f..%2fapp.py",
        "/static/%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/static/style/00-base.css",
        "/static/..\\app.py",
        "/static/%00",
        "/static/",
    ],
)
def test_the_open_folder_opens_nothing_else(beyond: str, letter: str, path: str) -> None:
    with httpx.Client(base_url=beyond) as client:
        answer = client.send(
            client.build_request("GET", beyond, extensions={"target": path.replace("LETTER", letter).encode()})
        )
    assert answer.status_code == 404 and "crossing" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/o/..%2f..%2fonrecord.sqlite",
        "/o/../people.json",
        "/o/people.json",
        "/o/%2e%2e%2fpeople.json",
        "/d/..%2fpeople.json",
        "/o/sha256:..%2fpeople.json",
    ],
)
def test_no_address_leads_out_of_the_originals(beyond: str, path: str) -> None:
    with entered(beyond, EDITOR) as client:
        answer = client.send(client.build_request("GET", beyond, extensions={"target": path.encode()}))
    assert answer.status_code == 404 and "argon2" not in answer.text


def test_the_log_in_page_and_what_it_is_drawn_with_are_open(beyond: str) -> None:
    page = httpx.get(beyond + "/login")
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    for asset in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        assert httpx.get(beyond + asset).status_code == 200


def test_the_api_says_so_in_its_own_form(beyond: str) -> None:
    answer = httpx.get(beyond + "/api/v1/openapi.json")
    assert (answer.status_code, answer.json()["error"]["title"]) == (401, "Log in first")


# Logging in and out


def test_logging_in_leads_on_to_what_was_asked_for(beyond: str, letter: str) -> None:
    with browser(beyond) as client:
        asked = client.get(f"/d/{letter}?at=0-4&q=%C3%A9+%22")
        page = client.get(asked.headers["location"])
        wanted = re.search(r'name="next" value="([^"]+)"', page.text)
        assert wanted and unescape(wanted[1]) == f"/d/{letter}?at=0-4&q=%C3%A9+%22"
        answer = log_in(client, "anna  BRANDT", next=unescape(wanted[1]))
        assert (answer.status_code, answer.headers["location"]) == (303, unescape(wanted[1]))
        read = client.get(unescape(wanted[1]))
        assert read.status_code == 200 and EDITOR in read.text and read.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "place",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "",
        "/a b",
        "/\r\nset-cookie: x=y",
    ],
)
def test_logging_in_leads_nowhere_else(beyond: str, place: str) -> None:
    with browser(beyond) as client:
        assert log_in(client, EDITOR, next=place).headers["location"] == "/"


def test_a_session_is_a_cookie_that_no_script_and_no_other_site_has(beyond: str) -> None:
    with browser(beyond) as client:
        cookie = log_in(client, EDITOR).headers["set-cookie"]
    name, value, *rest = re.split(r"[=;]\s*", cookie, maxsplit=2)
    assert name.startswith("onrecord-") and len(value) == 43
    assert set(rest[0].split("; ")) == {"Path=/", "HttpOnly", "SameSite=Strict"}


def test_behind_tls_the_cookie_is_the_hosts_alone(peopled: Archive) -> None:
    with pile.served(peopled, TLS) as site, browser("https://river.example") as client:
        client.base_url = httpx.URL(site)
        client.headers.update({"host": "river.example", "x-forwarded-for": "192.0.2.7"})
        page = client.get("/login")
        ticket = page.headers["set-cookie"].split(";")[0]
        sent = {"name": EDITOR, "password": PASSWORD, "token": token(page)}
        answer = client.post("/login", data=sent, headers={"cookie": ticket})
        assert answer.status_code == 303
        assert re.fullmatch(
            r"__Host-onrecord=[\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure", answer.headers["set-cookie"]
        )
        assert client.get("/", headers={"host": site.removeprefix("http://")}).status_code == 421
        assert client.get("/", headers={"origin": "http://river.example"}).status_code == 403


def test_logging_in_gives_a_new_session(beyond: str) -> None:
    """A session that somebody else planted in the browser is not the one that is logged in."""
    with browser(beyond) as client, browser(beyond) as planter:
        client.get("/login")
        (name,) = client.cookies
        before, old = client.cookies[name], token(client.get("/login"))
        log_in(client, EDITOR)
        after = client.cookies[name]
        assert before != after and token(client.get("/")) != old
        planter.cookies.set(name, before)
        assert name_of(planter) is None
        again = log_in(client, READER)
        assert again.status_code == 303
        planter.cookies.set(name, after)
        assert name_of(client) == READER and name_of(planter) is None


def test_logging_out_ends_the_session(beyond: str) -> None:
    with entered(beyond, EDITOR) as client, browser(beyond) as thief:
        thief.cookies.update(client.cookies)
        assert name_of(thief) == EDITOR
        assert client.get("/logout").status_code == 405 and name_of(client) == EDITOR
        answer = client.post("/logout", data={"token": token(client.get("/"))})
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
        assert "Max-Age=0" in answer.headers["set-cookie"]
        assert name_of(client) is None and name_of(thief) is None


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "onrecord-PORT",
        "onrecord-PORT=",
        "onrecord-PORT=x",
        "onrecord-PORT=" + "A" * 43,
        "onrecord-PORT=" + "A" * 5000,
        "=;;=;",
        "onrecord-PORT=%00%ff",
        'onrecord-PORT="quoted',
        "onrecord-PORT=ü",
        "onrecord-name=Anna%20Brandt",
        ";" * 4000,
    ],
)
def test_odd_cookies_are_nobodys(beyond: str, cookie: str) -> None:
    sent = cookie.replace("PORT", beyond.rsplit(":", 1)[1]).encode("latin-1")
    answer = httpx.get(beyond + "/whoami", headers=[(b"cookie", sent)])
    assert answer.status_code == 303


def test_two_cookies_of_one_name_are_nobodys(beyond: str) -> None:
    with entered(beyond, EDITOR) as client:
        ((name, value),) = client.cookies.items()
        for cookie in (f"{name}={value}; {name}={'A' * 43}", f"{name}={'A' * 43}; {name}={value}"):
            assert httpx.get(beyond + "/", headers={"cookie": cookie}).status_code == 303


def test_who_is_removed_or_has_a_new_password_is_out_at_once(beyond: str, peopled: Archive) -> None:
    with entered(beyond, READER) as reader, entered(beyond, EDITOR) as other:
        peopled.people.change(READER, hashed(PASSWORD))
        assert name_of(reader) is None and name_of(other) == EDITOR
    with entered(beyond, READER) as reader:
        account = peopled.people.remove(READER)
        assert name_of(reader) is None
        peopled.people.add(account.name, "editor", account.hash)
        assert log_in(reader, READER).status_code == 303 and reader.get("/whoami").json()["role"] == "editor"
        peopled.people.remove(READER)
        peopled.people.add(account.name, "reader", account.hash)


def test_a_damaged_file_of_people_lets_nobody_in(beyond: str, peopled: Archive) -> None:
    file = peopled.folder / "people.json"
    with entered(beyond, EDITOR) as client:
        kept = file.read_bytes()
        file.write_bytes(b'{"people": [')
        answer = client.get("/")
        assert answer.status_code == 503 and "people.json" in answer.text
        file.unlink()
        assert client.get("/").status_code == 303
        file.write_bytes(kept)


# Wrong passwords


WRONG = [(EDITOR, "not the password"), ("Nobody Here", PASSWORD), (EDITOR, ""), ("", ""), ("x" * 5000, PASSWORD), ("\u202e" + EDITOR, PASSWORD), (EDITOR, PASSWORD + "\n"), (EDITOR, "x" * 50_000)]  # fmt: skip


@pytest.mark.parametrize(("name", "password"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_name_and_a_wrong_password_are_told_the_same(beyond: str, name: str, password: str) -> None:
    with browser(beyond) as client:
        answer = log_in(client, name, password)
        assert answer.status_code == 403 and "do not belong together" in answer.text
        assert "set-cookie" not in answer.headers and name_of(client) is None


@pytest.mark.parametrize("name", [EDITOR, "Nobody Here"])
def test_after_some_wrong_passwords_there_is_a_wait_for_everybody_of_that_name(beyond: str, name: str) -> None:
    with browser(beyond) as client:
        said = [log_in(client, name.upper() if at % 2 else name, "wrong " * at).status_code for at in range(5)]
        assert said == [403] * 5
        slowed = log_in(client, name)
        assert slowed.status_code == 429 and 0 < int(slowed.headers["retry-after"]) <= 5
        assert "Too many tries" in slowed.text
        assert log_in(client, READER).status_code == 303, "another name is not slowed"


def test_tries_that_are_made_at_once_count_each(beyond: str) -> None:
    with browser(beyond) as client, ThreadPoolExecutor(12) as pool:
        sent = {"name": EDITOR, "token": token(client.get("/login"))}
        said = list(
            pool.map(lambda at: client.post("/login", data=sent | {"password": f"wrong {at}"}).status_code, range(12))
        )
    assert (said.count(403), said.count(429)) == (5, 7)


def test_an_address_that_tries_many_names_waits(beyond: str) -> None:
    with browser(beyond) as client:
        said = [log_in(client, f"Name {at}", "wrong").status_code for at in range(21)]
    assert said == [403] * 20 + [429]


def test_behind_a_proxy_each_address_of_it_counts_for_itself(peopled: Archive) -> None:
    with (
        pile.served(peopled, TLS) as site,
        httpx.Client(
            base_url=site, headers={"host": "river.example", "origin": "https://river.example"}, timeout=60
        ) as client,
    ):
        page = client.get("/login")
        sent = {"token": token(page), "password": "wrong"}
        cookie = page.headers["set-cookie"].split(";")[0]

        def tried(at: int, whence: str) -> int:
            headers = {"cookie": cookie, "x-forwarded-for": whence}
            return client.post("/login", data=sent | {"name": f"Name {at}"}, headers=headers).status_code

        assert [tried(at, f"203.0.113.{at}, 2001:db8::{at}") for at in range(1, 21)] == [403] * 20
        assert tried(21, "203.0.113.9, 2001:db8::ffff") == 429, "one network is one household"
        assert tried(22, "2001:db8::1, 203.0.113.9") == 403, "what the client says itself counts for nothing"


def test_pages_go_on_while_passwords_are_checked(beyond: str) -> None:
    with browser(beyond) as client, ThreadPoolExecutor(10) as pool:
        sent = {"token": token(client.get("/login")), "password": "wrong"}
        checks = [pool.submit(client.post, "/login", data=sent | {"name": f"Name {at}"}) for at in range(10)]
        pages = 0
        while not all(each.done() for each in checks):
            pages += client.get("/login").status_code == 200
        assert pages > len(checks), "were each check in the way, a page would fit between two of them at most"
        assert [each.result().status_code for each in checks] == [403] * 10


# Who may write


def form(client: httpx.Client, **fields: str) -> dict[str, str]:
    return {"token": token(client.get("/"))} | fields


def test_an_editor_decides_under_their_own_name(beyond: str) -> None:
    with entered(beyond, EDITOR) as client:
        sent = form(client, verdict="wrong", by="Somebody Else")
        client.cookies.set("onrecord-name", "Somebody%20Else")
        answer = client.post("/decide", data=sent | {"your-name": "Somebody Else"})
        assert answer.json()["by"] == EDITOR


@pytest.mark.parametrize("path", ["/decide", "/api/v1/decide", "/import/files", "/nope"])
def test_a_reader_writes_nothing(beyond: str, path: str) -> None:
    with entered(beyond, READER) as client:
        answer = client.post(path, data=form(client, verdict="wrong"))
        assert answer.status_code == 403 and "role of a reader" in answer.text
        assert answer.headers["content-type"].startswith("application/json" if "/api/" in path else "text/html")


def sent_to(router: Any, before: str = "") -> Iterator[str]:
    """Every address of the application that something can be sent to."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from sent_to(inner)
        elif "POST" in (getattr(route, "methods", None) or ()):
            yield re.sub(r"\{.*?\}", "x", route.path)


def test_wherever_something_can_be_sent_a_reader_and_another_site_cannot(peopled: Archive, beyond: str) -> None:
    every = set(sent_to(web.app(peopled, Site(frozenset())))) | set(
        sent_to(web.app(peopled, Site(frozenset(), people=peopled.people)))
    )
    assert {"/login", "/logout", "/name", "/import", "/review", "/ledger/import"} <= every
    before = list(peopled.judgements())
    with entered(beyond, READER) as reader, entered(beyond, EDITOR) as other:
        own, theirs = form(reader), form(other)
        for path in sorted(every - {"/login", "/logout", "/name"}):
            assert reader.post(path, data=own).status_code == 403, path
            assert other.post(path, data={}).status_code == 403, path
            assert other.post(path, data=own).status_code == 403, path
            assert other.post(path, data=theirs, headers={"origin": "http://evil.example"}).status_code == 403, path
            assert httpx.post(beyond + path, data=own, headers={"origin": beyond}).status_code == 401, path
    assert list(peopled.judgements()) == before


def test_a_reader_is_offered_nothing_to_write(beyond: str, letter: str) -> None:
    with entered(beyond, READER) as reader, entered(beyond, EDITOR) as editor:
        assert "/judge?" in editor.get(f"/d/{letter}").text
        assert "/judge?" not in reader.get(f"/d/{letter}").text


def test_nobody_writes_without_logging_in(beyond: str) -> None:
    with browser(beyond) as client:
        sent = {"token": token(client.get("/login")), "verdict": "wrong"}
        assert client.post("/decide", data=sent).status_code == 401


def test_a_form_of_one_session_is_none_of_another(beyond: str) -> None:
    with entered(beyond, EDITOR) as one, entered(beyond, EDITOR) as other:
        sent = form(one, verdict="wrong")
        assert other.post("/decide", data=sent).status_code == 403
        assert one.post("/decide", data=sent).status_code == 200


ORIGINS: list[tuple[dict[str, str | None], int]] = [
    ({}, 200), ({"origin": None, "sec-fetch-site": "same-origin"}, 200), ({"origin": None, "referer": "SITE/d/x"}, 200),
    ({"origin": None}, 403), ({"origin": "null"}, 403), ({"origin": "https://evil.example"}, 403), ({"origin": ""}, 403),
    ({"origin": None, "referer": "https://evil.example/SITE/"}, 403), ({"origin": None, "referer": "SITE.evil.example/"}, 403),
    ({"origin": None, "sec-fetch-site": "none"}, 403), ({"origin": None, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 403),
    ({"origin": None, "sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"}, 403), ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}, 403),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "status"), ORIGINS)
def test_only_our_own_pages_send_forms(here: str, headers: dict[str, str | None], status: int) -> None:
    sent = {"origin": here} | {name: value and value.replace("SITE", here) for name, value in headers.items()}
    with httpx.Client(
        base_url=here, headers={name: value for name, value in sent.items() if value is not None}
    ) as client:
        data = {"token": httpx_token(client, here), "your-name": EDITOR}
        assert client.post("/decide", data=data).status_code == status


def httpx_token(client: httpx.Client, site: str) -> str:
    """The token of this client's session, asked for as the address bar would."""
    with httpx.Client(base_url=site) as asking:
        page = asking.get("/")
        client.cookies.update(asking.cookies)
    return token(page)


@pytest.mark.parametrize("given", [None, "", "x", "A" * 43, "ü", "A" * 9000, "TOKEN ", " TOKEN", "TOKENA", "token"])
def test_a_form_without_the_right_token_is_refused(here: str, given: str | None) -> None:
    with browser(here) as client:
        right = token(client.get("/"))
        data = {"your-name": EDITOR} | ({} if given is None else {"token": given.replace("TOKEN", right)})
        answer = client.post("/decide", data=data)
        assert answer.status_code == 403 and "out of date" in answer.text
        client.cookies.clear()
        assert client.post("/decide", data={"your-name": EDITOR, "token": right}).status_code == 403


def test_a_script_gives_the_token_in_a_header(here: str) -> None:
    with browser(here) as client:
        headers = {"x-csrf-token": token(client.get("/"))}
        client.cookies.set("onrecord-name", "Anna%20Brandt")
        answer = client.post("/api/v1/decide", json={"verdict": "correct"}, headers=headers)
        assert answer.json() == {"by": EDITOR, "sent": {"verdict": "correct"}}
        refused = client.post("/api/v1/decide", json={"verdict": "correct"})
        assert (refused.status_code, refused.json()["error"]["status"]) == (403, 403)


# What is sent


KINDS: list[tuple[dict[str, Any], int]] = [
    ({"content": b"x=y", "headers": {"content-type": "text/plain"}}, 415), ({"content": b"x=y"}, 415), ({"content": b"<x/>", "headers": {"content-type": "application/xml"}}, 415),
    ({"content": b"x=" + b"y" * 65_537, "headers": {"content-type": "application/x-www-form-urlencoded"}}, 413), ({"content": (b"x" * 8192 for _ in range(9)), "headers": {"content-type": "application/x-www-form-urlencoded"}}, 413),
    ({"content": b"&".join([b"x=1"] * 1001), "headers": {"content-type": "application/x-www-form-urlencoded"}}, 400),
    ({"content": b"nothing", "headers": {"content-type": "multipart/form-data"}}, 400), ({"content": b"nothing", "headers": {"content-type": "multipart/form-data; boundary=x"}}, 400),
    ({"content": b"", "headers": {"content-type": "multipart/form-data; boundary=x"}}, 403), ({"content": b"\xff\xfe%zz", "headers": {"content-type": "application/x-www-form-urlencoded"}}, 403),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "status"), KINDS, ids=range(len(KINDS)))
def test_only_forms_of_a_sensible_size_are_read(here: str, sent: dict[str, Any], status: int) -> None:
    with browser(here) as client:
        client.get("/")
        assert client.post("/decide", **sent).status_code == status


def test_json_that_is_too_much_is_refused_whether_or_not_it_says_so(here: str) -> None:
    with browser(here) as client:
        headers = {"x-csrf-token": token(client.get("/")), "content-type": "application/json"}
        client.cookies.set("onrecord-name", "Anna%20Brandt")
        for content in (b'"' + b"x" * 70_000 + b'"', (b"x" * 8192 for _ in range(9))):
            answer = client.post("/api/v1/decide", content=content, headers=headers)
            assert (answer.status_code, answer.json()["error"]["title"]) == (413, "This is too much at once")


def test_uploads_may_be_large_and_bring_the_token_first(here: str) -> None:
    with browser(here) as client:
        client.cookies.set("onrecord-name", "Anna%20Brandt")
        right = token(client.get("/"))
        files = {
            "file": ("letter.txt", b"x" * 3_000_000, "text/plain"),
            "other": ("two.txt", b"token" * 7, "text/plain"),
        }
        answer = client.post("/import/files", data={"token": right}, files=files)
        assert answer.json() == {"by": EDITOR, "sizes": [3_000_000, 35]}
        assert client.post("/import/files", files=files, headers={"x-csrf-token": right}).status_code == 200
        assert client.post("/import/files", files=files).status_code == 403
        assert client.post("/import/files", data={"token": "x"}, files=files).status_code == 403
        assert client.post("/import/files", files={"token": ("token", right.encode())}).status_code == 403
        assert client.post("/decide", data={"token": right}, files=files).status_code == 413


# Names on this machine


def test_whoever_decides_first_is_asked_for_a_name_and_goes_on(here: str) -> None:
    with browser(here) as client:
        kept = {"verdict": "wrong", "note": 'two\r\nlines, "quoted" & <b>\u202e', "empty": ""}
        asked = client.post("/decide?card=7", data=form(client, **kept))
        assert asked.status_code == 403 and "Who decides?" in asked.text and 'action="/decide?card=7"' in asked.text
        assert "<b>" not in asked.text.split("<main")[1]
        again = client.post("/decide?card=7", data=hidden(asked) | {"your-name": "  Anna   Brandt "})
        assert again.json() == {"by": EDITOR, "form": kept | {"your-name": "  Anna   Brandt "}}
        assert (
            "onrecord-name=Anna%20Brandt; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000"
            in again.headers["set-cookie"]
        )
        assert client.post("/decide", data=form(client)).json()["by"] == EDITOR, "it is kept"
        assert EDITOR in client.get("/").text


def hidden(page: httpx.Response) -> dict[str, str]:
    """The hidden fields of the page's form, as a browser would send them."""
    import lxml.html

    fields = lxml.html.fromstring(page.text).xpath('//main//input[@type="hidden"]')
    return {field.get("name"): field.get("value").replace("\n", "\r\n") for field in fields}


@pytest.mark.parametrize("said", ["", "   ", "x" * 101, "\u202eAnna", "Anna\x00"])
def test_what_is_no_name_is_asked_for_again(here: str, said: str) -> None:
    with browser(here) as client:
        asked = client.post("/decide", data=form(client, verdict="wrong") | {"your-name": said})
        assert asked.status_code == 403 and "1 to 100 characters" in asked.text
        assert hidden(asked)["verdict"] == "wrong"
        chosen = client.post("/name", data=form(client) | {"your-name": said})
        assert chosen.status_code == 400 and "1 to 100 characters" in chosen.text


@pytest.mark.parametrize("name", [EDITOR, "أمل الكاتب", "می‌خواهم", "Zoë; Path=/x", 'A "B" C', "名前"])
def test_a_name_is_chosen_and_changed(here: str, name: str) -> None:
    with browser(here) as client:
        answer = client.post("/name", data=form(client) | {"your-name": name, "next": "/search?q=x"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=x")
        assert client.post("/decide", data=form(client)).json()["by"] == name


def test_a_script_is_told_where_to_choose_a_name(here: str) -> None:
    with browser(here) as client:
        answer = client.post("/api/v1/decide", json={}, headers={"x-csrf-token": token(client.get("/"))})
        assert answer.status_code == 403 and "/name" in answer.json()["error"]["advice"]


def test_on_this_machine_there_is_nothing_to_log_in_to(here: str) -> None:
    assert httpx.get(here + "/login").status_code == 404


def test_two_archives_on_one_machine_leave_each_others_forms_alone(archive: Archive, here: str) -> None:
    with pile.served(archive, more=writing()) as there, browser(here) as client:
        sent = form(client) | {"your-name": EDITOR}
        elsewhere = client.get(there + "/", headers={"origin": there})
        assert elsewhere.status_code == 200 and len(client.cookies) == 2
        assert client.post("/decide", data=sent).status_code == 200


def test_a_link_from_elsewhere_does_not_end_the_session_that_browsers_hold_back(here: str) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    answer = httpx.get(here + "/search?q=ferry&lang=en", headers=headers)
    assert answer.status_code == 200 and "set-cookie" not in answer.headers
    assert '<meta http-equiv="refresh" content="0; url=/search?q=ferry&amp;lang=en">' in answer.text
    with httpx.Client(base_url=here, headers=headers) as client:
        for target in (b"//evil.example/", b"/\\evil.example"):
            said = client.send(client.build_request("GET", here, extensions={"target": target})).text
            assert "evil" not in said and 'url=/"' in said
    with browser(here) as client:
        client.get("/")
        del client.headers["origin"]
        assert "refresh" not in client.get("/search?q=ferry", headers=headers).text
