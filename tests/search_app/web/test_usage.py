"""Searches and clicks in the log: which count, which do not, and from whom clicks are taken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.usage.insights import insights
from kashshaf.search_app.web import usage
from kashshaf.search_app.web.app import create_app
from tests.search_app.stories import HARBOUR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.usage.shapes import Insights

SAME = {"Sec-Fetch-Site": "same-origin"}
CLICK = {"q": "الميناء", "id": HARBOUR, "rank": "2"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(log_searches="yes", usage_file=tmp_path / "usage.sqlite")


@pytest.fixture
def app(stories: SearchService, settings: Settings) -> Iterator[Flask]:
    made = create_app(stories, settings)
    yield made
    usage.close(made)
    stories.listener = None


def read(app: Flask, settings: Settings) -> Insights:
    app.extensions[usage.LOG].flush()
    return insights(settings.usage_file, 1)


def test_searches_of_the_page_and_the_api_are_counted(app: Flask, settings: Settings) -> None:
    client = app.test_client()
    for path in ("/search?q=الميناء", "/api/v1/search?q=الميناء", "/search?q=زقاقيق", "/search?q=الزقاقيق"):
        assert client.get(path).status_code == 200
    found = read(app, settings)
    assert (found["searches"], found["searches_without_results"]) == (4, 2)
    assert found["frequent"][0]["query"] == "الميناء"
    assert found["frequent"][0]["full"] > 0
    assert len(found["without_results"]) == 1, "one stem"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search",
        "/search?q=%20",
        "/search?q=الميناء&page=2",
        "/search?q=الميناء&from=2016",
        "/search?q=الميناء&sort=newest",
        "/search?q=" + "ا" * 300,
        f"/articles/{HARBOUR}?q=الميناء",
        "/analyze?text=الميناء",
        "/api/v1/suggest?q=الم",
    ],
)
def test_what_is_no_new_question_is_not_counted(path: str, app: Flask, settings: Settings) -> None:
    app.test_client().get(path)
    assert read(app, settings)["searches"] == 0


def test_partial_matches_are_told_from_full_ones(app: Flask, settings: Settings) -> None:
    app.test_client().get("/search?q=الميناء زقاقيق")
    (asked,) = read(app, settings)["partial"]
    assert asked["full"] == 0 < asked["partial"]


def test_a_click_is_counted_with_its_search(app: Flask, settings: Settings) -> None:
    client = app.test_client()
    client.get("/search?q=الميناء")
    assert client.post("/clicks", data=CLICK, headers=SAME).status_code == 204
    (opened,) = read(app, settings)["opened"]
    assert opened == {"query": "الميناء", "searches": 1, "clicks": 1, "rate": 1.0, "mean_rank": 2.0}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (SAME, 204),
        ({"Origin": "http://localhost"}, 204),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://[::1"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_clicks_come_from_our_own_pages(
    headers: dict[str, str], status: int, app: Flask, settings: Settings
) -> None:
    assert app.test_client().post("/clicks", data=CLICK, headers=headers).status_code == status
    assert read(app, settings)["clicks"] == (status == 204)


@pytest.mark.parametrize(
    "changed",
    [
        {"q": ""},
        {"q": "ا" * 1001},
        {"id": ""},
        {"id": "x" * 201},
        {"rank": ""},
        {"rank": "0"},
        {"rank": "-1"},
        {"rank": "10001"},
        {"rank": "9" * 5000},
        {"rank": "²"},
        {"rank": "٣"},
    ],
)
def test_a_click_that_cannot_be_is_refused(changed: dict[str, str], app: Flask, settings: Settings) -> None:
    response = app.test_client().post("/clicks", data={**CLICK, **changed}, headers=SAME)
    assert response.status_code == 400
    assert read(app, settings)["clicks"] == 0


def test_a_huge_click_is_not_read(app: Flask) -> None:
    response = app.test_client().post("/clicks", data={**CLICK, "more": "x" * 100_000}, headers=SAME)
    assert response.status_code == 413


def test_only_posts_are_clicks(app: Flask) -> None:
    assert app.test_client().get("/clicks").status_code == 405


def test_nothing_is_logged_unless_the_setting_says_so(stories: SearchService, settings: Settings) -> None:
    client = create_app(stories, replace(settings, log_searches="no")).test_client()
    client.get("/search?q=الميناء")
    assert client.post("/clicks", data=CLICK, headers=SAME).status_code == 404
    assert not settings.usage_file.exists()


def test_a_log_that_cannot_be_written_disturbs_no_search(stories: SearchService, settings: Settings) -> None:
    settings.usage_file.mkdir()
    app = create_app(stories, settings)
    assert app.test_client().get("/search?q=الميناء").status_code == 200
    usage.close(app)
    stories.listener = None


def test_a_click_on_what_was_reread_counts_for_what_was_looked_for(app: Flask, settings: Settings) -> None:
    client = app.test_client()
    page = client.get("/search?q=hgldkhx").text
    (asked,) = read(app, settings)["frequent"]
    assert asked["query"] == "الميناء"
    assert f'data-q="{asked["query"]}"' in page
