"""Which language each stretch of a document is in: script first, then an identifier among that script's languages.

Scripts are counted over blocks of 128 code points by numpy. Within a script, py3langid decides, restricted to the
languages that are written in it, on at most 500 code points; it is loaded when first needed (0.7 s). A paragraph is
asked for itself only where it may differ: its script is another, or it has none of the little words that the
document's language can hardly do without. Short paragraphs inherit from their neighbour.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np
from babel.core import get_global
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from onrecord.lexicon import languages, lexicon
from onrecord.model import Document, Language, Span

SAMPLE = 500
"""Code points that the identifier reads; words that tell a language are looked for in twice as many."""
SHORT = 60
"""Paragraphs with fewer code points inherit their language, unless their script forbids it."""
LONG = 200
"""A shorter text is not said to be in a language that is official only in a region (Venetian rather than Italian)."""
FEW = 8
"""A paragraph with fewer letters (a reference number, an emblem's initials) says nothing of its language."""
DOUBTED = 12
"""At most so many paragraphs of a language without a list of little words are asked one by one."""

# Unicode blocks of letters, [first, last], by ISO 15924 script.
_BLOCKS = {
    "Latn": [(0x0041, 0x005A), (0x0061, 0x007A), (0x00C0, 0x024F), (0x1E00, 0x1EFF), (0xFF21, 0xFF5A)],
    "Grek": [(0x0370, 0x03FF), (0x1F00, 0x1FFF)],
    "Cyrl": [(0x0400, 0x052F)],
    "Armn": [(0x0530, 0x058F)],
    "Hebr": [(0x0590, 0x05FF), (0xFB1D, 0xFB4F)],
    "Arab": [(0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)],
    "Syrc": [(0x0700, 0x074F)],
    "Thaa": [(0x0780, 0x07BF)],
    "Deva": [(0x0900, 0x097F)],
    "Beng": [(0x0980, 0x09FF)],
    "Guru": [(0x0A00, 0x0A7F)],
    "Gujr": [(0x0A80, 0x0AFF)],
    "Orya": [(0x0B00, 0x0B7F)],
    "Taml": [(0x0B80, 0x0BFF)],
    "Telu": [(0x0C00, 0x0C7F)],
    "Knda": [(0x0C80, 0x0CFF)],
    "Mlym": [(0x0D00, 0x0D7F)],
    "Sinh": [(0x0D80, 0x0DFF)],
    "Thai": [(0x0E00, 0x0E7F)],
    "Laoo": [(0x0E80, 0x0EFF)],
    "Tibt": [(0x0F00, 0x0FFF)],
    "Mymr": [(0x1000, 0x109F)],
    "Geor": [(0x10A0, 0x10FF), (0x1C90, 0x1CBF)],
    "Ethi": [(0x1200, 0x139F)],
    "Khmr": [(0x1780, 0x17FF)],
    "Jpan": [(0x3040, 0x30FF)],
    "Hans": [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3134F)],
    "Kore": [(0x1100, 0x11FF), (0xAC00, 0xD7AF)],
}
_NO_LETTERS = bytes(point for point in range(128) if not chr(point).isalpha())
_COMMON = re.compile("[\\0-\\x7f\u00a0«»·–—‘’“”„•…]+")
"""ASCII, and marks that belong to no script: most texts in Latin letters hold little else."""
_SCRIPTS = ("", *_BLOCKS)
_WRITTEN_WITH = {"Hant": "Hans", "Jpan": "Hans"}


@cache
def _script_of() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """Number of the script of each code point up to U+FFFF (0: none, such as digits and signs)."""
    table = np.zeros(0x10000, dtype=np.uint8)
    for number, script in enumerate(_SCRIPTS[1:], 1):
        for first, last in _BLOCKS[script]:
            table[first : last + 1] = number
    return table


def scripts(text: str) -> dict[str, int]:
    """How many letters of each script the text holds; the most frequent first."""
    letters = len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    rest = "" if text.isascii() else _COMMON.sub("", text)
    if not rest:
        return {"Latn": letters} if letters else {}
    points = np.frombuffer(rest.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    counts = np.bincount(_script_of()[np.minimum(points, 0xFFFF)], minlength=len(_SCRIPTS))
    counts[_SCRIPTS.index("Latn")] += letters
    if len(astral := points[points > 0xFFFF]):
        counts[_SCRIPTS.index("Hans")] += int(((astral >= 0x20000) & (astral <= 0x3134F)).sum())
    order = np.argsort(-counts[1:], kind="stable") + 1
    return {_SCRIPTS[n]: int(counts[n]) for n in order if counts[n]}


@cache
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


@cache
def _public(regional: bool) -> frozenset[str]:
    """Languages that are official in some country, and, if wanted, those official in a region of one."""
    territories = get_global("territory_languages").values()
    wanted = ("official", "de_facto_official", "official_regional")[: 3 if regional else 2]
    return frozenset(
        tag.split("_")[0]
        for spoken in territories
        for tag, facts in spoken.items()
        if facts["official_status"] in wanted
    )


@cache
def _candidates(script: str, regional: bool = True) -> tuple[str, ...]:
    """The identifier's languages that are usually written in a script and have a public standing (both after CLDR).

    Without that standing, a few unusual words turn English into Nigerian Pidgin and a list of names into Volapük.
    """
    likely = get_global("likely_subtags")
    public = _public(regional)
    wanted = {script} | {name for name, base in _WRITTEN_WITH.items() if base == script}
    return tuple(tag for tag in _model().labels if tag in public and wanted & set(likely.get(tag, "").split("_")))


@cache
def _identifier(script: str, regional: bool) -> LanguageIdentifier:
    """The identifier, restricted to a script's languages; it shares its tables with the others."""
    restricted = copy.copy(_model())
    restricted.set_languages(_candidates(script, regional))
    restricted.nb_ptc = np.ascontiguousarray(restricted.nb_ptc)
    return restricted


def identify(text: str, script: str) -> str:
    """The language of a text of this script; `und` where nothing known is written in it."""
    if told := _told(text[:SAMPLE], script) or _told(text, script):
        return told
    regional = len(text) >= LONG or not _candidates(script, regional=False)
    known = _candidates(script, regional)
    if len(known) < 2:
        return known[0] if known else "und"
    found: str = _identifier(script, regional).classify(text[:SAMPLE])[0]
    return found


@cache
def _telling_words(script: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The telling words of each language of a script that has a list of them."""
    lists = ((tag, frozenset(lexicon(tag)["tokens"].get("telling_words", ()))) for tag in languages())
    return tuple((tag, words) for tag, words in lists if words and _written_in(tag) == script)


def _told(sample: str, script: str) -> str | None:
    """The language whose telling words the sample holds, where no other list's are there too; often silent."""
    present = set(sample.lower().split())
    counts = sorted(((len(words & present), tag) for tag, words in _telling_words(script)), reverse=True)
    if counts and counts[0][0] >= 4 and (len(counts) == 1 or counts[1][0] < 2):
        return counts[0][1]
    return None


def _main_script(text: str, few: str = "") -> str:
    """The script that most letters belong to; `few` where there are hardly any."""
    return _main(scripts(text), few)


def _main(counts: dict[str, int], few: str = "") -> str:
    """The same of the letters counted. Japanese is told by its kana."""
    if not counts or (few and next(iter(counts.values())) < FEW):
        return few
    if 8 * counts.get("Jpan", 0) > counts.get("Hans", 0) > 0:
        return "Jpan"
    return next(iter(counts))


@cache
def _written_in(tag: str) -> str:
    """The script a language is usually written in; empty where CLDR does not say."""
    subtags = get_global("likely_subtags").get(tag.replace("-", "_"), "") or get_global("likely_subtags").get(
        tag.split("-")[0], ""
    )
    script = next((part for part in subtags.split("_") if len(part) == 4), "")
    return _WRITTEN_WITH.get(script, script) if script != "Jpan" else script


@cache
def _little_words(tag: str) -> frozenset[str]:
    return frozenset(lexicon(tag)["tokens"].get("function_words", ()))


def find(document: Document, blocks: tuple[Span, ...]) -> tuple[Language, ...]:
    """Languages whose ranges follow one another and cover the whole text; `und` for a text without letters."""
    text = document.text
    given = document.capture.language
    counts = scripts(text)
    script = _main(counts)
    whole = _whole(text, blocks, script, given, document.language)
    if not script or (given and whole == given):
        return (Language(whole, 0, len(text)),)
    return tuple(_merged(_by_paragraph(text, blocks, script, whole, len(counts) == 1), len(text)))


def _whole(text: str, blocks: tuple[Span, ...], script: str, given: str | None, declared: str | None) -> str:
    """The language of the document as a whole: as given where the script allows, else as identified."""
    if not script:
        return given or "und"
    if given and _written_in(given) in (script, ""):
        return given
    sample = _sample(text, blocks)
    if len(sample) < SHORT and declared and _written_in(declared) == script:
        return declared
    return identify(sample, script)


def _sample(text: str, blocks: tuple[Span, ...]) -> str:
    """What stands for the document: its first paragraph of running text, and what follows it."""
    start = next((start for start, end in blocks if end - start >= 200), 0)
    return text[start : start + 2 * SAMPLE]


def _by_paragraph(
    text: str, blocks: tuple[Span, ...], script: str, whole: str, one_script: bool
) -> Iterator[tuple[int, str]]:
    """The start and language of each paragraph."""
    asked = 0
    last = None
    for start, end in blocks:
        if end - start > SHORT or not one_script:
            body = text[start : min(end, start + SAMPLE)]
            own = script if one_script else _main_script(body, few=script)
            if own != script:
                last = identify(body, own)
            elif end - start <= SHORT:
                last = last if last and _written_in(last) == script else whole
            else:
                doubted = not _little_words(whole) and asked < DOUBTED
                asked += doubted
                last = identify(body, script) if doubted or _differs(body, whole) else whole
        yield start, last or whole


def _differs(body: str, whole: str) -> bool:
    """Whether a paragraph lacks the language's little words, so that it may be in another."""
    usual = _little_words(whole)
    return bool(usual) and len(usual.intersection(body[:160].lower().split())) < (2 if len(body) > 160 else 1)


def _merged(starts: Iterator[tuple[int, str]], length: int) -> Iterator[Language]:
    """Neighbours of one language joined; the first range begins at 0, each ends where the next begins."""
    runs: list[tuple[int, str]] = []
    for start, tag in starts:
        if not runs or runs[-1][1] != tag:
            runs.append((start if runs else 0, tag))
    for (start, tag), (end, _) in pairwise([*runs, (length, "")]):
        yield Language(tag, start, end)
