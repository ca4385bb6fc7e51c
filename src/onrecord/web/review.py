"""The questions of review in words, and their passages as HTML."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import regex
from markupsafe import Markup
from msgspec import Struct

from onrecord.model import Judgement
from onrecord.web import words
from onrecord.web.glyphs import direction, isolated, plain, safe_tag, shown
from onrecord.web.highlights import Mark, flatten
from onrecord.workbench.decisions import Decision
from onrecord.workbench.review_card import Card, Decided, Passage

DOES = {
    "claim": "state something", "affirm": "affirm something", "recall": "recall something",
    "note": "take note of something", "deny": "deny something", "admit": "admit something", "warn": "warn",
    "accuse": "accuse somebody", "demand": "demand something", "request": "ask for something",
    "urge": "urge somebody", "invite": "invite somebody", "promise": "promise something", "threaten": "threaten",
    "offer": "offer something", "refuse": "refuse something", "praise": "praise somebody or something",
    "support": "support somebody or something", "condemn": "condemn something", "concern": "voice concern",
    "condole": "condole", "decide": "decide something", "announce": "announce something",
}  # fmt: skip
"""What somebody does who does an act."""
ACTS = (
    ("Assertive", ("claim", "affirm", "recall", "note", "deny", "admit", "warn", "accuse")),
    ("Directive", ("demand", "request", "urge", "invite")),
    ("Commissive", ("promise", "threaten", "offer", "refuse")),
    ("Expressive", ("praise", "support", "condemn", "concern", "condole")),
    ("Declarative", ("decide", "announce")),
)
"""All acts, by Searle's classes."""
LABELS = {
    "speaker": "Speakers", "content": "Quotations’ ends", "date": "Dates", "act": "Acts", "party": "Names",
    "name": "Mentions", "time": "Times", "figure": "Figures", "part": "Parts",
}  # fmt: skip
ROLES = {
    "issued": "it was issued", "published": "it was published", "captured": "it was collected",
    "held": "the meeting was held", "effective": "it takes effect",
}  # fmt: skip


SHORT = 60
"""Code points of the words that a line repeats."""


class Asks(NamedTuple):
    """The answers to a kind of question, and what each leads to."""

    right: str
    wrong: str
    follows: str
    """What an answer "wrong" does."""


ANSWERS = {
    "speaker": Asks("Right", "Wrong", "The words stay quoted; who says them is then unknown."),
    "content": Asks("Right", "Wrong", "The words are then nobody’s: no quotation. To move its end, correct it."),
    "date": Asks("Right", "Wrong", "The document then has no such date, unless another is known."),
    "act": Asks("Right", "Wrong", "The act is taken away."),
    "party": Asks("The same", "Different", "The two stay apart, whatever their names."),
    "name": Asks("Right", "Wrong", "The words then name nobody."),
    "time": Asks("Right", "Wrong", "The time is taken away."),
    "figure": Asks("Right", "Wrong", "The figure is taken away."),
    "part": Asks("Right", "Wrong", "The part is then text like any other."),
}


class Words(Struct, frozen=True):
    """A passage to draw."""

    html: Markup
    lang: str
    dir: str


def asks(card: Card) -> Markup:
    """The question."""
    found = card.found
    match card.kind:
        case "speaker":
            name = found["speaker"]
            return Markup("Does %s say this?") % isolated(name) if name else Markup("Who says this? Nobody is named.")
        case "content":
            return Markup("Does the quotation end here?")
        case "date":
            return Markup("Is %s the day on which %s?") % (words.date(found["value"]), ROLES[found["role"]])
        case "act":
            does = DOES.get(found["act"], found["act"])
            by = isolated(found["by_name"]) if found.get("by_name") else Markup("somebody who is not named")
            denied = Markup(" (in words that deny it)") if found.get("negated") else Markup("")
            return Markup("Does %s %s here?%s") % (by, does, denied)
        case "party":
            return Markup("Are %s and %s one party?") % (isolated(found["one"]), isolated(found["other"]))
        case "name":
            name = found.get("entity_name")
            return Markup("Do these words mean %s?") % isolated(name) if name else Markup("Whom do these words mean?")
        case "time":
            return Markup("Do these words mean %s?") % words.date(found.get("value") or "no time that can be told")
        case "figure":
            return Markup("Is this the figure %s?") % isolated(figure(found))
    return Markup("Is this the document’s %s?") % words.segment(found.get("kind") or "part")


def figure(found: dict[str, object]) -> str:
    sign = {"=": "", "~": "about ", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most "}
    value = found.get("value")
    number = f"{value:,g}" if isinstance(value, int | float) else "not told"
    return f"{sign.get(str(found.get('comparator')), '')}{number} {found.get('unit') or ''}".strip()


BLANK = regex.compile(r"\s*\n\s*")
"""Empty lines say nothing in a card; the reader has them."""
PARTS = {"words": "w", "source": "s", "cue": "c"}


def drawn(passage: Passage, language: str | None) -> Words:
    """The words with what plays a part in the question pointed out."""
    marks = [Mark(mark.start - passage.start, mark.end - passage.start, PARTS[mark.part]) for mark in passage.marks]
    pieces = []
    for run in flatten(len(passage.text), marks):
        layers = [layer for layer, _ in run.layers]
        body = shown(BLANK.sub("\n", passage.text[run.start : run.end]))
        others = " ".join(layer for layer in layers if layer != "w")
        inner = Markup('<span class="%s">%s</span>') % (others, body) if others else body
        pieces.append(Markup("<mark>%s</mark>") % inner if "w" in layers else inner)
    return Words(Markup("").join(pieces), safe_tag(language), direction(language))


VERDICTS = {
    "correct": "right", "wrong": "wrong", "unsure": "not sure", "same": "the same", "different": "different",
    "add": "added it",
}  # fmt: skip


def said(each: Decided | Decision) -> str:
    """A decision in words."""
    return f"corrected it: {put(each.value)}" if each.verdict == "replace" else VERDICTS.get(each.verdict, each.verdict)


def put(value: object) -> str:
    """What a correction puts in place, in words."""
    if not isinstance(value, dict):
        return ""
    named = {each["id"]: each["name"] for each in value.get("entities", ()) if isinstance(each, dict)}
    parts = [told for name, each in value.items() if (told := _put(name, each, named))]
    return "; ".join(parts) or "its fields"


def _put(name: str, each: object, named: dict[str, str]) -> str:
    if name == "source":
        if not isinstance(each, dict) or not each.get("entity"):
            return "nobody known says it"
        return f"said by {named.get(each['entity'], each['entity'])}"
    if name == "content":
        return "it ends elsewhere"
    if name in ("by", "entity"):
        return f"{'by' if name == 'by' else 'means'} {named.get(str(each), str(each))}" if each else "nobody known"
    if name in ("entities", "plover", "mode", "cue", "type", "spans"):
        return ""
    return f"{name} {each}" if name != "value" else words.date(str(each))


def told(judgement: Judgement) -> str:
    """A decision and what it is about, in one line of plain words."""
    subject, words_ = judgement.subject, judgement.subject.evidence
    about = " and ".join(f"“{plain(name)}”" for name in subject.names)
    about = f"“{plain(words_.exact[:SHORT])}{'…' if len(words_.exact) > SHORT else ''}”" if words_ else about
    value = None if judgement.value is None else msgspec.json.decode(judgement.value)
    return f"{about} – {said(Decided(judgement.id, judgement.by, judgement.at, judgement.verdict, value))}"
