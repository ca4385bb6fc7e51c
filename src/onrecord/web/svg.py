"""Pictures of our own as SVG: elements whose words are escaped, and names that are set in their own direction.

Shapes carry the colours of print as attributes and a class each: the style sheet of the pages, which comes before
attributes, gives them the colours of the scheme; a file of its own has the attributes alone. No style is in a picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from markupsafe import Markup, escape

from onrecord.web.glyphs import SCRIPTS_RIGHT_TO_LEFT, plain

INK, QUIET, LINE, ACCENT, BAND, PAPER = "#23201b", "#655e52", "#c9c2b4", "#1c5a63", "#f4f1ea", "#ffffff"
SANS = "system-ui, sans-serif"
WIDE = frozenset({"Hani", "Jpan", "Kore", "Hang", "Hira", "Kana", "Bopo", "Yiii"})
"""Scripts whose letters are twice as wide."""

Value = str | int | float | None


def element(name: str, *children: Markup | str, **attributes: Value) -> Markup:
    """An element; `text_anchor` is the attribute text-anchor, `class_` class; one that is None is left out."""
    said = "".join([f' {spelled(key)}="{_safe(value)}"' for key, value in attributes.items() if value is not None])
    inside = "".join([child if isinstance(child, Markup) else escape(child) for child in children])
    return Markup(f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>")


@cache
def spelled(key: str) -> str:
    """An attribute's name as SVG has it."""
    return key.rstrip("_").replace("_", "-")


def group(children: Iterable[Markup], **attributes: Value) -> Markup:
    return element("g", *children, **attributes)


def _safe(value: Value) -> str:
    # Most values are numbers, which need no escaping: a picture has thousands.
    return escape(value) if isinstance(value, str) else _written(value)


def _written(value: Value) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def picture(width: float, height: float, *children: Markup, label: str, file: bool = False, **more: Value) -> Markup:
    """A whole picture; `file`: as a file of its own, on white."""
    own: dict[str, Value] = {"xmlns": "http://www.w3.org/2000/svg", "font_family": SANS} if file else {}
    ground = [element("rect", width=width, height=height, fill=PAPER)] if file else []
    return element(
        "svg", *ground, *children, viewBox=f"0 0 {_written(width)} {_written(height)}", width=width, height=height,
        role="img" if file else "group", aria_label=label, **own, **more,
    )  # fmt: skip


def link(address: str | None, *children: Markup, label: str, **more: Value) -> Markup:
    """What leads to an address, with what it is said to be; a plain group where there is none."""
    told = element("title", plain(label))
    if address is None:
        return element("g", told, *children, **more)
    return element("a", told, *children, href=address, aria_label=plain(label), **more)


def right_to_left(script: str | None) -> bool:
    return (script or "").lower() in SCRIPTS_RIGHT_TO_LEFT


def name(
    text: str, x: float, y: float, *, script: str | None, lang: str | None, end: bool, room: float, **more: Value
) -> Markup:
    """A name in its own direction: at its end or its beginning in the picture's direction (`x`), cut to the room."""
    turned = right_to_left(script)
    anchor = "start" if turned == end else "end"
    return element(
        "text", plain(fitted(text, room, script)), x=x, y=y, text_anchor=anchor,
        direction="rtl" if turned else None, lang=lang, **more,
    )  # fmt: skip


def fitted(text: str, room: float, script: str | None = None, size: float = 13) -> str:
    """As much of a name as there is room for, in the width of an ordinary letter."""
    text = " ".join(text.split())
    most = max(4, int(room / (size * (1.02 if script in WIDE else 0.5))))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
