"""The United Nations' sponsors, as their documents print them, against the territories that onrecord knows.

    python benchmarks/sponsors.py ../shared/eval/un/*.jsonl

Each row of these sets lists a resolution's sponsors beside its text, not in it, so names are resolved by themselves: an
archive is given the territories as its registry, and each printed name is asked for as a person would (`names show`).
A name in a "submitted by …" note, or "on behalf of", is no name of a state and is counted apart.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from onrecord import Archive, NotFound

NO_STATE = re.compile(r"\b(?:behalf|submitted by|consultations|representative of|in its capacity)\b", re.IGNORECASE)


def printed(path: Path) -> Counter[str]:
    """Sponsors as printed, each as often as it stands in the set."""
    found: Counter[str] = Counter()
    for line in path.read_text("utf8").splitlines():
        found.update(name.strip() for name in json.loads(line).get("sponsors") or ())
    return found


def resolved(archive: Archive, name: str) -> str | None:
    try:
        party = archive.names.party(name)
    except NotFound:
        return None
    return party.id if party.id.startswith("territory-") else None


def main(paths: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "un.onrecord", create=True) as archive:
        archive.register(archive.names.territories())
        missed: Counter[str] = Counter()
        for path in paths:
            names = printed(path)
            states = {name: number for name, number in names.items() if not NO_STATE.search(name)}
            right = {name: number for name, number in states.items() if resolved(archive, name)}
            missed.update({name: number for name, number in states.items() if name not in right})
            if all_of := sum(states.values()):
                share = 100 * sum(right.values()) / all_of
                apart = sum(names.values()) - all_of
                print(f"{path.name:<28} {share:5.1f} % of {all_of:,} sponsors resolve to a state; {apart} are no names")
        print("not resolved:", ", ".join(f"{name} ({number})" for name, number in missed.most_common(20)) or "none")


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]])
