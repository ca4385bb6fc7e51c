"""Names in a text: persons, organisations, places and events, and the entities they are names of.

One pass finds runs of capitalised words (in Arabic, heads and titles, see `arabic`); `runs` takes each apart by its
own words; what these leave open ("Orsk" alone) is decided by what stands beside it anywhere in the document. A word
that opens a sentence, a line in capitals or a headline needs the rest of the document to vouch for it. `clusters` then
says which mentions are one entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, pairwise

import regex
from msgspec import Struct

from onrecord.annotate import arabic, clusters
from onrecord.annotate.bodies import Whole, first_part, whole
from onrecord.annotate.runs import Piece, bare, in_small_letters, reading
from onrecord.annotate.vocabulary import FOREIGN, Vocabulary, article, calendar_words, is_acronym, vocabulary
from onrecord.model import Document, Entity, EntityType, Language, Mention
from onrecord.text.spans import Span

_QUOTES = frozenset("\"'“”„‟‘’‚«»‹›「『([{*•–—-")
_MARKS = frozenset("\"'“‘«„")
_POSSESSIVES = ("’s ", "'s ")
_HYPHENS = frozenset("-‐‑")
_JOINERS = ("and ", "or ", "et ", " y ", "of ", "from ")
_OPENED = frozenset([" (", " [", "\n(", "\n["])
_CLOSED = frozenset(")],;")
_ALSO_OF_PEOPLE = frozenset(["from", "left", "to", "a", "à"])
_MANY = ("s", "men", "people")
_ADDRESS_WORDS = frozenset(["of", "the", "and", "for", "de", "la", "du", "des", "del"])
_TYPES: tuple[EntityType, ...] = ("place", "person", "organization", "event", "work")
"""In this order where as much speaks for one as for the other."""
_CLOSERS = frozenset("\"'”’»“,")
_DASHES = (" – ", " — ", " - ")
_BRACKETED = regex.compile(r" ?\(([^\s()]{2,9}|[“\"][^\s()]{2,9}[”\"])\)")
_APPOSITION = regex.compile(r", (?:the |a |an |its |their |his |her |our )?([\w’'-]+)(?=[ ,.;)\n]|\Z)")
_APPOSED_WORD = regex.compile(r"[\w’'-]+")
_NO_NAME_ENDING = ("ly", "ing", "ed")
_NUMBERED = re.compile(r"(?:^|\n)[ \t]*\(?(?:[IVXLC]+|\d{1,3}|\w)[.)] \Z")
_SIGNED = re.compile(r"(?:(?:^|\n|[ ])(?:[Bb]y|Par|Por) (?:[^,\n]{3,40} and )?|\w: |\w[ ][–—] )\Z")
"""Before a person's name in a line of capitalised words: a byline, a label, a body and a dash."""
_PLURAL_OF = re.compile(
    r"(?P<noun>[^\W\d_]+) (?P<of>of|del|du|de|d(?=[’']))(?:[’']| )(?P<the>the |la )?(?:Upper |Lower )?\Z"
)
_OF = frozenset(["of", "de", "del", "du"])
_ENDS_OF = re.compile(r"\b(?:of|de|del|du|des|di) (?:the |la |el )?(?:Upper |Lower )?(?P<place>[^\W\d_][\w'’-]+)\Z")
_BESIDE = re.compile(r"(?P<other>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?) (?:and|or|et|y|and of|or of|and from) \Z")
_SAID_TO_BE = regex.compile(
    r"(?: \([^()\n]{0,80}\))?(?:,| [–—]| (?:is|was|est|était|es|era|fue))(?: (?:an?|the|une?|l[ae]|una?|el))?"
    r"(?: (?P<noun>[\w-]+)){1,3}?(?=[,.;)]| (?:in|on|of|near|outside|at|where|with|to|about|some|located|north|south|east|west"
    r"|de|del|du|des|qui|que|dans|sur|près|où|en|sobre|cerca|donde|al|situ\w+|на|в|под|у|около)\b)"
)
"""Behind a name: that it is something, or the apposition that says what."""
_BEFORE_WHAT_IT_IS = (", ", " (", " –", " —", " is ", " was ", " est ", " était ", " es ", " era ", " fue ")
_LINE_START = re.compile(r"(?:^|\n)[ \t>*·:–—|-]*(?:(?:From|For|To|By|On behalf of) )?(?:[Tt]he |THE )?\Z")
_LISTED = re.compile(r"(?P<place>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*)?), \Z")
FEW = 16
"""So many words are sought in the text one by one; for more of them its words are gathered once."""
KINDS: tuple[EntityType, ...] = ("organization", "place", "event")
SHORT_LINE = 60
"""Code points; text that is wrapped by hand breaks its lines behind more than these."""
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
        self.before_a_day = _before_a_day(words.tag)
        self.located: set[str] = set()
        self.owned: set[str] = set()
        self.borne: set[str] = set()
        self.followers: tuple[tuple[EntityType, frozenset[str]], ...] = (
            ("organization", words.group_nouns),
            ("place", words.place_followers),
            ("person", words.person_followers | words.speaker_verbs),
        )

    def read(self, start: int, end: int) -> list[Candidate]:
        text, tag, tails = self.text, self.words.tag, self.words.tail is not None
        foreign, spaced = self.words.foreign_heads, "al" in self.words.particles
        titles = iter([*_title_lines(text, start, end), Span(end, end + 1)])
        title = next(titles)
        found: list[Candidate] = []
        heads: list[Candidate] = []
        covered = start
        for match in self.words.runs.finditer(text, start, end):
            at = match.start()
            if at < covered:
                rest = self.words.runs.search(text, covered, match.end()) if match.end() > covered else None
                if rest is None:
                    continue
                match, at = rest, rest.start()
            run = match[0]
            joint = text[at - 1] in _HYPHENS or (spaced and text[at - 3 : at] == "al ")
            if joint and (joined := article(text, at)) < at:
                at = joined
                run = text[at : match.end()]
            while title.end <= at:
                title = next(titles)
            titled = title.start <= at
            known = len(found)
            if "\n" in run or "." in run:
                for part_start, part_end in self._sentence_parts(at, match.end()):
                    self._run(part_start, text[part_start:part_end].rstrip(), titled, found)
            elif tails or run.partition(" ")[0] in foreign or (run.isupper() and self._is_dateline_at(at, match.end())):
                self._run(at, run, titled, found)
            elif first_part(run, tag) is not None and (more := whole(text, at, match.end(), self.words)):
                self._take_whole(at, more, titled, found)
            elif names := reading(run, tag, self._opens(at), titled):
                self._take(at, run, names, titled, found)
            if len(found) == known:
                heads += self._head_alone(at, run, titled)
            covered = found[-1].end if found else start
        if self.words.lower:
            found = self._with_lower(found, start, end)
        decided = self._decide(found)
        self._join_translations(decided)
        return decided + self._called_by_head(heads, decided) if heads else decided

    def _join_translations(self, names: list[Candidate]) -> None:
        """A body's name in brackets behind its name in another language ("Committee of the Hills [Lajnat al-Tilal]").

        Two names of one language may be a body and the one it belongs to, so those stay apart.
        """
        foreign = self.words.foreign_heads
        for one, other in pairwise(names):
            if one.kind != "organization" or other.kind != "organization" or one.alias:
                continue
            gap = self.text[one.end : other.start]
            if gap not in _OPENED or self.text[other.end : other.end + 1] not in _CLOSED:
                continue
            if (one.surface.partition(" ")[0] in foreign) != (other.surface.partition(" ")[0] in foreign):
                one.alias = other.surface

    def _with_lower(self, found: list[Candidate], start: int, end: int) -> list[Candidate]:
        """The names, with those whose head stands in lower case, and without what lies inside these."""
        lower: list[Candidate] = []
        assert self.words.lower is not None
        for match in self.words.lower.finditer(self.text, start, end):
            kind: EntityType | None = next(k for k in KINDS if match.groupdict().get(k))
            name = Candidate(match.start(), match.end(), match[0], kind, None, True, False, False)
            if kind == "organization":
                self._finish_body(name)
            lower.append(name)
        if not lower:
            return found
        inside = {at for name in lower for at in range(name.start, name.end)}
        kept = [name for name in found if name.start not in inside]
        return sorted([*kept, *lower], key=lambda name: name.start)

    def _head_alone(self, start: int, run: str, titled: bool) -> Iterator[Candidate]:
        """A body or an event called by its head with the article ("the Council", "this Accord")."""
        words, text = self.words, self.text
        first, _, last = run.rpartition(" ")
        first = first[first.rfind(" ") + 1 :]
        head = bare(last)
        if head not in words.heads and head not in words.event_heads:
            elision = next((mark for mark in words.elisions if last.startswith(mark)), "")
            head = head[len(elision) :]
            if not elision or head not in words.heads:
                return
            first = elision
        at = start + len(run) - len(last) + last.index(head)
        if not first:
            before = text[max(0, at - 8) : at]
            first = before.split()[-1] if before[-1:].isspace() and before.strip() else before[-2:]
        first = first.lstrip("“\"'‘«(")
        if first.lower() in words.definite:
            kind: EntityType = "organization" if head in words.heads else "event"
            yield Candidate(
                at, at + len(head), head, kind, None, first.islower() and head in words.heads, False, titled
            )

    def _called_by_head(self, heads: list[Candidate], decided: list[Candidate]) -> list[Candidate]:
        """Of the heads alone those that a name in the document has, or that keep their capital inside a sentence."""
        had = {(head.kind, head.surface.lower()) for head in heads if head.sure and not head.titled}
        for name in decided:
            if name.kind in ("organization", "event") and " " in name.surface:
                had.update((name.kind, bare(word).lower()) for word in name.surface.split())
        return [head for head in heads if (head.kind, head.surface.lower()) in had]

    def _take_whole(self, start: int, name: Whole, titled: bool, found: list[Candidate]) -> None:
        """A name that words in lower case belong to, and before it whatever else the run holds."""
        if before := self.text[start : name.start].rstrip():
            self._take(start, before, reading(before, self.words.tag, self._opens(start), titled), titled, found)
        surface = self.text[name.start : name.end]
        found.append(Candidate(name.start, name.end, surface, name.kind, None, True, False, titled))

    def _sentence_parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A run cut where a sentence starts inside it (after a line break or an initial's stop), or a dateline."""
        text = self.text
        for cut in range(start + 1, end):
            if cut not in self.starts:
                if text[cut - 1] != "\n" or cut - text.rfind("\n", 0, cut - 1) > SHORT_LINE:
                    continue
                if self.before_a_day.match(text, end) is None:
                    continue
            yield start, cut
            start = cut
        yield start, end

    def _opens(self, start: int) -> bool:
        """A sentence, a quotation or what follows a colon opens here, so a capital says nothing."""
        if start in self.starts or not start:
            return True
        before = self.text[start - 1]
        if before != " ":
            return before in _QUOTES
        mark = self.text[start - 2]
        return mark in ";:" or (mark in ".)" and _NUMBERED.search(self.text, max(0, start - 9), start) is not None)

    def _run(self, start: int, run: str, titled: bool, found: list[Candidate]) -> None:
        if more := whole(self.text, start, start + len(run), self.words):
            self._take_whole(start, more, titled, found)
            return
        if self.words.tail is not None and (tailed := self._tail(start, run, titled)):
            self._finish_body(tailed)
            found.append(tailed)
            return
        if (match := self._foreign(start, run)) is not None:
            found.append(Candidate(start, match.end(), match[0], "organization", None, True, False, titled))
            return
        if run.isupper() and self._is_dateline_at(start, start + len(run)) and len(run.split()) < 4:
            surface = in_small_letters(run, self.words.tag)
            found.append(Candidate(start, start + len(run), surface, "place", None, True, False, False))
            return
        self._take(start, run, reading(run, self.words.tag, self._opens(start), titled), titled, found)

    def _foreign(self, start: int, run: str) -> re.Match[str] | None:
        """A body whose name is another language's ("the Syndicat des marins de Velna")."""
        if run.partition(" ")[0] not in self.words.foreign_heads:
            return None
        match = FOREIGN.match(self.text, start)
        return match if match and match.end() >= start + len(run.split("\n")[0]) else None

    def _take(self, start: int, run: str, names: Iterable[Piece], titled: bool, found: list[Candidate]) -> None:
        shown = in_small_letters(run, self.words.tag) if run.isupper() and (titled or " " in run) else run
        titled = titled or shown is not run
        for at, to, kind, role, sure, first in names:
            held = run[role[0] : role[1]] if role else None
            name = Candidate(start + at, start + to, shown[at:to], kind, held, sure, first, titled)
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
            if match and self._is_field(match["last"]) and not self._names_one(match["more"]):
                name.end = match.end()
        if name.end > end:
            name.surface = text[name.start : name.end]
            if name.surface.isupper():
                name.surface = in_small_letters(name.surface, self.words.tag)

    def _lists_fields(self, name: str) -> bool:
        words = re.split(r"[ ’']", name)
        return not self.words.listing.isdisjoint(words) and not self.words.connectors.isdisjoint(
            [*words, *(f"{word}’" for word in words if len(word) == 1)]
        )

    def _is_field(self, last: str) -> bool:
        """What may be the last of several fields in a name: neither a body, nor a place, nor a person."""
        last = in_small_letters(last, self.words.tag) if last.isupper() else last
        parts = [part for part in last.split() if part[0].isupper()]
        known = last in self.words.known or is_acronym(last) or self.words.heads.intersection(parts)
        return not known and (len(parts) < 2 or bool(self.words.inner.intersection(parts)))

    def _names_one(self, fields: str) -> bool:
        """One of the fields between is a body or a place."""
        each = [field.strip() for field in fields.split(",") if field.strip()]
        return any(field in self.words.known or self.words.heads.intersection(field.split()) for field in each)

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
            if name.kind == "person" and not name.sure and self._is_surname_place(name.surface):
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

    def _take_tail(self, name: Candidate) -> None:
        """The lower-case noun that ends a place's name ("Orsk province")."""
        following = self._following(name.end)
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
            if name.kind == "person" and (name.role or (self._speaks(name) and not self._is_located(name)))
        }
        bodies = [name for name in found if name.kind == "organization" and name.sure]
        by: dict[str, list[Candidate]] = {}
        for name in unsure:
            if name.surface not in spoken:
                by.setdefault(name.surface, []).append(name)
        for surface, names in by.items():
            few = names[:20]
            if surface.rpartition(" ")[2] in alone and not any(map(self._has_article, few)):
                continue
            kind: EntityType | None = "person"
            here = self._is_surname_place(surface) and (
                "s' " in surface or "s’ " in surface or any(map(self._is_in_address, few))
            )
            if here or any(map(self._is_dateline, few)) or 3 * sum(map(self._is_located, few)) >= len(few):
                kind = "place"
            elif any(map(self._has_article, few)):
                body = next((whole for whole in bodies if whole.surface.startswith(f"{surface} ")), None)
                kind = "organization" if body else "place" if self._is_surname_place(surface) else None
                if body and not body.alias:
                    body.alias = surface
            for name in names:
                name.kind, name.sure = kind, kind != "person" and kind is not None

    def _speaks(self, name: Candidate) -> bool:
        words = self.words
        following = self._following(name.end)
        return following in words.speaker_verbs or following in words.person_followers

    def _following(self, end: int) -> str:
        """The word behind, where nothing but a blank parts them."""
        if self.text[end : end + 1] != " ":
            return ""
        return self.text[end + 1 : end + 24].partition(" ")[0].strip(".,;:\n")

    def _possessed(self, end: int) -> str:
        """The word behind "’s"."""
        return self._following(end + 2) if self.text.startswith(_POSSESSIVES, end) else ""

    def _has_article(self, name: Candidate) -> bool:
        """The article stands before it, and no noun behind that it might belong to ("the Mira Kessan campaign")."""
        if self.text[max(0, name.start - 4) : name.start].lower() != "the ":
            return False
        following = self._following(name.end)
        return not following[:1].isalpha() or following in self.words.speaker_verbs or following in self.words.openers

    def _is_surname_place(self, surface: str) -> bool:
        return surface.rpartition(" ")[2] in self.words.surname_places

    def _is_located(self, name: Candidate) -> bool:
        """Two words that might be a person's, but something happens in them."""
        before = self._words_before(name.start, 5)
        if not before:
            return False
        words, last = self.words, before[-1].lower()
        if last in words.locatives or self._is_source_of_many(name, before):
            return True
        if last in words.goals:
            return self._is_surname_place(name.surface) or not words.moving.isdisjoint(before[:-1])
        return last in words.directions and (self._is_surname_place(name.surface) or last not in ("from", "left"))

    def _is_source_of_many(self, name: Candidate, before: list[str]) -> bool:
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

    def _is_beside_a_place(self, name: Candidate) -> bool:
        """ "Keld and Orsk", one of which is a place."""
        joined = self.text[max(0, name.start - 6) : name.start].endswith(_JOINERS)
        match = _BESIDE.search(self.text, max(0, name.start - 40), name.start) if joined else None
        if match is None and self.text.startswith((" and ", ", "), name.end):
            match = _LISTED.search(self.text, max(0, name.start - 40), name.start)
            if match:
                return match["place"] in self.located or match["place"].rpartition(" ")[2] in self.located
        if match:
            other = match["other"]
            return other in self.located or other.rpartition(" ")[2] in self.located
        if not self.text.startswith((" and ", " or "), name.end):
            return False
        rest = self.text[name.end : name.end + 50].strip().partition(" ")[2]
        rest = rest.removeprefix("of ").removeprefix("from ")
        parts = [part.strip(".,;:") for part in rest.split()[:2]]
        return bool(parts) and (parts[0] in self.located or " ".join(parts) in self.located)

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
        if any(self._is_dateline(name) or self._is_said_to_be_a_place(name) for name in places[:20]):
            return "place"
        if all(c.opens or c.titled for c in places):
            return "place" if any(self._is_in_address(name) for name in places[:20]) else None
        votes = [vote for name in places[:20] for vote in self._votes(name)]
        if surface in self.owned or any(self._is_in_address(name) for name in places[:20]):
            votes += ("place", "place")
        if surface in self.borne:
            votes.append("place")
        return max((kind for kind in _TYPES if kind in votes), key=votes.count, default=None)

    def _is_in_address(self, name: Candidate) -> bool:
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

    def _is_dateline(self, name: Candidate) -> bool:
        return self._is_dateline_at(name.start, name.end)

    def _is_dateline_at(self, start: int, end: int) -> bool:
        """The name opens a line and a day follows it."""
        at_start = (not start or self.text[start - 1] == "\n") and not self.text[start:end].endswith(_NO_NAME_ENDING)
        return at_start and self.before_a_day.match(self.text, end) is not None

    def _is_said_to_be_a_place(self, name: Candidate) -> bool:
        """ "Keld, a town in the hills", "Keld is a village."""
        kinds = self.words.place_kinds
        if not kinds or not self.text.startswith(_BEFORE_WHAT_IT_IS, name.end):
            return False
        match = _SAID_TO_BE.match(self.text, name.end)
        return match is not None and not kinds.isdisjoint(match.captures("noun")[-1:])

    def _votes(self, name: Candidate) -> list[EntityType]:
        """What the words on either side of one occurrence make of it."""
        words = self.words
        following = self._following(name.end)
        if self.text[name.start - 1 : name.start] in _HYPHENS:
            return ["person"]  # "pro-X forces" are not X's forces
        votes = [kind for kind, followers in self.followers if following in followers]
        if not following and self._possessed(name.end) in words.person_followers:
            votes.append("person")
        before = self._words_before(name.start, 5)
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
        elif self._is_source_of_many(name, before):
            votes += ("place", "place") if before[-2] in words.place_nouns else ("place",)
        elif low == "the" and following != "of" and following not in words.person_followers:
            if len(before) > 1 and before[-2].lower() in words.spatial:
                votes += ("place", "place")
            elif " " not in name.surface:
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
        return len(parts) <= MAX_TITLED_WORDS and (parts[-1] in heads or front)

    def _may_be_common(self, surface: str) -> bool:
        """A name that opens a sentence may begin with a common word, or be one."""
        first = surface.split()[0]
        return surface == first or first.endswith(_NO_NAME_ENDING) or self._is_running(first)


@cache
def _before_a_day(tag: str) -> re.Pattern[str]:
    """What follows a place at the head of a text: "Marn, 3 May", "Marn, Tuesday, 4th of May", "Marn, le 3 mai"."""
    named = "|".join(sorted(map(re.escape, calendar_words(tag) | {"Sept"}), key=len, reverse=True))
    lead = r"(?:publié |published |a |le |el |the |on )*"
    day = rf"(?:(?:{named})\.?,? (?:le )?)?\d{{1,2}}(?:st|nd|rd|th|er|º)?(?:[./-]\d|[ ](?:of |de )?(?:{named})\b)"
    return re.compile(rf",?(?: |\n){lead}(?:{day}|(?:{named})\.? \d)", re.IGNORECASE)


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
