"""Time expressions: their words, type and value, in five languages; what has none says why."""

import pytest
from documents import FLOODS, document, found, times

from onrecord.annotate import calendar
from onrecord.annotate.folding import fold
from onrecord.annotate.times import read
from onrecord.model import Language

ABSOLUTE = [
    ("It met on 3 May 2024.", ("3 May 2024", "date", "2024-05-03")),
    ("It met on the 3rd of May 2024.", ("the 3rd of May 2024", "date", "2024-05-03")),
    ("It met on May 3rd, 2024.", ("May 3rd, 2024", "date", "2024-05-03")),
    ("It met on Friday, 3 May 2024.", ("Friday, 3 May 2024", "date", "2024-05-03")),
    ("It met on30 July 2014, late.", ("30 July 2014", "date", "2014-07-30")),
    ("It met on Nov. 2, 2023.", ("Nov. 2, 2023", "date", "2023-11-02")),
    ("It is dated 2024-05-03.", ("2024-05-03", "date", "2024-05-03")),
    ("It is dated 5/3/2024.", ("5/3/2024", "date", None)),
    ("It is dated 13/3/2024.", ("13/3/2024", "date", "2024-03-13")),
    ("It lasted from 3-5 May 2024.", ("3-5 May 2024", "date", "2024-05-03/2024-05-05")),
    ("It met in May 2024.", ("May 2024", "date", "2024-05")),
    ("It began in 2019 with a vote.", ("2019", "date", "2019")),
    ("It was so in the 1990s, they say.", ("the 1990s", "date", "199X")),
    ("It was so in the 19th century.", ("the 19th century", "date", "18XX")),
    ("It came in spring 2023.", ("spring 2023", "date", "2023-21")),
    ("In the third quarter of 2023 it fell.", ("the third quarter of 2023", "date", "2023-Q3")),
]

RELATIVE = [
    ("It met on Monday.", ("Monday", "date", "2024-05-13")),
    ("It met on Wednesday.", ("Wednesday", "date", "2024-05-15")),
    ("It will meet on Monday.", ("Monday", "date", "2024-05-20")),
    ("It met last Friday.", ("last Friday", "date", "2024-05-10")),
    ("It met yesterday.", ("yesterday", "date", "2024-05-14")),
    ("It meets today.", ("today", "date", "2024-05-15")),
    ("It meets tonight.", ("tonight", "time", "2024-05-15TNI")),
    ("It met on Monday night.", ("Monday night", "time", "2024-05-13TNI")),
    ("It rained last week.", ("last week", "date", "2024-W19")),
    ("It rains this month.", ("this month", "date", "2024-05")),
    ("It ends next year.", ("next year", "date", "2025")),
    ("It ended two years ago.", ("two years ago", "date", "2022")),
    ("It began three days ago.", ("three days ago", "date", "2024-05-12")),
    ("It began a month ago.", ("a month ago", "date", "2024-04")),
    ("It began on Nov. 2.", ("Nov. 2", "date", "2023-11-02")),
    ("It began in March.", ("March", "date", "2024-03")),
    ("It began in December.", ("December", "date", "2023-12")),
    ("It began last December.", ("last December", "date", "2023-12")),
    ("It came late last year.", ("late last year", "date", "2023")),
    ("It came last summer.", ("last summer", "date", "2023-22")),
    ("They meet at 10:30 a.m. on the quay.", ("10:30 a.m.", "time", "2024-05-15T10:30")),
    ("They know it now.", ("now", "date", "PRESENT_REF")),
]

LENGTHS = [
    ("It took two weeks.", ("two weeks", "duration", "P2W")),
    ("It took 36 hours.", ("36 hours", "duration", "PT36H")),
    ("A two-year pause.", ("two-year", "duration", "P2Y")),
    ("It took several months.", ("several months", "duration", "PXM")),
    ("It took the past two months.", ("the past two months", "duration", "P2M")),
    ("They meet every Monday.", ("every Monday", "set", "XXXX-WXX-1")),
    ("They meet every two weeks.", ("every two weeks", "set", "P2W")),
    ("They meet daily.", ("daily", "set", "P1D")),
]

OTHER_LANGUAGES = [
    ("Le conseil des villes est réuni le 3 mai 2024 sur le quai.", ("3 mai 2024", "2024-05-03")),
    ("Le conseil est réuni depuis le 1er janvier 2024 dans la ville.", ("le 1er janvier 2024", "2024-01-01")),
    ("El consejo de las ciudades se reunió el 10 de enero de 2020 en la plaza.", ("10 de enero de 2020", "2020-01-10")),
    ("Совет речных городов собрался 9 июня 2010 года на причале.", ("9 июня 2010", "2010-06-09")),
    ("اجتمع مجلس مدن النهر في 10 كانون الثاني/يناير 2020 على الرصيف", ("10 كانون الثاني/يناير 2020", "2020-01-10")),
    ("اجتمع مجلس مدن النهر في ٣ آب ٢٠١١ على الرصيف", ("٣ آب ٢٠١١", "2011-08-03")),
    ("Der Rat der Städte am Fluss trat am 3. Mai 2024 auf dem Kai zusammen.", ("3. Mai 2024", "2024-05-03")),
    ("Il consiglio delle città si è riunito il 3 maggio 2024 sul molo.", ("3 maggio 2024", "2024-05-03")),
]

NOTHING = [
    "They may march in any case.",
    "See resolution 12 (2024) and 13 (2023).",
    "A 6-year-old child and the first of many.",
    "It cost $1999 and 2,500 crowns.",
    "We fall and spring up; some of us, one of them, last.",
]


@pytest.mark.parametrize(("text", "expected"), [*ABSOLUTE, *RELATIVE, *LENGTHS], ids=lambda it: str(it)[:30])
def test_english(text: str, expected: tuple[str, str, str]) -> None:
    assert times(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), OTHER_LANGUAGES, ids=lambda it: str(it)[:30])
def test_absolute_dates_of_other_languages(text: str, expected: tuple[str, str]) -> None:
    assert [(words, value) for words, _, value in times(text)] == [expected]


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_only_look_like_time(text: str) -> None:
    assert times(text) == []


def test_without_a_date_of_its_own_the_document_resolves_nothing() -> None:
    (yesterday,) = found("It met yesterday.").times
    assert yesterday.value is None and "no date of issue" in str(yesterday.reason)


def test_the_date_of_issue_is_the_anchor_before_that_of_publication() -> None:
    text = "Orsk, 3 May 2024\n\nThe council of the river towns met yesterday on the quay of Orsk."
    assert times(text, published="2024-09-01")[-1] == ("yesterday", "date", "2024-05-02")


def test_an_impossible_day_has_no_value_and_a_notice() -> None:
    for text in ("It ends on 31 February 2024.", "It ends on 31 February."):
        result = found(text, published="2024-05-15")
        assert [(it.value, it.reason) for it in result.times] == [(None, "the calendar has no such day")]
        assert [notice.code for notice in result.notices] == ["impossible-date"]


@pytest.mark.parametrize("name", sorted(FLOODS))
def test_a_flood_of_triggers_ends(name: str) -> None:
    text = FLOODS[name]
    expressions, _ = read(document(text), fold(text), (Language("en", 0, len(text)),))
    assert len(expressions) <= len(text) // 4


def test_words_of_time_become_one_letter_each() -> None:
    text = "the 3rd of May 2024, two weeks ago"
    (island,) = calendar.scan(text, fold(text), calendar.vocabulary(("en",)))
    assert island.classes == "T o=M y,n U g"
