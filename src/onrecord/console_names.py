"""How the command line shows parties, the evidence that joins their names, and what people decided."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.console import ONE_LINE, console, emit, escape, plural, safe
from onrecord.errors import JudgementError
from onrecord.text import writing
from onrecord.text.writing import mixed

if TYPE_CHECKING:
    from onrecord.analyse import Agreements
    from onrecord.judging import Conflict, Orphan
    from onrecord.model import Judgement, Link, Score
    from onrecord.naming import Found, Names, Registered
    from onrecord.resolve import Fault, Settings
    from onrecord.store import Entered, PartyNames

Labels = Mapping[str, str]
"""The names of entities by their ids."""
WARNINGS = 20
"""Of an import that are printed."""
LISTED = 5
"""Ids of entries that a line names."""
LINKS = 8
"""Pieces of evidence of a party that are shown."""
SPELLINGS = 12
"""Names of a party that a list shows; `names show` shows all."""


def found(parties: Sequence[Found], *, json: bool) -> None:
    """Parties that may be meant, the nearest first."""
    if json:
        emit([{"party": each.party, "score": each.score} for each in parties])
        return
    screen = console()
    for each in parties:
        screen.print(f"[bold]{escape(each.party.name)}[/]  [dim]{each.party.type} · {escape(each.party.id)}[/]")
        screen.print(f"  {each.score.value:.2f}  {escape(each.score.reason)}")
        _spellings(each.party, SPELLINGS)
    if not parties:
        screen.print("No name here comes near.")


def party(shown: PartyNames, judgements: Sequence[Judgement], labels: Labels, *, json: bool) -> None:
    """One party: names, evidence, decisions."""
    if json:
        emit({"party": shown, "judgements": judgements})
        return
    screen = console()
    screen.print(f"[bold]{escape(shown.name)}[/]  [dim]{shown.type} · {escape(shown.id)}[/]")
    _spellings(shown, len(shown.spellings))
    _links(shown.links, labels)
    if shown.entry is not None:
        screen.print(f"  [dim]registry[/]  {_entry(msgspec.json.decode(shown.entry))}")
    for judgement in judgements:
        screen.print(f"  {_decision(judgement, labels)}")


def _entry(entry: dict[str, Any]) -> str:
    """What the registry says of a party, on one line."""
    facts = [", ".join([entry["name"], *(alias["name"] for alias in entry["aliases"])])]
    facts += [f"part of {', '.join(entry['parents'])}"] if entry["parents"] else []
    facts += [f"{name} {entry[name]}" for name in ("since", "until") if entry[name]]
    facts += [f"{scheme} {value}" for scheme, value in entry["ids"]]
    facts += [entry["note"]] if entry["note"] else []
    return escape(" · ".join(facts))


def merged(parties: Iterable[PartyNames], names: Names, *, json: bool) -> None:
    """Every party of several names, with what joined them."""
    from onrecord.naming import about

    settings, joining = names.settings, names.joining()
    if json:
        emit({"settings": settings, "parties": list(parties)})
        return
    screen = console()
    number = 0
    for each in parties:
        number += 1
        screen.print(f"[bold]{escape(each.name)}[/]  [dim]{each.type} · {escape(each.id)}[/]")
        _spellings(each, SPELLINGS)
        judged = about(each, joining)
        labels = names.labels(judged, each.links)
        _links(each.links, labels)
        for judgement in judged:
            screen.print(f"  {_decision(judgement, labels)}")
    scripts = "in all scripts" if settings.transliterate else "within one script"
    screen.print(
        f"{plural(number, 'party')} of several names. Evidence counts from {settings.threshold} on; names are compared "
        f"{scripts}."
    )


def registered(done: Registered, warnings: Sequence[Fault], *, json: bool) -> None:
    """What an import did; warnings go to standard error, each once, with the line of the file where it is known."""
    every = [str(fault) for fault in {fault.message: fault for fault in (*done.warnings, *warnings)}.values()]
    if json:
        emit({**msgspec.to_builtins(done), "warnings": every})
        return
    said = _some("new", done.new) + _some("replaced", done.replaced) + _some("gone", done.gone)
    print(f"{plural(done.entries, 'entry')} in the registry: {said.removesuffix('; ') or 'nothing changed'}.")
    if done.stale:
        hold = "holds" if done.stale == 1 else "hold"
        print(f"{plural(done.stale, 'document')} {hold} one of their names: `onrecord annotate` reads them anew.")
    for warning in every[:WARNINGS]:
        print(f"  {safe(warning)}", file=sys.stderr)
    if len(every) > WARNINGS:
        print(f"  … and {len(every) - WARNINGS:,} warnings more (--json prints them all).", file=sys.stderr)


def _some(what: str, ids: Sequence[str]) -> str:
    """How many entries, and which where something was there before."""
    if not ids:
        return ""
    listed = ", ".join(one_line(each) for each in ids[:LISTED]) + (", …" if len(ids) > LISTED else "")
    return f"{len(ids):,} {what}; " if what == "new" else f"{len(ids):,} {what} ({listed}); "


def matched(pairs: Iterable[tuple[str, str, Score]], *, jsonl: bool) -> None:
    """Scores as they come, a line a pair."""
    if jsonl:
        write = sys.stdout.buffer.write
        for _, _, score in pairs:
            write(msgspec.json.encode({"score": score.value, "reason": score.reason, "features": score.features}))
            write(b"\n")
        sys.stdout.buffer.flush()
        return
    for one, other, score in pairs:
        print(f"{score.value:.2f}  {one_line(one)} · {one_line(other)}  ({one_line(score.reason)})")


def settings(now: Settings, changed: int | None, *, json: bool) -> None:
    """How names are compared."""
    if json:
        emit({"settings": now, "changed": changed})
        return
    scripts = "in all scripts" if now.transliterate else "within one script"
    print(f"Evidence that scores {now.threshold} or more makes names one; they are compared {scripts}.")
    if changed is not None:
        print(f"{plural(changed, 'name')} came to another party.")


def one_line(text: str) -> str:
    """Words of a document on one line, harmless for a terminal."""
    return safe(text.translate(ONE_LINE))


def _spellings(shown: PartyNames, most: int) -> None:
    names = ", ".join(f"{_spelled(each.name)} ({each.documents:,})" for each in shown.spellings[:most])
    rest = len(shown.spellings) - most
    if names:
        console().print(f"  [dim]names[/]  {names}{f' and {rest:,} more' if rest > 0 else ''}")


def _spelled(name: str) -> str:
    """A name as the sources print it; what the eye does not see is shown, and letters that look alike are told."""
    found = mixed(name)
    return escape(writing.shown(name)) + (f" [letters of {' and '.join(found[1])}]" if found else "").replace(
        "[", "\\["
    )


def _links(links: Sequence[Link], labels: Labels) -> None:
    """The evidence, the best first."""
    for link in sorted(links, key=lambda link: (-link.score, link.one, link.other))[:LINKS]:
        names = " = ".join(f"“{escape(labels.get(each, each))}”" for each in (link.one, link.other))
        console().print(f"  [dim]{link.rule}[/]  {link.score:.2f}  {names}: {escape(link.reason)}")

    if len(links) > LINKS:
        console().print(f"  [dim]and {len(links) - LINKS:,} links more (--json shows them all)[/]")


def _decision(each: Judgement, labels: Labels) -> str:
    """A decision on one line."""
    subject = each.subject
    kept = dict(zip(subject.entities, subject.names, strict=False))
    named = " and ".join(
        f"“{escape(labels.get(name) or kept.get(name) or name)}” ({escape(name)})" for name in subject.entities
    )
    words = f"“{escape(subject.evidence.exact[:60])}”" if subject.evidence else named
    where = f" of {escape(subject.document)}" if subject.document else ""
    taken = f", withdrawn {each.withdrawn} by {escape(each.withdrawn_by or '?')}" if each.withdrawn else ""
    note = f": {escape(each.note)}" if each.note else ""
    return (
        f"[dim]{each.id}[/]  [bold]{each.verdict}[/]  {escape(subject.kind)}{where} {words}{_joined(each)}  "
        f"[dim]{each.at} by {escape(each.by)}{taken}[/]{note}"
    )


def _joined(each: Judgement) -> str:
    """Of a decision about two acts, what the later is to the earlier."""
    from onrecord.commitments import LINKS
    from onrecord.resolve import joined

    if each.subject.kind.partition("/")[0] != LINKS:
        return ""
    try:
        link = joined(each)
    except JudgementError:
        return ""
    exact = link.earlier.evidence.exact if link.earlier.evidence else ""
    return f" {link.relation} “{escape(exact[:60])}” of {escape(link.earlier.document or '')}"


def judgements(every: Sequence[Judgement], labels: Labels, *, json: bool) -> None:
    """The ledger."""
    if json:
        emit(every)
        return
    screen = console()
    for each in every:
        screen.print(_decision(each, labels))
    standing = sum(each.withdrawn is None for each in every)
    screen.print(f"{plural(len(every), 'decision')}, {standing:,} of them standing.")


def judged(each: Judgement, labels: Labels, *, json: bool, parties: Sequence[PartyNames] = ()) -> None:
    """A decision that was entered, and the parties that it leaves."""
    if json:
        emit(each)
        return
    console().print(f"Entered: {_decision(each, labels)}")
    for shown in parties:
        console().print(f"Now [bold]{escape(shown.name)}[/]  [dim]{escape(shown.id)}[/]")
        _spellings(shown, SPELLINGS)


def withdrawn(each: Judgement, *, json: bool) -> None:
    """A decision that was taken back."""
    if json:
        emit(each)
    else:
        console().print(f"Withdrawn: {_decision(each, {})}")


def entered(done: Entered, *, json: bool) -> None:
    """What came of reading ledgers."""
    if json:
        emit(done)
    else:
        print(f"{plural(done.new, 'new decision')}, {done.withdrawn:,} withdrawn, {done.known:,} known already.")


def checked(
    orphans: Sequence[Orphan], conflicts: Sequence[Conflict], judgements: Mapping[str, Judgement], *, json: bool
) -> None:
    """Decisions without ground, and contradictions."""
    if json:
        emit({"orphans": orphans, "conflicts": conflicts})
        return
    screen = console()
    for orphan in orphans:
        screen.print(f"orphan: {escape(orphan.reason)}\n  {_decision(judgements[orphan.judgement], {})}")
    for conflict in conflicts:
        screen.print(f"contradiction; this one counts:\n  {_decision(judgements[conflict.counts], {})}")
        for other in conflict.others:
            screen.print(f"  against {_decision(judgements[other], {})}")
    screen.print(f"{plural(len(orphans), 'orphan')}, {plural(len(conflicts), 'contradiction')}.")


def agreement(found: Agreements, *, json: bool) -> None:
    """How far people agree."""
    if json:
        emit(found)
        return
    screen = console()
    for each in found.kinds:
        said = each.reason if each.alpha is None else f"alpha [bold]{each.alpha:.3f}[/]"
        many = (
            f"{plural(each.units, 'unit')}, {plural(each.values, 'value')} of {plural(each.people, 'person', 'people')}"
        )
        screen.print(f"[bold]{escape(each.kind)}[/]  {said}  [dim]{many}; a unit is {each.unit}[/]")
    for pair in found.pairs:
        told = "" if pair.alpha is None else f", alpha {pair.alpha:.3f}"
        screen.print(f"{escape(pair.one)} and {escape(pair.other)}: the same of {pair.alike:,} in {pair.units:,}{told}")
    if not found.kinds:
        screen.print("Nothing has been judged yet.")
