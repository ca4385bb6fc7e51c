"""A week of letters about the quays of the Velna, and reports of them. All of it is invented."""

from __future__ import annotations

from quay import COUNCIL, GUARD, MINISTRY, UNION, Letter, Said, denied, letter, said

POST = "River Post"
LETTERS: dict[str, Letter] = {
    "1-call": letter(
        UNION, "2023-09-04",
        denied("We will not unload a single ship.", "refuse", "will not unload", target="a single ship"),
        said("We demand of the Ministry of Ferries the lists of the crews by 15 September.", "demand", "demand",
             addressee=MINISTRY, content="the lists of the crews", deadline="by 15 September=2023-09-15"),
        said("The harbour was full on Monday.", "claim", "was", content="The harbour was full on Monday"),
        publisher=POST,
    ),
    "2-reply": letter(
        MINISTRY, "2023-09-06",
        said("We will print the lists of the crews if the quays are open.", "promise", "will print",
             content="the lists of the crews", condition="if the quays are open"),
    ),
    "3-softer": letter(
        UNION, "2023-09-08",
        said("We ask the Ministry of Ferries for the lists of the crews.", "request", "ask",
             addressee=MINISTRY, content="the lists of the crews"),
        Said("We would welcome talks on the lists.", "offer", "would welcome", {"content": "talks on the lists"},
             modality="hypothetical"),
    ),
    "4-report": letter(
        (), None,
        Said("Hill Guard vowed to keep the dam road open.", "promise", "vowed",
             {"content": "keep the dam road open"}, by=GUARD, modality="reported", plover="AGREE"),
        published="2023-09-09", publisher=POST,
    ),
    "5-month": letter(
        (COUNCIL, MINISTRY), "2023-09",
        said("We undertake to pay for the medicine.", "promise", "undertake", content="pay for the medicine"),
    ),
    "6-undated": letter(
        UNION, None, said("We offer the Basin Council our boats.", "offer", "offer", addressee=COUNCIL,
                          content="our boats"),
    ),
}  # fmt: skip
