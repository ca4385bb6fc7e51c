from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import JudgementError
from onrecord.model import Judgement, Subject
from onrecord.resolve import judgement, merged, read, withdrawal, write

MADE = [
    judgement(Subject("entities", entities=("e1", f"e{n}")), "same", "reader", f"2024-0{n}-01", note="هو نفسه 🙂\n")
    for n in range(2, 6)
]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    write(path, reversed(MADE))
    assert read(path) == tuple(MADE)
    assert len(path.read_bytes().splitlines()) == len(MADE)
    again = tmp_path / "again.jsonl"
    write(again, MADE)
    assert again.read_bytes() == path.read_bytes()


def test_two_peoples_files_merge_by_putting_their_lines_together(tmp_path: Path) -> None:
    mine, theirs, both = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    write(mine, MADE[:3])
    write(theirs, [withdrawal(MADE[1], "2025-01-01"), *MADE[2:]])
    both.write_bytes(mine.read_bytes() + b"\n" + theirs.read_bytes())
    assert read(both) == merged(read(mine), read(theirs))
    assert [j.withdrawn for j in read(both)] == [None, "2025-01-01", None, None]


@pytest.mark.parametrize("line", [b"<<<<<<< HEAD", b"{}", b"\xff"])
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "ledger.jsonl"
    write(path, MADE[:1])
    path.write_bytes(path.read_bytes() + line + b"\n")
    with pytest.raises(JudgementError, match="Line 2"):
        read(path)


def test_a_line_changed_by_hand_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    write(path, MADE)
    path.write_bytes(path.read_bytes().replace(b'"same"', b'"different"', 1))
    with pytest.raises(JudgementError, match="Line 1"):
        read(path)


LEDGERS = st.lists(
    st.sampled_from(
        [*MADE, *(withdrawal(j, f"2025-0{n}-01") for n, j in enumerate(MADE, 1)), withdrawal(MADE[0], "2025-09-01")]
    )
)


@given(LEDGERS, LEDGERS, LEDGERS)
def test_merging_is_a_union(a: list[Judgement], b: list[Judgement], c: list[Judgement]) -> None:
    assert merged(a, b) == merged(b, a) == merged(merged(a, b), b)
    assert merged(merged(a, b), c) == merged(a, merged(b, c))
    assert {j.id for j in merged(a, b)} == {j.id for j in [*a, *b]}
