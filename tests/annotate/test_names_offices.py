"""Roles as printed beside a person, surnames that stand first, works, and territories whose names hold small words.

A row is a text and what must be found in it; rows without a finding are traps.
"""

from itertools import pairwise

import pytest
from annotated import named, quoted
from hypothesis import given
from hypothesis import strategies as st

PERSON, BODY, PLACE, WORK = "person", "organization", "place", "work"

ROLES = [
    # Behind the name: with what the office is of, with its possessor, without the article alone.
    (
        "en",
        "Anna Brandt, head of the Harbour Union's press office, said so.",
        "head of the Harbour Union's press office",
    ),
    ("en", "Anna Brandt, the council's deputy chair, left.", "the council's deputy chair"),
    ("en", "Anna Brandt, its spokeswoman, left.", "its spokeswoman"),
    ("en", "Anna Brandt, the mayor of Keld, left.", "mayor of Keld"),
    ("en", "Anna Brandt, the city's chief veterinary officer, left.", "the city's chief veterinary officer"),
    ("en", "Anna Brandt, head nurse of the clinic, left.", "head nurse of the clinic"),
    (
        "en",
        "Anna Brandt, president and founder of the Keld Society, left.",
        "president and founder of the Keld Society",
    ),
    ("en", "Anna Brandt, minister for trade and industry, left.", "minister for trade and industry"),
    ("en", "Anna Brandt, Minister of Water, Roads and Ferries, left.", "Minister of Water, Roads and Ferries"),
    ("en", "Anna Brandt, secretary of the union since 2019, left.", "secretary of the union"),
    ("en", "They met Anna Brandt (chair of the Basin Council).", "chair of the Basin Council"),
    (
        "fr",
        "Anna Brandt, secrétaire générale du Syndicat des marins, parle.",
        "secrétaire générale du Syndicat des marins",
    ),
    ("fr", "Anna Brandt, la maire de Marn, parle.", "maire de Marn"),
    ("fr", "Anna Brandt, ministre des Affaires étrangères, parle.", "ministre des Affaires étrangères"),
    (
        "es",
        "Anna Brandt, secretaria general de la Unión de Pescadores, habla.",
        "secretaria general de la Unión de Pescadores",
    ),
    ("es", "Anna Brandt, ministra de Justicia y Trabajo, habla.", "ministra de Justicia y Trabajo"),
    # Before the name, where its determiner is no part of it.
    (
        "en",
        "The deputy secretary-general of the Velna League's political bureau, Anna Brandt, left.",
        "deputy secretary-general of the Velna League's political bureau",
    ),
    ("en", "Its chair, Anna Brandt, left.", "chair"),
    ("en", "The union's treasurer, Anna Brandt, left.", "treasurer"),
    ("en", "“Go,” said the minister, Anna Brandt.", "minister"),
    ("en", "The city's chief veterinary officer, Anna Brandt, left.", "chief veterinary officer"),
    ("en", "The Minister of Water, Roads and Ferries, Anna Brandt, left.", "Minister of Water, Roads and Ferries"),
    (
        "en",
        "The ambassador of Orsk to the United Nations, Anna Brandt, left.",
        "ambassador of Orsk to the United Nations",
    ),
    ("en", "Harbour Union spokeswoman Anna Brandt left.", "Harbour Union spokeswoman"),
    ("en", "They met deputy foreign minister Anna Brandt.", "deputy foreign minister"),
    ("en", "Growers (chair: Anna Brandt)", "chair"),
    ("fr", "La ministre de l'Eau, Anna Brandt, parle.", "ministre de l'Eau"),
    ("fr", "L’ancienne maire de Marn, Anna Brandt, parle.", "ancienne maire de Marn"),
    (
        "fr",
        "La ministre de l'Eau, des Routes et des Bacs, Anna Brandt, parle.",
        "ministre de l'Eau, des Routes et des Bacs",
    ),
    ("fr", "Sa déléguée, Anna Brandt, parle.", "déléguée"),
    ("fr", "La ministre de l’Eau Anna Brandt parle.", "ministre de l’Eau"),
    ("es", "La presidenta de la Comisión, Anna Brandt, habla.", "presidenta de la Comisión"),
    ("es", "La ministra de Asuntos Exteriores Anna Brandt habla.", "ministra de Asuntos Exteriores"),
    ("en", "The leader of the opposition in the Basin Council, Anna Brandt, left.", "leader of the opposition"),
    ("en", "We met Secretary of State for Foreign Affairs Anna Brandt.", "Secretary of State for Foreign Affairs"),
    ("fr", "Selon la cheffe de la délégation, Mme Anna Brandt, il pleut.", "cheffe de la délégation"),
    # Below a signature.
    ("en", "Yours,\nAnna Brandt\nSecretary", "Secretary"),
    ("en", "Yours,\nDr. Anna Brandt\nSecretary of the Harbour Union", "Secretary of the Harbour Union"),
    ("en", "Anna Brandt\nDeputy Chair, on behalf of all", "Deputy Chair"),
    ("es", "Anna Brandt\nSecretaria general", "Secretaria general"),
    # A role is not one's own that is another's, that speaks, that is told of, or that a list goes on with.
    ("en", "They heard Anna Brandt, Foreign Minister Tomas Okell and others.", None),
    ("en", "They heard Anna Brandt, the minister said, on Monday.", None),
    ("en", "They heard Anna Brandt, the minister and two guests.", None),
    ("en", "They heard Anna Brandt, Tomas Bishop, and Karim Nuri.", None),
    ("en", "The mayor of Keld, Anna Brandt and Karim Nuri came.", None),
    ("en", "They heard Anna Brandt, who is to head the commission.", None),
    ("en", "Speaker: Anna Brandt is late.", None),
]


@pytest.mark.parametrize(("language", "text", "role"), ROLES)
def test_the_role_as_printed(language: str, text: str, role: str | None) -> None:
    person = next(m for m in named(text, language)[0] if text[m.start : m.end] == "Anna Brandt")
    assert (person.type, person.role) == (PERSON, role)


def test_one_role_is_one_persons() -> None:
    text = "Anna Brandt, the mayor of Keld, Tomas Okell, and Karim Nuri came."
    assert [m.role for m in named(text)[0] if m.type == PERSON] == ["mayor of Keld", None, None]


def test_a_body_inside_a_role_is_a_mention() -> None:
    text = "Anna Brandt, chair of the Harbour Union, left."
    assert {(text[m.start : m.end], m.type) for m in named(text)[0]} == {
        ("Anna Brandt", PERSON),
        ("Harbour Union", BODY),
    }


def test_the_body_named_in_a_role_is_not_who_bears_it() -> None:
    text = "The Harbour Union met. Anna Brandt, chair of the union, spoke. The union said the port was closed."
    attributions, _ = quoted(text)
    bodies = {m.entity for m in named(text)[0] if m.type == BODY}
    assert attributions[-1].source.entity in bodies


NAMES = [
    # The surname in capitals first.
    ("en", "BRANDT, Anna (Orsk Council)", {("BRANDT, Anna", PERSON), ("Orsk Council", BODY)}),
    ("en", "We heard Ms. BRANDT, Anna, of the union.", {("BRANDT, Anna", PERSON)}),
    ("en", "NURI, Karim – Orsk Council", {("NURI, Karim", PERSON), ("Orsk Council", BODY)}),
    ("en", "Guests\nVAN DER BERG, Piet – Keld Society", {("VAN DER BERG, Piet", PERSON), ("Keld Society", BODY)}),
    ("en", "NURI, Karim\nAL-HADI, Omar\n", {("NURI, Karim", PERSON), ("AL-HADI, Omar", PERSON)}),
    ("es", "RÍOS PÉREZ, Elena (Puerto Lindo)", {("RÍOS PÉREZ, Elena", PERSON), ("Puerto Lindo", PLACE)}),
    ("en", "BEIRUT, Lebanon (AP) – It rained.", {("BEIRUT", PLACE), ("Lebanon", PLACE), ("AP", BODY)}),
    ("en", "KELD, 3 May 2024", {("KELD", PLACE)}),
    ("en", "They wrote to UNESCO, Paris and left.", {("UNESCO", BODY), ("Paris", PLACE)}),
    # Works, by the noun beside the title.
    ("en", "She wrote the novel “The Long Ferry” in 1990.", {("The Long Ferry", WORK)}),
    ("en", "He reads the book The Quiet River every year.", {("The Quiet River", WORK)}),
    ("en", "In his memoir, Years on the Quay, he remembers it.", {("Years on the Quay", WORK)}),
    ("en", "The film The Long Ferry by Vera Lind opened.", {("The Long Ferry", WORK), ("Vera Lind", PERSON)}),
    ("en", "A play entitled “Two Shores,” opened.", {("Two Shores", WORK)}),
    ("fr", "Le film « La Digue » sort lundi.", {("La Digue", WORK)}),
    ("es", "El poema «El río» gusta.", {("El río", WORK)}),
    ("es", "La película El Largo Viaje gusta.", {("El Largo Viaje", WORK)}),
    ("en", "The poem “we are the river” is old.", set()),
    ("en", "She quoted the poem: “We shall not go.”", set()),
    ("en", "The book “It was a lie. We knew it.” sold.", set()),
    ("en", "In her novel, Anna Brandt, a teacher, says so.", {("Anna Brandt", PERSON)}),
    ("en", "They saw the film The Harbour Union paid for.", {("Harbour Union", BODY)}),
    ("en", "The book Anna Brandt wrote is out.", {("Anna Brandt", PERSON)}),
    ("en", "The newspaper The Keld Times wrote it.", {("Keld Times", BODY)}),
    # Territories with small words, apostrophes and brackets.
    ("en", "They met in Côte d'Ivoire.", {("Côte d'Ivoire", PLACE)}),
    ("en", "They met in Côte d’Ivoire.", {("Côte d’Ivoire", PLACE)}),
    ("en", "In Bosnia and Herzegovina it rained.", {("Bosnia and Herzegovina", PLACE)}),
    ("en", "Iran (Islamic Republic of) and Norway voted.", {("Iran (Islamic Republic of)", PLACE), ("Norway", PLACE)}),
    (
        "en",
        "The United Kingdom of Great Britain and Northern Ireland voted.",
        {("United Kingdom of Great Britain and Northern Ireland", PLACE)},
    ),
    ("en", "The Republic of Korea and Guinea-Bissau voted.", {("Republic of Korea", PLACE), ("Guinea-Bissau", PLACE)}),
    ("en", "The Central Bank of Bosnia and Herzegovina met.", {("Central Bank of Bosnia and Herzegovina", BODY)}),
    ("en", "The Embassy of Trinidad and Tobago closed.", {("Embassy of Trinidad and Tobago", BODY)}),
    ("fr", "La République démocratique du Congo vote.", {("République démocratique du Congo", PLACE)}),
    ("fr", "L'Iran (République islamique d') vote.", {("Iran (République islamique d')", PLACE)}),
    ("fr", "Les Émirats arabes unis votent.", {("Émirats arabes unis", PLACE)}),
    (
        "es",
        "Trinidad y Tobago y Bosnia y Herzegovina votan.",
        {("Trinidad y Tobago", PLACE), ("Bosnia y Herzegovina", PLACE)},
    ),
    ("en", "Norway and Denmark voted.", {("Norway", PLACE), ("Denmark", PLACE)}),
]


@pytest.mark.parametrize(("language", "text", "wanted"), NAMES)
def test_names_whole(language: str, text: str, wanted: set[tuple[str, str]]) -> None:
    assert {(text[m.start : m.end], m.type) for m in named(text, language)[0]} == wanted


def test_both_orders_of_a_name_are_one_entity() -> None:
    mentions, entities = named("Anna Brandt spoke. Present: BRANDT, Anna.")
    assert len(mentions) == 2
    assert len(entities) == 1


@pytest.mark.parametrize(
    "text",
    [
        "“The poem ‘The River’ is ours,” Anna Brandt said.",
        "Anna Brandt said in the book “The Long Ferry” that the port was closed.",
        "Anna Brandt wrote in the poem: “We shall not go.”",
    ],
)
def test_a_title_is_no_quotation_and_takes_none(text: str) -> None:
    bare = text.replace("poem", "note").replace("book", "note")
    assert [(a.kind, a.content) for a in quoted(text)[0]] == [(a.kind, a.content) for a in quoted(bare)[0]]


PIECES = ["Anna Brandt", "BRANDT, Anna", ", ", " (", ")", "\n", "the ", "chair", " of ", "'s ", "novel “", "”", "The ",
          "Côte d'", "Ivoire", " and ", "Minister", ": ", "\ud800", "\u202e", "ministre de l’", "\x00",
          "X" * 300]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["en", "fr", "es"]))
def test_any_row_of_pieces_is_read(pieces: list[str], language: str) -> None:
    text = "".join(pieces)
    mentions, _ = named(text, language)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.role is None or mention.role in text
    for one, other in pairwise(mentions):
        assert one.end <= other.start
