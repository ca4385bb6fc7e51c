"""The scripts that a text is written in, and what in it the eye does not see or takes for something else.

Scripts are ISO 15924 codes, from Unicode's Script property of the letters; marks, digits and signs have none.
"""

from __future__ import annotations

import regex

_SCRIPTS = {
    "Latn": "Latin", "Arab": "Arabic", "Cyrl": "Cyrillic", "Hebr": "Hebrew", "Grek": "Greek", "Hani": "Han",
    "Hira": "Hiragana", "Kana": "Katakana", "Hang": "Hangul", "Bopo": "Bopomofo", "Deva": "Devanagari",
    "Beng": "Bengali", "Guru": "Gurmukhi", "Gujr": "Gujarati", "Orya": "Oriya", "Taml": "Tamil", "Telu": "Telugu",
    "Knda": "Kannada", "Mlym": "Malayalam", "Sinh": "Sinhala", "Thai": "Thai", "Laoo": "Lao", "Khmr": "Khmer",
    "Mymr": "Myanmar", "Tibt": "Tibetan", "Armn": "Armenian", "Geor": "Georgian", "Ethi": "Ethiopic",
    "Mong": "Mongolian", "Syrc": "Syriac", "Thaa": "Thaana", "Nkoo": "Nko", "Cher": "Cherokee", "Copt": "Coptic",
    "Cans": "Canadian_Aboriginal", "Tfng": "Tifinagh", "Adlm": "Adlam", "Rohg": "Hanifi_Rohingya", "Java": "Javanese",
    "Vaii": "Vai", "Yiii": "Yi",
}  # fmt: skip
_TOGETHER = {"Hani": "Jpan", "Hira": "Jpan", "Kana": "Jpan", "Hang": "Kore", "Bopo": "Hani"}
"""Scripts that one word may mix with Han."""
_LETTERS = regex.compile("|".join(rf"(?P<{code}>[\p{{Script={name}}}&&\p{{L}}]+)" for code, name in _SCRIPTS.items()),
                         regex.V1)  # fmt: skip
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u3164\uffa0]")
_JOINING = regex.compile(r"(?<=[\p{L}\p{M}])[\u200c\u200d](?=[\p{L}\p{M}])")
"""Joiners between letters belong to the spelling of Persian and of the scripts of India."""
LONGEST_SHOWN = 80
"""Code points of a name that a message shows."""


def script(text: str) -> str | None:
    """The script of most of the letters, `Jpan` and `Kore` where they are mixed as those are; `None` without letters.

    Of scripts with equally many letters the first counts.
    """
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else None
    counts: dict[str, int] = {}
    for match in _LETTERS.finditer(text):
        code = str(match.lastgroup)
        counts[code] = counts.get(code, 0) + len(match[0])
    if counts.keys() & {"Hira", "Kana"}:
        counts["Jpan"] = sum(counts.pop(code, 0) for code in ("Hani", "Hira", "Kana"))
    elif {"Hang", "Hani"} <= counts.keys():
        counts["Kore"] = counts.pop("Hang") + counts.pop("Hani")
    return max(counts, key=lambda code: counts[code]) if counts else None


def mixed(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The first word that mixes scripts which no language mixes, as letters that look alike do, with its scripts."""
    if text.isascii():
        return None
    for word in _WORD.finditer(text):
        found = tuple(dict.fromkeys(str(match.lastgroup) for match in _LETTERS.finditer(word[0])))
        if len(found) > 1 and not all(code in _TOGETHER for code in found):
            return word[0], found
    return None


def unseen(text: str) -> bool:
    """Whether it holds control characters, direction overrides or others that print nothing and mislead."""
    return not text.isprintable() and _UNSEEN.search(_JOINING.sub("", text)) is not None


def shown(text: str) -> str:
    r"""The words for a message, on one line and of a bearable length: `\u202e` for what the eye does not see."""
    text = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return _UNSEEN.sub(lambda match: escaped(match[0]), text)


def escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
