"""onrecord: who said what, on whose behalf, together with whom, to whom, when, and through whose pen it reached us.

    from onrecord import Archive

    with Archive.open("river.onrecord", create=True) as archive:
        archive.build(["letters/"])
        archive.search('"will not sign"')
        for record in archive.records(): ...

The four verbs are `Archive.open`, `.build`, `.search` and `.records`. Types are in `onrecord.model`, errors in
`onrecord.errors`; both are listed here. Nothing heavy is imported before the archive is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord import errors, model
from onrecord.errors import *  # noqa: F403
from onrecord.model import *  # noqa: F403

if TYPE_CHECKING:
    from onrecord.adding import AddReport as AddReport
    from onrecord.archive import Archive as Archive
    from onrecord.archive import BuildReport as BuildReport

LATE = {"Archive": "onrecord.archive", "AddReport": "onrecord.adding", "BuildReport": "onrecord.archive"}
__all__ = [*LATE, *errors.__all__, *model.__all__]  # noqa: PLE0604 - the lists of strings are theirs


def __getattr__(name: str) -> Any:
    """`Archive` brings the whole house with it, so it is imported when first asked for."""
    if name in LATE:
        return getattr(import_module(LATE[name]), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
