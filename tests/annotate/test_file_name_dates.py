"""A date in a file's name is a date of publication that the name gives, and says so; it is never one of issue."""

from __future__ import annotations

import pytest

from onrecord.annotate import annotate
from onrecord.annotate.dates import file_name_date
from onrecord.model import Capture, Document, Rendition


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("APW19980807.0261.txt", "1998-08-07"),
        ("press/2024-05-03_letter.pdf", "2024-05-03"),
        ("note 2024.05.03.docx", "2024-05-03"),
        ("2024_05_03.txt", "2024-05-03"),
        ("2024-05-03 to 2024-05-09.txt", None),
        ("2024-05/letter.txt", None),
        ("invoice-120240503.txt", None),
        ("2024-13-03.txt", None),
        ("18991231.txt", None),
        ("letter.txt", None),
    ],
)
def test_the_one_day_in_a_name(source: str, day: str | None) -> None:
    assert file_name_date(source) == day


def read(text: str, source: str, published: str | None = None) -> dict[str, tuple[str, str]]:
    capture = Capture(
        digest="sha256:" + "0" * 64,
        size=1,
        media_type="text/plain",
        source=source,
        captured_at="2025-01-01T00:00:00Z",
        published=published,
    )
    document = Document(id="d0", capture=capture, text=text, rendition=Rendition("test", "1"))
    return {date.role: (date.value, date.rule) for date in annotate(document).dates}


def test_it_is_a_date_of_publication_with_its_rule() -> None:
    dates = read("The ferry sails again.", "2024-05-03.txt")
    assert dates["published"] == ("2024-05-03", "file-name")
    assert "issued" not in dates


def test_what_the_person_says_comes_first() -> None:
    assert read("The ferry sails again.", "2024-05-03.txt", "2024-05-04")["published"] == ("2024-05-04", "given")
