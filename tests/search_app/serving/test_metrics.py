"""The metrics: what is counted, and who may read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

from kashshaf.search_app.results.service import SearchService
from kashshaf.search_app.serving.metrics import Metrics, route_of
from tests.search_app.serving.asked import ask, stack

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import Client

    from kashshaf.index.settings import Settings

HERE, TOKEN = "127.0.0.1", "a-token-of-length"


class Registered(Metrics):
    """Metrics of one process, whose own counts are read: those of several need files from the start."""

    def counted(self, name: str) -> float:
        found = [
            sample.value
            for metric in self.registry.collect()
            for sample in metric.samples
            if sample.name == name
        ]
        return sum(found)


@pytest.fixture
def metrics(tmp_path: Path) -> Registered:
    return Registered(tmp_path)


def told(client: Client, **headers: str) -> dict[str, float]:
    answer = ask(client, "/metrics", HERE, **headers)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.text)
    return {sample.name: sample.value for family in families for sample in family.samples}


def test_searches_are_counted_and_those_that_find_nothing(
    stories: SearchService, stories_settings: Settings, metrics: Registered
) -> None:
    client = stack(stories, stories_settings, metrics)
    for query in ("الميناء", "الميناء", "الميناء&source=nowhere"):
        ask(client, f"/api/v1/search?q={query}")
    ask(client, "/api/v1/search?colour=red")
    assert metrics.counted("kashshaf_searches_total") == 3
    assert metrics.counted("kashshaf_searches_without_result_total") == 1
    assert metrics.counted("kashshaf_answers_remembered_total") == 1
    assert metrics.counted("kashshaf_requests_total") == 4
    assert metrics.counted("kashshaf_request_seconds_count") == 4


def test_the_index_is_told_as_it_is(
    stories: SearchService, stories_settings: Settings, metrics: Metrics
) -> None:
    found = told(stack(stories, stories_settings, metrics))
    assert found["kashshaf_index_open"] == 1
    assert found["kashshaf_documents"] > 0
    assert 0 <= found["kashshaf_index_age_seconds"] < 3600
    assert found["kashshaf_index_info"] == 1


def test_without_an_index_that_is_told(stories_settings: Settings, tmp_path: Path, metrics: Metrics) -> None:
    settings = replace(stories_settings, index=tmp_path / "none")
    assert told(stack(SearchService(settings), settings, metrics)) == {"kashshaf_index_open": 0}


@pytest.mark.parametrize(
    ("peer", "headers", "token", "status"),
    [
        ("127.0.0.1", {}, "", 200),
        ("::1", {}, "", 200),
        ("203.0.113.9", {}, "", 403),
        ("127.0.0.1", {"X_Forwarded_For": "203.0.113.9"}, "", 403),
        ("127.0.0.1", {"X_Forwarded_For": "127.0.0.1"}, "", 403),
        ("203.0.113.9", {"X_Forwarded_For": "127.0.0.1"}, "", 403),
        ("127.0.0.1", {}, TOKEN, 403),
        ("203.0.113.9", {"Authorization": f"Bearer {TOKEN}"}, TOKEN, 200),
        ("203.0.113.9", {"Authorization": f"Bearer {TOKEN}x"}, TOKEN, 403),
        ("203.0.113.9", {"Authorization": TOKEN}, TOKEN, 403),
        ("203.0.113.9", {"Authorization": "Bearer "}, "", 403),
    ],
)
def test_who_may_read(
    stories: SearchService,
    stories_settings: Settings,
    metrics: Metrics,
    peer: str,
    headers: dict[str, str],
    token: str,
    status: int,
) -> None:
    client = stack(stories, stories_settings, metrics, metrics_token=token)
    assert ask(client, "/metrics", peer, **headers).status_code == status


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/api/v1/search", "api_search"),
        ("/api/v1/articles/1", "api_other"),
        ("/search", "page_search"),
        ("/articles/" + "a" * 1000, "page_article"),
        ("/", "other"),
        ("/wp-login.php", "other"),
    ],
)
def test_labels_are_few(path: str, label: str) -> None:
    assert route_of(path) == label
