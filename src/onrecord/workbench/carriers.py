"""Who carries a statement: documents that print it, quote it, report it or translate it, with the words on both sides.

Candidates are found by the search index: by phrases of the statement, every few words one, and the documents near its
date that name its parties. Neither grows with the archive: the phrases are counted, a phrase that many documents have
(a closing formula) finds nobody, and so many candidates are looked at. `analyse.carrying` then compares the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

import tantivy
from msgspec import Struct

from onrecord import store
from onrecord.analyse import carrying, stem
from onrecord.analyse.carrying import QUOTED, Passage, Run, Words
from onrecord.analyse.days import read as read_date
from onrecord.analyse.gists import empty_words
from onrecord.model import Filters, Record, Statement
from onrecord.store.said import Said
from onrecord.store.searching import SCHEMA, narrowed
from onrecord.text.dates import PartialDate
from onrecord.text.folding import tokens
from onrecord.text.spans import Span
from onrecord.text.tokens import sentences

Relation = Literal["carries", "quotes", "translates", "reports"]
PHRASE = 5
"""Words of a phrase that is looked for."""
STEP = QUOTED - PHRASE + 1
"""Words from one phrase to the next: any QUOTED words in a row hold one."""
PHRASES = 100
"""Phrases of a statement that are looked for."""
COMMON = 40
"""Documents from which on a phrase is a formula, and finds nobody."""
FOUND = 24
"""Documents that phrases find, those with most of them first, that are compared word by word."""
NEAR = 25
"""Documents near its date that name its parties, those with most of its rare words first, that are looked at."""
SAME_DAY = 15
"""Documents of its date and parties in which a translation is looked for."""
RARE = 0.02
"""Share of the documents that have a word which is distinctive."""
SOUGHT = 200
"""Documents that may have the rarest word of a phrase that is looked for, however small the archive."""
FEW = 8
"""Documents that may have it, however small the archive."""
MANY = 2_000
"""Documents in which a word that few of them have is no function word."""
DAYS = 31
"""After its date, in which a report of it is looked for."""
MEMBERS = 50
"""Names of its parties by which reports are looked for."""
SHOWN = 5
"""Passages of one carrier."""
PRINTS = frozenset(["report", "digest", "interview", "translation"])
"""Genres of what prints others' statements."""
ONE_PARTY = frozenset(["issuer", "on-behalf-of", "signatory", "sponsor", "participant"])


class Place(Struct, frozen=True):
    """Words of a text, with their permanent address."""

    start: int
    end: int
    exact: str
    address: str


class Pair(Struct, frozen=True):
    """What stands on both sides: in the statement, and there."""

    here: Place
    there: Place


class Carrier(Struct, frozen=True, kw_only=True):
    """A document that has to do with a statement. `why` says in words what that rests on."""

    document: str
    title: str
    publisher: str | None
    language: str | None
    genre: str | None
    issued: str | None
    relation: Relation
    share: float | None
    """How much of the statement's words stand there in their order; `None` where words are not compared."""
    why: tuple[str, ...]
    pairs: tuple[Pair, ...]


class _Other(Struct, frozen=True):
    """A candidate."""

    number: int
    id: str
    title: str
    publisher: str | None
    language: str | None
    genre: str | None
    issued: str | None
    text: str


class Asked(Struct, frozen=True):
    """A statement as it is looked for."""

    record: Record
    statement: Statement
    start: int
    end: int
    day: PartialDate | None
    parties: tuple[str, ...]
    """All entities that its parties are known as."""
    names: Mapping[str, str]


def carriers(view: store.View, index: store.Index, record: Record, statement: Statement) -> tuple[Carrier, ...]:
    """Those found, the surest relation first; never the document itself."""
    searcher = index.searcher()
    if searcher is None:
        return ()
    with view.snapshot():
        return tuple(_Search(view, searcher, _asked(view, record, statement)).found())


def stretch(record: Record, statement: Statement) -> Span:
    """Where a statement stands in its document."""
    bounds = {segment.id: Span(segment.start, segment.end) for segment in record.segments}
    return bounds.get(statement.segment or "", Span(0, len(record.text)))


def _asked(view: store.View, record: Record, statement: Statement) -> Asked:
    span = stretch(record, statement)
    own = [party.entity for party in statement.parties if party.role in ONE_PARTY and party.entity]
    members = [each for group in store.members(view, own).values() for each in group]
    names = {entity.id: entity.name for entity in record.entities}
    return Asked(record, statement, *span, read_date(statement.issued), tuple(dict.fromkeys([*own, *members])), names)


class _Search:
    def __init__(self, view: store.View, searcher: tantivy.Searcher, asked: Asked) -> None:
        self._view, self._searcher, self._asked = view, searcher, asked
        self._text = asked.record.text
        self._words = carrying.read(self._text, asked.start, asked.end)
        self._begins = carrying.begins(self._words)
        self._sentences = [
            Span(asked.start + start, asked.start + end)
            for start, end in sentences(self._text[asked.start : asked.end])
        ]
        self._often = {word: searcher.doc_freq("text", word) for word in set(self._words.words)}
        self._limit = max(FEW, int(RARE * searcher.num_docs))
        self._most = max(SOUGHT, self._limit)
        rare = frozenset(word for word, often in self._often.items() if often <= self._limit)
        # In many documents function words are frequent; in a few anything is rare, and only the word lists know them.
        self._rare = rare - empty_words() if searcher.num_docs < MANY else rare
        self._formulas: set[int] = set()
        """The numbers of words that stand in formulas: they tell no statement from another."""
        self._phrased: dict[tuple[str, ...], list[tuple[float, tantivy.DocAddress]]] = {}
        self._own = next(iter(view.numbers([asked.record.id])), -1)

    def found(self) -> Iterator[Carrier]:
        """Each document once, by the first relation that holds."""
        done: set[int] = {self._own}
        for some in (self._copies(), self._translations(done), self._reports(done)):
            for other, carrier in some:
                if other.number not in done:
                    done.add(other.number)
                    yield carrier

    # -- candidates ----------------------------------------------------------------------------------------------------

    def _phrases(self) -> list[tuple[int, list[str]]]:
        """Phrases so near one another that every quotation holds one; of many, those with the rarest words. Each with
        the number of its first word."""
        words = tokens(self._text[self._asked.start : self._asked.end])
        found = [(at, words[at : at + PHRASE]) for at in range(0, len(words) - PHRASE + 1, STEP)]
        return sorted(found, key=lambda each: self._rarest(each[1]))[:PHRASES]

    def _rarest(self, phrase: Sequence[str]) -> int:
        """How many documents have the rarest of these words: so much work is a search for them."""
        return min(self._often.get(word, 0) for word in phrase)

    def _phrase(self, words: Sequence[str]) -> Sequence[str]:
        """The words around the rarest of them; none where they are too few."""
        if len(words) < PHRASE:
            return ()
        rarest = min(range(len(words)), key=lambda at: self._often.get(words[at], COMMON))
        first = min(max(0, rarest - PHRASE // 2), len(words) - PHRASE)
        return words[first : first + PHRASE]

    def _having(self, phrase: Sequence[str]) -> list[tuple[float, tantivy.DocAddress]]:
        """Documents with these words in a row, as far as it is not a formula."""
        key = tuple(phrase)
        if not phrase or self._rarest(phrase) > self._most:
            return []
        if key not in self._phrased:
            query = tantivy.Query.phrase_query(SCHEMA, "text", list(phrase))
            found = self._searcher.search(query, COMMON + 1, False).hits
            self._phrased[key] = found if len(found) <= COMMON else []
        return self._phrased[key]

    def _holding(self) -> list[int]:
        """Documents with phrases of the statement, those with most of them first."""
        counts = Counter[int]()
        for at, phrase in self._phrases():
            found = self._having(phrase)
            counts.update(self._numbers(found))
            if not found:
                self._formulas.update(range(at, at + PHRASE))
        del counts[self._own]
        return [number for number, _ in counts.most_common(FOUND)]

    def _numbers(self, hits: Sequence[tuple[float, tantivy.DocAddress]]) -> list[int]:
        if not hits:
            return []
        values = self._searcher.fast_field_values("number", [address for _, address in hits])
        return [int(value or 0) for value in values]

    def _of_parties(self, days: int, most: int, words: Collection[str]) -> list[int]:
        """Documents that the statement's parties speak in, from its day on for so many days."""
        asked = self._asked
        if asked.day is None or not asked.parties:
            return []
        until = min(asked.day.high, date.max - timedelta(DAYS)) + timedelta(days)
        filters = Filters(parties=asked.parties, since=asked.day.low.isoformat(), until=until.isoformat())
        query = tantivy.Query.all_query()
        if words:
            some = sorted(words, key=lambda word: self._often[word])[:PHRASES]
            terms = [(tantivy.Occur.Should, tantivy.Query.term_query(SCHEMA, "text", word)) for word in some]
            query = tantivy.Query.boolean_query(terms)
        found = self._numbers(self._searcher.search(narrowed(query, filters), most, False).hits)
        found += self._published(asked.day.low, until, most)
        return [number for number in dict.fromkeys(found) if number != self._own]

    def _published(self, since: date, until: date, most: int) -> list[int]:
        """Documents published in these days that say what its parties say: a report often bears no other date."""
        speakers = [
            row[0]
            for row in self._view.among(
                "SELECT number FROM entities WHERE id IN (%s)", list(self._asked.parties[:MEMBERS])
            )
        ]
        query = (
            "SELECT DISTINCT d.document FROM dates d CROSS JOIN attributions a ON a.document = d.document"
            " WHERE d.role = 'published' AND d.low >= ? AND d.low <= ?"
            f" AND a.speaker IN ({', '.join('?' * len(speakers))}) LIMIT ?"
        )
        return [row[0] for row in self._view.rows(query, (since.isoformat(), until.isoformat(), *speakers, most))]

    def _others(self, numbers: Sequence[int]) -> list[_Other]:
        rows = self._view.hit_rows(numbers) if numbers else {}
        found = []
        for number in numbers:
            if number in rows:
                name, title, source, publisher, language, genre, issued, text = rows[number]
                found.append(_Other(number, name, title or source, publisher, language, genre, issued, text))
        return found

    # -- the same words ------------------------------------------------------------------------------------------------

    def _copies(self) -> Iterator[tuple[_Other, Carrier]]:
        others = self._others(self._holding())
        said = self._view.said([other.number for other in others]) if others else {}
        made = [(other, it) for other in others if (it := self._copy(other, said.get(other.number, ())))]
        order = {"carries": 0, "quotes": 1}
        yield from sorted(made, key=lambda pair: (order[pair[1].relation], -(pair[1].share or 0)))

    def _copy(self, other: _Other, said: Sequence[Said]) -> Carrier | None:
        theirs = carrying.read(other.text)
        common = carrying.runs(self._words, theirs, self._begins)
        share = carrying.share(common, self._words)
        if min(share, self._telling(common)) >= carrying.CARRIED:
            if self._another(other, theirs, common):
                return None
            found = carrying.passages(common, self._words, theirs)
            return self._carrier(other, "carries", share, [_share_said(share)], found)
        if max((run.length for run in common), default=0) < carrying.QUOTED or self._before(other):
            return None
        spans = sorted(span for one in said for span in one.spans)
        longest = sorted(carrying.quoted(common, self._words, theirs, spans), key=lambda each: -each.words)[:SHOWN]
        quoted = [each for each in longest if self._own_words(each.one) and not self._formula(each.one)]
        if not quoted:
            return None
        return self._carrier(
            other, "quotes", share, [f"{quoted[0].words} words in a row stand there in somebody’s words"], quoted
        )

    def _telling(self, common: Sequence[Run]) -> float:
        """How much of what is no formula stands in the runs."""
        telling = set(range(len(self._words.words))) - self._formulas
        there = sum(at in telling for run in common for at in range(run.one, run.one + run.length))
        return there / len(telling) if telling else 0.0

    def _another(self, other: _Other, theirs: Words, common: Sequence[Run]) -> bool:
        """Whether the words there are another statement, made after the same pattern: of another day, or with other
        numbers. What is no statement itself (a report of the next day, a digest) carries this one."""
        if other.genre in PRINTS:
            return False
        query = "SELECT low, high FROM statements WHERE document = ? AND low IS NOT NULL"
        rows = self._view.rows(query, (other.number,))
        days = [(date.fromisoformat(low), date.fromisoformat(high)) for low, high in rows]
        day = self._asked.day
        apart = day is not None and bool(days) and all(high < day.low or day.high < low for low, high in days)
        return apart or carrying.renumbered(common, self._words, theirs)

    def _before(self, other: _Other) -> bool:
        """Whether a document is older than the statement: it quotes something else."""
        day, theirs = self._asked.day, read_date(other.issued)
        return day is not None and theirs is not None and theirs.high < day.low

    def _own_words(self, span: Span) -> bool:
        """Whether these are the statement's own words: not those that it gives as another's, whom both may quote, and
        more than names, for a body's long name is nobody's quotation."""
        record, parties = self._asked.record, self._asked.parties
        for each in record.attributions:
            whose = each.source.entity if each.source else None
            if whose not in parties and any(it.start < span.end and span.start < it.end for it in each.content.spans):
                return False
        named = [Span(max(it.start, span.start), min(it.end, span.end)) for it in record.mentions]
        names = sum(len(tokens(each.of(self._text))) for each in named if each.start < each.end)
        return len(tokens(span.of(self._text))) - names >= PHRASE

    def _formula(self, span: Span) -> bool:
        """Whether many documents have these words."""
        return not self._having(self._phrase(tokens(span.of(self._text))))

    # -- other words ---------------------------------------------------------------------------------------------------

    def _translations(self, done: set[int]) -> Iterator[tuple[_Other, Carrier]]:
        """Documents in another language, of the same day and party, with the same figures and names."""
        own = self._asked
        language = self._language()
        others = [
            other
            for other in self._others([each for each in self._of_parties(0, SAME_DAY, ()) if each not in done])
            if other.language and language and other.language.split("-")[0] != language.split("-")[0]
        ]
        if not others:
            return
        entities = self._entities([self._own, *(other.number for other in others)])
        here = carrying.numbers(self._text, own.start, own.end)
        for other in others:
            there = carrying.numbers(other.text)
            same = [value for value in here if value in there and not self._of_date(value)]
            named = (entities[self._own].keys() & entities[other.number].keys()) - set(self._heads())
            if len(same) + len(named) < 2 or (other.genre != "translation" and len(same) + len(named) < 3):
                continue
            why = [f"same day ({own.statement.issued}) and party, another language ({other.language})"]
            why += [f"figures in both: {', '.join(same[:8])}"] if same else []
            why += (
                [f"named in both: {', '.join(sorted(entities[self._own][each] for each in named)[:8])}"]
                if named
                else []
            )
            pairs = [Passage(around(self._text, here[value]), around(other.text, there[value]), 1) for value in same]
            yield other, self._carrier(other, "translates", None, why, pairs)

    def _language(self) -> str | None:
        spans = [
            (tag.tag, min(tag.end, self._asked.end) - max(tag.start, self._asked.start))
            for tag in self._asked.record.languages
        ]
        return max(spans, key=lambda pair: pair[1])[0] if spans else None

    def _of_date(self, value: str) -> bool:
        """Whether a number is that of its date, which both have anyway."""
        day = self._asked.day
        return day is not None and value in {
            str(part) for each in (day.low, day.high) for part in (each.year, each.month, each.day)
        }

    def _heads(self) -> list[str]:
        return [
            str(row[0])
            for row in self._view.among(
                "SELECT coalesce(party, number) FROM entities WHERE id IN (%s)", list(self._asked.parties)
            )
        ]

    def _entities(self, numbers: Sequence[int]) -> dict[int, dict[str, str]]:
        """The parties that documents name, each with a name."""
        query = (
            "SELECT m.document, coalesce(e.party, e.number), m.name FROM mentions m"
            " CROSS JOIN entities e ON e.number = m.entity WHERE m.document IN (%s)"
        )
        found: dict[int, dict[str, str]] = {number: {} for number in numbers}
        for document, entity, name in self._view.among(query, numbers):
            found[document].setdefault(str(entity), name)
        return found

    def _reports(self, done: set[int]) -> Iterator[tuple[_Other, Carrier]]:
        """Documents in which one of its parties is said to say what shares its distinctive words."""
        about = carrying.distinctive(self._words.words, self._rare - self._named())
        if len(about) < carrying.SHARED:
            return
        near = [number for number in self._of_parties(DAYS, NEAR, about.values()) if number not in done]
        said = self._view.said(near) if near else {}
        for other in self._others([number for number in near if number in said]):
            best = max((self._reported(other, one, about) for one in said[other.number]), key=lambda each: len(each[0]))
            if len(best[0]) < carrying.SHARED:
                continue
            place = carrying.nearest(self._words, best[0], self._sentences)
            pairs = [Passage(place, best[1], 0)] if place and best[1] else []
            why = [self._later(other), f"distinctive words in both: {', '.join(sorted(best[0].values()))}"]
            yield other, self._carrier(other, "reports", None, [each for each in why if each], pairs)

    def _reported(self, other: _Other, one: Said, about: Mapping[str, str]) -> tuple[dict[str, str], Span | None]:
        """The distinctive words of an attribution, if it is to a party of the statement, and where it stands."""
        if one.speaker not in self._asked.parties or not one.spans:
            return {}, None
        stems = {stem(word) for span in one.spans for word in tokens(span.of(other.text))}
        return {key: word for key, word in about.items() if key in stems}, Span(one.spans[0].start, one.spans[-1].end)

    def _named(self) -> frozenset[str]:
        """Words of its parties' names: whoever speaks of them has those."""
        names = (party.name for party in self._asked.statement.parties)
        return frozenset(word for name in names for word in tokens(name))

    def _later(self, other: _Other) -> str:
        day, theirs = self._asked.day, read_date(other.issued)
        if day is None or theirs is None:
            return "its party is said to say it there"
        days = (theirs.low - day.high).days
        when = "of the same day" if days <= 0 else "of the next day" if days == 1 else f"{days} days later"
        return f"its party is said to say it there, {when}"

    # -- what is told --------------------------------------------------------------------------------------------------

    def _carrier(
        self, other: _Other, relation: Relation, share: float | None, why: Sequence[str], found: Sequence[Passage]
    ) -> Carrier:
        longest = sorted(sorted(found, key=lambda each: -each.words)[:SHOWN])
        pairs = tuple(
            Pair(place(self._asked.record.id, self._text, each.one), place(other.id, other.text, each.other))
            for each in longest
        )
        return Carrier(
            document=other.id, title=other.title, publisher=other.publisher, language=other.language, genre=other.genre,
            issued=other.issued, relation=relation, share=share, why=tuple(why), pairs=pairs,
        )  # fmt: skip


BESIDE = 70
"""Code points that are shown on either side of a figure."""
EXCERPT = 240
"""Code points of a passage that are shown; its address leads to all of it."""


def place(document: str, text: str, span: Span) -> Place:
    exact = text[span.start : min(span.end, span.start + EXCERPT)]
    return Place(span.start, span.end, exact, f"/d/{document}/{span.start}-{span.end}")


def around(text: str, span: Span) -> Span:
    """The words with those beside them, as far as a line goes."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - BESIDE)
    end = min(at if (at := text.find("\n", span.end)) >= 0 else len(text), span.end + BESIDE)
    while start < span.start and start > 0 and not text[start - 1].isspace():
        start += 1
    while end > span.end and end < len(text) and not text[end].isspace():
        end -= 1
    return Span(start, end)


def _share_said(share: float) -> str:
    return f"{share:.0%} of its words stand there, in their order"


__all__ = ["Carrier", "Pair", "Place", "Words", "carriers", "stretch"]
