# ruff: noqa: E501 - cases stay in one piece
"""What the door counts and remembers, by a clock that the test turns."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from onrecord.store import Account
from onrecord.store.people import key
from onrecord.web import cookies, sessions
from onrecord.web.access import ours
from onrecord.web.sessions import Sessions
from onrecord.web.tries import FORGOTTEN, KEPT, LONGEST, Tries, household
from onrecord.web.writing import LIMIT, limit

ANNA = Account("Anna Brandt", "editor", "kept")
PEOPLE = {key(ANNA.name): ANNA}


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_session_ends_when_nobody_uses_it() -> None:
    clock = Clock()
    kept = Sessions(clock)
    ticket = kept.begin(ANNA)
    for _ in range(5):
        clock.now += sessions.IDLE - 1
        assert kept.account(ticket, PEOPLE) == ANNA
    clock.now += sessions.IDLE
    assert kept.account(ticket, PEOPLE) is None
    clock.now -= sessions.IDLE
    assert kept.account(ticket, PEOPLE) is None, "over is over"


def test_one_person_has_only_so_many_sessions() -> None:
    clock = Clock()
    kept = Sessions(clock)
    tickets = []
    for _ in range(sessions.MOST + 3):
        clock.now += 1
        tickets.append(kept.begin(ANNA))
    assert [kept.account(ticket, PEOPLE) is not None for ticket in tickets] == [False] * 3 + [True] * sessions.MOST


def test_a_token_is_of_one_session_and_one_process() -> None:
    one, other = Sessions(Clock()), Sessions(Clock())
    assert one.token("a") == one.token("a")
    assert len({one.token("a"), one.token("b"), other.token("a")}) == 3


def test_waits_grow_to_a_most_and_are_forgotten() -> None:
    clock = Clock()
    tries = Tries(2, clock)
    waits = []
    for _ in range(14):
        waits.append(tries.wait("anna"))
        clock.now += waits[-1]
        tries.count("anna")
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]
    clock.now += FORGOTTEN
    assert tries.wait("anna") == 0


@given(st.lists(st.tuples(st.integers(0, 600), st.booleans()), max_size=60), st.integers(1, 6))
def test_nobody_tries_more_often_than_is_free_within_a_wait(moves: list[tuple[int, bool]], free: int) -> None:
    clock, made = Clock(), list[float]()
    tries = Tries(free, clock)
    for pause, right in moves:
        clock.now += pause
        if tries.wait("anna"):
            continue
        tries.count("anna")
        if right:
            tries.take_back("anna")
        else:
            made.append(clock.now)
    assert all(later - earlier >= 5 for earlier, later in zip(made, made[free:], strict=False))
    assert tries.wait("anna") <= LONGEST and tries.wait("omar") == 0


def test_what_is_remembered_of_strangers_is_bounded() -> None:
    tries = Tries(1, Clock())
    for at in range(KEPT + 5):
        tries.count(str(at))
    assert (tries.wait("4"), tries.wait(str(KEPT + 4))) == (0, 5)


@pytest.mark.parametrize(("said", "house"), [
    ("192.0.2.7", "192.0.2.7"), (" 192.0.2.7 ", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:0:1::2", "2001:db8:0:1::/64"),
    ("[2001:db8:0:1:ffff::]", "2001:db8:0:1::/64"), ("", "unknown"), ("river.example", "unknown"), ("192.0.2.7:80", "unknown"),
])  # fmt: skip
def test_which_addresses_are_one_household(said: str, house: str) -> None:
    assert household(said) == house


@pytest.mark.parametrize(("lines", "value"), [
    (["a=1"], "1"), (["b=2; a=1"], "1"), (["a=1; a=1"], "1"), (["a=1; a=2"], None), (["a=1", "a=2"], None), (["a=1", "b=2"], "1"),
    (["a"], None), (["a="], ""), (["aa=1"], None), (["a=1=2"], "1=2"), (["a=%C3%A9"], "é"), (["a=%zz"], "%zz"), ([""], None), ([], None),
])  # fmt: skip
def test_how_a_cookie_is_read(lines: list[str], value: str | None) -> None:
    assert cookies.given(Headers(raw=[(b"cookie", line.encode()) for line in lines]), "a") == value


@given(st.text(max_size=80))
def test_a_cookie_holds_any_name_and_nothing_more(value: str) -> None:
    header = cookies.made("onrecord-name", value.encode("utf-8", "replace").decode(), https=True, seconds=5)
    assert header.isascii() and header.isprintable()
    assert header.split("; ")[1:] == ["Path=/", "HttpOnly", "SameSite=Strict", "Secure", "Max-Age=5"]
    raw = Headers(raw=[(b"cookie", header.split("; ")[0].encode())])
    assert cookies.given(raw, "onrecord-name") == value.encode("utf-8", "replace").decode()


@given(st.one_of(st.text(max_size=40), st.text("/\\:.@?#%\t\r\n aex", max_size=12), st.none()))
def test_wherever_one_is_led_it_is_here(place: str | None) -> None:
    led = urlsplit(urljoin("https://river.example/login", ours(place)))
    assert (led.scheme, led.netloc) == ("https", "river.example")
    assert ours(place).isprintable() and not ours(place).startswith(("//", "/\\"))


@pytest.mark.parametrize(("path", "most"), [("/decide", LIMIT), ("/imports", LIMIT), ("/import", 1 << 30), ("/import/files", 1 << 30), ("/api/v1/imports", 1 << 30), ("/d/import", LIMIT)])  # fmt: skip
def test_how_much_may_be_sent_where(path: str, most: int) -> None:
    assert limit(path) == most
