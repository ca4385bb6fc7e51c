"""How the command line looks: progress, reports, tables. Rich is imported only when there is something to draw."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from onrecord.adding import AddReport
    from onrecord.archive import BuildReport
    from onrecord.export.tables import Row
    from onrecord.model import Filters, Hit, Problem, Record, Results, SpeechAct, Stats

PATIENCE = 1.0
"""Seconds of work before a progress bar appears."""
CONTROL = {code: f"\\x{code:02x}" for code in (*range(9), 11, 12, *range(14, 32), 127, *range(128, 160))}
BIDI = {code: f"<U+{code:04X}>" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
ONE_LINE = {ord(sign): " " for sign in "\n\r\t\v\f\x85\u2028\u2029"}
SAFE = CONTROL | BIDI
"""A document's words may hold what would steer a terminal or turn its lines round: shown, not obeyed."""


def safe(text: str) -> str:
    """A document's words, harmless for a terminal."""
    return text.translate(SAFE)


def console(stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


class Meter:
    """Progress bars with a rate and an estimate, one a stage, drawn only for what takes longer than PATIENCE."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}
        self._tasks: dict[str, TaskID] = {}
        self._bars: Bars | None = None

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        began = self._began.setdefault(stage, time.monotonic())
        if stage not in self._tasks:
            if time.monotonic() - began < PATIENCE:
                return
            self._tasks[stage] = self._open().add_task(stage, total=total)
        self._open().update(self._tasks[stage], completed=done, total=total)

    def _open(self) -> Bars:
        if self._bars is None:
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                ProgressColumn,
                TextColumn,
                TimeRemainingColumn,
            )
            from rich.text import Text

            class Rate(ProgressColumn):
                def render(self, task: Any) -> Text:
                    return Text(f"{task.speed:,.0f}/s" if task.speed else "")

            self._bars = Progress(
                TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn(),
                console=console(stderr=True),
            )  # fmt: skip
            self._bars.start()
        return self._bars

    def close(self) -> None:
        if self._bars is not None:
            self._bars.stop()


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str, int, int | None], None]]:
    """A progress callback; draws nothing when told to be quiet or when nobody watches."""
    meter = Meter()
    try:
        yield (lambda stage, done, total: None) if quiet or not sys.stderr.isatty() else meter
    finally:
        meter.close()


@contextmanager
def output(path: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that appears under its name only once it is whole."""
    if path is None or str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as stream:
            yield stream
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def hint(wanted: bool, message: str) -> None:
    """A word of advice beside the output."""
    if wanted:
        print(message, file=sys.stderr)


def emit(value: Any) -> None:
    """One JSON object on standard output."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def emit_csv(header: Row, rows: Iterable[Row]) -> None:
    """A table on standard output."""
    from onrecord.export.csv import rows_of

    for line in rows_of(header, rows):
        sys.stdout.buffer.write(line)


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or (one[:-1] + 'ies' if one.endswith('y') else one + 's')}"


def added_line(report: AddReport) -> str:
    parts = [plural(report.new, "new document")]
    parts += [f"{report.known:,} known already"] if report.known else []
    parts += [plural(report.unchanged, "unchanged file")] if report.unchanged else []
    parts += [f"{report.failed:,} not readable"] if report.failed else []
    return ", ".join(parts)


def report(done: BuildReport | AddReport, archive: Path, *, json: bool = False, quiet: bool = False) -> None:
    """What a run did, and what could not be read."""
    if json:
        emit(done)
        return
    if quiet:
        return
    from onrecord.archive import BuildReport

    added = done.added if isinstance(done, BuildReport) else done
    line = added_line(added)
    if isinstance(done, BuildReport):
        line += f"; {done.annotated:,} annotated, {done.indexed:,} indexed"
    print(f"{archive}: {line}.")
    if isinstance(done, BuildReport):
        fault(done.faults)
    for source, notice in added.notices:
        print(f"  {safe(source)}: {safe(notice.message)}", file=sys.stderr)


def fault(documents: int) -> None:
    """A fault of ours is said aloud, not only in the records."""
    if documents:
        message = "in which a stage or an extractor failed. Their notices say which, and whom to tell."
        print(f"{plural(documents, 'document')} {message}", file=sys.stderr)


def count(word: str, number: int, *, json: bool, quiet: bool) -> None:
    if json:
        emit({word: number})
    elif not quiet:
        print(f"{plural(number, 'document')} {word}.")


def hit_lines(hit: Hit) -> Iterator[str]:
    facts = " · ".join(safe(fact) for fact in (hit.issued, hit.publisher, hit.language, hit.genre) if fact)
    yield f"[bold]{escape(hit.title)}[/]"
    yield f"  [dim]{escape(hit.document)}  {escape(facts)}[/]"
    for context in hit.contexts:
        line = f"{escape(context.before)}[bold]{escape(context.match)}[/]{escape(context.after)}"
        yield f"  {line}  [dim]/d/{hit.document}/{context.start}-{context.end}[/]"


def escape(text: str) -> str:
    """A document's words on one line, for rich: markup in them is text."""
    from rich.markup import escape as markup

    return markup(safe(text.translate(ONE_LINE)))


SPOKEN = {"direct": "in direct speech", "reported": "in reported speech", "own": "in the document's own voice"}
"""How a search says in which voice it looked."""


def asked(found: Results, filters: Filters) -> str:
    """What the number of documents counts."""
    words = escape(found.query) or ("something" if filters.voiced else "everything")
    if not filters.voiced:
        return f"found for {words}"
    where = f" {SPOKEN[filters.voice]}" if filters.voice else " in what is said"
    who = f" by {' or '.join(map(escape, filters.speakers))}" if filters.speakers else ""
    return f"found with {words}{where}{who}"


def results(found: Results, filters: Filters, names: Mapping[str, str], *, json: bool) -> None:
    """Hits with their lines, then the counts and what they count; `names` are those of parties by their ids."""
    if json:
        emit(found)
        return
    screen = console()
    for hit in found.hits:
        for line in hit_lines(hit):
            screen.print(line)
        screen.print()
    screen.print(f"{plural(found.total, 'document')} {asked(found, filters)}.")
    for name, values in found.facets.items():
        if values:
            shown = ", ".join(f"{escape(names.get(value, value))} {number:,}" for value, number in values[:8])
            screen.print(f"  [dim]{name}[/] {shown}")
    if found.behind:
        screen.print(
            f"[yellow]{plural(found.behind, 'document')} came or changed since the search index was made: this may not"
            " be all there is. `onrecord index` brings it up to date.[/]"
        )


def record_lines(record: Record) -> Iterator[tuple[str, str]]:
    """What `show` says above the text, as label and words."""
    capture = record.capture
    yield "document", record.id
    yield "title", record.title.text if record.title else "unknown"
    yield "genre", record.genre or "unknown"
    for statement in record.statements:
        for party in statement.parties:
            yield party.role, party.name
        for addressee in statement.addressees:
            yield "addressee", addressee.name
    for date in record.dates:
        yield date.role, f"{date.value} ({date.rule})"
    yield "languages", ", ".join(dict.fromkeys(part.tag for part in record.languages))
    yield "publisher", capture.publisher or "unknown"
    yield "source", f"{capture.source} ({capture.media_type}, {capture.size:,} bytes)"
    yield "digest", capture.digest
    for attribution in record.attributions:
        words = " … ".join(span.of(record.text) for span in attribution.content.spans)
        speaker = attribution.voices[-1].name if attribution.voices else "unknown"
        yield f"{attribution.kind} words", f"{speaker}: {words}"
    names = {entity.id: entity.name for entity in record.entities}
    for act in record.acts:
        if act.act != "claim":  # whose words stand above
            yield act.act, f"{names.get(act.by or '') or together(act)}: {act_words(record, act)}"
    for quantity in record.quantities:
        value = "unknown" if quantity.value is None else f"{quantity.value:,g}"
        upper = "" if quantity.upper is None else f" to {quantity.upper:,g}"
        said = record.text[quantity.start : quantity.end]
        yield "count", f"{quantity.comparator} {value}{upper} {quantity.unit or ''}: {said}"
    for notice in record.notices:
        yield "notice", f"{notice.code}: {notice.message}"


def together(act: SpeechAct) -> str:
    """Who does what no one of them does alone: those whose statement it is."""
    return "its parties" if (act.within or "").startswith("st") else "nobody named"


def act_words(record: Record, act: SpeechAct) -> str:
    """The words that do something, with what is known of how."""
    flags = [act.plover or "", "negated" if act.negated else "", "conditional" if act.conditional else ""]
    flags.append(act.modality if act.modality != "performed" else "")
    said = ", ".join(flag.lower() for flag in flags if flag)
    return record.text[act.start : act.end] + (f" ({said})" if said else "")


def document(record: Record, *, json: bool) -> None:
    """One document: what is known of it, then its text as it stands."""
    if json:
        emit(record)
        return
    screen = console()
    for label, words in record_lines(record):
        screen.print(f"[dim]{label:>14}[/]  {escape(words)}")
    print()
    print(safe(record.text))


KIND_STYLES = {"direct": "\x1b[32m", "indirect": "\x1b[33m", "mixed": "\x1b[36m", None: "\x1b[2m"}
"""How the margin tells kinds apart where there is colour; signs tell them apart where there is none."""


def voices(record: Record, *, rules: bool, json: bool) -> None:
    """The text with the chain of voices beside it."""
    from onrecord import margin

    if json:
        emit({"document": record.id, "stretches": margin.stretches(record)})
        return
    screen = console()
    coloured = screen.is_terminal and not screen.no_color and screen.color_system is not None
    title = record.title.text if record.title else "unknown"
    print(f"{record.id}  {safe(title.translate(ONE_LINE))}\n{margin.LEGEND}\n")
    width = shutil.get_terminal_size((100, 24)).columns
    for line in margin.lines(record, width, safe, rules=rules):
        side = f"{KIND_STYLES[line.kind]}{line.side}\x1b[0m" if coloured and line.side.strip() else line.side
        print(f"{side}{line.bar}{line.text}".rstrip() if not line.text.strip() else f"{side}{line.bar}{line.text}")


def problems(found: Sequence[Problem], *, json: bool, quiet: bool) -> None:
    if json:
        emit(found)
        return
    for problem in found:
        print(f"{problem.code}  {safe(problem.subject)}  {safe(problem.message)}")
    if not quiet:
        print(f"{plural(len(found), 'problem')} found." if found else "Everything is as it was recorded.")


def stats(found: Stats, *, json: bool) -> None:
    """What is in the archive: totals, then the most frequent values of each kind."""
    if json:
        emit(found)
        return
    from rich.table import Table

    screen = console()
    screen.print(", ".join(plural(number, name) for name, number in found.totals))
    for name, values in found.counts:
        if values:
            table = Table(title=name, title_justify="left", show_header=False, box=None, pad_edge=False)
            for value, number in values[:12]:
                table.add_row(escape(value), f"{number:,}")
            screen.print(table)


def note(said: str) -> None:
    """One line that says what was done."""
    print(safe(said))


def people(every: Sequence[tuple[str, str]], *, json: bool) -> None:
    """Names and roles of those who may enter from another machine."""
    if json:
        emit([{"name": name, "role": role} for name, role in every])
        return
    for name, role in every:
        print(f"{role:<8}{safe(name)}")
    if not every:
        print("Nobody may enter from another machine. `onrecord people add NAME --role editor` lets somebody in.")


def serving(url: str, *, others: bool = False, clear: bool = False) -> None:
    """Where the pages are, for whom, and what to mind."""
    whom = "for those who have a password" if others else "only on this machine"
    print(f"Reading at {url} ({whom}; Ctrl-C ends it).", flush=True)
    if clear:
        print(IN_THE_CLEAR, file=sys.stderr, flush=True)


IN_THE_CLEAR = (
    "onrecord: passwords and pages travel unencrypted: whoever is on the way can read and change them. Outside a "
    "network that you trust, put a proxy with TLS before it and serve with --https --name "
    "(docs/explanation/serving-others.md)."
)
