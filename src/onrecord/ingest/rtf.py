"""RTF through striprtf."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.errors import Unreadable
from onrecord.ingest.encodings import whole
from onrecord.ingest.limits import Limits
from onrecord.ingest.parts import Declared, Rendered
from onrecord.ingest.sheet import edition, too_long

_TITLE = re.compile(r"\{\\title ([^{}]{1,2000})\}")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def document(data: bytes, limits: Limits) -> Rendered:
    """An RTF document as text: its paragraphs; pictures and formatting are left out."""
    from striprtf.striprtf import rtf_to_text

    convert: Callable[..., str] = rtf_to_text

    source = data.decode("latin-1")
    match = _CODE_PAGE.search(data[:4096])
    encoding = f"cp{match[1].decode()}" if match else "cp1252"
    try:
        text = convert(source, encoding=encoding, errors="replace")
    except LookupError:
        text = convert(source, encoding="cp1252", errors="replace")
    except (ValueError, KeyError, IndexError) as error:
        raise Unreadable("damaged", f"It is not RTF as it should be ({error}).", "Save it again as DOCX.") from error
    if len(text) > limits.text_chars:
        raise too_long(len(text), limits)
    title = _TITLE.search(source[:20_000])
    said = Declared(title=convert("{\\rtf1 " + title[1] + "}", encoding=encoding, errors="replace") if title else None)
    return Rendered(text=whole(text.strip("\n")), extractor="striprtf", version=edition("striprtf", 1), declared=said)
