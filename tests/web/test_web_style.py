# ruff: noqa: E501 - cases stay in one piece
"""The style sheet's colours, in both schemes: what is read must stand out (WCAG AA: 4.5 to 1), what borders must show (3 to 1)."""

from __future__ import annotations

import re
from itertools import product

import pytest

from onrecord.web.assets import STATIC, assets

SHEET = assets()["onrecord.css"].decode()
SCHEMES = dict(zip(("light", "dark"), re.findall(r":root \{([^}]*--paper[^}]*--own[^}]*)\}", SHEET), strict=True))
READ = product(
    ["ink", "quiet", "accent", "act", "figure", "warn", "c1", "c2", "c3", "c4", "c5", "c6"], ["paper", "sheet"]
)
OVER = product(["ink"], ["own", "own-2", "hatch", "at"])
BORDERS = product(["field", "name", "time", "accent", "at-edge", "bar", "act", "figure"], ["paper"])


def colours(scheme: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", SCHEMES[scheme]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [*((*pair, 4.5) for pair in READ), *((*pair, 7.0) for pair in OVER), *((*pair, 3.0) for pair in BORDERS), ("quiet", "own", 4.5), ("paper", "accent", 4.5)],
)  # fmt: skip
def test_contrast(scheme: str, front: str, back: str, least: float) -> None:
    known = colours(scheme)
    assert contrast(known[front], known[back]) >= least


def test_nothing_is_laid_out_by_left_and_right() -> None:
    physical = re.findall(r"(?:margin|padding|border|inset)?-?(?:left|right)\s*:", SHEET)
    assert physical == []


OWN = sorted(path for path in (STATIC / "style").iterdir() if path.name[0] in "2345678")
"""The parts that are a page's own; those with the same tens belong to one page."""


def opened_by(sheet: str) -> set[str]:
    """The classes with which selectors begin: what a part claims for itself."""
    selectors = re.findall(r"^\s*([^@{}/\n][^{}]*)\{", sheet, flags=re.MULTILINE)
    each = (one.split() for selector in selectors for one in re.split(r",(?![^(]*\))", selector))
    return {found[1] for words in each if words and (found := re.match(r"(?:[a-z]+)?\.([\w-]+)", words[0]))}


def test_no_part_styles_what_is_anothers() -> None:
    claimed: dict[str, set[str]] = {}
    for path in OWN:
        for name in opened_by(path.read_text("utf8")):
            claimed.setdefault(name, set()).add(path.name[0])
    assert {name: parts for name, parts in claimed.items() if len(parts) > 1} == {}
