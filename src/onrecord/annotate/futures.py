"""What binds by mood in inflected languages: "paierons", "no aceptaremos", "не допустим", "لن نقبل"; "must".

As in English (`binding`) a future must be that of who speaks; that of others binds nobody, but where it spares them
("aucune famille ne paiera": a promise) or answers a wrong ("toute attaque recevra …": a threat). Under a condition,
what harms is a threat.
"""

from __future__ import annotations

from onrecord.annotate import sources
from onrecord.annotate.clauses import COMMA, Clause
from onrecord.annotate.conditions import condition, phrase_at
from onrecord.annotate.conjugation import Conjugation, Mood, mood, plain
from onrecord.annotate.performing import Doing, Scene
from onrecord.annotate.sources import Tokens
from onrecord.annotate.standing import FORMAL, begins, dependent, heads, speaks, tied, unnamed

AHEAD = 8
"""Tokens behind a verb that are read for what it does to others."""
BACK = 6
"""Tokens before a verb that may belong to its group."""
OBLIGED = 12
"""Tokens between "على" and "أن"."""


def future(clause: Clause, scene: Scene, table: Conjugation, at: int, says: Mood, found: list[Doing]) -> Doing | None:
    """A promise, refusal or threat by the future at a token."""
    if says == "would":
        if scene.kind != "indirect":
            return None
        says = "ours" if clause.low[at].endswith(("mos", "ions")) else "third"
    verb, stop, says = _verb(clause, scene, table, at, says)
    if not says:
        return None
    first, lead, negated = _group(clause, scene, table, at)
    if plain(clause.low[at]) in table.sets["negations"]:
        negated = (at, at + 1)
    if negated and stop < len(clause) and clause.low[stop] in table.sets["negations_behind"]:
        stop += 1
    made = Doing("promise", first, stop, lead, "future", 0.75, negated=negated, shape="ours")
    if says == "ours":
        mine = _ours(clause, table, made, found)
    else:
        made.shape = "third"
        mine = _theirs(clause, scene, table, made, verb, found)
    if mine is None:
        return None
    made.verb = verb
    made.condition = condition(clause, scene.words, made.lead, made.first, len(clause))
    return _weighed(clause, scene, table, made, verb, mine)


def _verb(clause: Clause, scene: Scene, table: Conjugation, at: int, says: Mood) -> tuple[int, int, Mood]:
    """The token of the verb, the one behind the group, and whose future it is."""
    if says in ("ours", "third"):
        return at, at + 1, says
    n = at + 1
    while n < len(clause) and n < at + 4 and _passed(scene, table, clause.low[n]):
        n += 1
    if n >= len(clause) or clause.mark(n):
        return at, at, ""
    if says == "be":
        n += clause.low[n] in table.sets["asks"]  # "vamos a cerrar"
        infinitive = n < len(clause) and table.infinitive is not None and table.infinitive.search(clause.low[n])
        ours = clause.low[at].endswith(_OF_US)
        if n >= len(clause) or bool(infinitive) != (ours or not table.sets["asks"]):
            return at, at, ""  # of itself it is mere future, or something else
        return n, n + 1, "ours" if ours else "third"
    letter = plain(clause.low[n])[:1]
    return n, n + 1, "ours" if letter in ("ن", "أ") else "third" if letter in ("ي", "ت") else ""


def _passed(scene: Scene, table: Conjugation, word: str) -> bool:
    return word in table.sets["adverbs"] or word in scene.words.intensity or word in table.sets["negations_behind"]


def _group(clause: Clause, scene: Scene, table: Conjugation, at: int) -> tuple[int, int, Tokens | None]:
    """The first token of the cue, of the group, and the negation, read leftwards."""
    sets, n, first = table.sets, at, at
    negated: Tokens | None = None
    while n > max(0, at - BACK) and clause.quote[n - 1] < 0:
        word = plain(clause.low[n - 1])
        if word in sets["negations"]:
            negated, first = (n - 1, n), n - 1
        elif (word in sets["ours"] and not (word in sets["clitics"] and n > 1 and clause.low[n - 2] == word)) or not (
            word in sets["clitics"] or word in sets["adverbs"] or word in scene.words.intensity
        ):
            break
        n -= 1
    return first, n, negated


def _ours(clause: Clause, table: Conjugation, made: Doing, found: list[Doing]) -> bool | None:
    """Whether "we" do it here; `None` where another clause holds it."""
    lead = made.lead
    beside = lead > 0 and clause.low[lead - 1] in table.sets["ours"]
    goes_on = bool(found) and found[-1].shape == "ours" and tied(clause, table, lead)
    if beside:
        made.subject, made.lead = (lead - 1, lead), lead - 1
    elif not (table.drops_subject or goes_on) or clause.low[made.stop - 1].endswith(_SHARED):
        return None
    elif not (table.sets["asks"] or made.negated or goes_on or heads(clause, lead) or tied(clause, table, lead)):
        return None  # Russian endings are shared by nouns
    coordinated = tied(clause, table, made.lead) or plain(clause.low[lead])[:1] in table.joined
    if not coordinated and (found or (dependent(clause, table, made.lead) and not begins(clause, table, made.lead))):
        return None
    return True


_OF_US = ("ем", "у", "mos", "ons", "vais", "voy")
"""Endings of what stands before an infinitive where "we" or "I" shall ("будем", "vamos", "allons")."""
_SHARED = ("у", "ю", "усь", "юсь")
"""Endings of a Russian "I shall" that nouns have too: only beside "I"."""


def _theirs(
    clause: Clause, scene: Scene, table: Conjugation, made: Doing, verb: int, found: list[Doing]
) -> bool | None:
    """True where who speaks is the subject, False where nobody is ("aucune famille") or a wrong ("toute attaque")."""
    last = found[-1] if found else None
    goes_on = last is not None and last.shape == "third" and tied(clause, table, made.lead)
    if last is not None and goes_on and scene.genre not in FORMAL:
        made.subject = last.subject
        return True
    if unnamed(clause, scene, table, made.lead):
        return True
    subject = _subject(clause, scene, table, made, verb)
    if subject is None or (dependent(clause, table, subject[0]) and not begins(clause, table, subject[0])):
        return None
    coordinated = tied(clause, table, subject[0])
    if found and not coordinated:
        return None
    word = plain(clause.low[subject[0]])
    wrong = word in table.sets["any"] and _starting(clause, table, "adverse", *subject)
    if not wrong and speaks(clause, scene, table, subject, made.first):
        made.subject, made.lead = subject, min(subject[0], made.lead)
        return True
    if scene.kind == "indirect" or not (wrong or word in table.sets["none"]):
        return None
    made.subject, made.lead = subject, min(subject[0], made.lead)
    return False


def _subject(clause: Clause, scene: Scene, table: Conjugation, made: Doing, verb: int) -> Tokens | None:
    if made.lead > 0:
        opens = next((n for n in range(min(3, made.lead)) if clause.low[n] in table.sets["any"]), None)
        if opens is not None and _starting(clause, table, "adverse", opens, made.lead):
            return opens, made.lead
        subject = sources.before(clause, made.lead, scene.names)
        none = next((n for n in range(max(0, made.lead - 5), made.lead) if clause.low[n] in table.sets["none"]), None)
        if none is not None:
            return none, made.lead
        if subject is not None or not table.verb_first:
            return subject
    if not table.verb_first or verb + 1 >= len(clause) or clause.quote[verb + 1] >= 0:
        return None
    if clause.low[verb + 1] in table.sets["none"]:
        return verb + 1, min(len(clause), verb + 3)
    return sources.after(clause, verb + 1, scene.names, apposition=False, subject_only=True)


def _starting(clause: Clause, table: Conjugation, name: str, first: int, stop: int) -> bool:
    """Whether one of the tokens begins as a list says."""
    if name == "adverse":
        return any(plain(word) in table.sets["adverse"] for word in clause.low[first:stop])
    return any(_stem(table, word).startswith(table.stems[name]) for word in clause.low[first:stop])


def _stem(table: Conjugation, word: str) -> str:
    """An Arabic verb without what is written before it ("وسنرد", "ترد"): the lists hold what is behind its person."""
    word = plain(word)
    if not table.verb_first or len(word) < 3:
        return word
    word = word[1:] if word[0] in table.joined and len(word) > 3 else word
    word = word[1:] if word[0] == "س" and word[1] in "نأيت" else word
    return word[1:] if word[0] in "نأيت" and len(word) > 2 else word


def _weighed(clause: Clause, scene: Scene, table: Conjugation, made: Doing, verb: int, mine: bool) -> Doing | None:
    """What a future does; `None` where it only foretells."""
    words = scene.words
    near = (verb, min(len(clause), verb + 3))
    stem, full = _stem(table, clause.low[verb]), plain(clause.low[verb])
    if mine and (stem.startswith(table.stems["mere"]) or full.startswith(table.stems["mere"])):
        return None
    if not mine:
        none = made.subject is not None and plain(clause.low[made.subject[0]]) in words.sets["none"]
        made.confidence = 0.6
        if not none:
            made.act, made.rule, made.condition = "threaten", "consequence", made.subject
            return made
        if not (_starting(clause, table, "borne", *near) or _starting(clause, table, "harmful", *near)):
            return None
        made.negated = (made.subject[0], made.subject[0] + 1) if made.subject is not None else made.negated
        return made
    if made.negated is not None:
        made.act = "promise" if _starting(clause, table, "harmful", *near) else "refuse"
    elif made.condition is not None and _starting(clause, table, "hostile", verb, min(len(clause), verb + AHEAD)):
        made.act, made.rule = "threaten", "consequence"
    return made


# -- what others must, and imperatives ---------------------------------------------------------------------------------


def bound(clause: Clause, scene: Scene, table: Conjugation, at: int, found: list[Doing]) -> Doing | None:
    """A demand by modal or imperative, or a noun that opens a clause ("Merci à …"), at a token."""
    words, low = scene.words, clause.low[at]
    if low in words.phrases["must"] and (stop := phrase_at(clause, at, words.phrases["must"])):
        return _must(clause, scene, table, at, stop, found)
    if at < 3 and (low in words.imperatives or low in words.openers) and scene.kind != "indirect" and heads(clause, at):
        return _opening(clause, scene, at)
    return _must_that(clause, scene, table, at, found)


def _must(clause: Clause, scene: Scene, table: Conjugation, at: int, stop: int, found: list[Doing]) -> Doing | None:
    """ "Les deux parties doivent partir", "على الوزارة أن تنسحب": laid upon another."""
    if scene.genre == "resolution" or (found and not tied(clause, table, at)):
        return None
    first, lead, negated = _group(clause, scene, table, at)
    if table.verb_first:
        return _must_arabic(clause, scene, table, at, stop)
    while stop < len(clause) and (_passed(scene, table, clause.low[stop]) or clause.low[stop] in table.sets["clitics"]):
        stop += 1
    if stop >= len(clause) or table.infinitive is None or not table.infinitive.search(clause.low[stop]):
        return None
    subject = sources.before(clause, lead, scene.names) if lead else None
    if subject is None or clause.low[subject[0]] in table.sets["ours"] | table.sets["closes"] | clause.words.pronouns:
        return None
    others = clause.low[subject[1] - 1] in table.sets["others"]
    if (
        (not others and scene.is_self(subject, at))
        or dependent(clause, table, lead)
        or _conditioned(clause, scene, subject[0])
    ):
        return None
    return Doing(
        "demand",
        first,
        _cue_end(clause, at, stop),
        subject[0],
        "must",
        0.75,
        heard=None if clause.low[stop] in table.sets["be"] or clause.low[stop].endswith("se") else subject,
        negated=negated,
        shape="ours",
    )


def _cue_end(clause: Clause, at: int, stop: int) -> int:
    return min(stop, at + 2) if stop > at + 1 and clause.low[at + 1] in ("pas", "que", "de") else at + 1


def _conditioned(clause: Clause, scene: Scene, first: int) -> bool:
    """Whether "if" stands between the last comma and a token."""
    for n in range(first - 1, max(-1, first - AHEAD), -1):
        if clause.low[n] in COMMA:
            return False
        if clause.low[n] in scene.words.phrases["strict_if"]:
            return True
    return False


def _must_arabic(clause: Clause, scene: Scene, table: Conjugation, at: int, stop: int) -> Doing | None:
    """ "على X أن", "يجب على X أن"."""
    if clause.low[at] == "على" and not (heads(clause, at) or tied(clause, table, at)):
        return None
    if stop < len(clause) and clause.low[stop] in table.sets["that"]:
        return None  # "يشدد على أن …"
    for n in range(stop + 1, min(len(clause), stop + OBLIGED)):
        if clause.mark(n) or clause.quote[n] >= 0:
            return None
        if clause.low[n] in ("أن", "ألا"):
            if scene.is_self((stop, n), at):
                return None
            negated = (n, n + 1) if clause.low[n] == "ألا" else None
            return Doing("demand", at, stop, at, "must", 0.7, heard=(stop, n), negated=negated, shape="ours")
    if clause.low[at] == "على" or stop + 1 >= len(clause) or clause.mark(stop) or _mine(scene, table, clause, stop, at):
        return None
    return Doing("demand", at, stop, at, "must", 0.6, heard=(stop, stop + 1), shape="ours")


def _mine(scene: Scene, table: Conjugation, clause: Clause, first: int, at: int) -> bool:
    return clause.low[first] not in table.sets["others"] and scene.is_self((first, first + 1), at)


def _must_that(clause: Clause, scene: Scene, table: Conjugation, at: int, found: list[Doing]) -> Doing | None:
    """ "Il faut que …", "يجب أن …"."""
    if scene.genre == "resolution" or found or dependent(clause, table, at):
        return None
    for phrase in table.must_that:
        stop = at + len(phrase)
        if tuple(clause.low[at:stop]) == phrase and stop < len(clause) and clause.low[stop] not in table.sets["ours"]:
            if mood(table.tag, clause.low[stop]) == "ours" or (clause.low[stop][:1] == "ن" and table.verb_first):
                return None
            return Doing("demand", at, stop, at, "must", 0.6, shape="ours")
    return None


def _opening(clause: Clause, scene: Scene, at: int) -> Doing | None:
    """ "Libérez les pêcheurs !", "Merci à tous", "No al peaje"."""
    words = scene.words
    if at + 1 >= len(clause) or scene.genre in FORMAL:
        return None
    if clause.low[at] in words.imperatives and not clause.mark(at + 1):
        return Doing("demand", at, at + 1, at, "imperative", 0.6, shape="ours")
    for phrase, act in words.openers.get(clause.low[at], ()):
        stop = at + len(phrase)
        if tuple(clause.low[at:stop]) == phrase and stop < len(clause) and not clause.mark(stop):
            return Doing(act, at, stop, at, "opener", 0.6, shape="other")
    return None
