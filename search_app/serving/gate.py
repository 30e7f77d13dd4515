"""The gate before the application: a bound on the requests that are answered, and that wait, in a worker."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import TYPE_CHECKING

import orjson
from werkzeug.wsgi import ClosingIterator

from kashshaf.search_app.web.problems import MACHINE_PATHS, TYPE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

AT_ONCE = 2
"""Requests that a worker answers at once: one in the interpreter, one in the engine beside it. More only take
processors from each other: with 4, 119 distinct searches a second where 2 give 148."""
ON_CLUSTER = 8
"""The same where the index is on a cluster: most of them wait for it."""
MAX_WAIT = 5.0
"""Seconds that a request waits for its turn; readers who wait longer ask again, and make it worse."""
RETRY_SECONDS = 2
ALWAYS = ("/healthz", "/readyz")
"""Paths that never wait: a busy server must not be taken for a dead one."""
BUSY = (
    f"الخادم مشغول الآن، أعد المحاولة بعد لحظات.\nThe server is busy; try again in {RETRY_SECONDS} seconds.\n"
).encode()
PROBLEM = orjson.dumps(
    {
        "type": TYPE_PREFIX + "busy",
        "title": "The server is busy",
        "status": 503,
        "detail": f"More requests have come than can be answered; try again in {RETRY_SECONDS} seconds.",
    }
)


class Gate:
    """A WSGI application that lets in ``at_once`` requests for ``application``, and ``waiting`` wait for it.

    Those beyond, and those that waited ``MAX_WAIT`` seconds, get 503 with ``Retry-After``. The worker has
    more threads than may wait or be answered, so that health checks find one. An answer keeps its place until
    it is closed, as it keeps its thread. Of one that is made while it is sent each part has to wait for a
    turn, which a reader who is slow to take it does not keep.
    """

    def __init__(self, application: WSGIApplication, waiting: int, at_once: int = AT_ONCE) -> None:
        self._application = application
        self._turns = BoundedSemaphore(at_once)
        self._places = BoundedSemaphore(at_once + waiting)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request in its turn."""
        if environ.get("PATH_INFO") in ALWAYS:
            return self._application(environ, start_response)
        if not self._places.acquire(blocking=False):
            return _busy(environ, start_response)
        try:
            answer = self._in_turn(environ, start_response)
        except BaseException:
            self._places.release()
            raise
        return ClosingIterator(answer, self._places.release)

    def _in_turn(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self._turns.acquire(timeout=MAX_WAIT):
            return _busy(environ, start_response)
        sized: list[bool] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> Callable[[bytes], object]:
            sized.append(any(name.lower() == "content-length" for name, _ in headers))
            return start_response(status, headers, *rest)  # type: ignore[arg-type]

        try:
            answer = self._application(environ, start)
        finally:
            self._turns.release()
        return answer if sized and sized[-1] else _Parts(answer, self._turns)


class _Parts:
    """The parts of an answer that is made while it is sent: each in a turn."""

    def __init__(self, parts: Iterable[bytes], turns: BoundedSemaphore) -> None:
        self._rest = iter(parts)
        self._turns = turns
        self.close: Callable[[], object] = getattr(parts, "close", lambda: None)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with self._turns:
            return next(self._rest)


def _busy(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    machine = environ.get("PATH_INFO", "").startswith(MACHINE_PATHS)
    body = PROBLEM if machine else BUSY
    headers = [
        ("Content-Type", "application/problem+json" if machine else "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(RETRY_SECONDS)),
        ("Cache-Control", "no-store"),
    ]
    start_response("503 Service Unavailable", headers)
    return [body]
