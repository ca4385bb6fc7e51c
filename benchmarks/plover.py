"""How well the speech acts and deeds of a news sentence give the PLOVER class of who does them.

    python benchmarks/plover.py                       ../shared/eval/plover/train.jsonl, where it is
    python benchmarks/plover.py ROWS.jsonl [--wrong]  another file; also what of the first half is read wrongly

A row has a sentence with its source and target marked, a PLOVER root and a quad code (1 verbal cooperation, 2 material
cooperation, 3 verbal conflict, 4 material conflict). So a record is read for it: `annotate` runs over the bare
sentence; then, the first that says something counting,

(a) of the record's acts those that the source does, in the order of the text: whose performer is the entity of a
    mention that overlaps the source, or that stand in an attribution whose source does. An act that lies in another's
    content comes before it. Their `plover` is the answer. Where the record has no acts, the attributions' cues are read
    in their place: the cue's act, with the words of the content, by `plover.classify`. An act whose verb is, by the
    table, that of a deed ("attacked", "sought refuge") is left to (b);
(b) the deed of the clause: `plover.deed` of the words behind the source, or, where "by", "in" or the like stands
    before the source, of the words ahead of it; at last of the source's own words ("the guard's shelling of …").

The set has one class YIELD for CONCEDE and RETREAT and counts it as material cooperation; so do the figures here. A row
of which nothing is read counts as wrong. The rows are in two halves by a hash of their number: the word lists were made
looking at rows of the first half only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.annotate import annotate
from onrecord.annotate.deeds import deeds, words_of
from onrecord.annotate.grammar import grammar
from onrecord.annotate.plover import Coded, classify, deed
from onrecord.lexicon import lexicon
from onrecord.model import Act, Annotations, Attribution, Capture, Document, Rendition, Span, SpeechAct

ROWS = Path(__file__).parents[2] / "shared" / "eval" / "plover" / "train.jsonl"
ROOTS = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""What the set calls a class."""
OBLIQUE = frozenset({"by", "in", "from", "of", "at", "with", "for", "on", "into", "among"})
"""Before a source that is not the subject."""

PARTICIPLE = 4
"""Words before a "by" among which the participle of a passive stands."""

Answer = tuple[str, str]
"""Root and quad code; empty where nothing was read."""


def read(row: dict[str, Any]) -> Answer:
    """Root and quad code of what the source does."""
    sentence, source = marked(row)
    document = made(sentence, row["sentence_id"])
    coded = by_acts(document, annotate(document), source) or by_deed(sentence, source)
    if coded is None or coded[0] is None:
        return "", ""
    root = ROOTS.get(coded[0], coded[0])
    return root, "2" if root == "YIELD" else str(lexicon("mul")["plover"]["classes"][coded[0]]["quad"])


def marked(row: dict[str, Any]) -> tuple[str, Span]:
    """The bare sentence and its first source; where the mark is broken, the first place of the source's words."""
    text = row["marked_sentence"]
    before, opened, rest = text.partition("<s>")
    inside, closed, _ = rest.partition("</s>")
    bare = re.sub(r"</?[st]>", "", text)
    if opened and closed:
        start = len(re.sub(r"</?[st]>", "", before))
        return bare, Span(start, start + len(re.sub(r"</?[st]>", "", inside)))
    start = max(0, bare.find(row["source"]))
    return bare, Span(start, start + len(row["source"]))


def made(text: str, number: str) -> Document:
    raw = text.encode()
    capture = Capture(
        digest="sha256:" + hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        media_type="text/plain",
        source=f"{number}.txt",
        captured_at="2024-05-03T00:00:00Z",
    )
    return Document(id=f"d{number}", capture=capture, text=text, rendition=Rendition("plain", "1"))


# -- (a) the record's acts ---------------------------------------------------------------------------------------------


def by_acts(document: Document, found: Annotations, source: Span) -> Coded | None:
    """The class of the first act of the source that has one."""
    if not found.acts:
        return next(by_cues(document, found.attributions, source), None)
    ours = {mention.entity for mention in found.mentions if overlap([Span(mention.start, mention.end)], source)}
    said = {one.id for one in found.attributions if one.source is not None and overlap(one.source.spans, source)}
    acts = [act for act in found.acts if (act.by is not None and act.by in ours) or act.within in said]
    for act in sorted(acts, key=inner_first):
        if act.plover is not None and not is_deed(document.text[act.cue.start :]):
            return act.plover, act.mode
    return None


def is_deed(words: str) -> bool:
    """Whether the first word is the verb of a deed, by the table, with what stands behind it."""
    found = next(deeds(words_of(words), "en"), None)
    return found is not None and found.at == 0 and found.entry.plover is not None


def inner_first(act: SpeechAct) -> tuple[bool, int]:
    return act.parent is None, act.start


def by_cues(document: Document, attributions: Iterable[Attribution], source: Span) -> Iterator[Coded]:
    for one in attributions:
        if one.source is None or not one.cue or not overlap(one.source.spans, source):
            continue
        cue = " ".join(document.text[span.start : span.end] for span in one.cue.spans).lower().split()
        act = act_of(cue)
        if act is None or is_deed(document.text[one.cue.spans[-1].end - len(cue[-1]) :]):
            continue
        content = " ".join(document.text[span.start : span.end] for span in one.content.spans)
        coded = classify(act, content, by_party=act in ("admit", "deny"), language="en")
        if coded[0] is not None:
            yield coded


def act_of(cue: list[str]) -> Act | None:
    """The act of a cue's words: that of the last verb of speech among them."""
    words = grammar("en")
    assert words is not None
    for at in reversed(range(len(cue))):
        for phrase, verb in words.verbs.get(cue[at], ()):
            if tuple(cue[at : at + len(phrase)]) == phrase:
                return verb.act
    return None


def overlap(spans: Iterable[Span], source: Span) -> bool:
    return any(span.start < source.end and source.start < span.end for span in spans)


# -- (b) the deed of the clause ---------------------------------------------------------------------------------------


def by_deed(sentence: str, source: Span) -> Coded | None:
    """The deed that stands behind the source as a subject, or ahead of it; at last one in its own words."""
    ahead, behind = sentence[: source.start], sentence[source.end :]
    own = sentence[source.start : source.end]
    before = ahead.split()
    near = before[-1].lower() if before else ""
    participle = " ".join(before[-PARTICIPLE:]) if near == "by" else ""
    stretches = (participle, ahead, behind, own) if near in OBLIQUE else (behind, own, ahead)
    for stretch in stretches:
        coded = deed(stretch, "en")
        if coded is not None:
            return coded
    return None


# -- figures ---------------------------------------------------------------------------------------------------------


def scores(pairs: list[tuple[str, str]]) -> dict[str, tuple[float, float, float, int]]:
    """By class: precision, recall, F1 as shares, and how many rows there are of it."""
    gold, said = Counter(wanted for wanted, _ in pairs), Counter(found for _, found in pairs)
    right = Counter(wanted for wanted, found in pairs if wanted == found)
    return {
        name: (right[name] / max(1, said[name]), right[name] / count, 2 * right[name] / (count + said[name]), count)
        for name, count in sorted(gold.items())
    }


def macro(pairs: list[tuple[str, str]]) -> float:
    by_class = scores(pairs)
    return sum(score[2] for score in by_class.values()) / max(1, len(by_class))


def first_half(row: dict[str, Any]) -> bool:
    return int(hashlib.sha256(row["sentence_id"].encode()).hexdigest(), 16) % 2 == 0


def report(name: str, rows: list[dict[str, Any]], answers: list[Answer], each: bool) -> None:
    roots = [(row["gold_root"], answer[0]) for row, answer in zip(rows, answers, strict=True)]
    quads = [(row["gold_penta"], answer[1]) for row, answer in zip(rows, answers, strict=True)]
    print(f"{name}: {len(rows)} rows, macro F1 quad {macro(quads):.3f}, root {macro(roots):.3f}")
    for kind, pairs in (("quad", quads), ("root", roots)) if each else ():
        for label, (precision, recall, f1, count) in scores(pairs).items():
            print(f"  {kind} {label:10} P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}  of {count}")


def main() -> None:
    parser = argparse.ArgumentParser(description="PLOVER classes of marked sentences")
    parser.add_argument("rows", type=Path, nargs="?", default=ROWS)
    parser.add_argument("--wrong", action="store_true", help="also the rows of the first half that are read wrongly")
    asked = parser.parse_args()
    if not asked.rows.exists():
        print(f"{asked.rows} is not there: nothing measured")
        return
    rows = [json.loads(line) for line in asked.rows.read_text("utf8").splitlines() if line.strip()]
    answers = [read(row) for row in rows]
    halves = [first_half(row) for row in rows]
    for name, half in (("first half (looked at)", True), ("second half (not looked at)", False)):
        kept = [number for number, first in enumerate(halves) if first is half]
        report(name, [rows[n] for n in kept], [answers[n] for n in kept], each=False)
    report("all", rows, answers, each=True)
    for row, answer, first in zip(rows, answers, halves, strict=True):
        if asked.wrong and first and answer[1] != row["gold_penta"]:
            print(f"{row['gold_root']}/{row['gold_penta']} {answer} {row['marked_sentence'][:260]}")


if __name__ == "__main__":
    main()
