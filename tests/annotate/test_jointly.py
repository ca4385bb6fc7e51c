"""Statements of several parties: who is named in a row, in a title or an opening, and who signs below a short text."""

# ruff: noqa: E501  (sample texts are easier to read in one line)

import pytest
from documents import found, kinds, parties
from hypothesis import given
from hypothesis import strategies as st

BODY = "We welcome the talks on the delta, which have begun at the river this week."
CORPS = "Nous demandons que les pourparlers reprennent sans attendre au bord du fleuve."
CUERPO = "Pedimos que el diálogo vuelva cuanto antes a la mesa de la vega, sin condiciones."
МЫ = "Мы призываем к переговорам на берегу реки в самое ближайшее время."
نص = "ندعو إلى المحادثات على ضفة النهر في أقرب وقت ممكن."

ROWS = [
    (f"Joint statement by the Harbour Union, the River Council of Orsk and the Marn Guild\n\n{BODY}", ["Harbour Union", "River Council of Orsk", "Marn Guild"]),
    (f"Joint declaration by the Harbour Union and the River Council of Orsk\n\n{BODY}", ["Harbour Union", "River Council of Orsk"]),
    (f"JOINT STATEMENT BY THE HARBOUR UNION, THE RIVER COUNCIL OF ORSK AND THE MARN GUILD\n\n{BODY}", ["HARBOUR UNION", "RIVER COUNCIL OF ORSK", "MARN GUILD"]),
    (f"Joint statement by the Front for the Delta – General Command, Sisters of the Open Door and the Harbour Union (HU) on the ferry\n\n{BODY}", ["Front for the Delta – General Command", "Sisters of the Open Door", "Harbour Union"]),
    (f"Joint declaration by the Harbour Union, the Marn Guild and twelve other organisations\n\n{BODY}", ["Harbour Union", "Marn Guild"]),
    (f"Statement by the Ministry of Foreign Affairs and the Harbour Union following the talks\n\n{BODY}", ["Ministry of Foreign Affairs", "Harbour Union"]),
    (f"Orsk, 3 May 2024\n\nThe Harbour Union, the River Council of Orsk and the Marn Guild issued the following joint statement:\n\n“{BODY}”", ["Harbour Union", "River Council of Orsk", "Marn Guild"]),
    (f"Statement on the ferry\n\nThe Harbour Union and the River Council of Orsk today condemn the closing of the lock. {BODY}", ["Harbour Union", "River Council of Orsk"]),
    (f"Déclaration commune de l’Union du port, du Conseil du fleuve d’Orsk et de la Guilde de Marn\n\n{CORPS}", ["Union du port", "Conseil du fleuve d’Orsk", "Guilde de Marn"]),
    (f"Orsk, le 3 mai 2024\n\nL'Union du port, le Conseil du fleuve d'Orsk et la Guilde de Marn publient la déclaration commune suivante :\n\n« {CORPS} »", ["Union du port", "Conseil du fleuve d'Orsk", "Guilde de Marn"]),
    (f"Comunicado conjunto de la Unión del Puerto, el Consejo del Río y la Asociación de Vecinos de Marn\n\n{CUERPO}", ["Unión del Puerto", "Consejo del Río", "Asociación de Vecinos de Marn"]),
    (f"3 de mayo de 2024\n\nLa Unión del Puerto y el Consejo del Río han emitido el siguiente comunicado conjunto:\n\n«{CUERPO}»", ["Unión del Puerto", "Consejo del Río"]),
    (f"Совместное заявление Союза порта Орска и Речного совета Орска\n\n{МЫ}", ["Союза порта Орска", "Речного совета Орска"]),
    (f"3 мая 2024 года\n\nСоюз порта Орска, Речной совет Орска и Гильдия Марна выступили со следующим совместным заявлением:\n\n«{МЫ}»", ["Союз порта Орска", "Речной совет Орска", "Гильдия Марна"]),
    (f"بيان مشترك صادر عن اتحاد الميناء ومجلس النهر ونقابة العمال\n\n{نص}", ["اتحاد الميناء", "مجلس النهر", "نقابة العمال"]),
    (f"3 أيار 2024\n\nأصدر اتحاد الميناء ومجلس النهر ونقابة العمال البيان المشترك التالي:\n\n«{نص}»", ["اتحاد الميناء", "مجلس النهر", "نقابة العمال"]),
]  # fmt: skip

ONE = [
    (f"Statement by the Ministry of Water, Roads and Ferries\n\n{BODY}", ["Ministry of Water, Roads and Ferries"]),
    (f"Statement by the Union of Teachers and Students\n\n{BODY}", ["Union of Teachers and Students"]),
    (f"Statement by the Harbour Union and its members\n\n{BODY}", ["Harbour Union"]),
    (f"Statement by Mara Oru, Harbour Union, and Piet Teller, River Council of Orsk\n\n{BODY}", ["Mara Oru"]),
    (f"Statement by the Harbour Union to the River Council of Orsk and the Marn Guild\n\n{BODY}", ["Harbour Union"]),
    (f"Заявление Министерства образования и науки\n\n{МЫ}", ["Министерства образования и науки"]),
    # What several have done is no statement of theirs.
    (f"Statement on the ferry\n\nThe Harbour Union and the River Council of Orsk signed an agreement on Friday. {BODY}", []),
    (f"Statement on the ferry\n\nThe Harbour Union and the River Council of Orsk signed an appeal to all masters. {BODY}", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), [*ROWS, *ONE])
def test_who_issues_a_statement_by_a_row_of_names(text: str, names: list[str]) -> None:
    assert parties(text) == [("issuer", name) for name in names]


def test_those_who_speak_together_and_all_sign_are_its_signatories() -> None:
    text = f"Joint statement by the Harbour Union and the Marn Guild\n\n{BODY}\n\nSigned:\nHarbour Union\nMarn Guild\n"
    assert parties(text) == [("signatory", "Harbour Union"), ("signatory", "Marn Guild")]


LISTS = [
    ("We welcome the talks.", "Signed:\nHarbour Union\nRiver Council of Orsk", ["Harbour Union", "River Council of Orsk"]),
    ("We welcome the talks.", "Signatories\n\n• Harbour Union\n• Marn Guild", ["Harbour Union", "Marn Guild"]),
    ("We welcome the talks.", "Signed by: Harbour Union, Delta Front and Marn Guild", ["Harbour Union", "Delta Front", "Marn Guild"]),
    ("Nous soussignés demandons des pourparlers.", "Signataires :\n- Union du port\n- Conseil du fleuve d'Orsk", ["Union du port", "Conseil du fleuve d'Orsk"]),
    ("Los abajo firmantes pedimos diálogo.", "Firmantes:\n- Unión del Puerto\n- Consejo del Río", ["Unión del Puerto", "Consejo del Río"]),
    ("نحن الموقعين أدناه ندعو إلى المحادثات.", "الموقعون:\n- اتحاد الميناء\n- مجلس النهر", ["اتحاد الميناء", "مجلس النهر"]),
    ("Мы за переговоры.", "Подписали:\n- Союз порта Орска\n- Речной совет Орска", ["Союз порта Орска", "Речной совет Орска"]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "signed", "names"), LISTS)
def test_who_signs_below_a_text_of_one_short_sentence(said: str, signed: str, names: list[str]) -> None:
    text = f"Joint statement\n\n3 May 2024\n\n{said}\n\n{signed}\n"
    assert parties(text) == [("signatory", name) for name in names]
    assert ("body", said) in kinds(text)


def test_a_list_of_names_alone_is_signed() -> None:
    text = "Joint statement\n\nSigned:\nHarbour Union\nMarn Guild\n"
    assert parties(text) == [("signatory", "Harbour Union"), ("signatory", "Marn Guild")]


def test_a_long_text_below_a_list_of_signatories_is_its_body() -> None:
    text = f"Joint statement\n\nRead this.\n\nSignatories:\nHarbour Union\nMarn Guild\n\n{BODY * 12}"
    assert ("body", BODY * 12) in kinds(text)


def test_a_name_that_was_not_found_where_it_signs_is_the_entity_of_its_words_elsewhere() -> None:
    text = f"Joint statement\n\nThe Delta Front is new. {BODY}\n\nSigned: Harbour Union, DELTA FRONT and Marn Guild\n"
    said = found(text)
    signed = next(party for party in said.statements[0].parties if party.name == "DELTA FRONT")
    assert signed.entity == next(it.entity for it in said.mentions if text[it.start : it.end] == "Delta Front")


@given(st.lists(st.sampled_from([f"{kind} of {place}" for kind in ("Union", "Guild", "Council") for place in ("Orsk", "Marn", "Keld", "Sarn", "Hest")]), min_size=2, max_size=9, unique=True))  # fmt: skip
def test_a_row_has_every_name_in_order_however_long(names: list[str]) -> None:
    row = ", ".join(f"the {name}" for name in names[:-1]) + f" and the {names[-1]}"
    assert parties(f"Joint statement by {row}\n\n{BODY}") == [("issuer", name) for name in names]


@given(st.lists(st.sampled_from(["the Harbour Union", " and ", ", ", "و", "\n", "Orsk", "its members", "(", "\u202e", "\ud800", "’", "du ", "Mara Oru", "Signed:\n"]), max_size=14))  # fmt: skip
def test_whatever_stands_in_a_row_parties_are_words_of_the_text(parts: list[str]) -> None:
    text = f"Joint statement by {''.join(parts)}\n\n{BODY}"
    for statement in found(text).statements:
        for party in statement.parties:
            assert all(0 <= start < end <= len(text) for start, end in party.spans)
            assert party.name == " ".join(" ".join(text[start:end] for start, end in party.spans[:1]).split())
