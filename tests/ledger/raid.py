"""Texts about one night at Sarn Ford, each with a figure of its own. The Velna and all on it are invented."""

from __future__ import annotations

from pathlib import Path

from onrecord import Archive
from onrecord.model import Given

GUARD, MINISTRY, UNION, COUNCIL = "Hill Guard", "Ministry of Ferries", "Velna Dockers' Union", "Basin Council"
_GUARD = (
    "Statement of the Hill Guard\n\n6 October 2023\n\n"
    "Last night the river police raided our camp at Sarn Ford. We mourn at least 12 dead.\n"
)
TEXTS: dict[str, tuple[str | None, str]] = {
    "1-guard": ("2023-10-06", _GUARD),
    "2-report": (
        "2023-10-07",
        "Raid at the ford\n\nThe Ministry of Ferries said there were five dead in the raid at Sarn Ford. The ministry"
        " has sent 40 officers to the ford.\n\nAn unnamed boatman said that the raid left nine dead. Were there"
        " really 30 dead? “We buried 11 dockers,” said Anna Brandt. She spoke of 3 in all.\n",
    ),
    "3-again": ("2023-10-09", f"{_GUARD}\nWe thank those who came.\n"),
    "4-translation": (
        None,
        "Statement of the Basin Council\n\n10 October 2023\n\nTranslated by Marta Tarn\n\nThe Council counts between 5"
        " and 12 dead at Sarn Ford. The figure of 40 dead is false. If 20 dockers come, we shall open two gates."
        " “The raid left six dead,” said Petra Lind.\n",
    ),
    "5-month": ("2023-10", "The quiet ford\n\nThe Ministry of Ferries said there were four dead at Sarn Ford.\n"),
    "6-undated": (None, "Statement of the Velna Dockers' Union\n\nWe lost a dozen dockers in the raid.\n"),
}
"""By the names of their files: when they were published, and what they say."""


def raid(folder: Path) -> Archive:
    """An archive of these texts."""
    archive = Archive.open(folder / "raid.onrecord", create=True)
    for name, (published, text) in TEXTS.items():
        file = folder / f"{name}.txt"
        file.write_text(text, "utf8")
        archive.build([file], given=Given(publisher="River Post", published=published))
    return archive
