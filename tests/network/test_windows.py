"""Windows of time: a date counts where it surely lies, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import velna
from hypothesis import given
from hypothesis import strategies as st
from test_questions import asked

from onrecord import analyse
from onrecord.analyse.windows import placing, window
from onrecord.errors import MetadataError
from onrecord.hypergraph import JointStatement, Member, Windows
from onrecord.networks import events_in

DAYS = [
    None, "2023", "2023-05", "2023-05-03", "2023-12-30/2024-01-02", "2024-01-01?", "2024-03~", "../2023", "2024/..",
    "199X", "2024-Q1", "no date",
]  # fmt: skip
SPRING, TALKS, WINTER = ("Spring", "2024-03/2024-05"), ("Talks", "2024-02-01/2024-02-29"), ("Winter", "2023-12/2024-02")


@pytest.mark.parametrize(
    ("issued", "lies"),
    [
        ("2024-02-10", "within"),
        ("2024-02", "within"),
        ("2024-02-10?", "within"),
        ("2024", "over-border"),
        ("2024-01-31/2024-02-01", "over-border"),
        ("2024-02-29/..", "over-border"),
        ("2024-01", "outside"),
        ("2023/2024-01", "outside"),
        (None, "undated"),
        ("no date", "undated"),
    ],
)
def test_how_a_date_lies_to_a_window(issued: str | None, lies: str) -> None:
    assert placing(issued, window(*TALKS)) == lies


def numbers(found: Windows) -> dict[str, int]:
    return {each.name: each.statements for each in found.windows}


@pytest.mark.parametrize(
    ("by", "held", "rest"),
    [
        ("month", {"2023-05": 1, "2024-02": 2, "2024-09": 1}, (4, 1, 0, 1)),
        ("year", {"2023": 1, "2024": 4}, (5, 0, 0, 1)),
        ([SPRING, TALKS], {"Spring": 0, "Talks": 2}, (2, 1, 2, 1)),
        ([TALKS, WINTER], {"Talks": 2, "Winter": 2}, (2, 0, 3, 1)),
        ([], {}, (0, 0, 5, 1)),
    ],
)
def test_statements_by_window(by: str | list[tuple[str, str]], held: dict[str, int], rest: tuple[int, ...]) -> None:
    found = asked().windows(by, "pair")
    assert numbers(found) == held
    assert (found.within, found.over_border, found.outside, found.undated) == rest


def test_a_window_has_its_pairs_by_the_rule_and_its_statements() -> None:
    found = asked().windows("month", "1/(n-1)")
    may, february, _ = found.windows
    assert [(pair.first, pair.second, pair.weight) for pair in may.pairs] == [
        ("e1", "e2", 0.5), ("e1", "e3", 0.5), ("e2", "e3", 0.5),
    ]  # fmt: skip
    assert (may.parties, may.addresses, february.qualified) == (3, ("/d/d1/0-42",), 1)
    assert found.rule.formula == "1/(n-1)"
    assert found.names == {"e1": "Harbour Union", "e2": "River Council", "e3": "Pilots’ Guild"}


def test_windows_of_a_party() -> None:
    found = asked().windows("year", "pair", "Pilots' Guild")
    assert numbers(found) == {"2023": 1, "2024": 1}
    assert {pair.second for each in found.windows for pair in each.pairs} == {"e3"}


EVENT = st.tuples(st.sampled_from("abcd"), st.sampled_from([day for day in DAYS if day and day != "no date"]))


@given(
    st.lists(st.sampled_from(DAYS), max_size=12),
    st.sampled_from(["month", "year"]) | st.lists(EVENT, max_size=4, unique_by=lambda event: event[0]),
)
def test_nothing_is_lost(days: list[str | None], by: str | list[tuple[str, str]]) -> None:
    both = (Member("e1", "One", "signatory", ()), Member("e2", "Two", "signatory", ()))
    made = [JointStatement(f"d{at}", "st1", day, both) for at, day in enumerate(days)]
    found = analyse.windows(made, analyse.named(by) if isinstance(by, list) else by, "pair")  # type: ignore[arg-type]
    assert found.within + found.over_border + found.outside + found.undated == len(made)
    assert found.undated == sum(day in (None, "no date") for day in days)
    if isinstance(by, str):
        assert sum(each.statements for each in found.windows) == found.within
        assert [each.name for each in found.windows] == sorted(each.name for each in found.windows)
    for each in found.windows:
        assert sum(pair.statements for pair in each.pairs) == each.statements == len(each.addresses)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("talks.toml", '"Talks" = "2024-02-01/2024-02-29"\n[events]\nWinter = "2023-12/2024-02"\n'),
        ("talks.csv", "\ufeffname,date\r\nTalks,2024-02-01/2024-02-29\r\nWinter,2023-12/2024-02\r\n"),
    ],
)
def test_events_come_from_a_file(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, "utf8", newline="")
    assert events_in(path) == [TALKS, WINTER]
    assert numbers(asked().windows(str(path), "pair")) == {"Talks": 2, "Winter": 2}


@pytest.mark.parametrize(
    ("name", "held", "said"),
    [
        ("week", None, "is neither month nor year"),
        ("none.toml", None, "cannot be read"),
        ("n\0ul.toml", None, "cannot be read"),
        ("x" * 10_000 + ".csv", None, "cannot be read"),
        ("a.toml", b"Talks 2024", "a.toml': This is no TOML"),
        ("a.toml", b"a = " + b"[" * 100_000, "a.toml': This is no TOML"),
        ("a.toml", b"Talks = 2024-05-01", "'Talks' has no date in quotes"),
        ("a.toml", b'Talks = "May"', "'Talks': 'May' is not a date in EDTF"),
        ("a.toml", b'" " = "2024"', "has no name"),
        ("a.toml", b"\xff\xfe", "is not UTF-8"),
        ("a.toml", b"#" * 1_000_001, "more than 1,000,000 bytes"),
        ("a.csv", b"what,when\nTalks,2024\n", "begins with the line: name,date"),
        ("a.csv", b"name,date\nTalks,2024\nTalks,2025\n", "Two events are called 'Talks'"),
        ("a.csv", b'name,date\n"Talks,2024\n', "This is no CSV"),
        ("a.csv", b"name,date\nTalks\n", "'Talks': '' is not a date"),
        ("a.csv", b"name,date\n" + b"x" * 200_000 + b",2024\n", "This is no CSV"),
    ],
)
def test_a_file_that_is_none_of_events_is_told(name: str, held: bytes | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if held is not None:
        path.write_bytes(held)
    with pytest.raises(MetadataError, match=said) as told:
        asked().windows(str(path))
    assert len(str(told.value)) < 2_000


def test_an_event_on_the_command_line() -> None:
    assert analyse.said("Talks = at Marn = 2024-05") == ("Talks = at Marn", "2024-05")
    with pytest.raises(MetadataError, match="is no event"):
        analyse.said("x" * 10_000)


def test_the_small_archive_is_what_these_tests_count_on() -> None:
    assert [each.id for each in velna.records()] == [f"d{at}" for at in range(1, 9)]
