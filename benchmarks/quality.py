"""How much of the truth onrecord finds: `make quality`.

    python benchmarks/quality.py            the demo corpus against its own truth
    python benchmarks/quality.py --check    and fail when a figure is under its floor (floors.toml)
    python benchmarks/quality.py --pin      and make today's figures the floors
    python benchmarks/quality.py --eval     also the annotated sets of ../shared/eval, where they are

Figures are percentages: F1 with precision and recall where both say something, else the share that is right.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import act_figures
import msgspec
import sponsors
from tally import Pair, Tally, Who, overlap, same_source, trimmed

from onrecord import Archive, demo
from onrecord.export import encode
from onrecord.naming import compared
from onrecord.text.names import folded

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
SHARED = HERE.parent.parent / "shared"
SLACK = 0.5
"""Points that a figure may lie under its floor: rounding."""


# -- what is compared, a function a figure -----------------------------------------------------------------------------


def per_document(key: Callable[[dict[str, Any]], Any]) -> Callable[[list[Pair]], Tally]:
    """A figure over one value, or a bag of values, a document."""

    def compare(pairs: list[Pair]) -> Tally:
        tally = Tally()
        for true, record in pairs:
            tally.add(bag(key(true)), bag(key(record)))
        return tally

    return compare


def bag(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def issued(one: dict[str, Any]) -> list[str]:
    return sorted({date["value"] for date in one["dates"] if date["role"] == "issued"})


def parties(*roles: str) -> Callable[[dict[str, Any]], list[str]]:
    def names(one: dict[str, Any]) -> list[str]:
        said = (party for statement in one["statements"] for party in statement["parties"] if party["role"] in roles)
        return sorted({folded(party["name"]) for party in said})

    return names


def addressees(one: dict[str, Any]) -> list[str]:
    return sorted({folded(to["name"]) for statement in one["statements"] for to in statement["addressees"]})


def mentions(one: dict[str, Any]) -> list[Any]:
    return [(m["start"], m["end"], m["type"]) for m in one["mentions"] if not m["nominal"]]


def nominals(one: dict[str, Any]) -> list[Any]:
    """By their ends: the truth has these with or without their article."""
    return [(m["end"], m["type"]) for m in one["mentions"] if m["nominal"]]


def segments(pairs: list[Pair], kinds: set[str] | None = None) -> Tally:
    """Segments of one kind that share at least four fifths of their words."""
    tally = Tally()
    for true, record in pairs:
        wanted = [s for s in true["segments"] if kinds is None or s["kind"] in kinds]
        left = [s for s in record["segments"] if kinds is None or s["kind"] in kinds]
        tally.gold += len(wanted)
        tally.said += len(left)
        for one in wanted:
            near = [s for s in left if s["kind"] == one["kind"] and alike(one, s) >= 0.8]
            if near:
                left.remove(max(near, key=lambda s: alike(one, s)))
                tally.right += 1
    return tally


def alike(one: dict[str, Any], other: dict[str, Any]) -> float:
    return overlap(((one["start"], one["end"]),), ((other["start"], other["end"]),))


def times(pairs: list[Pair], value: bool) -> Tally:
    """Time expressions that overlap; with `value`, that also have the same value."""
    tally = Tally()
    for true, record in pairs:
        left = list(record["times"])
        tally.gold += len(true["times"])
        tally.said += len(left)
        for one in true["times"]:
            near = next((t for t in left if t["start"] < one["end"] and one["start"] < t["end"]), None)
            if near:
                left.remove(near)
                tally.right += not value or near["value"] == one["value"]
    return tally


def relations(pairs: list[Pair], right: Callable[[dict[str, Any], dict[str, Any]], bool], kinds: set[str]) -> Tally:
    """Attributions of these kinds whose contents overlap by half or more, and that `right` accepts."""
    tally = Tally()
    for true, record in pairs:
        text = record["text"]
        left = [a for a in record["attributions"] if a["kind"] in kinds]
        wanted = [a for a in true["attributions"] if a["kind"] in kinds]
        tally.gold += len(wanted)
        tally.said += len(left)
        for one in wanted:
            content = trimmed(text, one["content"])
            best = max(left, key=lambda a: overlap(content, trimmed(text, a["content"]["spans"])), default=None)
            if best and overlap(content, trimmed(text, best["content"]["spans"])) >= 0.5 and right(one, best):
                left.remove(best)
                tally.right += 1
    return tally


def b_cubed(pairs: list[Pair]) -> Tally:
    """B³ over the mentions found with their exact borders, over the whole corpus (Bagga & Baldwin 1998)."""
    said, true = {}, {}
    for number, (gold, record) in enumerate(pairs):
        found = {(m["start"], m["end"]): m["entity"] for m in record["mentions"] if m["entity"] and not m["nominal"]}
        for m in gold["mentions"]:
            key = (number, m["start"], m["end"])
            if not m["nominal"] and key[1:] in found:
                true[key], said[key] = m["entity"], found[key[1:]]
    clusters = [by_entity(each) for each in (true, said)]
    precision = recall = 0.0
    for key in true:
        gold, mine = clusters[0][true[key]], clusters[1][said[key]]
        precision += len(gold & mine) / len(mine)
        recall += len(gold & mine) / len(gold)
    tally = Tally()
    tally.gold, tally.right = len(true), round(recall)
    tally.said = round(recall * len(true) / precision) if precision else 0
    return tally


def by_entity(links: dict[Any, str]) -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = defaultdict(set)
    for key, entity in links.items():
        found[entity].add(key)
    return found


def nesting(pairs: list[Pair]) -> Tally:
    """Attributions inside another, by the overlap of their contents and of their parents'."""
    tally = Tally()
    for true, record in pairs:
        text = record["text"]
        gold, said = (
            list(nested(text, true, lambda a: a["content"])),
            list(nested(text, record, lambda a: a["content"]["spans"])),
        )
        tally.gold += len(gold)
        tally.said += len(said)
        for inner, outer in gold:
            near = next((s for s in said if overlap(inner, s[0]) >= 0.5 and overlap(outer, s[1]) >= 0.5), None)
            if near:
                said.remove(near)
                tally.right += 1
    return tally


def nested(text: str, one: dict[str, Any], content: Callable[[dict[str, Any]], Any]) -> Iterator[tuple[Any, Any]]:
    by_id = {a["id"]: a for a in one["attributions"]}
    for a in one["attributions"]:
        if a["parent"] in by_id:
            yield trimmed(text, content(a)), trimmed(text, content(by_id[a["parent"]]))


def languages(pairs: list[Pair]) -> Tally:
    """Letters by language."""
    tally = Tally()
    for true, record in pairs:
        text = record["text"]
        tally.add(letters(text, true["languages"]), letters(text, record["languages"]))
    return tally


def letters(text: str, parts: list[dict[str, Any]]) -> Counter[Any]:
    return Counter({(p["tag"], at): 1 for p in parts for at in range(p["start"], p["end"]) if text[at].isalpha()})


def roles(one: dict[str, Any]) -> list[Any]:
    """Mentions with the role that stands beside them, as printed."""
    return [(m["start"], m["end"], m["role"]) for m in one["mentions"] if m.get("role") and not m.get("nominal")]


def figures(pairs: list[Pair]) -> dict[str, Tally]:
    """Every figure by name, in the order of the record."""
    every, direct = {"direct", "indirect", "mixed"}, {"direct"}
    who = Who(pairs)
    found = {
        "title": per_document(lambda one: (one["title"] or {}).get("text"))(pairs),
        "languages": languages(pairs),
        "genre": per_document(lambda one: one["genre"])(pairs),
        "issued date": per_document(issued)(pairs),
        "segments": segments(pairs),
        "issuers": per_document(parties("issuer", "on-behalf-of"))(pairs),
        "signatories": per_document(parties("signatory"))(pairs),
        "addressees": per_document(addressees)(pairs),
        "time spans": times(pairs, value=False),
        "time values": times(pairs, value=True),
        "mentions": per_document(mentions)(pairs),
        "nominals": per_document(nominals)(pairs),
        "roles": per_document(roles)(pairs),
        "entities B3": b_cubed(pairs),
        "direct quotations": relations(pairs, lambda one, other: True, direct),
        "direct quotations with speaker": relations(pairs, who.speaker_is_right, direct),
        "attributions": relations(pairs, same_source, every),
        "attributions with speaker": relations(pairs, who.speaker_is_right, every),
        "nesting": nesting(pairs),
        "acts": act_figures.acts(pairs),
        "act slots": act_figures.slots(pairs, who),
        "acts: plover": act_figures.plover(pairs),
        "quantities": act_figures.quantities(pairs),
        "quantity units": act_figures.units(pairs),
        "quantities' source": act_figures.sources(pairs),
        "notices": per_document(lambda one: [n["code"] for n in one["notices"] if n["code"] == "count-mismatch"])(
            pairs
        ),
    }
    kinds = sorted({segment["kind"] for true, _ in pairs for segment in true["segments"]})
    return found | {f"  segments: {kind}": segments(pairs, {kind}) for kind in kinds}


# -- running it --------------------------------------------------------------------------------------------------------


def demo_pairs() -> list[Pair]:
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "demo.onrecord", create=True) as archive:
        archive.build([demo.files()])
        records = {r.capture.source: msgspec.json.decode(encode(r)) for r in archive.records()}
    return [(demo.resolve(true, records[true["file"]]["text"]), records[true["file"]]) for true in demo.truth()]


def below_floor(found: dict[str, Tally]) -> list[str]:
    floors = tomllib.loads(FLOORS.read_text("utf8")) if FLOORS.exists() else {}
    return [
        f"{name}: F1 {found[name].f1:.1f} is under its floor {floor}"
        for name, floor in floors.items()
        if found[name].f1 < floor - SLACK
    ]


def pin(found: dict[str, Tally]) -> None:
    lines = ["# Figures of `make quality` on the demo corpus (F1). Lowering one needs a reason in the commit."]
    lines += [f'"{name}" = {tally.f1:.1f}' for name, tally in found.items() if not name.startswith(" ")]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf8")


SETS = {
    "polnear": ["polnear/dev.jsonl"],
    "timex": ["timex/timebank_aquaint.jsonl"],
    "un": [
        "un/sc_prst_en.jsonl",
        "un/sc_res_en_2020_2026.jsonl",
        "un/sc_res_en_pre2020.jsonl",
        "un/ga_res_en_s77_s80.jsonl",
        "un/sc_res_ar_2020_2026.jsonl",
        "un/sc_res_fr_2020_2026.jsonl",
        "un/sc_res_es_2020_2026.jsonl",
    ],
    "re3d": ["re3d/bbc_online.jsonl", "re3d/uk_government.jsonl", "re3d/wikipedia.jsonl"],
}


def evaluate() -> None:
    """Scores of the annotated sets, by their own tool; says so where they are not there."""
    tool = SHARED / "tools/score.py"
    if not tool.exists():
        print("the annotated sets (../shared/eval) are not here: left out")
        return
    for kind, gold in ((kind, gold) for kind, golds in SETS.items() for gold in golds):
        with tempfile.TemporaryDirectory() as folder:
            texts, records = Path(folder) / "texts", Path(folder) / "records.jsonl"
            score(tool, "texts", kind, SHARED / "eval" / gold, texts)
            with Archive.open(Path(folder) / "a.onrecord", create=True) as archive:
                archive.build([texts])
                with records.open("wb") as stream:
                    archive.export(stream, "record")
            print(f"\n{gold}\n{score(tool, kind, SHARED / 'eval' / gold, records)}", flush=True)
    pairs_of_names(tool)
    sponsors.main(sorted((SHARED / "eval/un").glob("*.jsonl")))


def pairs_of_names(tool: Path) -> None:
    """Are two names one, as `onrecord names match` says it."""
    gold = SHARED / "eval/names/name_pairs.jsonl"
    with tempfile.TemporaryDirectory() as folder, gold.open("rb") as lines:
        scores = Path(folder) / "scores.jsonl"
        found = (each.value for *_, each in compared(lines, jsonl=True))
        scores.write_text("".join(json.dumps({"score": value}) + "\n" for value in found), "utf8")
        print(f"\n{gold.name}\n{score(tool, 'names', gold, scores)}", flush=True)


def score(*arguments: object) -> str:
    return subprocess.run(
        [sys.executable, *map(str, arguments)], check=True, capture_output=True, text=True
    ).stdout.rstrip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("check", "pin", "eval", "json"):
        parser.add_argument(f"--{name}", action="store_true")
    chosen = parser.parse_args()
    found = figures(demo_pairs())
    if chosen.json:
        print(json.dumps({name: round(tally.f1, 1) for name, tally in found.items()}, indent=1))
    else:
        for name, tally in found.items():
            print(f"{name:<32}{tally}")
    if chosen.eval:
        evaluate()
    if chosen.pin:
        pin(found)
    wrong = below_floor(found) if chosen.check else []
    print("\n".join(wrong), file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
