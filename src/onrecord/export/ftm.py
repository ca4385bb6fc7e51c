"""The network as FollowTheMoney entities (followthemoney.tech, model 4), one JSON object a line.

| here | there |
| --- | --- |
| a party | `Person`, `Organization`, or `LegalEntity` where it is neither; whether a body is public nobody said |
| a document | `Document` |
| a role in a joint statement | `Documentation` from the document to the party, a line a role |
| a name that no entity could be tied to | `Mention` in the document, resolved to nobody |
| a pair | `UnknownLink`; its `proof` is every document it rests on, its `recordId` the statements |

"Statement" means a single claim about a property in FollowTheMoney; here it is the public act of speaking, whose key
(`document/statement`) stands under `recordId`. Dates there are prefixes of ISO 8601: 2024-05 stays 2024-05; what EDTF
says beyond that (an interval, "uncertain") becomes a start and an end, and stands in words beside them. Ids are made
from the archive's own, so a second export gives the same entities. Tests validate all this with the library itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from unicodedata import normalize
from urllib.parse import urlsplit

import msgspec

from onrecord.export.graph import place
from onrecord.hypergraph import JointStatement, Member, Network, Pair, Pairs, PartyCount
from onrecord.model import EntityType, Record
from onrecord.text.dates import PartialDate

Properties = dict[str, list[str]]
SCHEMATA: dict[EntityType | None, str] = {"person": "Person", "organization": "Organization"}
"""FollowTheMoney's schema for a type of entity; any other is a LegalEntity."""
NAME, STRING, URL = 384, 1024, 2048
"""The longest name, string and address, in code points, that it takes."""

_PREFIX = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", re.ASCII)
_ID = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.-]{0,198}[0-9A-Za-z])?", re.ASCII)
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""Controls, invisible signs and what turns a line round: the library takes them out of every value."""
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+", re.ASCII)


def encode(network: Network, pairs: Pairs, records: Iterable[Record]) -> Iterator[bytes]:
    """The lines; `records` are those of the network's documents, each read once."""
    for record in records:
        yield _line(record.id, "Document", _document(record))
    for party in network.parties:
        if party.together:
            yield _line(party.entity, SCHEMATA.get(party.type, "LegalEntity"), _party(party))
    yield from _hands(network)
    for statement in network.statements:
        for at, member in enumerate(statement.members):
            yield _member(statement, at, member)
    publishers = {statement.key: statement.publisher for statement in network.statements}
    for pair in sorted(pairs.pairs, key=lambda pair: (pair.first, pair.second)):
        said = _link(pair, pairs.rule.name, publishers.get)
        yield _line(f"{identifier(pair.first)}--{identifier(pair.second)}", "UnknownLink", said)


def _line(name: str, schema: str, properties: Properties) -> bytes:
    known = {key: values for key, values in properties.items() if values}
    return msgspec.json.encode({"id": identifier(name), "schema": schema, "properties": known}) + b"\n"


def identifier(name: str) -> str:
    """An id that FollowTheMoney takes: the name itself where it is one, else one made from its digest."""
    if _ID.fullmatch(name):
        return name
    return "x" + hashlib.sha256(name.encode("utf8", "surrogatepass")).hexdigest()[:40]


def plain(words: str | None, longest: int) -> list[str]:
    """The words on one line without what cannot be seen, cut where they are too long; empty where nothing is left.
    Composed (NFC), as the library has them."""
    # Three times what is kept is enough to cut from, and bounds the work on a name of any length.
    seen = " ".join(normalize("NFC", _UNSEEN.sub("", (words or "")[: 3 * longest])).split())
    short = seen if len(seen) <= longest else f"{seen[: longest - 1]}…"
    return [short] if any(sign.isalnum() for sign in short) else []


def _named(names: Iterable[str], otherwise: str) -> list[str]:
    """Names, each once; where none has a letter in it, the id: an entity must be called something."""
    found = dict.fromkeys(each for name in names for each in plain(name, NAME))
    return list(found) or [otherwise]


def _document(record: Record) -> Properties:
    capture = record.capture
    issued = next((fact.value for fact in record.dates if fact.role == "issued"), None)
    return {
        "fileName": plain(capture.source, STRING) or [record.id],
        "title": plain(record.title.text if record.title else None, STRING),
        "mimeType": [kind] if (kind := capture.media_type) and _MEDIA_TYPE.fullmatch(kind) else [],
        "fileSize": [str(capture.size)],
        "date": _prefixes(issued),
        "publishedAt": _prefixes(capture.published),
        "publisher": plain(capture.publisher, STRING),
        "sourceUrl": _address(capture.url),
        "description": [capture.digest],
    }


def _address(url: str | None) -> list[str]:
    """A web address that can be opened; nothing where it is none."""
    if url is None or len(url) > URL or not url.isascii() or not url.isprintable() or " " in url:
        return []
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return []
    return [url] if parts.scheme in ("http", "https") and _HOST.fullmatch(host) else []


def _party(party: PartyCount) -> Properties:
    first, *others = _named((party.name, *party.names), party.entity)
    return {"name": [first], "alias": others}


def _hands(network: Network) -> Iterator[bytes]:
    """Persons who sign for a body and are no parties of their own."""
    known = {party.entity for party in network.parties if party.together}
    names: dict[str, set[str]] = {}
    for statement in network.statements:
        for member in statement.members:
            if member.entity is not None and member.entity not in known:
                names.setdefault(member.entity, set()).add(member.name)
    for entity in sorted(names):
        yield _line(entity, "Person", {"name": _named(sorted(names[entity]), entity)})


def _member(statement: JointStatement, at: int, member: Member) -> bytes:
    document = identifier(statement.document)
    name = f"{document}-{statement.statement}-{at}"
    if member.entity is None:
        called = _named([member.name], "unnamed")
        return _line(name, "Mention", {"document": [document], "name": called})
    start, end = lifetime(statement.issued)
    return _line(
        name,
        "Documentation",
        {
            "document": [document],
            "entity": [identifier(member.entity)],
            "role": [member.role],
            "status": ["signs for the issuer"] if member.hand else [],
            "startDate": start,
            "endDate": end,
            "date": _prefixes(statement.issued),
            "summary": plain(member.words, STRING),
            "description": [f"{place(statement, member)} (statement dated {statement.issued or 'unknown'})"],
            "recordId": [statement.key],
            "proof": [document],
            "publisher": plain(statement.publisher, STRING),
        },
    )


def _link(pair: Pair, rule: str, publisher: Callable[[str], str | None]) -> Properties:
    starts, ends = lifetime(pair.extent.first)[0], lifetime(pair.extent.last)[1]
    times = "1 statement" if pair.statements == 1 else f"{pair.statements} statements"
    return {
        "subject": [identifier(pair.first)],
        "object": [identifier(pair.second)],
        "role": ["made a statement together"],
        "summary": [f"{times} together, {_between(pair)}; weight {pair.weight:.6g} by the rule {rule}"],
        "description": list(dict.fromkeys(pair.addresses)),
        "startDate": starts,
        "endDate": ends,
        "date": list(dict.fromkeys(each for issued in pair.dates for each in _prefixes(issued))),
        "recordId": list(pair.keys),
        "proof": list(dict.fromkeys(identifier(key.rpartition("/")[0]) for key in pair.keys)),
        "publisher": list(dict.fromkeys(each for key in pair.keys for each in plain(publisher(key), STRING))),
    }


def _between(pair: Pair) -> str:
    """The first and last date as they are written, which may say more than a prefix can."""
    first, last = pair.extent.first, pair.extent.last
    return "undated" if first is None else f"dated {first}" if first == last else f"from {first} to {last}"


def _prefixes(issued: str | None) -> list[str]:
    """The date, where it is a plain year, month or day."""
    return [issued] if issued is not None and _PREFIX.fullmatch(issued) else []


def lifetime(issued: str | None) -> tuple[list[str], list[str]]:
    """Start and end: a plain date is both; of any other, the first and last day that it may mean."""
    if issued is None:
        return [], []
    if plainly := _prefixes(issued):
        return plainly, plainly
    try:
        day = PartialDate.parse(issued)
    except ValueError:
        return [], []
    return (
        [] if day.low == date.min else [day.low.isoformat()],
        [] if day.high == date.max else [day.high.isoformat()],
    )
