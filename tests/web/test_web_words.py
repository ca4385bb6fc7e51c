# ruff: noqa: E501 - sentences and cases stay in one piece
from __future__ import annotations

import pytest

from onrecord.web import words


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2024", "2024"), ("2024-05", "May 2024"), ("2024-05-03", "3 May 2024"), ("2024-05?", "May 2024 (uncertain)"), ("2024~", "2024 (approximately)"),
        ("2023-10-01/2023-10-07", "1 October 2023 – 7 October 2023"), ("2024-13", "2024-13"), ("2024-05-03/..", "2024-05-03/.."), ("", ""), ("P3D", "P3D"), ("2024-06-01T09:30:00Z", "1 June 2024, 09:30 UTC"),
    ],
)  # fmt: skip
def test_dates_are_said_and_what_is_none_is_left_as_it_is(edtf: str, said: str) -> None:
    assert words.date(edtf) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (52_300, "52 kB"), (7_800_000_000, "7.8 GB")],
)
def test_sizes(count: int, said: str) -> None:
    assert words.size(count) == said


@pytest.mark.parametrize(
    ("tag", "name"),
    [("ar", "Arabic"), ("pt-BR", "Portuguese (Brazil)"), ("und", "Language not known"), ("xx-!", "xx-!"), ("", "")],
)
def test_languages(tag: str, name: str) -> None:
    assert words.language(tag) == name


def test_moments() -> None:
    assert words.moment("2024-06-01T09:30:00Z") == "1 June 2024, 09:30 UTC"
    assert words.moment("yesterday") == "yesterday"
