"""Passwords: argon2id, with the parameters of RFC 9106 for little memory (64 MiB, 3 passes, 4 lanes).

Apart from `people`, since loading it takes time that only those who set or check a password should pay.
"""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from onrecord.errors import MetadataError

SHORTEST = 12
LONGEST = 1000
"""Code points."""
HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def hashed(password: str) -> str:
    """What is kept in place of a password. Raises MetadataError for one that is too short, with advice."""
    if len(password) < SHORTEST:
        raise MetadataError(
            f"This password has {len(password)} characters; it takes {SHORTEST} or more. Four or five words that have "
            "nothing to do with one another are easy to keep in mind and hard to guess."
        )
    if len(password) > LONGEST:
        raise MetadataError(f"This password has {len(password):,} characters; {LONGEST:,} are the most.")
    return HASHER.hash(composed(password))


def fits(kept: str, password: str) -> bool:
    """Whether `kept` was made of this password; takes as long where it is not."""
    try:
        return HASHER.verify(kept, composed(password))
    except (VerificationError, InvalidHashError):
        return False


def composed(password: str) -> bytes:
    """The same for é typed as one sign or as two."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
