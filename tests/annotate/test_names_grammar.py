"""Names that grammar tells: bodies by a people's name, known bodies, places that are said to be some, and traps.

A row is a text and all the names in it. Peoples that are real stand only in what any grammar book would say of them.
"""

import pytest
from annotated import named
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.bodies import whole
from onrecord.annotate.vocabulary import vocabulary

PERSON, BODY, PLACE, EVENT = "person", "organization", "place", "event"

ENGLISH = [
    # A people's name and a noun for a body, with adjectives between; an abbreviation of a state in its place.
    ("Yesterday the Dutch government forces left.", {("Dutch government forces", BODY)}),
    ("We asked Norwegian special operations forces.", {("Norwegian special operations forces", BODY)}),
    ("Danish police officers came.", {("Danish police officers", BODY)}),
    ("Then Swedish health officials answered.", {("Swedish health officials", BODY)}),
    ("A letter by Basque Catholic tribesmen came.", {("Basque Catholic tribesmen", BODY)}),
    ("They quote UK officials.", {("UK officials", BODY)}),
    ("The U.S. military agreed.", {("U.S. military", BODY)}),
    ("The Finnish foreign ministry's letter came.", {("Finnish foreign ministry", BODY)}),
    ("The Portuguese navy-trained crew left.", set()),
    # ... but an adjective with any other noun, and those that tell no people from another, name nobody.
    ("The Dutch weather was cold. Danish butter is good.", set()),
    ("Western officials and Northern forces agreed.", set()),
    ("Republican lawmakers and Democratic officials agreed.", set()),
    ("Swiss-trained officials agreed.", set()),
    # What somebody leads.
    ("They joined the Orsk-led coalition.", {("Orsk-led coalition", BODY)}),
    ("A Danish-led mission stayed.", {("Danish-led mission", BODY)}),
    ("They met Orsk-led teams.", set()),
    # Known bodies, also with a small word inside, and common words in capitals.
    ("Boko Haram and the Taliban are banned there.", {("Boko Haram", BODY), ("Taliban", BODY)}),
    ("A judge of al-Qaeda in the Islamic Maghreb spoke.", {("al-Qaeda in the Islamic Maghreb", BODY)}),
    ("They left al Qaeda.", {("al Qaeda", BODY)}),
    ("He lives in Bosnia and Herzegovina now.", {("Bosnia and Herzegovina", PLACE)}),
    ("They voted in Trinidad and Tobago.", {("Trinidad and Tobago", PLACE)}),
    ("They voted in Bosnia and Orsk.", {("Bosnia", PLACE), ("Orsk", PLACE)}),
    ("UPDATE: the ferry runs again.", set()),
    ("It sends 84 MW at 12 MHz.", set()),
    # A branch behind a dash ends with its line in a list, and goes on where the line is broken inside a sentence.
    (
        "Signed:\nFront for the Delta – General Command\nKarim al-Hadi\nHarbour Union\n",
        {("Front for the Delta – General Command", BODY), ("Karim al-Hadi", PERSON), ("Harbour Union", BODY)},
    ),
    (
        "Signed:\nFront for the Delta - Military Wing\nHarbour Union\n",
        {("Front for the Delta - Military Wing", BODY), ("Harbour Union", BODY)},
    ),
    (
        "In the third week of the strike of the ferry crews a letter came to the old hall, and we\n"
        "opened it there. It was sent to us and to others by the Front for the Delta – General\n"
        "Command in the spring. We were many in that hall, and it was late when we left it to go\n"
        "home along the river. The hall was cold, as it has always been, and nobody was in it.\n",
        {("Front for the Delta – General\nCommand", BODY)},
    ),
    # A body by its kind before it.
    ("The news agency Sorna reported it.", {("Sorna", BODY)}),
    ("It was built by the company Zellbrin in 1956.", {("Zellbrin", BODY)}),
    # Places that are said to be some, that a head or a small letter's noun names, that something befalls.
    ("Keld, a town in the hills, sleeps.", {("Keld", PLACE)}),
    ("Keld (old name Kald) is a small village near the sea.", {("Keld", PLACE)}),
    ("Karl, a town councillor, sleeps.", set()),
    ("They live in Keld province.", {("Keld province", PLACE)}),
    ("Snow fell in the Zellen mountains.", {("Zellen mountains", PLACE)}),
    ("We crossed Mount Keld. The snow on Keld is deep.", {("Mount Keld", PLACE), ("Keld", PLACE)}),
    ("They crossed the river Velna.", {("Velna", PLACE)}),
    ("The siege of Keld ended.", {("Keld", PLACE)}),
    ("It lies northwest of Keld.", {("Keld", PLACE)}),
    ("The UK-France ferry is late.", {("UK", PLACE), ("France", PLACE)}),
    ("They pray at the Keld Mosque.", {("Keld Mosque", PLACE)}),
    ("A part of Velnic-speaking Norway voted.", {("Norway", PLACE)}),
    # What a person has makes no place of the person.
    ("It lay in the hands of Kessan.", set()),
    ("We heard it from the followers of Dorr.", set()),
    # Persons by kin, by speech, by what is theirs.
    ("We saw her brother Karim.", {("Karim", PERSON)}),
    ("They asked 14-year-old Amira.", {("Amira", PERSON)}),
    ("“We wait,” says Manal.", {("Manal", PERSON)}),
    ("They fled Dorr’s regime.", {("Dorr", PERSON)}),
    ("Norway's Mira Kessan won.", {("Norway", PLACE), ("Mira Kessan", PERSON)}),
    ("The van Orlan family left. They saw Omar ad Din Salem.", {("Omar ad Din Salem", PERSON), ("Orlan", PERSON)}),
    ("About 350 Danes came.", set()),
    # A body's noun with a capital and the article, also where that opens a sentence; not as a label or a headline.
    ("The Ministry maintains that it rained.", {("Ministry", BODY)}),
    ("It rained. This Council regrets it.", {("Council", BODY)}),
    ("The ministry maintains that it rained.", set()),
    ("The Council: We regret it.", set()),
    ("The Council Regrets Rain Once Again\n\nIt rained.", set()),
    # Months and the first words of sentences are no names, nor is what an adjective of a language stands in.
    ("May came late. In March they marched.", set()),
    ("They read the Black Book. A Black Book is old.", set()),
]  # fmt: skip
FRENCH = [
    ("Hier, l’armée danoise a répondu.", {("armée danoise", BODY)}),
    ("La presse étrangère n’a rien dit.", set()),
    ("Ils vont en Arabie saoudite.", {("Arabie saoudite", PLACE)}),
    ("Les forces de sécurité suédoises partent.", {("forces de sécurité suédoises", BODY)}),
    ("Le gouvernement espagnol a répondu.", {("gouvernement espagnol", BODY)}),
    ("La police locale a répondu.", set()),
    ("Le beurre danois est bon.", set()),
    ("Keld, une ville du nord, dort.", {("Keld", PLACE)}),
    ("La Croix-Rouge et l’Union européenne aident.", {("Croix-Rouge", BODY), ("Union européenne", BODY)}),
    ("Mai fut froid. Lundi, il pleuvait.", set()),
]
SPANISH = [
    ("Ayer el ejército noruego respondió.", {("ejército noruego", BODY)}),
    ("Las fuerzas de seguridad danesas salen.", {("fuerzas de seguridad danesas", BODY)}),
    ("El gobierno local respondió.", set()),
    ("El queso suizo es bueno.", set()),
    ("Keld, una ciudad del norte, duerme.", {("Keld", PLACE)}),
    ("La Cruz Roja y la Unión Europea ayudan.", {("Cruz Roja", BODY), ("Unión Europea", BODY)}),
    ("Viven en Trinidad y Tobago.", {("Trinidad y Tobago", PLACE)}),
    ("Lunes y martes llovió.", set()),
]
RUSSIAN = [
    ("Норвежская армия ответила.", {("Норвежская армия", BODY)}),
    ("Об этом сообщило шведское правительство.", {("шведское правительство", BODY)}),
    ("Ушли датские силы безопасности.", {("датские силы безопасности", BODY)}),
    ("Ушли местные власти.", set()),
    ("Кельд, город на реке, спит.", {("Кельд", PLACE)}),
    ("Они живут в стране Тринидад и Тобаго.", {("Тринидад и Тобаго", PLACE)}),
    ("Май был холодным. В марте шёл снег.", set()),
]
ARABIC = [
    ("أعلنت القوات الهندية ذلك", {("القوات الهندية", BODY)}),
    ("قالت السلطات اليابانية ذلك", {("السلطات اليابانية", BODY)}),
    ("انسحبت القوات المسلحة الكندية أمس", {("القوات المسلحة الكندية", BODY)}),
    ("وصلت والقوات الهندية معها", {("القوات الهندية", BODY)}),
    ("انسحبت القوات أمس", set()),
    ("قالت السلطات المحلية ذلك", set()),
    ("ساعد الصليب الأحمر أمس", {("الصليب الأحمر", BODY)}),
]
CASES = [
    (tag, *case)
    for tag, cases in (("en", ENGLISH), ("fr", FRENCH), ("es", SPANISH), ("ru", RUSSIAN), ("ar", ARABIC))
    for case in cases
]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES)
def test_names_that_grammar_tells(language: str, text: str, wanted: set[tuple[str, str]]) -> None:
    assert {(text[m.start : m.end], m.type) for m in named(text, language)[0]} == wanted


PIECES = ["Danish ", "UK ", "Orsk-led ", "al ", "Bosnia and ", "Herzegovina", "forces", "coalition ", "U.S. "]
PIECES += ["\ud800", "\u202e", "É", "’s ", ", a town.", " "]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_what_a_run_is_a_part_of_lies_in_the_text_and_begins_in_the_run(text: str) -> None:
    words = vocabulary("en")
    assert words is not None
    for match in words.runs.finditer(text):
        name = whole(text, match.start(), match.end(), words)
        if name is not None:
            assert match.start() <= name.start < match.end() <= max(name.end, match.end()) <= len(text)
            assert name.end > name.start
    for mention in named(text)[0]:
        assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("fr", "armée danoise"),
        ("es", "ejército noruego"),
        ("ru", "датская армия"),
        ("ar", "القوات الهندية"),
        ("en", "Danish army"),
    ],
)
def test_lone_surrogates_and_overrides_beside_a_name_leave_it_in_its_place(language: str, name: str) -> None:
    text = f"x \ud800 {name} \udfff \u202e y"
    assert [text[m.start : m.end] for m in named(text, language)[0]] == [name]
