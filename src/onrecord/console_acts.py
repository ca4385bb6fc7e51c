"""How the commitments ledger looks: lines for people, JSON or CSV for machines; what was left out is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, get_args

from onrecord.console import console, emit, emit_csv, escape, plural
from onrecord.model import Act

if TYPE_CHECKING:
    from onrecord.commitments import ActDone, ActLink, Acts, Relation
    from onrecord.figures import Figure, Figures

WIDE = 160
"""Code points of an act's words that a line shows."""
REACHED = {"own": "in its own words", "direct": "in direct speech", "reported": "as reported"}
MODALITY = {"past": "told as done before", "hypothetical": "only thought of"}
DONE: dict[Relation, str] = {
    "repeats": "repeated",
    "softens": "softened",
    "hardens": "hardened",
    "withdraws": "withdrawn",
    "answers": "answered",
}
"""What an earlier act is to a later one."""
PLAIN_REFUSAL = ("refuse", "future")
"""A refusal by "will not": its negation makes it a refusal, and needs no mark."""
ALSO = 3
"""Addresses of reprints that a line shows."""
LEFT_OUT = {
    "over_border": "left out: their date may lie in the period, or may not",
    "outside": "left out: outside the period",
    "unnamed": "left out: it is not known who does them",
    "hypothetical": "left out: only thought of (--hypothetical)",
    "reprinted": "printed again elsewhere: shown once, with the other addresses (also in …)",
}
"""What was read and is not shown, by the field of ActsCounted."""


def acts(found: Acts, *, limit: int, links: bool, json: bool, csv: bool) -> None:
    """Acts by date, the undated last; below each what it is to earlier ones, and what unlisted later ones are to it."""
    if json:
        emit(found)
        return
    if csv:
        _csv(found, links)
        return
    screen = console()
    below = found.links_of()
    for act in found.acts[:limit]:
        for line in act_lines(act):
            screen.print(line)
        for link in below.get(act.key, ()):
            screen.print(f"    {link_line(link, act)}")
    for line in closing(found, limit, links):
        print(line)


def _csv(found: Acts, links: bool) -> None:
    from onrecord.export.act_tables import ACTS, LINKS, act_rows, link_rows

    emit_csv(*((LINKS, link_rows(found.links)) if links else (ACTS, act_rows(found.acts))))


def act_lines(act: ActDone) -> Iterator[str]:
    """An act: when, who, what is done, to whom; then its words; then its slots and how it reached us."""
    denied = " (negated)" if act.negated and (act.act, act.rule) != PLAIN_REFUSAL else ""
    whom = f" → {escape(short(act.addressee))}" if act.addressee else ""
    coded = f"  [dim]{act.plover}{f'/{escape(act.mode)}' if act.mode else ''}[/]" if act.plover else ""
    yield f"{when(act)}  [bold]{act.act}[/]{denied}  {escape(short(party(act)))}{whom}{coded}"
    yield f"    “{escape(short(act.words))}”"
    slots = {"deadline": act.deadline, "condition": act.condition, "intensity": act.intensity}
    told = [f"{name}: {escape(short(words))}" for name, words in slots.items() if words]
    told += [MODALITY[act.modality]] if act.modality in MODALITY else []
    if told:
        yield f"    {'; '.join(told)}"
    way = f", through {' > '.join(escape(short(name)) for name in act.through)}" if act.through else ""
    yield f"    [dim]{REACHED[act.reached]}{way}  {act.address}[/]"
    yield from also(act)


def when(row: ActDone | Figure) -> str:
    """The date of an act or a count, and which date that is."""
    return f"{row.date} ({row.dated}{', reported' if row.retold else ''})" if row.date else "undated"


def also(row: ActDone | Figure) -> Iterator[str]:
    """Where else the same words are printed."""
    if row.also:
        more = len(row.also) - ALSO
        yield f"    [dim]also in {'; '.join(row.also[:ALSO])}{f' and {more} more' if more > 0 else ''}[/]"


def party(act: ActDone) -> str:
    """Who does an act, and who speaks for them."""
    name = act.name or "unknown"
    return f"{act.spokesperson} for {name}" if act.spokesperson else name


def link_line(link: ActLink, shown: ActDone) -> str:
    """What an act is to an earlier one, or a later one to it, with the other's words and address, and why."""
    backward = link.later.key == shown.key
    other = link.earlier if backward else link.later
    whose = party(other) if link.relation == "answers" else ""
    by = f" {'' if backward else 'by '}{escape(short(whose))}" if whose else ""
    judged = f", judged {link.judged}" if link.judged else ""
    return (
        f"[bold]{link.relation if backward else DONE[link.relation]}[/]{by}: {other.date or 'undated'} {other.act} "
        f"“{escape(short(other.words))}”  "
        f"[dim]{link.score.value:.2f}{judged}: {escape(link.score.reason)}  {other.address}[/]"
    )


def tally(
    found: Acts | Figures, noun: str, total: int, limit: int, left_out: Mapping[str, str], more: str = ""
) -> Iterator[str]:
    """How many were found in how many documents, how they are dated, and what is not shown."""
    counted = found.counted
    shown = f", {limit:,} of them shown (--limit, or --csv for all)" if total > limit else ""
    period = f" in {found.period.value}" if found.period else ""
    yield f"{plural(total, noun)}{period}{shown}; {plural(counted.documents, 'document')} read{more}."
    if counted.published:
        yield f"  {plural(counted.published, noun)} dated by publication: the text bears no other date."
    if counted.undated:
        yield f"  {plural(counted.undated, noun)} undated: {'left out' if found.period else 'last'}."
    for name, words in left_out.items():
        if number := getattr(counted, name):
            yield f"  {plural(number, noun)} {words}."


def short(words: str) -> str:
    return words if len(words) <= WIDE else f"{words[: WIDE - 1]}…"


def closing(found: Acts, limit: int, links: bool) -> Iterator[str]:
    """What was counted, and what is left out."""
    kinds = "of every kind" if len(found.kinds) == len(get_args(Act)) else ", ".join(found.kinds)
    yield from tally(found, "act", len(found.acts), limit, LEFT_OUT, f"; acts: {kinds}")
    if links:
        judged = sum(link.judged is not None for link in found.links)
        yield (
            f"{plural(len(found.links), 'link')}, {judged:,} of them judged; the others are proposed by rule, for a "
            "person to judge (`onrecord ledger link`)."
        )
