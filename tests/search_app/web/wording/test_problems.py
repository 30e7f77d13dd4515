"""Every kind of problem, told in Arabic and in English as the request asks for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from flask import Flask, abort
from werkzeug.exceptions import default_exceptions

from kashshaf.analyzers.errors import LexiconError
from kashshaf.index.errors import (
    BrokenIndexError,
    ClusterError,
    KeyFileError,
    LockedError,
    NoIndexError,
    NoSpaceError,
    NotFoundError,
    NotWriterError,
    TimeLimitError,
    UsageError,
)
from kashshaf.index.settings import Settings
from kashshaf.search_app.web import problems
from kashshaf.search_app.web.app import create_app
from kashshaf.search_app.web.wording.refusals import ARABIC
from kashshaf.search_app.web.wording.statuses import STATUSES
from tests.conftest import ROOT
from tests.search_app.failing import FailingService

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ARABIC_WORD = re.compile("[ء-ي]{3,}")
REFUSED = {
    "unknown": "colour=red",
    "repeated": "q=a&q=b",
    "too-long": "tag=" + "x" * 301,
    "choice": "sort=luck",
    "facet": "facets=mood",
    "number": "page=0",
    "date": "from=yesterday",
    "swapped": "from=2017&to=2016",
    "no-likes": "sort=likes",
    "too-far": "page=10000&size=100",
}
"""A request that is refused for each kind of UsageError."""


def _told(client: FlaskClient, path: str, language: str) -> dict[str, Any]:
    response = client.get(path, headers={"Accept-Language": language})
    assert response.mimetype == problems.PROBLEM_JSON
    assert (response.headers["Content-Language"], response.headers["Cache-Control"]) == (language, "no-store")
    assert "Accept-Language" in response.vary
    body: dict[str, Any] = orjson.loads(response.data)
    assert body["status"] == response.status_code
    return body


def _is_told_in_both(client: FlaskClient, path: str) -> dict[str, Any]:
    english, arabic = (_told(client, path, language) for language in ("en", "ar"))
    for part in ("title", "detail"):
        assert ARABIC_WORD.search(arabic[part]), arabic
        assert not ARABIC_WORD.search(english[part]), english
    unworded = [{**body, "title": "", "detail": ""} for body in (english, arabic)]
    assert unworded[0] == unworded[1]
    return arabic


@pytest.mark.parametrize(("kind", "query"), REFUSED.items())
def test_a_refused_request_is_told_in_both_languages(client: FlaskClient, kind: str, query: str) -> None:
    arabic = _is_told_in_both(client, f"/api/v1/search?{query}")
    with_values = re.escape(ARABIC[kind])
    assert re.fullmatch(re.sub(r"\\{\w+\\}", ".*", with_values), arabic["detail"])
    assert arabic["param"] == query.split("=", maxsplit=1)[0].replace("&", "")


def test_what_takes_no_parameters_says_so_in_both_languages(client: FlaskClient) -> None:
    assert _is_told_in_both(client, "/api/v1/openapi.json?x=1")["detail"] == ARABIC["none-taken"].format(
        param="x"
    )


def test_every_sentence_is_one_that_a_request_can_get() -> None:
    assert {*REFUSED, "none-taken"} == {*ARABIC}


ERRORS = (
    UsageError("a sentence of its own"),
    NotFoundError("there is no article 'x'"),
    KeyFileError("/secret"),
    NoIndexError("/secret"),
    BrokenIndexError("/secret"),
    LexiconError("/secret"),
    TimeLimitError("/secret"),
    LockedError("/secret"),
    NotWriterError("/secret"),
    NoSpaceError("/secret"),
    ClusterError("/secret"),
    RuntimeError("/secret"),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_error_is_told_in_both_languages(error: Exception) -> None:
    client = create_app(FailingService(error), Settings()).test_client()
    body = _is_told_in_both(client, "/api/v1/search")
    assert body["type"] == problems.TYPE_PREFIX + problems.problem_of(error).kind
    assert "secret" not in str(body)


def test_the_walk_over_the_errors_leaves_none_out() -> None:
    walked = {problems.problem_of(error).kind for error in ERRORS}
    assert walked == {each.kind for each in problems.problems()}


@pytest.mark.parametrize("status", sorted(code for code in default_exceptions if code < 500))
def test_every_status_of_http_is_told_in_both_languages(status: int) -> None:
    app = Flask(__name__)
    app.add_url_rule("/api/fails", view_func=lambda: abort(status))
    problems.install(app)
    assert _is_told_in_both(app.test_client(), "/api/fails")["type"] == "about:blank"


def test_the_statuses_are_told_apart() -> None:
    assert {404, 405, 413, 415, 429} <= {*STATUSES}
    assert len({each.heading for each in STATUSES.values()}) >= len(STATUSES) - 1


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("*", "en"),
        ("en-US;q=0.4,AR-lb;q=0.6", "ar"),
        ("ar-EG,en;q=0.5", "ar"),
        ("fr,de", "en"),
        ("en;q=0.5,ar;q=0.4", "en"),
        ("ar;q=0,en", "en"),
        ("x" * 9000, "en"),
        (";;;,,q=q", "en"),
        ("ar\t;q=nan", "en"),
    ],
)
def test_the_language_is_the_one_preferred(client: FlaskClient, accepted: str, language: str) -> None:
    response = client.get("/api/v1/search?page=0", headers={"Accept-Language": accepted})
    assert response.headers["Content-Language"] == language


def test_a_value_told_again_turns_no_text_around(client: FlaskClient) -> None:
    query = {"sort": "\N{RIGHT-TO-LEFT OVERRIDE}\x01{param}{0.__class__}" + "ا" * 250}
    for language in ("ar", "en"):
        response = client.get("/api/v1/search", query_string=query, headers={"Accept-Language": language})
        assert response.status_code == 400
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in response.get_data(as_text=True)
        assert "{param}{0.__class__}" in response.get_data(as_text=True)


def test_the_types_are_documented() -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for each in problems.problems():
        assert f"| {each.status} | `{problems.type_of(each)}` |" in page
