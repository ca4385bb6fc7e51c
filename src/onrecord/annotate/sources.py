"""Phrases for a speaker, found from the cue beside which they stand, without a parser.

Leftwards, a phrase goes on until a determiner opens it, or a comma or a word that no phrase holds ends it; rightwards,
until a comma, a stop or such a word. An apposition or a relative clause between commas belongs to it ("Mira Kessan, the
union's deputy secretary, said"), an adverbial does not ("Mira Kessan, on Monday, said").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.annotate.clauses import CLOSING, COMMA, DASH, OPENING, SEPARATING, Clause
from onrecord.model import Mention

WORDS = 24
"""Words that a phrase may hold."""
RELATIVE = 14
"""Tokens that a relative clause without commas may have."""
REACH = 40
"""Tokens back that the comma is sought which opens what a comma before the cue closes."""
_ALONE = frozenset({"police", "people"})
_FIRST_LINKS = frozenset({"of", "for", "and", "&", "de", "du", "des", "del", "d’", "d'", "باسم"})
_PREPOSED = ("بال", "بأ", "بإ", "لل")
_ADVERBIAL = ("اً", "ًا")
_DEFINITE = ("ال", "لل")
OWNED = ("’s", "'s", "s’", "s'")
_PARTICIPLES = ("ed", "en", "wn", "ade")
"""Endings of English participles before "by": "a report seen by this newspaper"."""

Tokens = tuple[int, int]
"""First token and the one behind the last."""


class Names:
    """The names of a text by place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]

    def over(self, offset: int) -> Mention | None:
        """The name that an offset lies in, its start included."""
        at = bisect_right(self.starts, offset) - 1
        return self.mentions[at] if at >= 0 and offset < self.mentions[at].end else None

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """The names that begin in `[start, end)`."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def before(clause: Clause, stop: int, names: Names, floor: int = 0) -> Tokens | None:
    """The phrase for a speaker that ends right before token `stop`, or before what commas set off there.

    It begins no earlier than token `floor`, where another cue ends; past that, "and" joins clauses and not names.
    """
    last = stop - 1
    if last < floor or clause.quote[last] >= 0:
        return None
    words = clause.words
    if clause.low[last] in words.pronouns and not _determines(clause, last, stop):
        return (last - 2 if last > 1 and clause.low[last - 1] in words.of else last), stop
    to = stop
    if clause.low[last] in SEPARATING or clause.low[last] in CLOSING:
        opened = _opened_by(clause, last, names)
        if opened is None or opened == 0 or last - opened > REACH:
            return None
        while opened > 2 and clause.low[opened - 1].isdigit() and clause.low[opened - 2] in COMMA:
            opened -= 2  # "Ruth Adler, 71, a retired nurse,"
        if _set_off(clause, opened + 1, last) or clause.low[opened + 1].isdigit():
            to = last if clause.low[last] in SEPARATING else last + 1
            floor = 0
        else:
            to = opened
        last = opened - 1
        if clause.low[last] in words.pronouns and clause.low[last] not in words.determiners:
            return last, last + 1
    else:
        last = _without_time(clause, last, names)
        to = last + 1
    first = _first(clause, last, names, floor)
    relative = _relative(clause, stop - 1)
    if relative is not None and (first is None or first > relative):
        head = _first(clause, relative - 1, names)
        if head is not None:
            return head, stop if clause.low[stop - 1] not in COMMA else to
    while first is not None and first < last and clause.low[first] in clause.words.joiners:
        first += 1
    return None if first is None else (_apposed_to(clause, first, names), to)


def _relative(clause: Clause, last: int) -> int | None:
    """Where the relative clause begins that ends with token `last` ("a skipper who was detained on Sunday")."""
    words = clause.words
    finite = False
    for at in range(last, max(0, last - RELATIVE), -1):
        low = clause.low[at]
        if low in words.relative:
            opens = finite or low in words.who
            beside = at > 0 and (not clause.mark(at - 1) or clause.low[at - 1] in CLOSING)
            return at if opens and beside else None
        if clause.mark(at) or clause.quote[at] >= 0:
            return None
        finite = finite or low in words.finite or low.endswith("ed")
    return None


def _apposed_to(clause: Clause, first: int, names: Names) -> int:
    """ "Tomas Okell, the Minister of Water, Roads and Ferries, said": what is found is apposed to the name before."""
    if first < 2 or clause.low[first - 1] not in COMMA or clause.low[first] not in clause.words.determiners:
        return first
    name = names.over(clause.starts[first - 2])
    if name is None or name.type != "person" or name.end != clause.ends[first - 2]:
        return first
    return _first(clause, first - 2, names) or clause.at(name.start)


def _determines(clause: Clause, at: int, stop: int) -> bool:
    return clause.low[at] in clause.words.determiners and stop < len(clause) and clause.capital(stop)


def _opened_by(clause: Clause, last: int, names: Names) -> int | None:
    """The mark that opens what the mark at `last` closes."""
    mark = clause.low[last]
    kinds = COMMA if mark in COMMA else DASH if mark in DASH else OPENING
    depth = 0
    for at in range(last - 1, max(-1, last - REACH), -1):
        if clause.quote[at] >= 0 and mark not in CLOSING:
            return None
        if clause.low[at] in CLOSING and kinds is not OPENING:
            depth += 1
        elif clause.low[at] in OPENING and depth:
            depth -= 1
        elif clause.low[at] in kinds and not depth and not in_name(clause, at, names):
            return at
    return None


def in_name(clause: Clause, at: int, names: Names) -> bool:
    """Whether a mark belongs to a name ("Ministry of Water, Roads and Ferries")."""
    name = names.over(clause.starts[at])
    return name is not None and name.start < clause.starts[at]


def _set_off(clause: Clause, first: int, stop: int) -> bool:
    """Whether what stands between commas belongs to the name before it: an apposition, a relative clause, brackets."""
    words = clause.words
    if first >= stop:
        return False
    if clause.low[first - 1] in OPENING:
        return True
    low = clause.low[first]
    if low in words.relative or low in words.determiners or low in words.roles or low in words.that:
        return True
    if low in words.prepositions and first + 1 < stop and clause.low[first + 1] in words.relative:
        return True
    capital = clause.capital(first) and low not in words.calendar
    return capital or (first + 1 < stop and _role_follows(clause, first, stop))


def _role_follows(clause: Clause, first: int, stop: int) -> bool:
    """ "former deputy minister": words in lower case that end in a role before any preposition."""
    for at in range(first, min(first + 4, stop)):
        if clause.low[at] in clause.words.roles:
            return True
        if clause.low[at] in clause.words.stops or clause.low[at] in clause.words.links or clause.mark(at):
            return False
    return False


def _without_time(clause: Clause, last: int, names: Names) -> int:
    """Without a time or an adverb at the end ("the council this month", "Kessan on Monday")."""
    words = clause.words
    kept = last
    while kept > 0 and (clause.low[kept] in words.time_words or clause.low[kept] in words.calendar):
        name = names.over(clause.starts[kept])
        if name is not None and name.type == "person":
            break
        kept -= 1
    if kept == last:
        return last
    while kept > 0 and clause.low[kept] in words.time_openers:
        kept -= 1
    return kept


def _first(clause: Clause, last: int, names: Names, least: int = 0) -> int | None:
    """Where the phrase that ends with token `last` begins."""
    words = clause.words
    first: int | None = None
    named = False
    at = last
    floor = max(least - 1, last - WORDS)
    while at > floor:
        low = clause.low[at]
        if clause.quote[at] >= 0:
            break
        name = names.over(clause.starts[at])
        if name is not None and name.start >= clause.start and name.end > clause.starts[at]:
            begins = clause.at(name.start)
            if begins <= at and at - begins < 16:
                first, named, at = begins, True, begins - 1
                continue
        if low in CLOSING:
            opened = _opened_by(clause, at, names)
            if opened is None:
                break
            at = opened - 1
            continue
        if low in words.pronouns and at == last and low not in words.determiners:
            return at
        passive = low in words.by and words.tag == "en" and at > 1 and first is not None
        if passive and clause.low[at - 1].endswith(_PARTICIPLES):
            at -= 2
            named = False
            continue
        if low in COMMA and _lists_names(clause, at, first, names):
            at -= 1
            continue
        if clause.mark(at) or low in words.stops or low in words.calendar:
            break
        if low in words.determiners:
            first = at
            by = at > 2 and clause.low[at - 1] in words.by and clause.low[at - 2].endswith(_PARTICIPLES)
            if by and words.tag == "en":
                at -= 3
                continue
            if at > 0 and clause.low[at - 1] in words.determiners and clause.low[at - 1] not in words.pronouns:
                at -= 1
                continue
            if at > 1 and clause.low[at - 1] in words.links and not (least and clause.low[at - 1] in words.joiners):
                at -= 1
                continue
            break
        if low in words.links:
            if least and low in words.joiners:
                break
            edge = at == 0 or clause.mark(at - 1)
            if first is None or edge:
                break
            at -= 1
            continue
        if low in words.pronouns and not clause.capital(at):
            break
        if named and not clause.capital(at) and not _belongs(clause, at, last):
            break
        named = clause.capital(at)
        first = at
        at -= 1
    if first is None:
        return None
    if first < last and clause.low[first].endswith(words.adverb_endings):
        first += 1
    return None if first == last and not _speaks(clause, first, names) else first


def _lists_names(clause: Clause, comma: int, first: int | None, names: Names) -> bool:
    """ "Ken Arata, Piet Hoorn and Joan Merritt": names on both sides of a comma, "and" behind the later one."""
    if first is None or comma < 1:
        return False
    one, other = names.over(clause.starts[comma - 1]), names.over(clause.starts[comma + 1])
    if one is None or other is None or one.type != other.type:
        return False
    behind = clause.at(other.end - 1) + 1
    return behind < len(clause) and (clause.low[behind] in clause.words.joiners or clause.low[behind] in COMMA)


def _belongs(clause: Clause, at: int, last: int) -> bool:
    """Whether a word in lower case before a name belongs to its phrase: "government spokesman Karl Orlan"."""
    words = clause.words
    low = clause.low[at]
    if low in words.roles or low.endswith(OWNED) or "-" in low:
        return True
    follows = clause.low[at + 1] if at < last else ""
    if follows in words.links:
        return True
    determined = next((i for i in range(max(0, at - 2), at) if clause.low[i] in words.determiners), None)
    if determined is not None:  # "the union official Mira Kessan", not "At the gate Mira Kessan"
        return determined == 0 or clause.low[determined - 1] not in words.prepositions
    return any(clause.low[i] in words.roles for i in range(at + 1, min(at + 3, len(clause))))


def _speaks(clause: Clause, at: int, names: Names) -> bool:
    """A word alone that may be a speaker: a name, or a bare plural."""
    low = clause.low[at]
    if not any(c.isalpha() for c in low) or low in clause.words.nobody:
        return False
    if low.endswith(clause.words.adverb_endings) and len(low) > 4 and not names.over(clause.starts[at]):
        return False
    if clause.words.tag != "en" or clause.capital(at) or names.over(clause.starts[at]) is not None:
        return True
    return (low.endswith("s") and len(low) > 3 and not low.endswith(OWNED)) or low in _ALONE


def after(
    clause: Clause, first: int, names: Names, apposition: bool = True, subject_only: bool = False
) -> Tokens | None:
    """The phrase for a speaker that begins with token `first`; without `apposition` a comma ends it.

    `subject_only`, where an object may follow the subject right away: one noun with the nouns that it owns.
    """
    words = clause.words
    count = len(clause)
    last: int | None = None
    while words.verb_first and first < count and clause.low[first].endswith(_ADVERBIAL):
        first += 1
    unnamed = first < count and names.over(clause.starts[first]) is None
    if words.verb_first and unnamed and clause.low[first].startswith(_PREPOSED):
        return None
    at = first
    while at < min(count, first + WORDS):
        low = clause.low[at]
        if clause.quote[at] >= 0:
            break
        if at == first and low in words.pronouns and low not in words.determiners:
            return at, at + 1
        name = names.over(clause.starts[at])
        if name is not None and name.end <= clause.end and clause.starts[at] - name.start < 4:
            at = clause.at(name.end - 1) + 1
            last = at - 1
            led = clause.low[first] in words.roles and name.type != "person"
            if not led and (subject_only or (words.verb_first and name.type == "person")):
                further = names.over(clause.starts[at] + 1) if at < count and words.joined else None
                if further is None or clause.low[at][0] not in words.joined or further.type != name.type:
                    break
                at = clause.at(further.end - 1) + 1  # "سليم الحداري وليلى المرساوي"
                last = at - 1
                break
            continue
        named_by = low in words.by and at > first and clause.low[at - 1] in words.documents
        stops = low in words.stops and not named_by and not (clause.capital(at) and at > first)
        if clause.mark(at) or stops or low in words.calendar:
            break
        if low in words.links and (low not in _FIRST_LINKS or last is None) and not _ends_soon(clause, at):
            break
        second = subject_only and words.verb_first and at > first
        if second and (_starts_object(clause, first, at) or clause.low[at - 1].startswith(_DEFINITE)):
            break
        if low in words.time_openers and at > first and _time_follows(clause, at):
            break
        if low not in words.links and low not in words.determiners:
            last = at
        at += 1
    if last is None and first < at < count and not clause.mark(first):
        return first, at
    if last is None:
        return None
    stop = _with_brackets(clause, last + 1)
    return first, _with_apposition(clause, stop, names, apposition)


def _starts_object(clause: Clause, first: int, at: int) -> bool:
    """A word with a preposition written onto it ("بنشر", "لِلعمال")."""
    low = clause.low[at]
    return len(low) > 3 and low[0] in "بل" and at > first


def _ends_soon(clause: Clause, at: int) -> bool:
    """ "Shouted a foreman from the bridge": where he is from ends the clause."""
    if clause.low[at] != "from" or at + 2 >= len(clause):
        return False
    return any(clause.mark(ahead) for ahead in range(at + 2, min(at + 5, len(clause)))) or at + 4 >= len(clause)


def _time_follows(clause: Clause, at: int) -> bool:
    words = clause.words
    ahead = clause.low[at + 1 : at + 3]
    return any(word in words.time_words or word in words.calendar for word in ahead)


def _with_brackets(clause: Clause, stop: int) -> int:
    """Behind the brackets that open at `stop` ("Mira Kessan (Orsk)"), or `stop`."""
    if stop < len(clause) and clause.low[stop] in OPENING:
        return next((at + 1 for at in range(stop + 1, min(stop + 9, len(clause))) if clause.low[at] in CLOSING), stop)
    return stop


def _with_apposition(clause: Clause, stop: int, names: Names, any_kind: bool) -> int:
    """Behind the apposition that a comma opens at `stop`, or `stop`; only a person's name, where not of `any_kind`."""
    count = len(clause)
    if stop >= count or clause.low[stop] not in COMMA:
        return stop
    if any_kind and stop + 2 < count and clause.low[stop + 1].isdigit() and clause.low[stop + 2] in COMMA:
        return _with_apposition(clause, stop + 2, names, True)
    marks = (at for at in range(stop + 1, count) if clause.mark(at) or clause.quote[at] >= 0)
    close = next((at for at in marks if not in_name(clause, at, names)), count)
    if not any_kind:
        name = names.over(clause.starts[stop + 1]) if stop + 1 < count else None
        fills = name is not None and name.type == "person" and close < count and name.end == clause.ends[close - 1]
        return close if fills else stop
    if close == stop + 1 or close - stop > WORDS or not _set_off(clause, stop + 1, close):
        return stop
    relative = clause.low[stop + 1] in clause.words.relative
    if not relative and any(clause.low[at] in clause.words.finite for at in range(stop + 2, min(close, stop + 6))):
        return stop
    return close
