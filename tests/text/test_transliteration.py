"""Words of six scripts as sounds that can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.folding import fold
from onrecord.text.transliteration import ARABIC, HEBREW, agree, readings, romanised, scripts, skeletons


def sounded(word: str):  # type: ignore[no-untyped-def]
    plain = fold(word).replace(" ", "")
    return readings(plain, next(iter(scripts(plain)), "other"))


def alike(one: str, other: str) -> bool:
    return any(agree(first, second) for first in sounded(one) for second in sounded(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Husayn", "حسين"),
        ("Hossein", "حسین"),
        ("Yusuf", "يوسف"),
        ("Qandil", "قنديل"),
        ("Kandil", "قنديل"),
        ("Qandil", "Gandil"),
        ("Osama", "Usama"),
        ("Hamza", "حمزة"),
        ("Saʿid", "سعيد"),
        ("Khosravi", "خسروی"),
        ("Golzari", "گلزاری"),
        ("Yitzhak", "יצחק"),
        ("David", "דוד"),
        ("Tsipora", "ציפורה"),
        ("Shchegolev", "Щёголев"),
        ("Hrynchuk", "Гринчук"),
        ("Vukčić", "Вукчић"),
        ("Papandronis", "Παπανδρόνης"),
        ("Theodoridis", "Θεοδωρίδης"),
        ("Baris", "Μπάρης"),
        ("Orlanoff", "Орланов"),
    ],
)
def test_one_word_in_two_scripts(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Salam", "سليم"),
        ("Hasan", "حسين"),
        ("Hamad", "Hamid"),
        ("Nur", "Nar"),
        ("Tarfi", "طرفان"),
        ("Oleg", "Olga"),
        ("Karim", "Karam"),
        ("Brandt", "Brant"),
        ("Barkai", "ברקן"),
        ("Орланов", "Orlin"),
        ("", "Orlin"),
    ],
)
def test_two_words(one: str, other: str) -> None:
    assert not alike(one, other)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("щеголев", "shchegolev"),
        ("вукчић", "vukcic"),
        ("галич", "galich"),
        ("їжак", "izhak"),
        ("κουντουρης", "kountouris"),
        ("μπουμπα", "boumpa"),
        ("brandt", "brandt"),
        ("王", "wang"),
    ],
)
def test_written_in_latin_letters(word: str, wanted: str) -> None:
    assert romanised(word) == wanted


@pytest.mark.parametrize(
    ("word", "wanted"), [("Орск", {"Cyrl"}), ("Pаr", {"Latn", "Cyrl"}), ("3", set()), ("王a", {"other", "Latn"})]
)
def test_scripts(word: str, wanted: set[str]) -> None:
    assert scripts(word) == wanted


LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
SEMITIC = st.sampled_from([*ARABIC, *HEBREW, *"اوييءعهة"])


@given(st.text(LETTERS, max_size=12), st.one_of(st.text(LETTERS, max_size=12), st.text(SEMITIC, max_size=8)))
def test_agreement_is_mutual_and_every_word_agrees_with_itself(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert all(agree(reading, reading) for reading in sounded(other) if reading.sounds)
    assert all(skeletons(reading) for reading in sounded(one))
