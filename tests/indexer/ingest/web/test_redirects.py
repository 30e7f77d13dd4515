"""Redirects to where no page can be: the page is refused with a sentence, and the run goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kashshaf.indexer.ingest.web.fetch import Fetcher, FetchError
from tests.indexer.ingest.web.server import page, redirect, xml
from tests.kashshaf.command import kashshaf

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from tests.indexer.ingest.web.server import Web


NOWHERE = [
    *("http://a.example:" + "9" * digits + "/" for digits in (5, 20, 300, 4_300, 5_000)),
    "http://a.example:-1/", "http://a.example:80:80/", "http://[::1/", "http://[v1.x]/",
    "http://999.999.999.999/", "http://xn--a/", "http://" + "é" * 80 + ".example/", "http://\u202ea/",
    "http://\ud83d.example/", "http://me:secret@a.example/", "http://a\x7f/", "http://" + "x" * 100_000,
    "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "data:,x", "\x01", "http:\\\\a.example",
]  # fmt: skip
"""Redirects to where no page can be."""


@pytest.mark.parametrize("to", NOWHERE, ids=lambda to: ascii(to[:30]))
def test_redirects_to_nowhere(web: Web, fetcher: Fetcher, to: str) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        location = to.encode("utf-8", "surrogatepass")
        handler.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n")

    web.routes["/a"] = answer
    for _ in range(2):
        with pytest.raises(FetchError, match=r"no page|no address of a page|answered 404"):
            fetcher.get(f"{web.home}/a")


@pytest.mark.parametrize("to", ["", "#", "//", "?"])
def test_redirects_to_the_same_page(web: Web, fetcher: Fetcher, to: str) -> None:
    web.routes |= {"/a": redirect(to), "/a?": redirect(to)}
    with pytest.raises(FetchError, match="redirects more than"):
        fetcher.get(f"{web.home}/a")


def test_a_run_goes_on_after_one_and_so_does_the_next(web: Web, tmp_path: Path) -> None:
    names = "".join(f"<url><loc>{web.home}/{name}</loc></url>" for name in ("a", "b"))
    web.routes |= {
        "/sitemap.xml": xml(f"<urlset>{names}</urlset>"),
        "/a": redirect(NOWHERE[2]),
        "/b": page("خبر الجسر"),
    }
    env = {"KASHSHAF_FETCH_PRIVATE": "yes", "KASHSHAF_FETCH_DELAY": "0"}
    for _ in range(2):
        ran = kashshaf("extract", f"{web.home}/sitemap.xml", index=tmp_path / "none", env=env)
        assert (ran.status, ran.out.count("خبر الجسر")) == (3, 1)
        assert f"refused: {web.home}/a: it redirects to what is no page" in ran.err
