"""The access log: what stands in it, and what never does."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.test import Client

from kashshaf.index.errors import SettingsError
from kashshaf.search_app.serving.gate import Gate
from kashshaf.search_app.serving.request_log import Watched, network
from kashshaf.search_app.serving.stack import Stack
from tests.search_app.serving.asked import ask, stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from kashshaf.index.settings import Settings
    from kashshaf.search_app.results.service import SearchService
    from kashshaf.search_app.serving.request_log import Done

SECRET, ADDRESS = "a-secret-that-nobody-may-read", "203.0.113.9"


class Site:
    """A worker that logs into a file."""

    def __init__(self, service: SearchService, settings: Settings, file: Path, **values: Any) -> None:
        self.file = file
        self.stack = Stack(
            service, replace(settings, access_log=str(file), **values), partial(Gate, waiting=4)
        )
        self.client = Client(self.stack)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def logging_to(
    stories: SearchService, stories_settings: Settings, tmp_path: Path
) -> Iterator[Callable[..., Site]]:
    """Makes a site with other settings, and closes its log."""
    with ExitStack() as closing:

        def made(**values: Any) -> Site:
            site = Site(stories, stories_settings, tmp_path / "access.log", **values)
            closing.callback(site.stack.close)
            return site

        yield made


@pytest.fixture
def site(logging_to: Callable[..., Site]) -> Site:
    return logging_to()


def test_a_request_is_a_line(site: Site) -> None:
    answer = ask(site.client, "/api/v1/search?q=الميناء")
    again = ask(site.client, "/api/v1/search?q=الميناء")
    first, second = site.lines()
    assert first["method"] == "GET"
    assert first["path"] == "/api/v1/search"
    assert (first["status"], first["bytes"]) == (200, len(answer.data))
    assert first["id"] == answer.headers["X-Request-ID"] != again.headers["X-Request-ID"]
    assert 0 < second["ms"] < first["ms"]
    assert (first["remembered"], second["remembered"]) == (False, True)
    assert (
        first["matches"]
        == second["matches"]
        == answer.get_json()["total"] + answer.get_json()["total_partial"]
    )


def test_nobody_and_no_secret_is_in_it(site: Site) -> None:
    ask(
        site.client, f"/search?q={SECRET}", Authorization=f"Bearer {SECRET}", Cookie=f"kashshaf_desk={SECRET}"
    )
    ask(site.client, f"/nowhere?key={SECRET}", X_Forwarded_For=ADDRESS, Referer=f"https://a.example/{SECRET}")
    said = site.file.read_text(encoding="utf-8")
    assert len(site.lines()) == 2
    assert SECRET not in said
    assert ADDRESS not in said


def test_words_are_there_where_the_usage_log_counts_them(
    logging_to: Callable[..., Site], tmp_path: Path
) -> None:
    site = logging_to(log_searches="yes", usage_file=tmp_path / "usage.sqlite")
    ask(site.client, "/api/v1/search?q=الميناء")
    assert site.lines()[0]["query"] == "الميناء"


def test_addresses_are_cut_to_their_network(logging_to: Callable[..., Site]) -> None:
    site = logging_to(access_log_addresses="truncated")
    ask(site.client, "/healthz")
    assert site.lines()[0]["network"] == "203.0.113.0/24"
    assert ADDRESS not in site.file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("address", "told"),
    [("2001:db8:1:2::9", "2001:db8:1::/48"), ("127.0.0.1", "127.0.0.0/24"), ("", ""), ("nobody", "")],
)
def test_networks(address: str, told: str) -> None:
    assert network(address) == told


def test_a_sane_id_is_kept(site: Site) -> None:
    assert (
        ask(site.client, "/healthz", X_Request_ID="f00d-1234.abc_D").headers["X-Request-ID"]
        == "f00d-1234.abc_D"
    )


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "with space 1234", "<script>alert(1)</script>", "عربيعربي"]
)
def test_any_other_id_is_made_anew(site: Site, given: str) -> None:
    told = ask(site.client, "/healthz", X_Request_ID=given).headers["X-Request-ID"]
    assert told != given
    assert len(told) == 16


def test_a_path_is_one_line_of_text_whatever_is_asked(site: Site) -> None:
    ask(site.client, "/articles/%0a%22%ff%00" + "س" * 500)
    assert len(site.lines()) == 1
    assert len(site.lines()[0]["path"]) <= 200


def test_a_file_that_was_moved_away_is_begun_anew(site: Site) -> None:
    ask(site.client, "/healthz")
    site.file.rename(site.file.with_suffix(".1"))
    ask(site.client, "/healthz")
    assert len(site.lines()) == 1


def test_a_log_that_cannot_be_written_is_told(stories: SearchService, stories_settings: Settings) -> None:
    with pytest.raises(SettingsError, match="access_log"):
        stack(stories, stories_settings, access_log="/nowhere/at/all.log")


def test_an_application_that_fails_is_logged_as_500() -> None:
    told: list[Done] = []

    def failing(_environ: WSGIEnvironment, _start_response: StartResponse) -> Iterable[bytes]:
        raise RuntimeError("an error of the application")

    with pytest.raises(RuntimeError):
        Client(Watched(failing, [told.append])).get("/")
    assert [done.status for done in told] == [500]


def test_an_answer_in_parts_is_told_when_it_is_over() -> None:
    told: list[Done] = []

    def parts(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        yield b"one"
        assert not told
        yield b"three"

    with Client(Watched(parts, [told.append])).get("/") as answer:
        assert answer.data == b"onethree"
    assert [(done.status, done.size) for done in told] == [(200, 8)]
