"""Whether the entries of a registry can be taken in: each by itself, then against one another.

Errors keep the whole registry out, warnings do not. Nothing is repaired and nothing merged: a name with an invisible
letter stays as it is, and an alias that two entries share names neither of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import regex

from onrecord.resolve.entries import LONGEST_NAME, TYPES, Checked, Entry, Fault
from onrecord.text.dates import PartialDate
from onrecord.text.names import folded
from onrecord.text.writing import escaped, mixed, shown, unseen

LONGEST_ID = 200
"""Code points of an id, a scheme, or an id in a scheme."""
LONGEST_NOTE = 20_000
"""Code points of a note."""
MOST = 2000
"""Aliases, parents or ids of one entry."""

_ID = regex.compile(r"[^\p{C}\p{Z}]+")
_SCHEME = regex.compile(r"[a-z0-9][a-z0-9._-]*")
_LANGUAGE = regex.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_SCRIPT = regex.compile(r"[A-Z][a-z]{3}")
_SURROGATE = regex.compile(r"\p{Cs}")

Said = tuple[str, str]
"""A code and what it has to say."""


def checked(entries: Iterable[Entry], lines: Sequence[int | None] = ()) -> Checked:
    """The sound entries, and all problems at once. `lines`: where each entry begins, in the same order."""
    given = tuple(entries)
    at = dict(zip(range(len(given)), lines, strict=False))
    grave = [
        Fault(code, entry.id, f"{_who(entry)}: {message}", at.get(number))
        for number, entry in enumerate(given)
        for check in ALONE
        for code, message in check(entry)
    ]
    grave += [
        Fault(code, given[number].id, f"{_who(given[number])}: {message}", at.get(number))
        for check in TOGETHER
        for number, code, message in check(given, at)
    ]
    warnings = [
        Fault(code, given[number].id, f"{_who(given[number])}: {message}", at.get(number), grave=False)
        for check in WARNINGS
        for number, code, message in check(given)
    ]
    bad = {fault.entry for fault in grave}
    ordered = sorted([*grave, *warnings], key=lambda fault: fault.line or 0)
    return Checked(tuple(entry for entry in given if entry.id not in bad), tuple(ordered))


def _who(entry: Entry) -> str:
    return f"Entry {shown(entry.id)!r}".replace("\\\\", "\\") if entry.id else "An entry without an id"


# -- one entry by itself -----------------------------------------------------------------------------------------------


def _id(entry: Entry) -> Iterator[Said]:
    if not entry.id:
        yield "no-id", f"it is called “{shown(entry.name)}”. Give it an id of its own, such as harbour-union."
    elif not _ID.fullmatch(entry.id) or len(entry.id) > LONGEST_ID:
        yield (
            "bad-id",
            (
                f"its id holds white space or characters that cannot be seen, or more than {LONGEST_ID} characters. "
                "Write a short id without spaces, such as harbour-union."
            ),
        )


def _type(entry: Entry) -> Iterator[Said]:
    if entry.type not in TYPES:
        yield "wrong-type", f"its type is {_quoted(entry.type)}. Write one of: {', '.join(TYPES)}."


def _names(entry: Entry) -> Iterator[Said]:
    for kind, name in _named(entry):
        if not name.strip():
            yield "empty-name", f"its {kind} is empty. Write the name, or take it out."
        elif len(name) > LONGEST_NAME:
            yield (
                "long-name",
                (
                    f"its {kind} {_quoted(name)} has {len(name):,} characters, and {LONGEST_NAME} is the most. "
                    "Shorten it, or put the rest into the note."
                ),
            )
        elif name != name.strip():
            yield "edges", f"its {kind} {_quoted(name)} begins or ends with white space. Take that off."


def _texts(entry: Entry) -> Iterator[Said]:
    for alias in entry.aliases:
        if alias.language and not _LANGUAGE.fullmatch(alias.language):
            yield "bad-language", f"{_quoted(alias.language)} is no language tag. Write it as in: en, ar, zh-Hant."
        if alias.script and not _SCRIPT.fullmatch(alias.script):
            yield "bad-script", f"{_quoted(alias.script)} is no code of a script. Write it as in: Latn, Arab, Cyrl."
    if entry.note and len(entry.note) > LONGEST_NOTE:
        yield "long-note", f"its note has {len(entry.note):,} characters, and {LONGEST_NOTE:,} is the most. Shorten it."
    texts = (entry.id, entry.type, *entry.names(), *entry.parents, entry.note or "", *(v for p in entry.ids for v in p))
    if any(_SURROGATE.search(text) for text in texts):
        yield "not-text", "it holds half of a character (a lone surrogate), which no file can keep. Type it again."


def _dates(entry: Entry) -> Iterator[Said]:
    found = {}
    for field, value in (("since", entry.since), ("until", entry.until)):
        try:
            found[field] = PartialDate.parse(value) if value else None
            if value and value != value.strip():
                yield "edges", f"its date {_quoted(value)} begins or ends with white space. Take that off."
        except ValueError as error:
            yield "bad-date", f"`{field}`: {shown(str(error)) if len(value or '') > 40 else error}"
    since, until = found.get("since"), found.get("until")
    if since and until and until.precedes(since):
        yield "since-after-until", f"it holds since {since} until {until}, which is earlier. Exchange or correct them."


def _identifiers(entry: Entry) -> Iterator[Said]:
    for scheme, value in entry.ids:
        if not _SCHEME.fullmatch(scheme) or not _ID.fullmatch(value) or max(len(scheme), len(value)) > LONGEST_ID:
            yield (
                "bad-identifier",
                (
                    f"{_quoted(f'{scheme}:{value}')} is no id in a scheme. Write both without spaces, the scheme in "
                    "small letters, as in wikidata:Q42."
                ),
            )


def _counts(entry: Entry) -> Iterator[Said]:
    for field, values in (("aliases", entry.aliases), ("parents", entry.parents), ("ids", entry.ids)):
        if len(values) > MOST:
            yield "too-many", f"it has {len(values):,} {field}, and {MOST:,} is the most. Take some out."


ALONE: tuple[Callable[[Entry], Iterator[Said]], ...] = (_id, _type, _names, _texts, _dates, _identifiers, _counts)


def _named(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "name", entry.name
    for alias in entry.aliases:
        yield "alias", alias.name


def _quoted(text: str) -> str:
    return f"“{shown(text)}”"


# -- entries against one another ---------------------------------------------------------------------------------------

Found = Iterator[tuple[int, str, str]]
"""The number of an entry, a code, and what it has to say."""


def _duplicates(entries: Sequence[Entry], lines: dict[int, int | None]) -> Found:
    first: dict[str, int] = {}
    for number, entry in enumerate(entries):
        known = first.setdefault(entry.id, number)
        if known != number and entry.id:
            where = f" on line {lines[known]}" if lines.get(known) else ""
            yield (
                number,
                "duplicate-id",
                (
                    f"the id is taken{where} by “{shown(entries[known].name)}”; this one is “{shown(entry.name)}”. "
                    "Give one of them another id, or put the names of both into one entry."
                ),
            )


def _unknown_parents(entries: Sequence[Entry], lines: dict[int, int | None]) -> Found:
    known = {entry.id for entry in entries}
    for number, entry in enumerate(entries):
        for parent in dict.fromkeys(entry.parents):
            if parent not in known:
                yield (
                    number,
                    "unknown-parent",
                    (f"its parent {_quoted(parent)} is not in the registry. Add that entry, or take the parent out."),
                )


def _cycles(entries: Sequence[Entry], lines: dict[int, int | None]) -> Found:
    numbers = {entry.id: number for number, entry in reversed(list(enumerate(entries)))}
    for cycle in _rings({entry.id: entry.parents for entry in entries}):
        path = " → ".join(shown(each) for each in [*cycle[:10], *(["…"] if len(cycle) > 10 else []), cycle[0]])
        for member in cycle:
            yield numbers[member], "parent-cycle", f"it is part of itself: {path}. Take one of these parents out."


def _rings(parents: dict[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Cycles of parents: one at least out of each knot, each entry in one at most."""
    left = _peeled({each: [p for p in above if p in parents] for each, above in parents.items()})
    seen: set[str] = set()
    for start in left:
        path: dict[str, int] = {}
        at = start
        while at not in seen:
            seen.add(at)
            path[at] = len(path)
            at = left[at][0]
        if at in path:
            yield list(path)[path[at] :]


def _peeled(above: dict[str, list[str]]) -> dict[str, list[str]]:
    """The graph without those whose parents, and theirs, come to an end."""
    below: dict[str, list[str]] = defaultdict(list)
    for child, parents in above.items():
        for parent in parents:
            below[parent].append(child)
    missing = {each: len(parents) for each, parents in above.items()}
    ready = [each for each, count in missing.items() if not count]
    gone = set()
    while ready:
        each = ready.pop()
        gone.add(each)
        for child in below[each]:
            missing[child] -= 1
            if not missing[child]:
                ready.append(child)
    return {each: [p for p in parents if p not in gone] for each, parents in above.items() if each not in gone}


TOGETHER = (_duplicates, _unknown_parents, _cycles)


# -- warnings ----------------------------------------------------------------------------------------------------------


def _shared(entries: Sequence[Entry]) -> Found:
    bearers: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        for name in entry.names():
            bearers[entry.type, folded(name)].setdefault(number, name)
    counts = Counter(entry.id for entry in entries)
    for shared in bearers.values():
        ids = {entries[number].id for number in shared if counts[entries[number].id] == 1}
        if len(ids) < 2:
            continue
        listed = [f"{shown(entries[number].id)} (“{shown(name)}”)" for number, name in shared.items()]
        more = f" and {len(listed) - 10} more" if len(listed) > 10 else ""
        number, name = next(iter(shared.items()))
        yield (
            number,
            "shared-alias",
            (
                f"“{shown(name)}” is a name of several: {', '.join(listed[:10])}{more}. All keep it, and in a text "
                "it stands for none of them; add a longer name to each that only it has."
            ),
        )


def _disguised(entries: Sequence[Entry]) -> Found:
    for number, entry in enumerate(entries):
        for name in entry.names():
            if unseen(name):
                yield (
                    number,
                    "unseen",
                    (
                        f"“{shown(name)}” holds characters that cannot be seen, shown here as escapes. It is kept; "
                        "type the name again if they are no part of it."
                    ),
                )
            if odd := mixed(name):
                word, scripts = odd
                points = " ".join(map(escaped, word[:20]))
                yield (
                    number,
                    "mixed-scripts",
                    (
                        f"“{shown(name)}” has a word, “{shown(word)}” ({points}), with letters of several scripts "
                        f"({', '.join(scripts)}), which may look alike. It is kept; type it again if that is an error."
                    ),
                )


WARNINGS = (_shared, _disguised)
