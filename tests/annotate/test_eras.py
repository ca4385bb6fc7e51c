"""Hijri dates: converted, marked as converted, double dates read as one; what no calendar has keeps no value."""

from datetime import date, timedelta

import pytest
from documents import dates, found
from hypothesis import given
from hypothesis import strategies as some

from onrecord.annotate import eras

ROWS = [
    ("en", "It met on 12 Ramadan 1445 AH in Orsk.", "12 Ramadan 1445 AH", "2024-03-22~", "hijri"),
    ("en", "It met on Ramadan 12, 1445.", "Ramadan 12, 1445", "2024-03-22~", "hijri"),
    ("en", "It met on 5 Sha'ban 1445 AH.", "5 Sha'ban 1445 AH", "2024-02-15~", "hijri"),
    ("en", "It met on 6 Rabi' al-Awwal 1446.", "6 Rabi' al-Awwal 1446", "2024-09-09~", "hijri"),
    ("en", "It met on 1 Muharram 1446 A.H. there.", "1 Muharram 1446 A.H", "2024-07-07~", "hijri"),
    ("en", "It sat 12-14 Ramadan 1445.", "12-14 Ramadan 1445", "2024-03-22~/2024-03-24~", "hijri"),
    ("en", "It met in Dhu al-Hijja 1445.", "Dhu al-Hijja 1445", "2024-06-07~/2024-07-06~", "hijri"),
    ("en", "It met during Ramadan 2024.", "Ramadan 2024", "2024-03-11~/2024-04-09~", "hijri"),
    ("en", "It met in Ramadan.", "Ramadan", "2024-03-11~/2024-04-09~", "hijri-month"),
    ("en", "It met on 3 Rajab.", "3 Rajab", "2024-01-15~", "hijri"),
    ("en", "It began in 1445 AH.", "1445 AH", "2023-07-19~/2024-07-06~", "hijri"),
    ("en", "It met on 12 Farvardin 1403.", "12 Farvardin 1403", "2024-03-31", "solar-hijri"),
    ("en", "It met on 12 Hamal 1403 SH.", "12 Hamal 1403 SH", "2024-03-31", "solar-hijri"),
    ("en", "It met in Ordibehesht 1403.", "Ordibehesht 1403", "2024-04-20/2024-05-20", "solar-hijri"),
    ("ar", "اجتمع مجلس مدن النهر في ١٢ رمضان ١٤٤٥هـ على الرصيف", "١٢ رمضان ١٤٤٥هـ", "2024-03-22~", "hijri"),
    ("ar", "اجتمع مجلس مدن النهر في 12/9/1445 على الرصيف", "12/9/1445", "2024-03-22~", "hijri"),
    ("ar", "اجتمع مجلس مدن النهر في 1445/9/12 هـ على الرصيف", "1445/9/12 هـ", "2024-03-22~", "hijri"),
    ("ar", "اجتمع مجلس مدن النهر في 12 حمل 1403 هـ.ش على الرصيف", "12 حمل 1403 هـ.ش", "2024-03-31", "solar-hijri"),
    ("ar", "اجتمع مجلس مدن النهر في 30 شعبان 1445 هـ على الرصيف", "30 شعبان 1445 هـ", "2024-03-11~", "hijri"),
    ("fa", "شورای شهر در ۱۲ فروردین ۱۴۰۳ تشکیل جلسه داد", "۱۲ فروردین ۱۴۰۳", "2024-03-31", "solar-hijri"),
    ("fa", "شورای شهر در ۱۴۰۳/۱/۱۲ تشکیل جلسه داد", "۱۴۰۳/۱/۱۲", "2024-03-31", "solar-hijri"),
    ("fa", "شورای شهر در ۱۲ رمضان ۱۴۴۵ تشکیل جلسه داد", "۱۲ رمضان ۱۴۴۵", "2024-03-22~", "hijri"),
]

DOUBLE = [
    ("en", "12 Ramadan 1445 / 22 March 2024", "2024-03-22"),
    ("en", "22 March 2024 (12 Ramadan 1445 AH)", "2024-03-22"),
    ("en", "12 Hamal 1403 (31 March 2024)", "2024-03-31"),
    ("en", "22 March (12 Ramadan 1445)", "2024-03-22"),
    ("en", "12 Ramadan 1445 AH corresponding to 22 March 2024", "2024-03-22"),
    ("en", "12/9/1445 AH - 3/22/2024", "2024-03-22"),
    ("en", "3 Shawwal 1445 AH - 12/4/2024", "2024-04-12"),
    ("en", "Ramadan 1445 / March 2024", "2024-03"),
    ("en", "1445 AH / 2024 CE", "2024"),
    ("ar", "الجمعة ١٢ رمضان ١٤٤٥ هـ الموافق ٢٢ آذار/مارس ٢٠٢٤ م", "2024-03-22"),
    ("ar", "12/9/1445 هـ - 22/3/2024 م", "2024-03-22"),
    ("ar", "عام ١٤٤٥هـ/٢٠٢٤م", "2024"),
    ("fr", "12 ramadan 1445 de l'hégire, correspondant au 22 mars 2024", "2024-03-22"),
    ("es", "12 de ramadán de 1445, correspondiente al 22 de marzo de 2024", "2024-03-22"),
    ("ru", "12 рамадана 1445 года хиджры (22 марта 2024)", "2024-03-22"),
]

NOTHING = ["Ramadan Ali and Asad Mizan spoke.", "The AH-12 was sold; 3 Asad too.", "Plan H of 1445 pages."]


@pytest.mark.parametrize(("tag", "text", "words", "value", "rule"), ROWS, ids=lambda it: str(it)[:30])
def test_converted(tag: str, text: str, words: str, value: str, rule: str) -> None:
    times = found(text, language=tag, published="2024-05-15").times
    assert [(text[it.start : it.end], it.value, it.rule) for it in times] == [(words, value, rule)]


@pytest.mark.parametrize(("tag", "words", "value"), DOUBLE, ids=lambda it: str(it)[:30])
def test_a_double_date_is_one_date_of_ours(tag: str, words: str, value: str) -> None:
    result = found(words, language=tag)
    assert [(words[it.start : it.end], it.value, it.rule) for it in result.times] == [(words, value, "double-date")]
    assert result.notices == ()


@pytest.mark.parametrize("text", NOTHING)
def test_names_and_marks_that_are_no_dates(text: str) -> None:
    assert found(text, published="2024-05-15").times == ()


@pytest.mark.parametrize(("day", "notices"), [(20, 0), (24, 0), (25, 1), (18, 1)])
def test_halves_may_differ_by_two_days(day: int, notices: int) -> None:
    text = f"{day} March 2024 (12 Ramadan 1445 AH)"
    result = found(text)
    assert [it.value for it in result.times] == [f"2024-03-{day}"]
    assert [it.code for it in result.notices] == ["double-date-mismatch"] * notices


def test_a_letterhead_in_hijri_alone_dates_the_document() -> None:
    text = "Council of the River Towns\nOrsk, 12 Ramadan 1445 AH\n\nThe council met yesterday on the quay of Orsk."
    assert [(role, value) for role, value, _ in dates(text)] == [("issued", "2024-03-22~")]
    assert found(text).times[-1].value == "2024-03-21"


@given(some.integers(1, 12), some.integers(31, 99), some.integers(1300, 1500))
def test_a_month_has_at_most_thirty_days(month: int, day: int, year: int) -> None:
    names = "Muharram Safar Rabi-al-Awwal Rabi-al-Thani Jumada-al-Ula Jumada-al-Thania Rajab Shaban Ramadan Shawwal"
    name = [*names.split(), "Dhul-Qada", "Dhul-Hijja"][month - 1]
    result = found(f"It met on {day} {name} {year} AH.")
    assert [(it.value, it.reason) for it in result.times] == [(None, eras.NO_SUCH_DAY)]
    assert [it.code for it in result.notices] == ["impossible-date"]


@given(some.integers(1300, 1500), some.integers(1, 12), some.integers(1, 29))
def test_lunar_days_come_back(year: int, month: int, day: int) -> None:
    converted = eras.lunar(year, month, day)
    following = eras.lunar(year + month // 12, month % 12 + 1, 1)
    first = eras.lunar(year, month, 1)
    assert converted and first and following
    assert (converted - first).days == day - 1
    assert abs(eras.lunar_year(converted) - year) <= (0 if 1343 <= year < 1500 else 1)
    assert 28 <= (following - first).days <= 31


@given(some.integers(1300, 1500), some.integers(1, 12), some.integers(1, 29))
def test_solar_days_come_back(year: int, month: int, day: int) -> None:
    converted, first = eras.solar(year, month, day), eras.solar(year, 1, 1)
    assert converted and first and abs(eras.solar_year(converted) - year) <= month // 12
    assert converted - first == timedelta(days=31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)


@given(some.integers(-10, 99999), some.integers(-5, 20), some.integers(-5, 99))
def test_no_numbers_raise(year: int, month: int, day: int) -> None:
    assert all(convert(year, month, day) is None or year > 0 for convert in (eras.lunar, eras.solar))


def test_tables_and_cycle_meet_within_a_day() -> None:
    assert eras.lunar(1445, 9, 12) == date(2024, 3, 22) and eras.lunar(1300, 1, 1) == date(1882, 11, 12)
    last, first = eras.lunar(1342, 12, 29), eras.lunar(1343, 1, 1)
    assert last and first and 0 <= (first - last).days <= 2
