"""What is sent to be imported, by a form or by a program, becomes a job."""

from __future__ import annotations

import shutil

from fastapi import Request

from onrecord.archive import Archive, given
from onrecord.errors import MetadataError
from onrecord.model import Given
from onrecord.web.access import Refused, editor
from onrecord.web.imports import Imports, Job, imports_of
from onrecord.web.uploads import received

FIELDS = ("publisher", "language", "published", "collector", "note")
"""What may be said of all the files of one import."""
SPARE = 200_000_000
"""Bytes that are left free on the disk, for the archive's own work."""


class Misread(MetadataError):
    """A field holds what cannot be; `fields` are all that were sent."""

    def __init__(self, message: str, fields: dict[str, str]) -> None:
        super().__init__(message)
        self.fields = fields


async def sent(request: Request, archive: Archive) -> Job:
    """The job of the files that a request sends. Raises Refused, Misread."""
    person = editor(request)
    queue = imports_of(archive)
    roomy(request, queue, archive)
    try:
        with queue.spool() as folder:
            upload = await received(request, folder)
            if not upload.files:
                raise Refused(400, "No file was chosen", "Go back, choose files or drop them in, and send them again.")
            return queue.submit(folder, upload.files, said(upload.fields), person.name)
    except OSError as error:
        advice = f"{error.strerror or error}. Make room on the disk of the archive, then send them again."
        raise Refused(503, "The files could not be kept", advice) from error


def roomy(request: Request, queue: Imports, archive: Archive) -> None:
    """Raises Refused where more should not be sent now."""
    if queue.full:
        advice = "Wait until some of them are done, then send these again."
        raise Refused(503, "Many imports are waiting already", advice, {"retry-after": "60"})
    size = request.headers.get("content-length", "0")
    # Once here, and once more in the archive.
    if size.isdecimal() and 2 * int(size) + SPARE > shutil.disk_usage(archive.folder).free:
        raise Refused(503, "There is no room for these files", "Make room on the disk of the archive first.")


def said(fields: dict[str, str]) -> Given:
    """What a form says of its files. Raises Misread."""
    try:
        return given(**{name: fields.get(name, "").strip() or None for name in FIELDS})
    except MetadataError as error:
        said = str(error).partition(": ")[2]
        raise Misread(said[:1].upper() + said[1:], fields) from error
