"""How the pages say things: codes to words, numbers and dates to what people read."""

from __future__ import annotations

from functools import cache

import regex
from babel import Locale
from babel.core import UnknownLocaleError

ROLES = {
    "issuer": "Issued by", "on-behalf-of": "On behalf of", "signatory": "Signed by", "sponsor": "Sponsored by",
    "participant": "Took part", "witness": "Witnessed by", "addressee": "Addressed to",
}  # fmt: skip
DATES = {
    "issued": "Issued",
    "published": "Published",
    "captured": "Captured",
    "held": "Held",
    "effective": "In force from",
}
SPEECH = {"direct": "own words", "indirect": "reported", "mixed": "own words and reported"}
ACTS = {
    "claim": "says", "affirm": "affirms", "recall": "recalls", "note": "notes", "deny": "denies", "admit": "admits",
    "warn": "warns", "accuse": "accuses",
    "demand": "demands", "request": "requests", "urge": "urges", "invite": "invites",
    "promise": "promises", "threaten": "threatens", "offer": "offers", "refuse": "refuses",
    "praise": "praises", "support": "supports", "condemn": "condemns", "concern": "is concerned",
    "condole": "mourns with",
    "decide": "decides", "announce": "announces",
}  # fmt: skip
MODALITIES = {"past": "told as done before", "reported": "told of", "hypothetical": "only thought of"}
SLOTS = {
    "performer": "who", "addressee": "to", "target": "about", "content": "what", "deadline": "until", "condition": "if",
    "negation": "not", "intensity": "how strongly",
}  # fmt: skip
VOICES = {
    "publisher": "published by", "translator": "translated by", "outlet": "told to", "issuer": "issued by",
    "speaker": "said by",
}  # fmt: skip
COMPARED = {"=": "", ">": "more than ", ">=": "at least ", "<": "fewer than ", "<=": "at most ", "~": "about "}
NOTES = {"quotations": "Quotation", "reported": "Reported", "acts": "Act", "figures": "Figure"}
VERDICTS = {"correct": "found right", "wrong": "found wrong", "replace": "corrected", "unsure": "left open"}
KINDS = {"person": "Persons", "organization": "Organisations", "place": "Places", "event": "Events", "work": "Works"}
SEGMENTS = {
    "boilerplate": "page furniture",
    "point": "clause",
    "insertion": "editor’s insertion",
    "preface": "editor’s preface",
}
MONTHS = Locale("en").months["format"]["wide"]
DATE = regex.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?([?~%]?)")
MOMENT = regex.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z")
SURE = {"": "", "?": " (uncertain)", "~": " (approximately)", "%": " (approximately, uncertain)"}


@cache
def language(tag: str) -> str:
    """A language's English name; the tag itself where it has none."""
    if tag == "und":
        return "Language not known"
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (ValueError, UnknownLocaleError):
        return tag


def date(value: str) -> str:
    """EDTF in words: `3 May 2024`, `May 2024`, `1 to 7 October 2023` as two dates with an en dash; else as it is."""
    if "T" in value:
        return moment(value)
    parts = [DATE.fullmatch(part) for part in value.split("/")]
    if len(parts) > 2 or not all(parts):
        return value
    return " – ".join(one_date(part) for part in parts if part)


def one_date(part: regex.Match[str]) -> str:
    year, month, day, sure = part.groups()
    named = [str(int(day))] if day else []
    named += [MONTHS[int(month)]] if month else []
    return " ".join([*named, year]) + SURE[sure or ""]


def size(count: int) -> str:
    """Bytes as people say them."""
    if count < 1000:
        return f"{count} bytes"
    value, units = float(count), iter(["kB", "MB", "GB", "TB"])
    unit = "bytes"
    while value >= 1000 and (bigger := next(units, None)):
        value, unit = value / 1000, bigger
    return f"{value:.1f} {unit}" if value < 10 else f"{value:.0f} {unit}"


def counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def rule(name: str) -> str:
    """A rule's name as words."""
    return name.replace("-", " ").replace("_", " ")


def sure(confidence: float) -> str:
    """How sure a rule is, in a word; nothing where it is as good as certain."""
    return "" if confidence >= 0.8 else "fairly sure" if confidence >= 0.5 else "unsure"


def segment(kind: str) -> str:
    return SEGMENTS.get(kind, kind)


def value_label(facet: str, value: str) -> str:
    """A facet's value in words."""
    return language(value) if facet == "language" else value


def moment(value: str) -> str:
    """An ISO 8601 moment in UTC as people read it: `3 May 2024, 14:05 UTC`."""
    match = MOMENT.fullmatch(value)
    return f"{date(match[1])}, {match[2]} UTC" if match else value
