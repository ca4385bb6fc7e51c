"""How long the quantities of a document take: microseconds a document, and of one of 600 words, on one core.

    python benchmarks/quantities.py [TEXTS.jsonl]     the demo corpus, or the `text` of each line
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from onrecord import demo
from onrecord.annotate import STAGES, quantities
from onrecord.annotate.pipeline import run_all
from onrecord.model import Capture, Document, Rendition

ROUNDS = 5
WORDS = 600


def documents(path: str | None) -> list[Document]:
    if path is None:
        texts = [true["text"] for true in demo.truth()]
    else:
        texts = [json.loads(line)["text"] for line in Path(path).read_text("utf8").splitlines()[:500]]
    capture = Capture(
        digest="sha256:0", size=0, media_type="text/plain", source="a.txt", captured_at="2025-01-02T03:04:05Z"
    )
    return [Document(id=f"d{n}", capture=capture, text=text, rendition=Rendition("plain", "1")) for n, text in enumerate(texts)]


def main(path: str | None) -> None:
    made = documents(path)
    stage = next(stage for stage in STAGES if stage.name == "quantities")
    needed = [(one, [found[need] for need in stage.needs]) for one, found in zip(made, run_all(STAGES, made)) if not isinstance(found, Exception)]
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = sum(len(quantities.find(one, *needs)) for one, needs in needed)
        best = min(best, time.perf_counter() - began)
    words = sum(len(one.text.split()) for one, _ in needed)
    each = best * 1e6 / len(needed)
    print(f"{len(needed)} documents, {words} words, {found} quantities: {each:.0f} µs a document, {best * 1e6 / words * WORDS:.0f} µs for {WORDS} words")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
