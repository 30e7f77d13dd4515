"""Headers of proxies: believed of those that are named, dropped from everybody else."""

from __future__ import annotations

from itertools import product

import pytest
from werkzeug.test import Client

from kashshaf.search_app.serving.forwarded import DROPPED, PEER, WELL_FORMED, Forwarded
from tests.search_app.serving.asked import Seen, ask

PROXY, STRANGER = "10.0.0.5", "203.0.113.9"
BELIEVED = {
    "X_Forwarded_For": ("198.51.100.7", "REMOTE_ADDR", "198.51.100.7"),
    "X_Forwarded_Proto": ("https", "wsgi.url_scheme", "https"),
    "X_Forwarded_Host": ("search.example", "HTTP_HOST", "search.example"),
    "X_Forwarded_Prefix": ("/search", "SCRIPT_NAME", "/search"),
}
ILL_FORMED = {
    "X_Forwarded_For": ("", "unknown", "127.0.0.1:80", "<script>", "1.2.3", "::1%eth0 x", "a, b", "٣.٣.٣.٣"),
    "X_Forwarded_Proto": ("", "ftp", "javascript", "HTTPS", "https://", "http;", "http http", "file"),
    "X_Forwarded_Host": (
        "",
        "evil.example/path",
        "a@b",
        "a b",
        "evil.example?x",
        "[::1",
        "-a",
        "a\\b",
        "مثال",
        "a:99999999",
    ),
    "X_Forwarded_Prefix": (
        "",
        "search",
        "//evil.example",
        "/a/../b",
        "/a?b",
        "/a b",
        "/<a>",
        "/%2e%2e",
        "/a/",
        "/\\a",
    ),
}
STRANGERS_VALUES = {
    "X-Forwarded-For": ("127.0.0.1", "10.0.0.5", "::1", "127.0.0.1, 10.0.0.5", "10.0.0.5, 127.0.0.1"),
    "X-Forwarded-Proto": ("https", "http, https"),
    "X-Forwarded-Host": ("evil.example", "evil.example:443", "localhost"),
    "X-Forwarded-Prefix": ("/evil", "/desk", "//evil.example"),
    "Forwarded": ("for=127.0.0.1;proto=https;host=evil.example", 'for="[::1]"'),
    "X-Real-IP": ("127.0.0.1",),
    "X-Original-URL": ("/desk",),
    "X-Rewrite-URL": ("/desk",),
    "X-Forwarded-Port": ("443",),
    "X-Forwarded-Ssl": ("on",),
    "X-Forwarded-Scheme": ("https",),
    "X-Forwarded-Server": ("evil.example",),
}
FORGED = [
    (peer, name, value)
    for peer in (STRANGER, "2001:db8::9", "127.0.0.1", "10.0.1.5")
    for name, values in STRANGERS_VALUES.items()
    for value in values
]


def seen(
    peer: str, given: dict[str, str], proxies: tuple[str, ...] = ("10.0.0.0/24",), prefix: str = ""
) -> Seen:
    inside = Seen()
    ask(Client(Forwarded(inside, proxies, prefix)), "/page", peer, **given)
    return inside


@pytest.mark.parametrize(("name", "row"), BELIEVED.items(), ids=str)
def test_a_named_proxy_is_believed(name: str, row: tuple[str, str, str]) -> None:
    value, key, told = row
    assert seen(PROXY, {name: value}).environ[key] == told


@pytest.mark.parametrize(("name", "row"), BELIEVED.items(), ids=str)
def test_the_last_value_counts_which_the_proxy_wrote(name: str, row: tuple[str, str, str]) -> None:
    value, key, told = row
    assert seen(PROXY, {name: f"forged.example, {value}"}).environ[key] == told


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in ILL_FORMED.items() for value in values]
)
def test_what_a_proxy_hands_on_ill_formed_is_dropped(name: str, value: str) -> None:
    plain, given = seen(PROXY, {}).environ, seen(PROXY, {name: value}).environ
    assert [given[key] for _, key, _ in BELIEVED.values()] == [plain[key] for _, key, _ in BELIEVED.values()]


@pytest.mark.parametrize(("peer", "name", "value"), FORGED)
def test_nobody_else_is_believed(peer: str, name: str, value: str) -> None:
    plain, given = seen(peer, {}).environ, seen(peer, {name: value}).environ
    for key in (
        "REMOTE_ADDR",
        "wsgi.url_scheme",
        "HTTP_HOST",
        "SERVER_NAME",
        "SERVER_PORT",
        "SCRIPT_NAME",
        "PATH_INFO",
    ):
        assert given[key] == plain[key]
    assert not {*DROPPED, *WELL_FORMED} & given.keys()


def test_there_are_as_many_forgeries_as_were_found_worth_a_try() -> None:
    assert len(FORGED) + sum(map(len, ILL_FORMED.values())) >= 97


def test_a_prefix_of_the_settings_is_the_only_one() -> None:
    assert seen(PROXY, {"X_Forwarded_Prefix": "/other"}, prefix="/search").environ["SCRIPT_NAME"] == ""


@pytest.mark.parametrize(("proxies", "forwarded"), product([(), ("203.0.113.9",)], ["", "127.0.0.1"]))
def test_who_asks_by_a_proxy_has_no_address_of_this_machine(proxies: tuple[str, ...], forwarded: str) -> None:
    headers = {"X_Forwarded_For": forwarded} if forwarded else {}
    told = seen(STRANGER, headers, proxies).environ[PEER]
    assert told == ("" if proxies or forwarded else STRANGER)
