"""What may be a number at a token: "no losses", "a single ship", "dozens of", "a third of", "one in five", "10–15".

A reading says which tokens it takes and what they are worth, nothing of what is counted; `counts` looks around it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct, structs

from onrecord.annotate.counted import Noun, noun, whole
from onrecord.annotate.counting import Counting
from onrecord.annotate.digits import DASHES
from onrecord.annotate.numbers import Number, Words, number
from onrecord.model import Comparator

Kind = Literal["number", "lots", "share", "times", "none", "single", "dual", "dropped"]
"""`dropped` is what takes its tokens, or none, and counts nothing."""

_RATIO = 1000
"""The most of which "one in" is said."""


class Reading(Struct, frozen=True, gc=False):
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


def read(words: Words, at: int, table: Counting) -> Reading | None:
    """The number that stands at a token of `Counting.opening` or a figure, by the first reading that fits."""
    for letter in "rp" if at in words.figures else table.opening[words.low[at]]:
        found = _READERS[letter](words, at, table)
        if found is not None:
            return found
    return None


def _none(words: Words, at: int, table: Counting) -> Reading | None:
    """ "no losses", "not one rope"."""
    each = words.precedes(at + 1, table.zero_each)
    if each is not None:
        return _whole_phrase(words, each[0], noun(words, at + 1, 1, table), 0, "none")
    if words.low[at] in table.lost and words.word(at - 1) in table.zero:
        counted = noun(words, at, None, table) or Noun(at, at + 1, words.low[at])
        return _whole_phrase(words, at - 1, counted, 0, "none")
    return None


def _single(words: Words, at: int, table: Counting) -> Reading | None:
    """ "a single ship"; where the language puts it so, a noun and "one" behind it."""
    phrase = words.precedes(at + 1, table.single)
    if phrase is not None:
        return _whole_phrase(words, phrase[0], noun(words, at + 1, 1, table), 1, "single")
    if words.low[at] in table.after_one and at and _is_indefinite(words, at - 1, table):
        unit = words.low[at - 1]
        return Reading(at - 1, at + 1, words.starts[at - 1], 1, "words", "single", unit=unit)
    return None


def _whole_phrase(words: Words, at: int, counted: Noun | None, value: float, kind: Kind) -> Reading | None:
    if counted is None:
        return None
    return Reading(at, counted.stop, words.starts[at], value, "words", kind, unit=counted.unit)


def _is_indefinite(words: Words, at: int, table: Counting) -> bool:
    counted = noun(words, at, 1, table)
    return counted is not None and counted.first == at and not words.low[at].startswith(table.article)


def _lots(words: Words, at: int, table: Counting) -> Reading | None:
    """ "dozens of", "tens of thousands of": the least that the words can mean."""
    lots = table.lots[words.low[at]]
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
    if words.word(at - 1) not in table.about_articles:
        return None
    value = table.abouts[words.low[at]]
    return Reading(at - 1, at + 1, words.starts[at - 1], value, "vague", "lots", comparator="~")


def _half(words: Words, at: int, table: Counting) -> Reading | None:
    """ "half a mile", "a quarter of a million"."""
    half = words.follows(at, table.half_of)
    if half is None:
        return None
    scale = table.pieces.get(words.word(half[0]))
    if scale is not None and scale.scale:
        share = table.shares.get(words.low[at])
        first = at - 1 if share and words.word(at - 1) in table.share_articles else at
        start = words.starts[first] + (len(share.lead) if share and first == at else 0)
        return Reading(first, half[0] + 1, start, scale.value * float(half[1]), "words")
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
    share = table.shares[words.low[at]]
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
    return Reading(first, at + 1, start, round(share.value, 3), "share", "share", comparator=over)


def _of_something(words: Words, after: int, first: int, table: Counting) -> bool:
    """Whether a word of shares is one: what it is a share of follows, or a comparator stands before it."""
    word = words.word(after)
    if word in table.share_never_before or word in table.pieces:
        return False
    if table.share_before:
        return word in table.share_before or words.precedes(first, table.before) is not None
    return noun(words, after, None, table) is not None or word in table.one_word_of


def _adverb(words: Words, at: int, table: Counting) -> Reading | None:
    value = table.adverbs[words.low[at]]
    return Reading(at, at + 1, words.starts[at], value, "words", "times", unit=table.adverb_unit)


def _dual(words: Words, at: int, table: Counting) -> Reading | None:
    dual = table.duals[words.low[at]]
    bare = words.low[at][len(dual.lead) :]
    unit = table.dual_nouns.get(bare) or table.dual_nouns.get(bare[len(table.article) :])
    start = words.starts[at] + len(dual.lead)
    return Reading(at, at + 1, start, 2, "dual", "dual", unit=unit)


def _one(words: Words, at: int, table: Counting) -> Reading | None:
    """ "one" is an article or a pronoun but before a noun that it counts and behind a comparator."""
    if (
        words.follows(at + 1, table.halves)
        or words.word(at + 1) in table.pieces
        or words.follows(at + 1, table.percent)
    ):
        return None
    dropped = Reading(at, at, words.starts[at], None, "", "dropped")
    one = Reading(at, at + 1, words.starts[at], 1, "words")
    if words.word(at + 1) in table.opening:
        return dropped
    part = whole(words, at + 1, table, False)
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
    part = words.figures.get(at)
    if part is not None and part.part and first.stop == at + 1:
        return _part(words, first, table)
    share = table.shares.get(words.word(first.stop))
    if share is not None and not share.lead and first.value and _of_something(words, first.stop + 1, at, table):
        value = round(first.value * share.value, 3)
        return Reading(first.first, first.stop + 1, first.start, value, "share", "share")
    found = _range(words, first, table) or Reading(first.first, first.stop, first.start, first.value, first.rule)
    return _below_zero(words, found, table)


def _part(words: Words, first: Number, table: Counting) -> Reading:
    """ "3/4 of the wells", "½ mile"; without a word behind it that is divided it may be anything."""
    if words.follows(first.stop, table.of) or words.word(first.stop) in table.of_share:
        return Reading(first.first, first.stop, first.start, first.value, "share", "share")
    if noun(words, first.stop, first.value, table) is None:
        return Reading(first.first, first.stop, first.start, None, "", "dropped")
    return Reading(first.first, first.stop, first.start, first.value, first.rule)


def _below_zero(words: Words, found: Reading, table: Counting) -> Reading:
    """With the sign or word before it, where what it measures can be below nought: "minus 5 degrees"."""
    before, after = found.first - 1, found.stop
    if found.value is None or not found.value or words.word(before) not in table.minus:
        return found
    if words.word(after) not in table.signed and words.follows(after, table.percent) is None:
        return found
    if words.word(before) in DASHES and words.ends[before] != found.start:
        return found
    return structs.replace(found, first=before, start=words.starts[before], value=-found.value)


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
    if sign not in table.ranging and not sign.startswith("و"):
        return None
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


_READERS: dict[str, Callable[[Words, int, Counting], Reading | None]] = {
    "n": _none,
    "s": _single,
    "v": _vague,
    "l": _lots,
    "a": _about,
    "h": _half,
    "r": _ratio,
    "f": _share,
    "t": _adverb,
    "d": _dual,
    "o": _one,
    "p": _number,
}
"""By the letters of `Counting.opening`."""
