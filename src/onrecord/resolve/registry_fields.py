"""One entry from the named values that a format has: types are checked here, meaning in `soundness`.

TOML and the registry's own part of FollowTheMoney have the same names and shapes of values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, cast

from onrecord.model import EntityType
from onrecord.resolve.entries import Alias, Entry, Fault
from onrecord.text.writing import shown

FIELDS = ("type", "name", "aliases", "parents", "since", "until", "ids", "note")
_ALIAS = ("name", "language", "script")


class Unfit(ValueError):
    """A value of the wrong kind; its message says what is right."""


def entry(id: str, values: Mapping[str, Any], line: int | None = None) -> tuple[Entry, list[Fault]]:  # noqa: A002
    """The entry, as far as its values fit, and what does not. What is missing stays empty."""
    faults = [Fault("unknown-field", id, f"Entry “{shown(id)}”: {unknown(name, FIELDS)}", line)
              for name in values if name not in FIELDS]  # fmt: skip
    read: dict[str, Any] = {}
    for name, reader in READERS.items():
        try:
            read[name] = reader(values[name]) if name in values else None
        except Unfit as error:
            faults.append(Fault("wrong-value", id, f"Entry “{shown(id)}”: `{name}` {error}", line))
            read[name] = None
    if faults and read["name"] is None:
        read["name"] = "?"
    made = Entry(
        id=id, type=cast("EntityType", read["type"] or ""), name=read["name"] or "", aliases=read["aliases"] or (),
        parents=read["parents"] or (), since=read["since"], until=read["until"], ids=read["ids"] or (),
        note=read["note"],
    )  # fmt: skip
    return made, faults


def unknown(name: str, known: tuple[str, ...]) -> str:
    """What to say of a field or column that the registry does not have."""
    close = get_close_matches(name[:40].casefold(), known, 1)
    meant = f"Did you mean `{close[0]}`?" if close else "Put it into the note, or take it out."
    return f"a registry has no `{shown(name)}`. {meant} It knows: {', '.join(known)}."


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit("is to be text in quotation marks.")
    return value


def _name(value: object) -> str:
    return _text(value).strip()


def _date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:04}" if abs(value) < 10_000 else "?"
    return _name(value)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _aliases(value: object) -> tuple[Alias, ...]:
    return tuple(map(_alias, _listed(value)))


def _alias(value: object) -> Alias:
    if isinstance(value, str):
        return Alias(value.strip())
    if not isinstance(value, dict) or "name" not in value or not all(isinstance(v, str) for v in value.values()):
        raise Unfit('is to be a list of names, each "Name" or {name = "Name", language = "en"}.')
    for key in value:
        if key not in _ALIAS:
            raise Unfit(f"has an alias with “{shown(str(key))}”. An alias has: {', '.join(_ALIAS)}.")
    return Alias(*(value.get(key, "").strip() for key in _ALIAS))


def _parents(value: object) -> tuple[str, ...]:
    return tuple(map(_name, _listed(value)))


def _ids(value: object) -> tuple[tuple[str, str], ...]:
    if isinstance(value, dict):
        return tuple((str(scheme), _name(each)) for scheme, ids in value.items() for each in _listed(ids))
    return tuple(identifier(_name(each)) for each in _listed(value))


def identifier(text: str) -> tuple[str, str]:
    """`wikidata:Q42` as scheme and id; without a colon the scheme is empty, which `checked` reports."""
    scheme, colon, value = text.partition(":")
    return (scheme.strip(), value.strip()) if colon else ("", text)


READERS: dict[str, Callable[[object], Any]] = {
    "type": _name, "name": _name, "aliases": _aliases, "parents": _parents, "since": _date, "until": _date,
    "ids": _ids, "note": _text,
}  # fmt: skip


def values(of: Entry) -> Iterator[tuple[str, Any]]:
    """The fields that are not empty, with values as `entry` reads them."""
    yield "type", of.type
    yield "name", of.name
    if of.aliases:
        yield "aliases", [_plain(alias) for alias in of.aliases]
    if of.parents:
        yield "parents", list(of.parents)
    if of.since:
        yield "since", of.since
    if of.until:
        yield "until", of.until
    if of.ids:
        yield "ids", [f"{scheme}:{value}" for scheme, value in of.ids]
    if of.note:
        yield "note", of.note


def _plain(alias: Alias) -> str | dict[str, str]:
    """An alias as its name where that says all, else by its fields."""
    derived = Alias(alias.name, alias.language)
    held = {"name": alias.name, "language": alias.language, "script": None if alias == derived else alias.script}
    kept = {key: value for key, value in held.items() if value}
    return alias.name if len(kept) == 1 else kept
