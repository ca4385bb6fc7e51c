"""Where a text says that someone says something: the cues of a clause, each with its source.

A cue is a form of a reporting verb with the auxiliaries before it ("has repeatedly said", "did not confirm"), a phrase
like "according to", or a noun with its owner ("Kessan's claim that"). Its source is the phrase on its left or,
inverted, on its right; cues that "and" joins and participles share the source before them.
"""

from __future__ import annotations

from msgspec import Struct

from onrecord.annotate import sources
from onrecord.annotate.clauses import COMMA, SEPARATING, Clause
from onrecord.annotate.grammar import Grammar, Phrase, Verb
from onrecord.annotate.sources import OWNED, Names
from onrecord.text.spans import Span

_WITH_OBJECT = frozenset({"object", "obj-to", "as", "of", "to"})
FAR = 14
"""Tokens that the source of a phrase may have where it goes on to a comma."""
AGENT = 9
"""Tokens behind a passive within which "by" names who speaks."""


class CueAt(Struct, gc=False):
    """A cue's words: tokens `[first, stop)`; `lead` and `tail` are the bounds of cue and source together."""

    verb: Verb
    first: int
    stop: int
    start: int
    lead: int
    tail: int
    source: Span | None = None
    own: bool = False
    """The source stands beside it; else it is shared, implied or unknown."""
    inverted: bool = False
    passive: bool = False
    """What is said of the subject: the source follows "by", or nobody is named."""
    subject: tuple[int, int] | None = None
    """Of a passive cue: the tokens of its subject."""
    agent: int = -1
    """Of a passive cue: the token of its "by"."""
    end: int = 0
    ours: bool = False
    """Who speaks is in the verb, or in what introduced a list: nobody is named beside it."""
    series: bool = False
    """It goes on behind a comma with the subject of a verb before: "condemned the raid, *called* for talks and …"."""
    behalf: Span | None = None
    """In whose name the source speaks, where the cue says so."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def cues(clause: Clause, names: Names) -> list[CueAt]:
    """The cues of a clause in order, with their sources as far as they have one."""
    found: list[CueAt] = []
    opening, joined = clause.words.opening, clause.words.joined
    floor = 0
    if joined:
        places = [n for n, low in enumerate(clause.low) if low in opening or (low[0] in joined and low[1:] in opening)]
    else:
        places = [n for n, low in enumerate(clause.low) if low in opening]
    last = len(clause.low) - 1
    for at in places:
        follow = opening.get(clause.low[at])
        if at < floor or (follow is not None and (at == last or clause.low[at + 1] not in follow)):
            continue
        cue = _cue(clause, at, names, floor)
        if cue is not None and cue.first >= floor:
            found.append(cue)
            floor = cue.stop
    for number, cue in enumerate(found):
        if number and number + 1 < len(found) and _goes_on(clause, found, number, names):
            cue.source, cue.own, cue.inverted, cue.series = None, False, False, True
            cue.lead, cue.tail = cue.first, cue.stop
        if cue.source is None and not cue.passive and not cue.ours:
            _share(clause, cue, found[:number], names)
    for cue in found:
        _behalf(clause, cue, names)
    return [cue for cue in found if _stands(clause, cue)]


def _goes_on(clause: Clause, found: list[CueAt], number: int, names: Names) -> bool:
    """Whether a verb behind a comma is one of a series: a like one stands before, and one behind "and" closes it."""
    cue, words = found[number], clause.words
    if clause.low[cue.first - 1] not in COMMA or words.verb_first or cue.passive or (cue.own and not cue.inverted):
        return False
    if cue.verb.shape not in _FINITE or cue.stop >= len(clause) or not any(_is_alike(it, cue) for it in found[:number]):
        return False
    if clause.mark(cue.stop) or clause.low[cue.stop] in words.by or clause.quote[cue.first - 2] >= 0:
        return False
    if cue.inverted and cue.source is not None and clause.mark(clause.at(cue.source.end - 1) + 1):
        pronoun = clause.low[cue.stop] in words.pronouns and clause.low[cue.stop] not in words.determiners
        if pronoun or names.between(cue.source.start, cue.source.end):
            return False  # "…, said Adler, and …"
    return any(_is_alike(it, cue) and clause.low[it.first - 1] in words.coordinators for it in found[number + 1 :])


_FINITE = ("past", "s", "base")


def _is_alike(one: CueAt, other: CueAt) -> bool:
    return one.verb.shape == other.verb.shape and not one.passive and not one.inverted


def _behalf(clause: Clause, cue: CueAt, names: Names) -> None:
    """ "Said on behalf of the union": right behind the cue, or behind its source."""
    for at in {cue.stop, cue.tail}:
        if at >= len(clause.low) or clause.low[at] not in clause.words.behalf_opening:
            continue
        for phrase in clause.words.behalf:
            stop = at + len(phrase)
            if tuple(clause.low[at:stop]) == phrase:
                found = sources.after(clause, stop, names, apposition=False)
                cue.behalf = clause.span(*found) if found is not None else None


def _cue(clause: Clause, at: int, names: Names, floor: int) -> CueAt | None:
    words = clause.words
    low = clause.low[at]
    if low in words.according and (hit := _match(clause, at, words.according[low])):
        return _phrase(clause, at, *hit, names)
    offset = 0
    hit = _match(clause, at, words.verbs.get(low, ()))
    if hit is None and words.joined and low[0] in words.joined:
        offset = 1
        hit = _match(clause, at, words.verbs.get(low[1:], ()))
        if hit is None and (phrase := _match(clause, at, words.according.get(low[1:], ()))):
            cue = _phrase(clause, at, *phrase, names)
            if cue is not None:
                cue.start += 1
            return cue
    cue = _verb(clause, at, offset, *hit, names, floor) if hit is not None else None
    if cue is None and low in words.nouns and (not at or not clause.capital(at)):
        return _noun(clause, at, words.nouns[low], names)
    return cue


def _match(clause: Clause, at: int, phrases: tuple[tuple[Phrase, Verb], ...]) -> tuple[int, Verb] | None:
    """The longest of the cues that stands at a token: the token behind it, and what it is."""
    words = clause.words
    for phrase, verb in phrases:
        stop = at + len(phrase)
        if len(phrase) == 1 or tuple(clause.low[at + 1 : stop]) == phrase[1:]:
            return stop, verb
        if len(phrase) == 2 and phrase[0] in words.auxiliaries:  # "n’a pas encore confirmé", "a-t-il confirmé"
            ahead = at + 1
            while ahead < min(len(clause), at + 4) and clause.low[ahead] in words.between:
                ahead += 1
            if ahead < len(clause) and clause.low[ahead] == phrase[1]:
                return ahead + 1, verb
    return None


def _phrase(clause: Clause, at: int, stop: int, verb: Verb, names: Names) -> CueAt | None:
    """ "According to X"; "in X’s view" has its source inside."""
    leads = at == 0 or not any(not clause.mark(i) for i in range(at))
    source = sources.after(clause, stop, names, apposition=not leads)
    if source is not None and clause.words.verb_first and leads:  # the phrase goes on to the comma
        comma = next((at for at in range(stop, min(len(clause), stop + FAR)) if clause.low[at] in COMMA), None)
        source = (source[0], comma) if comma is not None else source
    if source is None or not _that_speaks(clause, source, names):
        return None
    return CueAt(
        verb,
        at,
        stop,
        clause.starts[at],
        at,
        source[1],
        clause.span(*source),
        own=True,
        inverted=True,
        end=clause.ends[stop - 1],
    )


def _that_speaks(clause: Clause, source: tuple[int, int], names: Names) -> bool:
    """ "According to the union", not "according to the season"."""
    first, stop = source
    if names.between(clause.starts[first], clause.ends[stop - 1]):
        return True
    return clause.words.measures.isdisjoint(clause.low[first:stop])


def _verb(clause: Clause, at: int, offset: int, stop: int, verb: Verb, names: Names, floor: int) -> CueAt | None:
    words = clause.words
    first = _group(clause, at)
    if _is_catenative(clause, at, stop) or _is_noun(clause, at, first, stop, verb):
        return None
    if verb.lemma in words.reflexive and first > 0 and clause.low[at - 1] in words.self:
        return None
    if verb.shape == "base" and words.tag != "en" and first == at and not words.verb_first:
        return None
    start = clause.starts[first] + (offset if first == at else 0)
    cue = CueAt(verb, first, stop, start, first, stop, end=clause.ends[stop - 1])
    if words.ours_by_form and clause.low[at][offset:].startswith(words.ours_by_form) != verb.lemma.startswith(
        words.ours_by_form
    ):
        cue.ours = True  # "نطالب"
        return cue
    listed = words.verb_first and 0 < first < 4 and clause.low[first - 1] == ":"
    if listed or (words.ours_endings and clause.low[at].endswith(words.ours_endings)):
        cue.ours = True
        return cue
    if verb.shape == "passive":
        cue.passive = True
        return cue
    single = stop - at == 1 or (verb.shape != "ing" and not clause.low[stop - 1].endswith("ing"))
    if verb.shape == "past" and single and any(low in words.be for low in clause.low[first:at]):
        return _passive(clause, cue, names)
    _source(clause, cue, names, floor)
    return cue


def _group(clause: Clause, at: int) -> int:
    """Where the verb group begins: auxiliaries, negation, adverbs and verbs like "declined to" belong to it."""
    words = clause.words
    first = at
    while first > 0:
        low = clause.low[first - 1]
        if low in words.to and words.tag == "en":
            if first < 2 or clause.low[first - 2] not in words.catenatives:
                break
        elif low not in words.auxiliaries or (clause.capital(first - 1) and first > 1 and words.tag == "en"):
            adverb = low.endswith(words.adverb_endings) and len(low) > 4 and not clause.capital(first - 1)
            if not adverb or (first > 1 and clause.low[first - 2] in words.determiners):
                break
        first -= 1
    return first


def _is_catenative(clause: Clause, at: int, stop: int) -> bool:
    """ "declined to say": the first verb belongs to the group of the second."""
    words = clause.words
    if clause.low[at] not in words.catenatives or stop + 1 >= len(clause) or clause.low[stop] not in words.to:
        return False
    return clause.low[stop + 1] in words.verbs


def _is_noun(clause: Clause, at: int, first: int, stop: int, verb: Verb) -> bool:
    """A form that is a noun or an adjective here ("the claims", "the reported attack", "swing states")."""
    words = clause.words
    if not words.noun_makers:
        return first > 0 and clause.low[first - 1] in words.not_after
    before = clause.low[first - 1] if first else ""
    bare = not first or clause.mark(first - 1)
    ambiguous = verb.shape in ("base", "s") and verb.lemma not in words.never_nouns
    if ambiguous and stop < len(clause) and clause.low[stop] in words.finite and stop - at == 1:
        return True
    if first < at and any(low in words.auxiliaries or low in words.to for low in clause.low[first:at]):
        return False
    if before in words.determiners and before not in words.pronouns:
        return True
    if before in words.pronouns and before not in words.determiners:
        return False
    if bare and (stop - at > 1 or (first > 1 and clause.low[first - 1] in COMMA and clause.capital(first - 2))):
        return False
    if bare:
        opens = stop < len(clause) and (clause.low[stop] in words.that or clause.quote[stop] >= 0)
        return ambiguous and not (opens and first > 0 and clause.low[first - 1] in COMMA)
    if not ambiguous:
        return False
    if before in words.noun_makers or before in words.prepositions:
        return True
    if words.tag != "en":
        return False
    if "-" in before and not clause.capital(first - 1):
        return True
    if verb.shape == "base":
        return not (before.endswith(("s", "people", "police", "men", "women")) and not before.endswith((*OWNED, "ss")))
    lone = first > 1 and clause.low[first - 2] in words.prepositions and not clause.capital(first - 1)
    return lone or before.endswith(OWNED)


def _passive(clause: Clause, cue: CueAt, names: Names) -> CueAt | None:
    """ "X was endorsed by Y": Y speaks. "It was reported that …", "X is said to …": nobody is named."""
    words = clause.words
    cue.passive = True
    cue.subject = sources.before(clause, cue.first, names)
    for at in range(cue.stop, min(len(clause), cue.stop + AGENT)):
        if clause.mark(at) and clause.quote[at] < 0:
            break
        if clause.low[at] in words.by:
            source = sources.after(clause, at + 1, names)
            known = clause.low[at + 1] not in words.calendar and clause.low[at + 1] not in words.nobody
            if source is not None and known and clause.low[at + 1][0].isalpha():
                cue.source, cue.own, cue.inverted = clause.span(*source), True, True
                cue.agent, cue.tail = at, source[1]
            break
    return cue


def _noun(clause: Clause, at: int, verb: Verb, names: Names) -> CueAt | None:
    """ "Kessan’s claim that …", "its call for …", "the demand by the union to …"."""
    words = clause.words
    stop = at + 1
    if stop >= len(clause):
        return None
    low = clause.low[stop]
    if low in COMMA and verb.lemma in words.views:
        owner = _owner(clause, at, names)
        if owner is not None and owner[0] > 0 and clause.low[owner[0] - 1] in words.within:
            return CueAt(
                Verb(verb.lemma, "phrase", verb.frames, verb.act),
                at,
                at + 1,
                clause.starts[at],
                owner[0] - 1,
                at + 1,
                clause.span(*owner),
                own=True,
                end=clause.ends[at],
            )
    source: tuple[int, int] | None = None
    if low in words.by or low in words.whence or (low in words.of and low not in words.that):
        source = sources.after(clause, stop + 1, names, apposition=False, subject_only=True)
        if source is None or (low not in words.by and not _opens_clause(clause, source[1])):
            source = None
            if low in words.by:
                return None
        else:
            stop = source[1]
            ahead = clause.low[stop : stop + 2]
            stop += len(ahead) == 2 and ahead[0] in words.of and ahead[1] in words.that
    opens = clause.low[stop] if stop < len(clause) else ""
    if not _opens(words, verb, opens) or (clause.capital(at) and opens not in words.that):
        return None
    if words.tag == "en" and not _opens_more(clause, stop):
        return None
    if source is None:
        source = _owner(clause, at, names)
    if source is None:
        if opens not in words.that or (at and clause.low[at - 1] not in words.determiners):
            return None
        if clause.low[at] not in words.rumours:
            return None
        return CueAt(verb, at, at + 1, clause.starts[at], at, max(stop, at + 1), passive=True, end=clause.ends[at])
    return CueAt(
        verb,
        at,
        at + 1,
        clause.starts[at],
        min(at, source[0]),
        max(stop, at + 1),
        clause.span(*source),
        own=True,
        end=clause.ends[at],
    )


def _opens_more(clause: Clause, at: int) -> bool:
    """Not "letters that reached it", "a claim to the throne": "that" opens a clause, "to" a verb."""
    words = clause.words
    if at + 1 >= len(clause):
        return False
    following = clause.low[at + 1]
    if clause.low[at] in words.that:
        verbal = (
            following in words.finite
            or following.endswith("ed")
            or any(verb.shape in ("past", "s") for _, verb in words.verbs.get(following, ()))
        )
        return not verbal
    if clause.low[at] in words.to:
        return following not in words.determiners and not clause.capital(at + 1)
    return True


def _opens_clause(clause: Clause, at: int) -> bool:
    """ "The claim of the union that …": a clause stands behind the owner."""
    words = clause.words
    ahead = clause.low[at : at + 2]
    if not ahead:
        return False
    infinitive = ahead[0] in words.to and words.tag != "en" and ahead[-1].endswith(words.infinitive_endings)
    return infinitive or ahead[0] in words.that or (ahead[0] in words.of and ahead[-1] in words.that)


def _opens(words: Grammar, verb: Verb, low: str) -> bool:
    """Whether a word opens what a noun or verb of these frames reports."""
    return any(
        frame in verb.frames and low in opening
        for frame, opening in (
            ("that", words.that),
            ("to", words.to),
            ("of", words.of),
            ("for", words.for_),
            ("about", words.about),
            ("on", words.on),
        )
    )


def _owner(clause: Clause, at: int, names: Names) -> tuple[int, int] | None:
    """Whose claim it is: "Kessan’s", "the union’s", "his", with at most two words between."""
    words = clause.words
    for first in range(at - 1, max(-1, at - 4), -1):
        low = clause.low[first]
        if low in words.possessives:
            return first, first + 1
        if low.endswith(OWNED) and words.tag == "en":
            return _possessor(clause, first, names)
        if clause.mark(first) or low in words.stops or low in words.determiners or low in words.prepositions:
            return None
    return None


def _possessor(clause: Clause, last: int, names: Names) -> tuple[int, int]:
    """The name or the noun phrase that ends with token `last`, "’s" and all, and no more of what stands before."""
    name = names.over(clause.starts[last])
    first = clause.at(name.start) if name is not None and name.start >= clause.start else last
    for at in range(first - 1, max(-1, first - 4), -1):
        if clause.low[at] in clause.words.determiners:
            return at, last + 1
        if clause.mark(at) or clause.low[at] in clause.words.links | clause.words.stops:
            break
    return first, last + 1


def _source(clause: Clause, cue: CueAt, names: Names, floor: int) -> None:
    """The phrase on the left; on the right where the verb comes first, or behind what is quoted or said."""
    words = clause.words
    first = cue.first
    asked = next((at for at in range(first + 1, cue.stop - 1) if clause.low[at] in words.pronouns), None)
    if asked is not None and words.tag != "en" and clause.low[asked] not in words.auxiliaries:
        cue.source, cue.own, cue.inverted = clause.span(asked, asked + 1), True, True
        return
    behind = first - 1
    while behind >= 0 and (clause.low[behind] in SEPARATING or clause.low[behind] in ".!?…"):
        behind -= 1
    beside = behind >= 0 and clause.quote[behind] >= 0
    participle = cue.verb.shape == "ing" and first > 0 and clause.low[first - 1] in COMMA
    follows = clause.low[cue.stop] if cue.stop < len(clause) else ""
    further = clause.low[cue.stop + 1] if cue.stop + 1 < len(clause) else ""
    opens = follows in words.that or (follows in words.prepositions and further in words.that)
    ahead = words.verb_first and (opens or (follows[:1] == "ب" and len(follows) > 3))
    if ahead and first > 0 and not clause.mark(first - 1) and clause.low[first - 1] not in words.joiners:
        found = sources.before(clause, first, names, floor)  # the noun may come first: "البلدية أعلنت أن"
        edge = clause.low[found[0] - 1] if found is not None and found[0] else ""
        if found is not None and (not edge or clause.mark(found[0] - 1) or edge in words.that | words.joiners):
            cue.source, cue.own, cue.lead = clause.span(*found), True, found[0]
            return
    if not words.verb_first and not beside and not participle:
        found = sources.before(clause, first, names, floor)
        if found is not None and not (cue.verb.shape == "ing" and _is_adverbial(clause, found[0])):
            cue.source, cue.own = clause.span(*found), True
            cue.lead = min(cue.lead, found[0])
            return
    before = clause.low[first - 1] if first else ""
    set_off = beside or before in SEPARATING or (before in words.as_ and words.tag != "en")
    fronted = words.drops_subject and (first == 0 or clause.mark(first - 1))
    if words.verb_first or ((set_off or fronted) and cue.verb.shape != "ing"):
        takes_object = words.verb_first and not cue.verb.frames.isdisjoint(_WITH_OBJECT)
        found = sources.after(clause, cue.stop, names, subject_only=takes_object)
        if found is not None and (beside or words.verb_first or _is_inverted(clause, found, names, set_off)):
            cue.source, cue.own, cue.inverted = clause.span(*found), True, True
            cue.tail = found[1]


def _is_adverbial(clause: Clause, first: int) -> bool:
    """ "In the same breath praising …": the words before belong to a preposition that opens the sentence."""
    return first == 1 and clause.low[0] in clause.words.prepositions


def _is_inverted(clause: Clause, found: tuple[int, int], names: Names, set_off: bool) -> bool:
    """Behind a clause: what follows the verb is its subject where it ends the clause, or a name or pronoun is it."""
    first, stop = found
    if clause.low[first] in clause.words.pronouns:
        return True
    if not set_off:
        bearer = any(clause.low[at] in clause.words.roles for at in range(first, min(first + 3, stop)))
        return bearer or any(it.type != "place" for it in names.between(clause.starts[first], clause.ends[stop - 1]))
    ends = stop >= len(clause) or clause.mark(stop) or clause.low[stop] in clause.words.prepositions
    that = stop < len(clause) and clause.low[stop] in clause.words.that
    return ends or that or bool(names.between(clause.starts[first], clause.ends[stop - 1]))


def _share(clause: Clause, cue: CueAt, earlier: list[CueAt], names: Names) -> None:
    """The source of the cue before it (", adding that …"; "… and urged …"), or the subject of its sentence."""
    words = clause.words
    before = clause.low[cue.first - 1] if cue.first else ""
    joined = before in words.joiners or before in SEPARATING
    participle = cue.verb.shape == "ing"
    if participle and not cue.first and not earlier:
        cue.source = _subject_behind(clause, cue, names)
        return
    if not (joined or (participle and (before in words.by or before in words.prepositions))):
        return
    previous = next((it for it in reversed(earlier) if it.source is not None and it.verb.shape != "noun"), None)
    if previous is not None and previous.verb.shape != "phrase":
        cue.source = previous.source
    elif participle or before in words.joiners:
        cue.source = _subject(clause, cue, names)


def _subject_behind(clause: Clause, cue: CueAt, names: Names) -> Span | None:
    """ "Saying that he was too old, Piet Hoorn sold his boat": who stands behind the comma."""
    commas = (at for at in range(cue.stop, len(clause)) if clause.low[at] in COMMA)
    comma = next((at for at in commas if not sources.in_name(clause, at, names)), None)
    if comma is None or comma + 1 >= len(clause):
        return None
    name = names.over(clause.starts[comma + 1])
    words = clause.words
    if name is not None:
        verb = clause.at(name.end - 1) + 1
        follows = clause.low[verb] if verb < len(clause) else ""
        verbal = bool(follows) and not clause.mark(verb) and follows not in words.prepositions
        return Span(clause.starts[comma + 1], name.end) if verbal else None
    found = sources.after(clause, comma + 1, names, apposition=False)
    if found is None or clause.low[found[0]] in words.relative or clause.low[found[0]] not in words.pronouns:
        return None
    return clause.span(found[0], found[0] + 1)


def _subject(clause: Clause, cue: CueAt, names: Names) -> Span | None:
    """Who opens the sentence: a name, with its article and role, or a pronoun ("Kessan left early, saying …")."""
    words = clause.words
    first = 0
    if clause.low and clause.low[0] in words.prepositions | words.subordinators:
        first = next((at + 1 for at in range(1, cue.first) if clause.low[at] in COMMA), 0)
    if first >= cue.first or clause.quote[first] >= 0 or clause.low[first] in words.verbs:
        return None
    if clause.low[first] in words.pronouns and clause.low[first] not in words.determiners:
        return clause.span(first, first + 1)
    at = first
    while at < min(cue.first, first + 8):
        name = names.over(clause.starts[at])
        if name is not None and clause.starts[at] - name.start < 4:
            if name.end >= clause.starts[cue.first]:
                return None
            return Span(clause.starts[first], name.end)
        low = clause.low[at]
        of = low in words.of and at > first
        if clause.mark(at) or (low in words.prepositions and not of) or low in words.finite or low in words.stops:
            break
        if low.endswith("ed") and at > first + 1 and words.tag == "en":
            break
        at += 1
    several = clause.low[first].endswith("s") or clause.low[first] in words.numbers
    determined = clause.low[first] in words.determiners or (several and words.tag == "en")
    least = 0 if several else 1
    return clause.span(first, at) if determined and first + least < at < cue.first and at - first < 6 else None


def _reports_speech(cue: CueAt) -> bool:
    """ "I told them that", in a quotation: the speaker reports an earlier saying, does not say it now."""
    return cue.verb.shape == "past" and "quote" in cue.verb.frames


def _stands(clause: Clause, cue: CueAt) -> bool:
    """Verb and speaker agree as far as their form shows it; and no one is credited with their own "I think"."""
    words = clause.words
    if cue.source is None:
        return cue.passive or cue.ours or (words.drops_subject and cue.verb.shape == "past") or words.verb_first
    low = clause.text[cue.source.start : cue.source.end].lower()
    if "document" in cue.verb.frames and words.documents.isdisjoint(low.split()):
        return False
    if low in words.first_person and cue.verb.lemma in words.hedges:
        return False
    if low in words.first_person and clause.level is not None and not _reports_speech(cue):
        return False
    if words.tag != "en" or cue.inverted or not cue.own or cue.passive or cue.verb.shape in ("noun", "phrase"):
        return True
    if any(word in words.auxiliaries for word in clause.low[cue.first : cue.stop - 1]):
        return True
    if cue.verb.shape == "s":
        head = low.split()[0]
        plural = low in words.plural or (head in words.several and low not in words.pronouns)
        return not plural and (
            low in words.pronouns
            or clause.text[cue.source.start].isupper()
            or head in words.determiners
            or "’s" in low
            or "'s" in low
        )
    return cue.verb.shape != "base" or low not in ("he", "she", "it")
