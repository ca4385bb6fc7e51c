"""Writes `lexicon/*/forms.toml`: every form of every verb in `verbs.toml` and `acts.toml`, with the help of simplemma.

    python corpus/forms.py            # writes the files
    python corpus/forms.py --check    # names those that are out of date

simplemma maps a form to its lemma; read backwards, that gives a lemma its forms. What its dictionaries lack or have
wrong is put right in `verbs.toml` (`also`, `never`). See docs/decisions/0006-forms-from-simplemma.md.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import regex
from simplemma.strategies import DefaultDictionaryFactory

LEXICON = Path(__file__).parents[1] / "src" / "onrecord" / "lexicon"
LANGUAGES = ("ar", "en", "es", "fr", "ru")
HEADING = "# Written by corpus/forms.py from verbs.toml and simplemma: edit verbs.toml, not this.\n"

USED = {
    "en": regex.compile(r"[a-z-]+(?<!est|eth|dst|er|more)"),
    # No past subjunctive, no "tu", no past historic but for the third person.
    "fr": regex.compile(
        r".*(?:(?<!ass|iss|uss)e|(?<!ass|uss)ent|(?<!ssi)(?:ons|ez)|r|ra|rai|ront|a|[^âîû]t(?<!ent)|aît|ds?|[ti]s)"
        r"(?<!oit|oet|yst)"
    ),
    # No "tú", "vosotros", "vos", no past and future subjunctive.
    "es": regex.compile(
        r".*(?:(?<!(?:ie|je|ye)[rs]|st)[ae]n?|o|(?<![áé][rs])[aei]mos|íamos|ábamos|[óé]|ron|ían?|ndo|[aei]r|rán?)"
    ),
    # No participles but the one of "it is stated", no imperatives.
    "ru": regex.compile(
        r".*(?:л[аои]?|л(?:ся|[аои]сь)|[еёи]т(?:ся)?|[уюая]т(?:ся)?|[еёи]м(?:ся)?|[ую](?:сь)?|вшись|[аяиуеё]в|[аеоуя]я(?:сь)?"
        r"|[дсртлв]я(?:сь)?|ть(?:ся)?|[нт]о|г)(?<!нную|нному|щему|вшую|щую|щим|н+ая|щая|нным)"
    ),
}
"""The forms that reports use; a dictionary holds many more."""

PERFECT = {
    "fr": [
        *("a", "ont", "avait", "avaient", "aurait", "auraient", "ai", "avons", "ayant", "eut"),
        *(f"{have} {word}" for have in ("a", "ont") for word in ("aussi", "également", "ensuite", "toutefois", "déjà")),
        *(f"n{mark}{have} {word}" for mark in "’'" for have in ("a", "ont", "avait") for word in ("pas", "jamais")),
    ],
    "es": ["ha", "han", "había", "habían", "habría", "habrían", "he", "hemos", "haya", "hayan", "habiendo"],
}
"""What stands before a participle in the perfect. Alone it is more often an adjective ("les mesures annoncées")."""

_SHADDA = "\u0651"


@cache
def dictionary(tag: str) -> dict[str, list[str]]:
    """simplemma's dictionary of a language read backwards: lemma to forms."""
    forms: dict[str, list[str]] = {}
    for form, lemma in DefaultDictionaryFactory().get_dictionary(tag).items():
        forms.setdefault(_text(lemma), []).append(_text(form))
    return forms


def _text(word: str | bytes) -> str:
    return word if isinstance(word, str) else word.decode()


def forms(tag: str, lemma: str, verb: dict[str, Any]) -> list[str]:
    """The forms of one verb, sorted. Of a lemma of several words the first is inflected ("points out")."""
    head, *rest = lemma.split(" ")
    found = set(verb.get("also", ()))
    if tag == "ar":
        found.update(_arabic(*verb["stems"]) if "stems" in verb else ())
    else:
        tail = "".join(f" {word}" for word in rest)
        found.update(form + tail for form in _inflected(tag, head, verb))
    found.difference_update(verb.get("never", ()))
    if tag == "en":
        found.discard(lemma)
    if tag == "ru":
        found.update([form.replace("ё", "е") for form in found])
    return sorted(found)


def _inflected(tag: str, head: str, verb: dict[str, Any]) -> Iterator[str]:
    reflexive, _, bare = head.rpartition("’")
    participle = verb.get("participle") or (participle_of(tag, bare) if tag in PERFECT else "")
    agreeing = {f"{participle}{ending}" for ending in ("", "e", "s", "es")}
    if tag == "es":
        agreeing = {participle, f"{participle[:-1]}a", *_not_spanish(bare)}
    own = [
        form
        for lemma in (bare, *verb.get("with", ()))
        for form in dictionary(tag).get(lemma, [])
        if USED[tag].fullmatch(form) and form not in agreeing
    ]
    if participle in verb.get("also", ()):
        own.append(participle)
    if not reflexive:
        yield from own
        return
    for mark in "’'":
        yield from (f"{reflexive}{mark}{form}" for form in own if form[0] in "aeéèêiouh")
        yield from (f"{reflexive}{mark}est {participle}{ending}" for ending in ("", "e"))
    yield from (f"se sont {participle}{ending}" for ending in ("s", "es"))


def _not_spanish(lemma: str) -> Iterator[str]:
    """Forms that simplemma's Spanish holds by rote: "negé", "explice"; and those of "vos" and the past subjunctive."""
    stem = lemma[:-2]
    endings = ["á", "í", "ase", "asen", "ara", "aran", "are", "aren"] if lemma.endswith("ar") else ["é", "í"]
    if lemma.endswith(("car", "gar", "zar")):
        endings += ["e", "é", "en", "emos"]
    yield from (stem + ending for ending in endings)
    if lemma.endswith("ar"):
        yield from (lemma + ending for ending in ("a", "an", "e", "en"))


def participle_of(tag: str, lemma: str) -> str:
    """The participle of a regular verb, else nothing: others name theirs in `verbs.toml`."""
    endings = {"fr": {"er": "é", "ir": "i"}, "es": {"ar": "ado", "er": "ido", "ir": "ido"}}[tag]
    ending = endings.get(lemma[-2:])
    return "" if ending is None else lemma[:-2] + ending


def _arabic(past: str, present: str, participle: str = "") -> Iterator[str]:
    """Past and present of he, she, they, we and I, and the participle of circumstance, each with and without shadda."""
    made = [past + ending for ending in ("", "ت", "ا", "تا", "وا", "نا", "ن")]
    made += [person + present for person in ("ي", "ت", "ن", "أ")]
    made += [f"ي{present}ون", f"ي{present}ان", f"س{'ي'}{present}", f"ست{present}"]
    if participle:
        made += [participle + ending for ending in ("ا", "اً", "ًا", "ة")]
    for form in made:
        yield form
        yield form.replace(_SHADDA, "")


def table(tag: str) -> str:
    """The text of one language's `forms.toml`."""
    verbs = tomllib.loads((LEXICON / tag / "verbs.toml").read_text("utf8"))
    verbs |= {lemma: {} for lemma in performatives(tag) if lemma not in verbs}
    perfect = f"perfect = {_listed(PERFECT[tag])}\n" if tag in PERFECT else ""
    lines = [f"{_key(lemma)} = {_listed(forms(tag, lemma, verb))}\n" for lemma, verb in verbs.items()]
    if tag in PERFECT:
        lines.append("\n[participles]\n")
        for lemma, verb in verbs.items():
            participle = verb.get("participle") or participle_of(tag, lemma.split(" ")[0])
            if participle and "’" not in lemma:
                lines.append(f"{_key(lemma)} = {_quoted(' '.join([participle, *lemma.split(' ')[1:]]))}\n")
    return HEADING + perfect + "\n[forms]\n" + "".join(lines)


def performatives(tag: str) -> Iterator[str]:
    """Lemmas of `acts.toml`; Arabic ones name their forms there."""
    file = LEXICON / tag / "acts.toml"
    lists = tomllib.loads(file.read_text("utf8")) if file.exists() and tag != "ar" else {}
    for verbs in lists.get("performatives", {}).values():
        yield from verbs
    yield from lists.get("light", {})


def _key(lemma: str) -> str:
    return lemma if lemma.isascii() and lemma.isalpha() else _quoted(lemma)


def _quoted(word: str) -> str:
    return f'"{word}"'


def _listed(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def main() -> int:
    stale = []
    for tag in LANGUAGES:
        file, now = LEXICON / tag / "forms.toml", table(tag)
        if not file.exists() or file.read_text("utf8") != now:
            stale.append(file)
            if "--check" not in sys.argv:
                file.write_text(now, "utf8")
    for file in stale:
        print(file)
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
