"""Names of fictional bodies, events and places over five languages: translations of one another, and traps."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon import concepts, concepts_digest, digest
from onrecord.resolve.concepts import LANGUAGES, LONGEST_NAME, WORDS_TABLE, glossary, tokens
from onrecord.resolve.translation import read_as, translation, translation_blocks

FAMILIES = [
    (
        "Ministry of Water and Irrigation",
        "Ministère de l'Eau et de l'Irrigation",
        "Ministerio del Agua y Riego",
        "وزارة المياه والري",
        "Министерство водных ресурсов и ирригации",
    ),
    (
        "General Union of Fishermen",
        "Union générale des pêcheurs",
        "Unión General de Pescadores",
        "الاتحاد العام للصيادين",
        "Всеобщий союз рыбаков",
    ),
    (
        "Joint Ceasefire Monitoring Committee",
        "Comité conjoint de surveillance du cessez-le-feu",
        "Comité Conjunto de Vigilancia del Alto el Fuego",
        "اللجنة المشتركة لمراقبة وقف إطلاق النار",
        "Совместный комитет по наблюдению за прекращением огня",
    ),
    (
        "High Commission for Human Rights",
        "Haut-Commissariat aux droits de l'homme",
        "Alto Comisionado para los Derechos Humanos",
        "المفوضية السامية لحقوق الإنسان",
    ),
    (
        "Federation of Port Workers",
        "Fédération des ouvriers du port",
        "Federación de Trabajadores Portuarios",
        "Федерация работников порта",
    ),
    (
        "Popular Front for the Liberation of the North",
        "Front populaire de libération du Nord",
        "Frente Popular para la Liberación del Norte",
        "الجبهة الشعبية لتحرير الشمال",
        "Народный фронт освобождения Севера",
    ),
    (
        "Supreme Electoral Court",
        "Cour électorale suprême",
        "Corte Suprema Electoral",
        "المحكمة الانتخابية العليا",
        "Верховный избирательный суд",
    ),
    (
        "Fifth Congress of Women Farmers",
        "5e Congrès des femmes agricultrices",
        "Quinto Congreso de Mujeres Agricultoras",
        "المؤتمر الخامس للنساء المزارعات",
    ),
    (
        "Peace and Reconciliation Agreement",
        "Accord de paix et de réconciliation",
        "Acuerdo de Paz y Reconciliación",
        "اتفاق السلام والمصالحة",
        "Соглашение о мире и примирении",
    ),
    ("River Valley Dam", "Barrage de la vallée de la rivière", "Presa del Valle del Río", "سد وادي النهر"),
    (
        "Independent Journalists' Association",
        "Association des journalistes indépendants",
        "Asociación de Periodistas Independientes",
        "جمعية الصحفيين المستقلين",
        "Ассоциация независимых журналистов",
    ),
    ("City Council", "Conseil de la ville", "Concejo de la ciudad", "مجلس المدينة", "Городской совет"),
    (
        "Ministry of Foreign Affairs",
        "Ministère des Affaires étrangères",
        "Ministerio de Relaciones Exteriores",
        "وزارة الخارجية",
        "Министерство иностранных дел",
    ),
    (
        "National Salvation Party",
        "Parti du salut national",
        "Partido de Salvación Nacional",
        "حزب الإنقاذ الوطني",
        "Партия национального спасения",
    ),
    ("Radio Station 17", "Estación de Radio 17"),
    ("Union of Oil Workers", "Syndicat des travailleurs du pétrole", "نقابة عمال النفط", "Профсоюз нефтяных рабочих"),
    ("Olive Harbour Bridge", "Pont du port de l'Olivier", "Puente del Puerto de los Olivos", "جسر ميناء الزيتون"),
    (
        "Constitutional Court of Velna",
        "Cour constitutionnelle de Velna",
        "Corte Constitucional de Velna",
    ),
    ("Refugees Return Commission", "Commission pour le retour des réfugiés", "Комиссия по возвращению беженцев"),
    ("Velna News Agency", "Agence de presse Velna", "Agencia de Noticias Velna"),
    ("Teachers' Solidarity Day", "Journée de solidarité des enseignants", "День солидарности учителей"),
    ("Committee of Prisoners' Families", "Comité des familles de prisonniers", "لجنة أهالي الأسرى"),
    ("Civil Defence Directorate", "Direction de la protection civile", "مديرية الدفاع المدني"),
    ("Eastern Gate Crossing", "معبر البوابة الشرقية"),
]
MATCHES = [(one, other) for family in FAMILIES for at, one in enumerate(family) for other in family[at + 1 :]]

TRAPS = [
    ("Council of Teachers", "Committee of Teachers", "one language"),
    ("Council of Teachers", "Comité des enseignants", "council, committee"),
    ("Commission of Teachers", "Comité des enseignants", "commission, committee"),
    ("Teachers' Union", "Union of Teachers", "one language"),
    ("Board of Farmers", "Council of Farmers", "one language, one concept"),
    ("National Front", "National Front", "the same name"),
    ("Union Front", "Front Union", "the same words"),
    ("The National Front", "National front", "the same name but for an article"),
    ("Fifth Congress of Miners", "Sexto Congreso de Mineros", "another number"),
    ("Brigade 17", "Бригада 18", "another figure"),
    ("Conference of 1998", "Conférence de 1999", "another year"),
    ("National Water Council", "Conseil de l'eau", "one word less"),
    ("Water Council", "المجلس الوطني للمياه", "one word more"),
    ("Council", "Conseil", "a head alone"),
    ("Liberation Front", "Brigade de libération", "front, brigade"),
    ("Northern Command", "Commandement du Sud", "north, south"),
    ("Eastern Province", "المحافظة الغربية", "east, west"),
    ("General Union of Farmers", "Union commune des agriculteurs", "general, common"),
    ("Ministry of Trade", "Ministère du Travail", "trade, labour"),
    ("Ministry of Health", "Министерство образования", "health, education"),
    ("Peace Agreement", "Traité de paix", "agreement, treaty"),
    ("Upper River Dam", "Presa del Río Bajo", "upper, lower"),
    ("Red Star Club", "Club Estrella Blanca", "red, white"),
    ("Council of the Union", "Union du conseil", "heads exchanged"),
    ("Party of the Front", "حزب الجبهة الموحد", "one word more in Arabic"),
    ("Army of the Forest", "لواء الغابة", "army, brigade"),
    ("Bridge of Hope", "Мост надежды и мира", "one word more in Russian"),
    ("Velna Council", "Conseil de Morra", "two proper names"),
    ("Battalion of the Sun", "Brigada del Sol", "battalion, brigade"),
    ("University of the Coast", "École de la Côte", "university, school"),
    ("Miners' Strike", "Marche des mineurs", "strike, march"),
    ("Doctors' Association", "Ассоциация медсестёр", "doctors, nurses"),
    ("Truce of the Valley", "Tregua de la Montaña", "valley, mountain"),
    ("Provisional Government", "Gouvernement permanent", "provisional, permanent"),
    ("Velna", "Velna", "no glossary word"),
    ("", "", "nothing"),
    ("Star of the South", "Estrella del Sur", "no head"),
]


@pytest.mark.parametrize(("one", "other"), MATCHES)
def test_translations_match(one: str, other: str) -> None:
    found = translation(one, other)
    assert found is not None
    assert found.value == 0.9
    assert found.features["words"] == found.features["by concept"] + found.features["by sound"]
    assert translation(other, one) is not None
    assert translation_blocks(one) & translation_blocks(other)


@pytest.mark.parametrize(("one", "other", "trap"), TRAPS, ids=[trap for *_, trap in TRAPS])
def test_traps_do_not(one: str, other: str, trap: str) -> None:
    assert translation(one, other) is None
    assert translation(other, one) is None


def by_consonants(one: str, other: str) -> bool:
    return {one, other} in ({"nahr", "نهر"}, {"velna", "فيلنا"}, {"velna", "велна"}, {"velny", "велны"}, {"5", "пять"})


@pytest.mark.parametrize(
    ("one", "other", "by_sound"),
    [
        ("al-Nahr Brigade", "لواء النهر", 1),
        ("Velna Teachers' Union", "اتحاد معلمي فيلنا", 1),
        ("Velna River Commission", "Комиссия реки Велна", 1),
        ("La Paz Brigade", "Brigada La Paz", 1),
        ("Al-Nahr Velna Council", "مجلس النهر فيلنا", 2),
    ],
)
def test_proper_names_match_by_sound(one: str, other: str, by_sound: int) -> None:
    found = translation(one, other, same_sound=lambda a, b: a == b or by_consonants(a, b))
    assert found is not None
    assert found.features["by sound"] == by_sound


def test_sound_joins_neither_two_known_words_nor_numbers() -> None:
    assert translation("Council of Peace", "Conseil de la guerre", same_sound=lambda a, b: True) is None
    assert translation("Brigade 17", "Brigada Velna", same_sound=lambda a, b: True) is None


def test_reason_shows_the_words_as_printed() -> None:
    found = translation("Ministère de l'Eau", "Water Ministry")
    assert found is not None
    assert found.reason == "“Ministère” is “Ministry”, “Eau” is “Water”"
    assert found.features == {"words": 2.0, "by concept": 2.0, "by sound": 0.0}


@pytest.mark.parametrize(
    ("name", "tag", "words"),
    [
        ("Conseil national de l'eau", None, ["conseil", "national", "eau"]),
        ("المجلس الوطني للمياه", "ar", ["مجلس", "وطني", "مياه"]),
        ("وزارة النقل والطرق", "ar-EG", ["وزاره", "نقل", "طرق"]),
        ("المفوضية لحقوق الإنسان", None, ["مفوضيه", "حقوق انسان"]),
        ("الهيئة للجنة", "ar", ["هييه", "لجنه"]),
        ("Human Rights Council", "en", ["human rights", "council"]),
        ("Comando Sur", "es", ["comando", "sur"]),
        ("Commission sur la paix", "fr", ["commission", "paix"]),
        ("05th Brigade", "en", ["5", "brigade"]),
        ("Бригада 5-я", "ru", ["бригада", "5"]),
        ("لواء ١٧", "ar", ["لواء", "17"]),
        ("Velna", "xx", ["velna"]),
        ("", None, []),
    ],
)
def test_words_of_a_name(name: str, tag: str | None, words: list[str]) -> None:
    assert [word.surface for word in read_as(name, tag)] == words


def test_words_read_as_one_are_also_read_apart() -> None:
    assert [word.surface for word in read_as("Port Workers Union")] == ["port workers", "union"]
    assert translation("Port Workers' Union", "Union des dockers") is not None
    assert translation("Port Workers' Union", "Union des ouvriers du port") is not None


def test_meanings_by_language() -> None:
    (word,) = read_as("sur")
    assert word.meanings == {"es": frozenset({"south"})}
    assert read_as("Sur", "fr") == ()
    shared = read_as("union")[0].meanings
    assert set(shared) == {"en", "fr", "es"}
    assert all("union" in meant for meant in shared.values())


def names_of_concepts() -> st.SearchStrategy[list[str]]:
    heads = sorted(name for name, each in glossary().concepts.items() if each.role == "head")
    others = sorted(name for name, each in glossary().concepts.items() if each.role in ("field", "people", "quality"))
    return st.tuples(st.sampled_from(heads), st.lists(st.sampled_from(others), min_size=1, max_size=4)).map(
        lambda chosen: [chosen[0], *chosen[1]]
    )


@given(names_of_concepts(), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES), st.data())
def test_translations_share_a_block(meant: list[str], one: str, other: str, data: st.DataObject) -> None:
    forms = [" ".join(data.draw(st.sampled_from(concepts()[name][tag])) for name in meant) for tag in (one, other)]
    if translation(*forms) is not None:
        assert translation_blocks(forms[0]) & translation_blocks(forms[1])
        assert translation(forms[1], forms[0]) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Prime Minister of Velna", "Premier ministre de Velna"), ("Совет безопасности Velna", "Velna Security Council")],
)
def test_long_forms_beside_a_proper_name(one: str, other: str) -> None:
    assert translation(one, other) is not None


@given(names_of_concepts(), st.data())
def test_a_word_more_is_another_name(meant: list[str], data: st.DataObject) -> None:
    french = " ".join(concepts()[name]["fr"][0] for name in meant)
    spanish = " ".join(concepts()[name]["es"][0] for name in meant)
    assert translation(french, f"{spanish} Velna") is None or len(read_as(french, "fr")) > len(meant)


@given(st.text(alphabet=st.characters(codec=None, categories=None), max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert translation(text, "Conseil de l'eau") is None or read_as(text)
    assert isinstance(translation_blocks(text), frozenset)


@pytest.mark.parametrize("name", ["Council " * 2000, "\ud800", "\u202eWater Council\u202c\x00", "9" * 5000, "و" * 399])
def test_hostile_names_are_harmless(name: str) -> None:
    assert translation(name, "Conseil de Velna") is None
    assert len(name) <= LONGEST_NAME or read_as(name) == ()


def tables() -> dict[str, dict[str, object]]:
    return {name: table for name, table in concepts().items() if name != WORDS_TABLE}


def test_every_concept_is_said_in_every_language() -> None:
    roles = {"head", "place", "field", "people", "quality", "number"}
    assert len(tables()) >= 450
    for name, table in tables().items():
        assert table["role"] in roles, name
        assert set(table.get("also", [])) <= roles, name  # type: ignore[call-overload]
        assert all(table[language] for language in LANGUAGES), name


def test_forms_are_words_in_their_script_listed_once() -> None:
    scripts = {"ar": "ARABIC", "ru": "CYRILLIC"}
    latin = set(string.ascii_lowercase + "áéíóúüñàâæçèêëîïôœùûÿ'- " + string.digits)
    for name, table in tables().items():
        for language in LANGUAGES:
            forms: list[str] = table[language]  # type: ignore[assignment]
            assert len(set(forms)) == len(forms), (name, language)
            for form in forms:
                assert form == form.lower().strip() and tokens(form), (name, form)
                if language not in scripts:
                    assert set(form) <= latin, (name, form)
                else:
                    assert all(_in_script(letter, language) for letter in form), (name, form)


def _in_script(letter: str, language: str) -> bool:
    first, last = {"ar": ("ء", "ي"), "ru": ("а", "ё")}[language]
    return first <= letter <= last or letter in "- " or letter.isdecimal()


def test_glossary_is_no_part_of_the_annotators_digest() -> None:
    assert concepts_digest() != digest()
    assert len(concepts_digest()) == len(digest())
