"""verify finds each kind of damage, and nothing where there is none."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from store_samples import facts, filled

from onrecord.model import Language
from onrecord.store import Index, Originals, View, Words, Writer, verify
from onrecord.store import verify as check
from onrecord.store.database import FILE

TEXTS = ["Orsk Council will not sign.", "The ferry runs.", "The dam holds."]


def damage(sql: str, *values: object) -> Callable[[Path], None]:
    def do(folder: Path) -> None:
        connection = sqlite3.connect(folder / FILE)
        assert connection.execute(sql, values).rowcount > 0
        connection.commit()
        connection.close()

    return do


def flip(path: Path) -> None:
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def first_original(folder: Path) -> Path:
    originals = Originals(folder)
    return originals.get(next(originals.digests()))


def turned_round(folder: Path) -> None:
    wrong = msgspec.structs.replace(facts(TEXTS[0]), languages=(Language("en", 0, 999),))
    damage("UPDATE annotations SET facts = ? WHERE document = 1", msgspec.json.encode(wrong).decode())(folder)


DAMAGES: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "a flipped byte in an original": (lambda folder: flip(first_original(folder)), {"original-changed"}),
    "a missing original": (lambda folder: first_original(folder).unlink(), {"original-missing"}),
    "an unknown original": (lambda folder: Originals(folder).put(b"extra") and None, {"original-unknown"}),
    "a changed text": (
        damage("UPDATE texts SET text = replace(text, 'not', 'now') WHERE document = 1"), {"text-changed"},
    ),
    "a missing text": (damage("DELETE FROM texts WHERE document = 1"), {"text-changed"}),
    "a span outside": (turned_round, {"span-outside"}),
    "facts that cannot be read": (
        damage("UPDATE annotations SET facts = substr(facts, 1, 20) WHERE document = 1"), {"facts-damaged"},
    ),
    "dates": (damage("UPDATE dates SET value = '1999' WHERE document = 1"), {"view-differs"}),
    "parties": (damage("DELETE FROM parties WHERE document = 1"), {"view-differs"}),
    "mentions": (damage("UPDATE mentions SET times = 7 WHERE document = 1"), {"view-differs"}),
    "attributions": (damage("UPDATE attributions SET kind = 'mixed' WHERE document = 1"), {"view-differs"}),
    "statements": (damage("UPDATE statements SET parties = 2 WHERE document = 1"), {"view-differs"}),
    "acts": (damage("UPDATE acts SET negated = 1 WHERE document = 1"), {"view-differs"}),
    "doubts": (damage("UPDATE doubts SET state = 'right' WHERE document = 1"), {"view-differs"}),
    "judgements that nobody made": (damage("INSERT INTO laid VALUES (1, '[]', 0)"), {"view-differs"}),
    "notices": (damage("DELETE FROM notices WHERE document = 1"), {"view-differs"}),
    "an entity that is gone": (damage("UPDATE entities SET id = 'e0'"), {"view-differs"}),
    "a title as shown": (damage("UPDATE documents SET title = 'Other' WHERE number = 1"), {"view-differs"}),
    "counts": (damage("UPDATE counts SET documents = 9 WHERE facet = 'genre'"), {"counts-differ"}),
    "a name that is gone": (damage("DELETE FROM spellings WHERE entity = 1"), {"view-differs"}),
    "names counted twice": (damage("UPDATE spellings SET documents = documents + 1"), {"counts-differ"}),
    "a row that names a missing one": (
        damage("UPDATE documents SET annotated = 99 WHERE number = 1"), {"database-damaged"},
    ),
    "a missing index": (lambda folder: shutil.rmtree(folder / "index"), {"index-missing"}),
    "a stale index": (damage("UPDATE documents SET generation = 99 WHERE number = 1"), {"index-stale", "words-stale"}),
    "an index of a later state": (
        damage("UPDATE meta SET value = '0' WHERE key = 'generation'"), {"index-stale", "words-stale"},
    ),
    "a flipped byte in the index": (lambda folder: flip(next((folder / "index").glob("*.term"))), {"index-damaged"}),
    "a lost file of the index": (
        lambda folder: next((folder / "index").glob("*.fast")).unlink(), {"index-missing", "index-damaged"},
    ),
    "missing words": (lambda folder: shutil.rmtree(folder / "words"), {"words-stale"}),
    "a flipped byte in the words": (lambda folder: flip(folder / "words" / "1" / "stream"), {"words-damaged"}),
    "a lost file of the words": (lambda folder: (folder / "words" / "1" / "runs").unlink(), {"words-damaged"}),
    "totals of words that changed": (
        lambda folder: flip(next((folder / "words" / "1").glob("totals.*"))), {"words-damaged"},
    ),
    "a document the index does not know": (
        damage("UPDATE documents SET number = 77 WHERE number = 3"),
        {"index-damaged", "database-damaged", "text-changed", "counts-differ"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("harm", "codes"), DAMAGES.values(), ids=DAMAGES)
def test_each_damage_is_found_and_no_other(tmp_path: Path, harm: Callable[[Path], None], codes: set[str]) -> None:
    folder = tmp_path / "a"
    filled(folder, TEXTS)
    with View(folder) as view:
        Index(folder).update(view)
        Words(folder).update(view)
        assert list(verify(view, Originals(folder), Index(folder), words=Words(folder))) == []
    harm(folder)
    with View(folder) as view:
        found = list(verify(view, Originals(folder), Index(folder), words=Words(folder)))
    assert found
    assert {problem.code for problem in found} <= codes
    assert all(problem.subject and problem.message for problem in found)


def test_every_code_is_in_the_table_and_tested() -> None:
    module, *others = (Path(each.__code__.co_filename).read_text("utf8") for each in (check, Words.problems))
    table = {line.split("`")[1] for line in module.splitlines() if line.startswith("| `")}
    said = "".join([module, *others]).replace("\n", " ").replace("  ", " ")
    used = {part.split('"')[1] for part in said.split("Problem(")[1:] if '"' in part}
    tested = set().union(*(codes for _, codes in DAMAGES.values()))
    assert {code for code in used if "-" in code} <= table
    assert table == tested


def test_a_superseded_and_a_pending_document_are_no_problem(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    filled(folder, TEXTS)
    filled(folder, ["Changed."])
    with Writer(folder), View(folder) as view:
        Index(folder).update(view)
        assert view.statistics().superseded == 1
        assert list(verify(view, Originals(folder), Index(folder))) == []


def test_progress_is_told(tmp_path: Path) -> None:
    filled(tmp_path / "a", TEXTS)
    told: list[tuple[str, int]] = []
    with View(tmp_path / "a") as view:
        list(
            verify(view, Originals(tmp_path / "a"), Index(tmp_path / "a"), lambda part, done: told.append((part, done)))
        )
    assert told == [("originals", 1), ("originals", 2), ("originals", 3), ("documents", 3)]
