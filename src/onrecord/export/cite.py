"""A document, or a passage of it, as a reference: RIS, CSL JSON, Chicago (notes and bibliography, 17th edition).

Names stand as printed (see `reference`). Dates are as precise as their source; an unknown one is "n.d.". Whatever the
form, a reference carries the permanent address of the words, the digest of the original, and the day it was captured
as the day of access: who has the same bytes can check it. CSL and RIS know one date only, issue or publication: there
the day of publication stands where the day of issue is unknown; Chicago's words tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import regex
from msgspec import Struct

from onrecord.export.reference import Reference, reference
from onrecord.model import Record, Span

ARCHIVE = "onrecord"
TYPES = {
    "speech": ("speech", "GEN"), "interview": ("interview", "GEN"), "report": ("article-newspaper", "NEWS"),
}  # fmt: skip
"""CSL's and RIS's type for a genre. All others are documents: whether an agreement is a treaty, or a statement an act
of government, is not for a reference to say; `genre` says what it is."""
DOCUMENT = ("document", "GEN")
NOTE_NAMES = (3, 1)
"""Chicago: in a note up to three authors; of more, the first."""
ENTRY_NAMES = (10, 7)
"""In a bibliography up to ten; of more, the first seven."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}
_DAY = regex.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T[^?~%]*)?([?~%]?)")


class Cited(Struct, frozen=True, kw_only=True):
    """A reference in all its forms, as text; `csl` is the JSON object of one item."""

    document: str
    address: str
    note: str
    bibliography: str
    quoted: str | None
    """The words of the passage, then where they are from; `None` of a whole document."""
    ris: str
    csl: dict[str, Any]


def cited(record: Record, passage: Span | None = None) -> Cited:
    """The reference of a document, or of the range `passage` of its text, in every form."""
    of = reference(record, passage)
    return Cited(
        document=record.id, address=of.address, note=note(of), bibliography=bibliography(of), quoted=quoted(of),
        ris=ris(of), csl=csl(of),
    )  # fmt: skip


# -- Chicago -----------------------------------------------------------------------------------------------------------


def note(of: Reference) -> str:
    """A full note: `Hill Guard, “Communiqué No. 14,” October 4, 2023, Velna Papers, …`."""
    parts = [_named(of.authors, NOTE_NAMES), _called(of)]
    parts += [f"in “{_inner(of.container)}" + "”"] if of.container else []
    parts += [f"trans. {_listed(of.translators)}"] if of.translators else []
    parts += [spoken(of.issued), *_publication(of), f"accessed {spoken(of.accessed)}", of.url or "", _kept(of)]
    return _joined(parts, ",")


def bibliography(of: Reference) -> str:
    """An entry of a bibliography: `Hill Guard. “Communiqué No. 14.” October 4, 2023. Velna Papers. …`."""
    parts = [_named(of.authors, ENTRY_NAMES), _raised(_called(of))]
    parts += [f"In “{_inner(of.container)}" + "”"] if of.container else []
    parts += [f"Translated by {_listed(of.translators)}"] if of.translators else []
    parts += [
        _raised(spoken(of.issued)),
        *map(_raised, _publication(of)),
        f"Accessed {spoken(of.accessed)}",
        of.url or "",
    ]
    return _joined([*parts, _raised(_kept(of))], ".")


def quoted(of: Reference) -> str | None:
    """Copy with reference: the words, verbatim, then the note."""
    return None if of.words is None else f"{of.words}\n\n{note(of)}"


def text(of: Reference) -> str:
    """All of it as plain text."""
    parts = [("Note", note(of)), ("Bibliography", bibliography(of)), ("Quotation with reference", quoted(of))]
    return "\n".join(f"{name}\n{said}\n" for name, said in parts if said)


def _named(names: Sequence[str], most: tuple[int, int]) -> str:
    allowed, shown = most
    return _listed(names) if len(names) <= allowed else f"{', '.join(names[:shown])} et al."


def _listed(names: Sequence[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"


def _called(of: Reference) -> str:
    """The title in quotation marks; a document without one is described by how it begins."""
    if of.title:
        return f"“{_inner(of.title)}”"
    return f"untitled {of.genre or 'document'}" + (f" beginning “{_inner(of.beginning)}”" if of.beginning else "")


def _inner(title: str) -> str:
    """A title inside quotation marks: its own become single ones, and it has no full stop at its end."""
    return title.rstrip(" .,;:").replace("“", "‘").replace("”", "’")


def _publication(of: Reference) -> list[str]:
    """Who published it, where that is not its author, and when, where that is not its date."""
    who = of.publisher if of.publisher and of.publisher.casefold() not in map(str.casefold, of.authors) else ""
    when = of.published if of.published and of.published != of.issued else None
    said = f"published {f'by {who}, ' if who else ''}{spoken(when)}" if when else who
    return [said] if said else []


def _kept(of: Reference) -> str:
    return f"archived as {of.address} ({of.digest})"


def _raised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _joined(parts: Sequence[str], mark: str) -> str:
    """The parts one after another, each but the last of a note with `mark` at its end, inside a closing quotation."""
    there = [part for part in parts if part]
    ended = [_ended(part, mark) for part in there[:-1]] + [_ended(there[-1], ".")]
    return " ".join(ended)


def _ended(part: str, mark: str) -> str:
    inside = part.rstrip("”’")
    stopped = inside.endswith((".", "?", "!", "…")) if mark == "." else inside.endswith(",")
    return part if stopped else inside + mark + part[len(inside) :]


# -- dates -------------------------------------------------------------------------------------------------------------


def spoken(edtf: str | None) -> str:
    """A date in Chicago's words: `October 4, 2023`, `ca. 2023`, `[2023?]`, `n.d.` where it is unknown.

    What has no such words (weeks, quarters, `199X`) stays in EDTF.
    """
    if edtf is None:
        return "n.d."
    if "/" in edtf:
        ends = [{"": "unknown", "..": "open"}.get(end) or spoken(end) for end in edtf.split("/")]
        return " – ".join(ends)
    read = _read(edtf)
    if read is None:
        return edtf
    parts, sure = read
    year, *rest = parts
    said = _month(rest[0], year) if rest else str(year).zfill(4)
    if len(rest) == 2:
        said = f"{MONTHS[rest[0] - 1]} {rest[1]}, {year:04}"
    return {"": said, "~": f"ca. {said}", "?": f"[{said}?]", "%": f"[ca. {said}?]"}[sure]


def _month(month: int, year: int) -> str:
    return f"{SEASONS[month] if month in SEASONS else MONTHS[month - 1]} {year:04}"


def _read(edtf: str) -> tuple[list[int], str] | None:
    """Year, month or season, day, as far as known, and how sure; `None` for what is not made of these."""
    match = _DAY.fullmatch(edtf)
    if match is None:
        return None
    *parts, sure = match.groups()
    numbers = [int(part) for part in parts if part]
    if len(numbers) > 1 and not (1 <= numbers[1] <= 12 or (numbers[1] in SEASONS and len(numbers) == 2)):
        return None
    return numbers, sure


# -- CSL ---------------------------------------------------------------------------------------------------------------


def csl(of: Reference) -> dict[str, Any]:
    """One item of CSL JSON (csl-data.json of CSL 1.0.2); names are `literal`, for nobody parsed them."""
    item = {
        "id": of.id,
        "type": TYPES.get(of.genre or "", DOCUMENT)[0],
        "title": of.title or _called(of),
        "container-title": of.container,
        "author": _literal(of.authors),
        "translator": _literal(of.translators),
        "publisher": of.publisher,
        "issued": csl_date(of.issued or of.published),
        "available-date": csl_date(of.published) if of.issued and of.published != of.issued else None,
        "accessed": csl_date(of.accessed),
        "URL": of.url,
        "genre": of.genre,
        "language": of.language,
        "archive": ARCHIVE,
        "archive_location": of.address,
        "call-number": of.digest,
        "annote": of.words,
    }
    return {key: value for key, value in item.items() if value}


def _literal(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"literal": name} for name in names]


def csl_date(edtf: str | None) -> dict[str, Any] | None:
    """A CSL date: parts where EDTF has parts, else words; a date that is not sure is `circa`."""
    if edtf is None:
        return None
    read = [_read(end) for end in edtf.split("/")]
    known = [each for each in read if each is not None]
    if len(known) < len(read) or len(read) > 2 or any(len(p) > 1 and p[1] in SEASONS for p, _ in known[1:]):
        return {"literal": spoken(edtf)}
    parts = [part for part, _ in known]
    made: dict[str, Any] = {"date-parts": parts}
    if len(parts[0]) > 1 and parts[0][1] in SEASONS:
        made = {"date-parts": [parts[0][:1]], "season": parts[0][1] - 20}
    return made | ({"circa": True} if any(sure for _, sure in known) else {})


def csl_json(of: Reference) -> str:
    """A file of CSL JSON: an array of one item."""
    return msgspec.json.format(msgspec.json.encode([csl(of)]), indent=2).decode() + "\n"


# -- RIS ---------------------------------------------------------------------------------------------------------------


def ris(of: Reference) -> str:
    """One record of RIS, in UTF-8, its lines ended by CR LF."""
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _fields(of)) + "ER  - \r\n"


def _fields(of: Reference) -> Iterator[tuple[str, str]]:
    issued = of.issued or of.published
    named = [
        ("TY", TYPES.get(of.genre or "", DOCUMENT)[1]),
        ("ID", of.id),
        *(("AU", name) for name in of.authors),
        ("TI", of.title or _called(of)),
        ("T2", of.container),
        *(("A4", name) for name in of.translators),
        ("PB", of.publisher),
        ("PY", issued[:4] if issued and issued[:4].isdigit() else None),
        ("DA", ris_date(issued) if issued else None),
        ("Y2", ris_date(of.accessed)),
        ("UR", of.url),
        ("LA", of.language),
        ("M3", of.genre),
        ("DB", ARCHIVE),
        ("AV", of.address),
        ("AN", of.digest),
        ("N1", f"“{of.words}” ({of.address})" if of.words else None),
    ]
    return ((tag, value) for tag, value in named if value)


def ris_date(edtf: str) -> str:
    """`YYYY/MM/DD/what else is to say`: what is unknown stays empty, and EDTF says what the numbers cannot."""
    read = _read(edtf)
    if read is None or (len(read[0]) > 1 and read[0][1] in SEASONS):
        year = edtf[:4] if edtf[:4].isdigit() else ""
        return f"{year}///{edtf.replace('/', ' – ')}"
    parts, sure = read
    numbers = [f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])] + [""] * (3 - len(parts))
    return "/".join(numbers) + "/" + (edtf if sure else "")


FORMS: dict[str, tuple[Callable[[Reference], str], str]] = {
    "ris": (ris, "application/x-research-info-systems"),
    "csl.json": (csl_json, "application/vnd.citationstyles.csl+json"),
    "txt": (text, "text/plain; charset=utf-8"),
}
"""The forms that are files, by what their name ends in: what writes them, and their media type."""
