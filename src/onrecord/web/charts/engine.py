"""The drawing engine: Vega-Lite in, SVG out, nothing fetched.

vl-convert runs Vega in a JavaScript engine inside this process: starting it takes 0.5 s of the processor and 70 MB,
Altair 0.3 s and 30 MB; a chart then takes 10 to 60 ms, nearly all of it for measuring its words. So drawings are kept.
"""

from __future__ import annotations

import json
import logging
import threading
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

log = logging.getLogger("onrecord.web")

KEPT = 256
"""Drawings that are kept: 5 to 40 KB each."""
MISSING = "This chart can be drawn too: install the extra with pip install 'onrecord[charts]'. Its numbers are here."
_one = threading.Lock()


@cache
def installed() -> bool:
    """Whether the extra `charts` is there."""
    return all(find_spec(name) for name in ("altair", "vl_convert"))


def drawn(specification: dict[str, Any]) -> str | None:
    """Vega's SVG of a specification; None where it cannot be drawn here."""
    return _drawn(json.dumps(specification, sort_keys=True, ensure_ascii=False)) if installed() else None


@lru_cache(KEPT)
def _drawn(specification: str) -> str | None:
    import vl_convert

    with _one:  # it has one engine, and waiting for it twice gives nothing
        try:
            return str(vl_convert.vegalite_to_svg(specification, allowed_base_urls=[]))
        except ValueError:
            log.exception("a chart could not be drawn")
            return None


def warm() -> threading.Thread | None:
    """Start the engine beside everything else, so that the first page with a chart need not wait for it."""
    if not installed():
        return None
    from onrecord.web.charts.kinds import Mark, columns

    def once() -> None:
        columns([Mark("2024", 1)], "").inline()

    thread = threading.Thread(target=once, name="charts", daemon=True)
    thread.start()
    return thread
