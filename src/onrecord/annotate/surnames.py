"""Persons with the surname in capitals first: "BRANDT, Anna (Orsk)", "Mr. BRANDT, Anna", rows of a list of delegates.

A dateline looks alike ("BEIRUT, Lebanon (AP) – The council …"), so the comma alone is no evidence: an honorific before
it is, or the same name in its usual order, or a place in a list, where bracket or dash are followed by no sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from onrecord.annotate.bodies import Whole
from onrecord.annotate.vocabulary import Vocabulary

MAX_ROW = 80
"""Code points behind the name in a list's row."""
SOUGHT = 32
"""So many names are sought in the text in their usual order."""
_COMMA = regex.compile(r", (?<=[\p{Lu}’'][\p{Lu}\p{M}], )(?=\p{Lu}[\p{Ll}\p{M}.])")
_SURNAME = regex.compile(r"(?<![\w-])(?:\p{Lu}[\p{Lu}\p{M}’'-]*+[ ]?){0,3}\p{Lu}[\p{Lu}\p{M}’'-]+\Z")
_GIVEN = regex.compile(
    r"\p{Lu}[\p{Ll}\p{M}]+(?:-\p{Lu}[\p{Ll}\p{M}]+)?(?: (?:\p{Lu}[\p{Ll}\p{M}]+|\p{Lu}\.(?=[ ,;)]))){0,2}+(?!\w)"
)
_TITLE = regex.compile(r"(?<![\w.])(\p{L}{1,12})\.? \Z")
_ROW = regex.compile(r"(?:^|\n|[;:]|\)[,;])[ \t]*(?:[*•·–—-]|\d{1,3}[.)])?[ \t]*(?:and |et |y )?\Z")
_BRACKET = regex.compile(r" \((?!\d)[^()\n]{1,80}\)(?=[,;.\n\r]|\Z| and | et | y )")
_DASH = regex.compile(rf" [–—-] (?P<body>[^\n\r]{{1,{MAX_ROW}}})(?=[\n\r]|\Z)")


class _Row(NamedTuple):
    start: int
    end: int
    surname: str
    given: str


def surname_first(text: str, start: int, end: int, words: Vocabulary) -> Iterator[Whole]:
    """Such names in `text[start:end]`, in order."""
    rows = list(_rows(text, start, end, words))
    listed = {row for row in rows if _ROW.search(text, max(0, row.start - 8), row.start)}
    for number, row in enumerate(rows):
        title = _TITLE.search(text, max(0, row.start - 16), row.start)
        if (
            (title and title[1] in words.honorifics)
            or (number < SOUGHT and f"{row.given} {row.surname.title()}" in text)
            or (row in listed and (_in_list(text, row.end, words) or (len(listed) > 1 and _ends_row(text, row.end))))
        ):
            yield Whole(row.start, row.end, "person")


def _rows(text: str, start: int, end: int, words: Vocabulary) -> Iterator[_Row]:
    for comma in _COMMA.finditer(text, start, end):
        at = comma.start()
        surname = _SURNAME.search(text, max(start, at - 40), at)
        given = _GIVEN.match(text, comma.end(), end)
        if surname is None or given is None or _is_other(surname[0], given[0], words):
            continue
        yield _Row(surname.start(), given.end(), surname[0], given[0])


def _is_other(surname: str, given: str, words: Vocabulary) -> bool:
    """A place and its country, a body and its seat, a heading: anything but a person."""
    first = given.split()[0]
    common = words.heads | words.inner | words.place_heads | words.document_heads | words.calendar | words.demonyms
    named = {surname, surname.title(), given, first}
    return not named.isdisjoint(words.known) or first in common or first.lower() in words.openers


def _in_list(text: str, end: int, words: Vocabulary) -> bool:
    """Where the name comes from stands behind it, and no sentence."""
    if text.startswith(";", end) or _BRACKET.match(text, end):
        return True
    row = _DASH.match(text, end)
    if row is None or row["body"][-1] in ".!?":
        return False
    said = row["body"].split()
    return 2 * sum(1 for word in said if word[0].isupper()) >= len(said)


def _ends_row(text: str, end: int) -> bool:
    return text[end : end + 1] in ("", "\n", "\r", ";", ",") or text.startswith(" (", end)
