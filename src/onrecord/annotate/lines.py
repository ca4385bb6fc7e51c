"""What a line or paragraph shows of itself, whatever stands around it.

A line is told by its cue phrases (`lexicon/*/frame.toml`), by dates in it, by what the format marks, and by its form.
Nothing here knows where in a text the line stands; that is for `segments`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

from onrecord.annotate.cues import Cues
from onrecord.annotate.times import Expression
from onrecord.lexicon import languages, lexicon
from onrecord.model import Document, Genre, Segment, Span

SENTENCE = 45
"""A line that ends with a stop and is longer is a sentence of running text."""
SHORT = 120
"""A signature, a name, a dateline is no longer."""
LONG = 400
"""A paragraph that is longer is running text, however it ends."""
ADDRESS = 200
"""A vocative line is no longer."""
_NAMED: tuple[Genre, ...] = (
    "statement", "resolution", "agreement", "translation", "speech", "interview", "digest",
)  # fmt: skip
"""Genres that a headline calls by their names."""
_FINAL = ".!?…؟۔。！？।;؛,،:"
_CLOSERS = "”\"»’' "
_NUMBERED = re.compile(
    r"(?:[(\[]?\d{1,3}[.)\]](?!\d)|\d{1,2}\s?[°º]|§+\s?\d{1,3}|\d{1,3}\s?[-–—](?!\d))\s*\S|[٠-٩]{1,3}\s?[-–—.)](?!\d)\s*\S"
)
_LETTERED = re.compile(r"\(?(?:[a-zа-яأ-ي]|[ivx]{1,5})\)\s*\S")
_ROMAN = re.compile(r"([IVX]{1,5})[.)]\s+\S")
_TURN = re.compile(r"(?:Q|A|Question|Answer|Pregunta|Respuesta|P|R|س|ج|Вопрос|Ответ|В|О)\s*[:.]\s")
_MASTHEAD = re.compile(r"\s[·/|•]\s")
"""What parts the fields of a masthead or a wire's slug."""
_CITED = re.compile(r"[”»\"]\s*[(\[][^()\[\]\n]{3,60}[)\]][.]?$|[”»\"]\s*\n?\s*[–—]\s?[^\W\d_][^\n]{2,80}$")
"""The end of a quotation that stands alone, with its reference."""
_INITIALLED = re.compile(
    r"(?:[.!?”]\s*[–—-]\s*(?:(?:[^\W\d_]\.\s?){1,3}|[^\W\d_]\w+(?:\s[^\W\d_]\w+){1,2})|[.!?]\s[^\W\d_]\.\s[^\W\d_]\w+)$"
)
_PERSON = re.compile(
    r"(?:(?:[^\W\d_]\.[ -]?){1,3}\s?|[^\W\d_][\w’'-]+\s)(?:(?:[^\W\d_]\.|[^\W\d_][\w’'-]*)\s){0,3}[^\W\d_][\w’'-]+"
)
"""Words that may be a person's name: two to five, of which the first may be initials."""
_FIGURE = re.compile(
    r"\.?\s*(?:premier|primero|único|unique|one|\d{1,3}(?:er|re|º|°|ª|ro)?|[IVX]{1,5}|[٠-٩]{1,3})(?:\.?[º°ª])?(?:\s*[^\s\w]|\s+[^\sa-zа-я]|\s*$)"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SYMBOL = re.compile(r"[^a-zа-я]*\d[^a-zа-я]*$")
_SCRIPT = re.compile(
    r"(?:[^\W\d_][^:\n.,;!?()“”«»\"]{0,30}?|(?:[^\W\d_]\.[ -]?){1,3})\s?(?:[:：]\s|\.?\s?[–—-]{1,2}\s)(?=\S)"
)
"""The name of a speaker before what is said, as in a script."""
_SPOKEN = re.compile(r"[^\W\d_]{0,9}\.?(?:\s?[^\W\d_]\.){0,2}\s?[:：.–—-]")


@cache
def _speakers() -> frozenset[str]:
    """ "We", in every language."""
    every = (word for tag in languages() for word in lexicon(tag)["acts"].get("words", {}).get("ours", ()))
    return frozenset(word for word in every if len(word) > 1)


_DECORATIONS = ":*=~#|–—-_•·+"
_BEHIND_NAME = re.compile(r",\s|\s[–—|·-]\s|\s\(")
_GLOSSED = re.compile(r"\s[(\[]")
_WHOSE = ("Ed)", "Ed.)", "ed.)", "Tr)", "Tr.)", "tr.)", "rans.)", "ranslator)", "ditor)", "NDLR)", "ndlr)")
"""The end of round brackets that say themselves whose words they hold."""
_ARTICLES = frozenset(("the", "a", "an", "le", "la", "les", "un", "une", "el", "los", "las", "una"))
_LISTED = re.compile(r",\s[^,]{3,40}\s(?:et|y|e|и)\s")
"""The fields that a name lists: "Fédération des bateliers, éclusiers et passeurs"."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d[?~%]?")
_JOINED = re.compile(r"\s(?:of|for|de|du|des|del|OF|FOR|DE|DU|DES|DEL)\s|[sS]['’]\s|['’][sS]\s")
"""What joins the words of a name."""
_FOOTNOTE = re.compile(r"(\*{1,3}|[†‡¹²³⁴⁵])\s?[^\W\d_*]")
_LABEL = re.compile(r"[^\W\d_][\w .]{2,20}:\s\S+(?:\s\S+)?$")
"""A field with its value: "Original: English", "Document: L.7"."""
_PARTED = re.compile(r"[|»›·•/]")


class Lines:
    """The lines of one document with the cues of its languages."""

    def __init__(
        self, document: Document, blocks: Sequence[Span], cues: Cues, expressions: tuple[Expression, ...]
    ) -> None:
        self.text = document.text
        self._turns = turns(document.text, blocks)
        self.cues = cues
        self._named = tuple(name for name in _NAMED if cues.holds(name))
        self._begun: dict[Span, dict[str, Span]] = {}
        self.inserted = (
            "[" in self.text or "(sic" in self.text or (")" in self.text and any(it in self.text for it in _WHOSE))
        )
        """Whether an editor may have put words into the text."""
        self.verses: set[int] = set()
        """Where verses begin that stand together as one paragraph."""
        self.more = cues.phrases.more
        """What leads to the rest at the end of a teaser: "Read more"."""
        self.headings = {start for start, _ in document.headings}
        self._dates = [it for it in expressions if it.value and it.type == "date" and _DAY.fullmatch(it.value)]
        self._time_starts = [it.start for it in expressions if it.type == "date"]
        self._date_starts = [it.start for it in self._dates]
        self._furniture = sorted(document.boilerplate)
        self._title = plain(document.title or "")
        numbered = "II." in document.text or "II)" in document.text
        self._roman = numbered and any(document.text.startswith(("II.", "II)"), block.start) for block in blocks)

    def begins(self, block: Span, section: str) -> Span | None:
        """The phrase of a list that a line begins with."""
        known = self._begun.get(block)
        return (self.begun(block) if known is None else known).get(section)

    def begun(self, block: Span) -> dict[str, Span]:
        """The lists that have a phrase at the beginning of a line, with that phrase."""
        known = self._begun.get(block)
        if known is None:
            known = self._begun[block] = self.cues.begins(*block)
        return known

    def marked(self, block: Span) -> bool:
        """Whether the format marks the line as a heading."""
        return block.start in self.headings

    # -- running text --------------------------------------------------------------------------------------------------

    def running(self, block: Span) -> bool:
        """Whether a paragraph is running text: long, or a sentence with its stop; or the line that enacts."""
        length = block.end - block.start
        if length > LONG:
            return True
        if self.decorated(block):
            return False
        if length <= 8:
            return self.text[block.end - 1] in ",،" and self.namelike(block)
        stops = self.stops(block)
        if (stops and length > ADDRESS) or self._speaks(block):
            return True
        if self.leads_on(block):
            return length > SENTENCE // 2 and not self.furniture(block)
        if length > SENTENCE and (stops or self.relates(block)) and not self._framed(block):
            return True
        if self.turn(block) or self.initialled(block):
            return True
        told = self.begun(block)
        if told and (self._leads_in(block, told, stops) or self.resolves(block)):
            return True
        last = self.text[block.end - 1]
        if told and "resolves" in told and last in ";,:؛،":
            return True
        return last in ",،" and self.enacts(block)

    def _leads_in(self, block: Span, told: dict[str, Span], stops: bool) -> bool:
        """A line that is hardly more than the words that lead in: "We therefore"."""
        lead = told.get("leads_in")
        return lead is not None and block.end - lead.end < (8 if stops else 2)

    def _speaks(self, block: Span) -> bool:
        """A sentence that begins with "we" is no heading, however short: "We demand bread.", "We call for:"."""
        word = _WORD.match(self.text, block.start, min(block.end, block.start + 12))
        last = self.text[block.end - 1]
        return word is not None and last in ".:" and word[0].lower() in _speakers() and not self.signs(block)

    def stops(self, block: Span) -> bool:
        """Whether a paragraph ends as a sentence or clause does, also inside a closing quotation mark."""
        end = block.end
        while end > block.start and self.text[end - 1] in _CLOSERS:
            end -= 1
        return end > block.start and self.text[end - 1] in _FINAL

    def leads_on(self, block: Span) -> bool:
        """Whether a teaser ends with what leads to the rest: "… Read more"."""
        last = self.text[block.end - 1]
        if not last.isalpha() and last not in "»›…)]>.":
            return False
        found = self.more.search(self.text, max(block.start, block.end - 40), block.end)
        return found is not None and found.start() > block.start

    def sentence(self, block: Span) -> bool:
        return self.text[block.end - 1] in ".!?" and len(_WORD.findall(block.of(self.text))) > 7

    def relates(self, block: Span) -> bool:
        """A line as long as a sentence that says how the text came about: "Adopted by … at its … on …"."""
        line = block.of(self.text)
        return block.end - block.start > SENTENCE and (
            (self.begins(block, "adopted") is not None and not line.isupper())
            or self.tabled(block)
            or (
                block.end - block.start > SHORT
                and any(self.cues.within(it, block.start, block.end) for it in ("behalf", "read_by"))
            )
        )

    def tabled(self, block: Span) -> bool:
        """The line of a draft's sponsors: "A, B and C: draft resolution"."""
        colon = self.text.rfind(":", block.start, block.end)
        return colon > block.start and self.cues.within("tabled", colon, block.end) is not None

    def initialled(self, block: Span) -> bool:
        """Whether a paragraph ends with who wrote it: "– L. N.", "– Mara Oru", "… are ours. M. Oru"."""
        if block.end - block.start < SENTENCE:
            return False
        return _INITIALLED.search(self.text, max(block.start, block.end - 40), block.end) is not None

    def turn(self, block: Span) -> bool:
        """A question or an answer of an interview."""
        return block.start in self._turns

    def resolves(self, block: Span) -> bool:
        """A line that is no more than the verb of a resolution: "RESUELVE:", "CONSIDERANDO:"."""
        verb = self.begins(block, "resolves")
        return verb is not None and block.end - verb.end < 3

    def enacts(self, block: Span) -> bool:
        """A line that is a subject and a comma: "The Assembly of the Two Banks,"."""
        if block.end - block.start >= SHORT:
            return False
        return self.begins(block, "enacting") is not None or self.namelike(block)

    def clause(self, block: Span) -> bool:
        """An enumerated clause that is short and ends with its stop: no signing line."""
        return self.text[block.end - 1] in ".;:؛,،" and self.enumerated(block)

    def enumerated(self, block: Span) -> bool:
        text = self.text
        if self.style(block):
            return True
        word = self.begins(block, "enumerators")
        if word and text[word.end : word.end + 2].strip()[:1] in tuple(",:.-–،"):
            return True
        word = self.begins(block, "articles")
        return bool(word and _FIGURE.match(text, word.end, min(block.end, word.end + 10)))

    def style(self, block: Span) -> str:
        """How a line is numbered: `figure`, `letter`, `roman`, or not at all."""
        if _NUMBERED.match(self.text, block.start, block.end):
            return "figure"
        if self.lettered(block):
            return "letter"
        return "roman" if self._roman and _ROMAN.match(self.text, block.start, block.end) else ""

    def lettered(self, block: Span) -> bool:
        return _LETTERED.match(self.text, block.start, block.end) is not None

    def bracketed_number(self, block: Span) -> bool:
        return _NUMBERED.match(self.text, block.start + 1, block.end) is not None

    def cited(self, block: Span) -> bool:
        """A quotation that is a paragraph of its own and names where it is from, or an invocation."""
        if self.begins(block, "invocations") is not None and block.end - block.start < SHORT:
            return True
        if block.start in self.verses:
            return True
        if self.text[block.start] not in '“«"' or block.end - block.start > LONG:
            return False
        return _CITED.search(self.text, max(block.start, block.end - 90), block.end) is not None

    # -- the frame -----------------------------------------------------------------------------------------------------

    def _framed(self, block: Span) -> bool:
        """Whether a line as long as a sentence belongs to the frame all the same."""
        if block.end - block.start >= ADDRESS:
            return False
        if self.vocative(block):
            return True
        return block.end - block.start < SHORT and any(self.begins(block, it) for it in ("preface", "signed"))

    def furniture(self, block: Span) -> bool:
        """Navigation, sign-up lines and the like, by the format or by the words."""
        if self._furniture:
            at = bisect_right(self._furniture, (block.start, len(self.text))) - 1
            if at >= 0 and block.start < self._furniture[at][1]:
                return True
        if block.end - block.start > ADDRESS:
            return False
        if self.text[block.start] == "©" or self.begins(block, "signup") is not None or self._form(block):
            return block.end - block.start <= ADDRESS
        if block.end - block.start > 60:
            return False
        line = block.of(self.text).casefold().strip(" .>»›|·•-–—:[]()")
        return line in self.cues.phrases.navigation or self._menu(line)

    def _form(self, block: Span) -> bool:
        """A line that asks for an address: the form of a newsletter."""
        return self.cues.within("forms", block.start, min(block.end, block.start + ADDRESS)) is not None

    def ornament(self, block: Span) -> bool:
        """A rule, a row of stars: nothing that can be read."""
        if block.end - block.start > SHORT or self.text[block.start].isalnum():
            return False
        return not any(map(str.isalnum, block.of(self.text)))

    def decorated(self, block: Span) -> bool:
        """A line between ornaments: "::: HARBOUR UNION :::", "*** NOTICE ***"."""
        first, last = self.text[block.start], self.text[block.end - 1]
        return first == last and first in _DECORATIONS and block.end - block.start <= SHORT

    def _menu(self, line: str) -> bool:
        """A row of navigation words: "Home | About | Contact"."""
        if line.count(" > ") > 1:
            return True
        parts = _PARTED.split(line)
        return len(parts) > 1 and sum(it.strip() in self.cues.phrases.navigation for it in parts) * 2 >= len(parts)

    def dated(self, block: Span) -> bool:
        """A line that is hardly more than a date and a place."""
        length = block.end - block.start
        if length > SHORT:
            return False
        at = bisect_left(self._date_starts, block.start)
        if at == len(self._dates) or self._dates[at].end > block.end or self.enumerated(block):
            return False
        rest = length - (self._dates[at].end - self._dates[at].start)
        double = rest <= 60 and self.text[self._dates[at].start - 1 : self._dates[at].start] in ("[", "(")
        return (rest <= 35 or 3 * rest <= 2 * length or double) and self.text[block.end - 1] not in ";؛"

    def vocative(self, block: Span) -> bool:
        """A line that calls on those it speaks to: "O people of Marn,", "Members of the Council:", "Neighbours,"."""
        if block.end - block.start > ADDRESS or self.decorated(block):
            return False
        field = self.begins(block, "sent_to")
        if field and self.text[field.end : field.end + 2].strip()[:1] == ":":
            return True
        if self.text[block.end - 1] not in ":,!،":
            return False
        return self.begins(block, "vocative") is not None or self._titled(block)

    def _titled(self, block: Span) -> bool:
        """A line of offices with names: "Minister Okell, Commander Sorel:"."""
        words = block.of(self.text).split()
        return 1 < len(words) < 8 and words[0].casefold() in self.cues.phrases.offices and words[1][0].isupper()

    def directed(self, block: Span) -> bool:
        """A line with "To …" and no sign that a text follows: an address, unless it is the headline."""
        return block.end - block.start <= SHORT and self.begins(block, "letter_to") is not None

    def byline(self, block: Span) -> bool:
        if block.end - block.start > SHORT:
            return False
        return self.begins(block, "byline") is not None or (
            self.cues.within("translated", block.start, block.end) is not None and block.of(self.text)[0] not in "(["
        )

    def personal(self, block: Span) -> bool:
        """A line that is a person's name, or an outlet's staff, perhaps with a place or outlet behind."""
        line = block.of(self.text)
        if len(line) > 70 or any(map(str.isdecimal, line)) or self.stops(block):
            return False
        bodies = self.cues.phrases.bodies
        first = _BEHIND_NAME.split(line, maxsplit=1)[0]
        words = first.split()
        if not words:  # a line that begins with a comma
            return False
        if words[-1].casefold() in self.cues.phrases.staff and len(words) > 1:
            return True
        capitals = all(word[0].isupper() or not word[0].islower() for word in words if len(word) > 3)
        if words[0].casefold() in _ARTICLES or (first.isupper() and len(words) > 3) or self.genre_named(block):
            return False
        return bool(_PERSON.fullmatch(first)) and capitals and not bodies.intersection(map(str.casefold, words))

    def preface(self, block: Span) -> bool:
        return self.begins(block, "preface") is not None

    def calendar(self, block: Span) -> bool:
        """A short line that names a day: "Second Sunday of Advent"."""
        at = bisect_left(self._time_starts, block.start)
        named = at < len(self._time_starts) and self._time_starts[at] < block.end
        return named and len(block.of(self.text).split()) < 6

    def footnote(self, block: Span) -> bool:
        """A paragraph that begins with the sign of a footnote."""
        match = _FOOTNOTE.match(self.text, block.start, block.end)
        if match is None:
            return False
        called = self.text.find(match[1], 0, block.start)
        return called > 0 and not self.text[called - 1].isspace()

    def note(self, block: Span) -> bool:
        return self.begins(block, "note") is not None

    def signs(self, block: Span) -> bool:
        """A line that announces who signs: "Signatories:", "The four organisations that sign:"."""
        if self.text[block.end - 1] not in ":：":
            return False
        last = self.cues.within("signed", max(block.start, block.end - 30), block.end)
        return self.begins(block, "signed") is not None or (last is not None and block.end - last.end < 4)

    def lists_signers(self, block: Span) -> bool:
        """A paragraph that lists those who sign behind its label: "First signatories: A; B; C."."""
        colon = self.text.find(":", block.start, block.end)
        hit = self.cues.within("signed", block.start, colon) if 0 < colon < block.end - 1 else None
        return hit is not None and colon - hit.end < 3

    def stands_for(self, block: Span) -> bool:
        """A signing line with the body and the person: "For the Union: Mara Oru"; or one with its witnesses."""
        if self.begins(block, "endorsed"):
            return self.text[block.end - 1] != ":"
        cue = self.begins(block, "signs_for")
        return cue is not None and ":" in self.text[cue.end : block.end - 1]

    def in_the_name_of(self, block: Span) -> bool:
        """A signing line that only names the body: "For the Harbour Union", "On behalf of the executive,"."""
        cue = self.begins(block, "signs_for")
        last = self.text[block.end - 1]
        return cue is not None and block.end - block.start <= SHORT and block.end - cue.end > 2 and last not in ":.!?"

    def office(self, block: Span) -> bool:
        """Whether a line begins with the noun of an office or ends with it: "Spokeswoman", "General Secretary"."""
        words = _WORD.findall(block.of(self.text).casefold())
        return (
            bool(words)
            and len(words) < 9
            and not self.text[block.start].isdecimal()
            and bool(self.cues.phrases.offices & {words[0], words[-1]})
        )

    def signer(self, block: Span) -> bool:
        """A person with an office: "Mara Oru, chair of the Harbour Union"."""
        name, comma, rest = block.of(self.text).partition(", ")
        offices = self.cues.phrases.offices
        return (
            bool(comma)
            and _PERSON.fullmatch(name) is not None
            and any(word in offices for word in _WORD.findall(rest.casefold())[:4])
        )

    # -- headlines -----------------------------------------------------------------------------------------------------

    def namelike(self, block: Span) -> bool:
        """Whether a line is the name of a body or paper: its longer words have capitals, and one says what it is."""
        return any(self._a_name(part) for part in _GLOSSED.split(block.of(self.text), maxsplit=1))

    def _a_name(self, line: str) -> bool:
        words = _WORD.findall(line)
        heads = self.cues.phrases.bodies
        if len(words) > 9 or not words:
            return False
        if self.cues.phrases.tags[0] != "en" and words[0].casefold() in heads:
            short = len(words) < 6 + words[0][0].isupper()
            if short or _LISTED.search(line) is not None:
                return True
        return all(word[0].isupper() for word in words if len(word) > 3) and any(w.casefold() in heads for w in words)

    def genre_named(self, block: Span) -> bool:
        """Whether a line holds the name of a kind of text: "FINAL COMMUNIQUÉ"."""
        return any(self.cues.within(name, block.start, block.end) for name in self._named)

    def capitalised(self, block: Span) -> bool:
        """Whether all longer words of a short line have capitals."""
        words = _WORD.findall(block.of(self.text))
        return 1 < len(words) < 8 and not any(word[0].islower() for word in words if len(word) > 3)

    def nameform(self, block: Span) -> bool:
        """Whether a line has the form of a name, without a noun that says so: "Sisters of the Upper Ford"."""
        line = block.of(self.text)
        words = _WORD.findall(line)
        if not 1 < len(words) < 10 or self.stops(block) or self.marked(block) or plain(line) == self._title:
            return False
        if any(
            hit.start - block.start < 4
            for name in self._named
            if (hit := self.cues.within(name, block.start, block.end))
        ):
            return False
        capitals = not any(word[0].islower() for word in words if len(word) > 3)
        return capitals and (self.namelike(block) or _JOINED.search(line) is not None)

    def likeness(self, block: Span) -> int:
        """How much a line looks like a headline."""
        line = block.of(self.text)
        words = _WORD.findall(line)
        named = next((hit for name in self._named if (hit := self.cues.within(name, block.start, block.end))), None)
        bare = named is not None and named.end - named.start >= len(line.rstrip(" 0123456789()/.:-")) - 1
        name = self.namelike(block) and not (named and named.start - block.start < 3 and not bare)
        return (
            5 * self.marked(block)
            + 6 * (bool(self._title) and plain(line) == self._title)
            + (3 if named and not bare else 2 if bare else 0)
            + (4 if len(words) > 3 and not name else len(words) > 1)
            - 3 * name
            - 3 * (self.begins(block, "dated") is not None)
            - 3 * (not words or _SYMBOL.match(line) is not None)
            - 5 * (_MASTHEAD.search(line) is not None)
            - 2 * (line[0] in "([")
            - 3 * (_LABEL.match(line) is not None and line[-1] not in '?!”»"')
            - 2 * self.directed(block)
        )

    def subheading(self, block: Span) -> bool:
        line = block.of(self.text)
        return not self.stops(block) and len(line) > 2 and not self.furniture(block) and line[0].isupper()


def turns(text: str, parts: Iterable[Span | Segment]) -> frozenset[int]:
    """Where the questions and answers of an interview begin, or what two or more speak by turns; empty for none."""
    marked: dict[str, list[int]] = defaultdict(list)
    parts = list(parts)
    for part in parts:
        if text.find(":", part.start, part.start + 40) < 0 and not _SPOKEN.match(text, part.start):
            continue
        match = _TURN.match(text, part.start, part.end) or _SCRIPT.match(text, part.start, part.end)
        if match:
            marked[match[0].rstrip(" :：–—-\t").split()[-1].rstrip(".").casefold()].append(part.start)
    several = {label: starts for label, starts in marked.items() if len(starts) > 1}
    if len(several) > 1:
        return frozenset(start for starts in several.values() for start in starts)
    dashes = [part for part in parts if text[part.start] in "–—" and text[part.start + 1 : part.start + 2].isspace()]
    if sum(text[part.end - 1] in "?؟" for part in dashes) > 1:
        return frozenset(part.start for part in dashes)
    asked = [start for start in chain.from_iterable(marked.values()) if _TURN.match(text, start)]
    return frozenset(asked) if len(asked) > 1 else frozenset()


def plain(line: str) -> str:
    """A line in small letters with single spaces, to compare."""
    return " ".join(line.split()).casefold()


def adjoin(text: str, end: int, start: int) -> bool:
    """Whether no empty line lies between two lines."""
    return start - end < 200 and text.count("\n", end, start) == 1
