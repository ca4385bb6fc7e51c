"""Bytes to Capture to Document, a file a format; the only way in.

`find` says which files there are, `unpack` which texts lie in one stored file, and `render` reads one of them. No step
uses the network; all three go on after anything that is wrong with a file and say so in a Notice.
"""

from __future__ import annotations

from onrecord.ingest.find import Tell, find, is_metadata, printable
from onrecord.ingest.given import validated
from onrecord.ingest.limits import LIMITS, Limits
from onrecord.ingest.parts import Declared, Item, Offer
from onrecord.ingest.render import render
from onrecord.ingest.unpack import unpack

__all__ = [
    "LIMITS",
    "Declared",
    "Item",
    "Limits",
    "Offer",
    "Tell",
    "find",
    "is_metadata",
    "printable",
    "render",
    "unpack",
    "validated",
]
