"""What the words of a name left open, decided by the rest of the document.

A word that opens a sentence, a line in capitals or a headline needs running text to vouch for it; what stands beside a
name wherever it occurs tells whether it is a place, a person or a body (`beside`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.annotate.beside import Beside
from onrecord.annotate.candidates import Candidate
from onrecord.annotate.runs import bare
from onrecord.annotate.vocabulary import Vocabulary
from onrecord.model import EntityType

_TYPES: tuple[EntityType, ...] = ("place", "person", "organization", "event", "work")
"""In this order where as much speaks for one as for the other."""
_NO_NAME_ENDING = ("ly", "ing", "ed")
_SIGNED = re.compile(r"(?:(?:^|\n|[ ])(?:[Bb]y|Par|Por) (?:[^,\n]{3,40} and )?|\w: |\w[ ][–—] )\Z")
"""Before a person's name in a line of capitalised words: a byline, a label, a body and a dash."""
_ENDS_OF = re.compile(r"\b(?:of|de|del|du|des|di) (?:the |la |el )?(?:Upper |Lower )?(?P<place>[^\W\d_][\w'’-]+)\Z")
_LINE_START = re.compile(r"(?:^|\n)[ \t>*·:–—|-]*(?:(?:From|For|To|By|On behalf of) )?(?:[Tt]he |THE )?\Z")
FEW = 16
"""So many words are sought in the text one by one; for more of them its words are gathered once."""
MAX_TITLED_WORDS = 5
MAX_FRONTED_WORDS = 3
"""Of a name in a headline whose head stands in front without "of" or the like ("Radio Hest")."""


class Deciding:
    """Decides the names of one language in one text."""

    def __init__(self, text: str, words: Vocabulary, beside: Beside) -> None:
        self.text = text
        self.words = words
        self.beside = beside
        self.running: set[str] | None = None
        self.sought = 0
        self.located: set[str] = set()
        self.owned: set[str] = set()
        self.borne: set[str] = set()

    def decide(self, found: list[Candidate]) -> list[Candidate]:
        self._locate(found)
        vouched = self._vouched(found)
        open_names = _open_names(found, vouched)
        self.located |= {surface for surface, kind in vouched.items() if kind == "place"}
        self.owned = _owned_places(found, self.words.inner)
        self.borne = self._borne_places(found)
        kinds = {surface: self._kind(surface, places) for surface, places in open_names.items()}
        self.located |= {surface for surface, kind in kinds.items() if kind == "place"}
        for _ in range(2):
            for surface, kind in kinds.items():
                if kind is None and any(self._is_beside_a_place(name) for name in open_names[surface][:20]):
                    kinds[surface] = "place"
                    self.located.add(surface)
        kept = []
        for name in found:
            if name.kind == "person" and not name.sure and self.beside.is_surname_place(name.surface):
                name.kind = "place" if name.surface in self.located or self._is_beside_a_place(name) else name.kind
            if name.titled and name.surface not in vouched and (shown := self.text[name.start : name.end]) in vouched:
                name.surface = shown
            if name.kind is None or (name.titled and name.surface in vouched and name.role is None):
                name.kind = vouched.get(name.surface) or kinds.get(name.surface)
            if name.kind and self._stands(name, vouched, kinds):
                if name.kind == "place":
                    self._take_tail(name)
                kept.append(name)
        return kept

    def _is_beside_a_place(self, name: Candidate) -> bool:
        return self.beside.is_beside_a_place(name, self.located)

    def _take_tail(self, name: Candidate) -> None:
        """The lower-case noun that ends a place's name ("Orsk province")."""
        following = self.beside.following(name.end)
        if following in self.words.place_tails:
            name.end += 1 + len(following)

    def _borne_places(self, found: list[Candidate]) -> set[str]:
        """What a place with a head bears beside it: "Marn" where the text has a "Mount Marn"."""
        heads = self.words.place_heads | self.words.place_fronts
        names = (name.surface.split() for name in found if name.kind == "place" and name.sure)
        return {
            word
            for words in names
            if len(words) == 2 and not heads.isdisjoint(words)
            for word in words
            if word not in heads
        }

    def _locate(self, found: list[Candidate]) -> None:
        """Takes two words that might be a person's for a place's, or leaves them open, by what stands around them."""
        unsure = [name for name in found if name.kind == "person" and not name.sure and name.role is None]
        if not unsure:
            return
        alone = {name.surface for name in found}
        spoken = {
            name.surface
            for name in found
            if name.kind == "person" and (name.role or (self.beside.speaks(name) and not self.beside.is_located(name)))
        }
        bodies = [name for name in found if name.kind == "organization" and name.sure]
        by: dict[str, list[Candidate]] = {}
        for name in unsure:
            if name.surface not in spoken:
                by.setdefault(name.surface, []).append(name)
        for surface, names in by.items():
            few = names[:20]
            if surface.rpartition(" ")[2] in alone and not any(map(self.beside.has_article, few)):
                continue
            kind: EntityType | None = "person"
            here = self.beside.is_surname_place(surface) and (
                "s' " in surface or "s’ " in surface or any(map(self.beside.is_in_address, few))
            )
            if here or any(map(self.beside.is_dateline, few)) or 3 * sum(map(self.beside.is_located, few)) >= len(few):
                kind = "place"
            elif any(map(self.beside.has_article, few)):
                body = next((whole for whole in bodies if whole.surface.startswith(f"{surface} ")), None)
                kind = "organization" if body else "place" if self.beside.is_surname_place(surface) else None
                if body and not body.alias:
                    body.alias = surface
            for name in names:
                name.kind, name.sure = kind, kind != "person" and kind is not None

    def _vouched(self, found: list[Candidate]) -> dict[str, EntityType]:
        """Names, and the single words of persons' names, that running text shows to be names."""
        shown: dict[str, EntityType] = {}
        people: set[str] = set()
        for name in found:
            kind, surface = name.kind, name.surface
            if name.alias and kind:
                shown[name.alias] = kind
            if kind is None or name.titled or (name.opens and not name.sure and self._may_be_common(surface)):
                continue
            shown[surface] = kind
            if kind == "person":
                people.add(surface)
        vouched: dict[str, EntityType] = {word: "person" for person in people for word in _called(person)}
        return vouched | shown

    def _kind(self, surface: str, places: list[Candidate]) -> EntityType | None:
        """The type of a word alone, by what stands beside it wherever it occurs; `None`: nothing vouches for it."""
        if any(self.beside.is_dateline(name) or self.beside.is_said_to_be_a_place(name) for name in places[:20]):
            return "place"
        if all(c.opens or c.titled for c in places):
            return "place" if any(self.beside.is_in_address(name) for name in places[:20]) else None
        votes = [vote for name in places[:20] for vote in self.beside.votes(name)]
        if surface in self.owned or any(self.beside.is_in_address(name) for name in places[:20]):
            votes += ("place", "place")
        if surface in self.borne:
            votes.append("place")
        return max((kind for kind in _TYPES if kind in votes), key=votes.count, default=None)

    def _is_running(self, word: str) -> bool:
        """The word occurs in lower case too, so it is a common one."""
        low = word.lower()
        if self.running is None and self.sought < FEW:
            self.sought += 1
            if low not in self.text:
                return False
        return low in self._running_words()

    def _running_words(self) -> set[str]:
        if self.running is None:
            self.running = set(self.text.split())
        return self.running

    def _stands(self, name: Candidate, vouched: dict[str, EntityType], kinds: dict[str, EntityType | None]) -> bool:
        if name.surface in vouched or name.surface in self.words.known:
            return True
        if name.titled:
            if name.kind == "person":
                return name.role is not None or self._is_signed(name)
            if name.kind == "event" and self.text[name.start : name.end].isupper():
                return self.words.inner.isdisjoint(name.surface.split()) and self._is_whole_line(name)
            return name.sure and (self._is_compact(name.surface) or self._is_listed(name))
        if name.opens and not name.sure:
            return kinds.get(name.surface) is not None or not self._may_be_common(name.surface)
        if name.kind == "person" and not name.sure:
            return self._running_words().isdisjoint(_lower_words(name.surface))
        return True

    def _is_signed(self, name: Candidate) -> bool:
        """A person in a byline, behind a label ("For the Council: X") or behind a body's name and a dash."""
        if " " not in name.surface or self.text[name.start : name.end].isupper():
            return False
        if _SIGNED.search(self.text, max(0, name.start - 60), name.start) is None:
            return False
        return self._running_words().isdisjoint(_lower_words(name.surface))

    def _is_listed(self, name: Candidate) -> bool:
        """A body with its fields or its place that is alone in its line, or in its column of the line."""
        words = name.surface.split(" ")
        first = next((at for at, word in enumerate(words) if word in self.words.connectors), 0)
        return first > 0 and bare(words[first - 1]) in self.words.heads and self._is_whole_line(name)

    def _is_whole_line(self, name: Candidate) -> bool:
        text, start = self.text, name.start
        if not text.startswith(("\n", "  "), name.end) and name.end < len(text):
            return False
        return text[start - 2 : start] == "  " or _LINE_START.search(text, max(0, start - 24), start) is not None

    def _is_compact(self, surface: str) -> bool:
        """A headed name of a few words, not the words of a headline around a head."""
        parts = surface.title().split()
        heads = self.words.heads | self.words.place_heads | self.words.event_heads
        front = parts[0] in heads or parts[0] in self.words.place_fronts
        front = front and (len(parts) <= MAX_FRONTED_WORDS or parts[1].lower() in self.words.connectors)
        return len(parts) <= MAX_TITLED_WORDS and (parts[-1] in heads or front)

    def _may_be_common(self, surface: str) -> bool:
        """A name that opens a sentence may begin with a common word, or be one."""
        first = surface.split()[0]
        return surface == first or first.endswith(_NO_NAME_ENDING) or self._is_running(first)


def _owned_places(found: list[Candidate], inner: frozenset[str]) -> set[str]:
    """What bodies are of: "Marn" where the text has a "Pilots' Guild of Marn"."""
    bodies = (name.surface for name in found if name.kind == "organization" and name.sure)
    return {match["place"] for body in bodies if (match := _ENDS_OF.search(body)) and match["place"] not in inner}


@lru_cache(maxsize=1 << 14)
def _lower_words(surface: str) -> frozenset[str]:
    return frozenset(bare(word).lower() for word in surface.split())


@lru_cache(maxsize=1 << 14)
def _called(surface: str) -> tuple[str, ...]:
    """The single words by which a person of this name may be called."""
    words = surface.split()
    return (*words, *(word[3:] for word in words if word[:3].lower() in ("al-", "el-")))


def _open_names(found: list[Candidate], vouched: dict[str, EntityType]) -> dict[str, list[Candidate]]:
    """The candidates that are still undecided and that nothing vouches for, by their surface."""
    by: dict[str, list[Candidate]] = {}
    for name in found:
        if name.kind is None and name.surface not in vouched:
            by.setdefault(name.surface, []).append(name)
    return by
