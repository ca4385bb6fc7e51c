import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.names import folded, parts

ONE_NAME = [
    ("The Al-Nahr Brigades", "al-Nahr brigades"),
    ("U.N.", "UN"),
    ("J. K. Orlan", "J.K. Orlan"),
    ("Dr. Mira Kessan", "Mira Kessan"),
    ("Orsk’s", "Orsk"),
    ("Łódska Union", "Lodska union"),
    ("Union des Ports de Vélna", "union des ports de velna"),
    ("Union of the Ports", "Union of Ports"),
    ("Trade & Ferry Council", "Trade and Ferry Council"),
    ("ألوية النَّهر", "الوية النهر"),
    ("السيد كريم", "كريم"),
    ("Front for Velna – General Command", "Front for Velna - General Command"),
    ("Ｖｅｌｎａ", "Velna"),
    ("Vel\u200dna", "Velna"),
]
TWO_NAMES = [
    ("Al-Nahr Brigades", "Al-Nahr Force"),
    ("Front for Velna", "Front for Velna – General Command"),
    ("Orsk Council", "Orsk Councils"),
    ("ألوية النهر", "al-Nahr Brigades"),
    ("Mira Kessan", "Mina Kessan"),
    ("Harbour Union", "Harbour Workers Union"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_near_names_keep_their_own_keys(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("name", "title", "given_names", "surname"),
    [
        ("Mira Kessan", "", "Mira", "Kessan"),
        ("Dr. Mira van den Orsk", "Dr.", "Mira", "van den Orsk"),
        ("Sheikh Omar bin Velan", "Sheikh", "Omar", "bin Velan"),
        ("Kessan", "", "", "Kessan"),
        ("Mr", "", "", "Mr"),
    ],
)
def test_parts(name: str, title: str, given_names: str, surname: str) -> None:
    found = parts(name)
    assert (found.title, found.given, found.surname) == (title, given_names, surname)


@given(st.text(min_size=1))
def test_a_key_is_never_empty_and_case_and_joiners_do_not_change_it(name: str) -> None:
    assert folded(name)
    assert folded(f"\u200e{name}\u200f") in {folded(name), f"\u200e{name}\u200f"}


@given(st.text())
def test_parts_hold_all_the_words(name: str) -> None:
    found = parts(name)
    assert " ".join(filter(None, (found.title, found.given, found.surname))) == " ".join(name.split())
