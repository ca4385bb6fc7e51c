"""Types of the commitments ledger: acts with their dates and slots, links between them over time, what was left out.

They stand below `analyse`, which makes them, and `resolve`, which checks what people say of them. Dates are EDTF;
addresses are permanent ones (`text.address`); an act's key is `document/act`, unique in an archive. What an archive has
hundreds of thousands of is made with `gc=False`, as in `model`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from onrecord.hypergraph import Window
from onrecord.model import Act, Modality, Plover, Score, Spoken, Subject, Verdict, html_table

Relation = Literal["repeats", "softens", "hardens", "withdraws", "answers"]
"""What a later act is to an earlier one."""
DatedBy = Literal["issued", "published", "told"]
"""Which date an act has: that of its statement or document, else the day of publication; `told`: the date that a report
gives it."""

COMMITMENTS: tuple[Act, ...] = ("promise", "demand", "threaten", "refuse", "offer")
"""The acts of the ledger where nobody asks for others."""
GROUPS: dict[str, tuple[Act, ...]] = {
    "assertive": ("claim", "affirm", "recall", "note", "deny", "admit", "warn", "accuse"),
    "directive": ("demand", "request", "urge", "invite"),
    "commissive": ("promise", "threaten", "offer", "refuse"),
    "expressive": ("praise", "support", "condemn", "concern", "condole"),
    "declarative": ("decide", "announce"),
}
"""The classes of acts (docs/reference/record.md)."""
NOTEBOOK = 100
"""Acts that a notebook shows."""
LINKS = "act-links"
"""The kind of a judgement about two acts."""


class ActDone(Struct, frozen=True, kw_only=True, gc=False):
    """A speech act with its date, who does it and what it says. Words are as printed; `None` where there are none."""

    document: str
    id: str
    """Its id in the document."""
    act: Act
    date: str | None
    dated: DatedBy | None
    """Which date it is."""
    by: tuple[str, ...]
    """The entities that do it; several where a statement's parties do it together, or one speaks for another. Empty: it
    is not known who."""
    name: str | None
    """What they are called; not those who only speak for them."""
    plover: Plover | None
    mode: str | None
    addressee: str | None
    """Words, else the name of whom it is said to."""
    target: str | None
    """Words, else the name of whom or what it is about."""
    content: str | None
    deadline: str | None
    deadline_value: str | None
    """EDTF or a duration."""
    condition: str | None
    negated: bool
    conditional: bool
    intensity: str | None
    modality: Modality
    reached: Spoken
    """How it reached us: in the statement's `own` words, in `direct` speech, or `reported`."""
    through: tuple[str, ...]
    """By whom, from outside in: publisher, translator, outlet."""
    start: int
    """Where they begin, in code points."""
    words: str
    """All its words."""
    address: str
    """Of the same."""
    title: str | None
    """The document's."""
    addressee_entity: str | None = None
    target_entity: str | None = None
    rule: str = ""
    """What made it an act (`SpeechAct.rule`)."""
    retold: bool = False
    """Whether another tells of it, or it is told as done before, and its date is only that of the telling."""
    speakers: tuple[str, ...] = ()
    """Those of `by` who only speak for the others."""
    spokesperson: str | None = None
    """Who speaks for those who do it, by name."""
    also: tuple[str, ...] = ()
    """Addresses of the same words, of the same party and date, in other documents."""

    @property
    def key(self) -> str:
        """What names this act and no other of the archive."""
        return f"{self.document}/{self.id}"

    @property
    def what(self) -> str:
        """What is demanded, promised, …; where no words are singled out, what it is about, or all its words."""
        return self.content or self.target or self.words

    @property
    def principals(self) -> tuple[str, ...]:
        """The entities whose act it is: not those who only speak for them."""
        return tuple(each for each in self.by if each not in self.speakers)


class ActLink(Struct, frozen=True, kw_only=True):
    """What a later act is to an earlier one, with both as evidence. A proposal, until a person says more of it."""

    relation: Relation
    later: ActDone
    earlier: ActDone
    score: Score
    judged: Verdict | None = None
    """What a person said of it."""
    judgement: str | None = None
    """Id of what was said."""


class ActsCounted(Struct, frozen=True, kw_only=True):
    """What was read, and what of it is not shown. Acts of other kinds, parties or words were not asked for."""

    documents: int
    """Those read: they name the party, or hold an act of these kinds."""
    shown: int
    undated: int
    """Without a date that can be read: shown last, or left out where a period was asked for."""
    published: int
    """Shown with the day of publication: the text bears no other date."""
    over_border: int
    """Left out: their date may lie within the period, or may not."""
    outside: int
    """Left out: dated outside the period."""
    unnamed: int
    """Left out where a party was asked for: it is not known who does them."""
    hypothetical: int
    """Left out unless asked for: only thought of."""
    reprinted: int = 0
    """Not shown by themselves: the same words of the same date in another document, named beside the first."""


class Acts(Struct, frozen=True, kw_only=True):
    """The acts that were asked for, by date, the undated last; and, where asked for, the links that they stand in."""

    kinds: tuple[Act, ...]
    party: tuple[str, ...]
    """The entities that were asked for; empty: all."""
    period: Window | None
    counted: ActsCounted
    acts: tuple[ActDone, ...]
    links: tuple[ActLink, ...] = ()

    def links_of(self) -> dict[str, list[ActLink]]:
        """The links by the key of their later act; where that is not among these acts, by that of the earlier one."""
        here = {act.key for act in self.acts}
        found: dict[str, list[ActLink]] = {}
        for link in self.links:
            found.setdefault(link.later.key if link.later.key in here else link.earlier.key, []).append(link)
        return found

    def _repr_html_(self) -> str:
        first = self.acts[:NOTEBOOK]
        rows = [(each.date or "", each.act, each.name or "", each.words, each.address) for each in first]
        more = f", the first {NOTEBOOK}" if len(self.acts) > NOTEBOOK else ""
        return html_table(f"{len(self.acts):,} acts{more}", rows)


class JudgedLink(Struct, frozen=True):
    """The value of a judgement of kind `act-links`; its subject is the later act."""

    relation: Relation
    earlier: Subject
    """The earlier act, as a judgement of it would be about it."""
