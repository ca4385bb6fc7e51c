"""The style sheet, the script and the icon, each under an address that changes with its content.

The style sheet and the script are written in parts, a page a part, and served as one file each: `style/*.css` and
`script/*.js` joined in the order of their names. A part of the script is a block, so its names are its own.
"""

from __future__ import annotations

import mimetypes
from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi.exceptions import HTTPException
from starlette.responses import Response

STATIC = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"


def parts(folder: str) -> list[str]:
    return [path.read_text("utf8") for path in sorted((STATIC / folder).iterdir()) if path.is_file()]


@cache
def assets() -> dict[str, bytes]:
    """The files to be had, by name: what is not among them cannot be asked for."""
    found = {path.name: path.read_bytes() for path in sorted(STATIC.iterdir()) if path.is_file()}
    script = '"use strict";\n' + "".join(f"{{\n{part}}}\n" for part in parts("script"))
    return found | {"onrecord.css": "\n".join(parts("style")).encode(), "onrecord.js": script.encode()}


@cache
def address_of(name: str) -> str:
    """A static file's address, which changes with its content."""
    return f"/static/{name}?v={sha256(assets()[name]).hexdigest()[:12]}"


def static_file(name: str) -> Response:
    if name not in assets():
        raise HTTPException(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(assets()[name], media_type=kind, headers={"cache-control": FOR_EVER})
