"""Requests that no client of good will sends: each gets its status and a sentence, and nothing breaks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.web.app import MAX_BODY, create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

    from kashshaf.search_app.results.service import SearchService

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "x")
DEEP = 100_000


@pytest.fixture
def app(stories: SearchService, tmp_path: Path) -> Flask:
    """The application with everything switched on that takes a body."""
    settings = Settings(log_searches="yes", usage_file=tmp_path / "usage.sqlite", desk_key="k" * 20)
    return create_app(stories, settings)


def _address(rule: Rule) -> str:
    return rule.rule.replace("<path:", "<").replace("<article_id>", "x").replace("<path:filename>", "x")


def _sentence(response: TestResponse) -> str:
    """The detail of a problem; a page of an error has its sentence in a paragraph."""
    if response.mimetype == "application/problem+json":
        body = orjson.loads(response.data)
        assert body["status"] == response.status_code
        return str(body["detail"])
    assert response.mimetype == "text/html"
    return response.get_data(as_text=True).split("<h1>")[1]


def test_every_method_that_a_route_does_not_take_is_refused_with_those_it_takes(app: Flask) -> None:
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        allowed = rule.methods or set()
        for method in {*METHODS} - allowed:
            response = client.open(_address(rule), method=method)
            assert response.status_code == 405, (rule, method)
            assert {*response.headers["Allow"].replace(" ", "").split(",")} >= allowed
            if method != "HEAD":
                assert len(_sentence(response)) > 10


def test_options_are_told_without_a_body_of_consequence(app: Flask) -> None:
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        response = client.options(_address(rule))
        assert response.status_code == 200
        assert "OPTIONS" in response.headers["Allow"]


BODIES = {
    "nested": b"[" * DEEP + b"]" * DEEP,
    "nested objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "broken": b'{"q": "',
    "binary": bytes(range(256)) * 4,
    "form": b"q=a&" * 5_000,
    "nothing": b"",
}
TYPES = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "x" * 500,
    "text/plain; charset=nonsense",
    "application/x-www-form-urlencoded; charset=utf-7",
    "/",
    "",
)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("media", TYPES)
def test_no_body_breaks_anything(app: Flask, body: bytes, media: str) -> None:
    client = app.test_client()
    own = {"Sec-Fetch-Site": "same-origin"}
    for path in ("/clicks", "/desk/key", "/desk/synonyms", "/api/v1/search"):
        response = client.post(path, data=body, content_type=media, headers=own)
        assert 400 <= response.status_code < 500, path
        assert len(_sentence(response)) > 10
    assert client.get("/api/v1/search", data=body, content_type=media).status_code == 200


def test_a_body_that_is_too_large_is_refused(app: Flask) -> None:
    client = app.test_client()
    large = {"data": {"q": "x" * MAX_BODY}, "headers": {"Sec-Fetch-Site": "same-origin"}}
    response = client.post("/clicks", **large)
    assert response.status_code == 413
    stated = {"CONTENT_LENGTH": str(10**15), "wsgi.input": io.BytesIO(b"q=x")}
    form = "application/x-www-form-urlencoded"
    claimed = client.post("/clicks", content_type=form, environ_overrides=stated, headers=large["headers"])
    assert claimed.status_code == 413


PATHS = (
    "/static/../app.py",
    "/static/..%2fapp.py",
    "/static/%2e%2e/%2e%2e/app.py",
    "/static/....//app.py",
    "/static//etc/passwd",
    "/static/fonts/../../app.py",
    "/static/base.css%00.txt",
    "/articles/../../../etc/passwd",
    "/articles/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/api/v1/articles/../../../../etc/passwd",
    "/api/v1/../../etc/passwd",
    "/api/v1/articles/%ff%fe",
    "/..%5c..%5cwindows",
    "//evil.example/%2f..",
    "/\\evil.example",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "Location" not in response.headers
    assert b"root:" not in response.data
    assert b"import" not in response.data


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "x",
        "*/*;q=0",
        "application/xml",
        "text/html;q=x",
        ",".join(["a/b"] * 3_000),
        "\t;;=/,*",
        "image/*",
    ],
)
@pytest.mark.parametrize(
    "name", ["Accept", "Accept-Language", "Accept-Encoding", "If-None-Match", "Range", "Cookie"]
)
def test_no_accept_header_changes_what_an_answer_is(client: FlaskClient, name: str, accept: str) -> None:
    found = client.get("/api/v1/search?q=x", headers={name: accept})
    assert (found.status_code, found.mimetype) == (200, "application/json")
    refused = client.get("/api/v1/search?page=0", headers={name: accept})
    assert refused.status_code == 400
    assert _sentence(refused)


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/suggest", "/search.atom", "/search.json"])
def test_a_parameter_that_stands_twice_is_named(client: FlaskClient, path: str) -> None:
    response = client.get(f"{path}?q=a&q=b")
    assert (response.status_code, orjson.loads(response.data)["param"]) == (400, "q")


def test_thousands_of_parameters_are_refused_at_the_first(client: FlaskClient) -> None:
    many = "&".join(f"x{number}=1" for number in range(5_000))
    response = client.get(f"/api/v1/search?{many}")
    assert (response.status_code, orjson.loads(response.data)["param"]) == (400, "x0")


@pytest.mark.parametrize(
    "path", ["/", "/search?q=x", "/docs", "/api/v1/openapi.json", "/search.atom", "/opensearch.xml"]
)
def test_head_has_the_headers_of_get_and_no_body(client: FlaskClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Security-Policy", "Vary"):
        assert head.headers[name] == got.headers[name]
