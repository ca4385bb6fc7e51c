"""How well, and how quickly, two names are compared.

    python benchmarks/names.py PAIRS.jsonl [-o SCORES.jsonl]   rows with name1, name2, is_match: writes a score a line
    python benchmarks/names.py --speed                         comparisons, preparations and blocks a second
    python benchmarks/names.py PAIRS.jsonl --wrong             also the pairs on the wrong side of 0.7

Kinds are not handed over unless `--kinds` is given: a name has to show by its words what bears it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

from onrecord.model import EntityType, Score
from onrecord.resolve.compare import MERGE, Prepared, blocks, compare, prepared

CUT = 0.7
"""From here on two names are likely one."""


def scored(rows: list[dict[str, Any]], kinds: bool = False) -> list[Score]:
    return [compare(*(prepared(row[key], _kind(row) if kinds else None) for key in ("name1", "name2"))) for row in rows]


def _kind(row: dict[str, Any]) -> EntityType:
    return "person" if row.get("schema") == "Person" else "organization"


def f1(rows: list[dict[str, Any]], scores: list[Score], cut: float) -> tuple[float, float, float]:
    """F1, precision and recall, per cent."""
    wanted = [row["is_match"] == "true" for row in rows]
    said = [score.value >= cut for score in scores]
    right = sum(a and b for a, b in zip(wanted, said, strict=True))
    precision, recall = right / max(1, sum(said)), right / max(1, sum(wanted))
    return 200 * right / max(1, sum(wanted) + sum(said)), 100 * precision, 100 * recall


def quality(path: Path, out: Path | None, kinds: bool, wrong: bool) -> None:
    rows = [json.loads(line) for line in path.read_text("utf8").splitlines() if line.strip()]
    scores = scored(rows, kinds)
    if out:
        out.write_text("".join(json.dumps({"score": score.value}) + "\n" for score in scores), "utf8")
    best = max((f1(rows, scores, cut / 100)[0], cut / 100) for cut in range(30, 100))
    print(f"best F1     {best[0]:.1f} at {best[1]}")
    print("F1 at 0.70  {:.1f}  precision {:.1f}  recall {:.1f}".format(*f1(rows, scores, CUT)))
    merged = [row["is_match"] == "true" for row, score in zip(rows, scores, strict=True) if score.value >= MERGE]
    print(f"at {MERGE} and above: {sum(merged)} right, {len(merged) - sum(merged)} wrong")
    for row, score in zip(rows, scores, strict=True):
        if wrong and (row["is_match"] == "true") != (score.value >= CUT):
            print(f"{row['is_match'][0]} {score.value:.2f} {row['name1']} | {row['name2']} | {score.reason}")


# -- speed -------------------------------------------------------------------------------------------------------------

SYLLABLES = (
    "ba",
    "ber",
    "dal",
    "dor",
    "en",
    "fa",
    "gar",
    "had",
    "il",
    "jan",
    "ka",
    "kir",
    "lem",
    "mar",
    "nes",
    "or",
    "pel",
    "qas",
    "ra",
    "sil",
    "tan",
    "ul",
    "ver",
    "wen",
    "yar",
    "zor",
    "sha",
    "kho",
)
HEADS = ("{} Council", "Union of {}", "{} Brigades", "{} Movement", "Front for {}", "Ministry of {}")


def sample(count: int, seed: int = 7) -> list[str]:
    """Distinct made-up names: three in four of persons, the rest of bodies."""
    chance = random.Random(seed)
    stems = ["".join(part).capitalize() for part in product(SYLLABLES, SYLLABLES)] + [
        "".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(4000)
    ]
    names: dict[str, None] = {}
    while len(names) < count:
        if chance.random() < 0.75:
            names[" ".join(chance.choices(stems, k=chance.choice((2, 2, 2, 3))))] = None
        else:
            names[chance.choice(HEADS).format(" ".join(chance.choices(stems, k=chance.choice((1, 2)))))] = None
    return list(names)


def _rate(work: Callable[[], object], count: int) -> float:
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def speed(count: int = 100_000) -> dict[str, float]:
    """Rates a second on one core, and the size of blocks: what `benchmarks/run.py` prints."""
    names = sample(count)
    ready: list[Prepared] = []
    figures = {"prepare, names/s": _rate(lambda: ready.extend(map(prepared, names)), count)}
    keys = Counter()  # type: Counter[str]
    figures["blocks, names/s"] = _rate(lambda: keys.update(key for name in ready for key in blocks(name)), count)
    figures["largest block, names"] = max(keys.values())
    figures["pairs in all blocks, a name"] = sum(n * (n - 1) / 2 for n in keys.values()) / count
    chance = random.Random(1)
    pairs = [(chance.choice(ready), chance.choice(ready)) for _ in range(count)]
    figures["compare at random, pairs/s"] = _rate(lambda: [compare(a, b) for a, b in pairs], count)
    blocked = _blocked(ready, count)
    figures["compare within blocks, pairs/s"] = _rate(lambda: [compare(a, b) for a, b in blocked], len(blocked))
    return figures


def _blocked(names: list[Prepared], most: int) -> list[tuple[Prepared, Prepared]]:
    seen: dict[str, Prepared] = {}
    pairs = []
    for name in names:
        for key in blocks(name):
            if key in seen and len(pairs) < most:
                pairs.append((seen[key], name))
            seen[key] = name
    return pairs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, nargs="?")
    parser.add_argument("-o", "--out", type=Path)
    parser.add_argument("--kinds", action="store_true", help="hand the schema over as kind")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--speed", action="store_true")
    chosen = parser.parse_args()
    if chosen.pairs:
        quality(chosen.pairs, chosen.out, chosen.kinds, chosen.wrong)
    if chosen.speed:
        for what, figure in speed().items():
            print(f"{what:<34}{figure:>14,.1f}")
    if not chosen.pairs and not chosen.speed:
        sys.exit(parser.format_usage())


if __name__ == "__main__":
    main()
