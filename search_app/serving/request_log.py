"""The access log: a line of JSON for each request, with the id that its answer carries.

It says what was asked and how it went, not by whom: addresses are left out, or cut to their network, and the
words of a search are there only where the setting ``log_searches`` counts them.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

import orjson

from kashshaf.index.errors import SettingsError
from kashshaf.search_app.usage.facts import FACTS, Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from kashshaf.index.settings import Settings

_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
LONGEST = 200
"""Characters of a path or a query in the log."""
NETWORK = {4: 24, 6: 48}
"""Bits of an address that stay where addresses are cut."""


class Done(NamedTuple):
    """A request that was answered; ``size`` is in bytes of its body, ``seconds`` go to its last byte."""

    environ: WSGIEnvironment
    facts: Facts
    status: int
    size: int
    seconds: float


class Watched:
    """A WSGI application that gives each request an id and tells ``observers`` of it once it is answered."""

    def __init__(self, application: WSGIApplication, observers: Sequence[Callable[[Done], None]]) -> None:
        self._application = application
        self._observers = observers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request; its id is that of the client or the proxy, if it is a sane one."""
        given = environ.get("HTTP_X_REQUEST_ID", "")
        facts = Facts(given if _SANE.fullmatch(given) else secrets.token_hex(8))
        environ[FACTS] = facts
        began, status = time.perf_counter(), "500"

        def begin(said: str, headers: list[tuple[str, str]], *error: object) -> object:
            nonlocal status
            status = said
            return start_response(said, [*headers, ("X-Request-ID", facts.id)], *error)  # type: ignore[arg-type]

        def done(size: int) -> None:
            seconds = time.perf_counter() - began
            for tell in self._observers:
                tell(Done(environ, facts, int(status[:3]), size, seconds))

        try:
            answer = self._application(environ, begin)  # type: ignore[arg-type]
        except BaseException:
            done(0)
            raise
        if isinstance(answer, list):
            done(sum(map(len, answer)))
            return answer
        return _Counted(answer, done)


class _Counted:
    """The parts of an answer, counted until it is closed."""

    def __init__(self, answer: Iterable[bytes], done: Callable[[int], None]) -> None:
        self._answer = answer
        self._done = done
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._answer:
            self._size += len(part)
            yield part

    def close(self) -> None:
        try:
            getattr(self._answer, "close", lambda: None)()
        finally:
            self._done(self._size)


class AccessLog:
    """A file, or standard error, to which each request is written."""

    def __init__(self, settings: Settings) -> None:
        self._addresses = settings.access_log_addresses == "truncated"
        self._queries = settings.log_searches == "yes"
        self._log = logging.Logger("kashshaf.access")
        self._log.addHandler(_handler(settings.access_log))

    def __call__(self, done: Done) -> None:
        """Write a line; one that cannot be written is lost, not the answer."""
        self._log.info(orjson.dumps(self._line(done)).decode())

    def close(self) -> None:
        """Close the file."""
        for handler in self._log.handlers:
            handler.close()

    def _line(self, done: Done) -> dict[str, object]:
        line: dict[str, object] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "id": done.facts.id,
            "method": done.environ["REQUEST_METHOD"][:16],
            "path": _text(done.environ.get("SCRIPT_NAME", "") + done.environ.get("PATH_INFO", "")),
            "status": done.status,
            "ms": round(done.seconds * 1000, 2),
            "bytes": done.size,
            "worker": os.getpid(),
        }
        if done.facts.matches is not None:
            line |= {"matches": done.facts.matches, "remembered": done.facts.remembered}
        if self._queries and (asked := _query(done.environ)):
            line["query"] = asked
        if self._addresses:
            line["network"] = network(done.environ.get("REMOTE_ADDR", ""))
        return line


def network(address: str) -> str:
    """The network of an address, which tells the country but not the reader; empty for what is none."""
    try:
        return str(ip_network((address, NETWORK[ip_address(address).version]), strict=False))
    except ValueError:
        return ""


def _query(environ: WSGIEnvironment) -> str:
    given = parse_qs(environ.get("QUERY_STRING", ""), encoding="latin-1").get("q", [""])
    return _text(given[0])


def _text(raw: str) -> str:
    """A path as text: WSGI has its bytes as Latin-1."""
    return raw[: 4 * LONGEST].encode("latin-1", "replace").decode("utf-8", "replace")[:LONGEST]


def _handler(place: str) -> logging.Handler:
    """The handler that writes to ``place``; a file that was moved away, as rotation does, is begun anew."""
    if place == "stderr":
        return logging.StreamHandler(sys.stderr)
    try:
        return WatchedFileHandler(Path(place), encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"the access log {place} cannot be written: {error.strerror}; name another file with access_log"
        ) from error
