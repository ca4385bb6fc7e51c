"""Speed and memory of the whole way through, as figures and ratios: `make bench`.

ARGS="--documents 20000" makes a shorter run.

Everything is measured on texts of about 600 words made by corpus.py. A ratio is against the budget that the project set
itself; above 1 is better than the budget. Nothing here passes or fails: machines differ, ratios drift, people read.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import corpus
import names
import naming
import pages
import reader
from registry import registry

from onrecord import Archive, annotate
from onrecord.annotate import STAGES
from onrecord.annotating import TOGETHER
from onrecord.model import Capture, Document, Rendition

QUERIES = (
    "harbour",
    "water talks",
    '"river authority"',
    "ferry timetable",
    "inspec*",
    "grain OR clinics",
    "brandt -lindqvist",
    "title:statement",
)


class Sheet:
    """The figures as they come, one a line: what, how much, against which budget, how to repeat it."""

    def row(self, what: str, value: float, unit: str, budget: float | None = None, more_is_better: bool = True) -> None:
        ratio = (
            ""
            if not budget
            else f"  ×{value / budget if more_is_better else budget / value:.2f} of the budget {budget:g}"
        )
        print(f"{what:<46} {value:>12,.2f} {unit:<12}{ratio}", flush=True)


@contextmanager
def clock() -> Iterator[list[float]]:
    spent: list[float] = []
    began = time.perf_counter()
    yield spent
    spent.append(time.perf_counter() - began)


def sample(count: int) -> list[Document]:
    capture = Capture(
        digest="sha256:" + "0" * 64, size=1, media_type="text/plain", source="x.txt", captured_at="2024-12-01T00:00:00Z"
    )
    rendition = Rendition("bench", "1")
    return [
        Document(id=f"d{n}", capture=capture, text=text, rendition=rendition)
        for n, text in enumerate(corpus.documents(count))
    ]


def stages(sheet: Sheet, count: int) -> None:
    """Annotation in this process, whole and stage by stage."""
    texts = sample(count)
    for document in texts[:50]:
        annotate.annotate(document)
    with clock() as spent:
        for start in range(0, count, TOGETHER):
            annotate.annotate_all(texts[start : start + TOGETHER])
    sheet.row("annotate, one core", count / spent[0], "documents/s", 1000)
    by_stage = dict.fromkeys((stage.name for stage in STAGES), 0.0)
    for start in range(0, count, TOGETHER):
        some = texts[start : start + TOGETHER]
        found: list[dict[str, object]] = [{"notices": ()} for _ in some]
        for stage in STAGES:
            began = time.perf_counter()
            for document, facts in zip(some, found, strict=True):
                values = stage.run(document, *[facts[need] for need in stage.needs])
                facts.update(zip(stage.assigns, values if len(stage.assigns) > 1 else (values,), strict=True))
            by_stage[stage.name] += time.perf_counter() - began
    for name, total in by_stage.items():
        sheet.row(f"  stage {name}", total / count * 1e6, "µs/document")
    both = by_stage["acts"] + by_stage["quantities"]
    sheet.row("acts and quantities, one core", count / both, "documents/s", 1200)


def peak_memory(*arguments: str) -> tuple[float, float]:
    """Seconds and the largest resident set of any one process (MB) of a command."""
    began = time.perf_counter()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def building(sheet: Sheet, folder: Path, archive: Path, count: int) -> None:
    """A build of the whole pile by the command line, on one process, then once more with nothing changed."""
    program = str(Path(sys.executable).parent / "onrecord")
    seconds, memory = peak_memory(program, "build", str(folder), "-o", str(archive), "--jobs", "1", "--quiet")
    sheet.row("build end to end, --jobs 1", count / seconds, "documents/s", 600)
    sheet.row("  largest process", memory, "MB", 1000, more_is_better=False)
    seconds, _ = peak_memory(program, "build", str(folder), "-o", str(archive), "--quiet")
    sheet.row("unchanged rebuild", seconds, "s", 10 * count / 100_000, more_is_better=False)
    for suffix in ("-j2",):
        other = archive.with_name(archive.name + suffix)
        seconds, memory = peak_memory(program, "build", str(folder), "-o", str(other), "--jobs", "2", "--quiet")
        sheet.row("build end to end, --jobs 2", count / seconds, "documents/s", 1200)
        shutil.rmtree(other)
    size = sum(path.stat().st_size for path in archive.rglob("*") if path.is_file())
    sheet.row("archive on disk", size / 1e6, "MB")


def searching(sheet: Sheet, archive: Path) -> None:
    """Ranked searches as `Archive.search` answers them: 20 hits with their lines, and the counts."""
    spent = []
    with Archive.open(archive) as opened:
        for query in QUERIES:
            opened.search(query, limit=20)
        for _ in range(25):
            for query in QUERIES:
                with clock() as one:
                    opened.search(query, limit=20)
                spent.append(one[0] * 1000)
    sheet.row("ranked search, p50", median(spent), "ms", 5, more_is_better=False)
    sheet.row("ranked search, p99", quantiles(spent, n=100)[98], "ms", 50, more_is_better=False)


def starting(sheet: Sheet) -> None:
    program = str(Path(sys.executable).parent / "onrecord")
    times = [peak_memory(program, "--help")[0] for _ in range(7)]
    sheet.row("onrecord --help", median(times), "s", 0.3, more_is_better=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument(
        "--folder", type=Path, help="where to put the pile and the archive (default: a temporary folder)"
    )
    chosen = parser.parse_args()
    sheet = Sheet()
    machine = f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores"
    print(f"{machine}, {chosen.documents:,} documents of 600 words")
    starting(sheet)
    registry(sheet.row)
    for what, rate in names.speed().items():
        sheet.row(what, rate, "", 20_000 if what.startswith("compare") else None)
    for what, value, unit, budget, more in naming.measure(chosen.documents, 10 * chosen.documents):
        sheet.row(what, value, unit, budget, more)
    stages(sheet, min(2000, chosen.documents))
    with tempfile.TemporaryDirectory(dir=chosen.folder, ignore_cleanup_errors=True) as place:
        folder, archive = Path(place) / "pile", Path(place) / "bench.onrecord"
        corpus.write(folder, chosen.documents)
        building(sheet, folder, archive, chosen.documents)
        searching(sheet, archive)
        pages.pages(archive)
    reader.main()
    print(f"again: {Path(sys.executable).name} benchmarks/run.py --documents {chosen.documents}")


if __name__ == "__main__":
    main()
