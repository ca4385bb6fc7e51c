"""The counts of one clause: numbers with their comparators, ranges and nouns, without those that count nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct, structs

from onrecord.annotate.counted import Noun, Whole, noun, singular, whole
from onrecord.annotate.counting import Counting
from onrecord.annotate.numbers import DASHES, Number, Words, number
from onrecord.model import Comparator, TimeExpression

Kind = Literal["number", "lots", "share", "times", "none", "single", "dual", "dropped"]


_LIST = 6
"""Tokens between two numbers of a list of such that name something."""
_RATIO = 1000
"""The most of which "one in" is said."""
_AHEAD = 12
"""Tokens before a number among which "the number of" may say what it counts."""


class Count(Struct, frozen=True):
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


class Reading(Struct, frozen=True):
    """A number as read: tokens `[first, stop)`, from `start` in the text, and its noun where the reading gives it."""

    first: int
    stop: int
    start: int
    value: float | None
    rule: str
    kind: Kind = "number"
    upper: float | None = None
    comparator: Comparator = "="
    unit: str | None = None


class Times:
    """The time expressions of a document, asked by place."""

    def __init__(self, times: Sequence[TimeExpression]) -> None:
        self._times = sorted(times, key=lambda it: it.end)
        self._ends = [it.end for it in self._times]

    def over(self, start: int, end: int) -> TimeExpression | None:
        at = bisect_left(self._ends, start + 1)
        return self._times[at] if at < len(self._times) and self._times[at].start < end else None


def counts(words: Words, table: Counting, times: Times) -> Iterator[Count]:
    """The counts of a clause in their order."""
    places = [at for at, word in enumerate(words.low) if word in table.opening or at in words.figures]
    pending: Count | None = None
    done = 0
    labelled = -1
    for at in places:
        if at < done:
            continue
        reading = _read(words, at, table)
        if reading is None:
            continue
        done = reading.stop
        found = None if _named(words, reading.first, table) else _counted(words, reading, table, times)
        if found is None or ((found[0].unit is None or found[2]) and _listed(words, reading.first, labelled, table)):
            labelled = reading.stop
            continue
        count, done, part_of = found
        if pending is not None:
            yield structs.replace(pending, unit=pending.unit or count.unit, of=words.text[count.start : count.end])
            pending = None
        if part_of is not None and part_of.numbered:
            pending = count
        else:
            yield count
    if pending is not None:
        yield pending


def _named(words: Words, first: int, table: Counting) -> bool:
    """Whether a number names something: "Article 8", "the Group of 20"."""
    if words.word(first - 1) in table.labels:
        return True
    group = words.precedes(first, table.group)
    return group is not None and words.text[words.starts[group[0]]].isupper()


def _listed(words: Words, first: int, labelled: int, table: Counting) -> bool:
    """Whether a number goes on with a list of such: "paragraphs 3, 4 and 5", "resolutions 12 (2019) and 14 (2020)"."""
    if labelled < 0 or first - labelled > _LIST:
        return False
    linking = table.and_ | table.or_ | table.to
    return first > labelled and all(
        word in linking or word in DASHES or word in ",،()" or (len(word) == 4 and word.isdecimal())
        for word in words.low[labelled:first]
    )


# What begins at a token


def _read(words: Words, at: int, table: Counting) -> Reading | None:
    for reader in _READERS:
        found = reader(words, at, table)
        if found is not None:
            return found if found.kind != "dropped" or found.stop > at else None
    return None


def _none(words: Words, at: int, table: Counting) -> Reading | None:
    """ "no losses", "not one rope"."""
    each = words.follows(at, table.zero_each)
    if each is not None:
        counted = noun(words, each[0], 1, table)
        return _whole_phrase(words, at, counted, 0, "none")
    if words.low[at] in table.zero and words.word(at + 1) in table.lost:
        counted = noun(words, at + 1, None, table) or Noun(at + 1, at + 2, words.low[at + 1])
        return _whole_phrase(words, at, counted, 0, "none")
    return None


def _single(words: Words, at: int, table: Counting) -> Reading | None:
    """ "a single ship"; where the language puts it so, a noun and "one" behind it."""
    phrase = words.follows(at, table.single)
    if phrase is not None:
        return _whole_phrase(words, at, noun(words, phrase[0], 1, table), 1, "single")
    if words.low[at] in table.after_one and at and _is_indefinite(words, at - 1, table):
        unit = words.low[at - 1]
        return Reading(at - 1, at + 1, words.starts[at - 1], 1, "words", "single", unit=unit)
    return None


def _is_indefinite(words: Words, at: int, table: Counting) -> bool:
    counted = noun(words, at, 1, table)
    return counted is not None and counted.first == at and not words.low[at].startswith(table.article)


def _whole_phrase(words: Words, at: int, counted: Noun | None, value: float, kind: Kind) -> Reading | None:
    if counted is None:
        return None
    return Reading(at, counted.stop, words.starts[at], value, "words", kind, unit=counted.unit)


def _lots(words: Words, at: int, table: Counting) -> Reading | None:
    """ "dozens of", "tens of thousands of": the least that the words can mean."""
    vague = words.low[at] in table.pieces and _vague(words, at, table)
    if vague:
        return vague
    lots = table.lots.get(words.low[at])
    if lots is None:
        return None
    start = words.starts[at] + len(lots.lead)
    after = at + 1
    linked = after + 1 if words.word(after) in table.of_share or words.follows(after, table.of) else after
    many = table.magnitudes.get(words.word(linked))
    if many is not None:
        return Reading(at, linked + 1, start, lots.value * many, "vague", "lots", comparator=">=")
    if words.low[at] in table.never_alone and linked == after:
        return None
    return Reading(at, after, start, lots.value, "vague", "lots", comparator=">=")


def _vague(words: Words, at: int, table: Counting) -> Reading | None:
    """ "several hundred"."""
    piece = table.pieces[words.low[at]]
    for size in (1, 2):
        if piece.scale and at >= size and " ".join(words.low[at - size : at]) in table.vague:
            first = at - size
            return Reading(first, at + 1, words.starts[first], piece.value * 2, "vague", "lots", comparator=">=")
    return None


def _about(words: Words, at: int, table: Counting) -> Reading | None:
    """ "une centaine de"."""
    value = table.abouts.get(words.low[at])
    if value is None or words.word(at - 1) not in table.about_articles:
        return None
    return Reading(at - 1, at + 1, words.starts[at - 1], value, "vague", "lots", comparator="~")


def _half(words: Words, at: int, table: Counting) -> Reading | None:
    """ "half a mile", "a quarter of a million"."""
    half = words.follows(at, table.half_of)
    if half is None:
        return None
    scaled = number(words, at, table)
    if scaled is not None:
        return Reading(scaled.first, scaled.stop, scaled.start, scaled.value, scaled.rule)
    if table.order != "plural" or noun(words, half[0], 1, table) is None:
        return None
    return Reading(at, half[0], words.starts[at], float(half[1]), "words")


def _ratio(words: Words, at: int, table: Counting) -> Reading | None:
    """ "one in five"."""
    if words.follows(at + 1, table.in_of) is None:
        return None
    few = number(words, at, table)
    link = words.follows(few.stop, table.in_of) if few else None
    many = number(words, link[0], table) if link and link[0] < len(words) else None
    if few is None or many is None or not few.value or not many.value or not few.value < many.value <= _RATIO:
        return None
    return Reading(few.first, many.stop, few.start, round(few.value / many.value, 3), "share", "share")


def _share(words: Words, at: int, table: Counting) -> Reading | None:
    """ "a third of", "half of", "two-thirds of"."""
    share = table.shares.get(words.low[at])
    if share is None:
        return None
    articled = words.word(at - 1) in table.share_articles
    if not (articled or words.low[at] in table.shares_alone or "-" in words.low[at]):
        return None
    first = at - 1 if articled else at
    if not _of_something(words, at + 1, first, table):
        return None
    if words.word(first - 1) in table.share_never_after or words.word(at - 1) in table.share_never_after:
        return None
    if words.word(first) in table.of_determiners and words.word(at + 1) not in table.share_before:
        return None
    over: Comparator = ">" if words.low[at] in table.over_half else "="
    start = words.starts[first] + (len(share.lead) if first == at else 0)
    return Reading(first, at + 1, start, share.value, "share", "share", comparator=over)


def _of_something(words: Words, after: int, first: int, table: Counting) -> bool:
    """Whether a word of shares is one: what it is a share of follows, or a comparator stands before it."""
    word = words.word(after)
    if word in table.share_never_before or word in table.pieces:
        return False
    if table.share_before:
        return word in table.share_before or words.precedes(first, table.before) is not None
    return noun(words, after, None, table) is not None or word in table.one_word_of


def _adverb(words: Words, at: int, table: Counting) -> Reading | None:
    value = table.adverbs.get(words.low[at])
    if value is None:
        return None
    return Reading(at, at + 1, words.starts[at], value, "words", "times", unit=table.adverb_unit)


def _dual(words: Words, at: int, table: Counting) -> Reading | None:
    dual = table.duals.get(words.low[at])
    if dual is None:
        return None
    bare = words.low[at][len(dual.lead) :]
    unit = table.dual_nouns.get(bare) or table.dual_nouns.get(bare[len(table.article) :])
    start = words.starts[at] + len(dual.lead)
    return Reading(at, at + 1, start, 2, "dual", "dual", unit=unit)


def _one(words: Words, at: int, table: Counting) -> Reading | None:
    """ "one" is an article or a pronoun but before a noun that it counts, and before "of them"."""
    if words.low[at] not in table.one or words.word(at + 1) in table.pieces or words.follows(at + 1, table.percent):
        return None
    dropped = Reading(at, at + 1, words.starts[at], None, "", "dropped")
    if words.word(at + 1) in table.opening:
        return dropped
    part = whole(words, at + 1, table, False)
    one = structs.replace(dropped, value=1, rule="words", kind="number")
    if part is not None or (at and words.text[words.starts[at]].isupper()):
        return dropped
    if words.precedes(at, table.before):
        return one
    if table.one_partitive or words.word(at - 1) in table.one_never_after:
        return dropped
    if words.follows(at + 1, table.one_never_before) or noun(words, at + 1, 1, table) is None:
        return dropped
    return one


def _number(words: Words, at: int, table: Counting) -> Reading | None:
    first = number(words, at, table)
    if first is None:
        return None
    share = table.shares.get(words.word(first.stop))
    if share is not None and not share.lead and first.value and _of_something(words, first.stop + 1, at, table):
        value = round(first.value * share.value, 3)
        return Reading(first.first, first.stop + 1, first.start, value, "share", "share")
    return _range(words, first, table) or Reading(first.first, first.stop, first.start, first.value, first.rule)


def _number_from(words: Words, at: int, table: Counting) -> Number | None:
    """The number whose first token is `at`, be it a sign of currency."""
    following = words.figures.get(at + 1)
    if following is not None and at < len(words) and words.starts[at] == following.lead < following.start:
        at += 1
    return number(words, at, table) if at < len(words) else None


def _range(words: Words, first: Number, table: Counting) -> Reading | None:
    """ "between 5 and 10", "10–15", "two or three"; what is dashed and does not rise is no count at all."""
    stop = words.follows(first.stop, table.percent)
    sign_at = stop[0] if stop else first.stop
    sign = words.word(sign_at)
    between = words.precedes(first.first, table.between)
    led = table.pieces.get(sign)
    glued = bool(between and led is not None and led.lead == "و")
    second = _number_from(words, sign_at if glued else sign_at + 1, table)
    if second is None or first.value is None or second.value is None:
        return None
    again = words.follows(second.stop, table.percent)
    if stop and not (again and words.low[first.stop : stop[0]] == words.low[second.stop : again[0]]):
        return None
    dashed = sign in DASHES and words.ends[first.stop - 1 if not stop else sign_at - 1] == words.starts[sign_at]
    if not (dashed or glued or sign in table.to or sign in table.or_ or (between and sign in table.and_)):
        return None
    low = first.value * second.scale if first.scale == 1 and first.value < second.value / second.scale else first.value
    if low >= second.value:
        return Reading(first.first, second.stop, first.start, None, "", "dropped") if dashed else None
    begin = between[0] if between else first.first
    if sign in table.to and not table.changing.isdisjoint(words.low[max(0, first.first - 5) : first.first]):
        return None
    if not between and words.word(first.first - 1) in table.from_ and sign in table.to:
        begin = first.first - 1
    start = first.start if begin == first.first else words.starts[begin]
    return Reading(begin, second.stop, start, low, "range", upper=second.value)


_READERS = (_none, _single, _lots, _about, _half, _ratio, _share, _adverb, _dual, _one, _number)


# What stands around it


def _counted(
    words: Words, reading: Reading, table: Counting, times: Times
) -> tuple[Count, int, Whole | None] | None:
    """The count, the token behind it, and the whole that it is a part of; `None` where the number counts nothing."""
    if reading.kind == "dropped":
        return None
    first, start, comparator = _qualified(words, reading, table)
    time = times.over(reading.start, words.ends[reading.stop - 1])
    stop = reading.stop
    after = _behind(words, stop, table)
    if after is not None:
        stop, comparator = after
    stop, unit, part = _unit(words, reading, stop, table)
    if words.follows(stop, table.after_any) or words.follows(reading.stop, table.after_any):
        return None
    if time is not None and not _told(words, first, stop, unit, time, reading, table):
        return None
    if part is None and unit is None and comparator == "=" and reading.upper is None:
        if reading.kind == "number" and not _stands_alone(words, reading, table):
            return None
    after = _behind(words, stop, table) if after is None else None
    if after is not None:
        stop, comparator = after
    if unit is None and (part is None or part.unit is None):
        unit = _number_of(words, first, table)
    of = words.text[words.starts[part.first] : words.ends[part.stop - 1]] if part else None
    unit_of_part = part.unit if part is not None and unit is None else None
    lends = reading.kind in ("number", "lots", "dual", "none") and time is None and not words.follows(reading.stop, table.percent)
    count = Count(
        start,
        words.ends[stop - 1],
        reading.value,
        comparator,
        unit or unit_of_part,
        of if part is None or not part.numbered else None,
        reading.upper,
        reading.rule,
        lends,
    )
    return count, stop, part


def _behind(words: Words, stop: int, table: Counting) -> tuple[int, Comparator] | None:
    """The comparator behind a number or its noun, and the token behind that."""
    found = words.follows(stop, table.after)
    return (found[0], _comparator(found[1])) if found is not None and found[1] else None


def _number_of(words: Words, first: int, table: Counting) -> str | None:
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


def _comparator(sign: str) -> Comparator:
    return sign  # type: ignore[return-value]  # the word lists hold no other


def _qualified(words: Words, reading: Reading, table: Counting) -> tuple[int, int, Comparator]:
    """Where the count begins with the comparators before it, and what they say; the nearest decides, but "about"."""
    first, start, said = reading.first, reading.start, reading.comparator
    for _ in range(2):
        before = words.precedes(first, table.before)
        if before is None or _merely_spatial(words, before[0], first, reading, table):
            break
        if said in ("=", "~") or reading.kind == "share":
            said = _comparator(before[1])
        first, start = before[0], words.starts[before[0]]
    return first, start, said


def _merely_spatial(words: Words, at: int, first: int, reading: Reading, table: Counting) -> bool:
    """ "under two streets", "under a single desk"."""
    if first - at != 1 or words.low[at] not in table.spatial:
        return False
    return reading.kind == "single" or (reading.rule == "words" and (reading.value or 0) <= 10)


def _unit(
    words: Words, reading: Reading, stop: int, table: Counting
) -> tuple[int, str | None, Whole | None]:
    """The token behind the noun, the unit, and the whole."""
    if reading.unit is not None:
        return stop, reading.unit, None
    if reading.kind == "share":
        return stop, table.share_name, whole(words, stop, table, True)
    percent = words.follows(stop, table.percent)
    if percent is not None:
        printed = words.text[words.starts[stop] : words.ends[percent[0] - 1]].lower()
        return percent[0], printed if printed[0].isalpha() else table.percent_name, whole(words, percent[0], table, True)
    figure = words.figures.get(reading.first) or words.figures.get(reading.first + 1)
    if figure is not None and figure.lead < figure.start:
        return stop, words.text[figure.lead : figure.start], None
    at = _linked(words, reading, stop, table)
    value = None if reading.kind == "lots" else reading.value if reading.upper is None else reading.upper
    counted = noun(words, at, value, table)
    if counted is not None:
        return counted.stop, counted.unit, None
    return stop, None, whole(words, stop, table, False)


def _linked(words: Words, reading: Reading, stop: int, table: Counting) -> int:
    """Behind the small word that joins some numbers to their noun: "dozens of", "un million de"."""
    if reading.kind == "lots" or words.low[stop - 1] in table.magnitudes:
        if words.word(stop) in table.linking:
            return stop + 1
        of = words.follows(stop, table.of) if reading.kind == "lots" else None
        if of is not None and words.word(of[0]) not in table.of_determiners:
            return of[0]
    return stop


def _told(
    words: Words, first: int, stop: int, unit: str | None, time: TimeExpression, reading: Reading, table: Counting
) -> bool:
    """Whether a number in a time expression is told as a count: "six weeks", and "2000 boats" that look like a year."""
    if time.type == "date" and time.rule == "year" and unit is not None:
        return bool(reading.value) and reading.value % 100 == 0  # type: ignore[operator]
    if time.type != "duration" or unit is None:
        return False
    return words.precedes(first, table.before_length) is None and words.follows(stop, table.after_length) is None


def _numbers_a_point(words: Words, reading: Reading) -> bool:
    """ "2) the release", "resolution 12 (2019)", "paragraph 1 (f)"."""
    after, then = words.word(reading.stop), words.word(reading.stop + 1)
    if after in "([" and after:
        return (len(then) == 4 and then.isdecimal()) or len(then) == 1
    if len(after) == 1 and after.isalpha() and then == ")":
        return True
    return after == ")" and "(" not in words.low[max(0, reading.first - _LIST) : reading.first]


def _stands_alone(words: Words, reading: Reading, table: Counting) -> bool:
    """Whether a number without a noun counts: no name ("Channel 4"), age ("Keller, 54,"), year or number of a line."""
    before, after = words.word(reading.first - 1), words.word(reading.stop)
    if reading.value is None or _numbers_a_point(words, reading):
        return False
    if before in table.pointing and reading.value <= 3:
        return False
    hour = before in table.before_hour and words.word(reading.first - 2) not in table.sums
    if before in table.attributive or (hour and reading.value <= 120):
        return False
    figure = words.figures.get(reading.first)
    if figure is None:
        return not (table.article and words.low[reading.first].startswith(f"و{table.article}"))
    if not before or (not after and reading.first == 0) or before in "([{" or before in DASHES:
        return False
    text = words.text
    if figure.end - figure.start == 4 and reading.stop == reading.first + 1 and figure.value >= 1000:
        return False
    named = text[words.starts[reading.first - 1]].isupper()
    if named and reading.first > 1:
        return words.word(reading.first - 2) in table.of_determiners and (not after or after in ".,;:،؛")
    if before in ",،" and (not after or after in ",،)") and reading.first > 1:
        return not text[words.starts[reading.first - 2]].isupper()
    return True
