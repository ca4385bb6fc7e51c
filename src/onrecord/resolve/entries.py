"""The entries of a registry: who or what is known, under which names, and what is wrong with an entry."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr

from onrecord.model import EntityType
from onrecord.text.writing import script

LONGEST_NAME = 500
"""Code points of a name or alias."""
TYPES: tuple[EntityType, ...] = ("person", "organization", "place", "event", "work")


class Alias(Struct, frozen=True):
    """Another name. `language` is BCP 47, `script` ISO 15924 and taken from the letters where it is not given."""

    name: str
    language: str | None = None
    script: str | None = None

    def __post_init__(self) -> None:
        force_setattr(self, "language", self.language or None)
        force_setattr(self, "script", self.script or script(self.name))


class Entry(Struct, frozen=True, kw_only=True):
    """Somebody or something with its names, as a person entered it; `""` in an optional field is `None`.

    `parents` are ids of entries that it is part of; `since` and `until` are EDTF, the dates between which the entry
    holds; `ids` are pairs of a scheme and an id in it (`("wikidata", "Q42")`).
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[Alias, ...] = ()
    parents: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    ids: tuple[tuple[str, str], ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until", "note"):
            force_setattr(self, name, getattr(self, name) or None)

    def names(self) -> tuple[str, ...]:
        """The name, then the aliases, each once."""
        return tuple(dict.fromkeys([self.name, *(alias.name for alias in self.aliases)]))


def entry_json(entry: Entry) -> str:
    """An entry as an archive keeps it."""
    return msgspec.json.encode(entry).decode()


def entry_from(text: str) -> Entry:
    """The entry that an archive keeps."""
    return msgspec.json.decode(text, type=Entry)


def entry_of(name: str, kind: str | None, label: str, spellings: Sequence[str]) -> Entry:
    """A party that documents name, as an entry: its id, its type (an organisation where it is not known), its names.

    Names that no registry takes (too long, with white space around) are left out.
    """
    fit = [each for each in spellings if each == each.strip() and len(each) <= LONGEST_NAME and each != label]
    return Entry(
        id=name,
        type=kind or "organization",  # type: ignore[arg-type]  # one of EntityType, as the archive has no other
        name=label[:LONGEST_NAME].strip(),
        aliases=tuple(Alias(each) for each in dict.fromkeys(fit)),
    )


class Fault(Struct, frozen=True):
    """Something wrong with a registry. `code` is stable; `message` says what happened and what to do.

    `entry` is the entry's id as given, empty where it has none; `line` counts from 1, `None` where it is not known.
    `grave` faults keep the registry out; the others are warnings.
    """

    code: str
    entry: str
    message: str
    line: int | None = None
    grave: bool = True

    def __str__(self) -> str:
        place = f"Line {self.line}: " if self.line else ""
        return f"{place}{self.message}"


class Checked(Struct, frozen=True):
    """The entries that are sound, in their order, and all that is wrong, in the order of lines and entries."""

    entries: tuple[Entry, ...]
    problems: tuple[Fault, ...] = ()

    @property
    def grave(self) -> tuple[Fault, ...]:
        """The problems that keep the registry out."""
        return tuple(each for each in self.problems if each.grave)


class Lined(Struct, frozen=True):
    """What a reader of a format found: entries with the line each begins on, and what it could not make into one."""

    entries: tuple[Entry, ...]
    lines: tuple[int | None, ...]
    problems: tuple[Fault, ...] = ()
