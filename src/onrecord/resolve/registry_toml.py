"""A registry as TOML: a table an entry, named by its id.

    [harbour-union]
    type = "organization"
    name = "Harbour Union"
    aliases = ["Dockers' Union", {name = "اتحاد الميناء", language = "ar"}]

Written by these few lines rather than by a library: a table of strings and lists of strings is all there is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import regex

from onrecord.errors import RegistryError
from onrecord.resolve.entries import Entry, Fault, Lined
from onrecord.resolve.registry_fields import entry, values
from onrecord.text.writing import shown

_HEADER = regex.compile(r"[ \t]*+\[[ \t]*+(?!\[)[^\n\[\]]*+\][ \t]*+(?:#[^\n]*+)?+")
_DOTTED = regex.compile(r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]{0,40}+"|'[^'\n]{0,40}+')[ \t]*+\.[ \t]*+){64}""")
"""A key of so many parts means nothing here, and tomllib takes the square of their number in time."""
_BARE = regex.compile(r"[A-Za-z0-9_-]+")
Table = tuple[str, Any, int | None]
"""An id, what is said of it, and the line where that begins."""
_ESCAPES = {**{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}, 0x22: '\\"', 0x5C: "\\\\",
            0x0A: "\\n", 0x0D: "\\r", 0x09: "\\t"}  # fmt: skip


def read(text: str) -> Lined:
    """The tables of a text. Raises RegistryError where it is no TOML."""
    entries, problems, places = [], [], []
    for name, given, line in _tables(text):
        if not isinstance(given, dict):
            problems.append(Fault("no-entry", name, f"“{shown(name)}” stands outside of any entry. Put it below a line "
                                  "like [harbour-union].", line))  # fmt: skip
            continue
        made, faults = entry(name, given, line)
        entries.append(made)
        places.append(line)
        problems += faults
    return Lined(tuple(entries), tuple(places), tuple(problems))


def _tables(text: str) -> list[Table]:
    if _DOTTED.search(text):
        raise RegistryError(
            "The registry holds a key of very many parts joined by full stops. Put it in quotation marks."
        )
    try:
        found = tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        return _apart(text, error)
    lines: dict[str, int] = {}
    for line, name in _headers(text):
        lines.setdefault(name, line)
    return [(name, given, lines.get(name)) for name, given in found.items()]


def _headers(text: str) -> Iterator[tuple[int, str]]:
    """The lines that look like the head of a table, with its id."""
    for number, line in enumerate(text.split("\n"), 1):
        if _HEADER.fullmatch(line.rstrip("\r")):
            try:
                found = list(tomllib.loads(line.strip()))
            except (RecursionError, ValueError):
                continue
            yield number, found[0]


def _apart(text: str, error: Exception) -> list[Table]:
    """The tables of a text that is no TOML only because ids come twice; raises RegistryError for other reasons."""
    heads = list(_headers(text))
    wrong = RegistryError(
        f"The registry is no TOML: {shown(str(error))}. Correct that place; text stands in quotation marks, and a "
        'quotation mark within it is written \\".'
    )
    if len({name for _, name in heads}) == len(heads):
        raise wrong
    lines = text.split("\n")
    found: list[Table] = []
    for start, end in pairwise([0, *(line - 1 for line, _ in heads), len(lines)]):
        try:
            tables = tomllib.loads("\n".join(lines[start:end]))
        except (RecursionError, ValueError):
            raise wrong from None
        found += [(name, given, start + 1) for name, given in tables.items()]
    return found


def written(entries: Iterable[Entry]) -> Iterator[bytes]:
    """A table an entry, with a blank line between."""
    for number, each in enumerate(entries):
        lines = [f"[{_key(each.id)}]", *(f"{name} = {_value(value)}" for name, value in values(each))]
        yield ("\n" * bool(number) + "\n".join(lines) + "\n").encode("utf8")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value.translate(_ESCAPES)}"'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(_value, value)) + "]"
