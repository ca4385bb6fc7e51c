"""Letters with speech acts by hand: who says what, when, in its own words or as told. The Velna and all on it are
invented."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from onrecord import Archive, annotate, export
from onrecord.model import (
    Annotations,
    Attribution,
    Capture,
    Cue,
    DateFact,
    Document,
    Entity,
    Given,
    Language,
    Mention,
    Party,
    Quantity,
    Record,
    Rendition,
    Slot,
    Source,
    Span,
    SpeechAct,
    Statement,
    TimeExpression,
    Title,
    Voice,
    entity_id,
)
from onrecord.store import Writer
from onrecord.text.names import folded

UNION, MINISTRY, GUARD, COUNCIL = "Velna Dockers' Union", "Ministry of Ferries", "Hill Guard", "Basin Council"
PARTIES = (UNION, MINISTRY, GUARD, COUNCIL)


class Said(Struct, frozen=True):
    """A sentence and what is done in it: `slots` holds words of the sentence by role; a date after `=` is the value."""

    words: str
    act: str
    cue: str
    slots: dict[str, str] = {}
    by: str | None = None
    """Who is said to say it; `None`: the letter's issuer, in its own words."""
    negated: bool = False
    numbers: dict[str, float] = {}
    """Words of the sentence, the last of which is the unit, and how many."""
    modality: str = "performed"
    plover: str | None = None
    rule: str = ""
    """What made it an act; by itself "future" where "will not" is denied."""
    times: dict[str, str] = {}
    """Dates in the sentence: words and value."""
    spokesperson: str | None = None
    """Who says it on behalf of `by`."""


class Letter(Struct, frozen=True):
    """A text and who issued it when."""

    issuers: tuple[str, ...]
    day: str | None
    said: tuple[Said, ...]
    published: str | None = None
    publisher: str | None = None
    behalf: str | None = None
    """On whose behalf the issuer speaks."""


def said(words: str, act: str, cue: str, by: str | None = None, **slots: str) -> Said:
    return Said(words, act, cue, slots, by)


def denied(words: str, act: str, cue: str, **slots: str) -> Said:
    return Said(words, act, cue, slots, negated=True)


def rule_of(each: Said) -> str:
    return each.rule or ("future" if each.cue.startswith(("will", "shall")) else "performative")


def counted(words: str, act: str, cue: str, number: tuple[str, float], **slots: str) -> Said:
    return Said(words, act, cue, slots, numbers=dict([number]))


def letter(issuer: str | tuple[str, ...], day: str | None, *every: Said, **more: Any) -> Letter:
    return Letter((issuer,) if isinstance(issuer, str) else issuer, day, every, **more)


def ident(name: str) -> str:
    return entity_id("organization", folded(name))


def text_of(one: Letter) -> str:
    return "\n\n".join([*one.issuers, one.day or "No day", *(each.words for each in one.said)]) + "\n"


def facts_of(one: Letter, names: Iterable[str] = PARTIES) -> Annotations:
    """What the stages would find in a letter."""
    text = text_of(one)
    here = [name for name in dict.fromkeys((*names, *one.issuers)) if name in text]
    holders = tuple(Party("issuer", ident(name), name, (span_of(text, name),)) for name in one.issuers)
    if one.behalf:
        holders += (Party("on-behalf-of", ident(one.behalf), one.behalf, ()),)
    at, acts, told, quantities = len("\n\n".join([*one.issuers, one.day or "No day"])), [], [], []
    times: list[TimeExpression] = []
    for number, each in enumerate(one.said, 1):
        at = text.index(each.words, at)
        end = at + len(each.words)
        within = "st1" if each.by is None else f"a{number}"
        if each.by is not None:
            source = Source((span_of(text, each.spokesperson or each.by, at),), ident(each.by))
            voices = [Voice("outlet", one.publisher)] if one.publisher else []
            voices += [Voice("speaker", each.spokesperson)] if each.spokesperson else []
            speaker = Voice("speaker", each.by, ident(each.by))
            content = span_of(text, each.slots["content"], at) if each.times else Span(at, end)
            told.append(
                Attribution(
                    within, "indirect", source, Cue((span_of(text, each.cue, at),)), Cue((content,)), None,
                    (*voices, speaker), "beside; on behalf of" if each.spokesperson else "beside", 0.9,
                )
            )  # fmt: skip
        times += [
            TimeExpression(*span_of(text, words, at), "date", value, None, "day-month-year")
            for words, value in each.times.items()
        ]
        quantities += [
            Quantity(*span_of(text, words, at), value, "=", words.split()[-1], None, within)
            for words, value in each.numbers.items()
        ]
        acts.append(act_of(each, text, at, f"s{number}", within, ident(each.by or one.issuers[0])))
        if each.by is None and len(one.issuers) > 1:
            acts[-1] = SpeechAct(**{**{f: getattr(acts[-1], f) for f in SpeechAct.__struct_fields__}, "by": None})
    dates = [("issued", one.day), ("published", one.published)]
    return Annotations(
        title=Title(f"Letter of {one.day or 'no day'}"),
        languages=(Language("en", 0, len(text)),),
        dates=tuple(DateFact(role, value, (), "heading", 0.9) for role, value in dates if value),  # type: ignore[arg-type]
        mentions=tuple(mentions(text, here)),
        entities=tuple(Entity(ident(name), name, "organization", (name,)) for name in here),
        statements=(Statement("st1", None, "statement", one.day, holders),) if holders else (),
        genre="statement",
        attributions=tuple(told),
        acts=tuple(acts),
        quantities=tuple(quantities),
        times=tuple(times),
    )


def act_of(each: Said, text: str, at: int, name: str, within: str, by: str) -> SpeechAct:
    slots = []
    for role, words in each.slots.items():
        words, _, value = words.partition("=")
        known = ident(words) if words in PARTIES else None
        slots.append(Slot(role, (span_of(text, words, at),), known, value or None))  # type: ignore[arg-type]
    of = {slot.role: slot.entity for slot in slots}
    return SpeechAct(
        name, at, at + len(each.words), each.act, span_of(text, each.cue, at), within, by, of.get("addressee"),
        of.get("target"), each.negated, "condition" in of, None, each.plover, None, each.modality, tuple(slots),
        rule=rule_of(each),
    )  # type: ignore[arg-type]  # fmt: skip


def span_of(text: str, words: str, start: int = 0) -> Span:
    at = text.index(words, start)
    return Span(at, at + len(words))


def mentions(text: str, names: Iterable[str]) -> Iterable[Mention]:
    for name in names:
        at = text.find(name)
        while at >= 0:
            yield Mention(f"m{at}", at, at + len(name), "organization", ident(name))
            at = text.find(name, at + 1)


def record(name: str, one: Letter) -> Record:
    text = text_of(one)
    capture = Capture(
        digest="sha256:" + "0" * 64, size=len(text), media_type="text/plain", source=f"{name}.txt",
        captured_at="2026-11-21T04:00:00Z", publisher=one.publisher,
    )  # fmt: skip
    return export.record(
        Document(id=name, capture=capture, text=text, rendition=Rendition("plain", "1")), facts_of(one)
    )


def filled(folder: Path, letters: dict[str, Letter], again: str = "") -> Archive:
    """An archive of these letters by the names of their files, their facts as the stages would find them."""
    (folder / "letters").mkdir(parents=True, exist_ok=True)
    for name, one in letters.items():
        (folder / "letters" / f"{name}.txt").write_text(text_of(one), "utf8")
    archive = Archive.open(folder / "river.onrecord", create=True)
    archive.add([folder / "letters"], given=Given(publisher="River Post"))
    put(archive, letters, again)
    return archive


def put(archive: Archive, letters: dict[str, Letter], again: str = "") -> None:
    """Write the letters' facts; `again` is the mark of a later run of other stages."""
    by_text = {text_of(one): facts_of(one) for one in letters.values()}
    found = [(record.id, by_text[record.text]) for record in archive.records() if record.text in by_text]
    with Writer(archive.folder) as writer:
        writer.annotate(found, annotate.fingerprint() + again)
    archive.compare_names()
