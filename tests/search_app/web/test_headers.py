"""Headers of every response: policy, frames, CORS, compression; nothing sent in can add to them."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from backports import zstd

from kashshaf.index.settings import Settings
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.headers import ALWAYS
from tests.search_app.stories import HARBOUR

if TYPE_CHECKING:
    from flask.testing import FlaskClient

HERE = "https://news.example"
PATHS = (
    "/",
    "/search?q=x",
    "/search.csv?q=x",
    "/search.json?q=x",
    "/search.atom?q=x",
    "/opensearch.xml",
    "/docs",
    "/analyze?text=x",
    f"/articles/{HARBOUR}",
    "/api/v1/search",
    "/api/v1/search?page=0",
    "/api/v1/openapi.json",
    "/embed.js",
    "/healthz",
    "/readyz",
    "/static/base.css",
    "/theme.css",
    "/nothing",
    "/desk",
)
SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_a_strict_policy(client: FlaskClient, path: str) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "POST"):
        headers = client.open(path, method=method, buffered=True).headers
        policy = dict(part.split(None, 1) for part in headers["Content-Security-Policy"].split(";"))
        assert {name: policy[name] for name in SOURCES} == SOURCES
        assert "unsafe" not in str(policy)
        assert {name: headers[name] for name in ALWAYS} == ALWAYS
        assert headers["X-Frame-Options"] == "DENY"
        owner = "cross-origin" if path == "/embed.js" and method in ("GET", "HEAD") else "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == owner


def test_pages_of_the_setting_may_frame_ours(stories: SearchService) -> None:
    settings = Settings(frame_ancestors=("self", HERE))
    headers = create_app(stories, settings).test_client().get("/").headers
    assert f"frame-ancestors 'self' {HERE}" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


def test_a_preflight_says_what_may_be_sent_and_read() -> None:
    settings = Settings(cors_origins=(HERE,))
    client = create_app(SearchService(settings), settings).test_client()
    asked = {"Origin": HERE, "Access-Control-Request-Headers": "authorization"}
    headers = client.options("/api/v1/search", headers=asked).headers
    assert "Authorization" in headers["Access-Control-Allow-Headers"]
    assert "ETag" in headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in headers
    other = client.options("/api/v1/search", headers={"Origin": "https://evil.example"}).headers
    assert not [name for name, _ in other if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    "origin", [f"{HERE}.evil.example", f"{HERE}:444", "http://news.example", "null", "", f"{HERE}/x"]
)
def test_an_origin_is_let_in_only_letter_by_letter(origin: str) -> None:
    settings = Settings(cors_origins=(HERE,))
    client = create_app(SearchService(settings), settings).test_client()
    headers = client.get("/api/v1/search", headers={"Origin": origin}).headers
    assert "Access-Control-Allow-Origin" not in headers
    assert "Origin" in headers["Vary"]


CODED = ("/", "/search?q=الميناء", "/api/v1/search?q=الميناء", "/static/base.css", "/docs")


@pytest.mark.parametrize("path", CODED)
def test_an_answer_is_compressed_as_asked_for(client: FlaskClient, path: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"}, buffered=True)
    assert "Content-Encoding" not in plain.headers
    for coding, read in (("gzip", gzip.decompress), ("zstd", zstd.decompress)):
        for _ in range(2):  # made, then given from memory
            coded = client.get(path, headers={"Accept-Encoding": coding}, buffered=True)
            assert coded.headers["Content-Encoding"] == coding
            assert "Accept-Encoding" in coded.headers["Vary"]
            assert len(coded.data) < len(plain.data)
            assert len(read(coded.data)) == pytest.approx(len(plain.data), abs=20)  # took_ms
        tagged = {"Accept-Encoding": coding, "If-None-Match": coded.headers.get("ETag", '"none"')}
        again = client.get(path, headers=tagged, buffered=True)
        assert again.status_code == (304 if "ETag" in coded.headers else 200)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("*", "zstd"),
        ("gzip;q=0", None),
        ("br", None),
        ("", None),
        ("gzip;q=1, zstd;q=0.5", "gzip"),
        ("x" * 5000 + ", gzip", None),
        (";;q=,,=", None),
    ],
)
def test_the_coding_is_the_best_that_both_have(
    client: FlaskClient, accepted: str, coding: str | None
) -> None:
    response = client.get("/search?q=الميناء", headers={"Accept-Encoding": accepted})
    assert (response.status_code, response.headers.get("Content-Encoding")) == (200, coding)


def test_a_page_with_a_secret_is_not_compressed(stories: SearchService) -> None:
    settings = Settings(desk_key="k" * 20)
    client = create_app(stories, settings).test_client()
    response = client.get("/desk", headers={"Accept-Encoding": "gzip"})
    assert len(response.data) > 1000
    assert "Content-Encoding" not in response.headers


INJECTED = "x%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0a<script>"


@pytest.mark.parametrize(
    "path", ["/search", "/search.csv", "/search.atom", "/api/v1/search", "/docs", "/nothing"]
)
def test_no_line_break_reaches_a_header(client: FlaskClient, path: str) -> None:
    for address in (f"{path}?q={INJECTED}", f"{path}?lang={INJECTED}", f"{path}/{INJECTED}"):
        headers = client.get(
            address, headers={"Origin": "https://a.example", "X-Forwarded-Host": "b"}
        ).headers
        assert "Set-Cookie" not in headers
        assert not [value for value in headers.values() if "\n" in value or "\r" in value]
