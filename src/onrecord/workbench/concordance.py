"""Keyword in context: one line a place where the words were found, with who says it where that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from onrecord import store
from onrecord.model import Context, Hit, Spoken
from onrecord.text.address import address
from onrecord.text.folding import fold

NEAR = 48
"""Code points beside the words found that lines are put in order by."""


class Line(Struct, frozen=True, kw_only=True):
    """One place: `match` is `text[start:end]` of the document (code points, half-open). `voice` says whose words they
    are: somebody's own (`direct`), as told by another (`reported`), or the document's (`own`)."""

    document: str
    title: str
    issued: str | None
    publisher: str | None
    language: str | None
    genre: str | None
    start: int
    end: int
    before: str
    match: str
    after: str
    address: str
    voice: Spoken
    speaker: str | None
    """Id of the party that says it; `None` where it is not known, and in the document's own voice."""
    speaker_name: str | None


def lines(view: store.View, hits: Sequence[Hit]) -> tuple[Line, ...]:
    """The places of these documents in their order."""
    numbers = dict(view.among("SELECT id, number FROM documents WHERE id IN (%s)", [hit.document for hit in hits]))
    said = view.said(list(numbers.values()))
    told = [
        (hit, context, teller(said.get(numbers.get(hit.document, -1), ()), context))
        for hit in hits
        for context in hit.contexts
    ]
    names = called(view, {one.speaker for _, _, one in told if one and one.speaker})
    return tuple(line(hit, context, one, names) for hit, context, one in told)


def line(hit: Hit, place: Context, said: store.Said | None, names: Mapping[str, tuple[str, str]]) -> Line:
    party, name = names.get(said.speaker or "", (None, None)) if said else (None, None)
    return Line(
        document=hit.document, title=hit.title, issued=hit.issued, publisher=hit.publisher, language=hit.language,
        genre=hit.genre, start=place.start, end=place.end, before=place.before, match=place.match, after=place.after,
        address=address(hit.document, place.start, place.end), voice=store.VOICES[said.kind] if said else "own",
        speaker=party, speaker_name=name,
    )  # fmt: skip


def teller(said: Iterable[store.Said], place: Context) -> store.Said | None:
    """The innermost of what is said that the words stand in."""
    around = [
        (end - start, one) for one in said for start, end in one.spans if start <= place.start and place.end <= end
    ]
    return min(around, key=lambda pair: pair[0])[1] if around else None


def called(view: store.View, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The parties that these entities are, with their names; unknown ids are left out."""
    return {entity: (party.id, party.name) for entity, party in store.parties(view, sorted(ids)).items()}


def ordered(found: Iterable[Line], sort: str) -> tuple[Line, ...]:
    """By the words `before`, the nearest first, or `after`; what stands alike stays in the order it has."""
    return tuple(sorted(found, key=ORDERS[sort]))


def before(line: Line) -> list[str]:
    return words(line.before[-NEAR:])[::-1]


def after(line: Line) -> list[str]:
    return words(line.match + line.after[:NEAR])


ORDERS = {"before": before, "after": after}
"""What lines are put in order by: the words before the place, the nearest first, or the place with what follows."""


def words(text: str) -> list[str]:
    return fold(text).split()
