"""Words of strangers as XML 1.0 can hold them.

XML 1.0 has no way to write most control characters, halves of surrogate pairs and U+FFFE and U+FFFF, not even escaped.
Each becomes U+FFFD, the sign for what cannot be shown, so that lengths and offsets stay. Markup is escaped by lxml;
what turns a line round (U+202E and its like) is legal and stays: a file for machines is not a screen.
"""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


def legal(words: str) -> str:
    """The words, with U+FFFD for every character that XML 1.0 forbids."""
    return _ILLEGAL.sub(REPLACEMENT, words)
