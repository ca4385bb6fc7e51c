"""Documents and findings that hypothesis makes from the types themselves, so that a new field is tried unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect as types

from onrecord.model import Annotations, Document, Span

DATES = [
    "2024",
    "2024-10",
    "2024-10-07",
    "2024-10-07?",
    "199X",
    "2023-10-01/2023-10-07",
    "2023/..",
    "2024-21",
    "2024-W41",
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
OFFSET = st.integers(0, 50)
DIGEST = st.binary(min_size=32, max_size=32).map(lambda raw: "sha256:" + raw.hex())
BY_KEY: dict[str, st.SearchStrategy[Any]] = {
    "id": st.from_regex(r"[a-z0-9]{1,20}", fullmatch=True),
    "digest": DIGEST,
    "container": st.none() | DIGEST,
    "captured_at": st.just("2026-11-21T04:00:00Z"),
    "published": st.none() | st.sampled_from(DATES),
    "issued": st.none() | st.sampled_from(DATES),
    "confidence": st.floats(0, 1),
    "size": st.integers(0, 2**40),
    "start": OFFSET,
    "end": OFFSET,
}
BY_TYPE: dict[type, Callable[[Any], st.SearchStrategy[Any]]] = {
    types.StrType: lambda kind: TEXT,
    types.IntType: lambda kind: OFFSET,
    types.FloatType: lambda kind: st.floats(allow_nan=False, allow_infinity=False),
    types.BoolType: lambda kind: st.booleans(),
    types.NoneType: lambda kind: st.none(),
    types.LiteralType: lambda kind: st.sampled_from(kind.values),
    types.UnionType: lambda kind: st.one_of([made(one) for one in kind.types]),
    types.VarTupleType: lambda kind: st.lists(made(kind.item_type), max_size=3).map(tuple),
    types.NamedTupleType: lambda kind: st.builds(Span, OFFSET, OFFSET),
}


def made(kind: types.Type) -> st.SearchStrategy[Any]:
    """Values of a type as `msgspec.inspect` describes it."""
    return structs(kind) if isinstance(kind, types.StructType) else BY_TYPE[type(kind)](kind)


def structs(kind: types.StructType) -> st.SearchStrategy[Any]:
    """Values of a struct: the keys that have limits within them, the others as their type allows."""
    fields = {field.name: BY_KEY[field.name] if field.name in BY_KEY else made(field.type) for field in kind.fields}
    if kind.cls.__name__ == "DateFact":
        fields["value"] = st.sampled_from(DATES)
    return st.fixed_dictionaries(fields).map(lambda values: kind.cls(**values))


def of(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    return made(types.type_info(kind))


documents: st.SearchStrategy[Document] = of(Document)
annotations: st.SearchStrategy[Annotations] = of(Annotations)
