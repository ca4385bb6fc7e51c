"""The commitments ledger of one archive: a party's acts over time, and how later ones bear on earlier ones.

    found = archive.acts("Harbour Union", acts=["promise", "refuse"], since="2023-09", links=True)
    for act in found.acts: print(act.date, act.act, act.what, act.address)

The documents that can hold such acts are told by the store; their records are read once, judgements applied, and of
them only the rows asked for stay. For links the other acts of the same parties are compared too, and those of whom they
speak to; then what people said of links is laid over what is proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, get_args

from msgspec.structs import replace

from onrecord import analyse, resolve, store
from onrecord.analyse import Question
from onrecord.analyse.act_links import Candidate, rules
from onrecord.analyse.gists import Gist
from onrecord.commitments import COMMITMENTS, GROUPS, ActDone, ActLink, Acts
from onrecord.errors import MetadataError, NotFound
from onrecord.hypergraph import Window
from onrecord.judged_links import JudgedLinks, Placed
from onrecord.model import Act, Record, Score, SpeechAct
from onrecord.naming import Names
from onrecord.text.folding import tokens

Records = Callable[[Iterable[str]], Iterable[Record]]
ALL = "all"
NEAR = 3
"""Names that an error offers in the place of one that is not there."""
SHOWN = 60
"""Code points of a wrong value that an error repeats."""


class Asked(NamedTuple):
    """A question as its parts were understood."""

    question: Question
    kinds: tuple[Act, ...]
    party: tuple[str, ...]
    """All entities that the party is known as."""


def acts(
    view: store.View,
    records: Records,
    names: Names,
    *,
    party: str | None = None,
    kinds: Sequence[str] = COMMITMENTS,
    since: str | None = None,
    until: str | None = None,
    to: str | None = None,
    about: str | None = None,
    hypothetical: bool = False,
    links: bool = False,
) -> Acts:
    """The acts that are asked for, by date. Raises NotFound for a party that nobody is called; MetadataError."""
    asked = understood(view, names, party, kinds, to, about, analyse.period(since, until), hypothetical)
    judged = JudgedLinks(view) if links else None
    ends = {key for each in judged.placed for key in each.pair} if judged else set()
    reading = _Reading(asked, links, ends)
    ids = _documents(view, asked, links)
    reading.read(records(sorted(ids)))
    if judged is not None:
        spoken_to = reading.spoken_to(asked.question.by)
        more = _answers(view, spoken_to) | {end[0] for each in judged.placed for end in (each.later, each.earlier)}
        reading.read_more(records(sorted(more - ids)), spoken_to)
    found = analyse.in_order(reading.choice.rows, names.called)
    return Acts(
        kinds=asked.kinds,
        party=tuple(sorted(asked.question.by or ())),
        period=asked.question.period,
        counted=reading.choice.counted(len(ids)),
        acts=found,
        links=() if judged is None else _links(found, reading, judged, names, asked.question.by),
    )


# -- the question ------------------------------------------------------------------------------------------------------


def understood(
    view: store.View,
    names: Names,
    party: str | None,
    kinds: Sequence[str],
    to: str | None,
    about: str | None,
    period: Window | None,
    hypothetical: bool,
) -> Asked:
    """The question with its names as entities. Raises NotFound, MetadataError."""
    chosen = kinds_called(kinds)
    every = () if party is None else tuple(meant(view, names, party))
    hearers = [] if to is None else names.meant(to)
    question = Question(
        kinds=frozenset(chosen),
        by=None if party is None else heads(view, every),
        to=heads(view, hearers),
        to_words=tuple(tokens(to or "")),
        about=frozenset(analyse.stem(word) for word in tokens(about or "")),
        period=period,
        hypothetical=hypothetical,
    )
    return Asked(question, chosen, every)


def kinds_called(kinds: Sequence[str]) -> tuple[Act, ...]:
    """The acts that words mean: an act, a class of acts (`directive`), or `all`. Raises MetadataError."""
    known: dict[str, tuple[Act, ...]] = {ALL: get_args(Act), **GROUPS, **{act: (act,) for act in get_args(Act)}}
    for name in kinds:
        if name not in known:
            raise MetadataError(f"There is no act {name[:SHOWN]!r}. Take one of: {', '.join(known)}.")
    return tuple(dict.fromkeys(act for name in kinds for act in known[name]))


def meant(view: store.View, names: Names, party: str) -> list[str]:
    """All entities that a party is known as. Raises NotFound, with names that come near."""
    found = names.meant(party)
    if not found:
        near = "; ".join(repr(each.party.name[:SHOWN]) for each in names.find(party[:SHOWN], NEAR))
        hint = f"Is one of these meant: {near}?" if near else "`onrecord names find` shows names that come near."
        raise NotFound(f"Nobody is called {party[:SHOWN]!r} here. {hint}")
    return sorted({member for group in store.members(view, found).values() for member in group} | {*found})


def heads(view: store.View, entities: Collection[str]) -> frozenset[str]:
    """The entities that stand for these, as records name them."""
    same = store.stands_for(view, entities)
    return frozenset(same.get(each, each) for each in entities)


def _documents(view: store.View, asked: Asked, links: bool) -> set[str]:
    """The documents that can hold an act asked for, and those that people judged: there anything may have changed."""
    kinds = tuple(dict.fromkeys((*asked.kinds, *(_compared() if links else ()))))
    numbers = None if asked.question.by is None else store.mentioning(view, asked.party)
    judged = {name for names in view.judged().values() for name in names}
    return judged.union(store.holding(view, kinds, numbers))


def _compared() -> tuple[Act, ...]:
    return tuple(act for act in get_args(Act) if act in {stance.rstrip("~") for stance in rules().stances})


def _answering() -> tuple[Act, ...]:
    """The acts that may answer another."""
    return tuple(act for act in get_args(Act) if act in {later.rstrip("~") for _, later in rules().answer})


def _answers(view: store.View, spoken_to: Collection[str]) -> set[str]:
    """Documents in which those speak whom the party's acts speak to: they may answer without naming the party."""
    every = {member for group in store.members(view, sorted(spoken_to)).values() for member in group}
    return set(store.holding(view, _answering(), store.speaking(view, sorted(every.union(spoken_to)))))


# -- reading -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 15)
def concept(word: str, language: str) -> str | None:
    """The concept that a word stands for in a language; `None` where it has several meanings, or none that is known."""
    read = resolve.read_as(word, language or None)
    meanings = (name for word in read[:1] for names in word.meanings.values() for name in names)
    found = {name.removesuffix(resolve.ADJECTIVE) for name in meanings}
    return found.pop() if len(found) == 1 else None


class _Reading:
    """Rows that were asked for, and for links all acts that can be compared, as records go by."""

    def __init__(self, asked: Asked, links: bool, ends: Collection[str]) -> None:
        self.choice = analyse.Choice(asked.question)
        self.candidates: list[Candidate] = []
        self.rows: dict[str, ActDone] = {}
        """The acts in `ends`, by their keys: those that people linked."""
        self._links, self._ends = links, ends
        self._kinds = frozenset((*asked.kinds, *(_compared() if links else ())))

    def read(self, records: Iterable[Record]) -> None:
        """Take the rows that were asked for, and for links all that can be compared."""
        for record in records:
            row_of, gist = self._ready(record)
            for act in record.acts:
                if act.act in self._kinds:
                    row = row_of(act)
                    self.choice.add(row)
                    if self._links and analyse.comparable(row):
                        self._take(row, gist(act))

    def read_more(self, records: Iterable[Record], spoken_to: Mapping[str, Collection[str]]) -> None:
        """Take what those spoken to say that shares a word with what was said to them."""
        answering, every = frozenset(_answering()), frozenset(key for keys in spoken_to.values() for key in keys)
        for record in records:
            row_of, gist = self._ready(record)
            for act in record.acts:
                keys = every if act.by is None else spoken_to.get(act.by, ())
                if act.act not in answering or not keys:
                    continue
                said = gist(act)
                if not said.words.keys().isdisjoint(keys) and analyse.comparable(row := row_of(act)):
                    self._take(row, said)

    def _ready(self, record: Record) -> tuple[Callable[[SpeechAct], ActDone], Callable[[SpeechAct], Gist]]:
        """What makes rows and gists of a record; the ends of links that it holds are kept."""
        row_of = analyse.rows(record)
        if self._ends:
            ends = ((f"{record.id}/{act.id}", act) for act in record.acts)
            self.rows.update({key: row_of(act) for key, act in ends if key in self._ends})
        return row_of, analyse.gists(record, concept)

    def _take(self, row: ActDone, gist: Gist) -> None:
        if ready := analyse.candidate(row, gist):
            self.candidates.append(ready)

    def spoken_to(self, party: frozenset[str] | None) -> dict[str, set[str]]:
        """Those whom the party's acts speak to, each with the keys of what is said to them."""
        found: dict[str, set[str]] = {}
        for each in self.candidates:
            if party is not None and not party.isdisjoint(each.row.by):
                for entity in each.speaks_to:
                    found.setdefault(entity, set()).update(each.gist.words)
        return found


# -- links -------------------------------------------------------------------------------------------------------------


def _links(
    shown: Sequence[ActDone], reading: _Reading, judged: JudgedLinks, names: Names, party: frozenset[str] | None
) -> tuple[ActLink, ...]:
    """What is proposed and what people said, as far as an act that is shown stands in it, in the order of the acts."""
    said = judged.latest()
    wrong = [pair for pair, each in said.items() if each.judgement.verdict == "wrong"]
    every = analyse.linked(reading.candidates, wrong, party)
    proposed = {(link.later.key, link.earlier.key): link for link in every}
    made = overlaid(proposed, said, reading.rows)
    order = {row.key: at for at, row in enumerate(shown)}
    kept = [link for link in made if link.later.key in order or link.earlier.key in order]
    called = names.called(sorted({entity for link in kept for row in (link.later, link.earlier) for entity in row.by}))
    named = [
        replace(link, later=analyse.shown(link.later, called), earlier=analyse.shown(link.earlier, called))
        for link in kept
    ]
    last = len(order)
    return tuple(sorted(named, key=lambda it: (order.get(it.later.key, last), it.later.date or "", it.relation,
                                               it.later.key, it.earlier.key)))  # fmt: skip


def overlaid(
    proposed: Mapping[tuple[str, str], ActLink], said: Mapping[tuple[str, str], Placed], rows: Mapping[str, ActDone]
) -> Iterator[ActLink]:
    """The proposals, each as people judged it; then the links that people alone made. Where a person said what an act
    does to its party's past, or to another's act, no other link of that sort is proposed for it."""
    settled = {
        (later, earlier_by(rows, earlier) if each.relation == "answers" else None)
        for (later, earlier), each in said.items()
        if each.judgement.verdict == "correct"
    }
    for pair, link in proposed.items():
        if pair in said:
            continue
        whose = link.earlier.by if link.relation == "answers" else None
        if (pair[0], whose) not in settled:
            yield link
    for pair, each in said.items():
        if each.judgement.verdict != "wrong" and pair[0] in rows and pair[1] in rows:
            yield _judged(proposed.get(pair), each, rows)


def earlier_by(rows: Mapping[str, ActDone], key: str) -> tuple[str, ...]:
    """Who does an act; nobody where it was not read."""
    return rows[key].by if key in rows else ()


def _judged(proposed: ActLink | None, each: Placed, rows: Mapping[str, ActDone]) -> ActLink:
    judgement = each.judgement
    told = Score(1.0, f"judged {judgement.verdict} by {judgement.by}", {})
    return ActLink(
        relation=each.relation,
        later=rows[each.pair[0]],
        earlier=rows[each.pair[1]],
        score=proposed.score if proposed is not None and proposed.relation == each.relation else told,
        judged=judgement.verdict,
        judgement=judgement.id,
    )
