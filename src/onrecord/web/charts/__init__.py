"""Charts: rows to SVG that fits our pages, drawn on this machine by Altair's grammar and vl-convert.

    chart = lines([Mark("2024-05", 12, "en", "May 2024: 12 documents", "/search?…")], "Documents by month")
    chart.inline()   # Markup for a page, coloured by its style sheet; None where the extra is not installed
    chart.file()     # the same as a file of its own, for ?form=svg

A template draws it by the macro `chart` of parts.html, beside its numbers as a table: a chart is never the only place
where a number stands. `shapes` has the grammar, `engine` draws, `svg` makes it ours.
"""

from __future__ import annotations

from onrecord.web.charts.engine import MISSING, installed, warm
from onrecord.web.charts.kinds import Chart, Mark, Stay, bars, columns, lanes, lines

__all__ = ["MISSING", "Chart", "Mark", "Stay", "bars", "columns", "installed", "lanes", "lines", "warm"]
