"""Finding the names of a registry in text: `python benchmarks/registry.py`, or as part of run.py.

Names and texts are made up: as many names as asked for, of one to four words, and text with a name every 100 characters
or so among words of which a tenth begin like names. Latin and Arabic letters.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

NAMES = 200_000
MEGABYTES = 10
BUDGET = 10.0
"""MB of text a second on one core."""
LETTERS = {"Latin": "aeioulnrstmdkbg", "Arabic": "ابتجحدرسشعفقكلمنهوي"}

Row = Callable[[str, float, str, float | None], None]


def words(pick: random.Random, letters: str, count: int) -> list[str]:
    return ["".join(pick.choices(letters, k=pick.randrange(3, 10))) for _ in range(count)]


def names(pick: random.Random, stock: list[str], count: int) -> list[str]:
    """Different names of one to four words."""
    made: set[str] = set()
    while len(made) < count:
        made.add(" ".join(pick.choice(stock).capitalize() for _ in range(pick.choice((1, 2, 2, 3, 3, 4)))))
    return sorted(made)


def text(pick: random.Random, stock: list[str], known: list[str], size: int) -> str:
    """About `size` bytes of UTF-8 with a name after every dozen words."""
    parts: list[str] = []
    length = 0
    while length < size:
        sentence = (
            " ".join(pick.choices(stock, k=12)) + " " + pick.choice(known) + pick.choice((". ", ". ", ". ", ".\n\n"))
        )
        parts.append(sentence)
        length += len(sentence.encode())
    return "".join(parts)


def peak() -> float:
    """The largest resident set so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measures(script: str) -> Iterator[tuple[str, float, str, float | None]]:
    """The figures for one script; in a process of its own, so that memory is its own."""
    from onrecord.text.matching import Matcher

    pick = random.Random(11)
    stock = words(pick, LETTERS[script], 30_000)
    known = names(pick, stock, NAMES)
    plain = words(pick, LETTERS[script], 30_000)
    pile = text(pick, plain, known, MEGABYTES * 1_000_000)
    before, began = peak(), time.perf_counter()
    matcher = Matcher(known)
    yield f"registry: {NAMES:,} names, {script}, build", time.perf_counter() - began, "s", None
    yield "  memory", peak() - before, "MB", None
    list(matcher.find(pile[:10_000]))
    megabytes = len(pile.encode()) / 1e6
    pieces = [pile[at : at + 5000] for at in range(0, len(pile), 5000)]
    for what, several in (("one text", [pile]), ("texts of 5,000 characters", pieces)):
        began = time.perf_counter()
        found = sum(1 for one in several for _ in matcher.find(one))
        spent = time.perf_counter() - began
        yield f"  find, {what}", megabytes / spent, "MB/s", BUDGET
        yield "    hits", found, "", None
    yield from hostile(matcher, known)


def hostile(matcher: object, known: list[str]) -> Iterator[tuple[str, float, str, float | None]]:
    """Texts made to be slow, at one size and four times it: the ratio is about 4 where time is linear."""
    longest = max(known, key=len)
    kinds = {
        "one name's beginning, again and again": longest.rsplit(" ", 1)[0] + " ",
        "without spaces": longest.replace(" ", ""),
        "one-word names side by side": min(known, key=len) + " ",
        "marks only": "\u0301",
    }
    for what, piece in kinds.items():
        times = []
        for size in (250_000, 1_000_000):
            one = piece * (size // len(piece))
            began = time.perf_counter()
            sum(1 for _ in matcher.find(one))  # type: ignore[attr-defined]
            times.append(time.perf_counter() - began)
        yield f"  {what}, 1 M characters", times[1], "s", None
        yield "    against a quarter of it", times[1] / times[0], "×", None


def registry(row: Row) -> None:
    """All figures, a line each, to `row(what, value, unit, budget)`."""
    for script in LETTERS:
        lines = subprocess.run([sys.executable, __file__, script], check=True, capture_output=True, text=True).stdout
        for line in lines.splitlines():
            what, value, unit, budget = line.split("\t")
            row(what, float(value), unit, float(budget) if budget else None)


def main() -> None:
    if len(sys.argv) > 1:
        for what, value, unit, budget in measures(sys.argv[1]):
            print(what, value, unit, budget or "", sep="\t", flush=True)
    else:
        registry(lambda what, value, unit, budget: print(f"{what:<50} {value:>12,.2f} {unit}", flush=True))


if __name__ == "__main__":
    main()
