"""Writes a document's words as a file of its format, laid out as such files are; the same bytes each time."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from datetime import datetime
from email import policy
from email.message import EmailMessage
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element

Blocks = list[tuple[Element, int, int]]
TAGS = {
    "headline": "h1",
    "address": "p",
    "letterhead": "div",
    "item": "article",
    "citation": "blockquote",
    "point": "p",
}
CHROMIUM = (
    "chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    " --no-pdf-header-footer"
)


def leaves(blocks: Blocks) -> Blocks:
    """The blocks that hold words, in the order of the text."""
    return sorted((block for block in blocks if block[0].tag != "item"), key=lambda block: block[1])


def write(target: Path, root: Element, text: str, blocks: Blocks) -> None:
    """The file `target`; its ending names the format."""
    target.write_bytes(WRITERS[target.suffix](root, text, blocks))


def plain(root: Element, text: str, blocks: Blocks) -> bytes:
    return text.encode()


def html(root: Element, text: str, blocks: Blocks) -> bytes:
    """A saved page: a menu, the words, a foot; the stories of a digest as articles."""
    lang = root.get("lang", "en")
    lines = {"nav": [], "main": []}
    items = [(start, end) for element, start, end in blocks if element.tag == "item"]
    for element, start, end in leaves(blocks):
        words = escape(text[start:end], quote=False).replace("\n", "<br>\n")
        inside = next((item for item in items if item[0] <= start < item[1]), None)
        tag = "h2" if inside and element.tag == "headline" else TAGS.get(element.tag, "p")
        line = f'<{tag} class="{element.tag}">{words}</{tag}>'
        if inside and inside[0] == start:
            line = "<article>\n" + line
        if inside and inside[1] == end:
            line += "\n</article>"
        if element.tag == "nav":
            lines["nav"].append(f'<li><a href="#">{words}</a></li>')
        else:
            lines["main"].append(line)
    published = root.get("published")
    meta = (
        f'<meta property="article:published_time" content="{published}">\n'
        if published and root.get("meta") == "none"
        else ""
    )
    site = (
        f'<meta property="og:site_name" content="{escape(root.get("publisher", ""))}">\n'
        if root.get("publisher")
        else ""
    )
    direction = "rtl" if lang == "ar" else "ltr"
    menu = "<nav><ul>\n" + "\n".join(lines["nav"]) + "\n</ul></nav>\n" if lines["nav"] else ""
    title = escape(root.get("title") or "")
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n{meta}{site}"
        f"</head>\n<body>\n{menu}<main>\n" + "\n".join(lines["main"]) + "\n</main>\n</body>\n</html>\n"
    ).encode()


def docx(root: Element, text: str, blocks: Blocks) -> bytes:
    import docx as word

    document = word.Document()
    document.core_properties.created = document.core_properties.modified = datetime(2024, 1, 1)
    document.core_properties.title = root.get("title") or ""
    document.core_properties.author = ""
    for element, start, end in leaves(blocks):
        style = "Heading 1" if element.tag == "headline" else "Normal"
        document.add_paragraph(text[start:end], style=style)
    made = io.BytesIO()
    document.save(made)
    return same_bytes(made.getvalue())


def same_bytes(packed: bytes) -> bytes:
    """The ZIP file again, without the hour of its making."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return made.getvalue()


def pdf(root: Element, text: str, blocks: Blocks) -> bytes:
    """Typeset from left to right by reportlab, from right to left by a browser, which shapes Arabic."""
    if root.get("lang") == "ar":
        return pdf_of_page(html(root, text, blocks))
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    made = io.BytesIO()
    styles = getSampleStyleSheet()
    story = []
    for element, start, end in leaves(blocks):
        words = escape(text[start:end], quote=False).replace("\n", "<br/>")
        story += [Paragraph(words, styles["Heading2" if element.tag == "headline" else "Normal"]), Spacer(1, 9)]
    SimpleDocTemplate(made, title=root.get("title") or "", invariant=1).build(story)
    return made.getvalue()


def pdf_of_page(page: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_bytes(page)
        options = [*CHROMIUM.split(), f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", str(source)]
        subprocess.run(options, check=True, capture_output=True)
        # The hour of printing stands in the file: another of the same length takes its place.
        return re.sub(rb"\(D:\d{14}", b"(D:20240101000000", target.read_bytes())


def eml(root: Element, text: str, blocks: Blocks) -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = root.get("from", "press@example.org")
    message["To"] = root.get("to", "newsdesk@example.org")
    message["Subject"] = root.get("subject") or root.get("title") or ""
    message["Date"] = root.get("date") or "Fri, 03 May 2024 09:00:00 +0000"
    message["Message-ID"] = f"<{root.get('file')}@example.org>".replace("/", ".")
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


WRITERS = {".txt": plain, ".html": html, ".docx": docx, ".pdf": pdf, ".eml": eml}


def metadata(target: Path, files: Path, root: Element) -> list[str]:
    """A side-car beside the file, or rows for the manifest, as the document's `meta` says."""
    said = {key: root.get(key) for key in ("publisher", "published") if root.get(key)}
    how = root.get("meta", "none")
    if how == "sidecar" and said:
        lines = [f'{key} = "{value}"' for key, value in said.items()]
        target.with_name(target.name + ".meta.toml").write_text("\n".join(lines) + "\n", encoding="utf8")
    if how != "manifest":
        return []
    publisher = said.get("publisher", "")
    quoted = f'"{publisher}"' if "," in publisher else publisher
    return [f"{target.relative_to(files).as_posix()},{quoted},{said.get('published', '')},{root.get('lang')}"]
