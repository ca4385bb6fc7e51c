"""The grammar of time expressions: patterns over the string of classes (`calendar`), and what each match means.

A rule's function gives a `Found`: a value that stands by itself, or a `Shift` from an anchor that is yet to be known,
or a reason why there is none. The classes are told in `timegrammar`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from onrecord.annotate.calendar import Island, Words
from onrecord.annotate.numerals import Token
from onrecord.model import TimeType


class Shift(NamedTuple):
    """From an anchor: a unit (`D`, `W`, `M`, `Q`, `Y`, … or a rule of its own), how many of it, what follows the value.

    `back` says what it counts from: "" the day of the document, `text` the time last spoken of, `either` that time
    where there is one, else the day.
    """

    unit: str
    amount: int
    tail: str = ""
    back: str = ""


class Found(NamedTuple):
    """What a rule makes of its words. `part` ("TNI", "T05:00") is put after a value that is a day."""

    type: TimeType
    value: str | None = None
    shift: Shift | None = None
    part: str = ""
    reason: str | None = None
    skip: int = 0
    """So many tokens at the start are no part of the expression."""


class Parse(NamedTuple):
    """One rule's match in a string of classes, and the place of each of its groups there."""

    rule: int
    start: int
    end: int
    places: dict[str, int]


class Reader:
    """What a rule's function is given: its match over the classes, the tokens under it, and the language's habits."""

    __slots__ = ("month_first", "parse", "text", "tokens", "words")

    def __init__(self, parse: Parse, island: Island, text: str, words: Words, month_first: bool | None) -> None:
        self.parse = parse
        self.tokens = island.tokens
        self.text = text
        self.words = words
        self.month_first = month_first

    def get(self, group: str) -> Token | None:
        at = self.parse.places.get(group)
        return None if at is None else self.tokens[at]

    def number(self, group: str, default: int = 0) -> int:
        token = self.get(group)
        return default if token is None else int(token.value)

    def value(self, group: str) -> str:
        token = self.get(group)
        return "" if token is None else str(token.value)

    def kind(self, group: str) -> str:
        token = self.get(group)
        return token.kind if token else ""

    def all(self) -> list[Token]:
        return [token for token in self.tokens[self.parse.start : self.parse.end] if token]

    def written(self, token: Token) -> str:
        """The words of a token in small letters."""
        return self.text[token.start : token.end].lower()

    def before(self, length: int = 24) -> str:
        """The text before the expression, in small letters."""
        start = self.all()[0].start
        return self.text[max(0, start - length) : start].lower()

    def word_before(self) -> str:
        """The word right before the expression, without the marks around it."""
        words = self.before().split()
        return words[-1].strip("(,;-–—'’\"“") if words else ""

    def hint(self, name: str, token: Token | None) -> bool:
        """Whether a token is in one of the language's lists."""
        return token is not None and self.written(token) in self.words.hints[name]


Rule = Callable[[Reader], Found | None]
_STEPS = {"l": -1, "t": 0, "w": 0, "x": 1}
EITHER_ORDER = "day and month could stand in either order, and nothing else in the text shows which"


def year(value: int) -> int:
    """A year of two figures lies between 1951 and 2050."""
    return value if value > 99 else value + (1900 if value > 50 else 2000)


def day_month_year(reader: Reader) -> Found:
    return Found("date", f"{year(reader.number('y')):04}-{reader.number('M'):02}-{reader.number('d'):02}")


def day_of_month(reader: Reader) -> Found | None:
    """ "this 3rd day of May, 2024"."""
    if reader.value("U") != "D":
        return None
    return day_month_year(reader) if reader.get("y") else month_day(reader)


def range_of_days(reader: Reader) -> Found:
    month = f"{reader.number('M'):02}"
    days = reader.number("d"), reader.number("e")
    if reader.get("y"):
        return Found("date", "/".join(f"{reader.number('y'):04}-{month}-{day:02}" for day in days))
    return Found("date", None, Shift("month-day", reader.number("M") * 100 + days[0], f"/{month}-{days[1]:02}"))


def range_across_months(reader: Reader) -> Found:
    first, last = (f"{reader.number(m):02}-{reader.number(d):02}" for m, d in (("M", "d"), ("N", "e")))
    if not reader.get("y"):
        return Found("date", None, Shift("month-day", int(first.replace("-", "")), f"/{last}"))
    end = reader.number("y")
    start = reader.number("x", end - (first > last))
    return Found("date", f"{start:04}-{first}/{end:04}-{last}")


def range_of_months(reader: Reader) -> Found | None:
    first, last = reader.number("M"), reader.number("N")
    if not reader.get("y"):
        return Found("date", None, Shift("months", first * 100 + last))
    end = reader.number("y")
    return Found("date", f"{reader.number('x', end - (first > last)):04}-{first:02}/{end:04}-{last:02}")


def range_of_years(reader: Reader) -> Found | None:
    first, last = reader.number("y"), reader.number("e")
    if reader.kind("e") == "d":
        last += first // 100 * 100
        if last - first != 1:
            return None
    return Found("date", f"{first:04}/{last:04}") if first < last and 1800 <= first < 2100 else None


def month_day(reader: Reader) -> Found | None:
    return Found("date", None, Shift("month-day", reader.number("M") * 100 + reader.number("d")))


def listed_day(reader: Reader) -> Found | None:
    """The 3 of "3 and 7 May 2024", the 25 of "April 24 and 25"."""
    month = reader.get("M") or reader.tokens[reader.parse.start - 4]
    if month is None or not 0 < reader.number("d") < 32:
        return None
    if reader.get("y"):
        return Found("date", f"{reader.number('y'):04}-{int(month.value):02}-{reader.number('d'):02}")
    return Found("date", None, Shift("month-day", int(month.value) * 100 + reader.number("d")))


def month_year(reader: Reader) -> Found:
    return Found("date", f"{reader.number('y'):04}-{reader.number('M'):02}")


def month(reader: Reader) -> Found:
    kind = reader.kind("shift")
    if kind == "w" and reader.word_before() not in (*reader.words.firm, "of"):  # "said that May was dry"
        return Found("date", None, Shift("month", reader.number("M")), skip=1)
    return Found("date", None, Shift("month", reader.number("M"), kind, "text" if kind == "w" else ""))


def month_of_year(reader: Reader) -> Found | None:
    """ "July last year", "in March of this year"."""
    if reader.value("U") != "Y":
        return None
    kind = reader.kind("shift")
    amount = reader.number("M") * 100 + reader.number("d")
    return Found("date", None, Shift("of-year", amount, str(_STEPS[kind]), _back(reader)))


def figures(reader: Reader) -> Found | None:
    """10/3/2024 in the document's or the language's order, 10.3.2024 the day first; a number above 12 is no month."""
    first, second, full = reader.number("d"), reader.number("e"), year(reader.number("y"))
    token = reader.get("d")
    dotted = token is not None and reader.text[token.end : token.end + 1] == "."
    if max(first, second) > 31 or min(first, second) == 0:
        return None
    if first <= 12 and second <= 12 and first != second and reader.month_first is None and not dotted:
        return Found("date", reason=EITHER_ORDER)
    month, day = (first, second) if reader.month_first and not dotted else (second, first)
    if month > 12:
        month, day = day, month
    return Found("date", f"{full:04}-{month:02}-{day:02}") if month <= 12 else None


def iso(reader: Reader) -> Found:
    return Found("date", f"{reader.number('y'):04}-{reader.number('M'):02}-{reader.number('d'):02}")


def bare_year(reader: Reader) -> Found | None:
    """A number of four figures that the words around it show to be a year."""
    token = reader.get("y")
    assert token is not None
    number = int(token.value)
    before = reader.text[max(0, token.start - 14) : token.start].lower().split()
    last = before[-1].strip("(,;-–—'’\"“") if before else ""
    after = reader.text[token.end : token.end + 2]
    if after[:1] in ("%", "$", "€") or reader.text[token.start - 1 : token.start] in tuple("$€£¥#.:/"):
        return None
    if not 1800 <= number < 2100:
        return None
    listed = len(before) > 0 and before[-1].endswith(("'s", "’s"))
    if last in reader.words.leads or listed or _spoken(reader, token) or _bracketed(reader, token, before):
        return Found("date", f"{number:04}")
    return None


def _spoken(reader: Reader, token: Token) -> bool:
    """Whether a year stands in words: "nineteen ninety-six"."""
    return not reader.text[token.start].isdecimal()


def _bracketed(reader: Reader, token: Token, before: list[str]) -> bool:
    """Whether a year stands in brackets, and not as the number of something: "resolution 12 (2024)" is a name."""
    if not before or not before[-1].endswith("("):
        return False
    return not reader.text[max(0, token.start - 3) : token.start - 1].strip()[-1:].isdecimal()


def listed_year(reader: Reader) -> Found | None:
    before = reader.tokens[reader.parse.start - 2]
    number = reader.number("y")
    if before is None or not 1800 <= int(before.value) < 2100 or not 1800 <= number < 2100:
        return None
    return Found("date", f"{number:04}")


def year_named(reader: Reader) -> Found | None:
    """ "the year 2000"."""
    if reader.value("U") != "Y" or not 1000 <= reader.number("y") < 2200:
        return None
    return Found("date", f"{reader.number('y'):04}")


def _back(reader: Reader) -> str:
    """What a shifted unit counts from: "that" and "the following" go back to the time last spoken of."""
    token = reader.get("shift")
    if token is None:
        return ""
    return "text" if token.kind == "w" else "either" if reader.hint("told", token) else ""


def shifted_unit(reader: Reader) -> Found | None:
    shift, unit = reader.get("shift"), reader.get("U")
    assert shift is not None and unit is not None
    steps, letter = _STEPS[shift.kind], str(unit.value)
    if reader.hint("plurals", unit):
        return None if shift.kind in "tw" else Found("date", "PAST_REF" if steps < 0 else "FUTURE_REF")
    first = reader.all()[0]
    if (
        first.kind == "T"
        and letter != "D"
        and steps
        and not _back(reader)
        and reader.word_before() in (reader.words.hints["spans"])
    ):
        return Found("duration", duration("1", letter))
    back = _back(reader)
    if first.kind == "T" and letter == "D" and steps:
        back = "text"
    part = f"T{reader.value('P')}" if reader.get("P") else ""
    return Found("time" if part else "date", None, Shift(letter, steps, "", back), part)


def ended_unit(reader: Reader) -> Found | None:
    """ "the end of the month", "later in the year"; "year-end"."""
    edge = reader.get("e")
    if reader.value("U") not in ("D", "W", "M", "Q", "Y") or (edge and not reader.hint("ends", edge)):
        return None
    return Found("date", None, Shift(reader.value("U"), 0))


def ago(reader: Reader, direction: int, back: str = "") -> Found:
    if reader.get("v") or (reader.get("U") and reader.hint("plurals", reader.get("U")) and not _counted(reader)):
        return Found("date", "PAST_REF" if direction < 0 else "FUTURE_REF")
    count = amount_of(reader)
    if not count.isdecimal():
        return Found("date", "PAST_REF" if direction < 0 else "FUTURE_REF")
    return Found("date", None, Shift(reader.value("U"), direction * int(count), "", back))


def _counted(reader: Reader) -> bool:
    return any(reader.get(group) for group in ("n", "A", "h"))


def year_ago(reader: Reader) -> Found:
    """ "the year-ago quarter": the one a year before the one spoken of."""
    if reader.get("Q"):
        return Found("date", None, Shift("Q", -5, "", "same"))
    return Found("date", None, Shift(reader.value("U"), -1, "", "either"))


_LETTERS = {"S": "S", "MIN": "M", "H": "H", "F": "W", "X": "Y", "C": "Y", "Q": "M", "WE": "D"}
_TIMES = {"F": 2, "X": 10, "C": 100, "Q": 3, "WE": 2}
_HALVES = {"Y": "6M", "H": "30M", "MIN": "30S", "D": "T12H"}


def duration(count: str, unit: str, half: bool = False) -> str:
    """So many units as an ISO 8601 duration; `X` counts where nobody says how many."""
    letter, times = _LETTERS.get(unit, unit), _TIMES.get(unit, 1)
    clock = "T" if unit in ("S", "MIN", "H") else ""
    if half and (count == "0" or times > 1 or unit not in _HALVES):
        return f"P{clock}{_half(count, times)}{letter}" if unit not in _HALVES else f"P{clock}{_HALVES[unit]}"
    amount = str(int(count) * times) if count.isdecimal() else count
    return f"P{clock}{amount}{letter}{_HALVES[unit] if half else ''}"


def _half(count: str, times: int) -> str:
    value = (int(count) + 0.5) * times
    return str(int(value)) if value == int(value) else str(value)


def amount_of(reader: Reader) -> str:
    """How many units: figures, or `X` for "several" and for "two to three"."""
    token = reader.get("n")
    if reader.get("v") or reader.get("n2"):
        return "X"
    if token is None:
        return "0" if reader.get("h") else "1"
    return str(token.value)


def length(reader: Reader) -> Found | None:
    tokens = reader.all()
    if reader.text.startswith(("-old", " old"), tokens[-1].end):
        return None
    unit, count = reader.value("U"), amount_of(reader)
    if tokens[0].kind == "A" and len(tokens) == 2 and _rate(reader):
        return Found("set", duration("1", unit))
    if reader.get("g"):
        return Found("duration", _with_fraction(reader, unit))
    half = any(group in reader.parse.places for group in ("h", "hf", "hu"))
    if half and not count.isdecimal():
        return None
    return Found("duration", duration(count, unit, half))


def _with_fraction(reader: Reader, unit: str) -> str | None:
    """ "5 1/2 hours"."""
    parts, whole = reader.number("i"), reader.number("n")
    if parts == 2 and reader.number("g") == 1:
        return duration(str(whole), unit, half=True)
    return None


def _rate(reader: Reader) -> bool:
    """Whether "a week" follows a count or an amount, so that it says how often: "twice a week", "$2 a day"."""
    before = reader.before(16)
    word = before.split()[-1:]
    return bool(word) and before[-1:] == " " and (word[0] in reader.words.hints["rated"] or word[0][-1:].isdecimal())


def frequency(reader: Reader) -> Found:
    return Found("set", duration("1", reader.value("U")))


def units(reader: Reader) -> Found | None:
    """ "for years", "within weeks", "over the centuries"."""
    unit = reader.get("U")
    assert unit is not None
    if not reader.hint("plurals", unit) or reader.word_before() not in reader.words.hints["spans"]:
        return None
    return Found("duration", duration("X", str(unit.value)))


def quarter(reader: Reader) -> Found | None:
    number = reader.number("o")
    if not 1 <= number <= 4:
        return None
    if reader.get("y"):
        return Found("date", f"{reader.number('y'):04}-Q{number}")
    kind = reader.kind("shift")
    if kind and reader.value("U") != "Y":
        return None
    return Found("date", None, Shift("quarter", number, str(_STEPS[kind]) if kind else "", _back(reader)))


def half_year(reader: Reader) -> Found | None:
    number = reader.number("o", 2 if reader.get("last") else 0)
    if number not in (1, 2):
        return None
    if reader.get("y"):
        return Found("date", f"{reader.number('y'):04}-H{number}")
    if reader.value("U") != "Y":
        return None
    return Found("date", None, Shift("half", number, str(_STEPS.get(reader.kind("shift"), 0)), _back(reader)))


def the_unit(reader: Reader) -> Found | None:
    """ "the quarter" of a report is the one spoken of, else the last that had ended; "over the weekend"."""
    unit = reader.value("U")
    if unit == "WE":
        return Found("date", None, Shift("WE", 0))
    if unit == "Q":
        return Found("date", None, Shift("Q", -1, "", "same"))
    return units(reader)


def double(reader: Reader) -> Found:
    """A dual, which counts without a number ("يومين")."""
    return Found("duration", reader.value("N"))


def weekday(reader: Reader) -> Found:
    part = f"T{reader.value('P')}" if reader.get("P") else ""
    shift = Shift("weekday", reader.number("D"), reader.kind("shift"), _back(reader))
    return Found("time" if part else "date", None, shift, part)


def part_of_day(reader: Reader) -> Found:
    kind = reader.kind("shift")
    part = f"T{reader.value('P')}"
    return Found("time", None, Shift("D", -1 if kind == "l" else 0, "", "text" if kind == "w" else ""), part)


def next_part(reader: Reader) -> Found | None:
    """ "the next morning"."""
    return Found("time", None, Shift("D", 1, "", "text"), f"T{reader.value('P')}")


def part(reader: Reader) -> Found | None:
    """ "the evening of" a day; alone it says nothing (`times` joins it to the date that follows)."""
    return Found("time", None, None, f"T{reader.value('P')}")


def word(reader: Reader) -> Found:
    value = reader.value("R")
    if value.endswith("_REF"):
        return Found("date", value)
    match = re.fullmatch(r"([A-Z]+)([+-]\d+)(T\w+)?", value)
    assert match is not None, value
    part = f"T{reader.value('P')}" if reader.get("P") else match[3] or ""
    return Found("time" if part else "date", None, Shift(match[1], int(match[2])), part)


def current(reader: Reader) -> Found | None:
    """ "the past", "the future"."""
    return Found("date", "PAST_REF") if reader.kind("shift") == "l" and _noun(reader) else None


def _noun(reader: Reader) -> bool:
    """Whether an adjective stands alone: no small letters follow within the clause ("in the past, …")."""
    after = reader.text[reader.all()[-1].end : reader.all()[-1].end + 2]
    return not after[1:2].islower() and reader.written(reader.all()[-1]) == "past"


def clock(reader: Reader) -> Found | None:
    token = reader.get("k")
    hour, minute = reader.number("d"), reader.number("e")
    if token and ":" in str(token.value):
        hour, minute = (int(part) for part in str(token.value).split(":"))
    elif token:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if token.value == "pm" else 0)
    elif reader.get("P"):
        hour = _hour_of_part(hour, reader.value("P"))
    if hour > 24 or minute > 59 or (reader.get("d") is None and (token is None or ":" not in str(token.value))):
        return None
    return Found("time", None, Shift("clock", 0), f"T{hour:02}:{minute:02}")


def _hour_of_part(hour: int, part: str) -> int:
    """ "five in the morning", "ten at night"; 99 where no clock shows such an hour."""
    if not 1 <= hour <= 12:
        return 99
    late = part in ("AF", "EV") or (part == "NI" and 5 < hour < 12)
    return hour % 12 + 12 if late else hour % 12 if part == "NI" else hour


def decade(reader: Reader) -> Found:
    value = reader.number("s")
    return Found("date", f"{(value if value > 99 else 1900 + value) // 10}X")


def century(reader: Reader) -> Found | None:
    return Found("date", f"{reader.number('o') - 1:02}XX") if reader.value("U") == "C" and reader.number("o") else None


def season(reader: Reader) -> Found | None:
    if reader.get("y"):
        return Found("date", f"{reader.number('y'):04}-{reader.number('S')}")
    shift = reader.kind("shift")
    if reader.get("U"):
        if reader.value("U") != "Y":
            return None
        return Found("date", None, Shift("season-of", reader.number("S"), str(_STEPS[shift]), _back(reader)))
    return Found("date", None, Shift("season", reader.number("S"), shift, "text" if shift == "w" else ""))


def holiday(reader: Reader) -> Found:
    """A day of fixed date (`12-25`), or the nth weekday of a month (`11:4:4` is the fourth Thursday of November)."""
    value = reader.value("H")
    if reader.get("y"):
        return Found("date", None, Shift(value, reader.number("y"), "y"))
    return Found("date", None, Shift(value, 0, reader.kind("shift")))


def every(reader: Reader) -> Found:
    if reader.get("D"):
        return Found("set", f"XXXX-WXX-{reader.number('D')}")
    if reader.get("M"):
        return Found("set", f"XXXX-{reader.number('M'):02}")
    if reader.get("P"):
        return Found("set", f"XXXX-XX-XXT{reader.value('P')}")
    return Found("set", duration(str(reader.number("n", 1)), reader.value("U")))


def every_other(reader: Reader) -> Found:
    return Found("set", duration("2", reader.value("U")))


def day_of_every(reader: Reader) -> Found | None:
    """ "the first day of every month"."""
    if reader.value("U") != "D" or reader.value("V") not in ("M", "Y"):
        return None
    day = f"{reader.number('o'):02}"
    return Found("set", f"XXXX-XX-{day}" if reader.value("V") == "M" else f"XXXX-01-{day}")


def weekdays(reader: Reader) -> Found:
    return Found("set", f"XXXX-WXX-{reader.number('W')}")


def regular(reader: Reader) -> Found:
    return Found("set", reader.value("L"))


def counted_unit(reader: Reader) -> Found | None:
    """ "the 82nd day of the strike"; what it counts from, `anchors` seeks in the text."""
    unit, end = reader.value("U"), reader.all()[-1].end
    after = reader.text[end : end + 9].lower().split(maxsplit=1)
    if unit not in ("D", "W", "M", "Y") or reader.number("o") < 1:
        return None
    if not after or reader.words.joins.get(after[0]) != "=":
        return None
    return Found("date", None, Shift("count", reader.number("o"), unit, "event"))
