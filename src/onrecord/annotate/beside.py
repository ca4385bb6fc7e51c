"""What the words beside a name make of it: where it stands, what happens in it, who speaks.

Each question is about one occurrence; whether anything follows from it is decided in `deciding`.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from onrecord.annotate.candidates import Candidate
from onrecord.annotate.vocabulary import Vocabulary, calendar_words
from onrecord.model import EntityType

_POSSESSIVES = ("’s ", "'s ")
_HYPHENS = frozenset("-‐‑")
_JOINERS = ("and ", "or ", "et ", " y ", "of ", "from ")
_ALSO_OF_PEOPLE = frozenset(["from", "left", "to", "a", "à"])
_MANY = ("s", "men", "people")
_ADDRESS_WORDS = frozenset(["of", "the", "and", "for", "de", "la", "du", "des", "del"])
_CLOSERS = frozenset("\"'”’»“,")
_NO_NAME_ENDING = ("ly", "ing", "ed")
_PLURAL_OF = re.compile(
    r"(?P<noun>[^\W\d_]+) (?P<of>of|del|du|de|d(?=[’']))(?:[’']| )(?P<the>the |la )?(?:Upper |Lower )?\Z"
)
_OF = frozenset(["of", "de", "del", "du"])
_BESIDE = re.compile(r"(?P<other>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?) (?:and|or|et|y|and of|or of|and from) \Z")
_SAID_TO_BE = regex.compile(
    r"(?: \([^()\n]{0,80}\))?(?:,| [–—]| (?:is|was|est|était|es|era|fue))(?: (?:an?|the|une?|l[ae]|una?|el))?"
    r"(?: (?P<noun>[\w-]+)){1,3}?(?=[,.;)]| (?:in|on|of|near|outside|at|where|with|to|about|some|located|north|south"
    r"|east|west|de|del|du|des|qui|que|dans|sur|près|où|en|sobre|cerca|donde|al|situ\w+|на|в|под|у|около)\b)"
)
"""Behind a name: that it is something, or the apposition that says what."""
_BEFORE_WHAT_IT_IS = (", ", " (", " –", " —", " is ", " was ", " est ", " était ", " es ", " era ", " fue ")
_LISTED = re.compile(r"(?P<place>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?), \Z")


class Beside:
    """Asks one text, in one language, what stands beside a name."""

    def __init__(self, text: str, words: Vocabulary) -> None:
        self.text = text
        self.words = words
        self.before_a_day = _before_a_day(words.tag)
        self.followers: tuple[tuple[EntityType, frozenset[str]], ...] = (
            ("organization", words.group_nouns),
            ("place", words.place_followers | words.place_tails),
            ("person", words.person_followers | words.speaker_verbs),
        )

    def words_before(self, start: int, count: int) -> list[str]:
        """Up to `count` words that end right before `start`, in the same line."""
        if self.text[start - 1 : start] != " ":
            return []
        before = self.text[max(0, start - 16 * count) : start]
        return before.rpartition("\n")[2].split()[-count:]

    def following(self, end: int) -> str:
        """The word behind, where nothing but a blank parts them."""
        if self.text[end : end + 1] != " ":
            return ""
        return self.text[end + 1 : end + 24].partition(" ")[0].strip(".,;:\n")

    def possessed(self, end: int) -> str:
        """The word behind "’s"."""
        return self.following(end + 2) if self.text.startswith(_POSSESSIVES, end) else ""

    def speaks(self, name: Candidate) -> bool:
        words = self.words
        following = self.following(name.end)
        return following in words.speaker_verbs or following in words.person_followers

    def has_article(self, name: Candidate) -> bool:
        """The article stands before it, and no noun behind that it might belong to ("the Mira Kessan campaign")."""
        if self.text[max(0, name.start - 4) : name.start].lower() != "the ":
            return False
        following = self.following(name.end)
        return not following[:1].isalpha() or following in self.words.speaker_verbs or following in self.words.openers

    def is_surname_place(self, surface: str) -> bool:
        return surface.rpartition(" ")[2] in self.words.surname_places

    def is_located(self, name: Candidate) -> bool:
        """Two words that might be a person's, but something happens in them."""
        before = self.words_before(name.start, 5)
        if not before:
            return False
        words, last = self.words, before[-1].lower()
        if last in words.locatives or self.is_source_of_many(name, before):
            return True
        if last in words.goals:
            return self.is_surname_place(name.surface) or not words.moving.isdisjoint(before[:-1])
        return last in words.directions and (self.is_surname_place(name.surface) or last not in ("from", "left"))

    def is_source_of_many(self, name: Candidate, before: list[str]) -> bool:
        """ "The bakers of X", "the mouth of the X"."""
        if _OF.isdisjoint(before[-3:]):
            return False
        match = _PLURAL_OF.search(self.text, max(0, name.start - 40), name.start)
        if match is None:
            return False
        noun = match["noun"]
        if noun in self.words.place_nouns:
            return True
        if match["the"] or match["of"] != "of" or noun in self.words.owned:
            return False
        return noun.islower() and noun.endswith(_MANY) and not noun.endswith("ss")

    def is_beside_a_place(self, name: Candidate, located: set[str]) -> bool:
        """ "Keld and Orsk", one of which is a place."""
        joined = self.text[max(0, name.start - 6) : name.start].endswith(_JOINERS)
        match = _BESIDE.search(self.text, max(0, name.start - 40), name.start) if joined else None
        if match is None and self.text.startswith((" and ", ", "), name.end):
            match = _LISTED.search(self.text, max(0, name.start - 40), name.start)
            if match:
                return match["place"] in located or match["place"].rpartition(" ")[2] in located
        if match:
            other = match["other"]
            return other in located or other.rpartition(" ")[2] in located
        if not self.text.startswith((" and ", " or "), name.end):
            return False
        rest = self.text[name.end : name.end + 50].strip().partition(" ")[2]
        rest = rest.removeprefix("of ").removeprefix("from ")
        parts = [part.strip(".,;:") for part in rest.split()[:2]]
        return bool(parts) and (parts[0] in located or " ".join(parts) in located)

    def is_in_address(self, name: Candidate) -> bool:
        """The last word of a short line, behind a comma or a dot in the middle: "Secretariat, Marn"."""
        text = self.text
        if text[name.end : name.end + 1] not in ("", "\n") or text[name.start - 2 : name.start] not in (", ", "· "):
            return False
        if text[name.start : name.end].isupper() or name.surface.rpartition(" ")[2].lower() in self.words.roles:
            return False
        line = text[text.rfind("\n", 0, name.start) + 1 : name.start]
        words = line.split()
        return 0 < len(words) <= 6 and all(
            word[0].isupper() or not word[0].isalpha() or word in _ADDRESS_WORDS for word in words
        )

    def is_dateline(self, name: Candidate) -> bool:
        return self.is_dateline_at(name.start, name.end)

    def is_dateline_at(self, start: int, end: int) -> bool:
        """The name opens a line and a day follows it."""
        at_start = (not start or self.text[start - 1] == "\n") and not self.text[start:end].endswith(_NO_NAME_ENDING)
        return at_start and self.before_a_day.match(self.text, end) is not None

    def is_said_to_be_a_place(self, name: Candidate) -> bool:
        """ "Keld, a town in the hills", "Keld is a village."""
        kinds = self.words.place_kinds
        if not kinds or not self.text.startswith(_BEFORE_WHAT_IT_IS, name.end):
            return False
        match = _SAID_TO_BE.match(self.text, name.end)
        return match is not None and not kinds.isdisjoint(match.captures("noun")[-1:])

    def votes(self, name: Candidate) -> list[EntityType]:
        """What the words on either side of one occurrence make of it."""
        words = self.words
        following = self.following(name.end)
        if self.text[name.start - 1 : name.start] in _HYPHENS:
            return ["person"]  # "pro-X forces" are not X's forces
        votes = [kind for kind, followers in self.followers if following in followers]
        if not following and self.possessed(name.end) in words.person_followers:
            votes.append("person")
        before = self.words_before(name.start, 5)
        if not before:
            return votes
        last = before[-1]
        low = last.lower()
        if last in words.introduced_by:
            votes += ("organization", "organization")
        elif last in words.kin or last.endswith("-year-old"):
            votes += ("person", "person")
        elif last in words.place_kinds:
            votes += ("place", "place")
        elif last in words.speaker_verbs and len(before) > 1 and before[-2][-1] in _CLOSERS:
            votes.append("person")
        elif low in words.locatives or (last == "of" and len(before) > 1 and before[-2] in words.place_nouns):
            votes += ("place", "place")
        elif last.removesuffix(".") in words.honorifics:
            votes.append("person")
        elif low in words.directions or low in words.goals:
            came = low not in _ALSO_OF_PEOPLE or (len(before) > 1 and before[-2].endswith(_MANY))
            if came or not words.moving.isdisjoint(before[:-1]):
                votes.append("place")
        elif self.is_source_of_many(name, before):
            votes += ("place", "place") if before[-2] in words.place_nouns else ("place",)
        elif low == "the" and following != "of" and following not in words.person_followers | words.modifiers:
            if len(before) > 1 and before[-2].lower() in words.spatial:
                votes += ("place", "place")
            elif " " not in name.surface:
                votes.append("organization")
        return votes


@cache
def _before_a_day(tag: str) -> re.Pattern[str]:
    """What follows a place at the head of a text: "Marn, 3 May", "Marn, Tuesday, 4th of May", "Marn, le 3 mai"."""
    named = "|".join(sorted(map(re.escape, calendar_words(tag) | {"Sept"}), key=len, reverse=True))
    lead = r"(?:publié |published |a |le |el |the |on )*"
    day = rf"(?:(?:{named})\.?,? (?:le )?)?\d{{1,2}}(?:st|nd|rd|th|er|º)?(?:[./-]\d|[ ](?:of |de )?(?:{named})\b)"
    return re.compile(rf",?(?: |\n){lead}(?:{day}|(?:{named})\.? \d)", re.IGNORECASE)
