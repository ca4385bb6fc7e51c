"""Records for the tests of the ledger: sentences, each an attribution and a mention."""

from onrecord.model import (
    Attribution,
    Capture,
    Cue,
    DateFact,
    Entity,
    Mention,
    Record,
    Rendition,
    Source,
    document_id,
)  # fmt: skip
from onrecord.text.spans import Span

DIGEST = "sha256:" + "1" * 64
AT = "2024-05-03T10:00:00Z"


def record(*sentences: str) -> Record:
    """A record whose text is the sentences, a line each: the content of an attribution, its first word a name."""
    mentions, attributions, at = [], [], 0
    for number, sentence in enumerate(sentences, 1):
        whole, first = Span(at, at + len(sentence)), Span(at, at + len(sentence.split()[0]))
        mentions.append(Mention(f"m{number}", *first, "person", "e1"))
        source = Source((first,), "e1")
        attributions.append(Attribution(f"a{number}", "direct", source, None, Cue((whole,)), None, (), "made", 1.0))
        at = whole.end + 1
    return Record(
        id=document_id(DIGEST),
        capture=Capture(digest=DIGEST, size=1, media_type="text/plain", source="made.txt", captured_at=AT),
        text="\n".join(sentences),
        rendition=Rendition("plain", "1"),
        title=None,
        languages=(),
        segments=(),
        dates=(DateFact("issued", "2024-05-03", (Span(0, 1),), "made", 1.0),),
        times=(),
        mentions=tuple(mentions),
        entities=(Entity("e1", "Kessan", "person", ("Kessan",)),),
        statements=(),
        genre=None,
        attributions=tuple(attributions),
        acts=(),
        quantities=(),
        notices=(),
    )
