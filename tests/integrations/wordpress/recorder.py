"""A server that takes what the plugin sends, and answers as a test wants it to."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import orjson

if TYPE_CHECKING:
    from tests.integrations.wordpress.site import Wordpress


class Sent(NamedTuple):
    """A request: its method, path, key, and the articles in it."""

    method: str
    path: str
    key: str
    articles: list[dict[str, Any]]


class Recorder:
    """The server of a site. ``status``: what it answers, 200 unless a test says otherwise."""

    def __init__(self, site: Wordpress) -> None:
        self._site = site
        self.sent: list[Sent] = []
        self.status = 200
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.home = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait(self, requests: int = 1) -> list[Sent]:
        """The first requests, once so many are there; all are then forgotten."""
        self._site.wait_for(lambda: len(self.sent) >= requests)
        found, self.sent = self.sent, []
        return found

    def _answer(self, articles: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        if self.status >= 300:
            return self.status, {"title": "No", "status": self.status, "detail": "لا يُقبل الآن"}
        results = [{"id": _name(article["url"]), "status": "added"} for article in articles]
        return self.status, {"results": results}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                articles = [orjson.loads(line) for line in raw.splitlines()]
                self._note(articles)

            def do_DELETE(self) -> None:
                self._note([])

            def _note(self, articles: list[dict[str, Any]]) -> None:
                key = self.headers.get("Authorization", "")
                recorder.sent.append(Sent(self.command, self.path, key, articles))
                status, answer = recorder._answer(articles)
                body = orjson.dumps(answer)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing is to be said."""

        return Handler


def _name(url: str) -> str:
    return f"u-{crc32(url.encode()):08x}"
