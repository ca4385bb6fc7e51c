from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.address import Address, address, parse
from onrecord.text.spans import Span


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (address("d1f"), "/d/d1f"),
        (address("d1f", 0, 12), "/d/d1f/0-12"),
        (str(Address("d1f", Span(3, 3))), "/d/d1f/3-3"),
    ],
)
def test_form(made: str, text: str) -> None:
    assert made == text


@given(st.from_regex(r"[A-Za-z0-9._-]{1,30}", fullmatch=True), st.integers(0, 10**9), st.integers(0, 10**9))
def test_parse_undoes_address(document: str, start: int, length: int) -> None:
    assert parse(address(document)) == Address(document)
    assert parse(address(document, start, start + length)) == Address(document, Span(start, start + length))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/d/",
        "d/x",
        "/d/x/",
        "/d/x/1",
        "/d/x/1-",
        "/d/x/5-4",
        "/d/x/-1-4",
        "/d/x/1-2/3",
        "/d/x y",
        "/d/x/٣-٤",
        "/d/x\n",
    ],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match=r"no address|ends before"):
        parse(text)
