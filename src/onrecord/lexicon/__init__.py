"""Word lists as data: a folder a language, TOML files in it, loaded once a process.

`lexicon("en")["months"]` is the content of `en/months.toml` as plain dicts, lists and strings. A language that lacks a
list simply has none (`{}`), so a stage asks every language the same question. `digest()` changes with any of the data,
and so does everything derived from it.

`concepts()` is a table across languages: the words that names are made of, aligned. It serves the comparison of names
and no annotation, so it has a digest of its own.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CONCEPTS = FOLDER / "concepts.toml"


class Lexicon(Mapping[str, dict[str, Any]]):
    """One language's lists by name; a missing list is empty."""

    def __init__(self, tag: str, lists: dict[str, dict[str, Any]]) -> None:
        self.tag = tag
        self._lists = lists

    def __getitem__(self, name: str) -> dict[str, Any]:
        return self._lists.get(name, {})

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)


@cache
def languages() -> tuple[str, ...]:
    """The languages that are read in full, in alphabetical order; of others a folder holds single lists."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/tokens.toml")))


@cache
def lexicon(tag: str) -> Lexicon:
    """The lists of a language (its primary subtag counts); an empty Lexicon where there is no such folder."""
    primary = tag.split("-")[0]
    if not primary.isalpha():
        return Lexicon(primary, {})
    files = sorted((FOLDER / primary).glob("*.toml"))
    return Lexicon(primary, {file.stem: tomllib.loads(file.read_text("utf8")) for file in files})


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations of all languages that have a word list: a document may hold several."""
    return frozenset(word for tag in languages() for word in lexicon(tag)["tokens"].get("abbreviations", ()))


@cache
def digest() -> str:
    """A digest of all the word lists: derived facts are stale when it changes."""
    seen = hashlib.sha256()
    for file in sorted(FOLDER.glob("*/*.toml")):
        seen.update(file.relative_to(FOLDER).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return seen.hexdigest()[:16]


@cache
def concepts() -> dict[str, dict[str, Any]]:
    """The glossary of names: a table a concept (`role`, `also`, and its forms by language), and the table `words`."""
    return tomllib.loads(CONCEPTS.read_text("utf8"))


@cache
def concepts_digest() -> str:
    """A digest of the glossary: comparisons of names are stale when it changes, annotations are not."""
    return hashlib.sha256(CONCEPTS.read_bytes()).hexdigest()[:16]
