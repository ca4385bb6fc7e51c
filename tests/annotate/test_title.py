"""The title: from the text where it can be had, else from the format."""

import pytest
from documents import found

from onrecord.model import Span, Title

BODY = "We will not sign the agreement until the ferry is given back to its crew and the lock is opened again."

TITLES = [
    (f"Statement on the ferry\n\n{BODY}", None, Title("Statement on the ferry", (Span(0, 22),))),
    (f"HARBOUR UNION\n\nCall for  calm in Orsk\n\n{BODY}", None, Title("Call for calm in Orsk", (Span(15, 37),))),
    (f"Orsk Post\nFerry crew freed\n\n{BODY}", "Ferry Crew Freed", Title("Ferry crew freed", (Span(10, 26),))),
    (BODY, "Ferry crew freed", Title("Ferry crew freed")),
    (BODY, None, None),
    ("", None, None),
    ("", "  Ferry \n crew ", Title("Ferry crew")),
]


@pytest.mark.parametrize(("text", "given", "expected"), TITLES)
def test_title(text: str, given: str | None, expected: Title | None) -> None:
    assert found(text, title=given).title == expected
