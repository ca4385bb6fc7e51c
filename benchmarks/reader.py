"""How long the reader's page of a long text full of findings takes to make, and how large it is.

    python benchmarks/reader.py            # 100,000 characters, 2,000 highlights; then half and twice of it

Budget: 150 ms, 1 MB. The times of half, whole and twice show whether work grows with the text. Nothing of it is asked
of an archive or sent over a wire.
"""

from __future__ import annotations

import time
from hashlib import sha256

from starlette.requests import Request

from onrecord import model
from onrecord.model import Span
from onrecord.web.pages.document import document_page

SENTENCE = "The council of the river said that the crossing stays open through the night. "
REQUEST = Request({"type": "http", "method": "GET", "path": "/d/x", "headers": [], "query_string": b""})


def record(characters: int, highlights: int) -> model.Record:
    """A text with quotations, acts, figures, names and times on and over one another: a fifth of each."""
    text = "\n\n".join(SENTENCE * 6 for _ in range(characters // len(SENTENCE) // 6 + 1))[:characters]
    each, step = highlights // 5, characters * 5 // highlights
    places = [number * step for number in range(each) if number * step + 160 < characters]
    digest = "sha256:" + sha256(text.encode()).hexdigest()
    speaker = (model.Voice("publisher", "River Post"), model.Voice("speaker", "Mara Lindqvist", "e1"))
    return model.Record(
        id=model.document_id(digest),
        capture=model.Capture(
            digest=digest, size=len(text), media_type="text/plain", source="long.txt",
            captured_at="2024-06-01T08:00:00Z",
        ),
        text=text,
        rendition=model.Rendition("made-up", "1"),
        title=None,
        languages=(model.Language("en", 0, len(text)),),
        segments=(),
        dates=(),
        times=tuple(model.TimeExpression(at + 70, at + 79, "date", "2024-05-03", None, "day") for at in places),
        mentions=tuple(model.Mention(f"m{at}", at + 4, at + 24, "person", "e1") for at in places),
        entities=(model.Entity("e1", "Mara Lindqvist", "person", ("Mara Lindqvist",)),),
        statements=(),
        genre="report",
        attributions=tuple(
            model.Attribution(
                f"a{at}", "direct", model.Source((Span(at, at + 9),), "e1"), model.Cue((Span(at + 10, at + 14),)),
                model.Cue((Span(at + 15, at + 150),)), None, speaker, "quotation-cue; pronoun: nearest before", 0.7,
            )
            for at in places
        ),
        acts=tuple(
            model.SpeechAct(
                f"s{at}", at + 20, at + 100, "demand", Span(at + 30, at + 36), f"a{at}", "e1", rule="performative",
                slots=(model.Slot("content", (Span(at + 40, at + 90),)),), plover="REQUEST",
            )
            for at in places
        ),
        quantities=tuple(
            model.Quantity(at + 100, at + 104, 12.0, "=", "boat", None, f"a{at}", rule="figures") for at in places
        ),
        notices=(),
    )  # fmt: skip


def heavy_page(characters: int = 100_000, highlights: int = 2_000, repeats: int = 5) -> tuple[float, int]:
    """The best of some runs in milliseconds of the processor, and the bytes of the page."""
    made = record(characters, highlights)
    times = []
    for _ in range(repeats + 1):
        begun = time.process_time()
        size = len(document_page(REQUEST, made).body)
        times.append(1000 * (time.process_time() - begun))
    return min(times[1:]), size


def main() -> None:
    whole, size = heavy_page()
    half, _ = heavy_page(50_000, 1_000)
    twice, _ = heavy_page(200_000, 4_000)
    print(f"reader, 100,000 characters, 2,000 highlights: {whole:.0f} ms (150), {size:,} bytes (1,000,000)")
    print(f"half of it takes {half / whole:.2f} of that, twice {twice / whole:.2f}")


if __name__ == "__main__":
    main()
