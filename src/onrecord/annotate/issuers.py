"""Whose statement it is: the issuer by the surest rule that gives one, and those it is made for or stands beside.

Words that name an issuer come first ("Statement by …", "issued by …"), then the line that enacts ("The Assembly,"),
the speaker of a speech, the letterhead, the body in whose name it is signed, the subject of the opening sentence, and
last who alone has signed. Who only prints, translates or reports it is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from onrecord.annotate import jointly
from onrecord.annotate.genre import enacting_line
from onrecord.annotate.scope import Scope
from onrecord.model import Genre, Party, PartyRole, Segment, Span
from onrecord.text.names import folded
from onrecord.text.spans import trim

OPENING = 3
"""So many paragraphs at the start of the body are read for parties named in a row."""
_OUTLETS: frozenset[Genre] = frozenset(("report", "digest", "interview"))
"""Genres whose letterhead is the outlet's."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_SYMBOL = re.compile(r"[^a-zа-я]*\d[^a-zа-я]*$")
_LABEL = re.compile(r"[\w .'’]{1,30}[:.]\s")
_FIELDS = re.compile(
    r"(?:,\s[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*){0,2}){1,4},?\s(?:and|et|y|e|и|&)\s[^\W\d_][^,;:()\n]{2,60}\Z",
    re.IGNORECASE,
)
"""The rest of a name that lists its fields: ", Industry and Energy"."""
_NUMBERED = re.compile(r",?\s(?:Local|Lodge|Branch|Chapter|District|Section|No\.)\s(?:No\.\s?)?\d{1,5}\b")
"""The number of a branch, which is a part of its name: "…, Local 16"."""
_COMPANY = re.compile(r",\s(?:Inc\.?|Ltd\.?|LLC|plc|Co\.|S\.A\.|GmbH|e\.V\.)(?=\W)")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_OF = re.compile(r"\s(?:of|for|de|du|des|del)\s", re.IGNORECASE)
_ABOUT = re.compile(r" (?:on|about|concerning|regarding|sur|concernant|sobre|о|об|حول|بشأن) ", re.IGNORECASE)
"""Behind the name of a kind of text: what it is about."""
_LINE = re.compile(r"[^\n]+")
_PARTS = re.compile(r"\s[/·|•–—]\s|\s{4,}|\t")
"""What parts the fields of a line: the body, its office, its seat."""
_FOLLOWS = re.compile(r"\s*[,;·|\[(]")
_GLOSS = re.compile(r"\s*[\[(](?!\d)[^\n]*$")
_PERSON = re.compile(r"(?:[^\W\d_][\w.’'-]*\s){1,4}[^\W\d_][\w’'-]+")
_SOURCE = re.compile(r"([^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*){0,5})(?:,\s[^.\n]{2,25})?\.\s")
"""Where a digest has a story from, and of which day: "River Post, 16 May. "."""
_SAYS = 40
"""So near behind its subject the verb of an opening sentence stands."""


class Found(Struct, frozen=True):
    """A name with the rule that took it and how sure it is."""

    span: Span
    rule: str
    confidence: float


def find(scope: Scope, genre: Genre, signers: list[Party]) -> list[Party]:
    """The issuers by the first rule that gives one; `signers` are those who signed."""
    if any(_draft(scope, segment) for segment in (*scope.head(), *scope.opening(1))):
        return []  # a draft is its sponsors'
    for rule in _OUTLET_RULES if genre in _OUTLETS else _RULES:
        found = rule(scope, genre, signers)
        if len(found) > 1 and _all_sign(scope, found, signers):
            return []
        if found:
            return [scope.party("issuer", _whole(scope, it.span), it.rule, it.confidence) for it in found]
    return []


def _all_sign(scope: Scope, found: list[Found], signers: list[Party]) -> bool:
    """Whether those who are named as speaking together are the signatories, who then speak as such."""
    return {folded(it.span.of(scope.text)) for it in found} <= {folded(it.name) for it in signers}


def _whole(scope: Scope, span: Span) -> Span:
    """The name as the letterhead has it, where only its noun was found; with what says the kind of company."""
    span = _fuller(scope, span) or span
    company = _COMPANY.match(scope.text, span.end)
    return Span(span.start, company.end()) if company else span


def beside(scope: Scope, genre: Genre) -> Iterator[Party]:
    """For whom it is made, who took part, who sponsors it, who witnessed it, where head or opening say so."""
    if genre not in _OUTLETS:
        yield from _behalf(scope)
    rows: tuple[tuple[str, PartyRole], ...] = (
        ("undersigned", "signatory"),
        ("attended", "participant"),
        ("sponsored", "sponsor"),
        ("witnessed", "witness"),
    )
    rows = tuple(row for row in rows if scope.cues.holds(row[0]))
    if not rows and not scope.cues.holds("tabled"):
        return
    for segment in (*scope.segments[: scope.body], *scope.opening(OPENING), *scope.of("closing")):
        for section, role in rows:
            if section == "undersigned" and segment.kind != "body":
                continue
            yield from _row(scope, segment, section, role)
        yield from _tabled(scope, segment)


def _row(scope: Scope, segment: Segment, section: str, role: PartyRole) -> Iterator[Party]:
    """Those who are named in a row after a phrase: "We, the undersigned, A, B and C", "attended by A and B"."""
    hit = scope.within(section, segment)
    if hit:
        for span in scope.row(hit.end, segment.end):
            mention = scope.mention_in(span)
            if mention is None or mention.type in ("organization", "person"):
                yield scope.party(role, span, f"{section}-row", 0.9)


def _tabled(scope: Scope, segment: Segment) -> Iterator[Party]:
    """The sponsors before the words that name a draft: "A, B and C: draft resolution"."""
    hit = _draft(scope, segment)
    if hit is None or scope.text[segment.start : hit.start].rstrip()[-1:] != ":":
        return
    colon = scope.text.rindex(":", segment.start, hit.start)
    for start, end in scope.listed(segment.start, colon):
        named = any(it.start == start for it in scope.mentions_in(start, end))  # "El Salvador": no article of ours
        span = trim(scope.text, start if named else scope.past_article(start, end), end)
        if scope.is_name(span):
            yield scope.party("sponsor", span, "tabled-by", 0.9)


def _draft(scope: Scope, segment: Segment) -> Span | None:
    """The words that name a draft, near the beginning or, behind however many sponsors, at the last colon."""
    if not scope.cues.holds("tabled"):
        return None
    if (hit := scope.within("tabled", segment)) is not None:
        return hit
    colon = scope.text.rfind(":", segment.start, segment.end)
    return None if colon < 0 else scope.cues.within("tabled", colon, segment.end)


def interviewed(scope: Scope) -> Iterator[Party]:
    """Who speaks in an interview: the names that stand before what is said, each once in full, and its byline."""
    people = [it for it in scope.mentions if it.type == "person"]
    for segment in (*scope.of("byline"), *scope.of("headline")[:1], *scope.of("body")):
        for person in people:
            after = scope.text[person.end : person.end + 2].strip()[:1]
            spoken = person.start == segment.start and after == ":"
            if (
                " " in scope.text[person.start : person.end]
                and person.end <= segment.end
                and (spoken or (segment.kind == "byline" and segment.start <= person.start))
            ):
                yield scope.party("participant", Span(person.start, person.end), "interview", 0.8)


def _behalf(scope: Scope) -> Iterator[Party]:
    for segment in (*scope.head(), *scope.opening(1)):
        hit = scope.within("behalf", segment) if segment.kind != "boilerplate" else None
        span = scope.name_after(hit, segment.end) if hit else None
        if span:
            yield scope.party("on-behalf-of", span, "behalf-phrase", 0.9)
            return


# -- the rules, surest first -------------------------------------------------------------------------------------------


def _named(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The name after the first phrase that gives one, in the head, the opening of the body, or the closing."""
    opening = scope.opening(1)
    for segment in (*scope.head(), *opening, *scope.of("closing", "signature")):
        if segment.kind in ("boilerplate", "preface"):
            continue
        hit = scope.within("issuer", segment)
        span = scope.name_after(hit, segment.end) if hit and not _mere_genre(scope, hit, segment.end) else None
        if hit and (several := jointly.row(scope, hit.end, segment.end)):
            return [Found(one, "issuer-phrase", 0.9) for one in several]
        if hit and span and not _a_genre(scope, span) and _credible(scope, hit, span):
            return [Found(span, "issuer-phrase", 0.95)]
    return _sent_by(scope) or _below_phrase(scope)


def _sent_by(scope: Scope) -> list[Found]:
    """The name in a line of the head that begins with "From": past the office, the body."""
    for segment in scope.of("headline", "letterhead", "address"):
        for line in _LINE.finditer(scope.text, segment.start, segment.end):
            hit = scope.cues.begins(*line.span()).get("sent_by")
            if hit is None:
                continue
            bodies = [it for it in scope.mentions_in(hit.end, line.end()) if it.type == "organization"]
            span = scope.name_after(Span(hit.start, hit.end + (scope.text[hit.end] == ":")), line.end())
            if bodies and ":" in scope.text[hit.end : hit.end + 1]:
                span = Span(bodies[-1].start, bodies[-1].end)
            if span:
                return [Found(span, "issuer-phrase", 0.9)]
    return []


def _below_phrase(scope: Scope) -> list[Found]:
    """The first line below a closing line that is no more than "Issued by:"."""
    for number, segment in enumerate(scope.segments[:-1]):
        hit = scope.within("issuer", segment) if segment.kind == "closing" else None
        if hit and segment.end - hit.end < 3:
            below = scope.segments[number + 1]
            line = _LINE.match(scope.text, below.start, below.end)
            if line and scope.is_name(Span(*line.span())):
                return [Found(Span(*line.span()), "issuer-phrase", 0.9)]
    return []


def _credible(scope: Scope, hit: Span, span: Span) -> bool:
    """Whether a name is one: after "by" it is; after "of", or a bare noun, it may be what the text is about."""
    if scope.cues.flat[hit.start : hit.end].split()[-1] in scope.cues.phrases.agents:
        return True
    words = _WORD.findall(span.of(scope.text).casefold())
    return (
        _bodylike(scope, span) or scope.mention_at(span.start) is not None or words[:1][0] in scope.cues.phrases.offices
    )


def _mere_genre(scope: Scope, hit: Span, end: int) -> bool:
    """Whether the phrase only begins the name of a kind of text: "communiqué de presse"."""
    return any(
        hit.end < longer.end
        for longer in scope.cues.all_within("statement", hit.start, end)[:3]
        if longer.start == hit.start
    )


def _a_genre(scope: Scope, span: Span) -> bool:
    kind = scope.cues.within("statement", *span)
    return kind is not None and kind.start == span.start and scope.mention_at(span.start) is None


def _read_by(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The person behind "read by", "delivered by", past the office."""
    for segment in (*scope.head(), *scope.opening(1)):
        hit = scope.within("read_by", segment)
        people = (
            (it for it in scope.mentions_in(hit.end, min(segment.end, hit.end + 80)) if it.type == "person")
            if hit
            else ()
        )
        for person in people:
            return [Found(Span(person.start, person.end), "read-by", 0.85)]
    return []


def _editors(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The outlet whose editors sign, where the text names it."""
    publisher = scope.document.capture.publisher or scope.document.publisher
    staff = scope.cues.phrases.staff
    signed = any(it.split()[-1].casefold() in staff for it in (_span(s).of(scope.text) for s in scope.of("signature")))
    if not publisher or not signed:
        return []
    named = (it for it in scope.mentions if folded(scope.text[it.start : it.end]) == folded(publisher))
    return [Found(Span(it.start, it.end), "editors-sign", 0.75) for it in named][:1]


def _enacting(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    span = enacting_line(scope.text, scope.cues, tuple(scope.segments[max(0, scope.body - 2) : scope.body + 2]))
    if span is None:
        return []
    comma = scope.text.find(",", *span)
    span = trim(scope.text, span.start, comma if comma > 0 else span.end)
    return [Found(span, "enacting-line", 0.95)]


def _fuller(scope: Scope, span: Span) -> Span | None:
    """The letterhead's name, or the one line of the head, where only its noun was found: "The Assembly,"."""
    short = _bare(span.of(scope.text))
    if len(short) != 1:
        return None
    lines: list[Span | None] = [*_letterhead_names(scope)]
    lines = lines or [_body_named(scope, _span(it)) for it in scope.of("headline")[:1]]
    for line in lines:
        words = _bare(line.of(scope.text)) if line else []
        if line and len(words) > 1 and short[0] in words:
            return line
    return None


def _bare(name: str) -> list[str]:
    """The words of a name in small letters, the Arabic ones without their article."""
    return [word.removeprefix("ال") for word in name.casefold().split()]


def _speaker(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """Who speaks a speech, by its byline."""
    if genre != "speech":
        return []
    for segment in scope.of("byline"):
        cue = scope.begins(segment, "byline")
        if cue and scope.begins(segment, "recorded") is None:
            span = scope.name_after(cue, segment.end)
            mention = scope.mention_at(span.start) if span else None
            if span:
                return [Found(Span(mention.start, mention.end) if mention else span, "byline", 0.9)]
    return []


def _letterhead(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The name in the letterhead."""
    lines = list(_letterhead_names(scope))
    if not lines:
        return []
    if any(_bodylike(scope, it.spans[0]) for it in signers):
        lines = [it for it in lines if not _an_outlet(scope, it)]
        if not lines:
            return []
    lines = [it for it in lines if not _a_state(scope, it)] or lines
    best = next((it for it in lines if _bodylike(scope, it) or _named_by_form(scope, it)), lines[0])
    return [Found(best, "letterhead", 0.85)]


def _an_outlet(scope: Scope, span: Span) -> bool:
    """Whether a line is the masthead of a paper or wire, which carries what others sign."""
    return bool(scope.cues.phrases.outlets.intersection(span.of(scope.text).casefold().split()))


def _a_state(scope: Scope, span: Span) -> bool:
    """Whether a line names the state or assembly above a body: "Republic of …"."""
    return span.of(scope.text).split(" ", 1)[0].casefold() in scope.cues.phrases.states


def _named_by_form(scope: Scope, span: Span) -> bool:
    """Words with capitals that "of" and the like join: "UNITED TANNERS AND DYERS OF OSK"."""
    name = span.of(scope.text)
    words = _WORD.findall(name)
    return len(words) > 2 and _OF.search(name) is not None and not any(w[0].islower() for w in words if len(w) > 3)


def _span(segment: Segment) -> Span:
    return Span(segment.start, segment.end)


def _letterhead_names(scope: Scope) -> Iterator[Span]:
    """The parts of a letterhead's lines that can be names: words, no reference number, no "Distr.: General"."""
    for segment in scope.head():
        if segment.kind == "letterhead":
            for line in _LINE.finditer(scope.text, segment.start, segment.end):
                for part in _fields(scope, *line.span()):
                    span = _body_named(scope, part)
                    if span:
                        yield span


def _fields(scope: Scope, start: int, end: int) -> Iterator[Span]:
    """The fields of a line; a dash inside a name parts nothing."""
    for match in _PARTS.finditer(scope.text, start, end):
        if scope.mention_over(match.start()) is None and not _after_dash(scope, match):
            yield Span(start, match.start())
            start = match.end()
    yield Span(start, end)


def _after_dash(scope: Scope, match: re.Match[str]) -> bool:
    """Whether a spaced dash joins the parts of one name: "Front for X – General Command"."""
    word = _WORD.match(scope.text, match.end())
    return match[0].strip() in ("–", "—") and word is not None and word[0].casefold() in scope.cues.phrases.after_dash


def _body_named(scope: Scope, field: Span) -> Span | None:
    """The name in a field of a letterhead, without its ornaments and without what follows the name of a body."""
    line = field.of(scope.text)
    if _YEAR.search(line) and len(line) < 30 and not _bodylike(scope, field):
        return None
    bare = line.strip(" \t:*=_-–—•#|~+,;")
    if bare[:1].isdecimal() or not _WORD.search(bare) or _SYMBOL.match(bare) or _LABEL.match(bare) or len(bare) >= 120:
        return None
    start = field.start + line.index(bare)
    end = start + len(bare)
    start = scope.past_article(start, end)
    kind = scope.cues.within("statement", start, end) or scope.cues.within("resolution", start, end)
    mention = scope.mention_at(start)
    if kind and mention is None and _ABOUT.match(scope.text, kind.end):  # "Open Statement on the Closing of the Clinic"
        return None
    if kind and kind.start - start < 3 and mention is None:
        return None
    numbered = _NUMBERED.search(scope.text, start, end)
    if numbered:
        return Span(start, numbered.end())
    cut = mention and mention.end <= end and _FOLLOWS.match(scope.text, mention.end, end)
    if mention and cut and not _FIELDS.match(scope.text[mention.end : end]):
        return Span(mention.start, mention.end)
    gloss = _GLOSS.search(scope.text, start, end)
    return trim(scope.text, start, gloss.start() if gloss and gloss.start() > start else end)


def _bodylike(scope: Scope, span: Span) -> bool:
    """Whether a line names a body: a noun says so, or the name was found as one."""
    words = map(str.casefold, _WORD.findall(span.of(scope.text)))
    mention = scope.mention_in(span)
    return bool(scope.cues.phrases.bodies.intersection(words)) or (
        mention is not None and mention.type == "organization"
    )


def _signed_for(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The body in whose name a closing line signs: "For the Harbour Union"; of an agreement each party signs so."""
    if genre == "agreement" or len(scope.of("signature")) > 3:
        return []
    for segment in scope.of("closing", "signature"):
        cue = scope.begins(segment, "signs_for") or scope.within("behalf", segment)
        span = scope.name_after(cue, segment.end) if cue else None
        if span:
            return [Found(span, "signed-for", 0.85)]
    return []


def _in_block(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The one body in a closing block in which one person signs."""
    bodies = [it for it in signers if it.rule == "signing-line" and _bodylike(scope, it.spans[0])]
    bodies = [it for it in bodies if not scope.cues.phrases.departments.intersection(it.name.casefold().split())]
    if genre == "agreement" or len(bodies) != 1 or len(signers) != 2:
        return []
    return [Found(bodies[0].spans[0], "body-over-the-signature", 0.8)]


def _office(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The body whose officer alone signs: "Mara Oru, chair of the Harbour Union"."""
    signatures = scope.of("signature")
    if len(signatures) != 1 or len(signers) > 1 or genre == "agreement":
        return []
    fields = re.split(r",\s", scope.text[signatures[0].start : signatures[0].end])
    if len(fields) == 3 and fields[1].split()[-1].casefold() in scope.cues.phrases.offices:
        body = Span(signatures[0].end - len(fields[2]), signatures[0].end)
        if _bodylike(scope, body) or _named_by_form(scope, body):
            return [Found(body, "office-of-the-signer", 0.75)]
    bodies = [it for it in scope.mentions_in(*_span(signatures[0])) if it.type == "organization"]
    people = [it for it in scope.mentions_in(*_span(signatures[0])) if it.type == "person"]
    if len(bodies) == 1 and (people or signatures[0].start < bodies[0].start):
        return [Found(Span(bodies[0].start, bodies[0].end), "office-of-the-signer", 0.75)]
    return []


def _headed(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The name that a headline begins with before its colon: "Harbour Union: no ship will be unloaded"."""
    for segment in scope.of("headline")[:1]:
        colon = scope.text.find(":", segment.start, segment.end)
        mention = scope.mention_at(segment.start)
        if mention and mention.type == "organization" and mention.end == colon:
            return [Found(Span(mention.start, mention.end), "headline", 0.75)]
    return []


def _together(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """Those whom the opening names before the text: "The Union and the Council issued the following statement:"."""
    several = jointly.subjects(scope, "speaking")
    return [Found(one, "opening-subject", 0.8) for one in several]


def _subject(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The subject of the opening sentence, where a verb of declaring follows: "The Harbour Union condemns …"."""
    if several := jointly.subjects(scope, "declare"):
        return [Found(one, "opening-subject", 0.7) for one in several]
    for segment in scope.opening(1):
        mention = scope.mention_at(segment.start)
        if mention and mention.type in ("organization", "person"):
            declares = scope.cues.within("declares", mention.end, min(segment.end, mention.end + _SAYS))
            if declares:
                return [Found(Span(mention.start, mention.end), "opening-subject", 0.75)]
    return []


def _alone(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """Who alone has signed."""
    if len(signers) == 1 and genre != "agreement" and signers[0].rule == "signing-line":
        return [Found(signers[0].spans[0], "sole-signer", 0.7)]
    return []


def _masthead(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The outlet, by its masthead."""
    lines = [it for it in _letterhead_names(scope) if _bodylike(scope, it)]
    return [Found(lines[0], "masthead", 0.8)] if lines else []


def _staff(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The outlet, by its byline: "Basin News Agency staff", "By Iris Colm, Northern Straits Press Service"."""
    for segment in scope.of("byline"):
        if scope.within("translated", segment):
            continue
        for mention in scope.mentions_in(*_span(segment)):
            if mention.type == "organization":
                return [Found(Span(mention.start, mention.end), "byline", 0.75)]
        publisher = scope.document.capture.publisher or scope.document.publisher
        at = scope.text.find(publisher, segment.start, segment.end) if publisher else -1
        if publisher and at >= 0:
            return [Found(Span(at, at + len(publisher)), "byline", 0.75)]
    return []


def _source_line(scope: Scope, genre: Genre, signers: list[Party]) -> list[Found]:
    """The outlet at the head of a digest's item: "River Post, 16 May. …"."""
    for segment in scope.opening(1):
        match = _SOURCE.match(scope.text, segment.start, segment.end)
        if match and scope.is_name(Span(*match.span(1))):
            return [Found(Span(*match.span(1)), "source-line", 0.75)]
    return []


Rule = Callable[[Scope, Genre, "list[Party]"], "list[Found]"]
_RULES: tuple[Rule, ...] = (
    _speaker, _named, _read_by, _enacting, _together, _letterhead, _signed_for, _in_block, _office, _headed, _subject,
    _editors, _alone,
)  # fmt: skip
_OUTLET_RULES: tuple[Rule, ...] = (_masthead, _staff, _source_line)
