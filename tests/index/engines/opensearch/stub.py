"""A stand-in for a cluster that answers as it is told: for what a real one does not do when asked to."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from kashshaf.index import settings
from kashshaf.index.engines.opensearch.connection import close_all

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

Answer = tuple[int, Any]
GOOD = {"version": {"distribution": "opensearch", "number": "2.19.1"}}


class Asked(NamedTuple):
    """A request that came in."""

    method: str
    path: str
    body: bytes
    authorization: str


class Stub:
    """Answers each request by a function, and remembers them; the head of a cluster is good of itself."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.head: Answer = (200, GOOD)

    def answered(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.head if asked.path == "/" else self.answer(asked)


@contextmanager
def stub(
    answer: Callable[[Asked], Answer], tls: ssl.SSLContext | None = None, **values: Any
) -> Iterator[Stub]:
    """Serve a stub at the address that the settings in use name, behind TLS where its context is given."""
    standing = Stub(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told = Asked(self.command, self.path, body, self.headers.get("Authorization", ""))
            status, content = standing.answered(told)
            data = orjson.dumps(content)
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = answer_any  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    before = [*settings._in_use]
    try:
        url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}"
        settings.use(settings.load(environment={}, opensearch_url=(url,), **values))
        yield standing
    finally:
        close_all()
        settings._in_use[:] = before
        server.shutdown()
        thread.join()
        server.server_close()
