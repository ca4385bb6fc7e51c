"""Turns the annotated documents beside this file into the demo's files and their truth.

    python corpus/make.py                 write src/onrecord/demo/files and src/onrecord/demo/truth
    python corpus/make.py --check FILE…   only say what is wrong with these

The form is described in README.md; `read` gives one document's words and facts, `layouts` writes its file.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import layouts

from onrecord import model
from onrecord.text.dates import PartialDate

HERE = Path(__file__).parent
DEMO = HERE.parent / "src/onrecord/demo"
SEGMENTS = {"p": "body", "nav": "boilerplate", "foot": "boilerplate"} | {
    kind: kind
    for kind in ("letterhead", "headline", "byline", "dateline", "preface", "item", "point", "address", "citation")
} | {"closing": "closing", "signature": "signature", "note": "note"}  # fmt: skip
INLINE = {"m", "t", "d", "s", "cue", "c", "act", "v", "n", "party", "to", "insertion"}
DECLARED = {"entity", "statement", "notice"}
DURATION = re.compile(r"P(?=.)(\d+(\.\d+)?[YMWDX]|X[YMWD])*(T(\d+[HMS])+)?$")


class Wrong(Exception):
    """What is wrong with a document."""


class Reader:
    """Reads one document: `text`, and marks by tag as (element, start, end)."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.root = root
        self.text = ""
        self.marks: dict[str, list[tuple[ElementTree.Element, int, int]]] = defaultdict(list)
        self.blocks: list[tuple[ElementTree.Element, int, int]] = []
        for block in root:
            if block.tag not in DECLARED:
                self._block(block)
        self.text += "\n"

    def _block(self, block: ElementTree.Element) -> None:
        if block.tag not in SEGMENTS:
            raise Wrong(f"<{block.tag}> is no block; blocks are {', '.join(SEGMENTS)}")
        if self.text:
            self.text += "\n" if block.get("tight") else "\n\n"
        start = len(self.text)
        if block.tag == "item":
            self.text += ""
            for inner in block:
                if len(self.text) > start:
                    self.text += "\n" if inner.get("tight") else "\n\n"
                self._words(inner, SEGMENTS)
        else:
            self._words(block, SEGMENTS)
        if block.tag == "item":
            self.blocks.append((block, start, len(self.text)))

    def _words(self, block: ElementTree.Element, allowed: Any) -> None:
        if block.tag not in allowed:
            raise Wrong(f"<{block.tag}> cannot stand there")
        start = len(self.text)
        self._inline(block)
        words = self.text[start:]
        if words != words.strip() or re.search(r"\n[ \t]", words):
            raise Wrong(f"white space at the ends of, or indentation in, <{block.tag}>{words[:40]!r}")
        self.blocks.append((block, start, len(self.text)))

    def _inline(self, element: ElementTree.Element) -> None:
        self.text += element.text or ""
        for inner in element:
            if inner.tag not in INLINE:
                raise Wrong(f"<{inner.tag}> is no mark; marks are {', '.join(sorted(INLINE))}")
            start = len(self.text)
            self._inline(inner)
            if self.text[start:] != self.text[start:].strip():
                raise Wrong(f"white space at the ends of <{inner.tag}>{self.text[start:]!r}")
            self.marks[inner.tag].append((inner, start, len(self.text)))
            self.text += inner.tail or ""


def bible() -> dict[str, dict[str, str]]:
    """The cast: entities by id."""
    return tomllib.loads((HERE / "cast.toml").read_text("utf8"))


def spans(marks: list[tuple[int, int]]) -> list[list[int]]:
    return [list(span) for span in sorted(marks)]


def number(value: str | None) -> float | None:
    return None if value in (None, "") else float(value)


def attributions(reader: Reader) -> list[dict[str, Any]]:
    parts: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for tag in ("s", "cue", "c"):
        for element, start, end in reader.marks[tag]:
            name = element.get("a")
            if not name:
                raise Wrong(f"<{tag}> without a number: {reader.text[start:end]!r}")
            parts[name][tag].append((start, end))
            said[name].update({k: v for k, v in element.attrib.items() if k in ("kind", "e", "p")})
    found = []
    for name, part in parts.items():
        if not part["c"]:
            raise Wrong(f"attribution {name} has no content")
        if said[name].get("kind") not in get_args(model.AttributionKind):
            raise Wrong(f"attribution {name} has no kind (direct, indirect, mixed)")
        parent = said[name].get("p")
        if parent and parent.removeprefix("a") not in {other.removeprefix("a") for other in parts}:
            raise Wrong(f"attribution {name} lies in {parent}, which is not there")
        found.append({
            "id": f"a{name.removeprefix('a')}", "kind": said[name]["kind"], "entity": said[name].get("e"),
            "parent": f"a{parent.removeprefix('a')}" if parent else None,
            "source": spans(part["s"]), "cue": spans(part["cue"]), "content": spans(part["c"]),
        })  # fmt: skip
    return found


def acts(reader: Reader, within: set[str]) -> list[dict[str, Any]]:
    verbs = {element.get("n"): [start, end] for element, start, end in reader.marks["v"]}
    found = []
    for element, start, end in reader.marks["act"]:
        act, name, modality = element.get("act"), element.get("n"), element.get("modality", "performed")
        if act not in get_args(model.Act):
            raise Wrong(f"act {name}: {act!r} is not in the record's table")
        if modality not in get_args(model.Modality):
            raise Wrong(f"act {name}: {modality!r} is no modality ({', '.join(get_args(model.Modality))})")
        if name not in verbs:
            raise Wrong(f"act {name} has no verb <v n={name!r}>")
        holder = element.get("in", "st1")
        if holder not in within:
            raise Wrong(f"act {name} is in {holder}, which is not there")
        found.append({
            "id": f"s{name}", "start": start, "end": end, "act": act, "cue": verbs[name], "in": holder,
            "by": element.get("by"), "addressee": element.get("to"), "target": element.get("target"),
            "negated": element.get("neg") == "1", "conditional": element.get("cond") == "1",
            "intensity": element.get("intensity"), "deadline": element.get("deadline"),
            "condition": element.get("condition"), "modality": modality, "plover": element.get("plover"),
        })  # fmt: skip
    return found


def statements(reader: Reader) -> list[dict[str, Any]]:
    root = reader.root
    declared = root.findall("statement") or [ElementTree.Element("statement", {"id": "st1"})]
    found = {
        one.get("id", "st1"): {
            "id": one.get("id", "st1"), "genre": one.get("genre", root.get("genre")), "issued": one.get("issued"),
            "occasion": one.get("occasion"), "parties": [], "addressees": [],
        }
        for one in declared
    }  # fmt: skip
    for element, start, end in reader.blocks:
        if element.get("st"):
            found[element.get("st", "")] |= {"start": start, "end": end}
    for tag, key in (("party", "parties"), ("to", "addressees")):
        for element, start, end in reader.marks[tag]:
            name = element.get("st", "st1")
            if name not in found:
                raise Wrong(f"<{tag}> of {name}, which is not there")
            fact = {"name": reader.text[start:end], "entity": element.get("e"), "spans": [[start, end]]}
            if tag == "party":
                if element.get("role") not in get_args(model.PartyRole):
                    raise Wrong(f"party {reader.text[start:end]!r} has no role")
                fact["role"] = element.get("role")
            found[name][key].append(fact)
    return list(found.values())


def languages(reader: Reader) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for element, start, end in sorted(reader.blocks, key=lambda block: block[1]):
        tag = element.get("lang", reader.root.get("lang"))
        if found and found[-1]["tag"] == tag:
            found[-1]["end"] = end
        else:
            found.append({"tag": tag, "start": start, "end": end})
    return found


def title(reader: Reader) -> dict[str, Any] | None:
    inside = [(start, end) for element, start, end in reader.blocks if element.tag == "item"]
    for element, start, end in reader.blocks:
        if element.tag == "headline" and not any(s <= start and end <= e for s, e in inside):
            return {"text": " ".join(reader.text[start:end].split()), "spans": [[start, end]]}
    return None


def segments(reader: Reader) -> list[dict[str, Any]]:
    found = [
        {"kind": SEGMENTS[element.tag], "start": start, "end": end, "title": element.get("title")}
        for element, start, end in reader.blocks
    ]
    found += [
        {"kind": "insertion", "start": start, "end": end, "title": None} for _, start, end in reader.marks["insertion"]
    ]
    return sorted(found, key=lambda one: (one["start"], -one["end"]))


def times(reader: Reader) -> list[dict[str, Any]]:
    found = []
    for element, start, end in reader.marks["t"]:
        value, kind = element.get("v"), element.get("type", "date")
        if kind not in get_args(model.TimeType):
            raise Wrong(f"time {reader.text[start:end]!r} has the type {kind!r}")
        if value and not DURATION.match(value) and kind != "set":
            try:
                PartialDate.parse(value)
            except ValueError as error:
                raise Wrong(f"time {reader.text[start:end]!r}: {error}") from error
        found.append({"start": start, "end": end, "type": kind, "value": value})
    return found


def dates(reader: Reader) -> list[dict[str, Any]]:
    found = []
    for element, start, end in reader.marks["d"]:
        if element.get("role") not in get_args(model.DateRole):
            raise Wrong(f"date {reader.text[start:end]!r} has no role")
        PartialDate.parse(element.get("v", ""))
        found.append({"role": element.get("role"), "value": element.get("v"), "spans": [[start, end]]})
    return found


def mentions(reader: Reader, cast: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    found = []
    for element, start, end in reader.marks["m"]:
        entity = element.get("e")
        if entity not in cast:
            raise Wrong(f"mention {reader.text[start:end]!r} of {entity!r}, unknown: declare <entity id= type= name=/>")
        found.append({
            "start": start, "end": end, "type": cast[entity]["type"], "entity": entity, "role": element.get("role"),
            "nominal": element.get("nominal") == "1",
        })  # fmt: skip
    return found


def quantities(reader: Reader, spoken: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for element, start, end in reader.marks["n"]:
        comparator = element.get("c", "=")
        if comparator not in get_args(model.Comparator):
            raise Wrong(f"quantity {reader.text[start:end]!r} has the comparator {comparator!r}")
        found.append({
            "start": start, "end": end, "value": number(element.get("v")), "comparator": comparator,
            "unit": element.get("u"), "of": element.get("of"),
            "in": innermost(spoken, start) or own_voice(reader, start),
        })  # fmt: skip
    return found


def innermost(spoken: list[dict[str, Any]], at: int) -> str | None:
    """Id of the attribution with the shortest content that a place lies in."""
    around = [(end - start, one["id"]) for one in spoken for start, end in one["content"] if start <= at < end]
    return min(around)[1] if around else None


def own_voice(reader: Reader, at: int) -> str | None:
    """Id of the statement that speaks at a place: its story of a digest, else the document's only one."""
    stories = [element.get("st") for element, start, end in reader.blocks if element.get("st") and start <= at < end]
    declared = [one.get("id") for one in reader.root.findall("statement")]
    return stories[0] if stories else declared[0] if len(declared) == 1 else None


# -- what annotators forget --------------------------------------------------------------------------------------------

PRINTED = ("addressee", "target", "deadline", "condition", "intensity")
APART = " … "
"""Between the parts of words that do not stand together: "the families … the ministry"."""


def settled(truth: dict[str, Any]) -> None:
    """Raises Wrong where acts or quantities are not as the README settles them."""
    text = folded(truth["text"])
    for act in truth["acts"]:
        for words in (act[key] for key in PRINTED if act[key]):
            if any(folded(part) not in text for part in words.split(APART)):
                raise Wrong(f"act {act['id']}: {words!r} is not printed so")
        if act["conditional"] != bool(act["condition"]):
            raise Wrong(f"act {act['id']}: cond=1 and the words of the condition go together")
        if act["deadline"] and not timed(act["deadline"], truth):
            raise Wrong(f"act {act['id']}: no time expression in the deadline {act['deadline']!r}")
    for spoken in truth["attributions"]:
        verbs = [act["cue"] for act in truth["acts"] if act["in"] == spoken["id"]]
        if spoken["cue"] and not any(s < end and start < e for s, e in spoken["cue"] for start, end in verbs):
            raise Wrong(f"attribution {spoken['id']} has a cue and no act of it")
    for counted in truth["quantities"]:
        if counted["of"] and folded(counted["of"]) not in text:
            raise Wrong(f"quantity of {counted['of']!r}, which is not printed so")


def folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def timed(deadline: str, truth: dict[str, Any]) -> bool:
    times = [folded(truth["text"][time["start"] : time["end"]]) for time in truth["times"]]
    return any(time in folded(deadline) for time in times)


def plural_units(truths: list[dict[str, Any]]) -> list[str]:
    """Units in the plural whose singular is a unit elsewhere."""
    units = {counted["unit"] for truth in truths for counted in truth["quantities"] if counted["unit"]}
    return sorted(unit for unit in units for ending in ("s", "es") if unit.removesuffix(ending) in units - {unit})


def read(path: Path, cast: dict[str, dict[str, str]]) -> tuple[Reader, dict[str, Any]]:
    """A document's words and all its facts, offsets into the words. Raises Wrong."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise Wrong(f"this is not XML: {error}") from error
    if root.get("genre") not in get_args(model.Genre):
        raise Wrong(f"the document has the genre {root.get('genre')!r}")
    reader = Reader(root)
    known = cast | {
        e.get("id", ""): {"type": e.get("type", ""), "name": e.get("name", "")} for e in root.findall("entity")
    }
    said, spoken = statements(reader), attributions(reader)
    within = {one["id"] for one in said} | {one["id"] for one in spoken}
    named = mentions(reader, known)
    used = dict.fromkeys(one["entity"] for one in named)
    truth = {
        "file": root.get("file"), "text": reader.text, "genre": root.get("genre"), "title": title(reader),
        "languages": languages(reader), "segments": segments(reader), "dates": dates(reader), "times": times(reader),
        "mentions": named, "entities": [{"id": entity, **known[entity]} for entity in used], "statements": said,
        "attributions": spoken, "acts": acts(reader, within), "quantities": quantities(reader, spoken),
        "notices": [{"code": notice.get("code")} for notice in root.findall("notice")],
    }  # fmt: skip
    settled(truth)
    return reader, truth


def check(paths: list[Path]) -> int:
    cast, wrong, truths = bible(), 0, []
    for path in paths:
        try:
            _, truth = read(path, cast)
            truths.append(truth)
            counts = {key: len(value) for key, value in truth.items() if isinstance(value, list)}
            print(f"{path.name}: {len(truth['text'].split())} words, {counts}")
        except (Wrong, ValueError, KeyError) as error:
            wrong += 1
            print(f"{path.name}: WRONG: {error}")
    plurals = plural_units(truths)
    if plurals:
        print(f"units in the plural: WRONG: {', '.join(plurals)}")
    return wrong + len(plurals)


def make() -> None:
    """All files and their truth, the same bytes each time."""
    files, truths = DEMO / "files", DEMO / "truth"
    for folder in (files, truths):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    cast, rows = bible(), []
    for path in sorted(HERE.glob("[0-9]*.xml")):
        reader, truth = read(path, cast)
        target = files / truth["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        layouts.write(target, reader.root, reader.text, reader.blocks)
        rows += layouts.metadata(target, files, reader.root)
        (truths / f"{path.stem}.json").write_text(
            json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf8"
        )
    (files / "manifest.csv").write_text(
        "\n".join(["file,publisher,published,language", *sorted(rows)]) + "\n", encoding="utf8"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        sys.exit(check([Path(name) for name in sys.argv[2:]]) > 0)
    make()
