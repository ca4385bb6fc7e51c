"""Names in a text: persons, organisations, places and events, and the entities they are names of.

One pass finds runs of capitalised words (in Arabic, heads and titles, see `arabic`); `runs` takes each apart by its
own words; what these leave open ("Orsk" alone) is decided by what stands beside it anywhere in the document
(`beside`, `deciding`). `clusters` then says which mentions are one entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise

import regex

from onrecord.annotate import arabic, clusters, known, russian
from onrecord.annotate.beside import Beside
from onrecord.annotate.bodies import Whole, first_part, uncapitalised, whole
from onrecord.annotate.candidates import Candidate
from onrecord.annotate.deciding import Deciding
from onrecord.annotate.runs import Piece, bare, in_small_letters, reading
from onrecord.annotate.vocabulary import FOREIGN, Vocabulary, article, is_acronym, vocabulary
from onrecord.model import Document, Entity, EntityType, Language, Mention
from onrecord.text.spans import Span

_QUOTES = frozenset("\"'“”„‟‘’‚«»‹›「『([{*•–—-")
_MARKS = frozenset("\"'“‘«„")
_HYPHENS = frozenset("-‐‑")
_OPENED = frozenset([" (", " [", "\n(", "\n["])
_CLOSED = frozenset(")],;")
_CLOSERS = frozenset("\"'”’»“,")
_DASHES = (" – ", " — ", " - ")
_BRACKETED = regex.compile(r" ?\(([^\s()]{2,9}|[“\"][^\s()]{2,9}[”\"])\)")
_APPOSITION = regex.compile(r", (?:the |a |an |its |their |his |her |our )?([\w’'-]+)(?=[ ,.;)\n]|\Z)")
_APPOSED_WORD = regex.compile(r"[\w’'-]+")
_NUMBERED = re.compile(r"(?:^|\n)[ \t]*\(?(?:[IVXLC]+|\d{1,3}|\w)[.)] \Z")
KINDS: tuple[EntityType, ...] = ("organization", "place", "event")
SHORT_LINE = 60
"""Code points; text that is wrapped by hand breaks its lines behind more than these."""
MAX_TITLE_LINE = 140
"""Code points; a longer line is no headline."""


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
    found = [name for name in found if name.kind]
    if document.known:
        found = known.taken_in(text, found, document.known)
    called = russian.nominatives(text, ((c.start, c.end, c.kind) for c in found))
    return clusters.entities(text, [(c.start, c.end, c.kind, c.role, c.alias) for c in found], called)


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
        self.further = (*_DASHES, *words.field_openers)
        self.beside = Beside(text, words)
        self.deciding = Deciding(text, words, self.beside)

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
            elif (
                tails
                or run.partition(" ")[0] in foreign
                or (run.isupper() and self.beside.is_dateline_at(at, match.end()))
            ):
                self._run(at, run, titled, found)
            elif first_part(run, tag) is not None and (more := whole(text, at, match.end(), self.words)):
                self._take_whole(at, more, titled, found)
            elif names := reading(run, tag, self._opens(at), titled):
                self._take(at, run, names, titled, found)
            if len(found) == known:
                heads += self._head_alone(at, run, titled)
            covered = found[-1].end if found else start
        found = self._with_lower(found, start, end)
        if tag == russian.TAG:
            found = russian.mended(text, found, start, end, self.words, self.starts)
        decided = self.deciding.decide(found)
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
        lower = [
            Candidate(at, to, self.text[at:to], "organization", None, True, False, False)
            for at, to in uncapitalised(self.text, start, end, self.words.tag)
        ]
        for match in self.words.lower.finditer(self.text, start, end) if self.words.lower else ():
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
        """A body or an event called by its head with the article ("the Council", "this Accord").

        Behind an article that opens a sentence the capital of a body is its own too, unless it labels who speaks.
        """
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
            body = head in words.heads
            kind: EntityType = "organization" if body else "event"
            labels = text[at + len(head) : at + len(head) + 2].lstrip(" \u00a0")[:1] == ":"  # "Le Courrier : …"
            own = body and (first.islower() or not labels)
            yield Candidate(at, at + len(head), head, kind, None, own, False, titled)

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
                if self.beside.before_a_day.match(text, end) is None:
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
        if first_part(run, self.words.tag) is not None:
            more = whole(self.text, start, start + len(run), self.words)
            if more is not None:
                self._take_whole(start, more, titled, found)
                return
        if self.words.tail is not None and (tailed := self._tail(start, run, titled)):
            self._finish_body(tailed)
            found.append(tailed)
            return
        if (match := self._foreign(start, run)) is not None:
            found.append(Candidate(start, match.end(), match[0], "organization", None, True, False, titled))
            return
        if run.isupper() and self.beside.is_dateline_at(start, start + len(run)) and len(run.split()) < 4:
            surface = in_small_letters(run, self.words.tag)
            found.append(Candidate(start, start + len(run), surface, "place", None, True, False, False))
            return
        self._take(start, run, reading(run, self.words.tag, self._opens(start), titled), titled, found)

    def _foreign(self, start: int, run: str) -> re.Match[str] | None:
        """A body whose name is another language's ("the Syndicat des marins de Velna")."""
        if not self.words.foreign_heads or run.partition(" ")[0] not in self.words.foreign_heads:
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
        at = _last_word(run)
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

    def _role_before(self, name: Candidate) -> None:
        """A role in lower case right before the name ("deputy secretary-general Mira Kessan")."""
        start = name.start
        if start < 3:
            return
        if self.text[max(0, start - 24) : start - 1].rpartition(" ")[2] not in self.words.roles:
            return
        before = self.beside.words_before(start, 5)
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


@lru_cache(maxsize=1 << 14)
def _last_word(run: str) -> int:
    return max(run.rfind(" "), run.rfind("\u00a0"), run.rfind("’"), run.rfind("'")) + 1


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
