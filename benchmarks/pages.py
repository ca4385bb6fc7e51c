"""Speed and memory of the pages, asked one after another of a real server as a browser asks: `make bench-pages`.

    python benchmarks/pages.py --archive big.onrecord           # an archive that is there already
    python benchmarks/pages.py --documents 100000               # makes one of corpus.py's texts first

For each kind of page: the median and the 99th percentile of the milliseconds from sending the request to having all of
the answer, over different addresses of that kind, and the largest answer. Budgets: 60 ms, 300 ms; the server 500 MB.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median, quantiles

import corpus
import httpx

REPEATS = 100
"""Requests of each kind, over as many different addresses as there are."""
WORDS = ("harbour", "water", '"river authority"', "ferry timetable", "inspec*", "grain OR clinics", "sluice", "winter")


def program() -> str:
    return str(Path(sys.executable).parent / "onrecord")


def ids(archive: Path, sql: str) -> list[str]:
    with closing(sqlite3.connect(f"file:{archive / 'onrecord.sqlite'}?mode=ro", uri=True)) as database:
        return [row[0] for row in database.execute(sql)]


def sample(pick: random.Random, values: list[str], most: int) -> list[str]:
    return pick.sample(values, min(most, len(values)))


def addresses(archive: Path) -> dict[str, list[str]]:
    """Addresses of every kind of page, chosen at random but the same in every run."""
    pick = random.Random(3)
    documents = sample(pick, ids(archive, "SELECT id FROM documents WHERE state = 'current' LIMIT 20000"), 100)
    busiest = ids(
        archive,
        "SELECT e.id FROM parties p JOIN entities e ON e.number = p.entity GROUP BY p.entity ORDER BY count(*) DESC"
        " LIMIT 100",
    )
    speakers = ids(
        archive,
        "SELECT e.id FROM attributions a JOIN entities e ON e.number = a.speaker GROUP BY a.speaker"
        " ORDER BY count(*) DESC LIMIT 20",
    )
    some = sample(pick, ids(archive, "SELECT id FROM entities LIMIT 20000"), 60)
    spans = [(f"2023-{month:02}", f"2023-{month + 2:02}") for month in range(1, 10)]
    return {
        "overview": ["/"],
        "search": [f"/search?q={word}" for word in WORDS],
        "search, newest": [f"/search?q={word}&sort=newest" for word in WORDS],
        "search, deep": [f"/search?q={word}&page={page}" for word in WORDS[:3] for page in (20, 200, 450)],
        "search, narrowed": [f"/search?q=water&party={party}" for party in busiest[:20]],
        "search, said directly": [f"/search?q={word}&voice=direct" for word in WORDS],
        "search, said by one": [f"/search?q={word}&speaker={one}" for one in speakers for word in ("", "the")],
        "search, kwic": [f"/search?q={word}&view=kwic" for word in WORDS],
        "reader": [f"/d/{name}" for name in documents],
        "passage": [f"/d/{name}?at=20-90" for name in documents],
        "statement": [f"/s/{name}/st1" for name in documents],
        "parties": ["/parties", "/parties?q=council", "/parties?page=2"],
        "party, busy": [f"/p/{party}" for party in busiest],
        "party, any": [f"/p/{party}" for party in some],
        "together": ["/together", *(f"/together?since={since}&until={until}" for since, until in spans)],
        "together, matrix": [f"/together?view=matrix&since={since}&until={until}" for since, until in spans],
        "together, one party": [f"/together?party={party}" for party in busiest[:40]],
        "timeline": ["/timeline", *(f"/timeline?since={since}&until={until}" for since, until in spans)],
        "timeline, one party": [f"/timeline?party={party}" for party in busiest[:40]],
        "terms": [f"/terms?q={word}" for word in WORDS if " OR " not in word],
        "terms, two sides": [
            f"/terms?view=keyness&one={one}&other={other}"
            for one, other in zip(busiest[:10], busiest[10:20], strict=True)
        ],
        "terms, one side": [f"/terms?view=keyness&one={one}" for one in busiest[:10]],
        "review": ["/review", "/review?kind=speaker", "/review?kind=date", "/review?kind=act"],
        "ledger": ["/ledger", "/review/agreement"],
        "import and export": ["/import", "/export"],
    }


@contextmanager
def serving(archive: Path) -> Iterator[tuple[str, int]]:
    """The address of a server and its process."""
    server = subprocess.Popen(
        [program(), "serve", str(archive), "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if found := re.search(r"http://[^\s/]+", line):
                yield found[0], server.pid
                break
        else:
            raise SystemExit("the server did not start")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)


def memory(process: int) -> tuple[float, float]:
    """The largest resident set so far, and what of today's is its own (not pages of files); MB."""
    said = Path(f"/proc/{process}/status").read_text()
    return tuple(int(re.search(rf"{name}:\s+(\d+)", said)[1]) / 1024 for name in ("VmHWM", "RssAnon"))  # type: ignore[index,return-value]


def measure(client: httpx.Client, kind: str, paths: list[str]) -> None:
    spent, largest, wrong = [], 0, set()
    for at in range(max(REPEATS, len(paths))):
        path = paths[at % len(paths)]
        began = time.perf_counter()
        answer = client.get(path)
        spent.append(1000 * (time.perf_counter() - began))
        largest = max(largest, len(answer.content))
        if answer.status_code >= 400:
            wrong.add((answer.status_code, path))
    p99 = quantiles(spent, n=100)[-1]
    said = f"first {spent[0]:7.1f}  p50 {median(spent):7.1f}  p99 {p99:7.1f} ms  largest {largest / 1000:7.0f} kB"
    over = " OVER" if median(spent) > 60 or p99 > 300 else ""
    print(f"{kind:<26} {said}{over}{'  ' + str(sorted(wrong)[:2]) if wrong else ''}", flush=True)


DECISIONS = 5
WARM = 5.0
"""Seconds between the start and the first page: what a server works out once is then there. `first` tells the rest."""


def decisions(client: httpx.Client, site: str) -> None:
    """Five answers to questions, as the review page's keys send them; each is withdrawn again afterwards."""
    client.post("/name", data={"your-name": "Bench", "token": token(client)}, headers={"origin": site})
    headers = {"origin": site, "x-csrf-token": token(client)}
    wanted = {"limit": DECISIONS + 1, "kind": "content"}
    questions = client.get("/api/v1/review/questions", params=wanted).json()["items"]
    spent, made = [], []
    for question in questions:
        began = time.perf_counter()
        path = f"/api/v1/review/questions/{question['key']}"
        answer = client.post(path, json={"said": "right"}, headers=headers)
        spent.append(time.perf_counter() - began)
        answer.raise_for_status()
        made.append(answer.json()["id"])
    began = time.perf_counter()
    client.get("/search?q=water").raise_for_status()
    seen = time.perf_counter() - began
    for name in made:
        client.post(f"/api/v1/judgements/{name}/withdraw", headers=headers).raise_for_status()
    five = sum(spent[1:])
    print(f"five decisions             {five:7.2f} s (budget 0.3); the first of a server {spent[0]:.2f} s", flush=True)
    print(f"the next search            {seen:7.2f} s, which takes them in")


def token(client: httpx.Client) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/review").text)
    assert found is not None
    return found[1]


def pages(archive: Path, only: str | None = None, decide: bool = True) -> None:
    with serving(archive) as (site, process), httpx.Client(base_url=site, timeout=120) as client:
        print(f"started with {memory(process)[0]:.0f} MB")
        time.sleep(WARM)
        for kind, paths in addresses(archive).items():
            if only is None or only in kind:
                measure(client, kind, paths)
        if decide:
            decisions(client, site)
        most, own = memory(process)
        print(f"memory: at most {most:.0f} MB resident; now {own:.0f} MB of its own, the rest pages of files")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, help="an archive that is there")
    parser.add_argument("--documents", type=int, default=100_000, help="how many to make where none is given")
    parser.add_argument("--only", help="kinds of page that hold this word")
    parser.add_argument("--decide", action="store_true", help="enter and withdraw decisions in that archive, too")
    said = parser.parse_args()
    if said.archive:
        pages(said.archive, said.only, said.decide)
        return
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "big.onrecord"
        corpus.write(Path(folder) / "pile", said.documents)
        subprocess.run([program(), "build", f"{folder}/pile", "-o", str(archive), "--quiet"], check=True)
        pages(archive, said.only)


if __name__ == "__main__":
    main()
