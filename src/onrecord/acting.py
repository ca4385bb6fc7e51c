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
from onrecord.analyse.act_links import Candidate, Stance, compared, rules, stance
from onrecord.analyse.acts import named
from onrecord.analyse.gists import Gist
from onrecord.analyse.matters import Matters
from onrecord.analyse.reprints import merged, reprints
from onrecord.analyse.telling import tellings
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
    first = reprints(reading.every())
    rows = merged(reading.choice.rows, first)
    counted = reading.choice.counted(len(ids))
    return Acts(
        kinds=asked.kinds,
        party=tuple(sorted(asked.question.by or ())),
        period=asked.question.period,
        counted=replace(
            counted,
            shown=len(rows),
            published=sum(row.dated == "published" for row in rows),
            reprinted=counted.shown - len(rows),
        ),
        acts=tuple(called(rows, names)),
        links=() if judged is None else _links(rows, reading, first, judged, names, asked.question.by),
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
    kinds = tuple(dict.fromkeys((*asked.kinds, *(sorted(compared()) if links else ()))))
    numbers = None if asked.question.by is None else store.mentioning(view, asked.party)
    return judged_documents(view).union(store.holding(view, kinds, numbers))


def judged_documents(view: store.View) -> set[str]:
    """The documents that people judged: there anything may have changed."""
    return {name for names in view.judged().values() for name in names}


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


class _Reader(NamedTuple):
    """What reads any act of a record: its row, how links name it (`None`: it takes no part), what it is about."""

    row: Callable[[SpeechAct], ActDone]
    stance: Callable[[SpeechAct], Stance | None]
    gist: Callable[[SpeechAct], Gist]


def reader_of(record: Record) -> _Reader:
    """What reads the acts of a record."""
    row, told, about, gist = analyse.rows(record), tellings(record), Matters(record), analyse.gists(record, concept)
    return _Reader(
        lambda act: told(act, row(act)),
        lambda act: stance(act, about.taken(act)),
        lambda act: gist(about.bare(act)),
    )


class _Reading:
    """Rows that were asked for, and for links all acts that can be compared, as records go by."""

    def __init__(self, asked: Asked, links: bool, ends: Collection[str]) -> None:
        self.choice = analyse.Choice(asked.question)
        self.candidates: list[Candidate] = []
        self.rows: dict[str, ActDone] = {}
        """The acts in `ends`, by their keys: those that people linked."""
        self._links, self._ends = links, ends
        self._kinds = frozenset(asked.kinds) | (compared() if links else frozenset())

    def read(self, records: Iterable[Record]) -> None:
        """Take the rows that were asked for, and for links all that can be compared."""
        for record in records:
            row_of, stance_of, gist = self._ready(record)
            for act in record.acts:
                if act.act in self._kinds:
                    row = row_of(act)
                    self.choice.add(row)
                    if self._links and analyse.comparable(row) and (known := stance_of(act)):
                        self._take(row, gist(act), known)

    def read_more(self, records: Iterable[Record], spoken_to: Mapping[str, Collection[str]]) -> None:
        """Take what those spoken to say that shares a word with what was said to them."""
        answering, every = frozenset(_answering()), frozenset(key for keys in spoken_to.values() for key in keys)
        for record in records:
            row_of, stance_of, gist = self._ready(record)
            for act in record.acts:
                keys = every if act.by is None else spoken_to.get(act.by, ())
                if act.act not in answering or not keys or not (known := stance_of(act)):
                    continue
                said = gist(act)
                if not said.words.keys().isdisjoint(keys) and analyse.comparable(row := row_of(act)):
                    self._take(row, said, known)

    def _ready(self, record: Record) -> _Reader:
        """What reads the acts of a record; the ends of links that it holds are kept."""
        reader = reader_of(record)
        if self._ends:
            ends = ((f"{record.id}/{act.id}", act) for act in record.acts)
            self.rows.update({key: reader.row(act) for key, act in ends if key in self._ends})
        return reader

    def _take(self, row: ActDone, gist: Gist, known: Stance) -> None:
        if ready := analyse.candidate(row, gist, known):
            self.candidates.append(ready)

    def every(self) -> Iterator[ActDone]:
        """All rows that were read."""
        yield from self.choice.rows
        yield from (each.row for each in self.candidates)
        yield from self.rows.values()

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
    shown: Sequence[ActDone],
    reading: _Reading,
    first: Mapping[str, ActDone],
    judged: JudgedLinks,
    names: Names,
    party: frozenset[str] | None,
) -> tuple[ActLink, ...]:
    """What is proposed and what people said, as far as an act that is shown stands in it, in the order of the acts.
    A reprint stands in no link: what people said of it is said of the first print."""
    said = _of_first(judged.latest(), first)
    wrong = [pair for pair, each in said.items() if each.judgement.verdict == "wrong"]
    once = (each for each in reading.candidates if each.row.key not in first)
    proposed = {(link.later.key, link.earlier.key): link for link in analyse.linked(once, wrong, party)}
    rows = {**reading.rows, **{row.key: row for row in first.values()}}
    order = {row.key: at for at, row in enumerate(shown)}
    made = overlaid(proposed, said, rows)
    kept = [link for link in made if link.later.key in order or link.earlier.key in order]
    ends = iter(called([row for link in kept for row in (link.later, link.earlier)], names))
    renamed = [replace(link, later=next(ends), earlier=next(ends)) for link in kept]
    last = len(order)
    return tuple(sorted(renamed, key=lambda it: (order.get(it.later.key, last), it.later.date or "", it.relation,
                                               it.later.key, it.earlier.key)))  # fmt: skip


def _of_first(said: Mapping[tuple[str, str], Placed], first: Mapping[str, ActDone]) -> dict[tuple[str, str], Placed]:
    """What was said of pairs, by the keys of the first prints of both."""
    keys = {key: row.key for key, row in first.items()}
    pairs = (((keys.get(later, later), keys.get(earlier, earlier)), each) for (later, earlier), each in said.items())
    return {pair: each for pair, each in pairs if pair[0] != pair[1]}


def called(rows: Sequence[ActDone], names: Names) -> Iterator[ActDone]:
    """The rows with the names that their parties have in the archive; those who speak for others by themselves."""
    known = names.called(sorted({entity for row in rows for entity in row.by}))
    for row in rows:
        if row.speakers and known.keys() >= {*row.by}:
            yield replace(row, name=named(row.principals, known), spokesperson=named(row.speakers, known))
        else:
            yield row if row.speakers else analyse.shown(row, known)


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
            yield _judged(proposed.get(pair), each, rows[pair[0]], rows[pair[1]])


def earlier_by(rows: Mapping[str, ActDone], key: str) -> tuple[str, ...]:
    """Who does an act; nobody where it was not read."""
    return rows[key].by if key in rows else ()


def _judged(proposed: ActLink | None, each: Placed, later: ActDone, earlier: ActDone) -> ActLink:
    judgement = each.judgement
    told = Score(1.0, f"judged {judgement.verdict} by {judgement.by}", {})
    return ActLink(
        relation=each.relation,
        later=later,
        earlier=earlier,
        score=proposed.score if proposed is not None and proposed.relation == each.relation else told,
        judged=judgement.verdict,
        judgement=judgement.id,
    )
