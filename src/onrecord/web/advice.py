"""What to do about imports that could not be read, or not well: by the code of their notice."""

from __future__ import annotations

from typing import NamedTuple


class Advice(NamedTuple):
    """What it is, and what to do."""

    title: str
    do: str


ADVICE = {
    "bomb": Advice("Unpacks to far more than it is", "Unpack it by hand and add the files that you trust."),
    "damaged": Advice("Damaged or cut off", "Get it again from its source, or open and save it with the program that made it."),
    "denied": Advice("Not allowed to be read", "Give yourself the right to read it, then add it again."),
    "empty": Advice("Empty", "Check that it was saved whole; if it is meant to be empty, nothing is to be done."),
    "encoding-damaged": Advice("Characters were lost before it came here", "Look for a better copy: what is lost cannot be guessed."),
    "encoding-guessed": Advice("Its encoding was guessed", "Read a few lines; where letters are wrong, save it as UTF-8 and add it again."),
    "encrypted": Advice("Locked with a password", "Unlock it, save it without a password and add it again."),
    "html-depth": Advice("A page nested without end", "Compare the text with the page; save it again where words are missing."),
    "html-tags": Advice("A page with broken markup", "Compare the text with the page; save it again where words are missing."),
    "html-whole": Advice("A page without a recognisable article", "All of its words were taken, menus too: check what is text."),
    "loop": Advice("A folder that contains itself", "Nothing: its files were read once."),
    "missing-part": Advice("A part is missing from the file", "Get it again from its source."),
    "nested": Advice("Containers within containers", "Unpack it by hand and add what is in it."),
    "no-text": Advice("No words in it", "If its words are spoken or pictured, write them down or recognise them, and add the text."),
    "no-text-column": Advice("A table without a column of texts", "Name the column that holds the words `text`."),
    "not-unicode": Advice("A file name that is no text", "Rename the file and add it again."),
    "scanned": Advice("Pictures of pages", "Recognise the text (OCR), for instance with ocrmypdf, and add that file."),
    "scanned-pages": Advice("Some pages are pictures", "Recognise the text of these pages (OCR) and add the file again."),
    "skipped": Advice("Parts without words were passed over", "Nothing, unless a part should hold words."),
    "special": Advice("Not a file with words", "Nothing, unless it should be one."),
    "stray-metadata": Advice("A metadata file that describes nothing", "Check the name or path that it gives."),
    "too-large": Advice("Larger than can be read", "Split it, and add the parts."),
    "too-long": Advice("Longer than can be read", "Split it, and add the parts."),
    "unknown-format": Advice("A format that is not read", "Save it as PDF, DOCX, HTML or plain text and add that."),
    "vanished": Advice("Gone before it could be read", "Add it again when it is back."),
}  # fmt: skip
OTHER = Advice("Something else", "What the notice says.")


def advice(code: str) -> Advice:
    return ADVICE.get(code, OTHER)
