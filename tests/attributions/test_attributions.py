"""Short texts of many kinds and who says what in them (README.md beside this file)."""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate import annotate
from onrecord.model import Annotations, Attribution, Capture, Document, Rendition

CASES = Path(__file__).parent / "cases"
KINDS = ("direct", "indirect", "mixed")
KEYS = {"source", "cue", "content", "kind", "speaker", "within", "voices"}
COMPARED = ("source", "cue", "content", "kind", "speaker", "within", "voices")
FIGURES = ("source", "cue", "content", "kind", "speaker")
MARKS = "“”‘’\"'«»„‟‚‛‹›「」『』"
EDGES = MARKS + ",.;:،؛ \t\n\r\u00a0\u202f—–-"

Row = dict[str, Any]


def read(place: Path) -> Iterator[Row]:
    for path in sorted(place.rglob("*.toml")) if place.is_dir() else [place]:
        yield from ({**case, "file": path.name} for case in tomllib.loads(path.read_text("utf8"))["case"])


def document(case: Row) -> Document:
    text = case["text"]
    capture = Capture(
        digest="sha256:" + "0" * 64,
        size=len(text),
        media_type="text/plain",
        source="case.txt",
        captured_at="2026-01-01T00:00:00Z",
        publisher=case.get("publisher"),
    )
    return Document(id="d1", capture=capture, text=text, rendition=Rendition("text", "1"))


def bare(words: str) -> str:
    """Words without the marks around them; a line break is a space."""
    return re.sub(r"\s+", " ", words).strip(EDGES)


def pieces(spans: list[str]) -> list[str]:
    """A quotation over several paragraphs is the same in one span as in several."""
    return [made for words in spans for part in re.split(r"\n[ \t]*\n", words) if (made := bare(part))]


def source_of(spans: list[str]) -> list[str]:
    """The owner in "Kessan’s claim" may be marked with or without its ’s."""
    return [re.sub(r"[’']s?$", "", words) for words in pieces(spans)]


def cue_of(spans: list[str]) -> str:
    """ "a-t-il dit" may be marked with or without its pronoun, "وقال" with or without its conjunction."""
    words = re.sub(r"-(t-)?(ils?|elles?|on)\b", "", " ".join(pieces(spans)))
    return re.sub(r"^[وف](?=[\u0620-\u064a]{3})", "", words)


def row(raw: Row) -> Row:
    """Source, cue and content in the form in which they are compared."""
    cue = raw["cue"]
    return {
        **raw,
        "source": source_of(raw["source"]),
        "cue": cue_of([cue] if isinstance(cue, str) else cue),
        "content": pieces(raw["content"]),
        "within": raw.get("within", 0),
    }


def wanted(case: Row) -> list[Row]:
    return [row(one) for one in case["says"]]


def seen(doc: Document, found: Annotations) -> list[Row]:
    """What was found, in the form of what is wanted and in the same order."""
    names = {it.id: it.name for it in found.entities}
    made = sorted(found.attributions, key=begins)
    number = {it.id: n for n, it in enumerate(made, 1)}

    def words(part: Any) -> list[str]:
        return [doc.text[start:end] for start, end in part.spans] if part else []

    return [
        row(
            {
                "source": words(it.source),
                "cue": words(it.cue),
                "content": words(it.content),
                "kind": it.kind,
                "speaker": names.get(it.source.entity or "", "") if it.source else "",
                "within": number.get(it.parent or "", 0),
                "voices": [f"{voice.role}: {voice.name}" for voice in it.voices],
            }
        )
        for it in made
    ]


def begins(one: Attribution) -> tuple[int, int]:
    """Where the content begins; of two that begin together the longer is the outer one and comes first."""
    spans = one.content.spans if one.content else ()
    return (spans[0][0], -spans[-1][1]) if spans else (0, 0)


def paired(want: list[Row], got: list[Row]) -> list[tuple[int, int]]:
    """Which of the found answers which of the wanted: the likest first, by words of content, then source and cue."""

    def likeness(one: Row, other: Row) -> float:
        mine, theirs = (Counter(" ".join(it["content"]).split()) for it in (one, other))
        shared = (mine & theirs).total() / max(1, (mine | theirs).total())
        return shared and shared + 0.2 * (one["source"] == other["source"]) + 0.2 * (one["cue"] == other["cue"])

    order = sorted(
        ((likeness(one, other), -i, -j) for i, one in enumerate(want) for j, other in enumerate(got)), reverse=True
    )
    pairs: dict[int, int] = {}
    for score, i, j in order:
        if score > 0 and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return sorted(pairs.items())


def agreed(want: list[Row], got: list[Row]) -> tuple[list[Row], list[Row]]:
    """Both lists as they are to be equal: only the keys that the case names, parents by what they are paired with."""
    pairs = dict(paired(want, got))
    back = {j + 1: i + 1 for i, j in pairs.items()}
    mine, theirs = [], []
    for i, one in enumerate(want):
        mine.append({key: one[key] for key in COMPARED if key in one})
        if i in pairs:
            other = got[pairs[i]]
            shown = {key: other[key] for key in mine[-1]}
            shown["within"] = back.get(other["within"], -1) if other["within"] else 0
            theirs.append(shown)
        else:
            theirs.append({})
    extra = [it for j, it in enumerate(got) if j not in pairs.values()]
    return mine, theirs + extra


def notices(case: Row, found: Annotations) -> tuple[list[str], list[str]]:
    """Wanted codes, and those of them that were found; an empty list wants none about quotation."""
    want = sorted(case.get("notices", []))
    codes = [it.code for it in found.notices]
    if want or "notices" not in case:
        return want, sorted((Counter(want) & Counter(codes)).elements())
    return want, sorted(code for code in codes if "quot" in code)


def compare(case: Row) -> tuple[list[Row], list[Row], str]:
    """Wanted and got, and how they differ; empty where they do not."""
    doc = document(case)
    found = annotate(doc)
    want, got = agreed(wanted(case), seen(doc, found))
    codes, other = notices(case, found)
    lines = []
    for i in range(max(len(want), len(got))):
        one, two = want[i] if i < len(want) else {}, got[i]
        if one != two:
            keys = [key for key in COMPARED if one.get(key) != two.get(key)] if one and two else []
            lines += [f"   want {shown(one)}", f"   got  {shown(two)}" + (f"   ← {', '.join(keys)}" if keys else "")]
    if codes != other:
        lines += [f"   want notices {codes}", f"   got  notices {other}"]
    head = f"{case['file']} · {case['name']} · {case['about']}"
    return want, got, "\n".join([head, *lines]) if lines else ""


def shown(one: Row) -> str:
    if not one:
        return "nothing"
    said = " … ".join(one["content"])
    parts = [" & ".join(one["source"]) or "∅", one["cue"] or "∅", said, one["kind"]]
    parts += [f"{key}={one[key] or '∅'}" for key in ("speaker", "within", "voices") if key in one]
    return " | ".join(parts)


def check(case: Row) -> None:
    """That a case says what it may: each of its strings stands in the text, each parent is another attribution."""
    for number, one in enumerate(case["says"], 1):
        assert set(one) <= KEYS, f"{case['name']}: unknown key in {sorted(one)}"
        assert one["kind"] in KINDS, f"{case['name']}: kind {one['kind']}"
        assert one["content"], f"{case['name']}: an attribution without content"
        cue = one["cue"]
        for words in [*one["source"], *([cue] if isinstance(cue, str) else cue), *one["content"]]:
            assert words in case["text"], f"{case['name']}: not in the text: {words!r}"
        assert 0 <= one.get("within", 0) <= len(case["says"]), f"{case['name']}: within {one['within']}"
        assert one.get("within", 0) != number, f"{case['name']}: within itself"


ALL = list(read(CASES)) if CASES.is_dir() else []


def test_each_name_is_used_once() -> None:
    assert [name for name, times in Counter(case["name"] for case in ALL).items() if times > 1] == []


@pytest.mark.parametrize("case", ALL, ids=lambda case: case["name"])
def test_attributions(case: Row) -> None:
    check(case)
    *_, differs = compare(case)
    assert not differs, "\n" + differs


def main(arguments: list[str]) -> None:
    """What differs, and how many are right: [FOLDER-OR-FILE] [PART OF A NAME]."""
    place = Path(arguments.pop(0)) if arguments and Path(arguments[0]).exists() else CASES
    part = arguments[0] if arguments else ""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in read(place):
        if part not in case["name"]:
            continue
        check(case)
        want, got, differs = compare(case)
        total["cases"] += 1
        right["cases"] += not differs
        total["too many"] += len(got) - len(want)
        for one, two in zip(want, got, strict=False):
            total["relations"] += 1
            right["relations"] += one == two
            for key in FIGURES:
                total[key] += key in one
                right[key] += key in one and one[key] == two.get(key)
        if differs:
            print(differs)
    figures = [f"{key} {right[key]}/{total[key]}" for key in ("cases", "relations", *FIGURES)]
    print(", ".join(figures) + f"; {total['too many']} too many")


if __name__ == "__main__":
    main(sys.argv[1:])
