"""What a cue tells that its source did: "warned" is a warning, "declined to say" a refusal.

The act of a reporting verb stands in `verbs.toml`; what surrounds it may make another of it: the noun of "expressed
concern", the claim that is "rejected", a demand that is "insisted" on.
"""

from __future__ import annotations

from onrecord.annotate.actwords import ActWords
from onrecord.annotate.clauses import Clause
from onrecord.annotate.grammar import Phrase, Verb
from onrecord.annotate.sources import Names, Tokens
from onrecord.model import Act, Attribution, Modality, Slot, SlotRole, SpeechAct
from onrecord.text.spans import Span

HEARER = 9
"""Tokens behind a cue that may name who was told."""
_COMMISSIVE: frozenset[Act] = frozenset(("promise", "threaten", "offer", "refuse"))
_DIRECTIVE: frozenset[Act] = frozenset(("demand", "request", "urge", "invite"))


def act(clause: Clause, attribution: Attribution, words: ActWords | None, names: Names) -> SpeechAct | None:
    """The act of an attribution's cue, which stands in this clause."""
    if attribution.cue is None:
        return None
    cue = Span(attribution.cue.spans[0].start, attribution.cue.spans[-1].end)
    first, stop = clause.at(cue.start), clause.at(cue.end - 1) + 1
    hit = _verb(clause, first, stop)
    done: Act = hit[1].act if hit is not None else "claim"
    at = hit[0] if hit is not None else first
    slots: list[Slot] = []
    negated: Tokens | None = None
    if words is not None:
        done = _adapted(clause, words, attribution, done, first, stop, hit[1] if hit else None)
        negated = next(((n, n + 1) for n in range(first, stop) if clause.low[n] in words.sets["negations"]), None)
        slots += (
            _slot("intensity", clause.span(n, n + 1)) for n in range(first, stop) if clause.low[n] in words.intensity
        )
    source = attribution.source
    entity = source.entity if source is not None else None
    slots += (Slot("performer", (span,), entity) for span in (source.spans if source is not None else ()))
    addressee = None
    hearer = _hearer(clause, attribution, stop, names, done)
    if hearer is not None:
        addressee = _entity(clause, hearer, names)
        slots.append(Slot("addressee", (clause.span(*hearer),), addressee))
    slots.append(Slot("content", attribution.content.spans))
    if negated is not None:
        slots.append(_slot("negation", clause.span(*negated)))
    target = _accused(clause, attribution, stop, names) if done == "accuse" else None
    if target is not None:
        slots.append(Slot("target", (clause.span(*target),), _entity(clause, target, names)))
    spans = [*attribution.content.spans, cue, *(source.spans if source is not None else ())]
    return SpeechAct(
        "",
        min(span.start for span in spans),
        max(span.end for span in spans),
        done,
        cue,
        attribution.id,
        entity,
        addressee,
        _entity(clause, target, names) if target is not None else None,
        negated=negated is not None,
        intensity=next(
            (span.of(clause.text) for slot in slots if slot.role == "intensity" for span in slot.spans), None
        ),
        modality=_modality(clause, words, first, stop, at, hit[1] if hit is not None else None),
        slots=tuple(sorted(slots, key=lambda slot: slot.spans[0])),
        rule="cue",
        confidence=attribution.confidence,
    )


def _slot(role: SlotRole, span: Span) -> Slot:
    return Slot(role, (span,))


def _entity(clause: Clause, tokens: Tokens, names: Names) -> str | None:
    span = clause.span(*tokens)
    found = [it for it in names.between(span.start, span.end) if it.type in ("person", "organization")]
    return found[0].entity if len(found) == 1 else None


def _verb(clause: Clause, first: int, stop: int) -> tuple[int, Verb] | None:
    """The last reporting word of a cue: "has repeatedly said", "declined to say"."""
    words = clause.words
    found: tuple[int, Verb] | None = None
    for at in range(first, min(stop, len(clause))):
        low = clause.low[at]
        held: tuple[tuple[Phrase, Verb], ...] = words.verbs.get(low) or words.according.get(low) or ()
        if not held and words.joined and low[:1] in words.joined:
            held = words.verbs.get(low[1:]) or words.according.get(low[1:]) or ()
        for phrase, verb in held:
            if len(phrase) == 1 or tuple(clause.low[at + 1 : at + len(phrase)]) == phrase[1:] or (
                len(phrase) == 2 and phrase[1] in clause.low[at + 1 : stop]
            ):  # fmt: skip
                found = at, verb
                break
        else:
            if low in words.nouns and found is None:
                found = at, words.nouns[low]
    return found


def _adapted(
    clause: Clause, words: ActWords, attribution: Attribution, done: Act, first: int, stop: int, verb: Verb | None
) -> Act:
    """The act as what stands around its verb makes it."""
    lead = clause.low[first:stop]
    if any(word in _DECLINES for word in lead) and (verb is None or verb.act != "refuse"):
        return "refuse"
    if verb is None:
        return done
    content = clause.text[attribution.content.spans[0].start : attribution.content.spans[0].end].lower().split()
    if verb.lemma in _WITH_NOUN:
        nouns = [words.nouns[word] for word in (*clause.low[stop : stop + 5], *content[:5]) if word in words.nouns]
        return nouns[0] if nouns else done
    if done == "refuse" and not _CLAIMS.isdisjoint(word.strip(",.") for word in content[:6]):
        return "deny"
    if verb.lemma == "insist" and not _LAID.isdisjoint(content[:12]):
        return "demand"
    return done


_DECLINES = frozenset({"declined", "declines", "refused", "refuses", "a refusé", "rechazó", "отказался", "отказалась"})
_WITH_NOUN = frozenset({"express", "voice", "convey", "exprimer", "expresar", "выразить", "أعرب", "عبر"})
_CLAIMS = frozenset(
    [
        "claim",
        "claims",
        "charge",
        "charges",
        "allegation",
        "allegations",
        "accusation",
        "accusations",
        "report",
        "reports",
        "suggestion",
        "figure",
        "figures",
        "story",
        "version",
        "accusation",
        "accusations",
        "allégations",
        "acusación",
        "acusaciones",
        "обвинения",
        "обвинение",
        "اتهامات",
        "الاتهامات",
    ]
)
_LAID = frozenset({"must", "be", "should", "shall"})


def _modality(clause: Clause, words: ActWords | None, first: int, stop: int, at: int, verb: Verb | None) -> Modality:
    """A cue in the past is told as past; one in the present is done as it is told."""
    sets = words.sets if words is not None else {}
    lead = clause.low[first:at]
    if any(word in sets.get("would", ()) for word in lead):
        return "hypothetical"
    if any(word in sets.get("have", ()) or word in sets.get("past_be", ()) for word in lead):
        return "reported"
    if verb is None or verb.shape in ("phrase", "noun"):
        return "performed"
    if clause.words.tag == "en":
        return (
            "reported"
            if verb.shape in ("past", "passive") and not any(w in sets.get("do", ()) for w in lead)
            else "performed"
        )
    return "performed" if _present(clause, words, at) else "reported"


def _present(clause: Clause, words: ActWords | None, at: int) -> bool:
    pattern = words.present if words is not None else None
    return pattern is not None and pattern.search(clause.low[at]) is not None


def _hearer(clause: Clause, attribution: Attribution, stop: int, names: Names, done: Act) -> Tokens | None:
    """Who was told, asked, urged: what stands between the cue and the content, or opens the content of "urged X to"."""
    words = clause.words
    source = attribution.source
    begins = attribution.content.spans[0].start
    if stop >= len(clause) or clause.quote[stop] >= 0 or clause.mark(stop):
        return None
    low = clause.low[stop]
    if low in words.that or low in words.wh or low in words.time_openers - words.determiners or low in words.calendar:
        return None
    if (
        low in words.to
        and clause.words.tag == "en"
        and not (clause.capital(stop + 1) if stop + 1 < len(clause) else False)
    ):
        return None
    at = stop + (low in words.to)
    end = at
    while end < min(len(clause), at + HEARER):
        word = clause.low[end]
        if clause.mark(end) or clause.quote[end] >= 0 or word in words.that or (word in words.to and end > at):
            break
        if word in words.prepositions - words.of or word in words.calendar or word in words.wh:
            break
        end += 1
    if end == at or (
        source is not None and source.spans and clause.starts[at] <= source.spans[0].start < clause.ends[end - 1]
    ):
        return None
    follows = clause.low[end] if end < len(clause) else ""
    if clause.starts[at] >= begins:
        asks = done in _DIRECTIVE and (follows in words.to or follows in words.that)
        return (at, end) if asks else None
    person = (
        bool(names.between(clause.starts[at], clause.ends[end - 1])) or low in words.determiners or low in words.objects
    )
    plural = clause.low[end - 1].endswith("s")
    return (at, end) if person or (plural and end - at < 3) else None


def _accused(clause: Clause, attribution: Attribution, stop: int, names: Names) -> Tokens | None:
    """Who is accused: what stands right behind the cue, up to "of"."""
    words = clause.words
    end = stop
    while end < min(len(clause), stop + HEARER):
        word = clause.low[end]
        if clause.mark(end) or clause.quote[end] >= 0 or (end > stop and word in words.of | words.for_):
            break
        end += 1
    if end == stop or clause.low[stop] in words.that:
        return None
    return stop, end


def says_it_already(outer: SpeechAct, inner: SpeechAct) -> bool:
    """Whether a cue's act is the one that was found in its content: "vowed to stay", “We will pay,” they promised."""
    if inner.start >= outer.cue.start and inner.cue.start < outer.cue.end:
        return True
    if outer.act == inner.act:
        return True
    if outer.act in _COMMISSIVE and inner.act in _COMMISSIVE:
        return True
    return outer.act in _DIRECTIVE | {"deny"} and inner.act in _DIRECTIVE | _COMMISSIVE and inner.rule != "performative"
