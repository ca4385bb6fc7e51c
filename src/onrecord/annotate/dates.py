"""The dates that a document as a whole has, each with the words it rests on, the rule and how sure it is.

A date of issue comes only from the text: the words of adoption ("Adopted … on 9 June 2010"), a dateline, a
letterhead, a closing line. What the file or the person who added it says of publication stays a date of
publication. Where the text shows two dates of issue, both are kept, the surer first, and a notice says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from msgspec import Struct

from onrecord.annotate.cues import Cues
from onrecord.annotate.items import inside
from onrecord.annotate.times import Expression
from onrecord.model import DateFact, DateRole, Document, Notice, Segment, Span
from onrecord.text.dates import PartialDate

OPENING = 3
"""So many paragraphs at the start of the body are read for words such as "adopted on" and "held on"."""
SHOWN = 5
"""So many of the dates that conflict are shown in the notice."""
LONGEST = 600
"""Code points of a paragraph that are read for dates of the document."""
_HEAD_ENDS = frozenset(("body", "point"))
_ABSOLUTE = re.compile(r"\d{4}-\d\d(?:-\d\d~?)?")
_DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_DASH = re.compile(r"[^.\n]{0,40}?\.?(?:--|[–—-]|:)\s|[^\n]{0,12}?/[^/\n]{2,20}/")

# Rule, role and confidence, by the list of cue words that stands before the date in its paragraph; the first that fits.
_CUED: tuple[tuple[str, str, DateRole, float], ...] = (
    ("effective", "effective-on", "effective", 0.9),
    ("published", "published-on", "published", 0.9),
    ("dated", "adopted-on", "issued", 0.97),
    ("held", "held-on", "held", 0.9),
    ("concluded", "concluded-on", "issued", 0.9),
)


class _Place(Struct, frozen=True):
    """A date and the paragraph it stands in; `zone` is `head`, `body` or `tail`."""

    date: Expression
    segment: Segment
    zone: str


def find(
    document: Document,
    cues: Cues,
    segments: tuple[Segment, ...],
    expressions: tuple[Expression, ...],
) -> tuple[tuple[DateFact, ...], tuple[Notice, ...]]:
    """Dates from the text, then those that file and person give; notices for what conflicts or cannot be read."""
    days = [it for it in expressions if it.type == "date" and it.value and _ABSOLUTE.fullmatch(it.value)]
    by_part = [_in_part(document.text, cues, part, days) for part in parts(segments)]
    facts = _without_copies(_surest_first(fact for found in by_part for fact in found))
    given, notices = _given(document)
    conflicts = (notice for found in by_part for notice in _conflicts(_without_copies(_surest_first(found))))
    return (*facts, *given), (*conflicts, *notices)


def _in_part(text: str, cues: Cues, part: tuple[Segment, ...], days: list[Expression]) -> list[DateFact]:
    return [fact for place in _places(cues, part, days) if (fact := _fact(text, cues, place))]


def _surest_first(facts: Iterable[DateFact]) -> list[DateFact]:
    return sorted(facts, key=lambda fact: (fact.role != "issued", -fact.confidence, fact.spans))


def parts(segments: tuple[Segment, ...]) -> Iterator[tuple[Segment, ...]]:
    """The segments that lie in no item, then those of each item: every text has its own head and tail."""
    items = [segment for segment in segments if segment.kind == "item"]
    apart = {item.id for item in items}
    yield tuple(it for it in segments if it.id not in apart and it.parent not in apart)
    for item in items:
        yield tuple(inside(segments, item))


def _places(cues: Cues, segments: tuple[Segment, ...], days: list[Expression]) -> Iterator[_Place]:
    """The absolute dates in the frame and at the opening of the body."""
    at = bisect_left(days, segments[0].start, key=lambda day: day.start) if segments else 0
    for segment, zone in _frame(cues, segments):
        while at < len(days) and days[at].start < segment.start:
            at += 1
        while at < len(days) and days[at].end <= min(segment.end, segment.start + LONGEST):
            yield _Place(days[at], segment, zone)
            at += 1


def _frame(cues: Cues, segments: tuple[Segment, ...]) -> Iterator[tuple[Segment, str]]:
    """The head's segments, the first of the body, the tail's."""
    body = [n for n, segment in enumerate(segments) if segment.kind in _HEAD_ENDS]
    first, last = (body[0], body[-1]) if body else (len(segments), len(segments))
    for number, segment in enumerate(segments):
        if segment.kind == "boilerplate":
            continue
        if number < first:
            yield segment, "head"
        elif number > last:
            yield segment, "tail"
        elif number < first + OPENING or segment.kind == "closing" or _takes_effect(cues, segment):
            yield segment, "body"


def _takes_effect(cues: Cues, segment: Segment) -> bool:
    return cues.within("effective", segment.start, segment.end) is not None


def _fact(text: str, cues: Cues, place: _Place) -> DateFact | None:
    """What a date in the frame is; `None` where it is only spoken of."""
    segment, date = place.segment, place.date
    before = text[segment.start : date.start]
    cued = _cued(cues, place)
    if cued:
        rule, role, confidence = cued
    elif segment.kind == "dateline":
        role = "issued"
        rule, confidence = ("closing-date", 0.85) if place.zone == "tail" else ("letterhead-date", 0.9)
    elif place.zone == "body":
        if _telegram(text, segment, date):
            return DateFact("issued", str(date.value), (Span(date.start, date.end),), "dateline", 0.8)
        if len(before) > 60 or "\n" in before or not _DASH.match(text, date.end, min(segment.end, date.end + 45)):
            return None
        role, rule, confidence = "issued", "dateline", 0.9
    elif segment.kind == "headline" and len(str(date.value)) < 10:
        return None
    elif segment.kind in ("headline", "letterhead", "closing", "signature", "byline"):
        role, rule, confidence = "issued", f"{segment.kind}-date", 0.7 if segment.kind == "headline" else 0.75
    else:
        return None
    return DateFact(role, str(date.value), (Span(date.start, date.end),), rule, confidence)


def _telegram(text: str, segment: Segment, date: Expression) -> bool:
    """A text that begins with place, day and hour in capitals: "TOLVIK 15 SEPT 2024 0240."."""
    before = text[segment.start : date.start]
    return before.isupper() and len(before) < 30 and text[date.start : date.end].isupper()


def _cued(cues: Cues, place: _Place) -> tuple[str, DateRole, float] | None:
    """What the words before the date say it is."""
    segment, date = place.segment, place.date
    if place.zone == "body" and segment.kind == "body" and cues.within("speaking", date.end, segment.end):
        return "spoken-on", "issued", 0.95
    begins = cues.begins(segment.start, date.start) if place.zone == "body" else {}
    for section, rule, role, confidence in _CUED:
        if section == "dated" and place.zone == "body" and section not in begins:
            continue
        if cues.within(section, segment.start, date.start):
            adopted = section == "dated" and cues.within("adopted", segment.start, segment.end) is None
            return "dated-on" if adopted else rule, role, confidence
    return None


def _without_copies(facts: list[DateFact]) -> list[DateFact]:
    """One fact for each role and value, with all its spans; the letterhead of a dated act says when it came out."""
    acted = next((fact.value for fact in facts if fact.rule == "adopted-on"), None)
    facts = [fact for fact in facts if not _beside_exact(fact, facts)]
    merged: dict[tuple[DateRole, str], list[DateFact]] = {}
    for fact in facts:
        late = acted and fact.rule == "letterhead-date" and fact.value != acted
        role: DateRole = "published" if late else fact.role
        merged.setdefault((role, fact.value), []).append(fact)
    return [
        DateFact(
            role, value, tuple(sorted({span for it in same for span in it.spans})), same[0].rule, same[0].confidence
        )
        for (role, value), same in merged.items()
    ]


def _beside_exact(fact: DateFact, facts: list[DateFact]) -> bool:
    """Whether a date that was converted, and may be a day off, stands beside its own Gregorian date."""
    if not fact.value.endswith("~"):
        return False
    near = PartialDate.parse(fact.value).sort_key()[0]
    return any(
        other.role == fact.role
        and not other.value.endswith("~")
        and abs((PartialDate.parse(other.value).sort_key()[0] - near).days) < 3
        for other in facts
    )


def _conflicts(facts: list[DateFact]) -> Iterator[Notice]:
    """A notice where two dates of issue exclude each other."""
    issued = [fact for fact in facts if fact.role == "issued"]
    if len(issued) < 2:
        return
    first = PartialDate.parse(issued[0].value)
    others = [fact for fact in issued[1:] if not PartialDate.parse(fact.value).overlaps(first)]
    if others:
        others = others[:SHOWN]
        values = ", ".join(fact.value for fact in others)
        yield Notice(
            "dates",
            "date-conflict",
            f"The text shows more than one date of issue: {issued[0].value} ({issued[0].rule}) and {values}. "
            "The first is taken as the surer; check which one is meant.",
            tuple(span for fact in (issued[0], *others) for span in fact.spans),
        )


def file_name_date(source: str) -> str | None:
    """The one day that the name of the file itself holds ("APW19980807.txt", "2024-05-03_letter.pdf"), else None."""
    days = {"-".join((m[1], m[3], m[4])) for m in _DAY_IN_NAME.finditer(source.rpartition("/")[2])}
    return days.pop() if len(days) == 1 else None


def _given(document: Document) -> tuple[list[DateFact], list[Notice]]:
    """Dates of publication and capture: from the person who added the file, its format, its name, and the archive."""
    sources: Iterable[tuple[DateRole, str | None, str, float]] = (
        ("published", document.capture.published, "given", 1.0),
        ("published", document.published, "format", 0.9),
        ("published", file_name_date(document.capture.source), "file-name", 0.6),
        ("captured", document.capture.captured_at, "capture", 1.0),
    )
    facts: list[DateFact] = []
    notices: list[Notice] = []
    for role, value, rule, confidence in sources:
        if not value or any(fact.role == role for fact in facts):
            continue
        try:
            facts.append(DateFact(role, str(PartialDate.parse(value)), (), rule, confidence))
        except ValueError as error:
            notices.append(Notice("dates", "unreadable-date", f"The {role} date ({rule}) was left out: {error}"))
    return facts, notices
