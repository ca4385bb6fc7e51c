"""Saved pages: nothing of the text is lost, and what stands around it is left out or marked."""

from __future__ import annotations

import pytest

SENTENCE = (
    "The harbour union of Orsk said that it would not sign the paper, because the paper says nothing of the ferry. "
)
NAVIGATION = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/n'>News of the valley</a></li></ul></nav>"
FURNITURE = (
    "<div class='newsletter'><p>Sign up for our letter</p><form><input><button>Go</button></form></div>"
    "<footer>© Wire</footer>"
)


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!doctype html><html lang='en'><head>{head}</head><body>{NAVIGATION}{body}{FURNITURE}</body></html>".encode()
    )


def test_metadata(document):
    head = (
        "<title>Statement | Wire</title><meta property='og:title' content='Statement'>"
        "<meta property='og:site_name' content='Velna Wire'>"
        "<meta property='article:published_time' content='2024-05-03T22:00:00Z'>"
    )
    found = document("a.html", page(f"<article><h1>Statement</h1><p>{SENTENCE * 3}</p></article>", head))
    assert (found.title, found.publisher, found.published, found.language) == (
        "Statement",
        "Velna Wire",
        "2024-05-03",
        "en",
    )
    assert found.text == f"Statement\n\n{(SENTENCE * 3).strip()}"
    assert [span.of(found.text) for span in found.headings] == ["Statement"]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>Signed:<br>Harbour Union<br>Ferry Workers</p>", ["Signed:", "Harbour Union", "Ferry Workers"]),
        ("<ul><li>Harbour Union</li><li>Ferry Workers</li></ul>", ["Harbour Union", "Ferry Workers"]),
        ("<ol start='3'><li>We demand</li><li>We ask</li></ol>", ["3. We demand", "4. We ask"]),
        ("<table><tr><th>Name<th>Body</tr><tr><td>Ana<td>Union</tr></table>", ["Name | Body", "Ana | Union"]),
        ("<div>Ana Tor</div><div>Bo Lin</div>", ["Ana Tor", "Bo Lin"]),
        ("<blockquote><p>We will stay.</p></blockquote>", ["We will stay."]),
        ("<dl><dt>Chair</dt><dd>Ana Tor</dd></dl>", ["Chair", "Ana Tor"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["end", "middle"])
def test_lists_signatures_and_tables_are_kept(document, html, lines, place):
    around = f"<p>{SENTENCE * 2}</p>"
    body = f"<div><h1>Joint statement</h1>{around}{around}{html}{around if place == 'middle' else ''}</div>"
    found = document("a.html", page(body))
    assert [line for line in found.text.split("\n") if line in lines] == lines
    assert "Sign up" not in found.text
    assert "News of the valley" not in found.text


def test_a_digest_keeps_its_headlines(document):
    stories = "".join(f"<h2><a href='/{n}'>Headline {n} of the week</a></h2><p>{n} {SENTENCE}</p>" for n in range(7))
    found = document("a.html", page(f"<div id='main'>{stories}</div>"))
    assert [span.of(found.text) for span in found.headings] == [f"Headline {n} of the week" for n in range(7)]
    assert "Sign up" not in found.text


def test_a_page_without_a_body_gives_all_that_is_seen(document):
    found = document("a.html", page(""))
    assert [note.code for note in found.notices] == ["html-whole"]
    furniture = " ".join(span.of(found.text) for span in found.boilerplate)
    assert "News of the valley" in furniture
    assert "Sign up for our letter" in furniture


def test_a_form_around_the_whole_page_is_not_furniture(document):
    cell = f"<p>{SENTENCE * 3}</p><p>Orsk, 3 May 2024</p>"
    body = f"<html><body><form><table><tr><td>{cell}</td></tr></table></form></body></html>"
    found = document("a.html", body.encode())
    assert found.text.endswith("Orsk, 3 May 2024")
    assert found.boilerplate == ()


@pytest.mark.parametrize(
    ("codec", "label"), [("cp1251", "windows-1251"), ("koi8-r", "koi8-r"), ("cp1251", ""), ("utf-8", "")]
)
def test_encodings(document, codec, label):
    meta = f"<meta charset='{label}'>" if label else ""
    source = f"<html><head>{meta}</head><body><p>Мы не подпишем этот документ.</p></body></html>"
    assert document("a.html", source.encode(codec)).text == "Мы не подпишем этот документ."


def test_spaces_between_inline_elements(document):
    source = "<html><body><p>We <b>will</b> <i>not</i>sign<a href='x'> it</a>, he\n   said .</p></body></html>"
    assert document("a.html", source.encode()).text == "We will notsign it, he said ."
