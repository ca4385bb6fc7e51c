"""A document's words as HTML: exact, harmless, and with the characters shown that could mislead.

Direction overrides, embeddings and isolates change what stands where without being seen. Each becomes a labelled
glyph that keeps the character itself inside an isolate of its own, where it has no reach: the eye reads the words in
the order in which they are stored, and a copy holds every character. Control characters get a label too.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex
from markupsafe import Markup

LABELS = {
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip
LANGUAGES_RIGHT_TO_LEFT = frozenset(
    [
        "ar", "arc", "azb", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sam",
        "sd", "skr", "syr", "ug", "ur", "yi",
    ]
)  # fmt: skip
SCRIPTS_RIGHT_TO_LEFT = frozenset(["arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg", "mand", "samr"])
WHITE = regex.compile(r"\s+")
CONTROLS = [*range(9), 11, *range(14, 32), *range(127, 160)]
UNSEEN = "".join([*LABELS, *map(chr, CONTROLS)])


def name(character: str) -> str:
    return LABELS.get(character) or f"{ord(character):02X}"


def glyph(character: str) -> str:
    # An HTML parser turns U+0000 into something else even as a reference: there the label stands alone.
    inside = (
        "" if character == "\0" else f"&#{ord(character)};" if character > "\x9f" or character < "\x7f" else character
    )
    return f'<bdi class="u" data-u="{name(character)}" title="U+{ord(character):04X}">{inside}</bdi>'


ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "\r": "&#13;"}
    | {character: glyph(character) for character in UNSEEN}
)
PLAIN = str.maketrans({character: f"[{name(character)}]" for character in UNSEEN})


def shown(text: str) -> Markup:
    """The words as HTML text, with what could mislead made visible; nothing in them is markup."""
    return Markup(text.translate(ESCAPES))


def inline(text: str) -> str:
    """The words on one line: white space, line breaks too, is one space each time."""
    return WHITE.sub(" ", text)


def isolated(text: object) -> Markup:
    """A name or title within other words: shown, and kept from turning its neighbours round."""
    return Markup("<bdi>%s</bdi>") % shown(" ".join(str(text).split()))


def plain(text: str) -> str:
    """The words for an attribute or a page title, where no markup can be: what is unseen becomes a label."""
    return " ".join(text.split()).translate(PLAIN)


def direction(tag: str | None) -> str:
    """`rtl`, `ltr`, or `auto` where the language is not known."""
    if not tag or tag == "und":
        return "auto"
    subtags = tag.lower().split("-")
    scripts = [subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in SCRIPTS_RIGHT_TO_LEFT else "ltr"
    return "rtl" if subtags[0] in LANGUAGES_RIGHT_TO_LEFT else "ltr"


def safe_tag(tag: str | None) -> str:
    """A language tag fit for `lang`; empty (unknown) where it is no tag."""
    return tag if tag and tag != "und" and regex.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}", tag) else ""


def strongest(parts: Iterable[tuple[str, int]]) -> str | None:
    """The tag with the greatest weight; the first of equals."""
    weights: dict[str, int] = {}
    for tag, weight in parts:
        weights[tag] = weights.get(tag, 0) + weight
    return max(weights, key=lambda tag: weights[tag]) if weights else None
