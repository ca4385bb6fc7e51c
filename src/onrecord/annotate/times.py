"""Time expressions: found by a grammar over the string of classes (`calendar`), resolved against the document's date.

`read` finds them and gives each either a value that stands by itself ("3 May 2024", "two weeks") or a shift from an
anchor ("yesterday", "last year"). `anchors.resolve` then anchors the second kind. Values are EDTF, ISO 8601 durations,
ISO weeks, quarters as `2024-Q3`, halves as `2024-H1`, and TIMEX3's `PRESENT_REF`, `PAST_REF` and `FUTURE_REF` for
"now", "recently" and "soon", which have no bounds.

Whether 10/3/2024 is in March or in October the language says where its writers agree; in English the document must show
it, by another date in figures (13/3/2024) or by how it writes dates in words.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from onrecord.annotate import calendar, eras, timegrammar
from onrecord.annotate.calendar import Island, Words
from onrecord.annotate.numerals import Token
from onrecord.annotate.timerules import Found, Parse, Reader, Shift
from onrecord.model import Document, Language, Notice, Span, TimeType
from onrecord.text.dates import PartialDate

__all__ = ["Expression", "Shift", "read", "words_for"]

NO_SUCH_DAY = "the calendar has no such day"
NEARLY = 16
"""Code points before a length that are read for "nearly" and its like."""
_SHORT = 40
"""Groups of words longer than this are not kept for the next document that has the same."""


class Expression(Struct, frozen=True):
    """A time expression as read: its value, or its shift from an anchor that is yet to be known."""

    start: int
    end: int
    type: TimeType
    rule: str
    value: str | None = None
    shift: Shift | None = None
    part: str = ""
    """What is put after a value that is a day: a part of it (`TNI`) or its hour (`T05:00`)."""
    last_day: bool = False
    """Whether the words mean the last day of what the value spans: "by the end of May"."""
    reason: str | None = None
    """Why there is no value, and never will be one."""

    @property
    def impossible(self) -> bool:
        """Whether the words have the form of a date that no calendar has."""
        return self.reason == NO_SUCH_DAY


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
    islands = calendar.scan(text, flat, words)
    parsed = [(island, parses) for island in islands if (parses := _parses(island.classes, words))]
    month_first = _order(text, words, parsed)
    expressions = [it for island, parses in parsed for it in _expressions(text, words, island, parses, month_first)]
    notices = [_impossible(text, it) for it in expressions if it.impossible]
    for island, parses in parsed:
        for parse in parses:
            if parse.rule in timegrammar.DOUBLE_DATES:
                notices += eras.mismatch(Reader(parse, island, text, words, month_first))
    return tuple(expressions), tuple(notices)


def _parses(classes: str, words: Words) -> tuple[Parse, ...]:
    return (timegrammar.known if len(classes) < _SHORT else timegrammar.parse)(classes, words.other_orders)


def _expressions(
    text: str, words: Words, island: Island, parses: tuple[Parse, ...], month_first: bool | None
) -> Iterable[Expression]:
    """The expressions of one group of words; an hour or part of a day before a date is one expression with it."""
    held: Expression | None = None
    held_end = 0
    for parse in parses:
        reader = Reader(parse, island, text, words, month_first)
        name, _, function = timegrammar.RULES[parse.rule]
        answer = function(reader)
        if answer is None or (name in _HESITANT and _mere_word(reader)):
            continue
        expression = _expression(name, reader, answer)
        if held:
            sign = island.classes[held_end : parse.start]
            joins = _DAY_AFTER[held.rule]
            if expression.type == "date" and sign in joins and not expression.part and not expression.reason:
                expression, held = _together(held, expression), None
        if held and held.rule != "part":
            yield held
        held = None
        if name in _DAY_AFTER and expression.part:
            held, held_end = expression, parse.end
        else:
            yield expression
    if held and held.rule != "part":
        yield held


_DAY_AFTER_CLOCK = frozenset((" ", "=", "@", ",", "=T ", "@T "))
_DAY_AFTER = {"clock": _DAY_AFTER_CLOCK, "part": frozenset(("=", "=T ")), "weekday": frozenset((",", " "))}
"""What may stand between an hour, a part of the day or a weekday's part, and the date that it belongs to."""


def _together(part: Expression, day: Expression) -> Expression:
    """ "5 p.m. on Friday", "the evening of 3 May"."""
    value = day.value and (day.value + part.part if len(day.value) == 10 else None)
    return Expression(part.start, day.end, "time", day.rule, value, day.shift, part.part, False, day.reason)


def _expression(name: str, reader: Reader, found: Found) -> Expression:
    tokens = reader.all()[found.skip :]
    start, end = tokens[0].start, tokens[-1].end
    if name == "double-date" and reader.text[end : end + 1] == ")" and "(" in reader.text[start:end]:
        end += 1
    if name in ("duration", "ago"):
        start = _nearly(reader, start)
    value, shift = found.value, found.shift
    if shift and shift.unit == "month-day" and not _exists(f"2024-{shift.amount // 100:02}-{shift.amount % 100:02}"):
        return Expression(start, end, found.type, name, reason=NO_SUCH_DAY)
    if value and found.type == "date" and not value.endswith("_REF") and not _exists(value):
        return Expression(start, end, found.type, name, reason=NO_SUCH_DAY)
    last_day = found.type == "date" and len(tokens) > 1 and _deadline(reader, tokens)
    if last_day and value and shift is None:
        value = PartialDate.parse(value).high.isoformat()
    return Expression(start, end, found.type, name, value, shift, found.part, last_day, found.reason)


def _nearly(reader: Reader, start: int) -> int:
    """Where "nearly", "at least" and the like before a length begin; its own start where none does."""
    before = reader.text[max(0, start - NEARLY) : start].lower()
    longest = max((word for word in reader.words.nearly if before.endswith(word)), key=len, default="")
    return start - len(longest.lstrip())


def _deadline(reader: Reader, tokens: list[Token]) -> bool:
    """ "by the end of May" is by 31 May; "at the end of May" may be any day of its end."""
    ends = reader.words.hints["ends"]
    return (
        any(token.kind == "m" and reader.written(token) in ends for token in tokens)
        and reader.word_before() in reader.words.hints["deadlines"]
    )


def _order(text: str, words: Words, parsed: list[tuple[Island, tuple[Parse, ...]]]) -> bool | None:
    """Whether the month comes first in figures: as the document shows, else as its language has it."""
    names = timegrammar.RULES
    shown: set[bool] = set()
    written: set[bool] = set()
    figures = False
    for island, parses in parsed:
        for parse in parses:
            name = names[parse.rule][0]
            if name == "figures":
                figures = True
                reader = Reader(parse, island, text, words, None)
                first, second = reader.number("d"), reader.number("e")
                if (first > 12) != (second > 12):
                    shown.add(second > 12)
            elif name in _ORDERED:
                written.add(parse.places["M"] < parse.places["d"])
    if not figures:
        return words.month_first
    if shown:
        return shown.pop() if len(shown) == 1 else None
    if words.month_first is None and len(written) == 1:
        return written.pop()
    return words.month_first


_ORDERED = frozenset(("day-month-year", "month-day-year", "month-day"))


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


_HESITANT = frozenset(("month", "season", "weekday", "hijri-month"))


def _mere_word(reader: Reader) -> bool:
    """A name that is an ordinary word too ("may", "fall", "Sun") counts only after a word such as "in" or "since"."""
    tokens = reader.all()
    token = tokens[-1]
    words = reader.words
    if token.kind == "S" and reader.text[token.start].isupper() and _capital_follows(reader.text, token.end):
        return True
    if len(tokens) > 1 or reader.written(token) not in words.hesitant:
        return False
    article = reader.tokens[reader.parse.start - 2] if reader.parse.start > 1 else None
    if token.kind == "M" and article and article.kind in "TA":  # "the March accession", but "the March of the Ten"
        following = reader.text[token.end : token.end + 14].split()
        return not following or not following[0].islower() or following[0] in words.joins
    before = reader.text[max(0, token.start - 12) : token.start].lower().split()
    return not before or before[-1] not in words.firm


def _capital_follows(text: str, end: int) -> bool:
    """Whether the next word has a capital too, so that both are a name: "Spring Accord"."""
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
