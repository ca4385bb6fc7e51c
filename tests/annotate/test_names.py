import pytest
from annotated import named
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.vocabulary import calendar_words, territories, vocabulary

PERSON, BODY, PLACE, EVENT = "person", "organization", "place", "event"

NAMES = [
    ("en", "The talks failed, Mira Kessan said.", {("Mira Kessan", PERSON)}),
    ("en", "It was signed by Dr. Omar bin Salem.", {("Omar bin Salem", PERSON)}),
    ("en", "They met Karl van den Orlan yesterday.", {("Karl van den Orlan", PERSON)}),
    ("en", "A letter from J. K. Orlan arrived.", {("J. K. Orlan", PERSON)}),
    ("en", "They saw Abu Samir al-Velani there.", {("Abu Samir al-Velani", PERSON)}),
    ("en", "We met the spokesman Karl Dorr.", {("Karl Dorr", PERSON)}),
    ("en", "He leads the Harbour Workers Union now.", {("Harbour Workers Union", BODY)}),
    (
        "en",
        "It came from the Ministry of Trade, Industry and Energy.",
        {("Ministry of Trade, Industry and Energy", BODY)},
    ),
    ("en", "The Front for the Velna – General Command left.", {("Front for the Velna – General Command", BODY)}),
    ("en", "We heard it from Velna News Agency.", {("Velna News Agency", BODY)}),
    ("en", "Fighters of the al-Nahr Brigades agreed.", {("al-Nahr Brigades", BODY)}),
    ("en", "The Orsk Teachers Union (OTU) met.", {("Orsk Teachers Union", BODY), ("OTU", BODY)}),
    ("en", "Then the Dutch security forces left.", {("Dutch security forces", BODY)}),
    ("en", "The Group of Friends of the Velna met.", {("Group of Friends of the Velna", BODY)}),
    ("en", "They went to France and New Zealand.", {("France", PLACE), ("New Zealand", PLACE)}),
    ("en", "They crossed the Velna River at dawn.", {("Velna River", PLACE)}),
    ("en", "The school in Orsk closed.", {("Orsk", PLACE)}),
    ("en", "Both sides honour the Spring Accord today.", {("Spring Accord", EVENT)}),
    ("en", "They began Operation Clear Water then.", {("Operation Clear Water", EVENT)}),
    ("fr", "Hier, le Syndicat des dockers de Velna a parlé.", {("Syndicat des dockers de Velna", BODY)}),
    ("fr", "L’Union des travailleurs du port recule.", {("Union des travailleurs du port", BODY)}),
    ("fr", "Il habite en Allemagne.", {("Allemagne", PLACE)}),
    ("es", "Habló el Ministerio de Comercio.", {("Ministerio de Comercio", BODY)}),
    ("es", "Viajaron a Alemania.", {("Alemania", PLACE)}),
    ("ru", "Вчера Союз портовых рабочих Орска ответил.", {("Союз портовых рабочих Орска", BODY)}),
    ("ru", "Он живёт там, где Германия.", {("Германия", PLACE)}),
    ("ar", "قالت وزارة التجارة ذلك", {("وزارة التجارة", BODY)}),
    ("ar", "وصل الرئيس كريم النهري", {("كريم النهري", PERSON)}),
    ("ar", "سافر إلى ألمانيا", {("ألمانيا", PLACE)}),
]
NO_NAMES = [
    "Officials met on Monday. Nobody came in June.",
    "However, the boats left. Yesterday it rained. Fishing is hard.",
    "Workers stopped. Boats left. Water rose.",
    "NOBODY WILL TAKE THE BREAD FROM OUR CHILDREN AND WE SAY SO",
    "I think so. I’m sure. It's late.",
    "The council met. The government left.",
    "",
]


@pytest.mark.parametrize(("language", "text", "wanted"), NAMES)
def test_names_and_their_types(language: str, text: str, wanted: set[tuple[str, str]]) -> None:
    mentions, _ = named(text, language)
    assert {(text[m.start : m.end], m.type) for m in mentions} == wanted


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_name(text: str) -> None:
    assert named(text)[0] == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Mira Kessan, deputy secretary-general of the union, left.", "deputy secretary-general of the union"),
        ("We met deputy secretary-general Mira Kessan.", "deputy secretary-general"),
        ("It was Foreign Minister Mira Kessan.", "Foreign Minister"),
        ("It was Secretary of State Mira Kessan.", "Secretary of State"),
        ("It was Minister for the Middle East Mira Kessan.", "Minister for the Middle East"),
        ("We met Mira Kessan there.", None),
    ],
)
def test_the_role_as_printed(text: str, role: str | None) -> None:
    person = next(m for m in named(text)[0] if m.type == PERSON)
    assert (text[person.start : person.end], person.role) == ("Mira Kessan", role)


def test_a_surname_and_an_acronym_join_their_full_names() -> None:
    text = "We met Mira Kessan of the Harbour Workers Union (HWU). Kessan left. The HWU stayed. Mr Kessan came back."
    mentions, entities = named(text)
    by_name = {entity.name: entity for entity in entities}
    assert by_name["Mira Kessan"].names == ("Mira Kessan", "Kessan")
    assert by_name["Harbour Workers Union"].names == ("Harbour Workers Union", "HWU")
    assert len(entities) == 2
    assert [m.entity for m in mentions] == ["e1", "e2", "e2", "e1", "e2", "e1"]


def test_look_alikes_stay_apart() -> None:
    text = "The Front for Orsk met the Front for Orsk – General Command, the al-Nahr Brigades and the al-Nahr Force."
    assert len(named(text)[1]) == 4


def test_a_headline_takes_only_names_that_the_text_bears_out() -> None:
    text = "Union Says Long River Talks Have Failed Again\n\nThe talks failed, Mira Kessan said in Orsk."
    mentions, _ = named(text)
    assert [text[m.start : m.end] for m in mentions] == ["Mira Kessan", "Orsk"]


def test_capitals_give_few_names() -> None:
    text = "THE HARBOUR UNION CALLS ALL WORKERS OF THE RIVER TO THE SQUARE. " * 40
    assert len(named(text)[1]) <= 2


def test_a_language_without_a_lexicon_gives_no_names() -> None:
    assert named("Die Gewerkschaft traf Mira Kessan.", "de") == ((), ())


def test_territories_and_calendars_come_in_every_language_of_the_cldr() -> None:
    assert territories("ja")["日本"] == "place"
    assert "May" in calendar_words("en") and "lundi" in calendar_words("fr")
    assert territories("xx-none") == {} == territories("not a tag")
    assert vocabulary("de") is None


ODD = ["\u200f", "\u202e", "\u200d", "🙂", "\u0301", "\x00", "\u2028", "ﬁ"]


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(ODD)), max_size=6))
def test_odd_characters_never_shift_an_offset(inserted: list[tuple[int, str]]) -> None:
    """Odd characters before a sentence move its names by exactly their own length."""
    plain = "They met Mira Kessan of the Harbour Workers Union in Orsk."
    lead = "".join(mark * (count % 3 + 1) for count, mark in inserted)
    text = f"{lead}\n\n{plain}"
    found = [(m.start - len(lead) - 2, m.end - len(lead) - 2, m.type) for m in named(text)[0]]
    assert found == [(m.start, m.end, m.type) for m in named(plain)[0]]


@given(st.text(st.sampled_from("Aa Bé.,\n“”\"'()–-وال 🙂\u200fUnion of the Mr"), max_size=200))
def test_any_text_gives_ordered_mentions_inside_it(text: str) -> None:
    mentions, entities = named(text)
    ids = {entity.id for entity in entities}
    assert all(0 <= m.start < m.end <= len(text) and m.entity in ids for m in mentions)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert {m.entity for m in mentions} == ids
