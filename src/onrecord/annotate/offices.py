"""The role printed beside a person's name, as one noun phrase: "deputy chair of the Velna League's council".

It stands in apposition behind the name or before it, right before it, on the line below a signature, or as a label in
brackets ("chair: Mira Kessan"). A phrase is read from its noun for an office: to the left up to its determiner, to the
right through what the office is of, in which names that were found count as one word each. Behind a name a possessor
belongs to the role ("the council's chair", "its chair"), before a name it is the phrase's determiner only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from msgspec import Struct

from onrecord.annotate.bodies import further_fields
from onrecord.annotate.candidates import Candidate
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.lexicon import languages, lexicon

REACH = 160
"""Code points that a role may hold, with what stands before its noun."""
MAX_LEADING = 7
"""Words up to the noun, and words that one complement holds."""
_LETTERS = r"[^\W_][\w\u0300-\u036f]*+(?:[-‐‑’'.&][\w\u0300-\u036f]++)*+"
_APOSTROPHES = ("’", "'")
_OWNERS = ("’s", "'s", "s’", "s'")
_CLOSES = re.compile(r"[,.;:)\]\n”\"»!?]|\r|\Z| [(\[–—-]")
_NOTE = re.compile(r" \[[^\[\]\n]{1,20}\]\Z")
_CUT = re.compile(r"[\n;:(\[“”\"«»!?]|\.(?= )|(?<=[ \n])[–—-](?= )")
_LABEL = re.compile(r"(?:^|[\n(;])[ \t]*\Z")
_LABELLED = re.compile(r"[);\n\r]|\Z")
_OPENED = (" (", " – ", " — ", " - ")
_SIGNED = re.compile(r"(?:^|\n)[ \t>*·•–—-]*(?:(?P<title>[^\W\d_]+\.?) )?\Z")


class Office(Struct, frozen=True, gc=False):
    """A role in the text, and whether it stands behind the name."""

    start: int
    end: int


class _Grammar(Struct, frozen=True):
    """A language's small words around an office."""

    word: re.Pattern[str]
    """An elided article is a word of its own ("l’", "ancien")."""
    links: re.Pattern[str] | None
    """Between an office and what it is of; `None` where grammar has no such words."""
    offices: re.Pattern[str] | None
    """An office and such a word at the end of a stretch."""
    bare: frozenset[str]
    """Links without an article."""
    seat: re.Pattern[str] | None
    """Where the office is held, behind it: no part of a role."""
    articles: frozenset[str]
    possessives: frozenset[str]
    leading: frozenset[str]
    """Offices that also stand before another one's noun ("head nurse")."""
    ands: frozenset[str]


def office_alone(role: str) -> str:
    """A role without whose it is and what it is of: "the union" is not who chairs it."""
    return _of_what().split(role)[0].rpartition("’s ")[2].rpartition("'s ")[2]


def field_before_person(text: str, start: int, run: str, words: Vocabulary) -> int:
    """How much of a run is what an office is of that a person's name follows ("ministre de l’Eau Claire Dupont").

    Behind a link without an article a person's own name may begin, so there the field needs an institution's word.
    """
    said = run.split(" ")
    fields = next((at for at, word in enumerate(said) if word not in words.inner), 0)
    if len(said) != max(1, fields) + 2 or said[0] in words.known or not words.heads.isdisjoint(said):
        return 0
    grammar = _grammar(words.tag)
    match = grammar.offices.search(text, max(0, start - 48), start) if grammar.offices else None
    if match is None or words.roles.isdisjoint(match["office"].lower().split()):
        return 0
    if match["link"] in grammar.bare and not fields:
        return 0
    return len(" ".join(said[: max(1, fields)])) + 1


class Offices:
    """Reads the roles of one text in one language."""

    def __init__(self, text: str, words: Vocabulary, found: Sequence[Candidate]) -> None:
        self.text = text
        self.words = words
        self.grammar = _grammar(words.tag)
        self.found = found
        self.taken = 0
        """Where the last role ends that was read behind a name."""

    @cached_property
    def names(self) -> dict[int, Candidate]:
        return {name.start: name for name in self.found}

    @cached_property
    def starts(self) -> list[int]:
        return sorted(self.names)

    @cached_property
    def ends(self) -> dict[int, int]:
        """Where bodies and places begin, by their ends."""
        return {name.end: name.start for name in self.found if name.kind in ("organization", "place")}

    def give(self, people: Iterable[Candidate]) -> set[int]:
        """Gives each person, in order of the text, the role printed beside it, as far as it has none.

        Where what seemed to be names begins that are but fields of such an office ("Minister of Roads and Ferries").
        """
        fields: set[int] = set()
        for name in people:
            office = self._of(name)
            if office is None:
                continue
            if name.role is None or office.end - office.start > len(name.role):
                name.role = self.text[office.start : office.end]
            if office.start > name.end:
                self.taken = office.end
            if "," in name.role or not self.grammar.ands.isdisjoint(name.role.split()):
                inside = self.starts[bisect_left(self.starts, office.start) : bisect_left(self.starts, office.end)]
                fields.update(at for at in inside if self._is_field(at, office))
        return fields

    def _is_field(self, at: int, office: Office) -> bool:
        name = self.names[at]
        if name.sure or name.surface in self.words.known:
            return False
        listed = self.text.startswith((", ", *self.words.field_openers), name.end) and name.end < office.end
        before = self.text[office.start : at].split()
        beside = before[-1:] and (before[-1].endswith(",") or not self.grammar.ands.isdisjoint(before[-3:]))
        return bool(listed or beside) or self.words.inner.union(self.grammar.ands).issuperset(name.surface.split())

    def _of(self, name: Candidate) -> Office | None:
        text, start, end = self.text, name.start, name.end
        if name.role is None:
            if text.startswith(", ", end) and (office := self.behind(end + 2)):
                return office
            if text.startswith(_OPENED, end) and (office := self.behind(end + (2 if text[end + 1] == "(" else 3))):
                return office if text.startswith((")", ",", "\n"), office.end) or office.end == len(text) else None
            if text.startswith("\n", end) and " " in name.surface and (office := self.below(start, end + 1)):
                return office
        return self.before(start, end) if start > self.taken else None

    # -- behind the name -----------------------------------------------------------------------------------------------

    def behind(self, start: int) -> Office | None:
        """The role in apposition that begins at `start`."""
        office = self._phrase(start)
        if office is None or _begins_upper(self.text, office.end):
            return None
        following = self._word(office.end + 1) if self.text.startswith(" ", office.end) else ""
        if following in self.words.speaker_verbs and following not in ("who", "whose"):
            return None  # "Anna Brandt, the minister said, …"
        if following in self.grammar.ands and self._phrase(office.end + 2 + len(following)) is None:
            return None  # "Anna Brandt, the minister and two guests"
        return office

    def below(self, start: int, line: int) -> Office | None:
        """The role on the line at `line`, under a name that stands alone on its own."""
        if not self._opens_line(start) or (office := self._phrase(line)) is None:
            return None
        return office if self.text[office.end : office.end + 1] in ("", ",", "\n", "\r", ".") else None

    def _opens_line(self, start: int) -> bool:
        match = _SIGNED.search(self.text, max(0, start - 24), start)
        return match is not None and (not match["title"] or match["title"].rstrip(".") in self.words.honorifics)

    def _phrase(self, start: int) -> Office | None:
        """The noun phrase that begins at `start`, if it is an office's."""
        text, words = self.text, self.words
        limit = min(len(text), start + REACH)
        at, article, owned, noun = start, 0, False, 0
        for number in range(MAX_LEADING):
            match = self.grammar.word.match(text, at, limit)
            if match is None:
                return None
            low = match[0].lower()
            elided = low.endswith(_APOSTROPHES)
            if not number and low in self.grammar.articles:
                article = match.end() + (not elided)
            elif low in words.roles and not self._is_surname(match.start(), at > start):
                noun = match.end()
                break
            elif self._stops(low, number):
                return None
            owned = owned or low.endswith(_OWNERS)
            at = match.end() if elided else match.end() + 1
            if not elided and text[match.end() : at] != " ":
                return None
        if not noun:
            return None
        end = self._end(noun, limit)
        return Office(article if article and not owned else start, end)

    def _stops(self, low: str, number: int) -> bool:
        """No word of a phrase before its noun."""
        if low in self.words.modifiers or (not number and low in self.grammar.possessives):
            return False
        return low in self.words.openers or low in self.words.connectors or low in self.words.speaker_verbs

    def _is_surname(self, at: int, inner: bool) -> bool:
        """A noun in capitals that ends a person's name ("Mira Judge")."""
        if not inner or not self.text[at].isupper():
            return False
        before = self.text[max(0, at - 24) : at - 1].rpartition(" ")[2]
        if not before[:1].isupper() or before.isupper():
            return False
        low = before.lower()
        known = low in self.words.modifiers or low in self.words.roles or before in self.words.demonyms
        return not known and before not in self.words.heads and before not in self.words.inner

    # -- what the office is of -----------------------------------------------------------------------------------------

    def _end(self, noun: int, limit: int) -> int:
        """Where the phrase ends whose noun ends at `noun`."""
        end = self._noun(noun, limit)
        further = self._complements(end, limit)
        return further if further > end or not self.grammar.links else self._described(end, limit)

    def _noun(self, end: int, limit: int) -> int:
        """Past further nouns for an office: "general secretary", "president and founder", "head nurse"."""
        text, roles = self.text, self.words.roles
        start = text.rfind(" ", max(0, end - 24), end) + 1
        while match := self._next(end, limit):
            joined = self._next(match.end(), limit) if match[0] in self.grammar.ands else None
            match = joined or match
            if match[0].lower() not in roles or (match[0][0].isupper() and _begins_upper(text, match.end())):
                break
            start, end = match.start(), match.end()
        at = end if text[start:end].lower() in self.grammar.leading else limit
        for _ in range(2):
            if not (match := self._next(at, limit)) or not self._is_plain(match[0]):
                break
            at = match.end()
            if self._closed(at, limit) or (self.grammar.links and self.grammar.links.match(text, at, limit)):
                return at
        return end

    def _complements(self, end: int, limit: int) -> int:
        """Past all that the office at `end` is of, for or at."""
        links = self.grammar.links
        while links and (link := links.match(self.text, end, limit)):
            sure, far = self._complement(link.end(), limit)
            if sure == link.end():
                break
            end = far if self._closed(far, limit) else sure
        return end

    def _closed(self, at: int, limit: int) -> bool:
        return at == limit or _CLOSES.match(self.text, at) is not None

    def _next(self, end: int, limit: int) -> re.Match[str] | None:
        return self.grammar.word.match(self.text, end + 1, limit) if self.text.startswith(" ", end) else None

    def _is_plain(self, word: str) -> bool:
        """In lower case, and neither a verb of saying nor a small word."""
        words = self.words
        small = word in words.openers and word not in words.modifiers
        small = small or word in words.connectors or word in self.grammar.ands or word.endswith(_APOSTROPHES)
        return word == word.lower() and not small and word not in words.speaker_verbs

    def _described(self, end: int, limit: int) -> int:
        """Adjectives behind the noun ("secrétaire général"), where the phrase closes or goes on after them."""
        at = end
        for _ in range(2):
            match = self._next(at, limit)
            if match is None or not self._is_plain(match[0]):
                break
            at = match.end()
            if self._closed(at, limit):
                return at
            if (further := self._complements(at, limit)) > at:
                return further
        return end

    def _complement(self, start: int, limit: int) -> tuple[int, int]:
        """Where what the office is of surely ends, and where it ends if the phrase is closed there.

        Behind words in capitals words in lower case may belong to a verb; before the comma they are the noun's own.
        """
        text = self.text
        at, sure, capital = start, start, False
        for _ in range(MAX_LEADING):
            name = self.names.get(at)
            if name is not None and name.end <= limit:
                end, upper = name.end, True
            elif (match := self.grammar.word.match(text, at, limit)) and (
                match[0][0].isupper() or self._is_plain(match[0])
            ):
                end, upper = match.end(), match[0][0].isupper()
            else:
                break
            if upper and end > start:
                further = further_fields(text, end, self.words) or end
                end = further if further <= limit else end
            if text.startswith(("’s ", "'s "), end):
                end, upper, capital = end + 2, False, False
            elif text.endswith(_OWNERS, at, end):
                upper, capital = False, False
            if upper or not capital:
                sure = end
            capital = capital or upper
            at = end + 1
            if not text.startswith(" ", end):
                return sure, end
        return sure, self._joined(max(start, at - 1), limit)

    def _joined(self, end: int, limit: int) -> int:
        """Past a second field in lower case ("minister for trade and industry,")."""
        match = self._next(end, limit)
        if match is None or match[0] not in self.grammar.ands:
            return end
        at = match.end()
        if self.grammar.links and (link := self.grammar.links.match(self.text, at, limit)):
            at = link.end() - 1
        for _ in range(2):
            field = self.grammar.word.match(self.text, at + 1, limit)
            if field is None or not self._is_plain(field[0]) or field[0] in self.words.roles:
                return end
            at = field.end()
            if self._closed(at, limit):
                return at
        return end

    # -- before the name -----------------------------------------------------------------------------------------------

    def before(self, start: int, end: int) -> Office | None:
        """The role that ends right before the name `text[start:end]`, behind a comma, a colon or a blank."""
        text, words = self.text, self.words
        if text[start - 1 : start] != " ":
            return None
        last = text[max(0, start - 24) : start - 1].rpartition(" ")[2]
        if last.rstrip(".") in words.honorifics:
            start -= len(last) + 1
            last = text[max(0, start - 24) : start - 1].rpartition(" ")[2]
        mark = text[start - 2 : start]
        if mark == ", ":
            return self._ending(start - 2) if self.grammar.links and _CLOSES.match(text, end) else None
        if mark == ": ":
            office = self._ending(start - 2) if _LABELLED.match(text, end) else None
            return office if office and _LABEL.search(text, max(0, office.start - 9), office.start) else None
        beside = mark[:1].isalnum() and (last.lower() in words.roles or bool(self.grammar.bare))
        return self._ending(start - 1) if beside else None

    def _ending(self, end: int) -> Office | None:
        """The office's phrase that ends at `end` exactly: from the first noun from which it can be read that far."""
        text = self.text
        first = max(self.taken, end - REACH)
        if note := _NOTE.search(text, first, end):
            end = note.start()
        first = max([first, *(cut.end() for cut in _CUT.finditer(text, first, end))])
        if first and first == end - REACH:
            first = text.find(" ", first, end) + 1
        found = list(self.grammar.word.finditer(text, first, end))
        for number, word in enumerate(found):
            if word[0].lower() in self.words.roles and self._end(word.end(), end) == end:
                return Office(self._begins(found, number), end)
        seat = self.grammar.seat.search(text, first, end) if self.grammar.seat else None
        return self._ending(seat.start()) if seat else None

    def _begins(self, found: Sequence[re.Match[str]], noun: int) -> int:
        """Where the phrase begins whose noun is `found[noun]`: behind its determiner, else with what surely qualifies.

        "The city's chief veterinary officer": behind the possessor; "told deputy chair X": with "deputy".
        """
        words, grammar = self.words, self.grammar
        sure = at = noun
        while at and found[at].start() - found[at - 1].end() < 2 and noun - at <= MAX_LEADING:
            before = found[at - 1]
            low = before[0].lower()
            if low in grammar.articles or low in grammar.possessives or low.endswith(_OWNERS):
                return found[at].start()
            qualifies = low in words.modifiers or low in words.roles or before[0] in words.demonyms
            named = before.end() in self.ends or before[0] in words.heads
            if not (qualifies or named or self._is_plain(before[0])):
                break
            at -= 1
            while at and found[at].start() > self.ends.get(before.end(), found[at].start()):
                at -= 1
            if named or (qualifies and sure == at + 1):
                sure = at
        return found[sure].start()

    def _word(self, at: int) -> str:
        match = self.grammar.word.match(self.text, at)
        return match[0] if match else ""


def _begins_upper(text: str, end: int) -> bool:
    """A capital follows in the same sentence: the role is the next name's."""
    return text.startswith(" ", end) and text[end + 1 : end + 2].isupper()


def _upper_after(text: str, match: re.Match[str]) -> bool:
    return match[0][0].isupper() and _begins_upper(text, match.end())


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


@cache
def _of_what() -> re.Pattern[str]:
    links = {link for tag in languages() for link in lexicon(tag)["roles"].get("links", ())}
    return re.compile(rf" (?:{_any(sorted(links, key=len, reverse=True))})(?:(?<=['’])|[ ])")


@cache
def _grammar(tag: str) -> _Grammar:
    lists = lexicon(tag)
    roles = lists["roles"]
    links = sorted(roles.get("links", ()), key=len, reverse=True)
    joined = "|".join(f"{re.escape(link)}(?:(?<=['’])|[ ])" for link in links)
    elided = "|".join(re.escape(elision) for elision in lists["names"].get("elisions", ()))
    return _Grammar(
        word=re.compile(rf"(?:{elided})(?=\w)|{_LETTERS}" if elided else _LETTERS),
        links=re.compile(rf" (?:{joined})") if links else None,
        offices=re.compile(rf"(?P<office>[\w-]+(?: [\w-]+)?) (?P<link>{_any(links)})[ ]?\Z") if links else None,
        seat=re.compile(rf" (?:{_any(seats)}) [^,\n]{{2,40}}\Z") if (seats := roles.get("seats")) else None,
        bare=frozenset(roles.get("bare", ())),
        articles=frozenset(roles.get("articles", ())),
        possessives=frozenset(roles.get("possessives", ())),
        leading=frozenset(roles.get("leading", ())),
        ands=frozenset(lists["organizations"].get("and", ())),
    )
