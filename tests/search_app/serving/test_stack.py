"""The whole of a worker: health without an index, and every link below a prefix."""

from __future__ import annotations

import re
import shutil
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import orjson
import pytest

from kashshaf.index.store.generations import Store
from kashshaf.search_app.results.service import SearchService
from tests.search_app.serving.asked import ask, stack

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.test import Client

    from kashshaf.index.settings import Settings

SITE = "http://search.example"
LINK = re.compile(r"""(?<![-\w])(?:href|src|action|data-[a-z-]*url)=["']([^"'#]+)|url\(["']?([^)"']+)""")
FIRST = (
    "/",
    "/search?q=البحر&facets=source",
    "/analyze?text=البحر",
    "/embed.js",
    "/search?q=zzzz",
    "/nowhere",
)
MOST = 150
"""Pages of a crawl: the facets of a few articles lead to all kinds of page within them."""


def below(client: Client, prefix: str, **headers: str) -> dict[str, int]:
    """The status of each of our addresses that pages lead to; an empty ``prefix`` is one that is stripped."""
    left = deque(f"{SITE}/search{path}" for path in FIRST)
    found: dict[str, int] = {}
    while left and len(found) < MOST:
        address = left.popleft()
        if address in found:
            continue
        parts = urlsplit(address)
        assert parts.path.startswith("/search/"), f"{address} is not below the prefix"
        asked = parts.path if prefix else parts.path.removeprefix("/search")
        answer = ask(client, f"{asked}?{parts.query}", "10.0.0.5", Host="search.example", **headers)
        found[address] = answer.status_code
        if answer.mimetype in ("text/html", "text/css"):
            links = {first or second for first, second in LINK.findall(answer.text)}
            targets = {urljoin(address, link.replace("&amp;", "&")) for link in links}
            left.extend(sorted(each for each in targets if each.startswith(SITE)))
    return found


def misses(found: dict[str, int]) -> list[str]:
    return [address for address, status in found.items() if status >= 400 and not address.endswith("nowhere")]


def test_every_link_is_below_the_prefix_of_the_settings(
    stories: SearchService, stories_settings: Settings
) -> None:
    found = below(stack(stories, stories_settings, prefix="/search"), "/search")
    assert len(found) > 50
    assert any("/static/" in address for address in found)
    assert any("/articles/" in address for address in found)
    assert not misses(found)


def test_every_link_is_below_the_prefix_that_a_trusted_proxy_strips(
    stories: SearchService, stories_settings: Settings
) -> None:
    client = stack(stories, stories_settings, trusted_proxies=("10.0.0.0/8",))
    found = below(
        client, "", X_Forwarded_Prefix="/search", X_Forwarded_Proto="http", X_Forwarded_For="1.2.3.4"
    )
    assert len(found) > 50
    assert not misses(found)


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
