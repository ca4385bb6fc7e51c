"""Small public statements of many layouts and the frame that each should give (README.md beside this file)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate import annotate
from onrecord.model import Annotations, Capture, Document, Rendition
from onrecord.model import Segment as Part

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
NOTICING = ("segments", "dates", "statements")
DATED = ("issued", "held", "effective", "published")


def document(case: dict[str, Any]) -> Document:
    text = case["text"].removeprefix("\n")
    capture = Capture(
        digest="sha256:" + "0" * 64,
        size=len(text),
        media_type="text/plain",
        source="case.txt",
        captured_at="2026-01-01T00:00:00Z",
        publisher=case.get("publisher"),
        published=case.get("published"),
    )
    return Document(id="d1", capture=capture, text=text, rendition=Rendition("text", "1"), title=case.get("title"))


def shown(text: str, part: Part) -> str:
    return text[part.start : part.end]


def seen(text: str, found: Annotations, expect: dict[str, Any]) -> dict[str, Any]:
    """What was found, in the form of what is expected."""
    values: dict[str, Any] = {
        "genre": found.genre,
        "title": found.title.text if found.title else "",
        "dates": sorted([it.role, it.value] for it in found.dates if it.role in DATED and it.spans),
        "notices": sorted(it.code for it in found.notices if it.stage in NOTICING),
        "segments": begun(text, [it for it in found.segments if it.parent is None], expect.get("segments", [])),
        "inside": begun(text, [it for it in found.segments if it.parent is not None], expect.get("inside", [])),
        "times": looked_up(text, found, expect.get("times", [])),
    }
    return {key: value for key, value in values.items() if key in expect} | (
        {"statements": statements(text, found)} if "statements" in expect else {}
    )


def begun(text: str, parts: list[Part], wanted: list[list[str]]) -> list[list[str]]:
    """Kind and first words of each part, cut to the length of what is wanted at its place."""
    lengths = [len(words) for _, words in wanted] + [30] * len(parts)
    return [[it.kind, shown(text, it)[:length]] for it, length in zip(parts, lengths, strict=False)]


def looked_up(text: str, found: Annotations, wanted: list[list[str]]) -> list[list[str]]:
    """For each of the words, the value of the expression that overlaps them; the right one, if several do."""
    values = []
    for words, value in wanted:
        places = [match.span() for match in re.finditer(re.escape(words), text)]
        near = [it.value or "" for it in found.times if any(it.start < end and start < it.end for start, end in places)]
        values.append([words, value if value in near else near[0] if near else "no such expression"])
    return values


def statements(text: str, found: Annotations) -> list[dict[str, Any]]:
    starts = {it.id: shown(text, it) for it in found.segments}
    return [
        {
            "at": starts[it.segment] if it.segment else "",
            "genre": it.genre,
            "issued": it.issued or "",
            "parties": sorted([party.role, party.name] for party in it.parties),
            "addressees": sorted(to.name for to in it.addressees),
        }
        for it in found.statements
    ]


def wanted(expect: dict[str, Any], got: dict[str, Any]) -> dict[str, Any]:
    """What is expected, in one order, with what it leaves open taken from what was found."""
    made = {key: value for key, value in expect.items() if key != "statements"}
    for key in ("dates", "notices"):
        if key in made:
            made[key] = sorted(made[key])
    if "statements" in expect:
        mine = got["statements"]
        made["statements"] = [
            {key: ordered(one.get(key, mine[n][key] if n < len(mine) else None)) for key in FIELDS}
            for n, one in enumerate(expect["statements"])
        ]
        for one, other in zip(made["statements"], mine, strict=False):
            other["at"] = other["at"][: len(one["at"] or "")]
    return made


FIELDS = ("at", "genre", "issued", "parties", "addressees")


def ordered(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def compare(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is wanted and what was found, for the keys that the case names."""
    case = tomllib.loads(path.read_text("utf8"))
    doc = document(case)
    got = seen(doc.text, annotate(doc), case["expect"])
    return wanted(case["expect"], got), got


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_frame(path: Path) -> None:
    want, got = compare(path)
    assert got == want


if (
    __name__ == "__main__"
):  # how many keys are right, and which not: python tests/frames/test_frames.py [PART OF A NAME]
    import sys

    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    folder = Path(sys.argv.pop(1)) if len(sys.argv) > 1 and Path(sys.argv[1]).is_dir() else None
    for each in sorted(folder.glob("*.toml")) if folder else CASES:
        if not any(part in each.stem for part in sys.argv[1:] or [""]):
            continue
        one, two = compare(each)
        for key in one:
            total[key] += 1
            right[key] += one[key] == two[key]
            if one[key] != two[key]:
                print(f"{each.stem} · {key}\n   want {one[key]}\n   got  {two[key]}")
    print({key: f"{right[key]}/{total[key]}" for key in total})
