"""The counts of one clause: numbers with their comparators, ranges and nouns, without those that count nothing."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, structs

from onrecord.annotate.counted import Whole, listed, noun, singular, whole
from onrecord.annotate.counting import Counting
from onrecord.annotate.numbers import Words
from onrecord.annotate.readings import Reading, read
from onrecord.annotate.unasserted import Mood, Moods
from onrecord.annotate.uncounted import Times, goes_on, names_something, stands_alone, told
from onrecord.model import Comparator

_MARKS = frozenset(",،;؛:.()—–―!?؟“")
_COMMAS = frozenset(",،")
_BESIDE, _BEHIND, _ASIDE = 3, 6, 10
"""Tokens before and behind a number among which its verb stands, and of what may be put in between commas."""
_GROUP = 3
"""Digits between signs that part thousands."""
_PARTED = 1000
_AHEAD = 12
"""Tokens before a number among which "the number of" may say what it counts."""


class Count(Struct, frozen=True, gc=False):
    """A quantity before it is known who asserts it."""

    start: int
    end: int
    value: float | None
    comparator: Comparator
    unit: str | None
    of: str | None
    upper: float | None
    rule: str
    lends: bool
    """Whether a number alone may count the same thing."""
    people: bool = False
    """Whether its noun is of people or, where it stands alone, its verb is said of people alone."""
    mood: Mood = ""


class _Frame(Struct, gc=False):
    """A number with what stands around it: the token and the place where that begins, the token behind its end."""

    first: int
    start: int
    stop: int
    comparator: Comparator
    unit: str | None = None
    part_of: Whole | None = None
    listed: bool = False
    """Whether its unit is that of the list that it opens."""


def counts(words: Words, table: Counting, times: Times) -> Iterator[Count]:
    """The counts of a clause in their order."""
    openers, figures = table.openers, words.figures
    places = [at for at, word in enumerate(words.low) if word in openers]
    if figures:
        places = sorted({*places, *figures})
    pending: Count | None = None
    done = 0
    labelled = -1
    if not places:
        return
    moods = Moods(words, table)
    for at in places:
        if at < done:
            continue
        reading = read(words, at, table)
        if reading is None or reading.first < done or reading.first == reading.stop:
            continue
        frame = _framed(words, reading, done, table, times)
        done = reading.stop
        listing = frame is None or frame.unit is None or frame.part_of is not None or frame.listed
        if frame is None or (listing and goes_on(words, reading.first, labelled, table)):
            labelled = reading.stop
            continue
        done = frame.stop
        said = moods.of(frame.first, frame.stop)
        if said == "asked":
            continue
        count = _count(words, reading, frame, said, table, times)
        if pending is not None:
            yield structs.replace(pending, unit=pending.unit or count.unit, of=words.text[count.start : count.end])
            pending = None
        if frame.part_of is not None and frame.part_of.numbered:
            pending = count
        else:
            yield count
    if pending is not None:
        yield pending


def _framed(words: Words, reading: Reading, free: int, table: Counting, times: Times) -> _Frame | None:
    """What stands around a number from token `free` on; `None` where it counts nothing."""
    if reading.kind == "dropped" or names_something(words, reading.first, table):
        return None
    frame = _qualified(words, reading, free, table)
    behind = _behind(words, frame, table)
    _count_what(words, reading, frame, table)
    if words.follows(frame.stop, table.after_any) or _multiplies(words, reading, table):
        return None
    time = times.over(reading.start, words.ends[reading.stop - 1])
    if time is not None and not told(words, frame.first, frame.stop, frame.unit, time, reading, table):
        return None
    bare = reading.kind == "number" and frame.unit is None and frame.part_of is None and frame.comparator == "="
    if bare and reading.upper is None and not stands_alone(words, reading, table):
        return None
    if not behind:
        _behind(words, frame, table)
    return frame


def _multiplies(words: Words, reading: Reading, table: Counting) -> bool:
    """Whether a scale with a noun written onto it follows ("12 million-crown contracts"): of what, nobody can tell."""
    scale, dash, _ = words.word(reading.stop).partition("-")
    piece = table.pieces.get(scale) if dash else None
    return piece is not None and piece.scale


def _count(words: Words, reading: Reading, frame: _Frame, said: Mood, table: Counting, times: Times) -> Count:
    part = frame.part_of
    unit = frame.unit or (part.unit if part is not None else None) or _said_ahead(words, frame.first, table)
    counted = reading.kind in ("number", "lots", "dual", "none") and not words.follows(reading.stop, table.percent)
    value, rule = _value(words, reading, unit, table)
    notes = (rule, "unit of the list" if frame.listed else "", said)
    return Count(
        start=frame.start,
        end=words.ends[frame.stop - 1],
        value=value,
        comparator=frame.comparator,
        unit=unit,
        of=words.text[words.starts[part.first] : words.ends[part.stop - 1]] if part and not part.numbered else None,
        upper=reading.upper,
        rule="; ".join(note for note in notes if note),
        lends=counted and times.over(reading.start, words.ends[reading.stop - 1]) is None,
        people=unit in table.people if unit is not None else _befalls_people(words, frame, table),
        mood=said,
    )


def _value(words: Words, reading: Reading, unit: str | None, table: Counting) -> tuple[float | None, str]:
    """What a number is worth before its noun: nobody counts 1.2 people, so the point of "1.200 men" parts thousands."""
    figure = words.figures.get(reading.first)
    if figure is None or reading.stop != reading.first + 1 or unit not in table.people or not reading.value:
        return reading.value, reading.rule
    whole_part, point, thousands = words.text[figure.start : figure.end].partition(".")
    if not point or len(thousands) != _GROUP or not (whole_part + thousands).isdecimal() or reading.value >= _PARTED:
        return reading.value, reading.rule
    return float(int(whole_part + thousands)), f"{reading.rule}; thousands parted by a point"


def _befalls_people(words: Words, frame: _Frame, table: Counting) -> bool:
    """Whether a number alone stands beside a verb of people: "12 died", "killed 40", "190, including …, were held"."""
    for at in range(frame.first - 1, max(-1, frame.first - _BESIDE), -1):
        if words.low[at] in _MARKS or words.low[at] in table.and_:
            break
        if words.low[at] in table.befalling:
            return True
    at = frame.stop if frame.part_of is None else max(frame.stop, frame.part_of.stop)
    if words.word(at) in _COMMAS:
        close = next((here for here in range(at + 1, at + _ASIDE) if words.word(here) in _COMMAS), at)
        at = close + 1
    for here in range(at, at + _BEHIND):
        word = words.word(here)
        if not word or word in _MARKS or word in table.and_:
            return False
        if word in table.befalling:
            return True
    return False


def _qualified(words: Words, reading: Reading, free: int, table: Counting) -> _Frame:
    """With the comparators before it; the nearest decides, but "about"."""
    frame = _Frame(reading.first, reading.start, reading.stop, reading.comparator)
    for _ in range(2):
        before = words.precedes(frame.first, table.before)
        if before is None or before[0] < free or _merely_spatial(words, before[0], frame.first, reading, table):
            break
        if words.low[before[0]] == ">" and _opens_a_line(words.text, words.starts[before[0]]):
            break
        if frame.comparator in ("=", "~") or reading.kind == "share":
            frame.comparator = _comparator(before[1])
        frame.first, frame.start = before[0], words.starts[before[0]]
        frame.start += bool(table.article) and words.low[frame.first].startswith("و")
    return frame


def _opens_a_line(text: str, at: int) -> bool:
    """Where ">" marks a line that somebody else wrote."""
    return not at or text[at - 1] in "\r\n>"


def _behind(words: Words, frame: _Frame, table: Counting) -> bool:
    """Takes a comparator behind the number or its noun into the frame; whether there is one."""
    found = words.follows(frame.stop, table.after)
    if found is None or not found[1]:
        return False
    frame.stop, frame.comparator = found[0], _comparator(found[1])
    return True


def _comparator(sign: str) -> Comparator:
    return sign  # type: ignore[return-value]  # the word lists hold no other


def _merely_spatial(words: Words, at: int, first: int, reading: Reading, table: Counting) -> bool:
    """ "under two streets", "under a single desk"."""
    if first - at != 1 or words.low[at] not in table.spatial:
        return False
    return reading.kind == "single" or (reading.rule == "words" and (reading.value or 0) <= 10)


def _count_what(words: Words, reading: Reading, frame: _Frame, table: Counting) -> None:
    """Puts the unit, the token behind its noun, and the whole into the frame."""
    at = frame.stop
    percent = words.follows(at, table.percent)
    figure = words.figures.get(reading.first + 1) or words.figures.get(reading.first)
    if reading.unit is not None:
        frame.unit = reading.unit
    elif reading.kind == "share":
        frame.unit, frame.part_of = table.share_name, whole(words, at, table, True)
    elif percent is not None:
        printed = words.text[words.starts[at] : words.ends[percent[0] - 1]].lower()
        frame.unit = printed if printed[0].isalpha() else table.percent_name
        frame.stop, frame.part_of = percent[0], whole(words, percent[0], table, True)
    elif figure is not None and words.starts[reading.first] == figure.lead < figure.start:
        frame.unit = words.text[figure.lead : figure.start]
    else:
        value = None if reading.kind == "lots" else reading.value if reading.upper is None else reading.upper
        counted = noun(words, _linked(words, reading, at, table), value, table)
        if counted is not None:
            frame.unit, frame.stop = counted.unit, counted.stop
        else:
            frame.part_of = whole(words, at, table, False)
            if frame.part_of is None and reading.kind == "number" and reading.upper is None:
                frame.unit = listed(words, at, reading.rule == "figures", table)
                frame.listed = frame.unit is not None


def _linked(words: Words, reading: Reading, stop: int, table: Counting) -> int:
    """Behind the small word that joins some numbers to their noun: "dozens of", "un million de"."""
    if reading.kind == "lots" or words.low[stop - 1] in table.magnitudes:
        if words.word(stop) in table.linking:
            return stop + 1
        of = words.follows(stop, table.of) if reading.kind == "lots" else None
        if of is not None and words.word(of[0]) not in table.of_determiners:
            return of[0]
    return stop


def _said_ahead(words: Words, first: int, table: Counting) -> str | None:
    """What a number counts where that is said ahead of it: "the number of bales is 4,000"."""
    for at in range(first - 1, max(-1, first - _AHEAD), -1):
        named = words.follows(at, table.number_of)
        if named is not None and named[0] < first:
            counted = noun(words, named[0], None, table)
            return counted.unit if counted is not None else None
    return _noun_before(words, first, table)


def _noun_before(words: Words, first: int, table: Counting) -> str | None:
    """The noun that a number with its article stands behind ("النقاط الست"), where a language says "the six" so."""
    article = table.article
    before = words.word(first - 1)
    if article and words.low[first].startswith(article) and before.startswith(article):
        return singular(before[len(article) :], table)
    return None
