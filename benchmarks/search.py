"""The store and the search on a made-up pile: `python benchmarks/search.py --documents 100000`.

Prints each figure with its budget and their ratio; fails on none. Facts are made up too (about 80 a document), so that
only the store is measured.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from corpus import LAST, PLACES, documents

from onrecord.model import (
    Annotations,
    Attribution,
    Capture,
    Cue,
    DateFact,
    Document,
    Entity,
    Filters,
    Given,
    Language,
    Mention,
    Party,
    Reading,
    Rendition,
    Segment,
    Source,
    SourceFile,
    Statement,
    TimeExpression,
    Title,
    document_id,
    entity_id,
)
from onrecord.store import Index, View, Writer
from onrecord.text.spans import Span

BATCH = 64
"""As many as archive.py commits at once."""
PUBLISHERS = [f"{place} Post" for place in PLACES]
QUERIES = (
    "ferry", "inspection dam", '"price of water"', "warehouses OR timetable -lorries", "negotiat*", "title:council",
    "Halvorsen grain winter", '"will not accept" school', "market NOT river", "Petrenko",
)  # fmt: skip


def reading(text: str, number: int) -> Reading:
    data = text.encode()
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    capture = Capture(
        digest=digest, size=len(data), media_type="text/plain", source=f"pile/{number // 1000}/{number}.txt",
        captured_at="2024-05-03T00:00:00Z", publisher=PUBLISHERS[number % len(PUBLISHERS)],
    )  # fmt: skip
    document = Document(id=document_id(digest), capture=capture, text=text, rendition=Rendition("plain", "1"))
    return Reading(capture=capture, document=document)


def facts(text: str, number: int) -> Annotations:
    """About 80 facts with spans somewhere in the text."""
    pick = Random(number)
    end = len(text) - 40
    at = [pick.randrange(end) for _ in range(80)]
    names = [f"{pick.choice(LAST)} {pick.randrange(400)}" for _ in range(12)]
    ids = [entity_id("person", name) for name in names]
    day = f"202{number % 3 + 2}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return Annotations(
        title=Title(text[:30], (Span(0, 30),)),
        languages=(Language("en", 0, len(text)),),
        genre="report",
        segments=tuple(Segment(f"g{n}", "body", s, s + 40) for n, s in enumerate(at[:12])),
        dates=(DateFact("issued", day, (Span(at[0], at[0] + 9),), "dateline", 0.9),),
        times=tuple(TimeExpression(s, s + 9, "date", day, None, "day-month-year") for s in at[12:24]),
        mentions=tuple(Mention(f"m{n}", s, s + 12, "person", ids[n % 12]) for n, s in enumerate(at[24:60])),
        entities=tuple(Entity(i, name, "person", (name,)) for i, name in dict(zip(ids, names, strict=True)).items()),
        statements=(
            Statement("st1", "g1", "report", day, tuple(Party("participant", ids[n], names[n], ()) for n in range(3))),
        ),
        attributions=tuple(attribution(n, s, ids[n]) for n, s in enumerate(at[60:68])),
    )  # fmt: skip


def attribution(number: int, at: int, speaker: str) -> Attribution:
    source, cue, content = Span(at, at + 9), Span(at + 9, at + 14), Span(at + 15, at + 40)
    return Attribution(
        f"a{number}", "direct", Source((source,), speaker), Cue((cue,)), Cue((content,)), None, (), "beside", 0.8
    )


def batches(count: int) -> Iterator[list[Reading]]:
    made = (reading(text, number) for number, text in enumerate(documents(count)))
    while batch := list(islice(made, BATCH)):
        yield batch


def row(what: str, value: float, unit: str, budget: float, *, more: bool = True) -> None:
    ratio = value / budget if more else budget / value
    print(f"{what:<44} {value:>12,.2f} {unit:<8} budget {budget:>9,.0f}   x{ratio:.2f}", flush=True)


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def writing(folder: Path, count: int) -> None:
    """As `build` does: everything is added, then everything is annotated."""
    spent = 0.0
    with Writer(folder) as writer:
        for batch in batches(count):
            files = [source_file(one) for one in batch]
            spent += timed(lambda batch=batch, files=files: writer.add(batch, files))
    row("add", count / spent, "docs/s", 5000)
    spent = 0.0
    writer = Writer(folder)
    for at, batch in enumerate(batches(count)):
        texts = [(one.document.id, one.document.text) for one in batch if one.document]
        pairs = [(name, facts(text, at * BATCH + n)) for n, (name, text) in enumerate(texts)]
        spent += timed(lambda pairs=pairs: writer.annotate(pairs, "made-up"))
    spent += timed(writer.close)
    row("annotate, 80 facts each", count / spent, "docs/s", 5000)


def source_file(one: Reading) -> SourceFile:
    capture = one.capture
    return SourceFile(source=capture.source, size=capture.size, mtime_ns=1, digest=capture.digest)


def reading_back(view: View, count: int) -> None:
    spent = timed(lambda: [view.unchanged(f"pile/{n // 1000}/{n}.txt", 1, 1, Given()) for n in range(count)])
    row("is this file unchanged", spent / count * 1e6, "µs", 50, more=False)
    row("all documents with their facts", count / timed(lambda: sum(1 for _ in view.annotated())), "docs/s", 5000)
    row("statistics", timed(lambda: view.statistics("made-up")) * 1000, "ms", 100, more=False)


def searching(index: Index, view: View, rounds: int) -> None:
    cases: dict[str, dict[str, Any]] = {
        "ranked": {},
        "ranked, without facets": {"facets": False},
        "newest first": {"sort": "newest"},
        "filtered": {"filters": Filters(publishers=(PUBLISHERS[1],), since="2023", until="2023-06")},
    }
    for name, options in cases.items():
        spent = []
        for _ in range(rounds):
            for query in QUERIES:
                spent.append(timed(lambda query=query, options=options: index.search(view, query, **options)) * 1000)
        row(f"search, {name}, p50", median(spent), "ms", 5, more=False)
        row(f"search, {name}, p99", quantiles(spent, n=100)[98], "ms", 50, more=False)
    for query in QUERIES:
        spent = [timed(lambda query=query: index.search(view, query)) * 1000 for _ in range(rounds)]
        print(f"    {query:<40} {median(spent):8.2f} ms   {index.search(view, query).total:,} found")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="make the archive here and keep it")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="onrecord-bench-")) / "bench.onrecord"
    print(f"{options.documents:,} documents of 600 words in {folder}")
    try:
        if not (folder / "onrecord.sqlite").exists():
            writing(folder, options.documents)
        with View(folder) as view:
            index = Index(folder)
            spent = timed(lambda: index.update(view))
            row("index", options.documents / spent, "docs/s", 5000)
            reading_back(view, options.documents)
            searching(index, view, options.rounds)
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
        for part in ("onrecord.sqlite", "index"):
            files = [folder / part] if (folder / part).is_file() else list((folder / part).iterdir())
            print(f"{part}: {sum(file.stat().st_size for file in files) / 1e6:,.0f} MB")
    finally:
        if options.keep is None:
            shutil.rmtree(folder.parent, ignore_errors=True)


if __name__ == "__main__":
    main()
