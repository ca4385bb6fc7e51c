"""Names in a text: persons, organisations, places and events, and the entities they are names of.

One pass finds runs of capitalised words (in Arabic, heads and titles, see `arabic`); `runs` takes each apart by its
own words; what these leave open ("Orsk" alone) is decided by what stands beside it anywhere in the document. A word
that opens a sentence, a line in capitals or a headline needs the rest of the document to vouch for it. `clusters` then
says which mentions are one entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

import regex
from msgspec import Struct

from onrecord.annotate import arabic, clusters
from onrecord.annotate.runs import Piece, bare, is_acronym, reading
from onrecord.annotate.vocabulary import Vocabulary, article, vocabulary
from onrecord.model import Document, Entity, EntityType, Language, Mention
from onrecord.text.spans import Span

_QUOTES = frozenset("\"'“”„‟‘’‚«»‹›「『([{*•–—-")
_MARKS = frozenset("\"'“‘«„")
_HYPHENS = frozenset("-‐‑")
_CLOSERS = frozenset("\"'”’»“,")
_DASHES = (" – ", " — ", " - ")
_BRACKETED = regex.compile(r" ?\(([^\s()]{2,9}|[“\"][^\s()]{2,9}[”\"])\)")
_APPOSITION = regex.compile(r", (?:the |a |an |its |their |his |her |our )?([\w’'-]+)(?=[ ,.;)])")
_APPOSED_WORD = regex.compile(r"[\w’'-]+")
_NO_NAME_ENDING = ("ly", "ing", "ed")
_DEFINITE = ("the ", "The ")
_BEFORE_A_DAY = re.compile(r",? (?:le |el |the )?(?:\d{1,2}\W|[^\W\d]{3,9}\.? \d)")
"""What follows a place at the head of a text: "Marn, 3 May"."""
FEW = 16
"""So many words are sought in the text one by one; for more of them its words are gathered once."""
MAX_TITLED_WORDS = 5
MAX_TITLE_LINE = 140
"""Code points; a longer line is no headline."""


class Candidate(Struct, gc=False):
    """A stretch that may be a name. `opens`: it opens a sentence; `titled`: it stands in a headline or in capitals."""

    start: int
    end: int
    surface: str
    kind: EntityType | None
    role: str | None
    sure: bool
    opens: bool
    titled: bool
    alias: str | None = None
    """The acronym that follows in brackets."""


def find(
    document: Document, languages: Sequence[Language], sentences: Sequence[tuple[int, int]]
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The names of `document` in order and the entities they name, with local ids `m1`… and `e1`…

    `sentences` are half-open spans of code points, `languages` cover the text. A name that nothing in the document
    vouches for is left out rather than guessed.
    """
    text = document.text
    found: list[Candidate] = []
    for language in _merged(languages):
        primary = language.tag.split("-")[0]
        words = vocabulary(primary)
        if primary == "ar" and words is not None:
            found += [Candidate(*name, True, False, False) for name in arabic.names(text, language.start, language.end)]
        elif words is not None:
            found += _Reader(text, words, sentences).read(language.start, language.end)
    return clusters.entities(text, [(c.start, c.end, c.kind, c.role, c.alias) for c in found if c.kind])


def _merged(languages: Sequence[Language]) -> Iterator[Language]:
    """Neighbouring ranges of one language as one."""
    current: Language | None = None
    for language in languages:
        if current is not None and current.tag == language.tag and current.end == language.start:
            current = Language(current.tag, current.start, language.end)
        else:
            if current is not None:
                yield current
            current = language
    if current is not None:
        yield current


class _Reader:
    """Reads the names of one language out of one text."""

    def __init__(self, text: str, words: Vocabulary, sentences: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.words = words
        self.starts = {start for start, _ in sentences}
        self.running: set[str] | None = None
        self.sought = 0
        self.further = (*_DASHES, *words.field_openers)
        self.followers: tuple[tuple[EntityType, frozenset[str]], ...] = (
            ("organization", words.group_nouns),
            ("place", words.place_followers),
            ("person", words.person_followers | words.speaker_verbs),
        )

    def read(self, start: int, end: int) -> list[Candidate]:
        text, tag, tails = self.text, self.words.tag, self.words.tail is not None
        demonyms = self.words.demonyms
        titles = iter([*_title_lines(text, start, end), Span(end, end + 1)])
        title = next(titles)
        found: list[Candidate] = []
        heads: list[Candidate] = []
        covered = start
        for match in self.words.runs.finditer(text, start, end):
            at = match.start()
            if at < covered:
                continue
            run = match[0]
            if text[at - 1] in _HYPHENS and (joined := article(text, at)) < at:
                at = joined
                run = text[at : match.end()]
            while title.end <= at:
                title = next(titles)
            titled = title.start <= at
            if "\n" in run or "." in run:
                for part_start, part_end in self._sentence_parts(at, match.end()):
                    self._run(part_start, text[part_start:part_end].rstrip(), titled, found)
            elif tails:
                self._run(at, run, titled, found)
            elif names := reading(run, tag, self._opens(at), titled):
                self._take(at, run, names, titled, found)
            elif run in demonyms and (body := self._body(at, match.end(), titled)):
                found.append(body)
            else:
                head = at + 4 if run.startswith("The ") else at
                if text[head : match.end()] in self.words.heads and text[head - 4 : head] in _DEFINITE:
                    surface = text[head : match.end()]
                    heads.append(Candidate(head, match.end(), surface, "organization", None, True, False, titled))
                continue
            covered = found[-1].end if found else start
        decided = self._decide(found)
        return decided + self._called_by_head(heads, decided) if heads else decided

    def _called_by_head(self, heads: list[Candidate], decided: list[Candidate]) -> list[Candidate]:
        """Bodies called by the head of their name alone ("the Council"), once the whole name has been read."""
        first: dict[str, int] = {}
        for name in decided:
            if name.kind == "organization" and " " in name.surface:
                for word in name.surface.split():
                    first.setdefault(word, name.start)
        return [head for head in heads if first.get(head.surface, head.end) < head.start]

    def _body(self, start: int, end: int, titled: bool) -> Candidate | None:
        """A people's name that a noun for a body follows ("Orskan security forces")."""
        match = self.words.bodies.match(self.text, end) if self.words.bodies else None
        if match is None:
            return None
        return Candidate(start, match.end(), self.text[start : match.end()], "organization", None, True, False, titled)

    def _sentence_parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A run cut where a new sentence starts inside it (after a line break or an initial's stop)."""
        for cut in sorted(cut for cut in range(start + 1, end) if cut in self.starts):
            yield start, cut
            start = cut
        yield start, end

    def _opens(self, start: int) -> bool:
        """A sentence, a quotation or what follows a colon opens here, so a capital says nothing."""
        if start in self.starts or not start:
            return True
        before = self.text[start - 1]
        return self.text[start - 2] in ";:" if before == " " else before in _QUOTES

    def _run(self, start: int, run: str, titled: bool, found: list[Candidate]) -> None:
        if self.words.tail is not None and (tailed := self._tail(start, run, titled)):
            found.append(tailed)
            return
        self._take(start, run, reading(run, self.words.tag, self._opens(start), titled), titled, found)

    def _take(self, start: int, run: str, names: Iterable[Piece], titled: bool, found: list[Candidate]) -> None:
        for at, to, kind, role, sure, first in names:
            held = run[role[0] : role[1]] if role else None
            name = Candidate(start + at, start + to, run[at:to], kind, held, sure, first, titled)
            found.append(name)
            if kind == "organization":
                self._finish_body(name)
            elif kind == "person" or kind is None:
                self._finish_person(name)

    def _tail(self, start: int, run: str, titled: bool) -> Candidate | None:
        """An organisation whose later words are in lower case ("Union des travailleurs du port")."""
        at = max(run.rfind(" "), run.rfind("\u00a0"), run.rfind("’"), run.rfind("'")) + 1
        if self.words.tail is None or run[at:] not in self.words.heads:
            return None
        match = self.words.tail.match(self.text, start + len(run))
        if match is None:
            return None
        name = self.text[start + at : match.end()]
        return Candidate(start + at, match.end(), name, "organization", None, True, False, titled)

    def _finish_body(self, name: Candidate) -> None:
        """What goes on behind the words of an organisation: further fields, a branch, its acronym in brackets."""
        text = self.text
        if text.startswith(self.further, name.end):
            self._extend(name)
        if text.startswith((" (", "("), name.end) and (match := _BRACKETED.match(text, name.end)):
            inner = match[1].strip('“”"')
            name.alias = inner if is_acronym(inner) else None

    def _finish_person(self, name: Candidate) -> None:
        """The role before or behind what may be a person."""
        text = self.text
        if not name.sure and text[name.end : name.end + 1] in _CLOSERS and self._in_quotes(name):
            name.kind = None
        if name.role is None and text[name.start - 1] == " " and text[name.start - 2].islower():
            self._role_before(name)
        if name.role is None and name.kind == "person" and text.startswith(", ", name.end):
            name.role = self._role_after(name.end)

    def _in_quotes(self, name: Candidate) -> bool:
        """A title or a nickname rather than a person's name: a quotation mark stands before the closing one too."""
        return self.text[max(0, name.start - 5) : name.start].removesuffix("The ")[-1:] in _MARKS

    def _extend(self, name: Candidate) -> None:
        text, end = self.text, name.end
        following = text[end : end + 3]
        if following in _DASHES and (match := self.words.runs.match(text, end + 3)):
            if bare(match[0].split()[0]) in self.words.after_dash:
                name.end = match.end()
        elif text.startswith(self.words.field_openers, end) and self._lists_fields(name.surface):
            match = self.words.fields.match(text, end)
            if match and self._is_field(match["last"]):
                name.end = match.end()
        name.surface = text[name.start : name.end]

    def _lists_fields(self, name: str) -> bool:
        words = name.split()
        return not self.words.listing.isdisjoint(words) and not self.words.connectors.isdisjoint(words)

    def _is_field(self, last: str) -> bool:
        """What may be the last of several fields in a name: neither a body, nor a place, nor a person."""
        parts = last.split()
        known = last in self.words.known or is_acronym(last) or self.words.heads.intersection(parts)
        return not known and (len(parts) == 1 or bool(self.words.inner.intersection(parts)))

    def _words_before(self, start: int, count: int) -> list[str]:
        """Up to `count` words that end right before `start`, in the same line."""
        if self.text[start - 1 : start] != " ":
            return []
        before = self.text[max(0, start - 16 * count) : start]
        return before.rpartition("\n")[2].split()[-count:]

    def _role_before(self, name: Candidate) -> None:
        """A role in lower case right before the name ("deputy secretary-general Mira Kessan")."""
        start = name.start
        if start < 3:
            return
        if self.text[max(0, start - 24) : start - 1].rpartition(" ")[2] not in self.words.roles:
            return
        before = self._words_before(start, 5)
        first = len(before) - 1
        while first and (before[first - 1] in self.words.roles or before[first - 1] in self.words.modifiers):
            first -= 1
        at = self.text.rfind(before[first], 0, name.start)
        for word in reversed(before[first:]):
            at = self.text.rfind(word, 0, at if word is not before[-1] else name.start)
        name.role = self.text[at : name.start].rstrip()
        name.kind, name.sure, name.opens = "person", True, False

    def _role_after(self, end: int) -> str | None:
        """A role in apposition ("Mira Kessan, deputy secretary-general of the union"): up to its noun."""
        match = _APPOSITION.match(self.text, end)
        if match is None:
            return None
        start = match.start(1)
        stretch = self.text[start : start + 80].split(",")[0]
        found = None
        for word in islice(_APPOSED_WORD.finditer(stretch), 7):
            low = word[0].lower()
            if low in self.words.roles:
                found = stretch[: word.end()]
            elif found or low in self.words.connectors:
                break
        return found

    # Deciding what the words alone left open.

    def _decide(self, found: list[Candidate]) -> list[Candidate]:
        unsure = [name for name in found if name.kind == "person" and not name.sure and name.role is None]
        located = {name.surface for name in unsure if self._is_located(name)}
        for name in unsure:
            if name.surface in located:
                name.kind = None
        vouched = self._vouched(found)
        kinds = {name: self._kind(places) for name, places in _open_names(found, vouched).items()}
        kept = []
        for name in found:
            if name.kind is None:
                name.kind = vouched.get(name.surface) or kinds.get(name.surface)
            if name.kind and self._stands(name, vouched, kinds):
                kept.append(name)
        return kept

    def _is_located(self, name: Candidate) -> bool:
        """Two words that might be a person's, but something happens in them, or a day follows them at a line's head."""
        before = self._words_before(name.start, 1)
        return bool(before and before[-1].lower() in self.words.locatives) or self._is_dateline(name)

    def _vouched(self, found: list[Candidate]) -> dict[str, EntityType]:
        """Names, and the single words of persons' names, that running text shows to be names."""
        shown: dict[str, EntityType] = {}
        people: set[str] = set()
        for name in found:
            kind, surface = name.kind, name.surface
            if kind is None or name.titled or (name.opens and not name.sure and self._may_be_common(surface)):
                continue
            shown[surface] = kind
            if kind == "person":
                people.add(surface)
            if name.alias:
                shown[name.alias] = kind
        vouched: dict[str, EntityType] = {word: "person" for person in people for word in _called(person)}
        return vouched | shown

    def _kind(self, places: list[Candidate]) -> EntityType | None:
        """The type of a word alone, by what stands beside it wherever it occurs; `None`: nothing vouches for it."""
        for name in places[:20]:
            if self._is_dateline(name):
                return "place"
        if all(c.opens or c.titled for c in places):
            return None
        votes = [vote for name in places[:20] for vote in self._votes(name)]
        return max(sorted(set(votes)), key=votes.count, default=None)

    def _is_dateline(self, name: Candidate) -> bool:
        """The name opens a line and a day follows it."""
        at = name.start
        return (not at or self.text[at - 1] == "\n") and _BEFORE_A_DAY.match(self.text, name.end) is not None

    def _votes(self, name: Candidate) -> list[EntityType]:
        """What the words on either side of one occurrence make of it."""
        words = self.words
        following = ""
        if self.text[name.end : name.end + 1] == " ":
            following = self.text[name.end + 1 : name.end + 24].partition(" ")[0].strip(".,;:\n")
        votes = [kind for kind, followers in self.followers if following in followers]
        before = self._words_before(name.start, 2)
        if not before:
            return votes
        last = before[-1]
        if last.lower() in words.locatives or (last == "of" and before[0] in words.place_nouns):
            votes += ("place", "place")
        elif last.removesuffix(".") in words.honorifics:
            votes.append("person")
        elif last in ("the", "The") and following not in words.person_followers:
            votes.append("organization")
        return votes

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
            return name.role is not None or (name.sure and name.kind != "person" and self._is_compact(name.surface))
        if name.opens and not name.sure:
            return kinds.get(name.surface) is not None or not self._may_be_common(name.surface)
        if name.kind == "person" and not name.sure:
            return self._running_words().isdisjoint(_lower_words(name.surface))
        return True

    def _is_compact(self, surface: str) -> bool:
        """A headed name of a few words, not the words of a headline around a head."""
        parts = surface.title().split()
        heads = self.words.heads | self.words.place_heads | self.words.event_heads
        return len(parts) <= MAX_TITLED_WORDS and (parts[-1] in heads or parts[0] in heads)

    def _may_be_common(self, surface: str) -> bool:
        """A name that opens a sentence may begin with a common word, or be one."""
        first = surface.split()[0]
        return surface == first or first.endswith(_NO_NAME_ENDING) or self._is_running(first)


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


def _title_lines(text: str, start: int, end: int) -> list[Span]:
    """Lines in which most words are capitalised: headlines and lines in capitals."""
    found = []
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if stop - at < MAX_TITLE_LINE and _is_title(text[at:stop]):
            found.append(Span(at, stop))
        at = stop + 1
    return found


def _is_title(line: str) -> bool:
    if line[-1:] in ".?!;:" and not line.isupper():
        return False
    words = line.split()
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.6 * len(words)
