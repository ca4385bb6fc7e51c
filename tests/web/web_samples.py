# ruff: noqa: E501 - sentences and cases stay in one piece
"""Records made by hand, their facts pointed at by their words: what the pages must show, whatever the stages find today.

The region, its people and its organisations are invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from onrecord import model
from onrecord.model import Span

ENGLISH = """HARBOUR UNION OF ORSK
Press office · Lower Quay 4

Statement on the Velna crossing

Orsk, 3 May 2024

To the delegates of the Velna conference:

The Harbour Union has read the draft that the River Council published last week. “We will not sign a text that leaves out the night ferries,” said Mara Lindqvist, the union’s secretary, on Wednesday. “The people who work the river [dockers and pilots – ed.] were not asked.”

The River Council replied that the ferries would be dealt with in a second round. “The union told us, ‘come back with numbers’, and we shall,” its chair Tomas Ibel wrote.

Talks go on until 14 June 2024. Both sides said they would meet every week.

For the executive,
Mara Lindqvist
Jonas Perel
"""
ARABIC = """اتحاد الميناء في أورسك

بيان حول معبر فيلنا

أورسك، ٣ أيار ٢٠٢٤

قرأ اتحاد الميناء المسودة التي نشرها مجلس النهر في الأسبوع الماضي. وقالت مارا ليندكفيست، أمينة الاتحاد: «لن نوقّع نصاً يُغفل عبّارات الليل». وأضافت أن العاملين في النهر لم يُسألوا.

The council’s reply was printed in English.

وتستمر المحادثات حتى ١٤ حزيران ٢٠٢٤.
"""


def spans(text: str, *words: str) -> tuple[Span, ...]:
    """Where the words stand, each after the one before."""
    found: list[Span] = []
    at = 0
    for word in words:
        start = text.index(word, at)
        at = start + len(word)
        found.append(Span(start, at))
    return tuple(found)


def said(
    text: str,
    name: str,
    kind: str,
    content: tuple[str, ...],
    source: str | None,
    cue: str | None,
    speaker: str | None,
    entity: str | None = None,
) -> model.Attribution:
    voices = (model.Voice("publisher", "River Post"), model.Voice("speaker", speaker, entity)) if speaker else ()
    return model.Attribution(
        id=name, kind=kind, source=model.Source(spans(text, source), entity) if source else None,
        cue=model.Cue(spans(text, cue)) if cue else None, content=model.Cue(spans(text, *content)), parent=None, voices=voices,
        rule="quoted-with-verb", confidence=0.9 if source else 0.4,
    )  # fmt: skip


def capture(text: str, source: str, **more: str) -> model.Capture:
    digest = "sha256:" + sha256(text.encode()).hexdigest()
    known = {"publisher": "River Post", "captured_at": "2024-06-01T09:30:00Z", "media_type": "text/plain"} | more
    return model.Capture(digest=digest, size=len(text.encode()), source=source, **known)


def record(text: str, source: str = "letters/note.txt", **facts: object) -> model.Record:
    """A record of this text with these facts, and none of the others."""
    taken = facts.pop("capture", None) or capture(text, source)
    empty: dict[str, object] = dict.fromkeys(
        [
            "languages",
            "segments",
            "dates",
            "times",
            "mentions",
            "entities",
            "statements",
            "attributions",
            "acts",
            "quantities",
            "notices",
        ],
        (),
    )
    values = empty | {"title": None, "genre": None, "rendition": model.Rendition("plain", "1")} | facts
    return model.Record(id=model.document_id(taken.digest), capture=taken, text=text, **values)


def mentions(text: str, named: Iterable[tuple[str, str, str]]) -> tuple[model.Mention, ...]:
    return tuple(
        model.Mention(f"m{at}", *spans(text, word)[0], kind, entity) for at, (word, kind, entity) in enumerate(named, 1)
    )


def segments(text: str, kinds: Iterable[tuple[str, str, str]]) -> tuple[model.Segment, ...]:
    return tuple(
        model.Segment(f"g{at}", kind, spans(text, first)[0].start, spans(text, last)[0].end)
        for at, (kind, first, last) in enumerate(kinds, 1)
    )


def english() -> model.Record:
    """A letter with own words, a quotation within a quotation, an insertion, reported words and signatures."""
    text = ENGLISH
    union, council, mara, tomas = "e1", "e2", "e3", "e4"
    entities = (
        model.Entity(union, "Harbour Union", "organization", ("Harbour Union", "Harbour Union of Orsk")),
        model.Entity(council, "River Council", "organization", ("River Council",)),
        model.Entity(mara, "Mara Lindqvist", "person", ("Mara Lindqvist",)),
        model.Entity(tomas, "Tomas Ibel", "person", ("Tomas Ibel",)),
    )
    return record(
        text,
        "letters/crossing.txt",
        capture=capture(text, "letters/crossing.txt", url="https://river-post.example/crossing", collector="A. Reader"),
        title=model.Title("Statement on the Velna crossing", spans(text, "Statement on the Velna crossing")),
        genre="statement",
        languages=(model.Language("en", 0, len(text)),),
        segments=segments(
            text,
            [
                ("letterhead", "HARBOUR UNION", "Lower Quay 4"),
                ("headline", "Statement on", "crossing"),
                ("dateline", "Orsk, 3", "2024"),
                ("address", "To the delegates", "conference:"),
                ("body", "The Harbour Union has", "every week."),
                ("insertion", "[dockers", "ed.]"),
                ("closing", "For the executive", "executive,"),
                ("signature", "Jonas Perel", "Jonas Perel"),
            ],
        ),
        dates=(
            model.DateFact("issued", "2024-05-03", spans(text, "3 May 2024"), "dateline", 0.95),
            model.DateFact("captured", "2024-06-01", (), "capture-time", 1.0),
        ),
        times=(
            model.TimeExpression(*spans(text, "3 May 2024")[0], "date", "2024-05-03", None, "day-month-year"),
            model.TimeExpression(
                *spans(text, "last week")[0], "date", "2024-04-22/2024-04-28", "2024-05-03", "relative"
            ),
            model.TimeExpression(*spans(text, "Wednesday")[0], "date", "2024-05-01", "2024-05-03", "weekday-before"),
            model.TimeExpression(*spans(text, "14 June 2024")[0], "date", "2024-06-14", None, "day-month-year"),
            model.TimeExpression(*spans(text, "every week")[0], "set", None, None, "set", "no calendar for it"),
        ),
        mentions=mentions(
            text,
            [
                ("HARBOUR UNION OF ORSK", "organization", union),
                ("Harbour Union", "organization", union),
                ("River Council", "organization", council),
                ("Mara Lindqvist", "person", mara),
                ("Tomas Ibel", "person", tomas),
            ],
        ),
        entities=entities,
        statements=(
            model.Statement(
                "st1",
                None,
                "statement",
                "2024-05-03",
                (
                    model.Party("issuer", union, "Harbour Union", spans(text, "HARBOUR UNION OF ORSK")),
                    model.Party(
                        "signatory", mara, "Mara Lindqvist", (Span(*[text.rindex("Mara"), text.rindex("Mara") + 14]),)
                    ),
                    model.Party("signatory", None, "Jonas Perel", spans(text, "Jonas Perel")),
                ),
                (
                    model.Addressee(
                        "the delegates of the Velna conference",
                        None,
                        spans(text, "the delegates of the Velna conference"),
                    ),
                ),
            ),
        ),
        attributions=(
            said(
                text,
                "a1",
                "direct",
                (
                    "“We will not sign a text that leaves out the night ferries,”",
                    "“The people who work the river [dockers and pilots – ed.] were not asked.”",
                ),
                "Mara Lindqvist",
                "said",
                "Mara Lindqvist",
                mara,
            ),
            said(
                text,
                "a2",
                "indirect",
                ("the ferries would be dealt with in a second round",),
                "The River Council",
                "replied",
                "River Council",
                council,
            ),
            said(
                text,
                "a3",
                "direct",
                ("“The union told us, ‘come back with numbers’, and we shall,”",),
                "Tomas Ibel",
                "wrote",
                "Tomas Ibel",
                tomas,
            ),
            said(text, "a4", "direct", ("‘come back with numbers’",), None, "told", None),
            said(text, "a5", "indirect", ("they would meet every week",), "Both sides", "said", "Both sides"),
        ),
        notices=(
            model.Notice(
                "segments", "signatures", "The text announces three signatures and carries two. Compare the original."
            ),
        ),
    )


def arabic() -> model.Record:
    """A letter in Arabic with one paragraph in English."""
    text = ARABIC
    union, mara = "e1", "e3"
    middle = spans(text, "The council’s reply was printed in English.")[0]
    return record(
        text,
        "letters/معبر.txt",
        capture=capture(text, "letters/معبر.txt", publisher="صحيفة النهر"),
        title=model.Title("بيان حول معبر فيلنا", spans(text, "بيان حول معبر فيلنا")),
        genre="statement",
        languages=(
            model.Language("ar", 0, middle.start), model.Language("en", middle.start, middle.end), model.Language("ar", middle.end, len(text)),
        ),
        segments=segments(text, [("letterhead", "اتحاد الميناء في أورسك", "اتحاد الميناء في أورسك"), ("headline", "بيان حول معبر فيلنا", "بيان حول معبر فيلنا")]),
        dates=(model.DateFact("issued", "2024-05-03", spans(text, "٣ أيار ٢٠٢٤"), "dateline", 0.9),),
        times=(model.TimeExpression(*spans(text, "١٤ حزيران ٢٠٢٤")[0], "date", "2024-06-14", None, "day-month-year"),),
        mentions=mentions(text, [("اتحاد الميناء", "organization", union), ("مجلس النهر", "organization", "e2"), ("مارا ليندكفيست", "person", mara)]),
        entities=(
            model.Entity(union, "اتحاد الميناء", "organization", ("اتحاد الميناء",)),
            model.Entity("e2", "مجلس النهر", "organization", ("مجلس النهر",)),
            model.Entity(mara, "مارا ليندكفيست", "person", ("مارا ليندكفيست",)),
        ),
        statements=(model.Statement("st1", None, "statement", "2024-05-03", (model.Party("issuer", union, "اتحاد الميناء", spans(text, "اتحاد الميناء في أورسك")),)),),
        attributions=(
            said(text, "a1", "direct", ("«لن نوقّع نصاً يُغفل عبّارات الليل»",), "مارا ليندكفيست", "وقالت", "مارا ليندكفيست", mara),
            said(text, "a2", "indirect", ("العاملين في النهر لم يُسألوا",), None, "وأضافت", "مارا ليندكفيست", mara),
        ),
    )  # fmt: skip
