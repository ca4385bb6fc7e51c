"""One address of every kind of page of the demo, in the order of the navigation; the same pages in right-to-left."""

from __future__ import annotations

from onrecord.archive import Archive

ENGLISH = {
    "overview": "/",
    "search": "/search?q=harbour",
    "search, nothing": "/search?q=nothinglikeit",
    "search, not understood": "/search?q=%22",
    "reader": "/d/{english}",
    "passage": "/d/{english}?at=0-40",
    "nothing here": "/nowhere",
}
ARABIC = {
    "search, right to left": "/search?lang=ar",
    "reader, right to left": "/d/{arabic}",
}
NAMES = (*ENGLISH, *ARABIC)
RIGHT_TO_LEFT = tuple(ARABIC)


def addresses(archive: Archive) -> dict[str, str]:
    known = {"english": longest(archive, "en"), "arabic": longest(archive, "ar")}
    return {name: address.format(**known) for name, address in {**ENGLISH, **ARABIC}.items()}


def longest(archive: Archive, language: str) -> str:
    """The id of the longest statement that is wholly in one language."""
    fitting = [
        record
        for record in archive.records()
        if {part.tag for part in record.languages} == {language} and record.statements
    ]
    return max(fitting, key=lambda record: len(record.attributions)).id
