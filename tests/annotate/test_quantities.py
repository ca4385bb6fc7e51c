"""The counts that a text asserts: their words, value, comparator, unit, who asserts them, and what counts nothing."""

import math
import tomllib
from pathlib import Path

import pytest
from documents import document, found
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate import clauses, quantities
from onrecord.annotate.counting import counting
from onrecord.lexicon import languages, lexicon
from onrecord.model import Comparator, Language, Quantity

TABLE = tomllib.loads((Path(__file__).parent / "quantities.toml").read_text("utf8"))
CASES = [(tag, case["text"], case.get("found", [])) for tag, cases in TABLE.items() for case in cases]


def read(text: str, language: str) -> tuple[Quantity, ...]:
    return found(text, language=language).quantities


def alone(text: str, language: str) -> tuple[Quantity, ...]:
    """What the stage finds without the others: the whole text is one sentence."""
    made = document(text)
    spoken = (Language(language, 0, len(text)),)
    _, cut = clauses.find(made, spoken, [(0, len(text))])
    return quantities.find(made, cut, (), (), (), ())


@pytest.mark.parametrize(("tag", "text", "wanted"), CASES, ids=[f"{tag}:{text[:40]}" for tag, text, _ in CASES])
def test_counts(tag: str, text: str, wanted: list[list[object]]) -> None:
    said = [
        [text[it.start : it.end], it.value, it.comparator, it.unit or "", *([it.upper] if it.upper is not None else [])]
        for it in read(text, tag)
    ]
    assert said == wanted


def test_enough_cases() -> None:
    assert len(CASES) >= 80 and set(TABLE) == set(languages())


WHOLES = [
    ("There are 19 of 22 members.", "en", ["22 members", None]),
    ("About half of its inhabitants left.", "en", ["its inhabitants"]),
    ("At least 12 of the attackers were hit.", "en", ["the attackers"]),
    ("We tested 54 wells; four of them are safe.", "en", [None, "them"]),
    ("El 10 por ciento de la captura.", "es", ["la captura"]),
    ("Votaron 19 de los 22 miembros.", "es", ["22 miembros", None]),
]


@pytest.mark.parametrize(("text", "language", "of"), WHOLES)
def test_what_a_number_is_a_part_of(text: str, language: str, of: list[str | None]) -> None:
    assert [it.of for it in read(text, language)] == of


def test_the_innermost_attribution_asserts_a_count() -> None:
    text = (
        "Union rejects figures\n\nMARN, 4 May 2024 – Some 300 dockers stood on the quay. "
        "The union said that the ministry had counted 12 boats. “We counted 14 boats,” Anna Brandt said.\n"
    )
    by = {text[it.start : it.end]: it.within for it in found(text).quantities}
    of = {it.id: "".join(text[span.start : span.end] for span in it.content.spans) for it in found(text).attributions}
    assert by["Some 300 dockers"] is None
    assert "12 boats" in of[by["12 boats"] or ""] and "14 boats" in of[by["14 boats"] or ""]


def test_a_statement_asserts_what_no_other_says() -> None:
    text = (
        "Velna Dockers' Union\n\nStatement on the night rate\n\nMarn, 4 May 2024\n\n"
        "We condemn the cut of the night rate by 18 per cent. We demand that the Ministry of Water restore it.\n\n"
        "We shall meet at the lock on Sunday and call upon every crew to come.\n\nAnna Brandt\nSecretary\n"
    )
    all_found = found(text)
    assert [it.within for it in all_found.quantities] == [all_found.statements[0].id]


def test_a_unit_is_lent_by_the_last_sentence_at_most() -> None:
    near, far = "We saw 14 boats. They counted nine.", "We saw 14 boats. It was dark. They counted nine."
    assert [(it.unit, it.rule) for it in read(near, "en")][1] == ("boat", "words; unit of the count before")
    assert [it.unit for it in read(far, "en")] == ["boat", None]


MOODS = [
    ("We strike if 100 dockers are dismissed.", "en", "under a condition"),
    ("Should 12 boats sail, we will sail too.", "en", "under a condition"),
    ("They asked whether 12 boats had come.", "en", "under a condition"),
    ("If we must, we will send 12 boats.", "en", ""),
    ("The figure of at least 30 dead is a lie.", "en", "denied"),
    ("The union rejects the figure of twelve.", "en", "denied"),
    ("The ministry denies that it fired on 12 boats.", "en", "denied"),
    ("The ministry does not dispute the figure of twelve.", "en", ""),
    ("The union rejects the offer of 3 per cent.", "en", ""),
    ("Si 100 dockers sont licenciés, nous partirons.", "fr", "under a condition"),
    ("Le ministère nie que 12 pêcheurs soient morts.", "fr", "denied"),
    ("Le ministère ne nie pas que 12 pêcheurs sont morts.", "fr", ""),
    ("Si despiden a 100 estibadores, pararemos.", "es", "under a condition"),
    ("El sindicato rechaza la cifra de doce.", "es", "denied"),
    ("Если уволят 100 докеров, мы уйдём.", "ru", "under a condition"),
    ("Министерство отвергает цифру 12.", "ru", "denied"),
    ("إذا فُصل 100 عامل فسنغادر.", "ar", "under a condition"),
    ("تنفي الوزارة أن 12 قاربا غرقت.", "ar", "denied"),
]


@pytest.mark.parametrize(("text", "language", "mood"), MOODS)
def test_what_is_said_and_not_asserted(text: str, language: str, mood: str) -> None:
    whole = f"{text} {text}"
    first, *_ = read(whole, language)
    assert (first.rule.rpartition("; ")[2] == mood) == bool(mood)
    assert not (mood and first.within)


def test_who_asserts_a_count_in_a_statement_of_its_own() -> None:
    text = (
        "DOCKERS’ UNION OF MARN\n\nStatement\n\nMarn, 4 May 2024\n\nWe counted 31 boats. "
        "We will strike if 100 dockers are dismissed. We reject the figure of twelve. "
        "Is it true that 50 men were held?\n\nAnna Brandt, chair\n"
    )
    by = {text[it.start : it.end]: it.within is not None for it in found(text).quantities}
    assert by == {"31 boats": True, "100 dockers": False, "twelve": False}


@pytest.mark.parametrize("tag", languages())
def test_every_language_has_its_words_of_counts(tag: str) -> None:
    table = counting(tag)
    assert table is not None
    signs = set(Comparator.__args__)
    for place in (table.before, table.after):
        assert {meaning for held in place.values() for _, meaning in held} <= signs | {""}
    assert {"units", "tens", "scales", "lots", "shares", "percent"} <= set(lexicon(tag)["quantities"])


WORDS = sorted({word for tag in languages() for word in (counting(tag).openers if counting(tag) else ())})[::37]
SOUP = st.lists(
    st.sampled_from(
        [*WORDS, "12", "1,200", "1.5", "٣", "$", "%", "of", "and", "to", "-", "–", "(", ")", "boats", "least", "at",
         "two", "hundred", "million", "half", "a", "third", "between", "or", "more", "than", ",", ".", "ألف", "\ud800",
         "½", "3/4", "10k", "0800", "+44", "minus", ">", "~", "if", "denies", "figure", "that", "died", "?"]
    ),
    max_size=30,
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(SOUP, st.sampled_from(languages()), st.sampled_from(["", " ", "  "]))
def test_any_words_give_spans_of_the_text(words: list[str], tag: str, space: str) -> None:
    text = space.join(words)
    first = alone(text, tag)
    assert first == alone(text, tag)
    ends = [0]
    for it in first:
        assert 0 <= it.start < it.end <= len(text)
        assert it.value is None or math.isfinite(it.value)
        assert it.upper is None or (it.value is not None and it.value < it.upper < math.inf)
        assert it.start >= ends[-1]
        ends.append(it.end)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=80), st.sampled_from(languages()))
def test_any_text_is_read(text: str, tag: str) -> None:
    for it in alone(text, tag):
        assert text[it.start : it.end]


@given(st.integers(1, 999_999_999))
def test_figures_are_read_as_they_are_parted(number: int) -> None:
    for tag, parted in (
        ("en", f"{number:,}"),
        ("es", f"{number:,}".replace(",", ".")),
        ("fr", f"{number:,}".replace(",", " ")),
    ):
        assert [it.value for it in alone(f"x {parted} %", tag)] == [number]


HOSTILE = [
    "We saw " + "9" * 400 + " boats.",
    "We saw " + "1," * 5000 + "1 boats.",
    "9" * 100_000,
    "We saw " + "at least more than " * 5000 + "5 boats.",
    "two " * 20_000,
    "one hundred and " * 5000 + "boats",
    "half a " * 10_000,
    "5 of " * 10_000,
    "5-" * 10_000,
    "5 boats, " * 10_000,
    "12 \ud800 boats \udfff 13",
    "خمسة و" * 5000,
    "(" * 5000 + "5" + ")" * 5000,
    "million " * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("tag", ["en", "fr", "ar"])
def test_hostile_texts_give_no_invented_value(text: str, tag: str) -> None:
    for it in alone(text, tag):
        assert it.value is None or math.isfinite(it.value)


def test_a_number_too_long_to_be_held_has_no_value() -> None:
    (it,) = alone("We saw " + "9" * 400 + " boats.", "en")
    assert (it.value, it.unit) == (None, "boat")
