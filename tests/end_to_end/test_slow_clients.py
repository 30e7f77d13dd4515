"""Clients that send nothing, or a byte now and then, or read nothing: they hold nobody up, and are closed."""

from __future__ import annotations

import resource
import socket
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

from kashshaf.search_app.serving import worker
from tests.end_to_end.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashshaf.index.settings import Settings
    from tests.end_to_end.server import Server

IDLE, DRIPPING = 1_010, 100
HEAD = b"GET /search?q=%D9%82 HTTP/1.1\r\nHost: here\r\nX-Slow: "


@pytest.fixture(scope="module", autouse=True)
def _files() -> Iterator[None]:
    """More open files than a shell gives a process, for the connections of the test."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2 * IDLE:
        pytest.skip(f"this system lets a process open {hard} files; the test needs {2 * IDLE} (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (2 * IDLE, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture(scope="module")
def server(stories_settings: Settings) -> Iterator[Server]:
    with serving(stories_settings.index, "--workers", "1") as running:
        running.get("/search?q=a")
        yield running


@contextmanager
def connections(server: Server, number: int, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    with ExitStack() as opened:
        found = [opened.enter_context(socket.create_connection(server.place)) for _ in range(number)]
        for each in found:
            each.sendall(sent)
        yield found


def test_many_who_send_nothing_hold_nobody_up(server: Server) -> None:
    with connections(server, IDLE):
        assert server.seconds_of("/search?q=a") < 1
        assert server.seconds_of("/healthz") < 1


def test_many_who_drip_hold_nobody_up(server: Server) -> None:
    with connections(server, DRIPPING, HEAD) as dripping:
        for _ in range(3):
            for each in dripping:
                each.sendall(b"x")
            assert server.seconds_of("/search?q=a") < 1
            time.sleep(0.2)


def test_many_who_read_nothing_hold_nobody_up(server: Server) -> None:
    with connections(server, DRIPPING, HEAD + b"\r\n\r\n"):
        assert server.seconds_of("/search?q=a") < 1


def test_a_head_that_never_ends_is_given_up(server: Server) -> None:
    with connections(server, 1, HEAD) as (drip,):
        began = time.monotonic()
        drip.settimeout(worker.HEAD_SECONDS + 5)
        assert drip.recv(1) == b"", "closed without an answer"
        assert worker.HEAD_SECONDS - 1 < time.monotonic() - began < worker.HEAD_SECONDS + 4
