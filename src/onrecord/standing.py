"""What stands of documents, put into the query tables: the machine's facts with people's judgements laid over.

The tables note which judgements were laid over a document. Where these are not all that stand (one is new, one was
withdrawn, another version of a file came or went, the document was annotated anew), they are laid over again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from onrecord import export, resolve, store
from onrecord.errors import JudgementError
from onrecord.executors import batched
from onrecord.judging import Ledger
from onrecord.model import Annotations, Judgement, Record, Verdict

BATCH = 64
"""Documents whose rows share a transaction."""
SAID: dict[Verdict, store.State] = {"correct": "right", "wrong": "wrong", "replace": "corrected", "unsure": "unsure"}
"""What is said of the machine's fact by the verdict that counts."""


def lay(view: store.View, writer: store.Writer, ledger: Ledger, names: Iterable[str]) -> int:
    """Have the rows of these documents say what stands; returns of how many."""
    return sum(writer.lay(laid_over(view, ledger, batch)) for batch in batched(names, BATCH))


def behind(view: store.View, ledger: Ledger) -> list[str]:
    """Documents over which other judgements are laid than those that stand. `ledger` is the whole one."""
    laid = store.laid(view)
    wanted = {name: ids for name, judged in ledger.about.items() if (ids := standing_ids(judged))}
    return [name for name in sorted(wanted.keys() | laid.keys()) if wanted.get(name) != laid.get(name)]


def laid_over(view: store.View, ledger: Ledger, names: Sequence[str]) -> Iterator[tuple[str, store.Laid]]:
    """What stands of those of these documents that are here."""
    here = view.listed(names)
    for document, facts in view.annotated(name for name in names if name in here):
        yield document.id, standing(export.record(document, facts), facts, ledger.about.get(document.id, ()))


def standing(record: Record, facts: Annotations, judgements: Sequence[Judgement]) -> store.Laid:
    """What stands of one document. `record` is as the machine found it, `judgements` are about it alone."""
    applied = resolve.apply(record, judgements)
    now = {name: getattr(applied.record, name) for name in facts.__struct_fields__}
    now["notices"] = applied.record.notices[len(record.notices) - len(facts.notices) :]
    return store.Laid(Annotations(**now), standing_ids(judgements), len(applied.applied), states(record, judgements))


def standing_ids(judgements: Iterable[Judgement]) -> tuple[str, ...]:
    return tuple(each.id for each in resolve.standing(judgements))


def states(record: Record, judgements: Iterable[Judgement]) -> dict[tuple[str, int], store.State]:
    """What people said of the machine's facts: what the last of them said, or that they do not agree."""
    about: dict[tuple[str, int], list[Judgement]] = {}
    for each in resolve.standing(judgements):
        if each.verdict not in SAID:  # it adds a fact
            continue
        try:
            at = resolve.stands_at(record, each.subject)
        except JudgementError:  # an orphan, or not about a fact
            continue
        about.setdefault((each.subject.kind.partition("/")[0], at), []).append(each)
    return {fact: state_of(said) for fact, said in about.items()}


def state_of(said: Sequence[Judgement]) -> store.State:
    """What judgements of one fact, the earliest first, come to; of one person the last counts."""
    last = {each.by: (each.verdict, bytes(each.value or b"")) for each in said}
    return SAID[said[-1].verdict] if len(set(last.values())) == 1 else "disputed"
