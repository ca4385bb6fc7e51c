# ruff: noqa: E501 - cases stay in one piece
"""Who may ask, how, and what a browser may do with the answer: over a real server."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import pytest

POLICY = {
    "default-src": "'none'", "style-src": "'self'", "script-src": "'self'", "img-src": "'self'",
    "connect-src": "'self'", "form-action": "'self'",
    "base-uri": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip
KINDS = ["/", "/search?q=ferry", '/search?q="', "/nope", "/static/onrecord.css", "/static/onrecord.js", "/d/LETTER", "/d/LETTER.json", "/d/LETTER.txt", "/d/LETTER/0-4"]  # fmt: skip


@pytest.mark.parametrize("path", KINDS)
def test_every_answer_is_hardened(client: httpx.Client, letter: str, path: str) -> None:
    headers = client.get(path.replace("LETTER", letter)).headers
    assert dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; ")) == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.:{port}", "127.0.0.1.nip.example:{port}", "", "[::1]", "127.0.0.1:{port}@evil.example"])  # fmt: skip
def test_another_name_for_this_machine_is_refused(client: httpx.Client, site: str, host: str) -> None:
    answer = client.get("/", headers={"host": host.format(port=urlsplit(site).port)})
    assert answer.status_code in (400, 421)
    assert "frame-ancestors 'none'" in answer.headers.get("content-security-policy", "frame-ancestors 'none'")
    assert "What is in the archive</h1>" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}"])
def test_its_own_names_are_answered(client: httpx.Client, site: str, host: str) -> None:
    assert client.get("/", headers={"host": host.format(port=urlsplit(site).port)}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403), ({"origin": "null"}, 403), ({"origin": "http://localhost:1"}, 403),
        ({"origin": "SITE"}, 200), ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, 403), ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, 200), ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors"}, 200),
    ],
)  # fmt: skip
def test_other_sites_may_link_here_and_no_more(client: httpx.Client, site: str, headers: dict[str, str], status: int) -> None:  # fmt: skip
    sent = {name: site if value == "SITE" else value for name, value in headers.items()}
    assert client.get("/", headers=sent).status_code == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_nothing_but_reading_and_sending_forms(client: httpx.Client, method: str) -> None:
    answer = client.request(method, "/")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("name", ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip"])
def test_a_proxy_does_not_let_others_in_without_a_password(client: httpx.Client, name: str) -> None:
    answer = client.get("/", headers={name: "192.0.2.7"})
    assert answer.status_code == 403 and "--https" in answer.text


@pytest.mark.parametrize("path", ["/", "/search", "/static/onrecord.css", "/nope"])
def test_head_is_get_without_the_body(client: httpx.Client, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


def test_static_files_are_kept_by_their_content(client: httpx.Client) -> None:
    answer = client.get("/static/onrecord.css")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")
    assert "://" not in answer.text and "@import" not in answer.text and "url(" not in answer.text
