"""What the cases of Russian tell of names, on top of what runs of capitals do (`names`, `runs`).

A given name from the list with a patronymic or a surname that agrees with it in gender and case is a person ("Олега
Дорина"), as are initials and a surname; whatever else was read over these words gives way ("Союза докеров Иван"). The
role before a person is the noun that agrees with the name, with all that hangs on it ("президент Союза докеров").
`nominatives` says which name an oblique form is of, so that "Орловым" and "Иван Орлов" are one person.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.annotate.candidates import Candidate
from onrecord.annotate.declension import (
    CASES,
    NOMINATIVE,
    NONE,
    Form,
    Forms,
    agreeing,
    declined,
    given,
    nouns,
    patronymics,
)
from onrecord.annotate.declension import surnames as surname_forms
from onrecord.annotate.vocabulary import Vocabulary, vocabulary
from onrecord.lexicon import lexicon
from onrecord.model import EntityType

TAG = "ru"
BEFORE = 160
"""Code points before a person in which the role is sought."""
MAX_ROLE_WORDS = 9

_UPPER = "[А-ЯЁІЇЄҐ]"
_CAP = _UPPER + r"[а-яёіїєґ’']+(?:-[А-ЯЁІЇЄҐ]?[а-яёіїєґ]+)?(?!\w)"
_INITIAL = r"[А-ЯЁІЇЄҐ]\. ?"
_WORD = re.compile(r"\S+")
_GENITIVE = re.compile(r"[а-яё-]{2,}(?:[аяыи]|[оеё]в|ей|[ыи]х|[оеё]го|[оеё]й|ств|ин|ний|лиц|ек|ок)")
_PAST = re.compile(r".*(?:л[аои]|л[аио]сь|лся)")
_FEMININE_VERB = re.compile(r".*[аеиоуыя]л(?:а|ась)")
_ADJECTIVE = r"[А-ЯЁ][а-яё]+(?:[оеёы]е|[ыи]й|[ао]я|[оеё]го|[оеё]му|[ыи]м|[оеё]м|[оеё]й|ую|яя|юю)"


_SONS = (["оглы"], ["кызы"], ["улы"], ["уулу"])
"""Behind the father's name: son or daughter of."""


_IS_ADJECTIVE = re.compile(_ADJECTIVE)
_QUOTED = re.compile(r" [«„“\"]([^«»“”„\"\n]{1,80})[»”“\"]")


class Person(NamedTuple):
    start: int
    end: int
    forms: Forms
    """What the given name (or, behind initials, the surname) may be: its genders and cases."""


@cache
def _people() -> re.Pattern[str]:
    """Initials with a surname, or two and more capitalised words with particles between.

    The capital stands before the look behind, because `re` then skips to the next candidate quickly.
    """
    between = "|".join(sorted(lexicon(TAG)["names"].get("particles", ()), key=len, reverse=True))
    rest = _CAP.removeprefix(_UPPER)
    behind = rf"{rest} {_INITIAL}{_UPPER}\.(?! ?{_CAP})"
    return re.compile(
        rf"{_UPPER}(?<![\w.].)(?:(?P<initials>\. ?(?:{_INITIAL})?){_CAP}|(?P<behind>{behind})"
        rf"|{rest}(?:[ \u00a0](?:(?:{between})[ -])?{_CAP})+)"
    )


@cache
def _cases(key: str, of: str) -> dict[str, frozenset[int]]:
    """Every form of the nouns in a list, in lower case, and the cases that it may be."""
    found: dict[str, set[int]] = {}
    for noun in lexicon(TAG)[of].get(key, ()):
        for form, cases in declined(noun).items():
            found.setdefault(form, set()).update(cases)
        if noun[-1] in "ое":  # neuters
            soft = noun[-1] == "е"
            for case, ending in enumerate(("я", "ю", "е", "ем", "и") if soft else ("а", "у", "о", "ом", "е"), 1):
                found.setdefault(noun[:-1] + ending, set()).add(case)
    return {form: frozenset(cases) for form, cases in found.items()}


@cache
def _modifiers() -> re.Pattern[str]:
    stems = "|".join(word[:-2] for word in lexicon(TAG)["roles"].get("modifiers", ()) if word[-2:] in ("ый", "ий"))
    return re.compile(rf"(?:{stems})(?:ый|ий|ого|его|ому|ему|ым|им|ом|ем|ая|яя|ой|ей|ую)|вице")


@cache
def _event_words() -> re.Pattern[str]:
    """A capitalised word and behind it the noun for an event, or "о" ("Договор о мостах")."""
    begin = "|".join(sorted({noun[:3] for noun in lexicon(TAG)["names"].get("event_nouns", ())}))
    return re.compile(rf"(?P<cap>{_CAP}) (?=об? |{begin})(?P<low>[а-яё]+)(?P<about>(?<= о) [а-яё]+|(?<= об) [а-яё]+)?")


@cache
def _named_events() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What is named by the words behind ("операция «Чистая вода»"): the noun's first letter, in either case, and the
    rest, by which it is found."""
    quoted = '[«“„"][^«»“”„"\n]{1,80}[»”“"]'
    behind = rf"[а-яё]* (?:{quoted}|{_ADJECTIVE} [а-яё]{{3,}}|{_CAP}(?: {_CAP})?)"
    return tuple((noun[0], re.compile(noun[1:-1] + behind)) for noun in lexicon(TAG)["names"].get("named_events", ()))


def mended(
    text: str, found: Sequence[Candidate], start: int, end: int, words: Vocabulary, opens: Collection[int]
) -> list[Candidate]:
    """The names read so far with those that the cases tell, in order; `opens`: where sentences start."""
    people = list(_persons(text, start, end))
    others = list(_headed(text, start, end, found, opens))
    sure = _apart([*(_candidate(text, p.start, p.end, "person") for p in people), *others])
    names = _merged(text, found, sure)
    roles = _Roles(text, names, words)
    forms = {person.start: person.forms for person in people}
    names = [name for name in names if not _disagrees(name)]
    for name in names:
        if name.kind == "person" and name.start in forms:
            name.role = name.role or roles.before(name.start, forms[name.start])
            if name.role is None and text.startswith(", ", name.end):
                name.role = roles.behind(name.end + 2)
    _alone(text, names)
    return names


def _apart(names: list[Candidate]) -> list[Candidate]:
    """In order; of two that overlap the first, of two that start together the longer."""
    kept: list[Candidate] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _candidate(text: str, start: int, end: int, kind: EntityType) -> Candidate:
    return Candidate(start, end, text[start:end], kind, None, True, False, False)


def _disagrees(name: Candidate) -> bool:
    """Two words that the reader took for a person, though the first is a common noun too ("Роман Орлова" is a book)."""
    first, _, last = name.surface.partition(" ")
    if name.sure or name.kind != "person" or not last or first not in lexicon(TAG)["given"].get("common", ()):
        return False
    return not agreeing(given().get(first, NONE), surname_forms(last))


def _persons(text: str, start: int, end: int) -> Iterator[Person]:
    for match in _people().finditer(text, start, end):
        if match["behind"]:
            yield Person(match.start(), match.end(), surname_forms(match[0].split(" ")[0]))
        elif match["initials"]:
            yield Person(match.start(), match.end(), surname_forms(match[0][len(match["initials"]) + 1 :]))
        else:
            for first, last, forms in _full(match[0]):
                yield Person(match.start() + first, match.start() + last, forms)


@lru_cache(maxsize=1 << 13)
def _full(run: str) -> tuple[Person, ...]:
    """The persons in a run of capitalised words: a given name with a patronymic or a surname or both."""
    words = vocabulary(TAG)
    tokens = [(each.start(), each.end(), each[0]) for each in _WORD.finditer(run)]
    found: list[Person] = []
    at = 0
    while words and at < len(tokens):
        read = _spelled(tokens, at, words)
        if read is not None:
            first, at, forms = read
            found.append(Person(tokens[first][0], tokens[at][1], forms))
        at += 1
    return tuple(found)


def _spelled(tokens: list[tuple[int, int, str]], at: int, words: Vocabulary) -> tuple[int, int, Forms] | None:
    """First and last token of the person whose given name stands at `at`."""
    word, rest = tokens[at][2], tokens[at + 1 : at + 5]
    if not rest:
        return None
    father = patronymics(rest[0][2])
    forms = given().get(word)
    if forms is None and father and (len(rest) > 1 or at) and _may_be_surname(word, words):
        forms = nouns(word)
    if not forms:
        return None
    last, agreed = at, forms
    if father and (both := agreeing(forms, father)):
        last, agreed = at + 1, both
    behind = last + 1
    if [token[2] for token in tokens[behind + 1 : behind + 2]] in _SONS:
        last, behind = behind + 1, behind + 2
    while behind < len(tokens) - 1 and tokens[behind][2] in words.particles:
        behind += 1
    family = tokens[behind][2] if behind < len(tokens) else ""
    if family and _may_be_surname(family, words) and (both := agreeing(agreed, surname_forms(family))):
        return at, behind, both
    if last == at:
        return None
    if at and _may_be_surname(tokens[at - 1][2], words) and agreeing(agreed, surname_forms(tokens[at - 1][2])):
        return at - 1, last, agreed
    return at, last, agreed


def _may_be_surname(word: str, words: Vocabulary) -> bool:
    low = word.lower()
    return not (
        word in words.known
        or word in words.heads
        or word in words.place_heads
        or word in words.event_heads
        or word in words.calendar
        or low in words.openers
        or low in _cases("nouns", "roles")
    )


def _headed(text: str, start: int, end: int, found: Sequence[Candidate], opens: Collection[int]) -> Iterator[Candidate]:
    """Events, works and places by a noun; an adjective that opens a sentence needs its capital elsewhere too."""
    yield from _works(text, start, end)
    settlements = _cases("settlements", "names")
    for name in found:
        if name.start < 2 or text[name.start - 1] != " ":
            continue
        if text[max(0, name.start - 14) : name.start - 1].rpartition(" ")[2].lower() in settlements:
            yield _candidate(text, name.start, name.start + len(name.surface.split()[0]), "place")
    for letter, pattern in _named_events():
        for match in pattern.finditer(text, start, end):
            at = match.start() - 1
            if at >= 0 and text[at].lower() == letter and not text[at - 1 : at].isalpha():
                yield _candidate(text, at, match.end(), "event")
    events = _cases("event_nouns", "names")
    opening = []
    borne = set()
    for match in _event_words().finditer(text, start, end):
        cap, low = match["cap"], match["low"]
        about = low in ("о", "об") and cap.lower() in events and match["about"]
        if not about and (low not in events or not _IS_ADJECTIVE.fullmatch(cap)):
            continue
        name = _candidate(text, match.start(), match.end() if about else match.end("low"), "event")
        if name.start in opens:
            opening.append(name)
        else:
            borne.add(name.surface)
            yield name
    yield from (name for name in opening if name.surface in borne)


def _works(text: str, start: int, end: int) -> Iterator[Candidate]:
    """Titles in quotation marks behind the noun for a work, with an adjective between or none."""
    for match in _QUOTED.finditer(text, start, end):
        before = text[max(start, match.start() - 40) : match.start()].lower().split()
        known = _cases("work_nouns", "names")
        noun = before[-1] in known if before else False
        if noun or (len(before) > 1 and before[-2] in known and _IS_ADJECTIVE.fullmatch(before[-1].title())):
            yield _candidate(text, match.start(1), match.end(1), "work")


def _merged(text: str, found: Sequence[Candidate], sure: Sequence[Candidate]) -> list[Candidate]:
    """Both in order; of the names found, bodies and places end before a sure one, and the others give way to it."""
    if not sure:
        return [name for name in (_without_role(text, name) for name in found) if name]
    starts = [name.start for name in sure]
    kept: list[Candidate] = []
    for read in found:
        name = _without_role(text, read)
        if name is None:
            continue
        last = bisect_right(starts, name.end - 1)
        if not last or sure[last - 1].end <= name.start:
            kept.append(name)
            continue
        over = [each for each in sure[max(0, bisect_right(starts, name.start) - 1) : last] if each.end > name.start]
        if name.kind in ("organization", "place") and name.start < over[0].start:
            name.end = name.start + len(text[name.start : over[0].start].rstrip())
            name.surface = text[name.start : name.end]
            kept.append(name)
    return sorted([*kept, *sure], key=lambda name: name.start)


def _without_role(text: str, name: Candidate) -> Candidate | None:
    """A body without the word for whoever leads it ("Глава Совета старейшин"), or what stands before that."""
    if name.kind != "organization":
        return name
    words = name.surface.lower().split(" ")
    front = next((at for at in range(len(words) - 1, -1, -1) if words[at] in _cases("nouns", "roles")), None)
    if front is None:
        return name
    name.start += sum(len(word) + 1 for word in words[: front + 1])
    name.surface = text[name.start : name.end]
    return name if " " in name.surface else None


class _Roles:
    """Finds the role before a person; `names` are in order."""

    def __init__(self, text: str, names: Sequence[Candidate], words: Vocabulary) -> None:
        self.text = text
        self.names = names
        self.words = words
        self.starts = [name.start for name in names]
        self.nouns = _cases("nouns", "roles")
        self.adverbs = words.openers | frozenset(lexicon(TAG)["names"].get("adverbs", ()))

    def before(self, start: int, forms: Forms) -> str | None:
        """From the furthest noun for a role that has the person's case; all between hangs on it in the genitive."""
        if start < 2 or not self.text[start - 2].isalpha():
            return None
        cases = {form.case for form in forms} or set(CASES)
        best: int | None = None
        latest: int | None = None
        at, floor = start, max(0, start - BEFORE)
        line = max(floor, self.text.rfind("\n", floor, start) + 1)
        for word in reversed(self.text[line : start - 1].rsplit(" ", MAX_ROLE_WORDS)[-MAX_ROLE_WORDS:]):
            at -= len(word) + 1
            if not (word[:1].isalpha() and word[-1:].isalpha()):
                break
            low = word.lower()
            noun = self.nouns.get(low) or self.nouns.get(low.rpartition("-")[2])
            if noun is not None:
                best = at if noun & cases else best
            elif _modifiers().fullmatch(low):
                best = at if best is not None and best == latest else best
            elif not self._hangs_on(word, low, at):
                break
            latest = at
        return None if best is None else self.text[best:start].rstrip()

    def _hangs_on(self, word: str, low: str, at: int) -> bool:
        """A genitive, or a part of a body or a place."""
        number = bisect_right(self.starts, at) - 1
        if number >= 0 and self.names[number].end > at and self.names[number].kind in ("organization", "place"):
            return True
        if low in ("по", "делам"):
            return True
        if word != low or low in self.adverbs:
            return False
        return _GENITIVE.fullmatch(low) is not None and (low == "села" or not _PAST.fullmatch(low))

    def behind(self, at: int) -> str | None:
        """In apposition ("Анна Вельская, председатель Комитета"): up to its noun."""
        stretch = self.text[at : at + 60].split(",")[0]
        for word in list(_WORD.finditer(stretch))[:3]:
            if word[0].lower() in self.nouns:
                return stretch[: word.end()]
            if not _modifiers().fullmatch(word[0].lower()):
                return None
        return None


def _alone(text: str, names: Sequence[Candidate]) -> None:
    """Single words left open that are the surname of somebody in the document in any case, or a given name."""
    common = frozenset(lexicon(TAG)["given"].get("common", ()))
    family = {
        root
        for name in names
        if name.kind == "person" and " " in name.surface
        for root in _roots(_surname(name.surface))
    }
    for name in names:
        if name.opens and not name.sure and name.kind == "person":
            _cut_to_family(text, name, family)
        if name.sure or name.kind not in (None, "person") or not name.surface.isalpha():
            continue
        own = family and not family.isdisjoint(_roots(name.surface))
        first = given().get(name.surface)
        called = first and not name.opens and common.isdisjoint(form.nominative for form in first)
        if own or called:
            name.kind, name.sure, name.opens = "person", True, False


def _cut_to_family(text: str, name: Candidate, family: Collection[str]) -> None:
    """A noun that opens a sentence before a surname in the document ("Слова Орлова"): no given name."""
    first, _, last = name.surface.partition(" ")
    if " " in last or first in given() or _roots(last).isdisjoint(family):
        return
    upright = {(form.gender, form.case) for form in surname_forms(last)} & {("m", NOMINATIVE)}
    if not upright:
        name.start = name.end - len(last)
        name.surface, name.opens = last, False


@lru_cache(maxsize=1 << 13)
def _roots(surname: str) -> frozenset[str]:
    """The nominatives of a surname without the ending of women's."""
    return frozenset(form.nominative.removesuffix("а") for form in surname_forms(surname))


def _surname(full: str) -> str:
    words = full.split()
    return words[0] if words[-1].endswith(".") else words[-1]


def nominatives(text: str, names: Iterable[tuple[int, int, EntityType | None]]) -> dict[tuple[int, int], str]:
    """The nominative of names in Cyrillic by their span, where the text has it or only one is possible."""
    listed = [(start, end, kind) for start, end, kind in names if "Ѐ" <= text[start] <= "ӿ"]
    printed = {text[start:end] for start, end, kind in listed if kind in ("person", "place")}
    found: dict[tuple[int, int], str] = {}
    single = []
    for start, end, kind in listed:
        name = text[start:end]
        if kind == "organization":
            found[start, end] = _body(name)
        elif kind == "place":
            found[start, end] = _chosen(name, {form.nominative for form in nouns(name)}, printed)
        elif kind == "person" and " " in name:
            found[start, end] = _chosen(name, _full_nominatives(name), printed)
        elif kind == "person":
            single.append((start, end))
    full = {name for span, name in found.items() if " " in name}
    families = {_surname(name) for name in full} | {name.split()[0] for name in full}
    for start, end in single:
        found[start, end] = _of_family(text, start, end, families)
    return found


def _chosen(name: str, possible: Collection[str], printed: Collection[str]) -> str:
    """Of the possible nominatives the one that the text has, or the only one; else the name itself."""
    there = sorted(each for each in possible if each in printed and each != name)
    if len(there) == 1 and name not in possible:
        return there[0]
    return next(iter(possible)) if len(possible) == 1 else name


@lru_cache(maxsize=1 << 13)
def _full_nominatives(name: str) -> frozenset[str]:
    words = name.split()
    if "." in name:
        at = 0 if words[-1].endswith(".") else len(words) - 1
        each = (form.nominative for form in surname_forms(words[at]))
        return frozenset(" ".join([*words[:at], one, *words[at + 1 :]]) for one in each)
    first = given().get(words[0]) or nouns(words[0])
    last = surname_forms(words[-1]) | patronymics(words[-1])
    middle = [patronymics(word) for word in words[1:-1]]
    found: set[str] = set()
    for form in agreeing(first, last):
        between = [_like(form, forms) or word for forms, word in zip(middle, words[1:-1], strict=True)]
        for family in last:
            if (family.gender, family.case) == (form.gender, form.case):
                found.add(" ".join([form.nominative, *between, family.nominative]))
    return frozenset(found)


def _like(form: Form, forms: Forms) -> str | None:
    return next((each.nominative for each in forms if each.gender == form.gender and each.case == form.case), None)


def _of_family(text: str, start: int, end: int, families: Collection[str]) -> str:
    """A surname or given name alone: the one that somebody in the text bears in full; of a woman beside her verb."""
    name = text[start:end]
    if name in families:
        return name
    forms = surname_forms(name) | given().get(name, NONE)
    if any(form.case == NOMINATIVE and form.gender == "f" for form in forms):
        after = _WORD.match(text, min(end + 1, len(text)))
        before = text[max(0, start - 30) : start].split()[-1:]
        if any(_FEMININE_VERB.fullmatch(word.strip(",.:;")) for word in [*(before), *([after[0]] if after else [])]):
            return name
    possible = {form.nominative for form in forms} & set(families)
    return next(iter(possible)) if len(possible) == 1 else name


@cache
def _heads() -> dict[str, str]:
    """Every form of the heads of bodies and the nominative."""
    heads = [head for head in lexicon(TAG)["organizations"].get("heads", ()) if " " not in head]
    found: dict[str, str] = {}
    for head in heads:
        for form in _forms_of_head(head):
            if form in heads:
                found.setdefault(form, head)
    return found


def _forms_of_head(head: str) -> Iterable[str]:
    if head[-1] in "ое":
        endings = ("", "о", "а", "у", "ом", "е") if head[-1] == "о" else ("", "е", "я", "ю", "ем", "и")
        return [head[:-1] + ending for ending in endings[1:]]
    return declined(head)


def _body(name: str) -> str:
    first, space, rest = name.partition(" ")
    return _heads().get(first, first) + space + rest
