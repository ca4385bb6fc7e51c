"""Time expressions: found by a grammar over the string of classes (`calendar`), resolved against the document's date.

`read` finds them and gives each either a value that stands by itself ("3 May 2024", "two weeks") or a shift from an
anchor ("yesterday", "last year"). `resolve` then anchors the second kind: to the date of issue, else to the date of
publication, else they keep `None` and say why. Values are EDTF, ISO 8601 durations, ISO weeks, quarters as `2024-Q3`,
and TIMEX3's `PRESENT_REF`, `PAST_REF` and `FUTURE_REF` for "now", "recently" and "soon", which have no bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

from msgspec import Struct

from onrecord.annotate import calendar
from onrecord.annotate.calendar import Island, Token, Words
from onrecord.model import Document, Language, Notice, Span, TimeType
from onrecord.text.dates import PartialDate

Shift = tuple[str, int, str]
"""Unit (`D`, `W`, `M`, `Q`, `Y`, … or a rule of its own), how many of it from the anchor, what follows the value."""


class Expression(Struct, frozen=True):
    """A time expression as read: its value, or its shift from an anchor that is yet to be known."""

    start: int
    end: int
    type: TimeType
    rule: str
    value: str | None = None
    shift: Shift | None = None
    impossible: bool = False
    """The words have the form of a date, and the calendar has no such day."""


class Parse(NamedTuple):
    """One rule's match in a string of classes, and the place of each of its groups there."""

    rule: int
    start: int
    end: int
    places: dict[str, int]


class Reader:
    """What a rule's function is given: its match over the classes, the tokens under it, and the language's habits."""

    __slots__ = ("parse", "text", "tokens", "words")

    def __init__(self, parse: Parse, island: Island, text: str, words: Words) -> None:
        self.parse = parse
        self.tokens = island.tokens
        self.text = text
        self.words = words

    def get(self, group: str) -> Token | None:
        at = self.parse.places.get(group)
        return None if at is None else self.tokens[at]

    def number(self, group: str, default: int = 0) -> int:
        token = self.get(group)
        return default if token is None else int(token.value)

    def value(self, group: str) -> str:
        token = self.get(group)
        return "" if token is None else str(token.value)

    def all(self) -> list[Token]:
        return [token for token in self.tokens[self.parse.start : self.parse.end] if token]


Found = tuple[TimeType, str | None, Shift | None]
_DAY = r"(?:D[ ,.]{1,2})?"


def _year(value: int) -> int:
    """A year of two figures lies between 1951 and 2050."""
    return value if value > 99 else value + (1900 if value > 50 else 2000)


def _day_month_year(reader: Reader) -> Found:
    return "date", f"{_year(reader.number('y')):04}-{reader.number('M'):02}-{reader.number('d'):02}", None


def _range_of_days(reader: Reader) -> Found:
    month = f"{reader.number('M'):02}"
    days = reader.number("d"), reader.number("e")
    if reader.get("y"):
        return "date", "/".join(f"{reader.number('y'):04}-{month}-{day:02}" for day in days), None
    return "date", None, ("month-day", reader.number("M") * 100 + days[0], f"/{days[1]:02}")


def _range_across_months(reader: Reader) -> Found:
    year = f"{reader.number('y'):04}"
    first = f"{year}-{reader.number('M'):02}-{reader.number('d'):02}"
    return "date", f"{first}/{year}-{reader.number('N'):02}-{reader.number('e'):02}", None


def _range_of_years(reader: Reader) -> Found | None:
    first, last = reader.number("y"), reader.number("e")
    return ("date", f"{first:04}/{last:04}", None) if first < last and 1800 <= first < 2100 else None


def _month_day(reader: Reader) -> Found:
    return "date", None, ("month-day", reader.number("M") * 100 + reader.number("d"), "")


def _month_year(reader: Reader) -> Found:
    return "date", f"{reader.number('y'):04}-{reader.number('M'):02}", None


def _month(reader: Reader) -> Found:
    return "date", None, ("month", reader.number("M"), _kind(reader, "shift"))


def _kind(reader: Reader, group: str) -> str:
    token = reader.get(group)
    return token.kind if token else ""


def _figures(reader: Reader) -> Found | None:
    """10/3/2024 in the order of the language, 10.3.2024 the day first; a number above 12 shows the other order."""
    first, second, year = reader.number("d"), reader.number("e"), _year(reader.number("y"))
    token = reader.get("d")
    dotted = token is not None and reader.text[token.end : token.end + 1] == "."
    month, day = (first, second) if reader.words.month_first and not dotted else (second, first)
    if month > 12:
        month, day = day, month
    return ("date", f"{year:04}-{month:02}-{day:02}", None) if month <= 12 else None


def _iso(reader: Reader) -> Found:
    return "date", f"{reader.number('y'):04}-{reader.number('M'):02}-{reader.number('d'):02}", None


def _bare_year(reader: Reader) -> Found | None:
    """A number of four figures that the words around it show to be a year."""
    token = reader.get("y")
    assert token is not None
    before = reader.text[max(0, token.start - 14) : token.start].lower().split()
    last = before[-1].strip("(,;-–—'’\"“") if before else ""
    after = reader.text[token.end : token.end + 2]
    if after[:1] in ("%", "$", "€") or reader.text[token.start - 1 : token.start] in tuple("$€£¥#.:/"):
        return None
    if not 1800 <= int(token.value) < 2100:
        return None
    if last in reader.words.leads or (before and before[-1].endswith("(") and not _numbered(reader.text, token.start)):
        return "date", f"{token.value:04}", None
    return None


def _numbered(text: str, start: int) -> bool:
    """Whether the bracket before a year follows a number: "resolution 12 (2024)" is a name, no date."""
    return text[max(0, start - 3) : start - 1].strip()[-1:].isdecimal()


def _shifted_unit(reader: Reader) -> Found:
    steps = {"l": -1, "t": 0, "x": 1}[_kind(reader, "shift")]
    return "date", None, (reader.value("U"), steps, "")


def _ago(reader: Reader, direction: int) -> Found:
    token = reader.get("n")
    steps = 1 if token is None or not isinstance(token.value, int) else int(_sum(reader))
    if token is not None and token.kind == "v":
        return "date", "PAST_REF" if direction < 0 else "FUTURE_REF", None
    return "date", None, (reader.value("U"), direction * steps, "")


def _duration_value(count: str, unit: str) -> str:
    letters = {"S": "S", "MIN": "M", "H": "H", "F": "W", "X": "Y", "C": "Y", "Q": "M", "WE": "D"}
    times = {"F": 2, "X": 10, "C": 100, "Q": 3, "WE": 2}.get(unit, 1)
    amount = str(int(count) * times) if count.isdecimal() else count
    return f"P{'T' if unit in ('S', 'MIN', 'H') else ''}{amount}{letters.get(unit, unit)}"


def _sum(reader: Reader) -> str:
    """Tens and units together: "twenty-four"."""
    units = reader.value("n")
    tens = reader.number("tens")
    return str(tens + int(units)) if tens and units.isdecimal() and int(units) < 10 <= tens else units


def _duration(reader: Reader) -> Found | None:
    token = reader.get("n")
    if reader.text.startswith(("-old", " old"), reader.all()[-1].end):
        return None
    counts = {"A": "1", "n": _sum(reader), "d": _sum(reader)}
    count = counts.get(token.kind, "X") if token else "1"
    return "duration", _duration_value(count, reader.value("U")), None


def _quarter(reader: Reader) -> Found:
    year = reader.get("y")
    if reader.get("o") is None:
        return "date", None, ("Q", {"l": -1, "x": 1}.get(_kind(reader, "shift"), 0), "")
    number = reader.number("o")
    if not 1 <= number <= 4:
        return "date", None, None
    if year:
        return "date", f"{reader.number('y'):04}-Q{number}", None
    shift = {"l": -1, "t": 0, "x": 1}.get(_kind(reader, "shift"))
    return "date", None, ("quarter", number, "" if shift is None else str(shift))


def _last_quarter(reader: Reader) -> Found:
    return "date", None, ("Q", -1, "")


def _weekend(reader: Reader) -> Found | None:
    return ("date", None, ("WE", 0, "")) if reader.value("U") == "WE" else None


def _double(reader: Reader) -> Found:
    """A dual, which counts without a number ("يومين")."""
    return "duration", reader.value("N"), None


def _weekday(reader: Reader) -> Found:
    part = reader.value("P")
    return (
        ("time" if part else "date"),
        None,
        (
            "weekday",
            reader.number("D"),
            _kind(reader, "shift") + (f"T{part}" if part else ""),
        ),
    )


def _part_of_day(reader: Reader) -> Found:
    return "time", None, ("D", -1 if _kind(reader, "shift") == "l" else 0, "T" + reader.value("P"))


def _word(reader: Reader) -> Found:
    value = reader.value("R")
    if value.endswith("_REF"):
        return "date", value, None
    match = re.fullmatch(r"([A-Z]+)([+-]\d+)(T\w+)?", value)
    assert match is not None, value
    part = reader.value("P")
    tail = f"T{part}" if part else match[3] or ""
    return ("time" if tail else "date"), None, (match[1], int(match[2]), tail)


def _clock(reader: Reader) -> Found | None:
    token = reader.get("k")
    if reader.get("d") is None and ":" not in reader.value("k"):
        return None
    hour, minute = reader.number("d"), reader.number("e")
    if token and ":" in str(token.value):
        hour, minute = (int(part) for part in str(token.value).split(":"))
    elif token:
        hour = hour % 12 + (12 if token.value == "pm" else 0)
    if hour > 24 or minute > 59:
        return None
    tail = f"T{hour:02}:{minute:02}"
    weekday, word = reader.get("D"), reader.value("R")
    if weekday:
        return "time", None, ("weekday", int(weekday.value), tail)
    steps = int(word[1:3]) if re.match(r"D[+-]\d", word) else 0
    return "time", None, ("D", steps, tail)


def _decade(reader: Reader) -> Found:
    value = reader.number("s")
    return "date", f"{(value if value > 99 else 1900 + value) // 10}X", None


def _century(reader: Reader) -> Found | None:
    return ("date", f"{reader.number('o') - 1:02}XX", None) if reader.value("U") == "C" else None


def _season(reader: Reader) -> Found:
    if reader.get("y"):
        return "date", f"{reader.number('y'):04}-{reader.number('S')}", None
    return "date", None, ("season", reader.number("S"), _kind(reader, "shift"))


def _every(reader: Reader) -> Found:
    if reader.get("D"):
        return "set", f"XXXX-WXX-{reader.number('D')}", None
    if reader.get("M"):
        return "set", f"XXXX-{reader.number('M'):02}", None
    return "set", _duration_value(str(reader.number("n", 1)), reader.value("U")), None


def _regular(reader: Reader) -> Found:
    return "set", reader.value("L"), None


_LATE = r"(?:T )?(?:m[ =-](?:T )?)?"
_EDGE = r"(?:(?:T )?m[ =-](?:T )?|T (?=o))?"
_COUNT = r"(?:v )?(?:(?P<tens>n)-)?(?P<n>[ndAv])"
_RULES: list[tuple[str, str, Callable[[Reader], Found | None]]] = [
    ("iso", r"(?P<y>y)-(?P<M>d)-(?P<d>d)(?![-/])", _iso),
    ("day-to-day", r"(?P<d>[do])[ =](?P<M>M)[-~](?P<e>[do])[ =](?P<N>M)[ =,](?P<y>y)", _range_across_months),
    ("days-month-year", rf"{_DAY}(?P<d>[do])[-~ &](?P<e>[do])[ =](?P<M>M)(?:[ =,](?P<y>y))?", _range_of_days),
    (
        "day-month-year",
        rf"{_DAY}(?:T (?=o))?(?P<d>[do])[ =.-]+(?P<M>M)(?:[/ ]M)?[ =.,-]{{1,2}}(?:U )?(?P<y>y)",
        _day_month_year,
    ),
    ("month-day-year", rf"{_DAY}(?P<M>M)[ .](?:T )?(?P<d>[do])[ ,]{{1,2}}(?P<y>y)", _day_month_year),
    ("figures", r"(?<![-/.:])(?P<d>d)(?P<s>[/.-])(?P<e>d)(?P=s)(?P<y>[yd])(?![-/:])", _figures),
    ("clock", r"(?P<d>d):(?P<e>d)(?:[ .](?P<k>k))?(?:[ .,]+z)?(?:[ ,.](?:(?P<D>D)|(?P<R>R)))?", _clock),
    ("clock", r"(?P<d>d)[ ](?P<k>k)(?:[ .,]+z)?(?:[ ,.](?:(?P<D>D)|(?P<R>R)))?", _clock),
    ("clock", r"(?P<k>k)(?:[ ,](?:(?P<D>D)|(?P<R>R)))?", _clock),
    ("days-month", rf"{_DAY}(?P<M>M)[ .](?P<d>d)[-~](?P<e>d)(?:,(?P<y>y))?", _range_of_days),
    ("quarter", rf"{_LATE}(?P<shift>[ltx]) U'(?P<o>o)[ -](?P<U>Q)", _quarter),
    (
        "quarter",
        rf"{_LATE}(?:F[ -])?(?P<o>o)[ -](?:F[ -])?(?P<U>Q)(?:[ =,'](?:T )?(?:F )?(?:(?P<y>y)|(?P<shift>[ltx]) U))?",
        _quarter,
    ),
    ("month-day", rf"{_EDGE}{_DAY}(?P<M>M)[ .](?:T )?(?P<d>[do])(?![:/%])", _month_day),
    ("month-day", rf"{_EDGE}{_DAY}(?P<d>[do])[ =.](?P<M>M)(?:[/]M)?", _month_day),
    ("month-year", rf"{_EDGE}(?P<M>M)(?:[/]M)?[ =,.'-]{{1,2}}(?:U )?(?P<y>y)", _month_year),
    ("ago", rf"(?:T )?{_COUNT}[ -](?:v )?(?P<U>[UQC]) g", partial(_ago, direction=-1)),
    ("earlier", rf"{_COUNT}[ -](?P<U>[UQC])[ -]b(?! t)", partial(_ago, direction=-1)),
    ("later", rf"{_COUNT}[ -](?P<U>[UQC]) a", partial(_ago, direction=1)),
    ("past-span", rf"(?:T )?[lx] {_COUNT}[ -](?P<U>[UQC])", _duration),
    ("every", r"e (?:(?P<n>[nd]) )?(?:(?P<U>[UQC])|(?P<D>D)|(?P<M>M))", _every),
    ("regularly", r"(?P<L>L)", _regular),
    ("unit-last", r"(?:T )?(?P<U>[UQ]) (?P<shift>[lx])(?! [UQMDn])", _shifted_unit),
    ("last-unit", rf"(?:b )?{_LATE}(?P<shift>[ltx]) (?P<U>[UQC])", _shifted_unit),
    ("part-of-day", r"(?:[bm] )?(?:T )?(?P<shift>[lt]) (?P<P>P)", _part_of_day),
    ("weekday-last", r"(?P<D>D) (?P<shift>[lx])(?! [UQMDn])", _weekday),
    ("weekday", r"(?:[bm] )?(?:(?:T )?(?P<shift>[ltx]) )?(?P<D>D)(?: (?P<P>P))?", _weekday),
    ("double", r"(?P<N>N)", _double),
    ("month-shift", rf"{_LATE}(?P<shift>[ltx]) (?P<M>M)", _month),
    ("season", rf"{_LATE}(?:(?P<shift>[ltx]) )?(?P<S>S)(?:[ =,](?P<y>y))?", _season),
    ("month", rf"{_EDGE}(?P<M>M)", _month),
    ("years", r"(?P<y>y)[-~](?P<e>y)(?![-/])", _range_of_years),
    ("decade", rf"{_LATE}(?P<s>s)", _decade),
    ("century", r"(?:T )?(?P<o>o)[ -](?P<U>C)", _century),
    ("duration", rf"{_COUNT}[ -](?P<U>[UQC])", _duration),
    ("word", r"(?:[bm] )?(?:T )?(?P<R>R)(?: (?P<P>P))?", _word),
    ("the-quarter", r"T (?P<U>Q)", _last_quarter),
    ("the-weekend", r"T (?P<U>U)", _weekend),
    ("year-ago", r"(?P<U>U)-[gb]", partial(_ago, direction=-1)),
    ("year", rf"{_LATE}(?:F )?(?P<y>y)", _bare_year),
]  # fmt: skip

_GROUP = re.compile(r"\(\?P([<=])(\w+)([>)])")


def _grammar() -> re.Pattern[str]:
    """All rules as one alternation; the groups of rule 7 end in `_7`."""
    parts = []
    for n, (_, pattern, _) in enumerate(_RULES):
        own = _GROUP.sub(rf"(?P\g<1>\g<2>_{n}\g<3>", pattern)
        parts.append(f"(?P<rule_{n}>{own})")
    return re.compile("|".join(parts))


_WHOLE = _grammar()


def _parse(classes: str) -> tuple[Parse, ...]:
    """The rules' matches in one string of classes."""
    return tuple(
        Parse(
            int(str(match.lastgroup).rpartition("_")[2]),
            *match.span(),
            {
                name.rpartition("_")[0]: match.start(name)
                for name, words in match.groupdict().items()
                if words is not None and not name.startswith("rule")
            },
        )
        for match in _WHOLE.finditer(classes)
    )


_known = lru_cache(maxsize=1 << 14)(_parse)
"""Groups of words that stand together are short and few kinds of them make up most texts."""


def words_for(document: Document, languages: tuple[Language, ...]) -> Words:
    """The lists of the document's languages, the most used first, and English, which letterheads use everywhere."""
    sizes: dict[str, int] = {}
    for language in languages:
        sizes[language.tag] = sizes.get(language.tag, 0) + language.end - language.start
    ordered = sorted(sizes, key=lambda tag: (-sizes[tag], tag))[:3]
    return calendar.vocabulary(calendar.languages_of([*ordered, "en"]))


def read(
    document: Document, flat: str, languages: tuple[Language, ...]
) -> tuple[tuple[Expression, ...], tuple[Notice, ...]]:
    """All time expressions in their order, and a notice for each date that no calendar has."""
    text = document.text
    words = words_for(document, languages)
    expressions: list[Expression] = []
    notices: list[Notice] = []
    for island in calendar.scan(text, flat, words):
        for parse in (_known if len(island.classes) < 40 else _parse)(island.classes):
            reader = Reader(parse, island, text, words)
            name, _, function = _RULES[parse.rule]
            answer = function(reader)
            if answer is None or (name in _HESITANT and _mere_word(reader)):
                continue
            expression = _expression(name, reader, answer)
            expressions.append(expression)
            if expression.impossible:
                notices.append(_impossible(text, expression))
    return tuple(expressions), tuple(notices)


def _expression(name: str, reader: Reader, answer: Found) -> Expression:
    kind, value, shift = answer
    tokens = reader.all()
    start, end = tokens[0].start, tokens[-1].end
    if shift and shift[0] == "month-day":
        value_of_leap_year = f"2024-{shift[1] // 100:02}-{shift[1] % 100:02}"
        if not _exists(value_of_leap_year):
            return Expression(start, end, kind, name, None, None, True)
    if value is None or kind != "date" or value.endswith("_REF"):
        return Expression(start, end, kind, name, value, shift)
    exists = _exists(value)
    return Expression(start, end, kind, name, value if exists else None, None, not exists)


def _exists(value: str) -> bool:
    """Whether the calendar has a date of this value."""
    try:
        PartialDate.parse(value)
    except ValueError:
        return False
    return True


def _impossible(text: str, expression: Expression) -> Notice:
    words = text[expression.start : expression.end]
    message = f"“{words}” has the form of a date, but there is no such day. It was given no value; check the original."
    return Notice("times", "impossible-date", message, (Span(expression.start, expression.end),))


_HESITANT = frozenset(("month", "season", "weekday"))


def _mere_word(reader: Reader) -> bool:
    """A name that is an ordinary word too ("may", "fall", "Sun") counts only after a word such as "in" or "since"."""
    token = reader.all()[-1]
    words = reader.words
    if token.kind == "S" and reader.text[token.start].isupper() and _capital_follows(reader.text, token.end):
        return True
    if len(reader.all()) > 1 or reader.text[token.start : token.end].lower() not in words.hesitant:
        return False
    before = reader.text[max(0, token.start - 12) : token.start].lower().split()
    return not before or before[-1] not in words.firm


def _capital_follows(text: str, end: int) -> bool:
    """Whether the next word has a capital too, so that both are a name: "Spring Accord"."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
