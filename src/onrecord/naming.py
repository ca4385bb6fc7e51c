"""Who is who: the registry, and one run of `resolve`.

In a run, entities whose names changed are compared with those they share a block with, and grouped anew. Each batch is
one transaction: blocks, links and groups of a batch are there together or not at all, and what was not reached stays on
the list for the next run. A batch looks at its own entities and their neighbours only, so one new document costs what
its names cost.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import combinations, islice
from pathlib import Path
from typing import NamedTuple, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz, process, utils

from onrecord import resolve, store
from onrecord.errors import JudgementError, MetadataError, NotFound, RegistryError
from onrecord.executors import batched
from onrecord.model import Document, EntityType, Judgement, KnownName, Link, Named, Score, Subject, entity_id
from onrecord.text.matching import Matcher
from onrecord.text.names import folded

BATCH = 1000
"""Entities whose blocks, links and groups share a transaction."""


SETTINGS = "names"
"""Where the archive keeps how names are compared."""
REMEMBERED = 10_000
"""Names that are kept taken apart while pairs are compared."""
LIKELY = 60
"""Points of rapidfuzz's token_set_ratio (0 to 100) from which a name is looked at more closely when one is sought."""
LOOKED_AT = 100
"""Names that are looked at more closely."""


SHOWN = 80
"""Code points of a name that an error repeats."""
MOST_MEANT = 200
"""Entities that one name may mean."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class Found(NamedTuple):
    """A party that may be meant by a name, and how well its best name fits."""

    party: store.PartyNames
    score: Score


class Names:
    """The parties of an archive by their names, for reading."""

    def __init__(self, view: store.View) -> None:
        self._view = view

    @property
    def settings(self) -> resolve.Settings:
        """How names are compared in this archive."""
        return resolve.settings_from(self._view.setting(SETTINGS))

    def party(self, name: str) -> store.PartyNames:
        """The party that an entity's id or a name of it means. Raises NotFound, also where it may mean several."""
        found = {each.id: each for each in store.parties(self._view, self.meant(name)).values()}
        if len(found) == 1:
            return found.popitem()[1]
        raise _which(name, found.values())

    def parties(self, ids: Collection[str]) -> list[store.PartyNames]:
        """The parties that these entities are, each once."""
        return list({party.id: party for party in store.parties(self._view, ids).values()}.values())

    def entity(self, name: str) -> str:
        """The id of the one entity that has this id, or whose own name this is. Raises NotFound."""
        if own := self._own(name):
            if len(own) == 1:
                return own[0]
            raise _which(name, store.parties(self._view, own).values())
        for party in store.parties(self._view, self.meant(name)).values():
            if party.entry is not None:
                raise NotFound(
                    f"{name!r} is one of the names of {party.id} in the registry, and no document gives it to anybody "
                    "else. Change the registry (`names export`, `names import`), or name an entity."
                )
        raise _which(name, ())

    def pair(self, one: str, other: str, *, across_types: bool = False) -> Subject:
        """What a judgement that two names, or ids, mean the same party or not is about.

        Raises NotFound; JudgementError for one name given twice, and for things of two types, which are not one unless
        `across_types` says that the machine took one of them for what it is not.
        """
        entities = (self.entity(one), self.entity(other))
        if entities[0] == entities[1]:
            raise JudgementError(f"{one!r} and {other!r} are one name here, so nothing can be said of the two.")
        found = store.parties(self._view, entities)
        types = [found[each].type for each in entities]
        if types[0] != types[1] and not across_types:
            raise JudgementError(
                f"{one!r} is of type {types[0]}, {other!r} of type {types[1]}. Say --across-types if one is mistaken."
            )
        called = store.labels(self._view, entities)
        return Subject("entities", entities=entities, names=tuple(called.get(each, "") for each in entities))

    def meant(self, name: str) -> list[str]:
        """The ids of the entities that may be meant: an id itself, or the name of one of any type."""
        key = folded(name)
        asked = [f"{kind} = {key}" for kind in get_args(EntityType)] + [
            f"? {kind} {key}" for kind in get_args(EntityType)
        ]
        return self._own(name) or store.in_blocks(self._view, asked, MOST_MEANT)

    def _own(self, name: str) -> list[str]:
        """The entity with this id, or those whose own name this is."""
        if _SURROGATE.search(name):
            raise NotFound(f"{name!a} holds half a character. Type it again, in UTF-8.")
        if exact := store.alive(self._view, [name]):
            return sorted(exact)
        key = folded(name)
        return sorted(store.alive(self._view, [entity_id(kind, key) for kind in get_args(EntityType)]))

    def find(self, name: str, limit: int = 10) -> list[Found]:
        """The parties whose names come nearest to this one, the nearest first."""
        every = list(store.every_name(self._view))
        near = process.extract(
            name,
            [spelled for _, spelled in every],
            scorer=fuzz.token_set_ratio,
            processor=utils.default_process,
            limit=LOOKED_AT,
            score_cutoff=LIKELY,
        )
        ids = {every[index][0] for _, _, index in near} | set(self._in_script_of_another(name))
        asked = resolve.prepared(name)
        best: dict[str, Found] = {}
        for party in store.parties(self._view, ids).values():
            names = [spelling.name for spelling in party.spellings]
            names += resolve.entry_from(party.entry).names() if party.entry else [party.name]
            scores = [resolve.compare(asked, resolve.prepared(each)) for each in names]
            scores += [found for each in names if (found := resolve.translated(name, each))]
            best[party.id] = Found(party, max(scores, key=lambda score: score.value))
        return sorted(best.values(), key=lambda it: (-it.score.value, it.party.name, it.party.id))[:limit]

    def _in_script_of_another(self, name: str) -> list[str]:
        blocks = [
            f"{kind} {block}" for kind in get_args(EntityType) for block in resolve.blocks(resolve.prepared(name, kind))
        ]
        return store.in_blocks(self._view, blocks)

    def territories(self) -> tuple[resolve.Entry, ...]:
        """States and other territories with their names in the languages that are read, ready to be registered."""
        return resolve.territories()

    def registry(self) -> tuple[resolve.Entry, ...]:
        """The registry's entries, in the order of their ids."""
        return tuple(resolve.entry_from(entry) for _, entry in store.registry(self._view))

    def as_entries(self) -> Iterator[resolve.Entry]:
        """Every party that documents name, as an entry: a registry to begin with. Streams."""
        ids = store.every_party(self._view)
        while page := list(islice(ids, BATCH)):
            for party in store.parties(self._view, page).values():
                if names := self._telling(party):
                    yield resolve.entry_of(party.id, party.type, party.name, names)

    def _telling(self, party: store.PartyNames) -> list[str]:
        """The names of a party that stand for it anywhere: not its kind alone, nor one name of a person."""
        own, found = set(party.members), []
        for spelling in party.spellings:
            key = folded(spelling.name)
            if resolve.ACRONYM.fullmatch(spelling.name) or (party.type and entity_id(party.type, key) in own):
                found.append(spelling.name)
        return found

    def called(self, ids: Collection[str]) -> dict[str, str]:
        """The name to show for each of these parties, wherever it is shown; unknown ids are left out."""
        return {name: party.name for name, party in store.parties(self._view, ids).items()}

    def labels(self, judgements: Iterable[Judgement], links: Iterable[Link] = ()) -> dict[str, str]:
        """The name of each entity that judgements and links are about."""
        ids = {name for each in judgements for name in each.subject.entities}
        return store.labels(self._view, sorted(ids.union(*((link.one, link.other) for link in links))))

    def judgements(self, party: store.PartyNames) -> list[Judgement]:
        """What people decided of a party's entities, in the order it was entered, the withdrawn too."""
        return about(party, self._view.judgements())

    def joining(self) -> list[Judgement]:
        """The standing decisions that entities are one."""
        return [each for each in self._view.judgements() if each.verdict == "same" and each.withdrawn is None]

    def merged(self) -> Iterator[store.PartyNames]:
        """Parties of several entities, in the order of their ids, with the evidence that joined them. Streams."""
        ids = store.grouped_parties(self._view)
        while page := list(islice(ids, BATCH)):
            yield from store.parties(self._view, page).values()


def about(party: store.PartyNames, judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those of these judgements that are about one of a party's entities."""
    members = set(party.members)
    return [each for each in judgements if not members.isdisjoint(each.subject.entities)]


def _which(name: str, found: Iterable[store.PartyNames]) -> NotFound:
    name = name if len(name) <= SHOWN else name[:SHOWN] + "…"
    several = list(dict.fromkeys(f"{party.id} ({party.type} “{party.name}”)" for party in found))
    if several:
        return NotFound(f"Which {name!r}? It may mean {', '.join(several[:6])}. Use an id.")
    return NotFound(f"Nobody is called {name!r} here. `onrecord names find` shows names that come near.")


class KnownNames:
    """The registry's names, ready to be found in texts. Built once a run: seconds for some hundred thousand names."""

    def __init__(self, entries: Iterable[resolve.Entry]) -> None:
        types: dict[str, set[EntityType]] = {}
        for entry in entries:
            for name in entry.names():
                types.setdefault(name, set()).add(entry.type)
        self._types = list(types.values())
        self._matcher = Matcher(list(types))

    def stand_in(self, text: str) -> bool:
        """Whether any of the names stands in a text."""
        return next(self._matcher.find(text), None) is not None

    def noted(self, document: Document) -> Document:
        """The document with the names that stand in it; one that names things of several types tells nothing."""
        found = []
        for hit in self._matcher.find(document.text):
            types = self._types[hit.index].union(*(self._types[each] for each in hit.also))
            if len(types) == 1:
                found.append(KnownName(hit.start, hit.end, *types))
        return replace(document, known=tuple(found)) if found else document


class Given(NamedTuple):
    """What registries hold, and what they warn of."""

    entries: tuple[resolve.Entry, ...]
    warnings: tuple[resolve.Fault, ...]


def read_registries(paths: Iterable[Path]) -> Given:
    """The entries of registries. Raises RegistryError with all that is wrong in one of them."""
    found = [resolve.sound(resolve.load(path), path.name) for path in paths]
    entries = tuple(entry for each in found for entry in each.entries)
    return Given(entries, tuple(fault for each in found for fault in each.problems))


def written(entries: Iterable[resolve.Entry], form: str) -> Iterator[bytes]:
    """The pieces of a registry's file: `toml`, `csv` or `ftm`."""
    return resolve.written(entries, form)  # type: ignore[arg-type]  # the command line offers no other


@contextmanager
def pair_lines(path: Path | None) -> Iterator[Iterable[bytes]]:
    """The lines of a file of pairs, or of standard input. Raises NotFound."""
    if path is None:
        yield sys.stdin.buffer
        return
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise NotFound(f"{path} cannot be read ({error.strerror}). Check the name.") from error


class PairOfNames(Struct):
    """A line of `names match --jsonl`; what else it holds is passed over."""

    name1: str
    name2: str


def compared(lines: Iterable[bytes], *, jsonl: bool, transliterate: bool = True) -> Iterator[tuple[str, str, Score]]:
    """Each pair with its score, as the lines come. Raises MetadataError with the line that is no pair."""
    known = lru_cache(REMEMBERED)(lambda name: resolve.prepared(name, transliterate=transliterate))
    for number, line in enumerate(lines, 1):
        if line.strip():
            one, other = _pair(line, number, jsonl)
            score = resolve.compare(known(one), known(other))
            other_language = resolve.translated(one, other) if transliterate and score.value < resolve.MERGE else None
            yield one, other, other_language or score


def _pair(line: bytes, number: int, jsonl: bool) -> tuple[str, str]:
    line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        if jsonl:
            found = msgspec.json.decode(line, type=PairOfNames)
            return found.name1, found.name2
        names = line.decode().rstrip("\r\n").split("\t")
    except msgspec.MsgspecError as error:
        raise MetadataError(f'Line {number} is no pair ({error}). Write {{"name1": …, "name2": …}}.') from error
    except UnicodeDecodeError as error:
        raise MetadataError(f"Line {number} is not UTF-8. Save the file as UTF-8.") from error
    if len(names) != 2:
        hint = " For JSON lines say --jsonl." if line.lstrip().startswith(b"{") else ""
        raise MetadataError(f"Line {number} is no pair: write two names with one tab between them.{hint}")
    return names[0], names[1]


class Registered(Struct, frozen=True):
    """What an import did: entries in the registry now; the ids that are new, that stand for something else than before,
    and that are gone; and what it warns of."""

    entries: int
    new: tuple[str, ...]
    replaced: tuple[str, ...]
    gone: tuple[str, ...]
    stale: int
    """Documents that hold one of the changed names, to be annotated anew."""
    warnings: tuple[resolve.Fault, ...]


def register(
    view: store.View,
    writer: store.Writer,
    entries: Iterable[resolve.Entry],
    progress: Callable[[int], None],
    *,
    alone: bool = False,
) -> Registered:
    """Take these entries into the registry, beside or (`alone`) in the place of those that are there, an equal id in
    the place of its like, and have documents that hold a name which changed annotated anew.

    The documents first: whoever is killed in between has some annotated once too often, and runs the same again.
    Raises RegistryError.
    """
    before = {each.id: each for each in Names(view).registry()}
    together = ({} if alone else before) | {each.id: each for each in entries}
    checked = resolve.sound(resolve.checked(together.values()))
    after = {each.id: each for each in checked.entries}
    _check_types(writer, after)
    differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    changed = KnownNames(held[name] for name in differing for held in (before, after) if name in held)
    stale = 0
    texts = view.every_text() if differing else iter(())
    for number, batch in enumerate(batched(texts, BATCH), 1):
        hold = [document for document, text in batch if changed.stand_in(text)]
        writer.again(hold)
        stale += len(hold)
        progress(number * BATCH)
    with writer.naming() as tables:
        tables.register([(each.id, each.type, each.name, resolve.entry_json(each)) for each in checked.entries])
    return Registered(
        entries=len(after),
        new=tuple(sorted(after.keys() - before.keys())),
        replaced=tuple(sorted(differing & after.keys() & before.keys())),
        gone=tuple(sorted(before.keys() - after.keys())),
        stale=stale,
        warnings=checked.problems,
    )


def _check_types(writer: store.Writer, entries: Mapping[str, resolve.Entry]) -> None:
    """An entry with the id of an entity is of its type: the id says so."""
    with writer.naming() as tables:
        types = tables.types(entries.keys())
    wrong = [f"  {name} is a {kind} in documents, and a {entries[name].type} here" for name, kind in types.items()
             if kind != entries[name].type]  # fmt: skip
    if wrong:
        listed = "\n".join(wrong[:20])
        raise RegistryError(f"Entries have the ids of entities of another type. Give them ids of their own:\n{listed}")


def resolve_names(writer: store.Writer, progress: Callable[[int], None] = lambda done: None) -> int:
    """Resolve what waits for it; returns how many entities came into another group, or out of one.

    All is read over the writer's connection: whoever reads the archive meanwhile may see an older moment.
    """
    with writer.naming() as tables:
        settings = resolve.settings_from(tables.setting(SETTINGS))
        tables.comparison(resolve.comparison(settings))
        if not tables.unresolved(1):
            return 0
        judgements = tables.judgements()
    judged = _judged_same(judgements)
    done = changed = 0
    while True:
        with writer.naming() as tables:
            numbers = tables.unresolved(BATCH)
            if not numbers:
                return changed
            left = _link(tables, numbers, settings)
            changed += _group(tables, left.union(numbers), judgements, judged, settings)
            tables.resolved(numbers)
        done += len(numbers)
        progress(done)


def _link(tables: store.NameTables, numbers: Collection[int], settings: resolve.Settings) -> set[int]:
    """Blocks and links of these entities, anew; returns whom they were linked with before."""
    ready = _candidates(tables.named(numbers), settings)
    tables.block({number: resolve.blocks_of(ready[number], settings) if number in ready else () for number in numbers})
    pairs = tables.neighbours(numbers)
    others = {number for pair in pairs for number in pair} - ready.keys()
    ready |= _candidates(tables.named(others), settings)
    found = [resolve.evidence(ready[one], ready[other], settings) for one, other in sorted(pairs)]
    links = [link for link in found if link is not None]
    tables.near(numbers, [link for link in links if link.score < settings.threshold])
    return tables.link(numbers, [link for link in links if link.score >= settings.threshold])


def _candidates(named: Mapping[int, Named], settings: resolve.Settings) -> dict[int, resolve.Candidate]:
    return {number: resolve.candidate(each, settings) for number, each in named.items() if each.names}


def _group(
    tables: store.NameTables,
    numbers: Collection[int],
    judgements: Iterable[Judgement],
    judged: Mapping[str, Collection[str]],
    settings: resolve.Settings,
) -> int:
    """Groups of these entities and of all whom they may draw along, anew."""
    reached = tables.reached(numbers, judged)
    links = tables.links_of(reached)
    groups = resolve.grouped(
        links,
        _about(judgements, tables.alive(reached)),
        tables.registered(reached),
        tables.side_by_side(reached),
        _rivals(tables, {name: number for number, name in reached.items()}, links, settings),
    )
    return tables.group(reached, groups.entities)


def _about(judgements: Iterable[Judgement], alive: Collection[str]) -> list[Judgement]:
    """The judgements about entities that there are, and of them only: an orphan joins nobody."""
    found = []
    for each in judgements:
        entities = tuple(name for name in each.subject.entities if name in alive)
        if len(entities) > 1:
            found.append(replace(each, subject=replace(each.subject, entities=entities)))
    return found


def _rivals(
    tables: store.NameTables, numbers: Mapping[str, int], links: Iterable[Link], settings: resolve.Settings
) -> set[tuple[str, str]]:
    """Pairs that one name translates both of, while they are read in one language and nothing links them."""
    of: dict[str, set[str]] = {}
    linked = set()
    for link in links:
        linked.add((min(link.one, link.other), max(link.one, link.other)))
        if link.rule == "translation":
            of.setdefault(link.one, set()).add(link.other)
            of.setdefault(link.other, set()).add(link.one)
    asked = {pair for others in of.values() for pair in combinations(sorted(others), 2)} - linked
    ready = _candidates(tables.named({numbers[name] for pair in asked for name in pair}), settings)
    return {pair for pair in asked if resolve.rivals(*(ready[numbers[name]] for name in pair))}


def _judged_same(judgements: Iterable[Judgement]) -> dict[str, set[str]]:
    """Who leads to whom by a standing judgement: each to the first one that it names, and back."""
    found: dict[str, set[str]] = {}
    for each in judgements:
        if each.verdict == "same" and each.withdrawn is None:
            first = each.subject.entities[0]
            for name in each.subject.entities[1:]:
                found.setdefault(name, set()).add(first)
                found.setdefault(first, set()).add(name)
    return found
