"""The public acts of speaking that a document carries: whose they are, who signed them, and to whom they speak.

A document is one statement; a digest is one, and each of its stories that has a genre of its own another; each of
several texts in a file is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from onrecord.annotate import issuers, items, signatories
from onrecord.annotate.cues import Cues
from onrecord.annotate.genre import Judged
from onrecord.annotate.scope import Scope
from onrecord.model import (
    Addressee,
    DateFact,
    Document,
    Entity,
    Genre,
    Mention,
    Notice,
    Party,
    Segment,
    Span,
    Statement,
)
from onrecord.text.spans import trim

_UNSIGNED: frozenset[Genre] = frozenset(("report", "digest"))
"""Genres at whose end nobody signs."""
_AND_TO = re.compile(
    r"[,;،]?\s+(?:and to|et à|et aux|et au|y a|y al|и к|and)\s+|[،,]?\s+و(?:إلى\s+)?|,\s+(?:to\s+|à\s+|aux\s+|a\s+)?",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[:!،]|\.\s*$|,\s*$")
_COURTESY = re.compile(r"\s+(?:المحترم(?:ون|ين|ة)?|الكرام|الأعزاء|الموقر(?:ة)?)\s*\Z")
"""What an address ends with out of courtesy."""
_GREETING = re.compile(
    r"(?:o|to|dear|esteemed|respected|honou?rable|distinguished|aux|à|a|al|chers?|chères?|estimad[oa]s?|querid[oa]s?"
    r"|يا|أيها|أيتها|إلى|السادة|السيدات|السيد|السيدة|حضرة|سعادة|معالي|الأخ|الإخوة|уважаем\w+|дороги\w+|к|madam|mr\.?|mrs\.?|sehr)\s+",
    re.IGNORECASE,
)


def find(
    document: Document,
    cues: Cues,
    segments: Sequence[Segment],
    dates: Sequence[DateFact],
    judged: Judged,
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
) -> tuple[tuple[Statement, ...], tuple[Notice, ...]]:
    """The document's statements (`st1`…) with their parties; a notice where a count of signatories does not hold."""
    statements: list[Statement] = []
    notices: list[Notice] = []
    for number, (segment, part) in enumerate(_scopes(segments, judged), 1):
        assert part.genre is not None
        scope = Scope(document, cues, _inside(segments, segment, judged), mentions, entities)
        parties = _parties(scope, part.genre)
        statements.append(
            Statement(
                f"st{number}",
                segment.id if segment else None,
                part.genre,
                _issued(dates, segment, judged),
                tuple(parties),
                tuple(_addressees(scope)),
                None,
                tuple(sign.span for sign in part.signs),
            )
        )
        notices += signatories.miscounted(scope, parties)
    return tuple(statements), tuple(notices)


def _scopes(segments: Sequence[Segment], judged: Judged) -> Iterator[tuple[Segment | None, Judged]]:
    """The parts that are statements: the whole, if it is one, and the items that are."""
    if judged.genre is not None and not judged.several:
        yield None, judged
    by_id = {segment.id: segment for segment in segments if segment.kind == "item"}
    for item, part in judged.items:
        if part.genre is not None:
            yield by_id[item], part


def _inside(segments: Sequence[Segment], item: Segment | None, judged: Judged) -> list[Segment]:
    """The segments of an item; those of the whole that lie in no item."""
    if item is not None:
        return list(items.inside(segments, item))
    apart = {segment.id for segment in segments if segment.kind == "item"}
    return [it for it in segments if it.id not in apart and it.parent not in apart]


def _parties(scope: Scope, genre: Genre) -> list[Party]:
    """All parties, each role and name once, the issuer first."""
    signers = list(signatories.find(scope)) if genre not in _UNSIGNED else []
    beside = list(issuers.interviewed(scope) if genre == "interview" else issuers.beside(scope, genre))
    named = issuers.find(scope, genre, [*signers, *(it for it in beside if it.role == "signatory")])
    if named and named[0].rule in ("body-over-the-signature", "issuer-phrase"):
        issued = {party.name.casefold() for party in named}
        left_out = scope.cues.phrases.departments if named[0].rule == "body-over-the-signature" else frozenset()
        signers = [
            it
            for it in signers
            if len(signers) == 1
            or not (it.name.casefold() in issued or left_out.intersection(it.name.casefold().split()))
        ]
    parties = [*named, *beside, *signers]
    once: dict[tuple[str, str], Party] = {}
    spans: dict[tuple[str, str], set[Span]] = {}
    for party in parties:
        key = (party.role, party.entity or party.name.casefold())
        once.setdefault(key, party)
        spans.setdefault(key, set()).update(party.spans)
    once = {key: replace(party, spans=tuple(sorted(spans[key]))) for key, party in once.items()}
    return _one_role(list(once.values()))


def _one_role(parties: list[Party]) -> list[Party]:
    """Without the issuer as the one it speaks for, and without a witness who was named as such in two ways."""
    issued = {party.name.casefold() for party in parties if party.role == "issuer"}
    return [it for it in parties if it.role != "on-behalf-of" or it.name.casefold() not in issued]


def _issued(dates: Sequence[DateFact], segment: Segment | None, judged: Judged) -> str | None:
    """The date of issue that stands in the statement's own part; of a digest's story none but its own."""
    issued = [fact for fact in dates if fact.role == "issued"]
    if segment is None:
        return issued[0].value if issued else None
    inside = (fact for fact in issued if any(segment.start <= start < segment.end for start, _ in fact.spans))
    own = next(inside, None)
    return own.value if own else None


def _addressees(scope: Scope) -> Iterator[Addressee]:
    """Those whom the vocative lines name, without greeting and article."""
    seen: set[str] = set()
    for segment in scope.of("address"):
        field = scope.begins(segment, "sent_to")
        colon = field is not None and scope.text[field.end : field.end + 2].strip()[:1] == ":"
        start = scope.text.index(":", field.end) + 1 if field and colon else segment.start
        for low, high in _parts(scope, start, segment.end):
            span = _addressed(scope, low, high)
            name = " ".join(span.of(scope.text).split()) if span else ""
            if span and name.casefold() not in seen:
                seen.add(name.casefold())
                mention = scope.mention_in(span)
                yield Addressee(name, mention.entity if mention else None, (span,))
    if not seen:
        yield from _turned_to(scope)


def _turned_to(scope: Scope) -> Iterator[Addressee]:
    """Those whom the opening says that it speaks to: "… say this to the Guard and to the Ministry"."""
    for segment in scope.opening(1):
        hit = scope.within("addressed", segment)
        for span in scope.row(hit.end, segment.end) if hit else ():
            mention = scope.mention_in(span)
            yield Addressee(span.of(scope.text), mention.entity if mention else None, (span,))


def _parts(scope: Scope, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a vocative line; what parts the fields of a name, or goes on without "to", parts nothing."""
    for match in _AND_TO.finditer(scope.text, start, end - 1):
        if scope.mention_over(match.start()) or not _new_addressee(scope, match, start):
            continue
        yield start, match.start()
        start = match.end()
    yield start, end


def _new_addressee(scope: Scope, match: re.Match[str], start: int) -> bool:
    """Whether a separator begins another addressee: "to" stands there again, or both sides call on someone."""
    words = match[0].strip(" ,;،").casefold()
    if words not in ("", "and", "و"):
        return True
    if words in ("and", "و") and " the " in f" {scope.text[start : match.start()].casefold()} ":
        return False
    called = scope.cues.begins(match.end(), match.end() + 40)
    mention = scope.mention_at(match.end())
    office, _, rest = scope.text[match.end() : match.end() + 30].partition(" ")
    named = office.strip(",:").casefold() in scope.cues.phrases.offices and not rest[:1].islower()
    return "vocative" in called or named or (mention is not None and words != "")


def _addressed(scope: Scope, start: int, end: int) -> Span | None:
    """The name of an addressee in a part of a vocative line."""
    span = trim(scope.text, start, end)
    stop = _ENDS.search(scope.text, span.start, span.end)
    span = trim(scope.text, span.start, stop.start() if stop else span.end)
    greeting = True
    while greeting:
        match = _GREETING.match(scope.text, span.start, span.end)
        greeting = match is not None and match.end() < span.end
        if match and greeting:
            span = Span(match.end(), span.end)
    span = Span(scope.past_article(*span), span.end)
    courtesy = _COURTESY.search(span.of(scope.text))
    if courtesy and courtesy.start():
        span = Span(span.start, span.start + courtesy.start())
    mention = scope.mention_at(span.start)
    if mention and mention.end < span.end and scope.text[mention.end] == ",":
        return Span(mention.start, mention.end)
    comma = scope.text.find(", ", span.start, span.end)
    if comma > 0 and not scope.mention_over(comma) and _beside(scope, comma + 2):
        span = trim(scope.text, span.start, comma)
    return span if span.start < span.end else None


def _beside(scope: Scope, start: int) -> bool:
    """Whether what follows a comma is an office or an adverb, no further member of the same list."""
    word = scope.text[start : start + 30].split(" ")[0].strip(",:!").casefold()
    return word in scope.cues.phrases.offices or scope.text[start:].split(" ", 1)[0] not in ("the", "les", "los", "las")
