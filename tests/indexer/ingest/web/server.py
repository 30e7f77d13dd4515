"""A site on this machine that answers as a test wants it to, also as no decent server would."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import ssl

PAGE = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>"
    + "جملة كاملة من نص الخبر في هذه الصحيفة. " * 12
    + "</p></article></body></html>"
)


class Answer(NamedTuple):
    """A status, a body and headers; a request that names ``etag`` is told that nothing has changed."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    etag: str = ""


Writes = Callable[[BaseHTTPRequestHandler], None]
"""Writes a whole response by itself."""


class Asked(NamedTuple):
    """A request as it came."""

    path: str
    headers: dict[str, str]


def page(title: str, etag: str = "") -> Answer:
    """A page with an article."""
    return Answer(PAGE.format(title).encode(), etag=etag)


def xml(text: str) -> Answer:
    return Answer(text.encode(), headers=(("Content-Type", "application/xml"),))


def redirect(to: str) -> Answer:
    return Answer(status=302, headers=(("Location", to),))


class Web:
    """The server: ``routes`` by path, ``asked`` in order. A path without a route is not found.

    With ``tls`` it speaks HTTPS, as ``localhost``.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Answer | Writes] = {}
        self.asked: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.home = f"http://127.0.0.1:{self._server.server_port}"
        if tls is not None:
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
            self.home = f"https://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt, since the last time."""
        found = [each.path for each in self.asked if each.path != "/robots.txt"]
        self.asked.clear()
        return found

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                web.asked.append(
                    Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
                )
                route = web.routes.get(self.path, Answer(status=404))
                try:
                    if isinstance(route, Answer):
                        self._answer(route)
                    else:
                        self.close_connection = True
                        route(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def _answer(self, answer: Answer) -> None:
                same = answer.etag and self.headers.get("If-None-Match") == answer.etag
                self.send_response(304 if same else answer.status)
                for name, value in answer.headers:
                    self.send_header(name, value)
                if answer.etag:
                    self.send_header("ETag", answer.etag)
                self.send_header("Content-Length", "0" if same else str(len(answer.body)))
                self.end_headers()
                self.wfile.write(b"" if same else answer.body)

            def log_message(self, *_: object) -> None:
                """Nothing is to be said."""

        return Handler
