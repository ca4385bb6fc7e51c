"""Names in Russian: persons by given names, patronymics, initials and agreement; roles; cases as one entity; events.

A row is a text and all the names in it.
"""

from itertools import pairwise

import pytest
from annotated import named
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate import declension

PERSON, BODY, PLACE, EVENT, WORK = "person", "organization", "place", "event", "work"

NAMES = [
    (
        "Президент Союза докеров Иван Петрович Орлов заявил в Москве, что Весеннее соглашение будет соблюдаться.",
        {("Союза докеров", BODY), ("Иван Петрович Орлов", PERSON), ("Москве", PLACE), ("Весеннее соглашение", EVENT)},
    ),
    ("Письмо подписал И. П. Орлов.", {("И. П. Орлов", PERSON)}),
    ("Решение принял Орлов И. П. вчера.", {("Орлов И. П.", PERSON)}),
    ("Слова Ивана Орлова передал сын.", {("Ивана Орлова", PERSON)}),
    ("Встреча с Ириной Павловной Соболевой прошла вчера.", {("Ириной Павловной Соболевой", PERSON)}),
    ("Иванова Мария Ивановна живёт там.", {("Иванова Мария Ивановна", PERSON)}),
    ("Гамид Рашидович Алиев приехал.", {("Гамид Рашидович Алиев", PERSON)}),
    ("Рашид Гусейн оглы Мамедов писал.", {("Рашид Гусейн оглы Мамедов", PERSON)}),
    ("Капитан Алексей фон Дорн остался.", {("Алексей фон Дорн", PERSON)}),
    ("Её зовут Вера Павловна.", {("Вера Павловна", PERSON)}),
    ("На площади говорил Степан.", {("Степан", PERSON)}),
    ("Вера Орлова и Надежда Белая пели.", {("Вера Орлова", PERSON), ("Надежда Белая", PERSON)}),
    ("Мэр города Сарна Виктор Ильич Белый извинился.", {("Сарна", PLACE), ("Виктор Ильич Белый", PERSON)}),
    ("Москва. Иван Орлов.", {("Москва", PLACE), ("Иван Орлов", PERSON)}),
    # A noun that is a given name too, a book by somebody, a patronymic for a surname, a ship.
    ("Роман Орлова вышел весной.", set()),
    ("Любовь к родине. Надежда умирает последней.", set()),
    ("Слава Украине!", {("Украине", PLACE)}),
    ("Вчера Абрамович молчал.", set()),
    ("Он служил на корабле «Иван».", set()),
    ("Рабочие пришли утром. Снег растаял.", set()),
    # Bodies in other cases, and what stands beside them.
    ("Глава Совета старейшин молчал.", {("Совета старейшин", BODY)}),
    ("Вопрос к Комитету рыбаков и Лиге моряков.", {("Комитету рыбаков", BODY), ("Лиге моряков", BODY)}),
    ("В ответ Союз заявил.", set()),
    ("Союз докеров Гамид не любит.", {("Союз докеров", BODY), ("Гамид", PERSON)}),
    # Events and works.
    ("Участники Операции Чистая вода вернулись.", {("Операции Чистая вода", EVENT)}),
    ("Операция «Тихий берег» завершена.", {("Операция «Тихий берег»", EVENT)}),
    ("Там прошёл Зимний саммит.", {("Зимний саммит", EVENT)}),
    ("Стороны подписали Договор о мостах.", {("Договор о мостах", EVENT)}),
    ("После Осеннего перемирия дороги открылись.", {("Осеннего перемирия", EVENT)}),
    ("Рабочие ждут. Новое соглашение подписали.", set()),
    ("Мы ждали. Зимний саммит начался. Это Зимний саммит.", {("Зимний саммит", EVENT)}),
    ("Он автор романа «Тихая гавань».", {("Тихая гавань", WORK)}),
    ("Он снял новый фильм «Мост» и сказал «нет».", {("Мост", WORK)}),
    ("Автор повести «Дальний берег» молчал.", {("Дальний берег", WORK)}),
    ("Депутаты Палаты общин слушали Юлию Мельник.", {("Палаты общин", BODY), ("Юлию Мельник", PERSON)}),
    ("Вчера в городе Кельд открылась школа.", {("Кельд", PLACE)}),
]
ROLES = [
    ("Президент Союза докеров Иван Орлов ушёл.", "Президент Союза докеров"),
    ("По словам министра транспорта Ивана Орлова, мост закрыт.", "министра транспорта"),
    ("Генеральный секретарь Лиги моряков Иван Орлов ушёл.", "Генеральный секретарь Лиги моряков"),
    ("Заместитель председателя Партии труда Иван Орлов ушёл.", "Заместитель председателя Партии труда"),
    ("Начальник штаба генерал Иван Орлов ушёл.", "Начальник штаба генерал"),
    ("Председателю Совета старейшин Ивану Орлову вручили письмо.", "Председателю Совета старейшин"),
    ("Представитель министра Ивана Орлова ушёл.", "министра"),
    ("Ранен генерал-майор Иван Орлов.", "генерал-майор"),
    ("Иван Орлов, председатель Комитета рыбаков, ушёл.", "председатель"),
    ("Министр встретил Ивана Орлова на вокзале.", None),
    ("Вчера министр молчал. Иван Орлов ушёл.", None),
]
ONE = [
    "Иван Орлов выступил. С Орловым спорили. Орлову верят. Об Орлове пишут.",
    "Слова Ивана Орлова передал сын. Ивану Орлову ответили. Иван Орлов молчал.",
    "Анна Белова выступила. С Беловой спорили. Белову хвалили.",
    "Пётр Вельский выступил. Вельского слушали. С Вельским спорили.",
    "Тимур Дорн выступил. Дорна слушали. С Дорном спорили.",
    "Иван Орлов выступил. Слова Орлова записали.",
]
APART = [
    "Иван Орлов выступил. Потом говорила Анна Орлова.",
    "Иван Орлов выступил. Анна Орлова ответила. Затем Орлова ушла.",
    "Иван Орлов выступил. Анна Орлова ответила. Об этом сказала Орлова.",
]


@pytest.mark.parametrize(("text", "wanted"), NAMES)
def test_names_in_russian(text: str, wanted: set[tuple[str, str]]) -> None:
    assert {(text[m.start : m.end], m.type) for m in named(text, "ru")[0]} == wanted


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_the_role_that_agrees(text: str, role: str | None) -> None:
    assert [m.role for m in named(text, "ru")[0] if m.type == PERSON] == [role]


@pytest.mark.parametrize("text", ONE)
def test_the_cases_of_one_name_are_one_entity(text: str) -> None:
    mentions, entities = named(text, "ru")
    people = [m for m in mentions if m.type == PERSON]
    assert len(people) > 1
    assert len({m.entity for m in people}) == 1, [entity.names for entity in entities]


@pytest.mark.parametrize("text", APART)
def test_a_woman_and_a_man_of_one_surname_are_two(text: str) -> None:
    mentions, entities = named(text, "ru")
    assert len({m.entity for m in mentions if m.type == PERSON}) == 2, [entity.names for entity in entities]
    assert {m.entity for m in mentions if text[m.start : m.end] == "Иван Орлов"}.isdisjoint(
        m.entity for m in mentions if text[m.start : m.end] in ("Орлова", "Анна Орлова")
    )


def test_an_entity_is_called_by_its_nominative() -> None:
    text = "С Иваном Орловым спорили. Иван Орлов ушёл. Союза докеров нет. Союз докеров есть."
    assert [entity.name for entity in named(text, "ru")[1]] == ["Иван Орлов", "Союз докеров"]


@pytest.mark.parametrize(
    ("word", "nominative", "gender", "case"),
    [
        ("Орлова", "Орлов", "m", 1),
        ("Орлова", "Орлова", "f", 0),
        ("Вельского", "Вельский", "m", 1),
        ("Белую", "Белая", "f", 3),
        ("Дорном", "Дорн", "m", 4),
        ("Гринько", "Гринько", "f", 4),
        ("Римским-Корсаковым", "Римским-Корсаков", "m", 4),
    ],
)
def test_what_a_surname_may_be(word: str, nominative: str, gender: str, case: int) -> None:
    assert declension.Form(nominative, gender, case) in declension.surnames(word)


@given(st.text(max_size=60))
def test_any_word_is_read(word: str) -> None:
    for forms in (declension.surnames(word), declension.patronymics(word), declension.nouns(word)):
        assert all(form.gender in ("m", "f") and form.case in declension.CASES for form in forms)


PARTS = [
    "Иван ",
    "Петрович ",
    "Орлов",
    "Орлова ",
    "И. ",
    "Президент ",
    "Союза ",
    "докеров ",
    "«",
    "» ",
    "роман ",
    "о ",
    "Договор ",
    "соглашение ",
    "Весеннее ",
    "операция ",
    "Операция ",
    "городе ",
    "Кельд ",
    ", ",
    ". ",
    "\n",
    "оглы ",
    "\u202e",
    "\ud800",
    "Глава ",
    "фон ",
    "-",
]


@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_any_words_give_names_inside_the_text_and_apart(parts: list[str]) -> None:
    text = "".join(parts)
    mentions = named(text, "ru")[0]
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.parametrize(
    "piece", ["Иван ", "И. ", "операция ", "Глава Совета ", "Весеннее ", "«", "Орлов Иван Петрович "]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    """A hundred kilobytes of one trigger are read, and every mention lies inside the text."""
    text = piece * (100_000 // len(piece))
    assert all(0 <= m.start < m.end <= len(text) for m in named(text, "ru")[0])
