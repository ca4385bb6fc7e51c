"""States and other territories as a registry: their names in the languages that are read, from CLDR by Babel, and the
names that the United Nations use (lexicon/mul/territories.toml). What a territory is called, and nothing of its status.
"""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale

from onrecord.lexicon import languages, lexicon
from onrecord.resolve.entries import Alias, Entry
from onrecord.text.names import folded

MAIN = "en"
"""The language of the entries' names; CLDR has all territories in it."""
VARIANTS = ("en_GB", "es_MX", "fr_CA")
"""Locales that name some territories otherwise than their language does."""


def territories() -> tuple[Entry, ...]:
    """An entry for each territory of ISO 3166, in the order of their codes."""
    main = _named(MAIN)
    said = {tag: lexicon("mul")["territories"].get(tag, {}) for tag in languages()}
    entries = []
    for code, name in sorted(main.items()):
        seen = {folded(name): Alias(name, MAIN)}
        for alias in (*_official(said, code), *_printed(code)):
            seen.setdefault(folded(alias.name), alias)
        entries.append(
            Entry(
                id=f"territory-{code}",
                type="place",
                name=name,
                aliases=tuple(seen.values())[1:],
                ids=(("iso-3166-1", code),),
            )
        )
    return tuple(entries)


def _official(said: dict[str, dict[str, list[str]]], code: str) -> Iterator[Alias]:
    for tag, names in said.items():
        yield from (Alias(name, tag) for name in names.get(code, ()))


def _printed(code: str) -> Iterator[Alias]:
    for locale in (*languages(), *VARIANTS):
        if name := _named(locale).get(code):
            yield Alias(name, locale.partition("_")[0])


def _named(locale: str) -> dict[str, str]:
    """Names by two-letter code; CLDR's codes of regions and of nobody left out."""
    found = Locale.parse(locale).territories.items()
    return {code: name for code, name in found if len(code) == 2 and code.isalpha() and code not in _NOBODY}


_NOBODY = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"])
"""Codes of unions, of the rest of Oceania, of test locales and of the unknown."""
