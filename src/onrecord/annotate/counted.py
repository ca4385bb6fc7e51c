"""What a number counts: the noun or unit behind it, in the singular, and the whole that it is a part of."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.annotate.counting import Counting
from onrecord.annotate.numbers import Words, number

_REACH = 4
"""Tokens behind a number among which its noun stands."""
_LISTED = 6
"""Numbers behind one that may share its noun."""
_LONGEST_SYMBOL = 3
"""Letters of a unit that is no word."""
_COMMAS = frozenset(",،")
_WHOLE = 6
"""Tokens of the name of a whole ("19 of the members present")."""
_MARKS = frozenset(",،;؛:()[]{}—–―“”\"«»„…!?؟¿¡.-%$€£'’")


class Noun(NamedTuple):
    """What is counted: the tokens `[first, stop)`, and their unit."""

    first: int
    stop: int
    unit: str


class Whole(NamedTuple):
    """What a number is a part of: its tokens, its noun in the singular if it has one, whether a number opens it."""

    first: int
    stop: int
    unit: str | None
    numbered: bool


def noun(words: Words, at: int, value: float | None, table: Counting) -> Noun | None:
    """The noun that a number right before token `at` counts; `None` where it stands alone."""
    word = words.word(at)
    if not word or _wall(words, at, table):
        return _sign(words, at, table)
    if word in table.times:
        return Noun(at, at + 1, table.adverb_unit)
    if word in table.units and (len(word) > 1 or not _wall(words, at, table)):
        return Noun(at, at + 1, _symbol(words, at) or singular(word, table))
    found = _FINDERS[table.order](words, at, value, table)
    return _with_rate(words, found, table) if found is not None else None


def _sign(words: Words, at: int, table: Counting) -> Noun | None:
    word = words.word(at)
    return Noun(at, at + 1, _symbol(words, at) or word) if word in table.units else None


def _symbol(words: Words, at: int) -> str | None:
    """A unit of few letters as printed: "MW", "°C"."""
    return words.text[words.starts[at] : words.ends[at]] if len(words.low[at]) <= _LONGEST_SYMBOL else None


def listed(words: Words, at: int, figures: bool, table: Counting) -> str | None:
    """The unit of a number that a list goes on from at token `at`: of "12" in "12, 13 and 14 boats"."""
    linking = table.and_ | table.or_ | table.to
    for _ in range(_LISTED):
        sign = words.word(at)
        if sign in _COMMAS and words.word(at + 1) in linking:
            at, sign = at + 1, words.word(at + 1)
        if not sign or (sign not in linking and sign not in _COMMAS) or at + 1 >= len(words):
            return None
        following = number(words, at + 1, table)
        if following is None or (at + 1 in words.figures) != figures:
            return None
        at = following.stop
        percent = words.follows(at, table.percent)
        counted = noun(words, at, following.value, table)
        if percent is not None or counted is not None:
            unit = table.percent_name if counted is None else counted.unit
            return unit if sign in linking else None
    return None


def _with_rate(words: Words, found: Noun, table: Counting) -> Noun:
    """ "cubic metres a second"."""
    rate = words.follows(found.stop, table.rates)
    if rate is None:
        return found
    return Noun(found.first, rate[0], f"{found.unit} {' '.join(words.low[found.stop : rate[0]])}")


def _wall(words: Words, at: int, table: Counting) -> bool:
    if not 0 <= at < len(words):
        return True
    word = words.low[at]
    return (
        words.opaque[at] >= 0 or word in _MARKS or word in table.walls or at in words.figures or not word[0].isalpha()
    )


def _plural(words: Words, at: int, value: float | None, table: Counting) -> Noun | None:
    """The first plural of the next words ("forty striking families"); of one thing, the first noun."""
    if value == 1:
        return _single(words, at, table)
    for here in range(at, at + _REACH):
        word = words.word(here)
        if word in table.adjectives and word not in table.never:
            continue
        if _wall(words, here, table):
            break
        if _is_plural(word, table) and not (_modifies(words, here, table) and _plural_follows(words, here + 1, table)):
            unit = singular(word, table)
            if here > at and words.low[here - 1] in table.measured:
                unit = f"{words.low[here - 1]} {unit}"
            return Noun(here, here + 1, unit)
        if word in table.pieces and word not in table.one:
            break
    return _single(words, at, table) if value is not None and 0 < value < 1 else None


def _modifies(words: Words, at: int, table: Counting) -> bool:
    """Whether a plural stands before its noun: "five wounded dockers", "two United Nations lorries"."""
    word = words.low[at]
    return (
        word in table.modifiers
        or word in table.not_nouns
        or (word in table.same and not word.endswith("s"))
        or words.text[words.starts[at]].isupper()
    )


def _plural_follows(words: Words, at: int, table: Counting) -> bool:
    return not _wall(words, at, table) and _is_plural(words.low[at], table)


def _is_plural(word: str, table: Counting) -> bool:
    if word in table.singular or word in table.same or word in table.units:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "ous", "’s", "'s", "-clothes"))


def _single(words: Words, at: int, table: Counting) -> Noun | None:
    for here in range(at, at + _REACH):
        if _wall(words, here, table):
            return None
        word = words.low[here]
        if here == at and word.endswith(("ing", "ed")) and word not in table.singular:
            return None
        if word.endswith("s") and not word.endswith(("ss", "us")) and word not in table.singular:
            return None
        if not _is_adjective(word, table) or _wall(words, here + 1, table):
            return Noun(here, here + 1, word)
    return None


def _is_adjective(word: str, table: Counting) -> bool:
    return word in table.adjectives or (len(word) > 5 and word.endswith(table.adjective_endings or ("\0",)))


def _next(words: Words, at: int, value: float | None, table: Counting) -> Noun | None:
    """The next word, where it is a plural; a few adjectives may come before it."""
    here = at
    while words.word(here) in table.front and here - at < 2:
        here += 1
    if _wall(words, here, table):
        return None
    word = words.low[here]
    few = value is not None and value < 2
    plural = word.endswith(("s", "x")) and len(word) > 3
    if plural or word in table.same or word in table.singular or word in table.units:
        return Noun(here, here + 1, singular(word, table))
    return Noun(here, here + 1, word) if few and len(word) > 2 and word not in table.pieces else None


def _genitive(words: Words, at: int, value: float | None, table: Counting) -> Noun | None:
    """The next word that is no adjective, where it is no verb."""
    here = at
    while (
        here - at < _REACH
        and not _wall(words, here, table)
        and words.low[here].endswith(table.adjective_endings)
        and words.low[here] not in table.same
    ):
        here += 1
    if here < len(words) and words.low[here] in table.not_nouns and _genitive_follows(words, here + 1, table):
        here += 1
    if _wall(words, here, table):
        return None
    word = words.low[here]
    known = word in table.singular or word in table.same or word in table.units
    if not known and (word in table.pieces or (word.endswith(table.verb_endings) and word not in table.not_verbs)):
        return None
    return Noun(here, here + 1, singular(word, table))


def _genitive_follows(words: Words, at: int, table: Counting) -> bool:
    return not _wall(words, at, table) and words.low[at] in table.singular


def _arabic(words: Words, at: int, value: float | None, table: Counting) -> Noun | None:
    """The next word, where it is neither a verb nor led by a small word."""
    if _wall(words, at, table):
        return None
    word = words.low[at]
    known = word in table.singular or word in table.same
    if not known:
        led = len(word) > 3 and word[0] in "وفبلك"
        if value is not None and word.startswith(table.article):
            return None
        if led or word in table.pieces or word.endswith(table.verb_endings):
            return None
    return Noun(at, at + 1, singular(word, table))


_FINDERS = {"plural": _plural, "next": _next, "genitive": _genitive, "arabic": _arabic}


def singular(word: str, table: Counting) -> str:
    """A noun's singular by list and ending; as printed where neither knows it."""
    known = table.singular.get(word)
    if known is not None:
        return known
    if word in table.same:
        return word
    for old, new in table.endings:
        if word.endswith(old) and len(word) > len(old) + 1:
            return f"{word[: len(word) - len(old)]}{new}"
    return word


def whole(words: Words, at: int, table: Counting, share: bool) -> Whole | None:
    """The whole behind a number at token `at`: "of 22 members", "of the attackers", "of them"."""
    if words.word(at) in table.one_word_of:
        return Whole(at, at + 1, None, False)
    if share:
        first = at + 1 if words.word(at) in table.of_share or words.follows(at, table.of) else at
        if first == at and table.of_share:
            return None
    else:
        of = words.follows(at, table.of)
        if of is None:
            return None
        first = of[0]
    return _named(words, first, table, share)


def _named(words: Words, first: int, table: Counting, share: bool) -> Whole | None:
    here = first
    while words.word(here) in table.of_determiners and here - first < 3:
        here += 1
    word = words.word(here)
    if here in words.figures or word in table.pieces:
        return Whole(here, here + 1, None, True)
    if word in table.of_pronouns:
        return Whole(first, here + 1, None, False)
    stop = here
    while (
        stop - here < _WHOLE and not _wall(words, stop, table) and (stop == here or words.low[stop] not in table.never)
    ):
        stop += 1
    if stop == here or (here == first and not share and not _definite(words.low[here], table)):
        return None
    counted = noun(words, here, None, table)
    return Whole(first, counted.stop if counted else stop, counted.unit if counted else None, False)


def _definite(word: str, table: Counting) -> bool:
    return bool(table.article) and word.startswith(table.article)
