"""Answers to be saved: pictures and tables, under a name that says what they are."""

from __future__ import annotations

from fastapi.exceptions import HTTPException
from starlette.responses import Response

from onrecord.web import charts


def attached(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


def file(body: bytes, name: str, media: str) -> Response:
    """An answer as a file of this name."""
    return Response(body, media_type=media, headers=attached(name))


def picture(chart: charts.Chart, name: str) -> Response:
    """A chart as a file of its own. 404 where it cannot be drawn here."""
    drawn = chart.file()
    if drawn is None:
        raise HTTPException(404)
    return file(drawn, f"{name}.svg", "image/svg+xml")
