"""The index's fields, and a query's tree and filters as tantivy's queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import tantivy
from tantivy import FieldType, Occur, Query

from onrecord.errors import MetadataError, QueryError
from onrecord.model import Filters, Lacking
from onrecord.store.days import bounds
from onrecord.store.days import number as day_number
from onrecord.store.query import Leaf, Tree, leaves
from onrecord.store.said import Wanted

FACETS = {"language": 100, "genre": 20, "publisher": 100, "year": 200, "month": 2400}
FACETS |= {"party": 30, "speaker": 30, "act": 30, "voice": 3, "review": 3}
"""What found documents are counted by, and how many values at most are named."""
OF_ENTITIES = ("party", "speaker")
"""Fields that hold the ids of entities, several of which may be one party."""
SEEN = 2
"""So many times as many entities are looked at as parties are named."""
Groups = Callable[[Collection[str]], Mapping[str, Sequence[str]]]
"""The parties that entities are, each with all its entities."""

LACKING: dict[Lacking, str] = {
    "date": "low", "publisher": "publisher", "language": "language", "genre": "genre", "party": "party",
}  # fmt: skip
"""What may be unknown, and the field that then has no value."""


BEGINNINGS = 200
"""Beginnings of words, times the keys they may stand under, in one search: each takes milliseconds."""


class Place(NamedTuple):
    """Where words are looked for: a field, and what stands before each word there."""

    field: str
    before: str = ""


WHOLE = (Place("text"), Place("title"))


def build_schema() -> tantivy.Schema:
    """Whole numbers are all `integer` fields: a Python int on an unsigned one kills tantivy's writer."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="position")
    for name in ("own", "said"):  # words in a voice; only to find documents: where they stand, `said` looks
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("publisher", "language", "genre"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (*OF_ENTITIES, "act", "voice", "review"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("low", "high", "newest", "year", "month"):
        builder.add_integer_field(name, fast=True)
    return builder.build()


SCHEMA = build_schema()


def compiled(tree: Tree | None, places: Sequence[Place] = WHOLE) -> Query:
    """The query of a tree; everything for none. Words are looked for in `places`, those ruled out in the whole."""
    if tree is None:
        return Query.all_query()
    if isinstance(tree, Leaf):
        return leaf_query(tree, places)
    if tree.kind == "or":
        return Query.boolean_query([(Occur.Should, compiled(part, places)) for part in tree.parts])
    parts = tree.parts if tree.kind == "and" else (tree,)
    clauses = [clause(part, places) for part in parts]
    if all(occur == Occur.MustNot for occur, _ in clauses):
        clauses.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
    return Query.boolean_query(clauses)


def clause(part: Tree, places: Sequence[Place]) -> tuple[Occur, Query]:
    """A part of a conjunction."""
    if not isinstance(part, Leaf) and part.kind == "not":
        return Occur.MustNot, compiled(part.parts[0])
    return Occur.Must, compiled(part, places)


def leaf_query(leaf: Leaf, places: Sequence[Place] = WHOLE) -> Query:
    """A word or phrase in the title, where it weighs more since a title is short, or in the text."""
    places = (Place("title"),) if leaf.title else places
    queries = [query for place in places for query in place_queries(leaf, place)]
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def place_queries(leaf: Leaf, place: Place) -> list[Query]:
    queries = [words_query(leaf.terms, place, leaf.starts)]
    if leaf.stem:
        queries.append(words_query([leaf.stem], place, False))
    return queries


def words_query(words: Sequence[str], place: Place, starts: bool) -> Query:
    """Words beside each other; with `starts`, the last is only how a word begins."""
    field, terms = place.field, [place.before + word for word in words]
    if starts:
        patterns = [*map(re.escape, terms[:-1]), re.escape(terms[-1]) + ".*"]
        if len(terms) == 1:
            return Query.regex_query(SCHEMA, field, patterns[0])
        return Query.regex_phrase_query(SCHEMA, field, list(patterns))
    if len(terms) == 1:
        return Query.term_query(SCHEMA, field, terms[0])
    return Query.phrase_query(SCHEMA, field, list(terms))


def narrowed(query: Query, filters: Filters) -> Query:
    """The query within the filters, which change no score."""
    conditions = [
        *([languages(filters.languages)] if filters.languages else []),
        *(
            Query.term_set_query(SCHEMA, field, list(values))
            for field, values in (
                ("genre", filters.genres),
                ("publisher", filters.publishers),
                ("party", filters.parties),
                ("act", filters.acts),
                ("review", filters.review),
            )
            if values
        ),
        *days(filters),
        *(lacking(LACKING[name]) for name in filters.without),
    ]
    if not conditions:
        return query
    return Query.boolean_query(
        [(Occur.Must, query), *((Occur.Must, Query.const_score_query(one, 0.0)) for one in conditions)]
    )


def restricted(query: Query, condition: Query) -> Query:
    """The query where the condition holds too, which changes no score."""
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(condition, 0.0))])


def holding(field: str, values: Sequence[str]) -> Query:
    """Documents with one of these values; with none, those that have no value."""
    return Query.term_set_query(SCHEMA, field, list(values)) if values else lacking(field)


def said_as(searcher: tantivy.Searcher, tree: Tree | None, whose: Wanted) -> Query:
    """Documents that hold the words in that voice and by whom it is wanted; without words, that hold any. Raises
    QueryError for more beginnings of words by more speakers than can be looked for."""
    if whose.voice == "own":
        places, any_words = [Place("own")], Query.term_query(SCHEMA, "voice", "own")
    else:
        keys = [key for key in whose.under() if searcher.doc_freq("said", key)]
        places, any_words = [Place("said", key) for key in keys], Query.term_set_query(SCHEMA, "said", keys)
    if tree is None or not places:
        return any_words
    beginnings = sum(leaf.starts for leaf in leaves(tree))
    if beginnings * len(places) > BEGINNINGS:
        raise QueryError("These are too many beginnings of words (begin*) by too many speakers. Take fewer of either.")
    return restricted(compiled(tree, places), any_words)


def languages(tags: Sequence[str]) -> Query:
    """`en` finds en-GB too; `en-GB` finds itself."""
    found = [Query.term_set_query(SCHEMA, "language", list(tags))]
    found += [Query.regex_query(SCHEMA, "language", re.escape(tag) + "-.*") for tag in tags]
    return Query.boolean_query([(Occur.Should, query) for query in found])


def days(filters: Filters) -> list[Query]:
    """A document fits where its date may lie within the limits."""
    found = []
    if filters.since is not None:
        found.append(Query.range_query(SCHEMA, "high", FieldType.Integer, lower_bound=limit("since", filters.since)[0]))
    if filters.until is not None:
        found.append(Query.range_query(SCHEMA, "low", FieldType.Integer, upper_bound=limit("until", filters.until)[1]))
    return found


def lacking(field: str) -> Query:
    """Documents that have no value of a field."""
    has = (Occur.MustNot, Query.exists_query(field))
    return Query.boolean_query([(Occur.Must, Query.all_query()), has])


def limit(name: str, value: str) -> tuple[int, int]:
    """First and last day of a limit, as the index has days."""
    low, high = bounds(value)
    if low is None or high is None:
        raise MetadataError(f"{name} is {value!r}, which is no date. Write it like 2024, 2024-05 or 2024-05-03.")
    return day_number(low), day_number(high)


def facet_counts(searcher: tantivy.Searcher, query: Query, groups: Groups) -> dict[str, tuple[tuple[str, int], ...]]:
    """How many of the documents found have each value, the most frequent first."""
    sizes = {name: size * SEEN if name in OF_ENTITIES else size for name, size in FACETS.items()}
    found = searcher.aggregate(query, {name: {"terms": {"field": name, "size": size}} for name, size in sizes.items()})
    counted = {name: [(value_of(name, b["key"]), b["doc_count"]) for b in found[name]["buckets"]] for name in FACETS}
    for name in OF_ENTITIES:
        counts = dict(counted[name])
        parties = grouped(counts, groups)[: FACETS[name]]
        counted[name] = [(party, times(searcher, query, name, members, counts)) for party, members in parties]
    return {name: tuple(sorted(values, key=frequent)) for name, values in counted.items()}


def grouped(counts: Mapping[str, int], groups: Groups) -> list[tuple[str, Sequence[str]]]:
    """The parties that counted entities are, the one that can have most documents first, each with all its entities."""
    found = groups(counts)
    return sorted(found.items(), key=lambda group: (-sum(counts.get(member, 0) for member in group[1]), group[0]))


def times(
    searcher: tantivy.Searcher, query: Query, field: str, members: Sequence[str], counts: Mapping[str, int]
) -> int:
    """How many of the documents found have one of these: not their sum, for one may have several."""
    if len(members) == 1:
        return counts[members[0]]
    having = restricted(query, holding(field, members))
    return int(searcher.search(having, 1, True).count)  # type: ignore[attr-defined]  # missing from tantivy's stub


def value_of(facet: str, key: Any) -> str:
    return named_month(key) if facet == "month" else str(key)


def frequent(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def month_counts(
    searcher: tantivy.Searcher, query: Query, by: str | None, most: int, groups: Groups
) -> dict[str, tuple[tuple[str, int], ...]]:
    """How many of the documents found are of each month (2024-05), by the most frequent values of a field or, under
    the empty name, all together. Those whose date may lie in several months count in none."""
    months = {"terms": {"field": "month", "size": FACETS["month"]}}
    if by is None:
        return {"": in_order(searcher.aggregate(query, {"month": months})["month"]["buckets"])}
    if by in OF_ENTITIES:
        buckets = searcher.aggregate(query, {"by": {"terms": {"field": by, "size": most * SEEN}}})["by"]["buckets"]
        parties = grouped({str(bucket["key"]): bucket["doc_count"] for bucket in buckets}, groups)[:most]
        return {
            party: month_counts(searcher, restricted(query, holding(by, members)), None, most, groups)[""]
            for party, members in parties
        }
    grouping = {"by": {"terms": {"field": by, "size": most}, "aggs": {"month": months}}}
    return {
        str(bucket["key"]): in_order(bucket["month"]["buckets"])
        for bucket in searcher.aggregate(query, grouping)["by"]["buckets"]
    }


def in_order(buckets: Sequence[dict[str, Any]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((named_month(bucket["key"]), bucket["doc_count"]) for bucket in buckets))


def named_month(number: float) -> str:
    """A month as the index has it (202405) in EDTF."""
    return f"{int(number) // 100:04}-{int(number) % 100:02}"
