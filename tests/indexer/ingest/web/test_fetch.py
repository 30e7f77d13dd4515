"""A page from its server: politely, within bounds, and whatever the server does."""

from __future__ import annotations

import errno
import gzip
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kashshaf.index.errors import IndexingError, NoSpaceError
from kashshaf.indexer.ingest.web import fetch
from kashshaf.indexer.ingest.web.fetch import Fetcher, FetchError, address
from kashshaf.indexer.ingest.web.page_cache import Validators
from tests.indexer.ingest.web.conftest import QUICK
from tests.indexer.ingest.web.server import Answer, Writes, page, redirect

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from tests.indexer.ingest.web.server import Web

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def got(fetcher: Fetcher, url: str) -> bytes:
    found = fetcher.get(url)
    assert found is not None
    return found.path.read_bytes()


def test_a_page_and_what_its_server_says_of_it(web: Web, fetcher: Fetcher) -> None:
    web.routes["/a"] = page("خبر", etag='"1"')
    found = fetcher.get(f"{web.home}/a")
    assert found is not None
    assert "خبر".encode() in found.path.read_bytes()
    assert (found.path.suffix, found.validators.etag, found.url) == (".html", '"1"', f"{web.home}/a")
    assert web.asked[-1].headers["user-agent"].startswith("kashshaf/")
    fetcher.cache.drop(f"{web.home}/a")
    assert fetcher.get(f"{web.home}/a", found.validators) is None


def test_letters_of_an_address_are_written_as_servers_want_them(web: Web, fetcher: Fetcher) -> None:
    web.routes["/%D8%AE%D8%A8%D8%B1"] = page("خبر")
    assert got(fetcher, address(f"{web.home}/خبر#أعلى"))


@pytest.mark.parametrize(
    "given",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "http://",
        "",
        "a b",
        "http://a:b",
        "http://me:s3cret@a.example/",
    ],
)
def test_what_is_no_address_of_a_page(given: str) -> None:
    assert address(given) == ""


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(HEAD + b"\r\n")
    for _ in range(100_000):
        handler.wfile.write(b"<p>" * 20_000)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(HEAD + b"\r\n")
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.2)


def dripping_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(HEAD)
    for number in range(100):
        handler.wfile.write(f"X-{number}: x\r\n".encode())
        time.sleep(0.2)


def endless_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(HEAD + b"X-Long: ")
    for _ in range(10_000):
        handler.wfile.write(b"x" * 1_000)


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\xff" * 1_000)


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(HEAD + b"Content-Length: 1000\r\n\r\nhalf")


def silent(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


HOSTILE: dict[str, tuple[Answer | Writes, str]] = {
    "an endless body": (endless, "larger than 1 MB"),
    "a body that drips": (dripping, "longer than 2 seconds"),
    "headers that drip": (dripping_headers, "longer than 2 seconds"),
    "endless headers": (endless_headers, "did not answer"),
    "no HTTP": (no_http, "did not answer"),
    "less than it says": (cut_short, "did not answer"),
    "nothing": (silent, "did not answer"),
    "itself for ever": (redirect("/x"), "redirects more than 5 times"),
    "another scheme": (redirect("file:///etc/passwd"), "redirects to what is no page"),
    "a port that cannot be": (redirect("http://a.example:99999/"), "redirects to what is no page"),
    "a port without end": (redirect(f"http://a.example:{'9' * 30}/"), "redirects to what is no page"),
    "no address": (redirect("http://[::1"), "redirects to what is no page: Invalid port"),
    "an image": (Answer(b"x", headers=(("Content-Type", "image/png"),)), "image/png"),
    "a coding nobody asked for": (Answer(b"x", headers=(("Content-Encoding", "br"),)), "'br'"),
    "not found": (Answer(status=404), "answered 404"),
    "forbidden": (Answer(status=403), "answered 403"),
    "unchanged, unasked": (Answer(status=304), "not asked"),
    "always busy": (Answer(status=503), "answered 503"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_is_refused_in_time(name: str, web: Web, fetcher: Fetcher) -> None:
    route, reason = HOSTILE[name]
    web.routes["/x"] = route
    started = time.monotonic()
    with pytest.raises(FetchError, match=reason) as raised:
        fetcher.get(f"{web.home}/x")
    assert time.monotonic() - started < 8
    assert raised.value.gone is (name == "not found")
    assert not list((fetcher.cache.folder).glob("*.part"))


def test_a_gzip_bomb_is_kept_as_it_was_sent(web: Web, fetcher: Fetcher) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    web.routes["/x"] = Answer(bomb, headers=(("Content-Encoding", "gzip"), ("Content-Type", "text/html")))
    assert got(fetcher, f"{web.home}/x") == bomb


OURSELVES = ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1"]  # noqa: S104


@pytest.mark.parametrize("host", OURSELVES)
def test_this_machine_is_not_asked(host: str, web: Web, tmp_path: Path) -> None:
    web.routes["/x"] = page("سر")
    with Fetcher(replace(QUICK, private=False), tmp_path) as fetcher, pytest.raises(FetchError):
        fetcher.get(f"http://{host}:{web.home.rpartition(':')[2]}/x")
    assert not web.asked


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/"]
)
def test_a_redirect_to_a_private_address_is_not_followed(
    to: str, web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site itself is let through, as if its address were public."""
    from kashshaf.indexer.ingest.web import network  # noqa: PLC0415 - patched

    own = web.home.rpartition(":")[2]
    web.routes["/x"] = redirect(to)
    real = network.Network._addresses

    def addresses(self: network.Network, host: str, port: int) -> object:
        return iter(["127.0.0.1"]) if str(port) == own else real(self, host, port)

    monkeypatch.setattr(network.Network, "_addresses", addresses)
    with (
        Fetcher(replace(QUICK, private=False), tmp_path) as fetcher,
        pytest.raises(FetchError, match="private network"),
    ):
        fetcher.get(f"{web.home}/x")
    assert web.paths() == ["/x"]


def robots(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), status, (("Content-Type", "text/plain"),))


PACKED = gzip.compress(b"User-agent: *\nDisallow: /a\n")
RULES: dict[str, tuple[Answer | Writes, bool]] = {
    "none": (Answer(status=404), True),
    "forbidden to read": (Answer(status=403), True),
    "for all": (robots("User-agent: *\nDisallow: /a\n"), False),
    "for others": (robots("User-agent: other\nDisallow: /\n"), True),
    "for us": (robots("User-agent: kashshaf\nDisallow: /\n\nUser-agent: *\nAllow: /\n"), False),
    "with a star": (robots("User-agent: *\nDisallow: /*/b$\n"), False),
    "allowed inside": (robots("User-agent: *\nDisallow: /\nAllow: /a/\n"), True),
    "broken": (Answer(status=500), False),
    "endless": (endless, True),
    "packed": (Answer(PACKED, headers=(("Content-Encoding", "gzip"),)), False),
    "packed unsaid": (Answer(PACKED), False),
    "a bomb": (Answer(gzip.compress(b"User-agent: *\nDisallow: /\n" + b"#" * 50_000_000)), False),
    "packed, cut": (Answer(gzip.compress(b"User-agent: *\nAllow: /\n")[:15]), True),
    "packed, damaged": (Answer(PACKED[:10] + b"\xff" * 20), False),
    "unchanged, unasked": (Answer(status=304), False),
    "no text": (Answer(b"\xff\xfe\0" * 1_000), True),
    "moved for ever": (redirect("/robots.txt"), True),
}


@pytest.mark.parametrize("name", RULES)
def test_robots_txt_is_kept_to(name: str, web: Web, fetcher: Fetcher) -> None:
    rules, allowed = RULES[name]
    web.routes |= {"/robots.txt": rules, "/a/b": page("خبر")}
    if allowed:
        assert fetcher.get(f"{web.home}/a/b") is not None
    else:
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher.get(f"{web.home}/a/b")
        assert web.paths() == []


def test_a_redirect_is_asked_for_as_politely(web: Web, fetcher: Fetcher) -> None:
    web.routes |= {
        "/robots.txt": robots("User-agent: *\nDisallow: /no\n"),
        "/x": redirect("/no"),
        "/no": page("خبر"),
    }
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher.get(f"{web.home}/x")
    assert web.paths() == ["/x"]


class Pauses:
    """Sleeps that take no time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        self.waited: list[float] = []
        monkeypatch.setattr(time, "sleep", self.sleep)
        monkeypatch.setattr(time, "monotonic", lambda: self.now)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if seconds:
            self.waited.append(round(seconds, 3))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("", 3),
        ("User-agent: *\nCrawl-delay: 10\n", 10),
        ("User-agent: *\nCrawl-delay: 1e9\n", 60),
        ("User-agent: *\nCrawl-delay: 1\n", 3),
    ],
)
def test_a_host_is_left_alone_between_requests(
    rules: str, expected: float, web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = Pauses(monkeypatch)
    web.routes |= {"/robots.txt": robots(rules), "/a": page("أ"), "/b": page("ب")}
    with Fetcher(replace(QUICK, delay=3, seconds=1_000), tmp_path) as fetcher:
        fetcher.get(f"{web.home}/a")
        fetcher.get(f"{web.home}/b")
    assert pauses.waited[-1] == expected


def test_a_busy_server_is_tried_again_when_it_says(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = Pauses(monkeypatch)
    answers = [
        Answer(status=429, headers=(("Retry-After", "20"),)),
        Answer(status=503, headers=(("Retry-After", "99999"),)),
    ]

    def busy(handler: BaseHTTPRequestHandler) -> None:
        web.routes["/a"] = answers.pop() if len(answers) > 1 else page("أ")
        handler.wfile.write(
            b"HTTP/1.1 429 Busy\r\nRetry-After: 20\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )

    web.routes["/a"] = busy
    with Fetcher(replace(QUICK, seconds=1_000), tmp_path) as fetcher, pytest.raises(FetchError, match="503"):
        fetcher.get(f"{web.home}/a")
    assert pauses.waited == [20.0, 60.0]


def test_a_host_that_only_fails_is_left_alone(web: Web, fetcher: Fetcher) -> None:
    for number in range(fetch.MOST_FAILURES):
        web.routes[f"/{number}"] = Answer(status=500)
        with pytest.raises(FetchError, match="500"):
            fetcher.get(f"{web.home}/{number}")
    asked = len(web.asked)
    with pytest.raises(FetchError, match="left alone"):
        fetcher.get(f"{web.home}/x")
    assert len(web.asked) == asked


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, NoSpaceError), (errno.EDQUOT, NoSpaceError), (errno.EIO, IndexingError)],
)
def test_what_the_disk_refuses_is_not_the_servers_fault(
    number: int, error: type[Exception], web: Web, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.routes["/a"] = page("خبر")

    def refuse(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(error):
        fetcher.get(f"{web.home}/a")
    assert web.paths() == ["/a"]
    assert not list(fetcher.cache.folder.iterdir())


def test_what_is_sent_back_can_be_sent(web: Web, fetcher: Fetcher) -> None:
    web.routes["/a"] = Answer(
        b"<html>", headers=(("ETag", '"' + "x" * 1_000 + '"'), ("Last-Modified", "caf\xe9"))
    )
    found = fetcher.get(f"{web.home}/a")
    assert found is not None
    assert (found.validators.etag, found.validators.modified) == ("", "")


def test_what_the_ledger_keeps_is_read_again() -> None:
    validators = Validators('"1"', "Tue, 24 May 2016 07:00:00 GMT", "2016-05-24", "ab")
    assert Validators.loads(validators.dumps()) == validators
    assert Validators.loads("") == Validators.loads("[]") == Validators.loads('{"other": 1}') == Validators()
