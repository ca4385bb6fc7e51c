"""RSS and Atom files through feedparser, on bytes only: it is never given an address, and fetches nothing.

An entry's bytes are its canonical JSON, so a feed saved again tomorrow brings new documents for its new entries only.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import struct_time
from typing import Any, BinaryIO

import msgspec

from onrecord.errors import Unreadable
from onrecord.ingest import media, webpage
from onrecord.ingest.dates import from_iso, loose
from onrecord.ingest.find import printable
from onrecord.ingest.limits import Limits, bomb, too_large
from onrecord.ingest.parts import Declared, Member, Rendered
from onrecord.ingest.rows import canonical
from onrecord.ingest.sheet import edition, too_long

_KEPT = ("title", "link", "id", "published", "updated", "created", "author", "language", "tags")


def members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """The entries, by their id or address, else by number."""
    data = stream.read(limits.member_bytes + 1)
    if len(data) > limits.member_bytes:
        raise too_large("feed", len(data), limits.member_bytes)
    feed = _parsed(data)
    said = Declared(publisher=_plain(feed.feed.get("title")), language=feed.feed.get("language"))
    for number, parsed in enumerate(feed.entries, 1):
        entry = dict(parsed)  # feedparser's own mapping answers for keys that are not there
        url = entry.get("link") or None
        label = entry.get("id") or url or str(number)
        yield Member(
            name=printable(label), data=canonical(_kept(entry)), media_type=media.ENTRY, declared=said, url=url
        )


def _parsed(data: bytes) -> Any:
    if b"<!ENTITY" in data or b"<!entity" in data:
        raise bomb("It defines XML entities, which a feed has no need of and which can expand without end.")
    import feedparser

    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries and feed.get("bozo"):
        raise Unreadable("damaged", f"It is not a feed ({feed.bozo_exception}).", "Save the feed again.")
    return feed


def _kept(entry: dict[str, Any]) -> dict[str, Any]:
    """What of an entry is kept: its texts and what they say of themselves, no parsed forms."""
    kept: dict[str, Any] = {key: entry[key] for key in _KEPT if isinstance(entry.get(key), str)}
    parts = entry.get("content") or ([entry["summary_detail"]] if entry.get("summary_detail") else [])
    kept["content"] = [{"type": part.get("type") or "text/html", "value": part.get("value") or ""} for part in parts]
    for key in ("published", "updated"):
        if isinstance(parsed := entry.get(f"{key}_parsed"), struct_time):
            kept[f"{key}_day"] = f"{parsed.tm_year:04d}-{parsed.tm_mon:02d}-{parsed.tm_mday:02d}"
    return kept


def _plain(title: str | None) -> str | None:
    return webpage.plain(title) if title and ("<" in title or "&" in title) else title


def entry(data: bytes, limits: Limits) -> Rendered:
    """One entry as text: its longest content, under its title where the content does not open with it."""
    value = msgspec.json.decode(data)
    best = max(value["content"], key=lambda part: len(part["value"]), default={"type": "text/plain", "value": ""})
    title = _plain(value.get("title"))
    body = _body(best, limits)
    parts = [title] if title and not body.text.startswith(title) else []
    text = "\n\n".join([*parts, body.text] if body.text else parts)
    if len(text) > limits.text_chars:
        raise too_long(len(text), limits)
    shift = len(text) - len(body.text)
    return msgspec.structs.replace(
        body,
        text=text,
        extractor="feedparser",
        version=edition("feedparser", 1),
        headings=tuple(webpage.moved(span, shift) for span in body.headings),
        boilerplate=tuple(webpage.moved(span, shift) for span in body.boilerplate),
        declared=_declared(value, title),
    )


def _body(part: dict[str, str], limits: Limits) -> Rendered:
    value = part["value"]
    if part["type"] == media.TEXT and "</" not in value:
        return Rendered(text=value.strip(), extractor="feedparser", version="")
    return webpage.fragment(value, limits)


def _declared(value: dict[str, Any], title: str | None) -> Declared:
    """The day as written, in the feed's own time zone, where it can be read; else feedparser's."""
    for key in ("published", "created", "updated"):
        if found := loose(value.get(key)) or from_iso(value.get(f"{key}_day")):
            return Declared(title=title, published=found, language=value.get("language"))
    return Declared(title=title, language=value.get("language"))
