"""The whole of a worker: health without an index, and every link below a prefix."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson
import pytest

from kashshaf.index.store.generations import Store
from kashshaf.search_app.results.service import SearchService
from tests.search_app.serving.asked import ask, stack
from tests.search_app.serving.links import PREFIX, SITE, crawl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from werkzeug.test import Client

    from kashshaf.index.settings import Settings


def through(client: Client, *, stripped: bool, **headers: str) -> Callable[[str], tuple[int, str, str]]:
    """Asks as a proxy does that leaves the prefix in the path, or strips it."""

    def asked(path: str) -> tuple[int, str, str]:
        shown = path.removeprefix(PREFIX) if stripped else path
        answer = ask(client, shown, "10.0.0.5", Host="search.example", **headers)
        return answer.status_code, str(answer.mimetype), answer.data.decode("utf-8", "replace")

    return asked


def assert_whole(found: dict[str, int]) -> None:
    """Assert that a crawl met pages, files and articles, and no error."""
    assert len(found) > 50
    assert any("/static/" in address for address in found)
    assert any("/articles/" in address for address in found)
    assert set(found.values()) == {200}


def test_every_link_is_below_the_prefix_of_the_settings(
    stories: SearchService, stories_settings: Settings
) -> None:
    assert_whole(crawl(through(stack(stories, stories_settings, prefix=PREFIX), stripped=False)))


def test_every_link_is_below_the_prefix_that_a_trusted_proxy_strips(
    stories: SearchService, stories_settings: Settings
) -> None:
    client = stack(stories, stories_settings, trusted_proxies=("10.0.0.0/8",))
    assert_whole(crawl(through(client, stripped=True, X_Forwarded_Prefix=PREFIX, X_Forwarded_For="1.2.3.4")))


def test_beside_the_prefix_there_are_the_health_checks_alone(
    stories: SearchService, stories_settings: Settings
) -> None:
    client = stack(stories, stories_settings, prefix="/search")
    assert ask(client, "/healthz").status_code == ask(client, "/readyz").status_code == 200
    assert ask(client, "/search/healthz").status_code == 200
    assert ask(client, "/search").status_code in (200, 308)
    for path in ("/", "/api/v1/search", "/searching", "/searc"):
        answer = ask(client, path)
        assert answer.status_code == 404
        assert "/search/" in answer.text


def test_the_session_of_the_desk_is_sent_back_below_the_prefix(
    stories: SearchService, stories_settings: Settings
) -> None:
    client = stack(stories, stories_settings, prefix="/search", desk_key="k" * 20)
    given = client.post(
        "/search/desk/key", data={"key": "k" * 20}, headers={"Sec-Fetch-Site": "same-origin"}, base_url=SITE
    )
    assert "Path=/search/desk" in given.headers["Set-Cookie"]


def test_alive_without_an_index_but_not_ready(stories_settings: Settings, tmp_path: Path) -> None:
    settings = replace(stories_settings, index=tmp_path / "none")
    client = stack(SearchService(settings), settings)
    assert ask(client, "/healthz").status_code == 200
    assert ask(client, "/readyz").status_code == 503


def test_not_ready_with_an_index_of_an_older_format(stories_settings: Settings, tmp_path: Path) -> None:
    settings = replace(stories_settings, index=tmp_path / "old")
    shutil.copytree(stories_settings.index, settings.index)
    file = Store(settings.index).current().folder / "manifest.json"
    manifest = orjson.loads(file.read_bytes())
    file.write_bytes(orjson.dumps({**manifest, "format": 1}))
    client = stack(SearchService(settings), settings)
    answer = ask(client, "/readyz")
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert int(answer.headers["Retry-After"]) > 0
    assert ask(client, "/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/search?colour=red", "/api/v1/articles/nowhere"])
def test_a_problem_has_the_id_of_its_request(
    stories: SearchService, stories_settings: Settings, path: str
) -> None:
    answer = ask(stack(stories, stories_settings), path, X_Request_ID="12345678")
    assert orjson.loads(answer.data)["request_id"] == answer.headers["X-Request-ID"] == "12345678"
