"""What is done in saying it: short texts, each framed as a whole document, and the speech acts in them.

A case names its `frame` and `text` and lists its acts in the order of their cues; `acts = []` is a trap. The bag of
(act, words of the cue) must be equal; of the other keys those count that a case names. Phrases are compared without
the article or preposition in front and the marks around them; `""` and `[]` say that there is none. `act` and `cue` may
list alternatives, and an act may be `optional`, where docs/reference/record.md leaves the choice open.
"""

# ruff: noqa: E501  (frames are easier to read in one line)

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from documents import document

from onrecord.annotate import annotate
from onrecord.model import Act, Annotations, Attribution, Slot, Span, SpeechAct

Row = dict[str, Any]

FILES = ("acts_en.toml", "acts_traps.toml", "acts_review.toml", "acts_other.toml")
MARKS = " \t\n\r,.;:!?…،؛؟¿¡“”‘\"'«»„()[]–—-"
FRONT = re.compile(
    r"(?:the|an?|to|of|for|on|at|from|with|by|that|this|in|about|against|over|as"
    r"|l[ae]s?|une?|d[eu]s?|aux?|à|que|par|pour|sur|dans|contre|el|los|del|al|por|con|para|en|sobre|contra"
    r"|[вкосуз]|на|ко|об|от|за|по|что|из|до"
    r"|إلى|على|من|في|عن|أن|بأن|إن)\s+",
    re.IGNORECASE,
)
"""Articles, prepositions and conjunctions that a phrase may begin with."""
ELIDED = re.compile(r"^(?:l|d|qu)['’]", re.IGNORECASE)

AROUND = {
    "en": ("The ferry has crossed the river between the two banks since 1962, and its crew lives on both sides of the water.\n\n", "\n\nThe lock lies half an hour upstream of the harbour, at the foot of the old town, where the road from the hills meets the canal."),
    "fr": ("Le bac traverse le fleuve entre les deux rives depuis 1962, et son équipage vive des deux côtés de l’eau.\n\n", "\n\nL’écluse se trouve une demi-heure en amont du port, au pied de la vieille ville, où la route des collines rejoint le canal."),
    "es": ("La barca cruza el río entre las dos orillas desde 1962, y su tripulación vive a ambos lados del agua.\n\n", "\n\nLa esclusa está media hora río arriba del puerto, al pie de la ciudad vieja, donde el camino de las colinas llega al canal."),
    "ru": ("Паром ходит через реку между двумя берегами с 1962 года, и его команда живёт по обе стороны реки.\n\n", "\n\nШлюз находится в получасе пути вверх по реке от гавани, у подножия старого города, где дорога с холмов выходит к каналу."),
    "ar": ("تعبر العبارة النهر بين الضفتين منذ عام 1962، ويسكن طاقمها على جانبي الماء في البلدة القديمة.\n\n", "\n\nيقع الهويس على بعد نصف ساعة من الميناء عند سفح البلدة القديمة حيث يلتقي طريق التلال بالقناة."),
}  # fmt: skip
"""Plain narration before and after a text, so that it is read as running text and no heading."""
STATEMENTS = {
    "en": "Harbour Union\n\nMarn, 3 May 2024\n\nStatement by the Harbour Union\n\n{}\n\nFor the Harbour Union\nMara Oru\n",
    "fr": "Syndicat du port\n\nBelcourt, le 3 mai 2024\n\nDéclaration du Syndicat du port\n\n{}\n\nPour le Syndicat du port\nClaire Moreau\n",
    "es": "Sindicato del Puerto\n\nPuerto Lindo, 3 de mayo de 2024\n\nComunicado del Sindicato del Puerto\n\n{}\n\nPor el Sindicato del Puerto\nElena Ríos\n",
    "ru": "Профсоюз портовиков\n\nМарн, 3 мая 2024 года\n\nЗаявление\n\n{}\n\nПрофсоюз портовиков\n",
    "ar": "بيان صادر عن اتحاد الميناء\n\n3 أيار/مايو 2024\n\n{}\n\nاتحاد الميناء\n",
}  # fmt: skip
REPORTS = {
    "en": "Velna Post\n\nFerry back after two days\n\nBy Lena Marsh\n\n3 May 2024\n\n{}\n",
    "fr": "Le Courrier de Belcourt\n\nLe bac de retour\n\nPar Lena Marsh\n\n3 mai 2024\n\n{}\n",
    "es": "El Faro de Puerto Lindo\n\nVuelve la barca\n\nPor Lena Marsh\n\n3 de mayo de 2024\n\n{}\n",
    "ru": "Речные вести\n\nПаром вернулся\n\nЛена Марш\n\n3 мая 2024 года\n\n{}\n",
    "ar": "صحيفة صدى الوادي\n\nعودة العبارة\n\nلينا مارش\n\n3 أيار/مايو 2024\n\n{}\n",
}
_WHOLE = {
    **{("statement", language): text for language, text in STATEMENTS.items()},
    **{("report", language): text for language, text in REPORTS.items()},
    ("joint", "en"): "Joint statement\n\n3 May 2024\n\n{}\n\nSigned:\n\nHarbour Union\nDelta Front\n",
    ("resolution", "en"): "Resolution 12 (2024)\n\nAdopted by the Assembly of the Two Banks at its 4th meeting, on 3 May 2024\n\nThe Assembly of the Two Banks,\n\n{}\n",
    ("agreement", "en"): "Agreement on the Ferry\n\nbetween the Harbour Union and the Ministry of Trade\n\nMarn, 3 May 2024\n\n{}\n\nFor the Harbour Union\nMara Oru\n\nFor the Ministry of Trade\nPetra Lind\n",
    ("translation", "en"): f"Translated by Leila Nadir for Velna Papers\n\n{STATEMENTS['en']}",
    ("speech", "en"): "Speech by Mara Oru, chair of the Harbour Union, at the quay of Marn\n\n3 May 2024\n\nFriends, colleagues,\n\n{}\n",
}  # fmt: skip
_NARRATED = STATEMENTS["en"].replace("{}", "".join(AROUND["en"]).replace("\n\n\n\n", "\n\n"))
_BESIDE = {
    ("headline", "en"): _NARRATED.replace("Statement by the Harbour Union", "{}"),
    (
        "preface",
        "en",
    ): f"Velna Papers\n\nTranslator's preface: The following statement was issued by the Harbour Union on 3 May 2024. {{}}\n\n{_NARRATED}",
    ("note", "en"): f"{_NARRATED}\n\nNotes to editors: {{}}\n",
}
FRAMES = _BESIDE | {
    (frame, language): whole if frame == "resolution" else whole.replace("{}", "{}".join(AROUND[language]))
    for (frame, language), whole in _WHOLE.items()
}
"""Documents by frame and language; the text of a case takes the place of the braces."""
READ_AS: dict[tuple[str, str], tuple[str, str | None]] = {
    **dict.fromkeys(_BESIDE, ("statement", "Harbour Union")),
    ("translation", "en"): ("translation", "Harbour Union"),
    ("statement", "en"): ("statement", "Harbour Union"),
    ("statement", "fr"): ("statement", "Syndicat du port"),
    ("statement", "es"): ("statement", "Sindicato del Puerto"),
    ("statement", "ru"): ("statement", "Профсоюз портовиков"),
    ("statement", "ar"): ("statement", "اتحاد الميناء"),
    **{("report", language): ("report", None) for language in REPORTS},
    ("joint", "en"): ("statement", None),
    ("resolution", "en"): ("resolution", "Assembly of the Two Banks"),
    ("agreement", "en"): ("agreement", None),
    ("speech", "en"): ("speech", "Mara Oru"),
}
"""Genre and single issuer as which the earlier stages must read a frame for the cases to mean what they say."""


PLACES = {"headline": ("headline",), "preface": ("preface",), "note": ("note",)}
"""Segments that the text of a case lies in, where that is no running text of the statement."""


def cases() -> list[Row]:
    folder = Path(__file__).parent
    return [
        {"frame": "statement", "language": "en", **case}
        for name in FILES
        for case in tomllib.loads((folder / name).read_text("utf8"))["case"]
    ]


CASES = cases()
NAMES = [f"{case['language']}: {case['name']}" for case in CASES]


def framed(case: Row) -> tuple[str, int]:
    """The whole document, and where the case's text begins in it."""
    frame = FRAMES[case["frame"], case["language"]]
    return frame.replace("{}", case["text"]), frame.index("{}")


def bare(words: str) -> str:
    """A phrase without the article or preposition in front and the marks around it; a line break is a space."""
    made = re.sub(r"\s+", " ", words).strip(MARKS)
    while (front := FRONT.match(made)) and front.end() < len(made):
        made = made[front.end() :]
    return ELIDED.sub("", made).strip(MARKS)


class Seen:
    """What was found in a document, in words."""

    def __init__(self, text: str, found: Annotations) -> None:
        self.text = text
        self.names = {it.id: it.name for it in found.entities}
        self.acts = {it.id: it for it in found.acts}
        self.within = {it.id: "statement" for it in found.statements} | {
            it.id: "attribution" for it in found.attributions
        }

    def cue(self, act: SpeechAct) -> str:
        return re.sub(r"\s+", " ", self.text[act.cue.start : act.cue.end])

    def slots(self, act: SpeechAct, role: str) -> list[Slot]:
        return [slot for slot in act.slots if slot.role == role]

    def words(self, act: SpeechAct, role: str) -> list[str]:
        return [bare(self.text[start:end]) for slot in self.slots(act, role) for start, end in slot.spans]


def slot(role: str) -> Callable[[Seen, SpeechAct], list[str]]:
    return lambda seen, act: seen.words(act, role)


READERS: dict[str, Callable[[Seen, SpeechAct], Any]] = {
    "by": lambda seen, act: seen.names.get(act.by or "", ""),
    "in": lambda seen, act: seen.within.get(act.within or "", ""),
    "addressee": slot("addressee"),
    "addressee_is": lambda seen, act: seen.names.get(act.addressee or "", ""),
    "target": slot("target"),
    "target_is": lambda seen, act: seen.names.get(act.target or "", ""),
    "content": slot("content"),
    "deadline": slot("deadline"),
    "deadline_value": lambda seen, act: [it.value or "" for it in seen.slots(act, "deadline")],
    "condition": slot("condition"),
    "conditional": lambda _, act: act.conditional,
    "negation": slot("negation"),
    "negated": lambda _, act: act.negated,
    "intensity": lambda _, act: act.intensity or "",
    "modality": lambda _, act: act.modality,
    "plover": lambda _, act: act.plover or "",
    "parent": lambda seen, act: seen.cue(seen.acts[act.parent]) if act.parent else "",
}
"""How each key of a case is read from an act."""
PHRASES = frozenset(("addressee", "target", "content", "deadline", "condition", "negation"))
KEYS = frozenset(("act", "cue", "optional", *READERS))


def wanted(key: str, value: Any) -> Any:
    """The value of a case in the form that its reader gives."""
    if key == "deadline_value":
        return [value] if isinstance(value, str) else value
    if key not in PHRASES:
        return value
    return [bare(one) for one in ([value] if isinstance(value, str) else value) if one]


def paired(wants: list[Row], acts: list[SpeechAct], seen: Seen) -> tuple[list[tuple[Row, SpeechAct]], list[str]]:
    """Each act of a case with the one found for it, in the order of the text; in words, what is missing or extra."""
    pairs, wrong, left = [], [], list(acts)
    for one in wants:
        fits = (it for it in left if it.act in aslist(one["act"]) and seen.cue(it) in aslist(one["cue"]))
        if (act := next(fits, None)) is not None:
            left.remove(act)
            pairs.append((one, act))
        elif not one.get("optional"):
            wrong.append(f"missing {' or '.join(aslist(one['act']))} {' or '.join(aslist(one['cue']))!r}")
    return pairs, wrong + [f"extra {it.act} {seen.cue(it)!r}" for it in left]


def differences(case: Row, text: str, start: int, found: Annotations) -> list[str]:
    """In words, what differs between the acts of a case and those found in its text."""
    seen = Seen(text, found)
    stop = start + len(case["text"])
    acts = sorted((it for it in found.acts if start <= it.cue.start < stop), key=lambda it: (it.cue.start, it.cue.end))
    pairs, wrong = paired(case["acts"], acts, seen)
    for one, act in pairs:
        for key in sorted(one.keys() & READERS.keys()):
            expected, value = wanted(key, one[key]), READERS[key](seen, act)
            if expected != value:
                wrong.append(f"{seen.cue(act)}: {key} is {value!r}, not {expected!r}")
    return wrong


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_acts(case: Row) -> None:
    text, start = framed(case)
    assert differences(case, text, start, annotate(document(text))) == []


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_earlier_stages_read_a_case_as_it_is_meant(case: Row) -> None:
    """Genre, issuer, running text, and the cue and speaker of every attribution that the case lists, and no other."""
    text, start = framed(case)
    found = annotate(document(text))
    issuers = [party.name for it in found.statements for party in it.parties if party.role == "issuer"]
    genre, issuer = READ_AS[case["frame"], case["language"]]
    assert found.genre == genre
    assert issuer is None or issuers == [issuer]
    assert [it.kind for it in found.segments if it.start <= start < it.end][-1] in PLACES.get(
        case["frame"], ("body", "point")
    )
    stop = start + len(case["text"])
    names = {it.id: it.name for it in found.entities}
    cues = [
        (text[span.start : span.end], names.get((it.source and it.source.entity) or ""))
        for it in found.attributions
        for span in spans(it)
        if start <= span.start < stop
    ]
    reported = [it for it in case["acts"] if it.get("in") == "attribution"]
    outer = [it for it in reported if not it.get("parent")]
    assert {cue for cue, _ in cues} <= {cue for it in reported for cue in aslist(it["cue"])}
    assert {(it["cue"], it["by"]) for it in outer if "by" in it} <= set(cues)
    assert {it["cue"] for it in outer if not it.get("optional")} <= {cue for cue, _ in cues}


def spans(attribution: Attribution) -> tuple[Span, ...]:
    return attribution.cue.spans if attribution.cue else ()


@pytest.mark.parametrize("frame", FRAMES, ids=" ".join)
def test_a_frame_does_nothing(frame: tuple[str, str]) -> None:
    """What stands around the texts of the cases holds no act of its own."""
    plain = {
        "en": "The ferry has crossed the river since 1962.",
        "fr": "Le bac traverse le fleuve depuis 1962.",
        "es": "La barca cruza el río desde 1962.",
        "ru": "Паром ходит через реку с 1962 года.",
        "ar": "تعبر العبارة النهر منذ عام 1962.",
    }
    assert annotate(document(FRAMES[frame].replace("{}", plain[frame[1]]))).acts == ()


def test_cases_are_well_formed() -> None:
    """Names are unique, keys known, acts in the table, cues and slots words of the text in the order of the cues."""
    assert len(set(NAMES)) == len(NAMES)
    for case in CASES:
        assert case.keys() <= {"name", "frame", "language", "text", "acts"}, case["name"]
        assert (case["frame"], case["language"]) in FRAMES, case["name"]
        for one in case["acts"]:
            assert one.keys() <= KEYS, case["name"]
            assert set(aslist(one["act"])) <= set(get_args(Act)), case["name"]
            words = aslist(one["cue"]) + [w for key in PHRASES & one.keys() for w in aslist(one[key])]
            assert all(it in re.sub(r"\s+", " ", case["text"]) for it in words), (case["name"], words)


def aslist(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def test_the_runner_tells_right_from_wrong() -> None:
    """A made result passes; each way in which it can be wrong is named."""
    text = "We strongly condemn the attack. We wait."
    case: Row = {
        "text": text,
        "acts": [{"act": "condemn", "cue": "condemn", "target": "attack", "intensity": "strongly", "deadline": ""}],
    }
    act = SpeechAct(
        id="s1", start=0, end=30, act="condemn", cue=Span(12, 19), within="st1", by=None, intensity="strongly",
        slots=(Slot("target", (Span(20, 30),)),),
    )  # fmt: skip
    assert differences(case, text, 0, Annotations(acts=(act,))) == []
    assert differences(case, text, 0, Annotations()) == ["missing condemn 'condemn'"]
    assert differences({"text": text, "acts": []}, text, 0, Annotations(acts=(act,))) == ["extra condemn 'condemn'"]
    softer = {**case, "acts": [{**case["acts"][0], "intensity": "", "negated": True, "by": "Harbour Union"}]}
    assert differences(softer, text, 0, Annotations(acts=(act,))) == [
        "condemn: by is '', not 'Harbour Union'",
        "condemn: intensity is 'strongly', not ''",
        "condemn: negated is False, not True",
    ]
    other = {**case, "acts": [{**case["acts"][0], "target": "We wait"}]}
    assert differences(other, text, 0, Annotations(acts=(act,))) == ["condemn: target is ['attack'], not ['We wait']"]
