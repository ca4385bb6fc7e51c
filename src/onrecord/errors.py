"""What can go wrong, drawn once.

    OnrecordError
    ├── ArchiveError            the archive as a whole
    │   ├── NotAnArchive        the folder holds no archive, or one that is not ours
    │   ├── ArchiveBusy         another process is writing to it
    │   ├── ArchiveClosed       it was let go of while somebody read
    │   ├── ArchiveTooNew       written by a later onrecord
    │   └── ArchiveFull         the disk has no room left; nothing half-written stays
    ├── Unreadable              one file's bytes cannot be turned into text (becomes a Notice, never ends a run)
    ├── QueryError              a search query cannot be understood
    ├── MetadataError           a side-car, manifest or option holds a value that cannot be
    ├── JudgementError          a judgement names nothing that is in the archive
    ├── RegistryError           a registry of names cannot be taken in; none of it was
    ├── NotFound                no such document, entity or judgement
    ├── WorkerLost              a process or machine that did part of the work died
    └── ExtraMissing            an optional library is not installed

Every message says what happened and what to do about it.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "ArchiveBusy", "ArchiveClosed", "ArchiveError", "ArchiveFull", "ArchiveTooNew", "ExtraMissing", "JudgementError",
    "MetadataError", "NotAnArchive", "NotFound", "OnrecordError", "QueryError", "RegistryError", "Unreadable",
    "WorkerLost",
]  # fmt: skip


class OnrecordError(Exception):
    """The root of all errors that onrecord raises on purpose."""


class ArchiveError(OnrecordError):
    """The archive as a whole cannot be used."""


class NotAnArchive(ArchiveError):
    """The folder holds no onrecord archive."""


class ArchiveBusy(ArchiveError):
    """Another process is writing to the archive."""


class ArchiveClosed(ArchiveError):
    """The archive was closed while another thread read, or before."""


class ArchiveTooNew(ArchiveError):
    """The archive was written by a later version of onrecord."""


class ArchiveFull(ArchiveError):
    """The disk is full; what was committed before stays, nothing is half-written."""


class Unreadable(OnrecordError):
    """One file's bytes cannot be turned into text.

    `code` is a short stable word (`encrypted`, `scanned`, `bomb`, `damaged`, `unknown-format`, …); `advice` says
    what the person can do. The run turns this into a Notice and goes on; the original is kept.
    """

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(f"{message} {advice}".strip())
        self.code = code
        self.message = message
        self.advice = advice

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str, str]]:
        return Unreadable, (self.code, self.message, self.advice)


class QueryError(OnrecordError):
    """A search query cannot be understood."""


class MetadataError(OnrecordError):
    """A side-car, a manifest or an option holds a value that cannot be."""


class JudgementError(OnrecordError):
    """A judgement names nothing that is in the archive, or says what cannot be said."""


class RegistryError(OnrecordError):
    """A registry of names cannot be taken in, and none of it was.

    `problems` are all that is wrong with it, each with its entry and, where known, its line; the message shows the
    first of them.
    """

    def __init__(self, message: str, problems: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems

    def __reduce__(self) -> tuple[type[RegistryError], tuple[str, tuple[Any, ...]]]:
        return RegistryError, (str(self), self.problems)


class NotFound(OnrecordError):
    """No such document, entity or judgement."""


class WorkerLost(OnrecordError):
    """A process or machine that did part of the work died; what was committed before stays."""


class ExtraMissing(OnrecordError):
    """An optional library is not installed."""
