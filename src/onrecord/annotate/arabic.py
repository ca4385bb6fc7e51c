"""Names in Arabic, which has no capitals: bodies and places by their heads, persons by their titles.

A head is followed by its idafa: the next word, then words while they carry the article ("وزارة الخارجية", "اتحاد عمال
الميناء"), and in bodies that have several fields those that "and" joins ("وزارة المياه والطرق"). One-letter words
written onto the next (و، ب، ل، ف، ك) stay outside the name. A head alone with the article ("اللجنة") is a name where
the document names such a body, and a surname alone where a verb of speech stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from onrecord.annotate import arabicforms as forms
from onrecord.annotate.bodies import matches
from onrecord.annotate.vocabulary import Vocabulary, vocabulary
from onrecord.model import EntityType

Name = tuple[int, int, str, EntityType, str | None]

_WORD = regex.compile(r"[\p{Arabic}\p{M}ـ]+")
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_JOINED = "وفبلك"
_ARTICLES = ("ال", "لل")
_CLAUSE_ENDS = ("،", ":", "؛", ".", "–", "—", "«", "(")
_DASHES = (" – ", " — ", " - ")
_MOTHER = "أم"
"""Also "or" in questions, so it needs a given name behind it."""
_IN_NAMES = frozenset(["الحاج", "الشيخ"])
"""Titles that stand inside a name before a given one ("نبيل الحاج علي")."""
_THAT = frozenset(["إن", "أن", "إنّ", "أنّ", "بأن", "إنه", "إنها", "أنه", "أنها", "إنهم", "أنهم"])
_QUOTED = regex.compile(r"[ ][«“\"]([^«»“”\"\n]{1,80})[»”\"]")
_DATELINE = regex.compile(r"^(\p{Arabic}{3,})(?: ?\([^()\n]{2,24}\) ?[:–—-]| ?[،,–—-] ?(?=\p{N}))", regex.MULTILINE)
_NO_GIVEN = ("و", "ب", "ل")
_NO_FAMILY = ("ي", "ت", "سي", "ست", "و", "ب", "ل", "لل")
_NO_FAMILY_END = ("ة", "ات", "ا", "ها", "ه")
_STROKE = "ـ"
MAX_WORDS = 5
SHORT_LINE = 50
"""Code points; a name does not go on behind the break of a line that is shorter."""


@cache
def _places() -> tuple[AhoCorasick, tuple[str, ...], dict[str, EntityType]]:
    words = vocabulary("ar")
    known: dict[str, EntityType] = dict(words.known) if words else {}
    names = tuple(sorted(name for name in known if len(name) > 2))
    return (
        AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA),
        names,
        known,
    )


def names(text: str, start: int, end: int) -> Iterator[Name]:
    """Names in `text[start:end]`, in order and without overlap: start, end, surface, type, role."""
    words = vocabulary("ar")
    if words is None:
        return
    covered = start
    headed = _Reader(text, start, end, words).names()
    for name in sorted([*_known(text, start, end), *headed], key=lambda n: (n[0], -n[1])):
        if name[0] >= covered:
            covered = name[1]
            yield name


def _known(text: str, start: int, end: int) -> Iterator[Name]:
    automaton, listed, known = _places()
    for which, at, to in matches(automaton, text[start:end]):
        at, to = at + start, to + start
        before = at - 1
        if before >= 0 and text[before] in _JOINED:
            before -= 1
        if (before >= 0 and _LETTER.match(text, before)) or (to < len(text) and _LETTER.match(text, to)):
            continue
        yield at, to, listed[which], known[listed[which]], None


class _Reader:
    """Reads one stretch; tokens are spans of words, `plain` the words without vowel signs."""

    def __init__(self, text: str, start: int, end: int, words: Vocabulary) -> None:
        self.text = text
        self.words = words
        self.tokens = [match.span() for match in _WORD.finditer(text, start, end)]
        marked = forms.MARKS.search(text, start, end) is not None
        self.plain = [text[first:to] for first, to in self.tokens]
        if marked:
            self.plain = [
                word if word.isalpha() and _STROKE not in word else forms.MARKS.sub("", word) for word in self.plain
            ]
        self.titles = words.roles | words.honorifics
        self.known = words.known
        self.stops = words.openers | words.calendar | words.never

    def names(self) -> list[Name]:
        found: list[Name] = []
        alone: list[tuple[int, int]] = []
        told, given, locatives = forms.told(), forms.given(), forms.listed("locatives")
        behind: list[int] = []
        for at, word in enumerate(self.plain):
            offset = 0
            if word not in told:
                if word[:1] not in _JOINED:
                    continue
                word, offset = self._unjoined(at)
                if not offset:
                    continue
            if word in locatives:
                behind.append(at + 1)
                if at + 1 < len(self.plain) and forms.is_foreign(self.plain[at + 1]):
                    found += self._located(at)
                continue
            if word in self.words.heads:
                last = self._idafa(at, offset, word in self.words.listing)
                if last > at:
                    met = word in forms.listed("meetings") and at and self.plain[at - 1] in forms.listed("held")
                    if met and not self.plain[at + 1].startswith("ال"):
                        last = at + 1
                    found.append(self._name(at, last, "event" if met else "organization", offset))
                    found += self._behind_a_dash(last)
                    continue
            if word in self.words.people_bodies and (last := self._people(at)) > at:
                found.append(self._name(at, last, "organization", offset))
                continue
            if word in self.titles:
                found += self._titled(at, offset)
            if word in given:
                found += self._untitled(at, offset)
            if word.startswith("ال") and word[2:] in self.words.heads:
                alone.append((at, offset))
            elif word in self.words.place_heads:
                found += self._place(at, offset)
            elif word in self.words.event_heads:
                found += self._event(at, offset)
            elif word in forms.listed("operations"):
                found += self._operation(at, offset)
            elif word in self.words.place_nouns:
                found += self._inhabited(at)
            elif word in forms.KUNYA and self._is_kunya(at, word):
                found.append(self._name(at, at + 1, "person", offset))
        return (
            found
            + self._works()
            + self._placed_again(found, behind)
            + self._called_by_head(alone, found)
            + self._again(found)
        )

    def _is_kunya(self, at: int, word: str) -> bool:
        if not self._goes_on(at) or self.plain[at + 1].startswith(_ARTICLES):
            return False
        return word != _MOTHER or self.plain[at + 1] in forms.given()

    def _unjoined(self, at: int) -> tuple[str, int]:
        """The word behind the particles joined to the one at `at` if it opens a name, and its offset; else 0."""
        word, letters = forms.behind_particles(self.plain[at])
        return word, self._offset(at, letters) if letters else 0

    def _offset(self, at: int, letters: int) -> int:
        """Code points that so many letters of the word at `at` take, with the signs and strokes behind them."""
        start, end = self.tokens[at]
        position = start
        while position < end and (letters or forms.MARKS.match(self.text, position)):
            letters -= not forms.MARKS.match(self.text, position)
            position += 1
        return position - start

    def _name(self, first: int, last: int, kind: EntityType, offset: int = 0, role: str | None = None) -> Name:
        start, end = self.tokens[first][0] + offset, self.tokens[last][1]
        return start, end, self.text[start:end], kind, role

    def _goes_on(self, at: int) -> bool:
        """The next word is in the same phrase: a blank, or the break of a long line, and nothing else between."""
        if at + 1 >= len(self.tokens):
            return False
        gap = self.text[self.tokens[at][1] : self.tokens[at + 1][0]]
        if gap == "\n":
            return self.tokens[at][1] - self.text.rfind("\n", 0, self.tokens[at][1]) > SHORT_LINE
        return gap in (" ", "\u00a0")

    def _people(self, at: int) -> int:
        """The people's adjective that makes a body of the noun at `at` ("القوات المسلحة السورية"), or `at`."""
        last = at + 1 if self._goes_on(at) else at
        if last > at and self.plain[last] in self.words.people_leads and self._goes_on(last):
            last += 1
        return last if self.plain[last] in self.words.adjectives else at

    def _idafa(self, at: int, offset: int, listing: bool) -> int:
        """The last word of the name that the head at `at` opens; the head itself where it opens none."""
        last = at
        definite = self.plain[at].startswith("ال", offset) or self.plain[at].endswith("لل", 0, offset)
        while last - at < MAX_WORDS and self._goes_on(last):
            word = self.plain[last + 1]
            if word in self.stops or word in self.titles:
                break
            if listing and last > at and definite and self._is_field(word):
                last += 1
                continue
            if not word.startswith(_ARTICLES) and (definite or last > at + 1):
                break
            if last == at and word in self.words.small_words:
                return at
            if last > at and (word in forms.given() or (definite and not forms.may_be_adjective(word))):
                break
            if word.startswith("لل") and (word[2:] in self.words.heads or f"ال{word[2:]}" in self.words.heads):
                break
            definite = definite or word.startswith("ال")
            last += 1
        return last

    def _is_field(self, word: str) -> bool:
        """ "والطرق", but neither "والوزارة" nor "والرئيس"."""
        noun = word[1:]
        told = noun in self.titles or noun in self.words.heads or noun[2:] in self.words.heads or noun in self.known
        return (
            word.startswith("وال")
            and not told
            and noun not in self.stops
            and forms.MARKS.sub("", noun) not in forms.speech()
        )

    # Persons.

    def _is_given(self, at: int) -> bool:
        """A word that may be someone's given name: no particle, no verb of speech, no article, nothing joined."""
        word = self.plain[at]
        return (
            len(word) > 2
            and not word.startswith(_ARTICLES)
            and word not in self.stops
            and word not in self.words.heads
            and word not in self.words.small_words
            and word not in self.titles
            and word not in forms.speech()
            and word[1:] not in forms.speech()
        )

    def _titled(self, at: int, offset: int) -> Iterator[Name]:
        """A person behind a title, or behind a title and the body: two words, more where a particle joins them."""
        first = at + 1
        while (
            first < len(self.tokens)
            and first - at < 4
            and self._goes_on(first - 1)
            and (self.plain[first] in self.words.modifiers or self.plain[first] in self.titles)
            and not (self.plain[first] in forms.given() and first - at > 0)
        ):
            first += 1
        role = self.text[self.tokens[at][0] + offset : self.tokens[first - 1][1]]
        honorific = role in self.words.honorifics
        yield from self._apposed(at, None if honorific else role)
        behind_body = self._body_end(first)
        if behind_body:
            first = behind_body
            while first < len(self.tokens) and self._goes_on(first - 1) and self.plain[first] in self.titles:
                first += 1
            role = self.text[self.tokens[at][0] + offset : self.tokens[first - 1][1]]
        if first >= len(self.tokens) or not self._goes_on(first - 1):
            return
        word = self.plain[first]
        other = (
            word not in forms.given()
            and word not in forms.KUNYA
            and (word.startswith(_NO_GIVEN) or word in forms.told())
        )
        if ((behind_body or not honorific) and not self._is_given(first)) or other:
            return
        last = self._full(first, True)
        if last > first or self.plain[first] in forms.given():
            yield self._name(first, last, "person", 0, None if honorific else role)

    def _full(self, first: int, sure: bool) -> int:
        """The last word of the name that begins at `first`; `sure`: a title or a verb of speech stands before it."""
        last, counted, named = first, 1, False
        while counted < 5 and self._goes_on(last):
            word = self.plain[last + 1]
            if word in _IN_NAMES and self.plain[last + 2 : last + 3] and self.plain[last + 2] in forms.given():
                last, counted, named = last + 2, counted + 2, True
                continue
            if word in self.stops or word in self.words.heads or word in self.titles or word in forms.speech():
                break
            if word in self.words.particles or self.plain[last] in self.words.particles:
                last += 1
                continue
            if word in forms.given():
                counted, last = counted + 1, last + 1
                continue
            if named or counted > 3 or self.plain[last - 1] == "آل" or not self._may_be_family(word, sure, first):
                break
            last, named, counted = last + 1, True, counted + 1
        return last - 1 if last > first and self.plain[last] in self.words.particles else last

    def _may_be_family(self, word: str, sure: bool, first: int) -> bool:
        """A word that may end the name begun at `first`: with the article, or of no verb's or object's shape.

        Behind a given name that the list has not, it may be a foreign one ("فارغا").
        """
        if word in self.words.small_words or word in forms.told() or word.startswith("لل"):
            return False
        if word.startswith("ال"):
            return word not in self.words.modifiers and not word.endswith((*_NO_FAMILY_END, "ون", "ين"))
        ends = len(word) > 3 and word.endswith(_NO_FAMILY_END) and self.plain[first] in forms.given()
        return sure and len(word) > 2 and not ends and not word.startswith(_NO_FAMILY)

    def _untitled(self, at: int, offset: int) -> Iterator[Name]:
        """A person by a given name from the list, where what follows or a verb of speech before it bears that out."""
        spoken = not offset and at > 0 and self._goes_on(at - 1) and self._speaks(at - 1)
        common = self.plain[at][offset:] in forms.given("common")
        last = self._full(at, spoken)
        behind = self.plain[last + 1] if last + 1 < len(self.plain) and self._goes_on(last) else ""
        said = spoken and (behind in _THAT or self.text[self.tokens[last][1] : self.tokens[last][1] + 1] in ("،", ":"))
        between = self.plain[at + 1 : last + 1]
        joined = any(word in self.words.particles for word in between)
        nisba = len(between) > 0 and between[-1].startswith("ال") and between[-1].endswith("ي")
        listed = len(between) > 0 and between[0] in forms.given()
        if said or joined or ((nisba or listed) and (spoken or not common)):
            yield self._name(at, last, "person", offset)

    def _speaks(self, at: int) -> bool:
        word = self.plain[at]
        return word in forms.speech() or (word[:1] in "وف" and word[1:] in forms.speech())

    def _body_end(self, at: int) -> int:
        """The token behind the bodies at `at` that a title is of ("رئيس لجنة وادي X"), 0 where none stands there.

        The body may have the particle joined ("الأمين العام لاتحاد العمال") and be a part of another one.
        """
        if at < len(self.tokens) and self.plain[at] == "باسم" and self._goes_on(at - 1):
            at += 1
        end = 0
        for _ in range(3):
            if at >= len(self.tokens) or not self._goes_on(at - 1):
                return end
            word, offset = self.plain[at], 0
            if word not in self.words.heads and word[:1] == "ل":
                word, offset = self._unjoined(at)
            elif end and word in self.words.heads:
                return end
            if word not in self.words.heads and not (word.startswith("ال") and word[2:] in self.words.heads):
                return end
            last = self._idafa(at, offset, word in self.words.listing) if word in self.words.heads else at
            if last == at and not word.startswith("ال"):
                return end
            at = end = last + 1
        return end

    def _apposed(self, at: int, role: str | None) -> Iterator[Name]:
        """Two words before a comma and a title, or alone in the line before it."""
        if at < 2 or role is None:
            return
        gap = self.text[self.tokens[at - 1][1] : self.tokens[at][0]]
        if gap not in ("، ", ", ", "\n") or not self._goes_on(at - 2) or not self._is_given(at - 2):
            return
        if self.plain[at - 1] in self.stops or self.plain[at - 1] in self.words.heads:
            return
        before = self.text[: self.tokens[at - 2][0]].rstrip(" ")[-1:]
        spoken = at > 2 and (self.plain[at - 3] in forms.speech() or self.plain[at - 3][1:] in forms.speech())
        if before in ("", "\n") or (gap != "\n" and (before in _CLAUSE_ENDS or spoken)):
            yield self._name(at - 2, at - 1, "person", 0, role)

    def _behind_a_dash(self, last: int) -> Iterator[Name]:
        """Who signs for a body: two words behind its name and a dash, up to the end of the line or a comma."""
        if last + 2 >= len(self.tokens):
            return
        gap = self.text[self.tokens[last][1] : self.tokens[last + 1][0]]
        end = self.tokens[last + 2][1]
        ends = self.text[end : end + 1] in ("", "\n", "،") and self.plain[last + 2] not in self.words.heads
        if ends and gap in _DASHES and self._goes_on(last + 1) and self._is_given(last + 1):
            yield self._name(last + 1, last + 2, "person")

    def _again(self, found: list[Name]) -> list[Name]:
        """Full names again without a title, and surnames behind a verb of speech."""
        people = {name[2]: name for name in found if name[3] == "person" and " " in name[2]}
        surnames = {forms.MARKS.sub("", name.split()[-1]) for name in people}
        full = {tuple(forms.MARKS.sub("", name).split()) for name in people}
        again: list[Name] = []
        if not people:
            return again
        opening = surnames | {words[0] for words in full}
        for at, word in enumerate(self.plain):
            if word not in opening:
                continue
            pair = (word, self.plain[at + 1]) if at + 1 < len(self.plain) else (word, "")
            if pair in full and self._goes_on(at):
                again.append(self._name(at, at + 1, "person"))
            elif word in surnames and at and self._goes_on(at - 1):
                verb = self.plain[at - 1]
                if verb in forms.speech() or verb[1:] in forms.speech():
                    again.append(self._name(at, at, "person"))
        return again

    # Bodies by their head, places, events.

    def _called_by_head(self, alone: list[tuple[int, int]], found: list[Name]) -> list[Name]:
        heads = {forms.MARKS.sub("", name[2].split()[0]) for name in found if name[3] == "organization"}
        heads |= {f"ال{head}" for head in heads}
        heads -= self.words.group_nouns
        return [self._name(at, at, "organization", offset) for at, offset in alone if self.plain[at][offset:] in heads]

    def _place(self, at: int, offset: int) -> Iterator[Name]:
        """ "جسر الخروب", "معبر سارن", "المطحنة السفلى"."""
        if not self._goes_on(at):
            return
        word = self.plain[at + 1]
        if word in self.stops or word in self.words.small_words or word.startswith("لل"):
            return
        if word.startswith("ال") or (self._is_given(at + 1) and not word.endswith("ة") and word[:1] not in _JOINED):
            yield self._name(at, at + 1, "place", offset)

    def _event(self, at: int, offset: int) -> Iterator[Name]:
        """ "اتفاق الربيع", "فيضان أيلول"."""
        if not self._goes_on(at):
            return
        word = self.plain[at + 1]
        if word in self.words.calendar:
            yield self._name(at, at + 1, "event", offset)
        elif word.startswith("ال") and word not in self.stops:
            last = self._idafa(at, offset, False)
            if last > at:
                yield self._name(at, last, "event", offset)

    def _inhabited(self, at: int) -> Iterator[Name]:
        """ "أهل كيلد": one word without the article, which none with it follows."""
        if not self._goes_on(at) or not self._is_given(at + 1) or self.plain[at + 1] in self.words.place_heads:
            return
        word = self.plain[at + 2] if self._goes_on(at + 1) else ""
        ended = word in self.stops or word in forms.listed("goes_on_behind_place")
        if ended or not word.startswith("ال"):
            yield self._name(at + 1, at + 1, "place")

    def _operation(self, at: int, offset: int) -> Iterator[Name]:
        """ "عملية المياه الصافية", but neither "عملية السلام" nor "عملية البناء"."""
        if not self._goes_on(at) or not self._goes_on(at + 1):
            return
        noun, adjective = self.plain[at + 1 : at + 3]
        common = noun in self.stops or noun in self.words.heads or noun in forms.listed("no_operation")
        described = adjective.startswith("ال") and adjective not in self.stops and forms.may_be_adjective(adjective)
        if noun.startswith("ال") and described and not common:
            yield self._name(at, at + 2, "event", offset)

    def _works(self) -> list[Name]:
        """Titles in quotation marks behind the noun for a work ("رواية «…»", "في مقالها الجديد «…»")."""
        found: list[Name] = []
        if not self.tokens:
            return found
        for match in _QUOTED.finditer(self.text, self.tokens[0][0], self.tokens[-1][1] + 1):
            before = forms.MARKS.sub("", self.text[max(0, match.start() - 40) : match.start()]).split()[-2:]
            if before and before[-1] == "بعنوان":
                before = before[:-1]
            elif len(before) == 2 and before[1].startswith("ال"):
                before = [word for word in before if forms.is_work(word)]
            if before and forms.is_work(before[-1]):
                found.append((match.start(1), match.end(1), match[1], "work", None))
        return found

    def _located(self, at: int) -> Iterator[Name]:
        """ "في أوستريل": behind a preposition a word alone whose letters make no Arabic noun."""
        if not self._goes_on(at):
            return
        word, behind = self.plain[at + 1], self.plain[at + 2] if self._goes_on(at + 1) else ""
        if behind and behind not in forms.listed("goes_on_behind_place") and behind not in self.words.calendar:
            return
        if self._is_given(at + 1) and word not in forms.given() and word not in self.words.small_words:
            yield self._name(at + 1, at + 1, "place")

    def _placed_again(self, found: list[Name], behind: list[int]) -> list[Name]:
        """Places of datelines, and those of one word again `behind` a preposition."""
        again: list[Name] = []
        if not self.tokens:
            return again
        for match in _DATELINE.finditer(self.text, self.tokens[0][0], self.tokens[-1][1] + 30):
            word = forms.MARKS.sub("", match[1])
            plain = word not in self.stops and word not in forms.told() and word not in forms.listed("no_place")
            if plain and not word.startswith("ال") and word not in forms.speech() and word not in self.words.calendar:
                again.append((match.start(1), match.end(1), match[1], "place", None))
        places = {
            forms.MARKS.sub("", name[2]) for name in [*found, *again] if name[3] == "place" and " " not in name[2]
        }
        for at in behind if places else ():
            if at < len(self.plain) and self.plain[at] in places and self._goes_on(at - 1):
                again.append(self._name(at, at, "place"))
        return again
