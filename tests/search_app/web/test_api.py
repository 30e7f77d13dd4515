from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import Mock
from urllib.parse import parse_qs

import orjson
import pytest

from kashshaf.analyzers.errors import LexiconError
from kashshaf.index.errors import BrokenIndexError, NoIndexError, SourceError, UsageError
from kashshaf.index.settings import Settings
from kashshaf.search_app.query.filters import FILTERS, Filter
from kashshaf.search_app.query.parameters import SearchRequest
from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.results.shapes import Response
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.problems import TYPE_PREFIX
from tests.conftest import ROOT
from tests.search_app.failing import FailingService
from tests.search_app.stories import HARBOUR

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

DOCS = ROOT / "docs"
HERE = "https://news.example"


def _problem(response: TestResponse) -> dict[str, Any]:
    assert response.mimetype == "application/problem+json"
    body: dict[str, Any] = orjson.loads(response.data)
    assert body["status"] == response.status_code
    assert {"type", "title", "detail"} <= {*body}
    return body


def test_a_search_has_the_shape_of_the_contract(client: FlaskClient) -> None:
    response = client.get("/api/v1/search", query_string={"q": "الميناء", "size": 3})
    body = orjson.loads(response.data)
    assert response.mimetype == "application/json"
    assert {*body} == {*Response.__annotations__}
    assert len(body["hits"]) == 3 < body["total"]


def test_every_parameter_reaches_the_service(
    client: FlaskClient, stories: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Mock(wraps=stories.search)
    monkeypatch.setattr(stories, "search", search)
    filters = "from=2012&to=2013&source=a&source=b&section=c&author=d&tag=e&article=f"
    rest = "sort=oldest&match=any&page=2&size=7&fold=no&correct=no"
    assert client.get(f"/api/v1/search?q=x&in=comments&{filters}&{rest}").status_code == 200
    values = {name: tuple(each) for name, each in parse_qs(filters).items()}
    request = SearchRequest("x", "comments", values, "oldest", "any", 2, 7, fold=False, correct=False)
    search.assert_called_once_with(request)


def test_an_article_is_given_whole(client: FlaskClient) -> None:
    body = orjson.loads(client.get(f"/api/v1/articles/{HARBOUR}").data)
    assert body["id"] == HARBOUR
    assert len(body["comments"]) == 8


def test_an_id_may_hold_slashes(client: FlaskClient) -> None:
    assert client.get("/api/v1/articles/brief/1").status_code == 200
    assert _problem(client.get("/api/v1/articles/a//b"))["status"] == 404


@pytest.mark.parametrize(
    ("query", "param"),
    [
        ("colour=red", "colour"),
        ("q=a&q=b", "q"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("page=10000&size=100", "page"),
        ("size=101", "size"),
        ("in=nowhere", "in"),
        ("sort=luck", "sort"),
        ("from=yesterday", "from"),
        ("from=2016-13", "from"),
        ("from=2017&to=2016", "from"),
        ("to=0000", "to"),
        ("q=" + "x" * 1001, "q"),
        ("&".join(["tag=x"] * 21), "tag"),
    ],
)
def test_the_parameter_at_fault_is_named(client: FlaskClient, query: str, param: str) -> None:
    body = _problem(client.get(f"/api/v1/search?{query}"))
    assert (body["status"], body["param"]) == (400, param)


def test_an_article_takes_no_parameter(client: FlaskClient) -> None:
    assert _problem(client.get(f"/api/v1/articles/{HARBOUR}?q=x"))["param"] == "q"


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (NoIndexError("/secret"), 503, "no-index"),
        (BrokenIndexError("/secret"), 503, "broken-index"),
        (LexiconError("/secret"), 503, "broken-index"),
        (SourceError("/secret"), 500, "internal"),
        (RuntimeError("/secret"), 500, "internal"),
    ],
)
def test_what_goes_wrong_inside_stays_inside(error: Exception, status: int, kind: str) -> None:
    client = create_app(FailingService(error), Settings()).test_client()
    response = client.get("/api/v1/search")
    body = _problem(response)
    assert (body["status"], body["type"]) == (status, TYPE_PREFIX + kind)
    assert b"secret" not in response.data
    assert ("Retry-After" in response.headers) == (status == 503)


def test_a_surrogate_in_an_error_can_be_sent() -> None:
    error = UsageError("bad \ud800", "a\udfff")
    client = create_app(FailingService(error), Settings()).test_client()
    assert _problem(client.get("/api/v1/search"))["param"] == "a?"
    assert client.get("/search").status_code == 400


def test_unknown_paths_and_methods_are_problems(client: FlaskClient) -> None:
    assert _problem(client.get("/api/v1/nothing"))["type"] == "about:blank"
    refused = client.post("/api/v1/search")
    assert _problem(refused)["status"] == 405
    assert "GET" in refused.headers["Allow"]


HOSTILE_QUERIES = (
    "q=%00",
    "q=%FF%FE",
    "q=%ED%A0%80",
    "q=%F4%90%80%80",
    "%00=1",
    "%FF=1",
    "q=%E2%80%AE%E2%81%A6",
    "q=" + "%D8%A7" * 1000,
    "article=../../etc/passwd",
    "from=%D9%A2%D9%A0%D9%A1%D9%A6",
    "from=9999-12-31&to=9999",
    "page=%D9%A1",
    "&&&=&;",
    "q[]=1",
)


@pytest.mark.parametrize("query", HOSTILE_QUERIES)
@pytest.mark.parametrize("path", ["/api/v1/search", "/search", "/", f"/articles/{HARBOUR}"])
def test_no_parameter_breaks_anything(client: FlaskClient, path: str, query: str) -> None:
    assert client.get(f"{path}?{query}").status_code in (200, 400)


@pytest.mark.parametrize("name", ["%00", "%FF", "%ED%A0%80", "..%2F..%2Fetc", "x" * 5000, "%E2%80%AE"])
def test_no_path_breaks_anything(client: FlaskClient, name: str) -> None:
    assert client.get(f"/articles/{name}").status_code == 404
    assert client.get(f"/api/v1/articles/{name}").status_code == 404
    assert client.get(f"/static/{name}").status_code == 404


def test_alive_and_ready(client: FlaskClient, bare_client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").status_code == 200
    assert bare_client.get("/healthz").status_code == 200
    assert _problem(bare_client.get("/readyz"))["status"] == 503


def test_head_is_answered_without_a_body(client: FlaskClient) -> None:
    for path in ("/", "/search?q=x", "/api/v1/search", "/embed.js", "/healthz"):
        response = client.head(path)
        assert (response.status_code, response.data) == (200, b"")


def _shared(*origins: str) -> FlaskClient:
    settings = Settings(cors_origins=origins)
    return create_app(SearchService(settings), settings).test_client()


def test_no_origin_may_call_unless_the_setting_names_it(client: FlaskClient) -> None:
    allow = "Access-Control-Allow-Origin"
    assert allow not in client.get("/api/v1/search", headers={"Origin": HERE}).headers
    named = _shared(HERE).get("/api/v1/search", headers={"Origin": HERE})
    assert named.headers[allow] == HERE
    assert "Origin" in named.vary
    other = _shared(HERE).get("/api/v1/search", headers={"Origin": "https://evil.example"})
    assert allow not in other.headers
    assert "Origin" in other.vary
    assert _shared("*").get("/api/v1/search", headers={"Origin": HERE}).headers[allow] == "*"
    assert allow not in _shared("*").get("/search", headers={"Origin": HERE}).headers


def test_errors_can_be_read_across_origins_too() -> None:
    response = _shared(HERE).get("/api/v1/search?page=0", headers={"Origin": HERE})
    assert response.headers["Access-Control-Allow-Origin"] == HERE


def test_a_preflight_allows_reading_only() -> None:
    response = _shared(HERE).options("/api/v1/search", headers={"Origin": HERE})
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("row", FILTERS, ids=lambda row: row.parameter)
def test_every_filter_is_documented_and_labelled(client: FlaskClient, row: Filter) -> None:
    assert f"| `{row.parameter}` |" in (DOCS / "api.md").read_text(encoding="utf-8")
    assert row.label
    page = client.get("/search", query_string={"q": "الميناء", row.parameter: "2016"})
    assert f'<span class="what">{row.label}</span> <bdi' in page.get_data(as_text=True)
