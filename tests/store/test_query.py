"""The query language: what is understood, and how it is said when something is not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.errors import QueryError
from onrecord.store.query import Leaf, Tree, leaves, parse


def shown(tree: Tree | None) -> str:
    """A tree on one line: `(and ferry (not river))`."""
    if tree is None:
        return ""
    if isinstance(tree, Leaf):
        words = "_".join(tree.words) + ("*" if tree.prefix else "")
        return f"title:{words}" if tree.title else words
    return f"({tree.kind} {' '.join(map(shown, tree.parts))})"


@pytest.mark.parametrize(("query", "tree"), [
    ("", ""),
    ("  ", ""),
    ("Ferry", "ferry"),
    ("ferry river", "(and ferry river)"),
    ("ferry AND river", "(and ferry river)"),
    ("ferry OR river", "(or ferry river)"),
    ("ferry river OR dam", "(or (and ferry river) dam)"),
    ("ferry (river OR dam)", "(and ferry (or river dam))"),
    ("ferry -river", "(and ferry (not river))"),
    ("ferry NOT river", "(and ferry (not river))"),
    ("NOT NOT river", "river"),
    ("-(ferry river)", "(not (and ferry river))"),
    ("-river", "(not river)"),
    ('"will not sign"', "will_not_sign"),
    ("«will not sign»", "will_not_sign"),
    ("“will not” sign", "(and will_not sign)"),
    ('"will not', "will_not"),
    ('"', None),
    ('ferry "', "ferry"),
    ("negotiat*", "negotiat*"),
    ("title:accord", "title:accord"),
    ('Title:"joint statement"', "title:joint_statement"),
    ("and or not", "(and and or not)"),
    ("cease-fire", "cease_fire"),
    ("cease-fi*", "cease_fi*"),
    ("l'accord", "l_accord"),
    ("river - ferry", "(and river ferry)"),
    ("river … ferry", "(and river ferry)"),
    ("3.5", "3_5"),
    ("http://orsk.example/a", "http_orsk_example_a"),
    ('דו"ח', "דוח"),
    ("停火*", "停火*"),
    ("publisher:orsk", "publisher_orsk"),
])  # fmt: skip
def test_queries(query: str, tree: str | None) -> None:
    if tree is None:
        with pytest.raises(QueryError):
            parse(query)
    else:
        assert shown(parse(query)) == tree


@pytest.mark.parametrize(("query", "said"), [
    ("*", "at least 2 letters"),
    ("a*", "at least 2 letters"),
    ("ferry *", "at least 2 letters"),
    ("ferry OR", "OR stands without a word after it"),
    ("AND ferry", "AND stands without a word before it"),
    ("OR ferry", "missing before OR"),
    ("ferry NOT", "NOT stands without a word after it"),
    ("()", "between parentheses"),
    ("(ferry", "not closed"),
    ("ferry)", "no opening one"),
    ("— …", "no letter or digit"),
    ("x" * 2001, "longer than 2000"),
    ("a " * 101, "more than 100 words"),
    ("(" * 31 + "a" + ")" * 31, "more than 30 deep"),
])  # fmt: skip
def test_errors_teach(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        parse(query)


def test_only_what_is_wanted_is_looked_for_in_the_text() -> None:
    assert [leaf.words for leaf in leaves(parse("ferry (river OR dam) -lorry NOT (boat quay)"))] == [
        ("ferry",), ("river",), ("dam",),
    ]  # fmt: skip


@example('"' * 2000)
@example("(" * 2000)
@example("-" * 2000)
@example("a*" * 1000)
@example("title:" * 333)
@example("NOT " * 499 + "a")
@given(st.text(max_size=200) | st.text('ab *"()-«» ORAND:title', max_size=100))
def test_any_query_is_understood_or_refused(query: str) -> None:
    try:
        parse(query)
    except QueryError as error:
        assert str(error)
