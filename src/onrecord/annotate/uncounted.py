"""Numbers that count nothing: names ("Article 8"), points of a list, years, hours, ages, lengths of time that date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.annotate.counting import Counting
from onrecord.annotate.digits import DASHES
from onrecord.annotate.numbers import Words
from onrecord.annotate.readings import Reading
from onrecord.model import TimeExpression

_LIST = 6
"""Tokens between two numbers of a list of such that name something."""
_QUOTES = frozenset("'\"‘’“”„«»")
_YEAR = 4
"""Digits of one."""
_OLDEST = 120
"""What a number alone behind "at" may be: an hour or an age."""
_POINTED = 3
"""The most that "the two" and its like point back to."""
_SMALLEST_PARTED = 1000
"""Larger numbers have their thousands parted, or are years and symbols where nothing says what they count."""


class Times:
    """The time expressions of a document, asked by place."""

    def __init__(self, times: Sequence[TimeExpression]) -> None:
        self._times = sorted(times, key=lambda it: it.end)
        self._ends = [it.end for it in self._times]

    def dates(self, start: int, end: int) -> bool:
        """Whether digits are part of a date or an hour and surely nothing else; a year alone may be a count."""
        time = self.over(start, end)
        return time is not None and time.type != "duration" and time.rule != "year"

    def over(self, start: int, end: int) -> TimeExpression | None:
        at = bisect_left(self._ends, start + 1)
        return self._times[at] if at < len(self._times) and self._times[at].start < end else None


def names_something(words: Words, first: int, table: Counting) -> bool:
    """Whether a number names something: "Article 8", "the Group of 20"."""
    if words.word(first - 1) in table.labels or _dates_a_name(words, first, table):
        return True
    group = words.precedes(first, table.group)
    return group is not None and words.text[words.starts[group[0]]].isupper()


def _dates_a_name(words: Words, first: int, table: Counting) -> bool:
    """ "2016 Presidential Candidates", "the Report 2021 of the Commission": four digits that nothing parts."""
    figure = words.figures.get(first)
    if figure is None or figure.tail - figure.lead != _YEAR or not words.text[figure.start : figure.end].isdecimal():
        return False
    if first + 1 < len(words) and words.text[words.starts[first + 1]].isupper():
        return True
    named = first > 1 and words.text[words.starts[first - 1]].isupper()
    return named and words.follows(first + 1, table.of) is not None


def goes_on(words: Words, first: int, labelled: int, table: Counting) -> bool:
    """Whether a number goes on with a list of such: "paragraphs 3, 4 and 5", "resolutions 12 (2019) and 14 (2020)"."""
    if labelled < 0 or first - labelled > _LIST:
        return False
    linking = table.and_ | table.or_ | table.to
    return first > labelled and all(
        word in linking or word in DASHES or word in ",،()" or (len(word) == 4 and word.isdecimal())
        for word in words.low[labelled:first]
    )


def told(
    words: Words, first: int, stop: int, unit: str | None, time: TimeExpression, reading: Reading, table: Counting
) -> bool:
    """Whether a number in a time expression is told as a count: "six weeks", and "2000 boats" that look like a year."""
    if time.type == "date" and time.rule == "year" and unit is not None and reading.value:
        return reading.value % 100 == 0
    if time.type != "duration" or unit is None:
        return False
    return words.precedes(first, table.before_length) is None and words.follows(stop, table.after_length) is None


def _numbers_a_point(words: Words, reading: Reading) -> bool:
    """ "2) the release", "resolution 12 (2019)", "paragraph 1 (f)"."""
    after, then = words.word(reading.stop), words.word(reading.stop + 1)
    if after == "." and then and words.word(reading.first - 1) in ":;":
        return True
    if after in "([" and after:
        return (len(then) == 4 and then.isdecimal()) or len(then) == 1
    if len(after) == 1 and after.isalpha() and then == ")":
        return True
    return after == ")" and "(" not in words.low[max(0, reading.first - _LIST) : reading.first]


def stands_alone(words: Words, reading: Reading, table: Counting) -> bool:
    """Whether a number without a noun counts: no name ("Channel 4"), age ("Keller, 54,"), year or number of a line."""
    before = words.word(reading.first - 1)
    if reading.value is None or _numbers_a_point(words, reading):
        return False
    if before in table.pointing and reading.value <= _POINTED:
        return False
    hour = before in table.before_hour and words.word(reading.first - 2) not in table.sums
    if before in table.references and (reading.first < 2 or words.word(reading.first - 2) in "([;"):
        return False
    if before in table.attributive or (hour and reading.value <= _OLDEST):
        return False
    if reading.first not in words.figures:
        return not (table.article and words.low[reading.first].startswith(f"و{table.article}"))
    return _figure_alone(words, reading, table)


def _figure_alone(words: Words, reading: Reading, table: Counting) -> bool:
    """As `stands_alone`, for one in figures."""
    before, after = words.word(reading.first - 1), words.word(reading.stop)
    if not before or (not after and reading.first == 0) or before in "([{" or before in DASHES:
        return False
    figure, text = words.figures[reading.first], words.text
    if text[figure.tail : figure.tail + 1] in DASHES:
        return False
    if text[figure.lead - 1 : figure.lead] in _QUOTES and text[figure.tail : figure.tail + 1] in _QUOTES:
        return False
    if figure.end - figure.start == 4 and reading.stop == reading.first + 1 and (figure.value or 0) >= _SMALLEST_PARTED:
        return False
    if reading.first < 2:
        return True
    if text[words.starts[reading.first - 1]].isupper():
        return words.word(reading.first - 2) in table.of_determiners and (not after or after in ".,;:،؛")
    if before in ",،" and (not after or after in ",،)"):
        return not text[words.starts[reading.first - 2]].isupper()
    return True
