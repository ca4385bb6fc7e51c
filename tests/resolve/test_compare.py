"""The comparison of two names: pairs of our own, and what must hold of any two."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolve.compare import MERGE, blocks, compare, prepared

Pair = list[str]
PAIRS = tomllib.loads((Path(__file__).parent / "name_pairs.toml").read_text("utf8"))


def band(value: float) -> str:
    return "merge" if value >= MERGE else "likely" if value >= 0.7 else "apart"


@pytest.mark.parametrize("pair", [pair for pairs in PAIRS.values() for pair in pairs], ids=lambda pair: "|".join(pair[:2]))
def test_a_careful_reader_would_agree(pair: Pair) -> None:
    one, other, kind, wanted, *words = pair
    score = compare(prepared(one, kind or None), prepared(other, kind or None))  # type: ignore[arg-type]
    assert band(score.value) == wanted, score
    assert all(word in score.reason for word in words), score
