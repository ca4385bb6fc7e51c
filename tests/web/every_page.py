"""One address of every kind of page of the demo, in the order of the navigation; the same pages in right-to-left."""

from __future__ import annotations

from onrecord.archive import Archive

ENGLISH = {
    "overview": "/",
    "search": "/search?q=harbour",
    "search, in context": "/search?q=harbour&view=kwic",
    "search, over time": "/search?q=harbour&view=time&by=publisher",
    "search, nothing": "/search?q=nothinglikeit",
    "search, not understood": "/search?q=%22",
    "reader": "/d/{english}",
    "passage": "/d/{english}?at=0-40",
    "review": "/review",
    "review, nothing": "/review?publisher=nobody",
    "agreement": "/review/agreement",
    "decisions": "/ledger",
    "add what was missed": "/d/{english}/0-40/add",
    "terms": "/terms",
    "terms, their use": "/terms?q=river+%22the+water%22+%D9%88%D8%B2%D8%A7%D8%B1%D8%A9&party=Hill+Guard",
    "terms, two sides": "/terms?view=keyness&one=River+Labour+Party",
    "terms, not understood": "/terms?q=%28river%29",
    "statement": "/s/{english}/st1",
    "rules": "/rules",
    "parties": "/parties",
    "parties by name": "/parties?q=council",
    "party": "/p/{party}",
    "party, promises": "/p/{party}?act=promise",
    "together": "/together",
    "together, by closeness": "/together?order=closeness&since=2024",
    "together, matrix": "/together?view=matrix",
    "together, pairs": "/together?view=pairs",
    "together, list": "/together?view=list&party={party}",
    "together, nothing": "/together?since=1900&until=1901",
    "timeline": "/timeline",
    "timeline, one party": "/timeline?party={party}&since=2023-11&until=2023-11",
    "timeline, list": "/timeline?view=list",
    "import": "/import",
    "export": "/export",
    "nothing here": "/nowhere",
}
ARABIC = {
    "search, right to left": "/search?lang=ar",
    "in context, right to left": "/search?q=في&view=kwic",
    "reader, right to left": "/d/{arabic}",
    "review, right to left": "/review?lang=ar",
    "add, right to left": "/d/{arabic}/0-40/add",
    "statement, right to left": "/s/{arabic}/st1",
    "party, right to left": "/p/{party_arabic}",
}
NAMES = (*ENGLISH, *ARABIC)
RIGHT_TO_LEFT = tuple(ARABIC)


def addresses(archive: Archive) -> dict[str, str]:
    known = {"english": longest(archive, "en"), "arabic": longest(archive, "ar")}
    known |= {"party": archive.names.party("Committee of the Olive Valley").id}
    known |= {"party_arabic": archive.names.party("جمعية نساء الوادي").id}
    return {name: address.format(**known) for name, address in {**ENGLISH, **ARABIC}.items()}


def longest(archive: Archive, language: str) -> str:
    """The id of the longest statement that is wholly in one language."""
    fitting = [
        record
        for record in archive.records()
        if {part.tag for part in record.languages} == {language} and record.statements
    ]
    return max(fitting, key=lambda record: len(record.attributions)).id


NARROWING = (
    "q", "party", "since", "until", "lang", "genre", "publisher", "act", "voice", "speaker", "review", "without",
    "sort",
)  # fmt: skip
"""Parameters that mean the same on every page; each page is asked with all of them, and with its own."""
OWN = ("page", "view", "at", "kind", "by", "order", "form", "document", "cursor", "left", "right", "name")
FREE = {
    "/": (),
    "/search": (),
    "/search.{form}": (),
    "/d/{document}": (),
    "/d/{document}/{span}": (),
    "/d/{document}/cite.{form}": (),
    "/d/{document}/annotations.jsonld": (),
    "/d/{document}/{span}/add": (),
    "/d/{document}/{span}/judge": (),
    "/review": ("end", "every", "done", "undone"),
    "/review/agreement": (),
    "/ledger": ("state", "before", "news", "id"),
    "/d/{document}/page/{number}.png": (),
    "/s/{document}/{statement}": (),
    "/rules": (),
    "/export": (),
    "/export/{name}": (),
    "/import": (),
    "/import/{name}": (),
    "/o/{digest}": (),
    "/terms": ("one", "other", "every", "phrases", "least"),
    "/static/{name}": (),
    "/parties": (),
    "/p/{party}": (),
    "/together": ("order", "rule", "with"),
    "/timeline": (),
}
"""Paths whose parts are anything, with parameters of their own."""


def described(archive: Archive) -> dict[str, object]:
    """An OpenAPI description of the pages, in which everything may be any text."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "pages", "version": "1"},
        "paths": {path: {"get": operation(path, more)} for path, more in FREE.items()},
    }


def operation(path: str, more: tuple[str, ...]) -> dict[str, object]:
    inside = [part.split("}")[0] for part in path.split("{")[1:]]
    text = {"type": "string", "maxLength": 60}
    parameters = [{"name": name, "in": "path", "required": True, "schema": text} for name in inside]
    parameters += [{"name": name, "in": "query", "schema": text} for name in (*NARROWING, *OWN, *more)]
    return {"parameters": parameters, "responses": {"default": {"description": "a page"}}}
