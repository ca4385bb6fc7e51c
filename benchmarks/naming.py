"""Resolving at scale: 1,000,000 mentions of 100,000 made-up names in an archive, then one document more.

    python benchmarks/naming.py [--names 100000] [--mentions 1000000]

Called by run.py. A tenth of the names are variants of others (another transliteration, other order, no article).
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from onrecord import Archive
from onrecord.model import Annotations, Capture, Document, Entity, EntityType, Mention, Reading, Rendition, document_id
from onrecord.resolve import settle
from onrecord.store import Originals, Writer

GIVEN = "Anna Tomas Ilse Karim Petra Josef Mara Layla Yusuf Elena Ivan Olga Nadia Samir Clara Hugo Ines Pavel Rana Omar"
SYLLABLES = "bar mel tor vin sal kem rad nor lis gar ten dov pel mir han zor cal fen bri wes tal jun or ash ul"
HEADS = "Union Council Front Party Brigades Committee League Society Ministry Movement Association Congress"
OF = "Workers Farmers Teachers Water Harbour Peace Students Weavers Valley River Roads Labour Women Drivers"


def names(count: int, seed: int = 7) -> Iterator[tuple[EntityType, str]]:
    """Distinct made-up names, the same for the same seed."""
    luck = random.Random(seed)
    given, heads, fields = GIVEN.split(), HEADS.split(), OF.split()
    seen: set[str] = set()

    def coined() -> str:
        return "".join(luck.choices(SYLLABLES.split(), k=luck.choice((2, 3, 3)))).capitalize()

    while len(seen) < count:
        if luck.random() < 0.5:
            kind: EntityType = "person"
            one, other = f"{luck.choice(given)} {coined()}", f"{luck.choice(given)} al-{coined()}"
            pair = [one] if luck.random() < 0.9 else [other, other.replace("al-", "El ")]
        else:
            kind = "organization"
            place, head, field = coined(), luck.choice(heads), luck.choice(fields)
            pair = [f"{place} {field} {head}"]
            if luck.random() < 0.1:
                pair.append(f"{head} of {field} of {place}")
        for name in pair:
            if name not in seen:
                seen.add(name)
                yield kind, name


def document(number: int, some: list[tuple[EntityType, str]]) -> tuple[Reading, Annotations]:
    """A document that mentions these, as the stages would give it."""
    text = f"{number}: " + "; ".join(name for _, name in some)
    digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    capture = Capture(
        digest=digest, size=len(text), media_type="text/plain", source=f"{number}.txt",
        captured_at="2024-12-01T00:00:00Z",
    )  # fmt: skip
    made = Document(id=document_id(digest), capture=capture, text=text, rendition=Rendition("bench", "1"))
    entities, mentions, at = [], [], text.index(": ") + 2
    for index, (kind, name) in enumerate(some):
        entities.append(Entity(f"e{index}", name, kind, (name,)))
        mentions.append(Mention(f"m{index}", at, at + len(name), kind, f"e{index}"))
        at += len(name) + 2
    facts = settle(Annotations(entities=tuple(entities), mentions=tuple(mentions)), made.id)
    return Reading(capture=capture, document=made), facts


def take_in(folder: Path, writer: Writer, pairs: list[tuple[Reading, Annotations]]) -> None:
    originals = Originals(folder)
    for reading, _ in pairs:
        assert reading.document is not None
        originals.put(reading.document.text.encode())
    writer.add([reading for reading, _ in pairs])
    writer.annotate([(reading.document.id, facts) for reading, facts in pairs if reading.document], "bench")


def fill(folder: Path, count: int, mentions: int) -> None:
    """An archive of `mentions` mentions of `count` names, a hundred a document; not yet resolved."""
    every = list(names(count))
    luck = random.Random(11)
    numbers = list(range(count)) * max(1, mentions // count)
    luck.shuffle(numbers)
    rows = iter(range(0, len(numbers), 100))
    with Writer(folder) as writer:
        while batch := list(islice(rows, 64)):
            pairs = [document(at, [every[n] for n in dict.fromkeys(numbers[at : at + 100])]) for at in batch]
            take_in(folder, writer, pairs)


def measure(count: int, mentions: int) -> Iterator[tuple[str, float, str, float | None, bool]]:
    """Rows for run.py's sheet: what, how much, unit, budget, whether more is better."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "names.onrecord"
        fill(folder, count, mentions)
        with Archive.open(folder) as archive:
            began = time.perf_counter()
            archive.compare_names()
            yield f"resolve {mentions:,} mentions of {count:,} names", time.perf_counter() - began, "s", 300, False
            yield "  largest process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", 2000, False
            parties = sum(len(party.members) for party in archive.names.merged())
            yield "  names that came into a party of several", parties, "names", None, True
            began = time.perf_counter()
            archive.names.find("Karim al Barmeltor")
            yield "  names find", (time.perf_counter() - began) * 1000, "ms", None, False
            reading, facts = document(10**9, list(names(100, seed=12345)))
            with Writer(folder) as writer:
                take_in(folder, writer, [(reading, facts)])
            began = time.perf_counter()
            archive.compare_names()
            yield "  one document of 100 new names more", (time.perf_counter() - began) * 1000, "ms", None, False


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    chosen = parser.parse_args()
    for what, value, unit, budget, _ in measure(chosen.names, chosen.mentions):
        print(f"{what:<52} {value:>10,.1f} {unit}{f'  (budget {budget:g})' if budget else ''}", flush=True)
