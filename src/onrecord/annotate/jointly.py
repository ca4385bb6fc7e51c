"""Several parties named in a row who speak as one: "by the Harbour Union, the River Council and the Marn Guild".

A row is parted by commas and a last "and". A part is a name where a body or person was found at its beginning that
fills it, or where one of its words says that it is a body; beside two such, words with capitals are one too. "Ministry
of Water, Roads and Ferries" and "the Union and its members" hold one such part each, and are no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from onrecord.annotate.scope import ROW, Scope
from onrecord.model import EntityType, Span
from onrecord.text.spans import trim

_AND = r"(?:and|AND|as well as|together with|et|ET|y|Y|e|и|И)"
_SEPARATOR = re.compile(rf"\s*[;,،؛]\s*(?:({_AND})\s+|(و)(?=\w))?|\s+(?:({_AND})\s+|(و)(?=\w{{3}}))")
"""A comma or "and"; its groups hold the "and", which the Arabic script writes onto the next word."""
_LEADS = re.compile(
    r"(?:(?:by|of|from|par|por|от|عن|من)\s+)?(?:(?:the|le|la|les|el|los|las|du|des|del|de\s(?:la|los|las)|de)\s+)?"
    r"(?:(?:de\s)?[ld]['’])?",
    re.IGNORECASE,
)
"""What stands before a name in a row and is no part of it: "by the ", "du ", "de l’"."""
_ARTICLE = re.compile(r"(?:the|le|la|les|el|los|las|du|del|des|de\sla)\s+|(?:de\s)?l['’]", re.IGNORECASE)
_ENDS = re.compile(r"[:“”\"«»]|\.(?=\s|\Z)|\n(?![ \t]*[^\W\d_A-ZÀ-ÖØ-ÞА-ЯЁ])")
"""What no row goes past; a line's end, unless the next one goes on in small letters."""
_GLOSS = re.compile(r"\s*(?:[(\[][^()\[\]\n]{1,60}[)\]])?\s*\Z")
_NUMBER = re.compile(r"\s(?:[Nn]o\.\s?|№\s?)?\d{1,3}\s*\Z")
"""The number of a branch or lodge, which is a part of its name."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_CAPITAL = r"[^\W\d_a-zа-яё][\w’'-]+"
_FORM = re.compile(rf"{_CAPITAL}(?:\s(?:(?:of|for|de|du|des|del|d['’])\s?(?:the\s|la\s)?)?{_CAPITAL})+\Z")
"""Words with capitals, which "of" and the like may join, and nothing else: "Sisters of the Open Door"."""
_BETWEEN = {
    "speaking": re.compile(r"[^.:;!?\n]{0,40}"),
    "declare": re.compile(r"\s?(?:[(\[][^()\[\]\n]{1,40}[)\]])?,?\s(?:\w+\s)?"),
}
"""What may stand between several subjects and the phrase of a list that says what they do: "have today". Before a verb
alone it is one word: more have a verb of their own ("signed an appeal to")."""


class Part(Struct, frozen=True):
    """One name of a row; `kind` is what it was found to be, `None` where only its form speaks for it."""

    name: Span
    kind: EntityType | None
    rest: Span
    """What follows the name before the next one."""
    last: bool
    """Whether "and" stands before it."""


def row(scope: Scope, start: int, end: int) -> list[Span]:
    """The names of a row that begins at `start`, at least two; empty where there is one party or none."""
    while start < end and scope.text[start] in "'’ ":  # of an article written onto the name
        start += 1
    names: list[Part] = []
    joined = False
    for part in _parts(scope, start, end):
        joined = joined or part.last
        if names and _GLOSS.match(scope.text[slice(*names[-1].rest)]) is None:
            break
        if not (_named(scope, part) or (names and part.kind is None and _FORM.match(part.name.of(scope.text)))):
            break
        names.append(part)
    if not joined or _placed(names) or sum(_named(scope, part) for part in names) < 2:
        return []
    return [part.name for part in names]


def subjects(scope: Scope, section: str) -> list[Span]:
    """The row that opens the body as the subject of a phrase of `section` (`speaking` or `declare`), else none."""
    for segment in scope.opening(1):
        said = scope.within(section, segment)
        first = _WORD.match(scope.text, segment.start, segment.end)
        second = first.end() + 1 if first else segment.start  # the verb may stand in front
        for start in (segment.start, second) if said else ():
            several = row(scope, start, said.start) if said and start < said.start else []
            if said and several and _BETWEEN[section].fullmatch(scope.text, several[-1].end, said.start):
                return several
    return []


def _placed(names: list[Part]) -> bool:
    """Whether a body behind a comma says where a person belongs: "Mara Oru, Harbour Union, and …"."""
    return any(one.kind == "person" and two.kind != "person" and not two.last for one, two in pairwise(names))


def _named(scope: Scope, part: Part) -> bool:
    """Whether a part is a party's name by itself: found as one, or with a noun that says so."""
    if part.kind is not None:
        return part.kind in ("organization", "person")
    words = _WORD.findall(part.name.of(scope.text))
    if len(words) < 2 or words[0][0].islower():
        return False
    cased = words[0][0].isupper()  # without capitals, the noun must stand first
    return not scope.cues.phrases.bodies.isdisjoint(word.casefold() for word in (words if cased else words[:1]))


def _parts(scope: Scope, start: int, end: int) -> Iterator[Part]:
    """The parts of what may be a row; the commas and "and" of a name part nothing."""
    end = min(end, start + ROW)
    stop = _ENDS.search(scope.text, start, end)
    end = stop.start() if stop else end
    last = False
    for match in _SEPARATOR.finditer(scope.text, start, end):
        if scope.mention_over(match.start()) and not _another(scope, match):
            continue
        if match.start() > start:
            yield _part(scope, start, match.start(), last)
        start = match.end()
        last = any(match.groups())
    if start < end:
        yield _part(scope, start, end, last)


def _another(scope: Scope, match: re.Match[str]) -> bool:
    """Whether another body begins inside what was found as one name: "… and the Council"."""
    article = _ARTICLE.match(scope.text, match.end())
    head = _WORD.match(scope.text, article.end()) if article and any(match.groups()) else None
    return head is not None and head[0][0].isupper() and head[0].casefold() in scope.cues.phrases.bodies


def _part(scope: Scope, start: int, end: int, last: bool) -> Part:
    """The name in `[start, end)`: as it was found, else up to the first stop."""
    low, high = trim(scope.text, start, end)
    leads = _LEADS.match(scope.text, low, high)
    mention = scope.mention_at(low) or (scope.mention_at(leads.end()) if leads else None)
    if mention and mention.start < high:
        numbered = _NUMBER.match(scope.text[mention.end : high])
        name = Span(mention.start, high if numbered else min(mention.end, high))
        return Part(name, mention.type, Span(name.end, high), last)
    low = leads.end() if leads else low
    name = scope.cues.name_at(low, high)
    return Part(name, None, Span(name.end, high), last)
