"""Relative time expressions brought to a value, each from its anchor.

Most count from the day of the document: its date of issue, else of publication (and where only the name of the file
gives that, the rule says so). "That year", "two days later", "the following week" count from the time last spoken of;
an hour without a day belongs to the day of its sentence; "the 82nd day of the strike" counts from the strike's start,
where the text gives it. What has no anchor keeps no value and says so. The arithmetic is in `shifts`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache, lru_cache, partial

from onrecord.annotate.shifts import shifted
from onrecord.annotate.times import Expression, Shift
from onrecord.lexicon import languages, lexicon
from onrecord.model import DateFact, Document, TimeExpression
from onrecord.text.dates import PartialDate

NEAR = 150
"""Code points before an expression that are read for the tense of its sentence."""
SPOKEN = 1500
"""Code points after which a time that was spoken of is forgotten."""
HELPING = 3
"""Words before a participle among which "will" or "to be" makes it one of the future: "will be closed"."""
STARTS = 40
"""So many beginnings of something are kept of one text."""

_NO_ANCHOR = "relative, and the document shows no date of issue or publication"
_NO_TIME = "counts from a time that the text does not give"
_NO_START = "the text does not say when it began"
_OUTSIDE = "lies outside the calendar"
_SIZES = {"D": 0, "W": 1, "WE": 1, "F": 1, "M": 2, "Q": 3, "H": 4, "Y": 5, "X": 6, "C": 7}
_FORMS = (
    ("D", re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?")),
    ("Y", re.compile(r"\d{4}")),
    ("Q", re.compile(r"\d{4}-Q\d")),
    ("M", re.compile(r"\d{4}-(?:0\d|1[0-2])")),
    ("W", re.compile(r"\d{4}-W\d\d")),
    ("H", re.compile(r"\d{4}-(?:H\d|2[1-4])")),
    ("X", re.compile(r"\d{3}X")),
    ("C", re.compile(r"\d\dXX")),
)
_SENTENCE_ENDS = re.compile(r"(?:[^\W\d_]{3}|\d\)?|[\"”’)\]])[.!?][\"”’)\]']*\s|\n\s*\n")
_STOPS = (". ", ".\n", "! ", "? ", ".” ", '." ')
_ENDS = frozenset("0123456789)]”’\"'")
_CLAUSE = re.compile(r"[^\W\d]+(?:[-'’][^\W\d]+)*")
_YEARS = re.compile(r"P(\d{1,3})Y")


class _Spoken:
    """The times that the text spoke of last, one of each size, with the place where it stood."""

    __slots__ = ("last", "quarter")

    def __init__(self) -> None:
        self.last: dict[str, tuple[int, date]] = {}
        self.quarter: date | None = None

    def note(self, at: int, value: str) -> None:
        sized = _sized(value)
        if sized:
            size, day = sized
            self.last[size] = at, day
            if size == "Q":
                self.quarter = day

    def latest(self, at: int, largest: str) -> tuple[str, date] | None:
        """Size and first day of the time spoken of last before an offset, no larger than a unit."""
        fit = [
            (place, size, day)
            for size, (place, day) in self.last.items()
            if at - place < SPOKEN and _SIZES[size] <= _SIZES[largest]
        ]
        return max(fit)[1:] if fit else None


@lru_cache(maxsize=4096)
def _sized(value: str) -> tuple[str, date] | None:
    """How precise a value is (`D`, `M`, …), and its first day; `None` where it is no single date."""
    size = next((size for size, form in _FORMS if form.fullmatch(value)), "")
    return (size, PartialDate.parse(value.partition("T")[0]).low) if size else None


def resolve(
    document: Document, expressions: tuple[Expression, ...], dates: tuple[DateFact, ...]
) -> tuple[TimeExpression, ...]:
    """Every expression with its value: its own, or the one that its shift from its anchor gives."""
    return tuple(_Resolver(document.text, expressions, dates).run())


class _Resolver:
    """One pass over a document's expressions, and a second for hours and for what counts from an event."""

    def __init__(self, text: str, expressions: tuple[Expression, ...], dates: tuple[DateFact, ...]) -> None:
        self.text = text
        self.expressions = expressions
        self.day, self.source = _anchor(dates)
        self.spoken = _Spoken()
        self.found: list[TimeExpression] = []

    def run(self) -> list[TimeExpression]:
        later = []
        for number, it in enumerate(self.expressions):
            if it.shift and it.shift.unit in ("clock", "count"):
                later.append(number)
            self.found.append(self._one(number, it))
        starts: list[tuple[frozenset[str], date]] | None = None
        for number in later:
            shift = self.expressions[number].shift
            if shift and shift.unit == "clock":
                self._hour(number)
            else:
                starts = self._starts() if starts is None else starts
                self._counted(number, starts)
        return self.found

    def _one(self, number: int, it: Expression) -> TimeExpression:
        if it.reason:
            return _unresolved(it, it.reason)
        shift = it.shift
        if shift is None:
            return self._absolute(it)
        if shift.unit in ("clock", "count"):
            return _unresolved(it, _NO_ANCHOR if shift.unit == "clock" else _NO_TIME)
        if shift.back:
            return self._anaphoric(it, shift)
        if self.day is None:
            return _unresolved(it, _NO_ANCHOR)
        ago = self._since(number, it) if shift.unit == "month-day" else None
        return self._from(self.day, it, shift, self.source) if ago is None else self._at(it, ago, "since-span")

    def _absolute(self, it: Expression) -> TimeExpression:
        if it.value is None:
            return _unresolved(it, "no value could be made of these words")
        if it.type in ("date", "time"):
            self.spoken.note(it.end, it.value)
        return TimeExpression(it.start, it.end, it.type, _midnight(it.value), None, it.rule, None)

    def _from(self, day: date, it: Expression, shift: Shift, source: str = "", note: bool = True) -> TimeExpression:
        """The expression counted from a day."""
        rule = f"{it.rule}, from the {source}" if source else it.rule
        try:
            value = shifted(day, shift.unit, shift.amount, shift.tail, partial(_ahead, self.text, it))
            if it.last_day and not value.endswith("_REF"):
                value = PartialDate.parse(value).high.isoformat()
        except (ValueError, OverflowError):
            return TimeExpression(it.start, it.end, it.type, None, day.isoformat(), rule, _OUTSIDE)
        if note:
            self.spoken.note(it.end, value)
        if it.part and not value.endswith("_REF"):
            value = _midnight(value + it.part)
        return TimeExpression(it.start, it.end, it.type, value, day.isoformat(), rule, None)

    def _at(self, it: Expression, day: date, rule: str) -> TimeExpression:
        assert self.day is not None
        self.spoken.note(it.end, day.isoformat())
        return TimeExpression(it.start, it.end, it.type, day.isoformat(), self.day.isoformat(), rule, None)

    def _anaphoric(self, it: Expression, shift: Shift) -> TimeExpression:
        """ "That year", "a year earlier", "the quarter": from the time spoken of, some else from the document."""
        quarter = self.spoken.quarter
        if quarter and shift.back == "same":
            return self._from(quarter, it, Shift("Q", shift.amount + 1), note=False)
        if quarter and shift.unit == "Y" and shift.back == "either" and abs(shift.amount) == 1:
            return self._from(quarter, it, Shift("Q", 4 * shift.amount), note=False)
        largest = shift.unit if shift.unit in _SIZES else "Y" if shift.unit in ("month", "of-year") else "D"
        if spoken := self.spoken.latest(it.start, largest):
            if shift.unit == "Y" and spoken[0] == "M" and shift.back == "either":
                return self._from(spoken[1], it, Shift("M", 12 * shift.amount), note=False)
            return self._from(spoken[1], it, shift, note=it.rule not in ("earlier", "year-ago"))
        if shift.back == "text":
            return _unresolved(it, _NO_TIME)
        if self.day is None:
            return _unresolved(it, _NO_ANCHOR)
        return self._from(self.day, it, shift, self.source)

    def _since(self, number: int, it: Expression) -> date | None:
        """The day of "a year has passed since 7 October": in the year that lies as far back as is said."""
        before = self.expressions[number - 1] if number else None
        years = _YEARS.fullmatch(before.value or "") if before and before.type == "duration" else None
        if before is None or years is None or self.day is None or it.start - before.end > 60:
            return None
        between = self.text[before.end : it.start].lower()
        if not any(word in _lists("since") for word in _CLAUSE.findall(between)) or "." in between:
            return None
        assert it.shift is not None
        month, day = divmod(it.shift.amount, 100)
        wanted = self.day - timedelta(days=int(years[1]) * 365.25)
        near = [d for n in (-1, 0, 1) if (d := _day(wanted.year + n, month, day))]
        return min(near, key=lambda d: abs(d - wanted), default=None)

    def _hour(self, number: int) -> None:
        """It is of the day named in its sentence, else to the one named last before it, else to the anchor."""
        it = self.expressions[number]
        assert it.shift is not None
        day = self._day_of_sentence(number) or self.day
        if day is not None:
            source = self.source if day == self.day else ""
            self.found[number] = self._from(day, it, it.shift, source, note=False)

    def _day_of_sentence(self, number: int) -> date | None:
        start, end = self.expressions[number].start, self.expressions[number].end
        for other in (number - 1, number + 1):
            if 0 <= other < len(self.found) and (day := _day_named(self.found[other])):
                one = self.found[other]
                between = self.text[one.end : start] if other < number else self.text[end : one.start]
                if len(between) < NEAR and not _SENTENCE_ENDS.search(between):
                    return day
        for one in reversed(self.found[max(0, number - 4) : number]):
            day = _day_named(one)
            if day and start - one.end < SPOKEN and "\n\n" not in self.text[one.end : start]:
                return day
        return None

    def _starts(self) -> list[tuple[frozenset[str], date]]:
        """What began on a day that the text names: the words of its sentence, and the day."""
        starts: list[tuple[frozenset[str], date]] = []
        for one in self.found:
            day = _day_named(one)
            if day is None or one.type != "date":
                continue
            before = self.text[max(0, one.start - NEAR) : one.start].lower()
            clause = before[_last_end(before) :]
            if _begins().search(clause[-40:]):
                after = self.text[one.end : one.end + NEAR].lower()
                ends = _SENTENCE_ENDS.search(after)
                words = _CLAUSE.findall(clause + after[: ends.start() + 3 if ends else None])
                starts.append((frozenset(words), day))
                if len(starts) == STARTS:
                    break
        return starts

    def _counted(self, number: int, starts: list[tuple[frozenset[str], date]]) -> None:
        """ "The 82nd day of the strike": beside a date it is that date, else so many days from the strike's start."""
        it = self.expressions[number]
        shift = it.shift
        assert shift is not None
        nouns = _event(self.text[it.end : it.end + 60])
        beside = self._beside(number) if shift.tail == "D" else None
        if beside:
            starts.append((frozenset(nouns), beside - timedelta(days=shift.amount - 1)))
        first = next((day for noun in nouns for words, day in starts if noun in words), None)
        if first is None:
            self.found[number] = _unresolved(it, _NO_START)
            return
        value = _span(first, shift.tail, shift.amount)
        reason = None if value else _OUTSIDE
        self.found[number] = TimeExpression(it.start, it.end, it.type, value, first.isoformat(), it.rule, reason)

    def _beside(self, number: int) -> date | None:
        """The date that a comma parts from the expression: "on 24 November, the 82nd day of the strike"."""
        if not number:
            return None
        before = self.found[number - 1]
        gap = self.text[before.end : self.found[number].start]
        return _day_named(before) if gap.strip() == "," else None


def _unresolved(it: Expression, reason: str) -> TimeExpression:
    return TimeExpression(it.start, it.end, it.type, None, None, it.rule, reason)


def _day_named(one: TimeExpression) -> date | None:
    """The day that an expression names, its hour left aside."""
    value = one.value or ""
    return date.fromisoformat(value[:10]) if _FORMS[0][1].fullmatch(value) and "/" not in value else None


def _midnight(value: str) -> str:
    """The midnight that ends a day is the next one's first hour."""
    if not value.endswith("T24:00"):
        return value
    return f"{(date.fromisoformat(value[:10]) + timedelta(days=1)).isoformat()}T00:00"


def _event(after: str) -> list[str]:
    """The words that may be the noun a count is of: "strike", "dockers'" in " of the dockers' strike, which …"."""
    words = _CLAUSE.findall(re.split(r"[,.;:()\n–—]", after, maxsplit=1)[0].lower())
    nouns: list[str] = []
    for word in words[1:]:
        if nouns and word in _lists("ends_noun"):
            break
        if word not in _lists("small"):
            nouns.append(word)
    return nouns[::-1]


def _span(first: date, unit: str, number: int) -> str | None:
    """The nth day, or the days of the nth week, month or year, from a first day."""
    try:
        if unit == "D":
            return (first + timedelta(days=number - 1)).isoformat()
        low, high = (_on(first, unit, n) for n in (number - 1, number))
        return f"{low.isoformat()}/{(high - timedelta(days=1)).isoformat()}"
    except (ValueError, OverflowError):
        return None


def _on(first: date, unit: str, number: int) -> date:
    if unit == "W":
        return first + timedelta(weeks=number)
    year, month = divmod(first.year * 12 + first.month - 1 + number * (12 if unit == "Y" else 1), 12)
    return _day(year, month + 1, first.day) or _day(year, month + 1, 28) or first


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _anchor(dates: tuple[DateFact, ...]) -> tuple[date | None, str]:
    """The day that relative expressions count from (of issue, else of publication; a day, not a month or year).

    With it, what must be said of where it comes from: "file name", or nothing.
    """
    for role in ("issued", "published"):
        for fact in dates:
            if fact.role == role:
                found = PartialDate.parse(fact.value)
                if found.is_day:
                    return found.low, "file name" if fact.rule == "file-name" else ""
    return None, ""


def _last_end(before: str) -> int:
    """Where the last sentence of a text begins; a stop after fewer than three letters is one of an abbreviation."""
    end = before.rfind("\n\n") + 1
    for sign in _STOPS:
        at = before.rfind(sign, end)
        while at >= end and sign[0] == "." and not _word_ends(before, at):
            at = before.rfind(sign, end, at)
        if at >= end:
            end = at + len(sign)
    return end


def _word_ends(text: str, at: int) -> bool:
    return (text[max(0, at - 3) : at].isalpha() and at > 2) or text[max(0, at - 1) : at] in _ENDS


def _ahead(text: str, it: Expression) -> bool:
    """Whether the words before the expression, in its sentence, speak of the future."""
    before = text[max(0, it.start - NEAR) : it.start].lower()
    clause = before[_last_end(before) :]
    cue = _cue(_CLAUSE.findall(clause))
    words = clause.split()
    if not words or words[-1].strip("(“\"‘'") not in _lists("deadlines"):
        return cue == "future"
    # A deadline lies ahead; "until Thursday, they had not …" and "there were two, and by Friday three" look back.
    if text[it.end : it.end + 1] in ("'", "’"):
        return False
    if len(words) == 1:
        return not any(word in _lists("looks_back") for word in text[it.end : it.end + 40].lower().split())
    return cue != "past" or any(word in _lists("infinitive") for word in words[-6:-1])


@cache
def _lists(name: str) -> frozenset[str]:
    """The words of all languages in one list."""
    return frozenset(word for tag in languages() for word in lexicon(tag)["time"].get(name, ()))


def _words(names: tuple[str, ...]) -> re.Pattern[str]:
    parts = [
        f"(?P<{name}>{'|'.join(map(re.escape, sorted(_lists(name), key=lambda word: (-len(word), word))))})"
        for name in names
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _cue(words: list[str]) -> str:
    """ "future" or "past", as the last word says that tells a tense; empty where none does."""
    told, beginnings, endings = _tenses(), _tense_beginnings(), _endings()
    for at in range(len(words) - 1, -1, -1):
        if words[at] in beginnings:
            for size in (1, 2, 3):
                if cue := told.get(" ".join(words[at : at + size])):
                    return cue
        if words[at].endswith(endings):
            helping = words[max(0, at - HELPING) : at]
            if any(told.get(word) == "future" for word in helping):
                return "future"
            if words[at - 1] not in _lists("present"):
                return "past"
    return ""


@cache
def _tenses() -> dict[str, str]:
    """The words of all languages that place what follows in the future, and those that do not."""
    return {" ".join(_CLAUSE.findall(word)): name for name in ("past", "future") for word in _lists(name)}


@cache
def _tense_beginnings() -> frozenset[str]:
    """Their first words."""
    return frozenset(words.partition(" ")[0] for words in _tenses())


@cache
def _endings() -> tuple[str, ...]:
    """The endings of regular verbs in the past; "is closed" is none of them."""
    return tuple(_lists("past_endings"))


@cache
def _begins() -> re.Pattern[str]:
    """The words of all languages that say that something began."""
    return _words(("begins",))
