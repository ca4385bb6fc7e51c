"""Time expressions of English by kind, as a grammar states them; 15 May 2024, the usual day, was a Wednesday."""

import pytest
from documents import document, found, times

from onrecord.annotate import anchors
from onrecord.annotate.folding import fold
from onrecord.annotate.times import read
from onrecord.model import DateFact, Language

NUMBERS_IN_WORDS = [
    (
        "Given on the third of May two thousand and twenty-four.",
        "the third of May two thousand and twenty-four",
        "2024-05-03",
    ),
    ("It was so in nineteen ninety-six.", "nineteen ninety-six", "1996"),
    ("It met on the twenty-first of May.", "the twenty-first of May", "2024-05-21"),
    ("It took one hundred and ten days.", "one hundred and ten days", "P110D"),
    ("It took twenty-four hours.", "twenty-four hours", "PT24H"),
    ("It took two and a half years.", "two and a half years", "P2Y6M"),
    ("It took an hour and a half.", "an hour and a half", "PT1H30M"),
    ("It took half an hour.", "half an hour", "PT30M"),
    ("It took 5 1/2 hours.", "5 1/2 hours", "PT5H30M"),
    ("It took 2.5 days.", "2.5 days", "P2.5D"),
    ("It took two to three weeks.", "two to three weeks", "PXW"),
    ("It took at least 72 hours.", "at least 72 hours", "PT72H"),
    ("They waited for years.", "years", "PXY"),
]

FORMULAS = [
    ("Given this 1st day of December, 2003.", "this 1st day of December, 2003", "2003-12-01"),
    ("Given this third day of May 2024.", "this third day of May 2024", "2024-05-03"),
]

RANGES = [
    ("It lasted from 3 to 7 May.", "3 to 7 May", "2024-05-03/2024-05-07"),
    ("It lasted from 28 April to 3 May 2024.", "28 April to 3 May 2024", "2024-04-28/2024-05-03"),
    ("It lasted from 28 December to 3 January 2024.", "28 December to 3 January 2024", "2023-12-28/2024-01-03"),
    ("It came between 3 and 7 May 2024.", "3 and 7 May 2024", "2024-05-03/2024-05-07"),
    ("It was dry between March and June 2024.", "March and June 2024", "2024-03/2024-06"),
    ("It was dry from March to May.", "March to May", "2024-03/2024-05"),
    ("It met on May 3-7, 2024.", "May 3-7, 2024", "2024-05-03/2024-05-07"),
    ("The school year 2023/24 is over.", "2023/24", "2023/2024"),
]

PARTS = [
    ("It came in the early hours of Saturday.", "the early hours of Saturday", "2024-05-11TMO"),
    ("It came on the evening of 3 May.", "the evening of 3 May", "2024-05-03TEV"),
    ("It came in the night of Sunday, 12 May.", "the night of Sunday, 12 May", "2024-05-12TNI"),
    ("It ends at 5 p.m. EST on 3 May 2024.", "5 p.m. EST on 3 May 2024", "2024-05-03T17:00"),
    ("It came at five in the morning on Tuesday.", "five in the morning on Tuesday", "2024-05-14T05:00"),
    ("It began at midnight.", "midnight", "2024-05-16T00:00"),
]

PERIODS = [
    ("In the first half of 2024 it rained.", "the first half of 2024", "2024-H1"),
    ("In the third quarter of last year it rained.", "the third quarter of last year", "2023-Q3"),
    ("It rained in July last year.", "July last year", "2023-07"),
    ("It will be done by the end of June.", "the end of June", "2024-06-30"),
    ("It began at the end of March.", "the end of March", "2024-03"),
    ("It must be done by the end of the month.", "the end of the month", "2024-05-31"),
    ("It grew over the past year.", "the past year", "P1Y"),
    ("It rained in the past two weeks.", "the past two weeks", "P2W"),
    ("It will rain in the coming months.", "the coming months", "FUTURE_REF"),
    ("They met at Christmas.", "Christmas", "2023-12-25"),
    ("They met on May Day.", "May Day", "2024-05-01"),
]

SETS = [
    ("They meet twice a week.", "twice a week", "P1W"),
    ("They meet three times a day.", "three times a day", "P1D"),
    ("It costs 200 crowns a month.", "a month", "P1M"),
    ("They meet on Sundays.", "Sundays", "XXXX-WXX-7"),
    ("They meet every other week.", "every other week", "P2W"),
    ("They meet every morning.", "every morning", "XXXX-XX-XXTMO"),
    ("They meet on the first day of every month.", "the first day of every month", "XXXX-XX-01"),
]

TENSE = [
    ("They were told to leave by Friday.", "Friday", "2024-05-17"),
    ("There were two, and by Monday three.", "Monday", "2024-05-13"),
    ("Until Monday, they had no boat.", "Monday", "2024-05-13"),
    ("The ferry was closed Friday.", "Friday", "2024-05-10"),
    ("The ferry will be closed Friday.", "Friday", "2024-05-17"),
    ("We call on the farmers to send two delegates on Sunday.", "Sunday", "2024-05-19"),
    ("The accession is planned for early March.", "early March", "2025-03"),
    ("Work resumes on Monday.", "Monday", "2024-05-20"),
]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [*NUMBERS_IN_WORDS, *FORMULAS, *RANGES, *PARTS, *PERIODS, *SETS, *TENSE],
    ids=lambda it: str(it)[:30],
)
def test_one_expression(text: str, words: str, value: str) -> None:
    assert [(written, found) for written, _, found in times(text)] == [(words, value)]


NARRATED = [
    ("They met on 3 May 2023 and again two days later.", "two days later", "2023-05-05"),
    ("They met in 2019. The following year was wet.", "The following year", "2020"),
    ("They met in March 2019. That year was wet.", "That year", "2019"),
    ("They met on 3 May 2023. That day it rained.", "That day", "2023-05-03"),
    ("The toll rose in the third quarter of 2023. A year earlier it fell.", "A year earlier", "2022-Q3"),
    ("On 14 November 2023, at five in the morning, the boats came.", "five in the morning", "2023-11-14T05:00"),
    ("On 14 November 2023 the boats came. By noon they had gone.", "noon", "2023-11-14T12:00"),
]


@pytest.mark.parametrize(("text", "words", "value"), NARRATED, ids=lambda it: str(it)[:30])
def test_what_counts_from_the_time_spoken_of(text: str, words: str, value: str) -> None:
    assert (words, value) in [(written, found) for written, _, found in times(text)]


STRIKE = [
    ("The strike, which began on 4 September 2023, goes on. This is the 82nd day of the strike.", "2023-11-24"),
    ("Since the strike began on 4 September 2023 we wait. Today is the third day of our strike.", "2023-09-06"),
    ("On 24 November 2023, the 82nd day of the strike, we met.", "2023-11-24"),
    ("The strike began on 4 September 2023. In the second week of the strike it rained.", "2023-09-11/2023-09-17"),
]


@pytest.mark.parametrize(("text", "value"), STRIKE, ids=lambda it: str(it)[:30])
def test_a_day_of_a_strike_counts_from_its_start(text: str, value: str) -> None:
    assert [it.value for it in found(text, published="2024-05-15").times if it.rule == "counted-unit"] == [value]


def test_a_day_of_a_strike_whose_start_nobody_says_has_none() -> None:
    (one,) = found("This is the 82nd day of the strike.", published="2024-05-15").times
    assert (one.value, one.reason) == (None, "the text does not say when it began")


def test_a_year_has_passed_since_a_day() -> None:
    result = found("A year has passed since 7 October, and we remember.", published="2024-10-07").times
    assert [(it.value, it.rule) for it in result] == [("P1Y", "duration"), ("2023-10-07", "since-span")]


ORDERS = [
    ("The paper of 05/03/2024 is lost.", None),
    ("The paper of 05/03/2024 is lost, that of 13/03/2024 is not.", "2024-03-05"),
    ("The paper of 05/03/2024 is lost, that of 03/28/2024 is not.", "2024-05-03"),
    ("The paper of 05/03/2024 is lost, that of 3 June 2024 is not.", "2024-03-05"),
    ("The paper of 05/03/2024 is lost, that of June 3, 2024 is not.", "2024-05-03"),
    ("The paper of 05/03/2024 is lost, those of 13/03/2024 and 03/28/2024 are not.", None),
    ("The paper of 05/05/2024 is lost.", "2024-05-05"),
]


@pytest.mark.parametrize(("text", "value"), ORDERS, ids=lambda it: str(it)[:50])
def test_day_and_month_in_figures_stand_as_the_document_shows(text: str, value: str | None) -> None:
    first = found(text, published="2024-05-15").times[0]
    assert first.value == value and bool(first.reason) == (value is None)


@pytest.mark.parametrize("text", ["30 February", "31/02/2024", "April 31, 2024", "29 February 2023", "31 June"])
def test_days_that_no_calendar_has(text: str) -> None:
    result = found(f"It ends on {text}.", published="2024-05-15")
    assert [(it.value, it.reason) for it in result.times] == [(None, "the calendar has no such day")]
    assert [notice.code for notice in result.notices] == ["impossible-date"]


NOTHING = [
    "They said that all of that was over.",
    "Up to 300,000 people, about half of them.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_say_nothing_of_time(text: str) -> None:
    assert times(text) == []


def test_amounts_are_no_days_of_a_month() -> None:
    assert [value for _, _, value in times("It rose 13% in March and by 0.2 in April, to $29 in May.")] == [
        "2024-03",
        "2024-04",
        "2024-05",
    ]


def test_an_anchor_that_only_the_file_name_gives_is_told() -> None:
    text = "They met yesterday, on Monday, at noon."
    expressions, _ = read(document(text), fold(text), (Language("en", 0, len(text)),))
    named = anchors.resolve(document(text), expressions, (DateFact("published", "2024-05-15", (), "file-name", 0.6),))
    given = anchors.resolve(document(text), expressions, (DateFact("published", "2024-05-15", (), "given", 1.0),))
    assert [it.rule for it in named][:2] == ["word, from the file name", "weekday, from the file name"]
    assert [it.rule for it in given][:2] == ["word", "weekday"]
    assert all(it.anchor for it in named)


FLOODS = {
    "figures": "1 " * 100_000,
    "months": "May May " * 25_000,
    "shifts": "last last " * 20_000,
    "articles": "the the " * 50_000,
    "numbers": "one hundred and " * 15_000,
    "counted": "the 1st day of the strike began on 3 May 2024. " * 4_000,
    "spoken": "that year " * 20_000,
    "decimals": "1." * 100_000,
}


@pytest.mark.parametrize("name", sorted(FLOODS))
def test_a_flood_of_words_of_time_ends(name: str) -> None:
    text = FLOODS[name]
    expressions, _ = read(document(text), fold(text), (Language("en", 0, len(text)),))
    resolved = anchors.resolve(document(text), expressions, ())
    assert len(resolved) == len(expressions) <= len(text) // 4
    assert all(it.value is not None or it.reason for it in resolved)
