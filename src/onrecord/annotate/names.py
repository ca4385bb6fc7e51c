"""Names in a text: persons, organisations, places and events, and the entities they are names of.

One pass finds runs of capitalised words (in Arabic, heads and titles, see `arabic`); `runs` takes each apart by its
own words; what these leave open ("Orsk" alone) is decided by what stands beside it anywhere in the document
(`beside`, `deciding`). `clusters` then says which mentions are one entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from onrecord.annotate import arabic, clusters, known, russian, works
from onrecord.annotate.beside import Beside
from onrecord.annotate.bodies import Whole, first_part, further_fields, known_whole, uncapitalised, whole
from onrecord.annotate.candidates import Candidate
from onrecord.annotate.deciding import Deciding
from onrecord.annotate.offices import Offices, field_before_person
from onrecord.annotate.runs import Piece, bare, in_small_letters, reading
from onrecord.annotate.surnames import surname_first
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
        for at, to, territory in self._stretches(start, end):
            if at < covered:
                rest = self.words.runs.search(text, covered, to) if to > covered and territory is None else None
                if rest is None:
                    continue
                at, to = rest.span()
            run = text[at:to]
            joint = text[at - 1] in _HYPHENS or (spaced and text[at - 3 : at] == "al ")
            if joint and (joined := article(text, at)) < at:
                at = joined
                run = text[at:to]
            while title.end <= at:
                title = next(titles)
            titled = title.start <= at
            known = len(found)
            if territory is not None:
                self._take_known(at, territory, titled, found)
            elif "\n" in run or "." in run:
                for part_start, part_end in self._sentence_parts(at, to):
                    self._run(part_start, text[part_start:part_end].rstrip(), titled, found)
            elif tails or run.partition(" ")[0] in foreign or (run.isupper() and self.beside.is_dateline_at(at, to)):
                self._run(at, run, titled, found)
            elif first_part(run, tag) is not None and (more := whole(text, at, to, self.words)):
                self._take_whole(at, more, titled, found)
            elif names := reading(run, tag, self._opens(at), titled):
                self._take(at, run, names, titled, found)
            if len(found) == known:
                heads += self._head_alone(at, run, titled)
            covered = found[-1].end if found else start
        found = self._with_lower(found, start, end)
        if tag == russian.TAG:
            found = russian.mended(text, found, start, end, self.words, self.starts)
        if titled_works := [*works.find(text, start, end, self.words)]:
            inside = {at for title in titled_works for at in range(title.start, title.end)}
            found = [name for name in found if name.start not in inside]
            heads = [name for name in heads if name.start not in inside]
            found += [Candidate(*it, text[it.start : it.end], "work", None, True, False, False) for it in titled_works]
            found.sort(key=lambda name: name.start)
        if tag != russian.TAG:  # which reads roles by their case
            fields = Offices(text, self.words, found).give(name for name in found if name.kind == "person")
            found = [name for name in found if name.start not in fields] if fields else found
        decided = self.deciding.decide(found)
        self._join_translations(decided)
        return decided + self._called_by_head(heads, decided) if heads else decided

    def _stretches(self, start: int, end: int) -> Iterable[tuple[int, int, Whole | None]]:
        """Runs of capitalised words, each cut behind every known name in it that a run would not hold."""
        runs, text = self.words.runs, self.text
        territories = sorted([*known_whole(text, start, end, self.words), *surname_first(text, start, end, self.words)])
        if not territories:
            return [(*match.span(), None) for match in runs.finditer(text, start, end)]
        return self._cut(start, end, territories)

    def _cut(self, start: int, end: int, territories: list[Whole]) -> Iterator[tuple[int, int, Whole | None]]:
        runs, text = self.words.runs, self.text
        number, covered = 0, start
        for match in runs.finditer(text, start, end):
            at, to = max(match.start(), covered), match.end()
            while number < len(territories) and territories[number].start < to:
                name = territories[number]
                number += 1
                if name.start >= covered:
                    yield min(at, name.start), name.end, name
                    at = covered = name.end
            if at == match.start():
                yield at, to, None
            elif rest := runs.search(text, at, to) if at < to else None:
                yield rest.start(), to, None

    def _take_known(self, start: int, name: Whole, titled: bool, found: list[Candidate]) -> None:
        """A known name, or the body that is called after it, and what else the run holds before it."""
        text = self.text
        if line := text.rfind("\n", start, name.start) + 1:
            for part_start, part_end in self._sentence_parts(start, line - 1):
                self._run(part_start, text[part_start:part_end].rstrip(), titled, found)
            start = line
        to = name.start + len(text[name.start : name.end].split(" ", 1)[0].split("’")[0].split("'")[0])
        run = text[start:to]
        names = reading(run, self.words.tag, self._opens(start), titled) if start < name.start else ()
        self._take(start, run, [piece for piece in names if start + piece.end <= name.start], titled, found)
        last = next((piece for piece in names if start + piece.start < name.start < start + piece.end), None)
        holds = last is not None and last.kind in ("organization", "event")
        at, kind = (start + last.start, last.kind) if holds and last is not None else (name.start, name.kind)
        titled = titled and kind != "person"
        found.append(Candidate(at, name.end, text[at : name.end], kind, None, True, False, titled))

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
            if not words.elisions:
                return
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
        if self.words.tail is not None and (field := field_before_person(self.text, start, run, self.words)):
            start, run = start + field, run[field:]
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
        beside = name.role is None and text[name.start - 1] == " " and text[name.start - 2].islower()
        if beside and text[max(0, name.start - 24) : name.start - 1].rpartition(" ")[2] in self.words.roles:
            name.kind, name.sure, name.opens = "person", True, False

    def _in_quotes(self, name: Candidate) -> bool:
        """A title or a nickname rather than a person's name: a quotation mark stands before the closing one too."""
        return self.text[max(0, name.start - 5) : name.start].removesuffix("The ")[-1:] in _MARKS

    def _extend(self, name: Candidate) -> None:
        text, end = self.text, name.end
        following = text[end : end + 3]
        if following in _DASHES and (match := self.words.runs.match(text, end + 3)):
            if bare(match[0].split()[0]) in self.words.after_dash:
                _, name.end = next(self._sentence_parts(*match.span()))  # the next line of a list is another name
                name.end = name.start + len(text[name.start : name.end].rstrip())
        elif text.startswith(self.words.field_openers, end) and self._lists_fields(name.surface):
            name.end = further_fields(text, end, self.words) or end
        if name.end > end:
            name.surface = text[name.start : name.end]
            if name.surface.isupper():
                name.surface = in_small_letters(name.surface, self.words.tag)

    def _lists_fields(self, name: str) -> bool:
        words = re.split(r"[ ’']", name)
        return not self.words.listing.isdisjoint(words) and not self.words.connectors.isdisjoint(
            [*words, *(f"{word}’" for word in words if len(word) == 1)]
        )


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
