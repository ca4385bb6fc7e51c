"""Languages: of the whole, of paragraphs, of mixed documents; ranges that cover the text."""

from itertools import pairwise

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate import language
from onrecord.annotate.sentences import paragraphs
from onrecord.model import Document

ENGLISH = "The council of the river towns met on the quay and decided that the ferry must be given back to its crew."
FRENCH = (
    "Le conseil des villes du fleuve s'est réuni sur le quai et a décidé que le bac doit être rendu à son équipage."
)
SPANISH = (
    "El consejo de las ciudades del río se reunió en el muelle y decidió que la barca debe volver con su tripulación."
)
RUSSIAN = (
    "Совет речных городов собрался на причале и решил, что паром должен быть возвращён его команде как можно скорее."
)
ARABIC = "اجتمع مجلس مدن النهر على الرصيف وقرر أن العبارة يجب أن تعود إلى طاقمها في أقرب وقت ممكن."
GERMAN = "Der Rat der Städte am Fluss trat zusammen und beschloss, dass die Fähre ihrer Mannschaft zurückgegeben wird."
HEBREW = "מועצת ערי הנהר התכנסה על הרציף והחליטה כי המעבורת תוחזר לצוותה בהקדם האפשרי."
JAPANESE = "川の町の評議会は埠頭で会合を開き、渡し船を乗組員に返すことを決めました。"

WHOLE = [
    (ENGLISH, "en"), (FRENCH, "fr"), (SPANISH, "es"), (RUSSIAN, "ru"), (ARABIC, "ar"), (GERMAN, "de"), (HEBREW, "he"),
    (JAPANESE, "ja"), ("ΑΝΑΚΟΙΝΩΣΗ ΤΟΥ ΣΥΛΛΟΓΟΥ", "el"), ("", "und"), (" \n ", "und"), ("12 – 34", "und"),
]  # fmt: skip


def tags(given_document: Document) -> list[tuple[str, str]]:
    text = given_document.text
    ranges = language.find(given_document, paragraphs(given_document))
    return [(it.tag, text[it.start : it.end].strip()[:12]) for it in ranges]


@pytest.mark.parametrize(("text", "tag"), WHOLE)
def test_the_whole_is_in_one_language(text: str, tag: str) -> None:
    assert [it for it, _ in tags(document(text))] == [tag]


def test_a_mixed_document_is_told_by_paragraphs() -> None:
    text = "\n\n".join([ENGLISH, ENGLISH, FRENCH, ARABIC, ENGLISH])
    assert tags(document(text)) == [
        ("en", ENGLISH[:12]), ("fr", FRENCH[:12]), ("ar", ARABIC[:12]), ("en", ENGLISH[:12]),
    ]  # fmt: skip


def test_short_lines_inherit_unless_their_script_forbids_it() -> None:
    text = "\n\n".join([FRENCH, "Orsk, le 3 mai", "اتحاد ميناء أورسك", FRENCH])
    assert [tag for tag, _ in tags(document(text))] == ["fr", "ar", "fr"]


def test_a_reference_number_does_not_change_the_language() -> None:
    assert tags(document(f"{ARABIC}\n\nA/RES/12\n\n{ARABIC}")) == [("ar", ARABIC[:12])]


def test_the_given_language_is_kept_where_the_script_allows() -> None:
    assert tags(document(ENGLISH, language="en-GB")) == [("en-GB", ENGLISH[:12])]
    assert tags(document(ARABIC, language="en")) == [("ar", ARABIC[:12])]
    assert tags(document("12", language="es")) == [("es", "12")]


@given(st.lists(st.sampled_from([ENGLISH, FRENCH, ARABIC, RUSSIAN, "Orsk", "", "12", "…"]), max_size=8))
def test_ranges_cover_the_text_and_neighbours_differ(pieces: list[str]) -> None:
    text = "\n\n".join(pieces)
    made = document(text)
    ranges = language.find(made, paragraphs(made))
    assert ranges[0].start == 0 and ranges[-1].end == len(text)
    assert all(a.end == b.start and a.tag != b.tag for a, b in pairwise(ranges))
