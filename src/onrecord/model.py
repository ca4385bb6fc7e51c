"""Every central type: frozen, slotted, comparable values that say what was found and on which words it rests.

They are `msgspec.Struct`s rather than dataclasses (docs/decisions/0002): the same promises, made ten times as fast,
with one codec for the store, the processes and the record, and a JSON Schema that is generated from them.
What a document has dozens of is made with `gc=False`: it cannot form cycles, and the collector need not walk it.

Offsets are Unicode code points into `Document.text`, half-open. Dates are EDTF strings (`text.dates.PartialDate`
compares them). Languages are BCP 47 tags. `None` means unknown; nothing is guessed. `rule` names what decided a value,
`confidence` runs from 0 to 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

import msgspec
from msgspec import Struct, field

from onrecord.text.spans import Span, Utf16Map

__all__ = [
    "Addressee",
    "Annotations",
    "Attribution",
    "Capture",
    "Context",
    "Cue",
    "DateFact",
    "Document",
    "Entity",
    "Evidence",
    "Filters",
    "Given",
    "Hit",
    "Import",
    "Imports",
    "Judgement",
    "Language",
    "Mention",
    "Notice",
    "Party",
    "Problem",
    "Quantity",
    "Reading",
    "Record",
    "Rendition",
    "Results",
    "Score",
    "Segment",
    "Slot",
    "Source",
    "SourceFile",
    "Span",
    "SpeechAct",
    "Statement",
    "Stats",
    "Subject",
    "TimeExpression",
    "Title",
    "Utf16Map",
    "Voice",
    "document_id",
    "entity_id",
    "evidence",
    "own_speaker",
]  # fmt: skip

SegmentKind = Literal[
    "boilerplate", "letterhead", "headline", "byline", "dateline", "preface", "body", "item", "point", "address",
    "citation", "insertion", "closing", "signature", "note",
]  # fmt: skip
DateRole = Literal["issued", "published", "captured", "held", "effective"]
TimeType = Literal["date", "time", "duration", "set"]
EntityType = Literal["person", "organization", "place", "event", "work"]
Genre = Literal["statement", "translation", "resolution", "agreement", "speech", "interview", "report", "digest"]
PartyRole = Literal["issuer", "on-behalf-of", "signatory", "sponsor", "participant", "witness"]
AttributionKind = Literal["direct", "indirect", "mixed"]
Spoken = Literal["direct", "reported", "own"]
VoiceRole = Literal["publisher", "translator", "outlet", "issuer", "speaker"]
Act = Literal[
    "claim", "affirm", "recall", "note", "deny", "admit", "warn", "accuse",
    "demand", "request", "urge", "invite",
    "promise", "threaten", "offer", "refuse",
    "praise", "support", "condemn", "concern", "condole",
    "decide", "announce",
]  # fmt: skip
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
SlotRole = Literal[
    "performer", "addressee", "target", "content", "deadline", "condition", "negation", "intensity",
]  # fmt: skip
Modality = Literal["performed", "past", "reported", "hypothetical"]
Plover = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Verdict = Literal["same", "different", "unsure", "correct", "wrong", "replace", "add"]


class Capture(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Bytes with their provenance: what was collected, from where, when and by whom.

    In JSON the keys that are not known are left out.
    """

    digest: str
    """`sha256:` and the hex digest of the original bytes (a container's member: of the member's own bytes)."""
    size: int
    media_type: str
    source: str
    """Path relative to what was added, or URL; a member of a container follows its container after `!/`."""
    captured_at: str
    """ISO 8601, UTC, to the second."""
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    collector: str | None = None
    note: str | None = None
    language: str | None = None
    """As given by the person who added it, not as detected."""
    container: str | None = None
    """Digest of the stored original that this capture is a member of; `None` where it is itself the original."""


class Given(Struct, frozen=True, kw_only=True):
    """What the person who adds a file says of it (option, side-car or manifest row); `None` where nothing was said."""

    publisher: str | None = None
    language: str | None = None
    published: str | None = None
    url: str | None = None
    collector: str | None = None
    note: str | None = None


class Rendition(Struct, frozen=True):
    """How the text was got out of the bytes: the text that all offsets refer to is the work of this extractor."""

    extractor: str
    version: str
    """Of the extractor and the library below it; another version may give another text."""


class Notice(Struct, frozen=True):
    """What a reader should know. `code` is stable, `message` says what is wrong and what to do."""

    stage: str
    """What noticed it: the extraction, or a stage of the annotation by name."""
    code: str
    message: str
    spans: tuple[Span, ...] = ()
    """The words it is about; empty where it is about the whole document."""


class Document(Struct, frozen=True, kw_only=True):
    """One text as it was read out of one capture. The text never changes; everything else points into it."""

    id: str
    capture: Capture
    text: str
    rendition: Rendition
    title: str | None = None
    """As the format itself gives it (HTML title, DOCX property, mail subject), not as read from the text."""
    published: str | None = None
    """EDTF, as the format itself gives it (meta tag, mail date, feed entry)."""
    publisher: str | None = None
    """As the format itself gives it (site name, feed title, mail sender's name)."""
    language: str | None = None
    """As the format itself declares it."""
    headings: tuple[Span, ...] = ()
    """Lines that the format marks as headings."""
    boilerplate: tuple[Span, ...] = ()
    """Stretches that the format shows to be navigation, forms or other page furniture."""
    notices: tuple[Notice, ...] = ()
    """What the extraction has to say about itself."""
    known: tuple[KnownName, ...] = ()
    """Where the registry's names stand in the text, in order: looked up when it is annotated, never stored."""


class KnownName(Struct, frozen=True, gc=False):
    """Words of a text that the registry knows for a name of something of this type."""

    start: int
    end: int
    type: EntityType


class SourceFile(Struct, frozen=True, kw_only=True):
    """A file as it was last seen, so that an unchanged one need not be read again."""

    source: str
    size: int
    mtime_ns: int
    digest: str
    given: Given = Given()
    place: str = ""
    """Absolute path on this machine; two folders may each hold a `letter.txt`. Empty where only the source is known."""


class Reading(Struct, frozen=True, kw_only=True):
    """What ingest made of one item: its capture, and the document, or the notices that say why there is none."""

    capture: Capture
    document: Document | None = None
    notices: tuple[Notice, ...] = ()
    place: str = ""
    """Where on this machine the bytes were: what is found there later takes this capture's place."""


class Evidence(Struct, frozen=True):
    """Words that can be found again: the span, the words, and up to 32 code points on either side."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


class Title(Struct, frozen=True):
    """What the document calls itself."""

    text: str
    spans: tuple[Span, ...] = ()
    """Empty where the format gives the title and the text does not repeat it."""


class Language(Struct, frozen=True):
    """The language of `[start, end)`; the ranges of a document follow one another and cover its text."""

    tag: str
    start: int
    end: int


class Segment(Struct, frozen=True):
    """A stretch of the text by what it is for. Segments form a tree: children lie within their parent, in order."""

    id: str
    kind: SegmentKind
    start: int
    end: int
    parent: str | None = None
    """Id of the segment around it; `None` at the top."""
    title: str | None = None
    """The heading it stands under, verbatim."""


class DateFact(Struct, frozen=True):
    """A date that the document as a whole has. `spans` is empty where it comes from metadata; `rule` then says so."""

    role: DateRole
    value: str
    """EDTF."""
    spans: tuple[Span, ...]
    rule: str
    confidence: float
    """From 0 to 1."""


class TimeExpression(Struct, frozen=True):
    """A time expression in running text. `value` is EDTF or an ISO 8601 duration; where `None`, `reason` says why.

    Where EDTF has no word, TIMEX3's stands: weeks (`2024-W19`), quarters (`2024-Q3`), parts of days (`2024-05-13TNI`),
    sets (`XXXX-WXX-1`), and `PRESENT_REF`, `PAST_REF`, `FUTURE_REF` for "now", "recently", "the future".
    """

    start: int
    end: int
    type: TimeType
    value: str | None
    anchor: str | None
    """The date (EDTF) that a relative expression was counted from; `None` where it needs none or has none."""
    rule: str
    reason: str | None = None


class Mention(Struct, frozen=True, gc=False):
    """Words that stand for an entity: its name, or a pronoun or noun in place of the name."""

    id: str
    start: int
    end: int
    type: EntityType
    entity: str | None
    role: str | None = None
    """Office or title as printed beside the name ("deputy secretary-general")."""
    nominal: bool = False
    """Whether the words are no name ("he", "the minister")."""
    rule: str = ""
    """By what, in words, words that are no name got their entity; empty for a name."""


class Entity(Struct, frozen=True, gc=False):
    """Someone or something that is spoken of. Ids are the archive's, so that two documents share them."""

    id: str
    name: str
    """The name to show, one of `names`."""
    type: EntityType
    names: tuple[str, ...]
    """The names as the sources print them."""


class Named(Struct, frozen=True, gc=False):
    """An entity as the archive knows it by name."""

    id: str
    type: EntityType | None
    names: tuple[str, ...]
    """As the sources print them, the most frequent first; of an entry of the registry: as the registry gives them."""
    registered: bool = False


LinkRule = Literal["registry", "name", "translation", "short form"]


class Link(Struct, frozen=True, gc=False):
    """Evidence that two entities are one. Of a short form or a registry's name `one` is the entity that is called so.

    `score` is from 0 to 1, `reason` says in words what it rests on.
    """

    one: str
    other: str
    rule: LinkRule
    score: float
    reason: str


class Party(Struct, frozen=True):
    """The holder of a role in a statement. `name` is as the source prints it, so not a judgement of ours."""

    role: PartyRole
    entity: str | None
    name: str
    spans: tuple[Span, ...]
    """The words that give the party its role."""
    rule: str = ""
    """What gave it the role: `letterhead`, `signing-line`, …"""
    confidence: float = 1.0
    """From 0 to 1."""


class Addressee(Struct, frozen=True):
    """Whom a statement speaks to, as it says so itself."""

    name: str
    entity: str | None
    spans: tuple[Span, ...]


class Statement(Struct, frozen=True):
    """A public act of speaking that the document carries."""

    id: str
    segment: str | None
    """Id of the segment that holds it; `None` where the whole document is the statement."""
    genre: Genre
    issued: str | None
    """EDTF."""
    parties: tuple[Party, ...]
    addressees: tuple[Addressee, ...] = ()
    occasion: str | None = None
    """The meeting, day or event on which it was made, in the source's words."""
    signs: tuple[Span, ...] = ()
    """The words that spoke for its genre."""


class Source(Struct, frozen=True, gc=False):
    """Whose words or thoughts an attribution gives."""

    spans: tuple[Span, ...]
    """Empty where the source is only implied."""
    entity: str | None = None


class Cue(Struct, frozen=True, gc=False):
    """The words of a cue, or of a content."""

    spans: tuple[Span, ...]


class Voice(Struct, frozen=True, gc=False):
    """One of those through whom words reached us."""

    role: VoiceRole
    name: str
    entity: str | None = None


class Attribution(Struct, frozen=True, gc=False):
    """Who says what: source, cue and content (after PARC and PolNeAR), and through whose mouths, from outside in."""

    id: str
    kind: AttributionKind
    source: Source | None
    cue: Cue | None
    content: Cue
    parent: str | None
    """Id of the attribution whose content this one lies in."""
    voices: tuple[Voice, ...]
    """From outside in: who published it first, who is said to have spoken last."""
    rule: str
    confidence: float
    """From 0 to 1."""


class Slot(Struct, frozen=True, gc=False):
    """The words that fill one role of a speech act.

    `content` is what is demanded, promised, claimed; `target` whom or what the act is about; `negation` the words that
    deny it. `value` is the date (EDTF) or duration of a `deadline`, where its time expression has one.
    """

    role: SlotRole
    spans: tuple[Span, ...]
    entity: str | None = None
    value: str | None = None


class SpeechAct(Struct, frozen=True, gc=False):
    """What is done in saying something (Austin, Searle): promised, demanded, condemned, …"""

    id: str
    start: int
    end: int
    act: Act
    cue: Span
    """The act's verb."""
    within: str | None = field(name="in")
    """Id of the statement or attribution that it is done in."""
    by: str | None
    """Id of the entity that does it."""
    addressee: str | None = None
    """Id of the entity that it is said to."""
    target: str | None = None
    """Id of the entity that it is about: who is condemned, thanked, accused."""
    negated: bool = False
    """Whether the act's verb is denied in words: "will not sign", "does not rule out"."""
    conditional: bool = False
    """Whether it hangs on something that may not happen."""
    intensity: str | None = None
    """The words that strengthen or soften it, as printed ("strongly")."""
    plover: Plover | None = None
    """The PLOVER class (manual of 4 February 2024) that it maps to."""
    mode: str | None = None
    """The mode of that class, where the manual has one that fits ("ceasefire")."""
    modality: Modality = "performed"
    """`performed` in saying it; `past`: told as done before; `reported`: another tells of it as past; `hypothetical`:
    only thought of."""
    slots: tuple[Slot, ...] = ()
    """The words that fill its roles, in the order of the text."""
    parent: str | None = None
    """Id of the act whose content it lies in."""
    rule: str = ""
    """What made it one: `performative`, `light-verb`, `first-person-future`, `cue`, …"""
    confidence: float = 1.0
    """From 0 to 1."""


class Quantity(Struct, frozen=True, gc=False):
    """A count that someone asserts: `value`, or from `value` to `upper` where a range is given."""

    start: int
    end: int
    value: float | None
    """`None` where it cannot be told ("dozens" is 24 with `>=`; a number of 400 digits is none)."""
    comparator: Comparator
    unit: str | None
    """What the number counts or measures in, in the singular where the text has the word ("boat", "per cent")."""
    of: str | None
    """What it is a part or an attribute of, as printed ("22 members" of "19 of 22 members")."""
    within: str | None = field(name="in")
    """Id of the statement or attribution that asserts it."""
    upper: float | None = None
    """The end of a range ("between 5 and 10")."""
    rule: str = ""
    """How the number was read: `figures`, `words`, `range`, `share`, …"""


class Annotations(Struct, frozen=True, kw_only=True):
    """All that the stages found in one document."""

    title: Title | None = None
    languages: tuple[Language, ...] = ()
    segments: tuple[Segment, ...] = ()
    dates: tuple[DateFact, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    genre: Genre | None = None
    attributions: tuple[Attribution, ...] = ()
    acts: tuple[SpeechAct, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    notices: tuple[Notice, ...] = ()


class Subject(Struct, frozen=True):
    """What a judgement is about: two entities, or one fact by its kind, document and evidence."""

    kind: str
    """`entities`, or the record's key of a fact: `mentions`, `attributions`, `dates`, `times`, `statements`, …"""
    document: str | None = None
    evidence: Evidence | None = None
    entities: tuple[str, ...] = ()
    text: str | None = None
    """Digest of the text that the evidence points into: where it is still the same, so is the place."""
    names: tuple[str, ...] = ()
    """What the entities were called when they were judged, in their order: for whoever reads the ledger."""


class Judgement(Struct, frozen=True, kw_only=True):
    """A person's decision. Never edited; withdrawing it is a later entry that names it."""

    id: str
    subject: Subject
    verdict: Verdict
    by: str
    at: str
    """ISO 8601, UTC."""
    value: msgspec.Raw | None = None
    """For `replace`: the JSON of the fields that take the place of the fact's. For `add`: of those that make it up.

    `entities` holds whom the value names, for where the machine found none of them.
    """
    note: str | None = None
    withdrawn: str | None = None
    """When it was withdrawn, ISO 8601, or `None` while it stands."""
    withdrawn_by: str | None = None


class Score(Struct, frozen=True):
    """A comparison's value with its reason in words and the features it rests on."""

    value: float
    reason: str
    features: dict[str, float]


class Record(Struct, frozen=True, kw_only=True):
    """What onrecord says about one document: the outside form (docs/reference/record.md)."""

    id: str
    capture: Capture
    text: str
    rendition: Rendition
    title: Title | None
    languages: tuple[Language, ...]
    segments: tuple[Segment, ...]
    dates: tuple[DateFact, ...]
    times: tuple[TimeExpression, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    genre: Genre | None
    attributions: tuple[Attribution, ...]
    acts: tuple[SpeechAct, ...]
    quantities: tuple[Quantity, ...]
    notices: tuple[Notice, ...]


Lacking = Literal["date", "publisher", "language", "genre", "party"]
"""What may be unknown of a document; `party`: nobody makes a statement in it their own, and nobody speaks."""


Review = Literal["decided", "doubtful", "quiet"]
"""How far people have looked at a document: somebody decided something about it; the machine is not sure of something
and nobody has said, or people do not agree; neither. The first two may both be so."""


class Filters(Struct, frozen=True, kw_only=True):
    """What a search is narrowed to; `None` and empty do not narrow. Values of one filter are alternatives."""

    languages: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    """Ids of entities that are a party of a statement or the speaker of an attribution."""
    since: str | None = None
    """EDTF; documents whose date may lie on or after its first day."""
    until: str | None = None
    """EDTF; documents whose date may lie on or before its last day."""
    speakers: tuple[str, ...] = ()
    """Ids or names (folded alike) of who is said to say it: the words found stand in an attribution of theirs."""
    voice: Spoken | None = None
    """`direct`: the words found stand in quoted speech; `reported`: in reported; `own`: nobody is said to say them."""
    acts: tuple[Act, ...] = ()
    """Documents in which one of these is done."""
    review: tuple[Review, ...] = ()
    without: tuple[Lacking, ...] = ()
    """What is not known of a document; all of them."""

    @property
    def voiced(self) -> bool:
        """Whether it matters who says the words that are found."""
        return bool(self.speakers) or self.voice is not None


class Context(Struct, frozen=True):
    """One hit in its line: the words found are `text[start:end]` of the document."""

    start: int
    end: int
    before: str
    match: str
    after: str

    @property
    def line(self) -> str:
        """The words found with what stands around them."""
        return self.before + self.match + self.after


class Hit(Struct, frozen=True, kw_only=True):
    """A document that a search found, with the lines in which it found something."""

    document: str
    title: str
    publisher: str | None
    language: str | None
    genre: str | None
    issued: str | None
    """EDTF."""
    score: float
    """How well it answers the query; it compares hits of one search and means nothing beyond it."""
    contexts: tuple[Context, ...]


class Results(Struct, frozen=True, kw_only=True):
    """`total` counts documents; `facets` count the documents found, by value, the most frequent first.

    Where filters ask who says the words, a document counts in which these words are said so. `party` and `speaker` name
    parties by their ids and count the documents of all their members; `speaker`, `act` and `voice` count documents that
    hold such a thing anywhere, whatever words were found.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    behind: int = 0
    """Documents that came or changed since the search index was made (all, where there is none): what is found
    may not be all there is, until `onrecord index` has run."""

    def _repr_html_(self) -> str:
        rows = [(hit.issued or "", hit.title, *(c.line for c in hit.contexts)) for hit in self.hits]
        behind = f" ({self.behind:,} came or changed since the index was made)" if self.behind else ""
        return html_table(f"{self.total:,} documents for {self.query}{behind}", rows)


class Stats(Struct, frozen=True, kw_only=True):
    """What is in an archive: totals by name ("document", "capture", …), and documents by publisher, language, …"""

    totals: tuple[tuple[str, int], ...]
    counts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


class Import(Struct, frozen=True, kw_only=True):
    """A capture that wants a look: nothing could be read from it, or what was read is doubtful."""

    source: str
    original: str | None
    """Digest of the stored original (`sha256:…`), where it is kept."""
    document: str | None
    """Id of the document that was read all the same; `None` where the import failed."""
    notices: tuple[Notice, ...]


class Imports(Struct, frozen=True, kw_only=True):
    """The latest failed and the latest doubtful imports, and how many there are of each."""

    failed: tuple[Import, ...]
    failed_total: int
    doubtful: tuple[Import, ...]
    doubtful_total: int


class Problem(Struct, frozen=True):
    """Something that `verify` found to be wrong. `code` is stable; `subject` is a digest, a document id or a path."""

    code: str
    subject: str
    message: str


def own_speaker(attribution: Attribution) -> Voice | None:
    """Who an attribution itself says is speaking, not those around.

    `None` where it names nobody, or where a correction names another than its voices do.
    """
    source, last = attribution.source, attribution.voices[-1] if attribution.voices else None
    if source is None or last is None or last.role != "speaker" or last.entity != source.entity:
        return None
    return last if source.entity is not None or source.spans else None


def html_table(caption: str, rows: Iterable[Sequence[str]]) -> str:
    """A small table for a notebook; every word of a document is escaped."""
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption>{body}</table>"


CONTEXT = 32
"""Code points of prefix and suffix that Evidence keeps."""


def evidence(text: str, start: int, end: int) -> Evidence:
    """The words `[start, end)` of `text` with what stands around them."""
    return Evidence(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def document_id(digest: str) -> str:
    """The id of the document read from bytes with this digest: the same on every machine and in every run."""
    return "d" + digest.removeprefix("sha256:")[:20]


def entity_id(kind: str, key: str) -> str:
    """The id of the entity of type `kind` whose folded name is `key`."""
    return "e" + hashlib.sha256(f"{kind}\n{key}".encode()).hexdigest()[:16]
