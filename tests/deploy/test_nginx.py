"""Kashshaf behind nginx, by the shipped configuration."""

from __future__ import annotations

import http.client
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT
from tests.deploy.nginx import needs_nginx, nginx, site, with_prefix
from tests.end_to_end.server import serving
from tests.search_app.serving.links import crawl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kashshaf.index.settings import Settings

pytestmark = needs_nginx
NAME = "search.example"


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Proxy(NamedTuple):
    """A running nginx: the port that it listens at, and the access log of what is behind it."""

    port: int
    log: Path

    def ask(self, path: str, given: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in (given or {}).items()}
            connection.request("POST" if body else "GET", path, body, {"Host": NAME, **named})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def proxy(stories_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    settings = folder / "kashshaf.toml"
    settings.write_text(
        f'trusted_proxies = ["127.0.0.1"]\naccess_log = "{folder / "access.log"}"\n'
        'access_log_addresses = "truncated"\n',
        encoding="utf-8",
    )
    with serving(stories_settings.index, "--workers", "1", config=settings) as server:
        text = site(server.place[1], port).replace("rate=10r/s", "rate=1000r/s", 1)
        with nginx(folder, text):
            yield Proxy(port, folder / "access.log")


def test_pages_files_and_api_come_through(proxy: Proxy) -> None:
    for path in ("/", "/search?q=a", "/api/v1/search?q=a", "/embed.js", "/readyz"):
        assert proxy.ask(path).status == 200, path


def test_nobody_can_forge_what_the_proxy_tells(proxy: Proxy) -> None:
    forged = {
        "X_Forwarded_For": "198.51.100.1",
        "X_Forwarded_Host": "evil.example",
        "X_Forwarded_Prefix": "/evil",
        "X_Forwarded_Proto": "https",
        "Forwarded": "host=evil.example",
    }
    assert b"evil" not in proxy.ask("/search?q=a", forged).body
    last = json.loads(proxy.log.read_text(encoding="utf-8").splitlines()[-1])
    assert last["network"] == "127.0.0.0/24"


def test_an_id_leads_from_the_proxy_to_the_log(proxy: Proxy) -> None:
    told = proxy.ask("/api/v1/search?colour=red", {"X_Request_ID": "chosen-by-a-client"}).headers[
        "X-Request-ID"
    ]
    assert told != "chosen-by-a-client", "the proxy makes ids"
    until = time.monotonic() + 10  # the log is written beside the answer, by a thread of its own
    while told not in proxy.log.read_text(encoding="utf-8"):
        assert time.monotonic() < until, "the log has no line with the id"
        time.sleep(0.05)


def test_the_metrics_are_not_shown(proxy: Proxy) -> None:
    assert proxy.ask("/metrics").status == 404


def test_what_is_known_is_not_sent_again(proxy: Proxy) -> None:
    tag = proxy.ask("/search?q=a").headers["ETag"]
    assert proxy.ask("/search?q=a", {"If_None_Match": tag}).status == 304


def test_files_may_be_kept(proxy: Proxy) -> None:
    page = proxy.ask("/").body.decode()
    sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
    path = urlsplit(sheet)._replace(scheme="", netloc="").geturl()
    assert "immutable" in proxy.ask(path).headers["Cache-Control"]


def test_a_large_body_is_refused(proxy: Proxy) -> None:
    assert proxy.ask("/clicks", body=b"x" * (65 << 10)).status == 413


def test_who_asks_too_often_is_told_so(stories_settings: Settings, tmp_path: Path) -> None:
    port = free_port()
    with serving(stories_settings.index, "--workers", "1") as server, ExitStack() as stack:
        stack.enter_context(nginx(tmp_path, site(server.place[1], port)))
        proxy = Proxy(port, tmp_path)
        with ThreadPoolExecutor(8) as clients:
            found = [clients.submit(proxy.ask, "/search?q=a") for _ in range(120)]
        statuses = {each.result().status for each in found}
        assert statuses == {200, 429}
        assert proxy.ask("/embed.js").status == 200, "files are not bounded"


def test_a_path_of_a_site(stories_settings: Settings, tmp_path: Path) -> None:
    port = free_port()
    with serving(stories_settings.index, "--workers", "1", "--prefix", "/search") as server:
        text = with_prefix(server.place[1], port).replace("rate=10r/s", "rate=1000r/s", 1)
        with nginx(tmp_path, text):
            proxy = Proxy(port, tmp_path)
            found = crawl(lambda path: page(proxy.ask(path)), most=40)
    assert len(found) == 40
    assert set(found.values()) == {200}


def page(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.headers["Content-Type"] or "", answer.body.decode("utf-8", "replace")


def test_a_slow_head_is_given_up_by_the_proxy(proxy: Proxy) -> None:
    with socket.create_connection(("127.0.0.1", proxy.port)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        slow.settimeout(20)
        began = time.monotonic()
        slow.recv(100)
        assert time.monotonic() - began > 5, "given its time"


def test_the_compose_file_has_the_same_configuration() -> None:
    plain = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8").splitlines()
    composed = (ROOT / "deploy" / "nginx-compose.conf").read_text(encoding="utf-8").splitlines()
    assert composed[1:] == [line.replace("127.0.0.1:8000", "search:8000") for line in plain[3:]]
