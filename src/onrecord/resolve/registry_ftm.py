"""A registry as FollowTheMoney entities, one JSON object a line (github.com/alephdata/followthemoney, its `schema/`).

Things with a name become entries by the table TYPES; links (a Membership) make the one they start from part of the one
they lead to. What FollowTheMoney has and a registry has not (other schemata, other properties) is passed over with a
warning each. What a registry has and FollowTheMoney has not (the language of a name, dates that are not plain, parents
of places) is written beside the properties, under `onrecord`, where other programs leave it alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
import regex
from msgspec.structs import replace

from onrecord.model import EntityType
from onrecord.resolve import registry_fields
from onrecord.resolve.entries import Alias, Entry, Fault, Lined
from onrecord.text.writing import shown

TYPES: dict[str, EntityType] = {
    "Person": "person", "Organization": "organization", "PublicBody": "organization", "Company": "organization",
    "LegalEntity": "organization", "Address": "place", "Event": "event", "Document": "work", "Article": "work",
    "PlainText": "work", "HyperText": "work", "Pages": "work",
}  # fmt: skip
LINKS = {
    "Membership": ("member", "organization"), "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
}  # fmt: skip
"""Schemata of links: the property of the one that is a part, and of the whole."""
_SCHEMATA = {"person": "Person", "organization": "Organization", "place": "Address", "event": "Event",
             "work": "Document"}  # fmt: skip
_NAMES = ("name", "title", "full", "alias", "weakAlias", "previousName", "abbreviation")
_PLAIN_NAME = {"work": "title", "place": "full"}
_DATES = {"organization": ("incorporationDate", "dissolutionDate"), "event": ("startDate", "endDate")}
_IDS = {
    "wikidataId": "wikidata", "leiCode": "lei", "registrationNumber": "registration", "idNumber": "id-number",
    "taxNumber": "tax", "vatCode": "vat", "dunsCode": "duns", "swiftBic": "swift", "bvdId": "bvd", "innCode": "inn",
    "ogrnCode": "ogrn", "opencorporatesUrl": "opencorporates",
}  # fmt: skip
_PROPERTIES = {scheme: name for name, scheme in _IDS.items()}
_LEGAL = frozenset(_IDS) - {"wikidataId"}
"""Properties that only people and organisations have."""
_NOTES = ("notes", "summary", "description")
_PREFIX_DATE = regex.compile(r"\d{4}(-\d\d(-\d\d)?)?")
OWN = "onrecord"

Properties = dict[str, list[str]]


class _Reading:
    """What has been found so far, line by line."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.lines: list[int | None] = []
        self.problems: list[Fault] = []
        self.links: list[tuple[str, str, int | None]] = []
        self.parents: list[tuple[str, str, int | None]] = []
        self.passed: Counter[tuple[str, str]] = Counter()

    def add(self, value: Any, line: int | None) -> None:
        """One entity, of whatever kind."""
        faults = _shape(value, line)
        if faults:
            self.problems += faults
            return
        schema, properties = value["schema"], _properties(value["properties"])
        if schema in LINKS:
            self._link(schema, properties, line)
        elif schema not in TYPES:
            self.problems.append(Fault(
                "passed-over", value["id"], f"“{shown(value['id'])}” is a {shown(schema)}, which a registry of names "
                f"has no place for; it was passed over. Those taken are: {', '.join([*TYPES, *LINKS])}.", line, False,
            ))  # fmt: skip
        else:
            self._entry(value, schema, properties, line)

    def _entry(self, value: dict[str, Any], schema: str, properties: Properties, line: int | None) -> None:
        made, known = _entry(value["id"], schema, properties)
        for name in properties.keys() - known:
            self.passed[schema, name] += 1
        if isinstance(value.get(OWN), dict):
            own, faults = registry_fields.entry(value["id"], value[OWN], line)
            self.problems += faults
            made = _joined(own, made)
        elif TYPES[schema] in ("person", "organization"):
            self.parents += [(made.id, parent, line) for parent in made.parents]
            made = replace(made, parents=())
        self.entries.append(made)
        self.lines.append(line)

    def _link(self, schema: str, properties: Properties, line: int | None) -> None:
        part, whole = LINKS[schema]
        for name in properties.keys() - {part, whole}:
            self.passed[schema, name] += 1
        self.links += [(one, other, line) for one in properties.get(part, ()) for other in properties.get(whole, ())]

    def done(self) -> Lined:
        """The entries with the parents that links give them."""
        known = {each.id for each in self.entries}
        above: dict[str, list[str]] = defaultdict(list)
        for part, whole, line in [*self.parents, *self.links]:
            if part in known and whole in known:
                above[part].append(whole)
            else:
                missing = whole if part in known else part
                self.problems.append(Fault("passed-over", part, f"“{shown(part)}” is said to be part of "
                                           f"“{shown(whole)}”, and “{shown(missing)}” is not in the file; the link was "
                                           "passed over. Add that entity to keep it.", line, False))  # fmt: skip
        entries = [replace(each, parents=tuple(dict.fromkeys([*each.parents, *above[each.id]])))
                   if each.id in above else each for each in self.entries]  # fmt: skip
        for (schema, name), count in sorted(self.passed.items()):
            message = (
                f"The property `{shown(name)}` of {count} × {schema} was passed over: a registry has no place for it."
            )
            self.problems.append(Fault("passed-over", "", message, None, grave=False))
        return Lined(tuple(entries), tuple(self.lines), tuple(self.problems))


def read(text: str) -> Lined:
    """The entities of a text: one a line, or one JSON list or object."""
    reading = _Reading()
    whole = _json(text) if text.lstrip()[:1] == "[" or text.count("\n{") == 0 else None
    if isinstance(whole, list):
        for value in whole:
            reading.add(value, None)
    elif isinstance(whole, dict):
        reading.add(whole, None)
    else:
        _by_line(text, reading)
    return reading.done()


def _by_line(text: str, reading: _Reading) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            value = _json(line)
            if value is None:
                message = (
                    f'“{shown(line.strip())}” is no JSON. A line holds one {{"id": …, "schema": …, "properties": …}}.'
                )
                reading.problems.append(Fault("no-json", "", message, number))
            else:
                reading.add(value, number)


def _json(text: str) -> Any:
    """The value, `None` where it is no JSON."""
    try:
        return msgspec.json.decode(text.encode("utf8"))
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None


def _shape(value: Any, line: int | None) -> list[Fault]:
    wanted: dict[str, type] = {"id": str, "schema": str, "properties": dict}
    if not isinstance(value, dict):
        return [Fault("no-entity", "", f"“{shown(str(value))}” is no entity. Write an object with id, schema and "
                      "properties.", line)]  # fmt: skip
    given = value.get("id") if isinstance(value.get("id"), str) else ""
    return [
        Fault("no-entity", given or "", f"The entity “{shown(str(given))}” has no proper `{name}`. FollowTheMoney "
              "gives each an id, a schema and properties.", line)
        for name, kind in wanted.items() if not isinstance(value.get(name), kind)
    ]  # fmt: skip


def _properties(given: Mapping[str, Any]) -> Properties:
    """Values as lists of text; an entity within is its id."""
    found = {}
    for name, values in given.items():
        several = values if isinstance(values, list) else [values]
        flat = (value.get("id") if isinstance(value, dict) else value for value in several)
        found[name] = [text for text in (str(value).strip() for value in flat if value is not None) if text]
    return found


def _entry(id: str, schema: str, properties: Properties) -> tuple[Entry, set[str]]:  # noqa: A002
    """The entry that the properties tell of, and the names of those that were used."""
    kind = TYPES[schema]
    names = [name for key in _NAMES for name in properties.get(key, ())]
    dates = _DATES.get(kind, ("", ""))
    since, until = (properties.get(name, [""])[0] for name in dates)
    made = Entry(
        id=id, type=kind, name=names[0] if names else "", aliases=tuple(map(Alias, dict.fromkeys(names[1:]))),
        parents=tuple(properties.get("parent", ())) if kind in ("person", "organization") else (),
        since=since[:10], until=until[:10],
        note="\n\n".join(text for key in _NOTES for text in properties.get(key, ())),
        ids=tuple((scheme, each) for name, scheme in _IDS.items() for each in properties.get(name, ())),
    )  # fmt: skip
    made = replace(made, aliases=tuple(alias for alias in made.aliases if alias.name != made.name))
    known = {*_NAMES, *dates, *_NOTES, *_IDS} | ({"parent"} if kind in ("person", "organization") else set())
    return made, known


def _joined(own: Entry, told: Entry) -> Entry:
    """What onrecord wrote, with names that another program has added since."""
    more = tuple(Alias(name) for name in told.names() if name and name not in own.names())
    return replace(own, aliases=own.aliases + more) if more else own


def written(entries: Iterable[Entry]) -> Iterator[bytes]:
    """A line an entity."""
    for each in entries:
        schema, properties = _SCHEMATA[each.type], _told(each)
        value: dict[str, Any] = {"id": each.id, "schema": schema, "properties": properties}
        if _entry(each.id, schema, _properties(properties))[0] != each or each.parents:
            value[OWN] = dict(registry_fields.values(each))
        yield msgspec.json.encode(value) + b"\n"


def _told(each: Entry) -> Properties:
    """As much as properties can tell."""
    found: Properties = {"name": [each.name]}
    if each.type in _PLAIN_NAME:
        found[_PLAIN_NAME[each.type]] = [each.name]
    if each.aliases:
        found["alias"] = list(dict.fromkeys(alias.name for alias in each.aliases))
    for name, value in zip(_DATES.get(each.type, ()), (each.since, each.until), strict=False):
        if value and _PREFIX_DATE.fullmatch(value):
            found[name] = [value]
    legal = each.type in ("person", "organization")
    for scheme, value in each.ids:
        name = _PROPERTIES.get(scheme, "")
        if name and (legal or name not in _LEGAL):
            found.setdefault(name, []).append(value)
    if each.parents and legal:
        found["parent"] = list(each.parents)
    if each.note:
        found["notes"] = [each.note]
    return found
