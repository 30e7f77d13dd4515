"""The door: who may ask the API, with which key, from which page, and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from kashshaf.index.settings import Settings
from kashshaf.search_app.keys.key import make
from kashshaf.search_app.keys.key_file import KeyFile
from kashshaf.search_app.web.access.door import Door
from kashshaf.search_app.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from kashshaf.search_app.keys.key import Kind
    from kashshaf.search_app.results.service import SearchService

PAGE = "https://a.example"
SEARCH = "/api/v1/search"


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


@pytest.fixture
def client(stories: SearchService, file: KeyFile) -> Callable[..., FlaskClient]:
    def make_client(**settings: Any) -> FlaskClient:
        return create_app(stories, replace(Settings(keys_file=str(file.path)), **settings)).test_client()

    return make_client


def a_key(file: KeyFile, kind: Kind = "public", *origins: str) -> str:
    key, text = make(kind, f"k{len(file.read())}", origins, datetime.now(UTC), None)
    file.change(lambda before: [*before, key])
    return text


def ask(client: FlaskClient, key: str = "", path: str = SEARCH, **more: Any) -> TestResponse:
    headers = {**({"Authorization": f"Bearer {key}"} if key else {}), **more.pop("headers", {})}
    return client.get(path, headers=headers, **more)


def told(answer: TestResponse) -> Any:
    """What an answer says, read from its JSON."""
    return orjson.loads(answer.data)


def test_without_the_setting_no_key_is_needed(client: Callable[..., FlaskClient]) -> None:
    assert ask(client()).status_code == 200


def test_with_it_the_api_needs_one_and_the_pages_do_not(
    client: Callable[..., FlaskClient], file: KeyFile
) -> None:
    needs = client(require_key="yes")
    answer = ask(needs)
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert "Authorization: Bearer" in told(answer)["detail"]
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for path in ("/search?q=a", "/", "/healthz", "/readyz", "/embed.js"):
        assert needs.get(path).status_code == 200, path
    assert ask(needs, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert ask(needs, a_key(file)).status_code == 200
    assert ask(needs, a_key(file, "admin")).status_code == 200


def test_an_answer_that_is_remembered_needs_a_key_too(
    client: Callable[..., FlaskClient], file: KeyFile
) -> None:
    needs, key = client(require_key="yes"), a_key(file)
    assert ask(needs, key).status_code == 200
    assert ask(needs).status_code == 401
    file.change(lambda _: [])
    assert ask(needs, key).status_code == 401


@pytest.mark.parametrize("wrong", ["ka_me", "kp_0000000000_" + "0" * 40, "\u0661", "a b c"])
def test_a_wrong_key_is_refused_needed_or_not(client: Callable[..., FlaskClient], wrong: str) -> None:
    answer = ask(client(), headers={"Authorization": f"Bearer {wrong}".encode().decode("latin-1")})
    assert answer.status_code == 401
    assert wrong not in answer.get_data(as_text=True)


def test_wrong_keys_are_limited_and_right_ones_go_on(
    client: Callable[..., FlaskClient], file: KeyFile
) -> None:
    site, key = client(), a_key(file)
    assert ask(site, key).status_code == 200
    statuses = [ask(site, "x").status_code for _ in range(12)]
    assert statuses == [401] * 10 + [429] * 2
    answer = ask(site, "x")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert ask(site, a_key(file)).status_code == 429  # nobody knows yet whether it is right
    assert ask(client(), key).status_code == 200


def test_a_public_key_is_for_the_pages_of_its_origins(
    client: Callable[..., FlaskClient], file: KeyFile
) -> None:
    site, key = client(), a_key(file, "public", PAGE)
    answer = ask(site, key, headers={"Origin": PAGE})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == PAGE
    assert "Origin" in answer.headers["Vary"]
    for headers in ({"Origin": "https://b.example"}, {"Origin": "null"}, {}):
        refused = ask(site, key, headers=headers)
        assert refused.status_code == 403
        assert "Access-Control-Allow-Origin" not in refused.headers


def test_a_page_may_ask_before_it_shows_its_key(client: Callable[..., FlaskClient], file: KeyFile) -> None:
    site = client(require_key="yes")
    a_key(file, "public", PAGE)
    answer = site.options(SEARCH, headers={"Origin": PAGE, "Access-Control-Request-Headers": "authorization"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == PAGE
    assert answer.headers["Access-Control-Allow-Headers"].startswith("Authorization")
    other = site.options(SEARCH, headers={"Origin": "https://b.example"})
    assert "Access-Control-Allow-Origin" not in other.headers


def test_an_origin_is_opened_to_who_brings_its_key_alone(
    client: Callable[..., FlaskClient], file: KeyFile
) -> None:
    site, key = client(), a_key(file, "public", PAGE)
    for given in ("", f"&key={key}"):
        answer = ask(site, path=f"{SEARCH}?q=a{given}", headers={"Origin": PAGE})
        assert answer.status_code == 200
        assert ("Access-Control-Allow-Origin" in answer.headers) is bool(given)
    refused = ask(client(require_key="yes"), headers={"Origin": PAGE})
    assert refused.status_code == 401
    assert "Access-Control-Allow-Origin" not in refused.headers


def test_what_is_refused_can_be_read_by_the_page(client: Callable[..., FlaskClient], file: KeyFile) -> None:
    a_key(file, "public", PAGE)
    answer = ask(client(), "x", headers={"Origin": PAGE})
    assert answer.status_code == 401
    assert answer.headers["Access-Control-Allow-Origin"] == PAGE


def test_a_public_key_may_stand_in_the_address_and_an_admin_key_may_not(
    client: Callable[..., FlaskClient], file: KeyFile
) -> None:
    site = client(require_key="yes")
    assert ask(site, path=f"{SEARCH}?q=a&key={a_key(file)}").status_code == 200
    assert ask(site, path=f"{SEARCH}?q=a&key={a_key(file, 'admin')}").status_code == 403
    assert ask(site, path=f"{SEARCH}?q=a&key=x").status_code == 401


def test_an_arabic_query_beside_a_key_in_the_address_stays_as_it_is(
    client: Callable[..., FlaskClient], file: KeyFile
) -> None:
    answer = client().get(SEARCH, query_string={"q": "المدارس", "key": a_key(file)})
    assert told(answer)["query"]["text"] == "المدارس"


def test_a_request_too_many_is_told_when_to_come_again(client: Callable[..., FlaskClient]) -> None:
    site = client(rate_limit="3 per minute")
    answers = [ask(site) for _ in range(5)]
    assert [each.status_code for each in answers] == [200] * 3 + [429] * 2
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "try again in" in told(answers[-1])["detail"]
    assert site.get("/search?q=a").status_code == 429
    for path in ("/healthz", "/readyz", "/embed.js", "/static/search.js"):
        with site.get(path) as answer:
            assert answer.status_code == 200, path
    assert ask(site, environ_base={"REMOTE_ADDR": "192.0.2.9"}).status_code == 200


def test_a_servers_key_has_a_limit_of_its_own(client: Callable[..., FlaskClient], file: KeyFile) -> None:
    site, key = client(rate_limit="3 per minute", rate_limit_key="6 per minute"), a_key(file)
    assert [ask(site, key).status_code for _ in range(8)] == [200] * 6 + [429] * 2


def test_much_is_taken_in_only_from_who_names_an_admin_key(
    client: Callable[..., FlaskClient], file: KeyFile
) -> None:
    door = client().application.wsgi_app
    assert isinstance(door, Door)
    admin, public = a_key(file, "admin"), a_key(file)
    assert door.may_send_much(f"Bearer {admin}")
    for other in ("", "Bearer", f"Bearer {public}", "Bearer x", admin, f"Bearer ka_{'0' * 10}_{'0' * 40}"):
        assert not door.may_send_much(other), other
    file.change(lambda _: [])
    assert not door.may_send_much(f"Bearer {admin}")


def test_a_damaged_file_of_keys_is_told_and_nobody_gets_in(
    client: Callable[..., FlaskClient], file: KeyFile
) -> None:
    key = a_key(file)
    file.path.write_text("{")
    answer = ask(client(require_key="yes"), key)
    assert answer.status_code == 503
    assert str(file.path) not in answer.get_data(as_text=True)
