"""How long the commitments ledger takes over a large archive: `python benchmarks/ledger.py [DOCUMENTS] [FOLDER]`.

The archive is made up: letters of 800 words by one of 2,000 parties to one of its twenty others, the first of them the
most busy, each with eight acts, three of them commitments, on four thousand matters.
Prints seconds and the largest memory of each question.
"""

from __future__ import annotations

import hashlib
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from onrecord import Archive, annotate
from onrecord.model import (
    Annotations,
    Capture,
    DateFact,
    Document,
    Entity,
    Language,
    Mention,
    Party,
    Reading,
    Rendition,
    Slot,
    SpeechAct,
    Statement,
    document_id,
    entity_id,
)
from onrecord.store import Originals, Writer
from onrecord.text.spans import Span

PARTIES = 2_000
ACTS = ("claim", "note", "condemn", "praise", "request", "demand", "promise", "refuse")
DAY = date(2015, 1, 1)
QUESTIONS = (
    ["--party", "Society 0001"],
    ["--party", "Society 0001", "--links"],
    ["--party", "Society 0900", "--links"],
    ["--act", "threaten"],
    [],
    ["--links"],
)


def letters(number: int) -> Iterator[tuple[Reading, Annotations]]:
    """So many letters with what the stages would find in them."""
    chance = random.Random(6)
    hard, soft = "bdfgklmnprstvz", "aeiou"
    words = ["".join(map(chance.choice, (hard, soft, hard, soft, hard))) for _ in range(5_000)]
    matters = [chance.sample(words, 4) for _ in range(4_000)]
    filler = " ".join(chance.choices(words, k=800))
    for at in range(number):
        who = int(PARTIES * chance.random() ** 3)
        other = (who * 7 + chance.randrange(20)) % PARTIES
        yield letter(at, who, other, [chance.choice(matters) for _ in ACTS], filler)


def letter(at: int, who: int, other: int, matters: list[list[str]], filler: str) -> tuple[Reading, Annotations]:
    name, hearer = f"Society {who:04}", f"Society {other:04}"
    ids = [entity_id("organization", each.casefold()) for each in (name, hearer)]
    text, acts = f"{name}\n\n", []
    for number, (act, matter) in enumerate(zip(ACTS, matters, strict=True)):
        start = len(text)
        text += f"We {act} {hearer} "
        content = Span(len(text), len(text) + len(" ".join(matter)))
        text += f"{' '.join(matter)}.\n"
        slots = (
            Slot("addressee", (Span(start + 4 + len(act), content.start - 1),), ids[1]),
            Slot("content", (content,)),
        )
        cue = Span(start + 3, start + 3 + len(act))
        acts.append(SpeechAct(f"s{number}", start, content.end, act, cue, "st1", ids[0], ids[1], slots=slots))
    text += f"\n{filler} {at}\n"
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    capture = Capture(
        digest=digest, size=len(text), media_type="text/plain", source=f"{at}.txt", captured_at="2026-01-01T00:00:00Z"
    )
    document = Document(id=document_id(digest), capture=capture, text=text, rendition=Rendition("plain", "1"))
    day = (DAY + timedelta(days=at % 3650)).isoformat()
    facts = Annotations(
        languages=(Language("en", 0, len(text)),),
        dates=(DateFact("issued", day, (), "heading", 0.9),),
        mentions=tuple(Mention(f"m{n}", n, n + 1, "organization", ids[n % 2]) for n in range(20)),
        entities=tuple(
            Entity(one, called, "organization", (called,)) for one, called in zip(ids, (name, hearer), strict=True)
        ),
        statements=(Statement("st1", None, "statement", day, (Party("issuer", ids[0], name, (Span(0, len(name)),)),)),),
        genre="statement",
        acts=tuple(acts),
    )
    return Reading(capture=capture, document=document), facts


def make(folder: Path, number: int) -> None:
    """Put the letters into an archive, without their originals."""
    with Writer(folder) as writer:
        originals = Originals(folder)
        every = letters(number)
        while batch := list(islice(every, 500)):
            for reading, _ in batch:
                originals.put(reading.document.text.encode())  # type: ignore[union-attr]
            writer.add([reading for reading, _ in batch])
            writer.annotate([(reading.document.id, facts) for reading, facts in batch], annotate.fingerprint())  # type: ignore[union-attr]
    with Archive.open(folder) as archive:
        archive.compare_names()


def ask(folder: Path, question: list[str]) -> None:
    """One question, as a process of its own."""
    began = time.perf_counter()
    words = ["acts", str(folder), "--limit", "1", *question]
    program = (
        "import resource, sys; from onrecord.cli import app; sys.argv[1:] = " + repr(words) + "\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    *said, peak = done.stdout.splitlines()
    counted = "; ".join(line for line in said if " read; " in line or line.endswith("link`)."))
    print(f"{time.perf_counter() - began:6.1f} s {peak:>6} MB  {' '.join(question) or '(all)'}: {counted[:120]}")


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(f"/tmp/onrecord-ledger-{number}")
    if not folder.exists():
        began = time.perf_counter()
        make(folder, number)
        print(f"{time.perf_counter() - began:6.1f} s to make {folder}")
    for question in QUESTIONS:
        ask(folder, question)
    print(f"largest of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
