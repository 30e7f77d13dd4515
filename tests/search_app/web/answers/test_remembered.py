"""Answers given again: when, for how long, and to whom as 304."""

from __future__ import annotations

import pytest
from flask import Flask, Response
from flask import request as http
from werkzeug.test import Client

from kashshaf.search_app.web.answers import remembered
from kashshaf.search_app.web.answers.remembered import NOTED, Remembered


class Site:
    """An application that counts what it is asked, and the cache in front of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.codings: list[str] = []
        self.state = "one"
        self.noted: list[object] = []
        app = Flask(__name__)
        app.add_url_rule("/<path:path>", view_func=self._answer)
        self.client = Client(Remembered(app.wsgi_app, lambda: self.state, self.noted.append, 10.0))

    def _answer(self, path: str) -> Response:
        self.asked.append(http.full_path)
        self.codings.append(http.headers["Accept-Encoding"])
        http.environ.get(NOTED, []).append(path)
        status = int(http.args.get("status", 200))
        return Response(f"answer {len(self.asked)} to {path}", status, {"X-Kept": "yes"})


@pytest.fixture
def site() -> Site:
    return Site()


def test_a_question_is_asked_once_for_each_state(site: Site) -> None:
    first = site.client.get("/search?q=a&in=comments")
    again = site.client.get("/search?in=comments&q=a")
    assert (again.text, again.headers["X-Kept"]) == (first.text, "yes")
    assert len(site.asked) == 1
    site.state = "two"
    assert site.client.get("/search?q=a&in=comments").text != first.text


def test_each_coding_is_a_question_of_its_own(site: Site) -> None:
    for accepted in (
        "gzip, deflate, br, zstd",
        "gzip",
        "zstd;q=1, gzip;q=.5",
        "deflate, gzip",
        "br",
        "identity",
    ):
        site.client.get("/search?q=a", headers={"Accept-Encoding": accepted})
    assert len(site.asked) == 3
    assert site.codings == ["zstd", "gzip", "identity"]


def test_each_time_an_answer_is_given_again_is_noted(site: Site) -> None:
    for _ in range(3):
        site.client.get("/search?q=a")
    assert site.noted == ["search", "search"]


def test_who_has_the_answer_is_told_so_without_its_body(site: Site) -> None:
    tag = site.client.get("/api/v1/search?q=a").headers["ETag"]
    answer = site.client.get("/api/v1/search?q=a", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")
    site.state = "two"
    assert site.client.get("/api/v1/search?q=a", headers={"If-None-Match": tag}).status_code == 200


def test_a_faulty_question_stays_one_for_who_has_any_answer(site: Site) -> None:
    answer = site.client.get("/api/v1/search?status=400", headers={"If-None-Match": "*"})
    assert answer.status_code == 400


def test_a_tag_holds_in_every_process(site: Site) -> None:
    tag = site.client.get("/api/v1/search?q=a").headers["ETag"]
    other = Site()
    assert other.client.get("/api/v1/search?q=a", headers={"If-None-Match": tag}).status_code == 304
    assert not other.asked


@pytest.mark.parametrize(
    "path", ["/search?q=b", "/search?q=a&page=2", "/search?q=a&q=a", "/api/v1/search?q=a"]
)
def test_another_question_has_another_answer(site: Site, path: str) -> None:
    site.client.get("/search?q=a")
    site.client.get(path)
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("first", "other"), [("q=a&q=b", "q=b&q=a"), ("q=b", "q=&q=b"), ("q=b", "q&q=b"), ("q=%e9", "q=%c3%a9")]
)
def test_the_order_of_values_under_one_name_counts(site: Site, first: str, other: str) -> None:
    site.client.get(f"/search?{first}")
    site.client.get(f"/search?{other}")
    assert len(site.asked) == 2


def test_the_oldest_answers_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "SIZE", 1_000)
    small = Site()
    for query in "abcdea":
        small.client.get(f"/api/v1/suggest?q={query}")
    assert len(small.asked) == 6


def test_a_name_that_is_written_in_several_ways_keeps_its_place(site: Site) -> None:
    for query in ("q=a&%71=b", "%71=b&q=a", "q=a&%71=b"):
        site.client.get(f"/search?{query}")
    assert len(site.asked) == 2


def test_an_answer_for_one_origin_is_not_for_another(site: Site) -> None:
    for origin in ("https://a.example", "https://b.example"):
        site.client.get("/api/v1/search?q=a", headers={"Origin": origin})
    assert len(site.asked) == 2


def test_an_answer_at_one_host_is_not_for_another(site: Site) -> None:
    first = site.client.get("/articles/1", headers={"Host": "news.example"})
    other = site.client.get("/articles/1", headers={"Host": "elsewhere.example"})
    assert other.text != first.text
    assert site.client.get("/articles/1", headers={"Host": "news.example"}).text == first.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/search.csv?q=a"),
        ("GET", "/search?status=503"),
        ("GET", "/healthz"),
        ("POST", "/search"),
        ("GET", "/desk"),
    ],
)
def test_errors_and_what_must_be_fresh_are_not_kept(site: Site, method: str, path: str) -> None:
    answers = [site.client.open(path, method=method) for _ in range(2)]
    assert "ETag" not in answers[0].headers
    assert len(site.asked) == (2 if method == "GET" else 0)


def test_without_a_state_nothing_is_kept(site: Site) -> None:
    site.state = ""
    for _ in range(2):
        site.client.get("/search?q=a")
    assert len(site.asked) == 2


def test_time_passes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    site.client.get("/search?q=a")
    now += remembered.MINUTE
    site.client.get("/search?q=a")
    assert len(site.asked) == 2


def test_memory_is_bounded(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "LARGEST", 5)
    for _ in range(2):
        site.client.get("/search?q=a")
    assert len(site.asked) == 2
