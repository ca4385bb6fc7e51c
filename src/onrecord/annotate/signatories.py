"""Who has signed: the lines under "Signed:" or at the end, lists in one line, in columns, or in the opening.

A name keeps its commas, its "and", its dashes and brackets where it was found as one; numbers, titles, offices and
glosses around it do not belong to it. Where a text counts its signatories and lists them, the two are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from onrecord.annotate.scope import LONGEST, Scope
from onrecord.lexicon import lexicon
from onrecord.model import Notice, Party, PartyRole, Segment, Span
from onrecord.text.spans import trim

_WORD = re.compile(r"[^\W\d_]{2,}")
_MARK = re.compile(
    r"\s*(?:[(\[]?\d{1,4}[.)\]]|[٠-٩]{1,3}\s?[-–—.)]|[-–—•*·▪●○☐+†✝]|\(?[a-zа-яأ-ي]\)|\d{1,4}\s[-–—])?\s*(?:/s/\s*|\(?(?:[Ss]igned|signé|firmado)\)?:?\s+)?"
)
_COLUMNS = re.compile(r"[ \u00a0]{3,}|\t+")
_DESIGNATED = re.compile(r",\s(?:Local|Lodge|Branch|Chapter|District|Section|Ward|Unit|No\.?)\s[\dIVXLC]+\b")
"""The number of a branch, which is a part of its name."""
_GLOSS = re.compile(r"\s*[(\[](?!(?:1[5-9]|20)\d\d[)\]])|\s+[–—-]\s+|[,،;]\s|\t|\n|\s{3,}|\s*:\s")
_FIELDS = re.compile(
    r",\s([^\W\d_][\w’'-]*)(?:\s[^\W\d_][\w’'-]*){0,2}(?:,\s[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*){0,2}){0,3},?"
    r"\s(?:and|et|y|e|и|&)\s[^\W\d_][^,;:()\n]{2,60}\Z",
    re.IGNORECASE,
)
_UNGLOSSED = re.compile(r"\s[(\[–—-]")
_TITLE = re.compile(r"([^\W\d_]{1,12})(\.?)\s+(?=[^\W\d_])")
_AFTER = frozenset(("emer", "em", "hab", "hc", "med", "phil", "ret", "habil"))
"""What stands behind a title and belongs to it."""
_BEFORE = re.compile(r"[^\W_]+")


def find(scope: Scope) -> Iterator[Party]:
    """One for each signing line, each name of a list in one line; an office below a person's name is neither."""
    role: PartyRole = "signatory"
    listed = contact = False
    several = sum(scope.begins(it, "signs_for") is not None for it in scope.of("signature")) > 1
    for segment in scope.segments[scope.body :] or scope.segments:  # a bare list of names has no body
        if segment.kind == "closing":
            role = "witness" if scope.begins(segment, "witnessed") else "signatory"
            listed = scope.text[segment.end - 1] == ":"
            named = scope.within("issuer", segment)
            contact = scope.begins(segment, "contacts") is not None or (
                named is not None and segment.end - named.end < 3
            )
            yield from _in_line(scope, segment, role)
        elif segment.kind == "signature" and not contact:
            standing = list(_standing(scope, segment, several))
            yield from standing or _signing(scope, segment, role, listed)


def _standing(scope: Scope, segment: Segment, several: bool) -> Iterator[Party]:
    """The parties of a line such as "For the Union: Mara Oru" or "In the presence of the Council and the Society"."""
    endorsed, cue = scope.begins(segment, "endorsed"), scope.begins(segment, "signs_for")
    if endorsed:
        role: PartyRole = "witness" if scope.begins(segment, "witnessed") else "signatory"
        if scope.text[endorsed.end : endorsed.end + 2].strip()[:1] == ":":
            for start, end in scope.listed(scope.text.index(":", endorsed.end) + 1, segment.end):
                listed = _signer(scope, *trim(scope.text, start, end))
                if listed.start < listed.end and scope.is_name(listed):
                    yield scope.party(role, listed, f"{role}-line", 0.9)
            return
        for named in scope.row(endorsed.end, segment.end):
            yield scope.party(role, named, f"{role}-line", 0.9)
    elif cue and (below := scope.text.find("\n", segment.start, segment.end)) > 0:
        yield from _signing(scope, Segment(segment.id, "signature", below + 1, segment.end), "signatory", False)
    elif cue:
        colon = scope.text.find(":", cue.end, segment.end)
        if several:
            span = scope.name_after(cue, segment.end)
            if span:
                yield scope.party("signatory", span, "signing-line-for", 0.9)
        elif colon > 0:
            yield from _signing(scope, Segment(segment.id, "signature", colon + 1, segment.end), "signatory", False)


def _signing(scope: Scope, segment: Segment, role: PartyRole, listed: bool) -> Iterator[Party]:
    """The names in a signing line: one, or one a column."""
    line_end = scope.text.find("\n", segment.start, segment.end)
    end = segment.end if line_end < 0 else line_end
    if scope.begins(segment, "signs_for") or scope.text[end - 1] == ":":
        return
    if listed and (row := _row_of_names(scope, segment.start, end)):
        for span in row:
            yield scope.party(role, span, "list-in-a-line", 0.85)
        return
    for start, stop in _columns(scope, segment.start, end):
        span = _signer(scope, start, stop)
        if span.start < span.end and (listed or _may_sign(scope, span)):
            witness = scope.cues.within("witnessed", start, segment.end)
            yield scope.party("witness" if witness else role, span, "signing-line", 0.9)


def _row_of_names(scope: Scope, start: int, end: int) -> list[Span]:
    """The names of a signing line that is a list by commas: three or more, none of them an office."""
    listed = list(scope.listed(start, end))
    if len(listed) < 3:
        return []
    parts = [_signer(scope, *trim(scope.text, low, high)) for low, high in listed]
    words = [_WORD.findall(part.of(scope.text)) for part in parts]
    names = all(
        len(each) > 1 and each[0][0].isupper() and each[0].casefold() not in scope.cues.phrases.offices
        for each in words
    )
    return parts if names else []


def _columns(scope: Scope, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a line that wide gaps part; the gap after a number parts nothing."""
    for match in _COLUMNS.finditer(scope.text, start, end):
        if _WORD.search(scope.text, start, match.start()):
            yield start, match.start()
            start = match.end()
    yield start, end


def _signer(scope: Scope, start: int, end: int) -> Span:
    """The name in a signing line, without its number, gloss and office."""
    mark = _MARK.match(scope.text, start, end)
    start = scope.past_article(mark.end() if mark else start, end)
    labelled = scope.text.find(":", start, end)
    if 0 < labelled < end - 3 and scope.mention_at(start) is None:
        start = scope.past_article(trim(scope.text, labelled + 1, end).start, end)
    start = _past_titles(scope, start, end)
    mention = scope.mention_at(start)
    gloss = next((it for it in _GLOSS.finditer(scope.text, start, end) if not _in_name(scope, it.start(), end)), None)
    last = end if gloss is None else gloss.start()
    named = mention is not None and mention.type == "person" and " " in scope.text[mention.start : mention.end]
    if mention and named and mention.end < last and scope.text[mention.end] in ",( /":
        follows = scope.text[mention.end : mention.end + 2].strip()[:1]
        last = last if follows.isupper() or follows in ("’", "'") else mention.end
    elif mention is None and (person := _titled(scope, start, last)):
        return person
    while last > start and scope.text[last - 1] in ",;.،؛ ":
        last -= 1
    return trim(scope.text, start, last)


def _past_titles(scope: Scope, start: int, end: int) -> int:
    """Where the name begins behind its titles: "Prof. Emer. ", "Dr ", "Rev. "."""
    titles = scope.cues.phrases.honorifics
    while title := _TITLE.match(scope.text, start, end):
        low = title[1].casefold()
        if low in ("saint", "st", "san", "santa") or (low not in titles and not (title[2] and start and low in _AFTER)):
            return start
        start = title.end()
    return start


def _in_name(scope: Scope, at: int, end: int) -> bool:
    """Whether what looks like the beginning of a gloss is a part of the name."""
    over = scope.mention_over(at)
    if over and over.end <= end:
        return True
    if scope.text[at:end].lstrip()[:1] == "(":
        close = scope.text.find(")", at, end)
        return _named_with_bracket(scope, at, end) or scope.text.startswith((") of ", ") for "), close)
    if _DESIGNATED.match(scope.text, at, end):
        return True
    if scope.text[at : at + 1] == ",":
        fields = _FIELDS.match(_UNGLOSSED.split(scope.text[at:end])[0].rstrip(" ;.,")) if end - at < 200 else None
        return fields is not None and fields[1].casefold() not in scope.cues.phrases.offices
    return scope.text[at:end].lstrip()[:1] in tuple("–—-") and _branch(scope, at, end)


def _branch(scope: Scope, at: int, end: int) -> bool:
    """Whether a word behind the dash says that a branch of the body follows: "– General Command"."""
    words = map(str.casefold, _WORD.findall(scope.text[at : min(end, at + 80)])[:3])
    return bool(scope.cues.phrases.after_dash.intersection(words))


def _named_with_bracket(scope: Scope, at: int, end: int) -> bool:
    """Whether the text gives the name with its bracket elsewhere too: "Eel Fishers' Society (Lower Reach)"."""
    close = scope.text.find(")", at, end) + 1
    start = scope.text.rfind("\n", 0, at) + 1
    name = scope.text[start:close].strip(" -–—•*0123456789.")
    return close > 0 and len(name) > 5 and scope.text.count(name) > 1


def _titled(scope: Scope, start: int, end: int) -> Span | None:
    """The person in a line that begins with the title: "Captain Ines Duarte"."""
    inside = [it for it in scope.mentions_in(start, end) if it.type == "person"]
    first = scope.text[start:end].split(" ", 1)[0].rstrip(".").casefold()
    if first in ("saint", "st", "santa", "san", "são"):
        return None
    if first not in scope.cues.phrases.offices and first not in scope.cues.phrases.honorifics:
        return None
    return Span(inside[0].start, end) if len(inside) == 1 and inside[0].end == end else None


def _may_sign(scope: Scope, span: Span) -> bool:
    """Whether a line at the end can be someone's name: found as one, or in form one and no mere office."""
    mention = scope.mention_in(span)
    if mention and mention.start == span.start:
        return True
    words = _WORD.findall(span.of(scope.text))
    if not words or not scope.is_name(span) or len(words) > 9:
        return False
    if words[0].casefold() in scope.cues.phrases.bodies and len(words) > 1:
        return True
    first = words[0].casefold()
    office = first in scope.cues.phrases.offices or first in scope.cues.phrases.staff
    several = len(words) > 1 or len(span.of(scope.text).split()) > 1
    return several and not office and not any(word[0].islower() for word in words if len(word) > 4)


def _in_line(scope: Scope, segment: Segment, role: PartyRole) -> Iterator[Party]:
    """The names of a list that follows its cue in the same paragraph: "Signed: A, B and C"."""
    colon = scope.text.find(":", segment.start, segment.end)
    cue = scope.cues.within("signed", segment.start, colon) if colon > 0 else None
    cue = cue or scope.begins(segment, "endorsed")
    if cue is None or not cue.end <= colon < segment.end - 1 or _WORD.search(scope.text, cue.end, colon):
        return
    for begin, end in scope.listed(colon + 1, segment.end):
        span = _signer(scope, *trim(scope.text, begin, end))
        if span.start < span.end and _WORD.search(span.of(scope.text)):
            yield scope.party(role, span, "list-in-a-line", 0.85)


# -- counts compared with lists ----------------------------------------------------------------------------------------


def miscounted(scope: Scope, parties: list[Party]) -> Iterator[Notice]:
    """A notice where the text counts its signatories and the list has another number of them."""
    signatories = _once(parties)
    if len(signatories) < 2:
        return
    for segment in scope.all:
        if segment.kind in ("signature", "boilerplate"):
            continue
        end = min(segment.end, segment.start + LONGEST)
        for hit in scope.cues.all_within("counts", segment.start, end):
            number, count = _counted(scope, max(segment.start, hit.start - 40), hit.start)
            if count is None or count < 2 or not _of_signing(scope, segment, hit):
                continue
            if count != len(signatories):
                yield _mismatch(scope, Span(number, hit.end), count, signatories)
            return


def _once(parties: list[Party]) -> list[Party]:
    """The signatories, each name once, in the order of the text."""
    named: dict[str, Party] = {}
    for party in parties:
        if party.role == "signatory":
            named.setdefault(party.name.casefold(), party)
    return sorted(named.values(), key=lambda party: party.spans)


def _of_signing(scope: Scope, segment: Segment, hit: Span) -> bool:
    """Whether a count is one of those who sign: words around it speak of signing, or it stands over the list."""
    if "sign" in scope.cues.flat[hit.start : hit.end] or segment.kind in ("closing", "headline"):
        return True
    if segment is next(iter(scope.opening(1)), None) and hit.start - segment.start < 30:
        return True
    low = max(segment.start, hit.start - 120)
    high = min(segment.end, hit.end + 120)
    return any(scope.cues.within(section, low, high) for section in ("signed", "signing"))


def _mismatch(scope: Scope, counted: Span, count: int, signatories: list[Party]) -> Notice:
    listed = Span(signatories[0].spans[0].start, signatories[-1].spans[-1].end)
    return Notice(
        "statements",
        "count-mismatch",
        f"The text speaks of {count} (“{counted.of(scope.text)}”), but {len(signatories)} signatories were "
        "found in its list. Check the list and the count.",
        (counted, listed),
    )


def _counted(scope: Scope, start: int, end: int) -> tuple[int, int | None]:
    """Where a number stands among the last two words before `end`, and the number."""
    words = list(_BEFORE.finditer(scope.text, start, end))[-2:]
    for word in reversed(words):
        count = _count(scope.cues.phrases.tags, word[0])
        if count:
            return word.start(), count
    return end, None


def _count(tags: tuple[str, ...], word: str) -> int | None:
    """A number in figures or words."""
    if word.isdecimal() and len(word) < 5:
        return int(word)
    return _numbers(tags).get(word.lower())


@lru_cache
def _numbers(tags: tuple[str, ...]) -> dict[str, int]:
    """Numbers by their words; where two languages share a word, the first language's."""
    found: dict[str, int] = {}
    for tag in tags:
        for value, words in lexicon(tag)["time"].get("numbers", {}).items():
            for word in words:
                found.setdefault(word, int(value))
    return found
