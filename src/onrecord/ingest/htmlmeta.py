"""What a page says of itself in its head: title, publisher, date, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from onrecord.ingest.dates import from_iso
from onrecord.ingest.parts import Declared
from onrecord.ingest.sheet import squeeze

TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")
PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name")
DATES = (
    "article:published_time", "datepublished", "og:published_time", "date", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "dc.date.created", "pubdate", "publishdate", "publish_date", "publish-date",
    "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date", "article.published",
    "creation_date",
)  # fmt: skip
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def declared(tree: HtmlElement) -> Declared:
    """Title, publisher, date and language as the page's head gives them; what it does not give is `None`."""
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    return Declared(
        title=_first(metas, TITLES) or _title(tree),
        publisher=_first(metas, PUBLISHERS) or _linked_publisher(linked),
        published=_published(tree, metas, linked),
        language=_language(tree, metas),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        content = squeeze(meta.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _title(tree: HtmlElement) -> str | None:
    title = tree.find(".//title")
    return squeeze(title.text_content()) or None if title is not None else None


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """The JSON-LD objects of the page, those in a `@graph` too."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                value = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            for entry in value if isinstance(value, list) else [value]:
                if isinstance(entry, dict):
                    yield entry
                    graph = entry.get("@graph")
                    yield from (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else ()


def _linked_publisher(linked: list[dict[str, object]]) -> str | None:
    for entry in linked:
        publisher = entry.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return squeeze(name)
    return None


def _published(tree: HtmlElement, metas: dict[str, str], linked: list[dict[str, object]]) -> str | None:
    """The date of publication: the head's, then a marked `time`, then what htmldate finds in the markup."""
    candidates: list[object] = [metas.get(name) for name in DATES]
    candidates += [entry.get("datePublished") for entry in linked]
    candidates += [time.get("datetime") for time in tree.iter("time") if _is_publication(time)]
    for candidate in candidates:
        if candidate and (found := from_iso(candidate)):
            return found
    return _by_htmldate(tree)


def _is_publication(time: HtmlElement) -> bool:
    return "pubdate" in time.attrib or time.get("itemprop") == "datePublished"


def _by_htmldate(tree: HtmlElement) -> str | None:
    from htmldate import find_date

    try:
        return find_date(tree, extensive_search=False, original_date=True)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _language(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    for value in (root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang"),
                  metas.get("content-language"), metas.get("og:locale"), metas.get("dc.language")):  # fmt: skip
        if value and (match := _LOCALE.match(value.strip())):
            return match[0].replace("_", "-")
    return None
