"""Numbers in figures: "1,200", "1.5", "3/4", "½", "١٢٠٠", with the currency before them and what is written onto them.

They are read from the text, because a clause's words part them where it suits words ("12th", "5%", "1 200"). What
looks like a number and counts nothing is none: dates and hours in figures, versions, symbols of documents, numbers that
are dialled, "12th", "15-member", points of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import numeric

from onrecord.annotate.counting import Counting

_D = "0-9٠-٩۰-۹"
_PARTS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_FIGURE = re.compile(rf"[{_D}{_PARTS}][{_D}]*(?:[.,'’٫٬،\u00a0\u202f\u2009][{_D}]+)*[{_PARTS}]?")
_SIGN = re.compile(r"[.,'’٫٬،\u00a0\u202f\u2009]")
_THOUSANDS = re.compile(rf"[{_D}]{{3}}(?![{_D}])")
_TAIL = re.compile(r"[^\W\d_]+|[%٪‰]|°[CF]?")
_CURRENCY = "$€£¥₽₪₴₺₹₩"
_COUNTRY = re.compile(r"(?<![^\W\d_])[A-Z]{1,3}\Z")
DASHES = frozenset("-–—‑−")
_NEVER_BEFORE = frozenset("/:.#№§_@\\+*=^'’&")
_COMPARING = frozenset((">=", "<="))
_DIALLED = re.compile(rf"[ \u00a0.-]?\(?[{_D}]")
"""What goes on with a number that is dialled, behind its first digits."""
_THOUSANDS_GO_ON = re.compile(rf"[ -][{_D}]")
_NEXT = re.compile(r"\s?([^\W\d_]+|[%٪])")
_LARGEST_PART = 100
"""The greatest denominator of a part in figures ("3/4")."""
_LONGEST = 15
"""Digits that a value can hold exactly; a longer number has none."""
_LONGEST_LEAD = 6
"""Letters that may be written onto a figure: "وبالـ"."""


class Figure(NamedTuple):
    """A number in figures: `lead` is where its currency begins, `tail` where a sign or unit written onto it ends."""

    lead: int
    start: int
    end: int
    tail: int
    value: float | None
    part: bool = False
    """A part of a whole in figures ("3/4", "½")."""


def figures(text: str) -> list[tuple[int, int]]:
    """Everywhere that digits stand, with the signs between them."""
    return [match.span() for match in _FIGURE.finditer(text)]


def read(text: str, places: Sequence[tuple[int, int]], table: Counting) -> Iterator[Figure]:
    """The numbers among them; where the language parts thousands by a space, such groups are one."""
    at = 0
    while at < len(places):
        start, end = places[at]
        at += 1
        if _dialled(text, start, end) and not (table.reversed and at < len(places) and _turned(text, end, places[at])):
            at = _behind_dialled(text, end, places, at)
            continue
        if at < len(places) and (part := _part(text, start, end, places[at])) is not None:
            at += 1
            yield part
            continue
        if table.spaced and end - start <= 3:
            while (
                at < len(places) and places[at][0] == end + 1 and text[end] == " " and _THOUSANDS.match(text, end + 1)
            ):
                end = places[at][1]
                at += 1
            if " " in text[start:end] and _THOUSANDS_GO_ON.match(text, end):
                at = _behind_dialled(text, end, places, at)
                continue
        turned = table.reversed and end - start == 3 and at < len(places) and _turned(text, end, places[at])
        if turned:
            end = places[at][1]
            at += 1
        figure = _figure(text, start, end, table)
        if figure is not None:
            yield figure


def _behind_dialled(text: str, end: int, places: Sequence[tuple[int, int]], at: int) -> int:
    """The place behind those that go on with a number that is dialled and has been read up to an offset."""
    while at < len(places) and (goes := _DIALLED.match(text, end)) and goes.end() == places[at][0] + 1:
        end = places[at][1]
        at += 1
    return at


def _dialled(text: str, start: int, end: int) -> bool:
    """Whether a number is dialled: "+44 20 7946", "0800 123"; nothing that counts begins with nought but decimals."""
    digits = text[start:end]
    return text[start - 1 : start] == "+" or (len(digits) > 2 and digits.isdecimal() and int(digits[0]) == 0)


def _part(text: str, start: int, end: int, place: tuple[int, int]) -> Figure | None:
    """ "3/4": two small figures about a stroke, the first the smaller; what of them is a date is no place here."""
    above, below = text[start:end], text[place[0] : place[1]]
    if text[end] != "/" or place[0] != end + 1 or len(above) > 2 or len(below) > 3:
        return None
    if text[start - 1 : start] == "/" or text[place[1] : place[1] + 1] in tuple("/-"):
        return None
    if not (above.isdecimal() and below.isdecimal() and 0 < int(above) < int(below) <= _LARGEST_PART):
        return None
    return Figure(start, start, place[1], place[1], round(int(above) / int(below), 3), True)


def _turned(text: str, end: int, place: tuple[int, int]) -> bool:
    """Whether the greater part of a number stands behind the three digits that end it: "040 1"."""
    return place[0] == end + 1 and text[end] in " \u00a0" and place[1] - place[0] <= 3


def _figure(text: str, start: int, end: int, table: Counting) -> Figure | None:
    sign = text[start - 1] if start else " "
    if (
        (sign in _NEVER_BEFORE and text[start - 2 : start] not in _COMPARING)
        or (sign.isalpha() and not _led(text, start, table))
        or _enumerates(text, start, end)
    ):
        return None
    lead = start
    if sign in _CURRENCY:
        country = _COUNTRY.search(text, max(0, start - 5), start - 1)
        lead = country.start() if country else start - 1
    elif sign in DASHES and start > 1 and not _ranged(text[start - 2]):
        return None
    tail = _tail(text, end, table)
    if tail is None:
        return None
    digits = text[start:end]
    if table.reversed and " " in digits:
        digits = "".join(reversed(digits.split()))
    value = value_of(digits, table)
    if value != value:  # not a number
        value = _loosely(digits, text, tail, table)
    if value != value:
        return None
    known = text[end:tail].lower()
    if value is not None and known in table.abbreviations and (lead < start or known not in table.tails):
        value = round(value * table.abbreviations[known], 3)
    return Figure(lead, start, end, tail, value, digits in _PARTS)


def _loosely(digits: str, text: str, end: int, table: Counting) -> float | None:
    """What figures say whose comma can but open decimals: "2,5 million", "3,5 per cent"; else not-a-number."""
    after = _NEXT.match(text, end, end + 24)
    word = after[1].lower() if after else ""
    piece = table.pieces.get(word)
    if digits.count(",") == 1 and ((piece is not None and piece.scale) or word in table.percent):
        return value_of(digits.replace(",", "."), table)
    return float("nan")


def _ranged(sign: str) -> bool:
    """What may stand before the dash of "10–15": a figure, or a space where the dash is one of the sentence."""
    return sign.isdecimal() or sign.isspace() or sign in "%٪"


def _led(text: str, start: int, table: Counting) -> bool:
    """Whether only a small word is written onto the figure: "و30"."""
    if not table.article:
        return False
    first = start
    while first and start - first < _LONGEST_LEAD and text[first - 1].isalpha():
        first -= 1
    return text[first:start].rstrip("ـ") in ("و", "ف", "ب", "ل", "ك", "وب", "ول", "ال", "وال", "بال", "لل")


def _enumerates(text: str, start: int, end: int) -> bool:
    """Whether a figure numbers a point: "1." and "(2)" where a line begins."""
    if text[end : end + 1] not in (".", ")", "]", "-") or text[end + 1 : end + 2].isdecimal():
        return False
    first = start
    while first and start - first < 8 and text[first - 1] in " \t([#*":
        first -= 1
    return not first or text[first - 1] in "\r\n\u2028\u2029" or text[start - 1] == "("


def _tail(text: str, end: int, table: Counting) -> int | None:
    """Where what is written onto a figure ends; `None` where it makes the figure none that counts."""
    after = text[end : end + 2]
    if not after or after[0].isspace():
        return end
    if after[0] in "/:+" and after[1:].isdecimal():
        return None
    if after[0] in "-‑" and not after[1:].isdecimal():
        return None
    tail = _TAIL.match(text, end, end + 12)
    if tail is None:
        return end if after[0] not in "_/\\@" else None
    if tail[0].isalpha():
        known = tail[0].lower()
        return tail.end() if known in table.tails or known in table.abbreviations else None
    return tail.end()


def value_of(digits: str, table: Counting) -> float | None:
    """What figures say; `None` where they are too many to be held, not-a-number where they are no number.

    A sign before exactly three digits parts thousands where the language does so, else it opens the decimals.
    """
    if digits[-1] in _PARTS:
        whole_part = value_of(digits[:-1], table) if len(digits) > 1 and digits[0] not in _PARTS else 0.0
        none = whole_part is None or (len(digits) > 1 and digits[0] in _PARTS) or whole_part % 1
        return float("nan") if none or whole_part is None else round(whole_part + numeric(digits[-1]), 3)
    if digits[0] in _PARTS:
        return float("nan")
    if len(digits) <= _LONGEST and digits.isdecimal() and int(digits[0]):
        return float(int(digits))
    if len(digits) > _LONGEST * 2:
        return None if digits.isdecimal() else float("nan")
    parts = _SIGN.split(digits.replace(" ", "\u00a0"))
    signs = [sign for sign in digits if not sign.isdecimal()]
    if len(parts[0]) > 1 and int(parts[0][0]) == 0:
        return float("nan")
    fraction = _fraction(parts, signs, table)
    whole = parts if fraction is None else parts[:-1]
    if len(whole) > 1 and (
        any(len(part) != 3 for part in whole[1:]) or len(whole[0]) > 3 or len(set(signs[: len(whole) - 1])) > 1
    ):
        return float("nan")
    if any(sign != " " and sign not in table.groups and sign not in ".," for sign in signs[: len(whole) - 1]):
        return float("nan")
    number = "".join(whole)
    if len(number) > _LONGEST:
        return None
    return float(f"{number}.{fraction}") if fraction is not None else float(int(number))


def _fraction(parts: list[str], signs: list[str], table: Counting) -> str | None:
    """The decimals, where the last sign opens them."""
    if not signs:
        return None
    last, size = signs[-1], len(parts[-1])
    if signs.count(last) > 1:
        return None
    if last in table.decimals:
        return parts[-1]
    if last in table.loose and size != 3:
        return parts[-1]
    return None
