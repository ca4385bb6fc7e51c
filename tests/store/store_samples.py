"""Made-up readings and facts of the Velna region for the store's tests."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

from onrecord.model import (
    Annotations,
    Attribution,
    Capture,
    Cue,
    DateFact,
    Document,
    Entity,
    Language,
    Mention,
    Notice,
    Party,
    Reading,
    Rendition,
    Source,
    SourceFile,
    SpeechAct,
    Statement,
    Title,
    document_id,
    entity_id,
)
from onrecord.store import Originals, Writer
from onrecord.text.spans import Span

AT = "2024-05-03T10:00:00Z"


def digest_of(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def reading(text: str, source: str = "letters/a.txt", **given: Any) -> Reading:
    """A reading of a plain-text file that holds `text`; `given` are fields of its capture."""
    data = text.encode()
    fields = {"digest": digest_of(data), "size": len(data), "media_type": "text/plain", "captured_at": AT}
    capture = Capture(**{**fields, "source": source, **given})
    document = Document(
        id=document_id(capture.digest), capture=capture, text=text, rendition=Rendition("plain", "1"),
        title=None, notices=(Notice("ingest", "guessed-encoding", "Read as UTF-8."),),
    )  # fmt: skip
    return Reading(capture=capture, document=document)


def failure(data: bytes, source: str) -> Reading:
    capture = Capture(
        digest=digest_of(data), size=len(data), media_type="application/pdf", source=source, captured_at=AT
    )
    return Reading(
        capture=capture, notices=(Notice("ingest", "encrypted", "The file has a password. Add it without."),)
    )


def file_of(one: Reading, mtime_ns: int = 1, **changes: Any) -> SourceFile:
    capture = one.capture
    fields = {"source": capture.source, "size": capture.size, "mtime_ns": mtime_ns, "digest": capture.digest}
    return SourceFile(**{**fields, **changes})


def facts(text: str, *, issuer: str = "Orsk Council", issued: str = "2024-05", language: str = "en") -> Annotations:
    """One fact of most kinds."""
    entity = entity_id("organization", issuer.casefold())
    end = len(text)
    return Annotations(
        title=Title(text[:5], (Span(0, min(5, end)),)),
        languages=(Language(language, 0, end),),
        dates=(DateFact("issued", issued, (), "metadata", 0.5), DateFact("captured", "2024-05-03", (), "capture", 1.0)),
        mentions=(Mention("m1", 0, min(4, end), "organization", entity),),
        entities=(Entity(entity, issuer, "organization", (issuer,)),),
        statements=(Statement("st1", None, "statement", issued, (Party("issuer", entity, issuer, ()),)),),
        genre="statement",
        attributions=(
            Attribution("a1", "direct", Source((), entity), None, Cue((Span(0, end),)), None, (), "beside", 0.7),
        ),
        acts=(SpeechAct("s1", 0, end, "refuse", Span(0, min(4, end)), "st1", entity, confidence=0.6),),
        notices=(Notice("dates", "guessed", "Only the month is known."),),
    )


def filled(folder: Path, texts: list[str], **given: Any) -> list[str]:
    """An archive with these texts, annotated, their originals beside; returns the documents' ids."""
    readings = [reading(text, f"letters/{at:03}.txt", **given) for at, text in enumerate(texts)]
    with Writer(folder) as writer:
        originals = Originals(folder)
        for text in texts:
            originals.put(text.encode())
        writer.add(readings, [file_of(one) for one in readings])
        pairs = [(document_id(one.capture.digest), facts(text)) for one, text in zip(readings, texts, strict=True)]
        writer.annotate(pairs, "stages 1")
    return [name for name, _ in pairs]


def everything(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The content of every table."""
    connection = sqlite3.connect(folder / "onrecord.sqlite")
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
    found = {table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}
    connection.close()
    return found


def without_step_six(connection: sqlite3.Connection) -> None:
    """Undo what step 6 of the schema made, as it was before."""
    for trigger in ("mention_new", "mention_gone", "party_other", "document_other"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for table in ("untallied", "unjoined", "name_days", "tallies", "together", "doers", "pens", "makers"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP INDEX documents_superseded")
