"""How long the quantities of a document take, in microseconds on one core.

python benchmarks/quantities.py [TEXTS.jsonl]     texts of 600 words and the demo, or the `text`s of a file
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import corpus

from onrecord import demo
from onrecord.annotate import STAGES, quantities
from onrecord.annotate.pipeline import run_all
from onrecord.model import Capture, Document, Rendition

ROUNDS = 5
WORDS = 600


def documents(texts: Iterable[str]) -> list[Document]:
    capture = Capture(
        digest="sha256:0", size=0, media_type="text/plain", source="a.txt", captured_at="2025-01-02T03:04:05Z"
    )
    rendition = Rendition("plain", "1")
    return [Document(id=f"d{n}", capture=capture, text=text, rendition=rendition) for n, text in enumerate(texts)]


def measure(name: str, made: list[Document]) -> None:
    stage = next(stage for stage in STAGES if stage.name == "quantities")
    every = zip(made, run_all(STAGES, made), strict=True)
    needed = [(one, [found[need] for need in stage.needs]) for one, found in every if not isinstance(found, Exception)]
    best, counted = float("inf"), 0
    for _ in range(ROUNDS):
        began = time.process_time()
        counted = sum(len(quantities.find(one, *needs)) for one, needs in needed)
        best = min(best, (time.process_time() - began) * 1e6)
    words = sum(len(one.text.split()) for one, _ in needed)
    print(
        f"{name:<12} {len(needed):>5} documents  {best / len(needed):>6.0f} µs each  "
        f"{best / words * WORDS:>6.0f} µs for {WORDS} words  {counted / words * WORDS:>5.1f} quantities in them"
    )


def main(path: str | None) -> None:
    if path is None:
        measure("made up", documents(corpus.documents(500, WORDS)))
        measure("demo", documents(true["text"] for true in demo.truth()))
    else:
        lines = Path(path).read_text("utf8").splitlines()[:500]
        measure(Path(path).stem[:12], documents(json.loads(line)["text"] for line in lines))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
